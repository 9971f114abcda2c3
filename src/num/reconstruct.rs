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
