//! What belongs to invariants that are carried into a given basis modulo primes: images of bases and of dual bases, and
//! entries lifted to Q.

use super::entries::{SparseRows, Values};
use crate::exact::ModMatrix;
use crate::limits::{Limits, Stop};
use crate::num::{Crt, Prime};
use crate::reps::decompose::Summand;

/// Where the entries stand: the starts of the rows, and the places.
pub(super) type Shape = (Vec<usize>, Vec<u64>);

/// Entries known modulo some primes.
pub(super) struct Lifted {
    pub shape: Shape,
    residues: Crt,
}

impl Lifted {
    /// Nothing known yet.
    pub fn new(shape: Shape) -> Lifted {
        let residues = Crt::new(shape.1.len());
        Lifted { shape, residues }
    }

    /// One more prime, and the rational entries when the primes suffice for all of them.
    pub fn add(&mut self, p: Prime, residues: &[u32]) -> Option<SparseRows> {
        self.residues.add(p, residues);
        let values = Values::Rationals(self.residues.rationals()?);
        Some(SparseRows { starts: self.shape.0.clone(), places: self.shape.1.clone(), values })
    }
}

/// Whether the only irreducible stands in its basis of weight vectors.
pub(super) fn is_weight_basis(summands: &[Summand]) -> bool {
    let [only] = summands else { return false };
    let identity = |i: usize| only.images.row(i).iter().enumerate().all(|(j, &x)| x == u32::from(i == j));
    only.images.rows() == only.images.cols() && (0..only.images.rows()).all(identity)
}

/// The images of the dual bases: the images of all irreducibles together are a basis, whose dual basis is that of the duals.
pub(super) fn dual_images(p: Prime, summands: &[Summand], limits: &Limits) -> Result<Option<Vec<ModMatrix>>, Stop> {
    let size = summands.first().map_or(0, |s| s.images.cols());
    let rows = summands.iter().flat_map(|s| (0..s.images.rows()).map(|i| s.images.row(i).to_vec()));
    let whole = ModMatrix::from_rows(size, rows);
    if whole.rows() != size {
        return Ok(None);
    }
    let Some(inverse) = whole.inverse(p, limits)? else { return Ok(None) };
    let dual = inverse.transpose();
    let mut start = 0;
    let parts = summands.iter().map(|s| {
        let rows = start..start + s.images.rows();
        start = rows.end;
        ModMatrix::from_rows(size, rows.map(|i| dual.row(i).to_vec()))
    });
    Ok(Some(parts.collect()))
}
