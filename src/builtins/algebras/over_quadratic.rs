//! Algebras over real quadratic fields Q(√d): what is asked of them, and how their numbers look.

use crate::builtins::algebras::structure::{algebra_of, to_algebra};
use crate::builtins::{Arguments, Context};
use crate::diag::{Code, Diagnostic};
use crate::exact::{Matrix, SparseMatrix, Subspace};
use crate::lang::cyclotomic;
use crate::lang::value::Value;
use crate::lie::{self, Identification, QuadraticAlgebra};
use crate::limits::Limits;
use crate::num::{Cyclotomic, Gaussian, Rational};

/// The algebra over a field Q(√d) that a value is or stands for; `None` for others.
pub(crate) fn quadratic_algebra(value: &Value) -> Option<&QuadraticAlgebra> {
    match value {
        Value::QuadraticAlgebra(algebra) => Some(algebra),
        Value::Discovery(it) => it.discovery.restricted.as_ref(),
        Value::Group(group) => group.base().field()?.closed.as_ref(),
        _ => None,
    }
}

/// Why a function of algebras over Q does not take one over Q(√d).
pub(crate) fn needs_rationals(algebra: &QuadraticAlgebra) -> Diagnostic {
    let d = algebra.radicand();
    let message = format!("this is asked of algebras over Q, and the generators here have entries in Q(√{d})");
    let hint = format!("g.restricted is the algebra over Q that they span together with their multiples by √{d}");
    Diagnostic::new(Code::Unsupported, message).hint(hint)
}

/// What `algebra g = …` makes of a value: an algebra over Q, or over the field of discovered symmetries.
pub fn to_algebra_value(limits: &Limits, value: &Value) -> Result<Value, Diagnostic> {
    match quadratic_algebra(value) {
        Some(algebra) => Ok(Value::quadratic_algebra(algebra.clone())),
        None => to_algebra(limits, value).map(Value::Algebra),
    }
}

/// Everything about the real algebra that an argument stands for, over Q or Q(√d).
pub(crate) fn identification(
    context: &Context<'_>,
    arguments: &Arguments,
    name: &str,
) -> Result<Identification, Diagnostic> {
    let value = arguments.value(name)?;
    if let Some(algebra) = quadratic_algebra(value) {
        return Ok(algebra.identify(context.limits)?);
    }
    Ok(lie::identify(&*algebra_of(context, arguments, name)?, context.limits)?)
}

/// The dimension of the real algebra that an argument stands for, over Q or Q(√d).
pub(crate) fn dimension(context: &Context<'_>, arguments: &Arguments, name: &str) -> Result<usize, Diagnostic> {
    match quadratic_algebra(arguments.value(name)?) {
        Some(algebra) => Ok(algebra.dim()),
        None => Ok(algebra_of(context, arguments, name)?.dim()),
    }
}

/// The subalgebra on a subspace of the algebra over Q.
pub(crate) fn part(
    context: &Context<'_>,
    algebra: &QuadraticAlgebra,
    space: &Subspace,
    what: &str,
) -> Result<Value, Diagnostic> {
    let origin = format!("{what} of {}", algebra.origin());
    let found = algebra.part(space, &origin, context.limits)?;
    found.map(Value::quadratic_algebra).ok_or_else(|| no_part(algebra, what))
}

/// Why a part that was found over Q is none over the field.
pub(crate) fn no_part(algebra: &QuadraticAlgebra, what: &str) -> Diagnostic {
    let d = algebra.radicand();
    Diagnostic::new(Code::Unsupported, format!("the {what} found over Q is none over Q(√{d}): √{d} moves it"))
        .hint(format!("g.restricted, the algebra over Q together with multiples by √{d}, has one"))
}

/// The matrix `A + B √d` of stored ones, complex where they stand for such; a real one of floats where the root lies in no
/// cyclotomic field of the language.
pub(crate) fn matrix(stored: &[SparseMatrix; 2], radicand: i64, complex: bool) -> Value {
    let parts = stored.each_ref().map(|m| match complex {
        true => lie::as_gaussian(m, m.rows() / 2),
        false => m.to_dense().map(|x| Gaussian::from(x.clone())),
    });
    sum(&parts, radicand).unwrap_or_else(|| Value::float_matrix(float_matrix(stored, radicand)))
}

