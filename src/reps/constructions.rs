//! Groups made from groups: embedded in a larger space, with translations, wreath products, and groups of given matrices.

use std::sync::Arc;

use super::action::bytes_of_row;
use super::group::no_algebra;
use super::node::Node;
use super::rep::sum_node;
use super::{Base, Element, Group, Rep, RepError};
use crate::exact::null_space::rank;
use crate::exact::{SparseMatrix, SparseVector};
use crate::finite::{self, Permutation};
use crate::lie::named::{self, NamedError};
use crate::lie::{Algebra, JacobiProof, MatrixSet, Realization, StructureConstants};
use crate::limits::Limits;
use crate::num::Rational;

/// Algebras that grow beyond this dimension, and beyond the given matrices, while these are closed under brackets and
/// conjugation are refused.
const MAX_GENERATED: usize = 400;

fn refused(what: String, expected: impl Into<String>) -> RepError {
    NamedError::Argument { what, expected: expected.into() }.into()
}

/// The same group on a space of dimension `size`: it acts on the coordinates `start, start + 1, …` and fixes the others.
pub fn embed(group: &Group, size: usize, start: usize, limits: &Limits) -> Result<Group, RepError> {
    let name = format!("embed({},{size},{})", group.name(), start.saturating_add(1));
    if group.base().plane().is_some() && start.saturating_add(2) <= size && size <= 1_000_000 {
        // The plane and fixed coordinates before and after it.
        let plane = (Arc::new(Node::Of(0, Arc::new(Node::Vector))), 1);
        let fixed = |count: usize| (Arc::new(Node::Scalar), count as u64);
        let parts = [fixed(start), plane, fixed(size - start - 2)];
        let defining = sum_node(parts.into_iter().filter(|(_, count)| *count > 0).collect());
        let algebra = Arc::new(no_algebra(size, false));
        let base = Base::product(name, algebra, vec![group.base().clone()], Some(defining));
        return Ok(Group::of_base(base, size, false, None));
    }
    let n = defining_size(group)?;
    if start.saturating_add(n) > size || size > 1_000_000 {
        return Err(refused(name, format!("a space with room for {n} coordinates from {start} on")));
    }
    let algebra = group.algebra();
    reserve_rows(group, (algebra.dim(), 1), size, limits)?;
    let pad = |m: &SparseMatrix| {
        SparseMatrix::from_triples(size, size, m.triples().map(|(i, j, v)| (i + start, j + start, v.clone())))
    };
    let basis = stored(algebra).iter().map(pad).collect();
    let discrete = group.discrete().iter().map(|e| padded(e, start, size)).collect::<Result<_, _>>()?;
    Group::with_discrete(name, Arc::new(realized(algebra, size, basis)), discrete, "")
}

/// The affine group `G ⋉ R^n` of the maps `x ↦ g x + t`: the matrices `[g, t; 0, 1]` of size `n + 1`.
pub fn affine(group: &Group, limits: &Limits) -> Result<Group, RepError> {
    let n = defining_size(group)?;
    let g = group.algebra();
    reserve_rows(group, (g.dim() + n, 1), n + 1, limits)?;
    let algebra = match g.dim() {
        0 => Algebra::new(StructureConstants::abelian(n), JacobiProof::Commutators, format!("R^{n}")),
        _ => named::semidirect(g, stored(g), limits)?,
    };
    let mut basis: Vec<SparseMatrix> = stored(g).iter().map(|m| m.direct_sum(&SparseMatrix::zero(1, 1))).collect();
    basis.extend((0..n).map(|i| SparseMatrix::from_triples(n + 1, n + 1, [(i, n, Rational::ONE)])));
    let discrete = group.discrete().iter().map(|e| padded(e, 0, n + 1)).collect::<Result<_, _>>()?;
    let algebra = algebra.with_realization(Realization { size: n + 1, complex: false, basis });
    Group::with_discrete(format!("affine({})", group.name()), Arc::new(algebra), discrete, "")
}

