use std::sync::Arc;

use num_bigint::BigInt;

use super::*;
use crate::exact::SparseMatrix;
use crate::lie::named::{self, Arg};
use crate::lie::{Algebra, parts};
use crate::num::Rational;
use crate::reps::{Base, equivariant_maps, group_by_name, rank_of_maps};

fn limits() -> Limits {
    Limits::none()
}

fn group(name: &str, args: &[Arg]) -> Base {
    group_by_name(name, args, &limits()).unwrap().base().clone()
}

fn n(value: i64) -> Arg {
    Arg::Integer(value)
}

/// Highest weights with multiplicities.
fn terms(rep: &Rep) -> Vec<(Vec<i64>, i64)> {
    let module = complexification(rep, &limits()).unwrap();
    let found = module.decomposition(&limits()).unwrap();
    found.terms().iter().map(|(w, m)| (w.clone(), i64::try_from(m).unwrap())).collect()
}

#[test]
fn products_of_vectors_of_rotations() {
    // Addition of angular momenta: 1 ⊗ 1 = 0 + 1 + 2, in labels twice the spin.
    let so3 = group("SO", &[n(3)]);
    let v = Rep::vector(&so3).unwrap();
    assert_eq!(terms(&v), [(vec![2], 1)]);
    assert_eq!(terms(&v.tensor(&v).unwrap()), [(vec![0], 1), (vec![2], 1), (vec![4], 1)]);
    assert_eq!(terms(&Rep::adjoint(&so3)), [(vec![2], 1)]);
    // Harmonic polynomials: Sym^20 = 41 + 37 + … + 1.
    let powers = terms(&v.symmetric_power(20).unwrap());
    assert_eq!(powers, (0..=10).map(|k| (vec![4 * k], 1)).collect::<Vec<_>>());
}

#[test]
fn real_spaces_of_complex_groups_come_with_their_conjugates() {
    // R^(2n) ⊗ C is the sum of C^n and its conjugate; that of SU(2) is its own conjugate.
    assert_eq!(terms(&Rep::vector(&group("SU", &[n(2)])).unwrap()), [(vec![1], 2)]);
    assert_eq!(terms(&Rep::vector(&group("SU", &[n(3)])).unwrap()), [(vec![0, 1], 1), (vec![1, 0], 1)]);
    assert_eq!(terms(&Rep::vector(&group("SU", &[n(2), n(1)])).unwrap()), [(vec![0, 1], 1), (vec![1, 0], 1)]);
    // SL(2,C) acts on R^4 as (1/2, 0) + (0, 1/2), the Lorentz group on its vectors as (1/2, 1/2).
    let sl2c = group("SL", &[n(2), Arg::Text("C".into())]);
    assert_eq!(terms(&Rep::vector(&sl2c).unwrap()), [(vec![0, 1], 1), (vec![1, 0], 1)]);
    let lorentz = Rep::vector(&group("Lorentz", &[])).unwrap();
    assert_eq!(terms(&lorentz), [(vec![1, 1], 1)]);
    assert_eq!(terms(&lorentz.exterior_power(2).unwrap()), [(vec![0, 2], 1), (vec![2, 0], 1)]);
}

#[test]
fn charges_under_the_centre() {
    let v = Rep::vector(&group("SO", &[n(2)])).unwrap();
    assert_eq!(terms(&v), [(vec![-1], 1), (vec![1], 1)]);
    assert_eq!(terms(&v.tensor(&v).unwrap()), [(vec![-2], 1), (vec![0], 2), (vec![2], 1)]);
    let gl3 = Rep::vector(&group("GL", &[n(3)])).unwrap();
    let found = terms(&gl3);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].0[2].abs(), found[0].1), (1, 1));
    // Opposite charges on U(3): C^3 and its dual.
    let u3 = terms(&Rep::vector(&group("U", &[n(3)])).unwrap());
    assert_eq!(u3.len(), 2);
    assert_eq!((u3[0].0[2] + u3[1].0[2], u3[0].0[2].abs()), (0, 1));
}

#[test]
fn the_square_of_the_seven_of_g2() {
    // Fulton–Harris, section 22.3: Sym² = 1 + 27, Λ² = 7 + 14.
    let g2 = Arc::new(named::by_name("G2", &[n(-14)], &limits()).unwrap());
    let seven = match g2.realization() {
        Some(_) => Rep::vector(&Base::new("G2", g2.clone())).unwrap(),
        None => return assert_eq!(terms(&Rep::adjoint(&Base::new("G2", g2))), [(vec![0, 1], 1)]),
    };
    assert_eq!(terms(&seven), [(vec![1, 0], 1)]);
    assert_eq!(terms(&seven.symmetric_power(2).unwrap()), [(vec![0, 0], 1), (vec![2, 0], 1)]);
    assert_eq!(terms(&seven.exterior_power(2).unwrap()), [(vec![0, 1], 1), (vec![1, 0], 1)]);
}

