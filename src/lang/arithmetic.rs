//! Arithmetic on values. Exact stays exact; an exact number meeting a float becomes a float, never the other way.

use std::sync::Arc;

use super::cyclotomic;
use super::kind::Kinds;
use super::symbolic;
use super::tree::Operator;
use super::value::{NamedPolynomial, Value};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::forms::Polynomial;
use crate::limits::Limits;
use crate::num::{Gaussian, Quadratic, Rational};
use crate::reps::{ProductSpace, product};

/// Results above this many bits are refused: nothing sensible needs them and they would stop the machine.
pub(super) const MAX_BITS: u64 = 20_000_000;

pub(super) type Outcome = Result<Value, Diagnostic>;

fn verb(operator: Operator) -> (&'static str, &'static str) {
    match operator {
        Operator::Plus => ("add", "and"),
        Operator::Minus => ("subtract", "and"),
        Operator::Times => ("multiply", "and"),
        Operator::Over => ("divide", "by"),
        Operator::Arrow => ("form the maps between", "and"),
        Operator::And | Operator::Or => ("combine", "and"),
    }
}

/// The error for an operator that makes no sense on two kinds.
pub fn cannot(operator: Operator, a: &Value, b: &Value) -> Diagnostic {
    cannot_kinds(operator, a.kind(), b.kind())
}

/// The same, before there are values.
pub fn cannot_kinds(operator: Operator, a: Kinds, b: Kinds) -> Diagnostic {
    let (verb, joint) = verb(operator);
    let error = Diagnostic::new(Code::Kind, format!("cannot {verb} {a} {joint} {b}"));
    let groups = Kinds::GROUP | Kinds::ALGEBRA;
    let with_rep = (a.within(groups) && b.meets(Kinds::REP)) || (b.within(groups) && a.meets(Kinds::REP));
    if with_rep || (operator == Operator::Arrow && (a.within(groups) || b.within(groups))) {
        return error.hint("vector(G) and adjoint(G) are representations");
    }
    error
}

