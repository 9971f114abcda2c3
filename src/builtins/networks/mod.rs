//! Equivariant networks, tied weights, and what symmetry does to learning.

pub(crate) mod constraints;
pub(crate) mod making;
pub(crate) mod tying;
pub(crate) mod using;

use super::Builtin;

/// The tables of this folder.
pub(super) const TABLES: &[&[Builtin]] = &[making::TABLE, using::TABLE, tying::TABLE, constraints::TABLE];
