//! What belongs to a real form by its name: Satake and Vogan diagrams, restricted roots, maximal compact subalgebra.

use serde_json::{Map, Value as Json, json};

use crate::builtins::algebras::over_quadratic::identification;
use crate::builtins::algebras::structure::{ALGEBRA_LIKE, algebra_of};
use crate::builtins::{Arguments, Builtin, Context, Example, Param, keyword, required};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::lie::{self, CartanInvolution};
use crate::num::Rational;
use crate::roots::{CartanType, CompactAlgebra, MarkedDiagram, RealForm, Style, draw_marked, name_of_sum, parse_sum};

const TOPIC: &str = "identification";
const G: Param = required("g", ALGEBRA_LIKE.or(Kinds::TEXT));
const ALGEBRA: Param = required("g", ALGEBRA_LIKE);
const ASCII: Param = keyword("ascii", Kinds::BOOLEAN, "false");
const LABELS: Param = keyword("labels", Kinds::BOOLEAN, "true");

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "satake",
        aliases: &[],
        topic: TOPIC,
        params: &[G, ASCII, LABELS],
        returns: Kinds::RECORD,
        summary: "Satake diagram of a real form, or of the Levi factor of an algebra",
        help: "Black nodes are simple roots that vanish on a maximal split torus, arrows join those that agree on it. Takes \
a name in quotes too. Attributes: real_form, diagrams (type, doubled, black, arrows). Helgason, ch. X, table VI.",
        examples: &[
            Example { code: "satake(so(5,2), labels = false)", output: "○─○=>●" },
            Example {
                code: "satake(\"E6(-14)\", ascii = true)",
                output: "    o 2\n    |\no-*-*-*-o\n1 3 4 5 6\n^       ^\n+-------+",
            },
        ],
        run: |context, arguments| picture(context, arguments, "satake", "black", RealForm::satake),
    },
    Builtin {
        name: "vogan",
        aliases: &[],
        topic: TOPIC,
        params: &[G, ASCII, LABELS],
        returns: Kinds::RECORD,
        summary: "Vogan diagram of a real form, or of the Levi factor of an algebra",
        help: "Painted nodes are non-compact imaginary simple roots of a maximally compact Cartan subalgebra (at most one \
for each simple ideal), arrows show the Cartan involution. Takes a name in quotes too. Attributes: real_form, diagrams \
(type, doubled, painted, arrows). Knapp, ch. VI §8.",
        examples: &[
            Example { code: "vogan(su(2,1), labels = false)", output: "○─●" },
            Example { code: "vogan(\"so(5,3)\")", output: "  ○←┐ 4\n  │ ↓\n●─○─○\n1 2 3" },
        ],
        run: |context, arguments| picture(context, arguments, "vogan", "painted", RealForm::vogan),
    },
    Builtin {
        name: "restricted_roots",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::RECORD,
        summary: "restricted root system of a real form with multiplicities",
        help: "The roots of a maximal split torus, for each simple ideal that is not compact. `multiplicities` belong to the \
simple restricted roots in Bourbaki's order (BC_r is numbered as B_r), `doubled` to twice the short roots of BC_r. Takes a \
name in quotes too. Attributes: real_form, real_rank, systems (type, rank, multiplicities, doubled).",
        examples: &[
            Example { code: "restricted_roots(su(3,1))", output: "BC1, multiplicities 4, doubled 1" },
            Example { code: "restricted_roots(\"E7(-25)\")", output: "C3, multiplicities 8 8 1" },
        ],
        run: restricted_roots,
    },
    Builtin {
        name: "maximal_compact",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::RECORD,
        summary: "type of the maximal compact subalgebra of a real form, with its centre",
        help: "Of the Levi factor when the algebra is not semisimple. Takes a name in quotes too; `cartan_decomposition` \
gives the subalgebra itself. Attributes: name, real_form, type, center_dim, dim, rank.",
        examples: &[
            Example { code: "maximal_compact(so(12,6))", output: "so(12)+so(6) = so(12)+su(4)" },
            Example { code: "maximal_compact(\"so*(18)\")", output: "u(9) = su(9)+u(1)" },
            Example { code: "maximal_compact(\"E6(-14)\").dim", output: "46" },
        ],
        run: maximal_compact,
    },
    Builtin {
        name: "real_rank",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::NUMBER,
        summary: "real rank: the dimension of a maximal split torus of the Levi factor",
        help: "0 exactly for compact forms, the rank exactly for split ones. Takes a name in quotes too.",
        examples: &[
            Example { code: "real_rank(su(3,1))", output: "1" },
            Example { code: "real_rank(\"E6(-26)\")", output: "2" },
        ],
        run: |context, arguments| {
            Ok(Value::count(forms_of(context, arguments)?.iter().map(|form| form.real_rank()).sum()))
        },
    },
    Builtin {
        name: "cartan_decomposition",
        aliases: &[],
        topic: TOPIC,
        params: &[ALGEBRA],
        returns: Kinds::RECORD,
        summary: "Cartan decomposition k + p of a semisimple algebra with its involution, exact where possible",
        help: "Exact over Q when X -> -X† maps the matrices of the algebra into their span, or when a signed permutation of \
the basis does it; proved by k, p orthogonal for the Killing form, of opposite sign, with [k,k] in k, [k,p] in p, [p,p] in k. \
Otherwise floating point, from the root vectors of a random Cartan subalgebra, up to dimension 140, with its residual. \
Attributes: exact, how, dim_k, dim_p, theta (rows; columns are images), k, p (coordinates), residual, least_eigenvalue. \
`cartan_involution` gives the matrix, `maximal_compact_subalgebra` the algebra k.",
        examples: &[
            Example {
                code: "cartan_decomposition(su(2,1))",
                output: "k + p of dimensions 4 + 4, exact over Q: X -> -X† on the matrices, which are closed under it",
            },
            Example { code: "cartan_decomposition(E6(-26)).dim_k", output: "52" },
        ],
        run: cartan_decomposition,
    },
    Builtin {
        name: "cartan_involution",
        aliases: &[],
        topic: TOPIC,
        params: &[ALGEBRA],
        returns: Kinds::MATRIX.or(Kinds::FLOAT_MATRIX),
        summary: "matrix of a Cartan involution of a semisimple algebra: exact, or floating-point where it says so",
        help: "Acts on columns of coordinates. Exact or not as `cartan_decomposition` says.",
        examples: &[Example {
            code: "cartan_involution(sl(2))",
            output: "⎡ -1   0   0 ⎤\n⎢  0   0  -1 ⎥\n⎣  0  -1   0 ⎦",
        }],
        run: |context, arguments| {
            let g = algebra_of(context, arguments, "g")?;
            Ok(match lie::cartan_involution(&g, context.limits)? {
                CartanInvolution::Exact(found) => Value::rational_matrix(&found.theta),
                CartanInvolution::Float(found) => Value::float_matrix(found.theta),
            })
        },
    },
    Builtin {
        name: "maximal_compact_subalgebra",
        aliases: &[],
        topic: TOPIC,
        params: &[ALGEBRA],
        returns: Kinds::ALGEBRA,
        summary: "a maximal compact subalgebra k of a semisimple algebra, as an algebra",
        help: "The fixed points of an exact Cartan involution; `maximal_compact` gives its type for any algebra.",
        examples: &[Example {
            code: "identify(maximal_compact_subalgebra(so(4,3))).levi_real_form",
            output: "su(2)+su(2)+su(2)",
        }],
        run: |context, arguments| {
            let g = algebra_of(context, arguments, "g")?;
            match lie::cartan_involution(&g, context.limits)? {
                CartanInvolution::Exact(found) => {
                    let origin = format!("maximal compact subalgebra of {}", g.origin());
                    Ok(Value::algebra(lie::parts::subalgebra(&g, &found.k, &origin, context.limits)?))
                }
                CartanInvolution::Float(_) => Err(arguments
                    .wrong("g", Code::Unsupported, "no Cartan involution over Q was found in this basis")
                    .hint("cartan_decomposition(g).k has a floating-point basis; maximal_compact(g) names the type")),
            }
        },
    },
];

