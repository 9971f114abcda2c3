//! The chosen method against the exact null space of all equations, against formulas, and where fixed cut-offs go wrong.

use std::sync::Arc;

use num_bigint::BigUint;

use super::Method;
use super::choose::{basis, rank};
use crate::exact::null_space::Span;
use crate::exact::{SparseMatrix, SparseVector};
use crate::lie::named::Arg;
use crate::limits::{Limits, Stop};
use crate::num::Rational;
use crate::reps::{
    ExactNullSpace, Group, ProductSpace, Rep, Terms, group_by_name, matrix_group, no_algebra, product, wreath,
};

fn limits() -> Limits {
    Limits::none()
}

fn group(text: &str) -> Group {
    let (name, rest) = text.split_once('(').unwrap_or((text, ")"));
    let args = rest.trim_end_matches(')').split(',').filter(|x| !x.is_empty());
    let args: Vec<Arg> = args.map(|x| x.parse().map_or(Arg::Text(x.to_string()), Arg::Integer)).collect();
    group_by_name(name, &args, &limits()).unwrap()
}

fn vector(group: &Group) -> Rep {
    Rep::vector(group.base()).unwrap()
}

/// The maps V^k → V^l.
fn hom(group: &Group, k: u32, l: u32) -> Rep {
    let v = vector(group);
    Rep::hom(&v.power(k).unwrap(), &v.power(l).unwrap()).unwrap()
}

/// Checks that the basis is invariant, independent and as large as the null space of the equations; gives the rank.
#[track_caller]
fn checked(rep: &Rep) -> (u64, Method) {
    let found = basis(rep, &limits()).unwrap();
    let rows = found.sparse(&limits()).unwrap().unwrap();
    let vectors: Vec<SparseVector> =
        (0..rows.len()).map(|k| rows.row(k).map(|(place, v)| (place as u32, v)).collect()).collect();
    let mut equations = rep.matrices(&limits()).unwrap();
    let one = SparseMatrix::identity(usize::try_from(rep.dim()).unwrap());
    let moved = |h: SparseMatrix| h.add_scaled(&Rational::from(-1), &one);
    equations.extend(rep.discrete_matrices(&limits()).unwrap().into_iter().map(moved));
    let mut span = Span::new(one.rows());
    for v in &vectors {
        for m in &equations {
            assert!(m.transpose().left_mul(v).is_empty(), "{rep} of {}", rep.base().name());
        }
        assert!(span.insert(v), "{rep} of {}: dependent", rep.base().name());
    }
    let whole = ExactNullSpace.rank(rep, &limits()).unwrap();
    assert_eq!(BigUint::from(vectors.len()), whole, "{rep} of {} by {}", rep.base().name(), found.method());
    assert_eq!(rank(rep, &limits()).unwrap(), whole, "{rep} of {}: counted", rep.base().name());
    (vectors.len() as u64, found.method())
}

#[test]
fn diagrams_and_orbits_are_the_null_space() {
    for (name, k, l, expected) in [
        ("S(4)", 2, 1, 5),
        ("S(3)", 2, 2, 14),
        ("A(4)", 1, 2, 6),
        ("A(5)", 1, 1, 2),
        ("D(5)", 1, 2, 13),
        ("Cube", 1, 1, 3),
        ("Q8", 1, 1, 8),
        ("O(3)", 2, 2, 3),
        ("SO(3)", 2, 1, 1),
        ("SO(3)", 2, 2, 3),
        ("SO(2)", 2, 2, 6),
        ("SO(4)", 2, 2, 4),
        ("O(2,1)", 2, 2, 3),
        ("SO(2,1)", 1, 2, 1),
        ("SO13p", 2, 2, 4),
        ("O13", 2, 2, 3),
        ("Lorentz", 1, 1, 1),
        ("Sp(4,R)", 2, 2, 3),
        ("Sp(2,R)", 3, 1, 2),
        ("GL(2)", 2, 2, 2),
        ("SL(2)", 2, 2, 2),
        ("SL(3)", 2, 2, 2),
    ] {
        assert_eq!(checked(&hom(&group(name), k, l)).0, expected, "{name} {k} {l}");
    }
}

#[test]
fn duals_and_other_constructions() {
    for name in ["GL(2)", "SL(2)", "SO(2,1)", "O(1,1)", "Sp(2,R)", "O(3)", "S(3)", "D(4)", "SE(2)"] {
        let v = vector(&group(name));
        let dual = v.dual().unwrap();
        checked(&Rep::hom(&v.tensor(&dual).unwrap(), &v.tensor(&dual).unwrap()).unwrap());
        checked(&Rep::hom(&dual, &v).unwrap());
        checked(&v.symmetric_power(2).unwrap());
        checked(&Rep::hom(&v.exterior_power(2).unwrap(), &v.power(2).unwrap()).unwrap());
        checked(
            &Rep::hom(
                &v.plus(&v.power(2).unwrap()).unwrap().times(2).unwrap(),
                &v.plus(&Rep::scalar(v.base())).unwrap(),
            )
            .unwrap(),
        );
    }
}

