//! The signature of a rational symmetric matrix, proved.
//!
//! Three ways, all rigorous. Small or sparse matrices are diagonalised by congruence over Q. For large dense ones
//! a floating-point `Q`, from a factorisation or eigenvectors, is proposed, and `M = Qᵀ A Q` is shown to be strictly diagonally dominant: then it
//! is non-singular with the inertia of its diagonal (Gershgorin), so `Q` is non-singular and `A` has the same inertia
//! (Sylvester). `M` is first computed in doubles with a bound for every rounding ([`certified_inertia`]); when that
//! bound is too coarse, in integers, with `Q` rounded to integers.

use num_bigint::BigInt;
use num_traits::{FromPrimitive, Signed, ToPrimitive, Zero};

use crate::exact::lift::Primes;
use crate::exact::{Matrix, ModMatrix, Subspace};
use crate::float::{certified_inertia, symmetric_eigen};
use crate::limits::{Limits, Stop};
use crate::num::{Rational, common_denominator};
use crate::parallel;

use super::scaled::Scaled;

/// Positive, negative and zero squares of a symmetric form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signature {
    /// Number of positive squares.
    pub positive: usize,
    /// Number of negative squares.
    pub negative: usize,
    /// Dimension of the radical.
    pub zero: usize,
}

impl Signature {
    /// `positive − negative`.
    pub fn index(&self) -> i64 {
        self.positive as i64 - self.negative as i64
    }
}

/// From this size on, dense matrices go through the certified float congruence first.
const DENSE_SIZE: usize = 16;

/// The signature of a symmetric matrix.
pub fn signature(form: &Matrix<Rational>, limits: &Limits) -> Result<Signature, Stop> {
    let n = form.rows();
    let nonzeros = form.entries().iter().filter(|x| !x.is_zero()).count();
    if n >= DENSE_SIZE && nonzeros * 5 > n * n {
        // Success proves that the form is non-degenerate.
        if let Some((positive, negative)) = float_inertia(n, form.entries().iter().map(float_parts)) {
            return Ok(Signature { positive, negative, zero: 0 });
        }
        limits.check()?;
        if let Some(block) = non_singular_block(form, limits)? {
            let zero = n - block.rows();
            let float = float_inertia(block.rows(), block.entries().iter().map(float_parts));
            if let Some((positive, negative)) =
                float.map_or_else(|| certified_congruence(&block, limits), |x| Ok(Some(x)))?
            {
                return Ok(Signature { positive, negative, zero });
            }
        } else if let Some((positive, negative)) = certified_congruence(form, limits)? {
            return Ok(Signature { positive, negative, zero: 0 });
        }
    }
    congruence(form.clone(), limits)
}

/// The signature of a symmetric matrix of integers.
pub(super) fn scaled_signature(n: usize, form: &Scaled, limits: &Limits) -> Result<Signature, Stop> {
    if n >= DENSE_SIZE
        && let Some((positive, negative)) = float_inertia(n, (0..n * n).map(|at| form.float_parts(at)))
    {
        return Ok(Signature { positive, negative, zero: 0 });
    }
    signature(&Matrix::from_fn(n, n, |i, j| Rational::from(form.entry(i * n + j))), limits)
}

/// A principal block of full rank, as large as the rank of the matrix; `None` when it is the whole matrix.
fn non_singular_block(form: &Matrix<Rational>, limits: &Limits) -> Result<Option<Matrix<Rational>>, Stop> {
    let n = form.rows();
    // Non-singular modulo a prime is non-singular.
    let mut primes = Primes::new(limits);
    for _ in 0..2 {
        let p = primes.draw();
        if let Some(residues) = ModMatrix::from_rational(p, form)
            && residues.rank(p, limits)? == n
        {
            return Ok(None);
        }
    }
    // Rows that span the row space (exact), and the same columns.
    let rows: Vec<Vec<Rational>> = form.iter_rows().map(<[Rational]>::to_vec).collect();
    let pivots = Subspace::span(n, &rows, limits)?.pivots().to_vec();
    Ok(Some(Matrix::from_fn(pivots.len(), pivots.len(), |i, j| form[(pivots[i], pivots[j])].clone())))
}

