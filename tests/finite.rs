//! Finite groups in the language: the contract's phrases, and what wrong ones are told. Values from the ATLAS of Finite Groups
//! and from closed forms.

mod common;

use common::program::json::{last, run_with};
use common::program::{fails, here};
use serde_json::Value as Json;
use symmetra::limits::Limits;

#[test]
fn the_phrases_of_the_contract() {
    assert_eq!(last("order(S(5))")["value"], "120");
    assert_eq!(last("order(RubiksCube)")["value"], "43252003274489856000");
    assert_eq!(last("order(perm(5, \"(0 1 2)(3 4)\"))")["value"], "6");
    let found = last("subgroups(S(6))");
    assert_eq!(
        (&found["kind"], &found["classes"], &found["subgroups"]),
        (&"subgroups".into(), &56.into(), &1455.into())
    );
    let found = last("characters(A(5))");
    assert_eq!(found["kind"], "character_table");
    assert_eq!(found["degrees"], serde_json::json!([1, 3, 3, 4, 5]));
    assert_eq!(found["indicators"], serde_json::json!([1, 1, 1, 1, 1]));
    let found = last("architectures(Z(6))");
    assert_eq!((&found["type1"], &found["type2"]), (&4.into(), &2.into()));
    assert_eq!(
        (&found["items"][0]["width"], &found["items"][0]["type"], &found["items"][0]["free"]),
        (&6.into(), &1.into(), &6.into())
    );
}

/// Degenerate groups and those at the edges of the methods.
#[test]
fn degenerate_groups() {
    for group in ["S(1)", "perm(3)", "perm(2, \"()\")", "A(2)"] {
        assert_eq!(last(&format!("order({group})"))["value"], "1", "{group}");
        assert_eq!(last(&format!("characters({group})"))["degrees"], serde_json::json!([1]), "{group}");
        assert_eq!(last(&format!("subgroups({group})"))["subgroups"], 1, "{group}");
        assert_eq!(last(&format!("group_structure({group})"))["name"], "C1", "{group}");
        assert_eq!(last(&format!("architectures({group})"))["type1"], 1, "{group}");
        assert_eq!(last(&format!("conjugacy_classes({group})"))["count"], 1, "{group}");
    }
}

/// Products of permutation groups are permutation groups: on pairs of points and on the points of both.
#[test]
fn products_of_permutation_groups() {
    for (group, order, name) in [
        ("Z(2)*Z(4)", "8", "C2xC4"),
        ("direct_product(Z(2), Z(4))", "8", "C2xC4"),
        ("S(3)*S(4)", "144", ""),
        ("direct_product(D(4), S(3), Z(5))", "240", ""),
        ("Z(3)*Z(5)", "15", "C15"),
    ] {
        assert_eq!(last(&format!("order({group})"))["value"], order, "{group}");
        if !name.is_empty() {
            assert_eq!(last(&format!("group_structure({group})"))["name"], name, "{group}");
        }
    }
    assert_eq!(last("characters(direct_product(S(3), Z(2)))")["degrees"], serde_json::json!([1, 1, 1, 1, 2, 2]));
    assert_eq!(last("group_structure(D(20000))")["name"], "D20000");
    // Fixed points of 1, (..), (..)(..), (...), (....) and 1 + χ for the natural action.
    let found = last("permutation_character(S(4))");
    let mut values: Vec<i64> = serde_json::from_value(found["values"].clone()).unwrap();
    values.sort_unstable();
    assert_eq!(values, [0, 0, 1, 2, 4]);
    assert_eq!(last("architectures(S(7))")["rejected"], Json::Null);
    // 11 + 11 pairs, 8 of which carry networks, and 19 + 19, 10 of which do (pairs counted with GAP).
    assert_eq!(last("architectures(S(4))")["rejected"].as_array().map(Vec::len), Some(14));
    assert_eq!(last("architectures(S(5))")["rejected"].as_array().map(Vec::len), Some(28));
}

