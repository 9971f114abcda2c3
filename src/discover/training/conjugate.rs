//! Conjugate gradients for the invariance loss in the limit of vanishing ε, which is a quadratic form.
//!
//! Adam needs some hundred steps where the form has the condition number of E6's, 90; the number of steps here is of the
//! order of its root, and there is no rate to choose.

use super::apart::Search;
use super::batches::FrameEnd;
use super::block_conjugate::block_rows;
use super::losses::form_product;
use super::sequential::{NORM, STUCK, dot, transpose_into};
use super::trained::TrainingError;
use crate::float::gemm::{multiply, multiply_by_transpose, multiply_strided};
use crate::float::{FrameScratch, orthogonal_frame, symmetric_eigen};
use crate::limits::{Limits, Stop};

/// The part of the largest principal square of projected rows below which a smaller one is what their errors leave.
const DEPENDENT: f64 = 1e-9;

/// Minimises `tr W M Wᵀ` over frames of `k` orthogonal rows of squared norm 2, orthogonal to those found. The rows first run
/// freely, see [`block_rows`], to their projections to the null space. Where these are dependent, random rows have filled a space
/// of smaller dimension: an orthogonal basis of it takes their place, and nothing is left to be found. Rows that vanish instead
/// start again. Then the method of Polak and Ribière along tangents of the Stiefel manifold, each step to the minimum of the
/// quadratic model. The image `W M` is carried along, so a step has one product with the form: `2 k dim²` operations,
/// and `14 k² dim` more for the frame.
pub(super) fn conjugate_frame(
    search: &mut Search<'_>,
    form: &[f64],
    mut k: usize,
    rows: &mut Vec<f64>,
) -> Result<FrameEnd, TrainingError> {
    let (dim, settings, limits) = (search.dim, search.settings, search.limits);
    let scale = settings.scale;
    let mut overlaps = vec![0.0; k * search.count()];
    search.project(k, rows, &mut overlaps);
    let started = rows.clone();
    // A frame of projections of random rows to a space that they fill is worse than they are by their condition number.
    let ends = Ends { scale, tolerance: settings.tolerance * 1e-4, cap: settings.cap };
    let (mut step, _) = block_rows((k, dim), form, &ends, rows, limits)?;
    let left = settings.cap.saturating_sub(step);
    let (losses, more) = conjugate_rows((k, dim), form, scale, ends.tolerance, left, rows, limits)?;
    step += more;
    search.at.steps += step;
    let filled = losses.iter().all(|loss| *loss < ends.tolerance) && fill_less(k, dim, rows)?;
    k = rows.len() / dim;
    let room = || vec![0.0; k * dim];
    let (mut image, mut slope, mut before, mut direction) = (room(), room(), room(), room());
    let (mut moved, mut turned, mut spare) = (room(), room(), room());
    let (mut gram, mut small) = (vec![0.0; k * k], vec![0.0; k * k]);
    let mut scratch = FrameScratch::new(k, dim);
    search.project(k, rows, &mut overlaps);
    if !orthogonal_frame(k, dim, NORM, rows, &mut scratch) && !filled {
        rows.copy_from_slice(&started);
    }
    // Rows that are far from orthogonal lose digits the first time.
    for _ in 0..2 {
        search.project(k, rows, &mut overlaps);
        if !orthogonal_frame(k, dim, NORM, rows, &mut scratch) {
            return Err(TrainingError::Diverged(search.at.steps));
        }
    }
    form_product(k, dim, rows, form, &mut image);
    let (mut fresh, mut last) = (true, 0.0);
    let (good, capped, losses) = loop {
        limits.check()?;
        transpose_into(k, dim, rows, &mut turned);
        multiply((k, dim, k), &image, &turned, &mut gram, false);
        // The form is positive; rounding need not be.
        let losses = (0..k).map(|i| (gram[i * k + i] * scale).max(0.0));
        let (total, worst) = losses.clone().fold((0.0, 0.0f64), |(sum, most), x| (sum + x, most.max(x)));
        if !total.is_finite() {
            return Err(TrainingError::Diverged(search.at.steps));
        }
        if step.is_multiple_of(5) {
            search.record(total);
        }
        slope.copy_from_slice(&image);
        multiply_strided((k, k, dim), -1.0 / NORM, &gram, rows, (&mut slope, dim), true);
        search.project(k, &mut slope, &mut overlaps);
        let size = dot(&slope, &slope);
        let (done, capped) = (worst < settings.tolerance, step >= settings.cap);
        if done || capped || 4.0 * scale * scale * size < STUCK * total {
            if fresh {
                break (done, capped, losses.collect());
            }
            // What is reported owes nothing to the rounding of the steps.
            form_product(k, dim, rows, form, &mut image);
            fresh = true;
            continue;
        }
        let change = size - dot(&slope, &before);
        let kept = if last > 0.0 { (change / last).max(0.0) } else { 0.0 };
        direction.iter_mut().zip(&slope).for_each(|(d, s)| *d = kept * *d - s);
        multiply((k, dim, k), &direction, &turned, &mut small, false);
        multiply_strided((k, k, dim), -1.0 / NORM, &small, rows, (&mut direction, dim), true);
        if dot(&slope, &direction) >= 0.0 {
            direction.iter_mut().zip(&slope).for_each(|(d, s)| *d = -s);
        }
        form_product(k, dim, &direction, form, &mut moved);
        let down = -dot(&slope, &direction);
        // Along a tangent D the loss is that of (1 + t² D Dᵀ/2)^(-1/2) (W + t D).
        multiply((k, k, dim), &gram, &direction, &mut spare, false);
        let flat = dot(&moved, &direction);
        let bend = flat - dot(&spare, &direction) / NORM;
        let length = down / if bend > 0.1 * flat { bend } else { flat };
        if !length.is_finite() {
            return Err(TrainingError::Diverged(search.at.steps));
        }
        rows.iter_mut().zip(&direction).for_each(|(w, d)| *w += length * d);
        image.iter_mut().zip(&moved).for_each(|(y, z)| *y += length * z);
        if !orthogonal_frame(k, dim, NORM, rows, &mut scratch) {
            return Err(TrainingError::Diverged(search.at.steps));
        }
        scratch.carry(k, dim, NORM, &mut image);
        std::mem::swap(&mut slope, &mut before);
        (last, fresh) = (size, false);
        step += 1;
        search.at.steps += 1;
    };
    gram.iter_mut().for_each(|x| *x *= scale);
    Ok(FrameEnd { good, capped, filled, losses, gram })
}

