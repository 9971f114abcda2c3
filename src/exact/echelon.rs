//! Reduced row echelon form modulo a prime: row by row when small, in panels of columns when large.
//!
//! The columns are taken in panels. Elimination inside a panel finds its pivots; the rows that hold them are multiplied by
//! the inverse of their square block at the pivots, and one matrix product clears the pivots from all other rows. The
//! products are exact products of doubles ([`super::product`]), shared between threads by blocks of rows. The rows with
//! pivots are chosen by the same rule either way, so both ways and any number of threads give the same rows.

use super::ModMatrix;
use super::product::subtract_product;
use crate::limits::{Limits, Stop};
use crate::num::Prime;

/// Columns in a panel (measured: 32 to 128 differ by a tenth).
const PANEL: usize = 64;

/// Below this many multiplications rows are faster (measured: sizes 90 to 110).
const SMALL: usize = 1_000_000;

/// See [`ModMatrix::reduce`].
pub(super) fn reduce(m: &mut ModMatrix, p: Prime, pivot_cols: usize, limits: &Limits) -> Result<Vec<usize>, Stop> {
    let steps = m.rows().min(pivot_cols);
    if steps.saturating_mul(m.rows()).saturating_mul(m.cols()) < SMALL {
        by_rows(m, p, pivot_cols, limits)
    } else {
        by_panels(m, p, pivot_cols, PANEL, limits)
    }
}

/// See [`ModMatrix::pivots`] and [`ModMatrix::relations`]: the pivots of these columns, and the rows that are zero there
/// after elimination.
pub(super) fn downwards(
    mut m: ModMatrix,
    p: Prime,
    pivot_cols: usize,
    limits: &Limits,
) -> Result<(Vec<usize>, ModMatrix), Stop> {
    let pivots = panels(&mut m, p, pivot_cols, PANEL, false, limits)?;
    let rest = (pivots.len()..m.rows()).map(|i| m.row(i)[pivot_cols..].to_vec());
    let rest = ModMatrix::from_rows(m.cols() - pivot_cols, rest);
    Ok((pivots, rest))
}

/// Gauss–Jordan elimination, one pivot after another.
fn by_rows(m: &mut ModMatrix, p: Prime, pivot_cols: usize, limits: &Limits) -> Result<Vec<usize>, Stop> {
    let mut pivots = Vec::new();
    for col in 0..pivot_cols {
        let rank = pivots.len();
        let Some(found) = (rank..m.rows()).find(|&i| m.row(i)[col] != 0) else { continue };
        m.swap_rows(found, rank);
        let inverse = p.inv(m.row(rank)[col]);
        p.scale(&mut m.row_mut(rank)[col..], inverse);
        let pivot_row = m.row(rank)[col..].to_vec();
        for i in (0..m.rows()).filter(|&i| i != rank) {
            let factor = p.neg(m.row(i)[col]);
            p.add_scaled(&mut m.row_mut(i)[col..], factor, &pivot_row);
        }
        pivots.push(col);
        if pivots.len() == m.rows() {
            break;
        }
        limits.check()?;
    }
    m.keep_rows(pivots.len());
    Ok(pivots)
}

fn by_panels(
    m: &mut ModMatrix,
    p: Prime,
    pivot_cols: usize,
    width: usize,
    limits: &Limits,
) -> Result<Vec<usize>, Stop> {
    let pivots = panels(m, p, pivot_cols, width, true, limits)?;
    m.keep_rows(pivots.len());
    Ok(pivots)
}

/// Rows `above` the pivots are cleared too, or left alone: then `m` is no echelon form, but its pivots are the same.
fn panels(
    m: &mut ModMatrix,
    p: Prime,
    pivot_cols: usize,
    width: usize,
    above: bool,
    limits: &Limits,
) -> Result<Vec<usize>, Stop> {
    let mut pivots: Vec<usize> = Vec::new();
    for start in (0..pivot_cols).step_by(width) {
        let rank = pivots.len();
        if rank == m.rows() {
            break;
        }
        limits.check()?;
        let new = factor_panel(m, p, rank, start..pivot_cols.min(start + width));
        // Without the rows above, nothing is left to do behind the last pivot.
        if !new.is_empty() && (above || rank + new.len() < m.rows()) {
            clear(m, p, rank, start, &new, above, limits)?;
        }
        pivots.extend(new);
    }
    Ok(pivots)
}

