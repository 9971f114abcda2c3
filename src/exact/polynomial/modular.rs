//! Polynomials modulo a word-size prime: arithmetic, Berlekamp–Massey, factorisation (Cantor–Zassenhaus).
//!
//! A polynomial is its list of residues in increasing degree, without trailing zeros.

use rand_chacha::ChaCha8Rng;

use crate::limits::{Limits, Stop};
use crate::num::Prime;

/// Residues in increasing degree, the last one non-zero.
pub type ModPolynomial = Vec<u32>;

fn trim(mut a: ModPolynomial) -> ModPolynomial {
    while a.last() == Some(&0) {
        a.pop();
    }
    a
}

/// The sum of `a` and `factor · b`.
pub fn add_scaled(p: Prime, a: &[u32], factor: u32, b: &[u32]) -> ModPolynomial {
    let mut out = a.to_vec();
    if out.len() < b.len() {
        out.resize(b.len(), 0);
    }
    p.add_scaled(&mut out, factor, b);
    trim(out)
}

/// The product.
pub fn mul(p: Prime, a: &[u32], b: &[u32]) -> ModPolynomial {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    let mut out = vec![0; a.len() + b.len() - 1];
    for (i, &x) in a.iter().enumerate() {
        p.add_scaled(&mut out[i..i + b.len()], x, b);
    }
    trim(out)
}

/// Quotient and remainder; `b` must not be zero.
pub fn div_rem(p: Prime, a: &[u32], b: &[u32]) -> (ModPolynomial, ModPolynomial) {
    let mut rest = a.to_vec();
    let d = b.len();
    if rest.len() < d || d == 0 {
        return (Vec::new(), trim(rest));
    }
    let inverse = p.inv(b[d - 1]);
    let mut quotient = vec![0; rest.len() + 1 - d];
    for k in (0..quotient.len()).rev() {
        let factor = p.mul(rest[k + d - 1], inverse);
        quotient[k] = factor;
        p.add_scaled(&mut rest[k..k + d], p.neg(factor), b);
    }
    (trim(quotient), trim(rest))
}

/// The monic multiple.
pub fn monic(p: Prime, a: &[u32]) -> ModPolynomial {
    let mut out = a.to_vec();
    if let Some(&leading) = out.last() {
        p.scale(&mut out, p.inv(leading));
    }
    out
}

/// The monic greatest common divisor.
pub fn gcd(p: Prime, a: &[u32], b: &[u32]) -> ModPolynomial {
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    while !b.is_empty() {
        let rest = div_rem(p, &a, &b).1;
        a = std::mem::replace(&mut b, rest);
    }
    monic(p, &a)
}

/// The derivative.
pub fn derivative(p: Prime, a: &[u32]) -> ModPolynomial {
    trim(a.iter().enumerate().skip(1).map(|(k, &c)| p.mul(c, p.reduce(k as u64))).collect())
}

/// `a · b` modulo `f`.
pub fn mul_mod(p: Prime, a: &[u32], b: &[u32], f: &[u32]) -> ModPolynomial {
    div_rem(p, &mul(p, a, b), f).1
}

/// The monic `gcd(a, b)` and a polynomial `s` with `s·a ≡ gcd(a, b)` modulo `b`, of degree below that of `b`.
pub fn gcd_and_cofactor(p: Prime, a: &[u32], b: &[u32]) -> (ModPolynomial, ModPolynomial) {
    let (mut r0, mut r1) = (a.to_vec(), b.to_vec());
    let (mut s0, mut s1) = (vec![1], Vec::new());
    while !r1.is_empty() {
        let (q, rest) = div_rem(p, &r0, &r1);
        r0 = std::mem::replace(&mut r1, rest);
        let s2 = add_scaled(p, &s0, p.neg(1), &mul(p, &q, &s1));
        s0 = std::mem::replace(&mut s1, s2);
    }
    let inverse = r0.last().map_or(1, |&leading| p.inv(leading));
    p.scale(&mut r0, inverse);
    p.scale(&mut s0, inverse);
    (r0, s0)
}

/// The monic polynomial of least degree that generates the sequence as a linear recurrence
/// (Berlekamp–Massey; Massey 1969). `sequence` needs twice the degree many terms.
pub fn minimal_recurrence(p: Prime, sequence: &[u32]) -> ModPolynomial {
    let (mut current, mut previous) = (vec![1u32], vec![1u32]);
    let (mut length, mut shift, mut last_gap) = (0usize, 1usize, 1u32);
    let backwards: Vec<u32> = sequence.iter().rev().copied().collect();
    for n in 0..sequence.len() {
        let gap = p.dot(&current[..current.len().min(length + 1)], &backwards[sequence.len() - 1 - n..]);
        if gap == 0 {
            shift += 1;
            continue;
        }
        let factor = p.neg(p.mul(gap, p.inv(last_gap)));
        let before = current.clone();
        current.resize(current.len().max(previous.len() + shift), 0);
        p.add_scaled(&mut current[shift..shift + previous.len()], factor, &previous);
        if 2 * length <= n {
            length = n + 1 - length;
            previous = before;
            last_gap = gap;
            shift = 1;
        } else {
            shift += 1;
        }
    }
    // The connection polynomial reversed is the characteristic polynomial of the recurrence.
    current.resize(length + 1, 0);
    current.reverse();
    current
}

