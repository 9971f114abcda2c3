//! Normal closures, derived and lower central series, centres.

use std::collections::BTreeSet;

use num_bigint::BigUint;

use super::{FiniteError, Permutation, PermutationGroup};
use crate::limits::Limits;

/// Most cosets that the search for a centre goes through.
const MOST_COSETS: usize = 100_000;
/// The most images of points that their representatives have together.
const MOST_COSET_POINTS: usize = 1 << 28;

impl PermutationGroup {
    /// The subgroup that some elements generate; an error for a permutation that is no element.
    pub fn subgroup(
        &self,
        name: impl Into<String>,
        generators: Vec<Permutation>,
        limits: &Limits,
    ) -> Result<PermutationGroup, FiniteError> {
        for g in &generators {
            limits.check()?;
            if !self.contains(g, limits)? {
                return Err(FiniteError::Argument(format!("{g} is no element of {}", self.name())));
            }
        }
        self.subgroup_inside(name, generators, limits)
    }

    /// The same for permutations known to be elements: the order of the group bounds that of the subgroup.
    pub(super) fn subgroup_inside(
        &self,
        name: impl Into<String>,
        generators: Vec<Permutation>,
        limits: &Limits,
    ) -> Result<PermutationGroup, FiniteError> {
        let subgroup = PermutationGroup::new(name, self.degree(), generators)?;
        if subgroup.generators().is_empty() {
            return Ok(subgroup);
        }
        let order = self.order(limits)?;
        subgroup.chain_within(Some(&order), limits)?;
        Ok(subgroup)
    }

    /// The least normal subgroup that contains the given elements.
    pub fn normal_closure(&self, elements: Vec<Permutation>, limits: &Limits) -> Result<PermutationGroup, FiniteError> {
        self.close(self.subgroup(format!("normal subgroup of {}", self.name()), elements, limits)?, limits)
    }

    fn close(&self, mut closure: PermutationGroup, limits: &Limits) -> Result<PermutationGroup, FiniteError> {
        let mut done = 0;
        while done < closure.generators().len() {
            // One generator's conjugates at a time; those that are new join, and the chain is made anew.
            let n = closure.generators()[done].clone();
            let mut more = Vec::new();
            for g in self.generators() {
                limits.check()?;
                let conjugate = n.conjugated_by(g);
                if !closure.contains(&conjugate, limits)? {
                    more.push(conjugate);
                }
            }
            done += 1;
            if !more.is_empty() {
                let generators = [closure.generators(), &more].concat();
                closure = self.subgroup_inside(closure.name().to_string(), generators, limits)?;
            }
        }
        Ok(closure)
    }

    /// [G, N] for a normal subgroup N: the normal closure of the commutators of generators.
    pub fn commutator_with(&self, normal: &PermutationGroup, limits: &Limits) -> Result<PermutationGroup, FiniteError> {
        if normal != self && !self.contains_group(normal, limits)? {
            return Err(FiniteError::Argument(format!("{} is no subgroup of {}", normal.name(), self.name())));
        }
        let supports: Vec<Vec<u32>> = normal.generators().iter().map(Permutation::support).collect();
        let mut seen: BTreeSet<Permutation> = BTreeSet::new();
        let mut commutators: Vec<Permutation> = Vec::new();
        for g in self.generators() {
            let support = g.support();
            for (h, other) in normal.generators().iter().zip(&supports) {
                if g.commutes_with(h, &support, other) {
                    continue;
                }
                limits.check()?;
                limits.reserve(8 * (commutators.len() as u128 + 1) * self.degree() as u128)?;
                let c = g.inverse().times(&h.inverse()).times(&g.times(h));
                if seen.insert(c.clone()) {
                    commutators.push(c);
                }
            }
        }
        let name = format!("normal subgroup of {}", self.name());
        self.close(self.subgroup_inside(name, commutators, limits)?, limits)
    }

    /// The derived subgroup [G, G].
    pub fn derived_subgroup(&self, limits: &Limits) -> Result<PermutationGroup, FiniteError> {
        let name = format!("derived_subgroup({})", self.name());
        if self.giant(limits)?.is_some() && self.degree() >= 5 {
            return Ok(super::alternating(self.degree())?.named(name));
        }
        Ok(self.commutator_with(self, limits)?.named(name))
    }

