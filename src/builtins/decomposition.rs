//! Taking a Lie algebra apart: direct sums and the centroid.

use std::sync::Arc;

use serde_json::{Map, json};

use super::structure::{ALGEBRA_LIKE, algebra_of, whole_part};
use super::{Arguments, Builtin, Context, Example, Param, required};
use crate::diag::Diagnostic;
use crate::exact::polynomial::Polynomial;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::lie::{self, DirectSum, Summand};

const TOPIC: &str = "structure";
const G: Param = required("g", ALGEBRA_LIKE);

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "decompose",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::RECORD,
        summary: "a Lie algebra as a direct sum of indecomposable ideals over Q, and what becomes of them over R and C",
        help: "Any Lie algebra is the sum of an abelian one and of indecomposable ideals, unique up to isomorphism (Krull, \
Remak, Schmidt). Of each ideal the centroid modulo its radical is a number field; its real and complex places are the \
summands over R, its degree their number over C. Attributes: dim, abelian_dim, summands, rational_summands, real_summands, complex_summands. \
summands(g) gives the ideals as algebras.",
        examples: &[
            Example {
                code: "decompose(galilei(3) + sl(2) + abelian(2))",
                output: "direct sum of 4 indecomposable ideals over Q, 4 over R, 4 over C\n  ideal of dimension 10\n  ideal \
of dimension 3\n  abelian summand of dimension 2\n  proved over Q",
            },
            Example {
                code: "decompose(weil_restriction(heisenberg(1), sqrt(2))).summands[1].field",
                output: "t^2 - 2",
            },
        ],
        run: decompose,
    },
    Builtin {
        name: "summands",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::LIST,
        summary: "indecomposable ideals over Q whose direct sum is the algebra; an abelian summand comes last",
        help: "The abelian summand, as large as possible, is given as one algebra. decompose(g) says more about the ideals.",
        examples: &[Example {
            code: "[identify(h).real_form for h in summands(so(4) + G2)]",
            output: "[\"G2(2)\", \"su(2)\", \"su(2)\"]",
        }],
        run: summands,
    },
    Builtin {
        name: "centroid",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::LIST,
        summary: "basis of the centroid: the linear maps S with S[x, y] = [Sx, y] = [x, Sy]",
        help: "Matrices in the basis of g; column j holds the coordinates of S e_j. len(centroid(g)) is the dimension: one \
for a simple algebra that stays simple over C. Maps of g/[g, g] into the centre come last.",
        examples: &[
            Example { code: "len(centroid(sl(2,C)))", output: "2" },
            Example { code: "centroid(so(3))", output: "⎡ 1  0  0 ⎤\n⎢ 0  1  0 ⎥\n⎣ 0  0  1 ⎦" },
        ],
        run: |context, arguments| {
            let g = algebra_of(context, arguments, "g")?;
            let basis = lie::centroid(g.constants(), context.limits)?;
            Ok(Value::list(basis.iter().map(Value::rational_matrix)))
        },
    },
];

fn decompose(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let g = algebra_of(context, arguments, "g")?;
    let found = lie::decompose(g.constants(), context.limits)?;
    let mut keys = Map::new();
    keys.insert("dim".into(), json!(g.dim()));
    keys.insert("abelian_dim".into(), json!(found.abelian.dim()));
    let summands = found.summands.iter().map(|s| {
        json!({
            "dim": s.space.dim(),
            "field": s.field.to_string(),
            "degree": s.degree(),
            "real_places": s.real_places(),
            "complex_places": s.complex_places(),
        })
    });
    keys.insert("summands".into(), summands.collect());
    keys.insert("rational_summands".into(), json!(found.summands.len() + found.abelian.dim()));
    keys.insert("real_summands".into(), json!(found.real_summands()));
    keys.insert("complex_summands".into(), json!(found.complex_summands()));
    Ok(Value::record("direct_sum", keys, text(&found)))
}

fn text(found: &DirectSum) -> String {
    let count = found.summands.len() + found.abelian.dim();
    let mut lines = vec![match count {
        0 => "the zero algebra".to_string(),
        1 => format!(
            "indecomposable over Q, {} over R, {} over C",
            pieces(found.real_summands()),
            pieces(found.complex_summands())
        ),
        _ => format!(
            "direct sum of {count} indecomposable ideals over Q, {} over R, {} over C",
            found.real_summands(),
            found.complex_summands()
        ),
    }];
    lines.extend(found.summands.iter().map(|s| format!("  {}", line(s))));
    if found.abelian.dim() > 0 {
        lines.push(format!("  abelian summand of dimension {}", found.abelian.dim()));
    }
    if count > 0 {
        lines.push("  proved over Q".to_string());
    }
    lines.join("\n")
}

fn pieces(count: usize) -> String {
    if count == 1 { "indecomposable".to_string() } else { format!("a sum of {count}") }
}

fn line(summand: &Summand) -> String {
    let dim = format!("ideal of dimension {}", summand.space.dim());
    if summand.degree() == 1 {
        return dim;
    }
    let field: &Polynomial = &summand.field;
    format!(
        "{dim} over the field Q[t]/({field}): {} real and {} complex over R",
        summand.real_places(),
        summand.complex_places()
    )
}

fn summands(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let g = algebra_of(context, arguments, "g")?;
    let found = lie::decompose(g.constants(), context.limits)?;
    let ideals = found.summands.iter().map(|s| (&s.space, "indecomposable ideal"));
    let abelian = (found.abelian.dim() > 0).then_some((&found.abelian, "abelian summand"));
    let all: Result<Vec<Value>, Diagnostic> = ideals
        .chain(abelian)
        .map(|(space, what)| {
            // An indecomposable algebra is its own only summand.
            if space.dim() == g.dim() {
                Ok(Value::Algebra(Arc::clone(&g)))
            } else {
                whole_part(context, &g, space, what)
            }
        })
        .collect();
    Ok(Value::list(all?))
}
