//! The checker: names, kinds and arities, before anything is computed.
//!
//! It reports every error of a text. What it cannot know (the kind of a parameter, say) it lets pass; the
//! evaluator checks again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::arithmetic;
use super::kind::Kinds;
use super::names::{Names, QUATERNION_UNITS, meaning};
use super::near::{nearest, usual_spelling};
use super::operators;
use super::tree::*;
use super::value::Value;
use crate::builtins::foreign::{habit, known_elsewhere};
use crate::builtins::{self, Builtin, Given, Mode};
use crate::diag::{Code, Diagnostic, Sources};
use crate::span::Span;

/// A program that passed the check; only these are evaluated.
pub struct Checked {
    program: Program,
}

impl Checked {
    /// Its statements.
    pub fn statements(&self) -> &[Statement] {
        &self.program.statements
    }
}

/// What is known of a name.
#[derive(Clone, Debug)]
struct Binding {
    kinds: Kinds,
    /// The number of parameters of a function written in the language.
    arity: Option<usize>,
}

impl Binding {
    fn of(kinds: Kinds) -> Binding {
        Binding { kinds, arity: None }
    }
}

/// The names that are bound before a text starts.
#[derive(Clone, Debug, Default)]
pub struct Known {
    names: BTreeMap<String, Binding>,
    printed: usize,
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

/// Checks a program; the files it includes are read (and added to `sources`) but not run.
pub fn check(
    program: Program,
    known: Known,
    base: &Path,
    sources: &mut Sources,
    including: &[PathBuf],
) -> Result<Checked, Vec<Diagnostic>> {
    let mut checker = Checker {
        known,
        base: base.to_path_buf(),
        sources,
        including: including.to_vec(),
        frames: Vec::new(),
        later: Vec::new(),
        errors: Vec::new(),
    };
    checker.program(&program);
    if checker.errors.is_empty() { Ok(Checked { program }) } else { Err(checker.errors) }
}

struct Checker<'a> {
    known: Known,
    base: PathBuf,
    sources: &'a mut Sources,
    including: Vec<PathBuf>,
    /// Names of parameters and loops; a function body starts with `None`, beyond which only later names show.
    frames: Vec<(String, Kinds)>,
    /// Names declared anywhere in this text: a function body may use them before they are declared.
    later: Vec<String>,
    errors: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn program(&mut self, program: &Program) {
        let before = self.later.len();
        collect_names(&program.statements, &mut self.later);
        for statement in &program.statements {
            self.statement(statement);
        }
        self.later.truncate(before);
    }

    fn error(&mut self, error: Diagnostic) {
        // A text that is wrong from end to end needs no more than the first hundred messages.
        if self.errors.len() < 100 {
            self.errors.push(error);
        }
    }

