//! Structure constants modulo a prime: what the engine computes with before anything is lifted.

use crate::exact::ModMatrix;
use crate::num::Prime;
use crate::num::prime::Fractions;
use crate::parallel;

use super::StructureConstants;
use super::integer_table::IntegerTable;

/// The table `[e_i, e_j]`, `i < j`, modulo a prime, one sparse or dense row for each pair.
pub struct ResidueTable {
    p: Prime,
    dim: usize,
    /// Where each row lies.
    places: Vec<Place>,
    /// The dense rows, one after another.
    dense: Vec<u32>,
    /// The terms of the sparse rows, one after another.
    sparse: Vec<(u32, u32)>,
}

#[derive(Clone, Copy)]
enum Place {
    Sparse { start: usize, end: usize },
    Dense { start: usize },
}

/// One row of the table.
#[derive(Clone, Copy)]
pub enum Row<'a> {
    /// The terms `(k, v)` in increasing order; some `v` may be zero.
    Sparse(&'a [(u32, u32)]),
    /// All coordinates.
    Dense(&'a [u32]),
}

/// A row is stored densely when more than this fraction of its entries is non-zero (vector code then wins).
const DENSE_FILL: usize = 4;

/// Below this many steps a loop is not worth sharing between threads.
const SHARED: usize = 200_000;

/// The part of the arrays that belongs to the pairs `(i, j)` with one `i`.
struct Part<'a> {
    i: usize,
    dense: &'a mut [u32],
    sparse: &'a mut [(u32, u32)],
}

impl ResidueTable {
    /// The residues of a table, or `None` when the prime divides a denominator.
    pub fn new(p: Prime, constants: &StructureConstants) -> Option<ResidueTable> {
        let dim = constants.dim();
        let mut places = Vec::with_capacity(dim * dim.saturating_sub(1) / 2);
        let mut ends = Vec::with_capacity(dim);
        let (mut dense_end, mut sparse_end) = (0, 0);
        for i in 0..dim {
            for j in i + 1..dim {
                let terms = constants.upper(i, j).len();
                if terms * DENSE_FILL > dim {
                    places.push(Place::Dense { start: dense_end });
                    dense_end += dim;
                } else {
                    places.push(Place::Sparse { start: sparse_end, end: sparse_end + terms });
                    sparse_end += terms;
                }
            }
            ends.push((dense_end, sparse_end));
        }
        let mut table = ResidueTable { p, dim, places, dense: vec![0; dense_end], sparse: vec![(0, 0); sparse_end] };
        let mut parts = Vec::with_capacity(dim);
        let (mut dense, mut sparse) = (table.dense.as_mut_slice(), table.sparse.as_mut_slice());
        let mut before = (0, 0);
        for (i, end) in ends.into_iter().enumerate() {
            let (dense_part, sparse_part);
            (dense_part, dense) = dense.split_at_mut(end.0 - before.0);
            (sparse_part, sparse) = sparse.split_at_mut(end.1 - before.1);
            parts.push(Part { i, dense: dense_part, sparse: sparse_part });
            before = end;
        }
        let integers = match constants.known_integers() {
            Some(integers) => Some(Rescaled::new(p, integers)?),
            None => None,
        };
        let fill = |part: Part| fill(p, constants, integers.as_ref(), part);
        let filled = if dense_end + sparse_end < SHARED {
            parts.into_iter().all(|part| fill(part).is_some())
        } else {
            parallel::map_items(parts, fill).into_iter().all(|done| done.is_some())
        };
        filled.then_some(table)
    }

    /// The residues of a table of integers, whose rows of `dim` entries stand one after another.
    pub(super) fn of_integers(p: Prime, dim: usize, values: &[i32]) -> ResidueTable {
        let places = (0..values.len() / dim.max(1)).map(|row| Place::Dense { start: row * dim }).collect();
        let dense = values.iter().map(|&v| p.reduce_signed(i64::from(v))).collect();
        ResidueTable { p, dim, places, dense, sparse: Vec::new() }
    }

    /// The prime.
    pub fn prime(&self) -> Prime {
        self.p
    }

