//! Arithmetic modulo word-size primes: residues are `u32` below a prime between 2^28 and 2^29.
//!
//! Products of two residues are below 2^58, so 63 of them fit one 64-bit accumulator before a reduction; a row
//! operation with a fixed factor uses Shoup's precomputed quotient, a reduction Barrett's: no division in any loop.
//! The loops over rows are the vector kernels of [`super::simd`].

use std::collections::HashMap;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::{Rational, power, simd};

pub use super::simd::FOLD;

/// The stream of random choices number `stream` of the computation with this seed (ChaCha, 8 rounds).
pub fn random_stream(seed: u64, stream: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(stream);
    rng
}

/// A random integer with `|x| ≤ bound`.
pub fn random_integer(rng: &mut ChaCha8Rng, bound: u32) -> i64 {
    i64::from(rng.next_u32() % (2 * bound + 1)) - i64::from(bound)
}

/// A prime between 2^28 and 2^29, and the field of residues modulo it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Prime {
    p: u32,
    /// `floor((2^64 - 1) / p)`, for Barrett's reduction.
    inverse: u64,
    /// The largest multiple of `p` below 2^63.
    step: u64,
}

/// Number of products of two residues that a 64-bit accumulator holds besides one residue.
pub const LAZY: usize = 63;

impl Prime {
    /// A random prime: a coefficient of the input may be a multiple of any fixed one.
    pub fn random(rng: &mut ChaCha8Rng) -> Prime {
        loop {
            let candidate = (1 << 28) | (rng.next_u32() >> 4) | 1;
            if is_prime(candidate) {
                return Prime::of(candidate);
            }
        }
    }

    /// A random prime that is 1 modulo `modulus`, so that its residues have roots of unity of that order; `None` when
    /// there is none in the range.
    pub fn with_roots_of_unity(modulus: u32, rng: &mut ChaCha8Rng) -> Option<Prime> {
        let step = modulus.max(1);
        let (first, last) = ((1u32 << 28).div_ceil(step), ((1u32 << 29) - 2) / step);
        let count = (last + 1).checked_sub(first).filter(|count| *count > 0)?;
        let start = rng.next_u32() % count;
        (0..count).map(|i| (first + (start + i) % count) * step + 1).find(|&p| is_prime(p)).map(Prime::of)
    }

    fn of(p: u32) -> Prime {
        let wide = u64::from(p);
        Prime { p, inverse: u64::MAX / wide, step: (1 << 63) / wide * wide }
    }

    /// The prime itself.
    pub fn value(self) -> u32 {
        self.p
    }

    /// The residue of a 64-bit number.
    pub fn reduce(self, x: u64) -> u32 {
        let p = u64::from(self.p);
        let quotient = ((u128::from(x) * u128::from(self.inverse)) >> 64) as u64; // right or one too small
        let r = x - quotient * p;
        r.min(r.wrapping_sub(p)) as u32
    }

    /// The residue of a signed number.
    pub fn reduce_signed(self, x: i64) -> u32 {
        let r = self.reduce(x.unsigned_abs());
        if x < 0 { self.neg(r) } else { r }
    }

    /// A random residue.
    pub fn random_residue(self, rng: &mut ChaCha8Rng) -> u32 {
        self.reduce(rng.next_u64())
    }

    /// `a + b`.
    pub fn add(self, a: u32, b: u32) -> u32 {
        let s = a + b; // both below 2^29
        if s >= self.p { s - self.p } else { s }
    }

    /// `a - b`.
    pub fn sub(self, a: u32, b: u32) -> u32 {
        if a >= b { a - b } else { a + self.p - b }
    }

    /// `-a`.
    pub fn neg(self, a: u32) -> u32 {
        if a == 0 { 0 } else { self.p - a }
    }

    /// `a · b`.
    pub fn mul(self, a: u32, b: u32) -> u32 {
        self.reduce(u64::from(a) * u64::from(b))
    }

