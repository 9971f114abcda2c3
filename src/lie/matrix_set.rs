//! Square matrices of one size, real or complex, as the engine stores them.

use crate::exact::{Matrix, SparseMatrix};
use crate::num::{Gaussian, Rational};

/// Why matrices do not fit together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// No matrix was given, so that not even the size is known.
    #[error("at least one matrix is needed")]
    Empty,
    /// A matrix is not square.
    #[error("matrix {index} is {rows}×{cols}; square matrices are needed")]
    NotSquare {
        /// Its number, from 1.
        index: usize,
        /// Its rows.
        rows: usize,
        /// Its columns.
        cols: usize,
    },
    /// Two matrices differ in size.
    #[error("matrix {index} is {found}×{found}, the first one is {expected}×{expected}")]
    Sizes {
        /// The number of the first one that differs, from 1.
        index: usize,
        /// Its size.
        found: usize,
        /// The size of the first matrix.
        expected: usize,
    },
}

/// Square matrices of one size. Complex ones, `A + iB`, are stored as `[[A, −B], [B, A]]` of twice the size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixSet {
    size: usize,
    complex: bool,
    stored: Vec<SparseMatrix>,
}

impl MatrixSet {
    /// Real matrices.
    pub fn sparse(matrices: Vec<SparseMatrix>) -> Result<MatrixSet, ShapeError> {
        let size = common_size(matrices.iter().map(|m| (m.rows(), m.cols())))?;
        Ok(MatrixSet { size, complex: false, stored: matrices })
    }

    /// Real matrices.
    pub fn rational(matrices: &[Matrix<Rational>]) -> Result<MatrixSet, ShapeError> {
        MatrixSet::sparse(matrices.iter().map(SparseMatrix::from_dense).collect())
    }

    /// Complex matrices; stored as real ones when every entry is real.
    pub fn gaussian(matrices: &[Matrix<Gaussian>]) -> Result<MatrixSet, ShapeError> {
        let size = common_size(matrices.iter().map(|m| (m.rows(), m.cols())))?;
        let complex = matrices.iter().any(|m| m.entries().iter().any(|v| !v.is_real()));
        let stored = if complex {
            matrices.iter().map(realified).collect()
        } else {
            matrices.iter().map(|m| SparseMatrix::from_dense(&m.map(|v| v.re.clone()))).collect()
        };
        Ok(MatrixSet { size, complex, stored })
    }

    /// Matrices in stored form, of which the size is known to be right.
    pub(super) fn of_stored(size: usize, complex: bool, stored: Vec<SparseMatrix>) -> MatrixSet {
        MatrixSet { size, complex, stored }
    }

    /// Matrices that are already in stored form (`size` doubled when complex); for results computed from a set.
    pub(super) fn with_stored(&self, stored: Vec<SparseMatrix>) -> MatrixSet {
        MatrixSet { stored, ..*self }
    }

    /// The size as the user sees it.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Whether the matrices are complex.
    pub fn is_complex(&self) -> bool {
        self.complex
    }

    /// The matrices as they are stored.
    pub fn stored(&self) -> &[SparseMatrix] {
        &self.stored
    }

    /// The size of the stored matrices.
    pub fn stored_size(&self) -> usize {
        if self.complex { 2 * self.size } else { self.size }
    }

    /// Number of matrices.
    pub fn len(&self) -> usize {
        self.stored.len()
    }

    /// Whether there is none (never for a set made from input).
    pub fn is_empty(&self) -> bool {
        self.stored.is_empty()
    }

    /// In words: `3 complex 2×2 matrices`.
    pub fn description(&self) -> String {
        let field = if self.complex { "complex " } else { "" };
        let (n, plural) = (self.size, if self.len() == 1 { "matrix" } else { "matrices" });
        format!("{} {field}{n}×{n} {plural}", self.len())
    }
}

fn common_size(shapes: impl Iterator<Item = (usize, usize)>) -> Result<usize, ShapeError> {
    let mut expected = None;
    for (index, (rows, cols)) in shapes.enumerate() {
        if rows != cols {
            return Err(ShapeError::NotSquare { index: index + 1, rows, cols });
        }
        match expected {
            None => expected = Some(rows),
            Some(expected) if expected != rows => {
                return Err(ShapeError::Sizes { index: index + 1, found: rows, expected });
            }
            Some(_) => {}
        }
    }
    expected.ok_or(ShapeError::Empty)
}

/// The real matrix `[[A, −B], [B, A]]` of `A + iB`.
pub fn realified(m: &Matrix<Gaussian>) -> SparseMatrix {
    let (rows, cols) = (m.rows(), m.cols());
    let mut triples = Vec::new();
    for (i, row) in m.iter_rows().enumerate() {
        for (j, v) in row.iter().enumerate() {
            if !v.re.is_zero() {
                triples.push((i, j, v.re.clone()));
                triples.push((i + rows, j + cols, v.re.clone()));
            }
            if !v.im.is_zero() {
                triples.push((i + rows, j, v.im.clone()));
                triples.push((i, j + cols, -&v.im));
            }
        }
    }
    SparseMatrix::from_triples(2 * rows, 2 * cols, triples)
}

/// The complex matrix whose stored form this is; a real matrix of size `size` comes back with real entries.
pub fn as_gaussian(stored: &SparseMatrix, size: usize) -> Matrix<Gaussian> {
    let complex = stored.rows() == 2 * size;
    Matrix::from_fn(size, size, |i, j| {
        let im = if complex { stored.entry(i + size, j) } else { Rational::ZERO };
        Gaussian::new(stored.entry(i, j), im)
    })
}
