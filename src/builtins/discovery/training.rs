//! Training in the language: `discover(f, method = …)` and loss curves.

use std::sync::Arc;

use crate::builtins::discovery::answer::Background;
use crate::builtins::discovery::training_answer::{CONVERGED, Ended, INEXACT, Verdict, answer, apart, verdict};
use crate::builtins::discovery::training_settings::{frame_settings, joint_settings, positive};
use crate::builtins::discovery::training_state::{train_apart, train_jointly};
use crate::builtins::{Arguments, Builtin, Context, Example, keyword, required};
use crate::data::columns::Columns;
use crate::diag::{Code, Diagnostic};
use crate::discover::training::{
    self, FrameSettings, Invariance, JointSettings, Method, Overlap, Problem, State, TERMS, TrainingData,
};
use crate::discover::{Ansatz, Oracle, Points, Request, generators};
use crate::exact::Matrix;
use crate::lang::kind::Kinds;
use crate::lang::near::nearest;
use crate::lang::value::{Drawing, TrainingValue, Value};

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
    help: "save(loss_curve(t), \"loss.svg\") and \"loss.png\" draw it; t.curve is the table of its terms by steps, which save(t.curve, \"loss.csv\") writes; save(t, \"t.npz\") has it as `curve`.",
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
pub(crate) fn wanted(a: &Arguments) -> Result<bool, Diagnostic> {
    const ONLY: [&str; 15] = [
        "generators",
        "epochs",
        "rate",
        "schedule",
        "optimiser",
        "epsilon",
        "sparsity",
        "normalisation",
        "orthogonality",
        "closure",
        "blocks",
        "tolerance",
        "resume",
        "checkpoint",
        "every",
    ];
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
pub(crate) fn train(
    context: &Context<'_>,
    a: &Arguments,
    oracle: &Oracle,
    ansatz: &Ansatz,
    points: &Points,
    background: &Background,
) -> Outcome {
    let at = |e: crate::discover::DiscoverError| Diagnostic::from(e).at(context.span);
    if a.get("noise").is_some() && background.fitted.is_none() {
        return Err(a
            .wrong("noise", Code::Unsupported, "noise is added in the closed form only")
            .hint("`points` takes data as they are"));
    }
    let data = TrainingData::new(oracle, ansatz, points, context.limits).map_err(at)?;
    if points.count().saturating_mul(oracle.outputs().len()) < ansatz.len() {
        // So few equations may leave more matrices than the oracle does; the closed form knows.
        let (ansatz, points) = (ansatz.clone(), points.clone());
        let request = Request { ansatz, points, noise: 0.0, all_values: true, snap: false, prove: false };
        generators(oracle, &request, false, context.limits).map_err(at)?;
    }
    let space = training::matrix_space(oracle, ansatz, context.limits).map_err(at)?;
    let epsilon = match a.get("epsilon").map(Value::to_f64) {
        Some(Some(0.0)) => None,
        _ => positive(a, "epsilon")?,
    };
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
    let (trained, state, verdict) = match method {
        "joint" => {
            let settings = JointSettings { data: data.checksum(), ..joint_settings(a)? };
            let (trained, state) = train_jointly(context, a, problem, &settings)?;
            let verdict = verdict(&trained, &settings, problem.balance());
            (trained, State::Joint(state), verdict)
        }
        _ => {
            let mut settings = frame_settings(a, method, &problem)?;
            let slope_error = background.fitted.as_ref().and_then(|fit| fit.slope_error);
            if let (Some(error), None) = (slope_error, a.get("tolerance")) {
                // Twice the error, of 2 for a random matrix.
                settings.tolerance = settings.tolerance.max((8.0 * error * error).min(INEXACT));
            }
            let by = match method {
                "sequential" => Method::OneByOne(Overlap::Penalties),
                "projected" => Method::Batches,
                _ => Method::Copies,
            };
            settings.data = data.checksum();
            let (trained, state) = train_apart(context, a, problem, by, &settings)?;
            let verdict = apart(&trained);
            (trained, State::Apart(state), verdict)
        }
    };
    // Of a random matrix the loss is 2. Generators of a joint training carry the size of the labels.
    let balance = if method == "joint" { problem.balance() } else { 1.0 };
    let invariance = balance * trained.worst_invariance().max(0.0);
    let closure_error = training::closure_error(trained.n, &trained.generators, context.limits)?;
    let exact = if trained.count() > 0 && invariance < CONVERGED && verdict != Verdict::Vanished {
        // The angle of the span is of the order of the root of the loss over the slowest direction, and of half a finite step; that
        // of a subalgebra within the algebra, which the loss of invariance does not see, of what brackets leave.
        let angle = 30.0 * invariance.sqrt() + 30.0 * closure_error + epsilon.unwrap_or(0.0);
        let accuracy = (angle + 1e-7).min(0.1);
        training::exact_span(oracle, ansatz, &trained, accuracy, context.limits).map_err(at)?
    } else {
        // Rounding would make something of anything.
        None
    };
    let nearby = match (&problem.invariance, &exact) {
        (Invariance::Limit(_), None) if method == "joint" && verdict == Verdict::Found => {
            let settings = FrameSettings::batched(None).balanced(&problem);
            let all = training::apart(problem, Method::Batches, &settings, context.limits);
            let all = all.map_err(|e| Diagnostic::from(e).at(context.span))?;
            training::nearest_subalgebra(trained.n, &all.generators, &trained.generators, context.limits)?
        }
        _ => None,
    };
    let wanted = a.get("generators").and_then(Value::to_i64);
    let samples = points.count() - data.skipped;
    answer(
        context,
        (oracle, ansatz, background),
        Ended { method, trained, state, verdict, exact, samples, wanted, epsilon, closure_error, nearby },
    )
}

/// An attribute of a training.
pub fn attribute(it: &TrainingValue, word: &str) -> Option<Value> {
    match word {
        "algebra" => it.algebra.clone().map(Value::Algebra),
        "generators" => Some(matrices(it.trained.n, &it.trained.generators)),
        "structure_constants" => Some(Value::list(it.trained.constants.iter().map(|x| Value::Float(*x)))),
        "curve" => {
            let (_, _, numbers) = it.trained.curve.array();
            let terms = TERMS.iter().map(|(_, name)| *name);
            let names = std::iter::once("steps").chain(terms).chain(std::iter::once("loss"));
            Some(Value::Table(Arc::new(Columns { names: names.map(str::to_string).collect(), numbers })))
        }
        _ => it.keys.get(word).map(|json| Value::attribute(word, json)),
    }
}

/// Matrices of size `n`, one after another, as a list.
pub(crate) fn matrices(n: usize, rows: &[f64]) -> Value {
    let matrix = |w: &[f64]| Value::float_matrix(Matrix::from_fn(n, n, |i, j| w[i * n + j]));
    Value::list(rows.chunks_exact((n * n).max(1)).map(matrix))
}
