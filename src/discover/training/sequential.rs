//! Generators one after another, with penalties or with norm and overlap imposed at every step, and what all methods that
//! know the generators found earlier share. What 2307.04891 states in its abstract is done faster than joint training; the algorithms here are
//! a reconstruction.

use super::losses::{InvarianceTerm, Term, Terms};
use super::problem::Problem;
use super::trained::{Curve, Stopped, Trained, TrainingError};
use super::{Adam, AdamState, Schedule};
use crate::float::Random;
use crate::float::gemm::{multiply, multiply_strided};
use crate::limits::Limits;

/// How the generators found earlier keep the next one away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// By the published penalties for norm and overlap.
    Penalties,
    /// Imposed exactly at every step.
    Projected,
}

/// How the losses of several generators at once are minimised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Optimiser {
    /// Adam, as published; for any loss.
    Adam,
    /// Conjugate gradients, for the quadratic form that the loss is in the limit of vanishing ε.
    ConjugateGradients,
}

/// The settings of the methods of this folder that train generators apart from each other.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameSettings {
    /// How many generators are wanted; without a number all that there are.
    pub generators: Option<usize>,
    /// The optimiser of batches and copies.
    pub optimiser: Optimiser,
    /// The settings of Adam; its steps count from each start.
    pub adam: Adam,
    /// The loss that each generator must reach.
    pub tolerance: f64,
    /// Steps after which a start is given up.
    pub cap: u64,
    /// Starts in a row that may fail before the search ends.
    pub failures: usize,
    /// Generators trained beside each other; 0 for all that are wanted.
    pub batch: usize,
    /// The factor of the invariance loss, for labels of any size.
    pub scale: f64,
}

impl FrameSettings {
    /// Adam with rate 10⁻² that stays, loss 10⁻¹⁰, at most 20 000 steps for each generator, one at a time.
    pub fn one_by_one(generators: Option<usize>) -> FrameSettings {
        FrameSettings {
            generators,
            optimiser: Optimiser::Adam,
            adam: Adam::constant(1e-2),
            tolerance: 1e-10,
            cap: 20_000,
            failures: 3,
            batch: 1,
            scale: 1.0,
        }
    }

    /// All at once by conjugate gradients, or where Adam is asked for with β₁ = 0.8 and the rate 0.04 on cosines of 200,
    /// 400, … steps; loss 10⁻¹⁰.
    pub fn batched(generators: Option<usize>) -> FrameSettings {
        let schedule = Schedule::Cosine { period: 200, floor: 1e-3 };
        let adam = Adam { rate: 4e-2, beta1: 0.8, beta2: 0.999, epsilon: 1e-8, schedule };
        FrameSettings {
            adam,
            optimiser: Optimiser::ConjugateGradients,
            batch: 0,
            ..FrameSettings::one_by_one(generators)
        }
    }

    /// With the factor of [`Problem::balance`].
    pub fn balanced(mut self, problem: &Problem<'_>) -> FrameSettings {
        self.scale = problem.balance();
        self
    }
}

/// A loss at a point that is no minimum has a slope of at least this part of the loss, squared, for any form whose
/// smallest eigenvalue beside zero is above a hundred-thousandth of the mean.
pub(super) const STUCK: f64 = 1e-5;

/// Squared norm of a generator, as published.
pub(super) const NORM: f64 = 2.0;

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// What all methods gather.
pub(super) struct Search<'a> {
    pub problem: Problem<'a>,
    pub settings: &'a FrameSettings,
    pub limits: &'a Limits,
    pub dim: usize,
    /// Coordinates of the generators found, orthogonal rows of squared norm 2.
    pub found: Vec<f64>,
    pub losses: Vec<f64>,
    pub rejected: Vec<f64>,
    pub steps: u64,
    curve: Curve,
    random: Random,
}

