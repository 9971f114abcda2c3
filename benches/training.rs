//! Trained symmetries: prints lines "time, case, generators, method, steps, loss, seconds" for SO(3) to SO(10), U(2) to U(6) and
//! E6, lines "sparse, case, entries before, after, sweeps, seconds" and "subalgebras, dimension, closed, classes, seconds a
//! start". With the word `quick` only the small groups are trained.
//!
//! The oracles are those of arXiv:2301.05638 and 2302.05383: the norm on 300 normal points, real and complex; the
//! cubic form on 2000 points. Joint training takes 6000 steps without closure, the others go to a loss of
//! 10⁻¹⁰ of the balanced form. Seconds are processor time of all threads.

use std::time::Instant;

use symmetra::discover::training::{
    FloatAlgebra, FrameSettings, Invariance, JointSettings, MatrixSpace, Method, Overlap, Problem, Term, Trained,
    TrainingData, Weights, apart, joint, matrix_space, nonzeros, search, sparsify,
};
use symmetra::discover::{Ansatz, Draft, Law, Oracle, Points, Role, Shape, Step, oracle_of_forms};
use symmetra::forms::albert_cubic;
use symmetra::lie::named::so;
use symmetra::limits::Limits;

#[path = "common/processor.rs"]
mod processor;

use processor::processor;

/// `√Σ x²` on `R^n`.
fn norm(n: usize, complex: bool) -> Oracle {
    let draft = Draft::new();
    let squares: Vec<u32> = (0..n).map(|i| draft.push(Step::Variable(i as u32))).map(|x| draft.power(x, 2)).collect();
    let sum = squares.into_iter().reduce(|a, b| draft.add(a, b)).unwrap();
    let root = draft.push(Step::Root(sum));
    Oracle::new(n, complex, vec![Role::Vector], &draft, &[root]).unwrap()
}

fn line(name: &str, method: &str, found: &Trained, seconds: f64) {
    println!("time\t{name}\t{}\t{method}\t{}\t{:.1e}\t{seconds:.6}", found.count(), found.steps, found.loss);
}

fn case(name: &str, oracle: &Oracle, shape: Shape, samples: usize, generators: usize, together: bool) {
    let limits = Limits::none();
    let ansatz = Ansatz::new(shape, oracle.dimension(), 1).unwrap();
    let data = TrainingData::new(oracle, &ansatz, &Points::Drawn(samples, Law::Normal), &limits).unwrap();
    let space: MatrixSpace = matrix_space(oracle, &ansatz, &limits).unwrap();
    let form = space.restricted(&data.form(oracle, &limits).unwrap());
    let problem = Problem { space: &space, invariance: Invariance::Limit(&form) };
    let begin = Instant::now();
    let timed = |method: &str, run: &dyn Fn() -> Trained| {
        let start = processor(begin);
        let (mut found, mut runs) = (run(), 1);
        // The system counts processor time in steps of milliseconds.
        while processor(begin) - start < 0.05 && runs < 10_000 {
            (found, runs) = (run(), runs + 1);
        }
        line(name, method, &found, (processor(begin) - start) / f64::from(runs));
    };
    if together {
        let mut settings = JointSettings::published(generators, 6000);
        settings.weights = Weights(settings.weights.0.with(Term::Closure, 0.0));
        timed("joint", &|| joint(problem, &settings, None, &limits).unwrap().0);
    }
    let single = FrameSettings::one_by_one(Some(generators)).balanced(&problem);
    let many = FrameSettings::batched(Some(generators)).balanced(&problem);
    timed("sequential", &|| apart(problem, Method::OneByOne(Overlap::Penalties), &single, &limits).unwrap());
    timed("projected, one by one", &|| apart(problem, Method::OneByOne(Overlap::Projected), &single, &limits).unwrap());
    timed("projected", &|| apart(problem, Method::Batches, &many, &limits).unwrap());
    timed("parallel", &|| apart(problem, Method::Copies, &many, &limits).unwrap());
    let found = apart(problem, Method::Batches, &many, &limits).unwrap();
    let width = found.n * found.n;
    let start = processor(begin);
    let sparse = sparsify(width, &found.generators, 1, &limits).unwrap();
    let seconds = processor(begin) - start;
    let mean = |rows: &[f64]| nonzeros(width, rows, 1e-4).iter().sum::<usize>() as f64 / generators as f64;
    let (before, after) = (mean(&found.generators), mean(&sparse.generators));
    println!("sparse\t{name}\t{before:.2}\t{after:.2}\t{}\t{seconds:.4}", sparse.sweeps);
}

fn main() {
    let quick = std::env::args().any(|word| word == "quick");
    let (real, complex) = if quick { (5, 3) } else { (10, 6) };
    for n in 3..=real {
        case(&format!("SO({n})"), &norm(n, false), Shape::Real, 300, n * (n - 1) / 2, true);
    }
    for n in 2..=complex {
        case(&format!("U({n})"), &norm(2 * n, true), Shape::Complex, 300, n * n, true);
    }
    let limits = Limits::none();
    if !quick {
        let cubic = oracle_of_forms(&[albert_cubic(false).unwrap()], false, &limits).unwrap();
        case("E6", &cubic, Shape::Real, 2000, 78, false);
    }
    let lorentz = so(1, 3, &limits).unwrap();
    let algebra = FloatAlgebra::from_constants(lorentz.constants(), &limits).unwrap();
    let (begin, starts) = (Instant::now(), if quick { 100 } else { 1000 });
    for k in 2..=5 {
        let start = processor(begin);
        let found = search(&algebra, k, starts, &limits).unwrap();
        let each = (processor(begin) - start) / starts as f64;
        println!("subalgebras\t{k}\t{} of {starts}\t{}\t{each:.6}", found.closed, found.classes.len());
    }
}
