//! Cholesky's factorisation of a positive semidefinite matrix with diagonal pivoting, in blocks: products do nearly all of
//! the work, on all threads.

use super::cholesky_block::{Block, PART, larger};
use super::gemm::{add_by_transpose, subtract_gram};
use super::triangular::solve_rows;
use crate::limits::{Limits, Stop};
use crate::parallel;

/// Rows and columns that are eliminated together in larger ones.
const BLOCK: usize = 128;
/// Rows of the rest that one task takes.
const ROWS: usize = 192;

/// `P A Pᵀ = L Lᵀ + S` with a small `S` in the last rows and columns.
pub struct Factored {
    /// Row `k` of the factor belongs to this row of the matrix.
    pub order: Vec<usize>,
    /// Pivots that were taken.
    pub rank: usize,
    /// The first pivot, the smallest one that was taken, and the largest one that was left.
    pub pivots: [f64; 3],
}

/// Replaces the lower triangle of a row-major `n × n` array by `L`, whose columns behind the rank are left as they come.
/// Pivots down to the part `zero` of the largest diagonal entry are taken.
///
/// A pivot need not be the largest one, but at least a quarter of that: then rows seldom move. `n³ / 3` operations.
pub fn pivoted_cholesky(n: usize, a: &mut [f64], zero: f64, limits: &Limits) -> Result<Factored, Stop> {
    let mut order: Vec<usize> = (0..n).collect();
    let largest = |a: &[f64], from: usize| (from..n).map(|i| a[i * n + i]).fold(0.0, larger);
    let first = largest(a, 0);
    let floor = zero * first;
    let (mut rank, mut smallest) = (0, f64::INFINITY);
    let mut left = first;
    while left > floor {
        limits.check()?;
        let level = (PART * left).max(floor);
        let width = gather(n, a, &mut order, rank, level);
        let own = eliminate(n, a, (rank, width), (level, floor), &mut order);
        if own == 0 {
            break;
        }
        smallest = (rank..rank + own).map(|k| a[k * n + k].powi(2)).fold(smallest, f64::min);
        if rank + width < n {
            update(n, a, rank, own, width);
        }
        rank += own;
        left = largest(a, rank);
    }
    Ok(Factored { order, rank, pivots: [first, smallest, left] })
}

/// Brings up to a block of rows behind the first `from` ones whose pivot is at least `level` to the front; their number.
fn gather(n: usize, a: &mut [f64], order: &mut [usize], from: usize, level: f64) -> usize {
    let mut count = 0;
    for i in from..n {
        if count == BLOCK {
            break;
        }
        if a[i * n + i] >= level {
            swap(n, a, from + count, i);
            order.swap(from + count, i);
            count += 1;
        }
    }
    count
}

/// Exchanges two rows and columns of the symmetric matrix whose lower triangle is stored.
fn swap(n: usize, a: &mut [f64], p: usize, q: usize) {
    if p == q {
        return;
    }
    let (above, below) = a.split_at_mut(q * n);
    above[p * n..p * n + p].swap_with_slice(&mut below[..p]);
    for i in p + 1..q {
        std::mem::swap(&mut above[i * n + p], &mut below[i]);
    }
    std::mem::swap(&mut above[p * n + p], &mut below[q]);
    for row in below.chunks_exact_mut(n).skip(1) {
        row.swap(p, q);
    }
}

