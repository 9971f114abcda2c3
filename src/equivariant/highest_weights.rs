//! Invariants of tensors over any connected reductive group that is no torus, by the irreducibles of its factors.
//!
//! Over C every factor is a sum of irreducibles `V(λ)` of the derived algebra, on each of which the centre acts by a number. Invariants
//! of products of irreducibles whose charges add up to zero are found exactly in bases of weight vectors (`weights.rs`) and carried
//! into the given factors: exactly over the quadratic field of the coroots (`quadratic.rs`), or modulo a prime, brought to reduced
//! echelon form, which has entries in Q because the space of invariants is defined over Q, and lifted. Every vector is then
//! checked over Q to be annihilated by the algebra; there are as many as highest weights count. Where a factor is `V(λ)` in the basis of
//! weight vectors itself nothing has to be carried: the answer of `weights.rs` is checked in the same way.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use num_traits::ToPrimitive;

use super::annihilation::Equations;
use super::carried::{Embeddings, Lifted, Shape, dual_images, is_weight_basis};
use super::count::rank_by_weights;
use super::entries::{SparseRows, Values};
use super::method::{Completeness, Method};
use super::quadratic::{Images, Independent, carried};
use super::weights::invariant_rows;
use super::{Basis, EquivariantError, WeightLeg};
use crate::exact::ModMatrix;
use crate::exact::lift::Primes;
use crate::limits::{Limits, Stop};
use crate::num::{Prime, Rational};
use crate::reps::Rep;
use crate::reps::decompose::{DecomposeError, Splitter, Splitting, Summand};
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
/// Primes from which entries are lifted: some thousand decimals.
const MAX_PRIMES: usize = 400;
/// Those from which images of irreducibles are lifted.
const MAX_PRIMES_OF_IMAGES: usize = 4;

/// The reason for completeness.
const COUNTED: Completeness = Completeness::Count("as many independent invariants as highest weights count");

/// A basis of the invariants; `None` for what is no tensor over a connected reductive group, small, or beyond this method.
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

/// Irreducibles that were built, and the invariants of their products that were solved.
#[derive(Default)]
struct Known {
    modules: BTreeMap<Weight, Arc<Irreducible>>,
    solved: BTreeMap<Vec<(Weight, bool)>, SparseRows>,
}

