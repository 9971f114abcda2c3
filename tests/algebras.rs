//! Regression tables of identified algebras: every real form up to dimension 80, built at least two ways and in
//! scrambled bases, and non-semisimple algebras with all their invariants.
//!
//! Expected values: the names are inputs (a form is built from its name and must be given that name back); Killing
//! signatures from the formulas of Helgason, ch. X, table V; non-semisimple lists from direct computation by hand as
//! in the acceptance list of the discovery literature (dimension, series, radical, centre).

mod common;

use common::zoo::scramble;
use symmetra::forms::{self, Form, Twist};
use symmetra::lie::named::{self, Arg};
use symmetra::lie::{
    Algebra, Ansatz, Identification, PartError, StructureConstants, derivations, identify, jacobi_defect, levi_factor,
    parts, radical_of, stabilizer,
};
use symmetra::limits::Limits;
use symmetra::num::{Gaussian, Rational};
use symmetra::roots::{Letter, RealForm, SimpleType, name_of_sum, parse_sum, real_forms};

fn id(g: &Algebra) -> Identification {
    identify(g, &Limits::none()).unwrap()
}

/// Simple types up to dimension 80 with distinct algebras.
fn simple_types(max_dim: usize) -> Vec<SimpleType> {
    let letters = [Letter::A, Letter::B, Letter::C, Letter::D, Letter::E, Letter::F, Letter::G];
    let mut types: Vec<SimpleType> = letters
        .into_iter()
        .flat_map(|letter| {
            (1..=8).filter_map(move |rank| SimpleType::new(letter, rank).ok().filter(|t| t.letter() == letter))
        })
        .filter(|t| t.dim() <= max_dim)
        .collect();
    types.sort();
    types.dedup();
    types
}

fn check_form(form: RealForm, g: &Algebra, how: &str) {
    let found = id(g);
    assert_eq!(found.real_form().as_deref(), Some(form.to_string().as_str()), "{form} {how}");
    let s = found.killing_signature;
    assert_eq!([s.positive, s.negative, s.zero], form.killing_signature(), "{form} {how}");
    assert_eq!((found.rank, found.dim), (form.rank(), form.dim()), "{form} {how}");
    assert!(found.is_simple() && found.is_reductive());
}

#[test]
fn every_real_form_by_name_and_scrambled() {
    for t in simple_types(80) {
        for form in real_forms(t) {
            let g = named::real_form(form, &Limits::none()).unwrap();
            check_form(form, &g, "by name");
            check_form(form, &scramble(&g, 1), "scrambled");
        }
        if 2 * t.dim() <= 80 {
            let form = RealForm::complex(t);
            let g = named::real_form(form, &Limits::none()).unwrap();
            check_form(form, &g, "complex");
            check_form(form, &scramble(&g, 2), "complex scrambled");
        }
    }
}

/// The forms whose stabilizer a classical real form is by definition (Helgason, ch. X, §2), or those of the
/// exceptional ones (Freudenthal, Jacobson); with the complex ansatz where matrices are complex.
fn defining_forms(form: RealForm) -> Option<(Vec<Form>, Ansatz)> {
    use symmetra::roots::RealName::*;
    let one = |f: Result<Form, forms::FormError>| vec![f.unwrap()];
    let (real, complex) = (Ansatz::real(), Ansatz::complex());
    Some(match form.name() {
        SlR(n) => (one(forms::volume(n)), real),
        SlC(n) => (one(forms::volume(n)), complex),
        Su(p, q) => (vec![forms::hermitian_signature(p, q).unwrap(), forms::volume(p + q).unwrap()], complex),
        So(p, q) => (one(forms::quadratic_signature(p, q)), real),
        SoC(n) => (one(forms::quadratic_signature(n, 0)), complex),
        SpR(n) => (one(forms::symplectic(2 * n)), real),
        SpC(n) => (one(forms::symplectic(2 * n)), complex),
        SuStar(m) => {
            let mut all = forms::quaternionic_structure(4 * m).unwrap();
            all.push(forms::volume(4 * m).unwrap());
            (all, real)
        }
        SoStar(m) => (forms::skew_quaternionic(4 * m).unwrap(), real),
        Sp(p, q) => {
            let mut all = forms::quaternionic_structure(4 * (p + q)).unwrap();
            all.push(forms::quadratic_signature(4 * p, 4 * q).unwrap());
            (all, real)
        }
        Exceptional(t, index) => match (t.letter(), index) {
            (Letter::G, -14) => (one(forms::octonion_form(false)), real),
            (Letter::G, _) => (one(forms::octonion_form(true)), real),
            (Letter::F, -52) => (one(forms::albert_cubic_trace_free(false)), real),
            (Letter::F, -20) => (one(forms::albert_cubic_twisted()), real),
            (Letter::F, _) => (one(forms::albert_cubic_trace_free(true)), real),
            (_, -26) => (one(forms::albert_cubic(false)), real),
            (_, 6) => (one(forms::albert_cubic(true)), real),
            (_, index) => {
                let twist = [(-78, Twist::None), (-14, Twist::Corner), (2, Twist::Quaternion)];
                let twist = twist.into_iter().find(|t| t.0 == index)?.1;
                (vec![forms::albert_cubic(false).unwrap(), forms::albert_hermitian(twist).unwrap()], complex)
            }
        },
        ExceptionalC(_) => return None,
    })
}