/// `a + b`, `a - b`, `a * b`, `a / b`; `None` when these kinds have no such arithmetic.
pub fn binary(operator: Operator, a: &Value, b: &Value, limits: &Limits) -> Option<Outcome> {
    use Value::*;
    Some(match (a, b) {
        (Number(x), Number(y)) => gaussian(operator, x, y).map(Value::Number),
        (Quadratic(_) | Number(_), Quadratic(_) | Number(_)) => quadratic(operator, a, b),
        (Quadratic(_) | Number(_) | Cyclotomic(_), Quadratic(_) | Number(_) | Cyclotomic(_)) => {
            cyclotomic::numbers(operator, a, b)
        }
        (
            Float(_) | ComplexFloat(..) | Number(_) | Quadratic(_) | Cyclotomic(_),
            Float(_) | ComplexFloat(..) | Number(_) | Quadratic(_) | Cyclotomic(_),
        ) => float(operator, a, b),
        (Polynomial(_) | Number(_), Polynomial(_) | Number(_)) => polynomial(operator, a, b, limits),
        (Symbol(_), Symbol(_) | Number(_) | Quadratic(_) | Cyclotomic(_) | Float(_) | ComplexFloat(..))
        | (Number(_) | Quadratic(_) | Cyclotomic(_) | Float(_) | ComplexFloat(..), Symbol(_)) => {
            symbolic::binary(operator, a, b)
        }
        (Text(x), Text(y)) if operator == Operator::Plus => Ok(Value::text(format!("{x}{y}"))),
        (Permutation(x), Permutation(y)) => {
            let result = match operator {
                Operator::Times => x.then(y),
                Operator::Over => x.then(&y.inverse()),
                _ => return None,
            };
            result.map(|p| Permutation(Arc::new(p))).ok_or_else(|| {
                Diagnostic::new(Code::Shape, format!("permutations of {} and of {} points", x.degree(), y.degree()))
            })
        }
        (Matrix(_) | FloatMatrix(_) | CyclotomicMatrix(_), _)
        | (_, Matrix(_) | FloatMatrix(_) | CyclotomicMatrix(_)) => {
            return matrix(operator, a, b, limits);
        }
        (List(x), List(y)) if matches!(operator, Operator::Plus | Operator::Minus) => {
            if x.len() != y.len() {
                let message = format!("lists of {} and {} entries have no sum", x.len(), y.len());
                return Some(Err(Diagnostic::new(Code::Shape, message).hint("to join lists: append(a, b)")));
            }
            each(
                x.iter()
                    .zip(y.iter())
                    .map(|(x, y)| binary(operator, x, y, limits).unwrap_or_else(|| Err(cannot(operator, x, y)))),
            )
        }
        (List(x), Number(_) | Quadratic(_) | Cyclotomic(_) | Float(_) | Symbol(_))
            if matches!(operator, Operator::Times | Operator::Over) =>
        {
            each(x.iter().map(|x| binary(operator, x, b, limits).unwrap_or_else(|| Err(cannot(operator, x, b)))))
        }
        (Number(_) | Quadratic(_) | Cyclotomic(_) | Float(_) | Symbol(_), List(y)) if operator == Operator::Times => {
            each(y.iter().map(|y| binary(operator, a, y, limits).unwrap_or_else(|| Err(cannot(operator, a, y)))))
        }
        (Element(g, x), Element(h, y)) if matches!(operator, Operator::Plus | Operator::Minus) => {
            if !Arc::ptr_eq(g, h) && g != h {
                return Some(Err(Diagnostic::new(Code::Argument, "these elements belong to different algebras")));
            }
            let sum = x.iter().zip(y.iter()).map(|(x, y)| if operator == Operator::Plus { x + y } else { x - y });
            Ok(Element(g.clone(), Arc::new(sum.collect())))
        }
        (Number(c), Element(g, x)) | (Element(g, x), Number(c)) if operator == Operator::Times && c.is_real() => {
            Ok(Element(g.clone(), Arc::new(x.iter().map(|x| x * &c.re).collect())))
        }
        (Group(g), Group(h)) if operator == Operator::Times => {
            product(&[g, h], ProductSpace::Tensor, limits).map(Value::group).map_err(Diagnostic::from)
        }
        (Element(g, x), Number(c)) if operator == Operator::Over && c.is_real() => match c.re.recip() {
            Some(c) => Ok(Element(g.clone(), Arc::new(x.iter().map(|x| x * &c).collect()))),
            None => Err(by_zero()),
        },
        _ => return None,
    })
}

fn each(values: impl Iterator<Item = Outcome>) -> Outcome {
    values.collect::<Result<Vec<_>, _>>().map(Value::list)
}

pub(super) fn by_zero() -> Diagnostic {
    Diagnostic::new(Code::Number, "division by zero")
}

pub(super) fn too_large() -> Diagnostic {
    Diagnostic::new(Code::Number, format!("the result would have more than {MAX_BITS} bits"))
}

fn gaussian(operator: Operator, x: &Gaussian, y: &Gaussian) -> Result<Gaussian, Diagnostic> {
    let bits = |z: &Gaussian| z.re.bits().max(z.im.bits());
    if bits(x).saturating_add(bits(y)) > MAX_BITS {
        return Err(too_large());
    }
    match operator {
        Operator::Plus => Ok(x + y),
        Operator::Minus => Ok(x - y),
        Operator::Times => Ok(x * y),
        _ => x.checked_div(y).ok_or_else(by_zero),
    }
}

/// A number as `a + b √d` in the field with radicand `d`; `None` when it is not in there.
fn in_field(value: &Value, radicand: i64) -> Option<Quadratic> {
    match value {
        Value::Number(x) if x.is_real() => {
            Some(Quadratic { rational: x.re.clone(), coefficient: Rational::ZERO, radicand })
        }
        Value::Quadratic(q) if q.radicand == radicand => Some(q.as_ref().clone()),
        _ => None,
    }
}

