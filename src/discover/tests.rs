//! The closed form against the exact stabilizers of the house, which share no code with it, and derivatives against
//! difference quotients.

use std::sync::Arc;

use super::evaluate::{BLOCK, Block, Evaluator};
use super::torus::by_weights;
use super::*;
use crate::forms::{self, Form};
use crate::lie;
use crate::limits::Limits;

fn request(ansatz: Ansatz, samples: usize) -> Request {
    let points = Points::Drawn(samples, Law::Normal);
    Request { ansatz, points, noise: 0.0, all_values: true, snap: true, prove: true }
}

fn of_forms(forms: &[Form], shape: Shape, all_values: bool) -> Discovery {
    let limits = Limits::none();
    let oracle = oracle_of_forms(forms, shape == Shape::Complex, &limits).unwrap();
    let ansatz = Ansatz::new(shape, oracle.dimension(), oracle.outputs().len()).unwrap();
    let samples = 2 * ansatz.len() / oracle.outputs().len().max(1) + 30;
    discover(&oracle, &Request { all_values, ..request(ansatz, samples) }, &limits).unwrap()
}

#[test]
fn generators_are_those_of_the_exact_stabilizer() {
    let limits = Limits::none();
    let cases: Vec<(Vec<Form>, Shape)> = vec![
        (vec![forms::quadratic_signature(3, 1).unwrap()], Shape::Real),
        (vec![forms::octonion_form(false).unwrap()], Shape::Real),
        (vec![forms::symplectic(4).unwrap(), forms::quadratic_signature(4, 0).unwrap()], Shape::Real),
        (vec![forms::determinant(2).unwrap()], Shape::Real),
        (vec![forms::volume(3).unwrap()], Shape::Real),
        (vec![forms::distance(2, 1).unwrap()], Shape::Affine),
        (vec![forms::complex_structure(4).unwrap(), forms::volume(4).unwrap()], Shape::Real),
        (vec![forms::hermitian_signature(2, 1).unwrap()], Shape::Complex),
        (vec![forms::hermitian_signature(3, 0).unwrap(), forms::volume(3).unwrap()], Shape::Complex),
        (forms::quaternionic_structure(4).unwrap(), Shape::Real),
        (forms::galilean(2).unwrap(), Shape::Affine),
    ];
    for (forms, shape) in cases {
        let ansatz =
            lie::Ansatz { complex: shape == Shape::Complex, affine: shape == Shape::Affine, ..lie::Ansatz::default() };
        let exact = lie::stabilizer(&forms, ansatz, &limits).unwrap();
        let names: Vec<&str> = forms.iter().map(Form::name).collect();
        for all_values in [true, false] {
            let found = of_forms(&forms, shape.clone(), all_values);
            assert!(found.is_certified(), "{names:?}: {:?}", found.proof);
            let own = exact.realization().map(|r| r.basis.clone()).unwrap_or_default();
            assert_eq!(found.generators, Generators::Exact(own), "{names:?}");
            assert!(found.residual < 1e-6, "{names:?}: {}", found.residual);
        }
    }
}

#[test]
fn weight_spaces_give_the_same_space() {
    let limits = Limits::none();
    for form in
        [forms::determinant(3).unwrap(), forms::albert_cubic(true).unwrap(), forms::quadratic_signature(2, 2).unwrap()]
    {
        let oracle = oracle_of_forms(std::slice::from_ref(&form), false, &limits).unwrap();
        let points = Points::Drawn(2000, Law::Normal);
        let ansatz = Ansatz::new(Shape::Real, oracle.dimension(), 1).unwrap();
        // Of the quadratic form no diagonal matrix is skew, but all signs keep it.
        let blocks = by_weights(&oracle, &ansatz, &points, &limits).unwrap().unwrap();
        let exact = lie::stabilizer(std::slice::from_ref(&form), lie::Ansatz::real(), &limits).unwrap();
        assert_eq!(blocks.basis.len(), exact.dim(), "{}", form.name());
        assert!(blocks.residual < 1e-6, "{}: {}", form.name(), blocks.residual);
    }
    // The compact octonions have signs only, and so have complex matrices here.
    let hermitian = forms::albert_hermitian(forms::Twist::None).unwrap();
    for (forms, shape, dim) in [
        (vec![forms::albert_cubic_trace_free(false).unwrap()], Shape::Real, 52),
        (vec![forms::albert_cubic(false).unwrap(), hermitian], Shape::Complex, 78),
    ] {
        let found = of_forms(&forms, shape, false);
        assert_eq!((found.dim(), found.solver, found.is_certified()), (dim, Solver::Weights, true));
        assert!(found.residual < 1e-7, "{}", found.residual);
    }
    let found = of_forms(&[forms::albert_cubic(true).unwrap()], Shape::Real, false);
    assert!(found.is_certified() && found.samples < 400, "{} samples", found.samples);
    assert_eq!(found.dim(), 78);
}

