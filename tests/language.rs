//! The language from text to printed text, and what it says to wrong programs.

mod common;

use std::path::Path;

use common::program::text::{gives, run, run_in, run_with};
use common::program::{fails_at, here, run_in_session};
use symmetra::limits::Limits;
use symmetra::session::{Printed, Session};

/// The code, the text that the span covers, and a piece of the message, label or hint.
#[track_caller]
fn fails(text: &str, code: &str, at: &str, says: &str) {
    fails_at(&mut Session::new(), text, code, at, says);
}

#[test]
fn numbers_are_exact() {
    gives("0.25", "1/4");
    gives("1/3 + 1/6", "1/2");
    gives("2+3i", "2+3i");
    gives("(1+i)^2", "2i");
    gives("i/4", "i/4");
    gives("3/4i", "-3i/4");
    gives("[1/2 - 2i/3; 1]", "⎡ 1/2-2i/3 ⎤\n⎣        1 ⎦");
    gives("-2^2", "-4");
    gives("2^3^2", "512");
    gives("2^-1", "1/2");
    gives("1e3", "1000");
    gives("0.5f + 1", "1.5");
    gives("1/2 == 0.5", "true");
    gives("let i = 7\ni", "7");
    gives("7 - 2 - 1", "4");
    gives("sqrt(2) < 3/2", "true");
    gives("2^(1/2)", "sqrt(2)");
    gives("10^30", "1000000000000000000000000000000");
}

#[test]
fn layout_joins_lines() {
    gives("let x = 1 +\n  2 # three\nx", "3");
    gives("sum([1,\n 2,\n 3])", "6");
    gives("let f(x) = if x > 0\n  then 1\n  else -1\nf(-3)", "-1");
    gives("1; 2\n\n3", "1\n2\n3");
    gives("# nothing\n", "");
    gives("", "");
    gives("let x = 1\r\nx\r\n", "1");
}

#[test]
fn lists_matrices_and_ranges() {
    gives("[1, 2; 3, 4] * [5; 6]", "⎡ 17 ⎤\n⎣ 39 ⎦");
    gives("[1, 2; 3, 4] * [5, 6]", "[17, 39]");
    gives("[n^2 for n in 1..5 if n > 2]", "[9, 16, 25]");
    gives("[1, 2; 3, 4][2, 1]", "3");
    gives("[10, 20][2]", "20");
    gives("(1..10)[3]", "3");
    gives("[1,2] + [3,4]", "[4, 6]");
    gives("2 * [1, 2;]", "[ 2  4 ]");
    gives("[1, 2; 3, 4]^-1 * [1, 2; 3, 4] == identity(2)", "true");
    gives("[[1, 2], [3, 4]].det", "-2");
    gives("identity(30)", &run("text(identity(30))").concat());
    assert!(run("identity(30)").concat().contains("30×30"));
}

#[test]
fn functions_loops_and_history() {
    gives("let fib(n) = if n < 2 then n else fib(n-1) + fib(n-2)\nfib(15)", "610");
    gives("for n in 1..3 { n^2 }", "1\n4\n9");
    gives("for x in [1, 2] { let y = x }\ny", "2");
    gives(
        "let even(n) = if n == 0 then true else odd(n - 1)\nlet odd(n) = if n == 0 then false else even(n - 1)\neven(10)",
        "true",
    );
    gives("5\n_ + 1\n_1", "5\n6\n5");
    gives("let f(x, y) = x - y\nf(y = 1, x = 3)", "2");
    // A body may use what is declared after it, before the call.
    gives("let f(x) = g(x) + 1\nlet g(x) = 2*x\nf(3)", "7");
    gives("let f(d) = d*discover(o).dim\noracle o(x, y) = x^2 + y^2\nf(5)", "5");
    gives("1 < 2 and not 2 < 1 or false", "true");
    gives("1 < 2 < 3", "true");
}

#[test]
fn forms_are_polynomials() {
    gives("form q(x, y) = (x + y)^2 - 2*x*y\nq", "x^2 + y^2");
    gives("form b(x[2]; y[2]) = sum([x[k]*y[k] for k in 1..2])\nb", "x1*y1 + x2*y2");
    fails("form q(x, x) = x", "duplicate", "q", "twice");
}