/// The adjoint representation of an algebra in a random basis, as given matrices in another random basis of the space.
fn scrambled_adjoint(g: &Algebra, seed: u64) -> Rep {
    let g = Arc::new(parts::scramble(g, seed, 12, false, &limits()).unwrap());
    let dim = g.dim();
    let (mut to, mut from) = (SparseMatrix::identity(dim), SparseMatrix::identity(dim));
    for k in 0..dim - 1 {
        let shear = |sign: i64| {
            SparseMatrix::identity(dim).add_scaled(
                &Rational::from(sign * (1 + (seed as i64 + k as i64) % 3)),
                &SparseMatrix::from_triples(dim, dim, [(k, k + 1, Rational::ONE)]),
            )
        };
        to = to.mul(&shear(1));
        from = shear(-1).mul(&from);
    }
    let matrices = (0..dim).map(|i| from.mul(&g.constants().ad_basis(i)).mul(&to)).collect();
    Rep::given(&Base::new("g", g), "W", matrices, &limits()).unwrap()
}

#[test]
fn adjoint_representations_in_scrambled_bases() {
    for (g, expected) in [
        (named::su(2, 1, &limits()).unwrap(), vec![(vec![1, 1], 1)]),
        (named::so(3, 2, &limits()).unwrap(), vec![(vec![0, 2], 1)]),
        // Without an exact Chevalley basis in most scrambled bases.
        (named::su(3, 0, &limits()).unwrap(), vec![(vec![1, 1], 1)]),
        (named::su(4, 0, &limits()).unwrap(), vec![(vec![1, 0, 1], 1)]),
        (named::by_name("G2", &[n(-14)], &limits()).unwrap(), vec![(vec![0, 1], 1)]),
    ] {
        for seed in 0..3 {
            assert_eq!(terms(&scrambled_adjoint(&g, seed)), expected);
        }
    }
}

#[test]
fn equivariant_maps_are_counted_by_schurs_lemma() {
    for (name, args) in
        [("SO", vec![n(4)]), ("SU", vec![n(3)]), ("Sp", vec![n(2)]), ("SL", vec![n(3)]), ("U", vec![n(2)])]
    {
        let base = group(name, &args);
        let v = Rep::vector(&base).unwrap();
        let square = v.tensor(&v).unwrap();
        let module = complexification(&square, &limits()).unwrap();
        let other = complexification(&v, &limits()).unwrap();
        let (a, b) = (module.decomposition(&limits()).unwrap(), other.decomposition(&limits()).unwrap());
        let expected = |x: &Rep, y: &Rep| BigInt::from(rank_of_maps(x, y, &limits()).unwrap());
        assert_eq!(a.hom_dimension(b).unwrap(), expected(&square, &v), "{name}");
        assert_eq!(b.hom_dimension(b).unwrap(), expected(&v, &v), "{name}");
        assert_eq!(a.hom_dimension(a).unwrap(), expected(&square, &square), "{name}");
    }
}

#[test]
fn isotypic_components_with_their_real_types() {
    let v = |name: &str, args: &[Arg]| Rep::vector(&group(name, args)).unwrap();
    let kinds = |rep: &Rep| -> Vec<(usize, &'static str, usize)> {
        let found = isotypic(rep, &limits()).unwrap();
        let of = |c: &Component| (c.space.dim(), c.real_type.unwrap().letter(), c.multiplicity.unwrap());
        found.components.iter().map(of).collect()
    };
    let so3 = v("SO", &[n(3)]);
    assert_eq!(kinds(&so3.tensor(&so3).unwrap()), [(1, "R", 1), (3, "R", 1), (5, "R", 1)]);
    assert_eq!(kinds(&so3.times(2).unwrap()), [(6, "R", 2)]);
    // C² of SU(2) is quaternionic, C³ of SU(3) complex (Bröcker–tom Dieck, II.6).
    let su2 = v("SU", &[n(2)]);
    assert_eq!(kinds(&su2), [(4, "H", 1)]);
    assert_eq!(kinds(&su2.times(2).unwrap()), [(8, "H", 2)]);
    assert_eq!(kinds(&v("SU", &[n(3)])), [(6, "C", 1)]);
    assert_eq!(kinds(&v("SO", &[n(2)])), [(2, "C", 1)]);
    // R² ⊗ R² of SU(2) over R: four copies of 1 and four of 3.
    assert_eq!(kinds(&su2.tensor(&su2).unwrap()), [(4, "R", 4), (12, "R", 4)]);
}

