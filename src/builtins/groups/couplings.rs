//! What couples irreducible representations: Clebsch–Gordan coefficients, symbols of angular momenta, invariant tensors,
//! projectors.

use std::fmt::Write;

use serde_json::{Map, Value as Json, json};

use crate::builtins::groups::irreducible::{JSON_ENTRY, highest};
use crate::builtins::groups::representations::reserve;
use crate::builtins::{Arguments, Builtin, Context, Example, keyword, required, rest};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::limits::Limits;
use crate::num::Rational;
use crate::reps::irreducible::{
    ClebschGordan, Component, HalfInteger, Irreducible, SignedRoot, WignerError, clebsch_gordan_spin,
    invariant_tensors, projector, wigner_3j, wigner_6j,
};
use crate::span::Span;
use crate::weights::{Namer, ReductiveType, Weight};

const TOPIC: &str = "representations";
/// Coupled vectors that are written out for people.
const SHOWN_TERMS: usize = 400;

type Outcome = Result<Value, Diagnostic>;

macro_rules! spins {
    ($($name:literal),*) => { &[$(required($name, Kinds::NUMBER)),*] };
}

/// The functions of this file.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "clebsch_gordan",
        aliases: &["cg"],
        topic: TOPIC,
        params: &[
            rest("arguments", Kinds::REP.or(Kinds::NUMBER)),
            keyword("convention", Kinds::TEXT, "\"Gram-Schmidt\""),
        ],
        returns: Kinds::RECORD.or(Kinds::SCALAR),
        summary: "coefficients of R ⊗ S, or of T in it; of spins: clebsch_gordan(j1, m1, j2, m2, j, m)",
        help: "Bases are those of compact_matrices divided by their norms; coefficients are numbers ±√(p/q) and form an \
orthogonal matrix, exactly. Signs: the first coefficient of each highest weight vector, in the order of pairs, is positive \
(Condon and Shortley for spins), and lower vectors are lowered by the same words as in T. Of several equal components in a \
square the symmetric ones come first (S), then the antisymmetric ones (A); within one kind Gram-Schmidt of the reduced \
echelon basis. convention = \"de Swart\" gives the phases of de Swart for A2 (8_1 = 8S, 8_2 = 8A). JSON writes ±p/q for ±√(p/q), as the tables \
of the Particle Data Group do.",
        examples: &[
            Example { code: "clebsch_gordan(1, 1, 1/2, -1/2, 1/2, 1/2)", output: "1/3*sqrt(6)" },
            Example {
                code: "clebsch_gordan(irrep(\"A1\", [1]), irrep(\"A1\", [1]))",
                output: "2 ⊗ 2 = 1A + 3S\n1A, 1: √(1/2) |1,2⟩ - √(1/2) |2,1⟩\n3S, 1: |1,1⟩\n3S, 2: √(1/2) |1,2⟩ + √(1/2) |2,1⟩\n3S, 3: |2,2⟩",
            },
        ],
        run: coupling,
    },
    Builtin {
        name: "wigner_3j",
        aliases: &[],
        topic: TOPIC,
        params: spins!["j1", "j2", "j3", "m1", "m2", "m3"],
        returns: Kinds::SCALAR.or(Kinds::RECORD),
        summary: "3j symbol of angular momenta, exact",
        help: "Racah's formula; zero when the triangle inequality or m1 + m2 + m3 = 0 fails. Spins up to 1000; a root that is too \
large to be simplified is a record with `negative` and `square`.",
        examples: &[Example { code: "wigner_3j(2, 2, 2, 0, 0, 0)", output: "-1/35*sqrt(70)" }],
        run: |context, a| {
            let j = [spin(a, "j1")?, spin(a, "j2")?, spin(a, "j3")?];
            let m = [spin(a, "m1")?, spin(a, "m2")?, spin(a, "m3")?];
            wigner_3j(j, m, context.limits).map(root_value).map_err(wigner_error)
        },
    },
    Builtin {
        name: "wigner_6j",
        aliases: &[],
        topic: TOPIC,
        params: spins!["j1", "j2", "j3", "j4", "j5", "j6"],
        returns: Kinds::SCALAR.or(Kinds::RECORD),
        summary: "6j symbol of angular momenta, exact",
        help: "Racah's formula; zero when one of the four triples fails the triangle inequality. Spins up to 1000.",
        examples: &[Example { code: "wigner_6j(2, 2, 2, 2, 2, 2)", output: "-3/70" }],
        run: |context, a| {
            let j = ["j1", "j2", "j3", "j4", "j5", "j6"];
            let mut spins = [HalfInteger::from_twice(0); 6];
            for (place, name) in spins.iter_mut().zip(j) {
                *place = spin(a, name)?;
            }
            wigner_6j(spins, context.limits).map(root_value).map_err(wigner_error)
        },
    },
    Builtin {
        name: "invariant_tensors",
        aliases: &[],
        topic: TOPIC,
        params: &[rest("factors", Kinds::REP)],
        returns: Kinds::RECORD,
        summary: "all invariant tensors in a product of irreducible representations, exact",
        help: "In the bases of matrices(R), integers without a common factor. Attributes: group, shape, count, tensors (for each \
[[i, j, …, value], …], indices from 0). That they are all is proved by characters.",
        examples: &[
            Example {
                code: "rep R = irrep(\"A2\", [1,0])\ninvariant_tensors(R, R, R)",
                output: "1 invariant tensor of A2 of shape 3 × 3 × 3\n1: 6 non-zero entries",
            },
            Example {
                code: "invariant_tensors(irrep(\"A1\", [1]), irrep(\"A1\", [1])).tensors[1]",
                output: "[[0, 1, 1], [1, 0, -1]]",
            },
        ],
        run: tensors,
    },
    Builtin {
        name: "projector",
        aliases: &[],
        topic: TOPIC,
        params: &[required("T", Kinds::REP), rest("factors", Kinds::REP)],
        returns: Kinds::MATRIX,
        summary: "projector of the tensor product of the other arguments to all copies of T in it, exact",
        help: "In the Kronecker basis of the bases of matrices(R); idempotent, and commutes with the algebra. Zero when T does \
not occur.",
        examples: &[Example {
            code: "rep R = irrep(\"A1\", [1])\nprojector(irrep(\"A1\", [0]), R, R)",
            output: "⎡ 0     0     0  0 ⎤\n⎢ 0   1/2  -1/2  0 ⎥\n⎢ 0  -1/2   1/2  0 ⎥\n⎣ 0     0     0  0 ⎦",
        }],
        run: projection,
    },
];

