//! Representations against their definition, and against tables.

use std::sync::Arc;

use super::highest_vectors::Product;
use super::*;
use crate::exact::{Matrix, SparseMatrix, solve};
use crate::lie::named::{direct_sum_of, split};
use crate::limits::Limits;
use crate::num::Rational;
use crate::reps::{Base, Rep, rank};
use crate::roots::{CartanType, RootSystem};
use crate::weights::{ReductiveType, Weight, dimension};

fn q(n: i64) -> Rational {
    Rational::from(n)
}

fn group(text: &str) -> ReductiveType {
    text.parse().unwrap()
}

fn module(text: &str, weight: &[i64]) -> Irreducible {
    Irreducible::new(&group(text), weight, &Limits::none()).unwrap()
}

fn orthogonal(text: &str, weight: &[i64]) -> Orthogonal {
    Orthogonal::new(Arc::new(module(text, weight)), &Limits::none()).unwrap()
}

fn cartan(group: &ReductiveType) -> Vec<Vec<i64>> {
    let mut out = vec![vec![0; group.semisimple_rank()]; group.semisimple_rank()];
    let mut start = 0;
    for factor in group.factors() {
        for (i, row) in factor.cartan_matrix().iter().enumerate() {
            out[start + i][start..start + row.len()].copy_from_slice(row);
        }
        start += factor.rank();
    }
    out
}

/// The relations of Chevalley and Serre as products of sparse matrices: code that shares nothing with the construction.
fn check_relations(text: &str, v: &Irreducible) {
    let (g, r) = (v.group().clone(), v.rank());
    let a = cartan(&g);
    let e: Vec<_> = (0..r).map(|i| v.raising(i)).collect();
    let f: Vec<_> = (0..r).map(|i| v.lowering(i)).collect();
    let h: Vec<_> = (0..g.rank()).map(|i| v.coroot(i)).collect();
    for i in 0..r {
        for j in 0..r {
            let expected = if i == j { h[i].clone() } else { SparseMatrix::zero(v.dim(), v.dim()) };
            assert_eq!(e[i].commutator(&f[j]), expected, "{text}");
            assert_eq!(h[i].commutator(&e[j]), e[j].scale(&q(a[j][i])), "{text}");
            assert_eq!(h[i].commutator(&f[j]), f[j].scale(&q(-a[j][i])), "{text}");
            if i != j {
                // (ad e_i)^{1 − ⟨α_j, α_i^∨⟩} e_j = 0
                let (mut up, mut down) = (e[j].clone(), f[j].clone());
                for _ in 0..1 - a[j][i] {
                    (up, down) = (e[i].commutator(&up), f[i].commutator(&down));
                }
                assert!(up.is_zero() && down.is_zero(), "{text}");
            }
        }
    }
    for (matrix, &charge) in h.iter().zip(v.highest_weight()).skip(r) {
        assert_eq!(*matrix, SparseMatrix::identity(v.dim()).scale(&q(charge)));
    }
    assert_eq!(v.dim().to_string(), dimension(&g, v.highest_weight(), &Limits::none()).unwrap().to_string());
    assert_eq!(v.weights().count(), v.dim());
    assert!((0..r).all(|i| v.raised(i, 0).is_empty()));
}

const SOME: &[(&str, &[i64])] = &[
    ("A1", &[0]),
    ("A1", &[7]),
    ("A2", &[1, 1]),
    ("A2", &[3, 2]),
    ("A3", &[1, 2, 1]),
    ("A4", &[0, 1, 1, 0]),
    ("B2", &[2, 1]),
    ("C2", &[1, 2]),
    ("B3", &[1, 0, 1]),
    ("B3", &[0, 2, 0]),
    ("C3", &[0, 1, 1]),
    ("C3", &[1, 1, 1]),
    ("D3", &[1, 1, 0]),
    ("D4", &[1, 1, 0, 0]),
    ("D4", &[0, 2, 0, 0]),
    ("G2", &[1, 1]),
    ("G2", &[2, 1]),
    ("F4", &[0, 0, 0, 1]),
    ("F4", &[0, 0, 1, 0]),
    ("E6", &[1, 0, 0, 0, 0, 0]),
    ("E6", &[0, 0, 1, 0, 0, 0]),
    ("E7", &[0, 0, 0, 0, 0, 0, 1]),
    ("A2+A1+T1", &[1, 1, 2, -5]),
    ("G2+A1", &[1, 0, 3]),
    ("T2", &[3, -1]),
];

#[test]
fn generators_satisfy_the_relations_and_are_integral() {
    for (text, weight) in SOME {
        let v = module(text, weight);
        check_relations(text, &v);
        assert!(v.is_integral(), "{text} {weight:?}");
    }
}

