//! The values that JSON data stands for: attributes of records can be calculated with.

use num_bigint::BigInt;
use serde_json::{Map, Value as Json};

use super::Value;
use crate::exact::Matrix;
use crate::lang::cyclotomic;
use crate::num::{Gaussian, Rational};

/// Attributes that are numbers in JSON as long as JSON has such numbers.
const COUNTS: [&str; 3] = ["dim", "multiplicity", "order"];

impl Value {
    /// The value that JSON data stands for, as the attribute of a record.
    pub fn from_json(json: &Json) -> Value {
        match json {
            Json::Null => Value::Nothing,
            Json::Bool(b) => Value::Boolean(*b),
            Json::Number(n) => match (n.as_i64(), n.as_f64()) {
                (Some(whole), _) => Value::integer(whole),
                (None, Some(float)) => Value::Float(float),
                _ => Value::Nothing,
            },
            Json::String(s) => Value::text(s),
            Json::Array(items) => {
                // Exact numbers are strings in JSON; a list of them is one that can be calculated with, and so is one of
                // indices with such a number.
                let number = |item: &Json| match item {
                    Json::Number(_) => Some(Value::from_json(item)),
                    _ => item.as_str()?.parse::<Rational>().ok().map(Value::rational),
                };
                let numbers: Option<Vec<Value>> = items.iter().map(number).collect();
                numbers.map_or_else(|| Value::list(items.iter().map(Value::from_json)), Value::list)
            }
            Json::Object(keys) if keys.get("kind").and_then(Json::as_str) == Some("matrix") => {
                matrix_from_json(keys).unwrap_or(Value::Nothing)
            }
            Json::Object(keys) if keys.get("kind").and_then(Json::as_str) == Some("cyclotomic_matrix") => {
                cyclotomic::from_json(keys).unwrap_or(Value::Nothing)
            }
            Json::Object(keys) => {
                let text = keys.iter().map(|(k, v)| format!("{k}: {}", plain_json(v))).collect::<Vec<_>>().join("\n");
                Value::record("record", keys.clone(), text)
            }
        }
    }

    /// An attribute of a record: counts too large for numbers of JSON are strings there and numbers here.
    pub fn attribute(key: &str, json: &Json) -> Value {
        match json {
            Json::String(digits) if COUNTS.contains(&key) => {
                digits.parse::<BigInt>().map_or_else(|_| Value::text(digits), Value::big_integer)
            }
            other => Value::from_json(other),
        }
    }
}

/// The matrix behind its own JSON object: entries are strings when exact, numbers when floating-point.
fn matrix_from_json(keys: &Map<String, Json>) -> Option<Value> {
    let size = |key: &str| keys.get(key).and_then(Json::as_u64).and_then(|n| usize::try_from(n).ok());
    let (rows, cols) = (size("rows")?, size("cols")?);
    let entries: Vec<&Json> = keys.get("entries")?.as_array()?.iter().filter_map(Json::as_array).flatten().collect();
    if rows.checked_mul(cols) != Some(entries.len()) {
        return None;
    }
    let exact: Option<Vec<Gaussian>> = entries.iter().map(|x| crate::data::number::exact(x.as_str()?)).collect();
    if let Some(exact) = exact {
        return Some(Value::matrix(Matrix::from_fn(rows, cols, |i, j| exact[i * cols + j].clone())));
    }
    let floats: Vec<f64> = entries.iter().map(|x| x.as_f64()).collect::<Option<_>>()?;
    Some(Value::float_matrix(Matrix::from_fn(rows, cols, |i, j| floats[i * cols + j])))
}

/// JSON data in a few words, for records without a text of their own.
fn plain_json(json: &Json) -> String {
    match json {
        Json::String(s) => s.clone(),
        other => other.to_string(),
    }
}
