//! The tree of an expression for a representation, its dimension and the size of its matrices.

use std::sync::Arc;

use num_bigint::BigUint;
use num_traits::{One, ToPrimitive, Zero};

use super::{Base, Element, RepError, name};
use crate::exact::SparseMatrix;

/// A representation given by one matrix for each basis element of the algebra and one for each discrete generator,
/// checked when it was made.
#[derive(Debug, PartialEq)]
pub(super) struct Given {
    pub name: String,
    pub dim: usize,
    pub matrices: Vec<SparseMatrix>,
    /// The images of the discrete generators.
    pub discrete: Vec<Element>,
    /// Whether the former are skew-symmetric and the latter orthogonal: then the representation is its own dual.
    pub orthogonal: bool,
}

/// A node of the tree. Sums and products keep the order in which they were written, as it fixes the basis.
#[derive(Debug, PartialEq)]
pub(super) enum Node {
    Scalar,
    Vector,
    /// The complex conjugate of the defining representation of complex matrices.
    Conjugate,
    Adjoint,
    Given(Arc<Given>),
    /// A representation of one factor of a product of groups, by its place.
    Of(usize, Arc<Node>),
    Dual(Arc<Node>),
    /// Summands with multiplicities; empty for the zero representation.
    Sum(Vec<(Arc<Node>, u64)>),
    /// Factors with exponents.
    Tensor(Vec<(Arc<Node>, u32)>),
    Symmetric(Arc<Node>, u32),
    Alternating(Arc<Node>, u32),
    /// Linear maps from the first to the second, as `second ⊗ first*`.
    Hom(Arc<Node>, Arc<Node>),
}

/// Deeper trees are refused: everything here recurses over them.
const MAX_DEPTH: usize = 64;
/// Trees with more nodes (shared ones counted as often as they occur) are refused.
const MAX_NODES: usize = 10_000;
/// Dimensions with more binary digits are refused.
const MAX_BITS: u64 = 16_384;

impl Node {
    pub fn children(&self) -> Vec<&Arc<Node>> {
        match self {
            Node::Scalar | Node::Vector | Node::Conjugate | Node::Adjoint | Node::Given(_) => Vec::new(),
            Node::Of(_, x) | Node::Dual(x) | Node::Symmetric(x, _) | Node::Alternating(x, _) => vec![x],
            Node::Sum(terms) => terms.iter().map(|(x, _)| x).collect(),
            Node::Tensor(factors) => factors.iter().map(|(x, _)| x).collect(),
            Node::Hom(x, y) => vec![x, y],
        }
    }

    /// The same tree over its children as `of` changes them; leaves, and what one factor of a product acts by, stay.
    pub fn rebuilt<E>(
        self: &Arc<Node>,
        mut of: impl FnMut(&Arc<Node>) -> Result<Arc<Node>, E>,
    ) -> Result<Arc<Node>, E> {
        Ok(Arc::new(match &**self {
            Node::Scalar | Node::Vector | Node::Conjugate | Node::Adjoint | Node::Given(_) | Node::Of(..) => {
                return Ok(self.clone());
            }
            Node::Dual(x) => Node::Dual(of(x)?),
            Node::Sum(terms) => Node::Sum(terms.iter().map(|(x, n)| Ok((of(x)?, *n))).collect::<Result<_, E>>()?),
            Node::Tensor(list) => Node::Tensor(list.iter().map(|(x, n)| Ok((of(x)?, *n))).collect::<Result<_, E>>()?),
            Node::Symmetric(x, k) => Node::Symmetric(of(x)?, *k),
            Node::Alternating(x, k) => Node::Alternating(of(x)?, *k),
            Node::Hom(x, y) => Node::Hom(of(x)?, of(y)?),
        }))
    }

    /// (depth, number of nodes), or `None` beyond the bounds. Stops counting as soon as one is passed.
    fn measure(&self, depth: usize, count: &mut usize) -> Option<()> {
        *count += 1;
        if depth > MAX_DEPTH || *count > MAX_NODES {
            return None;
        }
        self.children().into_iter().try_for_each(|x| x.measure(depth + 1, count))
    }

