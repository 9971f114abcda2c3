//! Symmetries that are not linear: vector fields trained in the language.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::builtins::discovery::training_answer::{counted, short, stopped};
use crate::builtins::discovery::training_settings::positive;
use crate::builtins::{Arguments, Builtin, Context, Example, Param, keyword, optional, required};
use crate::diag::{Code, Diagnostic};
use crate::discover::training::{self, Activation, Adam, FieldSettings, TERMS, Term, TrainedFields, TrainingData};
use crate::discover::{Ansatz, Law, Oracle, Points, Shape};
use crate::lang::kind::Kinds;
use crate::lang::near::nearest;
use crate::lang::value::{Drawing, Value};

const TOPIC: &str = "discovery";

const F: Param = required("f", Kinds::ORACLE);
const COUNT: Param = optional("count", Kinds::NUMBER, "1");
const EPOCHS: Param = keyword("epochs", Kinds::NUMBER, "3000");
const RATE: Param = keyword("rate", Kinds::SCALAR, "0.003");
const SAMPLES: Param = keyword("samples", Kinds::NUMBER, "300");
const WIDTH: Param = keyword("width", Kinds::NUMBER, "n^2, at least 12");
const LAYERS: Param = keyword("layers", Kinds::NUMBER, "3");
const ACTIVATION: Param = keyword("activation", Kinds::TEXT, "\"relu\"");

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "vector_fields",
        aliases: &[],
        topic: TOPIC,
        params: &[
            F,
            COUNT,
            EPOCHS,
            RATE,
            SAMPLES,
            WIDTH,
            LAYERS,
            ACTIVATION,
            keyword("at", Kinds::MATRIX_LIKE, "nowhere"),
        ],
        returns: Kinds::RECORD,
        summary: "vector fields along which an oracle does not change, linear or not, trained as small networks",
        help: "Each field is a network n → width → … → n, trained by Adam on the mean of (∇f·v)² over normal points, with a mean \
squared length of 1, no length near zero and fields orthogonal on average (without that the zero field would do: in the last examples of \
arXiv:2301.05638 it is left out). `across` is the part of the squared length that crosses the level sets, on points that were not \
seen; `vanishing` the part of these points where a field is shorter than a tenth, and says nothing. `at`: points, as rows, where the values of the fields are wanted. A field is no group and no proof; what is linear \
`discover` finds exactly. `activation`: \"relu\" or \"tanh\". flow_lines draws a field of the plane.",
        examples: &[Example {
            code: "oracle f(x, y) = abs(x) + abs(y)\n[discover(f).dim, vector_fields(f, epochs = 2000).across < 0.1]",
            output: "[0, true]",
        }],
        run: vector_fields,
    },
    Builtin {
        name: "flow_lines",
        aliases: &[],
        topic: TOPIC,
        params: &[F, EPOCHS, RATE, SAMPLES, WIDTH, LAYERS, ACTIVATION, keyword("ascii", Kinds::BOOLEAN, "false")],
        returns: Kinds::PICTURE,
        summary: "the flow lines of a trained vector field along which an oracle of the plane does not change",
        help: "Trains one field as vector_fields does and follows it from points of a grid. save(picture, \"name.svg\") and \
\"name.png\" draw it.",
        examples: &[Example { code: "oracle f(x, y) = x*y\nkind(flow_lines(f, epochs = 200))", output: "picture" }],
        run: |context, a| {
            let oracle = oracle(a)?;
            if oracle.variables() != 2 {
                let message =
                    format!("flow lines are drawn in the plane, this oracle has {} variables", oracle.variables());
                return Err(a.wrong("f", Code::Argument, message).hint("vector_fields has no such bound"));
            }
            let (_, found, _) = trained(context, a, oracle)?;
            let scene =
                training::flow_scene(&format!("flow lines of {}", oracle.description()), |x| found.values(0, x));
            Ok(Value::Drawing(Arc::new(Drawing { scene, ascii: a.flag("ascii", false)? })))
        },
    },
];

fn oracle(a: &Arguments) -> Result<&Oracle, Diagnostic> {
    match a.value("f")? {
        Value::Oracle(oracle) => Ok(oracle),
        _ => {
            Err(a.wrong("f", Code::Kind, "vector fields are trained on an oracle").hint("oracle f(x[2]) = x1^2 + x2^2"))
        }
    }
}

/// How fields do on points that were not seen.
struct Unseen {
    /// The part of the squared length across the level sets, of the worst field.
    across: f64,
    /// The part of the points where the worst field nearly vanishes.
    vanishing: f64,
}

