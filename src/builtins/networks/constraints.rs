//! Symmetry constraints on learning: invariant features, what they forget, losses that cannot fall, flat directions.

use std::sync::Arc;

use serde_json::{Map, json};

use crate::builtins::groups::representations::rep;
use crate::builtins::{Arguments, Builtin, Context, Example, optional, required};
use crate::diag::{Code, Diagnostic};
use crate::equivariant::{self, Gauge};
use crate::exact::SparseMatrix;
use crate::lang::kind::Kinds;
use crate::lang::value::{NamedPolynomial, Value};
use crate::nets::{self, Shallow};
use crate::num::Rational;
use crate::show::Markup;

type Outcome = Result<Value, Diagnostic>;

const TOPIC: &str = "networks";

/// The functions of this file.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "invariant_features",
        aliases: &[],
        topic: TOPIC,
        params: &[required("X", Kinds::REP), optional("degree", Kinds::NUMBER, "as high as needed")],
        returns: Kinds::LIST,
        summary: "polynomials in the inputs that a finite group leaves invariant and that tell its orbits apart",
        help: "A minimal set of homogeneous generators of the invariants of a representation by permutations with or without signs: sums \
over orbits of monomials in x1, x2, …. They are generated in degree at most |G| (Noether), of permutations at most max(n, n(n-1)/2) \
(Göbel), of all permutations at most n, and real orbits of a finite group have different values: any network on these features is \
invariant and loses nothing else. With a degree only those up to it.",
        examples: &[
            Example {
                code: "invariant_features(vector(S(3)))",
                output: "[x1 + x2 + x3, x1*x2 + x1*x3 + x2*x3, x1*x2*x3]",
            },
            Example { code: "len(invariant_features(vector(image_group(1, 5, [\"inversion\"]))))", output: "15" },
        ],
        run: invariant_features,
    },
    Builtin {
        name: "gauge",
        aliases: &["lost_symmetries"],
        topic: TOPIC,
        params: &[required("E", Kinds::MATRIX_LIKE)],
        returns: Kinds::RECORD,
        summary: "what a map by monomials forgets: scalings and signs of the inputs that no feature sees",
        help: "Row k of E has the exponents of feature k, the product of x_i^E[k, i]. Inputs without zeros that differ by x_i ↦ t_i x_i \
have the same features exactly when all products of t_i^E[k, i] are 1: scalings (a basis of exponents of s > 0) and signs (sets of \
inputs, counted from 1). `factors` are the invariant factors of E (Smith's normal form); over the complex numbers there are roots of \
unity of these orders besides.",
        examples: &[
            Example { code: "gauge([1, 1, 0; 0, 1, 1]).scalings", output: "[[1, -1, 1]]" },
            Example { code: "gauge([2, 0; 1, 1]).signs", output: "[[1, 2]]" },
        ],
        run: gauge,
    },
    Builtin {
        name: "loss_bound",
        aliases: &[],
        topic: TOPIC,
        params: &[required("N", Kinds::NETWORK), required("X", Kinds::MATRIX_LIKE), required("labels", Kinds::LIST)],
        returns: Kinds::RECORD,
        summary: "a bound on the cross-entropy that an odd network can reach on data that contain x and -x",
        help: "X has a sample in each row, `labels` are whole numbers. A network is odd when its layers show it: linear ones whose biases \
are all 0, tanh on every coordinate. On samples x and -x with one label the mean loss is at least log C for C outputs, with equality only \
where all outputs are equal; of both at most one is classified rightly. Even features, biases, or a network without the sign \
(canonical_network of inversion) mend it.",
        examples: &[Example {
            code: "rep V = vector(SO(3))\nnetwork N = mlp(V -> V, hidden = 4, layers = 1, nonlinearity = \"tanh\")\nround(loss_bound(N, [1, 2, 0; -1, -2, 0], [0, 0]).bound, 6)",
            output: "1.098612",
        }],
        run: loss_bound,
    },
    Builtin {
        name: "flat_directions",
        aliases: &[],
        topic: TOPIC,
        params: &[required("X", Kinds::REP), required("W", Kinds::MATRIX_LIKE)],
        returns: Kinds::RECORD,
        summary: "flat directions at weights W of a loss that a Lie group leaves invariant: dim G - dim Stab(W)",
        help: "W has a row for each hidden unit and a column for each coordinate of X. The orbit of W under the group has the dimension of \
the space of all W ρ(x), x in the algebra; along it the loss is constant (Goldstone). Exact for exact W. Units with no effect add \
directions of their own.",
        examples: &[
            Example { code: "flat_directions(vector(SO(3)), [1, 2, 3]).flat", output: "2" },
            Example { code: "flat_directions(vector(SO(3)), [1, 2, 3; 0, 1, 1]).flat", output: "3" },
        ],
        run: flat_directions,
    },
];

