//! Gaussian rationals `a + b i` with exact parts: the field Q(i).

use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use super::{Rational, power};

/// An element `re + im·i` of Q(i).
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Gaussian {
    /// Real part.
    pub re: Rational,
    /// Imaginary part.
    pub im: Rational,
}

impl Gaussian {
    /// Zero.
    pub const ZERO: Gaussian = Gaussian { re: Rational::ZERO, im: Rational::ZERO };
    /// One.
    pub const ONE: Gaussian = Gaussian { re: Rational::ONE, im: Rational::ZERO };
    /// The imaginary unit.
    pub const I: Gaussian = Gaussian { re: Rational::ZERO, im: Rational::ONE };

    /// `re + im·i`.
    pub fn new(re: Rational, im: Rational) -> Gaussian {
        Gaussian { re, im }
    }

    /// Whether both parts vanish.
    pub fn is_zero(&self) -> bool {
        self.re.is_zero() && self.im.is_zero()
    }

    /// Whether the imaginary part vanishes.
    pub fn is_real(&self) -> bool {
        self.im.is_zero()
    }

    /// The complex conjugate.
    pub fn conj(&self) -> Gaussian {
        Gaussian { re: self.re.clone(), im: -&self.im }
    }

    /// The norm `re² + im²`.
    pub fn norm(&self) -> Rational {
        &(&self.re * &self.re) + &(&self.im * &self.im)
    }

    /// The multiplicative inverse, or `None` for zero.
    pub fn recip(&self) -> Option<Gaussian> {
        let scale = self.norm().recip()?;
        Some(Gaussian { re: &self.re * &scale, im: -&(&self.im * &scale) })
    }

    /// `self / other`, or `None` when `other` is zero.
    pub fn checked_div(&self, other: &Gaussian) -> Option<Gaussian> {
        other.recip().map(|r| self * &r)
    }

    /// An integer power; `None` for a negative power of zero.
    pub fn pow(&self, exponent: i32) -> Option<Gaussian> {
        if self.is_real() {
            return self.re.pow(exponent).map(Gaussian::from);
        }
        let base = if exponent < 0 { self.recip()? } else { self.clone() };
        Some(power(Gaussian::ONE, &base, exponent.unsigned_abs().into(), |a, b| a * b))
    }
}

impl From<Rational> for Gaussian {
    fn from(re: Rational) -> Gaussian {
        Gaussian { re, im: Rational::ZERO }
    }
}

impl From<i64> for Gaussian {
    fn from(re: i64) -> Gaussian {
        Gaussian::from(Rational::from(re))
    }
}

impl Add for &Gaussian {
    type Output = Gaussian;
    fn add(self, other: &Gaussian) -> Gaussian {
        Gaussian { re: &self.re + &other.re, im: &self.im + &other.im }
    }
}

impl Sub for &Gaussian {
    type Output = Gaussian;
    fn sub(self, other: &Gaussian) -> Gaussian {
        Gaussian { re: &self.re - &other.re, im: &self.im - &other.im }
    }
}

impl Mul for &Gaussian {
    type Output = Gaussian;
    fn mul(self, other: &Gaussian) -> Gaussian {
        if self.is_real() && other.is_real() {
            return Gaussian::from(&self.re * &other.re);
        }
        Gaussian {
            re: &(&self.re * &other.re) - &(&self.im * &other.im),
            im: &(&self.re * &other.im) + &(&self.im * &other.re),
        }
    }
}

impl Neg for &Gaussian {
    type Output = Gaussian;
    fn neg(self) -> Gaussian {
        Gaussian { re: -&self.re, im: -&self.im }
    }
}

/// Written the way people write it: `3`, `-i`, `1/2+3i`, `2-5/3i` (the coefficient stands before `i`).
impl fmt::Display for Gaussian {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.im.is_zero() {
            return fmt::Display::fmt(&self.re, f);
        }
        let magnitude = self.im.abs();
        let imaginary = if magnitude.is_one() { "i".to_string() } else { format!("{magnitude}i") };
        let text = match (self.re.is_zero(), self.im.signum() < 0) {
            (true, false) => imaginary,
            (true, true) => format!("-{imaginary}"),
            (false, false) => format!("{}+{imaginary}", self.re),
            (false, true) => format!("{}-{imaginary}", self.re),
        };
        f.pad(&text)
    }
}

impl Gaussian {
    /// As it is typed in the language, `3i/4` or `1/2-5i/3`: there `3/4i` is 3 divided by 4i.
    pub fn typed(&self) -> String {
        if self.im.is_integer() {
            return self.to_string();
        }
        let above = Gaussian::new(Rational::ZERO, Rational::from(self.im.numerator()));
        let plus = if self.im.signum() > 0 { "+" } else { "" };
        let imaginary = format!("{above}/{}", self.im.denominator());
        if self.re.is_zero() { imaginary } else { format!("{}{plus}{imaginary}", self.re) }
    }
}

impl fmt::Debug for Gaussian {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn g(re: i64, im: i64) -> Gaussian {
        Gaussian::new(Rational::from(re), Rational::from(im))
    }

    #[test]
    fn multiplies_and_divides() {
        assert_eq!(&g(1, 2) * &g(3, -1), g(5, 5));
        assert_eq!(g(5, 5).checked_div(&g(3, -1)), Some(g(1, 2)));
        assert_eq!(g(0, 1).pow(-1), Some(g(0, -1)));
        assert_eq!(g(0, 0).recip(), None);
    }

    #[test]
    fn prints_as_people_write() {
        assert_eq!(g(0, -1).to_string(), "-i");
        assert_eq!(g(2, 3).to_string(), "2+3i");
        assert_eq!(g(2, 0).to_string(), "2");
    }

    #[test]
    fn is_typed_with_the_denominator_last() {
        let z = |re: i64, im: (i64, i64)| Gaussian::new(Rational::from(re), Rational::new(im.0, im.1).unwrap());
        assert_eq!(z(0, (1, 4)).typed(), "i/4");
        assert_eq!(z(0, (-3, 4)).typed(), "-3i/4");
        assert_eq!(z(2, (-5, 3)).typed(), "2-5i/3");
        assert_eq!(z(2, (5, 3)).typed(), "2+5i/3");
        assert_eq!(z(2, (5, 1)).typed(), "2+5i");
    }
}