/// What [`float_parts`] may be off by, relatively: conversions of numerator and denominator, and their quotient.
const CONVERSION_ERROR: f64 = 8.0 * f64::EPSILON;

/// A rational as `(m, e)` with value `m · 2^e`, `1/4 < |m| < 4`, up to [`CONVERSION_ERROR`]; `(0, 0)` for zero.
fn float_parts(q: &Rational) -> (f64, i64) {
    if q.is_zero() {
        return (0.0, 0);
    }
    let (numerator, denominator) = match q.as_small() {
        Some((n, d)) => (word_parts(n as f64), word_parts(d as f64)),
        None => (big_parts(&q.numerator()), big_parts(&q.denominator())),
    };
    (numerator.0 / denominator.0, numerator.1 - denominator.1)
}

/// `x = m · 2^e` with `1 ≤ |m| < 2`, for a finite double that is not subnormal; `(0, 0)` for zero.
pub(super) fn word_parts(x: f64) -> (f64, i64) {
    if x == 0.0 {
        return (0.0, 0);
    }
    let exponent = ((x.to_bits() >> 52) & 0x7ff) as i64 - 1023;
    (f64::from_bits(x.to_bits() & !(0x7ff << 52) | 1023 << 52), exponent)
}

/// `2^e` as a double, when it is one that is not subnormal.
fn power_of_two(exponent: i64) -> Option<f64> {
    let biased = u64::try_from(exponent + 1023).ok().filter(|biased| (1..2047).contains(biased))?;
    Some(f64::from_bits(biased << 52))
}

/// The same for an integer, up to two roundings.
pub(super) fn big_parts(x: &BigInt) -> (f64, i64) {
    let shift = x.bits().saturating_sub(64);
    let (m, e) = word_parts((x >> shift).to_f64().unwrap_or(1.0));
    (m, e + shift as i64)
}

/// The inertia from doubles with a rigorous bound, after balancing by powers of two; `None` when it is too coarse.
fn float_inertia(n: usize, parts: impl Iterator<Item = (f64, i64)>) -> Option<(usize, usize)> {
    let parts: Vec<(f64, i64)> = parts.collect();
    let mut weights = vec![0i64; n];
    for _ in 0..BALANCING_ROUNDS {
        let excess: Vec<i64> = (0..n)
            .map(|i| {
                let row = parts[i * n..(i + 1) * n].iter().enumerate().filter(|(_, part)| part.0 != 0.0);
                row.map(|(j, part)| part.1 - weights[i] - weights[j]).max().unwrap_or(0)
            })
            .collect();
        if excess.iter().all(|e| (-1..=1).contains(e)) {
            break;
        }
        // Halves, rounded away from zero so that single steps are taken too.
        weights.iter_mut().zip(&excess).for_each(|(w, e)| *w += (e + e.signum()) / 2);
    }
    let mut entries = Vec::with_capacity(n * n);
    for (at, &(m, e)) in parts.iter().enumerate() {
        let exponent = e - weights[at / n] - weights[at % n];
        entries.push(if m == 0.0 { 0.0 } else { m * power_of_two(exponent)? });
    }
    certified_inertia(n, &entries, CONVERSION_ERROR)
}

/// Rounds of balancing by powers of two; each halves the imbalance.
const BALANCING_ROUNDS: usize = 12;

