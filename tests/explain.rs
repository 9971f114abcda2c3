//! `explain(g)`: stories that a person has read, and their numbers against the identification.
//!
//! `tests/explain/NAME.sym` is a program whose last line explains an algebra, the `.txt` beside it what it prints.
//! `UPDATE_EXPECTED=1 cargo test --test explain` writes the texts anew; read them as a student would before they are kept.

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::expected::{Outcome, compare, files, root};
use serde_json::Value;

const FOLDER: &str = "tests/explain";

fn programs() -> Vec<PathBuf> {
    let found = files(Path::new(FOLDER), "sym");
    assert!(found.len() >= 8, "the folder of stories is not where it was: {found:?}");
    found
}

fn symmetra(arguments: &[&str]) -> Outcome {
    let mut command = Command::new(env!("CARGO_BIN_EXE_symmetra"));
    Outcome::of(command.current_dir(root()).env_remove("NO_COLOR").args(["--color", "never"]).args(arguments))
}

fn json(code: &str) -> Value {
    let found = symmetra(&["--json", "-e", code]);
    assert_eq!(found.status, 0, "{code}: {}{}", found.results, found.errors);
    serde_json::from_str(found.results.lines().last().unwrap()).unwrap()
}

/// Algebras of every kind: abelian, nilpotent, solvable, compact, split, complex, sums, reductive, mixed.
const ALGEBRAS: &[&str] = &[
    "center(sl(2))",
    "abelian(4)",
    "heisenberg(2)",
    "nilpotent(G2)",
    "nilpotent_algebra(6, 21, -3)",
    "solvable_algebra(4, 7, 2, 0)",
    "affine(1)",
    "oscillator(1)",
    "borel(3)",
    "su(2)",
    "sl(2)",
    "so(7)",
    "sp(6,R)",
    "so(4)",
    "so(3,1)",
    "su(2,1)",
    "G2(C)",
    "E6(-26)",
    "su*(6)",
    "gl(3)",
    "u(2,1)",
    "euclid(3)",
    "poincare(3,1)",
    "galilei(3)",
    "real_form(\"su(2)+sl(2,R)+sl(2,R)+sl(2,C)_R\")",
    "weil_restriction(su(3), sqrt(2))",
    "weil_restriction(sl(2), sqrt(-3))",
    "so(9,8)",
];

#[test]
fn stories_are_told_as_they_were_read() {
    let mut wrong = Vec::new();
    for program in programs() {
        let found = symmetra(&[program.to_str().unwrap()]);
        if (found.status, found.errors.as_str()) != (0, "") {
            wrong.push(format!("{} fails with status {}:\n{}", program.display(), found.status, found.errors));
        } else if let Err(difference) = compare(&root().join(program.with_extension("txt")), &found.results) {
            wrong.push(difference);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn lines_fit_the_page() {
    for g in ALGEBRAS {
        let found = symmetra(&["-e", &format!("explain({g})")]);
        assert_eq!(found.status, 0, "{g}: {}", found.errors);
        let long: Vec<&str> = found.results.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(long.is_empty(), "{g}: {long:?}");
    }
}

/// The numbers of the story are those of the identification.
#[test]
fn the_story_agrees_with_the_identification() {
    for g in ALGEBRAS {
        let (story, found) = (json(&format!("explain({g})")), json(&format!("identify({g})")));
        assert_eq!((&story["kind"], &story["dim"]), (&Value::from("explanation"), &found["dim"]), "{g}");
        let steps: Vec<(&str, String)> = story["steps"]
            .as_array()
            .unwrap()
            .iter()
            .map(|step| {
                let text = step["text"].as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
                (step["title"].as_str().unwrap(), text)
            })
            .collect();
        assert!(steps.iter().all(|(title, text)| !title.is_empty() && !text.is_empty()), "{g}");
        if found["dim"] == 0 {
            continue;
        }
        let number = |key: &str| found[key].as_u64().unwrap() as usize;
        let is = |key: &str| found[key].as_bool().unwrap();
        let step = |title: &str| {
            steps.iter().find(|s| s.0 == title).unwrap_or_else(|| panic!("{g}: no step {title:?}")).1.as_str()
        };
        let says = |title: &str, what: &str| assert!(step(title).contains(what), "{g}: {title}: no {what:?}");
        says("What is given", &format!("a space of dimension {}", number("dim")));
        let brackets = "Brackets of brackets";
        if !is("abelian") {
            says(brackets, &format!("Here it has dimension {}", number("derived_dim")));
            if number("center_dim") > 0 {
                says("The centre", &format!("here of dimension {}.", number("center_dim")));
            }
        }
        assert_eq!(step(brackets).contains("g is solvable"), is("solvable") && !is("abelian"), "{g}");
        assert_eq!(step(brackets).contains("g is nilpotent"), is("nilpotent") && !is("abelian"), "{g}");
        if number("derived_dim") < number("dim") && !is("abelian") {
            let series: Vec<String> =
                found["derived_series"].as_array().unwrap().iter().map(Value::to_string).collect();
            says(brackets, &series.join(" > "));
        }
        let killing: Vec<u64> =
            found["killing_signature"].as_array().unwrap().iter().map(|x| x.as_u64().unwrap()).collect();
        let form = step("The Killing form and Cartan's criterion");
        if killing[0] + killing[1] > 0 {
            assert!(form.contains(&format!("{} positive square", killing[0])), "{g}");
            assert!(form.contains(&format!("{} negative square", killing[1])), "{g}");
        }
        assert_eq!(form.contains("g is semisimple"), is("semisimple"), "{g}");
        if !is("semisimple") && !is("solvable") {
            let radical = step("Radical and Levi factor");
            assert!(radical.contains(&format!("Here it has dimension {}", number("radical_dim"))), "{g}");
            assert_eq!(radical.contains("So g is reductive"), is("reductive"), "{g}");
        }
        if number("levi_dim") > 0 {
            for ideal in found["ideals"].as_array().unwrap() {
                let name = ideal["real_form"].as_str().unwrap();
                let title = format!("The real form {name}");
                let s: Vec<String> =
                    ideal["killing_signature"].as_array().unwrap().iter().map(Value::to_string).collect();
                says(
                    &title,
                    &format!("signature ({})", s.join(", "))
                        .replace("signature", if name.ends_with("_R") { "is" } else { "signature" }),
                );
                says(&title, name);
                let rank = number("levi_dim")
                    - step("Cartan subalgebra and roots")
                        .split(" = ")
                        .nth(1)
                        .unwrap()
                        .split(' ')
                        .next()
                        .unwrap()
                        .parse::<usize>()
                        .unwrap();
                let ranks: u64 = found["ideals"].as_array().unwrap().iter().map(|i| i["rank"].as_u64().unwrap()).sum();
                assert_eq!(rank as u64, ranks, "{g}");
            }
            for t in found["levi_type"].as_str().unwrap().split('+') {
                step(&format!("The type {t} and its Dynkin diagram"));
            }
        }
        if let Some(aliases) = found["aliases"].as_array().filter(|a| !a.is_empty()) {
            for alias in aliases {
                says("The answer, and why it is proved", alias.as_str().unwrap());
            }
        }
    }
}
