//! Training in the language: `discover(f, method = …)` and loss curves.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::identification::headline;
use super::{Arguments, Builtin, Context, Example, keyword, required};
use crate::data::numpy::{Array, Numbers};
use crate::data::{file, numpy_read};
use crate::diag::{Code, Diagnostic};
use crate::discover::training::{
    self, Checkpoint, ExactSpan, FrameSettings, Invariance, JointSettings, Overlap, Problem, Stopped, TERMS, Term,
    Trained, TrainingData, Weights,
};
use crate::discover::{Ansatz, Oracle, Points};
use crate::exact::Matrix;
use crate::lang::kind::Kinds;
use crate::lang::near::nearest;
use crate::lang::value::{Drawing, TrainingValue, Value};
use crate::lie::identify;

const TOPIC: &str = "discovery";
type Outcome = Result<Value, Diagnostic>;

/// The methods of training; the closed form is the method without a name.
const METHODS: [&str; 5] = ["closed", "joint", "sequential", "projected", "parallel"];

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[Builtin {
    name: "loss_curve",
    aliases: &[],
    topic: TOPIC,
    params: &[required("t", Kinds::DISCOVERY), keyword("ascii", Kinds::BOOLEAN, "false")],
    returns: Kinds::PICTURE,
    summary: "picture of the loss of a training by steps, in powers of ten",
    help: "save(loss_curve(t), \"loss.svg\") and \"loss.png\" draw it; save(t, \"t.npz\") has the numbers of every term as `curve`.",
    examples: &[Example {
        code: "oracle f(x[2]) = x1^2 + x2^2\nkind(loss_curve(discover(f, method = \"joint\", generators = 1, epochs = 50)))",
        output: "picture",
    }],
    run: |_, a| {
        let Value::Training(it) = a.value("t")? else {
            return Err(a
                .wrong("t", Code::Kind, "only a training has a loss curve")
                .hint("discover(f, method = \"joint\", …)"));
        };
        let scene = training::curve_scene(&it.trained.curve);
        Ok(Value::Drawing(Arc::new(Drawing { scene, ascii: a.flag("ascii", false)? })))
    },
}];

/// Whether a call of `discover` asks for training; an unknown method is an error, and so is what only training takes without it.
pub(super) fn wanted(a: &Arguments) -> Result<bool, Diagnostic> {
    const ONLY: [&str; 9] =
        ["generators", "epochs", "rate", "epsilon", "sparsity", "closure", "blocks", "tolerance", "resume"];
    let method = if a.get("method").is_some() { a.text("method")? } else { "closed" };
    if !METHODS.contains(&method) {
        let error = a.wrong("method", Code::Argument, format!("there is no method \"{method}\""));
        return Err(match nearest(method, METHODS) {
            Some(near) => error.label(format!("did you mean \"{near}\"?")),
            None => error.hint("there are \"closed\", \"joint\", \"sequential\", \"projected\" and \"parallel\""),
        });
    }
    if method != "closed" {
        return Ok(true);
    }
    match ONLY.into_iter().find(|name| a.get(name).is_some()) {
        Some(name) => Err(a.wrong(name, Code::Argument, format!("`{name}` is for training")).hint(
            "method = \"joint\", \"sequential\", \"projected\" or \"parallel\" trains; without it the answer is in closed form",
        )),
        None => Ok(false),
    }
}

