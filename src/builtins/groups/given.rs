//! Given representations taken apart: irreducibles over C, isotypic components over Q, types over R.

use std::sync::Arc;

use num_bigint::BigInt;
use serde_json::{Map, Value as Json, json};

use crate::builtins::algebras::structure::algebra_of;
use crate::builtins::weights::modules::decomposition_record;
use crate::builtins::{Arguments, Builtin, Context, Example, Param, required};
use crate::diag::{Code, Diagnostic};
use crate::exact::{Matrix, Subspace};
use crate::lang::kind::Kinds;
use crate::lang::print::count_json;
use crate::lang::value::Value;
use crate::limits::Limits;
use crate::num::Gaussian;
use crate::reps::decompose::{
    Component, DecomposeError, Isotypic, Parts, complexification, complexification_to_keep, float_decomposition,
    irreducible_parts, isotypic,
};
use crate::reps::{Base, Rep};
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
The algebra is reductive; weights refer to the type that chevalley prints, with one charge for each dimension of the centre. \
Where no Cartan subalgebra is found that splits over Q or a quadratic field, they are found modulo a prime at which one does. \
Multiplicities are exact. Charges are integers in units of the defining representation; where they are none there, decompose \
still finds those of the whole expression.",
        examples: &[Example { code: "decompose(complexify(vector(SO(3))))", output: "3" }],
        run: |context, a| {
            let module =
                complexification_to_keep(rep(a)?, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("V")))?;
            Ok(Value::module(module, context.numbering, context.limits)?)
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
        name: "irreducible_parts",
        aliases: &["split_isotypic"],
        topic: TOPIC,
        params: &[V],
        returns: Kinds::RECORD,
        summary: "a representation as a direct sum of irreducibles over Q, with bases",
        help: "Isotypic components, split by equivariant maps that are zero divisors; subspaces are exact and invariant. A part is proved irreducible over Q when its irreducible over C occurs once in it, or twice with type H; of others, marked so, it is known that they were not split by the maps tried. Attributes: dim, parts (dim, irreducibles, real_type, proved, basis), change_of_basis.",
        examples: &[
            Example {
                code: "rep V = vector(SO(3))\nirreducible_parts(2*V + scalar(SO(3)))",
                output: "2V ⊕ 1: 3 irreducible parts over Q\n  dimension 1: 1, type R\n  dimension 3: 3, type R\n  dimension 3: 3, type R",
            },
            Example { code: "len(irreducible_parts(vector(SU(2)) * vector(SU(2))).parts)", output: "8" },
        ],
        run: |context, a| {
            let rep = rep(a)?;
            let found = irreducible_parts(rep, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("V")))?;
            parts_record(rep, &found, context.limits)
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

/// `V⊗V = 1 + 3 + 5`: what `decompose` says of a representation by matrices with this name.
pub(crate) fn decompose(context: &Context<'_>, rep: &Rep, name: &str) -> Result<Value, Diagnostic> {
    if !rep.base().is_connected() || rep.base().algebra().dim() == 0 {
        return crate::builtins::groups::components::decompose(context, rep, name);
    }
    let module = complexification(rep, context.limits)?;
    let found = module.decomposition(context.limits).map_err(DecomposeError::from)?;
    decomposition_record(found, Some(Markup::text(name.to_string())), context.limits)
}

/// `decompose(g, matrices)` for matrices of floats, one for each basis element of `g`.
pub(crate) fn decompose_floats(context: &Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let g = algebra_of(context, a, "g")?;
    let items = a.items("matrices")?;
    let mut matrices = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let wrong = || a.wrong("matrices", Code::Kind, format!("entry {} is no real matrix", index + 1));
        let m = item.to_float_matrix().ok_or_else(wrong)?;
        if m.rows() != m.cols() || matrices.first().is_some_and(|f: &Matrix<f64>| f.rows() != m.rows()) {
            let message = "the matrices of a representation are square and of one size";
            return Err(a.wrong("matrices", Code::Shape, message));
        }
        matrices.push(m.as_ref().clone());
    }
    if matrices.len() != g.dim() {
        let message = format!("expected {} matrices, one for each basis element; found {}", g.dim(), matrices.len());
        return Err(a.wrong("matrices", Code::Shape, message));
    }
    let base = Base::new("g", g);
    let at = |e: DecomposeError| Diagnostic::from(e).at(a.span("matrices"));
    let found = float_decomposition(&base, &matrices, context.limits).map_err(at)?;
    let exact = decomposition_record(&found.decomposition, None, context.limits)?;
    let Value::Record(exact) = exact else { return Ok(exact) };
    let mut keys = exact.keys.clone();
    keys.insert("residual".into(), json!(found.residual));
    keys.insert("gap".into(), json!(found.gap));
    let words = format!("   floating-point: residual {:.1e}, gap {:.6}", found.residual, found.gap);
    let sum = exact.markup.clone().unwrap_or_else(|| Markup::text(exact.text.clone()));
    Ok(Value::record_with_markup("float_decomposition", keys, sum + Markup::dim(words)))
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
        list.push(json!({
            "dim": component.space.dim(),
            "irreducibles": terms_json(&terms),
            "real_type": component.real_type.map(|t| t.letter()),
            "multiplicity": component.multiplicity,
            "field": component.field.to_string(),
            "basis": rows_json(&component.space),
        }));
    }
    let mut keys = Map::new();
    keys.insert("dim".into(), json!(found.dim));
    keys.insert("components".into(), Json::Array(list));
    keys.insert("change_of_basis".into(), Value::rational_matrix(&found.change_of_basis()).to_json());
    Ok(Value::record("isotypic", keys, lines.join("\n")))
}

