//! Coupling coefficients of angular momenta, exact: Clebsch–Gordan coefficients, 3j and 6j symbols in the phases of Condon
//! and Shortley, by Racah's formulas (Edmonds, *Angular Momentum in Quantum Mechanics*, sections 3.6, 3.7, 6.3).

use std::fmt;

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::SignedRoot;
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// An integer or half an odd integer, kept as its double.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HalfInteger(i64);

/// Spins up to this one are taken.
const MAX_SPIN: i64 = 1000;

impl HalfInteger {
    /// The number with this double.
    pub fn from_twice(twice: i64) -> HalfInteger {
        HalfInteger(twice)
    }

    /// The number of this value, when it is an integer or a half.
    pub fn from_rational(value: &Rational) -> Option<HalfInteger> {
        (&Rational::from(2) * value).to_i64().map(HalfInteger)
    }

    /// Twice the number.
    pub fn twice(self) -> i64 {
        self.0
    }
}

impl fmt::Display for HalfInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 % 2 == 0 { write!(f, "{}", self.0 / 2) } else { write!(f, "{}/2", self.0) }
    }
}

/// Why there is no such coefficient.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WignerError {
    /// A spin that is none.
    #[error("{0} is no spin: expected 0, 1/2, 1, … up to {MAX_SPIN}")]
    Spin(HalfInteger),
    /// A projection that does not belong to its spin.
    #[error("m = {m} does not belong to spin {j}: j − m must be an integer")]
    Projection {
        /// The spin.
        j: HalfInteger,
        /// What was given as its projection.
        m: HalfInteger,
    },
    /// A limit was reached.
    #[error(transparent)]
    Stopped(#[from] Stop),
}

fn check_spin(j: HalfInteger) -> Result<(), WignerError> {
    if (0..=2 * MAX_SPIN).contains(&j.0) { Ok(()) } else { Err(WignerError::Spin(j)) }
}

fn check_projection(j: HalfInteger, m: HalfInteger) -> Result<(), WignerError> {
    check_spin(j)?;
    // The remainder of a sum that could overflow is taken part by part.
    if (j.0 % 2 + m.0 % 2) % 2 == 0 { Ok(()) } else { Err(WignerError::Projection { j, m }) }
}

/// Whether three spins can be coupled: the triangle inequality, and an integer sum.
fn triangle(a: HalfInteger, b: HalfInteger, c: HalfInteger) -> bool {
    (a.0 + b.0 + c.0) % 2 == 0 && c.0 <= a.0 + b.0 && a.0 <= b.0 + c.0 && b.0 <= a.0 + c.0
}

/// Factorials up to a bound.
struct Factorials(Vec<BigInt>);

impl Factorials {
    fn new(bound: i64, limits: &Limits) -> Result<Factorials, Stop> {
        let mut all = vec![BigInt::one()];
        for n in 1..=bound {
            limits.check()?;
            let next = all.last().map(|x| x * n).unwrap_or_default();
            all.push(next);
        }
        Ok(Factorials(all))
    }

    /// `n!` for a number between zero and the bound, else zero.
    fn of(&self, n: i64) -> BigInt {
        usize::try_from(n).ok().and_then(|n| self.0.get(n)).cloned().unwrap_or_default()
    }

    /// The binomial coefficient, zero outside the triangle.
    fn binomial(&self, n: i64, k: i64) -> BigInt {
        if k < 0 || k > n {
            return BigInt::zero();
        }
        self.of(n) / (self.of(k) * self.of(n - k))
    }

    /// `(a+b−c)! (a−b+c)! (−a+b+c)! / (a+b+c+1)!` as numerator and denominator, for spins that can be coupled.
    fn delta(&self, a: HalfInteger, b: HalfInteger, c: HalfInteger) -> (BigInt, BigInt) {
        let numerator =
            self.of((a.0 + b.0 - c.0) / 2) * self.of((a.0 - b.0 + c.0) / 2) * self.of((b.0 + c.0 - a.0) / 2);
        (numerator, self.of((a.0 + b.0 + c.0) / 2 + 1))
    }
}

/// `factor · √square` for integers over integers; a denominator of zero cannot occur and gives zero.
fn root(factor: BigInt, square: (BigInt, BigInt)) -> SignedRoot {
    let square = Rational::from_big(square.0, square.1).unwrap_or_default();
    SignedRoot::scaled(&Rational::from(factor), &square)
}

