//! Real and imaginary quadratic numbers `a + b √d` with exact parts.

use std::cmp::Ordering;
use std::fmt;

use num_traits::ToPrimitive;

use super::Rational;

/// `rational + coefficient · √radicand`, the radicand square-free and not 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quadratic {
    /// The rational part `a`.
    pub rational: Rational,
    /// The factor `b` of the root.
    pub coefficient: Rational,
    /// The square-free integer `d` under the root.
    pub radicand: i64,
}

impl Quadratic {
    /// `√value` as a rational factor and a square-free radicand (1 when the root is rational), or `None` when
    /// numerator times denominator exceeds 10^18, beyond which the square part is not searched for.
    pub fn root(value: &Rational) -> Option<(Rational, i64)> {
        if value.is_zero() {
            return Some((Rational::ZERO, 1));
        }
        let magnitude = value.abs();
        if let Some(root) = magnitude.sqrt() {
            return Some((root, i64::from(value.signum())));
        }
        // √(p/q) = √(p q) / q.
        let (p, q) = (magnitude.numerator(), magnitude.denominator());
        let product = (&p * &q).to_u64().filter(|&n| n <= 1_000_000_000_000_000_000)?;
        let (outside, inside) = square_part(product);
        let factor = Rational::from(i64::try_from(outside).ok()?).checked_div(&Rational::from(q))?;
        Some((factor, i64::try_from(inside).ok()? * i64::from(value.signum())))
    }

    /// The product of two numbers of one field, as (rational part, factor of the root).
    pub fn times(&self, other: &Quadratic) -> (Rational, Rational) {
        let d = Rational::from(self.radicand);
        let rational = &(&self.rational * &other.rational) + &(&(&self.coefficient * &other.coefficient) * &d);
        let coefficient = &(&self.rational * &other.coefficient) + &(&self.coefficient * &other.rational);
        (rational, coefficient)
    }

    /// The other root of its polynomial, `a - b √d`.
    pub fn conjugate(&self) -> Quadratic {
        Quadratic { coefficient: -&self.coefficient, ..self.clone() }
    }

    /// The norm `a² - b² d`.
    pub fn norm(&self) -> Rational {
        let d = Rational::from(self.radicand);
        &(&self.rational * &self.rational) - &(&(&self.coefficient * &self.coefficient) * &d)
    }

    /// The inverse; it exists because the root is irrational.
    pub fn recip(&self) -> Option<Quadratic> {
        let scale = self.norm().recip()?;
        Some(Quadratic {
            rational: &self.rational * &scale,
            coefficient: -&(&self.coefficient * &scale),
            radicand: self.radicand,
        })
    }

    /// The sign, exactly; `None` when the number is not real.
    pub fn sign(&self) -> Option<Ordering> {
        if self.radicand < 0 {
            return None;
        }
        let (a, b) = (self.rational.signum().cmp(&0), self.coefficient.signum().cmp(&0));
        if a == b || a == Ordering::Equal {
            return Some(b);
        }
        if b == Ordering::Equal {
            return Some(a);
        }
        // Opposite signs: the larger square decides.
        Some(if self.norm().signum() > 0 { a } else { b })
    }

    /// The nearest double of a real one.
    pub fn to_f64(&self) -> f64 {
        self.rational.to_f64() + self.coefficient.to_f64() * (self.radicand as f64).sqrt()
    }
}

/// `n = outside² · inside` with `inside` square-free, for `n ≤ 10^18`.
fn square_part(n: u64) -> (u64, u64) {
    let (mut left, mut outside, mut inside) = (n, 1u64, 1u64);
    let mut p = 2u64;
    // Whatever is left once the primes up to 10^6 are gone has at most two prime factors: a square or square-free.
    while p <= 1_000_000 && p * p <= left {
        while left % (p * p) == 0 {
            left /= p * p;
            outside *= p;
        }
        if left % p == 0 {
            left /= p;
            inside *= p;
        }
        p += if p == 2 { 1 } else { 2 };
    }
    let root = left.isqrt();
    if root * root == left { (outside * root, inside) } else { (outside, inside * left) }
}

/// Written so that it can be read back: `1+2*sqrt(3)`, `-1/2*sqrt(5)`.
impl fmt::Display for Quadratic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.coefficient.abs();
        let root = format!("sqrt({})", self.radicand);
        let root = if magnitude.is_one() { root } else { format!("{magnitude}*{root}") };
        let text = match (self.rational.is_zero(), self.coefficient.signum() < 0) {
            (true, false) => root,
            (true, true) => format!("-{root}"),
            (false, false) => format!("{}+{root}", self.rational),
            (false, true) => format!("{}-{root}", self.rational),
        };
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_split_off_their_square_part() {
        let root = |n: i64, d: i64| Quadratic::root(&Rational::new(n, d).unwrap()).unwrap();
        assert_eq!(root(12, 1), (Rational::from(2), 3));
        assert_eq!(root(9, 4), (Rational::new(3, 2).unwrap(), 1));
        assert_eq!(root(-4, 1), (Rational::from(2), -1));
        assert_eq!(root(1, 2), (Rational::new(1, 2).unwrap(), 2));
        assert_eq!(root(999_983 * 999_983 * 2, 1), (Rational::from(999_983), 2));
    }

    #[test]
    fn signs_are_exact() {
        let q = |a, b, d| Quadratic { rational: Rational::from(a), coefficient: Rational::from(b), radicand: d };
        assert_eq!(q(3, -2, 2).sign(), Some(Ordering::Greater));
        assert_eq!(q(-3, 2, 2).sign(), Some(Ordering::Less));
        assert_eq!(q(1, 1, -3).sign(), None);
    }
}
