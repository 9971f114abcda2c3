//! Programs that other programs include.

use std::path::{Path, PathBuf};

use super::eval::{Evaluator, first};
use crate::data::file::shown;
use crate::data::{self, Fault};
use crate::diag::{Code, Diagnostic, Sources};
use crate::span::Span;

/// Larger programs are not included; the parser refuses them with its own words from 16 MiB on.
const MAX_INCLUDE: u64 = 64 << 20;

impl Evaluator<'_> {
    pub(super) fn include(&mut self, path: &str, span: Span) -> Result<(), Diagnostic> {
        let file = self.base.join(path);
        let (number, text) = read_source(&file, self.sources, &self.including).map_err(|e| e.at(span))?;
        let program = super::parse::parse(&text, number)?;
        let outer = std::mem::replace(&mut self.base, file.parent().map(Path::to_path_buf).unwrap_or_default());
        self.including.push(file);
        let known = super::check::Known::of(self.names, self.history.len());
        let checked = super::check::check(program, known, &self.base, self.sources, &self.including);
        let result = match checked {
            Ok(checked) => checked.statements().iter().try_for_each(|statement| self.statement(statement)),
            Err(errors) => Err(first(errors)),
        };
        self.including.pop();
        self.base = outer;
        result
    }
}

/// Reads a program file into the sources, unless it is being included already.
pub fn read_source(file: &Path, sources: &mut Sources, including: &[PathBuf]) -> Result<(u32, String), Diagnostic> {
    let same = |other: &PathBuf| {
        other == file || other.canonicalize().ok().is_some_and(|o| file.canonicalize().ok() == Some(o))
    };
    if including.iter().any(same) {
        let message = format!("{} includes itself", shown(file).display());
        return Err(Diagnostic::new(Code::Io, message).hint("an include must not lead back to its own file"));
    }
    if including.len() >= 50 {
        return Err(Diagnostic::new(Code::Io, "files include each other more than 50 deep"));
    }
    let name = shown(file).display().to_string();
    let bytes = data::file::bytes(file, MAX_INCLUDE).map_err(|e| match e.fault {
        Fault::Format => Diagnostic::new(Code::Format, e.message),
        _ => Diagnostic::new(Code::Io, e.message),
    })?;
    let text =
        String::from_utf8(bytes).map_err(|_| Diagnostic::new(Code::Format, format!("{name} is not UTF-8 text")))?;
    let number = sources.add(name, text.clone());
    Ok((number, text))
}
