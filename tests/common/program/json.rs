//! What programs print for other programs, an object for each value.

use std::path::Path;

use serde_json::Value;
use symmetra::diag::Diagnostic;
use symmetra::limits::Limits;
use symmetra::session::{Printed, Session};

use super::{here, run_in_session};

/// Runs a program.
#[track_caller]
pub fn run(text: &str) -> Vec<Value> {
    match run_with(text, here(), &Limits::none()) {
        Ok(found) => found,
        Err(error) => panic!("{text}: {error:?}"),
    }
}

/// Runs a program and gives its last value.
#[track_caller]
pub fn last(text: &str) -> Value {
    match run(text).pop() {
        Some(found) => found,
        None => panic!("{text} prints nothing"),
    }
}

/// Runs a program in a folder, from which it reads and to which it writes, within limits.
pub fn run_with(text: &str, folder: &Path, limits: &Limits) -> Result<Vec<Value>, Diagnostic> {
    run_in_session(&mut Session::new(), text, folder, limits, Printed::json)
}
