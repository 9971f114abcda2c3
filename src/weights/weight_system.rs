//! All weights of an irreducible representation.

use num_bigint::BigUint;
use num_traits::ToPrimitive;

use super::dominant::refuse_above;
use super::frame::data_of;
use super::{ReductiveType, Weight, WeightError, dominant_weights, each_in_orbit, orbit_size};
use crate::limits::Limits;

/// A weight of a representation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeveledWeight {
    /// The number of simple roots that lead down to it from the highest weight.
    pub level: u64,
    /// The weight.
    pub weight: Weight,
    /// Its multiplicity.
    pub multiplicity: BigUint,
}

/// All weights of `V(λ)` with their levels and multiplicities: level by level, within a level in descending lexicographic
/// order. The number of levels is one more than twice the height of `λ`, and the multiplicities of a level and of its
/// mirror image agree (Dynkin).
pub fn weight_system(
    group: &ReductiveType,
    highest: &[i64],
    limits: &Limits,
) -> Result<Vec<LeveledWeight>, WeightError> {
    let dominant = dominant_weights(group, highest, limits)?;
    let mut count = 0u128;
    for (weight, _) in &dominant {
        count = count.saturating_add(orbit_size(group, weight, limits)?.to_u128().unwrap_or(u128::MAX));
    }
    refuse_above(count, "weights")?;
    limits.reserve(count * (8 * highest.len() as u128 + 64))?;
    let data = data_of(group, limits)?;
    let height = |w: &[i64]| -> i64 { group.parts(w).zip(&data).map(|((_, part), d)| d.twice_height(part)).sum() };
    let top = height(highest);
    let mut out = Vec::with_capacity(count as usize);
    for (weight, multiplicity) in &dominant {
        each_in_orbit(group, weight, limits, |weight| {
            let level = (top - height(&weight)) as u64 / 2;
            out.push(LeveledWeight { level, weight, multiplicity: multiplicity.clone() });
            Ok(())
        })?;
    }
    out.sort_by(|a, b| (a.level, &b.weight).cmp(&(b.level, &a.weight)));
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_27_of_e6_has_17_levels() {
        let group: ReductiveType = "E6".parse().unwrap();
        let all = weight_system(&group, &[1, 0, 0, 0, 0, 0], &Limits::none()).unwrap();
        assert_eq!(all.len(), 27);
        // Slansky, table 20: the numbers of weights at the levels of the 27.
        let levels: Vec<usize> = (0..17).map(|k| all.iter().filter(|w| w.level == k).count()).collect();
        assert_eq!(levels, [1, 1, 1, 1, 2, 2, 2, 2, 3, 2, 2, 2, 2, 1, 1, 1, 1]);
        assert_eq!(all[0].weight, [1, 0, 0, 0, 0, 0]);
        assert_eq!(all[26].weight, [0, 0, 0, 0, 0, -1]);
    }

    #[test]
    fn levels_are_symmetric_and_add_up_to_the_dimension() {
        let limits = Limits::none();
        for (text, weight) in [("B3", vec![1, 0, 2]), ("G2", vec![1, 1]), ("A2+A1+T1", vec![2, 1, 3, -1])] {
            let group: ReductiveType = text.parse().unwrap();
            let all = weight_system(&group, &weight, &limits).unwrap();
            let last = all.last().unwrap().level;
            let at = |level: u64| -> BigUint {
                all.iter().filter(|w| w.level == level).map(|w| w.multiplicity.clone()).sum()
            };
            for level in 0..=last {
                assert_eq!(at(level), at(last - level), "{text}");
            }
            let sum: BigUint = all.iter().map(|w| w.multiplicity.clone()).sum();
            assert_eq!(sum, super::super::dimension(&group, &weight, &limits).unwrap(), "{text}");
        }
        let e8: ReductiveType = "E8".parse().unwrap();
        assert!(weight_system(&e8, &[1; 8], &limits).is_err());
    }
}
