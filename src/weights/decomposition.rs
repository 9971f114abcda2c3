//! Sums of irreducible representations with multiplicities.

use std::collections::BTreeMap;

use num_bigint::{BigInt, BigUint};
use num_traits::{One, Signed, Zero};

use super::{ReductiveType, Weight, WeightError, dimension, dual_weight};
use crate::limits::Limits;

/// A finite-dimensional representation up to isomorphism: irreducibles by highest weight, with multiplicities. It is
/// virtual when one of them is negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decomposition {
    group: ReductiveType,
    terms: BTreeMap<Weight, BigInt>,
}

impl Decomposition {
    /// The zero representation.
    pub fn zero(group: &ReductiveType) -> Decomposition {
        Decomposition { group: group.clone(), terms: BTreeMap::new() }
    }

    /// The trivial representation.
    pub fn trivial(group: &ReductiveType) -> Decomposition {
        let mut out = Decomposition::zero(group);
        out.terms.insert(vec![0; group.rank()], BigInt::one());
        out
    }

    /// The irreducible representation with this highest weight.
    pub fn irreducible(group: &ReductiveType, weight: &[i64]) -> Result<Decomposition, WeightError> {
        group.check_highest(weight)?;
        let mut out = Decomposition::zero(group);
        out.terms.insert(weight.to_vec(), BigInt::one());
        Ok(out)
    }

    /// Of what it is a representation.
    pub fn group(&self) -> &ReductiveType {
        &self.group
    }

    /// Highest weights with their multiplicities, none of them zero, in lexicographic order of the weights.
    pub fn terms(&self) -> &BTreeMap<Weight, BigInt> {
        &self.terms
    }

    /// The multiplicity of an irreducible.
    pub fn multiplicity(&self, weight: &[i64]) -> BigInt {
        self.terms.get(weight).cloned().unwrap_or_default()
    }

    /// Whether some multiplicity is negative.
    pub fn is_virtual(&self) -> bool {
        self.terms.values().any(Signed::is_negative)
    }

    /// The only highest weight when it is irreducible.
    pub fn highest_weight(&self) -> Option<&Weight> {
        match self.terms.iter().next() {
            Some((weight, times)) if self.terms.len() == 1 && times.is_one() => Some(weight),
            _ => None,
        }
    }

    /// From highest weights of the group with multiplicities.
    pub(super) fn from_terms(group: &ReductiveType, terms: Vec<(Weight, BigInt)>) -> Decomposition {
        let mut out = Decomposition::zero(group);
        terms.into_iter().for_each(|(weight, times)| out.add_term(weight, &times));
        out
    }

    /// Adds `times` copies of an irreducible; the weight must be a highest weight of the group.
    pub(super) fn add_term(&mut self, weight: Weight, times: &BigInt) {
        match self.terms.entry(weight) {
            std::collections::btree_map::Entry::Vacant(place) => {
                if !times.is_zero() {
                    place.insert(times.clone());
                }
            }
            std::collections::btree_map::Entry::Occupied(mut place) => {
                *place.get_mut() += times;
                if place.get().is_zero() {
                    place.remove();
                }
            }
        }
    }

    /// `self + times · other`.
    pub fn plus(&self, times: &BigInt, other: &Decomposition) -> Result<Decomposition, WeightError> {
        self.group.require_same(&other.group)?;
        let mut out = self.clone();
        for (weight, m) in &other.terms {
            out.add_term(weight.clone(), &(m * times));
        }
        Ok(out)
    }

    /// The dual.
    pub fn dual(&self) -> Decomposition {
        let terms = self.terms.iter().map(|(w, m)| (dual_weight(&self.group, w), m.clone())).collect();
        Decomposition { group: self.group.clone(), terms }
    }

    /// The dimension; negative multiplicities count negatively.
    pub fn dimension(&self, limits: &Limits) -> Result<BigInt, WeightError> {
        let mut sum = BigInt::zero();
        for (weight, m) in &self.terms {
            limits.check()?;
            sum += m * BigInt::from(dimension(&self.group, weight, limits)?);
        }
        Ok(sum)
    }

    /// The dimension of the equivariant maps to another representation, `Σ m_λ m'_λ` (Schur's lemma over C).
    pub fn hom_dimension(&self, other: &Decomposition) -> Result<BigInt, WeightError> {
        self.group.require_same(&other.group)?;
        Ok(self.terms.iter().map(|(w, m)| m * other.multiplicity(w)).sum())
    }

    /// The number of irreducibles, counted with multiplicity.
    pub fn length(&self) -> BigUint {
        self.terms.values().map(|m| m.magnitude()).sum()
    }
}