fn invariant_features(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let rep = rep(a, "X")?;
    let degree = if a.get("degree").is_some() { Some(a.count("degree", 0, 200)?) } else { None };
    let found = equivariant::invariant_features(rep, degree, context.limits);
    let found = found.map_err(|e| Diagnostic::from(e).at(a.span("X")))?;
    let n = usize::try_from(rep.dim()).unwrap_or(0);
    let vectors = Arc::new(vec![(1..=n).map(|i| format!("x{i}")).collect::<Vec<String>>()]);
    let one = |polynomial| Value::Polynomial(Arc::new(NamedPolynomial { vectors: vectors.clone(), polynomial }));
    Ok(Value::list(found.features.into_iter().map(one)))
}

fn gauge(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let m = match a.value("E")? {
        // One row of exponents.
        Value::List(items) if items.iter().all(|x| matches!(x, Value::Number(_))) => {
            let row = a.value("E")?.to_numbers().unwrap_or_default();
            Arc::new(crate::exact::Matrix::from_fn(1, row.len(), |_, j| row[j].clone()))
        }
        _ => a.matrix("E")?,
    };
    let mut rows = Vec::new();
    for i in 0..m.rows() {
        let row: Option<Vec<i64>> = m.row(i).iter().map(|x| if x.is_real() { x.re.to_i64() } else { None }).collect();
        rows.push(row.ok_or_else(|| a.wrong("E", Code::Argument, "exponents are whole numbers"))?);
    }
    let found = equivariant::gauge(&rows, m.cols(), context.limits).map_err(|e| Diagnostic::from(e).at(a.span("E")))?;
    let Gauge { inputs, features, rank, rank_mod_two, factors, scalings, signs } = &found;
    let texts = |v: &[num_bigint::BigInt]| v.iter().map(ToString::to_string).collect::<Vec<_>>();
    let from_one: Vec<Vec<usize>> = signs.iter().map(|set| set.iter().map(|i| i + 1).collect()).collect();
    let mut keys = Map::new();
    keys.insert("features".into(), json!(features));
    keys.insert("inputs".into(), json!(inputs));
    keys.insert("rank".into(), json!(rank));
    keys.insert("rank_mod_two".into(), json!(rank_mod_two));
    keys.insert("factors".into(), json!(texts(factors)));
    keys.insert("scalings".into(), json!(scalings.iter().map(|v| texts(v)).collect::<Vec<_>>()));
    keys.insert("signs".into(), json!(from_one));
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let mut text = format!(
        "{} of {}: {} lost, 2^{} sign patterns not told apart",
        count(*features, "feature", "features"),
        count(*inputs, "input", "inputs"),
        count(scalings.len(), "scaling", "scalings"),
        signs.len()
    );
    if scalings.is_empty() && signs.is_empty() {
        text.push_str("; inputs without zeros are known from them");
    }
    Ok(Value::record("gauge", keys, text))
}

