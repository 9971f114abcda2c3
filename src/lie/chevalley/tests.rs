//! Every basis is compared with the standard table bracket by bracket, from the definition.

use super::floats::{abs, mul};
use super::*;
use crate::lie::{named, parts};
use crate::num::Quadratic;

fn split(text: &str) -> Algebra {
    named::split(&text.parse().unwrap(), &Limits::none()).unwrap()
}

/// `[v_i, v_j] = Σ_k N_ij^k v_k` over Q(√d), with sums over the whole table.
fn check(g: &StructureConstants, found: &ExactBasis) {
    let (n, d) = (g.dim(), found.field);
    let standard = named::split(&found.cartan_type, &Limits::none()).unwrap();
    let dense: Vec<Vec<Surd>> = found.vectors.iter().map(|v| v.dense(n)).collect();
    for i in 0..n {
        for j in i + 1..n {
            let mut rest = vec![Surd::default(); n];
            for (a, b, k, c) in g.iter() {
                let minor = dense[i][a].times(&dense[j][b], d).plus(&dense[i][b].times(&dense[j][a], d).negated());
                rest[k] = rest[k].plus(&minor.times(&Surd::rational(c.clone()), d));
            }
            for (k, c) in standard.constants().upper(i, j) {
                for at in 0..n {
                    let term = dense[*k as usize][at].times(&Surd::rational(-c), d);
                    rest[at] = rest[at].plus(&term);
                }
            }
            assert!(rest.iter().all(Surd::is_zero), "[{i}, {j}]");
        }
    }
}

/// The same in floating-point numbers: the largest deviation.
fn deviation(g: &StructureConstants, found: &NumericalBasis) -> f64 {
    let n = g.dim();
    let standard = named::split(&found.cartan_type, &Limits::none()).unwrap();
    let mut worst = 0.0f64;
    for i in 0..n {
        for j in i + 1..n {
            let (x, y) = (&found.vectors[i], &found.vectors[j]);
            let mut rest = vec![(0.0, 0.0); n];
            for (a, b, k, c) in g.iter() {
                let (c, p, q) = (c.to_f64(), mul(x[a], y[b]), mul(x[b], y[a]));
                rest[k] = (rest[k].0 + c * (p.0 - q.0), rest[k].1 + c * (p.1 - q.1));
            }
            for (k, c) in standard.constants().upper(i, j) {
                for (r, v) in rest.iter_mut().zip(&found.vectors[*k as usize]) {
                    *r = (r.0 - c.to_f64() * v.0, r.1 - c.to_f64() * v.1);
                }
            }
            worst = rest.iter().fold(worst, |m, z| m.max(abs(*z)));
        }
    }
    worst
}

fn exact_basis(g: &Algebra) -> ExactBasis {
    match chevalley(g, &Limits::none()).unwrap().basis {
        Basis::Exact(basis) => basis,
        Basis::Numerical(basis) => panic!("numerical, residual {}", basis.residual),
    }
}

#[test]
fn split_algebras_light_scrambles() {
    let limits = Limits::none();
    for text in ["A1", "A2", "A3", "B2", "B3", "C3", "G2", "D4", "A4", "C3+B2"] {
        let g = split(text);
        let found = exact_basis(&g);
        assert_eq!(found.field, 1, "{text}");
        check(g.constants(), &found);
        for seed in [3, 4] {
            let h = parts::scramble(&g, seed, g.dim() / 2, true, &limits).unwrap();
            let found = exact_basis(&h);
            assert_eq!((found.field, found.cartan_type.to_string()), (1, text.to_string()));
            check(h.constants(), &found);
        }
    }
}

#[test]
fn in_the_standard_basis_nothing_changes() {
    for text in ["A3", "B3", "C4", "D5", "F4", "G2", "E6"] {
        let g = split(text);
        let found = exact_basis(&g);
        for (k, v) in found.vectors.iter().enumerate() {
            assert_eq!(v.a, vec![(k as u32, Rational::ONE)], "{text}");
        }
    }
}

