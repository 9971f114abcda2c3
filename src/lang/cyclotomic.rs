//! Exact numbers and matrices over cyclotomic fields as values: what lies outside Q(i) and, for numbers, outside quadratic fields.

use std::cmp::Ordering;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::arithmetic::cannot;
use super::tree::Operator;
use super::value::Value;
use crate::diag::{Code, Diagnostic};
use crate::exact::{Matrix, determinant_and_inverse};
use crate::limits::Limits;
use crate::num::{Cyclotomic, Gaussian, Rational};

type Outcome = Result<Value, Diagnostic>;

/// Fields with roots of unity of a higher order are refused.
pub const MOST_ROOTS: u64 = 2_000;
/// Below this part of the sum of its terms a float does not decide a sign.
const CERTAIN: f64 = 1e-11;

/// The value as a number of a cyclotomic field; `None` for what is not exact, or needs too many roots of unity.
pub fn number(value: &Value) -> Option<Cyclotomic> {
    match value {
        Value::Number(z) => Some(Cyclotomic::sum(4, [(0, z.re.clone()), (1, z.im.clone())])),
        // √d lies in the field of the 4|d|-th roots of unity.
        Value::Quadratic(q) if q.radicand.unsigned_abs() <= MOST_ROOTS => {
            let root = Cyclotomic::square_root(q.radicand).scale(&q.coefficient);
            Some(root.add(&Cyclotomic::from(q.rational.clone())))
        }
        Value::Cyclotomic(x) => Some(x.as_ref().clone()),
        _ => None,
    }
}

/// A number in its simplest kind.
pub fn value(x: Cyclotomic) -> Value {
    if let Some(z) = gaussian(&x) {
        return Value::Number(z);
    }
    match x.as_quadratic() {
        Some((a, b, d)) => Value::quadratic(a, b, d),
        None => Value::Cyclotomic(Arc::new(x)),
    }
}

/// A matrix in its simplest kind.
pub fn matrix(m: Matrix<Cyclotomic>) -> Value {
    let entries: Option<Vec<Gaussian>> = m.entries().iter().map(gaussian).collect();
    match entries {
        Some(entries) => Value::matrix(Matrix::from_fn(m.rows(), m.cols(), |i, j| entries[i * m.cols() + j].clone())),
        None => Value::CyclotomicMatrix(Arc::new(m)),
    }
}

/// The value as a matrix over a cyclotomic field: any exact matrix, or a list of rows of exact numbers.
pub fn to_matrix(value: &Value) -> Option<Arc<Matrix<Cyclotomic>>> {
    match value {
        Value::CyclotomicMatrix(m) => Some(m.clone()),
        Value::Matrix(m) => Some(Arc::new(m.map(|z| Cyclotomic::sum(4, [(0, z.re.clone()), (1, z.im.clone())])))),
        Value::List(rows) => {
            let row = |row: &Value| row.items()?.iter().map(number).collect::<Option<Vec<_>>>();
            Matrix::from_rows(rows.iter().map(row).collect::<Option<Vec<_>>>()?).map(Arc::new)
        }
        _ => None,
    }
}

/// The number of Q(i) that it is.
pub fn gaussian(x: &Cyclotomic) -> Option<Gaussian> {
    let part = |k: u64| x.terms().iter().find(|(e, _)| *e == k).map_or(Rational::ZERO, |(_, c)| c.clone());
    matches!(x.conductor(), 1 | 4).then(|| Gaussian::new(part(0), part(1)))
}

/// The real value of a real number.
pub fn to_f64(x: &Cyclotomic) -> Option<f64> {
    x.is_real().then(|| x.to_complex().0)
}

/// The same matrix in doubles, when it is real.
pub fn to_floats(m: &Matrix<Cyclotomic>) -> Option<Matrix<f64>> {
    let real = m.entries().iter().all(Cyclotomic::is_real);
    real.then(|| m.map(|x| x.to_complex().0))
}

/// The sign of a real number; `None` when it is not real, or too small for floats to tell.
pub fn sign(x: &Cyclotomic) -> Option<Ordering> {
    if x.is_zero() {
        return Some(Ordering::Equal);
    }
    let found = to_f64(x)?;
    let size: f64 = x.terms().iter().map(|(_, c)| c.to_f64().abs()).sum();
    (found.abs() > CERTAIN * size).then(|| found.total_cmp(&0.0))
}

/// An error when numbers of two fields would need too many roots of unity together.
fn check_field<'a>(numbers: impl Iterator<Item = &'a Cyclotomic>) -> Result<(), Diagnostic> {
    let mut n = 1u64;
    for x in numbers {
        n = num_integer::lcm(n, x.conductor());
        if n > MOST_ROOTS {
            let message =
                format!("these exact numbers lie in no field of n-th roots of unity with n up to {MOST_ROOTS}");
            return Err(Diagnostic::new(Code::Unsupported, message).hint("use floats: float(sqrt(2)) + float(sqrt(3))"));
        }
    }
    Ok(())
}

fn by_zero() -> Diagnostic {
    Diagnostic::new(Code::Number, "division by zero")
}

/// Arithmetic of two exact numbers.
pub fn numbers(operator: Operator, a: &Value, b: &Value) -> Outcome {
    let (Some(x), Some(y)) = (number(a), number(b)) else {
        return Err(Diagnostic::new(
            Code::Unsupported,
            "exact numbers with two different roots of this size are not supported",
        )
        .hint("use floats: float(sqrt(2)) + float(sqrt(3))"));
    };
    check_field([&x, &y].into_iter())?;
    let minus = Rational::from(-1);
    Ok(value(match operator {
        Operator::Plus => x.add(&y),
        Operator::Minus => x.add(&y.scale(&minus)),
        Operator::Times => x.mul(&y),
        Operator::Over => x.mul(&y.recip().ok_or_else(by_zero)?),
        _ => return Err(cannot(operator, a, b)),
    }))
}

