//! Conjugacy classes of a group whose elements are listed.

use num_integer::Integer;

use super::{ElementTable, FiniteError, Permutation, PermutationGroup};
use crate::limits::Limits;

/// One conjugacy class.
#[derive(Clone, Debug)]
pub struct ConjugacyClass {
    /// The element whose list of images comes first.
    pub representative: Permutation,
    /// The order of its elements.
    pub order: usize,
    /// How many elements it has.
    pub size: usize,
    /// The number of the representative among the elements.
    pub(super) rank: usize,
}

/// The conjugacy classes, by order of the elements, then size, then representative; the identity's comes first.
#[derive(Debug)]
pub struct ConjugacyClasses {
    classes: Vec<ConjugacyClass>,
    table: ElementTable,
    /// The class of each element.
    class_of: Vec<u32>,
}

/// What the list is for, in refusals.
const WHAT: &str = "conjugacy classes";

impl ConjugacyClasses {
    /// The classes as orbits of conjugation by the generators: O(|G|) conjugations by each.
    pub fn new(group: &PermutationGroup, limits: &Limits) -> Result<ConjugacyClasses, FiniteError> {
        let table = ElementTable::new(group, WHAT, limits)?;
        let order = table.order();
        limits.reserve(8 * order as u128)?;
        let moves: Vec<(Permutation, Permutation)> =
            group.generators().iter().filter(|g| !g.is_identity()).map(|g| (g.clone(), g.inverse())).collect();
        let mut class_of = vec![u32::MAX; order];
        let mut classes: Vec<ConjugacyClass> = Vec::new();
        let mut members: Vec<usize> = Vec::new();
        for start in 0..order {
            if class_of[start] != u32::MAX {
                continue;
            }
            let number = classes.len() as u32;
            class_of[start] = number;
            members.clear();
            members.push(start);
            let mut next = 0;
            while next < members.len() {
                super::orbits::check_often(next, limits)?;
                let r = members[next];
                for (g, inverse) in &moves {
                    let conjugate = table.conjugate(r, g.images(), inverse.images());
                    if class_of[conjugate] == u32::MAX {
                        class_of[conjugate] = number;
                        members.push(conjugate);
                    }
                }
                next += 1;
            }
            let rank = first_of(&table, &members);
            let representative = table.element(rank);
            let order = representative.order().try_into().unwrap_or(usize::MAX);
            classes.push(ConjugacyClass { representative, order, size: members.len(), rank });
        }
        // Sort, and number the elements' classes accordingly.
        let mut by_key: Vec<usize> = (0..classes.len()).collect();
        by_key.sort_by_cached_key(|&i| {
            let class = &classes[i];
            let cycles = class.representative.cycle_lengths().len();
            (class.order, class.size, std::cmp::Reverse(cycles), class.representative.clone())
        });
        let mut place = vec![0u32; classes.len()];
        by_key.iter().enumerate().for_each(|(new, &old)| place[old] = new as u32);
        class_of.iter_mut().for_each(|class| *class = place[*class as usize]);
        let classes = by_key.into_iter().map(|i| classes[i].clone()).collect();
        Ok(ConjugacyClasses { classes, table, class_of })
    }

    /// The classes in order.
    pub fn classes(&self) -> &[ConjugacyClass] {
        &self.classes
    }

    /// Labels as in the ATLAS: the order of the elements with a letter.
    pub fn labels(&self) -> Vec<String> {
        super::characters::labels(self.classes.iter().map(|c| num_bigint::BigUint::from(c.order)))
    }

    /// How many classes there are.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Never true: the identity has a class.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// The elements.
    pub fn table(&self) -> &ElementTable {
        &self.table
    }

    /// The class of an element by its number.
    pub fn class_of(&self, r: usize) -> usize {
        self.class_of[r] as usize
    }

    /// The numbers of the elements of a class, ascending.
    pub(super) fn members(&self, class: usize) -> Vec<u32> {
        let class = class as u32;
        self.class_of.iter().zip(0..).filter(|(c, _)| **c == class).map(|(_, r)| r).collect()
    }

    /// The class of a permutation, if it belongs to the group.
    pub fn class_of_permutation(&self, p: &Permutation) -> Option<usize> {
        self.table.number(p).map(|r| self.class_of(r))
    }

