//! Structure constants of a matrix algebra whose basis is in echelon form, with the proof that it closes.

use super::StructureConstants;
use crate::exact::SparseMatrix;
use crate::exact::sparse::SparseVector;
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// What came of the brackets of a basis.
pub(super) enum Brackets {
    /// They stay in the span, with these constants.
    Closed(StructureConstants),
    /// The first pair, in lexicographic order, whose commutator leaves the span.
    Leaves(usize, usize),
}

/// The commutators of square matrices of one size, computed in a dense scratch matrix.
pub(super) struct Commutators {
    size: usize,
    sums: Vec<Rational>,
    seen: Vec<bool>,
    touched: Vec<u32>,
}

impl Commutators {
    pub(super) fn new(size: usize) -> Commutators {
        let cells = size * size;
        Commutators { size, sums: vec![Rational::ZERO; cells], seen: vec![false; cells], touched: Vec::new() }
    }

    fn add(&mut self, at: usize, a: &Rational, b: &Rational) {
        if !self.seen[at] {
            self.seen[at] = true;
            self.touched.push(at as u32);
        }
        self.sums[at].add_product(a, b);
    }

    /// Starts with `x y − y x`.
    pub(super) fn load(&mut self, x: &SparseMatrix, y: &SparseMatrix) {
        let n = self.size;
        for (i, k, a) in x.triples() {
            for (j, b) in y.row(k) {
                self.add(i * n + *j as usize, a, b);
            }
        }
        for (i, k, a) in y.triples() {
            let minus = -a;
            for (j, b) in x.row(k) {
                self.add(i * n + *j as usize, &minus, b);
            }
        }
    }

    /// Adds `factor · x`.
    fn add_scaled(&mut self, factor: &Rational, x: &SparseMatrix) {
        let n = self.size;
        for (i, j, v) in x.triples() {
            self.add(i * n + j, factor, v);
        }
    }

    /// Whether everything cancelled; clears the scratch matrix.
    fn take_is_zero(&mut self) -> bool {
        let mut zero = true;
        for at in std::mem::take(&mut self.touched) {
            self.seen[at as usize] = false;
            zero &= std::mem::take(&mut self.sums[at as usize]).is_zero();
        }
        zero
    }

    /// The coordinates in an echelon basis, `owner` naming the basis element that leads each flat position (or
    /// `u32::MAX`); `None` when the matrix is not in the span. Clears the scratch matrix.
    pub(super) fn coordinates(&mut self, owner: &[u32], echelon: &[SparseMatrix]) -> Option<SparseVector> {
        let mut row: SparseVector = self
            .touched
            .iter()
            .filter(|&&at| owner[at as usize] != u32::MAX)
            .map(|&at| (owner[at as usize], self.sums[at as usize].clone()))
            .filter(|(_, v)| !v.is_zero())
            .collect();
        row.sort_unstable_by_key(|t| t.0);
        for (k, v) in &row {
            self.add_scaled(&-v, &echelon[*k as usize]);
        }
        self.take_is_zero().then_some(row)
    }

    /// The matrix as a flat sparse vector; clears the scratch matrix.
    pub(super) fn take_flat(&mut self) -> SparseVector {
        self.touched.sort_unstable();
        let mut out = Vec::with_capacity(self.touched.len());
        for at in std::mem::take(&mut self.touched) {
            self.seen[at as usize] = false;
            let value = std::mem::take(&mut self.sums[at as usize]);
            if !value.is_zero() {
                out.push((at, value));
            }
        }
        out
    }
}

/// The brackets of a basis of which matrix `k` has a 1 at flat position `leading[k]` where all others have 0.
///
/// The constants are the entries of each commutator at these positions; then the commutator minus the combination is
/// checked to vanish everywhere.
pub(super) fn echelon_brackets(
    size: usize,
    basis: &[SparseMatrix],
    leading: &[u32],
    limits: &Limits,
) -> Result<Brackets, Stop> {
    limits.reserve((size * size) as u128 * 40 + (basis.len() * basis.len()) as u128 * 128)?;
    let mut owner: Vec<u32> = vec![u32::MAX; size * size];
    for (k, at) in leading.iter().enumerate() {
        owner[*at as usize] = k as u32;
    }
    let mut scratch = Commutators::new(size);
    let mut stop = None;
    let mut leaves = None;
    let constants = StructureConstants::from_fn(basis.len(), |i, j| {
        if stop.is_some() || leaves.is_some() {
            return Vec::new();
        }
        if let Err(reason) = limits.check() {
            stop = Some(reason);
            return Vec::new();
        }
        scratch.load(&basis[i], &basis[j]);
        let row = scratch.coordinates(&owner, basis);
        if row.is_none() {
            leaves = Some((i, j));
        }
        row.unwrap_or_default()
    });
    match (stop, leaves) {
        (Some(reason), _) => Err(reason),
        (None, Some((i, j))) => Ok(Brackets::Leaves(i, j)),
        (None, None) => Ok(Brackets::Closed(constants)),
    }
}
