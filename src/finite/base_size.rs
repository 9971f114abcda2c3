//! Bases of least size, which decide universality of networks with tensor layers.
//!
//! Ravanbakhsh, "Universal Equivariant Multilayer Perceptrons" (2020): one hidden layer on k-tuples of the points makes
//! equivariant networks universal when some k-tuple has a trivial stabiliser. Conversely, where no k-tuple has, each hidden
//! unit is a function of ⟨w, x⟩ with w fixed by the stabiliser of its tuple, so all w lie in finitely many proper subspaces
//! Fix(H), H ≠ 1. A product of linear forms vanishes on these, and functions of ⟨w, x⟩ approximate only what the
//! polynomials that vanish on all w annihilate as differential operators (Lin and Pinkus, "Fundamentality of ridge functions",
//! 1993); the square of the product, made invariant, is not among those. So the least order is the least size of a base.

use num_bigint::BigUint;

use super::{FiniteError, PermutationGroup};
use crate::limits::Limits;

/// Stabilisers visited before the search for a smaller base gives up.
const MOST_VISITS: usize = 20_000;

/// The least size of a base, as far as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseSize {
    /// No base is smaller.
    pub at_least: usize,
    /// The smallest base found; the least size is known when it has `at_least` points.
    pub base: Vec<usize>,
}

impl BaseSize {
    /// The least size, when it is known.
    pub fn exact(&self) -> Option<usize> {
        (self.base.len() == self.at_least).then_some(self.base.len())
    }
}

impl PermutationGroup {
    /// The least number of points that only the identity fixes: a greedy base from above (Blaha 1992), counting from below,
    /// and a search through the orbits of stabilisers between.
    pub fn least_base(&self, limits: &Limits) -> Result<BaseSize, FiniteError> {
        let order = self.order(limits)?;
        let one = BigUint::from(1u32);
        if self.degree() >= 3
            && let Some(giant) = self.giant(limits)?
        {
            // Transitive on tuples of n - 1 or n - 2 different points, and no fewer points do.
            let size = self.degree() - if giant == super::Giant::Symmetric { 1 } else { 2 };
            return Ok(BaseSize { at_least: size, base: (0..size).collect() });
        }
        let mut greedy = Vec::new();
        let mut rest = self.clone();
        while rest.order(limits)? > one {
            limits.check()?;
            let largest = rest.orbits().into_iter().max_by_key(|orbit| (orbit.len(), std::cmp::Reverse(orbit[0])));
            let Some(point) = largest.map(|orbit| orbit[0]) else { break };
            greedy.push(point);
            rest = rest.stabilizer(point, limits)?;
        }
        // A base of k points gives different k-tuples of different points to all elements.
        let (mut at_least, mut tuples) = (0, one.clone());
        while tuples < order {
            tuples *= self.degree() - at_least;
            at_least += 1;
        }
        let mut visits = 0;
        while at_least < greedy.len() {
            let mut base = Vec::new();
            match self.search_base(at_least, &mut base, &mut visits, limits)? {
                Some(true) => return Ok(BaseSize { at_least, base }),
                Some(false) => at_least += 1,
                None => break,
            }
        }
        Ok(BaseSize { at_least, base: greedy })
    }

    /// Whether `rest` points more suffice; `None` when the search was given up.
    fn search_base(
        &self,
        rest: usize,
        base: &mut Vec<usize>,
        visits: &mut usize,
        limits: &Limits,
    ) -> Result<Option<bool>, FiniteError> {
        limits.check()?;
        *visits += 1;
        if *visits > MOST_VISITS {
            return Ok(None);
        }
        let order = self.order(limits)?;
        if order == BigUint::from(1u32) {
            return Ok(Some(true));
        }
        let mut orbits: Vec<Vec<usize>> = self.orbits().into_iter().filter(|orbit| orbit.len() > 1).collect();
        orbits.sort_by_key(|orbit| (std::cmp::Reverse(orbit.len()), orbit[0]));
        let largest = orbits.first().map_or(1, Vec::len);
        // Orbits of stabilisers are no longer than those of the group.
        // With largest^rest ≥ 2^bits > order there is room; else the power has at most twice as many bits as the order.
        let exponent = u32::try_from(rest).unwrap_or(u32::MAX);
        let room = u64::from(exponent) * u64::from(largest.ilog2()) >= order.bits();
        if !room && BigUint::from(largest).pow(exponent) < order {
            return Ok(Some(false));
        }
        for orbit in orbits {
            base.push(orbit[0]);
            match self.stabilizer(orbit[0], limits)?.search_base(rest - 1, base, visits, limits)? {
                Some(false) => {}
                other => return Ok(other),
            }
            base.pop();
        }
        Ok(Some(false))
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    fn size(group: &PermutationGroup) -> Option<usize> {
        group.least_base(&Limits::none()).unwrap().exact()
    }

    /// n - 1 and n - 2 for S_n and A_n, 2 for polygons, known values for Mathieu's groups (Burness, O'Brien and Wilson, "Base
    /// sizes for sporadic simple groups", 2010: M11 4, M12 5, M24 7) and sharply transitive ones.
    #[test]
    fn least_bases() {
        let none = Limits::none();
        for n in 3..=7 {
            assert_eq!(size(&symmetric(n).unwrap()), Some(n - 1));
            let plain = PermutationGroup::new("G", n, symmetric(n).unwrap().generators().to_vec()).unwrap();
            assert_eq!(size(&plain), Some(n - 1));
        }
        for n in 4..=7 {
            assert_eq!(size(&alternating(n).unwrap()), Some(n - 2));
        }
        for n in 4..=8 {
            assert_eq!(size(&dihedral(n).unwrap()), Some(2));
        }
        assert_eq!(size(&cyclic(9).unwrap()), Some(1));
        assert_eq!(size(&symmetric(1).unwrap()), Some(0));
        assert_eq!(size(&symmetric(2).unwrap()), Some(1));
        assert_eq!(size(&projective_general(2, 7).unwrap()), Some(3));
        assert_eq!(size(&mathieu_11().unwrap()), Some(4));
        assert_eq!(size(&mathieu_12().unwrap()), Some(5));
        assert_eq!(size(&mathieu_24().unwrap()), Some(7));
        let (s2, s3) = (symmetric(2).unwrap(), symmetric(3).unwrap());
        assert_eq!(size(&wreath_product(&s2, &s3, &none).unwrap()), Some(3));
        assert_eq!(size(&wreath_product(&s3, &s2, &none).unwrap()), Some(4));
        // S_3 × S_4 on the grid: max(3, 4) - 1.
        assert_eq!(size(&product_action(&s3, &symmetric(4).unwrap(), &none).unwrap()), Some(3));
        for found in [mathieu_12().unwrap(), dihedral(7).unwrap()] {
            let base = found.least_base(&none).unwrap().base;
            assert_eq!(found.pointwise_stabilizer(&base, &none).unwrap().order(&none).unwrap(), BigUint::from(1u32));
        }
    }
}
