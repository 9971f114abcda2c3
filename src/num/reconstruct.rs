//! From residues back to rationals: Chinese remaindering and rational reconstruction.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::{Prime, Rational};

/// Residues of several unknown numbers modulo a growing product of primes (Garner's scheme).
#[derive(Clone, Debug)]
pub struct Crt {
    modulus: BigInt,
    values: Vec<BigInt>,
}

impl Crt {
    /// `count` unknown numbers, nothing known yet.
    pub fn new(count: usize) -> Crt {
        Crt { modulus: BigInt::one(), values: vec![BigInt::zero(); count] }
    }

    /// Adds the residues modulo one more prime (a prime that was not used before).
    pub fn add(&mut self, p: Prime, residues: &[u32]) {
        if self.modulus.is_one() {
            self.values = residues.iter().map(|&r| BigInt::from(r)).collect();
            self.modulus = BigInt::from(p.value());
            return;
        }
        let inverse = p.inv(p.residue_big(&self.modulus));
        for (value, &r) in self.values.iter_mut().zip(residues) {
            let step = p.mul(p.sub(r, p.residue_big(value)), inverse);
            if step != 0 {
                *value += &self.modulus * step;
            }
        }
        self.modulus *= p.value();
    }

    /// The unknown numbers as integers of least absolute value.
    pub fn integers(&self) -> Vec<BigInt> {
        let half = &self.modulus / 2;
        self.values.iter().map(|v| if *v > half { v - &self.modulus } else { v.clone() }).collect()
    }

    /// The unknown numbers as rationals with numerator and denominator below `sqrt(modulus / 2)`,
    /// or `None` when some number has no such form (more primes are needed).
    pub fn rationals(&self) -> Option<Vec<Rational>> {
        let bound = (&self.modulus / 2u8).sqrt();
        let mut denominator = BigInt::one();
        let mut out = Vec::with_capacity(self.values.len());
        for value in &self.values {
            if value.is_zero() {
                out.push(Rational::ZERO);
                continue;
            }
            // Entries of one result mostly share their denominator: try the last one first.
            let scaled = (value * &denominator).mod_floor(&self.modulus);
            let balanced = if &scaled * 2 > self.modulus { scaled - &self.modulus } else { scaled };
            if balanced.abs() <= bound {
                out.push(Rational::from_big(balanced, denominator.clone())?);
                continue;
            }
            let q = rational_reconstruction(value, &self.modulus, &bound)?;
            denominator = q.denominator();
            out.push(q);
        }
        Some(out)
    }
}

/// The numbers with these residues modulo one or two primes, as [`Crt::rationals`] gives them, in machine words.
pub fn rationals_of_words(first: (Prime, &[u32]), second: Option<(Prime, &[u32])>) -> Option<Vec<Rational>> {
    let p = u64::from(first.0.value());
    let modulus = second.map_or(p, |(q, _)| p * u64::from(q.value()));
    let bound = (modulus / 2).isqrt();
    let inverse = second.map_or(0, |(q, _)| q.inv(q.reduce(p)));
    let mut denominator = 1u64;
    let mut out = Vec::with_capacity(first.1.len());
    for (at, &r) in first.1.iter().enumerate() {
        let value = match second {
            Some((q, residues)) => {
                let step = q.mul(q.sub(*residues.get(at)?, q.reduce(u64::from(r))), inverse);
                u64::from(r) + p * u64::from(step)
            }
            None => u64::from(r),
        };
        // Entries of one result mostly share their denominator: try the last one first.
        let scaled = if denominator == 1 {
            value
        } else {
            (u128::from(value) * u128::from(denominator) % u128::from(modulus)) as u64
        };
        let signed = |x: u64| if x > modulus / 2 { -((modulus - x) as i64) } else { x as i64 };
        if signed(scaled).unsigned_abs() <= bound {
            out.push(match denominator {
                1 => Rational::from(signed(scaled)),
                d => Rational::new(signed(scaled), d as i64)?,
            });
            continue;
        }
        let (n, d) = fraction_of_word(value, modulus, bound)?;
        denominator = d.unsigned_abs();
        out.push(Rational::new(n, d)?);
    }
    Some(out)
}

/// [`rational_reconstruction`] for a modulus below 2^62.
fn fraction_of_word(value: u64, modulus: u64, bound: u64) -> Option<(i64, i64)> {
    let (mut r0, mut r1) = (modulus as i64, value as i64);
    let (mut s0, mut s1) = (0i64, 1i64);
    while r1 > bound as i64 {
        let quotient = r0 / r1;
        (r0, r1) = (r1, r0 - quotient * r1);
        (s0, s1) = (s1, s0 - quotient * s1); // at most modulus / r0 in absolute value
    }
    (s1 != 0 && s1.unsigned_abs() <= bound && r1.gcd(&s1) == 1).then_some((r1, s1))
}

/// The fraction `n/d ≡ value` with `|n|, d ≤ bound`, by the half-extended Euclidean algorithm (Wang 1981).
fn rational_reconstruction(value: &BigInt, modulus: &BigInt, bound: &BigInt) -> Option<Rational> {
    let (mut r0, mut r1) = (modulus.clone(), value.clone());
    let (mut s0, mut s1) = (BigInt::zero(), BigInt::one());
    while r1 > *bound {
        let (quotient, rest) = r0.div_rem(&r1);
        r0 = std::mem::replace(&mut r1, rest);
        let next = &s0 - &quotient * &s1;
        s0 = std::mem::replace(&mut s1, next);
    }
    if s1.is_zero() || s1.abs() > *bound || !r1.gcd(&s1).is_one() {
        return None;
    }
    Rational::from_big(r1, s1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::prime::random_stream;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_give_what_big_integers_give(pairs in prop::collection::vec((-20_000i64..20_000, 1i64..20_000), 1..6), two in any::<bool>()) {
            let numbers: Vec<Rational> = pairs.iter().map(|&(n, d)| Rational::new(n, d).unwrap()).collect();
            let mut rng = random_stream(4, 0);
            let (p, q) = (Prime::random(&mut rng), Prime::random(&mut rng));
            let residues = |p: Prime| numbers.iter().map(|x| p.residue(x).unwrap()).collect::<Vec<u32>>();
            let mut crt = Crt::new(numbers.len());
            crt.add(p, &residues(p));
            let second = residues(q);
            if two {
                crt.add(q, &second);
            }
            let found = rationals_of_words((p, &residues(p)), two.then_some((q, &second)));
            if two {
                prop_assert_eq!(found.as_ref(), Some(&numbers));
            }
            prop_assert_eq!(found, crt.rationals());
        }

        #[test]
        fn what_goes_in_comes_out(pairs in prop::collection::vec((-1_000_000_000i64..1_000_000_000, 1i64..1_000_000_000), 1..6)) {
            let numbers: Vec<Rational> = pairs.iter().map(|&(n, d)| Rational::new(n, d).unwrap()).collect();
            let mut rng = random_stream(3, 0);
            let mut crt = Crt::new(numbers.len());
            let mut used = Vec::new();
            while used.len() < 4 {
                let p = Prime::random(&mut rng);
                if !used.contains(&p) {
                    let residues: Option<Vec<u32>> = numbers.iter().map(|q| p.residue(q)).collect();
                    if let Some(residues) = residues {
                        crt.add(p, &residues);
                        used.push(p);
                    }
                }
            }
            prop_assert_eq!(crt.rationals(), Some(numbers));
        }
    }
}
