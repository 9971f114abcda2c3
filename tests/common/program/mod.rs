//! Programs of the language: what they print, as [`text`] or [`json`], and what wrong ones are told.

pub mod json;
pub mod text;

use std::path::Path;

use symmetra::diag::Diagnostic;
use symmetra::limits::Limits;
use symmetra::session::{Printed, Session};

/// The folder of programs that name no files.
pub fn here() -> &'static Path {
    Path::new(".")
}

/// Runs a program in a session and reads what it prints.
pub fn run_in_session<T>(
    session: &mut Session,
    text: &str,
    folder: &Path,
    limits: &Limits,
    read: impl Fn(&Printed) -> T,
) -> Result<Vec<T>, Diagnostic> {
    let mut out = Vec::new();
    session.run("test.sym", text, folder, limits, &mut |printed| out.push(read(printed)))?;
    Ok(out)
}

/// What a program is told that must be refused.
#[track_caller]
pub fn refusal(session: &mut Session, text: &str, folder: &Path, limits: &Limits) -> Diagnostic {
    match run_in_session(session, text, folder, limits, |_| ()) {
        Ok(_) => panic!("{text} is accepted"),
        Err(error) => error,
    }
}

/// Compares the code, and looks for a piece of the message, label or hint.
#[track_caller]
pub fn assert_says(error: &Diagnostic, text: &str, code: &str, piece: &str) {
    assert_eq!(error.code.as_str(), code, "{text}: {error:?}");
    let all = format!("{} | {:?} | {:?}", error.message, error.label, error.hint);
    assert!(all.contains(piece), "{text}: {all}");
}

/// The program is refused with this code and these words.
#[track_caller]
pub fn fails(text: &str, code: &str, says: &str) {
    assert_says(&refusal(&mut Session::new(), text, here(), &Limits::none()), text, code, says);
}

/// The same in a session, and the text that the span covers.
#[track_caller]
pub fn fails_at(session: &mut Session, text: &str, code: &str, at: &str, says: &str) {
    let error = refusal(session, text, here(), &Limits::none());
    assert_says(&error, text, code, says);
    let Some(span) = error.span else { panic!("{text}: {error:?}") };
    assert_eq!(session.sources().text(span.source).get(span.range()), Some(at), "{text}: {error:?}");
}
