//! Sums and tensor products of representations, of matrices or by highest weights.

use std::sync::Arc;

use num_bigint::BigInt;

use crate::builtins::weights::modules;
use crate::builtins::{Arguments, Context};
use crate::diag::{Code, Diagnostic};
use crate::lang::value::Value;
use crate::reps::Rep;
use crate::span::Span;
use crate::weights::Module;

/// The error when the two kinds of representations meet.
pub(crate) fn mixed() -> Diagnostic {
    Diagnostic::new(
        Code::Argument,
        "one representation is given by highest weights, the other one by matrices of a group",
    )
    .hint("explicit(R, on = G) makes one by matrices of G, complexify(V) one by highest weights")
}

/// The sum of representations by highest weights.
fn sum_by_weights(context: &Context<'_>, summands: &[(Value, Span)]) -> Result<Value, Diagnostic> {
    let mut sum: Option<Module> = None;
    for (value, span) in summands {
        let Value::Module(next) = value else {
            return Err(not_by_weights("add", value).at(*span));
        };
        sum = Some(match sum {
            None => next.module.clone(),
            Some(sum) => sum.plus(&BigInt::from(1), &next.module)?,
        });
    }
    match sum {
        Some(sum) => modules::value(context, sum),
        None => Err(Diagnostic::new(Code::Arity, "direct_sum needs at least one summand")),
    }
}

/// The product of representations by highest weights and whole numbers, negative ones too.
fn product_by_weights(context: &Context<'_>, factors: &[(Value, Span)]) -> Result<Value, Diagnostic> {
    let mut product: Option<Module> = None;
    let mut copies = BigInt::from(1);
    for (value, span) in factors {
        match value {
            Value::Module(next) => {
                product = Some(match product {
                    None => next.module.clone(),
                    Some(product) => product.tensor(&next.module)?,
                });
            }
            Value::Number(number) if number.is_real() && number.re.is_integer() => copies *= number.re.numerator(),
            Value::Number(_) | Value::Quadratic(_) => {
                let message = format!("a representation is repeated a whole number of times, not {}", value.line());
                return Err(Diagnostic::new(Code::Argument, message).at(*span));
            }
            _ => return Err(not_by_weights("multiply", value).at(*span)),
        }
    }
    match product {
        Some(product) if copies == BigInt::from(1) => modules::value(context, product),
        Some(product) => modules::value(context, product.times(&copies)),
        None => Err(Diagnostic::new(Code::Kind, "tensor needs a representation")),
    }
}

fn not_by_weights(verb: &str, value: &Value) -> Diagnostic {
    match value {
        Value::Rep(_) => mixed(),
        _ => Diagnostic::new(Code::Kind, format!("cannot {verb} a representation and {}", value.kind())),
    }
}

/// The sum of at least one representation; other kinds are an error at their place.
pub(crate) fn direct_sum(context: &Context<'_>, summands: Vec<(Value, Span)>) -> Result<Value, Diagnostic> {
    if summands.iter().any(|(value, _)| matches!(value, Value::Module(_))) {
        return sum_by_weights(context, &summands);
    }
    let mut sum: Option<Arc<Rep>> = None;
    for (value, span) in summands {
        let Value::Rep(next) = &value else {
            let message = format!("cannot add a representation and {}", value.kind());
            return Err(Diagnostic::new(Code::Kind, message).at(span));
        };
        sum = Some(match sum {
            None => next.clone(),
            Some(sum) => {
                let (sum, next) = Rep::matched(&sum, next, context.limits)?;
                Arc::new(sum.plus(&next)?)
            }
        });
    }
    sum.map(Value::Rep).ok_or_else(|| Diagnostic::new(Code::Arity, "direct_sum needs at least one summand"))
}

/// `tensor(V, W, …)`: the product of representations and whole numbers of times.
pub(crate) fn tensor(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let factors = arguments.rest("factors");
    if factors.iter().any(|(value, _)| matches!(value, Value::Module(_))) {
        return product_by_weights(context, &factors);
    }
    let mut product: Option<Arc<Rep>> = None;
    let mut copies = 1u64;
    for (value, span) in factors {
        if let Value::Rep(next) = &value {
            product = Some(match product {
                None => next.clone(),
                Some(product) => {
                    let (product, next) = Rep::matched(&product, next, context.limits)?;
                    Arc::new(product.tensor(&next)?)
                }
            });
            continue;
        }
        let times = value.to_i64().and_then(|n| u64::try_from(n).ok()).and_then(|n| copies.checked_mul(n));
        copies = times.ok_or_else(|| {
            let message = format!("a representation is repeated a whole number of times, not {}", value.line());
            Diagnostic::new(Code::Argument, message).at(span)
        })?;
    }
    match product {
        Some(product) if copies == 1 => Ok(Value::Rep(product)),
        Some(product) => Ok(Value::rep(product.times(copies)?)),
        None => Err(Diagnostic::new(Code::Kind, "tensor needs a representation")),
    }
}
