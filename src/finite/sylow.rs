//! Sylow subgroups.
//!
//! Those of symmetric groups are products of wreath powers of C_p. Elsewhere the group is made smaller while its p-part stays: by
//! the elements that act on an orbit, or on blocks, by a Sylow subgroup of that action, by the stabiliser of a point whose orbit has a length prime to p, by the centraliser of an element of order p that lies in the centre
//! of a Sylow subgroup (Butler and Cannon 1991). When the elements are few they are listed. Otherwise a p-subgroup grows inside its
//! normaliser: one that is no Sylow subgroup has an element of p-power order beside it there.

use num_bigint::BigUint;
use rand_chacha::ChaCha8Rng;

use super::giant::{Giant, is_prime};
use super::orbit_types::index_two;
use super::orbits::check_often;
use super::{ElementTable, FiniteError, Permutation, PermutationGroup};
use crate::limits::Limits;
use crate::num::prime::random_stream;

/// Up to this order the elements are listed, so that the subgroup found is the same for every seed.
const MOST_LISTED: u32 = 100_000;
/// Random elements of a normaliser that are tried before it is taken to hold nothing; each is found with a probability that is
/// not small.
const MOST_TRIES: usize = 10_000;
/// Elements in a row whose centralisers are tried in vain.
const MOST_CENTRALIZERS: usize = 60;

impl PermutationGroup {
    /// A Sylow p-subgroup.
    pub fn sylow_subgroup(&self, p: usize, limits: &Limits) -> Result<PermutationGroup, FiniteError> {
        if !is_prime(p) {
            return Err(FiniteError::Argument(format!("{p} is not a prime")));
        }
        let name = format!("Sylow {p}-subgroup of {}", self.name());
        let order = self.order(limits)?;
        if order <= BigUint::from(MOST_LISTED) {
            return self.sylow_by_listing(p, name, limits);
        }
        if let Some(giant) = self.giant(limits)? {
            let all = sylow_of_symmetric(self.degree(), p, limits)?.named(name);
            return match (giant, p) {
                (Giant::Alternating, 2) => index_two(&all, |g| g.sign() > 0, limits),
                _ => Ok(all),
            };
        }
        self.sylow_by_normalizers(p, name, limits)
    }

    /// p-elements that normalise what was found join it until the order is the full power of p.
    fn sylow_by_listing(&self, p: usize, name: String, limits: &Limits) -> Result<PermutationGroup, FiniteError> {
        let table = ElementTable::new(self, "a Sylow subgroup", limits)?;
        let full = p_part(&BigUint::from(table.order()), p);
        let mut found = self.subgroup_inside(name.clone(), Vec::new(), limits)?;
        let is_p_power = |n: BigUint| super::zuppos::prime_of_power(usize::try_from(n).unwrap_or(1)) == Some(p);
        while found.order(limits)? < full {
            // The first by its list of images, so that nothing depends on how the elements are numbered.
            let mut next: Option<(usize, Permutation)> = None;
            let chain = found.chain(limits)?;
            for r in 1..table.order() {
                check_often(r, limits)?;
                if next.as_ref().is_some_and(|(best, _)| super::zuppos::compare(&table, r, *best).is_gt()) {
                    continue;
                }
                let g = table.element(r);
                if is_p_power(g.order())
                    && !chain.contains(&g)
                    && found.generators().iter().all(|h| chain.contains(&h.conjugated_by(&g)))
                {
                    next = Some((r, g));
                }
            }
            // A p-subgroup that is not Sylow is not its own normaliser's Sylow subgroup, so there is one.
            let (_, g) = next.ok_or(FiniteError::Internal("a p-subgroup does not grow in its normaliser"))?;
            found = self.subgroup_inside(name.clone(), [found.generators(), &[g]].concat(), limits)?;
        }
        Ok(found)
    }

