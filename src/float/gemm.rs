//! The product of dense row-major matrices of doubles (faer).

use faer::linalg::matmul::matmul;
use faer::linalg::matmul::triangular::{BlockStructure, matmul as triangular_matmul};
use faer::prelude::ReborrowMut;
use faer::{Accum, MatMut, MatRef, Par};

/// `c := c · keep + factor · a · b` with `keep` 0 or 1, for `a` of shape `m × k`, `b` of shape `k × n`, rows one after
/// another, and rows of `c` that start `stride ≥ n` apart.
///
/// When all entries are integers, `factor` is ±1 and the sums of the absolute values of the products stay below 2^53,
/// every intermediate value is an integer that a double holds, so the result is exact in whatever order the terms are
/// added. One thread: callers divide the work, so that nothing depends on the number of threads. `2 m k n` operations.
pub fn multiply_strided(
    (m, k, n): (usize, usize, usize),
    factor: f64,
    a: &[f64],
    b: &[f64],
    (c, stride): (&mut [f64], usize),
    keep: bool,
) {
    if m == 0 || n == 0 {
        return;
    }
    if k == 0 {
        for row in c.chunks_mut(stride).take(m).filter(|_| !keep) {
            row[..n].fill(0.0);
        }
        return;
    }
    let a = MatRef::from_row_major_slice(&a[..m * k], m, k);
    let b = MatRef::from_row_major_slice(&b[..k * n], k, n);
    let c =
        MatMut::from_column_major_slice_with_stride_mut(&mut c[..(m - 1) * stride + n], n, m, stride).transpose_mut();
    matmul(c, if keep { Accum::Add } else { Accum::Replace }, a, b, factor, Par::Seq);
}

/// `c := a · b`, or `c += a · b` when `keep`; see [`multiply_strided`].
pub fn multiply(shape: (usize, usize, usize), a: &[f64], b: &[f64], c: &mut [f64], keep: bool) {
    let stride = shape.2;
    multiply_strided(shape, 1.0, a, b, (c, stride), keep);
}

/// `c := aᵀ · b` for `a` of shape `k × m` and `b` of shape `k × n`, whose rows start the strides apart; see
/// [`multiply_strided`]. `2 m k n` operations.
pub fn multiply_transposed(
    (m, k, n): (usize, usize, usize),
    (a, a_stride): (&[f64], usize),
    (b, b_stride): (&[f64], usize),
    c: &mut [f64],
) {
    if m == 0 || n == 0 {
        return;
    }
    if k == 0 {
        c[..m * n].fill(0.0);
        return;
    }
    let a = MatRef::from_row_major_slice_with_stride(&a[..(k - 1) * a_stride + m], k, m, a_stride);
    let b = MatRef::from_row_major_slice_with_stride(&b[..(k - 1) * b_stride + n], k, n, b_stride);
    let c = MatMut::from_row_major_slice_mut(&mut c[..m * n], m, n);
    matmul(c, Accum::Replace, a.transpose(), b, 1.0, Par::Seq);
}

/// `c := a · bᵀ` for `a` of shape `m × k` and `b` of shape `n × k`. `2 m k n` operations, one thread.
pub fn multiply_by_transpose((m, k, n): (usize, usize, usize), a: &[f64], b: &[f64], c: &mut [f64]) {
    if m == 0 || n == 0 {
        return;
    }
    if k == 0 {
        c[..m * n].fill(0.0);
        return;
    }
    let a = MatRef::from_row_major_slice(&a[..m * k], m, k);
    let b = MatRef::from_row_major_slice(&b[..n * k], n, k);
    let c = MatMut::from_row_major_slice_mut(&mut c[..m * n], m, n);
    matmul(c, Accum::Replace, a, b.transpose(), 1.0, Par::Seq);
}

/// `c := a · s` for `a` of shape `m × n` and the symmetric `s` whose lower triangle is given row by row. `2 m n²`
/// operations, one thread.
pub fn multiply_symmetric((m, n): (usize, usize), a: &[f64], lower: &[f64], c: &mut [f64]) {
    if m == 0 || n == 0 {
        return;
    }
    let a = MatRef::from_row_major_slice(&a[..m * n], m, n);
    let s = MatRef::from_row_major_slice(&lower[..n * n], n, n);
    let mut c = MatMut::from_row_major_slice_mut(&mut c[..m * n], m, n);
    let (all, left) = (BlockStructure::Rectangular, BlockStructure::TriangularLower);
    triangular_matmul(c.rb_mut(), all, Accum::Replace, a, all, s, left, 1.0, Par::Seq);
    let right = BlockStructure::StrictTriangularUpper;
    triangular_matmul(c, all, Accum::Add, a, all, s.transpose(), right, 1.0, Par::Seq);
}

