//! Help and completion, read from the table.

use super::{Builtin, TOPICS, all, find, names};
use crate::diag::{Code, Diagnostic};
use crate::lang::near::nearest;

/// The topics with their functions: what `?` alone shows.
pub fn overview() -> String {
    let mut text = String::from("Topics and their functions; ?name tells more.\n");
    for (topic, about) in TOPICS {
        let rows: Vec<&str> = all().filter(|row| row.topic == *topic).map(|row| row.name).collect();
        text.push_str(&format!("\n{topic}: {about}\n"));
        text.push_str(&wrap(&rows.join(", "), 2));
        text.push('\n');
    }
    text.push_str("\nlanguage: how programs are written (?language)\n");
    text
}

/// The help of a function, of a topic, or of the language itself.
pub fn topic_text(name: &str) -> Result<String, Diagnostic> {
    let name = name.trim();
    if name.is_empty() {
        return Ok(overview());
    }
    if name == "language" {
        return Ok(LANGUAGE.to_string());
    }
    if let Some(row) = find(name) {
        return Ok(function_text(row));
    }
    if let Some((topic, about)) = TOPICS.iter().find(|(topic, _)| *topic == name) {
        let mut text = format!("{topic}: {about}\n\n");
        let width = all().filter(|r| r.topic == *topic).map(|r| r.name.chars().count()).max().unwrap_or(0);
        for row in all().filter(|row| row.topic == *topic) {
            text.push_str(&format!("  {:width$}  {}\n", row.name, row.summary));
        }
        return Ok(text);
    }
    let known = names().chain(TOPICS.iter().map(|t| t.0)).chain(["language"]);
    let mut error = Diagnostic::new(Code::Name, format!("there is no help on `{name}`"));
    error = match nearest(name, known) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("? alone lists the topics"),
    };
    Err(error)
}

fn function_text(row: &Builtin) -> String {
    let mut text = format!("{}\n  {}\n", row.signature(), row.summary);
    if !row.aliases.is_empty() {
        text.push_str(&format!("  also: {}\n", row.aliases.join(", ")));
    }
    if !row.help.is_empty() {
        text.push('\n');
        text.push_str(&wrap(row.help, 2));
        text.push('\n');
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
    "network", "not", "or", "rep", "then", "true",
];

/// The text in lines of at most 100 columns, each indented.
fn wrap(text: &str, indent: usize) -> String {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && line.chars().count() + word.chars().count() + indent >= 100 {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    let blanks = " ".repeat(indent);
    lines.iter().map(|line| format!("{blanks}{line}")).collect::<Vec<_>>().join("\n")
}

/// How programs are written: `?language`.
pub const LANGUAGE: &str = "\
language: how programs are written

  let x = 3/4                      a name for a value; exact: 0.25 is 1/4, 2+3i, sqrt(2); floats: 0.25f
  let f(x, y) = x^2 + y            a function
  algebra g = su(3)                a name for an algebra (also group, rep, form, network)
  form q(x, y) = x^2 - y^2         a polynomial form; x[4] stands for x1 … x4, `;` separates vectors
  brackets { [h,e] = 2e; [h,f] = -2f; [e,f] = h }     an algebra by its brackets
  [1, 2]   [1, 2; 3, 4]   1..5     a list, a matrix, a range with both ends
  [n^2 for n in 1..5 if n > 2]     a list by a rule
  v[1]   m[1, 2]   g.dim           indices start at 1; x.f is also f(x)
  if n > 2 then a else b           and, or, not, == != < <= > >=
  for n in 2..5 { su(n) }          a loop
  assert dim(su(3)) == 8           an error unless it holds
  include \"common.sym\"             runs another file here
  _   _1                           the last value, the first value
  # a comment                      to the end of the line

  A statement ends with its line or with `;`. Inside brackets and after an operator lines go on.
  ⊗ ⊕ → are also written * + ->.
";
