//! Published losses, and a training that is interrupted.

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
    // 151 is no point of the curve.
    let (_, state) = joint(problem, &settings(3, 151), None, &Limits::none()).unwrap();
    let arrays = state.arrays();
    let find = |name: &str| arrays.iter().find(|a| a.0 == name).map(|a| a.2.clone());
    let back = Checkpoint::from_arrays(find).unwrap();
    assert_eq!(back, state);
    let resumed = joint(problem, &settings(3, 400), Some(back), &Limits::none()).unwrap();
    assert_eq!((&resumed.1, &resumed.0), (&whole.1, &whole.0));
    assert!(matches!(
        joint(problem, &settings(2, 400), Some(state), &Limits::none()),
        Err(TrainingError::Checkpoint { .. })
    ));
    let other = JointSettings { data: 1, ..settings(3, 400) };
    let state = joint(problem, &settings(3, 5), None, &Limits::none()).unwrap().1;
    assert!(matches!(joint(problem, &other, Some(state), &Limits::none()), Err(TrainingError::OtherData)));
    // Stopped in the middle, the state is that of the last whole step.
    let flag = std::sync::atomic::AtomicBool::new(true);
    let limits = Limits::none().with_stop_flag(std::sync::Arc::new(flag));
    let whole_settings = settings(3, 400);
    let mut part = Joint::new(problem, &whole_settings, None, &Limits::none()).unwrap();
    assert!(!part.advance(77, &Limits::none()).unwrap());
    assert!(matches!(part.advance(400, &limits), Err(TrainingError::Stop(_))));
    assert_eq!(part.state().adam.steps, 77);
    assert!(part.advance(400, &Limits::none()).unwrap());
    assert_eq!(part.finish().0, whole.0);
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
