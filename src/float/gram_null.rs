//! The null space of a Gram matrix without its eigenvectors, by Cholesky's factorisation with diagonal pivoting.

use super::cholesky_block::Block;
use super::extreme::{largest_by_lanczos, solve_by_rows, symmetric_product};
use super::pivoted_cholesky::pivoted_cholesky;
use super::triangular::solve_rows_back;
use crate::limits::{Limits, Stop};
use crate::parallel;

/// A pivot below this part of the first one is rounding.
const ZERO: f64 = 1e-13;
/// The least ratio of the smallest pivot that is kept to the largest that is not.
const CLEAR: f64 = 1e4;
/// A matrix of at most this size is one block.
const SMALL: usize = 160;
/// Null vectors that one task finds.
const TOGETHER: usize = 32;
/// Steps of Lanczos's method for an eigenvalue at an end.
const STEPS: usize = 10;

/// The null space of a positive semidefinite matrix whose rank is clear.
#[derive(Clone, Debug)]
pub struct GramNullSpace {
    /// A basis: each vector is 1 at one of the free places and 0 at the other free places.
    pub basis: Vec<Vec<f64>>,
    /// The smallest eigenvalue of the matrix on the pivots, which is at most the smallest eigenvalue that is not zero
    /// (Cauchy's interlacing); by Lanczos's method on the inverse, so up to its error.
    pub next: f64,
    /// The largest eigenvalue, by Lanczos's method, from below.
    pub largest: f64,
}

/// The null space of the matrix whose lower triangle is given row by row; `None` when no pivot separates it clearly from
/// the rest, or when it is everything. About `n³ / 3` operations.
pub fn gram_null_space(n: usize, lower: &[f64], limits: &Limits) -> Result<Option<GramNullSpace>, Stop> {
    let found = if n <= SMALL { in_one_block(n, lower) } else { in_blocks(n, lower, limits)? };
    Ok(found.map(|(basis, next)| GramNullSpace { basis, next, largest: largest_eigenvalue(n, lower) }))
}

/// Whether the pivots that were taken are clearly larger than what was left: first, smallest, left.
fn is_clear(n: usize, rank: usize, [first, smallest, left]: [f64; 3]) -> bool {
    0 < rank && rank < n && smallest >= CLEAR * left.max(f64::EPSILON * n as f64 * first)
}

/// A basis and the smallest eigenvalue on the pivots.
type Found = (Vec<Vec<f64>>, f64);

/// The null space of a matrix that stays in fast memory.
fn in_one_block(n: usize, lower: &[f64]) -> Option<Found> {
    let mut block = Block::of(n, lower, 0, n);
    let first = block.largest(0);
    let rank = block.eliminate((None, ZERO * first));
    if !is_clear(n, rank, [first, block.smallest(rank), block.largest(rank)]) {
        return None;
    }
    let next = 1.0 / largest_by_lanczos(rank, STEPS, |v, out| block.solve(rank, v, out));
    block.solve_rest(rank);
    let mut basis = vec![vec![0.0; n]; n - rank];
    for (vector, &free) in basis.iter_mut().zip(&block.places[rank..]) {
        vector[free] = 1.0;
    }
    for (i, &place) in block.places[..rank].iter().enumerate() {
        basis.iter_mut().zip(block.rest(i, rank)).for_each(|(vector, x)| vector[place] = -x);
    }
    Some((basis, next))
}

/// The same of a larger matrix.
fn in_blocks(n: usize, lower: &[f64], limits: &Limits) -> Result<Option<Found>, Stop> {
    let mut a = vec![0.0; n * n];
    for i in 0..n {
        a[i * n..=i * n + i].copy_from_slice(&lower[i * n..=i * n + i]);
    }
    let found = pivoted_cholesky(n, &mut a, ZERO, limits)?;
    let rank = found.rank;
    if !is_clear(n, rank, found.pivots) {
        return Ok(None);
    }
    // x L₁₁ = row of L₂₁
    let (corner, below) = a.split_at_mut(rank * n);
    parallel::for_each_part(below, TOGETHER * n, |_, rows| solve_rows_back((rank, corner, n), (rows, n)));
    let vector = |(row, &free): (&[f64], &usize)| {
        let mut vector = vec![0.0; n];
        row[..rank].iter().zip(&found.order).for_each(|(x, &place)| vector[place] = -x);
        vector[free] = 1.0;
        vector
    };
    let basis = below.chunks_exact(n).zip(&found.order[rank..]).map(vector).collect();
    let inverse = |v: &[f64], out: &mut [f64]| {
        out.copy_from_slice(v);
        solve_by_rows(rank, (corner, n), out);
    };
    limits.check()?;
    Ok(Some((basis, 1.0 / largest_by_lanczos(rank, STEPS, inverse))))
}

/// The largest eigenvalue of a positive semidefinite matrix, whose lower triangle is given row by row: from below, and
/// right to about a percent.
pub fn largest_eigenvalue(n: usize, lower: &[f64]) -> f64 {
    largest_by_lanczos(n, STEPS, |v, out| symmetric_product(n, lower, v, out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::float::{Random, symmetric_eigen};

    /// Gram matrices of known rank, against the eigenvalues.
    #[test]
    fn ranks_and_null_vectors() {
        let null_space = |n: usize, gram: &[f64]| gram_null_space(n, gram, &Limits::none()).unwrap();
        let mut random = Random::new(3, 0);
        for (n, rank) in [(3, 1), (10, 7), (60, 45), (200, 199)] {
            let factor: Vec<f64> = (0..rank * n).map(|_| random.normal()).collect();
            let entry = |i: usize, j: usize| (0..rank).map(|k| factor[k * n + i] * factor[k * n + j]).sum::<f64>();
            let gram: Vec<f64> = (0..n * n).map(|at| entry(at / n, at % n)).collect();
            let found = null_space(n, &gram).unwrap();
            assert_eq!(found.basis.len(), n - rank);
            for v in &found.basis {
                let image = (0..n).map(|i| (0..n).map(|j| gram[i * n + j] * v[j]).sum::<f64>().abs());
                assert!(image.fold(0.0, f64::max) < 1e-8 * found.largest * v.iter().fold(1.0, |a, b| b.abs().max(a)));
            }
            let (values, _) = symmetric_eigen(n, |i, j| gram[i * n + j]).unwrap();
            assert!(found.next <= values[n - rank] * 1.01, "{} {}", found.next, values[n - rank]);
            assert!(found.largest <= values[n - 1] * 1.0001 && found.largest > 0.5 * values[n - 1]);
        }
        let identity: Vec<f64> = (0..9).map(|k| f64::from(u8::from(k % 4 == 0))).collect();
        assert!(null_space(3, &identity).is_none());
        assert!(null_space(3, &[0.0; 9]).is_none());
        // No clear gap.
        let graded: Vec<f64> = (0..400).map(|k| if k % 21 == 0 { 0.1f64.powi(k / 21) } else { 0.0 }).collect();
        assert!(null_space(20, &graded).is_none());
    }
}
