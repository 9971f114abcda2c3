//! The JSON that others rely on: `identification`, `error`, data files, the names of real forms.

mod common;

use std::fs;
use std::process::Command;

use common::expected::Outcome;
use common::tempfile::{self, TempDir};
use serde_json::{Value, json};

/// The keys of `identification` after `kind`, `line` and `source`, in order.
const KEYS: [&str; 23] = [
    "dim",
    "rank",
    "center_dim",
    "derived_dim",
    "radical_dim",
    "nilradical_dim",
    "levi_dim",
    "derived_series",
    "lower_central_series",
    "abelian",
    "nilpotent",
    "solvable",
    "reductive",
    "semisimple",
    "simple",
    "killing_signature",
    "type",
    "levi_type",
    "real_form",
    "levi_real_form",
    "aliases",
    "ideals",
    "certificate",
];

fn run(folder: &TempDir, arguments: &[&str]) -> Outcome {
    Outcome::of(Command::new(env!("CARGO_BIN_EXE_symmetra")).current_dir(folder.path()).arg("--json").args(arguments))
}

/// The objects that a program prints.
fn objects(folder: &TempDir, code: &str) -> Vec<Value> {
    let found = run(folder, &["-e", code]);
    assert_eq!(found.status, 0, "{code}: {}", found.errors);
    found.results.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn identification(code: &str) -> Value {
    objects(&folder(), &format!("identify({code})")).remove(0)
}

fn is_count(value: &Value) -> bool {
    value.as_u64().is_some()
}

fn are_counts(value: &Value, length: Option<usize>) -> bool {
    value.as_array().is_some_and(|list| length.is_none_or(|n| list.len() == n) && list.iter().all(is_count))
}

/// Every key in its place, every value of its type, and what the values say of each other.
fn assert_shape(found: &Value) {
    let object = found.as_object().unwrap();
    let keys: Vec<&str> = object.keys().map(String::as_str).collect();
    assert_eq!(keys[..3], ["kind", "line", "source"]);
    assert_eq!(keys[3..], KEYS);
    assert_eq!(found["kind"], "identification");
    assert!(KEYS[..7].iter().all(|key| is_count(&found[*key])), "{found}");
    assert!(are_counts(&found["derived_series"], None) && are_counts(&found["lower_central_series"], None), "{found}");
    assert!(KEYS[9..15].iter().all(|key| found[*key].is_boolean()), "{found}");
    assert!(are_counts(&found["killing_signature"], Some(3)), "{found}");
    let semisimple = found["semisimple"].as_bool().unwrap();
    for key in ["type", "real_form"] {
        assert!(if semisimple { found[key].is_string() } else { found[key].is_null() }, "{key}: {found}");
    }
    assert!(found["levi_type"].is_string() && found["levi_real_form"].is_string(), "{found}");
    assert!(found["aliases"].as_array().unwrap().iter().all(Value::is_string), "{found}");
    let number = |key: &str| found[key].as_u64().unwrap();
    let signature: u64 = found["killing_signature"].as_array().unwrap().iter().filter_map(Value::as_u64).sum();
    assert_eq!(signature, number("dim"));
    assert_eq!(number("radical_dim") + number("levi_dim"), number("dim"));
    assert!(number("nilradical_dim") <= number("radical_dim"));
    assert_eq!(found["derived_series"][0], found["dim"]);
    let mut levi = 0;
    for ideal in found["ideals"].as_array().unwrap() {
        let keys: Vec<&str> = ideal.as_object().unwrap().keys().map(String::as_str).collect();
        let expected = ["type", "real_form", "dim", "rank", "killing_signature", "cartan_matrix", "real_rank"];
        assert_eq!(keys, expected);
        assert!(ideal["type"].is_string() && ideal["real_form"].is_string(), "{ideal}");
        assert!(["dim", "rank", "real_rank"].iter().all(|key| is_count(&ideal[*key])), "{ideal}");
        assert!(are_counts(&ideal["killing_signature"], Some(3)), "{ideal}");
        let rank = ideal["rank"].as_u64().unwrap() as usize;
        let rows = ideal["cartan_matrix"].as_array().unwrap();
        assert_eq!(rows.len(), rank, "{ideal}");
        for (i, row) in rows.iter().enumerate() {
            let row = row.as_array().unwrap();
            assert_eq!((row.len(), row[i].as_i64()), (rank, Some(2)), "{ideal}");
        }
        levi += ideal["dim"].as_u64().unwrap();
    }
    assert_eq!(levi, number("levi_dim"), "{found}");
    assert!(found["certificate"].as_object().is_some_and(|c| !c.is_empty()), "{found}");
}

#[test]
fn a_simple_algebra() {
    let found = identification("G2(2)");
    assert_shape(&found);
    assert_eq!((&found["dim"], &found["rank"], &found["simple"]), (&json!(14), &json!(2), &json!(true)));
    assert_eq!((&found["type"], &found["real_form"]), (&json!("G2"), &json!("G2(2)")));
    assert_eq!((&found["levi_type"], &found["levi_real_form"]), (&json!("G2"), &json!("G2(2)")));
    assert_eq!(found["killing_signature"], json!([8, 6, 0]));
    assert_eq!((&found["derived_series"], &found["lower_central_series"]), (&json!([14]), &json!([14])));
    let ideal = &found["ideals"][0];
    assert_eq!((&ideal["real_rank"], &ideal["cartan_matrix"]), (&json!(2), &json!([[2, -1], [-3, 2]])));
}

#[test]
fn a_semisimple_sum() {
    let found = identification("su(2) + sl(2, R) + so(5) + sp(6, R)");
    assert_shape(&found);
    assert_eq!((&found["semisimple"], &found["simple"]), (&json!(true), &json!(false)));
    assert_eq!(found["type"], "C3+B2+A1+A1");
    assert_eq!(found["real_form"], "sp(6,R)+so(5)+su(2)+sl(2,R)");
    let dims: Vec<u64> = found["ideals"].as_array().unwrap().iter().filter_map(|i| i["dim"].as_u64()).collect();
    assert_eq!(dims, [21, 10, 3, 3]);
}

#[test]
fn an_algebra_that_is_not_semisimple() {
    let found = identification("poincare(3, 1)");
    assert_shape(&found);
    assert_eq!((&found["type"], &found["real_form"]), (&Value::Null, &Value::Null));
    assert_eq!((&found["levi_type"], &found["levi_real_form"]), (&json!("A1+A1"), &json!("sl(2,C)_R")));
    assert_eq!(
        (&found["radical_dim"], &found["nilradical_dim"], &found["levi_dim"]),
        (&json!(4), &json!(4), &json!(6))
    );
    assert_eq!(found["derived_series"], json!([10]));
    let found = identification("heisenberg(1)");
    assert_shape(&found);
    assert_eq!((&found["nilpotent"], &found["center_dim"]), (&json!(true), &json!(1)));
    assert_eq!(found["lower_central_series"], json!([3, 1, 0]));
    assert_eq!((&found["levi_type"], &found["levi_real_form"]), (&json!("0"), &json!("0")));
    let found = identification("u(3)");
    assert_shape(&found);
    assert_eq!(
        (&found["reductive"], &found["semisimple"], &found["center_dim"]),
        (&json!(true), &json!(false), &json!(1))
    );
    assert_eq!(found["levi_real_form"], "su(3)");
}

#[test]
fn abelian_and_zero() {
    let found = identification("abelian(4)");
    assert_shape(&found);
    for key in ["abelian", "nilpotent", "solvable", "reductive"] {
        assert_eq!(found[key], true, "{key}");
    }
    assert_eq!((&found["rank"], &found["center_dim"], &found["derived_dim"]), (&json!(4), &json!(4), &json!(0)));
    assert_eq!((&found["derived_series"], &found["killing_signature"]), (&json!([4, 0]), &json!([0, 0, 4])));
    let folder = folder();
    fs::write(folder.path().join("zero.json"), r#"{"dim": 0, "structure_constants": []}"#).unwrap();
    let found = objects(&folder, "identify(load(\"zero.json\"))").remove(0);
    assert_shape(&found);
    assert_eq!((&found["dim"], &found["rank"], &found["simple"]), (&json!(0), &json!(0), &json!(false)));
    assert_eq!((&found["derived_series"], &found["ideals"]), (&json!([0]), &json!([])));
}

#[test]
fn summands_are_ordered_and_small_coincidences_have_one_name() {
    // From the largest dimension down, then by letter; equal types with the most compact first.
    for (code, kind, form) in [
        ("sp(6, R) + so(7)", "B3+C3", "so(7)+sp(6,R)"),
        ("so(5) + sp(3)", "C3+B2", "sp(3)+so(5)"),
        ("sl(2, R) + su(2)", "A1+A1", "su(2)+sl(2,R)"),
        ("so(3, 1)", "A1+A1", "sl(2,C)_R"),
        ("so(3)", "A1", "su(2)"),
        ("so(5)", "B2", "so(5)"),
        ("so(4, 2)", "A3", "su(2,2)"),
        ("so*(6)", "A3", "su(3,1)"),
        ("so*(8)", "D4", "so(6,2)"),
        ("sl(2, R)", "A1", "sl(2,R)"),
    ] {
        let found = identification(code);
        assert_shape(&found);
        assert_eq!((&found["type"], &found["real_form"]), (&json!(kind), &json!(form)), "{code}");
    }
    let aliases = identification("so*(6)")["aliases"].clone();
    assert!(aliases.as_array().unwrap().contains(&json!("so*(6)")), "{aliases}");
}

/// The identification without the place where it was asked for.
fn without_place(mut found: Value) -> Value {
    let object = found.as_object_mut().unwrap();
    for key in ["line", "source", "certificate"] {
        object.remove(key);
    }
    found
}

#[test]
fn structure_constants_and_generators_come_back_from_files() {
    for code in ["su(2, 1)", "poincare(2, 1)", "heisenberg(2)", "compact(G2)", "stabilizer(octonion_form)"] {
        let folder = folder();
        let text = format!("algebra g = {code}\nsave(g, \"x.json\")\nidentify(g)\nidentify(load(\"x.json\"))");
        let found = objects(&folder, &text);
        assert_eq!(found.len(), 2, "{code}");
        assert_shape(&found[1]);
        assert_eq!(without_place(found[0].clone()), without_place(found[1].clone()), "{code}");
        let file: Value = serde_json::from_str(&fs::read_to_string(folder.path().join("x.json")).unwrap()).unwrap();
        assert_eq!(file["dim"], found[0]["dim"]);
        for entry in file["structure_constants"].as_array().unwrap() {
            let [i, j, k, value] = entry.as_array().unwrap().as_slice() else { panic!("{entry}") };
            assert!(i.as_u64() < j.as_u64() && is_count(k) && value.is_string(), "{entry}");
        }
    }
    let folder = folder();
    let generators = json!({"generators": [
        [["0", "1/2+3i"], ["-1/2+3i", 0]], [["i", 0], [0, "-i"]], [[0, "-3+1/2i"], ["3+1/2i", 0]],
    ]});
    fs::write(folder.path().join("m.json"), generators.to_string()).unwrap();
    let found = objects(&folder, "identify(load(\"m.json\"))").remove(0);
    assert_shape(&found);
    assert_eq!(found["real_form"], "su(2)");
}

#[test]
fn values_are_saved_in_the_format_of_the_ending() {
    let folder = folder();
    let code = "let m = [1, 0; -2, 3]\nsave(m, \"m.json\"); save(m, \"m.csv\"); save(m, \"m.mtx\"); save(m, \"m.txt\")\n\
                save(identify(so(3)), \"i.json\"); save([m, m], \"g.json\"); save(so(3), \"g.txt\")";
    assert!(objects(&folder, code).is_empty());
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("m.csv").lines().count(), 3);
    assert!(read("m.csv").ends_with("\n1,0\n-2,3\n"), "{}", read("m.csv"));
    assert_eq!(read("m.mtx"), "%%MatrixMarket matrix coordinate integer general\n2 2 3\n1 1 1\n2 1 -2\n2 2 3\n");
    assert_eq!(read("m.txt"), "⎡  1  0 ⎤\n⎣ -2  3 ⎦\n");
    let json = |name: &str| serde_json::from_str::<Value>(&read(name)).unwrap();
    assert_eq!(json("m.json")["entries"], json!([["1", "0"], ["-2", "3"]]));
    assert_eq!(json("i.json")["real_form"], "su(2)");
    assert_eq!(json("g.json")["generators"].as_array().unwrap().len(), 2);
    assert!(read("g.txt").starts_with("so(3): Lie algebra of dimension 3"), "{}", read("g.txt"));
    // Nothing is left beside the files.
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 7);
}

