//! Counts of the papers, closed forms, and cases computed apart.

use super::super::*;
use super::*;

/// A map of the pixels (row, column) of a square image of a given size.
type Map = fn(usize, usize, usize) -> (usize, usize);

/// (all pairs of type 1, of type 2, those that carry networks of type 1, of type 2).
fn counts(group: &PermutationGroup) -> (usize, usize, usize, usize) {
    let all = architectures(group, None, &Limits::none()).unwrap().pairs.unwrap();
    let count =
        |kind: u8, carried: bool| all.iter().filter(|a| a.kind == kind && (!carried || a.rejection.is_none())).count();
    (count(1, false), count(2, false), count(1, true), count(2, true))
}

/// The figures of Agrawal and Ostrowski: C6 has 6 architectures and D6 has 14; the other counts follow from orbit types.
#[test]
fn counts_of_small_groups() {
    assert_eq!(counts(&cyclic(2).unwrap()), (2, 1, 2, 1));
    assert_eq!(counts(&cyclic(6).unwrap()), (4, 2, 4, 2));
    assert_eq!(counts(&cyclic(12).unwrap()), (6, 4, 6, 4));
    assert_eq!(counts(&dihedral(4).unwrap()), (8, 11, 5, 5));
    assert_eq!(counts(&dihedral(6).unwrap()), (10, 12, 7, 7));
    assert_eq!(counts(&dihedral(12).unwrap()), (16, 22, 13, 16));
    assert_eq!(counts(&alternating(4).unwrap()), (5, 2, 4, 2));
    assert_eq!(counts(&alternating(5).unwrap()), (9, 4, 6, 3));
    assert_eq!(counts(&alternating(6).unwrap()), (22, 14, 10, 5));
    assert_eq!(counts(&quaternion().unwrap()), (6, 7, 6, 7));
}

/// S_n on n points: p(n) + Σ_{1≤j≤n/2} p(j), from partitions; and from the subgroups for small n.
#[test]
fn symmetric_groups() {
    let none = Limits::none();
    for (n, expected) in [(3, 4), (4, 8), (5, 10), (6, 17), (7, 21), (8, 33), (9, 41), (10, 60)] {
        let found = architectures(&symmetric(n).unwrap(), None, &none).unwrap();
        assert_eq!(found.pairs.as_ref().unwrap().iter().filter(|a| a.rejection.is_none()).count(), expected);
        assert_eq!(found.with_rejected, n <= 6);
    }
    for n in 3..=6 {
        let key = |a: &Architecture| (a.kind, a.width.clone(), a.free);
        let survey = Survey::new(&symmetric(n).unwrap(), &Inputs::Points, &none).unwrap();
        let mut slow: Vec<_> = survey.pairs.iter().filter(|x| x.1.rejection.is_none()).map(|x| key(&x.1)).collect();
        let mut fast: Vec<_> = of_symmetric(n, &none).unwrap().iter().map(key).collect();
        slow.sort();
        fast.sort();
        assert_eq!(slow, fast, "S({n})");
    }
}

/// C_2^k regular: every pair carries networks, Σ_r [k choose r]_2 2^r; by transpositions 2^k + (2^k - 1).
#[test]
fn elementary_abelian_groups() {
    let none = Limits::none();
    let two = cyclic(2).unwrap();
    let (mut regular, mut split) = (two.clone(), two.clone());
    for (k, expected) in [(1usize, 3), (2, 11), (3, 51), (4, 307)] {
        let (_, _, a, b) = counts(&regular);
        assert_eq!(a + b, expected);
        let (_, _, a, b) = counts(&split);
        assert_eq!((a, b), (1 << k, (1 << k) - 1));
        regular = product_action(&regular, &two, &none).unwrap();
        split = direct_product(&split, &two, &none).unwrap();
    }
}

