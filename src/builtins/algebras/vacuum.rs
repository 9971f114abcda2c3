//! What is left of an algebra when vectors or matrices are to stay where they are: `stabilizer(g, v)`.

use crate::builtins::Context;
use crate::builtins::algebras::structure::{to_algebra, whole_part};
use crate::diag::{Code, Diagnostic};
use crate::lang::value::Value;
use crate::lie::{self, Vacuum};
use crate::span::Span;

/// The subalgebra of an algebra of matrices that leaves vectors and matrices where they are.
pub(crate) fn fixing(context: &Context<'_>, given: &[(Value, Span)]) -> Result<Value, Diagnostic> {
    let Some(((algebra, at), vacua)) = given.split_first() else {
        return Err(Diagnostic::new(Code::Arity, "stabilizer takes forms, or an algebra and vectors").at(context.span));
    };
    let g = to_algebra(context.limits, algebra).map_err(|e| e.at(*at))?;
    let Some(of) = g.realization() else {
        let error = Diagnostic::new(Code::Unsupported, "this algebra has no matrices that could act on a vector");
        return Err(error.at(*at).hint("centralizer(g, elements) needs none"));
    };
    let read = |(value, span): &(Value, Span)| {
        let what = match value.to_numbers() {
            Some(vector) => Some(Vacuum::Vector(vector)),
            None => value.to_matrix().map(|m| Vacuum::Matrix(m.as_ref().clone())),
        };
        let wrong = |code: Code, message: String| Err(Diagnostic::new(code, message).at(*span));
        match what {
            None => {
                let message =
                    format!("an algebra acts on vectors and matrices of exact numbers, not on {}", value.line());
                wrong(Code::Kind, message)
            }
            Some(what) if what.size() != Some(of.size) => {
                let n = of.size;
                wrong(
                    Code::Shape,
                    format!("the matrices of this algebra act on vectors of length {n} and on {n}×{n} matrices"),
                )
            }
            Some(what) if !of.complex && !what.is_real() => wrong(
                Code::Argument,
                "the matrices of this algebra are real, and so are the vectors they act on".into(),
            ),
            Some(what) => Ok(what),
        }
    };
    let vacua = vacua.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    if vacua.is_empty() {
        return Err(Diagnostic::new(Code::Arity, "stabilizer of an algebra takes what is to stay where it is")
            .at(context.span)
            .hint("stabilizer(so(1,3), [1, 0, 0, 0])"));
    }
    let space = lie::vacuum_stabilizer(of, &vacua, context.limits)?;
    whole_part(context, &g, &space, "stabilizer of a vacuum")
}
