//! Clebsch–Gordan coefficients, Wigner's symbols, invariant tensors and projectors against their definition, and against tables.

use std::sync::Arc;

use super::highest_vectors::Product;
use super::tests::{group, module, orthogonal, q};
use super::*;
use crate::exact::SparseMatrix;
use crate::limits::Limits;
use crate::num::Rational;
use crate::weights::Weight;

fn root(factor: i64, square: (i64, i64)) -> SignedRoot {
    SignedRoot::scaled(&q(factor), &Rational::new(square.0, square.1).unwrap())
}

fn half(twice: i64) -> HalfInteger {
    HalfInteger::from_twice(twice)
}

type Coefficient = (i64, i64, i64, i64, i64, i64, i64, (i64, i64));

/// Particle Data Group, *Review of Particle Physics*, table 44 (Clebsch–Gordan coefficients): rows (2j1, 2m1, 2j2, 2m2,
/// 2J, 2M, sign, square).
const PDG: &[Coefficient] = &[
    (1, 1, 1, 1, 2, 2, 1, (1, 1)),
    (1, 1, 1, -1, 2, 0, 1, (1, 2)),
    (1, 1, 1, -1, 0, 0, 1, (1, 2)),
    (1, -1, 1, 1, 0, 0, -1, (1, 2)),
    (2, 2, 1, -1, 3, 1, 1, (1, 3)),
    (2, 2, 1, -1, 1, 1, 1, (2, 3)),
    (2, 0, 1, 1, 3, 1, 1, (2, 3)),
    (2, 0, 1, 1, 1, 1, -1, (1, 3)),
    (2, 0, 1, -1, 1, -1, 1, (1, 3)),
    (2, -2, 1, 1, 1, -1, -1, (2, 3)),
    (3, 3, 1, -1, 4, 2, 1, (1, 4)),
    (3, 3, 1, -1, 2, 2, 1, (3, 4)),
    (3, 1, 1, 1, 2, 2, -1, (1, 4)),
    (4, 4, 1, -1, 5, 3, 1, (1, 5)),
    (4, 2, 1, 1, 3, 3, -1, (1, 5)),
    (2, 2, 2, -2, 4, 0, 1, (1, 6)),
    (2, 2, 2, -2, 2, 0, 1, (1, 2)),
    (2, 2, 2, -2, 0, 0, 1, (1, 3)),
    (2, 0, 2, 0, 4, 0, 1, (2, 3)),
    (2, 0, 2, 0, 2, 0, 1, (0, 1)),
    (2, 0, 2, 0, 0, 0, -1, (1, 3)),
    (3, 3, 2, 0, 5, 3, 1, (2, 5)),
    (3, 3, 2, 0, 3, 3, 1, (3, 5)),
    (3, 1, 2, 2, 3, 3, -1, (2, 5)),
    (3, 3, 2, -2, 1, 1, 1, (1, 2)),
    (3, 1, 2, 0, 1, 1, -1, (1, 3)),
    (3, -1, 2, 2, 1, 1, 1, (1, 6)),
    (4, 4, 2, -2, 2, 2, 1, (3, 5)),
    (4, 2, 2, 0, 2, 2, -1, (3, 10)),
    (4, 0, 2, 2, 2, 2, 1, (1, 10)),
];

#[test]
fn spins_couple_as_in_the_published_table() {
    let limits = Limits::none();
    for &(j1, m1, j2, m2, j, m, sign, square) in PDG {
        let expected = root(sign, square);
        let spin = |j, m| (half(j), half(m));
        assert_eq!(clebsch_gordan_spin(spin(j1, m1), spin(j2, m2), spin(j, m), &limits).unwrap(), expected);
        // The general engine; vector k of spin j has m = j − k.
        let all = ClebschGordan::new(&group("A1"), &[j1], &[j2], Some(&[j]), &limits).unwrap();
        let place = (((j1 - m1) / 2) as usize, ((j2 - m2) / 2) as usize);
        let found = all.coefficients(&all.components()[0], ((j - m) / 2) as usize);
        let value = found.into_iter().find(|(at, _)| *at == place).map_or(SignedRoot::ZERO, |(_, x)| x);
        assert_eq!(value, expected, "{j1} {m1} {j2} {m2} {j} {m}");
    }
}