/// Every kind of step, against central differences.
#[test]
fn derivatives_are_exact() {
    let draft = Arc::new(Draft::new());
    let x: Vec<Symbol> = (0..3).map(|v| Symbol::variable(&draft, v)).collect();
    let three = x[0].constant(&crate::num::Gaussian::from(3));
    let square = x[0].multiply(&x[0]).add(&x[1].multiply(&x[1])).add(&three);
    let outputs = [
        x[0].multiply(&x[1]).subtract(&x[2]),
        x[0].divide(&square),
        square.power(3),
        square.power(-2),
        square.apply(Step::Root).unwrap(),
        x[1].absolute(),
        x[2].apply(Step::Exponential).unwrap().multiply(&x[0]),
        square.apply(Step::Logarithm).unwrap(),
        x[0].multiply(&x[2]).apply(Step::Sine).unwrap(),
        x[1].apply(Step::Cosine).unwrap(),
        x[0].compare(&x[1], Step::Less).unwrap().choose(&x[2].power(2), &x[0].multiply(&x[2])),
    ];
    let steps: Vec<u32> = outputs.iter().flat_map(|s| s.parts().next()).collect();
    let oracle = Oracle::new(3, false, vec![Role::Vector], &draft, &steps).unwrap();
    let values = |point: &[f64]| {
        let mut block = Block::default();
        Evaluator::new(&oracle).run(point, &mut block);
        block
    };
    for point in [[0.3, -0.7, 1.1], [-1.2, 0.4, 0.2], [2.0, 1.5, -0.6]] {
        let own = values(&point);
        for o in 0..outputs.len() {
            for v in 0..3 {
                let at = |shift: f64| {
                    let mut moved = point;
                    moved[v] += shift;
                    values(&moved).values[o * BLOCK]
                };
                let quotient = (at(1e-5) - at(-1e-5)) / 2e-5;
                let derivative = own.gradients[(o * 3 + v) * BLOCK];
                assert!(
                    (quotient - derivative).abs() < 1e-6 * (1.0 + derivative.abs()),
                    "{o} {v}: {quotient} {derivative}"
                );
            }
        }
    }
}

/// Term by term and step by step: squares, a constant, several arguments.
#[test]
fn polynomials_two_ways() {
    let limits = Limits::none();
    let hermitian = forms::hermitian_signature(2, 1).unwrap();
    for (form, complex) in [
        (forms::albert_cubic_trace_free(false).unwrap(), false),
        (forms::octonion_form(false).unwrap(), false),
        (hermitian, true),
    ] {
        let oracle = oracle_of_forms(&[form], complex, &limits).unwrap();
        let steps = oracle.with_program(oracle.dimension(), oracle.steps().to_vec(), oracle.outputs().to_vec());
        assert!(oracle.known_fractions().is_some() && steps.known_fractions().is_none());
        let points = sample(BLOCK - 3, oracle.variables(), Law::Normal, &limits).unwrap();
        let (mut by_terms, mut by_steps) = (Block::default(), Block::default());
        Evaluator::new(&oracle).run(points.entries(), &mut by_terms);
        Evaluator::new(&steps).run(points.entries(), &mut by_steps);
        let close = |a: &[f64], b: &[f64]| {
            assert_eq!(a.len(), b.len());
            let size = b.iter().fold(0.0f64, |m, x| m.max(x.abs()));
            a.iter()
                .zip(b)
                .enumerate()
                .filter(|(at, _)| at % BLOCK < BLOCK - 3)
                .all(|(_, (x, y))| (x - y).abs() < 1e-13 * size)
        };
        assert!(close(&by_terms.values, &by_steps.values) && close(&by_terms.gradients, &by_steps.gradients));
    }
}

/// Complex arithmetic by its definition.
#[test]
fn complex_coordinates() {
    let draft = Arc::new(Draft::new());
    let (z, w) = (Symbol::complex_variable(&draft, 0, 2), Symbol::complex_variable(&draft, 1, 3));
    let product = z.multiply(&w.conj()).divide(&w.power(2));
    let size = z.absolute().power(2).subtract(&w.absolute());
    let parts = [product.re(), product.im(), size.re()];
    let steps: Vec<u32> = parts.iter().flat_map(|s| s.parts().next()).collect();
    let oracle = Oracle::new(4, true, vec![Role::Vector], &draft, &steps).unwrap();
    let mut block = Block::default();
    // z = 1 + 2i, w = 2 - i: w̄ / w² = (2 + i) / (3 - 4i) = (2 + 11i) / 25, times z gives (-20 + 15i) / 25.
    Evaluator::new(&oracle).run(&[1.0, 2.0, 2.0, -1.0], &mut block);
    let expected = [-0.8, 0.6, 5.0 - 5f64.sqrt()];
    for (o, x) in expected.iter().enumerate() {
        assert!((block.values[o * BLOCK] - x).abs() < 1e-12, "{o}: {}", block.values[o * BLOCK]);
    }
}

/// The same seed gives the same points, and streams in blocks of any size agree.
#[test]
fn points_are_reproducible() {
    let limits = Limits::none().with_seed(7);
    let all = sample(5000, 3, Law::Normal, &limits).unwrap();
    assert_eq!(all, sample(5000, 3, Law::Normal, &limits).unwrap());
    assert_ne!(all, sample(5000, 3, Law::Normal, &Limits::none()).unwrap());
    let mean = all.entries().iter().sum::<f64>() / 15000.0;
    let square = all.entries().iter().map(|x| x * x).sum::<f64>() / 15000.0;
    assert!(mean.abs() < 0.03 && (square - 1.0).abs() < 0.05);
    let sphere = sample(10, 4, Law::Sphere, &limits).unwrap();
    assert!(sphere.iter_rows().all(|x| (x.iter().map(|v| v * v).sum::<f64>() - 1.0).abs() < 1e-12));
}
