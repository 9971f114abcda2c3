//! Diagnostics as data: what went wrong, where, what was expected, and what to try.
//!
//! Nothing here prints. The renderers (`human`, `json`) turn a [`Diagnostic`] into what a user or a program reads.

pub mod human;
pub mod json;

use crate::limits::Stop;
use crate::span::Span;

/// The stable code of an error; the names are those of the JSON output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// The text is not a program.
    Syntax,
    /// An unknown name.
    Name,
    /// A value of the wrong kind.
    Kind,
    /// The wrong number of arguments, or an unknown keyword argument.
    Arity,
    /// A value out of range.
    Argument,
    /// Matrices or vectors whose sizes do not fit.
    Shape,
    /// The Jacobi identity fails.
    Jacobi,
    /// Brackets that contradict antisymmetry.
    Antisymmetry,
    /// An index out of range.
    Index,
    /// A malformed or infinite number.
    Number,
    /// Two different values for one entry, or a name defined twice.
    Duplicate,
    /// Generators that do not close under the bracket.
    Closure,
    /// A file that is not what it says.
    Format,
    /// Reading or writing failed.
    Io,
    /// An `assert` that does not hold.
    Assert,
    /// The time limit passed.
    Timeout,
    /// The memory limit would be passed.
    Memory,
    /// Ctrl-C.
    Interrupted,
    /// Something the program does not do.
    Unsupported,
    /// A bug.
    Internal,
}

impl Code {
    /// Every code.
    pub const ALL: &[Code] = &[
        Code::Syntax,
        Code::Name,
        Code::Kind,
        Code::Arity,
        Code::Argument,
        Code::Shape,
        Code::Jacobi,
        Code::Antisymmetry,
        Code::Index,
        Code::Number,
        Code::Duplicate,
        Code::Closure,
        Code::Format,
        Code::Io,
        Code::Assert,
        Code::Timeout,
        Code::Memory,
        Code::Interrupted,
        Code::Unsupported,
        Code::Internal,
    ];

    /// The name of the code in JSON output.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::Syntax => "syntax",
            Code::Name => "name",
            Code::Kind => "kind",
            Code::Arity => "arity",
            Code::Argument => "argument",
            Code::Shape => "shape",
            Code::Jacobi => "jacobi",
            Code::Antisymmetry => "antisymmetry",
            Code::Index => "index",
            Code::Number => "number",
            Code::Duplicate => "duplicate",
            Code::Closure => "closure",
            Code::Format => "format",
            Code::Io => "io",
            Code::Assert => "assert",
            Code::Timeout => "timeout",
            Code::Memory => "memory",
            Code::Interrupted => "interrupted",
            Code::Unsupported => "unsupported",
            Code::Internal => "internal",
        }
    }

    /// What the code means, for the reference.
    pub fn about(self) -> &'static str {
        match self {
            Code::Syntax => "the text is not a program",
            Code::Name => "an unknown name",
            Code::Kind => "a value of the wrong kind",
            Code::Arity => "too few or too many arguments",
            Code::Argument => "a value out of range",
            Code::Shape => "matrices, vectors or forms of sizes that do not fit",
            Code::Jacobi => "brackets that violate the Jacobi identity; the triple is shown",
            Code::Antisymmetry => "brackets that are not antisymmetric",
            Code::Index => "an index out of range",
            Code::Number => "a malformed or infinite number",
            Code::Duplicate => "two different values for one entry, or a name defined twice",
            Code::Closure => "generators that do not close under the bracket where they must",
            Code::Format => "a file that is not what it says",
            Code::Io => "reading or writing failed",
            Code::Assert => "an `assert` that does not hold",
            Code::Timeout => "the time limit passed",
            Code::Memory => "the memory limit would be passed",
            Code::Interrupted => "Ctrl-C",
            Code::Unsupported => "something the program does not do",
            Code::Internal => "a bug; it asks for a report",
        }
    }
}

/// One error: its code, what happened in one line, where, and what to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// What happened, in one line.
    pub message: String,
    /// Where it happened (absent when the error has no place in a text, e.g. an unreadable script).
    pub span: Option<Span>,
    /// A few words for the caret: what stands here, or what was expected.
    pub label: Option<String>,
    /// Other places that matter, each with a few words.
    pub related: Vec<(Span, String)>,
    /// What to try.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error without a place yet.
    pub fn new(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code, message: message.into(), span: None, label: None, related: Vec::new(), hint: None }
    }

    /// The same error at this place, unless it has one already.
    pub fn at(mut self, span: Span) -> Diagnostic {
        self.span.get_or_insert(span);
        self
    }

    /// The same error with words for the caret.
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = Some(label.into());
        self
    }

    /// The same error with advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hint = Some(hint.into());
        self
    }
}

impl From<Stop> for Diagnostic {
    fn from(stop: Stop) -> Diagnostic {
        let code = match stop {
            Stop::Interrupted => Code::Interrupted,
            Stop::Timeout(_) => Code::Timeout,
            Stop::Memory { .. } => Code::Memory,
        };
        Diagnostic::new(code, stop.to_string())
    }
}

/// The texts that spans point into, in the order they were added.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    texts: Vec<(String, String)>,
}

impl Sources {
    /// Adds a text under the name shown in messages and returns its number.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> u32 {
        self.texts.push((name.into(), text.into()));
        (self.texts.len() - 1) as u32
    }

    /// The name of a source.
    pub fn name(&self, source: u32) -> &str {
        self.texts.get(source as usize).map_or("-", |t| t.0.as_str())
    }

    /// The text of a source.
    pub fn text(&self, source: u32) -> &str {
        self.texts.get(source as usize).map_or("", |t| t.1.as_str())
    }

    /// Line and column of the start of a span, both from 1; the column counts characters.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let text = self.text(span.source);
        let mut end = (span.start as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        (line, column)
    }
}
