//! Haar measure on compact connected groups of matrices, by a random walk.
//!
//! Let `X` be normal on the derived algebra, isotropic for the invariant form `−tr XY`. The law of `exp(X)` is invariant under
//! conjugation, so it acts on an irreducible `λ` by a number; for large `X` that number is near `m_0(λ)/dim λ`, the share of
//! the weight zero, at most `1/(h + 1)` for the adjoint and the smallest representations of a simple group with Coxeter number
//! `h` (3 for SU(2), 31 for E8). The product of `k` independent exponentials differs from Haar measure by its k-th power
//! (Diaconis, *Group Representations in Probability and Statistics*, chapter 3), which is below the rounding of doubles here.
//! Central elements are exponentials of uniform points of circles.

use std::f64::consts::TAU;

use super::decompose::{DecomposeError, frequency};
use super::{Base, RepError};
use crate::exact::{Matrix, SparseMatrix};
use crate::float::{Random, dense};
use crate::lie;
use crate::limits::Limits;
use crate::num::Rational;

/// Standard deviation of a typical weight of `X`, in radians.
const SPREAD: f64 = 3.0;
/// The walk ends where `(1/(h + 1))^k` is below this.
const DISTANCE: f64 = 1e-16;

/// A compact connected group with what its elements are drawn from.
pub(super) struct CompactWalk {
    size: usize,
    /// The algebra's basis by its entries.
    basis: Vec<Vec<(usize, usize, f64)>>,
    /// The lower triangular factor of the Gram matrix of `−tr XY`.
    factor: Matrix<f64>,
    /// Central elements in that basis with their frequencies.
    circles: Vec<(Vec<f64>, f64)>,
    steps: usize,
}

impl CompactWalk {
    /// `None` where the identity component is not known to be compact: the matrices are not skew-symmetric and the algebra is not
    /// semisimple with a negative definite Killing form, or the centre is not a product of circles in the given basis.
    pub fn new(base: &Base, limits: &Limits) -> Result<Option<CompactWalk>, RepError> {
        let algebra = base.algebra();
        let Some(realization) = algebra.realization().filter(|r| !r.basis.is_empty()) else { return Ok(None) };
        let center = lie::structure::center(algebra.constants(), limits)?;
        if !base.vector_is_orthogonal() {
            let killing = || lie::killing_form(algebra.constants(), limits).and_then(|k| lie::signature(&k, limits));
            if center.dim() > 0 || killing()?.negative != algebra.dim() {
                return Ok(None);
            }
        }
        let (size, n) = (base.vector_dim().unwrap_or(0), algebra.dim());
        limits.reserve((n as u128).pow(2) * 8)?;
        let mut circles = Vec::new();
        for z in center.basis() {
            let terms = z.iter().zip(&realization.basis).filter(|(c, _)| !c.is_zero());
            let matrix = terms.fold(SparseMatrix::zero(size, size), |sum, (c, m)| sum.add_scaled(c, m));
            let found = frequency(&matrix, limits).map_err(|error| match error {
                DecomposeError::Rep(error) => error,
                other => RepError::Method(other.to_string()),
            })?;
            let Some(frequency) = found else { return Ok(None) };
            circles.push((z.iter().map(Rational::to_f64).collect(), frequency));
        }
        let basis: Vec<Vec<(usize, usize, f64)>> =
            realization.basis.iter().map(|m| m.triples().map(|(i, j, v)| (i, j, v.to_f64())).collect()).collect();
        let Some(factor) = cholesky(gram(size, &basis, limits)?) else { return Ok(None) };
        let smallest = base
            .vector_module()
            .map(|module| module.group().factors())
            .and_then(|all| all.iter().map(|simple| simple.coxeter_number()).min());
        let share = smallest.unwrap_or(2) as f64 + 1.0;
        let steps = if center.dim() == n { 0 } else { (-DISTANCE.ln() / share.ln()).ceil() as usize };
        Ok(Some(CompactWalk { size, basis, factor, circles, steps }))
    }

