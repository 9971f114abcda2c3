//! All generators at once, as in the papers: every term of the loss in one sum.

use super::losses::{Loss, Weights};
use super::problem::Problem;
use super::trained::{Curve, Named, Stopped, Trained, TrainingError};
use super::{Adam, AdamState, TERMS, Terms};
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
    /// Steps between points of the loss curve.
    pub record: u64,
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
            record: steps.div_ceil(200).max(1),
        }
    }
}

/// A training between two steps: plain numbers, which continue it to the same bits.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// The parameters.
    pub parameters: Vec<f64>,
    /// The optimiser.
    pub adam: AdamState,
    /// The loss so far.
    pub curve: Curve,
}

impl Checkpoint {
    /// The state as named arrays of doubles.
    pub fn arrays(&self) -> Vec<Named> {
        let count = self.parameters.len();
        vec![
            ("parameters", vec![count], self.parameters.clone()),
            ("first", vec![count], self.adam.first.clone()),
            ("second", vec![count], self.adam.second.clone()),
            ("steps", vec![1], vec![self.adam.steps as f64]),
            self.curve.array(),
        ]
    }

    /// The state from those arrays; `None` when one is missing or they do not fit together.
    pub fn from_arrays(find: impl Fn(&str) -> Option<Vec<f64>>) -> Option<Checkpoint> {
        let (parameters, first, second) = (find("parameters")?, find("first")?, find("second")?);
        let steps = *find("steps")?.first()?;
        let curve = find("curve")?;
        let whole = steps >= 0.0 && steps.fract() == 0.0 && steps < 2f64.powi(53);
        let fits = first.len() == parameters.len() && second.len() == parameters.len() && whole;
        let point = |row: &[f64]| {
            let terms = row.get(1..=TERMS.len())?.try_into().ok()?;
            Some((*row.first()? as u64, Terms(terms), *row.last()?))
        };
        let curve = curve.chunks_exact(TERMS.len() + 2).map(point).collect::<Option<Vec<_>>>()?;
        let adam = AdamState { steps: steps as u64, first, second };
        fits.then_some(Checkpoint { parameters, adam, curve: Curve(curve) })
    }
}

/// Trains all generators together, from a random start or from a checkpoint; `steps` counts those of the checkpoint too.
///
/// The start is that of the papers: entries uniform in ±1/√n (what a bias-free linear layer begins with), structure
/// constants normal of variance 0.01; from the seed of the limits.
pub fn joint(
    problem: Problem<'_>,
    settings: &JointSettings,
    resume: Option<Checkpoint>,
    limits: &Limits,
) -> Result<(Trained, Checkpoint), TrainingError> {
    let mut loss = Loss::new(problem, &settings.blocks, settings.weights, settings.squared_closure, limits)?;
    let count = loss.parameters();
    limits.reserve(8 * 4 * count as u128)?;
    let mut state = match resume {
        Some(state) if state.parameters.len() == count => state,
        Some(state) => return Err(TrainingError::Checkpoint { expected: count, found: state.parameters.len() }),
        None => start(problem, settings.blocks.len(), &loss, limits),
    };
    let mut gradient = vec![0.0; count];
    let record = settings.record.max(1);
    let (terms, total, stopped) = loop {
        limits.check()?;
        let terms = loss.evaluate(&state.parameters, &mut gradient);
        let total = settings.weights.total(&terms);
        let step = state.adam.steps;
        if !total.is_finite() {
            return Err(TrainingError::Diverged(step));
        }
        let (low, last) = (total < settings.stop_below, step >= settings.steps);
        // A resumed training meets its last point again.
        let known = state.curve.0.last().is_some_and(|p| p.0 == step);
        if (step.is_multiple_of(record) || low || last) && !known {
            state.curve.0.push((step, terms, total));
            limits.progress(&format!("training, loss {total:.1e}"), step as f64 / settings.steps.max(1) as f64);
        }
        if low || last {
            break (terms, total, if low { Stopped::Reached } else { Stopped::Steps });
        }
        state.adam.update(&settings.adam, &mut state.parameters, &gradient);
    };
    let trained = Trained {
        n: problem.space.n(),
        generators: loss.matrices().to_vec(),
        constants: state.parameters[count - loss.constants()..].to_vec(),
        terms,
        loss: total,
        invariances: loss.invariances().to_vec(),
        rejected: Vec::new(),
        steps: state.adam.steps,
        curve: state.curve.clone(),
        stopped,
    };
    Ok((trained, state))
}

