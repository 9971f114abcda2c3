//! The outputs of an oracle as fractions of polynomials over Q or over one quadratic field Q(√d), where they are such.
//!
//! A root √d of a constant is one more variable, the last one, with the relation that its square is `d`.

use std::collections::BTreeMap;

use super::error::DiscoverError;
use super::steps::Step;
use crate::forms::{Monomial, Polynomial};
use crate::limits::Limits;
use crate::num::{Gaussian, Quadratic, Rational};

/// A fraction of polynomials with coefficients in the field of its [`Fractions`]; not necessarily in lowest terms.
#[derive(Clone, Debug, PartialEq)]
pub struct Fraction {
    /// Above.
    pub numerator: Polynomial,
    /// Below, not zero.
    pub denominator: Polynomial,
}

/// Fractions over Q or over a quadratic field.
#[derive(Clone, Debug, PartialEq)]
pub struct Fractions {
    /// The variable that stands for √d, and `d`: free of squares, at least 2. `None` over Q.
    pub root: Option<(u32, i64)>,
    /// The fractions.
    pub all: Vec<Fraction>,
}

impl Fractions {
    /// Fractions over Q.
    pub fn rational(all: Vec<Fraction>) -> Fractions {
        Fractions { root: None, all }
    }

    /// The number under the root.
    pub fn radicand(&self) -> Option<i64> {
        self.root.map(|(_, radicand)| radicand)
    }
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

    /// With the square of the root replaced by what it is, and a constant denominator divided out.
    fn reduced(self, root: Option<(u32, i64)>) -> Fraction {
        let Some((variable, radicand)) = root else { return self };
        let numerator = reduced(self.numerator, variable, radicand);
        let denominator = reduced(self.denominator, variable, radicand);
        let Some(inverse) = constant(&denominator, variable).and_then(|x| inverse(&x, radicand)) else {
            return Fraction { numerator, denominator };
        };
        let root = Polynomial::variable(variable).scale(&inverse[1].clone().into());
        let factor = Polynomial::constant(inverse[0].clone()).add(&root);
        Fraction::polynomial(reduced(numerator.mul(&factor), variable, radicand))
    }
}

/// A polynomial with no power of the root above the first.
pub(super) fn reduced(polynomial: Polynomial, variable: u32, radicand: i64) -> Polynomial {
    let exponent = |monomial: &Monomial| monomial.variables().iter().filter(|v| **v == variable).count();
    if polynomial.terms().all(|(monomial, _)| exponent(monomial) < 2) {
        return polynomial;
    }
    let mut out = Polynomial::zero();
    for (monomial, coefficient) in polynomial.terms() {
        let k = exponent(monomial);
        let others = monomial.variables().iter().copied().filter(|v| *v != variable);
        let left = others.chain((k % 2 == 1).then_some(variable)).collect();
        let factor = Rational::from(radicand).pow((k / 2) as i32).unwrap_or_default();
        out.add_term(coefficient * &factor.into(), Monomial::new(left));
    }
    out
}

/// `a` and `b` of a constant `a + b √d`.
fn constant(polynomial: &Polynomial, variable: u32) -> Option<[Rational; 2]> {
    let mut parts = [Rational::ZERO, Rational::ZERO];
    for (monomial, coefficient) in polynomial.terms() {
        match monomial.variables() {
            [] => parts[0] = coefficient.re.clone(),
            [v] if *v == variable => parts[1] = coefficient.re.clone(),
            _ => return None,
        }
    }
    Some(parts)
}

