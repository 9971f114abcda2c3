//! Small finite fields by tables of logarithms: for linear groups over them.

use super::FiniteError;
use super::giant::is_prime;

/// The field with q elements, numbered so that 0 is zero and 1 is one.
#[derive(Clone, Debug)]
pub(super) struct SmallField {
    pub q: usize,
    characteristic: usize,
    /// Powers of a generator of the multiplicative group: elements as numbers in base p.
    powers: Vec<usize>,
    logarithm: Vec<usize>,
}

/// Largest field whose linear groups are built.
const LARGEST: usize = 4096;

impl SmallField {
    /// The field with q elements, for a prime power q.
    pub(super) fn new(q: usize) -> Result<SmallField, FiniteError> {
        let wrong = || FiniteError::Argument(format!("{q} is not a prime power from 2 to {LARGEST}"));
        if !(2..=LARGEST).contains(&q) {
            return Err(wrong());
        }
        let p = (2..=q).find(|d| q.is_multiple_of(*d)).ok_or_else(wrong)?;
        let mut size = 1;
        let mut degree = 0;
        while size < q {
            size *= p;
            degree += 1;
        }
        if size != q || !is_prime(p) {
            return Err(wrong());
        }
        // A monic polynomial x^d - (lower terms) is primitive when the powers of x run through everything.
        for lower in 1..q {
            if let Some(field) = SmallField::with_polynomial(q, p, degree, lower) {
                return Ok(field);
            }
        }
        Err(wrong())
    }

    /// Tries x^d = `lower`, a number in base p; for d = 1 this means the generator `lower`.
    fn with_polynomial(q: usize, p: usize, degree: u32, lower: usize) -> Option<SmallField> {
        let mut powers = vec![1];
        let top = q / p;
        let mut at = 1;
        loop {
            at = if degree == 1 {
                at * lower % p
            } else {
                let (head, rest) = (at / top, at % top);
                add_base(rest * p, scale_base(lower, head, p), p)
            };
            if at == 1 {
                break;
            }
            if at == 0 || powers.len() >= q {
                return None;
            }
            powers.push(at);
        }
        if powers.len() != q - 1 {
            return None;
        }
        let mut logarithm = vec![0; q];
        powers.iter().enumerate().for_each(|(e, &x)| logarithm[x] = e);
        Some(SmallField { q, characteristic: p, powers, logarithm })
    }

    pub(super) fn add(&self, a: usize, b: usize) -> usize {
        add_base(a, b, self.characteristic)
    }

    pub(super) fn mul(&self, a: usize, b: usize) -> usize {
        if a == 0 || b == 0 { 0 } else { self.power(self.logarithm[a] + self.logarithm[b]) }
    }

    /// A power of the chosen generator of the multiplicative group.
    pub(super) fn power(&self, exponent: usize) -> usize {
        self.powers[exponent % (self.q - 1)]
    }

    pub(super) fn inverse(&self, a: usize) -> usize {
        self.power(self.q - 1 - self.logarithm[a])
    }

    /// A basis over the prime field.
    pub(super) fn basis(&self) -> Vec<usize> {
        std::iter::successors(Some(1), |x| Some(x * self.characteristic)).take_while(|x| *x < self.q).collect()
    }

    pub(super) fn minus_one(&self) -> usize {
        if self.characteristic == 2 { 1 } else { self.power((self.q - 1) / 2) }
    }
}

fn add_base(a: usize, b: usize, p: usize) -> usize {
    let (mut a, mut b, mut place, mut out) = (a, b, 1, 0);
    while a > 0 || b > 0 {
        out += (a % p + b % p) % p * place;
        (a, b, place) = (a / p, b / p, place * p);
    }
    out
}

fn scale_base(a: usize, factor: usize, p: usize) -> usize {
    let (mut a, mut place, mut out) = (a, 1, 0);
    while a > 0 {
        out += a % p * factor % p * place;
        (a, place) = (a / p, place * p);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_axioms() {
        for q in [2, 3, 4, 5, 7, 8, 9, 16, 25, 27] {
            let f = SmallField::new(q).unwrap();
            for a in 0..q {
                assert_eq!(f.mul(a, 1), a);
                assert_eq!(f.add(a, f.mul(a, f.minus_one())), 0);
                if a > 0 {
                    assert_eq!(f.mul(a, f.inverse(a)), 1);
                }
                for b in 0..q {
                    for c in 0..q {
                        assert_eq!(f.mul(a, f.add(b, c)), f.add(f.mul(a, b), f.mul(a, c)), "{q}: {a} {b} {c}");
                    }
                }
            }
        }
        for q in [0, 1, 6, 12, 100] {
            assert!(SmallField::new(q).is_err());
        }
    }
}
