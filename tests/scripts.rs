//! Every script in `scripts/` against its expected output in `tests/expected/`, and what the contract says of runs.
//!
//! `UPDATE_EXPECTED=1 cargo test --test scripts` writes the expected files anew; read the difference before it is kept.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::expected::{Outcome, compare, files, root};
use serde_json::Value;

/// The scripts, as paths from the root of the package.
fn scripts() -> Vec<PathBuf> {
    let found = files(Path::new("scripts"), "sym");
    assert!(found.len() >= 6, "the folder of scripts is not where it was: {found:?}");
    found
}

fn run(options: &[&str], script: &Path) -> Outcome {
    let mut command = Command::new(env!("CARGO_BIN_EXE_symmetra"));
    command.current_dir(root()).env_remove("NO_COLOR").args(options).arg(script);
    Outcome::of(&mut command)
}

/// `scripts/tour/one.sym` is compared with `tests/expected/tour/one.txt`.
fn expected_path(script: &Path) -> PathBuf {
    let inside = script.strip_prefix("scripts").unwrap();
    root().join("tests/expected").join(inside).with_extension("txt")
}

#[test]
fn every_script_prints_what_is_expected() {
    let mut wrong = Vec::new();
    for script in scripts() {
        let found = run(&["--color", "never"], &script);
        if (found.status, found.errors.as_str()) != (0, "") {
            wrong.push(format!("{} fails with status {}:\n{}", script.display(), found.status, found.errors));
        } else if let Err(difference) = compare(&expected_path(&script), &found.results) {
            wrong.push(difference);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_expected_output_has_its_script() {
    let scripts = scripts();
    let expected: Vec<PathBuf> = scripts.iter().map(|script| expected_path(script)).collect();
    for file in files(Path::new("tests/expected"), "txt") {
        assert!(expected.contains(&root().join(&file)), "{} belongs to no script", file.display());
    }
}

#[test]
fn check_accepts_every_script_and_prints_nothing() {
    for script in scripts() {
        let found = run(&["check"], &script);
        assert_eq!((found.status, found.results, found.errors), (0, String::new(), String::new()), "{script:?}");
    }
}

#[test]
fn json_output_is_one_object_per_result() {
    for script in scripts() {
        let (text, json) = (run(&[], &script), run(&["--json"], &script));
        assert_eq!((json.status, json.errors.as_str()), (0, ""), "{script:?}");
        let source = fs::read_to_string(root().join(&script)).unwrap();
        for line in json.results.lines() {
            let object: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{script:?}: {e}: {line}"));
            let keys: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).take(3).collect();
            assert_eq!(keys, ["kind", "line", "source"], "{script:?}: {line}");
            assert!(object["kind"].as_str().is_some_and(|kind| !kind.is_empty() && kind != "error"), "{line}");
            assert_eq!(object["source"], script.to_str().unwrap());
            let number = object["line"].as_u64().unwrap() as usize;
            assert!((1..=source.lines().count()).contains(&number), "{script:?}: {line}");
        }
        assert_eq!(json.results.is_empty(), text.results.is_empty(), "{script:?}");
    }
}

#[test]
fn the_bytes_depend_on_nothing_but_input_and_seed() {
    for script in scripts() {
        for options in [&["--json"][..], &[]] {
            let with = |threads: &str| run(&[options, &["--seed", "5", "--threads", threads]].concat(), &script);
            let first = with("1");
            assert_eq!(first.status, 0, "{script:?}: {}", first.errors);
            for threads in ["2", "3", "2"] {
                let again = with(threads);
                assert!(again.results == first.results, "{script:?} differs with {threads} threads");
            }
        }
    }
}

#[test]
fn scripts_are_short_and_say_what_they_do() {
    for script in scripts() {
        let text = fs::read_to_string(root().join(&script)).unwrap();
        assert!(text.starts_with("# "), "{script:?} begins with what it is about");
        let code = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).count();
        assert!(code <= 30, "{script:?} has {code} lines of code");
        assert!(text.lines().all(|line| line.chars().count() <= 120), "{script:?} has an overlong line");
    }
}
