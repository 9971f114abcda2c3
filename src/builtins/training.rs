//! Training in the language: `discover(f, method = …)`, loss curves, sparse forms, subalgebras and ideals of float generators.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::identification::headline;
use super::structure::{ALGEBRA_LIKE, algebra_of};
use super::{Arguments, Builtin, Context, Example, keyword, optional, required};
use crate::data::numpy::{Array, Numbers};
use crate::data::{file, numpy_read};
use crate::diag::{Code, Diagnostic};
use crate::discover::training::{
    self, Checkpoint, ExactSpan, FloatAlgebra, FrameSettings, Invariance, Invariants, JointSettings, Overlap, Problem,
    Stopped, TERMS, Term, Trained, TrainingData, Weights,
};
use crate::discover::{Ansatz, Oracle, Points};
use crate::exact::Matrix;
use crate::lang::kind::Kinds;
use crate::lang::near::nearest;
use crate::lang::value::{Drawing, TrainingValue, Value};
use crate::lie::{self, identify, parts};

const TOPIC: &str = "discovery";
type Outcome = Result<Value, Diagnostic>;

/// The methods of training; the closed form is the method without a name.
const METHODS: [&str; 5] = ["closed", "joint", "sequential", "projected", "parallel"];
/// What floats can be taken from.
const MATRICES: Kinds = Kinds::LIST.or(Kinds::DISCOVERY);

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
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
    },
    Builtin {
        name: "sparsify",
        aliases: &["sparse_form"],
        topic: TOPIC,
        params: &[required("x", MATRICES.or(Kinds::ALGEBRA)), optional("starts", Kinds::NUMBER, "1")],
        returns: Kinds::LIST,
        summary: "an orthonormal basis of the span of real matrices with few entries, as float matrices",
        help: "Rotations of pairs of matrices, each by the angle at which the sum of absolute entries is least, in sweeps until \
nothing is gained; with more than one start also from random rotations, of which the best is kept. Orthonormal for tr(A Bᵀ); complex matrices A + iB are taken as [A, -B; B, A]. \
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
subalgebras are told apart by derived and lower central series, centre and Killing form. Of an exact algebra every class gets \
a rational subalgebra where one is found: closed over Q, and identified. A class that no start reaches is not seen, and that none closes \
is no proof that there is none: least_defect says how far off all starts stayed. `g` may be a list of float matrices.",
        examples: &[
            Example {
                code: "let s = subalgebras(so(1,3), 3, starts = 40)\n[s.closed, len(s.classes)]",
                output: "[40, 4]",
            },
            Example { code: "subalgebras(so(3), 2).closed", output: "0" },
        ],
        run: subalgebras,
    },
    Builtin {
        name: "float_ideals",
        aliases: &[],
        topic: TOPIC,
        params: &[required("x", ALGEBRA_LIKE.or(MATRICES))],
        returns: Kinds::RECORD,
        summary: "centre and simple ideals of a reductive algebra of float matrices, by the commutant of its adjoint representation",
        help: "For trained generators; of an exact algebra `ideals` and `decompose` are exact. Maps that commute with the adjoint \
representation are diagonal on the root vectors of a generic element, and the brackets with another one show which of their \
entries agree. The least ratio of a number that counted and one that did not is reported as the gap.",
        examples: &[Example { code: "[i.dim for i in float_ideals(so(4)).ideals]", output: "[3, 3]" }],
        run: float_ideals,
    },
];

