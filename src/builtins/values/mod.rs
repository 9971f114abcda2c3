//! Numbers, lists, matrices, and files of them.

pub(crate) mod arrays;
pub(crate) mod files;
pub(crate) mod lists;
pub(crate) mod matrices;
pub(crate) mod matrix_polynomials;
pub(crate) mod numbers;
pub(crate) mod numeric;

use super::Builtin;

/// The tables of this folder.
pub(super) const TABLES: &[&[Builtin]] =
    &[numbers::TABLE, lists::TABLE, matrices::TABLE, matrix_polynomials::TABLE, numeric::TABLE, files::TABLE];