#[test]
fn brackets_make_algebras() {
    gives(
        "algebra g = brackets { [h,e] = 2e; [h,f] = -2f; [e,f] = h }\ng",
        "Lie algebra of dimension 3 over Q, given by its brackets",
    );
    gives("let n = 3\nalgebra g = brackets(x, y, z) {\n [x, y] = n*z\n [y, x] = -3z }\ng[3]", "z");
    gives("let g = brackets { [e1, e2] = 2e1 }\ng[1]", "e1");
    fails("brackets { [e,e] = h }", "antisymmetry", "[e,e] = h", "zero in every");
    fails("brackets { [e,f] = h; [f,e] = h }", "antisymmetry", "[f,e] = h", "minus");
    fails("brackets { [e,f] = h; [e,f] = 2h }", "duplicate", "[e,f] = 2h", "twice");
    fails(
        "brackets { [a,b] = c; [b,c] = a; [a,c] = a }",
        "jacobi",
        "brackets { [a,b] = c; [b,c] = a; [a,c] = a }",
        "Jacobi",
    );
    fails("brackets(x, y) { [x, y] = zz }", "name", "zz", "basis");
}

#[test]
fn what_a_record_holds_can_be_calculated_with() {
    gives("small_name(euclid(2)).parameters[1] + 1", "0");
    gives("let g = su(2,1)\ndim(subalgebra(g, cartan_decomposition(g).k))", "4");
    gives("small_name(heisenberg(1)).aliases[2]", "heis(3)");
}

#[test]
fn lists_of_algebras_stand_in_lines() {
    let line = |dim| {
        format!("Lie algebra of dimension {dim} over Q, 3×3 matrices, member of the derived series of heisenberg(1)")
    };
    gives("derived_series(heisenberg(1))", &[3, 1, 0].map(line).join("\n"));
}

#[test]
fn a_solvable_algebra_has_no_diagram() {
    for function in ["satake", "vogan", "dynkin", "restricted_roots"] {
        gives(&format!("{function}(heisenberg(1))"), "the algebra is solvable: no simple ideals");
    }
    gives("restricted_roots(su(3))", "no restricted roots: compact");
}

#[test]
fn small_algebras_are_compared_over_the_reals() {
    gives("isomorphic(scramble(heisenberg(1), 2), nilpotent(3))", "true");
    gives("isomorphic(solvable_algebra(3, 4, 2), solvable_algebra(3, 4, 1))", "true");
    gives("isomorphic(euclid(2), solvable_algebra(3, 4, 1))", "false");
    gives("isomorphic(weil_restriction(heisenberg(1), sqrt(2)), heisenberg(1) + heisenberg(1))", "true");
    gives("isomorphic(complexification(heisenberg(1)), heisenberg(1) + heisenberg(1))", "false");
}

#[test]
fn names_with_stars_and_types() {
    gives("E6", "E6");
    gives("kind(G2)", "type");
    gives("let G2 = 5\nG2", "5");
    gives("C3.kind", "type");
    fails("so*(6", "syntax", "(", "closed");
}

#[test]
fn wrong_programs_are_explained() {
    fails("1 +", "syntax", "", "expression");
    fails("(1, 2", "syntax", "(", "never closed");
    fails("f(1]", "syntax", "]", "does not close");
    fails("2x", "syntax", "2x", "2*x");
    fails("let 3 = x", "syntax", "3", "a name");
    fails("x = 3", "syntax", "=", "let x");
    fails("\"abc", "syntax", "\"", "never closed");
    fails("rnak([1,2])", "name", "rnak", "");
    fails("identty(2)", "name", "identty", "identity");
    fails("identity()", "arity", "identity()", "needs");
    fails("identity(1, 2)", "arity", "2", "one argument");
    fails("identity(size = 2)", "arity", "size", "no argument");
    fails("det(\"a\")", "kind", "\"a\"", "not a string");
    fails("identity(-1)", "argument", "-1", "from 0");
    fails("identity(1/2)", "argument", "1/2", "whole number");
    fails("algebra g = 3", "kind", "3", "declares");
    fails("1/0", "number", "1/0", "zero");
    fails("[1, 2][3]", "index", "3", "1 to 2");
    fails("[1, 2; 3]", "shape", "[1, 2; 3]", "row 2");
    fails("assert 1 == 2", "assert", "1 == 2", "1 against 2");
    fails("let f(n) = f(n + 1)\nf(0)", "argument", "n", "deeply");
    fails("true + 1", "kind", "true", "calculate");
    fails("if 1 then 2 else 3", "kind", "1", "true or false");
    fails("for x in 5 { x }", "kind", "5", "run over");
    fails("include \"no such file.sym\"", "io", "\"no such file.sym\"", "cannot read");
    fails("load(\"no such file.json\")", "io", "\"no such file.json\"", "cannot read");
    fails("2^10000000000", "number", "2^10000000000", "bits");
    fails("1e999999", "number", "1e999999", "too long");
    fails("_", "name", "_", "last");
}

