//! Texts the program can print about itself: help, shell completions, the manual page.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::CommandFactory;

use super::args::Arguments;
use super::console::Report;
use crate::diag::{Diagnostic, Sources, human};
use crate::session::help;
use crate::show::{Look, Markup, plain};

/// The text of `symmetra help [TOPIC]`.
pub fn help(topic: Option<&str>) -> ExitCode {
    match topic_text(topic) {
        Ok(text) => print(format!("{}\n", text.trim_end()).as_bytes()),
        Err(problem) => {
            let words = Report::new(&problem, &Sources::default(), "-").words;
            let _ = writeln!(io::stderr(), "{}", plain::render(&words, Look::Unicode));
            ExitCode::FAILURE
        }
    }
}

/// The text of `?topic`; without a topic, an overview.
pub fn topic_text(topic: Option<&str>) -> Result<String, Diagnostic> {
    help::topic(topic.unwrap_or("").trim())
}

/// Completions for a shell.
pub fn completions(shell: clap_complete::Shell) -> ExitCode {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "symmetra", &mut text);
    print(&text)
}

/// The manual page.
pub fn manual() -> ExitCode {
    let mut text = Vec::new();
    match clap_mangen::Man::new(Arguments::command()).render(&mut text) {
        Ok(()) => print(&text),
        Err(_) => ExitCode::FAILURE,
    }
}

/// What clap has to say: `--help`, `--version` or a wrong call.
pub fn usage(message: &clap::Error) -> ExitCode {
    // Nobody may be reading; that changes nothing about the call.
    let _ = message.print();
    ExitCode::from(u8::try_from(message.exit_code()).unwrap_or(2))
}

/// A diagnostic on plain standard error, before any console exists.
pub fn complain(problem: &Diagnostic) {
    let words: Markup = human::render(problem, &Sources::default(), Look::Unicode);
    let _ = writeln!(io::stderr(), "{}", plain::render(&words, Look::Unicode));
}

fn print(text: &[u8]) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}
