//! Restriction matrices against published branching rules.

use std::collections::BTreeMap;

use super::super::{Decomposition, ReductiveType, Weight, dimension};
use super::*;
use crate::limits::Limits;
use crate::roots::SimpleType;

fn limits() -> Limits {
    Limits::none()
}

fn simple(text: &str) -> SimpleType {
    text.parse::<ReductiveType>().unwrap().simple().unwrap()
}

fn reductive(text: &str) -> ReductiveType {
    text.parse().unwrap()
}

fn irreducible(text: &str, weight: &[i64]) -> Decomposition {
    Decomposition::irreducible(&reductive(text), weight).unwrap()
}

fn unit(rank: usize, node: usize) -> Weight {
    (1..=rank).map(|i| i64::from(i == node)).collect()
}

/// Dimensions of the factors and charges with multiplicities, as tables print them.
fn dims(v: &Decomposition) -> BTreeMap<(Vec<u64>, Vec<i64>), i64> {
    let mut out = BTreeMap::new();
    for (weight, m) in v.terms() {
        let sizes = v
            .group()
            .parts(weight)
            .map(|(factor, part)| u64::try_from(dimension(&factor.into(), part, &limits()).unwrap()).unwrap());
        let key = (sizes.collect(), v.group().charges(weight).to_vec());
        *out.entry(key).or_default() += i64::try_from(m).unwrap();
    }
    out
}

fn table(rows: &[(&[u64], &[i64], i64)]) -> BTreeMap<(Vec<u64>, Vec<i64>), i64> {
    rows.iter().map(|(d, q, m)| ((d.to_vec(), q.to_vec()), *m)).collect()
}

fn branch(group: &str, weight: &[i64], wanted: &str, which: Option<usize>) -> Decomposition {
    let sub = subgroup(&reductive(group), &reductive(wanted), which, &limits()).unwrap();
    sub.restrict(&irreducible(group, weight), &limits()).unwrap()
}

#[test]
fn grand_unification_with_charges() {
    // Slansky, tables 15, 16, 20, 25: SU(5) ⊃ SU(3)×SU(2)×U(1), SO(10) ⊃ SU(5)×U(1), E6 ⊃ SO(10)×U(1).
    let sub = levi(simple("A4"), &[1], &limits()).unwrap();
    let five = sub.restrict(&irreducible("A4", &[1, 0, 0, 0]), &limits()).unwrap();
    assert_eq!(dims(&five), table(&[(&[1, 2], &[3], 1), (&[3, 1], &[-2], 1)]));
    let ten = sub.restrict(&irreducible("A4", &[0, 1, 0, 0]), &limits()).unwrap();
    assert_eq!(dims(&ten), table(&[(&[1, 1], &[6], 1), (&[3, 1], &[-4], 1), (&[3, 2], &[1], 1)]));
    let adjoint = sub.restrict(&irreducible("A4", &[1, 0, 0, 1]), &limits()).unwrap();
    let rows: &[(&[u64], &[i64], i64)] =
        &[(&[1, 1], &[0], 1), (&[1, 3], &[0], 1), (&[8, 1], &[0], 1), (&[3, 2], &[-5], 1), (&[3, 2], &[5], 1)];
    assert_eq!(dims(&adjoint), table(rows));
    let sub = levi(simple("D5"), &[4], &limits()).unwrap();
    let vector = sub.restrict(&irreducible("D5", &[1, 0, 0, 0, 0]), &limits()).unwrap();
    assert_eq!(dims(&vector), table(&[(&[5], &[2], 1), (&[5], &[-2], 1)]));
    let spinor = sub.restrict(&irreducible("D5", &[0, 0, 0, 1, 0]), &limits()).unwrap();
    assert_eq!(dims(&spinor), table(&[(&[1], &[-5], 1), (&[5], &[3], 1), (&[10], &[-1], 1)]));
    let sub = levi(simple("E6"), &[0], &limits()).unwrap();
    let v = sub.restrict(&irreducible("E6", &unit(6, 1)), &limits()).unwrap();
    assert_eq!(dims(&v), table(&[(&[1], &[4], 1), (&[10], &[-2], 1), (&[16], &[1], 1)]));
    // E7 ⊃ E6×U(1): 56 = 27(1) + 27b(-1) + 1(3) + 1(-3).
    let v = branch("E7", &unit(7, 7), "E6+T1", None);
    assert_eq!(dims(&v), table(&[(&[1], &[3], 1), (&[1], &[-3], 1), (&[27], &[1], 1), (&[27], &[-1], 1)]));
}

