//! Given representations taken apart: irreducibles over C, isotypic components over Q, types over R.

use std::sync::Arc;

use num_bigint::BigInt;
use serde_json::{Map, Value as Json, json};

use super::modules::decomposition_record;
use super::{Arguments, Builtin, Context, Example, Param, required};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::lang::kind::Kinds;
use crate::lang::print::count_json;
use crate::lang::value::Value;
use crate::limits::Limits;
use crate::num::Gaussian;
use crate::reps::Rep;
use crate::reps::decompose::{
    Component, DecomposeError, Isotypic, complexification, complexification_to_keep, isotypic,
};
use crate::show::Markup;
use crate::weights::{Decomposition, Namer, dimension};

const TOPIC: &str = "representations";
const V: Param = required("V", Kinds::REP);

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "complexify",
        aliases: &[],
        topic: TOPIC,
        params: &[V],
        returns: Kinds::REP,
        summary: "a real representation, extended to C, as one by highest weights",
        help: "Everything that is known of representations by highest weights follows: weights, casimir, dynkin_index, branching. \
The algebra is reductive and has a Cartan subalgebra that splits over Q or a quadratic field; weights refer to the type \
that chevalley prints, with one charge for each dimension of the centre. Multiplicities are exact.",
        examples: &[Example { code: "decompose(complexify(vector(SO(3))))", output: "3" }],
        run: |context, a| {
            let module =
                complexification_to_keep(rep(a)?, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("V")))?;
            Ok(Value::module(module, context.limits)?)
        },
    },
    Builtin {
        name: "isotypic",
        aliases: &[],
        topic: TOPIC,
        params: &[V],
        returns: Kinds::RECORD,
        summary: "isotypic components of a representation over Q, with bases, irreducibles over C and types over R",
        help: "Exact, from the centre of the algebra of equivariant maps. The type of an irreducible real representation is R, C \
or H, the division algebra of its equivariant maps; its multiplicity counts irreducibles over R. A component that falls into \
several over R has neither, and `field` is the polynomial that separates them. Attributes: dim, components, change_of_basis.",
        examples: &[
            Example {
                code: "rep V = vector(SO(3))\nisotypic(V * V)",
                output: "V⊗V: 3 isotypic components over Q\n  dimension 1: 1, type R\n  dimension 3: 3, type R\n  dimension 5: 5, type R",
            },
            Example {
                code: "isotypic(vector(SU(2)))",
                output: "V: 1 isotypic component over Q\n  dimension 4: 2(2), type H",
            },
        ],
        run: |context, a| {
            let rep = rep(a)?;
            let found = components(context.limits, a, rep)?;
            record(rep, &found, context.limits)
        },
    },
    Builtin {
        name: "change_of_basis",
        aliases: &[],
        topic: TOPIC,
        params: &[V],
        returns: Kinds::MATRIX,
        summary: "matrix P whose columns are bases of the isotypic components: P⁻¹ ρ(x) P is block diagonal",
        help: "The components stand in the order of isotypic(V), smallest first.",
        examples: &[Example {
            code: "rep V = vector(SO(2)) + scalar(SO(2))\nchange_of_basis(V)",
            output: "⎡ 0  1  0 ⎤\n⎢ 0  0  1 ⎥\n⎣ 1  0  0 ⎦",
        }],
        run: |context, a| {
            let found = components(context.limits, a, rep(a)?)?;
            Ok(Value::rational_matrix(&found.change_of_basis()))
        },
    },
];

fn rep(arguments: &Arguments) -> Result<&Arc<Rep>, Diagnostic> {
    match arguments.value("V")? {
        Value::Rep(rep) => Ok(rep),
        Value::Module(_) => Err(arguments
            .wrong("V", Code::Argument, "this representation by highest weights has no matrices")
            .hint("vector(G), adjoint(G), representation(g, matrices) and what is made from them have")),
        other => Err(arguments.wrong("V", Code::Kind, format!("expected a representation, not {}", other.kind()))),
    }
}

fn components(limits: &Limits, arguments: &Arguments, rep: &Rep) -> Result<Isotypic, Diagnostic> {
    isotypic(rep, limits).map_err(|e| Diagnostic::from(e).at(arguments.span("V")))
}

