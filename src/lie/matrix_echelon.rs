//! Closure of a space of matrices, decided on its echelon basis where that is sparse.
//!
//! At `d` places where the space `V` of the matrices has independent coordinates (the pivots) it has one basis `E_q` that is
//! a one at pivot `q` and zero at the others. It depends on the space alone: however badly the given matrices are mixed,
//! it is small and sparse when some basis is, and coordinates of an element of `V` are its entries at the pivots. Then
//! 1. the `E_q` are found modulo a prime, lifted, and `X_j = Σ_q X_j(pivot q) E_q` is checked at all places in whole numbers:
//!    they span `V`;
//! 2. `[Y, E_j] = Σ_q [Y, E_j](pivot q) E_q` is checked at all places for all `j` and a few `Y` in `V` whose iterated
//!    brackets span `V` (a rank modulo the prime). The elements that map `V` into itself form a Lie algebra; so it
//!    contains `V`, and `V` is closed.

use num_traits::ToPrimitive;

use super::matrix_closure::{first_outside, iterated_brackets};
use super::matrix_places::{EXACT, Places, ROUNDED_UP, WholeMatrices, exact};
use super::matrix_set::MatrixSet;
use crate::exact::ModMatrix;
use crate::exact::lift::Primes;
use crate::limits::{Limits, Stop};
use crate::num::prime::random_integer;
use crate::num::{Prime, Rational, common_denominator, rationals_of_words};
use crate::parallel;

/// A dense product does about this many multiplications while a sparse row takes one entry.
const SPARSE: usize = 16;

/// Places looked at to see whether the echelon basis is sparse.
const SAMPLE: usize = 256;

/// Brackets looked at together.
const BLOCK: usize = 16;

/// The echelon basis times a number that makes it whole.
pub(super) struct Echelon<'a> {
    places: &'a Places,
    pivots: Vec<usize>,
    /// The basis, as (number of the place, value).
    rows: Vec<Vec<(u32, f64)>>,
    /// The value at the pivots.
    unit: f64,
    /// The largest sum of absolute values in a row or a column of a matrix of the basis.
    line: f64,
    /// The largest sum of absolute values of all matrices at one place.
    stack: f64,
}

