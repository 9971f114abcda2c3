//! Each loss against its formula written with plain loops, and each gradient against central differences.

use super::super::test_support::{commutator, lorentz, normals, oracle, samples};
use super::*;
use crate::discover::training::{Invariance, MatrixSpace, quadratic_form};

/// The terms of the loss from the formulas; shares no code with the engine.
fn plain(n: usize, blocks: &[usize], w: &[f64], a: &[f64], squared: bool) -> Terms {
    let k = blocks.len();
    let matrix = |i: usize| &w[i * n * n..(i + 1) * n * n];
    let inner = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
    let mut out = Terms::default();
    let mut pair = 0;
    for i in 0..k {
        out.0[1] += (inner(matrix(i), matrix(i)) - 2.0).powi(2);
        for p in 0..n * n {
            for q in (0..n * n).filter(|q| *q != p) {
                out.0[4] += (matrix(i)[p] * matrix(i)[q]).powi(2);
            }
        }
        for j in i + 1..k {
            out.0[2] += inner(matrix(i), matrix(j)).powi(2);
            let mut c = commutator(n, matrix(i), matrix(j));
            if blocks[i] != blocks[j] {
                out.0[5] += inner(&c, &c);
            } else {
                for g in (0..k).filter(|g| blocks[*g] == blocks[i]) {
                    c.iter_mut().zip(matrix(g)).for_each(|(c, w)| *c -= a[pair * k + g] * w);
                }
                out.0[3] += if squared { inner(&c, &c).powi(2) } else { inner(&c, &c) };
            }
            pair += 1;
        }
    }
    out
}

fn check_gradient(loss: &mut Loss<'_>, parameters: &[f64], weights: Weights, count: usize) {
    let mut gradient = vec![0.0; parameters.len()];
    loss.evaluate(parameters, &mut gradient);
    let mut spare = vec![0.0; parameters.len()];
    let mut moved = parameters.to_vec();
    let scale = gradient.iter().fold(1.0f64, |m, g| m.max(g.abs()));
    for (at, expected) in gradient.iter().enumerate().take(count) {
        let h = 1e-5;
        moved[at] = parameters[at] + h;
        let up = weights.total(&loss.evaluate(&moved, &mut spare));
        moved[at] = parameters[at] - h;
        let down = weights.total(&loss.evaluate(&moved, &mut spare));
        moved[at] = parameters[at];
        let slope = (up - down) / (2.0 * h);
        assert!((slope - expected).abs() < 1e-6 * scale, "{at}: {slope} {expected}");
    }
}

