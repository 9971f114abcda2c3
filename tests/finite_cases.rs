//! The acceptance cases of finite groups, invariant networks and weight tying, by number, and the worked cases of universality.
//!
//! Values come from closed forms named beside them, from the ATLAS of Finite Groups, and from tables computed with GAP; none from
//! this program. Where a case is also tested beside its engine, against a slower way, the language is asked here.

mod common;

use common::program::json::last;
use serde_json::{Value as Json, json};

#[track_caller]
fn value(text: &str) -> String {
    let found = last(text);
    found["value"].as_str().map_or_else(|| found["value"].to_string(), str::to_string)
}

/// How many architectures there are of type 1, and of type 2.
#[track_caller]
fn counts(inputs: &str) -> (u64, u64) {
    let found = last(&format!("architectures({inputs})"));
    (found["type1"].as_u64().unwrap(), found["type2"].as_u64().unwrap())
}

/// (width, type, free) of the items.
fn items(found: &Json) -> Vec<(u64, u64, u64)> {
    let number = |x: &Json, key: &str| x[key].as_u64().unwrap();
    let all = found["items"].as_array().unwrap();
    all.iter().map(|x| (number(x, "width"), number(x, "type"), number(x, "free"))).collect()
}

/// The free weights of one type, ascending.
fn free(inputs: &str, kind: u64) -> Vec<u64> {
    let all = items(&last(&format!("architectures({inputs})")));
    let mut out: Vec<u64> = all.iter().filter(|x| x.1 == kind).map(|x| x.2).collect();
    out.sort_unstable();
    out
}

/// Σ of partition numbers: p(0), …, p(12).
const PARTITIONS: [u64; 13] = [1, 1, 2, 3, 5, 7, 11, 15, 22, 30, 42, 56, 77];

#[test]
fn case_01_cyclic_group_of_order_6() {
    let found = last("architectures(Z(6))");
    assert_eq!(items(&found), [(6, 1, 6), (3, 1, 3), (3, 2, 3), (2, 1, 2), (1, 1, 1), (1, 2, 1)]);
}

#[test]
fn case_02_dihedral_group_of_order_12() {
    let found = last("architectures(D(6))");
    assert_eq!((&found["type1"], &found["type2"]), (&json!(7), &json!(7)));
    let all = items(&found);
    let count = |width: u64| [1, 2].map(|kind| all.iter().filter(|x| x.0 == width && x.1 == kind).count());
    assert_eq!([12, 6, 3, 2, 1].map(count), [[1, 0], [3, 3], [1, 3], [1, 0], [1, 1]]);
    let rejected = found["rejected"].as_array().unwrap();
    assert_eq!(rejected.len() + all.len(), 22);
    // The names of H and K with the group that fixes the weights, or none where they are zero.
    let mut reasons: Vec<[String; 3]> = rejected
        .iter()
        .map(|x| {
            let why = x["reason"].as_str().unwrap();
            let last = if why.contains("zero") { "0" } else { why.rsplit(' ').next().unwrap() };
            [x["H"]["name"].as_str().unwrap(), x["K"]["name"].as_str().unwrap(), last].map(str::to_string)
        })
        .collect();
    reasons.sort();
    let expected = [
        ["C3", "C3", "S3"],
        ["C6", "C3", "S3"],
        ["C6", "C6", "D6"],
        ["D6", "C6", "0"],
        ["D6", "S3", "0"],
        ["S3", "C3", "0"],
        ["S3", "C3", "S3"],
        ["S3", "S3", "D6"],
    ];
    assert_eq!(reasons, expected.map(|row| row.map(str::to_string)));
}

#[test]
fn case_03_fusion_in_the_square() {
    let found = last("architectures(D(4))");
    assert_eq!((&found["type1"], &found["type2"]), (&json!(5), &json!(5)));
    assert_eq!(found["items"].as_array().unwrap().len() + found["rejected"].as_array().unwrap().len(), 19);
    let second = found["items"].as_array().unwrap().iter().filter(|x| x["type"] == 2);
    assert_eq!(second.map(|x| x["classes"].as_u64().unwrap()).sum::<u64>(), 7);
}

/// p(n) + Σ_{1 ≤ j ≤ n/2} p(j); n = 8, 9, 10 take milliseconds, so no list of subgroups can be made.
#[test]
fn case_04_symmetric_groups() {
    for (n, total) in [(3, 4), (4, 8), (5, 10), (6, 17), (7, 21), (8, 33), (9, 41), (10, 60)] {
        let (first, second) = counts(&format!("S({n})"));
        assert_eq!((first, first + second), (PARTITIONS[n], total), "S({n})");
    }
}

#[test]
fn case_05_rotations_and_reflections_of_the_plane() {
    for n in 3..=12 {
        assert_eq!(counts(&format!("Cyclic({n})")), (1, u64::from(n % 2 == 0)), "C_{n}");
        let expected = if n % 2 == 0 { (3, 3) } else { (2, 1) };
        assert_eq!(counts(&format!("Dihedral({n})")), expected, "D_{n}");
    }
    assert_eq!(counts("matrix_group([-1, 0; 0, -1])"), (1, 1));
}

