//! The floors of `ARCHITECTURE.md`: no arrow points upward, no two rooms name each other, third-party crates stay in their rooms.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Each folder or file of `src`, with its floor.
const FLOORS: &[(&str, u32)] = &[
    ("limits", 0),
    ("span", 0),
    ("parallel", 0),
    ("checksum", 0),
    ("num", 0),
    ("matrix", 0),
    ("show", 0),
    ("exact", 1),
    ("float", 1),
    ("roots", 2),
    ("finite", 2),
    ("forms", 2),
    ("lie", 3),
    ("weights", 3),
    ("data", 3),
    ("reps", 4),
    ("equivariant", 5),
    ("discover", 5),
    ("nets", 6),
    ("diag", 7),
    ("lang", 7),
    ("builtins", 8),
    ("session", 9),
    ("cli", 10),
    ("main", 10),
];

fn floor(name: &str) -> u32 {
    FLOORS.iter().find(|f| f.0 == name).unwrap_or_else(|| panic!("`{name}` has no floor")).1
}

/// An arrow from a room to another, and a line that draws it.
type Arrow = (String, String, String);

/// Every path that starts with `crate::`, outside of comments.
fn arrows(path: &Path, room: &str, out: &mut Vec<Arrow>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            arrows(&entry.unwrap().path(), room, out);
        }
        return;
    }
    let text = fs::read_to_string(path).unwrap();
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for rest in code.split("crate::").skip(1) {
            let target: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !target.is_empty() && target != room {
                out.push((room.to_string(), target, format!("{}:{}", path.display(), number + 1)));
            }
        }
    }
}

/// All arrows but those between the table of functions and the language, which name each other's types; they are one storey in
/// two rooms.
fn all_arrows() -> Vec<Arrow> {
    let mut out = Vec::new();
    for entry in fs::read_dir("src").unwrap() {
        let path = entry.unwrap().path();
        let room = path.file_stem().unwrap().to_string_lossy().to_string();
        if room != "lib" {
            arrows(&path, &room, &mut out);
        }
    }
    assert!(out.len() > 1000, "only {} arrows were read", out.len());
    out.retain(|(from, to, _)| (from.as_str(), to.as_str()) != ("lang", "builtins"));
    out
}

#[test]
fn no_arrow_points_upward() {
    let upward: Vec<Arrow> = all_arrows().into_iter().filter(|(from, to, _)| floor(to) > floor(from)).collect();
    assert!(upward.is_empty(), "{upward:#?}");
}

#[test]
fn no_two_rooms_name_each_other() {
    let arrows = all_arrows();
    let pairs: BTreeSet<(&str, &str)> = arrows.iter().map(|(from, to, _)| (from.as_str(), to.as_str())).collect();
    let back: Vec<&Arrow> = arrows.iter().filter(|(from, to, _)| pairs.contains(&(to, from))).collect();
    assert!(back.is_empty(), "{back:#?}");
}

#[test]
fn third_party_crates_stay_in_their_rooms() {
    // (crate, the files or folders that may name it)
    let homes: &[(&str, &[&str])] = &[
        ("rayon::", &["src/parallel.rs"]),
        ("faer::", &["src/float"]),
        ("nalgebra::", &["src/float"]),
        ("pulp::", &["src/num/simd.rs"]),
        ("num_rational::", &["src/num"]),
        ("rustyline::", &["src/cli"]),
        ("clap::", &["src/cli"]),
        ("indicatif::", &["src/cli"]),
        ("colored::", &["src/show", "src/cli"]),
        ("codespan_reporting::", &["src/diag"]),
        ("pest::", &["src/lang"]),
        ("nom::", &["src/data", "src/lang"]),
    ];
    fn files(path: &Path, out: &mut Vec<String>) {
        if path.is_dir() {
            fs::read_dir(path).unwrap().for_each(|e| files(&e.unwrap().path(), out));
        } else {
            out.push(path.to_string_lossy().to_string());
        }
    }
    let mut all = Vec::new();
    files(Path::new("src"), &mut all);
    let mut report = Vec::new();
    for file in all {
        let text = fs::read_to_string(&file).unwrap();
        for (name, rooms) in homes {
            let used = text.lines().any(|l| !l.trim_start().starts_with("//") && l.contains(name));
            if used && !rooms.iter().any(|room| file.starts_with(room)) {
                report.push(format!("{file} names {name}"));
            }
        }
    }
    assert!(report.is_empty(), "{}", report.join("\n"));
}

/// The crates that are built for the program, or for the tests too, each with its version and features.
fn crates(edges: &str) -> BTreeSet<String> {
    let tree = ["tree", "--locked", "--offline", "--prefix", "none", "--format", "{p} {f}", "--edges", edges];
    let output = Command::new(env!("CARGO")).args(tree).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    // A crate is marked where it stands again.
    text.lines().map(|line| line.trim_end_matches(" (*)").to_string()).collect()
}

/// A crate with other features is another crate, and so is all that uses it: cargo would build the library once more for the tests.
#[test]
fn tests_ask_for_no_further_features() {
    let (program, tests) = (crates("normal"), crates("normal,dev"));
    assert!(program.len() > 50 && tests.len() > program.len(), "{} {}", program.len(), tests.len());
    let differ: Vec<&String> = program.difference(&tests).collect();
    assert!(differ.is_empty(), "{differ:#?}");
}
