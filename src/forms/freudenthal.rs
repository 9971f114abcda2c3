//! Quartic forms: Freudenthal's on `R + R + J + J` for a cubic Jordan algebra `J`, and Cartan's on two skew 8 × 8
//! matrices. Over the octonions both have dimension 56 and belong to E7.

use super::{Jordan, Polynomial};
use crate::num::{Gaussian, Rational};

/// Freudenthal's quartic on `(α, β, A, B)`:
/// `q = 8 T(A#, B#) − 8 α N(A) − 8 β N(B) − 2 (T(A, B) − α β)²`.
pub fn freudenthal_polynomial(jordan: &Jordan) -> Polynomial {
    let n = jordan.dim() as u32;
    let (first, second) = (2, 2 + n);
    let trace = jordan.trace_form();
    let (left, right) = (jordan.adjoint(first), jordan.adjoint(second));
    let mut pairing = Polynomial::term(-1i64, vec![0, 1]);
    let mut quartic = Polynomial::zero();
    for (c, &t) in trace.iter().enumerate() {
        let at = c as u32;
        pairing = pairing.plus_term(t, vec![first + at, second + at]);
        quartic.add_product(&Gaussian::from(8 * t), &left[c], &right[c]);
    }
    quartic.add_product(&Gaussian::from(-8), &Polynomial::variable(0), &jordan.norm(first));
    quartic.add_product(&Gaussian::from(-8), &Polynomial::variable(1), &jordan.norm(second));
    quartic.add_product(&Gaussian::from(-2), &pairing, &pairing);
    quartic
}

/// Freudenthal's symplectic form `α β' − β α' + T(A, B') − T(B, A')` as the entries `(i, j, value)` of its matrix.
pub fn freudenthal_symplectic(jordan: &Jordan) -> Vec<(usize, usize, i64)> {
    let n = jordan.dim();
    let mut out = vec![(0, 1, 1), (1, 0, -1)];
    for (c, t) in jordan.trace_form().into_iter().enumerate() {
        out.push((2 + c, 2 + n + c, t));
        out.push((2 + n + c, 2 + c, -t));
    }
    out
}

/// The index of entry (i, j), `i < j`, of a skew `n × n` matrix among its upper entries row by row.
pub(super) fn upper_index(n: usize, i: usize, j: usize) -> u32 {
    (i * (2 * n - i - 1) / 2 + (j - i - 1)) as u32
}

/// The Pfaffian of a skew `n × n` matrix (zero for odd `n`) in its upper entries, variables from `offset`.
pub fn pfaffian_polynomial(n: usize, offset: u32) -> Polynomial {
    fn expand(n: usize, offset: u32, left: &[usize], sign: i64, chosen: &mut Vec<u32>, out: &mut Polynomial) {
        let Some((&i, rest)) = left.split_first() else {
            *out = std::mem::take(out).plus_term(sign, chosen.clone());
            return;
        };
        for (m, &j) in rest.iter().enumerate() {
            chosen.push(offset + upper_index(n, i, j));
            let others: Vec<usize> = rest.iter().copied().filter(|&k| k != j).collect();
            expand(n, offset, &others, if m % 2 == 0 { sign } else { -sign }, chosen, out);
            chosen.pop();
        }
    }
    let mut out = Polynomial::zero();
    if n.is_multiple_of(2) {
        expand(n, offset, &(0..n).collect::<Vec<_>>(), 1, &mut Vec::new(), &mut out);
    }
    out
}

/// Cartan's quartic on two skew 8 × 8 matrices: `q = tr(xyxy) − (tr xy)²/4 + 4 (Pf x + Pf y)`.
pub fn cartan_polynomial() -> Polynomial {
    let entry = |offset: u32, i: usize, j: usize| match i.cmp(&j) {
        std::cmp::Ordering::Less => Polynomial::variable(offset + upper_index(8, i, j)),
        std::cmp::Ordering::Equal => Polynomial::zero(),
        std::cmp::Ordering::Greater => Polynomial::term(-1i64, vec![offset + upper_index(8, j, i)]),
    };
    // p = xy, so that the first two terms are tr(p²) and (tr p)².
    let mut product = vec![vec![Polynomial::zero(); 8]; 8];
    for (i, row) in product.iter_mut().enumerate() {
        for (j, place) in row.iter_mut().enumerate() {
            for k in 0..8 {
                place.add_product(&Gaussian::ONE, &entry(0, i, k), &entry(28, k, j));
            }
        }
    }
    let mut out = Polynomial::zero();
    let mut trace = Polynomial::zero();
    for (i, row) in product.iter().enumerate() {
        trace = trace.add(&row[i]);
        for (j, entry) in row.iter().enumerate() {
            out.add_product(&Gaussian::ONE, entry, &product[j][i]);
        }
    }
    let quarter = Gaussian::from(Rational::new(-1, 4).unwrap_or_default());
    out.add_product(&quarter, &trace, &trace);
    let pfaffians = pfaffian_polynomial(8, 0).add(&pfaffian_polynomial(8, 28));
    out.add_scaled(&Gaussian::from(4), &pfaffians)
}

/// The determinant of an `n × n` matrix in its entries row by row.
pub fn determinant_polynomial(n: usize) -> Polynomial {
    fn expand(n: usize, row: usize, free: &[usize], sign: i64, chosen: &mut Vec<u32>, out: &mut Polynomial) {
        if row == n {
            *out = std::mem::take(out).plus_term(sign, chosen.clone());
            return;
        }
        for (m, &col) in free.iter().enumerate() {
            chosen.push((row * n + col) as u32);
            let others: Vec<usize> = free.iter().copied().filter(|&k| k != col).collect();
            expand(n, row + 1, &others, if m % 2 == 0 { sign } else { -sign }, chosen, out);
            chosen.pop();
        }
    }
    let mut out = Polynomial::zero();
    expand(n, 0, &(0..n).collect::<Vec<_>>(), 1, &mut Vec::new(), &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Composition;

    #[test]
    fn counts_of_terms() {
        assert_eq!(determinant_polynomial(4).len(), 24);
        assert_eq!(pfaffian_polynomial(6, 0).len(), 15);
        assert!(pfaffian_polynomial(3, 0).is_zero());
        // discovery.md 2.6: the Cartan quartic has 1036 monomials.
        assert_eq!(cartan_polynomial().len(), 1036);
        assert_eq!(freudenthal_polynomial(&Jordan::over(Composition::reals())).degree(), 4);
    }

    #[test]
    fn the_pfaffian_squares_to_the_determinant() {
        // Substitute a skew matrix into the determinant.
        let images: Vec<Polynomial> = (0..16)
            .map(|c| match (c / 4, c % 4) {
                (i, j) if i < j => Polynomial::variable(upper_index(4, i, j)),
                (i, j) if i > j => Polynomial::term(-1i64, vec![upper_index(4, j, i)]),
                _ => Polynomial::zero(),
            })
            .collect();
        assert_eq!(determinant_polynomial(4).substitute(&images), pfaffian_polynomial(4, 0).pow(2));
    }
}
