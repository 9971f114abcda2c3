//! What is done with generators in floating point: sparse bases, subalgebras, ideals.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::builtins::algebras::identification::headline;
use crate::builtins::algebras::structure::{ALGEBRA_LIKE, algebra_of};
use crate::builtins::discovery::training::matrices;
use crate::builtins::discovery::training_answer::{counted, short};
use crate::builtins::{Arguments, Builtin, Context, Example, optional, required};
use crate::diag::{Code, Diagnostic};
use crate::discover::training::{self, FloatAlgebra, Invariants};
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::lie::{self, identify, parts};

const TOPIC: &str = "discovery";
type Outcome = Result<Value, Diagnostic>;
/// What floats can be taken from.
const MATRICES: Kinds = Kinds::LIST.or(Kinds::DISCOVERY);

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "sparsify",
        aliases: &["sparse_form"],
        topic: TOPIC,
        params: &[required("x", MATRICES.or(Kinds::ALGEBRA)), optional("starts", Kinds::NUMBER, "1")],
        returns: Kinds::LIST,
        summary: "an orthonormal basis of the span of real matrices with few entries, as float matrices",
        help: "From the reduced echelon form, made orthonormal, rotations of pairs of matrices, each by the angle at which the sum of \
absolute entries is least, in sweeps until nothing is gained; with more than one start also from echelon forms with other pivots, of which the best is kept. Orthonormal for tr(A Bᵀ); complex matrices A + iB are taken as [A, -B; B, A]. \
The reduced echelon form, which discover gives, is often sparser but not orthogonal.",
        examples: &[Example {
            code: "let s = sparsify([[0, 3, 4; -3, 0, 0; -4, 0, 0], [0, 4, -3; -4, 0, 1; 3, -1, 0], [0, 0, 0; 0, 0, 1; 0, -1, 0]])\n\
[sum([len([1 for y in row if abs(y) > 1/1000000]) for row in list(m)]) for m in s]",
            output: "[2, 2, 2]",
        }],
        run: |context, a| {
            let (n, rows) = float_rows(context, a, "x")?;
            let starts = a.count_or("starts", 1, 10_000, 1)?;
            let found = training::sparsify(n * n, &rows, starts, context.limits)?;
            Ok(matrices(n, &found.generators))
        },
    },
    Builtin {
        name: "subalgebras",
        aliases: &[],
        topic: TOPIC,
        params: &[
            required("g", ALGEBRA_LIKE.or(MATRICES)),
            required("dim", Kinds::NUMBER),
            optional("starts", Kinds::NUMBER, "100"),
        ],
        returns: Kinds::RECORD,
        summary: "subalgebras of a given dimension, found from random planes and sorted by their invariants",
        help: "Each random plane of dimension `dim` is moved until brackets stay in it, to rounding, or until it is stuck; \
subalgebras are told apart by derived and lower central series, centre, Killing form and the dimension of the normaliser, isolated ones also by how \
the Killing form of the algebra lies on them (ambient_signature). Ideals and special planes, which random ones rarely lead to, are looked for inside larger \
subalgebras, of algebras up to dimension 15: these have count 0. `moduli` is the \
dimension of H¹(h, g/h): 0 when all subalgebras near h are its conjugates, otherwise a bound for the dimension of the family of classes \
in which h lies. Of an exact algebra every class gets \
a rational subalgebra where one is found: closed over Q, and identified. A class that neither reaches is not seen. That none closes \
is no proof that there is none, except of codimension 1, where a theorem of Tits and Hofmann decides (proved_absent): least_defect \
says how far off all starts stayed. `g` may be a list of float matrices.",
        examples: &[
            Example {
                code: "let s = subalgebras(so(1,3), 3, starts = 20)\n[s.closed, [c.moduli for c in s.classes if c.killing_signature == [0, 1, 2]]]",
                output: "[20, [1]]",
            },
            Example { code: "let s = subalgebras(so(3), 2)\n[s.closed, s.proved_absent]", output: "[0, true]" },
        ],
        run: subalgebras,
    },
    Builtin {
        name: "splitting",
        aliases: &[],
        topic: TOPIC,
        params: &[
            required("x", ALGEBRA_LIKE.or(MATRICES)),
            required("dim", Kinds::NUMBER),
            optional("starts", Kinds::NUMBER, "20"),
        ],
        returns: Kinds::RECORD,
        summary: "how often random planes come to commute with their complement: a splitting loss, for comparison",
        help: "A reconstruction of the losses of arXiv:2309.07860 that split an algebra after training: Σ |[u, n]|² over a plane of \
dimension `dim` and its complement, orthogonal in the basis given, is made small from random starts. Minima away from zero trap it, and it sees \
summands only that are orthogonal in that basis; float_ideals, and ideals of an exact algebra, have neither fault.",
        examples: &[Example { code: "[[d, splitting(so(4), d).split] for d in [1, 3]]", output: "[[1, 0], [3, 20]]" }],
        run: |context, a| {
            let (float, _, _) = float_algebra(context, a, "x")?;
            let dim = a.count("dim", 0, float.dim())?;
            let starts = a.count_or("starts", 1, 1_000_000, 20)?;
            let (split, least) = training::splitting_probe(&float, dim, starts, context.limits)?;
            let rows = [
                ("dim", json!(dim)),
                ("starts", json!(starts)),
                ("split", json!(split)),
                ("least_defect", json!(least)),
            ];
            let keys = rows.into_iter().map(|(key, value)| (key.to_string(), value)).collect();
            let text = format!(
                "{split} of {starts} planes of dimension {dim} commute with their complement; least defect {}",
                short(least)
            );
            Ok(Value::record("splitting", keys, text))
        },
    },
    Builtin {
        name: "float_ideals",
        aliases: &[],
        topic: TOPIC,
        params: &[required("x", ALGEBRA_LIKE.or(MATRICES))],
        returns: Kinds::RECORD,
        summary: "centre and simple ideals of a reductive algebra of float matrices, by the commutant of ad",
        help: "For trained generators; of an exact algebra `ideals` and `decompose` are exact. Maps that commute with the adjoint \
representation are diagonal on the root vectors of a generic element, and the brackets with another one show which of their \
entries agree. The least ratio of a number that counted and one that did not is reported as the gap.",
        examples: &[Example { code: "[i.dim for i in float_ideals(so(4)).ideals]", output: "[3, 3]" }],
        run: float_ideals,
    },
];

