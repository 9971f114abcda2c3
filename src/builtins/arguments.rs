//! Arguments: which value goes to which parameter, and how a function reads them.

use std::sync::Arc;

use super::{Builtin, Mode, Param};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::lang::kind::Kinds;
use crate::lang::near::nearest;
use crate::lang::value::Value;
use crate::lie::Algebra;
use crate::num::Gaussian;
use crate::span::Span;

/// An argument as the caller wrote it, with whatever is known of it: its kind before, its value during a run.
#[derive(Clone, Debug)]
pub struct Given<T> {
    /// The keyword, when there is one, and its place.
    pub keyword: Option<(String, Span)>,
    /// What is known.
    pub what: T,
    /// Where it stands.
    pub span: Span,
}

impl Builtin {
    /// Finds the parameter of each argument (an index into `params`), or says what is wrong with the call.
    pub fn assign<T>(&self, given: &[Given<T>], call: Span) -> Result<Vec<usize>, Diagnostic> {
        let positional: Vec<usize> = (0..self.params.len()).filter(|&i| !self.is_keyword(i)).collect();
        let variadic = positional.iter().copied().find(|&i| self.params.get(i).is_some_and(|p| p.mode == Mode::Rest));
        let mut used = vec![false; self.params.len()];
        let mut out = Vec::with_capacity(given.len());
        let mut next = 0;
        for argument in given {
            let at = match &argument.keyword {
                Some((word, span)) => self.keyword_at(word, *span)?,
                None => {
                    let at = positional.get(next).copied().or(variadic);
                    next += 1;
                    let unnamed = given.iter().filter(|other| other.keyword.is_none()).count();
                    at.ok_or_else(|| self.wrong_count(unnamed, argument.span))?
                }
            };
            let repeatable = Some(at) == variadic;
            if let Some(slot) = used.get_mut(at) {
                if *slot && !repeatable {
                    let name = self.params.get(at).map_or("", |p| p.name);
                    return Err(Diagnostic::new(Code::Arity, format!("`{name}` is given twice")).at(argument.span));
                }
                *slot = true;
            }
            out.push(at);
        }
        for (param, used) in self.params.iter().zip(&used) {
            if param.mode == Mode::Required && !used {
                let message = format!("{} needs {} `{}`", self.name, param.kinds, param.name);
                return Err(Diagnostic::new(Code::Arity, message).at(call).hint(self.outline()));
            }
        }
        Ok(out)
    }

    /// The signature, or when it is long the names of the arguments as far as they fit on a line.
    fn outline(&self) -> String {
        const WIDTH: usize = 100;
        let whole = self.signature();
        if whole.chars().count() <= WIDTH {
            return whole;
        }
        let mut out = format!("{}(", self.name);
        for (k, param) in self.params.iter().enumerate() {
            let separator = if k == 0 { "" } else { ", " };
            if out.chars().count() + separator.len() + param.name.chars().count() + 2 > WIDTH {
                return format!("{out}, …); ?{} says what they are", self.name);
            }
            out = out + separator + param.name;
        }
        format!("{out}); ?{} says what they are", self.name)
    }

    fn is_keyword(&self, at: usize) -> bool {
        self.params.get(at).is_some_and(|p| matches!(p.mode, Mode::Keyword(_)))
    }

    fn keyword_at(&self, word: &str, span: Span) -> Result<usize, Diagnostic> {
        let fits = |p: &Param| p.name == word && p.mode != Mode::Rest;
        self.params.iter().position(fits).ok_or_else(|| {
            let mut error = Diagnostic::new(Code::Arity, format!("{} has no argument `{word}`", self.name)).at(span);
            if let Some(near) = nearest(word, self.params.iter().map(|p| p.name)) {
                error = error.label(format!("did you mean `{near}`?"));
            }
            error.hint(self.outline())
        })
    }

    fn wrong_count(&self, given: usize, span: Span) -> Diagnostic {
        let named = (0..self.params.len()).filter(|&at| self.is_keyword(at)).count();
        let most = self.params.len() - named;
        let others = if named == 0 { "" } else { " without a name" };
        let message = match most {
            0 => format!("{} takes no arguments{others}", self.name),
            1 => format!("{} takes one argument{others}, not {given}", self.name),
            _ => format!("{} takes at most {most} arguments{others}, not {given}", self.name),
        };
        Diagnostic::new(Code::Arity, message).at(span).hint(self.outline())
    }

