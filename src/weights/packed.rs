//! Weights packed into machine words: what the inner loops of this folder work on.

use std::hash::{BuildHasherDefault, Hash, Hasher};

use super::Weight;

/// A vector of small integers with the operations of the Weyl group.
///
/// Arithmetic wraps. Whoever packs makes sure by a bound on all weights that occur that every *result* fits; then what
/// wraps on the way is harmless.
pub(super) trait Packed: Clone + Eq + Hash + Ord {
    /// Packs these coordinates; the others are zero.
    fn pack(labels: &[i64]) -> Self;
    /// One coordinate.
    fn label(&self, i: usize) -> i64;
    /// The first `rank` coordinates.
    fn unpack(&self, rank: usize) -> Weight {
        (0..rank).map(|i| self.label(i)).collect()
    }
    /// `self += other`.
    fn add(&mut self, other: &Self);
    /// `self -= times · other`.
    fn subtract(&mut self, times: i64, other: &Self);
    /// The first negative coordinate among the first `rank`.
    fn first_negative(&self, rank: usize) -> Option<usize>;
    /// Whether one of the first `rank` coordinates is zero.
    fn has_zero(&self, rank: usize) -> bool;
}

/// Up to `N` coordinates of 16 bits: one vector register for `N = 8`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Narrow<const N: usize>([i16; N]);

/// Coordinates of [`Narrow`] stay below this.
pub(super) const NARROW_LIMIT: i64 = 1 << 14;

impl<const N: usize> Packed for Narrow<N> {
    fn pack(labels: &[i64]) -> Self {
        let mut out = [0; N];
        out.iter_mut().zip(labels).for_each(|(x, &label)| *x = label as i16);
        Narrow(out)
    }

    #[inline]
    fn label(&self, i: usize) -> i64 {
        i64::from(self.0[i])
    }

    #[inline]
    fn add(&mut self, other: &Self) {
        for i in 0..N {
            self.0[i] = self.0[i].wrapping_add(other.0[i]);
        }
    }

    #[inline]
    fn subtract(&mut self, times: i64, other: &Self) {
        let times = times as i16;
        for i in 0..N {
            self.0[i] = self.0[i].wrapping_sub(times.wrapping_mul(other.0[i]));
        }
    }

    #[inline]
    fn first_negative(&self, rank: usize) -> Option<usize> {
        for (block, four) in self.0.chunks_exact(8).enumerate() {
            let mut signs = 0u32;
            for (i, &x) in four.iter().enumerate() {
                signs |= u32::from(x < 0) << i;
            }
            if signs != 0 {
                let at = 8 * block + signs.trailing_zeros() as usize;
                return (at < rank).then_some(at);
            }
        }
        None
    }

    #[inline]
    fn has_zero(&self, rank: usize) -> bool {
        let mut zeros = 0u64;
        for (i, &x) in self.0.iter().enumerate() {
            zeros |= u64::from(x == 0) << i;
        }
        zeros & ((1 << rank) - 1) != 0
    }
}

impl<const N: usize> Hash for Narrow<N> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        for c in self.0.chunks_exact(4) {
            let word = |i: usize| u64::from(c[i] as u16) << (16 * i);
            state.write_u64(word(0) | word(1) | word(2) | word(3));
        }
    }
}

/// Any number of coordinates of 64 bits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Wide(Box<[i64]>);

impl Packed for Wide {
    fn pack(labels: &[i64]) -> Self {
        Wide(labels.into())
    }

    fn label(&self, i: usize) -> i64 {
        self.0[i]
    }

    fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(x, y)| *x = x.wrapping_add(*y));
    }

    fn subtract(&mut self, times: i64, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(x, y)| *x = x.wrapping_sub(times.wrapping_mul(*y)));
    }

    fn first_negative(&self, rank: usize) -> Option<usize> {
        self.0.iter().take(rank).position(|&x| x < 0)
    }

    fn has_zero(&self, rank: usize) -> bool {
        self.0.iter().take(rank).any(|&x| x == 0)
    }
}

/// Runs code for the narrowest packing that holds so many coordinates below the bound.
macro_rules! with_packing {
    ($coordinates:expr, $bound:expr, $P:ident => $body:expr) => {
        if $bound >= $crate::weights::packed::NARROW_LIMIT || $coordinates > 32 {
            type $P = $crate::weights::packed::Wide;
            $body
        } else if $coordinates > 8 {
            type $P = $crate::weights::packed::Narrow<32>;
            $body
        } else {
            type $P = $crate::weights::packed::Narrow<8>;
            $body
        }
    };
}
pub(super) use with_packing;

/// A hash of few multiplications. Keys come from counting, not from an adversary, and no order of a table is ever seen.
#[derive(Default, Clone, Copy)]
pub(super) struct FoldHasher(u64);

impl Hasher for FoldHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    #[inline]
    fn write_u64(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word ^ 0x9e37_79b9_7f4a_7c15) * 0xd6e8_feb8_6659_fd93;
        self.0 = (product as u64) ^ (product >> 64) as u64;
    }
}

/// A table keyed by packed weights.
pub(super) type Table<K, V> = std::collections::HashMap<K, V, BuildHasherDefault<FoldHasher>>;

#[cfg(test)]
mod tests {
    use super::*;

    fn agrees<P: Packed>(a: &[i64], b: &[i64]) {
        let (mut x, y) = (P::pack(a), P::pack(b));
        x.add(&y);
        x.subtract(3, &y);
        let expected: Weight = a.iter().zip(b).map(|(a, b)| a - 2 * b).collect();
        assert_eq!(x.unpack(a.len()), expected);
        for rank in 0..=a.len() {
            assert_eq!(x.first_negative(rank), expected[..rank].iter().position(|&v| v < 0));
            assert_eq!(x.has_zero(rank), expected[..rank].contains(&0));
        }
    }

    #[test]
    fn all_packings_agree_with_plain_vectors() {
        for k in 0..50i64 {
            let a: Weight = (0..8).map(|i| (k * 31 + i * i * 17) % 23 - 7).collect();
            let b: Weight = (0..8).map(|i| (k * 13 + i * 29) % 11 - 5).collect();
            agrees::<Narrow<8>>(&a, &b);
            agrees::<Narrow<32>>(&a, &b);
            agrees::<Wide>(&a, &b);
            let long = |v: &[i64]| [v, v, v, v].concat();
            agrees::<Narrow<32>>(&long(&a), &long(&b));
        }
    }
}