    /// A random element.
    pub fn element(&self, random: &mut Random, limits: &Limits) -> Result<Matrix<f64>, RepError> {
        let n = self.basis.len();
        let mut product = Matrix::from_fn(self.size, self.size, |i, j| if i == j { 1.0 } else { 0.0 });
        for _ in 0..self.steps {
            limits.check()?;
            // Coefficients with covariance the inverse of the Gram matrix, and without their central part.
            let mut t: Vec<f64> = (0..n).map(|_| random.normal() * SPREAD * (self.size as f64).sqrt()).collect();
            for i in (0..n).rev() {
                let later: f64 = (i + 1..n).map(|k| self.factor[(k, i)] * t[k]).sum();
                t[i] = (t[i] - later) / self.factor[(i, i)];
            }
            for (z, _) in &self.circles {
                let share = self.form(&t, z) / self.form(z, z);
                t.iter_mut().zip(z).for_each(|(x, c)| *x -= share * c);
            }
            product = self.times_exponential(&product, &t)?;
        }
        for (z, frequency) in &self.circles {
            let angle = TAU * random.unit() / frequency;
            product = self.times_exponential(&product, &z.iter().map(|c| angle * c).collect::<Vec<_>>())?;
        }
        Ok(product)
    }

    /// `−tr XY` of two elements by their coefficients.
    fn form(&self, x: &[f64], y: &[f64]) -> f64 {
        let down = |v: &[f64], k: usize| (k..v.len()).map(|i| self.factor[(i, k)] * v[i]).sum::<f64>();
        (0..x.len()).map(|k| down(x, k) * down(y, k)).sum()
    }

    fn times_exponential(&self, product: &Matrix<f64>, t: &[f64]) -> Result<Matrix<f64>, RepError> {
        let mut sum = Matrix::filled(self.size, self.size, 0.0);
        for (x, c) in self.basis.iter().zip(t) {
            x.iter().for_each(|(i, j, v)| sum[(*i, *j)] += c * v);
        }
        let step = dense::exponential(&sum).map_err(|e| RepError::Method(e.to_string()))?;
        let n = self.size;
        let mut out = Matrix::filled(n, n, 0.0);
        for i in 0..n {
            for k in 0..n {
                let a = product[(i, k)];
                for j in 0..n {
                    out[(i, j)] += a * step[(k, j)];
                }
            }
        }
        Ok(out)
    }
}

/// `−tr XY` of all pairs.
fn gram(size: usize, basis: &[Vec<(usize, usize, f64)>], limits: &Limits) -> Result<Matrix<f64>, RepError> {
    let n = basis.len();
    let mut out = Matrix::filled(n, n, 0.0);
    let mut transposed = Matrix::filled(size, size, 0.0);
    for (a, x) in basis.iter().enumerate() {
        limits.check()?;
        x.iter().for_each(|&(i, j, v)| transposed[(j, i)] = v);
        for (b, y) in basis.iter().enumerate().take(a + 1) {
            let trace: f64 = y.iter().map(|&(i, j, v)| v * transposed[(i, j)]).sum();
            out[(a, b)] = -trace;
            out[(b, a)] = -trace;
        }
        x.iter().for_each(|&(i, j, _)| transposed[(j, i)] = 0.0);
    }
    Ok(out)
}

/// The lower triangular factor; `None` for a matrix that is not positive definite in doubles.
fn cholesky(mut a: Matrix<f64>) -> Option<Matrix<f64>> {
    let n = a.rows();
    for j in 0..n {
        let before = a[(j, j)];
        let pivot = before - (0..j).map(|k| a[(j, k)].powi(2)).sum::<f64>();
        if pivot <= before * 1e-12 {
            return None;
        }
        a[(j, j)] = pivot.sqrt();
        for i in j + 1..n {
            let sum: f64 = (0..j).map(|k| a[(i, k)] * a[(j, k)]).sum();
            a[(i, j)] = (a[(i, j)] - sum) / a[(j, j)];
        }
    }
    Some(a)
}

