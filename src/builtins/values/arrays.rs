//! Values as NumPy arrays, and what copies of values take on their way to a file.

use serde_json::Value as Json;

use crate::data::numpy::{Array, Numbers};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::lang::cyclotomic;
use crate::lang::value::{Record, Value};
use crate::num::{Cyclotomic, Gaussian, Rational};

/// Records in records deeper than this are not looked into.
const MOST_DEEP: usize = 8;

/// About the bytes of all copies that are made of a value while it is written to a file.
pub(crate) fn copies(value: &Value) -> u128 {
    match value {
        // An entry in JSON, as text, or as a double in an array, in its bytes and in an archive of them.
        Value::Matrix(m) => m.entries().len() as u128 * 160,
        Value::FloatMatrix(m) => m.entries().len() as u128 * 96,
        Value::CyclotomicMatrix(m) => m.entries().len() as u128 * 640,
        Value::Algebra(g) | Value::Constants(g) => g.constants().nonzeros() as u128 * 320,
        Value::List(items) => items.iter().map(copies).fold(64 * items.len() as u128, u128::saturating_add),
        Value::Record(record) => 3 * record.keys.values().map(json_bytes).fold(0, u128::saturating_add),
        _ => 0,
    }
}

/// About the bytes that a JSON value takes.
fn json_bytes(json: &Json) -> u128 {
    let (mut sum, mut todo) = (0, vec![json]);
    while let Some(json) = todo.pop() {
        sum += 32;
        match json {
            Json::String(text) => sum += text.len() as u128,
            Json::Array(items) => todo.extend(items),
            Json::Object(keys) => {
                sum += keys.keys().map(|k| 64 + k.len() as u128).sum::<u128>();
                todo.extend(keys.values());
            }
            _ => {}
        }
    }
    sum
}

/// What a `.npy` file holds of a value: a matrix, or a list of matrices of one shape as an array of three dimensions.
/// `None` for other values, an error for numbers that no double holds.
pub(crate) fn array(value: &Value) -> Result<Option<Array>, Diagnostic> {
    match value {
        Value::Matrix(m) => exact(&[m.as_ref()], false).map(Some),
        Value::FloatMatrix(m) => {
            Ok(Some(Array { shape: vec![m.rows(), m.cols()], numbers: Numbers::Real(m.entries().to_vec()) }))
        }
        Value::List(items) => stacked(items),
        Value::Discovery(it) => stacked(&crate::builtins::discovery::discover::coefficients(&it.discovery)),
        Value::Table(_) | Value::CyclotomicMatrix(_) => {
            value.to_float_matrix().map_or(Ok(None), |m| array(&Value::FloatMatrix(m)))
        }
        _ => Ok(None),
    }
}

/// The matrices of an array of two or three dimensions, exact ones of whole numbers; `None` for other shapes and for numbers
/// that are not real.
pub(crate) fn matrices(array: Array) -> Option<Vec<Value>> {
    let (count, rows, cols) = match array.shape[..] {
        [rows, cols] => (1, rows, cols),
        [count, rows, cols] => (count, rows, cols),
        _ => return None,
    };
    // Without entries the sizes may be anything.
    if array.shape.contains(&0) {
        return None;
    }
    let at = |k: usize, i: usize, j: usize| (k * rows + i) * cols + j;
    let real = match array.numbers {
        Numbers::Whole(x) => {
            let matrix = |k: usize| Matrix::from_fn(rows, cols, |i, j| Gaussian::from(x[at(k, i, j)]));
            return Some((0..count).map(|k| Value::matrix(matrix(k))).collect());
        }
        Numbers::Real(x) => x,
        Numbers::Complex(z) => z.iter().map(|(re, im)| (*im == 0.0).then_some(*re)).collect::<Option<_>>()?,
    };
    let matrix = |k: usize| Matrix::from_fn(rows, cols, |i, j| real[at(k, i, j)]);
    real.iter().all(|x| x.is_finite()).then(|| (0..count).map(|k| Value::float_matrix(matrix(k))).collect())
}

/// The arrays of a `.npz` file: `arr_0`, `arr_1`, … of a list of matrices, as NumPy calls them; of a record the attributes
/// that are matrices, by their names, `components_0_basis` for those of records in a list. `None` when there is none.
pub(crate) fn arrays(value: &Value) -> Result<Option<Vec<(String, Array)>>, Diagnostic> {
    let mut out = Vec::new();
    match value {
        Value::Record(record) => attributes(record, &mut out)?,
        Value::List(items) => {
            for (k, item) in items.iter().enumerate() {
                let Some(found) = array(item)? else { return Ok(None) };
                out.push((format!("arr_{k}"), found));
            }
        }
        Value::Training(it) => out.extend(crate::builtins::discovery::training_state::arrays(it)),
        Value::Discovery(it) => {
            out.extend(array(value)?.map(|all| ("generators".to_string(), all)));
            let values = &it.discovery.spectrum.values;
            if !values.is_empty() {
                let numbers = Numbers::Real(values.clone());
                out.push(("singular_values".to_string(), Array { shape: vec![values.len()], numbers }));
            }
        }
        single => out.extend(array(single)?.map(|found| ("arr_0".to_string(), found))),
    }
    Ok(Some(out).filter(|arrays| !arrays.is_empty()))
}