    /// G, [G, G], … until a group repeats; the last is trivial or perfect.
    pub fn derived_series(&self, limits: &Limits) -> Result<Vec<PermutationGroup>, FiniteError> {
        self.series(limits, |last| last.derived_subgroup(limits))
    }

    /// G, [G, G], [G, [G, G]], … until a group repeats.
    pub fn lower_central_series(&self, limits: &Limits) -> Result<Vec<PermutationGroup>, FiniteError> {
        self.series(limits, |last| {
            if last == self { self.derived_subgroup(limits) } else { self.commutator_with(last, limits) }
        })
    }

    fn series(
        &self,
        limits: &Limits,
        next: impl Fn(&PermutationGroup) -> Result<PermutationGroup, FiniteError>,
    ) -> Result<Vec<PermutationGroup>, FiniteError> {
        let mut series = vec![self.clone()];
        let mut order = self.order(limits)?;
        loop {
            limits.check()?;
            let Some(last) = series.last() else { return Ok(series) };
            let term = next(last)?;
            let smaller = term.order(limits)?;
            if smaller == order {
                return Ok(series);
            }
            order = smaller;
            series.push(term);
        }
    }

    /// Whether the derived series ends in the trivial group.
    pub fn is_solvable(&self, limits: &Limits) -> Result<bool, FiniteError> {
        ends_trivially(&self.derived_series(limits)?, limits)
    }

    /// Whether the lower central series ends in the trivial group.
    pub fn is_nilpotent(&self, limits: &Limits) -> Result<bool, FiniteError> {
        ends_trivially(&self.lower_central_series(limits)?, limits)
    }

    /// Whether it is its own derived subgroup.
    pub fn is_perfect(&self, limits: &Limits) -> Result<bool, FiniteError> {
        Ok(self.derived_subgroup(limits)?.order(limits)? == self.order(limits)?)
    }

