//! Counts of tied weights against Burnside's mean over all elements, published tables, and the patterns themselves.

use super::*;
use crate::exact::SparseMatrix;
use crate::finite::ElementTable;
use crate::lie::named::Arg;
use crate::num::Rational;
use crate::reps::{Group, distinct_tuples, group_by_name, image_group, on_cosets, on_signed_cosets};

fn limits() -> Limits {
    Limits::none()
}

fn named(name: &str, n: &[i64]) -> Group {
    let args: Vec<Arg> = n.iter().map(|n| Arg::Integer(*n)).collect();
    group_by_name(name, &args, &limits()).unwrap()
}

fn vector(g: &Group) -> Rep {
    Rep::vector(g.base()).unwrap()
}

fn subgroup(n: usize, cycles: &[&str]) -> PermutationGroup {
    let all = cycles.iter().map(|c| Permutation::from_cycles(n, c).unwrap()).collect();
    PermutationGroup::new("H", n, all).unwrap()
}

/// The number of free weights, after it was found in four ways that must agree: as the language finds it, by stabilisers, from
/// the pattern, and as `1/|G| Σ χ_X(g) χ_Y(g)` over all elements of the joint action.
#[track_caller]
fn weights(from: &Rep, to: &Rep) -> usize {
    let limits = limits();
    let found = tied_weights(from, to, &limits).unwrap();
    let pattern = tie(from, to, &limits).unwrap();
    assert_eq!(found, BigUint::from(pattern.rank()));
    let (a, b) = Rep::matched(from, to, &limits).unwrap();
    let (n, m) = (size(&a).unwrap(), size(&b).unwrap());
    let (on_from, on_to) = (action(&a, &limits).unwrap(), action(&b, &limits).unwrap());
    assert_eq!(count((&on_from, n), (&on_to, m), &limits).unwrap(), found);
    let joint = joint_group((&on_from, n), (&on_to, m), &limits).unwrap();
    let table = ElementTable::new(&joint, "a test", &limits).unwrap();
    let trace = |g: usize, lines: std::ops::Range<usize>| -> i64 {
        let one = |i: usize| match table.image(g, 2 * i) {
            p if p == 2 * i => 1,
            p if p == 2 * i + 1 => -1,
            _ => 0,
        };
        lines.map(one).sum()
    };
    let sum: i64 = (0..table.order()).map(|g| trace(g, 0..n) * trace(g, n..n + m)).sum();
    assert_eq!(sum, table.order() as i64 * pattern.rank() as i64);
    pattern.rank()
}

/// Parameter counts of Ravanbakhsh 2020 and of the papers named there: sets, tensors,
/// subsets, grids, polygons.
#[test]
fn published_counts() {
    let limits = limits();
    for n in [2, 3, 5] {
        let g = named("S", &[n]);
        assert_eq!(weights(&vector(&g), &vector(&g)), 2);
    }
    let s6 = named("S", &[6]);
    for (k, l) in [(2, 2), (1, 2), (3, 3), (2, 3)] {
        let (x, y) = (Rep::subsets(&s6, k, &limits).unwrap(), Rep::subsets(&s6, l, &limits).unwrap());
        assert_eq!(weights(&x, &y), k.min(l) + 1, "{k} {l}");
    }
    // Bell numbers, and sums of Stirling numbers for few points.
    let s4 = named("S", &[4]);
    let v = vector(&s4);
    assert_eq!(weights(&v.power(2).unwrap(), &v.power(2).unwrap()), 15);
    let (s2, s3) = (named("S", &[2]), named("S", &[3]));
    for (g, expected) in [(&s3, 14), (&s2, 8)] {
        let v2 = vector(g).power(2).unwrap();
        assert_eq!(weights(&v2, &v2), expected);
    }
    // Grids: 2^d for d axes.
    let times = |a: &Rep, b: &Rep| {
        let (a, b) = Rep::matched(a, b, &limits).unwrap();
        a.tensor(&b).unwrap()
    };
    let grid = times(&vector(&s3), &vector(&s4));
    assert_eq!(weights(&grid, &grid), 4);
    let tensor = times(&grid, &vector(&named("S", &[5])));
    let (a, b) = (tied_weights(&tensor, &tensor, &limits).unwrap(), tie(&tensor, &tensor, &limits).unwrap().rank());
    assert_eq!((a, b), (BigUint::from(8u32), 8));
    for n in [5, 6, 9] {
        let (d, z) = (named("D", &[n]), named("Z", &[n]));
        assert_eq!(weights(&vector(&d), &vector(&d)), n as usize / 2 + 1);
        assert_eq!(weights(&vector(&z), &vector(&z)), n as usize);
    }
    let torus = times(&vector(&named("Z", &[3])), &vector(&named("Z", &[4])));
    assert_eq!(weights(&torus, &torus), 12);
}

