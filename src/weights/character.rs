//! Characters: functions on weights that are invariant under the Weyl group.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::Zero;

use super::{Decomposition, ReductiveType, Weight, WeightError, dominant_weights};
use crate::limits::Limits;

/// A character, possibly virtual: multiplicities of the dominant weights; the others follow from the Weyl group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Character {
    group: ReductiveType,
    dominant: BTreeMap<Weight, BigInt>,
}

impl Character {
    /// The character with these multiplicities at dominant weights.
    pub fn new(group: &ReductiveType, dominant: BTreeMap<Weight, BigInt>) -> Result<Character, WeightError> {
        dominant.keys().try_for_each(|w| group.check_highest(w))?;
        let dominant = dominant.into_iter().filter(|(_, m)| !m.is_zero()).collect();
        Ok(Character { group: group.clone(), dominant })
    }

    /// The character of a representation.
    pub fn of(representation: &Decomposition, limits: &Limits) -> Result<Character, WeightError> {
        let mut dominant: BTreeMap<Weight, BigInt> = BTreeMap::new();
        for (highest, times) in representation.terms() {
            for (weight, m) in dominant_weights(representation.group(), highest, limits)? {
                *dominant.entry(weight).or_default() += BigInt::from(m) * times;
            }
        }
        Character::new(representation.group(), dominant)
    }

    /// Of what it is a character.
    pub fn group(&self) -> &ReductiveType {
        &self.group
    }

    /// The dominant weights with their multiplicities, none of them zero.
    pub fn dominant(&self) -> &BTreeMap<Weight, BigInt> {
        &self.dominant
    }

    /// The Adams operator `ψ^k`: all weights times `k` (Fulton–Harris, exercise 23.39).
    pub fn adams(&self, k: u32) -> Result<Character, WeightError> {
        let scaled = |w: &Weight| w.iter().map(|x| x.saturating_mul(i64::from(k))).collect();
        Character::new(&self.group, self.dominant.iter().map(|(w, m)| (scaled(w), m.clone())).collect())
    }

    /// The representation with this character, virtual in general.
    pub fn decompose(&self, limits: &Limits) -> Result<Decomposition, WeightError> {
        let mut rest = self.dominant.clone();
        let mut out = Decomposition::zero(&self.group);
        let size = |w: &Weight| -> Result<_, WeightError> { super::dimension(&self.group, w, limits) };
        while !rest.is_empty() {
            limits.check()?;
            // A weight of largest dimension is below no other one.
            let mut largest: Option<(num_bigint::BigUint, Weight)> = None;
            for w in rest.keys() {
                let found = (size(w)?, w.clone());
                if largest.as_ref().is_none_or(|l| *l < found) {
                    largest = Some(found);
                }
            }
            let Some((_, highest)) = largest else { break };
            let times = rest[&highest].clone();
            for (weight, m) in dominant_weights(&self.group, &highest, limits)? {
                let entry = rest.entry(weight.clone()).or_default();
                *entry -= BigInt::from(m) * &times;
                if entry.is_zero() {
                    rest.remove(&weight);
                }
            }
            out.add_term(highest, &times);
        }
        Ok(out)
    }
}