/// `V⊗V = 1 + 3 + 5`: what `decompose` says of a representation by matrices.
pub(super) fn decompose(context: &Context<'_>, rep: &Rep) -> Result<Value, Diagnostic> {
    let module = complexification(rep, context.limits)?;
    let found = module.decomposition(context.limits).map_err(DecomposeError::from)?;
    decomposition_record(found, Some(Markup::text(rep.name())), context.limits)
}

fn record(rep: &Rep, found: &Isotypic, limits: &Limits) -> Result<Value, Diagnostic> {
    let mut namer = Namer::new();
    let count = found.components.len();
    let mut lines =
        vec![format!("{}: {count} isotypic component{} over Q", rep.name(), if count == 1 { "" } else { "s" })];
    let mut list = Vec::with_capacity(count);
    for component in &found.components {
        let terms = irreducibles(&component.over_c, &mut namer, limits)?;
        lines.push(line(component, &terms));
        let basis: Vec<Vec<Gaussian>> =
            component.space.basis().iter().map(|v| v.iter().cloned().map(Gaussian::from).collect()).collect();
        let basis = Matrix::from_rows(basis).map_or(Json::Null, |m| Value::matrix(m).to_json());
        list.push(json!({
            "dim": component.space.dim(),
            "irreducibles": terms
                .iter()
                .map(|t| json!({"weight": t.weight, "name": t.name, "dim": count_json(&t.dim), "multiplicity": count_json(&t.times)}))
                .collect::<Vec<_>>(),
            "real_type": component.real_type.map(|t| t.letter()),
            "multiplicity": component.multiplicity,
            "field": component.field.to_string(),
            "basis": basis,
        }));
    }
    let mut keys = Map::new();
    keys.insert("dim".into(), json!(found.dim));
    keys.insert("components".into(), Json::Array(list));
    keys.insert("change_of_basis".into(), Value::rational_matrix(&found.change_of_basis()).to_json());
    Ok(Value::record("isotypic", keys, lines.join("\n")))
}

/// An irreducible over C with its name.
struct Term {
    weight: Vec<i64>,
    name: String,
    dim: BigInt,
    times: BigInt,
}

/// By dimension, then weight.
fn irreducibles(over_c: &Decomposition, namer: &mut Namer, limits: &Limits) -> Result<Vec<Term>, Diagnostic> {
    let group = over_c.group();
    let mut out = Vec::new();
    for (weight, times) in over_c.terms() {
        let dim = BigInt::from(dimension(group, weight, limits)?);
        let name = namer.name(group, weight, limits)?.plain;
        out.push(Term { weight: weight.clone(), name, dim, times: times.clone() });
    }
    out.sort_by(|a, b| (&a.dim, &a.weight).cmp(&(&b.dim, &b.weight)));
    Ok(out)
}

fn line(component: &Component, terms: &[Term]) -> String {
    let sum: Vec<String> = terms
        .iter()
        .map(|t| if t.times == BigInt::from(1) { t.name.clone() } else { format!("{}({})", t.times, t.name) })
        .collect();
    let over_r = match (component.real_type, component.multiplicity) {
        (Some(kind), Some(1)) => format!("type {}", kind.letter()),
        (Some(kind), Some(times)) => format!("type {}, {times} times", kind.letter()),
        _ => format!("several over R, field {}", component.field),
    };
    format!("  dimension {}: {}, {over_r}", component.space.dim(), sum.join(" + "))
}

impl From<DecomposeError> for Diagnostic {
    fn from(error: DecomposeError) -> Diagnostic {
        let message = error.to_string();
        match error {
            DecomposeError::Rep(error) => error.into(),
            DecomposeError::Weights(error) => error.into(),
            DecomposeError::Chevalley(error) => error.into(),
            DecomposeError::Stopped(stop) => stop.into(),
            DecomposeError::Disconnected(_) => Diagnostic::new(Code::Unsupported, message)
                .hint("exp(algebra_of(G)) is the connected component of the identity"),
            DecomposeError::NotReductive(_) => Diagnostic::new(Code::Argument, message)
                .hint("levi(g) is semisimple: restrict the representation to it"),
            DecomposeError::NotCompletelyReducible | DecomposeError::NoCharges => {
                Diagnostic::new(Code::Argument, message)
            }
            DecomposeError::NoExactBasis(_)
            | DecomposeError::TooLarge(_)
            | DecomposeError::NoUnit
            | DecomposeError::Commutant(_) => Diagnostic::new(Code::Unsupported, message),
            DecomposeError::Check(_) => Diagnostic::new(Code::Internal, message),
        }
    }
}
