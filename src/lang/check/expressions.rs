//! Checking expressions: the kinds that their values can have.

use super::Checker;
use crate::builtins::{self, Mode};
use crate::diag::{Code, Diagnostic};
use crate::lang::arithmetic;
use crate::lang::kind::Kinds;
use crate::lang::operators;
use crate::lang::tree::*;

impl Checker<'_> {
    /// Checks an expression and says what kinds its value can have. `lazy`: it stands in the body of a function.
    pub(super) fn expression(&mut self, expression: &Expression, lazy: bool) -> Kinds {
        let span = expression.span;
        match &expression.node {
            Node::Number(Literal::Float(_)) => Kinds::FLOAT,
            Node::Number(_) => Kinds::NUMBER,
            Node::Text(_) => Kinds::TEXT,
            Node::Truth(_) => Kinds::BOOLEAN,
            Node::Name(name) => {
                let own = self.frames.iter().any(|(n, _)| n == name) || self.known.names.contains_key(name);
                match builtins::find(name) {
                    Some(row) if !own && row.is_constant() => row.returns,
                    _ => self.lookup(name, span, lazy).kinds,
                }
            }
            Node::History(which) => {
                let last = self.known.printed;
                if !lazy && (last == 0 || which.is_some_and(|n| n == 0)) {
                    let error = Diagnostic::new(Code::Name, "there is no such value yet").at(span);
                    self.error(error.hint("`_` is the last printed value, `_1` the first"));
                }
                Kinds::ANY
            }
            Node::List(items) => {
                items.iter().for_each(|item| {
                    self.expression(item, lazy);
                });
                Kinds::LIST
            }
            Node::Matrix(rows) => {
                rows.iter().flatten().for_each(|item| {
                    self.expression(item, lazy);
                });
                Kinds::MATRIX | Kinds::FLOAT_MATRIX | Kinds::CYCLOTOMIC_MATRIX
            }
            Node::Comprehension { value, name, items, condition } => {
                let kinds = self.sequence(items, lazy);
                self.within(vec![(name.text.clone(), kinds)], |this| {
                    condition.iter().for_each(|c| this.truth(c, lazy));
                    this.expression(value, lazy);
                });
                Kinds::LIST
            }
            Node::Brackets(table) => {
                for term in table.entries.iter().flat_map(|e| &e.terms) {
                    if let Some(coefficient) = &term.coefficient {
                        self.expression(coefficient, lazy);
                    }
                }
                Kinds::ALGEBRA
            }
            Node::Prefix(Prefix::Not, inner) => {
                self.truth(inner, lazy);
                Kinds::BOOLEAN
            }
            Node::Prefix(Prefix::Minus, inner) => {
                let found = self.expression(inner, lazy);
                if self.operand(found, inner) && operators::has_no_negative(found) {
                    self.error(Diagnostic::new(Code::Kind, format!("{found} has no negative")).at(inner.span));
                }
                found
            }
            Node::Chain(first, rest) => self.chain(first, rest, lazy),
            Node::Compare(first, rest) => {
                self.expression(first, lazy);
                rest.iter().for_each(|(_, next)| {
                    self.expression(next, lazy);
                });
                Kinds::BOOLEAN
            }
            Node::Power(base, exponent) => {
                let found = self.expression(base, lazy);
                let fits = self.operand(found, base);
                let power = self.expression(exponent, lazy);
                operators::power(found, power).unwrap_or_else(|| {
                    if fits {
                        let message = format!("{found} has no power with {power}");
                        self.error(Diagnostic::new(Code::Kind, message).at(span));
                    }
                    Kinds::ANY
                })
            }
            Node::Range(first, last) => {
                for end in [first, last] {
                    let found = self.expression(end, lazy);
                    if !found.meets(Kinds::NUMBER) {
                        let message = format!("the ends of a range are whole numbers, not {found}");
                        self.error(Diagnostic::new(Code::Kind, message).at(end.span));
                    }
                }
                Kinds::RANGE
            }
            Node::Postfix(base, steps) => self.steps(base, steps, lazy),
            Node::If(branches, otherwise) => {
                let mut kinds = self.expression(otherwise, lazy);
                for (condition, value) in branches {
                    self.truth(condition, lazy);
                    kinds = kinds | self.expression(value, lazy);
                }
                kinds
            }
        }
    }

    /// The kinds of what a loop runs over.
    pub(super) fn sequence(&mut self, items: &Expression, lazy: bool) -> Kinds {
        let found = self.expression(items, lazy);
        if !found.meets(Kinds::ITERABLE) {
            let message = format!("cannot run over {found}");
            self.error(Diagnostic::new(Code::Kind, message).at(items.span).label("expected a list or a range"));
        }
        if found == Kinds::RANGE { Kinds::NUMBER } else { Kinds::ANY }
    }

    fn truth(&mut self, expression: &Expression, lazy: bool) {
        let found = self.expression(expression, lazy);
        if !found.meets(Kinds::BOOLEAN) {
            let message = format!("expected true or false, not {found}");
            self.error(Diagnostic::new(Code::Kind, message).at(expression.span));
        }
    }

    /// Kinds that no operator takes are an error; whether it is none.
    fn operand(&mut self, found: Kinds, operand: &Expression) -> bool {
        let never =
            Kinds::BOOLEAN | Kinds::FUNCTION | Kinds::RECORD | Kinds::PICTURE | Kinds::NOTHING | Kinds::CONSTANTS;
        if found.within(never) {
            let mut error = Diagnostic::new(Code::Kind, format!("cannot calculate with {found}")).at(operand.span);
            if found == Kinds::FUNCTION {
                error = error.hint(how_to_call(operand));
            }
            self.error(error);
            return false;
        }
        true
    }

    fn chain(&mut self, first: &Expression, rest: &[(Operator, Expression)], lazy: bool) -> Kinds {
        if matches!(rest.first(), Some((Operator::And | Operator::Or, _))) {
            self.truth(first, lazy);
            rest.iter().for_each(|(_, next)| self.truth(next, lazy));
            return Kinds::BOOLEAN;
        }
        let mut kinds = self.expression(first, lazy);
        let mut fits = self.operand(kinds, first);
        for (operator, next) in rest {
            let found = self.expression(next, lazy);
            fits &= self.operand(found, next);
            kinds = operators::chain(*operator, kinds, found).unwrap_or_else(|| {
                if fits {
                    let error = arithmetic::cannot_kinds(*operator, kinds, found);
                    self.error(error.at(first.span.to(next.span)));
                }
                Kinds::ANY
            });
        }
        kinds
    }
}

/// The call that a bare function was probably meant to be.
fn how_to_call(function: &Expression) -> String {
    let Node::Name(name) = &function.node else {
        return "a function is called with brackets: f(x)".to_string();
    };
    let needed = match builtins::find(name) {
        Some(row) => row.params.iter().filter(|p| matches!(p.mode, Mode::Required)).map(|p| p.name).collect(),
        None => vec!["…"],
    };
    format!("a function is called with brackets: {name}({})", needed.join(", "))
}