#[test]
fn a_change_of_basis_makes_blocks() {
    let v = Rep::vector(&group("SO", &[n(3)])).unwrap();
    let square = v.tensor(&v).unwrap();
    let found = isotypic(&square, &limits()).unwrap();
    let change = found.change_of_basis();
    let inverse = SparseMatrix::from_dense(&crate::exact::inverse(&change, &limits()).unwrap().unwrap());
    let change = SparseMatrix::from_dense(&change);
    let ends: Vec<usize> = found
        .components
        .iter()
        .scan(0, |sum, c| {
            *sum += c.space.dim();
            Some(*sum)
        })
        .collect();
    let block = |i: usize| ends.iter().position(|&end| i < end);
    for m in square.matrices(&limits()).unwrap() {
        let blocks = inverse.mul(&m).mul(&change);
        assert!(!blocks.is_zero());
        assert!(blocks.triples().all(|(i, j, _)| block(i) == block(j)));
    }
    assert_eq!(equivariant_maps(&square, &square, &limits()).unwrap().rank(), 3);
}

#[test]
fn what_is_no_sum_of_irreducibles_is_refused() {
    let limits = limits();
    let heisenberg = Arc::new(named::by_name("heisenberg", &[n(1)], &limits).unwrap());
    let adjoint = Rep::adjoint(&Base::new("h", heisenberg));
    assert!(matches!(complexification(&adjoint, &limits), Err(DecomposeError::NotReductive(_))));
    // R acts by a shear.
    let line = Arc::new(named::by_name("abelian", &[n(1)], &limits).unwrap());
    let shear = SparseMatrix::from_triples(2, 2, [(0, 1, Rational::ONE)]);
    let rep = Rep::given(&Base::new("R", line.clone()), "W", vec![shear], &limits).unwrap();
    assert_eq!(complexification(&rep, &limits).unwrap_err(), DecomposeError::NotCompletelyReducible);
    assert!(isotypic(&rep, &limits).is_err());
    // Eigenvalues 1 and √2 have no common unit.
    let entries = [(0, 0, 1), (1, 2, 2), (2, 1, 1)].map(|(i, j, v)| (i, j, Rational::from(v)));
    let rep = Rep::given(&Base::new("R", line), "W", vec![SparseMatrix::from_triples(3, 3, entries)], &limits).unwrap();
    assert_eq!(complexification(&rep, &limits).unwrap_err(), DecomposeError::NoCharges);
}

#[test]
fn the_zero_algebra_and_the_zero_space() {
    let trivial = group("SO", &[n(1)]);
    assert_eq!(terms(&Rep::vector(&trivial).unwrap()), [(vec![], 1)]);
    let so3 = group("SO", &[n(3)]);
    let nothing = Rep::vector(&so3).unwrap().times(0).unwrap();
    assert!(terms(&nothing).is_empty());
    assert!(isotypic(&nothing, &limits()).unwrap().components.is_empty());
}

/// The parts span the space and are invariant; their dimensions with whether they are proved irreducible.
fn parts_of(rep: &Rep) -> Vec<(usize, bool)> {
    let limits = limits();
    let found = irreducible_parts(rep, &limits).unwrap();
    let change = found.change_of_basis();
    let inverse = SparseMatrix::from_dense(&crate::exact::inverse(&change, &limits).unwrap().unwrap());
    let change = SparseMatrix::from_dense(&change);
    let owner: Vec<usize> = found.parts.iter().enumerate().flat_map(|(k, p)| vec![k; p.space.dim()]).collect();
    for m in rep.matrices(&limits).unwrap() {
        assert!(inverse.mul(&m).mul(&change).triples().all(|(i, j, _)| owner[i] == owner[j]));
    }
    found.parts.iter().map(|p| (p.space.dim(), p.proved)).collect()
}

