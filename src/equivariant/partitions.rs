//! Set partitions: the invariant tensors of S(n) and A(n) on powers of their natural representation.
//!
//! Two tuples of points are in one orbit of S(n) when the same positions hold equal points: an orbit is a partition of the
//! positions into at most `n` blocks, written as a restricted growth string. In A(n) an orbit of S(n) splits in two where
//! no odd permutation fixes the tuple, that is for at least `n − 1` blocks.

use super::basis::Basis;
use super::entries::Labels;
use super::method::Method;
use super::{EquivariantError, tensor_shape};
use crate::limits::Limits;

/// The maps of S(n) from `V^into` to `V^out`, `V` the natural representation on `n` points: one basis matrix of zeros and
/// ones for each set partition, in lexicographic order of growth strings. Cost: linear in the `n^(out + into)` entries.
pub fn symmetric_maps(n: usize, out: usize, into: usize, limits: &Limits) -> Result<Basis, EquivariantError> {
    let shape = tensor_shape(n, out, into)?;
    let labels = Tuples::new(n, out + into)?.labels(limits)?;
    Ok(Basis::of_labels(shape, Method::SetPartitions, labels))
}

/// The same for A(n), in the order of first entries.
pub fn alternating_maps(n: usize, out: usize, into: usize, limits: &Limits) -> Result<Basis, EquivariantError> {
    let shape = tensor_shape(n, out, into)?;
    let labels = Tuples::new(n, out + into)?.labels_with_parity(limits)?;
    Ok(Basis::of_labels(shape, Method::SetPartitions, labels))
}

/// The state of a walk through all tuples in lexicographic order.
struct Tuples {
    n: usize,
    legs: usize,
    /// `continuations[left][blocks]`: in how many ways a string with so many blocks goes on for `left` more positions.
    continuations: Vec<Vec<u64>>,
}

/// What a prefix of a tuple says.
#[derive(Clone, Copy, Default)]
struct Prefix {
    /// The number of partitions before those that start like this.
    label: u64,
    blocks: usize,
    /// Whether the points of the blocks, in the order of the blocks, have an odd number of inversions.
    odd: bool,
    /// The sum of the points of the blocks.
    sum: usize,
}

const UNSEEN: u32 = u32::MAX;

impl Tuples {
    fn new(n: usize, legs: usize) -> Result<Tuples, EquivariantError> {
        let most = n.min(legs);
        let mut continuations = vec![vec![1u64; most + 2]];
        for _ in 0..legs {
            let last = &continuations[continuations.len() - 1];
            let next = (0..most + 2).map(|blocks| {
                let stay = last[blocks].saturating_mul(blocks as u64);
                if blocks < n { stay.saturating_add(last[(blocks + 1).min(most + 1)]) } else { stay }
            });
            let next = next.collect();
            continuations.push(next);
        }
        // Labels are numbers of 31 bits; A(n) has at most twice as many.
        if continuations[legs][0] >= u64::from(Labels::NONE >> 2) {
            return Err(EquivariantError::TooLarge(format!("the list of set partitions of {legs} positions")));
        }
        Ok(Tuples { n, legs, continuations })
    }

    /// The prefix with one more point, which lies in `block` (a new one if it is the number of blocks).
    fn extend(&self, prefix: Prefix, position: usize, point: usize, block: usize, seen: &[u32]) -> Prefix {
        let left = self.legs - position - 1;
        let label = prefix.label + block as u64 * self.continuations[left][prefix.blocks];
        if block < prefix.blocks {
            return Prefix { label, ..prefix };
        }
        let inversions = seen[point..].iter().filter(|&&b| b != UNSEEN).count();
        Prefix { label, blocks: prefix.blocks + 1, odd: prefix.odd ^ (inversions % 2 == 1), sum: prefix.sum + point }
    }

    fn labels(&self, limits: &Limits) -> Result<Labels, EquivariantError> {
        let classes = self.continuations[self.legs][0] as usize;
        let packed = self.walk(limits, |prefix, seen, out| {
            let blocks = prefix.blocks as u32;
            out.extend(seen.iter().map(|&block| (prefix.label as u32 + block.min(blocks)) << 1));
        })?;
        Ok(Labels { packed, classes })
    }

    fn labels_with_parity(&self, limits: &Limits) -> Result<Labels, EquivariantError> {
        let n = self.n;
        let mut packed = self.walk(limits, |prefix, seen, out| {
            for (point, &block) in seen.iter().enumerate() {
                let whole = self.extend(prefix, self.legs - 1, point, (block as usize).min(prefix.blocks), seen);
                let odd = match n - whole.blocks {
                    0 => whole.odd,
                    // The missing point completes the arrangement: it follows, so what is greater is an inversion.
                    1 => whole.odd ^ ((n - 1 - (n * (n - 1) / 2 - whole.sum)) % 2 == 1),
                    _ => false,
                };
                out.push((whole.label as u32) << 1 | u32::from(odd));
            }
        })?;
        limits.reserve(self.continuations[self.legs][0] as u128 * 8)?;
        let mut names = vec![Labels::NONE; 2 * self.continuations[self.legs][0] as usize];
        let mut classes = 0;
        for x in &mut packed {
            let name = &mut names[*x as usize];
            if *name == Labels::NONE {
                *name = classes << 1;
                classes += 1;
            }
            *x = *name;
        }
        Ok(Labels { packed, classes: classes as usize })
    }

