//! Real symmetric matrices in double precision (faer): eigenvectors, the inertia with a rigorous bound from a factorisation, and products
//! of integer matrices that doubles hold exactly.

use std::cmp::Ordering;

use faer::linalg::matmul::matmul;
use faer::linalg::triangular_inverse::invert_unit_lower_triangular;
use faer::{Accum, Mat, MatRef, Par, Side};

/// The eigenvalues in increasing order and, as columns of a row-major `n × n` array, orthonormal eigenvectors;
/// `None` when the iteration did not converge or the input is not finite. About `9 n³` operations.
pub fn symmetric_eigen(n: usize, entry: impl Fn(usize, usize) -> f64) -> Option<(Vec<f64>, Vec<f64>)> {
    if n == 0 {
        // faer takes 1 from the size.
        return Some((Vec::new(), Vec::new()));
    }
    // A constant degree of parallelism: the bits must not depend on the machine.
    faer::set_global_parallelism(Par::Seq);
    if n == 0 {
        return Some((Vec::new(), Vec::new())); // faer takes no empty matrix
    }
    let m = Mat::from_fn(n, n, |i, j| entry(i.max(j), i.min(j)));
    if m.col_iter().any(|c| c.iter().any(|x| !x.is_finite())) {
        return None;
    }
    let eigen = m.self_adjoint_eigen(Side::Lower).ok()?;
    let values: Vec<f64> = (0..n).map(|i| eigen.S()[i]).collect();
    let vectors = (0..n * n).map(|k| eigen.U()[(k / n, k % n)]).collect();
    Some((values, vectors))
}

/// The eigenvalues alone in increasing order, from the lower triangle given row by row; `None` as in [`symmetric_eigen`]. About
/// `4 n³ / 3` operations.
pub fn symmetric_eigenvalues(n: usize, lower: &[f64]) -> Option<Vec<f64>> {
    if n == 0 {
        return Some(Vec::new());
    }
    faer::set_global_parallelism(Par::Seq);
    if n == 0 {
        return Some(Vec::new());
    }
    if !lower.chunks_exact(n).enumerate().all(|(i, row)| row[..=i].iter().all(|x| x.is_finite())) {
        return None;
    }
    MatRef::from_row_major_slice(&lower[..n * n], n, n).self_adjoint_eigenvalues(Side::Lower).ok()
}

/// The product of two row-major `n × n` arrays.
fn product(n: usize, a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; n * n];
    let (a, b) = (MatRef::from_row_major_slice(a, n, n), MatRef::from_row_major_slice(b, n, n));
    matmul(faer::MatMut::from_row_major_slice_mut(&mut out, n, n), Accum::Replace, a, b, 1.0, Par::Seq);
    out
}

/// The product of two row-major `n × n` arrays of integers, when no sum on the way can pass 2^53: doubles then hold
/// every number exactly, in whatever order they are added.
pub fn integer_product(n: usize, a: &[i64], b: &[i64]) -> Option<Vec<i64>> {
    const EXACT: u128 = 1 << 53;
    let row_sum = |row: &[i64]| row.iter().map(|x| u128::from(x.unsigned_abs())).sum::<u128>();
    let rows = a.chunks(n.max(1)).map(row_sum).max().unwrap_or(0);
    let largest = b.iter().map(|x| u128::from(x.unsigned_abs())).max().unwrap_or(0);
    if rows >= EXACT || largest >= EXACT || rows * largest >= EXACT {
        return None;
    }
    let double = |v: &[i64]| v.iter().map(|&x| x as f64).collect::<Vec<f64>>();
    Some(product(n, &double(a), &double(b)).into_iter().map(|x| x as i64).collect())
}

