//! Invariants and equivariant maps: exact null spaces of the equations `ρ(x) v = 0` and `ρ(h) v = v`.
//!
//! The methods for special groups are faster; this one takes every group that is given exactly.

use num_bigint::BigUint;

use super::solver::{ExactNullSpace, invariants_by, rank_by};
use super::{Rep, RepError};
use crate::exact::{SparseMatrix, SparseVector};
use crate::limits::Limits;

/// The space `{v : ρ(x) v = 0 for all x}` with its exact basis.
#[derive(Clone, Debug)]
pub struct Invariants {
    /// The representation.
    pub rep: Rep,
    /// The length of the vectors: the dimension of the representation.
    pub dim: usize,
    /// The basis in reduced row echelon form; it depends on the representation alone.
    pub basis: Vec<SparseVector>,
}

impl Invariants {
    /// The dimension of the space of invariants.
    pub fn rank(&self) -> usize {
        self.basis.len()
    }
}

/// The space `{W : ρ_to(x) W = W ρ_from(x) for all x}` with its exact basis, of shape (rank, rows, cols).
#[derive(Clone, Debug)]
pub struct EquivariantMaps {
    /// Where the maps start.
    pub from: Rep,
    /// Where they end.
    pub to: Rep,
    /// The dimension of `to`.
    pub rows: usize,
    /// The dimension of `from`.
    pub cols: usize,
    /// The basis; its matrices, read row by row, are in reduced row echelon form.
    pub basis: Vec<SparseMatrix>,
}

impl EquivariantMaps {
    /// The dimension of the space of maps.
    pub fn rank(&self) -> usize {
        self.basis.len()
    }
}

/// The invariant vectors of a representation, exactly.
pub fn invariants(rep: &Rep, limits: &Limits) -> Result<Invariants, RepError> {
    let dim = rep.size()?;
    Ok(Invariants { rep: rep.clone(), dim, basis: invariants_by(rep, &ExactNullSpace, limits)? })
}

/// The dimension of the space of invariants, without a basis: by canonical form, every different term once.
pub fn rank(rep: &Rep, limits: &Limits) -> Result<BigUint, RepError> {
    rank_by(rep, &ExactNullSpace, limits)
}

/// The equivariant linear maps between two representations, exactly.
pub fn equivariant_maps(from: &Rep, to: &Rep, limits: &Limits) -> Result<EquivariantMaps, RepError> {
    let (from, to) = Rep::matched(from, to, limits)?;
    let hom = Rep::hom(&from, &to)?;
    hom.size()?;
    let (rows, cols) = (to.size()?, from.size()?);
    let flat = invariants_by(&hom, &ExactNullSpace, limits)?;
    limits.reserve(flat.len() as u128 * rows as u128 * size_of::<SparseVector>() as u128)?;
    let basis = flat.iter().map(|v| SparseMatrix::unflatten(rows, cols, v)).collect();
    Ok(EquivariantMaps { from, to, rows, cols, basis })
}

/// The dimension of the space of equivariant maps.
pub fn rank_of_maps(from: &Rep, to: &Rep, limits: &Limits) -> Result<BigUint, RepError> {
    let (from, to) = Rep::matched(from, to, limits)?;
    rank(&Rep::hom(&from, &to)?, limits)
}