/// The lower triangle of `gram += aᵀ a` for `a` of shape `rows × cols`; `rows · cols²` operations. One thread.
pub fn add_gram((rows, cols): (usize, usize), a: &[f64], gram: &mut [f64]) {
    if rows == 0 || cols == 0 {
        return;
    }
    let a = MatRef::from_row_major_slice(&a[..rows * cols], rows, cols);
    let gram = MatMut::from_row_major_slice_mut(&mut gram[..cols * cols], cols, cols);
    let (lower, all) = (BlockStructure::TriangularLower, BlockStructure::Rectangular);
    triangular_matmul(gram, lower, Accum::Add, a.transpose(), all, a, all, 1.0, Par::Seq);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gram_matrices_by_definition() {
        for (rows, cols) in [(1, 1), (5, 3), (40, 70), (0, 2)] {
            let a: Vec<f64> = (0..rows * cols).map(|t| (t * 7919 % 101) as f64 - 50.0).collect();
            let mut gram = vec![1.0; cols * cols];
            add_gram((rows, cols), &a, &mut gram);
            for i in 0..cols {
                for j in 0..=i {
                    let exact: f64 = (0..rows).map(|k| a[k * cols + i] * a[k * cols + j]).sum();
                    assert_eq!(gram[i * cols + j], exact + 1.0);
                }
            }
        }
    }

    /// Products of small integers by definition; what is above the diagonal of a lower triangle is not read.
    #[test]
    fn transposed_and_symmetric_factors() {
        for (m, n) in [(1, 1), (3, 5), (40, 70), (0, 2)] {
            let number = |t: usize| (t * 7919 % 101) as f64 - 50.0;
            let a: Vec<f64> = (0..m * n).map(number).collect();
            let b: Vec<f64> = (0..n * n).map(|t| number(t + 3)).collect();
            let (mut turned, mut symmetric) = (vec![1.0; m * n], vec![1.0; m * n]);
            multiply_by_transpose((m, n, n), &a, &b, &mut turned);
            let lower: Vec<f64> = (0..n * n).map(|t| if t % n > t / n { f64::NAN } else { b[t] }).collect();
            multiply_symmetric((m, n), &a, &lower, &mut symmetric);
            for (i, j) in (0..m).flat_map(|i| (0..n).map(move |j| (i, j))) {
                let with = |entry: &dyn Fn(usize) -> f64| (0..n).map(|k| a[i * n + k] * entry(k)).sum::<f64>();
                assert_eq!(turned[i * n + j], with(&|k| b[j * n + k]));
                assert_eq!(symmetric[i * n + j], with(&|k| b[j.max(k) * n + j.min(k)]));
            }
        }
    }

    #[test]
    fn integers_are_exact() {
        for (m, k, n) in [(1, 1, 1), (3, 5, 7), (20, 33, 17), (4, 0, 4), (0, 3, 2), (70, 130, 90)] {
            let a: Vec<f64> = (0..m * k).map(|t| ((t * 7919 % 1001) as f64 - 500.0) * 65_537.0).collect();
            let b: Vec<f64> = (0..k * n).map(|t| (t * 104_729 % 2003) as f64 - 1000.0).collect();
            let mut c = vec![3.0; m * n];
            for round in 1..=2 {
                multiply((m, k, n), &a, &b, &mut c, round == 2);
                for i in 0..m {
                    for j in 0..n {
                        let exact: i64 = (0..k).map(|l| a[i * k + l] as i64 * b[l * n + j] as i64).sum();
                        assert_eq!(c[i * n + j] as i64, round * exact);
                    }
                }
            }
            // The transpose of a, in rows further apart.
            let far = m + 2;
            let mut turned = vec![9.0; k * far];
            (0..m).for_each(|i| (0..k).for_each(|l| turned[l * far + i] = a[i * k + l]));
            let mut again = vec![3.0; m * n];
            multiply_transposed((m, k, n), (&turned, far), (&b, n), &mut again);
            assert!(again.iter().zip(&c).all(|(x, y)| 2.0 * x == *y));
            // Rows further apart, subtracted.
            let stride = n + 3;
            let mut wide = vec![5.0; m * stride + 1];
            multiply_strided((m, k, n), -1.0, &a, &b, (&mut wide, stride), true);
            for (at, &x) in wide.iter().enumerate() {
                let (i, j) = (at / stride, at % stride);
                let product = if i < m && j < n { c[i * n + j] / 2.0 } else { 0.0 };
                assert_eq!(x, 5.0 - product);
            }
        }
    }
}
