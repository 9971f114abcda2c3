//! Weights packed into machine words: what the inner loops of this folder work on.

use std::hash::{BuildHasherDefault, Hash, Hasher};

use super::Weight;

/// A vector of small integers with the operations of the Weyl group.
///
/// Arithmetic wraps. Whoever packs makes sure by a bound on all weights that occur that every *result* fits; then what
/// wraps on the way is harmless.
pub(super) trait Packed: Clone + Eq + Hash + Ord + Send + Sync {
    /// Coordinates of results stay below this.
    const LIMIT: i64;
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

/// Up to `4 L` coordinates of 16 bits in `L` machine words.
///
/// A word holds `Σ (x_i + 2^15) 2^{16 (3 − i)}` for its four coordinates. That is linear in them up to a constant, so sums
/// and multiples are those of whole words modulo `2^64`; a coordinate is negative when its top bit is missing; and words
/// compare like lists of coordinates.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Narrow<const L: usize>([u64; L]);

/// Coordinates of [`Narrow`] stay below this.
pub(super) const NARROW_LIMIT: i64 = 1 << 14;

/// Four coordinates that are zero: the top bit of each.
const ZEROS: u64 = 0x8000_8000_8000_8000;

impl<const L: usize> Packed for Narrow<L> {
    const LIMIT: i64 = NARROW_LIMIT;

    fn pack(labels: &[i64]) -> Self {
        let mut out = [ZEROS; L];
        for (i, &label) in labels.iter().enumerate().take(4 * L) {
            out[i / 4] = out[i / 4].wrapping_add((label as u64) << (48 - 16 * (i % 4)));
        }
        Narrow(out)
    }

    #[inline]
    fn label(&self, i: usize) -> i64 {
        i64::from((self.0[i / 4] >> (48 - 16 * (i % 4))) as u16) - 0x8000
    }

    #[inline]
    fn add(&mut self, other: &Self) {
        for k in 0..L {
            self.0[k] = self.0[k].wrapping_add(other.0[k].wrapping_sub(ZEROS));
        }
    }

    #[inline]
    fn subtract(&mut self, times: i64, other: &Self) {
        for k in 0..L {
            let linear = other.0[k].wrapping_sub(ZEROS);
            self.0[k] = self.0[k].wrapping_sub(linear.wrapping_mul(times as u64));
        }
    }

    #[inline]
    fn first_negative(&self, rank: usize) -> Option<usize> {
        for k in 0..L {
            let negative = !self.0[k] & ZEROS;
            if negative != 0 {
                let at = 4 * k + negative.leading_zeros() as usize / 16;
                return (at < rank).then_some(at);
            }
        }
        None
    }

    #[inline]
    fn has_zero(&self, rank: usize) -> bool {
        let mut zeros = 0;
        for k in 0..L {
            // Zero coordinates become zero, those beyond the rank do not; then the usual search for a zero in a word.
            let beyond = u64::MAX.checked_shr(16 * rank.saturating_sub(4 * k).min(4) as u32).unwrap_or(0);
            let word = (self.0[k] ^ ZEROS) | beyond;
            zeros |= word.wrapping_sub(0x0001_0001_0001_0001) & !word & ZEROS;
        }
        zeros != 0
    }
}

impl<const L: usize> Hash for Narrow<L> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.iter().for_each(|&word| state.write_u64(word));
    }
}

/// Any number of coordinates of 64 bits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Wide(Box<[i64]>);

impl Packed for Wide {
    const LIMIT: i64 = i64::MAX / 8;

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
            type $P = $crate::weights::packed::Narrow<8>;
            $body
        } else {
            type $P = $crate::weights::packed::Narrow<2>;
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

    #[test]
    fn packed_weights_are_ordered_like_lists() {
        let all: Vec<Weight> = (0..60i64).map(|k| (0..6).map(|i| (k * 31 + i * 7 * k) % 5 - 2).collect()).collect();
        for a in &all {
            for b in &all {
                assert_eq!(Narrow::<2>::pack(a).cmp(&Narrow::pack(b)), a.cmp(b));
                assert_eq!(Wide::pack(a).cmp(&Wide::pack(b)), a.cmp(b));
            }
        }
    }

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
            agrees::<Narrow<2>>(&a, &b);
            agrees::<Narrow<2>>(&a[..5], &b[..5]);
            agrees::<Narrow<8>>(&a, &b);
            agrees::<Wide>(&a, &b);
            let long = |v: &[i64]| [v, v, v, v].concat();
            agrees::<Narrow<8>>(&long(&a), &long(&b));
        }
    }
}
