//! Hermitian 3 × 3 matrices over a composition algebra, with their cubic norm; over the octonions the Albert algebra.
//!
//! An element is `x = (a1, a2, a3; x1, x2, x3)`, diagonal entries first, then `x1` at place (2,3), `x2` at (3,1) and
//! `x3` at (1,2), in the units of the composition algebra: dimension 3 + 3d, that is 6, 9, 15 or 27. With (i, j, k)
//! cyclic:
//! - norm `N(x) = a1 a2 a3 − Σ a_i |x_i|² + 2 Re((x1 x2) x3)`,
//! - trace form `T(x, y) = Σ a_i b_i + 2 Σ ⟨x_i, y_i⟩`,
//! - adjoint `x#` with diagonal `a_j a_k − |x_i|²` and off-diagonal `conj(x_j x_k) − a_i x_i`; `dN(x)·y = T(x#, y)`.

use super::{Composition, Multiplication, Polynomial};
use crate::num::Rational;

/// The Jordan algebra of hermitian 3 × 3 matrices over a composition algebra.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jordan {
    units: Composition,
}

impl Jordan {
    /// Hermitian 3 × 3 matrices over these numbers.
    pub fn over(units: Composition) -> Jordan {
        Jordan { units }
    }

    /// The Albert algebra, of dimension 27, over the octonions or the split ones.
    pub fn albert(split: bool) -> Jordan {
        Jordan { units: Composition::octonions(split) }
    }

    /// The dimension `3 + 3d`.
    pub fn dim(&self) -> usize {
        3 + 3 * self.units.dim()
    }

    /// The composition algebra of the entries.
    pub fn units(&self) -> &Composition {
        &self.units
    }

    /// The index of coordinate `unit` of the off-diagonal entry `x_{block + 1}`.
    fn index(&self, block: usize, unit: usize) -> usize {
        3 + block * self.units.dim() + unit
    }

    /// The diagonal of the trace form `T`.
    pub fn trace_form(&self) -> Vec<i64> {
        let d = self.units.dim();
        let mut out = vec![1; 3];
        out.extend((0..3 * d).map(|at| 2 * self.units.norm_sign(at % d)));
        out
    }

    /// The norm `N` as a cubic polynomial; coordinate `c` is the variable `offset + c`.
    pub fn norm(&self, offset: u32) -> Polynomial {
        let d = self.units.dim();
        let v = |c: usize| offset + c as u32;
        let mut out = Polynomial::term(1i64, vec![v(0), v(1), v(2)]);
        let mut add = |value: i64, variables: Vec<u32>| {
            out = std::mem::take(&mut out).plus_term(value, variables);
        };
        for block in 0..3 {
            for unit in 0..d {
                let x = v(self.index(block, unit));
                add(-self.units.norm_sign(unit), vec![v(block), x, x]);
            }
        }
        for (i, j) in (0..d * d).map(|code| (code / d, code % d)) {
            for k in 0..d {
                let sign = self.units.trilinear(i, j, k);
                if sign != 0 {
                    add(2 * sign, vec![v(self.index(0, i)), v(self.index(1, j)), v(self.index(2, k))]);
                }
            }
        }
        out
    }

    /// The adjoint `x#`, one quadratic polynomial for each coordinate; coordinate `c` is the variable `offset + c`.
    pub fn adjoint(&self, offset: u32) -> Vec<Polynomial> {
        let d = self.units.dim();
        let v = |c: usize| offset + c as u32;
        let mut out = vec![Polynomial::zero(); self.dim()];
        for i in 0..3 {
            let (j, k) = ((i + 1) % 3, (i + 2) % 3);
            out[i] = Polynomial::term(1i64, vec![v(j), v(k)]);
            for unit in 0..d {
                let at = self.index(i, unit);
                out[i] = std::mem::take(&mut out[i]).plus_term(-self.units.norm_sign(unit), vec![v(at), v(at)]);
                out[at] = std::mem::take(&mut out[at]).plus_term(-1, vec![v(i), v(at)]);
            }
            for (a, b) in (0..d * d).map(|code| (code / d, code % d)) {
                let (unit, sign) = self.units.unit_product(a, b);
                let at = self.index(i, unit);
                out[at] = std::mem::take(&mut out[at]).plus_term(
                    sign * self.units.conjugation_sign(unit),
                    vec![v(self.index(j, a)), v(self.index(k, b))],
                );
            }
        }
        out
    }

