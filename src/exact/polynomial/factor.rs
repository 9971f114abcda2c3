//! Factorisation over Q of squarefree polynomials: modulo a prime, Hensel lifting, recombination
//! (Zassenhaus 1969; von zur Gathen–Gerhard, Modern Computer Algebra, ch. 15).

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Zero};

use super::Polynomial;
use super::modular::{self, ModPolynomial};
use crate::exact::lift::Primes;
use crate::limits::{Limits, Stop};
use crate::num::{Prime, Rational, common_denominator};

impl Polynomial {
    /// The monic irreducible factors over Q of a squarefree polynomial, by degree, then coefficients.
    ///
    /// Each product found is confirmed by exact division, and what remains after all smaller combinations failed
    /// is irreducible. Exponential in the number of modular factors in the worst case (Swinnerton-Dyer).
    pub fn factor_squarefree(&self, limits: &Limits) -> Result<Vec<Polynomial>, Stop> {
        let monic = self.monic();
        match monic.degree() {
            None | Some(0) => return Ok(Vec::new()),
            Some(1) => return Ok(vec![monic]),
            _ => {}
        }
        // f(t) with common denominator c: c^n f(t / c) is monic with integer coefficients.
        let scale = Rational::from(common_denominator(monic.coefficients()));
        let integral: Vec<BigInt> = scaled(&monic, &scale).iter().map(Rational::numerator).collect();
        let inverse = scale.recip().unwrap_or(Rational::ONE);
        let mut factors: Vec<Polynomial> = factor_integral(integral, limits)?
            .into_iter()
            .map(|f| {
                let rational = Polynomial::new(f.into_iter().map(Rational::from).collect());
                Polynomial::new(scaled(&rational, &inverse)).monic()
            })
            .collect();
        factors.sort_by(|a, b| (a.0.len(), &a.0).cmp(&(b.0.len(), &b.0)));
        Ok(factors)
    }
}

/// The coefficients of `s^n f(t / s)`.
fn scaled(f: &Polynomial, s: &Rational) -> Vec<Rational> {
    let mut power = Rational::ONE;
    let mut out: Vec<Rational> = Vec::with_capacity(f.0.len());
    for c in f.0.iter().rev() {
        out.push(c * &power);
        power = &power * s;
    }
    out.reverse();
    out
}

/// Integer coefficients in increasing degree, monic.
type Integral = Vec<BigInt>;

fn factor_integral(f: Integral, limits: &Limits) -> Result<Vec<Integral>, Stop> {
    let mut primes = Primes::new(limits);
    let mut best: Option<(Prime, Vec<ModPolynomial>)> = None;
    let mut tried = 0;
    // A few primes: the one with fewest factors leaves least to recombine.
    while tried < 5 {
        limits.check()?;
        let p = primes.draw();
        let image: ModPolynomial = f.iter().map(|c| p.residue_big(c)).collect();
        if modular::gcd(p, &image, &modular::derivative(p, &image)).len() > 1 {
            continue;
        }
        tried += 1;
        let factors = modular::factor_squarefree(p, &image, primes.rng(), limits)?;
        if best.as_ref().is_none_or(|(_, b)| factors.len() < b.len()) {
            best = Some((p, factors));
        }
        if best.as_ref().is_some_and(|(_, b)| b.len() == 1) {
            return Ok(vec![f]);
        }
    }
    let Some((p, factors)) = best else { return Ok(vec![f]) };
    // Mignotte: a factor has coefficients below 2^n ‖f‖_2.
    let norm: BigInt = f.iter().map(|c| c * c).sum::<BigInt>().sqrt() + 1;
    let bound = (norm << f.len()) * 2;
    let mut modulus = BigInt::from(p.value());
    while modulus <= bound {
        modulus *= p.value();
    }
    let lifted = hensel(p, &f, &factors, &modulus, limits)?;
    recombine(f, lifted, &modulus, limits)
}

/// Lifts `f ≡ Π g_i (mod p)` to the modulus (a power of p), one power at a time.
fn hensel(
    p: Prime,
    f: &Integral,
    factors: &[ModPolynomial],
    modulus: &BigInt,
    limits: &Limits,
) -> Result<Vec<Integral>, Stop> {
    // cofactors[i] · Π_{j≠i} g_j ≡ 1 (mod g_i)
    let inverses: Vec<ModPolynomial> = factors
        .iter()
        .enumerate()
        .map(|(i, g)| {
            let others = factors.iter().enumerate().filter(|(j, _)| *j != i);
            let product = others.fold(vec![1], |a, (_, h)| modular::mul_mod(p, &a, h, g));
            let (_, s) = modular::gcd_and_cofactor(p, &product, g);
            modular::div_rem(p, &s, g).1
        })
        .collect();
    let mut lifted: Vec<Integral> = factors.iter().map(|g| g.iter().map(|&c| BigInt::from(c)).collect()).collect();
    let mut power = BigInt::from(p.value());
    while power < *modulus {
        limits.check()?;
        let product = lifted.iter().fold(vec![BigInt::one()], |a, b| multiply(&a, b));
        let error: ModPolynomial = f.iter().zip(&product).map(|(a, b)| p.residue_big(&((a - b) / &power))).collect();
        for ((g, inverse), factor) in lifted.iter_mut().zip(&inverses).zip(factors) {
            let step = modular::div_rem(p, &modular::mul(p, &error, inverse), factor).1;
            for (c, s) in g.iter_mut().zip(step) {
                *c += &power * s;
            }
        }
        power *= p.value();
    }
    Ok(lifted)
}

