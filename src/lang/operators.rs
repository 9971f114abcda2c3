//! Which kinds an operator gives, as far as the kinds of its operands tell; `None` where no values fit.

use super::kind::Kinds;
use super::tree::Operator;

/// What stands for a Lie algebra in a sum.
const ALGEBRA_LIKE: Kinds = Kinds::ALGEBRA.or(Kinds::TYPE).or(Kinds::GROUP);
/// What only sums, products and maps of its own kind know.
const STRUCTURES: Kinds = ALGEBRA_LIKE.or(Kinds::REP);

/// `a + b`, `a - b`, `a * b`, `a / b`, `a -> b`.
pub fn chain(operator: Operator, a: Kinds, b: Kinds) -> Option<Kinds> {
    let either_within = |kinds: Kinds| a.within(kinds) || b.within(kinds);
    let either_meets = |kinds: Kinds| a.meets(kinds) || b.meets(kinds);
    let both_meet = |kinds: Kinds| a.meets(kinds) && b.meets(kinds);
    match operator {
        // A number is that many trivial representations.
        Operator::Arrow => (either_meets(Kinds::REP) && both_meet(Kinds::REP | Kinds::NUMBER)).then_some(Kinds::REP),
        Operator::Plus | Operator::Minus if either_within(Kinds::REP) => {
            both_meet(Kinds::REP | Kinds::NUMBER).then_some(Kinds::REP)
        }
        Operator::Plus if either_within(ALGEBRA_LIKE) => both_meet(ALGEBRA_LIKE).then_some(Kinds::ALGEBRA),
        Operator::Times if either_within(Kinds::GROUP) => both_meet(Kinds::GROUP).then_some(Kinds::GROUP),
        Operator::Times if either_within(Kinds::REP) => both_meet(Kinds::REP | Kinds::NUMBER).then_some(Kinds::REP),
        _ if either_within(STRUCTURES) => None,
        _ if a == Kinds::NUMBER && b == Kinds::NUMBER => Some(Kinds::NUMBER),
        _ if a.within(Kinds::SCALAR) && b.within(Kinds::SCALAR) => Some(Kinds::SCALAR),
        Operator::Plus | Operator::Minus if a == b => Some(a),
        _ => Some(Kinds::ANY),
    }
}

/// `a ^ b`.
pub fn power(a: Kinds, b: Kinds) -> Option<Kinds> {
    match a {
        _ if a.within(Kinds::REP) => b.meets(Kinds::NUMBER).then_some(Kinds::REP),
        _ if a.within(STRUCTURES) => None,
        _ if a.within(Kinds::SCALAR) => Some(Kinds::SCALAR),
        _ => Some(Kinds::ANY),
    }
}

/// Whether no value of these kinds has a negative.
pub fn has_no_negative(a: Kinds) -> bool {
    a.within(ALGEBRA_LIKE)
}
