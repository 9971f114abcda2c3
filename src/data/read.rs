//! Reading the JSON files of the contract: structure constants and generators.

use std::fs::File;
use std::path::Path;

use serde::de::DeserializeSeed;
use serde_json::error::Category;

use super::cell::Cell;
use super::content::{Content, ContentSeed, Guard};
use super::scan;
use super::source::Halt;
use super::{DataError, Fault, file};
use crate::exact::Matrix;
use crate::lie::StructureConstants;
use crate::limits::Limits;
use crate::num::{Cyclotomic, Gaussian};

/// The largest dimension that a file may declare.
pub const MAX_DIM: usize = 5_000;

/// What a data file holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// A table of brackets; antisymmetry holds, Jacobi is not checked here.
    Constants(StructureConstants),
    /// Exact square matrices of one size.
    Generators(Vec<Matrix<Gaussian>>),
    /// Exact square matrices of one size over a cyclotomic field (some entry was no number of Q(i)).
    FieldGenerators(Vec<Matrix<Cyclotomic>>),
    /// Floating-point square matrices of one size (some entry was a float).
    FloatGenerators(Vec<Matrix<f64>>),
}

/// Reads a JSON file of the contract from its bytes.
pub fn json(bytes: &[u8], limits: &Limits) -> Result<Data, DataError> {
    let length = bytes.len() as u64;
    match scan::data(bytes, length, length, limits) {
        Ok(data) => Ok(data),
        Err(Halt::Stop(stop)) => Err(stop.into()),
        Err(Halt::Odd) => general(bytes, limits),
    }
}

/// Reads a JSON file of the contract, opened by [`file::open`], of at most `largest` bytes: in one pass and without
/// the text in memory where the fast reader knows the file.
pub fn json_file(file: &mut File, path: &Path, largest: u64, limits: &Limits) -> Result<Data, DataError> {
    let length = file.metadata().map_or(0, |what| what.len());
    match scan::data(&*file, length, largest, limits) {
        Ok(data) => Ok(data),
        Err(Halt::Stop(stop)) => Err(stop.into()),
        Err(Halt::Odd) => {
            limits.reserve(u128::from(length))?;
            general(&file::rewound(file, path, largest)?, limits)
        }
    }
}

/// The general reader, which knows everything that can stand in a file and everything that can be wrong with it.
fn general(bytes: &[u8], limits: &Limits) -> Result<Data, DataError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let content = content(bytes, limits)?;
    match (content.structure_constants, content.generators) {
        (Some(_), Some(_)) => {
            Err(DataError::new(Fault::Format, "the file has both \"structure_constants\" and \"generators\""))
        }
        (Some(terms), None) => {
            let n = dimension(content.dim.as_ref())?;
            limits.reserve(24 * (n as u128).pow(2))?;
            terms.table(n, limits).map(Data::Constants)
        }
        (None, Some(matrices)) => generators(&matrices),
        (None, None) => {
            let expected = "expected {\"dim\": n, \"structure_constants\": […]} or {\"generators\": […]}";
            Err(DataError::new(Fault::Format, format!("the file has no algebra in it; {expected}")))
        }
    }
}

fn content(bytes: &[u8], limits: &Limits) -> Result<Content, DataError> {
    let guard = Guard::new(limits);
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = ContentSeed(&guard).deserialize(&mut reader).and_then(|content| reader.end().map(|()| content));
    let stopped = guard.stopped();
    read.map_err(|error| stopped.map_or_else(|| not_json(&error, bytes), DataError::from))
}

