//! The Lie algebra of derivations of a Lie algebra: inner ones first, then outer ones.

use super::bracket_table::Commutators;
use super::derivation_space::DerivationSpace;
use super::derivations::DerivationError;
use super::{Algebra, JacobiProof, Realization, StructureConstants};
use crate::exact::sparse::{SparseVector, add_scaled, to_dense, to_sparse};
use crate::exact::{Matrix, SparseMatrix, inverse};
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// The derivations of a Lie algebra, `D[x, y] = [Dx, y] + [x, Dy]`, as matrices whose column `b` holds `D(e_b)`.
///
/// The basis begins with `ad e_i` for the basis elements outside the pivots of the centre; outer derivations follow. All
/// derivations are found (`derivation_space.rs` has the proof), so their commutators are among them, and coordinates can
/// be read off a few entries.
pub fn derivations_of_algebra(algebra: &Algebra, limits: &Limits) -> Result<Algebra, DerivationError> {
    let constants = algebra.constants();
    let n = constants.dim();
    if n == 0 {
        return Err(DerivationError::Empty);
    }
    let space = DerivationSpace::new(constants, limits)?;
    let inner = space.center.free_columns();
    let dim = inner.len() + space.outer.len();
    limits.reserve((n * n) as u128 * 40 + (dim * dim) as u128 * 64)?;
    let brackets = Brackets::new(constants, &space, limits)?;
    let mut stop = None;
    let mut scratch = Commutators::new(n);
    let table = StructureConstants::from_fn(dim, |i, j| match limits.check() {
        _ if stop.is_some() => Vec::new(),
        Ok(()) => brackets.of(&mut scratch, i, j),
        Err(reason) => {
            stop = Some(reason);
            Vec::new()
        }
    });
    if let Some(reason) = stop {
        return Err(reason.into());
    }
    let adjoint = inner.iter().map(|&i| constants.ad_basis(i));
    let realization =
        Realization { size: n, complex: false, basis: adjoint.chain(space.outer.iter().cloned()).collect() };
    let proof = JacobiProof::Construction("the commutators of all derivations of a Lie algebra".to_string());
    let origin = format!("derivations of the Lie algebra of dimension {n}");
    Ok(Algebra::new(table, proof, origin).with_realization(realization))
}

/// The dimensions of the derivations of a Lie algebra and of the inner ones among them.
pub fn derivation_dimensions(algebra: &Algebra, limits: &Limits) -> Result<(usize, usize), Stop> {
    if algebra.dim() == 0 {
        return Ok((0, 0));
    }
    let space = DerivationSpace::new(algebra.constants(), limits)?;
    Ok((space.inner_dim() + space.outer.len(), space.inner_dim()))
}

/// What brackets of derivations need.
struct Brackets<'a> {
    constants: &'a StructureConstants,
    space: &'a DerivationSpace,
    inner: Vec<usize>,
    /// Which coordinate an entry of a matrix (row by row) belongs to: inner places first.
    owner: Vec<u32>,
    /// For values at the inner places, the coordinates of the inner derivation that has them.
    solved: SparseMatrix,
    /// Row `i` holds the values of inner derivation `i` at the places of the outer ones.
    at_outer: SparseMatrix,
}

impl<'a> Brackets<'a> {
    fn new(
        constants: &'a StructureConstants,
        space: &'a DerivationSpace,
        limits: &Limits,
    ) -> Result<Brackets<'a>, DerivationError> {
        let n = constants.dim();
        let inner = space.center.free_columns();
        let mut owner = vec![u32::MAX; n * n];
        for (k, (r, c)) in space.places.inner.iter().chain(&space.places.outer).enumerate() {
            owner[r * n + c] = k as u32;
        }
        let values = |places: &[(usize, usize)]| {
            let rows = inner.iter().map(|&i| {
                let ad = constants.ad_basis(i);
                places.iter().map(|&(r, c)| ad.entry(r, c)).collect::<Vec<_>>()
            });
            rows.collect::<Vec<_>>()
        };
        let sparse = |rows: Vec<Vec<Rational>>, cols: usize| {
            SparseMatrix::from_rows(cols, rows.iter().map(|row| to_sparse(row)).collect())
        };
        let mut solved = SparseMatrix::zero(0, 0);
        // With one outer derivation or none there is no bracket of two of them.
        if space.outer.len() > 1 && !inner.is_empty() {
            let at_inner = Matrix::from_rows(values(&space.places.inner));
            let back = at_inner.map(|m| inverse(&m, limits)).transpose()?.flatten();
            solved = SparseMatrix::from_dense(&back.ok_or(DerivationError::NotClosed(0, 0))?);
        }
        let at_outer = sparse(values(&space.places.outer), space.places.outer.len());
        Ok(Brackets { constants, space, inner, owner, solved, at_outer })
    }

    /// The coordinates of the bracket of two basis elements, `i < j`.
    fn of(&self, scratch: &mut Commutators, i: usize, j: usize) -> SparseVector {
        let m = self.inner.len();
        if j < m {
            let bracket = self.constants.bracket_of_basis(self.inner[i], self.inner[j]);
            return self.modulo_center(bracket);
        }
        let second = &self.space.outer[j - m];
        if i < m {
            // [ad x, D] = -ad Dx
            let x = self.inner[i];
            let image = (0..second.rows()).map(|r| (r as u32, -second.entry(r, x))).filter(|t| !t.1.is_zero());
            return self.modulo_center(image.collect());
        }
        scratch.load(&self.space.outer[i - m], second);
        let flat = scratch.take_flat();
        let mut values: SparseVector = flat
            .into_iter()
            .filter(|(at, _)| self.owner[*at as usize] != u32::MAX)
            .map(|(at, v)| (self.owner[at as usize], v))
            .collect();
        values.sort_unstable_by_key(|t| t.0);
        let split = values.partition_point(|t| (t.0 as usize) < m);
        let outer: SparseVector = values.split_off(split).into_iter().map(|(k, v)| (k - m as u32, v)).collect();
        if values.is_empty() {
            return outer.into_iter().map(|(k, v)| (k + m as u32, v)).collect();
        }
        // The inner part is known from the inner places alone; what it is at the outer places is taken off there.
        let mut coordinates = self.solved.left_mul(&values);
        let taken = self.at_outer.left_mul(&coordinates);
        let outer = add_scaled(&outer, &Rational::from(-1), &taken);
        coordinates.extend(outer.into_iter().map(|(k, v)| (k + m as u32, v)));
        coordinates
    }

    /// The coordinates of `ad v`.
    fn modulo_center(&self, v: SparseVector) -> SparseVector {
        let center = &self.space.center;
        let position = |c: usize| self.inner.binary_search(&c).ok();
        if v.iter().all(|(c, _)| position(*c as usize).is_some()) {
            return v.into_iter().filter_map(|(c, v)| Some((position(c as usize)? as u32, v))).collect();
        }
        let rest = center.reduce(&to_dense(&v, center.ambient()));
        to_sparse(&self.inner.iter().map(|&c| rest[c].clone()).collect::<Vec<_>>())
    }
}

#[cfg(test)]
#[path = "derivation_algebra_tests.rs"]
mod tests;