    /// A subgroup with the same p-part, as small as stabilisers of points and centralisers make it.
    fn smaller_with_p_part(
        &self,
        p: usize,
        rng: &mut ChaCha8Rng,
        limits: &Limits,
    ) -> Result<PermutationGroup, FiniteError> {
        let full = p_part(&self.order(limits)?, p);
        let mut room = self.clone();
        while let Some(smaller) = room.acting_by_a_sylow_subgroup(p, limits)? {
            room = smaller;
        }
        let mut tries = 0;
        while tries < MOST_CENTRALIZERS && room.order(limits)? > BigUint::from(MOST_LISTED) {
            limits.check()?;
            if let Some(smaller) = room.fixing_a_point(p, limits)? {
                room = smaller;
                continue;
            }
            tries += 1;
            let mut z = p_element(&room.random_element(rng, limits)?, p);
            while !z.pow(p as i64).is_identity() {
                z = z.pow(p as i64);
            }
            if room.generators().iter().all(|g| g.times(&z) == z.times(g)) {
                continue;
            }
            let centralizer = room.centralizer(&[z], limits)?;
            if p_part(&centralizer.order(limits)?, p) == full {
                (room, tries) = (centralizer, 0);
            }
        }
        Ok(room)
    }

    /// What lies above a Sylow subgroup of the action on an orbit, or on blocks of a transitive group, where that action is not
    /// one by a p-group already.
    fn acting_by_a_sylow_subgroup(&self, p: usize, limits: &Limits) -> Result<Option<PermutationGroup>, FiniteError> {
        let orbits: Vec<Vec<usize>> = self.orbits().into_iter().filter(|orbit| orbit.len() > 1).collect();
        let partitions = match orbits.as_slice() {
            [all] if all.len() == self.degree() => self.minimal_block_systems(limits)?,
            orbits => orbits.iter().map(|orbit| orbit.iter().map(|&p| vec![p]).collect()).collect(),
        };
        for parts in partitions {
            limits.check()?;
            let image = self.action_on_parts(&parts)?;
            let order = image.order(limits)?;
            if p_part(&order, p) != order {
                let sylow = image.sylow_subgroup(p, limits)?;
                return self.preimage_on_parts(&image, &sylow, limits).map(Some);
            }
        }
        Ok(None)
    }

    fn sylow_by_normalizers(&self, p: usize, name: String, limits: &Limits) -> Result<PermutationGroup, FiniteError> {
        let full = p_part(&self.order(limits)?, p);
        let mut rng = random_stream(limits.seed(), 21);
        // Holds a Sylow subgroup that contains what was found.
        let mut room = self.smaller_with_p_part(p, &mut rng, limits)?;
        if room.order(limits)? == full {
            return Ok(room.named(name));
        }
        if room.order(limits)? <= BigUint::from(MOST_LISTED) {
            return room.sylow_by_listing(p, name, limits);
        }
        let mut found = PermutationGroup::of(name.clone(), self.degree(), Vec::new()).of_order(1u32);
        while found.order(limits)? < full {
            limits.check()?;
            let normalizer =
                if found.generators().is_empty() { room.clone() } else { room.normalizer(&found, limits)? };
            if p_part(&normalizer.order(limits)?, p) == full {
                room = normalizer.clone();
            }
            let mut grown = None;
            for _ in 0..MOST_TRIES {
                let g = normalizer.random_element(&mut rng, limits)?;
                let mut top = p_element(&g, p);
                if found.contains(&top, limits)? {
                    continue;
                }
                // Its last power outside lies just above.
                while !found.contains(&top.pow(p as i64), limits)? {
                    top = top.pow(p as i64);
                }
                grown = Some(top);
                break;
            }
            let missing = || FiniteError::Argument(format!("no element of {p}-power order was found beside {name}"));
            let g = grown.ok_or_else(missing)?;
            let order = found.order(limits)? * p;
            found =
                PermutationGroup::of(name.clone(), self.degree(), [found.generators(), &[g]].concat()).of_order(order);
        }
        Ok(found)
    }

    /// The stabiliser of a point whose orbit is longer than 1 and not a multiple of p, so that a Sylow subgroup lies in it.
    fn fixing_a_point(&self, p: usize, limits: &Limits) -> Result<Option<PermutationGroup>, FiniteError> {
        let orbits = self.orbits();
        let prime_to = orbits.iter().filter(|orbit| orbit.len() > 1 && !orbit.len().is_multiple_of(p));
        match prime_to.max_by_key(|orbit| orbit.len()) {
            Some(orbit) => self.stabilizer(orbit[0], limits).map(Some),
            None => Ok(None),
        }
    }
}

