//! Where words go: results to standard output, everything else to standard error, colour when it is wanted.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::time::Instant;

use super::args::{ColorChoice, Options};
use super::progress::Progress;
use super::worker::{Audience, last_panic};
use crate::diag::{Code, Diagnostic, Sources, human, json};
use crate::session::Printed;
use crate::show::{Look, Markup, ansi, plain};

/// How results are written; it travels to the thread that makes them.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// JSON Lines instead of text.
    pub json: bool,
    /// Colour on standard output.
    pub color: bool,
    /// Which characters results use.
    pub look: Look,
}

impl Manner {
    /// One result as it is written, without the line break at its end.
    pub fn show(self, printed: &Printed) -> String {
        if self.json {
            return printed.json().to_string();
        }
        let markup = printed.value.to_markup();
        if self.color { ansi::render(&markup, self.look) } else { plain::render(&markup, self.look) }
    }
}

/// An error, rendered where its sources are, to be written where the streams are.
pub struct Report {
    /// For people.
    pub words: Markup,
    /// For programs.
    pub object: String,
    /// Whether Ctrl-C was the cause.
    pub interrupted: bool,
    /// What to try.
    pub hint: Option<String>,
}

impl Report {
    /// Renders a diagnostic; `origin` names the script when the diagnostic has no place.
    pub fn new(diagnostic: &Diagnostic, sources: &Sources, origin: &str) -> Report {
        let mut diagnostic = diagnostic.clone();
        // A bug is reported with its place in the program: whoever receives the report has nothing else.
        if let (Code::Internal, Some(words)) = (diagnostic.code, last_panic()) {
            diagnostic.message = format!("{}: {words}", diagnostic.message);
        }
        let diagnostic = &diagnostic;
        Report {
            words: human::render(diagnostic, sources, Look::Unicode),
            object: json::render(diagnostic, sources, origin).to_string(),
            interrupted: diagnostic.code == Code::Interrupted,
            hint: diagnostic.hint.clone(),
        }
    }
}

/// The two streams.
pub struct Console {
    /// How results are written.
    pub manner: Manner,
    color_of_messages: bool,
    results: BufWriter<Stdout>,
    shows_progress: bool,
    progress: Progress,
}

impl Console {
    /// The streams as the options want them.
    pub fn new(options: &Options) -> Console {
        let messages_on_terminal = io::stderr().is_terminal();
        let manner = Manner {
            json: options.json,
            color: wants_color(options.color, io::stdout().is_terminal()),
            look: Look::Unicode,
        };
        Console {
            manner,
            color_of_messages: wants_color(options.color, messages_on_terminal),
            results: BufWriter::new(io::stdout()),
            shows_progress: messages_on_terminal && !options.quiet,
            progress: Progress::new(false),
        }
    }

    /// Prepares to show the progress of the next computation.
    pub fn start_progress(&mut self) -> &Progress {
        self.progress = Progress::new(self.shows_progress);
        &self.progress
    }

    /// Removes what shows progress.
    pub fn end_progress(&mut self) {
        self.progress.clear();
    }

    /// Markup as text for standard error.
    pub fn paint_message(&self, markup: &Markup) -> String {
        if self.color_of_messages { ansi::render(markup, Look::Unicode) } else { plain::render(markup, Look::Unicode) }
    }

    /// Markup as text for standard output.
    pub fn paint_result(&self, markup: &Markup) -> String {
        if self.manner.color { ansi::render(markup, Look::Unicode) } else { plain::render(markup, Look::Unicode) }
    }

    /// Whether standard error shows colour.
    pub fn color_of_messages(&self) -> bool {
        self.color_of_messages
    }

    /// Writes a result and its line break.
    pub fn result(&mut self, text: &str) -> io::Result<()> {
        self.progress.clear();
        self.results.write_all(text.as_bytes())?;
        self.results.write_all(b"\n")
    }

    /// Sends what was written on its way.
    pub fn flush(&mut self) -> io::Result<()> {
        self.results.flush()
    }

    /// Writes a message to standard error. That nobody reads it is no reason to fail.
    pub fn message(&mut self, markup: &Markup) {
        self.progress.clear();
        let text = self.paint_message(markup);
        let _ = self.results.flush();
        let _ = writeln!(io::stderr(), "{text}");
    }

    /// Writes an error: to people always, to programs when they asked.
    pub fn report(&mut self, report: &Report) -> io::Result<()> {
        if self.manner.json {
            self.result(&report.object)?;
            self.flush()?;
        }
        self.message(&report.words);
        Ok(())
    }
}

impl Audience for Console {
    fn hear(&mut self, result: String) -> io::Result<()> {
        self.result(&result)
    }

    fn pause(&mut self) -> io::Result<()> {
        self.flush()
    }

    fn tick(&mut self) {
        self.progress.tick();
    }
}

/// Colour on a stream: as asked; else on terminals that can, unless `NO_COLOR` is set to something.
fn wants_color(choice: ColorChoice, terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => terminal && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// A duration as people write it.
pub fn duration_since(start: Instant) -> String {
    let seconds = start.elapsed().as_secs_f64();
    match seconds {
        s if s < 0.001 => format!("{:.0} µs", s * 1e6),
        s if s < 1.0 => format!("{:.0} ms", s * 1e3),
        s if s < 60.0 => format!("{s:.2} s"),
        s => format!("{:.0} min {:02.0} s", (s / 60.0).floor(), (s % 60.0).floor()),
    }
}
