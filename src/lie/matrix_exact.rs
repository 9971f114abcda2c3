//! Whether brackets with a few elements are what a table of constants says, in integers.

use num_traits::ToPrimitive;

use super::StructureConstants;
use super::matrix_places::{EXACT, ROUNDED_UP};
use super::matrix_set::MatrixSet;
use crate::float::gemm;
use crate::limits::{Limits, Stop};
use crate::num::common_denominator;
use crate::parallel;

/// Brackets looked at together.
const BLOCK: usize = 16;

/// Whether `[Y, X_j] = Σ_k a_jk X_k` for all `j` and each `Y = Σ r_i X_i`, with `a_j = Σ_i r_i c_ij`; `None` when the
/// integers are too large to decide it here.
///
/// With common denominators `D` of the matrices and `D'` of the constants, `X' = D X`, `Y' = D Y` and `a' = D' a` it says
/// `D' (Y' X'_j − X'_j Y') = Σ_k D a'_jk X'_k`. By Cauchy–Schwarz the absolute values of all products on both sides add up
/// to at most `D' (‖Y' row‖ ‖X'_j column‖ + ‖X'_j row‖ ‖Y' column‖) + D ‖a'_j‖ ‖(X'_k)_k at a place‖`. Below 2^53 the
/// products of doubles are exact. `2 d N³ + d² N²` multiplications for each `Y`.
pub(super) fn closes_in_integers(
    set: &MatrixSet,
    kept: &[usize],
    constants: &StructureConstants,
    generators: &[Vec<i64>],
    limits: &Limits,
) -> Result<Option<bool>, Stop> {
    let (n, d) = (set.stored_size(), kept.len());
    if d == 0 {
        return Ok(Some(true));
    }
    limits.reserve((d * n * n) as u128 * 8 + (BLOCK * n * n) as u128 * 8 * 16)?;
    let Some((matrices, scale)) = integer_matrices(set, kept) else { return Ok(None) };
    let entry = matrices.iter().fold(0.0f64, |m, x| m.max(x.abs()));
    for r in generators {
        let Some((coefficients, factor)) = integer_coefficients(constants, r, scale) else { return Ok(None) };
        if r.iter().map(|&r| r.abs() as f64).sum::<f64>() * factor * entry * ROUNDED_UP >= EXACT {
            return Ok(None);
        }
        let mut y = vec![0.0f64; n * n]; // D' Y'
        for (x, &r) in matrices.chunks(n * n).zip(r) {
            y.iter_mut().zip(x).for_each(|(y, x)| *y += r as f64 * factor * x);
        }
        let (y_row, y_column) = norms(&y, n);
        let places = largest(matrices.chunks(n * n), n * n);
        let bounded = matrices.chunks(n * n).zip(coefficients.chunks(d)).all(|(x, a)| {
            let (x_row, x_column) = norms(x, n);
            let combination = a.iter().map(|v| v * v).sum::<f64>().sqrt() * places;
            (y_row * x_column + x_row * y_column + combination) * ROUNDED_UP < EXACT
        });
        if !bounded {
            return Ok(None);
        }
        let closed = parallel::try_map(d.div_ceil(BLOCK), |block| {
            let (start, end) = (block * BLOCK, d.min((block + 1) * BLOCK));
            let mut rest = vec![0.0f64; (end - start) * n * n];
            gemm::multiply((end - start, d, n * n), &coefficients[start * d..], &matrices, &mut rest, false);
            for (j, rest) in (start..end).zip(rest.chunks_mut(n * n)) {
                limits.check()?;
                let x = &matrices[j * n * n..(j + 1) * n * n];
                gemm::multiply_strided((n, n, n), -1.0, &y, x, (&mut *rest, n), true);
                gemm::multiply_strided((n, n, n), 1.0, x, &y, (rest, n), true);
            }
            Ok(rest.iter().all(|&v| v == 0.0))
        })?;
        if closed.contains(&false) {
            return Ok(Some(false));
        }
    }
    Ok(Some(true))
}

/// The matrices times their common denominator, row by row, one after another, and that denominator.
fn integer_matrices(set: &MatrixSet, kept: &[usize]) -> Option<(Vec<f64>, f64)> {
    let n = set.stored_size();
    let entries = kept.iter().flat_map(|&i| set.stored()[i].triples().map(|t| t.2));
    let denominator = common_denominator(entries).to_i64()?;
    let mut out = vec![0.0; kept.len() * n * n];
    for (place, &i) in kept.iter().enumerate() {
        for (r, c, v) in set.stored()[i].triples() {
            let (top, bottom) = v.as_small()?;
            out[(place * n + r) * n + c] = exact(i128::from(top) * i128::from(denominator / bottom))?;
        }
    }
    Some((out, exact(i128::from(denominator))?))
}

fn exact(value: i128) -> Option<f64> {
    (value.unsigned_abs() < 1 << 52).then_some(value as f64)
}

/// The numbers `D a'_jk`, row by row, and `D'`.
fn integer_coefficients(constants: &StructureConstants, r: &[i64], scale: f64) -> Option<(Vec<f64>, f64)> {
    let d = constants.dim();
    let denominator = common_denominator(constants.iter().map(|t| t.3)).to_i64()?;
    let mut sums = vec![0i128; d * d];
    for (i, j, k, v) in constants.iter() {
        let (top, bottom) = v.as_small()?;
        let value = i128::from(i64::try_from(i128::from(top) * i128::from(denominator / bottom)).ok()?);
        sums[j * d + k] += value * i128::from(r[i]);
        sums[i * d + k] -= value * i128::from(r[j]);
    }
    let out = sums.into_iter().map(|v| exact(v).map(|v| v * scale).filter(|v| v.abs() < EXACT));
    Some((out.collect::<Option<_>>()?, exact(i128::from(denominator))?))
}

/// The largest Euclidean norms of a row and of a column.
fn norms(m: &[f64], n: usize) -> (f64, f64) {
    let row = m.chunks(n).map(|row| row.iter().map(|x| x * x).sum()).fold(0.0f64, f64::max);
    (row.sqrt(), largest(m.chunks(n), n))
}

/// The largest Euclidean norm of the entries at one place of these rows.
fn largest<'a>(rows: impl Iterator<Item = &'a [f64]>, length: usize) -> f64 {
    let mut sums = vec![0.0f64; length];
    for row in rows {
        sums.iter_mut().zip(row).for_each(|(s, x)| *s += x * x);
    }
    sums.into_iter().fold(0.0, f64::max).sqrt()
}