/// The real matrix `A + B √d` in doubles.
pub(crate) fn float_matrix([a, b]: &[SparseMatrix; 2], radicand: i64) -> Matrix<f64> {
    let root = (radicand as f64).sqrt();
    let mut out = Matrix::filled(a.rows(), a.cols(), 0.0);
    a.triples().for_each(|(i, j, x)| out[(i, j)] += x.to_f64());
    b.triples().for_each(|(i, j, x)| out[(i, j)] += x.to_f64() * root);
    out
}

/// The algebra over one field Q(√d) that exact matrices span over the reals of the field, as `A + B √d` with complex ones doubled;
/// an error where their entries lie in no field Q(√d) or Q(√d, i), or brackets leave the span.
pub(crate) fn span(
    matrices: &[Matrix<Cyclotomic>],
    origin: &str,
    limits: &Limits,
) -> Result<QuadraticAlgebra, Diagnostic> {
    let size = matrices.first().map_or(0, Matrix::rows);
    if let Some(m) = matrices.iter().find(|m| (m.rows(), m.cols()) != (size, size)) {
        let message = format!("expected {size}×{size} matrices, found {}×{}", m.rows(), m.cols());
        return Err(Diagnostic::new(Code::Shape, message));
    }
    let complex = matrices.iter().any(|m| !m.entries().iter().all(Cyclotomic::is_real));
    let mut radicand = None;
    let mut all = Vec::with_capacity(matrices.len());
    for m in matrices {
        limits.check()?;
        let mut triples = [Vec::new(), Vec::new()];
        for (at, x) in m.entries().iter().enumerate().filter(|(_, x)| !x.is_zero()) {
            let (i, j) = (at / size, at % size);
            let (re, im) = x.parts();
            for (part, imaginary) in [(re, false), (im, true)] {
                let (a, b, d) = match (part.as_rational(), part.as_quadratic()) {
                    (Some(a), _) => (a, Rational::ZERO, None),
                    (None, Some((a, b, d))) => (a, b, Some(d)),
                    (None, None) => return Err(no_field()),
                };
                if d.is_some_and(|d| *radicand.get_or_insert(d) != d) {
                    return Err(no_field());
                }
                for (triples, x) in triples.iter_mut().zip([a, b]).filter(|(_, x)| !x.is_zero()) {
                    match (complex, imaginary) {
                        (false, _) => triples.push((i, j, x)),
                        (true, false) => triples.extend([(i, j, x.clone()), (i + size, j + size, x)]),
                        (true, true) => triples.extend([(i, j + size, -&x), (i + size, j, x)]),
                    }
                }
            }
        }
        let stored = if complex { 2 * size } else { size };
        all.push(triples.map(|triples| SparseMatrix::from_triples(stored, stored, triples)));
    }
    let radicand = radicand.ok_or_else(no_field)?;
    QuadraticAlgebra::span(&all, radicand, complex, origin, limits)?.ok_or_else(|| {
        Diagnostic::new(Code::Closure, format!("brackets of these matrices leave their span over Q(√{radicand})"))
    })
}

fn no_field() -> Diagnostic {
    Diagnostic::new(Code::Unsupported, "an algebra is one over Q or over one field Q(√d), with i or without")
}

/// The real matrix `A + B √d`; `None` where the root lies in no cyclotomic field of the language.
pub(crate) fn real_matrix(parts: &[Matrix<Rational>; 2], radicand: i64) -> Option<Value> {
    sum(&parts.each_ref().map(|m| m.map(|x| Gaussian::from(x.clone()))), radicand)
}

fn sum([a, b]: &[Matrix<Gaussian>; 2], radicand: i64) -> Option<Value> {
    let root = cyclotomic::number(&Value::quadratic(Rational::ZERO, Rational::ONE, radicand))?;
    let number = |z: &Gaussian| Cyclotomic::sum(4, [(0, z.re.clone()), (1, z.im.clone())]);
    Some(cyclotomic::matrix(Matrix::from_fn(a.rows(), a.cols(), |i, j| match b[(i, j)].is_zero() {
        true => number(&a[(i, j)]),
        false => number(&a[(i, j)]).add(&root.mul(&number(&b[(i, j)]))),
    })))
}