#[test]
fn case_06_small_groups() {
    assert_eq!(counts("Q8"), (6, 7));
    assert_eq!(counts("A(4)"), (4, 2));
    assert_eq!(counts("A(5)"), (6, 3));
    assert_eq!(counts("direct_product(Z(2), Z(4))"), (6, 5));
}

/// Σ_r [k choose r]_2 2^r for the regular action, 2^k + (2^k - 1) by transpositions.
#[test]
fn case_07_elementary_abelian_groups() {
    let mut regular = "Z(2)".to_string();
    let mut split = "Z(2)".to_string();
    for (k, expected) in [(1u32, 3), (2, 11), (3, 51), (4, 307), (5, 2451)] {
        let (first, second) = counts(&format!("vector({regular})"));
        assert_eq!(first + second, expected, "k = {k}");
        assert_eq!(counts(&split), (2u64.pow(k), 2u64.pow(k) - 1), "k = {k}");
        regular = format!("{regular}*Z(2)");
        split = format!("direct_product({split}, Z(2))");
    }
}

/// Groups of matrices of three-dimensional space; B_n: Σ_{k ≤ n} p(k) - 1 of each type, from parabolic subgroups.
#[test]
fn case_08_solids() {
    assert_eq!(counts("matrix_group([-1, 0, 0; 0, -1, 0; 0, 0, 1], [0, 0, 1; 1, 0, 0; 0, 1, 0])"), (3, 2));
    assert_eq!(counts("matrix_group([0, -1, 0; 1, 0, 0; 0, 0, 1], [0, 0, 1; 1, 0, 0; 0, 1, 0])"), (4, 5));
    assert_eq!(counts("point_group(\"Oh\")"), (6, 6));
    // The icosahedron with its coordinates in Q(√5), then by characters: both of degree 3; with -1, those on which it acts as
    // -1.
    assert_eq!(counts("point_group(\"I\")"), (4, 4));
    assert_eq!(counts("point_group(\"Ih\")"), (5, 5));
    assert_eq!(counts("A(5), characters = [2]"), (4, 4));
    assert_eq!(counts("A(5), characters = [3]"), (4, 4));
    let table = last("characters(direct_product(A(5), Z(2)))");
    let central = table["classes"].as_array().unwrap().iter().position(|x| x["size"] == "1" && x["order"] == "2");
    let mut faithful = 0;
    for k in 0..table["degrees"].as_array().unwrap().len() {
        if table["degrees"][k] == 3 && table["values"][k][central.unwrap()] == "-3" {
            assert_eq!(counts(&format!("direct_product(A(5), Z(2)), characters = [{}]", k + 1)), (5, 5));
            faithful += 1;
        }
    }
    assert_eq!(faithful, 2);
    for n in 2..=6usize {
        let expected = PARTITIONS[..=n].iter().sum::<u64>() - 1;
        assert_eq!(counts(&signed_permutations(n)), (expected, expected), "B_{n}");
    }
}

/// The matrices of all signed permutations of n axes, as a group of the language.
fn signed_permutations(n: usize) -> String {
    let matrix = |entry: &dyn Fn(usize, usize) -> i64| {
        let row = |i: usize| (0..n).map(|j| entry(i, j).to_string()).collect::<Vec<_>>().join(", ");
        format!("[{}]", (0..n).map(row).collect::<Vec<_>>().join("; "))
    };
    let turn = matrix(&|i, j| i64::from(i == (j + 1) % n));
    let swap = matrix(&|i, j| i64::from(if j < 2 { i == 1 - j } else { i == j }));
    let sign = matrix(&|i, j| if i != j { 0 } else { 1 - 2 * i64::from(i == 0) });
    format!("matrix_group({turn}, {swap}, {sign})")
}

#[test]
fn case_09_inversion_of_grey_levels() {
    let inputs = "vector(image_group(8, 8, [\"inversion\"]))";
    assert_eq!(counts(inputs), (1, 1));
    let shown = last(&format!("canonical_network({inputs}, 2)"));
    assert!(shown["formula"].as_str().unwrap().contains("|w·x|"), "{shown}");
    assert!(!shown["formula"].as_str().unwrap().contains("ReLU"));
    assert_eq!(shown["b"], "0");
}

#[test]
fn case_10_trivial_groups_and_actions() {
    for n in [1, 2, 7] {
        assert_eq!(items(&last(&format!("architectures(perm({n}))"))), [(1, 1, n)]);
    }
    let found = last("architectures(perm(2, \"()\"))");
    assert_eq!((&found["type1"], &found["type2"]), (&json!(1), &json!(0)));
    // C_2 acts trivially on R^2: H = K = G alone, which is the whole image of the action.
    assert_eq!(items(&last("architectures(2*scalar(Z(2)))")), [(1, 1, 2)]);
}