#[test]
fn regular_subgroups_of_the_tables() {
    // Slansky, tables 44–52; E8 ⊃ E7×SU(2), SU(9), SO(16), SU(5)×SU(5), E6×SU(3).
    let adjoint = unit(8, 8);
    let v = branch("E8", &adjoint, "E7+A1", None);
    assert_eq!(dims(&v), table(&[(&[133, 1], &[], 1), (&[56, 2], &[], 1), (&[1, 3], &[], 1)]));
    assert_eq!(dims(&branch("E8", &adjoint, "SU(2)xE7", None)).len(), 3);
    assert_eq!(dims(&branch("E8", &adjoint, "D8", None)), table(&[(&[120], &[], 1), (&[128], &[], 1)]));
    let v = branch("E8", &adjoint, "A4+A4", None);
    let rows: &[(&[u64], &[i64], i64)] =
        &[(&[24, 1], &[], 1), (&[1, 24], &[], 1), (&[5, 10], &[], 2), (&[10, 5], &[], 2)];
    assert_eq!(dims(&v), table(rows));
    let v = branch("E8", &adjoint, "E6+A2", None);
    assert_eq!(dims(&v), table(&[(&[78, 1], &[], 1), (&[1, 8], &[], 1), (&[27, 3], &[], 2)]));
    // F4 ⊃ SO(9): 26 = 1 + 9 + 16; G2 ⊃ SU(3): 7 = 1 + 3 + 3b, the contract's matrix.
    let v = branch("F4", &unit(4, 4), "B4", None);
    assert_eq!(dims(&v), table(&[(&[1], &[], 1), (&[9], &[], 1), (&[16], &[], 1)]));
    // In G2 the long A2 is the only one that is maximal or a Levi subgroup.
    let v = branch("G2", &[1, 0], "A2", None);
    assert_eq!(dims(&v), table(&[(&[1], &[], 1), (&[3], &[], 2)]));
}

#[test]
fn special_subgroups_of_the_exceptional_groups() {
    // Slansky, tables 44–52; McKay–Patera: the representation that the matrix was not found from.
    type Row = (&'static str, Weight, &'static str, &'static [(&'static [u64], i64)]);
    let rows: &[Row] = &[
        ("G2", unit(2, 2), "A1", &[(&[3], 1), (&[11], 1)]),
        ("F4", unit(4, 1), "A1", &[(&[3], 1), (&[11], 1), (&[15], 1), (&[23], 1)]),
        ("F4", unit(4, 1), "A1+G2", &[(&[3, 1], 1), (&[1, 14], 1), (&[5, 7], 1)]),
        ("E6", unit(6, 2), "G2", &[(&[14], 1), (&[64], 1)]),
        ("E6", unit(6, 2), "C4", &[(&[36], 1), (&[42], 1)]),
        ("E6", unit(6, 2), "F4", &[(&[26], 1), (&[52], 1)]),
        ("E6", unit(6, 2), "A2+G2", &[(&[8, 1], 1), (&[1, 14], 1), (&[8, 7], 1)]),
        ("E7", unit(7, 1), "A2", &[(&[8], 1), (&[125], 1)]),
        ("E7", unit(7, 1), "A1+G2", &[(&[3, 1], 1), (&[1, 14], 1), (&[5, 7], 1), (&[3, 27], 1)]),
        ("E7", unit(7, 1), "A1+F4", &[(&[3, 1], 1), (&[1, 52], 1), (&[3, 26], 1)]),
        ("E7", unit(7, 1), "G2+C3", &[(&[14, 1], 1), (&[1, 21], 1), (&[7, 14], 1)]),
        ("E8", unit(8, 8), "B2", &[(&[10], 1), (&[84], 1), (&[154], 1)]),
        ("E8", unit(8, 8), "G2+F4", &[(&[14, 1], 1), (&[1, 52], 1), (&[7, 26], 1)]),
    ];
    for (group, weight, wanted, expected) in rows {
        let found = maximal_subgroups(simple(group), &limits()).unwrap();
        let sub =
            found.iter().filter(|s| s.kind == SubgroupKind::Special).find_map(|s| s.written_as(&reductive(wanted)));
        let v = sub.unwrap().restrict(&irreducible(group, weight), &limits()).unwrap();
        let expected: BTreeMap<_, _> = expected.iter().map(|(d, m)| ((d.to_vec(), vec![]), *m)).collect();
        assert_eq!(dims(&v), expected, "{group} to {wanted}");
    }
}