/// Arithmetic of two exact matrices, or of one and a number; `None` when these have none.
pub fn matrices(operator: Operator, a: &Value, b: &Value, limits: &Limits) -> Option<Outcome> {
    let all = |m: &Matrix<Cyclotomic>, n: &Matrix<Cyclotomic>| check_field(m.entries().iter().chain(n.entries()));
    let scaled = |m: &Matrix<Cyclotomic>, c: Cyclotomic| {
        check_field(m.entries().iter().chain([&c]))?;
        Ok(matrix(m.map(|x| x.mul(&c))))
    };
    Some(match (to_matrix(a), to_matrix(b)) {
        (Some(x), Some(y)) => match operator {
            Operator::Plus | Operator::Minus if (x.rows(), x.cols()) == (y.rows(), y.cols()) => {
                let factor = Rational::from(if operator == Operator::Plus { 1 } else { -1 });
                let sum = |i, j| x[(i, j)].add(&y[(i, j)].scale(&factor));
                all(&x, &y).map(|()| matrix(Matrix::from_fn(x.rows(), x.cols(), sum)))
            }
            Operator::Times if x.cols() == y.rows() => all(&x, &y).and_then(|()| Ok(matrix(product(&x, &y, limits)?))),
            Operator::Plus | Operator::Minus | Operator::Times => {
                let what = if operator == Operator::Times { "product" } else { "sum" };
                let message = format!(
                    "matrices of shapes {}×{} and {}×{} have no {what}",
                    x.rows(),
                    x.cols(),
                    y.rows(),
                    y.cols()
                );
                Err(Diagnostic::new(Code::Shape, message))
            }
            _ => Err(Diagnostic::new(Code::Kind, "matrices are not divided").hint("multiply by inverse(b)")),
        },
        (Some(x), None) if operator == Operator::Times => scaled(&x, number(b)?),
        (Some(x), None) if operator == Operator::Over => match number(b)?.recip() {
            Some(c) => scaled(&x, c),
            None => Err(by_zero()),
        },
        (None, Some(y)) if operator == Operator::Times => scaled(&y, number(a)?),
        _ => return None,
    })
}

fn product(x: &Matrix<Cyclotomic>, y: &Matrix<Cyclotomic>, limits: &Limits) -> Result<Matrix<Cyclotomic>, Diagnostic> {
    let mut rows = Vec::with_capacity(x.rows());
    for row in x.iter_rows() {
        limits.check()?;
        let entry = |j: usize| {
            let terms = row.iter().enumerate().filter(|(_, c)| !c.is_zero());
            terms.fold(Cyclotomic::from(0), |sum, (k, c)| sum.add(&c.mul(&y[(k, j)])))
        };
        rows.push((0..y.cols()).map(entry).collect());
    }
    Ok(Matrix::from_rows(rows).unwrap_or_else(|| x.clone()))
}

/// The identity of size `n`.
pub fn identity(n: usize) -> Matrix<Cyclotomic> {
    Matrix::from_fn(n, n, |i, j| Cyclotomic::from(i64::from(i == j)))
}

/// The determinant, and the inverse when it is not zero, by elimination.
pub fn inverse(
    m: &Matrix<Cyclotomic>,
    limits: &Limits,
) -> Result<(Cyclotomic, Option<Matrix<Cyclotomic>>), Diagnostic> {
    let n = m.rows();
    if n != m.cols() {
        let message = format!("this needs a square matrix, not a {}×{} one", n, m.cols());
        return Err(Diagnostic::new(Code::Shape, message));
    }
    check_field(m.entries().iter())?;
    Ok(determinant_and_inverse(m, limits)?)
}

/// Whether a value is an exact number or matrix that is not over Q(i).
pub fn is_irrational(value: &Value) -> bool {
    matches!(value, Value::Quadratic(_) | Value::Cyclotomic(_) | Value::CyclotomicMatrix(_))
}

/// The inverse as a value; an error when there is none.
pub fn inverse_value(m: &Matrix<Cyclotomic>, limits: &Limits) -> Outcome {
    let none = || Diagnostic::new(Code::Argument, "this matrix has no inverse: its determinant is 0");
    Ok(matrix(inverse(m, limits)?.1.ok_or_else(none)?))
}

/// `{"kind":"cyclotomic_matrix","rows","cols","root","entries"}`, entries as text over the field of the root-th roots of unity.
pub fn to_json(m: &Matrix<Cyclotomic>) -> Json {
    let root = m.entries().iter().fold(1, |n, x| num_integer::lcm(n, x.conductor()));
    let rows: Vec<Vec<String>> = m.iter_rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    json!({"kind": "cyclotomic_matrix", "rows": m.rows(), "cols": m.cols(), "root": root, "entries": rows})
}

/// The matrix of such an object.
pub fn from_json(keys: &Map<String, Json>) -> Option<Value> {
    let row =
        |row: &Json| row.as_array()?.iter().map(|x| x.as_str()?.parse().ok()).collect::<Option<Vec<Cyclotomic>>>();
    let rows = keys.get("entries")?.as_array()?.iter().map(row).collect::<Option<Vec<_>>>()?;
    Some(matrix(Matrix::from_rows(rows)?))
}
