//! Cholesky's factorisation with diagonal pivoting of a block that stays in fast memory.

use super::extreme::{add_four, add_scaled, dot};
use crate::num::simd;

/// A pivot is at least this part of the largest one that could be taken in its place.
pub const PART: f64 = 0.25;
/// Pivots that are subtracted at once.
const TOGETHER: usize = 4;
/// Numbers that vector units take at once.
const LANES: usize = 4;

/// The larger number, or the first where the second is none.
pub fn larger(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

/// A block with the transpose of what is stored, so that its columns are contiguous.
pub struct Block {
    width: usize,
    /// The width up to a multiple of [`LANES`].
    stride: usize,
    /// Above the diagonal: the rest of the matrix, and `Lᵀ` in the rows of pivots that were taken. What lies below is not read.
    upper: Vec<f64>,
    /// The diagonal of the same.
    diagonal: Vec<f64>,
    /// The place that each row had before.
    pub places: Vec<usize>,
}

impl Block {
    /// The block of `width` rows and columns from number `from` on of the matrix whose lower triangle is given.
    pub fn of(n: usize, a: &[f64], from: usize, width: usize) -> Block {
        let stride = width.next_multiple_of(LANES);
        let mut upper = vec![0.0; width * stride];
        let mut diagonal = vec![0.0; width];
        for (i, row) in a[from * n..].chunks_exact(n).take(width).enumerate() {
            upper[i..].iter_mut().step_by(stride).zip(&row[from..from + i]).for_each(|(slot, x)| *slot = *x);
            diagonal[i] = row[from + i];
        }
        Block { width, stride, upper, diagonal, places: (0..width).collect() }
    }

    /// Writes it back.
    pub fn put(&self, n: usize, a: &mut [f64], from: usize) {
        for (i, row) in a[from * n..].chunks_exact_mut(n).take(self.width).enumerate() {
            let column = self.upper[i..].iter().step_by(self.stride);
            row[from..from + i].iter_mut().zip(column).for_each(|(slot, x)| *slot = *x);
            row[from + i] = self.diagonal[i];
        }
    }

    /// Takes pivots above `floor` and of at least a level that is `known`, or a quarter of the largest one that is left; returns
    /// their number. They come first.
    pub fn eliminate(&mut self, (known, floor): (Option<f64>, f64)) -> usize {
        let (width, stride) = (self.width, self.stride);
        // The rest lacks the pivots from `done` on, which are subtracted together; the diagonal is up to date.
        let (mut taken, mut done) = (0, 0);
        while taken < width {
            let left = &self.diagonal[taken..];
            let level = known.unwrap_or_else(|| PART * left.iter().copied().fold(0.0, larger));
            let Some(next) = left.iter().position(|&x| x >= level && x > floor) else { break };
            self.swap(taken, taken + next);
            let root = self.diagonal[taken].sqrt();
            self.diagonal[taken] = root;
            let (before, rest) = self.upper.split_at_mut(taken * stride);
            simd::on_vector_units(
                (&before[done * stride..], &mut rest[taken + 1..width], &mut self.diagonal[taken + 1..]),
                #[inline(always)]
                |(before, pivot, diagonal)| {
                    for row in before.chunks_exact(stride) {
                        add_scaled(pivot, -row[taken], &row[taken + 1..]);
                    }
                    pivot.iter_mut().zip(diagonal).for_each(|(x, d)| {
                        *x /= root;
                        *d -= *x * *x;
                    });
                },
            );
            taken += 1;
            if taken - done == TOGETHER {
                self.subtract(done, taken);
                done = taken;
            }
        }
        self.subtract(done, taken);
        taken
    }

    /// Subtracts the pivots `done` to `taken` from the rest above the diagonal, and from what lies before it in whole lanes.
    fn subtract(&mut self, done: usize, taken: usize) {
        let stride = self.stride;
        let (pivots, rest) = self.upper[done * stride..].split_at_mut((taken - done) * stride);
        simd::on_vector_units(
            (&*pivots, rest),
            #[inline(always)]
            |(pivots, rest)| {
                for (row, i) in rest.chunks_exact_mut(stride).zip(taken..) {
                    let start = (i + 1) / LANES * LANES;
                    let own = &mut row[start..];
                    if pivots.len() == TOGETHER * stride {
                        let four = [0, 1, 2, 3].map(|k| &pivots[k * stride..(k + 1) * stride]);
                        add_four(own, four.map(|pivot| -pivot[i]), four.map(|pivot| &pivot[start..]));
                    } else {
                        pivots.chunks_exact(stride).for_each(|pivot| add_scaled(own, -pivot[i], &pivot[start..]));
                    }
                }
            },
        );
    }

    /// Exchanges two rows and columns.
    fn swap(&mut self, p: usize, q: usize) {
        if p == q {
            return;
        }
        let (width, stride) = (self.width, self.stride);
        self.diagonal.swap(p, q);
        self.places.swap(p, q);
        (0..p).for_each(|i| self.upper.swap(i * stride + p, i * stride + q));
        (p + 1..q).for_each(|i| self.upper.swap(p * stride + i, i * stride + q));
        let (above, below) = self.upper.split_at_mut(q * stride);
        above[p * stride + q + 1..p * stride + width].swap_with_slice(&mut below[q + 1..width]);
    }

    /// The largest entry of the diagonal from `from` on: what is left there.
    pub fn largest(&self, from: usize) -> f64 {
        self.diagonal[from..].iter().copied().fold(0.0, larger)
    }

    /// The smallest of the pivots that were taken.
    pub fn smallest(&self, rank: usize) -> f64 {
        self.diagonal[..rank].iter().map(|root| root * root).fold(f64::INFINITY, f64::min)
    }

    /// `out := (L Lᵀ)⁻¹ v` on the pivots. `2 rank²` operations.
    pub fn solve(&self, rank: usize, v: &[f64], out: &mut [f64]) {
        let row = |i: usize| &self.upper[i * self.stride + i + 1..i * self.stride + rank];
        out.copy_from_slice(v);
        simd::on_vector_units(
            out,
            #[inline(always)]
            |out| {
                for i in 0..rank {
                    let (own, behind) = out[i..].split_at_mut(1);
                    own[0] /= self.diagonal[i];
                    add_scaled(behind, -own[0], row(i));
                }
                for i in (0..rank).rev() {
                    let (own, behind) = out[i..].split_at_mut(1);
                    own[0] = (own[0] - dot(row(i), behind)) / self.diagonal[i];
                }
            },
        );
    }

    /// Replaces `U₁₂`, the columns behind the pivots, by `U₁₁⁻¹ U₁₂`. `rank² (width − rank)` operations.
    pub fn solve_rest(&mut self, rank: usize) {
        let stride = self.stride;
        simd::on_vector_units(
            (self.upper.as_mut_slice(), self.diagonal.as_slice()),
            #[inline(always)]
            |(upper, diagonal)| {
                for i in (0..rank).rev() {
                    let (own, below) = upper[i * stride..].split_at_mut(stride);
                    let (factors, own) = own.split_at_mut(rank);
                    let row = |k: usize| &below[(k - i - 1) * stride + rank..][..stride - rank];
                    let mut k = i + 1;
                    while k + TOGETHER <= rank {
                        add_four(own, [0, 1, 2, 3].map(|l| -factors[k + l]), [0, 1, 2, 3].map(|l| row(k + l)));
                        k += TOGETHER;
                    }
                    (k..rank).for_each(|k| add_scaled(own, -factors[k], row(k)));
                    own.iter_mut().for_each(|x| *x /= diagonal[i]);
                }
            },
        );
    }

    /// Row `i` of the columns behind the pivots.
    pub fn rest(&self, i: usize, rank: usize) -> &[f64] {
        &self.upper[i * self.stride + rank..i * self.stride + self.width]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::float::Random;

    /// Gram matrices of known rank: `L Lᵀ` on the pivots, its inverse, and the null vectors.
    #[test]
    fn pivots_inverse_and_null_vectors() {
        let mut random = Random::new(11, 0);
        for (n, rank) in [(2, 1), (7, 5), (9, 9), (50, 31), (100, 55), (130, 129)] {
            let factor: Vec<f64> = (0..n * rank).map(|_| random.normal()).collect();
            let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
            let entry =
                |i: usize, j: usize| dot(&factor[i * rank..][..rank], &factor[j * rank..][..rank]) / rank as f64;
            let lower: Vec<f64> =
                (0..n * n).map(|at| if at % n > at / n { f64::NAN } else { entry(at / n, at % n) }).collect();
            let mut block = Block::of(n, &lower, 0, n);
            let first = block.largest(0);
            assert_eq!(block.eliminate((None, 1e-12 * first)), rank);
            assert!(block.largest(rank.min(n - 1)) < 1e-12 * first || rank == n);
            let places = block.places.clone();
            let v: Vec<f64> = (0..rank).map(|_| random.normal()).collect();
            let image: Vec<f64> =
                (0..rank).map(|i| (0..rank).map(|j| entry(places[i], places[j]) * v[j]).sum()).collect();
            let mut back = vec![0.0; rank];
            block.solve(rank, &image, &mut back);
            assert!(v.iter().zip(&back).all(|(x, y)| (x - y).abs() < 1e-6), "{n}");
            block.solve_rest(rank);
            for j in rank..n {
                // Column j of U₁₁⁻¹ U₁₂ writes row j of the matrix in the rows of the pivots.
                for i in 0..n {
                    let sum: f64 = (0..rank).map(|k| entry(places[i], places[k]) * block.rest(k, rank)[j - rank]).sum();
                    assert!((sum - entry(places[i], places[j])).abs() < 1e-9, "{n} {i} {j}");
                }
            }
        }
    }
}