/// Whether the rows span a space of dimension less than their number; then an orthogonal basis of it, of squared norm 2, takes
/// their place.
fn fill_less(k: usize, dim: usize, rows: &mut Vec<f64>) -> Result<bool, TrainingError> {
    let mut gram = vec![0.0; k * k];
    multiply_by_transpose((k, dim, k), rows, rows, &mut gram);
    let eigen = symmetric_eigen(k, |i, j| gram[i * k + j]);
    let (values, vectors) = eigen.ok_or(TrainingError::Diverged(0))?;
    let level = DEPENDENT * values.last().copied().unwrap_or(0.0);
    let first = values.partition_point(|value| *value < level);
    if first == 0 {
        return Ok(false);
    }
    let entry = |a: usize, i: usize| vectors[i * k + a] * (NORM / values[a]).sqrt();
    let turn: Vec<f64> = (first..k).flat_map(|a| (0..k).map(move |i| (a, i))).map(|(a, i)| entry(a, i)).collect();
    let mut basis = vec![0.0; (k - first) * dim];
    multiply((k - first, k, dim), &turn, rows, &mut basis, false);
    *rows = basis;
    Ok(true)
}

/// When rows that run freely have come far enough.
pub(super) struct Ends {
    /// The factor of the loss.
    pub scale: f64,
    /// The loss of the multiple of squared norm 2 that is enough.
    pub tolerance: f64,
    /// The most steps.
    pub cap: u64,
}

impl Ends {
    /// Whether a row with this value of the form and this squared length, which started from another, is done: below the
    /// tolerance, or vanished.
    pub fn reached(&self, value: f64, square: f64, start: f64) -> bool {
        NORM * self.scale * value / square.max(f64::MIN_POSITIVE) < self.tolerance || square < VANISHED * start
    }
}

/// The part of its squared length that a row without a part in the null space is left with.
const VANISHED: f64 = 1e-12;

