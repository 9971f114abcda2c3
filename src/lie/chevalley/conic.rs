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

/// What is known of the zeros over Q of a ternary form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conic {
    /// A non-zero vector on which the form vanishes.
    Point(Vec<Rational>),
    /// There is none: proved.
    Empty,
    /// A number on the way has two prime factors above about 10^11, which are not found, or one above 3·10^24, which is
    /// not proved to be prime, and no point was found.
    Undecided,
}

/// Why no point comes out.
enum End {
    Stop(Stop),
    NoPoint,
    Unknown,
}

impl From<Stop> for End {
    fn from(stop: Stop) -> End {
        End::Stop(stop)
    }
}

/// The zeros of a 3×3 symmetric form: one of them, or that there is none.
pub fn zero(form: &Matrix<Rational>, limits: &Limits) -> Result<Conic, Stop> {
    let mut descent = Descent { limits, proved: true };
    match descent.point(form) {
        Ok(point) => Ok(Conic::Point(point)),
        Err(End::Stop(stop)) => Err(stop),
        Err(End::NoPoint) if descent.proved => Ok(Conic::Empty),
        Err(End::NoPoint | End::Unknown) => Ok(Conic::Undecided),
    }
}

/// Lagrange's descent.
struct Descent<'a> {
    limits: &'a Limits,
    /// Whether all numbers that were taken for primes are proved to be prime.
    proved: bool,
}

impl Descent<'_> {
    fn point(&mut self, form: &Matrix<Rational>) -> Result<Vec<Rational>, End> {
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
            let Some(inverse) = length.recip() else { return Ok(v) };
            for w in &mut left {
                let factor = -&(&value(w, &v) * &inverse);
                w.iter_mut().zip(&v).for_each(|(x, y)| x.add_product(&factor, y));
            }
            diagonal.push((v, length));
        }
        let [(u, a), (v, b), (w, c)] = &diagonal[..] else { return Err(End::Unknown) };
        // a x² + b y² + c z² = 0 is (a x)² = (−a b) y² + (−a c) z².
        let (s, first) = self.square_class(&-&(a * b))?;
        let (t, second) = self.square_class(&-&(a * c))?;
        let [x, y, z] = self.legendre(first, second)?;
        let scaled = |n: BigInt, d: &Rational| Rational::from(n).checked_div(d).unwrap_or_default();
        let (x, y, z) = (scaled(x, a), scaled(y, &s), scaled(z, &t));
        let mut out = vec![Rational::ZERO; 3];
        for (factor, vector) in [(x, u), (y, v), (z, w)] {
            out.iter_mut().zip(vector).for_each(|(o, c)| o.add_product(&factor, c));
        }
        match value(&out, &out).is_zero() && out.iter().any(|c| !c.is_zero()) {
            true => Ok(out),
            false => Err(End::Unknown),
        }
    }

    /// `q = s² n` with a square-free integer `n`.
    fn square_class(&mut self, q: &Rational) -> Result<(Rational, BigInt), End> {
        let (numerator, denominator) = (q.numerator(), q.denominator());
        let (root, free) = self.square_free(&(&numerator * &denominator))?;
        Rational::from_big(root, denominator).map(|s| (s, free)).ok_or(End::Unknown)
    }

    /// `n = root² · free` with `free` square-free.
    fn square_free(&mut self, n: &BigInt) -> Result<(BigInt, BigInt), End> {
        let (mut root, mut free) = (BigInt::one(), n.signum());
        for (p, k) in self.factor(&n.abs())? {
            root *= p.pow(k / 2);
            if k % 2 == 1 {
                free *= p;
            }
        }
        Ok((root, free))
    }

    /// A non-trivial solution of `X² = A Y² + B Z²` for square-free `A`, `B`.
    fn legendre(&mut self, a: BigInt, b: BigInt) -> Result<[BigInt; 3], End> {
        let (one, none) = (BigInt::one(), BigInt::zero());
        // The steps down, undone on the way back: (w, A, t·m) or a swap.
        let mut steps: Vec<Option<(BigInt, BigInt, BigInt)>> = Vec::new();
        let (mut a, mut b) = (a, b);
        let mut solution = loop {
            self.limits.check()?;
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
                return Err(End::NoPoint);
            }
            if a.abs() > b.abs() {
                std::mem::swap(&mut a, &mut b);
                steps.push(None);
            }
            // |B| ≥ 2 here: units were dealt with.
            let w = self.root_modulo(&a, &b.abs())?;
            let rest = (&w * &w - &a) / &b;
            let (m, t) = self.square_free(&rest)?;
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
        Ok(solution)
    }

    /// A square root of `a` modulo a square-free `m`, of absolute value at most `m/2`.
    fn root_modulo(&mut self, a: &BigInt, m: &BigInt) -> Result<BigInt, End> {
        let (mut root, mut modulus) = (BigInt::zero(), BigInt::one());
        for (p, _) in self.factor(m)? {
            let r = root_modulo_prime(&a.mod_floor(&p), &p).ok_or(End::NoPoint)?;
            // root + modulus · k ≡ r (mod p)
            let inverse = modulus.extended_gcd(&p).x;
            let k = ((r - &root) * inverse).mod_floor(&p);
            root += &modulus * k;
            modulus *= p;
        }
        Ok(if &root * 2 > modulus { root - modulus } else { root })
    }

    /// The prime factors of a positive number with their exponents: trial division, then Pollard's rho.
    fn factor(&mut self, n: &BigInt) -> Result<Vec<(BigInt, u32)>, End> {
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
            self.limits.check()?;
            if m.is_one() || m.is_zero() {
                continue;
            }
            if is_probable_prime(&m) {
                self.proved &= m.bits() <= PROVED_BITS;
                primes.push(m);
                continue;
            }
            let root = m.sqrt();
            let divisor = if &root * &root == m { Some(root) } else { rho(&m, self.limits)? };
            let divisor = divisor.ok_or(End::Unknown)?;
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
        Ok(out)
    }
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

