//! Arithmetic with numbers that depend on the coordinates of an oracle.

use super::arithmetic::{cannot, complex};
use super::tree::{Comparison, Operator};
use super::value::Value;
use crate::diag::{Code, Diagnostic};
use crate::discover::{Step, Symbol};
use crate::num::{Cyclotomic, Quadratic};

type Outcome = Result<Value, Diagnostic>;

/// Longer formulas are refused.
const MOST_STEPS: usize = 4_000_000;

/// A number as a constant beside a symbol.
pub(super) fn beside(symbol: &Symbol, value: &Value) -> Option<Symbol> {
    match value {
        Value::Symbol(other) => Some(other.clone()),
        Value::Number(x) => Some(symbol.constant(x)),
        Value::Quadratic(q) => Some(symbol.quadratic(q)),
        // √2 (1 + i) / 2 and the like: real and imaginary part in a quadratic field.
        Value::Cyclotomic(x) => {
            let (re, im) = x.parts();
            let part = |x: Cyclotomic| match x.as_rational() {
                Some(x) => symbol.constant(&x.into()),
                None => match x.as_quadratic() {
                    Some((rational, coefficient, radicand)) => {
                        symbol.quadratic(&Quadratic { rational, coefficient, radicand })
                    }
                    None => symbol.float(x.to_complex().0, 0.0),
                },
            };
            let real = im.is_zero();
            let (re, im) = (part(re), part(im));
            Some(if real { re } else { Symbol::complex(&re, &im) })
        }
        other => complex(other).map(|(re, im)| symbol.float(re, im)),
    }
}

/// Both sides in the program of one of them.
fn sides(a: &Value, b: &Value) -> Result<Option<(Symbol, Symbol)>, Diagnostic> {
    let pair = match (a, b) {
        (Value::Symbol(x), other) => beside(x, other).map(|y| (x.clone(), y)),
        (other, Value::Symbol(y)) => beside(y, other).map(|x| (x, y.clone())),
        _ => None,
    };
    let Some((x, y)) = pair else { return Ok(None) };
    if !x.is_beside(&y) {
        return Err(Diagnostic::new(Code::Argument, "these numbers depend on the coordinates of different oracles"));
    }
    if x.draft().len() > MOST_STEPS {
        return Err(Diagnostic::new(Code::Memory, "the formula of this oracle is too long"));
    }
    Ok(Some((x, y)))
}

/// `a + b`, `a - b`, `a * b`, `a / b` where one side depends on coordinates.
pub(super) fn binary(operator: Operator, a: &Value, b: &Value) -> Outcome {
    let Some((x, y)) = sides(a, b)? else { return Err(cannot(operator, a, b)) };
    Ok(Value::Symbol(match operator {
        Operator::Plus => x.add(&y),
        Operator::Minus => x.subtract(&y),
        Operator::Times => x.multiply(&y),
        Operator::Over => x.divide(&y),
        _ => return Err(cannot(operator, a, b)),
    }))
}

/// `a ^ b`: whole powers, and other constant powers of real numbers as `e^(b log a)`.
pub(super) fn power(x: &Symbol, b: &Value) -> Option<Outcome> {
    if let Some(k) = b.to_i64() {
        let exponent = i32::try_from(k).ok().filter(|k| k.unsigned_abs() <= 10_000);
        let refused = || Diagnostic::new(Code::Number, "this exponent is too large for the formula of an oracle");
        return Some(exponent.map(|k| Value::Symbol(x.power(k))).ok_or_else(refused));
    }
    let exponent = beside(x, b)?;
    let complex = || Diagnostic::new(Code::Unsupported, "a complex coordinate has whole powers only");
    let result = x.apply(Step::Logarithm).map(|log| log.multiply(&exponent)).and_then(|y| y.apply(Step::Exponential));
    Some(result.map(Value::Symbol).ok_or_else(complex))
}

/// A comparison that holds for some points and not for others, as a number that is 1 or 0; `None` when it depends on no
/// coordinate.
pub(super) fn compare(link: Comparison, a: &Value, b: &Value) -> Option<Outcome> {
    if !matches!((a, b), (Value::Symbol(_), _) | (_, Value::Symbol(_))) {
        return None;
    }
    let compared = || -> Outcome {
        let unordered = || Diagnostic::new(Code::Kind, format!("{} and {} have no order", a.line(), b.line()));
        let (x, y) = sides(a, b)?.ok_or_else(unordered)?;
        let result = match link {
            Comparison::Less => x.compare(&y, Step::Less),
            Comparison::AtMost => x.compare(&y, Step::AtMost),
            Comparison::More => y.compare(&x, Step::Less),
            Comparison::AtLeast => y.compare(&x, Step::AtMost),
            Comparison::Equal | Comparison::Unequal => {
                return Err(Diagnostic::new(Code::Kind, "the formula of an oracle compares with < <= > >= only")
                    .hint("single points do not matter to a symmetry"));
            }
        };
        result.map(Value::Symbol).ok_or_else(|| Diagnostic::new(Code::Kind, "complex numbers have no order"))
    };
    Some(compared())
}

/// The larger or the smaller of two numbers, whichever comes `first` in a comparison that holds; `None` when neither depends
/// on a coordinate.
pub fn extreme(first: Comparison, a: &Value, b: &Value) -> Option<Outcome> {
    Some(match compare(first, a, b)? {
        Ok(Value::Symbol(condition)) => choose(&condition, a, b),
        other => other,
    })
}

/// `if … then … else …` whose first condition depends on the point.
pub(super) fn choose(condition: &Symbol, yes: &Value, no: &Value) -> Outcome {
    if let (Value::List(a), Value::List(b)) = (yes, no)
        && a.len() == b.len()
    {
        let items = a.iter().zip(b.iter()).map(|(x, y)| choose(condition, x, y));
        return items.collect::<Result<Vec<_>, _>>().map(Value::list);
    }
    match (beside(condition, yes), beside(condition, no)) {
        (Some(x), Some(y)) => Ok(Value::Symbol(condition.choose(&x, &y))),
        _ => Err(Diagnostic::new(Code::Kind, "both branches of a condition on coordinates are numbers")),
    }
}
