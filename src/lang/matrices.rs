//! Exact dense matrices over Q(i): elimination and what follows from it.

use super::arithmetic::multiply;
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::float::dense;
use crate::limits::Limits;
use crate::num::Gaussian;

/// The identity of size `n`.
pub fn identity(n: usize) -> Matrix<Gaussian> {
    Matrix::from_fn(n, n, |i, j| if i == j { Gaussian::ONE } else { Gaussian::ZERO })
}

/// A matrix brought to reduced row echelon form.
pub struct Echelon {
    /// The reduced rows.
    pub rows: Vec<Vec<Gaussian>>,
    /// The pivot column of each non-zero row.
    pub pivots: Vec<usize>,
    /// The product of the pivots with the sign of the row exchanges: the determinant when the matrix is regular.
    pub product: Gaussian,
}

/// Reduced row echelon form with pivots in the first `columns` columns.
pub fn echelon(m: &Matrix<Gaussian>, columns: usize, limits: &Limits) -> Result<Echelon, Diagnostic> {
    let mut left: Vec<Vec<Gaussian>> = m.iter_rows().map(<[Gaussian]>::to_vec).collect();
    let mut done: Vec<Vec<Gaussian>> = Vec::new();
    let mut pivots = Vec::new();
    let mut product = Gaussian::ONE;
    let at = |row: &Vec<Gaussian>, j: usize| row.get(j).cloned().unwrap_or_default();
    for j in 0..columns {
        limits.check()?;
        // The smallest pivot keeps the numbers short.
        let weight = |x: &Gaussian| x.re.bits() + x.im.bits();
        let best =
            left.iter().enumerate().filter(|(_, row)| !at(row, j).is_zero()).min_by_key(|(_, row)| weight(&at(row, j)));
        let Some((chosen, _)) = best else { continue };
        if chosen % 2 == 1 {
            product = -&product;
        }
        let mut pivot_row = left.remove(chosen);
        let pivot = at(&pivot_row, j);
        product = &product * &pivot;
        let Some(scale) = pivot.recip() else { continue };
        for x in pivot_row.iter_mut().filter(|x| !x.is_zero()) {
            *x = &*x * &scale;
        }
        for row in left.iter_mut().chain(done.iter_mut()) {
            let factor = at(row, j);
            if !factor.is_zero() {
                for (x, p) in row.iter_mut().zip(&pivot_row).filter(|(_, p)| !p.is_zero()) {
                    *x = &*x - &(&factor * p);
                }
            }
        }
        done.push(pivot_row);
        pivots.push(j);
    }
    Ok(Echelon { rows: done, pivots, product })
}

fn square<T: Clone>(m: &Matrix<T>, what: &str) -> Result<usize, Diagnostic> {
    if m.rows() == m.cols() {
        return Ok(m.rows());
    }
    Err(Diagnostic::new(Code::Shape, format!("{what} needs a square matrix, this one is {}×{}", m.rows(), m.cols())))
}

/// The determinant.
pub fn determinant(m: &Matrix<Gaussian>, limits: &Limits) -> Result<Gaussian, Diagnostic> {
    let n = square(m, "a determinant")?;
    let reduced = echelon(m, n, limits)?;
    Ok(if reduced.pivots.len() == n { reduced.product } else { Gaussian::ZERO })
}

/// The rank.
pub fn rank(m: &Matrix<Gaussian>, limits: &Limits) -> Result<usize, Diagnostic> {
    Ok(echelon(m, m.cols(), limits)?.pivots.len())
}

