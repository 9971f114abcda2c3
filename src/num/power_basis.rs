//! The basis 1, ζ, ζ², … of a cyclotomic field, for linear algebra over it.

use super::{Cyclotomic, Rational, prime_powers};

/// The field Q(ζ_n) with its basis of the first φ(n) powers of ζ_n.
#[derive(Clone, Debug)]
pub struct PowerBasis {
    n: u64,
    /// The coordinates of each power of ζ_n, φ(n) for each exponent below n.
    powers: Vec<Vec<i64>>,
}

impl PowerBasis {
    /// The field with n-th roots of unity, n ≥ 1.
    pub fn new(n: u64) -> PowerBasis {
        let n = n.max(1);
        let polynomial = cyclotomic_polynomial(n);
        let degree = polynomial.len() - 1;
        let mut powers: Vec<Vec<i64>> = Vec::with_capacity(n as usize);
        let mut at = vec![0i64; degree];
        at[0] = 1;
        for _ in 0..n {
            powers.push(at.clone());
            // ζ times a number: the top coefficient is replaced by what the polynomial says.
            let top = at[degree - 1];
            at.rotate_right(1);
            at[0] = 0;
            for (x, c) in at.iter_mut().zip(&polynomial) {
                *x -= top * c;
            }
        }
        PowerBasis { n, powers }
    }

    /// The order of the root of unity.
    pub fn root_order(&self) -> u64 {
        self.n
    }

    /// φ(n), the degree of the field.
    pub fn degree(&self) -> usize {
        self.powers[0].len()
    }

    /// The exponents prime to n: ζ ↦ ζ^k are the embeddings.
    pub fn units(&self) -> Vec<u64> {
        (1..=self.n).filter(|k| num_integer::gcd(*k, self.n) == 1).collect()
    }

    /// The coordinates of ζ_n^k.
    pub fn power(&self, k: u64) -> &[i64] {
        &self.powers[(k % self.n) as usize]
    }

    /// The coordinates of a number; `None` when it lies outside the field.
    pub fn coordinates(&self, x: &Cyclotomic) -> Option<Vec<Rational>> {
        if !self.n.is_multiple_of(x.conductor()) {
            return None;
        }
        let step = self.n / x.conductor();
        let mut out = vec![Rational::ZERO; self.degree()];
        for (e, c) in x.terms() {
            for (slot, &k) in out.iter_mut().zip(self.power(e * step)) {
                if k != 0 {
                    slot.add_product(c, &Rational::from(k));
                }
            }
        }
        Some(out)
    }

    /// The number with these coordinates.
    pub fn number(&self, coordinates: &[Rational]) -> Cyclotomic {
        Cyclotomic::sum(self.n, (0..).zip(coordinates.iter().cloned()))
    }

    /// Adds the product of two numbers to a third, all by coordinates.
    pub fn add_product(&self, sum: &mut [Rational], a: &[Rational], b: &[Rational]) {
        for (i, x) in a.iter().enumerate().filter(|(_, x)| !x.is_zero()) {
            for (j, y) in b.iter().enumerate().filter(|(_, y)| !y.is_zero()) {
                let product = x * y;
                for (slot, &k) in sum.iter_mut().zip(self.power((i + j) as u64)) {
                    match k {
                        0 => {}
                        1 => *slot += &product,
                        _ => slot.add_product(&product, &Rational::from(k)),
                    }
                }
            }
        }
    }
}

/// The coefficients of Φ_n, constant term first: the product of (x^(n/d) - 1)^μ(d) over the divisors d.
fn cyclotomic_polynomial(n: u64) -> Vec<i64> {
    let primes: Vec<u64> = prime_powers(n).into_iter().map(|(p, _)| p).collect();
    let (mut above, mut below) = (Vec::new(), Vec::new());
    for subset in 0u64..1 << primes.len() {
        let d: u64 = primes.iter().enumerate().filter(|(i, _)| subset >> i & 1 == 1).map(|(_, p)| p).product();
        let list = if subset.count_ones() % 2 == 0 { &mut above } else { &mut below };
        list.push((n / d) as usize);
    }
    let mut out = vec![1i64];
    for k in above {
        // Times x^k - 1.
        let mut next = vec![0; out.len() + k];
        for (i, c) in out.iter().enumerate() {
            next[i + k] += c;
            next[i] -= c;
        }
        out = next;
    }
    for k in below {
        // Divided by x^k - 1: the quotient's coefficients from the bottom are q_i = q_{i-k} - p_i.
        let mut quotient = vec![0i64; out.len() - k];
        for i in 0..quotient.len() {
            quotient[i] = if i >= k { quotient[i - k] } else { 0 } - out[i];
        }
        out = quotient;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Φ_1, Φ_2, Φ_6, Φ_12, and Φ_105, the first with a coefficient -2 (Migotti 1883).
    #[test]
    fn cyclotomic_polynomials() {
        assert_eq!(cyclotomic_polynomial(1), [-1, 1]);
        assert_eq!(cyclotomic_polynomial(2), [1, 1]);
        assert_eq!(cyclotomic_polynomial(6), [1, -1, 1]);
        assert_eq!(cyclotomic_polynomial(12), [1, 0, -1, 0, 1]);
        let p = cyclotomic_polynomial(105);
        assert_eq!((p.len(), p.iter().min(), p[7], p[41]), (49, Some(&-2), -2, -2));
    }

    #[test]
    fn coordinates_and_products() {
        for n in [1, 3, 4, 5, 8, 12, 15, 24] {
            let basis = PowerBasis::new(n);
            assert_eq!(basis.units().len(), basis.degree());
            let number = |k: i64| {
                let terms = [(0, Rational::new(k, 3).unwrap()), (1, Rational::from(2)), (n - 1, Rational::from(k))];
                Cyclotomic::sum(n, terms)
            };
            for k in -3..4 {
                let (x, y) = (number(k), number(k + 2));
                let (a, b) = (basis.coordinates(&x).unwrap(), basis.coordinates(&y).unwrap());
                assert_eq!(basis.number(&a), x);
                let mut sum = vec![Rational::ZERO; basis.degree()];
                basis.add_product(&mut sum, &a, &b);
                assert_eq!(basis.number(&sum), x.mul(&y), "{n} {k}");
            }
        }
        assert_eq!(PowerBasis::new(5).coordinates(&Cyclotomic::root_of_unity(3, 1)), None);
    }
}
