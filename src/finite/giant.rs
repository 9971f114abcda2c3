//! Recognition of symmetric and alternating groups in their natural action, by Jordan's theorem.

use num_bigint::BigUint;

use super::schreier::ProductReplacement;
use super::{FiniteError, Permutation, PermutationGroup};
use crate::limits::Limits;

/// A group that contains all even permutations of its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Giant {
    /// All permutations.
    Symmetric,
    /// The even permutations.
    Alternating,
}

/// Below this degree a chain is as fast.
const LEAST_DEGREE: usize = 12;

/// Whether a group contains all even permutations of its points: it does when it is primitive and has an element with a
/// cycle of prime length p, n/2 < p < n - 2 (Jordan; Wielandt, *Finite Permutation Groups*, 13.9). `None` when no such
/// element was found among random ones, which proves nothing.
pub(super) fn recognise(group: &PermutationGroup, limits: &Limits) -> Result<Option<Giant>, FiniteError> {
    let n = group.degree();
    if n < LEAST_DEGREE {
        // The subgroups of index 1 and 2 are no others.
        let all = (2..=n).fold(BigUint::from(1u32), |product, k| product * k);
        let order = group.chain(limits)?.order();
        return Ok(if order == all {
            Some(Giant::Symmetric)
        } else if &order + &order == all {
            Some(Giant::Alternating)
        } else {
            None
        });
    }
    if !group.is_transitive() {
        return Ok(None);
    }
    let generators: Vec<&Permutation> = group.generators().iter().collect();
    let mut random = ProductReplacement::new(&generators, limits);
    let tries = 4 * (n.ilog2() as usize + 1);
    for _ in 0..tries {
        limits.check()?;
        if !has_prime_cycle(random.next()) {
            continue;
        }
        if !group.is_primitive(limits)? {
            return Ok(None);
        }
        let odd = group.generators().iter().any(|g| g.sign() < 0);
        return Ok(Some(if odd { Giant::Symmetric } else { Giant::Alternating }));
    }
    Ok(None)
}

/// Whether a cycle has prime length p with n/2 < p < n - 2.
fn has_prime_cycle(images: &[u32]) -> bool {
    let n = images.len();
    let mut seen = vec![false; n];
    for start in 0..n {
        let (mut point, mut length) = (start, 0);
        while !seen[point] {
            seen[point] = true;
            length += 1;
            point = images[point] as usize;
        }
        if 2 * length > n {
            return length + 2 < n && is_prime(length);
        }
    }
    false
}

/// Trial division.
pub(super) fn is_prime(n: usize) -> bool {
    n >= 2 && (2..).take_while(|d| d * d <= n).all(|d| !n.is_multiple_of(d))
}
