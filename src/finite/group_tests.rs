use super::super::verify::listed_order;
use super::super::*;
use crate::limits::{Limits, Stop};
use crate::num::prime::random_stream;
use num_bigint::BigUint;

fn order(group: &PermutationGroup) -> BigUint {
    group.order(&Limits::none()).unwrap()
}

/// The order from a chain, whatever the group is known to be.
fn chain_order(group: &PermutationGroup) -> BigUint {
    let plain = PermutationGroup::new("", group.degree(), group.generators().to_vec()).unwrap();
    plain.chain(&Limits::none()).unwrap().order()
}

fn big(text: &str) -> BigUint {
    text.parse().unwrap()
}

/// Orders from the theory: n!, |PSL(2,q)| = q(q²-1)/(2,q-1), and the ATLAS of Finite Groups.
#[test]
fn orders_of_named_groups() {
    let cases: Vec<(PermutationGroup, &str)> = vec![
        (symmetric(0).unwrap(), "1"),
        (symmetric(1).unwrap(), "1"),
        (symmetric(2).unwrap(), "2"),
        (symmetric(3).unwrap(), "6"),
        (symmetric(10).unwrap(), "3628800"),
        (symmetric(25).unwrap(), "15511210043330985984000000"),
        (alternating(1).unwrap(), "1"),
        (alternating(3).unwrap(), "3"),
        (alternating(4).unwrap(), "12"),
        (alternating(9).unwrap(), "181440"),
        (cyclic(1).unwrap(), "1"),
        (cyclic(12).unwrap(), "12"),
        (dihedral(1).unwrap(), "2"),
        (dihedral(2).unwrap(), "4"),
        (dihedral(7).unwrap(), "14"),
        (dihedral(100).unwrap(), "200"),
        (klein_four(), "4"),
        (quaternion().unwrap(), "8"),
        (dicyclic(1).unwrap(), "4"),
        (dicyclic(3).unwrap(), "12"),
        (signed_permutations(1).unwrap(), "2"),
        (signed_permutations(3).unwrap(), "48"),
        (signed_permutations(5).unwrap(), "3840"),
        (projective_special(2, 2).unwrap(), "6"),
        (projective_special(2, 3).unwrap(), "12"),
        (projective_special(2, 4).unwrap(), "60"),
        (projective_special(2, 7).unwrap(), "168"),
        (projective_special(2, 9).unwrap(), "360"),
        (projective_special(2, 101).unwrap(), "515100"),
        (projective_general(2, 7).unwrap(), "336"),
        (projective_general(2, 8).unwrap(), "504"),
        (special_linear(2, 3).unwrap(), "24"),
        (special_linear(2, 5).unwrap(), "120"),
        (special_linear(2, 4).unwrap(), "60"),
        (mathieu_11().unwrap(), "7920"),
        (mathieu_12().unwrap(), "95040"),
        (mathieu_22().unwrap(), "443520"),
        (mathieu_23().unwrap(), "10200960"),
        (mathieu_24().unwrap(), "244823040"),
        (rubiks_cube().unwrap(), "43252003274489856000"),
    ];
    for (group, expected) in cases {
        assert_eq!(order(&group), big(expected), "{}", group.name());
        assert_eq!(chain_order(&group), big(expected), "{}", group.name());
    }
}

#[test]
fn orders_agree_with_listing() {
    let mut rng = random_stream(5, 0);
    for degree in 1..7 {
        for count in 0..4 {
            for _ in 0..6 {
                let sym = symmetric(degree).unwrap();
                let generators: Vec<Permutation> =
                    (0..count).map(|_| sym.random_element(&mut rng, &Limits::none()).unwrap()).collect();
                let group = PermutationGroup::new("G", degree, generators.clone()).unwrap();
                assert_eq!(order(&group), BigUint::from(listed_order(degree, &generators)));
            }
        }
    }
}

/// Jordan's theorem finds natural symmetric and alternating groups of degrees where a chain would be slow.
#[test]
fn giants_are_recognised() {
    for n in [20usize, 101, 500] {
        let odd = symmetric(n).unwrap();
        let plain = PermutationGroup::new("G", n, odd.generators().to_vec()).unwrap();
        assert_eq!(order(&plain), order(&odd));
        let even = alternating(n).unwrap();
        let plain = PermutationGroup::new("G", n, even.generators().to_vec()).unwrap();
        assert_eq!(order(&plain) << 1, order(&odd));
        assert!(!plain.contains(&odd.generators()[0], &Limits::none()).unwrap());
    }
    let not = mathieu_24().unwrap();
    assert_eq!(not.giant(&Limits::none()).unwrap(), None);
}