#[test]
fn case_11_morphisms() {
    for (group, nodes, covers, tunnels) in [
        ("Z(4)", 5, 4, 2),
        ("Z(6)", 6, 7, 2),
        ("D(3)", 4, 3, 1),
        ("D(4)", 10, 14, 3),
        ("D(6)", 14, 23, 10),
        ("S(4)", 8, 10, 1),
        ("Q8", 13, 20, 10),
        ("V4", 11, 18, 9),
    ] {
        let found = last(&format!("architecture_graph({group})"));
        let length = |key: &str| found[key].as_array().unwrap().len();
        assert_eq!((length("nodes"), length("covers"), length("tunnels")), (nodes, covers, tunnels), "{group}");
    }
}

#[test]
fn case_12_deep_chains() {
    let three = "perm(6, \"(0 1)\", \"(2 3)\", \"(4 5)\")";
    let from_two = |text: &str| {
        let found = last(text);
        let list = |key: &str| found[key].as_array().unwrap().iter().map(|x| x.as_u64().unwrap()).collect::<Vec<_>>();
        list("admissible").into_iter().zip(list("all")).skip(1).collect::<Vec<_>>()
    };
    assert_eq!(from_two(&format!("deep_architectures({three})")), [(11, 43), (93, 434), (392, 392)]);
    assert_eq!(from_two(&format!("deep_architectures({three}, shortcuts = false)")), [(11, 43), (88, 434), (238, 392)]);
    for shortcuts in [true, false] {
        assert_eq!(from_two(&format!("deep_architectures(Q8, shortcuts = {shortcuts})")), [(9, 9), (20, 20), (12, 12)]);
    }
}

/// Patterns up to a signed permutation of the rows and names of the weights: the first row and its cyclic shifts.
#[test]
fn case_13_patterns_of_the_hexagon() {
    let found = last("architectures(Z(6))");
    assert_eq!(found["items"][2]["pattern"], json!([1, 2, 3, -1, -2, -3]));
    assert_eq!(found["items"][3]["pattern"], json!([1, 2, 1, 2, 1, 2]));
    assert_eq!(found["items"][5]["pattern"], json!([1, -1, 1, -1, 1, -1]));
    let rows = |h: &str, k: &str| {
        let text = format!("tie(vector(Z(6)), induced(Z(6), perm(6, {h}), perm(6{k})))");
        let pattern: Vec<Vec<i64>> = serde_json::from_value(last(&text)["pattern"].clone()).unwrap();
        pattern
    };
    let units = rows("\"(0 3)(1 4)(2 5)\"", "");
    assert_eq!(units.len(), 3);
    for row in &units {
        assert!((0..3).all(|i| row[i] == -row[i + 3] && row[i] != 0), "{row:?}");
        let shift = |k: usize| (0..6).map(|i| units[0][(i + k) % 6]).collect::<Vec<i64>>();
        assert!((0..6).any(|k| shift(k) == *row), "{row:?}");
    }
    let units = rows("\"(0 1 2 3 4 5)\"", ", \"(0 2 4)(1 3 5)\"");
    assert!(units == [[1, -1, 1, -1, 1, -1]] || units == [[-1, 1, -1, 1, -1, 1]]);
}

#[test]
fn case_14_images() {
    let square = "vector(image_group(8, 8, [\"dihedral\"]))";
    assert_eq!(free(square, 1), [10, 16, 16, 20, 32, 32, 36, 64]);
    assert_eq!(free(square, 2), [6, 6, 10, 12, 16, 16, 16, 16, 28, 32, 32]);
    let flips = "vector(image_group(8, 8, [\"flips\"]))";
    let (first, second) = (free(flips, 1), free(flips, 2));
    assert_eq!((first.as_slice(), second.as_slice()), (&[16, 32, 32, 32, 64][..], &[16, 16, 16, 32, 32, 32][..]));
    // Of each architecture one, for three classes: weights, biases of type 1, three coefficients each, three constants.
    let weights = first.iter().chain(&second).sum::<u64>();
    assert_eq!(weights + first.len() as u64 + 3 * 11 + 3, 361);
}

/// Invariance is decided in rationals. Without the linear part -½ Wᵀa networks of type 2 fail, which `src/nets/shallow.rs` tests.
#[test]
fn case_15_exact_invariance() {
    for (group, count) in [("Z(6)", 6), ("D(6)", 14), ("S(4)", 8), ("A(5)", 9), ("Q8", 13)] {
        let text = format!("sum([if is_invariant(canonical_network({group}, k)) then 1 else 0 for k in 1..{count}])");
        assert_eq!(value(&text), count.to_string(), "{group}");
    }
}

