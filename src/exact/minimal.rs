//! The minimal polynomial of a rational matrix, with proof.
//!
//! With `D` a common denominator, `B = DA` is an integer matrix. Its minimal polynomial `μ` over Q is monic with integer
//! coefficients (it divides `det(t − B)`; Gauss's lemma). For a prime `p`, `μ` modulo `p` annihilates `B` modulo `p`, so it
//! is a multiple of the minimal polynomial `μ_p` of `B` modulo `p`: `deg μ_p ≤ deg μ`.
//!
//! *Below.* For random vectors the linear recurrence of `u^T B^i v` modulo `p` divides `μ_p`, and mostly is `μ_p`
//! (Wiedemann, *Solving sparse linear equations over finite fields*, 1986). A recurrence `f_p` of degree `d` shows
//! `d ≤ deg μ_p ≤ deg μ`. When `d = n` nothing more is needed: `μ = det(t − B)` by Cayley and Hamilton.
//!
//! *Above.* For `d < n` only primes are used for which `f_p` has this degree and `f_p(B) = 0` modulo `p`, which is checked.
//! The monic integer polynomial `F` of degree `d` with `F = f_p` modulo each of them satisfies `F(B) = 0` modulo their
//! product. No entry of `F(B)` exceeds `Σ |F_k| R^k` for `R` the largest sum of absolute values in a row of `B`, so when
//! the product is larger `F(B) = 0`. Then `μ` divides `F`, and `deg F = d ≤ deg μ`, so `F = μ`.

use num_bigint::BigInt;
use num_traits::{One, Signed};

use super::lift::Primes;
use super::polynomial::Polynomial;
use super::polynomial::modular::minimal_recurrence;
use super::{Matrix, ModMatrix, characteristic_polynomial};
use crate::limits::{Limits, Stop};
use crate::num::{Crt, Prime, Rational, common_denominator};

/// The monic polynomial of least degree that a square matrix satisfies.
///
/// For each prime a Krylov sequence, `2 d n²` operations, and `2 √d` products of matrices for the check; about
/// `d log2(2R) / 28` primes. When `d = n`, the characteristic polynomial instead.
pub fn minimal_polynomial(m: &Matrix<Rational>, limits: &Limits) -> Result<Polynomial, Stop> {
    let n = m.rows();
    let denominator = common_denominator(m.entries());
    let scale = Rational::from(denominator.clone());
    let integers: Vec<BigInt> = m.entries().iter().map(|x| (x * &scale).numerator()).collect();
    let rows = integers.chunks(n.max(1));
    let largest_row = rows.map(|row| row.iter().map(BigInt::abs).sum::<BigInt>()).max().unwrap_or_default();
    let mut primes = Primes::new(limits);
    let mut degree = 0;
    let mut crt = Crt::new(1);
    let mut modulus = BigInt::one();
    loop {
        limits.check()?;
        let p = primes.draw();
        let residues: Vec<Vec<u32>> =
            integers.chunks(n.max(1)).map(|row| row.iter().map(|x| p.residue_big(x)).collect()).collect();
        let b = ModMatrix::from_rows(n, residues);
        let f = recurrence(p, &b, &mut primes, limits)?;
        if f.len() == n + 1 {
            return characteristic_polynomial(m, limits);
        }
        if f.len() < degree + 1 || !annihilates(p, &f, &b, limits)? {
            continue;
        }
        if f.len() > degree + 1 || modulus.is_one() {
            degree = f.len() - 1;
            crt = Crt::new(f.len());
            modulus = BigInt::one();
        }
        crt.add(p, &f);
        modulus *= p.value();
        let found = crt.integers();
        let largest_entry = found.iter().rev().fold(BigInt::ZERO, |sum, c| sum * &largest_row + c.abs());
        if modulus > largest_entry {
            return Ok(unscaled(found, &scale));
        }
    }
}

/// `F(D t) / D^deg` for a monic `F`.
fn unscaled(integers: Vec<BigInt>, scale: &Rational) -> Polynomial {
    let mut power = Rational::ONE;
    let mut coefficients: Vec<Rational> = integers.into_iter().map(Rational::from).collect();
    for c in coefficients.iter_mut().rev() {
        *c = &*c * &power;
        power = &power / scale;
    }
    Polynomial::new(coefficients)
}

/// The monic recurrence of `u · B^i · v` for random `u` and `v`, constant term first.
fn recurrence(p: Prime, b: &ModMatrix, primes: &mut Primes, limits: &Limits) -> Result<Vec<u32>, Stop> {
    let n = b.rows();
    let mut random = || -> Vec<u32> { (0..n).map(|_| p.random_residue(primes.rng())).collect() };
    let (mut u, v) = (random(), random());
    let mut sequence = Vec::with_capacity(2 * n);
    for _ in 0..2 * n {
        limits.check()?;
        sequence.push(p.dot(&u, &v));
        u = b.left_mul(p, &u);
    }
    Ok(minimal_recurrence(p, &sequence))
}

