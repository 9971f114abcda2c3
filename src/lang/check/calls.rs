//! Checking calls, indices and attributes: what follows an expression.

use super::Checker;
use crate::builtins::{self, Builtin, Given};
use crate::diag::{Code, Diagnostic};
use crate::lang::kind::Kinds;
use crate::lang::near::nearest;
use crate::lang::tree::*;
use crate::span::Span;

impl Checker<'_> {
    pub(super) fn steps(&mut self, base: &Expression, steps: &[Step], lazy: bool) -> Kinds {
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