/// The size and the entries of real square matrices of one size: of a list, a discovery, a training, an algebra.
fn float_rows(context: &Context<'_>, a: &Arguments, name: &str) -> Result<(usize, Vec<f64>), Diagnostic> {
    let items: Vec<Value> = match a.value(name)? {
        Value::Training(it) => return Ok((it.trained.n, it.trained.generators.clone())),
        Value::Discovery(it) => match it.discovery.generators.real_floats() {
            Some(all) => all.into_iter().map(Value::float_matrix).collect(),
            None => crate::builtins::discovery::discover::generators(&it.discovery),
        },
        Value::Algebra(g) => {
            let realization = g.realization().ok_or_else(|| {
                a.wrong(name, Code::Unsupported, "this algebra has no matrices")
                    .hint("subalgebras and float_ideals need none")
            })?;
            context
                .limits
                .reserve(8 * realization.basis.iter().map(|m| (m.rows() * m.rows()) as u128).sum::<u128>())?;
            realization.basis.iter().map(|m| Value::rational_matrix(&m.to_dense())).collect()
        }
        _ => a.items(name)?,
    };
    let wrong = |message: &str| a.wrong(name, Code::Shape, message);
    let complex = items.iter().any(|m| matches!(m, Value::Matrix(m) if m.entries().iter().any(|x| !x.is_real())));
    let mut rows = Vec::new();
    let mut size = None;
    for item in &items {
        context.limits.check()?;
        let m = match item.to_matrix() {
            Some(m) if complex && m.rows() == m.cols() => {
                Value::rational_matrix(&lie::realified(&m).to_dense()).to_float_matrix()
            }
            _ => item.to_float_matrix(),
        };
        let m = m.ok_or_else(|| a.wrong(name, Code::Kind, "expected matrices of one size"))?;
        if m.rows() != m.cols() || *size.get_or_insert(m.rows()) != m.rows() {
            return Err(wrong("the matrices must be square and of one size"));
        }
        rows.extend_from_slice(m.entries());
    }
    match size {
        Some(n) if n > 0 => Ok((n, rows)),
        _ => Err(wrong("there is no matrix here")),
    }
}

