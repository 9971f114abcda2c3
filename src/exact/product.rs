//! Products of dense matrices modulo a prime: in integers when small, through exact products of doubles when large.
//!
//! A residue `b` is taken as `low + 2^15 high` with `|low|, |high| ≤ 2^14`, a residue `a` as a whole number of absolute
//! value at most `2^28`. So `a · low` and `a · high` are sums of integers that stay below 2^53 for up to 2000 terms:
//! two products of doubles, each exact, give the product modulo `p`.

use crate::float::gemm;
use crate::num::{Prime, simd};

use super::ModMatrix;

/// Number of terms in one exact sum of doubles.
pub const TERMS: usize = 2000;

/// Below this number of multiplications integers are as fast (measured: products of size 40 to 50).
const SMALL: usize = 100_000;

/// A matrix of residues as two matrices of doubles.
pub struct Halves {
    /// The low halves, row by row.
    pub low: Vec<f64>,
    /// The high halves, row by row.
    pub high: Vec<f64>,
}

impl Halves {
    /// The halves of these residues.
    pub fn new(p: Prime, residues: &[u32]) -> Halves {
        let (mut low, mut high) = (vec![0.0; residues.len()], vec![0.0; residues.len()]);
        simd::to_halves(p.value(), residues, &mut low, &mut high);
        Halves { low, high }
    }
}

/// Balanced residues as doubles.
pub fn doubles(p: Prime, residues: &[u32]) -> Vec<f64> {
    let mut out = vec![0.0; residues.len()];
    simd::to_doubles(p.value(), residues, &mut out);
    out
}

/// `a · b`.
pub(super) fn product(p: Prime, a: &ModMatrix, b: &ModMatrix) -> ModMatrix {
    let (m, k, n) = (a.rows(), a.cols().min(b.rows()), b.cols());
    let mut out = ModMatrix::zero(m, n);
    if m.saturating_mul(k).saturating_mul(n) < SMALL || m < 4 {
        let mut sums = vec![0u64; n];
        for i in 0..m {
            sums.fill(0);
            p.accumulate_rows(&mut sums, a.row(i).iter().enumerate().map(|(l, &x)| (x, b.row(l))));
            p.reduce_into(&sums, out.row_mut(i));
        }
        return out;
    }
    let (mut low, mut high) = (vec![0.0; m * n], vec![0.0; m * n]);
    let mut part = vec![0; m * n];
    for start in (0..k).step_by(TERMS) {
        let end = k.min(start + TERMS);
        let left = if k <= TERMS {
            doubles(p, a.entries())
        } else {
            (0..m).flat_map(|i| doubles(p, &a.row(i)[start..end])).collect()
        };
        let right = Halves::new(p, &b.entries()[start * n..end * n]);
        gemm::multiply((m, end - start, n), &left, &right.low, &mut low, false);
        gemm::multiply((m, end - start, n), &left, &right.high, &mut high, false);
        if start == 0 {
            simd::from_halves(p.value(), &low, &high, out.entries_mut());
        } else {
            simd::from_halves(p.value(), &low, &high, &mut part);
            p.add_scaled(out.entries_mut(), 1, &part);
        }
    }
    out
}
