//! Conjugate gradients of several rows at once: a step looks for the best of each row among the directions of all.
//!
//! The residuals of `k` rows span `k` new dimensions at every step, so that a form of `dim` unknowns is exhausted after
//! about `dim / k` of them, and well before that only the eigenvalues beyond the `k` smallest count for the rate
//! (O'Leary, *The block conjugate gradient algorithm*, 1980). Residuals are kept orthonormal (Dubrulle, *Retooling the method of
//! block conjugate gradients*, 2001).

use super::conjugate::Ends;
use super::losses::form_product;
use super::sequential::dot;
use crate::float::gemm::{multiply, multiply_by_transpose, multiply_transposed};
use crate::float::{cholesky, symmetric_eigen};
use crate::limits::{Limits, Stop};

/// A direction of the residuals below this part of the largest, squared, is rounding.
const DEPENDENT: f64 = 1e-14;

/// Moves each of `k` rows towards its projection to the null space of the form, all together; the steps, and whether every row
/// has ended. Where residuals become dependent to rounding, the block goes on with fewer of them; what is lost there may leave
/// rows that have not ended and go on by themselves. `2 k dim² + 20 k² dim` operations a step.
pub(super) fn block_rows(
    (k, dim): (usize, usize),
    form: &[f64],
    ends: &Ends,
    rows: &mut [f64],
    limits: &Limits,
) -> Result<(u64, bool), Stop> {
    limits.reserve(8 * (5 * k as u128 * dim as u128 + 5 * (k as u128).pow(2)))?;
    let (mut moved, mut image) = (vec![0.0; k * dim], vec![0.0; k * dim]);
    let starts: Vec<f64> = rows.chunks_exact(dim).map(|w| dot(w, w)).collect();
    let mut residuals = vec![0.0; k * dim];
    form_product(k, dim, rows, form, &mut residuals);
    residuals.iter_mut().for_each(|x| *x = -*x);
    // Residuals are coefficientsᵀ · units, for j ≤ k units.
    let Some(Frame { mut units, factor: mut coefficients }) = frame(k, dim, residuals) else { return Ok((0, false)) };
    let mut directions = units.clone();
    for step in 0..=ends.cap {
        limits.check()?;
        let j = units.len() / dim;
        // The images of the rows are their residuals with the other sign.
        multiply_transposed((k, j, dim), (&coefficients, k), (&units, dim), &mut image);
        let mut pairs = rows.chunks_exact(dim).zip(image.chunks_exact(dim)).zip(&starts);
        if pairs.all(|((w, r), start)| ends.reached(-dot(w, r), dot(w, w), *start)) {
            return Ok((step, true));
        }
        let moved = &mut moved[..j * dim];
        form_product(j, dim, &directions, form, moved);
        let mut bends = vec![0.0; j * j];
        multiply_by_transpose((j, dim, j), &directions, moved, &mut bends);
        let Some(inverse) = inverse(j, bends) else { return Ok((step, false)) };
        // rows += coefficientsᵀ · inverse · directions, units -= inverse · moved
        let mut lengths = vec![0.0; k * j];
        multiply_transposed((k, j, j), (&coefficients, k), (&inverse, j), &mut lengths);
        multiply((k, j, dim), &lengths, &directions, rows, true);
        multiply((j, j, dim), &inverse, moved, &mut image[..j * dim], false);
        units.iter_mut().zip(&image).for_each(|(v, x)| *v -= x);
        let Some(Frame { units: next, factor }) = frame(j, dim, units) else { return Ok((step + 1, false)) };
        let i = next.len() / dim;
        let mut both = vec![0.0; i * k];
        multiply((i, j, k), &factor, &coefficients, &mut both, false);
        let mut turned = next.clone();
        multiply((i, j, dim), &factor, &directions, &mut turned, true);
        (units, coefficients, directions) = (next, both, turned);
    }
    Ok((ends.cap, false))
}

/// Rows `T = factorᵀ · units` with orthonormal units.
struct Frame {
    units: Vec<f64>,
    /// `i × k` for `i` units and `k` rows.
    factor: Vec<f64>,
}

