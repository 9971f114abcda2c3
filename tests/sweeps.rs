//! Noise and sample size: a dimension that is wrong is never certain. `benches/discovery.rs` has the large sweep.
//!
//! The dimensions are those of the groups: so(3), so(1,3) and G2 as the stabilizer of the three-form of the octonions.

use symmetra::discover::{
    Ansatz, DiscoverError, Discovery, Family, FitRequest, Law, Oracle, Points, Request, Shape, discover, fit,
    oracle_of_forms, sample,
};
use symmetra::exact::Matrix;
use symmetra::forms::{Form, octonion_form, quadratic_signature};
use symmetra::limits::Limits;

fn request(ansatz: Ansatz, points: Points, noise: f64) -> Request {
    Request { ansatz, points, noise, all_values: true, snap: true, prove: true }
}

fn oracle(form: Form) -> Oracle {
    oracle_of_forms(&[form], false, &Limits::none()).unwrap()
}

/// Whether the dimension was proved; an answer that is proved and wrong fails the test.
#[track_caller]
fn proved(found: Result<Discovery, DiscoverError>, dim: usize, what: &str) -> bool {
    match found {
        Ok(it) if it.is_certified() => {
            assert_eq!(it.dim(), dim, "{what}: wrong, and certain");
            true
        }
        // An answer without proof, or a refusal, is no wrong answer.
        Ok(_) | Err(_) => false,
    }
}

#[test]
fn noisy_gradients_give_no_wrong_dimension_that_is_certain() {
    let cases = [
        ("so(3)", quadratic_signature(3, 0).unwrap(), 3),
        ("so(1,3)", quadratic_signature(1, 3).unwrap(), 6),
        ("G2", octonion_form(false).unwrap(), 14),
    ];
    for (name, form, dim) in cases {
        let oracle = oracle(form);
        let ansatz = Ansatz::new(Shape::Real, oracle.dimension(), 1).unwrap();
        let m = ansatz.len();
        for (samples, noise) in
            [(m - dim - 1, 0.0), (m, 0.0), (m, 0.1), (2 * m, 0.01), (2 * m, 0.3), (20 * m, 0.01), (20 * m, 0.1)]
        {
            for seed in 0..4 {
                let what = format!("{name}, {samples} samples, noise {noise}, seed {seed}");
                let request = request(ansatz.clone(), Points::Drawn(samples, Law::Normal), noise);
                let certain = proved(discover(&oracle, &request, &Limits::none().with_seed(seed)), dim, &what);
                // With fewer equations than the rank there is no answer; with many, noise of a tenth is no obstacle.
                match (samples, noise) {
                    (s, _) if s < m - dim => assert!(!certain, "{what}"),
                    (s, x) if s == 20 * m || (s == m && x == 0.0) => assert!(certain, "{what}"),
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn noisy_values_give_no_wrong_dimension_that_is_certain() {
    let (lorentz, limits) = (|x: &[f64]| x[0] * x[0] - x[1] * x[1] - x[2] * x[2] - x[3] * x[3], Limits::none());
    for (rows, noise) in [(30, 0.0), (30, 0.01), (100, 1e-6), (100, 0.1), (1000, 0.01), (1000, 0.3)] {
        for seed in 0..4 {
            let what = format!("{rows} rows, noise {noise}, seed {seed}");
            let limits = limits.clone().with_seed(seed);
            let points = sample(rows, 4, Law::Normal, &limits).unwrap();
            let errors = sample(rows, 1, Law::Normal, &limits.clone().with_seed(seed + 1000)).unwrap();
            let labels = Matrix::from_fn(rows, 1, |i, _| lorentz(points.row(i)) + noise * errors[(i, 0)]);
            let found = fit(&points, &labels, 1, &FitRequest::default(), &limits).and_then(|fitted| {
                let ansatz = Ansatz::new(Shape::Real, 4, 1)?;
                discover(&fitted.oracle, &request(ansatz, Points::Given(points.clone()), 0.0), &limits)
            });
            let certain = proved(found, 6, &what);
            if noise == 0.0 {
                assert!(certain, "{what}");
            }
        }
    }
}

/// Tables of labels with noise, whose error is estimated from the table: the dimension is right or refused, and right where
/// rows are many.
#[test]
fn noisy_tables_give_the_dimension_or_none() {
    type Label = fn(&[f64]) -> f64;
    let cases: [(&str, usize, Label, usize); 4] = [
        ("so(3)", 3, |x| x[0] * x[0] + x[1] * x[1] + x[2] * x[2], 3),
        ("so(1,3)", 4, |x| x[0] * x[0] - x[1] * x[1] - x[2] * x[2] - x[3] * x[3], 6),
        ("sl(2,R)+sl(2,R)", 4, |x| x[0] * x[3] - x[1] * x[2], 6),
        ("none", 3, |x| x[0] + x[1] * x[1] * x[2] + x[2] * x[2] - x[0] * x[0] * x[1], 0),
    ];
    let fitted = FitRequest { family: Some(Family::Polynomial), ..FitRequest::default() };
    for (name, n, label, dim) in cases {
        for (rows, noise) in [(200, 0.01), (200, 0.05), (200, 0.1), (1000, 0.01), (1000, 0.05), (1000, 0.1)] {
            for seed in 0..3 {
                let limits = Limits::none().with_seed(seed);
                let points = sample(rows, n, Law::Normal, &limits).unwrap();
                let errors = sample(rows, 1, Law::Normal, &limits.clone().with_seed(seed + 1000)).unwrap();
                let exact: Vec<f64> = (0..rows).map(|i| label(points.row(i))).collect();
                let mean = exact.iter().sum::<f64>() / rows as f64;
                let spread = (exact.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / rows as f64).sqrt();
                let labels = Matrix::from_fn(rows, 1, |i, _| exact[i] + noise * spread * errors[(i, 0)]);
                let found = fit(&points, &labels, 1, &fitted, &limits).unwrap();
                let ansatz = Ansatz::new(Shape::Real, n, 1).unwrap();
                let found = discover(&found.oracle, &request(ansatz, Points::Given(points), 0.0), &limits);
                let what = format!("{name}, {rows} rows, noise {noise}, seed {seed}");
                match found {
                    Ok(it) => {
                        assert_eq!(it.dim(), dim, "{what}");
                        assert!(!it.is_certified(), "{what}");
                    }
                    Err(error) => {
                        assert!(matches!(error, DiscoverError::Inexact { .. }), "{what}: {error}");
                        assert!(rows < 1000 || noise > 0.05, "{what}: {error}");
                    }
                }
            }
        }
    }
}
