//! Names, dimensions, canonical forms, and what is refused.

use std::sync::Arc;

use num_bigint::BigUint;

use super::*;
use crate::exact::SparseMatrix;
use crate::lie::named::{self, Arg};
use crate::lie::{Algebra, JacobiProof, StructureConstants};
use crate::limits::{Limits, Stop};
use crate::num::Rational;

fn limits() -> Limits {
    Limits::none()
}

fn named_group(name: &str, args: &[&str]) -> Result<Group, RepError> {
    let args: Vec<Arg> =
        args.iter().map(|a| a.parse().map_or_else(|_| Arg::Text(a.to_string()), Arg::Integer)).collect();
    group_by_name(name, &args, &limits())
}

fn so(n: &str) -> Group {
    named_group("SO", &[n]).unwrap()
}

fn vector(group: &Group) -> Rep {
    Rep::vector(group.base()).unwrap()
}

fn size(n: u64) -> BigUint {
    BigUint::from(n)
}

#[test]
fn groups_by_name() {
    for (name, args, dim, matrix_size, complex) in [
        ("SO", vec!["3"], 3, 3, false),
        ("SO", vec!["2", "3"], 10, 5, false),
        ("SO", vec!["3", "C"], 6, 3, true),
        ("SU", vec!["3"], 8, 3, true),
        ("SU", vec!["2", "1"], 8, 3, true),
        ("U", vec!["2"], 4, 2, true),
        ("SL", vec!["3"], 8, 3, false),
        ("SL", vec!["2", "C"], 6, 2, true),
        ("SL", vec!["2", "H"], 15, 4, true),
        ("GL", vec!["2"], 4, 2, false),
        ("GL", vec!["2", "R"], 4, 2, false),
        ("GL", vec!["2", "C"], 8, 2, true),
        ("Sp", vec!["4", "R"], 10, 4, false),
        ("Sp", vec!["2"], 10, 4, true),
        ("Sp", vec!["1", "1"], 10, 4, true),
        ("Lorentz", vec![], 6, 4, false),
        ("SO", vec!["1"], 0, 1, false),
        ("SU", vec!["1"], 0, 1, true),
    ] {
        let g = named_group(name, &args).unwrap();
        assert_eq!((g.dim(), g.matrix_size(), g.is_complex()), (dim, matrix_size, complex), "{g}");
        let real = if complex { 2 * matrix_size } else { matrix_size };
        assert_eq!(*vector(&g).dim(), size(real as u64));
        assert_eq!(rank(&Rep::scalar(g.base()), &limits()).unwrap(), size(1));
    }
    assert_eq!(so("3").to_string(), "SO(3): connected Lie group of dimension 3, 3×3 matrices");
    let text = named_group("SO", &["2", "1"]).unwrap().to_string();
    assert!(text.starts_with("SO(2,1)") && text.contains("identity component"), "{text}");
    assert!(named_group("SO", &["3"]).unwrap().components_note().is_empty());
    assert!(named_group("GL", &["3"]).unwrap().components_note().contains("determinant"));
    assert!(named_group("Lorentz", &[]).unwrap().is_same(&named_group("SO", &["3", "1"]).unwrap()));
}

#[test]
fn wrong_names_are_refused_in_the_words_of_the_user() {
    assert!(matches!(named_group("XO", &["3"]), Err(RepError::UnknownGroup(_))));
    let text = named_group("SL", &["2", "Q"]).unwrap_err().to_string();
    assert_eq!(text, "SL(2,Q) is not possible; expected SL(n) or SL(n, R) or SL(n, C) or SL(n, H)");
    for (name, args) in [
        ("SO", vec!["0"]),
        ("O", vec!["0"]),
        ("O", vec!["-1", "2"]),
        ("E", vec!["0"]),
        ("S", vec!["0"]),
        ("D", vec!["-3"]),
        ("A", vec!["10000000"]),
        ("Trivial", vec!["0"]),
        ("SO", vec!["-3"]),
        ("SO", vec!["4", "H"]),
        ("Sp", vec!["3", "R"]),
        ("SU", vec![]),
        ("Lorentz", vec!["3"]),
        ("SO", vec!["1000000000"]),
        ("GL", vec!["x"]),
        ("U", vec!["9223372036854775807", "9223372036854775807"]),
    ] {
        let error = named_group(name, &args).unwrap_err();
        assert!(matches!(error, RepError::Named(_)), "{name}{args:?}: {error}");
    }
    let table = Arc::new(Algebra::new(StructureConstants::abelian(2), JacobiProof::Commutators, "a table"));
    assert_eq!(exp(&table).unwrap_err(), RepError::NoMatrices("a table".to_string()));
    let base = Base::new("a table", table);
    assert!(matches!(Rep::vector(&base), Err(RepError::NoMatrices(_))));
    assert_eq!(*Rep::adjoint(&base).dim(), size(2));
}

