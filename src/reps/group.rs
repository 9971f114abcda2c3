//! Connected matrix groups, known by the algebra of their matrices.

use std::fmt;
use std::sync::Arc;

use super::{Base, RepError};
use crate::lie::Algebra;

/// A connected Lie group of matrices. It is determined by its Lie algebra: the subgroup that the exponentials of the
/// algebra generate (Fulton–Harris, section 8.3).
#[derive(Clone)]
pub struct Group {
    base: Base,
    matrix_size: usize,
    complex: bool,
    note: &'static str,
}

impl Group {
    /// The connected group of a matrix algebra under this name; `note` says how it sits in the group people mean by
    /// the name, when that has more components.
    pub(super) fn new(name: impl Into<String>, algebra: Arc<Algebra>, note: &'static str) -> Result<Group, RepError> {
        let name = name.into();
        let Some(realization) = algebra.realization() else { return Err(RepError::NoMatrices(name)) };
        let (matrix_size, complex) = (realization.size, realization.complex);
        Ok(Group { base: Base::new(name, algebra), matrix_size, complex, note })
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        self.base.name()
    }

    /// Its Lie algebra over Q, whose real points are meant.
    pub fn algebra(&self) -> &Arc<Algebra> {
        self.base.algebra()
    }

    /// What its representations refer to.
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// The size of its matrices, real or complex.
    pub fn matrix_size(&self) -> usize {
        self.matrix_size
    }

    /// Whether the matrices are complex.
    pub fn is_complex(&self) -> bool {
        self.complex
    }

    /// The dimension over the reals.
    pub fn dim(&self) -> usize {
        self.algebra().dim()
    }

    /// Which component is meant, in words; empty when the group of this name is connected.
    pub fn components_note(&self) -> &str {
        self.note
    }

    /// Whether both are the same group of matrices.
    pub fn is_same(&self, other: &Group) -> bool {
        self.base.is_same(&other.base)
    }
}

/// The connected group that the exponentials of a matrix algebra generate; an error for an algebra without matrices.
pub fn exp(algebra: &Arc<Algebra>) -> Result<Group, RepError> {
    if algebra.realization().is_none() {
        return Err(RepError::NoMatrices(algebra.origin().to_string()));
    }
    Group::new(format!("exp({})", algebra.origin()), algebra.clone(), "")
}

/// `SO(3): connected Lie group of dimension 3, 3×3 matrices`.
impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n, field) = (self.matrix_size, if self.complex { "complex " } else { "" });
        write!(f, "{}: connected Lie group of dimension {}, {n}×{n} {field}matrices", self.name(), self.dim())?;
        if self.note.is_empty() { Ok(()) } else { write!(f, " ({})", self.note) }
    }
}

impl fmt::Debug for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Group({})", self.name())
    }
}
