//! Slow, plain invariants for tests: they share no code with the engines they check.

use super::StructureConstants;
use crate::exact::Matrix;
use crate::num::Rational;

/// The Killing form `K_ij = tr(ad e_i ad e_j) = Σ_kl c_ik^l c_jl^k`.
pub(crate) fn killing_form(c: &StructureConstants) -> Matrix<Rational> {
    let n = c.dim();
    let ads: Vec<_> = (0..n).map(|i| c.ad_basis(i)).collect();
    let mut out = Matrix::filled(n, n, Rational::ZERO);
    for i in 0..n {
        for j in 0..=i {
            let mut sum = Rational::ZERO;
            for (a, b, v) in ads[i].triples() {
                let w = ads[j].entry(b, a);
                if !w.is_zero() {
                    sum.add_product(v, &w);
                }
            }
            out[(i, j)] = sum.clone();
            out[(j, i)] = sum;
        }
    }
    out
}

/// (plus, minus, zero) of a symmetric matrix, by congruence over Q.
pub(crate) fn signature(m: &Matrix<Rational>) -> (usize, usize, usize) {
    let n = m.rows();
    let mut m = m.clone();
    let mut left: Vec<usize> = (0..n).collect();
    let (mut plus, mut minus) = (0, 0);
    loop {
        if !left.iter().any(|&i| !m[(i, i)].is_zero()) {
            // Make a diagonal entry: e_i → e_i + e_j.
            let pair = left.iter().flat_map(|&i| left.iter().map(move |&j| (i, j))).find(|&p| !m[p].is_zero());
            let Some((i, j)) = pair else { break };
            for &k in &left {
                let v = &m[(i, k)] + &m[(j, k)];
                m[(i, k)] = v;
            }
            for &k in &left {
                let v = &m[(k, i)] + &m[(k, j)];
                m[(k, i)] = v;
            }
        }
        let Some(at) = left.iter().position(|&i| !m[(i, i)].is_zero()) else { break };
        let p = left.swap_remove(at);
        let inverse = m[(p, p)].recip().unwrap();
        if m[(p, p)].signum() > 0 {
            plus += 1
        } else {
            minus += 1
        }
        let head: Vec<(usize, Rational)> =
            left.iter().map(|&k| (k, m[(p, k)].clone())).filter(|(_, v)| !v.is_zero()).collect();
        for (i, a) in &head {
            let factor = a * &inverse;
            for (j, b) in &head {
                let step = &factor * b;
                m[(*i, *j)] -= &step;
            }
        }
    }
    (plus, minus, n - plus - minus)
}

/// The signature of the Killing form.
pub(crate) fn killing_signature(c: &StructureConstants) -> (usize, usize, usize) {
    signature(&killing_form(c))
}

/// Whether the Jacobi identity holds for all triples of basis elements.
pub(crate) fn jacobi_holds(c: &StructureConstants) -> bool {
    let n = c.dim();
    // ad is a representation: [ad_i, ad_j] = ad_[i,j].
    let ads: Vec<_> = (0..n).map(|i| c.ad_basis(i)).collect();
    (0..n).all(|i| {
        (0..i).all(|j| {
            let mut rest = ads[j].commutator(&ads[i]);
            for (k, v) in c.upper(j, i) {
                rest = rest.add_scaled(&-v, &ads[*k as usize]);
            }
            rest.is_zero()
        })
    })
}
