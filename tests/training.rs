//! Training as a user does it: the losses of the papers, what must fail, sparse generators, subalgebras by dimension.
//!
//! Numbers of 2301.05638 and 2302.05383 are those of the authors' public notebooks; the classes of subalgebras are from Patera,
//! Winternitz and Zassenhaus (1975) and from so(4) = so(3) + so(3).

mod common;

use common::program::here;
use common::program::json::run_with;
use common::program::text;
use common::tempfile;
use serde_json::{Value, json};
use symmetra::limits::Limits;

/// The last value of a program, with a seed.
#[track_caller]
fn last(text: &str, seed: u64) -> Value {
    match run_with(text, here(), &Limits::none().with_seed(seed)) {
        Ok(mut found) => found.pop().unwrap(),
        Err(error) => panic!("{text}: {error:?}"),
    }
}

const ORACLES: &str = "oracle o2(x[2]) = sqrt(x1^2 + x2^2)\noracle o3(x[3]) = sqrt(x1^2 + x2^2 + x3^2)\n\
                       oracle o4(x[4]) = sqrt(sum([a^2 for a in x]))\noracle lorentz(t, x, y, z) = t^2 - x^2 - y^2 - z^2\n\
                       oracle squeeze(x, y) = x*y\n";

fn joint(oracle: &str, generators: usize, epochs: usize, seed: u64) -> Value {
    let call = format!("discover({oracle}, method = \"joint\", generators = {generators}, epochs = {epochs})");
    last(&format!("{ORACLES}{call}"), seed)
}

/// Published final losses: O(2) 1.9e-25; O(3) 2.0e-25 and 1.03e-6 for 1 and 3 generators; O(4) 2.3e-6, 7.2e-6, 7.1e-7, 1.42e-6
/// for 2, 3, 4, 6; Lorentz 8.6e-6, 4.1e-6, 1.6e-5, 1.04e-6 for the same; the squeeze map 1.7e-5 after 2000. Single starts
/// vary, and may be trapped, so the best of three is held to 30 times the published loss, and those published as rounding
/// to 1e-9.
#[test]
fn losses_reached() {
    let cases = [
        ("o2", 1, 4801, 1e-9),
        ("o3", 1, 4501, 1e-9),
        ("o3", 3, 5000, 3e-5),
        ("o4", 2, 5000, 6.9e-5),
        ("o4", 3, 5000, 2.2e-4),
        ("o4", 4, 6000, 2.1e-5),
        ("o4", 6, 6000, 4.3e-5),
        ("lorentz", 2, 5000, 2.6e-4),
        ("lorentz", 3, 6000, 1.2e-4),
        ("lorentz", 4, 6000, 4.8e-4),
        ("lorentz", 6, 6000, 3.1e-5),
        ("squeeze", 1, 2000, 5e-4),
    ];
    for (oracle, generators, epochs, bound) in cases {
        let losses: Vec<f64> = (0..3)
            .map(|seed| joint(oracle, generators, epochs, seed))
            .map(|found| found["loss"].as_f64().unwrap())
            .collect();
        assert!(losses.iter().any(|loss| *loss < bound), "{oracle}, {generators}: {losses:?}");
    }
}

/// Too many and too few: published losses 1.72 (O(2), 2), 0.441 (O(3), 2), 1.31 (O(3), 4). Every start stays away from zero
/// and says so, and some start stays within a tenth of the published loss.
#[test]
fn what_must_fail_says_so() {
    for (oracle, generators, published) in [("o2", 2, 1.72), ("o3", 2, 0.441), ("o3", 4, 1.31)] {
        let runs: Vec<Value> = (0..4).map(|seed| joint(oracle, generators, 5000, seed)).collect();
        for found in &runs {
            assert!(found["loss"].as_f64().unwrap() > 0.3, "{found}");
            assert_ne!(found["verdict"], "found", "{found}");
            assert_eq!(found["real_form"], Value::Null);
        }
        let near = |found: &Value| (found["loss"].as_f64().unwrap() - published).abs() < 0.1 * published;
        assert!(runs.iter().any(near), "{oracle}, {generators}");
    }
}

