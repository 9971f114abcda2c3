//! Representations by highest weights in the language: the contract's phrases, names, numbers, conventions compared with LiE
//! and GAP where they are installed, and what wrong and hostile input is told.

mod common;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::program::json::last;
use common::program::text::{gives, run_with};
use common::program::{assert_says, here, refusal};
use common::tempfile;
use serde_json::{Value, json};
use symmetra::limits::Limits;
use symmetra::session::Session;
use symmetra::weights::{NUMBERINGS, Numbering, ReductiveType, WeylElement, dimension, weyl_order};

/// The JSON of the last result without its place.
#[track_caller]
fn json_of(text: &str) -> Value {
    let mut last = last(text);
    last.as_object_mut().unwrap().retain(|key, _| key != "line" && key != "source");
    last
}

/// The code and a piece of the message, label or hint.
#[track_caller]
fn fails(text: &str, code: &str, says: &str) {
    let limits = Limits::none().with_timeout(Duration::from_secs(20)).with_memory(512);
    let start = Instant::now();
    assert_says(&refusal(&mut Session::new(), text, here(), &limits), text, code, says);
    assert!(start.elapsed() < Duration::from_secs(25), "{text}: {:?}", start.elapsed());
}

#[test]
fn the_phrases_of_the_contract() {
    gives("dim(irrep(\"E8\", [1,0,0,0,0,0,0,0]))", "3875");
    gives(
        "let R = irrep(\"E8\", \"248\")\n[dim(R), casimir(R), dynkin_index(R), frobenius_schur(R)]",
        "[248, 60, 60, 1]",
    );
    // Slansky, table 45; the dimensions add up to 3875 and so on.
    gives("decompose(irrep(\"E8\", \"248\")^2)", "248 ⊗ 248 = 1 + 248 + 3875 + 27000 + 30380");
    gives("rep R = irrep(\"SO(10)\", \"16\")\ndecompose(R*R)", "16 ⊗ 16 = 10 + 120 + 126b");
    gives("decompose(Alt(irrep(\"E7\", \"56\"), 2))", "Λ²(56) = 1 + 1539");
    gives("decompose(Sym(irrep(\"SU(3)\", \"8\"), 2))", "Sym²(8) = 1 + 8 + 27");
    gives("decompose(schur(irrep(\"SU(2)\", [1]), [2,1]))", "S[2,1](2) = 2");
    assert_eq!(
        json_of("decompose(irrep(\"SU(3)\", [1,0]) * irrep(\"SU(3)\", [1,1]))"),
        json!({"kind": "decomposition", "group": "A2", "terms": [
            {"weight": [1, 0], "name": "3", "dim": 3, "multiplicity": 1},
            {"weight": [0, 2], "name": "6b", "dim": 6, "multiplicity": 1},
            {"weight": [2, 1], "name": "15", "dim": 15, "multiplicity": 1},
        ]})
    );
    assert_eq!(
        json_of("weights(irrep(\"A2\", [2,0]), dominant = true)"),
        json!({"kind": "weights", "weights": [[[2, 0], 1], [[0, 1], 1]]})
    );
    assert_eq!(json_of("casimir(irrep(\"SU(3)\", \"3\"))"), json!({"kind": "number", "value": "8/3"}));
    assert_eq!(
        json_of("irrep(\"E6\", \"27\")"),
        json!({"kind": "rep", "name": "27", "expression": "irrep(\"E6\", [1,0,0,0,0,0])", "group": "E6", "dim": 27})
    );
}

