//! Numbers in an oracle's formula: real, complex or quaternionic, each part a step of a program.

use std::sync::Arc;

use super::steps::{Draft, Step};
use crate::num::{Gaussian, Quadratic, Rational, power};

/// A number that depends on the coordinates.
#[derive(Clone, Debug)]
pub struct Symbol {
    draft: Arc<Draft>,
    re: u32,
    im: Option<u32>,
    /// The parts at j and k of a quaternion.
    jk: Option<[u32; 2]>,
}

impl Symbol {
    /// The real coordinate with this number.
    pub fn variable(draft: &Arc<Draft>, number: u32) -> Symbol {
        Symbol::real(draft, draft.push(Step::Variable(number)))
    }

    /// The complex number with these coordinates as real and imaginary parts.
    pub fn complex_variable(draft: &Arc<Draft>, re: u32, im: u32) -> Symbol {
        let (re, im) = (draft.push(Step::Variable(re)), draft.push(Step::Variable(im)));
        Symbol { draft: draft.clone(), re, im: Some(im), jk: None }
    }

    /// The quaternion with the four coordinates from this one on as parts at 1, i, j, k.
    pub fn quaternion_variable(draft: &Arc<Draft>, first: u32) -> Symbol {
        let [re, im, j, k] = [0, 1, 2, 3].map(|part| draft.push(Step::Variable(first + part)));
        Symbol { draft: draft.clone(), re, im: Some(im), jk: Some([j, k]) }
    }

    /// The quaternion units j and k as constants of a program.
    pub fn quaternion_units(draft: &Arc<Draft>) -> [Symbol; 2] {
        let (zero, one) = (draft.exact(Rational::ZERO), draft.exact(Rational::ONE));
        [[one, zero], [zero, one]].map(|jk| Symbol { draft: draft.clone(), re: zero, im: Some(zero), jk: Some(jk) })
    }

    fn real(draft: &Arc<Draft>, re: u32) -> Symbol {
        Symbol { draft: draft.clone(), re, im: None, jk: None }
    }

    fn with(&self, re: u32, im: Option<u32>) -> Symbol {
        Symbol { draft: self.draft.clone(), re, im, jk: None }
    }

    /// The complex numbers `u`, `v` of `u + v j`.
    fn halves(&self) -> (Symbol, Symbol) {
        let v = match self.jk {
            Some([j, k]) => self.with(j, Some(k)),
            None => self.with(self.draft.exact(Rational::ZERO), None),
        };
        (self.with(self.re, self.im), v)
    }

    /// `u + v j`
    fn joined(u: Symbol, v: Symbol) -> Symbol {
        let (im, j, k) = (u.im().re, v.re, v.im().re);
        Symbol { im: Some(im), jk: Some([j, k]), ..u }
    }

    fn is_quaternion(&self) -> bool {
        self.jk.is_some()
    }

    /// An exact constant beside this symbol.
    pub fn constant(&self, value: &Gaussian) -> Symbol {
        let im = (!value.is_real()).then(|| self.draft.exact(value.im.clone()));
        self.with(self.draft.exact(value.re.clone()), im)
    }

    /// A constant `a + b √d` beside this symbol, real or, for a negative `d`, complex.
    pub fn quadratic(&self, value: &Quadratic) -> Symbol {
        let d = &self.draft;
        let root = d.push(Step::Root(d.exact(Rational::from(value.radicand).abs())));
        let (rational, irrational) = (d.exact(value.rational.clone()), d.exact(value.coefficient.clone()));
        let irrational = d.multiply(irrational, root);
        match value.radicand > 0 {
            true => self.with(d.add(rational, irrational), None),
            false => self.with(rational, Some(irrational)),
        }
    }

    /// `x + y i` of real numbers.
    pub fn complex(x: &Symbol, y: &Symbol) -> Symbol {
        x.with(x.re, Some(y.re))
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

    /// The steps of its real part, when it is complex of its imaginary part, and of a quaternion of all four parts.
    pub fn parts(&self) -> impl Iterator<Item = u32> {
        std::iter::once(self.re).chain(self.im).chain(self.jk.into_iter().flatten())
    }

    /// `a + b`
    pub fn add(&self, other: &Symbol) -> Symbol {
        if self.is_quaternion() || other.is_quaternion() {
            let ((u, v), (s, t)) = (self.halves(), other.halves());
            return Symbol::joined(u.add(&s), v.add(&t));
        }
        let im = match (self.im, other.im) {
            (Some(a), Some(b)) => Some(self.draft.add(a, b)),
            (one, None) | (None, one) => one,
        };
        self.with(self.draft.add(self.re, other.re), im)
    }

    /// `a − b`
    pub fn subtract(&self, other: &Symbol) -> Symbol {
        if self.is_quaternion() || other.is_quaternion() {
            let ((u, v), (s, t)) = (self.halves(), other.halves());
            return Symbol::joined(u.subtract(&s), v.subtract(&t));
        }
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

    /// `a b`; of quaternions `(u + v j)(s + t j) = u s − v t̄ + (u t + v s̄) j`, because `j s = s̄ j`.
    pub fn multiply(&self, other: &Symbol) -> Symbol {
        if self.is_quaternion() || other.is_quaternion() {
            let ((u, v), (s, t)) = (self.halves(), other.halves());
            let first = u.multiply(&s).subtract(&v.multiply(&t.conj()));
            return Symbol::joined(first, u.multiply(&t).add(&v.multiply(&s.conj())));
        }
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

    /// `a / b`; of quaternions `a b⁻¹`.
    pub fn divide(&self, other: &Symbol) -> Symbol {
        let d = &self.draft;
        if other.im.is_none() {
            let by = |part: u32| d.divide(part, other.re);
            return Symbol { re: by(self.re), im: self.im.map(by), jk: self.jk.map(|jk| jk.map(by)), ..self.clone() };
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
        let result = power(one.clone(), self, k.unsigned_abs().into(), Symbol::multiply);
        if k < 0 { one.divide(&result) } else { result }
    }

    /// The conjugate, of a complex number or of a quaternion.
    pub fn conj(&self) -> Symbol {
        let minus = |part| {
            let zero = self.draft.exact(Rational::ZERO);
            self.draft.subtract(zero, part)
        };
        Symbol { im: self.im.map(minus), jk: self.jk.map(|jk| jk.map(minus)), ..self.clone() }
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
        let others = self.parts().skip(1);
        self.with(others.fold(d.power(self.re, 2), |sum, part| d.add(sum, d.power(part, 2))), None)
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
        if yes.is_quaternion() || no.is_quaternion() {
            let ((u, v), (s, t)) = (yes.halves(), no.halves());
            return Symbol::joined(self.choose(&u, &s), self.choose(&v, &t));
        }
        if yes.im.is_none() && no.im.is_none() {
            return self.with(re, None);
        }
        let im = |s: &Symbol| s.im.unwrap_or_else(|| d.exact(Rational::ZERO));
        let (yes, no) = (im(yes), im(no));
        self.with(re, Some(d.push(Step::Choose(self.re, yes, no))))
    }
}
