//! What is left of an algebra when vectors or matrices are to stay where they are: `stabilizer(g, v)`.

use crate::builtins::Context;
use crate::builtins::algebras::over_quadratic::{self, quadratic_algebra};
use crate::builtins::algebras::structure::{to_algebra, whole_part};
use crate::diag::{Code, Diagnostic};
use crate::lang::value::Value;
use crate::lie::{self, Vacuum};
use crate::span::Span;

/// What the result is, in words.
const WHAT: &str = "stabilizer of a vacuum";

/// The subalgebra of an algebra of matrices that leaves vectors and matrices where they are.
pub(crate) fn fixing(context: &Context<'_>, given: &[(Value, Span)]) -> Result<Value, Diagnostic> {
    let Some(((algebra, at), vacua)) = given.split_first() else {
        return Err(Diagnostic::new(Code::Arity, "stabilizer takes forms, or an algebra and vectors").at(context.span));
    };
    let no_matrices = || {
        let error = Diagnostic::new(Code::Unsupported, "this algebra has no matrices that could act on a vector");
        error.at(*at).hint("centralizer(g, elements) needs none")
    };
    if let Some(g) = quadratic_algebra(algebra) {
        let vacua = read(context, vacua, (g.matrix_size().ok_or_else(no_matrices)?, g.is_complex()))?;
        let space = lie::quadratic_vacuum_stabilizer(g, &vacua, context.limits)?.ok_or_else(no_matrices)?;
        return over_quadratic::part(context, g, &space, WHAT);
    }
    let g = to_algebra(context.limits, algebra).map_err(|e| e.at(*at))?;
    let of = g.realization().ok_or_else(no_matrices)?;
    let vacua = read(context, vacua, (of.size, of.complex))?;
    let space = lie::vacuum_stabilizer(of, &vacua, context.limits)?;
    whole_part(context, &g, &space, WHAT)
}

/// The vacua of an algebra of matrices of this size, real or complex.
fn read(
    context: &Context<'_>,
    given: &[(Value, Span)],
    (size, complex): (usize, bool),
) -> Result<Vec<Vacuum>, Diagnostic> {
    let one = |(value, span): &(Value, Span)| {
        let what = match value.to_numbers() {
            Some(vector) => Some(Vacuum::Vector(vector)),
            None => value.to_matrix().map(|m| Vacuum::Matrix(m.as_ref().clone())),
        };
        let wrong = |code: Code, message: String| Err(Diagnostic::new(code, message).at(*span));
        match what {
            None => {
                let message =
                    format!("an algebra acts on vectors and matrices of numbers in Q(i), not on {}", value.line());
                wrong(Code::Kind, message)
            }
            Some(what) if what.size() != Some(size) => wrong(
                Code::Shape,
                format!("the matrices of this algebra act on vectors of length {size} and on {size}×{size} matrices"),
            ),
            Some(what) if !complex && !what.is_real() => wrong(
                Code::Argument,
                "the matrices of this algebra are real, and so are the vectors they act on".into(),
            ),
            Some(what) => Ok(what),
        }
    };
    if given.is_empty() {
        return Err(Diagnostic::new(Code::Arity, "stabilizer of an algebra takes what is to stay where it is")
            .at(context.span)
            .hint("stabilizer(so(1,3), [1, 0, 0, 0])"));
    }
    given.iter().map(one).collect()
}
