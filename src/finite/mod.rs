//! Floor 2: finite groups. For now, permutations.

mod permutation;

pub use permutation::Permutation;
