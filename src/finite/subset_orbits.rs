//! Orbits of a permutation group on the subsets of some points, size by size.
//!
//! A subset C is a smaller one B with a point y more. For each such way (B, y), up to the group, it is noted which representative
//! C became and which element carries B ∪ {y} there: so every set finds its representative point by point, and no two sets are
//! compared (Schmalz, "Verwendung von Untergruppenleitern zur Bestimmung von Doppelnebenklassen", 1990).

use std::collections::BTreeMap;

use super::{FiniteError, Permutation, PermutationGroup};
use crate::limits::Limits;

/// Representatives that are kept at most.
const MOST_SETS: usize = 20_000;

/// A representative of an orbit of subsets.
pub(super) struct SubsetOrbit {
    /// The points in the order in which they joined.
    pub points: Vec<usize>,
    /// The elements that leave the set invariant.
    pub stabilizer: PermutationGroup,
    /// For each point the least point of its orbit under the stabiliser.
    least: Vec<usize>,
    /// For each other point of an orbit the point before it and the generator that leads here.
    step: Vec<Option<(usize, usize)>>,
    /// For the least point of an orbit: the representative of the set with this point more, and what carries it there.
    up: BTreeMap<usize, (usize, Permutation)>,
}

impl SubsetOrbit {
    fn new(points: Vec<usize>, stabilizer: PermutationGroup) -> SubsetOrbit {
        let degree = stabilizer.degree();
        let (mut least, mut step) = (vec![usize::MAX; degree], vec![None; degree]);
        for start in 0..degree {
            if least[start] != usize::MAX {
                continue;
            }
            least[start] = start;
            let (mut orbit, mut next) = (vec![start], 0);
            while let Some(&at) = orbit.get(next) {
                next += 1;
                for (number, g) in stabilizer.generators().iter().enumerate() {
                    let to = g.images()[at] as usize;
                    if least[to] == usize::MAX {
                        least[to] = start;
                        step[to] = Some((at, number));
                        orbit.push(to);
                    }
                }
            }
        }
        SubsetOrbit { points, stabilizer, least, step, up: BTreeMap::new() }
    }

    /// `carry` times an element of the stabiliser that carries a point to the least of its orbit.
    fn to_least(&self, mut point: usize, mut carry: Permutation) -> Permutation {
        while let Some((before, number)) = self.step[point] {
            carry = carry.times(&self.stabilizer.generators()[number].inverse());
            point = before;
        }
        carry
    }

    /// Whether the stabiliser has one orbit on the set.
    pub fn is_transitive(&self) -> bool {
        self.points.iter().all(|&x| self.least[x] == self.least[self.points[0]])
    }
}

/// Representatives of the orbits of `group` on the subsets of `within` with at most `most` points, the empty set first, then by
/// size; `within` is invariant. With `antipodes`, of sets that hold no two points `2i` and `2i + 1`.
///
/// Cost: for each representative and each orbit of its stabiliser, one stabiliser of a point and products of permutations, as many
/// as the square of the size.
pub(super) fn subset_orbits(
    group: &PermutationGroup,
    within: &[usize],
    most: usize,
    antipodes: bool,
    limits: &Limits,
) -> Result<Vec<SubsetOrbit>, FiniteError> {
    let mut inside = vec![false; group.degree()];
    within.iter().for_each(|&x| inside[x] = true);
    let mut ladder = Ladder { nodes: vec![SubsetOrbit::new(Vec::new(), group.clone())] };
    let mut level = 0..1;
    for _ in 0..most {
        let end = level.end;
        for i in level {
            let below = &ladder.nodes[i];
            let free = |y: &usize| inside[*y] && below.least[*y] == *y && !below.points.contains(y);
            let allowed = |y: &usize| free(y) && !(antipodes && below.points.contains(&(*y ^ 1)));
            for y in (0..group.degree()).filter(allowed).collect::<Vec<_>>() {
                limits.check()?;
                if !ladder.nodes[i].up.contains_key(&y) {
                    ladder.extend(i, y, limits)?;
                }
            }
        }
        level = end..ladder.nodes.len();
    }
    Ok(ladder.nodes)
}

struct Ladder {
    nodes: Vec<SubsetOrbit>,
}

impl Ladder {
    /// The representative of the set of some points, and an element that carries the set there.
    fn canonical(&self, points: impl Iterator<Item = usize>) -> Result<(usize, Permutation), FiniteError> {
        let mut at = 0;
        let mut carry = Permutation::identity(self.nodes[0].stabilizer.degree());
        for point in points {
            let node = &self.nodes[at];
            let image = carry.images()[point] as usize;
            carry = node.to_least(image, carry);
            let missing = FiniteError::Internal("a subset has no representative");
            let (up, more) = node.up.get(&node.least[image]).ok_or(missing)?;
            carry = carry.times(more);
            at = *up;
        }
        Ok((at, carry))
    }

