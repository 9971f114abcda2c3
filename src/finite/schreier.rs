//! Schreier–Sims: random elements build the chain, checked Schreier generators prove it.

use std::sync::Arc;

use num_bigint::BigUint;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

use super::Permutation;
use super::chain::{Level, Move, StabilizerChain};
use super::permutation::is_identity;
use super::verify::find_gap;
use crate::limits::{Limits, Stop};
use crate::num::prime::random_stream;

/// The chain is believed complete after this many random elements in a row that it contains.
const QUIET: usize = 10;

/// The chain of the group with these generators, proved complete, its base starting with those points of `base` that
/// are moved. `bound` may be an upper bound of the order that holds by proof; a chain that reaches it needs no check.
pub(super) fn chain(
    degree: usize,
    generators: &[Permutation],
    base: &[u32],
    bound: Option<&BigUint>,
    limits: &Limits,
) -> Result<StabilizerChain, Stop> {
    let mut chain = build(degree, generators, base, bound, limits)?;
    chain.drop_idle_levels();
    Ok(chain)
}

/// The same for a known order; each point of `base` has its level, moved or not.
pub(super) fn chain_with_idle(
    degree: usize,
    generators: &[Permutation],
    base: &[u32],
    order: &BigUint,
    limits: &Limits,
) -> Result<StabilizerChain, Stop> {
    build(degree, generators, base, Some(order), limits)
}

fn build(
    degree: usize,
    generators: &[Permutation],
    base: &[u32],
    bound: Option<&BigUint>,
    limits: &Limits,
) -> Result<StabilizerChain, Stop> {
    let mut chain = StabilizerChain::trivial(degree);
    let generators: Vec<&Permutation> = generators.iter().filter(|g| !g.is_identity()).collect();
    chain.fix_base(base);
    if generators.is_empty() {
        return Ok(chain);
    }
    limits.reserve(64 * degree as u128 * generators.len() as u128)?;
    for g in &generators {
        chain.insert(g.images().to_vec(), limits)?;
    }
    let complete = |chain: &StabilizerChain| bound.is_some_and(|bound| chain.order() >= *bound);
    let mut random = ProductReplacement::new(&generators, limits);
    loop {
        let mut quiet = 0;
        while quiet < QUIET {
            if complete(&chain) {
                return Ok(chain);
            }
            limits.check()?;
            quiet = if chain.insert(random.next().to_vec(), limits)? { 0 } else { quiet + 1 };
        }
        chain.thin();
        if let Some((residue, level)) = find_gap(&chain, limits)? {
            chain.add(residue, level, limits)?;
            continue;
        }
        // The chain is proved for its strong generators; thinning an incomplete one may have lost something.
        let mut all_inside = true;
        for g in &generators {
            all_inside &= !chain.insert(g.images().to_vec(), limits)?;
        }
        if all_inside {
            return Ok(chain);
        }
    }
}

impl StabilizerChain {
    /// Starts with levels for these base points.
    fn fix_base(&mut self, base: &[u32]) {
        for &point in base {
            let level = Level::at(point, self.degree);
            self.levels.push(level);
        }
    }

    /// Sifts and adds what is left; whether something was.
    fn insert(&mut self, mut images: Vec<u32>, limits: &Limits) -> Result<bool, Stop> {
        let level = self.sift(0, &mut images);
        if level == self.levels.len() && is_identity(&images) {
            return Ok(false);
        }
        self.add(images, level, limits)?;
        Ok(true)
    }

    /// Keeps, from the last level up, only strong generators that the orbit needs besides those of the level below. If
    /// the chain is complete, they still generate each stabiliser: with the one below and the orbit.
    fn thin(&mut self) {
        let mut kept: Vec<Arc<Move>> = Vec::new();
        let mut room = self.room;
        for level in self.levels.iter_mut().rev() {
            let all: Vec<Arc<Move>> = level.generators().to_vec();
            let length = level.orbit.len();
            let needed = needed_generators(level.base, length, &kept, &all, self.degree);
            kept.extend(needed);
            if kept.len() < all.len() {
                level.set_generators(kept.clone(), &mut room);
            }
        }
        self.room = room;
    }

    /// Levels with one point say nothing.
    pub(super) fn drop_idle_levels(&mut self) {
        self.levels.retain(|level| level.orbit.len() > 1);
    }
}

/// The generators of `all` that, added one after another to `kept`, make the orbit of `base` grow until its length.
fn needed_generators(base: u32, length: usize, kept: &[Arc<Move>], all: &[Arc<Move>], degree: usize) -> Vec<Arc<Move>> {
    let mut chosen: Vec<Arc<Move>> = Vec::new();
    let mut inside = vec![false; degree];
    let mut orbit = vec![base];
    inside[base as usize] = true;
    let mut rest = all.iter();
    while orbit.len() < length {
        let Some(candidate) = rest.next() else { break };
        if orbit.iter().all(|&p| inside[candidate.forward[p as usize] as usize]) {
            continue;
        }
        chosen.push(candidate.clone());
        // Close under everything chosen so far.
        let mut next = 0;
        while next < orbit.len() {
            let point = orbit[next] as usize;
            for mv in kept.iter().chain(&chosen) {
                let image = mv.forward[point];
                if !std::mem::replace(&mut inside[image as usize], true) {
                    orbit.push(image);
                }
            }
            next += 1;
        }
    }
    chosen
}

/// Random elements by product replacement with an accumulator ("rattle"; Leedham-Green and Murray 2002).
pub(super) struct ProductReplacement {
    rng: ChaCha8Rng,
    slots: Vec<Vec<u32>>,
    accumulator: Vec<u32>,
}

impl ProductReplacement {
    pub(super) fn new(generators: &[&Permutation], limits: &Limits) -> ProductReplacement {
        let degree = generators.first().map_or(0, |g| g.degree());
        let count = generators.len().max(8);
        let slots = (0..count).map(|i| generators[i % generators.len()].images().to_vec()).collect();
        let mut out = ProductReplacement {
            rng: random_stream(limits.seed(), 1),
            slots,
            accumulator: (0..degree as u32).collect(),
        };
        for _ in 0..40 {
            out.next();
        }
        out
    }

    pub(super) fn next(&mut self) -> &[u32] {
        let count = self.slots.len() as u32;
        let i = (self.rng.next_u32() % count) as usize;
        let j = ((i as u32 + 1 + self.rng.next_u32() % (count - 1)) % count) as usize;
        let coin = self.rng.next_u32();
        let other = if coin & 1 == 0 { self.slots[j].clone() } else { super::chain::inverse(&self.slots[j]) };
        if coin & 2 == 0 {
            self.slots[i].iter_mut().for_each(|x| *x = other[*x as usize]);
        } else {
            self.slots[i] = other.iter().map(|&x| self.slots[i][x as usize]).collect();
        }
        let slot = &self.slots[i];
        self.accumulator.iter_mut().for_each(|x| *x = slot[*x as usize]);
        &self.accumulator
    }
}
