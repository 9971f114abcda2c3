//! Whole numbers in sums and maps of representations: n stands for n copies of the trivial one, as in `V -> 1`, `V*V + 2`.

use crate::diag::Diagnostic;
use crate::lang::tree::Operator;
use crate::lang::value::Value;
use crate::limits::Limits;
use crate::num::Rational;
use crate::reps::Rep;
use crate::weights::Module;

/// The operands of a sum, a difference or an arrow, a whole number beside a representation turned into trivial ones; both as they
/// are where that means nothing.
pub fn counted(operator: Operator, a: Value, b: Value, limits: &Limits) -> Result<(Value, Value), Diagnostic> {
    if !matches!(operator, Operator::Plus | Operator::Minus | Operator::Arrow) {
        return Ok((a, b));
    }
    let (first, second) = (beside(&a, &b, limits).transpose()?, beside(&b, &a, limits).transpose()?);
    Ok((first.unwrap_or(a), second.unwrap_or(b)))
}

/// The representation that `number` stands for beside `other`.
fn beside(number: &Value, other: &Value, limits: &Limits) -> Option<Result<Value, Diagnostic>> {
    let Value::Number(n) = number else { return None };
    let times = Some(&n.re).filter(|re| n.is_real() && re.is_integer()).map(Rational::numerator)?;
    match other {
        Value::Rep(rep) => {
            let trivial = Rep::scalar(rep.base());
            match u64::try_from(&times).ok()? {
                1 => Some(Ok(Value::rep(trivial))),
                copies => Some(trivial.times(copies).map(Value::rep).map_err(Diagnostic::from)),
            }
        }
        Value::Module(known) => {
            let group = known.module.group();
            let trivial = Module::irreducible(group, &vec![0; group.rank()], limits);
            let copies = |one: Module| if times == 1.into() { one } else { one.times(&times) };
            let made = trivial.and_then(|one| Value::module(copies(one), known.numbering, limits));
            Some(made.map_err(Diagnostic::from))
        }
        _ => None,
    }
}
