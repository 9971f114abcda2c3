//! Straight-line programs: each step is computed from earlier ones. They have no depth, so nothing recurses.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::num::Rational;

/// One step of a program; the numbers name earlier steps.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// An exact constant.
    Exact(Rational),
    /// A floating-point constant.
    Float(f64),
    /// A coordinate.
    Variable(u32),
    /// `a + b`
    Add(u32, u32),
    /// `a − b`
    Subtract(u32, u32),
    /// `a b`
    Multiply(u32, u32),
    /// `a / b`
    Divide(u32, u32),
    /// `a^k` for a whole number `k`
    Power(u32, i32),
    /// `√a`
    Root(u32),
    /// `|a|`
    Absolute(u32),
    /// `e^a`
    Exponential(u32),
    /// The natural logarithm.
    Logarithm(u32),
    /// `sin a`
    Sine(u32),
    /// `cos a`
    Cosine(u32),
    /// 1 where `a < b`, else 0
    Less(u32, u32),
    /// 1 where `a ≤ b`, else 0
    AtMost(u32, u32),
    /// The second where the first is not 0, else the third.
    Choose(u32, u32, u32),
}

impl Step {
    /// The steps it is computed from.
    pub fn operands(&self) -> impl Iterator<Item = u32> {
        let (count, all) = match *self {
            Step::Exact(_) | Step::Float(_) | Step::Variable(_) => (0, [0; 3]),
            Step::Add(a, b)
            | Step::Subtract(a, b)
            | Step::Multiply(a, b)
            | Step::Divide(a, b)
            | Step::Less(a, b)
            | Step::AtMost(a, b) => (2, [a, b, 0]),
            Step::Choose(a, b, c) => (3, [a, b, c]),
            Step::Power(a, _)
            | Step::Root(a)
            | Step::Absolute(a)
            | Step::Exponential(a)
            | Step::Logarithm(a)
            | Step::Sine(a)
            | Step::Cosine(a) => (1, [a, 0, 0]),
        };
        all.into_iter().take(count)
    }

    /// The same step with its operands renamed.
    pub fn renamed(&self, name: impl Fn(u32) -> u32) -> Step {
        match self {
            Step::Exact(x) => Step::Exact(x.clone()),
            Step::Float(x) => Step::Float(*x),
            Step::Variable(v) => Step::Variable(*v),
            Step::Add(a, b) => Step::Add(name(*a), name(*b)),
            Step::Subtract(a, b) => Step::Subtract(name(*a), name(*b)),
            Step::Multiply(a, b) => Step::Multiply(name(*a), name(*b)),
            Step::Divide(a, b) => Step::Divide(name(*a), name(*b)),
            Step::Less(a, b) => Step::Less(name(*a), name(*b)),
            Step::AtMost(a, b) => Step::AtMost(name(*a), name(*b)),
            Step::Choose(a, b, c) => Step::Choose(name(*a), name(*b), name(*c)),
            Step::Power(a, k) => Step::Power(name(*a), *k),
            Step::Root(a) => Step::Root(name(*a)),
            Step::Absolute(a) => Step::Absolute(name(*a)),
            Step::Exponential(a) => Step::Exponential(name(*a)),
            Step::Logarithm(a) => Step::Logarithm(name(*a)),
            Step::Sine(a) => Step::Sine(name(*a)),
            Step::Cosine(a) => Step::Cosine(name(*a)),
        }
    }
}

/// A program that grows; constants are folded and trivial operations left out, so that what is a polynomial stays one.
#[derive(Debug, Default)]
pub struct Draft(Mutex<Vec<Step>>);

impl Draft {
    /// An empty program.
    pub fn new() -> Draft {
        Draft::default()
    }

    fn steps(&self) -> MutexGuard<'_, Vec<Step>> {
        // A panic elsewhere cannot leave half a step.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Number of steps.
    pub fn len(&self) -> usize {
        self.steps().len()
    }

    /// Whether there is no step.
    pub fn is_empty(&self) -> bool {
        self.steps().is_empty()
    }

