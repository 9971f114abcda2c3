//! Invariants of tensors over any connected semisimple group, by the irreducibles of its factors.
//!
//! Over C every factor is a sum of irreducibles `V(λ)`. Invariants of their products are found exactly in bases of weight
//! vectors (`weights.rs`), carried into the given factors modulo a prime, brought to reduced echelon form, which has entries
//! in Q because the space of invariants is defined over Q, and lifted. Every lifted vector is then checked over Q to be
//! annihilated by the algebra; there are as many as highest weights count. Where a factor is `V(λ)` in the basis of weight
//! vectors itself nothing has to be carried: the answer of `weights.rs` is checked in the same way.

use std::collections::BTreeMap;
use std::sync::Arc;

use num_traits::ToPrimitive;

use super::carried::{Lifted, Shape, dual_images, is_weight_basis};
use super::count::rank_by_weights;
use super::entries::{SparseRows, Values};
use super::method::{Completeness, Method};
use super::weights::invariant_rows;
use super::{Basis, EquivariantError, WeightLeg};
use crate::exact::lift::Primes;
use crate::exact::{ModMatrix, SparseMatrix};
use crate::limits::{Limits, Stop};
use crate::num::{Prime, Rational};
use crate::reps::Rep;
use crate::reps::decompose::{DecomposeError, Splitting, Summand, splitting};
use crate::reps::irreducible::Irreducible;
use crate::weights::Weight;

/// With fewer unknowns the null space of the equations is as fast.
const FROM: u128 = 300;
/// Larger spaces have no bases by this method.
const MAX_UNKNOWNS: u128 = 1 << 27;
/// Factors of a larger dimension are not taken apart.
const MAX_FACTOR: usize = 400;
/// Products of more choices of irreducibles are not gone through.
const MAX_CHOICES: usize = 4096;
/// Primes from which entries are lifted.
const MAX_PRIMES: usize = 8;

/// The reason for completeness.
const COUNTED: Completeness = Completeness::Count("as many independent invariants as highest weights count");

/// A basis of the invariants; `None` for what is no tensor over a connected semisimple group, small, or beyond this method.
pub(super) fn by_highest_weights(
    rep: &Rep,
    shape: (usize, usize),
    limits: &Limits,
) -> Result<Option<Basis>, EquivariantError> {
    let base = rep.base();
    let unknowns = shape.0 as u128 * shape.1 as u128;
    if base.algebra().dim() == 0 || base.discrete_count() > 0 || !base.factors().is_empty() {
        return Ok(None);
    }
    if !(FROM..=MAX_UNKNOWNS).contains(&unknowns) {
        return Ok(None);
    }
    let Some(factors) = Tensor::new(rep) else { return Ok(None) };
    let Some(count) = rank_by_weights(rep, limits)?.and_then(|count| count.to_usize()) else { return Ok(None) };
    if count == 0 {
        let rows = SparseRows::new(Values::Ones);
        return Ok(Some(Basis::of_rows(shape, Method::Weights, COUNTED, rows)));
    }
    let rows = factors.solve(rep, count, limits)?;
    Ok(rows.map(|rows| Basis::of_rows(shape, Method::Weights, COUNTED, rows)))
}

/// The factors of a tensor product: which of the different ones, and whether its dual.
struct Tensor {
    distinct: Vec<Rep>,
    legs: Vec<(usize, bool)>,
    dims: Vec<usize>,
}

impl Tensor {
    fn new(rep: &Rep) -> Option<Tensor> {
        let found = rep.factors()?;
        let mut tensor = Tensor { distinct: Vec::new(), legs: Vec::new(), dims: Vec::new() };
        for (x, dual) in found.rows.into_iter().chain(found.cols) {
            let dim = x.dim().to_usize().filter(|d| (1..=MAX_FACTOR).contains(d))?;
            let known = tensor.distinct.iter().position(|y| y.is_identical(&x));
            let which = known.unwrap_or(tensor.distinct.len());
            if known.is_none() {
                tensor.distinct.push(x);
            }
            tensor.legs.push((which, dual));
            tensor.dims.push(dim);
        }
        Some(tensor)
    }

    fn unknowns(&self) -> usize {
        self.dims.iter().product()
    }

