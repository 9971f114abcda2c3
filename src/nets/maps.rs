//! Sparse maps between blocks, ready for evaluation.

use super::NetError;
use super::real::{Lanes, Real, add_product, add_scaled};
use crate::equivariant::{Basis, Method};
use crate::limits::Limits;

/// A basis of equivariant maps between two blocks: so many matrices, each of Frobenius norm 1.
#[derive(Clone, Debug, PartialEq)]
pub struct SparseMaps {
    /// Rows of each.
    pub rows: usize,
    /// Columns of each.
    pub cols: usize,
    /// Where the entries of each matrix start; one more than there are matrices.
    pub starts: Vec<usize>,
    /// Row, column and value.
    pub entries: Vec<(u32, u32, f64)>,
    /// How the basis was found.
    pub method: Method,
}

impl SparseMaps {
    /// The non-zero entries of a basis, each element divided by its norm.
    pub fn of_basis(basis: &Basis, limits: &Limits) -> Result<SparseMaps, NetError> {
        let (rows, cols) = (basis.rows(), basis.cols());
        limits.reserve(basis.nonzeros() as u128 * 16)?;
        let (mut starts, mut entries) = (vec![0], Vec::with_capacity(basis.nonzeros()));
        let place = |place: usize| ((place / cols) as u32, (place % cols) as u32);
        match basis.sparse(limits)? {
            Some(sparse) => {
                for k in 0..sparse.len() {
                    entries.extend(sparse.row(k).map(|(at, value)| {
                        let (i, j) = place(at as usize);
                        (i, j, value.to_f64())
                    }));
                    starts.push(entries.len());
                }
            }
            None => {
                for row in basis.dense(limits)?.chunks(rows * cols) {
                    let filled = row.iter().enumerate().filter(|(_, x)| **x != 0.0);
                    entries.extend(filled.map(|(at, x)| {
                        let (i, j) = place(at);
                        (i, j, *x)
                    }));
                    starts.push(entries.len());
                }
            }
        }
        let mut maps = SparseMaps { rows, cols, starts, entries, method: basis.method() };
        maps.normalize();
        Ok(maps)
    }

    fn normalize(&mut self) {
        for k in 0..self.rank() {
            let own = &mut self.entries[self.starts[k]..self.starts[k + 1]];
            let norm = own.iter().map(|e| e.2 * e.2).sum::<f64>().sqrt();
            own.iter_mut().for_each(|e| e.2 /= norm);
        }
    }

    /// How many maps.
    pub fn rank(&self) -> usize {
        self.starts.len() - 1
    }

    /// The entries of one map.
    pub fn map(&self, k: usize) -> &[(u32, u32, f64)] {
        &self.entries[self.starts[k]..self.starts[k + 1]]
    }

    /// `y += B_k x`.
    pub(super) fn add_image<T: Real>(&self, k: usize, x: &[Lanes<T>], y: &mut [Lanes<T>]) {
        for &(i, j, value) in self.map(k) {
            add_scaled(&mut y[i as usize], T::of(value), &x[j as usize]);
        }
    }
}

/// Equivariant bilinear maps from two blocks to a third.
#[derive(Clone, Debug, PartialEq)]
pub struct SparseCouplings {
    /// Where the entries of each map start; one more than there are maps.
    pub starts: Vec<usize>,
    /// Index in the result, in the first argument, in the second, and the value.
    pub entries: Vec<(u32, u32, u32, f64)>,
}

impl SparseCouplings {
    /// How many maps.
    pub fn rank(&self) -> usize {
        self.starts.len() - 1
    }

    /// The entries of one map.
    pub fn map(&self, k: usize) -> &[(u32, u32, u32, f64)] {
        &self.entries[self.starts[k]..self.starts[k + 1]]
    }

    /// `z += B_k(x, y)`.
    pub(super) fn add_image<T: Real>(&self, k: usize, x: &[Lanes<T>], y: &[Lanes<T>], z: &mut [Lanes<T>]) {
        for &(i, a, b, value) in self.map(k) {
            add_product(&mut z[i as usize], T::of(value), &x[a as usize], &y[b as usize]);
        }
    }
}
