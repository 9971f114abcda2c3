//! Numbers `±√(p/q)`: what coupling coefficients are.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Neg;

use crate::num::{Quadratic, Rational};

/// The number `sign · √square`, exact: the square is a rational that is not negative.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SignedRoot {
    negative: bool,
    square: Rational,
}

impl SignedRoot {
    /// Zero.
    pub const ZERO: SignedRoot = SignedRoot { negative: false, square: Rational::ZERO };

    /// `factor · √|square|` for a rational factor.
    pub fn scaled(factor: &Rational, square: &Rational) -> SignedRoot {
        let all = &(factor * factor) * &square.abs();
        SignedRoot { negative: factor.signum() < 0 && !all.is_zero(), square: all }
    }

    /// `−1`, `0` or `1`.
    pub fn signum(&self) -> i32 {
        match self.square.signum() {
            0 => 0,
            _ if self.negative => -1,
            _ => 1,
        }
    }

    /// The square of the number.
    pub fn square(&self) -> &Rational {
        &self.square
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.square.is_zero()
    }

    /// The number as `factor · √radicand` with a square-free radicand; `None` when the square is too large to be searched
    /// for square factors.
    pub fn simplified(&self) -> Option<(Rational, i64)> {
        let (factor, radicand) = Quadratic::root(&self.square)?;
        Some((if self.negative { -factor } else { factor }, radicand))
    }

    /// The value as a double.
    pub fn to_f64(&self) -> f64 {
        f64::from(self.signum()) * self.square.to_f64().sqrt()
    }
}

impl Neg for SignedRoot {
    type Output = SignedRoot;

    fn neg(self) -> SignedRoot {
        SignedRoot { negative: !self.negative && !self.square.is_zero(), square: self.square }
    }
}

impl PartialOrd for SignedRoot {
    fn partial_cmp(&self, other: &SignedRoot) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SignedRoot {
    fn cmp(&self, other: &SignedRoot) -> Ordering {
        let signed = |x: &SignedRoot| if x.negative { -&x.square } else { x.square.clone() };
        signed(self).cmp(&signed(other))
    }
}

/// Written `1/2` or `-√(3/10)`.
impl fmt::Display for SignedRoot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        match self.square.sqrt() {
            Some(root) => write!(f, "{sign}{root}"),
            None if self.square.is_integer() => write!(f, "{sign}√{}", self.square),
            None => write!(f, "{sign}√({})", self.square),
        }
    }
}