#[test]
fn case_16_signed_layers() {
    let d4 = "perm(4, \"(0 1 2 3)\", \"(0 2)\")";
    let d5 = "perm(5, \"(0 1 2 3 4)\", \"(1 4)(2 3)\")";
    for (text, expected) in [
        (format!("tied_weights(vector(S(4)), induced(S(4), {d4}, perm(4, \"(0 1)(2 3)\", \"(0 2)(1 3)\")))"), "0"),
        (format!("tied_weights(induced(S(4)), induced(S(4), {d4}, perm(4, \"(0 1 2 3)\")))"), "3"),
        (
            "tied_weights(vector(D(6)), induced(D(6), perm(6, \"(0 1 2 3 4 5)\"), perm(6, \"(0 2 4)(1 3 5)\")))".into(),
            "1",
        ),
        (
            format!(
                "tied_weights(induced(A(5), perm(5, \"(0 1 2 3 4)\")), induced(A(5), {d5}, perm(5, \"(0 1 2 3 4)\")))"
            ),
            "2",
        ),
    ] {
        assert_eq!(value(&text), expected, "{text}");
    }
}

#[test]
fn case_17_commutants() {
    for (action, dim) in [
        ("vector(S(4))", 2),
        ("vector(D(6))", 4),
        ("induced(A(5), perm(5, \"(0 1 2 3 4)\", \"(1 4)(2 3)\"))", 2),
        ("induced(A(5), perm(5, \"(0 1 2 3 4)\"))", 4),
        ("induced(A(5), perm(5, \"(0 1 2)\"))", 8),
        ("induced(A(5), perm(5, \"(0 1)(2 3)\"))", 16),
        ("vector(Q8)", 8),
        ("vector(S(4))^2", 15),
        ("vector(S(5))^2", 15),
    ] {
        assert_eq!(value(&format!("rep X = {action}\nrank(X -> X)")), dim.to_string(), "{action}");
        assert_eq!(last(&format!("rep X = {action}\ntie(X, X)"))["free"], dim, "{action}");
    }
}

#[test]
fn case_18_characters_of_the_icosahedron() {
    let table = last("characters(A(5))");
    assert_eq!(table["degrees"], json!([1, 3, 3, 4, 5]));
    let classes = table["classes"].as_array().unwrap();
    let fives: Vec<usize> = (0..5).filter(|&i| classes[i]["order"] == "5").collect();
    let golden = |row: usize, i: usize| table["values"][row][fives[i]].as_str().unwrap().to_string();
    let (plus, minus) = ("(1+√5)/2".to_string(), "(1-√5)/2".to_string());
    assert!(golden(1, 0) != golden(1, 1) && golden(1, 0) == golden(2, 1) && golden(1, 1) == golden(2, 0));
    assert!([&plus, &minus].iter().all(|v| (0..2).any(|i| golden(1, i) == **v)));
}

/// Tables of D_4 and Q_8, and of the two extraspecial groups of order 32.
#[test]
fn case_19_equal_tables() {
    let rows = |table: &Json| {
        let mut rows: Vec<Vec<String>> = serde_json::from_value(table["values"].clone()).unwrap();
        rows.iter_mut().for_each(|row| row.sort());
        rows.sort();
        rows
    };
    let plus = "matrix_group(kron([0, 1; 1, 0], identity(2)), kron([1, 0; 0, -1], identity(2)), \
                kron(identity(2), [0, 1; 1, 0]), kron(identity(2), [1, 0; 0, -1]))";
    let minus = "matrix_group(kron([i, 0; 0, -i], identity(2)), kron([0, -1; 1, 0], identity(2)), \
                 kron(identity(2), [0, 1; 1, 0]), kron(identity(2), [1, 0; 0, -1]))";
    for (first, second, linear, dims) in [("D(4)", "Q8", 4, (2, 4)), (plus, minus, 16, (4, 8))] {
        let (a, b) = (last(&format!("characters({first})")), last(&format!("characters({second})")));
        assert_eq!(rows(&a), rows(&b));
        assert_eq!((&a["indicators"][linear], &b["indicators"][linear]), (&json!(1), &json!(-1)));
        let real = |table: &Json| (table["real"][linear]["dim"].clone(), table["real"][linear]["type"].clone());
        assert_eq!((real(&a), real(&b)), ((json!(dims.0), json!("R")), (json!(dims.1), json!("H"))));
        assert!((0..linear).all(|i| a["real"][i]["dim"] == 1 && b["real"][i]["dim"] == 1));
    }
}

#[test]
fn case_20_real_types() {
    for (group, expected) in [
        ("Z(5)", vec!["1R", "2C", "2C"]),
        ("A(4)", vec!["1R", "2C", "3R"]),
        ("perm(7, \"(0 1 2 3 4 5 6)\", \"(1 2 4)(3 6 5)\")", vec!["1R", "2C", "6C"]),
        ("Dicyclic(3)", vec!["1R", "1R", "2C", "2R", "4H"]),
        ("SL(2, 3)", vec!["1R", "2C", "3R", "4C", "4H"]),
        ("SL(2, 5)", vec!["1R", "3R", "3R", "4H", "4H", "4R", "5R", "8H", "12H"]),
        ("PSL(2, 7)", vec!["1R", "6C", "6R", "7R", "8R"]),
        ("M11", vec!["1R", "10R", "11R", "44R", "45R", "55R", "20C", "32C"]),
    ] {
        let table = last(&format!("characters({group})"));
        let real = table["real"].as_array().unwrap();
        let mut found: Vec<String> =
            real.iter().map(|x| format!("{}{}", x["dim"], x["type"].as_str().unwrap())).collect();
        found.sort();
        let mut expected: Vec<String> = expected.into_iter().map(str::to_string).collect();
        expected.sort();
        assert_eq!(found, expected, "{group}");
    }
}