    /// The least common multiple of the orders of the elements.
    pub fn exponent(&self) -> usize {
        self.classes.iter().fold(1, |exponent, class| exponent.lcm(&class.order))
    }

    /// The class of the n-th powers of each class's elements.
    pub fn power_map(&self, n: i64) -> Vec<usize> {
        let power = |class: &ConjugacyClass| {
            let p = class.representative.pow(n);
            self.class_of(self.table.rank(|x| p.images()[x] as usize))
        };
        self.classes.iter().map(power).collect()
    }

    /// The classes of the inverses.
    pub fn inverse_map(&self) -> Vec<usize> {
        self.power_map(-1)
    }
}

/// The element whose list of images comes first.
fn first_of(table: &ElementTable, members: &[usize]) -> usize {
    let mut best = members.first().copied().unwrap_or(0);
    for &r in members {
        let differs = (0..table.degree()).find(|&x| table.image(r, x) != table.image(best, x));
        if differs.is_some_and(|x| table.image(r, x) < table.image(best, x)) {
            best = r;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    fn classes(group: &PermutationGroup) -> ConjugacyClasses {
        ConjugacyClasses::new(group, &Limits::none()).unwrap()
    }

    /// Numbers of classes: partitions of n for S_n; (n+3)/2 or n/2+3 for D_n; the ATLAS for Mathieu's groups; q+1 or
    /// (q+5)/2 for PSL(2,q).
    #[test]
    fn numbers_of_classes() {
        let cases = [
            (symmetric(0).unwrap(), 1),
            (symmetric(1).unwrap(), 1),
            (symmetric(6).unwrap(), 11),
            (symmetric(8).unwrap(), 22),
            (alternating(8).unwrap(), 14),
            (dihedral(100).unwrap(), 53),
            (dihedral(9).unwrap(), 6),
            (quaternion().unwrap(), 5),
            (cyclic(12).unwrap(), 12),
            (projective_special(2, 7).unwrap(), 6),
            (projective_special(2, 8).unwrap(), 9),
            (projective_special(2, 13).unwrap(), 9),
            (special_linear(2, 5).unwrap(), 9),
            (mathieu_11().unwrap(), 10),
            (mathieu_12().unwrap(), 15),
            (signed_permutations(4).unwrap(), 20),
        ];
        for (group, count) in cases {
            let found = classes(&group);
            assert_eq!(found.len(), count, "{}", group.name());
            assert_eq!(found.classes().iter().map(|c| c.size).sum::<usize>(), found.table().order());
            assert_eq!(found.classes()[0].order, 1);
        }
    }

    /// Orders and centralisers of M11 (ATLAS, p. 18): 1A 7920, 2A 48, 3A 18, 4A 8, 5A 5, 6A 6, 8A 8, 8B 8, 11A 11, 11B 11.
    #[test]
    fn classes_of_m11() {
        let found = classes(&mathieu_11().unwrap());
        let listed: Vec<(usize, usize)> = found.classes().iter().map(|c| (c.order, 7920 / c.size)).collect();
        let expected = [(1, 7920), (2, 48), (3, 18), (4, 8), (5, 5), (6, 6), (8, 8), (8, 8), (11, 11), (11, 11)];
        assert_eq!(listed, expected);
        assert_eq!(found.exponent(), 1320);
        // The two classes of elements of order 11 are inverse to one another; squares of order-8 elements have order 4.
        assert_eq!(found.inverse_map()[8], 9);
        assert_eq!(found.power_map(2)[6], 3);
        assert_eq!(found.power_map(2)[7], 3);
    }

    /// A slow twin: two elements are conjugate when some element of the list conjugates one into the other.
    #[test]
    fn classes_agree_with_the_definition() {
        for group in [dihedral(6).unwrap(), alternating(4).unwrap(), special_linear(2, 3).unwrap()] {
            let found = classes(&group);
            let table = found.table();
            let all: Vec<Permutation> = (0..table.order()).map(|r| table.element(r)).collect();
            for (r, x) in all.iter().enumerate() {
                for (s, y) in all.iter().enumerate() {
                    let conjugate = all.iter().any(|g| g.inverse().then(x).unwrap().then(g).as_ref() == Some(y));
                    assert_eq!(conjugate, found.class_of(r) == found.class_of(s));
                }
            }
        }
    }
}