/// A matrix `Q` for which `Qᵀ A Q` is nearly diagonal with entries near ±1, from `P A Pᵀ = L B Lᵀ` (Bunch and Kaufman):
/// `Q = Pᵀ L⁻ᵀ` followed by rotations in the 2 × 2 blocks of `B` and a scaling by powers of two. About `2 n³ / 3` operations.
fn nearly_diagonalizing(n: usize, a: &[f64]) -> Vec<f64> {
    faer::set_global_parallelism(Par::Seq);
    let factors = MatRef::from_row_major_slice(a, n, n).lblt(Side::Lower);
    // Ones on the diagonal are understood there, not written.
    let mut inverse = Mat::identity(n, n);
    invert_unit_lower_triangular(inverse.as_mut(), factors.L(), Par::Seq);
    let (diagonal, below) = (factors.B_diag().column_vector(), factors.B_subdiag().column_vector());
    // Row k of `columns` is column k of Q before the permutation.
    let mut columns: Vec<f64> = (0..n * n).map(|at| inverse[(at / n, at % n)]).collect();
    let scale = |row: &mut [f64], value: f64| {
        let power = 2f64.powf(-(value.abs().log2() / 2.0).round());
        row.iter_mut().for_each(|x| *x *= power);
    };
    let mut k = 0;
    while k < n {
        if k + 1 < n && below[k] != 0.0 {
            let (a, b, c) = (diagonal[k], below[k], diagonal[k + 1]);
            let (sine, cosine) = (0.5 * (2.0 * b).atan2(a - c)).sin_cos();
            let (first, second) = columns[k * n..(k + 2) * n].split_at_mut(n);
            for (x, y) in first.iter_mut().zip(second.iter_mut()) {
                (*x, *y) = (cosine * *x + sine * *y, cosine * *y - sine * *x);
            }
            let half = ((a - c) / 2.0).hypot(b);
            scale(first, (a + c) / 2.0 + half);
            scale(second, (a + c) / 2.0 - half);
            k += 2;
        } else {
            scale(&mut columns[k * n..(k + 1) * n], diagonal[k]);
            k += 1;
        }
    }
    let place = factors.P().arrays().1;
    (0..n * n).map(|at| columns[(at % n) * n + place[at / n]]).collect()
}

/// The numbers of positive and negative squares of every symmetric matrix within `error · |a_ij|` of the given one,
/// entry by entry; `None` when the bound is not good enough to tell.
///
/// `M = Qᵀ A Q` is computed for a `Q` from a factorisation and, should that fail, for approximate eigenvectors. When
/// the true `M` is strictly diagonally dominant it is non-singular with the inertia of its diagonal (Gershgorin), so `Q`
/// is non-singular and `A` has the same inertia (Sylvester). The computed `M` is off by at most
/// `(γ_n (2 + γ_n) + error (1 + γ_n)²) |Qᵀ| |A| |Q|` with `γ_n = n u / (1 - n u)`, `u = 2^-53`, for sums in any order,
/// fused or not (Higham, *Accuracy and Stability of Numerical Algorithms*, §3.5). Entries must be zero or between 2^-300
/// and 2^300 in size, so that nothing underflows. About `5 n³` operations, `13 n³` with the eigenvectors.
pub fn certified_inertia(n: usize, a: &[f64], error: f64) -> Option<(usize, usize)> {
    let range = 2f64.powi(-300)..2f64.powi(300);
    if a.len() != n * n || !a.iter().all(|x| *x == 0.0 || range.contains(&x.abs())) || n as f64 * error > 1e-3 {
        return None;
    }
    inertia_by(n, a, error, nearly_diagonalizing(n, a))
        .or_else(|| inertia_by(n, a, error, symmetric_eigen(n, |i, j| a[i * n + j])?.1))
}