#[test]
fn terms_follow_the_formulas_and_gradients_the_differences() {
    let (n, blocks) = (4, [0, 0, 1, 0, 1]);
    let k = blocks.len();
    let (points, gradients) = samples(n, 60, 1, lorentz);
    let form = quadratic_form(n, 1, 1, &points, &gradients, &Limits::none()).unwrap();
    let space = MatrixSpace::full(n);
    let oracle = oracle(n, lorentz);
    let finite = Invariance::Finite { epsilon: 1e-3, points: &points, copies: 1, outputs: 1, oracle: &oracle };
    for invariance in [Invariance::Limit(&form), finite] {
        for squared in [true, false] {
            let weights = Weights(Terms([1.0, 0.7, 1.3, 0.9, 0.01, 1.1]));
            let problem = Problem { space: &space, invariance };
            let mut loss = Loss::new(problem, &blocks, weights, squared, &Limits::none()).unwrap();
            let mut parameters: Vec<f64> = normals(loss.parameters(), 5).iter().map(|x| 0.5 * x).collect();
            loss.clear_forbidden(&mut parameters);
            let (w, a) = parameters.split_at(k * n * n);
            let mut expected = plain(n, &blocks, w, a, squared);
            for matrix in w.chunks(n * n) {
                for (x, g) in points.chunks(n).zip(gradients.chunks(n)) {
                    let wx: Vec<f64> = matrix.chunks(n).map(|r| r.iter().zip(x).map(|(r, x)| r * x).sum()).collect();
                    let change: f64 = match invariance {
                        Invariance::Limit(_) => g.iter().zip(&wx).map(|(g, y)| g * y).sum(),
                        Invariance::Finite { epsilon, .. } => {
                            let y: Vec<f64> = x.iter().zip(&wx).map(|(x, w)| x + epsilon * w).collect();
                            let spare = &mut vec![0.0; n];
                            (lorentz(&y, spare) - lorentz(x, spare)) / epsilon
                        }
                    };
                    expected.0[0] += change * change * n as f64 / points.len() as f64;
                }
            }
            let terms = loss.evaluate(&parameters, &mut vec![0.0; parameters.len()]);
            for (got, wanted) in terms.0.iter().zip(expected.0) {
                assert!((got - wanted).abs() < 1e-9 * (1.0 + wanted), "{terms:?} {expected:?}");
            }
            assert!((loss.invariances().iter().sum::<f64>() - terms.0[0]).abs() < 1e-9 * terms.0[0]);
            // Forbidden structure constants have no slope.
            let mut gradient = vec![0.0; parameters.len()];
            loss.evaluate(&parameters, &mut gradient);
            let mut cleared = gradient.clone();
            loss.clear_forbidden(&mut cleared);
            assert_eq!(gradient, cleared);
            let blocks_alike = [0; 5];
            let mut whole = Loss::new(problem, &blocks_alike, weights, squared, &Limits::none()).unwrap();
            check_gradient(&mut whole, &parameters, weights, parameters.len());
        }
    }
}

/// With blocks the gradient for the generators, in a space of matrices that is not everything, several vectors at a point.
#[test]
fn gradients_with_blocks_in_a_subspace() {
    let n = 3;
    // Matrices with a zero corner, not orthonormal as given.
    let basis: Vec<f64> =
        normals(4 * 9, 8).iter().enumerate().map(|(i, x)| if i % 9 == 2 { 0.0 } else { *x }).collect();
    let space = MatrixSpace::spanned(n, &basis);
    assert_eq!(space.dim(), 4);
    let product = |x: &[f64], g: &mut [f64]| {
        g[..3].copy_from_slice(&x[3..]);
        g[3..].copy_from_slice(&x[..3]);
        (0..3).map(|i| x[i] * x[3 + i]).sum()
    };
    let (points, gradients) = samples(2 * n, 30, 2, product);
    let form = quadratic_form(n, 2, 1, &points, &gradients, &Limits::none()).unwrap();
    let form = space.restricted(&form);
    let problem = Problem { space: &space, invariance: Invariance::Limit(&form) };
    let weights = Weights(Terms([1.0, 1.0, 1.0, 0.0, 0.01, 2.0]));
    let mut loss = Loss::new(problem, &[0, 1, 1], weights, true, &Limits::none()).unwrap();
    let mut parameters = normals(loss.parameters(), 9);
    loss.clear_forbidden(&mut parameters);
    let (constants, trained) = (loss.constants(), loss.parameters());
    // Structure constants are held where the blocks forbid them, so differences are taken for the generators.
    check_gradient(&mut loss, &parameters, weights, 12);
    assert_eq!((constants, trained), (9, 12 + 9));
    // The value in coordinates is that of the matrices.
    let terms = loss.evaluate(&parameters, &mut vec![0.0; trained]);
    let w = loss.matrices();
    let direct: f64 = w
        .chunks(9)
        .map(|w| {
            let one = |(x, g): (&[f64], &[f64])| {
                let act = |c: usize, i: usize| (0..3).map(|j| w[i * 3 + j] * x[c * 3 + j]).sum::<f64>();
                (0..6).map(|at| g[at] * act(at / 3, at % 3)).sum::<f64>().powi(2)
            };
            points.chunks(6).zip(gradients.chunks(6)).map(one).sum::<f64>() / 30.0
        })
        .sum();
    assert!((terms.0[0] - direct).abs() < 1e-9 * direct);
}
