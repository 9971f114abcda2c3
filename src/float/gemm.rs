//! The product of dense row-major matrices of doubles (faer).

use faer::linalg::matmul::matmul;
use faer::linalg::matmul::triangular::{BlockStructure, matmul as triangular_matmul};
use faer::{Accum, MatMut, MatRef, Par};

/// A matrix whose rows start the stride apart. (faer's own constructor for it takes the stride for that of columns.)
pub(super) fn rows_mut(numbers: &mut [f64], rows: usize, cols: usize, stride: usize) -> MatMut<'_, f64> {
    MatMut::from_column_major_slice_with_stride_mut(numbers, cols, rows, stride).transpose_mut()
}

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
    let c = rows_mut(&mut c[..(m - 1) * stride + n], m, n, stride);
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

/// `c := a · l` for `a` of shape `m × n` and the lower triangle of `l`, given row by row. `m n²` operations, one thread.
pub fn multiply_lower((m, n): (usize, usize), a: &[f64], l: &[f64], c: &mut [f64]) {
    if m == 0 || n == 0 {
        return;
    }
    let a = MatRef::from_row_major_slice(&a[..m * n], m, n);
    let l = MatRef::from_row_major_slice(&l[..n * n], n, n);
    let c = MatMut::from_row_major_slice_mut(&mut c[..m * n], m, n);
    let (all, lower) = (BlockStructure::Rectangular, BlockStructure::TriangularLower);
    triangular_matmul(c, all, Accum::Replace, a, all, l, lower, 1.0, Par::Seq);
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

/// `c += factor · a bᵀ` for `a` of shape `m × k` and `b` of shape `n × k`, rows of `c` the stride apart. `2 m k n` operations,
/// one thread.
pub fn add_by_transpose(
    (m, k, n): (usize, usize, usize),
    factor: f64,
    a: &[f64],
    b: &[f64],
    (c, stride): (&mut [f64], usize),
) {
    if m == 0 || n == 0 || k == 0 {
        return;
    }
    let a = MatRef::from_row_major_slice(&a[..m * k], m, k);
    let b = MatRef::from_row_major_slice(&b[..n * k], n, k);
    let c = rows_mut(&mut c[..(m - 1) * stride + n], m, n, stride);
    matmul(c, Accum::Add, a, b.transpose(), factor, Par::Seq);
}

/// The lower triangle of `c −= a aᵀ` for `a` of shape `m × k`, rows of `c` the stride apart. `m² k` operations, one thread.
pub fn subtract_gram((m, k): (usize, usize), a: &[f64], (c, stride): (&mut [f64], usize)) {
    if m == 0 || k == 0 {
        return;
    }
    let a = MatRef::from_row_major_slice(&a[..m * k], m, k);
    let c = rows_mut(&mut c[..(m - 1) * stride + m], m, m, stride);
    let (lower, all) = (BlockStructure::TriangularLower, BlockStructure::Rectangular);
    triangular_matmul(c, lower, Accum::Add, a, all, a.transpose(), all, -1.0, Par::Seq);
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

    /// Products of small integers by definition; what is above the diagonal of a lower triangle is not read, and what lies
    /// between rows that are far apart stays.
    #[test]
    fn transposed_and_triangular_factors() {
        for (m, n) in [(1, 1), (3, 5), (40, 70), (0, 2)] {
            let number = |t: usize| (t * 7919 % 101) as f64 - 50.0;
            let a: Vec<f64> = (0..m * n).map(number).collect();
            let b: Vec<f64> = (0..n * n).map(|t| number(t + 3)).collect();
            let (mut turned, mut lower) = (vec![1.0; m * n], vec![1.0; m * n]);
            multiply_by_transpose((m, n, n), &a, &b, &mut turned);
            let below: Vec<f64> = (0..n * n).map(|t| if t % n > t / n { f64::NAN } else { b[t] }).collect();
            multiply_lower((m, n), &a, &below, &mut lower);
            let stride = n.max(m) + 2;
            let (mut wide, mut gram) = (vec![5.0; m * stride], vec![5.0; m * stride]);
            add_by_transpose((m, n, n), -2.0, &a, &b, (&mut wide, stride));
            subtract_gram((m, n), &a, (&mut gram, stride));
            let dot = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
            for (i, j) in (0..m).flat_map(|i| (0..n).map(move |j| (i, j))) {
                assert_eq!(turned[i * n + j], dot(&a[i * n..][..n], &b[j * n..][..n]));
                assert_eq!(lower[i * n + j], (j..n).map(|k| a[i * n + k] * b[k * n + j]).sum::<f64>());
            }
            for (i, j) in (0..m).flat_map(|i| (0..stride).map(move |j| (i, j))) {
                let product = if j < n { dot(&a[i * n..][..n], &b[j * n..][..n]) } else { 0.0 };
                assert_eq!(wide[i * stride + j], 5.0 - 2.0 * product);
                let square = if j <= i { dot(&a[i * n..][..n], &a[j * n..][..n]) } else { 0.0 };
                assert_eq!(gram[i * stride + j], 5.0 - square);
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