/// The inertia that `Q` proves.
fn inertia_by(n: usize, a: &[f64], error: f64, mut q: Vec<f64>) -> Option<(usize, usize)> {
    // Any Q will do: what is too small to multiply without underflow is dropped.
    let tiny = 2f64.powi(-200);
    q.iter_mut().filter(|x| x.abs() < tiny).for_each(|x| *x = 0.0);
    let transposed: Vec<f64> = (0..n * n).map(|k| q[(k % n) * n + k / n]).collect();
    let m = product(n, &transposed, &product(n, a, &q));
    // Row sums of |Qᵀ| |A| |Q|, from the right.
    let apply = |m: &[f64], v: &[f64]| -> Vec<f64> {
        m.chunks(n).map(|row| row.iter().zip(v).map(|(x, y)| x.abs() * y).sum()).collect()
    };
    let sums = apply(&transposed, &apply(a, &apply(&q, &vec![1.0; n])));
    let unit = 2f64.powi(-53);
    // Twice the bound: it pays for the rounding of the bound itself and of the sums below.
    let factor = 2.0 * (2.1 * n as f64 * unit + 1.1 * error);
    let mut positive = 0;
    for (i, row) in m.chunks(n).enumerate() {
        let diagonal = row[i];
        let rest: f64 = row.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, x)| x.abs()).sum();
        let least = rest * (1.0 + 4.0 * n as f64 * unit) + factor * sums[i];
        // A NaN is not greater.
        if diagonal.abs().partial_cmp(&least) != Some(Ordering::Greater) {
            return None;
        }
        positive += usize::from(diagonal > 0.0);
    }
    Some((positive, n - positive))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checked where overflow is: a build without optimisation.
    #[test]
    fn nothing_has_no_eigenvalues() {
        assert_eq!(symmetric_eigen(0, |_, _| 1.0), Some((Vec::new(), Vec::new())));
        assert_eq!(symmetric_eigenvalues(0, &[]), Some(Vec::new()));
    }

    #[test]
    fn reproduces_the_matrix() {
        let a = |i: usize, j: usize| ((i + 1) * (j + 1)) as f64 + if i == j { 3.0 } else { 0.0 };
        let (values, vectors) = symmetric_eigen(4, a).unwrap();
        let lower: Vec<f64> = (0..16).map(|at| if at % 4 > at / 4 { f64::NAN } else { a(at / 4, at % 4) }).collect();
        let alone = symmetric_eigenvalues(4, &lower).unwrap();
        assert!(values.iter().zip(&alone).all(|(x, y)| (x - y).abs() < 1e-12));
        for i in 0..4 {
            for j in 0..4 {
                let back: f64 = (0..4).map(|k| values[k] * vectors[i * 4 + k] * vectors[j * 4 + k]).sum();
                assert!((back - a(i.max(j), i.min(j))).abs() < 1e-12);
            }
        }
        assert_eq!(symmetric_eigen(0, a), Some((Vec::new(), Vec::new())));
        assert_eq!(symmetric_eigenvalues(0, &[]), Some(Vec::new()));
    }

    /// `diag(1, -1, ε)`: seen while ε is above rounding, refused when it is not, or when the entries are uncertain.
    #[test]
    fn inertia_is_refused_when_rounding_could_change_it() {
        let a = |e: f64| vec![1.0, 0.5, 0.25, 0.5, -1.0, 0.125, 0.25, 0.125, e];
        // det = -1.25 e + 0.25·0.125·0.5·2 + 0.0625 - 0.015625 vanishes at e = 0.0625
        let zero = (0.03125 + 0.0625 - 0.015625) / 1.25;
        assert_eq!(certified_inertia(3, &a(zero + 1e-12), 0.0), Some((2, 1)));
        assert_eq!(certified_inertia(3, &a(zero - 1e-12), 0.0), Some((1, 2)));
        assert_eq!(certified_inertia(3, &a(zero), 0.0), None);
        assert_eq!(certified_inertia(3, &a(zero + 1e-12), 1e-9), None);
    }

    /// Forms `Lᵀ D L` with known signs, in blocks that need 2 × 2 pivots; the factorisation alone must suffice.
    #[test]
    fn inertia_from_the_factorisation() {
        for n in [1, 2, 5, 40] {
            let unit = |i: usize, j: usize| match i.cmp(&j) {
                Ordering::Less => 0.0,
                Ordering::Equal => 1.0,
                Ordering::Greater => ((i * 7 + j * 3) % 5) as f64 / 4.0 - 0.5,
            };
            // Hyperbolic planes [[0, 1], [1, 0]], and one positive square when n is odd.
            let partner = |i: usize| if i == n - 1 && n % 2 == 1 { i } else { i ^ 1 };
            let a: Vec<f64> =
                (0..n * n).map(|at| (0..n).map(|k| unit(k, at / n) * unit(partner(k), at % n)).sum()).collect();
            let expected = Some((n.div_ceil(2), n / 2));
            assert_eq!(inertia_by(n, &a, 0.0, nearly_diagonalizing(n, &a)), expected, "{n}");
        }
        // Nothing is claimed about a singular form, nor about one that is no number.
        assert_eq!(certified_inertia(2, &[1.0, 1.0, 1.0, 1.0], 0.0), None);
        assert_eq!(certified_inertia(2, &[0.0; 4], 0.0), None);
        assert_eq!(certified_inertia(1, &[f64::NAN], 0.0), None);
    }

    #[test]
    fn integer_products_are_exact_or_refused() {
        let a = [1i64 << 25, -3, 5, 7];
        let b = [1i64 << 26, 1, 2, -1];
        let expected = [(1i64 << 51) - 6, (1 << 25) + 3, (5 << 26) + 14, -2];
        assert_eq!(integer_product(2, &a, &b), Some(expected.to_vec()));
        assert_eq!(integer_product(2, &[1 << 30, 0, 0, 1], &[1 << 30, 0, 0, 1]), None);
    }
}
