use super::*;
use crate::exact::Subspace;
use crate::forms::Multiplication;
use crate::lie::{derivations, named, parts};
use crate::roots::{CartanType, Letter};

fn none() -> Limits {
    Limits::none()
}

fn of_terms(dim: usize, terms: impl IntoIterator<Item = (usize, usize, usize, Rational)>) -> Algebra {
    Algebra::new(StructureConstants::from_terms(dim, terms), JacobiProof::Checked("test".into()), "test")
}

fn scrambled(g: &Algebra, seed: u64) -> Algebra {
    parts::scramble(g, seed, 4 * g.dim(), true, &none()).unwrap()
}

/// `[e_0, e_i] = e_(i+1)`.
fn filiform(n: usize) -> Algebra {
    of_terms(n, (1..n - 1).map(|i| (0, i, i + 1, Rational::ONE)))
}

/// `g ⊗ Q[t]/t^d`.
fn truncated(g: &Algebra, d: usize) -> Algebra {
    let n = g.dim();
    let mut terms = Vec::new();
    for (i, j, k, v) in g.constants().iter() {
        for (a, b) in (0..d).flat_map(|a| (0..d - a).map(move |b| (a, b))) {
            terms.push((a * n + i, b * n + j, (a + b) * n + k, v.clone()));
        }
    }
    of_terms(n * d, terms)
}

/// The affine matrices of size `n + 1`: `gl(n)` and translations.
fn affine(n: usize) -> Algebra {
    let place = |i: usize, j: usize| i * (n + 1) + j;
    let mut terms = Vec::new();
    for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))) {
        for k in (0..=n).filter(|&k| k != i || j == i) {
            // [E_ij, E_jk] = E_ik unless k = i.
            if (i, j) != (j, k) {
                terms.push((place(i, j), place(j, k), place(i, k), Rational::ONE));
            }
        }
    }
    // E_ij E_ji gives the other sign as well: [E_ij, E_ji] = E_ii − E_jj.
    for (i, j) in (0..n).flat_map(|i| (0..i).map(move |j| (i, j))) {
        terms.push((place(i, j), place(j, i), place(i, i), Rational::ONE));
        terms.push((place(i, j), place(j, i), place(j, j), Rational::from(-1)));
    }
    of_terms(n * (n + 1), terms)
}

fn dims(g: &Algebra) -> (usize, usize) {
    derivation_dimensions(g, &none()).unwrap()
}

/// The same space as by `n²` unknowns, and brackets that are commutators.
fn check(g: &Algebra) {
    let n = g.dim();
    let found = derivations_of_algebra(g, &none()).unwrap();
    let product = Multiplication::from_fn(n, "twin".to_string(), |i, j| g.constants().bracket_of_basis(i, j));
    let twin = derivations(&product, &none()).unwrap();
    let space = |g: &Algebra| {
        let all: Vec<Vec<Rational>> =
            g.realization().unwrap().basis.iter().map(|m| to_dense(&m.flatten(), n * n)).collect();
        Subspace::span(n * n, &all, &none()).unwrap()
    };
    assert_eq!(space(&found), space(&twin));
    assert_eq!(dims(g).0, found.dim());
    let basis = &found.realization().unwrap().basis;
    for i in 0..found.dim() {
        for j in i + 1..found.dim() {
            let mut rest = basis[i].commutator(&basis[j]);
            for (k, v) in found.constants().upper(i, j) {
                rest = rest.add_scaled(&-v, &basis[*k as usize]);
            }
            assert!(rest.is_zero());
        }
    }
}

#[test]
fn the_twin_with_all_unknowns_agrees() {
    let borel = named::borel(&CartanType::of(Letter::A, 2).unwrap(), &none()).unwrap();
    let sl2 = named::sl(2, &none()).unwrap();
    let algebras = [
        named::heisenberg(2, &none()).unwrap(),
        named::oscillator(1, &none()).unwrap(),
        named::poincare(2, 1, &none()).unwrap(),
        named::galilei(2, &none()).unwrap(),
        named::gl(2, &none()).unwrap(),
        named::su(2, 0, &none()).unwrap(),
        named::direct_sum(&borel, &named::abelian(2, &none()).unwrap(), &none()).unwrap(),
        named::abelian(3, &none()).unwrap(),
        named::abelian(1, &none()).unwrap(),
        truncated(&sl2, 3),
        filiform(6),
        borel,
    ];
    for (seed, g) in algebras.iter().enumerate() {
        check(g);
        check(&scrambled(g, seed as u64));
    }
}

/// Heisenberg: `csp(2m)` and the inner ones (Knapp, ch. I, problems). Filiform `L_n`: `2n − 1` (Goze and Khakimdjanov,
/// *Nilpotent Lie Algebras*, ch. 4). Borel and parabolic algebras and affine algebras are complete (Leger and Luks 1972;
/// Tolpygo 1972). `Der(g ⊗ A) = Der g ⊗ A + 1 ⊗ Der A` for simple `g` (Block 1969), and `Q[t]/t^d` has `d − 1` derivations.
#[test]
fn dimensions_by_theory() {
    let borel = |rank| named::borel(&CartanType::of(Letter::A, rank).unwrap(), &none()).unwrap();
    let sl3 = named::sl(3, &none()).unwrap();
    for (g, expected) in [
        (named::heisenberg(4, &none()).unwrap(), (4 * 9 + 1 + 8, 8)),
        (named::heisenberg(10, &none()).unwrap(), (231, 20)),
        (filiform(9), (17, 8)),
        (filiform(30), (59, 29)),
        (borel(4), (14, 14)),
        (borel(7), (35, 35)),
        (affine(2), (6, 6)),
        (affine(4), (20, 20)),
        (truncated(&sl3, 3), (26, 24)),
        (truncated(&sl3, 5), (44, 40)),
        (named::abelian(5, &none()).unwrap(), (25, 0)),
        (named::gl(3, &none()).unwrap(), (9, 8)),
        (sl3, (8, 8)),
    ] {
        assert_eq!(dims(&g), expected);
        if g.dim() < 15 {
            assert_eq!(dims(&scrambled(&g, 5)), expected);
        }
    }
}

/// Fractions with numerators and denominators beyond machine words.
#[test]
fn wild_numbers() {
    let big: Rational = "123456789012345678901234567890/77777777777777777777".parse().unwrap();
    let g = of_terms(4, [(0, 1, 2, big.clone()), (0, 2, 3, &big * &big)]);
    check(&g);
    assert_eq!(dims(&g), (7, 3)); // filiform of dimension 4
}

#[test]
fn a_stop_is_obeyed() {
    let limits = Limits::none().with_timeout(std::time::Duration::ZERO);
    assert!(derivations_of_algebra(&named::heisenberg(3, &none()).unwrap(), &limits).is_err());
}
