//! Lie algebras by name, built exactly: classical ones by their matrices, every type and real form from Chevalley bases,
//! the algebras of space and time, and constructions from given algebras.
//!
//! The typed functions are the engine; [`by_name`] and [`NAMES`] are what a language wraps.

mod chevalley;
mod classical;
mod combine;
mod dispatch;
mod matrices;
mod simple;
mod spacetime;
#[cfg(test)]
mod tests;

pub use chevalley::ChevalleyBasis;
pub use classical::{gl, gl_complex, sl, sl_complex, so, so_complex, so_star, sp, sp_complex, sp_real, su, su_star, u};
pub use combine::{direct_sum, direct_sum_of, realification, semidirect, weil_restriction};
pub use dispatch::{Arg, NAMES, NamedEntry, by_name};
pub use simple::{borel, compact, complex, exceptional, nilpotent, real_form, real_name, split};
pub use spacetime::{
    abelian, affine, bargmann, borel_of_gl, euclid, galilei, heisenberg, nilpotent_of_gl, oscillator, poincare,
    similitude,
};

use crate::limits::Stop;

/// The largest dimension built by name.
pub const MAX_DIM: usize = 3000;

/// Why an algebra could not be built.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NamedError {
    /// An argument out of range, or of the wrong kind or number.
    #[error("{what} is not possible; expected {expected}")]
    Argument {
        /// What was asked for.
        what: String,
        /// What would be accepted.
        expected: String,
    },
    /// No algebra has this name.
    #[error("there is no algebra called `{0}`")]
    Unknown(String),
    /// The matrices given for a semidirect sum do not represent the algebra.
    #[error(
        "the matrices are no representation: ρ([e_i, e_j]) differs from [ρ(e_i), ρ(e_j)] for i = {first}, j = {second} (from 0)"
    )]
    NotARepresentation {
        /// The first basis element of the pair, from 0.
        first: usize,
        /// The second one.
        second: usize,
    },
    /// A limit was reached.
    #[error(transparent)]
    Stopped(#[from] Stop),
    /// A bug of this program.
    #[error("internal: {0}")]
    Internal(String),
}
