//! Subgroups of the elements with a property: centralisers, normalisers, stabilisers of sets, intersections.
//!
//! Backtracking along a stabiliser chain (Sims; Holt, Eick and O'Brien, *Handbook of Computational Group Theory*, 4.6). From the
//! last level up, one element is looked for that sends the base point to each point of its orbit, of those that the elements
//! found so far exchange to one of them. The time depends on how early images of base points show that an element fails.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use super::giant::{Giant, giant_order};
use super::orbit_types::index_two;
use super::orbits::DisjointSets;
use super::schreier::chain_with_idle;
use super::{FiniteError, Permutation, PermutationGroup, StabilizerChain};
use crate::limits::{Limits, Stop};

/// Groups on more points keep the generators that the search found.
const MOST_POINTS: usize = 256;

/// A property of permutations; where a subgroup is looked for, those of a group that have it must be one.
pub(super) trait PointProperty {
    /// Whether a permutation that sends the base points to the images may have it, where only the last image is new.
    fn may(&self, base: &[u32], images: &[u32]) -> bool;
    /// Whether a permutation has it.
    fn holds(&self, images: &[u32]) -> bool;
}

impl PermutationGroup {
    /// The elements that commute with these permutations.
    pub fn centralizer(&self, of: &[Permutation], limits: &Limits) -> Result<PermutationGroup, FiniteError> {
        of.iter().try_for_each(|p| self.same_degree(p))?;
        limits.reserve(16 * self.degree() as u128 * of.len() as u128)?;
        let names: Vec<String> = of.iter().map(ToString::to_string).collect();
        let name = format!("centralizer({}, {})", self.name(), names.join(", "));
        if let ([p], Some(giant)) = (of, self.giant(limits)?) {
            return centralizer_among_all(name, giant, p, limits);
        }
        let commutes = Commutes { cycles: of.iter().map(|p| Cycles::of(p.clone())).collect() };
        self.elements_with(name, &commutes, limits)
    }

    /// The elements under which a group on the same points is invariant.
    pub fn normalizer(&self, subgroup: &PermutationGroup, limits: &Limits) -> Result<PermutationGroup, FiniteError> {
        self.same_points(subgroup)?;
        let mut orbit_of = vec![0; self.degree()];
        let mut lengths = Vec::new();
        for (number, orbit) in subgroup.orbits().iter().enumerate() {
            orbit.iter().for_each(|&p| orbit_of[p] = number);
            lengths.push(orbit.len());
        }
        let normalizes =
            Normalizes { generators: subgroup.generators(), chain: subgroup.chain(limits)?, orbit_of, lengths };
        self.elements_with(format!("normalizer({}, {})", self.name(), subgroup.name()), &normalizes, limits)
    }

    /// The elements that leave a set of points invariant.
    pub fn set_stabilizer(&self, set: &[usize], limits: &Limits) -> Result<PermutationGroup, FiniteError> {
        self.points(set)?;
        let mut inside = vec![false; self.degree()];
        set.iter().for_each(|&p| inside[p] = true);
        let points: Vec<String> = set.iter().map(usize::to_string).collect();
        let name = format!("stabilizer({}, [{}])", self.name(), points.join(", "));
        self.elements_with(name, &KeepsSet { inside }, limits)
    }

    /// The elements that belong to another group on the same points too.
    pub fn intersection(&self, other: &PermutationGroup, limits: &Limits) -> Result<PermutationGroup, FiniteError> {
        self.same_points(other)?;
        let base = self.base(limits)?;
        let order = other.order(limits)?;
        let chain = chain_with_idle(self.degree(), other.generators(), &base, &order, limits)?;
        self.elements_with(format!("intersection({}, {})", self.name(), other.name()), &Belongs { chain }, limits)
    }

    fn base(&self, limits: &Limits) -> Result<Vec<u32>, Stop> {
        Ok(self.chain(limits)?.levels.iter().map(|level| level.base).collect())
    }

    fn same_degree(&self, p: &Permutation) -> Result<(), FiniteError> {
        if p.degree() == self.degree() {
            return Ok(());
        }
        Err(FiniteError::Argument(format!("a permutation of {} points, not {}", p.degree(), self.degree())))
    }

    fn same_points(&self, other: &PermutationGroup) -> Result<(), FiniteError> {
        if other.degree() == self.degree() {
            return Ok(());
        }
        Err(FiniteError::Argument(format!("the groups act on {} and {} points", self.degree(), other.degree())))
    }

