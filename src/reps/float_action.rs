//! How a float element of a group acts in a representation, where its defining matrix is known.

use super::node::Node;
use super::{Base, RepError};
use crate::exact::Matrix;
use crate::limits::Limits;

/// The defining matrix of an element of a product of groups, from those of its factors.
pub(super) fn defining(base: &Base, parts: &[Matrix<f64>], limits: &Limits) -> Result<Matrix<f64>, RepError> {
    let Some(node) = base.defining() else { return Err(RepError::NoMatrices(base.name().to_string())) };
    matrix(node, parts, limits)
}

/// Sums and products of defining representations of the factors: what occurs in the definition of a product.
fn matrix(node: &Node, parts: &[Matrix<f64>], limits: &Limits) -> Result<Matrix<f64>, RepError> {
    limits.check()?;
    let one = || Matrix::filled(1, 1, 1.0);
    Ok(match node {
        Node::Scalar => one(),
        Node::Of(place, x) if **x == Node::Vector => parts.get(*place).cloned().unwrap_or_else(one),
        Node::Tensor(list) => {
            let mut product = one();
            for (x, exponent) in list {
                let factor = matrix(x, parts, limits)?;
                for _ in 0..*exponent {
                    product = kronecker(&product, &factor);
                }
            }
            product
        }
        Node::Sum(terms) => {
            let mut sum = Matrix::filled(0, 0, 0.0);
            for (x, times) in terms {
                let block = matrix(x, parts, limits)?;
                for _ in 0..*times {
                    sum = blocks(&sum, &block);
                }
            }
            sum
        }
        _ => return Err(RepError::TooComplicated),
    })
}

fn kronecker(a: &Matrix<f64>, b: &Matrix<f64>) -> Matrix<f64> {
    let (p, q) = (b.rows(), b.cols());
    Matrix::from_fn(a.rows() * p, a.cols() * q, |i, j| a[(i / p, j / q)] * b[(i % p, j % q)])
}

fn blocks(a: &Matrix<f64>, b: &Matrix<f64>) -> Matrix<f64> {
    let (p, q) = (a.rows(), a.cols());
    Matrix::from_fn(p + b.rows(), q + b.cols(), |i, j| match (i < p, j < q) {
        (true, true) => a[(i, j)],
        (false, false) => b[(i - p, j - q)],
        _ => 0.0,
    })
}