/// U(n) and SU(n) with the sparsity term of weight 10⁻² (2302.05383), judged by the pattern as there. As real 4×4 and 6×6
/// matrices, where each complex entry stands twice: Pauli's and Gell-Mann's matrices have at most two complex entries, but
/// diagonal ones up to n.
#[test]
fn sparse_unitary_generators() {
    for (n, generators, epochs, rate) in [(2, 4, 3000, "1/50"), (2, 3, 3000, "1/50"), (3, 9, 6000, "1/200")] {
        let text = format!(
            "oracle f(z[{n}] in C) = sqrt(sum([abs(w)^2 for w in z]))\n\
             let t = discover(f, method = \"joint\", generators = {generators}, epochs = {epochs}, rate = {rate}, sparsity = 1/100)\n\
             [t.verdict, [sum([len([1 for y in row if abs(y) > 1/20]) for row in list(m)]) for m in t.generators]]"
        );
        let found = last(&text, 0).to_string();
        assert!(found.contains("found"), "{found}");
        let entries: Vec<u64> = found
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|word| word.parse().ok())
            .filter(|x| (2..=4 * n * n).contains(x))
            .collect();
        assert!(entries.iter().filter(|x| **x <= 4).count() >= generators, "{n}: {found}");
    }
}

/// Case 28: no continuous linear symmetry, said by every method; fields that are not linear do not cross the level sets.
/// The squeeze map's is linear, and found by both.
#[test]
fn absolute_values_have_fields_and_no_matrices() {
    let cases =
        ["oracle f(x, y) = abs(x) + abs(y)\n", "oracle f(x, y) = if x >= 0 then x else -y\n"].map(str::to_string);
    for oracle in &cases {
        for method in ["projected", "parallel", "sequential"] {
            let found = last(&format!("{oracle}discover(f, method = \"{method}\")"), 0);
            assert_eq!((&found["dim"], &found["verdict"]), (&json!(0), &json!("none")), "{oracle} {method}: {found}");
        }
        let one = last(&format!("{oracle}discover(f, method = \"joint\", generators = 1)"), 0);
        assert!(one["verdict"] != "found" && one["real_form"] == Value::Null, "{one}");
        let field = last(&format!("{oracle}vector_fields(f)"), 0);
        // A field that vanishes in a quadrant would do as well for the loss of the paper.
        assert!(field["across"].as_f64().unwrap() < 0.02, "{oracle}: {field}");
        assert!(field["vanishing"].as_f64().unwrap() < 0.02, "{oracle}: {field}");
    }
    let squeeze = last("oracle f(x, y) = x*y\nvector_fields(f, activation = \"tanh\")", 0);
    assert!(squeeze["across"].as_f64().unwrap() < 0.02, "{squeeze}");
}

/// Case 29: the dimensions that occur, and those that do not, with proof.
#[test]
fn subalgebras_by_dimension() {
    let cases = [
        ("so(3)", 1, true),
        ("so(3)", 2, false),
        ("so(4)", 1, true),
        ("so(4)", 2, true),
        ("so(4)", 3, true),
        ("so(4)", 4, true),
        ("so(4)", 5, false),
        ("so(1,3)", 1, true),
        ("so(1,3)", 2, true),
        ("so(1,3)", 3, true),
        ("so(1,3)", 4, true),
        ("so(1,3)", 5, false),
    ];
    for (algebra, dim, there) in cases {
        let found = last(&format!("subalgebras({algebra}, {dim})"), 0);
        assert_eq!(found["closed"], json!(if there { 100 } else { 0 }), "{algebra}, {dim}: {found}");
        assert_eq!(found["proved_absent"], json!(!there), "{algebra}, {dim}");
    }
}

