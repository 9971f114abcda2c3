//! Printing and parsing are inverse: for values that have source text, and for whole programs.

use std::path::Path;

use proptest::prelude::*;
use symmetra::lang::arithmetic::equal;
use symmetra::lang::parse::{Completeness, completeness, parse};
use symmetra::lang::unparse;
use symmetra::lang::value::Value;
use symmetra::limits::Limits;
use symmetra::num::{Gaussian, Rational};
use symmetra::session::Session;

fn evaluate(text: &str) -> Value {
    let mut session = Session::new();
    session.run("t", text, Path::new("."), &Limits::none(), &mut |_| {}).unwrap_or_else(|e| panic!("{text}: {e:?}"));
    session.last().cloned().unwrap_or_else(|| panic!("{text} prints nothing"))
}

fn number() -> impl Strategy<Value = Gaussian> {
    let part = || (-9i64..10, prop_oneof![3 => Just(1i64), 1 => 1i64..7]);
    (part(), prop_oneof![2 => Just((0, 1)), 1 => part()]).prop_map(|((a, b), (c, d))| {
        Gaussian::new(Rational::new(a, b).unwrap_or_default(), Rational::new(c, d).unwrap_or_default())
    })
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        number().prop_map(Value::Number),
        any::<f64>().prop_filter("finite", |x| x.is_finite()).prop_map(Value::Float),
        any::<bool>().prop_map(Value::Boolean),
        any::<String>().prop_filter("one line", |s| !s.contains('\r')).prop_map(|s| Value::text(&s)),
        (-5i64..5, -5i64..5).prop_map(|(a, b)| Value::Range(a, b)),
        (1i64..5, -5i64..5, prop_oneof![Just(2i64), Just(5), Just(-3)]).prop_map(|(b, a, d)| Value::quadratic(
            Rational::from(a),
            Rational::from(b),
            d
        )),
        (0usize..4, 0usize..4, prop::collection::vec(number(), 16)).prop_map(|(r, c, entries)| {
            let mut entries = entries.into_iter();
            Value::matrix(symmetra::exact::Matrix::from_fn(r, c, |_, _| entries.next().unwrap_or_default()))
        }),
        Just(()).prop_map(|()| evaluate("permutation(6, \"(0 3)(1 2 5)\")")),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| prop::collection::vec(inner, 0..5).prop_map(Value::list))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn a_printed_value_reads_back(value in value()) {
        let source = value.to_source().unwrap_or_default();
        let back = evaluate(&source);
        prop_assert!(equal(&value, &back), "{} gives {:?}", source, back);
    }

    #[test]
    fn any_text_ends_in_a_tree_or_an_error(text in "[-+*/^=(){}\\[\\];,.a-z0-9\"# \n→⊗]{0,60}") {
        if let Ok(program) = parse(&text, 0) {
            let printed = unparse::program(&program);
            let again = parse(&printed, 0).map_err(|e| TestCaseError::fail(format!("{text:?} → {printed:?}: {e:?}")))?;
            prop_assert_eq!(unparse::program(&again), printed);
        }
        let _ = completeness(&text);
    }
}

#[test]
fn programs_print_to_a_fixed_point() {
    let programs = [
        "algebra g = brackets { [h,e] = 2e; [h,f] = -2f; [e,f] = h; [e, e] = 0; [x, y] = (1+n) e/3 - 1/2 f + n*h }",
        "let f(x, y) = if x < y and not y == 3 then -x^2^-y else if x > 1 then (if a then b else c) else 1..3 + 2",
        "form q(x[3], t; y[4]) = 2*x1 - (t + 1)*(y1 - y2) - (1 - (2 - 3))",
        "for n in [1, 2; 3, 4;][1] { f(n, cap = 10).type[1, 2].x; assert (1 -> 2) == (3 + 4i) }",
        "include \"a\\\"b.sym\"\n_ + _3 - 0.25 - 1.5i - 1e-3f\n[x for x in 1..3 if x > 1]; [1, 2;]; []; \"\"",
        "-(-1)^2; (-1)^2; 2 / (3 / 4) / 5; (a or b) and c; not (not a); (1, 2)",
    ];
    for text in programs.iter().flat_map(|p| p.split('\n')) {
        let Ok(program) = parse(text, 0) else { continue };
        let printed = unparse::program(&program);
        let again = parse(&printed, 0).unwrap_or_else(|e| panic!("{printed}: {e:?}"));
        assert_eq!(unparse::program(&again), printed, "{text}");
    }
    assert!(programs.iter().take(5).all(|p| parse(p, 0).is_ok()));
}

#[test]
fn scripts_print_to_a_fixed_point() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
        let program = parse(&text, 0).unwrap_or_else(|e| panic!("{:?}: {e:?}", entry.path()));
        let printed = unparse::program(&program);
        let again = parse(&printed, 0).unwrap_or_else(|e| panic!("{printed}: {e:?}"));
        assert_eq!(unparse::program(&again), printed);
    }
}

#[test]
fn unfinished_is_told_from_wrong() {
    for text in ["f(1,", "let x =", "1 +", "for i in 1..3 {", "brackets { [a,b] = c", "[1, 2;", "if a then", "not"] {
        assert_eq!(completeness(text), Completeness::Incomplete, "{text}");
    }
    for text in ["", "1", "f(1]", "\"abc", "let 3", "1 # +", ")", "su*(6)"] {
        assert_eq!(completeness(text), Completeness::Complete, "{text}");
    }
}