impl<'a> Search<'a> {
    pub fn new(problem: Problem<'a>, settings: &'a FrameSettings, limits: &'a Limits) -> Search<'a> {
        let random = Random::new(limits.seed(), 1);
        Search {
            problem,
            settings,
            limits,
            dim: problem.space.dim(),
            found: Vec::new(),
            losses: Vec::new(),
            rejected: Vec::new(),
            steps: 0,
            curve: Curve::default(),
            random,
        }
    }

    pub fn count(&self) -> usize {
        self.found.len().checked_div(self.dim).unwrap_or(0)
    }

    /// How many are still wanted; never more than there is room for.
    pub fn missing(&self) -> usize {
        self.settings.generators.unwrap_or(self.dim).min(self.dim) - self.count()
    }

    pub fn start(&mut self, k: usize) -> Vec<f64> {
        let mut rows: Vec<f64> = (0..k * self.dim).map(|_| self.random.normal()).collect();
        rows.chunks_exact_mut(self.dim.max(1)).for_each(rescale);
        rows
    }

    pub fn record(&mut self, loss: f64) {
        let terms = Terms::default().with(Term::Invariance, loss);
        self.curve.0.push((self.steps, terms, loss));
        let wanted = self.settings.generators.unwrap_or(self.count() + 1).max(1);
        let stage = format!("training, {} generators, loss {loss:.1e}", self.count());
        self.limits.progress(&stage, self.count() as f64 / wanted as f64);
    }

    /// Subtracts the parts of `k` rows along the generators found.
    pub fn project(&self, k: usize, rows: &mut [f64], overlaps: &mut [f64]) {
        let (f, dim) = (self.count(), self.dim);
        if f == 0 {
            return;
        }
        // f × k: Found · rowsᵀ, by way of rowsᵀ's rows.
        for (b, row) in rows.chunks_exact(dim).enumerate() {
            multiply((f, dim, 1), &self.found, row, &mut overlaps[b * f..(b + 1) * f], false);
        }
        multiply_strided((k, f, dim), -1.0 / NORM, &overlaps[..k * f], &self.found, (rows, dim), true);
    }

    pub fn finish(self) -> Trained {
        let space = self.problem.space;
        let (k, square) = (self.count(), space.n() * space.n());
        let mut generators = vec![0.0; k * square];
        space.matrices(k, &self.found, &mut generators);
        let wanted = self.settings.generators;
        let total = self.losses.iter().sum();
        Trained {
            n: space.n(),
            generators,
            constants: Vec::new(),
            terms: Terms::default().with(Term::Invariance, total),
            loss: total,
            invariances: self.losses,
            stopped: if wanted.is_none_or(|w| k < w) { Stopped::Exhausted } else { Stopped::Reached },
            rejected: self.rejected,
            steps: self.steps,
            curve: self.curve,
        }
    }
}

pub(super) fn rescale(row: &mut [f64]) {
    let factor = (NORM / dot(row, row)).sqrt();
    if factor.is_finite() {
        row.iter_mut().for_each(|x| *x *= factor);
    }
}

/// One generator after another. The steps together and the loss of every generator are reported; with a number of
/// generators that is too large the search ends when `failures` starts in a row have failed, which the losses left
/// in `rejected` show. `O(dim²)` operations a step in the limit of vanishing ε.
pub fn one_by_one(
    problem: Problem<'_>,
    overlap: Overlap,
    settings: &FrameSettings,
    limits: &Limits,
) -> Result<Trained, TrainingError> {
    let mut search = Search::new(problem, settings, limits);
    let (dim, n) = (search.dim, problem.space.n());
    let mut term = InvarianceTerm::new(problem, 1, limits)?;
    let (mut matrix, mut slope) = (vec![0.0; n * n], vec![0.0; dim]);
    let mut overlaps = vec![0.0; dim];
    let mut adam = AdamState::new(dim);
    let mut failed = 0;
    while search.missing() > 0 && failed <= settings.failures {
        let mut w = search.start(1);
        adam.reset();
        let found = search.count();
        let (loss, good) = loop {
            limits.check()?;
            if overlap == Overlap::Projected {
                search.project(1, &mut w, &mut overlaps);
                rescale(&mut w);
            }
            problem.space.matrices(1, &w, &mut matrix);
            let loss = term.evaluate(&w, &matrix, settings.scale, &mut slope) * settings.scale;
            let mut total = loss;
            if overlap == Overlap::Projected {
                let radial = dot(&slope, &w) / NORM;
                slope.iter_mut().zip(&w).for_each(|(s, x)| *s -= radial * x);
            } else {
                let excess = dot(&w, &w) - NORM;
                slope.iter_mut().zip(&w).for_each(|(s, x)| *s += 4.0 * excess * x);
                total += excess * excess;
                if found > 0 {
                    let overlaps = &mut overlaps[..found];
                    multiply((found, dim, 1), &search.found, &w, overlaps, false);
                    total += dot(overlaps, overlaps);
                    overlaps.iter_mut().for_each(|c| *c *= 2.0);
                    multiply((1, found, dim), overlaps, &search.found, &mut slope, true);
                }
            }
            if !total.is_finite() {
                return Err(TrainingError::Diverged(adam.steps));
            }
            if adam.steps.is_multiple_of(200) {
                search.record(total);
            }
            if total < settings.tolerance {
                break (loss, true);
            }
            if adam.steps >= settings.cap || dot(&slope, &slope) < STUCK * total * settings.scale.min(1.0) {
                break (total, false);
            }
            adam.update(&settings.adam, &mut w, &slope);
            search.steps += 1;
        };
        search.record(loss);
        if good {
            search.found.extend_from_slice(&w);
            search.losses.push(loss);
            failed = 0;
        } else {
            search.rejected.push(loss);
            failed += 1;
        }
    }
    Ok(search.finish())
}

pub(super) fn transpose_into(rows: usize, cols: usize, a: &[f64], out: &mut [f64]) {
    for (i, row) in a.chunks_exact(cols).enumerate() {
        for (j, x) in row.iter().enumerate() {
            out[j * rows + i] = *x;
        }
    }
}

#[cfg(test)]
#[path = "sequential_tests.rs"]
mod tests;