fn loss_bound(_: &mut Context<'_>, a: &Arguments) -> Outcome {
    let samples = a.float_matrix("X")?;
    let (inputs, classes, odd) = match a.value("N")? {
        Value::Network(it) => {
            let (from, to) = (it.network.source().dim(), it.network.target().dim());
            (from, to, nets::is_odd(&it.network, &it.parameters))
        }
        Value::Shallow(it) => (it.inputs(), 1, is_odd_function(&it.network.network)),
        _ => return Err(a.wrong("N", Code::Kind, "expected a network")),
    };
    if samples.cols() != inputs {
        let message = format!("this network takes {inputs} numbers, the samples have {}", samples.cols());
        return Err(a.wrong("X", Code::Shape, message));
    }
    let labels: Option<Vec<i64>> = a.items("labels")?.iter().map(Value::to_i64).collect();
    let labels = labels.ok_or_else(|| a.wrong("labels", Code::Kind, "labels are whole numbers"))?;
    if labels.len() != samples.rows() {
        let message = format!("there are {} samples and {} labels", samples.rows(), labels.len());
        return Err(a.wrong("labels", Code::Shape, message));
    }
    let rows: Vec<Vec<f64>> = (0..samples.rows()).map(|i| samples.row(i).to_vec()).collect();
    let pairs = nets::opposite_pairs(&rows, &labels);
    let bound = if odd { nets::loss_bound(rows.len(), pairs, classes) } else { 0.0 };
    let mut keys = Map::new();
    keys.insert("odd".into(), json!(odd));
    keys.insert("samples".into(), json!(rows.len()));
    keys.insert("pairs".into(), json!(pairs));
    keys.insert("classes".into(), json!(classes));
    keys.insert("bound".into(), json!(bound));
    let first = Markup::text(format!("{pairs} pairs x, -x with one label among {} samples", rows.len()));
    let second = if bound > 0.0 {
        let words = format!(
            "the network is odd: its mean cross-entropy is at least {bound:.6}, reached where all outputs are equal; at most one of \
each pair is classified rightly"
        );
        Markup::hint("warning: ") + Markup::text(words)
    } else if odd {
        Markup::text("the network is odd; these samples do not show it")
    } else {
        Markup::text("nothing shows that the network is odd: no bound")
    };
    Ok(Value::record_with_markup("loss_bound", keys, Markup::lines([first, second])))
}

/// Whether `f(-x) = -f(x)`, by canonical forms.
fn is_odd_function(f: &Shallow) -> bool {
    let minus = |v: &[Rational]| v.iter().map(|x| -x).collect::<Vec<Rational>>();
    let negated = Shallow { outer: minus(&f.outer), linear: minus(&f.linear), constant: -&f.constant, ..f.clone() };
    let reflected = Shallow { rows: f.rows.iter().map(|w| minus(w)).collect(), linear: minus(&f.linear), ..f.clone() };
    negated.is_same_function(&reflected)
}

fn flat_directions(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let rep = rep(a, "X")?;
    let n = usize::try_from(rep.dim()).unwrap_or(usize::MAX);
    let value = a.value("W")?;
    let one_row = value.to_numbers();
    let weights = match &one_row {
        Some(row) => SparseMatrix::from_dense(&crate::exact::Matrix::from_fn(1, row.len(), |_, j| row[j].re.clone())),
        None => {
            let exact = match value {
                Value::FloatMatrix(_) => None,
                other => other.to_matrix().filter(|m| m.entries().iter().all(|x| x.is_real())),
            };
            let inexact = || {
                a.wrong("W", Code::Kind, "the weights are rational numbers: a rank of floats is no proof")
                    .hint("exact(W) takes floats at their exact values")
            };
            SparseMatrix::from_dense(&exact.ok_or_else(inexact)?.map(|x| x.re.clone()))
        }
    };
    if weights.cols() != n {
        let message =
            format!("the weights have {} columns, {} has dimension {}", weights.cols(), rep.name(), rep.dim());
        return Err(a.wrong("W", Code::Shape, message));
    }
    let generators = rep.matrices(context.limits).map_err(|e| Diagnostic::from(e).at(a.span("X")))?;
    let (flat, fixed) = equivariant::orbit_dimension(&weights, &generators, context.limits)?;
    let mut keys = Map::new();
    keys.insert("group".into(), json!(rep.base().name()));
    keys.insert("dim".into(), json!(generators.len()));
    keys.insert("stabilizer".into(), json!(fixed));
    keys.insert("flat".into(), json!(flat));
    let plural = if flat == 1 { "" } else { "s" };
    let text = format!(
        "{flat} flat direction{plural} under {}: dimension {} less {fixed} of the stabilizer of W",
        rep.base().name(),
        generators.len()
    );
    Ok(Value::record("flat_directions", keys, text))
}