/// `1 / (a + b √d)` by its parts.
fn inverse([a, b]: &[Rational; 2], radicand: i64) -> Option<[Rational; 2]> {
    let inverse = Quadratic { rational: a.clone(), coefficient: b.clone(), radicand }.recip()?;
    Some([inverse.rational, inverse.coefficient])
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
/// fraction or has too many terms. `variables` is the number of coordinates.
pub fn fractions(
    steps: &[Step],
    outputs: &[u32],
    variables: usize,
    limits: &Limits,
) -> Result<Option<Fractions>, DiscoverError> {
    let targets: Vec<u32> = outputs.iter().map(|&output| inside(steps, output)).collect();
    of_steps(steps, &targets, variables, limits)
}

/// The values of these steps as fractions; `None` when one is no fraction or has too many terms, or roots of several
/// numbers occur.
pub fn of_steps(
    steps: &[Step],
    targets: &[u32],
    variables: usize,
    limits: &Limits,
) -> Result<Option<Fractions>, DiscoverError> {
    // How often each step is used by others that are needed.
    let mut uses = vec![0u32; steps.len()];
    targets.iter().for_each(|&t| uses[t as usize] += 1);
    for at in (0..steps.len()).rev() {
        if uses[at] > 0 {
            steps[at].operands().for_each(|operand| uses[operand as usize] += 1);
        }
    }
    let needed: Vec<bool> = uses.iter().map(|&count| count > 0).collect();
    let mut expansion = Expansion { known: BTreeMap::new(), uses, products: 0, variable: variables as u32, root: None };
    for (at, step) in steps.iter().enumerate().filter(|(at, _)| needed[*at]) {
        if at.is_multiple_of(64) {
            limits.check()?;
        }
        let Some(value) = expansion.value(step) else { return Ok(None) };
        let value = value.reduced(expansion.root);
        expansion.known.insert(at as u32, value);
    }
    let all: Option<Vec<Fraction>> = targets.iter().map(|t| expansion.known.get(t).cloned()).collect();
    Ok(all.map(|all| Fractions { root: expansion.root, all }))
}

/// The steps of a program as fractions, as far as it got.
struct Expansion {
    known: BTreeMap<u32, Fraction>,
    /// How often each step will still be used.
    uses: Vec<u32>,
    /// Products of terms so far.
    products: usize,
    /// The variable of the root of a constant, and what is known of it.
    variable: u32,
    root: Option<(u32, i64)>,
}

impl Expansion {
    /// The value of a step for its last use, or a copy.
    fn take(&mut self, at: u32) -> Option<Fraction> {
        let left = self.uses.get_mut(at as usize)?;
        *left = left.saturating_sub(1);
        if *left == 0 { self.known.remove(&at) } else { self.known.get(&at).cloned() }
    }

    /// `a + factor b` of polynomials, term by term into the longer one: a long sum costs what its summands have.
    fn sum(&mut self, a: u32, factor: i64, b: u32) -> Option<Fraction> {
        let (mut a, mut b) = (self.take(a)?.numerator, self.take(b)?.numerator);
        let mut factor = Gaussian::from(factor);
        if a.len() < b.len() {
            b = b.scale(&factor);
            (a, b, factor) = (b, a, Gaussian::ONE);
        }
        count(&mut self.products, b.len())?;
        for (monomial, coefficient) in b.terms() {
            a.add_term(coefficient * &factor, monomial.clone());
        }
        Some(Fraction::polynomial(a))
    }

    fn value(&mut self, step: &Step) -> Option<Fraction> {
        if let Step::Add(a, b) | Step::Subtract(a, b) = *step
            && self.known.get(&a)?.is_polynomial()
            && self.known.get(&b)?.is_polynomial()
        {
            return self.sum(a, if matches!(step, Step::Add(..)) { 1 } else { -1 }, b);
        }
        Some(match *step {
            Step::Exact(ref x) => Fraction::polynomial(Polynomial::constant(x.clone())),
            Step::Variable(v) => Fraction::polynomial(Polynomial::variable(v)),
            Step::Add(a, b) | Step::Subtract(a, b) | Step::Multiply(a, b) | Step::Divide(a, b) => {
                let (a, b) = (self.known.get(&a)?, self.known.get(&b)?);
                count(&mut self.products, a.products(b))?;
                match step {
                    Step::Add(..) => a.sum(1, b),
                    Step::Subtract(..) => a.sum(-1, b),
                    Step::Multiply(..) => a.times(b),
                    _ => a.times(&b.reciprocal()?),
                }
            }
            Step::Power(a, k) => {
                let a = self.known.get(&a)?;
                // At most as many terms as monomials of that degree; the last product is that of the two halves.
                let terms = a.numerator.len().max(a.denominator.len());
                let most = |k: usize| (1..=k).fold(1usize, |n, j| n.saturating_mul(terms + j - 1) / j);
                let half = k.unsigned_abs() as usize / 2;
                let last = most(half).saturating_mul(most(k.unsigned_abs() as usize - half));
                count(&mut self.products, last.saturating_mul(2))?;
                a.power(k)?
            }
            Step::Root(a) => {
                let a = self.known.get(&a)?;
                let inside = if a.is_polynomial() { constant(&a.numerator, self.variable)? } else { return None };
                let [value, irrational] = inside;
                let (factor, radicand) = Quadratic::root(&value).filter(|_| irrational.is_zero())?;
                match radicand {
                    1 => Fraction::polynomial(Polynomial::constant(factor)),
                    2.. if self.root.is_none_or(|(_, other)| other == radicand) => {
                        self.root = Some((self.variable, radicand));
                        Fraction::polynomial(Polynomial::variable(self.variable).scale(&factor.into()))
                    }
                    _ => return None,
                }
            }
            _ => return None,
        })
    }
}

/// Counts products of terms; `None` when there are too many.
fn count(sum: &mut usize, products: usize) -> Option<()> {
    *sum = sum.saturating_add(products);
    (*sum <= MOST_PRODUCTS).then_some(())
}