/// The semisimple maximal subgroups with Dynkin's indices, those of equal factors in ascending order.
fn names(text: &str) -> Vec<String> {
    let mut out: Vec<String> = maximal_subgroups(simple(text), &limits())
        .unwrap()
        .iter()
        .filter(|s| s.kind != SubgroupKind::Levi)
        .map(|s| {
            let indices = s.indices(&limits()).unwrap();
            let mut sorted: Vec<_> = s.group.factors().iter().copied().zip(indices).collect();
            sorted.sort_by_key(|&(factor, index)| (factor, index));
            let indices: Vec<String> = sorted.iter().map(|(_, index)| index.to_string()).collect();
            format!("{}[{}]", s.group, indices.join(","))
        })
        .collect();
    out.sort();
    out
}

#[test]
fn lists_of_maximal_subgroups() {
    // Dynkin 1952, table 39, with Borel and de Siebenthal for the regular ones.
    for (group, expected) in [
        ("G2", "A1+A1[1,3] A1[28] A2[1]"),
        ("F4", "A1[156] A2+A2[1,2] B4[1] C3+A1[1,1] G2+A1[1,8]"),
        ("E6", "A2+A2+A2[1,1,1] A2[9] A5+A1[1,1] C4[1] F4[1] G2+A2[1,2] G2[3]"),
        ("E7", "A1+A1[15,24] A1[231] A1[399] A2[21] A5+A2[1,1] A7[1] C3+G2[1,1] D6+A1[1,1] F4+A1[1,3] G2+A1[2,7]"),
        ("E8", "A1[1240] A1[520] A1[760] A2+A1[6,16] A4+A4[1,1] A8[1] B2[12] D8[1] E6+A2[1,1] E7+A1[1,1] F4+G2[1,1]"),
        // Slansky, table 14 (the classical groups up to rank 8); Dynkin's table of exceptions.
        ("A1", ""),
        ("A2", "A1[4]"),
        ("A3", "A1+A1[2,2] B2[1]"),
        ("A4", "B2[2]"),
        ("A5", "A2+A1[2,3] A2[5] A3[2] C3[1]"),
        ("A6", "B3[2]"),
        ("A7", "A3+A1[2,4] C4[1] D4[2]"),
        ("B2", "A1+A1[1,1] A1[10]"),
        ("B3", "A1+A1+A1[1,1,2] A3[1] G2[1]"),
        ("B4", "A1+A1[6,6] A1[60] B2+A1+A1[1,1,1] A3+A1[1,2] D4[1]"),
        ("C3", "A1+A1[3,8] A1[35] B2+A1[1,1]"),
        ("C4", "A1+A1+A1[4,4,4] A1[84] B2+B2[1,1] C3+A1[1,1]"),
        ("D4", "A1+A1+A1+A1[1,1,1,1] A2[3] B2+A1[1,2] B3[1]"),
        ("D5", "A3+A1+A1[1,1,1] B2+B2[1,1] B2[3] B3+A1[1,2] B4[1]"),
    ] {
        let mut expected: Vec<&str> = expected.split_whitespace().collect();
        expected.sort_unstable();
        assert_eq!(names(group), expected, "{group}");
    }
}

