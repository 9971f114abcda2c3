//! Recognition of symmetric and alternating groups in their natural action, by Jordan's theorem.

use num_bigint::BigUint;

use super::schreier::ProductReplacement;
use super::{FiniteError, Permutation, PermutationGroup};
use crate::limits::{Limits, Stop};
use crate::num::prime;

/// A group that contains all even permutations of its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Giant {
    /// All permutations.
    Symmetric,
    /// The even permutations.
    Alternating,
}

/// Below this degree a chain is as fast.
const LEAST_DEGREE: usize = 50;

/// Whether a group contains all even permutations of its points: it does when it is primitive and has an element with a
/// cycle of prime length p, n/2 < p < n - 2 (Jordan; Wielandt, *Finite Permutation Groups*, 13.9), and it is shown not to
/// by its order. Random elements have such a cycle with a probability of about log 2/log n, so among those tried one is
/// missed in a symmetric group about once in ten million; the order decides then as well.
pub(super) fn recognise(group: &PermutationGroup, limits: &Limits) -> Result<Option<Giant>, FiniteError> {
    let n = group.degree();
    if n >= 3 && !group.is_transitive() {
        return Ok(None);
    }
    if n >= LEAST_DEGREE && group.named_order(limits)?.is_none() {
        let generators: Vec<&Permutation> = group.generators().iter().collect();
        let mut random = ProductReplacement::new(&generators, limits);
        let tries = 16 * (n.ilog2() as usize + 1);
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
    }
    by_order(group, limits)
}

/// The subgroups of index 1 and 2 of a symmetric group are no others.
fn by_order(group: &PermutationGroup, limits: &Limits) -> Result<Option<Giant>, FiniteError> {
    let (n, known) = (group.degree() as u64, group.named_order(limits)?);
    // n! ≥ (n/3)^n, which is seen sooner.
    if known.as_ref().is_some_and(|order| n >= 6 && order.bits() + 1 < n * u64::from((n / 3).ilog2())) {
        return Ok(None);
    }
    let all = giant_order(Giant::Symmetric, group.degree(), limits)?;
    let order = match known {
        Some(order) => order,
        None => group.chain_within(Some(&all), limits)?.order(),
    };
    Ok(if order == all {
        Some(Giant::Symmetric)
    } else if order << 1 == all {
        Some(Giant::Alternating)
    } else {
        None
    })
}

/// n! or n!/2.
pub(super) fn giant_order(giant: Giant, degree: usize, limits: &Limits) -> Result<BigUint, Stop> {
    let factorial = range_product(2, degree, limits)?;
    Ok(match giant {
        Giant::Alternating if degree >= 2 => factorial >> 1,
        _ => factorial,
    })
}

/// first · (first + 1) ⋯ last by halves, so that the factors of each product are about equally long.
fn range_product(first: usize, last: usize, limits: &Limits) -> Result<BigUint, Stop> {
    if last < first + 16 {
        limits.check()?;
        return Ok((first..=last).fold(BigUint::from(1u32), |product, k| product * k));
    }
    let middle = first + (last - first) / 2;
    Ok(range_product(first, middle, limits)? * range_product(middle + 1, last, limits)?)
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

/// Whether a number of points is prime.
pub(super) fn is_prime(n: usize) -> bool {
    u32::try_from(n).is_ok_and(prime::is_prime)
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    /// Symmetric and alternating groups given by generators are recognised with every seed, and others are not taken for
    /// such: PSL(2, 13) and M24 are primitive, a wreath product is not.
    #[test]
    fn recognised_with_every_seed() {
        let plain = |group: &PermutationGroup| PermutationGroup::new("G", group.degree(), group.generators().to_vec());
        for seed in 0..40 {
            let limits = Limits::none().with_seed(seed);
            for n in [3, 11, 12, 13, 14, 17, 30, 49, 50, 61, 90] {
                let found = |group: PermutationGroup| plain(&group).unwrap().giant(&limits).unwrap();
                assert_eq!(found(symmetric(n).unwrap()), Some(Giant::Symmetric), "S({n}), seed {seed}");
                assert_eq!(found(alternating(n).unwrap()), Some(Giant::Alternating), "A({n}), seed {seed}");
            }
        }
        let none = Limits::none();
        let wreath = wreath_product(&symmetric(10).unwrap(), &symmetric(6).unwrap(), &none).unwrap();
        for group in [projective_special(2, 13).unwrap(), mathieu_24().unwrap(), wreath, symmetric(60).unwrap()] {
            let known = plain(&group).unwrap().giant(&none).unwrap();
            assert_eq!(known.is_some(), group.name() == "S(60)", "{}", group.name());
        }
    }
}
