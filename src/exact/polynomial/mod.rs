//! Univariate polynomials over Q: arithmetic, real roots by Sturm's theorem, factorisation.

mod factor;
mod generator;
pub mod modular;
mod sturm;

use std::fmt;

use crate::num::Rational;

/// A polynomial `c_0 + c_1 t + … + c_n t^n`, coefficients in increasing degree, the last one non-zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Polynomial(Vec<Rational>);

impl Polynomial {
    /// From coefficients in increasing degree.
    pub fn new(mut coefficients: Vec<Rational>) -> Polynomial {
        while coefficients.last().is_some_and(Rational::is_zero) {
            coefficients.pop();
        }
        Polynomial(coefficients)
    }

    /// The coefficients in increasing degree (none for zero).
    pub fn coefficients(&self) -> &[Rational] {
        &self.0
    }

    /// The degree, `None` for zero.
    pub fn degree(&self) -> Option<usize> {
        self.0.len().checked_sub(1)
    }

    /// Whether it is the zero polynomial.
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// The leading coefficient (zero for zero).
    pub fn leading(&self) -> Rational {
        self.0.last().cloned().unwrap_or_default()
    }

    /// The value at `t`.
    pub fn evaluate(&self, t: &Rational) -> Rational {
        self.0.iter().rev().fold(Rational::ZERO, |value, c| &(&value * t) + c)
    }

    /// The derivative.
    pub fn derivative(&self) -> Polynomial {
        Polynomial::new(self.0.iter().enumerate().skip(1).map(|(k, c)| c * &Rational::from(k as i64)).collect())
    }

    /// The sum.
    pub fn add(&self, other: &Polynomial) -> Polynomial {
        let zero = Rational::ZERO;
        let length = self.0.len().max(other.0.len());
        let at = |p: &Polynomial, k: usize| p.0.get(k).unwrap_or(&zero).clone();
        Polynomial::new((0..length).map(|k| &at(self, k) + &at(other, k)).collect())
    }

    /// The multiple by a number.
    pub fn scale(&self, factor: &Rational) -> Polynomial {
        Polynomial::new(self.0.iter().map(|c| c * factor).collect())
    }

    /// The product.
    pub fn mul(&self, other: &Polynomial) -> Polynomial {
        let mut out = vec![Rational::ZERO; (self.0.len() + other.0.len()).saturating_sub(1)];
        for (i, a) in self.0.iter().enumerate() {
            for (j, b) in other.0.iter().enumerate() {
                out[i + j].add_product(a, b);
            }
        }
        Polynomial::new(out)
    }

    /// Quotient and remainder of the division by a non-zero polynomial.
    pub fn div_rem(&self, divisor: &Polynomial) -> (Polynomial, Polynomial) {
        let mut rest = self.0.clone();
        let d = divisor.0.len();
        let Some(inverse) = divisor.leading().recip() else { return (Polynomial(Vec::new()), self.clone()) };
        let mut quotient = vec![Rational::ZERO; (rest.len() + 1).saturating_sub(d)];
        for k in (0..quotient.len()).rev() {
            let factor = &rest[k + d - 1] * &inverse;
            if !factor.is_zero() {
                let minus = -&factor;
                for (i, c) in divisor.0.iter().enumerate() {
                    rest[k + i].add_product(&minus, c);
                }
            }
            quotient[k] = factor;
        }
        (Polynomial::new(quotient), Polynomial::new(rest))
    }

    /// The same polynomial divided by its leading coefficient.
    pub fn monic(&self) -> Polynomial {
        match self.leading().recip() {
            Some(inverse) => self.scale(&inverse),
            None => self.clone(),
        }
    }

    /// The monic greatest common divisor, by Euclid's algorithm.
    pub fn gcd(&self, other: &Polynomial) -> Polynomial {
        let (mut a, mut b) = (self.monic(), other.monic());
        while !b.is_zero() {
            let rest = a.div_rem(&b).1.monic();
            a = std::mem::replace(&mut b, rest);
        }
        a
    }

    /// Whether no root is repeated.
    pub fn is_squarefree(&self) -> bool {
        self.gcd(&self.derivative()).degree() == Some(0)
    }
}

impl fmt::Display for Polynomial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_zero() {
            return write!(f, "0");
        }
        let mut first = true;
        for (k, c) in self.0.iter().enumerate().rev().filter(|(_, c)| !c.is_zero()) {
            let sign = if c.signum() < 0 { "-" } else { "+" };
            let size = c.abs();
            let power = match k {
                0 => String::new(),
                1 => "t".to_string(),
                _ => format!("t^{k}"),
            };
            let coefficient = if size.is_one() && k > 0 { String::new() } else { size.to_string() };
            match (first, sign) {
                (true, "-") => write!(f, "-{coefficient}{power}")?,
                (true, _) => write!(f, "{coefficient}{power}")?,
                (false, _) => write!(f, " {sign} {coefficient}{power}")?,
            }
            first = false;
        }
        Ok(())
    }
}

#[cfg(test)]
pub(crate) fn integers(c: &[i64]) -> Polynomial {
    Polynomial::new(c.iter().map(|&x| Rational::from(x)).collect())
}