fn attributes(record: &Record, out: &mut Vec<(String, Array)>) -> Result<(), Diagnostic> {
    // Depth first in the order of the attributes.
    let mut todo: Vec<(String, &Json, usize)> = record.keys.iter().rev().map(|(k, v)| (k.clone(), v, 0)).collect();
    while let Some((name, json, depth)) = todo.pop() {
        match json {
            Json::Array(items) if items.iter().any(is_record) => {
                if depth < MOST_DEEP {
                    let all = items.iter().enumerate().rev();
                    todo.extend(all.map(|(k, item)| (format!("{name}_{k}"), item, depth + 1)));
                }
            }
            Json::Object(keys) if is_record(json) => {
                if depth < MOST_DEEP {
                    todo.extend(keys.iter().rev().map(|(k, v)| (format!("{name}_{k}"), v, depth + 1)));
                }
            }
            _ => out.extend(array(&Value::from_json(json))?.map(|found| (name, found))),
        }
    }
    Ok(())
}

/// An object that is no matrix.
fn is_record(json: &Json) -> bool {
    json.as_object().is_some_and(|keys| keys.get("kind").and_then(Json::as_str) != Some("matrix"))
}

fn stacked(items: &[Value]) -> Result<Option<Array>, Diagnostic> {
    let exact_ones: Option<Vec<&Matrix<Gaussian>>> = items
        .iter()
        .map(|item| match item {
            Value::Matrix(m) => Some(m.as_ref()),
            _ => None,
        })
        .collect();
    if let Some(matrices) = exact_ones {
        let Some((first, rest)) = matrices.split_first() else { return Ok(None) };
        let same = rest.iter().all(|m| (m.rows(), m.cols()) == (first.rows(), first.cols()));
        return same.then(|| exact(&matrices, true)).transpose();
    }
    if items.iter().any(|item| matches!(item, Value::CyclotomicMatrix(_)) && item.to_float_matrix().is_none()) {
        return Ok(complex(items));
    }
    let mut numbers = Vec::new();
    let mut shape = None;
    for item in items {
        let Some(m) = item.to_float_matrix() else { return Ok(None) };
        if !m.entries().iter().all(|x| x.is_finite()) {
            return Err(beyond_doubles());
        }
        let size = vec![items.len(), m.rows(), m.cols()];
        if shape.get_or_insert_with(|| size.clone()) != &size {
            return Ok(None);
        }
        numbers.extend_from_slice(m.entries());
    }
    Ok(shape.map(|shape| Array { shape, numbers: Numbers::Real(numbers) }))
}

/// Matrices of one shape as doubles, complex ones only where an entry is not real.
/// Exact matrices of one shape as complex doubles.
fn complex(items: &[Value]) -> Option<Array> {
    let matrices = items.iter().map(cyclotomic::to_matrix).collect::<Option<Vec<_>>>()?;
    let first = matrices.first()?;
    let same = matrices.iter().all(|m| (m.rows(), m.cols()) == (first.rows(), first.cols()));
    let numbers = matrices.iter().flat_map(|m| m.entries()).map(Cyclotomic::to_complex).collect();
    same.then(|| Array { shape: vec![items.len(), first.rows(), first.cols()], numbers: Numbers::Complex(numbers) })
}

fn exact(matrices: &[&Matrix<Gaussian>], stacked: bool) -> Result<Array, Diagnostic> {
    let first = matrices.first();
    let mut shape = first.map_or(vec![0, 0], |m| vec![m.rows(), m.cols()]);
    if stacked {
        shape.insert(0, matrices.len());
    }
    let entries = || matrices.iter().flat_map(|m| m.entries());
    let numbers = if entries().all(Gaussian::is_real) {
        Numbers::Real(entries().map(|x| double(&x.re)).collect::<Result<_, _>>()?)
    } else {
        let pair = |x: &Gaussian| Ok((double(&x.re)?, double(&x.im)?));
        Numbers::Complex(entries().map(pair).collect::<Result<_, Diagnostic>>()?)
    };
    Ok(Array { shape, numbers })
}

/// The nearest double, an error where it is infinite.
fn double(x: &Rational) -> Result<f64, Diagnostic> {
    Some(x.to_f64()).filter(|x| x.is_finite()).ok_or_else(beyond_doubles)
}

fn beyond_doubles() -> Diagnostic {
    Diagnostic::new(Code::Number, "an entry is too large for an array of doubles, which end near 1.8·10^308")
        .hint("a .json file keeps exact numbers of any size")
}