/// Every plane that closes in the Heisenberg algebra contains the centre, so it is an ideal, of a family: [x, y] = ω(x, y) z
/// leaves a plane without z. The defect vanishes there of fourth order. H¹(h, g/h) = Hom(h, R) has dimension 2.
#[test]
fn planes_of_the_heisenberg_algebra_are_ideals() {
    let found = last("subalgebras(heisenberg(1), 2)", 0);
    let classes = found["classes"].as_array().unwrap();
    assert_eq!((found["closed"].as_u64(), classes.len()), (Some(100), 1), "{found}");
    assert_eq!((&classes[0]["normalizer_dim"], &classes[0]["moduli"]), (&json!(3), &json!(2)), "{found}");
}

/// Switches of the terms, steps that are too few, and more generators than there are.
#[test]
fn a_training_says_what_its_end_means() {
    let call = |options: &str| last(&format!("{ORACLES}discover(o2, {options})"), 0);
    let joint = |options: &str| call(&format!("method = \"joint\", {options}"));
    // 20 steps of 10⁻³ go nowhere, and are no sign that there is nothing.
    assert_eq!(joint("generators = 1, epochs = 20")["verdict"], "short");
    assert_eq!(joint("generators = 2, epochs = 1000")["verdict"], "stuck");
    // Without orthogonality both become the one rotation; with a rate this large in fewer steps.
    let alike = joint("generators = 2, orthogonality = false, rate = 1/100, epochs = 5000");
    assert_eq!((&alike["verdict"], &alike["span_dim"]), (&json!("found"), &json!(1)), "{alike}");
    // Nothing is turned by a generator that is zero.
    let free = joint("generators = 1, normalisation = false, sparsity = 1, rate = 1/100, epochs = 20000");
    assert_eq!((&free["verdict"], &free["real_form"]), (&json!("vanished"), &json!(null)), "{free}");
    // Copies that vanish have no loss at which they stay.
    let more = call("method = \"parallel\", generators = 3");
    assert_eq!((&more["dim"], &more["rejected"]), (&json!(1), &json!([])), "{more}");
    // What a finite step leaves in the generators does not hide their algebra.
    let finite = last(&format!("{ORACLES}discover(o3, method = \"projected\", epsilon = 1/1000)"), 0);
    assert_eq!((&finite["real_form"], &finite["verified"]), (&json!("su(2)"), &json!(true)), "{finite}");
}

/// Subalgebras of the Lorentz algebra from random starts lie anywhere, and closure is only as good as the square in its loss; what
/// they are is read from the subalgebra beside them. Of dimension 2 there are the abelian ones and aff(1).
#[test]
fn trained_subalgebras_are_recognised() {
    let abelian = (json!([2, 0]), json!([0, 0, 2]));
    let affine = (json!([2, 1, 0]), json!([1, 0, 1]));
    let mut seen = Vec::new();
    for seed in 0..4 {
        let found = joint("lorentz", 2, 5000, seed);
        let part = &found["subalgebra"];
        if found["verdict"] == "found" && part.is_object() {
            seen.push((part["derived_series"].clone(), part["killing_signature"].clone()));
            assert_eq!(part["inside_dim"], json!(6), "{found}");
        }
    }
    assert!(seen.len() > 1 && seen.iter().all(|one| *one == abelian || *one == affine), "{seen:?}");
    // Of dimension 8 g2 has su(3) alone (Dynkin 1952).
    let found = last("discover(octonion_form, method = \"joint\", generators = 8, epochs = 6000)", 0);
    let part = &found["subalgebra"];
    assert_eq!((&part["derived_series"], &part["killing_signature"]), (&json!([8]), &json!([0, 8, 0])), "{found}");
    assert_eq!(part["inside_dim"], json!(14), "{found}");
    // The only subalgebra of dimension 3 of u(2) is rational, whatever the start.
    let text = "oracle f(z[2] in C) = sqrt(abs(z1)^2 + abs(z2)^2)\n\
                discover(f, method = \"joint\", generators = 3, epochs = 4000, rate = 1/50)";
    let found = last(text, 0);
    assert_eq!((&found["real_form"], &found["verified"]), (&json!("su(2)"), &json!(true)), "{found}");
}

