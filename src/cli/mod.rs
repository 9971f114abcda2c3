//! The program: arguments, scripts, the REPL. Everything that knows a terminal is in this folder.

#![cfg_attr(not(test), deny(clippy::indexing_slicing))]

mod args;
mod commands;
mod console;
mod documents;
mod helper;
mod history;
mod input;
mod progress;
mod repl;
mod scan;
mod script;
mod signals;
mod worker;

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use args::{Arguments, Command, Options};
use script::Task;

/// The whole program; the value is its exit status.
pub fn main() -> ExitCode {
    let arguments = match args::parse(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(message) => return documents::usage(&message),
    };
    worker::remember_panics();
    if let Some(threads) = arguments.options.threads {
        crate::parallel::limit_threads(usize::from(threads));
    }
    dispatch(&arguments)
}

fn dispatch(arguments: &Arguments) -> ExitCode {
    let options: &Options = &arguments.options;
    match &arguments.command {
        Some(Command::Run { files }) => script::run_files(Task::Run, files, options),
        Some(Command::Check { files }) => script::run_files(Task::Check, files, options),
        Some(Command::Help { topic }) => documents::help(topic.as_deref(), options),
        Some(Command::Completions { shell }) => documents::completions(*shell),
        Some(Command::Man) => documents::manual(),
        None if !arguments.code.is_empty() => script::run_code(&arguments.code, options),
        None if !arguments.files.is_empty() => script::run_files(Task::Run, &arguments.files, options),
        None if io::stdin().is_terminal() => repl::run(options),
        None => script::run_standard_input(options),
    }
}