#[test]
fn names() {
    let g = named_group("SL", &["3", "R"]).unwrap();
    let (v, one, ad) = (vector(&g), Rep::scalar(g.base()), Rep::adjoint(g.base()));
    let square = v.power(2).unwrap();
    let (sym, alt) = (v.symmetric_power(2).unwrap(), v.exterior_power(2).unwrap());
    let dual = v.dual().unwrap();
    for (rep, unicode, ascii) in [
        (square.clone(), "V⊗V", "V*V"),
        (v.power(3).unwrap(), "V³", "V^3"),
        (v.tensor(&dual).unwrap(), "V⊗V*", "V*dual(V)"),
        (sym.clone(), "Sym²V", "Sym(V,2)"),
        (alt.times(3).unwrap().plus(&dual).unwrap(), "3Λ²V ⊕ V*", "3*Alt(V,2) + dual(V)"),
        (dual.power(12).unwrap(), "(V*)¹²", "dual(V)^12"),
        (v.plus(&one).unwrap().tensor(&v).unwrap(), "(V ⊕ 1)⊗V", "(V + scalar(SL(3,R)))*V"),
        (one.times(2).unwrap(), "2(1)", "2*scalar(SL(3,R))"),
        (ad.plus(&v).unwrap().symmetric_power(10).unwrap(), "Sym¹⁰(ad ⊕ V)", "Sym(adjoint(SL(3,R)) + V,10)"),
        (sym.dual().unwrap(), "(Sym²V)*", "dual(Sym(V,2))"),
        (Rep::hom(&square, &v.plus(&v).unwrap()).unwrap(), "V⊗V → 2V", "V*V -> 2*V"),
        (square.times(2).unwrap(), "2V⊗V", "2*(V*V)"),
        (v.times(0).unwrap(), "0", "0*scalar(SL(3,R))"),
    ] {
        assert_eq!((rep.name(), rep.ascii_name()), (unicode.to_string(), ascii.to_string()));
    }
}

#[test]
fn dimensions() {
    let v = vector(&so("4"));
    assert_eq!(*v.symmetric_power(3).unwrap().dim(), size(20));
    assert_eq!(*v.exterior_power(2).unwrap().dim(), size(6));
    assert_eq!(*v.symmetric_power(2).unwrap().plus(&v.exterior_power(2).unwrap()).unwrap().dim(), size(16));
    assert_eq!(*v.symmetric_power(0).unwrap().dim(), size(1));
    assert_eq!(v.symmetric_power(0).unwrap(), Rep::scalar(v.base()));
    assert_eq!(v.exterior_power(0).unwrap(), Rep::scalar(v.base()));
    assert_eq!(v.symmetric_power(1).unwrap(), v);
    assert_eq!(*v.exterior_power(5).unwrap().dim(), size(0));
    assert_eq!(v.power(0).unwrap(), Rep::scalar(v.base()));
    assert_eq!(*v.power(100).unwrap().dim(), size(2).pow(200));
    let zero = v.times(0).unwrap();
    assert_eq!(zero.symmetric_power(0).unwrap(), Rep::scalar(v.base()));
    assert_eq!(*zero.symmetric_power(2).unwrap().dim(), size(0));
    assert_eq!(zero.matrices(&limits()).unwrap()[0].rows(), 0);
    assert_eq!(rank(&zero, &limits()).unwrap(), size(0));
    assert_eq!(invariants(&zero, &limits()).unwrap().rank(), 0);
    assert_eq!(equivariant_maps(&v, &zero, &limits()).unwrap().rank(), 0);
    assert_eq!(
        *zero.times(u64::MAX).unwrap().plus(&v).unwrap().tensor(&zero.power(0).unwrap()).unwrap().dim(),
        size(4)
    );
    assert_eq!(zero.power(u32::MAX).unwrap().matrices(&limits()).unwrap()[0].rows(), 0);
}

