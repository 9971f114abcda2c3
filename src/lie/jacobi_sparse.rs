//! Which pairs spoil that `ad x` is a derivation, for sparse tables.
//!
//! The defect of `(i, j)` is `[x, [e_i, e_j]] + [e_j, [x, e_i]] − [e_i, [x, e_j]]`. For one `i` and all `j > i` it is
//! gathered in a dense matrix; the brackets are lists of places in that matrix, which are walked from end to end. About
//! `(2 nnz(A) + nnz(c) / 2) · nnz(c) / n` multiplications, with `A` the matrix of `ad x`.

use num_traits::ToPrimitive;

use super::StructureConstants;
use super::residue::{ResidueTable, Row};
use crate::limits::{Limits, Stop};
use crate::num::common_denominator;
use crate::parallel;

/// What room for rounding in a bound that is itself computed in doubles.
const ROUNDED_UP: f64 = 1.000_001;

/// The arithmetic of the gathered sums.
pub(super) trait Arithmetic: Sync {
    /// A constant.
    type Number: Copy + Send + Sync;
    /// A sum of products.
    type Sum: Copy + Default + Send;
    /// `sum + a b`.
    fn add_product(&self, sum: &mut Self::Sum, a: Self::Number, b: Self::Number);
    /// `−a`.
    fn negative(&self, a: Self::Number) -> Self::Number;
    /// Whether this stands for zero.
    fn vanishes(&self, sum: &Self::Sum) -> bool;
}

/// Integers whose sums fit 64 bits ([`Brackets::bounded`]).
pub(super) struct Words;

impl Arithmetic for Words {
    type Number = i64;
    type Sum = i64;

    fn add_product(&self, sum: &mut i64, a: i64, b: i64) {
        *sum = sum.wrapping_add(a.wrapping_mul(b));
    }

    fn negative(&self, a: i64) -> i64 {
        -a
    }

    fn vanishes(&self, sum: &i64) -> bool {
        *sum == 0
    }
}

impl Arithmetic for crate::num::Prime {
    type Number = u32;
    type Sum = u64;

    fn add_product(&self, sum: &mut u64, a: u32, b: u32) {
        *sum = self.fold_product(*sum, a, b);
    }

    fn negative(&self, a: u32) -> u32 {
        self.neg(a)
    }

    fn vanishes(&self, sum: &u64) -> bool {
        self.reduce(*sum) == 0
    }
}

/// All brackets `[e_k, e_j]`, in both orders.
pub(super) struct Brackets<T> {
    dim: usize,
    /// For each `k` the terms of all `[e_k, e_j]`: the place `j n + l` and the coefficient at `e_l`, by increasing place.
    terms: Vec<Vec<(u32, T)>>,
    /// For each `k` where the terms of each `j` start, and their number.
    starts: Vec<Vec<u32>>,
}

impl<T: Copy + Send + Sync> Brackets<T> {
    /// `rows(i, j, out)` appends the terms of `[e_i, e_j]`, `i < j`; `None` when it cannot.
    fn new(
        dim: usize,
        negative: impl Fn(T) -> T + Sync,
        rows: impl Fn(usize, usize, &mut Vec<(u32, T)>) -> Option<()> + Sync,
    ) -> Option<Brackets<T>> {
        u32::try_from(dim * dim).ok()?;
        let lists = parallel::map(dim, |k| {
            let (mut terms, mut starts, mut row) = (Vec::new(), Vec::with_capacity(dim + 1), Vec::new());
            for j in 0..dim {
                starts.push(terms.len() as u32);
                if j != k {
                    row.clear();
                    rows(k.min(j), k.max(j), &mut row)?;
                    let base = (j * dim) as u32;
                    terms.extend(row.iter().map(|&(l, v)| (base + l, if k < j { v } else { negative(v) })));
                }
            }
            starts.push(terms.len() as u32);
            Some((terms, starts))
        });
        let lists: Vec<_> = lists.into_iter().collect::<Option<_>>()?;
        let (terms, starts) = lists.into_iter().unzip();
        Some(Brackets { dim, terms, starts })
    }

    /// The terms of `[e_k, e_j]`.
    fn of(&self, k: usize, j: usize) -> &[(u32, T)] {
        let starts = &self.starts[k];
        &self.terms[k][starts[j] as usize..starts[j + 1] as usize]
    }

    /// The terms of all `[e_k, e_j]` with `j ≥ from`.
    fn beyond(&self, k: usize, from: usize) -> &[(u32, T)] {
        &self.terms[k][self.starts[k][from] as usize..]
    }

    /// Row `j` is `[x, e_j]` as a list of terms.
    fn ad<A: Arithmetic<Number = T>>(
        &self,
        arithmetic: &A,
        x: &[T],
        number: impl Fn(&A::Sum) -> T,
    ) -> Vec<Vec<(u32, T)>> {
        let n = self.dim;
        let mut sums = vec![A::Sum::default(); n * n];
        for (k, &c) in x.iter().enumerate() {
            for &(at, v) in &self.terms[k] {
                arithmetic.add_product(&mut sums[at as usize], c, v);
            }
        }
        let rows = sums.chunks(n.max(1));
        rows.map(|row| {
            let filled = row.iter().enumerate().filter(|(_, s)| !arithmetic.vanishes(s));
            filled.map(|(l, s)| (l as u32, number(s))).collect()
        })
        .collect()
    }

