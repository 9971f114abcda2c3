//! Layout: which line breaks end a statement, and whether a text is finished.
//!
//! One linear pass over the text, before the grammar: comments and joined line breaks become blanks (byte for
//! byte, so every place stays where it was), brackets are matched, and nesting is capped, so that nothing
//! after this pass can recurse deeper than [`MAX_DEPTH`].

use crate::diag::{Code, Diagnostic};
use crate::span::Span;

/// How deep brackets, signs and conditionals may nest.
pub const MAX_DEPTH: usize = 200;

/// The longest program text, in bytes. Data belongs in files of their own.
pub const MAX_LENGTH: usize = 16 << 20;

/// A text after the pass.
pub struct Layout {
    /// The text with comments and joined line breaks blanked; same length.
    pub text: String,
    /// Whether the text ends where something is still expected: an open bracket or string, an operator.
    pub waiting: bool,
}

/// Why a text has no layout.
pub struct Trouble {
    /// The message.
    pub error: Diagnostic,
    /// Whether more text could mend it.
    pub mendable: bool,
}

type Wrong = Box<Trouble>;

fn wrong(error: Diagnostic, mendable: bool) -> Wrong {
    Box::new(Trouble { error, mendable })
}

/// What stood last before a line break.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    Nothing,
    Settled,
    Waiting,
}

/// Lays out the text of source number `source`.
pub fn layout(text: &str, source: u32) -> Result<Layout, Wrong> {
    if text.len() > MAX_LENGTH {
        let error = Diagnostic::new(Code::Syntax, format!("this program is longer than {} MiB", MAX_LENGTH >> 20))
            .hint("large tables belong in a data file: load(\"table.json\")");
        return Err(wrong(error, false));
    }
    let mut pass =
        Pass { source, out: text.as_bytes().to_vec(), open: Vec::new(), last: Last::Nothing, conditionals: 0 };
    let mut rest = text;
    let mut after_else = false;
    while let Some(c) = rest.chars().next() {
        let at = text.len() - rest.len();
        let taken = match c {
            '#' => {
                let end = rest.find('\n').unwrap_or(rest.len());
                pass.blank(at, end);
                end
            }
            '"' => {
                pass.last = Last::Settled;
                pass.string(rest, at)?
            }
            '\n' => {
                pass.line_break(at, rest.get(1..).unwrap_or(""));
                1
            }
            c if c.is_alphabetic() || c == '_' || c.is_ascii_digit() => {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
                let word = rest.get(..end).unwrap_or("");
                pass.word(word, at, after_else)?;
                after_else = word == "else";
                end
            }
            _ => {
                pass.symbol(c, at)?;
                c.len_utf8()
            }
        };
        rest = rest.get(taken.max(1)..).unwrap_or("");
    }
    if let Some((bracket, at)) = pass.open.last() {
        let error = Diagnostic::new(Code::Syntax, format!("this `{bracket}` is never closed"))
            .at(pass.span(*at, 1))
            .hint(format!("add the closing `{}`", closing(*bracket)));
        return Err(wrong(error, true));
    }
    let waiting = pass.last == Last::Waiting;
    // Only whole characters were overwritten, each byte by a blank, so the bytes are still UTF-8.
    let text = String::from_utf8(pass.out).unwrap_or_default();
    Ok(Layout { text, waiting })
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

struct Pass {
    source: u32,
    out: Vec<u8>,
    open: Vec<(char, usize)>,
    last: Last,
    conditionals: usize,
}

impl Pass {
    fn span(&self, at: usize, length: usize) -> Span {
        Span::new(self.source, at, at + length)
    }

    fn blank(&mut self, at: usize, length: usize) {
        if let Some(bytes) = self.out.get_mut(at..at + length) {
            bytes.fill(b' ');
        }
    }

    /// The length of the string literal at the start of `rest`.
    fn string(&self, rest: &str, at: usize) -> Result<usize, Wrong> {
        let mut escaped = false;
        for (offset, c) in rest.char_indices().skip(1) {
            match c {
                '\n' => break,
                '"' if !escaped => return Ok(offset + 1),
                _ => escaped = c == '\\' && !escaped,
            }
        }
        let error = Diagnostic::new(Code::Syntax, "this string is never closed")
            .at(self.span(at, 1))
            .hint("strings end on their line with `\"`; a line break inside is written \\n");
        Err(wrong(error, false))
    }

    fn line_break(&mut self, at: usize, rest: &str) {
        let inside = matches!(self.open.last(), Some(('(' | '[', _)));
        if inside || self.last == Last::Waiting || (self.last == Last::Settled && continues(rest)) {
            self.blank(at, 1);
        } else {
            self.last = Last::Nothing;
            self.conditionals = 0;
        }
    }

    fn word(&mut self, word: &str, at: usize, after_else: bool) -> Result<(), Wrong> {
        self.last =
            if matches!(word, "then" | "else" | "in" | "and" | "or" | "not") { Last::Waiting } else { Last::Settled };
        if word == "if" && !after_else {
            self.conditionals += 1;
            if self.conditionals > MAX_DEPTH {
                return Err(wrong(too_deep(self.span(at, word.len())), false));
            }
        }
        Ok(())
    }

    fn symbol(&mut self, c: char, at: usize) -> Result<(), Wrong> {
        match c {
            '(' | '[' | '{' => {
                if self.open.len() >= MAX_DEPTH {
                    return Err(wrong(too_deep(self.span(at, 1)), false));
                }
                self.open.push((c, at));
                self.last = Last::Nothing;
            }
            ')' | ']' | '}' => {
                match self.open.pop() {
                    Some((open, _)) if closing(open) == c => {}
                    Some((open, from)) => {
                        let mut error = Diagnostic::new(Code::Syntax, format!("`{c}` does not close `{open}`"))
                            .at(self.span(at, 1))
                            .label(format!("expected `{}`", closing(open)));
                        error.related.push((self.span(from, 1), "opened here".to_string()));
                        return Err(wrong(error, false));
                    }
                    None => {
                        let error =
                            Diagnostic::new(Code::Syntax, format!("this `{c}` closes nothing")).at(self.span(at, 1));
                        return Err(wrong(error, false));
                    }
                }
                self.last = Last::Settled;
            }
            ';' => {
                self.last = Last::Nothing;
                self.conditionals = 0;
            }
            '+' | '-' | '*' | '/' | '^' | ',' | '=' | '<' | '>' | '.' | '→' | '⊗' | '⊕' | '≠' | '≤' | '≥' =>
            {
                self.last = Last::Waiting;
            }
            c if c.is_whitespace() || c == '\u{FEFF}' => {}
            _ => self.last = Last::Settled,
        }
        Ok(())
    }
}

/// The error for nesting beyond [`MAX_DEPTH`].
pub fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(Code::Syntax, format!("nested more than {MAX_DEPTH} deep"))
        .at(span)
        .hint("name a part of it with `let` and use the name")
}