/// What `irreducible_parts` prints.
fn parts_record(rep: &Rep, found: &Parts, limits: &Limits) -> Result<Value, Diagnostic> {
    let mut namer = Namer::new();
    let count = found.parts.len();
    let mut lines =
        vec![format!("{}: {count} irreducible part{} over Q", rep.name(), if count == 1 { "" } else { "s" })];
    let mut list = Vec::with_capacity(count);
    for part in &found.parts {
        limits.check()?;
        let component = &found.components[part.component];
        let mut terms = irreducibles(&component.over_c, &mut namer, limits)?;
        // Of each irreducible over C the share of this part.
        let (dim, whole) = (BigInt::from(part.space.dim()), BigInt::from(component.space.dim()));
        terms.iter_mut().for_each(|t| t.times = &t.times * &dim / &whole);
        let kind = component.real_type.map(|t| format!(", type {}", t.letter())).unwrap_or_default();
        let doubt = if part.proved { "" } else { " (not proved irreducible over Q)" };
        lines.push(format!("  dimension {dim}: {}{kind}{doubt}", sum_of(&terms)));
        list.push(json!({
            "dim": part.space.dim(),
            "irreducibles": terms_json(&terms),
            "real_type": component.real_type.map(|t| t.letter()),
            "proved": part.proved,
            "basis": rows_json(&part.space),
        }));
    }
    let mut keys = Map::new();
    keys.insert("dim".into(), json!(found.dim));
    keys.insert("parts".into(), Json::Array(list));
    keys.insert("change_of_basis".into(), Value::rational_matrix(&found.change_of_basis()).to_json());
    Ok(Value::record("irreducible_parts", keys, lines.join("\n")))
}

fn terms_json(terms: &[Term]) -> Json {
    let of = |t: &Term| json!({"weight": t.weight, "name": t.name, "dim": count_json(&t.dim), "multiplicity": count_json(&t.times)});
    terms.iter().map(of).collect()
}

/// The basis of a subspace as the rows of a matrix.
fn rows_json(space: &Subspace) -> Json {
    let rows: Vec<Vec<Gaussian>> =
        space.basis().iter().map(|v| v.iter().cloned().map(Gaussian::from).collect()).collect();
    Matrix::from_rows(rows).map_or(Json::Null, |m| Value::matrix(m).to_json())
}

/// `1 + 2(3)`.
fn sum_of(terms: &[Term]) -> String {
    let word = |t: &Term| match t.times == BigInt::from(1) {
        true => t.name.clone(),
        false => format!("{}({})", t.times, t.name),
    };
    terms.iter().map(word).collect::<Vec<_>>().join(" + ")
}

/// An irreducible over C with its name.
struct Term {
    weight: Vec<i64>,
    name: String,
    dim: BigInt,
    times: BigInt,
}

/// By dimension, then name.
fn irreducibles(over_c: &Decomposition, namer: &mut Namer, limits: &Limits) -> Result<Vec<Term>, Diagnostic> {
    let group = over_c.group();
    let mut out = Vec::new();
    for (weight, times) in over_c.terms() {
        let dim = BigInt::from(dimension(group, weight, limits)?);
        let name = namer.name(group, weight, limits)?.plain;
        out.push(Term { weight: weight.clone(), name, dim, times: times.clone() });
    }
    // People read 10 + 10b, as in decompose.
    out.sort_by(|a, b| (&a.dim, a.name.len(), &a.name).cmp(&(&b.dim, b.name.len(), &b.name)));
    Ok(out)
}

fn line(component: &Component, terms: &[Term]) -> String {
    let over_r = match (component.real_type, component.multiplicity) {
        (Some(kind), Some(1)) => format!("type {}", kind.letter()),
        (Some(kind), Some(times)) => format!("type {}, {times} times", kind.letter()),
        _ => format!("several over R, field {}", component.field),
    };
    format!("  dimension {}: {}, {over_r}", component.space.dim(), sum_of(terms))
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
            DecomposeError::NotKnownReducible(_) => Diagnostic::new(Code::Unsupported, message)
                .hint("exp(algebra_of(G)) is the connected component of the identity"),
            DecomposeError::NotReductive(_) => Diagnostic::new(Code::Argument, message)
                .hint("levi(g) is semisimple: restrict the representation to it"),
            DecomposeError::NotCompletelyReducible
            | DecomposeError::NoCharges
            | DecomposeError::FloatCharges
            | DecomposeError::Inexact { .. } => Diagnostic::new(Code::Argument, message),
            DecomposeError::NoExactBasis(_)
            | DecomposeError::TooLarge(_)
            | DecomposeError::NoUnit
            | DecomposeError::Commutant(_) => Diagnostic::new(Code::Unsupported, message),
            DecomposeError::Check(_) => Diagnostic::new(Code::Internal, message),
        }
    }
}
