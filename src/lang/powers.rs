//! Powers of values: by squaring, by inverses, square roots.

use std::sync::Arc;

use super::arithmetic::{MAX_BITS, Outcome, binary, by_zero, cannot, finite, shape, too_large};
use super::tree::Operator;
use super::value::{NamedPolynomial, Value};
use super::{cyclotomic, matrices, symbolic};
use crate::diag::{Code, Diagnostic};
use crate::forms::Polynomial;
use crate::limits::Limits;
use crate::num::{Gaussian, Quadratic, Rational};

/// `a ^ b`; `None` when these kinds have no powers.
pub fn power(a: &Value, b: &Value, limits: &Limits) -> Option<Outcome> {
    let whole = b.to_i64();
    if let Value::Symbol(x) = a {
        return symbolic::power(x, b);
    }
    Some(match (a, whole) {
        (Value::Number(x), Some(n)) => number_power(x, n),
        (Value::Quadratic(_) | Value::Cyclotomic(_) | Value::Polynomial(_), Some(n)) => repeated(a, n, limits),
        (Value::CyclotomicMatrix(m), Some(n)) if m.rows() == m.cols() => match n {
            0 => Ok(Value::matrix(matrices::identity(m.rows()))),
            1.. => repeated(a, n, limits),
            _ => cyclotomic::inverse_value(m, limits).and_then(|m| repeated(&m, -n, limits)),
        },
        (Value::Matrix(m), Some(n)) => {
            if m.rows() != m.cols() {
                return Some(Err(Diagnostic::new(Code::Shape, format!("a {} matrix has no powers", shape(m)))));
            }
            if n == 0 {
                return Some(Ok(Value::matrix(matrices::identity(m.rows()))));
            }
            if n < 0 {
                return Some(matrices::inverse(m, limits).and_then(|m| repeated(&Value::matrix(m), -n, limits)));
            }
            repeated(a, n, limits)
        }
        (Value::FloatMatrix(m), Some(n)) if m.rows() == m.cols() => match n {
            0 => Ok(Value::float_matrix(matrices::identity(m.rows()).map(|x| x.re.to_f64()))),
            1.. => repeated(a, n, limits),
            _ => matrices::float_inverse(m, limits).and_then(|m| repeated(&Value::float_matrix(m), -n, limits)),
        },
        (Value::ComplexFloat(..), Some(n)) if n > 0 => repeated(a, n, limits),
        (Value::Permutation(p), Some(n)) => Ok(Value::Permutation(Arc::new(p.pow(n)))),
        (Value::Number(x), None) if x.is_real() && is_half(b) => square_root(&x.re),
        (Value::Float(_) | Value::Number(_) | Value::Quadratic(_), _) => match (a.to_f64(), b.to_f64()) {
            (Some(_), Some(_))
                if !matches!(a, Value::Float(_))
                    && matches!(b, Value::Number(n) if n.is_real() && n.re.is_integer()) =>
            {
                Err(Diagnostic::new(Code::Number, "this exponent is too large for an exact power"))
            }
            (Some(_), Some(_)) if !matches!((a, b), (Value::Float(_), _) | (_, Value::Float(_))) => {
                Err(Diagnostic::new(Code::Unsupported, "an exact number has only whole powers and square roots")
                    .hint("for a float result write float(x)^y"))
            }
            (Some(x), Some(y)) => finite(x.powf(y), 0.0),
            _ => return None,
        },
        _ => return None,
    })
}

fn is_half(value: &Value) -> bool {
    matches!(value, Value::Number(x) if x.is_real() && Some(&x.re) == Rational::new(1, 2).as_ref())
}

/// `√x` as an exact number.
pub fn square_root(x: &Rational) -> Outcome {
    let (factor, radicand) = Quadratic::root(x).ok_or_else(|| {
        Diagnostic::new(Code::Argument, "this number is too large for an exact square root").hint("use sqrt(float(x))")
    })?;
    Ok(Value::quadratic(Rational::ZERO, factor, radicand))
}

fn number_power(x: &Gaussian, n: i64) -> Outcome {
    let bits = x.re.bits().max(x.im.bits()) + 1;
    let trivial = x.is_zero() || (x.is_real() && x.re.abs().is_one());
    if trivial {
        let odd = n % 2 != 0;
        return match (x.is_zero(), n) {
            (true, 0) => Ok(Value::integer(1)),
            (true, n) if n < 0 => Err(by_zero()),
            _ => Ok(Value::Number(if odd { x.clone() } else { x * x })),
        };
    }
    let exponent = i32::try_from(n).ok().filter(|n| bits.saturating_mul(u64::from(n.unsigned_abs())) <= MAX_BITS);
    let exponent = exponent.ok_or_else(too_large)?;
    x.pow(exponent).map(Value::Number).ok_or_else(by_zero)
}

/// A power by repeated squaring.
fn repeated(a: &Value, n: i64, limits: &Limits) -> Outcome {
    let mut left = n.unsigned_abs();
    if left > 1_000_000 {
        return Err(Diagnostic::new(Code::Argument, "this exponent is above a million"));
    }
    let times = |x: &Value, y: &Value| {
        binary(Operator::Times, x, y, limits).unwrap_or_else(|| Err(cannot(Operator::Times, x, y)))
    };
    let mut square = a.clone();
    if n < 0 {
        square = binary(Operator::Over, &Value::integer(1), a, limits)
            .unwrap_or_else(|| Err(Diagnostic::new(Code::Kind, "this has no negative powers")))?;
    }
    let mut result: Option<Value> = None;
    while left > 0 {
        limits.check()?;
        if left & 1 == 1 {
            result = Some(match &result {
                Some(so_far) => times(so_far, &square)?,
                None => square.clone(),
            });
        }
        left >>= 1;
        if left > 0 {
            square = times(&square, &square)?;
        }
    }
    match (result, a) {
        (Some(result), _) => Ok(result),
        (None, Value::Polynomial(p)) => Ok(Value::Polynomial(Arc::new(NamedPolynomial {
            vectors: p.vectors.clone(),
            polynomial: Polynomial::constant(Gaussian::ONE),
        }))),
        (None, _) => Ok(Value::integer(1)),
    }
}