    /// `a^exponent`.
    pub fn pow(self, a: u32, exponent: u64) -> u32 {
        power(1, &a, exponent, |&x, &y| self.mul(x, y))
    }

    /// The inverse of a non-zero residue (0 for 0).
    pub fn inv(self, a: u32) -> u32 {
        self.pow(a, u64::from(self.p) - 2)
    }

    /// The residue of a rational, or `None` when the prime divides its denominator.
    pub fn residue(self, q: &Rational) -> Option<u32> {
        match q.as_small() {
            Some((n, 1)) => Some(self.reduce_signed(n)),
            Some((n, d)) => {
                let d = self.reduce_signed(d);
                (d != 0).then(|| self.mul(self.reduce_signed(n), self.inv(d)))
            }
            None => {
                let (n, d) = (self.residue_big(&q.numerator()), self.residue_big(&q.denominator()));
                (d != 0).then(|| self.mul(n, self.inv(d)))
            }
        }
    }

    /// The residue of a big integer.
    pub fn residue_big(self, n: &num_bigint::BigInt) -> u32 {
        use num_traits::ToPrimitive;
        let p = num_bigint::BigInt::from(self.p);
        let r = ((n % &p) + &p) % &p;
        r.to_u32().unwrap_or(0)
    }

    /// The dot product of two rows.
    pub fn dot(self, a: &[u32], b: &[u32]) -> u32 {
        simd::dot(self.p, a, b)
    }

    /// `target += row`, entry by entry.
    pub fn add_row(self, target: &mut [u32], row: &[u32]) {
        simd::add(self.p, target, row);
    }

    /// `target += factor · row`, entry by entry.
    pub fn add_scaled(self, target: &mut [u32], factor: u32, row: &[u32]) {
        if factor != 0 {
            simd::add_scaled(self.p, target, factor, row);
        }
    }

    /// `sums += factor · row` without reduction: at most [`FOLD`] times after [`Prime::fold_row`].
    pub fn accumulate(self, sums: &mut [u64], factor: u32, row: &[u32]) {
        simd::accumulate(sums, factor, row);
    }

    /// `sums += Σ factor · row` over any number of rows as long as the sums, for sums below 2^63, which they are again
    /// afterwards.
    pub fn accumulate_rows<'a>(self, sums: &mut [u64], terms: impl IntoIterator<Item = (u32, &'a [u32])>) {
        let mut terms = terms.into_iter().filter(|term| term.0 != 0);
        let mut room = FOLD;
        while let Some(first) = terms.next() {
            if room < 4 {
                simd::fold(self.p, sums);
                room = FOLD;
            }
            match (terms.next(), terms.next(), terms.next()) {
                (Some(b), Some(c), Some(d)) => {
                    simd::accumulate_four(sums, [first.0, b.0, c.0, d.0], [first.1, b.1, c.1, d.1]);
                    room -= 4;
                }
                (b, c, _) => {
                    for (factor, row) in [Some(first), b, c].into_iter().flatten() {
                        simd::accumulate(sums, factor, row);
                        room -= 1;
                    }
                }
            }
        }
        simd::fold(self.p, sums);
    }

    /// Brings accumulated sums below 2^63, without a division.
    pub fn fold_row(self, sums: &mut [u64]) {
        simd::fold(self.p, sums);
    }

    /// `sum + a · b` below 2^63 for a sum below 2^63.
    pub fn fold_product(self, sum: u64, a: u32, b: u32) -> u64 {
        let next = sum + u64::from(a) * u64::from(b);
        next.min(next.wrapping_sub(self.step))
    }

    /// Reduces accumulated sums to residues.
    pub fn reduce_row(self, sums: &mut [u64]) {
        simd::reduce(self.p, sums);
    }

    /// Reduces accumulated sums to residues.
    pub fn reduce_into(self, sums: &[u64], out: &mut [u32]) {
        simd::reduce_into(self.p, sums, out);
    }

    /// `row := factor · row`.
    pub fn scale(self, row: &mut [u32], factor: u32) {
        simd::scale(self.p, row, factor);
    }
}