#[test]
fn what_cannot_be_done_is_told() {
    fails("order(SO(3))", "argument", "infinite: a Lie group of dimension 3");
    fails("subgroups(S(9))", "unsupported", "362880");
    fails("characters(RubiksCube)", "unsupported", "43252003274489856000");
    fails("sylow(S(4), 4)", "argument", "not a prime");
    // p(100), and p(1) + … + p(50): counted, not listed.
    let found = last("architectures(S(100))");
    assert_eq!((&found["type1"], &found["items"]), (&190_569_292.into(), &Json::Null));
    fails("architectures(S(100000))", "argument", "up to degree 10000");
    fails("PSL(2, 6)", "argument", "prime power");
    fails("perm(4, \"(0 1)(1 2)\")", "argument", "twice");
    let tight = Limits::none().with_memory(1);
    assert_eq!(run_with("conjugacy_classes(A(9))", here(), &tight).unwrap_err().code.as_str(), "memory");
}

/// The same bytes from every seed.
#[test]
fn seeds_change_nothing() {
    for text in [
        "sylow(S(6), 2)",
        "sylow(M11, 3)",
        "order(perm(14, \"(0 1)\", \"(0 1 2 3 4 5 6 7 8 9 10 11 12 13)\"))",
        "characters(SL23)",
        "subgroups(PSL(2, 7))",
        "conjugacy_classes(M11)",
        "group_structure(RubiksCube)",
        "irreducible(A(5), 2)",
        "irreducible(SL(2, 3), 4)",
        "centralizer(S(8), permutation(8, \"(0 1 2)(3 4)\"))",
        "order(matrix_group([0, -1; 1, 0], [0, 1; 1, 0]))",
    ] {
        let text = text.replace("SL23", "perm(8, \"(0 1 2 3)(4 7 6 5)\", \"(0 4 2 6)(1 5 3 7)\", \"(1 4 5)(3 6 7)\")");
        let with = |seed: u64| run_with(&text, here(), &Limits::none().with_seed(seed)).unwrap();
        assert_eq!(with(0), with(1), "{text}");
        assert_eq!(with(0), with(77), "{text}");
    }
}

/// Commutants have the dimensions of orbitals (reference: ranks of the actions of S_4, D_6, A_5, Q_8).
#[test]
fn actions_and_their_orbitals() {
    for (group, count) in [
        ("S(4)", 2),
        ("D(6)", 4),
        ("action_on_cosets(A(5), perm(5, \"(0 1 2 3 4)\", \"(1 4)(2 3)\"))", 2),
        ("action_on_cosets(A(5), perm(5, \"(0 1 2 3 4)\"))", 4),
        ("action_on_cosets(A(5), perm(5, \"(0 1 2)\"))", 8),
        ("action_on_cosets(A(5), perm(5, \"(0 1)(2 3)\"))", 16),
        ("Q8", 8),
        ("M12", 2),
    ] {
        let found = last(&format!("orbitals({group})"));
        assert_eq!(found["count"], count, "{group}");
        let sizes: Vec<u64> = serde_json::from_value(found["sizes"].clone()).unwrap();
        assert_eq!(sizes.len(), count);
    }
    assert_eq!(last("orbits(perm(6, \"(0 1 2)\", \"(4 5)\"))")["items"].as_array().map(Vec::len), Some(3));
    assert_eq!(last("len(blocks(Signed(3)))")["value"], "1");
    assert_eq!(last("len(commutant(D(6)))")["value"], "4");
    assert_eq!(last("is_primitive(M24)")["value"], true);
    fails("blocks(perm(4, \"(0 1)\"))", "argument", "not transitive");
    fails("orbits(matrix_group([0, -1; 1, 0]))", "argument", "group of permutations");
}

