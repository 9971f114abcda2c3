//! Equality and order of values.

use std::cmp::Ordering;

use super::arithmetic::{binary, complex};
use super::cyclotomic;
use super::tree::{Comparison, Operator};
use super::value::Value;
use crate::diag::{Code, Diagnostic};
use crate::limits::Limits;

/// Whether two values are equal; values of unrelated kinds are not.
pub fn equal(a: &Value, b: &Value) -> bool {
    use Value::*;
    match (a, b) {
        (Number(x), Number(y)) => x == y,
        (Quadratic(x), Quadratic(y)) => x == y,
        (Cyclotomic(x), Cyclotomic(y)) => x == y,
        (Float(_) | ComplexFloat(..), _) | (_, Float(_) | ComplexFloat(..)) => {
            complex(a).is_some() && complex(a) == complex(b)
        }
        (Boolean(x), Boolean(y)) => x == y,
        (Text(x), Text(y)) => x == y,
        // identify(g).type == G2
        (Text(x), Type(y)) | (Type(y), Text(x)) => x.as_ref() == y.to_string(),
        (Type(x), Type(y)) => x == y,
        (Field(x), Field(y)) => x == y,
        (List(x), List(y)) => x.len() == y.len() && x.iter().zip(y.iter()).all(|(x, y)| equal(x, y)),
        (Range(a, b), Range(c, d)) => (a, b) == (c, d),
        (Range(..), List(_)) | (List(_), Range(..)) => match (a.items(), b.items()) {
            (Some(x), Some(y)) => x.len() == y.len() && x.iter().zip(y.iter()).all(|(x, y)| equal(x, y)),
            _ => false,
        },
        (Matrix(x), Matrix(y)) => x == y,
        (FloatMatrix(x), FloatMatrix(y)) => x == y,
        (CyclotomicMatrix(x), CyclotomicMatrix(y)) => x == y,
        (CyclotomicMatrix(x), List(_)) => cyclotomic::to_matrix(b).is_some_and(|y| *x == y),
        (List(_), CyclotomicMatrix(y)) => cyclotomic::to_matrix(a).is_some_and(|x| x == *y),
        (Matrix(_) | CyclotomicMatrix(_), FloatMatrix(_)) | (FloatMatrix(_), Matrix(_) | CyclotomicMatrix(_)) => {
            a.to_float_matrix() == b.to_float_matrix()
        }
        (Matrix(x), List(_)) => b.to_matrix().is_some_and(|y| *x == y),
        (List(_), Matrix(y)) => a.to_matrix().is_some_and(|x| x == *y),
        (Permutation(x), Permutation(y)) => x == y,
        (Algebra(x), Algebra(y)) | (Constants(x), Constants(y)) => x.constants() == y.constants(),
        (Element(g, x), Element(h, y)) => g == h && x == y,
        (Group(x), Group(y)) => x.is_same(y),
        (Rep(x), Rep(y)) => x == y,
        (Module(x), Module(y)) => x.module == y.module,
        (Polynomial(x), Polynomial(y)) => x.polynomial == y.polynomial,
        (Polynomial(x), Number(c)) | (Number(c), Polynomial(x)) => {
            x.polynomial == crate::forms::Polynomial::constant(c.clone())
        }
        (Form(x), Form(y)) => x == y,
        (Record(x), Record(y)) => x.kind == y.kind && x.keys == y.keys,
        (Picture(x), Picture(y)) => x == y,
        (Drawing(x), Drawing(y)) => x == y,
        (Basis(x), Basis(y)) => x == y,
        (Tying(x), Tying(y)) => x == y,
        (Shallow(x), Shallow(y)) => x == y,
        (Network(x), Network(y)) => x == y,
        (Nothing, Nothing) => true,
        _ => false,
    }
}

/// The order of two values, when they have one: real numbers by size, strings by their letters.
pub fn order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) if x.is_real() && y.is_real() => Some(x.re.cmp(&y.re)),
        (
            Value::Number(_) | Value::Quadratic(_) | Value::Cyclotomic(_),
            Value::Number(_) | Value::Quadratic(_) | Value::Cyclotomic(_),
        ) => match binary(Operator::Minus, a, b, &Limits::none())?.ok()? {
            Value::Number(x) if x.is_real() => Some(x.re.signum().cmp(&0)),
            Value::Quadratic(q) => q.sign(),
            Value::Cyclotomic(x) => cyclotomic::sign(&x),
            _ => None,
        },
        (Value::Text(x), Value::Text(y)) => Some(x.cmp(y)),
        _ => a.to_f64()?.partial_cmp(&b.to_f64()?),
    }
}

/// One link of a comparison.
pub fn compare(link: Comparison, a: &Value, b: &Value, limits: &Limits) -> Result<bool, Diagnostic> {
    // Groups of permutations are equal by whatever generators.
    if let (Value::Group(x), Value::Group(y)) = (a, b) {
        match link {
            Comparison::Equal => return Ok(x.is_equal(y, limits)?),
            Comparison::Unequal => return Ok(!x.is_equal(y, limits)?),
            _ => {}
        }
    }
    match link {
        Comparison::Equal => return Ok(equal(a, b)),
        Comparison::Unequal => return Ok(!equal(a, b)),
        _ => {}
    }
    let order = order(a, b)
        .ok_or_else(|| Diagnostic::new(Code::Kind, format!("{} and {} have no order", a.kind(), b.kind())))?;
    Ok(match link {
        Comparison::Less => order == Ordering::Less,
        Comparison::AtMost => order != Ordering::Greater,
        Comparison::More => order == Ordering::Greater,
        _ => order != Ordering::Less,
    })
}
