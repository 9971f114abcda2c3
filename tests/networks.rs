//! Networks from the language: evaluated, saved and read back, and what is refused.

mod common;

use std::path::Path;

use common::program::here;
use common::program::text::{run_in, run_with};
use common::tempfile;
use symmetra::diag::Code;
use symmetra::limits::Limits;

fn run(code: &str, folder: &Path) -> Result<Vec<String>, Code> {
    run_in(code, folder).map_err(|error| error.code)
}

const O3: &str = "group G = O(3)\nrep V = vector(G)\nnetwork N = emlp(2*V -> scalar(G) + V, hidden = 30, layers = 2)\n";

#[test]
fn a_saved_network_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let code = format!(
        "{O3}save(N, \"n.safetensors\")\nsave(N, \"n.npz\")\nsave(N, \"n.json\")\n\
         network M = with_parameters(N, [0 for x in parameters(N)])\nM == N\nwith_parameters(M, \"n.safetensors\") == N"
    );
    assert_eq!(run(&code, folder.path()).unwrap(), ["false", "true"]);
    // The header names every part of the parameters and describes the layers.
    let bytes = std::fs::read(folder.path().join("n.safetensors")).unwrap();
    let length = u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
    let header: serde_json::Value = serde_json::from_slice(&bytes[8..8 + length]).unwrap();
    let text = header["__metadata__"]["network"].as_str().unwrap();
    let network: serde_json::Value = serde_json::from_str(text).unwrap();
    let layers = network["layers"].as_array().unwrap();
    assert_eq!(layers.len(), 7);
    for term in layers.iter().flat_map(|layer| layer["terms"].as_array().into_iter().flatten()) {
        assert!(header[term["parameters"].as_str().unwrap()].is_object());
    }
    let archive = std::fs::read(folder.path().join("n.npz")).unwrap();
    assert!(archive.starts_with(b"PK\x03\x04"));
    // A network of another shape takes none of it.
    let other = "rep V = vector(O(3))\nwith_parameters(emlp(V -> V, hidden = 30), \"n.safetensors\")";
    assert_eq!(run(other, folder.path()), Err(Code::Shape));
    std::fs::write(folder.path().join("bad.safetensors"), b"nothing").unwrap();
    let bad = format!("{O3}with_parameters(N, \"bad.safetensors\")");
    assert_eq!(run(&bad, folder.path()), Err(Code::Format));
}

#[test]
fn a_network_is_a_function() {
    let code = format!(
        "{O3}let x = [1, 2, 3, 0, 1, -1]\nlet m = [1, 2, 3, 0, 1, -1; 0, 1, 0, 0, 0, 2]\n\
         len(N(x)) == 4 and N(x) == apply(N, x)\nlet y = N(m)\n[y[1, j] for j in 1..4] == N(x)\n\
         round(N(-1 * m)[2, 1] - N(m)[2, 1], 9)\nround(N(-1 * m)[2, 3] + N(m)[2, 3], 9)\n\
         round(apply(N, x, precision = \"single\")[1] - N(x)[1], 3)\nequivariance_error(N) < 1/10^9"
    );
    // −1 of O(3) keeps scalars and reverses vectors.
    assert_eq!(run(&code, here()).unwrap(), ["true", "true", "0.0", "0.0", "0.0", "true"]);
}

#[test]
fn the_seed_decides_and_threads_do_not() {
    let code = format!("{O3}N([1, 2, 3, 4, 5, 6])");
    let with = |seed: u64| run_with(&code, here(), &Limits::none().with_seed(seed)).unwrap();
    assert_eq!(with(1), with(1));
    assert_ne!(with(1), with(2));
}

#[test]
fn what_is_refused() {
    let v = "rep V = vector(SO(3))\n";
    let cases = [
        ("emlp(V)", Code::Argument),
        ("emlp(V -> V, hidden = 0)", Code::Argument),
        ("emlp(V -> V, hidden = [V, 10], layers = 3)", Code::Argument),
        ("emlp(V -> V, hidden = vector(SO(4)))", Code::Argument),
        ("emlp(V -> V, nonlinearity = \"rely\")", Code::Argument),
        ("emlp(V -> V, nonlinearity = \"relu\")", Code::Argument),
        ("emlp(V -> V, nonlinearity = \"relu\", bilinear = false)", Code::Argument),
        ("mlp(V -> V, hidden = V)", Code::Kind),
        ("mlp(V -> V, hidden = 5)([1, 2])", Code::Shape),
        ("mlp(V -> V, hidden = 5)([1, 2; 3, 4])", Code::Shape),
        ("with_parameters(mlp(V -> V, hidden = 5), [1, 2])", Code::Shape),
        ("parameters(mlp(V -> V, hidden = 5), \"outptu\")", Code::Name),
        ("save(V, \"n.safetensors\")", Code::Kind),
        ("with_parameters(mlp(V -> V, hidden = 5), \"missing.safetensors\")", Code::Io),
        ("network N = V", Code::Kind),
        ("equivariance_error(mlp(V -> V), precision = 3)", Code::Arity),
    ];
    for (code, expected) in cases {
        assert_eq!(run(&format!("{v}{code}"), here()), Err(expected), "{code}");
    }
}

/// Products with groups of the plane and of space, on Kronecker products and on blocks: the layers are equivariant, and the value
/// depends on the argument.
#[test]
fn products_of_groups_carry_networks() {
    let folder = tempfile::tempdir().unwrap();
    for (group, map) in [
        ("C(5)*S(3)", "vector(C(5))*vector(S(3)) -> vector(C(5))*vector(S(3))"),
        ("C(5)*S(3)", "vector(C(5))*vector(S(3)) -> vector(C(5))"),
        ("direct_product(C(5), S(3))", "vector(G) -> vector(G)"),
        ("direct_product(C(4), O(3))", "vector(G) -> vector(G)"),
    ] {
        let code = format!(
            "group G = {group}\nnetwork N = emlp({map}, hidden = 50, layers = 1)\nequivariance_error(N) < 1/10^9\n\
             N.describe.constant"
        );
        assert_eq!(run(&code, folder.path()).unwrap(), ["true", "false"], "{map}");
    }
    // A hidden space of one factor, with a function on every coordinate that this factor permutes.
    let code = "network N = emlp(vector(C(5)) + vector(S(3)) -> vector(S(3)), hidden = 3*vector(S(3)), layers = 1, \
                nonlinearity = \"relu\")\nequivariance_error(N) < 1/10^9";
    assert_eq!(run(code, folder.path()).unwrap(), ["true"]);
}
