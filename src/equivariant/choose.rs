//! Which method finds the invariants of a representation: the cheapest one that is proved to find all.
//!
//! Tensors over the classical groups go to diagrams, signed permutations to orbits. Everything else is taken apart by
//! structure (sums, maps between sums, factors of a product of groups); for what is left there are the same methods, highest
//! weights for connected semisimple groups, and exact null spaces for the rest. Solved terms are kept for the life of the process.

use std::cell::RefCell;

use num_bigint::BigUint;
use num_traits::ToPrimitive;

use super::by_field::by_field;
use super::by_floats::{by_floats, float_rank};
use super::count::{rank_by_weights, tensor_rank};
use super::highest_weights::by_highest_weights;
use super::remembered::{recall, remember};
use super::{
    Basis, Completeness, EquivariantError, Form, Method, SignedPermutation, SparseRows, Values, alternating_maps,
    general_linear_maps, orbits_of_maps, orbits_of_tensors, orbits_on_tuples, orthogonal_maps,
    real_special_unitary_maps, real_unitary_maps, rotation_maps_of_vectors, special_linear_maps,
    special_orthogonal_maps, symmetric_maps, symplectic_maps,
};
use crate::exact::{SparseMatrix, SparseVector};
use crate::finite::PermutationGroup;
use crate::limits::Limits;
use crate::num::Rational;
use crate::reps::{Base, Element, ExactNullSpace, Family, Rep, RepError, Terms, invariants_by, rank_by};

/// Above this dimension ranks of connected reductive groups are counted by highest weights before a null space is tried.
const WEIGHTS_FROM: u32 = 400;

/// A basis of the invariants of a representation; for `X -> Y` of the equivariant maps, as matrices of shape
/// (dim Y, dim X), otherwise as columns. It is complete: the method and the reason are part of the result.
pub fn basis(rep: &Rep, limits: &Limits) -> Result<Basis, EquivariantError> {
    // Groups of the plane have exact bases.
    let inexact = |base: &Base| base.has_floats() && base.factors().is_empty() && !is_plane_group(base);
    if let Some(found) = by_field(rep, None, limits)? {
        return Ok(found);
    }
    if inexact(rep.base()) || rep.base().factors().iter().any(inexact) {
        return by_floats(rep, limits);
    }
    if let Some(found) = direct(rep, limits)? {
        return Ok(found);
    }
    // Sums are taken apart first.
    if !is_sum(rep)
        && recall(rep).is_none()
        && let Some(found) = by_highest_weights(rep, shape(rep)?, limits)?
    {
        return Ok(found);
    }
    let terms = ByCost::default();
    let vectors = match invariants_by(rep, &terms, limits) {
        // Powers on which a group of the plane acts together with others.
        Err(RepError::Floats(_) | RepError::Irrational(_)) => return by_floats(rep, limits),
        found => found?,
    };
    let rows = sparse_rows(vectors, limits)?;
    let used = terms.used.into_inner();
    let (method, complete) = match used[..] {
        [Method::ExactNullSpace] => (Method::ExactNullSpace, Completeness::ExactRank),
        [only] => (only, Completeness::Parts),
        _ => (Method::Blocks, Completeness::Parts),
    };
    Ok(Basis::of_rows(shape(rep)?, method, complete, rows))
}

/// An orthonormal basis of the same space in doubles, complete for the same reason: by coupling angular momenta for vectors
/// of R^3, otherwise from the basis of [`basis`] by Cholesky factors of its Gram matrix.
pub fn orthonormal_basis(rep: &Rep, limits: &Limits) -> Result<Basis, EquivariantError> {
    if let (Some(Family::Orthogonal { negative, special }), Some(legs)) = (rep.base().family(), rep.legs())
        && negative[..] == [false; 3]
        // Reflections leave nothing of an odd number of vectors, and nothing out of an even one.
        && (*special || (legs.rows.len() + legs.cols.len()).is_multiple_of(2))
    {
        return rotation_maps_of_vectors(legs.rows.len(), legs.cols.len(), limits);
    }
    basis(rep, limits)?.into_orthonormal(limits)
}

/// Whether this, its source or its target is a sum.
fn is_sum(rep: &Rep) -> bool {
    let sum = |x: &Rep| x.summands().map_or(true, |terms| !matches!(terms[..], [(_, 1)]));
    match rep.as_hom() {
        Some((from, to)) => sum(&from) || sum(&to),
        None => sum(rep),
    }
}

/// The dimension of the space of invariants, without a basis where a count exists.
pub fn rank(rep: &Rep, limits: &Limits) -> Result<BigUint, EquivariantError> {
    Ok(rank_by(rep, &ByCost::default(), limits)?)
}

/// Rows and columns of the maps, or the length of a column.
fn shape(rep: &Rep) -> Result<(usize, usize), EquivariantError> {
    let size = |rep: &Rep| {
        let large = || EquivariantError::TooLarge(format!("{} of dimension {}", rep.name(), rep.dim()));
        rep.dim().to_usize().ok_or_else(large)
    };
    match rep.as_hom() {
        Some((from, to)) => Ok((size(&to)?, size(&from)?)),
        None => Ok((size(rep)?, 1)),
    }
}

