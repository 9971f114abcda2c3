//! Exact rational numbers: a machine-word fast path that grows into big integers.
//!
//! This is the only file that names `num-rational`. Almost every coefficient met in practice fits two
//! machine words, so the small case is stored inline and every operation on it is checked; on overflow the
//! result is computed with [`BigRational`] and brought back to the small form when it fits again, which
//! makes the representation unique (equality and hashing are structural).

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::num::NonZeroI64;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};
use std::str::FromStr;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::power;

/// An exact rational number in lowest terms with positive denominator.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Rational(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    /// Numerator and denominator; the denominator is positive and the pair coprime. `i64::MIN` is never stored.
    /// That the denominator is not zero leaves room for the other case: a rational takes 16 bytes.
    Small(i64, NonZeroI64),
    /// Only when the small form cannot hold the value.
    Big(Box<BigRational>),
}

use Repr::{Big, Small};

/// The denominator of integers.
const UNIT: NonZeroI64 = match NonZeroI64::new(1) {
    Some(one) => one,
    None => NonZeroI64::MAX,
};

impl Rational {
    /// Zero.
    pub const ZERO: Rational = Rational(Small(0, UNIT));
    /// One.
    pub const ONE: Rational = Rational(Small(1, UNIT));

    /// The fraction `numerator / denominator`, or `None` when the denominator is zero.
    pub fn new(numerator: i64, denominator: i64) -> Option<Rational> {
        if denominator > 0 && numerator != i64::MIN {
            let divisor = gcd_word(numerator.unsigned_abs(), denominator.unsigned_abs()) as i64;
            return Some(match divisor {
                1 => Rational::small(numerator, denominator),
                // At most the denominator, so it fits.
                _ => Rational::small(numerator / divisor, denominator / divisor),
            });
        }
        (denominator != 0).then(|| Rational::from_wide(i128::from(numerator), i128::from(denominator)))
    }

    /// A fraction that is known to be in lowest terms with positive denominator.
    pub(crate) fn small(numerator: i64, denominator: i64) -> Rational {
        Rational(Small(numerator, NonZeroI64::new(denominator).unwrap_or(UNIT)))
    }

    /// The fraction of two big integers, or `None` when the denominator is zero.
    pub fn from_big(numerator: BigInt, denominator: BigInt) -> Option<Rational> {
        if denominator.is_zero() {
            return None;
        }
        Some(Rational::shrink(BigRational::new(numerator, denominator)))
    }

    /// Reduces a fraction of wide integers; `denominator` must not be zero.
    fn from_wide(numerator: i128, denominator: i128) -> Rational {
        let divisor = gcd_wide(numerator.unsigned_abs(), denominator.unsigned_abs());
        let sign = if denominator < 0 { -1 } else { 1 };
        // |numerator|, |denominator| < 2^127 here (products of two words), so the sign change cannot overflow.
        let (n, d) = if divisor <= 1 {
            (numerator * sign, denominator * sign)
        } else {
            match (small_word(numerator), small_word(denominator), i64::try_from(divisor)) {
                // Words divide much faster.
                (Some(n), Some(d), Ok(g)) => (i128::from(n / g) * sign, i128::from(d / g) * sign),
                _ => (numerator / divisor as i128 * sign, denominator / divisor as i128 * sign),
            }
        };
        match (small_word(n), small_word(d)) {
            (Some(n), Some(d)) => Rational::small(n, d),
            _ => Rational(Big(Box::new(BigRational::new_raw(BigInt::from(n), BigInt::from(d))))),
        }
    }

