//! Values that stand for a group: the exponentials of an algebra, or of what was discovered in data.

use crate::builtins::algebras::structure::to_algebra;
use crate::builtins::groups::exceptional::compact;
use crate::builtins::training_attribute;
use crate::diag::{Code, Diagnostic};
use crate::lang::value::Value;
use crate::limits::Limits;
use crate::reps::{self, Group};

/// What `group G = …` makes of a value: an exceptional Cartan type stands for its compact group, a discovery for the
/// connected group of its generators.
pub fn to_group(limits: &Limits, value: &Value) -> Result<Value, Diagnostic> {
    match value {
        Value::Type(t) => compact(t, limits),
        Value::Discovery(_) | Value::Training(_) => connected_group(limits, value),
        other => Ok(other.clone()),
    }
}

/// The connected group that the exponentials of an algebra generate: exact when the algebra is, of float matrices for
/// discovered generators that no rational algebra stands for.
pub(crate) fn connected_group(limits: &Limits, value: &Value) -> Result<Value, Diagnostic> {
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
            let group = Group::of_floats(name, Vec::new(), generators)?;
            Ok(Value::group(if in_a_field(value) { group.noted(OVER_A_FIELD) } else { group }))
        }
        _ => Ok(Value::group(reps::exp(&to_algebra(limits, value)?)?)),
    }
}

/// What is said of the group of generators over a quadratic field.
const OVER_A_FIELD: &str = "the generators are exact over a field Q(√d), and so is identify; bases of equivariant maps are \
                            floats, as many as weights count";

/// Whether generators were found exactly, but over no field of which there are exact groups.
fn in_a_field(value: &Value) -> bool {
    matches!(value, Value::Discovery(it) if it.discovery.is_exact() && it.discovery.restricted.is_some())
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
