//! Floor 4: matrix groups, expressions for their representations, and what is invariant under them.
//!
//! A [`Rep`] remembers the order in which it was written, because that fixes its basis and thereby its matrices;
//! equality looks at a canonical form instead. A group is known by its Lie algebra and by discrete generators: a vector
//! is fixed by the group if the algebra annihilates it and every discrete generator fixes it.

mod action;
mod base;
mod canonical;
mod compact_walk;
mod conjugate;
mod constructions;
pub mod decompose;
#[cfg(test)]
mod discrete_tests;
mod element;
mod element_action;
mod exceptional;
mod factors;
mod family;
mod field_elements;
mod field_group;
mod finite_elements;
mod finite_groups;
mod float_action;
mod float_generators;
mod group;
mod group_names;
mod harmonics;
mod homomorphism;
mod icosahedral;
mod images;
mod invariants;
pub mod irreducible;
mod library_groups;
mod name;
mod node;
mod parts;
mod plane;
mod point_groups;
mod power_frame;
mod powers;
mod product;
mod rebase;
mod relations;
mod rep;
mod residue_action;
mod restrict;
mod sample;
mod schur;
mod semidirect;
mod set_actions;
mod solver;
mod spinors;
mod summands;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod theory_tests;
#[cfg(test)]
mod twin_tests;

pub use base::Base;
pub use constructions::{affine, embed, image, matrix_group, wreath};
pub use element::Element;
pub use exceptional::{RealForm, exceptional};
pub use factors::Factors;
pub use family::{Family, Legs};
pub use field_elements::EntryBits;
pub use field_group::{FieldAction, FieldCharacters, FieldGenerators, field_group, quadratic_group};
pub use finite_groups::PERMUTATION_GROUP_NAMES;
pub use float_generators::FloatGenerators;
pub use group::{Group, exp, no_algebra};
pub use group_names::{GROUP_NAMES, group_by_name};
pub use harmonics::{MAX_DEGREE, Parity, exact_part, float_part, harmonic_means, harmonic_values};
pub use icosahedral::{ICOSAHEDRAL_GROUPS, icosahedral};
pub use images::{IMAGE_SYMMETRIES, image_group};
pub use invariants::{EquivariantMaps, Invariants, equivariant_maps, invariants, rank, rank_of_maps};
pub use library_groups::{about_the_third_axis, reversal, turned_grid};
pub use plane::plane_group;
pub use point_groups::{POINT_GROUPS, PointGroup, point_group};
pub use product::{ProductSpace, product};
pub use rep::Rep;
pub use residue_action::{ResidueElement, ResidueOperator, ResidueTensor};
pub use restrict::{coordinates_in, restriction};
pub use sample::{SampleLaw, sample, sample_law};
pub use semidirect::semidirect;
pub use set_actions::{distinct_tuples, on_cosets, on_signed_cosets};
pub use solver::{ExactNullSpace, Terms, invariants_by, rank_by};
pub use spinors::spin;

use num_bigint::BigUint;

use crate::finite::FiniteError;
use crate::lie::named::NamedError;
use crate::limits::Stop;
use crate::weights::WeightError;

/// Bytes as people read them.
fn mebibytes(bytes: u128) -> String {
    match bytes {
        u128::MAX => "more memory than there are numbers for".to_string(),
        _ => format!("about {} MiB", bytes.div_ceil(1 << 20)),
    }
}

/// Why a representation or something asked of it could not be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RepError {
    /// Two representations of different groups or algebras met.
    #[error("representations of different groups: {first} and {second}")]
    DifferentBase {
        /// What the first one represents.
        first: String,
        /// What the second one represents.
        second: String,
    },
    /// No group has this name.
    #[error("there is no group called `{0}`")]
    UnknownGroup(String),
    /// The defining representation of something without matrices was asked for.
    #[error("{0} has no matrices, hence no defining representation; `adjoint` always exists")]
    NoMatrices(String),
    /// The wrong number of matrices for a representation.
    #[error("expected {expected} matrices, one for each basis element of the algebra; found {found}")]
    Count {
        /// The dimension of the algebra.
        expected: usize,
        /// How many were given.
        found: usize,
    },
    /// A matrix that is not square or differs in size from the first one.
    #[error("matrix {index} (from 0) is {rows} × {cols}; expected {size} × {size}")]
    Shape {
        /// Its place in the list, from 0.
        index: usize,
        /// Its number of rows.
        rows: usize,
        /// Its number of columns.
        cols: usize,
        /// The size of the representation: the rows of the first matrix.
        size: usize,
    },
    /// The matrices do not respect this bracket.
    #[error(
        "the matrices are no representation: ρ([e_i, e_j]) differs from [ρ(e_i), ρ(e_j)] for i = {first}, j = {second} (from 0)"
    )]
    NotARepresentation {
        /// The first basis element of the pair, from 0.
        first: usize,
        /// The second one.
        second: usize,
    },
    /// A generator of a group without an inverse.
    #[error("matrix {index} (from 0) is singular: it generates no group")]
    Singular {
        /// Its place in the list, from 0.
        index: usize,
    },
    /// A discrete generator that does not map the algebra into itself.
    #[error("{name}: conjugation by the discrete generator {index} (from 0) leads out of the Lie algebra")]
    NotNormalizing {
        /// The group.
        name: String,
        /// The place of the generator, from 0.
        index: usize,
    },
    /// Given matrices of a discrete generator and of the algebra that do not fit.
    #[error(
        "the matrices are no representation: ρ(h) ρ(e_j) differs from ρ(h e_j h⁻¹) ρ(h) for the discrete generator {index} and j = {element} (from 0)"
    )]
    NotEquivariant {
        /// The discrete generator, from 0.
        index: usize,
        /// The basis element, from 0.
        element: usize,
    },
    /// Given matrices of discrete generators that break a relation.
    #[error("the matrices are no representation: {0}")]
    NotAHomomorphism(String),
    /// Something exact was asked of a group with float generators.
    #[error("{0} has float generators: nothing exact is known of it")]
    Floats(String),
    /// Matrices over Q were asked of a group over another field.
    #[error("the matrices of {0} are not over Q, and here they have to be")]
    Irrational(String),
    /// A method of another engine met an error.
    #[error("{0}")]
    Method(String),
    /// The dimension has more digits than this program is ready to count with.
    #[error("the dimension of {0} is too large even to be written down")]
    Astronomic(String),
    /// The matrices would exceed what any machine stores.
    #[error("{name} has dimension {dim}: too large for explicit matrices, which would take {}", mebibytes(*.bytes))]
    TooLarge {
        /// The representation.
        name: String,
        /// Its dimension.
        dim: BigUint,
        /// An estimate of what would be stored; the largest number where it has more digits.
        bytes: u128,
    },
    /// The expression is nested too deeply or has too many parts.
    #[error("the expression for this representation is too complicated")]
    TooComplicated,
    /// An error from the construction of an algebra.
    #[error(transparent)]
    Named(#[from] NamedError),
    /// An error about a finite group.
    #[error(transparent)]
    Finite(FiniteError),
    /// An error about weights.
    #[error(transparent)]
    Weight(#[from] WeightError),
    /// A limit was reached.
    #[error(transparent)]
    Stopped(#[from] Stop),
}