#[test]
fn both_engines_for_spins_agree() {
    let limits = Limits::none();
    for (j1, j2) in [(5, 3), (4, 4), (7, 2), (1, 6)] {
        let all = ClebschGordan::new(&group("A1"), &[j1], &[j2], None, &limits).unwrap();
        for c in all.components() {
            let j = c.target.module().highest_weight()[0];
            for k in 0..=j {
                for ((a, b), value) in all.coefficients(c, k as usize) {
                    let (m1, m2) = (j1 - 2 * a as i64, j2 - 2 * b as i64);
                    let formula = clebsch_gordan_spin(
                        (half(j1), half(m1)),
                        (half(j2), half(m2)),
                        (half(j), half(j - 2 * k)),
                        &limits,
                    );
                    assert_eq!(formula.unwrap(), value);
                }
            }
        }
    }
}

/// Edmonds, tables 2 and 5; Varshalovich, Moskalev, Khersonskii, tables 8.12 and 9.12.
#[test]
fn symbols_of_the_tables() {
    let limits = Limits::none();
    let three = |j: [i64; 3], m: [i64; 3]| wigner_3j(j.map(half), m.map(half), &limits).unwrap();
    assert_eq!(three([2, 2, 0], [0, 0, 0]), root(-1, (1, 3)));
    assert_eq!(three([2, 2, 4], [0, 0, 0]), root(1, (2, 15)));
    assert_eq!(three([4, 4, 4], [0, 0, 0]), root(-1, (2, 35)));
    assert_eq!(three([4, 4, 8], [0, 0, 0]), root(1, (2, 35)));
    assert_eq!(three([1, 1, 2], [1, -1, 0]), root(1, (1, 6)));
    assert_eq!(three([2, 2, 2], [2, -2, 0]), root(1, (1, 6)));
    assert_eq!(three([2, 2, 2], [0, 0, 0]), SignedRoot::ZERO);
    assert_eq!(three([2, 2, 8], [0, 0, 0]), SignedRoot::ZERO);
    let six = |j: [i64; 6]| wigner_6j(j.map(half), &limits).unwrap();
    assert_eq!(six([2, 2, 2, 2, 2, 2]), root(1, (1, 36)));
    assert_eq!(six([2, 2, 2, 4, 2, 2]), root(1, (1, 36)));
    assert_eq!(six([4, 4, 4, 4, 4, 4]), root(-3, (1, 4900)));
    assert_eq!(six([1, 1, 2, 1, 1, 0]), root(1, (1, 4)));
    assert_eq!(six([1, 1, 2, 1, 1, 2]), root(1, (1, 36)));
    assert!(matches!(
        wigner_3j([2, 2, 2].map(half), [1, -1, 0].map(half), &limits),
        Err(WignerError::Projection { .. })
    ));
    assert!(matches!(six_error(&limits), Err(WignerError::Spin(_))));
}

fn six_error(limits: &Limits) -> Result<SignedRoot, WignerError> {
    wigner_6j([2, 2, -2, 2, 2, i64::MAX].map(half), limits)
}

