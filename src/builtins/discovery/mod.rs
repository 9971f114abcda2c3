//! From data to symmetries.

pub(crate) mod answer;
pub(crate) mod discover;
pub(crate) mod float_structure;
pub(crate) mod labels;
pub(crate) mod tables;
pub(crate) mod training;
pub(crate) mod training_answer;
pub(crate) mod training_settings;
pub(crate) mod training_state;
pub(crate) mod vector_fields;

use super::Builtin;

/// The tables of this folder.
pub(super) const TABLES: &[&[Builtin]] =
    &[discover::TABLE, training::TABLE, float_structure::TABLE, vector_fields::TABLE, tables::TABLE];
