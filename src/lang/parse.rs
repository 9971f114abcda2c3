//! Text → tree: runs the grammar and turns what it matched into the tree; explains what it did not match.

use std::sync::Mutex;

use pest::Parser;
use pest::iterators::{Pair, Pairs};

use super::climb::{Piece, climb};
use super::layout::layout;
use super::tree::*;
use super::{literal, wrong};
use crate::diag::{Code, Diagnostic};
use crate::num::Rational;
use crate::span::Span;

/// The derive writes one undocumented variant per rule; they stay in here.
#[allow(missing_docs)]
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/sym.pest"]
    pub(super) struct Grammar;
}

use grammar::Grammar;
pub(super) use grammar::Rule;

/// What building a piece of the tree gives.
pub(super) type Built<T> = Result<T, Diagnostic>;

/// Whether a text is a whole program, as far as a line editor needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// The text can be run (or is wrong in a way more text cannot mend).
    Complete,
    /// A bracket is open or an operator waits for its right side.
    Incomplete,
}

/// Whether more lines are needed before the text can be a program.
pub fn completeness(text: &str) -> Completeness {
    match layout(text, 0) {
        Ok(laid) if !laid.waiting => Completeness::Complete,
        Err(trouble) if !trouble.mendable => Completeness::Complete,
        _ => Completeness::Incomplete,
    }
}

/// The pest call limit is one setting for the whole process, so texts are matched one at a time.
static MATCHING: Mutex<()> = Mutex::new(());

/// Parses a whole text; spans point into source number `source`.
pub fn parse(text: &str, source: u32) -> Result<Program, Diagnostic> {
    let laid = layout(text, source).map_err(|trouble| trouble.error)?;
    let mut pairs = {
        let _guard = MATCHING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        // In proportion to the length: a well-meant text needs some hundred calls per byte.
        let calls = laid.text.len().saturating_mul(2_000).saturating_add(2_000_000);
        pest::set_call_limit(std::num::NonZeroUsize::new(calls));
        Grammar::parse(Rule::program, &laid.text).map_err(|error| wrong::explain(&error, &laid.text, source))?
    };
    let build = Builder { source };
    let program = pairs.next().map(|p| p.into_inner()).ok_or_else(|| build.lost(Span::new(source, 0, 0)))?;
    let mut statements = Vec::new();
    for pair in program.filter(|p| p.as_rule() == Rule::statement) {
        statements.push(build.statement(pair)?);
    }
    Ok(Program { statements })
}

#[derive(Clone, Copy)]
struct Builder {
    source: u32,
}

type P<'a> = Pair<'a, Rule>;

/// Whether a rule is a bare word of the grammar that carries nothing.
fn is_word(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::let_word
            | Rule::form_word
            | Rule::oracle_word
            | Rule::assert_word
            | Rule::for_word
            | Rule::in_word
            | Rule::include_word
            | Rule::if_word
            | Rule::then_word
            | Rule::else_word
            | Rule::brackets_word
    )
}

impl Builder {
    fn span(&self, pair: &P<'_>) -> Span {
        let span = pair.as_span();
        // The grammar's spans may end in blanks that were skipped.
        Span::new(self.source, span.start(), span.start() + span.as_str().trim_end().len())
    }

    /// The grammar matched something this builder does not know: a bug, reported as one.
    fn lost(&self, span: Span) -> Diagnostic {
        Diagnostic::new(Code::Internal, "the grammar and the tree builder disagree here").at(span)
    }

