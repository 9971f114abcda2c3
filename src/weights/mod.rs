//! Floor 3: weights of reductive Lie algebras over C and what is counted with them: dimensions, characters, tensor
//! products, powers, branching. Combinatorics alone: nothing here knows structure constants or matrices.
//!
//! A weight is a list of integers: its coordinates in the fundamental weights of each simple factor (Bourbaki's
//! numbering), factor after factor, then the charges under the torus. An irreducible representation is named by its
//! highest weight, the general one by a [`Decomposition`] into irreducibles or by a [`Module`] that is still an
//! expression.

mod character;
mod decomposition;
mod dimension;
mod dominant;
mod error;
mod module;
mod powers;
mod reductive_type;
mod tensor;
mod weyl;

pub use character::Character;
pub use decomposition::Decomposition;
pub use dimension::dimension;
pub use dominant::dominant_weights;
pub use error::WeightError;
pub use module::Module;
pub use powers::{exterior_power, schur_functor, symmetric_power};
pub use reductive_type::ReductiveType;
pub use tensor::tensor;
pub use weyl::{dual_weight, orbit, to_dominant};

/// Coordinates in fundamental weights, factor after factor, then the charges.
pub type Weight = Vec<i64>;

/// Larger labels are refused: with them every inner product stays far from overflow.
pub const MAX_LABEL: i64 = 1_000_000;
