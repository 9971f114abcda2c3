//! Dimensions that theory gives: Riordan numbers, Brauer counts, Schur's lemma over R, highest weights.

use std::sync::Arc;

use num_bigint::BigUint;
use num_traits::ToPrimitive;

use super::*;
use crate::exact::SparseMatrix;
use crate::exact::sparse::to_dense;
use crate::forms::octonion_form;
use crate::lie::named::{self, Arg};
use crate::lie::{Ansatz, identify, stabilizer};
use crate::limits::Limits;
use crate::num::Rational;

fn limits() -> Limits {
    Limits::none()
}

fn group(name: &str, args: &[i64]) -> Group {
    let args: Vec<Arg> = args.iter().map(|n| Arg::Integer(*n)).collect();
    group_by_name(name, &args, &limits()).unwrap()
}

fn over(name: &str, n: i64, field: &str) -> Group {
    group_by_name(name, &[Arg::Integer(n), Arg::Text(field.to_string())], &limits()).unwrap()
}

fn vector(group: &Group) -> Rep {
    Rep::vector(group.base()).unwrap()
}

/// The rank without a basis; the basis has as many vectors, and every basis element of the algebra annihilates them.
fn checked_rank(rep: &Rep) -> usize {
    let counted = rank(rep, &limits()).unwrap().to_usize().unwrap();
    let found = invariants(rep, &limits()).unwrap();
    assert_eq!(found.rank(), counted, "{rep}");
    let matrices = rep.matrices(&limits()).unwrap();
    for v in &found.basis {
        let dense = to_dense(v, found.dim);
        assert!(matrices.iter().all(|m| m.apply(&dense).iter().all(Rational::is_zero)), "{rep}");
    }
    counted
}

/// The rank of maps, with every basis element checked to commute with the action.
fn checked_maps(from: &Rep, to: &Rep) -> usize {
    let counted = rank_of_maps(from, to, &limits()).unwrap().to_usize().unwrap();
    let found = equivariant_maps(from, to, &limits()).unwrap();
    assert_eq!(found.rank(), counted, "{from} -> {to}");
    let (on_from, on_to) = (from.matrices(&limits()).unwrap(), to.matrices(&limits()).unwrap());
    for w in &found.basis {
        assert_eq!((w.rows(), w.cols()), (found.rows, found.cols));
        assert!(on_from.iter().zip(&on_to).all(|(a, b)| b.mul(w) == w.mul(a)), "{from} -> {to}");
    }
    counted
}

#[test]
fn powers_of_the_vector_of_so3_have_riordan_numbers() {
    let v = vector(&group("SO", &[3]));
    let ranks: Vec<usize> = (0..=6).map(|k| checked_rank(&v.power(k).unwrap())).collect();
    assert_eq!(ranks, [1, 0, 1, 1, 3, 6, 15]);
}

#[test]
fn orthogonal_groups_have_brauer_counts() {
    // 1 and 3 pairings; n = 3: the same, n = 4: the volume form joins.
    for (n, expected) in [(3, 3), (4, 4), (5, 3), (6, 3)] {
        let v = vector(&group("SO", &[n]));
        assert_eq!(checked_maps(&v, &v), 1);
        let square = v.power(2).unwrap();
        assert_eq!(checked_maps(&square, &square), expected, "n = {n}");
    }
    // 15 pairings of six letters; in dimension 3, V^2 -> V^4 has the Riordan number again.
    let v = vector(&group("SO", &[5]));
    assert_eq!(checked_rank(&v.power(5).unwrap()), 1);
    assert_eq!(rank(&v.power(6).unwrap(), &limits()).unwrap(), BigUint::from(15u32));
    // A circle: C(2m, m) invariants in V^(2m).
    let v = vector(&group("SO", &[2]));
    assert_eq!(checked_rank(&v.power(4).unwrap()), 6);
    assert_eq!(checked_maps(&v, &v), 2);
}

