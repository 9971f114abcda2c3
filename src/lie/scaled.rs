//! Matrices of rationals as integers over one denominator, for exact products.

use num_bigint::BigInt;
use num_traits::{One, ToPrimitive, Zero};

use super::signature::{big_parts, word_parts};
use crate::num::{Rational, common_denominator};

/// Rationals with one denominator: integers, as machine words of 128 bits while they fit.
pub(super) enum Scaled {
    /// Numerators below 2^120.
    Narrow(Vec<i128>, BigInt),
    /// Any numerators.
    Wide(Vec<BigInt>, BigInt),
}

impl Scaled {
    /// The numbers over their common denominator.
    pub fn new(values: &[Rational]) -> Scaled {
        let denominator = common_denominator(values);
        let scale = Rational::from(denominator.clone());
        Scaled::from_integers(values.iter().map(|x| (x * &scale).numerator()).collect(), denominator)
    }

    /// Integers over a denominator.
    pub fn from_integers(values: Vec<BigInt>, denominator: BigInt) -> Scaled {
        if values.iter().all(|x| x.bits() < 120) {
            Scaled::Narrow(values.iter().map(|x| x.to_i128().unwrap_or(0)).collect(), denominator)
        } else {
            Scaled::Wide(values, denominator)
        }
    }

    /// The common denominator.
    pub fn denominator(&self) -> &BigInt {
        match self {
            Scaled::Narrow(_, d) | Scaled::Wide(_, d) => d,
        }
    }

    /// The numerator at a place.
    pub fn entry(&self, at: usize) -> BigInt {
        match self {
            Scaled::Narrow(v, _) => BigInt::from(v[at]),
            Scaled::Wide(v, _) => v[at].clone(),
        }
    }

    /// The numerator as a double and a power of two, up to two roundings.
    pub fn float_parts(&self, at: usize) -> (f64, i64) {
        match self {
            Scaled::Narrow(v, _) => word_parts(v[at] as f64),
            Scaled::Wide(v, _) => big_parts(&v[at]),
        }
    }

    fn bits(&self) -> u64 {
        match self {
            Scaled::Narrow(v, _) => {
                v.iter().map(|x| 128 - u64::from(x.unsigned_abs().leading_zeros())).max().unwrap_or(0)
            }
            Scaled::Wide(v, _) => v.iter().map(BigInt::bits).max().unwrap_or(0),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Scaled::Narrow(v, _) => v.len(),
            Scaled::Wide(v, _) => v.len(),
        }
    }

    /// `a · self + b · other` for the numerators, over 1.
    pub fn combination(&self, a: &BigInt, other: &Scaled, b: &BigInt) -> Scaled {
        let fits = |x: &Scaled, c: &BigInt| x.bits() + c.bits() < 119;
        if let (Scaled::Narrow(x, _), Scaled::Narrow(y, _), Some(p), Some(q)) = (self, other, a.to_i128(), b.to_i128())
            && fits(self, a)
            && fits(other, b)
        {
            return Scaled::Narrow(x.iter().zip(y).map(|(x, y)| p * x + q * y).collect(), BigInt::one());
        }
        let sums = (0..self.len()).map(|at| self.entry(at) * a + other.entry(at) * b).collect();
        Scaled::from_integers(sums, BigInt::one())
    }

    /// Whether the numerators agree.
    pub fn same_numerators(&self, other: &Scaled) -> bool {
        self.len() == other.len() && (0..self.len()).all(|at| self.entry(at) == other.entry(at))
    }

    /// The product of matrices stored by rows, the second one `n × n`.
    pub fn times(&self, other: &Scaled, n: usize) -> Scaled {
        let denominator = self.denominator() * other.denominator();
        let fits = self.bits() + other.bits() + u64::from(usize::BITS - n.leading_zeros()) < 127;
        if let (Scaled::Narrow(a, _), Scaled::Narrow(b, _), true) = (self, other, fits) {
            return Scaled::Narrow(product(a, b, n), denominator);
        }
        let wide = |s: &Scaled| (0..s.len()).map(|at| s.entry(at)).collect::<Vec<BigInt>>();
        Scaled::from_integers(product(&wide(self), &wide(other), n), denominator)
    }
}

fn product<T>(a: &[T], b: &[T], n: usize) -> Vec<T>
where
    T: Clone + Zero + std::ops::AddAssign,
    for<'x> &'x T: std::ops::Mul<&'x T, Output = T>,
{
    let mut out = vec![T::zero(); a.len()];
    for (row, sums) in a.chunks(n.max(1)).zip(out.chunks_mut(n.max(1))) {
        for (x, other) in row.iter().zip(b.chunks(n.max(1))).filter(|(x, _)| !x.is_zero()) {
            for (sum, y) in sums.iter_mut().zip(other) {
                *sum += x * y;
            }
        }
    }
    out
}