fn quadratic(operator: Operator, a: &Value, b: &Value) -> Outcome {
    let radicand = match (a, b) {
        (Value::Quadratic(q), _) | (_, Value::Quadratic(q)) => q.radicand,
        _ => 1,
    };
    let (Some(x), Some(y)) = (in_field(a, radicand), in_field(b, radicand)) else {
        return cyclotomic::numbers(operator, a, b);
    };
    let (rational, coefficient) = match operator {
        Operator::Plus => (&x.rational + &y.rational, &x.coefficient + &y.coefficient),
        Operator::Minus => (&x.rational - &y.rational, &x.coefficient - &y.coefficient),
        Operator::Times => x.times(&y),
        _ => x.times(&y.recip().ok_or_else(by_zero)?),
    };
    Ok(Value::quadratic(rational, coefficient, radicand))
}

pub(super) fn complex(value: &Value) -> Option<(f64, f64)> {
    match value {
        Value::Number(x) => Some((x.re.to_f64(), x.im.to_f64())),
        Value::Cyclotomic(x) => Some(x.to_complex()),
        Value::Float(x) => Some((*x, 0.0)),
        Value::ComplexFloat(re, im) => Some((*re, *im)),
        Value::Quadratic(q) if q.radicand > 0 => Some((q.to_f64(), 0.0)),
        Value::Quadratic(q) => {
            Some((q.rational.to_f64(), q.coefficient.to_f64() * (q.radicand.unsigned_abs() as f64).sqrt()))
        }
        _ => None,
    }
}

/// A complex float in its simplest kind; an error when it is not finite.
pub fn finite(re: f64, im: f64) -> Outcome {
    if !re.is_finite() || !im.is_finite() {
        return Err(Diagnostic::new(Code::Number, "the result is not a finite number"));
    }
    Ok(if im == 0.0 { Value::Float(re) } else { Value::ComplexFloat(re, im) })
}

fn float(operator: Operator, a: &Value, b: &Value) -> Outcome {
    let (Some((a, b)), Some((c, d))) = (complex(a), complex(b)) else { return Err(cannot(operator, a, b)) };
    match operator {
        Operator::Plus => finite(a + c, b + d),
        Operator::Minus => finite(a - c, b - d),
        Operator::Times if b == 0.0 && d == 0.0 => finite(a * c, 0.0),
        Operator::Times => finite(a * c - b * d, a * d + b * c),
        _ if c == 0.0 && d == 0.0 => Err(by_zero()),
        _ if b == 0.0 && d == 0.0 => finite(a / c, 0.0),
        _ => {
            let norm = c * c + d * d;
            finite((a * c + b * d) / norm, (b * c - a * d) / norm)
        }
    }
}

/// Products of polynomials above this many pairs of terms are refused.
const MAX_TERM_PAIRS: usize = 50_000_000;

fn polynomial(operator: Operator, a: &Value, b: &Value, limits: &Limits) -> Outcome {
    let vectors = match (a, b) {
        (Value::Polynomial(p), Value::Polynomial(q)) if p.vectors != q.vectors => {
            return Err(Diagnostic::new(Code::Argument, "these forms have different coordinates"));
        }
        (Value::Polynomial(p), _) | (_, Value::Polynomial(p)) => p.vectors.clone(),
        _ => return Err(cannot(operator, a, b)),
    };
    let as_polynomial = |value: &Value| match value {
        Value::Polynomial(p) => p.polynomial.clone(),
        Value::Number(x) => Polynomial::constant(x.clone()),
        _ => Polynomial::zero(),
    };
    let (x, y) = (as_polynomial(a), as_polynomial(b));
    let result = match operator {
        Operator::Plus => x.add(&y),
        Operator::Minus => x.sub(&y),
        Operator::Times => {
            if x.len().saturating_mul(y.len()) > MAX_TERM_PAIRS {
                return Err(Diagnostic::new(Code::Memory, "this product of forms has too many terms"));
            }
            limits.check()?;
            x.mul(&y)
        }
        _ => match b {
            Value::Number(c) => x.scale(&c.recip().ok_or_else(by_zero)?),
            _ => return Err(Diagnostic::new(Code::Kind, "a form can only be divided by a number")),
        },
    };
    Ok(Value::Polynomial(Arc::new(NamedPolynomial { vectors, polynomial: result })))
}