#[test]
fn counts_of_complex_groups_are_those_of_the_null_space() {
    for name in [
        "U(1)", "U(2)", "SU(1)", "SU(2)", "SU(3)", "U(1,1)", "SU(2,1)", "Sp(1)", "Sp(1,1)", "GL(2,C)", "SL(2,C)",
        "SO(3,C)", "Sp(2,C)", "GL(1,C)",
    ] {
        let g = group(name);
        let v = vector(&g);
        for rep in [Rep::hom(&v, &v).unwrap(), v.power(3).unwrap(), v.tensor(&v.dual().unwrap()).unwrap()] {
            if *rep.dim() < BigUint::from(300u32) {
                assert_eq!(
                    rank(&rep, &limits()).unwrap(),
                    ExactNullSpace.rank(&rep, &limits()).unwrap(),
                    "{rep} of {name}"
                );
            }
        }
    }
    // V ⊕ V̄ over C: T(2) → T(2) of SU(2) has Σ_a C(4,a) · 2 = 32, of U(1) C(4,2) · … = 2^4 · C(8,4)/2^4 = 70 · …: by formula.
    assert_eq!(rank(&hom(&group("SU(2)"), 2, 2), &limits()).unwrap(), BigUint::from(32u32));
    assert_eq!(rank(&hom(&group("U(1)"), 1, 1), &limits()).unwrap(), BigUint::from(2u32));
}

#[test]
fn products_and_wreaths_are_the_null_space() {
    let both = product(&[&group("S(3)"), &group("O(2)")], ProductSpace::Tensor, &limits()).unwrap();
    assert_eq!(checked(&hom(&both, 1, 1)).0, 2);
    let sum = product(&[&group("S(3)"), &group("O(2)")], ProductSpace::Sum, &limits()).unwrap();
    assert_eq!(checked(&hom(&sum, 1, 1)).0, 3);
    checked(&hom(&sum, 1, 2));
    checked(&hom(&sum, 2, 2));
    let (v, w) = Rep::matched(&vector(&group("SO(3)")), &vector(&group("D(4)")), &limits()).unwrap();
    let mixed = v.tensor(&w).unwrap();
    assert_eq!(checked(&Rep::hom(&mixed, &mixed).unwrap()).0, 3);
    let blocks = wreath(&group("O(2)"), &group("S(2)"), &limits()).unwrap();
    assert_eq!(checked(&hom(&blocks, 1, 1)).0, 1);
}

#[test]
fn published_ranks_at_sizes_without_matrices() {
    // Bell numbers, double factorials, Catalan squares, orbits of Rubik's cube: reference values by formula.
    for (name, k, l, expected) in [
        ("S(100)", 1, 1, 2),
        ("S(10)", 2, 2, 15),
        ("S(10)", 3, 3, 203),
        ("S(6)", 4, 4, 4111),
        ("O(5)", 4, 4, 105),
        ("O(8)", 4, 4, 105),
        ("SO(3)", 4, 4, 91),
        ("SO(3)", 5, 5, 603),
        ("SO(4)", 4, 4, 196),
        ("SO13p", 4, 4, 196),
        ("Sp(4,R)", 3, 3, 14),
        ("SL(3)", 3, 3, 6),
        ("GL(3)", 4, 4, 23),
        ("A(5)", 2, 2, 15 + 1),
    ] {
        assert_eq!(
            rank(&hom(&group(name), k, l), &limits()).unwrap(),
            BigUint::from(expected as u32),
            "{name} {k} {l}"
        );
    }
    assert_eq!(rank(&hom(&group("Z(1000)"), 1, 1), &limits()).unwrap(), BigUint::from(1000u32));
    let rubik = group("RubiksCube");
    assert_eq!(basis(&hom(&rubik, 1, 1), &limits()).unwrap().rank(), 9);
    assert_eq!(basis(&hom(&rubik, 2, 1), &limits()).unwrap().rank(), 51);
    assert_eq!(basis(&hom(&group("Z(100)"), 1, 1), &limits()).unwrap().rank(), 100);
}

