//! How a float element of a group, or of its algebra, acts in a representation, where its defining matrix is known.

use std::sync::Arc;

use super::action::size;
use super::node::Node;
use super::powers::float_power;
use super::rep::sum_node;
use super::{Base, FloatGenerators, Rep, RepError, element_action};
use crate::exact::Matrix;
use crate::limits::Limits;

/// The defining matrix of an element of a product of groups, from those of its factors.
pub(super) fn defining(base: &Base, parts: &[Matrix<f64>], limits: &Limits) -> Result<Matrix<f64>, RepError> {
    let Some(node) = base.defining() else { return Err(RepError::NoMatrices(base.name().to_string())) };
    matrix(node, parts, limits)
}

/// Sums and products of defining representations of the factors: what occurs in the definition of a product.
fn matrix(node: &Node, parts: &[Matrix<f64>], limits: &Limits) -> Result<Matrix<f64>, RepError> {
    limits.check()?;
    let one = || Matrix::filled(1, 1, 1.0);
    Ok(match node {
        Node::Scalar => one(),
        Node::Of(place, x) if **x == Node::Vector => parts.get(*place).cloned().unwrap_or_else(one),
        Node::Tensor(list) => {
            let mut product = one();
            for (x, exponent) in list {
                let factor = matrix(x, parts, limits)?;
                for _ in 0..*exponent {
                    product = kronecker(&product, &factor);
                }
            }
            product
        }
        Node::Sum(terms) => {
            let mut sum = Matrix::filled(0, 0, 0.0);
            for (x, times) in terms {
                let block = matrix(x, parts, limits)?;
                for _ in 0..*times {
                    sum = blocks(&sum, &block);
                }
            }
            sum
        }
        _ => return Err(RepError::TooComplicated),
    })
}

fn kronecker(a: &Matrix<f64>, b: &Matrix<f64>) -> Matrix<f64> {
    let (p, q) = (b.rows(), b.cols());
    Matrix::from_fn(a.rows() * p, a.cols() * q, |i, j| a[(i / p, j / q)] * b[(i % p, j % q)])
}

fn blocks(a: &Matrix<f64>, b: &Matrix<f64>) -> Matrix<f64> {
    let (p, q) = (a.rows(), a.cols());
    Matrix::from_fn(p + b.rows(), q + b.cols(), |i, j| match (i < p, j < q) {
        (true, true) => a[(i, j)],
        (false, false) => b[(i - p, j - q)],
        _ => 0.0,
    })
}

/// The most entries of a dense matrix of a generator.
const MAX_ENTRIES: u128 = 1 << 27;

impl Base {
    /// Whether generators of the group, or of a factor of it, are floats.
    pub fn has_floats(&self) -> bool {
        self.floats().is_some() || self.factors().iter().any(|factor| factor.floats().is_some())
    }
}

impl Rep {
    /// The generators of a group that is known by floats as they act on this representation, dense; of a product of groups
    /// those of each factor in turn. `None` for groups without floats.
    ///
    /// Cost: the square of the dimension for each generator.
    pub fn float_generators(&self, limits: &Limits) -> Result<Option<FloatGenerators>, RepError> {
        let base = self.base();
        if !base.has_floats() {
            return Ok(None);
        }
        if let (Node::Vector, Some(floats)) = (&*self.node, base.floats()) {
            return Ok(Some(floats.clone()));
        }
        let entries = (self.size()? as u128).pow(2);
        if entries > MAX_ENTRIES {
            return Err(self.too_large(entries.saturating_mul(8)));
        }
        let factors: Vec<(Option<usize>, &Base)> = match base.factors() {
            [] => vec![(None, base)],
            all => all.iter().enumerate().map(|(place, factor)| (Some(place), factor)).collect(),
        };
        let count = |factor: &Base| match factor.floats() {
            Some(floats) => (floats.algebra.len(), floats.discrete.len()),
            None => (factor.algebra().dim(), factor.discrete_count()),
        };
        let all: usize = factors.iter().map(|(_, factor)| count(factor).0 + 2 * count(factor).1).sum();
        limits.reserve(entries.saturating_mul(16 * (all as u128 + 1)))?;
        let mut out = FloatGenerators::default();
        for (place, factor) in factors {
            let on = |finite: bool, number: usize, inverse: bool| {
                Acting { base, place, factor, finite, number, limits }.on(&self.node, inverse)
            };
            for k in 0..count(factor).0 {
                out.algebra.push(on(false, k, false)?);
            }
            for k in 0..count(factor).1 {
                out.discrete.push(on(true, k, false)?);
                out.inverses.push(on(true, k, true)?);
            }
        }
        Ok(Some(out))
    }

    /// The factors of a product that float generators act on one by one, each with `true` for its dual; those of the target
    /// and of the source of maps. What is no product is its only factor.
    pub fn float_legs(&self) -> Result<[Vec<(Rep, bool)>; 2], RepError> {
        let legs = |node: &Arc<Node>| -> Result<Vec<(Rep, bool)>, RepError> {
            let mut out = Vec::new();
            gather(node, false, &mut out)?;
            out.into_iter().map(|(node, dual)| Ok((Rep::from_node(self.base(), node)?, dual))).collect()
        };
        match &*self.node {
            Node::Hom(from, to) => Ok([legs(to)?, legs(from)?]),
            _ => Ok([legs(&self.node)?, Vec::new()]),
        }
    }
}