/// What is wrong with a text that is no JSON, or JSON of other shape.
fn not_json(error: &serde_json::Error, bytes: &[u8]) -> DataError {
    // A list at the very beginning is said to stand before it.
    let (line, column) = (error.line(), error.column().max(1));
    let place = format!("line {line}, column {column}");
    let fault = |fault: Fault, words: &str| DataError::new(fault, format!("{words} ({place})"));
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or("").to_string();
    match error.classify() {
        _ if bytes.trim_ascii().is_empty() => DataError::new(Fault::Format, "the file is empty"),
        Category::Eof => fault(Fault::Format, "the file ends too soon"),
        Category::Data => {
            let words = words.replace("sequence", "list").replace("map", "object");
            fault(Fault::Format, &format!("this is not a file of algebra data: {words}"))
        }
        _ if words == "number out of range" => fault(Fault::Number, "this number is out of range"),
        _ if words == "invalid number" => fault(Fault::Number, "this number is malformed"),
        _ => {
            // Some programs write these words although JSON has no such numbers.
            let found = bytes.split(|b| *b == b'\n').nth(line.saturating_sub(1)).unwrap_or_default();
            let rest = found.get(column.saturating_sub(2)..).unwrap_or_default();
            let near = |word: &str| rest.get(..rest.len().min(word.len() + 2)).is_some_and(|part| contains(part, word));
            match ["NaN", "Infinity", "inf"].into_iter().find(|word| near(word)) {
                Some(word) => fault(Fault::Number, &format!("{word} is not a finite number")),
                None => fault(Fault::Format, &format!("this is not JSON: {words}")),
            }
        }
    }
}

fn contains(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
}

fn dimension(dim: Option<&Cell>) -> Result<usize, DataError> {
    let Some(dim) = dim else {
        return Err(DataError::new(Fault::Format, "structure constants need \"dim\""));
    };
    dim.index().and_then(|n| usize::try_from(n).ok()).filter(|n| *n <= MAX_DIM).ok_or_else(|| {
        let message = format!("\"dim\" must be a whole number from 0 to {MAX_DIM}, not {}", dim.shown());
        DataError::new(Fault::Argument, message)
    })
}

fn generators(matrices: &[Vec<Vec<Cell>>]) -> Result<Data, DataError> {
    let size = matrices.first().map_or(0, Vec::len);
    for (number, matrix) in matrices.iter().enumerate() {
        if matrix.is_empty() || matrix.len() != size || matrix.iter().any(|row| row.len() != size) {
            let message = if matrix.iter().any(|row| row.len() != matrix.len()) {
                format!("generator {number} is not square")
            } else {
                format!("generator {number} is {0}×{0}, the first is {size}×{size}", matrix.len())
            };
            return Err(DataError::new(Fault::Shape, message));
        }
    }
    let floats = matrices.iter().flatten().flatten().any(|cell| matches!(cell, Cell::Float(_)));
    let wrong = |number: usize, cell: &Cell| {
        let shown = cell.shown();
        let mut message = format!("generator {number}: {shown} is not a number like 1, \"3/4\" or \"1/2+3i\"");
        if ['√', 'ζ'].iter().any(|sign| shown.contains(*sign)) || shown.contains("sqrt") {
            message += "; roots are written as in \"(1+√5)/2\" or \"ζ7\", up to √2000 and ζ2000";
        }
        DataError::new(Fault::Number, message)
    };
    if floats {
        let read = |number: usize, cell: &Cell| match (cell, cell.exact()) {
            (Cell::Float(x), _) if x.is_finite() => Ok(*x),
            (_, Some(z)) if z.is_real() => Ok(z.re.to_f64()),
            _ => Err(wrong(number, cell)),
        };
        return read_all(matrices, read).map(Data::FloatGenerators);
    }
    if matrices.iter().flatten().flatten().any(|cell| cell.exact().is_none() && cell.cyclotomic().is_some()) {
        let read = |number: usize, cell: &Cell| cell.cyclotomic().ok_or_else(|| wrong(number, cell));
        return read_all(matrices, read).map(Data::FieldGenerators);
    }
    read_all(matrices, |number, cell| cell.exact().ok_or_else(|| wrong(number, cell))).map(Data::Generators)
}

