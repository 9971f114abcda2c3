//! Floor 1: exact linear algebra with proof.
//!
//! Modular arithmetic finds, exact arithmetic confirms: nothing leaves this folder that has not been checked
//! over the rationals.

mod characteristic;
mod echelon;
mod elimination;
mod field;
pub mod lift;
mod minimal;
mod modular;
pub mod null_space;
mod null_space_modular;
pub mod polynomial;
pub mod product;
pub mod smith;
pub mod sparse;
mod subspace;

pub use crate::matrix::Matrix;
pub use characteristic::characteristic_polynomial;
pub use field::{determinant_and_inverse, inverse_over_field, solve_over_field};
pub use minimal::minimal_polynomial;
pub use modular::{ModMatrix, ModSpan, echelon_kernel};
pub use null_space::{NullSpace, RowSpace};
pub use sparse::{SparseMatrix, SparseVector};
pub use subspace::{Subspace, dot, inverse, solve};
