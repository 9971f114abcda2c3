//! The floors of `ARCHITECTURE.md`: a file uses its own folder and lower floors only.

use std::fs;
use std::path::Path;

/// Each folder or file of `src`, with its floor.
const FLOORS: &[(&str, u32)] = &[
    ("limits", 0),
    ("span", 0),
    ("parallel", 0),
    ("checksum", 0),
    ("num", 0),
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

fn visit(path: &Path, room: &str, report: &mut Vec<String>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            visit(&entry.unwrap().path(), room, report);
        }
        return;
    }
    let text = fs::read_to_string(path).unwrap();
    for (number, line) in text.lines().enumerate() {
        let Some(rest) =
            line.trim_start().strip_prefix("use crate::").or(line.trim_start().strip_prefix("pub use crate::"))
        else {
            continue;
        };
        let target: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        // The table of functions and the language name each other's types; they are one storey in two rooms.
        let neighbours = [("lang", "builtins")];
        if target.is_empty() || neighbours.contains(&(room, target.as_str())) {
            continue;
        }
        if floor(&target) > floor(room) {
            report.push(format!("{}:{}: {room} uses {target}", path.display(), number + 1));
        }
    }
}

#[test]
fn no_arrow_points_upward() {
    let mut report = Vec::new();
    for entry in fs::read_dir("src").unwrap() {
        let path = entry.unwrap().path();
        let room = path.file_stem().unwrap().to_string_lossy().to_string();
        if room != "lib" {
            visit(&path, &room, &mut report);
        }
    }
    assert!(report.is_empty(), "{}", report.join("\n"));
}

#[test]
fn third_party_crates_stay_in_their_rooms() {
    // (crate, the files or folders that may name it)
    let homes: &[(&str, &[&str])] = &[
        ("rayon::", &["src/parallel.rs", "src/cli"]),
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
