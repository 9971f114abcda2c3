//! Structure constants: the table `[e_i, e_j] = Σ_k c_ij^k e_k` of an antisymmetric product over Q.

use std::sync::{Arc, OnceLock};

use super::integer_table::IntegerTable;
use crate::exact::sparse::{SparseVector, add_scaled, collect_terms};
use crate::exact::{Matrix, SparseMatrix};
use crate::num::Rational;

/// The brackets `[e_i, e_j]`, `i < j`, of a basis `e_0, …, e_{n-1}`; antisymmetry is built in.
///
/// Nothing here says that the Jacobi identity holds; that is the business of [`crate::lie::Algebra`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructureConstants {
    dim: usize,
    /// `upper[pair_index(i, j)]` is `[e_i, e_j]` for `i < j`.
    upper: Vec<SparseVector>,
    integers: Integers,
}

/// The table as integers once somebody has asked for them, `None` when it has no such form. It follows from the table,
/// so tables are compared without it.
#[derive(Clone, Debug, Default)]
struct Integers(OnceLock<Option<Arc<IntegerTable>>>);

impl PartialEq for Integers {
    fn eq(&self, _: &Integers) -> bool {
        true
    }
}

impl Eq for Integers {}

impl StructureConstants {
    /// The abelian algebra of dimension `dim`.
    pub fn abelian(dim: usize) -> StructureConstants {
        StructureConstants::of(dim, vec![Vec::new(); dim * dim.saturating_sub(1) / 2])
    }

    /// The table with `[e_i, e_j] = bracket(i, j)` for `i < j`.
    pub fn from_fn(dim: usize, mut bracket: impl FnMut(usize, usize) -> SparseVector) -> StructureConstants {
        let mut upper = Vec::with_capacity(dim * dim.saturating_sub(1) / 2);
        for i in 0..dim {
            for j in i + 1..dim {
                upper.push(bracket(i, j));
            }
        }
        StructureConstants::of(dim, upper)
    }

    fn of(dim: usize, upper: Vec<SparseVector>) -> StructureConstants {
        StructureConstants { dim, upper, integers: Integers::default() }
    }

    /// A dense table as integers, in a rescaled basis; made at the first call and kept (`2 n³` bytes).
    pub(super) fn integers(&self) -> Option<&IntegerTable> {
        let make = || if self.is_sparse() { None } else { IntegerTable::new(self).map(Arc::new) };
        self.integers.0.get_or_init(make).as_deref()
    }

    /// The same when it has been made already.
    pub(super) fn known_integers(&self) -> Option<&IntegerTable> {
        self.integers.0.get()?.as_deref()
    }

    /// Whether less than half of the rows are filled to an eighth.
    pub(super) fn is_sparse(&self) -> bool {
        let dense = self.upper.iter().filter(|row| 8 * row.len() > self.dim).count();
        2 * dense < self.upper.len()
    }

    /// Adds `value` to the coefficient of `e_k` in `[e_i, e_j]` (and subtracts it in `[e_j, e_i]`); `i ≠ j`.
    pub fn add(&mut self, i: usize, j: usize, k: usize, value: Rational) {
        let value = if i < j { value } else { -value };
        let at = self.pair(i.min(j), i.max(j));
        self.integers = Integers::default();
        self.upper[at] = add_scaled(&self.upper[at], &value, &[(k as u32, Rational::ONE)]);
    }

    fn pair(&self, i: usize, j: usize) -> usize {
        // Row i of the strict upper triangle starts after i rows of lengths n-1, n-2, …
        i * (2 * self.dim - i - 1) / 2 + (j - i - 1)
    }

    /// The dimension `n`.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// `[e_i, e_j]` for `i < j`, by reference.
    pub fn upper(&self, i: usize, j: usize) -> &[(u32, Rational)] {
        &self.upper[self.pair(i, j)]
    }

    /// `[e_i, e_j]` for any `i`, `j`.
    pub fn bracket_of_basis(&self, i: usize, j: usize) -> SparseVector {
        match i.cmp(&j) {
            std::cmp::Ordering::Less => self.upper(i, j).to_vec(),
            std::cmp::Ordering::Equal => Vec::new(),
            std::cmp::Ordering::Greater => self.upper(j, i).iter().map(|(k, v)| (*k, -v)).collect(),
        }
    }