    fn bind(&mut self, name: &Name, binding: Binding) {
        self.known.names.insert(name.text.clone(), binding);
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
        let (number, text) = match super::include::read_source(&file, self.sources, &self.including) {
            Ok(read) => read,
            Err(error) => return self.error(error.at(span)),
        };
        match super::parse::parse(&text, number) {
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

    fn within(&mut self, names: Vec<(String, Kinds)>, body: impl FnOnce(&mut Self)) {
        let before = self.frames.len();
        self.frames.extend(names);
        body(self);
        self.frames.truncate(before);
    }

    /// The kinds of what a loop runs over.
    fn sequence(&mut self, items: &Expression, lazy: bool) -> Kinds {
        let found = self.expression(items, lazy);
        if !found.meets(Kinds::ITERABLE) {
            let message = format!("cannot run over {found}");
            self.error(Diagnostic::new(Code::Kind, message).at(items.span).label("expected a list or a range"));
        }
        if found == Kinds::RANGE { Kinds::NUMBER } else { Kinds::ANY }
    }

    fn lookup(&mut self, name: &str, span: Span, lazy: bool) -> Binding {
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

    /// Checks an expression and says what kinds its value can have. `lazy`: it stands in the body of a function.
    fn expression(&mut self, expression: &Expression, lazy: bool) -> Kinds {
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

    fn steps(&mut self, base: &Expression, steps: &[Step], lazy: bool) -> Kinds {
        let mut kinds;
        let mut so_far = base.span;
        let mut steps = steps.iter().peekable();
        // A name that is called at once: its row or its number of parameters is known.
        let mut callee = None;
        let mut arity = None;
        match &base.node {
            Node::Name(name) if matches!(steps.peek(), Some(Step { node: StepNode::Call(_), .. })) => {
                let own = self.frames.iter().any(|(n, _)| n == name) || self.known.names.contains_key(name);
                let binding = self.lookup(name, base.span, lazy);
                (kinds, arity) = (binding.kinds, binding.arity);
                if !own {
                    callee = builtins::find(name);
                }
            }
            _ => kinds = self.expression(base, lazy),
        }
        while let Some(step) = steps.next() {
            let whole = so_far.to(step.span);
            match &step.node {
                StepNode::Call(arguments) => {
                    let given = self.arguments(arguments, lazy);
                    if callee.is_none() && !kinds.meets(Kinds::FUNCTION | Kinds::TYPE | Kinds::NETWORK | Kinds::FIELD) {
                        self.not_callable(&base.node, kinds, whole);
                    }
                    kinds = self.call(callee, arity, kinds, given, whole);
                }
                StepNode::Index(indices) => {
                    indices.iter().for_each(|i| {
                        self.expression(i, lazy);
                    });
                    kinds = Kinds::ANY;
                }
                StepNode::Attribute(word) => {
                    let given = Given { keyword: None, what: kinds, span: so_far };
                    let mut all = vec![given];
                    // Values of these kinds may have attributes of their own.
                    let maybe_own = kinds.meets(Kinds::RECORD | Kinds::DISCOVERY | Kinds::TABLE | Kinds::NETWORK);
                    let own = self.known.names.contains_key(word);
                    if let Some(Step { node: StepNode::Call(arguments), .. }) = steps.peek()
                        && !maybe_own
                    {
                        all.extend(self.arguments(arguments, lazy));
                        steps.next();
                    }
                    kinds = match builtins::find(word) {
                        _ if maybe_own || own => Kinds::ANY,
                        Some(row) => self.call(Some(row), None, Kinds::FUNCTION, all, whole),
                        None => {
                            let mut error =
                                Diagnostic::new(Code::Name, format!("{kinds} has no `{word}`")).at(step.span);
                            if let Some(near) = nearest(word, builtins::names()) {
                                error = error.label(format!("did you mean `{near}`?"));
                            }
                            self.error(error);
                            Kinds::ANY
                        }
                    };
                }
            }
            (callee, arity) = (None, None);
            so_far = whole;
        }
        kinds
    }

    fn arguments(&mut self, arguments: &[Argument], lazy: bool) -> Vec<Given<Kinds>> {
        let given = |this: &mut Self, argument: &Argument| Given {
            keyword: argument.keyword.as_ref().map(|k| (k.text.clone(), k.span)),
            what: this.expression(&argument.value, lazy),
            span: argument.value.span,
        };
        arguments.iter().map(|argument| given(self, argument)).collect()
    }

    /// A value is called; it may stand under the name of a function of the language.
    fn not_callable(&mut self, base: &Node, kinds: Kinds, span: Span) {
        let mut error = Diagnostic::new(Code::Kind, format!("{kinds} cannot be called")).at(span);
        if let Node::Name(name) = base
            && builtins::find(name).is_some()
        {
            error = error.hint(format!("a definition of your own hides the function `{name}`; give it another name"));
        }
        self.error(error);
    }

    fn call(
        &mut self,
        row: Option<&'static Builtin>,
        arity: Option<usize>,
        callee: Kinds,
        given: Vec<Given<Kinds>>,
        span: Span,
    ) -> Kinds {
        if let Some(row) = row {
            match row.assign(&given, span) {
                Err(error) => self.error(error),
                Ok(places) => {
                    for (at, argument) in places.into_iter().zip(&given) {
                        if !row.params.get(at).is_some_and(|p| p.kinds.meets(argument.what)) {
                            self.error(row.wrong_kind(at, argument.what, argument.span));
                        }
                    }
                }
            }
            return row.returns;
        }
        if let Some(count) = arity
            && count != given.len()
        {
            let plural = if count == 1 { "argument" } else { "arguments" };
            let message = format!("this function takes {count} {plural}, not {}", given.len());
            self.error(Diagnostic::new(Code::Arity, message).at(span));
        }
        if callee == Kinds::TYPE { Kinds::ALGEBRA } else { Kinds::ANY }
    }
}

/// The names that statements declare, at any depth.
fn collect_names(statements: &[Statement], out: &mut Vec<String>) {
    for statement in statements {
        match &statement.node {
            StatementNode::Declaration(_, name, _)
            | StatementNode::Function(name, ..)
            | StatementNode::Form(name, ..) => {
                out.push(name.text.clone());
            }
            StatementNode::For(_, _, body) => collect_names(body, out),
            _ => {}
        }
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
