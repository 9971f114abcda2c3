//! Floor 9: a session. Names, the history of printed values, the transcript; runs texts statement by statement.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use serde_json::{Map, Value as Json, json};

use crate::builtins;
use crate::diag::{Code, Diagnostic, Sources};
use crate::lang::check::{Checked, Known, check};
use crate::lang::eval::{self, Evaluator, first};
use crate::lang::names::Names;
use crate::lang::parse::parse;
use crate::lang::value::Value;
use crate::limits::Limits;

/// The stack of the thread that parses and evaluates: room for the nesting that the evaluator allows. It is
/// reserved, not used.
const STACK: usize = 512 << 20;

/// Results that may wait to be shown; then the evaluation waits, so that memory stays bounded and a deadline holds.
const WAITING: usize = 64;

/// One printed result.
pub type Printed = eval::Printed;

impl Printed {
    /// The result for people.
    pub fn text(&self) -> String {
        self.value.to_text()
    }

    /// The result for programs: `kind`, `line`, `source` and the keys of the kind.
    pub fn json(&self) -> Json {
        let mut object = Map::new();
        if let Json::Object(keys) = self.value.to_json() {
            for (key, value) in keys {
                let is_kind = key == "kind";
                object.insert(key, value);
                if is_kind {
                    object.insert("line".to_string(), json!(self.line));
                    object.insert("source".to_string(), json!(self.source));
                }
            }
        }
        Json::Object(object)
    }
}

/// Everything that lives as long as a conversation.
#[derive(Clone, Debug, Default)]
pub struct Session {
    names: Names,
    history: Vec<Value>,
    sources: Sources,
    transcript: Vec<String>,
    declared: Vec<String>,
}

impl Session {
    /// A session in which nothing has been said.
    pub fn new() -> Session {
        Session::default()
    }

    /// Runs the statements of a text in order, each completely or not at all, calling `emit` for each printed
    /// result; stops at the first error. The whole text is parsed and checked before anything is computed.
    /// `base` is the folder relative paths are taken from.
    pub fn run(
        &mut self,
        name: &str,
        text: &str,
        base: &Path,
        limits: &Limits,
        emit: &mut dyn FnMut(&Printed),
    ) -> Result<(), Diagnostic> {
        self.declared.clear();
        let number = self.sources.add(name, text);
        // Deep nesting needs a deep stack; results travel back over a channel and are shown as they come.
        let (sender, receiver) = std::sync::mpsc::sync_channel::<Printed>(WAITING);
        std::thread::scope(|scope| {
            let work = move || {
                let mut send = |printed: Printed| {
                    // The receiver lives as long as this thread; a closed channel has nobody to show anything to.
                    let _ = sender.send(printed);
                };
                self.run_here(number, text, base, limits, &mut send)
            };
            let worker = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).map_err(|error| {
                Diagnostic::new(Code::Memory, format!("no room for the evaluator's stack: {error}"))
            })?;
            receiver.iter().for_each(|printed| emit(&printed));
            worker.join().unwrap_or_else(|_| Err(bug()))
        })
    }

    fn run_here(
        &mut self,
        number: u32,
        text: &str,
        base: &Path,
        limits: &Limits,
        emit: &mut dyn FnMut(Printed),
    ) -> Result<(), Diagnostic> {
        let checked = self.prepare(number, text, base).map_err(first)?;
        for statement in checked.statements() {
            let (names, history, sources) = (&mut self.names, &mut self.history, &mut self.sources);
            let printed = history.len();
            let mut evaluator = Evaluator::new(names, history, sources, limits, base, &mut *emit);
            let result = catch_unwind(AssertUnwindSafe(|| evaluator.statement(statement)));
            match result.unwrap_or_else(|_| Err(bug())) {
                Ok(()) => {
                    self.declared.extend(self.names.keep());
                    let source = text.get(statement.span.range()).unwrap_or("").to_string();
                    self.transcript.push(source);
                }
                Err(error) => {
                    self.names.undo();
                    self.history.truncate(printed);
                    return Err(error.at(statement.span));
                }
            }
        }
        Ok(())
    }

    fn prepare(&mut self, number: u32, text: &str, base: &Path) -> Result<Checked, Vec<Diagnostic>> {
        let program = parse(text, number).map_err(|error| vec![error])?;
        check(program, Known::of(&self.names, self.history.len()), base, &mut self.sources, &[])
    }

    /// All errors that can be found in a text without computing anything.
    pub fn check(&mut self, name: &str, text: &str, base: &Path) -> Vec<Diagnostic> {
        let number = self.sources.add(name, text);
        std::thread::scope(|scope| {
            let work = || self.prepare(number, text, base).err().unwrap_or_default();
            match std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work) {
                Ok(worker) => worker.join().unwrap_or_else(|_| vec![bug()]),
                Err(error) => vec![Diagnostic::new(Code::Memory, format!("no room for the checker's stack: {error}"))],
            }
        })
    }

    /// The texts so far, for showing where something went wrong.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The bound names in alphabetical order: name, kind, and the value in one line.
    pub fn bindings(&self) -> Vec<(String, String, String)> {
        self.names.iter().map(|(name, value)| (name.to_string(), value.kind().short(), value.line())).collect()
    }

    /// The names that the last run bound, in order.
    pub fn declared(&self) -> &[String] {
        &self.declared
    }

    /// The value of a bound name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.names.get(name)
    }

    /// The statements that succeeded, one per line: a script that says the same again.
    pub fn transcript(&self) -> String {
        self.transcript.iter().map(|line| format!("{line}\n")).collect()
    }

    /// Forgets names, values and transcript.
    pub fn reset(&mut self) {
        self.names.clear();
        self.history.clear();
        self.transcript.clear();
        self.declared.clear();
    }

    /// The last printed value.
    pub fn last(&self) -> Option<&Value> {
        self.history.last()
    }
}

fn bug() -> Diagnostic {
    Diagnostic::new(Code::Internal, "the program made a mistake here; nothing of this statement took effect")
        .hint("please report it with the statement that shows it")
}

/// Help as the command line and the REPL show it.
pub mod help {
    use super::builtins;
    use crate::diag::Diagnostic;

    /// The help on a function, a topic or the language; an empty name lists the topics.
    pub fn topic(name: &str) -> Result<String, Diagnostic> {
        builtins::topic_text(name)
    }

    /// All functions, aliases included, in alphabetical order.
    pub fn names() -> Vec<&'static str> {
        builtins::names().collect()
    }

    /// The keywords that a function takes.
    pub fn keywords_of(function: &str) -> Vec<&'static str> {
        let row = builtins::find(function);
        row.into_iter()
            .flat_map(|row| row.params.iter().filter(|p| p.mode != builtins::Mode::Rest).map(|p| p.name))
            .collect()
    }

    /// The signature of a function with its summary.
    pub fn signature(function: &str) -> Option<String> {
        builtins::find(function).map(builtins::Builtin::signature)
    }
}
