//! Finite groups in the language: the contract's phrases, and what wrong ones are told. Values from the ATLAS of Finite Groups
//! and from closed forms.

use std::path::Path;

use serde_json::Value as Json;
use symmetra::diag::Diagnostic;
use symmetra::limits::Limits;
use symmetra::session::Session;

fn run(text: &str, limits: &Limits) -> Result<Vec<Json>, Diagnostic> {
    let mut out = Vec::new();
    Session::new().run("test.sym", text, Path::new("."), limits, &mut |printed| {
        out.push(serde_json::from_str(&printed.json().to_string()).unwrap());
    })?;
    Ok(out)
}

#[track_caller]
fn last(text: &str) -> Json {
    match run(text, &Limits::none()) {
        Ok(mut all) => all.pop().unwrap(),
        Err(error) => panic!("{text}: {error:?}"),
    }
}

#[track_caller]
fn fails(text: &str, code: &str, says: &str) {
    let error = run(text, &Limits::none()).err().unwrap_or_else(|| panic!("{text} is accepted"));
    assert_eq!(error.code.as_str(), code, "{text}: {error:?}");
    assert!(format!("{} {:?}", error.message, error.hint).contains(says), "{text}: {error:?}");
}

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
    fails("order(SO(3))", "argument", "not a finite group of permutations");
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
    assert_eq!(run("conjugacy_classes(A(9))", &tight).unwrap_err().code.as_str(), "memory");
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
    ] {
        let text = text.replace("SL23", "perm(8, \"(0 1 2 3)(4 7 6 5)\", \"(0 4 2 6)(1 5 3 7)\", \"(1 4 5)(3 6 7)\")");
        let with = |seed: u64| run(&text, &Limits::none().with_seed(seed)).unwrap();
        assert_eq!(with(0), with(1), "{text}");
        assert_eq!(with(0), with(77), "{text}");
    }
}
