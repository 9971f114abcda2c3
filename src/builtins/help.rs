//! Help and completion, read from the table.

use super::{Builtin, TOPICS, all, find, names};
use crate::diag::{Code, Diagnostic};
use crate::lang::near::nearest;

/// The topics with their functions: what `?` alone shows.
pub fn overview() -> String {
    let mut text = String::from("Topics and their functions; ?name tells more.\n");
    for (topic, about) in TOPICS {
        let rows: Vec<&str> = all().filter(|row| row.topic == *topic).map(|row| row.name).collect();
        text.push('\n');
        text.push_str(&wrap(&format!("{topic}: {about}"), 0, 2));
        text.push_str(&wrap(&rows.join(", "), 2, 2));
    }
    text.push_str("\nlanguage: how programs are written (?language)\n");
    text
}

/// The help of a function, of a topic, or of the language itself.
pub fn topic_text(name: &str) -> Result<String, Diagnostic> {
    let name = name.trim();
    if name.is_empty() || name == "help" {
        return Ok(overview());
    }
    if name == "language" {
        return Ok(LANGUAGE.lines().map(|line| wrap(line, 0, second_column(line))).collect());
    }
    if let Some(row) = find(name) {
        return Ok(function_text(row));
    }
    if KEYWORDS.contains(&name) {
        return Ok(word_text(name));
    }
    if let Some((topic, about)) = TOPICS.iter().find(|(topic, _)| *topic == name) {
        let mut text = wrap(&format!("{topic}: {about}"), 0, 2) + "\n";
        let width = all().filter(|r| r.topic == *topic).map(|r| r.name.chars().count()).max().unwrap_or(0);
        for row in all().filter(|row| row.topic == *topic) {
            text.push_str(&wrap(&format!("{:width$}  {}", row.name, row.summary), 2, width + 4));
        }
        return Ok(text);
    }
    let known = names().chain(TOPICS.iter().map(|t| t.0)).chain(["language"]).chain(KEYWORDS.iter().copied());
    let mut error = Diagnostic::new(Code::Name, format!("there is no help on `{name}`"));
    error = match nearest(name, known) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("? alone lists the topics"),
    };
    Err(error)
}

/// The lines on the language in which one of its words stands.
fn word_text(word: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let lines = LANGUAGE.lines().filter(|line| line.split(|c| !is_part(c)).any(|part| part == word));
    let text: String = lines.map(|line| wrap(line, 0, second_column(line))).collect();
    format!("{text}\n?language tells the rest\n")
}

fn function_text(row: &Builtin) -> String {
    let mut text = wrap(&row.signature(), 0, 4) + &wrap(row.summary, 2, 2);
    if !row.aliases.is_empty() {
        text.push_str(&wrap(&format!("also: {}", row.aliases.join(", ")), 2, 2));
    }
    if !row.help.is_empty() {
        text.push('\n');
        text.push_str(&wrap(row.help, 2, 2));
    }
    for example in row.examples {
        text.push('\n');
        for line in example.code.lines() {
            text.push_str(&format!("  > {line}\n"));
        }
        for line in example.output.lines() {
            text.push_str(&format!("  {line}\n"));
        }
    }
    text
}

/// Everything a line editor can complete: functions, then words of the language.
pub fn completions() -> Vec<&'static str> {
    names().chain(KEYWORDS.iter().copied()).collect()
}

/// The words of the language.
pub const KEYWORDS: &[&str] = &[
    "algebra", "and", "assert", "brackets", "else", "false", "for", "form", "group", "if", "in", "include", "let",
    "network", "not", "or", "oracle", "rep", "then", "true",
];

/// How wide help may be: a terminal has at least 80 columns.
const WIDTH: usize = 79;

/// Where the second column of a line begins, after three blanks at least; else where the line begins.
fn second_column(line: &str) -> usize {
    let start = line.chars().take_while(|c| *c == ' ').count();
    let gap = line.trim_start().rfind("   ").map(|at| line.trim_start().get(..at).unwrap_or("").chars().count() + 3);
    start + gap.unwrap_or(0)
}

/// Every line of the text, broken at blanks where it is too wide: the first part indented by `first` columns, the others
/// by `rest`.
fn wrap(text: &str, first: usize, rest: usize) -> String {
    let mut out = String::new();
    // An empty text is one empty line.
    for paragraph in text.lines().chain(text.is_empty().then_some("")) {
        let mut line = " ".repeat(first);
        let mut empty = true;
        for word in paragraph.split(' ') {
            if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
                out.push_str(line.trim_end());
                out.push('\n');
                line = " ".repeat(rest);
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// How programs are written: `?language`.
pub const LANGUAGE: &str = "\
language: how programs are written

  let x = 3/4                      a name for a value; exact: 0.25 is 1/4, 2+3i, sqrt(2); floats: 0.25f
  let f(x, y) = x^2 + y            a function
  algebra g = su(3)                a name for an algebra (also group, rep, form, network)
  form q(x, y) = x^2 - y^2         a polynomial form; x[4] stands for x1 … x4, `;` separates vectors
  oracle f(z[3] in C) = abs(z1)^2  a function whose symmetries `discover` finds; also abs, sqrt, exp, if … then …
  brackets { [h,e] = 2e; [h,f] = -2f; [e,f] = h }     an algebra by its brackets
  [1, 2]   [1, 2; 3, 4]   1..5     a list, a matrix, a range with both ends
  [n^2 for n in 1..5 if n > 2]     a list by a rule
  v[1]   m[1, 2]   g.dim           indices start at 1; x.f is also f(x)
  if n > 2 then a else b           and, or, not, true, false, == != < <= > >=
  for n in 2..5 { su(n) }          a loop
  assert dim(su(3)) == 8           an error unless it holds
  include \"common.sym\"             runs another file here
  _   _1                           the last value, the first value
  # a comment                      to the end of the line

  A statement ends with its line or with `;`. Inside brackets and after an operator lines go on.
  ⊗ ⊕ → are also written * + ->.
";

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, topic_text};

    /// Each word of the language stands in the help on the language.
    #[test]
    fn words_are_explained() {
        for word in KEYWORDS {
            assert!(topic_text(word).unwrap().lines().count() > 2, "{word}");
        }
    }
}