/// `discover(f, method = …)`: trained generators.
pub(super) fn train(
    context: &Context<'_>,
    a: &Arguments,
    oracle: &Oracle,
    ansatz: &Ansatz,
    points: &Points,
) -> Outcome {
    let at = |e: crate::discover::DiscoverError| Diagnostic::from(e).at(context.span);
    if a.get("noise").is_some() {
        return Err(a
            .wrong("noise", Code::Unsupported, "noise is added in the closed form only")
            .hint("`points` takes data as they are"));
    }
    let data = TrainingData::new(oracle, ansatz, points, context.limits).map_err(at)?;
    let space = training::matrix_space(oracle, ansatz, context.limits).map_err(at)?;
    let epsilon = positive(a, "epsilon")?;
    let form;
    let labels;
    let invariance = match epsilon {
        None => {
            form = space.restricted(&data.form(oracle, context.limits).map_err(at)?);
            Invariance::Limit(&form)
        }
        Some(epsilon) => {
            labels = data.labels(oracle).map_err(|e| Diagnostic::from(e).at(a.span("epsilon")))?;
            let (points, copies, outputs) = (&data.points, data.copies, data.outputs);
            Invariance::Finite { epsilon, points, copies, outputs, oracle: &*labels }
        }
    };
    let problem = Problem { space: &space, invariance };
    let method = a.text("method")?;
    let (trained, state) = match method {
        "joint" => {
            let settings = joint_settings(a)?;
            let resume = match a.get("resume") {
                None => None,
                Some(Value::Training(it)) if it.state.is_some() => it.state.clone(),
                Some(Value::Text(_)) => Some(saved(context, a)?),
                Some(_) => {
                    return Err(a.wrong(
                        "resume",
                        Code::Kind,
                        "`resume` takes a joint training or the .npz file of one",
                    ));
                }
            };
            training::joint(problem, &settings, resume, context.limits).map(|(t, s)| (t, Some(s)))
        }
        _ => {
            let settings = frame_settings(a, method, &problem)?;
            match method {
                "sequential" => training::one_by_one(problem, Overlap::Penalties, &settings, context.limits),
                "projected" => training::projected(problem, &settings, context.limits),
                _ => training::parallel_copies(problem, &settings, context.limits),
            }
            .map(|t| (t, None))
        }
    }
    .map_err(|e| Diagnostic::from(e).at(context.span))?;
    // The angle of the span is of the order of the root of the loss over the slowest direction.
    let accuracy = (30.0 * trained.worst_invariance().max(0.0).sqrt() + 1e-7).min(0.1);
    let exact = training::exact_span(oracle, ansatz, &trained, accuracy, context.limits).map_err(at)?;
    answer(context, oracle, ansatz, points.count() - data.skipped, method, trained, state, exact)
}

/// A checkpoint from the file that `save(t, "t.npz")` wrote.
fn saved(context: &Context<'_>, a: &Arguments) -> Result<Checkpoint, Diagnostic> {
    const MAX_FILE: u64 = 2 << 30;
    let at = |e: crate::data::DataError| Diagnostic::from(e).at(a.span("resume"));
    let path = super::values::resolve(context, a, "resume")?;
    let bytes = file::bytes(&path, MAX_FILE).map_err(at)?;
    let arrays = numpy_read::read_npz(&bytes, context.limits).map_err(at)?;
    let find = |name: &str| {
        arrays.iter().find(|(key, _)| key == name).and_then(|(_, array)| match &array.numbers {
            Numbers::Real(x) => Some(x.clone()),
            Numbers::Whole(_) | Numbers::Complex(_) => None,
        })
    };
    Checkpoint::from_arrays(find).ok_or_else(|| {
        a.wrong("resume", Code::Format, "this file holds no training")
            .hint("save(t, \"t.npz\") of a joint training t writes one")
    })
}

/// The arrays of a `.npz` file: the generators, the curve, and what a joint training goes on from.
pub(super) fn arrays(it: &TrainingValue) -> Vec<(String, Array)> {
    let trained = &it.trained;
    let shape = vec![trained.count(), trained.n, trained.n];
    let mut out = vec![("generators".to_string(), Array { shape, numbers: Numbers::Real(trained.generators.clone()) })];
    let rows = match &it.state {
        Some(state) => state.arrays(),
        None => vec![trained.curve.array()],
    };
    out.extend(rows.into_iter().map(|(name, shape, x)| (name.to_string(), Array { shape, numbers: Numbers::Real(x) })));
    out
}

/// A positive number that may be left out.
pub(super) fn positive(a: &Arguments, name: &str) -> Result<Option<f64>, Diagnostic> {
    match a.get(name).map(Value::to_f64) {
        None => Ok(None),
        Some(Some(x)) if x > 0.0 && x.is_finite() => Ok(Some(x)),
        Some(_) => Err(a.wrong(name, Code::Argument, format!("`{name}` is a positive number"))),
    }
}