#[cfg(test)]
mod tests {
    use crate::lie::named::Arg;
    use crate::limits::Limits;
    use crate::reps::{
        Group, RealForm, SampleLaw, embed, exceptional, group_by_name, icosahedral, point_group, sample, spin, wreath,
    };

    /// Means of `tr²` and `tr⁴` are the numbers of equivariant maps V → V and V² → V² over R (Peter and Weyl); those of
    /// `tests/group_classes.rs`. Six standard deviations of the means, estimated from the samples.
    #[track_caller]
    fn moments(group: &Group, law: SampleLaw, count: usize, expected: [f64; 2]) {
        let (found, stated) = sample(group, count, &Limits::none().with_seed(3)).unwrap();
        assert_eq!(stated, law, "{group}");
        let traces: Vec<f64> = found.iter().map(|m| (0..m.rows()).map(|i| m[(i, i)]).sum()).collect();
        for (power, expected) in [(2, expected[0]), (4, expected[1])] {
            let values: Vec<f64> = traces.iter().map(|t: &f64| t.powi(power)).collect();
            let mean = values.iter().sum::<f64>() / count as f64;
            let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / count as f64;
            let error = 6.0 * (variance / count as f64).sqrt() + 1e-9;
            assert!((mean - expected).abs() < error, "{group}: mean of tr^{power} {mean}, not {expected} ± {error}");
        }
        for m in &found[..3] {
            let n = m.rows();
            let entry = |i: usize, j: usize| (0..n).map(|k| m[(i, k)] * m[(j, k)]).sum::<f64>();
            let off = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
            let worst = off.map(|(i, j)| (entry(i, j) - f64::from(u8::from(i == j))).abs()).fold(0.0, f64::max);
            // Elements of I are orthogonal as well; those of crystals in oblique bases are not asked for here.
            assert!(worst < 1e-11, "{group}: {worst}");
        }
    }

    fn named(name: &str, n: i64) -> Group {
        group_by_name(name, &[Arg::Integer(n)], &Limits::none()).unwrap()
    }

    #[test]
    fn haar_measure_by_its_moments() {
        let none = Limits::none();
        let haar = SampleLaw::Haar;
        moments(&named("Sp", 1), haar, 400, [4.0, 32.0]);
        moments(&named("Sp", 2), haar, 150, [4.0, 48.0]);
        moments(&spin(3, 0, false, &none).unwrap(), haar, 400, [4.0, 32.0]);
        moments(&spin(5, 0, false, &none).unwrap(), haar, 150, [4.0, 48.0]);
        moments(&embed(&named("SO", 2), 3, 0, &none).unwrap(), haar, 400, [3.0, 19.0]);
        moments(&icosahedral("I", &none).unwrap().unwrap(), haar, 400, [1.0, 3.0]);
        moments(&icosahedral("2I", &none).unwrap().unwrap(), haar, 400, [4.0, 32.0]);
        moments(&point_group("O", &none).unwrap().unwrap(), haar, 400, [1.0, 4.0]);
        let g2 =
            exceptional("G2".parse::<crate::roots::CartanType>().unwrap().simple().unwrap(), RealForm::Compact, &none);
        moments(&g2.unwrap(), haar, 100, [1.0, 4.0]);
        // One irreducible of O(2) and a fixed line; two copies of R³ that are exchanged.
        let words = SampleLaw::HaarTimesWords;
        moments(&embed(&named("O", 2), 3, 0, &none).unwrap(), words, 400, [2.0, 10.0]);
        moments(&wreath(&named("SO", 3), &named("S", 2), &none).unwrap(), words, 400, [1.0, 6.0]);
    }

    /// Groups that are not compact, and a line that winds around a torus, keep the law of words.
    #[test]
    fn other_groups_are_told_apart() {
        for (name, n) in [("SL", 2), ("GL", 2), ("SE", 2), ("Scaling", 2)] {
            let (_, law) = sample(&named(name, n), 1, &Limits::none()).unwrap();
            assert_eq!(law, SampleLaw::Words, "{name}");
        }
    }
}