/// Bourbaki VIII, §7.3: the minuscule weights. All weights lie in one orbit, so entries are 0 and 1.
#[test]
fn minuscule_representations_have_entries_zero_and_one() {
    for (text, weight) in [
        ("A5", &[0, 0, 1, 0, 0][..]),
        ("B4", &[0, 0, 0, 1]),
        ("C4", &[1, 0, 0, 0]),
        ("D5", &[0, 0, 0, 0, 1]),
        ("E6", &[0, 0, 0, 0, 0, 1]),
        ("E7", &[0, 0, 0, 0, 0, 0, 1]),
    ] {
        let v = module(text, weight);
        let entries_are_one = |m: SparseMatrix| m.triples().all(|(_, _, x)| x.is_one());
        assert!((0..v.rank()).all(|i| entries_are_one(v.raising(i)) && entries_are_one(v.lowering(i))), "{text}");
    }
}

#[test]
fn adjoint_representations_are_integral() {
    for (text, weight) in [
        ("A4", &[1, 0, 0, 1][..]),
        ("B4", &[0, 1, 0, 0]),
        ("C4", &[2, 0, 0, 0]),
        ("D5", &[0, 1, 0, 0, 0]),
        ("G2", &[0, 1]),
        ("F4", &[1, 0, 0, 0]),
        ("E6", &[0, 1, 0, 0, 0, 0]),
        ("E7", &[1, 0, 0, 0, 0, 0, 0]),
        ("E8", &[0, 0, 0, 0, 0, 0, 0, 1]),
    ] {
        let v = module(text, weight);
        assert_eq!(v.dim(), v.group().dim());
        check_relations(text, &v);
        let all = v.chevalley_basis(&Limits::none()).unwrap();
        assert!(all.iter().all(|m| m.triples().all(|(_, _, x)| x.is_integer())), "{text}");
    }
}

/// All brackets of the whole basis against the structure constants of the split form, which come from another engine.
#[test]
fn the_chevalley_basis_is_that_of_the_split_form() {
    let limits = Limits::none();
    for (text, weight) in [
        ("A2", &[2, 1][..]),
        ("B2", &[1, 1]),
        ("C2", &[1, 1]),
        ("B3", &[0, 0, 1]),
        ("C3", &[0, 1, 0]),
        ("D4", &[0, 0, 1, 0]),
        ("G2", &[1, 0]),
        ("F4", &[0, 0, 0, 1]),
    ] {
        let v = module(text, weight);
        let simple = CartanType::from(v.group().simple().unwrap());
        let base = Base::new(text, Arc::new(split(&simple, &limits).unwrap()));
        let all = v.chevalley_basis(&limits).unwrap();
        assert!(Rep::given(&base, "V", all, &limits).is_ok(), "{text}");
    }
    let v = module("C2+A1", &[1, 0, 2]);
    let part = |text: &str| split(&CartanType::from(group(text).simple().unwrap()), &limits).unwrap();
    let sum = direct_sum_of(&[&part("C2"), &part("A1")], &limits).unwrap();
    let all = v.chevalley_basis(&limits).unwrap();
    assert!(Rep::given(&Base::new("C2+A1", Arc::new(sum)), "V", all, &limits).is_ok());
}

/// `C = Σ (r,r)/2 (e_r f_r + f_r e_r) + (μ, μ)` is the scalar `(λ, λ + 2ρ)` (Humphreys, section 22.1, exercise 23.4).
#[test]
fn the_casimir_operator_is_a_scalar() {
    let limits = Limits::none();
    for (text, weight) in [
        ("A2", &[2, 1][..]),
        ("B3", &[1, 0, 1]),
        ("C3", &[0, 1, 1]),
        ("G2", &[1, 1]),
        ("F4", &[0, 0, 0, 1]),
        ("D4", &[1, 1, 0, 0]),
    ] {
        let v = module(text, weight);
        let system = RootSystem::new(v.group().simple().unwrap(), &limits).unwrap();
        let r = system.rank();
        let columns = Matrix::from_fn(r, r, |i, j| q(system.cartan_matrix()[j][i]));
        // (μ, ν) with one of them in coordinates of simple roots: (α_i, ν) = ν_i (α_i, α_i)/2.
        let unit = |i: usize| (0..r).map(|j| i64::from(i == j)).collect::<Vec<i64>>();
        let product = |mu: &[i64], nu: &[i64]| -> Rational {
            let mu: Vec<Rational> = mu.iter().map(|&x| q(x)).collect();
            let coordinates = solve(&columns, &mu, &limits).unwrap().unwrap();
            let half = Rational::new(1, 2).unwrap();
            (0..r).map(|i| &(&(&coordinates[i] * &q(nu[i])) * &system.squared_length(&unit(i))) * &half).sum()
        };
        let all = v.chevalley_basis(&limits).unwrap();
        let count = system.positive_count();
        let mut casimir = SparseMatrix::from_triples(
            v.dim(),
            v.dim(),
            v.weights().enumerate().map(|(k, mu)| (k, k, product(mu, mu))).collect::<Vec<_>>(),
        );
        for (t, root) in system.positive().iter().enumerate() {
            let (e, f) = (&all[r + t], &all[r + count + t]);
            let half = &system.squared_length(root) * &Rational::new(1, 2).unwrap();
            casimir = casimir.add_scaled(&half, &e.mul(f).add_scaled(&Rational::ONE, &f.mul(e)));
        }
        let shifted: Vec<i64> = weight.iter().map(|x| x + 2).collect();
        assert_eq!(casimir, SparseMatrix::identity(v.dim()).scale(&product(weight, &shifted)), "{text}");
    }
}

