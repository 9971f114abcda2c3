//! How elements of a group act in a representation modulo a prime, on many vectors at once, leg by leg.

use std::sync::Arc;

use super::action::size;
use super::node::Node;
use super::power_frame::{Elementary, PowerFrame, elementary_factors};
use super::{Base, Rep, RepError};
use crate::exact::ModMatrix;
use crate::limits::Limits;
use crate::num::Prime;

/// Dense matrices of legs that are no powers have at most this many entries.
const MAX_ENTRIES: usize = 1 << 24;

/// An element of the group with its inverse, or one of its algebra with its negative, modulo a prime.
#[derive(Clone, Debug)]
pub struct ResidueElement {
    /// Whether it belongs to the group.
    pub finite: bool,
    /// Its matrix on the defining space.
    pub matrix: ModMatrix,
    /// The inverse, or the negative.
    pub inverse: ModMatrix,
}

impl ResidueElement {
    /// An element of the group; `None` for a singular matrix.
    pub fn of_group(p: Prime, matrix: ModMatrix, limits: &Limits) -> Result<Option<ResidueElement>, RepError> {
        let inverse = matrix.inverse(p, limits)?;
        Ok(inverse.map(|inverse| ResidueElement { finite: true, matrix, inverse }))
    }

    /// An element of the algebra.
    pub fn of_algebra(p: Prime, matrix: ModMatrix) -> ResidueElement {
        let mut inverse = matrix.clone();
        inverse.entries_mut().iter_mut().for_each(|x| *x = p.neg(*x));
        ResidueElement { finite: false, matrix, inverse }
    }
}

/// A leg of a tensor.
struct Leg {
    /// What the frame is a power of.
    inner: Arc<Node>,
    /// The exponent, and whether it is an exterior power.
    power: Option<(u32, bool)>,
    dual: bool,
    frame: Arc<PowerFrame>,
}

/// A tensor of the legs of a representation; vectors stand in blocks, the number of the vector running fastest.
pub struct ResidueTensor {
    base: Base,
    legs: Vec<Leg>,
}

/// An element of the group or its algebra on a tensor.
pub struct ResidueOperator {
    p: Prime,
    acting: Vec<Acting>,
}

enum Acting {
    Group(Vec<Elementary>),
    Algebra(ModMatrix),
}

impl ResidueTensor {
    /// The tensor of a representation without sums at the top; `None` where something else acts than the defining matrices.
    pub fn new(rep: &Rep, limits: &Limits) -> Result<Option<ResidueTensor>, RepError> {
        let base = rep.base().clone();
        let [rows, cols] = rep.float_legs()?;
        let mut legs: Vec<Leg> = Vec::new();
        for (leg, dual) in rows.into_iter().chain(cols.into_iter().map(|(leg, dual)| (leg, !dual))) {
            limits.check()?;
            if !acts_by_matrices(&leg.node) {
                return Ok(None);
            }
            let (inner, power) = match &*leg.node {
                Node::Symmetric(x, k) => (x.clone(), Some((*k, false))),
                Node::Alternating(x, k) => (x.clone(), Some((*k, true))),
                _ => (leg.node.clone(), None),
            };
            let frame = match legs.iter().find(|known| known.inner == inner && known.power == power) {
                Some(known) => known.frame.clone(),
                None => {
                    let n = size(&inner, &base);
                    if n.saturating_mul(n) > MAX_ENTRIES {
                        return Err(leg.too_large((n as u128).pow(2) * 8));
                    }
                    limits.reserve((n as u128).pow(2) * 64)?;
                    Arc::new(match power {
                        None => PowerFrame::first(n),
                        Some((k, alternating)) => PowerFrame::power(n, (leg.size()?, k), alternating, limits)?,
                    })
                }
            };
            legs.push(Leg { inner, power, dual, frame });
        }
        Ok(Some(ResidueTensor { base, legs }))
    }

    /// The dimension.
    pub fn dim(&self) -> usize {
        self.legs.iter().fold(1, |product, leg| product.saturating_mul(leg.frame.size))
    }

    /// Multiplications that one element takes for one vector, at most.
    pub fn cost(&self) -> usize {
        let dim = self.dim();
        let of = |leg: &Leg| (dim / leg.frame.size.max(1)).saturating_mul(leg.frame.cost());
        self.legs.iter().map(of).fold(0, usize::saturating_add)
    }

    /// An element on this tensor; `None` for a prime at which something is singular.
    pub fn operator(
        &self,
        p: Prime,
        element: &ResidueElement,
        limits: &Limits,
    ) -> Result<Option<ResidueOperator>, RepError> {
        let mut known: Vec<(&Arc<Node>, bool, ModMatrix)> = Vec::new();
        let mut acting = Vec::with_capacity(self.legs.len());
        for leg in &self.legs {
            let at = match known.iter().position(|(node, dual, _)| *node == &leg.inner && *dual == leg.dual) {
                Some(at) => at,
                None => {
                    let mut matrix = self.matrix(p, &leg.inner, element, leg.dual, limits)?;
                    if leg.dual {
                        matrix = matrix.transpose();
                    }
                    known.push((&leg.inner, leg.dual, matrix));
                    known.len() - 1
                }
            };
            let matrix = &known[at].2;
            acting.push(match element.finite {
                true => match elementary_factors(p, matrix) {
                    Some(factors) => Acting::Group(factors),
                    None => return Ok(None),
                },
                false => Acting::Algebra(matrix.clone()),
            });
        }
        Ok(Some(ResidueOperator { p, acting }))
    }

