//! What programs print for people, a text for each value.

use std::path::Path;

use symmetra::diag::Diagnostic;
use symmetra::limits::Limits;
use symmetra::session::{Printed, Session};

use super::{here, run_in_session};

/// Runs a program.
#[track_caller]
pub fn run(text: &str) -> Vec<String> {
    match run_in(text, here()) {
        Ok(found) => found,
        Err(error) => panic!("{text}: {error:?}"),
    }
}

/// Runs a program in a folder, from which it reads and to which it writes.
pub fn run_in(text: &str, folder: &Path) -> Result<Vec<String>, Diagnostic> {
    run_with(text, folder, &Limits::none())
}

/// The same within limits.
pub fn run_with(text: &str, folder: &Path, limits: &Limits) -> Result<Vec<String>, Diagnostic> {
    run_in_session(&mut Session::new(), text, folder, limits, Printed::text)
}

/// Runs a program and compares what it prints.
#[track_caller]
pub fn gives(text: &str, expected: impl Expected) {
    expected.compare(&run(text), text);
}

/// What a program must print: the whole as one text, or a text for each value.
pub trait Expected {
    #[track_caller]
    fn compare(&self, found: &[String], program: &str);
}

impl Expected for &str {
    #[track_caller]
    fn compare(&self, found: &[String], program: &str) {
        assert_eq!(found.join("\n"), *self, "{program}");
    }
}

impl Expected for &String {
    #[track_caller]
    fn compare(&self, found: &[String], program: &str) {
        self.as_str().compare(found, program);
    }
}

impl Expected for &[&str] {
    #[track_caller]
    fn compare(&self, found: &[String], program: &str) {
        assert_eq!(found, *self, "{program}");
    }
}

impl<const N: usize> Expected for &[&str; N] {
    #[track_caller]
    fn compare(&self, found: &[String], program: &str) {
        self.as_slice().compare(found, program);
    }
}
