//! Values that stand for a group: the exponentials of an algebra, or of what was discovered in data.

use std::sync::Arc;

use crate::builtins::algebras::over_quadratic::{float_matrix, matrix, quadratic_algebra};
use crate::builtins::algebras::structure::to_algebra;
use crate::builtins::groups::exceptional::compact;
use crate::builtins::training_attribute;
use crate::diag::{Code, Diagnostic};
use crate::lang::cyclotomic;
use crate::lang::value::Value;
use crate::lie::QuadraticAlgebra;
use crate::limits::Limits;
use crate::num::Cyclotomic;
use crate::reps::{self, Group, RepError};

/// What `group G = …` makes of a value: an exceptional Cartan type stands for its compact group, a discovery for the
/// connected group of its generators.
pub fn to_group(limits: &Limits, value: &Value) -> Result<Value, Diagnostic> {
    match value {
        Value::Type(t) => compact(t, limits),
        Value::Discovery(_) | Value::Training(_) => connected_group(limits, value),
        other => Ok(other.clone()),
    }
}

/// The connected group that the exponentials of an algebra generate: exact when the algebra is, over Q or Q(√d), of float
/// matrices for discovered generators that no exact algebra stands for.
pub(crate) fn connected_group(limits: &Limits, value: &Value) -> Result<Value, Diagnostic> {
    if let Some(algebra) = quadratic_algebra(value) {
        return Ok(Value::group(over_quadratic(algebra)?));
    }
    let floats = match value {
        Value::Discovery(it) if it.algebra.is_none() && !it.discovery.ansatz.is_polynomial() => {
            let all = it.discovery.generators.real_floats();
            all.map(|all| (format!("exp(symmetries of {})", it.oracle), all))
        }
        Value::Training(it) if it.algebra.is_none() => {
            if let Some(verdict) = it.keys.get("verdict").and_then(|v| v.as_str()).filter(|v| *v != "found") {
                let message = format!("this training found no symmetries: its verdict is \"{verdict}\"");
                return Err(Diagnostic::new(Code::Unsupported, message).hint("t.loss says how far they are from it"));
            }
            let all = training_attribute(it, "generators").as_ref().and_then(float_matrices);
            all.map(|all| ("exp(trained symmetries)".to_string(), all))
        }
        _ => None,
    };
    match floats {
        Some((name, generators)) if !generators.is_empty() => {
            Ok(Value::group(Group::of_floats(name, Vec::new(), generators)?))
        }
        _ => Ok(Value::group(reps::exp(&to_algebra(limits, value)?)?)),
    }
}

/// Roots of unity of a higher order are not worth their time: a number has as many terms, and as many conjugates.
const MOST_ROOTS: u64 = 1_000;

/// What is said of a group beyond that.
const TOO_MANY_ROOTS: &str = "the generators are exact over a field Q(√d), and so is identify; bases of equivariant maps are \
                              floats, as √d is a sum of too many roots of unity";

/// The connected group of an algebra over Q(√d), exact where √d is a sum of few enough roots of unity.
fn over_quadratic(algebra: &QuadraticAlgebra) -> Result<Group, Diagnostic> {
    let name = format!("exp({})", algebra.origin());
    let (Some(matrices), Some(size)) = (algebra.matrices(), algebra.matrix_size()) else {
        return Err(RepError::NoMatrices(algebra.origin().to_string()).into());
    };
    if matrices.is_empty() {
        return Ok(reps::exp(&Arc::new(reps::no_algebra(size, algebra.is_complex())))?);
    }
    let d = algebra.radicand();
    // Of ζ_n, n = d or 4d or half of that.
    let few = d.unsigned_abs() <= MOST_ROOTS && Cyclotomic::square_root(d).conductor() <= MOST_ROOTS;
    let exact = |parts| cyclotomic::to_matrix(&matrix(parts, d, algebra.is_complex())).map(|m| m.as_ref().clone());
    match matrices.iter().map(exact).collect::<Option<Vec<_>>>().filter(|_| few) {
        Some(spanning) => Ok(reps::quadratic_group(&name, spanning, algebra.clone())?),
        None => {
            let floats = matrices.iter().map(|parts| float_matrix(parts, d)).collect();
            Ok(Group::of_floats(name, Vec::new(), floats)?.noted(TOO_MANY_ROOTS))
        }
    }
}

/// The matrices of a list, when all of them are real and at least one is of floats.
fn float_matrices(list: &Value) -> Option<Vec<crate::exact::Matrix<f64>>> {
    let Value::List(items) = list else { return None };
    let has_floats = items.iter().any(|item| matches!(item, Value::FloatMatrix(_)));
    items
        .iter()
        .map(|item| item.to_float_matrix().map(|m| m.as_ref().clone()))
        .collect::<Option<Vec<_>>>()
        .filter(|_| has_floats)
}