    /// A complete basis, checked over Q; `None` when no prime leads to one.
    fn solve(&self, rep: &Rep, count: usize, limits: &Limits) -> Result<Option<SparseRows>, EquivariantError> {
        let mut primes = Primes::new(limits);
        let mut known: BTreeMap<Weight, Arc<Irreducible>> = BTreeMap::new();
        let mut solved: BTreeMap<Vec<(Weight, bool)>, SparseRows> = BTreeMap::new();
        let mut lifted: Option<Lifted> = None;
        let mut used = Vec::new();
        for _ in 0..MAX_PRIMES {
            limits.check()?;
            let Some(split) = stopped(splitting(rep.base(), &mut primes, limits))?.flatten() else { return Ok(None) };
            // Where coroots are known modulo one prime alone there is no second one.
            if used.contains(&split.prime().value()) {
                return Ok(None);
            }
            used.push(split.prime().value());
            let Some(summands) = self.summands(&split, &mut primes, &mut known, limits)? else { continue };
            if self.legs.iter().all(|(which, _)| is_weight_basis(&summands[*which])) {
                let rows = self.abstract_rows(&self.first(&summands), limits)?;
                return Ok((rows.len() == count && self.are_invariant(&rows, limits)?).then_some(rows));
            }
            let Some(image) = self.image(split.prime(), &summands, count, &mut solved, limits)? else { continue };
            let vectors = match &mut lifted {
                Some(lifted) if lifted.shape == image.0 => lifted.add(split.prime(), &image.1),
                // The prime with more entries is right.
                Some(lifted) if lifted.shape.1.len() > image.0.1.len() => continue,
                _ => lifted.insert(Lifted::new(image.0)).add(split.prime(), &image.1),
            };
            limits.progress("checking invariants", 0.8);
            if let Some(rows) = vectors
                && self.are_invariant(&rows, limits)?
            {
                return Ok(Some(rows.with_integers()));
            }
        }
        Ok(None)
    }

    fn summands(
        &self,
        split: &Splitting,
        primes: &mut Primes,
        known: &mut BTreeMap<Weight, Arc<Irreducible>>,
        limits: &Limits,
    ) -> Result<Option<Vec<Vec<Summand>>>, EquivariantError> {
        let mut out = Vec::with_capacity(self.distinct.len());
        for x in &self.distinct {
            match stopped(split.summands(x, known, primes.rng(), limits))?.flatten() {
                Some(found) => out.push(found),
                None => return Ok(None),
            }
        }
        Ok(Some(out))
    }

    /// The first irreducible of every factor, dual or not.
    fn first(&self, summands: &[Vec<Summand>]) -> Vec<(Arc<Irreducible>, bool)> {
        self.legs.iter().map(|(which, dual)| (summands[*which][0].module.clone(), *dual)).collect()
    }

    /// The invariants of a product of irreducibles in their bases of weight vectors.
    fn abstract_rows(
        &self,
        choice: &[(Arc<Irreducible>, bool)],
        limits: &Limits,
    ) -> Result<SparseRows, EquivariantError> {
        let leg = |(module, dual): &(Arc<Irreducible>, bool)| {
            let leg = WeightLeg::of_irreducible(module);
            if *dual { leg.dual() } else { leg }
        };
        let legs: Vec<WeightLeg> = choice.iter().map(leg).collect();
        invariant_rows(&legs.iter().collect::<Vec<_>>(), limits)
    }

    /// The reduced echelon form of the invariants modulo a prime; `None` when there are not `count` of them.
    fn image(
        &self,
        p: Prime,
        summands: &[Vec<Summand>],
        count: usize,
        solved: &mut BTreeMap<Vec<(Weight, bool)>, SparseRows>,
        limits: &Limits,
    ) -> Result<Option<(Shape, Vec<u32>)>, EquivariantError> {
        let choices = self.legs.iter().try_fold(1usize, |n, (which, _)| n.checked_mul(summands[*which].len()));
        if choices.is_none_or(|n| n > MAX_CHOICES) {
            return Ok(None);
        }
        let size = self.unknowns();
        limits.reserve(count as u128 * size as u128 * 20)?;
        let duals: Vec<Option<Vec<ModMatrix>>> =
            summands.iter().map(|list| dual_images(p, list, limits)).collect::<Result<_, _>>()?;
        let mut echelon = ModMatrix::zero(0, size);
        let mut digits = vec![0usize; self.legs.len()];
        loop {
            let choice: Vec<&Summand> =
                self.legs.iter().zip(&digits).map(|((which, _), k)| &summands[*which][*k]).collect();
            let key: Vec<(Weight, bool)> =
                choice.iter().zip(&self.legs).map(|(s, l)| (s.module.highest_weight().to_vec(), l.1)).collect();
            if !solved.contains_key(&key) {
                let modules: Vec<_> = choice.iter().zip(&self.legs).map(|(s, l)| (s.module.clone(), l.1)).collect();
                solved.insert(key.clone(), self.abstract_rows(&modules, limits)?);
            }
            let mut images = Vec::with_capacity(self.legs.len());
            for ((which, dual), k) in self.legs.iter().zip(&digits) {
                match (dual, &duals[*which]) {
                    (false, _) => images.push(&summands[*which][*k].images),
                    (true, Some(list)) => images.push(&list[*k]),
                    (true, None) => return Ok(None),
                }
            }
            if let Some(rows) = solved.get(&key).filter(|rows| !rows.is_empty()) {
                let Some(block) = self.carried(p, rows, &images, limits)? else { return Ok(None) };
                if echelon.rows() + rows.len() > count {
                    return Ok(None);
                }
                let width = rows.len();
                for k in 0..width {
                    limits.check()?;
                    echelon.push_row(&block.iter().skip(k).step_by(width).copied().collect::<Vec<u32>>());
                }
            }
            // The next choice of irreducibles.
            let Some(at) = (0..digits.len()).rev().find(|&l| digits[l] + 1 < summands[self.legs[l].0].len()) else {
                break;
            };
            digits[at] += 1;
            digits[at + 1..].fill(0);
        }
        limits.progress("echelon form", 0.6);
        let pivots = echelon.reduce(p, size, limits)?;
        if pivots.len() != count {
            return Ok(None);
        }
        let (mut places, mut values, mut starts) = (Vec::new(), Vec::new(), vec![0]);
        for k in 0..count {
            limits.check()?;
            let entries = echelon.row(k).iter().enumerate().filter(|(_, x)| **x != 0);
            entries.for_each(|(place, x)| {
                places.push(place as u64);
                values.push(*x);
            });
            starts.push(places.len());
        }
        Ok(Some(((starts, places), values)))
    }

