//! Outputs whose derivatives are zero at every sample: truly, or because they left the range of doubles. Zeros that are
//! underflow would make a symmetry of every matrix, so those outputs are differentiated again, in numbers with an exponent of
//! their own.

use std::f64::consts::LN_2;

use super::error::DiscoverError;
use super::evaluate::{BLOCK, Block, Evaluator};
use super::oracle::Oracle;
use super::sample::Points;
use super::steps::Step;

/// Binary places by which two numbers lie apart whose sum is the larger one.
const APART: i64 = 1000;
/// Exponents of e up to which doubles hold the power.
const MODERATE: f64 = 700.0;
/// Arguments below which a sine is its argument.
const SMALL: f64 = 1e-9;

/// The number `mantissa · 2^exponent`, with a mantissa that is zero, not finite, or of size at least 1/2 and below 1.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Wide {
    mantissa: f64,
    exponent: i64,
}

impl Wide {
    const ZERO: Wide = Wide { mantissa: 0.0, exponent: 0 };
    const ONE: Wide = Wide { mantissa: 0.5, exponent: 1 };

    fn new(mantissa: f64, exponent: i64) -> Wide {
        if mantissa == 0.0 || !mantissa.is_finite() {
            return Wide { mantissa, exponent: 0 };
        }
        // Subnormal numbers have no exponent of their own.
        let (mantissa, exponent) = match mantissa.is_normal() {
            true => (mantissa, exponent),
            false => (mantissa * 2f64.powi(64), exponent - 64),
        };
        let own = (mantissa.to_bits() >> 52 & 0x7ff) as i64 - 1022;
        Wide { mantissa: mantissa * 0.5f64.powi(own as i32), exponent: exponent + own }
    }

    fn of(x: f64) -> Wide {
        Wide::new(x, 0)
    }

    fn to_f64(self) -> f64 {
        // In two steps, so that neither factor leaves the range before the product does.
        let half = (self.exponent / 2).clamp(-APART, APART) as i32;
        let rest = (self.exponent - i64::from(half)).clamp(-APART, APART) as i32;
        self.mantissa * 2f64.powi(half) * 2f64.powi(rest)
    }

    fn is_zero(self) -> bool {
        self.mantissa == 0.0
    }

    fn add(self, other: Wide) -> Wide {
        if self.is_zero() {
            return other;
        }
        if other.is_zero() || self.exponent - other.exponent > APART {
            return self;
        }
        if other.exponent > self.exponent {
            return other.add(self);
        }
        Wide::new(self.mantissa + other.mantissa * 2f64.powi((other.exponent - self.exponent) as i32), self.exponent)
    }

    fn negated(self) -> Wide {
        Wide { mantissa: -self.mantissa, ..self }
    }

    fn times(self, other: Wide) -> Wide {
        Wide::new(self.mantissa * other.mantissa, self.exponent + other.exponent)
    }

    fn inverse(self) -> Wide {
        Wide::new(1.0 / self.mantissa, -self.exponent)
    }

    fn power(self, k: i32) -> Wide {
        let (mut square, mut left, mut out) = (self, k.unsigned_abs(), Wide::ONE);
        while left > 0 {
            if left & 1 == 1 {
                out = out.times(square);
            }
            square = square.times(square);
            left >>= 1;
        }
        if k < 0 { out.inverse() } else { out }
    }

    fn root(self) -> Wide {
        let odd = self.exponent.rem_euclid(2);
        Wide::new((self.mantissa * (1 + odd) as f64).sqrt(), (self.exponent - odd) / 2)
    }

    fn exponential(self) -> Wide {
        let x = self.to_f64();
        if x.abs() < MODERATE || !x.is_finite() {
            return Wide::of(x.exp());
        }
        let whole = (x / LN_2).floor();
        Wide::new((x - whole * LN_2).exp(), whole as i64)
    }

    fn logarithm(self) -> Wide {
        Wide::of(self.mantissa.ln() + self.exponent as f64 * LN_2)
    }