/// An element of exact order n of the multiplicative group, where n divides p - 1.
pub fn primitive_root_of_unity(p: Prime, n: u64) -> u32 {
    let cofactor = (u64::from(p.value()) - 1) / n;
    let primes = super::prime_powers(n);
    let exact = |x: &u32| primes.iter().all(|(q, _)| p.pow(*x, n / q) != 1);
    (2..p.value()).map(|x| p.pow(x, cofactor)).find(exact).unwrap_or(1)
}

/// The residues of many rationals, which mostly share a few denominators: their inverses are kept.
pub struct Fractions {
    p: Prime,
    /// The inverses of the denominators below [`FEW`]; 0 for those not met yet.
    small: Vec<u32>,
    others: HashMap<i64, u32>,
}

/// Denominators below this are found without a search.
const FEW: usize = 1 << 12;

impl Fractions {
    /// For residues modulo `p`.
    pub fn new(p: Prime) -> Fractions {
        Fractions { p, small: Vec::new(), others: HashMap::new() }
    }

    /// The same as [`Prime::residue`].
    pub fn residue(&mut self, q: &Rational) -> Option<u32> {
        match q.as_small() {
            Some((n, 1)) => Some(self.p.reduce_signed(n)),
            Some((n, d)) => {
                let inverse = self.inverse(d);
                (inverse != 0).then(|| self.p.mul(self.p.reduce_signed(n), inverse))
            }
            None => self.p.residue(q),
        }
    }

    /// The inverse of a positive denominator, 0 when the prime divides it.
    fn inverse(&mut self, d: i64) -> u32 {
        let p = self.p;
        let new = || p.inv(p.reduce_signed(d));
        if d >= FEW as i64 {
            return *self.others.entry(d).or_insert_with(new);
        }
        if self.small.is_empty() {
            self.small.resize(FEW, 0);
        }
        let slot = &mut self.small[d as usize];
        if *slot == 0 {
            *slot = new();
        }
        *slot
    }
}

