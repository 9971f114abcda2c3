//! Small integers and their primes.

/// The primes that divide n, ascending, with the largest power of each, by trial division: `O(√n)` steps.
pub fn prime_powers(n: u64) -> Vec<(u64, u64)> {
    let (mut n, mut p, mut out) = (n, 2, Vec::new());
    while n > 1 {
        if p * p > n {
            p = n;
        }
        let mut q = 1;
        while n.is_multiple_of(p) {
            n /= p;
            q *= p;
        }
        if q > 1 {
            out.push((p, q));
        }
        p += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_multiply_to_the_number() {
        assert_eq!(prime_powers(1), []);
        assert_eq!(prime_powers(360), [(2, 8), (3, 9), (5, 5)]);
        assert_eq!(prime_powers(1_000_003), [(1_000_003, 1_000_003)]);
        for n in 1..2000 {
            assert_eq!(prime_powers(n).iter().map(|x| x.1).product::<u64>(), n);
        }
    }
}
