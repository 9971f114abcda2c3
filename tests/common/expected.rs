//! Running the program and comparing what it says with files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the package.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a run of the program gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub status: i32,
    pub results: String,
    pub errors: String,
}

impl Outcome {
    pub fn of(command: &mut Command) -> Outcome {
        let output = command.output().unwrap();
        Outcome {
            // A signal has no status; no test expects one.
            status: output.status.code().unwrap_or(-1),
            results: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The files below a folder whose names end so, in order; paths from the root of the package.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join(folder)).into_iter().flatten().flatten() {
        let path = folder.join(entry.file_name());
        if entry.path().is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Compares with the text of a file; with `UPDATE_EXPECTED=1` in the environment, writes the file instead.
pub fn compare(expected: &Path, found: &str) -> Result<(), String> {
    if std::env::var_os("UPDATE_EXPECTED").is_some_and(|value| value == "1") {
        fs::create_dir_all(expected.parent().unwrap()).unwrap();
        fs::write(expected, found).unwrap();
        return Ok(());
    }
    let advice = "UPDATE_EXPECTED=1 writes it from what the program says now; read it before you keep it";
    let shown = expected.strip_prefix(root()).unwrap_or(expected).display();
    match fs::read_to_string(expected) {
        Err(_) => Err(format!("{shown} is missing; {advice}\n── found ──\n{found}")),
        Ok(text) if text.replace("\r\n", "\n") == found => Ok(()),
        Ok(text) => Err(format!("{shown} differs; {advice}\n── expected ──\n{text}\n── found ──\n{found}")),
    }
}