/// Orders of subgroups: closed forms for symmetric groups, the ATLAS for Mathieu's groups.
#[test]
fn subgroups_of_groups() {
    for (text, order) in [
        ("order(centralizer(S(6), permutation(6, \"(0 1)(2 3)\")))", "16"),
        ("order(centralizer(M11, permutation(11, \"(0 1 2 3 4 5 6 7 8 9 10)\")))", "11"),
        ("order(normalizer(M11, sylow(M11, 11)))", "55"),
        ("order(normalizer(S(7), sylow(S(7), 7)))", "42"),
        ("order(stabilizer(M24, 0, 1, 2, 3, 4))", "48"),
        ("order(stabilizer(S(9), [0, 1, 2], [3, 4]))", "288"),
        ("order(stabilizer(S(9), 8, [0, 1, 2]))", "720"),
        ("order(center(RubiksCube))", "2"),
        ("order(derived_series(RubiksCube)[2])", "21626001637244928000"),
        ("order(intersection(S(6), A(6)))", "360"),
        ("order(normal_closure(A(5), permutation(5, \"(0 1)(2 3)\")))", "60"),
        ("len(cosets(M11, stabilizer(M11, 0)))", "11"),
        ("len(double_cosets(S(6), stabilizer(S(6), 0), stabilizer(S(6), [0, 1])))", "2"),
    ] {
        assert_eq!(last(text)["value"], order, "{text}");
    }
    for (text, answer) in [
        ("is_solvable(S(4))", true),
        ("is_solvable(S(5))", false),
        ("is_nilpotent(D(8))", true),
        ("is_abelian(S(3))", false),
        ("is_perfect(SL(2, 5))", true),
        ("contains(RubiksCube, random_element(RubiksCube, seed = 3))", true),
        ("contains(A(5), permutation(5, \"(0 1)\"))", false),
        ("is_abelian(so(3))", false),
    ] {
        assert_eq!(last(text)["value"], answer, "{text}");
    }
    fails("centralizer(S(4), permutation(5, \"(0 1)\"))", "argument", "not 4");
    fails("stabilizer(S(4), 7)", "argument", "not below 4");
    fails("subgroup(A(4), permutation(4, \"(0 1)\"))", "argument", "no element");
    fails("cosets(A(4), S(4))", "argument", "no subgroup");
    fails("stabilizer(S(4), \"0\")", "kind", "stabilizer takes");
}

/// Groups by name: orders by closed formulas (Wilson, *The Finite Simple Groups*), names where they coincide.
#[test]
fn named_groups() {
    for (group, order) in [
        ("PSL(3, 3)", "5616"),
        ("PSL(4, 2)", "20160"),
        ("PGL(3, 4)", "60480"),
        ("SL(2, 5)", "120"),
        ("GL(3, 2)", "168"),
        ("AGL(3, 2)", "1344"),
        ("B(5)", "3840"),
        ("wreath(S(3), S(4))", "31104"),
        ("V4", "4"),
        ("point_group(\"6/mmm\")", "24"),
        ("point_group(\"Th\")", "24"),
        ("direct_product(M11, Q8)", "63360"),
        ("semidirect_product(V4, Z(3), [[permutation(4, \"(0 2)(1 3)\"), permutation(4, \"(0 3)(1 2)\")]])", "12"),
    ] {
        assert_eq!(last(&format!("order({group})"))["value"], order, "{group}");
    }
    for (group, name) in [
        ("semidirect_product(V4, Z(3), [[permutation(4, \"(0 2)(1 3)\"), permutation(4, \"(0 3)(1 2)\")]])", "A4"),
        ("point_group(\"Oh\")", ""),
        ("point_group(\"D3\")", "S3"),
        ("GL(2, 2)", "S3"),
        ("SL(2, 4)", "A5"),
        ("AGL(1, 4)", "A4"),
    ] {
        match name {
            "" => fails(&format!("name({group})"), "unsupported", "no name"),
            _ => assert_eq!(last(&format!("name({group})"))["value"], name, "{group}"),
        }
    }
    fails("point_group(\"C5v\")", "argument", "no point group");
    fails("semidirect_product(Z(7), Z(3), [[generators(Z(7))[1]^3]])", "argument", "relations");
    fails("PSL(3, 6)", "argument", "prime power");
}

