//! Arithmetic modulo word-size primes: residues are `u32` below a prime between 2^28 and 2^29.
//!
//! Products of two residues are below 2^58, so 63 of them fit one 64-bit accumulator before a reduction; a row
//! operation with a fixed factor uses Shoup's precomputed quotient and needs no division at all. All loops are over
//! plain slices of words, which the compiler turns into vector code.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::Rational;

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
pub struct Prime(u32);

/// Number of products of two residues that a 64-bit accumulator holds besides one residue.
pub const LAZY: usize = 63;

/// Number of products of two residues that a 64-bit accumulator holds besides a sum below 2^63.
pub const FOLD: usize = 31;

impl Prime {
    /// A random prime: a coefficient of the input may be a multiple of any fixed one.
    pub fn random(rng: &mut ChaCha8Rng) -> Prime {
        loop {
            let candidate = (1 << 28) | (rng.next_u32() >> 4) | 1;
            if is_prime(candidate) {
                return Prime(candidate);
            }
        }
    }

    /// The prime itself.
    pub fn value(self) -> u32 {
        self.0
    }

    /// The residue of a 64-bit number.
    pub fn reduce(self, x: u64) -> u32 {
        (x % u64::from(self.0)) as u32
    }

    /// The residue of a signed number.
    pub fn reduce_signed(self, x: i64) -> u32 {
        x.rem_euclid(i64::from(self.0)) as u32
    }

    /// A random residue.
    pub fn random_residue(self, rng: &mut ChaCha8Rng) -> u32 {
        self.reduce(rng.next_u64())
    }

    /// `a + b`.
    pub fn add(self, a: u32, b: u32) -> u32 {
        let s = a + b; // both below 2^29
        if s >= self.0 { s - self.0 } else { s }
    }

    /// `a - b`.
    pub fn sub(self, a: u32, b: u32) -> u32 {
        if a >= b { a - b } else { a + self.0 - b }
    }

    /// `-a`.
    pub fn neg(self, a: u32) -> u32 {
        if a == 0 { 0 } else { self.0 - a }
    }

    /// `a · b`.
    pub fn mul(self, a: u32, b: u32) -> u32 {
        self.reduce(u64::from(a) * u64::from(b))
    }

    /// `a^exponent`.
    pub fn pow(self, a: u32, mut exponent: u64) -> u32 {
        let (mut result, mut square) = (1, a);
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = self.mul(result, square);
            }
            square = self.mul(square, square);
            exponent >>= 1;
        }
        result
    }

    /// The inverse of a non-zero residue (0 for 0).
    pub fn inv(self, a: u32) -> u32 {
        self.pow(a, u64::from(self.0) - 2)
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
        let p = num_bigint::BigInt::from(self.0);
        let r = ((n % &p) + &p) % &p;
        r.to_u32().unwrap_or(0)
    }

    /// The dot product of two rows.
    pub fn dot(self, a: &[u32], b: &[u32]) -> u32 {
        let mut total = 0u64;
        for (x, y) in a.chunks(LAZY).zip(b.chunks(LAZY)) {
            let part: u64 = x.iter().zip(y).map(|(&s, &t)| u64::from(s) * u64::from(t)).sum();
            total = u64::from(self.reduce(part + total));
        }
        total as u32
    }

    /// `target += factor · row`, entry by entry, without any division.
    pub fn add_scaled(self, target: &mut [u32], factor: u32, row: &[u32]) {
        if factor == 0 {
            return;
        }
        let p = u64::from(self.0);
        let f = u64::from(factor);
        let quotient = (f << 32) / p; // Shoup: floor(f 2^32 / p)
        for (t, &b) in target.iter_mut().zip(row) {
            let b = u64::from(b);
            let q = (quotient * b) >> 32;
            let r = (f * b - q * p) as u32; // below 2p < 2^30
            let s = r.min(r.wrapping_sub(self.0)) + *t; // min picks the reduced one of r, r - p
            *t = s.min(s.wrapping_sub(self.0));
        }
    }

    /// `sums += factor · row` without reduction: at most [`FOLD`] times after [`Prime::fold_row`].
    pub fn accumulate(self, sums: &mut [u64], factor: u32, row: &[u32]) {
        let f = u64::from(factor);
        for (sum, &b) in sums.iter_mut().zip(row) {
            *sum += f * u64::from(b);
        }
    }

    /// The largest multiple of the prime below 2^63: what folding subtracts.
    fn fold_step(self) -> u64 {
        (1 << 63) / u64::from(self.0) * u64::from(self.0)
    }

    /// Brings accumulated sums below 2^63, without a division.
    pub fn fold_row(self, sums: &mut [u64]) {
        let step = self.fold_step();
        for sum in sums {
            *sum = (*sum).min(sum.wrapping_sub(step)); // the difference wraps round when there is nothing to subtract
        }
    }

    /// `sum + a · b` below 2^63 for a sum below 2^63.
    pub fn fold_product(self, sum: u64, a: u32, b: u32) -> u64 {
        let next = sum + u64::from(a) * u64::from(b);
        next.min(next.wrapping_sub(self.fold_step()))
    }

    /// Reduces accumulated sums to residues.
    pub fn reduce_row(self, sums: &mut [u64]) {
        let p = u64::from(self.0);
        for sum in sums {
            *sum %= p;
        }
    }

    /// `row := factor · row`.
    pub fn scale(self, row: &mut [u32], factor: u32) {
        for x in row {
            *x = self.mul(*x, factor);
        }
    }
}

/// Miller–Rabin with the bases 2, 3, 5, 7, which decides below 3 215 031 751 (Jaeschke 1993).
fn is_prime(n: u32) -> bool {
    if n < 11 || n.is_multiple_of(2) {
        return matches!(n, 2 | 3 | 5 | 7);
    }
    let modulus = u64::from(n);
    let power = |base: u64, mut e: u32| {
        let (mut r, mut b) = (1u64, base % modulus);
        while e > 0 {
            if e & 1 == 1 {
                r = r * b % modulus;
            }
            b = b * b % modulus;
            e >>= 1;
        }
        r
    };
    let twos = (n - 1).trailing_zeros();
    let odd = (n - 1) >> twos;
    [2u64, 3, 5, 7].iter().all(|&base| {
        let mut x = power(base, odd);
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
    fn residues_of_fractions() {
        let p = Prime::random(&mut random_stream(2, 0));
        let third = p.residue(&Rational::new(1, 3).unwrap()).unwrap();
        assert_eq!(p.mul(third, 3), 1);
        assert_eq!(p.residue(&Rational::new(1, i64::from(p.value())).unwrap()), None);
    }
}
