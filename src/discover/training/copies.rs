//! Generators from copies that are trained beside each other and know nothing of each other.

use super::AdamState;
use super::apart::Search;
use super::conjugate::conjugate_rows;
use super::losses::InvarianceTerm;
use super::problem::{Invariance, Problem};
use super::sequential::{FrameSettings, NORM, Optimiser, STUCK, dot, rescale};
use super::trained::TrainingError;
use crate::limits::Limits;
use crate::parallel;

/// The part of its length that a copy must keep beside the generators found before.
const LEFT: f64 = 0.05;
/// Copies whose products are one task, whatever the number of threads.
const TASK: usize = 16;

/// Copies that know nothing of each other, each with its norm imposed and invariance alone as its loss, on all threads; then
/// Gram and Schmidt one after another, dropping those of which less than a twentieth is left. Copies are trained to
/// 1/400 of the tolerance, which that loss of length can at most use up.
pub(super) fn round_of_copies(search: &mut Search<'_>) -> Result<(), TrainingError> {
    let (problem, settings, limits, dim) = (search.problem, search.settings, search.limits, search.dim);
    let tolerance = settings.tolerance * LEFT * LEFT;
    let k = if settings.batch > 0 { settings.batch } else { settings.generators.map_or(32, |_| search.missing()) };
    let k = k.clamp(8, dim.max(8));
    limits.reserve(8 * 6 * k as u128 * dim as u128)?;
    let starts = search.start(k);
    let tasks: Vec<Vec<f64>> = starts.chunks(TASK * dim).map(<[f64]>::to_vec).collect();
    let done = parallel::map_items(tasks, |rows| copies(problem, settings, tolerance, rows, limits));
    for task in done {
        let (rows, losses, steps) = task?;
        search.at.steps += steps;
        for (row, loss) in rows.chunks_exact(dim).zip(losses) {
            if loss >= tolerance {
                // A row that vanished says nothing of the loss elsewhere.
                if loss.is_finite() {
                    search.at.rejected.push(loss);
                }
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
            search.at.losses.push(loss / (left * left));
            search.at.found.extend_from_slice(&row);
        }
    }
    search.record(search.at.losses.iter().sum());
    Ok(())
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
    if let (Optimiser::ConjugateGradients, Invariance::Limit(form)) = (settings.optimiser, problem.invariance) {
        let FrameSettings { scale, cap, .. } = *settings;
        let (losses, steps) = conjugate_rows((k, dim), form, scale, tolerance, cap, &mut rows, limits)?;
        return Ok((rows, losses, steps));
    }
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
