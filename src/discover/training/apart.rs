//! Generators trained apart from each other, round by round: what the methods share, and how a training that was stopped goes on.

use super::batches::batch;
use super::checkpoint::Progress;
use super::copies::round_of_copies;
use super::losses::{InvarianceTerm, Term, Terms};
use super::problem::Problem;
use super::sequential::{FrameSettings, NORM, Overlap, one_more, rescale};
use super::trained::{Stopped, Trained, TrainingError};
use crate::float::Random;
use crate::float::gemm::{multiply, multiply_strided};
use crate::limits::Limits;

/// A loss, of 2 for a random matrix, that rounding may make of another.
const SURE: f64 = 1e-9;

/// How generators are trained apart from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// One after another, from at most `failures` starts in a row that fail.
    OneByOne(Overlap),
    /// Batches of generators whose rows are kept orthogonal to each other and to those found before, with squared norm 2, at
    /// every step; rows that stay at a loss are dropped. Without a number of generators batches double from 8 until one does not
    /// fill. With finite ε generators come one at a time.
    Batches,
    /// Copies that know nothing of each other, on all threads, and then Gram and Schmidt. Rounds go on until `failures` in a row
    /// add nothing.
    Copies,
}

/// A training by one of the methods. A round is a start, a batch or a set of copies; after a whole round the state can be kept,
/// and a training that goes on from it ends with the same bytes as one that was not interrupted, given the same seed.
pub struct Apart<'a> {
    search: Search<'a>,
    method: Method,
    /// The state after the last whole round.
    kept: Progress,
}

impl<'a> Apart<'a> {
    /// A training that has not begun, or goes on from a state of the same problem.
    pub fn new(
        problem: Problem<'a>,
        method: Method,
        settings: &'a FrameSettings,
        resume: Option<Progress>,
        limits: &'a Limits,
    ) -> Result<Apart<'a>, TrainingError> {
        let dim = problem.space.dim();
        let fresh = || Progress { data: settings.data, ..Progress::default() };
        let at = match resume {
            Some(at) if at.data != settings.data => return Err(TrainingError::OtherData),
            Some(at) if at.found.len() != at.losses.len() * dim => {
                return Err(TrainingError::Checkpoint { expected: at.losses.len() * dim, found: at.found.len() });
            }
            Some(at) => {
                let rows = losses(problem, &at.found, settings.scale, limits)?;
                let fits = rows.iter().zip(&at.losses).all(|(now, then)| *now <= 2.0 * then + SURE);
                if fits { at } else { return Err(TrainingError::OtherData) }
            }
            None => fresh(),
        };
        let mut random = Random::new(limits.seed(), 1);
        random.skip_normals(at.drawn);
        let kept = at.clone();
        Ok(Apart { search: Search { problem, settings, limits, dim, at, random }, method, kept })
    }

    /// The state after the last whole round.
    pub fn progress(&self) -> &Progress {
        &self.kept
    }

    /// One round, if there is one left; whether the training has ended.
    pub fn advance(&mut self) -> Result<bool, TrainingError> {
        let search = &mut self.search;
        if search.has_ended() {
            return Ok(true);
        }
        let before = search.count();
        match self.method {
            Method::OneByOne(overlap) => one_more(search, overlap)?,
            Method::Batches => batch(search)?,
            Method::Copies => round_of_copies(search)?,
        }
        search.at.failed = if search.count() > before { 0 } else { search.at.failed + 1 };
        self.kept = search.at.clone();
        Ok(self.search.has_ended())
    }

    /// The generators as they are.
    pub fn finish(mut self) -> Result<Trained, TrainingError> {
        if self.method == Method::Copies {
            // Of the rows as they are now.
            let Search { problem, settings, limits, at, .. } = &mut self.search;
            at.losses = losses(*problem, &at.found, settings.scale, limits)?;
        }
        Ok(self.search.finish())
    }
}

/// Trains to the end, see [`Apart`]. With a number of generators that is too large the losses at which others stay are in
/// `rejected`.
pub fn apart(
    problem: Problem<'_>,
    method: Method,
    settings: &FrameSettings,
    limits: &Limits,
) -> Result<Trained, TrainingError> {
    let mut training = Apart::new(problem, method, settings, None, limits)?;
    while !training.advance()? {}
    training.finish()
}

/// The invariance of generators given by their coordinates, times the scale.
fn losses(problem: Problem<'_>, rows: &[f64], scale: f64, limits: &Limits) -> Result<Vec<f64>, TrainingError> {
    let (dim, square) = (problem.space.dim(), problem.space.n() * problem.space.n());
    let count = rows.len().checked_div(dim).unwrap_or(0);
    let mut term = InvarianceTerm::new(problem, count, limits)?;
    let mut matrices = vec![0.0; count * square];
    problem.space.matrices(count, rows, &mut matrices);
    term.evaluate(rows, &matrices, 1.0, &mut vec![0.0; count * dim]);
    Ok(term.values().iter().map(|v| (v * scale).max(0.0)).collect())
}

/// What all methods gather.
pub(super) struct Search<'a> {
    pub problem: Problem<'a>,
    pub settings: &'a FrameSettings,
    pub limits: &'a Limits,
    pub dim: usize,
    pub at: Progress,
    random: Random,
}

impl<'a> Search<'a> {
    pub fn count(&self) -> usize {
        self.at.found.len().checked_div(self.dim).unwrap_or(0)
    }

    /// How many are still wanted; never more than there is room for.
    pub fn missing(&self) -> usize {
        self.settings.generators.unwrap_or(self.dim).min(self.dim).saturating_sub(self.count())
    }

    /// Whether there is nothing left to look for, or no hope.
    fn has_ended(&self) -> bool {
        self.missing() == 0 || self.at.ended || self.at.failed > self.settings.failures
    }

    pub fn start(&mut self, k: usize) -> Vec<f64> {
        let mut rows: Vec<f64> = (0..k * self.dim).map(|_| self.random.normal()).collect();
        self.at.drawn += rows.len() as u64;
        rows.chunks_exact_mut(self.dim.max(1)).for_each(rescale);
        rows
    }

    pub fn record(&mut self, loss: f64) {
        let terms = Terms::default().with(Term::Invariance, loss);
        self.at.curve.0.push((self.at.steps, terms, loss));
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
            multiply((f, dim, 1), &self.at.found, row, &mut overlaps[b * f..(b + 1) * f], false);
        }
        multiply_strided((k, f, dim), -1.0 / NORM, &overlaps[..k * f], &self.at.found, (rows, dim), true);
    }

    fn finish(self) -> Trained {
        let space = self.problem.space;
        let (k, square) = (self.count(), space.n() * space.n());
        let mut generators = vec![0.0; k * square];
        space.matrices(k, &self.at.found, &mut generators);
        let wanted = self.settings.generators;
        let total = self.at.losses.iter().sum();
        Trained {
            n: space.n(),
            generators,
            constants: Vec::new(),
            terms: Terms::default().with(Term::Invariance, total),
            loss: total,
            invariances: self.at.losses,
            stopped: if wanted.is_none_or(|w| k < w) { Stopped::Exhausted } else { Stopped::Reached },
            rejected: self.at.rejected,
            steps: self.at.steps,
            curve: self.at.curve,
        }
    }
}

#[cfg(test)]
#[path = "apart_tests.rs"]
mod tests;