#[test]
fn commutants_of_complex_groups_are_division_algebras() {
    // Quaternionic, complex and real type (Schur's lemma over R).
    for (g, expected) in [
        (group("SU", &[2]), 4),
        (group("SU", &[3]), 2),
        (group("Sp", &[2]), 4),
        (group("U", &[2]), 2),
        (over("SL", 2, "C"), 2),
        (over("SL", 3, "R"), 1),
        (over("Sp", 4, "R"), 1),
        (over("GL", 2, "R"), 1),
        (group("Lorentz", &[]), 1),
    ] {
        let v = vector(&g);
        assert_eq!(checked_maps(&v, &v), expected, "{g}");
    }
    // V ⊗ V over R of SU(2): two copies of (C^2 ⊗ C^2 as real) hold 4 invariants.
    assert_eq!(checked_rank(&vector(&group("SU", &[2])).power(2).unwrap()), 4);
}

#[test]
fn invariant_forms_of_the_classical_groups() {
    let square = |g: &Group| checked_rank(&vector(g).power(2).unwrap());
    assert_eq!(square(&over("Sp", 4, "R")), 1);
    assert_eq!(square(&group("SO", &[3, 1])), 1);
    assert_eq!(square(&over("SL", 3, "R")), 0);
    let v = vector(&over("SL", 3, "R"));
    assert_eq!(checked_rank(&v.power(3).unwrap()), 1);
    assert_eq!(checked_rank(&v.exterior_power(3).unwrap()), 1);
    assert_eq!(checked_rank(&v.symmetric_power(3).unwrap()), 0);
    assert_eq!(checked_rank(&vector(&over("GL", 3, "R")).power(3).unwrap()), 0);
    // SL: the permutations of k letters act faithfully on V^k for k ≤ n.
    assert_eq!(checked_maps(&v.power(2).unwrap(), &v.power(2).unwrap()), 2);
    let v = vector(&over("Sp", 4, "R"));
    assert_eq!(checked_rank(&v.exterior_power(2).unwrap()), 1);
    assert_eq!(checked_rank(&v.symmetric_power(2).unwrap()), 0);
    assert_eq!(checked_rank(&v.power(4).unwrap()), 3);
}

#[test]
fn the_octonions_and_their_symmetry() {
    let g2 = stabilizer(&[octonion_form(false).unwrap()], Ansatz::real(), &limits()).unwrap();
    let group = exp(&Arc::new(g2)).unwrap();
    let v = vector(&group);
    assert_eq!((group.dim(), v.dim()), (14, &BigUint::from(7u32)));
    assert_eq!(checked_maps(&v, &v), 1);
    assert_eq!(checked_rank(&v.power(3).unwrap()), 1);
    // The 3-form lies in Λ³, its dual 4-form in Λ⁴.
    for (k, expected) in [(1, 0), (2, 0), (3, 1), (4, 1), (5, 0), (6, 0), (7, 1)] {
        assert_eq!(checked_rank(&v.exterior_power(k).unwrap()), expected, "k = {k}");
    }
    // Λ²V = V + g2, Sym²V = 1 + 27.
    let adjoint = Rep::adjoint(group.base());
    assert_eq!(checked_maps(&v.exterior_power(2).unwrap(), &adjoint), 1);
    assert_eq!(checked_maps(&v.exterior_power(2).unwrap(), &v), 1);
    assert_eq!(checked_maps(&v.symmetric_power(2).unwrap(), &v.symmetric_power(2).unwrap()), 2);
}

#[test]
fn the_adjoint_representation() {
    // Absolutely simple: the Killing form alone. A complex algebra seen as real: real and imaginary part.
    for (g, expected) in [
        (group("SO", &[3]), 1),
        (group("SU", &[3]), 1),
        (over("SL", 3, "R"), 1),
        (group("SO", &[3, 1]), 2),
        (group("SO", &[4]), 2),
    ] {
        let adjoint = Rep::adjoint(g.base());
        assert_eq!(checked_rank(&adjoint.power(2).unwrap()), expected, "{g}");
        assert_eq!(checked_rank(&adjoint.symmetric_power(2).unwrap()), expected, "{g}");
        assert_eq!(checked_rank(&adjoint), 0, "{g}");
        assert_eq!(checked_rank(&adjoint.exterior_power(3).unwrap()), expected, "{g}");
    }
    // ad of SO(n) is Λ²V.
    let v = vector(&group("SO", &[5]));
    assert_eq!(checked_maps(&Rep::adjoint(v.base()), &v.exterior_power(2).unwrap()), 1);
    // The centre of U(2).
    assert_eq!(checked_rank(&Rep::adjoint(group("U", &[2]).base())), 1);
}

