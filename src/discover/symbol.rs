//! Numbers in an oracle's formula: real or complex, each part a step of a program.

use std::sync::Arc;

use super::steps::{Draft, Step};
use crate::num::{Gaussian, Rational};

/// A number that depends on the coordinates.
#[derive(Clone, Debug)]
pub struct Symbol {
    draft: Arc<Draft>,
    re: u32,
    im: Option<u32>,
}

impl Symbol {
    /// The real coordinate with this number.
    pub fn variable(draft: &Arc<Draft>, number: u32) -> Symbol {
        Symbol::real(draft, draft.push(Step::Variable(number)))
    }

    /// The complex number with these coordinates as real and imaginary parts.
    pub fn complex_variable(draft: &Arc<Draft>, re: u32, im: u32) -> Symbol {
        let (re, im) = (draft.push(Step::Variable(re)), draft.push(Step::Variable(im)));
        Symbol { draft: draft.clone(), re, im: Some(im) }
    }

    fn real(draft: &Arc<Draft>, re: u32) -> Symbol {
        Symbol { draft: draft.clone(), re, im: None }
    }

    fn with(&self, re: u32, im: Option<u32>) -> Symbol {
        Symbol { draft: self.draft.clone(), re, im }
    }

    /// An exact constant beside this symbol.
    pub fn constant(&self, value: &Gaussian) -> Symbol {
        let im = (!value.is_real()).then(|| self.draft.exact(value.im.clone()));
        self.with(self.draft.exact(value.re.clone()), im)
    }

    /// A float constant beside this symbol.
    pub fn float(&self, re: f64, im: f64) -> Symbol {
        let part = (im != 0.0).then(|| self.draft.push(Step::Float(im)));
        self.with(self.draft.push(Step::Float(re)), part)
    }

    /// Whether both belong to one oracle.
    pub fn is_beside(&self, other: &Symbol) -> bool {
        Arc::ptr_eq(&self.draft, &other.draft)
    }

    /// The program it is a step of.
    pub fn draft(&self) -> &Arc<Draft> {
        &self.draft
    }

    /// Whether it is real.
    pub fn is_real(&self) -> bool {
        self.im.is_none()
    }

    /// The steps of its real part and, when it is complex, of its imaginary part.
    pub fn parts(&self) -> (u32, Option<u32>) {
        (self.re, self.im)
    }

    /// `a + b`
    pub fn add(&self, other: &Symbol) -> Symbol {
        let im = match (self.im, other.im) {
            (Some(a), Some(b)) => Some(self.draft.add(a, b)),
            (one, None) | (None, one) => one,
        };
        self.with(self.draft.add(self.re, other.re), im)
    }

    /// `a − b`
    pub fn subtract(&self, other: &Symbol) -> Symbol {
        let im = match (self.im, other.im) {
            (Some(a), Some(b)) => Some(self.draft.subtract(a, b)),
            (Some(a), None) => Some(a),
            (None, Some(b)) => {
                let zero = self.draft.exact(Rational::ZERO);
                Some(self.draft.subtract(zero, b))
            }
            (None, None) => None,
        };
        self.with(self.draft.subtract(self.re, other.re), im)
    }

    /// `a b`
    pub fn multiply(&self, other: &Symbol) -> Symbol {
        let d = &self.draft;
        match (self.im, other.im) {
            (None, None) => self.with(d.multiply(self.re, other.re), None),
            (Some(y), None) => self.with(d.multiply(self.re, other.re), Some(d.multiply(y, other.re))),
            (None, Some(v)) => self.with(d.multiply(self.re, other.re), Some(d.multiply(self.re, v))),
            (Some(y), Some(v)) => {
                let re = d.subtract(d.multiply(self.re, other.re), d.multiply(y, v));
                let im = d.add(d.multiply(self.re, v), d.multiply(y, other.re));
                self.with(re, Some(im))
            }
        }
    }

    /// `a / b`
    pub fn divide(&self, other: &Symbol) -> Symbol {
        let d = &self.draft;
        if other.im.is_none() {
            return self.with(d.divide(self.re, other.re), self.im.map(|im| d.divide(im, other.re)));
        }
        let (above, below) = (self.multiply(&other.conj()), other.norm());
        above.divide(&below)
    }

    /// `a^k` by repeated squaring when complex.
    pub fn power(&self, k: i32) -> Symbol {
        if self.im.is_none() {
            return self.with(self.draft.power(self.re, k), None);
        }
        let one = self.constant(&Gaussian::ONE);
        let (mut result, mut square, mut left) = (one.clone(), self.clone(), k.unsigned_abs());
        while left > 0 {
            if left & 1 == 1 {
                result = result.multiply(&square);
            }
            left >>= 1;
            if left > 0 {
                square = square.multiply(&square);
            }
        }
        if k < 0 { one.divide(&result) } else { result }
    }

    /// The complex conjugate.
    pub fn conj(&self) -> Symbol {
        let zero = |im| {
            let zero = self.draft.exact(Rational::ZERO);
            self.draft.subtract(zero, im)
        };
        self.with(self.re, self.im.map(zero))
    }

    /// The real part.
    pub fn re(&self) -> Symbol {
        self.with(self.re, None)
    }

    /// The imaginary part.
    pub fn im(&self) -> Symbol {
        self.with(self.im.unwrap_or_else(|| self.draft.exact(Rational::ZERO)), None)
    }

    /// `|a|²`
    fn norm(&self) -> Symbol {
        let d = &self.draft;
        let square = d.power(self.re, 2);
        self.with(self.im.map_or(square, |im| d.add(square, d.power(im, 2))), None)
    }

    /// `|a|`; its square is `|a|²` without a root.
    pub fn absolute(&self) -> Symbol {
        if self.im.is_some() {
            let inside = self.norm();
            return self.with(self.draft.push(Step::Root(inside.re)), None);
        }
        self.with(self.draft.push(Step::Absolute(self.re)), None)
    }

    /// A function of a real number; `None` when this one is complex.
    pub fn apply(&self, step: impl FnOnce(u32) -> Step) -> Option<Symbol> {
        self.im.is_none().then(|| self.with(self.draft.push(step(self.re)), None))
    }

    /// 1 where the comparison of two real numbers holds, else 0; `None` when one is complex.
    pub fn compare(&self, other: &Symbol, step: impl FnOnce(u32, u32) -> Step) -> Option<Symbol> {
        (self.is_real() && other.is_real()).then(|| self.with(self.draft.push(step(self.re, other.re)), None))
    }

    /// `yes` where this number is not 0, else `no`.
    pub fn choose(&self, yes: &Symbol, no: &Symbol) -> Symbol {
        let d = &self.draft;
        let re = d.push(Step::Choose(self.re, yes.re, no.re));
        if yes.im.is_none() && no.im.is_none() {
            return self.with(re, None);
        }
        let im = |s: &Symbol| s.im.unwrap_or_else(|| d.exact(Rational::ZERO));
        let (yes, no) = (im(yes), im(no));
        self.with(re, Some(d.push(Step::Choose(self.re, yes, no))))
    }
}
