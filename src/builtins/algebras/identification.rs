//! What is it called? Identification, its certificate, roots and diagrams.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::builtins::algebras::over_quadratic::{identification, quadratic_algebra};
use crate::builtins::algebras::real_forms::NO_IDEAL;
use crate::builtins::algebras::structure::{ALGEBRA_LIKE, algebra_of};
use crate::builtins::{Arguments, Builtin, Context, Example, Param, keyword, required};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::lie::{Certificate, Identification, Witness};
use crate::num::{Gaussian, Rational};
use crate::roots::{CartanType, RootSystem, Style, draw_type};

const TOPIC: &str = "identification";
const G: Param = required("g", ALGEBRA_LIKE);

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "identify",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::RECORD,
        summary: "everything about a Lie algebra, proved: type, real form, radical, series",
        help: "Attributes: dim, rank, center_dim, derived_dim, radical_dim, nilradical_dim, levi_dim, derived_series, \
lower_central_series, abelian, nilpotent, solvable, reductive, semisimple, simple, killing_signature, type, levi_type, \
real_form, levi_real_form, aliases, ideals, certificate. Modular arithmetic finds, exact arithmetic over Q confirms.",
        examples: &[
            Example { code: "identify(so(3,1)).real_form", output: "sl(2,C)_R" },
            Example { code: "identify(poincare(3,1)).levi_type", output: "A1+A1" },
        ],
        run: identify,
    },
    Builtin {
        name: "certificate",
        aliases: &[],
        topic: TOPIC,
        params: &[required("g", ALGEBRA_LIKE.or(Kinds::RECORD))],
        returns: Kinds::RECORD,
        summary: "how the identification of a Lie algebra was proved, with the data of the proof",
        help: "Of an algebra, or of an identification: what was computed exactly over Q, and a witness that can be checked \
without a search: a regular element with the polynomial of its roots modulo a prime, the type of every simple ideal with its \
number of long roots, a generator of the centroid, bases of radical and nilradical (matrices up to dimension 40). Of an algebra over \
Q(√d) the witness is that of g.restricted, and `place` says what leads to the place √d > 0: √d as a polynomial in the generator of \
the centroid.",
        examples: &[Example { code: "certificate(identify(so(5))).witness.ideals[1].long_roots", output: "4" }],
        run: certificate,
    },
    Builtin {
        name: "cartan_type",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::TYPE,
        summary: "Cartan type of the Levi factor over C, and nothing else",
        help: "Quicker than identify: for a semisimple algebra one prime is enough, and the Killing form is not computed. \
The type of a solvable algebra is an error.",
        examples: &[
            Example { code: "cartan_type(so(3,2) + su(3))", output: "B2+A2" },
            Example { code: "cartan_type(poincare(3,1))", output: "A1+A1" },
        ],
        run: |context, arguments| {
            let found = match quadratic_algebra(arguments.value("g")?) {
                Some(g) => g.identify(context.limits)?.levi_cartan_type(),
                None => crate::lie::cartan_type(&*algebra_of(context, arguments, "g")?, context.limits)?,
            };
            if found.summands().is_empty() {
                return Err(arguments.wrong("g", Code::Argument, "a solvable algebra has no Cartan type"));
            }
            Ok(Value::Type(Arc::new(found)))
        },
    },
    Builtin {
        name: "cartan_matrix",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::MATRIX,
        summary: "Cartan matrix of a type, or of a Levi factor over C (Bourbaki numbering)",
        help: "Entries ⟨α_i, α_j^∨⟩ as in Bourbaki, Lie VI, plates I–IX.",
        examples: &[Example { code: "cartan_matrix(G2)", output: "⎡  2  -1 ⎤\n⎣ -3   2 ⎦" }],
        run: |context, arguments| {
            let t = type_of(context, arguments)?;
            let rows = t.cartan_matrix();
            let entry = |i: usize, j: usize| {
                let value = rows.get(i).and_then(|r| r.get(j)).copied().unwrap_or(0);
                Gaussian::from(value)
            };
            Ok(Value::matrix(Matrix::from_fn(rows.len(), rows.len(), entry)))
        },
    },
    Builtin {
        name: "dynkin",
        aliases: &[],
        topic: TOPIC,
        params: &[G, keyword("ascii", Kinds::BOOLEAN, "false"), keyword("labels", Kinds::BOOLEAN, "true")],
        returns: Kinds::PICTURE,
        summary: "Dynkin diagram of a type, or of a Levi factor over C",
        help: "Arrows point to the shorter root; the numbers are Bourbaki's.",
        examples: &[Example { code: "dynkin(A3, ascii = true, labels = false)", output: "o-o-o" }],
        run: |context, arguments| {
            let t = type_of(context, arguments)?;
            let style = if arguments.flag("ascii", false)? { Style::Ascii } else { Style::Unicode };
            let lines = draw_type(&t, style, arguments.flag("labels", true)?);
            let lines = if lines.is_empty() { vec![NO_IDEAL.to_string()] } else { lines };
            Ok(Value::Picture(Arc::from(lines.join("\n"))))
        },
    },
    Builtin {
        name: "roots",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::LIST,
        summary: "positive roots in simple-root coordinates, by height",
        help: "For a sum of types the coordinates are concatenated. The negative roots are their opposites.",
        examples: &[Example { code: "roots(G2)", output: "[[1, 0], [0, 1], [1, 1], [2, 1], [3, 1], [3, 2]]" }],
        run: roots,
    },
];