    fn sine(self) -> Wide {
        let x = self.to_f64();
        if x.abs() < SMALL { self } else { Wide::of(x.sin()) }
    }

    fn cosine(self) -> Wide {
        Wide::of(self.to_f64().cos())
    }

    fn absolute(self) -> Wide {
        Wide { mantissa: self.mantissa.abs(), ..self }
    }
}

/// The values of all steps up to `last` at a point.
fn forward(steps: &[Step], point: &[f64]) -> Vec<Wide> {
    let mut values: Vec<Wide> = Vec::with_capacity(steps.len());
    for step in steps {
        let of = |a: u32| values[a as usize];
        let truth = |holds: bool| if holds { Wide::ONE } else { Wide::ZERO };
        let difference = |a: u32, b: u32| of(a).add(of(b).negated());
        let value = match *step {
            Step::Exact(ref x) => Wide::of(x.to_f64()),
            Step::Float(x) => Wide::of(x),
            Step::Variable(v) => Wide::of(point[v as usize]),
            Step::Add(a, b) => of(a).add(of(b)),
            Step::Subtract(a, b) => difference(a, b),
            Step::Multiply(a, b) => of(a).times(of(b)),
            Step::Divide(a, b) => of(a).times(of(b).inverse()),
            Step::Power(a, k) => of(a).power(k),
            Step::Root(a) => of(a).root(),
            Step::Absolute(a) => of(a).absolute(),
            Step::Exponential(a) => of(a).exponential(),
            Step::Logarithm(a) => of(a).logarithm(),
            Step::Sine(a) => of(a).sine(),
            Step::Cosine(a) => of(a).cosine(),
            Step::Less(a, b) => truth(difference(a, b).mantissa < 0.0),
            Step::AtMost(a, b) => truth(difference(a, b).mantissa <= 0.0),
            Step::Choose(c, a, b) => of(if of(c).is_zero() { b } else { a }),
        };
        values.push(value);
    }
    values
}

/// Whether the last of some steps has a derivative by a variable that is finite and not zero at a point. Reverse mode.
fn moves(steps: &[Step], point: &[f64]) -> bool {
    let values = forward(steps, point);
    let of = |a: u32| values[a as usize];
    let mut adjoints = vec![Wide::ZERO; steps.len()];
    let mut slopes = vec![Wide::ZERO; point.len()];
    if let Some(last) = adjoints.last_mut() {
        *last = Wide::ONE;
    }
    for (at, step) in steps.iter().enumerate().rev() {
        let own = adjoints[at];
        if own.is_zero() {
            continue;
        }
        let mut pass = |a: u32, factor: Wide| {
            let sum = &mut adjoints[a as usize];
            *sum = sum.add(own.times(factor));
        };
        match *step {
            Step::Exact(_) | Step::Float(_) | Step::Less(..) | Step::AtMost(..) => {}
            Step::Variable(v) => slopes[v as usize] = slopes[v as usize].add(own),
            Step::Add(a, b) => {
                pass(a, Wide::ONE);
                pass(b, Wide::ONE);
            }
            Step::Subtract(a, b) => {
                pass(a, Wide::ONE);
                pass(b, Wide::ONE.negated());
            }
            Step::Multiply(a, b) => {
                pass(a, of(b));
                pass(b, of(a));
            }
            Step::Divide(a, b) => {
                pass(a, of(b).inverse());
                pass(b, values[at].times(of(b).inverse()).negated());
            }
            Step::Power(a, k) => pass(a, Wide::of(f64::from(k)).times(of(a).power(k - 1))),
            Step::Root(a) => pass(a, Wide::of(0.5).times(values[at].inverse())),
            Step::Absolute(a) => pass(a, Wide::of(of(a).mantissa.signum())),
            Step::Exponential(a) => pass(a, values[at]),
            Step::Logarithm(a) => pass(a, of(a).inverse()),
            Step::Sine(a) => pass(a, of(a).cosine()),
            Step::Cosine(a) => pass(a, of(a).sine().negated()),
            Step::Choose(c, a, b) => pass(if of(c).is_zero() { b } else { a }, Wide::ONE),
        }
    }
    slopes.iter().any(|slope| slope.mantissa.is_finite() && !slope.is_zero())
}