impl<'a> Echelon<'a> {
    /// The candidate from residues: of the given matrices at all places (one row for each place), and of the inverse of
    /// the rows of the first `d` of them at the pivots. `None` when it is not sparse or not found.
    pub fn new(
        p: Prime,
        places: &'a Places,
        pivots: &[usize],
        residues: &ModMatrix,
        inverse: &ModMatrix,
        limits: &Limits,
    ) -> Result<Option<Echelon<'a>>, Stop> {
        let (d, all) = (pivots.len(), places.list.len());
        let part = |from: &mut dyn Iterator<Item = usize>| {
            ModMatrix::from_rows(d, from.map(|t| residues.row(t)[..d].to_vec())).mul(p, inverse)
        };
        let most = d * places.n * places.n / SPARSE;
        if all > SAMPLE {
            let sample = part(&mut (0..SAMPLE).map(|s| s * all / SAMPLE));
            if sample.entries().iter().filter(|v| **v != 0).count() * all / SAMPLE > most {
                return Ok(None);
            }
        }
        limits.check()?;
        let at_places = part(&mut (0..all));
        let support: Vec<usize> = (0..all * d).filter(|&at| at_places.entries()[at] != 0).collect();
        if support.len() > most {
            return Ok(None);
        }
        let values: Vec<u32> = support.iter().map(|&at| at_places.entries()[at]).collect();
        let Some(values) = rationals_of_words((p, &values), None) else { return Ok(None) };
        let Some(unit) = common_denominator(&values).to_i64() else { return Ok(None) };
        let mut rows = vec![Vec::new(); d];
        for (at, value) in support.into_iter().zip(&values) {
            let whole = value.as_small().and_then(|(n, bottom)| exact(n.checked_mul(unit / bottom)?));
            let Some(whole) = whole else { return Ok(None) };
            rows[at % d].push(((at / d) as u32, whole));
        }
        let n = places.n;
        let (mut line, mut stack) = (0.0f64, vec![0.0f64; all]);
        for row in &rows {
            let mut sums = vec![0.0f64; 2 * n];
            for &(t, v) in row {
                let (r, c) = places.list[t as usize];
                sums[r] += v.abs();
                sums[n + c] += v.abs();
                stack[t as usize] += v.abs();
            }
            line = sums.into_iter().fold(line, f64::max);
        }
        let stack = stack.into_iter().fold(0.0, f64::max);
        let Some(unit) = exact(unit) else { return Ok(None) };
        Ok(Some(Echelon { places, pivots: pivots.to_vec(), rows, unit, line, stack }))
    }

    /// Whether these matrices are the combinations of the basis that their entries at the pivots say; `None` when the
    /// numbers are too large. As many operations as the basis has entries, for each matrix.
    pub fn contains_whole(&self, matrices: &WholeMatrices) -> Option<bool> {
        if matrices.largest * self.stack.max(self.unit) * ROUNDED_UP >= EXACT {
            return None;
        }
        let by_place = self.by_place();
        Some(by_place.iter().enumerate().all(|(t, terms)| {
            let mut rest: Vec<f64> = matrices.at(t).iter().map(|v| v * self.unit).collect();
            for &(q, v) in terms {
                rest.iter_mut().zip(matrices.at(self.pivots[q])).for_each(|(rest, x)| *rest -= v * x);
            }
            rest.iter().all(|&v| v == 0.0)
        }))
    }

    /// The same for numbers of any size.
    pub fn contains(&self, set: &MatrixSet, limits: &Limits) -> Result<bool, Stop> {
        let whole = |v: f64| Rational::from(v as i64);
        let by_place: Vec<Vec<(usize, Rational)>> =
            self.by_place().into_iter().map(|terms| terms.into_iter().map(|(q, v)| (q, whole(v))).collect()).collect();
        let unit = whole(self.unit);
        let checked = parallel::try_map(set.len(), |j| {
            limits.check()?;
            let matrix = &set.stored()[j];
            let at = |t: usize| {
                let (r, c) = self.places.list[t];
                matrix.entry(r, c)
            };
            let coordinates: Vec<Rational> = self.pivots.iter().map(|&t| at(t)).collect();
            Ok(by_place.iter().enumerate().all(|(t, terms)| {
                let mut sum = Rational::ZERO;
                terms.iter().for_each(|(q, v)| sum.add_product(&coordinates[*q], v));
                sum == &at(t) * &unit
            }))
        })?;
        Ok(!checked.contains(&false))
    }

    /// The entries of the basis at each place, as (number in the basis, value).
    fn by_place(&self) -> Vec<Vec<(usize, f64)>> {
        let mut out = vec![Vec::new(); self.places.list.len()];
        for (q, row) in self.rows.iter().enumerate() {
            row.iter().for_each(|&(t, v)| out[t as usize].push((q, v)));
        }
        out
    }

    /// Whether the span is closed under brackets; `None` when the numbers are too large.
    pub fn is_closed(&self, p: Prime, primes: &mut Primes, limits: &Limits) -> Result<Option<bool>, Stop> {
        let d = self.rows.len();
        let random = |primes: &mut Primes| (0..d).map(|_| random_integer(primes.rng(), 2)).collect::<Vec<i64>>();
        let mut waiting = vec![random(primes), random(primes)];
        let (mut elements, mut ads) = (Vec::new(), Vec::new());
        loop {
            for y in waiting.drain(..) {
                match self.ad(p, &y, limits)? {
                    None => return Ok(None),
                    Some(None) => return Ok(Some(false)),
                    Some(Some(ad)) => ads.push(ad),
                }
                elements.push(y.iter().map(|&r| p.reduce_signed(r)).collect::<Vec<u32>>());
            }
            let Some(k) = first_outside(&iterated_brackets(p, d, &elements, &ads, limits)?) else {
                return Ok(Some(true));
            };
            waiting.push((0..d).map(|i| i64::from(i == k)).collect());
        }
    }

    /// The rows of a multiple of `ad Y` modulo the prime, `Y = Σ r_q E_q`; `Some(None)` when a bracket `[Y, E_j]` is
    /// outside the span, `None` when the numbers are too large. `d N²` operations, and `2 N + d` for each entry of the
    /// basis.
    fn ad(&self, p: Prime, r: &[i64], limits: &Limits) -> Result<Option<Option<ModMatrix>>, Stop> {
        let (n, d) = (self.places.n, self.rows.len());
        let mut y = vec![0.0f64; n * n];
        let coefficients: f64 = r.iter().map(|r| r.abs() as f64).fold(0.0, f64::max);
        let entry = coefficients * self.stack;
        if 2.0 * entry * self.line * (self.unit + self.stack) * ROUNDED_UP >= EXACT {
            return Ok(None);
        }
        for (row, &r) in self.rows.iter().zip(r) {
            for &(t, v) in row {
                let (i, j) = self.places.list[t as usize];
                y[i * n + j] += r as f64 * v;
            }
        }
        let mut turned = vec![0.0f64; n * n];
        (0..n).for_each(|i| (0..n).for_each(|j| turned[j * n + i] = y[i * n + j]));
        let blocks = parallel::try_map(d.div_ceil(BLOCK), |block| {
            let mut ads = Vec::new();
            let (mut left, mut bracket, mut combined) = (vec![0.0; n * n], vec![0.0; n * n], vec![0.0; n * n]);
            for j in block * BLOCK..d.min((block + 1) * BLOCK) {
                limits.check()?;
                self.bracket(&y, &turned, j, &mut left, &mut bracket);
                let coordinates: Vec<f64> = self
                    .pivots
                    .iter()
                    .map(|&t| {
                        let (r, c) = self.places.list[t];
                        bracket[r * n + c]
                    })
                    .collect();
                combined.fill(0.0);
                for (row, &a) in self.rows.iter().zip(&coordinates).filter(|(_, a)| **a != 0.0) {
                    for &(t, v) in row {
                        let (r, c) = self.places.list[t as usize];
                        combined[r * n + c] += a * v;
                    }
                }
                if bracket.iter().zip(&combined).any(|(b, c)| b * self.unit != *c) {
                    return Ok(None);
                }
                ads.push(coordinates.iter().map(|&a| p.reduce_signed(a as i64)).collect::<Vec<u32>>());
            }
            Ok(Some(ads))
        })?;
        let rows: Option<Vec<Vec<Vec<u32>>>> = blocks.into_iter().collect();
        Ok(Some(rows.map(|rows| ModMatrix::from_rows(d, rows.into_iter().flatten()))))
    }

    /// `[Y, E_j]`, row by row; `left` is room for `Y E_j`, column by column.
    fn bracket(&self, y: &[f64], turned: &[f64], j: usize, left: &mut [f64], bracket: &mut [f64]) {
        let n = self.places.n;
        left.fill(0.0);
        bracket.fill(0.0);
        for &(t, v) in &self.rows[j] {
            let (r, c) = self.places.list[t as usize];
            left[c * n..(c + 1) * n].iter_mut().zip(&turned[r * n..(r + 1) * n]).for_each(|(sum, x)| *sum += v * x);
            bracket[r * n..(r + 1) * n].iter_mut().zip(&y[c * n..(c + 1) * n]).for_each(|(sum, x)| *sum -= v * x);
        }
        for r in 0..n {
            for c in 0..n {
                bracket[r * n + c] += left[c * n + r];
            }
        }
    }
}
