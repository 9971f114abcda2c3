//! The triangular factor of a tall matrix, row by row, and its singular values (faer): what a Gram matrix gives, with all the
//! digits of a double instead of half of them.

use faer::linalg::triangular_solve::{solve_lower_triangular_in_place, solve_upper_triangular_in_place};
use faer::{Mat, MatMut, MatRef, Par};

use super::gemm::rows_mut;

/// The upper triangle `R` with `RᵀR = TᵀT + AᵀA` for the triangle `T` (row-major `m × m`) and further rows `A`: one
/// orthogonal factorisation of the two on top of each other. `2 (m + rows) m²` operations.
pub fn push_rows(m: usize, triangle: &mut [f64], rows: &[f64]) {
    let count = rows.len().checked_div(m).unwrap_or(0);
    if count == 0 {
        return;
    }
    faer::set_global_parallelism(Par::Seq);
    let stacked = Mat::from_fn(m + count, m, |i, j| if i < m { triangle[i * m + j] } else { rows[(i - m) * m + j] });
    let factors = stacked.qr();
    let upper = factors.thin_R();
    for i in 0..m {
        for j in 0..m {
            triangle[i * m + j] = if j < i { 0.0 } else { upper[(i, j)] };
        }
    }
}

/// The singular values of a square matrix in increasing order and, as columns of a row-major array, its right singular
/// vectors; `None` when the iteration did not converge. About `20 m³` operations.
pub fn right_singular(m: usize, entries: &[f64]) -> Option<(Vec<f64>, Vec<f64>)> {
    faer::set_global_parallelism(Par::Seq);
    if !entries.iter().all(|x| x.is_finite()) {
        return None;
    }
    let svd = Mat::from_fn(m, m, |i, j| entries[i * m + j]).svd().ok()?;
    let values: Vec<f64> = (0..m).rev().map(|k| svd.S()[k]).collect();
    let vectors = (0..m * m).map(|at| svd.V()[(at / m, m - 1 - at % m)]).collect();
    Some((values, vectors))
}

/// Replaces rows `b` of length `k` by `b L⁻ᵀ`, for a lower triangle `L`; the rows of both start the given strides apart.
/// `k²` operations for each row, one thread.
pub fn solve_rows((k, l, l_stride): (usize, &[f64], usize), (rows, stride): (&mut [f64], usize)) {
    let Some((l, b)) = factors((k, l, l_stride), (rows, stride)) else { return };
    solve_lower_triangular_in_place(l, b, Par::Seq);
}

/// Replaces rows `b` of length `k` by `b L⁻¹`; see [`solve_rows`].
pub fn solve_rows_back((k, l, l_stride): (usize, &[f64], usize), (rows, stride): (&mut [f64], usize)) {
    let Some((l, b)) = factors((k, l, l_stride), (rows, stride)) else { return };
    solve_upper_triangular_in_place(l.transpose(), b, Par::Seq);
}

/// The triangle and the transpose of the rows.
fn factors<'a>(
    (k, l, l_stride): (usize, &'a [f64], usize),
    (rows, stride): (&'a mut [f64], usize),
) -> Option<(MatRef<'a, f64>, MatMut<'a, f64>)> {
    if k == 0 || rows.len() < k {
        return None;
    }
    let count = (rows.len() - k) / stride + 1;
    let l = MatRef::from_row_major_slice_with_stride(&l[..(k - 1) * l_stride + k], k, k, l_stride);
    let b = rows_mut(&mut rows[..(count - 1) * stride + k], count, k, stride);
    Some((l, b.transpose_mut()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::float::Random;

    /// `AᵀA = RᵀR` whatever the pieces, and a column that is another one up to 10⁻¹⁰ leaves a value of that size, far
    /// below what a Gram matrix can see.
    #[test]
    fn rows_in_pieces_and_small_values() {
        let (m, count) = (7, 40);
        let mut random = Random::new(5, 0);
        let mut a: Vec<f64> = (0..m * count).map(|_| random.normal()).collect();
        for row in a.chunks_exact_mut(m) {
            row[6] = row[5] + 1e-10 * row[6];
        }
        let mut triangle = vec![0.0; m * m];
        a.chunks(3 * m).for_each(|rows| push_rows(m, &mut triangle, rows));
        for i in 0..m {
            for j in 0..m {
                let (direct, kept): (f64, f64) = (
                    (0..count).map(|k| a[k * m + i] * a[k * m + j]).sum(),
                    (0..m).map(|k| triangle[k * m + i] * triangle[k * m + j]).sum(),
                );
                assert!((direct - kept).abs() < 1e-12 * count as f64 * (1.0 + direct.abs()));
            }
        }
        let (values, vectors) = right_singular(m, &triangle).unwrap();
        assert!(values[0] > 1e-11 && values[0] < 1e-8 && values[1] > 1.0, "{values:?}");
        let first: Vec<f64> = (0..m).map(|i| vectors[i * m]).collect();
        assert!((first[5] + first[6]).abs() < 1e-8 && (first[5].abs() - 0.5f64.sqrt()).abs() < 1e-8);
    }
}
