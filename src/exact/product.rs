//! Products of dense matrices modulo a prime: in integers when small, through exact products of doubles when large.
//!
//! A residue `b` is taken as `low + 2^15 high` with `|low|, |high| ≤ 2^14`, a residue `a` as a whole number of absolute
//! value at most `2^28`. So `a · low` and `a · high` are sums of integers that stay below 2^53 for up to 2000 terms:
//! two products of doubles, each exact, give the product modulo `p`; one is enough when the numbers are small.

use std::ops::Range;

use crate::float::gemm;
use crate::num::{Prime, simd};
use crate::parallel;

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

/// Rows of one product are shared between threads in blocks of this many.
const ROWS: usize = 256;

/// `a · b`. When the balanced residues are so small that all sums stay below 2^53, one product of doubles is enough.
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
    let largest = |residues: &[u32]| u128::from(residues.iter().map(|&x| x.min(p.value() - x)).max().unwrap_or(0));
    let small = largest(a.entries()) * largest(b.entries()) * (k as u128) <= (TERMS as u128) << 42;
    let terms = if small { k } else { TERMS };
    for start in (0..k).step_by(terms) {
        let count = terms.min(k - start);
        let right = &b.entries()[start * n..(start + count) * n];
        let right = if small { Factor::Whole(doubles(p, right)) } else { Factor::Halves(Halves::new(p, right)) };
        let blocks: Vec<(usize, &mut [u32])> = out.entries_mut().chunks_mut(ROWS * n).enumerate().collect();
        let fill = |(block, target): (usize, &mut [u32])| {
            let rows = target.len() / n;
            let mut left = vec![0.0; rows * count];
            for (i, row) in left.chunks_mut(count).enumerate() {
                simd::to_doubles(p.value(), &a.row(block * ROWS + i)[start..start + count], row);
            }
            multiply_block(p, (rows, count, n), &left, &right, target, start > 0);
        };
        if m <= ROWS {
            blocks.into_iter().for_each(fill);
        } else {
            parallel::map_items(blocks, fill);
        }
    }
    out
}

/// The fill of the factors below which [`subtract_product`] goes row by row and skips zeros.
const DENSE_FILL: usize = 4;

/// For every row of `m` outside `skip`: `row[start..] −= Σ_l row[columns_l] · tails_l`, at most [`TERMS`] columns.
pub(super) fn subtract_product(
    p: Prime,
    m: &mut ModMatrix,
    start: usize,
    columns: &[usize],
    skip: Range<usize>,
    tails: &ModMatrix,
) {
    let (cols, k, width) = (m.cols(), columns.len(), tails.cols());
    if width == 0 {
        return;
    }
    // The factors of each row, and which rows have any.
    let factors_of = |row: &[u32]| -> Vec<u32> { columns.iter().map(|&c| p.neg(row[c])).collect() };
    let factors = ModMatrix::from_rows(k, (0..m.rows()).map(|i| factors_of(m.row(i))));
    let filled = factors.entries().iter().filter(|&&x| x != 0).count();
    let halves = (filled * DENSE_FILL > factors.entries().len()).then(|| Halves::new(p, tails.entries()));
    let update = |(block, target): (usize, &mut [u32])| {
        let mut rows: Vec<(usize, &mut [u32])> = target
            .chunks_mut(cols)
            .enumerate()
            .map(|(i, row)| (block * ROWS + i, &mut row[start..]))
            .filter(|(i, _)| !skip.contains(i) && factors.row(*i).iter().any(|&x| x != 0))
            .collect();
        match &halves {
            None => {
                for (i, row) in rows {
                    for (l, &factor) in factors.row(i).iter().enumerate() {
                        p.add_scaled(row, factor, tails.row(l));
                    }
                }
            }
            Some(halves) => {
                let mut left = vec![0.0; rows.len() * k];
                for ((i, _), out) in rows.iter().zip(left.chunks_mut(k)) {
                    simd::to_doubles(p.value(), factors.row(*i), out);
                }
                let (mut low, mut high) = (vec![0.0; rows.len() * width], vec![0.0; rows.len() * width]);
                gemm::multiply((rows.len(), k, width), &left, &halves.low, &mut low, false);
                gemm::multiply((rows.len(), k, width), &left, &halves.high, &mut high, false);
                let mut part = vec![0; width];
                for (at, (_, row)) in rows.iter_mut().enumerate() {
                    let range = at * width..(at + 1) * width;
                    simd::from_halves(p.value(), &low[range.clone()], &high[range], &mut part);
                    p.add_row(row, &part);
                }
            }
        }
    };
    let blocks: Vec<(usize, &mut [u32])> = m.entries_mut().chunks_mut(ROWS * cols).enumerate().collect();
    if blocks.len() == 1 {
        blocks.into_iter().for_each(update);
    } else {
        parallel::map_items(blocks, update);
    }
}

enum Factor {
    Whole(Vec<f64>),
    Halves(Halves),
}

/// `target := left · right`, or `target += left · right` when `keep`.
fn multiply_block(
    p: Prime,
    shape: (usize, usize, usize),
    left: &[f64],
    right: &Factor,
    target: &mut [u32],
    keep: bool,
) {
    let mut part = if keep { vec![0; target.len()] } else { Vec::new() };
    let result: &mut [u32] = if keep { &mut part } else { &mut *target };
    let mut low = vec![0.0; result.len()];
    match right {
        Factor::Whole(right) => {
            gemm::multiply(shape, left, right, &mut low, false);
            simd::from_doubles(p.value(), &low, result);
        }
        Factor::Halves(right) => {
            let mut high = vec![0.0; result.len()];
            gemm::multiply(shape, left, &right.low, &mut low, false);
            gemm::multiply(shape, left, &right.high, &mut high, false);
            simd::from_halves(p.value(), &low, &high, result);
        }
    }
    if keep {
        p.add_scaled(target, 1, &part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::prime::random_stream;

    /// Small and large sizes, more terms than one exact sum holds, extreme and small residues, against sums by definition.
    #[test]
    fn products_agree_with_the_definition() {
        let mut rng = random_stream(51, 0);
        let p = Prime::random(&mut rng);
        for (m, k, n) in [(1, 1, 1), (3, 50, 2), (20, 30, 40), (60, 70, 80), (300, 41, 9), (5, 4100, 6), (4, 0, 3)] {
            for kind in 0..3 {
                let mut entry = || match kind {
                    0 => p.random_residue(&mut rng),
                    1 => p.value() / 2 + p.random_residue(&mut rng) % 2,
                    _ => p.reduce_signed(i64::from(p.random_residue(&mut rng) % 2001) - 1000),
                };
                let mut matrix = |rows: usize, cols: usize| {
                    let mut out = ModMatrix::zero(rows, cols);
                    out.entries_mut().iter_mut().for_each(|x| *x = entry());
                    out
                };
                let (a, b) = (matrix(m, k), matrix(k, n));
                let found = product(p, &a, &b);
                for i in 0..m {
                    for j in 0..n {
                        let sum: u128 = (0..k).map(|l| u128::from(a.row(i)[l]) * u128::from(b.row(l)[j])).sum();
                        assert_eq!(u128::from(found.row(i)[j]), sum % u128::from(p.value()));
                    }
                }
            }
        }
    }
}