#[test]
fn every_real_form_as_a_stabilizer() {
    for t in simple_types(80) {
        let mut all = real_forms(t);
        all.extend((2 * t.dim() <= 80).then(|| RealForm::complex(t)));
        for form in all {
            if let Some((forms, ansatz)) = defining_forms(form) {
                check_form(form, &stabilizer_of(&forms, ansatz), "as a stabilizer");
            }
        }
    }
}

/// Non-semisimple algebras: name, algebra, (dim, rank, centre, radical, nilradical), derived series, lower central
/// series, Killing signature, real form of the Levi factor. All by hand from the brackets.
struct Row {
    name: &'static str,
    algebra: Algebra,
    dims: [usize; 5],
    derived: &'static [usize],
    lower: &'static [usize],
    killing: [usize; 3],
    levi: &'static str,
}

fn from_terms(dim: usize, terms: &[(usize, usize, usize, i64)]) -> Algebra {
    let terms = terms.iter().map(|&(i, j, k, v)| (i, j, k, Rational::from(v)));
    parts::from_table(StructureConstants::from_terms(dim, terms), "table", &Limits::none()).unwrap()
}

fn by_name(name: &str, arguments: &[i64]) -> Algebra {
    let arguments: Vec<Arg> = arguments.iter().map(|&n| Arg::Integer(n)).collect();
    named::by_name(name, &arguments, &Limits::none()).unwrap()
}

fn stabilizer_of(forms: &[Form], ansatz: Ansatz) -> Algebra {
    stabilizer(forms, ansatz, &Limits::none()).unwrap()
}

fn rows() -> Vec<Row> {
    let row =
        |name, algebra, dims, derived, lower, killing, levi| Row { name, algebra, dims, derived, lower, killing, levi };
    let one = |n: usize| (0..n).map(|i| Gaussian::from(i64::from(i == 0))).collect::<Vec<_>>();
    let jacobi = [forms::symplectic(4).unwrap(), forms::fixed_vector(&one(4)).unwrap()];
    let weak = forms::distance(3, 1).unwrap();
    vec![
        row("abelian(4)", by_name("abelian", &[4]), [4, 4, 4, 4, 4], &[4, 0], &[4, 0], [0, 0, 4], "0"),
        row("euclid(2)", by_name("euclid", &[2]), [3, 1, 0, 3, 2], &[3, 2, 0], &[3, 2], [0, 1, 2], "0"),
        row("poincare(1,1)", by_name("poincare", &[1, 1]), [3, 1, 0, 3, 2], &[3, 2, 0], &[3, 2], [1, 0, 2], "0"),
        row("affine(1)", by_name("affine", &[1]), [2, 1, 0, 2, 1], &[2, 1, 0], &[2, 1], [1, 0, 1], "0"),
        row("heisenberg(1)", by_name("heisenberg", &[1]), [3, 3, 1, 3, 3], &[3, 1, 0], &[3, 1, 0], [0, 0, 3], "0"),
        row("heisenberg(3)", by_name("heisenberg", &[3]), [7, 7, 1, 7, 7], &[7, 1, 0], &[7, 1, 0], [0, 0, 7], "0"),
        row("borel(3)", by_name("borel", &[3]), [6, 3, 1, 6, 4], &[6, 3, 1, 0], &[6, 3], [2, 0, 4], "0"),
        row("poincare(3,1)", by_name("poincare", &[3, 1]), [10, 2, 0, 4, 4], &[10], &[10], [3, 3, 4], "sl(2,C)_R"),
        row(
            "interval",
            stabilizer_of(&[weak], Ansatz::affine()),
            [10, 2, 0, 4, 4],
            &[10],
            &[10],
            [3, 3, 4],
            "sl(2,C)_R",
        ),
        row("euclid(3)", by_name("euclid", &[3]), [6, 2, 0, 3, 3], &[6], &[6], [0, 3, 3], "su(2)"),
        row("similitude(3)", by_name("similitude", &[3]), [7, 2, 0, 4, 3], &[7, 6], &[7, 6], [1, 3, 3], "su(2)"),
        row("galilei(3)", by_name("galilei", &[3]), [10, 4, 0, 7, 7], &[10, 9], &[10, 9], [0, 3, 7], "su(2)"),
        row("bargmann(3)", by_name("bargmann", &[3]), [11, 5, 1, 8, 8], &[11, 10], &[11, 10], [0, 3, 8], "su(2)"),
        row("affine(3)", by_name("affine", &[3]), [12, 3, 0, 4, 3], &[12, 11], &[12, 11], [6, 3, 3], "sl(3,R)"),
        row("gl(3)", by_name("gl", &[3]), [9, 3, 1, 1, 1], &[9, 8], &[9, 8], [5, 3, 1], "sl(3,R)"),
        row("u(3)", by_name("u", &[3]), [9, 3, 1, 1, 1], &[9, 8], &[9, 8], [0, 8, 1], "su(3)"),
        row("u(2,1)", by_name("u", &[2, 1]), [9, 3, 1, 1, 1], &[9, 8], &[9, 8], [4, 4, 1], "su(2,1)"),
        row("jacobi", stabilizer_of(&jacobi, Ansatz::real()), [6, 2, 1, 3, 3], &[6], &[6], [2, 1, 3], "sl(2,R)"),
        // Two null rotations and a rotation plus a boost: Killing form zero, solvable, not nilpotent.
        row(
            "bianchi VII at 45°",
            from_terms(3, &[(2, 0, 0, 1), (2, 0, 1, 1), (2, 1, 0, -1), (2, 1, 1, 1)]),
            [3, 1, 0, 3, 2],
            &[3, 2, 0],
            &[3, 2],
            [0, 0, 3],
            "0",
        ),
        // Filiform of dimension 5.
        row(
            "filiform(5)",
            from_terms(5, &[(0, 1, 2, 1), (0, 2, 3, 1), (0, 3, 4, 1)]),
            [5, 5, 1, 5, 5],
            &[5, 3, 0],
            &[5, 3, 2, 1, 0],
            [0, 0, 5],
            "0",
        ),
    ]
}