/// `Σ_x (2x+1)(2j+1) {a b x; c d j} {a b x; c d j'} = δ_jj'` (Edmonds, equation 6.2.9): exact for `j = j'`, where only squares
/// occur, and with signs in doubles.
#[test]
fn symbols_of_6_spins_are_orthogonal() {
    let limits = Limits::none();
    for [a, b, c, d] in [[4, 3, 2, 5], [6, 6, 6, 6], [7, 4, 3, 2], [40, 41, 39, 40]] {
        let six = |x: i64, j: i64| wigner_6j([a, b, x, c, d, j].map(half), &limits).unwrap();
        let range = |p: i64, q: i64| ((p - q).abs()..=p + q).step_by(2);
        let js: Vec<i64> = range(a, d).filter(|&j| (b - c).abs() <= j && j <= b + c).collect();
        let xs: Vec<i64> = range(a, b).filter(|&x| (c - d).abs() <= x && x <= c + d).collect();
        assert!(js.len() == xs.len() && js.len() > 1);
        for (at, &j) in js.iter().enumerate() {
            let column: Vec<SignedRoot> = xs.iter().map(|&x| six(x, j)).collect();
            let sum: Rational = xs.iter().zip(&column).map(|(x, value)| value.square() * &q((x + 1) * (j + 1))).sum();
            assert!(sum.is_one());
            for &k in js[..at].iter().rev().take(2) {
                let product = |(&x, value): (&i64, &SignedRoot)| (x + 1) as f64 * value.to_f64() * six(x, k).to_f64();
                assert!(xs.iter().zip(&column).map(product).sum::<f64>().abs() < 1e-12);
            }
        }
    }
}

#[test]
fn coefficients_are_orthonormal_and_equivariant() {
    for (text, left, right) in [
        ("A2", &[1, 1][..], &[1, 1][..]),
        ("A2", &[2, 0], &[1, 1]),
        ("A2", &[2, 1], &[1, 1]),
        ("B2", &[1, 0], &[0, 1]),
        ("C2", &[0, 1], &[1, 1]),
        ("G2", &[1, 0], &[1, 0]),
        ("A3", &[0, 1, 0], &[1, 0, 1]),
        ("A1+A1", &[1, 2], &[2, 1]),
        ("A1+T1", &[1, 3], &[1, -1]),
        ("D4", &[1, 0, 0, 0], &[0, 0, 1, 0]),
    ] {
        let all = ClebschGordan::new(&group(text), left, right, None, &Limits::none()).unwrap();
        assert!(all.is_orthonormal() && all.is_equivariant(), "{text}");
        // The rows of an orthogonal matrix have norm one as well: Σ over all vectors of the squares at one place.
        let (a, b) = all.factors();
        let mut sums = vec![Rational::ZERO; a.module().dim() * b.module().dim()];
        for c in all.components() {
            for k in 0..c.target.module().dim() {
                for ((i, j), x) in all.coefficients(c, k) {
                    sums[i * b.module().dim() + j] += x.square();
                }
            }
        }
        assert!(sums.iter().all(Rational::is_one), "{text}");
    }
}

/// 8 ⊗ 8 = 1 + 8_S + 8_A + 10 + 10* + 27; the symmetric ones are 1, 8, 27 (de Swart, Rev. Mod. Phys. 35 (1963) 916).
#[test]
fn the_square_of_the_octet_splits_into_symmetric_and_antisymmetric_parts() {
    let all = ClebschGordan::new(&group("A2"), &[1, 1], &[1, 1], None, &Limits::none()).unwrap();
    let found: Vec<_> = all.components().iter().map(|c| (c.target.module().dim(), c.copy, c.symmetric)).collect();
    let (s, a) = (Some(true), Some(false));
    assert_eq!(found, [(1, 0, s), (8, 0, s), (8, 1, a), (10, 0, a), (10, 0, a), (27, 0, s)]);
}

/// Names of the octet's multiplets as (2I, 3Y).
const N: (i64, i64) = (1, 3);
const SIGMA: (i64, i64) = (2, 0);
const LAMBDA: (i64, i64) = (0, 0);
const XI: (i64, i64) = (1, -3);
const K: (i64, i64) = N;
const PI: (i64, i64) = SIGMA;
const ETA: (i64, i64) = LAMBDA;
const KBAR: (i64, i64) = XI;

