//! Generators one after another or in batches: with penalties, with norm and overlap imposed at every step, or as
//! independent copies. What 2307.04891 states in its abstract is done faster than joint training; the algorithms here are
//! a reconstruction.

use super::losses::{InvarianceTerm, Term, Terms};
use super::problem::{Invariance, Problem};
use super::trained::{Curve, Stopped, Trained, TrainingError};
use super::{Adam, AdamState, Schedule};
use crate::float::gemm::{multiply, multiply_strided, multiply_transposed};
use crate::float::{FrameScratch, Random, orthogonal_frame, symmetric_eigen};
use crate::limits::Limits;
use crate::parallel;

/// How the generators found earlier keep the next one away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// By the published penalties for norm and overlap.
    Penalties,
    /// Imposed exactly at every step.
    Projected,
}

/// The settings of the methods of this file.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameSettings {
    /// How many generators are wanted; without a number all that there are.
    pub generators: Option<usize>,
    /// The optimiser; its steps count from each start.
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
            adam: Adam::constant(1e-2),
            tolerance: 1e-10,
            cap: 20_000,
            failures: 3,
            batch: 1,
            scale: 1.0,
        }
    }

    /// All at once: Adam with β₁ = 0.8 and the rate 0.04 on cosines of 200, 400, … steps, loss 10⁻¹⁰.
    pub fn batched(generators: Option<usize>) -> FrameSettings {
        let schedule = Schedule::Cosine { period: 200, floor: 1e-3 };
        let adam = Adam { rate: 4e-2, beta1: 0.8, beta2: 0.999, epsilon: 1e-8, schedule };
        FrameSettings { adam, batch: 0, ..FrameSettings::one_by_one(generators) }
    }

    /// The factor that makes a random matrix of squared norm 2 cost 2 on average, so that tolerances and rates do not
    /// depend on the size of the labels; 1 for the published loss with finite ε, and for a form that vanishes.
    pub fn balanced(mut self, problem: &Problem<'_>) -> FrameSettings {
        if let Invariance::Limit(form) = problem.invariance {
            let dim = problem.space.dim();
            let trace: f64 = (0..dim).map(|i| form[i * dim + i]).sum();
            self.scale = if trace > 0.0 && trace.is_finite() { dim as f64 / trace } else { 1.0 };
        }
        self
    }
}

/// A loss at a point that is no minimum has a slope of at least this part of the loss, squared, for any form whose
/// smallest eigenvalue beside zero is above a hundred-thousandth of the mean.
const STUCK: f64 = 1e-5;

/// Squared norm of a generator, as published.
const NORM: f64 = 2.0;

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// What all methods gather.
struct Search<'a> {
    problem: Problem<'a>,
    settings: &'a FrameSettings,
    limits: &'a Limits,
    dim: usize,
    /// Coordinates of the generators found, orthogonal rows of squared norm 2.
    found: Vec<f64>,
    losses: Vec<f64>,
    rejected: Vec<f64>,
    steps: u64,
    curve: Curve,
    random: Random,
}

