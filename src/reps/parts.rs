//! Representations from representations beyond the tree: subspaces, quotients, restriction to subgroups, determinants,
//! permutations of subsets.

use num_traits::ToPrimitive;

use super::node::{Given, Node};
use super::{Base, Element, Family, Group, Rep, RepError, coordinates_in};
use crate::exact::{Matrix, SparseMatrix, Subspace, characteristic_polynomial};
use crate::finite::{Permutation, PermutationGroup};
use crate::lie::named::NamedError;
use crate::limits::Limits;
use crate::num::Rational;

/// Matrices of parts are dense: larger representations are refused.
const MAX_DENSE: usize = 2_000;

fn refused(what: impl Into<String>, expected: impl Into<String>) -> RepError {
    NamedError::Argument { what: what.into(), expected: expected.into() }.into()
}

impl Rep {
    /// The action on the span of some vectors, in their reduced row echelon basis; an error unless it is invariant.
    pub fn subrepresentation(&self, vectors: &[Vec<Rational>], limits: &Limits) -> Result<Rep, RepError> {
        self.named_subrepresentation(&format!("sub({})", self.name()), vectors, limits)
    }

    pub(super) fn named_subrepresentation(
        &self,
        name: &str,
        vectors: &[Vec<Rational>],
        limits: &Limits,
    ) -> Result<Rep, RepError> {
        let space = self.subspace(vectors, limits)?;
        self.part((name.to_string(), space.dim()), limits, |m| {
            let columns: Option<Vec<Vec<Rational>>> =
                space.basis().iter().map(|b| space.coordinates(&m.apply(b))).collect();
            let columns = columns?;
            Some(SparseMatrix::from_dense(&Matrix::from_fn(space.dim(), space.dim(), |i, j| columns[j][i].clone())))
        })
    }

    /// The action on the quotient by the span of some vectors, which must be invariant: on the classes of the basis vectors
    /// that are no pivots of its reduced row echelon basis.
    pub fn quotient(&self, vectors: &[Vec<Rational>], limits: &Limits) -> Result<Rep, RepError> {
        let space = self.subspace(vectors, limits)?;
        let free: Vec<usize> = (0..self.size()?).filter(|i| !space.pivots().contains(i)).collect();
        let name = format!("quotient({})", self.name());
        self.part((name, free.len()), limits, |m| {
            let inside = space.basis().iter().all(|b| space.coordinates(&m.apply(b)).is_some());
            if !inside {
                return None;
            }
            // e_j ↦ Σ m_ij e_i, and a pivot e_p is, modulo the space, minus the rest of its basis vector.
            let mut entries = Vec::new();
            for (col, j) in free.iter().enumerate() {
                for i in 0..m.rows() {
                    let value = m.entry(i, *j);
                    if value.is_zero() {
                        continue;
                    }
                    match space.pivots().binary_search(&i) {
                        Err(_) => entries.push((free.partition_point(|f| f < &i), col, value)),
                        Ok(k) => {
                            for (row, f) in free.iter().enumerate() {
                                let rest = &space.basis()[k][*f];
                                if !rest.is_zero() {
                                    entries.push((row, col, -&(&value * rest)));
                                }
                            }
                        }
                    }
                }
            }
            Some(SparseMatrix::from_triples(free.len(), free.len(), entries))
        })
    }

    fn subspace(&self, vectors: &[Vec<Rational>], limits: &Limits) -> Result<Subspace, RepError> {
        let n = self.size()?;
        if n > MAX_DENSE {
            return Err(refused(
                format!("a part of a representation of dimension {n}"),
                format!("at most {MAX_DENSE}"),
            ));
        }
        if let Some(v) = vectors.iter().find(|v| v.len() != n) {
            return Err(RepError::Shape { index: 0, rows: v.len(), cols: 1, size: n });
        }
        Ok(Subspace::span(n, vectors, limits)?)
    }

    /// A representation by the images of all generators; `None` for an image says that the space is not invariant.
    fn part(
        &self,
        (name, dim): (String, usize),
        limits: &Limits,
        image: impl Fn(&SparseMatrix) -> Option<SparseMatrix>,
    ) -> Result<Rep, RepError> {
        let outside = || refused("a part of this representation", "vectors whose span is invariant under the group");
        let all = |matrices: Vec<SparseMatrix>| -> Result<Vec<SparseMatrix>, RepError> {
            matrices
                .iter()
                .map(|m| {
                    limits.check()?;
                    image(m).ok_or_else(outside)
                })
                .collect()
        };
        let matrices = all(self.matrices(limits)?)?;
        let discrete = all(self.discrete_matrices(limits)?)?;
        let discrete = discrete.into_iter().enumerate().map(|(k, m)| Element::matrix(m, k, limits));
        // Restrictions and quotients of a representation are representations: nothing more is to be checked.
        proved(self.base(), (name, dim), matrices, discrete.collect::<Result<_, _>>()?)
    }