    fn shrink(value: BigRational) -> Rational {
        match (value.numer().to_i64().filter(|&n| n != i64::MIN), value.denom().to_i64()) {
            (Some(n), Some(d)) => Rational::small(n, d),
            _ => Rational(Big(Box::new(value))),
        }
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Small(n, d) => BigRational::new_raw(BigInt::from(*n), BigInt::from(d.get())),
            Big(b) => (**b).clone(),
        }
    }

    /// The numerator, with the sign.
    pub fn numerator(&self) -> BigInt {
        match &self.0 {
            Small(n, _) => BigInt::from(*n),
            Big(b) => b.numer().clone(),
        }
    }

    /// The denominator, positive.
    pub fn denominator(&self) -> BigInt {
        match &self.0 {
            Small(_, d) => BigInt::from(d.get()),
            Big(b) => b.denom().clone(),
        }
    }

    /// Numerator and denominator when both fit a machine word.
    pub fn as_small(&self) -> Option<(i64, i64)> {
        match &self.0 {
            Small(n, d) => Some((*n, d.get())),
            Big(_) => None,
        }
    }

    /// The value as a machine integer, when it is one.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Small(n, UNIT) => Some(*n),
            _ => None,
        }
    }

    /// Whether the value is zero.
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Small(0, _))
    }

    /// Whether the value is one.
    pub fn is_one(&self) -> bool {
        matches!(self.0, Small(1, UNIT))
    }

    /// Whether the value is an integer.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Small(_, d) => *d == UNIT,
            Big(b) => b.is_integer(),
        }
    }

    /// -1, 0 or 1.
    pub fn signum(&self) -> i32 {
        match &self.0 {
            Small(n, _) => n.signum() as i32,
            Big(b) => match b.numer().sign() {
                num_bigint::Sign::Minus => -1,
                num_bigint::Sign::NoSign => 0,
                num_bigint::Sign::Plus => 1,
            },
        }
    }

    /// The absolute value.
    pub fn abs(&self) -> Rational {
        if self.signum() < 0 { -self } else { self.clone() }
    }

    /// The multiplicative inverse, or `None` for zero.
    pub fn recip(&self) -> Option<Rational> {
        match &self.0 {
            Small(0, _) => None,
            Small(n, d) if *n > 0 => Some(Rational::small(d.get(), *n)),
            Small(n, d) => Some(Rational::small(-d.get(), -*n)),
            Big(b) => Some(Rational::shrink(b.recip())),
        }
    }

    /// `self / other`, or `None` when `other` is zero.
    pub fn checked_div(&self, other: &Rational) -> Option<Rational> {
        other.recip().map(|r| self * &r)
    }

    /// An integer power; `None` for a negative power of zero.
    pub fn pow(&self, exponent: i32) -> Option<Rational> {
        let base = if exponent < 0 { self.recip()? } else { self.clone() };
        Some(power(Rational::ONE, &base, exponent.unsigned_abs().into(), |a, b| a * b))
    }

    /// The exact square root when it is rational.
    pub fn sqrt(&self) -> Option<Rational> {
        if self.signum() < 0 {
            return None;
        }
        let (n, d) = (self.numerator(), self.denominator());
        let (rn, rd) = (n.sqrt(), d.sqrt());
        (&rn * &rn == n && &rd * &rd == d).then(|| Rational::shrink(BigRational::new_raw(rn, rd)))
    }

    /// The nearest double (round to nearest for word-sized values; within one unit otherwise).
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            Small(n, d) => *n as f64 / d.get() as f64,
            Big(b) => b.to_f64().unwrap_or(f64::NAN),
        }
    }

    /// The exact value of a finite double, a fraction with a power of two below; `None` for infinities and NaN.
    pub fn from_f64(value: f64) -> Option<Rational> {
        BigRational::from_float(value).map(Rational::shrink)
    }

    /// The number of bits of the larger of numerator and denominator.
    pub fn bits(&self) -> u64 {
        match &self.0 {
            Small(n, d) => u64::from(64 - n.unsigned_abs().max(d.get().unsigned_abs()).leading_zeros()),
            Big(b) => b.numer().bits().max(b.denom().bits()),
        }
    }

    /// `self += a * b`, the inner step of elimination.
    pub fn add_product(&mut self, a: &Rational, b: &Rational) {
        *self = &*self + &(a * b);
    }
}

fn small_word(value: i128) -> Option<i64> {
    i64::try_from(value).ok().filter(|&v| v != i64::MIN)
}

/// The greatest common divisor, quick for a small `b`; `b` is not zero.
fn gcd_word(a: u64, b: u64) -> u64 {
    if b == 1 {
        return 1;
    }
    match (u32::try_from(a), u32::try_from(b)) {
        (Ok(mut a), Ok(mut b)) => {
            while b != 0 {
                (a, b) = (b, a % b);
            }
            u64::from(a)
        }
        _ => a.gcd(&b),
    }
}

fn gcd_wide(a: u128, b: u128) -> u128 {
    match (u64::try_from(a), u64::try_from(b)) {
        (Ok(a), Ok(b)) => u128::from(a.gcd(&b)),
        _ => a.gcd(&b),
    }
}

fn add_small(a: i64, b: i64, c: i64, d: i64) -> Rational {
    if b == 1 && d == 1 {
        return Rational::from_integer_wide(i128::from(a) + i128::from(c));
    }
    // |a d + c b| <= 2 (2^63)^2 = 2^127 is excluded because i64::MIN is never stored.
    let (a, b, c, d) = (i128::from(a), i128::from(b), i128::from(c), i128::from(d));
    Rational::from_wide(a * d + c * b, b * d)
}