fn start(problem: Problem<'_>, k: usize, loss: &Loss<'_>, limits: &Limits) -> Checkpoint {
    let (n, dim) = (problem.space.n(), problem.space.dim());
    let mut random = Random::new(limits.seed(), 0);
    let bound = 1.0 / (n.max(1) as f64).sqrt();
    let matrices: Vec<f64> = (0..k * n * n).map(|_| bound * (2.0 * random.unit() - 1.0)).collect();
    let mut parameters = vec![0.0; loss.parameters()];
    problem.space.coordinates(k, &matrices, &mut parameters[..k * dim]);
    parameters[k * dim..].iter_mut().for_each(|a| *a = 0.1 * random.normal());
    loss.clear_forbidden(&mut parameters);
    let adam = AdamState::new(parameters.len());
    Checkpoint { parameters, adam, curve: Curve::default() }
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{lorentz, norm, oracle, samples};
    use super::*;
    use crate::discover::training::Term;
    use crate::discover::training::{Invariance, MatrixSpace, closure_error, quadratic_form, symmetric_part};

    type Label = fn(&[f64], &mut [f64]) -> f64;

    fn settings(k: usize, steps: u64) -> JointSettings {
        JointSettings::published(k, steps)
    }

    fn trained(n: usize, label: Label, finite: bool, settings: &JointSettings, seed: u64) -> Trained {
        let (points, gradients) = samples(n, 300, 0, label);
        let space = MatrixSpace::full(n);
        let form = quadratic_form(n, 1, 1, &points, &gradients, &Limits::none()).unwrap();
        let oracle = oracle(n, label);
        let invariance = if finite {
            Invariance::Finite { epsilon: 1e-3, points: &points, copies: 1, outputs: 1, oracle: &oracle }
        } else {
            Invariance::Limit(&form)
        };
        joint(Problem { space: &space, invariance }, settings, None, &Limits::none().with_seed(seed)).unwrap().0
    }

    /// Published (2301.05638, public notebook): one generator of O(2) to 1.9e-25 within 4801 epochs, and a symmetric part
    /// of ε/2 exactly from finite ε; three of O(3) to about 1e-6 in 5000 epochs.
    #[test]
    fn rotations_are_found_and_finite_steps_leave_their_mark() {
        let one = trained(2, norm, true, &settings(1, 5000), 1);
        assert!(one.loss < 1e-8, "{}", one.loss);
        assert!((symmetric_part(2, &one.generators) - 5e-4).abs() < 2e-5);
        let limit = trained(2, norm, false, &settings(1, 5000), 1);
        assert!(limit.loss < 1e-8 && symmetric_part(2, &limit.generators) < 1e-4);
        let three = trained(3, norm, false, &settings(3, 5000), 0);
        assert!(three.loss < 1e-4 && three.steps == 5000, "{}", three.loss);
        assert!(closure_error(3, &three.generators, &Limits::none()).unwrap() < 0.02);
        assert!(three.curve.0.first().unwrap().2 > 1.0 && three.curve.0.last().unwrap().2 == three.loss);
    }

    /// Published: 1.72 for two generators of O(2), 0.441 for two of O(3), 1.31 for four of O(3) (reference: the same losses
    /// with hand gradients stay at 0.439 and 1.29). The first is the minimum for the rotation with a multiple of the unit matrix,
    /// `2u + 4(u - 1)²` at `u = 3/4`; with `diag(1, -1)` and an almost nilpotent matrix it is about 1.3. Data and start decide.
    #[test]
    fn what_must_fail_fails_with_the_published_loss() {
        for (n, k, published) in [(2, 2, 1.72), (3, 2, 0.441), (3, 4, 1.31)] {
            let losses: Vec<f64> = (0..8).map(|seed| trained(n, norm, false, &settings(k, 5000), seed).loss).collect();
            assert!(losses.iter().all(|loss| *loss > 0.3), "O({n}), {k}: {losses:?}");
            let near = losses.iter().filter(|loss| (*loss - published).abs() < 0.1 * published).count();
            assert!(near > 0, "O({n}), {k}: {losses:?}");
        }
    }

    /// Published: six generators of the Lorentz group to 1.04e-6 in 6000 epochs, two to about 8e-6.
    #[test]
    fn the_lorentz_group_and_a_subalgebra() {
        for k in [2, 6] {
            let found = trained(4, lorentz, false, &settings(k, 6000), 2);
            assert!(found.loss < 1e-4, "{k}: {}", found.loss);
            let eta = |i: usize| if i == 0 { 1.0 } else { -1.0 };
            for w in found.generators.chunks(16) {
                for at in 0..16 {
                    let (i, j) = (at / 4, at % 4);
                    assert!((eta(i) * w[at] + eta(j) * w[j * 4 + i]).abs() < 0.01);
                }
            }
        }
    }

    /// Two blocks of three generators of so(4) with brackets between them asked to vanish: so(4) = su(2) + su(2). Some starts are
    /// trapped; none splits it in 2 + 4, which it is not.
    #[test]
    fn blocks_split_so4() {
        let mut split = settings(6, 6000);
        split.adam.rate = 5e-3;
        split.blocks = vec![0, 0, 0, 1, 1, 1];
        let losses: Vec<f64> = (0..6).map(|seed| trained(4, norm, false, &split, seed).loss).collect();
        assert!(losses.iter().any(|loss| *loss < 1e-3), "{losses:?}");
        split.blocks = vec![0, 0, 1, 1, 1, 1];
        let losses: Vec<f64> = (0..6).map(|seed| trained(4, norm, false, &split, seed).loss).collect();
        assert!(losses.iter().all(|loss| *loss > 0.1), "{losses:?}");
    }

    #[test]
    fn a_training_that_stops_and_goes_on_is_the_same() {
        let (points, gradients) = samples(4, 100, 0, lorentz);
        let form = quadratic_form(4, 1, 1, &points, &gradients, &Limits::none()).unwrap();
        let space = MatrixSpace::full(4);
        let problem = Problem { space: &space, invariance: Invariance::Limit(&form) };
        let whole = joint(problem, &settings(3, 400), None, &Limits::none()).unwrap();
        let half = JointSettings { record: 2, ..settings(3, 150) };
        let (_, state) = joint(problem, &half, None, &Limits::none()).unwrap();
        let arrays = state.arrays();
        let find = |name: &str| arrays.iter().find(|a| a.0 == name).map(|a| a.2.clone());
        let back = Checkpoint::from_arrays(find).unwrap();
        assert_eq!(back, state);
        let resumed = joint(problem, &settings(3, 400), Some(back), &Limits::none()).unwrap();
        assert_eq!((resumed.1, resumed.0), (whole.1, whole.0));
        assert!(matches!(
            joint(problem, &settings(2, 400), Some(state), &Limits::none()),
            Err(TrainingError::Checkpoint { .. })
        ));
        let mut wild = settings(3, 400);
        wild.adam.rate = 1e300;
        assert!(matches!(joint(problem, &wild, None, &Limits::none()), Err(TrainingError::Diverged(_))));
    }

    /// The first paper's largest case, 45 generators of SO(10) without closure, 6000 epochs; the reference reaches 4.2e-9.
    /// Run with `--ignored` for its time.
    #[test]
    #[ignore = "a measurement"]
    fn so10() {
        let mut all = settings(45, 6000);
        all.weights = Weights(Weights::default().0.with(Term::Closure, 0.0));
        let losses: Vec<f64> = (0..3).map(|seed| trained(10, norm, false, &all, seed).loss).collect();
        eprintln!("SO(10): losses {losses:?}");
        assert!(losses.iter().all(|loss| *loss < 1e-6));
    }
}