    /// The same space with the action of a subgroup: of any representation for groups of permutations and for connected
    /// subgroups, otherwise of those made from the defining one. That its algebra lies in that of the group is checked; that its
    /// discrete generators belong to the group is checked for groups of permutations, those of a diagonal form and those of
    /// all or of unimodular matrices, and left to the caller for others.
    pub fn restrict(&self, subgroup: &Group, limits: &Limits) -> Result<Rep, RepError> {
        let (g, h) = (self.base(), subgroup.base());
        g.require_exact()?;
        h.require_exact()?;
        let what = || format!("{} restricted to {}", self.name(), subgroup.name());
        if !only_vectors(&self.node)
            && let Some(found) = self.restrict_leaves(h, limits)?
        {
            return Ok(found);
        }
        if !only_vectors(&self.node) || !g.factors().is_empty() || !h.factors().is_empty() {
            return Err(refused(
                what(),
                "a representation made from the defining one by +, *, ^, Sym, Alt, dual and ->, or a connected subgroup",
            ));
        }
        let complex = |base: &Base| base.algebra().realization().is_some_and(|r| r.complex);
        if g.vector_dim() != h.vector_dim() || complex(g) != complex(h) {
            return Err(refused(what(), "a subgroup of matrices of the same size"));
        }
        let matrices = h.algebra().realization().map_or(&[][..], |r| &r.basis[..]);
        if !matrices.is_empty() && coordinates_in(g.algebra(), matrices, limits)?.is_none() {
            return Err(refused(
                what(),
                format!("a subgroup of {}: its algebra is not contained in that of the group", g.name()),
            ));
        }
        if let Some(index) = stranger(g, h, limits)? {
            return Err(refused(
                what(),
                format!("a subgroup of {}, to which generator {index} (from 0) does not belong", g.name()),
            ));
        }
        Rep::from_node(h, self.node.clone())
    }

    /// The restriction of a representation with leaves of other kinds: along the stabilizers of a group of permutations, or by
    /// the coordinates of the algebra of a connected subgroup; `None` where it is neither.
    fn restrict_leaves(&self, h: &Base, limits: &Limits) -> Result<Option<Rep>, RepError> {
        let g = self.base();
        if !g.factors().is_empty() || !h.factors().is_empty() {
            return Ok(None);
        }
        let outside =
            || refused(format!("{} restricted to {}", self.name(), h.name()), format!("a subgroup of {}", g.name()));
        if let (Some(whole), Some(part)) = (g.permutations(), h.permutations()) {
            return match whole.degree() == part.degree() && whole.contains_group(part, limits)? {
                true => Ok(Some(self.over(h, limits)?)),
                false => Err(outside()),
            };
        }
        let matrices = h.algebra().realization().map_or(&[][..], |r| &r.basis[..]);
        if h.discrete_count() > 0 || matrices.is_empty() || g.vector_dim() != h.vector_dim() {
            return Ok(None);
        }
        let elements = coordinates_in(g.algebra(), matrices, limits)?.ok_or_else(outside)?;
        Ok(Some(super::restriction(self, h, &elements, limits)?))
    }

    /// The determinant of the defining matrices as a representation on R: the sign of permutations, pseudoscalars for O(n).
    pub fn determinant(base: &Base, limits: &Limits) -> Result<Rep, RepError> {
        let vector = Rep::vector(base)?;
        let one = |value: Rational| SparseMatrix::from_triples(1, 1, (!value.is_zero()).then_some((0, 0, value)));
        let matrices = vector.matrices(limits)?.iter().map(|m| one(m.trace())).collect();
        let mut discrete = Vec::new();
        for (index, m) in vector.discrete_matrices(limits)?.into_iter().enumerate() {
            let element = Element::matrix(m, index, limits)?;
            let value = match element.as_permutation() {
                Some(p) => Rational::from(p.sign()),
                None => determinant(&element.stored(), limits)?,
            };
            discrete.push(Element::matrix(one(value), index, limits)?);
        }
        proved(base, ("det".to_string(), 1), matrices, discrete)
    }

