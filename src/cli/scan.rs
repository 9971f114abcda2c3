//! What the line editor must know of a text that is still being typed: its words, and where the cursor stands.
//! A text in progress does not parse, so this looks at signs only and never refuses anything.

use crate::builtins::KEYWORDS;
use crate::session::help;
use crate::show::{Markup, Style};

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// A name or a keyword.
    Word,
    /// A number.
    Number,
    /// A string, finished or not.
    String,
    /// A comment up to the end of its line.
    Comment,
    /// An opening bracket.
    Open,
    /// A closing bracket that closes something.
    Shut,
    /// A closing bracket that closes nothing.
    Stray,
    /// Blanks and other signs.
    Other,
}

/// Where a text ends, for completion and hints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a comment.
    Comment,
    /// In a string that began (after its quote) at this byte.
    String(usize),
    /// In code.
    Code {
        /// Where the word at the cursor begins; the end of the text when there is none.
        word: usize,
        /// The innermost function whose call is open.
        call: Option<String>,
        /// Whether the word follows a dot.
        attribute: bool,
    },
}

/// What a piece of a text is to a reader.
pub fn style(token: Token, piece: &str) -> Style {
    match token {
        Token::Word if KEYWORDS.contains(&piece) => Style::Keyword,
        Token::Word if help::signature(piece).is_some() => Style::Name,
        Token::String => Style::String,
        Token::Comment => Style::Dim,
        Token::Stray => Style::Error,
        _ => Style::Text,
    }
}

/// Code as markup.
pub fn highlight(code: &str) -> Markup {
    pieces(code).into_iter().map(|(token, piece)| Markup::piece(style(token, piece), piece.to_owned())).sum()
}

/// The pieces of a text, in order and without gaps.
pub fn pieces(text: &str) -> Vec<(Token, &str)> {
    scan(text).0
}

/// Where a text ends.
pub fn place(text: &str) -> Place {
    let (pieces, calls) = scan(text);
    let mut end = text.len();
    match pieces.last() {
        Some((Token::Comment, _)) => return Place::Comment,
        Some((Token::String, literal)) if !is_closed(literal) => return Place::String(end - literal.len() + 1),
        Some((Token::Word, word)) => end -= word.len(),
        _ => {}
    }
    let call = calls.into_iter().rev().flatten().next().map(str::to_owned);
    let attribute = text.get(..end).is_some_and(|before| before.ends_with('.') && !before.ends_with(".."));
    Place::Code { word: end, call, attribute }
}

/// The pieces, and for each bracket that is open at the end the function whose arguments it holds.
fn scan(text: &str) -> (Vec<(Token, &str)>, Vec<Option<&str>>) {
    let mut pieces: Vec<(Token, &str)> = Vec::new();
    let mut open: Vec<(char, Option<&str>)> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (mut token, length) = match first {
            '#' => (Token::Comment, rest.find('\n').unwrap_or(rest.len())),
            '"' => (Token::String, string_length(rest)),
            '(' | '[' | '{' => (Token::Open, 1),
            ')' | ']' | '}' => (Token::Shut, 1),
            _ if first.is_ascii_digit() => (Token::Number, number_length(rest)),
            _ if is_word(first) => (Token::Word, rest.find(|sign| !is_word(sign)).unwrap_or(rest.len())),
            _ => (Token::Other, first.len_utf8()),
        };
        let (piece, following) = rest.split_at(length);
        match token {
            Token::Open => {
                let function = match pieces.last() {
                    Some((Token::Word, word)) if first == '(' && !KEYWORDS.contains(word) => Some(*word),
                    _ => None,
                };
                open.push((first, function));
            }
            Token::Shut if open.pop_if(|(bracket, _)| matches(*bracket, first)).is_none() => token = Token::Stray,
            _ => {}
        }
        pieces.push((token, piece));
        rest = following;
    }
    (pieces, open.into_iter().map(|(_, function)| function).collect())
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

fn matches(open: char, shut: char) -> bool {
    std::matches!((open, shut), ('(', ')') | ('[', ']') | ('{', '}'))
}

/// The length of the string literal a text begins with; a line break ends an unfinished one.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        match sign {
            '\n' => return at,
            '"' if !escaped => return at + 1,
            _ => escaped = sign == '\\' && !escaped,
        }
    }
    text.len()
}

/// Whether a string literal has its closing quote.
fn is_closed(literal: &str) -> bool {
    let inner = literal.strip_prefix('"').and_then(|inner| inner.strip_suffix('"'));
    inner.is_some_and(|inner| inner.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0)
}

/// Digits with their fraction, exponent and suffix; `1..3` is a number and a range.
fn number_length(text: &str) -> usize {
    let digits = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
    let rest = text.get(digits..).unwrap_or("");
    let fraction = match rest.strip_prefix('.') {
        Some(after) if after.starts_with(|sign: char| sign.is_ascii_digit()) => {
            1 + after.find(|sign: char| !is_word(sign)).unwrap_or(after.len())
        }
        _ => rest.find(|sign| !is_word(sign)).unwrap_or(rest.len()),
    };
    digits + fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> (&str, Option<String>, bool) {
        match place(text) {
            Place::Code { word, call, attribute } => (&text[word..], call, attribute),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_cursor_knows_its_word_and_its_call() {
        assert_eq!(code("iden"), ("iden", None, false));
        assert_eq!(code("f(x, [1, g"), ("g", Some("f".to_owned()), false));
        assert_eq!(code("f(g(1), "), ("", Some("f".to_owned()), false));
        assert_eq!(code("f(1)"), ("", None, false));
        assert_eq!(code("identify(g).ty"), ("ty", None, true));
        assert_eq!(code("1..n"), ("n", None, false));
        assert_eq!(code("let x = if ("), ("", None, false));
    }

    #[test]
    fn strings_and_comments_are_places() {
        assert_eq!(place("load(\"da"), Place::String(6));
        assert_eq!(place("load(\"a\\\"b"), Place::String(6));
        assert_eq!(place("1 # so(3"), Place::Comment);
        assert_eq!(code("load(\"a\")"), ("", None, false));
        assert_eq!(code("\"(\" "), ("", None, false));
    }

    #[test]
    fn nothing_is_lost_or_refused() {
        for text in ["", "1.5e-3f..2 ⊗ é_1 }{)]", "\"\\", "\"é\n\"", "((((", "#\n#", "2e1.", "\u{0}\u{7f}π(\"π"] {
            let joined: String = pieces(text).into_iter().map(|(_, piece)| piece).collect();
            assert_eq!(joined, text);
            place(text);
        }
        assert_eq!(pieces("a)").last(), Some(&(Token::Stray, ")")));
    }
}
