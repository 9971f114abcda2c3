//! A simpler generator of the same number field.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::Polynomial;
use crate::num::{Rational, common_denominator};

/// Primes up to this bound are searched in the coefficients.
const TRIAL: u32 = 10_000;

impl Polynomial {
    /// The minimal polynomial of another generator `(θ − c)·s` of the field of this monic irreducible polynomial, with
    /// rational `c`, `s`: integral, with trace zero, and smaller by each factor `q^k` of the coefficients of `t^(n-k)` with
    /// a prime `q ≤ 10000`. For quadratic fields `t² − d`, with `d` squarefree up to larger primes; linear ones give `t`.
    pub fn simpler_generator(&self) -> Polynomial {
        let Some(n) = self.degree().filter(|&n| n > 0) else { return self.clone() };
        let monic = self.monic();
        let count = Rational::from(n as i64);
        let center = (-&monic.coefficients()[n - 1]).checked_div(&count).unwrap_or_default();
        let shifted = monic.shifted(&center);
        // s^n f(t / s) for the common denominator s is integral.
        let denominator = common_denominator(shifted.coefficients());
        let mut coefficients: Vec<BigInt> = Vec::with_capacity(n + 1);
        for (k, c) in shifted.coefficients().iter().enumerate() {
            let factor = Rational::from(denominator.pow((n - k) as u32));
            coefficients.push((c * &factor).numerator());
        }
        for q in (2..=TRIAL).filter(|q| q % 2 == 1 || *q == 2) {
            while let Some(smaller) = divided(&coefficients, &BigInt::from(q)) {
                coefficients = smaller;
            }
        }
        if n == 2 {
            // d = q² is left when q is a large prime.
            let root = coefficients[0].abs().sqrt();
            if !root.is_zero()
                && let Some(smaller) = divided(&coefficients, &root)
            {
                coefficients = smaller;
            }
        }
        Polynomial::new(coefficients.into_iter().map(Rational::from).collect())
    }

    /// `f(t + c)`, by Horner's rule.
    fn shifted(&self, c: &Rational) -> Polynomial {
        let step = Polynomial::new(vec![c.clone(), Rational::ONE]);
        self.coefficients()
            .iter()
            .rev()
            .fold(Polynomial::new(Vec::new()), |sum, a| sum.mul(&step).add(&Polynomial::new(vec![a.clone()])))
    }
}

/// The coefficients of `t^(n-k)` divided by `q^k`, if all are divisible and one of them is not zero.
fn divided(coefficients: &[BigInt], q: &BigInt) -> Option<Vec<BigInt>> {
    let n = coefficients.len() - 1;
    if q.is_one() || coefficients[..n].iter().all(Zero::is_zero) {
        return None;
    }
    let mut power = BigInt::one();
    let mut out = coefficients.to_vec();
    for c in out.iter_mut().rev() {
        let (quotient, rest) = c.div_rem(&power);
        if !rest.is_zero() {
            return None;
        }
        *c = quotient;
        power *= q;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::integers;
    use crate::num::Rational;

    #[test]
    fn known_fields() {
        // (t + 12)² − 200 = 0: the field of √2.
        assert_eq!(integers(&[-56, 24, 1]).simpler_generator(), integers(&[-2, 0, 1]));
        assert_eq!(integers(&[1, 1, 1]).simpler_generator(), integers(&[3, 0, 1]));
        assert_eq!(integers(&[5, 1]).simpler_generator(), integers(&[0, 1]));
        // θ³ = 2 in the generator 6 θ + 1.
        let f = integers(&[-433, 3, -3, 1]);
        assert_eq!(f.simpler_generator(), integers(&[-2, 0, 0, 1]));
        // θ² = 10007² · 3 and θ² = 1/12.
        assert_eq!(integers(&[-300_420_147, 0, 1]).simpler_generator(), integers(&[-300_420_147, 0, 1]));
        let twelfth = integers(&[-1, 0, 12]).scale(&Rational::new(1, 12).unwrap());
        assert_eq!(twelfth.simpler_generator(), integers(&[-3, 0, 1]));
    }
}