    /// A new representative: set number `i` with `y` more.
    fn extend(&mut self, i: usize, y: usize, limits: &Limits) -> Result<(), FiniteError> {
        let number = self.nodes.len();
        if number > MOST_SETS {
            return Err(FiniteError::Argument(format!(
                "{} has more than {MOST_SETS} orbits on the subsets of its points",
                self.nodes[0].stabilizer.name()
            )));
        }
        let below = &self.nodes[i];
        let fixing = below.stabilizer.stabilizer(y, limits)?;
        let mut generators = fixing.generators().to_vec();
        let set: Vec<usize> = below.points.iter().copied().chain([y]).collect();
        let identity = Permutation::identity(fixing.degree());
        let mut links = vec![((i, y), identity)];
        // The orbit of y under the stabiliser of the set, and what is reached by the generators so far.
        let mut orbit = 1usize;
        let mut reached = vec![y];
        for &z in &below.points {
            limits.check()?;
            let (j, carry) = self.canonical(set.iter().copied().filter(|x| *x != z))?;
            let node = &self.nodes[j];
            let image = carry.images()[z] as usize;
            let carry = node.to_least(image, carry);
            let key = (j, node.least[image]);
            if key != (i, y) {
                links.push((key, carry.inverse()));
                continue;
            }
            orbit += 1;
            if !reached.contains(&z) {
                generators.push(carry);
                reached = closure_of(y, &generators);
            }
        }
        limits.reserve(8 * fixing.degree() as u128 * (generators.len() + 2 * links.len() + 4) as u128)?;
        let order = fixing.order(limits)? * orbit;
        let name = self.nodes[0].stabilizer.name().to_string();
        let stabilizer = PermutationGroup::of(name, fixing.degree(), generators).of_order(order);
        for ((j, least), carry) in links {
            self.nodes[j].up.entry(least).or_insert((number, carry));
        }
        self.nodes.push(SubsetOrbit::new(set, stabilizer));
        Ok(())
    }
}

/// The orbit of a point under some permutations.
fn closure_of(point: usize, generators: &[Permutation]) -> Vec<usize> {
    let mut orbit = vec![point];
    let mut next = 0;
    while let Some(&at) = orbit.get(next) {
        next += 1;
        for g in generators {
            let to = g.images()[at] as usize;
            if !orbit.contains(&to) {
                orbit.push(to);
            }
        }
    }
    orbit
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    /// The number of orbits on subsets of each size.
    fn counts(group: &PermutationGroup, most: usize) -> Vec<usize> {
        let within: Vec<usize> = (0..group.degree()).collect();
        let found = subset_orbits(group, &within, most, false, &Limits::none()).unwrap();
        (0..=most).map(|k| found.iter().filter(|x| x.points.len() == k).count()).collect()
    }

    /// Graphs with k edges on five and six points (OEIS A008406), necklaces of two colours (A047996), bipartite graphs: binary
    /// matrices 3×4 up to both permutations (A028657: 87 in all), M24: one orbit on sets of up to five points, two on six, seven, then
    /// three on eight (Conway and Sloane, ch. 10: S, T, U).
    #[test]
    fn known_numbers_of_orbits() {
        let none = Limits::none();
        let pairs = |n: usize| {
            let group = symmetric(n).unwrap();
            group.action_on_cosets(&group.set_stabilizer(&[0, 1], &none).unwrap(), &none).unwrap()
        };
        assert_eq!(counts(&pairs(5), 10), [1, 1, 2, 4, 6, 6, 6, 4, 2, 1, 1]);
        assert_eq!(counts(&pairs(6), 7), [1, 1, 2, 5, 9, 15, 21, 24]);
        assert_eq!(counts(&cyclic(6).unwrap(), 6), [1, 1, 3, 4, 3, 1, 1]);
        let grid = product_action(&symmetric(3).unwrap(), &symmetric(4).unwrap(), &none).unwrap();
        assert_eq!(counts(&grid, 12).iter().sum::<usize>(), 87);
        assert_eq!(counts(&mathieu_24().unwrap(), 8), [1, 1, 1, 1, 1, 1, 2, 2, 3]);
        assert_eq!(counts(&symmetric(1).unwrap(), 1), [1, 1]);
    }

    /// Orbits times stabilisers: the lengths of the orbits are all subsets. Stabilisers agree with those found by backtracking.
    #[test]
    fn orbits_cover_all_subsets() {
        let none = Limits::none();
        let wreath = wreath_product(&symmetric(2).unwrap(), &symmetric(4).unwrap(), &none).unwrap();
        for group in [dihedral(8).unwrap(), mathieu_11().unwrap(), wreath, alternating(7).unwrap()] {
            let (n, order) = (group.degree(), group.order(&none).unwrap());
            let within: Vec<usize> = (0..n).collect();
            let found = subset_orbits(&group, &within, n, false, &none).unwrap();
            let mut total = num_bigint::BigUint::ZERO;
            for orbit in &found {
                let stabilizer = PermutationGroup::new("S", n, orbit.stabilizer.generators().to_vec()).unwrap();
                let own = stabilizer.order(&none).unwrap();
                assert_eq!(own, orbit.stabilizer.order(&none).unwrap());
                assert_eq!(own, group.set_stabilizer(&orbit.points, &none).unwrap().order(&none).unwrap());
                total += &order / own;
            }
            assert_eq!(total, num_bigint::BigUint::from(1u32) << n);
        }
    }
}
