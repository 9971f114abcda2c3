//! Groups with discrete generators: ranks from formulas and from counting, laws of the action.

use num_bigint::BigUint;

use super::*;
use crate::exact::SparseMatrix;
use crate::finite::Permutation;
use crate::lie::named::Arg;
use crate::limits::Limits;
use crate::num::Rational;

fn group(name: &str, args: &[i64]) -> Group {
    let args: Vec<Arg> = args.iter().map(|n| Arg::Integer(*n)).collect();
    group_by_name(name, &args, &Limits::none()).unwrap()
}

fn perm(degree: usize, cycles: &[&str]) -> Group {
    let generators = cycles.iter().map(|c| Permutation::from_cycles(degree, c).unwrap()).collect();
    Group::of_permutations("P", degree, generators).unwrap()
}

fn vector(group: &Group) -> Rep {
    Rep::vector(group.base()).unwrap()
}

/// The rank of the maps from V^k to V^l, counted without and with a basis.
#[track_caller]
fn maps(group: &Group, k: u32, l: u32) -> u64 {
    let (from, to) = (vector(group).power(k).unwrap(), vector(group).power(l).unwrap());
    let counted = rank_of_maps(&from, &to, &Limits::none()).unwrap();
    let found = equivariant_maps(&from, &to, &Limits::none()).unwrap();
    assert_eq!(counted, BigUint::from(found.rank()), "{group} {k} {l}");
    u64::try_from(counted).unwrap()
}

#[test]
fn symmetric_groups_count_set_partitions() {
    // Bell(k + l) for n ≥ k + l, else the partitions into at most n blocks: Σ_{j ≤ n} S(k + l, j).
    for (n, k, l, expected) in [
        (1, 2, 2, 1),
        (2, 1, 1, 2),
        (2, 2, 2, 8),
        (3, 2, 2, 14),
        (4, 2, 2, 15),
        (4, 1, 2, 5),
        (5, 2, 2, 15),
        (6, 0, 3, 5),
        (3, 0, 5, 41),
        (7, 1, 1, 2),
    ] {
        assert_eq!(maps(&group("S", &[n]), k, l), expected, "S({n}) {k} {l}");
    }
}

#[test]
fn orbits_of_other_permutation_groups() {
    // Z(n): n orbits on pairs, n³ on quadruples; D(n): ⌊n/2⌋ + 1 on pairs; A(4) is doubly transitive, A(3) regular.
    assert_eq!(maps(&group("Z", &[10]), 1, 1), 10);
    assert_eq!(maps(&group("Z", &[4]), 2, 2), 64);
    assert_eq!(maps(&group("D", &[4]), 1, 1), 3);
    assert_eq!(maps(&group("D", &[6]), 1, 1), 4);
    // Burnside for D(6) on triples: (6³ + 6·0 + 3·0 + 3·2³) / 12 with rotations free: 216 + 24 = 240.
    assert_eq!(maps(&group("D", &[6]), 1, 2), 20);
    assert_eq!(maps(&group("A", &[4]), 1, 1), 2);
    assert_eq!(maps(&group("A", &[3]), 1, 1), 3);
    assert_eq!(maps(&group("A", &[5]), 2, 1), 5);
    // PSL(3,2) on the 7 points of the Fano plane is doubly transitive; two generators of order 7 and 2.
    assert_eq!(maps(&perm(7, &["(0 1 2 3 4 5 6)", "(1 2)(3 6)"]), 1, 1), 2);
}

#[test]
fn orthogonal_groups_see_reflections() {
    // O(n): Brauer diagrams (k + l − 1)!! for n ≥ (k + l)/2; odd degrees vanish. SO(3) has the volume form besides.
    for (n, k, l, expected) in
        [(3, 1, 1, 1), (3, 2, 2, 3), (3, 1, 2, 0), (3, 3, 3, 15), (2, 2, 2, 3), (4, 2, 2, 3), (1, 1, 1, 1)]
    {
        assert_eq!(maps(&group("O", &[n]), k, l), expected, "O({n}) {k} {l}");
    }
    // O(2) on V^6 has rank 10 of the 15 diagrams: C(6,3)/2.
    assert_eq!(maps(&group("O", &[2]), 3, 3), 10);
    assert_eq!(maps(&group("SO", &[3]), 1, 2), 1);
    assert_eq!(maps(&group("O", &[3, 1]), 2, 2), 3);
    assert_eq!(maps(&group("O13", &[]), 2, 2), 3);
    assert_eq!(maps(&group("SO13p", &[]), 2, 2), 4);
    assert_eq!(maps(&group("SO13", &[]), 2, 2), 4);
    assert_eq!(maps(&group("O11", &[]), 1, 1), 1);
    assert_eq!(maps(&group("SO11", &[]), 1, 1), 2);
    assert_eq!(maps(&group("Scaling", &[3]), 1, 1), 9);
    assert_eq!(maps(&group("Trivial", &[4]), 1, 1), 16);
}