#[test]
fn the_form_is_contravariant_and_the_compact_form_anti_hermitian() {
    let limits = Limits::none();
    for (text, weight) in
        [("A1", &[3][..]), ("A2", &[2, 1]), ("C2", &[1, 1]), ("G2", &[1, 1]), ("A1+A1+T1", &[1, 2, 3])]
    {
        let basis = orthogonal(text, weight);
        let v = basis.module().clone();
        let gram = SparseMatrix::from_rows(v.dim(), basis.gram().to_vec());
        for i in 0..v.rank() {
            // (f u, w) = (u, e w): f^T G = G e.
            assert_eq!(v.lowering(i).transpose().mul(&gram), gram.mul(&v.raising(i)), "{text}");
        }
        let vectors = SparseMatrix::from_rows(v.dim(), (0..v.dim()).map(|k| basis.vector(k).to_vec()).collect());
        let norms: Vec<_> = basis.norms().iter().enumerate().map(|(k, n)| (k, k, n.clone())).collect();
        let norms = SparseMatrix::from_triples(v.dim(), v.dim(), norms);
        assert_eq!(vectors.mul(&gram).mul(&vectors.transpose()), norms, "{text}");
        let compact = compact_form(&basis, &limits).unwrap();
        for (imaginary, x) in &compact.matrices {
            // X^† D + D X = 0: the conjugate of i is −i.
            let sign = q(if *imaginary { -1 } else { 1 });
            let sum = x.transpose().mul(&norms).scale(&sign).add_scaled(&Rational::ONE, &norms.mul(x));
            assert!(sum.is_zero(), "{text}");
        }
        let rep = compact.to_rep(v.group(), "V", &limits).unwrap();
        let matrices = rep.matrices(&limits).unwrap();
        assert!(Rep::given(rep.base(), "V", matrices, &limits).is_ok(), "{text}");
    }
}

#[test]
fn invariants_of_the_real_representations() {
    let limits = Limits::none();
    let rep = module("G2", &[1, 0]).to_rep("V", &limits).unwrap();
    // V⊗V = 1 + 7 + 14 + 27 (Slansky, table 44).
    assert_eq!(rank(&rep.tensor(&rep).unwrap(), &limits).unwrap(), 1u32.into());
    assert_eq!(crate::reps::rank_of_maps(&rep.tensor(&rep).unwrap(), &rep, &limits).unwrap(), 1u32.into());
    let rep = module("A2", &[1, 1]).to_rep("V", &limits).unwrap();
    assert_eq!(crate::reps::rank_of_maps(&rep.tensor(&rep).unwrap(), &rep, &limits).unwrap(), 2u32.into());
}

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

#[test]
fn what_is_too_large_or_no_weight_is_refused() {
    let limits = Limits::none().with_memory(64);
    let e8 = group("E8");
    assert!(Irreducible::new(&e8, &[1; 8], &limits).is_err());
    assert!(Irreducible::new(&e8, &[0, 0, 0, 0, 0, 0, 0, -1], &limits).is_err());
    assert!(Irreducible::new(&e8, &[1], &limits).is_err());
    assert!(ClebschGordan::new(&group("A2"), &[12, 12], &[12, 12], None, &limits).is_err());
    assert!(projector(&group("A2"), &[vec![6, 6], vec![6, 6]], &[0, 0], &limits).is_err());
    assert!(invariant_tensors(&group("A2"), &vec![vec![1, 1]; 12], &limits).is_err());
}

/// Slansky, tables 45 and 48: Λ²52 = 52 + 1274 of F4, 27 ⊗ 78 = 27 + 351 + 1728 of E6; 3875 of E8.
#[test]
fn representations_of_thousands_of_dimensions_are_made() {
    for (text, weight, dim) in [
        ("E8", &[0, 0, 0, 0, 0, 0, 0, 1][..], 248),
        ("F4", &[0, 1, 0, 0], 1274),
        ("E6", &[1, 1, 0, 0, 0, 0], 1728),
        ("E8", &[1, 0, 0, 0, 0, 0, 0, 0], 3875),
    ] {
        let v = module(text, weight);
        assert_eq!(v.dim(), dim);
        assert!(v.is_integral(), "{text} {weight:?}");
    }
}