/// Minimises `w M wᵀ` from each of `k` rows by conjugate gradients of its own, without a constraint: the limit is the
/// projection of the start to the null space, and the loss of a row is that of its multiple of squared norm 2. Ends when
/// each row is below the tolerance or has vanished, or after `cap` steps: losses and steps; rows are rescaled. A row that
/// vanished has no direction, and an infinite loss. `2 k dim²` operations a step.
pub(super) fn conjugate_rows(
    (k, dim): (usize, usize),
    form: &[f64],
    scale: f64,
    tolerance: f64,
    cap: u64,
    rows: &mut [f64],
    limits: &Limits,
) -> Result<(Vec<f64>, u64), Stop> {
    let room = || vec![0.0; k * dim];
    let (mut image, mut direction, mut moved) = (room(), room(), room());
    form_product(k, dim, rows, form, &mut image);
    direction.iter_mut().zip(&image).for_each(|(d, y)| *d = -y);
    let starts: Vec<f64> = rows.chunks_exact(dim).map(|w| dot(w, w)).collect();
    let mut sizes: Vec<f64> = image.chunks_exact(dim).map(|y| dot(y, y)).collect();
    let (mut losses, mut step) = (vec![0.0; k], 0);
    loop {
        limits.check()?;
        let mut ended = true;
        let pairs = rows.chunks_exact(dim).zip(image.chunks_exact(dim));
        for ((loss, start), (w, y)) in losses.iter_mut().zip(&starts).zip(pairs) {
            let length = dot(w, w);
            *loss = NORM * scale * dot(w, y) / length.max(f64::MIN_POSITIVE);
            ended &= *loss < tolerance || length < VANISHED * start;
        }
        if ended || step >= cap {
            break;
        }
        form_product(k, dim, &direction, form, &mut moved);
        for (i, size) in sizes.iter_mut().enumerate() {
            let own = i * dim..(i + 1) * dim;
            let (d, z) = (&mut direction[own.clone()], &moved[own.clone()]);
            let bend = dot(d, z);
            if bend <= 0.0 || bend.is_nan() {
                continue;
            }
            let length = *size / bend;
            rows[own.clone()].iter_mut().zip(d.iter()).for_each(|(w, d)| *w += length * d);
            let y = &mut image[own];
            y.iter_mut().zip(z).for_each(|(y, z)| *y += length * z);
            let now = dot(y, y);
            let kept = now / *size;
            d.iter_mut().zip(y.iter()).for_each(|(d, y)| *d = kept * *d - y);
            *size = now;
        }
        step += 1;
    }
    for (loss, (row, start)) in losses.iter_mut().zip(rows.chunks_exact_mut(dim).zip(&starts)) {
        let length = dot(row, row);
        *loss = if length < VANISHED * start { f64::INFINITY } else { loss.max(0.0) };
        let factor = (NORM / length.max(f64::MIN_POSITIVE)).sqrt();
        row.iter_mut().for_each(|x| *x *= factor);
    }
    Ok((losses, step))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A form with the null space spanned by the last two axes, eigenvalues 1 to 90 beside it: the limit is the
    /// projection of the start, within a number of steps of the order of the root of 90.
    #[test]
    fn the_limit_is_the_projection_of_the_start() {
        let dim = 40;
        let value = |i: usize| if i < 38 { 1.0 + 89.0 * i as f64 / 37.0 } else { 0.0 };
        let form: Vec<f64> = (0..dim * dim).map(|at| if at % (dim + 1) == 0 { value(at / dim) } else { 0.0 }).collect();
        let mut rows = super::super::test_support::normals(3 * dim, 1);
        let start = rows.clone();
        let found = conjugate_rows((3, dim), &form, 1.0, 1e-14, 1000, &mut rows, &Limits::none()).unwrap();
        assert!(found.1 < 90 && found.0.iter().all(|loss| *loss < 1e-14), "{found:?}");
        for (row, start) in rows.chunks(dim).zip(start.chunks(dim)) {
            let length = start[38].hypot(start[39]);
            for i in 0..2 {
                assert!((row[38 + i] - NORM.sqrt() * start[38 + i] / length).abs() < 1e-6);
            }
        }
        // Without a null space every row vanishes, and says so.
        let positive: Vec<f64> = (0..16).map(|at| f64::from(u8::from(at % 5 == 0))).collect();
        let mut rows = super::super::test_support::normals(4, 2);
        let (losses, steps) = conjugate_rows((1, 4), &positive, 1.0, 1e-10, 100, &mut rows, &Limits::none()).unwrap();
        assert!(losses[0].is_infinite() && steps < 100);
    }
}