    /// The permutations of the `k`-subsets of the points of a permutation group, subsets in lexicographic order.
    pub fn subsets(group: &Group, k: usize, limits: &Limits) -> Result<Rep, RepError> {
        let what = || format!("the {k}-subsets of the points of {}", group.name());
        let Some(permutations) = group.permutations() else {
            return Err(refused(what(), "a group of permutations"));
        };
        let n = permutations.degree();
        let count = super::node::binomial(&n.into(), &k.into()).and_then(|count| count.to_usize());
        let count = count.filter(|c| *c <= 10_000_000).ok_or_else(|| refused(what(), "at most 10000000 subsets"))?;
        limits.reserve(count as u128 * (4 * k as u128 + 32) * (2 + permutations.generators().len() as u128))?;
        let mut subsets: Vec<Vec<u32>> = Vec::with_capacity(count);
        let mut current: Vec<u32> = (0..k as u32).collect();
        while subsets.len() < count {
            subsets.push(current.clone());
            let Some(at) = (0..k).rev().find(|&m| (current[m] as usize) < n - k + m) else { break };
            let grown = current[at] + 1;
            current.iter_mut().skip(at).zip(grown..).for_each(|(slot, value)| *slot = value);
        }
        let mut discrete = Vec::new();
        for p in permutations.generators() {
            limits.check()?;
            let image = |subset: &Vec<u32>| {
                let mut moved: Vec<u32> =
                    subset.iter().map(|&i| p.image(i as usize).unwrap_or(i as usize) as u32).collect();
                moved.sort_unstable();
                subsets.binary_search(&moved).ok().map(|at| at as u32)
            };
            let images: Option<Vec<u32>> = subsets.iter().map(image).collect();
            let permutation = images.and_then(Permutation::from_images).ok_or(RepError::TooComplicated)?;
            discrete.push(Element::permutation(permutation));
        }
        let given = Given { name: format!("subsets{k}"), dim: count, matrices: Vec::new(), discrete, orthogonal: true };
        Rep::from_node(group.base(), std::sync::Arc::new(Node::Given(std::sync::Arc::new(given))))
    }
}

/// A representation that is one by its construction.
fn proved(
    base: &Base,
    (name, dim): (String, usize),
    matrices: Vec<SparseMatrix>,
    discrete: Vec<Element>,
) -> Result<Rep, RepError> {
    let orthogonal = matrices.iter().all(super::base::is_skew_symmetric) && discrete.iter().all(Element::is_orthogonal);
    let given = Given { name, dim, matrices, discrete, orthogonal };
    Rep::from_node(base, std::sync::Arc::new(Node::Given(std::sync::Arc::new(given))))
}

/// The first discrete generator of `h` that does not belong to `g`, as far as that can be decided.
fn stranger(g: &Base, h: &Base, limits: &Limits) -> Result<Option<usize>, RepError> {
    let outside = |belongs: &dyn Fn(&Element) -> Result<bool, RepError>| -> Result<Option<usize>, RepError> {
        for (index, e) in h.discrete().iter().enumerate() {
            limits.check()?;
            if !belongs(e)? {
                return Ok(Some(index));
            }
        }
        Ok(None)
    };
    let permutations: Option<Vec<Permutation>> = g.discrete().iter().map(|e| e.as_permutation().cloned()).collect();
    if let (0, Some(all), Some(n)) = (g.algebra().dim(), permutations, g.vector_dim()) {
        let group = PermutationGroup::new(g.name(), n, all)?;
        return outside(&|e| match e.as_permutation() {
            Some(p) => Ok(group.contains(p, limits)?),
            None => Ok(false),
        });
    }
    let unimodular = |e: &Element| Ok::<bool, RepError>(determinant(&e.stored(), limits)? == Rational::ONE);
    match g.family() {
        Some(Family::Orthogonal { negative, special }) => {
            let sign = |i: usize| Rational::from(if negative[i] { -1 } else { 1 });
            let form = SparseMatrix::from_triples(
                negative.len(),
                negative.len(),
                (0..negative.len()).map(|i| (i, i, sign(i))),
            );
            outside(&|e| {
                let m = e.stored();
                Ok(m.transpose().mul(&form).mul(&m) == form && (!special || unimodular(e)?))
            })
        }
        Some(Family::SpecialLinear) => outside(&unimodular),
        // A determinant is positive in the identity component.
        Some(Family::GeneralLinear) => outside(&|e| Ok(determinant(&e.stored(), limits)?.signum() > 0)),
        _ => Ok(None),
    }
}

fn only_vectors(node: &Node) -> bool {
    match node {
        Node::Adjoint | Node::Given(_) | Node::Of(..) => false,
        _ => node.children().into_iter().all(|x| only_vectors(x)),
    }
}

/// `(−1)^n` times the constant coefficient of the characteristic polynomial.
fn determinant(m: &SparseMatrix, limits: &Limits) -> Result<Rational, RepError> {
    let diagonal = m.triples().all(|(i, j, _)| i == j);
    if diagonal {
        return Ok(m.triples().fold(Rational::ONE, |product, (_, _, v)| &product * v));
    }
    let polynomial = characteristic_polynomial(&m.to_dense(), limits)?;
    let constant = polynomial.coefficients().first().cloned().unwrap_or(Rational::ONE);
    Ok(if m.rows().is_multiple_of(2) { constant } else { -&constant })
}
