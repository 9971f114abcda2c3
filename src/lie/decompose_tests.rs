//! Direct sums: summands put together, scrambled, and found again; known centroids.

use super::named::{self, weil_restriction};
use super::*;
use crate::exact::Matrix;
use crate::limits::Limits;
use crate::num::Rational;
use crate::roots::{CartanType, Letter};
use proptest::prelude::*;

fn none() -> Limits {
    Limits::none()
}

fn table(dim: usize, terms: &[(usize, usize, usize, i64)]) -> Algebra {
    let terms = terms.iter().map(|&(i, j, k, c)| (i, j, k, Rational::from(c)));
    parts::from_table(StructureConstants::from_terms(dim, terms), "test", &none()).unwrap()
}

/// `g ⊗ Q[t]/(t^k)`.
fn current(g: &Algebra, k: usize) -> Algebra {
    let n = g.dim();
    let mut out = StructureConstants::abelian(n * k);
    for (i, j, l, c) in g.constants().iter() {
        for (a, b) in (0..k).flat_map(|a| (0..k - a).map(move |b| (a, b))) {
            out.add(a * n + i, b * n + j, (a + b) * n + l, c.clone());
        }
    }
    parts::from_table(out, "test", &none()).unwrap()
}

fn sum(parts: &[&Algebra]) -> Algebra {
    named::direct_sum_of(parts, &none()).unwrap()
}

fn split(letter: Letter, rank: usize) -> Algebra {
    named::split(&CartanType::of(letter, rank).unwrap(), &none()).unwrap()
}

fn scrambled(g: &Algebra, seed: u64) -> Algebra {
    let operations = if g.dim() <= 24 { 4 * g.dim() } else { g.dim() };
    parts::scramble(g, seed, operations, true, &none()).unwrap()
}

/// (dimension, degree, real places) of each summand, and the dimension of the abelian one.
type Shape = (Vec<(usize, usize, usize)>, usize);

fn shape(g: &Algebra) -> Shape {
    let found = decompose(g.constants(), &none()).unwrap();
    let mut total = found.abelian.clone();
    for summand in &found.summands {
        total = total.sum(&summand.space, &none()).unwrap();
        // An independent, slow check that it is an ideal.
        for v in summand.space.basis() {
            for j in 0..g.dim() {
                let unit: Vec<Rational> = (0..g.dim()).map(|i| Rational::from(i64::from(i == j))).collect();
                assert!(summand.space.contains(&g.constants().bracket(v, &unit)));
            }
        }
    }
    assert_eq!(total.dim(), g.dim());
    (found.summands.iter().map(|s| (s.space.dim(), s.degree(), s.real_places())).collect(), found.abelian.dim())
}

#[test]
fn small_and_abelian_algebras() {
    assert_eq!(shape(&table(0, &[])), (vec![], 0));
    assert!(centroid(table(0, &[]).constants(), &none()).unwrap().is_empty());
    assert_eq!(shape(&table(1, &[])), (vec![], 1));
    assert_eq!(shape(&table(50, &[])), (vec![], 50));
    assert_eq!(shape(&table(2, &[(0, 1, 1, 1)])), (vec![(2, 1, 1)], 0));
    // A Heisenberg algebra and a line that is not a coordinate line.
    assert_eq!(shape(&scrambled(&table(4, &[(0, 1, 2, 1)]), 3)), (vec![(3, 1, 1)], 1));
}

#[test]
fn indecomposable_algebras_stay_whole() {
    // Galilei and Poincaré: the radical is not a direct summand since the Levi factor acts faithfully on it.
    for g in [named::galilei(3, &none()), named::poincare(3, 1, &none()), named::heisenberg(4, &none())] {
        let g = g.unwrap();
        assert_eq!(shape(&g), (vec![(g.dim(), 1, 1)], 0));
        assert_eq!(shape(&scrambled(&g, 1)), (vec![(g.dim(), 1, 1)], 0));
    }
    // so(3) acting on R³ with R³ ∧ R³ = R³: a two-step nilpotent radical.
    let euclid: Vec<(usize, usize, usize, i64)> = (0..3)
        .flat_map(|i| {
            let (j, k) = ((i + 1) % 3, (i + 2) % 3);
            let cyclic = move |a: usize, b: usize, c: usize| vec![(a + i, b + j, c + k, 1), (a + j, b + i, c + k, -1)];
            [cyclic(0, 0, 0)[..1].to_vec(), cyclic(0, 3, 3), cyclic(0, 6, 6), cyclic(3, 3, 6)[..1].to_vec()].concat()
        })
        .collect();
    let g = table(9, &euclid);
    // This is so(3) ⊗ Q[t]/(t³): the centroid is Q[t]/(t³), local of dimension three.
    assert_eq!(centroid(g.constants(), &none()).unwrap().len(), 3);
    assert_eq!(shape(&scrambled(&g, 2)), (vec![(9, 1, 1)], 0));
}

