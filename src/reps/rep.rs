//! Representations as values: built by the usual operations, compared by canonical form.

use std::fmt;
use std::sync::Arc;

use num_bigint::BigUint;
use num_traits::{ToPrimitive, Zero};

use super::base::is_skew_symmetric;
use super::node::{Given, Node};
use super::{Base, Element, Group, RepError, action, canonical, element_action, name, relations};
use crate::exact::SparseMatrix;
use crate::lie::Algebra;
use crate::limits::Limits;

/// A finite-dimensional real representation of a group or of a Lie algebra.
///
/// A complex matrix group acts on `C^n` as the real space `R^(2n)`: real parts first, then imaginary parts, with
/// `A + iB` as `[[A, −B], [B, A]]`. So `vector(SU(2))` has dimension 4 and the equivariant maps from it to itself are
/// the quaternions; tensor products and powers are taken over the reals.
#[derive(Clone)]
pub struct Rep {
    base: Base,
    pub(super) node: Arc<Node>,
    dim: BigUint,
}

impl Rep {
    pub(super) fn from_node(base: &Base, node: Arc<Node>) -> Result<Rep, RepError> {
        let dim = node.checked_dim(base)?;
        Ok(Rep { base: base.clone(), node, dim })
    }

    fn build(base: &Base, node: Node) -> Result<Rep, RepError> {
        Rep::from_node(base, Arc::new(node))
    }

    /// The trivial representation on R.
    pub fn scalar(base: &Base) -> Rep {
        Rep { base: base.clone(), node: Arc::new(Node::Scalar), dim: BigUint::from(1u32) }
    }

    /// The defining representation of the matrices, on the real space of twice the dimension when they are complex.
    pub fn vector(base: &Base) -> Result<Rep, RepError> {
        if let Some(defining) = base.defining() {
            return Rep::from_node(base, defining.clone());
        }
        let dim = base.vector_dim().ok_or_else(|| RepError::NoMatrices(base.name().to_string()))?;
        Ok(Rep { base: base.clone(), node: Arc::new(Node::Vector), dim: BigUint::from(dim) })
    }

    /// The action of the algebra on itself: `ad x (y) = [x, y]`.
    pub fn adjoint(base: &Base) -> Rep {
        let dim = BigUint::from(base.algebra().dim());
        Rep { base: base.clone(), node: Arc::new(Node::Adjoint), dim }
    }

    /// The representation in which basis element `i` of the algebra acts by `matrices[i]`.
    ///
    /// That `ρ([e_i, e_j]) = ρ(e_i) ρ(e_j) − ρ(e_j) ρ(e_i)` is checked exactly for all pairs; the error names the first
    /// pair that fails. That a representation of the algebra comes from one of the group is not checked: for a group
    /// that is not simply connected it may be two-valued.
    pub fn given(
        base: &Base,
        name: impl Into<String>,
        matrices: Vec<SparseMatrix>,
        limits: &Limits,
    ) -> Result<Rep, RepError> {
        Rep::given_with(base, name, matrices, Vec::new(), limits)
    }

    /// The representation in which the discrete generators act by further matrices, in their order.
    ///
    /// Besides the brackets it is checked that `ρ(h) ρ(x) ρ(h)⁻¹ = ρ(h x h⁻¹)`, and the relations among the discrete
    /// generators: all of them for groups of permutations and for finite groups of at most 20 000 matrices, otherwise the
    /// orders of the generators and of products of two.
    pub fn given_by_generators(
        base: &Base,
        name: impl Into<String>,
        matrices: Vec<SparseMatrix>,
        discrete: Vec<SparseMatrix>,
        limits: &Limits,
    ) -> Result<Rep, RepError> {
        base.require_exact()?;
        let count = matrices.len();
        let discrete = discrete.into_iter().enumerate().map(|(k, m)| Element::matrix(m, count + k, limits));
        let discrete: Vec<Element> = discrete.collect::<Result<_, _>>()?;
        let made = Rep::given_with(base, name, matrices, discrete, limits)?;
        if let Node::Given(given) = &*made.node {
            relations::check_relations(base, &given.discrete, limits)?;
        }
        Ok(made)
    }

