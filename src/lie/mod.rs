//! Floor 3: Lie algebras over Q: building them, taking them apart, naming them.

mod algebra;
mod bracket_table;
mod constants;
mod invariance;
mod stabilizer;
#[cfg(test)]
mod stabilizer_tests;
#[cfg(test)]
pub(crate) mod test_support;

pub use algebra::{Algebra, JacobiProof, Realization};
pub use constants::StructureConstants;
pub use stabilizer::{Ansatz, StabilizerError, stabilizer};