    /// A step by its number.
    pub fn step(&self, at: u32) -> Option<Step> {
        self.steps().get(at as usize).cloned()
    }

    /// Adds a step.
    pub fn push(&self, step: Step) -> u32 {
        let mut steps = self.steps();
        steps.push(step);
        (steps.len() - 1) as u32
    }

    /// An exact constant.
    pub fn exact(&self, value: impl Into<Rational>) -> u32 {
        self.push(Step::Exact(value.into()))
    }

    fn constant(&self, at: u32) -> Option<Rational> {
        match self.steps().get(at as usize) {
            Some(Step::Exact(x)) => Some(x.clone()),
            _ => None,
        }
    }

    /// `a + b`
    pub fn add(&self, a: u32, b: u32) -> u32 {
        match (self.constant(a), self.constant(b)) {
            (Some(x), Some(y)) => self.exact(&x + &y),
            (Some(x), None) if x.is_zero() => b,
            (None, Some(y)) if y.is_zero() => a,
            _ => self.push(Step::Add(a, b)),
        }
    }

    /// `a − b`
    pub fn subtract(&self, a: u32, b: u32) -> u32 {
        match (self.constant(a), self.constant(b)) {
            (Some(x), Some(y)) => self.exact(&x - &y),
            (None, Some(y)) if y.is_zero() => a,
            _ => self.push(Step::Subtract(a, b)),
        }
    }

    /// `a b`
    pub fn multiply(&self, a: u32, b: u32) -> u32 {
        match (self.constant(a), self.constant(b)) {
            (Some(x), Some(y)) => self.exact(&x * &y),
            (Some(x), None) | (None, Some(x)) if x.is_zero() => self.exact(Rational::ZERO),
            (Some(x), None) if x.is_one() => b,
            (None, Some(y)) if y.is_one() => a,
            _ if a == b => self.power(a, 2),
            _ => self.push(Step::Multiply(a, b)),
        }
    }

    /// `a / b`; a constant zero below stays to be refused where it is evaluated.
    pub fn divide(&self, a: u32, b: u32) -> u32 {
        match (self.constant(a), self.constant(b)) {
            (Some(x), Some(y)) if !y.is_zero() => self.exact(x.checked_div(&y).unwrap_or_default()),
            (None, Some(y)) if !y.is_zero() => {
                let inverse = self.exact(y.recip().unwrap_or_default());
                self.multiply(a, inverse)
            }
            _ => self.push(Step::Divide(a, b)),
        }
    }

    /// `a^k`; even powers of roots and absolute values are powers of what stands inside.
    pub fn power(&self, a: u32, k: i32) -> u32 {
        match (self.step(a), k) {
            (_, 0) => self.exact(Rational::ONE),
            (_, 1) => a,
            (Some(Step::Exact(x)), _) if x.pow(k).is_some() => self.exact(x.pow(k).unwrap_or_default()),
            (Some(Step::Root(inside)), _) if k % 2 == 0 => self.power(inside, k / 2),
            (Some(Step::Absolute(inside)), _) if k % 2 == 0 => self.power(inside, k),
            _ => self.push(Step::Power(a, k)),
        }
    }

    /// The steps on which these ones depend, renumbered in order, and the new numbers of these ones.
    pub fn reachable(&self, outputs: &[u32]) -> (Vec<Step>, Vec<u32>) {
        let steps = self.steps();
        let mut needed = vec![false; steps.len()];
        for &output in outputs {
            if let Some(slot) = needed.get_mut(output as usize) {
                *slot = true;
            }
        }
        // Operands stand before their step, so one sweep from the back reaches everything.
        for at in (0..steps.len()).rev() {
            if needed[at] {
                for operand in steps[at].operands() {
                    needed[operand as usize] = true;
                }
            }
        }
        let mut names = vec![0u32; steps.len()];
        let mut kept = Vec::new();
        for (at, step) in steps.iter().enumerate().filter(|(at, _)| needed[*at]) {
            names[at] = kept.len() as u32;
            kept.push(step.renamed(|operand| names[operand as usize]));
        }
        (kept, outputs.iter().map(|&output| names[output as usize]).collect())
    }
}
