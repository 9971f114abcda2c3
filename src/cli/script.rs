//! Running and checking scripts: each in a fresh session on a worker thread, the first failure ends the call.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use super::args::Options;
use super::console::{Console, Report};
use super::input::Script;
use super::signals::{INTERRUPTED, Interrupts};
use super::worker::{Bounds, Ending, supervise};
use crate::data::file::reason;
use crate::diag::{Code, Diagnostic, Sources};
use crate::limits::Limits;
use crate::session::Session;

/// What is done with scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Evaluate them.
    Run,
    /// Look at them only.
    Check,
}

/// Why a call ended early.
enum Failure {
    /// An error to be written.
    Reported(Vec<Report>),
    /// Results that could not be written.
    Unwritten(io::Error),
}

/// Reads and treats the files one after the other.
pub fn run_files(task: Task, files: &[PathBuf], options: &Options) -> ExitCode {
    let scripts = files.iter().map(|path| (path.display().to_string(), move || Script::read(path)));
    run_all(task, scripts, options)
}

/// Runs all of standard input as one script.
pub fn run_standard_input(options: &Options) -> ExitCode {
    run_all(Task::Run, [("-".to_owned(), Script::read_standard_input)].into_iter(), options)
}

/// Runs code from the command line.
pub fn run_code(code: &[String], options: &Options) -> ExitCode {
    let code = code.join("\n");
    run_all(Task::Run, [("-".to_owned(), move || Ok(Script::of_code(code)))].into_iter(), options)
}

fn run_all<Read: FnOnce() -> Result<Script, Diagnostic>>(
    task: Task,
    scripts: impl Iterator<Item = (String, Read)>,
    options: &Options,
) -> ExitCode {
    let mut console = Console::new(options);
    let interrupts = Interrupts::listen(false);
    let bounds = Bounds {
        stop: interrupts.fresh_flag(),
        deadline: options.timeout.map(|allowed| (Instant::now() + allowed, allowed)),
    };
    let limits = limits(options).with_stop_flag(bounds.stop.clone());
    let mut status = ExitCode::SUCCESS;
    for (name, read) in scripts {
        let outcome = read()
            .map_err(|error| Failure::Reported(vec![Report::new(&error, &Sources::default(), &name)]))
            .and_then(|script| treat(task, script, &bounds, limits.clone(), &mut console));
        match outcome {
            Ok(()) => continue,
            Err(Failure::Reported(reports)) => {
                let written = reports.iter().try_for_each(|report| console.report(report));
                status = match written {
                    Err(error) => unwritten(&mut console, &error),
                    Ok(()) if reports.iter().any(|report| report.interrupted) => ExitCode::from(INTERRUPTED),
                    Ok(()) => ExitCode::FAILURE,
                };
                // A check goes through all files; a run stops, because its error object is the last one.
                if task == Task::Check {
                    continue;
                }
            }
            Err(Failure::Unwritten(error)) => status = unwritten(&mut console, &error),
        }
        break;
    }
    status
}

/// The limits that the options ask for; the stop flag is set by the caller.
pub fn limits(options: &Options) -> Limits {
    let mut limits = Limits::none().with_seed(options.seed);
    if let Some(allowed) = options.timeout {
        limits = limits.with_timeout(allowed);
    }
    if let Some(mib) = options.memory {
        limits = limits.with_memory(mib);
    }
    limits
}

fn treat(task: Task, script: Script, bounds: &Bounds, limits: Limits, console: &mut Console) -> Result<(), Failure> {
    let manner = console.manner;
    let limits = console.start_progress().listen(limits);
    let origin = script.name.clone();
    let ending = supervise(bounds, console, move |emit| {
        let mut session = Session::new();
        let Script { name, text, folder } = script;
        let problems = match task {
            Task::Check => session.check(&name, &text, &folder),
            Task::Run => {
                let mut show = |printed: &crate::session::Printed| emit(manner.show(printed));
                session.run(&name, &text, &folder, &limits, &mut show).err().into_iter().collect()
            }
        };
        problems.iter().map(|problem| Report::new(problem, session.sources(), &name)).collect::<Vec<_>>()
    });
    console.end_progress();
    let problem = match ending {
        Ending::Returned(reports) if reports.is_empty() => return Ok(()),
        Ending::Returned(reports) => return Err(Failure::Reported(reports)),
        Ending::Unread(error) => return Err(Failure::Unwritten(error)),
        Ending::Abandoned(stop) => Diagnostic::from(stop),
        Ending::Panicked => bug(),
        Ending::NotStarted(error) => no_thread(&error),
    };
    Err(Failure::Reported(vec![Report::new(&problem, &Sources::default(), &origin)]))
}

/// A panic as an error: the program's fault, not the user's. [`Report`] adds the words of the panic.
pub fn bug() -> Diagnostic {
    Diagnostic::new(Code::Internal, "a bug in symmetra").hint("please report it together with the input that led here")
}

/// No thread could be started.
pub fn no_thread(error: &io::Error) -> Diagnostic {
    Diagnostic::new(Code::Memory, format!("the system gives no thread to compute on: {}", reason(error)))
}

/// A reader that left is no failure; a disk that is full is one.
fn unwritten(console: &mut Console, error: &io::Error) -> ExitCode {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return ExitCode::SUCCESS;
    }
    let problem = Diagnostic::new(Code::Io, format!("cannot write the results: {}", reason(error)));
    console.message(&Report::new(&problem, &Sources::default(), "-").words);
    ExitCode::FAILURE
}
