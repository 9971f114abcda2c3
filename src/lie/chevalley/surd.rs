//! Vectors over a quadratic field: coordinates `a + b √d` with a square-free `d`, over Q itself when `d = 1`.

use crate::exact::sparse::{SparseVector, add_scaled};
use crate::lie::StructureConstants;
use crate::num::{Quadratic, Rational};

/// A number `a + b √d` of the field Q(√d); the field is known from the context. Over Q (`d = 1`) `b` is zero.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Surd {
    /// The rational part.
    pub a: Rational,
    /// The factor of the root.
    pub b: Rational,
}

impl Surd {
    /// A rational number.
    pub fn rational(a: Rational) -> Surd {
        Surd { a, b: Rational::ZERO }
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.a.is_zero() && self.b.is_zero()
    }

    /// The sum.
    pub fn plus(&self, other: &Surd) -> Surd {
        Surd { a: &self.a + &other.a, b: &self.b + &other.b }
    }

    /// The product in Q(√d).
    pub fn times(&self, other: &Surd, d: i64) -> Surd {
        let mut a = &self.a * &other.a;
        if self.b.is_zero() && other.b.is_zero() {
            return Surd::rational(a);
        }
        a += &(&(&self.b * &other.b) * &Rational::from(d));
        let mut b = &self.a * &other.b;
        b.add_product(&self.b, &other.a);
        Surd { a, b }
    }

    /// The negative.
    pub fn negated(&self) -> Surd {
        Surd { a: -&self.a, b: -&self.b }
    }

    /// The inverse in Q(√d), `None` for zero.
    pub fn recip(&self, d: i64) -> Option<Surd> {
        let norm = &(&self.a * &self.a) - &(&(&self.b * &self.b) * &Rational::from(d));
        let scale = norm.recip()?;
        Some(Surd { a: &self.a * &scale, b: -&(&self.b * &scale) })
    }

    /// As complex floating-point number, the root of a negative `d` with positive imaginary part.
    pub fn to_complex(&self, d: i64) -> (f64, f64) {
        let (a, b) = (self.a.to_f64(), self.b.to_f64() * (d.unsigned_abs() as f64).sqrt());
        if self.b.is_zero() {
            (a, 0.0)
        } else if d > 0 {
            (a + b, 0.0)
        } else {
            (a, b)
        }
    }

    /// Written so that it can be read back: `3/4`, `1+2i`, `1/2*sqrt(5)`.
    pub fn text(&self, d: i64) -> String {
        if self.b.is_zero() {
            return self.a.to_string();
        }
        if d == -1 {
            return crate::num::Gaussian::new(self.a.clone(), self.b.clone()).typed();
        }
        Quadratic { rational: self.a.clone(), coefficient: self.b.clone(), radicand: d }.to_string()
    }
}

/// A vector `a + √d b` of an algebra extended to Q(√d), by its rational and irrational parts.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SurdVector {
    /// The rational parts of the coordinates.
    pub a: SparseVector,
    /// The factors of the root.
    pub b: SparseVector,
}

impl SurdVector {
    /// A vector with rational coordinates.
    pub fn rational(v: &[Rational]) -> SurdVector {
        SurdVector { a: crate::exact::sparse::to_sparse(v), b: Vec::new() }
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.a.is_empty() && self.b.is_empty()
    }

    /// The multiple by a number.
    pub fn scale(&self, factor: &Surd, d: i64) -> SurdVector {
        let root = &factor.b * &Rational::from(d);
        SurdVector {
            a: add_scaled(&times(&self.a, &factor.a), &root, &self.b),
            b: add_scaled(&times(&self.b, &factor.a), &factor.b, &self.a),
        }
    }

    /// The sum with a multiple of another vector.
    pub fn add_scaled(&self, factor: &Surd, other: &SurdVector, d: i64) -> SurdVector {
        let other = other.scale(factor, d);
        SurdVector {
            a: add_scaled(&self.a, &Rational::ONE, &other.a),
            b: add_scaled(&self.b, &Rational::ONE, &other.b),
        }
    }