    /// A pair `i < j` for which the derivation rule fails, if there is one.
    fn defect<A: Arithmetic<Number = T>>(
        &self,
        arithmetic: &A,
        adjoint: &[Vec<(u32, T)>],
        limits: &Limits,
    ) -> Result<Option<(usize, usize)>, Stop> {
        let n = self.dim;
        let found = parallel::try_map(n, |i| {
            limits.check()?;
            let mut sums = vec![A::Sum::default(); n * n];
            // [e_j, [x, e_i]] = − Σ_k A_i^k [e_k, e_j]
            for &(k, a) in &adjoint[i] {
                let a = arithmetic.negative(a);
                for &(at, v) in self.beyond(k as usize, i + 1) {
                    arithmetic.add_product(&mut sums[at as usize], a, v);
                }
            }
            for j in i + 1..n {
                let (base, row) = ((j * n) as u32, &mut sums[j * n..(j + 1) * n]);
                // [x, [e_i, e_j]]
                for &(at, v) in self.of(i, j) {
                    for &(l, a) in &adjoint[(at - base) as usize] {
                        arithmetic.add_product(&mut row[l as usize], v, a);
                    }
                }
                // − [e_i, [x, e_j]]
                for &(k, a) in &adjoint[j] {
                    let a = arithmetic.negative(a);
                    let inner = (k as usize * n) as u32;
                    for &(at, v) in self.of(i, k as usize) {
                        arithmetic.add_product(&mut row[(at - inner) as usize], a, v);
                    }
                }
                if !row.iter().all(|sum| arithmetic.vanishes(sum)) {
                    return Ok(Some((i, j)));
                }
            }
            Ok(None)
        })?;
        Ok(found.into_iter().flatten().next())
    }
}

impl Brackets<u32> {
    /// The brackets modulo a prime.
    pub fn of_residues(table: &ResidueTable) -> Option<Brackets<u32>> {
        Brackets::new(
            table.dim(),
            |v| table.prime().neg(v),
            |i, j, out| {
                match table.upper(i, j) {
                    Row::Sparse(terms) => out.extend(terms),
                    Row::Dense(values) => {
                        out.extend(values.iter().enumerate().filter(|t| *t.1 != 0).map(|(k, &v)| (k as u32, v)));
                    }
                }
                Some(())
            },
        )
    }

    /// A pair that fails modulo the prime.
    pub fn failing(&self, table: &ResidueTable, x: &[i64], limits: &Limits) -> Result<Option<(usize, usize)>, Stop> {
        let p = table.prime();
        let x: Vec<u32> = x.iter().map(|&c| p.reduce_signed(c)).collect();
        self.defect(&p, &self.ad(&p, &x, |&sum| p.reduce(sum)), limits)
    }
}

impl Brackets<i64> {
    /// The brackets times their common denominator; `None` when a number does not fit.
    pub fn of_integers(constants: &StructureConstants) -> Option<Brackets<i64>> {
        let denominator = common_denominator(constants.iter().map(|t| t.3)).to_i64()?;
        Brackets::new(
            constants.dim(),
            |v: i64| -v,
            |i, j, out| {
                for (k, v) in constants.upper(i, j) {
                    let (n, d) = v.as_small()?;
                    out.push((*k, n.checked_mul(denominator / d)?));
                }
                Some(())
            },
        )
    }

    /// The matrix of `ad x` when all sums, those of [`Brackets::failing`] included, stay below 2^62 whatever the order.
    ///
    /// By Cauchy–Schwarz the absolute values in `[x, [e_i, e_j]]` add up to at most `‖[e_i, e_j]‖ ‖A column‖`, those in the
    /// two other terms to at most `‖A row‖ ‖(c_kj^l)_k‖`; those in an entry of `A` to at most `‖x‖ ‖(c_kj^l)_k‖`.
    pub fn bounded(&self, x: &[i64]) -> Option<Vec<Vec<(u32, i64)>>> {
        const ROOM: f64 = 4_611_686_018_427_387_904.0;
        let n = self.dim;
        let square = |v: i64| (v as f64) * (v as f64);
        let mut columns = vec![0.0f64; n * n];
        let mut longest = 0.0f64;
        for (k, terms) in self.terms.iter().enumerate() {
            terms.iter().for_each(|&(at, v)| columns[at as usize] += square(v));
            for j in 0..n {
                longest = longest.max(self.of(k, j).iter().map(|t| square(t.1)).sum());
            }
        }
        let column = columns.into_iter().fold(0.0f64, f64::max).sqrt();
        let size = x.iter().map(|&c| square(c)).sum::<f64>().sqrt();
        if size * column * ROUNDED_UP >= ROOM {
            return None;
        }
        let adjoint = self.ad(&Words, x, |&sum| sum);
        let (mut row, mut sums) = (0.0f64, vec![0.0f64; n]);
        for terms in &adjoint {
            terms.iter().for_each(|&(l, v)| sums[l as usize] += square(v));
            row = row.max(terms.iter().map(|t| square(t.1)).sum());
        }
        let bound = longest.sqrt() * sums.into_iter().fold(0.0f64, f64::max).sqrt() + 2.0 * row.sqrt() * column;
        (bound * ROUNDED_UP < ROOM).then_some(adjoint)
    }

    /// A pair that fails, for the matrix of [`Brackets::bounded`].
    pub fn failing(&self, adjoint: &[Vec<(u32, i64)>], limits: &Limits) -> Result<Option<(usize, usize)>, Stop> {
        self.defect(&Words, adjoint, limits)
    }
}
