//! Tables of data with named columns, and polynomials fitted to them.

use std::sync::Arc;

use crate::builtins::values::files::resolve;
use crate::builtins::{Arguments, Builtin, Context, Example, keyword, required};
use crate::data::columns::{self, Columns, Wanted};
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
        params: &[
            required("path", Kinds::TEXT),
            keyword("columns", Kinds::LIST, "all"),
            keyword("missing", Kinds::TEXT, "an error"),
        ],
        returns: Kinds::TABLE.or(Kinds::LIST),
        summary: "a table of numbers from a .csv, .npy or .npz file",
        help: "CSV: the first line names the columns, cells are separated by commas, semicolons, tabs or spaces; between semicolons and tabs numbers may have decimal commas; lines that start with # are \
skipped. An array of two dimensions has columns c1, c2, …; several arrays of equal length in a .npz file are one table whose columns have the names of the arrays, x, or x1, x2, … of one with several columns; otherwise they are a list of tables. `columns`: the names of those to read, in this order; \
the others may hold text. `missing` = \"drop\" leaves out rows where a value is missing (an empty cell, NA, nan). t.x is the column \
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
pub(crate) fn read(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let path = resolve(context, a, "path")?;
    let at = |e: data::DataError| Diagnostic::from(e).at(a.span("path"));
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let wanted = wanted(a)?;
    let bytes = data::file::bytes(&path, MAX_FILE).map_err(at)?;
    context.limits.reserve(bytes.len() as u128 * 3)?;
    match extension.as_str() {
        "csv" | "tsv" | "txt" => {
            let text = String::from_utf8(bytes).map_err(|_| a.wrong("path", Code::Format, "this is not UTF-8 text"))?;
            Ok(Value::Table(Arc::new(columns::csv(&text, &wanted, context.limits).map_err(at)?)))
        }
        "npy" => {
            let array = numpy_read::read_npy(&bytes, context.limits).map_err(at)?;
            Ok(Value::Table(Arc::new(finish(a, of_array(a, array)?, &wanted)?)))
        }
        "npz" => {
            let arrays = numpy_read::read_npz(&bytes, context.limits).map_err(at)?;
            let named = |(name, array)| of_array(a, array).map(|table| (name, table));
            let mut tables = arrays.into_iter().map(named).collect::<Result<Vec<(String, Columns)>, Diagnostic>>()?;
            if tables.len() > 1 {
                if let Some(joined) = joined(&tables) {
                    return Ok(Value::Table(Arc::new(finish(a, joined, &wanted)?)));
                }
                let all = tables.into_iter().map(|(_, table)| finish(a, table, &wanted));
                let all = all.map(|table| table.map(|t| Value::Table(Arc::new(t))));
                return Ok(Value::list(all.collect::<Result<Vec<_>, _>>()?));
            }
            match tables.pop() {
                Some((_, table)) => Ok(Value::Table(Arc::new(finish(a, table, &wanted)?))),
                None => Err(a.wrong("path", Code::Format, "the archive holds no array")),
            }
        }
        _ => Err(a.wrong("path", Code::Unsupported, "a table is a .csv, .npy or .npz file")),
    }
}

/// What of a table the arguments ask for.
fn wanted(a: &Arguments) -> Result<Wanted, Diagnostic> {
    let text = |v: Value| match v {
        Value::Text(name) => Some(name.to_string()),
        _ => None,
    };
    let columns = match a.get("columns") {
        None => None,
        Some(_) => {
            let names: Option<Vec<String>> = a.items("columns")?.into_iter().map(text).collect();
            let names = names.filter(|names| !names.is_empty());
            Some(names.ok_or_else(|| a.wrong("columns", Code::Kind, "`columns` is a list of names of columns"))?)
        }
    };
    let drop_missing = match a.get("missing").map(|_| a.text("missing")).transpose()? {
        None => false,
        Some("drop") => true,
        Some(_) => {
            let error = a.wrong("missing", Code::Argument, "`missing` is \"drop\"");
            return Err(error.hint("without it a missing value is an error"));
        }
    };
    Ok(Wanted { columns, drop_missing })
}

/// Arrays of equal length side by side; `None` when they are not, or when two columns would have one name.
fn joined(tables: &[(String, Columns)]) -> Option<Columns> {
    let rows = tables.first()?.1.rows();
    let mut names: Vec<String> = Vec::new();
    for (name, table) in tables {
        match table.cols() {
            1 => names.push(name.clone()),
            cols => names.extend((1..=cols).map(|k| format!("{name}{k}"))),
        }
    }
    let distinct = names.iter().enumerate().all(|(k, name)| !names[..k].contains(name));
    if !distinct || tables.iter().any(|(_, table)| table.rows() != rows) {
        return None;
    }
    let row =
        |i: usize| tables.iter().flat_map(move |(_, t)| t.numbers[i * t.cols()..(i + 1) * t.cols()].iter().copied());
    Some(Columns { names, numbers: (0..rows).flat_map(row).collect() })
}

/// The columns that are wanted, without rows that are not finite where those are to be left out.
fn finish(a: &Arguments, table: Columns, wanted: &Wanted) -> Result<Columns, Diagnostic> {
    let table = match &wanted.columns {
        None => table,
        Some(names) => {
            let place = |name: &String| {
                table.position(name).ok_or_else(|| {
                    let error = a.wrong("columns", Code::Argument, format!("there is no column `{name}`"));
                    error.hint(format!("there are {}", table.names.join(", ")))
                })
            };
            let places = names.iter().map(place).collect::<Result<Vec<_>, _>>()?;
            Columns { names: names.clone(), numbers: table.select(&places) }
        }
    };
    if table.numbers.iter().all(|x| x.is_finite()) {
        return Ok(table);
    }
    if !wanted.drop_missing {
        return Err(a
            .wrong("path", Code::Number, "the array holds numbers that are not finite")
            .hint("missing = \"drop\" leaves rows with nan out"));
    }
    let rows = table.numbers.chunks(table.cols().max(1)).filter(|row| !row.iter().any(|x| x.is_nan()));
    let numbers: Vec<f64> = rows.flatten().copied().collect();
    if numbers.iter().any(|x| x.is_infinite()) {
        return Err(a.wrong("path", Code::Number, "the array holds infinite numbers"));
    }
    Ok(Columns { names: table.names, numbers })
}

fn of_array(a: &Arguments, array: Array) -> Result<Columns, Diagnostic> {
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
    Ok(Columns { names: (1..=cols).map(|k| format!("c{k}")).collect(), numbers })
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
pub(crate) fn matrix(table: &Columns, columns: &[usize]) -> Matrix<f64> {
    let all = table.select(columns);
    let cols = columns.len();
    Matrix::from_fn(table.rows(), cols, |i, j| all[i * cols + j])
}

/// The labels that `label` names (the last column without it) and the other columns.
pub(crate) fn labels(a: &Arguments, table: &Columns) -> Result<(Vec<usize>, Vec<usize>), Diagnostic> {
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
