//! Rational numbers up to squares or cubes: one representative for each class.
//!
//! Two numbers are in one class of `Q*/(Q*)^k` when their quotient is a `k`-th power; the class is named by an integer
//! free of `k`-th powers. Finding it means factoring an integer: trial division, perfect powers, and Pollard's rho
//! (Brent's variant) for what is left, up to a fixed number of steps.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// `value = root^k · rest` with `rest` an integer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PowerClass {
    pub(super) root: Rational,
    pub(super) rest: Rational,
    /// Whether `rest` is known to be free of `k`-th powers.
    pub(super) reduced: bool,
}

/// Primes up to here are divided out; what is left below the cube of the bound has at most two prime factors.
const TRIAL: u32 = 1 << 16;
/// Steps of Pollard's rho for one factor: enough for prime factors of about ten digits.
const RHO_STEPS: u32 = 1 << 17;

/// The class of a number that is not zero modulo `k`-th powers, `k` = 2 or 3. For `k = 3` the rest is positive.
pub(super) fn power_class(value: &Rational, k: u32, limits: &Limits) -> Result<PowerClass, Stop> {
    // p/q = (p q^(k-1)) / q^k.
    let denominator = value.denominator();
    let integer = value.numerator() * denominator.pow(k - 1);
    let mut reduced = true;
    let mut root = BigInt::one();
    let mut rest = BigInt::one();
    for (factor, exponent, known) in factors(&integer.abs(), limits)? {
        root *= factor.pow(exponent / k);
        rest *= factor.pow(exponent % k);
        reduced &= known;
    }
    if integer.is_negative() {
        if k % 2 == 0 { rest = -rest } else { root = -root }
    }
    let root = Rational::from_big(root, denominator).unwrap_or(Rational::ONE);
    Ok(PowerClass { root, rest: Rational::from(rest), reduced })
}

/// Factors with exponents; the flag says that the factor is square-free and shares no prime with the others.
fn factors(n: &BigInt, limits: &Limits) -> Result<Vec<(BigInt, u32, bool)>, Stop> {
    let mut out: Vec<(BigInt, u32, bool)> = Vec::new();
    let mut left = n.clone();
    if left.is_zero() {
        return Ok(out);
    }
    let mut p = 2u32;
    while p < TRIAL && BigInt::from(p) * p <= left {
        let mut exponent = 0;
        loop {
            let (quotient, remainder) = left.div_rem(&BigInt::from(p));
            if !remainder.is_zero() {
                break;
            }
            left = quotient;
            exponent += 1;
        }
        if exponent > 0 {
            out.push((BigInt::from(p), exponent, true));
        }
        p += if p == 2 { 1 } else { 2 };
        if p % 512 == 1 {
            limits.check()?;
        }
    }
    // The flag says that the number was not split by rho, so that it shares no prime with the others.
    let mut stack = vec![(left, 1u32, true)];
    let mut large: Vec<(BigInt, u32, bool)> = Vec::new();
    while let Some((m, exponent, whole)) = stack.pop() {
        if m.is_one() {
            continue;
        }
        if let Some((base, power)) = perfect_power(&m) {
            stack.push((base, exponent * power, whole));
            continue;
        }
        // No prime factor below TRIAL and no perfect power: below its cube a prime or a product of two.
        if whole && m < BigInt::from(TRIAL).pow(3) || is_probable_prime(&m) {
            merge(&mut large, m, exponent, true);
        } else if let Some(factor) = rho(&m, limits)? {
            let other = &m / &factor;
            stack.push((factor, exponent, false));
            stack.push((other, exponent, false));
        } else {
            merge(&mut large, m, exponent, false);
        }
    }
    out.extend(large);
    Ok(out)
}

/// Adds a factor to the list; one that was found twice gets the sum of its exponents.
fn merge(list: &mut Vec<(BigInt, u32, bool)>, factor: BigInt, exponent: u32, known: bool) {
    match list.iter_mut().find(|entry| entry.0 == factor) {
        Some(entry) => entry.1 += exponent,
        None => list.push((factor, exponent, known)),
    }
}