/// Diagonalisation by congruence over Q (Lagrange), choosing sparse pivots.
fn congruence(mut a: Matrix<Rational>, limits: &Limits) -> Result<Signature, Stop> {
    let n = a.rows();
    let mut left: Vec<usize> = (0..n).collect();
    let (mut positive, mut negative) = (0, 0);
    loop {
        limits.check()?;
        let fill = |i: usize| left.iter().filter(|&&j| !a[(i, j)].is_zero()).count();
        let diagonal = left.iter().copied().filter(|&i| !a[(i, i)].is_zero()).min_by_key(|&i| (fill(i), i));
        if let Some(i) = diagonal {
            if a[(i, i)].signum() > 0 {
                positive += 1
            } else {
                negative += 1
            }
            left.retain(|&k| k != i);
            eliminate(&mut a, &left, i);
            continue;
        }
        // All diagonal entries vanish: a pair with a_ij ≠ 0 is a hyperbolic plane; make its diagonal visible.
        let pair = left
            .iter()
            .enumerate()
            .find_map(|(at, &i)| left[at + 1..].iter().find(|&&j| !a[(i, j)].is_zero()).map(|&j| (i, j)));
        let Some((i, j)) = pair else {
            return Ok(Signature { positive, negative, zero: left.len() });
        };
        // e_i := e_i + e_j has square 2 a_ij.
        for &k in &left {
            let sum = &a[(i, k)] + &a[(j, k)];
            a[(i, k)] = sum;
        }
        for &k in &left {
            let sum = &a[(k, i)] + &a[(k, j)];
            a[(k, i)] = sum;
        }
    }
}

/// Subtracts the part of the form along `e_i` from the rest.
fn eliminate(a: &mut Matrix<Rational>, left: &[usize], i: usize) {
    let inverse = a[(i, i)].recip().unwrap_or(Rational::ONE);
    let active: Vec<usize> = left.iter().copied().filter(|&k| !a[(k, i)].is_zero()).collect();
    for &k in &active {
        let factor = -&(&a[(k, i)] * &inverse);
        for &l in &active {
            let step = &factor * &a[(i, l)];
            a[(k, l)] += &step;
        }
    }
}

/// Positive and negative squares by an integer congruence found in floats; `None` when dominance fails.
fn certified_congruence(form: &Matrix<Rational>, limits: &Limits) -> Result<Option<(usize, usize)>, Stop> {
    let n = form.rows();
    let scale = Rational::from(common_denominator(form.entries()));
    let integral: Vec<BigInt> = form.entries().iter().map(|x| (x * &scale).numerator()).collect();
    let Some(candidate) = float_congruence(n, &integral) else { return Ok(None) };
    limits.check()?;
    // Row i of `product` is row i of Qᵀ A; then M = (Qᵀ A) Q.
    let fits = bits(&integral) + 2 * bits(&candidate) + 2 * u64::from(usize::BITS - n.leading_zeros()) < 126;
    let dominant = if fits {
        let narrow = |v: &[BigInt]| v.iter().map(|x| x.to_i128().unwrap_or(0)).collect::<Vec<i128>>();
        dominant_diagonal(n, &narrow(&integral), &narrow(&candidate), limits)?
    } else {
        dominant_diagonal(n, &integral, &candidate, limits)?
    };
    Ok(dominant.map(|signs| {
        let positive = signs.iter().filter(|&&s| s).count();
        (positive, n - positive)
    }))
}

fn bits(values: &[BigInt]) -> u64 {
    values.iter().map(BigInt::bits).max().unwrap_or(0)
}

/// Eigenvectors scaled to unit squares and rounded to integers (column `k` of the row-major array).
fn float_congruence(n: usize, integral: &[BigInt]) -> Option<Vec<BigInt>> {
    // Balance the diagonal by powers of two first, so that a basis with wild scales does no harm.
    let weight = |i: usize| {
        let largest = (0..n).map(|j| integral[i * n + j].bits()).max().unwrap_or(0);
        (largest / 2) as i32
    };
    let weights: Vec<i32> = (0..n).map(weight).collect();
    let entry = |i: usize, j: usize| {
        let value = &integral[i * n + j];
        let shift = value.bits().saturating_sub(64);
        let head = (value >> shift).to_f64().unwrap_or(0.0);
        head * 2f64.powi(shift as i32 - weights[i] - weights[j])
    };
    let (values, vectors) = symmetric_eigen(n, entry)?;
    let largest = values.iter().fold(0.0f64, |m, v| m.max(v.abs()));
    let smallest = values.iter().fold(f64::INFINITY, |m, v| m.min(v.abs()));
    if !(smallest > 0.0 && largest.is_finite()) {
        return None;
    }
    // Rounding errors of 1/2 in entries whose squares are weighted by `largest` must stay small beside 1.
    let precision = largest.sqrt() * (n as f64) * 64.0;
    let low = *weights.iter().min()?;
    let high = *weights.iter().max()?;
    if high - low > 900 {
        return None;
    }
    let mut out = Vec::with_capacity(n * n);
    for i in 0..n {
        for k in 0..n {
            let x = vectors[i * n + k] / values[k].abs().sqrt() * precision;
            out.push(BigInt::from_f64((x * 2f64.powi(high - weights[i])).round())?);
        }
    }
    Some(out)
}

