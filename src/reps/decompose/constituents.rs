//! Irreducible constituents over C for groups that are not connected, exactly.
//!
//! The equivariant maps over Q are a semisimple algebra; a simple factor with centre `K` is of dimension `k m²` over Q, `k = [K : Q]`,
//! and its component is the sum of `k` conjugate irreducibles of equal dimension over C, each `m` times (Bourbaki, *Algèbre*
//! VIII §§5, 13). No highest weights are needed. That the representation is a sum of irreducibles is known when the group is finite,
//! or when its algebra is closed under transposition and its discrete generators are orthogonal: then an invariant subspace of a tensor
//! has an invariant complement, the orthogonal one.

use num_traits::ToPrimitive;

use super::isotypic::{MAX_COMMUTANT, center_of, evaluated, generic_element, kernel};
use super::{DecomposeError, complexification};
use crate::exact::polynomial::Polynomial;
use crate::exact::{SparseMatrix, SparseVector, Subspace, null_space};
use crate::finite::FiniteError;
use crate::limits::Limits;
use crate::reps::{Base, Element, Group, Rep, coordinates_in, equivariant_maps};
use crate::weights::Decomposition;

/// Larger representations are refused.
const MAX_SIZE: usize = 600;

/// An isotypic component over Q and what it is over C.
#[derive(Clone, Debug)]
pub struct Constituent {
    /// The subspace.
    pub space: Subspace,
    /// The dimension of an irreducible over C.
    pub dim: usize,
    /// How often it occurs.
    pub multiplicity: usize,
    /// The minimal polynomial of a generator of the centre of the equivariant maps: its degree is the number of conjugate
    /// irreducibles.
    pub field: Polynomial,
    /// The whole component under the identity component of the group; `None` for a finite group.
    pub over_identity: Option<Decomposition>,
}

/// The isotypic components of a representation of any exact group, by the dimension of their irreducibles.
///
/// `a² N²` operations for equivariant maps of dimension `a` and matrices of size `N`, besides the null space that finds them.
pub fn constituents(rep: &Rep, limits: &Limits) -> Result<Vec<Constituent>, DecomposeError> {
    rep.base().require_rational()?;
    if !is_completely_reducible(rep.base(), limits)? {
        return Err(DecomposeError::NotKnownReducible(rep.base().name().to_string()));
    }
    let size = rep.dim().to_usize().unwrap_or(usize::MAX);
    if size > MAX_SIZE {
        return Err(DecomposeError::TooLarge(size));
    }
    if size == 0 {
        return Ok(Vec::new());
    }
    let commutant = equivariant_maps(rep, rep, limits)?.basis;
    if commutant.len() > MAX_COMMUTANT {
        return Err(DecomposeError::Commutant(commutant.len().into()));
    }
    let center = center_of(&commutant, limits)?;
    let (generic, factors) = generic_element(&center, size, limits)?;
    let mut out = Vec::with_capacity(factors.len());
    for field in factors {
        limits.check()?;
        let space = kernel(&evaluated(&field, &generic, limits)?, limits)?;
        let inside = commuting_dimension(&commutant, &space, limits)?;
        let degree = field.degree().unwrap_or(1).max(1);
        let multiplicity = (inside / degree).isqrt();
        let dim = space.dim() / (degree * multiplicity.max(1));
        if degree * multiplicity * multiplicity != inside || dim * degree * multiplicity != space.dim() {
            return Err(DecomposeError::NotCompletelyReducible);
        }
        let over_identity = under_identity(rep, &space, limits)?;
        out.push(Constituent { space, dim, multiplicity, field, over_identity });
    }
    if out.iter().map(|c| c.space.dim()).sum::<usize>() != size {
        return Err(DecomposeError::NotCompletelyReducible);
    }
    out.sort_by(|a, b| {
        let key = |c: &Constituent| (c.dim, c.space.dim(), c.space.pivots().to_vec(), c.space.basis().to_vec());
        key(a).cmp(&key(b))
    });
    Ok(out)
}

/// Whether representations built from the defining one are sums of irreducibles for a reason that is checked here.
fn is_completely_reducible(base: &Base, limits: &Limits) -> Result<bool, DecomposeError> {
    if !base.factors().is_empty() {
        for factor in base.factors() {
            if !is_completely_reducible(factor, limits)? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    if base.vector_is_orthogonal() {
        return Ok(true);
    }
    if base.algebra().dim() == 0 {
        let Some(group) = Group::of(base) else { return Ok(false) };
        return match group.as_permutations(limits) {
            Ok(found) => Ok(found.is_some()),
            Err(FiniteError::Stop(stop)) => Err(stop.into()),
            Err(_) => Ok(false),
        };
    }
    let Some(realization) = base.algebra().realization() else { return Ok(false) };
    let transposed: Vec<SparseMatrix> = realization.basis.iter().map(SparseMatrix::transpose).collect();
    let closed = coordinates_in(base.algebra(), &transposed, limits)?.is_some();
    Ok(closed && base.discrete().iter().all(Element::is_orthogonal))
}

/// The dimension of the equivariant maps on an isotypic component: their restrictions that are independent.
fn commuting_dimension(commutant: &[SparseMatrix], space: &Subspace, limits: &Limits) -> Result<usize, DecomposeError> {
    let d = space.dim();
    let mut rows: Vec<SparseVector> = Vec::with_capacity(commutant.len());
    for map in commutant {
        limits.check()?;
        let mut row = SparseVector::new();
        for (j, b) in space.basis().iter().enumerate() {
            let image = space.coordinates(&map.apply(b));
            let image = image.ok_or_else(|| DecomposeError::Check("a component is not invariant".to_string()))?;
            row.extend(
                image.into_iter().enumerate().filter(|(_, x)| !x.is_zero()).map(|(i, x)| ((j * d + i) as u32, x)),
            );
        }
        rows.push(row);
    }
    Ok(null_space::rank(d * d, &rows, limits)?)
}

/// What the identity component makes of an invariant subspace.
fn under_identity(rep: &Rep, space: &Subspace, limits: &Limits) -> Result<Option<Decomposition>, DecomposeError> {
    if rep.base().algebra().dim() == 0 {
        return Ok(None);
    }
    let connected = Base::new("the identity component", rep.base().algebra().clone());
    let mut restricted = Vec::new();
    for m in rep.matrices(limits)? {
        limits.check()?;
        let columns: Option<Vec<_>> = space.basis().iter().map(|b| space.coordinates(&m.apply(b))).collect();
        let columns = columns.ok_or_else(|| DecomposeError::Check("a component is not invariant".to_string()))?;
        let entries = columns.iter().enumerate().flat_map(|(j, c)| c.iter().enumerate().map(move |(i, x)| (i, j, x)));
        let triples = entries.filter(|(.., x)| !x.is_zero()).map(|(i, j, x)| (i, j, x.clone()));
        restricted.push(SparseMatrix::from_triples(space.dim(), space.dim(), triples.collect::<Vec<_>>()));
    }
    let part = Rep::given(&connected, "W", restricted, limits)?;
    match complexification(&part, limits) {
        Ok(module) => Ok(Some(module.decomposition(limits)?.clone())),
        // Without names of its restriction the component stays what it is.
        Err(DecomposeError::NoCharges | DecomposeError::NoUnit | DecomposeError::NoExactBasis(_)) => Ok(None),
        Err(other) => Err(other),
    }
}