/// The type itself, or the complex type of the Levi factor of an algebra.
fn type_of(context: &mut Context<'_>, arguments: &Arguments) -> Result<CartanType, Diagnostic> {
    match arguments.value("g")? {
        Value::Type(t) => Ok(t.as_ref().clone()),
        _ => Ok(identification(context, arguments, "g")?.levi_cartan_type()),
    }
}

fn roots(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let t = type_of(context, arguments)?;
    let mut out: Vec<Vec<i64>> = Vec::new();
    let mut before = 0;
    for simple in t.summands() {
        let system = RootSystem::new(*simple, context.limits)?;
        let after = t.rank() - before - simple.rank();
        for root in system.positive() {
            out.push([vec![0; before], root.clone(), vec![0; after]].concat());
        }
        before += simple.rank();
    }
    Ok(Value::list(
        out.into_iter().map(|root| Value::list(root.into_iter().map(|x| Value::rational(Rational::from(x))))),
    ))
}

fn identify(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let found = identification(context, arguments, "g")?;
    Ok(Value::record("identification", keys(&found), summary(&found)))
}

fn certificate(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let keys = match arguments.value("g")? {
        Value::Record(record) => record.keys.get("certificate").cloned(),
        _ => Some(certificate_json(&identification(context, arguments, "g")?.certificate)),
    };
    let Some(Json::Object(keys)) = keys else {
        return Err(arguments.wrong("g", Code::Kind, "expected a Lie algebra or an identification"));
    };
    let lines = |key: &str| -> Vec<String> {
        let list = keys.get(key).and_then(Json::as_array);
        list.into_iter().flatten().map(|x| x.as_str().map_or_else(|| x.to_string(), str::to_string)).collect()
    };
    let jacobi = keys.get("jacobi").and_then(Json::as_str).unwrap_or_default();
    let mut text = vec![format!("Jacobi identity: {jacobi}")];
    text.extend(lines("steps").iter().enumerate().map(|(k, step)| format!("{}. {step}", k + 1)));
    let primes = lines("primes");
    if !primes.is_empty() {
        text.push(format!("primes: {}", primes.join(", ")));
    }
    Ok(Value::record("certificate", keys, text.join("\n")))
}

fn certificate_json(certificate: &Certificate) -> Json {
    json!({
        "jacobi": certificate.jacobi,
        "steps": certificate.steps,
        "primes": certificate.primes,
        "witness": witness_json(&certificate.witness),
    })
}

fn witness_json(witness: &Witness) -> Json {
    let strings = |row: &[Rational]| row.iter().map(Rational::to_string).collect::<Vec<String>>();
    let rows =
        |m: &Option<Vec<Vec<Rational>>>| m.as_ref().map(|m| m.iter().map(|row| strings(row)).collect::<Vec<_>>());
    let ideals: Vec<Json> = witness
        .ideals
        .iter()
        .map(|ideal| {
            let signatures: Vec<[usize; 3]> = ideal
                .real
                .iter()
                .map(|real| [real.signature.positive, real.signature.negative, real.signature.zero])
                .collect();
            json!({
                "type": ideal.factor.to_string(),
                "degree": ideal.field.degree(),
                "field": strings(ideal.field.coefficients()),
                "dim": ideal.dim(),
                "roots": ideal.factor.root_count(),
                "long_roots": ideal.factor.long_root_count(),
                "dual_coxeter": ideal.factor.dual_coxeter_number(),
                "root_polynomial": ideal.root_polynomial,
                "killing_signatures": signatures,
            })
        })
        .collect();
    let regular = witness.regular.as_ref().map(|regular| {
        json!({
            "prime": regular.prime,
            "x": regular.x,
            "w": regular.w,
            "root_polynomial": regular.root_polynomial,
            "determinant": regular.determinant,
        })
    });
    let place = witness.place.as_ref().map(|place| {
        json!({"radicand": place.radicand, "root": place.root.as_ref().map(|coefficients| strings(coefficients))})
    });
    json!({
        "levi_columns": witness.levi_columns,
        "radical": rows(&witness.radical),
        "nilradical": rows(&witness.nilradical),
        "regular": regular,
        "ideals": ideals,
        "centroid": rows(&witness.centroid),
        "place": place,
    })
}