/// Numbers of at most so many bits are below 3·10^24.
const PROVED_BITS: u64 = 81;

/// Miller–Rabin for the first thirteen primes: a proof below 3·10^24 (Sorenson–Webster); beyond, a wrong verdict would
/// only leave a conic undecided, for every solution is checked.
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
                    assert_eq!(found != Conic::Empty, exists, "{a} {b} {c}");
                    if let Conic::Point(v) = found {
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
        assert_eq!(zero(&diagonal(1, 1, -3), &limits).unwrap(), Conic::Empty);
        // p² · x² + y² = (p² + q²) z² with 10-digit primes: (1, q, 1).
        let (p, q) = (2_147_483_647i64, 2_147_483_629i64);
        let big = |n: BigInt| Rational::from(n);
        let mut form = diagonal(1, 1, 0);
        form[(2, 2)] = big(-(BigInt::from(p) * p + BigInt::from(q) * q));
        assert!(matches!(zero(&form, &limits).unwrap(), Conic::Point(_)));
    }

    #[test]
    fn what_cannot_be_factored_is_not_called_empty() {
        let limits = Limits::none();
        // x² + y² = n z² for a product n of two primes of 20 digits, both 3 modulo 4: no zero, but that takes the factors.
        let p: BigInt = "10000000000000000051".parse().unwrap();
        let q: BigInt = "10000000000000000087".parse().unwrap();
        assert!([&p, &q].iter().all(|p| is_probable_prime(p) && (*p % 4u32) == BigInt::from(3)));
        let form = |n: BigInt| {
            let mut form = diagonal(1, 1, 0);
            form[(2, 2)] = Rational::from(-n);
            form
        };
        assert_eq!(zero(&form(&p * &q), &limits).unwrap(), Conic::Undecided);
        assert_eq!(zero(&form(p), &limits).unwrap(), Conic::Empty);
        // 2^127 − 1 is a prime that the test does not prove to be one.
        let mersenne = (BigInt::one() << 127u32) - 1;
        assert_eq!(zero(&form(mersenne), &limits).unwrap(), Conic::Undecided);
    }
}
