//! The families of algebras that a system of this kind is measured by, each in scrambled bases at several seeds, and
//! what must not change: the basis, the seed, the number of threads.
//!
//! Semisimple algebras are built from their names and must be given them back. The dimensions of the others are
//! computed by hand from the brackets, as is said at each.

mod common;

use std::process::Command;

use common::zoo::{self, Known, by_name, check, facts, from_terms, id, over_ring, parabolic, real, scramble};
use proptest::prelude::*;
use symmetra::exact::Matrix;
use symmetra::forms;
use symmetra::lie::{Algebra, Ansatz, identify, named, parts, stabilizer};
use symmetra::limits::Limits;
use symmetra::num::{Gaussian, Rational};
use symmetra::roots::parse_sum;

fn check_semisimple(name: &str, seeds: std::ops::Range<u64>) {
    let g = real(name);
    let forms = parse_sum(name).unwrap();
    let rank: usize = forms.iter().map(|form| form.rank()).sum();
    let mut signature = [0; 3];
    for form in &forms {
        for (sum, part) in signature.iter_mut().zip(form.killing_signature()) {
            *sum += part;
        }
    }
    for seed in seeds {
        let found = id(&scramble(&g, seed));
        let s = found.killing_signature;
        assert_eq!(found.real_form().as_deref(), Some(name), "basis {seed}");
        assert_eq!((found.dim, found.rank), (g.dim(), rank), "{name} in basis {seed}");
        assert_eq!([s.positive, s.negative, s.zero], signature, "{name} in basis {seed}");
        assert_eq!((found.center_dim, found.radical_dim, found.nilradical_dim), (0, 0, 0), "{name}");
        assert_eq!(found.derived_series, [g.dim()], "{name}");
    }
}

#[test]
fn small_semisimple_algebras() {
    for name in [
        "sl(2,R)",
        "su(2)",
        "sl(2,C)_R",
        "sl(3,R)",
        "su(3)",
        "su(2,1)",
        "so(3,2)",
        "so(4,1)",
        "so(5)",
        "G2(2)",
        "G2(-14)",
        "sl(4,R)",
        "su*(4)",
        "su(2,2)",
        "su(3,1)",
        "su(4)",
        "sl(3,C)_R",
        "su(3)+su(3)",
        "su(2,1)+sl(3,R)",
        "G2(-14)+su(2)",
        "G2(2)+sl(2,R)",
        "so(4,3)",
        "so(7)",
        "sp(6,R)",
        "sp(2,1)",
        "sl(5,R)",
        "su(3,2)",
        "so(4,4)",
        "so(7,1)",
        "so(6,2)",
    ] {
        check_semisimple(name, 1..6);
    }
}

#[test]
fn larger_semisimple_algebras() {
    for name in ["so(5,4)", "sp(2,2)", "sl(7,R)", "su(4,3)", "F4(4)", "F4(-20)", "F4(-52)", "so(6,5)", "sp(4,1)"] {
        check_semisimple(name, 1..3);
    }
    for name in ["E6(6)", "E6(-26)", "E6(2)", "E6(-14)", "E6(-78)", "sl(9,R)", "su(5,4)", "so(12)", "so*(12)"] {
        check_semisimple(name, 1..2);
    }
}

/// Lightly scrambled: the tables stay sparse, which takes other ways through the engine.
#[test]
fn e7_and_e8_lightly_scrambled() {
    for (name, operations) in [("E7(7)", 80), ("E7(-25)", 40), ("E8(8)", 60), ("E8(-24)", 20)] {
        let g = parts::scramble(&real(name), 1, operations, true, &Limits::none()).unwrap();
        assert_eq!(id(&g).real_form().as_deref(), Some(name));
    }
}

fn sum(parts: &[&Algebra]) -> Algebra {
    named::direct_sum_of(parts, &Limits::none()).unwrap()
}