fn check_row(row: &Row, algebra: &Algebra, how: &str) {
    let found = id(algebra);
    let name = format!("{} {how}", row.name);
    let dims = [found.dim, found.rank, found.center_dim, found.radical_dim, found.nilradical_dim];
    assert_eq!(dims, row.dims, "{name}: dim, rank, centre, radical, nilradical");
    assert_eq!(found.derived_series, row.derived, "{name}: derived series");
    assert_eq!(found.lower_central_series, row.lower, "{name}: lower central series");
    let s = found.killing_signature;
    assert_eq!([s.positive, s.negative, s.zero], row.killing, "{name}: Killing form");
    assert_eq!(found.levi_real_form(), row.levi, "{name}: Levi factor");
    assert!(!found.is_semisimple() && found.real_form().is_none());
}

#[test]
fn non_semisimple_algebras_with_all_their_invariants() {
    for row in rows() {
        check_row(&row, &row.algebra, "as built");
        for seed in 1..4 {
            check_row(&row, &scramble(&row.algebra, seed), "scrambled");
        }
    }
}

/// A Levi factor is a subalgebra of the right dimension that meets the radical in zero, in any basis.
#[test]
fn levi_factors_are_complements() {
    let limits = Limits::none();
    for row in rows() {
        for g in [row.algebra.clone(), scramble(&row.algebra, 5)] {
            let radical = radical_of(&g, &limits).unwrap();
            let levi = levi_factor(g.constants(), &radical, &limits).unwrap();
            assert_eq!(levi.dim() + radical.dim(), g.dim(), "{}", row.name);
            assert_eq!(levi.sum(&radical, &limits).unwrap().dim(), g.dim(), "{}", row.name);
            let factor = parts::subalgebra(&g, &levi, "Levi", &limits).unwrap();
            assert_eq!(id(&factor).levi_real_form(), row.levi, "{}", row.name);
        }
    }
}

#[test]
fn a_table_that_is_no_lie_algebra_is_refused_with_a_witness() {
    let constants = StructureConstants::from_terms(
        3,
        [(0, 1, 2, 1), (1, 2, 0, 1), (0, 2, 2, 1)].map(|(i, j, k, v)| (i, j, k, Rational::from(v))),
    );
    match parts::from_table(constants.clone(), "table", &Limits::none()) {
        Err(PartError::Jacobi(failure)) => {
            let [i, j, k] = failure.triple;
            assert_eq!(jacobi_defect(&constants, i, j, k), failure.defect);
            assert!(failure.defect.iter().any(|x| !x.is_zero()));
        }
        other => panic!("{other:?}"),
    }
}

