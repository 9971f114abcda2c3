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
    assert_eq!(group("S", &[4]).permutations().map(|all| all.generators().len()), Some(2));
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
    let times = |a: &Rep, b: &Rep| {
        let (a, b) = Rep::matched(a, b, &limits).unwrap();
        a.tensor(&b).unwrap()
    };
    let plus = |a: &Rep, b: &Rep| {
        let (a, b) = Rep::matched(a, b, &limits).unwrap();
        a.plus(&b).unwrap()
    };
    let mixed = times(&times(&times(&times(&s, &o), &z), &o), &s);
    assert_eq!(mixed.base().factors().len(), 3);
    assert_eq!(number(&mixed), 2);
    assert_eq!(invariants(&mixed, &limits).unwrap().rank(), 2);
    assert_eq!(mixed.base().name(), "S(3)×O(3)×Z(2)");
    assert_eq!(plus(&times(&s, &o), &s), plus(&s, &times(&s, &o)));
    // The product basis is the null space of all equations of the product group.
    let (from, to) = Rep::matched(&times(&s, &o), &times(&o, &s), &limits).unwrap();
    let twice = Rep::hom(&from, &to).unwrap();
    let (by_structure, whole) =
        (invariants(&twice, &limits).unwrap().basis, ExactNullSpace.basis(&twice, &limits).unwrap());
    assert_eq!(by_structure, whole);
    assert_eq!(by_structure.len(), 2);
    let powers = mixed.symmetric_power(2).unwrap();
    assert_eq!(
        BigUint::from(ExactNullSpace.basis(&times(&s, &z).symmetric_power(2).unwrap(), &limits).unwrap().len()),
        rank(&times(&s, &z).symmetric_power(2).unwrap(), &limits).unwrap()
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
    assert_eq!(maps(&embed(&group("SO", &[2]), 3, 0, &Limits::none()).unwrap(), 1, 1), 3);
    assert_eq!(maps(&embed(&o2, 3, 1, &Limits::none()).unwrap(), 1, 1), 2);
    assert!(embed(&o2, 3, 2, &Limits::none()).is_err());
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

#[test]
fn subspaces_quotients_and_restrictions() {
    let limits = Limits::none();
    let number = |rep: &Rep| u64::try_from(rank(rep, &limits).unwrap()).unwrap();
    let ints = |v: &[i64]| v.iter().map(|x| Rational::from(*x)).collect::<Vec<_>>();
    let v = vector(&group("S", &[4]));
    // The standard representation, as a subspace and as a quotient: irreducible of real type, and isomorphic.
    let differences = [ints(&[1, -1, 0, 0]), ints(&[0, 1, -1, 0]), ints(&[0, 0, 1, -1])];
    let (sub, quotient) =
        (v.subrepresentation(&differences, &limits).unwrap(), v.quotient(&[ints(&[1, 1, 1, 1])], &limits).unwrap());
    for x in [&sub, &quotient] {
        assert_eq!((x.dim(), number(&Rep::hom(x, x).unwrap())), (&BigUint::from(3u32), 1));
        let m = x.discrete_matrices(&limits).unwrap();
        assert_eq!(m[0].mul(&m[0]), SparseMatrix::identity(3));
    }
    assert_eq!(number(&Rep::hom(&sub, &quotient).unwrap()), 1);
    assert!(v.subrepresentation(&[ints(&[1, 0, 0, 0])], &limits).is_err());
    assert!(v.quotient(&[ints(&[1, 0, 0, 0])], &limits).is_err());
    // det ⊗ Λ^4 is trivial; Λ^3 of the standard representation is the sign.
    let det = Rep::determinant(v.base(), &limits).unwrap();
    assert_eq!(number(&Rep::hom(&det, &v.exterior_power(4).unwrap()).unwrap()), 1);
    assert_eq!(number(&Rep::hom(&det, &sub.exterior_power(3).unwrap()).unwrap()), 1);
    // Traceless symmetric matrices of O(3), and their restriction to O(2) × 1 and to rotations about an axis.
    let o3 = vector(&group("O", &[3]));
    let trace = invariants(&o3.symmetric_power(2).unwrap(), &limits).unwrap();
    let rows: Vec<Vec<Rational>> = trace.basis.iter().map(|r| crate::exact::sparse::to_dense(r, trace.dim)).collect();
    let traceless = o3.symmetric_power(2).unwrap().quotient(&rows, &limits).unwrap();
    assert_eq!((traceless.dim(), number(&Rep::hom(&traceless, &traceless).unwrap())), (&BigUint::from(5u32), 1));
    let axis = embed(&group("SO", &[2]), 3, 0, &Limits::none()).unwrap();
    // Spin 0, 1, 2 about the axis in Sym²: invariants x² + y² and z².
    assert_eq!(number(&o3.symmetric_power(2).unwrap().restrict(&axis, &limits).unwrap()), 2);
    assert!(o3.restrict(&group("SL", &[3]), &limits).is_err());
    assert!(o3.restrict(&group("SO", &[2]), &limits).is_err());
    // A connected subgroup needs the algebra only: x² + y² − 2z². Reflections of a given representation are not known.
    assert_eq!(number(&traceless.restrict(&axis, &limits).unwrap()), 1);
    let with_reflections = embed(&group("O", &[2]), 3, 0, &limits).unwrap();
    assert!(traceless.restrict(&with_reflections, &limits).is_err());
}

#[test]
fn subsets_of_points() {
    // S(n) on k- and l-subsets: min(k, l) + 1 orbits of pairs for n ≥ k + l.
    let limits = Limits::none();
    let g = group("S", &[6]);
    for (k, l, expected) in [(2, 2, 3), (1, 2, 2), (3, 3, 4), (2, 3, 3), (0, 2, 1)] {
        let (x, y) = (Rep::subsets(&g, k, &limits).unwrap(), Rep::subsets(&g, l, &limits).unwrap());
        assert_eq!(rank_of_maps(&x, &y, &limits).unwrap(), BigUint::from(expected as u32), "{k} {l}");
    }
    assert_eq!(*Rep::subsets(&g, 7, &limits).unwrap().dim(), BigUint::ZERO);
    assert!(Rep::subsets(&group("O", &[3]), 2, &limits).is_err());
}

#[test]
fn samples_lie_in_their_groups() {
    let limits = Limits::none().with_seed(5);
    let product_of = |a: &crate::exact::Matrix<f64>, b: &crate::exact::Matrix<f64>| {
        crate::exact::Matrix::from_fn(a.rows(), b.cols(), |i, j| {
            (0..a.cols()).map(|k| a[(i, k)] * b[(k, j)]).sum::<f64>()
        })
    };
    let both = product(&[&group("S", &[3]), &group("SO", &[3])], ProductSpace::Tensor, &limits).unwrap();
    for (g, law) in [
        (group("O", &[4]), SampleLaw::Haar),
        (group("SO", &[5]), SampleLaw::Haar),
        (group("U", &[3]), SampleLaw::Haar),
        (group("SU", &[3]), SampleLaw::Haar),
        (group("S", &[6]), SampleLaw::Haar),
        (both, SampleLaw::Haar),
        (group("RubiksCube", &[]), SampleLaw::Haar),
        (group("A", &[6]), SampleLaw::Haar),
        (embed(&group("O", &[2]), 3, 1, &Limits::none()).unwrap(), SampleLaw::HaarTimesWords),
    ] {
        let (found, stated) = sample(&g, 3, &limits).unwrap();
        assert_eq!((found.len(), stated), (3, law), "{g}");
        assert_ne!(found[0], found[1], "{g}");
        assert_eq!(sample(&g, 3, &limits).unwrap().0, found, "the same seed gives the same elements");
        for m in &found {
            let one = product_of(m, &m.transpose());
            let off = (0..m.rows()).flat_map(|i| (0..m.rows()).map(move |j| (i, j)));
            let worst = off.map(|(i, j)| (one[(i, j)] - f64::from(u8::from(i == j))).abs()).fold(0.0, f64::max);
            assert!(worst < 1e-12, "{g}: {worst}");
        }
    }
    // All of Z(1000) is reached alike: the mean shift of 400 elements, 500 ± 14.4, lies within five standard deviations. A(4)
    // has even permutations only.
    let cyclic = sample(&group("Z", &[1000]), 400, &limits).unwrap().0;
    let shift = |m: &crate::exact::Matrix<f64>| (0..1000).position(|i| m[(i, 0)] == 1.0).unwrap();
    let mean = cyclic.iter().map(shift).sum::<usize>() as f64 / 400.0;
    assert!((mean - 499.5).abs() < 72.0, "{mean}");
    for m in sample(&group("A", &[4]), 30, &limits).unwrap().0 {
        let image = |j: usize| (0..4).position(|i| m[(i, j)] == 1.0).unwrap();
        let pairs = (0..4).flat_map(|i| (0..i).map(move |j| (j, i)));
        assert!(pairs.filter(|&(j, i)| image(j) > image(i)).count().is_multiple_of(2));
    }
    // Determinants: of SO(2) always 1; an element of SU(2) has the real form [a, −b̄; b, ā].
    for m in sample(&group("SO", &[2]), 20, &limits).unwrap().0 {
        assert!((m[(0, 0)] * m[(1, 1)] - m[(0, 1)] * m[(1, 0)] - 1.0).abs() < 1e-12);
    }
    for m in sample(&group("SU", &[2]), 20, &limits).unwrap().0 {
        assert!((m[(0, 0)] - m[(1, 1)]).abs() < 1e-12 && (m[(2, 0)] + m[(3, 1)]).abs() < 1e-12);
        assert!((m[(0, 1)] + m[(1, 0)]).abs() < 1e-12 && (m[(2, 1)] - m[(3, 0)]).abs() < 1e-12);
    }
    // Moments of Haar measure on O(2): the mean of an entry is 0, of its square 1/2; 4000 samples, six standard deviations.
    let many = sample(&group("O", &[2]), 4000, &limits).unwrap().0;
    let mean = |f: &dyn Fn(f64) -> f64| many.iter().map(|m| f(m[(0, 1)])).sum::<f64>() / 4000.0;
    assert!(mean(&|x| x).abs() < 6.0 * (0.5f64 / 4000.0).sqrt());
    assert!((mean(&|x| x * x) - 0.5).abs() < 6.0 * (0.125f64 / 4000.0).sqrt());
    let negative = many.iter().filter(|m| m[(0, 0)] * m[(1, 1)] < m[(0, 1)] * m[(1, 0)]).count();
    assert!((1800..2200).contains(&negative), "{negative}");
}

#[test]
fn spinors() {
    let limits = Limits::none();
    for n in 2..=7 {
        let (spin_group, pin) = (spin(n, 0, false, &limits).unwrap(), spin(n, 0, true, &limits).unwrap());
        assert_eq!((spin_group.dim(), spin_group.matrix_size()), (n * (n - 1) / 2, 1 << (n / 2)), "{n}");
        // Conjugation by γ_1 reflects the algebra.
        let m = Rep::adjoint(pin.base()).discrete_matrices(&limits).unwrap();
        assert_eq!(m[0].mul(&m[0]), SparseMatrix::identity(n * (n - 1) / 2));
        let g = &vector(&pin).discrete_matrices(&limits).unwrap()[0];
        assert_eq!(g.mul(g), SparseMatrix::identity(2 << (n / 2)));
    }
    // Real commutants of Dirac spinors: Spin(3) = SU(2) on C² = H: the quaternions, 4. Spin(4) = SU(2)² on H ⊕ H: 8, of which
    // Pin(4), which exchanges the summands, leaves 4. Spin(7) on C⊗R^8: 4 = M_2(R) (the real spinor representation twice).
    for (n, reflections, expected) in [(3, false, 4), (4, false, 8), (4, true, 4), (7, false, 4)] {
        assert_eq!(maps(&spin(n, 0, reflections, &limits).unwrap(), 1, 1), expected, "{n} {reflections}");
    }
    // Unit vectors of each sign: γ_1² = 1, γ_(p+1)² = −1 (Lawson–Michelsohn, I.1, with the other sign of the form). Both real forms of
    // so(4) by their Killing forms: (3, 3) and (4, 2).
    for (p, q, positive) in [(1, 3, 3), (3, 1, 3), (2, 2, 4)] {
        let pin = spin(p, q, true, &limits).unwrap();
        let squares = vector(&pin).discrete_matrices(&limits).unwrap();
        let one = SparseMatrix::identity(8);
        assert_eq!(squares.iter().map(|g| g.mul(g)).collect::<Vec<_>>(), [one.clone(), one.scale(&Rational::from(-1))]);
        let killing = crate::lie::killing_form(pin.algebra().constants(), &limits).unwrap();
        assert_eq!(crate::lie::signature(&killing, &limits).unwrap().positive, positive, "{p} {q}");
        // Conjugation by them keeps the algebra.
        assert_eq!(Rep::adjoint(pin.base()).discrete_matrices(&limits).unwrap().len(), 2);
    }
    assert!(spin(1, 0, false, &limits).is_err() && spin(40, 0, false, &limits).is_err());
}

#[test]
fn images_have_their_representation_as_vectors() {
    let limits = Limits::none();
    let o3 = vector(&group("O", &[3]));
    let squares = o3.symmetric_power(2).unwrap();
    let g = image(&squares, &limits).unwrap();
    assert_eq!(g.matrix_size(), 6);
    assert_eq!(
        rank(&vector(&g).power(2).unwrap(), &limits).unwrap(),
        rank(&squares.power(2).unwrap(), &limits).unwrap()
    );
}

/// Part of the algebra that acts by zero is not in the image; a subgroup is a subgroup.
#[test]
fn images_and_subgroups() {
    let limits = Limits::none();
    let so3 = group("SO", &[3]);
    let v = Rep::vector(so3.base()).unwrap();
    assert_eq!(image(&Rep::scalar(so3.base()), &limits).unwrap().dim(), 0);
    assert_eq!(image(&v, &limits).unwrap().dim(), 3);
    let both = product(&[&so3, &group("SO", &[2])], ProductSpace::Sum, &limits).unwrap();
    let first = Rep::adjoint(both.base());
    // The adjoint representation forgets the centre.
    assert_eq!(image(&first, &limits).unwrap().dim(), 3);
    let vector = |g: &Group| Rep::vector(g.base()).unwrap();
    let (s4, z4) = (group("S", &[4]), group("Z", &[4]));
    assert!(vector(&s4).restrict(&z4, &limits).is_ok());
    assert!(vector(&z4).restrict(&s4, &limits).is_err());
    assert!(vector(&group("SO", &[4])).restrict(&s4, &limits).is_err());
    assert!(vector(&group("O", &[4])).restrict(&s4, &limits).is_ok());
    assert!(vector(&group("SO", &[4])).restrict(&group("A", &[4]), &limits).is_ok());
    assert!(vector(&group("O", &[4])).restrict(&group("SL", &[4]), &limits).is_err());
    // Room is asked for before it is taken.
    assert!(affine(&group("S", &[200_000]), &limits).is_err());
    assert!(embed(&group("SO", &[10]), 1_000_000, 0, &Limits::none().with_memory(1000)).is_err());
}