/// Whether the group is one of the plane that is known exactly in spite of its float matrices.
pub(super) fn is_plane(rep: &Rep) -> bool {
    is_plane_group(rep.base())
}

fn is_plane_group(base: &Base) -> bool {
    matches!(base.family(), Some(Family::Plane { .. }))
}

/// The methods that see a representation whole; `None` when there is none for it.
fn direct(rep: &Rep, limits: &Limits) -> Result<Option<Basis>, EquivariantError> {
    match by_diagrams(rep, limits)? {
        Some(found) => Ok(Some(found)),
        None => by_orbits(rep, limits),
    }
}

/// Tensors over classical groups.
fn by_diagrams(rep: &Rep, limits: &Limits) -> Result<Option<Basis>, EquivariantError> {
    let (Some(family), Some(legs)) = (rep.base().family(), rep.legs()) else { return Ok(None) };
    let Some(n) = rep.base().vector_dim() else { return Ok(None) };
    let (out, into) = (legs.rows.len(), legs.cols.len());
    // For a form that is not definite a dual leg is one of V only after its index is lowered.
    let plain = legs.rows.iter().chain(&legs.cols).all(|dual| !dual);
    Ok(Some(match family {
        Family::Symmetric => symmetric_maps(n, out, into, limits)?,
        Family::Alternating => alternating_maps(n, out, into, limits)?,
        Family::Orthogonal { negative, special } if plain || negative.iter().all(|sign| !sign) => {
            let form = Form::diagonal(negative);
            match special {
                true => special_orthogonal_maps(&form, out, into, limits)?,
                false => orthogonal_maps(&form, out, into, limits)?,
            }
        }
        Family::Symplectic if plain => symplectic_maps(&Form::symplectic(n / 2), out, into, limits)?,
        // A dual leg of a compact group is one of V.
        Family::Unitary if rep.base().vector_is_orthogonal() => real_unitary_maps(n / 2, out, into, limits)?,
        Family::SpecialUnitary if rep.base().vector_is_orthogonal() => {
            real_special_unitary_maps(n / 2, out, into, limits)?
        }
        Family::GeneralLinear => general_linear_maps(n, &legs.rows, &legs.cols, limits)?,
        // SL(2) is Sp(2): the determinant is a form, and legs that carry it are paired like others.
        Family::SpecialLinear if n == 2 && plain && out != into => {
            symplectic_maps(&Form::symplectic(1), out, into, limits)?
        }
        Family::SpecialLinear => special_linear_maps(n, &legs.rows, &legs.cols, limits)?,
        _ => return Ok(None),
    }))
}

/// Finite groups whose generators act by signed permutations.
fn by_orbits(rep: &Rep, limits: &Limits) -> Result<Option<Basis>, EquivariantError> {
    let base = rep.base();
    if base.algebra().dim() > 0 || !base.factors().is_empty() || base.floats().is_some() {
        return Ok(None);
    }
    if let Some(legs) = rep.legs()
        && let Some(vector) = signed_elements(base.discrete())
        && let Some(n) = base.vector_dim()
    {
        // Signed permutations are orthogonal: a dual leg is one of V.
        let count = legs.rows.len() + legs.cols.len();
        let (all, dims) = (vec![&vector[..]; count], vec![n; count]);
        return Ok(Some(orbits_of_tensors(&all, &dims, vector.len(), legs.rows.len(), limits)?));
    }
    let (from, to) = match rep.as_hom() {
        Some(sides) => sides,
        None => (Rep::scalar(base), rep.clone()),
    };
    let action = |side: &Rep| Ok::<_, EquivariantError>(signed(side.discrete_matrices(limits)?.iter()));
    let (Some(from), Some(to)) = (action(&from)?, action(&to)?) else { return Ok(None) };
    Ok(Some(orbits_of_maps(&from, &to, shape(rep)?, limits)?))
}

/// The number of orbits on tuples: the rank of a tensor over a group of permutations.
fn by_tuples(rep: &Rep, limits: &Limits) -> Result<Option<BigUint>, EquivariantError> {
    let base = rep.base();
    let (Some(legs), Some(n)) = (rep.legs(), base.vector_dim()) else { return Ok(None) };
    if base.algebra().dim() > 0 || !base.factors().is_empty() || base.floats().is_some() {
        return Ok(None);
    }
    let Some(all) = base.discrete().iter().map(|e| e.as_permutation().cloned()).collect::<Option<Vec<_>>>() else {
        return Ok(None);
    };
    let group = PermutationGroup::new(base.name(), n, all).map_err(RepError::from)?;
    Ok(Some(orbits_on_tuples(&group, legs.rows.len() + legs.cols.len(), limits)?))
}

