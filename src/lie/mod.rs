//! Floor 3: Lie algebras over Q: building them, taking them apart, naming them.

mod algebra;
mod constants;
pub mod named;

pub use algebra::{Algebra, JacobiProof, Realization};
pub use constants::StructureConstants;