/// Rotations, translations in space, and the antisymmetric products of these: `[x_i, x_j] = ε_ijk z_k`.
fn two_step() -> Algebra {
    let mut terms = Vec::new();
    for (i, j, k) in [(0, 1, 2), (1, 2, 0), (2, 0, 1)] {
        // L at 0, x at 3, z at 6.
        terms.push((i, j, k, Rational::ONE));
        for shift in [3, 6] {
            terms.push((i, j + shift, k + shift, Rational::ONE));
            terms.push((j, i + shift, k + shift, Rational::from(-1)));
        }
        terms.push((i + 3, j + 3, k + 6, Rational::ONE));
    }
    from_terms(9, terms)
}

/// The symplectic maps of Q^2n that fix a vector: `sp(2n-2, R) ⋉ heis`.
fn jacobi(n: usize) -> Algebra {
    let vector: Vec<Gaussian> = (0..2 * n).map(|i| Gaussian::from(i64::from(i == 0))).collect();
    let forms = [forms::symplectic(2 * n).unwrap(), forms::fixed_vector(&vector).unwrap()];
    stabilizer(&forms, Ansatz::real(), &Limits::none()).unwrap()
}

#[test]
fn algebras_with_a_radical() {
    let known = |levi, dims, killing, derived: &[usize]| Known { levi, dims, killing, derived: derived.to_vec() };
    let heisenberg = by_name("heisenberg", &[1]);
    let aff1 = by_name("affine", &[1]);
    let g2 = real("G2(-14)");
    for (name, g, expected) in [
        ("euclid(3)", by_name("euclid", &[3]), known("su(2)", [6, 2, 0, 3, 3], [0, 3, 3], &[6])),
        ("galilei(3)", by_name("galilei", &[3]), known("su(2)", [10, 4, 0, 7, 7], [0, 3, 7], &[10, 9])),
        ("bargmann(3)", by_name("bargmann", &[3]), known("su(2)", [11, 5, 1, 8, 8], [0, 3, 8], &[11, 10])),
        ("poincare(3,1)", by_name("poincare", &[3, 1]), known("sl(2,C)_R", [10, 2, 0, 4, 4], [3, 3, 4], &[10])),
        // so(4,1) on five dimensions has one zero weight.
        ("poincare(4,1)", by_name("poincare", &[4, 1]), known("so(4,1)", [15, 3, 0, 5, 5], [4, 6, 5], &[15])),
        ("affine(3)", by_name("affine", &[3]), known("sl(3,R)", [12, 3, 0, 4, 3], [6, 3, 3], &[12, 11])),
        // Levi factor and centre of the reductive part, whose form is positive, and the nilradical above the blocks.
        // With blocks 3, 1, 1 the matrix unit between the last two is no bracket of nilpotent elements.
        ("parabolic of sl4", parabolic(&[2, 2]), known("sl(2,R)+sl(2,R)", [11, 3, 0, 5, 4], [5, 2, 4], &[11, 10])),
        ("parabolic of sl5", parabolic(&[3, 1, 1]), known("sl(3,R)", [17, 4, 0, 9, 7], [7, 3, 7], &[17, 15, 14])),
        ("parabolic of sl5", parabolic(&[1, 3, 1]), known("sl(3,R)", [17, 4, 0, 9, 7], [7, 3, 7], &[17, 15])),
        ("su3[t]/t²", over_ring(&real("su(3)"), &[0, 0]), known("su(3)", [16, 4, 0, 8, 8], [0, 8, 8], &[16])),
        ("two-step", two_step(), known("su(2)", [9, 3, 0, 6, 6], [0, 3, 6], &[9])),
        ("jacobi(1)", jacobi(2), known("sl(2,R)", [6, 2, 1, 3, 3], [2, 1, 3], &[6])),
        ("jacobi(2)", jacobi(3), known("so(3,2)", [15, 3, 1, 5, 5], [6, 4, 5], &[15])),
        (
            "sl2 + heisenberg",
            sum(&[&real("sl(2,R)"), &heisenberg]),
            known("sl(2,R)", [6, 4, 1, 3, 3], [2, 1, 3], &[6, 4, 3]),
        ),
        ("G2 + aff1", sum(&[&g2, &aff1]), known("G2(-14)", [16, 3, 0, 2, 1], [1, 14, 1], &[16, 15, 14])),
        ("heisenberg", heisenberg.clone(), known("0", [3, 3, 1, 3, 3], [0, 0, 3], &[3, 1, 0])),
        ("aff1", aff1.clone(), known("0", [2, 1, 0, 2, 1], [1, 0, 1], &[2, 1, 0])),
        ("euclid(2)", by_name("euclid", &[2]), known("0", [3, 1, 0, 3, 2], [0, 1, 2], &[3, 2, 0])),
    ] {
        check(name, &g, &expected);
        for seed in 1..5 {
            check(&format!("{name} in basis {seed}"), &scramble(&g, seed), &expected);
        }
    }
}

