//! The REPL: reads, evaluates under limits, shows, and never loses the session.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use rustyline::Editor;
use rustyline::config::{Behavior, ColorMode, CompletionType, Config};
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;

use super::args::Options;
use super::commands;
use super::console::{Console, Report, duration_since};
use super::documents;
use super::helper::EditorHelper;
use super::history;
use super::input::Script;
use super::script;
use super::signals::Interrupts;
use super::worker::{Audience, Bounds, Ending, supervise};
use crate::data::file::reason;
use crate::diag::{Code, Diagnostic, Sources};
use crate::lang::value::Value;
use crate::limits::Stop;
use crate::session::{Printed, Session};
use crate::show::{Look, Markup, plain};

/// Computations that take longer say so.
const NOTEWORTHY: Duration = Duration::from_secs(1);

/// An input that binds more names than this speaks for itself.
const MOST_DECLARED: usize = 8;

/// Lines of history that are kept.
const REMEMBERED: usize = 10_000;

/// Whether the REPL goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// The next line, please.
    Continue,
    /// Enough.
    Leave,
}

/// The state of the REPL.
pub struct Repl {
    /// The names and values of the user.
    pub session: Session,
    /// Where words go.
    pub console: Console,
    /// The options of the call; limits may be changed by command.
    pub options: Options,
    /// Whether every evaluation shows its time.
    pub timing: bool,
    /// The file that receives a copy of the session.
    pub log: Option<File>,
    /// The script that was loaded last.
    pub loaded: Option<PathBuf>,
    editor: Editor<EditorHelper, FileHistory>,
    history: Option<PathBuf>,
    interrupts: Interrupts,
    inputs: usize,
}

/// Runs the REPL until the user leaves.
pub fn run(options: &Options) -> ExitCode {
    let mut repl = match Repl::new(options) {
        Ok(repl) => repl,
        Err(error) => {
            documents::complain(&Diagnostic::new(Code::Io, format!("cannot use this terminal: {error}")));
            return ExitCode::FAILURE;
        }
    };
    repl.greet();
    loop {
        match repl.read() {
            Ok(Some(line)) => {
                if repl.obey(&line) == Flow::Leave {
                    return ExitCode::SUCCESS;
                }
            }
            Ok(None) => {}
            Err(ReadlineError::Eof) => return ExitCode::SUCCESS,
            Err(error) => {
                documents::complain(&Diagnostic::new(Code::Io, format!("cannot read from this terminal: {error}")));
                return ExitCode::FAILURE;
            }
        }
    }
}

impl Repl {
    fn new(options: &Options) -> rustyline::Result<Repl> {
        let console = Console::new(options);
        let color = console.color_of_messages();
        // With standard output redirected the prompt belongs on the terminal, not among the results.
        let behavior = if io::stdout().is_terminal() { Behavior::Stdio } else { Behavior::PreferTerm };
        let config = Config::builder()
            .max_history_size(REMEMBERED)?
            .history_ignore_dups(true)?
            .completion_type(CompletionType::List)
            .color_mode(if color { ColorMode::Enabled } else { ColorMode::Disabled })
            .behavior(behavior)
            .tab_stop(4)
            .build();
        let mut editor = Editor::with_config(config)?;
        editor.set_helper(Some(EditorHelper::new(color)));
        let history = history::path();
        if let Some(path) = &history {
            if let Some(folder) = path.parent() {
                // Without the folder the history cannot be kept, which is said when it is first written.
                let _ = std::fs::create_dir_all(folder);
            }
            // A history that is not there yet, or not readable, is an empty one.
            let _ = editor.load_history(path);
        }
        Ok(Repl {
            session: Session::new(),
            console,
            options: options.clone(),
            timing: false,
            log: None,
            loaded: None,
            editor,
            history,
            interrupts: Interrupts::listen(true),
            inputs: 0,
        })
    }

    fn greet(&mut self) {
        if !self.options.quiet {
            let name = Markup::strong(concat!("symmetra ", env!("CARGO_PKG_VERSION")));
            self.console.message(&(name + Markup::dim("   ? explains, ?name explains a function, :quit leaves")));
        }
    }