/// A large cyclic group and a regular one of large degree: trees in place of tables, and the proof by commuting maps.
#[test]
fn large_degrees() {
    assert_eq!(chain_order(&cyclic(30_000).unwrap()), big("30000"));
    assert_eq!(chain_order(&dicyclic(2000).unwrap()), big("8000"));
    let pair = direct_product(&cyclic(3000).unwrap(), &cyclic(2000).unwrap(), &Limits::none()).unwrap();
    assert_eq!(chain_order(&pair), big("6000000"));
}

/// |G × H| = |G||H|, |G ≀ H| = |G|^n |H|; in product action on tuples the same.
#[test]
fn orders_of_products() {
    let none = Limits::none();
    let (s3, d4, z2) = (symmetric(3).unwrap(), dihedral(4).unwrap(), cyclic(2).unwrap());
    assert_eq!(order(&direct_product(&s3, &d4, &none).unwrap()), big("48"));
    let pairs = product_action(&s3, &d4, &none).unwrap();
    assert_eq!((order(&pairs), pairs.degree()), (big("48"), 12));
    assert_eq!(order(&wreath_product(&z2, &s3, &none).unwrap()), big("48"));
    assert_eq!(order(&wreath_product(&s3, &z2, &none).unwrap()), big("72"));
    assert_eq!(order(&wreath_product(&s3, &d4, &none).unwrap()), big("10368"));
    let tuples = wreath_product_action(&s3, &z2, &none).unwrap();
    assert_eq!((order(&tuples), tuples.degree()), (big("72"), 9));
    assert_eq!(tuples.orbitals(&none).unwrap().1, 3); // tuples at Hamming distance 0, 1, 2
}

/// Numbers of orbitals are ranks: reference values of Finzi, Welling and Wilson (2021), Rubik's cube, and A₅ on the
/// vertices of the icosahedron.
#[test]
fn orbits_and_orbitals() {
    let none = Limits::none();
    let cube = rubiks_cube().unwrap();
    assert_eq!(cube.orbits().iter().map(Vec::len).collect::<Vec<_>>(), [24, 24]);
    assert_eq!(cube.orbitals(&none).unwrap().1, 9);
    assert_eq!(mathieu_12().unwrap().orbitals(&none).unwrap().1, 2);
    assert_eq!(dihedral(6).unwrap().orbitals(&none).unwrap().1, 4);
    let orbit = cube.orbit(5).unwrap();
    for (i, &p) in orbit.points.iter().enumerate() {
        assert_eq!(cube.evaluate(&orbit.word(i)).image(5), Some(p));
    }
    assert!(cube.orbit(48).is_err());
    for (p, g) in cube.transversal(7, &none).unwrap() {
        assert_eq!(g.image(7), Some(p));
    }
}

/// Names of large degree: the order comes from the construction, the chain still from the generators.
#[test]
fn large_names() {
    assert_eq!(order(&dihedral(20_000).unwrap()), big("40000"));
    assert_eq!(order(&cyclic(100_000).unwrap()), big("100000"));
    let s = symmetric(5000).unwrap();
    // 5000! has 1249 zeros at its end: 1000 + 200 + 40 + 8 + 1.
    let text = order(&s).to_string();
    assert_eq!(text.len() - text.trim_end_matches('0').len(), 1249);
    assert!(s.is_primitive(&Limits::none()).unwrap());
}

#[test]
fn blocks_and_primitivity() {
    let none = Limits::none();
    assert!(mathieu_11().unwrap().is_primitive(&none).unwrap());
    assert!(!dihedral(6).unwrap().is_primitive(&none).unwrap());
    assert!(symmetric(2).unwrap().is_primitive(&none).unwrap());
    let systems = dihedral(6).unwrap().minimal_block_systems(&none).unwrap();
    let mut shapes: Vec<usize> = systems.iter().map(Vec::len).collect();
    shapes.sort_unstable();
    assert_eq!(shapes, [2, 3]); // three pairs of opposite corners, two triangles
    assert_eq!(cyclic(12).unwrap().block_system(0, 4).unwrap().len(), 4);
    // The minimal subgroups of a regular group: those of prime order.
    let first = |n: usize| -> Vec<Vec<usize>> {
        cyclic(n).unwrap().minimal_block_systems(&none).unwrap().into_iter().map(|mut s| s.remove(0)).collect()
    };
    assert_eq!(first(8), [[0, 4]]);
    let mut twelve = first(12);
    twelve.sort();
    assert_eq!(twelve, [vec![0, 4, 8], vec![0, 6]]);
    assert_eq!(first(7), Vec::<Vec<usize>>::new());
    let fours = product_action(&klein_four(), &cyclic(2).unwrap(), &none).unwrap();
    assert_eq!(fours.minimal_block_systems(&none).unwrap().len(), 7); // the subgroups of order 2 of C2^3
}

