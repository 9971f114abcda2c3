//! The outputs of an oracle as fractions of polynomials over Q, where they are such.

use std::collections::BTreeMap;

use super::error::DiscoverError;
use super::steps::Step;
use crate::forms::Polynomial;
use crate::limits::Limits;
use crate::num::Gaussian;

/// A fraction of polynomials with rational coefficients; not necessarily in lowest terms.
#[derive(Clone, Debug, PartialEq)]
pub struct Fraction {
    /// Above.
    pub numerator: Polynomial,
    /// Below, not zero.
    pub denominator: Polynomial,
}

/// Products of terms beyond which a formula is not multiplied out.
const MOST_PRODUCTS: usize = 20_000_000;

impl Fraction {
    /// A polynomial.
    pub fn polynomial(numerator: Polynomial) -> Fraction {
        Fraction { numerator, denominator: Polynomial::constant(1i64) }
    }

    /// Whether the denominator is 1.
    pub fn is_polynomial(&self) -> bool {
        self.denominator.degree() == 0 && self.denominator.len() == 1 && self.denominator == Polynomial::constant(1i64)
    }

    fn products(&self, other: &Fraction) -> usize {
        let size = |f: &Fraction| f.numerator.len().max(f.denominator.len()).max(1);
        size(self).saturating_mul(size(other))
    }

    fn sum(&self, factor: i64, other: &Fraction) -> Fraction {
        let factor = Gaussian::from(factor);
        if self.denominator == other.denominator {
            let numerator = self.numerator.add_scaled(&factor, &other.numerator);
            return Fraction { numerator, denominator: self.denominator.clone() };
        }
        let cross = other.numerator.mul(&self.denominator);
        let numerator = self.numerator.mul(&other.denominator).add_scaled(&factor, &cross);
        Fraction { numerator, denominator: self.denominator.mul(&other.denominator) }
    }

    fn times(&self, other: &Fraction) -> Fraction {
        Fraction {
            numerator: self.numerator.mul(&other.numerator),
            denominator: self.denominator.mul(&other.denominator),
        }
    }

    fn reciprocal(&self) -> Option<Fraction> {
        (!self.numerator.is_zero())
            .then(|| Fraction { numerator: self.denominator.clone(), denominator: self.numerator.clone() })
    }

    fn power(&self, k: i32) -> Option<Fraction> {
        let base = if k < 0 { self.reciprocal()? } else { self.clone() };
        let exponent = k.unsigned_abs();
        Some(Fraction { numerator: base.numerator.pow(exponent), denominator: base.denominator.pow(exponent) })
    }
}

/// The step inside functions of one variable with a derivative that vanishes nowhere on an open set: `√u`, `u^k`, `e^u`,
/// `log u`, `|u|`, `sin u`, `cos u`, `c u`, `u + c`. Both have the same symmetries.
fn inside(steps: &[Step], mut at: u32) -> u32 {
    let constant = |a: u32| matches!(steps.get(a as usize), Some(Step::Exact(_) | Step::Float(_)));
    let zero = |a: u32| matches!(steps.get(a as usize), Some(Step::Exact(x)) if x.is_zero());
    loop {
        at = match steps.get(at as usize) {
            Some(
                Step::Root(a)
                | Step::Absolute(a)
                | Step::Exponential(a)
                | Step::Logarithm(a)
                | Step::Sine(a)
                | Step::Cosine(a),
            ) => *a,
            Some(Step::Power(a, k)) if *k != 0 => *a,
            Some(Step::Add(a, b) | Step::Subtract(a, b)) if constant(*a) && !constant(*b) => *b,
            Some(Step::Add(a, b) | Step::Subtract(a, b)) if constant(*b) && !constant(*a) => *a,
            Some(Step::Multiply(a, b) | Step::Divide(a, b)) if constant(*a) && !zero(*a) && !constant(*b) => *b,
            Some(Step::Multiply(a, b) | Step::Divide(a, b)) if constant(*b) && !zero(*b) && !constant(*a) => *a,
            _ => return at,
        };
    }
}

/// The outputs as fractions, each up to a function of one variable around it (see [`inside`]); `None` when one is no
/// fraction or has too many terms.
pub fn fractions(steps: &[Step], outputs: &[u32], limits: &Limits) -> Result<Option<Vec<Fraction>>, DiscoverError> {
    let targets: Vec<u32> = outputs.iter().map(|&output| inside(steps, output)).collect();
    of_steps(steps, &targets, limits)
}

/// The values of these steps as fractions; `None` when one is no fraction or has too many terms.
pub fn of_steps(steps: &[Step], targets: &[u32], limits: &Limits) -> Result<Option<Vec<Fraction>>, DiscoverError> {
    let mut needed = vec![false; steps.len()];
    targets.iter().for_each(|&t| needed[t as usize] = true);
    for at in (0..steps.len()).rev().filter(|&at| at < steps.len()) {
        if needed[at] {
            steps[at].operands().for_each(|operand| needed[operand as usize] = true);
        }
    }
    let mut known: BTreeMap<u32, Fraction> = BTreeMap::new();
    let mut products = 0usize;
    for (at, step) in steps.iter().enumerate().filter(|(at, _)| needed[*at]) {
        if at.is_multiple_of(64) {
            limits.check()?;
        }
        let get = |a: u32| known.get(&a);
        let value = match *step {
            Step::Exact(ref x) => Some(Fraction::polynomial(Polynomial::constant(x.clone()))),
            Step::Variable(v) => Some(Fraction::polynomial(Polynomial::variable(v))),
            Step::Add(a, b) | Step::Subtract(a, b) | Step::Multiply(a, b) | Step::Divide(a, b) => {
                let (Some(a), Some(b)) = (get(a), get(b)) else { return Ok(None) };
                // Sums of polynomials multiply nothing.
                let plain = a.is_polynomial() && b.is_polynomial();
                let sum = matches!(step, Step::Add(..) | Step::Subtract(..));
                products = products.saturating_add(if plain && sum {
                    a.numerator.len() + b.numerator.len()
                } else {
                    a.products(b)
                });
                if products > MOST_PRODUCTS {
                    return Ok(None);
                }
                match step {
                    Step::Add(..) => Some(a.sum(1, b)),
                    Step::Subtract(..) => Some(a.sum(-1, b)),
                    Step::Multiply(..) => Some(a.times(b)),
                    _ => b.reciprocal().map(|inverse| a.times(&inverse)),
                }
            }
            Step::Power(a, k) => {
                let Some(a) = get(a) else { return Ok(None) };
                // At most as many terms as monomials of that degree; the last product is that of the two halves.
                let terms = a.numerator.len().max(a.denominator.len());
                let most = |k: usize| (1..=k).fold(1usize, |n, j| n.saturating_mul(terms + j - 1) / j);
                let half = k.unsigned_abs() as usize / 2;
                let last = most(half).saturating_mul(most(k.unsigned_abs() as usize - half));
                products = products.saturating_add(last.saturating_mul(2));
                if products > MOST_PRODUCTS {
                    return Ok(None);
                }
                a.power(k)
            }
            _ => None,
        };
        let Some(value) = value else { return Ok(None) };
        known.insert(at as u32, value);
    }
    Ok(targets.iter().map(|t| known.get(t).cloned()).collect())
}
