//! Representations against their definition, and against tables.

use std::sync::Arc;

use super::*;
use crate::exact::{Matrix, SparseMatrix, solve};
use crate::lie::named::{direct_sum_of, split};
use crate::limits::Limits;
use crate::num::Rational;
use crate::reps::{Base, Rep, rank};
use crate::roots::{CartanType, RootSystem};
use crate::weights::{ReductiveType, dimension};

pub(super) fn q(n: i64) -> Rational {
    Rational::from(n)
}

pub(super) fn group(text: &str) -> ReductiveType {
    text.parse().unwrap()
}

pub(super) fn module(text: &str, weight: &[i64]) -> Irreducible {
    Irreducible::new(&group(text), weight, &Limits::none()).unwrap()
}

pub(super) fn orthogonal(text: &str, weight: &[i64]) -> Orthogonal {
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