#[test]
fn operators_and_invariants() {
    gives(
        "rep V = irrep(\"E6\", \"27\")\n[rank(V -> V), rank(V^3), rank(V*dual(V)), rank(V), rank(Alt(V,3))]",
        "[1, 1, 1, 0, 0]",
    );
    gives("rep V = irrep(\"SU(2)\", [2])\n[rank(V^k) for k in 0..6]", "[1, 0, 1, 1, 3, 6, 15]");
    gives("rep V = irrep(\"SU(3)\", \"3\")\nV + 2*V - dual(V)", "3(3) - 3b: representation of A2 of dimension 6");
    gives("rep V = irrep(\"SU(3)\", \"3\")\ndecompose(-V + 3*dual(V))", "-(3) + 3(3b)");
    gives("decompose(irrep(\"A1\", [1]) - irrep(\"A1\", [1]))", "0");
    gives("rep V = irrep(\"SU(3)\", \"3\")\ndim(V*V -> V)", "27");
    gives("decompose(irrep(SU(2), [1]) * irrep(\"A1\", [1]))", "2 ⊗ 2 = 1 + 3");
    gives("highest_weight(direct_sum(irrep(E6, \"27\")))", "[1, 0, 0, 0, 0, 0]");
    gives("irrep(\"SU(2)\", [1]) == irrep(\"A1\", [1])", "true");
    // What was typed leads back to the same representation.
    let found = json_of("schur(irrep(\"E6\", \"27\") * dual(irrep(\"E6\", \"27\")) - irrep(\"E6\", \"78\"), [2,1])");
    let typed = found["expression"].as_str().unwrap();
    assert_eq!(json_of(typed)["dim"], found["dim"]);
    assert_eq!(json_of(typed)["name"], found["name"]);
}

#[test]
fn groups_algebras_and_types_name_the_same_thing() {
    for (text, expected) in [
        ("\"SO(10)\"", "D5"),
        ("SO(10)", "D5"),
        ("so(10)", "D5"),
        ("SO(4,2)", "D3"),
        ("\"SU(3)xSU(2)xU(1)\"", "A2+A1+T1"),
        ("Sp(2)", "C2"),
        ("Sp(4,R)", "C2"),
        ("sp(2)", "B2"),
        ("SU(5)", "A4"),
        ("U(3)", "A2+T1"),
        ("u(3)", "A2+T1"),
        ("E6", "E6"),
        ("E6(-26)", "E6"),
        ("SL(2,C)", "A1+A1"),
        ("\"E6 + T1\"", "E6+T1"),
    ] {
        gives(&format!("type_of({text})"), expected);
    }
    fails("irrep(poincare(3,1), [1])", "argument", "not reductive");
}

#[test]
fn orders_of_other_programs() {
    gives(
        "[dim(irrep(\"E6\", [0,0,0,0,0,1], order = o)) for o in [\"bourbaki\", \"lie\", \"lieart\", \"gap\"]]",
        "[27, 27, 78, 27]",
    );
    gives("highest_weight(irrep(\"E8\", [0,0,0,0,0,0,1,0], order = \"LieART\"))", "[0, 0, 0, 0, 0, 0, 0, 1]");
    gives("highest_weight(irrep(\"E7\", \"912\"), order = \"lieart\")", "[0, 0, 0, 0, 0, 0, 1]");
    gives("multiplicity(irrep(\"F4\", \"52\"), [1,0,0,0], order = \"gap\")", "1");
    fails("irrep(\"E6\", [1,0,0,0,0,0], order = \"lieatr\")", "argument", "lieart");
}

#[test]
fn diagrams_and_latex() {
    gives("dynkin_labels(irrep(\"E6\", \"351'\"))", "    o 0\n    │\no─o─o─o─o\n0 0 0 0 2");
    gives("dynkin_labels(irrep(\"G2\", [10,3]), ascii = true)", "o<#o\n10 3");
    gives(
        "latex(irrep(\"E6\", \"351'\"))",
        "\\mathbf{351}'\\text{: irreducible representation of E6 of dimension 351, highest weight [0, 0, 0, 0, 0, 2]}",
    );
    gives(
        "latex(decompose(irrep(\"SU(3)\", \"8\")^2))",
        "\\mathbf{8} \\otimes \\mathbf{8} = \\mathbf{1} \\oplus 2(\\mathbf{8}) \\oplus \\mathbf{10} \\oplus \\overline{\\mathbf{10}} \\oplus \\mathbf{27}",
    );
}

