//! The roots of a simple type in coordinates of the simple roots.

use std::collections::BTreeMap;

use super::SimpleType;
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// The root system of a simple type.
///
/// Roots are vectors of integers `(c_1, …, c_r)` for `Σ c_i α_i`. They are numbered: `0..N` the positive ones by height
/// (within a height: larger first coordinates first, so that root `i < r` is the simple root `α_{i+1}`), then `N + k`
/// is the negative of root `k`.
#[derive(Clone, Debug)]
pub struct RootSystem {
    simple: SimpleType,
    cartan: Vec<Vec<i64>>,
    positive: Vec<Vec<i64>>,
    index: BTreeMap<Vec<i64>, usize>,
}

impl RootSystem {
    /// Finds all positive roots, height by height: `β + α_i` is a root exactly when the `α_i`-string through `β`
    /// extends upwards, `p − ⟨β, α_i^∨⟩ > 0` with `p` steps down (Humphreys, section 9.4).
    pub fn new(simple: SimpleType, limits: &Limits) -> Result<RootSystem, Stop> {
        let rank = simple.rank();
        // Each root is held twice, and the Cartan matrix once.
        limits.reserve((simple.root_count() as u128 + rank as u128) * (rank as u128 + 4) * 8)?;
        let cartan = simple.cartan_matrix();
        let mut positive: Vec<Vec<i64>> = (0..rank).map(|i| (0..rank).map(|j| i64::from(i == j)).collect()).collect();
        let mut index: BTreeMap<Vec<i64>, usize> = positive.iter().cloned().zip(0..).collect();
        let mut level = 0..rank;
        while !level.is_empty() {
            limits.check()?;
            let mut next: Vec<Vec<i64>> = Vec::new();
            for beta in &positive[level.clone()] {
                for i in 0..rank {
                    let pairing: i64 = (0..rank).map(|j| beta[j] * cartan[j][i]).sum();
                    let mut down = 0;
                    let mut below = beta.clone();
                    loop {
                        below[i] -= 1;
                        if !index.contains_key(&below) {
                            break;
                        }
                        down += 1;
                    }
                    if down - pairing > 0 {
                        let mut above = beta.clone();
                        above[i] += 1;
                        next.push(above);
                    }
                }
            }
            next.sort_by(|a, b| b.cmp(a));
            next.dedup();
            level = positive.len()..positive.len() + next.len();
            index.extend(next.iter().cloned().zip(level.clone()));
            positive.extend(next);
        }
        Ok(RootSystem { simple, cartan, positive, index })
    }

    /// The type.
    pub fn simple_type(&self) -> SimpleType {
        self.simple
    }

    /// The rank.
    pub fn rank(&self) -> usize {
        self.simple.rank()
    }

    /// The Cartan matrix `a_ij = ⟨α_i, α_j^∨⟩`.
    pub fn cartan_matrix(&self) -> &[Vec<i64>] {
        &self.cartan
    }

    /// The positive roots by height.
    pub fn positive(&self) -> &[Vec<i64>] {
        &self.positive
    }

    /// The number `N` of positive roots.
    pub fn positive_count(&self) -> usize {
        self.positive.len()
    }

    /// The root of this number, positive or negative; the number must be below `2N`.
    pub fn root(&self, number: usize) -> Vec<i64> {
        let n = self.positive.len();
        if number < n { self.positive[number].clone() } else { self.positive[number - n].iter().map(|c| -c).collect() }
    }

    /// The number of the negative of a root.
    pub fn negative_of(&self, number: usize) -> usize {
        let n = self.positive.len();
        if number < n { number + n } else { number - n }
    }

    /// The number of a root given by its coordinates; `None` when it is no root.
    pub fn number_of(&self, root: &[i64]) -> Option<usize> {
        if root.iter().any(|&c| c < 0) {
            let negated: Vec<i64> = root.iter().map(|c| -c).collect();
            return self.index.get(&negated).map(|k| k + self.positive.len());
        }
        self.index.get(root).copied()
    }

    /// The highest root, last in the list of positive roots.
    pub fn highest(&self) -> &[i64] {
        self.positive.last().map_or(&[], Vec::as_slice)
    }

    /// The height `Σ c_i`.
    pub fn height(root: &[i64]) -> i64 {
        root.iter().sum()
    }