    /// The position and value of the first non-zero coordinate.
    pub fn leading(&self) -> Option<(usize, Surd)> {
        let first = self.a.first().into_iter().chain(self.b.first()).map(|t| t.0).min()?;
        Some((first as usize, self.entry(first as usize)))
    }

    /// The coordinate at a position.
    pub fn entry(&self, at: usize) -> Surd {
        use crate::exact::sparse::entry;
        Surd { a: entry(&self.a, at as u32), b: entry(&self.b, at as u32) }
    }

    /// All `n` coordinates.
    pub fn dense(&self, n: usize) -> Vec<Surd> {
        let mut out = vec![Surd::default(); n];
        for (k, v) in &self.a {
            out[*k as usize].a = v.clone();
        }
        for (k, v) in &self.b {
            out[*k as usize].b = v.clone();
        }
        out
    }

    /// The bracket over Q(√d): `[a + √d b, a' + √d b'] = [a,a'] + d [b,b'] + √d ([a,b'] + [b,a'])`.
    pub fn bracket(&self, other: &SurdVector, constants: &StructureConstants, d: i64) -> SurdVector {
        let product = |x: &SparseVector, y: &SparseVector| sparse_bracket(constants, x, y);
        let mut a = product(&self.a, &other.a);
        if !self.b.is_empty() && !other.b.is_empty() {
            a = add_scaled(&a, &Rational::from(d), &product(&self.b, &other.b));
        }
        let b = add_scaled(&product(&self.a, &other.b), &Rational::ONE, &product(&self.b, &other.a));
        SurdVector { a, b }
    }
}

fn times(v: &[(u32, Rational)], factor: &Rational) -> SparseVector {
    if factor.is_zero() {
        return Vec::new();
    }
    v.iter().map(|(k, x)| (*k, x * factor)).collect()
}

/// The bracket of two sparse vectors.
pub fn sparse_bracket(constants: &StructureConstants, x: &[(u32, Rational)], y: &[(u32, Rational)]) -> SparseVector {
    let mut terms = Vec::new();
    let mut dense: Option<Vec<Rational>> = None;
    for (i, a) in x {
        for (j, b) in y {
            let (low, high) = (*i.min(j) as usize, *i.max(j) as usize);
            if low == high {
                continue;
            }
            let row = constants.upper(low, high);
            if row.is_empty() {
                continue;
            }
            let product = a * b;
            let factor = if i < j { product } else { -product };
            // Few terms are sorted at the end, many are summed in place.
            if dense.is_none() && terms.len() + row.len() > 4 * constants.dim() {
                let mut sums = vec![Rational::ZERO; constants.dim()];
                for (k, v) in std::mem::take::<Vec<(u32, Rational)>>(&mut terms) {
                    sums[k as usize] += &v;
                }
                dense = Some(sums);
            }
            match &mut dense {
                Some(sums) => row.iter().for_each(|(k, v)| sums[*k as usize].add_product(&factor, v)),
                None => terms.extend(row.iter().map(|(k, v)| (*k, &factor * v))),
            }
        }
    }
    match dense {
        Some(sums) => crate::exact::sparse::to_sparse(&sums),
        None => crate::exact::sparse::collect_terms(terms),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surd(a: i64, b: i64) -> Surd {
        Surd { a: Rational::from(a), b: Rational::from(b) }
    }

    #[test]
    fn products_and_inverses_in_a_quadratic_field() {
        // (1 + √2)(3 − √2) = 1 + 2√2, and the norm of 1 + √2 is −1.
        assert_eq!(surd(1, 1).times(&surd(3, -1), 2), surd(1, 2));
        assert_eq!(surd(1, 1).recip(2), Some(surd(-1, 1)));
        assert_eq!(surd(0, 0).recip(2), None);
        assert_eq!(surd(0, 1).times(&surd(0, 1), -1), surd(-1, 0));
    }
}
