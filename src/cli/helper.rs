//! What the line editor shows while one types: completion, hints, highlighting, and whether a text is finished.

use std::borrow::Cow;
use std::cell::Cell;

use rustyline::completion::{Completer, FilenameCompleter, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper};

use super::commands::{self, Argument};
use super::scan::{self, Place};
use crate::builtins::KEYWORDS;
use crate::lang::parse::{Completeness, completeness};
use crate::session::help;
use crate::show::{Style, ansi};

/// Signs that are typed by name: `\otimes` and Tab.
const SIGNS: [(&str, &str); 14] = [
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("ge", "≥"),
    ("lambda", "λ"),
    ("le", "≤"),
    ("mu", "μ"),
    ("ne", "≠"),
    ("omega", "ω"),
    ("oplus", "⊕"),
    ("otimes", "⊗"),
    ("sigma", "σ"),
    ("theta", "θ"),
    ("to", "→"),
];

/// The editor's knowledge of the language and of the session.
pub struct EditorHelper {
    /// Names defined in the session.
    pub names: Vec<String>,
    /// Whether the line being typed is empty: Ctrl-C then explains how to leave.
    pub line_is_empty: Cell<bool>,
    color: bool,
    functions: Vec<&'static str>,
    files: FilenameCompleter,
}

impl EditorHelper {
    /// A helper that highlights when `color`.
    pub fn new(color: bool) -> EditorHelper {
        EditorHelper {
            names: Vec::new(),
            line_is_empty: Cell::new(true),
            color,
            functions: help::names(),
            files: FilenameCompleter::new(),
        }
    }

    /// Names, functions, keywords and the keyword arguments of the open call that begin with `word`.
    fn words(&self, word: &str, call: Option<&str>) -> Vec<Pair> {
        let fits = |name: &&str| name.starts_with(word);
        let arguments = call.map(help::keywords_of).unwrap_or_default();
        let mut pairs: Vec<Pair> =
            arguments.into_iter().filter(fits).map(|name| pair(name, format!("{name} = "))).collect();
        // An empty word would list the whole language; inside a call the keyword arguments are answer enough.
        if word.is_empty() && !pairs.is_empty() {
            return pairs;
        }
        let functions = self.functions.iter().copied().filter(fits).map(|name| {
            let called = help::signature(name).is_some_and(|signature| signature.contains('('));
            pair(name, if called { format!("{name}(") } else { name.to_owned() })
        });
        let names = self.names.iter().map(String::as_str).filter(fits).map(|name| pair(name, name.to_owned()));
        let keywords = KEYWORDS.iter().copied().filter(fits).map(|name| pair(name, format!("{name} ")));
        let mut rest: Vec<Pair> = names.chain(functions).chain(keywords).collect();
        rest.sort_by(|a, b| a.display.cmp(&b.display));
        rest.dedup_by(|a, b| a.display == b.display);
        pairs.extend(rest);
        pairs
    }

    fn topics(&self, word: &str) -> Vec<Pair> {
        self.functions.iter().filter(|name| name.starts_with(word)).map(|name| pair(name, (*name).to_owned())).collect()
    }
}

fn pair(display: &str, replacement: String) -> Pair {
    Pair { display: display.to_owned(), replacement }
}

/// The start of the word that ends a text, words being apart by blanks.
fn last_word(text: &str) -> usize {
    text.rfind(char::is_whitespace)
        .map_or(0, |at| at + text.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8))
}

/// Signs whose name begins so; a name typed in full wins over longer ones.
fn signs(name: &str) -> Vec<Pair> {
    let fits = SIGNS.iter().filter(|(known, _)| known.starts_with(name));
    let exact: Vec<Pair> = SIGNS
        .iter()
        .filter(|(known, _)| *known == name)
        .map(|(known, sign)| pair(&format!("\\{known} {sign}"), (*sign).to_owned()))
        .collect();
    if !exact.is_empty() {
        return exact;
    }
    fits.map(|(known, sign)| pair(&format!("\\{known} {sign}"), (*sign).to_owned())).collect()
}

impl Completer for EditorHelper {
    type Candidate = Pair;

    fn complete(&self, line: &str, cursor: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let before = line.get(..cursor).unwrap_or(line);
        if let Some(topic) = before.strip_prefix('?') {
            return Ok((1, self.topics(topic.trim_start())));
        }
        if let Some(command) = before.strip_prefix(':') {
            let Some((name, argument)) = command.split_once(' ') else {
                return Ok((
                    0,
                    commands::names_with_prefix(command).map(|name| pair(&name, format!("{name} "))).collect(),
                ));
            };
            return match commands::find(name).map(|command| command.argument) {
                Ok(Argument::File) => self.files.complete_path(line, cursor),
                Ok(Argument::Topic) => Ok((last_word(before), self.topics(argument.trim_start()))),
                Ok(Argument::Code) => Ok(self.complete_code(line, before, cursor)),
                Ok(Argument::None | Argument::Settings) | Err(_) => Ok((cursor, Vec::new())),
            };
        }
        Ok(self.complete_code(line, before, cursor))
    }
}

impl EditorHelper {
    fn complete_code(&self, line: &str, before: &str, cursor: usize) -> (usize, Vec<Pair>) {
        if let Some((at, name)) = before.rfind('\\').and_then(|at| Some((at, before.get(at + 1..)?)))
            && name.chars().all(|sign| sign.is_ascii_alphabetic())
            && !matches!(scan::place(before), Place::String(_))
        {
            return (at, signs(name));
        }
        match scan::place(before) {
            Place::Comment => (cursor, Vec::new()),
            Place::String(_) => self.files.complete_path(line, cursor).unwrap_or((cursor, Vec::new())),
            Place::Code { attribute: true, .. } => (cursor, Vec::new()),
            Place::Code { word, call, .. } => {
                let typed = before.get(word..).unwrap_or("");
                (word, self.words(typed, call.as_deref()))
            }
        }
    }
}

