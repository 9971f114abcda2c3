//! Floor 1: exact linear algebra with proof.
//!
//! Modular arithmetic finds, exact arithmetic confirms: nothing leaves this folder that has not been checked
//! over the rationals.

mod elimination;
mod matrix;
pub mod null_space;
pub mod sparse;

pub use matrix::Matrix;
pub use null_space::{NullSpace, RowSpace};
pub use sparse::{SparseMatrix, SparseVector};