/// An invertible matrix with small rational entries: lower triangular times upper triangular, both with units.
fn invertible(n: usize) -> impl Strategy<Value = Matrix<Rational>> {
    let cells = proptest::collection::vec((-3i64..4, 1i64..4, 0usize..3), n * n);
    cells.prop_map(move |cells| {
        let cell = |i: usize, j: usize| {
            let (p, q, keep) = cells[i * n + j];
            let value = Rational::new(p, q).unwrap();
            match (i == j, keep) {
                (true, _) if value.is_zero() => Rational::ONE,
                (true, _) => value,
                (false, 0) => value,
                _ => Rational::ZERO,
            }
        };
        let lower = Matrix::from_fn(n, n, |i, j| match i.cmp(&j) {
            std::cmp::Ordering::Less => Rational::ZERO,
            std::cmp::Ordering::Equal => Rational::ONE,
            std::cmp::Ordering::Greater => cell(i, j),
        });
        let upper = Matrix::from_fn(n, n, |i, j| if i <= j { cell(i, j) } else { Rational::ZERO });
        Matrix::from_fn(n, n, |i, j| (0..n).map(|k| &lower[(i, k)] * &upper[(k, j)]).sum())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Nothing but the certificate may depend on the basis.
    #[test]
    fn a_change_of_basis_changes_nothing(which in 0usize..9, m in invertible(16), seed in 0u64..100) {
        let g = match which {
            0 => real("su(2,1)"),
            1 => real("sl(2,C)_R+su(2)"),
            2 => real("so(3,2)"),
            3 => by_name("poincare", &[3, 1]),
            4 => by_name("galilei", &[3]),
            5 => two_step(),
            6 => sum(&[&by_name("oscillator", &[1]), &by_name("borel", &[3])]),
            7 => zoo::sl3_with_both_vectors(),
            _ => over_ring(&real("su(2)"), &[-2, 0, 0]),
        };
        let n = g.dim();
        let m = Matrix::from_fn(n, n, |i, j| m[(i, j)].clone());
        // A leading block of L U is the product of the leading blocks, so it is invertible too.
        let h = parts::change_basis(&g, &m, &Limits::none()).unwrap();
        let found = identify(&h, &Limits::none().with_seed(seed)).unwrap();
        prop_assert_eq!(facts(&found), facts(&id(&g)));
    }
}

/// The program prints the same bytes on any number of threads, and the same answers for any seed.
#[test]
fn threads_and_seeds() {
    for code in [
        "identify(scramble(su(3,2), 1))",
        "identify(scramble(compact(F4), 2))",
        "identify(scramble(poincare(4,1), 3))",
        "identify(scramble(weil_restriction(su(2,1), sqrt(2)), 4))",
        "let g = scramble(so(5,4), 5)\nradical(g)\nstructure_constants(g)\nidentify(g)",
    ] {
        let run = |threads: &str, seed: &str| {
            let output = Command::new(env!("CARGO_BIN_EXE_symmetra"))
                .args(["--json", "--threads", threads, "--seed", seed, "-e", code])
                .output()
                .unwrap();
            assert!(output.status.success(), "{code}: {}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).unwrap()
        };
        let expected = run("1", "0");
        for threads in ["2", "3"] {
            assert_eq!(run(threads, "0"), expected, "{code} on {threads} threads");
        }
        let answer = |text: &str| -> Vec<serde_json::Value> {
            let mut lines: Vec<serde_json::Value> =
                text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            for line in &mut lines {
                line.as_object_mut().unwrap().remove("certificate");
            }
            lines
        };
        for seed in ["1", "2"] {
            assert_eq!(answer(&run("2", seed)), answer(&expected), "{code} with seed {seed}");
        }
    }
}