/// The monic irreducible factors of a squarefree polynomial, in order of degree, then of coefficients.
pub fn factor_squarefree(
    p: Prime,
    f: &[u32],
    rng: &mut ChaCha8Rng,
    limits: &Limits,
) -> Result<Vec<ModPolynomial>, Stop> {
    let mut factors = Vec::new();
    let mut rest = monic(p, f);
    let mut power: ModPolynomial = vec![0, 1]; // t^(p^d) modulo rest
    let mut degree = 0;
    while rest.len() > 1 {
        limits.check()?;
        degree += 1;
        if 2 * degree >= rest.len() {
            factors.push(std::mem::take(&mut rest));
            break;
        }
        power = power_mod(p, &div_rem(p, &power, &rest).1, u64::from(p.value()), &rest);
        let same = gcd(p, &rest, &add_scaled(p, &power, p.neg(1), &[0, 1]));
        if same.len() > 1 {
            rest = div_rem(p, &rest, &same).0;
            split_equal_degree(p, same, degree, rng, &mut factors);
        }
    }
    factors.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    Ok(factors)
}

fn power_mod(p: Prime, a: &[u32], mut exponent: u64, f: &[u32]) -> ModPolynomial {
    let (mut result, mut square) = (vec![1], a.to_vec());
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = mul_mod(p, &result, &square, f);
        }
        square = mul_mod(p, &square, &square, f);
        exponent >>= 1;
    }
    result
}

/// Splits a product of distinct irreducibles of one degree by random elements (Cantor–Zassenhaus 1981).
fn split_equal_degree(p: Prime, f: ModPolynomial, degree: usize, rng: &mut ChaCha8Rng, out: &mut Vec<ModPolynomial>) {
    let mut stack = vec![f];
    while let Some(f) = stack.pop() {
        if f.len() == degree + 1 {
            out.push(f);
            continue;
        }
        let random: ModPolynomial = trim((1..f.len()).map(|_| p.random_residue(rng)).collect());
        // r^((p^d - 1)/2) = (r · r^p ⋯ r^(p^(d-1)))^((p-1)/2)
        let mut norm = random.clone();
        let mut conjugate = random;
        for _ in 1..degree {
            conjugate = power_mod(p, &conjugate, u64::from(p.value()), &f);
            norm = mul_mod(p, &norm, &conjugate, &f);
        }
        let half = power_mod(p, &norm, (u64::from(p.value()) - 1) / 2, &f);
        let part = gcd(p, &f, &add_scaled(p, &half, p.neg(1), &[1]));
        if part.len() > 1 && part.len() < f.len() {
            stack.push(div_rem(p, &f, &part).0);
            stack.push(part);
        } else {
            stack.push(f);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::prime::random_stream;

    #[test]
    fn factors_multiply_back() {
        let mut rng = random_stream(11, 0);
        let p = Prime::random(&mut rng);
        for degree in [1usize, 2, 5, 12] {
            let mut f: ModPolynomial = (0..degree).map(|_| p.random_residue(&mut rng)).collect();
            f.push(1);
            if gcd(p, &f, &derivative(p, &f)).len() > 1 {
                continue;
            }
            let factors = factor_squarefree(p, &f, &mut rng, &Limits::none()).unwrap();
            assert_eq!(factors.iter().fold(vec![1], |a, b| mul(p, &a, b)), f);
        }
    }

    #[test]
    fn recurrence_of_fibonacci() {
        let p = Prime::random(&mut random_stream(12, 0));
        assert_eq!(minimal_recurrence(p, &[0, 1, 1, 2, 3, 5, 8, 13]), vec![p.neg(1), p.neg(1), 1]);
    }

    #[test]
    fn bezout() {
        let p = Prime::random(&mut random_stream(13, 0));
        let (a, b) = (vec![1, 0, 1], vec![3, 1]);
        let (g, s) = gcd_and_cofactor(p, &a, &b);
        assert_eq!(g, vec![1]);
        assert_eq!(mul_mod(p, &s, &a, &b), vec![1]);
        // x² − 1 and x² + x have x + 1 in common.
        let (a, b) = (vec![p.neg(1), 0, 1], vec![0, 1, 1]);
        let (g, s) = gcd_and_cofactor(p, &a, &b);
        assert_eq!(g, vec![1, 1]);
        assert_eq!(mul_mod(p, &s, &a, &b), g);
    }
}