#[test]
fn equality_is_by_canonical_form() {
    let g = named_group("SL", &["3", "R"]).unwrap();
    let (v, one, ad) = (vector(&g), Rep::scalar(g.base()), Rep::adjoint(g.base()));
    let dual = v.dual().unwrap();
    assert_eq!(dual.dual().unwrap(), v);
    assert_ne!(dual, v);
    assert_eq!(v.tensor(&one).unwrap(), v);
    assert_eq!(one.tensor(&one).unwrap(), one);
    assert_eq!(v.tensor(&ad).unwrap(), ad.tensor(&v).unwrap());
    assert_eq!(v.plus(&ad).unwrap(), ad.plus(&v).unwrap());
    assert_eq!(v.plus(&v).unwrap(), v.times(2).unwrap());
    assert_eq!(v.tensor(&v).unwrap(), v.power(2).unwrap());
    assert_eq!(Rep::hom(&v, &ad).unwrap(), dual.tensor(&ad).unwrap());
    assert_eq!(v.power(3).unwrap().dual().unwrap(), dual.power(3).unwrap());
    assert_eq!(v.exterior_power(2).unwrap().dual().unwrap(), dual.exterior_power(2).unwrap());
    assert_ne!(v.exterior_power(2).unwrap(), v.symmetric_power(2).unwrap());
    let sum = v.plus(&ad).unwrap();
    let square = v.power(2).unwrap().plus(&v.tensor(&ad).unwrap().times(2).unwrap()).unwrap();
    assert_eq!(sum.power(2).unwrap(), square.plus(&ad.power(2).unwrap()).unwrap());
    let (s, t) = (v.symmetric_power(2).unwrap(), ad.symmetric_power(2).unwrap());
    let expanded = s.plus(&v.tensor(&ad).unwrap()).unwrap().plus(&t).unwrap();
    assert_eq!(sum.symmetric_power(2).unwrap(), expanded);
    // Λ² of three copies: three Λ² and three products.
    let three = v.exterior_power(2).unwrap().times(3).unwrap().plus(&v.power(2).unwrap().times(3).unwrap()).unwrap();
    assert_eq!(v.times(3).unwrap().exterior_power(2).unwrap(), three);
    assert_eq!(three.canonical().unwrap(), three);
    assert_eq!(three.canonical().unwrap().name(), three.canonical().unwrap().canonical().unwrap().name());
    // Skew-symmetric matrices: the dual is the same.
    let w = vector(&so("3"));
    assert_eq!(w.dual().unwrap(), w);
    assert_eq!(Rep::adjoint(w.base()), Rep::adjoint(w.base()).dual().unwrap());
    let lorentz = vector(&named_group("Lorentz", &[]).unwrap());
    assert_ne!(lorentz.dual().unwrap(), lorentz);
    // Given matrices count by their entries.
    let given = |name: &str| Rep::given(g.base(), name, s.matrices(&limits()).unwrap(), &limits()).unwrap();
    assert_eq!(given("X"), given("Y"));
    assert_ne!(given("X"), given("Y").dual().unwrap());
}

#[test]
fn sums_are_solved_by_blocks_and_agree_with_the_whole() {
    let g = so("3");
    let v = vector(&g);
    let (one, square) = (Rep::scalar(g.base()), v.power(2).unwrap());
    let from = v.times(2).unwrap().plus(&one).unwrap().plus(&square).unwrap().plus(&v).unwrap();
    let to = square.plus(&v).unwrap().plus(&one.times(2).unwrap()).unwrap();
    let blocks = equivariant_maps(&from, &to, &limits()).unwrap();
    let given = Rep::given(g.base(), "X", from.matrices(&limits()).unwrap(), &limits()).unwrap();
    let whole = equivariant_maps(&given, &to, &limits()).unwrap();
    assert_eq!(blocks.basis, whole.basis);
    assert_eq!(size(blocks.rank() as u64), rank_of_maps(&from, &to, &limits()).unwrap());
    let found = invariants(&from, &limits()).unwrap();
    assert_eq!(found.basis, invariants(&given, &limits()).unwrap().basis);
    assert_eq!(rank(&from.times(1 << 40).unwrap(), &limits()).unwrap(), size(2 << 40));
    let hom = Rep::hom(&from, &to).unwrap();
    assert_eq!(hom.as_hom(), Some((from.clone(), to.clone())));
    assert_eq!(invariants(&hom, &limits()).unwrap().rank(), blocks.rank());
    assert_eq!(from.as_hom(), None);
}

