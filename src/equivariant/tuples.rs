//! Orbits of permutation groups on tuples of points, counted without listing any tuple.
//!
//! The orbits on tuples that begin with a point of an orbit are those of the stabilizer of that point on the rest:
//! `f_k(G) = Σ_x f_{k−1}(G_x)`, one point `x` for each orbit. A stabilizer of points is known by all the points that it
//! fixes, so groups reached by several ways are worked on once; a fixed point leads back to the group itself.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use num_traits::One;

use super::EquivariantError;
use crate::finite::{FiniteError, PermutationGroup};
use crate::limits::Limits;

/// A stabilizer: how many points it fixes, and the stabilizers of one point in each other orbit.
struct Stage {
    fixed: usize,
    below: Vec<usize>,
}

/// The number of orbits of a permutation group on tuples of this length, which is the dimension of its invariants in
/// `V^length` for its representation `V` on the points.
///
/// Cost: an orbit partition for each pointwise stabilizer that is met, of at most `length − 1` points, and a stabilizer
/// chain for each of its orbits.
pub fn orbits_on_tuples(group: &PermutationGroup, length: usize, limits: &Limits) -> Result<BigUint, EquivariantError> {
    if length == 0 {
        return Ok(BigUint::one());
    }
    let stages = stages(group, length, limits)?;
    // counts[s] = f_k of stage s, for k = 0, 1, …
    let mut counts = vec![BigUint::one(); stages.len()];
    for k in 0..length {
        limits.check()?;
        limits.progress("orbits on tuples", k as f64 / length as f64);
        let next = |stage: &Stage, own: &BigUint| {
            stage.below.iter().fold(own * stage.fixed, |sum, &below| sum + &counts[below])
        };
        counts = stages.iter().zip(&counts).map(|(stage, own)| next(stage, own)).collect();
    }
    Ok(counts.swap_remove(0))
}

/// All stabilizers that are met by tuples of this length, the group itself first. Where the length ends nothing is below.
fn stages(group: &PermutationGroup, length: usize, limits: &Limits) -> Result<Vec<Stage>, EquivariantError> {
    let mut numbers: BTreeMap<Vec<u32>, usize> = BTreeMap::from([(fixed_points(&group.orbits()), 0)]);
    let mut groups = vec![(group.clone(), 0usize)];
    let mut stages = Vec::new();
    while let Some((current, depth)) = groups.get(stages.len()).cloned() {
        limits.check()?;
        limits.reserve(groups.len() as u128 * group.degree() as u128 * 64)?;
        let orbits = current.orbits();
        let mut stage = Stage { fixed: orbits.iter().filter(|orbit| orbit.len() == 1).count(), below: Vec::new() };
        for orbit in orbits.iter().filter(|orbit| orbit.len() > 1) {
            let below = match depth + 1 < length {
                true => current.stabilizer(orbit[0], limits).map_err(error)?,
                // The last point: which group is left makes no difference.
                false => PermutationGroup::new("1", group.degree(), Vec::new()).map_err(error)?,
            };
            let fixed = fixed_points(&below.orbits());
            let next = groups.len();
            let number = *numbers.entry(fixed).or_insert(next);
            if number == next {
                groups.push((below, depth + 1));
            }
            stage.below.push(number);
        }
        stages.push(stage);
    }
    Ok(stages)
}

fn fixed_points(orbits: &[Vec<usize>]) -> Vec<u32> {
    let mut fixed: Vec<u32> = orbits.iter().filter(|orbit| orbit.len() == 1).map(|orbit| orbit[0] as u32).collect();
    fixed.sort_unstable();
    fixed
}

fn error(error: FiniteError) -> EquivariantError {
    match error {
        FiniteError::Stop(stop) => EquivariantError::Stopped(stop),
        other => EquivariantError::Argument(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equivariant::{SignedPermutation, orbits_of_tensors, symmetric_rank};
    use crate::finite::Permutation;

    fn group(n: usize, cycles: &[&str]) -> PermutationGroup {
        let generators = cycles.iter().map(|c| Permutation::from_cycles(n, c).unwrap()).collect();
        PermutationGroup::new("G", n, generators).unwrap()
    }

    /// Against orbits on all tuples, found one by one, and set partitions for S(5).
    #[test]
    fn as_many_as_orbits_that_are_listed() {
        let limits = Limits::none();
        let groups = [
            group(3, &[]),
            group(5, &["(0 1)", "(0 1 2 3 4)"]),
            group(6, &["(0 1 2)", "(3 4)"]),
            group(6, &["(0 1)(2 3)", "(2 3)(4 5)"]),
            group(7, &["(0 1 2 3 4 5 6)", "(1 2 4)(3 6 5)"]),
            group(8, &["(0 1 2 3)(4 5 6 7)", "(0 4)(1 5)(2 6)(3 7)"]),
        ];
        for g in groups {
            let signed: Vec<SignedPermutation> = g.generators().iter().map(SignedPermutation::from).collect();
            for k in 0..=4 {
                let legs = vec![&signed[..]; k];
                let listed =
                    orbits_of_tensors(&legs, &vec![g.degree(); k], signed.len(), k / 2, &limits).unwrap().rank();
                assert_eq!(orbits_on_tuples(&g, k, &limits).unwrap(), listed.into(), "{} points, {k}", g.degree());
            }
        }
        let s5 = group(5, &["(0 1)", "(0 1 2 3 4)"]);
        assert_eq!(orbits_on_tuples(&s5, 30, &limits).unwrap(), symmetric_rank(5, 30, &limits).unwrap());
        // A regular group: n^(k − 1).
        let z = group(12, &["(0 1 2 3 4 5 6 7 8 9 10 11)"]);
        assert_eq!(orbits_on_tuples(&z, 40, &limits).unwrap(), BigUint::from(12u32).pow(39));
    }
}