/// C6: (width, type, free) and the patterns of the pairs (C2, 1) and (C6, C3).
#[test]
fn patterns_of_c6() {
    let found = architectures(&cyclic(6).unwrap(), None, &Limits::none()).unwrap().pairs.unwrap();
    let listed: Vec<(String, u8, usize)> = found.iter().map(|a| (a.width.to_string(), a.kind, a.free)).collect();
    let expected = [("6", 1, 6), ("3", 1, 3), ("3", 2, 3), ("2", 1, 2), ("1", 1, 1), ("1", 2, 1)];
    assert_eq!(listed, expected.map(|(w, k, f)| (w.to_string(), k, f)));
    assert_eq!(found[2].pattern, [1, 2, 3, -1, -2, -3]);
    assert_eq!(found[5].pattern, [1, -1, 1, -1, 1, -1]);
}

/// D6: the eight rejected pairs: three for lack of weights, five with a larger stabiliser.
#[test]
fn rejected_pairs_of_d6() {
    let found = architectures(&dihedral(6).unwrap(), None, &Limits::none()).unwrap().pairs.unwrap();
    let none = found.iter().filter(|a| a.rejection == Some(Rejection::NoWeights)).count();
    let larger = found.iter().filter(|a| matches!(a.rejection, Some(Rejection::LargerStabilizer { .. }))).count();
    assert_eq!((none, larger), (3, 5));
    assert_eq!(architectures(&symmetric(1).unwrap(), None, &Limits::none()).unwrap().pairs.unwrap().len(), 1);
}

/// S_4 with the pattern (1, -1, 0, 0): H = ⟨(0 1), (2 3)⟩, whose normaliser D_4 carries K = ⟨(2 3)⟩ to ⟨(0 1)⟩. In S_4 there
/// are 11 pairs of type 1 and 11 of type 2 (counted with GAP), of which 8 carry networks.
#[test]
fn fused_classes_and_names() {
    let none = Limits::none();
    assert_eq!(counts(&symmetric(4).unwrap()), (11, 11, 5, 3));
    assert_eq!(counts(&symmetric(5).unwrap()), (19, 19, 7, 3));
    let s4 = architectures(&symmetric(4).unwrap(), None, &none).unwrap().pairs.unwrap();
    let found =
        s4.iter().find(|a| a.rejection.is_none() && a.kind == 2 && a.pattern.iter().filter(|x| **x == 0).count() == 2);
    let found = found.unwrap();
    assert_eq!((found.fused, found.free), (Some(2), 1));
    assert_eq!(found.names, (Some("C2^2".into()), Some("C2".into())));
    let s3 = architectures(&symmetric(3).unwrap(), None, &none).unwrap().pairs.unwrap();
    let second = s3.iter().find(|a| a.rejection.is_none() && a.kind == 2).unwrap();
    assert_eq!(second.names.0.as_deref(), Some("C2"));
    let s7 = architectures(&symmetric(7).unwrap(), None, &none).unwrap().pairs.unwrap();
    let named = |pattern: [i64; 7]| s7.iter().find(|a| a.pattern == pattern).unwrap().names.0.clone().unwrap();
    assert_eq!(named([1, -1, 0, 0, 0, 0, 0]), "S5xC2");
    assert_eq!(named([1, 1, -1, -1, 0, 0, 0]), "S3x((S2xS2):C2)");
    assert_eq!(named([1, 2, 3, -1, -2, -3, 0]), "C2");
    assert_eq!(named([1, 1, 2, -1, -1, -2, 0]), "(S2xS2):C2");
}

/// The same pairs from the lattice of S_7, fusion included.
#[test]
fn nothing_is_fused_in_s7() {
    let survey = Survey::new(&symmetric(7).unwrap(), &Inputs::Points, &Limits::none()).unwrap();
    assert!(survey.pairs.iter().filter(|x| x.1.rejection.is_none()).all(|x| x.1.fused == Some(1)));
}

/// p(60) = 966467 and p(1) + … + p(30) = 28628 (OEIS A000041, A026905) are counted, not listed.
#[test]
fn long_lists_are_counted() {
    let none = Limits::none();
    let found = architectures(&symmetric(60).unwrap(), None, &none).unwrap();
    assert!(found.pairs.is_none());
    assert_eq!(found.counts, (BigUint::from(966_467u32), BigUint::from(28_628u32)));
    assert_eq!(symmetric_counts(10, &none).unwrap().1, Some(60));
    // p(1000), Hardy and Ramanujan's number.
    let found = architectures(&symmetric(1000).unwrap(), None, &none).unwrap();
    assert_eq!(found.counts.0, "24061467864032622473692149727991".parse::<BigUint>().unwrap());
    assert!(matches!(architectures(&symmetric(1_000_000).unwrap(), None, &none), Err(FiniteError::Argument(_))));
}