/// What a solvable algebra shows in place of a diagram or a root system.
pub(crate) const NO_IDEAL: &str = "the algebra is solvable: no simple ideals";

/// The simple real ideals of the Levi factor of an algebra, of a split form given by its type, or of a name.
fn forms_of(context: &mut Context<'_>, arguments: &Arguments) -> Result<Vec<RealForm>, Diagnostic> {
    match arguments.value("g")? {
        Value::Type(t) => Ok(t.summands().iter().map(|&simple| RealForm::split(simple)).collect()),
        Value::Text(name) => match name.parse::<CartanType>() {
            Ok(t) => Ok(t.summands().iter().map(|&simple| RealForm::split(simple)).collect()),
            Err(_) => parse_sum(name).map_err(|e| arguments.wrong("g", Code::Argument, e.to_string())),
        },
        _ => Ok(identification(context, arguments, "g")?.forms()),
    }
}

fn record(kind: &'static str, rows: Vec<(&str, Json)>, text: String) -> Value {
    let keys: Map<String, Json> = rows.into_iter().map(|(key, value)| (key.to_string(), value)).collect();
    Value::record(kind, keys, text)
}

fn picture(
    context: &mut Context<'_>,
    arguments: &Arguments,
    kind: &'static str,
    filled: &'static str,
    diagram: fn(RealForm) -> MarkedDiagram,
) -> Result<Value, Diagnostic> {
    let forms = forms_of(context, arguments)?;
    let style = if arguments.flag("ascii", false)? { Style::Ascii } else { Style::Unicode };
    let diagrams: Vec<MarkedDiagram> = forms.iter().map(|&form| diagram(form)).collect();
    let lines = draw_marked(&diagrams, style, arguments.flag("labels", true)?);
    let text: Vec<&str> = if forms.is_empty() { vec![NO_IDEAL] } else { lines.iter().map(|l| l.trim_end()).collect() };
    let parts: Vec<Json> = diagrams
        .iter()
        .map(|d| {
            let numbers: Vec<usize> = d.filled.iter().map(|node| node + 1).collect();
            let arrows: Vec<[usize; 2]> = d.arrows.iter().map(|(a, b)| [a + 1, b + 1]).collect();
            json!({"type": d.simple.to_string(), "doubled": d.doubled, filled: numbers, "arrows": arrows})
        })
        .collect();
    let rows = vec![("real_form", json!(name_of_sum(&forms))), ("diagrams", json!(parts))];
    Ok(record(kind, rows, text.join("\n")))
}

