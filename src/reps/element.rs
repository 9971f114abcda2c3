//! Generators of a group beside its Lie algebra: reflections, permutations, whatever reaches other components.

use std::borrow::Cow;
use std::fmt;

use super::RepError;
use crate::exact::{self, SparseMatrix};
use crate::finite::Permutation;
use crate::limits::Limits;
use crate::num::Rational;

/// An element of a matrix group in the stored form of [`crate::lie::Realization`]: complex matrices of size `n` are real
/// ones of size `2n`.
#[derive(Clone, Debug, PartialEq)]
pub struct Element(Kind);

/// Equal elements are of one kind: a matrix that permutes the basis is never kept as a matrix.
#[derive(Clone, Debug, PartialEq)]
enum Kind {
    /// `e_i ↦ e_p(i)`; its matrices are made when they are asked for.
    Permutation(Permutation),
    Matrix {
        matrix: SparseMatrix,
        inverse: SparseMatrix,
    },
}

impl Element {
    /// The matrix of a permutation.
    pub fn permutation(permutation: Permutation) -> Element {
        Element(Kind::Permutation(permutation))
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
        Ok(Element::with_inverse(matrix, inverse))
    }

    /// A matrix that is no permutation, whose inverse is known.
    pub(super) fn with_inverse(matrix: SparseMatrix, inverse: SparseMatrix) -> Element {
        Element(Kind::Matrix { matrix, inverse })
    }

    /// The permutation that it is, when it is one.
    pub fn as_permutation(&self) -> Option<&Permutation> {
        match &self.0 {
            Kind::Permutation(p) => Some(p),
            Kind::Matrix { .. } => None,
        }
    }

    /// The number of rows of its stored matrix.
    pub fn size(&self) -> usize {
        match &self.0 {
            Kind::Permutation(p) => p.degree(),
            Kind::Matrix { matrix, .. } => matrix.rows(),
        }
    }

    /// Its stored matrix; made anew for each call when it is a permutation.
    pub fn stored(&self) -> Cow<'_, SparseMatrix> {
        match &self.0 {
            Kind::Permutation(p) => Cow::Owned(permutation_matrix(p)),
            Kind::Matrix { matrix, .. } => Cow::Borrowed(matrix),
        }
    }

    /// The stored matrix of its inverse.
    pub fn stored_inverse(&self) -> Cow<'_, SparseMatrix> {
        match &self.0 {
            Kind::Permutation(p) => Cow::Owned(permutation_matrix(&p.inverse())),
            Kind::Matrix { inverse, .. } => Cow::Borrowed(inverse),
        }
    }

    /// Whether the inverse is the transpose.
    pub fn is_orthogonal(&self) -> bool {
        match &self.0 {
            Kind::Permutation(_) => true,
            Kind::Matrix { matrix, inverse } => matrix.transpose() == *inverse,
        }
    }

    /// The number of non-zero entries of the matrix.
    pub fn nonzeros(&self) -> usize {
        match &self.0 {
            Kind::Permutation(p) => p.degree(),
            Kind::Matrix { matrix, .. } => matrix.nonzeros(),
        }
    }
}

/// Cycles, or the size of the matrix.
impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Permutation(p) => p.fmt(f),
            Kind::Matrix { .. } => write!(f, "{0}×{0} matrix", self.size()),
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
        assert_eq!(e.stored().mul(&e.stored_inverse()), SparseMatrix::identity(4));
        let again = Element::matrix(e.stored().into_owned(), 0, &Limits::none()).unwrap();
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
            assert_eq!(e.stored().mul(&e.stored_inverse()), SparseMatrix::identity(2));
        }
        let singular = entries(&[(0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 1)]);
        assert_eq!(Element::matrix(singular, 3, &limits), Err(RepError::Singular { index: 3 }));
    }
}