fn scaled_so3(factor: Rational) -> Group {
    let so3 = group("SO(3)");
    let basis = so3.algebra().realization().unwrap().basis.iter().map(|m| m.scale(&factor)).collect();
    matrix_group("scaled", (3, false), Vec::new(), basis, &limits()).unwrap()
}

fn square(rows: &[&[Rational]]) -> SparseMatrix {
    let entries =
        rows.iter().enumerate().flat_map(|(i, row)| row.iter().enumerate().map(move |(j, v)| (i, j, v.clone())));
    SparseMatrix::from_triples(rows.len(), rows.len(), entries.filter(|(_, _, v)| !v.is_zero()).collect::<Vec<_>>())
}

#[test]
fn small_and_large_generators_change_nothing() {
    // Absolute cut-offs read 9 for 1 here, and 0 for 3.
    assert_eq!(checked(&hom(&scaled_so3(Rational::new(1, 1_000_000).unwrap()), 1, 1)).0, 1);
    assert_eq!(checked(&hom(&scaled_so3(Rational::from(10_000)), 2, 2)).0, 3);
    // A rotation by about 2·10⁻⁶, exactly orthogonal: no invariant vector.
    let (one, t) = (Rational::ONE, Rational::new(1, 1_000_000).unwrap());
    let tt = &t * &t;
    let scale = (&one + &tt).recip().unwrap();
    let (c, s) = (&(&one - &tt) * &scale, &(&t + &t) * &scale);
    let turn = square(&[&[c.clone(), -&s], &[s, c]]);
    let g = matrix_group("turn", (2, false), vec![turn], Vec::new(), &limits()).unwrap();
    assert_eq!(checked(&vector(&g)).0, 0);
    assert_eq!(checked(&hom(&g, 1, 1)).0, 2);
    // The torus of weights 1, −1, 10⁻⁵.
    let zero = Rational::ZERO;
    let weights = square(&[
        &[one.clone(), zero.clone(), zero.clone()],
        &[zero.clone(), Rational::from(-1), zero.clone()],
        &[zero.clone(), zero.clone(), Rational::new(1, 100_000).unwrap()],
    ]);
    let torus = matrix_group("torus", (3, false), Vec::new(), vec![weights], &limits()).unwrap();
    assert_eq!(checked(&vector(&torus)).0, 0);
    assert_eq!(checked(&hom(&torus, 1, 1)).0, 3);
}

#[test]
fn complex_invariants_are_found() {
    // The complex matrix [0, −i; i, 0] has order 2 and fixes the line of (1, i): of real dimension 2 on R^4.
    let entries = [(0, 1, (0, -1)), (1, 0, (0, 1))];
    let dense = crate::exact::Matrix::from_fn(2, 2, |i, j| {
        let found = entries.iter().find(|(a, b, _)| (*a, *b) == (i, j)).map_or((0, 0), |e| e.2);
        crate::num::Gaussian::new(Rational::from(found.0), Rational::from(found.1))
    });
    let set = crate::lie::MatrixSet::gaussian(&[dense]).unwrap();
    let g = matrix_group("G", (2, true), set.stored().to_vec(), Vec::new(), &limits()).unwrap();
    assert_eq!(checked(&vector(&g)).0, 2);
    assert_eq!(checked(&hom(&g, 1, 1)).0, 8);
    assert_eq!(checked(&hom(&group("SU(1)"), 1, 1)).0, 4);
}

#[test]
fn what_does_not_fit_is_refused_and_nothing_is_left_out() {
    let tight = Limits::none().with_memory(16);
    for (name, k, l) in [("S(10)", 4, 4), ("O(8)", 5, 5), ("Z(100)", 3, 3), ("E(6)", 3, 3)] {
        let refused = basis(&hom(&group(name), k, l), &tight);
        let memory = matches!(
            refused,
            Err(super::EquivariantError::Stopped(Stop::Memory { .. })
                | super::EquivariantError::TooLarge(_)
                | super::EquivariantError::Rep(_))
        );
        assert!(memory, "{name}: {refused:?}");
    }
}

#[test]
fn the_trivial_group_and_empty_spaces() {
    let g = group("Trivial(2)");
    assert_eq!(checked(&hom(&g, 1, 1)).0, 4);
    let o = vector(&group("O(3)"));
    let nothing = o.times(0).unwrap();
    assert_eq!(basis(&Rep::hom(&o, &nothing).unwrap(), &limits()).unwrap().rank(), 0);
    assert_eq!(basis(&Rep::scalar(o.base()), &limits()).unwrap().rank(), 1);
    let none = Group::generated("1", Arc::new(no_algebra(3, false)), Vec::new(), &limits()).unwrap();
    assert_eq!(checked(&hom(&none, 1, 1)).0, 9);
}

