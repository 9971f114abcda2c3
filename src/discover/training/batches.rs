//! Generators in batches, with norm and overlap imposed at every step.

use super::AdamState;
use super::apart::Search;
use super::conjugate::conjugate_frame;
use super::losses::InvarianceTerm;
use super::problem::Invariance;
use super::sequential::{NORM, Optimiser, Overlap, STUCK, dot, one_more, transpose_into};
use super::trained::TrainingError;
use crate::float::gemm::{multiply, multiply_strided, multiply_transposed};
use crate::float::{FrameScratch, orthogonal_frame, symmetric_eigen};

/// A batch of generators. At the end its rows are turned so that their losses are stationary values of the form (Rayleigh
/// and Ritz); rows that stay at a loss are dropped and the others trained on. A batch larger than what is left of the algebra is
/// known by its projections to the null space, which are dependent then, and shrinks to a basis of them.
///
/// `2 k dim² + 12 k² dim` operations a step for a batch of `k`, as products of matrices.
pub(super) fn batch(search: &mut Search<'_>) -> Result<(), TrainingError> {
    let Invariance::Limit(form) = search.problem.invariance else {
        return one_more(search, Overlap::Projected);
    };
    let (settings, dim) = (search.settings, search.dim);
    let doubles = settings.batch == 0 && settings.generators.is_none();
    let size = match search.at.size {
        0 if settings.batch > 0 => settings.batch,
        0 => settings.generators.unwrap_or(8),
        size => size,
    };
    let k = size.min(search.missing());
    search.limits.reserve(8 * (10 * k as u128 * dim as u128 + (dim as u128) * (dim as u128)))?;
    let rows = search.start(k);
    let mut end = train(search, form, rows)?;
    if end == BatchEnd::Filled && search.missing() > 0 {
        // One more where no number is wanted, or all that are missing, for the loss at which they stay.
        let others = if settings.generators.is_some() { search.missing() } else { 1 };
        let rows = search.start(others);
        end = train(search, form, rows)?;
    }
    search.at.size = if doubles { 2 * size } else { size };
    search.at.ended = end != BatchEnd::More;
    Ok(())
}

/// Where the training of a frame ended.
pub(super) struct FrameEnd {
    /// Whether every row reached the tolerance.
    pub good: bool,
    /// Whether the steps were used up.
    pub capped: bool,
    /// Whether there were more rows than the null space has room for, so that those that are left span all of it.
    pub filled: bool,
    /// The loss of each row.
    pub losses: Vec<f64>,
    /// `W M Wᵀ` times the scale.
    pub gram: Vec<f64>,
}

/// How a batch ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BatchEnd {
    /// There may be more generators.
    More,
    /// Some rows stayed at a stationary loss.
    Stayed,
    /// All generators that there are have been found, and no row was left that could show at what loss others stay.
    Filled,
}

/// Trains the rows as a batch and adds those that reach the tolerance.
fn train(search: &mut Search<'_>, form: &[f64], mut rows: Vec<f64>) -> Result<BatchEnd, TrainingError> {
    let dim = search.dim;
    let (mut exhausted, mut k) = (false, rows.len() / dim.max(1));
    while k > 0 {
        let end = match search.settings.optimiser {
            Optimiser::Adam => adam_frame(search, k, &mut rows)?,
            Optimiser::ConjugateGradients => conjugate_frame(search, form, k, &mut rows)?,
        };
        search.record(end.losses.iter().sum());
        if end.good {
            search.at.found.extend_from_slice(&rows);
            search.at.losses.extend(end.losses);
            return Ok(match (end.filled, exhausted) {
                (true, _) => BatchEnd::Filled,
                (false, true) => BatchEnd::Stayed,
                (false, false) => BatchEnd::More,
            });
        }
        k = rows.len() / dim.max(1);
        let gram = end.gram;
        let Some((values, vectors)) = symmetric_eigen(k, |i, j| (gram[i * k + j] + gram[j * k + i]) / 2.0) else {
            return Err(TrainingError::Diverged(search.at.steps));
        };
        let mut ritz = vec![0.0; k * dim];
        multiply_transposed((k, k, dim), (&vectors, k), (&rows, dim), &mut ritz);
        let worst = values.last().copied().unwrap_or(0.0);
        exhausted |= !end.capped;
        // Those well below the worst go on without it; the worst are given up.
        let kept = values.iter().take_while(|v| **v < worst / 2.0).count();
        search.at.rejected.extend(values.iter().skip(kept).copied());
        ritz.truncate(kept * dim);
        (rows, k) = (ritz, kept);
    }
    Ok(if exhausted { BatchEnd::Stayed } else { BatchEnd::More })
}

/// Adam on all rows together.
fn adam_frame(search: &mut Search<'_>, k: usize, rows: &mut [f64]) -> Result<FrameEnd, TrainingError> {
    let (dim, settings, limits) = (search.dim, search.settings, search.limits);
    let mut term = InvarianceTerm::new(search.problem, k, limits)?;
    let mut scratch = FrameScratch::new(k, dim);
    let mut adam = AdamState::new(k * dim);
    let mut slope = vec![0.0; k * dim];
    let mut turned = vec![0.0; k * dim];
    let mut gram = vec![0.0; k * k];
    let mut overlaps = vec![0.0; k * search.count()];
    let (good, capped) = loop {
        limits.check()?;
        search.project(k, rows, &mut overlaps);
        if !orthogonal_frame(k, dim, NORM, rows, &mut scratch) {
            return Err(TrainingError::Diverged(search.at.steps));
        }
        let total = term.evaluate(rows, &[], settings.scale, &mut slope) * settings.scale;
        if !total.is_finite() {
            return Err(TrainingError::Diverged(search.at.steps));
        }
        if adam.steps.is_multiple_of(20) {
            search.record(total);
        }
        // The slope along the frame is that of turning and stretching it.
        transpose_into(k, dim, rows, &mut turned);
        multiply((k, dim, k), &slope, &turned, &mut gram, false);
        multiply_strided((k, k, dim), -1.0 / NORM, &gram, rows, (&mut slope, dim), true);
        let worst = term.values().iter().copied().fold(0.0, f64::max) * settings.scale;
        let capped = adam.steps >= settings.cap;
        if worst < settings.tolerance || capped || dot(&slope, &slope) < STUCK * total {
            break (worst < settings.tolerance, capped);
        }
        adam.update(&settings.adam, rows, &slope);
        search.at.steps += 1;
    };
    // The slope is twice the image under the form, times the scale.
    gram.iter_mut().for_each(|x| *x /= 2.0);
    let losses = term.values().iter().map(|v| v * settings.scale).collect();
    Ok(FrameEnd { good, capped, filled: false, losses, gram })
}
