//! Pictures: of bases, of matrices, of weights.

pub(crate) mod bases;
pub(crate) mod heat_maps;
pub(crate) mod weights;

use super::Builtin;

/// The tables of this folder.
pub(super) const TABLES: &[&[Builtin]] = &[bases::TABLE, weights::TABLE, heat_maps::TABLE];
