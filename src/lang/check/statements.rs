//! Checking statements: declarations, functions, forms, oracles, loops and included files.

use std::path::Path;

use super::Checker;
use super::names::{Binding, collect_names};
use crate::diag::{Code, Diagnostic};
use crate::lang::include::read_source;
use crate::lang::kind::Kinds;
use crate::lang::names::QUATERNION_UNITS;
use crate::lang::parse::parse;
use crate::lang::tree::*;
use crate::span::Span;

/// Whether a value of `kinds` may be declared with this word.
pub fn declared(word: DeclaredKind, kinds: Kinds, span: Span) -> Result<(), Diagnostic> {
    let wanted = match word {
        // A type stands for its split form, an exceptional one for its compact group; a group for its algebra, a
        // discovery for that of its generators, or for their connected group.
        DeclaredKind::Algebra => Kinds::ALGEBRA | Kinds::TYPE | Kinds::GROUP | Kinds::DISCOVERY,
        DeclaredKind::Group => Kinds::GROUP | Kinds::TYPE | Kinds::DISCOVERY,
        DeclaredKind::Rep => Kinds::REP,
        DeclaredKind::Network => Kinds::NETWORK,
        // Some built-in forms are several conditions at once: a list.
        DeclaredKind::Form => Kinds::FORM | Kinds::LIST,
        DeclaredKind::Any => Kinds::ANY,
    };
    if wanted.meets(kinds) {
        return Ok(());
    }
    let message = format!("`{}` declares {wanted}, but this is {kinds}", word.word());
    let hint = match word {
        DeclaredKind::Rep if kinds.within(Kinds::GROUP | Kinds::ALGEBRA) => {
            "vector(G) is the defining representation, adjoint(G) the adjoint one"
        }
        DeclaredKind::Group if kinds == Kinds::ALGEBRA => "exp(g) is the connected group of a matrix algebra g",
        _ => "`let x = …` takes any value",
    };
    Err(Diagnostic::new(Code::Kind, message).at(span).hint(hint))
}

impl Checker<'_> {
    pub(super) fn program(&mut self, program: &Program) {
        let before = self.later.len();
        collect_names(&program.statements, &mut self.later);
        for statement in &program.statements {
            self.statement(statement);
        }
        self.later.truncate(before);
    }

    fn statement(&mut self, statement: &Statement) {
        match &statement.node {
            StatementNode::Declaration(word, name, expression) => {
                let found = self.expression(expression, false);
                let result = declared(*word, found, expression.span);
                let kinds = match (word, &result) {
                    (DeclaredKind::Any, _) => found,
                    (DeclaredKind::Algebra, _) => Kinds::ALGEBRA,
                    (DeclaredKind::Group, _) => Kinds::GROUP,
                    (DeclaredKind::Rep, _) => Kinds::REP,
                    (DeclaredKind::Network, _) => Kinds::NETWORK,
                    (DeclaredKind::Form, _) => Kinds::FORM | Kinds::LIST,
                };
                result.unwrap_or_else(|error| self.error(error));
                self.bind(name, Binding::of(kinds));
            }
            StatementNode::Function(name, parameters, body) => {
                for (k, parameter) in parameters.iter().enumerate() {
                    if parameters.iter().take(k).any(|p| p.text == parameter.text) {
                        let message = format!("`{}` stands twice among the parameters", parameter.text);
                        self.error(Diagnostic::new(Code::Duplicate, message).at(parameter.span));
                    }
                }
                self.bind(name, Binding { kinds: Kinds::FUNCTION, arity: Some(parameters.len()) });
                let names = parameters.iter().map(|p| (p.text.clone(), Kinds::ANY)).collect();
                self.within(names, |this| {
                    this.expression(body, true);
                });
            }
            StatementNode::Form(name, vectors, body) => {
                self.form(name, vectors.iter().flatten(), &[], body, Kinds::FORM);
            }
            StatementNode::Oracle(name, vectors, body) => {
                let quaternionic = vectors.iter().any(|v| v.field.as_ref().is_some_and(|f| f.text == "H"));
                let units: &[&str] = if quaternionic { &QUATERNION_UNITS } else { &[] };
                self.form(name, vectors.iter().flat_map(|v| &v.coordinates), units, body, Kinds::ORACLE);
            }
            StatementNode::Assert(expression) => {
                let found = self.expression(expression, false);
                if !found.meets(Kinds::BOOLEAN) {
                    let message = format!("assert takes true or false, not {found}");
                    self.error(Diagnostic::new(Code::Kind, message).at(expression.span));
                }
            }
            StatementNode::For(name, items, body) => {
                let kinds = self.sequence(items, false);
                self.within(vec![(name.text.clone(), kinds)], |this| {
                    body.iter().for_each(|statement| this.statement(statement));
                });
            }
            StatementNode::Include(path, span) => self.include(path, *span),
            StatementNode::Expression(expression) => {
                self.expression(expression, false);
                self.known.printed += 1;
            }
        }
    }

    /// A form or an oracle in these coordinates, which are of this kind, as are the further names.
    fn form<'a>(
        &mut self,
        name: &Name,
        coordinates: impl Iterator<Item = &'a Coordinate>,
        further: &[&str],
        body: &Expression,
        kind: Kinds,
    ) {
        let mut names = Vec::new();
        for coordinate in coordinates {
            match coordinate.count {
                None => names.push((coordinate.name.text.clone(), kind)),
                Some(count) => {
                    names.push((coordinate.name.text.clone(), Kinds::LIST));
                    names.extend((1..=count).map(|k| (format!("{}{k}", coordinate.name.text), kind)));
                }
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        if let Some((twice, _)) = names.iter().find(|(n, _)| !seen.insert(n.as_str())) {
            let message = format!("the coordinate `{twice}` stands twice");
            self.errors.push(Diagnostic::new(Code::Duplicate, message).at(name.span));
        }
        // Coordinates are found first.
        names.splice(0..0, further.iter().map(|unit| (unit.to_string(), kind)));
        self.within(names, |this| {
            this.expression(body, false);
        });
        self.bind(name, Binding::of(kind));
    }

    fn include(&mut self, path: &str, span: Span) {
        let file = self.base.join(path);
        let (number, text) = match read_source(&file, self.sources, &self.including) {
            Ok(read) => read,
            Err(error) => return self.error(error.at(span)),
        };
        match parse(&text, number) {
            Err(error) => self.error(error),
            Ok(program) => {
                let folder = file.parent().map(Path::to_path_buf).unwrap_or_default();
                let outer = std::mem::replace(&mut self.base, folder);
                self.including.push(file);
                self.program(&program);
                self.including.pop();
                self.base = outer;
            }
        }
    }
}
