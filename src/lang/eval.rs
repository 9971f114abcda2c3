//! The evaluator: a checked tree → values.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arithmetic::{self, cannot};
use super::compare;
use super::names::{Names, meaning};
use super::powers;
use super::tree::*;
use super::value::{Function, Value};
use super::{brackets, cyclotomic, steps, symbolic};
use crate::builtins::{self, Context, Given};
use crate::diag::{Code, Diagnostic, Sources};
use crate::limits::Limits;
use crate::num::Gaussian;
use crate::span::Span;

/// How deep evaluation may nest, function calls included; the session gives it the stack for that.
const MAX_NESTING: usize = 10_000;

/// One printed result.
#[derive(Clone, Debug)]
pub struct Printed {
    /// The value.
    pub value: Value,
    /// The line of the statement, from 1.
    pub line: usize,
    /// The name of the text it stands in.
    pub source: String,
}

pub(super) type Outcome = Result<Value, Diagnostic>;

/// Names that hold for a part of the program: parameters, running names.
struct Frame {
    names: Vec<(String, Value)>,
    /// A function body does not see the frames of its caller.
    closed: bool,
}

/// Evaluates the statements of one run.
pub struct Evaluator<'a> {
    /// The bindings of the session.
    pub names: &'a mut Names,
    /// Printed values, for `_`.
    pub history: &'a mut Vec<Value>,
    /// The texts, for lines and for included files.
    pub sources: &'a mut Sources,
    /// The limits.
    pub limits: &'a Limits,
    /// The folder of the text that runs.
    pub base: PathBuf,
    /// Receives the printed results.
    pub emit: &'a mut dyn FnMut(Printed),
    /// The files being included, innermost last.
    pub including: Vec<PathBuf>,
    frames: Vec<Frame>,
    nesting: usize,
}