#[test]
fn a_group_that_is_not_reductive() {
    // Affine maps of the line on R^2: (x, 1) has the invariant 1 on the dual side only.
    let line = exp(&Arc::new(named::affine(1, &limits()).unwrap())).unwrap();
    let v = vector(&line);
    assert_eq!(checked_rank(&v), 0);
    assert_eq!(checked_rank(&v.dual().unwrap()), 1);
    assert_eq!(checked_maps(&v, &v), 1);
}

#[test]
fn semidirect_sums() {
    let rotations = group("SO", &[3]);
    let euclid = semidirect(rotations.algebra(), &vector(&rotations), &limits()).unwrap();
    assert_eq!(euclid.dim(), 6);
    let known = named::euclid(3, &limits()).unwrap();
    let (found, expected) = (identify(&euclid, &limits()).unwrap(), identify(&known, &limits()).unwrap());
    assert_eq!((found.levi_real_form(), found.derived_dim()), (expected.levi_real_form(), expected.derived_dim()));
    // Two copies, a zero action, and an algebra of dimension zero.
    let doubled = semidirect(rotations.algebra(), &vector(&rotations).times(2).unwrap(), &limits()).unwrap();
    assert_eq!(doubled.dim(), 9);
    let still = semidirect(rotations.algebra(), &Rep::scalar(rotations.base()), &limits()).unwrap();
    assert_eq!(still.dim(), 4);
    let nothing = group("SO", &[1]);
    assert_eq!(semidirect(nothing.algebra(), &vector(&nothing).times(3).unwrap(), &limits()).unwrap().dim(), 3);
}

#[test]
fn matrices_are_representations() {
    let g = over("SL", 2, "R");
    let v = vector(&g);
    let mut all = vec![v.dual().unwrap(), Rep::adjoint(g.base()), Rep::hom(&v.power(2).unwrap(), &v).unwrap()];
    all.extend((2..5).map(|k| v.symmetric_power(k).unwrap()));
    all.push(v.power(2).unwrap().exterior_power(3).unwrap());
    all.push(v.plus(&all[1]).unwrap().times(2).unwrap().symmetric_power(2).unwrap());
    all.push(v.dual().unwrap().exterior_power(2).unwrap().tensor(&all[3]).unwrap().dual().unwrap());
    for rep in all {
        let matrices = rep.matrices(&limits()).unwrap();
        assert!(matrices.iter().all(|m| BigUint::from(m.rows()) == *rep.dim() && m.rows() == m.cols()));
        // `given` checks every bracket.
        let copy = Rep::given(g.base(), "X", matrices, &limits()).unwrap();
        assert_eq!(rank_of_maps(&copy, &copy, &limits()), rank_of_maps(&rep, &rep, &limits()), "{rep}");
    }
}

#[test]
fn tensor_products_are_kronecker_products() {
    let g = group("SO", &[3]);
    let (v, s) = (vector(&g), vector(&g).symmetric_power(2).unwrap());
    let product = v.tensor(&s).unwrap().tensor(&v).unwrap().matrices(&limits()).unwrap();
    let (on_v, on_s) = (v.matrices(&limits()).unwrap(), s.matrices(&limits()).unwrap());
    let one = SparseMatrix::identity;
    for (k, m) in product.iter().enumerate() {
        let first = on_v[k].kron(&one(18));
        let second = one(3).kron(&on_s[k]).kron(&one(3));
        let third = one(18).kron(&on_v[k]);
        assert_eq!(*m, first.add_scaled(&Rational::ONE, &second).add_scaled(&Rational::ONE, &third));
    }
}