/// (pairs of type 1, of type 2) that carry networks, of a group with this list of irreducible characters.
fn of_character(group: &PermutationGroup, numbers: &[usize]) -> (u32, u32) {
    let table = CharacterTable::new(group, &Limits::none()).unwrap();
    let mut multiplicities = vec![0; table.degrees.len()];
    numbers.iter().for_each(|&i| multiplicities[i] += 1);
    let found = architectures_of_character(group, &multiplicities, &Limits::none()).unwrap().counts;
    (found.0.try_into().unwrap(), found.1.try_into().unwrap())
}

/// The numbers of the irreducible characters of this degree: faithful ones, or the others.
fn character(group: &PermutationGroup, degree: u64, faithful: bool) -> Vec<usize> {
    let table = CharacterTable::new(group, &Limits::none()).unwrap();
    let kernel = |i: usize| table.values[i].iter().filter(|v| **v == table.values[i][0]).count();
    let is = |i: &usize| table.degrees[*i] == degree && (kernel(*i) == 1) == faithful;
    (0..table.degrees.len()).filter(is).collect()
}

/// Cases computed apart (exact cyclotomic matrices there, characters here): rotations of the
/// plane 1 + [n even], dihedral groups 2+1 or 3+3, rotations of the solids 3+2, 4+5, 4+4, with reflections 4+3 and 5+5, S_4 on
/// the plane 2+1.
#[test]
fn actions_that_permute_nothing() {
    for n in 3..=12 {
        let group = cyclic(n).unwrap();
        let table = CharacterTable::new(&group, &Limits::none()).unwrap();
        let first = character(&group, 1, true)[0];
        let conjugate: Vec<_> = table.values[first].iter().map(crate::num::Cyclotomic::conjugate).collect();
        let second = table.values.iter().position(|row| *row == conjugate).unwrap();
        assert_eq!(of_character(&group, &[first, second]), (1, u32::from(n % 2 == 0)), "C_{n}");
        let group = dihedral(n).unwrap();
        let plane = character(&group, 2, true)[0];
        let expected = if n % 2 == 0 { (3, 3) } else { (2, 1) };
        assert_eq!(of_character(&group, &[plane]), expected, "D_{n}");
    }
    let a4 = alternating(4).unwrap();
    assert_eq!(of_character(&a4, &character(&a4, 3, true)), (3, 2));
    // The two three-dimensional characters of S_4: rotations of the cube, and all symmetries of the tetrahedron.
    let s4 = symmetric(4).unwrap();
    let mut both: Vec<(u32, u32)> = character(&s4, 3, true).iter().map(|&i| of_character(&s4, &[i])).collect();
    both.sort_unstable();
    assert_eq!(both, [(4, 3), (4, 5)]);
    assert_eq!(of_character(&s4, &character(&s4, 2, false)), (2, 1));
    let a5 = alternating(5).unwrap();
    for i in character(&a5, 3, true) {
        assert_eq!(of_character(&a5, &[i]), (4, 4));
    }
    let full = direct_product(&a5, &cyclic(2).unwrap(), &Limits::none()).unwrap();
    let odd = character(&full, 3, true);
    assert_eq!(odd.len(), 2);
    assert_eq!(of_character(&full, &odd[..1]), (5, 5));
    // A complex character alone is no action on real inputs.
    let c5 = cyclic(5).unwrap();
    let one = character(&c5, 1, true)[0];
    let mut multiplicities = vec![0; 5];
    multiplicities[one] = 1;
    assert!(architectures_of_character(&c5, &multiplicities, &Limits::none()).is_err());
}

