//! All weights of a representation that need not be irreducible.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::dominant::refuse_above;
use super::frame::data_of;
use super::{Character, Decomposition, Weight, WeightError, each_in_orbit, orbit_size};
use crate::limits::Limits;

/// A weight with its multiplicity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightAtLevel {
    /// Twice `⟨top − μ, ρ^∨⟩`: twice the number of simple roots subtracted from the highest weight of an irreducible
    /// representation; for others counted from the highest of all weights.
    pub twice_level: i64,
    /// The weight.
    pub weight: Weight,
    /// Its multiplicity; negative only for a virtual representation.
    pub multiplicity: BigInt,
}

/// The weights, dominant ones only or all of them, by level, then in decreasing lexicographic order.
pub fn weights_of(
    representation: &Decomposition,
    dominant: bool,
    limits: &Limits,
) -> Result<Vec<WeightAtLevel>, WeightError> {
    let group = representation.group();
    let character = Character::of(representation, limits)?;
    let mut all: BTreeMap<Weight, BigInt> = BTreeMap::new();
    let mut count = 0u128;
    for weight in character.dominant().keys().filter(|_| !dominant) {
        count = count.saturating_add(orbit_size(group, weight, limits)?.to_u128().unwrap_or(u128::MAX));
    }
    refuse_above(count, "weights")?;
    limits.reserve(count.saturating_mul(64 + 32 * group.rank() as u128))?;
    for (weight, multiplicity) in character.dominant() {
        limits.check()?;
        if dominant {
            all.insert(weight.clone(), multiplicity.clone());
            continue;
        }
        each_in_orbit(group, weight, limits, |image| {
            all.insert(image, multiplicity.clone());
            Ok(())
        })?;
    }
    let data = data_of(group, limits)?;
    let height = |w: &[i64]| -> i64 { group.parts(w).zip(&data).map(|((_, part), d)| d.twice_height(part)).sum() };
    let top = all.keys().map(|w| height(w)).max().unwrap_or(0);
    let mut out: Vec<WeightAtLevel> = all
        .into_iter()
        .map(|(weight, multiplicity)| WeightAtLevel { twice_level: top - height(&weight), weight, multiplicity })
        .collect();
    out.sort_by(|a, b| a.twice_level.cmp(&b.twice_level).then_with(|| b.weight.cmp(&a.weight)));
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_octet_and_the_weights_of_g2() {
        let limits = Limits::none();
        let octet = Decomposition::irreducible(&"A2".parse().unwrap(), &[1, 1]).unwrap();
        let found: Vec<(i64, Weight, String)> = weights_of(&octet, false, &limits)
            .unwrap()
            .into_iter()
            .map(|w| (w.twice_level / 2, w.weight, w.multiplicity.to_string()))
            .collect();
        // Slansky, figure 3: levels of the octet of SU(3).
        let one = |level, w: [i64; 2]| (level, w.to_vec(), "1".to_string());
        assert_eq!(
            found,
            [
                one(0, [1, 1]),
                one(1, [2, -1]),
                one(1, [-1, 2]),
                (2, vec![0, 0], "2".to_string()),
                one(3, [1, -2]),
                one(3, [-2, 1]),
                one(4, [-1, -1])
            ]
        );
        let adjoint = Decomposition::irreducible(&"E8".parse().unwrap(), &[0, 0, 0, 0, 0, 0, 0, 1]).unwrap();
        let weights = weights_of(&adjoint, false, &limits).unwrap();
        assert_eq!(weights.len(), 241);
        // The lowest weight of the adjoint representation is at twice the height of the highest root, 29.
        assert_eq!(weights.last().unwrap().twice_level, 2 * 58);
        assert_eq!(weights_of(&adjoint, true, &limits).unwrap().len(), 2);
    }

    #[test]
    fn the_27_of_e6_has_17_levels() {
        let v = Decomposition::irreducible(&"E6".parse().unwrap(), &[1, 0, 0, 0, 0, 0]).unwrap();
        let all = weights_of(&v, false, &Limits::none()).unwrap();
        assert_eq!(all.len(), 27);
        // Slansky, table 20: the numbers of weights at the levels of the 27.
        let levels: Vec<usize> = (0..17).map(|k| all.iter().filter(|w| w.twice_level == 2 * k).count()).collect();
        assert_eq!(levels, [1, 1, 1, 1, 2, 2, 2, 2, 3, 2, 2, 2, 2, 1, 1, 1, 1]);
        assert_eq!(all[26].weight, [0, 0, 0, 0, 0, -1]);
    }

    #[test]
    fn levels_are_symmetric_and_add_up_to_the_dimension() {
        let limits = Limits::none();
        for (text, weight) in [("B3", vec![1, 0, 2]), ("G2", vec![1, 1]), ("A2+A1+T1", vec![2, 1, 3, -1])] {
            let v = Decomposition::irreducible(&text.parse().unwrap(), &weight).unwrap();
            let all = weights_of(&v, false, &limits).unwrap();
            let last = all.last().unwrap().twice_level;
            let at = |level: i64| -> BigInt {
                all.iter().filter(|w| w.twice_level == level).map(|w| w.multiplicity.clone()).sum()
            };
            for level in 0..=last {
                assert_eq!(at(level), at(last - level), "{text}");
            }
            let sum: BigInt = all.iter().map(|w| w.multiplicity.clone()).sum();
            assert_eq!(sum, v.dimension(&limits).unwrap(), "{text}");
        }
    }

    #[test]
    fn a_system_too_large_for_memory_is_refused() {
        let rho = Decomposition::irreducible(&"E8".parse().unwrap(), &[0, 1, 0, 0, 0, 0, 0, 0]).unwrap();
        let limits = Limits::none().with_memory(1);
        assert!(weights_of(&rho, false, &limits).is_err());
    }
}