    /// One input, perhaps of several lines; none when the line was given up.
    fn read(&mut self) -> rustyline::Result<Option<String>> {
        if let Some(helper) = self.editor.helper_mut() {
            helper.names = self.session.bindings().into_iter().map(|(name, ..)| name).collect();
            helper.line_is_empty = Cell::new(true);
        }
        match self.editor.readline("> ") {
            Ok(line) => {
                self.remember(&line);
                Ok(Some(line))
            }
            Err(ReadlineError::Interrupted) => {
                if self.editor.helper().is_some_and(|helper| helper.line_is_empty.get()) {
                    self.console.message(&Markup::dim("to leave, press Ctrl-D or type :quit"));
                }
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Keeps a line in the history, on disk at once: a session may end in any way.
    fn remember(&mut self, line: &str) {
        if line.trim().is_empty() || !matches!(self.editor.add_history_entry(line), Ok(true)) {
            return;
        }
        let Some(path) = &self.history else { return };
        if let Err(error) = self.editor.append_history(path) {
            let words = format!("the history cannot be kept in {}: {error}", path.display());
            self.history = None;
            self.console.message(&Markup::dim(words));
        }
    }

    /// Does what a line says.
    fn obey(&mut self, line: &str) -> Flow {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            return Flow::Continue;
        }
        self.copy(&format!("> {}\n", trimmed.replace('\n', "\n  ")));
        let outcome = if let Some(command) = trimmed.strip_prefix(':') {
            commands::run(self, command)
        } else if let Some(topic) = self.topic(trimmed) {
            commands::run(self, &format!("help {topic}"))
        } else if matches!(trimmed, "quit" | "exit") && !self.is_defined(trimmed) {
            Ok(Flow::Leave)
        } else {
            self.evaluate_line(line);
            Ok(Flow::Continue)
        };
        outcome.unwrap_or_else(|problem| {
            let report = Report::new(&problem, &Sources::default(), "-");
            self.report(&report);
            Flow::Continue
        })
    }

    /// What a line asks help for. A name `help` of the user's own is a name.
    fn topic<'a>(&self, line: &'a str) -> Option<&'a str> {
        line.strip_prefix('?').or_else(|| asked(line).filter(|_| !line.starts_with("help") || !self.is_defined("help")))
    }

    fn is_defined(&self, name: &str) -> bool {
        self.session.bindings().iter().any(|(known, ..)| known == name)
    }

    /// Evaluates a line that was typed.
    pub fn evaluate_line(&mut self, line: &str) {
        self.inputs += 1;
        let mut script = Script::of_code(line.to_owned());
        if !self.options.json {
            script.name = format!("input {}", self.inputs);
        }
        if self.evaluate(script) {
            self.say_what_was_declared();
        }
    }

    /// One line for each name that an input bound: what one made deserves an answer, too.
    fn say_what_was_declared(&mut self) {
        let mut lines: Vec<Markup> = Vec::new();
        for name in self.session.declared() {
            let Some(value) = self.session.get(name) else { continue };
            // A representation that is called what it calls itself is named once.
            let summary = value.line();
            let summary = summary.strip_prefix(&format!("{name}: ")).map(str::to_string).unwrap_or(summary);
            let line = match value {
                Value::Function(_) => Markup::dim(summary),
                Value::Algebra(_) | Value::Group(_) | Value::Rep(_) | Value::Module(_) | Value::Form(_) => {
                    Markup::name(name.clone()) + Markup::dim(format!(": {summary}"))
                }
                _ => Markup::name(name.clone()) + Markup::dim(format!(" = {summary}")),
            };
            lines.push(line);
        }
        if lines.len() <= MOST_DECLARED && !lines.is_empty() && !self.options.quiet {
            self.console.message(&Markup::lines(lines));
        }
    }