    fn elements_with(
        &self,
        name: String,
        property: &impl PointProperty,
        limits: &Limits,
    ) -> Result<PermutationGroup, FiniteError> {
        let chain = self.chain(limits)?;
        let base = self.base(limits)?;
        limits.reserve(8 * self.degree() as u128 * (base.len() as u128 + 1))?;
        let mut found: Vec<Permutation> = Vec::new();
        let mut joined = DisjointSets::new(self.degree());
        let mut order = BigUint::from(1u32);
        for number in (0..base.len()).rev() {
            let mut failed: Vec<usize> = Vec::new();
            for digit in 1..chain.levels[number].orbit.len() {
                limits.check()?;
                let point = chain.levels[number].orbit[digit] as usize;
                let root = joined.find(point);
                if root == joined.find(base[number] as usize) || failed.iter().any(|&p| joined.find(p) == root) {
                    continue;
                }
                match first_element(chain, &base, (number, digit), property, limits)? {
                    Some(images) => {
                        images.iter().enumerate().for_each(|(p, &q)| {
                            joined.join(p, q as usize);
                        });
                        found.push(Permutation::of(images));
                    }
                    None => failed.push(point),
                }
            }
            // Those found so far generate the elements that fix the earlier base points; this is the orbit of the next one.
            let root = joined.find(base[number] as usize);
            order *= (0..self.degree()).filter(|&p| joined.find(p) == root).count();
        }
        // Those found first fix most; the other way round they read better.
        found.reverse();
        let subgroup = PermutationGroup::of(name, self.degree(), found).of_order(order);
        if self.degree() > MOST_POINTS { Ok(subgroup) } else { subgroup.with_first_generators(limits) }
    }

    /// The same group by generators that depend on nothing but its elements: along the points in their order, for each that an
    /// element must still be sent to, the element whose list of images comes first.
    fn with_first_generators(&self, limits: &Limits) -> Result<PermutationGroup, FiniteError> {
        let order = self.order(limits)?;
        let mut moved: Vec<u32> = self.generators().iter().flat_map(Permutation::support).collect();
        moved.sort_unstable();
        moved.dedup();
        limits.reserve(24 * self.degree() as u128 * (moved.len() as u128 + 1))?;
        let chain = chain_with_idle(self.degree(), self.generators(), &moved, &order, limits)?;
        let mut found: Vec<Permutation> = Vec::new();
        let mut joined = DisjointSets::new(self.degree());
        for (number, level) in chain.levels.iter().enumerate().rev() {
            let mut points = level.orbit.clone();
            points.sort_unstable();
            for point in points {
                limits.check()?;
                if joined.find(point as usize) == joined.find(level.base as usize) {
                    continue;
                }
                let mut images = level.index(point).map_or_else(Vec::new, |digit| level.representative(digit));
                for below in &chain.levels[number + 1..] {
                    let first = (0..below.orbit.len()).min_by_key(|&i| images[below.orbit[i] as usize]).unwrap_or(0);
                    if first > 0 {
                        images = below.representative(first).into_iter().map(|x| images[x as usize]).collect();
                    }
                }
                images.iter().enumerate().for_each(|(p, &q)| {
                    joined.join(p, q as usize);
                });
                found.push(Permutation::of(images));
            }
        }
        found.reverse();
        Ok(PermutationGroup::of(self.name(), self.degree(), found).of_order(order))
    }
}

/// The centraliser of a permutation among all or all even ones: Π C_k ≀ S_m for m cycles of each length k, of order Π k^m m!.
/// Generators are the first cycle of each length and exchanges of neighbouring ones.
fn centralizer_among_all(
    name: String,
    giant: Giant,
    of: &Permutation,
    limits: &Limits,
) -> Result<PermutationGroup, FiniteError> {
    let degree = of.degree();
    let mut by_length: BTreeMap<usize, Vec<Vec<usize>>> = BTreeMap::new();
    let moved = of.support();
    let fixed = (0..degree).filter(|x| moved.binary_search(&(*x as u32)).is_err()).map(|x| vec![x]);
    fixed.chain(of.cycles()).for_each(|cycle| by_length.entry(cycle.len()).or_default().push(cycle));
    let mut generators = Vec::new();
    let mut order = BigUint::from(1u32);
    for (length, cycles) in &by_length {
        limits.check()?;
        limits.reserve(4 * degree as u128 * (generators.len() + cycles.len()) as u128)?;
        order *= BigUint::from(*length).pow(cycles.len() as u32) * giant_order(Giant::Symmetric, cycles.len(), limits)?;
        let identity = || (0..degree as u32).collect::<Vec<u32>>();
        if *length > 1 {
            let mut turn = identity();
            cycles[0].iter().zip(cycles[0].iter().cycle().skip(1)).for_each(|(&x, &y)| turn[x] = y as u32);
            generators.push(Permutation::of(turn));
        }
        for pair in cycles.windows(2) {
            let mut exchange = identity();
            for (&x, &y) in pair[0].iter().zip(&pair[1]) {
                (exchange[x], exchange[y]) = (y as u32, x as u32);
            }
            generators.push(Permutation::of(exchange));
        }
    }
    let all = PermutationGroup::of(name, degree, generators).of_order(order);
    match giant {
        Giant::Symmetric => Ok(all),
        Giant::Alternating => index_two(&all, |g| g.sign() > 0, limits),
    }
}

