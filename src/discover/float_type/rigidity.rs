//! All Lie algebras near the floats are isomorphic: quantitative rigidity of semisimple algebras.
//!
//! **Lemma.** Let `μ` be the bracket of a complex semisimple algebra of dimension `n`, `κ` its Killing form, `τ` the
//! conjugation of a compact form and `⟨x, y⟩ = −κ(x, τ y)`. Every Lie bracket `μ'` on the same space with
//! `‖μ' − μ‖ ≤ 1/8` is isomorphic to `μ`, where `‖f‖² = Σ |f(e_i, e_j)|²` over an orthonormal basis.
//!
//! *Proof.* `(ad x)* = −ad τx`, so `‖ad x‖² = tr(ad x (ad x)*) = |x|²` and `|μ(x, y)| ≤ |x||y|`. For a basis `e_i` of the
//! compact form, orthonormal, with the dual basis `e^i = −e_i` for `κ`, let `(K f)(x, …) = Σ μ(e_i, f(e^i, x, …))`. From
//! `−Σ (ad e_i)² = 1` (the Casimir operator of the adjoint representation) follow `‖K f‖ ≤ ‖f‖`, and with the
//! invariance of `Σ e_i ⊗ e^i` the homotopy `δK + Kδ = 1` on cochains with values in the adjoint representation, which is
//! Whitehead's proof of `H²(g, g) = 0` (Jacobson, *Lie Algebras*, III.10). Let `φ = μ' − μ`, `t = ‖φ‖`, `h = −Kφ`,
//! `A = 1 + h`, and `φ₁(x, y) = A⁻¹ μ'(A x, A y) − μ(x, y)`. Then
//! `A φ₁(x, y) = (φ + δh)(x, y) + μ(h x, h y) + φ(A x, A y) − φ(x, y)`, and `φ + δh = Kδφ`, where by Jacobi's identity for `μ'`
//! `δφ` is a cyclic sum of three terms `φ(φ(x, y), z)`, each of norm at most `t²`. So `‖φ₁‖ ≤ (6 t² + t³)/(1 − t) ≤ 7 t²` for
//! `t ≤ 1/8`. Repeated, `t` goes to 0 quadratically, the products of the `A` converge to an invertible map, and it carries
//! `μ` to `μ'`. ∎
//!
//! **Use.** Let `X_i` be the floats, orthonormal for `tr(A Bᵀ)`, and `Y_i` any basis of a Lie algebra of matrices with
//! `Σ |Y_i − X_i|² ≤ ρ²`. Its structure constants differ from those measured by at most
//! `δ(ρ) = (√2 (2ρ√n + ρ²) + √2 ρ C)/(1 − ρ)`, `C² = Σ |[X_i, X_j]|²`, because `|[A, B]| ≤ √2 |A||B|` (Böttcher, Wenzel 2008)
//! and `‖Y⁺ − X⁺‖ ≤ √2 ‖X⁺‖‖Y⁺‖ρ` (Wedin 1973). In the orthonormal basis `u = P X` that the Chevalley basis gives, the measured
//! brackets are off from those of the integer table by `E`, so the lemma applies when
//! `‖P⁻¹‖ (E + ‖P‖² δ(ρ)) ≤ 1/8`: the complexification has the type of the table. By Weyl's inequality the Killing form has the
//! measured signature when `2 ‖c‖ δ + δ²` is below its least absolute eigenvalue. Type and signature leave the real sums of
//! `sums.rs`. Roundings enter by bounds for the sums that are formed (Higham, *Accuracy and Stability*, ch. 3), taken
//! generously.

use super::compact::Compact;
use super::frame::RootBasis;
use super::sums::real_sums;
use crate::discover::training::FloatAlgebra;
use crate::float::symmetric_eigen;
use crate::limits::{Limits, Stop};
use crate::roots::{RealForm, SimpleType};

/// The largest dimension: all brackets are compared, `dim⁴` operations.
const MOST: usize = 140;
/// The distance of the lemma.
const RIGID: f64 = 0.125;

/// All Lie algebras of matrices with a basis in a ball around the floats are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Ball {
    /// The radius: the root of the sum of squared distances of the basis from the orthonormal floats.
    pub radius: f64,
    /// The distance of the measured brackets from those of an exact algebra, in the norm of the lemma.
    pub distance: f64,
    /// The real algebras they can be, by their simple ideals: mostly one.
    pub sums: Vec<Vec<RealForm>>,
}