    /// The same for a group with discrete generators: they act by `discrete`, in their order.
    ///
    /// Besides the brackets it is checked that `ρ(h) ρ(x) ρ(h)⁻¹ = ρ(h x h⁻¹)`. Relations among the discrete generators
    /// are the caller's to check.
    pub(super) fn given_with(
        base: &Base,
        name: impl Into<String>,
        matrices: Vec<SparseMatrix>,
        discrete: Vec<Element>,
        limits: &Limits,
    ) -> Result<Rep, RepError> {
        let expected = base.algebra().dim();
        if matrices.len() != expected {
            return Err(RepError::Count { expected, found: matrices.len() });
        }
        if discrete.len() != base.discrete_count() {
            return Err(RepError::Count { expected: base.discrete_count(), found: discrete.len() });
        }
        let size = matrices.first().map_or_else(|| discrete.first().map_or(0, Element::size), SparseMatrix::rows);
        if let Some((index, e)) = discrete.iter().enumerate().find(|(_, e)| e.size() != size) {
            return Err(RepError::Shape { index, rows: e.size(), cols: e.size(), size });
        }
        for (index, m) in matrices.iter().enumerate() {
            if m.rows() != size || m.cols() != size {
                return Err(RepError::Shape { index, rows: m.rows(), cols: m.cols(), size });
            }
        }
        check_brackets(base.algebra(), &matrices, limits)?;
        element_action::check_conjugation(base, &matrices, &discrete, limits)?;
        let orthogonal = matrices.iter().all(is_skew_symmetric) && discrete.iter().all(Element::is_orthogonal);
        let given = Given { name: name.into(), dim: size, matrices, discrete, orthogonal };
        Rep::build(base, Node::Given(Arc::new(given)))
    }

    /// The dual: `x` acts by `−ρ(x)^T`.
    pub fn dual(&self) -> Result<Rep, RepError> {
        match &*self.node {
            Node::Scalar => Ok(self.clone()),
            Node::Dual(inner) => Rep::from_node(&self.base, inner.clone()),
            _ => Rep::build(&self.base, Node::Dual(self.node.clone())),
        }
    }

    /// The direct sum, the basis of `self` first. Both are representations of one group, here and in the other operations;
    /// [`Rep::matched`] makes them so.
    pub fn plus(&self, other: &Rep) -> Result<Rep, RepError> {
        self.base.require_same(&other.base)?;
        let mut terms = summands(&self.node);
        for (x, times) in summands(&other.node) {
            push_term(&mut terms, x, times);
        }
        Rep::from_node(&self.base, sum_node(terms))
    }

    /// The sum of `times` copies, one after the other.
    pub fn times(&self, times: u64) -> Result<Rep, RepError> {
        let terms = match &*self.node {
            _ if times == 0 => Vec::new(),
            _ if times == 1 => return Ok(self.clone()),
            Node::Sum(terms) if terms.is_empty() => Vec::new(),
            Node::Sum(terms) => match &terms[..] {
                [(x, inner)] if inner.checked_mul(times).is_some() => vec![(x.clone(), inner * times)],
                _ => vec![(self.node.clone(), times)],
            },
            _ => vec![(self.node.clone(), times)],
        };
        Rep::from_node(&self.base, sum_node(terms))
    }

    /// The tensor product over the reals, basis `e_i ⊗ f_j` in lexicographic order (Kronecker product).
    pub fn tensor(&self, other: &Rep) -> Result<Rep, RepError> {
        self.base.require_same(&other.base)?;
        let mut list = factors(&self.node);
        for (x, exponent) in factors(&other.node) {
            match list.last_mut() {
                Some((last, e)) if *last == x => *e = e.checked_add(exponent).ok_or(RepError::TooComplicated)?,
                _ => list.push((x, exponent)),
            }
        }
        Rep::from_node(&self.base, tensor_node(list))
    }

    /// The tensor power; the zeroth is the trivial representation.
    pub fn power(&self, exponent: u32) -> Result<Rep, RepError> {
        let list = factors(&self.node);
        let list = match (exponent, &list[..]) {
            (0, _) => Vec::new(),
            (1, _) => return Ok(self.clone()),
            (_, []) => Vec::new(),
            (_, [(x, inner)]) => {
                let product = inner.checked_mul(exponent);
                vec![(x.clone(), product.ok_or_else(|| RepError::Astronomic(name::brief(&self.node)))?)]
            }
            _ => vec![(self.node.clone(), exponent)],
        };
        Rep::from_node(&self.base, tensor_node(list))
    }

