//! Reading whole files that a program names, and how messages speak of them.

use std::fs;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use super::{DataError, Fault};

/// Opens a file for reading; folders, devices, pipes and files above `largest` bytes are refused.
pub fn open(path: &Path, largest: u64) -> Result<fs::File, DataError> {
    let what = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    // Asked before it is opened: opening a pipe without a writer would wait for ever.
    if !what.is_file() {
        let kind = if what.is_dir() { "it is a folder" } else { "it is not a file" };
        return Err(DataError::new(Fault::Io, format!("cannot read {}: {kind}", shown(path).display())));
    }
    if what.len() > largest {
        return Err(too_long(path, largest));
    }
    fs::File::open(path).map_err(|error| unreadable(path, &error))
}

/// The bytes of a file; what [`open`] refuses is refused.
pub fn bytes(path: &Path, largest: u64) -> Result<Vec<u8>, DataError> {
    rewound(&mut open(path, largest)?, path, largest)
}

/// The bytes of an open file from its beginning.
pub fn rewound(file: &mut fs::File, path: &Path, largest: u64) -> Result<Vec<u8>, DataError> {
    let mut bytes = Vec::new();
    file.rewind()
        .and_then(|()| file.take(largest + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(path, &error))?;
    // A file may grow while it is read, and some have no length of their own.
    if bytes.len() as u64 > largest { Err(too_long(path, largest)) } else { Ok(bytes) }
}

fn unreadable(path: &Path, error: &io::Error) -> DataError {
    DataError::new(Fault::Io, format!("cannot read {}: {}", shown(path).display(), reason(error)))
}

fn too_long(path: &Path, largest: u64) -> DataError {
    DataError::new(Fault::Format, format!("{} is too long: more than {} MiB", shown(path).display(), largest >> 20))
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
