//! Orthonormal rows of an array of doubles.

use super::cholesky::cholesky;
use super::gemm::{multiply, multiply_strided};

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Replaces rows of length `width` by an orthonormal basis of their span, one after another (Gram and Schmidt, each twice:
/// "twice is enough", Parlett); a row of which less than the part `tolerance` is left is dropped. Returns the rank.
/// `4 k² width` operations.
pub fn orthonormal_rows(width: usize, rows: &mut Vec<f64>, tolerance: f64) -> usize {
    let count = rows.len().checked_div(width).unwrap_or(0);
    let mut rank = 0;
    for k in 0..count {
        rows.copy_within(k * width..(k + 1) * width, rank * width);
        let (done, rest) = rows.split_at_mut(rank * width);
        let row = &mut rest[..width];
        let before = dot(row, row).sqrt();
        if !(before > 0.0 && before.is_finite()) {
            continue;
        }
        row.iter_mut().for_each(|x| *x /= before);
        let mut left = 1.0;
        for _ in 0..2 {
            for unit in done.chunks_exact(width) {
                let part = dot(unit, row);
                row.iter_mut().zip(unit).for_each(|(x, u)| *x -= part * u);
            }
            let norm = dot(row, row).sqrt();
            left *= norm;
            if left <= tolerance {
                break;
            }
            row.iter_mut().for_each(|x| *x /= norm);
        }
        if left > tolerance {
            rank += 1;
        }
    }
    rows.truncate(rank * width);
    rank
}

/// Replaces `k` independent rows by `L⁻¹ W √norm` with `W Wᵀ = L Lᵀ`: rows that are orthogonal with squared length `norm`
/// and span the same flags as Gram and Schmidt's, in `4 k² width` operations of products. The error is that of the
/// squared condition number, so this is for rows that are nearly orthogonal already; `false` when they are dependent.
pub fn orthogonal_frame(k: usize, width: usize, norm: f64, rows: &mut [f64], scratch: &mut FrameScratch) -> bool {
    let FrameScratch { gram, inverse, spare, turned } = scratch;
    for i in 0..width {
        for a in 0..k {
            turned[i * k + a] = rows[a * width + i];
        }
    }
    multiply((k, width, k), rows, turned, gram, false);
    if !cholesky(k, gram) {
        return false;
    }
    // L⁻¹ by columns, forward.
    inverse.fill(0.0);
    for i in 0..k {
        inverse[i * k + i] = 1.0;
        for j in 0..i {
            let factor = gram[i * k + j];
            let (above, row) = inverse.split_at_mut(i * k);
            row[..=j].iter_mut().zip(&above[j * k..=j * k + j]).for_each(|(x, y)| *x -= factor * y);
        }
        let pivot = gram[i * k + i];
        inverse[i * k..=i * k + i].iter_mut().for_each(|x| *x /= pivot);
    }
    spare.copy_from_slice(rows);
    multiply_strided((k, k, width), norm.sqrt(), inverse, spare, (rows, width), false);
    true
}

/// Room for [`orthogonal_frame`].
pub struct FrameScratch {
    gram: Vec<f64>,
    inverse: Vec<f64>,
    spare: Vec<f64>,
    turned: Vec<f64>,
}

impl FrameScratch {
    /// Room for `k` rows of this width.
    pub fn new(k: usize, width: usize) -> FrameScratch {
        FrameScratch {
            gram: vec![0.0; k * k],
            inverse: vec![0.0; k * k],
            spare: vec![0.0; k * width],
            turned: vec![0.0; k * width],
        }
    }

    /// Turns other `k` rows, such as images under a linear map, as the last frame was turned.
    pub fn carry(&mut self, k: usize, width: usize, norm: f64, rows: &mut [f64]) {
        self.spare.copy_from_slice(rows);
        multiply_strided((k, k, width), norm.sqrt(), &self.inverse, &self.spare, (rows, width), false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::float::Random;

    #[test]
    fn rows_become_orthonormal_and_dependent_ones_go() {
        let mut random = Random::new(3, 0);
        let (width, count) = (7, 5);
        let mut rows: Vec<f64> = (0..count * width).map(|_| random.normal()).collect();
        let sum: Vec<f64> = (0..width).map(|i| rows[i] - 2.0 * rows[width + i]).collect();
        rows.splice(2 * width..2 * width, sum);
        let original = rows.clone();
        assert_eq!(orthonormal_rows(width, &mut rows, 1e-10), count);
        for a in 0..count {
            for b in 0..count {
                let value = dot(&rows[a * width..(a + 1) * width], &rows[b * width..(b + 1) * width]);
                assert!((value - f64::from(u8::from(a == b))).abs() < 1e-14);
            }
        }
        // Each given row lies in the span.
        for row in original.chunks(width) {
            let parts: f64 = rows.chunks(width).map(|u| dot(u, row).powi(2)).sum();
            assert!((parts - dot(row, row)).abs() < 1e-12);
        }
        // The other way gives the same rows up to sign, which Cholesky takes positive as Gram and Schmidt do.
        let mut again: Vec<f64> = original[..2 * width].iter().chain(&original[3 * width..]).copied().collect();
        assert!(orthogonal_frame(count, width, 4.0, &mut again, &mut FrameScratch::new(count, width)));
        assert!(again.iter().zip(&rows).all(|(x, y)| (x - 2.0 * y).abs() < 1e-12));
        let mut twice = [original[..width].to_vec(), original[..width].to_vec()].concat();
        assert!(!orthogonal_frame(2, width, 1.0, &mut twice, &mut FrameScratch::new(2, width)));
    }
}