/// The elements as signed permutations, when all of them are.
fn signed_elements(elements: &[Element]) -> Option<Vec<SignedPermutation>> {
    let one = |e: &Element| match e.as_permutation() {
        Some(p) => Some(SignedPermutation::from(p)),
        None => signed(std::iter::once(&*e.stored()))?.pop(),
    };
    elements.iter().map(one).collect()
}

/// Matrices as signed permutations, when all of them are.
pub(super) fn signed<'a>(matrices: impl Iterator<Item = &'a SparseMatrix>) -> Option<Vec<SignedPermutation>> {
    let minus = Rational::from(-1);
    matrices
        .map(|m| {
            let (mut images, mut negative) = (vec![usize::MAX; m.cols()], vec![false; m.cols()]);
            for (i, row) in m.iter_rows().enumerate() {
                let [(j, v)] = row else { return None };
                if *v != Rational::ONE && *v != minus {
                    return None;
                }
                *images.get_mut(*j as usize)? = i;
                *negative.get_mut(*j as usize)? = *v == minus;
            }
            SignedPermutation::new(&images, &negative).ok()
        })
        .collect()
}

/// The methods for what structure does not take apart.
#[derive(Default)]
struct ByCost {
    used: RefCell<Vec<Method>>,
}

impl ByCost {
    fn note(&self, method: Method) {
        let mut used = self.used.borrow_mut();
        if !used.contains(&method) {
            used.push(method);
        }
    }
}

impl Terms for ByCost {
    fn basis(&self, rep: &Rep, limits: &Limits) -> Result<Vec<SparseVector>, RepError> {
        if let Some((method, vectors)) = recall(rep) {
            self.note(method);
            return Ok(vectors);
        }
        let found = match direct(rep, limits).map_err(as_rep_error)? {
            None => shape(rep).and_then(|s| by_highest_weights(rep, s, limits)).map_err(as_rep_error)?,
            found => found,
        };
        let (method, vectors) = match found {
            Some(found) => (found.method(), vectors_of(&found, limits)?),
            None if is_plane(rep) => (Method::Weights, rep.plane_invariants(limits)?.unwrap_or_default()),
            None => (Method::ExactNullSpace, ExactNullSpace.basis(rep, limits)?),
        };
        self.note(method);
        remember(rep, method, &vectors);
        Ok(vectors)
    }

    fn rank(&self, rep: &Rep, limits: &Limits) -> Result<BigUint, RepError> {
        if let (Some(family), Some(legs)) = (rep.base().family(), rep.legs())
            && let Some(realization) = rep.base().algebra().realization()
        {
            return Ok(tensor_rank(family, realization.size, &legs, limits)?);
        }
        if let Some(count) = rep.plane_rank(limits)? {
            return Ok(count);
        }
        if let Some(count) = rep.field_rank(limits)? {
            return Ok(count);
        }
        if let Some(found) = by_field(rep, None, limits).map_err(as_rep_error)? {
            return Ok(BigUint::from(found.rank()));
        }
        if rep.base().floats().is_some() {
            // Where the weights are not clear only a basis tells.
            let counted = float_rank(rep, limits).map_err(as_rep_error)?;
            return counted.ok_or_else(|| RepError::Floats(rep.base().name().to_string()));
        }
        if *rep.dim() > BigUint::from(WEIGHTS_FROM)
            && let Some(count) = rank_by_weights(rep, limits)?
        {
            return Ok(count);
        }
        if let Some(count) = by_tuples(rep, limits).map_err(as_rep_error)? {
            return Ok(count);
        }
        if let Some(found) = by_orbits(rep, limits).map_err(as_rep_error)? {
            return Ok(BigUint::from(found.rank()));
        }
        ExactNullSpace.rank(rep, limits)
    }
}

fn as_rep_error(error: EquivariantError) -> RepError {
    match error {
        EquivariantError::Stopped(stop) => RepError::Stopped(stop),
        EquivariantError::Rep(error) => error,
        other => RepError::Method(other.to_string()),
    }
}

fn vectors_of(basis: &Basis, limits: &Limits) -> Result<Vec<SparseVector>, RepError> {
    let inexact = || RepError::Method("the basis of a part is not exact".to_string());
    let rows = basis.sparse(limits)?.ok_or_else(inexact)?;
    let vector = |k: usize| rows.row(k).map(|(place, value)| (place as u32, value)).collect();
    Ok((0..rows.len()).map(vector).collect())
}

fn sparse_rows(vectors: Vec<SparseVector>, limits: &Limits) -> Result<SparseRows, EquivariantError> {
    let entries: usize = vectors.iter().map(Vec::len).sum();
    limits.reserve(entries as u128 * (8 + size_of::<Rational>() as u128))?;
    let (mut starts, mut places, mut values) = (vec![0], Vec::with_capacity(entries), Vec::with_capacity(entries));
    for vector in vectors {
        for (place, value) in vector {
            places.push(u64::from(place));
            values.push(value);
        }
        starts.push(places.len());
    }
    Ok(SparseRows { starts, places, values: Values::Rationals(values) })
}
