//! A diagnostic for people: one line, the source line, a caret with a few words, and what to try.
//! The one file that knows the diagnostics crate.

use std::borrow::Cow;
use std::io;
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic as Report, Label, LabelStyle, Severity};
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::{self, Chars, Config, WriteStyle};

use super::{Diagnostic, Sources};
use crate::show::{Look, Markup, Style};
use crate::span::Span;

/// Source lines longer than this are shown in part.
const LONGEST_LINE: usize = 160;

/// The diagnostic as markup, without a line break at its end.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, look: Look) -> Markup {
    let places = diagnostic.span.iter().chain(diagnostic.related.iter().map(|(span, _)| span));
    let excerpts = Excerpts::of(sources, places.copied());
    let mut report = Report::error().with_code(diagnostic.code.as_str()).with_message(visible(&diagnostic.message));
    if let Some(span) = diagnostic.span {
        let label = Label::primary(span.source, excerpts.range(span));
        report = report.with_label(label.with_message(visible(diagnostic.label.as_deref().unwrap_or(""))));
    }
    for (span, words) in &diagnostic.related {
        report = report.with_label(Label::secondary(span.source, excerpts.range(*span)).with_message(visible(words)));
    }
    if let Some(hint) = &diagnostic.hint {
        report = report.with_note(format!("hint: {}", visible(hint)));
    }
    let chars = if look == Look::Ascii { Chars::ascii() } else { Chars::box_drawing() };
    let config = Config { chars, ..Config::default() };
    let mut recorder = Recorder { style: Style::Text, pieces: Vec::new() };
    if term::emit_to_write_style(&mut recorder, &config, &excerpts, &report).is_err() {
        // The place could not be shown: the words still are.
        return heading(diagnostic);
    }
    recorder.markup()
}

/// The first line alone, with the hint.
fn heading(diagnostic: &Diagnostic) -> Markup {
    let first = Markup::error(format!("error[{}]", diagnostic.code.as_str()))
        + Markup::strong(format!(": {}", visible(&diagnostic.message)));
    match &diagnostic.hint {
        Some(hint) => first + Markup::Break + Markup::hint(format!("  = hint: {}", visible(hint))),
        None => first,
    }
}

/// What the renderer may see of the sources: control characters blanked, overlong lines cut around the place.
struct Excerpts<'a> {
    sources: &'a Sources,
    texts: Vec<(u32, Excerpt<'a>)>,
}

struct Excerpt<'a> {
    text: Cow<'a, str>,
    line_starts: Vec<usize>,
    /// Where the text begins in its source, when it is a part of one line.
    cut: Option<Cut>,
}

struct Cut {
    start: usize,
    line: usize,
    column: usize,
    /// Bytes of the mark put in front.
    mark: usize,
}

impl<'a> Excerpts<'a> {
    fn of(sources: &'a Sources, places: impl Iterator<Item = Span>) -> Excerpts<'a> {
        let mut texts: Vec<(u32, Excerpt<'a>)> = Vec::new();
        for span in places {
            if texts.iter().all(|(source, _)| *source != span.source) {
                texts.push((span.source, Excerpt::of(sources, span)));
            }
        }
        Excerpts { sources, texts }
    }

    fn get(&self, source: u32) -> Result<&Excerpt<'a>, Error> {
        self.texts.iter().find(|(known, _)| *known == source).map(|(_, excerpt)| excerpt).ok_or(Error::FileMissing)
    }

    /// The byte range of a span in its excerpt, clamped to whole characters.
    fn range(&self, span: Span) -> Range<usize> {
        let Ok(excerpt) = self.get(span.source) else { return 0..0 };
        let moved = |position: usize| match &excerpt.cut {
            Some(cut) => position.saturating_sub(cut.start) + cut.mark,
            None => position,
        };
        let start = boundary_before(&excerpt.text, moved(span.range().start));
        let end = boundary_before(&excerpt.text, moved(span.range().end)).max(start);
        start..end
    }
}

impl<'a> Excerpt<'a> {
    fn of(sources: &'a Sources, span: Span) -> Excerpt<'a> {
        let text = sources.text(span.source);
        let start = boundary_before(text, span.range().start);
        let line_start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let line_end = text.get(start..).and_then(|after| after.find('\n')).map_or(text.len(), |at| start + at);
        if line_end - line_start <= LONGEST_LINE {
            return Excerpt::new(visible(text), None);
        }
        let from = boundary_before(text, start.saturating_sub(LONGEST_LINE / 2).max(line_start));
        let to = boundary_before(text, (from + LONGEST_LINE).min(line_end));
        let mark = if from > line_start { "…" } else { "" };
        let tail = if to < line_end { "…" } else { "" };
        let (line, column) = sources.line_column(Span { start: start as u32, ..span });
        let part = visible(text.get(from..to).unwrap_or(""));
        let cut = Cut { start: from, line, column, mark: mark.len() };
        Excerpt::new(Cow::Owned(format!("{mark}{part}{tail}")), Some(cut))
    }

    fn new(text: Cow<'a, str>, cut: Option<Cut>) -> Excerpt<'a> {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Excerpt { text, line_starts, cut }
    }
}

impl<'a> Files<'a> for Excerpts<'_> {
    type FileId = u32;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, source: u32) -> Result<&'a str, Error> {
        Ok(self.sources.name(source))
    }