/// An error when one of these `outputs`, whose derivatives are zero in doubles at all samples, does move at one of the first
/// ones. One evaluation for each of these outputs and at most [`BLOCK`] points.
pub(super) fn check(oracle: &Oracle, outputs: &[usize], points: &Points, seed: u64) -> Result<(), DiscoverError> {
    let (mut block, variables) = (Vec::new(), oracle.variables());
    if outputs.is_empty() || variables == 0 {
        return Ok(());
    }
    points.stream(oracle.dimension(), oracle.arguments().len(), seed).next(BLOCK, &mut block);
    for &o in outputs {
        let steps = &oracle.steps()[..=oracle.outputs()[o] as usize];
        if block.chunks_exact(variables).any(|point| moves(steps, point)) {
            return Err(DiscoverError::NotFinite { failed: points.count(), samples: points.count() });
        }
    }
    Ok(())
}

/// An error when nothing that a training squares stays in the range of doubles: no output has a derivative whose product with
/// the point is seen at the first samples, although one moves.
pub fn in_range(oracle: &Oracle, points: &Points, seed: u64) -> Result<(), DiscoverError> {
    let (mut block, mut derived) = (Vec::new(), Block::default());
    points.stream(oracle.dimension(), oracle.arguments().len(), seed).next(BLOCK, &mut block);
    Evaluator::new(oracle).run(&block, &mut derived);
    let largest = |all: &[f64]| all.iter().filter(|x| x.is_finite()).fold(0.0f64, |a, x| a.max(x.abs()));
    let product = largest(&derived.gradients) * largest(&block);
    if product * product >= f64::MIN_POSITIVE {
        return Ok(());
    }
    check(oracle, &(0..oracle.outputs().len()).collect::<Vec<_>>(), points, seed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_beyond_doubles() {
        let tiny = Wide::of(1e-300).power(7);
        assert!(!tiny.is_zero() && tiny.to_f64() == 0.0);
        let back = tiny.inverse().times(Wide::of(1e-300).power(6)).inverse().to_f64();
        assert!((back / 1e-300 - 1.0).abs() < 1e-12, "{back}");
        for x in [0.0, 1.0, -3.7, 5e-324, f64::MAX, 1e-310] {
            assert_eq!(Wide::of(x).to_f64(), x);
        }
        for x in [2.0, 0.3, 9e200] {
            assert!((Wide::of(x).root().to_f64() / x.sqrt() - 1.0).abs() < 1e-15);
        }
        assert!((Wide::of(3.0).add(Wide::of(-3.0 + 1e-9)).to_f64() - 1e-9).abs() < 1e-15);
        assert!((Wide::of(-1000.0).exponential().logarithm().to_f64() + 1000.0).abs() < 1e-9);
    }

    #[test]
    fn zeros_that_are_underflow() {
        // (x² − y²)² and e^(−x²)
        let steps = [
            Step::Variable(0),
            Step::Power(0, 2),
            Step::Variable(1),
            Step::Power(2, 2),
            Step::Subtract(1, 3),
            Step::Power(4, 2),
        ];
        assert!(moves(&steps, &[1e-200, 3e-200]) && !moves(&steps, &[1e-200, 1e-200]) && !moves(&steps, &[0.0, 0.0]));
        let bell = [
            Step::Variable(0),
            Step::Power(0, 2),
            Step::Exact((-1).into()),
            Step::Multiply(2, 1),
            Step::Exponential(3),
        ];
        assert!(moves(&bell, &[40.0]) && moves(&bell, &[1e6]) && !moves(&bell, &[0.0]));
        // A constant, and a step.
        assert!(!moves(&[Step::Variable(0), Step::Float(2.0)], &[1.0]));
        assert!(!moves(&[Step::Variable(0), Step::Float(2.0), Step::Less(0, 1)], &[1.0]));
    }
}
