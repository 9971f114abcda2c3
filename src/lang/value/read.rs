//! Reading values as what engines take: numbers, lists of them, matrices.

use std::sync::Arc;

use super::Value;
use crate::exact::Matrix;
use crate::lang::cyclotomic;
use crate::lie::StructureConstants;
use crate::limits::{Limits, Stop};
use crate::num::Gaussian;

impl Value {
    /// The structure constants of an algebra or a table.
    pub fn constants(&self) -> Option<&StructureConstants> {
        match self {
            Value::Algebra(algebra) | Value::Constants(algebra) => Some(algebra.constants()),
            _ => None,
        }
    }

    /// The items of a list or of a result that is one, or the integers of a range, capped at ten million.
    pub fn items(&self) -> Option<Vec<Value>> {
        match self {
            Value::List(items) => Some(items.as_ref().clone()),
            Value::Range(first, last) if last.saturating_sub(*first) <= 10_000_000 => {
                Some((*first..=*last).map(Value::integer).collect())
            }
            Value::Record(record) => Some(record.entries()?.iter().map(Value::from_json).collect()),
            _ => None,
        }
    }

    /// The same, where the matrices of a basis are made.
    pub fn entries(&self, limits: &Limits) -> Result<Option<Vec<Value>>, Stop> {
        match self {
            Value::Basis(basis) => basis.matrices(limits).map(Some),
            other => Ok(other.items()),
        }
    }

    /// The value as an exact matrix: a matrix, or a list of rows of equal length.
    pub fn to_matrix(&self) -> Option<Arc<Matrix<Gaussian>>> {
        match self {
            Value::Matrix(matrix) => Some(matrix.clone()),
            Value::List(rows) => {
                let rows = rows.iter().map(Value::to_numbers).collect::<Option<Vec<_>>>()?;
                Matrix::from_rows(rows).map(Arc::new)
            }
            _ => None,
        }
    }

    /// The exact numbers of a list or a range.
    pub fn to_numbers(&self) -> Option<Vec<Gaussian>> {
        let number = |value: Value| match value {
            Value::Number(number) => Some(number),
            _ => None,
        };
        self.items()?.into_iter().map(number).collect()
    }

    /// The value as a float matrix: a real matrix of either kind, or a list of rows.
    pub fn to_float_matrix(&self) -> Option<Arc<Matrix<f64>>> {
        match self {
            Value::FloatMatrix(matrix) => Some(matrix.clone()),
            Value::CyclotomicMatrix(matrix) => cyclotomic::to_floats(matrix).map(Arc::new),
            Value::Table(table) => {
                let cols = table.cols();
                Some(Arc::new(Matrix::from_fn(table.rows(), cols, |i, j| table.numbers[i * cols + j])))
            }
            Value::Matrix(matrix) => {
                let real = matrix.entries().iter().all(Gaussian::is_real);
                real.then(|| Arc::new(matrix.map(|x| x.re.to_f64())))
            }
            Value::List(rows) => {
                let rows = rows
                    .iter()
                    .map(|row| row.items()?.iter().map(Value::to_f64).collect::<Option<Vec<f64>>>())
                    .collect::<Option<Vec<_>>>()?;
                Matrix::from_rows(rows).map(Arc::new)
            }
            _ => None,
        }
    }

    /// The value as a double, when it is a real number of any kind.
    pub fn to_f64(&self) -> Option<f64> {
        match self {
            Value::Number(number) if number.is_real() => Some(number.re.to_f64()),
            Value::Quadratic(q) if q.radicand > 0 => Some(q.to_f64()),
            Value::Cyclotomic(x) => cyclotomic::to_f64(x),
            Value::Float(float) => Some(*float),
            _ => None,
        }
    }

    /// The value as a small integer.
    pub fn to_i64(&self) -> Option<i64> {
        match self {
            Value::Number(number) if number.is_real() => number.re.to_i64(),
            _ => None,
        }
    }
}
