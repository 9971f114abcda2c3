//! Representations of reductive algebras by highest weights.

pub(crate) mod branching;
pub(crate) mod characters;
pub(crate) mod modules;
pub(crate) mod numbers;
pub(crate) mod weyl;

use super::Builtin;

/// The tables of this folder.
pub(super) const TABLES: &[&[Builtin]] =
    &[modules::TABLE, weyl::TABLE, characters::TABLE, numbers::TABLE, branching::TABLE];