/// Trains the fields of a call, and tries them on points that were not seen.
fn trained(
    context: &Context<'_>,
    a: &Arguments,
    oracle: &Oracle,
) -> Result<(FieldSettings, TrainedFields, Unseen), Diagnostic> {
    let n = oracle.variables();
    let samples = a.count_or("samples", 1, 1 << 32, 300)?;
    let data = |seed: u64| sampled(context, oracle, samples, seed);
    let seen = data(context.limits.seed())?;
    let settings = FieldSettings {
        fields: a.count_or("count", 1, 1000, 1)?,
        width: a.count_or("width", 1, 100_000, (n * n).max(12))?,
        layers: a.count_or("layers", 1, 100, 3)?,
        activation: activation(a)?,
        steps: a.count_or("epochs", 0, 1 << 40, 3000)? as u64,
        adam: Adam::constant(positive(a, "rate")?.unwrap_or(3e-3)),
        stop_below: 1e-25,
    };
    let (points, outputs) = (&seen.points, oracle.outputs().len());
    let found = training::train_fields(n, points, &seen.gradients, outputs, &settings, context.limits)
        .map_err(|e| Diagnostic::from(e).at(context.span))?;
    // The seed after is as good as any other for points that were not seen.
    let fresh = data(context.limits.seed().wrapping_add(1))?;
    let mut unseen = Unseen { across: 0.0, vanishing: 0.0 };
    for k in 0..settings.fields {
        let values = found.values(k, &fresh.points);
        unseen.across = unseen.across.max(crossing(n, outputs, &values, &fresh));
        unseen.vanishing = unseen.vanishing.max(vanishing(n, &values));
    }
    Ok((settings, found, unseen))
}

fn vector_fields(context: &mut Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let oracle = oracle(a)?;
    let n = oracle.variables();
    let (settings, found, unseen) = trained(context, a, oracle)?;
    let values = match a.get("at") {
        None => Vec::new(),
        Some(_) => {
            let at = a.float_matrix("at")?;
            if at.cols() != n {
                let message = format!("the points have {} coordinates, the oracle has {n}", at.cols());
                return Err(a.wrong("at", Code::Shape, message));
            }
            let rows = |k: usize| {
                found.values(k, at.entries()).chunks_exact(n).map(<[f64]>::to_vec).collect::<Vec<Vec<f64>>>()
            };
            (0..settings.fields).map(rows).collect()
        }
    };
    Ok(record(oracle, &settings, &found, &unseen, values))
}

/// Normal points with the gradients there.
fn sampled(context: &Context<'_>, oracle: &Oracle, samples: usize, seed: u64) -> Result<TrainingData, Diagnostic> {
    let at = |e: crate::discover::DiscoverError| Diagnostic::from(e).at(context.span);
    let ansatz = Ansatz::new(Shape::Real, oracle.dimension(), oracle.outputs().len()).map_err(at)?;
    let limits = context.limits.clone().with_seed(seed);
    TrainingData::new(oracle, &ansatz, &Points::Drawn(samples, Law::Normal), &limits).map_err(at)
}

/// `Σ (∇f·v)² / Σ |∇f|² |v|²` over points and outputs.
fn crossing(n: usize, outputs: usize, values: &[f64], data: &TrainingData) -> f64 {
    let (mut across, mut all) = (0.0, 0.0);
    for (v, slopes) in values.chunks_exact(n).zip(data.gradients.chunks_exact(n * outputs)) {
        let length: f64 = v.iter().map(|x| x * x).sum();
        for g in slopes.chunks_exact(n) {
            across += g.iter().zip(v).map(|(g, v)| g * v).sum::<f64>().powi(2);
            all += length * g.iter().map(|x| x * x).sum::<f64>();
        }
    }
    if all > 0.0 { across / all } else { 0.0 }
}

/// The part of the points where a field is shorter than a tenth of its mean length.
fn vanishing(n: usize, values: &[f64]) -> f64 {
    let rows = values.chunks_exact(n.max(1));
    let count = rows.len().max(1) as f64;
    rows.filter(|v| v.iter().map(|x| x * x).sum::<f64>() < 0.01).count() as f64 / count
}

fn activation(a: &Arguments) -> Result<Activation, Diagnostic> {
    if a.get("activation").is_none() {
        return Ok(Activation::Relu);
    }
    match a.text("activation")? {
        "relu" => Ok(Activation::Relu),
        "tanh" => Ok(Activation::Tanh),
        other => {
            let error = a.wrong("activation", Code::Argument, format!("there is no activation \"{other}\""));
            Err(match nearest(other, ["relu", "tanh"]) {
                Some(near) => error.label(format!("did you mean \"{near}\"?")),
                None => error.hint("there are \"relu\" and \"tanh\""),
            })
        }
    }
}

fn record(
    oracle: &Oracle,
    settings: &FieldSettings,
    found: &TrainedFields,
    unseen: &Unseen,
    values: Vec<Vec<Vec<f64>>>,
) -> Value {
    let terms = TERMS.iter().filter(|(t, _)| matches!(t, Term::Invariance | Term::Normalisation | Term::Orthogonality));
    let metrics: Map<String, Json> =
        terms.map(|(term, name)| ((*name).to_string(), json!(found.terms.get(*term)))).collect();
    let rows = [
        ("steps", json!(found.steps)),
        ("loss", json!(found.loss)),
        ("metrics", Json::Object(metrics)),
        ("count", json!(settings.fields)),
        ("across", json!(unseen.across)),
        ("vanishing", json!(unseen.vanishing)),
        ("oracle", json!(oracle.description())),
        ("values", json!(values)),
    ];
    let mut text = format!(
        "{}, loss {} after {} steps: {}\n  across the level sets on points not seen: {} of the squared length",
        counted(settings.fields, "vector field"),
        short(found.loss),
        found.steps,
        stopped(found.stopped),
        short(unseen.across)
    );
    if unseen.vanishing > 0.02 {
        text.push_str(&format!(
            "\n  nearly zero on {:.0} % of these points, where it says nothing",
            100.0 * unseen.vanishing
        ));
    }
    Value::record("vector_fields", rows.into_iter().map(|(key, value)| (key.to_string(), value)).collect(), text)
}