    /// The symmetric power `Sym^k` with the basis of monomials of degree `k` in lexicographic order:
    /// `x·(v_1 ⋯ v_k) = Σ v_1 ⋯ (x v_m) ⋯ v_k` (Fulton–Harris, appendix B).
    pub fn symmetric_power(&self, k: u32) -> Result<Rep, RepError> {
        match k {
            0 => Ok(Rep::scalar(&self.base)),
            1 => Ok(self.clone()),
            _ if self.dim.is_zero() => Rep::build(&self.base, Node::Sum(Vec::new())),
            _ if *self.node == Node::Scalar => Ok(self.clone()),
            _ => Rep::build(&self.base, Node::Symmetric(self.node.clone(), k)),
        }
    }

    /// The exterior power `Λ^k` with the basis `e_{i1} ∧ … ∧ e_{ik}`, `i1 < … < ik`, in lexicographic order.
    pub fn exterior_power(&self, k: u32) -> Result<Rep, RepError> {
        match k {
            0 => Ok(Rep::scalar(&self.base)),
            1 => Ok(self.clone()),
            _ if BigUint::from(k) > self.dim => Rep::build(&self.base, Node::Sum(Vec::new())),
            _ => Rep::build(&self.base, Node::Alternating(self.node.clone(), k)),
        }
    }

    /// The linear maps from `from` to `to`, as `to ⊗ from*`: a map `W` is the vector of its entries row by row, and
    /// `x·W = ρ_to(x) W − W ρ_from(x)`. Its invariants are the equivariant maps.
    pub fn hom(from: &Rep, to: &Rep) -> Result<Rep, RepError> {
        from.base.require_same(&to.base)?;
        Rep::build(&from.base, Node::Hom(from.node.clone(), to.node.clone()))
    }

    /// Source and target, when this was made by [`Rep::hom`].
    pub fn as_hom(&self) -> Option<(Rep, Rep)> {
        let Node::Hom(from, to) = &*self.node else { return None };
        // Parts of a tree within the bounds are within the bounds.
        Some((Rep::from_node(&self.base, from.clone()).ok()?, Rep::from_node(&self.base, to.clone()).ok()?))
    }

    /// Whether both are written alike, so that their matrices are the same.
    pub fn is_identical(&self, other: &Rep) -> bool {
        self.dim == other.dim && self.node == other.node && self.base.is_same(&other.base)
    }

    /// What it is a representation of.
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// The dimension over the reals.
    pub fn dim(&self) -> &BigUint {
        &self.dim
    }

    /// The dimension as a size, or an error that names it when vectors of that length cannot be handled.
    pub(super) fn size(&self) -> Result<usize, RepError> {
        let found = self.dim.to_usize().filter(|d| *d <= action::MAX_SIZE);
        found.ok_or_else(|| self.too_large(action::bytes(&self.node, &self.base)))
    }

    /// The refusal of matrices that would take so many bytes.
    pub(super) fn too_large(&self, bytes: u128) -> RepError {
        RepError::TooLarge { name: name::brief(&self.node), dim: self.dim.clone(), bytes }
    }

    /// The name as mathematicians write it: `V⊗V`, `Sym²V`, `3Λ²V ⊕ V*`.
    pub fn name(&self) -> String {
        name::unicode(&self.node)
    }

    /// The name in LaTeX, for math mode: `V \otimes V`, `\mathrm{Sym}^{2}V`.
    pub fn latex_name(&self) -> String {
        name::latex(&self.node)
    }

    /// The name as it is typed: `V*V`, `Sym(V,2)`, `3*Alt(V,2) + dual(V)`.
    pub fn ascii_name(&self) -> String {
        name::ascii(&self.node, self.base.name())
    }

    /// The matrices by which the basis elements of the algebra act, in their order; exact.
    ///
    /// Their memory is estimated before anything is built.
    pub fn matrices(&self, limits: &Limits) -> Result<Vec<SparseMatrix>, RepError> {
        let all: Vec<usize> = (0..self.base.algebra().dim()).collect();
        self.matrices_of(&all, limits)
    }

