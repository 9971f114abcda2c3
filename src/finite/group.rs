//! Permutation groups.

use std::sync::OnceLock;

use num_bigint::BigUint;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

use super::giant::{Giant, recognise};
use super::schreier;
use super::{FiniteError, Permutation, StabilizerChain};
use crate::limits::{Limits, Stop};

/// A group of permutations of the points 0, …, n-1, given by generators. Its stabiliser chain is made when first
/// needed and kept.
#[derive(Clone, Debug)]
pub struct PermutationGroup {
    name: String,
    degree: usize,
    generators: Vec<Permutation>,
    /// An upper bound of the order that holds by the way it was made.
    bound: Option<BigUint>,
    chain: OnceLock<StabilizerChain>,
    giant: OnceLock<Option<Giant>>,
}

/// Groups are equal here when their generators are.
impl PartialEq for PermutationGroup {
    fn eq(&self, other: &PermutationGroup) -> bool {
        self.degree == other.degree && self.generators == other.generators
    }
}

impl Eq for PermutationGroup {}

impl PermutationGroup {
    /// The group on `degree` points with these generators; none generate the trivial group.
    pub fn new(
        name: impl Into<String>,
        degree: usize,
        generators: Vec<Permutation>,
    ) -> Result<PermutationGroup, FiniteError> {
        if degree >= u32::MAX as usize {
            return Err(FiniteError::Argument(format!("{degree} points are too many")));
        }
        match generators.iter().find(|g| g.degree() != degree) {
            Some(g) => Err(FiniteError::Argument(format!("a permutation of {} points among {degree}", g.degree()))),
            None => Ok(PermutationGroup::of(name, degree, generators)),
        }
    }

    /// From generators known to be of the degree.
    pub(super) fn of(name: impl Into<String>, degree: usize, generators: Vec<Permutation>) -> PermutationGroup {
        let (chain, giant) = (OnceLock::new(), OnceLock::new());
        PermutationGroup { name: name.into(), degree, generators, bound: None, chain, giant }
    }

    /// A group whose chain is known; its strong generators are the generators.
    pub(super) fn of_chain(name: impl Into<String>, chain: StabilizerChain) -> PermutationGroup {
        let group = PermutationGroup::of(name, chain.degree, chain.strong_generators());
        let _ = group.chain.set(chain);
        group
    }

    /// Says that it is all or all even permutations, known by construction.
    pub(super) fn known(self, giant: Giant) -> PermutationGroup {
        let _ = self.giant.set(Some(giant));
        self
    }

    /// Says that its order is at most this, known by construction.
    pub(super) fn at_most(mut self, order: usize) -> PermutationGroup {
        self.bound = Some(order.into());
        self
    }

    /// How it was made.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same group under another name.
    pub fn named(mut self, name: impl Into<String>) -> PermutationGroup {
        self.name = name.into();
        self
    }

    /// The number of points.
    pub fn degree(&self) -> usize {
        self.degree
    }

    /// The generators.
    pub fn generators(&self) -> &[Permutation] {
        &self.generators
    }

    /// The stabiliser chain, proved complete.
    pub fn chain(&self, limits: &Limits) -> Result<&StabilizerChain, Stop> {
        self.chain_within(None, limits)
    }

    /// The chain, where the order is known to be at most `bound`.
    pub(super) fn chain_within(&self, bound: Option<&BigUint>, limits: &Limits) -> Result<&StabilizerChain, Stop> {
        if let Some(chain) = self.chain.get() {
            return Ok(chain);
        }
        let by_name = match self.giant.get().copied().flatten() {
            Some(giant) => Some(giant_order(giant, self.degree, limits)?),
            None => self.bound.clone(),
        };
        let chain = schreier::chain(self.degree, &self.generators, &[], by_name.as_ref().or(bound), limits)?;
        Ok(self.chain.get_or_init(|| chain))
    }