/// Σ ν(χ) χ(1) is the number of solutions of x² = 1.
#[test]
fn case_21_involutions() {
    for (group, solutions) in [("S(4)", 10), ("Q8", 2), ("A(5)", 16), ("M11", 166)] {
        let table = last(&format!("characters({group})"));
        let list = |key: &str| serde_json::from_value::<Vec<i64>>(table[key].clone()).unwrap();
        assert_eq!(
            list("degrees").iter().zip(list("indicators")).map(|(d, v)| d * v).sum::<i64>(),
            solutions,
            "{group}"
        );
    }
}

#[test]
fn case_22_characters_of_m12() {
    let table = last("characters(M12)");
    assert_eq!(table["degrees"], json!([1, 11, 11, 16, 16, 45, 54, 55, 55, 55, 66, 99, 120, 144, 176]));
    let count = |v: i64| table["indicators"].as_array().unwrap().iter().filter(|x| **x == v).count();
    assert_eq!((count(1), count(0), count(-1)), (13, 2, 0));
}

#[test]
fn case_23_permutation_characters() {
    // (multiplicity, degree), ascending. S_5 on all ordered pairs is the sum of the points and the pairs of different points.
    for (group, texts, expected) in [
        ("A(5)", vec!["A(5), perm(5, \"(0 1 2 3 4)\")"], vec![(1, 1), (1, 3), (1, 3), (1, 5)]),
        ("A(5)", vec!["A(5), perm(5, \"(0 1 2)\")"], vec![(1, 1), (1, 3), (1, 3), (1, 5), (2, 4)]),
        ("A(5)", vec!["A(5), perm(5, \"(0 1)(2 3)\")"], vec![(1, 1), (1, 3), (1, 3), (2, 4), (3, 5)]),
        ("S(5)", vec!["S(5)", "S(5), stabilizer(S(5), 0, 1)"], vec![(1, 5), (1, 6), (2, 1), (3, 4)]),
        ("M11", vec!["M11"], vec![(1, 1), (1, 10)]),
    ] {
        let list = |found: &Json, key: &str| serde_json::from_value::<Vec<u64>>(found[key].clone()).unwrap();
        let degrees = list(&last(&format!("characters({group})")), "degrees");
        let mut sum = vec![0; degrees.len()];
        for text in &texts {
            let found = list(&last(&format!("permutation_character({text})")), "multiplicities");
            sum.iter_mut().zip(found).for_each(|(a, b)| *a += b);
        }
        let mut all: Vec<(u64, u64)> = sum.into_iter().zip(degrees).filter(|x| x.0 > 0).collect();
        all.sort_unstable();
        assert_eq!(all, expected, "{texts:?}");
    }
}

/// χ = π_{G/K} - π_{G/H} of the three signed irreps of S_4 with H = D_4.
#[test]
fn case_24_signed_characters() {
    let text = |k: &str| {
        let h = "perm(4, \"(0 1 2 3)\", \"(0 2)\")";
        format!(
            "let a = permutation_character(S(4), perm(4, {k})).values\nlet b = permutation_character(S(4), {h}).values\n\
             class_function(S(4), [a[i] - b[i] for i in 1..5])"
        )
    };
    let table = last("characters(S(4))");
    let transpositions =
        table["classes"].as_array().unwrap().iter().position(|x| x["order"] == "2" && x["size"] == "6");
    for (k, norm, degrees, at) in [
        ("\"(0 1)(2 3)\", \"(0 2)(1 3)\"", 2, vec![1, 2], -1),
        ("\"(0 1 2 3)\"", 1, vec![3], -1),
        ("\"(0 2)\", \"(1 3)\"", 1, vec![3], 1),
    ] {
        let found = last(&text(k));
        assert_eq!(found["norm"], norm, "{k}");
        let all: Vec<u64> = serde_json::from_value(table["degrees"].clone()).unwrap();
        let multiplicities: Vec<u64> = serde_json::from_value(found["multiplicities"].clone()).unwrap();
        let mut own: Vec<u64> = all.iter().zip(&multiplicities).filter(|x| *x.1 == 1).map(|x| *x.0).collect();
        own.sort_unstable();
        assert_eq!(own, degrees, "{k}");
        let shown = found["values"][transpositions.unwrap()].to_string();
        assert_eq!(shown.trim_matches('"'), at.to_string(), "{k}");
    }
}