    /// Calls `last` for each tuple without its last point, in order: with the prefix, the block of each point, and the list.
    fn walk(
        &self,
        limits: &Limits,
        last: impl Fn(Prefix, &[u32], &mut Vec<u32>),
    ) -> Result<Vec<u32>, EquivariantError> {
        let (n, legs) = (self.n, self.legs);
        if legs == 0 {
            return Ok(vec![0]);
        }
        let count = super::power(n, legs)?;
        limits.reserve(count as u128 * 4)?;
        let mut out = Vec::with_capacity(count);
        if n == 0 {
            return Ok(out);
        }
        let mut seen = vec![UNSEEN; n];
        let mut tuple = vec![0usize; legs];
        let mut prefixes = vec![Prefix::default(); legs];
        let mut depth = 0;
        let mut steps = 0usize;
        loop {
            // Go down to the last position with the points of the tuple.
            while depth < legs - 1 {
                let point = tuple[depth];
                let prefix = prefixes[depth];
                let block = (seen[point] as usize).min(prefix.blocks);
                prefixes[depth + 1] = self.extend(prefix, depth, point, block, &seen);
                if block == prefix.blocks {
                    seen[point] = block as u32;
                }
                depth += 1;
            }
            last(prefixes[legs - 1], &seen, &mut out);
            steps += n;
            if steps >= 1 << 16 {
                limits.check()?;
                limits.progress("set partitions", out.len() as f64 / count as f64);
                steps = 0;
            }
            // Back to the last position whose point can be raised.
            loop {
                if depth == 0 {
                    return Ok(out);
                }
                depth -= 1;
                if prefixes[depth + 1].blocks > prefixes[depth].blocks {
                    seen[tuple[depth]] = UNSEEN;
                }
                if tuple[depth] + 1 < n {
                    tuple[depth] += 1;
                    tuple[depth + 1..].fill(0);
                    break;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equivariant::{SignedPermutation, alternating_rank, orbits_of_tensors, symmetric_rank};
    use crate::finite::Permutation;

    /// The orbits of generators on tuples, number by number, and the counts by Stirling numbers.
    #[test]
    fn partitions_are_the_orbits() {
        let limits = Limits::none();
        for n in 1..=5 {
            let all = format!("({})", (0..n).map(|i| i.to_string()).collect::<Vec<_>>().join(" "));
            let of = |cycles: Vec<String>| -> Vec<SignedPermutation> {
                cycles.iter().map(|c| (&Permutation::from_cycles(n, c).unwrap()).into()).collect()
            };
            let symmetric = if n > 1 { of(vec!["(0 1)".into(), all]) } else { of(vec![]) };
            let alternating = of((2..n).map(|i| format!("(0 1 {i})")).collect());
            for (out, into) in [(0, 0), (1, 0), (0, 2), (1, 1), (2, 1), (2, 2), (3, 2), (3, 3)] {
                let k = out + into;
                let orbits = |generators: &[SignedPermutation]| {
                    let legs = vec![generators; k];
                    orbits_of_tensors(&legs, &vec![n; k], generators.len(), out, &limits).unwrap()
                };
                let s = symmetric_maps(n, out, into, &limits).unwrap();
                let a = alternating_maps(n, out, into, &limits).unwrap();
                assert_eq!(s.labels(), orbits(&symmetric).labels(), "S({n}) {out} {into}");
                assert_eq!(a.labels(), orbits(&alternating).labels(), "A({n}) {out} {into}");
                assert_eq!(symmetric_rank(n, k, &limits).unwrap(), s.rank().into());
                assert_eq!(alternating_rank(n, k, &limits).unwrap(), a.rank().into(), "A({n}), {k} legs");
                assert_eq!((s.rows(), s.cols()), (n.pow(out as u32), n.pow(into as u32)));
            }
        }
    }

    /// Bell numbers 203 and 4140, of which S(6) misses the partitions of 8 into 7 and 8 blocks: 28 + 1.
    #[test]
    fn large_cases_of_the_reference() {
        let limits = Limits::none();
        assert_eq!(symmetric_maps(10, 3, 3, &limits).unwrap().rank(), 203);
        assert_eq!(symmetric_maps(6, 4, 4, &limits).unwrap().rank(), 4140 - 28 - 1);
        assert!(matches!(
            symmetric_maps(100, 3, 3, &Limits::none().with_memory(1000)),
            Err(EquivariantError::Stopped(_))
        ));
        assert!(symmetric_maps(100, 8, 8, &limits).is_err());
    }
}
