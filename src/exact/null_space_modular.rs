//! The null space through residues modulo word primes, for systems whose solutions outgrow machine words.

use super::lift::{Image, Primes, lift};
use super::null_space::{NullSpace, annihilates};
use super::sparse::{SparseVector, to_sparse};
use super::{ModMatrix, ModSpan, echelon_kernel};
use crate::limits::{Limits, Stop};
use crate::num::{Prime, Rational};
use rand_chacha::rand_core::Rng;

/// So many rows in a row that bring nothing new are taken as a sign that the rest brings nothing either; the exact
/// check of the solutions against all rows catches the exceptions.
const PATIENCE: usize = 40;

/// The null space: independent rows are selected modulo one prime, their null space is lifted from several primes, and
/// the solutions are checked against all rows over Q.
///
/// Proof of the dimension `d` found: the selected rows have rank at least `cols − d` (a rank modulo a prime is a lower
/// bound), and `d` independent solutions of all rows are at hand.
pub(super) fn null_space(cols: usize, rows: &[SparseVector], limits: &Limits) -> Result<NullSpace, Stop> {
    limits.reserve(2 * (cols as u128 + 1) * (cols as u128 + 1) * 4)?;
    let mut selection = Selection::new(cols, rows, limits)?;
    loop {
        let chosen: Vec<&SparseVector> = selection.chosen.iter().map(|&i| &rows[i]).collect();
        let found = lift(
            limits,
            |p| {
                let Some(dense) = chosen.iter().map(|r| residues(p, cols, r)).collect::<Option<Vec<_>>>() else {
                    return Ok(None);
                };
                let (kernel, pivots) = echelon_kernel(p, &ModMatrix::from_rows(cols, dense), limits)?;
                Ok(Some(Image::of_kernel((kernel, pivots))))
            },
            |shape, values| {
                let basis: Vec<SparseVector> = values.chunks(cols.max(1)).map(to_sparse).collect();
                let copies: Vec<SparseVector> = chosen.iter().map(|r| (*r).clone()).collect();
                Ok(annihilates(&copies, cols, &basis, limits)?.then(|| {
                    let leading = shape.iter().skip(1).map(|&c| c as u32).collect();
                    NullSpace { cols, rank: cols - basis.len(), basis, leading }
                }))
            },
        )?;
        if annihilates(rows, cols, &found.basis, limits)? {
            return Ok(found);
        }
        // The selection was too small: take the first row that the solutions miss.
        for (index, row) in rows.iter().enumerate() {
            if !annihilates(std::slice::from_ref(row), cols, &found.basis, limits)? {
                selection.chosen.push(index);
                break;
            }
        }
    }
}

/// The dense residues of a row, or `None` when the prime divides a denominator.
fn residues(p: Prime, cols: usize, row: &[(u32, Rational)]) -> Option<Vec<u32>> {
    let mut out = vec![0; cols];
    for (c, v) in row {
        out[*c as usize] = p.residue(v)?;
    }
    Some(out)
}

/// Rows that span, or nearly span, the row space.
struct Selection {
    chosen: Vec<usize>,
}

impl Selection {
    fn new(cols: usize, rows: &[SparseVector], limits: &Limits) -> Result<Selection, Stop> {
        let mut primes = Primes::new(limits);
        let p = primes.draw();
        let mut order: Vec<usize> = (0..rows.len()).filter(|&i| !rows[i].is_empty()).collect();
        // A random order meets a spanning set early however the rows were listed.
        for k in (1..order.len()).rev() {
            let other = (primes.rng().next_u64() % (k as u64 + 1)) as usize;
            order.swap(k, other);
        }
        let mut span = ModSpan::new(p);
        let mut chosen = Vec::new();
        let mut idle = 0;
        for index in order {
            limits.check()?;
            let Some(dense) = residues(p, cols, &rows[index]) else {
                chosen.push(index);
                continue;
            };
            if span.insert(dense) {
                chosen.push(index);
                idle = 0;
            } else {
                idle += 1;
            }
            if idle > PATIENCE || span.dim() == cols {
                break;
            }
        }
        chosen.sort_unstable();
        Ok(Selection { chosen })
    }
}
