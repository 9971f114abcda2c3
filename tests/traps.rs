//! Algebras on which shortcuts fail: weights, dimension and rank agree with another algebra; the field of definition is
//! not the field one thinks of; coefficients are multiples of primes, huge or tiny; the Jacobi identity nearly holds.
//!
//! Expected values from theory: a semidirect sum has the radical, rank and Killing form that its weights give (the
//! nilradical is the kernel, the form on the Levi factor is a positive multiple of its own); real forms of Weil
//! restrictions are one for each real place of the field and the complex algebra for each complex place.

mod common;

use common::zoo::{self, Known, check, facts, id, mixed_quaternions, over_ring, quaternions, rational, real, scramble};
use symmetra::forms;
use symmetra::lie::{Algebra, Ansatz, PartError, StructureConstants, identify, jacobi_defect, parts, stabilizer};
use symmetra::limits::Limits;
use symmetra::num::Prime;
use symmetra::num::Rational;
use symmetra::num::prime::random_stream;

/// As built and in random bases.
fn in_every_basis(name: &str, g: &Algebra, seeds: std::ops::Range<u64>, expected: &Known) {
    check(name, g, expected);
    for seed in seeds {
        check(&format!("{name} in basis {seed}"), &scramble(g, seed), expected);
    }
}

#[test]
fn semidirect_sums_with_the_weights_of_simple_algebras() {
    let g2 = Known { levi: "sl(3,R)", dims: [14, 2, 0, 6, 6], killing: [5, 3, 6], derived: vec![14] };
    in_every_basis("sl3 with both vectors", &zoo::sl3_with_both_vectors(), 1..6, &g2);
    let f4 = Known { levi: "so(9)", dims: [52, 4, 0, 16, 16], killing: [0, 36, 16], derived: vec![52] };
    in_every_basis("so9 with spinors", &zoo::so9_spin(), 1..3, &f4);
    // Smaller ones of the same kind: so(4,4) with half spinors is so(4,4) ⋉ R^8 by triality; so(5,5) ⋉ R^16 has half
    // of the weights of E6.
    let d4 = Known { levi: "so(4,4)", dims: [36, 4, 0, 8, 8], killing: [16, 12, 8], derived: vec![36] };
    in_every_basis("so(4,4) with half spinors", &zoo::split_half_spin(4), 1..3, &d4);
    let d5 = Known { levi: "so(5,5)", dims: [61, 5, 0, 16, 16], killing: [25, 20, 16], derived: vec![61] };
    in_every_basis("so(5,5) with half spinors", &zoo::split_half_spin(5), 1..2, &d5);
}

/// 248-dimensional, of rank 8, with the weights of E8.
#[test]
fn so_8_8_with_half_spinors_is_not_e8() {
    let g = zoo::split_half_spin(8);
    let expected = Known { levi: "so(8,8)", dims: [248, 8, 0, 128, 128], killing: [64, 56, 128], derived: vec![248] };
    check("so(8,8) with half spinors", &g, &expected);
    let mixed = parts::scramble(&g, 1, 60, true, &Limits::none()).unwrap();
    check("so(8,8) with half spinors, scrambled", &mixed, &expected);
}

/// so(16,16) and E8 + E8 share dimension 496 and rank 16; the split forms also the signature (256, 240).
#[test]
fn two_copies_of_e8_and_d16() {
    for (name, kind) in [("so(16,16)", "D16"), ("E8(8)+E8(8)", "E8+E8")] {
        let light = parts::scramble(&real(name), 3, 496, true, &Limits::none()).unwrap();
        let found = identify(&light, &Limits::none()).unwrap();
        assert_eq!((found.dim, found.rank), (496, 16), "{name}");
        let signature = found.killing_signature;
        assert_eq!((signature.positive, signature.negative, signature.zero), (256, 240, 0), "{name}");
        assert_eq!((found.levi_type().as_str(), found.levi_real_form().as_str()), (kind, name));
    }
}

/// Dimension 140, rank 20, dual Coxeter number 6 and 120 long roots, both.
#[test]
fn four_a5_and_five_d4() {
    for (name, count, expected) in [
        ("su(6)", 4, "A5+A5+A5+A5"),
        ("sl(6,R)", 4, "A5+A5+A5+A5"),
        ("so(8)", 5, "D4+D4+D4+D4+D4"),
        ("so(4,4)", 5, "D4+D4+D4+D4+D4"),
    ] {
        let sum = vec![name; count].join("+");
        let g = real(&sum);
        for h in [g.clone(), parts::scramble(&g, 3, 40, true, &Limits::none()).unwrap()] {
            let found = id(&h);
            assert_eq!((found.dim, found.rank), (140, 20));
            assert_eq!(found.cartan_type().as_deref(), Some(expected));
            assert_eq!(found.real_form(), Some(sum.clone()));
        }
    }
}

