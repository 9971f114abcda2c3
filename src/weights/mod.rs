//! Floor 3: weights of reductive Lie algebras over C and what is counted with them: dimensions, characters, tensor
//! products, powers, branching. Combinatorics alone: nothing here knows structure constants or matrices.
//!
//! A weight is a list of integers: its coordinates in the fundamental weights of each simple factor (Bourbaki's
//! numbering), factor after factor, then the charges under the torus. An irreducible representation is named by its
//! highest weight, the general one by a [`Decomposition`] into irreducibles or by a [`Module`] that is still an
//! expression.

mod all_weights;
mod branching;
mod character;
mod checks;
mod classes;
mod cosets;
mod count;
mod decomposition;
mod dimension;
mod dominant;
mod enumerate;
mod error;
mod estimate;
mod expression;
mod frame;
mod higher_casimir;
mod irrep_name;
mod klimyk;
mod littlewood_richardson;
mod module;
mod numbering;
mod packed;
mod peel;
mod picture;
mod powers;
mod racah_speiser;
mod reductive_type;
mod regular;
mod root_data;
mod scalar_product;
#[cfg(test)]
mod slow;
mod subgroups;
mod tensor;
mod weyl;
mod weyl_element;
mod young;

pub use all_weights::{WeightAtLevel, weights_of};
pub use branching::{adjoint, check_restriction_matrix, restrict};
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
pub use picture::{root_scene, weight_scene};
pub use powers::{exterior_power, schur_functor, symmetric_power};
pub use reductive_type::ReductiveType;
pub use scalar_product::{casimir, dynkin_index, scalar_product, simple_casimir, simple_root_coordinates};
pub use subgroups::{
    NilpotentOrbit, Subgroup, SubgroupKind, diagram_of_partition, embedding, levi, levi_classes, maximal_subgroups,
    natural_weights, nilpotent_orbits, subgroup, subgroup_by_representation, subgroups_of_type,
};
pub use tensor::{multiplicity, tensor};
pub use weyl::{dual_weight, each_in_orbit, orbit, orbit_size, to_dominant};
pub use weyl_element::{WeylElement, weyl_order};
pub use young::{labels_of_partition, partition_of_labels};

/// Coordinates in fundamental weights, factor after factor, then the charges.
pub type Weight = Vec<i64>;

/// Larger labels are refused: with them every inner product stays far from overflow.
pub const MAX_LABEL: i64 = 1_000_000;