    /// `⟨λ, α_i^∨⟩` for `λ` in coordinates of the simple roots.
    pub fn pairing(&self, lambda: &[i64], i: usize) -> i64 {
        lambda.iter().zip(&self.cartan).map(|(c, row)| c * row[i]).sum()
    }

    /// The invariant inner product scaled to integers: short roots have squared length 2, long ones `2 · lacing`
    /// (all of them 2 when there is one length).
    pub fn scaled_product(&self, a: &[i64], b: &[i64]) -> i64 {
        // (λ, α_i) = ⟨λ, α_i^∨⟩ (α_i, α_i)/2.
        (0..self.rank()).map(|i| b[i] * self.pairing(a, i) * self.scaled_half_length(i)).sum()
    }

    fn scaled_half_length(&self, node: usize) -> i64 {
        if self.simple.is_long(node) { self.simple.lacing() } else { 1 }
    }

    /// The invariant inner product with long roots of squared length 2.
    pub fn product(&self, a: &[i64], b: &[i64]) -> Rational {
        Rational::new(self.scaled_product(a, b), self.simple.lacing()).unwrap_or_default()
    }

    /// The squared length, 2 for long roots.
    pub fn squared_length(&self, root: &[i64]) -> Rational {
        self.product(root, root)
    }

    /// The reflection of `λ` in simple root `i`: `λ − ⟨λ, α_i^∨⟩ α_i`.
    pub fn reflect(&self, lambda: &[i64], i: usize) -> Vec<i64> {
        let mut out = lambda.to_vec();
        out[i] -= self.pairing(lambda, i);
        out
    }

    /// The coroot `β^∨ = 2β/(β, β)` in coordinates of the simple coroots `α_i^∨`.
    pub fn coroot(&self, root: &[i64]) -> Vec<i64> {
        let half = self.scaled_product(root, root) / 2;
        (0..self.rank()).map(|i| root[i] * self.scaled_half_length(i) / half).collect()
    }

    /// The number of steps `p` for which `β − α, …, β − pα` are roots.
    pub fn steps_down(&self, beta: &[i64], alpha: &[i64]) -> i64 {
        let mut at = beta.to_vec();
        let mut steps = 0;
        loop {
            at.iter_mut().zip(alpha).for_each(|(x, a)| *x -= a);
            if self.number_of(&at).is_none() {
                return steps;
            }
            steps += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn system(text: &str) -> RootSystem {
        RootSystem::new(text.parse().unwrap(), &Limits::none()).unwrap()
    }

    #[test]
    fn counts_lengths_and_highest_roots_agree_with_the_plates() {
        for (text, highest) in [
            ("A4", vec![1, 1, 1, 1]),
            ("B4", vec![1, 2, 2, 2]),
            ("C4", vec![2, 2, 2, 1]),
            ("D5", vec![1, 2, 2, 1, 1]),
            ("E6", vec![1, 2, 2, 3, 2, 1]),
            ("E7", vec![2, 2, 3, 4, 3, 2, 1]),
            ("E8", vec![2, 3, 4, 6, 5, 4, 3, 2]),
            ("F4", vec![2, 3, 4, 2]),
            ("G2", vec![3, 2]),
        ] {
            let s = system(text);
            let t = s.simple_type();
            assert_eq!(2 * s.positive_count(), t.root_count(), "{text}");
            assert_eq!(s.highest(), highest, "{text}");
            let long = s.positive().iter().filter(|r| s.squared_length(r) == Rational::from(2)).count();
            assert_eq!(2 * long, t.long_root_count(), "{text}");
            // The height of the highest root is h − 1; h∨ − 1 is the height of its coroot.
            assert_eq!(RootSystem::height(s.highest()) as usize + 1, t.coxeter_number());
            assert_eq!(s.coroot(s.highest()).iter().sum::<i64>() as usize + 1, t.dual_coxeter_number());
        }
    }

    #[test]
    fn reflections_permute_the_roots_and_keep_lengths() {
        for text in ["A3", "B3", "C3", "D4", "F4", "G2", "E6"] {
            let s = system(text);
            for k in 0..2 * s.positive_count() {
                let root = s.root(k);
                assert_eq!(s.number_of(&root), Some(k));
                for i in 0..s.rank() {
                    let image = s.reflect(&root, i);
                    assert!(s.number_of(&image).is_some());
                    assert_eq!(s.scaled_product(&image, &image), s.scaled_product(&root, &root));
                }
            }
        }
    }
}
