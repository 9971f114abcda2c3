//! Pages written from the table: the reference in Markdown and the word lists of the editor syntax.

use serde_json::{Value as Json, json};

use super::kinds::JSON_KINDS;
use super::{KEYWORDS, TOPICS, all, names};
use crate::diag::Code;

/// The reference page in Markdown.
pub fn reference() -> String {
    let mut text = String::from(
        "# Reference\n\nGenerated from the table of functions, which is also what `?name` shows; every example is a \
         test. A parameter after `*` is given by its name only, `=` says what holds when it is left out, `…` stands for \
         any number of arguments. A function without required parameters needs no parentheses: `octonion_form`.\n\n",
    );
    for (topic, about) in TOPICS {
        let rows: Vec<String> = all().filter(|row| row.topic == *topic).map(|row| code(row.name)).collect();
        text.push_str(&format!("* [{topic}](#{topic}), {about}: {}\n", rows.join(" ")));
    }
    text.push_str("* [JSON output](#json-output), [error codes](#error-codes), [the language](#the-language)\n");
    for (topic, about) in TOPICS {
        text.push_str(&format!("\n## {topic}\n\n{}.\n", capitalized(about)));
        for row in all().filter(|row| row.topic == *topic) {
            text.push_str(&format!("\n### {}\n\n`{}`\n\n{}.", row.name, row.signature(), capitalized(row.summary)));
            if !row.aliases.is_empty() {
                text.push_str(&format!(" Also `{}`.", row.aliases.join("`, `")));
            }
            text.push('\n');
            if !row.help.is_empty() {
                text.push_str(&format!("\n{}\n", row.help));
            }
            for example in row.examples {
                let code: Vec<String> = example.code.lines().map(|line| format!("> {line}")).collect();
                let output = if example.output.is_empty() { String::new() } else { format!("{}\n", example.output) };
                text.push_str(&format!("\n```\n{}\n{output}```\n", code.join("\n")));
            }
        }
    }
    text.push_str(&json_section());
    text.push_str(&format!("\n## The language\n\n```\n{}```\n", super::help::LANGUAGE));
    text
}

fn json_section() -> String {
    let mut text = String::from(
        "\n## JSON output\n\nWith `--json` each printed result is one object on one line, with `kind`, `line` (of the \
         statement, from 1) and `source` (the file, or `-`), then the keys of its kind. Exact numbers are strings, \
         floats are numbers, dimensions and counts are numbers.\n",
    );
    for kind in JSON_KINDS.iter().copied().flatten() {
        text.push_str(&format!("\n### `{}`: {}\n\n| key | meaning |\n| --- | --- |\n", kind.kind, kind.about));
        for (key, meaning) in kind.keys {
            text.push_str(&format!("| `{key}` | {meaning} |\n"));
        }
    }
    text.push_str("\n## Error codes\n\n");
    for code in Code::ALL {
        text.push_str(&format!("* `{}`: {}\n", code.as_str(), code.about()));
    }
    text
}

fn code(name: &str) -> String {
    format!("`{name}`")
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The editor syntax (TextMate grammar): keywords, the functions of the table, literals, comments.
pub fn editor_syntax() -> String {
    let words = |list: &mut dyn Iterator<Item = &str>| {
        // Names with a star (su*, so*) end in a character that no word boundary follows.
        let mut list: Vec<String> =
            list.map(|w| w.strip_suffix('*').map_or(w.to_string(), |w| format!("{w}\\*(?=\\()"))).collect();
        list.sort_by_key(|w| (std::cmp::Reverse(w.len()), w.clone()));
        list.join("|")
    };
    let keywords = words(&mut KEYWORDS.iter().copied().filter(|w| *w != "true" && *w != "false"));
    let constants: Vec<&str> = all().filter(|row| row.is_constant()).map(|row| row.name).collect();
    let functions = words(&mut names().filter(|name| !constants.contains(name)));
    let constants = words(&mut constants.iter().copied());
    let pattern = |name: &str, expression: String| json!({ "name": format!("{name}.sym"), "match": expression });
    let starred = |list: &str| format!("\\b(?:{list})(?![A-Za-z0-9_])");
    let syntax = json!({
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "name": "symmetra",
        "scopeName": "source.sym",
        "fileTypes": ["sym"],
        "patterns": [
            pattern("comment.line.number-sign", "#.*$".into()),
            {
                "name": "string.quoted.double.sym",
                "begin": "\"",
                "end": "\"|$",
                "patterns": [pattern("constant.character.escape", "\\\\[\"\\\\nt]".into())]
            },
            pattern("keyword.control", starred(&keywords)),
            pattern("constant.language.boolean", "\\b(?:true|false)\\b".into()),
            pattern("constant.numeric", "\\b[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?[fi]?\\b".into()),
            pattern("variable.language.history", "\\b_[0-9]*\\b".into()),
            pattern("support.constant", starred(&constants)),
            pattern("support.function", starred(&functions)),
            pattern("constant.other.type", "\\b[A-G][0-9]+\\b".into()),
            pattern("keyword.operator", "->|→|==|!=|<=|>=|\\.\\.|[-+*/^<>=≠≤≥⊗⊕]".into()),
        ]
    });
    let mut text = pretty(&syntax);
    text.push('\n');
    text
}

fn pretty(value: &Json) -> String {
    // Writing a value that was just built from strings cannot fail.
    serde_json::to_string_pretty(value).unwrap_or_default()
}