pub(super) fn shape<T: Clone>(m: &Matrix<T>) -> String {
    format!("{}×{}", m.rows(), m.cols())
}

fn matrix(operator: Operator, a: &Value, b: &Value, limits: &Limits) -> Option<Outcome> {
    let is_float = |v: &Value| matches!(v, Value::Float(_) | Value::FloatMatrix(_)) || cyclotomic::is_irrational(v);
    // A matrix times a list: the list is a column.
    if let (Value::Matrix(_) | Value::FloatMatrix(_) | Value::CyclotomicMatrix(_), Value::List(items), Operator::Times) =
        (a, b, operator)
        && !items.iter().any(|v| matches!(v, Value::List(_)))
    {
        let column = Value::list(items.iter().map(|v| Value::list([v.clone()])));
        let product = matrix(operator, a, &column, limits)?;
        return Some(product.map(|p| match p {
            Value::Matrix(m) => Value::list(m.entries().iter().map(|x| Value::Number(x.clone()))),
            Value::FloatMatrix(m) => Value::list(m.entries().iter().map(|x| Value::Float(*x))),
            Value::CyclotomicMatrix(m) => Value::list(m.entries().iter().cloned().map(cyclotomic::value)),
            other => other,
        }));
    }
    if (cyclotomic::is_irrational(a) || cyclotomic::is_irrational(b))
        && let Some(exact) = cyclotomic::matrices(operator, a, b, limits)
    {
        return Some(exact);
    }
    if is_float(a) || is_float(b) {
        let scalar = |v: &Value| v.to_f64();
        return match (a.to_float_matrix(), b.to_float_matrix()) {
            (Some(x), Some(y)) => Some(float_matrices(operator, &x, &y)),
            (Some(x), None) if matches!(operator, Operator::Times | Operator::Over) => {
                let c = scalar(b)?;
                let c = if operator == Operator::Over { 1.0 / c } else { c };
                Some(float_result(x.map(|v| v * c)))
            }
            (None, Some(y)) if operator == Operator::Times => {
                let c = scalar(a)?;
                Some(float_result(y.map(|v| v * c)))
            }
            _ => None,
        };
    }
    match (a.to_matrix(), b.to_matrix()) {
        (Some(x), Some(y)) => Some(exact_matrices(operator, &x, &y, limits)),
        (Some(x), None) => match (operator, b) {
            (Operator::Times, Value::Number(c)) => Some(Ok(Value::matrix(x.map(|v| v * c)))),
            (Operator::Over, Value::Number(c)) => {
                Some(c.recip().ok_or_else(by_zero).map(|c| Value::matrix(x.map(|v| v * &c))))
            }
            _ => None,
        },
        (None, Some(y)) => match (operator, a) {
            (Operator::Times, Value::Number(c)) => Some(Ok(Value::matrix(y.map(|v| c * v)))),
            _ => None,
        },
        _ => None,
    }
}

fn exact_matrices(operator: Operator, x: &Matrix<Gaussian>, y: &Matrix<Gaussian>, limits: &Limits) -> Outcome {
    match operator {
        Operator::Plus | Operator::Minus => {
            same_shape(x, y)?;
            Ok(Value::matrix(Matrix::from_fn(x.rows(), x.cols(), |i, j| {
                let (x, y) = (entry(x, i, j), entry(y, i, j));
                if operator == Operator::Plus { &x + &y } else { &x - &y }
            })))
        }
        Operator::Times => multiply(x, y, limits).map(Value::matrix),
        _ => Err(Diagnostic::new(Code::Kind, "matrices are not divided").hint("multiply by inverse(b)")),
    }
}