/// An element of a group with the property.
pub(super) fn element_with(
    group: &PermutationGroup,
    property: &impl PointProperty,
    limits: &Limits,
) -> Result<Option<Permutation>, Stop> {
    let chain = group.chain(limits)?;
    let base = group.base(limits)?;
    let identity = (0..group.degree() as u32).collect();
    Ok(search(chain, &base, (Vec::new(), identity), property, limits)?.map(Permutation::of))
}

/// An element with the property that fixes the base points before a level and sends that of the level to a point of its orbit.
fn first_element(
    chain: &StabilizerChain,
    base: &[u32],
    (level, digit): (usize, usize),
    property: &impl PointProperty,
    limits: &Limits,
) -> Result<Option<Vec<u32>>, Stop> {
    let mut images: Vec<u32> = base[..level].to_vec();
    images.push(chain.levels[level].orbit[digit]);
    if !property.may(&base[..=level], &images) {
        return Ok(None);
    }
    search(chain, base, (images, chain.levels[level].representative(digit)), property, limits)
}

/// An element with the property that sends the first base points to given images, as the given element does.
fn search(
    chain: &StabilizerChain,
    base: &[u32],
    (mut images, element): (Vec<u32>, Vec<u32>),
    property: &impl PointProperty,
    limits: &Limits,
) -> Result<Option<Vec<u32>>, Stop> {
    // For each level the product of the representatives chosen so far, and the next point to be tried on the level below.
    let mut products = vec![element];
    let mut next = vec![0];
    while let (Some(product), Some(at)) = (products.last(), next.last_mut()) {
        limits.check()?;
        let depth = images.len();
        if depth == base.len() {
            if property.holds(product) {
                return Ok(products.pop());
            }
            products.pop();
            next.pop();
            images.pop();
            continue;
        }
        let orbit = &chain.levels[depth].orbit;
        let mut chosen = None;
        while *at < orbit.len() && chosen.is_none() {
            let image = product[orbit[*at] as usize];
            images.push(image);
            if property.may(&base[..=depth], &images) {
                chosen = Some(*at);
            } else {
                images.pop();
            }
            *at += 1;
        }
        match chosen {
            Some(i) => {
                let first = chain.levels[depth].representative(i);
                let longer = first.iter().map(|&x| product[x as usize]).collect();
                products.push(longer);
                next.push(0);
            }
            None => {
                products.pop();
                next.pop();
                images.pop();
            }
        }
    }
    Ok(None)
}

/// A permutation with its cycles at hand.
struct Cycles {
    images: Permutation,
    /// For each point the number of its cycle, its place in it and the length.
    places: Vec<(u32, u32, u32)>,
}

impl Cycles {
    fn of(images: Permutation) -> Cycles {
        let mut places: Vec<(u32, u32, u32)> = (0..images.degree() as u32).map(|p| (p, 0, 1)).collect();
        for cycle in images.cycles() {
            let (number, length) = (cycle.first().map_or(0, |&p| p as u32), cycle.len() as u32);
            cycle.iter().zip(0..).for_each(|(&p, place)| places[p] = (number, place, length));
        }
        Cycles { images, places }
    }
}

struct Commutes {
    cycles: Vec<Cycles>,
}

impl PointProperty for Commutes {
    /// A cycle goes to a cycle of the same length, and powers of the permutation along it to the same powers.
    fn may(&self, base: &[u32], images: &[u32]) -> bool {
        let (Some(&b), Some(&c)) = (base.last(), images.last()) else { return true };
        self.cycles.iter().all(|x| {
            let (from, to) = (x.places[b as usize], x.places[c as usize]);
            from.2 == to.2
                && base.iter().zip(images).all(|(&p, &q)| {
                    let (before, after) = (x.places[p as usize], x.places[q as usize]);
                    let together = before.0 == from.0;
                    together == (after.0 == to.0)
                        && (!together || (before.1 + to.1 + 2 * from.2 - from.1 - after.1) % from.2 == 0)
                })
        })
    }

