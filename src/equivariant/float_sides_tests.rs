//! Both sides against the null space of the equations, and ranks by formulas.

use super::float_group::adapted;
use super::float_sides::by_sides;
use super::leg_operator::{Generator, LegOperator, layout};
use super::{float_maps, special_orthogonal_rank};
use crate::exact::Matrix;
use crate::float::Random;
use crate::float::dense::{exponential, inverse};
use crate::lie::named::Arg;
use crate::limits::Limits;
use crate::reps::{FloatGenerators, Rep, group_by_name};

fn floats(name: &str, args: &[i64]) -> FloatGenerators {
    let limits = Limits::none();
    let args: Vec<Arg> = args.iter().map(|n| Arg::Integer(*n)).collect();
    let group = group_by_name(name, &args, &limits).unwrap();
    let v = Rep::vector(group.base()).unwrap();
    let dense = |m: &crate::exact::SparseMatrix| m.to_dense().map(|x| x.to_f64());
    let algebra = v.matrices(&limits).unwrap().iter().map(dense).collect();
    let discrete: Vec<Matrix<f64>> = v.discrete_matrices(&limits).unwrap().iter().map(dense).collect();
    let inverses = discrete.iter().map(|h| inverse(h).unwrap()).collect();
    FloatGenerators { algebra, discrete, inverses }
}

fn product(a: &Matrix<f64>, b: &Matrix<f64>) -> Matrix<f64> {
    Matrix::from_fn(a.rows(), b.cols(), |i, j| (0..a.cols()).map(|k| a[(i, k)] * b[(k, j)]).sum())
}

/// The same group in a random basis, generators scaled.
fn skewed(group: &FloatGenerators, seed: u64, scale: f64) -> FloatGenerators {
    let mut random = Random::new(seed, 1);
    let n = group.algebra.first().or(group.discrete.first()).unwrap().rows();
    let noise = Matrix::from_fn(n, n, |_, _| random.normal() / 3.0);
    let (s, t) = (exponential(&noise).unwrap(), exponential(&noise.map(|x| -x)).unwrap());
    let moved = |m: &Matrix<f64>| product(&product(&s, m), &t);
    let scaled = |m: &Matrix<f64>| moved(m).map(|x| x * scale);
    FloatGenerators {
        algebra: group.algebra.iter().map(scaled).collect(),
        discrete: group.discrete.iter().map(moved).collect(),
        inverses: group.inverses.iter().map(moved).collect(),
    }
}

/// Orthonormal, annihilated, of this rank, and the span that the null space of the equations has.
fn check(group: &FloatGenerators, dual: &[bool], split: usize, rank: usize, twin: bool) {
    let limits = Limits::none();
    let n = group.algebra.first().or(group.discrete.first()).unwrap().rows();
    let transposed = |m: &Matrix<f64>| m.transpose().map(|x| -x);
    let each = |m: &Matrix<f64>, d: &Matrix<f64>| -> Vec<Matrix<f64>> {
        dual.iter().map(|x| if *x { d.clone() } else { m.clone() }).collect()
    };
    let mut generators: Vec<Generator> =
        group.algebra.iter().map(|m| Generator::Infinitesimal(each(m, &transposed(m)))).collect();
    let pairs = group.discrete.iter().zip(&group.inverses);
    generators.extend(pairs.map(|(h, back)| Generator::Finite(each(h, &back.transpose()))));
    let dims = vec![n; dual.len()];
    let operator = LegOperator::new(&dims, layout(&dims, split).unwrap().1, &generators).unwrap();
    let adapted = adapted(group, &limits).unwrap().unwrap();
    let (found, rows, spectrum) = by_sides(&adapted, dual, &operator, &limits).unwrap().unwrap();
    assert_eq!(found, rank);
    assert!(spectrum.residual < 1e-9 && spectrum.gap() > 1e3, "{spectrum:?}");
    let size = operator.size();
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    for (i, a) in rows.chunks(size).enumerate() {
        for (j, b) in rows.chunks(size).enumerate() {
            assert!((dot(a, b) - f64::from(u8::from(i == j))).abs() < 1e-9);
        }
    }
    if twin {
        let other = float_maps(&dims, split, &generators, &limits).unwrap();
        assert_eq!(other.rank(), rank);
        for w in other.dense(&limits).unwrap().chunks(size) {
            let inside: f64 = rows.chunks(size).map(|v| dot(v, w).powi(2)).sum();
            assert!((inside - 1.0).abs() < 1e-9, "{inside}");
        }
    }
}

/// Real, complex and quaternionic types, finite groups, a group that is not compact, skewed bases; ranks by formula.
#[test]
fn sides_agree_with_the_null_space() {
    let vectors = |k: usize| vec![false; k];
    for scale in [1.0, 1e-6] {
        check(&skewed(&floats("SO", &[3]), 3, scale), &[false, false, true, true], 2, 3, true);
    }
    check(&floats("SO", &[4]), &vectors(4), 2, 4, true);
    check(&floats("O", &[3]), &vectors(4), 1, 3, true);
    // R^4 under SU(2): of quaternionic type, Σ_a C(4, a) 2 = 32; R^6 under SU(3): of complex type, C(4, 2) 2 = 12.
    check(&floats("SU", &[2]), &vectors(4), 2, 32, true);
    check(&floats("SU", &[3]), &vectors(4), 2, 12, false);
    // Boosts are symmetric, so the Lorentz group is closed under transposition.
    check(&floats("SO13p", &[]), &[false, false, true, true], 2, 4, true);
    // Set partitions of four points, and Burnside's lemma for the faces of the cube: 60 for V² → V².
    check(&floats("S", &[4]), &vectors(4), 2, 15, true);
    check(&skewed(&floats("S", &[3]), 7, 1.0), &[false, false, true, true], 2, 14, true);
    check(&floats("Cube", &[]), &vectors(4), 2, 60, false);
    // Rotations of the plane by an eighth: Σ C(6, j) over 8 | 6 − 2j, and reflections of a hexagon: half of Σ over 6 | 6 − 2j.
    let turn = |c: f64| {
        let t = std::f64::consts::TAU / c;
        Matrix::from_rows(vec![vec![t.cos(), -t.sin()], vec![t.sin(), t.cos()]]).unwrap()
    };
    let mirror = Matrix::from_rows(vec![vec![1.0, 0.0], vec![0.0, -1.0]]).unwrap();
    let of = |discrete: Vec<Matrix<f64>>| {
        let inverses = discrete.iter().map(|h| h.transpose()).collect();
        FloatGenerators { algebra: Vec::new(), discrete, inverses }
    };
    check(&of(vec![turn(8.0)]), &vectors(6), 3, 20, true);
    check(&of(vec![turn(6.0), mirror]), &vectors(6), 3, 11, true);
}

/// V³ → V³ of SO(5) in a skewed basis: 15 625 unknowns, 15 invariants, by two sides of dimension 125.
#[test]
fn a_large_tensor() {
    let dual = [false, false, false, true, true, true];
    let rank = special_orthogonal_rank(5, 6, &Limits::none()).unwrap();
    assert_eq!(rank, 15u32.into());
    check(&skewed(&floats("SO", &[5]), 11, 1.0), &dual, 3, 15, false);
}
