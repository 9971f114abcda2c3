//! Irreducible representations by matrices.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::builtins::groups::representations::reserve;
use crate::builtins::{Arguments, Builtin, Context, Example, Param, keyword, required};
use crate::diag::{Code, Diagnostic};
use crate::exact::SparseMatrix;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::num::{Gaussian, Rational};
use crate::reps::decompose::irreducible_of_group;
use crate::reps::irreducible::{Irreducible, Orthogonal, compact_form};
use crate::span::Span;
use crate::weights::{Decomposition, Module, ReductiveType, Weight};

const TOPIC: &str = "representations";
const R: Param = required("R", Kinds::REP);
/// Bytes of a list of indices with a number in JSON.
pub(super) const JSON_ENTRY: u128 = 256;

type Outcome = Result<Value, Diagnostic>;

/// The functions of this file.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "explicit",
        aliases: &[],
        topic: TOPIC,
        params: &[
            R,
            keyword("form", Kinds::TEXT, "\"split\""),
            keyword("on", Kinds::GROUP.or(Kinds::ALGEBRA), "the form as a group of its own"),
        ],
        returns: Kinds::REP,
        summary: "an irreducible by matrices: of the split form, of the compact one on R^2n, or of a given group",
        help: "matrices, rank, invariants, X -> Y and semidirect then work with it. form = \"split\" acts in the basis of \
matrices(R) with root vectors in the order of split(type); form = \"compact\" acts on the real space of twice the dimension, \
real parts first, in the orthogonal basis of compact_matrices(R). on = G gives it as a representation of the connected group of matrices \
G, by exact matrices of its generators, so that it goes together with vector(G): cut out of a tensor of vector(G) of at most 1000 dimensions. \
Where it is not real its sum with the conjugate is given, irreducible over Q.",
        examples: &[
            Example {
                code: "rep V = vector(SO(5))\nrep W = explicit(irrep(SO(5), [2,0]), on = SO(5))\nW\n[rank(Sym(V, 2) -> W), rank(V -> W)]",
                output: "14: representation of SO(5) of dimension 14\n[1, 0]",
            },
            Example { code: "rep V = explicit(irrep(\"G2\", [1,0]))\nrank(V*V -> V)", output: "1" },
            Example { code: "dim(explicit(irrep(\"A1\", [2]), form = \"compact\"))", output: "6" },
        ],
        run: explicit,
    },
    Builtin {
        name: "compact_matrices",
        aliases: &[],
        topic: TOPIC,
        params: &[R],
        returns: Kinds::LIST,
        summary: "matrices of the compact real form on an irreducible representation, exact over Q(i)",
        help: "In the order of compact(type): i h_j, then e_r - f_r, then i(e_r + f_r) for the positive roots; then i times the \
torus. The basis is orthogonal, with squared norms D = squared_norms(R): X† D + D X = 0 exactly, so X is anti-Hermitian in the \
basis divided by its norms, whose roots need not be rational.",
        examples: &[Example {
            code: "compact_matrices(irrep(\"A1\", [1]))",
            output: "⎡ i   0 ⎤\n⎣ 0  -i ⎦\n⎡  0  1 ⎤\n⎣ -1  0 ⎦\n⎡ 0  i ⎤\n⎣ i  0 ⎦",
        }],
        run: compact_matrices,
    },
    Builtin {
        name: "squared_norms",
        aliases: &[],
        topic: TOPIC,
        params: &[R],
        returns: Kinds::LIST,
        summary: "squared norms of the orthogonal basis of compact_matrices and clebsch_gordan",
        help: "For the form with (f_i u, v) = (u, e_i v), the highest weight vector having norm 1.",
        examples: &[Example { code: "squared_norms(irrep(\"A2\", [1,1]))", output: "[1, 1, 1, 2, 3/2, 1, 1, 1]" }],
        run: |context, a| {
            let basis = orthogonal(context, a, "R")?;
            Ok(Value::list(basis.norms().iter().cloned().map(Value::rational)))
        },
    },
    Builtin {
        name: "basis_weights",
        aliases: &[],
        topic: TOPIC,
        params: &[R],
        returns: Kinds::LIST,
        summary: "weights of the basis vectors of an irreducible representation, in the order of matrices(R)",
        help: "The highest weight comes first, then level by level.",
        examples: &[Example { code: "basis_weights(irrep(\"A2\", [1,0]))", output: "[[1, 0], [-1, 1], [0, -1]]" }],
        run: |context, a| {
            let v = irreducible(context, a, "R")?;
            let list = |w: &Weight| Value::list(w.iter().map(|&x| Value::integer(x)));
            Ok(Value::list(v.weights().map(list)))
        },
    },
    Builtin {
        name: "sparse_matrices",
        aliases: &[],
        topic: TOPIC,
        params: &[R],
        returns: Kinds::RECORD,
        summary: "the same as matrices(R) by non-zero entries: for thousands of dimensions",
        help: "Attributes: group, weight, dim, names (e1 … f1 … h1 …), matrices (for each [[row, column, value], …], rows and \
columns from 0), weights.",
        examples: &[
            Example {
                code: "sparse_matrices(irrep(\"A2\", [1,1]))",
                output: "e1 e2 f1 f2 h1 h2 of A2 on dimension 8, highest weight [1, 1]: 32 non-zero entries, integers",
            },
            Example { code: "sparse_matrices(irrep(\"A1\", [1])).matrices[1]", output: "[[0, 1, 1]]" },
        ],
        run: sparse_matrices,
    },
];

