//! Bases from which a sparse form begins: reduced echelon forms, made orthonormal.

use crate::float::{Random, orthonormal_rows};
use crate::limits::{Limits, Stop};

/// Entries below this part of the largest of a row are what the elimination left of zeros.
const ROUNDING: f64 = 1e-12;

/// The reduced echelon form of independent rows with the largest entry of all as each next pivot, then Gram and Schmidt from the
/// sparsest row to the densest. The span of a matrix algebra in good coordinates has an echelon form with few entries, and
/// rotations of pairs have little left to do; complete pivoting keeps the errors of noisy rows where they are. `weights`, one
/// for each column, turn the choice of pivots and with it the basis. `O(k² width)` operations for `k` rows.
pub(super) fn echelon_basis(
    width: usize,
    rows: &[f64],
    weights: Option<&[f64]>,
    limits: &Limits,
) -> Result<Vec<f64>, Stop> {
    let mut rows: Vec<Vec<f64>> = rows.chunks_exact(width.max(1)).map(<[f64]>::to_vec).collect();
    for done in 0..rows.len() {
        limits.check()?;
        let (_, at, column) = largest(&rows[done..], weights);
        rows.swap(done, done + at);
        eliminate(&mut rows, done, column);
    }
    for row in &mut rows {
        let level = ROUNDING * row.iter().fold(0.0f64, |m, x| m.max(x.abs()));
        row.iter_mut().filter(|x| x.abs() < level).for_each(|x| *x = 0.0);
    }
    rows.sort_by(|a, b| spread(a).total_cmp(&spread(b)));
    let mut basis = rows.concat();
    orthonormal_rows(width, &mut basis, 1e-10);
    basis.iter_mut().filter(|x| x.abs() < ROUNDING).for_each(|x| *x = 0.0);
    Ok(basis)
}

/// Random weights of columns, from 1/4 to 1.
pub(super) fn random_weights(width: usize, random: &mut Random) -> Vec<f64> {
    (0..width).map(|_| 0.25 + 0.75 * random.unit()).collect()
}

/// The largest weighted entry, with its row and its column; the first where there are several, up to rounding.
fn largest(rows: &[Vec<f64>], weights: Option<&[f64]>) -> (f64, usize, usize) {
    let mut best = (0.0, 0, 0);
    for (i, row) in rows.iter().enumerate() {
        for (j, x) in row.iter().enumerate() {
            let size = x.abs() * weights.map_or(1.0, |w| w[j]);
            if size > best.0 * (1.0 + 1e-9) {
                best = (size, i, j);
            }
        }
    }
    best
}

/// Makes the pivot 1 and clears its column in all other rows.
fn eliminate(rows: &mut [Vec<f64>], pivot: usize, column: usize) {
    let factor = 1.0 / rows[pivot][column];
    let row: Vec<f64> = rows[pivot].iter().map(|x| x * factor).collect();
    for (i, other) in rows.iter_mut().enumerate() {
        let part = other[column];
        if i != pivot && part != 0.0 {
            other.iter_mut().zip(&row).for_each(|(x, y)| *x -= part * y);
            other[column] = 0.0;
        }
    }
    rows[pivot] = row;
}

/// The sum of absolute entries over the length: the root of the number of entries where these are equal, whatever
/// noise is between them.
fn spread(row: &[f64]) -> f64 {
    row.iter().map(|x| x.abs()).sum::<f64>() / row.iter().map(|x| x * x).sum::<f64>().sqrt()
}
