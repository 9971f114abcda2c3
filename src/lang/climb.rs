//! Precedence: turns the flat list of signs, operands and operators of one operation into a tree.
//!
//! Levels that group to the left become one flat [`Node::Chain`] each, so that a sum of a million terms is
//! one node; only signs and powers nest, and they are capped.

use super::layout::{MAX_DEPTH, too_deep};
use super::tree::{Comparison, Expression, Node, Operator, Prefix};
use crate::diag::{Code, Diagnostic};
use crate::span::Span;

/// One piece of an operation.
pub enum Piece {
    /// `-`, `+` or `not`
    Prefix(String, Span),
    /// An operator between two operands.
    Infix(&'static str, Span),
    /// An operand.
    Operand(Expression),
}

/// The levels that chain, loosest first.
const OR: u8 = 0;
const AND: u8 = 1;
const NOT: u8 = 2;
const COMPARE: u8 = 3;
const ARROW: u8 = 4;
const RANGE: u8 = 5;
const SUM: u8 = 6;
const PRODUCT: u8 = 7;
const SIGN: u8 = 8;

struct Climber {
    pieces: std::iter::Peekable<std::vec::IntoIter<Piece>>,
    whole: Span,
    depth: usize,
}

/// Builds the tree of an operation with the given span.
pub fn climb(mut pieces: Vec<Piece>, whole: Span) -> Result<Expression, Diagnostic> {
    if pieces.len() == 1
        && let Some(Piece::Operand(only)) = pieces.pop()
    {
        return Ok(only);
    }
    let mut climber = Climber { pieces: pieces.into_iter().peekable(), whole, depth: 0 };
    climber.level(OR)
}

fn operator(symbol: &str) -> Operator {
    match symbol {
        "or" => Operator::Or,
        "and" => Operator::And,
        "->" => Operator::Arrow,
        "+" => Operator::Plus,
        "-" => Operator::Minus,
        "*" => Operator::Times,
        _ => Operator::Over,
    }
}

fn comparison(symbol: &str) -> Option<Comparison> {
    Some(match symbol {
        "==" => Comparison::Equal,
        "!=" => Comparison::Unequal,
        "<" => Comparison::Less,
        "<=" => Comparison::AtMost,
        ">" => Comparison::More,
        ">=" => Comparison::AtLeast,
        _ => return None,
    })
}

impl Climber {
    /// The next operator, when it is one of `symbols`.
    fn take(&mut self, symbols: &[&str]) -> Option<&'static str> {
        match self.pieces.peek() {
            Some(Piece::Infix(symbol, _)) if symbols.contains(symbol) => {
                let symbol = *symbol;
                self.pieces.next();
                Some(symbol)
            }
            _ => None,
        }
    }

    fn take_prefix(&mut self, signs: bool) -> Option<(String, Span)> {
        match self.pieces.peek() {
            Some(Piece::Prefix(word, _)) if (word != "not") == signs => match self.pieces.next() {
                Some(Piece::Prefix(word, span)) => Some((word, span)),
                _ => None,
            },
            _ => None,
        }
    }

    fn level(&mut self, level: u8) -> Result<Expression, Diagnostic> {
        match level {
            OR => self.chain(&["or"], AND),
            AND => self.chain(&["and"], NOT),
            NOT => self.prefixed(false, COMPARE),
            COMPARE => self.compare(),
            ARROW => self.chain(&["->"], RANGE),
            RANGE => self.range(),
            SUM => self.chain(&["+", "-"], PRODUCT),
            PRODUCT => self.chain(&["*", "/"], SIGN),
            SIGN => self.prefixed(true, SIGN + 1),
            _ => self.power(),
        }
    }

    fn chain(&mut self, symbols: &[&str], tighter: u8) -> Result<Expression, Diagnostic> {
        let first = self.level(tighter)?;
        let mut rest = Vec::new();
        while let Some(symbol) = self.take(symbols) {
            rest.push((operator(symbol), self.level(tighter)?));
        }
        let Some((_, last)) = rest.last() else { return Ok(first) };
        let span = first.span.to(last.span);
        Ok(Expression { node: Node::Chain(Box::new(first), rest), span })
    }

    fn compare(&mut self) -> Result<Expression, Diagnostic> {
        let first = self.level(ARROW)?;
        let mut rest = Vec::new();
        while let Some(link) = self.take(&["==", "!=", "<", "<=", ">", ">="]).and_then(comparison) {
            rest.push((link, self.level(ARROW)?));
        }
        let Some((_, last)) = rest.last() else { return Ok(first) };
        let span = first.span.to(last.span);
        Ok(Expression { node: Node::Compare(Box::new(first), rest), span })
    }

    fn range(&mut self) -> Result<Expression, Diagnostic> {
        let first = self.level(SUM)?;
        if self.take(&[".."]).is_none() {
            return Ok(first);
        }
        let last = self.level(SUM)?;
        let span = first.span.to(last.span);
        Ok(Expression { node: Node::Range(Box::new(first), Box::new(last)), span })
    }

    /// Signs, or `not`s, before the tighter level.
    fn prefixed(&mut self, signs: bool, tighter: u8) -> Result<Expression, Diagnostic> {
        let mut before = Vec::new();
        while let Some((word, span)) = self.take_prefix(signs) {
            if before.len() + self.depth >= MAX_DEPTH {
                return Err(too_deep(span));
            }
            before.push((word, span));
        }
        let mut inner = self.level(tighter)?;
        for (word, span) in before.into_iter().rev() {
            let span = span.to(inner.span);
            inner = match word.as_str() {
                "-" => Expression { node: Node::Prefix(Prefix::Minus, Box::new(inner)), span },
                "not" => Expression { node: Node::Prefix(Prefix::Not, Box::new(inner)), span },
                _ => Expression { span, ..inner },
            };
        }
        Ok(inner)
    }

    /// `a ^ b ^ c` is `a ^ (b ^ c)`; the exponent may have a sign.
    fn power(&mut self) -> Result<Expression, Diagnostic> {
        let base = match self.pieces.next() {
            Some(Piece::Operand(operand)) => operand,
            Some(Piece::Prefix(word, span)) => {
                return Err(Diagnostic::new(Code::Syntax, format!("`{word}` cannot stand here"))
                    .at(span)
                    .hint("put brackets around it"));
            }
            Some(Piece::Infix(_, span)) => {
                return Err(Diagnostic::new(Code::Internal, "an operator without operand").at(span));
            }
            None => return Err(Diagnostic::new(Code::Internal, "an operator without operand").at(self.whole)),
        };
        if self.take(&["^"]).is_none() {
            return Ok(base);
        }
        self.depth += 1;
        if self.depth >= MAX_DEPTH {
            return Err(too_deep(self.whole));
        }
        let exponent = self.prefixed(true, SIGN + 1)?;
        self.depth -= 1;
        let span = base.span.to(exponent.span);
        Ok(Expression { node: Node::Power(Box::new(base), Box::new(exponent)), span })
    }
}