#[test]
fn wrong_weights_and_names() {
    for (text, code, says) in [
        ("irrep(\"E6\", [1,0,0])", "shape", "6 coordinates, not 3"),
        ("irrep(\"E6\", [1,0,0,0,0,-1])", "argument", "label 6 is -1"),
        ("irrep(\"E6\", [1,0,0,0,0,1/2])", "argument", "whole numbers"),
        ("irrep(\"E6\", [1,0,0,0,0,99999999999999999999])", "argument", "numbers up to 2^63"),
        ("irrep(\"E6\", [1,0,0,0,0,9223372036854775807])", "argument", "up to 1000000"),
        ("irrep(\"E9\", [1])", "argument", "E9"),
        ("irrep(\"\", [1])", "argument", "type"),
        ("irrep(\"E6\", \"28\")", "argument", "27, 78"),
        ("irrep(\"E6\", \"78b\")", "argument", "78 = [0, 1, 0, 0, 0, 0]"),
        ("irrep(\"SO(8)\", \"8\")", "argument", "8v"),
        ("irrep(\"SU(3)xU(1)\", \"3\")", "argument", "looks like 1(0)"),
        ("young(\"SU(3)\", [1,2])", "argument", "no partition"),
        ("young(\"SU(3)\", [1,1,1,1])", "argument", "at most 3 rows"),
        ("young(\"E6\", [1])", "argument", "SU(n)"),
        ("schur(irrep(\"A2\", [1,0]), [1,2])", "argument", "no partition"),
        ("schur(irrep(\"A2\", [1,0]), [0])", "argument", "no partition"),
        ("irrep(\"A2\", [1,0]) + vector(SU(3))", "argument", "by matrices"),
        ("vector(SU(3)) * irrep(\"A2\", [1,0])", "argument", "by matrices"),
        ("vector(SU(3)) -> irrep(\"A2\", [1,0])", "argument", "by matrices"),
        ("vector(SO(3)) - vector(SO(3))", "kind", "highest weights"),
        ("-vector(SO(3))", "kind", "negative"),
        ("irrep(\"A2\", [1,0]) + irrep(\"A1\", [1])", "argument", "A2 and A1"),
        ("1/2 * irrep(\"A2\", [1,0])", "argument", "whole number of times"),
        ("irrep(\"A2\", [1,0])^(-1)", "argument", "from 0"),
        ("casimir(irrep(\"A2\", [1,0]) + irrep(\"A2\", [0,1]))", "argument", "irreducible"),
        ("casimir(irrep(\"A2+A1\", [1,0,1]), degree = 3)", "argument", "simple"),
        ("casimir(irrep(\"A2\", [1,0]), degree = 3, trace = irrep(\"A2\", [0,0]))", "argument", "trivial"),
        ("casimir(irrep(\"A2\", [1,0]), degree = 2000)", "argument", "from 0 to 1000"),
        ("congruency_class(irrep(\"A2\", [1,0]) + irrep(\"A2\", [1,1]))", "argument", "different"),
        ("dynkin_index(irrep(\"A2\", [1,0]), order = 3)", "argument", "even"),
        ("highest_weight(vector(SO(3)))", "argument", "by highest weights"),
        ("invariants(irrep(\"A2\", [1,0]))", "unsupported", "matrices"),
        ("multiplicity(irrep(\"A2\", [1,0]), [1])", "shape", "2 coordinates"),
        ("orbit(\"A2\", [1])", "shape", "2 coordinates"),
        ("reflect(\"A2\", [1, 3], [1, 0])", "argument", "from 1 to 2"),
        ("reflect(\"A2\", -5, [1, 0])", "argument", "-5"),
        ("reduced_word(\"A2\", [0])", "argument", "from 1 to 2"),
        ("from_weights(\"A2\", [[1,1],[0,0]])", "argument", "entry 1 is no pair"),
        ("from_weights(\"A2\", [[[1,1],1/2]])", "argument", "entry 1 is no pair"),
        ("from_weights(\"A2\", [[[1],1]])", "shape", "2 coordinates"),
        ("from_weights(\"A2\", [[[1,0],1],[[1,0],2]])", "duplicate", "twice"),
        ("from_weights(\"A2\", [[[1,0],1],[[-1,1],2]])", "argument", "has multiplicity 2, but"),
        ("from_weights(\"A2\", [[[1,0],1],[[-1,1],1]])", "argument", "3 weights, of which 2"),
        ("adams(irrep(\"A2\", [1,0]), 0)", "argument", "from 1"),
        (
            "tensor_multiplicity(irrep(\"A2\",[3000,3000]),irrep(\"A2\",[3000,3000]),irrep(\"A2\",[3000,3000]))",
            "memory",
            "MiB",
        ),
        (
            "tensor_multiplicity(irrep(\"E8\",[9,9,9,9,9,9,9,9]),irrep(\"E8\",[9,9,9,9,9,9,9,9]),irrep(\"E8\",[9,9,9,9,9,9,9,9]))",
            "argument",
            "dominant weights",
        ),
    ] {
        fails(text, code, says);
    }
}