    /// Runs a script in this session. The session moves to the worker and comes back with the effects of the
    /// statements that completed; if the worker has to be left behind, a copy from before takes its place.
    /// Says whether the session came back.
    pub fn evaluate(&mut self, script: Script) -> bool {
        let bounds = Bounds {
            stop: self.interrupts.fresh_flag(),
            deadline: self.options.timeout.map(|allowed| (Instant::now() + allowed, allowed)),
        };
        let limits = script::limits(&self.options).with_stop_flag(bounds.stop.clone());
        let limits = self.console.start_progress().listen(limits);
        let manner = self.console.manner;
        let before = self.session.clone();
        let mut session = std::mem::replace(&mut self.session, Session::new());
        let start = Instant::now();
        let mut audience = Witness { console: &mut self.console, log: &mut self.log };
        let ending = supervise(&bounds, &mut audience, move |emit| {
            let Script { name, text, folder } = script;
            let mut show = |printed: &Printed| emit(manner.show(printed));
            let outcome = session.run(&name, &text, &folder, &limits, &mut show);
            let report = outcome.err().map(|problem| Report::new(&problem, session.sources(), &name));
            (session, report)
        });
        self.console.end_progress();
        self.session = before;
        let came_back = matches!(ending, Ending::Returned(_));
        let mut timed = self.timing || start.elapsed() >= NOTEWORTHY;
        match ending {
            Ending::Returned((session, report)) => {
                self.session = session;
                match report {
                    Some(report) if report.interrupted => {
                        // From where it can go on, where it can.
                        self.say_interrupted(start, &report.hint.map(|hint| format!("; {hint}")).unwrap_or_default());
                        timed = false;
                    }
                    Some(report) => self.report(&report),
                    None => {}
                }
            }
            Ending::Abandoned(Stop::Interrupted) => {
                self.say_interrupted(start, "; it did not stop at once and was left behind, nothing of it took effect");
                timed = false;
            }
            Ending::Abandoned(stop) => {
                let problem = Diagnostic::from(stop).hint("it did not stop at once and was left behind");
                self.report(&Report::new(&problem, &Sources::default(), "-"));
            }
            Ending::Panicked => self.report(&Report::new(&script::bug(), &Sources::default(), "-")),
            Ending::NotStarted(error) => {
                self.report(&Report::new(&script::no_thread(&error), &Sources::default(), "-"));
            }
            Ending::Unread(error) => {
                let problem = Diagnostic::new(Code::Io, format!("cannot write the results: {}", reason(&error)));
                self.report(&Report::new(&problem, &Sources::default(), "-"));
            }
        }
        if timed {
            self.console.message(&Markup::dim(format!("time {}", duration_since(start))));
        }
        came_back
    }

    fn say_interrupted(&mut self, start: Instant, more: &str) {
        self.console.message(&Markup::hint(format!("interrupted after {}{more}", duration_since(start))));
    }

    /// Writes an answer of the REPL itself (not of a computation).
    pub fn say(&mut self, markup: &Markup) {
        // With JSON asked for, only results may stand on standard output.
        if self.options.json {
            self.console.message(markup);
            return;
        }
        let text = self.console.paint_result(markup);
        self.copy(&format!("{}\n", plain::render(markup, Look::Unicode)));
        // If standard output is gone, the next result will say so.
        let _ = self.console.result(&text).and_then(|()| self.console.flush());
    }

    fn report(&mut self, report: &Report) {
        self.copy(&format!("{}\n", plain::render(&report.words, Look::Unicode)));
        let _ = self.console.report(report);
    }

    fn copy(&mut self, text: &str) {
        copy_to(&mut self.log, text);
    }

    /// Clears the screen.
    pub fn clear_screen(&mut self) {
        // A terminal that cannot be cleared stays as it is.
        let _ = self.editor.clear_screen();
    }
}

/// `name?` and `help name` ask for help as `?name` does.
fn asked(line: &str) -> Option<&str> {
    let name = match line.strip_suffix('?') {
        Some(name) => name,
        None if line == "help" => "",
        None => line.strip_prefix("help ")?.trim(),
    };
    name.chars().all(|sign| sign.is_alphanumeric() || sign == '_').then_some(name)
}

/// Hears results for the terminal and for the copy.
struct Witness<'a> {
    console: &'a mut Console,
    log: &'a mut Option<File>,
}

impl Audience for Witness<'_> {
    fn hear(&mut self, result: String) -> io::Result<()> {
        if self.log.is_some() {
            copy_to(self.log, &format!("{}\n", without_color(&result)));
        }
        self.console.result(&result)
    }

    fn pause(&mut self) -> io::Result<()> {
        self.console.flush()
    }

    fn tick(&mut self) {
        self.console.tick();
    }
}

/// A copy that cannot be written ends, rather than disturb the session at every line.
fn copy_to(log: &mut Option<File>, text: &str) {
    if log.as_mut().is_some_and(|file| file.write_all(text.as_bytes()).is_err()) {
        *log = None;
    }
}

/// Text without the escape sequences that colour it.
fn without_color(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let mut bare = parts.next().unwrap_or("").to_owned();
    parts.for_each(|part| bare.push_str(part.split_once('m').map_or("", |(_, rest)| rest)));
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_and_colours() {
        assert_eq!(asked("identify?"), Some("identify"));
        assert_eq!(asked("f(x)?"), None);
        assert_eq!(without_color("\u{1b}[1mG2\u{1b}[0m ok"), "G2 ok");
    }
}