#[test]
fn case_25_subgroups() {
    for (group, classes, subgroups) in [
        ("S(4)", 11, 30),
        ("S(5)", 19, 156),
        ("S(6)", 56, 1455),
        ("S(7)", 96, 11300),
        ("A(5)", 9, 59),
        ("A(6)", 22, 501),
        ("PSL(2, 7)", 15, 179),
        ("M11", 39, 8651),
        ("B(3)", 33, 98),
        ("B(4)", 193, 1659),
    ] {
        let found = last(&format!("subgroups({group})"));
        assert_eq!((&found["classes"], &found["subgroups"]), (&json!(classes), &json!(subgroups)), "{group}");
    }
}

#[test]
fn case_25_subgroups_of_larger_groups() {
    for (group, classes, subgroups) in [("A(8)", 137, 48337), ("S(8)", 296, 151_221), ("M12", 147, 214_871)] {
        let found = last(&format!("subgroups({group})"));
        assert_eq!((&found["classes"], &found["subgroups"]), (&json!(classes), &json!(subgroups)), "{group}");
    }
}

/// d(n) + σ(n) subgroups of D_n.
#[test]
fn case_26_dihedral_subgroups() {
    for n in [3u64, 4, 6, 12, 15, 100] {
        let divisors: Vec<u64> = (1..=n).filter(|d| n % d == 0).collect();
        let found = last(&format!("subgroups(D({n}))"));
        assert_eq!(found["subgroups"], divisors.len() as u64 + divisors.iter().sum::<u64>(), "D({n})");
    }
    assert_eq!(last("subgroups(D(100))")["classes"], 24);
}

/// Galois numbers of F_2^k.
#[test]
fn case_27_elementary_abelian_subgroups() {
    let mut group = "Z(2)".to_string();
    for expected in [2, 5, 16, 67, 374, 2825] {
        assert_eq!(last(&format!("subgroups({group})"))["subgroups"], expected, "{group}");
        group = format!("direct_product({group}, Z(2))");
    }
    for (group, classes, subgroups) in [("Q8", 6, 6), ("SL(2, 3)", 7, 15), ("SL(2, 5)", 12, 76)] {
        let found = last(&format!("subgroups({group})"));
        assert_eq!((&found["classes"], &found["subgroups"]), (&json!(classes), &json!(subgroups)), "{group}");
    }
}

#[test]
fn case_28_table_of_marks() {
    let found = last("table_of_marks(S(4))");
    let mut diagonal: Vec<i64> = (0..11).map(|i| found["entries"][i][i].as_str().unwrap().parse().unwrap()).collect();
    diagonal.sort_unstable();
    assert_eq!(diagonal, [1, 1, 1, 2, 2, 2, 2, 2, 4, 6, 24]);
}

#[test]
fn case_29_cube_of_rubik() {
    assert_eq!(value("order(RubiksCube)"), "43252003274489856000");
    assert_eq!(value("order(center(RubiksCube))"), "2");
    assert_eq!(value("order(RubiksCube)/order(derived_subgroup(RubiksCube))"), "2");
}

/// The bound log C, and that odd logits are right at most on one of x and -x: the side of the case that needs no training.
#[test]
fn case_30_odd_networks() {
    let text = "group I = image_group(1, 10, [\"inversion\"])\nrep V = vector(I)\n\
                network N = mlp(V -> V, hidden = 6, layers = 1, nonlinearity = \"tanh\")\n";
    let samples: Vec<Vec<i64>> =
        (0..6i64).map(|k| (0..10).map(|j| (7 * k * k + 3 * j + k * j) % 17 - 8).collect()).collect();
    let row = |x: &Vec<i64>, sign: i64| x.iter().map(|v| (sign * v).to_string()).collect::<Vec<_>>().join(", ");
    let rows: Vec<String> = samples.iter().flat_map(|x| [row(x, 1), row(x, -1)]).collect();
    let labels: Vec<String> = (0..6).flat_map(|k| [k.to_string(), k.to_string()]).collect();
    let bound = last(&format!("{text}loss_bound(N, [{}], [{}])", rows.join("; "), labels.join(", ")));
    assert!((bound["bound"].as_f64().unwrap() - std::f64::consts::LN_10).abs() < 1e-8, "{bound}");
}

/// Networks tied under x ↦ -x answer both signs alike, exactly, on images of grey levels 0, …, 16.
#[test]
fn case_31_invariance_under_inversion() {
    let image = |k: u64| {
        let level = |i: u64| ((i * i * 31 + i * (k + 3) * 17 + k * 101) % 17).to_string();
        (0..64).map(level).collect::<Vec<_>>().join(", ")
    };
    for architecture in [1, 2] {
        let network =
            format!("network N = canonical_network(vector(image_group(8, 8, [\"inversion\"])), {architecture})\n");
        for k in 0..4 {
            let text = format!("{network}let x = [{}]\nN(x) == N([-v for v in x])", image(k));
            assert_eq!(last(&text)["value"], true, "architecture {architecture}, image {k}");
        }
        assert_eq!(last(&format!("{network}is_invariant(N)"))["value"], true);
    }
}