#[test]
fn other_kinds_have_their_keys() {
    let found = objects(&folder(), "so(3)\n[1/2, i;]\nstructure_constants(so(3))\ndim(so(5))\n0.5f");
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&found[0])[..6], ["kind", "line", "source", "dim", "field", "matrix_size"]);
    assert_eq!(keys(&found[1]), ["kind", "line", "source", "rows", "cols", "entries"]);
    assert_eq!(keys(&found[2])[..5], ["kind", "line", "source", "dim", "structure_constants"]);
    assert_eq!((&found[0]["kind"], &found[1]["kind"]), (&json!("algebra"), &json!("matrix")));
    assert_eq!((&found[2]["kind"], &found[3]["kind"]), (&json!("structure_constants"), &json!("number")));
    assert_eq!((&found[3]["value"], &found[4]["value"]), (&json!("10"), &json!(0.5)));
    assert!(found.iter().enumerate().all(|(at, object)| object["line"] == at + 1 && object["source"] == "-"));
}

#[test]
fn the_error_object() {
    let found = run(&folder(), &["-e", "1\nlet v = [1, 2]\nv[3]"]);
    assert_eq!(found.status, 1);
    let last = found.results.lines().last().unwrap();
    let message = serde_json::from_str::<Value>(last).unwrap()["message"].clone();
    let expected = json!({
        "kind": "error", "code": "index", "message": message, "line": 3, "column": 3, "source": "-",
    });
    assert_eq!(last, expected.to_string());
}