    fn parts<'a>(&self, pair: P<'a>) -> impl Iterator<Item = P<'a>> + use<'a> {
        pair.into_inner().filter(|p| !is_word(p.as_rule()))
    }

    fn next<'a>(&self, parts: &mut impl Iterator<Item = P<'a>>, span: Span) -> Built<P<'a>> {
        parts.next().ok_or_else(|| self.lost(span))
    }

    fn name(&self, pair: P<'_>) -> Name {
        Name { text: pair.as_str().to_string(), span: self.span(&pair) }
    }

    fn statement(&self, pair: P<'_>) -> Built<Statement> {
        let span = self.span(&pair);
        let inner = self.next(&mut pair.into_inner(), span)?;
        let rule = inner.as_rule();
        if rule == Rule::expression {
            return Ok(Statement { node: StatementNode::Expression(self.expression(inner)?), span });
        }
        let mut parts = self.parts(inner);
        let node = match rule {
            Rule::declaration => {
                let kind = match self.next(&mut parts, span)?.as_str() {
                    "algebra" => DeclaredKind::Algebra,
                    "group" => DeclaredKind::Group,
                    "rep" => DeclaredKind::Rep,
                    _ => DeclaredKind::Network,
                };
                let name = self.name(self.next(&mut parts, span)?);
                StatementNode::Declaration(kind, name, self.expression(self.next(&mut parts, span)?)?)
            }
            Rule::binding => {
                let name = self.name(self.next(&mut parts, span)?);
                let next = self.next(&mut parts, span)?;
                if next.as_rule() == Rule::parameters {
                    let parameters = next.into_inner().map(|p| self.name(p)).collect();
                    StatementNode::Function(name, parameters, self.expression(self.next(&mut parts, span)?)?)
                } else {
                    StatementNode::Declaration(DeclaredKind::Any, name, self.expression(next)?)
                }
            }
            Rule::form => {
                let name = self.name(self.next(&mut parts, span)?);
                let next = self.next(&mut parts, span)?;
                if next.as_rule() == Rule::vectors {
                    let vectors = next
                        .into_inner()
                        .map(|vector| vector.into_inner().map(|c| self.coordinate(c)).collect())
                        .collect::<Built<Vec<_>>>()?;
                    StatementNode::Form(name, vectors, self.expression(self.next(&mut parts, span)?)?)
                } else {
                    StatementNode::Declaration(DeclaredKind::Form, name, self.expression(next)?)
                }
            }
            Rule::oracle => {
                let name = self.name(self.next(&mut parts, span)?);
                let vectors = self.next(&mut parts, span)?.into_inner().map(|v| self.oracle_vector(v));
                let vectors = vectors.collect::<Built<Vec<_>>>()?;
                StatementNode::Oracle(name, vectors, self.expression(self.next(&mut parts, span)?)?)
            }
            Rule::assertion => StatementNode::Assert(self.expression(self.next(&mut parts, span)?)?),
            Rule::r#loop => {
                let name = self.name(self.next(&mut parts, span)?);
                let items = self.expression(self.next(&mut parts, span)?)?;
                let block = self.next(&mut parts, span)?;
                let body = block.into_inner().map(|s| self.statement(s)).collect::<Built<Vec<_>>>()?;
                StatementNode::For(name, items, body)
            }
            Rule::include => {
                let path = self.next(&mut parts, span)?;
                let at = self.span(&path);
                StatementNode::Include(literal::string(path.as_str()), at)
            }
            _ => return Err(self.lost(span)),
        };
        Ok(Statement { node, span })
    }

    fn oracle_vector(&self, pair: P<'_>) -> Built<OracleVector> {
        let span = self.span(&pair);
        let mut parts = self.parts(pair);
        let vector = self.next(&mut parts, span)?;
        let coordinates = vector.into_inner().map(|c| self.coordinate(c)).collect::<Built<Vec<_>>>()?;
        Ok(OracleVector { coordinates, field: parts.next().map(|name| self.name(name)) })
    }

    fn coordinate(&self, pair: P<'_>) -> Built<Coordinate> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let name = self.name(self.next(&mut parts, span)?);
        let count = match parts.next() {
            None => None,
            Some(whole) => match whole.as_str().parse::<usize>() {
                Ok(count) if (1..=1000).contains(&count) => Some(count),
                _ => {
                    let at = self.span(&whole);
                    return Err(Diagnostic::new(Code::Argument, "a vector has 1 to 1000 coordinates").at(at));
                }
            },
        };
        Ok(Coordinate { name, count })
    }

    fn expression(&self, pair: P<'_>) -> Built<Expression> {
        let span = self.span(&pair);
        let inner = self.next(&mut pair.into_inner(), span)?;
        if inner.as_rule() == Rule::operation {
            return self.operation(inner);
        }
        let mut parts = self.parts(inner).map(|p| self.expression(p)).collect::<Built<Vec<_>>>()?;
        let otherwise = parts.pop().ok_or_else(|| self.lost(span))?;
        let mut branches = Vec::new();
        let mut parts = parts.into_iter();
        while let (Some(condition), Some(value)) = (parts.next(), parts.next()) {
            branches.push((condition, value));
        }
        Ok(Expression { node: Node::If(branches, Box::new(otherwise)), span })
    }

    fn operation(&self, pair: P<'_>) -> Built<Expression> {
        let span = self.span(&pair);
        let mut pieces = Vec::new();
        for part in pair.into_inner() {
            let at = self.span(&part);
            pieces.push(match part.as_rule() {
                Rule::prefix => Piece::Prefix(part.as_str().trim().to_string(), at),
                Rule::infix => {
                    let rule = part.into_inner().next().map_or(Rule::EOI, |p| p.as_rule());
                    Piece::Infix(infix_symbol(rule), at)
                }
                _ => Piece::Operand(self.postfix(part)?),
            });
        }
        climb(pieces, span)
    }

    fn postfix(&self, pair: P<'_>) -> Built<Expression> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let primary = self.next(&mut parts, span)?;
        let base = self.primary(primary)?;
        let mut steps = Vec::new();
        for part in parts {
            let at = self.span(&part);
            let node = match part.as_rule() {
                Rule::call => StepNode::Call(part.into_inner().map(|a| self.argument(a)).collect::<Built<_>>()?),
                Rule::index => StepNode::Index(part.into_inner().map(|e| self.expression(e)).collect::<Built<_>>()?),
                Rule::attribute => StepNode::Attribute(self.next(&mut part.into_inner(), at)?.as_str().to_string()),
                _ => return Err(self.lost(at)),
            };
            steps.push(Step { node, span: at });
        }
        if steps.is_empty() {
            return Ok(base);
        }
        Ok(Expression { node: Node::Postfix(Box::new(base), steps), span })
    }

    fn argument(&self, pair: P<'_>) -> Built<Argument> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let mut next = self.next(&mut parts, span)?;
        let mut keyword = None;
        if next.as_rule() == Rule::keyword {
            keyword = next.into_inner().next().map(|word| self.name(word));
            next = self.next(&mut parts, span)?;
        }
        Ok(Argument { keyword, value: self.expression(next)? })
    }

    fn primary(&self, pair: P<'_>) -> Built<Expression> {
        let span = self.span(&pair);
        let inner = self.next(&mut pair.into_inner(), span)?;
        let text = inner.as_str();
        let node = match inner.as_rule() {
            Rule::number => Node::Number(literal::number(text).map_err(|e| e.at(span))?),
            Rule::string => Node::Text(literal::string(text)),
            Rule::truth => Node::Truth(text == "true"),
            Rule::name => Node::Name(text.to_string()),
            Rule::history => Node::History(text.get(1..).and_then(|digits| digits.parse().ok())),
            Rule::parenthesised => {
                let expression = self.next(&mut inner.into_inner(), span)?;
                // The brackets keep their place in messages, but not in the tree.
                return Ok(Expression { span, ..self.expression(expression)? });
            }
            Rule::bracketed => self.bracketed(inner, span)?,
            Rule::brackets => Node::Brackets(self.brackets(inner)?),
            _ => return Err(self.lost(span)),
        };
        Ok(Expression { node, span })
    }

    fn bracketed(&self, pair: P<'_>, span: Span) -> Built<Node> {
        let mut rows = Vec::new();
        let mut is_matrix = false;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::row => rows.push(part.into_inner().map(|e| self.expression(e)).collect::<Built<Vec<_>>>()?),
                Rule::row_end => is_matrix = true,
                _ => return self.comprehension(rows, part, span),
            }
        }
        if is_matrix { Ok(Node::Matrix(rows)) } else { Ok(Node::List(rows.pop().unwrap_or_default())) }
    }

    fn comprehension(&self, rows: Vec<Vec<Expression>>, generator: P<'_>, span: Span) -> Built<Node> {
        let mut values = rows.into_iter().flatten();
        let (Some(value), None) = (values.next(), values.next()) else {
            return Err(Diagnostic::new(Code::Syntax, "one expression stands before `for` in a list")
                .at(span)
                .hint("for pairs write [[x, x^2] for x in 1..5]"));
        };
        let mut parts = self.parts(generator);
        let name = self.name(self.next(&mut parts, span)?);
        let items = Box::new(self.expression(self.next(&mut parts, span)?)?);
        let condition = parts.next().map(|c| self.expression(c)).transpose()?.map(Box::new);
        Ok(Node::Comprehension { value: Box::new(value), name, items, condition })
    }

    fn brackets(&self, pair: P<'_>) -> Built<BracketTable> {
        let mut table = BracketTable { basis: None, entries: Vec::new() };
        for part in self.parts(pair) {
            if part.as_rule() == Rule::basis {
                table.basis = Some(part.into_inner().map(|w| self.name(w)).collect());
            } else {
                table.entries.push(self.bracket(part)?);
            }
        }
        Ok(table)
    }

    fn bracket(&self, pair: P<'_>) -> Built<BracketEntry> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let left = self.name(self.next(&mut parts, span)?);
        let right = self.name(self.next(&mut parts, span)?);
        let mut terms = Vec::new();
        let mut negative = false;
        for part in self.next(&mut parts, span)?.into_inner() {
            match part.as_rule() {
                Rule::sign => negative = part.as_str() == "-",
                Rule::term => terms.push(self.bracket_term(part.into_inner(), negative, span)?),
                _ => {}
            }
        }
        Ok(BracketEntry { left, right, terms, span })
    }

    fn bracket_term(&self, parts: Pairs<'_, Rule>, negative: bool, span: Span) -> Built<BracketTerm> {
        let mut coefficient = None;
        let mut element = None;
        let mut divisor = None;
        for part in parts {
            let at = self.span(&part);
            match part.as_rule() {
                Rule::coefficient => coefficient = Some(self.coefficient(part)?),
                Rule::word => element = Some(self.name(part)),
                _ => divisor = Some(fraction(part.as_str(), at)?),
            }
        }
        let element = element.ok_or_else(|| self.lost(span))?;
        Ok(BracketTerm { negative, coefficient, element, divisor })
    }

    fn coefficient(&self, pair: P<'_>) -> Built<Expression> {
        let span = self.span(&pair);
        let inner = self.next(&mut pair.into_inner(), span)?;
        let node = match inner.as_rule() {
            Rule::fraction => Node::Number(Literal::Exact(fraction(inner.as_str(), span)?)),
            Rule::word => Node::Name(inner.as_str().to_string()),
            _ => return self.expression(self.next(&mut inner.into_inner(), span)?),
        };
        Ok(Expression { node, span })
    }
}

/// `3`, `1/2` or `0.5/3`, exactly.
fn fraction(text: &str, span: Span) -> Built<Rational> {
    let wrong = || Diagnostic::new(Code::Number, format!("`{text}` is not a number")).at(span);
    let (top, bottom) = text.split_once('/').unwrap_or((text, "1"));
    let top: Rational = top.parse().map_err(|_| wrong())?;
    let bottom: Rational = bottom.parse().map_err(|_| wrong())?;
    top.checked_div(&bottom).ok_or_else(|| wrong().label("division by zero"))
}

fn infix_symbol(rule: Rule) -> &'static str {
    match rule {
        Rule::arrow => "->",
        Rule::equal => "==",
        Rule::unequal => "!=",
        Rule::at_most => "<=",
        Rule::at_least => ">=",
        Rule::less => "<",
        Rule::more => ">",
        Rule::range => "..",
        Rule::plus => "+",
        Rule::minus => "-",
        Rule::times => "*",
        Rule::over => "/",
        Rule::power => "^",
        Rule::and_word => "and",
        _ => "or",
    }
}
