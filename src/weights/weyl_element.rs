//! Elements of the Weyl group as reduced words.

use super::frame::data_of;
use super::weyl::to_dominant;
use super::{ReductiveType, Weight, WeightError};
use crate::limits::Limits;

/// An element of the Weyl group of a reductive type, kept as one reduced word `s_{i_1} s_{i_2} ⋯ s_{i_l}` in the simple
/// reflections (nodes from 0, factor after factor); the rightmost acts first. Equal elements have equal words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WeylElement {
    group: ReductiveType,
    word: Vec<usize>,
}

impl WeylElement {
    /// The identity.
    pub fn identity(group: &ReductiveType) -> WeylElement {
        WeylElement { group: group.clone(), word: Vec::new() }
    }

    /// The product of these simple reflections.
    pub fn new(group: &ReductiveType, word: &[usize], limits: &Limits) -> Result<WeylElement, WeightError> {
        let rank = group.semisimple_rank();
        if let Some(node) = word.iter().find(|&&i| i >= rank) {
            return Err(WeightError::NoNode { node: node + 1, rank });
        }
        let mut image = rho(group);
        apply(group, word, &mut image, limits)?;
        Ok(WeylElement { group: group.clone(), word: descend(group, image, limits)? })
    }

    /// The longest element `w_0`, which takes the dominant chamber to its negative.
    pub fn longest(group: &ReductiveType, limits: &Limits) -> Result<WeylElement, WeightError> {
        let image = rho(group).iter().map(|x| -x).collect();
        Ok(WeylElement { group: group.clone(), word: descend(group, image, limits)? })
    }

    /// The shortest element that takes the dominant weight of the orbit to this weight.
    pub fn to_weight(group: &ReductiveType, weight: &[i64], limits: &Limits) -> Result<WeylElement, WeightError> {
        group.check_weight(weight)?;
        Ok(WeylElement { group: group.clone(), word: descend(group, weight.to_vec(), limits)? })
    }

    /// Of which type's Weyl group it is an element.
    pub fn group(&self) -> &ReductiveType {
        &self.group
    }

    /// The reduced word.
    pub fn word(&self) -> &[usize] {
        &self.word
    }

    /// The length: the number of positive roots that become negative (Humphreys, section 10.3).
    pub fn length(&self) -> usize {
        self.word.len()
    }

    /// The determinant on weights, `(−1)^length`.
    pub fn sign(&self) -> i64 {
        if self.word.len().is_multiple_of(2) { 1 } else { -1 }
    }

    /// The image of a weight; charges stay.
    pub fn act(&self, weight: &[i64], limits: &Limits) -> Result<Weight, WeightError> {
        self.group.check_weight(weight)?;
        let mut image = weight.to_vec();
        apply(&self.group, &self.word, &mut image, limits)?;
        Ok(image)
    }

    /// The product; `other` acts first.
    pub fn times(&self, other: &WeylElement, limits: &Limits) -> Result<WeylElement, WeightError> {
        self.group.require_same(&other.group)?;
        WeylElement::new(&self.group, &[&self.word[..], &other.word[..]].concat(), limits)
    }

    /// The inverse.
    pub fn inverse(&self, limits: &Limits) -> Result<WeylElement, WeightError> {
        WeylElement::new(&self.group, &self.word.iter().rev().copied().collect::<Vec<_>>(), limits)
    }
}

/// The order of the Weyl group.
pub fn weyl_order(group: &ReductiveType, limits: &Limits) -> Result<num_bigint::BigUint, WeightError> {
    Ok(data_of(group, limits)?.iter().map(|d| d.weyl_order()).product())
}

/// Half the sum of the positive roots: all labels 1, no charges.
fn rho(group: &ReductiveType) -> Weight {
    let rank = group.semisimple_rank();
    (0..group.rank()).map(|i| i64::from(i < rank)).collect()
}

fn apply(group: &ReductiveType, word: &[usize], weight: &mut [i64], limits: &Limits) -> Result<(), WeightError> {
    let mut places: Vec<(usize, Vec<i64>)> = Vec::new();
    let mut start = 0;
    for factor in group.factors() {
        places.extend(factor.cartan_matrix().into_iter().map(|row| (start, row)));
        start += factor.rank();
    }
    for (k, &i) in word.iter().rev().enumerate() {
        if k % 4096 == 0 {
            limits.check()?;
        }
        let (start, row) = &places[i];
        let label = weight[i];
        weight[*start..].iter_mut().zip(row).for_each(|(x, a)| *x -= label * a);
    }
    Ok(())
}

