//! Normalisation, orthogonality and sparsity of generators.

use super::{Term, Terms};
use crate::float::gemm::multiply;

/// Adds `Σ_α (S_αα - 2)²` and `Σ_{α<β} S_αβ²` for `S_αβ = tr W_α W_βᵀ` to the terms and the gradient of the weighted sum
/// to `slopes`; `2 k² width` operations twice. Room for `S` and for the transposed rows is given.
pub(super) fn normal_and_orthogonal(
    (k, width): (usize, usize),
    [normal, orthogonal]: [f64; 2],
    matrices: &[f64],
    (gram, turned): (&mut [f64], &mut [f64]),
    slopes: &mut [f64],
    terms: &mut Terms,
) {
    for (a, row) in matrices.chunks_exact(width).enumerate() {
        for (i, x) in row.iter().enumerate() {
            turned[i * k + a] = *x;
        }
    }
    multiply((k, width, k), matrices, turned, gram, false);
    for a in 0..k {
        for b in 0..k {
            let s = &mut gram[a * k + b];
            if a == b {
                let excess = *s - 2.0;
                terms.add(Term::Normalisation, excess * excess);
                *s = 4.0 * normal * excess;
            } else {
                if a < b {
                    terms.add(Term::Orthogonality, *s * *s);
                }
                *s *= 2.0 * orthogonal;
            }
        }
    }
    multiply((k, k, width), gram, matrices, slopes, true);
}

/// `Σ_α Σ_{p≠q} (w_p w_q)² = Σ_α (Σ w²)² - Σ w⁴` over the entries of each generator; adds `weight` times its gradient.
pub(super) fn sparsity(width: usize, weight: f64, matrices: &[f64], slopes: &mut [f64]) -> f64 {
    let mut total = 0.0;
    for (row, slope) in matrices.chunks_exact(width).zip(slopes.chunks_exact_mut(width)) {
        let squares: f64 = row.iter().map(|w| w * w).sum();
        for (w, s) in row.iter().zip(slope) {
            let others = squares - w * w;
            total += w * w * others;
            *s += 4.0 * weight * w * others;
        }
    }
    total
}