fn entry(m: &Matrix<Gaussian>, i: usize, j: usize) -> Gaussian {
    m.get(i, j).cloned().unwrap_or_default()
}

fn same_shape<T: Clone>(x: &Matrix<T>, y: &Matrix<T>) -> Result<(), Diagnostic> {
    if (x.rows(), x.cols()) == (y.rows(), y.cols()) {
        return Ok(());
    }
    Err(Diagnostic::new(Code::Shape, format!("matrices of shapes {} and {} have no sum", shape(x), shape(y))))
}

/// The product of two exact matrices; zero entries cost nothing.
pub fn multiply(x: &Matrix<Gaussian>, y: &Matrix<Gaussian>, limits: &Limits) -> Result<Matrix<Gaussian>, Diagnostic> {
    if x.cols() != y.rows() {
        let message = format!("matrices of shapes {} and {} have no product", shape(x), shape(y));
        return Err(Diagnostic::new(Code::Shape, message));
    }
    let mut rows = Vec::with_capacity(x.rows());
    for row in x.iter_rows() {
        limits.check()?;
        let mut sums = vec![Gaussian::ZERO; y.cols()];
        for (factor, other) in row.iter().zip(y.iter_rows()).filter(|(f, _)| !f.is_zero()) {
            for (sum, value) in sums.iter_mut().zip(other).filter(|(_, v)| !v.is_zero()) {
                *sum = &*sum + &(factor * value);
            }
        }
        rows.push(sums);
    }
    let cols = y.cols();
    Ok(Matrix::from_rows(rows)
        .filter(|m| m.rows() > 0)
        .unwrap_or_else(|| Matrix::filled(x.rows(), cols, Gaussian::ZERO)))
}

fn float_matrices(operator: Operator, x: &Matrix<f64>, y: &Matrix<f64>) -> Outcome {
    match operator {
        Operator::Plus | Operator::Minus => {
            same_shape(x, y)?;
            let sign = if operator == Operator::Plus { 1.0 } else { -1.0 };
            let rows = x.iter_rows().zip(y.iter_rows());
            let rows = rows.map(|(x, y)| x.iter().zip(y).map(|(x, y)| x + sign * y).collect()).collect();
            float_result(Matrix::from_rows(rows).unwrap_or_else(|| x.clone()))
        }
        Operator::Times => {
            if x.cols() != y.rows() {
                let message = format!("matrices of shapes {} and {} have no product", shape(x), shape(y));
                return Err(Diagnostic::new(Code::Shape, message));
            }
            let columns = y.transpose();
            let product =
                |row: &[f64]| columns.iter_rows().map(|c| row.iter().zip(c).map(|(a, b)| a * b).sum()).collect();
            let rows = x.iter_rows().map(product).collect();
            float_result(Matrix::from_rows(rows).unwrap_or_else(|| x.clone()))
        }
        _ => Err(Diagnostic::new(Code::Kind, "matrices are not divided").hint("multiply by inverse(b)")),
    }
}

/// A float matrix as a value; an error when an entry is not finite.
pub fn float_result(m: Matrix<f64>) -> Outcome {
    if m.entries().iter().all(|x| x.is_finite()) {
        return Ok(Value::float_matrix(m));
    }
    Err(Diagnostic::new(Code::Number, "the result has entries that are not finite"))
}

/// `-a`.
pub fn negate(a: &Value, limits: &Limits) -> Option<Outcome> {
    match a {
        // Not 0 - x, which would lose the sign of zero.
        Value::Float(x) => Some(Ok(Value::Float(-x))),
        Value::FloatMatrix(m) => Some(Ok(Value::float_matrix(m.map(|x| -x)))),
        _ => binary(Operator::Times, &Value::integer(-1), a, limits),
    }
}