impl Known {
    /// The invariants of a product of irreducibles, some of them dual, in their bases of weight vectors.
    fn solve(&mut self, choice: &[(Arc<Irreducible>, bool)], limits: &Limits) -> Result<&SparseRows, EquivariantError> {
        let key = choice.iter().map(|(module, dual)| (module.highest_weight().to_vec(), *dual)).collect();
        Ok(match self.solved.entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let leg = |(module, dual): &(Arc<Irreducible>, bool)| {
                    let leg = WeightLeg::of_irreducible(module);
                    if *dual { leg.dual() } else { leg }
                };
                let legs: Vec<WeightLeg> = choice.iter().map(leg).collect();
                place.insert(invariant_rows(&legs.iter().collect::<Vec<_>>(), limits)?)
            }
        })
    }
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
        let equations = Equations::new(&self.distinct, &self.legs, &self.dims, limits)?;
        let mut known = Known::default();
        if let Some(rows) = self.exactly(rep, count, &mut known, limits)?
            && equations.hold(&rows, limits)?
        {
            return Ok(Some(rows));
        }
        let Some(splitter) = stopped(Splitter::new(rep.base(), limits))?.flatten() else { return Ok(None) };
        let mut primes = Primes::new(limits);
        let mut lifted: Option<Lifted> = None;
        // After how many primes numbers are looked for, and with how many primes they were not found.
        let (mut next, mut tried) = (1, 0);
        for _ in 0..MAX_PRIMES {
            limits.check()?;
            let Some(split) = stopped(splitter.next(&mut primes, limits))?.flatten() else { return Ok(None) };
            let Some(summands) = self.summands(&split, &mut primes, &mut known, limits)? else { continue };
            let Some((shape, residues)) = self.image(split.prime(), &summands, count, &mut known, limits)? else {
                continue;
            };
            match &mut lifted {
                Some(lifted) if lifted.shape == shape => {}
                // The prime with more entries is right.
                Some(lifted) if lifted.shape.1.len() > shape.1.len() => continue,
                _ => {
                    lifted = Some(Lifted::new(shape));
                    (next, tried) = (1, 0);
                }
            }
            let Some(lifted) = &mut lifted else { continue };
            lifted.add(split.prime(), &residues);
            tried += 1;
            if tried < next {
                continue;
            }
            next = tried + (tried / 4).max(1);
            limits.progress("checking invariants", 0.8);
            if let Some(rows) = lifted.rows()
                && equations.hold(&rows, limits)?
            {
                return Ok(Some(rows.with_integers()));
            }
        }
        Ok(None)
    }

    /// A basis over the quadratic field of the coroots, not yet checked; `None` where there is none, where images have many
    /// entries, or numbers are no machine words.
    fn exactly(
        &self,
        rep: &Rep,
        count: usize,
        known: &mut Known,
        limits: &Limits,
    ) -> Result<Option<SparseRows>, EquivariantError> {
        let Some(splitter) = stopped(Splitter::new(rep.base(), limits))?.flatten() else { return Ok(None) };
        let Some(d) = splitter.field() else { return Ok(None) };
        let mut primes = Primes::new(limits);
        let mut embeddings = Embeddings::default();
        for _ in 0..MAX_PRIMES_OF_IMAGES {
            limits.check()?;
            let Some(split) = stopped(splitter.next(&mut primes, limits))?.flatten() else { return Ok(None) };
            let Some(summands) = self.summands(&split, &mut primes, known, limits)? else { continue };
            if self.legs.iter().all(|(which, _)| is_weight_basis(&summands[*which])) {
                return Ok(Some(known.solve(&self.choice(&summands, &vec![0; self.legs.len()]), limits)?.clone()));
            }
            let other = match d {
                1 => None,
                _ => {
                    let conjugate = stopped(splitter.conjugate(&split, primes.rng(), limits))?.flatten();
                    let Some(conjugate) = conjugate else { continue };
                    let Some(other) = self.summands(&conjugate, &mut primes, known, limits)? else { continue };
                    Some(other)
                }
            };
            let Some(images) = embeddings.add(&split, &summands, other.as_deref(), limits)? else { continue };
            let Some(choices) = self.choices(&summands) else { return Ok(None) };
            let mut found = Independent::new(split.prime(), count);
            for digits in choices {
                let choice = self.choice(&summands, &digits);
                let legs: Vec<&Images> = self
                    .legs
                    .iter()
                    .zip(&digits)
                    .map(|((which, dual), k)| &images[*which][*k][usize::from(*dual)])
                    .collect();
                let rows = known.solve(&choice, limits)?;
                for k in 0..rows.len() {
                    limits.progress("invariants", 0.5);
                    let Some(parts) = carried(rows, k, &legs, d, limits)? else { return Ok(None) };
                    for part in parts {
                        found.add(part, limits)?;
                    }
                }
                if found.is_complete() {
                    return Ok(found.into_rows());
                }
            }
        }
        Ok(None)
    }

    /// The choices of one irreducible for each leg whose charges add up to zero; `None` when there are too many.
    fn choices(&self, summands: &[Vec<Summand>]) -> Option<Vec<Vec<usize>>> {
        let sizes: Vec<usize> = self.legs.iter().map(|(which, _)| summands[*which].len()).collect();
        let all = sizes.iter().try_fold(1usize, |n, size| n.checked_mul(*size).filter(|n| *n <= MAX_CHOICES));
        let digits = |mut number: usize| -> Vec<usize> {
            let mut out = vec![0; sizes.len()];
            for (digit, size) in out.iter_mut().zip(&sizes).rev() {
                *digit = number % size;
                number /= size;
            }
            out
        };
        let centers = summands.first().and_then(|list| list.first()).map_or(0, |s| s.charges.len());
        let neutral = |digits: &Vec<usize>| {
            (0..centers).all(|z| {
                let charges = self.legs.iter().zip(digits).map(|((which, dual), k)| {
                    let charge = &summands[*which][*k].charges[z];
                    if *dual { -charge } else { charge.clone() }
                });
                charges.sum::<Rational>().is_zero()
            })
        };
        Some((0..all?).map(digits).filter(neutral).collect())
    }

    /// The irreducibles of a choice, and which of them are dual.
    fn choice(&self, summands: &[Vec<Summand>], digits: &[usize]) -> Vec<(Arc<Irreducible>, bool)> {
        let leg = |((which, dual), k): (&(usize, bool), &usize)| (summands[*which][*k].module.clone(), *dual);
        self.legs.iter().zip(digits).map(leg).collect()
    }

    fn summands(
        &self,
        split: &Splitting,
        primes: &mut Primes,
        known: &mut Known,
        limits: &Limits,
    ) -> Result<Option<Vec<Vec<Summand>>>, EquivariantError> {
        let mut out = Vec::with_capacity(self.distinct.len());
        for x in &self.distinct {
            match stopped(split.summands(x, &mut known.modules, primes.rng(), limits))?.flatten() {
                Some(found) => out.push(found),
                None => return Ok(None),
            }
        }
        Ok(Some(out))
    }

    /// The reduced echelon form of the invariants modulo a prime; `None` when there are not `count` of them.
    fn image(
        &self,
        p: Prime,
        summands: &[Vec<Summand>],
        count: usize,
        known: &mut Known,
        limits: &Limits,
    ) -> Result<Option<(Shape, Vec<u32>)>, EquivariantError> {
        let size = self.unknowns();
        limits.reserve(count as u128 * size as u128 * 20)?;
        let duals: Vec<Option<Vec<ModMatrix>>> =
            summands.iter().map(|list| dual_images(p, list, limits)).collect::<Result<_, _>>()?;
        let mut echelon = ModMatrix::zero(0, size);
        let Some(choices) = self.choices(summands) else { return Ok(None) };
        for digits in choices {
            let rows = known.solve(&self.choice(summands, &digits), limits)?;
            if rows.is_empty() {
                continue;
            }
            let mut images = Vec::with_capacity(self.legs.len());
            for ((which, dual), k) in self.legs.iter().zip(&digits) {
                match (dual, &duals[*which]) {
                    (false, _) => images.push(&summands[*which][*k].images),
                    (true, Some(list)) => images.push(&list[*k]),
                    (true, None) => return Ok(None),
                }
            }
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
}

/// What was stopped stays stopped; what fails leaves the question to other methods.
fn stopped<T>(result: Result<T, DecomposeError>) -> Result<Option<T>, Stop> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(DecomposeError::Stopped(stop)) => Err(stop),
        Err(_) => Ok(None),
    }
}
