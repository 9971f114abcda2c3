//! A given representation of a reductive algebra as a sum of irreducibles over C, named by highest weights.
//!
//! Only the leaves of an expression are looked at as matrices; sums, products and powers are left to the characters of
//! [`crate::weights`]. The weights of a leaf are exact, although they are found modulo a prime: see `leaf.rs`.

mod embedding;
mod floating;
mod frame;
mod isotypic;
mod leaf;
mod modular;
mod of_weight;
mod parts;
mod splitting;
#[cfg(test)]
mod tests;

pub use crate::finite::RealType;
pub use embedding::{Splitter, Splitting, Summand};
pub use floating::{FloatDecomposition, float_decomposition};
pub use frame::Frame;
pub use isotypic::{Component, Isotypic, isotypic};
pub use of_weight::irreducible_of_group;
pub use parts::{Part, Parts, irreducible_parts};

use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::One;

use super::node::Node;
use super::{Base, Rep, RepError};
use crate::lie::chevalley::ChevalleyError;
use crate::limits::{Limits, Stop};
use crate::weights::{Module, WeightError};
use isotypic::MAX_COMMUTANT;
use leaf::Leaves;
pub(super) use leaf::frequency;

/// Why a representation could not be decomposed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DecomposeError {
    /// The algebra has a radical that is larger than its centre.
    #[error("{0} is not reductive: its representations need not be sums of irreducibles")]
    NotReductive(String),
    /// No Cartan subalgebra splits over a small field or modulo a prime that was tried.
    #[error(
        "no Cartan subalgebra of {0} was found that splits over Q, a quadratic field or modulo one of several thousand primes"
    )]
    NoExactBasis(String),
    /// A central element does not act by a diagonal matrix over C.
    #[error(
        "the representation is no sum of irreducibles: a central element acts by a matrix that is not diagonalizable"
    )]
    NotCompletelyReducible,
    /// The eigenvalues of a central element are no multiples of one number.
    #[error(
        "the eigenvalues of a central element are no rational multiples of one square root: there are no integer charges"
    )]
    NoCharges,
    /// The matrices are too large for elimination.
    #[error("matrices of size {0} are too large to be decomposed; sums, products and powers of smaller ones are not")]
    TooLarge(usize),
    /// Charges that would change with what else occurs.
    #[error(
        "charges are no integers in units of the defining representation, so they hold within one expression only: decompose the whole expression"
    )]
    NoUnit,
    /// A group with generators beside its algebra.
    #[error("{0} is not connected: highest weights describe representations of connected groups")]
    Disconnected(String),
    /// Charges of floating-point matrices.
    #[error(
        "floating-point matrices are decomposed for semisimple algebras: charges have no unit that floats could tell"
    )]
    FloatCharges,
    /// Floating-point numbers that are off by too much.
    #[error("floating-point matrices that are too inexact: {what} are off by {residual:.1e}")]
    Inexact {
        /// What is off.
        what: &'static str,
        /// By how much.
        residual: f64,
    },
    /// Too many equivariant maps.
    #[error("the equivariant maps have dimension {0}; isotypic components are found up to {MAX_COMMUTANT}")]
    Commutant(BigInt),
    /// Characters that contradict each other.
    #[error("a check of the answer failed: {0}; please report this as a bug")]
    Check(String),
    /// An error about representations.
    #[error(transparent)]
    Rep(#[from] RepError),
    /// An error about weights.
    #[error(transparent)]
    Weights(#[from] WeightError),
    /// An error about Chevalley bases.
    #[error(transparent)]
    Chevalley(#[from] ChevalleyError),
    /// A limit was reached.
    #[error(transparent)]
    Stopped(#[from] Stop),
}

/// The complexification `V ⊗ C` as a module by highest weights; its dimension over C is that of `V` over R.
///
/// The type is that of the algebra over C, in the order of its Chevalley basis, with one charge for each basis element of
/// the centre; charges are integers without a common divisor on the defining representation and all that occurs.
pub fn complexification(rep: &Rep, limits: &Limits) -> Result<Module, DecomposeError> {
    complexification_beside(rep, rep, limits)
}

/// The same where charges are counted in the units of the defining representation alone, so that it can be combined with
/// others; an error where they are no integers there.
pub fn complexification_to_keep(rep: &Rep, limits: &Limits) -> Result<Module, DecomposeError> {
    let leaves = leaves(rep, rep, limits)?;
    if !leaves.defining_units {
        return Err(DecomposeError::NoUnit);
    }
    module(&rep.node, &leaves, limits)
}

/// A representation built of the defining one, which is given over C; `None` where it has other parts.
pub fn over_vectors(rep: &Rep, vector: &Module, limits: &Limits) -> Result<Option<Module>, DecomposeError> {
    let mut found = Vec::new();
    collect_leaves(&rep.node, &mut found);
    if !found.iter().all(|x| **x == Node::Vector) {
        return Ok(None);
    }
    module(&rep.node, &Leaves::of_vector_module(vector, limits)?, limits).map(Some)
}

/// The space on which the matrices of the base act, over C: `R^n ⊗ C` for real matrices, `C^n` for complex ones.
pub fn defining_module(base: &Base, limits: &Limits) -> Result<Module, DecomposeError> {
    match base.algebra().realization() {
        Some(matrices) if matrices.complex => Leaves::complex_vectors(base, &*base.frame(limits)?, limits),
        _ => complexification(&Rep::vector(base)?, limits),
    }
}

/// The complexification with the units of charges of another representation.
fn complexification_beside(rep: &Rep, whole: &Rep, limits: &Limits) -> Result<Module, DecomposeError> {
    module(&rep.node, &leaves(rep, whole, limits)?, limits)
}

fn leaves(rep: &Rep, whole: &Rep, limits: &Limits) -> Result<Leaves, DecomposeError> {
    rep.base().require_exact()?;
    if rep.base().discrete_count() > 0 {
        return Err(DecomposeError::Disconnected(rep.base().name().to_string()));
    }
    let (mut found, mut beside) = (Vec::new(), Vec::new());
    collect_leaves(&rep.node, &mut found);
    collect_leaves(&whole.node, &mut beside);
    if let Some(vector) = rep.base().vector_module()
        && found.iter().chain(&beside).all(|x| matches!(**x, Node::Vector | Node::Adjoint))
    {
        return Leaves::of_vector_module(vector, limits);
    }
    let frame = rep.base().frame(limits)?;
    Leaves::new(rep.base(), &frame, found, beside, limits)
}

/// The different leaves of an expression that have matrices.
fn collect_leaves(node: &Arc<Node>, out: &mut Vec<Arc<Node>>) {
    if matches!(&**node, Node::Vector | Node::Conjugate | Node::Adjoint | Node::Given(_) | Node::Of(..)) {
        if !out.contains(node) {
            out.push(node.clone());
        }
        // What a factor of a product acts on is not taken apart.
        return;
    }
    for child in node.children() {
        collect_leaves(child, out);
    }
}

fn module(node: &Arc<Node>, leaves: &Leaves, limits: &Limits) -> Result<Module, DecomposeError> {
    let of = |x: &Arc<Node>| module(x, leaves, limits);
    Ok(match &**node {
        Node::Vector | Node::Conjugate | Node::Adjoint | Node::Given(_) | Node::Of(..) => {
            leaves.module(node, limits)?
        }
        Node::Scalar => leaves.trivial(limits)?,
        Node::Dual(x) => of(x)?.dual(),
        Node::Sum(terms) => {
            let mut sum = leaves.trivial(limits)?.times(&BigInt::ZERO);
            for (index, (x, times)) in terms.iter().enumerate() {
                let (next, times) = (of(x)?, BigInt::from(*times));
                sum = match index {
                    0 if times.is_one() => next,
                    0 => next.times(&times),
                    _ => sum.plus(&times, &next)?,
                };
            }
            sum
        }
        Node::Tensor(factors) => {
            let mut product: Option<Module> = None;
            for (x, exponent) in factors {
                let next = match exponent {
                    1 => of(x)?,
                    _ => of(x)?.power(*exponent)?,
                };
                product = Some(match product {
                    None => next,
                    Some(product) => product.tensor(&next)?,
                });
            }
            match product {
                Some(product) => product,
                None => leaves.trivial(limits)?,
            }
        }
        Node::Symmetric(x, k) => of(x)?.symmetric_power(*k)?,
        Node::Alternating(x, k) => of(x)?.exterior_power(*k)?,
        Node::Hom(x, y) => of(y)?.tensor(&of(x)?.dual())?,
    })
}
