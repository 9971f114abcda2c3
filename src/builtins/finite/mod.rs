//! Finite groups, their characters, and the networks that are invariant under them.

pub(crate) mod architectures;
pub(crate) mod class_functions;
pub(crate) mod elements;
pub(crate) mod explicit_irreducibles;
pub(crate) mod groups;
pub(crate) mod named;
pub(crate) mod network_inputs;
pub(crate) mod universality;

use super::Builtin;

/// The tables of this folder.
pub(super) const TABLES: &[&[Builtin]] = &[
    groups::TABLE,
    architectures::TABLE,
    universality::TABLE,
    elements::TABLE,
    class_functions::TABLE,
    explicit_irreducibles::TABLE,
    named::TABLE,
];
