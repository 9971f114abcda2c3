//! Calls, indices and attributes: what follows a value.

use std::sync::Arc;

use super::cyclotomic;
use super::eval::{Evaluator, Outcome};
use super::near::nearest;
use super::print::basis_keys;
use super::tree::{Argument, Expression, Node, Step, StepNode};
use super::value::{Field, Value};
use crate::builtins::{self, Given};
use crate::diag::{Code, Diagnostic};
use crate::limits::Limits;
use crate::num::Rational;
use crate::span::Span;

/// Evaluates `base` and then each step on what came before.
pub fn walk(evaluator: &mut Evaluator<'_>, base: &Expression, steps: &[Step]) -> Outcome {
    let called_at_once = matches!(steps.first(), Some(Step { node: StepNode::Call(_), .. }));
    let mut value = match &base.node {
        Node::Name(name) if called_at_once => evaluator.name(name).map_err(|e| e.at(base.span))?,
        _ => evaluator.expression(base)?,
    };
    let mut so_far = base.span;
    let mut steps = steps.iter().peekable();
    while let Some(step) = steps.next() {
        let whole = so_far.to(step.span);
        value = match &step.node {
            StepNode::Call(arguments) => {
                let given = evaluate(evaluator, arguments)?;
                call(evaluator, &value, given, whole)?
            }
            StepNode::Index(indices) => {
                let indices = indices
                    .iter()
                    .map(|e| Ok((evaluator.expression(e)?, e.span)))
                    .collect::<Result<Vec<_>, Diagnostic>>()?;
                index(&value, &indices, evaluator.limits).map_err(|e| e.at(step.span))?
            }
            StepNode::Attribute(word) => {
                let mut given = vec![Given { keyword: None, what: value.clone(), span: so_far }];
                let mut whole = whole;
                if let Some(known) = attribute(&value, word) {
                    known
                } else {
                    // x.f(y) is f(x, y), and x.f is f(x).
                    if let Some(Step { node: StepNode::Call(arguments), span }) = steps.peek() {
                        given.extend(evaluate(evaluator, arguments)?);
                        whole = whole.to(*span);
                        steps.next();
                    }
                    let function = method(evaluator, word, &value).map_err(|e| e.at(step.span))?;
                    call(evaluator, &function, given, whole)?
                }
            }
        };
        so_far = whole;
    }
    Ok(value)
}

fn evaluate(evaluator: &mut Evaluator<'_>, arguments: &[Argument]) -> Result<Vec<Given<Value>>, Diagnostic> {
    arguments
        .iter()
        .map(|argument| {
            let keyword = argument.keyword.as_ref().map(|k| (k.text.clone(), k.span));
            Ok(Given { keyword, what: evaluator.expression(&argument.value)?, span: argument.value.span })
        })
        .collect()
}

/// Calls a value: a function, a network, or a Cartan type as the name of a real form.
pub fn call(evaluator: &mut Evaluator<'_>, function: &Value, mut given: Vec<Given<Value>>, span: Span) -> Outcome {
    match function {
        Value::Builtin(row) => {
            let arguments = row.bind(given, span)?;
            evaluator.run(&arguments, span)
        }
        Value::Function(function) => evaluator.apply(function, given, span),
        // N(x) is apply(N, x).
        Value::Network(_) | Value::Shallow(_) => {
            let row = builtins::find("apply")
                .ok_or_else(|| Diagnostic::new(Code::Unsupported, "networks cannot be called yet").at(span))?;
            given.insert(0, Given { keyword: None, what: function.clone(), span });
            let arguments = row.bind(given, span)?;
            evaluator.run(&arguments, span)
        }
        // E6(-26), G2(2), F4(C)
        Value::Type(_) => {
            let row = builtins::find("real_form")
                .ok_or_else(|| Diagnostic::new(Code::Unsupported, "real forms cannot be built by name yet").at(span))?;
            given.insert(0, Given { keyword: None, what: function.clone(), span });
            let arguments = row.bind(given, span)?;
            evaluator.run(&arguments, span)
        }
        // C(8): rotations of the plane.
        Value::Field(Field::Complex) => {
            let row = builtins::find("Cyclic")
                .ok_or_else(|| Diagnostic::new(Code::Unsupported, "a field cannot be called").at(span))?;
            let arguments = row.bind(given, span)?;
            evaluator.run(&arguments, span)
        }
        other => Err(Diagnostic::new(Code::Kind, format!("{} cannot be called", other.kind())).at(span)),
    }
}

/// An attribute that belongs to the value itself.
fn attribute(value: &Value, word: &str) -> Option<Value> {
    match value {
        Value::Record(record) => record.keys.get(word).map(|json| Value::attribute(word, json)),
        Value::Basis(basis) => basis_keys(basis).get(word).map(Value::from_json),
        Value::Discovery(it) => builtins::discovery_attribute(it, word),
        Value::Training(it) => builtins::training_attribute(it, word),
        Value::Table(table) => builtins::table_attribute(table, word),
        Value::Tying(it) => it.attribute(word),
        Value::Shallow(it) => it.attribute(word),
        _ => None,
    }
}