#[test]
fn forms_that_need_a_quadratic_field() {
    // The compact and quasi-split forms in their usual bases have a diagonal torus over Q(i); so(3,1) has one with
    // eigenvalues ±1 and ±i.
    let limits = Limits::none();
    let cases = [
        (named::su(3, 0, &limits), -1),
        (named::su(2, 1, &limits), -1),
        (named::so(3, 1, &limits), -1),
        (named::so(5, 0, &limits), -1),
        (named::sp(1, 1, &limits), -1),
        (named::su_star(2, &limits), -1),
        (named::so_star(4, &limits), -1),
        (named::compact(&"G2".parse().unwrap(), &limits), -1),
        (named::weil_restriction(&split("A1"), 2, &limits), 2),
        (named::weil_restriction(&split("A2"), -3, &limits), -3),
    ];
    for (g, field) in cases {
        let g = g.unwrap();
        let found = exact_basis(&g);
        assert_eq!(found.field, field, "{}", g.origin());
        check(g.constants(), &found);
        assert_eq!(found.conjugation.iter().sum::<usize>(), g.dim() - found.cartan_type.rank());
    }
}

/// The pure quaternions of (a, b): [i, j] = 2k, [j, k] = −2b i, [k, i] = −2a j.
fn quaternions(a: i64, b: i64) -> Algebra {
    let terms = [(0, 1, 2, 2), (1, 2, 0, -2 * b), (2, 0, 1, -2 * a)];
    let terms = terms.map(|(i, j, k, v)| (i, j, k, Rational::from(v)));
    parts::from_table(StructureConstants::from_terms(3, terms), "quaternions", &Limits::none()).unwrap()
}

#[test]
fn three_dimensional_algebras_split_exactly_when_their_conic_has_a_point() {
    // (a, b) is split over Q for (2, 7): 3² = 2 + 7; (5, 11): 4² = 5 + 11; (−1, 2): 1 = 2 − 1. It is a division algebra
    // for (−1, 3) and (2, 5) (Hilbert symbols at 3 and 5), although indefinite.
    for (a, b, splits) in [(2, 7, true), (5, 11, true), (-1, 2, true), (-1, 3, false), (2, 5, false), (-1, -1, false)] {
        let g = parts::scramble(&quaternions(a, b), 5, 12, true, &Limits::none()).unwrap();
        let found = exact_basis(&g);
        check(g.constants(), &found);
        assert_eq!(found.field == 1, splits, "({a}, {b}) over {}", found.field);
        assert_eq!(Quadratic::root(&Rational::from(found.field)).unwrap().1, found.field, "square-free");
    }
}

fn scrambled_numerically(g: &Algebra, seed: u64) -> NumericalBasis {
    let limits = Limits::none();
    let h = parts::scramble(g, seed, 3 * g.dim(), false, &limits).unwrap();
    let known = Known::of(&h, &limits).unwrap();
    let found = numerical::numerical_basis(&known.given(h.constants(), &limits)).unwrap().unwrap();
    assert_eq!(found.cartan_type, cartan_type_of(&known.parts));
    assert!(deviation(h.constants(), &found) < 1e-5, "{}", g.origin());
    assert!(found.residual < 1e-7 && found.margin < 1e-7, "{} {} {}", g.origin(), found.residual, found.margin);
    found
}

#[test]
fn vogan_diagrams_do_not_depend_on_the_basis_and_tell_real_forms_apart() {
    let limits = Limits::none();
    // Numbers of compact and non-compact imaginary and of complex roots of a fundamental Cartan subalgebra: dim k − rank k
    // = compact + complex/2, dim p − (rank − rank k) = non-compact + complex/2 (Knapp, section VI.7, appendix C).
    let cases = [
        (named::su(3, 0, &limits), [6, 0, 0]),
        (named::su(2, 1, &limits), [2, 4, 0]),
        (named::sl(3, &limits), [0, 2, 4]),
        (named::sl(4, &limits), [0, 4, 8]),
        (named::su_star(2, &limits), [4, 0, 8]),
        (named::so(3, 1, &limits), [0, 0, 4]),
        (named::so(3, 2, &limits), [2, 6, 0]),
        (named::so(4, 1, &limits), [4, 4, 0]),
        (named::sp_real(2, &limits), [2, 6, 0]),
        (named::split(&"G2".parse().unwrap(), &limits), [4, 8, 0]),
        (named::sl_complex(3, &limits), [0, 0, 12]),
        (named::so(5, 3, &limits), [4, 8, 12]),
    ];
    for (g, roots) in cases {
        let g = g.unwrap();
        let (first, second) = (scrambled_numerically(&g, 1), scrambled_numerically(&g, 2));
        assert_eq!(first.vogan, second.vogan, "{}", g.origin());
        assert_eq!(first.vogan.roots, roots, "{}", g.origin());
    }
}