#[test]
fn everything_wrong_is_reported_at_once() {
    let errors = Session::new().check("test.sym", "foo\nlet x = bar + 1\nidentity()\nx", Path::new("."));
    assert_eq!(errors.iter().map(|e| e.code.as_str()).collect::<Vec<_>>(), ["name", "name", "arity"]);
}

#[test]
fn a_statement_takes_effect_or_not_at_all() {
    let mut session = Session::new();
    let run = |session: &mut Session, text: &str| run_in_session(session, text, here(), &Limits::none(), Printed::text);
    run(&mut session, "let x = 1").unwrap();
    assert!(run(&mut session, "for k in 1..3 { let x = 10; assert k < 2 }").is_err());
    assert_eq!(run(&mut session, "x").unwrap(), ["1"]);
    assert_eq!(session.transcript(), "let x = 1\nx\n");
}

#[test]
fn hostile_texts_end_in_an_error() {
    let texts = [
        "(".repeat(100_000),
        "-".repeat(100_000) + "1",
        "not ".repeat(100_000) + "true",
        "if ".repeat(50_000),
        "2^".repeat(100_000) + "2",
        "[".repeat(199) + &"]".repeat(199),
        "(".repeat(200) + "1" + &")".repeat(200),
        "x.".repeat(10_000) + "y",
        "f(".repeat(150) + &")".repeat(150),
        "1+".repeat(20_000) + "1",
        "\u{0}\u{1}".to_string(),
        "let x = \"\\".to_string(),
        "5".repeat(200_000),
        "a;".repeat(20_000),
        "brackets {".to_string(),
        "brackets { [".to_string(),
        "for i in 1..9999999999999 { 1 }".to_string(),
        "identity(5000) ".repeat(3),
        "factorial(20001)".to_string(),
        "é".repeat(1000),
    ];
    for text in texts {
        let _ = run_in(&text, here());
    }
}

#[test]
fn limits_stop_a_loop() {
    let limits = Limits::none().with_timeout(std::time::Duration::from_millis(50));
    let error = run_with("sum([k for k in 1..9000000])", here(), &limits).err();
    assert_eq!(error.map(|e| e.code.as_str()), Some("timeout"));
}

#[test]
fn every_example_of_the_table_holds() {
    let mut wrong = Vec::new();
    for (row, example) in symmetra::builtins::all().flat_map(|row| row.examples.iter().map(move |e| (row, e))) {
        match run_in(example.code, here()).map(|found| found.join("\n")) {
            Ok(found) if found == example.output => {}
            Ok(found) => {
                wrong.push(format!("{}\n> {}\n{found}\ninstead of\n{}", row.name, example.code, example.output))
            }
            Err(error) => wrong.push(format!("{}\n> {}\n{error:?}", row.name, example.code)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn the_table_is_in_order() {
    let mut names: Vec<&str> =
        symmetra::builtins::all().flat_map(|r| std::iter::once(&r.name).chain(r.aliases)).copied().collect();
    names.sort_unstable();
    let twice: Vec<&&str> = names.iter().zip(names.iter().skip(1)).filter(|(a, b)| a == b).map(|(a, _)| a).collect();
    assert!(twice.is_empty(), "two rows share a name: {twice:?}");
    for row in symmetra::builtins::all() {
        assert!(symmetra::builtins::TOPICS.iter().any(|t| t.0 == row.topic), "{}", row.name);
        assert!(!row.summary.ends_with('.') && !row.summary.contains('\n'), "{}", row.name);
        assert!(symmetra::session::help::topic(row.name).is_ok());
    }
    assert!(symmetra::session::help::topic("").is_ok());
    assert!(symmetra::session::help::topic("idnetity").is_err());
    assert!(symmetra::builtins::reference().contains("## matrices"));
}

#[test]
fn printed_json_has_its_kind_line_and_source() {
    let mut session = Session::new();
    let mut out = Vec::new();
    let text = "let x = 1\n9\n[1/2, i;]\n0.5f";
    session.run("-", text, Path::new("."), &Limits::none(), &mut |p| out.push(p.json().to_string())).unwrap_or(());
    assert_eq!(
        out,
        [
            r#"{"kind":"number","line":2,"source":"-","value":"9"}"#,
            r#"{"kind":"matrix","line":3,"source":"-","rows":1,"cols":2,"entries":[["1/2","i"]]}"#,
            r#"{"kind":"float","line":4,"source":"-","value":0.5}"#,
        ]
    );
}

#[test]
fn floats_have_powers() {
    gives("1.5f^2\n2.0f^-1\n2.0f^(1/2) == sqrt(2.0f)\n(1.0f + 2i)^2", &["2.25", "0.5", "true", "-3.0 + 4.0i"]);
}