fn method(evaluator: &Evaluator<'_>, word: &str, value: &Value) -> Outcome {
    if let Some(function @ Value::Function(_)) = evaluator.names.get(word) {
        return Ok(function.clone());
    }
    // What is no function of results is meant as an attribute of one.
    let takes = |row: &builtins::Builtin| row.params.first().is_none_or(|first| first.kinds.meets(value.kind()));
    if let Some(row) = builtins::find(word).filter(|row| !matches!(value, Value::Record(_)) || takes(row)) {
        return Ok(Value::Builtin(row));
    }
    if let Value::Discovery(it) = value {
        return Err(builtins::no_discovery_attribute(it, word));
    }
    let mut error = Diagnostic::new(Code::Name, format!("{} has no `{word}`", value.kind()));
    if let Value::Record(record) = value {
        let keys = record.keys.keys().map(String::as_str);
        match nearest(word, keys.clone()) {
            Some(near) => error = error.label(format!("did you mean `{near}`?")),
            None => error = error.hint(format!("it has {}", keys.collect::<Vec<_>>().join(", "))),
        }
    } else if let Some(near) = nearest(word, builtins::names()) {
        error = error.label(format!("did you mean `{near}`?"));
    }
    Err(error)
}

/// `v[k]`, `m[i, j]`, `m[i]`; indices start at 1.
fn index(value: &Value, indices: &[(Value, Span)], limits: &Limits) -> Outcome {
    let position = |at: usize, length: usize| -> Result<usize, Diagnostic> {
        let (index, span) = indices
            .get(at)
            .ok_or_else(|| Diagnostic::new(Code::Index, format!("{} takes {} indices", value.kind(), at + 1)))?;
        let Some(number) = index.to_i64() else {
            if matches!(index, Value::Number(number) if number.is_real() && number.re.is_integer()) {
                let message = format!("there is no entry {}; indices run from 1 to {length}", index.line());
                return Err(Diagnostic::new(Code::Index, message).at(*span));
            }
            return Err(
                Diagnostic::new(Code::Kind, format!("an index is a whole number, not {}", index.kind())).at(*span)
            );
        };
        let fits = usize::try_from(number).ok().filter(|n| (1..=length).contains(n));
        fits.map(|n| n - 1).ok_or_else(|| {
            let error =
                Diagnostic::new(Code::Index, format!("there is no entry {number}; indices run from 1 to {length}"));
            error.at(*span)
        })
    };
    let at_most = |count: usize| match indices.get(count) {
        Some((_, span)) => Err(Diagnostic::new(
            Code::Index,
            format!("{} takes {}", value.kind(), if count == 1 { "one index" } else { "at most two indices" }),
        )
        .at(*span)),
        None => Ok(()),
    };
    let lost = || Diagnostic::new(Code::Index, "there is no such entry");
    match value {
        Value::List(items) => {
            at_most(1)?;
            items.get(position(0, items.len())?).cloned().ok_or_else(lost)
        }
        Value::Range(first, last) => {
            at_most(1)?;
            let length = usize::try_from(last.saturating_sub(*first).saturating_add(1)).unwrap_or(0);
            Ok(Value::integer(first.saturating_add(position(0, length)? as i64)))
        }
        Value::Matrix(m) => {
            at_most(2)?;
            let row = position(0, m.rows())?;
            if indices.len() == 1 {
                return Ok(Value::list(m.row(row).iter().map(|x| Value::Number(x.clone()))));
            }
            m.get(row, position(1, m.cols())?).cloned().map(Value::Number).ok_or_else(lost)
        }
        Value::CyclotomicMatrix(m) => {
            at_most(2)?;
            let row = position(0, m.rows())?;
            if indices.len() == 1 {
                return Ok(Value::list(m.row(row).iter().cloned().map(cyclotomic::value)));
            }
            m.get(row, position(1, m.cols())?).cloned().map(cyclotomic::value).ok_or_else(lost)
        }
        Value::FloatMatrix(m) => {
            at_most(2)?;
            let row = position(0, m.rows())?;
            if indices.len() == 1 {
                return Ok(Value::list(m.row(row).iter().map(|x| Value::Float(*x))));
            }
            m.get(row, position(1, m.cols())?).copied().map(Value::Float).ok_or_else(lost)
        }
        // A matrix of a basis of maps, or an invariant as a column.
        Value::Basis(it) => {
            at_most(1)?;
            it.matrix(position(0, it.basis.rank())?, limits)?.ok_or_else(lost)
        }
        // The basis of an algebra.
        Value::Algebra(algebra) => {
            at_most(1)?;
            let k = position(0, algebra.dim())?;
            let unit = (0..algebra.dim()).map(|j| if j == k { Rational::ONE } else { Rational::ZERO });
            Ok(Value::Element(algebra.clone(), Arc::new(unit.collect())))
        }
        Value::Element(_, x) => {
            at_most(1)?;
            x.get(position(0, x.len())?).cloned().map(Value::rational).ok_or_else(lost)
        }
        Value::Text(text) => {
            at_most(1)?;
            let letters: Vec<char> = text.chars().collect();
            letters.get(position(0, letters.len())?).map(|c| Value::text(c.to_string())).ok_or_else(lost)
        }
        // A result that is a list of things.
        Value::Record(record) if record.entries().is_some() => {
            at_most(1)?;
            let entries = record.entries().unwrap_or_default();
            entries.get(position(0, entries.len())?).map(Value::from_json).ok_or_else(lost)
        }
        other => Err(Diagnostic::new(Code::Kind, format!("{} has no entries", other.kind()))),
    }
}