impl<'a> Search<'a> {
    fn new(problem: Problem<'a>, settings: &'a FrameSettings, limits: &'a Limits) -> Search<'a> {
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

    fn count(&self) -> usize {
        self.found.len().checked_div(self.dim).unwrap_or(0)
    }

    /// How many are still wanted; never more than there is room for.
    fn missing(&self) -> usize {
        self.settings.generators.unwrap_or(self.dim).min(self.dim) - self.count()
    }

    fn start(&mut self, k: usize) -> Vec<f64> {
        let mut rows: Vec<f64> = (0..k * self.dim).map(|_| self.random.normal()).collect();
        rows.chunks_exact_mut(self.dim.max(1)).for_each(rescale);
        rows
    }

    fn record(&mut self, loss: f64) {
        let terms = Terms::default().with(Term::Invariance, loss);
        self.curve.0.push((self.steps, terms, loss));
        let wanted = self.settings.generators.unwrap_or(self.count() + 1).max(1);
        let stage = format!("training, {} generators, loss {loss:.1e}", self.count());
        self.limits.progress(&stage, self.count() as f64 / wanted as f64);
    }

    /// Subtracts the parts of `k` rows along the generators found.
    fn project(&self, k: usize, rows: &mut [f64], overlaps: &mut [f64]) {
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

    fn finish(self) -> Trained {
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

fn rescale(row: &mut [f64]) {
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

/// Batches of generators whose rows are kept orthogonal to each other and to those found before, with squared norm 2, at
/// every step. At the end the rows of a batch are turned so that their losses are stationary values of the form (Rayleigh
/// and Ritz); rows that stay at a loss are dropped and the others trained on. Without a number of generators batches double
/// from 8 until one does not fill. With finite ε generators come one at a time.
///
/// `2 k dim²` operations a step for a batch of `k`, as products of matrices.
pub fn projected(problem: Problem<'_>, settings: &FrameSettings, limits: &Limits) -> Result<Trained, TrainingError> {
    if !matches!(problem.invariance, Invariance::Limit(_)) {
        return one_by_one(problem, Overlap::Projected, settings, limits);
    }
    let mut search = Search::new(problem, settings, limits);
    let dim = search.dim;
    let mut size = if settings.batch > 0 { settings.batch } else { settings.generators.unwrap_or(8) };
    let mut failed = 0;
    while search.missing() > 0 {
        let k = size.min(search.missing());
        limits.reserve(8 * (8 * k as u128 * dim as u128 + (dim as u128) * (dim as u128)))?;
        let rows = search.start(k);
        let before = search.count();
        let exhausted = batch(&mut search, rows)?;
        let gained = search.count() - before;
        failed = if gained > 0 { 0 } else { failed + 1 };
        if exhausted || failed > settings.failures {
            break;
        }
        if settings.batch == 0 && settings.generators.is_none() {
            size *= 2;
        }
    }
    Ok(search.finish())
}

/// Trains the rows as a batch and adds those that reach the tolerance; whether some stayed at a stationary loss.
fn batch(search: &mut Search<'_>, mut rows: Vec<f64>) -> Result<bool, TrainingError> {
    let (dim, settings, limits) = (search.dim, search.settings, search.limits);
    let (mut exhausted, mut k) = (false, rows.len() / dim.max(1));
    while k > 0 {
        let mut term = InvarianceTerm::new(search.problem, k, limits)?;
        let mut scratch = FrameScratch::new(k, dim);
        let mut adam = AdamState::new(k * dim);
        let mut slope = vec![0.0; k * dim];
        let mut turned = vec![0.0; k * dim];
        let mut gram = vec![0.0; k * k];
        let mut overlaps = vec![0.0; k * search.count()];
        let good = loop {
            limits.check()?;
            search.project(k, &mut rows, &mut overlaps);
            if !orthogonal_frame(k, dim, NORM, &mut rows, &mut scratch) {
                return Err(TrainingError::Diverged(search.steps));
            }
            let total = term.evaluate(&rows, &[], settings.scale, &mut slope) * settings.scale;
            if !total.is_finite() {
                return Err(TrainingError::Diverged(search.steps));
            }
            if adam.steps.is_multiple_of(20) {
                search.record(total);
            }
            // The slope along the frame is that of turning and stretching it.
            transpose_into(k, dim, &rows, &mut turned);
            multiply((k, dim, k), &slope, &turned, &mut gram, false);
            multiply_strided((k, k, dim), -1.0 / NORM, &gram, &rows, (&mut slope, dim), true);
            let worst = term.values().iter().copied().fold(0.0, f64::max) * settings.scale;
            if worst < settings.tolerance {
                break true;
            }
            if adam.steps >= settings.cap || dot(&slope, &slope) < STUCK * total {
                break false;
            }
            adam.update(&settings.adam, &mut rows, &slope);
            search.steps += 1;
        };
        search.record(term.values().iter().sum::<f64>() * settings.scale);
        if good {
            search.found.extend_from_slice(&rows);
            search.losses.extend(term.values().iter().map(|v| v * settings.scale));
            return Ok(exhausted);
        }
        // gram is 2 W M Wᵀ times the scale.
        let Some((values, vectors)) = symmetric_eigen(k, |i, j| (gram[i * k + j] + gram[j * k + i]) / 4.0) else {
            return Err(TrainingError::Diverged(search.steps));
        };
        let mut ritz = vec![0.0; k * dim];
        multiply_transposed((k, k, dim), (&vectors, k), (&rows, dim), &mut ritz);
        let worst = values.last().copied().unwrap_or(0.0);
        exhausted |= adam.steps < settings.cap;
        // Those well below the worst go on without it; the worst are given up.
        let kept = values.iter().take_while(|v| **v < worst / 2.0).count();
        search.rejected.extend(values.iter().skip(kept).copied());
        ritz.truncate(kept * dim);
        (rows, k) = (ritz, kept);
    }
    Ok(exhausted)
}

fn transpose_into(rows: usize, cols: usize, a: &[f64], out: &mut [f64]) {
    for (i, row) in a.chunks_exact(cols).enumerate() {
        for (j, x) in row.iter().enumerate() {
            out[j * rows + i] = *x;
        }
    }
}

/// Copies that know nothing of each other, each with its norm imposed and invariance alone as its loss, on all threads; then
/// Gram and Schmidt one after another, dropping those of which less than a twentieth is left. Copies are trained to
/// 1/400 of the tolerance, which that loss of length can at most use up. Rounds go on until one adds nothing.
pub fn parallel_copies(
    problem: Problem<'_>,
    settings: &FrameSettings,
    limits: &Limits,
) -> Result<Trained, TrainingError> {
    const LEFT: f64 = 0.05;
    /// Copies whose products are one task, whatever the number of threads.
    const TASK: usize = 16;
    let mut search = Search::new(problem, settings, limits);
    let dim = search.dim;
    let tolerance = settings.tolerance * LEFT * LEFT;
    let mut failed = 0;
    while search.missing() > 0 && failed <= settings.failures {
        let k = if settings.batch > 0 { settings.batch } else { settings.generators.map_or(32, |_| search.missing()) };
        let k = k.clamp(8, dim.max(8));
        limits.reserve(8 * 6 * k as u128 * dim as u128)?;
        let starts = search.start(k);
        let tasks: Vec<Vec<f64>> = starts.chunks(TASK * dim).map(<[f64]>::to_vec).collect();
        let done = parallel::map_items(tasks, |rows| copies(problem, settings, tolerance, rows, limits));
        let before = search.count();
        for task in done {
            let (rows, losses, steps) = task?;
            search.steps += steps;
            for (row, loss) in rows.chunks_exact(dim).zip(losses) {
                if loss >= tolerance {
                    search.rejected.push(loss);
                    continue;
                }
                let mut row = row.to_vec();
                let mut overlaps = vec![0.0; search.count()];
                // Twice, since the first time leaves rounding of the whole length.
                search.project(1, &mut row, &mut overlaps);
                let left = (dot(&row, &row) / NORM).sqrt();
                if search.missing() == 0 || left < LEFT {
                    continue;
                }
                search.project(1, &mut row, &mut overlaps);
                rescale(&mut row);
                search.losses.push(loss / (left * left));
                search.found.extend_from_slice(&row);
            }
        }
        failed = if search.count() > before { 0 } else { failed + 1 };
        search.record(search.losses.iter().sum());
    }
    // The losses of the rows as they are now.
    let count = search.count();
    let mut term = InvarianceTerm::new(problem, count, limits)?;
    let mut matrices = vec![0.0; count * problem.space.n() * problem.space.n()];
    problem.space.matrices(count, &search.found, &mut matrices);
    term.evaluate(&search.found, &matrices, 1.0, &mut vec![0.0; count * dim]);
    search.losses = term.values().iter().map(|v| v * settings.scale).collect();
    Ok(search.finish())
}

/// Trains independent rows until all are good or the cap is met: rows, losses, steps.
fn copies(
    problem: Problem<'_>,
    settings: &FrameSettings,
    tolerance: f64,
    mut rows: Vec<f64>,
    limits: &Limits,
) -> Result<(Vec<f64>, Vec<f64>, u64), TrainingError> {
    let (dim, square) = (problem.space.dim(), problem.space.n() * problem.space.n());
    let k = rows.len() / dim.max(1);
    let mut term = InvarianceTerm::new(problem, k, limits)?;
    let (mut matrices, mut slope) = (vec![0.0; k * square], vec![0.0; k * dim]);
    let mut adam = AdamState::new(k * dim);
    loop {
        limits.check()?;
        rows.chunks_exact_mut(dim).for_each(rescale);
        problem.space.matrices(k, &rows, &mut matrices);
        let total = term.evaluate(&rows, &matrices, settings.scale, &mut slope) * settings.scale;
        if !total.is_finite() {
            return Err(TrainingError::Diverged(adam.steps));
        }
        for (slope, row) in slope.chunks_exact_mut(dim).zip(rows.chunks_exact(dim)) {
            let radial = dot(slope, row) / NORM;
            slope.iter_mut().zip(row).for_each(|(s, x)| *s -= radial * x);
        }
        let worst = term.values().iter().copied().fold(0.0, f64::max) * settings.scale;
        if worst < tolerance || adam.steps >= settings.cap || dot(&slope, &slope) < STUCK * total {
            return Ok((rows, term.values().iter().map(|v| v * settings.scale).collect(), adam.steps));
        }
        adam.update(&settings.adam, &mut rows, &slope);
    }
}

#[cfg(test)]
#[path = "sequential_tests.rs"]
mod tests;