    /// The centre.
    ///
    /// On each orbit an element that commutes with the group is determined by the image of one point. The centres of the
    /// actions on the orbits span an abelian group of permutations; the centre is the part of it that lies in the group.
    pub fn center(&self, limits: &Limits) -> Result<PermutationGroup, FiniteError> {
        let name = format!("center({})", self.name());
        if self.is_abelian(limits)? {
            return Ok(self.clone().named(name));
        }
        if self.giant(limits)?.is_some() {
            // Not abelian, so of degree at least 3 and 4.
            return Ok(PermutationGroup::of(name, self.degree(), Vec::new()));
        }
        let mut candidates: Vec<Permutation> = Vec::new();
        for orbit in self.orbits() {
            candidates.extend(self.center_on(&orbit, limits)?);
        }
        let mut inside: Vec<Permutation> = Vec::new();
        // Representatives of the candidates' group modulo the part inside the group.
        let mut cosets = vec![Permutation::identity(self.degree())];
        for a in candidates {
            limits.check()?;
            let mut power = a.clone();
            let mut powers = Vec::new();
            // The least power that agrees with a representative up to an element inside.
            'power: loop {
                for r in &cosets {
                    limits.check()?;
                    let quotient = power.times(&r.inverse());
                    if self.contains(&quotient, limits)? {
                        if !quotient.is_identity() {
                            inside.push(quotient);
                        }
                        break 'power;
                    }
                }
                // So many representatives there will be with this power.
                let count = (powers.len() + 2) * cosets.len();
                let points = count.saturating_mul(self.degree());
                if count > MOST_COSETS || points > MOST_COSET_POINTS {
                    let (order, cap) = (self.order(limits)?, (MOST_COSET_POINTS / self.degree()).min(MOST_COSETS));
                    return Err(FiniteError::TooLarge { what: "the centre", order, cap: cap as u64 });
                }
                limits.reserve(4 * points as u128)?;
                powers.push(power.clone());
                power = power.times(&a);
            }
            let more: Vec<Permutation> = powers.iter().flat_map(|p| cosets.iter().map(|r| p.times(r))).collect();
            cosets.extend(more);
        }
        self.subgroup_inside(name, inside, limits)
    }

    /// Generators of the centre of the action on an orbit, the other points fixed.
    fn center_on(&self, orbit: &[usize], limits: &Limits) -> Result<Vec<Permutation>, FiniteError> {
        let (Some(&base), true) = (orbit.first(), orbit.len() > 1) else { return Ok(Vec::new()) };
        let found = self.orbit(base)?;
        let constituent = self.restricted_to(orbit)?;
        // What commutes with the group commutes with the stabiliser of the base point, which fixes that point's image.
        let stabilizer = self.stabilizer(base, limits)?;
        let mut reached = vec![false; self.degree()];
        reached[base] = true;
        let mut points = vec![base];
        let mut generators: Vec<Permutation> = Vec::new();
        for &q in &found.points {
            if reached[q] || stabilizer.generators().iter().any(|g| g.images()[q] as usize != q) {
                continue;
            }
            limits.check()?;
            let Some(z) = self.commuting_map(&found, q) else { continue };
            let small = orbit.iter().map(|&p| orbit.binary_search(&(z.images()[p] as usize)).unwrap_or(0) as u32);
            if !Permutation::from_images(small.collect()).map_or(Ok(false), |p| constituent.contains(&p, limits))? {
                continue;
            }
            generators.push(z);
            let mut next = 0;
            while next < points.len() {
                for z in &generators {
                    let image = z.images()[points[next]] as usize;
                    if !std::mem::replace(&mut reached[image], true) {
                        points.push(image);
                    }
                }
                next += 1;
            }
        }
        Ok(generators)
    }

    /// The map of an orbit to itself that commutes with the group and sends its first point to q, if there is one.
    fn commuting_map(&self, orbit: &super::Orbit, q: usize) -> Option<Permutation> {
        let mut images: Vec<u32> = (0..self.degree() as u32).collect();
        let first = *orbit.points.first()?;
        images[first] = q as u32;
        for (&point, &(parent, generator)) in orbit.points[1..].iter().zip(orbit.steps()) {
            images[point] = self.generators()[generator].images()[images[orbit.points[parent]] as usize];
        }
        let commutes = |g: &Permutation| {
            orbit.points.iter().all(|&p| images[g.images()[p] as usize] == g.images()[images[p] as usize])
        };
        self.generators().iter().all(commutes).then(|| Permutation::from_images(images)).flatten()
    }

    /// The action on an invariant set of points, ascending.
    pub fn restricted_to(&self, points: &[usize]) -> Result<PermutationGroup, FiniteError> {
        if points.len() == self.degree() {
            return Ok(self.clone());
        }
        let parts: Vec<Vec<usize>> = points.iter().map(|&p| vec![p]).collect();
        self.action_on_parts(&parts)
    }
}

