//! A set of matrices modulo a prime, and the choice of independent ones and of positions that tell them apart.

use rand_chacha::rand_core::Rng;

use super::matrix_places::Places;
use super::matrix_set::MatrixSet;
use crate::exact::ModMatrix;
use crate::exact::lift::Primes;
use crate::limits::{Limits, Stop};
use crate::num::Prime;
use crate::num::prime::Fractions;

/// The matrices modulo one prime.
pub(super) struct Residues {
    /// The prime.
    pub p: Prime,
    /// The size of the stored matrices.
    pub n: usize,
    /// Whole stored matrices.
    pub matrices: Vec<ModMatrix>,
}

impl Residues {
    /// `None` when the prime divides a denominator.
    pub fn new(p: Prime, set: &MatrixSet, which: &[usize]) -> Option<Residues> {
        let n = set.stored_size();
        let mut fractions = Fractions::new(p);
        let matrices: Option<Vec<ModMatrix>> = which
            .iter()
            .map(|&i| {
                let mut out = ModMatrix::zero(n, n);
                for (r, c, v) in set.stored()[i].triples() {
                    out.row_mut(r)[c] = fractions.residue(v)?;
                }
                Some(out)
            })
            .collect();
        Some(Residues { p, n, matrices: matrices? })
    }

    /// The entries of these matrices at the places, one row for each place.
    pub fn at_places(&self, places: &Places, order: &[usize]) -> ModMatrix {
        let count = order.len();
        let mut out = ModMatrix::zero(places.list.len(), count);
        // A few matrices at a time, so that reading and writing stay in the cache.
        for (block, few) in order.chunks(16).enumerate() {
            let rows = out.entries_mut().chunks_mut(count.max(1));
            for (row, &(r, c)) in rows.zip(&places.list) {
                let row = row[16 * block..].iter_mut();
                row.zip(few).for_each(|(entry, &i)| *entry = self.matrices[i].entries()[r * self.n + c]);
            }
        }
        out
    }

    /// The left `cols` columns of a matrix, row by row.
    pub fn flat(m: &ModMatrix, cols: usize) -> Vec<u32> {
        (0..m.rows()).flat_map(|i| m.row(i)[..cols].iter().copied()).collect()
    }

    /// The entries at (r, c) of all `[X_i, X_j]`, `i < j`.
    pub fn bracket_entries(&self, r: usize, c: usize) -> Vec<u32> {
        let d = self.matrices.len();
        let n = self.n;
        let mut rows = ModMatrix::zero(d, n);
        let mut columns = ModMatrix::zero(n, d);
        for (k, m) in self.matrices.iter().enumerate() {
            rows.row_mut(k).copy_from_slice(m.row(r));
            for (entry, t) in columns.entries_mut().iter_mut().skip(k).step_by(d).zip(0..n) {
                *entry = m.row(t)[c];
            }
        }
        let products = rows.mul(self.p, &columns);
        let mut out = Vec::with_capacity(d * d.saturating_sub(1) / 2);
        for i in 0..d {
            out.extend((i + 1..d).map(|j| self.p.sub(products.row(i)[j], products.row(j)[i])));
        }
        out
    }

    /// The left `cols` columns of `x y − y x`, row by row.
    pub fn commutator(&self, x: &ModMatrix, y: &ModMatrix, cols: usize) -> Vec<u32> {
        let (xy, yx) = (x.mul(self.p, y), y.mul(self.p, x));
        let right = Residues::flat(&yx, cols);
        Residues::flat(&xy, cols).into_iter().zip(right).map(|(a, b)| self.p.sub(a, b)).collect()
    }

    /// `Σ r_i X_i`.
    pub fn combination(&self, coefficients: &[u32]) -> ModMatrix {
        let n = self.n;
        let mut out = ModMatrix::zero(n, n);
        for (m, &r) in self.matrices.iter().zip(coefficients) {
            self.p.add_scaled(out.entries_mut(), r, m.entries());
        }
        out
    }

    /// The rows `X_j v`.
    pub fn images(&self, v: &[u32]) -> ModMatrix {
        let image = |m: &ModMatrix| (0..m.rows()).map(|i| self.p.dot(m.row(i), v)).collect();
        ModMatrix::from_rows(v.len(), self.matrices.iter().map(image))
    }

    /// Whether `[Y, X_j] v = Σ_k ad_jk X_k v` for all `j`: a necessary condition that costs little.
    pub fn stable_on(&self, v: &[u32], y: &ModMatrix, ad: &ModMatrix) -> bool {
        let p = self.p;
        let images = self.images(v);
        let yv: Vec<u32> = (0..y.rows()).map(|i| p.dot(y.row(i), v)).collect();
        let (first, second) = (images.mul(p, &y.transpose()), self.images(&yv));
        let combined = ad.mul(p, &images);
        let terms = first.entries().iter().zip(second.entries().iter().zip(combined.entries()));
        terms.into_iter().all(|(&a, (&b, &c))| p.sub(a, b) == c)
    }
}

/// The matrices as rows, left halves only.
pub(super) fn flats(kept: &Residues, cols: usize) -> ModMatrix {
    let cells = kept.n * cols;
    ModMatrix::from_rows(cells, kept.matrices.iter().map(|m| Residues::flat(m, cols)))
}

/// Independent matrices and as many positions where they are independent.
pub(super) struct Choice {
    pub kept: Vec<usize>,
    pub dropped: Vec<usize>,
    pub positions: Vec<(usize, usize)>,
}

/// Chooses modulo a prime among a random part of the positions that are not zero in all matrices, a larger one with each
/// attempt: what is taken for dependent is checked at all positions later. More positions are looked at only for the
/// combinations that vanish at those before.
pub(super) fn choose(
    residues: &Residues,
    places: &Places,
    cols: usize,
    attempt: usize,
    primes: &mut Primes,
    limits: &Limits,
) -> Result<Choice, Stop> {
    let p = residues.p;
    let count = residues.matrices.len();
    let mut places: Vec<(usize, usize)> = places.list.iter().copied().filter(|&(_, c)| c < cols).collect();
    let values = |sample: &[(usize, usize)]| {
        let rows = residues.matrices.iter().map(|m| sample.iter().map(|&(r, c)| m.row(r)[c]).collect());
        ModMatrix::from_rows(sample.len(), rows)
    };
    let mut size = (2 * count + 16) << (2 * attempt).min(40);
    let (mut looked, mut positions, mut vanishing) = (0, Vec::new(), ModMatrix::identity(count));
    loop {
        limits.check()?;
        let end = size.min(places.len());
        // The next places of a random order.
        for k in looked..end {
            let other = k + primes.rng().next_u64() as usize % (places.len() - k);
            places.swap(k, other);
        }
        let sample = &places[looked..end];
        let (pivots, relations) = vanishing.mul(p, &values(sample)).relations(p, limits)?;
        positions.extend(pivots.into_iter().map(|at| sample[at]));
        vanishing = relations.mul(p, &vanishing);
        looked = end;
        if positions.len() == count {
            return Ok(Choice { kept: (0..count).collect(), dropped: Vec::new(), positions });
        }
        if looked < places.len() && attempt == 0 && size < 8 * count + 64 {
            size *= 4;
            continue;
        }
        // The pivots of the transposed matrix are the first independent rows.
        let kept = values(&places[..looked]).transpose().pivots(p, limits)?;
        let dropped = (0..count).filter(|i| kept.binary_search(i).is_err()).collect();
        return Ok(Choice { kept, dropped, positions });
    }
}