fn joint_settings(a: &Arguments) -> Result<JointSettings, Diagnostic> {
    let blocks: Vec<usize> = match a.get("blocks") {
        None => Vec::new(),
        Some(_) => {
            let sizes: Option<Vec<i64>> = a.items("blocks")?.iter().map(Value::to_i64).collect();
            match sizes {
                Some(sizes) if sizes.iter().all(|s| (1..=10_000).contains(s)) && sizes.len() > 1 => {
                    sizes.iter().enumerate().flat_map(|(b, s)| vec![b; *s as usize]).collect()
                }
                _ => {
                    return Err(a.wrong(
                        "blocks",
                        Code::Argument,
                        "`blocks` is a list of two or more sizes, such as [3, 3]",
                    ));
                }
            }
        }
    };
    let k = match (a.get("generators").is_some(), blocks.len()) {
        (true, 0) => a.count("generators", 1, 10_000)?,
        (true, sum) if a.count("generators", 1, 10_000)? == sum => sum,
        (true, sum) => {
            return Err(a.wrong("blocks", Code::Argument, format!("the blocks have {sum} generators together")));
        }
        (false, 0) => {
            return Err(a
                .wrong("method", Code::Argument, "joint training needs to know how many generators to train")
                .hint("generators = 6; the other methods, and the closed form, find the number themselves"));
        }
        (false, sum) => sum,
    };
    let epochs = a.count_or("epochs", 0, 1 << 40, 5000)? as u64;
    let mut settings = JointSettings::published(k, epochs);
    if !blocks.is_empty() {
        settings.blocks = blocks;
    }
    if let Some(rate) = positive(a, "rate")? {
        settings.adam.rate = rate;
    }
    if let Some(tolerance) = positive(a, "tolerance")? {
        settings.stop_below = tolerance;
    }
    let sparsity = positive(a, "sparsity")?.unwrap_or(0.0);
    let closure = f64::from(u8::from(a.flag("closure", true)?));
    settings.weights = Weights(settings.weights.0.with(Term::Sparsity, sparsity).with(Term::Closure, closure));
    Ok(settings)
}

fn frame_settings(a: &Arguments, method: &str, problem: &Problem<'_>) -> Result<FrameSettings, Diagnostic> {
    for name in ["blocks", "sparsity", "closure", "resume"] {
        if a.get(name).is_some() {
            return Err(a.wrong(name, Code::Argument, format!("`{name}` is for joint training")));
        }
    }
    let generators = a.get("generators").map(|_| a.count("generators", 1, 10_000)).transpose()?;
    let mut settings = match method {
        "sequential" => FrameSettings::one_by_one(generators),
        _ => FrameSettings::batched(generators),
    }
    .balanced(problem);
    settings.cap = a.count_or("epochs", 1, 1 << 40, settings.cap as usize)? as u64;
    if let Some(rate) = positive(a, "rate")? {
        settings.adam.rate = rate;
    }
    if let Some(tolerance) = positive(a, "tolerance")? {
        settings.tolerance = tolerance;
    }
    Ok(settings)
}