    /// The error for an argument of the wrong kind.
    pub fn wrong_kind(&self, param: usize, found: Kinds, span: Span) -> Diagnostic {
        let (name, kinds) = self.params.get(param).map_or(("", Kinds::ANY), |p| (p.name, p.kinds));
        let error = Diagnostic::new(Code::Kind, format!("{} takes {kinds} as `{name}`, not {found}", self.name))
            .at(span)
            .label(format!("this is {found}"));
        if found == Kinds::TEXT && kinds.meets(Kinds::ALGEBRA) {
            return error.hint("leave the quotes out, or make an algebra of a name: real_form(\"su(2,1)\")");
        }
        if found == Kinds::TEXT && kinds.meets(Kinds::TABLE) {
            return error.hint("table(\"data.csv\") reads a file of rows and columns");
        }
        if found == Kinds::TYPE && kinds.meets(Kinds::GROUP) {
            return error.hint("exceptional(G2) is the compact group of an exceptional type, as `group G = G2` is");
        }
        error.hint(self.outline())
    }

    /// Brings the values of a call to their parameters.
    pub fn bind(&'static self, given: Vec<Given<Value>>, call: Span) -> Result<Arguments, Diagnostic> {
        let places = self.assign(&given, call)?;
        let mut out = Arguments { row: self, call, values: Vec::new() };
        for (at, argument) in places.into_iter().zip(given) {
            let kinds = self.params.get(at).map_or(Kinds::NOTHING, |p| p.kinds);
            let mut value = argument.what;
            // What calculates in floats takes real matrices of every kind.
            if value.kind() == Kinds::CYCLOTOMIC_MATRIX
                && !kinds.meets(Kinds::CYCLOTOMIC_MATRIX)
                && kinds.meets(Kinds::FLOAT_MATRIX)
                && let Some(floats) = value.to_float_matrix()
            {
                value = Value::FloatMatrix(floats);
            }
            if !kinds.meets(value.kind()) {
                return Err(self.wrong_kind(at, value.kind(), argument.span));
            }
            out.values.push((at, value, argument.span));
        }
        Ok(out)
    }
}

/// A number as messages show it: of very long ones the beginning and the number of characters.
pub(super) fn brief(number: &str) -> String {
    const LONGEST: usize = 40;
    match number.chars().count() {
        count if count > LONGEST => format!("{}… ({count} characters)", number.chars().take(12).collect::<String>()),
        _ => number.to_string(),
    }
}

/// The values of a call, by parameter.
#[derive(Clone, Debug)]
pub struct Arguments {
    row: &'static Builtin,
    call: Span,
    values: Vec<(usize, Value, Span)>,
}

impl Arguments {
    fn find(&self, name: &str) -> Option<&(usize, Value, Span)> {
        let at = self.row.params.iter().position(|p| p.name == name)?;
        self.values.iter().find(|(place, ..)| *place == at)
    }

