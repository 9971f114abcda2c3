//! Reading whole files that a program names, and how messages speak of them.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::{DataError, Fault};

/// The bytes of a file; folders, devices, pipes and files above `largest` bytes are refused.
pub fn bytes(path: &Path, largest: u64) -> Result<Vec<u8>, DataError> {
    let name = shown(path);
    let unreadable = |error: io::Error| {
        DataError::new(Fault::Io, format!("cannot read {}: {}", shown(path).display(), reason(&error)))
    };
    let what = fs::metadata(path).map_err(unreadable)?;
    // Asked before it is opened: opening a pipe without a writer would wait for ever.
    if !what.is_file() {
        let kind = if what.is_dir() { "it is a folder" } else { "it is not a file" };
        return Err(DataError::new(Fault::Io, format!("cannot read {}: {kind}", name.display())));
    }
    let mut bytes = Vec::new();
    fs::File::open(path).and_then(|file| file.take(largest + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > largest {
        let message = format!("{} is too long: more than {} MiB", name.display(), largest >> 20);
        return Err(DataError::new(Fault::Format, message));
    }
    Ok(bytes)
}

/// The path without the `./` that stands for the current folder.
pub fn shown(path: &Path) -> PathBuf {
    match path.strip_prefix(".") {
        Ok(inside) if inside.components().next().is_some() => inside.to_path_buf(),
        _ => path.to_path_buf(),
    }
}

/// Why reading or writing failed, in words that are the same on every system where they can be.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => {
            let words = error.to_string();
            words.split(" (os error").next().unwrap_or(&words).to_owned()
        }
    }
}