/// Permutation characters give what the points give.
#[test]
fn characters_agree_with_points() {
    let none = Limits::none();
    for group in [dihedral(6).unwrap(), quaternion().unwrap(), alternating(5).unwrap(), symmetric(4).unwrap()] {
        let table = CharacterTable::new(&group, &none).unwrap();
        let found = table.decompose(&table.permutation_character(), &none).unwrap().unwrap();
        let multiplicities: Vec<u64> = found.iter().map(|x| x.to_i64().unwrap() as u64).collect();
        let slow = architectures_of_character(&group, &multiplicities, &none).unwrap();
        let fast = architectures(&group, None, &none).unwrap();
        assert_eq!(slow.counts, fast.counts, "{}", group.name());
        let key = |a: &Architecture| (a.width.clone(), a.kind, a.free, a.rejection.is_none());
        let sorted = |found: Architectures| {
            let mut keys: Vec<_> = found.pairs.unwrap().iter().map(key).collect();
            keys.sort();
            keys
        };
        assert_eq!(sorted(slow), sorted(fast), "{}", group.name());
    }
}

/// B_n on R^n: Σ_{k≤n} p(k) - 1 of each type; -1 on R^d: 1+1; a reflection of the plane 2+1.
#[test]
fn signed_permutations_of_coordinates() {
    let none = Limits::none();
    let counts = |group: &PermutationGroup| {
        let found = signed_architectures(group, None, &none).unwrap().counts;
        (u32::try_from(found.0).unwrap(), u32::try_from(found.1).unwrap())
    };
    for (n, expected) in [(2, 3), (3, 6), (4, 11)] {
        // The point n + i of the group by name is -e_i.
        let place = |x: usize| if x < n { 2 * x } else { 2 * (x - n) + 1 };
        let moved = |p: &Permutation| {
            let mut images = vec![0; 2 * n];
            (0..2 * n).for_each(|x| images[place(x)] = place(p.image(x).unwrap()) as u32);
            Permutation::from_images(images).unwrap()
        };
        let own = signed_permutations(n).unwrap();
        let group = PermutationGroup::new("B", 2 * n, own.generators().iter().map(moved).collect()).unwrap();
        assert_eq!(counts(&group), (expected, expected), "B_{n}");
    }
    let minus = Permutation::from_images((0..128).map(|x| x ^ 1).collect()).unwrap();
    assert_eq!(counts(&PermutationGroup::new("±1", 128, vec![minus]).unwrap()), (1, 1));
    let reflection = Permutation::from_images(vec![0, 1, 3, 2]).unwrap();
    assert_eq!(counts(&PermutationGroup::new("σ", 4, vec![reflection]).unwrap()), (2, 1));
    assert!(signed_architectures(&symmetric(3).unwrap(), None, &none).is_err());
}

/// Images: D_4 on 3×3 pixels 7+8, on 4×4 and 5×5 8+11; flips of 8×8 5+6; translations of 3×3
/// and 4×4 6+0 and 15+24.
#[test]
fn images() {
    let none = Limits::none();
    let group = |n: usize, maps: &[Map]| {
        let one = |map: &Map| {
            let image = |p: usize| {
                let (r, c) = map(p / n, p % n, n);
                (r * n + c) as u32
            };
            Permutation::from_images((0..n * n).map(image).collect()).unwrap()
        };
        PermutationGroup::new("image", n * n, maps.iter().map(one).collect()).unwrap()
    };
    let quarter: Map = |r, c, n| (c, n - 1 - r);
    let mirror: Map = |r, c, n| (r, n - 1 - c);
    let upside: Map = |r, c, n| (n - 1 - r, c);
    let down: Map = |r, c, n| ((r + 1) % n, c);
    let right: Map = |r, c, n| (r, (c + 1) % n);
    for (n, maps, expected) in [
        (3, &[quarter, mirror][..], (7, 8)),
        (4, &[quarter, mirror], (8, 11)),
        (5, &[quarter, mirror], (8, 11)),
        (8, &[mirror, upside], (5, 6)),
        (3, &[down, right], (6, 0)),
        (4, &[down, right], (15, 24)),
    ] {
        let (_, _, a, b) = counts(&group(n, maps));
        assert_eq!((a, b), expected, "{n}");
    }
    // Translations with the symmetries of the square, 3×3: 26 + 34 pairs, 12 + 10 admissible.
    assert_eq!(counts(&group(3, &[quarter, mirror, down, right])), (26, 34, 12, 10));
    // Free weights of what 8×8 pixels allow.
    let free = |maps: &[Map], kind: u8| {
        let all = architectures(&group(8, maps), None, &none).unwrap().pairs.unwrap();
        let mut free: Vec<usize> = all.iter().filter(|a| a.kind == kind).map(|a| a.free).collect();
        free.sort_unstable();
        free
    };
    assert_eq!(free(&[quarter, mirror], 1), [10, 16, 16, 20, 32, 32, 36, 64]);
    assert_eq!(free(&[quarter, mirror], 2), [6, 6, 10, 12, 16, 16, 16, 16, 28, 32, 32]);
    assert_eq!(free(&[mirror, upside], 1), [16, 32, 32, 32, 64]);
    assert_eq!(free(&[mirror, upside], 2), [16, 16, 16, 32, 32, 32]);
}

