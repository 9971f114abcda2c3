//! Weight tying, universality, invariant networks and symmetry constraints in the language: files, agreement of ways, and what wrong
//! programs are told. Values from the theory named beside them.

mod common;

use std::fs;

use common::program::json::{last, run_with};
use common::program::{fails, here};
use common::tempfile;
use serde_json::{Value as Json, json};
use symmetra::limits::Limits;

/// The pattern, its sizes and the count alone agree with `rank` and with the basis, for layers of every kind.
#[test]
fn patterns_and_ranks_agree() {
    for (x, y) in [
        ("vector(S(4))", "vector(S(4))^2"),
        ("2*vector(D(5))", "vector(D(5)) + scalar(D(5))"),
        ("on_subsets(S(5), 2)", "distinct_tuples(S(5), 2)"),
        ("Sym(vector(Z(4)), 2)", "vector(Z(4))"),
        ("vector(S(2)) * vector(S(3))", "X"),
        ("vector(wreath(S(2), S(3)))", "X"),
        ("vector(image_group(2, 3, [\"flips\", \"inversion\"]))", "X"),
    ] {
        let text = format!("rep X = {x}\nrep Y = {y}\n");
        let found = last(&format!("{text}tie(X, Y)"));
        let free = found["free"].as_u64().unwrap();
        assert_eq!(last(&format!("{text}rank(X -> Y)"))["value"], free.to_string(), "{x} {y}");
        assert_eq!(last(&format!("{text}tied_weights(X -> Y)"))["value"], free.to_string(), "{x} {y}");
        assert_eq!(found["sizes"].as_array().unwrap().len() as u64, free);
        let entries = found["rows"].as_u64().unwrap() * found["cols"].as_u64().unwrap();
        let sizes: u64 = found["sizes"].as_array().unwrap().iter().map(|s| s.as_u64().unwrap()).sum();
        assert_eq!(sizes + found["zeros"].as_u64().unwrap(), entries);
    }
}

#[test]
fn files_of_tied_weights() {
    let folder = tempfile::tempdir().unwrap();
    let program = "group G = image_group(1, 2, [\"mirror\", \"inversion\"])\nlet t = tie(vector(G), vector(G))\n\
                   for ending in [\"npz\", \"npy\", \"csv\", \"svg\", \"png\", \"json\"] { save(t, \"t.\" + ending) }\nt";
    let found = run_with(program, folder.path(), &Limits::none()).unwrap().pop().unwrap();
    // Both diagonal entries are one weight, both others the second.
    assert_eq!(found["pattern"], json!([[1, 2], [2, 1]]));
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    let npy = read("t.npy");
    assert!(npy[10..].starts_with(b"{'descr': '<i8', 'fortran_order': False, 'shape': (2, 2), }"));
    let numbers: Vec<i64> =
        npy[npy.len() - 32..].chunks(8).map(|b| i64::from_le_bytes(b.try_into().unwrap())).collect();
    assert_eq!(numbers, [1, 2, 2, 1]);
    let npz = read("t.npz");
    assert!([&b"index.npy"[..], b"sign.npy"].iter().all(|name| npz.windows(name.len()).any(|w| w == *name)));
    assert_eq!(String::from_utf8(read("t.csv")).unwrap().split_whitespace().last(), Some("2,1"));
    assert_eq!(String::from_utf8(read("t.svg")).unwrap().matches("<rect").count(), 5);
    assert_eq!(&read("t.png")[..4], b"\x89PNG");
    let saved: Json = serde_json::from_slice(&read("t.json")).unwrap();
    assert_eq!((&saved["kind"], &saved["free"]), (&json!("tying"), &json!(2)));
}

