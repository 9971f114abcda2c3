//! Composition algebras: the numbers R, C, H, O and their split twins, with integer tables.
//!
//! Octonions: `e_i e_j = e_k` cyclically on the lines 124, 235, 346, 457, 561, 672, 713 (that is i, i+1, i+3 modulo 7)
//! and `e_i² = −1`. The first units span the smaller algebras: C on {1, e1} and H on {1, e1, e2, e4}. The split forms
//! change the sign of the product of any two units outside a half-dimensional subalgebra (Cayley–Dickson doubling
//! with +1 in place of −1); the norm then has as many minus signs as plus signs.

use super::Multiplication;
use crate::num::Rational;

/// The lines of the Fano plane that define the octonions: `e_a e_b = e_c` and its cyclic shifts.
pub const LINES: [[usize; 3]; 7] = [[1, 2, 4], [2, 3, 5], [3, 4, 6], [4, 5, 7], [5, 6, 1], [6, 7, 2], [7, 1, 3]];

/// A composition algebra with a basis of units: `e_i e_j = ± e_k`, `e_0 = 1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composition {
    name: &'static str,
    /// `table[i][j] = (k, sign)` with `e_i e_j = sign · e_k`.
    table: Vec<Vec<(usize, i64)>>,
}

impl Composition {
    /// The real numbers.
    pub fn reals() -> Composition {
        Composition::from_units("reals", &[0], false)
    }

    /// The complex numbers, or the split ones (`e1² = +1`).
    pub fn complexes(split: bool) -> Composition {
        Composition::from_units(if split { "split complex numbers" } else { "complex numbers" }, &[0, 1], split)
    }

    /// The quaternions, or the split ones (isomorphic to 2 by 2 matrices).
    pub fn quaternions(split: bool) -> Composition {
        Composition::from_units(if split { "split quaternions" } else { "quaternions" }, &[0, 1, 2, 4], split)
    }

    /// The octonions, or the split ones.
    pub fn octonions(split: bool) -> Composition {
        Composition::from_units(if split { "split octonions" } else { "octonions" }, &[0, 1, 2, 3, 4, 5, 6, 7], split)
    }

    /// The subalgebra of the octonions on these units; `split` twists by the larger half that is not kept.
    fn from_units(name: &'static str, units: &[usize], split: bool) -> Composition {
        let kept: &[usize] = match units.len() {
            8 => &[0, 1, 2, 4],
            4 => &[0, 1],
            _ => &[0],
        };
        let table = units
            .iter()
            .map(|&a| {
                units
                    .iter()
                    .map(|&b| {
                        let (c, sign) = octonion_unit_product(a, b);
                        let twist = split && !kept.contains(&a) && !kept.contains(&b);
                        // The product of two kept units is kept, so every position exists.
                        let at = units.iter().position(|&u| u == c).unwrap_or(0);
                        (at, if twist { -sign } else { sign })
                    })
                    .collect()
            })
            .collect();
        Composition { name, table }
    }

    /// The dimension: 1, 2, 4 or 8.
    pub fn dim(&self) -> usize {
        self.table.len()
    }

    /// What it is called.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// `e_i e_j = sign · e_k`, as (k, sign).
    pub fn unit_product(&self, i: usize, j: usize) -> (usize, i64) {
        self.table[i][j]
    }

    /// The sign of `e_i` in the norm `|x|² = Σ ± x_i²`: `e_i conj(e_i) = ± 1`.
    pub fn norm_sign(&self, i: usize) -> i64 {
        if i == 0 { 1 } else { -self.table[i][i].1 }
    }

    /// The sign of `e_i` under conjugation: +1 for the unit, −1 for the imaginary ones.
    pub fn conjugation_sign(&self, i: usize) -> i64 {
        if i == 0 { 1 } else { -1 }
    }