#[test]
fn components_fall_into_irreducibles_over_q() {
    let v = |name: &str, args: &[Arg]| Rep::vector(&group(name, args)).unwrap();
    let so3 = v("SO", &[n(3)]);
    assert_eq!(parts_of(&so3.times(3).unwrap()), [(3, true); 3]);
    assert_eq!(parts_of(&so3.tensor(&so3).unwrap()), [(1, true), (3, true), (5, true)]);
    // 1 ⊗ 1 ⊗ 1 = 0 + 3·1 + 2·2 + 3 for spins: Clebsch–Gordan.
    let cube = parts_of(&so3.power(3).unwrap());
    assert_eq!(cube, [(1, true), (7, true), (3, true), (3, true), (3, true), (5, true), (5, true)]);
    // The quaternions stay together, twice of them falls apart.
    let su2 = v("SU", &[n(2)]);
    assert_eq!(parts_of(&su2), [(4, true)]);
    assert_eq!(parts_of(&su2.times(2).unwrap()), [(4, true); 2]);
    // R⁴ ⊗ R⁴ over SU(2): four copies of 1 and of 3.
    assert_eq!(
        parts_of(&su2.tensor(&su2).unwrap()),
        [(1, true), (1, true), (1, true), (1, true), (3, true), (3, true), (3, true), (3, true)]
    );
    let so2 = v("SO", &[n(2)]);
    assert_eq!(parts_of(&so2.times(2).unwrap()), [(2, true); 2]);
}

/// A representation in another basis of the space.
fn in_other_basis(rep: &Rep) -> Rep {
    let size = rep.dim().try_into().unwrap();
    let (mut to, mut from) = (SparseMatrix::identity(size), SparseMatrix::identity(size));
    for k in 0..size {
        for l in (0..size).filter(|l| (k + 2 * l) % 3 == 1 && *l != k) {
            let shear = |sign: i64| {
                let entry = SparseMatrix::from_triples(size, size, [(k, l, Rational::from(sign))]);
                SparseMatrix::identity(size).add_scaled(&Rational::ONE, &entry)
            };
            to = to.mul(&shear(1));
            from = shear(-1).mul(&from);
        }
    }
    let matrices = rep.matrices(&limits()).unwrap().iter().map(|m| from.mul(m).mul(&to)).collect();
    Rep::given(rep.base(), "W", matrices, &limits()).unwrap()
}

#[test]
fn two_copies_in_a_scrambled_basis_are_separated() {
    let so3 = Rep::vector(&group("SO", &[n(3)])).unwrap();
    assert_eq!(parts_of(&in_other_basis(&so3.times(2).unwrap())), [(3, true); 2]);
    let su2 = Rep::vector(&group("SU", &[n(2)])).unwrap();
    let sum = su2.times(2).unwrap().plus(&Rep::scalar(su2.base())).unwrap();
    assert_eq!(parts_of(&in_other_basis(&sum)), [(1, true), (4, true), (4, true)]);
}

#[test]
fn charges_of_three_central_elements_at_every_seed() {
    // R³ acts on C by i times the sum of its coordinates, sl(2) by zero: two lines of opposite charges.
    for seed in 0..6 {
        let limits = Limits::none().with_seed(seed);
        let sl2 = named::by_name("sl", &[n(2)], &limits).unwrap();
        let abelian = named::by_name("abelian", &[n(3)], &limits).unwrap();
        let g = Arc::new(named::direct_sum(&sl2, &abelian, &limits).unwrap());
        let turn = SparseMatrix::from_triples(2, 2, [(0, 1, -Rational::ONE), (1, 0, Rational::ONE)]);
        let matrices = (0..6).map(|k| if k < 3 { SparseMatrix::zero(2, 2) } else { turn.clone() }).collect();
        let rep = Rep::given(&Base::new("g", g), "W", matrices, &limits).unwrap();
        let module = complexification(&rep, &limits).unwrap();
        let found: Vec<Vec<i64>> = module.decomposition(&limits).unwrap().terms().keys().cloned().collect();
        assert_eq!(found, [vec![0, -1, -1, -1], vec![0, 1, 1, 1]], "seed {seed}");
    }
}

#[test]
fn charges_without_a_unit_are_not_kept() {
    let limits = limits();
    // No defining representation: nothing says what a charge is.
    let line = Arc::new(named::by_name("abelian", &[n(1)], &limits).unwrap());
    let turn = SparseMatrix::from_triples(2, 2, [(0, 1, -Rational::ONE), (1, 0, Rational::ONE)]);
    let rep = Rep::given(&Base::new("R", line.clone()), "W", vec![turn], &limits).unwrap();
    match line.realization() {
        None => assert_eq!(complexification_to_keep(&rep, &limits).unwrap_err(), DecomposeError::NoUnit),
        Some(_) => assert!(complexification(&rep, &limits).is_ok()),
    }
    assert!(complexification(&rep, &limits).is_ok());
    // Half the charge of the defining representation of SO(2).
    let so2 = group("SO", &[n(2)]);
    let half = Rep::vector(&so2).unwrap().matrices(&limits).unwrap()[0].scale(&Rational::new(1, 2).unwrap());
    let rep = Rep::given(&so2, "H", vec![half], &limits).unwrap();
    assert_eq!(complexification_to_keep(&rep, &limits).unwrap_err(), DecomposeError::NoUnit);
}
