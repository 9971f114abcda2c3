//! Floor 3: weights of reductive Lie algebras over C and what is counted with them: dimensions, characters, tensor
//! products, powers, branching. Combinatorics alone: nothing here knows structure constants or matrices.
//!
//! A weight is a list of integers: its coordinates in the fundamental weights of each simple factor (Bourbaki's
//! numbering), factor after factor, then the charges under the torus. An irreducible representation is named by its
//! highest weight, the general one by a [`Decomposition`] into irreducibles or by a [`Module`] that is still an
//! expression.

mod character;
mod classes;
mod decomposition;
mod dimension;
mod dominant;
mod enumerate;
mod error;
mod expression;
mod higher_casimir;
mod irrep_name;
mod module;
mod numbering;
mod powers;
mod reductive_type;
mod scalar_product;
mod tensor;
mod weight_system;
mod weyl;
mod weyl_group;
mod young;

pub use character::Character;
pub use classes::{anomaly, congruency_class, even_index, frobenius_schur};
pub use decomposition::Decomposition;
pub use dimension::dimension;
pub use dominant::dominant_weights;
pub use enumerate::{Enumeration, irreducibles_up_to};
pub use error::WeightError;
pub use expression::{Written, expression};
pub use higher_casimir::{MAX_DEGREE, casimir_of_degree, defining_weight, degrees};
pub use irrep_name::{Name, Namer};
pub use module::Module;
pub use numbering::{NUMBERINGS, Numbering};
pub use powers::{exterior_power, schur_functor, symmetric_power};
pub use reductive_type::ReductiveType;
pub use scalar_product::{casimir, dynkin_index, scalar_product, simple_casimir, simple_root_coordinates};
pub use tensor::tensor;
pub use weight_system::{WeightAtLevel, weight_system};
pub use weyl::{dual_weight, orbit, to_dominant};
pub use weyl_group::{act, dominant_of, longest_element, orbit_size, weyl_order};
pub use young::{labels_of_partition, partition_of_labels};

/// Coordinates in fundamental weights, factor after factor, then the charges.
pub type Weight = Vec<i64>;

/// Larger labels are refused: with them every inner product stays far from overflow.
pub const MAX_LABEL: i64 = 1_000_000;