/// Miller–Rabin with the bases 2, 3, 5, 7, 11, which decides below 2 152 302 898 747 (Jaeschke 1993).
pub fn is_prime(n: u32) -> bool {
    if n < 13 || n.is_multiple_of(2) {
        return matches!(n, 2 | 3 | 5 | 7 | 11);
    }
    let modulus = u64::from(n);
    let power_of = |base: u64, exponent: u32| power(1, &(base % modulus), exponent.into(), |x, y| x * y % modulus);
    let twos = (n - 1).trailing_zeros();
    let odd = (n - 1) >> twos;
    [2u64, 3, 5, 7, 11].iter().all(|&base| {
        let mut x = power_of(base, odd);
        if x == 1 || x == modulus - 1 {
            return true;
        }
        for _ in 1..twos {
            x = x * x % modulus;
            if x == modulus - 1 {
                return true;
            }
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn primality_agrees_with_trial_division() {
        let slow = |n: u32| n >= 2 && (2..).take_while(|d| d * d <= n).all(|d| !n.is_multiple_of(d));
        assert!((0..20_000).all(|n| is_prime(n) == slow(n)));
        assert!((1 << 28..(1 << 28) + 300).all(|n| is_prime(n) == slow(n)));
    }

    #[test]
    fn primes_with_roots_of_unity() {
        let mut rng = random_stream(1, 0);
        for modulus in [1, 2, 7, 60, 1320, 100_003, 1 << 20] {
            let p = Prime::with_roots_of_unity(modulus, &mut rng).unwrap();
            assert!(p.value() % modulus == 1 % modulus && (1 << 28..1 << 29).contains(&p.value()));
        }
        assert_eq!(Prime::with_roots_of_unity(u32::MAX, &mut rng), None);
    }

    #[test]
    fn row_operations_agree_with_scalar_ones() {
        let mut rng = random_stream(1, 0);
        let p = Prime::random(&mut rng);
        let row: Vec<u32> = (0..100).map(|_| p.random_residue(&mut rng)).collect();
        let start: Vec<u32> = (0..100).map(|_| p.random_residue(&mut rng)).collect();
        for factor in [0, 1, 2, p.value() - 1, p.random_residue(&mut rng)] {
            let mut fast = start.clone();
            p.add_scaled(&mut fast, factor, &row);
            let slow: Vec<u32> = start.iter().zip(&row).map(|(&a, &b)| p.add(a, p.mul(factor, b))).collect();
            assert_eq!(fast, slow);
        }
        let slow = row.iter().zip(&start).fold(0, |s, (&a, &b)| p.add(s, p.mul(a, b)));
        assert_eq!(p.dot(&row, &start), slow);
    }

    #[test]
    fn folded_sums_keep_their_residue() {
        let mut rng = random_stream(3, 0);
        let p = Prime::random(&mut rng);
        let largest = p.value() - 1;
        let mut sums = vec![(1u64 << 63) - 1];
        let before = p.reduce(sums[0]);
        for _ in 0..FOLD {
            p.accumulate(&mut sums, largest, &[largest]);
        }
        p.fold_row(&mut sums);
        assert!(sums[0] < 1 << 63);
        let expected = p.add(before, p.mul(p.reduce(FOLD as u64), p.mul(largest, largest)));
        assert_eq!(p.reduce(sums[0]), expected);
        assert_eq!(p.reduce(p.fold_product(sums[0], largest, 7)), p.add(expected, p.mul(largest, 7)));
    }

    #[test]
    fn many_rows_agree_with_scalar_sums() {
        let mut rng = random_stream(4, 0);
        let p = Prime::random(&mut rng);
        for count in [0usize, 1, 3, 4, 30, 31, 32, 100] {
            let terms: Vec<(u32, Vec<u32>)> =
                (0..count).map(|_| (p.value() - 1, vec![p.value() - 1, p.random_residue(&mut rng), 0])).collect();
            let mut sums = vec![(1u64 << 63) - 1, 0, 5];
            let mut expected: Vec<u32> = sums.iter().map(|&s| p.reduce(s)).collect();
            p.accumulate_rows(&mut sums, terms.iter().map(|(f, row)| (*f, row.as_slice())));
            for (f, row) in &terms {
                expected.iter_mut().zip(row).for_each(|(e, &b)| *e = p.add(*e, p.mul(*f, b)));
            }
            assert!(sums.iter().all(|&s| s < 1 << 63));
            assert_eq!(sums.iter().map(|&s| p.reduce(s)).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn reduction_is_division() {
        let p = Prime::of(536_870_909);
        for x in [0, 1, 536_870_908, 536_870_909, u64::MAX, u64::MAX - 1, (1 << 63) + 5] {
            assert_eq!(u64::from(p.reduce(x)), x % 536_870_909);
        }
        for x in [i64::MIN, i64::MAX, -1, -536_870_909, 7] {
            assert_eq!(i64::from(p.reduce_signed(x)), x.rem_euclid(536_870_909));
        }
    }

    #[test]
    fn residues_of_fractions() {
        let p = Prime::random(&mut random_stream(2, 0));
        let third = p.residue(&Rational::new(1, 3).unwrap()).unwrap();
        assert_eq!(p.mul(third, 3), 1);
        assert_eq!(p.residue(&Rational::new(1, i64::from(p.value())).unwrap()), None);
        let mut many = Fractions::new(p);
        let big = "123456789012345678901234567890/7".parse::<Rational>().unwrap();
        let bad = Rational::new(3, i64::from(p.value())).unwrap();
        for q in [(1, 3), (-5, 3), (7, 1), (2, 9), (-1, 3)]
            .map(|(n, d)| Rational::new(n, d).unwrap())
            .iter()
            .chain([&big, &bad])
        {
            assert_eq!(many.residue(q), p.residue(q));
        }
    }
}
