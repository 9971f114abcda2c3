//! Floor 2: finite groups. Permutations and the groups they generate, finite groups of matrices, characters.
//!
//! Points are numbered from 0 and permutations act from the right: `p.then(q)` is first p, then q.

mod actions;
mod architectures;
mod backtrack;
mod base_size;
mod by_types;
mod chain;
mod characters;
mod classes;
mod cosets;
mod deep;
mod dixon;
mod elements;
mod error;
mod field;
mod field_matrix;
mod giant;
mod group;
mod irreducible;
mod isotypic;
mod lattice;
mod linear;
mod linear_architectures;
mod listed;
mod mathieu;
mod matrix_group;
mod morphisms;
mod named;
mod orbit_types;
mod orbits;
mod pairs;
mod permutation;
mod preimage;
mod product;
mod real_irreducible;
mod real_type;
mod schreier;
mod semidirect;
mod seminormal;
mod series;
mod structure;
mod subset_orbits;
mod sylow;
mod symmetric_characters;
mod verify;
mod zuppos;

pub use actions::{Action, SignedAction, coset_action, signed_coset_action, tuple_action};
pub use architectures::{
    Architecture, Architectures, Rejection, architectures, architectures_of_character, signed_architectures,
};
pub use base_size::BaseSize;
pub use chain::StabilizerChain;
pub use characters::{CharacterTable, Columns, TableClass};
pub use classes::{ConjugacyClass, ConjugacyClasses};
pub use deep::{ChainCount, Shortcuts, deep_chains};
pub use elements::ElementTable;
pub use error::FiniteError;
pub use giant::Giant;
pub use group::PermutationGroup;
pub use irreducible::{Construction, Irreducible, Irreducibles};
pub use isotypic::{Over, isotypic_projector};
pub use lattice::{SubgroupClass, SubgroupLattice};
pub use linear::{affine_linear, general_linear, projective_general, projective_special, special_linear};
pub use linear_architectures::{architectures_of_traces, linear_architectures};
pub use mathieu::{mathieu_11, mathieu_12, mathieu_22, mathieu_23, mathieu_24, rubiks_cube};
pub use matrix_group::{VectorAction, minkowski_bound, restrict_scalars, vector_action};
pub use morphisms::{MorphismGraph, morphism_graph, signed_morphism_graph};
pub use named::{alternating, cyclic, dicyclic, dihedral, klein_four, quaternion, signed_permutations, symmetric};
pub use orbits::{Orbit, signed_orbits};
pub use permutation::Permutation;
pub use product::{direct_product, product_action, wreath_product, wreath_product_action};
pub use real_irreducible::{OrthogonalMatrices, RealIrreducible};
pub use real_type::RealType;
pub use semidirect::semidirect_product;