#[test]
fn affine_groups() {
    // SE(n) on (x, 1): End is spanned by the identity alone, and the last coordinate is invariant.
    for name in ["SE", "E"] {
        let g = group(name, &[3]);
        assert_eq!(g.dim(), 6);
        assert_eq!(rank(&vector(&g), &Limits::none()).unwrap(), BigUint::ZERO);
        assert_eq!(rank(&vector(&g).dual().unwrap(), &Limits::none()).unwrap(), BigUint::from(1u32));
        assert_eq!(maps(&g, 1, 1), 1);
    }
}

#[test]
fn elements_act_by_representations() {
    // ρ(g) ρ(h) = ρ(gh) for all constructions, on g = a reflection, h = a transposition, and their product.
    let limits = Limits::none();
    let sparse = |rows: [[i64; 3]; 3]| {
        let entries = rows
            .into_iter()
            .enumerate()
            .flat_map(|(i, row)| row.into_iter().enumerate().map(move |(j, v)| (i, j, v.into())));
        SparseMatrix::from_triples(3, 3, entries.collect::<Vec<_>>())
    };
    let (g, h) = (sparse([[1, 2, 0], [0, 1, 0], [0, 1, -1]]), sparse([[0, 1, 0], [1, 0, 0], [3, 0, 1]]));
    let all = [g.clone(), h.clone(), g.mul(&h)];
    let elements = all.iter().enumerate().map(|(k, m)| Element::matrix(m.clone(), k, &limits).unwrap()).collect();
    let none = std::sync::Arc::new(no_algebra(3, false));
    let group = Group::generated("G", none, elements, &limits).unwrap();
    let v = vector(&group);
    for rep in [
        v.clone(),
        v.dual().unwrap(),
        v.power(2).unwrap(),
        v.symmetric_power(3).unwrap(),
        v.exterior_power(2).unwrap(),
        v.exterior_power(3).unwrap(),
        Rep::hom(&v, &v.symmetric_power(2).unwrap()).unwrap(),
        v.plus(&v.dual().unwrap()).unwrap().tensor(&v).unwrap(),
        v.symmetric_power(2).unwrap().dual().unwrap(),
        Rep::scalar(group.base()).times(3).unwrap(),
    ] {
        let m = rep.discrete_matrices(&limits).unwrap();
        assert_eq!(m[0].mul(&m[1]), m[2], "{rep}");
        assert_eq!(BigUint::from(m[0].rows()), *rep.dim());
    }
}

#[test]
fn the_adjoint_action_and_what_does_not_normalize() {
    let limits = Limits::none();
    let o3 = group("O", &[3]);
    // ad ≅ Λ²V also for reflections, so the maps between them have dimension 1; for V there is none (pseudovectors).
    let (ad, alt) = (Rep::adjoint(o3.base()), vector(&o3).exterior_power(2).unwrap());
    assert_eq!(rank_of_maps(&ad, &alt, &limits).unwrap(), BigUint::from(1u32));
    assert_eq!(rank_of_maps(&ad, &vector(&o3), &limits).unwrap(), BigUint::ZERO);
    let m = ad.discrete_matrices(&limits).unwrap();
    assert_eq!(m[0].mul(&m[0]), SparseMatrix::identity(3));
    let shear =
        SparseMatrix::from_triples(3, 3, [(0, 0, 1.into()), (0, 1, 1.into()), (1, 1, 1.into()), (2, 2, 1.into())]);
    let element = Element::matrix(shear, 0, &limits).unwrap();
    let refused = Group::generated("G", o3.algebra().clone(), vec![element], &limits);
    assert!(matches!(refused, Err(RepError::NotNormalizing { index: 0, .. })));
    assert_eq!(o3.to_string(), "O(3): Lie group of dimension 3 with 1 discrete generator, 3×3 matrices");
    assert!(!o3.is_same(&group("SO", &[3])) && o3.is_same(&group("O", &[3])));
    assert_eq!(group("S", &[4]).permutations().map(|all| all.len()), Some(2));
    assert!(o3.permutations().is_none());
}