/// What a component is decomposed into: its multiplet, then pairs of multiplets with signed squares times a denominator.
type Isoscalars = ((i64, i64), i64, &'static [((i64, i64), (i64, i64), i64)]);

/// Particle Data Group, *SU(3) isoscalar factors and representation matrices*, after de Swart: (dimension, copy) of the
/// component in 8 ⊗ 8 with the rows of the table.
const ISOSCALARS: &[(usize, usize, Isoscalars)] = &[
    (1, 0, (LAMBDA, 8, &[(N, KBAR, 2), (SIGMA, PI, 3), (LAMBDA, ETA, -1), (XI, K, -2)])),
    (8, 0, (N, 20, &[(N, PI, 9), (N, ETA, -1), (SIGMA, K, -9), (LAMBDA, K, -1)])),
    (8, 0, (SIGMA, 20, &[(N, KBAR, -6), (SIGMA, PI, 0), (LAMBDA, PI, 4), (SIGMA, ETA, 4), (XI, K, -6)])),
    (8, 0, (LAMBDA, 20, &[(N, KBAR, 2), (SIGMA, PI, -12), (LAMBDA, ETA, -4), (XI, K, -2)])),
    (8, 0, (XI, 20, &[(SIGMA, KBAR, 9), (LAMBDA, KBAR, -1), (XI, PI, -9), (XI, ETA, -1)])),
    (8, 1, (N, 12, &[(N, PI, 3), (N, ETA, 3), (SIGMA, K, 3), (LAMBDA, K, -3)])),
    (8, 1, (SIGMA, 12, &[(N, KBAR, 2), (SIGMA, PI, 8), (LAMBDA, PI, 0), (SIGMA, ETA, 0), (XI, K, -2)])),
    (8, 1, (LAMBDA, 12, &[(N, KBAR, 6), (SIGMA, PI, 0), (LAMBDA, ETA, 0), (XI, K, 6)])),
    (8, 1, (XI, 12, &[(SIGMA, KBAR, 3), (LAMBDA, KBAR, 3), (XI, PI, 3), (XI, ETA, -3)])),
    (10, 0, ((3, 3), 2, &[(N, PI, -1), (SIGMA, K, 1)])),
    (10, 0, (SIGMA, 12, &[(N, KBAR, -2), (SIGMA, PI, 2), (LAMBDA, PI, -3), (SIGMA, ETA, 3), (XI, K, 2)])),
    (10, 0, (XI, 12, &[(SIGMA, KBAR, 3), (LAMBDA, KBAR, -3), (XI, PI, 3), (XI, ETA, 3)])),
    (10, 0, ((0, -6), 1, &[(XI, KBAR, 1)])),
];

#[test]
fn isoscalar_factors_of_the_octets_are_those_of_de_swart() {
    let limits = Limits::none();
    let all = ClebschGordan::new(&group("A2"), &[1, 1], &[1, 1], None, &limits).unwrap();
    let all = all.with_de_swart_phases().unwrap();
    let labels = |basis: &Orthogonal| -> Vec<((i64, i64), i64)> {
        let spins = super::de_swart::isospins(basis);
        spins.iter().zip(basis.module().weights()).map(|(x, w)| ((x.twice_i, x.thrice_y), w[0])).collect()
    };
    let octet = labels(all.factors().0);
    for (dim, copy, (multiplet, denominator, factors)) in ISOSCALARS {
        // The decuplet has highest weight (3, 0).
        let fits = |c: &&Component| {
            c.target.module().dim() == *dim
                && c.copy == *copy
                && (*dim != 10 || c.target.module().highest_weight() == [3, 0])
        };
        let component = all.components().iter().find(fits).unwrap();
        for (k, (label, m)) in labels(&component.target).into_iter().enumerate() {
            if label != *multiplet {
                continue;
            }
            let found = all.coefficients(component, k);
            for &(left, right, square) in *factors {
                for ((i, a), (j, b)) in octet
                    .iter()
                    .enumerate()
                    .flat_map(|x| octet.iter().enumerate().map(move |y| (x, y)))
                    .filter(|((_, a), (_, b))| a.0 == left && b.0 == right)
                {
                    let spin = clebsch_gordan_spin(
                        (half(left.0), half(a.1)),
                        (half(right.0), half(b.1)),
                        (half(multiplet.0), half(m)),
                        &limits,
                    )
                    .unwrap();
                    let factor = spin.square() * &Rational::new(square.abs(), *denominator).unwrap();
                    let expected = SignedRoot::scaled(&q(i64::from(spin.signum()) * square.signum()), &factor);
                    let value = found.iter().find(|(at, _)| *at == (i, j)).map_or(SignedRoot::ZERO, |(_, x)| x.clone());
                    assert_eq!(value, expected, "{dim} {copy} {multiplet:?}: {left:?} {right:?}");
                }
            }
        }
    }
    assert!(ClebschGordan::new(&group("A1"), &[1], &[1], None, &limits).unwrap().with_de_swart_phases().is_none());
}

/// Isospin from the words against the Casimir operator of the first simple root, and the phases against their definition:
/// `f_1` and the root vector `α_1 + α_2` have no negative entries.
#[test]
fn the_basis_of_su3_is_the_isospin_basis_with_de_swarts_phases() {
    for weight in [[1, 1], [2, 0], [0, 2], [3, 1], [2, 2]] {
        let basis = orthogonal("A2", &weight);
        let spins = super::de_swart::isospins(&basis);
        let flips = super::de_swart::flips(&spins);
        let v = basis.module().clone();
        let positive = |column: &[(u32, Rational)], k: usize| {
            column.iter().all(|(l, x)| (x.signum() > 0) ^ flips[*l as usize] ^ flips[k])
        };
        for (k, (spin, w)) in spins.iter().zip(v.weights()).enumerate() {
            // 4 f e = (2I + 1)² − (2m + 1)²
            let raised = v.raise(0, basis.vector(k));
            let back = basis.coordinates(&v.lower(0, &raised));
            let value = (spin.twice_i - w[0]) * (spin.twice_i + w[0] + 2) / 4;
            let expected = if value == 0 { vec![] } else { vec![(k as u32, q(value))] };
            assert_eq!(back, expected, "{weight:?}");
            assert!(positive(&basis.lowered(0, k), k), "{weight:?}");
            // [e_1, e_2]
            let one = v.raise(0, &v.raise(1, basis.vector(k)));
            let two = v.raise(1, &v.raise(0, basis.vector(k)));
            let both = crate::exact::sparse::add_scaled(&one, &q(-1), &two);
            assert!(positive(&basis.coordinates(&both), k), "{weight:?}");
        }
    }
}

#[test]
fn invariant_tensors_are_invariant_and_as_many_as_characters_say() {
    let limits = Limits::none();
    for (text, weights, expected) in [
        ("A1", vec![vec![1]; 4], 2),
        ("A2", vec![vec![1, 0]; 3], 1),
        ("A2", vec![vec![1, 1]; 3], 2),
        ("A2", vec![vec![1, 0], vec![0, 1], vec![1, 1]], 1),
        ("A2", vec![vec![1, 0]; 2], 0),
        ("G2", vec![vec![1, 0]; 3], 1),
        ("G2", vec![vec![1, 0]; 4], 4),
        ("B3", vec![vec![0, 0, 1], vec![0, 0, 1], vec![1, 0, 0]], 1),
        ("D4", vec![vec![1, 0, 0, 0], vec![0, 0, 1, 0], vec![0, 0, 0, 1]], 1),
        ("E6", vec![vec![1, 0, 0, 0, 0, 0]; 3], 1),
        ("A1+T1", vec![vec![1, 1], vec![1, 2], vec![0, -3]], 1),
        ("A2", vec![], 1),
        ("A2", vec![vec![0, 0]], 1),
        ("A2", vec![vec![1, 0]], 0),
    ] {
        let found = invariant_tensors(&group(text), &weights, &limits).unwrap();
        assert_eq!(found.tensors.len(), expected, "{text} {weights:?}");
        if weights.is_empty() {
            continue;
        }
        let product = Product::new(weights.iter().map(|w| Arc::new(module(text, w))).collect()).unwrap();
        for t in &found.tensors {
            assert!(!t.is_empty());
            for i in 0..product.factors[0].rank() {
                assert!(product.raise(i, t).is_empty() && product.lower(i, t).is_empty(), "{text}");
            }
        }
    }
    // The determinant; the cubic form of E6 has 45 monomials (Cartan; Freudenthal), each of three different vectors.
    let epsilon = invariant_tensors(&group("A2"), &vec![vec![1, 0]; 3], &limits).unwrap();
    assert_eq!(epsilon.tensors[0].len(), 6);
    let cubic = invariant_tensors(&group("E6"), &vec![vec![1, 0, 0, 0, 0, 0]; 3], &limits).unwrap();
    assert_eq!(cubic.tensors[0].len(), 45 * 6);
    assert!(cubic.tensors[0].iter().all(|(_, x)| x.abs().is_one()));
}

#[test]
fn projectors_are_idempotent_and_equivariant_and_add_up_to_one() {
    let limits = Limits::none();
    for (text, weights, parts) in [
        ("A1", vec![vec![1], vec![2]], vec![(vec![3], 4), (vec![1], 2)]),
        (
            "A2",
            vec![vec![1, 1], vec![1, 1]],
            vec![(vec![2, 2], 27), (vec![3, 0], 10), (vec![0, 3], 10), (vec![1, 1], 16), (vec![0, 0], 1)],
        ),
        ("C2", vec![vec![1, 0], vec![0, 1]], vec![(vec![1, 1], 16), (vec![1, 0], 4)]),
        ("A1", vec![vec![1]; 3], vec![(vec![3], 4), (vec![1], 4)]),
    ] {
        let factors: Vec<Arc<Irreducible>> = weights.iter().map(|w| Arc::new(module(text, w))).collect();
        let act = |of: &dyn Fn(&Irreducible) -> SparseMatrix| {
            let mut sum: Option<(SparseMatrix, usize)> = None;
            for f in &factors {
                sum = Some(match sum {
                    None => (of(f), f.dim()),
                    Some((m, n)) => {
                        let left = m.kron(&SparseMatrix::identity(f.dim()));
                        let right = SparseMatrix::identity(n).kron(&of(f));
                        (left.add_scaled(&Rational::ONE, &right), n * f.dim())
                    }
                });
            }
            sum.unwrap()
        };
        let size = act(&|f| f.raising(0)).1;
        let mut total = SparseMatrix::zero(size, size);
        for (weight, dim) in parts {
            let weight: Weight = weight;
            let p = projector(&group(text), &weights, &weight, &limits).unwrap();
            assert_eq!(p.mul(&p), p, "{text}");
            assert_eq!(p.trace().to_i64().unwrap(), dim, "{text}");
            for i in 0..factors[0].rank() {
                assert!(act(&|f| f.raising(i)).0.commutator(&p).is_zero(), "{text}");
                assert!(act(&|f| f.lowering(i)).0.commutator(&p).is_zero(), "{text}");
            }
            total = total.add_scaled(&Rational::ONE, &p);
        }
        assert_eq!(total, SparseMatrix::identity(size), "{text}");
    }
    let absent = projector(&group("A2"), &[vec![1, 0], vec![1, 0]], &[1, 1], &limits).unwrap();
    assert!(absent.is_zero() && absent.rows() == 9);
}