/// The 3j symbol `(j1 j2 j3; m1 m2 m3)`; zero when the spins cannot be coupled or the projections do not add up to zero.
pub fn wigner_3j(
    spins: [HalfInteger; 3],
    projections: [HalfInteger; 3],
    limits: &Limits,
) -> Result<SignedRoot, WignerError> {
    for (j, m) in spins.into_iter().zip(projections) {
        check_projection(j, m)?;
    }
    let [j1, j2, j3] = spins;
    let [m1, m2, m3] = projections;
    let inside = spins.iter().zip(&projections).all(|(j, m)| m.0.unsigned_abs() <= j.0.unsigned_abs());
    if !inside || m1.0 + m2.0 + m3.0 != 0 || !triangle(j1, j2, j3) {
        return Ok(SignedRoot::ZERO);
    }
    let all = Factorials::new((j1.0 + j2.0 + j3.0) / 2 + 1, limits)?;
    let (a, b, c) = ((j1.0 + j2.0 - j3.0) / 2, (j1.0 - j2.0 + j3.0) / 2, (j2.0 + j3.0 - j1.0) / 2);
    let (x, y) = ((j1.0 - m1.0) / 2, (j2.0 + m2.0) / 2);
    // Σ (−1)^t C(a, t) C(b, j1−m1−t) C(c, j2+m2−t), over a! b! c!.
    let mut sum = BigInt::zero();
    for t in 0..=a {
        limits.check()?;
        let term = all.binomial(a, t) * all.binomial(b, x - t) * all.binomial(c, y - t);
        if t % 2 == 0 { sum += term } else { sum -= term }
    }
    if ((j1.0 - j2.0 - m3.0) / 2) % 2 != 0 {
        sum = -sum;
    }
    let mut numerator = BigInt::one();
    for (j, m) in spins.into_iter().zip(projections) {
        numerator *= all.of((j.0 + m.0) / 2) * all.of((j.0 - m.0) / 2);
    }
    let denominator = all.of(a) * all.of(b) * all.of(c) * all.of((j1.0 + j2.0 + j3.0) / 2 + 1);
    Ok(root(sum, (numerator, denominator)))
}

/// The Clebsch–Gordan coefficient `⟨j1 m1 j2 m2 | j m⟩ = (−1)^{j1−j2+m} √(2j+1) (j1 j2 j; m1 m2 −m)` of SU(2).
pub fn clebsch_gordan_spin(
    (j1, m1): (HalfInteger, HalfInteger),
    (j2, m2): (HalfInteger, HalfInteger),
    (j, m): (HalfInteger, HalfInteger),
    limits: &Limits,
) -> Result<SignedRoot, WignerError> {
    check_projection(j, m)?;
    let symbol = wigner_3j([j1, j2, j], [m1, m2, HalfInteger(m.0.saturating_neg())], limits)?;
    if symbol.is_zero() {
        return Ok(SignedRoot::ZERO);
    }
    let sign = if ((j1.0 - j2.0 + m.0) / 2) % 2 == 0 { 1 } else { -1 };
    let square = symbol.square() * &Rational::from(j.0 + 1);
    Ok(SignedRoot::scaled(&Rational::from(sign * i64::from(symbol.signum())), &square))
}

/// The 6j symbol `{j1 j2 j3; j4 j5 j6}`; zero when one of the four triples cannot be coupled.
pub fn wigner_6j(spins: [HalfInteger; 6], limits: &Limits) -> Result<SignedRoot, WignerError> {
    spins.into_iter().try_for_each(check_spin)?;
    let [j1, j2, j3, j4, j5, j6] = spins;
    let triples = [(j1, j2, j3), (j1, j5, j6), (j4, j2, j6), (j4, j5, j3)];
    if triples.iter().any(|&(a, b, c)| !triangle(a, b, c)) {
        return Ok(SignedRoot::ZERO);
    }
    let sums = triples.map(|(a, b, c)| (a.0 + b.0 + c.0) / 2);
    let pairs = [(j1, j2, j4, j5), (j2, j3, j5, j6), (j3, j1, j6, j4)];
    let quads = pairs.map(|(a, b, c, d)| (a.0 + b.0 + c.0 + d.0) / 2);
    let first = sums.into_iter().max().unwrap_or(0);
    let last = quads.into_iter().min().unwrap_or(0);
    let all = Factorials::new(last.max(first) + 1, limits)?;
    // With the factorials in pairs of constant sum, Racah's sum is one of integers:
    // (t − J_k)! (Q_k − t)! = n_k! / C(n_k, t − J_k), n_k = Q_k − J_k.
    let n = [quads[0] - sums[1], quads[1] - sums[2], quads[2] - sums[3]];
    let mut sum = BigInt::zero();
    for t in first..=last {
        limits.check()?;
        let mut term = all.binomial(t + 1, sums[0] + 1);
        for k in 0..3 {
            term *= all.binomial(n[k], t - sums[k + 1]);
        }
        if t % 2 == 0 { sum += term } else { sum -= term }
    }
    let mut numerator = all.of(sums[0] + 1).pow(2);
    let mut denominator = (all.of(n[0]) * all.of(n[1]) * all.of(n[2])).pow(2);
    for (a, b, c) in triples {
        let (over, under) = all.delta(a, b, c);
        numerator *= over;
        denominator *= under;
    }
    Ok(root(sum, (numerator, denominator)))
}
