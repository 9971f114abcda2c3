//! The checker: names, kinds and arities, before anything is computed.
//!
//! It reports every error of a text. What it cannot know (the kind of a parameter, say) it lets pass; the
//! evaluator checks again.

mod calls;
mod expressions;
mod names;
mod statements;

use std::path::{Path, PathBuf};

use self::names::Binding;
pub use self::names::Known;
pub use self::statements::declared;
use super::kind::Kinds;
use super::tree::{Name, Program, Statement};
use crate::diag::{Diagnostic, Sources};

/// A program that passed the check; only these are evaluated.
pub struct Checked {
    program: Program,
}

impl Checked {
    /// Its statements.
    pub fn statements(&self) -> &[Statement] {
        &self.program.statements
    }
}

/// Checks a program; the files it includes are read (and added to `sources`) but not run.
pub fn check(
    program: Program,
    known: Known,
    base: &Path,
    sources: &mut Sources,
    including: &[PathBuf],
) -> Result<Checked, Vec<Diagnostic>> {
    let mut checker = Checker {
        known,
        base: base.to_path_buf(),
        sources,
        including: including.to_vec(),
        frames: Vec::new(),
        later: Vec::new(),
        errors: Vec::new(),
    };
    checker.program(&program);
    if checker.errors.is_empty() { Ok(Checked { program }) } else { Err(checker.errors) }
}

struct Checker<'a> {
    known: Known,
    base: PathBuf,
    sources: &'a mut Sources,
    including: Vec<PathBuf>,
    /// Names of parameters and loops; a function body starts with `None`, beyond which only later names show.
    frames: Vec<(String, Kinds)>,
    /// Names declared anywhere in this text: a function body may use them before they are declared.
    later: Vec<String>,
    errors: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn error(&mut self, error: Diagnostic) {
        // A text that is wrong from end to end needs no more than the first hundred messages.
        if self.errors.len() < 100 {
            self.errors.push(error);
        }
    }

    fn bind(&mut self, name: &Name, binding: Binding) {
        self.known.names.insert(name.text.clone(), binding);
    }

    fn within(&mut self, names: Vec<(String, Kinds)>, body: impl FnOnce(&mut Self)) {
        let before = self.frames.len();
        self.frames.extend(names);
        body(self);
        self.frames.truncate(before);
    }
}