/// Products with more factors are refused.
const MAX_LEGS: usize = 4096;

fn gather(node: &Arc<Node>, dual: bool, out: &mut Vec<(Arc<Node>, bool)>) -> Result<(), RepError> {
    match &**node {
        Node::Scalar => {}
        Node::Dual(x) => gather(x, !dual, out)?,
        Node::Hom(x, y) => {
            gather(y, dual, out)?;
            gather(x, !dual, out)?;
        }
        Node::Tensor(factors) => {
            for (x, exponent) in factors {
                for _ in 0..*exponent {
                    gather(x, dual, out)?;
                }
            }
        }
        _ if out.len() == MAX_LEGS => return Err(RepError::TooComplicated),
        _ => out.push((node.clone(), dual)),
    }
    Ok(())
}

/// A generator of the group or of its algebra.
struct Acting<'a> {
    base: &'a Base,
    /// The factor that it belongs to, in a product, and where it stands there.
    place: Option<usize>,
    factor: &'a Base,
    finite: bool,
    number: usize,
    limits: &'a Limits,
}

impl Acting<'_> {
    /// Its matrix, or that of its inverse or negative.
    fn on(&self, node: &Arc<Node>, inverse: bool) -> Result<Matrix<f64>, RepError> {
        self.limits.check()?;
        // What leaves a space fixed: the identity, or the zero of the algebra.
        let fixed = |n: usize| {
            let unit = if self.finite { 1.0 } else { 0.0 };
            Matrix::from_fn(n, n, |i, j| if i == j { unit } else { 0.0 })
        };
        let unknown = || self.base.no_rationals();
        Ok(match &**node {
            Node::Scalar => fixed(1),
            // Of a product that was given no space of its own: the sum of those of its factors.
            Node::Vector if self.place.is_some() => {
                let own = |place| (Arc::new(Node::Of(place, Arc::new(Node::Vector))), 1);
                self.on(&sum_node((0..self.base.factors().len()).map(own).collect()), inverse)?
            }
            Node::Vector => self.stored(inverse).ok_or_else(unknown)?,
            Node::Of(place, inner) if Some(*place) == self.place => match self.factor.floats() {
                Some(_) => Acting { base: self.factor, place: None, ..*self }.on(inner, inverse)?,
                None => self.exact(inner, inverse)?,
            },
            Node::Of(..) => fixed(size(node, self.base)),
            Node::Dual(inner) => self.on(inner, !inverse)?.transpose(),
            Node::Sum(terms) => {
                let mut sum = Matrix::filled(0, 0, 0.0);
                for (inner, times) in terms {
                    let block = self.on(inner, inverse)?;
                    for _ in 0..if block.rows() == 0 { 0 } else { *times } {
                        sum = blocks(&sum, &block);
                    }
                }
                sum
            }
            Node::Tensor(list) => {
                let mut product = fixed(1);
                for (inner, exponent) in list {
                    let factor = self.on(inner, inverse)?;
                    for _ in 0..*exponent {
                        product = self.product(&product, &factor);
                    }
                }
                product
            }
            Node::Hom(from, to) => {
                let source = self.on(from, !inverse)?.transpose();
                self.product(&self.on(to, inverse)?, &source)
            }
            Node::Symmetric(inner, k) | Node::Alternating(inner, k) => {
                let alternating = matches!(&**node, Node::Alternating(..));
                let kind = (alternating, self.finite);
                float_power(&self.on(inner, inverse)?, (size(node, self.base), *k), kind, self.limits)?
            }
            Node::Conjugate | Node::Adjoint | Node::Given(_) => return Err(unknown()),
        })
    }

    /// The float generator.
    fn stored(&self, inverse: bool) -> Option<Matrix<f64>> {
        let floats = self.factor.floats()?;
        match (self.finite, inverse) {
            (true, false) => floats.discrete.get(self.number).cloned(),
            (true, true) => floats.inverses.get(self.number).cloned(),
            (false, false) => floats.algebra.get(self.number).cloned(),
            (false, true) => floats.algebra.get(self.number).map(|x| x.map(|x| -x)),
        }
    }

    /// The generator of an exact factor, in doubles.
    fn exact(&self, node: &Arc<Node>, inverse: bool) -> Result<Matrix<f64>, RepError> {
        let rep = Rep::from_node(self.factor, node.clone())?;
        let found = match self.finite {
            true => element_action::element(&rep.node, self.factor, self.number, inverse, self.limits)?,
            false => rep.matrices_of(&[self.number], self.limits)?.swap_remove(0),
        };
        let sign = if inverse && !self.finite { -1.0 } else { 1.0 };
        let mut out = Matrix::filled(found.rows(), found.cols(), 0.0);
        found.triples().for_each(|(i, j, v)| out[(i, j)] = sign * v.to_f64());
        Ok(out)
    }

    /// `a ⊗ b`, or `a ⊗ 1 + 1 ⊗ b`.
    fn product(&self, a: &Matrix<f64>, b: &Matrix<f64>) -> Matrix<f64> {
        if self.finite {
            return kronecker(a, b);
        }
        let (p, q) = (b.rows(), b.cols());
        Matrix::from_fn(a.rows() * p, a.cols() * q, |i, j| {
            let left = if i % p == j % q { a[(i / p, j / q)] } else { 0.0 };
            left + if i / p == j / q { b[(i % p, j % q)] } else { 0.0 }
        })
    }
}