    /// The function that was called.
    pub fn row(&self) -> &'static Builtin {
        self.row
    }

    /// Where an argument stands; the call when it was left out.
    pub fn span(&self, name: &str) -> Span {
        self.find(name).map_or(self.call, |(.., span)| *span)
    }

    /// An argument, when it was given.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.find(name).map(|(_, value, _)| value)
    }

    /// An argument that this call cannot do without, although others of its function may.
    pub fn value(&self, name: &str) -> Result<&Value, Diagnostic> {
        self.get(name).ok_or_else(|| Diagnostic::new(Code::Arity, format!("this call needs `{name}`")).at(self.call))
    }

    /// The arguments of a variadic parameter, with their places.
    pub fn rest(&self, name: &str) -> Vec<(Value, Span)> {
        let at = self.row.params.iter().position(|p| p.name == name);
        let fits = self.values.iter().filter(|(place, ..)| Some(*place) == at);
        fits.map(|(_, value, span)| (value.clone(), *span)).collect()
    }

    /// An error at the place of an argument.
    pub fn wrong(&self, name: &str, code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, message).at(self.span(name))
    }

    /// An argument of another kind than expected.
    pub(crate) fn kind_error(&self, name: &str, expected: &str) -> Diagnostic {
        let found = self.get(name).map_or(Kinds::NOTHING, Value::kind);
        self.wrong(name, Code::Kind, format!("{} takes {expected} as `{name}`, not {found}", self.row.name))
            .hint(self.row.outline())
    }

    /// A whole number in the given bounds.
    pub fn integer(&self, name: &str, least: i64, most: i64) -> Result<i64, Diagnostic> {
        let value = self.value(name)?;
        match value.to_i64() {
            Some(n) if (least..=most).contains(&n) => Ok(n),
            _ if value.kind() == Kinds::NUMBER => {
                let bounds =
                    if most == i64::MAX { format!("of at least {least}") } else { format!("from {least} to {most}") };
                let message = format!("`{name}` must be a whole number {bounds}, not {}", brief(&value.line()));
                Err(self.wrong(name, Code::Argument, message))
            }
            _ => Err(self.kind_error(name, "a whole number")),
        }
    }

    /// A count: a whole number from 0 (or 1) up to `most`.
    pub fn count(&self, name: &str, least: usize, most: usize) -> Result<usize, Diagnostic> {
        self.integer(name, least as i64, i64::try_from(most).unwrap_or(i64::MAX)).map(|n| n as usize)
    }

    /// A count that may be left out.
    pub fn count_or(&self, name: &str, least: usize, most: usize, default: usize) -> Result<usize, Diagnostic> {
        if self.get(name).is_some() { self.count(name, least, most) } else { Ok(default) }
    }

    /// An exact number of Q(i).
    pub fn number(&self, name: &str) -> Result<&Gaussian, Diagnostic> {
        match self.value(name)? {
            Value::Number(x) => Ok(x),
            value => {
                let expected = "a rational or Gaussian number";
                let message = format!("{} takes {expected} as `{name}`, not {}", self.row.name, value.line());
                Err(self.wrong(name, Code::Kind, message).hint(self.row.outline()))
            }
        }
    }

    /// A boolean that may be left out.
    pub fn flag(&self, name: &str, default: bool) -> Result<bool, Diagnostic> {
        match self.get(name) {
            None => Ok(default),
            Some(Value::Boolean(b)) => Ok(*b),
            Some(_) => Err(self.kind_error(name, "true or false")),
        }
    }

    /// A string.
    pub fn text(&self, name: &str) -> Result<&str, Diagnostic> {
        match self.value(name)? {
            Value::Text(text) => Ok(text),
            _ => Err(self.kind_error(name, "a string")),
        }
    }

    /// The items of a list or a range.
    pub fn items(&self, name: &str) -> Result<Vec<Value>, Diagnostic> {
        let value = self.value(name)?;
        value.items().ok_or_else(|| match value {
            Value::Range(..) => self.wrong(name, Code::Argument, "this range has more than ten million entries"),
            _ => self.kind_error(name, "a list or a range"),
        })
    }

    /// An exact matrix, or a list of rows.
    pub fn matrix(&self, name: &str) -> Result<Arc<Matrix<Gaussian>>, Diagnostic> {
        let value = self.value(name)?;
        value.to_matrix().ok_or_else(|| match value {
            Value::List(rows) if rows.iter().all(|r| r.to_numbers().is_some()) => {
                self.wrong(name, Code::Shape, "the rows of a matrix have equal lengths")
            }
            _ => self.kind_error(name, "an exact matrix"),
        })
    }

    /// A real matrix as floats.
    pub fn float_matrix(&self, name: &str) -> Result<Arc<Matrix<f64>>, Diagnostic> {
        self.value(name)?.to_float_matrix().ok_or_else(|| self.kind_error(name, "a real matrix"))
    }

    /// A Lie algebra.
    pub fn algebra(&self, name: &str) -> Result<&Arc<Algebra>, Diagnostic> {
        match self.value(name)? {
            Value::Algebra(algebra) => Ok(algebra),
            _ => Err(self.kind_error(name, "a Lie algebra")),
        }
    }
}
