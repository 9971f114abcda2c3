//! `explain(g)`: the answer of `identify` as a story, step by step, for people who learn.
//!
//! Every number in the text is read from the identification or computed from the algebra; the words around it say what
//! it means and where a book proves it.

mod layout;
mod semisimple;
mod solvable;
mod story;

use serde_json::{Map, Value as Json, json};

use crate::builtins::algebras::structure::{ALGEBRA_LIKE, algebra_of};
use crate::builtins::{Arguments, Builtin, Context, Example, required};
use crate::diag::Diagnostic;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::lie::identify;

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[Builtin {
    name: "explain",
    aliases: &[],
    topic: "identification",
    params: &[required("g", ALGEBRA_LIKE)],
    returns: Kinds::RECORD,
    summary: "the identification of a Lie algebra as a story, step by step, with the numbers of this algebra",
    help: "The brackets, the derived series, the Killing form and Cartan's criterion, radical and Levi factor, the Cartan \
subalgebra and the roots, how the type and the real form were decided, and where to read on. Attributes: dim, answer, \
steps (each with title and text).",
    examples: &[
        Example {
            code: "explain(G2).answer",
            output: "G2(2)   simple of type G2, dimension 14, rank 2, real rank 2, split",
        },
        Example { code: "explain(abelian(2)).steps[1].title", output: "What is given" },
    ],
    run: explain,
}];

/// One idea of the story.
#[derive(Clone, Debug)]
struct Step {
    title: String,
    /// Paragraphs; one whose lines begin with four blanks is kept as it is.
    text: Vec<String>,
}

impl Step {
    fn new(title: impl Into<String>) -> Step {
        Step { title: title.into(), text: Vec::new() }
    }

    fn say(mut self, paragraph: impl Into<String>) -> Step {
        self.text.push(paragraph.into());
        self
    }

    /// Adds lines that are not wrapped.
    fn show<S: AsRef<str>>(mut self, lines: impl IntoIterator<Item = S>) -> Step {
        let lines: Vec<String> = lines.into_iter().map(|line| format!("    {}", line.as_ref())).collect();
        self.text.push(lines.join("\n"));
        self
    }
}

fn explain(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let g = algebra_of(context, arguments, "g")?;
    let found = identify(&g, context.limits)?;
    let steps = story::tell(&g, &found, context.limits)?;
    let answer = crate::builtins::algebras::identification::headline(&found);
    let words = in_words(&answer);
    // `sp(4,2)` is not told to be sp(4,2).
    let words = words.strip_prefix(&format!("{}, ", g.origin())).unwrap_or(&words);
    let text = layout::lay_out(&format!("{} is {words}.", g.origin()), &steps);
    let steps: Vec<Json> =
        steps.iter().map(|step| json!({ "title": step.title, "text": step.text.join("\n\n") })).collect();
    let keys: Map<String, Json> = [("dim", json!(found.dim)), ("answer", json!(answer)), ("steps", json!(steps))]
        .into_iter()
        .map(|(key, value)| (key.to_string(), value))
        .collect();
    Ok(Value::record("explanation", keys, text))
}

/// The headline as the end of a sentence: the name, then what it is.
fn in_words(headline: &str) -> String {
    let article = |what: &str| match what.split(' ').next() {
        Some("abelian") => format!("an {what}"),
        Some("Lie" | "nilpotent" | "solvable") => format!("a {what}"),
        _ => what.to_string(),
    };
    match headline.split_once("   ") {
        Some((name, what)) => format!("{name}, {}", article(what)),
        None => article(headline),
    }
}

/// `1 root`, `2 roots`.
fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// `a`, `a and b`, `a, b and c`.
fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
