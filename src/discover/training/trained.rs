//! The result of a training, and measures of its quality.

use super::losses::{TERMS, Term, Terms};
use crate::float::orthonormal_rows;
use crate::limits::{Limits, Stop};
use crate::parallel;

/// The loss as it went: steps, terms without weights, and the loss.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve(pub Vec<(u64, Terms, f64)>);

/// An array with the name under which it is saved and its shape.
pub type Named = (&'static str, Vec<usize>, Vec<f64>);

impl Curve {
    /// The rows `step, terms, loss` as an array.
    pub fn array(&self) -> Named {
        let row = |(step, terms, loss): &(u64, Terms, f64)| {
            std::iter::once(*step as f64).chain(terms.0).chain(std::iter::once(*loss)).collect::<Vec<f64>>()
        };
        ("curve", vec![self.0.len(), TERMS.len() + 2], self.0.iter().flat_map(row).collect())
    }

    /// The loss from the numbers of that array; `None` when they are no whole rows.
    pub fn from_array(numbers: &[f64]) -> Option<Curve> {
        let point = |row: &[f64]| {
            let terms = row.get(1..=TERMS.len())?.try_into().ok()?;
            Some((*row.first()? as u64, Terms(terms), *row.last()?))
        };
        let rows = numbers.chunks(TERMS.len() + 2);
        rows.map(|row| point(row).filter(|_| row.len() == TERMS.len() + 2)).collect::<Option<_>>().map(Curve)
    }
}

/// Whether a step is a point of the loss curve: 64 of each doubling of the steps, so that the curve does not depend on
/// when a training was meant to end.
pub(super) fn on_curve(step: u64) -> bool {
    step.is_multiple_of(1 << (step / 64).max(1).ilog2())
}

/// Why a training ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The loss asked for was reached by all generators asked for.
    Reached,
    /// The steps were used up.
    Steps,
    /// No further generator was found: other directions keep a loss away from zero.
    Exhausted,
}

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TrainingError {
    /// A limit was met.
    #[error(transparent)]
    Stop(#[from] Stop),
    /// The numbers grew without bound.
    #[error("the training diverged at step {0}: the loss is no number; a smaller rate may help")]
    Diverged(u64),
    /// A kept state is of another training.
    #[error("the checkpoint has {found} parameters, this training {expected}")]
    Checkpoint {
        /// Parameters of this training.
        expected: usize,
        /// Parameters of the checkpoint.
        found: usize,
    },
    /// A kept state was trained on other data.
    #[error("the checkpoint is of other data")]
    OtherData,
}

/// Trained generators.
#[derive(Clone, Debug, PartialEq)]
pub struct Trained {
    /// Size of the matrices.
    pub n: usize,
    /// The generators, `n × n` by rows, one after another.
    pub generators: Vec<f64>,
    /// Learnt structure constants, `k` for each pair `α < β`; empty without a closure term.
    pub constants: Vec<f64>,
    /// The terms at the end, without weights.
    pub terms: Terms,
    /// The loss at the end.
    pub loss: f64,
    /// The invariance loss of each generator.
    pub invariances: Vec<f64>,
    /// Losses of invariance at which further directions stayed.
    pub rejected: Vec<f64>,
    /// Steps of all optimisations together.
    pub steps: u64,
    /// The loss as it went.
    pub curve: Curve,
    /// Why it ended.
    pub stopped: Stopped,
}

impl Trained {
    /// The number of generators.
    pub fn count(&self) -> usize {
        self.generators.len().checked_div(self.n * self.n).unwrap_or(0)
    }

    /// The largest of a term that the generators share, or of one generator for the invariance.
    pub fn worst_invariance(&self) -> f64 {
        self.invariances.iter().copied().fold(0.0, f64::max)
    }

    /// One term at the end.
    pub fn term(&self, term: Term) -> f64 {
        self.terms.get(term)
    }
}

/// The largest entry of `(W + Wᵀ)/2` over the generators: how far they are from rotations. Training with finite ε leaves
/// about `ε/2` in it.
pub fn symmetric_part(n: usize, generators: &[f64]) -> f64 {
    let matrices = generators.chunks_exact((n * n).max(1));
    let entry = |w: &[f64]| (0..n * n).map(|at| (w[at] + w[at % n * n + at / n]).abs() / 2.0).fold(0.0, f64::max);
    matrices.map(entry).fold(0.0, f64::max)
}

/// The mean absolute entry of `[W_α, W_β] - Σ_γ a_γ W_γ` over all pairs, with the best `a` in the sense of least squares:
/// how far the span is from an algebra, in the units of the generators. `k² n³ + k³ n²` operations.
pub fn closure_error(n: usize, generators: &[f64], limits: &Limits) -> Result<f64, Stop> {
    let square = n * n;
    let k = generators.len().checked_div(square).unwrap_or(0);
    if k < 2 {
        return Ok(0.0);
    }
    let mut span = generators.to_vec();
    orthonormal_rows(square, &mut span, 1e-12);
    let sums = parallel::try_map(k, |a| {
        limits.check()?;
        let left = &generators[a * square..(a + 1) * square];
        let mut sum = 0.0;
        for right in generators.chunks_exact(square).skip(a + 1) {
            let mut bracket = bracket(n, left, right);
            for unit in span.chunks_exact(square) {
                let part: f64 = unit.iter().zip(&bracket).map(|(u, c)| u * c).sum();
                bracket.iter_mut().zip(unit).for_each(|(c, u)| *c -= part * u);
            }
            sum += bracket.iter().map(|c| c.abs()).sum::<f64>();
        }
        Ok(sum)
    })?;
    Ok(sums.iter().sum::<f64>() / (square * k * (k - 1) / 2) as f64)
}

/// `AB - BA`.
pub(super) fn bracket(n: usize, a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; n * n];
    for i in 0..n {
        for l in 0..n {
            let (x, y) = (a[i * n + l], b[i * n + l]);
            if x == 0.0 && y == 0.0 {
                continue;
            }
            let row = &mut out[i * n..(i + 1) * n];
            let (from_b, from_a) = (&b[l * n..(l + 1) * n], &a[l * n..(l + 1) * n]);
            row.iter_mut().zip(from_b.iter().zip(from_a)).for_each(|(o, (p, q))| *o += x * p - y * q);
        }
    }
    out
}