/// The largest ball around orthonormal `n × n` matrices in which the argument above holds; `left` is the norm of the largest
/// part of a bracket that leaves their span. `None` when there is none, or the dimension is too large.
pub(super) fn ball(
    n: usize,
    algebra: &FloatAlgebra,
    matrices: &[f64],
    left: f64,
    ideals: &[(&[f64], RootBasis)],
    limits: &Limits,
) -> Result<Option<Ball>, Stop> {
    let dim = algebra.dim();
    if dim > MOST {
        return Ok(None);
    }
    let Some(frame) = Compact::of(dim, ideals) else { return Ok(None) };
    let Some((least, most)) = frame.extent() else { return Ok(None) };
    let epsilon = f64::EPSILON;
    let (d, width) = (dim as f64, (n * n) as f64);
    let size = algebra.constants().iter().map(|c| c * c).sum::<f64>().sqrt();
    let rounding = 8.0 * (d + 8.0) * epsilon * size * frame.square_sum();
    let off = frame.distance(algebra, limits)? + rounding;
    let killing = algebra.killing();
    let Some((values, _)) = symmetric_eigen(dim, |i, j| killing[i * dim + j]) else { return Ok(None) };
    let negative = values.iter().filter(|x| **x < 0.0).count();
    let smallest = values.iter().fold(f64::INFINITY, |m, x| m.min(x.abs()));
    let smallest = smallest - 16.0 * d * d * epsilon * size * size;
    // How far the floats are from orthonormal, and their brackets from those of exact arithmetic.
    let orthonormal = deviation(n * n, matrices) + 4.0 * width * d * epsilon;
    let all = (size * size + d * d * left * left).sqrt() + d * left;
    let product_rounding = 8.0 * (n as f64 + width) * epsilon * d;
    let root = 2f64.sqrt();
    let change = |radius: f64| {
        let room = 1.0 - radius - orthonormal;
        let brackets = root * (2.0 * radius * d.sqrt() * (1.0 + orthonormal) + radius * radius) + product_rounding;
        (brackets + (root * radius * (1.0 + 2.0 * orthonormal) + 2.0 * orthonormal) * all) / room
    };
    let holds = |radius: f64| {
        let delta = change(radius);
        radius + orthonormal < 0.5
            && (off + most * most * delta) / least <= RIGID
            && 2.0 * size * delta + delta * delta < smallest
    };
    if !holds(0.0) {
        return Ok(None);
    }
    // Both conditions are monotone in the radius.
    let (mut low, mut high) = (0.0f64, 0.5f64);
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        if holds(middle) { low = middle } else { high = middle }
    }
    let index = dim as i64 - 2 * negative as i64;
    let types: Vec<SimpleType> = ideals.iter().flat_map(|(_, b)| b.components.iter().map(|c| c.simple)).collect();
    let sums = real_sums(&types, index, limits)?;
    Ok(sums.filter(|sums| !sums.is_empty() && low > 0.0).map(|sums| Ball { radius: low, distance: off / least, sums }))
}

/// `‖X Xᵀ − 1‖` of rows, in the root of the sum of squares.
fn deviation(width: usize, rows: &[f64]) -> f64 {
    let rows: Vec<&[f64]> = rows.chunks_exact(width.max(1)).collect();
    let product = |i: usize, j: usize| rows[i].iter().zip(rows[j]).map(|(x, y)| x * y).sum::<f64>();
    let off = |i: usize, j: usize| (product(i, j) - f64::from(u8::from(i == j))).powi(2);
    (0..rows.len()).flat_map(|i| (0..rows.len()).map(move |j| (i, j))).map(|(i, j)| off(i, j)).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use crate::float::Random;

    type Vector = [f64; 3];
    type Cochain<'a> = dyn Fn(&[Vector]) -> Vector + 'a;

    fn unit(i: usize) -> Vector {
        [0, 1, 2].map(|k| f64::from(u8::from(i == k)))
    }

    fn sum(a: Vector, factor: f64, b: Vector) -> Vector {
        [0, 1, 2].map(|k| a[k] + factor * b[k])
    }

    /// su(2) with `[e_1, e_2] = e_3/√2` and so on, where `κ = −1`.
    fn bracket(x: Vector, y: Vector) -> Vector {
        [0, 1, 2].map(|i: usize| 0.5f64.sqrt() * (x[(i + 1) % 3] * y[(i + 2) % 3] - x[(i + 2) % 3] * y[(i + 1) % 3]))
    }

    /// `(K f)(x, …) = Σ [e_i, f(−e_i, x, …)]`
    fn contracted(f: &Cochain, rest: &[Vector]) -> Vector {
        let part = |i: usize| bracket(unit(i), f(&[&[unit(i)], rest].concat()));
        (0..3).fold([0.0; 3], |total, i| sum(total, -1.0, part(i)))
    }

    /// `(δf)(x_0, …, x_q)` (Jacobson, *Lie Algebras*, III.10).
    fn boundary(f: &Cochain, x: &[Vector]) -> Vector {
        let without = |i: usize, j: usize| {
            x.iter().enumerate().filter(|(k, _)| *k != i && *k != j).map(|(_, v)| *v).collect::<Vec<_>>()
        };
        let sign = |k: usize| if k.is_multiple_of(2) { 1.0 } else { -1.0 };
        let mut total = [0.0; 3];
        for i in 0..x.len() {
            total = sum(total, sign(i), bracket(x[i], f(&without(i, i))));
            for j in i + 1..x.len() {
                total = sum(total, sign(i + j), f(&[vec![bracket(x[i], x[j])], without(i, j)].concat()));
            }
        }
        total
    }

    /// `δK + Kδ = 1` on alternating bilinear maps from su(2) to itself.
    #[test]
    fn the_homotopy_of_whitehead() {
        let mut random = Random::new(1, 0);
        let values: Vec<Vector> = (0..3).map(|_| [0; 3].map(|_| random.normal())).collect();
        let f = |x: &[Vector]| {
            let cross = bracket(x[0], x[1]);
            (0..3).fold([0.0; 3], |total, i| sum(total, cross[i], values[i]))
        };
        let arguments = [[0.3, -1.2, 0.7], [1.1, 0.4, -0.5]];
        let first = boundary(&|rest: &[Vector]| contracted(&f, rest), &arguments);
        let second = contracted(&|all: &[Vector]| boundary(&f, all), &arguments);
        for (own, expected) in sum(first, 1.0, second).iter().zip(f(&arguments)) {
            assert!((own - expected).abs() < 1e-12, "{own} {expected}");
        }
    }
}
