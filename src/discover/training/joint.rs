//! All generators at once, as in the papers: every term of the loss in one sum.

use super::losses::{Loss, Weights};
use super::problem::Problem;
use super::trained::{Curve, Stopped, Trained, TrainingError, on_curve};
use super::{Adam, AdamState, Checkpoint, Terms};
use crate::float::Random;
use crate::limits::Limits;

/// The settings of a joint training.
#[derive(Clone, Debug, PartialEq)]
pub struct JointSettings {
    /// The block of each generator, as many as generators; all alike unless a splitting is asked for.
    pub blocks: Vec<usize>,
    /// The most steps.
    pub steps: u64,
    /// The optimiser.
    pub adam: Adam,
    /// The factors of the terms.
    pub weights: Weights,
    /// Whether the closure term is the published one, the square of the usual.
    pub squared_closure: bool,
    /// The loss at which it ends before the steps are used up.
    pub stop_below: f64,
    /// A number that stands for the data, such as a checksum: a checkpoint of other data is refused.
    pub data: u32,
}

impl JointSettings {
    /// The published settings for real groups: Adam with rate 10⁻³, all weights 1 without sparsity, loss 10⁻²⁵.
    pub fn published(generators: usize, steps: u64) -> JointSettings {
        JointSettings {
            blocks: vec![0; generators],
            steps,
            adam: Adam::constant(1e-3),
            weights: Weights::default(),
            squared_closure: true,
            stop_below: 1e-25,
            data: 0,
        }
    }
}

/// All generators trained together; from a random start or from a checkpoint, in as many parts as are wanted.
///
/// The start is that of the papers: entries uniform in ±1/√n (what a bias-free linear layer begins with), structure
/// constants normal of variance 0.01; from the seed of the limits.
pub struct Joint<'a> {
    settings: &'a JointSettings,
    n: usize,
    loss: Loss<'a>,
    state: Checkpoint,
    gradient: Vec<f64>,
    last: (Terms, f64, Stopped),
}

impl<'a> Joint<'a> {
    /// A training that has not begun, or goes on from a checkpoint of the same problem.
    pub fn new(
        problem: Problem<'a>,
        settings: &'a JointSettings,
        resume: Option<Checkpoint>,
        limits: &Limits,
    ) -> Result<Joint<'a>, TrainingError> {
        let loss = Loss::new(problem, &settings.blocks, settings.weights, settings.squared_closure, limits)?;
        let count = loss.parameters();
        limits.reserve(8 * 4 * count as u128)?;
        let mut state = match resume {
            Some(state) if state.parameters.len() != count => {
                return Err(TrainingError::Checkpoint { expected: count, found: state.parameters.len() });
            }
            Some(state) if state.data != settings.data => return Err(TrainingError::OtherData),
            Some(state) => state,
            None => start(problem, settings, &loss, limits),
        };
        // The last point of a training that ended is no point of one that goes on.
        state.curve.0.retain(|point| on_curve(point.0));
        let last = (Terms::default(), f64::INFINITY, Stopped::Steps);
        Ok(Joint { settings, n: problem.space.n(), loss, state, gradient: vec![0.0; count], last })
    }

    /// The state after the last whole step.
    pub fn state(&self) -> &Checkpoint {
        &self.state
    }

    /// Steps until there are `until` of them, those of the checkpoint counted too; whether the training has ended.
    pub fn advance(&mut self, until: u64, limits: &Limits) -> Result<bool, TrainingError> {
        let settings = self.settings;
        loop {
            limits.check()?;
            let terms = self.loss.evaluate(&self.state.parameters, &mut self.gradient);
            let total = settings.weights.total(&terms);
            let step = self.state.adam.steps;
            if !total.is_finite() {
                return Err(TrainingError::Diverged(step));
            }
            let (low, last) = (total < settings.stop_below, step >= settings.steps);
            // A training that goes on meets its last point again.
            let known = self.state.curve.0.last().is_some_and(|p| p.0 == step);
            if (on_curve(step) || low || last) && !known {
                self.state.curve.0.push((step, terms, total));
                limits.progress(&format!("training, loss {total:.1e}"), step as f64 / settings.steps.max(1) as f64);
            }
            self.last = (terms, total, if low { Stopped::Reached } else { Stopped::Steps });
            if low || last || step >= until {
                return Ok(low || last);
            }
            self.state.adam.update(&settings.adam, &mut self.state.parameters, &self.gradient);
        }
    }

    /// The generators as they are, and the state from which they could be trained on.
    pub fn finish(self) -> (Trained, Checkpoint) {
        let (terms, loss, stopped) = self.last;
        let (state, trained) = (self.state, &self.loss);
        let trained = Trained {
            n: self.n,
            generators: trained.matrices().to_vec(),
            constants: state.parameters[state.parameters.len() - trained.constants()..].to_vec(),
            terms,
            loss,
            invariances: trained.invariances().to_vec(),
            rejected: Vec::new(),
            steps: state.adam.steps,
            curve: state.curve.clone(),
            stopped,
        };
        (trained, state)
    }
}

/// Trains all generators together to the end, see [`Joint`].
pub fn joint(
    problem: Problem<'_>,
    settings: &JointSettings,
    resume: Option<Checkpoint>,
    limits: &Limits,
) -> Result<(Trained, Checkpoint), TrainingError> {
    let mut training = Joint::new(problem, settings, resume, limits)?;
    training.advance(settings.steps, limits)?;
    Ok(training.finish())
}

fn start(problem: Problem<'_>, settings: &JointSettings, loss: &Loss<'_>, limits: &Limits) -> Checkpoint {
    let (n, dim, k) = (problem.space.n(), problem.space.dim(), settings.blocks.len());
    let mut random = Random::new(limits.seed(), 0);
    let bound = 1.0 / (n.max(1) as f64).sqrt();
    let matrices: Vec<f64> = (0..k * n * n).map(|_| bound * (2.0 * random.unit() - 1.0)).collect();
    let mut parameters = vec![0.0; loss.parameters()];
    problem.space.coordinates(k, &matrices, &mut parameters[..k * dim]);
    parameters[k * dim..].iter_mut().for_each(|a| *a = 0.1 * random.normal());
    loss.clear_forbidden(&mut parameters);
    let adam = AdamState::new(parameters.len());
    Checkpoint { parameters, adam, curve: Curve::default(), data: settings.data }
}

#[cfg(test)]
#[path = "joint_tests.rs"]
mod tests;