#[test]
fn subgroups_of_products_and_in_stages() {
    // SO(10)×U(1) ⊃ SU(5)×U(1)×U(1) inside E6: the 27 in two stages (Slansky, section 8).
    let first = subgroup(&reductive("E6"), &reductive("D5+T1"), None, &limits()).unwrap();
    let second = subgroup(&reductive("D5+T1"), &reductive("A4+T2"), None, &limits()).unwrap();
    let v = first.restrict(&irreducible("E6", &unit(6, 1)), &limits()).unwrap();
    let v = second.restrict(&v, &limits()).unwrap();
    assert_eq!(v, first.then(&second).restrict(&irreducible("E6", &unit(6, 1)), &limits()).unwrap());
    let sizes: Vec<u64> = dims(&v).keys().map(|k| k.0[0]).collect();
    assert_eq!(sizes, [1, 1, 5, 5, 5, 10]);
    // SU(3) × SU(2) × U(1) × SU(2) in SU(5) × SU(2).
    let v = branch("A4+A1", &[1, 0, 0, 0, 1], "A2+A1+A1+T1", None);
    assert_eq!(dims(&v), table(&[(&[1, 2, 2], &[3], 1), (&[3, 1, 2], &[-2], 1)]));
    // By a chain: E8 ⊃ E7×A1 ⊃ E6×T1×A1.
    let v = branch("E8", &unit(8, 8), "F4+A1+T1", Some(1));
    assert_eq!(v.dimension(&limits()).unwrap(), 248.into());
}

#[test]
fn errors_name_the_alternatives() {
    let error = |group: &str, wanted: &str, which| {
        subgroup(&reductive(group), &reductive(wanted), which, &limits()).unwrap_err().to_string()
    };
    let text = error("E8", "A1", None);
    assert!(text.contains("choose one by its number") && text.contains("principal in E8"), "{text}");
    assert!(error("E8", "A1", Some(99)).contains("not 99"));
    assert!(error("G2", "E8", None).contains("no subgroup E8 of G2"));
    assert!(levi(simple("A3"), &[3], &limits()).is_err());
    assert!(subgroup(&reductive("E8"), &reductive("A1"), Some(1), &limits()).is_ok());
}

#[test]
fn classes_of_levi_subgroups() {
    // Collingwood–McGovern, section 8.4: orbits that are principal in a Levi subalgebra; by hand for A3: partitions of 4.
    for (text, count) in [("A3", 5), ("B3", 7), ("D4", 11), ("G2", 4), ("F4", 12), ("E6", 17), ("E7", 32), ("E8", 41)] {
        assert_eq!(levi_classes(simple(text), &limits()).unwrap().len(), count, "{text}");
    }
}

#[test]
fn embeddings_by_a_representation() {
    // SU(3) ⊂ SU(8) by its adjoint: 28 = 8 + 10 + 10b (Slansky, table 23).
    let below = irreducible("A2", &[1, 1]);
    let matrix = embedding(simple("A7"), &unit(7, 1), &below, &limits()).unwrap().unwrap();
    let v = super::super::restrict(&irreducible("A7", &unit(7, 2)), &reductive("A2"), &matrix, &limits()).unwrap();
    assert_eq!(dims(&v), table(&[(&[8], &[], 1), (&[10], &[], 2)]));
    // Nothing of dimension 7 fits the 56; the 4 of SU(2) has no symmetric form, so no map takes it to so(4).
    assert_eq!(embedding(simple("E7"), &unit(7, 7), &irreducible("A1", &[6]), &limits()).unwrap(), None);
    assert_eq!(embedding(simple("E6"), &unit(6, 1), &irreducible("A1", &[26]), &limits()).unwrap(), None);
}

#[test]
fn classes_that_an_outer_automorphism_exchanges() {
    // Dynkin 1952; Minchenko 2006: images of one special subgroup under the symmetries of the diagram are conjugate exactly
    // when the half-spin (under triality, the three eightfold) representations restrict alike.
    for (group, wanted, count) in
        [("D6", "C3+A1", 2), ("D8", "B4", 2), ("D4", "B3", 3), ("D4", "B2+A1", 3), ("D5", "B2+B2", 1)]
    {
        let found = subgroups_of_type(&reductive(group), &reductive(wanted), &limits()).unwrap();
        assert_eq!(found.len(), count, "{wanted} in {group}");
    }
}