/// Eliminates within the block of `width` rows from row `from` on, which is up to date; returns how many pivots it took,
/// which come first, those of at least `level`, above `floor`.
fn eliminate(
    n: usize,
    a: &mut [f64],
    (from, width): (usize, usize),
    (level, floor): (f64, f64),
    order: &mut [usize],
) -> usize {
    let mut block = Block::of(n, a, from, width);
    let taken = block.eliminate((Some(level), floor));
    if !block.places.iter().copied().eq(0..width) {
        let own = order[from..from + width].to_vec();
        let left = a[from * n..(from + width) * n].to_vec();
        for (i, &place) in block.places.iter().enumerate() {
            order[from + i] = own[place];
            a[(from + i) * n..][..from].copy_from_slice(&left[place * n..][..from]);
        }
        let mut segment = vec![0.0; width];
        for row in a[(from + width) * n..].chunks_exact_mut(n) {
            segment.copy_from_slice(&row[from..from + width]);
            row[from..from + width].iter_mut().zip(&block.places).for_each(|(x, &place)| *x = segment[place]);
        }
    }
    block.put(n, a, from);
    taken
}

/// Brings the rows behind a block up to date: `L₂₁ = A₂₁ L₁₁⁻ᵀ` for its first `own` columns, and for all behind them
/// `A₂₂ − L₂₁ L₂₁ᵀ`.
fn update(n: usize, a: &mut [f64], from: usize, own: usize, width: usize) {
    let (done, rest) = a.split_at_mut((from + width) * n);
    let corner = &done[from * n + from..(from + own - 1) * n + from + own];
    in_parts(n, rest, |_, rows| solve_rows((own, corner, n), (&mut rows[from..], n)));
    // The rows that were not taken have their columns in the block already.
    let skipped = width - own;
    let mut columns = Vec::with_capacity((n - from) * own);
    for row in done[(from + own) * n..].chunks_exact(n).chain(rest.chunks_exact(n)) {
        columns.extend_from_slice(&row[from..from + own]);
    }
    in_parts(n, rest, |part, rows| {
        let (before, count) = (skipped + part * ROWS, rows.len() / n);
        let left = &columns[before * own..(before + count) * own];
        let target = &mut rows[from + own..];
        add_by_transpose((count, own, before), -1.0, left, &columns[..before * own], (&mut *target, n));
        subtract_gram((count, own), left, (&mut target[before..], n));
    });
}

/// Runs `f` on parts of rows, on all threads when there are several.
fn in_parts(n: usize, rows: &mut [f64], f: impl Fn(usize, &mut [f64]) + Sync + Send) {
    match rows.len() <= ROWS * n {
        true => f(0, rows),
        false => parallel::for_each_part(rows, ROWS * n, f),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::float::Random;

    /// Gram matrices of known rank in one block and in several, dependent rows spread over all places.
    #[test]
    fn products_of_the_factors() {
        let mut random = Random::new(8, 0);
        for (n, rank) in [(1, 1), (6, 4), (60, 60), (150, 97), (161, 40), (400, 371), (500, 500)] {
            let factor: Vec<f64> = (0..n * rank).map(|_| random.normal()).collect();
            let entry = |i: usize, j: usize| {
                (0..rank).map(|k| factor[i * rank + k] * factor[j * rank + k]).sum::<f64>() / rank as f64
            };
            let mut a: Vec<f64> =
                (0..n * n).map(|at| if at % n > at / n { f64::NAN } else { entry(at / n, at % n) }).collect();
            let found = pivoted_cholesky(n, &mut a, 1e-12, &Limits::none()).unwrap();
            assert_eq!(found.rank, rank, "{n}");
            assert!(found.pivots[2] < 1e-12 * found.pivots[0] && found.pivots[1] > 1e-9);
            let mut order = found.order.clone();
            order.sort_unstable();
            assert!(order.into_iter().eq(0..n));
            for i in 0..n {
                for j in 0..=i {
                    let product: f64 = (0..rank.min(j + 1)).map(|k| a[i * n + k] * a[j * n + k]).sum();
                    assert!((product - entry(found.order[i], found.order[j])).abs() < 1e-12, "{n} {i} {j}");
                }
            }
        }
        let rank = |n: usize| pivoted_cholesky(n, &mut vec![0.0; n * n], 1e-13, &Limits::none()).unwrap().rank;
        assert_eq!((rank(2), rank(0)), (0, 0));
    }
}