    fn holds(&self, g: &[u32]) -> bool {
        self.cycles.iter().all(|x| {
            let p = x.images.images();
            g.iter().zip(p).all(|(&after, &image)| p[after as usize] == g[image as usize])
        })
    }
}

struct Normalizes<'a> {
    generators: &'a [Permutation],
    chain: &'a StabilizerChain,
    /// The number of the subgroup's orbit of each point, and the lengths.
    orbit_of: Vec<usize>,
    lengths: Vec<usize>,
}

impl PointProperty for Normalizes<'_> {
    /// Orbits of the subgroup go to orbits of the same length.
    fn may(&self, base: &[u32], images: &[u32]) -> bool {
        let orbit = |p: &u32| self.orbit_of[*p as usize];
        let (Some(b), Some(c)) = (base.last(), images.last()) else { return true };
        self.lengths[orbit(b)] == self.lengths[orbit(c)]
            && base.iter().zip(images).all(|(p, q)| (orbit(p) == orbit(b)) == (orbit(q) == orbit(c)))
    }

    fn holds(&self, g: &[u32]) -> bool {
        let g = Permutation::of(g.to_vec());
        self.generators.iter().all(|h| self.chain.contains(&h.conjugated_by(&g)))
    }
}

struct KeepsSet {
    inside: Vec<bool>,
}

impl PointProperty for KeepsSet {
    fn may(&self, base: &[u32], images: &[u32]) -> bool {
        base.last().zip(images.last()).is_none_or(|(&b, &c)| self.inside[b as usize] == self.inside[c as usize])
    }

    fn holds(&self, g: &[u32]) -> bool {
        g.iter().enumerate().all(|(p, &q)| self.inside[p] == self.inside[q as usize])
    }
}

struct Belongs {
    /// The other group's chain, whose base starts with that of the search.
    chain: StabilizerChain,
}

impl PointProperty for Belongs {
    fn may(&self, _: &[u32], images: &[u32]) -> bool {
        let mut rest = images.to_vec();
        for (number, level) in self.chain.levels.iter().enumerate().take(images.len()) {
            match level.index(rest[number]) {
                Some(0) => {}
                Some(i) => level.strip(&mut rest[number + 1..], i),
                None => return false,
            }
        }
        true
    }