/// B and C of one rank have one dimension; B6, C6 and E6 have dimension 78 and rank 6.
#[test]
fn equal_dimension_and_rank() {
    for name in ["so(7)", "so(4,3)", "sp(3)", "sp(6,R)", "sp(2,1)", "so(9)", "sp(4)", "so(5,4)", "sp(8,R)", "sp(2,2)"] {
        for seed in 1..4 {
            assert_eq!(id(&scramble(&real(name), seed)).real_form().as_deref(), Some(name));
        }
    }
    for name in ["so(13)", "so(7,6)", "sp(6)", "sp(12,R)", "E6(-78)", "E6(6)"] {
        assert_eq!(id(&scramble(&real(name), 1)).real_form().as_deref(), Some(name));
    }
    assert_eq!(id(&scramble(&real("so(7)+sp(3)"), 1)).cartan_type().as_deref(), Some("B3+C3"));
    assert_eq!(id(&scramble(&real("sp(3)+sp(3)"), 1)).cartan_type().as_deref(), Some("C3+C3"));
}

/// The algebra of a quadratic form in four variables is simple over Q when the discriminant is no square.
#[test]
fn orthogonal_algebras_of_quaternary_forms() {
    for (diagonal, expected) in [
        ([1, 1, 1, 1], "su(2)+su(2)"),
        ([1, 1, 1, 2], "su(2)+su(2)"),
        ([3, 5, 7, 11], "su(2)+su(2)"),
        ([1, 1, 1, -1], "sl(2,C)_R"),
        ([1, 2, 3, -7], "sl(2,C)_R"),
        ([1, 1, -1, -1], "sl(2,R)+sl(2,R)"),
        ([1, 1, -1, -2], "sl(2,R)+sl(2,R)"),
        ([1, 3, -7, -11], "sl(2,R)+sl(2,R)"),
    ] {
        let form = forms::quadratic_diagonal(&diagonal.map(Rational::from)).unwrap();
        let g = stabilizer(&[form], Ansatz::real(), &Limits::none()).unwrap();
        for seed in 1..4 {
            assert_eq!(id(&scramble(&g, seed)).real_form().as_deref(), Some(expected), "{diagonal:?}");
        }
    }
}

/// Quaternion algebras: (a, b) is definite exactly when both are negative; whether it splits over Q does not matter.
#[test]
fn quaternion_algebras() {
    for (a, b, expected) in [
        (-1, -1, "su(2)"),
        (-1, 3, "sl(2,R)"),
        (2, 3, "sl(2,R)"),
        (-3, -5, "su(2)"),
        (1, 1, "sl(2,R)"),
        (-2, 7, "sl(2,R)"),
    ] {
        for seed in 1..4 {
            assert_eq!(id(&scramble(&quaternions(a, b), seed)).real_form().as_deref(), Some(expected), "({a}, {b})");
        }
    }
    // (-1, √d) is definite where √d < 0 and split where √d > 0: an algebra simple over Q whose two real ideals differ.
    for d in [2, 3, 5, 7] {
        for seed in 1..4 {
            let found = id(&scramble(&mixed_quaternions(d), seed));
            assert_eq!(found.real_form().as_deref(), Some("su(2)+sl(2,R)"), "√{d}");
        }
    }
    // Over an imaginary field there is one complex place.
    assert_eq!(id(&scramble(&mixed_quaternions(-3), 1)).real_form().as_deref(), Some("sl(2,C)_R"));
}

/// Weil restrictions from quadratic, cubic and quartic fields, and algebras over rings that are no fields.
#[test]
fn restriction_of_scalars() {
    let (sl2, su2, su21) = (real("sl(2,R)"), real("su(2)"), real("su(2,1)"));
    for (name, g, f, expected) in [
        ("√2", &sl2, &[-2, 0][..], "sl(2,R)+sl(2,R)"),
        ("√-3", &sl2, &[3, 0], "sl(2,C)_R"),
        ("√-1", &sl2, &[1, 0], "sl(2,C)_R"),
        ("√2", &su2, &[-2, 0], "su(2)+su(2)"),
        ("√-3", &su21, &[3, 0], "sl(3,C)_R"),
        // One real and one complex place; three real places (cyclic, and not).
        ("∛2", &sl2, &[-2, 0, 0], "sl(2,C)_R+sl(2,R)"),
        ("∛2", &su2, &[-2, 0, 0], "sl(2,C)_R+su(2)"),
        ("cos 2π/9", &su2, &[1, -3, 0], "su(2)+su(2)+su(2)"),
        ("t³ - 4t + 1", &sl2, &[1, -4, 0], "sl(2,R)+sl(2,R)+sl(2,R)"),
        ("∛2", &su21, &[-2, 0, 0], "sl(3,C)_R+su(2,1)"),
        // t⁴ - 2: two real places and a complex one.
        ("⁴√2", &sl2, &[-2, 0, 0, 0], "sl(2,C)_R+sl(2,R)+sl(2,R)"),
        // The roots of unity of order 5.
        ("ζ5", &su2, &[1, 1, 1, 1], "sl(2,C)_R+sl(2,C)_R"),
        // (t² - 2)(t - 1) and (t² + 1)(t - 1): no fields.
        ("(t² - 2)(t - 1)", &su2, &[2, -2, -1], "su(2)+su(2)+su(2)"),
        ("(t² + 1)(t - 1)", &su2, &[-1, 1, -1], "sl(2,C)_R+su(2)"),
    ] {
        let restricted = over_ring(g, f);
        for h in [restricted.clone(), scramble(&restricted, 1), scramble(&restricted, 2)] {
            assert_eq!(id(&h).real_form().as_deref(), Some(expected), "{name}");
        }
    }
    // With nilpotents: su(3)[t]/t², and sl(2)[t]/(t³ - t²), where t² (t - 1) splits off a copy.
    let takiff = Known { levi: "su(3)", dims: [16, 4, 0, 8, 8], killing: [0, 8, 8], derived: vec![16] };
    in_every_basis("su3[t]/t²", &over_ring(&real("su(3)"), &[0, 0]), 1..4, &takiff);
    let split = Known { levi: "sl(2,R)+sl(2,R)", dims: [9, 3, 0, 3, 3], killing: [4, 2, 3], derived: vec![9] };
    in_every_basis("sl2[t]/(t³ - t²)", &over_ring(&sl2, &[0, 0, -1]), 1..4, &split);
}