#[test]
fn current_algebras_have_a_local_centroid() {
    // Γ(g ⊗ A) = Γ(g) ⊗ A for a simple algebra g and a commutative algebra A with unit (Benkart, Neher 2006).
    let g = current(&split(Letter::A, 1), 4);
    assert_eq!(centroid(g.constants(), &none()).unwrap().len(), 4);
    assert_eq!(shape(&scrambled(&g, 1)), (vec![(12, 1, 1)], 0));
    let twice = sum(&[&g, &current(&split(Letter::A, 1), 2), &current(&split(Letter::A, 1), 2)]);
    assert_eq!(shape(&scrambled(&twice, 1)), (vec![(12, 1, 1), (6, 1, 1), (6, 1, 1)], 0));
}

#[test]
fn restriction_of_scalars() {
    // Indecomposable over Q; over R two ideals for a real field, one complex algebra for an imaginary one.
    let h = named::heisenberg(1, &none()).unwrap();
    assert_eq!(shape(&scrambled(&weil_restriction(&h, 2, &none()).unwrap(), 1)), (vec![(6, 2, 2)], 0));
    assert_eq!(shape(&scrambled(&weil_restriction(&h, -3, &none()).unwrap(), 1)), (vec![(6, 2, 0)], 0));
    let found = decompose(weil_restriction(&h, 12, &none()).unwrap().constants(), &none()).unwrap();
    assert_eq!(found.summands[0].field.to_string(), "t^2 - 3");
    // The field and a radical: sl(2, Q(√2)[t]/(t²)).
    let g = current(&weil_restriction(&split(Letter::A, 1), 2, &none()).unwrap(), 2);
    assert_eq!(shape(&scrambled(&g, 5)), (vec![(12, 2, 2)], 0));
    // Two different fields and Q beside each other.
    let all = sum(&[
        &weil_restriction(&h, 2, &none()).unwrap(),
        &weil_restriction(&named::euclid(3, &none()).unwrap(), -1, &none()).unwrap(),
        &h,
        &table(2, &[]),
    ]);
    assert_eq!(shape(&scrambled(&all, 9)), (vec![(12, 2, 0), (6, 2, 2), (3, 1, 1)], 2));
}

#[test]
fn semisimple_sums() {
    let a5 = split(Letter::A, 5);
    assert_eq!(shape(&sum(&[&a5, &a5, &a5, &a5])), (vec![(35, 1, 1); 4], 0));
    let borel = named::borel(&CartanType::of(Letter::A, 2).unwrap(), &none()).unwrap();
    let g2_borel = sum(&[&split(Letter::G, 2), &borel, &table(1, &[])]);
    assert_eq!(shape(&scrambled(&g2_borel, 4)), (vec![(14, 1, 1), (5, 1, 1)], 1));
}

