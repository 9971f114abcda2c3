//! What a training answers: its verdict, its numbers and its words.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::builtins::Context;
use crate::builtins::algebras::identification::headline;
use crate::builtins::discovery::answer::{Background, background_text, fit_keys};
use crate::builtins::discovery::float_structure::{invariant_keys, invariant_text};
use crate::diag::Diagnostic;
use crate::discover::training::{self, ExactSpan, JointSettings, Nearby, State, Stopped, TERMS, Term, Trained};
use crate::discover::{Ansatz, Oracle};
use crate::float::orthonormal_rows;
use crate::lang::value::{TrainingValue, Value};
use crate::lie::identify;

/// A loss below this part of that of a random matrix is on its way to zero; above it nothing is made of the generators.
pub(crate) const CONVERGED: f64 = 1e-3;

/// The most that counts as zero where the error of a fit allows it, of 2 for a random matrix.
pub(crate) const INEXACT: f64 = 1e-2;

/// Roundings that move an entry by more are told.
const NOTABLE: f64 = 1e-2;

/// The part of the length asked for below which a generator has shrunk to nothing.
const SHRUNK: f64 = 0.1;

/// What the end of a training means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// All terms of the loss but sparsity are small.
    Found,
    /// The loss stays away from zero.
    Stuck,
    /// The loss was still falling when the steps were used up.
    Falling,
    /// The steps were too few, or the rate too small, to tell.
    Short,
    /// Generators shrank to zero, since nothing held their length.
    Vanished,
    /// There is no generator.
    None,
}

impl Verdict {
    fn word(self) -> &'static str {
        match self {
            Verdict::Found => "found",
            Verdict::Stuck => "stuck",
            Verdict::Falling => "falling",
            Verdict::Short => "short",
            Verdict::Vanished => "vanished",
            Verdict::None => "none",
        }
    }
}

/// What the end of a joint training means: all terms but sparsity small for each generator, or the loss level over the last
/// quarter of the steps, or still falling. Level says something only where Adam could have gone some way in these steps.
pub(crate) fn verdict(trained: &Trained, settings: &JointSettings, balance: f64) -> Verdict {
    /// Entries of generators are of order 1; the published run that fails fastest, 1000 steps of 10⁻³, goes 1/4 in its last quarter.
    const SOME_WAY: f64 = 0.2;
    if settings.weights.0.get(Term::Normalisation) == 0.0 && least_square(trained) < SHRUNK * SHRUNK {
        return Verdict::Vanished;
    }
    let each = 1.0 / trained.count().max(1) as f64;
    let small =
        |term: Term| each * trained.term(term) * if term == Term::Invariance { balance } else { 1.0 } < CONVERGED;
    let counts = |term: Term| term != Term::Sparsity && settings.weights.0.get(term) > 0.0;
    if TERMS.iter().all(|(term, _)| !counts(*term) || small(*term)) {
        return Verdict::Found;
    }
    let from = trained.steps / 4 * 3;
    let earlier = trained.curve.0.iter().rev().find(|point| point.0 <= from);
    let level = earlier.is_some_and(|(step, _, loss)| *step > 0 && trained.loss > 0.8 * loss);
    match level {
        _ if trained.steps == 0 => Verdict::Short,
        true if settings.adam.reach(from..trained.steps) < SOME_WAY => Verdict::Short,
        true => Verdict::Stuck,
        false => Verdict::Falling,
    }
}

/// What the end of a training of generators apart from each other means.
pub(crate) fn apart(trained: &Trained) -> Verdict {
    match trained.stopped {
        Stopped::Reached => Verdict::Found,
        Stopped::Exhausted if trained.count() > 0 => Verdict::Found,
        Stopped::Exhausted => Verdict::None,
        Stopped::Steps => Verdict::Falling,
    }
}

/// The least squared length of a generator, as a part of the 2 of the papers.
fn least_square(trained: &Trained) -> f64 {
    let rows = trained.generators.chunks_exact((trained.n * trained.n).max(1));
    rows.map(|w| w.iter().map(|x| x * x).sum::<f64>() / 2.0).fold(f64::INFINITY, f64::min)
}