/// Finite groups of matrices over Q, Q(i) and cyclotomic fields; infinite ones are refused with a proof.
#[test]
fn groups_of_matrices() {
    for (group, order) in [
        ("matrix_group([0, -1; 1, 0], [0, 1; 1, 0])", "8"),
        ("matrix_group([i, 0; 0, -i], [0, -1; 1, 0])", "8"),
        ("matrix_group(-identity(1))", "2"),
        ("matrix_group(identity(3))", "1"),
        // G(8, 1, 2): monomial matrices of size 2 with eighth roots of unity, 8² · 2 of them.
        ("matrix_group(cyclotomic_matrix(8, [0, 0; 0, 1], [1, 0; 0, 0]), cyclotomic_matrix(8, [0, 1; 1, 0]))", "128"),
    ] {
        assert_eq!(last(&format!("order({group})"))["value"], order, "{group}");
    }
    assert_eq!(last("name(matrix_group([i, 0; 0, -i], [0, -1; 1, 0]))")["value"], "Q8");
    // The extraspecial groups of order 32 have 16 linear characters and one of degree 4, of type R and H.
    let plus = "kron([0, 1; 1, 0], identity(2)), kron([1, 0; 0, -1], identity(2)), kron(identity(2), [0, 1; 1, 0]), \
                kron(identity(2), [1, 0; 0, -1])";
    let minus = "kron([i, 0; 0, -i], identity(2)), kron([0, -1; 1, 0], identity(2)), kron(identity(2), [0, 1; 1, 0]), \
                 kron(identity(2), [1, 0; 0, -1])";
    for (generators, dim, kind) in [(plus, 4, "R"), (minus, 8, "H")] {
        let found = last(&format!("characters(matrix_group({generators}))"));
        let mut expected = vec![1; 16];
        expected.push(4);
        assert_eq!(found["degrees"], serde_json::json!(expected));
        let real = found["real"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&real["dim"], &real["type"]), (&dim.into(), &kind.into()));
    }
    fails("order(matrix_group([1, 1; 0, 1]))", "argument", "no finite order");
    fails("order(matrix_group([0, -1; 1, 0], [0, -1; 1, 1]))", "argument", "infinite");
    fails("order(matrix_group([3/5, -4/5; 4/5, 3/5]))", "argument", "infinite");
    fails("order(matrix_group(2*identity(1)))", "argument", "infinite");
}

/// Characters: values in Q(√5), tables of D4 and Q8 alike, Σ ν(χ) χ(1) the number of solutions of x² = 1, M12 (ATLAS, p. 33).
#[test]
fn character_tables() {
    let a5 = last("characters(A(5))");
    for row in [1, 2] {
        let values: Vec<String> = serde_json::from_value(a5["values"][row].clone()).unwrap();
        assert!(values.contains(&"(1+√5)/2".to_string()) && values.contains(&"(1-√5)/2".to_string()), "{values:?}");
    }
    let (d4, q8) = (last("characters(D(4))"), last("characters(Q8)"));
    let sorted = |table: &Json| {
        let mut rows: Vec<Vec<String>> = serde_json::from_value(table["values"].clone()).unwrap();
        rows.iter_mut().for_each(|row| row.sort());
        rows.sort();
        rows
    };
    assert_eq!(sorted(&d4), sorted(&q8));
    assert_eq!((&d4["indicators"][4], &q8["indicators"][4]), (&1.into(), &(-1).into()));
    for (group, solutions) in [("S(4)", 10), ("Q8", 2), ("A(5)", 16), ("M11", 166), ("D(7)", 8), ("Z(2)", 2)] {
        let table = last(&format!("characters({group})"));
        let degrees: Vec<i64> = serde_json::from_value(table["degrees"].clone()).unwrap();
        let indicators: Vec<i64> = serde_json::from_value(table["indicators"].clone()).unwrap();
        assert_eq!(degrees.iter().zip(&indicators).map(|(d, i)| d * i).sum::<i64>(), solutions, "{group}");
    }
    let m12 = last("characters(M12)");
    assert_eq!(m12["degrees"], serde_json::json!([1, 11, 11, 16, 16, 45, 54, 55, 55, 55, 66, 99, 120, 144, 176]));
    let indicators: Vec<i64> = serde_json::from_value(m12["indicators"].clone()).unwrap();
    assert_eq!(
        (indicators.iter().filter(|i| **i == 1).count(), indicators.iter().filter(|i| **i == 0).count()),
        (13, 2)
    );
    // Roots of unity of order 100: the values of a generator under the characters of C_100.
    let cyclic = last("characters(Z(100))");
    assert_eq!(cyclic["degrees"].as_array().map(Vec::len), Some(100));
    assert_eq!(cyclic["indicators"].as_array().unwrap().iter().filter(|i| **i == 1).count(), 2);
}

