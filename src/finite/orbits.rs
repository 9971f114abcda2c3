//! Orbits, transversals, blocks, orbitals.

use super::lattice::contains;
use super::{FiniteError, Permutation, PermutationGroup};
use crate::limits::{Limits, Stop};

/// The orbit of a point with how each of its points is reached.
#[derive(Clone, Debug)]
pub struct Orbit {
    /// The points in the order in which they were found; the first is the one asked for.
    pub points: Vec<usize>,
    /// For each point but the first the number of the point before and of the generator that leads here.
    steps: Vec<(usize, usize)>,
}

impl Orbit {
    /// For each point but the first the number of the point before and of the generator that leads here.
    pub(super) fn steps(&self) -> &[(usize, usize)] {
        &self.steps
    }

    /// The generators, first to last, whose product leads from the first point to point number `i`.
    pub fn word(&self, mut i: usize) -> Vec<usize> {
        let mut word = Vec::new();
        while i > 0 {
            let (parent, generator) = self.steps[i - 1];
            word.push(generator);
            i = parent;
        }
        word.reverse();
        word
    }
}

/// Disjoint sets with path halving; the least member represents each.
#[derive(Clone, Debug)]
pub(super) struct DisjointSets {
    parent: Vec<u32>,
}

impl DisjointSets {
    pub(super) fn new(count: usize) -> DisjointSets {
        DisjointSets { parent: (0..count as u32).collect() }
    }

    pub(super) fn find(&mut self, x: usize) -> usize {
        let mut at = x as u32;
        while self.parent[at as usize] != at {
            let up = self.parent[self.parent[at as usize] as usize];
            self.parent[at as usize] = up;
            at = up;
        }
        at as usize
    }

    /// Joins two sets; the representative that is one no more, if they were different.
    pub(super) fn join(&mut self, x: usize, y: usize) -> Option<usize> {
        let (a, b) = (self.find(x), self.find(y));
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high] = low as u32;
        (low != high).then_some(high)
    }

    /// The sets, each ascending, ordered by their least members.
    pub(super) fn sets(&mut self) -> Vec<Vec<usize>> {
        let mut number = vec![usize::MAX; self.parent.len()];
        let mut out: Vec<Vec<usize>> = Vec::new();
        for x in 0..self.parent.len() {
            let root = self.find(x);
            if number[root] == usize::MAX {
                number[root] = out.len();
                out.push(Vec::new());
            }
            out[number[root]].push(x);
        }
        out
    }
}

impl PermutationGroup {
    /// The orbits on the points, each ascending, ordered by their least points.
    pub fn orbits(&self) -> Vec<Vec<usize>> {
        let mut sets = DisjointSets::new(self.degree());
        for g in self.generators() {
            for (p, &q) in g.images().iter().enumerate() {
                sets.join(p, q as usize);
            }
        }
        sets.sets()
    }

    /// The least point of each orbit: a copy of G at each carries the base group of a wreath product.
    pub fn orbit_representatives(&self) -> Vec<usize> {
        self.orbits().iter().filter_map(|orbit| orbit.first().copied()).collect()
    }

    /// Whether there is at most one orbit.
    pub fn is_transitive(&self) -> bool {
        self.orbits().len() <= 1
    }

    /// The orbit of a point, breadth first.
    pub fn orbit(&self, point: usize) -> Result<Orbit, FiniteError> {
        self.points(&[point])?;
        let mut seen = vec![false; self.degree()];
        seen[point] = true;
        let mut orbit = Orbit { points: vec![point], steps: Vec::new() };
        let mut next = 0;
        while next < orbit.points.len() {
            for (number, g) in self.generators().iter().enumerate() {
                let image = g.images()[orbit.points[next]] as usize;
                if !std::mem::replace(&mut seen[image], true) {
                    orbit.points.push(image);
                    orbit.steps.push((next, number));
                }
            }
            next += 1;
        }
        Ok(orbit)
    }

    /// The product of generators along a word, first to last.
    pub fn evaluate(&self, word: &[usize]) -> Permutation {
        let product = |p: Permutation, &i: &usize| self.generators().get(i).map_or(p.clone(), |g| p.times(g));
        word.iter().fold(Permutation::identity(self.degree()), product)
    }

    /// The elements of the orbit of a point with an element that leads to each.
    pub fn transversal(&self, point: usize, limits: &Limits) -> Result<Vec<(usize, Permutation)>, FiniteError> {
        let orbit = self.orbit(point)?;
        limits.reserve(4 * self.degree() as u128 * orbit.points.len() as u128)?;
        let mut elements = vec![Permutation::identity(self.degree())];
        for &(parent, generator) in &orbit.steps {
            elements.push(elements[parent].times(&self.generators()[generator]));
        }
        Ok(orbit.points.into_iter().zip(elements).collect())
    }

    /// The finest system of blocks of a transitive group in which `a` and `b` lie in one block: the parts of the points.
    /// Atkinson's method, almost linear.
    pub fn block_system(&self, a: usize, b: usize) -> Result<Vec<Vec<usize>>, FiniteError> {
        self.points(&[a, b])?;
        Ok(self.join_blocks(a, b).sets())
    }

    pub(super) fn join_blocks(&self, a: usize, b: usize) -> DisjointSets {
        let mut sets = DisjointSets::new(self.degree());
        let mut queue: Vec<usize> = sets.join(a, b).into_iter().collect();
        while let Some(x) = queue.pop() {
            // x was a representative; its images must follow it.
            for g in self.generators() {
                let root = sets.find(x);
                let (p, q) = (g.images()[x] as usize, g.images()[root] as usize);
                queue.extend(sets.join(p, q));
            }
        }
        sets
    }

