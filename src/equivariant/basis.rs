//! The result of every method: a basis of a space of equivariant maps, exact and sparse, or in doubles.

use std::borrow::Cow;

use super::EquivariantError;
use super::entries::{FieldRows, Labels, SparseRows, Values};
use super::method::{Completeness, Method};
use super::orthonormal::orthonormalize;
use crate::exact::{SparseMatrix, SparseVector};
use crate::limits::{Limits, Stop};
use crate::num::{Cyclotomic, Rational};

#[derive(Clone, Debug, PartialEq)]
enum Content {
    Labels(Labels),
    Sparse(SparseRows),
    /// Rows over a cyclotomic field.
    Field(FieldRows),
    /// So many orthonormal rows, one after another.
    Floats(usize, Vec<f64>),
}

/// A basis of a space of equivariant maps: `rank` matrices of shape `rows × cols`, linearly independent and complete.
///
/// Invariant vectors are maps from the trivial representation: one column.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    shape: (usize, usize),
    method: Method,
    completeness: Completeness,
    content: Content,
}

impl Basis {
    pub(super) fn of_labels(shape: (usize, usize), method: Method, labels: Labels) -> Basis {
        Basis { shape, method, completeness: Completeness::Orbits, content: Content::Labels(labels) }
    }

    pub(super) fn of_rows(
        shape: (usize, usize),
        method: Method,
        completeness: Completeness,
        rows: SparseRows,
    ) -> Basis {
        Basis { shape, method, completeness, content: Content::Sparse(rows) }
    }

    pub(super) fn of_field(
        shape: (usize, usize),
        method: Method,
        completeness: Completeness,
        rows: FieldRows,
    ) -> Basis {
        Basis { shape, method, completeness, content: Content::Field(rows) }
    }

    /// A basis in doubles, whose rows are orthonormal.
    pub(super) fn of_floats(
        shape: (usize, usize),
        method: Method,
        completeness: Completeness,
        rank: usize,
        rows: Vec<f64>,
    ) -> Basis {
        Basis { shape, method, completeness, content: Content::Floats(rank, rows) }
    }

    /// The same with another reason for its completeness.
    pub(super) fn completed(self, completeness: Completeness) -> Basis {
        Basis { completeness, ..self }
    }

    /// The dimension of the space.
    pub fn rank(&self) -> usize {
        match &self.content {
            Content::Labels(labels) => labels.classes,
            Content::Sparse(rows) => rows.len(),
            Content::Field(rows) => rows.len(),
            Content::Floats(rank, _) => *rank,
        }
    }

    /// Whether the entries are exact numbers.
    pub fn is_exact(&self) -> bool {
        !matches!(self.content, Content::Floats(..))
    }

    /// Rows of each matrix.
    pub fn rows(&self) -> usize {
        self.shape.0
    }

    /// Columns of each matrix.
    pub fn cols(&self) -> usize {
        self.shape.1
    }

    /// How it was found.
    pub fn method(&self) -> Method {
        self.method
    }

    /// Why it is complete.
    pub fn completeness(&self) -> &Completeness {
        &self.completeness
    }

    /// The number of non-zero entries of all matrices.
    pub fn nonzeros(&self) -> usize {
        match &self.content {
            Content::Labels(labels) => labels.packed.iter().filter(|&&x| x != Labels::NONE).count(),
            Content::Sparse(rows) => rows.places.len(),
            Content::Field(rows) => rows.places.len(),
            Content::Floats(_, rows) => rows.iter().filter(|&&x| x != 0.0).count(),
        }
    }

    /// The labels of the entries, when the basis is a partition of them.
    pub fn labels(&self) -> Option<&Labels> {
        match &self.content {
            Content::Labels(labels) => Some(labels),
            Content::Sparse(_) | Content::Field(_) | Content::Floats(..) => None,
        }
    }

    /// The sparse rows over a cyclotomic field; `None` for bases with rational numbers or doubles.
    pub fn field_rows(&self) -> Option<&FieldRows> {
        match &self.content {
            Content::Field(rows) => Some(rows),
            _ => None,
        }
    }