    /// The tensors in the bases of the factors, the values of all of them at one place together; `None` when the prime divides
    /// a denominator. Leg by leg: `Σ` over the dimensions of the irreducible for each entry.
    fn carried(
        &self,
        p: Prime,
        rows: &SparseRows,
        images: &[&ModMatrix],
        limits: &Limits,
    ) -> Result<Option<Vec<u32>>, Stop> {
        let width = rows.len();
        let mut dims: Vec<usize> = images.iter().map(|m| m.rows()).collect();
        let mut block = vec![0u32; dims.iter().product::<usize>() * width];
        for k in 0..width {
            for (place, x) in rows.row(k) {
                let Some(x) = p.residue(&x) else { return Ok(None) };
                block[place as usize * width + k] = x;
            }
        }
        for (l, image) in images.iter().enumerate() {
            let inner = dims[l + 1..].iter().product::<usize>() * width;
            let (from, into) = (dims[l], image.cols());
            let outer = dims[..l].iter().product::<usize>();
            let turned = image.transpose();
            let mut next = vec![0u32; outer * into * inner];
            let mut sums = vec![0u64; inner];
            for o in 0..outer {
                limits.check()?;
                let source = &block[o * from * inner..][..from * inner];
                for i in 0..into {
                    sums.fill(0);
                    let terms = turned.row(i).iter().zip(source.chunks_exact(inner)).filter(|(c, _)| **c != 0);
                    p.accumulate_rows(&mut sums, terms.map(|(c, row)| (*c, row)));
                    p.reduce_into(&sums, &mut next[(o * into + i) * inner..][..inner]);
                }
            }
            dims[l] = into;
            block = next;
        }
        Ok(Some(block))
    }

    /// Whether the algebra annihilates every row, over Q. Cost: the entries times those of columns of the generators.
    fn are_invariant(&self, rows: &SparseRows, limits: &Limits) -> Result<bool, EquivariantError> {
        // By generator, then by factor: row j is the image of basis vector j; of the dual it is −(row j).
        let mut columns: Vec<Vec<[SparseMatrix; 2]>> = Vec::new();
        let minus = Rational::from(-1);
        for x in &self.distinct {
            for (g, m) in x.generator_matrices(limits)?.iter().enumerate() {
                if g == columns.len() {
                    columns.push(Vec::new());
                }
                columns[g].push([m.transpose(), m.scale(&minus)]);
            }
        }
        let size = self.unknowns();
        limits.reserve(size as u128 * (size_of::<Rational>() as u128 + 8))?;
        let mut sums = vec![Rational::ZERO; size];
        let mut touched: Vec<usize> = Vec::new();
        for k in 0..rows.len() {
            let vector: Vec<(u64, Rational)> = rows.row(k).collect();
            for generator in &columns {
                limits.check()?;
                for (place, x) in &vector {
                    let mut stride = size;
                    for ((which, dual), dim) in self.legs.iter().zip(&self.dims) {
                        stride /= dim;
                        let digit = *place as usize / stride % dim;
                        let start = *place as usize - digit * stride;
                        for (j, c) in generator[*which][usize::from(*dual)].row(digit) {
                            let at = start + *j as usize * stride;
                            if sums[at].is_zero() {
                                touched.push(at);
                            }
                            sums[at].add_product(x, c);
                        }
                    }
                }
                // A sum that came back to zero on the way stands twice in the list.
                let zero = touched.iter().all(|&at| sums[at].is_zero());
                touched.drain(..).for_each(|at| sums[at] = Rational::ZERO);
                if !zero {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}

/// What was stopped stays stopped; what fails leaves the question to other methods.
fn stopped<T>(result: Result<T, DecomposeError>) -> Result<Option<T>, Stop> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(DecomposeError::Stopped(stop)) => Err(stop),
        Err(_) => Ok(None),
    }
}