/// The dimension of the span: generators that no term keeps apart may be one and the same, up to a hundredth of their length.
fn span_dim(trained: &Trained) -> usize {
    orthonormal_rows(trained.n * trained.n, &mut trained.generators.clone(), 1e-2)
}

/// A training that has ended.
pub(crate) struct Ended<'a> {
    /// Its name.
    pub method: &'a str,
    /// What it found.
    pub trained: Trained,
    /// From where it can go on.
    pub state: State,
    /// What its end means.
    pub verdict: Verdict,
    /// The algebra of the rounded generators.
    pub exact: Option<ExactSpan>,
    /// The samples that counted.
    pub samples: usize,
    /// How many generators were asked for.
    pub wanted: Option<i64>,
    /// The finite step of the loss.
    pub epsilon: Option<f64>,
    /// How far brackets leave the span.
    pub closure_error: f64,
    /// The subalgebra that generators without a rational algebra are close to.
    pub nearby: Option<Nearby>,
}

/// The answer of a training.
pub(crate) fn answer(
    context: &Context<'_>,
    (oracle, ansatz, background): (&Oracle, &Ansatz, &Background),
    ended: Ended<'_>,
) -> Result<Value, Diagnostic> {
    let Ended { method, trained, state, verdict, exact, samples, wanted, epsilon, closure_error, nearby } = ended;
    let identified = match &exact {
        Some(span) => Some(identify(&span.algebra, context.limits)?),
        None => None,
    };
    let span = span_dim(&trained);
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
        ("span_dim", json!(span)),
        ("verdict", json!(verdict.word())),
        ("epsilon", json!(epsilon)),
        ("invariances", json!(trained.invariances)),
        ("rejected", json!(trained.rejected)),
        ("oracle", json!(oracle.description())),
        ("ansatz", json!(ansatz.description())),
        ("samples", json!(samples)),
        ("real_form", identified.as_ref().map_or(Json::Null, |it| json!(it.levi_real_form()))),
        ("subalgebra", nearby.as_ref().map_or(Json::Null, nearby_keys)),
        ("rounding_distance", json!(exact.as_ref().map(|e| e.distance))),
        ("verified", json!(verified)),
        ("coordinates", json!(background.kept.as_ref().map(|kept| &kept.1))),
        ("fit", background.fitted.as_ref().map_or(Json::Null, fit_keys)),
    ];
    let keys = rows.into_iter().map(|(key, value)| (key.to_string(), value)).collect();
    let mut lines = vec![
        format!(
            "{method} training: {}, loss {} after {} steps",
            counted(trained.count(), "generator"),
            short(trained.loss),
            trained.steps
        ),
        format!("  {}", ended_because(&trained, wanted)),
        format!(
            "  symmetries of {} among {}, {samples} samples",
            if oracle.description().is_empty() { "the oracle" } else { oracle.description() },
            ansatz.description()
        ),
    ];
    lines.extend(background_text(background));
    let terms = TERMS.iter().filter(|(term, _)| trained.term(*term) != 0.0);
    let terms: Vec<String> = terms.map(|(term, name)| format!("{name} {}", short(trained.term(*term)))).collect();
    if !terms.is_empty() {
        lines.push(format!("  {}", terms.join(", ")));
    }
    if trained.count() > 1 {
        lines.push(format!(
            "  brackets leave the span by {} on average, symmetric part {}",
            short(closure_error),
            short(symmetric)
        ));
    } else if trained.count() == 1 {
        lines.push(format!("  symmetric part {}", short(symmetric)));
    }
    if span < trained.count() {
        lines.push(format!("  they span {} only", counted(span, "dimension")));
    }
    if let Some(epsilon) = epsilon {
        lines.push(format!("  a finite step of {epsilon} leaves about half of it in the generators"));
    }
    if let Some(least) = trained.rejected.iter().copied().reduce(f64::min) {
        lines.push(format!("  further directions stay at a loss of {} or more", short(least)));
    }
    lines.extend(verdict_text(verdict, &trained));
    if let Some(it) = &nearby {
        lines.push(format!(
            "  close to a subalgebra of the algebra of dimension {} (within {}): {}",
            it.inside,
            short(it.distance),
            invariant_text(&it.invariants)
        ));
    }
    if let (Some(it), Some(span)) = (&identified, &exact) {
        let proof = match span.verified {
            Some(true) if background.fitted.is_some() => {
                "every rounded generator is a symmetry of the fitted polynomial at all points"
            }
            Some(true) => "every rounded generator is a symmetry at all points",
            _ if background.fitted.is_some() => "not checked: a fitted model stands in for the oracle",
            _ => "not checked: the oracle is no rational function over Q",
        };
        // What is further off is a rational algebra beside the trained one, such as a conjugate.
        let off = if span.distance > NOTABLE { format!(" (by up to {})", short(span.distance)) } else { String::new() };
        lines.push(format!("  rounded to rationals{off}: {}", headline(it)));
        lines.push(format!("  {proof}"));
    }
    let algebra = exact.map(|e| Arc::new(e.algebra));
    Ok(Value::Training(Arc::new(TrainingValue { trained, state, algebra, keys, text: lines.join("\n") })))
}