/// The Jacobi identity may fail only by a multiple of a large prime, or of many primes.
#[test]
fn a_defect_divisible_by_large_primes_is_seen() {
    let large: Rational = "2305843009213693951".parse().unwrap(); // 2^61 - 1
    let product: Rational = "12345678901234567890123456789012345678901234567890".parse().unwrap();
    for factor in [large, product] {
        let constants = StructureConstants::from_terms(
            4,
            [(0, 1, 2, Rational::ONE), (2, 3, 3, factor.clone()), (0, 3, 3, Rational::ONE)],
        );
        assert!(parts::from_table(constants, "table", &Limits::none()).is_err());
    }
}

#[test]
fn simple_over_q_is_not_simple_over_r() {
    let limits = Limits::none();
    let sl2 = named::sl(2, &limits).unwrap();
    let su3 = named::su(3, 0, &limits).unwrap();
    for (g, d, expected) in
        [(&sl2, 2, "sl(2,R)+sl(2,R)"), (&sl2, -3, "sl(2,C)_R"), (&su3, 5, "su(3)+su(3)"), (&su3, -7, "sl(3,C)_R")]
    {
        let restricted = named::weil_restriction(g, d, &limits).unwrap();
        for h in [restricted.clone(), scramble(&restricted, 3)] {
            assert_eq!(id(&h).real_form().as_deref(), Some(expected));
        }
    }
    // Twice: a biquadratic field with four real places, and one with two complex ones.
    let twice = named::weil_restriction(&named::weil_restriction(&sl2, 2, &limits).unwrap(), 3, &limits).unwrap();
    assert_eq!(id(&twice).real_form().as_deref(), Some("sl(2,R)+sl(2,R)+sl(2,R)+sl(2,R)"));
    let complex = named::weil_restriction(&named::weil_restriction(&sl2, 2, &limits).unwrap(), -3, &limits).unwrap();
    assert_eq!(id(&complex).real_form().as_deref(), Some("sl(2,C)_R+sl(2,C)_R"));
}

/// A quaternion algebra over Q(√2) that is definite at one real place and split at the other would need a form over
/// a field; over Q the two kinds are told apart by their sign.
#[test]
fn quaternion_forms() {
    for (a, b, expected) in [(-1, -1, "su(2)"), (-1, 3, "sl(2,R)"), (2, 5, "sl(2,R)"), (-2, -7, "su(2)")] {
        let product = forms::quaternion_algebra(&Rational::from(a), &Rational::from(b));
        let g = derivations(&product, &Limits::none()).unwrap();
        assert_eq!(id(&g).real_form().as_deref(), Some(expected));
        assert_eq!(id(&scramble(&g, 2)).real_form().as_deref(), Some(expected));
    }
}

#[test]
fn sums_are_told_apart_from_each_other() {
    let limits = Limits::none();
    let sum = |names: &[&str]| {
        let parts: Vec<Algebra> = names
            .iter()
            .flat_map(|name| parse_sum(name).unwrap())
            .map(|form| named::real_form(form, &limits).unwrap())
            .collect();
        named::direct_sum_of(&parts.iter().collect::<Vec<_>>(), &limits).unwrap()
    };
    for names in [
        &["su(2)", "sl(2,R)"][..],
        &["so(7)", "sp(6,R)"],
        &["sl(3,C)_R"],
        &["su(2,1)", "su(2,1)"],
        &["su(2)", "su(2)", "su(2)", "su(2)", "sl(2,R)"],
        &["G2(-14)", "su(2)", "sl(3,R)"],
    ] {
        let g = sum(names);
        let expected = name_of_sum(&names.iter().flat_map(|n| parse_sum(n).unwrap()).collect::<Vec<_>>());
        for h in [g.clone(), scramble(&g, 4)] {
            let found = id(&h);
            assert_eq!(found.real_form(), Some(expected.clone()));
            assert_eq!(found.ideals.len(), names.len());
        }
    }
}

/// A change of basis changes nothing in the identification.
#[test]
fn the_identification_does_not_depend_on_the_basis() {
    let facts = |g: &Algebra| {
        let f = id(g);
        (f.dim, f.rank, f.center_dim, f.derived_series.clone(), f.killing_signature, f.levi_real_form())
    };
    for row in rows() {
        let expected = facts(&row.algebra);
        for seed in 10..14 {
            assert_eq!(facts(&scramble(&row.algebra, seed)), expected, "{}", row.name);
        }
    }
}

/// The same answer whatever the seed of the random choices.
#[test]
fn the_seed_changes_nothing() {
    let g = scramble(&by_name("poincare", &[3, 1]), 1);
    let answer = |seed| {
        let found = identify(&g, &Limits::none().with_seed(seed)).unwrap();
        (found.rank, found.levi_real_form(), found.nilradical_dim, found.killing_signature)
    };
    assert!((1..8).all(|seed| answer(seed) == answer(0)));
}
