//! Rational points on conics: zeros over Q of a non-degenerate ternary quadratic form.
//!
//! A three-dimensional simple algebra is split over Q exactly when its Killing form has a zero there. The form is made
//! diagonal, `X² = A Y² + B Z²`, and Legendre's problem is solved by Lagrange's descent (Cremona–Rusin, Math. Comp. 72
//! (2003); Serre, *A Course in Arithmetic*, ch. III–IV): no square root of A modulo B means no point.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::exact::Matrix;
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// A non-zero vector on which the 3×3 symmetric form vanishes; `None` when there is none, or when a coefficient has
/// two prime factors above about 10^11, which are not found.
pub fn zero(form: &Matrix<Rational>, limits: &Limits) -> Result<Option<Vec<Rational>>, Stop> {
    let value = |x: &[Rational], y: &[Rational]| {
        let mut sum = Rational::ZERO;
        for (i, a) in x.iter().enumerate() {
            for (j, b) in y.iter().enumerate() {
                sum.add_product(&(a * &form[(i, j)]), b);
            }
        }
        sum
    };
    // Orthogonal vectors one after the other, taken from what is orthogonal to those before.
    let mut left: Vec<Vec<Rational>> =
        (0..3).map(|i| (0..3).map(|j| Rational::from(i64::from(i == j))).collect()).collect();
    let mut diagonal: Vec<(Vec<Rational>, Rational)> = Vec::new();
    while let Some(v) = left.pop() {
        let length = value(&v, &v);
        let Some(inverse) = length.recip() else { return Ok(Some(v)) };
        for w in &mut left {
            let factor = -&(&value(w, &v) * &inverse);
            w.iter_mut().zip(&v).for_each(|(x, y)| x.add_product(&factor, y));
        }
        diagonal.push((v, length));
    }
    let [(u, a), (v, b), (w, c)] = &diagonal[..] else { return Ok(None) };
    // a x² + b y² + c z² = 0 is (a x)² = (−a b) y² + (−a c) z².
    let (Some((s, first)), Some((t, second))) = (square_class(&-&(a * b), limits)?, square_class(&-&(a * c), limits)?)
    else {
        return Ok(None);
    };
    let Some([x, y, z]) = legendre(first, second, limits)? else { return Ok(None) };
    let scaled = |n: BigInt, d: &Rational| Rational::from(n).checked_div(d).unwrap_or_default();
    let (x, y, z) = (scaled(x, a), scaled(y, &s), scaled(z, &t));
    let mut out = vec![Rational::ZERO; 3];
    for (factor, vector) in [(x, u), (y, v), (z, w)] {
        out.iter_mut().zip(vector).for_each(|(o, c)| o.add_product(&factor, c));
    }
    debug_assert!(value(&out, &out).is_zero());
    Ok(Some(out).filter(|v| v.iter().any(|c| !c.is_zero())))
}

/// `q = s² n` with a square-free integer `n`; `None` when the factors are too large to be found.
fn square_class(q: &Rational, limits: &Limits) -> Result<Option<(Rational, BigInt)>, Stop> {
    let (numerator, denominator) = (q.numerator(), q.denominator());
    let product = &numerator * &denominator;
    let Some((root, free)) = square_free(&product, limits)? else { return Ok(None) };
    Ok(Rational::from_big(root, denominator).map(|s| (s, free)))
}

/// `n = root² · free` with `free` square-free.
fn square_free(n: &BigInt, limits: &Limits) -> Result<Option<(BigInt, BigInt)>, Stop> {
    let Some(primes) = factor(&n.abs(), limits)? else { return Ok(None) };
    let (mut root, mut free) = (BigInt::one(), n.signum());
    for (p, k) in primes {
        root *= p.pow(k / 2);
        if k % 2 == 1 {
            free *= p;
        }
    }
    Ok(Some((root, free)))
}