    /// The exact rows with numbers of a cyclotomic field, rational ones too; no rows for a basis in doubles.
    pub fn over_field(&self, limits: &Limits) -> Result<Cow<'_, FieldRows>, Stop> {
        if let Content::Field(rows) = &self.content {
            return Ok(Cow::Borrowed(rows));
        }
        let mut out = FieldRows { starts: vec![0], places: Vec::new(), values: Vec::new() };
        if let Some(rows) = self.sparse(limits)? {
            limits.reserve(rows.places.len() as u128 * 64)?;
            for k in 0..rows.len() {
                out.values.extend(rows.row(k).map(|(_, value)| Cyclotomic::from(value)));
            }
            (out.starts, out.places) = (rows.starts.clone(), rows.places.clone());
        }
        Ok(Cow::Owned(out))
    }

    /// The exact sparse rows over Q; `None` for a basis in doubles or over a larger field. Rows that are there are lent; those of a partition are made, at a
    /// cost linear in its entries.
    pub fn sparse(&self, limits: &Limits) -> Result<Option<Cow<'_, SparseRows>>, Stop> {
        let labels = match &self.content {
            Content::Sparse(rows) => return Ok(Some(Cow::Borrowed(rows))),
            Content::Field(_) | Content::Floats(..) => return Ok(None),
            Content::Labels(labels) => labels,
        };
        let mut starts = vec![0usize];
        starts.extend(labels.sizes().iter().scan(0, |sum, size| {
            *sum += size;
            Some(*sum)
        }));
        let count = starts.last().copied().unwrap_or(0);
        limits.reserve(count as u128 * 12)?;
        let mut next = starts.clone();
        let (mut places, mut values) = (vec![0u64; count], vec![0i32; count]);
        for (place, &label) in labels.packed.iter().enumerate().filter(|(_, x)| **x != Labels::NONE) {
            let at = &mut next[(label >> 1) as usize];
            places[*at] = place as u64;
            values[*at] = 1 - 2 * (label & 1) as i32;
            *at += 1;
        }
        let values = if values.iter().all(|&v| v == 1) { Values::Ones } else { Values::Integers(values) };
        Ok(Some(Cow::Owned(SparseRows { starts, places, values })))
    }

    /// The exact sparse rows themselves; `None` where they are not rational.
    pub(super) fn into_rows(self, limits: &Limits) -> Result<Option<SparseRows>, Stop> {
        match self.content {
            Content::Sparse(rows) => Ok(Some(rows)),
            _ => Ok(self.sparse(limits)?.map(Cow::into_owned)),
        }
    }

    /// The rational entries of matrix `k` as pairs (place, value); `None` for other bases. Cost: linear in its entries, of a
    /// partition in all entries.
    pub fn row(&self, k: usize) -> Option<Vec<(u64, Rational)>> {
        match &self.content {
            Content::Sparse(rows) => Some(rows.row(k).collect()),
            Content::Field(_) | Content::Floats(..) => None,
            Content::Labels(labels) => {
                let own =
                    labels.packed.iter().enumerate().filter(|(_, x)| **x != Labels::NONE && (**x >> 1) as usize == k);
                Some(own.map(|(place, x)| (place as u64, Rational::from(1 - 2 * i64::from(x & 1)))).collect())
            }
        }
    }

    /// The entries of matrix `k` of a basis in doubles, row by row; `None` for an exact one.
    pub fn float_row(&self, k: usize) -> Option<&[f64]> {
        let size = self.shape.0 * self.shape.1;
        match &self.content {
            Content::Floats(_, rows) => rows.get(k * size..(k + 1) * size),
            _ => None,
        }
    }

    /// The entries of matrix `k` in doubles, as pairs (place, value), zeros left out.
    pub fn doubles(&self, k: usize) -> Vec<(u64, f64)> {
        if let Some(row) = self.row(k) {
            return row.into_iter().map(|(place, value)| (place, value.to_f64())).collect();
        }
        if let Some(rows) = self.field_rows() {
            return rows.row(k).map(|(place, value)| (place, value.to_complex().0)).collect();
        }
        let row = self.float_row(k).unwrap_or(&[]);
        (0..).zip(row.iter().copied()).filter(|(_, x)| *x != 0.0).collect()
    }

    /// The rational matrices, in the house's type; `None` for other bases. Cost: linear in the entries and in
    /// `rank · rows`.
    pub fn matrices(&self, limits: &Limits) -> Result<Option<Vec<SparseMatrix>>, Stop> {
        let Some(rows) = self.sparse(limits)? else { return Ok(None) };
        let (height, cols) = self.shape;
        let bytes = size_of::<SparseVector>() as u128 * rows.len() as u128 * height as u128;
        limits.reserve(bytes + rows.places.len() as u128 * 24)?;
        let mut out = Vec::with_capacity(rows.len());
        for k in 0..rows.len() {
            limits.check()?;
            let mut matrix: Vec<SparseVector> = vec![Vec::new(); height];
            for (place, value) in rows.row(k) {
                let (i, j) = (place as usize / cols.max(1), place as usize % cols.max(1));
                matrix[i].push((j as u32, value));
            }
            out.push(SparseMatrix::from_rows(cols, matrix));
        }
        Ok(Some(out))
    }

    /// All matrices in doubles: an array of shape `rank × rows × cols`, row by row.
    pub fn dense(&self, limits: &Limits) -> Result<Vec<f64>, Stop> {
        self.scaled(limits, |_| 1.0)
    }

    fn scaled(&self, limits: &Limits, scale: impl Fn(usize) -> f64) -> Result<Vec<f64>, Stop> {
        let size = self.shape.0 * self.shape.1;
        limits.reserve(self.rank() as u128 * size as u128 * 8)?;
        let mut out = vec![0.0; self.rank() * size];
        match &self.content {
            Content::Labels(labels) => {
                for (place, &label) in labels.packed.iter().enumerate().filter(|(_, x)| **x != Labels::NONE) {
                    let class = (label >> 1) as usize;
                    out[class * size + place] = scale(class) * (1.0 - 2.0 * f64::from(label & 1));
                }
            }
            Content::Sparse(rows) => {
                for k in 0..rows.len() {
                    limits.check()?;
                    for at in rows.range(k) {
                        out[k * size + rows.places[at] as usize] = rows.double(at) * scale(k);
                    }
                }
            }
            Content::Field(rows) => {
                for k in 0..rows.len() {
                    limits.check()?;
                    for (place, value) in rows.row(k) {
                        out[k * size + place as usize] = value.to_complex().0 * scale(k);
                    }
                }
            }
            Content::Floats(_, rows) => out.copy_from_slice(rows),
        }
        Ok(out)
    }

    /// An orthonormal basis of the same space in doubles, of shape `rank × rows × cols`; `None` when the given basis is so
    /// nearly dependent that doubles cannot orthogonalise it. Orbits need a division, other bases two passes of Cholesky.
    pub fn orthonormal(&self, limits: &Limits) -> Result<Option<Vec<f64>>, Stop> {
        if let Content::Labels(labels) = &self.content {
            let sizes = labels.sizes();
            return self.scaled(limits, |k| 1.0 / (sizes[k] as f64).sqrt()).map(Some);
        }
        let mut rows = self.dense(limits)?;
        if matches!(self.content, Content::Floats(..)) {
            return Ok(Some(rows));
        }
        let complete = orthonormalize(self.rank(), self.shape.0 * self.shape.1, &mut rows, limits)?;
        Ok(complete.then_some(rows))
    }

    /// The same as a basis in doubles; an error when doubles cannot orthogonalise it.
    pub fn into_orthonormal(self, limits: &Limits) -> Result<Basis, EquivariantError> {
        if !self.is_exact() {
            return Ok(self);
        }
        let Some(rows) = self.orthonormal(limits)? else {
            let message = "the exact basis is so nearly dependent that doubles cannot make it orthonormal";
            return Err(EquivariantError::Argument(message.to_string()));
        };
        Ok(Basis::of_floats(self.shape, self.method, self.completeness.clone(), self.rank(), rows))
    }
}