/// The rotations of the cube on faces, vertices and edges, and the seven points and lines of the Fano plane.
#[test]
fn solids_and_planes() {
    let limits = limits();
    let cube = named("Cube", &[]);
    let own = cube.permutations().unwrap();
    let table = ElementTable::new(own, "a test", &limits).unwrap();
    let with = |lengths: &[usize]| {
        let p = (0..24).map(|g| table.element(g)).find(|p| p.cycle_lengths() == lengths).unwrap();
        let group = PermutationGroup::new("H", 6, vec![p]).unwrap();
        on_cosets(&cube, &group, &limits).unwrap()
    };
    // Turns by a third fix a vertex and no face; half turns about an edge fix no face.
    let (faces, vertices, edges) = (vector(&cube), with(&[3, 3]), with(&[2, 2, 2]));
    assert_eq!((vertices.dim(), edges.dim()), (&BigUint::from(8u32), &BigUint::from(12u32)));
    for (x, y, expected) in [
        (&faces, &faces, 3),
        (&vertices, &vertices, 4),
        (&edges, &edges, 7),
        (&faces, &vertices, 2),
        (&faces, &edges, 3),
        (&vertices, &edges, 4),
    ] {
        assert_eq!(weights(x, y), expected);
    }
    // The automorphisms of the lines {i, i+1, i+3} modulo 7; lines are the cosets of the stabiliser of one.
    let fano = subgroup(7, &["(0 1 2 3 4 5 6)", "(1 2)(3 6)"]);
    assert_eq!(fano.order(&limits).unwrap(), BigUint::from(168u32));
    let group = Group::of_permutation_group(fano.clone()).unwrap();
    let elements = ElementTable::new(&fano, "a test", &limits).unwrap();
    let keeps = |p: &Permutation| {
        let mut line: Vec<usize> = [0, 1, 3].iter().map(|&x| p.image(x).unwrap()).collect();
        line.sort_unstable();
        line == [0, 1, 3]
    };
    let all: Vec<Permutation> = (0..168).map(|g| elements.element(g)).filter(|p| keeps(p)).collect();
    assert_eq!(all.len(), 24);
    let lines = on_cosets(&group, &PermutationGroup::new("L", 7, all).unwrap(), &limits).unwrap();
    assert_eq!(weights(&vector(&group), &lines), 2);
}

/// Dimensions of commutants (computed with GAP).
#[test]
fn commutants() {
    let limits = limits();
    for (name, n, expected) in [("S", 4, 2), ("D", 6, 4)] {
        let v = vector(&named(name, &[n]));
        assert_eq!(weights(&v, &v), expected);
    }
    let a5 = named("A", &[5]);
    let d5 = ["(0 1 2 3 4)", "(1 4)(2 3)"];
    for (cycles, dim, expected) in
        [(&d5[..], 6u32, 2), (&d5[..1], 12, 4), (&["(0 1 2)"][..], 20, 8), (&["(0 1)(2 3)"][..], 30, 16)]
    {
        let rep = on_cosets(&a5, &subgroup(5, cycles), &limits).unwrap();
        assert_eq!(rep.dim(), &BigUint::from(dim));
        assert_eq!(weights(&rep, &rep), expected, "{dim}");
    }
    let q8 = vector(&named("Q8", &[]));
    assert_eq!(weights(&q8, &q8), 8);
    for n in [4, 5] {
        // Ordered pairs, equal ones too.
        let v2 = vector(&named("S", &[n])).power(2).unwrap();
        assert_eq!(weights(&v2, &v2), 15);
    }
}

/// Layers with signs (acceptance case 16, computed with GAP from double cosets).
#[test]
fn signed_layers() {
    let limits = limits();
    let (s4, d6, a5) = (named("S", &[4]), named("D", &[6]), named("A", &[5]));
    let d4 = subgroup(4, &["(0 1 2 3)", "(0 2)"]);
    let signed = |g: &Group, h: &PermutationGroup, k: &[&str]| {
        on_signed_cosets(g, h, &subgroup(h.degree(), k), &limits).unwrap()
    };
    let to = signed(&s4, &d4, &["(0 1)(2 3)", "(0 2)(1 3)"]);
    assert_eq!(weights(&vector(&s4), &to), 0);
    let regular = on_cosets(&s4, &subgroup(4, &[]), &limits).unwrap();
    assert_eq!(weights(&regular, &signed(&s4, &d4, &["(0 1 2 3)"])), 3);
    let c6 = subgroup(6, &["(0 1 2 3 4 5)"]);
    assert_eq!(weights(&vector(&d6), &signed(&d6, &c6, &["(0 2 4)(1 3 5)"])), 1);
    let d5 = subgroup(5, &["(0 1 2 3 4)", "(1 4)(2 3)"]);
    let c5 = on_cosets(&a5, &subgroup(5, &["(0 1 2 3 4)"]), &limits).unwrap();
    assert_eq!(weights(&c5, &signed(&a5, &d5, &["(0 1 2 3 4)"])), 2);
}

