//! Which pairs spoil that `ad e_m` is a derivation, for sparse tables.
//!
//! The defect of `(i, j)` is `[e_m, [e_i, e_j]] + [e_j, [e_m, e_i]] − [e_i, [e_m, e_j]]`, gathered in one row of sums. The
//! number of multiplications is that of [`super::jacobi_plan::Costs`].

use std::convert::Infallible;
use std::marker::PhantomData;
use std::ops::Neg;

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};

use super::StructureConstants;
use super::jacobi_plan::Step;
use super::residue::{ResidueTable, Row};
use crate::limits::{Limits, Stop};
use crate::num::{Prime, Rational, common_denominator};
use crate::parallel;

/// What room for rounding in a bound that is itself computed in doubles.
const ROUNDED_UP: f64 = 1.000_001;

/// The arithmetic of the gathered sums.
pub(super) trait Arithmetic: Sync {
    /// A constant.
    type Number: Clone + Send + Sync;
    /// A sum of products.
    type Sum: Clone + Default + Send;
    /// `sum + a b`.
    fn add_product(&self, sum: &mut Self::Sum, a: &Self::Number, b: &Self::Number);
    /// `−a`.
    fn negative(&self, a: &Self::Number) -> Self::Number;
    /// Whether this stands for zero.
    fn vanishes(&self, sum: &Self::Sum) -> bool;
}

/// Integers whose sums fit 64 bits ([`Brackets::suffice`]).
pub(super) struct Words<T>(PhantomData<T>);

/// The machine integers used.
pub(super) trait Word: Copy + Send + Sync + TryFrom<i64> + Into<i64> + Neg<Output = Self> {}
impl Word for i32 {}
impl Word for i64 {}

impl<T: Word> Arithmetic for Words<T> {
    type Number = T;
    type Sum = i64;

    fn add_product(&self, sum: &mut i64, a: &T, b: &T) {
        *sum = sum.wrapping_add((*a).into().wrapping_mul((*b).into()));
    }

    fn negative(&self, a: &T) -> T {
        -*a
    }

    fn vanishes(&self, sum: &i64) -> bool {
        *sum == 0
    }
}

impl Arithmetic for Prime {
    type Number = u32;
    type Sum = u64;

    fn add_product(&self, sum: &mut u64, a: &u32, b: &u32) {
        *sum = self.fold_product(*sum, *a, *b);
    }

    fn negative(&self, a: &u32) -> u32 {
        self.neg(*a)
    }

    fn vanishes(&self, sum: &u64) -> bool {
        self.reduce(*sum) == 0
    }
}

/// Integers of any size.
struct Large;

impl Arithmetic for Large {
    type Number = BigInt;
    type Sum = BigInt;

    fn add_product(&self, sum: &mut BigInt, a: &BigInt, b: &BigInt) {
        *sum += a * b;
    }

    fn negative(&self, a: &BigInt) -> BigInt {
        -a
    }

    fn vanishes(&self, sum: &BigInt) -> bool {
        sum.is_zero()
    }
}

/// All brackets `[e_k, e_j]`, in both orders.
pub(super) struct Brackets<T> {
    dim: usize,
    /// For each `k` the terms of all `[e_k, e_j]`, one `j` after another: the place `l` and the coefficient at `e_l`.
    terms: Vec<Vec<(u32, T)>>,
    /// For each `k` where the terms of each `j` start, and their number.
    starts: Vec<Vec<usize>>,
}

impl<T: Clone + Send + Sync> Brackets<T> {
    /// `rows(i, j, out)` appends the terms of `[e_i, e_j]`, `i < j`.
    fn new<E: Send>(
        dim: usize,
        negative: impl Fn(&T) -> T + Sync,
        rows: impl Fn(usize, usize, &mut Vec<(u32, T)>) -> Result<(), E> + Sync,
    ) -> Result<Brackets<T>, E> {
        let lists = parallel::try_map(dim, |k| {
            let (mut terms, mut starts) = (Vec::new(), Vec::with_capacity(dim + 1));
            for j in 0..dim {
                let from = terms.len();
                starts.push(from);
                if j < k {
                    rows(j, k, &mut terms)?;
                    terms[from..].iter_mut().for_each(|(_, v)| *v = negative(v));
                } else if j > k {
                    rows(k, j, &mut terms)?;
                }
            }
            starts.push(terms.len());
            Ok((terms, starts))
        })?;
        let (terms, starts) = lists.into_iter().unzip();
        Ok(Brackets { dim, terms, starts })
    }

    /// The terms of `[e_k, e_j]`.
    fn of(&self, k: usize, j: usize) -> &[(u32, T)] {
        let starts = &self.starts[k];
        &self.terms[k][starts[j]..starts[j + 1]]
    }