fn multiply(a: &Integral, b: &Integral) -> Integral {
    let mut out = vec![BigInt::zero(); a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            out[i + j] += x * y;
        }
    }
    out
}

/// The quotient when the monic `b` divides `a` exactly.
fn divide_exactly(a: &Integral, b: &Integral) -> Option<Integral> {
    let mut rest = a.clone();
    let mut quotient = vec![BigInt::zero(); (a.len() + 1).checked_sub(b.len())?];
    for k in (0..quotient.len()).rev() {
        let factor = rest[k + b.len() - 1].clone();
        if !factor.is_zero() {
            for (i, c) in b.iter().enumerate() {
                rest[k + i] -= &factor * c;
            }
        }
        quotient[k] = factor;
    }
    rest.iter().all(Zero::is_zero).then_some(quotient)
}

/// Tries products of 1, 2, … lifted factors until what remains cannot split.
fn recombine(
    mut f: Integral,
    mut lifted: Vec<Integral>,
    modulus: &BigInt,
    limits: &Limits,
) -> Result<Vec<Integral>, Stop> {
    let mut found = Vec::new();
    let mut size = 1;
    while 2 * size <= lifted.len() {
        let mut choice: Vec<usize> = (0..size).collect();
        let mut hit = None;
        loop {
            limits.check()?;
            let product = choice.iter().fold(vec![BigInt::one()], |a, &i| reduced(multiply(&a, &lifted[i]), modulus));
            // The constant term must divide: a cheap test before the division.
            let plausible = f[0].is_zero() || (!product[0].is_zero() && (&f[0] % &product[0]).is_zero());
            if plausible && let Some(quotient) = divide_exactly(&f, &product) {
                hit = Some((product, quotient));
                break;
            }
            if !next_choice(&mut choice, lifted.len()) {
                break;
            }
        }
        match hit {
            Some((product, quotient)) => {
                found.push(product);
                f = quotient;
                lifted = lifted.into_iter().enumerate().filter(|(i, _)| !choice.contains(i)).map(|(_, g)| g).collect();
            }
            None => size += 1,
        }
    }
    if f.len() > 1 {
        found.push(f);
    }
    Ok(found)
}

fn reduced(mut a: Integral, modulus: &BigInt) -> Integral {
    for c in &mut a {
        *c = c.mod_floor(modulus);
        if &*c + &*c > *modulus {
            *c -= modulus;
        }
    }
    a
}

/// The next subset of `0..n` of the same size in lexicographic order.
fn next_choice(choice: &mut [usize], n: usize) -> bool {
    let k = choice.len();
    for i in (0..k).rev() {
        if choice[i] + k - i < n {
            choice[i] += 1;
            for j in i + 1..k {
                choice[j] = choice[j - 1] + 1;
            }
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::integers;
    use super::*;
    use proptest::prelude::*;

    fn factors(f: &Polynomial) -> Vec<Polynomial> {
        f.factor_squarefree(&Limits::none()).unwrap()
    }

    #[test]
    fn known_factorisations() {
        assert_eq!(
            factors(&integers(&[-1, 0, 0, 0, 1])),
            [integers(&[-1, 1]), integers(&[1, 1]), integers(&[1, 0, 1])]
        );
        // Irreducible over Q, but a product of quadratics modulo every prime.
        assert_eq!(factors(&integers(&[1, 0, 0, 0, 1])), [integers(&[1, 0, 0, 0, 1])]);
        assert_eq!(factors(&integers(&[1, 0, -10, 0, 1])), [integers(&[1, 0, -10, 0, 1])]);
        assert_eq!(factors(&integers(&[0, 0, 1]).add(&integers(&[-2]))), [integers(&[-2, 0, 1])]);
        let half = Polynomial::new(vec![Rational::new(-1, 4).unwrap(), Rational::ZERO, Rational::ONE]);
        assert_eq!(factors(&half).len(), 2);
    }

    proptest! {
        #[test]
        fn factors_multiply_back(a in prop::collection::vec(-9i64..10, 2..5), b in prop::collection::vec(-9i64..10, 2..5)) {
            let f = integers(&a).mul(&integers(&b));
            if f.degree().is_some_and(|d| d > 0) && f.is_squarefree() {
                let parts = factors(&f);
                prop_assert_eq!(parts.iter().fold(integers(&[1]), |x, y| x.mul(y)), f.monic());
                for part in &parts {
                    prop_assert_eq!(factors(part).len(), 1);
                }
            }
        }
    }
}