impl<'a> Evaluator<'a> {
    /// An evaluator that starts outside of everything.
    pub fn new(
        names: &'a mut Names,
        history: &'a mut Vec<Value>,
        sources: &'a mut Sources,
        limits: &'a Limits,
        base: &Path,
        emit: &'a mut dyn FnMut(Printed),
    ) -> Evaluator<'a> {
        let (base, including, frames) = (base.to_path_buf(), Vec::new(), Vec::new());
        Evaluator { names, history, sources, limits, base, emit, including, frames, nesting: 0 }
    }

    /// Runs one statement.
    pub fn statement(&mut self, statement: &Statement) -> Result<(), Diagnostic> {
        self.limits.check().map_err(|stop| Diagnostic::from(stop).at(statement.span))?;
        match &statement.node {
            StatementNode::Declaration(kind, name, expression) => {
                let mut value = self.expression(expression)?;
                super::check::declared(*kind, value.kind(), expression.span)?;
                if *kind == DeclaredKind::Algebra {
                    value = builtins::to_algebra_value(self.limits, &value).map_err(|e| e.at(expression.span))?;
                }
                if *kind == DeclaredKind::Group {
                    value = builtins::to_group(self.limits, &value).map_err(|e| e.at(expression.span))?;
                }
                self.names.set(&name.text, value);
            }
            StatementNode::Function(name, parameters, body) => {
                let function = Function { name: name.text.clone(), parameters: parameters.clone(), body: body.clone() };
                self.names.set(&name.text, Value::Function(Arc::new(function)));
            }
            StatementNode::Form(name, vectors, body) => {
                let form = self.form(vectors, body)?;
                self.names.set(&name.text, form);
            }
            StatementNode::Oracle(name, vectors, body) => {
                let oracle = self.oracle(name, vectors, body)?;
                self.names.set(&name.text, oracle);
            }
            StatementNode::Assert(expression) => self.assertion(expression)?,
            StatementNode::For(name, items, body) => {
                for item in self.items(items)? {
                    self.limits.check().map_err(|stop| Diagnostic::from(stop).at(statement.span))?;
                    self.within(vec![(name.text.clone(), item)], false, |this| {
                        body.iter().try_for_each(|statement| this.statement(statement))
                    })?;
                }
            }
            StatementNode::Include(path, span) => self.include(path, *span)?,
            StatementNode::Expression(expression) => {
                let value = self.expression(expression)?.numbered(self.names.numbering());
                if !matches!(value, Value::Nothing) {
                    self.history.push(value.clone());
                    let line = self.sources.line_column(statement.span).0;
                    let source = self.sources.name(statement.span.source).to_string();
                    (self.emit)(Printed { value, line, source });
                }
            }
        }
        Ok(())
    }

    fn assertion(&mut self, expression: &Expression) -> Result<(), Diagnostic> {
        // For a comparison the two sides say more than `false`.
        if let Node::Compare(left, links) = &expression.node
            && let [(link, right)] = links.as_slice()
        {
            let (a, b) = (self.expression(left)?, self.expression(right)?);
            if compare::compare(*link, &a, &b, self.limits).map_err(|e| e.at(expression.span))? {
                return Ok(());
            }
            let mut error = Diagnostic::new(Code::Assert, "this does not hold").at(expression.span);
            error.label = Some(format!("{} against {}", a.line(), b.line()));
            return Err(error);
        }
        match self.expression(expression)? {
            Value::Boolean(true) => Ok(()),
            Value::Boolean(false) => Err(Diagnostic::new(Code::Assert, "this does not hold").at(expression.span)),
            other => {
                let message = format!("assert takes true or false, not {}", other.kind());
                Err(Diagnostic::new(Code::Kind, message).at(expression.span))
            }
        }
    }

    /// Runs `body` with further names.
    pub(super) fn within<T>(
        &mut self,
        names: Vec<(String, Value)>,
        closed: bool,
        body: impl FnOnce(&mut Self) -> Result<T, Diagnostic>,
    ) -> Result<T, Diagnostic> {
        self.frames.push(Frame { names, closed });
        let result = body(self);
        self.frames.pop();
        result
    }

    fn items(&mut self, expression: &Expression) -> Result<Vec<Value>, Diagnostic> {
        let value = self.expression(expression)?;
        value.entries(self.limits)?.ok_or_else(|| match value {
            Value::Range(..) => {
                Diagnostic::new(Code::Argument, "this range has more than ten million entries").at(expression.span)
            }
            _ => Diagnostic::new(Code::Kind, format!("cannot run over {}", value.kind()))
                .at(expression.span)
                .label("expected a list or a range"),
        })
    }

    /// The value of an expression.
    pub fn expression(&mut self, expression: &Expression) -> Outcome {
        self.nesting += 1;
        let result = if self.nesting > MAX_NESTING {
            Err(Diagnostic::new(Code::Argument, "functions call each other too deeply")
                .hint("does this recursion end?"))
        } else {
            self.node(expression)
        };
        self.nesting -= 1;
        result.map_err(|error| error.at(expression.span))
    }

    fn node(&mut self, expression: &Expression) -> Outcome {
        match &expression.node {
            Node::Number(Literal::Exact(x)) => Ok(Value::rational(x.clone())),
            Node::Number(Literal::Imaginary(x)) => {
                Ok(Value::Number(Gaussian::new(crate::num::Rational::ZERO, x.clone())))
            }
            Node::Number(Literal::Float(x)) => Ok(Value::Float(*x)),
            Node::Text(text) => Ok(Value::text(text)),
            Node::Truth(truth) => Ok(Value::Boolean(*truth)),
            Node::Name(name) => match self.name(name)? {
                // octonion_form is octonion_form()
                Value::Builtin(row) if row.is_constant() => {
                    let arguments = row.bind(Vec::new(), expression.span)?;
                    self.run(&arguments, expression.span)
                }
                value => Ok(value),
            },
            Node::History(which) => self.recall(*which),
            Node::List(items) => {
                let items = items.iter().map(|e| self.expression(e)).collect::<Result<Vec<_>, _>>()?;
                Ok(Value::list(items))
            }
            Node::Matrix(rows) => self.matrix(rows, expression.span),
            Node::Comprehension { value, name, items, condition } => {
                let mut out = Vec::new();
                for item in self.items(items)? {
                    self.limits.check()?;
                    let value = self.within(vec![(name.text.clone(), item)], false, |this| match condition {
                        Some(condition) if !this.truth(condition)? => Ok(None),
                        _ => this.expression(value).map(Some),
                    })?;
                    out.extend(value);
                }
                Ok(Value::list(out))
            }
            Node::Brackets(table) => brackets::algebra(self, table, expression.span),
            Node::Prefix(Prefix::Not, inner) => Ok(Value::Boolean(!self.truth(inner)?)),
            Node::Prefix(Prefix::Minus, inner) => {
                let value = self.expression(inner)?;
                if let Some(negative) = arithmetic::negate(&value, self.limits) {
                    return negative;
                }
                let error = Diagnostic::new(Code::Kind, format!("{} has no negative", value.kind())).at(inner.span);
                if !matches!(value, Value::Module(_)) {
                    return Err(error);
                }
                let factor = Value::integer(-1);
                self.by_table("tensor", factor, inner.span, value, inner.span, expression.span).unwrap_or(Err(error))
            }
            Node::Chain(first, rest) => self.chain(first, rest),
            Node::Compare(first, rest) => {
                let mut left = self.expression(first)?;
                let mut so_far: Option<Value> = None;
                for (link, right) in rest {
                    let right = self.expression(right)?;
                    match symbolic::compare(*link, &left, &right) {
                        // Both hold where the product of the two is 1.
                        Some(now) => {
                            let now = now?;
                            so_far = Some(match so_far {
                                Some(before) => symbolic::binary(Operator::Times, &before, &now)?,
                                None => now,
                            });
                        }
                        None if !compare::compare(*link, &left, &right, self.limits)? => {
                            return Ok(Value::Boolean(false));
                        }
                        None => {}
                    }
                    left = right;
                }
                Ok(so_far.unwrap_or(Value::Boolean(true)))
            }
            Node::Power(base, exponent) => {
                let (a, b) = (self.expression(base)?, self.expression(exponent)?);
                if let Some(result) = powers::power(&a, &b, self.limits) {
                    return result;
                }
                let error = Diagnostic::new(Code::Kind, format!("{} has no power with {}", a.kind(), b.kind()));
                self.by_table("tensor_power", a, base.span, b, exponent.span, expression.span).unwrap_or(Err(error))
            }
            Node::Range(first, last) => {
                let bound = |this: &mut Self, e: &Expression| {
                    this.expression(e)?
                        .to_i64()
                        .ok_or_else(|| Diagnostic::new(Code::Kind, "the ends of a range are whole numbers").at(e.span))
                };
                Ok(Value::Range(bound(self, first)?, bound(self, last)?))
            }
            Node::Postfix(base, chain) => steps::walk(self, base, chain),
            Node::If(branches, otherwise) => {
                for (k, (condition, value)) in branches.iter().enumerate() {
                    let holds = self.expression(condition)?;
                    if let Value::Symbol(holds) = &holds {
                        // It depends on the point: both ways are followed.
                        let yes = self.expression(value)?;
                        let rest = branches.get(k + 1..).unwrap_or_default().to_vec();
                        let no = match rest.is_empty() {
                            true => self.expression(otherwise)?,
                            false => self
                                .node(&Expression { node: Node::If(rest, otherwise.clone()), span: expression.span })?,
                        };
                        return symbolic::choose(holds, &yes, &no);
                    }
                    if truth_of(&holds).map_err(|e| e.at(condition.span))? {
                        return self.expression(value);
                    }
                }
                self.expression(otherwise)
            }
        }
    }

    fn chain(&mut self, first: &Expression, rest: &[(Operator, Expression)]) -> Outcome {
        if let Some((operator @ (Operator::And | Operator::Or), _)) = rest.first() {
            let stop = *operator == Operator::Or;
            if self.truth(first)? == stop {
                return Ok(Value::Boolean(stop));
            }
            for (_, next) in rest {
                if self.truth(next)? == stop {
                    return Ok(Value::Boolean(stop));
                }
            }
            return Ok(Value::Boolean(!stop));
        }
        let mut sum = self.expression(first)?;
        let mut so_far = first.span;
        for (operator, next) in rest {
            let right = self.expression(next)?;
            let whole = so_far.to(next.span);
            sum = match arithmetic::binary(*operator, &sum, &right, self.limits) {
                Some(result) => result.map_err(|error| error.at(whole))?,
                None => {
                    let counted = builtins::groups::trivial::counted(*operator, sum, right, self.limits);
                    let (sum, right) = counted.map_err(|error| error.at(whole))?;
                    let error = cannot(*operator, &sum, &right).at(whole);
                    let name = match operator {
                        Operator::Plus => "direct_sum",
                        Operator::Minus => "difference",
                        Operator::Times => "tensor",
                        Operator::Arrow => "maps",
                        _ => return Err(error),
                    };
                    self.by_table(name, sum, so_far, right, next.span, whole).unwrap_or(Err(error))?
                }
            };
            so_far = whole;
        }
        Ok(sum)
    }

    /// An operator on kinds without arithmetic is a function of the table, when it takes these kinds.
    fn by_table(&mut self, name: &str, a: Value, at: Span, b: Value, bt: Span, whole: Span) -> Option<Outcome> {
        let row = builtins::find(name)?;
        let given = |what: Value, span| Given { keyword: None, what, span };
        let arguments = row.bind(vec![given(a, at), given(b, bt)], whole).ok()?;
        Some(self.run(&arguments, whole))
    }

    /// Calls a function of the table.
    pub(super) fn run(&mut self, arguments: &builtins::Arguments, span: Span) -> Outcome {
        let (limits, base) = (self.limits, self.base.clone());
        limits.check().map_err(|stop| Diagnostic::from(stop).at(span))?;
        let numbering = self.names.numbering();
        let mut call = |function: &Value, values: Vec<Value>| {
            let given = values.into_iter().map(|what| Given { keyword: None, what, span }).collect();
            steps::call(self, function, given, span)
        };
        let mut context = Context { limits, base: &base, span, call: &mut call, numbering, chosen: None };
        let result = (arguments.row().run)(&mut context, arguments).map_err(|error| error.at(span))?;
        if let Some(chosen) = context.chosen {
            self.names.set_numbering(chosen);
        }
        Ok(result)
    }

    /// Calls a function written in the language.
    pub(super) fn apply(&mut self, function: &Arc<Function>, given: Vec<Given<Value>>, span: Span) -> Outcome {
        let mut values: Vec<Option<Value>> = vec![None; function.parameters.len()];
        let mut next = 0;
        for argument in given {
            let at = match &argument.keyword {
                Some((word, at)) => function.parameters.iter().position(|p| p.text == *word).ok_or_else(|| {
                    Diagnostic::new(Code::Arity, format!("{} has no argument `{word}`", function.name)).at(*at)
                })?,
                None => {
                    next += 1;
                    next - 1
                }
            };
            match values.get_mut(at) {
                Some(slot) => *slot = Some(argument.what),
                None => return Err(arity(function, next).at(argument.span)),
            }
        }
        let mut names = Vec::new();
        for (parameter, value) in function.parameters.iter().zip(values) {
            let value = value.ok_or_else(|| arity(function, next).at(span))?;
            names.push((parameter.text.clone(), value));
        }
        self.limits.check()?;
        self.within(names, true, |this| this.expression(&function.body))
    }

    pub(super) fn truth(&mut self, expression: &Expression) -> Result<bool, Diagnostic> {
        truth_of(&self.expression(expression)?).map_err(|e| e.at(expression.span))
    }

    /// What a name means; a function of the table is not called.
    pub(super) fn name(&mut self, name: &str) -> Outcome {
        for frame in self.frames.iter().rev() {
            if let Some((_, value)) = frame.names.iter().rev().find(|(n, _)| n == name) {
                return Ok(value.clone());
            }
            if frame.closed {
                break;
            }
        }
        if let Some(value) = self.names.get(name) {
            return Ok(value.clone());
        }
        meaning(name).ok_or_else(|| Diagnostic::new(Code::Name, format!("`{name}` is not known")))
    }

    fn recall(&mut self, which: Option<usize>) -> Outcome {
        let found = match which {
            None => self.history.last(),
            Some(number) => number.checked_sub(1).and_then(|at| self.history.get(at)),
        };
        found.cloned().ok_or_else(|| {
            Diagnostic::new(Code::Name, "there is no such value yet")
                .hint("`_` is the last printed value, `_1` the first")
        })
    }

    fn matrix(&mut self, rows: &[Vec<Expression>], span: Span) -> Outcome {
        let mut values = Vec::new();
        for row in rows {
            values.push(row.iter().map(|e| self.expression(e)).collect::<Result<Vec<_>, _>>()?);
        }
        let cols = values.first().map_or(0, Vec::len);
        if let Some(at) = values.iter().position(|row| row.len() != cols) {
            let found = values.get(at).map_or(0, Vec::len);
            let message = format!(
                "row {} has {found} {}, row 1 has {cols}",
                at + 1,
                if found == 1 { "entry" } else { "entries" }
            );
            return Err(Diagnostic::new(Code::Shape, message).at(span));
        }
        for (value, entry) in values.iter().flatten().zip(rows.iter().flatten()) {
            let known = matches!(value, Value::Number(_) | Value::Quadratic(_) | Value::Cyclotomic(_))
                || value.to_f64().is_some();
            if !known {
                let message =
                    format!("the entries of a matrix are exact or floating-point numbers, not {}", value.line());
                return Err(Diagnostic::new(Code::Kind, message).at(entry.span));
            }
        }
        let list = Value::list(values.into_iter().map(Value::list));
        match (list.to_matrix(), cyclotomic::to_matrix(&list), list.to_float_matrix()) {
            (Some(exact), ..) => Ok(Value::Matrix(exact)),
            (None, Some(exact), _) => Ok(cyclotomic::matrix(exact.as_ref().clone())),
            (None, None, Some(floats)) => Ok(Value::FloatMatrix(floats)),
            _ => Err(Diagnostic::new(Code::Kind, "complex numbers and floats do not mix in a matrix").at(span)),
        }
    }
}

fn truth_of(value: &Value) -> Result<bool, Diagnostic> {
    match value {
        Value::Boolean(truth) => Ok(*truth),
        Value::Symbol(_) => Err(Diagnostic::new(Code::Kind, "whether this holds depends on the point")
            .hint("in the formula of an oracle only `if … then … else …` asks that")),
        other => Err(Diagnostic::new(Code::Kind, format!("expected true or false, not {}", other.kind()))),
    }
}

fn arity(function: &Function, given: usize) -> Diagnostic {
    let (name, count) = (&function.name, function.parameters.len());
    let plural = if count == 1 { "argument" } else { "arguments" };
    Diagnostic::new(Code::Arity, format!("{name} takes {count} {plural}, not {given}"))
}

/// The first of the errors of a check.
pub fn first(errors: Vec<Diagnostic>) -> Diagnostic {
    errors.into_iter().next().unwrap_or_else(|| Diagnostic::new(Code::Internal, "a check failed without a reason"))
}
