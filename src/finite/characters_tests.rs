use super::super::*;
use super::*;

fn table(group: &PermutationGroup) -> CharacterTable {
    CharacterTable::new(group, &Limits::none()).unwrap()
}

/// By Dixon's method, whatever the group is known to be.
fn dixon(group: &PermutationGroup) -> CharacterTable {
    let none = Limits::none();
    CharacterTable::of_classes(&ConjugacyClasses::new(group, &none).unwrap(), &none).unwrap()
}

fn strings(values: &[Cyclotomic]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

/// Rows and columns are orthogonal, exactly.
fn check_orthogonality(t: &CharacterTable) {
    for (i, a) in t.values.iter().enumerate() {
        for (j, b) in t.values.iter().enumerate() {
            assert_eq!(t.inner_product(a, b), Cyclotomic::from(i64::from(i == j)));
        }
    }
    let order = t.order.to_i64().unwrap();
    for (k, class) in t.classes.iter().enumerate() {
        for l in 0..t.classes.len() {
            let sum = t.values.iter().fold(Cyclotomic::from(0), |s, row| s.add(&row[k].mul(&row[l].conjugate())));
            let centralizer = if k == l { order / class.size.to_i64().unwrap() } else { 0 };
            assert_eq!(sum, Cyclotomic::from(centralizer));
        }
    }
}

#[test]
fn orthogonality() {
    for group in [
        symmetric(1).unwrap(),
        symmetric(5).unwrap(),
        alternating(5).unwrap(),
        cyclic(12).unwrap(),
        dihedral(9).unwrap(),
        special_linear(2, 3).unwrap(),
        special_linear(2, 5).unwrap(),
        projective_special(2, 7).unwrap(),
        mathieu_11().unwrap(),
        signed_permutations(3).unwrap(),
    ] {
        check_orthogonality(&table(&group));
    }
}

/// ATLAS, p. 2: degrees 1, 3, 3, 4, 5; on the two classes of 5-cycles the first takes the values (1 ± √5)/2.
#[test]
fn alternating_group_of_five_points() {
    let t = table(&alternating(5).unwrap());
    assert_eq!(t.degrees, [1, 3, 3, 4, 5]);
    let mut values = strings(&t.values[1][3..]);
    values.sort();
    assert_eq!(values, ["(1+√5)/2", "(1-√5)/2"]);
    assert_eq!(strings(&t.values[3]), ["4", "0", "1", "-1", "-1"]);
    assert_eq!(t.classes.iter().map(|c| c.label.as_str()).collect::<Vec<_>>(), ["1A", "2A", "3A", "5A", "5B"]);
}

/// Murnaghan–Nakayama and Dixon share no code.
#[test]
fn symmetric_groups_two_ways() {
    for n in 2..=7 {
        let (a, b) = (table(&symmetric(n).unwrap()), dixon(&symmetric(n).unwrap()));
        let sizes = |t: &CharacterTable| t.classes.iter().map(|c| c.size.clone()).collect::<Vec<_>>();
        assert_eq!(sizes(&a), sizes(&b));
        assert_eq!(a.values, b.values, "S({n})");
        assert_eq!((&a.degrees, &a.indicators, &a.squares), (&b.degrees, &b.indicators, &b.squares));
    }
}

/// D4 and Q8 have equal tables; only the indicator tells them apart. Degrees and indicators of M12: ATLAS, p. 33.
#[test]
fn indicators() {
    let (d4, q8) = (table(&dihedral(4).unwrap()), table(&quaternion().unwrap()));
    assert_eq!((d4.degrees.as_slice(), q8.degrees.as_slice()), (&[1, 1, 1, 1, 2][..], &[1, 1, 1, 1, 2][..]));
    assert_eq!((d4.indicators[4], q8.indicators[4]), (1, -1));
    let m12 = table(&mathieu_12().unwrap());
    assert_eq!(m12.degrees, [1, 11, 11, 16, 16, 45, 54, 55, 55, 55, 66, 99, 120, 144, 176]);
    assert_eq!(m12.indicators.iter().filter(|i| **i == 0).count(), 2);
    assert_eq!(m12.indicators.iter().filter(|i| **i == 1).count(), 13);
    // Σ ν(χ) χ(1) is the number of solutions of x² = 1.
    let involutions = |t: &CharacterTable| -> i64 {
        t.degrees.iter().zip(&t.indicators).map(|(&d, &i)| d as i64 * i64::from(i)).sum()
    };
    assert_eq!(involutions(&table(&symmetric(4).unwrap())), 10);
    assert_eq!(involutions(&q8), 2);
    assert_eq!(involutions(&table(&alternating(5).unwrap())), 16);
    assert_eq!(involutions(&table(&mathieu_11().unwrap())), 166);
}

/// Real irreducibles as in Serre, *Linear Representations of Finite Groups*, 13.2; values from the character tables.
#[test]
fn real_types() {
    let types = |group: PermutationGroup| -> Vec<String> {
        let t = table(&group);
        let mut out: Vec<String> = t.real_irreducibles().iter().map(|r| format!("{}{}", r.1, r.2.letter())).collect();
        out.sort();
        out
    };
    let sorted = |list: &str| -> Vec<String> {
        let mut out: Vec<String> = list.split(' ').map(String::from).collect();
        out.sort();
        out
    };
    assert_eq!(types(cyclic(5).unwrap()), sorted("1R 2C 2C"));
    assert_eq!(types(alternating(4).unwrap()), sorted("1R 2C 3R"));
    assert_eq!(types(dicyclic(3).unwrap()), sorted("1R 1R 2C 2R 4H"));
    assert_eq!(types(special_linear(2, 3).unwrap()), sorted("1R 2C 3R 4C 4H"));
    assert_eq!(types(special_linear(2, 5).unwrap()), sorted("1R 3R 3R 4H 4H 4R 5R 8H 12H"));
    assert_eq!(types(projective_special(2, 7).unwrap()), sorted("1R 6C 6R 7R 8R"));
    assert_eq!(types(mathieu_11().unwrap()), sorted("1R 10R 11R 20C 32C 44R 45R 55R"));
}

/// A doubly transitive group has permutation character 1 + χ; a regular one each χ as often as its degree.
#[test]
fn permutation_characters() {
    let multiplicities = |group: &PermutationGroup| -> Vec<String> {
        let t = table(group);
        t.decompose(&t.permutation_character(), &Limits::none())
            .unwrap()
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    assert_eq!(multiplicities(&alternating(5).unwrap()), ["1", "0", "0", "1", "0"]);
    assert_eq!(multiplicities(&mathieu_11().unwrap())[..2].iter().filter(|m| *m == "1").count(), 2);
    assert_eq!(multiplicities(&quaternion().unwrap()), ["1", "1", "1", "1", "2"]);
}

/// The trivial character of a point stabiliser induces the permutation character, and reciprocity holds.
#[test]
fn induction_and_restriction() {
    let none = Limits::none();
    let g = symmetric(5).unwrap();
    let h = g.stabilizer(4, &none).unwrap();
    let (g_classes, h_classes) = (ConjugacyClasses::new(&g, &none).unwrap(), ConjugacyClasses::new(&h, &none).unwrap());
    let g_table = CharacterTable::of_classes(&g_classes, &none).unwrap();
    let h_table = CharacterTable::of_classes(&h_classes, &none).unwrap();
    let fusion: Vec<usize> =
        h_classes.classes().iter().map(|c| g_classes.class_of_permutation(&c.representative).unwrap()).collect();
    assert_eq!(g_table.induce(&h_table, &h_table.values[0], &fusion), g_table.permutation_character());
    for a in &h_table.values {
        let induced = g_table.induce(&h_table, a, &fusion);
        for b in &g_table.values {
            let restricted = CharacterTable::restrict(b, &fusion);
            assert_eq!(g_table.inner_product(&induced, b), h_table.inner_product(a, &restricted));
        }
    }
}

/// Nothing depends on the seed.
#[test]
fn the_seed_changes_nothing() {
    let group = signed_permutations(3).unwrap();
    let first = dixon(&group);
    for seed in 1..4 {
        let limits = Limits::none().with_seed(seed);
        let plain = PermutationGroup::new("G", 6, group.generators().to_vec()).unwrap();
        let classes = ConjugacyClasses::new(&plain, &limits).unwrap();
        let again = CharacterTable::of_classes(&classes, &limits).unwrap();
        assert_eq!(first.values, again.values);
        let representatives =
            |t: &CharacterTable| -> Vec<Permutation> { t.classes.iter().map(|c| c.representative.clone()).collect() };
        assert_eq!(representatives(&first), representatives(&again));
    }
}
