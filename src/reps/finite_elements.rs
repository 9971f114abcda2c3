//! Uniform elements of finite groups of exact matrices, through their action on vectors.

use super::{Base, Group, RepError};
use crate::exact::{Matrix, SparseMatrix};
use crate::finite::{FiniteError, PermutationGroup, restrict_scalars, vector_action};
use crate::float::{Random, dense};
use crate::limits::Limits;
use crate::num::Rational;

/// A finite group as permutations of vectors, with what makes matrices of them.
pub(super) struct FiniteElements {
    group: PermutationGroup,
    /// The vectors as columns of doubles.
    vectors: Matrix<f64>,
    /// Points whose vectors are a basis, and the inverse of the matrix of these.
    basis: Vec<usize>,
    inverse: Matrix<f64>,
    /// The complex values of the basis of the field; `[1]` over Q.
    powers: Vec<(f64, f64)>,
    complex: bool,
}

impl FiniteElements {
    /// `None` for a group that is infinite, has a Lie algebra or float generators.
    pub fn new(base: &Base, limits: &Limits) -> Result<Option<FiniteElements>, RepError> {
        let (matrices, powers, complex) = match base.field() {
            Some(it) if it.has_algebra() => return Ok(None),
            Some(it) => {
                let rational = it.matrices.iter().map(|m| restrict_scalars(&it.field, m)).collect::<Option<Vec<_>>>();
                let degree = it.field.degree();
                let unit = |k: usize| (0..degree).map(|j| Rational::from(i64::from(j == k))).collect::<Vec<_>>();
                let powers = (0..degree).map(|k| it.field.number(&unit(k)).to_complex()).collect();
                (rational.unwrap_or_default(), powers, it.complex)
            }
            None if base.algebra().dim() > 0 || base.floats().is_some() => return Ok(None),
            None => {
                let stored: Vec<SparseMatrix> = base.discrete().iter().map(|e| e.stored().into_owned()).collect();
                (stored, vec![(1.0, 0.0)], false)
            }
        };
        let Some(size) = matrices.first().map(SparseMatrix::rows) else { return Ok(None) };
        let action = match vector_action(base.name(), size, &matrices, limits) {
            Err(FiniteError::Stop(stop)) => return Err(stop.into()),
            Err(_) => return Ok(None),
            Ok(action) => action,
        };
        limits.reserve(16 * size as u128 * action.vectors.len() as u128)?;
        let vectors = Matrix::from_fn(size, action.vectors.len(), |i, j| action.vectors[j][i].to_f64());
        let basis: Vec<usize> = dense::pivots(&vectors).into_iter().take(size).map(|(point, _)| point).collect();
        let inverse = dense::inverse(&Matrix::from_fn(size, size, |i, j| vectors[(i, basis[j])]));
        Ok(inverse.map(|inverse| FiniteElements { group: action.group, vectors, basis, inverse, powers, complex }))
    }

    /// A uniform element, complex ones as `[A, −B; B, A]`.
    pub fn element(&self, random: &mut Random, limits: &Limits) -> Result<Matrix<f64>, RepError> {
        let p = self.group.random_element(random.stream(), limits)?;
        let images: Vec<usize> = self.basis.iter().map(|&point| p.image(point).unwrap_or(point)).collect();
        let size = self.inverse.rows();
        let entry = |i: usize, j: usize| -> f64 {
            images.iter().enumerate().map(|(k, &point)| self.vectors[(i, point)] * self.inverse[(k, j)]).sum()
        };
        // The image of each unit vector over the field, and the number that its coordinates mean.
        let degree = self.powers.len();
        let n = size / degree;
        let number = |i: usize, j: usize| {
            self.powers.iter().enumerate().fold((0.0, 0.0), |(re, im), (k, (x, y))| {
                let c = entry(i * degree + k, j * degree);
                (re + c * x, im + c * y)
            })
        };
        if !self.complex {
            return Ok(Matrix::from_fn(n, n, |i, j| number(i, j).0));
        }
        Ok(Matrix::from_fn(2 * n, 2 * n, |i, j| {
            let (re, im) = number(i % n, j % n);
            match (i < n, j < n) {
                (true, true) | (false, false) => re,
                (true, false) => -im,
                (false, true) => im,
            }
        }))
    }
}

/// Whether a group without Lie algebra is known by matrices that are no permutations.
pub(super) fn is_of_matrices(base: &Base) -> bool {
    Group::of(base).is_some() && base.factors().is_empty() && base.permutations().is_none() && base.plane().is_none()
}