/// The largest power of p that divides a number.
fn p_part(order: &BigUint, p: usize) -> BigUint {
    let (mut rest, mut part) = (order.clone(), BigUint::from(1u32));
    while (&rest % p) == BigUint::ZERO {
        rest /= p;
        part *= p;
    }
    part
}

/// The power of an element that has p-power order and is its p-part.
fn p_element(g: &Permutation, p: usize) -> Permutation {
    // The parts of the cycle lengths prime to p, one after another.
    let mut out = g.clone();
    for length in g.cycle_lengths() {
        let mut rest = length;
        while rest.is_multiple_of(p) {
            rest /= p;
        }
        if rest > 1 {
            out = out.pow(rest as i64);
        }
    }
    out
}

/// Blocks of p^k consecutive points for the digits of n to the base p: on each, cycles of p blocks of every smaller power.
fn sylow_of_symmetric(n: usize, p: usize, limits: &Limits) -> Result<PermutationGroup, FiniteError> {
    let mut generators = Vec::new();
    let (mut start, mut size) = (0, 1);
    while size <= n / p {
        size *= p;
    }
    let mut order = BigUint::from(1u32);
    while size > 1 {
        while start + size <= n {
            let mut part = size;
            while part > 1 {
                limits.check()?;
                limits.reserve(4 * n as u128 * (generators.len() as u128 + 1))?;
                let block = part / p;
                let moved = |x: usize| match (start..start + part).contains(&x) {
                    true => (start + (x - start + block) % part) as u32,
                    false => x as u32,
                };
                generators.push(Permutation::of((0..n).map(moved).collect()));
                // One such cycle for each block of this size.
                order *= BigUint::from(p).pow((size / part) as u32);
                part = block;
            }
            start += size;
        }
        size /= p;
    }
    Ok(PermutationGroup::of("", n, generators).of_order(order))
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    /// The orders are powers of p and those of the groups (ATLAS: M11, M12, M22, M24; n! by Legendre; 2^27 3^14 5^3 7^2 11 of the cube), and the subgroups lie inside;
    /// their chains are built anew without being told the order.
    #[test]
    fn orders_are_the_p_parts() {
        let none = Limits::none();
        let s = |n| symmetric(n).unwrap();
        let groups: [(PermutationGroup, &[(usize, u32)]); 9] = [
            (mathieu_11().unwrap(), &[(2, 4), (3, 2), (5, 1), (11, 1), (7, 0)]),
            (mathieu_12().unwrap(), &[(2, 6), (3, 3)]),
            (mathieu_22().unwrap(), &[(2, 7), (3, 2), (11, 1)]),
            (mathieu_24().unwrap(), &[(2, 10), (3, 3), (23, 1)]),
            (s(8), &[(2, 7), (3, 2)]),
            (s(20), &[(2, 18), (3, 8), (5, 4), (19, 1), (23, 0)]),
            (alternating(20).unwrap(), &[(2, 17), (3, 8)]),
            (wreath_product(&s(3), &s(7), &none).unwrap(), &[(2, 11), (3, 9), (7, 1)]),
            (rubiks_cube().unwrap(), &[(2, 27), (3, 14), (5, 3), (7, 2), (11, 1)]),
        ];
        for (group, cases) in groups {
            for &(p, exponent) in cases {
                let found = group.sylow_subgroup(p, &none).unwrap();
                let order = BigUint::from(p).pow(exponent);
                assert_eq!(found.order(&none).unwrap(), order, "{}, {p}", group.name());
                let plain = PermutationGroup::new("P", group.degree(), found.generators().to_vec()).unwrap();
                assert_eq!(plain.order(&none).unwrap(), order, "{}, {p}", group.name());
                assert!(group.contains_group(&plain, &none).unwrap());
            }
        }
        assert!(mathieu_11().unwrap().sylow_subgroup(6, &none).is_err());
    }
}
