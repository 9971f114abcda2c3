//! Perceptrons fitted to labels: the method of Levenberg and Marquardt, with the weights held back by as much as the data
//! themselves suggest (MacKay 1992; Foresee and Hagan 1997), so that noise is not learnt by heart.

use super::error::DiscoverError;
use super::perceptron::{Perceptron, Room};
use crate::float::gemm::add_gram;
use crate::float::{Random, cholesky, cholesky_solve};
use crate::limits::Limits;

/// Rows whose derivatives are held at once.
const CHUNK: usize = 256;
/// Rows on which a training begins; all rows come later.
const FIRST_ROWS: usize = 1000;
/// Steps on the first rows, and on all of them.
const STEPS: (usize, usize) = (60, 25);
/// Operations of all steps on all rows, beyond which there are fewer of them, but five at least.
const WORK: f64 = 1e10;
/// Steps that gain less than this part of the loss, one after another, end a training.
const LEVEL: (f64, usize) = (1e-4, 5);
/// The uniform numbers of a start are widened to about unit variance.
const WIDEN: f64 = 1.7;
/// Damping beyond which no step helps.
const MOST_DAMPING: f64 = 1e10;
/// A mean square below which labels of unit variance are met to rounding.
const MET: f64 = 1e-24;

/// The rows of a training, with scratch memory.
struct Rows<'a> {
    network: &'a Perceptron,
    points: &'a [f64],
    labels: &'a [f64],
    room: Room,
    jacobian: Vec<f64>,
}

