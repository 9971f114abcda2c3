//! The settings of a training, from the arguments of a call.

use crate::builtins::Arguments;
use crate::diag::{Code, Diagnostic};
use crate::discover::training::{
    FrameSettings, Invariance, JointSettings, Optimiser, Problem, Schedule, Term, Weights,
};
use crate::lang::near::nearest;
use crate::lang::value::Value;

/// The terms of a joint loss that can be switched off.
pub(crate) const SWITCHES: [(Term, &str); 3] =
    [(Term::Normalisation, "normalisation"), (Term::Orthogonality, "orthogonality"), (Term::Closure, "closure")];

/// A positive number that may be left out.
pub(crate) fn positive(a: &Arguments, name: &str) -> Result<Option<f64>, Diagnostic> {
    match a.get(name).map(Value::to_f64) {
        None => Ok(None),
        Some(Some(x)) if x > 0.0 && x.is_finite() => Ok(Some(x)),
        Some(_) => Err(a.wrong(name, Code::Argument, format!("`{name}` is a positive number"))),
    }
}

pub(crate) fn joint_settings(a: &Arguments) -> Result<JointSettings, Diagnostic> {
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
                .hint("say generators = 1, 2, …; the other methods, and the closed form, find the number themselves"));
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
    if optimiser(a, true)? == Optimiser::ConjugateGradients {
        return Err(a.wrong("optimiser", Code::Argument, "joint training is by Adam").hint(
            "its loss is no quadratic form; method = \"projected\" or \"parallel\" trains by conjugate gradients",
        ));
    }
    if let Some(schedule) = schedule(a, epochs)? {
        settings.adam.schedule = schedule;
    }
    if let Some(tolerance) = positive(a, "tolerance")? {
        settings.stop_below = tolerance;
    }
    let sparsity = match a.get("sparsity").map(Value::to_f64) {
        Some(Some(0.0)) => 0.0,
        _ => positive(a, "sparsity")?.unwrap_or(0.0),
    };
    let mut terms = settings.weights.0.with(Term::Sparsity, sparsity);
    for (term, name) in SWITCHES {
        terms = terms.with(term, f64::from(u8::from(a.flag(name, true)?)));
    }
    settings.weights = Weights(terms);
    Ok(settings)
}

pub(crate) fn frame_settings(a: &Arguments, method: &str, problem: &Problem<'_>) -> Result<FrameSettings, Diagnostic> {
    for name in SWITCHES.map(|(_, name)| name).into_iter().chain(["blocks", "sparsity", "every"]) {
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
    let adam = method == "sequential" || !matches!(problem.invariance, Invariance::Limit(_));
    let chosen = optimiser(a, adam)?;
    if chosen == Optimiser::ConjugateGradients && adam {
        return Err(a
            .wrong("optimiser", Code::Argument, "conjugate gradients need the loss to be a quadratic form")
            .hint("method = \"projected\" or \"parallel\", without `epsilon`"));
    }
    settings.optimiser = chosen;
    if let Some(rate) = positive(a, "rate")? {
        settings.adam.rate = rate;
    }
    if let Some(schedule) = schedule(a, settings.cap)? {
        settings.adam.schedule = schedule;
    }
    if let Some(tolerance) = positive(a, "tolerance")? {
        settings.tolerance = tolerance;
    }
    Ok(settings)
}

/// The optimiser asked for; Adam where a rate or a schedule is given, or where nothing else fits.
fn optimiser(a: &Arguments, adam: bool) -> Result<Optimiser, Diagnostic> {
    const NAMES: [&str; 2] = ["adam", "conjugate"];
    let rate = ["rate", "schedule"].into_iter().find(|name| a.get(name).is_some());
    if a.get("optimiser").is_none() {
        return Ok(if adam || rate.is_some() { Optimiser::Adam } else { Optimiser::ConjugateGradients });
    }
    match (a.text("optimiser")?, rate) {
        ("adam", _) => Ok(Optimiser::Adam),
        ("conjugate", Some(name)) => {
            Err(a.wrong(name, Code::Argument, format!("conjugate gradients have no {name}: they choose their steps")))
        }
        ("conjugate", None) => Ok(Optimiser::ConjugateGradients),
        (other, _) => {
            let error = a.wrong("optimiser", Code::Argument, format!("there is no optimiser \"{other}\""));
            Err(match nearest(other, NAMES) {
                Some(near) => error.label(format!("did you mean \"{near}\"?")),
                None => error.hint("there are \"adam\" and \"conjugate\""),
            })
        }
    }
}

/// What is left of the rate at the end of a cosine.
const FLOOR: f64 = 1e-3;

/// The schedule of the rate: a name, or a list of a name and its number of steps.
fn schedule(a: &Arguments, epochs: u64) -> Result<Option<Schedule>, Diagnostic> {
    const NAMES: [&str; 3] = ["constant", "cosine", "exponential"];
    let (name, steps) = match a.get("schedule") {
        None => return Ok(None),
        Some(Value::Text(name)) => (name.to_string(), None),
        Some(_) => match a.items("schedule")?.as_slice() {
            [Value::Text(name), steps] => (name.to_string(), Some(steps.to_f64())),
            _ => {
                return Err(a
                    .wrong("schedule", Code::Kind, "a schedule is a name, or a name and a number of steps")
                    .hint("schedule = [\"cosine\", 500]"));
            }
        },
    };
    let steps = match steps {
        Some(Some(steps)) if (1.0..1e12).contains(&steps) => Some(steps),
        None => None,
        _ => return Err(a.wrong("schedule", Code::Argument, "a schedule takes a number of steps from 1 on")),
    };
    match (name.as_str(), steps) {
        ("constant", None) => Ok(Some(Schedule::Constant)),
        // One descent over the whole training unless steps are given.
        ("cosine", None) => Ok(Some(Schedule::Cosine { period: epochs.max(1), floor: FLOOR })),
        ("cosine", Some(steps)) => Ok(Some(Schedule::Cosine { period: steps as u64, floor: FLOOR })),
        ("exponential", Some(half_life)) => Ok(Some(Schedule::Exponential { half_life })),
        ("exponential", None) => Err(a
            .wrong("schedule", Code::Argument, "an exponential schedule needs the steps in which the rate halves")
            .hint("schedule = [\"exponential\", 1000]")),
        ("constant", Some(_)) => Err(a.wrong("schedule", Code::Argument, "a constant rate has no number of steps")),
        (other, _) => {
            let error = a.wrong("schedule", Code::Argument, format!("there is no schedule \"{other}\""));
            Err(match nearest(other, NAMES) {
                Some(near) => error.label(format!("did you mean \"{near}\"?")),
                None => error.hint("there are \"constant\", \"cosine\" and \"exponential\""),
            })
        }
    }
}