    fn source(&'a self, source: u32) -> Result<&'a str, Error> {
        Ok(self.get(source)?.text.as_ref())
    }

    fn line_index(&'a self, source: u32, byte: usize) -> Result<usize, Error> {
        Ok(self.get(source)?.line_starts.partition_point(|start| *start <= byte).saturating_sub(1))
    }

    fn line_number(&'a self, source: u32, line_index: usize) -> Result<usize, Error> {
        Ok(self.get(source)?.cut.as_ref().map_or(line_index + 1, |cut| cut.line))
    }

    fn column_number(&'a self, source: u32, line_index: usize, byte: usize) -> Result<usize, Error> {
        let excerpt = self.get(source)?;
        if let Some(cut) = &excerpt.cut {
            return Ok(cut.column);
        }
        let start = excerpt.line_starts.get(line_index).copied().unwrap_or(0);
        Ok(excerpt.text.get(start..byte).map_or(1, |before| before.chars().count() + 1))
    }

    fn line_range(&'a self, source: u32, line_index: usize) -> Result<Range<usize>, Error> {
        let excerpt = self.get(source)?;
        let max = excerpt.line_starts.len();
        let start = *excerpt.line_starts.get(line_index).ok_or(Error::LineTooLarge { given: line_index, max })?;
        let end = excerpt.line_starts.get(line_index + 1).copied().unwrap_or(excerpt.text.len());
        Ok(start..end)
    }
}

/// The nearest character boundary at or before a byte position.
fn boundary_before(text: &str, position: usize) -> usize {
    let mut position = position.min(text.len());
    while !text.is_char_boundary(position) {
        position -= 1;
    }
    position
}

/// The text with control characters blanked, byte for byte, so that a file cannot steer the terminal.
fn visible(text: &str) -> Cow<'_, str> {
    // Besides control characters those that turn the direction of writing, which make a line look like another.
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let hidden = |c: char| (c.is_control() && c != '\n' && c != '\t') || turns(c);
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if hidden(character) {
            let stand_in = if character == '\r' { " " } else { "?" };
            shown.push_str(&stand_in.repeat(character.len_utf8()));
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Collects what the renderer writes as styled pieces.
struct Recorder {
    style: Style,
    pieces: Vec<(Style, Vec<u8>)>,
}

impl Recorder {
    fn set(&mut self, style: Style) -> io::Result<()> {
        self.style = style;
        Ok(())
    }

    fn markup(mut self) -> Markup {
        // The renderer ends with empty lines; whoever prints decides about those.
        while let Some((_, last)) = self.pieces.last_mut() {
            last.truncate(last.trim_ascii_end().len());
            if !last.is_empty() {
                break;
            }
            self.pieces.pop();
        }
        let pieces = self.pieces.into_iter();
        pieces.map(|(style, bytes)| Markup::piece(style, String::from_utf8_lossy(&bytes).into_owned())).sum()
    }
}

impl io::Write for Recorder {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.pieces.last_mut() {
            Some((style, piece)) if *style == self.style => piece.extend_from_slice(bytes),
            _ => self.pieces.push((self.style, bytes.to_vec())),
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl WriteStyle for Recorder {
    fn set_header(&mut self, _: Severity) -> io::Result<()> {
        self.set(Style::Error)
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        self.set(Style::Strong)
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.set(Style::Dim)
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.set(Style::Dim)
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        self.set(Style::Dim)
    }

    fn set_label(&mut self, _: Severity, style: LabelStyle) -> io::Result<()> {
        self.set(if style == LabelStyle::Primary { Style::Error } else { Style::Hint })
    }

    fn reset(&mut self) -> io::Result<()> {
        self.set(Style::Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::show::plain;

    fn shown(text: &str, diagnostic: impl FnOnce(u32) -> Diagnostic) -> String {
        let mut sources = Sources::default();
        let source = sources.add("a.sym", text);
        plain::render(&render(&diagnostic(source), &sources, Look::Unicode), Look::Unicode)
    }

    #[test]
    fn source_line_caret_label_hint_and_related_place() {
        let text = "algebra g = so(3)\nidentify(gg)\n";
        let report = shown(text, |source| {
            let mut error = Diagnostic::new(Code::Name, "unknown name gg")
                .at(Span::new(source, 27, 29))
                .label("not defined")
                .hint("did you mean g?");
            error.related.push((Span::new(source, 8, 9), "g is defined here".to_owned()));
            error
        });
        let expected = [
            "error[name]: unknown name gg",
            "  ┌─ a.sym:2:10",
            "  │",
            "1 │ algebra g = so(3)",
            "  │         - g is defined here",
            "2 │ identify(gg)",
            "  │          ^^ not defined",
            "  │",
            "  = hint: did you mean g?",
        ];
        assert_eq!(report.trim_end().lines().map(str::trim_end).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn an_error_without_a_place_is_one_line() {
        let report = shown("", |_| Diagnostic::new(Code::Io, "cannot read b.sym"));
        assert_eq!(report, "error[io]: cannot read b.sym");
    }

    #[test]
    fn hostile_places_and_texts_are_shown_without_harm() {
        let long = format!("{}x{}", "[".repeat(5000), "]".repeat(5000));
        let report = shown(&long, |source| Diagnostic::new(Code::Syntax, "deep").at(Span::new(source, 5000, 5001)));
        assert!(report.contains("a.sym:1:5001") && report.chars().count() < 600, "{report}");
        let report = shown("\u{1b}[2Jx\r\n", |source| Diagnostic::new(Code::Syntax, "odd").at(Span::new(source, 0, 1)));
        assert!(!report.contains('\u{1b}'), "{report}");
        for (start, end) in [(0, 0), (1, 2), (2, 1), (3, 900), (900, 901)] {
            let report = shown("é⊗", |source| Diagnostic::new(Code::Syntax, "odd").at(Span { source, start, end }));
            assert!(report.starts_with("error[syntax]: odd"), "{report}");
        }
        let report = shown("", |source| Diagnostic::new(Code::Syntax, "nothing here").at(Span::new(source + 7, 0, 1)));
        assert!(report.starts_with("error[syntax]: nothing here"), "{report}");
    }
}