#[test]
fn hostile_weights_end_soon() {
    // Too large for memory or for the time allowed: a clean error, or an answer.
    for text in [
        "weights(irrep(\"E8\", [1,1,1,1,1,1,1,1]))",
        "orbit(\"E8\", [1,1,1,1,1,1,1,1])",
        "orbit(\"A200\", [1 for k in 1..200])",
        "irrep(\"A200\", [1 for k in 1..200])",
        "irrep(\"A2\", [1000000, 999999])",
        "irrep(\"E8\", [1000000 for k in 1..8])",
        "irrep(\"A2\", \"999999999999999999999\")",
        "irrep(\"B20\", \"12345678901234567890123\")",
        "irreps(\"A2\", 1000000000)",
        "irrep(\"A1\", [1])^4294967295",
        "decompose(irrep(\"A1\", [1])^1000000)",
        "Sym(irrep(\"E8\", \"248\"), 4000000)",
        "schur(irrep(\"A1\", [1]), [1000000000000])",
        "let x = irrep(\"A1\", [1])\nfor k in 1..100 { let x = Sym(x, 1) }\nx",
        "longest_element(\"A200\")",
        "casimir(irrep(\"A20\", [1 for k in 1..20]), degree = 21)",
    ] {
        let limits = Limits::none().with_timeout(Duration::from_secs(10)).with_memory(256);
        let start = Instant::now();
        if let Err(error) = run_with(text, here(), &limits) {
            assert!(
                ["argument", "memory", "timeout", "number", "syntax"].contains(&error.code.as_str()),
                "{text}: {error:?}"
            );
        }
        assert!(start.elapsed() < Duration::from_secs(20), "{text}: {:?}", start.elapsed());
    }
}