    /// `Re((e_i e_j) e_k)`, which is 0 or ±1.
    pub fn trilinear(&self, i: usize, j: usize, k: usize) -> i64 {
        let (m, sign) = self.table[i][j];
        let (last, other) = self.table[m][k];
        if last == 0 { sign * other } else { 0 }
    }

    /// The multiplication table.
    pub fn multiplication(&self) -> Multiplication {
        Multiplication::from_fn(self.dim(), self.name, |i, j| {
            let (k, sign) = self.table[i][j];
            vec![(k as u32, Rational::from(sign))]
        })
    }
}

fn octonion_unit_product(a: usize, b: usize) -> (usize, i64) {
    if a == 0 || b == 0 {
        return (a + b, 1);
    }
    if a == b {
        return (0, -1);
    }
    for line in LINES {
        for shift in 0..3 {
            let [x, y, z] = [line[shift], line[(shift + 1) % 3], line[(shift + 2) % 3]];
            if (a, b) == (x, y) {
                return (z, 1);
            }
            if (a, b) == (y, x) {
                return (z, -1);
            }
        }
    }
    (0, 0)
}

/// The quaternion algebra `(a, b)` over Q: `i² = a`, `j² = b`, `ij = −ji = k`. `(−1, −1)` is Hamilton's.
pub fn quaternion_algebra(a: &Rational, b: &Rational) -> Multiplication {
    let one = Rational::ONE;
    Multiplication::from_fn(4, format!("quaternion algebra ({a}, {b})"), |x, y| {
        let (k, value) = match (x, y) {
            (0, k) | (k, 0) => (k, one.clone()),
            (1, 1) => (0, a.clone()),
            (2, 2) => (0, b.clone()),
            (3, 3) => (0, -(a * b)),
            (1, 2) => (3, one.clone()),
            (2, 1) => (3, -&one),
            (1, 3) => (2, a.clone()),
            (3, 1) => (2, -a),
            (2, 3) => (1, -b),
            _ => (1, b.clone()),
        };
        vec![(k as u32, value)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|xy|² = |x|² |y|²` polarised on units: `⟨ab, cd⟩ + ⟨ad, cb⟩ = 2 ⟨a, c⟩⟨b, d⟩` decides composition algebras.
    fn composes(c: &Composition) -> bool {
        let n = c.dim();
        let pair = |(i, s): (usize, i64), (j, t): (usize, i64)| if i == j { s * t * c.norm_sign(i) } else { 0 };
        let inner = |i: usize, j: usize| if i == j { c.norm_sign(i) } else { 0 };
        (0..n * n * n * n).all(|code| {
            let (w, x, y, z) = (code % n, code / n % n, code / n / n % n, code / n / n / n);
            pair(c.unit_product(w, x), c.unit_product(y, z)) + pair(c.unit_product(w, z), c.unit_product(y, x))
                == 2 * inner(w, y) * inner(x, z)
        })
    }

    #[test]
    fn all_seven_compose() {
        for split in [false, true] {
            for c in [Composition::complexes(split), Composition::quaternions(split), Composition::octonions(split)] {
                assert!(composes(&c), "{}", c.name());
                let minus = (0..c.dim()).filter(|&i| c.norm_sign(i) < 0).count();
                assert_eq!(minus, if split { c.dim() / 2 } else { 0 }, "{}", c.name());
            }
        }
        assert!(composes(&Composition::reals()));
    }

    #[test]
    fn quaternion_algebras_are_associative() {
        let m = quaternion_algebra(&Rational::from(2), &Rational::from(-3));
        let unit = |i: usize| vec![(i as u32, Rational::ONE)];
        for (i, j, k) in (0..64).map(|c| (c % 4, c / 4 % 4, c / 16)) {
            let left = m.product(&m.product(&unit(i), &unit(j)), &unit(k));
            let right = m.product(&unit(i), &m.product(&unit(j), &unit(k)));
            assert_eq!(left, right);
        }
    }
}
