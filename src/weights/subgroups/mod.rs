//! Subgroups of reductive groups by their restriction matrices: Levi subgroups, regular ones, the maximal ones.
//!
//! An embedding of reductive algebras maps a Cartan subalgebra into another. All that weights need of it is the
//! restriction matrix: row `i` is the restriction of the `i`-th fundamental weight, so column `j` is the image of the
//! `j`-th simple coroot of the subgroup in simple coroots of the group.

mod candidates;
mod classical;
mod embedding;
mod exceptional;
mod irreducible;
mod levi;
mod maximal;
mod nilpotent;
mod partitions;
mod regular;
mod similar;
mod subgroup;
#[cfg(test)]
mod tests;

pub use candidates::{subgroup, subgroups_of_type};
pub use classical::{natural_weights, subgroup_by_representation};
pub use embedding::embedding;
pub use levi::{levi, levi_classes};
pub use maximal::maximal_subgroups;
pub use nilpotent::{NilpotentOrbit, nilpotent_orbits};
pub use partitions::diagram_of_partition;
pub use subgroup::{Subgroup, SubgroupKind};