    /// The matrices of some basis elements.
    pub(super) fn matrices_of(&self, elements: &[usize], limits: &Limits) -> Result<Vec<SparseMatrix>, RepError> {
        self.base.require_exact()?;
        self.size()?;
        let bytes = action::bytes(&self.node, &self.base).saturating_mul(elements.len() as u128);
        if bytes > action::MAX_BYTES {
            return Err(self.too_large(bytes));
        }
        limits.reserve(bytes)?;
        Ok(elements.iter().map(|&e| action::matrix(&self.node, &self.base, e, limits)).collect::<Result<_, _>>()?)
    }

    /// The matrices by which the discrete generators act, in their order; exact.
    ///
    /// Their memory is estimated before anything is built.
    pub fn discrete_matrices(&self, limits: &Limits) -> Result<Vec<SparseMatrix>, RepError> {
        self.base.require_exact()?;
        self.size()?;
        let count = self.base.discrete_count();
        let bytes = element_action::bytes(&self.node, &self.base).saturating_mul(count as u128);
        if count > 0 && bytes > action::MAX_BYTES {
            return Err(self.too_large(bytes));
        }
        limits.reserve(bytes)?;
        (0..count).map(|index| element_action::element(&self.node, &self.base, index, false, limits)).collect()
    }

    /// An isomorphic representation in canonical form: sums expanded and sorted, duals moved to the leaves, factors
    /// sorted and collected. Its basis is another one in general.
    pub fn canonical(&self) -> Result<Rep, RepError> {
        Rep::from_node(&self.base, canonical::canonical(&self.node, &self.base).to_node())
    }
}

/// Whether the canonical forms agree: then the representations are isomorphic. Different forms may still be
/// isomorphic: `Λ²V` and the adjoint representation of SO(3) are, and nothing here knows.
impl PartialEq for Rep {
    fn eq(&self, other: &Rep) -> bool {
        self.base.is_same(&other.base)
            && self.dim == other.dim
            && (self.node == other.node
                || canonical::canonical(&self.node, &self.base) == canonical::canonical(&other.node, &other.base))
    }
}

impl fmt::Display for Rep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.name())
    }
}

impl fmt::Debug for Rep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rep({} of {})", self.name(), self.base.name())
    }
}

impl From<&Group> for Base {
    fn from(group: &Group) -> Base {
        group.base().clone()
    }
}

fn summands(node: &Arc<Node>) -> Vec<(Arc<Node>, u64)> {
    match &**node {
        Node::Sum(terms) => terms.clone(),
        _ => vec![(node.clone(), 1)],
    }
}

/// Appends copies of a summand; equal neighbours are counted together while a machine word holds the count.
fn push_term(terms: &mut Vec<(Arc<Node>, u64)>, x: Arc<Node>, times: u64) {
    if let Some((last, count)) = terms.last_mut()
        && *last == x
        && let Some(sum) = count.checked_add(times)
    {
        *count = sum;
    } else {
        terms.push((x, times));
    }
}

/// The sum of these terms; one term alone is itself.
pub(super) fn sum_node(terms: Vec<(Arc<Node>, u64)>) -> Arc<Node> {
    match &terms[..] {
        [(only, 1)] => only.clone(),
        _ => Arc::new(Node::Sum(terms)),
    }
}

fn factors(node: &Arc<Node>) -> Vec<(Arc<Node>, u32)> {
    match &**node {
        Node::Scalar => Vec::new(),
        Node::Tensor(list) => list.clone(),
        _ => vec![(node.clone(), 1)],
    }
}

/// The product of these powers; one factor alone is itself.
pub(super) fn tensor_node(list: Vec<(Arc<Node>, u32)>) -> Arc<Node> {
    match &list[..] {
        [] => Arc::new(Node::Scalar),
        [(only, 1)] => only.clone(),
        _ => Arc::new(Node::Tensor(list)),
    }
}

/// Checks `ρ([e_i, e_j]) = [ρ(e_i), ρ(e_j)]` for all pairs.
fn check_brackets(g: &Algebra, matrices: &[SparseMatrix], limits: &Limits) -> Result<(), RepError> {
    for i in 0..g.dim() {
        for j in i + 1..g.dim() {
            limits.check()?;
            let mut rest = matrices[i].commutator(&matrices[j]);
            for (k, c) in g.constants().upper(i, j) {
                rest = rest.add_scaled(&-c, &matrices[*k as usize]);
            }
            if !rest.is_zero() {
                return Err(RepError::NotARepresentation { first: i, second: j });
            }
        }
    }
    Ok(())
}