fn read_all<T: Clone>(
    matrices: &[Vec<Vec<Cell>>],
    read: impl Fn(usize, &Cell) -> Result<T, DataError>,
) -> Result<Vec<Matrix<T>>, DataError> {
    let one = |(number, rows): (usize, &Vec<Vec<Cell>>)| {
        let rows = rows.iter().map(|row| row.iter().map(|cell| read(number, cell)).collect::<Result<Vec<T>, _>>());
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        Matrix::from_rows(rows).ok_or_else(|| DataError::new(Fault::Shape, format!("generator {number} is not square")))
    };
    matrices.iter().enumerate().map(one).collect()
}

#[cfg(test)]
#[path = "agreement_tests.rs"]
mod agreement_tests;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::Rational;

    fn code(text: &str) -> Option<Fault> {
        json(text.as_bytes(), &Limits::none()).err().map(|e| e.fault)
    }

    #[test]
    fn reads_sl2() {
        let text = r#"{"name": "x", "dim": 3, "structure_constants": [[0,1,1,2],[2,0,2,"2"],[1,2,0,"1"]]}"#;
        let Ok(Data::Constants(c)) = json(text.as_bytes(), &Limits::none()) else { panic!() };
        assert_eq!(c.nonzeros(), 3);
        assert_eq!(c.upper(0, 2), &[(2, Rational::from(-2))]);
    }

    #[test]
    fn every_code_is_reached() {
        let table = |entries: &str| code(&format!(r#"{{"dim": 3, "structure_constants": {entries}}}"#));
        assert_eq!(table("[[0,1,2,1]]"), None);
        assert_eq!(table("[[0,1,5,1]]"), Some(Fault::Index));
        assert_eq!(table("[[0,-1,2,1]]"), Some(Fault::Index));
        assert_eq!(table("[[0,1,2,\"1/0\"]]"), Some(Fault::Number));
        assert_eq!(table("[[0,1,2,0.5]]"), Some(Fault::Number));
        assert_eq!(table("[[0,1,2,null]]"), Some(Fault::Number));
        assert_eq!(table("[[0,0,2,1]]"), Some(Fault::Antisymmetry));
        assert_eq!(table("[[0,1,2,1],[1,0,2,1]]"), Some(Fault::Antisymmetry));
        assert_eq!(table("[[0,1,2,1],[0,1,2,2]]"), Some(Fault::Duplicate));
        assert_eq!(table("[[0,1,2,1],[1,0,2,-1]]"), None);
        assert_eq!(table("[[0,1,2]]"), Some(Fault::Format));
        assert_eq!(table("[0]"), Some(Fault::Format));
        assert_eq!(code(r#"{"structure_constants": []}"#), Some(Fault::Format));
        assert_eq!(code(r#"{"dim": 1000000000, "structure_constants": []}"#), Some(Fault::Argument));
        assert_eq!(code(r#"{"generators": [[[1,2],[3]]]}"#), Some(Fault::Shape));
        assert_eq!(code(r#"{"generators": [[[1]],[[1,0],[0,1]]]}"#), Some(Fault::Shape));
        assert_eq!(code(r#"{"generators": [[["x"]]]}"#), Some(Fault::Number));
        assert_eq!(code(r#"{"generators": [[[1e999]]]}"#), Some(Fault::Number));
        assert_eq!(code(r#"{"generators": [[[NaN]]]}"#), Some(Fault::Number));
        assert_eq!(code("{\"generators\": [[[1,\n-Infinity]]]}"), Some(Fault::Number));
        assert_eq!(code(r#"{"generators": [[[01]]]}"#), Some(Fault::Number));
        assert_eq!(code(r#"{"generators": [[[nan]]}"#), Some(Fault::Number));
        assert_eq!(code(r#"{"generators": [[[1}]]}"#), Some(Fault::Format));
        for text in ["", "{", "[]", "{}", "null", "\u{0}", "{\"dim\":3", &"[".repeat(100_000)] {
            assert_eq!(code(text), Some(Fault::Format), "{}", text.len());
        }
    }
}