    /// The dimension.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// The row of `[e_i, e_j]`, `i < j`.
    pub fn upper(&self, i: usize, j: usize) -> Row<'_> {
        match self.places[i * (2 * self.dim - i - 1) / 2 + (j - i - 1)] {
            Place::Sparse { start, end } => Row::Sparse(&self.sparse[start..end]),
            Place::Dense { start } => Row::Dense(&self.dense[start..start + self.dim]),
        }
    }

    /// `target += factor · [e_i, e_j]` for any `i`, `j`.
    pub fn add_bracket(&self, target: &mut [u32], factor: u32, i: usize, j: usize) {
        let p = self.p;
        let (factor, row) = match i.cmp(&j) {
            std::cmp::Ordering::Less => (factor, self.upper(i, j)),
            std::cmp::Ordering::Equal => return,
            std::cmp::Ordering::Greater => (p.neg(factor), self.upper(j, i)),
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

    /// The bracket `[x, y]`. One pass over the table.
    pub fn bracket(&self, x: &[u32], y: &[u32]) -> Vec<u32> {
        let p = self.p;
        let pairs = || (0..self.dim).flat_map(|i| (i + 1..self.dim).map(move |j| (i, j)));
        let factor = |i: usize, j: usize| p.sub(p.mul(x[i], y[j]), p.mul(x[j], y[i]));
        let mut sums = vec![0u64; self.dim];
        if !self.dense.is_empty() {
            let dense = pairs().filter_map(|(i, j)| match self.upper(i, j) {
                Row::Dense(values) => Some((factor(i, j), values)),
                Row::Sparse(_) => None,
            });
            p.accumulate_rows(&mut sums, dense);
        }
        if !self.sparse.is_empty() {
            for (i, j) in pairs() {
                if let Row::Sparse(terms) = self.upper(i, j)
                    && !terms.is_empty()
                {
                    add_terms(p, &mut sums, factor(i, j), terms);
                }
            }
        }
        reduced(p, &sums)
    }

    /// The matrix whose row `j` is `[x, e_j]`: it acts on row vectors, `v · M = [x, v]`. One pass over the table.
    pub fn ad(&self, x: &[u32]) -> ModMatrix {
        let row = |j: usize| {
            let mut sums = vec![0u64; self.dim];
            self.accumulate_brackets(x, j, &mut sums);
            reduced(self.p, &sums)
        };
        if 2 * (self.dense.len() + self.sparse.len()) < SHARED {
            ModMatrix::from_rows(self.dim, (0..self.dim).map(row))
        } else {
            ModMatrix::from_rows(self.dim, parallel::map(self.dim, row))
        }
    }

    /// `sums += [x, e_j]`, for sums below 2^63, which they are again afterwards.
    pub fn accumulate_brackets(&self, x: &[u32], j: usize, sums: &mut [u64]) {
        let p = self.p;
        // [e_i, e_j] stands in the table for i < j only.
        let terms = || {
            x.iter().enumerate().filter(|&(i, &c)| c != 0 && i != j).map(|(i, &c)| {
                let factor = if i < j { c } else { p.neg(c) };
                (factor, self.upper(i.min(j), i.max(j)))
            })
        };
        if !self.dense.is_empty() {
            let dense = terms().filter_map(|(factor, row)| match row {
                Row::Dense(values) => Some((factor, values)),
                Row::Sparse(_) => None,
            });
            p.accumulate_rows(sums, dense);
        }
        if !self.sparse.is_empty() {
            for (factor, row) in terms() {
                if let Row::Sparse(terms) = row {
                    add_terms(p, sums, factor, terms);
                }
            }
        }
    }

    /// The matrix of `(x, y) ↦ λ([x, y])`, antisymmetric; one pass over the table.
    pub fn contract(&self, functional: &[u32]) -> ModMatrix {
        let p = self.p;
        let mut out = ModMatrix::zero(self.dim, self.dim);
        for i in 0..self.dim {
            for j in i + 1..self.dim {
                let value = match self.upper(i, j) {
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
        let sparse = self.places.iter().filter(|place| matches!(place, Place::Sparse { .. })).count();
        2 * sparse > self.places.len()
    }

    /// The non-zero entries `(j, k, v)` of `ad e_i`: `[e_i, e_j]` has the coefficient `v` at `e_k`.
    pub fn ad_terms(&self, i: usize) -> Vec<(u32, u32, u32)> {
        let p = self.p;
        let mut out = Vec::new();
        for j in (0..self.dim).filter(|&j| j != i) {
            let row = self.upper(i.min(j), i.max(j));
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

/// A table of integers `c_ij^k t_i t_j / t_k` with the residues of the `t_k` and of their inverses.
struct Rescaled<'a> {
    integers: &'a IntegerTable,
    scales: Vec<u32>,
    inverses: Vec<u32>,
}

impl Rescaled<'_> {
    /// `None` when the prime divides one of the scales.
    fn new(p: Prime, integers: &IntegerTable) -> Option<Rescaled<'_>> {
        let scales: Vec<u32> = integers.scales.iter().map(|t| p.residue(t)).collect::<Option<_>>()?;
        let inverses = scales.iter().map(|&t| (t != 0).then(|| p.inv(t))).collect::<Option<_>>()?;
        Some(Rescaled { integers, scales, inverses })
    }

    /// `[e_i, e_j]`.
    fn fill(&self, p: Prime, i: usize, j: usize, row: &mut [u32]) {
        // A multiple of the prime that makes all 32-bit numbers positive; products stay below 2^62.
        let shift = 8 * i64::from(p.value());
        for ((out, &v), &scale) in row.iter_mut().zip(self.integers.row(i, j)).zip(&self.scales) {
            *out = p.reduce((i64::from(v) + shift).unsigned_abs() * u64::from(scale));
        }
        p.scale(row, p.mul(self.inverses[i], self.inverses[j]));
    }
}

/// Reduces the rows of one part; `None` when the prime divides a denominator.
fn fill(p: Prime, constants: &StructureConstants, integers: Option<&Rescaled>, part: Part) -> Option<()> {
    let dim = constants.dim();
    let mut fractions = Fractions::new(p);
    let mut dense_rows = part.dense.chunks_exact_mut(dim);
    let mut rest = part.sparse;
    for j in part.i + 1..dim {
        let exact = constants.upper(part.i, j);
        if exact.len() * DENSE_FILL > dim {
            let row = dense_rows.next()?;
            match integers {
                Some(integers) => integers.fill(p, part.i, j, row),
                None => {
                    for (k, v) in exact {
                        row[*k as usize] = fractions.residue(v)?;
                    }
                }
            }
        } else {
            let terms;
            (terms, rest) = rest.split_at_mut(exact.len());
            for (term, (k, v)) in terms.iter_mut().zip(exact) {
                *term = (*k, fractions.residue(v)?);
            }
        }
    }
    Some(())
}

/// `sums += factor · terms`, for sums below 2^63, which they are again afterwards.
fn add_terms(p: Prime, sums: &mut [u64], factor: u32, terms: &[(u32, u32)]) {
    for &(k, v) in terms {
        let sum = &mut sums[k as usize];
        *sum = p.fold_product(*sum, factor, v);
    }
}

fn reduced(p: Prime, sums: &[u64]) -> Vec<u32> {
    let mut out = vec![0; sums.len()];
    p.reduce_into(sums, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::Rational;
    use crate::num::prime::{random_integer, random_stream};

    /// Tables with empty, sparse and dense rows and fractions, against the table over Q.
    #[test]
    fn residues_of_brackets_are_brackets_of_residues() {
        let mut rng = random_stream(31, 0);
        let p = Prime::random(&mut rng);
        for (dim, fill) in [(2, 9), (5, 0), (9, 4), (12, 9), (70, 3), (70, 9)] {
            let constants = StructureConstants::from_fn(dim, |i, j| {
                let dense = (i + j) % 3 == 0;
                (0..dim as u32)
                    .filter_map(|k| {
                        let keep = random_integer(&mut rng, 9).abs() < if dense { fill } else { fill / 4 };
                        let value = Rational::new(random_integer(&mut rng, 50), 1 + (k % 7) as i64)?;
                        (keep && !value.is_zero()).then_some((k, value))
                    })
                    .collect()
            });
            let table = ResidueTable::new(p, &constants).unwrap();
            let mut vector = || -> Vec<i64> { (0..dim).map(|_| random_integer(&mut rng, 5)).collect() };
            let (x, y) = (vector(), vector());
            let exact = |v: &[i64]| v.iter().map(|&c| Rational::from(c)).collect::<Vec<_>>();
            let modular = |v: &[i64]| v.iter().map(|&c| p.reduce_signed(c)).collect::<Vec<_>>();
            let expected: Vec<u32> =
                constants.bracket(&exact(&x), &exact(&y)).iter().map(|q| p.residue(q).unwrap()).collect();
            assert_eq!(table.bracket(&modular(&x), &modular(&y)), expected);
            assert_eq!(table.ad(&modular(&x)).left_mul(p, &modular(&y)), expected);
            for i in 0..dim {
                let basis = table.ad_basis(i);
                for (j, k, v) in table.ad_terms(i) {
                    assert_eq!(basis.row(j as usize)[k as usize], v);
                }
                let unit: Vec<i64> = (0..dim).map(|a| i64::from(a == i)).collect();
                assert_eq!(table.ad(&modular(&unit)), basis);
            }
        }
        // Through the integers, once they are there, and from the fractions.
        let mut dense = StructureConstants::from_fn(9, |i, j| {
            (0..9).map(|k| (k, Rational::from(2 * (3 * i as i64 - 5 * j as i64 + 2 * i64::from(k)) + 1))).collect()
        });
        dense.rescale(3, &Rational::new(5, 7).unwrap());
        let before = ResidueTable::new(p, &dense).unwrap();
        assert!(dense.integers().is_some());
        let after = ResidueTable::new(p, &dense).unwrap();
        assert_eq!((before.dense, before.sparse), (after.dense, after.sparse));
        let bad = StructureConstants::from_terms(2, [(0, 1, 0, Rational::new(1, i64::from(p.value())).unwrap())]);
        assert!(ResidueTable::new(p, &bad).is_none());
    }
}