/// All points of a part must stay together, and no point stands twice.
#[test]
fn parts_that_are_not_permuted() {
    let c4 = cyclic(4).unwrap();
    assert_eq!(c4.action_on_parts(&[vec![0, 2], vec![1, 3]]).unwrap().degree(), 2);
    assert!(c4.action_on_parts(&[vec![0, 1], vec![2, 3]]).is_err());
    assert!(c4.action_on_parts(&[vec![0, 1], vec![1, 2], vec![2, 3], vec![3, 0]]).is_err());
    assert!(c4.action_on_parts(&[vec![0], vec![1]]).is_err());
}

/// Orders known by construction are those of the chains, and need none: 2^n n! has n + Σ ⌊n/2^i⌋ factors 2.
#[test]
fn orders_by_construction() {
    let none = Limits::none();
    let groups = [
        projective_special(2, 8),
        projective_special(2, 9),
        projective_special(2, 2),
        projective_special(2, 3),
        projective_general(2, 9),
        special_linear(2, 5),
        special_linear(2, 4),
        signed_permutations(0),
        signed_permutations(1),
        signed_permutations(5),
        dihedral(9),
        dicyclic(6),
        cyclic(1),
        cyclic(30),
    ];
    for group in groups.map(Result::unwrap) {
        let plain = PermutationGroup::new("G", group.degree(), group.generators().to_vec()).unwrap();
        assert_eq!(order(&group), order(&plain), "{}", group.name());
    }
    let large = signed_permutations(20_000).unwrap().order(&none).unwrap();
    assert_eq!(large.trailing_zeros(), Some(20_000 + 19_995));
    // A chain would take more than this.
    let tight = Limits::none().with_memory(16);
    assert!(matches!(signed_permutations(20_000).unwrap().chain(&tight), Err(Stop::Memory { .. })));
}

#[test]
fn stabilizers() {
    let none = Limits::none();
    // M24 is five times transitive: 244823040 / (24·23·22·21·20) = 48.
    let m24 = mathieu_24().unwrap();
    let fixed = m24.pointwise_stabilizer(&[3, 1, 4, 15, 9], &none).unwrap();
    assert_eq!(order(&fixed), big("48"));
    assert!(fixed.generators().iter().all(|g| [3, 1, 4, 15, 9].iter().all(|&p| g.image(p) == Some(p))));
    assert_eq!(order(&m24.stabilizer(0, &none).unwrap()), big("10200960"));
    // Points that do not move, and the trivial group.
    let group = PermutationGroup::new("G", 5, vec![Permutation::from_cycles(5, "(0 1)").unwrap()]).unwrap();
    assert_eq!(order(&group.pointwise_stabilizer(&[4, 3], &none).unwrap()), big("2"));
    assert_eq!(order(&group.stabilizer(0, &none).unwrap()), big("1"));
    assert!(group.stabilizer(5, &none).is_err());
    assert_eq!(order(&symmetric(0).unwrap().pointwise_stabilizer(&[], &none).unwrap()), big("1"));
}

#[test]
fn membership_and_random_elements() {
    let none = Limits::none();
    let cube = rubiks_cube().unwrap();
    let mut rng = random_stream(1, 2);
    for _ in 0..10 {
        let g = cube.random_element(&mut rng, &none).unwrap();
        assert!(cube.contains(&g, &none).unwrap());
    }
    // A single quarter twist of a corner is not reachable.
    assert!(!cube.contains(&Permutation::from_cycles(48, "(0 8 34)").unwrap(), &none).unwrap());
    assert!(!cube.contains(&Permutation::identity(47), &none).unwrap());
    // Uniform: each of 24 elements about 1000 times.
    let group = symmetric(4).unwrap();
    let mut counts = std::collections::BTreeMap::new();
    for _ in 0..24_000 {
        *counts.entry(group.random_element(&mut rng, &none).unwrap()).or_insert(0) += 1;
    }
    assert!(counts.len() == 24 && counts.values().all(|&c| (850..1150).contains(&c)));
}

#[test]
fn wrong_input() {
    assert!(PermutationGroup::new("G", 3, vec![Permutation::identity(4)]).is_err());
    assert!(Permutation::from_images(vec![0, 0]).is_none());
    assert!(Permutation::from_images(vec![2, 0]).is_none());
    assert!(projective_special(2, 6).is_err());
    assert!(projective_special(3, 6).is_err());
    assert!(projective_special(0, 5).is_err());
    assert!(dihedral(0).is_err());
    assert!(dicyclic(0).is_err());
    assert!(symmetric(usize::MAX).is_err());
}