    /// The non-zero constants `(i, j, k, c)` with `i < j`, in lexicographic order.
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize, usize, &Rational)> {
        (0..self.dim).flat_map(move |i| {
            (i + 1..self.dim).flat_map(move |j| self.upper(i, j).iter().map(move |(k, v)| (i, j, *k as usize, v)))
        })
    }

    /// An estimate of the memory that the table takes, in bytes: 24 for a small constant, its digits for a large one.
    pub fn bytes(&self) -> u128 {
        let constant = |v: &Rational| if v.as_small().is_some() { 24 } else { 128 + u128::from(v.bits()) / 4 };
        let rows = self.upper.len() as u128 * size_of::<SparseVector>() as u128;
        rows + self.upper.iter().flatten().map(|(_, v)| constant(v)).sum::<u128>()
    }

    /// Number of non-zero constants with `i < j`.
    pub fn nonzeros(&self) -> usize {
        self.upper.iter().map(Vec::len).sum()
    }

    /// The bracket `[x, y]` of two coordinate vectors of length `n`.
    pub fn bracket(&self, x: &[Rational], y: &[Rational]) -> Vec<Rational> {
        let mut out = vec![Rational::ZERO; self.dim];
        for i in 0..self.dim {
            for j in i + 1..self.dim {
                let row = self.upper(i, j);
                if row.is_empty() || (x[i].is_zero() && x[j].is_zero()) || (y[i].is_zero() && y[j].is_zero()) {
                    continue;
                }
                let factor = &(&x[i] * &y[j]) - &(&x[j] * &y[i]);
                if !factor.is_zero() {
                    for (k, v) in row {
                        out[*k as usize].add_product(&factor, v);
                    }
                }
            }
        }
        out
    }

    /// The matrix of `ad x`: column `j` holds the coordinates of `[x, e_j]`.
    pub fn ad(&self, x: &[Rational]) -> Matrix<Rational> {
        let mut out = Matrix::filled(self.dim, self.dim, Rational::ZERO);
        for (i, j, k, v) in self.iter() {
            if !x[i].is_zero() {
                out[(k, j)].add_product(&x[i], v);
            }
            if !x[j].is_zero() {
                out[(k, i)] -= &(&x[j] * v);
            }
        }
        out
    }

    /// The matrix of `ad e_i`.
    pub fn ad_basis(&self, i: usize) -> SparseMatrix {
        let triples =
            (0..self.dim).flat_map(|j| self.bracket_of_basis(i, j).into_iter().map(move |(k, v)| (k as usize, j, v)));
        SparseMatrix::from_triples(self.dim, self.dim, triples.collect::<Vec<_>>())
    }

    /// The constants in the new basis `f_a = Σ_i new[a][i] e_i` of the whole space or of a subalgebra:
    /// `coordinates` must express any vector of the span in the `f_a`.
    pub fn in_basis<E>(
        &self,
        new: &[Vec<Rational>],
        coordinates: impl Fn(&[Rational]) -> Result<Vec<Rational>, E>,
    ) -> Result<StructureConstants, E> {
        let mut out = StructureConstants::abelian(new.len());
        for a in 0..new.len() {
            for b in a + 1..new.len() {
                let at = out.pair(a, b);
                out.upper[at] = crate::exact::sparse::to_sparse(&coordinates(&self.bracket(&new[a], &new[b]))?);
            }
        }
        Ok(out)
    }

    /// Changes the basis by `f_i = e_i + factor · e_j` (the other elements stay), `i ≠ j`; `O(n²)` operations.
    pub fn shear(&mut self, i: usize, j: usize, factor: &Rational) {
        self.integers = Integers::default();
        for k in (0..self.dim).filter(|&k| k != i && k != j) {
            let other = self.bracket_of_basis(j, k);
            let factor = if i < k { factor.clone() } else { -factor };
            let at = self.pair(i.min(k), i.max(k));
            self.upper[at] = add_scaled(&self.upper[at], &factor, &other);
        }
        // e_i = f_i - factor · e_j: the coordinate at e_j loses factor times that at e_i.
        let minus = -factor;
        for row in &mut self.upper {
            if let Ok(at) = row.binary_search_by_key(&(i as u32), |t| t.0) {
                let step = &minus * &row[at].1;
                match row.binary_search_by_key(&(j as u32), |t| t.0) {
                    Ok(at) => {
                        row[at].1 += &step;
                        if row[at].1.is_zero() {
                            row.remove(at);
                        }
                    }
                    Err(at) => row.insert(at, (j as u32, step)),
                }
            }
        }
    }

    /// Changes the basis by `f_i = factor · e_i`, the factor not zero; `O(n²)` operations.
    pub fn rescale(&mut self, i: usize, factor: &Rational) {
        self.integers = Integers::default();
        let inverse = factor.recip().unwrap_or(Rational::ONE);
        for k in (0..self.dim).filter(|&k| k != i) {
            let at = self.pair(i.min(k), i.max(k));
            self.upper[at].iter_mut().for_each(|(_, v)| *v = &*v * factor);
        }
        for row in &mut self.upper {
            if let Ok(at) = row.binary_search_by_key(&(i as u32), |t| t.0) {
                row[at].1 = &row[at].1 * &inverse;
            }
        }
    }

    /// The direct sum, the second algebra's basis after the first's.
    pub fn direct_sum(&self, other: &StructureConstants) -> StructureConstants {
        let (n, m) = (self.dim, other.dim);
        StructureConstants::from_fn(n + m, |i, j| {
            if j < n {
                self.upper(i, j).to_vec()
            } else if i >= n {
                other.upper(i - n, j - n).iter().map(|(k, v)| (k + n as u32, v.clone())).collect()
            } else {
                Vec::new()
            }
        })
    }

    /// A table from (i, j, k, value) terms, each `[e_i, e_j] ∋ value · e_k`, given once per pair.
    pub fn from_terms(
        dim: usize,
        terms: impl IntoIterator<Item = (usize, usize, usize, Rational)>,
    ) -> StructureConstants {
        let mut out = StructureConstants::abelian(dim);
        let mut lists: Vec<Vec<(u32, Rational)>> = vec![Vec::new(); out.upper.len()];
        for (i, j, k, v) in terms {
            if i != j {
                let v = if i < j { v } else { -v };
                lists[out.pair(i.min(j), i.max(j))].push((k as u32, v));
            }
        }
        out.upper = lists.into_iter().map(collect_terms).collect();
        out
    }
}