    /// A pair `i < j` of the step for which the derivation rule fails, if there is one.
    fn defect<A: Arithmetic<Number = T>>(
        &self,
        arithmetic: &A,
        step: &Step,
        limits: &Limits,
    ) -> Result<Option<(usize, usize)>, Stop> {
        let m = step.element;
        let found = parallel::try_map(step.outside.len(), |at| {
            limits.check()?;
            let i = step.outside[at];
            let image = self.of(m, i);
            let mut sums = vec![A::Sum::default(); self.dim];
            for &j in &step.outside[at + 1..] {
                let mut touched = false;
                let mut add = |factor: &T, terms: &[(u32, T)]| {
                    touched |= !terms.is_empty();
                    terms.iter().for_each(|(l, v)| arithmetic.add_product(&mut sums[*l as usize], factor, v));
                };
                for (k, c) in self.of(i, j) {
                    add(c, self.of(m, *k as usize));
                }
                for (k, c) in image {
                    add(&arithmetic.negative(c), self.of(*k as usize, j));
                }
                for (k, c) in self.of(m, j) {
                    add(&arithmetic.negative(c), self.of(i, *k as usize));
                }
                if touched {
                    if !sums.iter().all(|sum| arithmetic.vanishes(sum)) {
                        return Ok(Some((i, j)));
                    }
                    sums.fill(A::Sum::default());
                }
            }
            Ok(None)
        })?;
        Ok(found.into_iter().flatten().next())
    }
}

impl Brackets<u32> {
    /// The brackets modulo a prime.
    pub fn of_residues(table: &ResidueTable) -> Brackets<u32> {
        let rows = |i, j, out: &mut Vec<(u32, u32)>| -> Result<(), Infallible> {
            match table.upper(i, j) {
                Row::Sparse(terms) => out.extend(terms),
                Row::Dense(values) => {
                    out.extend(values.iter().enumerate().filter(|t| *t.1 != 0).map(|(k, &v)| (k as u32, v)));
                }
            }
            Ok(())
        };
        let Ok(brackets) = Brackets::new(table.dim(), |v| table.prime().neg(*v), rows);
        brackets
    }

    /// A pair that fails modulo the prime.
    pub fn failing(&self, p: Prime, step: &Step, limits: &Limits) -> Result<Option<(usize, usize)>, Stop> {
        self.defect(&p, step, limits)
    }
}

impl Brackets<BigInt> {
    /// The brackets times their common denominator.
    pub fn of_large(constants: &StructureConstants) -> Brackets<BigInt> {
        let denominator = common_denominator(constants.iter().map(|t| t.3));
        let rows = |i, j, out: &mut Vec<(u32, BigInt)>| -> Result<(), Infallible> {
            let row = constants.upper(i, j).iter();
            out.extend(row.map(|(k, v)| (*k, v.numerator() * (&denominator / v.denominator()))));
            Ok(())
        };
        let Ok(brackets) = Brackets::new(constants.dim(), |v: &BigInt| -v, rows);
        brackets
    }

    /// A pair that fails.
    pub fn failing(&self, step: &Step, limits: &Limits) -> Result<Option<(usize, usize)>, Stop> {
        self.defect(&Large, step, limits)
    }
}

impl<T: Word> Brackets<T> {
    /// The brackets times their common denominator; `None` when a number does not fit.
    pub fn of_integers(constants: &StructureConstants) -> Option<Brackets<T>> {
        let denominator = common_denominator(constants.iter().map(|t| t.3)).to_i64()?;
        let word = |v: &Rational| {
            let (n, d) = v.as_small()?;
            let value = if denominator == 1 { n } else { n.checked_mul(denominator / d)? };
            // So its negative fits too.
            T::try_from(value.checked_neg()?).ok()?;
            T::try_from(value).ok()
        };
        let rows = |i, j, out: &mut Vec<(u32, T)>| -> Result<(), ()> {
            constants.upper(i, j).iter().try_for_each(|(k, v)| {
                out.push((*k, word(v).ok_or(())?));
                Ok(())
            })
        };
        Brackets::new(constants.dim(), |v: &T| -*v, rows).ok()
    }

    /// Whether all sums of [`Brackets::failing`] stay below 2^62, whatever the order.
    ///
    /// By Cauchy–Schwarz the absolute values of each of the three products add up to at most the norm of a bracket
    /// `[e_i, e_j]` times that of a `(c_kj^l)_k`.
    pub fn suffice(&self) -> bool {
        const ROOM: f64 = 4_611_686_018_427_387_904.0;
        let square = |v: T| {
            let v: i64 = v.into();
            (v as f64) * (v as f64)
        };
        let (mut longest, mut column) = (0.0f64, 0.0f64);
        for k in 0..self.dim {
            // (c_kj^l)_j for all l.
            let mut columns = vec![0.0f64; self.dim];
            self.terms[k].iter().for_each(|&(l, v)| columns[l as usize] += square(v));
            column = columns.into_iter().fold(column, f64::max);
            for j in 0..k {
                longest = longest.max(self.of(k, j).iter().map(|t| square(t.1)).sum());
            }
        }
        3.0 * longest.sqrt() * column.sqrt() * ROUNDED_UP < ROOM
    }

    /// A pair that fails, where [`Brackets::suffice`] holds.
    pub fn failing(&self, step: &Step, limits: &Limits) -> Result<Option<(usize, usize)>, Stop> {
        self.defect(&Words::<T>(PhantomData), step, limits)
    }
}
