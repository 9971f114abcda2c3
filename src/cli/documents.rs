//! Texts the program can print about itself: help, shell completions, the manual page.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::CommandFactory;

use super::args::{Arguments, Options};
use super::console::{Console, Report};
use super::scan;
use crate::diag::{Diagnostic, Sources, human};
use crate::session::help;
use crate::show::{Look, Markup, plain};

/// The text of `symmetra help [TOPIC]`.
pub fn help(topic: Option<&str>, options: &Options) -> ExitCode {
    let mut console = Console::new(options);
    match topic_text(topic.unwrap_or("")) {
        Ok(text) => print(format!("{}\n", console.paint_result(&text)).as_bytes()),
        Err(problem) => {
            console.message(&Report::new(&problem, &Sources::default(), "-").words);
            ExitCode::FAILURE
        }
    }
}

/// The text of `?topic`; an empty topic gives an overview. Headings stand out, examples are highlighted.
pub fn topic_text(topic: &str) -> Result<Markup, Diagnostic> {
    let text = help::topic(topic.trim())?;
    let lines = text.trim_end().lines().enumerate().map(|(number, line)| match line.split_once("> ") {
        Some((indent, code)) if indent.trim().is_empty() => {
            Markup::text(indent.to_owned()) + Markup::dim("> ") + scan::highlight(code)
        }
        _ if number == 0 => Markup::strong(line.to_owned()),
        _ => Markup::text(line.to_owned()),
    });
    Ok(Markup::lines(lines.collect::<Vec<_>>()))
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
