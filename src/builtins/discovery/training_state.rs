//! Trainings that keep their state in a file and go on from it.

use std::path::PathBuf;

use crate::builtins::values::files::resolve;
use crate::builtins::{Arguments, Context};
use crate::data::numpy::{self, Array, Numbers};
use crate::data::{file, numpy_read, write};
use crate::diag::{Code, Diagnostic};
use crate::discover::training::{
    self, Apart, Checkpoint, FrameSettings, Joint, JointSettings, Method, Problem, Progress, State, Trained,
    TrainingError,
};
use crate::lang::value::{TrainingValue, Value};
use crate::limits::Limits;
use crate::span::Span;

/// The file in which a training keeps its state, if any.
struct Keeper<'a> {
    arguments: &'a Arguments,
    file: Option<PathBuf>,
    /// Where an error of a state that does not fit is: at `resume` or at the call.
    resumed: Span,
}

impl Keeper<'_> {
    fn new<'a>(context: &Context<'_>, a: &'a Arguments) -> Result<Keeper<'a>, Diagnostic> {
        let file = a.get("checkpoint").map(|_| resolve(context, a, "checkpoint")).transpose()?;
        if file.as_ref().is_some_and(|path| path.extension().is_none_or(|e| e != "npz")) {
            return Err(a.wrong("checkpoint", Code::Argument, "a checkpoint is a .npz file"));
        }
        let resumed = if a.get("resume").is_some() { a.span("resume") } else { context.span };
        Ok(Keeper { arguments: a, file, resumed })
    }

    fn keep(&self, arrays: impl FnOnce() -> Vec<training::Named>) -> Result<(), Diagnostic> {
        let Some(path) = &self.file else { return Ok(()) };
        numpy::npz(&named(arrays()))
            // Also what an interrupted training leaves is kept.
            .and_then(|bytes| write::replace(path, &bytes, &Limits::none()))
            .map_err(|e| Diagnostic::from(e).at(self.arguments.span("checkpoint")))
    }

    /// The error of a training that did not end, which says from where it can go on.
    fn stopped(&self, context: &Context<'_>, error: TrainingError, from: String) -> Diagnostic {
        let is_stop = matches!(error, TrainingError::Stop(_));
        let error = Diagnostic::from(error).at(context.span);
        match self.arguments.get("checkpoint") {
            Some(Value::Text(name)) if is_stop => error.hint(format!("resume = \"{name}\" goes on from {from}")),
            _ => error,
        }
    }
}

/// A joint training, with its state in a file every so many steps and when it is stopped.
pub(crate) fn train_jointly(
    context: &Context<'_>,
    a: &Arguments,
    problem: Problem<'_>,
    settings: &JointSettings,
) -> Result<(Trained, Checkpoint), Diagnostic> {
    let resume = match resumed(context, a)? {
        None => None,
        Some(State::Joint(state)) => Some(state),
        Some(State::Apart(_)) => return Err(a.wrong("resume", Code::Kind, "this was no joint training")),
    };
    let keeper = Keeper::new(context, a)?;
    if keeper.file.is_none() && a.get("every").is_some() {
        return Err(a.wrong("every", Code::Argument, "`every` is for checkpoints").hint("checkpoint = \"t.npz\""));
    }
    let every = a.count_or("every", 1, 1 << 40, 1000)? as u64;
    let mut training = Joint::new(problem, settings, resume, context.limits)
        .map_err(|error| Diagnostic::from(error).at(keeper.resumed))?;
    loop {
        let step = training.state().adam.steps;
        let until = if keeper.file.is_some() { step.saturating_add(every - step % every) } else { u64::MAX };
        let outcome = training.advance(until, context.limits);
        if matches!(outcome, Ok(_) | Err(TrainingError::Stop(_))) {
            keeper.keep(|| training.state().arrays())?;
        }
        let from = || format!("step {}", training.state().adam.steps);
        if outcome.map_err(|error| keeper.stopped(context, error, from()))? {
            return Ok(training.finish());
        }
    }
}

/// A training of generators apart from each other, with its state in a file after every start, batch or set of copies.
pub(crate) fn train_apart(
    context: &Context<'_>,
    a: &Arguments,
    problem: Problem<'_>,
    method: Method,
    settings: &FrameSettings,
) -> Result<(Trained, Progress), Diagnostic> {
    let resume = match resumed(context, a)? {
        None => None,
        Some(State::Apart(state)) => Some(state),
        Some(State::Joint(_)) => {
            return Err(a
                .wrong("resume", Code::Kind, "this was a joint training")
                .hint("method = \"joint\" goes on with it"));
        }
    };
    let keeper = Keeper::new(context, a)?;
    let mut training = Apart::new(problem, method, settings, resume, context.limits)
        .map_err(|error| Diagnostic::from(error).at(keeper.resumed))?;
    loop {
        let outcome = training.advance();
        if matches!(outcome, Ok(_) | Err(TrainingError::Stop(_))) {
            keeper.keep(|| training.progress().arrays())?;
        }
        let from = || format!("{} generators", training.progress().losses.len());
        if outcome.map_err(|error| keeper.stopped(context, error, from()))? {
            let progress = training.progress().clone();
            let trained = training.finish().map_err(|error| Diagnostic::from(error).at(context.span))?;
            return Ok((trained, progress));
        }
    }
}

/// From where the training of `resume` goes on.
fn resumed(context: &Context<'_>, a: &Arguments) -> Result<Option<State>, Diagnostic> {
    match a.get("resume") {
        None => Ok(None),
        Some(Value::Training(it)) => Ok(Some(it.state.clone())),
        Some(Value::Text(_)) => saved(context, a).map(Some),
        Some(_) => Err(a.wrong("resume", Code::Kind, "`resume` takes a training or the .npz file of one")),
    }
}

fn named(rows: Vec<training::Named>) -> Vec<(String, Array)> {
    rows.into_iter().map(|(name, shape, x)| (name.to_string(), Array { shape, numbers: Numbers::Real(x) })).collect()
}

/// A state from the file that `save(t, "t.npz")` wrote, or a checkpoint.
fn saved(context: &Context<'_>, a: &Arguments) -> Result<State, Diagnostic> {
    const MAX_FILE: u64 = 2 << 30;
    let at = |e: crate::data::DataError| Diagnostic::from(e).at(a.span("resume"));
    let path = resolve(context, a, "resume")?;
    let bytes = file::bytes(&path, MAX_FILE).map_err(at)?;
    let arrays = numpy_read::read_npz(&bytes, context.limits).map_err(at)?;
    let find = |name: &str| {
        arrays.iter().find(|(key, _)| key == name).and_then(|(_, array)| match &array.numbers {
            Numbers::Real(x) => Some(x.clone()),
            Numbers::Whole(_) | Numbers::Complex(_) => None,
        })
    };
    State::from_arrays(find).ok_or_else(|| {
        a.wrong("resume", Code::Format, "this file holds no training")
            .hint("save(t, \"t.npz\") of a training t writes one")
    })
}

/// The arrays of a `.npz` file: the generators, the curve, and what a training goes on from.
pub(crate) fn arrays(it: &TrainingValue) -> Vec<(String, Array)> {
    let trained = &it.trained;
    let shape = vec![trained.count(), trained.n, trained.n];
    let mut out = vec![("generators".to_string(), Array { shape, numbers: Numbers::Real(trained.generators.clone()) })];
    out.extend(named(it.state.arrays()));
    out
}
