//! Structure constants modulo a prime: what the engine computes with before anything is lifted.

use crate::exact::ModMatrix;
use crate::num::Prime;
use crate::num::prime::FOLD;

use super::StructureConstants;

/// The table `[e_i, e_j]`, `i < j`, modulo a prime, one sparse or dense row for each pair.
pub struct ResidueTable {
    p: Prime,
    dim: usize,
    rows: Vec<Row>,
}

enum Row {
    Sparse(Vec<(u32, u32)>),
    Dense(Vec<u32>),
}

/// A row is stored densely when more than this fraction of its entries is non-zero (vector code then wins).
const DENSE_FILL: usize = 4;

impl ResidueTable {
    /// The residues of a table, or `None` when the prime divides a denominator.
    pub fn new(p: Prime, constants: &StructureConstants) -> Option<ResidueTable> {
        let dim = constants.dim();
        let mut rows = Vec::with_capacity(dim * dim.saturating_sub(1) / 2);
        for i in 0..dim {
            for j in i + 1..dim {
                let exact = constants.upper(i, j);
                let terms: Option<Vec<(u32, u32)>> = exact.iter().map(|(k, v)| p.residue(v).map(|r| (*k, r))).collect();
                let terms = terms?;
                rows.push(if terms.len() * DENSE_FILL > dim {
                    let mut dense = vec![0; dim];
                    for (k, v) in terms {
                        dense[k as usize] = v;
                    }
                    Row::Dense(dense)
                } else {
                    Row::Sparse(terms)
                });
            }
        }
        Some(ResidueTable { p, dim, rows })
    }

    /// The prime.
    pub fn prime(&self) -> Prime {
        self.p
    }

    /// The dimension.
    pub fn dim(&self) -> usize {
        self.dim
    }

    fn row(&self, i: usize, j: usize) -> &Row {
        &self.rows[i * (2 * self.dim - i - 1) / 2 + (j - i - 1)]
    }

    /// `target += factor · [e_i, e_j]` for any `i`, `j`.
    pub fn add_bracket(&self, target: &mut [u32], factor: u32, i: usize, j: usize) {
        let p = self.p;
        let (factor, row) = match i.cmp(&j) {
            std::cmp::Ordering::Less => (factor, self.row(i, j)),
            std::cmp::Ordering::Equal => return,
            std::cmp::Ordering::Greater => (p.neg(factor), self.row(j, i)),
        };
        if factor == 0 {
            return;
        }
        match row {
            Row::Dense(values) => p.add_scaled(target, factor, values),
            Row::Sparse(terms) => {
                for &(k, v) in terms {
                    let t = &mut target[k as usize];
                    *t = p.add(*t, p.mul(factor, v));
                }
            }
        }
    }

    /// The bracket `[x, y]`.
    pub fn bracket(&self, x: &[u32], y: &[u32]) -> Vec<u32> {
        let p = self.p;
        let mut out = vec![0; self.dim];
        for i in 0..self.dim {
            for j in i + 1..self.dim {
                let factor = p.sub(p.mul(x[i], y[j]), p.mul(x[j], y[i]));
                self.add_bracket(&mut out, factor, i, j);
            }
        }
        out
    }

    /// The matrix whose row `j` is `[x, e_j]`: it acts on row vectors, `v · M = [x, v]`. One pass over the table.
    pub fn ad(&self, x: &[u32]) -> ModMatrix {
        let mut sums = vec![0u64; self.dim];
        let rows = (0..self.dim).map(|j| {
            sums.fill(0);
            self.accumulate_brackets(x, j, &mut sums);
            self.p.reduce_row(&mut sums);
            sums.iter().map(|&s| s as u32).collect()
        });
        ModMatrix::from_rows(self.dim, rows)
    }

    /// `sums += [x, e_j]`, for sums below 2^63, which they are again afterwards.
    pub fn accumulate_brackets(&self, x: &[u32], j: usize, sums: &mut [u64]) {
        let p = self.p;
        let mut pending = 0;
        for (i, &c) in x.iter().enumerate().filter(|&(i, &c)| c != 0 && i != j) {
            // [e_i, e_j] stands in the table for i < j only.
            let factor = if i < j { c } else { p.neg(c) };
            match self.row(i.min(j), i.max(j)) {
                Row::Dense(values) => {
                    p.accumulate(sums, factor, values);
                    pending += 1;
                    if pending == FOLD {
                        p.fold_row(sums);
                        pending = 0;
                    }
                }
                Row::Sparse(terms) => {
                    if pending > 0 {
                        p.fold_row(sums);
                        pending = 0;
                    }
                    for &(k, v) in terms {
                        let sum = &mut sums[k as usize];
                        *sum = p.fold_product(*sum, factor, v);
                    }
                }
            }
        }
        if pending > 0 {
            p.fold_row(sums);
        }
    }

    /// The matrix of `(x, y) ↦ λ([x, y])`, antisymmetric; one pass over the table.
    pub fn contract(&self, functional: &[u32]) -> ModMatrix {
        let p = self.p;
        let mut out = ModMatrix::zero(self.dim, self.dim);
        for i in 0..self.dim {
            for j in i + 1..self.dim {
                let value = match self.row(i, j) {
                    Row::Dense(values) => p.dot(functional, values),
                    Row::Sparse(terms) => {
                        terms.iter().fold(0, |sum, &(k, v)| p.add(sum, p.mul(functional[k as usize], v)))
                    }
                };
                out.row_mut(i)[j] = value;
                out.row_mut(j)[i] = p.neg(value);
            }
        }
        out
    }

    /// Whether most rows are sparse.
    pub fn is_sparse(&self) -> bool {
        let sparse = self.rows.iter().filter(|row| matches!(row, Row::Sparse(_))).count();
        2 * sparse > self.rows.len()
    }

    /// The non-zero entries `(j, k, v)` of `ad e_i`: `[e_i, e_j]` has the coefficient `v` at `e_k`.
    pub fn ad_terms(&self, i: usize) -> Vec<(u32, u32, u32)> {
        let p = self.p;
        let mut out = Vec::new();
        for j in (0..self.dim).filter(|&j| j != i) {
            let row = self.row(i.min(j), i.max(j));
            let sign = |v: u32| if i < j { v } else { p.neg(v) };
            match row {
                Row::Sparse(terms) => out.extend(terms.iter().map(|&(k, v)| (j as u32, k, sign(v)))),
                Row::Dense(values) => {
                    let filled = values.iter().enumerate().filter(|(_, v)| **v != 0);
                    out.extend(filled.map(|(k, &v)| (j as u32, k as u32, sign(v))));
                }
            }
        }
        out
    }

    /// The matrix of `ad e_i` on row vectors.
    pub fn ad_basis(&self, i: usize) -> ModMatrix {
        let mut out = ModMatrix::zero(self.dim, self.dim);
        for j in 0..self.dim {
            self.add_bracket(out.row_mut(j), 1, i, j);
        }
        out
    }
}
