//! Multiplicities: machine words as long as they suffice, then big integers.

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};

/// An integer that counts. Operations of machine words return `None` on overflow, and the caller starts again with big
/// integers.
pub(super) trait Count: Clone + Send + Sync {
    /// From a big integer.
    fn from_big(value: &BigInt) -> Option<Self>;
    /// To a big integer.
    fn to_big(&self) -> BigInt;
    /// Whether it is zero.
    fn vanishes(&self) -> bool;
    /// `self += a b`.
    fn add_product(&mut self, a: &Self, b: &Self) -> Option<()>;
    /// `self -= a b`.
    fn subtract_product(&mut self, a: &Self, b: &Self) -> Option<()>;
}

/// The product of two words, most often small ones.
#[inline]
fn product(a: i128, b: i128) -> Option<i128> {
    match (i64::try_from(a), i64::try_from(b)) {
        (Ok(x), Ok(y)) => Some(i128::from(x) * i128::from(y)),
        _ => a.checked_mul(b),
    }
}

impl Count for i128 {
    fn from_big(value: &BigInt) -> Option<i128> {
        value.to_i128()
    }

    fn to_big(&self) -> BigInt {
        BigInt::from(*self)
    }

    #[inline]
    fn vanishes(&self) -> bool {
        *self == 0
    }

    #[inline]
    fn add_product(&mut self, a: &i128, b: &i128) -> Option<()> {
        *self = self.checked_add(product(*a, *b)?)?;
        Some(())
    }

    #[inline]
    fn subtract_product(&mut self, a: &i128, b: &i128) -> Option<()> {
        *self = self.checked_sub(product(*a, *b)?)?;
        Some(())
    }
}

impl Count for BigInt {
    fn from_big(value: &BigInt) -> Option<BigInt> {
        Some(value.clone())
    }

    fn to_big(&self) -> BigInt {
        self.clone()
    }

    fn vanishes(&self) -> bool {
        Zero::is_zero(self)
    }

    fn add_product(&mut self, a: &BigInt, b: &BigInt) -> Option<()> {
        *self += a * b;
        Some(())
    }

    fn subtract_product(&mut self, a: &BigInt, b: &BigInt) -> Option<()> {
        *self -= a * b;
        Some(())
    }
}