/// The type, and the highest weights, of the arguments of a variadic parameter.
fn factors(context: &Context<'_>, given: &[(Value, Span)]) -> Result<(ReductiveType, Vec<Weight>), Diagnostic> {
    let mut group: Option<ReductiveType> = None;
    let mut weights = Vec::with_capacity(given.len());
    for (value, span) in given {
        let (found, weight) = highest(context, value, *span)?;
        match &group {
            Some(first) => first.require_same(found).map_err(|e| Diagnostic::from(e).at(*span))?,
            None => group = Some(found.clone()),
        }
        weights.push(weight);
    }
    let none = || Diagnostic::new(Code::Arity, "expected at least one representation");
    Ok((group.ok_or_else(none)?, weights))
}

/// A coefficient as a value: rational, quadratic, or a record where the root cannot be simplified.
fn root_value(x: SignedRoot) -> Value {
    let simple = x.simplified().map(|(factor, radicand)| Value::quadratic(Rational::ZERO, factor, radicand));
    simple.unwrap_or_else(|| {
        let mut keys = Map::new();
        keys.insert("negative".into(), json!(x.signum() < 0));
        keys.insert("square".into(), json!(x.square().to_string()));
        Value::record("root", keys, x.to_string())
    })
}

fn spin(a: &Arguments, name: &str) -> Result<HalfInteger, Diagnostic> {
    half_integer(a.value(name)?, a.span(name))
}

fn half_integer(value: &Value, span: Span) -> Result<HalfInteger, Diagnostic> {
    let exact = match value {
        Value::Number(x) if x.im.is_zero() => HalfInteger::from_rational(&x.re),
        _ => None,
    };
    exact.ok_or_else(|| {
        Diagnostic::new(Code::Argument, format!("expected an integer or a half, not {}", value.line())).at(span)
    })
}