    /// The highest degree in which a leaf occurs; saturates.
    pub fn degree(&self) -> u64 {
        match self {
            Node::Scalar => 0,
            Node::Vector | Node::Conjugate | Node::Adjoint | Node::Given(_) => 1,
            Node::Of(_, x) | Node::Dual(x) => x.degree(),
            Node::Sum(terms) => terms.iter().map(|(x, _)| x.degree()).max().unwrap_or(0),
            Node::Tensor(factors) => factors
                .iter()
                .fold(0, |sum: u64, (x, exponent)| sum.saturating_add(x.degree().saturating_mul(u64::from(*exponent)))),
            Node::Symmetric(x, k) | Node::Alternating(x, k) => x.degree().saturating_mul(u64::from(*k)),
            Node::Hom(x, y) => x.degree().saturating_add(y.degree()),
        }
    }

    /// The dimension, or an error for a tree beyond the bounds.
    pub fn checked_dim(&self, base: &Base) -> Result<BigUint, RepError> {
        self.measure(0, &mut 0).ok_or(RepError::TooComplicated)?;
        let dim = self.dim(base).ok_or_else(|| RepError::Astronomic(name::brief(self)))?;
        if self.degree() > u64::from(u32::MAX) { Err(RepError::TooComplicated) } else { Ok(dim) }
    }

    /// The dimension, or `None` when it has too many digits.
    pub fn dim(&self, base: &Base) -> Option<BigUint> {
        let found = match self {
            Node::Scalar => BigUint::one(),
            Node::Vector | Node::Conjugate => BigUint::from(base.vector_dim().unwrap_or(0)),
            Node::Adjoint => BigUint::from(base.algebra().dim()),
            Node::Given(given) => BigUint::from(given.dim),
            Node::Of(factor, x) => x.dim(base.factor(*factor))?,
            Node::Dual(x) => x.dim(base)?,
            Node::Sum(terms) => {
                let mut sum = BigUint::zero();
                for (x, times) in terms {
                    sum += x.dim(base)? * *times;
                }
                sum
            }
            Node::Tensor(factors) => {
                let mut product = BigUint::one();
                for (x, exponent) in factors {
                    product *= power(&x.dim(base)?, *exponent)?;
                    bounded(&product)?;
                }
                product
            }
            Node::Symmetric(x, k) => symmetric_dim(&x.dim(base)?, *k)?,
            Node::Alternating(x, k) => binomial(&x.dim(base)?, &BigUint::from(*k))?,
            Node::Hom(x, y) => x.dim(base)? * y.dim(base)?,
        };
        bounded(&found)?;
        Some(found)
    }

    /// An upper bound for the non-zero entries of the matrix of one basis element; saturates.
    pub fn nonzeros(&self, base: &Base) -> u128 {
        let dim = |x: &Node| x.dim(base).map_or(u128::MAX, |d| wide(&d));
        match self {
            Node::Scalar => 0,
            Node::Vector => match base.defining() {
                Some(defining) => defining.nonzeros(base),
                None => base.vector_nonzeros() as u128,
            },
            Node::Conjugate => base.vector_nonzeros() as u128,
            Node::Adjoint => base.adjoint_nonzeros() as u128,
            Node::Given(given) => given.matrices.iter().map(SparseMatrix::nonzeros).max().unwrap_or(0) as u128,
            Node::Of(factor, x) => x.nonzeros(base.factor(*factor)),
            Node::Dual(x) => x.nonzeros(base),
            Node::Sum(terms) => terms.iter().fold(0, |sum: u128, (x, times)| {
                sum.saturating_add(x.nonzeros(base).saturating_mul(u128::from(*times)))
            }),
            // One factor acts, all indices of the others run freely. Factors of dimension 1 share the diagonal.
            Node::Tensor(factors) => {
                let total = dim(self);
                factors.iter().fold(0, |sum: u128, (x, exponent)| {
                    let own = dim(x).max(1);
                    let copies = if own == 1 { 1 } else { u128::from(*exponent) };
                    sum.saturating_add(x.nonzeros(base).saturating_mul(total / own).saturating_mul(copies))
                })
            }
            Node::Hom(x, y) => {
                let acting_on_y = y.nonzeros(base).saturating_mul(dim(x));
                acting_on_y.saturating_add(x.nonzeros(base).saturating_mul(dim(y)))
            }
            // An entry (i, j) acts on the monomials divisible by e_j: those of degree k − 1 in number.
            Node::Symmetric(x, k) => {
                let rest = x.dim(base).and_then(|d| symmetric_dim(&d, k.saturating_sub(1)));
                x.nonzeros(base).saturating_mul(rest.map_or(u128::MAX, |d| wide(&d)))
            }
            Node::Alternating(x, k) => {
                let rest = x.dim(base).and_then(|d| binomial(&d, &BigUint::from(k.saturating_sub(1))));
                x.nonzeros(base).saturating_mul(rest.map_or(u128::MAX, |d| wide(&d)))
            }
        }
    }
}