#[test]
fn groups_mix_in_their_product_and_algebras_do_not() {
    let mismatch = |error: RepError| matches!(error, RepError::DifferentBase { .. });
    let algebra_of = |n: usize| Base::new(format!("so({n})"), Arc::new(named::so(n, 0, &limits()).unwrap()));
    let (v, w) = (Rep::vector(&algebra_of(3)).unwrap(), vector(&so("4")));
    assert!(mismatch(v.plus(&w).unwrap_err()));
    assert!(mismatch(v.tensor(&w).unwrap_err()));
    assert!(mismatch(Rep::hom(&v, &w).unwrap_err()));
    assert!(mismatch(equivariant_maps(&v, &w, &limits()).unwrap_err()));
    assert!(mismatch(semidirect(so("4").algebra(), &v, &limits()).unwrap_err()));
    assert_ne!(v, w);
    assert_eq!(v.plus(&w).unwrap_err().to_string(), "representations of different groups: so(3) and SO(4)");
    let v = vector(&so("3"));
    assert!(mismatch(v.plus(&w).unwrap_err()));
    let (x, y) = Rep::matched(&v, &w, &limits()).unwrap();
    let both = x.plus(&y).unwrap();
    assert_eq!((both.base().name(), both.name()), ("SO(3)×SO(4)", "V₁ ⊕ V₂".to_string()));
    // Made twice, the same group; and the algebra meets its group.
    assert_eq!(v, vector(&so("3")));
    let algebra = Base::new("so(3)", Arc::new(named::so(3, 0, &limits()).unwrap()));
    assert!(v.plus(&Rep::vector(&algebra).unwrap()).is_ok());
}

#[test]
fn matrices_that_are_no_representation() {
    let g = so("3");
    let good = vector(&g).matrices(&limits()).unwrap();
    let given = |matrices: Vec<SparseMatrix>| Rep::given(g.base(), "X", matrices, &limits());
    assert_eq!(given(good[..2].to_vec()).unwrap_err(), RepError::Count { expected: 3, found: 2 });
    let mut bad = good.clone();
    bad[2] = SparseMatrix::identity(3);
    assert_eq!(given(bad.clone()).unwrap_err(), RepError::NotARepresentation { first: 0, second: 1 });
    bad[2] = SparseMatrix::zero(3, 2);
    assert_eq!(given(bad.clone()).unwrap_err(), RepError::Shape { index: 2, rows: 3, cols: 2, size: 3 });
    bad[0] = SparseMatrix::zero(2, 3);
    assert!(matches!(given(bad).unwrap_err(), RepError::Shape { index: 0, .. }));
    assert!(given(vec![SparseMatrix::zero(0, 0); 3]).is_ok());
    assert_eq!(given(good).unwrap().name(), "X");
}

#[test]
fn what_is_too_large_is_refused_before_it_is_built() {
    let v = vector(&so("3"));
    let tight = Limits::none().with_memory(64);
    let power = v.power(13).unwrap();
    assert!(matches!(power.matrices(&tight), Err(RepError::Stopped(Stop::Memory { .. }))));
    assert!(matches!(rank(&power, &tight), Err(RepError::Stopped(Stop::Memory { .. }))));
    assert!(matches!(invariants(&v.power(30).unwrap(), &limits()), Err(RepError::TooLarge { .. })));
    assert!(matches!(v.power(4_000_000_000), Err(RepError::Astronomic(_))));
    // One-dimensional powers stay small, but not their degree.
    let volume = v.exterior_power(3).unwrap();
    let power = volume.power(1 << 30).unwrap();
    assert_eq!(rank(&power, &limits()).unwrap(), size(1));
    assert!(matches!(volume.power(u32::MAX), Err(RepError::TooComplicated)));
    assert!(matches!(power.power(4), Err(RepError::TooComplicated | RepError::Astronomic(_))));
    assert!(matches!(v.power(70_000).unwrap_err(), RepError::Astronomic(_)));
    let large = v.power(40).unwrap();
    assert!(matches!(large.exterior_power(u32::MAX), Err(RepError::Astronomic(_))));
    assert!(matches!(large.symmetric_power(u32::MAX), Err(RepError::Astronomic(_))));
    assert!(matches!(v.symmetric_power(u32::MAX).unwrap().matrices(&limits()), Err(RepError::TooLarge { .. })));
    assert!(matches!(semidirect(so("3").algebra(), &large, &limits()), Err(RepError::Named(_))));
    // A small power of something large needs the large matrices on the way.
    let inside = v.power(25).unwrap().exterior_power(1).unwrap();
    assert!(inside.matrices(&limits()).is_err());
    assert!(equivariant_maps(&v.times(1 << 30).unwrap(), &v.times(1 << 30).unwrap(), &limits()).is_err());
}

