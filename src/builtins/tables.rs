//! Tables of data with named columns, and polynomials fitted to them.

use std::sync::Arc;

use super::values::resolve;
use super::{Arguments, Builtin, Context, Example, required};
use crate::data::columns::{self, Columns};
use crate::data::numpy::{Array, Numbers};
use crate::data::{self, numpy_read};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::lang::kind::Kinds;
use crate::lang::near::nearest;
use crate::lang::value::Value;

type Outcome = Result<Value, Diagnostic>;

/// Larger files are refused.
const MAX_FILE: u64 = 2 << 30;

/// The rows of this file.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "table",
        aliases: &[],
        topic: "files",
        params: &[required("path", Kinds::TEXT)],
        returns: Kinds::TABLE.or(Kinds::LIST),
        summary: "a table of numbers from a .csv, .npy or .npz file",
        help: "CSV: the first line names the columns, cells are separated by commas, semicolons or tabs; lines that start with # are \
skipped. An array of two dimensions has columns c1, c2, …; of several arrays in a .npz file a list of tables. t.x is the column \
x, float(t) the matrix of all numbers, t.columns the names. `discover(t)` looks for symmetries of the last column.",
        examples: &[],
        run: |context, a| read(context, a),
    },
    Builtin {
        name: "named_columns",
        aliases: &[],
        topic: "files",
        params: &[required("m", Kinds::MATRIX_LIKE), required("names", Kinds::LIST)],
        returns: Kinds::TABLE,
        summary: "a matrix as a table with these names of columns",
        help: "",
        examples: &[Example { code: "named_columns([1, 2; 3, 5], [\"x\", \"y\"]).y", output: "[2.0, 5.0]" }],
        run: |_, a| {
            let m = a.float_matrix("m")?;
            let text = |v: Value| match v {
                Value::Text(name) => Some(name.to_string()),
                _ => None,
            };
            let names: Option<Vec<String>> = a.items("names")?.into_iter().map(text).collect();
            let names = names.filter(|names| names.len() == m.cols());
            let names = names.ok_or_else(|| {
                a.wrong("names", Code::Shape, format!("a matrix with {} columns takes as many names", m.cols()))
            })?;
            if let Some(twice) = names.iter().enumerate().find(|(k, name)| names.iter().take(*k).any(|n| &n == name)) {
                return Err(a.wrong("names", Code::Duplicate, format!("two columns are called \"{}\"", twice.1)));
            }
            Ok(Value::Table(Arc::new(Columns { names, numbers: m.entries().to_vec() })))
        },
    },
];

/// What reads the arrays that are no tables.
const MATRICES: &str = "load_matrices reads matrices from .npy and .npz files";

/// Reads the file by its ending.
pub(super) fn read(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let path = resolve(context, a, "path")?;
    let at = |e: data::DataError| Diagnostic::from(e).at(a.span("path"));
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let bytes = data::file::bytes(&path, MAX_FILE).map_err(at)?;
    context.limits.reserve(bytes.len() as u128 * 3)?;
    match extension.as_str() {
        "csv" | "tsv" | "txt" => {
            let text = String::from_utf8(bytes).map_err(|_| a.wrong("path", Code::Format, "this is not UTF-8 text"))?;
            Ok(Value::Table(Arc::new(columns::csv(&text, context.limits).map_err(at)?)))
        }
        "npy" => of_array(a, numpy_read::read_npy(&bytes, context.limits).map_err(at)?),
        "npz" => {
            let arrays = numpy_read::read_npz(&bytes, context.limits).map_err(at)?;
            let mut tables =
                arrays.into_iter().map(|(_, array)| of_array(a, array)).collect::<Result<Vec<_>, Diagnostic>>()?;
            Ok(if tables.len() == 1 { tables.remove(0) } else { Value::list(tables) })
        }
        _ => Err(a.wrong("path", Code::Unsupported, "a table is a .csv, .npy or .npz file")),
    }
}

fn of_array(a: &Arguments, array: Array) -> Outcome {
    let cols = match array.shape.as_slice() {
        [_] => 1,
        [_, cols] => *cols,
        other => {
            let message = format!("a table has two dimensions, this array has {}", other.len());
            return Err(a.wrong("path", Code::Shape, message).hint(MATRICES));
        }
    };
    if array.shape.contains(&0) {
        return Err(a.wrong("path", Code::Shape, "this array has no entries"));
    }
    let numbers = match array.numbers {
        Numbers::Real(numbers) => numbers,
        Numbers::Whole(numbers) => numbers.into_iter().map(|n| n as f64).collect(),
        Numbers::Complex(_) => {
            return Err(a.wrong("path", Code::Unsupported, "complex arrays are no tables").hint(MATRICES));
        }
    };
    if numbers.iter().any(|x| !x.is_finite()) {
        return Err(a.wrong("path", Code::Number, "the array holds numbers that are not finite"));
    }
    Ok(Value::Table(Arc::new(Columns { names: (1..=cols).map(|k| format!("c{k}")).collect(), numbers })))
}

/// An attribute of a table: a column by its name, the names, the number of rows.
pub fn attribute(table: &Columns, word: &str) -> Option<Value> {
    if let Some(column) = table.position(word) {
        return Some(Value::list(table.select(&[column]).into_iter().map(Value::Float)));
    }
    match word {
        "columns" => Some(Value::list(table.names.iter().map(Value::text))),
        "rows" => Some(Value::count(table.rows())),
        _ => None,
    }
}

/// Some columns as a matrix.
pub(super) fn matrix(table: &Columns, columns: &[usize]) -> Matrix<f64> {
    let all = table.select(columns);
    let cols = columns.len();
    Matrix::from_fn(table.rows(), cols, |i, j| all[i * cols + j])
}

/// The labels that `label` names (the last column without it) and the other columns.
pub(super) fn labels(a: &Arguments, table: &Columns) -> Result<(Vec<usize>, Vec<usize>), Diagnostic> {
    let named = |value: &Value| match value {
        Value::Text(name) => table.position(name).ok_or_else(|| {
            let error = a.wrong("label", Code::Name, format!("the table has no column \"{name}\""));
            match nearest(name, table.names.iter().map(String::as_str)) {
                Some(near) => error.label(format!("did you mean \"{near}\"?")),
                None => error.hint(format!("it has {}", table.names.join(", "))),
            }
        }),
        _ => Err(a.wrong("label", Code::Kind, "`label` is the name of a column, or a list of names")),
    };
    let labels = match a.get("label") {
        None => vec![table.cols().saturating_sub(1)],
        Some(Value::List(items)) => items.iter().map(named).collect::<Result<Vec<_>, _>>()?,
        Some(one) => vec![named(one)?],
    };
    let others: Vec<usize> = (0..table.cols()).filter(|c| !labels.contains(c)).collect();
    if others.is_empty() || labels.is_empty() {
        return Err(Diagnostic::new(Code::Shape, "a table needs coordinates besides its labels"));
    }
    Ok((labels, others))
}