impl Node {
    /// An upper bound for the non-zero entries of the matrix of one discrete generator; saturates.
    pub fn element_nonzeros(&self, base: &Base) -> u128 {
        let dim = |x: &Node| x.dim(base).map_or(u128::MAX, |d| wide(&d));
        let largest = |all: &[Element]| all.iter().map(Element::nonzeros).max().unwrap_or(0) as u128;
        match self {
            Node::Scalar => 1,
            Node::Vector => match base.defining() {
                Some(defining) => defining.element_nonzeros(base),
                None => largest(base.discrete()).max(dim(self)),
            },
            Node::Conjugate => largest(base.discrete()).max(dim(self)),
            Node::Adjoint => dim(self).saturating_mul(dim(self)),
            Node::Given(given) => largest(&given.discrete),
            Node::Of(factor, x) => x.element_nonzeros(base.factor(*factor)),
            Node::Dual(x) => x.element_nonzeros(base),
            Node::Sum(terms) => terms.iter().fold(0, |sum: u128, (x, times)| {
                sum.saturating_add(x.element_nonzeros(base).saturating_mul(u128::from(*times)))
            }),
            Node::Tensor(factors) => factors.iter().fold(1, |product: u128, (x, exponent)| {
                product.saturating_mul(x.element_nonzeros(base).saturating_pow(*exponent))
            }),
            Node::Hom(x, y) => x.element_nonzeros(base).saturating_mul(y.element_nonzeros(base)),
            // A column is a product of k columns; at most every monomial occurs in it.
            Node::Symmetric(x, k) | Node::Alternating(x, k) => {
                let (own, inner) = (dim(self), dim(x).max(1));
                let widest = x.element_nonzeros(base).saturating_sub(inner).saturating_add(1).min(inner);
                own.saturating_mul(widest.saturating_pow(*k).min(own))
            }
        }
    }
}

/// The value, or the largest one for what does not fit.
pub(super) fn wide(x: &BigUint) -> u128 {
    x.to_u128().unwrap_or(u128::MAX)
}

fn bounded(x: &BigUint) -> Option<()> {
    (x.bits() <= MAX_BITS).then_some(())
}

/// `base^exponent`, or `None` when it has too many digits.
fn power(base: &BigUint, exponent: u32) -> Option<BigUint> {
    // base ≥ 2^(bits − 1)
    let least_bits = base.bits().saturating_sub(1).saturating_mul(u64::from(exponent));
    (least_bits <= MAX_BITS).then(|| base.pow(exponent))
}

/// `dim Sym^k = C(d + k − 1, k)` for dimension `d`.
pub(super) fn symmetric_dim(d: &BigUint, k: u32) -> Option<BigUint> {
    match (d.is_zero(), k) {
        (_, 0) => Some(BigUint::one()),
        (true, _) => Some(BigUint::zero()),
        _ => binomial(&(d + k - 1u32), &BigUint::from(k)),
    }
}

/// The binomial coefficient `C(n, k)`, or `None` when it has too many digits.
pub(super) fn binomial(n: &BigUint, k: &BigUint) -> Option<BigUint> {
    if k > n {
        return Some(BigUint::zero());
    }
    let shorter = k.min(&(n - k)).clone();
    let start = n - &shorter;
    let mut out = BigUint::one();
    let mut i = BigUint::zero();
    // After step i this is C(start + i, i), which at least doubles in every step: ends within MAX_BITS steps.
    while i < shorter {
        i += 1u32;
        out = out * (&start + &i) / &i;
        bounded(&out)?;
    }
    Some(out)
}
