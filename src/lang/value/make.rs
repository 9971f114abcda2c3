//! Making values of engines' results.

use std::sync::Arc;

use num_bigint::{BigInt, BigUint};

use super::{Value, WrittenModule};
use crate::exact::Matrix;
use crate::lie::{Algebra, QuadraticAlgebra};
use crate::limits::Limits;
use crate::num::{Gaussian, Quadratic, Rational};
use crate::reps;
use crate::weights::{self, Module, Namer, Numbering, WeightError};

impl Value {
    /// A string.
    pub fn text(text: impl AsRef<str>) -> Value {
        Value::Text(Arc::from(text.as_ref()))
    }

    /// An integer.
    pub fn integer(value: i64) -> Value {
        Value::Number(Gaussian::from(value))
    }

    /// A count.
    pub fn count(value: usize) -> Value {
        Value::integer(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// A count of any size.
    pub fn natural(value: &BigUint) -> Value {
        Value::rational(Rational::from(BigInt::from(value.clone())))
    }

    /// A rational number.
    pub fn rational(value: Rational) -> Value {
        Value::Number(Gaussian::from(value))
    }

    /// A list.
    pub fn list(items: impl IntoIterator<Item = Value>) -> Value {
        Value::List(Arc::new(items.into_iter().collect()))
    }

    /// An exact matrix.
    pub fn matrix(matrix: Matrix<Gaussian>) -> Value {
        Value::Matrix(Arc::new(matrix))
    }

    /// An exact rational matrix.
    pub fn rational_matrix(matrix: &Matrix<Rational>) -> Value {
        Value::matrix(matrix.map(|x| Gaussian::from(x.clone())))
    }

    /// A float matrix.
    pub fn float_matrix(matrix: Matrix<f64>) -> Value {
        Value::FloatMatrix(Arc::new(matrix))
    }

    /// An algebra.
    pub fn algebra(algebra: Algebra) -> Value {
        Value::Algebra(Arc::new(algebra))
    }

    /// An algebra over a quadratic field.
    pub fn quadratic_algebra(algebra: QuadraticAlgebra) -> Value {
        Value::QuadraticAlgebra(Arc::new(algebra))
    }

    /// A group.
    pub fn group(group: reps::Group) -> Value {
        Value::Group(Arc::new(group))
    }

    /// A representation.
    pub fn rep(rep: reps::Rep) -> Value {
        Value::Rep(Arc::new(rep))
    }

    /// A representation by highest weights; its name is found here.
    pub fn module(module: Module, numbering: Numbering, limits: &Limits) -> Result<Value, WeightError> {
        let written = weights::expression(&module, &mut Namer::new(), limits)?;
        Ok(Value::Module(Arc::new(WrittenModule { module, written, numbering })))
    }

    /// The value with its highest weights shown in this numbering, whatever they were made in; lists of representations too.
    pub fn numbered(self, numbering: Numbering) -> Value {
        let differs = |value: &Value| matches!(value, Value::Module(it) if it.numbering != numbering);
        match self {
            Value::Module(it) if it.numbering != numbering => {
                Value::Module(Arc::new(WrittenModule { numbering, ..it.as_ref().clone() }))
            }
            Value::List(items) if items.iter().any(differs) => Value::list(items.iter().map(|item| match item {
                Value::Module(_) => item.clone().numbered(numbering),
                other => other.clone(),
            })),
            other => other,
        }
    }

    /// An integer of any size.
    pub fn big_integer(value: BigInt) -> Value {
        Value::rational(Rational::from(value))
    }

    /// `a + b √d` in its simplest kind; `None` when the field would be Q(i) with a further root.
    pub fn quadratic(rational: Rational, coefficient: Rational, radicand: i64) -> Value {
        if coefficient.is_zero() {
            return Value::rational(rational);
        }
        match radicand {
            1 => Value::rational(&rational + &coefficient),
            -1 => Value::Number(Gaussian::new(rational, coefficient)),
            _ => Value::Quadratic(Arc::new(Quadratic { rational, coefficient, radicand })),
        }
    }
}