/// The pivots of these columns below the first `rank` rows; brings rows that hold them to the places from `rank` on.
///
/// Elimination goes downwards only, in a copy of the panel.
fn factor_panel(m: &mut ModMatrix, p: Prime, rank: usize, columns: std::ops::Range<usize>) -> Vec<usize> {
    let rows = m.rows() - rank;
    let mut panel = ModMatrix::from_rows(columns.len(), (rank..m.rows()).map(|i| m.row(i)[columns.clone()].to_vec()));
    let mut found = Vec::new();
    for col in 0..columns.len() {
        let at = found.len();
        let Some(row) = (at..rows).find(|&i| panel.row(i)[col] != 0) else { continue };
        panel.swap_rows(row, at);
        m.swap_rows(rank + row, rank + at);
        let inverse = p.inv(panel.row(at)[col]);
        let pivot_row = panel.row(at)[col..].to_vec();
        for i in at + 1..rows {
            let factor = p.neg(p.mul(panel.row(i)[col], inverse));
            p.add_scaled(&mut panel.row_mut(i)[col..], factor, &pivot_row);
        }
        found.push(columns.start + col);
        if found.len() == rows {
            break;
        }
    }
    found
}

/// Makes the rows from `rank` on a unit matrix at their new pivots, and all other rows zero there, or those below. Columns
/// before `start` of the new rows are zero.
fn clear(
    m: &mut ModMatrix,
    p: Prime,
    rank: usize,
    start: usize,
    new: &[usize],
    above: bool,
    limits: &Limits,
) -> Result<(), Stop> {
    let heads: Vec<Vec<u32>> = (rank..rank + new.len()).map(|i| new.iter().map(|&c| m.row(i)[c]).collect()).collect();
    let mut block = ModMatrix::from_rows(new.len(), heads).beside(&ModMatrix::identity(new.len()));
    by_rows(&mut block, p, new.len(), limits)?;
    let inverse = ModMatrix::from_rows(new.len(), (0..new.len()).map(|i| block.row(i)[new.len()..].to_vec()));
    let tails = ModMatrix::from_rows(m.cols() - start, (rank..rank + new.len()).map(|i| m.row(i)[start..].to_vec()));
    let tails = inverse.mul(p, &tails);
    for i in 0..new.len() {
        m.row_mut(rank + i)[start..].copy_from_slice(tails.row(i));
    }
    let first = if above { rank } else { 0 };
    subtract_product(p, m, start, new, first..rank + new.len(), &tails);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::prime::random_stream;
    use rand_chacha::rand_core::Rng;

    /// Random matrices of low and full rank, with zero and repeated columns, sparse and dense, augmented and not, against
    /// elimination row by row.
    #[test]
    fn panels_give_what_rows_give() {
        let mut rng = random_stream(61, 0);
        let p = Prime::random(&mut rng);
        for (rows, cols, pivot_cols, rank, fill) in [
            (0, 5, 5, 0, 1),
            (5, 0, 0, 0, 1),
            (7, 9, 9, 4, 1),
            (40, 40, 40, 40, 1),
            (40, 60, 30, 25, 1),
            (33, 20, 20, 20, 1),
            (50, 70, 70, 50, 10),
            (80, 40, 40, 13, 3),
            (300, 130, 110, 100, 1),
            (300, 130, 130, 130, 40),
        ] {
            let mut random = |r: usize, c: usize| {
                let mut entry = || if rng.next_u32().is_multiple_of(fill) { p.random_residue(&mut rng) } else { 0 };
                ModMatrix::from_rows(c, (0..r).map(|_| (0..c).map(|_| entry()).collect::<Vec<_>>()))
            };
            let mut m = random(rows, rank).mul(p, &random(rank, cols));
            for i in 0..rows {
                for c in (3..cols).step_by(7) {
                    m.row_mut(i)[c] = if c % 2 == 0 { 0 } else { m.row(i)[c - 2] };
                }
            }
            let mut expected = m.clone();
            let pivots = by_rows(&mut expected, p, pivot_cols, &Limits::none()).unwrap();
            for width in [1, 3, 16, PANEL] {
                let mut found = m.clone();
                assert_eq!(by_panels(&mut found, p, pivot_cols, width, &Limits::none()).unwrap(), pivots);
                assert_eq!(found, expected);
            }
            let mut whole = m.clone();
            let all = by_rows(&mut whole, p, cols, &Limits::none()).unwrap();
            assert_eq!(m.pivots(p, &Limits::none()).unwrap(), all);
            let (pivots, relations) = m.relations(p, &Limits::none()).unwrap();
            assert_eq!((pivots.len() + relations.rows(), pivots), (rows, all));
            assert!(relations.mul(p, &m).entries().iter().all(|&v| v == 0));
            assert_eq!(relations.rank(p, &Limits::none()).unwrap(), relations.rows());
        }
    }

    #[test]
    fn a_stop_is_obeyed() {
        let limits = Limits::none().with_timeout(std::time::Duration::ZERO);
        let p = Prime::random(&mut random_stream(62, 0));
        assert!(ModMatrix::identity(200).reduce(p, 200, &limits).is_err());
    }
}
