//! Orthonormal rows in double precision.

use crate::exact::Matrix;
use crate::float::complex::cholesky;
use crate::float::gemm::{multiply, multiply_transposed};
use crate::limits::{Limits, Stop};

/// Columns that are handled at a time: a panel of them stays in the cache.
const PANEL: usize = 512;

/// Makes the rows of a `count × length` array orthonormal without changing their span, by Cholesky factors of the Gram
/// matrix, until it is the identity up to rounding. `false` when the rows are dependent as far as doubles can tell.
/// Cost: `2 count² · length` operations for each of two or three passes.
pub(super) fn orthonormalize(count: usize, length: usize, rows: &mut [f64], limits: &Limits) -> Result<bool, Stop> {
    for row in rows.chunks_mut(length.max(1)) {
        let norm = row.iter().map(|x| x * x).sum::<f64>().sqrt();
        if norm == 0.0 {
            return Ok(false);
        }
        row.iter_mut().for_each(|x| *x /= norm);
    }
    // Each pass squares the condition number away; more than four never help.
    for _ in 0..4 {
        let gram = gram(count, length, rows, limits)?;
        let defect = (0..count * count)
            .map(|k| (gram[(k / count, k % count)] - f64::from(u8::from(k / count == k % count))).abs())
            .fold(0.0, f64::max);
        if defect < 1e-13 {
            return Ok(true);
        }
        let Some(factor) = cholesky(&gram) else { return Ok(false) };
        solve(&lower_inverse(&factor), length, rows, limits)?;
    }
    Ok(false)
}

/// The matrix of inner products of the rows.
pub(super) fn gram(count: usize, length: usize, rows: &[f64], limits: &Limits) -> Result<Matrix<f64>, Stop> {
    let mut sum = Matrix::filled(count, count, 0.0);
    let mut turned = vec![0.0; PANEL * count];
    let mut part = vec![0.0; count * count];
    for start in (0..length).step_by(PANEL) {
        limits.check()?;
        let width = PANEL.min(length - start);
        for i in 0..count {
            for j in 0..width {
                turned[j * count + i] = rows[i * length + start + j];
            }
        }
        multiply_transposed((count, width, count), (&turned, count), (&turned, count), &mut part);
        for i in 0..count {
            sum.row_mut(i).iter_mut().zip(&part[i * count..]).for_each(|(s, x)| *s += x);
        }
    }
    Ok(sum)
}

/// The inverse of a lower triangular matrix.
fn lower_inverse(l: &Matrix<f64>) -> Matrix<f64> {
    let n = l.rows();
    let mut out = Matrix::filled(n, n, 0.0);
    for i in 0..n {
        let mut row = vec![0.0; n];
        for k in 0..i {
            let factor = l[(i, k)];
            if factor != 0.0 {
                row[..=k].iter_mut().zip(out.row(k)).for_each(|(r, x)| *r -= factor * x);
            }
        }
        row[i] = 1.0;
        let scale = 1.0 / l[(i, i)];
        out.row_mut(i).iter_mut().zip(&row).for_each(|(o, r)| *o = r * scale);
    }
    out
}

/// `rows := factor · rows`, panel by panel.
fn solve(factor: &Matrix<f64>, length: usize, rows: &mut [f64], limits: &Limits) -> Result<(), Stop> {
    let count = factor.rows();
    let (mut panel, mut image) = (vec![0.0; PANEL * count], vec![0.0; PANEL * count]);
    for start in (0..length).step_by(PANEL) {
        limits.check()?;
        let width = PANEL.min(length - start);
        for i in 0..count {
            panel[i * width..(i + 1) * width].copy_from_slice(&rows[i * length + start..][..width]);
        }
        multiply((count, count, width), factor.entries(), &panel[..count * width], &mut image[..count * width], false);
        for i in 0..count {
            rows[i * length + start..][..width].copy_from_slice(&image[i * width..(i + 1) * width]);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_orthonormal_and_keep_their_span() {
        let limits = Limits::none();
        let (count, length) = (7, 1100);
        let start: Vec<f64> =
            (0..count * length).map(|k| ((k * 7919 + k * k % 911) % 1009) as f64 / 1009.0 - 0.3).collect();
        let mut rows = start.clone();
        assert!(orthonormalize(count, length, &mut rows, &limits).unwrap());
        let g = gram(count, length, &rows, &limits).unwrap();
        for i in 0..count {
            for j in 0..count {
                assert!((g[(i, j)] - f64::from(u8::from(i == j))).abs() < 1e-13);
            }
            // What is left of the old row after projection to the new ones.
            let old = &start[i * length..][..length];
            let mut rest = old.to_vec();
            for new in rows.chunks(length) {
                let dot: f64 = old.iter().zip(new).map(|(a, b)| a * b).sum();
                rest.iter_mut().zip(new).for_each(|(r, x)| *r -= dot * x);
            }
            assert!(rest.iter().all(|x| x.abs() < 1e-11));
        }
        let mut dependent = [start[..length].to_vec(), start[..length].to_vec()].concat();
        assert!(!orthonormalize(2, length, &mut dependent, &limits).unwrap());
    }
}