#[test]
fn isomorphisms_are_isomorphisms() {
    let limits = Limits::none();
    // Low-dimensional coincidences (Helgason, X.6.4) and scrambles of one algebra.
    let pairs = [
        (named::so(3, 0, &limits), named::su(2, 0, &limits)),
        (named::so(4, 2, &limits), named::su(2, 2, &limits)),
        (named::so(5, 1, &limits), named::su_star(2, &limits)),
        (named::so(3, 3, &limits), named::sl(4, &limits)),
        (named::so(3, 2, &limits), named::sp_real(2, &limits)),
        (named::so(4, 1, &limits), named::sp(1, 1, &limits)),
        (named::so(3, 1, &limits), named::sl_complex(2, &limits)),
        (named::so_star(3, &limits), named::su(3, 1, &limits)),
        (named::so_star(4, &limits), named::so(6, 2, &limits)),
    ];
    for (g, h) in pairs {
        let (g, h) = (g.unwrap(), h.unwrap());
        let (g, h) = (
            parts::scramble(&g, 1, g.dim(), true, &limits).unwrap(),
            parts::scramble(&h, 2, h.dim(), true, &limits).unwrap(),
        );
        let Comparison::Isomorphic { exact, real } = isomorphism(&g, &h, &limits).unwrap() else {
            panic!("{} and {}", g.origin(), h.origin())
        };
        assert!(real.is_some() || exact.as_ref().is_some_and(|e| e.field > 0), "{}", g.origin());
        let n = g.dim();
        if let Some(found) = &exact {
            let d = found.field;
            for i in 0..n {
                for j in i + 1..n {
                    let mut image = SurdVector::default();
                    for (k, c) in g.constants().upper(i, j) {
                        image = image.add_scaled(&Surd::rational(c.clone()), &found.images[*k as usize], d);
                    }
                    assert_eq!(found.images[i].bracket(&found.images[j], h.constants(), d), image);
                }
            }
        }
        if let Some(found) = &real {
            let m = &found.matrix;
            let size = m.entries().iter().fold(0.0f64, |s, x| s.max(x.abs()));
            for i in 0..n {
                for j in i + 1..n {
                    let mut rest = vec![0.0; n];
                    for (a, b, k, c) in h.constants().iter() {
                        rest[k] += c.to_f64() * (m[(a, i)] * m[(b, j)] - m[(b, i)] * m[(a, j)]);
                    }
                    for (k, c) in g.constants().upper(i, j) {
                        (0..n).for_each(|at| rest[at] -= c.to_f64() * m[(at, *k as usize)]);
                    }
                    let worst = rest.iter().fold(0.0f64, |s, x| s.max(x.abs()));
                    assert!(worst < 1e-7 * size * size, "{worst} {size}");
                }
            }
        }
    }
}

#[test]
fn different_algebras_are_told_apart_with_the_reason() {
    let limits = Limits::none();
    let reason = |g: &Algebra, h: &Algebra| match isomorphism(g, h, &limits).unwrap() {
        Comparison::Different(reason) => reason,
        Comparison::Isomorphic { .. } => panic!(),
    };
    let (su, sl) = (named::su(2, 0, &limits).unwrap(), named::sl(2, &limits).unwrap());
    assert!(reason(&su, &sl).contains("real forms differ: su(2) and sl(2,R)"));
    assert!(reason(&split("B3"), &split("C3")).contains("B3 and C3"));
}

#[test]
fn what_is_not_semisimple_is_refused_and_zero_is_not() {
    let limits = Limits::none();
    let heisenberg = named::heisenberg(1, &limits).unwrap();
    assert_eq!(chevalley(&heisenberg, &limits).unwrap_err(), ChevalleyError::NotSemisimple { rank: 0, dim: 3 });
    let zero = parts::from_table(StructureConstants::abelian(0), "zero", &limits).unwrap();
    let found = exact_basis(&zero);
    assert!(found.vectors.is_empty() && found.cartan_type.summands().is_empty());
}