/// The signs of the diagonal of `Qᵀ A Q` when that matrix is strictly diagonally dominant.
fn dominant_diagonal<T>(n: usize, a: &[T], q: &[T], limits: &Limits) -> Result<Option<Vec<bool>>, Stop>
where
    T: Clone + Zero + Signed + PartialOrd + Send + Sync,
    for<'x> &'x T: std::ops::Mul<&'x T, Output = T>,
{
    let signs = parallel::try_map(n, |k| {
        limits.check()?;
        let column: Vec<T> = (0..n).map(|i| q[i * n + k].clone()).collect();
        let mut image = vec![T::zero(); n]; // A q_k
        for (i, x) in column.iter().enumerate().filter(|(_, x)| !x.is_zero()) {
            for (sum, y) in image.iter_mut().zip(&a[i * n..(i + 1) * n]) {
                *sum = sum.clone() + x * y;
            }
        }
        let mut products = vec![T::zero(); n]; // q_l · A q_k
        for (i, x) in image.iter().enumerate() {
            for (sum, y) in products.iter_mut().zip(&q[i * n..(i + 1) * n]) {
                *sum = sum.clone() + x * y;
            }
        }
        let diagonal = products[k].clone();
        let rest = products.iter().fold(T::zero(), |s, x| s + x.abs()) - diagonal.abs();
        Ok((diagonal.abs() > rest).then(|| diagonal.is_positive()))
    })?;
    Ok(signs.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::prime::{random_integer, random_stream};

    /// Random integer congruences of a known diagonal, computed both ways.
    #[test]
    fn both_ways_agree_with_the_diagonal() {
        let limits = Limits::none();
        for (seed, n, positive, zero) in [(1, 3, 1, 1), (2, 8, 8, 0), (3, 20, 7, 0), (4, 24, 10, 5), (5, 30, 0, 0)] {
            let mut rng = random_stream(seed, 9);
            let diagonal: Vec<i64> = (0..n)
                .map(|i| {
                    if i < positive {
                        3
                    } else if i < positive + zero {
                        0
                    } else {
                        -2
                    }
                })
                .collect();
            let change: Vec<Vec<i64>> = (0..n)
                .map(|i| {
                    (0..n)
                        .map(|j| {
                            if i == j {
                                1
                            } else if j < i {
                                random_integer(&mut rng, 2)
                            } else {
                                0
                            }
                        })
                        .collect()
                })
                .collect();
            let form = Matrix::from_fn(n, n, |i, j| {
                Rational::from((0..n).map(|k| change[i][k] * diagonal[k] * change[j][k]).sum::<i64>())
            });
            let expected = Signature { positive, negative: n - positive - zero, zero };
            assert_eq!(congruence(form.clone(), &limits).unwrap(), expected);
            assert_eq!(signature(&form, &limits).unwrap(), expected);
        }
    }

    #[test]
    fn hyperbolic_planes_are_seen() {
        let form = Matrix::from_fn(4, 4, |i, j| Rational::from(i64::from(i + j == 3)));
        let expected = Signature { positive: 2, negative: 2, zero: 0 };
        assert_eq!(signature(&form, &Limits::none()).unwrap(), expected);
    }
}