/// The type and the highest weight of an irreducible representation.
pub(super) fn highest<'a>(
    context: &Context<'_>,
    value: &'a Value,
    span: Span,
) -> Result<(&'a ReductiveType, Weight), Diagnostic> {
    let Value::Module(written) = value else {
        return Err(Diagnostic::new(Code::Argument, "expected a representation by highest weight").at(span).hint(
            "irrep(\"SU(3)\", [1, 0]) is one; vector(G) and what is made from it are real representations of matrices",
        ));
    };
    let module: &Module = &written.module;
    let found = match module.highest_weight() {
        Some(weight) => Some(weight),
        None => module.decomposition(context.limits)?.highest_weight(),
    };
    match found {
        Some(weight) => Ok((module.group(), weight.clone())),
        None => Err(Diagnostic::new(Code::Argument, "this representation is not irreducible")
            .at(span)
            .hint("decompose(R) names its irreducible parts")),
    }
}

fn irreducible(context: &Context<'_>, a: &Arguments, name: &str) -> Result<Irreducible, Diagnostic> {
    let (group, weight) = highest(context, a.value(name)?, a.span(name))?;
    Ok(Irreducible::new(group, &weight, context.limits)?)
}

fn orthogonal(context: &Context<'_>, a: &Arguments, name: &str) -> Result<Orthogonal, Diagnostic> {
    Ok(Orthogonal::new(Arc::new(irreducible(context, a, name)?), context.limits)?)
}

/// The Chevalley generators of a representation by highest weight: what `matrices(R)` gives.
pub(crate) fn generators(context: &Context<'_>, value: &Value, span: Span) -> Outcome {
    let (group, weight) = highest(context, value, span)?;
    let v = Irreducible::new(group, &weight, context.limits)?;
    reserve(context, 2 * v.rank() + group.rank(), v.dim() * v.dim())
        .map_err(|e| e.hint("sparse_matrices(R) lists the non-zero entries"))?;
    Ok(Value::list(v.generators().iter().map(|m| Value::rational_matrix(&m.to_dense()))))
}

fn explicit(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let (group, weight) = highest(context, a.value("R")?, a.span("R"))?;
    if a.get("on").is_some() {
        if a.get("form").is_some() {
            return Err(a.wrong("form", Code::Argument, "either a form or a group"));
        }
        let base = crate::builtins::groups::representations::base(context, a, "on")?;
        let wanted = Decomposition::irreducible(group, &weight)?;
        let made = irreducible_of_group(&base, &wanted, context.limits);
        return made.map(Value::rep).map_err(|e| Diagnostic::from(e).at(a.span("on")));
    }
    let form = if a.get("form").is_some() { a.text("form")? } else { "split" };
    let v = Irreducible::new(group, &weight, context.limits)?;
    let name = v.dim().to_string();
    match form {
        "split" => Ok(Value::rep(v.to_rep(&name, context.limits)?)),
        "compact" => {
            let basis = Orthogonal::new(Arc::new(v), context.limits)?;
            Ok(Value::rep(compact_form(&basis, context.limits)?.to_rep(group, &name, context.limits)?))
        }
        _ => Err(a.wrong("form", Code::Argument, "`form` is \"split\" or \"compact\"")),
    }
}

fn compact_matrices(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let basis = orthogonal(context, a, "R")?;
    let dim = basis.module().dim();
    reserve(context, basis.module().group().dim(), dim * dim)?;
    let found = compact_form(&basis, context.limits)?;
    let value = |(imaginary, m): &(bool, SparseMatrix)| {
        let number = |x: &Rational| match imaginary {
            true => Gaussian::new(Rational::ZERO, x.clone()),
            false => Gaussian::from(x.clone()),
        };
        Value::matrix(m.to_dense().map(number))
    };
    Ok(Value::list(found.matrices.iter().map(value)))
}

fn sparse_matrices(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let v = irreducible(context, a, "R")?;
    context.limits.reserve(v.nonzeros() as u128 * JSON_ENTRY)?;
    let (rank, all) = (v.rank(), v.group().rank());
    let names: Vec<String> = (1..=rank)
        .map(|i| format!("e{i}"))
        .chain((1..=rank).map(|i| format!("f{i}")))
        .chain((1..=rank).map(|i| format!("h{i}")))
        .chain((1..=all - rank).map(|i| format!("t{i}")))
        .collect();
    let entries = |m: &SparseMatrix| -> Json { m.triples().map(|(i, j, x)| json!([i, j, x.to_string()])).collect() };
    let matrices: Vec<Json> = v.generators().iter().map(entries).collect();
    let text = format!(
        "{} of {} on dimension {}, highest weight {:?}: {} non-zero entries, {}",
        names.join(" "),
        v.group(),
        v.dim(),
        v.highest_weight(),
        matrices.iter().map(|m| m.as_array().map_or(0, Vec::len)).sum::<usize>(),
        if v.is_integral() { "integers" } else { "fractions" }
    );
    let mut keys = Map::new();
    keys.insert("group".into(), json!(v.group().to_string()));
    keys.insert("weight".into(), json!(v.highest_weight()));
    keys.insert("dim".into(), json!(v.dim()));
    keys.insert("names".into(), json!(names));
    keys.insert("matrices".into(), Json::Array(matrices));
    keys.insert("weights".into(), json!(v.weights().collect::<Vec<_>>()));
    Ok(Value::record("sparse_matrices", keys, text))
}