/// A non-trivial solution of `X² = A Y² + B Z²` for square-free `A`, `B`.
fn legendre(a: BigInt, b: BigInt, limits: &Limits) -> Result<Option<[BigInt; 3]>, Stop> {
    let (one, none) = (BigInt::one(), BigInt::zero());
    // The steps down, undone on the way back: (w, A, t·m) or a swap.
    let mut steps: Vec<Option<(BigInt, BigInt, BigInt)>> = Vec::new();
    let (mut a, mut b) = (a, b);
    let mut solution = loop {
        limits.check()?;
        if a.is_one() {
            break [one.clone(), one.clone(), none.clone()];
        }
        if b.is_one() {
            break [one.clone(), none.clone(), one.clone()];
        }
        if (&a + &b).is_zero() {
            break [none.clone(), one.clone(), one.clone()];
        }
        if a.is_negative() && b.is_negative() {
            return Ok(None);
        }
        if a.abs() > b.abs() {
            std::mem::swap(&mut a, &mut b);
            steps.push(None);
        }
        // |B| ≥ 2 here: units were dealt with.
        let Some(w) = root_modulo(&a, &b.abs(), limits)? else { return Ok(None) };
        let rest = (&w * &w - &a) / &b;
        let Some((m, t)) = square_free(&rest, limits)? else { return Ok(None) };
        steps.push(Some((w, a.clone(), &t * &m)));
        b = t;
    };
    for step in steps.into_iter().rev() {
        let [x, y, z] = solution;
        solution = match step {
            None => [x, z, y],
            Some((w, a, tm)) => [&w * &x + &a * &y, &w * &y + &x, tm * z],
        };
        let content = solution[0].gcd(&solution[1]).gcd(&solution[2]);
        if !content.is_zero() {
            solution.iter_mut().for_each(|c| *c /= &content);
        }
    }
    Ok(Some(solution))
}

/// A square root of `a` modulo a square-free `m`, of absolute value at most `m/2`.
fn root_modulo(a: &BigInt, m: &BigInt, limits: &Limits) -> Result<Option<BigInt>, Stop> {
    let Some(primes) = factor(m, limits)? else { return Ok(None) };
    let (mut root, mut modulus) = (BigInt::zero(), BigInt::one());
    for (p, _) in primes {
        let Some(r) = root_modulo_prime(&a.mod_floor(&p), &p) else { return Ok(None) };
        // root + modulus · k ≡ r (mod p)
        let inverse = modulus.extended_gcd(&p).x;
        let k = ((r - &root) * inverse).mod_floor(&p);
        root += &modulus * k;
        modulus *= p;
    }
    Ok(Some(if &root * 2 > modulus { root - modulus } else { root }))
}

/// Tonelli–Shanks.
fn root_modulo_prime(a: &BigInt, p: &BigInt) -> Option<BigInt> {
    let (one, two) = (BigInt::one(), BigInt::from(2));
    if a.is_zero() || *p == two {
        return Some(a.clone());
    }
    let half: BigInt = (p - 1) / 2;
    if !a.modpow(&half, p).is_one() {
        return None;
    }
    let minus = p - 1;
    let mut z = two.clone();
    while z.modpow(&half, p) != minus {
        z += 1;
    }
    let s = minus.trailing_zeros().unwrap_or(0);
    let q: BigInt = &minus >> s;
    let (mut m, mut c) = (s, z.modpow(&q, p));
    let (mut t, mut r) = (a.modpow(&q, p), a.modpow(&((&q + 1) / 2), p));
    while !t.is_one() {
        let (mut i, mut square) = (0, t.clone());
        while !square.is_one() {
            square = &square * &square % p;
            i += 1;
        }
        let b = c.modpow(&(&one << (m - i - 1)), p);
        m = i;
        c = &b * &b % p;
        t = t * &c % p;
        r = r * b % p;
    }
    Some(r)
}

/// The prime factors of a positive number with their exponents: trial division, then Pollard's rho.
fn factor(n: &BigInt, limits: &Limits) -> Result<Option<Vec<(BigInt, u32)>>, Stop> {
    let mut rest = n.clone();
    let mut primes: Vec<BigInt> = Vec::new();
    let mut d = 2u64;
    while d < 20_000 && BigInt::from(d * d) <= rest {
        while (&rest % d).is_zero() {
            rest /= d;
            primes.push(BigInt::from(d));
        }
        d += if d == 2 { 1 } else { 2 };
    }
    let mut open = vec![rest];
    while let Some(m) = open.pop() {
        limits.check()?;
        if m.is_one() || m.is_zero() {
            continue;
        }
        if is_probable_prime(&m) {
            primes.push(m);
            continue;
        }
        let root = m.sqrt();
        let divisor = if &root * &root == m { Some(root) } else { rho(&m, limits)? };
        let Some(divisor) = divisor else { return Ok(None) };
        open.push(&m / &divisor);
        open.push(divisor);
    }
    primes.sort();
    let mut out: Vec<(BigInt, u32)> = Vec::new();
    for p in primes {
        match out.last_mut() {
            Some((last, k)) if *last == p => *k += 1,
            _ => out.push((p, 1)),
        }
    }
    Ok(Some(out))
}

