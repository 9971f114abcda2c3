//! Wrong programs and what a user sees of them.
//!
//! `tests/errors/CODE_what.sym` is a program that fails with that code; the `.txt` beside it is the diagnostic as it is
//! printed. A first line `# options: …` is given to the program. `UPDATE_EXPECTED=1 cargo test --test errors` writes the
//! texts anew; read them as a user would before they are kept.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::expected::{Outcome, compare, files, root};
use serde_json::Value;

const FOLDER: &str = "tests/errors";

/// Reached by a signal (`tests/cli.rs`, `tests/repl.rs`), and by a bug only.
const ELSEWHERE: [&str; 2] = ["interrupted", "internal"];

fn programs() -> Vec<PathBuf> {
    let all = files(Path::new(FOLDER), "sym");
    all.into_iter().filter(|path| path.parent() == Some(Path::new(FOLDER))).collect()
}

/// `jacobi` of `tests/errors/jacobi_file.sym`.
fn code_of(program: &Path) -> String {
    let stem = program.file_stem().unwrap().to_str().unwrap();
    stem.split('_').next().unwrap().to_string()
}

fn run(program: &Path, more: &[&str]) -> Outcome {
    let text = fs::read_to_string(root().join(program)).unwrap();
    let options = text.lines().next().and_then(|line| line.strip_prefix("# options: ")).unwrap_or("");
    let mut command = Command::new(env!("CARGO_BIN_EXE_symmetra"));
    command.current_dir(root().join(FOLDER)).env_remove("NO_COLOR");
    command.args(["--color", "never"]).args(options.split_whitespace()).args(more);
    Outcome::of(command.arg(program.file_name().unwrap()))
}

/// The codes that the source knows, from the one place where they are written.
fn known_codes() -> BTreeSet<String> {
    let source = fs::read_to_string(root().join("src/diag/mod.rs")).unwrap();
    let arms = source.lines().filter_map(|line| line.trim().strip_prefix("Code::")?.split_once(" => \""));
    // Another table of the same form holds what the codes mean, in several words.
    arms.filter_map(|(_, code)| code.strip_suffix("\","))
        .filter(|code| !code.contains([' ', '-']))
        .map(str::to_string)
        .collect()
}

#[test]
fn every_wrong_program_shows_the_expected_diagnostic() {
    let mut wrong = Vec::new();
    for program in programs() {
        let found = run(&program, &[]);
        let code = code_of(&program);
        if found.status != 1 || !found.errors.starts_with(&format!("error[{code}]: ")) {
            wrong.push(format!("{} gives status {}:\n{}", program.display(), found.status, found.errors));
        } else if let Err(difference) = compare(&root().join(&program).with_extension("txt"), &found.errors) {
            wrong.push(difference);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn json_gives_the_same_code_line_and_column() {
    for program in programs() {
        let found = run(&program, &["--json"]);
        let name = program.display();
        assert_eq!(found.status, 1, "{name}");
        let last = found.results.lines().last().unwrap_or_else(|| panic!("{name} prints no error object"));
        let object: Value = serde_json::from_str(last).unwrap();
        let keys: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["kind", "code", "message", "line", "column", "source"], "{name}");
        assert_eq!((object["kind"].as_str(), object["code"].as_str()), (Some("error"), Some(&*code_of(&program))));
        // The place that people see is the place that programs see.
        let place = format!("┌─ {}:{}:{}\n", object["source"].as_str().unwrap(), object["line"], object["column"]);
        assert!(found.errors.contains(&place), "{name}: {place}{}", found.errors);
        let message = object["message"].as_str().unwrap();
        assert!(found.errors.starts_with(&format!("error[{}]: {message}\n", code_of(&program))), "{name}: {message}");
        let before = found.results.lines().count() - 1;
        assert!(found.results.lines().take(before).all(|line| !line.contains("\"kind\":\"error\"")), "{name}");
    }
}

#[test]
fn every_code_is_reached_by_some_wrong_program() {
    let reached: BTreeSet<String> = programs().iter().map(|program| code_of(program)).collect();
    let known = known_codes();
    assert!(known.len() >= 20, "{known:?}");
    assert!(reached.is_subset(&known), "{reached:?}");
    let missing: Vec<&String> = known.difference(&reached).filter(|code| !ELSEWHERE.contains(&code.as_str())).collect();
    assert!(missing.is_empty(), "no wrong program in {FOLDER} ends in {missing:?}");
}

#[test]
fn messages_are_one_line_and_keep_to_the_style() {
    for program in programs() {
        let found = run(&program, &[]);
        let first = found.errors.lines().next().unwrap_or("");
        let message = first.split_once("]: ").map_or("", |(_, message)| message);
        let name = program.display();
        assert!(!message.is_empty() && message.chars().count() <= 160, "{name}: {first}");
        assert!(!message.ends_with('.') && !message.contains("os error"), "{name}: {first}");
        for word in ["panicked", "unwrap", "RUST_BACKTRACE", "Rule::", "Some(", "src/"] {
            assert!(!found.errors.contains(word), "{name} speaks of {word}: {}", found.errors);
        }
    }
}