fn wigner_error(error: WignerError) -> Diagnostic {
    match error {
        WignerError::Stopped(stop) => stop.into(),
        other => Diagnostic::new(Code::Argument, other.to_string()),
    }
}

fn coupling(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let given = a.rest("arguments");
    let numbers = given.iter().filter(|(value, _)| matches!(value, Value::Number(_))).count();
    if numbers == given.len() && numbers == 6 {
        if let Some(Value::Text(convention)) = a.get("convention")
            && !["Condon-Shortley", "Gram-Schmidt"].contains(&convention.as_ref())
        {
            return Err(a.wrong(
                "convention",
                Code::Argument,
                "couplings of spins have the phases of Condon and Shortley, in which \"Gram-Schmidt\" agrees",
            ));
        }
        let mut spins = Vec::with_capacity(6);
        for (value, span) in &given {
            spins.push(half_integer(value, *span)?);
        }
        let pair = |k: usize| (spins[2 * k], spins[2 * k + 1]);
        let found = clebsch_gordan_spin(pair(0), pair(1), pair(2), context.limits);
        return found.map(root_value).map_err(wigner_error);
    }
    if !(2..=3).contains(&given.len()) {
        let what = match numbers == given.len() {
            true => format!("{numbers} numbers"),
            false => format!("{} arguments", given.len()),
        };
        let message = format!("clebsch_gordan takes two or three representations, or j1, m1, j2, m2, j, m; not {what}");
        return Err(Diagnostic::new(Code::Arity, message));
    }
    let (group, weights) = factors(context, &given)?;
    let only = weights.get(2).map(Vec::as_slice);
    let mut found = ClebschGordan::new(&group, &weights[0], &weights[1], only, context.limits)?;
    let convention = if a.get("convention").is_some() { a.text("convention")? } else { "Gram-Schmidt" };
    match convention {
        "Gram-Schmidt" => {}
        "de Swart" => {
            let none = || a.wrong("convention", Code::Argument, "the convention of de Swart is one of SU(3), type A2");
            found = found.with_de_swart_phases().ok_or_else(none)?;
        }
        _ => return Err(a.wrong("convention", Code::Argument, "`convention` is \"Gram-Schmidt\" or \"de Swart\"")),
    }
    if only.is_some() && found.components().is_empty() {
        let span = given[2].1;
        return Err(Diagnostic::new(Code::Argument, "this representation does not occur in the product").at(span));
    }
    context.limits.reserve(found.nonzeros() as u128 * JSON_ENTRY)?;
    let names = CouplingNames::new(&found, &group, context.limits)?;
    let keys = coupling_keys(&group, &weights, &found, &names);
    Ok(Value::record("clebsch_gordan", keys, coupling_text(&found, &names)))
}

/// `8S`, `8A`, `10b`: what irreducibles are called, and how the exchange of equal factors acts.
struct CouplingNames {
    factors: [String; 2],
    components: Vec<String>,
}

impl CouplingNames {
    fn new(found: &ClebschGordan, group: &ReductiveType, limits: &Limits) -> Result<CouplingNames, Diagnostic> {
        let mut namer = Namer::new();
        let mut name = |v: &Irreducible| namer.name(group, v.highest_weight(), limits).map(|name| name.plain);
        let (left, right) = found.factors();
        let factors = [name(left.module())?, name(right.module())?];
        let symmetry = |component: &Component| match component.symmetric {
            Some(true) => "S",
            Some(false) => "A",
            None => "",
        };
        let each = found.components().iter().map(|c| Ok(name(c.target.module())? + symmetry(c)));
        Ok(CouplingNames { factors, components: each.collect::<Result<_, Diagnostic>>()? })
    }
}