#[test]
fn nesting_is_bounded() {
    let v = vector(&so("3"));
    let mut deep = v.plus(&Rep::scalar(v.base())).unwrap();
    let mut refused = false;
    for _ in 0..100 {
        match Rep::hom(&deep, &Rep::scalar(v.base())) {
            Ok(next) => deep = next,
            Err(error) => {
                assert_eq!(error, RepError::TooComplicated);
                refused = true;
                break;
            }
        }
    }
    assert!(refused);
    // Doubling shared trees of dimension 1: few nodes in memory, many on paper.
    let mut wide = Rep::scalar(v.base()).times(1).unwrap();
    let doubled = (0..40).try_for_each(|_| Rep::hom(&wide, &wide).map(|next| wide = next));
    assert_eq!(doubled, Err(RepError::TooComplicated));
}

#[test]
fn large_products_of_sums_stay_together() {
    let g = named_group("SL", &["2", "R"]).unwrap();
    let v = vector(&g);
    let parts: Vec<Rep> = (1..30).map(|k| v.symmetric_power(k).unwrap()).collect();
    let sum = parts[1..].iter().fold(parts[0].clone(), |s, x| s.plus(x).unwrap());
    let cube = sum.power(3).unwrap().tensor(&v).unwrap();
    assert_eq!(cube, sum.tensor(&v).unwrap().tensor(&sum.tensor(&sum).unwrap()).unwrap());
    assert_ne!(cube, sum.tensor(&parts[1]).unwrap().tensor(&sum.tensor(&sum).unwrap()).unwrap());
    assert!(matches!(sum.power(u32::MAX - 1), Err(RepError::Astronomic(_))));
    let canonical = cube.canonical().unwrap();
    assert_eq!((canonical.dim(), &canonical), (cube.dim(), &cube));
    // More copies than a machine word counts.
    let many = v.times(u64::MAX).unwrap().plus(&sum).unwrap().times(u64::MAX).unwrap();
    assert_eq!(many.canonical().unwrap().dim(), many.dim());
}

#[test]
fn an_interrupt_stops() {
    let stopped = Limits::none().with_timeout(std::time::Duration::ZERO);
    let v = vector(&so("3"));
    assert!(matches!(invariants(&v.power(4).unwrap(), &stopped), Err(RepError::Stopped(_))));
    assert!(matches!(rank(&v.power(4).unwrap(), &stopped), Err(RepError::Stopped(_))));
}

#[test]
fn generators_generate() {
    for g in [so("6"), named_group("SU", &["3"]).unwrap(), named_group("SL", &["3", "C"]).unwrap()] {
        let chosen = g.base().generators(&limits()).unwrap();
        let unit = |i: usize| (0..g.dim()).map(|k| Rational::from(i64::from(k == i))).collect::<Vec<_>>();
        let vectors: Vec<Vec<Rational>> = chosen.iter().map(|&i| unit(i)).collect();
        let space = crate::lie::parts::generated_subspace(g.algebra(), &vectors, &limits()).unwrap();
        assert_eq!(space.dim(), g.dim());
        assert!(chosen.len() < g.dim());
    }
    // Nothing generates an abelian algebra but all of it.
    let torus = Base::new("torus", Arc::new(named::abelian(3, &limits()).unwrap()));
    assert_eq!(torus.generators(&limits()).unwrap(), [0, 1, 2]);
}