    fn holds(&self, g: &[u32]) -> bool {
        self.chain.contains(&Permutation::of(g.to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    fn order(group: &PermutationGroup) -> u64 {
        group.order(&Limits::none()).unwrap().try_into().unwrap()
    }

    fn cycles(n: usize, text: &str) -> Permutation {
        Permutation::from_cycles(n, text).unwrap()
    }

    /// Centralisers in S_n have order Π k^m m!; N(⟨5-cycle⟩) in S5 is the affine group of order 20; the normaliser of a
    /// Sylow 11-subgroup of M12 has order 55 (ATLAS, p. 31, from PSL(2,11)); of a Sylow 23-subgroup of M24 order 253 (p. 94).
    #[test]
    fn known_orders() {
        let none = Limits::none();
        let s5 = symmetric(5).unwrap();
        assert_eq!(order(&s5.centralizer(&[cycles(5, "(0 1)(2 3)")], &none).unwrap()), 8);
        assert_eq!(order(&s5.centralizer(&[cycles(5, "(0 1 2)")], &none).unwrap()), 6);
        let five = s5.subgroup("C5", vec![cycles(5, "(0 1 2 3 4)")], &none).unwrap();
        assert_eq!(order(&s5.normalizer(&five, &none).unwrap()), 20);
        assert!(s5.centralizer(&[Permutation::identity(4)], &none).is_err());
        let s20 = symmetric(20).unwrap();
        let shape = cycles(20, "(0 1 2 3)(4 5 6 7)(8 9 10)(11 12 13)(14 15 16)");
        assert_eq!(order(&s20.centralizer(std::slice::from_ref(&shape), &none).unwrap()), 16 * 2 * 27 * 6 * 6);
        // Without the odd elements; and with all that commutes found by the search instead.
        let a20 = alternating(20).unwrap();
        assert_eq!(order(&a20.centralizer(std::slice::from_ref(&shape), &none).unwrap()), 16 * 27 * 6 * 6);
        assert_eq!(order(&s20.centralizer(&[shape.clone(), shape.pow(5)], &none).unwrap()), 16 * 2 * 27 * 6 * 6);
        assert_eq!(order(&s20.set_stabilizer(&[3, 1, 7], &none).unwrap()), 6 * 355_687_428_096_000);
        let m12 = mathieu_12().unwrap();
        let eleven = m12.sylow_subgroup(11, &none).unwrap();
        assert_eq!(order(&m12.normalizer(&eleven, &none).unwrap()), 55);
        assert_eq!(order(&m12.centralizer(eleven.generators(), &none).unwrap()), 11);
        // The stabiliser of an octad of M24 is 2^4:A8.
        let m24 = mathieu_24().unwrap();
        let octad = m24.pointwise_stabilizer(&[0, 1, 2, 3, 4], &none).unwrap();
        let octad = octad.orbits().into_iter().filter(|o| o.len() == 3).flatten().chain(0..5).collect::<Vec<_>>();
        assert_eq!(order(&m24.set_stabilizer(&octad, &none).unwrap()), 16 * 20160);
        // The centraliser of the derived subgroup of the cube group is its centre.
        let cube = rubiks_cube().unwrap();
        assert_eq!(order(&cube.centralizer(cube.generators(), &none).unwrap()), 2);
        let trivial = symmetric(1).unwrap();
        assert_eq!(order(&trivial.centralizer(&[Permutation::identity(1)], &none).unwrap()), 1);
        assert_eq!(order(&symmetric(0).unwrap().set_stabilizer(&[], &none).unwrap()), 1);
    }

    /// Against lists of all elements.
    #[test]
    fn as_by_listing() {
        let none = Limits::none();
        // In S_200, twice fifty 2-cycles: 2^50 50! 100!, from the definition.
        let fifty: String = (0..50).map(|i| format!("({} {})", 2 * i, 2 * i + 1)).collect();
        let found = symmetric(200).unwrap().centralizer(&[cycles(200, &fifty)], &none).unwrap();
        let factorial = |n: u32| (1..=n).fold(BigUint::from(1u32), |f, k| f * k);
        assert_eq!(found.order(&none).unwrap(), (factorial(50) << 50u32) * factorial(100));
        let plain = PermutationGroup::new("C", 200, found.generators().to_vec()).unwrap();
        assert!(plain.generators().iter().all(|g| g.times(&cycles(200, &fifty)) == cycles(200, &fifty).times(g)));
        let wreath = wreath_product(&cyclic(3).unwrap(), &symmetric(3).unwrap(), &none).unwrap();
        let groups = [
            symmetric(5).unwrap(),
            dihedral(12).unwrap(),
            alternating(6).unwrap(),
            signed_permutations(3).unwrap(),
            wreath,
            mathieu_11().unwrap(),
        ];
        for group in groups {
            let table = ElementTable::new(&group, "a test", &none).unwrap();
            let n = table.order();
            let all: Vec<Permutation> = (0..n).map(|r| table.element(r)).collect();
            let count = |belongs: &dyn Fn(&Permutation) -> bool| all.iter().filter(|g| belongs(g)).count() as u64;
            let name = group.name();
            for r in [1, n / 3, n / 2 + 1, n - 1] {
                let (p, q) = (&all[r], &all[n * 2 / 5]);
                let commutes = |g: &Permutation| g.times(p) == p.times(g);
                assert_eq!(
                    order(&group.centralizer(std::slice::from_ref(p), &none).unwrap()),
                    count(&commutes),
                    "{name}"
                );
                let h = group.subgroup("H", vec![p.clone(), q.clone()], &none).unwrap();
                let keeps =
                    |g: &Permutation| h.generators().iter().all(|x| h.contains(&x.conjugated_by(g), &none).unwrap());
                assert_eq!(order(&group.normalizer(&h, &none).unwrap()), count(&keeps), "{name}");
                let set = [0, 1, r % group.degree()];
                let stays = |g: &Permutation| set.iter().all(|&x| set.contains(&(g.images()[x] as usize)));
                assert_eq!(order(&group.set_stabilizer(&set, &none).unwrap()), count(&stays), "{name}");
                let k = group.subgroup("K", vec![q.clone(), all[n - r].clone()], &none).unwrap();
                let both = |g: &Permutation| h.contains(g, &none).unwrap() && k.contains(g, &none).unwrap();
                assert_eq!(order(&h.intersection(&k, &none).unwrap()), count(&both), "{name}");
            }
        }
    }
}
