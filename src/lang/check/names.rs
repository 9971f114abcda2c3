//! What is known of names: those bound before a text, parameters, and names that come later.

use std::collections::BTreeMap;

use super::Checker;
use crate::builtins;
use crate::builtins::foreign::{habit, known_elsewhere};
use crate::diag::{Code, Diagnostic};
use crate::lang::kind::Kinds;
use crate::lang::names::{Names, meaning};
use crate::lang::near::{nearest, usual_spelling};
use crate::lang::tree::*;
use crate::lang::value::Value;
use crate::span::Span;

/// What is known of a name.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub(super) kinds: Kinds,
    /// The number of parameters of a function written in the language.
    pub(super) arity: Option<usize>,
}

impl Binding {
    pub(super) fn of(kinds: Kinds) -> Binding {
        Binding { kinds, arity: None }
    }
}

/// The names that are bound before a text starts.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub(super) names: BTreeMap<String, Binding>,
    pub(super) printed: usize,
}

impl Known {
    /// Those of a session.
    pub fn of(names: &Names, printed: usize) -> Known {
        let binding = |value: &Value| Binding {
            kinds: value.kind(),
            arity: match value {
                Value::Function(function) => Some(function.parameters.len()),
                _ => None,
            },
        };
        Known { names: names.iter().map(|(name, value)| (name.to_string(), binding(value))).collect(), printed }
    }
}

impl Checker<'_> {
    pub(super) fn lookup(&mut self, name: &str, span: Span, lazy: bool) -> Binding {
        if let Some((_, kinds)) = self.frames.iter().rev().find(|(n, _)| n == name) {
            return Binding::of(*kinds);
        }
        // The body of a function runs later, when names may mean something else.
        if let Some(known) = self.known.names.get(name) {
            return if lazy { Binding::of(Kinds::ANY) } else { known.clone() };
        }
        match meaning(name) {
            Some(Value::Builtin(row)) if row.is_constant() => return Binding::of(row.returns | Kinds::FUNCTION),
            Some(value) => return Binding::of(value.kind()),
            None => {}
        }
        if !(lazy && self.later.iter().any(|n| n == name)) {
            let error = self.unknown(name, span);
            self.error(error);
        }
        Binding::of(Kinds::ANY)
    }

    fn unknown(&self, name: &str, span: Span) -> Diagnostic {
        let error = Diagnostic::new(Code::Name, format!("`{name}` is not known")).at(span);
        let own = self.frames.iter().map(|(n, _)| n.clone()).chain(self.known.names.keys().cloned());
        let candidates: Vec<String> = own.chain(builtins::names().map(str::to_string)).collect();
        if self.later.iter().any(|n| n == name) {
            return error.hint(format!("`{name}` is declared further down"));
        }
        if let Some(instead) = habit(name) {
            return error.hint(instead);
        }
        if let Some(usual) = usual_spelling(name) {
            return error.label(format!("did you mean `{usual}`?"));
        }
        let near = nearest(name, candidates.iter().map(String::as_str)).or_else(|| known_elsewhere(name));
        match near {
            Some(near) => error.label(format!("did you mean `{near}`?")),
            None => error.hint("`symmetra help`, or ? in a session, lists the functions"),
        }
    }
}

/// The names that statements declare, at any depth.
pub(super) fn collect_names(statements: &[Statement], out: &mut Vec<String>) {
    for statement in statements {
        match &statement.node {
            StatementNode::Declaration(_, name, _)
            | StatementNode::Function(name, ..)
            | StatementNode::Form(name, ..)
            | StatementNode::Oracle(name, ..) => {
                out.push(name.text.clone());
            }
            StatementNode::For(_, _, body) => collect_names(body, out),
            _ => {}
        }
    }
}