#[test]
fn products_of_groups() {
    let limits = Limits::none();
    let (s, o) = (group("S", &[3]), group("O", &[3]));
    let number = |rep: &Rep| u64::try_from(rank(rep, &limits).unwrap()).unwrap();
    // S(3) × O(3) on R^3 ⊗ R^3: maps are products, 2 · 1; on squares 14 · 3. On the sum of the spaces: Σ over pairs of summands.
    let tensor = product(&[&s, &o], ProductSpace::Tensor, &limits).unwrap();
    let v = vector(&tensor);
    assert_eq!((v.name(), number(&Rep::hom(&v, &v).unwrap())), ("V₁⊗V₂".to_string(), 2));
    let square = v.power(2).unwrap();
    assert_eq!(number(&Rep::hom(&square, &square).unwrap()), 14 * 3);
    let blocks = product(&[&s, &o], ProductSpace::Sum, &limits).unwrap();
    let v = vector(&blocks);
    assert_eq!(number(&Rep::hom(&v, &v).unwrap()), 2 + 1);
    assert_eq!(*v.dim(), BigUint::from(6u32));
    // Twin: the same group by plain generators on R^6, as one null space without structure.
    let elements = v.discrete_matrices(&limits).unwrap();
    let algebra = v.matrices(&limits).unwrap();
    let given = elements.into_iter().enumerate().map(|(k, m)| Element::matrix(m, k, &limits).unwrap()).collect();
    let mut realized = (**tensor.algebra()).clone();
    realized = realized.with_realization(crate::lie::Realization { size: 6, complex: false, basis: algebra });
    let plain = Group::generated("P", std::sync::Arc::new(realized), given, &limits).unwrap();
    let w = vector(&plain);
    for (structured, whole) in [
        (Rep::hom(&v, &v).unwrap(), Rep::hom(&w, &w).unwrap()),
        (v.symmetric_power(3).unwrap(), w.symmetric_power(3).unwrap()),
        (v.power(3).unwrap(), w.power(3).unwrap()),
        (v.exterior_power(2).unwrap(), w.exterior_power(2).unwrap()),
    ] {
        assert_eq!(number(&structured), number(&whole), "{structured}");
        let (a, b) = (invariants(&structured, &limits).unwrap(), invariants(&whole, &limits).unwrap());
        assert_eq!(a.basis, b.basis, "{structured}");
    }
}

#[test]
fn representations_of_different_groups_meet_in_the_product() {
    let limits = Limits::none();
    let (s, o, z) = (vector(&group("S", &[3])), vector(&group("O", &[3])), vector(&group("Z", &[2])));
    let number = |rep: &Rep| u64::try_from(rank(rep, &limits).unwrap()).unwrap();
    // (S ⊗ O)^2 ⊗ Z: invariants multiply: (Bell-type 2) · 1 · 1. The order of the factors does not matter.
    let mixed = s.tensor(&o).unwrap().tensor(&z).unwrap().tensor(&o).unwrap().tensor(&s).unwrap();
    assert_eq!(mixed.base().factors().len(), 3);
    assert_eq!(number(&mixed), 2);
    assert_eq!(invariants(&mixed, &limits).unwrap().rank(), 2);
    assert_eq!(mixed.base().name(), "S(3)×O(3)×Z(2)");
    assert_eq!(s.tensor(&o).unwrap().plus(&s).unwrap(), s.plus(&s.tensor(&o).unwrap()).unwrap());
    // The product basis is the null space of all equations of the product group.
    let twice = Rep::hom(&s.tensor(&o).unwrap(), &o.tensor(&s).unwrap()).unwrap();
    let (by_structure, whole) =
        (invariants(&twice, &limits).unwrap().basis, ExactNullSpace.basis(&twice, &limits).unwrap());
    assert_eq!(by_structure, whole);
    assert_eq!(by_structure.len(), 2);
    let powers = mixed.symmetric_power(2).unwrap();
    assert_eq!(
        BigUint::from(ExactNullSpace.basis(&s.tensor(&z).unwrap().symmetric_power(2).unwrap(), &limits).unwrap().len()),
        rank(&s.tensor(&z).unwrap().symmetric_power(2).unwrap(), &limits).unwrap()
    );
    assert_eq!(*powers.dim(), BigUint::from(162u32 * 163 / 2));
}