/// Monomial features on 8×8 pixels: (features, lost scalings, lost signs).
#[test]
fn case_33_gauge_table() {
    let product = |i: &str, j: &str| {
        format!("[[(if q == {i} then 1 else 0) + (if q == {j} then 1 else 0) for q in 1..64] for k in 1..64]")
    };
    let right = "let f(k) = 8*floor((k - 1)/8) + mod(k, 8) + 1\n";
    // Cycles of lengths 2, 4, 28, 30; a path row by row with one square at its start.
    let cycles =
        "let f(k) = if k == 2 then 1 else if k == 6 then 3 else if k == 34 then 7 else if k == 64 then 35 else k + 1\n";
    let path = "let f(k) = if k == 1 then 1 else k - 1\n";
    for (setup, text, scalings, signs) in [
        ("", product("k", "k"), 0, 64),
        (right, product("k", "f(k)"), 8, 8),
        (cycles, product("k", "f(k)"), 4, 4),
        (path, product("k", "f(k)"), 0, 1),
    ] {
        let found = last(&format!("{setup}gauge({text})"));
        let length = |key: &str| found[key].as_array().unwrap().len();
        assert_eq!((&found["features"], length("scalings"), length("signs")), (&json!(64), scalings, signs), "{setup}");
    }
}

/// dim G - dim Stab(W): SO(2) moves any weights once, SO(3) rank 1 twice, ranks 2 and 3 three times. Dead units, whose own
/// parameters are flat as well, are seen only by a Hessian at trained weights.
#[test]
fn case_34_flat_directions() {
    for (group, weights, flat) in [
        ("SO(2)", "[1, 2]", 1),
        ("SO(2)", "[1, 2; 3, -1]", 1),
        ("SO(2)", "[1, 2; 3, -1; 0, 5]", 1),
        ("SO(3)", "[1, 2, 3]", 2),
        ("SO(3)", "[1, 2, 3; -2, -4, -6]", 2),
        ("SO(3)", "[1, 2, 3; 0, 1, 1; 5, 0, 1]", 3),
    ] {
        assert_eq!(last(&format!("flat_directions(vector({group}), {weights})"))["flat"], flat, "{group} {weights}");
    }
}

