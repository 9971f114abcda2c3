//! Stabiliser chains: a base b₁, …, b_k and, for each level, the orbit of b_i under the stabiliser of the earlier base
//! points with an element that leads to each of its points.

use std::sync::Arc;

use num_bigint::BigUint;

use super::Permutation;
use super::permutation::is_identity;
use crate::limits::{Limits, Stop};

/// Levels whose table of coset representatives has at most this many entries keep the table; others keep a tree.
const TABLE_ENTRIES: usize = 1 << 20;
/// All tables of a chain together have at most this many entries.
const ALL_TABLES: usize = 1 << 24;
/// Marks points outside an orbit.
const OUTSIDE: u32 = u32::MAX;

/// A permutation and its inverse.
#[derive(Debug)]
pub(super) struct Move {
    pub forward: Vec<u32>,
    pub backward: Vec<u32>,
}

impl Move {
    pub(super) fn new(forward: Vec<u32>) -> Move {
        let backward = inverse(&forward);
        Move { forward, backward }
    }
}

/// The inverse of a list of images.
pub(super) fn inverse(images: &[u32]) -> Vec<u32> {
    let mut out = vec![0; images.len()];
    for (from, &to) in images.iter().enumerate() {
        out[to as usize] = from as u32;
    }
    out
}

/// How a point of an orbit is reached.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// The number of the move.
    label: u32,
    /// Whether the inverse of the move leads here.
    back: bool,
    /// The number in the orbit of the point before.
    parent: u32,
    depth: u32,
}

/// One level of a chain.
#[derive(Clone, Debug)]
pub(super) struct Level {
    /// The base point.
    pub base: u32,
    /// Strong generators that fix the earlier base points, then shortcuts that keep the tree shallow.
    moves: Vec<Arc<Move>>,
    /// How many of the moves are strong generators.
    pub strong: usize,
    /// The orbit of the base point.
    pub orbit: Vec<u32>,
    /// The number in the orbit of each point, [`OUTSIDE`] for others.
    position: Vec<u32>,
    steps: Vec<Step>,
    /// Row i maps point i of the orbit to the base point, when the table is small.
    table: Option<Vec<u32>>,
}

impl Level {
    /// The level of a base point that nothing moves yet.
    pub(super) fn at(base: u32, degree: usize) -> Level {
        let mut level = Level {
            base,
            moves: Vec::new(),
            strong: 0,
            orbit: Vec::new(),
            position: vec![OUTSIDE; degree],
            steps: Vec::new(),
            table: None,
        };
        level.search();
        level
    }

    /// The strong generators.
    pub(super) fn generators(&self) -> &[Arc<Move>] {
        &self.moves[..self.strong]
    }

    /// The number of a point in the orbit.
    pub(super) fn index(&self, point: u32) -> Option<usize> {
        self.position.get(point as usize).filter(|&&i| i != OUTSIDE).map(|&i| i as usize)
    }

    /// Replaces the strong generators.
    pub(super) fn set_generators(&mut self, generators: Vec<Arc<Move>>, room: &mut usize) {
        self.strong = generators.len();
        self.moves = generators;
        self.rebuild(room);
    }

    /// Adds a strong generator; `room` is what is left for tables.
    fn add(&mut self, generator: Arc<Move>, room: &mut usize) {
        let closed = self.orbit.iter().all(|&p| self.index(generator.forward[p as usize]).is_some());
        if closed {
            // The tree stays as it is: shortcuts move one place up.
            let shortcuts = self.strong as u32;
            self.steps.iter_mut().filter(|s| s.label >= shortcuts && s.label != OUTSIDE).for_each(|s| s.label += 1);
            self.moves.insert(self.strong, generator);
            self.strong += 1;
        } else {
            self.moves.truncate(self.strong);
            self.moves.push(generator);
            self.strong += 1;
            self.rebuild(room);
        }
    }

