//! Hidden representations of a given width: tensors of all ranks, equally many channels each.

use super::space::Space;
use super::{BlockKind, NetError};
use crate::limits::Limits;
use crate::num::prime::random_stream;
use crate::reps::{Base, Family, Rep};
use num_traits::ToPrimitive;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

/// Tensors of higher rank are not used: for dimension 1 every rank would fit.
const MAX_RANK: u32 = 8;
/// Wider layers are refused.
const MAX_CHANNELS: usize = 1 << 20;

/// A representation of dimension `channels`: tensors of all ranks up to the highest `R` with `(R + 1) d^R ≤ channels`, the
/// same number of coordinates for each rank; what remains is filled the same way with lower ranks.
///
/// Where V and its dual differ, tensors of rank `r` are spread over `V^p ⊗ V*^(r−p)` by the binomial coefficients `C(r, p)`,
/// and the remainder of that division by coins from the seed, in pairs of a tensor and its dual. Where the group keeps a form on V, only V is used.
///
/// Over a product of groups on the sum of their spaces, products are multiplied out and equal summands gathered.
pub fn uniform(base: &Base, channels: usize, limits: &Limits) -> Result<Rep, NetError> {
    uniform_of(&Rep::vector(base)?, channels, limits)
}

/// The same with tensors of any other representation.
pub(super) fn uniform_of(vector: &Rep, channels: usize, limits: &Limits) -> Result<Rep, NetError> {
    if channels == 0 || channels > MAX_CHANNELS {
        return Err(NetError::Argument(format!("a hidden layer has 1 to {MAX_CHANNELS} channels, not {channels}")));
    }
    let base = vector.base();
    let d = vector.dim().to_usize().unwrap_or(usize::MAX);
    let counts = ranks(d, channels);
    let mut coins = random_stream(limits.seed(), STREAM);
    let self_dual = is_self_dual(vector)?;
    let mut out: Option<Rep> = None;
    for (rank, &count) in counts.iter().enumerate() {
        let rank = rank as u32;
        let split = if self_dual { vec![(rank, count)] } else { binomial(rank, count, &mut coins) };
        for (p, count) in split.into_iter().filter(|s| s.1 > 0) {
            let tensor = vector.power(p)?.tensor(&vector.dual()?.power(rank - p)?)?.times(count as u64)?;
            out = Some(match out {
                Some(sum) => sum.plus(&tensor)?,
                None => tensor,
            });
        }
    }
    let sum = out.unwrap_or_else(|| Rep::scalar(base));
    let several = vector.summands()?.len() > 1;
    Ok(if several { sum.canonical()? } else { sum })
}

/// Streams of primes and of generic elements have small numbers, those of sampled elements start at 2⁴⁰.
const STREAM: u64 = (1 << 41) + 1;

/// How many tensors of each rank.
fn ranks(d: usize, channels: usize) -> Vec<usize> {
    let power = |r: u32| d.checked_pow(r).filter(|p| p.checked_mul(r as usize + 1).is_some_and(|x| x <= channels));
    let mut counts = vec![0; MAX_RANK as usize + 1];
    let mut left = channels;
    while left > 0 {
        let fits = |r: &u32| power(*r).is_some_and(|p| p * (*r as usize + 1) <= left);
        let highest = if d == 0 { 0 } else { (0..=MAX_RANK).take_while(fits).last().unwrap_or(0) };
        let channels_of_each = if d == 0 { 1 } else { d.pow(highest) };
        // As often as it fits: the answer is that of one turn at a time.
        let turns = left / (channels_of_each * (highest as usize + 1));
        for r in 0..=highest {
            counts[r as usize] += turns * (channels_of_each / d.max(1).pow(r));
        }
        left -= turns * channels_of_each * (highest as usize + 1);
    }
    counts
}

/// Whether V and its dual are told apart by nothing that networks need.
fn is_self_dual(vector: &Rep) -> Result<bool, NetError> {
    let form = matches!(vector.base().family(), Some(Family::Orthogonal { .. } | Family::Symplectic));
    Ok(form || vector.dual()? == *vector)
}

/// `count` tensors of rank `r` by the number `p` of legs in V.
fn binomial(rank: u32, count: usize, coins: &mut ChaCha8Rng) -> Vec<(u32, usize)> {
    let (rounds, left) = (count >> rank, count % (1 << rank));
    let mut split = vec![0usize; rank as usize + 1];
    let mut choose = 1usize;
    for (p, slot) in split.iter_mut().enumerate() {
        *slot = rounds * choose;
        choose = choose * (rank as usize - p) / (p + 1);
    }
    // In pairs with their duals: products of V and of its dual are what most invariants are made of.
    let mut heads = 0;
    for k in 0..left {
        heads = match k % 2 {
            0 => (coins.next_u64() & ((1 << rank) - 1)).count_ones() as usize,
            _ => rank as usize - heads,
        };
        split[heads] += 1;
    }
    split.into_iter().enumerate().map(|(p, n)| (p as u32, n)).collect()
}

impl Space {
    /// The same as a representation of tensors.
    pub fn uniform(base: &Base, channels: usize, limits: &Limits) -> Result<Space, NetError> {
        Space::of_rep(&uniform(base, channels, limits)?, limits)
    }

    /// The first block on which a pointwise nonlinearity would break equivariance.
    pub(super) fn not_pointwise(&self) -> Option<&super::Block> {
        self.blocks().iter().find(|b| b.kind == BlockKind::Tensor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_width_of_the_work_for_five_dimensions() {
        // 134 scalars, 25 vectors and 5 tensors of rank 2: 134 + 125 + 125 = 384.
        assert_eq!(ranks(5, 384)[..4], [134, 25, 5, 0]);
        // One dimension: (R + 1) ≤ 5.
        assert_eq!(ranks(1, 5)[..6], [1, 1, 1, 1, 1, 0]);
        for (d, channels) in [(1, 100), (2, 384), (3, 384), (4, 100), (48, 500), (7, 1)] {
            let total: usize = ranks(d, channels).iter().enumerate().map(|(r, n)| n * d.pow(r as u32)).sum();
            assert_eq!(total, channels);
        }
    }

    #[test]
    fn a_binomial_split_is_complete() {
        let mut coins = random_stream(1, STREAM);
        for (rank, count) in [(0u32, 3), (1, 5), (2, 9), (3, 21)] {
            let split = binomial(rank, count, &mut coins);
            assert_eq!(split.iter().map(|s| s.1).sum::<usize>(), count);
            assert!(split[0].1 >= count >> rank);
        }
    }
}