/// Whether a call of `discover` asks for training; an unknown method is an error.
pub(super) fn wanted(a: &Arguments) -> Result<bool, Diagnostic> {
    let Some(method) = a.get("method") else {
        const ONLY: [&str; 9] =
            ["generators", "epochs", "rate", "epsilon", "sparsity", "closure", "blocks", "tolerance", "resume"];
        return match ONLY.into_iter().find(|name| a.get(name).is_some()) {
            Some(name) => Err(a
                .wrong(name, Code::Argument, format!("`{name}` is for training"))
                .hint("method = \"joint\", \"sequential\", \"projected\" or \"parallel\" trains; without it the answer is in closed form")),
            None => Ok(false),
        };
    };
    let Value::Text(word) = method else { return Err(a.wrong("method", Code::Kind, "`method` is a string")) };
    if METHODS.contains(&word.as_ref()) {
        return Ok(word.as_ref() != "closed");
    }
    let error = a.wrong("method", Code::Argument, format!("there is no method \"{word}\""));
    Err(match nearest(word, METHODS) {
        Some(near) => error.label(format!("did you mean \"{near}\"?")),
        None => error.hint("there are \"closed\", \"joint\", \"sequential\", \"projected\" and \"parallel\""),
    })
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
            Invariance::Finite { epsilon, points, copies, outputs, oracle: &labels }
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
    let arrays = numpy_read::npz(&bytes, context.limits).map_err(at)?;
    let find = |name: &str| {
        arrays.iter().find(|(key, _)| key == name).and_then(|(_, array)| match &array.numbers {
            Numbers::Real(x) => Some(x.clone()),
            Numbers::Complex(_) => None,
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
fn positive(a: &Arguments, name: &str) -> Result<Option<f64>, Diagnostic> {
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

fn stopped(why: Stopped) -> &'static str {
    match why {
        Stopped::Reached => "the loss asked for was reached",
        Stopped::Steps => "the steps were used up",
        Stopped::Exhausted => "no further generator was found",
    }
}

/// Two significant digits.
fn short(x: f64) -> String {
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
fn matrices(n: usize, rows: &[f64]) -> Value {
    let matrix = |w: &[f64]| Value::float_matrix(Matrix::from_fn(n, n, |i, j| w[i * n + j]));
    Value::list(rows.chunks_exact((n * n).max(1)).map(matrix))
}

/// The size and the entries of real square matrices of one size: of a list, a discovery, a training, an algebra.
fn float_rows(context: &Context<'_>, a: &Arguments, name: &str) -> Result<(usize, Vec<f64>), Diagnostic> {
    let items: Vec<Value> = match a.value(name)? {
        Value::Training(it) => return Ok((it.trained.n, it.trained.generators.clone())),
        Value::Discovery(it) => super::discovery::generators(&it.discovery),
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

fn invariant_keys(invariants: &Invariants) -> Map<String, Json> {
    let rows = [
        ("derived_series", json!(invariants.derived)),
        ("lower_central_series", json!(invariants.lower_central)),
        ("center_dim", json!(invariants.center)),
        ("killing_signature", json!(invariants.killing)),
    ];
    rows.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}

fn invariant_text(invariants: &Invariants) -> String {
    let [plus, minus, zero] = invariants.killing;
    format!("derived series {:?}, Killing form ({plus}, {minus}, {zero})", invariants.derived)
}

fn subalgebras(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let (float, exact, _) = float_algebra(context, a, "g")?;
    let k = a.count("dim", 0, float.dim())?;
    let starts = a.count_or("starts", 1, 1_000_000, 100)?;
    let found = training::search(&float, k, starts, context.limits)?;
    let mut classes = Vec::new();
    let mut lines = vec![if found.closed == 0 {
        format!(
            "none of {starts} planes of dimension {k} became a subalgebra: the least defect is {}",
            short(found.least_defect)
        )
    } else {
        format!(
            "{} of {starts} planes of dimension {k} became subalgebras, of {} classes",
            found.closed,
            found.classes.len()
        )
    }];
    for class in &found.classes {
        let mut keys = Map::new();
        keys.insert("count".to_string(), json!(class.count));
        keys.extend(invariant_keys(&class.invariants));
        keys.insert("gap".to_string(), json!(class.gap));
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
        let name = named.as_ref().map(|it| headline(it));
        keys.insert("name".to_string(), json!(name));
        lines.push(format!("  {} ×  {}", class.count, invariant_text(&class.invariants)));
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
        ("classes", Json::Array(classes)),
    ];
    let keys = rows.into_iter().map(|(key, value)| (key.to_string(), value)).collect();
    Ok(Value::record("subalgebras", keys, lines.join("\n")))
}

fn float_ideals(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let (float, _, defect) = float_algebra(context, a, "x")?;
    let found = training::ideals(&float, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("x")))?;
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
    let mut lines =
        vec![format!("{} simple ideals, centre of dimension {center}; gap {}", ideals.len(), short(found.gap))];
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
