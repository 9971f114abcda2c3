//! A basis of equivariant maps as a value, and the matrices that it stands for.

use super::Value;
use crate::equivariant::Basis;
use crate::exact::Matrix;
use crate::lang::cyclotomic;
use crate::limits::{Limits, Stop};
use crate::num::{Cyclotomic, Gaussian};
use crate::reps;

/// A basis of equivariant maps or of invariants, with the names of what it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct MapBasis {
    /// The group.
    pub group: String,
    /// The source; `None` for invariants.
    pub from: Option<String>,
    /// The target, or the representation of the invariants.
    pub to: String,
    /// The representation in LaTeX.
    pub latex: String,
    /// The basis.
    pub basis: Basis,
}

impl MapBasis {
    /// A basis of the invariants of a representation, which may be one of maps.
    pub fn new(rep: &reps::Rep, basis: Basis) -> MapBasis {
        let (from, to) = match rep.as_hom() {
            Some((from, to)) => (Some(from.name()), to.name()),
            None => (None, rep.name()),
        };
        MapBasis { group: rep.base().name().to_string(), from, to, latex: rep.latex_name(), basis }
    }

    /// Matrix `k`, counted from 0: exact when the basis is, else in floats.
    pub fn matrix(&self, k: usize, limits: &Limits) -> Result<Option<Value>, Stop> {
        let (height, width) = (self.basis.rows(), self.basis.cols());
        if k >= self.basis.rank() {
            return Ok(None);
        }
        limits.reserve(height as u128 * width as u128 * size_of::<Gaussian>() as u128)?;
        if let Some(row) = self.basis.row(k) {
            let mut out = Matrix::filled(height, width, Gaussian::ZERO);
            for (place, value) in row {
                out[(place as usize / width, place as usize % width)] = Gaussian::from(value);
            }
            return Ok(Some(Value::matrix(out)));
        }
        if let Some(matrix) = self.field_matrix(k) {
            return Ok(Some(matrix));
        }
        let row = self.basis.float_row(k).unwrap_or(&[]);
        let entry = |i: usize, j: usize| row.get(i * width + j).copied().unwrap_or(0.0);
        Ok(Some(Value::float_matrix(Matrix::from_fn(height, width, entry))))
    }

    /// Matrix `k` of a basis over a cyclotomic field.
    fn field_matrix(&self, k: usize) -> Option<Value> {
        let (height, width) = (self.basis.rows(), self.basis.cols());
        let mut out = Matrix::filled(height, width, Cyclotomic::from(0));
        for (place, value) in self.basis.field_rows()?.row(k) {
            out[(place as usize / width, place as usize % width)] = value.clone();
        }
        Some(cyclotomic::matrix(out))
    }

    /// All matrices.
    pub fn matrices(&self, limits: &Limits) -> Result<Vec<Value>, Stop> {
        let (height, width) = (self.basis.rows(), self.basis.cols());
        if let Some(all) = self.basis.matrices(limits)? {
            return Ok(all.iter().map(|m| Value::rational_matrix(&m.to_dense())).collect());
        }
        if self.basis.field_rows().is_some() {
            limits.reserve(self.basis.rank() as u128 * (height * width * size_of::<Cyclotomic>()) as u128)?;
            return Ok((0..self.basis.rank()).filter_map(|k| self.field_matrix(k)).collect());
        }
        let dense = self.basis.dense(limits)?;
        let matrix = |k: usize| Matrix::from_fn(height, width, |i, j| dense[(k * height + i) * width + j]);
        Ok((0..self.basis.rank()).map(|k| Value::float_matrix(matrix(k))).collect())
    }
}
