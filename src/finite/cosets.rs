//! Cosets and double cosets of a group whose elements are listed.

use super::orbits::{DisjointSets, check_often};
use super::{ElementTable, FiniteError, Permutation, PermutationGroup};
use crate::limits::Limits;

impl PermutationGroup {
    /// Representatives of the right cosets H g of a subgroup, in the order of the points of the action on them.
    pub fn right_cosets(&self, subgroup: &PermutationGroup, limits: &Limits) -> Result<Vec<Permutation>, FiniteError> {
        Ok(super::actions::cosets(self, subgroup, limits)?.1)
    }

    /// Representatives of the double cosets H g K.
    pub fn double_cosets(
        &self,
        h: &PermutationGroup,
        k: &PermutationGroup,
        limits: &Limits,
    ) -> Result<Vec<Permutation>, FiniteError> {
        // The elements, joined along left multiplication by generators of one subgroup and right by those of another.
        let table = ElementTable::new(self, "double cosets", limits)?;
        let numbers = |group: &PermutationGroup| -> Result<Vec<usize>, FiniteError> {
            let outside = || FiniteError::Argument(format!("{} is no subgroup of {}", group.name(), self.name()));
            group.generators().iter().map(|g| table.number(g).ok_or_else(outside)).collect()
        };
        let (from_left, from_right) = (numbers(h)?, numbers(k)?);
        // Beside the sets of numbers come their lists.
        limits.reserve(40 * table.order() as u128)?;
        let mut sets = DisjointSets::new(table.order());
        for x in 0..table.order() {
            check_often(x, limits)?;
            for &h in &from_left {
                sets.join(x, table.multiply(h, x));
            }
            for &k in &from_right {
                sets.join(x, table.multiply(x, k));
            }
        }
        Ok(sets.sets().iter().map(|set| table.element(set[0])).collect())
    }

    /// The action on the right cosets of a subgroup: coset number i is that of representative i.
    pub fn action_on_cosets(
        &self,
        subgroup: &PermutationGroup,
        limits: &Limits,
    ) -> Result<PermutationGroup, FiniteError> {
        let action = super::actions::coset_action(self, subgroup, limits)?;
        PermutationGroup::new(
            format!("{} on cosets of {}", self.name(), subgroup.name()),
            action.degree,
            action.generators,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    fn order(group: Result<PermutationGroup, FiniteError>) -> u64 {
        group.unwrap().order(&Limits::none()).unwrap().try_into().unwrap()
    }

    fn cycles(n: usize, text: &str) -> Permutation {
        Permutation::from_cycles(n, text).unwrap()
    }

    #[test]
    fn sylow_subgroups() {
        let none = Limits::none();
        let m11 = mathieu_11().unwrap();
        for (p, expected) in [(2, 16), (3, 9), (5, 5), (7, 1), (11, 11)] {
            assert_eq!(order(m11.sylow_subgroup(p, &none)), expected);
        }
        assert_eq!(order(symmetric(8).unwrap().sylow_subgroup(2, &none)), 128);
        assert!(m11.sylow_subgroup(6, &none).is_err());
    }

    /// Double cosets of Young subgroups S_{a,b} and S_{c,d}: the 2×2 matrices of natural numbers with these margins.
    #[test]
    fn cosets() {
        let none = Limits::none();
        let s5 = symmetric(5).unwrap();
        let young = |texts: &[&str]| s5.subgroup("Y", texts.iter().map(|t| cycles(5, t)).collect(), &none).unwrap();
        let (a, b) = (young(&["(0 1)", "(2 3)", "(2 3 4)"]), young(&["(0 1)", "(0 1 2 3)"]));
        assert_eq!(s5.right_cosets(&a, &none).unwrap().len(), 10);
        assert_eq!(s5.double_cosets(&a, &a, &none).unwrap().len(), 3);
        assert_eq!(s5.double_cosets(&a, &b, &none).unwrap().len(), 2);
        let action = s5.action_on_cosets(&a, &none).unwrap();
        assert_eq!((action.degree(), action.orbitals(&none).unwrap().1), (10, 3));
        // A5 on the 12, 20 and 30 cosets of its cyclic subgroups: commutants of dimension 4, 8, 16.
        let a5 = alternating(5).unwrap();
        for (text, degree, rank) in [("(0 1 2 3 4)", 12, 4), ("(0 1 2)", 20, 8), ("(0 1)(2 3)", 30, 16)] {
            let cyclic = a5.subgroup("C", vec![cycles(5, text)], &none).unwrap();
            let action = a5.action_on_cosets(&cyclic, &none).unwrap();
            assert_eq!((action.degree(), action.orbitals(&none).unwrap().1), (degree, rank));
        }
        let outside = PermutationGroup::new("C", 5, vec![cycles(5, "(0 1)")]).unwrap();
        assert!(a5.right_cosets(&outside, &none).is_err());
    }
}
