//! Generators one after another, with penalties or with norm and overlap imposed at every step. What 2307.04891 states in its abstract is done faster than joint training; the algorithms here are
//! a reconstruction.

use super::apart::Search;
use super::losses::InvarianceTerm;
use super::problem::Problem;
use super::trained::TrainingError;
use super::{Adam, AdamState, Schedule};
use crate::float::gemm::multiply;

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
    /// A number that stands for the data, such as a checksum: a checkpoint of other data is refused.
    pub data: u32,
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
            data: 0,
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

pub(super) fn rescale(row: &mut [f64]) {
    let factor = (NORM / dot(row, row)).sqrt();
    if factor.is_finite() {
        row.iter_mut().for_each(|x| *x *= factor);
    }
}

/// One generator from a random start, with those found before kept away. `O(dim²)` operations a step in the limit of vanishing ε.
pub(super) fn one_more(search: &mut Search<'_>, overlap: Overlap) -> Result<(), TrainingError> {
    let (problem, settings, limits) = (search.problem, search.settings, search.limits);
    let (dim, n) = (search.dim, problem.space.n());
    let mut term = InvarianceTerm::new(problem, 1, limits)?;
    let (mut matrix, mut slope) = (vec![0.0; n * n], vec![0.0; dim]);
    let mut overlaps = vec![0.0; dim];
    let mut adam = AdamState::new(dim);
    let mut w = search.start(1);
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
                multiply((found, dim, 1), &search.at.found, &w, overlaps, false);
                total += dot(overlaps, overlaps);
                overlaps.iter_mut().for_each(|c| *c *= 2.0);
                multiply((1, found, dim), overlaps, &search.at.found, &mut slope, true);
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
        search.at.steps += 1;
    };
    search.record(loss);
    if good {
        search.at.found.extend_from_slice(&w);
        search.at.losses.push(loss);
    } else {
        search.at.rejected.push(loss);
    }
    Ok(())
}

pub(super) fn transpose_into(rows: usize, cols: usize, a: &[f64], out: &mut [f64]) {
    for (i, row) in a.chunks_exact(cols).enumerate() {
        for (j, x) in row.iter().enumerate() {
            out[j * rows + i] = *x;
        }
    }
}