/// The reflections on the way up to the dominant chamber, each in the first node with a negative label. Each shortens the
/// way by one, so the word is reduced; and it depends on the weight alone.
fn descend(group: &ReductiveType, weight: Weight, limits: &Limits) -> Result<Vec<usize>, WeightError> {
    let mut word = Vec::new();
    let mut weight = weight;
    let mut start = 0;
    for factor in group.factors() {
        let cartan = factor.cartan_matrix();
        let end = start + factor.rank();
        while let Some(i) = weight[start..end].iter().position(|&x| x < 0) {
            if word.len() % 1024 == 0 {
                limits.check()?;
            }
            let label = weight[start + i];
            weight[start..end].iter_mut().zip(&cartan[i]).for_each(|(x, a)| *x -= label * a);
            word.push(start + i);
        }
        start = end;
    }
    debug_assert_eq!(to_dominant(group, &weight).0, weight);
    Ok(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(group: &ReductiveType, word: &[usize]) -> WeylElement {
        WeylElement::new(group, word, &Limits::none()).unwrap()
    }

    #[test]
    fn braid_relations_and_inverses() {
        let limits = Limits::none();
        for (text, a, b, order) in
            [("A2", 0, 1, 3), ("B2", 0, 1, 4), ("G2", 0, 1, 6), ("A1+A1", 0, 1, 2), ("F4", 1, 2, 4)]
        {
            let group: ReductiveType = text.parse().unwrap();
            let alternating = |first: usize, second: usize| -> Vec<usize> {
                (0..order).map(|k| if k % 2 == 0 { first } else { second }).collect()
            };
            let left = element(&group, &alternating(a, b));
            assert_eq!(left, element(&group, &alternating(b, a)), "{text}");
            assert_eq!(left.length(), order, "{text}");
            assert_eq!(element(&group, &[a, a]), WeylElement::identity(&group));
            let w = element(&group, &[a, b]);
            assert_eq!(w.times(&w.inverse(&limits).unwrap(), &limits).unwrap().length(), 0, "{text}");
        }
    }

    #[test]
    fn longest_elements_have_the_number_of_positive_roots() {
        let limits = Limits::none();
        for (text, length) in [("A4", 10), ("B3", 9), ("D5", 20), ("E6", 36), ("E7", 63), ("E8", 120), ("F4+G2+T1", 30)]
        {
            let group: ReductiveType = text.parse().unwrap();
            let w = WeylElement::longest(&group, &limits).unwrap();
            assert_eq!(w.length(), length, "{text}");
            assert_eq!(w.times(&w, &limits).unwrap().length(), 0, "{text}");
            let weight: Weight = (0..group.rank() as i64).map(|i| i + 1).collect();
            let mut negative = super::super::dual_weight(&group, &weight);
            negative[..group.semisimple_rank()].iter_mut().for_each(|x| *x = -*x);
            negative[group.semisimple_rank()..].iter_mut().for_each(|x| *x = -*x);
            assert_eq!(w.act(&weight, &limits).unwrap(), negative, "{text}");
        }
        let g2: ReductiveType = "G2".parse().unwrap();
        // LiE: long_word(G2).
        assert_eq!(WeylElement::longest(&g2, &limits).unwrap().word(), [0, 1, 0, 1, 0, 1]);
        assert_eq!(weyl_order(&"E8+A1".parse().unwrap(), &limits).unwrap().to_string(), "1393459200");
    }

    #[test]
    fn the_way_to_a_weight_leads_there() {
        let limits = Limits::none();
        let group: ReductiveType = "D4+T1".parse().unwrap();
        let weight = [-3, 2, 0, -1, 7];
        let w = WeylElement::to_weight(&group, &weight, &limits).unwrap();
        let (dominant, odd) = to_dominant(&group, &weight);
        assert_eq!(w.act(&dominant, &limits).unwrap(), weight);
        assert_eq!(w.sign() == -1, odd);
        assert!(WeylElement::new(&group, &[4], &limits).is_err());
    }
}