fn ends_trivially(series: &[PermutationGroup], limits: &Limits) -> Result<bool, FiniteError> {
    match series.last() {
        Some(last) => Ok(last.order(limits)? == BigUint::from(1u32)),
        None => Ok(true),
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    fn orders(groups: &[PermutationGroup]) -> Vec<String> {
        groups.iter().map(|g| g.order(&Limits::none()).unwrap().to_string()).collect()
    }

    /// Rubik's cube: centre of order 2, derived subgroup of index 2 (Joyner, *Adventures in Group Theory*).
    #[test]
    fn centre_and_derived_subgroup_of_the_cube() {
        let none = Limits::none();
        let cube = rubiks_cube().unwrap();
        assert_eq!(cube.center(&none).unwrap().order(&none).unwrap(), BigUint::from(2u32));
        assert_eq!(orders(&[cube.derived_subgroup(&none).unwrap()]), ["21626001637244928000"]);
        assert!(!cube.is_solvable(&none).unwrap());
    }

    #[test]
    fn series() {
        let none = Limits::none();
        let s4 = symmetric(4).unwrap();
        assert_eq!(orders(&s4.derived_series(&none).unwrap()), ["24", "12", "4", "1"]);
        assert_eq!(orders(&s4.lower_central_series(&none).unwrap()), ["24", "12"]);
        assert!(s4.is_solvable(&none).unwrap() && !s4.is_nilpotent(&none).unwrap());
        let d8 = dihedral(8).unwrap();
        assert_eq!(orders(&d8.lower_central_series(&none).unwrap()), ["16", "4", "2", "1"]);
        assert!(d8.is_nilpotent(&none).unwrap());
        assert!(mathieu_11().unwrap().is_perfect(&none).unwrap());
        assert!(special_linear(2, 5).unwrap().is_perfect(&none).unwrap());
        assert!(symmetric(0).unwrap().is_nilpotent(&none).unwrap());
        assert_eq!(orders(&symmetric(200).unwrap().derived_series(&none).unwrap()).len(), 2);
    }

    /// Centres: of D_n for even n, of Q8, of SL(2, 3) and of wreath products the diagonal of the centre.
    #[test]
    fn centres() {
        let none = Limits::none();
        let center = |g: PermutationGroup| orders(&[g.center(&none).unwrap()])[0].clone();
        assert_eq!(center(dihedral(12).unwrap()), "2");
        assert_eq!(center(dihedral(9).unwrap()), "1");
        assert_eq!(center(quaternion().unwrap()), "2");
        assert_eq!(center(cyclic(10).unwrap()), "10");
        assert_eq!(center(special_linear(2, 3).unwrap()), "2");
        assert_eq!(center(signed_permutations(4).unwrap()), "2");
        assert_eq!(center(symmetric(50).unwrap()), "1");
        let product = direct_product(&dihedral(4).unwrap(), &dihedral(6).unwrap(), &none).unwrap();
        assert_eq!(center(product), "4");
        let wreath = wreath_product(&cyclic(3).unwrap(), &symmetric(3).unwrap(), &none).unwrap();
        assert_eq!(center(wreath), "3");
    }

    /// A permutation outside spoils no chain, whose order would be that of something else.
    #[test]
    fn subgroups_of_elements_only() {
        let none = Limits::none();
        let a4 = PermutationGroup::new("G", 4, alternating(4).unwrap().generators().to_vec()).unwrap();
        let odd = Permutation::from_cycles(4, "(0 1)").unwrap();
        assert!(matches!(a4.subgroup("H", vec![odd.clone()], &none), Err(FiniteError::Argument(_))));
        assert!(matches!(a4.normal_closure(vec![odd], &none), Err(FiniteError::Argument(_))));
        assert!(matches!(a4.commutator_with(&symmetric(4).unwrap(), &none), Err(FiniteError::Argument(_))));
    }

    /// Many generators, long cycles: the derived subgroup of C2 ≀ 1 and the centre of a large dihedral group; a centre that
    /// would take more memory than there is is refused.
    #[test]
    fn large_groups() {
        let none = Limits::none();
        let trivial = PermutationGroup::new("1", 1000, Vec::new()).unwrap();
        let wreath = wreath_product(&cyclic(2).unwrap(), &trivial, &none).unwrap();
        assert!(wreath.is_abelian(&none).unwrap());
        assert!(wreath.commutator_with(&wreath, &none).unwrap().generators().is_empty());
        assert_eq!(orders(&[dihedral(5000).unwrap().center(&none).unwrap()]), ["2"]);
        let n = 5_000;
        let turn = |x: u32| if x < n { (x + 1) % n } else { n + (x + 1 - n) % n };
        let diagonal: Vec<u32> = (0..2 * n).map(turn).chain([2 * n, 2 * n + 1, 2 * n + 2]).collect();
        let with_last = |a: u32, b: u32, c: u32| (0..2 * n).chain([2 * n + a, 2 * n + b, 2 * n + c]).collect();
        let generators = [diagonal, with_last(1, 2, 0), with_last(1, 0, 2)];
        let generators = generators.map(|images| Permutation::from_images(images).unwrap()).to_vec();
        let group = PermutationGroup::new("G", 2 * n as usize + 3, generators).unwrap();
        let tight = Limits::none().with_memory(8);
        assert!(matches!(group.center(&tight), Err(FiniteError::Stop(_))));
    }
}