/// Permutation characters of A_5, S_5 and M_11, power maps of M_11 (ATLAS, p. 18), Frobenius reciprocity.
#[test]
fn class_functions() {
    for (text, multiplicities) in [
        ("permutation_character(A(5), perm(5, \"(0 1 2 3 4)\"))", vec![1, 1, 1, 0, 1]),
        ("permutation_character(A(5), perm(5, \"(0 1 2)\"))", vec![1, 1, 1, 2, 1]),
        ("permutation_character(A(5), perm(5, \"(0 1)(2 3)\"))", vec![1, 1, 1, 2, 3]),
        ("permutation_character(M11)", vec![1, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
    ] {
        assert_eq!(last(text)["multiplicities"], serde_json::json!(multiplicities), "{text}");
    }
    // S_5 on pairs of different points, M^(3,1,1): 1 + 2·4 + 5 + 6, with seven orbits on pairs of them.
    let pairs = last("permutation_character(S(5), stabilizer(S(5), 0, 1))");
    let mut found: Vec<i64> = serde_json::from_value(pairs["multiplicities"].clone()).unwrap();
    found.retain(|m| *m > 0);
    found.sort_unstable();
    assert_eq!(found, [1, 1, 1, 2]);
    assert_eq!(pairs["norm"], 7);
    let m11 = last("conjugacy_classes(M11)");
    let maps = m11["power_maps"].as_array().unwrap();
    assert_eq!(maps.iter().map(|m| m["prime"].as_u64().unwrap()).collect::<Vec<_>>(), [2, 3, 5, 11]);
    assert_eq!(maps[0]["classes"], serde_json::json!(["1A", "1A", "3A", "2A", "5A", "3A", "4A", "4A", "11B", "11A"]));
    // ⟨Ind φ, χ⟩ = ⟨φ, Res χ⟩.
    let group = "group G = S(4)\ngroup H = D(4)\n";
    for k in 1..=5usize {
        for l in 1..=5usize {
            let induced = last(&format!("{group}induced_character(G, H, {k})"))["multiplicities"][l - 1].clone();
            let restricted = last(&format!("{group}restricted_character(G, {l}, H)"))["multiplicities"][k - 1].clone();
            assert_eq!(induced, restricted, "{k} {l}");
        }
    }
    assert_eq!(last("class_function(S(4), permutation_character(S(4))).norm")["value"], "2");
    fails("induced_character(S(4), perm(4, \"(0 1)\"), 3)", "argument", "from 1 to 2");
    fails("class_function(S(3), [1, 2])", "shape", "3 classes");
    fails("restricted_character(A(4), 1, S(4))", "argument", "no subgroup");
}

/// Explicit representations in the language: traces and orders of matrices follow the table.
#[test]
fn explicit_irreducibles() {
    // D_5: the trace of the rotation is (-1±√5)/2, of the reflection 0; Q8: 4×4 rational matrices with square -1.
    let text = "let m = irreducible(Q8, 5).matrices\nm[1]^2 == -identity(4) and m[1]*m[2] == -m[2]*m[1]";
    assert_eq!(last(text)["value"], true);
    let text = "let m = irreducible(S(5), 5).matrices\n[det(m[1]), trace(m[1]), m[2]^5 == identity(5)]";
    let found = last(text);
    assert_eq!(found["items"][2]["value"], true);
    let found = last("irreducible(D(5), 3)");
    assert_eq!((&found["dim"], &found["type"], &found["field"]), (&2.into(), &"R".into(), &"Q(ζ5)".into()));
    assert_eq!(found["matrices"][0]["kind"], "cyclotomic_matrix");
    let found = last("irreducible(D(5), 3, orthogonal = true)");
    assert!(found["residual"].as_f64().unwrap() < 1e-12);
    let found = last("irreducible(A(4), 2, over = C)");
    assert_eq!((&found["dim"], &found["type"], &found["field"]), (&1.into(), &"C".into(), &"Q(ζ3)".into()));
    assert_eq!(last("irreducible(A(4), 2)")["dim"], 2);
    assert_eq!(last("irreducibles(S(6))")["count"], 11);
    let found = last("irreducibles(SL(2, 3))");
    let types: Vec<&str> = found["items"].as_array().unwrap().iter().map(|x| x["type"].as_str().unwrap()).collect();
    assert_eq!(types.len(), 5);
    assert_eq!(types.iter().filter(|t| **t == "C").count(), 2);
    for group in ["S(1)", "perm(3)", "S(2)", "Z(3)"] {
        assert_eq!(last(&format!("irreducible({group}, 1).dim"))["value"], "1", "{group}");
    }
    assert_eq!(last("isotypic_projector(Z(5), 2)")["kind"], "cyclotomic_matrix");
    assert_eq!(last("trace(isotypic_projector(Z(5), 2, over = \"Q\"))")["value"], "4");
    fails("irreducible(S(4), 6)", "argument", "from 1 to 5");
    fails("irreducible(S(16), 200)", "argument", "too large");
    fails("isotypic_projector(S(4), 9)", "argument", "characters");
}

/// Pseudorandom groups of small degree: Lagrange and orbits, the class equation, orthogonality, Burnside's lemma.
#[test]
fn laws_of_random_groups() {
    use symmetra::finite::{CharacterTable, ConjugacyClasses, ElementTable, Permutation, PermutationGroup};
    use symmetra::num::Cyclotomic;
    use symmetra::num::prime::random_stream;

    let none = Limits::none();
    let mut rng = random_stream(20, 1);
    for round in 0..40 {
        let n = 1 + round % 7;
        let full = symmetra::finite::symmetric(n).unwrap();
        let generators: Vec<Permutation> =
            (0..round % 3).map(|_| full.random_element(&mut rng, &none).unwrap()).collect();
        let group = PermutationGroup::new("G", n, generators).unwrap();
        let order = group.order(&none).unwrap();
        // The orbit of a point times its stabiliser.
        let orbit = group.orbit(0).unwrap().points.len();
        assert_eq!(group.stabilizer(0, &none).unwrap().order(&none).unwrap() * orbit, order);
        let classes = ConjugacyClasses::new(&group, &none).unwrap();
        let sizes: Vec<usize> = classes.classes().iter().map(|c| c.size).collect();
        assert_eq!(num_bigint::BigUint::from(sizes.iter().sum::<usize>()), order);
        for class in classes.classes() {
            let centralizer = group.centralizer(std::slice::from_ref(&class.representative), &none).unwrap();
            assert_eq!(centralizer.order(&none).unwrap() * class.size, order);
        }
        // Burnside: the mean number of fixed points is the number of orbits.
        let table = ElementTable::new(&group, "a test", &none).unwrap();
        let fixed: usize = (0..table.order()).map(|r| (0..n).filter(|&x| table.image(r, x) == x).count()).sum();
        assert_eq!(fixed, group.orbits().len() * table.order());
        let characters = CharacterTable::new(&group, &none).unwrap();
        for (i, a) in characters.values.iter().enumerate() {
            for (j, b) in characters.values.iter().enumerate() {
                assert_eq!(characters.inner_product(a, b), Cyclotomic::from(i64::from(i == j)));
            }
        }
        // Squared permutation character: the number of orbitals.
        let natural = characters.permutation_character();
        let rank = characters.inner_product(&natural, &natural);
        assert_eq!(rank, Cyclotomic::from(group.orbitals(&none).unwrap().1 as i64));
    }
}