fn rescaled(g: &Algebra, factors: &[Rational]) -> Algebra {
    let mut constants = g.constants().clone();
    for (i, factor) in (0..g.dim()).zip(factors.iter().cycle()) {
        constants.rescale(i, factor);
    }
    parts::from_table(constants, "rescaled", &Limits::none()).unwrap()
}

#[test]
fn huge_and_tiny_rationals() {
    let (huge, tiny) = (rational(&format!("1{}", "0".repeat(40))), rational(&format!("1/1{}", "0".repeat(40))));
    let odd = rational("123456789012345678901234567891/987654321098765432109876543211");
    let factors = [huge.clone(), Rational::ONE, tiny.clone(), odd, Rational::from(-1), tiny, huge];
    for g in [real("su(3)"), real("so(3,1)"), real("G2(2)"), real("sl(3,R)+su(2)"), zoo::sl3_with_both_vectors()] {
        let expected = facts(&id(&g));
        assert_eq!(facts(&id(&rescaled(&g, &factors))), expected);
        assert_eq!(facts(&id(&rescaled(&scramble(&g, 1), &factors))), expected);
    }
}

/// Denominators and numerators divisible by the very primes that the engine has chosen for this seed.
#[test]
fn coefficients_divisible_by_the_primes_in_use() {
    for g in [real("su(2,1)"), real("so(4,3)"), real("su(3)+sl(2,R)"), zoo::sl3_with_both_vectors()] {
        let g = scramble(&g, 2);
        let found = id(&g);
        let primes = found.certificate.primes.clone();
        let mut factors: Vec<Rational> = Vec::new();
        for p in primes.iter().chain(&[2, 3, 5, 7, 536_870_909]) {
            factors.push(Rational::new(1, i64::from(*p)).unwrap());
            factors.push(Rational::from(i64::from(*p)));
        }
        let h = rescaled(&g, &factors);
        assert_eq!(facts(&id(&h)), facts(&found));
        for seed in 1..4 {
            let other = identify(&h, &Limits::none().with_seed(seed)).unwrap();
            assert_eq!(facts(&other), facts(&found));
        }
    }
}

/// A table refused for the Jacobi identity, with basis elements for which it fails.
fn assert_refused(constants: &StructureConstants, what: &str) {
    for seed in 0..3 {
        match parts::from_table(constants.clone(), "table", &Limits::none().with_seed(seed)) {
            Err(PartError::Jacobi(failure)) => {
                let [i, j, k] = failure.triple;
                assert_eq!(jacobi_defect(constants, i, j, k), failure.defect, "{what}");
                assert!(failure.defect.iter().any(|x| !x.is_zero()), "{what}");
            }
            other => panic!("{what}: {:?}", other.map(|g| g.dim())),
        }
    }
}

/// The identity fails by a multiple of a prime, or of many primes, and nowhere else.
#[test]
fn a_defect_that_is_a_multiple_of_primes() {
    let mut rng = random_stream(0, 7);
    let drawn: Vec<Rational> = (0..40).map(|_| Rational::from(i64::from(Prime::random(&mut rng).value()))).collect();
    let product = |primes: &[Rational]| primes.iter().fold(Rational::ONE, |all, p| &all * p);
    let mut factors =
        vec![rational("2305843009213693951"), rational("536870909"), product(&drawn[..2]), product(&drawn)];
    // Every small prime.
    factors.push((1..=500).fold(Rational::ONE, |all, n| &all * &Rational::from(n)));
    for factor in &factors {
        for (name, g) in [("su(3)", real("su(3)")), ("so(4,1)", real("so(4,1)")), ("G2", real("G2(-14)"))] {
            for scrambled in [false, true] {
                let g = if scrambled { scramble(&g, 4) } else { g.clone() };
                let n = g.dim();
                // One bracket too much: [e_0, e_1] gains a multiple of the last element, and of the first.
                for k in [0, n - 1] {
                    let mut constants = g.constants().clone();
                    constants.add(0, 1, k, factor.clone());
                    assert_refused(&constants, &format!("{name} {factor}"));
                }
            }
        }
    }
}
