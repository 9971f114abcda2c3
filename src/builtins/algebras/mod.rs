//! Lie algebras: by name, from forms and brackets, what they are and how they come apart.

pub(crate) mod building;
pub(crate) mod chevalley;
pub(crate) mod decomposition;
pub(crate) mod evaluation;
pub(crate) mod explain;
pub(crate) mod forms;
pub(crate) mod identification;
pub(crate) mod named;
pub(crate) mod orbits;
pub(crate) mod over_quadratic;
pub(crate) mod real_forms;
pub(crate) mod small;
pub(crate) mod structure;
pub(crate) mod vacuum;

use super::Builtin;

/// The tables of this folder.
pub(super) const TABLES: &[&[Builtin]] = &[
    named::TABLE,
    building::TABLE,
    forms::TABLE,
    evaluation::TABLE,
    structure::TABLE,
    decomposition::TABLE,
    identification::TABLE,
    chevalley::TABLE,
    real_forms::TABLE,
    explain::TABLE,
    small::TABLE,
    orbits::TABLE,
];