/// By Cholesky's factorisation of the Gram matrix, or its eigenvectors where rows are dependent; and once more for the
/// digits that one time loses. `None` for rows that vanish.
fn frame(k: usize, dim: usize, rows: Vec<f64>) -> Option<Frame> {
    let once = |k: usize, rows: Vec<f64>| -> Option<Frame> {
        let mut gram = vec![0.0; k * k];
        multiply_by_transpose((k, dim, k), &rows, &rows, &mut gram);
        let mut lower = gram.clone();
        let (inverse, factor) = if cholesky(k, &mut lower) {
            // units = L⁻¹ rows, factor = Lᵀ
            let upper = (0..k * k).map(|at| if at / k <= at % k { lower[at % k * k + at / k] } else { 0.0 }).collect();
            (lower_inverse(k, &lower), upper)
        } else {
            let (values, vectors) = symmetric_eigen(k, |i, j| gram[i * k + j])?;
            let level = DEPENDENT * values.last()?;
            let kept: Vec<usize> = (0..k).filter(|&a| values[a] > level.max(f64::MIN_POSITIVE)).collect();
            let by = |power: i32| {
                let row = |a: usize| (0..k).map(move |i| (a, i));
                let entry = |(a, i): (usize, usize)| vectors[i * k + a] * values[a].sqrt().powi(power);
                kept.iter().flat_map(|&a| row(a)).map(entry).collect::<Vec<f64>>()
            };
            (by(-1), by(1))
        };
        let count = inverse.len() / k;
        let mut units = vec![0.0; count * dim];
        multiply((count, k, dim), &inverse, &rows, &mut units, false);
        (count > 0).then_some(Frame { units, factor })
    };
    let first = once(k, rows)?;
    let count = first.units.len() / dim;
    let second = once(count, first.units)?;
    let left = second.units.len() / dim;
    let mut factor = vec![0.0; left * k];
    multiply((left, count, k), &second.factor, &first.factor, &mut factor, false);
    Some(Frame { units: second.units, factor })
}

/// The inverse of a lower triangle.
fn lower_inverse(k: usize, lower: &[f64]) -> Vec<f64> {
    let mut inverse = vec![0.0; k * k];
    for i in 0..k {
        inverse[i * k + i] = 1.0;
        let (above, row) = inverse.split_at_mut(i * k);
        for j in 0..i {
            let factor = lower[i * k + j];
            row[..=j].iter_mut().zip(&above[j * k..=j * k + j]).for_each(|(x, y)| *x -= factor * y);
        }
        let pivot = lower[i * k + i];
        row[..=i].iter_mut().for_each(|x| *x /= pivot);
    }
    inverse
}

/// The inverse of a symmetric positive definite matrix; `None` when it is not definite.
fn inverse(k: usize, mut matrix: Vec<f64>) -> Option<Vec<f64>> {
    if !cholesky(k, &mut matrix) {
        return None;
    }
    let half = lower_inverse(k, &matrix);
    multiply_transposed((k, k, k), (&half, k), (&half, k), &mut matrix);
    Some(matrix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::training::test_support::normals;

    /// A form with the null space spanned by the last `flat` axes, eigenvalues 1 to 90 beside it: the limit is the projection
    /// of the start, after about as many steps as blocks fill the other axes, also for more rows than the null space holds.
    #[test]
    fn the_limits_are_the_projections_of_the_starts() {
        let limits = Limits::none();
        for (dim, flat, k) in [(40, 2, 2), (60, 12, 12), (60, 5, 9), (30, 0, 4), (8, 3, 8)] {
            let value = |i: usize| if i < dim - flat { 1.0 + 89.0 * i as f64 / dim as f64 } else { 0.0 };
            let form: Vec<f64> =
                (0..dim * dim).map(|at| if at % (dim + 1) == 0 { value(at / dim) } else { 0.0 }).collect();
            let mut rows = normals(k * dim, 1);
            let start = rows.clone();
            let ends = Ends { scale: 1.0, tolerance: 1e-14, cap: 200 };
            let (steps, _) = block_rows((k, dim), &form, &ends, &mut rows, &limits).unwrap();
            assert!(steps <= 2 + 2 * dim as u64 / k as u64, "{dim} {flat} {k}: {steps}");
            for (row, before) in rows.chunks(dim).zip(start.chunks(dim)) {
                for i in 0..dim {
                    let expected = if i < dim - flat { 0.0 } else { before[i] };
                    assert!((row[i] - expected).abs() < 1e-5, "{dim} {flat} {k}, {i}: {} {expected}", row[i]);
                }
            }
        }
    }
}
