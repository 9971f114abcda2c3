//! The number of generators found against the dimensions of the algebras.

use super::super::test_support::{g2, lorentz, norm, oracle, samples};
use super::*;
use crate::discover::training::{Invariance, MatrixSpace, Optimiser, Stopped, closure_error, quadratic_form};

fn limit_form(n: usize, copies: usize, label: impl Fn(&[f64], &mut [f64]) -> f64) -> Vec<f64> {
    let (points, gradients) = samples(n * copies, 2 * n * n + 20, 0, label);
    quadratic_form(n, copies, 1, &points, &gradients, &Limits::none()).unwrap()
}

/// All methods find so(4), so(1,3) and g2 (dimensions 6, 6, 14; section 2.1 of any text on octonions) without being told how many
/// generators there are, and what they find closes.
#[test]
fn every_method_finds_the_dimension() {
    let cases =
        [(4, 1, 6, limit_form(4, 1, norm)), (4, 1, 6, limit_form(4, 1, lorentz)), (7, 3, 14, limit_form(7, 3, g2))];
    for (n, _, dim, form) in cases {
        let space = MatrixSpace::full(n);
        let problem = Problem { space: &space, invariance: Invariance::Limit(&form) };
        let limits = Limits::none().with_seed(4);
        let single = FrameSettings::one_by_one(None).balanced(&problem);
        let many = FrameSettings::batched(None).balanced(&problem);
        let adam = FrameSettings { optimiser: Optimiser::Adam, ..many.clone() };
        for (name, found) in [
            ("penalties", apart(problem, Method::OneByOne(Overlap::Penalties), &single, &limits).unwrap()),
            ("one by one", apart(problem, Method::OneByOne(Overlap::Projected), &single, &limits).unwrap()),
            ("projected", apart(problem, Method::Batches, &many, &limits).unwrap()),
            ("projected, Adam", apart(problem, Method::Batches, &adam, &limits).unwrap()),
            ("parallel", apart(problem, Method::Copies, &many, &limits).unwrap()),
            ("parallel, Adam", apart(problem, Method::Copies, &adam, &limits).unwrap()),
        ] {
            assert_eq!(found.count(), dim, "{name}: {:?} {:?}", found.invariances, found.rejected);
            assert_eq!(found.stopped, Stopped::Exhausted);
            assert!(found.worst_invariance() < 2e-10, "{name} {:?}", found.invariances);
            let error = closure_error(n, &found.generators, &limits).unwrap();
            assert!(error < 1e-4, "{name} {error}");
            // What further directions cost: at least the smallest eigenvalue beside zero, far above the tolerance.
            assert!(
                found.rejected.iter().all(|r| *r > 1e-3) || name.starts_with("parallel"),
                "{name} {:?}",
                found.rejected
            );
        }
    }
}

#[test]
fn more_than_there_are_is_refused_and_fewer_are_found() {
    let form = limit_form(3, 1, norm);
    let space = MatrixSpace::full(3);
    let problem = Problem { space: &space, invariance: Invariance::Limit(&form) };
    for (wanted, expected, stopped) in [(2, 2, Stopped::Reached), (3, 3, Stopped::Reached), (4, 3, Stopped::Exhausted)]
    {
        let settings = FrameSettings::batched(Some(wanted)).balanced(&problem);
        let found = apart(problem, Method::Batches, &settings, &Limits::none()).unwrap();
        assert_eq!((found.count(), found.stopped), (expected, stopped), "{wanted}");
        // The slowest direction of |x| on Gaussian points costs about 2·(mean of the form's eigenvalues).
        assert_eq!(found.rejected.iter().filter(|r| **r > 0.1).count(), wanted - expected);
    }
}

/// With the published finite ε the generators of O(3) come one at a time, each a rotation up to ε/2.
#[test]
fn finite_steps_one_at_a_time() {
    let (points, _) = samples(3, 300, 0, norm);
    let space = MatrixSpace::full(3);
    let oracle = oracle(3, norm);
    let invariance = Invariance::Finite { epsilon: 1e-3, points: &points, copies: 1, outputs: 1, oracle: &oracle };
    let settings = FrameSettings { cap: 3000, ..FrameSettings::one_by_one(Some(3)) };
    let found = apart(Problem { space: &space, invariance }, Method::Batches, &settings, &Limits::none()).unwrap();
    assert_eq!(found.count(), 3);
    let symmetric = crate::discover::training::symmetric_part(3, &found.generators);
    assert!(symmetric > 1e-4 && symmetric < 2e-3, "{symmetric}");
}

#[test]
fn the_same_bits_from_the_same_seed() {
    let form = limit_form(7, 3, g2);
    let space = MatrixSpace::full(7);
    let problem = Problem { space: &space, invariance: Invariance::Limit(&form) };
    let settings = FrameSettings::batched(None).balanced(&problem);
    let run = |seed| apart(problem, Method::Copies, &settings, &Limits::none().with_seed(seed)).unwrap();
    assert_eq!(run(1), run(1));
    assert_ne!(run(1).generators, run(2).generators);
}