    /// The images of `width` vectors: under an element of the group, or of its algebra.
    pub fn apply(&self, operator: &ResidueOperator, mut block: Vec<u32>, width: usize) -> Vec<u32> {
        let p = operator.p;
        let derivation = operator.acting.iter().any(|acting| matches!(acting, Acting::Algebra(_)));
        let mut sum = if derivation { vec![0; block.len()] } else { Vec::new() };
        let mut inner = width;
        for (leg, acting) in self.legs.iter().zip(&operator.acting).rev() {
            match acting {
                Acting::Group(factors) => leg.frame.apply(p, factors, &mut block, inner),
                Acting::Algebra(matrix) => leg.frame.add_derivation(p, matrix, &block, &mut sum, inner),
            }
            inner *= leg.frame.size;
        }
        if derivation { sum } else { block }
    }

    /// The matrix of an element, or of its inverse, by the tree.
    fn matrix(
        &self,
        p: Prime,
        node: &Arc<Node>,
        element: &ResidueElement,
        inverse: bool,
        limits: &Limits,
    ) -> Result<ModMatrix, RepError> {
        limits.check()?;
        let on = |x: &Arc<Node>, inverse: bool| self.matrix(p, x, element, inverse, limits);
        Ok(match &**node {
            Node::Scalar => ModMatrix::from_rows(1, [vec![u32::from(element.finite)]]),
            Node::Vector => if inverse { &element.inverse } else { &element.matrix }.clone(),
            Node::Dual(x) => on(x, !inverse)?.transpose(),
            Node::Sum(terms) => {
                let mut blocks = Vec::new();
                for (x, times) in terms {
                    let block = on(x, inverse)?;
                    blocks.extend((0..if block.rows() == 0 { 0 } else { *times }).map(|_| block.clone()));
                }
                let total = blocks.iter().map(ModMatrix::rows).sum();
                let mut out = ModMatrix::zero(total, total);
                let mut start = 0;
                for block in blocks {
                    for i in 0..block.rows() {
                        out.row_mut(start + i)[start..start + block.rows()].copy_from_slice(block.row(i));
                    }
                    start += block.rows();
                }
                out
            }
            Node::Tensor(list) => {
                let mut product = ModMatrix::from_rows(1, [vec![u32::from(element.finite)]]);
                for (x, exponent) in list {
                    let factor = on(x, inverse)?;
                    for _ in 0..*exponent {
                        product = together(p, &product, &factor, element.finite);
                    }
                }
                product
            }
            Node::Hom(x, y) => together(p, &on(y, inverse)?, &on(x, !inverse)?.transpose(), element.finite),
            Node::Symmetric(x, k) | Node::Alternating(x, k) => {
                let alternating = matches!(&**node, Node::Alternating(..));
                let own = on(x, inverse)?;
                let frame = PowerFrame::power(own.rows(), (size(node, &self.base), *k), alternating, limits)?;
                let n = frame.size;
                let mut block = ModMatrix::identity(n);
                if element.finite {
                    let factors = elementary_factors(p, &own).unwrap_or_default();
                    frame.apply(p, &factors, block.entries_mut(), n);
                    block
                } else {
                    let mut sum = ModMatrix::zero(n, n);
                    frame.add_derivation(p, &own, block.entries(), sum.entries_mut(), n);
                    sum
                }
            }
            Node::Adjoint | Node::Conjugate | Node::Given(_) | Node::Of(..) => {
                return Err(self.base.no_rationals());
            }
        })
    }
}

/// Whether a representation is made of the defining one alone.
fn acts_by_matrices(node: &Node) -> bool {
    match node {
        Node::Adjoint | Node::Conjugate | Node::Given(_) | Node::Of(..) => false,
        _ => node.children().into_iter().all(|x| acts_by_matrices(x)),
    }
}

/// `a ⊗ b`, or `a ⊗ 1 + 1 ⊗ b`.
fn together(p: Prime, a: &ModMatrix, b: &ModMatrix, finite: bool) -> ModMatrix {
    let (m, n) = (a.rows(), b.rows());
    let entry = |i: usize, j: usize| {
        let (x, y) = (a.row(i / n)[j / n], b.row(i % n)[j % n]);
        match finite {
            true => p.mul(x, y),
            false => p.add(if i % n == j % n { x } else { 0 }, if i / n == j / n { y } else { 0 }),
        }
    };
    ModMatrix::from_rows(m * n, (0..m * n).map(|i| (0..m * n).map(|j| entry(i, j)).collect()))
}