/// Inversion of grey levels: an odd map has all weights, an even one none; hypergraph layers; trivial groups.
#[test]
fn signs_and_edges() {
    let limits = limits();
    let minus = SparseMatrix::from_triples(4, 4, (0..4).map(|i| (i, i, Rational::from(-1))));
    let group = crate::reps::matrix_group("inversion", (4, false), vec![minus], Vec::new(), &limits).unwrap();
    let (v, one) = (vector(&group), Rep::scalar(group.base()));
    assert_eq!((weights(&v, &v), weights(&v, &one), weights(&v.power(2).unwrap(), &one)), (16, 0, 16));
    let s5 = named("S", &[5]);
    let pairs = distinct_tuples(&s5, 2, &limits).unwrap();
    // Two ordered pairs: equal, opposite, sharing a point in four ways, disjoint.
    assert_eq!(weights(&pairs, &pairs), 7);
    let trivial = Group::of_permutation_group(subgroup(3, &[])).unwrap();
    let three = Rep::subsets(&trivial, 2, &limits).unwrap();
    assert_eq!(tied_weights(&three, &vector(&trivial), &limits).unwrap(), BigUint::from(9u32));
    assert_eq!(tie(&three, &vector(&trivial), &limits).unwrap().rank(), 9);
    let so3 = named("SO", &[3]);
    assert!(tie(&vector(&so3), &vector(&so3), &limits).is_err());
    // Two different groups: the weights of their product.
    let (x, y) = (vector(&named("S", &[3])), vector(&named("Z", &[4])));
    assert_eq!(weights(&x, &y), 1);
}

/// A large count needs no list: S(1000) on tensors, and a pattern beyond the memory is refused.
#[test]
fn counts_need_no_pattern() {
    let limits = limits();
    let g = named("S", &[1000]);
    let v3 = vector(&g).power(3).unwrap();
    assert_eq!(tied_weights(&v3, &v3, &limits).unwrap(), BigUint::from(203u32));
    assert!(matches!(tie(&v3, &v3, &limits), Err(EquivariantError::Stopped(_) | EquivariantError::TooLarge(_))));
    let pairs = Rep::subsets(&named("S", &[30]), 2, &limits).unwrap();
    assert_eq!(tied_weights(&pairs, &pairs, &limits).unwrap(), BigUint::from(3u32));
}

/// Images: free weights of a unit that sees 8×8 pixels are the orbits of the subgroup that keeps it:
/// D_4 64, 32, 36, 32, 20, 16, 16, 10; the four-group of flips 64, 32, 32, 32, 16.
#[test]
fn units_that_see_images() {
    let limits = limits();
    for (symmetries, expected) in [
        (&["flips"][..], vec![16, 32, 32, 32, 64]),
        (&["dihedral"], vec![10, 16, 16, 20, 32, 32, 36, 64]),
        (&["rotations"], vec![16, 32, 64]),
    ] {
        let group = image_group(8, 8, symmetries, &limits).unwrap();
        let own = group.permutations().unwrap();
        let lattice = crate::finite::SubgroupLattice::new(own, &limits).unwrap();
        let count = |class: usize| {
            let units = on_cosets(&group, &lattice.representative(class), &limits).unwrap();
            weights(&vector(&group), &units)
        };
        let mut found: Vec<usize> = (0..lattice.classes.len()).map(count).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{symmetries:?}");
    }
    // Convolutions: one weight for each shift; with inversion there are no others, and even functions have none.
    let shifts = image_group(4, 6, &["translations"], &limits).unwrap();
    assert_eq!(weights(&vector(&shifts), &vector(&shifts)), 24);
    let signed = image_group(4, 6, &["translations", "inversion"], &limits).unwrap();
    assert_eq!(weights(&vector(&signed), &vector(&signed)), 24);
    assert_eq!(weights(&vector(&signed), &Rep::scalar(signed.base())), 0);
    // A rectangle has no quarter turns.
    assert!(image_group(4, 6, &["dihedral"], &limits).is_err());
    assert!(image_group(4, 6, &["nonsense"], &limits).is_err());
}
