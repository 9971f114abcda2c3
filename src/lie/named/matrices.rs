//! Algebras given by sparse integer matrices: brackets are commutators whose coordinates are read off by pivots.

use std::collections::BTreeMap;

use super::{MAX_DIM, NamedError};
use crate::exact::SparseMatrix;
use crate::exact::sparse::SparseVector;
use crate::lie::{Algebra, JacobiProof, Realization, StructureConstants};
use crate::limits::Limits;
use crate::num::Rational;

/// A non-zero Gaussian integer `re + im·i` at (row, column).
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub row: usize,
    pub col: usize,
    pub re: i64,
    pub im: i64,
}

/// A real entry.
pub(super) fn real(row: usize, col: usize, re: i64) -> Entry {
    Entry { row, col, re, im: 0 }
}

/// A purely imaginary entry.
pub(super) fn imaginary(row: usize, col: usize, im: i64) -> Entry {
    Entry { row, col, re: 0, im }
}

/// A list of named basis matrices in the making.
///
/// The first non-zero place of each matrix (by rows, real part before imaginary part) must belong to that matrix
/// alone among first places: then coordinates of any element of the span are found by one pass over its entries.
pub(super) struct MatrixBasis {
    size: usize,
    complex: bool,
    names: Vec<String>,
    matrices: Vec<Vec<Entry>>,
}

/// `12` for the indices 1 and 2; `1_10` once an index may have two digits.
pub(super) fn index_pair(largest: usize, j: usize, k: usize) -> String {
    if largest < 10 { format!("{}{}", j + 1, k + 1) } else { format!("{}_{}", j + 1, k + 1) }
}

impl MatrixBasis {
    pub fn new(size: usize, complex: bool) -> MatrixBasis {
        MatrixBasis { size, complex, names: Vec::new(), matrices: Vec::new() }
    }

    pub fn push(&mut self, name: String, entries: Vec<Entry>) {
        self.names.push(name);
        self.matrices.push(entries.into_iter().filter(|e| e.re != 0 || e.im != 0).collect());
    }

    /// The real matrices, then `i` times each of them: a complex algebra with a real basis, seen as real.
    pub fn over_complex(self) -> MatrixBasis {
        let mut out = MatrixBasis::new(self.size, true);
        let times_i: Vec<(String, Vec<Entry>)> = self
            .names
            .iter()
            .zip(&self.matrices)
            .map(|(name, m)| (format!("i{name}"), m.iter().map(|e| imaginary(e.row, e.col, e.re)).collect()))
            .collect();
        out.names = self.names;
        out.matrices = self.matrices;
        for (name, m) in times_i {
            out.push(name, m);
        }
        out
    }

    /// The place of an entry in the order of pivots; real part before imaginary part.
    fn place(&self, row: usize, col: usize, imaginary: bool) -> u32 {
        (2 * (row * self.size + col) + usize::from(imaginary)) as u32
    }

    fn parts(&self, e: &Entry) -> impl Iterator<Item = (u32, i64)> {
        [(self.place(e.row, e.col, false), e.re), (self.place(e.row, e.col, true), e.im)]
            .into_iter()
            .filter(|(_, v)| *v != 0)
    }