/// A float algebra with what it was made from, when that is exact.
fn float_algebra(
    context: &Context<'_>,
    a: &Arguments,
    name: &str,
) -> Result<(FloatAlgebra, Option<Arc<lie::Algebra>>, f64), Diagnostic> {
    let exact = match a.value(name)? {
        Value::Training(_) | Value::List(_) => None,
        Value::Discovery(it) if it.algebra.is_none() => None,
        _ => Some(algebra_of(context, a, name)?),
    };
    if let Some(g) = exact {
        let float = FloatAlgebra::from_constants(g.constants(), context.limits)?;
        return Ok((float, Some(g), 0.0));
    }
    let (n, rows) = float_rows(context, a, name)?;
    let (float, _, defect) = FloatAlgebra::from_matrices(n, &rows, context.limits)?;
    // An algebra that does not close has no subalgebras to speak of.
    if defect > 0.05 * float.scale() {
        let message = format!("the matrices do not span an algebra: a bracket leaves the span by {defect:.1e}");
        return Err(a.wrong(name, Code::Closure, message));
    }
    Ok((float, None, defect))
}

pub(crate) fn invariant_keys(invariants: &Invariants) -> Map<String, Json> {
    let rows = [
        ("derived_series", json!(invariants.derived)),
        ("lower_central_series", json!(invariants.lower_central)),
        ("center_dim", json!(invariants.center)),
        ("killing_signature", json!(invariants.killing)),
    ];
    rows.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}

pub(crate) fn invariant_text(invariants: &Invariants) -> String {
    let [plus, minus, zero] = invariants.killing;
    format!("derived series {:?}, Killing form ({plus}, {minus}, {zero})", invariants.derived)
}