    /// The minimal systems of blocks with more than one point that are not the whole, for a transitive group.
    pub fn minimal_block_systems(&self, limits: &Limits) -> Result<Vec<Vec<Vec<usize>>>, FiniteError> {
        if self.degree() < 3 || !self.is_transitive() {
            return Ok(Vec::new());
        }
        // Blocks of 0, none inside another, each with a point that makes it. Two of them share 0 alone.
        let mut minimal: Vec<(Vec<usize>, usize)> = Vec::new();
        // Points that the stabiliser of 0 exchanges give one system, because it is invariant.
        for orbit in self.stabilizer(0, limits)?.orbits() {
            limits.check()?;
            let Some(b) = orbit.first().copied().filter(|b| *b > 0) else { continue };
            let mut sets = self.join_blocks(0, b);
            let block: Vec<usize> = (0..self.degree()).filter(|&p| sets.find(p) == 0).collect();
            if block.len() == self.degree() || minimal.iter().any(|(inner, _)| contains(&block, inner)) {
                continue;
            }
            minimal.retain(|(outer, _)| !contains(outer, &block));
            minimal.push((block, b));
        }
        limits.reserve(8 * minimal.len() as u128 * self.degree() as u128)?;
        Ok(minimal.into_iter().map(|(_, b)| self.join_blocks(0, b).sets()).collect())
    }

    /// Whether it is transitive and only the trivial systems of blocks are left invariant.
    pub fn is_primitive(&self, limits: &Limits) -> Result<bool, FiniteError> {
        if !self.is_transitive() {
            return Ok(false);
        }
        // Blocks divide the degree, and A_n is primitive for n ≥ 3.
        if super::giant::is_prime(self.degree()) || (self.degree() >= 3 && self.is_known_giant()) {
            return Ok(true);
        }
        for b in 1..self.degree() {
            limits.check()?;
            if self.join_blocks(0, b).sets().len() > 1 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The orbits on ordered pairs of points, as the number of each pair `p · degree + q` and how many there are.
    /// Their number is the dimension of the space of matrices that commute with the group.
    pub fn orbitals(&self, limits: &Limits) -> Result<(Vec<u32>, usize), FiniteError> {
        let n = self.degree();
        limits.reserve(8 * (n as u128) * (n as u128))?;
        if n.checked_mul(n).is_none_or(|pairs| pairs > u32::MAX as usize) {
            return Err(FiniteError::Argument(format!("{n}² pairs are too many")));
        }
        let mut sets = DisjointSets::new(n * n);
        for g in self.generators() {
            for (p, &a) in g.images().iter().enumerate() {
                limits.check()?;
                for (q, &b) in g.images().iter().enumerate() {
                    sets.join(p * n + q, a as usize * n + b as usize);
                }
            }
        }
        let mut numbers = vec![u32::MAX; n * n];
        let mut count = 0;
        for pair in 0..n * n {
            let root = sets.find(pair);
            if numbers[root] == u32::MAX {
                numbers[root] = count;
                count += 1;
            }
            numbers[pair] = numbers[root];
        }
        Ok((numbers, count as usize))
    }

    /// The action on the parts of an invariant partition of some of the points.
    pub fn action_on_parts(&self, parts: &[Vec<usize>]) -> Result<PermutationGroup, FiniteError> {
        let fail = || FiniteError::Argument("the group does not permute these sets".into());
        let mut part_of = vec![u32::MAX; self.degree()];
        for (number, part) in parts.iter().enumerate() {
            for &p in part {
                self.points(&[p])?;
                if std::mem::replace(&mut part_of[p], number as u32) != u32::MAX {
                    return Err(FiniteError::Argument(format!("the point {p} stands twice in these sets")));
                }
            }
        }
        let mut generators = Vec::new();
        for g in self.generators() {
            let part_after = |p: &usize| part_of[g.images()[*p] as usize];
            let mut images = Vec::with_capacity(parts.len());
            for part in parts {
                let image = part.first().map_or(u32::MAX, part_after);
                if part.iter().any(|p| part_after(p) != image) {
                    return Err(fail());
                }
                images.push(image);
            }
            generators.push(Permutation::from_images(images).ok_or_else(fail)?);
        }
        PermutationGroup::new(format!("blocks of {}", self.name()), parts.len(), generators)
    }
}

/// Stops a loop that runs often.
pub(super) fn check_often(count: usize, limits: &Limits) -> Result<(), Stop> {
    if count.is_multiple_of(4096) { limits.check() } else { Ok(()) }
}

/// The orbits of `size` points with signs under some generators, without those that hold a point with both signs: what stays
/// are the linear forms that all generators fix, with disjoint supports. `image(g, x)` is the point to which generator `g`
/// takes `x`, and whether the sign changes. As many steps as points times generators.
pub fn signed_orbits(
    size: usize,
    generators: usize,
    image: impl Fn(usize, usize) -> Option<(usize, bool)>,
) -> Vec<Vec<(usize, bool)>> {
    let mut sign: Vec<Option<bool>> = vec![None; size];
    let mut out = Vec::new();
    for start in 0..size {
        if sign[start].is_some() {
            continue;
        }
        sign[start] = Some(false);
        let (mut orbit, mut next, mut clash) = (vec![(start, false)], 0, false);
        while let Some(&(at, negative)) = orbit.get(next) {
            next += 1;
            for (to, flips) in (0..generators).filter_map(|g| image(g, at)) {
                match sign[to] {
                    None => {
                        sign[to] = Some(negative ^ flips);
                        orbit.push((to, negative ^ flips));
                    }
                    Some(known) => clash |= known != (negative ^ flips),
                }
            }
        }
        if !clash {
            out.push(orbit);
        }
    }
    out
}
