//! Permutation groups.

use std::sync::OnceLock;

use num_bigint::BigUint;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

use super::giant::{Giant, giant_order, recognise};
use super::schreier;
use super::{FiniteError, Permutation, StabilizerChain};
use crate::limits::{Limits, Stop};

/// An order that is known by the way a group was made.
#[derive(Clone, Debug)]
enum NamedOrder {
    /// This number.
    Exactly(BigUint),
    /// 2^n n!.
    SignedPermutations(usize),
}

/// A group of permutations of the points 0, …, n-1, given by generators. Its stabiliser chain is made when first
/// needed and kept.
#[derive(Clone, Debug)]
pub struct PermutationGroup {
    name: String,
    degree: usize,
    generators: Vec<Permutation>,
    /// The order, where it is known by the way it was made.
    by_name: Option<NamedOrder>,
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
        PermutationGroup { name: name.into(), degree, generators, by_name: None, chain, giant }
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

    /// Says that this is its order, known by construction.
    pub(super) fn of_order(mut self, order: impl Into<BigUint>) -> PermutationGroup {
        self.by_name = Some(NamedOrder::Exactly(order.into()));
        self
    }

    /// Says that its order is 2^n n!, known by construction.
    pub(super) fn of_signed_order(mut self, n: usize) -> PermutationGroup {
        self.by_name = Some(NamedOrder::SignedPermutations(n));
        self
    }

    /// The order, where it is known by construction.
    pub(super) fn named_order(&self, limits: &Limits) -> Result<Option<BigUint>, Stop> {
        if let Some(giant) = self.giant.get().copied().flatten() {
            return giant_order(giant, self.degree, limits).map(Some);
        }
        Ok(match &self.by_name {
            Some(NamedOrder::Exactly(order)) => Some(order.clone()),
            Some(NamedOrder::SignedPermutations(n)) => Some(giant_order(Giant::Symmetric, *n, limits)? << *n),
            None => None,
        })
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
        let by_name = self.named_order(limits)?;
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
        if let Some(chain) = self.chain.get() {
            return Ok(chain.order());
        }
        if let Some(order) = self.named_order(limits)? {
            return Ok(order);
        }
        match self.giant(limits)? {
            Some(giant) => Ok(giant_order(giant, self.degree, limits)?),
            None => Ok(self.chain(limits)?.order()),
        }
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
    pub fn is_abelian(&self, limits: &Limits) -> Result<bool, FiniteError> {
        limits.reserve(4 * self.generators.len() as u128 * self.degree as u128)?;
        let supports: Vec<Vec<u32>> = self.generators.iter().map(Permutation::support).collect();
        for (i, g) in self.generators.iter().enumerate() {
            limits.check()?;
            let earlier = self.generators[..i].iter().zip(&supports);
            if !earlier.into_iter().all(|(h, support)| g.commutes_with(h, &supports[i], support)) {
                return Ok(false);
            }
        }
        Ok(true)
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

#[cfg(test)]
#[path = "group_tests.rs"]
mod tests;