/// `m = base^power` with a prime power, when it is one.
fn perfect_power(m: &BigInt) -> Option<(BigInt, u32)> {
    let bits = u32::try_from(m.bits()).unwrap_or(u32::MAX);
    [2u32, 3, 5, 7, 11, 13].into_iter().filter(|&e| e < bits).find_map(|e| {
        let root = m.nth_root(e);
        (root.pow(e) == *m).then_some((root, e))
    })
}

/// Miller–Rabin with the first 13 primes as bases: exact below 3.3·10^24 (Sorenson–Webster 2015).
fn is_probable_prime(n: &BigInt) -> bool {
    let one = BigInt::one();
    let minus = n - &one;
    let twos = minus.trailing_zeros().unwrap_or(0);
    let odd = &minus >> twos;
    [2u32, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41].into_iter().all(|base| {
        let mut x = BigInt::from(base).modpow(&odd, n);
        if x.is_one() || x == minus || x.is_zero() {
            return true;
        }
        for _ in 1..twos {
            x = &x * &x % n;
            if x == minus {
                return true;
            }
        }
        false
    })
}

/// A proper factor of a composite number, when one is found within the steps allowed.
fn rho(n: &BigInt, limits: &Limits) -> Result<Option<BigInt>, Stop> {
    let step = |x: &BigInt, c: u32| (x * x + c) % n;
    for c in 1..4u32 {
        let mut y = BigInt::from(2);
        let mut x = y.clone();
        let mut before = y.clone();
        let mut product = BigInt::one();
        let (mut count, mut length) = (0u32, 1u32);
        while count < RHO_STEPS {
            x.clone_from(&y);
            let mut done = 0;
            while done < length && count < RHO_STEPS {
                limits.check()?;
                before.clone_from(&y);
                let batch = 128.min(length - done);
                for _ in 0..batch {
                    y = step(&y, c);
                    product = product * (&x - &y).abs() % n;
                }
                done += batch;
                count += batch;
                let divisor = product.gcd(n);
                if divisor.is_one() {
                    continue;
                }
                // Step by step through the batch that held the divisor.
                let mut z = before.clone();
                for _ in 0..batch {
                    z = step(&z, c);
                    let divisor = (&x - &z).abs().gcd(n);
                    if !divisor.is_one() {
                        if divisor != *n {
                            return Ok(Some(divisor));
                        }
                        break;
                    }
                }
                count = RHO_STEPS; // this polynomial found nothing
            }
            length *= 2;
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(text: &str, k: u32) -> (String, String, bool) {
        let c = power_class(&text.parse().unwrap(), k, &Limits::none()).unwrap();
        (c.root.to_string(), c.rest.to_string(), c.reduced)
    }

    #[test]
    fn representatives_are_free_of_powers() {
        let is = |root: &str, rest: &str| (root.to_string(), rest.to_string(), true);
        assert_eq!(class("12", 2), is("2", "3"));
        assert_eq!(class("-1/2", 2), is("1/2", "-2"));
        assert_eq!(class("9/4", 2), is("3/2", "1"));
        assert_eq!(class("-16", 3), is("-2", "2"));
        assert_eq!(class("1/2", 3), is("1/2", "4"));
        assert_eq!(class("-4/9", 3), is("-1/3", "12"));
    }

    #[test]
    fn large_squares_and_large_primes_come_apart() {
        // (10^9+7)² (10^9+9), and the square of a product of two large primes times 6.
        assert_eq!(class("1000000023000000175000000441", 2).1, "1000000009");
        let square = BigInt::from(1_000_000_007i64) * BigInt::from(998_244_353i64);
        let n = (&square * &square * BigInt::from(6)).to_string();
        assert_eq!(class(&n, 2), (square.to_string(), "6".into(), true));
        let n = (&square * &square * &square * BigInt::from(-6)).to_string();
        assert_eq!(class(&n, 3), (format!("-{square}"), "6".into(), true));
    }

    #[test]
    fn a_number_beyond_reach_is_said_to_be() {
        // p² q with primes p and q of 21 and 31 digits.
        let p: BigInt = "100000000000000000039".parse().unwrap();
        let q: BigInt = "1000000000000000000000000000057".parse().unwrap();
        let c = power_class(&Rational::from(&p * &p * q), 2, &Limits::none()).unwrap();
        assert!(!c.reduced);
        assert!(c.root.is_one());
    }
}