/// The wreath product `G ≀ H` with a group of permutations of `m` points, on the sum of `m` copies of the space of `G`: a
/// copy of `G` acts on each, and `H` permutes the copies.
pub fn wreath(group: &Group, top: &Group, limits: &Limits) -> Result<Group, RepError> {
    let n = defining_size(group)?;
    let name = format!("wreath({},{})", group.name(), top.name());
    let Some(permutations) = top.permutations() else {
        return Err(refused(name, "a group of permutations as second group"));
    };
    if let Some(points) = group.permutations() {
        let product = finite::wreath_product(points, permutations, limits)?.named(name);
        return Group::of_permutation_group(product);
    }
    let copies = permutations.orbit_representatives();
    let m = top.matrix_size();
    let size = n.saturating_mul(m);
    if size > 1_000_000 {
        return Err(refused(name, "at most 1000000 coordinates in all"));
    }
    let g = group.algebra();
    reserve_rows(group, (g.dim().saturating_mul(m), copies.len()), size, limits)?;
    let algebra = match g.dim() {
        0 => no_algebra(size, false),
        _ => named::direct_sum_of(&vec![g.as_ref(); m], limits)?,
    };
    // H carries the first copy to those in the orbit of point 0; one copy of the generators for each orbit suffices.
    let mut discrete = Vec::new();
    for start in copies {
        for e in group.discrete() {
            discrete.push(padded(e, start * n, size)?);
        }
    }
    for p in permutations.generators() {
        let images = (0..size).map(|i| (p.image(i / n).unwrap_or(i / n) * n + i % n) as u32).collect();
        discrete.push(Element::permutation(Permutation::from_images(images).ok_or(RepError::TooComplicated)?));
    }
    Group::with_discrete(name, Arc::new(algebra), discrete, "")
}

/// The group that exact matrices generate together with the exponentials of further ones, all real of size `n`, or
/// complex and stored as in [`Realization`]. The algebra is closed under brackets and under conjugation by the former,
/// exactly.
pub fn matrix_group(
    name: impl Into<String>,
    (size, complex): (usize, bool),
    generators: Vec<SparseMatrix>,
    algebra: Vec<SparseMatrix>,
    limits: &Limits,
) -> Result<Group, RepError> {
    let name = name.into();
    let matrices = generators.into_iter().enumerate();
    let discrete: Vec<Element> =
        matrices.map(|(index, m)| Element::matrix(m, index, limits)).collect::<Result<_, _>>()?;
    if algebra.is_empty() {
        return Group::with_discrete(name, Arc::new(no_algebra(size, complex)), discrete, "");
    }
    let mut spanning = algebra;
    loop {
        limits.check()?;
        let set = MatrixSet::sparse(spanning.clone()).map_err(|e| NamedError::Internal(e.to_string()))?;
        let closed =
            crate::lie::generate(&set, MAX_GENERATED.max(spanning.len()), limits).map_err(|error| match error {
                crate::lie::SpanError::Stop(stop) => RepError::Stopped(stop),
                other => refused(name.clone(), other.to_string()),
            })?;
        let basis = stored(&closed).to_vec();
        let realization = Realization { size, complex, basis: basis.clone() };
        let algebra = Arc::new(closed.with_realization(realization).with_origin(format!("the algebra of {name}")));
        match Group::generated(name.clone(), algebra, discrete.clone(), limits) {
            Err(RepError::NotNormalizing { .. }) => {
                let conjugates = |e: &Element| {
                    let (matrix, inverse) = (e.stored(), e.stored_inverse());
                    basis.iter().map(|x| matrix.mul(x).mul(&inverse)).collect::<Vec<SparseMatrix>>()
                };
                let more: Vec<SparseMatrix> = discrete.iter().flat_map(conjugates).collect();
                spanning = basis;
                spanning.extend(more);
            }
            made => return made,
        }
    }
}