/// A training that goes on from the arrays of its state after each round ends with the same bits; one that is stopped within a
/// round goes on from its beginning; a state of other data or another size is refused.
#[test]
fn going_on_from_every_round() {
    let form = limit_form(7, 3, g2);
    let space = MatrixSpace::full(7);
    let problem = Problem { space: &space, invariance: Invariance::Limit(&form) };
    let limits = Limits::none().with_seed(3);
    let single = FrameSettings::one_by_one(None).balanced(&problem);
    let batch = FrameSettings { batch: 4, ..FrameSettings::batched(None).balanced(&problem) };
    for (method, settings, rounds) in
        [(Method::OneByOne(Overlap::Penalties), &single, 14), (Method::Batches, &batch, 4), (Method::Copies, &batch, 2)]
    {
        let whole = apart(problem, method, settings, &limits).unwrap();
        assert_eq!(whole.count(), 14, "{method:?}");
        let mut training = Apart::new(problem, method, settings, None, &limits).unwrap();
        let mut parts = 0;
        loop {
            let arrays = training.progress().arrays();
            let back = Progress::from_arrays(|name| arrays.iter().find(|a| a.0 == name).map(|a| a.2.clone())).unwrap();
            assert_eq!(&back, training.progress());
            training = Apart::new(problem, method, settings, Some(back), &limits).unwrap();
            parts += 1;
            if training.advance().unwrap() {
                break;
            }
        }
        assert!(parts >= rounds, "{method:?} {parts}");
        let found = training.finish().unwrap();
        assert_eq!(found, whole, "{method:?}");

        let flag = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        let stopping = limits.clone().with_stop_flag(flag.clone());
        let mut part = Apart::new(problem, method, settings, None, &stopping).unwrap();
        part.advance().unwrap();
        let kept = part.progress().clone();
        flag.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(matches!(part.advance(), Err(TrainingError::Stop(_))));
        assert_eq!(part.progress(), &kept);

        let other = FrameSettings { data: 1, ..settings.clone() };
        let refused = Apart::new(problem, method, &other, Some(kept.clone()), &limits).err();
        assert_eq!(refused, Some(TrainingError::OtherData));
        let plane = Problem { space: &MatrixSpace::full(2), invariance: Invariance::Limit(&[0.0; 16]) };
        let refused = Apart::new(plane, method, settings, Some(kept.clone()), &limits).err();
        assert!(matches!(refused, Some(TrainingError::Checkpoint { .. })));
        // Rows that are no symmetries, whatever losses are said.
        let wrong = Progress { found: kept.found.iter().rev().map(|x| x + 0.1).collect(), ..kept };
        let refused = Apart::new(problem, method, settings, Some(wrong), &limits).err();
        assert_eq!(refused, Some(TrainingError::OtherData));
    }
}

/// All 78 generators of E6 on the 27 to 10⁻¹⁰ (reference: 17 491 steps one at a time, 1.64 s in numpy). Run with
/// `--ignored` for its time.
#[test]
#[ignore = "a measurement"]
fn e6() {
    let form = crate::forms::albert_cubic(false).unwrap();
    let polynomial = form.as_polynomial().unwrap().1.clone();
    let terms: Vec<(Vec<u32>, f64)> =
        polynomial.terms().map(|(m, c)| (m.variables().to_vec(), c.re.to_f64())).collect();
    let cubic = |x: &[f64], g: &mut [f64]| {
        g.fill(0.0);
        for (variables, c) in &terms {
            let [a, b, d] = [variables[0] as usize, variables[1] as usize, variables[2] as usize];
            g[a] += c * x[b] * x[d];
            g[b] += c * x[a] * x[d];
            g[d] += c * x[a] * x[b];
        }
        0.0
    };
    let (points, gradients) = samples(27, 2000, 0, cubic);
    let form = quadratic_form(27, 1, 1, &points, &gradients, &Limits::none()).unwrap();
    let space = MatrixSpace::full(27);
    let problem = Problem { space: &space, invariance: Invariance::Limit(&form) };
    let settings = FrameSettings::batched(Some(78)).balanced(&problem);
    let before = std::time::Instant::now();
    let found = apart(problem, Method::Batches, &settings, &Limits::none()).unwrap();
    eprintln!(
        "E6 projected: {} steps, {:.3} s, worst {:.1e}",
        found.steps,
        before.elapsed().as_secs_f64(),
        found.worst_invariance()
    );
    assert_eq!((found.count(), found.stopped), (78, Stopped::Reached));
    let again = FrameSettings::batched(None).balanced(&problem);
    let found = apart(problem, Method::Batches, &again, &Limits::none()).unwrap();
    eprintln!("E6 without a number: {} steps, rejected from {:?}", found.steps, found.rejected.first());
    assert_eq!(found.count(), 78);
}