#[test]
fn matrices_that_belong_to_no_subgroup() {
    use super::super::{check_restriction_matrix, restrict};
    let (above, below) = (reductive("B2"), reductive("A1+A1"));
    // The spinor 4 = (1,1) ⊕ … passes alone, the adjoint representation does not.
    let wrong = [vec![2, 0], vec![1, 1]];
    assert!(check_restriction_matrix(&above, &below, &wrong, &limits()).is_err());
    for (group, wanted) in [("B2", "A1+A1"), ("E6", "D5+T1"), ("E8", "A8"), ("G2", "A1"), ("A3+T1", "A1+A1+T1")] {
        for sub in subgroups_of_type(&reductive(group), &reductive(wanted), &limits()).unwrap() {
            assert!(
                check_restriction_matrix(&sub.above, &sub.group, &sub.matrix, &limits()).is_ok(),
                "{group} {wanted}"
            );
        }
    }
    // A factor that is mapped to zero is lost.
    let lost = [vec![1, 0], vec![0, 0]];
    assert!(check_restriction_matrix(&reductive("A1+A1"), &reductive("A1+A1"), &lost, &limits()).is_err());
    let v = irreducible("B2", &[0, 1]);
    assert!(restrict(&v, &below, &wrong, &limits()).is_ok());
}

#[test]
fn subgroups_of_exceptional_groups_by_their_smallest_representation() {
    // 7 = 2·1 + 5 under no subgroup A1 of G2; 7 = 7, 3 + 2·2, 2·2 + 3, 2·3 + 1 are those of the tables (Dynkin 1952).
    let of = |terms: &[(i64, i64)]| {
        terms.iter().fold(Decomposition::zero(&reductive("A1")), |sum, (w, m)| {
            sum.plus(&(*m).into(), &irreducible("A1", &[*w])).unwrap()
        })
    };
    let g2 = simple("G2");
    for terms in [&[(6, 1)][..], &[(2, 2), (0, 1)], &[(1, 2), (2, 1)], &[(1, 2), (0, 3)]] {
        let found = subgroup_by_representation(g2, &of(terms), &limits());
        assert!(found.is_ok(), "{terms:?}");
    }
    for terms in [&[(4, 1), (0, 2)][..], &[(3, 1), (2, 1)], &[(1, 1), (4, 1)]] {
        assert!(subgroup_by_representation(g2, &of(terms), &limits()).is_err(), "{terms:?}");
    }
}

#[test]
fn vectors_restrict_to_vectors_of_so8() {
    for (group, wanted) in [("D8", "D4+D4"), ("B6", "D4+B2"), ("D6", "D4+T2"), ("D5", "D4+T1")] {
        for sub in subgroups_of_type(&reductive(group), &reductive(wanted), &limits()).unwrap() {
            let v = sub.restrict(&irreducible(group, &unit(reductive(group).rank(), 1)), &limits()).unwrap();
            let spinors = |w: &&Weight| w[2] + w[3] != 0 && w[2] + w[3] == w.iter().take(4).sum::<i64>();
            assert_eq!(v.terms().keys().filter(spinors).count(), 0, "{group} {wanted}: {v:?}");
        }
    }
}

#[test]
fn circles_and_unitary_groups_by_their_matrices() {
    // Real 2n×2n matrices of U(n): R^{2n} ⊗ C = V ⊕ V*. Spinors are Λ^even V or Λ^odd V ⊗ det^{-1/2} (Fulton–Harris,
    // section 20.1), so for odd n charges are counted in halves.
    let sum = |group: &str, terms: &[(&[i64], i64)]| {
        terms.iter().fold(Decomposition::zero(&reductive(group)), |sum, (w, m)| {
            sum.plus(&(*m).into(), &irreducible(group, w)).unwrap()
        })
    };
    // A plane in R^5, R^6, R^7: spinors have charges ±1 when vectors have ±2.
    for (above, rest, spinor, times) in
        [("B2", 3, vec![0, 1], 2), ("D3", 4, vec![0, 1, 0], 2), ("B3", 5, vec![0, 0, 1], 4)]
    {
        let vectors = sum("T1", &[(&[1], 1), (&[-1], 1), (&[0], rest)]);
        for sub in subgroup_by_representation(simple(above), &vectors, &limits()).unwrap() {
            let found = sub.restrict(&irreducible(above, &spinor), &limits()).unwrap();
            assert_eq!(found, sum("T1", &[(&[1], times), (&[-1], times)]), "{above}");
        }
    }
    // U(5) in SO(10): 16 = 1(5) + 10(1) + 5*(-3) up to duals and the sign of the charge, 10 = 5(2) + 5*(-2)
    // (Slansky 1981, table 24 with another sign).
    let vectors = sum("A4+T1", &[(&[1, 0, 0, 0, 1], 1), (&[0, 0, 0, 1, -1], 1)]);
    let both = subgroup_by_representation(simple("D5"), &vectors, &limits()).unwrap();
    assert_eq!(both.len(), 2);
    let expected = [
        sum("A4+T1", &[(&[0, 0, 0, 0, 5], 1), (&[0, 0, 1, 0, 1], 1), (&[1, 0, 0, 0, -3], 1)]),
        sum("A4+T1", &[(&[0, 0, 0, 0, -5], 1), (&[0, 1, 0, 0, -1], 1), (&[0, 0, 0, 1, 3], 1)]),
    ];
    let spinors: Vec<Decomposition> =
        both.iter().map(|sub| sub.restrict(&irreducible("D5", &[0, 0, 0, 0, 1]), &limits()).unwrap()).collect();
    assert!(expected.iter().all(|it| spinors.contains(it)), "{spinors:?}");
    let ten = sum("A4+T1", &[(&[1, 0, 0, 0, 2], 1), (&[0, 0, 0, 1, -2], 1)]);
    assert!(both.iter().all(|sub| sub.restrict(&irreducible("D5", &unit(5, 1)), &limits()).unwrap() == ten));
}