impl Rational {
    fn from_integer_wide(value: i128) -> Rational {
        match small_word(value) {
            Some(n) => Rational(Small(n, UNIT)),
            None => Rational(Big(Box::new(BigRational::from_integer(BigInt::from(value))))),
        }
    }
}

impl Add for &Rational {
    type Output = Rational;
    fn add(self, other: &Rational) -> Rational {
        match (&self.0, &other.0) {
            (Small(a, b), Small(c, d)) => add_small(*a, b.get(), *c, d.get()),
            _ => Rational::shrink(self.to_big() + other.to_big()),
        }
    }
}

impl Sub for &Rational {
    type Output = Rational;
    fn sub(self, other: &Rational) -> Rational {
        match (&self.0, &other.0) {
            (Small(a, b), Small(c, d)) => add_small(*a, b.get(), -*c, d.get()),
            _ => Rational::shrink(self.to_big() - other.to_big()),
        }
    }
}

impl Mul for &Rational {
    type Output = Rational;
    fn mul(self, other: &Rational) -> Rational {
        match (&self.0, &other.0) {
            (Small(a, UNIT), Small(c, UNIT)) => Rational::from_integer_wide(i128::from(*a) * i128::from(*c)),
            (Small(a, b), Small(c, d)) => {
                Rational::from_wide(i128::from(*a) * i128::from(*c), i128::from(b.get()) * i128::from(d.get()))
            }
            _ => Rational::shrink(self.to_big() * other.to_big()),
        }
    }
}

impl Neg for &Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        match &self.0 {
            Small(n, d) => Rational(Small(-*n, *d)),
            Big(b) => Rational(Big(Box::new(-(**b).clone()))),
        }
    }
}

/// Division panics on zero like the integers do; engines divide by pivots they have tested, everything a
/// user can reach goes through [`Rational::checked_div`].
impl Div for &Rational {
    type Output = Rational;
    fn div(self, other: &Rational) -> Rational {
        assert!(!other.is_zero(), "division of a rational by zero");
        match &other.0 {
            Small(1, UNIT) => self.clone(),
            _ => self.checked_div(other).unwrap_or(Rational::ZERO),
        }
    }
}

macro_rules! owned_operator {
    ($($operator:ident :: $method:ident),*) => {$(
        impl $operator for Rational {
            type Output = Rational;
            fn $method(self, other: Rational) -> Rational { (&self).$method(&other) }
        }
        impl $operator<&Rational> for Rational {
            type Output = Rational;
            fn $method(self, other: &Rational) -> Rational { (&self).$method(other) }
        }
    )*};
}
owned_operator!(Add::add, Sub::sub, Mul::mul, Div::div);

impl Neg for Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        -&self
    }
}

impl AddAssign<&Rational> for Rational {
    fn add_assign(&mut self, other: &Rational) {
        *self = &*self + other;
    }
}

impl SubAssign<&Rational> for Rational {
    fn sub_assign(&mut self, other: &Rational) {
        *self = &*self - other;
    }
}

impl Sum for Rational {
    fn sum<I: Iterator<Item = Rational>>(iter: I) -> Rational {
        iter.fold(Rational::ZERO, |a, b| &a + &b)
    }
}

impl From<i64> for Rational {
    fn from(value: i64) -> Rational {
        Rational::from_integer_wide(i128::from(value))
    }
}

impl From<BigInt> for Rational {
    fn from(value: BigInt) -> Rational {
        Rational::shrink(BigRational::from_integer(value))
    }
}