    /// The algebra the matrices span. That the span is closed under commutators is checked entry by entry.
    pub fn build(self, origin: &str, limits: &Limits) -> Result<Algebra, NamedError> {
        let dim = self.matrices.len();
        let broken = || NamedError::Internal(format!("the matrices of {origin} do not close"));
        let mut pivot_of = vec![u32::MAX; 2 * self.size * self.size];
        let mut flat: Vec<Vec<(u32, i64)>> = Vec::with_capacity(dim);
        for (k, matrix) in self.matrices.iter().enumerate() {
            let mut parts: Vec<(u32, i64)> = matrix.iter().flat_map(|e| self.parts(e)).collect();
            parts.sort_unstable();
            let first = parts.first().ok_or_else(broken)?.0 as usize;
            if pivot_of[first] != u32::MAX {
                return Err(broken());
            }
            pivot_of[first] = k as u32;
            flat.push(parts);
        }
        let mut failure = None;
        let mut row_checked = usize::MAX;
        let constants = StructureConstants::from_fn(dim, |i, j| {
            if failure.is_some() {
                return Vec::new();
            }
            if row_checked != i {
                row_checked = i;
                failure = limits.check().err().map(NamedError::from);
            }
            let mut residue = BTreeMap::new();
            self.add_product(&self.matrices[i], &self.matrices[j], 1, &mut residue);
            self.add_product(&self.matrices[j], &self.matrices[i], -1, &mut residue);
            coordinates(residue, &flat, &pivot_of).unwrap_or_else(|| {
                failure = Some(broken());
                Vec::new()
            })
        });
        if let Some(error) = failure {
            return Err(error);
        }
        let basis = self.matrices.iter().map(|m| self.stored(m)).collect();
        let realization = Realization { size: self.size, complex: self.complex, basis };
        Ok(Algebra::new(constants, JacobiProof::Commutators, origin)
            .with_realization(realization)
            .with_names(self.names))
    }

    /// Adds `sign · x y` to the residue.
    fn add_product(&self, x: &[Entry], y: &[Entry], sign: i64, residue: &mut BTreeMap<u32, i64>) {
        for a in x {
            for b in y.iter().filter(|b| b.row == a.col) {
                let re = a.re * b.re - a.im * b.im;
                let im = a.re * b.im + a.im * b.re;
                for (place, value) in self.parts(&Entry { row: a.row, col: b.col, re, im }) {
                    *residue.entry(place).or_insert(0) += sign * value;
                }
            }
        }
    }

    /// The matrix as the engine keeps it: `[[A, -B], [B, A]]` for a complex one.
    fn stored(&self, matrix: &[Entry]) -> SparseMatrix {
        let n = self.size;
        let mut triples = Vec::new();
        for e in matrix {
            let (re, im) = (Rational::from(e.re), Rational::from(e.im));
            triples.push((e.row, e.col, re.clone()));
            if self.complex {
                triples.push((e.row + n, e.col + n, re));
                triples.push((e.row, e.col + n, -&im));
                triples.push((e.row + n, e.col, im));
            }
        }
        let size = if self.complex { 2 * n } else { n };
        SparseMatrix::from_triples(size, size, triples)
    }
}

/// The coordinates of a residue in the basis `flat`; `None` when it lies outside the span.
fn coordinates(mut residue: BTreeMap<u32, i64>, flat: &[Vec<(u32, i64)>], pivot_of: &[u32]) -> Option<SparseVector> {
    let mut out: Vec<(u32, Rational)> = Vec::new();
    while let Some((place, value)) = residue.pop_first() {
        if value == 0 {
            continue;
        }
        let basis = pivot_of[place as usize];
        let element = flat.get(basis as usize)?;
        let (_, pivot) = element.first()?;
        if value % pivot != 0 {
            return None;
        }
        let factor = value / pivot;
        for (at, v) in &element[1..] {
            *residue.entry(*at).or_insert(0) -= factor * v;
        }
        out.push((basis, Rational::from(factor)));
    }
    out.sort_unstable_by_key(|t| t.0);
    Some(out)
}

/// Refuses an algebra whose tables would be absurdly large, before anything is allocated.
pub(super) fn guard(name: &str, dim: u128, matrix_size: u128, limits: &Limits) -> Result<(), NamedError> {
    if dim > MAX_DIM as u128 {
        return Err(NamedError::Argument {
            what: name.to_string(),
            expected: format!("an algebra of dimension at most {MAX_DIM}"),
        });
    }
    // A row of the table is a vector of three words; a matrix has a vector per row and a few entries.
    limits.reserve(dim * dim * 12 + dim * (matrix_size * 24 + 512) + matrix_size * matrix_size * 8)?;
    Ok(())
}
