//! Perfect matchings and bijections without long chains: bases of the spaces that Brauer diagrams span.
//!
//! The relations among diagrams over a small space are minors and Pfaffians. Their leading terms are known (for a diagonal
//! order the diagonals of the minors: Sturmfels 1990, Conca 1994 for symmetric matrices; nested monomials for Pfaffians:
//! Herzog and Trung 1992), so the diagrams that contain no leading term are a basis.

use crate::limits::{Limits, Stop};

/// Which sets of pairs must not become larger than allowed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// Pairs `(a_1, b_1), (a_2, b_2), …`, `a_i < b_i`, with `a_1 < a_2 < …` and `b_1 < b_2 < …`.
    Chains,
    /// Pairs with `a_1 < a_2 < … < b_2 < b_1`.
    Nestings,
}

impl Rule {
    /// The leg that ends the longest set in the best completion by these free legs: all pairs nested end at the last one and
    /// make no chain; all crossing end from the middle on and make no nesting. In every other completion a pair ends there
    /// or where the set is longer.
    fn critical(self, free: &[usize]) -> Option<usize> {
        match self {
            Rule::Chains => free.last().copied(),
            Rule::Nestings => free.get(free.len() / 2).copied(),
        }
    }

    fn follows(self, before: usize, after: usize) -> bool {
        match self {
            Rule::Chains => before < after,
            Rule::Nestings => before > after,
        }
    }
}

/// Calls `visit` for every perfect matching of the given legs without more than `most` pairs in a set of the rule, in
/// lexicographic order; pairs `(a, b)` have `a < b`, and the `a` increase.
pub(super) fn matchings(
    legs: &[usize],
    rule: Rule,
    most: usize,
    limits: &Limits,
    visit: &mut impl FnMut(&[(usize, usize)]),
) -> Result<(), Stop> {
    let search = Search { rule, most, limits };
    search.extend(&mut legs.to_vec(), &mut Vec::new(), &mut Vec::new(), visit)
}

struct Search<'a> {
    rule: Rule,
    most: usize,
    limits: &'a Limits,
}

impl Search<'_> {
    /// The depth of the recursion is the number of pairs.
    fn extend(
        &self,
        free: &mut Vec<usize>,
        pairs: &mut Vec<(usize, usize)>,
        lengths: &mut Vec<usize>,
        visit: &mut impl FnMut(&[(usize, usize)]),
    ) -> Result<(), Stop> {
        if free.is_empty() {
            visit(pairs);
            return Ok(());
        }
        self.limits.check()?;
        let length_at = |second: usize, pairs: &[(usize, usize)], lengths: &[usize]| {
            let before = pairs.iter().zip(lengths).filter(|(pair, _)| self.rule.follows(pair.1, second));
            1 + before.map(|(_, &l)| l).max().unwrap_or(0)
        };
        if self.rule.critical(free).is_some_and(|leg| length_at(leg, pairs, lengths) > self.most) {
            return Ok(());
        }
        let first = free.remove(0);
        for at in 0..free.len() {
            let second = free.remove(at);
            let length = length_at(second, pairs, lengths);
            if length <= self.most {
                pairs.push((first, second));
                lengths.push(length);
                self.extend(free, pairs, lengths, visit)?;
                pairs.pop();
                lengths.pop();
            }
            free.insert(at, second);
        }
        free.insert(0, first);
        Ok(())
    }
}

/// Calls `visit` for every permutation of `0 … count − 1` without an increasing subsequence longer than `most`, in
/// lexicographic order.
pub(super) fn permutations(
    count: usize,
    most: usize,
    limits: &Limits,
    visit: &mut impl FnMut(&[usize]),
) -> Result<(), Stop> {
    fn extend(
        free: &mut Vec<usize>,
        images: &mut Vec<usize>,
        lengths: &mut Vec<usize>,
        most: usize,
        limits: &Limits,
        visit: &mut impl FnMut(&[usize]),
    ) -> Result<(), Stop> {
        if free.is_empty() {
            visit(images);
            return Ok(());
        }
        limits.check()?;
        let length_at = |image: usize, images: &[usize], lengths: &[usize]| {
            let before = images.iter().zip(lengths).filter(|(x, _)| **x < image);
            1 + before.map(|(_, &l)| l).max().unwrap_or(0)
        };
        // The rest in decreasing order is the best completion, and the largest image has to come somewhere.
        if free.last().is_some_and(|&image| length_at(image, images, lengths) > most) {
            return Ok(());
        }
        for at in 0..free.len() {
            let image = free.remove(at);
            let length = length_at(image, images, lengths);
            if length <= most {
                images.push(image);
                lengths.push(length);
                extend(free, images, lengths, most, limits, visit)?;
                images.pop();
                lengths.pop();
            }
            free.insert(at, image);
        }
        Ok(())
    }
    extend(&mut (0..count).collect(), &mut Vec::new(), &mut Vec::new(), most, limits, visit)
}

/// All subsets of `size` elements of `0 … count − 1`, each increasing, in lexicographic order.
pub(super) fn subsets(count: usize, size: usize) -> Vec<Vec<usize>> {
    let mut out = Vec::new();
    let mut chosen: Vec<usize> = (0..size).collect();
    if size > count {
        return out;
    }
    loop {
        out.push(chosen.clone());
        let Some(at) = (0..size).rev().find(|&i| chosen[i] < count - size + i) else { return out };
        chosen[at] += 1;
        for i in at + 1..size {
            chosen[i] = chosen[i - 1] + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equivariant::{general_linear_rank, orthogonal_rank, symplectic_rank};

    /// Over a line one nested matching and one decreasing order are left, found without search.
    #[test]
    fn no_dead_ends() {
        let limits = Limits::none();
        let legs: Vec<usize> = (0..60).collect();
        let mut found = Vec::new();
        matchings(&legs, Rule::Chains, 1, &limits, &mut |pairs| found.push(pairs.to_vec())).unwrap();
        assert_eq!(found, [(0..30).map(|i| (i, 59 - i)).collect::<Vec<_>>()]);
        let mut orders = 0;
        permutations(60, 1, &limits, &mut |_| orders += 1).unwrap();
        assert_eq!(orders, 1);
    }

    /// As many diagrams as the walks count (two sources that share no code).
    #[test]
    fn diagrams_are_as_many_as_counted() {
        let limits = Limits::none();
        for n in 1..=4 {
            for half in 0..=5 {
                let legs: Vec<usize> = (0..2 * half).collect();
                let count = |rule| {
                    let mut count = 0u32;
                    matchings(&legs, rule, n, &limits, &mut |_| count += 1).unwrap();
                    count
                };
                assert_eq!(orthogonal_rank(n, 2 * half, &limits).unwrap(), count(Rule::Chains).into());
                assert_eq!(symplectic_rank(n, 2 * half, &limits).unwrap(), count(Rule::Nestings).into());
                let mut bijections = 0u32;
                permutations(half, n, &limits, &mut |_| bijections += 1).unwrap();
                assert_eq!(general_linear_rank(n, half, half, &limits).unwrap(), bijections.into());
            }
        }
        assert_eq!(subsets(4, 2), [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
        assert_eq!(subsets(3, 0), [[0usize; 0]]);
        assert!(subsets(2, 3).is_empty());
    }
}