    /// The Jordan product `x∘y = (xy + yx)/2`.
    pub fn multiplication(&self) -> Multiplication {
        let d = self.units.dim();
        let half = Rational::new(1, 2).unwrap_or_default();
        // (block, unit) of an off-diagonal coordinate.
        let place = |c: usize| (c >= 3).then(|| ((c - 3) / d, (c - 3) % d));
        let name = match d {
            8 => {
                "Albert algebra".to_string() + if self.units.norm_sign(7) < 0 { " of the split octonions" } else { "" }
            }
            _ => format!("hermitian 3 by 3 matrices over the {}", self.units.name()),
        };
        Multiplication::from_fn(self.dim(), name, |p, q| match (place(p), place(q)) {
            (None, None) if p == q => vec![(p as u32, Rational::ONE)],
            (None, None) => Vec::new(),
            // e_i x_j = x_j / 2 unless i = j.
            (None, Some((block, _))) if block != p => vec![(q as u32, half.clone())],
            (Some((block, _)), None) if block != q => vec![(p as u32, half.clone())],
            (Some((a, i)), Some((b, j))) if a == b => {
                let value = if i == j { self.units.norm_sign(i) } else { 0 };
                (0..3).filter(|&c| c != a).map(|c| (c as u32, Rational::from(value))).collect()
            }
            (Some((a, i)), Some((b, j))) => {
                // x_j y_k with (j, k) in cyclic order, conjugated, at the third place.
                let ((first, s), (_, t)) = if (a + 1) % 3 == b { ((a, i), (b, j)) } else { ((b, j), (a, i)) };
                let (unit, sign) = self.units.unit_product(s, t);
                let value = Rational::from(sign * self.units.conjugation_sign(unit));
                vec![(self.index((first + 2) % 3, unit) as u32, &value * &half)]
            }
            _ => Vec::new(),
        })
    }

    /// The signs of the involution `x1, x2 → −x1, −x2` (conjugation by diag(1, 1, −1); fixes Spin(9) inside F4).
    pub fn corner_signs(&self) -> Vec<i64> {
        let d = self.units.dim();
        (0..self.dim()).map(|c| if (3..3 + 2 * d).contains(&c) { -1 } else { 1 }).collect()
    }

    /// The signs of the involution that is −1 on the units outside the half-dimensional subalgebra
    /// (for the octonions: outside the quaternions {1, e1, e2, e4}).
    pub fn unit_signs(&self) -> Vec<i64> {
        let d = self.units.dim();
        let kept: &[usize] = match d {
            8 => &[0, 1, 2, 4],
            4 => &[0, 1],
            _ => &[0],
        };
        (0..self.dim()).map(|c| if c < 3 || kept.contains(&((c - 3) % d)) { 1 } else { -1 }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::Gaussian;

    fn all() -> Vec<Jordan> {
        let mut out = vec![Jordan::over(Composition::reals()), Jordan::albert(false), Jordan::albert(true)];
        for split in [false, true] {
            out.push(Jordan::over(Composition::complexes(split)));
            out.push(Jordan::over(Composition::quaternions(split)));
        }
        out
    }

    #[test]
    fn the_gradient_of_the_norm_is_the_adjoint() {
        for j in all() {
            let (norm, adjoint, trace) = (j.norm(0), j.adjoint(0), j.trace_form());
            for c in 0..j.dim() {
                assert_eq!(norm.derivative(c as u32), adjoint[c].scale(&Gaussian::from(trace[c])));
            }
        }
    }

    /// `x ∘ x# = N(x) 1`, which ties product, adjoint and norm together.
    #[test]
    fn the_jordan_product_times_the_adjoint_is_the_norm() {
        for j in all() {
            let (norm, adjoint, product) = (j.norm(0), j.adjoint(0), j.multiplication());
            assert!(product.is_commutative());
            let mut sums = vec![Polynomial::zero(); j.dim()];
            for (a, b) in (0..j.dim()).flat_map(|a| (0..j.dim()).map(move |b| (a, b))) {
                for (k, v) in product.basis_product(a, b) {
                    let term = Polynomial::variable(a as u32).mul(&adjoint[b]);
                    sums[*k as usize] = sums[*k as usize].add_scaled(&Gaussian::from(v.clone()), &term);
                }
            }
            for (c, sum) in sums.into_iter().enumerate() {
                assert_eq!(sum, if c < 3 { norm.clone() } else { Polynomial::zero() }, "{} {c}", product.name());
            }
        }
    }
}