#[expect(clippy::too_many_arguments, reason = "everything that the answer reports")]
fn answer(
    context: &Context<'_>,
    oracle: &Oracle,
    ansatz: &Ansatz,
    samples: usize,
    method: &str,
    trained: Trained,
    state: Option<Checkpoint>,
    exact: Option<ExactSpan>,
) -> Outcome {
    let identified = match &exact {
        Some(span) => Some(identify(&span.algebra, context.limits)?),
        None => None,
    };
    let closure_error = training::closure_error(trained.n, &trained.generators, context.limits)?;
    let symmetric = training::symmetric_part(trained.n, &trained.generators);
    let mut metrics: Map<String, Json> =
        TERMS.iter().map(|(term, name)| ((*name).to_string(), json!(trained.term(*term)))).collect();
    metrics.insert("closure_error".to_string(), json!(closure_error));
    metrics.insert("symmetric_part".to_string(), json!(symmetric));
    let verified = exact.as_ref().and_then(|e| e.verified);
    let rows = [
        ("steps", json!(trained.steps)),
        ("loss", json!(trained.loss)),
        ("metrics", Json::Object(metrics)),
        ("method", json!(method)),
        ("dim", json!(trained.count())),
        ("stopped", json!(stopped(trained.stopped))),
        ("invariances", json!(trained.invariances)),
        ("rejected", json!(trained.rejected)),
        ("oracle", json!(oracle.description())),
        ("ansatz", json!(ansatz.description())),
        ("samples", json!(samples)),
        ("real_form", identified.as_ref().map_or(Json::Null, |it| json!(it.levi_real_form()))),
        ("rounding_distance", json!(exact.as_ref().map(|e| e.distance))),
        ("verified", json!(verified)),
    ];
    let keys = rows.into_iter().map(|(key, value)| (key.to_string(), value)).collect();
    let mut lines = vec![
        format!(
            "{method} training: {} generators, loss {} after {} steps",
            trained.count(),
            short(trained.loss),
            trained.steps
        ),
        format!("  {}", stopped(trained.stopped)),
        format!(
            "  symmetries of {} among {}, {samples} samples",
            if oracle.description().is_empty() { "the oracle" } else { oracle.description() },
            ansatz.description()
        ),
    ];
    let terms = TERMS.iter().filter(|(term, _)| trained.term(*term) != 0.0);
    let terms: Vec<String> = terms.map(|(term, name)| format!("{name} {}", short(trained.term(*term)))).collect();
    if !terms.is_empty() {
        lines.push(format!("  {}", terms.join(", ")));
    }
    lines.push(format!(
        "  brackets leave the span by {} on average, symmetric part {}",
        short(closure_error),
        short(symmetric)
    ));
    if let Some(least) = trained.rejected.iter().copied().reduce(f64::min) {
        lines.push(format!("  further directions stay at a loss of {} or more", short(least)));
    }
    if let (Some(it), Some(span)) = (&identified, &exact) {
        let proof = match span.verified {
            Some(true) => "every rounded generator is a symmetry at all points",
            _ => "not checked: the oracle is no rational function over Q",
        };
        lines.push(format!("  rounded to rationals: {}", headline(it)));
        lines.push(format!("  {proof}"));
    }
    let algebra = exact.map(|e| Arc::new(e.algebra));
    Ok(Value::Training(Arc::new(TrainingValue { trained, state, algebra, keys, text: lines.join("\n") })))
}

/// Why a training ended, in words.
pub(super) fn stopped(why: Stopped) -> &'static str {
    match why {
        Stopped::Reached => "the loss asked for was reached",
        Stopped::Steps => "the steps were used up",
        Stopped::Exhausted => "no further generator was found",
    }
}

/// Two significant digits.
pub(super) fn short(x: f64) -> String {
    if x == 0.0 { "0".to_string() } else { format!("{x:.1e}") }
}

/// An attribute of a training.
pub fn attribute(it: &TrainingValue, word: &str) -> Option<Value> {
    match word {
        "algebra" => it.algebra.clone().map(Value::Algebra),
        "generators" => Some(matrices(it.trained.n, &it.trained.generators)),
        "structure_constants" => Some(Value::list(it.trained.constants.iter().map(|x| Value::Float(*x)))),
        "curve" => {
            let (_, shape, numbers) = it.trained.curve.array();
            let rows = numbers.chunks_exact(shape[1].max(1)).map(<[f64]>::to_vec);
            Matrix::from_rows(rows.collect()).map(Value::float_matrix)
        }
        _ => it.keys.get(word).map(|json| Value::attribute(word, json)),
    }
}

/// Matrices of size `n`, one after another, as a list.
pub(super) fn matrices(n: usize, rows: &[f64]) -> Value {
    let matrix = |w: &[f64]| Value::float_matrix(Matrix::from_fn(n, n, |i, j| w[i * n + j]));
    Value::list(rows.chunks_exact((n * n).max(1)).map(matrix))
}
