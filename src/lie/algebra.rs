//! A Lie algebra over Q: structure constants, how they are known to satisfy Jacobi, and where they came from.

use super::StructureConstants;
use crate::exact::SparseMatrix;

/// Matrices that realise the basis: `[X_i, X_j] = Σ_k c_ij^k X_k`.
///
/// Complex matrices of size `n` are stored as real ones of size `2n` in blocks `[[A, -B], [B, A]]` for `A + iB`,
/// so that the engine meets rational matrices only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Realization {
    /// The size `n` of the matrices as the user sees them.
    pub size: usize,
    /// Whether they are complex, hence stored with size `2n`.
    pub complex: bool,
    /// One matrix for each basis element.
    pub basis: Vec<SparseMatrix>,
}

/// Why the Jacobi identity is known to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JacobiProof {
    /// The brackets are commutators of matrices whose closure was checked exactly.
    Commutators,
    /// By construction (a sum, a quotient, a subalgebra … of Lie algebras); says which.
    Construction(String),
    /// Checked exactly on the table; says how.
    Checked(String),
}

/// A finite-dimensional Lie algebra over Q (its real points are what is usually meant).
#[derive(Clone, Debug, PartialEq)]
pub struct Algebra {
    constants: StructureConstants,
    realization: Option<Realization>,
    names: Option<Vec<String>>,
    origin: String,
    jacobi: JacobiProof,
}

impl Algebra {
    /// An algebra whose Jacobi identity is known for the reason given. `origin` says in words how it was made.
    pub fn new(constants: StructureConstants, jacobi: JacobiProof, origin: impl Into<String>) -> Algebra {
        Algebra { constants, realization: None, names: None, origin: origin.into(), jacobi }
    }

    /// The same algebra with matrices for its basis.
    pub fn with_realization(mut self, realization: Realization) -> Algebra {
        self.realization = Some(realization);
        self
    }

    /// The same algebra with names for its basis elements (as many as the dimension).
    pub fn with_names(mut self, names: Vec<String>) -> Algebra {
        self.names = Some(names);
        self
    }

    /// The same algebra with another description of how it was made.
    pub fn with_origin(mut self, origin: impl Into<String>) -> Algebra {
        self.origin = origin.into();
        self
    }

    /// The dimension over Q.
    pub fn dim(&self) -> usize {
        self.constants.dim()
    }

    /// The table of brackets.
    pub fn constants(&self) -> &StructureConstants {
        &self.constants
    }

    /// The matrices of the basis, when the algebra was made from matrices.
    pub fn realization(&self) -> Option<&Realization> {
        self.realization.as_ref()
    }

    /// The names the user gave to the basis elements.
    pub fn names(&self) -> Option<&[String]> {
        self.names.as_deref()
    }

    /// How the algebra was made, in words.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Why the Jacobi identity holds.
    pub fn jacobi(&self) -> &JacobiProof {
        &self.jacobi
    }
}
