//! Multilinear maps: as representations, and applied to vectors.

use std::sync::Arc;

use crate::builtins::{Arguments, Builtin, Context, Example, keyword, required, rest};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::num::Gaussian;
use crate::reps::Rep;

const TOPIC: &str = "representations";
type Outcome = Result<Value, Diagnostic>;

/// The functions of this file.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "multilinear",
        aliases: &["bilinear_maps"],
        topic: TOPIC,
        params: &[rest("spaces", Kinds::REP), keyword("symmetry", Kinds::TEXT, "\"none\"")],
        returns: Kinds::REP,
        summary: "the maps of several arguments, linear in each: multilinear(X, Y -> Z)",
        help: "rank and basis count and find the equivariant ones; a map is a matrix on the Kronecker product of its arguments, as \
`contract` applies it. symmetry = \"symmetric\" or \"alternating\" takes those that exchanging two arguments keeps or negates; \
then all arguments lie in one space, and the map is one of its symmetric or exterior power.",
        examples: &[
            Example {
                code: "group G = SO(3)\nrep V = vector(G)\n[rank(multilinear(V, V -> V)), rank(multilinear(V, V, V -> scalar(G)))]",
                output: "[1, 1]",
            },
            Example {
                code: "rep V = vector(SU(3))\n[rank(multilinear(V, V -> V, symmetry = s)) for s in [\"symmetric\", \"alternating\"]]",
                output: "[0, 2]",
            },
        ],
        run: multilinear,
    },
    Builtin {
        name: "contract",
        aliases: &[],
        topic: TOPIC,
        params: &[required("B", Kinds::MATRIX_LIKE), rest("vectors", Kinds::LIST)],
        returns: Kinds::LIST.or(Kinds::MATRIX).or(Kinds::FLOAT_MATRIX),
        summary: "a multilinear map applied to its first arguments",
        help: "B is a matrix whose columns are numbered by the products of the basis vectors of the arguments, the last the fastest, as basis(X * Y -> \
Z) gives it. With vectors for all arguments the value is a vector; with fewer it is the matrix of the map that is left.",
        examples: &[
            Example {
                code: "rep V = vector(SO(3))\nlet cross = basis(multilinear(V, V -> V))[1]\ncontract(cross, [1, 2, 3], [4, 5, 6])",
                output: "[-3, 6, -3]",
            },
            Example { code: "contract([1, 0, 0, 1;], [2, 3])", output: "[ 2  3 ]" },
        ],
        run: contract,
    },
];

fn multilinear(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let wrong = |message: &str| {
        Diagnostic::new(Code::Argument, message)
            .at(context.span)
            .hint("the last argument is X -> Y: multilinear(V, W -> U)")
    };
    let mut arguments: Vec<Arc<Rep>> = Vec::new();
    for (value, span) in a.rest("spaces") {
        let Value::Rep(next) = value else {
            let message = "multilinear needs representations of groups of matrices";
            return Err(Diagnostic::new(Code::Unsupported, message).at(span));
        };
        arguments.push(next);
    }
    let Some((last, to)) = arguments.pop().and_then(|map| map.as_hom()) else {
        return Err(wrong("a multilinear map goes from some representations to another"));
    };
    arguments.push(Arc::new(last));
    let k = u32::try_from(arguments.len()).map_err(|_| wrong("too many arguments"))?;
    let alike = arguments.iter().all(|x| x.is_identical(&arguments[0]));
    let source = match if a.get("symmetry").is_some() { a.text("symmetry")? } else { "none" } {
        "none" => {
            let mut product = arguments[0].as_ref().clone();
            for next in &arguments[1..] {
                let (left, right) = Rep::matched(&product, next, context.limits)?;
                product = left.tensor(&right)?;
            }
            product
        }
        "symmetric" | "alternating" if !alike => {
            return Err(a.wrong("symmetry", Code::Argument, "arguments that are exchanged lie in one space"));
        }
        "symmetric" => arguments[0].symmetric_power(k)?,
        "alternating" => arguments[0].exterior_power(k)?,
        other => {
            let message = format!("a symmetry is \"none\", \"symmetric\" or \"alternating\", not {other:?}");
            return Err(a.wrong("symmetry", Code::Argument, message));
        }
    };
    let (source, to) = Rep::matched(&source, &to, context.limits)?;
    Ok(Value::rep(Rep::hom(&source, &to)?))
}

fn contract(_: &mut Context<'_>, a: &Arguments) -> Outcome {
    let vectors = a.rest("vectors");
    let exact = |value: &Value| value.to_numbers();
    let all: Option<Vec<Vec<Gaussian>>> = vectors.iter().map(|(v, _)| exact(v)).collect();
    let value = a.value("B")?;
    let spans: Vec<_> = vectors.iter().map(|(_, span)| *span).collect();
    let misfit = |k: usize, length: usize, left: usize| {
        let message = format!("a vector of length {length} is no argument: {left} columns are left");
        Diagnostic::new(Code::Shape, message).at(spans[k])
    };
    if let (Some(m), Some(all)) = (value.to_matrix(), all) {
        let mut left = m.as_ref().clone();
        for (k, v) in all.iter().enumerate() {
            let rest = fits(left.cols(), v.len()).ok_or_else(|| misfit(k, v.len(), left.cols()))?;
            let entry = |i: usize, j: usize| {
                v.iter().enumerate().fold(Gaussian::ZERO, |sum, (t, x)| &sum + &(x * &left[(i, t * rest + j)]))
            };
            left = Matrix::from_fn(left.rows(), rest, entry);
        }
        return Ok(match (left.cols(), vectors.is_empty()) {
            (1, false) => Value::list(left.entries().iter().cloned().map(Value::Number)),
            _ => Value::matrix(left),
        });
    }
    let mut left = a.float_matrix("B")?.as_ref().clone();
    for (k, (v, span)) in vectors.iter().enumerate() {
        let numbers: Option<Vec<f64>> = v.items().and_then(|items| items.iter().map(Value::to_f64).collect());
        let v = numbers.ok_or_else(|| Diagnostic::new(Code::Kind, "a vector is a list of real numbers").at(*span))?;
        let rest = fits(left.cols(), v.len()).ok_or_else(|| misfit(k, v.len(), left.cols()))?;
        let entry = |i: usize, j: usize| v.iter().enumerate().map(|(t, x)| x * left[(i, t * rest + j)]).sum();
        left = Matrix::from_fn(left.rows(), rest, entry);
    }
    if !left.entries().iter().all(|x| x.is_finite()) {
        return Err(a.wrong("B", Code::Number, "the result is not finite"));
    }
    Ok(match (left.cols(), vectors.is_empty()) {
        (1, false) => Value::list(left.entries().iter().copied().map(Value::Float)),
        _ => Value::float_matrix(left),
    })
}

/// The columns that are left when an argument of this length is taken from so many.
fn fits(cols: usize, length: usize) -> Option<usize> {
    (length > 0 && cols.is_multiple_of(length)).then(|| cols / length)
}
