//! Chevalley bases of given semisimple algebras, with the explicit isomorphism to the standard one.
//!
//! Over Q when a split Cartan subalgebra is found, over a quadratic field when one is found that splits there, and
//! numerically otherwise. The standard basis is that of `split(type)`: [`crate::lie::named::ChevalleyBasis`].

mod conic;
mod exact;
mod floats;
mod frame;
mod isomorphism;
mod numerical;
mod numerical_involution;
mod roots;
mod spectrum;
mod surd;
mod system;
#[cfg(test)]
mod tests;
mod torus;
mod vogan;

pub use conic::{Conic, zero as conic_zero};
pub use exact::{ExactBasis, generators};
pub use isomorphism::{Comparison, ExactIsomorphism, NumericalIsomorphism, cartan_type_of, isomorphism, real_forms_of};
pub use numerical::NumericalBasis;
pub use surd::{Surd, SurdVector};
pub use vogan::Vogan;

use super::{Algebra, IdentifyError, Semisimple, Signature, StructureConstants, killing_form, semisimple, signature};
use crate::exact::{Matrix, Subspace};
use crate::limits::{Limits, Stop};
use crate::num::Rational;
use crate::roots::CartanType;

/// The largest dimension for floating-point bases.
const MAX_NUMERICAL: usize = 700;

/// Why there is no Chevalley basis.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ChevalleyError {
    /// The Killing form is degenerate.
    #[error("the algebra is not semisimple: its Killing form has rank {rank}, its dimension is {dim}")]
    NotSemisimple {
        /// The rank of the Killing form.
        rank: usize,
        /// The dimension of the algebra.
        dim: usize,
    },
    /// The algebra could not be identified.
    #[error(transparent)]
    Identify(#[from] IdentifyError),
    /// A limit was reached.
    #[error(transparent)]
    Stop(#[from] Stop),
    /// No exact basis was found, and floating-point numbers are too inexact.
    #[error("no Cartan subalgebra was found that splits over Q or a quadratic field, and doubles are too inexact: {0}")]
    Imprecise(String),
}

/// The vectors of a Chevalley basis, in the order of `split(type)`.
#[derive(Debug, Clone, PartialEq)]
pub enum Basis {
    /// Over Q or a quadratic field, checked exactly.
    Exact(ExactBasis),
    /// Over C, in double precision; the root system is certified.
    Numerical(NumericalBasis),
}

impl Basis {
    /// The type, its summands in the order of the basis.
    pub fn cartan_type(&self) -> &CartanType {
        match self {
            Basis::Exact(basis) => &basis.cartan_type,
            Basis::Numerical(basis) => &basis.cartan_type,
        }
    }
}

/// A Chevalley basis of a semisimple algebra.
#[derive(Debug, Clone, PartialEq)]
pub struct Chevalley {
    /// The basis.
    pub basis: Basis,
    /// The simple ideals of the algebra over Q with their real forms.
    pub parts: Semisimple,
}

/// What is known exactly of a semisimple algebra.
struct Known {
    killing: Matrix<Rational>,
    signature: Signature,
    parts: Semisimple,
    spaces: Vec<Subspace>,
}

impl Known {
    fn of(algebra: &Algebra, limits: &Limits) -> Result<Known, ChevalleyError> {
        let constants = algebra.constants();
        limits.progress("Killing form", 0.0);
        let killing = killing_form(constants, limits)?;
        let signature = signature(&killing, limits)?;
        if signature.zero > 0 {
            let rank = signature.positive + signature.negative;
            return Err(ChevalleyError::NotSemisimple { rank, dim: algebra.dim() });
        }
        let (parts, spaces) = semisimple::analyze_with_ideals(constants, &killing, limits)?;
        Ok(Known { killing, signature, parts, spaces })
    }

    fn given<'a>(&'a self, constants: &'a StructureConstants, limits: &'a Limits) -> numerical::Given<'a> {
        let cartan_type = cartan_type_of(&self.parts);
        numerical::Given { constants, killing: &self.killing, signature: self.signature, cartan_type, limits }
    }
}

/// A Chevalley basis of a semisimple algebra: exact when possible, else numerical.
pub fn chevalley(algebra: &Algebra, limits: &Limits) -> Result<Chevalley, ChevalleyError> {
    let known = Known::of(algebra, limits)?;
    if let Some(basis) = exact::exact_basis(algebra.constants(), &known.parts, &known.spaces, limits)? {
        return Ok(Chevalley { basis: Basis::Exact(basis), parts: known.parts });
    }
    if algebra.dim() > MAX_NUMERICAL {
        let message = format!("dimension {} is above {MAX_NUMERICAL}", algebra.dim());
        return Err(ChevalleyError::Imprecise(message));
    }
    match numerical::numerical_basis(&known.given(algebra.constants(), limits))? {
        Ok(basis) => Ok(Chevalley { basis: Basis::Numerical(basis), parts: known.parts }),
        Err(why) => Err(ChevalleyError::Imprecise(why)),
    }
}