fn subalgebras(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let (float, exact, _) = float_algebra(context, a, "g")?;
    let k = a.count("dim", 0, float.dim())?;
    let starts = a.count_or("starts", 1, 1_000_000, 100)?;
    let mut found = training::search(&float, k, starts, context.limits)?;
    training::search_inside(&float, &mut found, context.limits)?;
    // Of codimension 1 a theorem decides.
    let absent = match &exact {
        Some(g) if k + 1 == float.dim() && found.closed == 0 => {
            !training::has_codimension_one(&identify(g, context.limits)?)
        }
        _ => false,
    };
    let mut classes = Vec::new();
    let mut lines = vec![if found.closed == 0 {
        format!(
            "none of {starts} planes of dimension {k} became a subalgebra: the least defect is {}",
            short(found.least_defect)
        )
    } else {
        format!(
            "{} of {starts} planes of dimension {k} became subalgebras, of {}",
            found.closed,
            match found.classes.iter().filter(|class| class.count > 0).count() {
                1 => "one class".to_string(),
                n => format!("{n} classes"),
            }
        )
    }];
    if absent {
        lines.push(
            "  proved: there is none. The algebra is perfect without an ideal sl(2,R) in its Levi factor, and one of codimension 1 \
would map it onto R, aff(1) or sl(2,R)"
                .to_string(),
        );
    }
    for class in &found.classes {
        let mut keys = Map::new();
        keys.insert("count".to_string(), json!(class.count));
        keys.extend(invariant_keys(&class.invariants));
        keys.insert("gap".to_string(), json!(class.gap));
        keys.insert("normalizer_dim".to_string(), json!(class.normalizer));
        keys.insert("moduli".to_string(), json!(class.moduli));
        keys.insert("ambient_signature".to_string(), json!(class.ambient.signature));
        let representative = match &exact {
            Some(g) => training::rational_representative(g.constants(), &float, k, &class.plane, context.limits)?,
            None => None,
        };
        let named = match (&exact, &representative) {
            (Some(g), Some(space)) => {
                let part = parts::subalgebra(g, space, "a subalgebra", context.limits).map_err(Diagnostic::from)?;
                Some(identify(&part, context.limits)?)
            }
            _ => None,
        };
        let basis: Option<Vec<Vec<String>>> =
            representative.map(|s| s.basis().iter().map(|v| v.iter().map(ToString::to_string).collect()).collect());
        keys.insert("basis".to_string(), json!(basis));
        let name = named.as_ref().map(headline);
        keys.insert("name".to_string(), json!(name));
        let place = match class.moduli {
            0 => "conjugates nearby".to_string(),
            m => format!("in a family of dimension {m} at most"),
        };
        let text = invariant_text(&class.invariants);
        let count = match class.count {
            0 => "inside larger ones:".to_string(),
            n => format!("{n} × "),
        };
        let [plus, minus, zero] = class.ambient.signature;
        lines.push(format!(
            "  {count} {text}, that of the algebra there ({plus}, {minus}, {zero}), normaliser {}, {place}",
            class.normalizer
        ));
        if let Some(name) = name {
            lines.push(format!("       over Q: {name}"));
        }
        classes.push(Json::Object(keys));
    }
    let rows = [
        ("dim", json!(k)),
        ("starts", json!(starts)),
        ("closed", json!(found.closed)),
        ("least_defect", json!(found.least_defect)),
        ("proved_absent", json!(absent)),
        ("classes", Json::Array(classes)),
    ];
    let keys = rows.into_iter().map(|(key, value)| (key.to_string(), value)).collect();
    Ok(Value::record("subalgebras", keys, lines.join("\n")))
}

fn float_ideals(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let (float, _, defect) = float_algebra(context, a, "x")?;
    let found = training::ideals(&float, defect / float.scale().max(f64::MIN_POSITIVE), context.limits)
        .map_err(|e| Diagnostic::from(e).at(a.span("x")))?;
    let dim = float.dim().max(1);
    let center = found.center.len() / dim;
    let ideals: Vec<Json> = found
        .simple
        .iter()
        .map(|ideal| {
            let mut keys = Map::new();
            keys.insert("dim".to_string(), json!(ideal.rows.len() / dim));
            keys.insert("complex".to_string(), json!(ideal.complex));
            keys.extend(invariant_keys(&ideal.invariants));
            Json::Object(keys)
        })
        .collect();
    let mut lines = vec![format!(
        "{}, centre of dimension {center}; gap {}",
        counted(ideals.len(), "simple ideal"),
        short(found.gap)
    )];
    for ideal in &found.simple {
        let complex = if ideal.complex { ", complex" } else { "" };
        lines.push(format!("  dimension {}{complex}: {}", ideal.rows.len() / dim, invariant_text(&ideal.invariants)));
    }
    let rows = [
        ("dim", json!(float.dim())),
        ("center_dim", json!(center)),
        ("ideals", Json::Array(ideals)),
        ("gap", json!(found.gap)),
        ("closure_defect", json!(defect)),
    ];
    let keys = rows.into_iter().map(|(key, value)| (key.to_string(), value)).collect();
    Ok(Value::record("float_ideals", keys, lines.join("\n")))
}