/// What is saved of a discovery and of a training is read again: the generators, beside whatever else the file holds.
#[test]
fn saved_generators_are_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let program = format!(
        "{ORACLES}let d = discover(lorentz)\nlet t = discover(lorentz, method = \"joint\", generators = 6, epochs = 50)\n\
         save(d, \"d.npz\")\nsave(d, \"d.json\")\nsave(t, \"t.npz\")\nsave(t, \"t.json\")\n\
         [len(load_matrices(name)) for name in [\"d.npz\", \"d.json\", \"t.npz\", \"t.json\"]]"
    );
    let out = text::run_with(&program, folder.path(), &Limits::none());
    assert_eq!(out.unwrap(), ["[6, 6, 6, 6]"]);
}

/// Generators trained apart from each other go on from a file or from a value, to the same answer; more may be asked for. A joint
/// training does not go on from them, nor they from one, nor from other data.
#[test]
fn trainings_apart_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let run = |text: &str| run_with(&format!("{ORACLES}{text}"), folder.path(), &Limits::none());
    for method in ["sequential", "projected", "parallel"] {
        let whole = format!("discover(lorentz, method = \"{method}\"");
        let text = format!("{whole})\n{whole}, checkpoint = \"c.npz\")\n{whole}, resume = \"c.npz\")");
        let mut found = run(&text).unwrap();
        found.iter_mut().for_each(|it| it["line"] = json!(0));
        assert_eq!(found[0]["dim"], json!(6), "{method}");
        assert!(found[1] == found[0] && found[2] == found[0], "{method}: {found:?}");
        let more = run(&format!("{whole}, generators = 6, resume = {whole}, generators = 2))")).unwrap();
        assert_eq!((&more[0]["dim"], &more[0]["real_form"]), (&json!(6), &json!("sl(2,C)_R")), "{method}: {more:?}");
    }
    for (text, expected) in [
        ("discover(lorentz, method = \"joint\", generators = 6, resume = \"c.npz\")", "this was no joint training"),
        ("discover(o4, method = \"parallel\", resume = \"c.npz\")", "of other data"),
        ("discover(lorentz, method = \"parallel\", every = 3)", "is for joint training"),
    ] {
        let error = run(text).unwrap_err();
        assert!(error.message.contains(expected), "{text}: {error:?}");
    }
}

/// A dense mixture of the 78 generators of E6, 52 650 entries, has an orthonormal basis with fewer than the 1020 of the reduced
/// echelon form of `discover`.
#[test]
fn mixtures_of_e6_become_sparse() {
    let text = "let g = [float(m) for m in discover(albert_cubic, prove = false).generators]\n\
                let mixed = [sum([cos(1f*(7*i*j + i + j*j))*g[j] for j in 1..78]) for i in 1..78]\n\
                let entries(all) = sum([sum([len([1 for y in row if abs(y) > 1/1000000]) for row in list(m)]) for m in all])\n\
                [entries(g), entries(mixed) > 50000, entries(sparsify(mixed))]";
    let found = last(text, 0);
    let entries = |k: usize| found["items"][k]["value"].as_str().unwrap().parse::<usize>().unwrap();
    assert_eq!(found["items"][1]["value"], json!(true), "{found}");
    assert!(entries(2) < entries(0), "{found}");
}

/// The splitting losses measured by the reference on so(4) and what traps them: a plane of dimension 1 is no ideal. The
/// commutant finds 3 + 3 at once.
#[test]
fn blocks_by_the_commutant_and_by_losses() {
    assert_eq!(last("splitting(so(4), 3)", 0)["split"], json!(20));
    assert_eq!(last("splitting(so(4), 1)", 0)["split"], json!(0));
    let found = last("float_ideals(so(4))", 0);
    assert_eq!(found["ideals"].as_array().unwrap().len(), 2, "{found}");
}