/// A hint that is shown and never typed for the user.
pub struct Advice(String);

impl Hint for Advice {
    fn display(&self) -> &str {
        &self.0
    }

    fn completion(&self) -> Option<&str> {
        None
    }
}

impl Hinter for EditorHelper {
    type Hint = Advice;

    fn hint(&self, line: &str, cursor: usize, _: &Context<'_>) -> Option<Advice> {
        self.line_is_empty.set(line.trim().is_empty());
        if cursor < line.len() {
            return None;
        }
        if let Some(typed) = line.strip_prefix(':') {
            let command = commands::find(typed.split(' ').next()?).ok()?;
            return (!typed.contains(' ')).then(|| Advice(format!("   {}", command.summary)));
        }
        match scan::place(line) {
            Place::Code { call: Some(function), .. } => {
                help::signature(&function).map(|signature| Advice(format!("   {}", shortened(&signature))))
            }
            _ => None,
        }
    }
}

/// The first line, cut behind a parameter when it would fill more than one line of a terminal: `?name` shows the rest.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    match line.char_indices().nth(HINT_WIDTH) {
        None => line.to_string(),
        Some((end, _)) => {
            let head = line.get(..end).unwrap_or(line);
            format!("{}, …", head.rsplit_once(", ").map_or(head, |(whole, _)| whole))
        }
    }
}

/// Characters of a signature that are shown behind an open call.
const HINT_WIDTH: usize = 90;

impl Highlighter for EditorHelper {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        if !self.color || line.starts_with([':', '?']) {
            return Cow::Borrowed(line);
        }
        let painted =
            scan::pieces(line).into_iter().map(|(token, piece)| ansi::paint(scan::style(token, piece), piece));
        Cow::Owned(painted.collect())
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        if self.color { ansi::paint(Style::Strong, prompt) } else { Cow::Borrowed(prompt) }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        if self.color { ansi::paint(Style::Dim, hint) } else { Cow::Borrowed(hint) }
    }

    fn highlight_char(&self, _: &str, _: usize, _: CmdKind) -> bool {
        self.color
    }
}

impl Validator for EditorHelper {
    fn validate(&self, context: &mut ValidationContext) -> rustyline::Result<ValidationResult> {
        let text = context.input();
        // Two empty lines submit whatever stands there: the way out of a bracket opened by mistake.
        let insists = text.ends_with("\n\n");
        if insists || text.starts_with([':', '?']) || completeness(text) == Completeness::Complete {
            return Ok(ValidationResult::Valid(None));
        }
        Ok(ValidationResult::Incomplete)
    }
}

impl Helper for EditorHelper {}

#[cfg(test)]
mod tests {
    use super::*;
    use rustyline::history::MemHistory;

    fn completions(line: &str) -> Vec<String> {
        let mut helper = EditorHelper::new(false);
        helper.names = vec!["my_algebra".to_owned()];
        let history = MemHistory::new();
        let (start, pairs) = helper.complete(line, line.len(), &Context::new(&history)).unwrap();
        pairs.into_iter().map(|pair| format!("{}{}", &line[..start], pair.replacement)).collect()
    }

    #[test]
    fn names_functions_commands_and_signs_complete() {
        assert_eq!(completions("my_"), ["my_algebra"]);
        assert_eq!(completions("det(transp"), ["det(transpose("]);
        assert_eq!(completions("alg"), ["algebra ", "algebra_of("]);
        assert_eq!(completions("octonion_f"), ["octonion_form"]);
        assert_eq!(completions(":rel"), [":reload "]);
        assert_eq!(completions("?transp"), ["?transpose"]);
        assert_eq!(completions(":help transp"), [":help transpose"]);
        assert_eq!(completions("V \\otimes"), ["V ⊗"]);
        assert!(completions("round(0.5f, dig").contains(&"round(0.5f, digits = ".to_owned()));
        assert!(completions("1 # transp").is_empty());
        assert!(completions("g.di").is_empty());
    }

    #[test]
    fn files_complete_inside_strings_and_after_commands() {
        assert!(completions("load(\"src/cli/help").iter().any(|line| line.contains("helper.rs")));
        assert!(completions(":load src/cli/help").iter().any(|line| line.contains("helper.rs")));
    }

    #[test]
    fn the_open_call_shows_its_signature() {
        let history = MemHistory::new();
        let hint = |line: &str| EditorHelper::new(false).hint(line, line.len(), &Context::new(&history)).map(|h| h.0);
        assert!(hint("transpose(").is_some_and(|hint| hint.contains("transpose(")));
        assert_eq!(hint("transpose(g)"), None);
        // A long signature stays on one line.
        assert!(hint("discover(").is_some_and(|hint| hint.chars().count() < HINT_WIDTH + 10 && hint.ends_with(", …")));
        assert!(hint(":time").is_some());
    }

    #[test]
    fn highlighting_keeps_the_text() {
        let helper = EditorHelper::new(true);
        let painted = helper.highlight("let x = transpose(g) # why\n)", 0).into_owned();
        let mut bare = painted.clone();
        while let Some(start) = bare.find('\u{1b}') {
            let end = start + bare[start..].find('m').unwrap();
            bare.replace_range(start..=end, "");
        }
        assert_eq!(bare, "let x = transpose(g) # why\n)");
        assert_ne!(painted, bare);
    }
}
