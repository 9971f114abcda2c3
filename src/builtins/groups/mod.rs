//! Groups of matrices, their representations and the equivariant maps between them.

pub(crate) mod components;
pub(crate) mod conjugate;
pub(crate) mod connected;
pub(crate) mod constructions;
pub(crate) mod couplings;
pub(crate) mod embedded;
pub(crate) mod equivariant;
pub(crate) mod exceptional;
pub(crate) mod formula;
pub(crate) mod given;
pub(crate) mod harmonics;
pub(crate) mod irreducible;
pub(crate) mod library;
pub(crate) mod multilinear;
pub(crate) mod named;
pub(crate) mod representations;
pub(crate) mod sums;
pub mod trivial;

use super::Builtin;

/// The tables of this folder.
pub(super) const TABLES: &[&[Builtin]] = &[
    named::TABLE,
    library::TABLE,
    constructions::TABLE,
    representations::TABLE,
    equivariant::TABLE,
    conjugate::TABLE,
    exceptional::TABLE,
    harmonics::TABLE,
    multilinear::TABLE,
    given::TABLE,
    irreducible::TABLE,
    couplings::TABLE,
];
