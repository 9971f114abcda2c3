//! Representations given by a formula for group elements: its values at the generators, its derivatives at the identity.

use crate::builtins::{Arguments, Context};
use crate::diag::{Code, Diagnostic};
use crate::exact::{Matrix, SparseMatrix};
use crate::lang::value::Value;
use crate::lie::as_gaussian;
use crate::num::{Gaussian, Rational};
use crate::reps::{Base, RepError};

/// Formulas of a higher degree along a line are refused.
const MAX_DEGREE: usize = 40;

/// The matrices `ρ'(X)` for the basis of the algebra, then `ρ(h)` for the discrete generators.
///
/// Along a line `1 + tX` a polynomial formula is a polynomial of `t`, whose derivative at 0 is `Σ (−1)^(k−1) Δ^k / k` in its
/// differences at whole numbers. They are formed until two orders vanish. Nothing rests on that being the degree: whoever
/// takes the matrices checks that they are a representation.
pub(crate) fn by_formula(
    context: &mut Context<'_>,
    a: &Arguments,
    base: &Base,
    formula: &Value,
) -> Result<Vec<Matrix<Gaussian>>, Diagnostic> {
    let Some(realization) = base.algebra().realization().filter(|_| base.factors().is_empty()) else {
        return Err(RepError::NoMatrices(base.name().to_string()).into());
    };
    let plain = |stored: &SparseMatrix| as_gaussian(stored, realization.size);
    let mut out = Vec::with_capacity(base.algebra().dim() + base.discrete_count());
    for x in &realization.basis {
        out.push(derivative(context, a, formula, &plain(x))?);
    }
    for h in base.discrete() {
        out.push(value(context, a, formula, plain(&h.stored()))?);
    }
    Ok(out)
}

/// The value of the formula, which must be an exact matrix; a number is one of size 1.
fn value(
    context: &mut Context<'_>,
    a: &Arguments,
    formula: &Value,
    at: Matrix<Gaussian>,
) -> Result<Matrix<Gaussian>, Diagnostic> {
    context.limits.check()?;
    let found = (context.call)(formula, vec![Value::matrix(at)])?;
    if let Value::Number(x) = &found {
        return Ok(Matrix::filled(1, 1, x.clone()));
    }
    found.to_matrix().map(|m| m.as_ref().clone()).ok_or_else(|| {
        let message = format!("a formula for a representation gives exact matrices, not {}", found.line());
        a.wrong("matrices", Code::Kind, message)
    })
}

fn derivative(
    context: &mut Context<'_>,
    a: &Arguments,
    formula: &Value,
    x: &Matrix<Gaussian>,
) -> Result<Matrix<Gaussian>, Diagnostic> {
    let n = x.rows();
    // The last difference of each order: a new value adds one more.
    let mut differences: Vec<Matrix<Gaussian>> = Vec::new();
    let mut sum: Option<Matrix<Gaussian>> = None;
    let mut vanished = 0;
    for k in 0..=MAX_DEGREE + 2 {
        let t = Gaussian::from(k as i64);
        let one = |i: usize, j: usize| Gaussian::from(i64::from(i == j));
        let at = Matrix::from_fn(n, n, |i, j| &one(i, j) + &(&t * &x[(i, j)]));
        let mut next = value(context, a, formula, at)?;
        let size = (next.rows(), next.cols());
        if differences.first().is_some_and(|first| (first.rows(), first.cols()) != size) {
            return Err(a.wrong("matrices", Code::Shape, "the formula gives matrices of different sizes"));
        }
        for old in &mut differences {
            let newer = Matrix::from_fn(size.0, size.1, |i, j| &next[(i, j)] - &old[(i, j)]);
            *old = std::mem::replace(&mut next, newer);
        }
        // Δ^k at 0.
        let sign = Rational::from(if k % 2 == 1 { 1 } else { -1 });
        if let Some(factor) = Rational::from(k as i64).recip().map(|r| Gaussian::from(&sign * &r)) {
            let before = sum.unwrap_or_else(|| Matrix::filled(size.0, size.1, Gaussian::ZERO));
            sum = Some(Matrix::from_fn(size.0, size.1, |i, j| &before[(i, j)] + &(&factor * &next[(i, j)])));
            vanished = if next.entries().iter().all(Gaussian::is_zero) { vanished + 1 } else { 0 };
        }
        differences.push(next);
        if let (2, Some(sum)) = (vanished, &sum) {
            return Ok(sum.clone());
        }
    }
    let message = format!("the formula is no polynomial of degree up to {MAX_DEGREE} along the algebra");
    Err(a
        .wrong("matrices", Code::Unsupported, message)
        .hint("give the matrices of the basis elements and of the discrete generators instead"))
}