/// Counts computed with GAP: A_5 on the vertices, diagonals, faces and edges of the icosahedron,
/// regular actions, C_2×C_4 on 2 + 4 points, and widths with free weights of D_4 on the square.
#[test]
fn actions_on_cosets() {
    let none = Limits::none();
    let regular = |group: &PermutationGroup, cycles: &[&str]| {
        let n = group.degree();
        let all = cycles.iter().map(|c| Permutation::from_cycles(n, c).unwrap()).collect();
        let action = coset_action(group, &PermutationGroup::new("H", n, all).unwrap(), &none).unwrap();
        PermutationGroup::new("action", action.degree, action.generators).unwrap()
    };
    let a5 = alternating(5).unwrap();
    for (cycles, expected) in [
        (&["(0 1 2 3 4)"][..], (9, 4, 8, 4)),
        (&["(0 1 2 3 4)", "(1 4)(2 3)"], (9, 4, 6, 2)),
        (&["(0 1 2)"], (9, 4, 9, 4)),
        (&["(0 1)(2 3)"], (9, 4, 9, 4)),
        (&[], (9, 4, 9, 4)),
    ] {
        assert_eq!(counts(&regular(&a5, cycles)), expected, "{cycles:?}");
    }
    assert_eq!(counts(&regular(&symmetric(4).unwrap(), &[])), (11, 11, 11, 11));
    assert_eq!(counts(&regular(&symmetric(5).unwrap(), &[])), (19, 19, 19, 19));
    let split = direct_product(&cyclic(2).unwrap(), &cyclic(4).unwrap(), &none).unwrap();
    assert_eq!(counts(&split), (8, 11, 6, 5));
    let square = architectures(&dihedral(4).unwrap(), None, &none).unwrap();
    let all = square.pairs.unwrap();
    let listed = |kind: u8| {
        let own = all.iter().filter(|a| a.kind == kind && a.rejection.is_none());
        let mut list: Vec<(u32, usize)> = own.map(|a| (u32::try_from(&a.width).unwrap(), a.free)).collect();
        list.sort_unstable();
        list
    };
    assert_eq!(listed(1), [(1, 1), (2, 2), (4, 2), (4, 3), (8, 4)]);
    assert_eq!(listed(2), [(1, 1), (2, 1), (2, 1), (4, 2), (4, 2)]);
    // Seven cohomology classes of type 2, of which the normaliser fuses two pairs.
    let classes: usize = all.iter().filter(|a| a.kind == 2 && a.rejection.is_none()).filter_map(|a| a.fused).sum();
    assert_eq!(classes, 7);
}

/// The reasons of the eight rejected pairs of D_6 (acceptance case 2): three ranges are zero, three stabilisers are S_3, two D_6.
#[test]
fn reasons_of_rejection() {
    let found = architectures(&dihedral(6).unwrap(), None, &Limits::none()).unwrap().pairs.unwrap();
    let mut reasons: Vec<String> = found
        .iter()
        .filter_map(|a| match &a.rejection {
            Some(Rejection::LargerStabilizer { name, .. }) => Some(name.clone().unwrap()),
            Some(Rejection::NoWeights) => Some("0".into()),
            None => None,
        })
        .collect();
    reasons.sort();
    assert_eq!(reasons, ["0", "0", "0", "D6", "D6", "S3", "S3", "S3"]);
}
