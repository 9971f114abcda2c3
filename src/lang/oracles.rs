//! Forms and oracles: expressions in the coordinates of vectors.

use std::sync::Arc;

use super::eval::{Evaluator, Outcome};
use super::names::QUATERNION_UNITS;
use super::tree::{Coordinate, Expression, Name, OracleVector};
use super::value::{Field, NamedPolynomial, Value};
use crate::diag::{Code, Diagnostic};
use crate::discover::{Draft, Oracle, Role, Step, Symbol};
use crate::forms::Polynomial;

impl Evaluator<'_> {
    pub(super) fn form(&mut self, vectors: &[Vec<Coordinate>], body: &Expression) -> Outcome {
        let mut names: Vec<Vec<String>> = Vec::new();
        let mut bound = Vec::new();
        let mut total = 0u32;
        let coordinates = |coordinate: &Coordinate| -> Vec<String> {
            let name = &coordinate.name.text;
            match coordinate.count {
                None => vec![name.clone()],
                Some(count) => (1..=count).map(|k| format!("{name}{k}")).collect(),
            }
        };
        for vector in vectors {
            names.push(vector.iter().flat_map(coordinates).collect());
        }
        let names = Arc::new(names);
        for coordinate in vectors.iter().flatten() {
            let mut items = Vec::new();
            for name in coordinates(coordinate) {
                let polynomial = Polynomial::variable(total);
                let value = Value::Polynomial(Arc::new(NamedPolynomial { vectors: names.clone(), polynomial }));
                total += 1;
                bound.push((name, value.clone()));
                items.push(value);
            }
            if coordinate.count.is_some() {
                bound.push((coordinate.name.text.clone(), Value::list(items)));
            }
        }
        let value = self.within(bound, false, |this| this.expression(body))?;
        match value {
            Value::Polynomial(p) => Ok(Value::Polynomial(p)),
            Value::Number(x) => {
                Ok(Value::Polynomial(Arc::new(NamedPolynomial { vectors: names, polynomial: Polynomial::constant(x) })))
            }
            other => {
                Err(Diagnostic::new(Code::Kind, format!("a form is a polynomial, not {}", other.kind())).at(body.span))
            }
        }
    }

    pub(super) fn oracle(&mut self, name: &Name, vectors: &[OracleVector], body: &Expression) -> Outcome {
        let mut field = None;
        let mut names: Vec<Vec<(String, Option<String>)>> = Vec::new();
        for vector in vectors {
            let own = match vector.field.as_ref().map(|f| (f.text.as_str(), f.span)) {
                None | Some(("R", _)) => Field::Real,
                Some(("C", _)) => Field::Complex,
                Some(("H", _)) => Field::Quaternion,
                Some((_, span)) => {
                    let message = "the coordinates of an oracle are in R, in C or in H";
                    return Err(Diagnostic::new(Code::Name, message).at(span));
                }
            };
            if *field.get_or_insert(own) != own {
                return Err(Diagnostic::new(Code::Shape, "the vectors of an oracle live in one space").at(name.span));
            }
            let listed = |c: &Coordinate| {
                let text = c.name.text.clone();
                match c.count {
                    None => vec![(text, None)],
                    Some(count) => (1..=count).map(|k| (format!("{text}{k}"), Some(text.clone()))).collect(),
                }
            };
            names.push(vector.coordinates.iter().flat_map(listed).collect());
        }
        let size = names.first().map_or(0, Vec::len);
        if names.iter().any(|v| v.len() != size) {
            let sizes: Vec<usize> = names.iter().map(Vec::len).collect();
            let message = format!("the vectors of an oracle have the same dimension; here they have {sizes:?}");
            return Err(Diagnostic::new(Code::Shape, message).at(name.span));
        }
        let field = field.unwrap_or(Field::Real);
        let dimension = match field {
            Field::Real => size,
            Field::Complex => 2 * size,
            Field::Quaternion => 4 * size,
        };
        let draft = Arc::new(Draft::new());
        let mut bound: Vec<(String, Value)> = Vec::new();
        if field == Field::Quaternion {
            // Before the coordinates, which may be called j or k themselves.
            let units = QUATERNION_UNITS.into_iter().zip(Symbol::quaternion_units(&draft));
            bound.extend(units.map(|(name, unit)| (name.to_string(), Value::Symbol(unit))));
        }
        let mut lists: Vec<(String, Vec<Value>)> = Vec::new();
        for (c, vector) in names.iter().enumerate() {
            for (a, (coordinate, list)) in vector.iter().enumerate() {
                let first = c * dimension;
                let symbol = match field {
                    Field::Real => Symbol::variable(&draft, (first + a) as u32),
                    Field::Complex => Symbol::complex_variable(&draft, (first + a) as u32, (first + a + size) as u32),
                    Field::Quaternion => Symbol::quaternion_variable(&draft, (first + 4 * a) as u32),
                };
                bound.push((coordinate.clone(), Value::Symbol(symbol.clone())));
                if let Some(list) = list {
                    match lists.last_mut() {
                        Some((last, items)) if last == list => items.push(Value::Symbol(symbol)),
                        _ => lists.push((list.clone(), vec![Value::Symbol(symbol)])),
                    }
                }
            }
        }
        bound.extend(lists.into_iter().map(|(list, items)| (list, Value::list(items))));
        let value = self.within(bound, false, |this| this.expression(body))?;
        let outputs = real_values(&value, &draft).map_err(|e| e.at(body.span))?;
        let arguments = vec![Role::Vector; names.len()];
        let oracle = Oracle::new(dimension, field == Field::Complex, arguments, &draft, &outputs);
        let oracle = oracle.map_err(|e| Diagnostic::from(e).at(name.span))?;
        let coordinates = match field {
            Field::Real => names.into_iter().next().unwrap_or_default().into_iter().map(|(own, _)| own).collect(),
            _ => Vec::new(),
        };
        let oracle = oracle.with_quaternions(field == Field::Quaternion).named(coordinates);
        Ok(Value::Oracle(Arc::new(oracle.described(name.text.clone()))))
    }
}

/// The real values of the formula of an oracle, lists inside lists one after the other; of complex and quaternionic ones
/// all parts.
fn real_values(value: &Value, draft: &Arc<Draft>) -> Result<Vec<u32>, Diagnostic> {
    let mut out = Vec::new();
    let mut left = vec![value.clone()];
    while let Some(item) = left.pop() {
        match item {
            Value::List(items) => left.extend(items.iter().rev().cloned()),
            Value::Symbol(symbol) if Arc::ptr_eq(symbol.draft(), draft) => {
                out.extend(symbol.parts());
            }
            // A constant is invariant under everything.
            Value::Number(x) if x.is_real() => out.push(draft.exact(x.re.clone())),
            Value::Float(x) => out.push(draft.push(Step::Float(x))),
            other if other.to_f64().is_some() => out.push(draft.push(Step::Float(other.to_f64().unwrap_or(0.0)))),
            other => {
                let message = format!("an oracle has numbers as values, not {}", other.kind());
                return Err(Diagnostic::new(Code::Kind, message));
            }
        }
    }
    Ok(out)
}