    /// Finds the orbit anew, with a shallow tree, and its table.
    fn rebuild(&mut self, room: &mut usize) {
        self.search();
        let degree = self.position.len();
        if let Some(old) = self.table.take() {
            *room += old.len();
        }
        let entries = self.orbit.len().saturating_mul(degree);
        if entries <= TABLE_ENTRIES.min(*room) {
            *room -= entries;
            self.table = Some(self.fill_table(degree));
            return;
        }
        // A long way to the deepest point becomes one step, until the tree is about as deep as a binary one.
        let shallow = 2 * self.orbit.len().ilog2() + 2;
        while let Some(deepest) = self.steps.iter().enumerate().max_by_key(|(i, s)| (s.depth, std::cmp::Reverse(*i))) {
            if deepest.1.depth <= shallow {
                break;
            }
            let shortcut = Move::new(self.representative(deepest.0));
            self.moves.push(Arc::new(shortcut));
            self.search();
        }
    }

    /// The orbit of the base point, breadth first.
    fn search(&mut self) {
        self.orbit.iter().for_each(|&p| self.position[p as usize] = OUTSIDE);
        self.orbit.clear();
        self.steps.clear();
        self.orbit.push(self.base);
        self.steps.push(Step { label: OUTSIDE, back: false, parent: 0, depth: 0 });
        self.position[self.base as usize] = 0;
        let mut next = 0;
        while next < self.orbit.len() {
            let (point, depth) = (self.orbit[next] as usize, self.steps[next].depth + 1);
            for (label, mv) in self.moves.iter().enumerate() {
                for (back, images) in [(false, &mv.forward), (true, &mv.backward)] {
                    let image = images[point];
                    if self.position[image as usize] == OUTSIDE {
                        self.position[image as usize] = self.orbit.len() as u32;
                        self.orbit.push(image);
                        self.steps.push(Step { label: label as u32, back, parent: next as u32, depth });
                    }
                }
            }
            next += 1;
        }
    }

    /// The images under the inverse of the last step to point `i`.
    fn backward_step(&self, i: usize) -> &[u32] {
        let step = self.steps[i];
        let mv = &self.moves[step.label as usize];
        if step.back { &mv.forward } else { &mv.backward }
    }

    fn fill_table(&self, degree: usize) -> Vec<u32> {
        let mut table: Vec<u32> = Vec::with_capacity(degree * self.orbit.len());
        table.extend(0..degree as u32);
        for i in 1..self.orbit.len() {
            let parent = self.steps[i].parent as usize * degree;
            let step = self.backward_step(i);
            for &x in step {
                table.push(table[parent + x as usize]);
            }
        }
        table
    }

    /// `images := images · u⁻¹`, where u leads from the base point to point `i` of the orbit.
    pub(super) fn strip(&self, images: &mut [u32], i: usize) {
        let degree = self.position.len();
        if let Some(table) = &self.table {
            let row = &table[i * degree..(i + 1) * degree];
            images.iter_mut().for_each(|x| *x = row[*x as usize]);
            return;
        }
        let mut at = i;
        while at != 0 {
            let step = self.backward_step(at);
            images.iter_mut().for_each(|x| *x = step[*x as usize]);
            at = self.steps[at].parent as usize;
        }
    }

    /// The element that leads from the base point to point `i` of the orbit.
    pub(super) fn representative(&self, i: usize) -> Vec<u32> {
        let mut back: Vec<u32> = (0..self.position.len() as u32).collect();
        self.strip(&mut back, i);
        inverse(&back)
    }

    /// Whether the generator number `label` led from point `i` to point `j` (forwards or backwards) in the tree.
    pub(super) fn is_tree_edge(&self, label: usize, i: usize, j: usize) -> bool {
        let leads = |from: usize, to: usize, back: bool| {
            let step = self.steps[to];
            step.label as usize == label && step.back == back && step.parent as usize == from
        };
        leads(i, j, false) || leads(j, i, true)
    }

    /// Whether it keeps a tree and no table.
    pub(super) fn is_tree(&self) -> bool {
        self.table.is_none()
    }

    /// Where the elements that lead to each point of the orbit send `q`, in the order of the orbit.
    pub(super) fn images_of(&self, q: u32) -> Vec<u32> {
        let mut out = vec![q; self.orbit.len()];
        for i in 1..self.orbit.len() {
            let step = self.steps[i];
            let mv = &self.moves[step.label as usize];
            let images = if step.back { &mv.backward } else { &mv.forward };
            out[i] = images[out[step.parent as usize] as usize];
        }
        out
    }
}