pub(crate) fn keys(found: &Identification) -> Map<String, Json> {
    let s = found.killing_signature;
    let ideals: Vec<Json> = found
        .ideals
        .iter()
        .map(|ideal| {
            let t = ideal.form.complex_type();
            json!({
                "type": t.to_string(),
                "real_form": ideal.form.to_string(),
                "dim": ideal.form.dim(),
                "rank": ideal.form.rank(),
                "killing_signature": [ideal.signature.positive, ideal.signature.negative, ideal.signature.zero],
                "cartan_matrix": t.cartan_matrix(),
                "real_rank": ideal.form.real_rank(),
            })
        })
        .collect();
    let rows = [
        ("dim", json!(found.dim)),
        ("rank", json!(found.rank)),
        ("center_dim", json!(found.center_dim)),
        ("derived_dim", json!(found.derived_dim())),
        ("radical_dim", json!(found.radical_dim)),
        ("nilradical_dim", json!(found.nilradical_dim)),
        ("levi_dim", json!(found.levi_dim())),
        ("derived_series", json!(found.derived_series)),
        ("lower_central_series", json!(found.lower_central_series)),
        ("abelian", json!(found.is_abelian())),
        ("nilpotent", json!(found.is_nilpotent())),
        ("solvable", json!(found.is_solvable())),
        ("reductive", json!(found.is_reductive())),
        ("semisimple", json!(found.is_semisimple())),
        ("simple", json!(found.is_simple())),
        ("killing_signature", json!([s.positive, s.negative, s.zero])),
        ("type", json!(found.cartan_type())),
        ("levi_type", json!(found.levi_type())),
        ("real_form", json!(found.real_form())),
        ("levi_real_form", json!(found.levi_real_form())),
        ("aliases", json!(found.aliases())),
        ("ideals", json!(ideals)),
        ("certificate", certificate_json(&found.certificate)),
    ];
    rows.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}

/// One line that answers, then the details.
fn summary(found: &Identification) -> String {
    let mut lines = vec![headline(found)];
    if found.levi_dim() > 0 {
        let diagram = draw_type(&found.levi_cartan_type(), Style::Unicode, false).join("\n");
        lines.extend(diagram.lines().map(|line| format!("  {line}")));
    }
    let s = found.killing_signature;
    lines.push(format!("  Killing form ({}, {}, {})", s.positive, s.negative, s.zero));
    if found.ideals.len() > 1 {
        for ideal in &found.ideals {
            let s = ideal.signature;
            lines.push(format!(
                "  ideal {}: dimension {}, real rank {}, Killing form ({}, {}, {})",
                ideal.form,
                ideal.form.dim(),
                ideal.form.real_rank(),
                s.positive,
                s.negative,
                s.zero
            ));
        }
    }
    if !found.is_semisimple() {
        lines.push(format!(
            "  centre {}, radical {}, nilradical {}, rank {}",
            found.center_dim, found.radical_dim, found.nilradical_dim, found.rank
        ));
        lines.push(format!(
            "  derived series {:?}, lower central series {:?}",
            found.derived_series, found.lower_central_series
        ));
    }
    // A small algebra is named by the headline already.
    let shown = found.small.as_ref().map(|small| small.to_string());
    let others: Vec<String> = found.aliases().into_iter().filter(|name| Some(name) != shown.as_ref()).collect();
    if !others.is_empty() {
        lines.push(format!("  also called {}", others.join(", ")));
    }
    let field = match &found.certificate.witness.place {
        Some(place) => format!("Q(√{0}), at its place √{0} > 0", place.radicand),
        None => "Q".to_string(),
    };
    lines.push(format!("  proved over {field}; certificate(g) says how"));
    lines.join("\n")
}

pub(crate) fn headline(found: &Identification) -> String {
    let rank = format!("rank {}", found.rank);
    if found.is_simple() {
        let form = found.ideals.first().map(|ideal| ideal.form);
        let kind = match form {
            Some(form) if form.is_complex() => "complex, seen as real".to_string(),
            Some(form) if form.is_compact() => "compact".to_string(),
            Some(form) if form.is_split() => "split".to_string(),
            _ => String::new(),
        };
        let real_rank = form.map_or(0, |form| form.real_rank());
        let kind = if kind.is_empty() { kind } else { format!(", {kind}") };
        return format!(
            "{}   simple of type {}, dimension {}, {rank}, real rank {real_rank}{kind}",
            found.levi_real_form(),
            found.levi_type(),
            found.dim
        );
    }
    if found.is_semisimple() {
        return format!(
            "{}   semisimple of type {}, dimension {}, {rank}",
            found.levi_real_form(),
            found.levi_type(),
            found.dim
        );
    }
    let dim = format!("Lie algebra of dimension {}", found.dim);
    if found.dim == 0 {
        return "the zero algebra".to_string();
    }
    if found.is_abelian() {
        return format!("abelian {dim}");
    }
    let name = found.small.as_ref().map_or_else(String::new, |small| format!("{small}   "));
    if found.is_nilpotent() {
        return format!("{name}nilpotent {dim}, class {}", found.lower_central_series.len().saturating_sub(1));
    }
    if found.is_solvable() {
        return format!("{name}solvable {dim}");
    }
    if found.is_reductive() {
        return format!(
            "{} + centre of dimension {}   reductive of dimension {}",
            found.levi_real_form(),
            found.center_dim,
            found.dim
        );
    }
    format!("{} ⋉ radical of dimension {}   {dim}", found.levi_real_form(), found.radical_dim)
}
