//! Generators of a group beside its Lie algebra: reflections, permutations, whatever reaches other components.

use std::fmt;
use std::sync::OnceLock;

use super::RepError;
use crate::exact::{self, SparseMatrix};
use crate::finite::Permutation;
use crate::limits::Limits;
use crate::num::Rational;

/// An element of a matrix group in the stored form of [`crate::lie::Realization`]: complex matrices of size `n` are real
/// ones of size `2n`. A permutation `p` acts by `e_i ↦ e_p(i)`; its matrices are made when they are first asked for.
#[derive(Clone, Debug)]
pub struct Element {
    permutation: Option<Permutation>,
    matrix: OnceLock<SparseMatrix>,
    inverse: OnceLock<SparseMatrix>,
}

impl Element {
    /// The matrix of a permutation.
    pub fn permutation(permutation: Permutation) -> Element {
        Element { permutation: Some(permutation), matrix: OnceLock::new(), inverse: OnceLock::new() }
    }

    /// An invertible exact matrix; the error says that it is singular or not square. `index` is its place for messages.
    pub fn matrix(matrix: SparseMatrix, index: usize, limits: &Limits) -> Result<Element, RepError> {
        let (rows, cols) = (matrix.rows(), matrix.cols());
        if rows != cols {
            return Err(RepError::Shape { index, rows, cols, size: rows });
        }
        if let Some(permutation) = as_permutation(&matrix) {
            return Ok(Element::permutation(permutation));
        }
        let inverse = inverse(&matrix, limits)?.ok_or(RepError::Singular { index })?;
        Ok(Element { permutation: None, matrix: OnceLock::from(matrix), inverse: OnceLock::from(inverse) })
    }

    /// A matrix whose inverse is known.
    pub(super) fn with_inverse(matrix: SparseMatrix, inverse: SparseMatrix) -> Element {
        Element { permutation: None, matrix: OnceLock::from(matrix), inverse: OnceLock::from(inverse) }
    }

    /// The permutation that it is, when it is one.
    pub fn as_permutation(&self) -> Option<&Permutation> {
        self.permutation.as_ref()
    }

    /// The number of rows of its stored matrix.
    pub fn size(&self) -> usize {
        self.permutation.as_ref().map_or_else(|| self.stored().rows(), Permutation::degree)
    }

    /// Its stored matrix.
    pub fn stored(&self) -> &SparseMatrix {
        self.matrix.get_or_init(|| self.permutation.as_ref().map_or(SparseMatrix::zero(0, 0), permutation_matrix))
    }

    /// The stored matrix of its inverse.
    pub fn stored_inverse(&self) -> &SparseMatrix {
        self.inverse.get_or_init(|| {
            self.permutation.as_ref().map_or(SparseMatrix::zero(0, 0), |p| permutation_matrix(&p.inverse()))
        })
    }

    /// Whether the inverse is the transpose.
    pub fn is_orthogonal(&self) -> bool {
        self.permutation.is_some() || self.stored().transpose() == *self.stored_inverse()
    }

    /// The number of non-zero entries of the matrix.
    pub fn nonzeros(&self) -> usize {
        self.permutation.as_ref().map_or_else(|| self.stored().nonzeros(), Permutation::degree)
    }
}

/// Equal as matrices.
impl PartialEq for Element {
    fn eq(&self, other: &Element) -> bool {
        match (&self.permutation, &other.permutation) {
            (Some(p), Some(q)) => p == q,
            (None, None) => self.stored() == other.stored(),
            _ => false,
        }
    }
}

/// Cycles, or the size of the matrix.
impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.permutation {
            Some(p) => p.fmt(f),
            None => write!(f, "{0}×{0} matrix", self.size()),
        }
    }
}

/// `e_i ↦ e_p(i)`.
fn permutation_matrix(p: &Permutation) -> SparseMatrix {
    let back = p.inverse();
    let n = p.degree();
    let row = |i: usize| vec![(back.image(i).unwrap_or(i) as u32, Rational::ONE)];
    SparseMatrix::from_rows(n, (0..n).map(row).collect())
}

/// The permutation whose matrix this is.
fn as_permutation(m: &SparseMatrix) -> Option<Permutation> {
    let mut images = vec![u32::MAX; m.rows()];
    for (i, row) in m.iter_rows().enumerate() {
        match row {
            [(j, v)] if *v == Rational::ONE => *images.get_mut(*j as usize)? = u32::try_from(i).ok()?,
            _ => return None,
        }
    }
    Permutation::from_images(images)
}

/// The exact inverse, `None` for a singular matrix; the transpose is tried first, then rows with one entry each.
pub(super) fn inverse(m: &SparseMatrix, limits: &Limits) -> Result<Option<SparseMatrix>, RepError> {
    let n = m.rows();
    let transpose = m.transpose();
    if m.nonzeros() <= n.saturating_mul(64) && m.mul(&transpose) == SparseMatrix::identity(n) {
        return Ok(Some(transpose));
    }
    limits.check()?;
    if m.iter_rows().all(|row| row.len() == 1) && transpose.iter_rows().all(|row| row.len() == 1) {
        let turned = transpose.triples().filter_map(|(i, j, v)| Some((i, j, v.recip()?)));
        return Ok(Some(SparseMatrix::from_triples(n, n, turned)));
    }
    limits.reserve((n as u128).pow(2) * 3 * size_of::<Rational>() as u128)?;
    Ok(exact::inverse(&m.to_dense(), limits)?.map(|inverse| SparseMatrix::from_dense(&inverse)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permutations_are_recognized_and_inverted() {
        let p = Permutation::from_cycles(4, "(0 1 2)").unwrap();
        let e = Element::permutation(p.clone());
        // Column 0 has its one in row 1: e_0 ↦ e_1.
        assert_eq!(e.stored().entry(1, 0), Rational::ONE);
        assert_eq!(e.stored().mul(e.stored_inverse()), SparseMatrix::identity(4));
        let again = Element::matrix(e.stored().clone(), 0, &Limits::none()).unwrap();
        assert_eq!(again.as_permutation(), Some(&p));
        assert!(e.is_orthogonal() && e == again);
    }

    #[test]
    fn matrices_are_inverted_or_refused() {
        let limits = Limits::none();
        let entries = |list: &[(usize, usize, i64)]| {
            SparseMatrix::from_triples(2, 2, list.iter().map(|(i, j, v)| (*i, *j, Rational::from(*v))))
        };
        for list in [&[(0, 0, 1), (0, 1, 1), (1, 1, 1)][..], &[(0, 1, 2), (1, 0, -3)], &[(0, 1, -1), (1, 0, 1)]] {
            let e = Element::matrix(entries(list), 0, &limits).unwrap();
            assert_eq!(e.stored().mul(e.stored_inverse()), SparseMatrix::identity(2));
        }
        let singular = entries(&[(0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 1)]);
        assert_eq!(Element::matrix(singular, 3, &limits), Err(RepError::Singular { index: 3 }));
    }
}
