//! Chevalley bases of given semisimple algebras, with the explicit isomorphism to the standard one.
//!
//! Over Q when a split Cartan subalgebra is found, over a quadratic field when one is found that splits there, and
//! numerically otherwise. The standard basis is that of `split(type)`: [`crate::lie::named::ChevalleyBasis`].

mod conic;
mod exact;
mod roots;
mod spectrum;
mod surd;
mod torus;

pub use exact::ExactBasis;
pub use surd::{Surd, SurdVector};

use super::{Algebra, IdentifyError, Semisimple, killing_form, semisimple, signature};
use crate::limits::{Limits, Stop};

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
    /// Only a limit was reached.
    #[error(transparent)]
    Stop(#[from] Stop),
    /// No exact basis was found.
    #[error("no exact basis")]
    Missing,
}

/// A Chevalley basis of a semisimple algebra.
#[derive(Debug, Clone, PartialEq)]
pub struct Chevalley {
    /// The exact basis.
    pub basis: ExactBasis,
    /// The simple ideals of the algebra over Q with their real forms.
    pub parts: Semisimple,
}

/// A Chevalley basis of a semisimple algebra.
pub fn chevalley(algebra: &Algebra, limits: &Limits) -> Result<Chevalley, ChevalleyError> {
    let constants = algebra.constants();
    limits.progress("Killing form", 0.0);
    let killing = killing_form(constants, limits)?;
    let form = signature(&killing, limits)?;
    if form.zero > 0 {
        return Err(ChevalleyError::NotSemisimple { rank: form.positive + form.negative, dim: algebra.dim() });
    }
    let parts = semisimple::analyze(constants, &killing, limits)?;
    match exact::exact_basis(constants, &parts, limits)? {
        Some(basis) => Ok(Chevalley { basis, parts }),
        None => Err(ChevalleyError::Missing),
    }
}

#[cfg(test)]
mod tests;