/// Whether `f(B) = 0`: with `s` about the square root of the degree, a polynomial of degree below `s` in `B` is a
/// combination of the powers below `s`, and `f` is Horner's scheme in `B^s` (Paterson and Stockmeyer 1973).
fn annihilates(p: Prime, f: &[u32], b: &ModMatrix, limits: &Limits) -> Result<bool, Stop> {
    let n = b.rows();
    let step = f.len().isqrt().max(1);
    limits.reserve(4 * (step as u128 + 3) * (n as u128).pow(2))?;
    let mut powers = vec![ModMatrix::identity(n)];
    for k in 0..step {
        limits.check()?;
        powers.push(powers[k].mul(p, b));
    }
    let mut value = ModMatrix::zero(n, n);
    for part in f.chunks(step).rev() {
        limits.check()?;
        value = value.mul(p, &powers[step]);
        for (&c, power) in part.iter().zip(&powers) {
            p.add_scaled(value.entries_mut(), c, power.entries());
        }
    }
    Ok(value.entries().iter().all(|&x| x == 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::inverse;
    use crate::exact::polynomial::integers;
    use crate::num::prime::{random_integer, random_stream};

    /// The block-diagonal matrix of companion matrices.
    fn companions(polynomials: &[Polynomial]) -> Matrix<Rational> {
        let n = polynomials.iter().filter_map(Polynomial::degree).sum();
        let mut m = Matrix::filled(n, n, Rational::ZERO);
        let mut start = 0;
        for f in polynomials {
            let d = f.degree().unwrap();
            for i in 0..d {
                m[(start + i, start + d - 1)] = -&f.coefficients()[i];
                if i > 0 {
                    m[(start + i, start + i - 1)] = Rational::ONE;
                }
            }
            start += d;
        }
        m
    }

    fn product(a: &Matrix<Rational>, b: &Matrix<Rational>) -> Matrix<Rational> {
        Matrix::from_fn(a.rows(), b.cols(), |i, j| {
            (0..a.cols()).fold(Rational::ZERO, |s, k| &s + &(&a[(i, k)] * &b[(k, j)]))
        })
    }

    /// `T m T^-1` for a random `T`.
    fn conjugate(m: &Matrix<Rational>, seed: u64) -> Matrix<Rational> {
        let (n, mut rng) = (m.rows(), random_stream(seed, 0));
        loop {
            let t = Matrix::from_fn(n, n, |_, _| Rational::from(random_integer(&mut rng, 4)));
            if let Some(back) = inverse(&t, &Limits::none()).unwrap() {
                return product(&product(&t, m), &back);
            }
        }
    }

    /// A companion matrix has its polynomial as minimal polynomial, a direct sum their least common multiple.
    #[test]
    fn direct_sums_of_companions_give_the_least_common_multiple() {
        let half = Polynomial::new(vec![Rational::new(-1, 2).unwrap(), Rational::ONE]);
        let (f, g) = (integers(&[-2, 0, 1]), integers(&[7, -3, 0, 1]));
        let square = f.mul(&f);
        for (blocks, expected) in [
            (vec![f.clone(), f.clone()], f.clone()),
            (vec![f.clone(), g.clone(), f.clone()], f.mul(&g)),
            (vec![square.clone(), f.clone(), half.clone()], square.mul(&half)),
            (vec![half.clone(), half.clone(), half.mul(&half), g.clone()], half.mul(&half).mul(&g)),
            (vec![f.clone(), g.clone()], f.mul(&g)),
        ] {
            let m = companions(&blocks);
            assert_eq!(minimal_polynomial(&m, &Limits::none()).unwrap(), expected);
            assert_eq!(minimal_polynomial(&conjugate(&m, 3), &Limits::none()).unwrap(), expected);
        }
    }

    /// Nilpotent Jordan blocks, scalars, zero, a scalar beyond a machine word, a degree that drops modulo some primes.
    #[test]
    fn special_matrices() {
        let of = |m: &Matrix<Rational>| minimal_polynomial(m, &Limits::none()).unwrap();
        let jordan = |sizes: &[usize]| {
            let powers: Vec<Polynomial> =
                sizes.iter().map(|&k| integers(&(0..=k).map(|i| i64::from(i == k)).collect::<Vec<_>>())).collect();
            companions(&powers)
        };
        assert_eq!(of(&conjugate(&jordan(&[3, 2, 3, 1]), 5)), integers(&[0, 0, 0, 1]));
        assert_eq!(of(&Matrix::filled(4, 4, Rational::ZERO)), integers(&[0, 1]));
        assert_eq!(of(&Matrix::filled(0, 0, Rational::ZERO)), integers(&[1]));
        let scalar: Rational = "123456789012345678901234567890/7".parse().unwrap();
        let m = Matrix::from_fn(3, 3, |i, j| if i == j { scalar.clone() } else { Rational::ZERO });
        assert_eq!(of(&m), Polynomial::new(vec![-&scalar, Rational::ONE]));
        // Two eigenvalues that agree modulo the first primes drawn: the degree is too small there.
        let mut primes = Primes::new(&Limits::none());
        let mut m = Matrix::filled(3, 3, Rational::ZERO);
        m[(0, 0)] = (0..3).fold(Rational::ONE, |x, _| &x * &Rational::from(i64::from(primes.draw().value())));
        let expected = Polynomial::new(vec![Rational::ZERO, -&m[(0, 0)], Rational::ONE]);
        assert_eq!(of(&m), expected);
    }
}