#[test]
fn groups_made_from_groups() {
    let limits = Limits::none();
    let (s3, o2) = (group("S", &[3]), group("O", &[2]));
    // S(3) ≀ S(2) on 6 points is transitive of rank 3: equal, in the same block, in different blocks.
    let both = wreath(&s3, &group("S", &[2]), &limits).unwrap();
    assert!(both.permutations().is_some());
    assert_eq!(maps(&both, 1, 1), 3);
    // O(2) ≀ S(3) on R^6: irreducible of real type; on squares 3 + 3 + ... is counted by the twin below.
    let blocks = wreath(&o2, &s3, &limits).unwrap();
    assert_eq!((blocks.dim(), blocks.matrix_size(), maps(&blocks, 1, 1)), (3, 6, 1));
    // Invariant quartics: (Σ r_i²)² and Σ r_i⁴, in Sym⁴.
    assert_eq!(rank(&vector(&blocks).symmetric_power(4).unwrap(), &limits).unwrap(), BigUint::from(2u32));
    // Two orbits of the group on top: a copy of the generators for each.
    let apart = wreath(&s3, &perm(3, &["(0 1)"]), &limits).unwrap();
    assert_eq!(rank(&vector(&apart), &limits).unwrap(), BigUint::from(2u32));
    // SO(2) about the z-axis: V = V_2 + 1, so maps 2 + 1; reflections leave 1 + 1.
    assert_eq!(maps(&embed(&group("SO", &[2]), 3, 0).unwrap(), 1, 1), 3);
    assert_eq!(maps(&embed(&o2, 3, 1).unwrap(), 1, 1), 2);
    assert!(embed(&o2, 3, 2).is_err());
    let e3 = affine(&group("O", &[3]), &limits).unwrap();
    assert_eq!((e3.dim(), maps(&e3, 1, 1)), (6, 1));
    assert_eq!(rank(&vector(&e3).dual().unwrap(), &limits).unwrap(), BigUint::from(1u32));
    // Translations and permutations of R^3: affine(S(3)).
    assert_eq!(affine(&s3, &limits).unwrap().dim(), 3);
}

#[test]
fn given_matrices_generate_a_group() {
    let limits = Limits::none();
    let sparse = |rows: &[&[i64]]| {
        let n = rows.len();
        let entries = rows
            .iter()
            .enumerate()
            .flat_map(|(i, row)| row.iter().enumerate().map(move |(j, v)| (i, j, Rational::from(*v))));
        SparseMatrix::from_triples(n, n, entries.collect::<Vec<_>>())
    };
    // A rotation in one plane and a transposition of the coordinates: together the algebra of SO(3).
    let turn = sparse(&[&[0, -1, 0], &[1, 0, 0], &[0, 0, 0]]);
    let swap = sparse(&[&[1, 0, 0], &[0, 0, 1], &[0, 1, 0]]);
    let g = matrix_group("G", (3, false), vec![swap], vec![turn], &limits).unwrap();
    assert_eq!(g.dim(), 3);
    assert_eq!(maps(&g, 2, 2), 3);
    // The group of order 2 that fixes a complex line only: real invariants of (x, y) ↦ (y, x) on R^2.
    let finite = matrix_group("F", (2, false), vec![sparse(&[&[0, 1], &[1, 0]])], Vec::new(), &limits).unwrap();
    assert_eq!(maps(&finite, 0, 1), 1);
    // Rotation by a right angle: maps are a + b J.
    let quarter = matrix_group("C4", (2, false), vec![sparse(&[&[0, -1], &[1, 0]])], Vec::new(), &limits).unwrap();
    assert_eq!(maps(&quarter, 1, 1), 2);
    let singular = matrix_group("X", (2, false), vec![sparse(&[&[1, 1], &[1, 1]])], Vec::new(), &limits);
    assert!(matches!(singular, Err(RepError::Singular { index: 0 })));
}