fn restricted_roots(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let forms = forms_of(context, arguments)?;
    let systems: Vec<_> = forms.iter().filter_map(|form| form.restricted_roots()).collect();
    let mut text = Vec::new();
    let mut parts = Vec::new();
    for system in &systems {
        let numbers: Vec<String> = system.multiplicities.iter().map(usize::to_string).collect();
        let doubled = if system.doubled > 0 { format!(", doubled {}", system.doubled) } else { String::new() };
        text.push(format!("{system}, multiplicities {}{doubled}", numbers.join(" ")));
        parts.push(json!({
            "type": system.to_string(),
            "rank": system.reduced.rank(),
            "multiplicities": system.multiplicities,
            "doubled": system.doubled,
        }));
    }
    if text.is_empty() {
        text.push(if forms.is_empty() { NO_IDEAL } else { "no restricted roots: compact" }.to_string());
    }
    let real_rank: usize = forms.iter().map(|form| form.real_rank()).sum();
    let rows =
        vec![("real_form", json!(name_of_sum(&forms))), ("real_rank", json!(real_rank)), ("systems", json!(parts))];
    Ok(record("restricted_roots", rows, text.join("\n")))
}

fn maximal_compact(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let parts: Vec<CompactAlgebra> = forms_of(context, arguments)?.iter().map(|form| form.maximal_compact()).collect();
    let k = CompactAlgebra::sum(&parts);
    let canonical = k.to_string();
    let text = if k.usual_name == canonical { canonical.clone() } else { format!("{} = {canonical}", k.usual_name) };
    let rows = vec![
        ("name", json!(k.usual_name)),
        ("real_form", json!(canonical)),
        ("type", json!(k.semisimple_type().to_string())),
        ("center_dim", json!(k.center_dim)),
        ("dim", json!(k.dim())),
        ("rank", json!(k.rank())),
    ];
    Ok(record("maximal_compact", rows, text))
}

fn cartan_decomposition(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let g = algebra_of(context, arguments, "g")?;
    let (rows, text) = match lie::cartan_involution(&g, context.limits)? {
        CartanInvolution::Exact(found) => {
            let exact = |v: &[Rational]| v.iter().map(Rational::to_string).collect::<Vec<_>>();
            let all = |vectors: &[Vec<Rational>]| vectors.iter().map(|v| exact(v)).collect::<Vec<_>>();
            let (dim_k, dim_p) = (found.k.dim(), found.p.dim());
            let rows = vec![
                ("exact", json!(true)),
                ("how", json!(found.how)),
                ("dim_k", json!(dim_k)),
                ("dim_p", json!(dim_p)),
                ("theta", json!(found.theta.iter_rows().map(exact).collect::<Vec<_>>())),
                ("k", json!(all(found.k.basis()))),
                ("p", json!(all(found.p.basis()))),
                ("residual", Json::Null),
                ("least_eigenvalue", Json::Null),
            ];
            (rows, format!("k + p of dimensions {dim_k} + {dim_p}, exact over Q: {}", found.how))
        }
        CartanInvolution::Float(found) => {
            let (dim_k, dim_p) = (found.k.len(), found.p.len());
            let how = "floating point, from the root vectors of a random Cartan subalgebra";
            let rows = vec![
                ("exact", json!(false)),
                ("how", json!(how)),
                ("dim_k", json!(dim_k)),
                ("dim_p", json!(dim_p)),
                ("theta", json!(float_rows(&found.theta))),
                ("k", json!(found.k)),
                ("p", json!(found.p)),
                ("residual", json!(found.residual)),
                ("least_eigenvalue", json!(found.least_eigenvalue)),
            ];
            let residual = found.residual;
            (rows, format!("k + p of dimensions {dim_k} + {dim_p}, {how}: residual {residual:.0e}, not exact"))
        }
    };
    Ok(record("cartan_decomposition", rows, text))
}

fn float_rows(m: &Matrix<f64>) -> Vec<&[f64]> {
    m.iter_rows().collect()
}