/// What a program prints for this input; `None` where it is not installed.
fn peer(program: &str, arguments: &[&str], input: &str) -> Option<String> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(input.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

const TYPES: [&str; 13] = ["A3", "B2", "C2", "B4", "C3", "D4", "D5", "E6", "E7", "E8", "F4", "G2", "A1"];

/// Labels that are all different, so that a wrong order shows.
fn labels(rank: usize) -> Vec<i64> {
    (0..rank as i64).map(|i| (3 * i + 1) % 7 % 4).collect()
}

fn own(numbering: Numbering, text: &str) -> String {
    let group: ReductiveType = text.parse().unwrap();
    let weight = numbering.to_bourbaki(&group, &labels(group.rank()));
    dimension(&group, &weight, &Limits::none()).unwrap().to_string()
}

#[test]
fn dimensions_in_the_orders_of_lie_and_gap() {
    let ranks: Vec<(char, usize)> =
        TYPES.iter().map(|t| (t.chars().next().unwrap(), t[1..].parse().unwrap())).collect();
    let lie: String =
        TYPES.iter().zip(&ranks).map(|(t, (_, n))| format!("print(dim({:?},{t}))\n", labels(*n))).collect();
    match peer("lie", &[], &lie) {
        None => eprintln!("LiE is not installed: not compared"),
        Some(text) => {
            let found: Vec<&str> = text.split_whitespace().filter(|w| w.bytes().all(|b| b.is_ascii_digit())).collect();
            let expected: Vec<String> = TYPES.iter().map(|t| own(Numbering::Lie, t)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
    let gap: String = ranks
        .iter()
        .map(|(letter, n)| {
            format!(
                "Print(DimensionOfHighestWeightModule(SimpleLieAlgebra(\"{letter}\",{n},Rationals),{:?}),\"\\n\");\n",
                labels(*n)
            )
        })
        .collect();
    match peer("gap", &["-q", "-b"], &(gap + "QUIT;\n")) {
        None => eprintln!("GAP is not installed: not compared"),
        Some(text) => {
            let found: Vec<&str> = text.split_whitespace().filter(|w| w.bytes().all(|b| b.is_ascii_digit())).collect();
            let expected: Vec<String> = TYPES.iter().map(|t| own(Numbering::Gap, t)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
    assert_eq!(NUMBERINGS.len(), 4);
}

#[test]
fn the_weyl_group_of_lie() {
    let input: String =
        TYPES.iter().map(|t| format!("print(W_order({t}))\nprint(length(long_word({t}),{t}))\n")).collect();
    let Some(text) = peer("lie", &[], &input) else {
        eprintln!("LiE is not installed: not compared");
        return;
    };
    let found: Vec<&str> = text.split_whitespace().filter(|w| w.bytes().all(|b| b.is_ascii_digit())).collect();
    let expected: Vec<String> = TYPES
        .iter()
        .flat_map(|t| {
            let group: ReductiveType = t.parse().unwrap();
            let longest = WeylElement::longest(&group, &Limits::none()).unwrap();
            [weyl_order(&group, &Limits::none()).unwrap().to_string(), longest.length().to_string()]
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn one_numbering_for_all_that_is_shown() {
    // GAP's nodes of F4 are 4, 1, 3, 2 of Bourbaki: its (1,0,0,0) is the 26 with label (0,0,0,1), the 52 is (0,1,0,0).
    gives(
        "let R = irrep(\"F4\", [1,0,0,0])\nlet was = numbering(\"gap\")\nR\nhighest_weight(R)",
        "52: irreducible representation of F4 of dimension 52, highest weight [0, 1, 0, 0]\n[0, 1, 0, 0]",
    );
    // The first reflection there takes the weight of the 26, ω4, to ω4 - α4 = ω3 - ω4.
    gives("let was = numbering(\"gap\")\nreflect(\"F4\", 1, [1,0,0,0])", "[-1, 0, 1, 0]");
    gives("reflect(\"F4\", 4, [0,0,0,1])", "[0, 0, 1, -1]");
    gives("let was = numbering(\"gap\")\nreflect(\"F4\", longest_element(\"F4\"), [1,2,3,4])", "[-1, -2, -3, -4]");
    let found = json_of("let was = numbering(\"gap\")\ndecompose(irrep(\"F4\", [1,0,0,0]))");
    assert_eq!(found["terms"][0]["weight"], json!([0, 0, 0, 1]));
}

#[test]
fn the_numbering_is_no_variable() {
    let limits = Limits::none();
    let mut session = Session::new();
    let run = |session: &mut Session, text: &str| {
        session.run("t", text, Path::new("."), &limits, &mut |_| {}).map_err(|e| e.message)
    };
    run(&mut session, "let was = numbering(\"gap\")").unwrap();
    let names: Vec<String> = session.bindings().into_iter().map(|it| it.0).collect();
    assert_eq!(names, ["was"]);
    assert_eq!(session.declared(), ["was"]);
    // A statement that fails takes its choice back.
    assert!(run(&mut session, "let x = [numbering(\"lieart\"), 1/0]").is_err());
    run(&mut session, "assert numbering() == \"gap\"").unwrap();
}

#[test]
fn orbits_by_the_matrices_that_are_given() {
    let form = "form q(a,b,c,d,e,f,g,h) = a^2-b^2+c*d+e*f+g*h\ngroup G = exp(stabilizer(q))\n";
    // Jordan blocks of the vectors of so(8), whichever node they belong to.
    for (partition, expected) in [
        ("[3,1,1,1,1,1]", "V = 5(1) + 3"),
        ("[2,2,1,1,1,1]", "V = 4(1) + 2(2)"),
        ("[5,1,1,1]", "V = 3(1) + 5"),
        ("[2,2,2,2]", "V = 4(2)"),
        ("[7,1]", "V = 1 + 7"),
    ] {
        gives(&format!("{form}branch(vector(G), sl2_triple(G, partition = {partition}))"), expected);
    }
    // [2,2] of sp(4) is [3,1,1] of so(5), of dimension 6 (Collingwood–McGovern, section 5.1); Ã1 of F4 has dimension 22.
    gives("rank(ad(sl2_triple(C2, partition = [2,2])[1]))", "6");
    gives("rank(ad(sl2_triple(B2, partition = [3,1,1])[1]))", "6");
    gives("rank(ad(sl2_triple(A2, [1,1])[1]))", "4");
    fails("sl2_triple(B3, partition = [4,2,1])", "argument", "no such");
    fails("sl2_triple(A2, [2,1])", "argument", "no such");
    gives("rank(ad(sl2_triple(F4, \"A1~\")[1]))", "22");
}

#[test]
fn characters_as_values() {
    // Twice the weight zero more than a root system of A2: the adjoint representation (Humphreys, section 13.4).
    gives("decompose(from_weights(\"A2\", [[[1,1],1],[[0,0],2]]))", "8");
    // The same with all its weights, and in the order of another program.
    gives(
        "from_weights(\"G2\", weights(irrep(\"G2\",[2,1])).weights) == irrep(\"G2\",[2,1])\n\
         from_weights(\"F4\", weights(irrep(\"F4\",[0,0,0,1]), order = \"gap\").weights, order = \"gap\") == irrep(\"F4\",[0,0,0,1])",
        "true\ntrue",
    );
    // A lone orbit is virtual: for the vectors of so(7) without the weight zero, 7 - 1.
    gives("decompose(from_weights(\"B3\", [[[1,0,0],1]]))", "-(1) + 7");
    // Sums, products and multiples go on.
    gives("rep c = from_weights(\"A1\", [[[1],1]])\ndecompose(c * c + 2 * c - c)", "2 ⊗ 2 + 2 = 1 + 2 + 3");
    // ψ² = Sym² − Λ² and ψ³ = Sym³ − S[2,1] + Λ³ (Macdonald, I.7: characters of the n-cycle).
    gives(
        "rep V = irrep(\"E6\", \"27\")\nrep zero = adams(V, 2) - Sym(V, 2) + Alt(V, 2)\n\
         rep nothing = adams(V, 3) - Sym(V, 3) + schur(V, [2,1]) - Alt(V, 3)\n\
         [len(decompose(zero).terms), len(decompose(nothing).terms)]",
        "[0, 0]",
    );
    // The longest element of G2 is −1, of length 6; a word and its reverse cancel.
    gives("[len(reduced_word(\"G2\", [1,2,1,2,1,2,1,2])), reduced_word(\"F4\", [1,2,3,4,4,3,2,1])]", "[4, []]");
}

#[test]
fn products_by_walks_agree_with_dimensions() {
    // Large enough for the formula of Racah and Speiser; the multiplicity of the adjoint representation in V ⊗ V* is the number
    // of labels that are not zero (Kostant), and that of V in V ⊗ adjoint is the same.
    gives(
        "rep V = irrep(\"E7\", [1,1,0,0,0,0,1])\nlet d = decompose(V^2)\n\
         [t.multiplicity for t in d.terms if t.dim == 133]\n\
         sum([t.dim * t.multiplicity for t in d.terms]) == dim(V)^2\n\
         tensor_multiplicity(V, irrep(\"E7\", \"133\"), V)",
        "[3]\ntrue\n3",
    );
}

#[test]
fn coupled_representations_have_their_names() {
    gives(
        "clebsch_gordan(irrep(\"SU(3)\", \"3\"), irrep(\"SU(3)\", \"3b\"), irrep(\"SU(3)\", \"1\"))",
        "3 ⊗ 3b = 1\n1, 1: √(1/3) |1,3⟩ - √(1/3) |2,2⟩ + √(1/3) |3,1⟩",
    );
    let found = json_of("clebsch_gordan(irrep(\"SU(3)\", \"3\"), irrep(\"SU(3)\", \"3\"))");
    let names: Vec<&Value> = found["components"].as_array().unwrap().iter().map(|c| &c["name"]).collect();
    assert_eq!(names, ["3bA", "6S"]);
}

#[test]
fn quaternions_over_the_rationals() {
    // Left multiplication by the quaternions of (−1, 3) over Q, which split over R but not over Q, since x² + y² = 3 z² has no
    // rational solution (modulo 4); of (1, 1), which are the matrices of size 2.
    let left = |a: i64, b: i64| {
        format!(
            "let I = [0,{a},0,0; 1,0,0,0; 0,0,0,{a}; 0,0,1,0]\nlet J = [0,0,{b},0; 0,0,0,-({b}); 1,0,0,0; 0,-1,0,0]\n\
             group G = exp(generate([I, J]))\nirreducible_parts(vector(G))"
        )
    };
    gives(&left(-1, 3), "V: 1 irreducible part over Q\n  dimension 4: 2(2), type R");
    gives(&left(1, 1), "V: 2 irreducible parts over Q\n  dimension 2: 2, type R\n  dimension 2: 2, type R");
    gives(&left(-1, -1), "V: 1 irreducible part over Q\n  dimension 4: 2(2), type H");
}

#[test]
fn arrays_of_what_is_inside_and_of_what_is_too_large() {
    let folder = tempfile::tempdir().unwrap();
    let save = |text: &str, limits: &Limits| run_with(text, folder.path(), limits);
    save("save(isotypic(vector(SO(3))^2), \"parts.npz\")", &Limits::none()).unwrap();
    let bytes = std::fs::read(folder.path().join("parts.npz")).unwrap();
    for name in ["components_0_basis.npy", "components_2_basis.npy", "change_of_basis.npy"] {
        assert!(bytes.windows(name.len()).any(|w| w == name.as_bytes()), "{name}");
    }
    for text in [
        "save([10^400, 1; 0, 1], \"a.npy\")",
        "save([[10^400 * i, 1; 0, 1]], \"a.npz\")",
        "save([[[10^400, 1], [0, 1]], float([1, 0; 0, 1])], \"a.npy\")",
    ] {
        let error = save(text, &Limits::none()).unwrap_err();
        assert_eq!(error.code.as_str(), "number", "{text}: {error:?}");
        assert!(!folder.path().join("a.npy").exists() && !folder.path().join("a.npz").exists());
    }
    // The copies are counted before they are made: the matrix itself fits.
    let error = save("save(zeros(1000, 1000), \"z.json\")", &Limits::none().with_memory(100)).unwrap_err();
    assert_eq!(error.code.as_str(), "memory", "{error:?}");
}