/// The group of the matrices by which a group acts in a representation: its image, with these as its defining matrices.
pub fn image(rep: &Rep, limits: &Limits) -> Result<Group, RepError> {
    let basis = rep.matrices(limits)?;
    let discrete = rep.discrete_matrices(limits)?.into_iter().enumerate();
    let discrete: Vec<Element> = discrete.map(|(k, m)| Element::matrix(m, k, limits)).collect::<Result<_, _>>()?;
    let size = rep.size()?;
    let name = format!("image({})", rep.name());
    let flat: Vec<SparseVector> = basis.iter().map(SparseMatrix::flatten).collect();
    let entries = u32::try_from(size).ok().and_then(|n| n.checked_mul(n));
    let entries = entries.ok_or_else(|| refused(name.clone(), "matrices with at most 2^32 entries"))? as usize;
    let independent = rank(entries, &flat, limits)? == basis.len();
    let algebra = match independent {
        true => realized(rep.base().algebra(), size, basis),
        // Some of the algebra acts by zero: the image is the algebra that its matrices span.
        false => spanned(&name, size, basis, limits)?,
    };
    Group::with_discrete(name, Arc::new(algebra), discrete, "")
}

/// The Lie algebra that these matrices span; the caller knows that it is closed.
fn spanned(name: &str, size: usize, matrices: Vec<SparseMatrix>, limits: &Limits) -> Result<Algebra, RepError> {
    let most = matrices.len();
    let matrices: Vec<SparseMatrix> = matrices.into_iter().filter(|m| m.nonzeros() > 0).collect();
    if matrices.is_empty() {
        return Ok(no_algebra(size, false));
    }
    let set = MatrixSet::sparse(matrices).map_err(|e| NamedError::Internal(e.to_string()))?;
    let closed = crate::lie::generate(&set, most, limits).map_err(|error| match error {
        crate::lie::SpanError::Stop(stop) => RepError::Stopped(stop),
        other => refused(name.to_string(), other.to_string()),
    })?;
    let basis = stored(&closed).to_vec();
    Ok(realized(&closed, size, basis).with_origin(format!("the algebra of {name}")))
}

/// Room for so many matrices of the algebra, and copies of the discrete generators that are no permutations, of this size:
/// even an empty row takes some bytes.
fn reserve_rows(group: &Group, (basis, copies): (usize, usize), size: usize, limits: &Limits) -> Result<(), RepError> {
    let size = size as u128;
    let matrices = group.discrete().iter().filter(|e| e.as_permutation().is_none()).count();
    let permutations = (group.discrete().len() - matrices) as u128 * copies as u128;
    // A generator is stored with its inverse, and has an entry in each row.
    let generators = 2 * matrices as u128 * copies as u128 * bytes_of_row(1);
    Ok(limits.reserve(size * (basis as u128 * bytes_of_row(0) + generators + 64 * permutations))?)
}

/// The size of exact real defining matrices; products, complex groups and groups of floats are refused.
fn defining_size(group: &Group) -> Result<usize, RepError> {
    group.base().require_exact()?;
    let plain = group.base().factors().is_empty() && !group.is_complex();
    let what = format!("{} for this construction", group.name());
    if plain { Ok(group.matrix_size()) } else { Err(refused(what, "a group of real matrices that is no product")) }
}

fn stored(algebra: &Algebra) -> &[SparseMatrix] {
    algebra.realization().map_or(&[], |r| &r.basis)
}

/// The algebra with other matrices for the same brackets.
fn realized(algebra: &Algebra, size: usize, basis: Vec<SparseMatrix>) -> Algebra {
    algebra.clone().with_realization(Realization { size, complex: false, basis })
}

/// The identity with the element in place of a diagonal block.
fn padded(element: &Element, start: usize, size: usize) -> Result<Element, RepError> {
    let n = element.size();
    if let Some(p) = element.as_permutation() {
        let image = |i: usize| match i.checked_sub(start).filter(|k| *k < n) {
            Some(k) => start + p.image(k).unwrap_or(k),
            None => i,
        };
        let images = (0..size).map(|i| image(i) as u32).collect();
        return Ok(Element::permutation(Permutation::from_images(images).ok_or(RepError::TooComplicated)?));
    }
    let pad = |m: &SparseMatrix| {
        let after = SparseMatrix::identity(size - start - n);
        SparseMatrix::identity(start).direct_sum(m).direct_sum(&after)
    };
    Ok(Element::with_inverse(pad(&element.stored()), pad(&element.stored_inverse())))
}