impl<'a> Rows<'a> {
    fn new(network: &'a Perceptron, points: &'a [f64], labels: &'a [f64]) -> Rows<'a> {
        let most = CHUNK.min(labels.len());
        let jacobian = vec![0.0; most * network.count()];
        Rows { network, points, labels, room: Room::new(network, most), jacobian }
    }

    /// Calls `each` with the derivatives of a chunk of rows and their errors.
    fn chunks(&mut self, parameters: &[f64], derive: bool, mut each: impl FnMut(&[f64], &[f64])) {
        let (n, count) = (self.network.sizes[0], self.network.count());
        let mut errors = Vec::with_capacity(CHUNK);
        for (x, y) in self.points.chunks(CHUNK * n).zip(self.labels.chunks(CHUNK)) {
            self.room.rows = y.len();
            self.network.forward(parameters, x, &mut self.room);
            let values = self.room.layers.last().map_or(&[][..], Vec::as_slice);
            errors.clear();
            errors.extend(values.iter().zip(y).map(|(f, y)| f - y));
            let jacobian = &mut self.jacobian[..y.len() * count];
            if derive {
                self.network.jacobian(parameters, x, &mut self.room, jacobian);
            }
            each(jacobian, &errors);
        }
    }

    /// The sum of squared errors.
    fn error(&mut self, parameters: &[f64]) -> f64 {
        let mut sum = 0.0;
        self.chunks(parameters, false, |_, errors| sum += errors.iter().map(|r| r * r).sum::<f64>());
        sum
    }

    /// The lower triangle of `JᵀJ`, and `Jᵀr`.
    fn normal_equations(&mut self, parameters: &[f64], gram: &mut [f64], slope: &mut [f64]) {
        let count = self.network.count();
        gram.fill(0.0);
        slope.fill(0.0);
        self.chunks(parameters, true, |jacobian, errors| {
            add_gram((errors.len(), count), jacobian, gram);
            for (row, r) in jacobian.chunks_exact(count).zip(errors) {
                slope.iter_mut().zip(row).for_each(|(s, d)| *s += r * d);
            }
        });
    }
}

/// The parameters of a network with one output, fitted to labels of mean 0 and variance 1 at points of that kind (rows), in
/// the order in which they are to be looked at first. Minimises `β Σ r² + α Σ w²`; after every step `α = γ / 2Σw²` and
/// `β = (N − γ) / 2Σr²` with the number of parameters `γ = P − α/β tr (JᵀJ + α/β)⁻¹` that the data determine.
/// `N P² + P³` operations a step.
pub(super) fn train(
    network: &Perceptron,
    points: &[f64],
    labels: &[f64],
    random: &mut Random,
    limits: &Limits,
) -> Result<Vec<f64>, DiscoverError> {
    let (n, count) = (network.sizes[0], network.count());
    limits.reserve(8 * (2 * count as u128 * count as u128 + 2 * CHUNK as u128 * count as u128))?;
    let mut parameters: Vec<f64> = network.start(random).into_iter().map(|w| WIDEN * w).collect();
    let mut ratio = 1e-3;
    let first = FIRST_ROWS.min(labels.len());
    let mut rows = Rows::new(network, &points[..first * n], &labels[..first]);
    descend(&mut rows, &mut parameters, &mut ratio, STEPS.0, limits)?;
    if first < labels.len() {
        let mut rows = Rows::new(network, points, labels);
        let steps = (WORK / (labels.len() as f64 * (count as f64).powi(2))) as usize;
        descend(&mut rows, &mut parameters, &mut ratio, steps.clamp(5, STEPS.1), limits)?;
    }
    Ok(parameters)
}

/// Steps on some rows, from `α/β = ratio`.
fn descend(
    rows: &mut Rows<'_>,
    parameters: &mut Vec<f64>,
    ratio: &mut f64,
    steps: usize,
    limits: &Limits,
) -> Result<(), DiscoverError> {
    let (count, all) = (parameters.len(), rows.labels.len() as f64);
    let (mut gram, mut factor) = (vec![0.0; count * count], vec![0.0; count * count]);
    let mut slope = vec![0.0; count];
    let square = |w: &[f64]| w.iter().map(|w| w * w).sum::<f64>();
    let mut error = rows.error(parameters);
    let (mut damping, mut level) = (1e-5 * all, 0);
    for _ in 0..steps {
        limits.check()?;
        rows.normal_equations(parameters, &mut gram, &mut slope);
        let before = error + *ratio * square(parameters);
        let after = loop {
            damp(&gram, *ratio + damping, &mut factor, count);
            if cholesky(count, &mut factor) {
                let mut step: Vec<f64> = slope.iter().zip(parameters.iter()).map(|(s, w)| s + *ratio * w).collect();
                cholesky_solve(count, &factor, &mut step);
                let moved: Vec<f64> = parameters.iter().zip(&step).map(|(w, s)| w - s).collect();
                let there = rows.error(&moved);
                let loss = there + *ratio * square(&moved);
                if loss < before {
                    (*parameters, error) = (moved, there);
                    break Some(loss);
                }
            }
            damping *= 4.0;
            if damping > MOST_DAMPING {
                break None;
            }
            limits.check()?;
        };
        let Some(after) = after else { break };
        damping = (damping / 3.0).max(1e-14);
        level = if (before - after) / before < LEVEL.0 { level + 1 } else { 0 };
        if level >= LEVEL.1 || error < MET * all {
            break;
        }
        // One step behind, so that one Gram matrix a step is enough.
        damp(&gram, *ratio, &mut factor, count);
        if cholesky(count, &mut factor) {
            let determined = (count as f64 - *ratio * inverse_trace(count, &factor)).clamp(1.0, count as f64);
            let alpha = determined / square(parameters).max(f64::MIN_POSITIVE);
            let beta = (all - determined).max(1.0) / error.max(MET * all);
            *ratio = (alpha / beta).clamp(1e-16, 1e6);
        }
    }
    Ok(())
}

/// The lower triangle of `gram + size`.
fn damp(gram: &[f64], size: f64, out: &mut [f64], count: usize) {
    out.copy_from_slice(gram);
    out.iter_mut().step_by(count + 1).for_each(|x| *x += size);
}

/// `tr (L Lᵀ)⁻¹ = |L⁻¹|²`, column by column of the inverse. `count³/6` operations.
fn inverse_trace(count: usize, l: &[f64]) -> f64 {
    let mut column = vec![0.0; count];
    let mut sum = 0.0;
    for j in 0..count {
        for i in j..count {
            let row = &l[i * count..];
            let dot: f64 = row[j..i].iter().zip(&column[j..i]).map(|(a, b)| a * b).sum();
            column[i] = (f64::from(u8::from(i == j)) - dot) / row[i];
            sum += column[i] * column[i];
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::perceptron::Activation;

    #[test]
    fn the_trace_of_an_inverse() {
        // [4 2; 2 5] has the inverse [5 -2; -2 4] / 16.
        let mut a = vec![4.0, 0.0, 2.0, 5.0];
        assert!(cholesky(2, &mut a));
        assert!((inverse_trace(2, &a) - 9.0 / 16.0).abs() < 1e-15);
    }

    /// A ridge function is learnt to many digits; of noisy labels no more than the function.
    #[test]
    fn learns_functions_and_not_noise() {
        let network = Perceptron::new(2, 6, 1, 1, Activation::Tanh);
        let (limits, mut random) = (Limits::none(), Random::new(3, 3));
        let points: Vec<f64> = (0..600).map(|_| random.normal()).collect();
        let f = |x: &[f64]| (x[0] - 0.5 * x[1]).sin();
        let exact: Vec<f64> = points.chunks(2).map(f).collect();
        let noisy: Vec<f64> = exact.iter().map(|y| y + 0.2 * random.normal()).collect();
        for (labels, bound) in [(exact.clone(), 1e-3), (noisy, 0.07)] {
            let found = train(&network, &points, &labels, &mut Random::new(1, 1), &limits).unwrap();
            let error = Rows::new(&network, &points, &exact).error(&found);
            assert!((error / 300.0).sqrt() < bound, "{}", (error / 300.0).sqrt());
        }
    }
}