#[test]
fn what_wrong_layers_are_told() {
    fails("rep V = vector(SO(3))\ntie(V, V)", "argument", "no finite group");
    fails("tie(vector(S(3)))", "argument", "tie(X, Y)");
    fails("image_group(2, 3, [\"dihedral\"])", "argument", "square");
    fails("image_group(2, 3, [\"flip\"])", "argument", "flips");
    fails("induced(S(4), perm(4, \"(0 1 2 3)\"), perm(4, \"()\"))", "argument", "index 1 or 2");
    fails("induced(A(4), S(4))", "argument", "no subgroup");
    fails("universal(vector(S(3)), hidden = induced(S(3), S(3), A(3)))", "argument", "with signs");
    fails("universal(S(3), hidden = vector(S(3)))", "argument", "universal(X -> Y");
    fails("canonical_network(Z(6), 7)", "argument", "from 1 to 6");
    fails("canonical_network(Z(6), 3, b = 1)", "argument", "no bias");
    fails("canonical_network(Z(6), 1, weights = [1])", "argument", "6 free weights");
    fails("canonical_network(Z(6), 1)([1, 2])", "shape", "6 numbers");
    fails("parameters(canonical_network(Z(6), 1))", "unsupported", "exact weights");
    fails("architectures(Z(3), characters = [2])", "argument", "conjugate");
    fails("architectures(Z(3), characters = [9])", "argument", "1 to 3");
    fails("gauge([1/2, 1])", "argument", "whole numbers");
    fails("flat_directions(vector(SO(3)), [1.0f, 2.0f, 3.0f; 1.0f, 2.0f, 0.0f])", "kind", "rational");
    fails("flat_directions(vector(SO(3)), [1, 2])", "shape", "2 columns");
    fails("invariant_features(vector(S(40)))", "argument", "give a degree");
    // The count is in the refusal of a pattern that does not fit.
    let tight = Limits::none().with_memory(10);
    let text = "rep V = vector(S(30))\ntie(V^3, V^3)";
    let error = run_with(text, here(), &tight).unwrap_err();
    assert_eq!(error.code.as_str(), "memory");
    assert!(format!("{:?}", error.hint).contains("203"), "{error:?}");
}

/// Networks are exact where their arguments are, and floats agree; type 2 is a sum of absolute values.
#[test]
fn networks_at_points() {
    let text = "network N = canonical_network(Z(6), 3, weights = [1, 2, 3], a = 2, c = [1], d = 1/2)\n";
    // w = (1, 2, 3, -1, -2, -3) and its two shifts: |1| + |3| + |2| at a unit vector.
    assert_eq!(last(&format!("{text}N([1, 0, 0, 0, 0, 0])"))["value"], "15/2");
    assert_eq!(last(&format!("{text}N([1.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f])"))["value"], json!(7.5));
    assert_eq!(last(&format!("{text}N.W * [1; 0; 0; 0; 0; 0]"))["rows"], 3);
    let shown = last(&format!("{text}N"));
    assert_eq!(shown["kind"], "shallow_network");
    assert!(shown["formula"].as_str().unwrap().contains("|w·x|"));
    // x → -x on 64 pixels: one architecture of each type, type 2 without bias.
    let found = last("architectures(vector(image_group(8, 8, [\"inversion\"])))");
    assert_eq!((&found["type1"], &found["type2"]), (&json!(1), &json!(1)));
    assert_eq!((&found["items"][1]["width"], &found["items"][1]["free"]), (&json!(1), &json!(64)));
    // The trivial group has one architecture.
    let found = last("architectures(perm(5))");
    assert_eq!((&found["type1"], &found["type2"], &found["items"][0]["free"]), (&json!(1), &json!(0), &json!(5)));
    assert_eq!(last("architectures(D(4)).classes")["value"], "12");
    assert_eq!(last("len(architectures(D(6)).rejected)")["value"], "8");
    assert_eq!(last("is_invariant(canonical_network(S(4), 5))")["value"], true);
}

/// The same bytes for the same seed, another network for another.
#[test]
fn random_weights_come_from_the_seed() {
    let weights = |seed: u64| {
        let limits = Limits::none().with_seed(seed);
        run_with("canonical_network(A(5), 3)", here(), &limits).unwrap().pop().unwrap()["weights"].clone()
    };
    assert_eq!(weights(1), weights(1));
    assert_ne!(weights(1), weights(2));
}

/// Networks as they are built: sets with nodes, nodes and pairs; gated ones are refused.
#[test]
fn universality_of_networks() {
    let text = |hidden: &str| {
        format!(
            "rep V = vector(S(3))\nuniversal(emlp(V -> scalar(S(3)), hidden = {hidden}, layers = 1, nonlinearity = \"tanh\"))"
        )
    };
    assert_eq!(last(&text("V"))["universal"], false);
    assert_eq!(last(&text("V"))["missing_degree"], 6);
    assert_eq!(last(&text("V + V*V"))["universal"], true);
    fails("rep V = vector(S(3))\nuniversal(emlp(V -> V, hidden = 6, layers = 1))", "unsupported", "every coordinate");
    let found = last("rep V = vector(S(3))\nuniversal(V -> V, hidden = V*V)");
    assert_eq!(found["parameters"], json!(["5", "2", "5"]));
    assert_eq!(last("universal(M24).least_order")["value"], "7");
}