#[test]
fn what_was_solved_is_remembered() {
    let v = vector(&group("SE(3)"));
    let rep = Rep::hom(&v, &v.power(2).unwrap()).unwrap();
    let first = basis(&rep, &limits()).unwrap();
    // Made anew, the same group.
    let again = vector(&group("SE(3)"));
    let twin = Rep::hom(&again, &again.power(2).unwrap()).unwrap();
    assert!(super::remembered::recall(&twin).is_some());
    assert_eq!(basis(&twin, &limits()).unwrap(), first);
    assert!(super::remembered::recall(&Rep::hom(&v, &v.power(3).unwrap()).unwrap()).is_none());
}

#[test]
fn float_groups_report_their_gap() {
    use crate::exact::Matrix;
    let (c, s) = (1f64.cos(), 1f64.sin());
    let turn = Matrix::from_fn(3, 3, |i, j| match (i, j) {
        (0, 0) | (1, 1) => c,
        (0, 1) => -s,
        (1, 0) => s,
        (2, 2) => 1.0,
        _ => 0.0,
    });
    // Rotations about an axis: R^3 = V_2 + 1, so 3 maps; on squares Σ of squares of multiplicities 3, 2, 1 in types C, C, R: 19.
    let g = Group::of_floats("turn", vec![turn], Vec::new()).unwrap();
    let found = basis(&hom(&g, 1, 1), &limits()).unwrap();
    assert_eq!((found.rank(), found.method()), (3, Method::FloatNullSpace));
    assert!(found.completeness().to_string().contains("gap"));
    assert_eq!(basis(&hom(&g, 2, 2), &limits()).unwrap().rank(), 19);
    let exact = group("SO(2)");
    let plane = crate::reps::embed(&exact, 3, 0, &limits()).unwrap();
    assert_eq!(rank(&hom(&plane, 2, 2), &limits()).unwrap(), BigUint::from(19u32));
    // What is made of a group would lose its floats.
    assert!(crate::reps::embed(&g, 4, 0, &limits()).is_err());
    assert!(crate::reps::affine(&g, &limits()).is_err());
    // Scaled infinitesimal generators; their weights are clear, so that the rank alone is counted.
    for factor in [1e-6, 1.0, 1e4] {
        let so3 = group("SO(3)");
        let float = |m: &SparseMatrix| m.to_dense().map(|x| x.to_f64() * factor);
        let algebra = so3.algebra().realization().unwrap().basis.iter().map(float).collect();
        let g = Group::of_floats("so3", Vec::new(), algebra).unwrap();
        assert_eq!(basis(&hom(&g, 2, 2), &limits()).unwrap().rank(), 3);
        assert_eq!(rank(&hom(&g, 1, 1), &limits()).unwrap(), BigUint::from(1u32));
    }
}

/// What no machine stores is refused, without any budget, before anything is allocated.
#[test]
fn too_large_bases_are_refused() {
    for (name, k) in [("O(10)", 20), ("O(10)", 12), ("S(1000)", 4), ("SL(3)", 30), ("RubiksCube", 8), ("A(300)", 6)] {
        let found = basis(&Rep::vector(group(name).base()).unwrap().power(k).unwrap(), &limits());
        assert!(found.is_err(), "{name}, {k}");
    }
}

/// The sticker group of the cube: 9, 51 and 350 on two, three and four legs; Catalan's number
/// for SL(2) on ten legs, C(8, 4) for U(1) on eight; one diagram in a line; scalars in long tensors.
#[test]
fn ranks_and_bases_without_large_tables() {
    let power = |name: &str, k| Rep::vector(group(name).base()).unwrap().power(k).unwrap();
    let counted = |name: &str, k| rank(&power(name, k), &limits()).unwrap();
    for (k, expected) in [(2, 9u32), (3, 51), (4, 350)] {
        assert_eq!(counted("RubiksCube", k), expected.into());
    }
    // A corner shows three stickers and an edge two: 8! [x^8] exp((e^3x − 1)/3 + (e^2x − 1)/2), and two orbits more, because
    // the twists of all eight corners have a sum that is kept.
    assert_eq!(counted("RubiksCube", 8), BigUint::from(2_831_177u32 + 2));
    assert_eq!(counted("Z(1000)", 5), BigUint::from(1000u32).pow(4));
    assert_eq!(basis(&power("SL(2)", 10), &limits()).unwrap().rank(), 42);
    assert_eq!(basis(&power("U(1)", 8), &limits()).unwrap().rank(), 70);
    assert_eq!(basis(&power("O(1)", 60), &limits()).unwrap().rank(), 1);
}
