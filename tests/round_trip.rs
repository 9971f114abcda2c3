//! Printing and parsing are inverse: for values that have source text, and for whole programs.

use std::path::Path;

use proptest::prelude::*;
use symmetra::data::read::{Data, json};
use symmetra::lang::compare::equal;
use symmetra::lang::parse::{Completeness, completeness, parse};
use symmetra::lang::unparse;
use symmetra::lang::value::Value;
use symmetra::lie::{StructureConstants, prove_jacobi};
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

    /// What a person sees and types again: `3i/4` is shown, since `3/4i` is 3 divided by 4i.
    #[test]
    fn a_shown_number_can_be_typed_again(number in number()) {
        let shown = Value::Number(number.clone()).to_text();
        prop_assert!(equal(&Value::Number(number), &evaluate(&shown)), "{} is shown", shown);
    }

    #[test]
    fn a_table_of_brackets_reads_back_from_its_json(
        n in 1usize..7,
        terms in prop::collection::vec((0usize..7, 0usize..7, 0usize..7, -9i64..10, 1i64..5), 0..30),
    ) {
        // Any antisymmetric table: whether it satisfies Jacobi's identity is not for the reader to say.
        let mut known = std::collections::BTreeMap::new();
        for (i, j, k, a, b) in terms {
            if i < j && j < n && k < n {
                known.insert((i, j, k), Rational::new(a, b).unwrap_or_default());
            }
        }
        let terms = known.into_iter().filter(|(_, v)| !v.is_zero()).map(|((i, j, k), v)| (i, j, k, v));
        let table = StructureConstants::from_terms(n, terms);
        prop_assert_eq!(&read_back(&table), &table);
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

/// The table after a way through the JSON of the contract.
fn read_back(table: &StructureConstants) -> StructureConstants {
    let entries: Vec<serde_json::Value> =
        table.iter().map(|(i, j, k, v)| serde_json::json!([i, j, k, v.to_string()])).collect();
    let text = serde_json::json!({"dim": table.dim(), "structure_constants": entries}).to_string();
    match json(text.as_bytes(), &Limits::none()) {
        Ok(Data::Constants(constants)) => constants,
        other => panic!("{text} reads as {other:?}"),
    }
}

/// Algebras made in every way that the language has, of small and middle dimension.
const ALGEBRAS: &[&str] = &[
    "su(3)",
    "su(2, 1)",
    "sl(3, R)",
    "sl(2, C)",
    "so(5)",
    "so(4, 3)",
    "so(4, C)",
    "so*(6)",
    "su*(4)",
    "sp(2)",
    "sp(2, 1)",
    "sp(6, R)",
    "sp(4, C)",
    "gl(3)",
    "u(3)",
    "compact(G2)",
    "split(F4)",
    "G2(2)",
    "F4(-20)",
    "E6(-26)",
    "compact(E6)",
    "heisenberg(3)",
    "poincare(3, 1)",
    "euclid(3)",
    "galilei(3)",
    "bargmann(3)",
    "affine(3)",
    "abelian(4)",
    "borel(B3)",
    "nilpotent(A4)",
    "derivations(\"octonions\")",
    "derivations(heisenberg(1))",
    "derivations(so(3))",
    "derivations(affine(2))",
    "quaternion_derivations(-1, 3)",
    "stabilizer(octonion_form)",
    "stabilizer(albert_cubic)",
    "stabilizer(distance(3, 1), affine = true)",
    "weil_restriction(sl(2), sqrt(2))",
    "so(3) + heisenberg(1)",
    "radical(poincare(3, 1))",
    "levi(poincare(3, 1))",
    "center(u(2))",
    "brackets { [h, e] = 2 e; [h, f] = -2 f; [e, f] = h }",
    "generate([0, 1; 0, 0], [0, 0; 1, 0])",
];

#[test]
fn everything_built_satisfies_jacobi_and_reads_back() {
    for code in ALGEBRAS {
        let value = evaluate(code);
        let Value::Algebra(algebra) = &value else { panic!("{code} gives {value:?}") };
        let proof = prove_jacobi(algebra.constants(), &Limits::none()).expect("no limit is set");
        assert!(proof.is_ok(), "{code}: {proof:?}");
        assert_eq!(&read_back(algebra.constants()), algebra.constants(), "{code}");
    }
}
