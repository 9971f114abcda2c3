//! Invariants of an algebra in doubles, with the gap from which they were read.

use super::FloatAlgebra;
use crate::float::{orthonormal_rows, symmetric_eigen};

/// Invariants under isomorphism that tell small algebras apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invariants {
    /// Dimensions of the derived series until they stop.
    pub derived: Vec<usize>,
    /// Dimensions of the lower central series until they stop.
    pub lower_central: Vec<usize>,
    /// Dimension of the centre.
    pub center: usize,
    /// Positive, negative and zero squares of the Killing form.
    pub killing: [usize; 3],
}

/// Squared singular values below this part of the largest possible are zero.
const ZERO: f64 = 1e-12;

/// A gap so far: the least ratio of a number kept and a number dropped.
struct Gap(f64);

impl Gap {
    fn see(&mut self, kept: f64, dropped: f64) {
        if kept.is_finite() {
            self.0 = self.0.min(kept / dropped.max(f64::MIN_POSITIVE));
        }
    }

    /// An orthonormal basis (rows) of the range of a positive matrix whose entries are of the size of `scale`.
    fn range(&mut self, d: usize, gram: &[f64], scale: f64) -> Vec<f64> {
        let Some((values, vectors)) = symmetric_eigen(d, |i, j| gram[i * d + j]) else { return Vec::new() };
        let edge = values.iter().take_while(|v| **v <= ZERO * scale).count();
        let dropped = values[..edge].iter().fold(0.0f64, |m, v| m.max(v.abs()));
        self.see(values.get(edge).copied().unwrap_or(f64::INFINITY).sqrt(), dropped.sqrt().max(1e-16 * scale.sqrt()));
        (edge..d).flat_map(|c| (0..d).map(move |i| (i, c))).map(|(i, c)| vectors[i * d + c]).collect()
    }
}

/// The invariants of the subalgebra on `k` orthonormal rows that close to rounding, and the least gap between what
/// counted as zero and what did not, in the units of structure constants. `O(k⁴)` operations for each term of a series.
pub fn invariants(algebra: &FloatAlgebra, k: usize, plane: &[f64]) -> (Invariants, f64) {
    let part = algebra.restricted(k, plane);
    let mut gap = Gap(f64::INFINITY);
    // What is small is judged by the constants of the whole algebra: those of an abelian part are all rounding.
    let size = (algebra.scale() * algebra.scale()).max(f64::MIN_POSITIVE);
    let whole = identity(k);
    let series = |step: &dyn Fn(&[f64]) -> Vec<f64>, gap: &mut Gap| {
        let (mut dims, mut last) = (vec![k], whole.clone());
        while !last.is_empty() {
            let next = gap.range(k, &step(&last), size);
            if next.len() == last.len() {
                break;
            }
            dims.push(next.len() / k.max(1));
            last = next;
        }
        dims
    };
    let derived = series(&|last| part.bracket_gram(last, last), &mut gap);
    let lower_central = series(&|last| part.bracket_gram(&whole, last), &mut gap);
    let center = k - gap.range(k, &central_gram(&part), size).len().checked_div(k).unwrap_or(0);
    let form = part.killing();
    let mut killing = [0, 0, 0];
    if let Some((values, _)) = symmetric_eigen(k, |i, j| (form[i * k + j] + form[j * k + i]) / 2.0) {
        // Linear in the squares of the constants: its zero is that of a singular value, not of its square.
        let zero = ZERO.sqrt() * size;
        let dropped = values.iter().filter(|v| v.abs() <= zero).fold(0.0f64, |m, v| m.max(v.abs()));
        let kept = values.iter().filter(|v| v.abs() > zero).fold(f64::INFINITY, |m, v| m.min(v.abs()));
        gap.see(kept, dropped.max(1e-16 * size));
        killing = [
            values.iter().filter(|v| **v > zero).count(),
            values.iter().filter(|v| **v < -zero).count(),
            values.iter().filter(|v| v.abs() <= zero).count(),
        ];
    }
    (Invariants { derived, lower_central, center, killing }, gap.0)
}

/// The terms of the derived and of the lower central series and the centre, but for the whole and zero: orthonormal rows each. They
/// are ideals whatever the basis.
pub(super) fn characteristic(algebra: &FloatAlgebra) -> Vec<Vec<f64>> {
    let k = algebra.dim();
    let size = (algebra.scale() * algebra.scale()).max(f64::MIN_POSITIVE);
    let mut gap = Gap(f64::INFINITY);
    let whole = identity(k);
    let mut out: Vec<Vec<f64>> = Vec::new();
    for lower in [false, true] {
        let mut last = whole.clone();
        loop {
            let next = gap.range(k, &algebra.bracket_gram(if lower { &whole } else { &last }, &last), size);
            if next.is_empty() || next.len() == last.len() {
                break;
            }
            out.push(next.clone());
            last = next;
        }
    }
    // What is orthogonal to the range of x ↦ Σ_j |[x, e_j]|².
    let moved = gap.range(k, &central_gram(algebra), size);
    let mut frame = moved.clone();
    frame.extend(&whole);
    let all = orthonormal_rows(k, &mut frame, 1e-6);
    if all == k && !moved.is_empty() && moved.len() < k * k {
        out.push(frame.split_off(moved.len()));
    }
    out
}

/// `Σ_j ⟨[e_i, e_j], [e_l, e_j]⟩`: x is central when it vanishes on x.
fn central_gram(algebra: &FloatAlgebra) -> Vec<f64> {
    let k = algebra.dim();
    let mut central = vec![0.0; k * k];
    for (i, row) in central.chunks_exact_mut(k.max(1)).enumerate() {
        for (l, value) in row.iter_mut().enumerate() {
            let (a, b) = (&algebra.constants()[i * k * k..][..k * k], &algebra.constants()[l * k * k..][..k * k]);
            *value = a.iter().zip(b).map(|(x, y)| x * y).sum();
        }
    }
    central
}

fn identity(k: usize) -> Vec<f64> {
    (0..k * k).map(|at| f64::from(u8::from(at % (k + 1) == 0))).collect()
}
