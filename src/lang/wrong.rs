//! What to say when the grammar does not match: in words, never in the names of rules.

use pest::error::{Error, ErrorVariant, InputLocation};

use super::layout::too_deep;
use super::parse::Rule;
use crate::builtins::foreign::habit;
use crate::diag::{Code, Diagnostic};
use crate::span::Span;

/// Turns a failed match of `text` into a message.
pub fn explain(error: &Error<Rule>, text: &str, source: u32) -> Diagnostic {
    let at = match error.location {
        InputLocation::Pos(at) => at,
        InputLocation::Span((at, _)) => at,
    };
    let ErrorVariant::ParsingError { positives, .. } = &error.variant else {
        // The call limit or the stack guard.
        return too_deep(Span::new(source, at, at));
    };
    // The furthest position can be blank; what the user sees as wrong is the next thing after it.
    let skipped = text.get(at..).map_or(0, |rest| rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len());
    // Where everything ends, the place is after the last sign, not on an empty line below.
    let ends = text.get(at..).is_some_and(|rest| rest.trim().is_empty());
    let at = if ends { text.trim_end().len() } else { at + skipped };
    let found = if ends { "" } else { next_token(text, at) };
    let length = if found == "\n" { 0 } else { found.len() };
    let span = Span::new(source, at, at + length);
    let expected = expected(positives);
    let what = match found {
        "" => "the text ends here".to_string(),
        "\n" => "the line ends here".to_string(),
        _ => format!("unexpected `{found}`"),
    };
    let message = if expected.is_empty() { what } else { format!("{what}; expected {expected}") };
    let mut out = Diagnostic::new(Code::Syntax, message).at(span);
    if !expected.is_empty() {
        out = out.label(format!("expected {expected}"));
    }
    // A term of a bracket has ended: nothing else in the language waits for a sign alone.
    if found == "," && positives.contains(&Rule::sign) && !positives.contains(&Rule::plus) {
        return out.hint("brackets are separated by `;` or by line breaks");
    }
    match hint(found, text, at) {
        Some(hint) => out.hint(hint),
        None => out,
    }
}

/// The word, number or symbol at `at`.
fn next_token(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or("");
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let Some(first) = rest.chars().next() else { return "" };
    let end = if is_word(first) { rest.find(|c| !is_word(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
    let end = if end > 40 { rest.char_indices().nth(40).map_or(end, |(i, _)| i.min(end)) } else { end };
    rest.get(..end).unwrap_or("")
}

fn hint(found: &str, text: &str, at: usize) -> Option<String> {
    let digits = found.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0
        && let Some((number, name)) = found.split_at_checked(digits)
        && name.starts_with(char::is_alphabetic)
    {
        return Some(format!("a product is written with a star: {number}*{name}"));
    }
    let line = text.get(..at).and_then(|before| before.lines().last()).unwrap_or("").trim_start();
    if let Some(instead) = line.split_whitespace().next().and_then(habit) {
        return Some(instead.to_string());
    }
    match found {
        "/" if line.is_empty() || text.get(..at).is_some_and(|before| before.ends_with('/')) => {
            Some("comments begin with #".to_string())
        }
        ":" if text.get(at..).is_some_and(|rest| rest.starts_with(":=")) => {
            Some("a name gets a value with `let x = …`".to_string())
        }
        "=" if line.starts_with("oracle ") || line.starts_with("form ") => {
            Some("its coordinates stand in brackets: oracle f(x, y) = x^2 + y^2".to_string())
        }
        "=" => Some("a name gets a value with `let x = …`; two values are compared with `==`".to_string()),
        "&" => Some("write `and`".to_string()),
        "|" => Some("write `or`".to_string()),
        "!" => Some("write `not`; unequal is `!=`".to_string()),
        "%" => Some("the remainder is mod(a, b)".to_string()),
        "x" => Some("products of groups and of representations are written G*H".to_string()),
        "'" => Some("strings stand in double quotes".to_string()),
        "{" => Some("`{ … }` stands only after `for x in …` and `brackets`".to_string()),
        "\\" | "$" | "@" | "~" | "`" => Some("this sign has no meaning in the language".to_string()),
        "*" if text.get(..at).is_some_and(|before| before.ends_with('*')) => Some("powers are written x^2".to_string()),
        "algebra" | "group" | "rep" | "network" | "form" | "oracle" | "let" | "assert" | "for" | "in" | "include"
        | "if" | "then" | "else" | "and" | "or" | "not" | "brackets" => {
            Some(format!("`{found}` is a word of the language"))
        }
        _ => None,
    }
}

/// The rules that could have gone on, in words.
fn expected(positives: &[Rule]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for rule in positives {
        if let Some(word) = in_words(*rule)
            && !words.contains(&word)
        {
            words.push(word);
        }
    }
    // Where an expression can start a statement can, too; saying both says nothing.
    if words.contains(&"a statement") {
        words.retain(|w| *w != "an expression" && *w != "a name" && *w != "the end of the statement");
    }
    if words.contains(&"an expression") {
        words.retain(|w| *w != "a name" && *w != "a number");
    }
    match words.as_slice() {
        [] => String::new(),
        // The statement cannot end here, so a bracket is open.
        ["an operator"] => "an operator, a comma or a closing bracket".to_string(),
        [one] => (*one).to_string(),
        [all @ .., last] => format!("{} or {last}", all.join(", ")),
    }
}

fn in_words(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::statement
        | Rule::declaration
        | Rule::binding
        | Rule::form
        | Rule::oracle
        | Rule::assertion
        | Rule::r#loop => "a statement",
        Rule::include | Rule::kind | Rule::let_word | Rule::form_word | Rule::assert_word => "a statement",
        Rule::include_word | Rule::program => "a statement",
        Rule::for_word => return None,
        Rule::expression | Rule::conditional | Rule::operation | Rule::prefix | Rule::postfix | Rule::primary => {
            "an expression"
        }
        Rule::number | Rule::truth | Rule::parenthesised | Rule::bracketed | Rule::brackets => "an expression",
        Rule::history | Rule::if_word | Rule::brackets_word | Rule::not_word | Rule::argument => "an expression",
        Rule::row => "an expression",
        Rule::string | Rule::text | Rule::escape => "a string in double quotes",
        Rule::name | Rule::word | Rule::reserved | Rule::coordinate | Rule::vector => "a name",
        Rule::infix | Rule::arrow | Rule::equal | Rule::unequal | Rule::at_most | Rule::at_least | Rule::less => {
            "an operator"
        }
        Rule::more | Rule::range | Rule::plus | Rule::minus | Rule::times | Rule::over | Rule::power => "an operator",
        Rule::and_word | Rule::or_word => "an operator",
        Rule::EOI => "the end of the statement",
        Rule::then_word => "`then`",
        Rule::else_word => "`else`",
        Rule::in_word => "`in`",
        Rule::block => "`{`",
        Rule::sign => "`+` or `-`",
        Rule::term | Rule::combination => "a sum like 2 e + 3 f",
        Rule::coefficient | Rule::fraction | Rule::zero => "a sum like 2 e + 3 f",
        Rule::bracket => "a bracket like [e, f] = h",
        Rule::whole | Rule::digits => "a whole number",
        // Brackets may stand there, too; what is missing more often is what comes after them.
        Rule::parameters | Rule::vectors => "`=`",
        Rule::basis => "`{`",
        _ => return None,
    })
}