    /// Whether it is all or all even permutations of its points, as far as Jordan's theorem shows.
    pub fn giant(&self, limits: &Limits) -> Result<Option<Giant>, FiniteError> {
        if let Some(known) = self.giant.get() {
            return Ok(*known);
        }
        let found = recognise(self, limits)?;
        Ok(*self.giant.get_or_init(|| found))
    }

    /// Whether it is already known to contain all even permutations of its points.
    pub(super) fn is_known_giant(&self) -> bool {
        self.giant.get().copied().flatten().is_some()
    }

    /// The order.
    pub fn order(&self, limits: &Limits) -> Result<BigUint, FiniteError> {
        if self.chain.get().is_none()
            && let Some(giant) = self.giant(limits)?
        {
            return Ok(giant_order(giant, self.degree, limits)?);
        }
        Ok(self.chain(limits)?.order())
    }

    /// Whether the permutation belongs to it.
    pub fn contains(&self, p: &Permutation, limits: &Limits) -> Result<bool, FiniteError> {
        if self.chain.get().is_none()
            && let Some(giant) = self.giant(limits)?
        {
            return Ok(p.degree() == self.degree && (giant == Giant::Symmetric || p.sign() > 0));
        }
        Ok(self.chain(limits)?.contains(p))
    }

    /// Whether all elements of `other` belong to it.
    pub fn contains_group(&self, other: &PermutationGroup, limits: &Limits) -> Result<bool, FiniteError> {
        for g in &other.generators {
            if !self.contains(g, limits)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A random element, each with the same probability, from the given stream.
    pub fn random_element(&self, rng: &mut ChaCha8Rng, limits: &Limits) -> Result<Permutation, FiniteError> {
        let chain = self.chain(limits)?;
        let digits: Vec<usize> = chain.orbit_lengths().into_iter().map(|n| below(rng, n)).collect();
        Ok(chain.element(digits))
    }

    /// The pointwise stabiliser of some points.
    pub fn pointwise_stabilizer(&self, points: &[usize], limits: &Limits) -> Result<PermutationGroup, FiniteError> {
        let base = self.points(points)?;
        let order = self.order(limits)?;
        let mut chain = schreier::chain_with_idle(self.degree, &self.generators, &base, &order, limits)?;
        chain = chain.lower(base.len());
        chain.drop_idle_levels();
        let points: Vec<String> = points.iter().map(usize::to_string).collect();
        Ok(PermutationGroup::of_chain(format!("stabilizer({}, {})", self.name, points.join(", ")), chain))
    }

    /// The stabiliser of a point.
    pub fn stabilizer(&self, point: usize, limits: &Limits) -> Result<PermutationGroup, FiniteError> {
        self.pointwise_stabilizer(&[point], limits)
    }

    /// Points of the language as points of the engine.
    pub(super) fn points(&self, points: &[usize]) -> Result<Vec<u32>, FiniteError> {
        match points.iter().find(|p| **p >= self.degree) {
            Some(p) => Err(FiniteError::Argument(format!("the point {p} is not below {}", self.degree))),
            None => Ok(points.iter().map(|&p| p as u32).collect()),
        }
    }

    /// Whether all generators commute.
    pub fn is_abelian(&self) -> bool {
        self.generators.iter().enumerate().all(|(i, g)| self.generators[..i].iter().all(|h| g.times(h) == h.times(g)))
    }
}

/// A random number below `n`, each with the same probability.
pub(super) fn below(rng: &mut ChaCha8Rng, n: usize) -> usize {
    let n = n.max(1) as u64;
    let fair = u64::MAX - u64::MAX % n;
    loop {
        let x = rng.next_u64();
        if x < fair {
            return (x % n) as usize;
        }
    }
}

/// n! or n!/2.
fn giant_order(giant: Giant, degree: usize, limits: &Limits) -> Result<BigUint, Stop> {
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

#[cfg(test)]
#[path = "group_tests.rs"]
mod tests;
