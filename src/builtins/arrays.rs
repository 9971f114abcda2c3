//! Values as NumPy arrays.

use crate::data::numpy::{Array, Numbers};
use crate::exact::Matrix;
use crate::lang::value::{Record, Value};
use crate::num::{Gaussian, Rational};

/// What a `.npy` file holds of a value: a matrix, or a list of matrices of one shape as an array of three dimensions.
pub(super) fn array(value: &Value) -> Option<Array> {
    match value {
        Value::Matrix(m) => Some(exact(&[m.as_ref()], false)),
        Value::FloatMatrix(m) => {
            Some(Array { shape: vec![m.rows(), m.cols()], numbers: Numbers::Real(m.entries().to_vec()) })
        }
        Value::List(items) => stacked(items),
        _ => None,
    }
}

/// The matrices of an array of two or three dimensions, exact ones of whole numbers; `None` for other shapes and for numbers
/// that are not real.
pub(super) fn matrices(array: Array) -> Option<Vec<Value>> {
    let (count, rows, cols) = match array.shape[..] {
        [rows, cols] => (1, rows, cols),
        [count, rows, cols] => (count, rows, cols),
        _ => return None,
    };
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
/// that are matrices, by their names. `None` when there is none.
pub(super) fn arrays(value: &Value) -> Option<Vec<(String, Array)>> {
    let named = |k: usize, value: &Value| Some((format!("arr_{k}"), array(value)?));
    let all: Option<Vec<(String, Array)>> = match value {
        Value::List(items) => items.iter().enumerate().map(|(k, item)| named(k, item)).collect(),
        Value::Record(record) => Some(attributes(record)),
        single => named(0, single).map(|one| vec![one]),
    };
    all.filter(|arrays| !arrays.is_empty())
}

fn attributes(record: &Record) -> Vec<(String, Array)> {
    let of = |(key, json): (&String, &serde_json::Value)| Some((key.clone(), array(&Value::from_json(json))?));
    record.keys.iter().filter_map(of).collect()
}

fn stacked(items: &[Value]) -> Option<Array> {
    let exact_ones: Option<Vec<&Matrix<Gaussian>>> = items
        .iter()
        .map(|item| match item {
            Value::Matrix(m) => Some(m.as_ref()),
            _ => None,
        })
        .collect();
    if let Some(matrices) = exact_ones {
        let (first, rest) = matrices.split_first()?;
        let same = rest.iter().all(|m| (m.rows(), m.cols()) == (first.rows(), first.cols()));
        return same.then(|| exact(&matrices, true));
    }
    let mut numbers = Vec::new();
    let mut shape = None;
    for item in items {
        let m = item.to_float_matrix()?;
        let size = vec![items.len(), m.rows(), m.cols()];
        if shape.get_or_insert_with(|| size.clone()) != &size {
            return None;
        }
        numbers.extend_from_slice(m.entries());
    }
    Some(Array { shape: shape?, numbers: Numbers::Real(numbers) })
}

/// Matrices of one shape as doubles, complex ones only where an entry is not real.
fn exact(matrices: &[&Matrix<Gaussian>], stacked: bool) -> Array {
    let first = matrices.first();
    let mut shape = first.map_or(vec![0, 0], |m| vec![m.rows(), m.cols()]);
    if stacked {
        shape.insert(0, matrices.len());
    }
    let entries = || matrices.iter().flat_map(|m| m.entries());
    let double = |x: &Rational| x.to_f64();
    let numbers = if entries().all(Gaussian::is_real) {
        Numbers::Real(entries().map(|x| double(&x.re)).collect())
    } else {
        Numbers::Complex(entries().map(|x| (double(&x.re), double(&x.im))).collect())
    };
    Array { shape, numbers }
}