/// Number, inputs, hidden points, output, verdict, parameters, first missing degree.
type Worked = (u32, &'static str, &'static str, bool, bool, Option<[&'static str; 3]>, Option<u64>);

/// The worked cases of universality with one hidden layer, 1 to 22; the output is one point, or (`true`) the inputs again.
const WORKED: &[Worked] = &[
    (1, "vector(S(2))", "X", false, true, Some(["2", "1", "1"]), None),
    (2, "vector(S(3))", "X", false, false, Some(["2", "1", "1"]), Some(6)),
    (3, "vector(S(3))", "X", true, false, Some(["2", "1", "2"]), Some(4)),
    (4, "vector(S(3))", "X*X", false, true, Some(["5", "2", "2"]), None),
    (4, "vector(S(3))", "X*X", true, true, Some(["5", "2", "5"]), None),
    (5, "vector(S(4))", "X", false, false, Some(["2", "1", "1"]), Some(4)),
    (6, "vector(S(4))", "distinct_tuples(S(4), 2)", false, false, Some(["3", "1", "1"]), Some(12)),
    (7, "vector(S(4))", "distinct_tuples(S(4), 3)", false, true, Some(["4", "1", "1"]), None),
    (8, "vector(A(4))", "X", false, false, Some(["2", "1", "1"]), Some(4)),
    (8, "vector(A(4))", "X*X", true, true, Some(["6", "2", "6"]), None),
    (9, "vector(A(5))", "distinct_tuples(A(5), 2)", false, false, Some(["3", "1", "1"]), Some(8)),
    (9, "vector(A(5))", "distinct_tuples(A(5), 3)", false, true, Some(["5", "1", "1"]), None),
    (10, "vector(Z(5))", "X", true, true, Some(["5", "1", "5"]), None),
    (11, "vector(perm(5, \"(0 1)\", \"(2 3 4)\"))", "X", false, false, Some(["7", "2", "2"]), Some(4)),
    (12, "vector(perm(5, \"(0 1)\", \"(2 3 4)\"))", "X*X", false, true, Some(["28", "7", "7"]), None),
    (13, "vector(D(4))", "X", false, false, Some(["3", "1", "1"]), Some(4)),
    (13, "vector(D(4))", "X*X", false, true, Some(["10", "3", "3"]), None),
    (13, "vector(D(4))", "induced(D(4))", false, true, Some(["4", "1", "1"]), None),
    (14, "vector(D(5))", "X", false, false, Some(["3", "1", "1"]), Some(6)),
    (14, "vector(D(5))", "X*X", true, true, Some(["13", "3", "13"]), None),
    (15, "vector(S(3))^2", "X", false, true, Some(["14", "2", "2"]), None),
    (16, "on_subsets(S(4), 2)", "vector(S(4))", false, false, Some(["2", "1", "1"]), Some(2)),
    (17, "on_subsets(S(4), 2)", "X", false, false, Some(["3", "1", "1"]), Some(3)),
    (18, "on_subsets(S(4), 2)", "distinct_tuples(S(4), 2)", false, false, Some(["4", "1", "1"]), Some(6)),
    (19, "on_subsets(S(4), 2)", "X*X", false, true, Some(["12", "3", "3"]), None),
    (20, "vector(S(2))*vector(S(3))", "X", false, false, Some(["4", "1", "1"]), Some(4)),
    (20, "vector(S(2))*vector(S(3))", "X*X", false, true, Some(["20", "4", "4"]), None),
    (21, "induced(Z(4), perm(4, \"(0 2)(1 3)\"))", "X", false, true, Some(["2", "1", "1"]), None),
    (22, "vector(Z(4))", "induced(Z(4), perm(4, \"(0 2)(1 3)\"))", false, false, Some(["2", "1", "1"]), Some(2)),
];

#[test]
fn universality_cases_01_to_22() {
    for (number, inputs, hidden, same, universal, parameters, missing) in WORKED {
        let text = format!("rep X = {inputs}\nrep Y = {hidden}\n");
        let one = match inputs.split_once('*').filter(|_| inputs.starts_with("vector(S(2))*")) {
            Some(_) => "scalar(S(2))*scalar(S(3))".to_string(),
            None => format!("scalar({})", group_of(inputs)),
        };
        let output = if *same { "X".to_string() } else { one };
        let found = last(&format!("{text}universal(X -> {output}, hidden = Y)"));
        assert_eq!(found["universal"], *universal, "case {number}: {inputs}, {hidden}");
        if let Some(parameters) = parameters {
            assert_eq!(found["parameters"], json!(parameters), "case {number}: {inputs}, {hidden}");
        }
        assert_eq!(found["missing_degree"].as_u64(), *missing, "case {number}: {inputs}, {hidden}");
    }
}

/// The group in the text of a representation, `vector(D(4))` → `D(4)`.
fn group_of(inputs: &str) -> &str {
    let inside = &inputs[inputs.find('(').unwrap() + 1..];
    let (mut depth, mut end) = (0, inside.len());
    for (at, c) in inside.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => {
                end = at;
                break;
            }
            ')' => depth -= 1,
            ',' if depth == 0 => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    &inside[..end]
}

/// 23: matrices under S_n seen through 2-tensors. 24: sets through tuples of n - 1 and n - 2 points. 25: M24. 26: sharply transitive groups.
#[test]
fn universality_cases_23_to_26() {
    for (n, universal) in [(2, true), (3, true), (4, false), (5, false)] {
        let found = last(&format!("rep X = vector(S({n}))^2\nuniversal(X -> X, hidden = X)"));
        assert_eq!(found["universal"], universal, "case 23, n = {n}");
        if n >= 4 {
            assert_eq!(found["parameters"], json!(["15", "2", "15"]), "case 23, n = {n}");
        }
    }
    for n in [3, 4, 5, 6] {
        assert_eq!(last(&format!("universal(S({n}), {})", n - 1))["universal"], true, "case 24, n = {n}");
        assert_eq!(last(&format!("universal(S({n}), {})", n - 2))["universal"], false, "case 24, n = {n}");
    }
    for (group, least) in [("M24", 7), ("PGL(2, 7)", 3), ("AGL(1, 7)", 2)] {
        assert_eq!(last(&format!("universal({group}, {})", least - 1))["universal"], false, "{group}");
        assert_eq!(last(&format!("universal({group}, {least})"))["universal"], true, "{group}");
    }
}

/// Least orders, the sizes of least bases (computed with GAP; Burness, O'Brien and Wilson 2010 for Mathieu's groups; closed forms for
/// pairs ⌈2(n-1)/3⌉, ordered pairs ⌈(n-1)/2⌉ and grids max(n, m) - 1).
#[test]
fn least_orders() {
    for (group, least) in [
        ("S(7)", "6"),
        ("A(7)", "5"),
        ("D(6)", "2"),
        ("wreath(S(2), S(3))", "3"),
        ("wreath(S(3), S(2))", "4"),
        ("PSL(3, 2)", "3"),
        ("M11", "4"),
        ("M12", "5"),
    ] {
        assert_eq!(value(&format!("universal({group}).least_order")), least, "{group}");
    }
    for (inputs, least) in [
        ("on_subsets(S(4), 2)", "2"),
        ("on_subsets(S(5), 2)", "3"),
        ("on_subsets(S(6), 2)", "4"),
        ("vector(S(4))^2", "2"),
        ("vector(S(6))^2", "3"),
        ("vector(S(3))*vector(S(4))", "3"),
    ] {
        assert_eq!(value(&format!("rep X = {inputs}\nuniversal(X -> X, hidden = X).least_order")), least, "{inputs}");
    }
}
