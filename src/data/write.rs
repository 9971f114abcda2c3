//! Writing files: to a temporary file beside the target, then renamed, so that nobody sees half a file.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::columns::Columns;
use super::file::{reason, shown};
use super::{DataError, Fault};
use crate::exact::Matrix;
use crate::limits::{Limits, Stop};
use crate::num::Gaussian;

/// Bytes that are written to the disk before it is asked again whether to go on.
const PIECE: usize = 8 << 20;

/// Replaces the file at `path` by these bytes, or leaves it as it was, also when it is stopped.
pub fn replace(path: &Path, bytes: &[u8], limits: &Limits) -> Result<(), DataError> {
    let io = |error: std::io::Error| {
        DataError::new(Fault::Io, format!("cannot write {}: {}", shown(path).display(), reason(&error)))
    };
    let name = path.file_name().ok_or_else(|| DataError::new(Fault::Io, "the path names no file"))?;
    let mut beside = name.to_os_string();
    beside.push(format!(".{}.part", std::process::id()));
    let temporary = path.with_file_name(beside);
    let written = write_all(&temporary, bytes, limits);
    let renamed = written.and_then(|()| Ok(fs::rename(&temporary, path)?));
    if renamed.is_err() {
        // The write failed already; whether the remains can be removed changes nothing about that.
        let _ = fs::remove_file(&temporary);
    }
    let failed = |error: std::io::Error| match error.kind() {
        // Of a file to be written only the folder can be missing.
        std::io::ErrorKind::NotFound => {
            let message = format!("cannot write {}: there is no such folder", shown(path).display());
            DataError::new(Fault::Io, message)
        }
        _ => io(error),
    };
    renamed.map_err(|error| match error {
        Unwritten::Stopped(stop) => stop.into(),
        Unwritten::Failed(error) => failed(error),
    })
}

/// Why a file was not written.
enum Unwritten {
    Stopped(Stop),
    Failed(std::io::Error),
}

impl From<std::io::Error> for Unwritten {
    fn from(error: std::io::Error) -> Unwritten {
        Unwritten::Failed(error)
    }
}

fn write_all(path: &Path, bytes: &[u8], limits: &Limits) -> Result<(), Unwritten> {
    let mut file = fs::File::create(path)?;
    for piece in bytes.chunks(PIECE) {
        limits.check().map_err(Unwritten::Stopped)?;
        file.write_all(piece)?;
        file.sync_data()?;
    }
    limits.check().map_err(Unwritten::Stopped)?;
    Ok(file.sync_all()?)
}

/// A table with a header of column numbers.
pub fn csv<T: Clone + ToString>(m: &Matrix<T>) -> String {
    let header: Vec<String> = (1..=m.cols()).map(|j| format!("c{j}")).collect();
    let mut text = header.join(",");
    text.push('\n');
    for row in m.iter_rows() {
        let cells: Vec<String> = row.iter().map(T::to_string).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

/// A table with its names.
pub fn columns(table: &Columns) -> String {
    let quoted = |name: &String| match name.contains([',', '"', ';', '\t']) {
        true => format!("\"{}\"", name.replace('"', "\"\"")),
        false => name.clone(),
    };
    let mut text = table.names.iter().map(quoted).collect::<Vec<_>>().join(",");
    text.push('\n');
    for row in table.numbers.chunks(table.cols().max(1)) {
        let cells: Vec<String> = row.iter().map(|x| format!("{x:?}")).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

/// Matrix Market coordinates of an exact matrix: `integer` or `complex` entries; `None` when one is no integer.
pub fn matrix_market(m: &Matrix<Gaussian>) -> Option<String> {
    let real = m.entries().iter().all(Gaussian::is_real);
    if !m.entries().iter().all(|x| x.re.is_integer() && x.im.is_integer()) {
        return None;
    }
    let mut lines = Vec::new();
    for (i, row) in m.iter_rows().enumerate() {
        for (j, x) in row.iter().enumerate().filter(|(_, x)| !x.is_zero()) {
            let value = if real { x.re.to_string() } else { format!("{} {}", x.re, x.im) };
            lines.push(format!("{} {} {value}", i + 1, j + 1));
        }
    }
    let field = if real { "integer" } else { "complex" };
    let head = format!("%%MatrixMarket matrix coordinate {field} general\n{} {} {}\n", m.rows(), m.cols(), lines.len());
    Some(lines.iter().fold(head, |text, line| text + line + "\n"))
}

/// Matrix Market coordinates of a float matrix.
pub fn matrix_market_float(m: &Matrix<f64>) -> String {
    let mut lines = Vec::new();
    for (i, row) in m.iter_rows().enumerate() {
        for (j, x) in row.iter().enumerate().filter(|(_, x)| **x != 0.0) {
            lines.push(format!("{} {} {x:?}", i + 1, j + 1));
        }
    }
    let head = format!("%%MatrixMarket matrix coordinate real general\n{} {} {}\n", m.rows(), m.cols(), lines.len());
    lines.iter().fold(head, |text, line| text + line + "\n")
}