fn coupling_text(found: &ClebschGordan, names: &CouplingNames) -> String {
    let [left, right] = &names.factors;
    let mut text = format!("{left} ⊗ {right} = {}", names.components.join(" + "));
    let mut terms = 0;
    let mut lines = String::new();
    for (component, name) in found.components().iter().zip(&names.components) {
        for k in 0..component.target.module().dim() {
            let all = found.coefficients(component, k);
            terms += all.len();
            if terms > SHOWN_TERMS {
                text.push_str("\n(coefficients in the attribute `components`)");
                return text;
            }
            let _ = write!(lines, "\n{name}, {}: ", k + 1);
            for (at, ((i, j), x)) in all.into_iter().enumerate() {
                let sign = match (at, x.signum() < 0) {
                    (0, false) => "",
                    (0, true) => "-",
                    (_, false) => " + ",
                    (_, true) => " - ",
                };
                let size = if x.signum() < 0 { -x } else { x };
                let size = if size.square() == &Rational::ONE { String::new() } else { format!("{size} ") };
                let _ = write!(lines, "{sign}{size}|{},{}⟩", i + 1, j + 1);
            }
        }
    }
    text + &lines
}

fn coupling_keys(
    group: &ReductiveType,
    weights: &[Weight],
    found: &ClebschGordan,
    names: &CouplingNames,
) -> Map<String, Json> {
    let signed = |x: &SignedRoot| if x.signum() < 0 { format!("-{}", x.square()) } else { x.square().to_string() };
    let mut components = Vec::new();
    for (c, name) in found.components().iter().zip(&names.components) {
        let mut coefficients = Vec::new();
        for k in 0..c.target.module().dim() {
            let all = found.coefficients(c, k);
            coefficients.extend(all.iter().map(|((i, j), x)| json!([k, i, j, signed(x)])));
        }
        components.push(json!({
            "weight": c.target.module().highest_weight(),
            "name": name,
            "dim": c.target.module().dim(),
            "copy": c.copy,
            "symmetric": c.symmetric,
            "coefficients": coefficients,
        }));
    }
    let mut keys = Map::new();
    keys.insert("group".into(), json!(group.to_string()));
    keys.insert("left".into(), json!(weights[0]));
    keys.insert("right".into(), json!(weights[1]));
    keys.insert("components".into(), Json::Array(components));
    keys
}

fn tensors(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let (group, weights) = factors(context, &a.rest("factors"))?;
    let found = invariant_tensors(&group, &weights, context.limits)?;
    let entries: usize = found.tensors.iter().map(Vec::len).sum();
    context.limits.reserve(entries as u128 * JSON_ENTRY)?;
    let shape: Vec<String> = found.shape.iter().map(usize::to_string).collect();
    let count = found.tensors.len();
    let plural = if count == 1 { "" } else { "s" };
    let mut text = format!("{count} invariant tensor{plural} of {group} of shape {}", shape.join(" × "));
    let mut all = Vec::with_capacity(count);
    for (at, tensor) in found.tensors.iter().enumerate() {
        let _ = write!(text, "\n{}: {} non-zero entries", at + 1, tensor.len());
        let entry = |(index, x): &(u32, Rational)| {
            let mut rest = *index as usize;
            let mut place = vec![Json::Null; found.shape.len() + 1];
            for (digit, &size) in place.iter_mut().zip(&found.shape).rev() {
                *digit = json!(rest % size);
                rest /= size;
            }
            place[found.shape.len()] = json!(x.to_string());
            Json::Array(place)
        };
        all.push(tensor.iter().map(entry).collect::<Json>());
    }
    let mut keys = Map::new();
    keys.insert("group".into(), json!(group.to_string()));
    keys.insert("shape".into(), json!(found.shape));
    keys.insert("count".into(), json!(count));
    keys.insert("tensors".into(), Json::Array(all));
    Ok(Value::record("invariant_tensors", keys, text))
}

fn projection(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let (group, weights) = factors(context, &a.rest("factors"))?;
    let (other, target) = highest(context, a.value("T")?, a.span("T"))?;
    group.require_same(other).map_err(|e| Diagnostic::from(e).at(a.span("T")))?;
    let found = projector(&group, &weights, &target, context.limits)?;
    reserve(context, 1, found.rows().saturating_mul(found.cols()))?;
    let dense: Matrix<Rational> = found.to_dense();
    Ok(Value::rational_matrix(&dense))
}