/// Why a training ended, and how many generators are missing of those asked for.
fn ended_because(trained: &Trained, wanted: Option<i64>) -> String {
    let why = stopped(trained.stopped);
    match wanted {
        Some(wanted) if wanted > trained.count() as i64 => {
            format!("{why}; {} asked for", counted(wanted as usize, "generator"))
        }
        _ => why.to_string(),
    }
}

/// What the verdict says that the numbers do not.
fn verdict_text(verdict: Verdict, trained: &Trained) -> Option<String> {
    match verdict {
        Verdict::Found => None,
        Verdict::None => Some("  no continuous symmetry among these matrices was found".to_string()),
        Verdict::Stuck => Some(format!(
            "  the loss stays at {}: no {} with these properties, or this start is trapped",
            short(trained.loss),
            counted(trained.count(), "generator")
        )),
        Verdict::Falling => Some("  the loss was still falling".to_string()),
        Verdict::Short => Some("  too few steps at this rate to tell whether the loss goes to zero".to_string()),
        Verdict::Vanished => {
            Some("  without normalisation generators shrink to zero, which leaves everything invariant".to_string())
        }
    }
}

/// Why a training ended, in words.
pub(crate) fn stopped(why: Stopped) -> &'static str {
    match why {
        Stopped::Reached => "the loss asked for was reached",
        Stopped::Steps => "the steps were used up",
        Stopped::Exhausted => "no further generator was found",
    }
}

/// A number of things.
pub(crate) fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// Two significant digits.
pub(crate) fn short(x: f64) -> String {
    if x == 0.0 { "0".to_string() } else { format!("{x:.1e}") }
}

fn nearby_keys(it: &Nearby) -> Json {
    let mut keys = invariant_keys(&it.invariants);
    keys.insert("gap".to_string(), json!(it.gap));
    keys.insert("distance".to_string(), json!(it.distance));
    keys.insert("inside_dim".to_string(), json!(it.inside));
    Json::Object(keys)
}

/// The training as a document: its keys, its generators by rows, which `load_matrices` reads, and the learnt structure constants, `k` for each
/// pair `α < β` of `k` generators.
pub(crate) fn document(it: &TrainingValue) -> String {
    let trained = &it.trained;
    let n = trained.n.max(1);
    let matrix = |w: &[f64]| -> Json { w.chunks_exact(n).map(|row| json!(row)).collect() };
    let mut object = it.keys.clone();
    object.insert("generators".to_string(), trained.generators.chunks_exact(n * n).map(matrix).collect());
    object.insert("learnt_constants".to_string(), json!(trained.constants));
    Json::Object(object).to_string() + "\n"
}