/// The inverse.
pub fn inverse(m: &Matrix<Gaussian>, limits: &Limits) -> Result<Matrix<Gaussian>, Diagnostic> {
    let n = square(m, "an inverse")?;
    let both = Matrix::from_fn(n, 2 * n, |i, j| {
        if j < n {
            m.get(i, j).cloned().unwrap_or_default()
        } else if j - n == i {
            Gaussian::ONE
        } else {
            Gaussian::ZERO
        }
    });
    let reduced = echelon(&both, n, limits)?;
    if reduced.pivots.len() < n {
        return Err(Diagnostic::new(
            Code::Argument,
            format!("this matrix has no inverse: its rank is {}", reduced.pivots.len()),
        ));
    }
    let rows = reduced.rows.into_iter().map(|row| row.into_iter().skip(n).collect()).collect();
    Matrix::from_rows(rows).ok_or_else(|| Diagnostic::new(Code::Internal, "an inverse of uneven rows"))
}

/// The inverse in double precision: `n³` operations.
pub fn float_inverse(m: &Matrix<f64>, limits: &Limits) -> Result<Matrix<f64>, Diagnostic> {
    let n = square(m, "an inverse")?;
    limits.check()?;
    limits.reserve(32 * n as u128 * n as u128)?;
    dense::inverse(m).ok_or_else(|| {
        Diagnostic::new(Code::Argument, "this matrix is singular in double precision")
            .hint("exact entries, without an f, have an exact inverse where there is one")
    })
}

/// The determinant in double precision: `n³ / 3` operations.
pub fn float_determinant(m: &Matrix<f64>, limits: &Limits) -> Result<f64, Diagnostic> {
    let n = square(m, "a determinant")?;
    limits.check()?;
    limits.reserve(32 * n as u128 * n as u128)?;
    Ok(dense::determinant(m))
}

/// A basis of the null space: vectors `x` with `m x = 0`, one for each free column.
pub fn null_space(m: &Matrix<Gaussian>, limits: &Limits) -> Result<Vec<Vec<Gaussian>>, Diagnostic> {
    let reduced = echelon(m, m.cols(), limits)?;
    let free = (0..m.cols()).filter(|j| !reduced.pivots.contains(j));
    Ok(free
        .map(|j| {
            let mut x = vec![Gaussian::ZERO; m.cols()];
            if let Some(slot) = x.get_mut(j) {
                *slot = Gaussian::ONE;
            }
            for (row, pivot) in reduced.rows.iter().zip(&reduced.pivots) {
                if let (Some(slot), Some(value)) = (x.get_mut(*pivot), row.get(j)) {
                    *slot = -value;
                }
            }
            x
        })
        .collect())
}

/// The trace.
pub fn trace(m: &Matrix<Gaussian>) -> Result<Gaussian, Diagnostic> {
    let n = square(m, "a trace")?;
    Ok((0..n).filter_map(|i| m.get(i, i)).fold(Gaussian::ZERO, |sum, x| &sum + x))
}

/// The Kronecker product `a ⊗ b`.
pub fn kronecker(a: &Matrix<Gaussian>, b: &Matrix<Gaussian>) -> Matrix<Gaussian> {
    let (p, q) = (b.rows().max(1), b.cols().max(1));
    Matrix::from_fn(a.rows() * b.rows(), a.cols() * b.cols(), |i, j| match (a.get(i / p, j / q), b.get(i % p, j % q)) {
        (Some(x), Some(y)) => x * y,
        _ => Gaussian::ZERO,
    })
}

/// The commutator `x y - y x`.
pub fn commutator(x: &Matrix<Gaussian>, y: &Matrix<Gaussian>, limits: &Limits) -> Result<Matrix<Gaussian>, Diagnostic> {
    let n = square(x, "a commutator")?;
    if square(y, "a commutator")? != n {
        let message = format!("matrices of sizes {n} and {} have no commutator", y.rows());
        return Err(Diagnostic::new(Code::Shape, message));
    }
    let (left, right) = (multiply(x, y, limits)?, multiply(y, x, limits)?);
    Ok(Matrix::from_fn(n, n, |i, j| match (left.get(i, j), right.get(i, j)) {
        (Some(p), Some(q)) => p - q,
        _ => Gaussian::ZERO,
    }))
}