/// A base and strong generating set with the orbits of the chain of stabilisers (Sims 1970; Seress, *Permutation Group
/// Algorithms*, ch. 4). Every chain that leaves `finite/schreier.rs` is proved complete.
#[derive(Clone, Debug)]
pub struct StabilizerChain {
    pub(super) degree: usize,
    pub(super) levels: Vec<Level>,
    /// Entries that further tables may take.
    pub(super) room: usize,
}

impl StabilizerChain {
    pub(super) fn trivial(degree: usize) -> StabilizerChain {
        StabilizerChain { degree, levels: Vec::new(), room: ALL_TABLES }
    }

    /// The base points.
    pub fn base(&self) -> Vec<usize> {
        self.levels.iter().map(|level| level.base as usize).collect()
    }

    /// The lengths of the basic orbits, whose product is the order.
    pub fn orbit_lengths(&self) -> Vec<usize> {
        self.levels.iter().map(|level| level.orbit.len()).collect()
    }

    /// The order of the group.
    pub fn order(&self) -> BigUint {
        self.levels.iter().fold(BigUint::from(1u32), |order, level| order * level.orbit.len())
    }

    /// For each level an element that leads to each point of its orbit: every element of the group is once a product of one from
    /// the last level, then one from the level before, and so on.
    pub fn representatives(&self) -> Vec<Vec<Permutation>> {
        let at = |level: usize, digit: usize| self.element((0..=level).map(|i| if i == level { digit } else { 0 }));
        self.levels.iter().enumerate().map(|(l, it)| (0..it.orbit.len()).map(|i| at(l, i)).collect()).collect()
    }

    /// The strong generators.
    pub fn strong_generators(&self) -> Vec<Permutation> {
        let first = self.levels.first().map_or(&[] as &[Arc<Move>], |level| level.generators());
        first.iter().map(|mv| Permutation::of(mv.forward.clone())).collect()
    }

    /// Whether the group contains the permutation.
    pub fn contains(&self, p: &Permutation) -> bool {
        p.degree() == self.degree && {
            let mut images = p.images().to_vec();
            self.sift(0, &mut images);
            is_identity(&images)
        }
    }

    /// Divides by coset representatives from level `from` on, as far as it goes; the level at which it stopped.
    pub(super) fn sift(&self, from: usize, images: &mut [u32]) -> usize {
        for (number, level) in self.levels.iter().enumerate().skip(from) {
            match level.index(images[level.base as usize]) {
                Some(0) => {}
                Some(i) => level.strip(images, i),
                None => return number,
            }
        }
        self.levels.len()
    }

    /// Adds a residue that fixes the base points before `level` as a strong generator.
    pub(super) fn add(&mut self, images: Vec<u32>, level: usize, limits: &Limits) -> Result<(), Stop> {
        if level == self.levels.len() {
            let moved = images.iter().enumerate().find(|(i, p)| *i != **p as usize);
            let Some((base, _)) = moved else { return Ok(()) };
            // Each level has its orbit, positions and steps; shortcuts are its own, strong generators are shared.
            let shortcuts: usize = self.levels.iter().map(|at| at.moves.len() - at.strong).sum();
            let rows = 24 * (self.levels.len() as u128 + 1) + 8 * shortcuts as u128;
            limits.reserve(rows * self.degree as u128)?;
            self.levels.push(Level::at(base as u32, self.degree));
        }
        let generator = Arc::new(Move::new(images));
        let mut room = self.room;
        for at in &mut self.levels[..=level] {
            limits.check()?;
            at.add(generator.clone(), &mut room);
        }
        self.room = room;
        Ok(())
    }

    /// The element with the given numbers of orbit points, one for each level.
    pub(super) fn element(&self, digits: impl IntoIterator<Item = usize>) -> Permutation {
        let mut back: Vec<u32> = (0..self.degree as u32).collect();
        // The inverse of u_k … u_1 is u_1⁻¹ … u_k⁻¹.
        for (level, digit) in self.levels.iter().zip(digits) {
            level.strip(&mut back, digit);
        }
        Permutation::of(inverse(&back))
    }

    /// The chain of the pointwise stabiliser of the first `count` base points.
    pub(super) fn lower(&self, count: usize) -> StabilizerChain {
        StabilizerChain { degree: self.degree, levels: self.levels[count..].to_vec(), room: self.room }
    }
}