/// Whether the next line that says something starts with `then` or `else`.
fn continues(rest: &str) -> bool {
    // A look ahead of some lines, not of the whole text: the pass must stay linear.
    let end = (0..=rest.len().min(2000)).rev().find(|&end| rest.is_char_boundary(end)).unwrap_or(0);
    let mut rest = rest.get(..end).unwrap_or("");
    loop {
        rest = rest.trim_start();
        match rest.strip_prefix('#') {
            Some(comment) => rest = comment.find('\n').and_then(|end| comment.get(end..)).unwrap_or(""),
            None => break,
        }
    }
    ["then", "else"].iter().any(|word| {
        rest.strip_prefix(word).is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_lines_and_keeps_places() {
        let text = "let x = # a\n  [1,\n2] # é\ny";
        let out = layout(text, 0).unwrap_or_else(|e| panic!("{:?}", e.error)).text;
        assert_eq!(out.len(), text.len());
        assert_eq!(out.matches('\n').count(), 1);
        assert_eq!(out.find('y'), text.find('y'));
    }

    #[test]
    fn braces_keep_their_lines() {
        let out = layout("f(brackets {\n[a,b] = c\n})", 0).unwrap_or_else(|e| panic!("{:?}", e.error));
        assert_eq!(out.text.matches('\n').count(), 2);
    }

    #[test]
    fn a_comment_line_per_line_does_not_go_quadratic() {
        let text = "# c\n".repeat(50_000);
        assert!(layout(&text, 0).is_ok());
    }

    #[test]
    fn unclosed_brackets_can_be_mended() {
        assert!(layout("f(1,", 0).is_err_and(|e| e.mendable));
        assert!(layout("f(1]", 0).is_err_and(|e| !e.mendable));
        assert!(layout("\"abc", 0).is_err_and(|e| !e.mendable));
        assert!(layout(&"(".repeat(100_000), 0).is_err_and(|e| !e.mendable));
    }
}