impl Default for Rational {
    fn default() -> Rational {
        Rational::ZERO
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Rational) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Rational) -> Ordering {
        match (&self.0, &other.0) {
            (Small(a, b), Small(c, d)) => {
                (i128::from(*a) * i128::from(d.get())).cmp(&(i128::from(*c) * i128::from(b.get())))
            }
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Small(n, UNIT) => f.pad_integral(*n >= 0, "", &n.unsigned_abs().to_string()),
            Small(n, d) => f.pad(&format!("{n}/{d}")),
            Big(b) => f.pad(&b.to_string()),
        }
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text was not an integer or a fraction `p/q` with `q` non-zero.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a rational number")]
pub struct ParseRationalError(String);

impl FromStr for Rational {
    type Err = ParseRationalError;

    /// Reads `-3`, `3/4` or a finite decimal `0.25` (kept exact).
    fn from_str(text: &str) -> Result<Rational, ParseRationalError> {
        let fail = || ParseRationalError(text.chars().take(40).collect());
        let integer = |s: &str| -> Option<BigInt> {
            let digits = s.strip_prefix(['+', '-']).unwrap_or(s);
            (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse().ok()).flatten()
        };
        let trimmed = text.trim();
        if let Some((n, d)) = trimmed.split_once('/') {
            let (n, d) = (integer(n.trim()).ok_or_else(fail)?, integer(d.trim()).ok_or_else(fail)?);
            return Rational::from_big(n, d).ok_or_else(fail);
        }
        if let Some((whole, fraction)) = trimmed.split_once('.') {
            if !fraction.bytes().all(|b| b.is_ascii_digit()) || fraction.len() > 100_000 {
                return Err(fail());
            }
            let digits = integer(&format!("{whole}{fraction}")).ok_or_else(fail)?;
            let scale = BigInt::from(10u8).pow(fraction.len() as u32);
            return Rational::from_big(digits, scale).ok_or_else(fail);
        }
        integer(trimmed).map(Rational::from).ok_or_else(fail)
    }
}

impl Zero for Rational {
    fn zero() -> Rational {
        Rational::ZERO
    }
    fn is_zero(&self) -> bool {
        Rational::is_zero(self)
    }
}

impl One for Rational {
    fn one() -> Rational {
        Rational::ONE
    }
}

/// The least common multiple of the denominators of some rationals (1 for none).
pub fn common_denominator<'a>(values: impl IntoIterator<Item = &'a Rational>) -> BigInt {
    let mut small: i64 = 1;
    let mut big: Option<BigInt> = None;
    for value in values {
        match (&big, value.as_small()) {
            (_, Some((_, 1))) => {}
            (None, Some((_, d))) if small % d == 0 => {}
            (None, Some((_, d))) => match (d / small.gcd(&d)).checked_mul(small) {
                Some(l) => small = l,
                None => big = Some(BigInt::from(small).lcm(&BigInt::from(d))),
            },
            (None, None) => big = Some(BigInt::from(small).lcm(&value.denominator())),
            (Some(b), _) => {
                let d = value.denominator();
                // As short as d: the gcd takes a step for each bit.
                let rest = b % &d;
                if !rest.is_zero() {
                    big = Some(b / rest.gcd(&d) * d);
                }
            }
        }
    }
    big.unwrap_or_else(|| BigInt::from(small)).abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_rational() -> impl Strategy<Value = Rational> {
        let word = prop_oneof![-20i64..20, any::<i64>(), Just(i64::MAX), Just(i64::MIN)];
        (word.clone(), word).prop_map(|(n, d)| Rational::new(n, d).unwrap_or(Rational::ONE))
    }

    proptest! {
        #[test]
        fn field_axioms(a in any_rational(), b in any_rational(), c in any_rational()) {
            prop_assert_eq!(&(&a + &b) + &c, &a + &(&b + &c));
            prop_assert_eq!(&(&a * &b) * &c, &a * &(&b * &c));
            prop_assert_eq!(&a * &(&b + &c), &(&a * &b) + &(&a * &c));
            prop_assert_eq!(&(&a - &b) + &b, a.clone());
            if !b.is_zero() {
                prop_assert_eq!(&(&a / &b) * &b, a);
            }
        }

        #[test]
        fn agrees_with_big_rationals(a in any_rational(), b in any_rational()) {
            prop_assert_eq!((&a + &b).to_big(), a.to_big() + b.to_big());
            prop_assert_eq!((&a * &b).to_big(), a.to_big() * b.to_big());
            prop_assert_eq!(a.cmp(&b), a.to_big().cmp(&b.to_big()));
        }

        #[test]
        fn printing_and_reading_give_the_value_back(a in any_rational()) {
            prop_assert_eq!(a.to_string().parse::<Rational>().ok(), Some(a));
        }
    }

    #[test]
    fn a_rational_takes_two_words() {
        assert_eq!(size_of::<Rational>(), 16);
    }

    #[test]
    fn doubles_have_exact_values() {
        assert_eq!(Rational::from_f64(-0.375), Rational::new(-3, 8));
        assert_eq!(Rational::from_f64(0.1).map(|q| q.to_f64()), Some(0.1));
        assert_ne!(Rational::from_f64(0.1), Rational::new(1, 10));
        assert_eq!(Rational::from_f64(f64::NAN), None);
    }

    #[test]
    fn reads_decimals_exactly() {
        assert_eq!("-0.125".parse(), Ok(Rational::new(-1, 8).unwrap_or_default()));
        for wrong in ["", "/", "1/0", "1//2", "1e5", "0x1", "1.2.3", "--1", "1/-", "½"] {
            assert!(wrong.parse::<Rational>().is_err(), "{wrong}");
        }
    }
}
