//! Files generated from the table of functions are up to date, and the table is complete.
//!
//! `UPDATE_EXPECTED=1 cargo test --test reference` writes the files anew.

use std::path::Path;

use serde_json::Value;
use symmetra::builtins::{JSON_KINDS, TOPICS, all, editor_syntax, reference, topic_text};
use symmetra::diag::Code;
use symmetra::limits::Limits;
use symmetra::session::Session;

#[track_caller]
fn up_to_date(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == text, "{} is out of date: UPDATE_EXPECTED=1 cargo test --test reference", path.display());
}

#[test]
fn the_reference_page_is_up_to_date() {
    up_to_date("docs/reference.md", &reference());
}

#[test]
fn the_editor_syntax_is_up_to_date() {
    let text = editor_syntax();
    let parsed: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(parsed["scopeName"], "source.sym");
    assert!(text.contains("stabilizer") && text.contains("octonion_form") && text.contains("assert"));
    up_to_date("grammar/sym.tmLanguage.json", &text);
}

#[test]
fn every_function_is_explained() {
    for row in all() {
        assert!(!row.summary.is_empty() && !row.summary.ends_with('.'), "{}", row.name);
        assert!(!row.summary.contains('\n') && row.summary.chars().count() <= 100, "{}", row.name);
        // Help breaks lines to fit a terminal.
        let help = topic_text(row.name).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(help.contains(row.summary) && help.contains(&row.signature()), "{}", row.name);
    }
}

#[test]
fn every_topic_has_help_and_functions() {
    for (topic, about) in TOPICS {
        assert_eq!(TOPICS.iter().filter(|t| t.0 == *topic).count(), 1, "{topic}");
        assert!(all().any(|row| row.topic == *topic), "{topic}");
        // A function of the same name comes first: `?matrices`, say.
        assert!(topic_text(topic).is_ok_and(|text| text.contains(about) || text.starts_with(topic)), "{topic}");
    }
    assert!(topic_text("language").is_ok() && topic_text("").is_ok());
}

#[test]
fn the_documented_json_keys_are_the_printed_ones() {
    for kind in JSON_KINDS.iter().copied().flatten() {
        let mut printed = Vec::new();
        let result = Session::new().run("x.sym", kind.sample, Path::new("."), &Limits::none(), &mut |value| {
            printed.push(value.json());
        });
        let documented: Vec<&str> = kind.keys.iter().map(|key| key.0).collect();
        if kind.kind == "error" {
            // The keys of an error are checked from outside, in `tests/cli.rs`.
            assert!(result.is_err());
            assert_eq!(documented, ["code", "message", "line", "column", "source"]);
            continue;
        }
        result.unwrap_or_else(|error| panic!("{}: {error:?}", kind.sample));
        let object = printed.pop().unwrap_or_else(|| panic!("{} prints nothing", kind.sample));
        assert_eq!(object["kind"], kind.kind, "{}", kind.sample);
        let found: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
        let found: Vec<&str> = found.into_iter().filter(|key| !["kind", "line", "source"].contains(key)).collect();
        if documented != ["…"] {
            assert_eq!(found, documented, "{}", kind.sample);
        }
    }
}

#[test]
fn every_error_code_is_documented_once() {
    let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
    assert!(Code::ALL.iter().all(|code| reference().contains(&format!("* `{}`: {}", code.as_str(), code.about()))));
}