#[test]
fn reflections_tell_spinors_apart() {
    // The circle that turns four planes of R^8: on Λ^even and Λ^odd of C^4 the charges k − 2 are -2, 0 (six times), 2 and
    // -1, 1 (four times each).
    let circle = |terms: &[(i64, i64)]| {
        terms.iter().fold(Decomposition::zero(&reductive("T1")), |sum, (w, m)| {
            sum.plus(&(*m).into(), &irreducible("T1", &[*w])).unwrap()
        })
    };
    let both = subgroup_by_representation(simple("D4"), &circle(&[(1, 4), (-1, 4)]), &limits()).unwrap();
    let spinors: Vec<Decomposition> =
        both.iter().map(|sub| sub.restrict(&irreducible("D4", &[0, 0, 0, 1]), &limits()).unwrap()).collect();
    for expected in [circle(&[(-2, 1), (0, 6), (2, 1)]), circle(&[(-1, 4), (1, 4)])] {
        assert!(spinors.contains(&expected), "{spinors:?}");
    }
    // SO(7) is fixed by a reflection: 8 = 8 either way.
    let seven = irreducible("B3", &[1, 0, 0]).plus(&1.into(), &irreducible("B3", &[0, 0, 0])).unwrap();
    for sub in subgroup_by_representation(simple("D4"), &seven, &limits()).unwrap() {
        assert_eq!(sub.restrict(&irreducible("D4", &[0, 0, 0, 1]), &limits()).unwrap(), irreducible("B3", &[0, 0, 1]));
    }
}

#[test]
fn vectors_of_groups_with_two_names() {
    // SO(3) in SO(3), SO(5) and SO(6) by vectors: 3; 5 irreducible, spinor 4; 6 = 3 + 3 through SU(3), 4 = 3 + 1.
    let sum = |terms: &[(i64, i64)]| {
        terms.iter().fold(Decomposition::zero(&reductive("A1")), |sum, (w, m)| {
            sum.plus(&(*m).into(), &irreducible("A1", &[*w])).unwrap()
        })
    };
    for (above, vectors, small, expected) in [
        ("A1", sum(&[(2, 1)]), vec![1], sum(&[(1, 1)])),
        ("B2", sum(&[(4, 1)]), vec![0, 1], sum(&[(3, 1)])),
        ("B2", sum(&[(3, 1)]), vec![1, 0], sum(&[(4, 1)])),
        ("C2", sum(&[(4, 1)]), vec![1, 0], sum(&[(3, 1)])),
        ("A3", sum(&[(2, 2)]), vec![1, 0, 0], sum(&[(2, 1), (0, 1)])),
    ] {
        let found = subgroup_by_representation(simple(above), &vectors, &limits()).unwrap();
        assert_eq!(found[0].restrict(&irreducible(above, &small), &limits()).unwrap(), expected, "{above}");
    }
}