/// Miller–Rabin for the first thirteen primes: a proof below 3·10^24 (Sorenson–Webster); beyond, a wrong verdict would
/// only leave a conic unsolved, for every solution is checked.
fn is_probable_prime(n: &BigInt) -> bool {
    if n.to_u64().is_some_and(|n| n < 4) {
        return n.to_u64().is_some_and(|n| n > 1);
    }
    let minus: BigInt = n - 1;
    let s = minus.trailing_zeros().unwrap_or(0);
    let q: BigInt = &minus >> s;
    [2u32, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41].into_iter().all(|base| {
        if (n % base).is_zero() {
            return *n == BigInt::from(base);
        }
        let mut x = BigInt::from(base).modpow(&q, n);
        if x.is_one() || x == minus {
            return true;
        }
        (1..s).any(|_| {
            x = &x * &x % n;
            x == minus
        })
    })
}

/// A proper divisor of a composite number (Pollard's rho), `None` after some 10^5 steps; above 512 bits the steps cost
/// more and are fewer, so that the time is bounded.
fn rho(n: &BigInt, limits: &Limits) -> Result<Option<BigInt>, Stop> {
    let words = n.bits().div_ceil(64);
    let steps = 350_000 * 64 / (words * words).max(64);
    for c in 1u32..4 {
        // Another constant helps when all factors fall together, not when the steps are used up.
        let (mut x, mut y, mut product) = (BigInt::from(2), BigInt::from(2), BigInt::one());
        let mut together = false;
        for step in 1..steps {
            x = (&x * &x + c) % n;
            for _ in 0..2 {
                y = (&y * &y + c) % n;
            }
            let before = product.clone();
            product = product * (&x - &y) % n;
            if product.is_zero() {
                // Two factors fell into one product: look at this difference alone.
                let divisor = (&x - &y).gcd(n);
                let divisor = if divisor == *n { before.gcd(n) } else { divisor };
                if !divisor.is_one() && divisor != *n {
                    return Ok(Some(divisor));
                }
                together = true;
                break;
            }
            if step % 64 == 0 {
                limits.check()?;
                let divisor = product.gcd(n);
                if !divisor.is_one() {
                    return Ok(Some(divisor));
                }
            }
        }
        if !together {
            break;
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagonal(a: i64, b: i64, c: i64) -> Matrix<Rational> {
        Matrix::from_fn(3, 3, |i, j| Rational::from(if i == j { [a, b, c][i] } else { 0 }))
    }

    /// Legendre's theorem, by brute force: a zero of `a x² + b y² + c z²` with square-free coprime coefficients exists
    /// exactly when one exists with |x| ≤ √|bc| and so on (Holzer).
    #[test]
    fn agrees_with_a_search_in_holzers_box() {
        let limits = Limits::none();
        let free = |n: i64| (2..10i64).all(|p| n % (p * p) != 0);
        let mut solvable = 0;
        for a in 1..14i64 {
            for b in -13..14i64 {
                for c in -13..0i64 {
                    let coprime = a.gcd(&b) == 1 && b.gcd(&c) == 1 && a.gcd(&c) == 1;
                    if b == 0 || !coprime || !free(a) || !free(b) || !free(c) {
                        continue;
                    }
                    let bound = |n: i64| n.unsigned_abs().isqrt() as i64;
                    let exists = (0..=bound(b * c)).any(|x| {
                        (0..=bound(a * c)).any(|y| {
                            (0..=bound(a * b)).any(|z| (x, y, z) != (0, 0, 0) && a * x * x + b * y * y + c * z * z == 0)
                        })
                    });
                    let found = zero(&diagonal(a, b, c), &limits).unwrap();
                    assert_eq!(found.is_some(), exists, "{a} {b} {c}");
                    if let Some(v) = found {
                        solvable += 1;
                        let form = diagonal(a, b, c);
                        let value: Rational = (0..3).map(|i| &(&v[i] * &v[i]) * &form[(i, i)]).sum();
                        assert!(value.is_zero() && v.iter().any(|x| !x.is_zero()));
                    }
                }
            }
        }
        assert!(solvable > 50);
    }

    #[test]
    fn large_coefficients_and_the_quaternions_of_discriminant_six() {
        let limits = Limits::none();
        // x² + y² = 3 z² has no zero (modulo 4); the norm form of (−1, 3).
        assert_eq!(zero(&diagonal(1, 1, -3), &limits).unwrap(), None);
        // p² · x² + y² = (p² + q²) z² with 10-digit primes: (1, q, 1).
        let (p, q) = (2_147_483_647i64, 2_147_483_629i64);
        let big = |n: BigInt| Rational::from(n);
        let mut form = diagonal(1, 1, 0);
        form[(2, 2)] = big(-(BigInt::from(p) * p + BigInt::from(q) * q));
        assert!(zero(&form, &limits).unwrap().is_some());
    }
}