/// GAP 4.12 finds the same summands (DirectSumDecomposition) and 20, 19 and 18 dimensions of derivations.
#[test]
fn sums_compared_with_gap() {
    let h = named::heisenberg(1, &none()).unwrap();
    let line = table(2, &[(0, 1, 1, 1)]);
    let first = sum(&[&h, &named::euclid(2, &none()).unwrap(), &line, &table(1, &[])]);
    let second = sum(&[&weil_restriction(&h, 2, &none()).unwrap(), &split(Letter::A, 1)]);
    let third = sum(&[&named::oscillator(1, &none()).unwrap(), &line, &table(2, &[])]);
    assert_eq!(shape(&scrambled(&first, 3)), (vec![(3, 1, 1), (3, 1, 1), (2, 1, 1)], 1));
    assert_eq!(shape(&scrambled(&second, 3)), (vec![(6, 2, 2), (3, 1, 1)], 0));
    assert_eq!(shape(&scrambled(&third, 5)), (vec![(4, 1, 1), (2, 1, 1)], 2));
    let derivations = |g: &Algebra| derivations_of_algebra(&scrambled(g, 3), &none()).unwrap().dim();
    assert_eq!([derivations(&first), derivations(&second), derivations(&third)], [20, 19, 18]);
}

#[test]
fn many_copies() {
    let h = named::heisenberg(1, &none()).unwrap();
    let copies: Vec<&Algebra> = vec![&h; 12];
    assert_eq!(shape(&scrambled(&sum(&copies), 1)), (vec![(3, 1, 1); 12], 0));
}

#[test]
fn centroids() {
    let len = |g: &Algebra| centroid(g.constants(), &none()).unwrap().len();
    assert_eq!(len(&split(Letter::E, 6)), 1);
    // Heisenberg: Q and the maps of g/Z, of dimension two, into Z.
    assert_eq!(len(&named::heisenberg(1, &none()).unwrap()), 3);
    // Every linear map of an abelian algebra.
    assert_eq!(len(&table(4, &[])), 16);
    // gl(3): one for each ideal.
    assert_eq!(len(&named::gl(3, &none()).unwrap()), 2);
    // S[x, y] = [Sx, y], entry by entry.
    let g = scrambled(&sum(&[&named::heisenberg(1, &none()).unwrap(), &split(Letter::A, 1)]), 1);
    let basis = centroid(g.constants(), &none()).unwrap();
    assert_eq!(basis.len(), 4);
    let column = |m: &Matrix<Rational>, j: usize| (0..g.dim()).map(|i| m[(i, j)].clone()).collect::<Vec<_>>();
    let unit = |j: usize| (0..g.dim()).map(|i| Rational::from(i64::from(i == j))).collect::<Vec<_>>();
    for s in &basis {
        for (i, j) in (0..g.dim()).flat_map(|i| (0..g.dim()).map(move |j| (i, j))) {
            let bracket = g.constants().bracket(&unit(i), &unit(j));
            let mut left = vec![Rational::ZERO; g.dim()];
            for (k, c) in bracket.iter().enumerate() {
                for (sum, y) in left.iter_mut().zip(column(s, k)) {
                    sum.add_product(c, &y);
                }
            }
            assert_eq!(left, g.constants().bracket(&column(s, i), &unit(j)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn summands_are_found_again(choice in prop::collection::vec(0usize..8, 1..4), seed in 0u64..1000) {
        let blocks: Vec<(Algebra, Shape)> = choice.iter().map(|c| match c {
            0 => (named::heisenberg(1, &none()).unwrap(), (vec![(3, 1, 1)], 0)),
            1 => (named::euclid(2, &none()).unwrap(), (vec![(3, 1, 1)], 0)),
            2 => (split(Letter::A, 1), (vec![(3, 1, 1)], 0)),
            3 => (table(2, &[(0, 1, 1, 1)]), (vec![(2, 1, 1)], 0)),
            4 => (table(1, &[]), (vec![], 1)),
            5 => (weil_restriction(&named::heisenberg(1, &none()).unwrap(), 5, &none()).unwrap(), (vec![(6, 2, 2)], 0)),
            6 => (current(&split(Letter::A, 1), 2), (vec![(6, 1, 1)], 0)),
            _ => (named::oscillator(1, &none()).unwrap(), (vec![(4, 1, 1)], 0)),
        }).collect();
        let g = sum(&blocks.iter().map(|b| &b.0).collect::<Vec<_>>());
        let mut expected: Vec<_> = blocks.iter().flat_map(|b| b.1.0.clone()).collect();
        expected.sort_unstable();
        let (mut found, abelian) = shape(&scrambled(&g, seed));
        found.sort_unstable();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(abelian, blocks.iter().map(|b| b.1.1).sum::<usize>());
    }
}
