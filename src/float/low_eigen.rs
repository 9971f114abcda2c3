//! The small eigenvalues of a positive semidefinite matrix, counted first and then found by subspace iteration (faer).

use faer::linalg::matmul::matmul;
use faer::prelude::Solve;
use faer::{Accum, Mat, Par, Side};

use super::random::Random;
use super::symmetric::symmetric_eigen;

/// What is added to the diagonal, as a part of the level, so that the factorisation goes through.
const SHIFT: f64 = 1e-3;
/// Vectors beyond those that are counted: the more, the faster the convergence.
const MORE: usize = 24;
/// The most rounds of three steps each.
const ROUNDS: usize = 20;
/// The residual of an eigenvector, relative to the first eigenvalue above the level, at which it is taken.
const RESIDUAL: f64 = 1e-9;

/// Eigenvalues below a level and the first above it.
#[derive(Clone, Debug)]
pub struct LowEigen {
    /// The eigenvalues below the level, increasing.
    pub values: Vec<f64>,
    /// Their orthonormal eigenvectors.
    pub vectors: Vec<Vec<f64>>,
    /// The first eigenvalue that is not below the level, from above.
    pub next: f64,
}

/// The eigenvalues below `level > 0` of a positive semidefinite matrix whose lower triangle is given row by row.
///
/// Their number is the number of negative squares of `A − level` (Sylvester, by the factorisation of Bunch and Kaufman),
/// the vectors come from inverse iteration with a block of them (Parlett, *The Symmetric Eigenvalue Problem*, chapter 14).
/// `None` when there are none, when they are more than an eighth of all, or when the iteration does not settle on that
/// number: the full decomposition then serves. `2 n³/3` operations and `6 n² k` for each of a few rounds with `k`
/// vectors.
pub fn low_eigen(n: usize, lower: &[f64], level: f64) -> Option<LowEigen> {
    faer::set_global_parallelism(Par::Seq);
    let shifted = |shift: f64| {
        Mat::<f64>::from_fn(n, n, |i, j| lower[i.max(j) * n + i.min(j)] + if i == j { shift } else { 0.0 })
    };
    let count = negative_squares(&shifted(-level));
    if count == 0 || count > n / 8 {
        return None;
    }
    let a = shifted(0.0);
    let factor = shifted(SHIFT * level).llt(Side::Lower).ok()?;
    let width = (count + MORE).min(n);
    let mut random = Random::new(0, 0);
    let mut block = Mat::<f64>::from_fn(n, width, |_, _| random.normal());
    for _ in 0..ROUNDS {
        for _ in 0..3 {
            factor.solve_in_place(&mut block);
            block = block.qr().compute_thin_Q();
        }
        let image = product(&a, &block);
        let small = product(&block.transpose().to_owned(), &image);
        let (values, rotation) = symmetric_eigen(width, |i, j| small[(i, j)])?;
        let rotation = Mat::<f64>::from_fn(width, width, |i, j| rotation[i * width + j]);
        block = product(&block, &rotation);
        let image = product(&image, &rotation);
        let next = *values.get(count)?;
        let residual = |k: usize| {
            let parts = (0..n).map(|i| image[(i, k)] - values[k] * block[(i, k)]);
            parts.map(|x| x * x).sum::<f64>().sqrt()
        };
        if values[count - 1] < level && next >= level && (0..count).all(|k| residual(k) <= RESIDUAL * next) {
            let vectors = (0..count).map(|k| block.col_as_slice(k).to_vec()).collect();
            return Some(LowEigen { values: values[..count].to_vec(), vectors, next });
        }
    }
    None
}

/// How many eigenvalues are negative.
fn negative_squares(a: &Mat<f64>) -> usize {
    let factors = a.lblt(Side::Lower);
    let (diagonal, below) = (factors.B_diag().column_vector(), factors.B_subdiag().column_vector());
    let (mut k, mut count) = (0, 0);
    while k < a.nrows() {
        if k + 1 < a.nrows() && below[k] != 0.0 {
            let (half, middle) = ((diagonal[k] - diagonal[k + 1]) / 2.0, (diagonal[k] + diagonal[k + 1]) / 2.0);
            let radius = half.hypot(below[k]);
            count += usize::from(middle - radius < 0.0) + usize::from(middle + radius < 0.0);
            k += 2;
        } else {
            count += usize::from(diagonal[k] < 0.0);
            k += 1;
        }
    }
    count
}

fn product(a: &Mat<f64>, b: &Mat<f64>) -> Mat<f64> {
    let mut out = Mat::zeros(a.nrows(), b.ncols());
    matmul(out.as_mut(), Accum::Replace, a, b, 1.0, Par::Seq);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise and a signal of known rank, against the full decomposition.
    #[test]
    fn small_eigenvalues_of_noisy_gram_matrices() {
        let mut random = Random::new(5, 0);
        for (n, rank, noise) in [(40, 36, 0.1), (120, 110, 0.05), (200, 199, 0.2)] {
            let rows = 6 * n;
            let signal: Vec<f64> = (0..rows * rank).map(|_| random.normal()).collect();
            let spread: Vec<f64> = (0..rank * n).map(|_| random.normal()).collect();
            let row = |r: usize, random: &mut Random| -> Vec<f64> {
                let of = |i: usize| (0..rank).map(|k| signal[r * rank + k] * spread[k * n + i]).sum::<f64>();
                (0..n).map(|i| of(i) / (rank as f64).sqrt() + noise * random.normal()).collect()
            };
            let mut gram = vec![0.0; n * n];
            for r in 0..rows {
                let row = row(r, &mut random);
                for i in 0..n {
                    for j in 0..n {
                        gram[i * n + j] += row[i] * row[j] / rows as f64;
                    }
                }
            }
            let (values, vectors) = symmetric_eigen(n, |i, j| gram[i * n + j]).unwrap();
            let level = (values[n - rank - 1] * values[n - rank]).sqrt();
            let found = low_eigen(n, &gram, level).unwrap();
            assert_eq!(found.values.len(), n - rank);
            for (k, (value, vector)) in found.values.iter().zip(&found.vectors).enumerate() {
                assert!((value - values[k]).abs() < 1e-9 * level, "{n} {k}: {value} {}", values[k]);
                // In the span of the eigenvectors below the level.
                let inside: f64 =
                    (0..n - rank).map(|l| (0..n).map(|i| vector[i] * vectors[i * n + l]).sum::<f64>().powi(2)).sum();
                assert!((inside - 1.0).abs() < 1e-9, "{inside}");
            }
            assert!((found.next / values[n - rank] - 1.0).abs() < 0.05, "{} {}", found.next, values[n - rank]);
            assert!(low_eigen(n, &gram, 0.5 * values[0]).is_none());
        }
    }

    #[test]
    fn squares_are_counted() {
        let mut random = Random::new(6, 0);
        for n in [1, 2, 9, 50] {
            let numbers: Vec<f64> = (0..n * n).map(|_| random.normal()).collect();
            let a = Mat::<f64>::from_fn(n, n, |i, j| numbers[i.max(j) * n + i.min(j)]);
            let (values, _) = symmetric_eigen(n, |i, j| a[(i, j)]).unwrap();
            assert_eq!(negative_squares(&a), values.iter().filter(|x| **x < 0.0).count());
        }
    }
}
