//! Characters: functions on weights that are invariant under the Weyl group.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::Zero;

use super::checks::{Residue, Trace};
use super::count::Count;
use super::frame::{self, Frame, dominant_table};
use super::klimyk::{Spread, klimyk};
use super::packed::{Packed, Table, Wide, with_packing};
use super::peel::peel;
use super::{Decomposition, ReductiveType, Weight, WeightError, orbit_size};
use crate::limits::Limits;

/// A character, possibly virtual: multiplicities of the dominant weights; the others follow from the Weyl group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Character {
    group: ReductiveType,
    dominant: BTreeMap<Weight, BigInt>,
}

impl Character {
    /// The character with these multiplicities at dominant weights.
    pub fn new(group: &ReductiveType, dominant: BTreeMap<Weight, BigInt>) -> Result<Character, WeightError> {
        dominant.keys().try_for_each(|w| group.check_highest(w))?;
        let dominant = dominant.into_iter().filter(|(_, m)| !m.is_zero()).collect();
        Ok(Character { group: group.clone(), dominant })
    }

    /// The character of a representation.
    pub fn of(representation: &Decomposition, limits: &Limits) -> Result<Character, WeightError> {
        let group = representation.group();
        let terms: Vec<(&Weight, &BigInt)> = representation.terms().iter().collect();
        let data = frame::data_of(group, limits)?;
        let bound = terms.iter().map(|t| frame::bound(group, &data, t.0)).fold(0, i64::max);
        let dominant = with_packing!(group.rank(), bound, P => {
            let unpacked = |w: &P| w.unpack(group.rank());
            match dominant_table::<P, i128>(group, &terms, limits)? {
                Some(table) => table.iter().map(|(w, m)| (unpacked(w), BigInt::from(*m))).collect(),
                None => {
                    let table = dominant_table::<P, BigInt>(group, &terms, limits)?.unwrap_or_default();
                    table.into_iter().map(|(w, m)| (unpacked(&w), m)).collect::<BTreeMap<_, _>>()
                }
            }
        });
        Character::new(group, dominant)
    }

    /// Of what it is a character.
    pub fn group(&self) -> &ReductiveType {
        &self.group
    }

    /// The dominant weights with their multiplicities, none of them zero.
    pub fn dominant(&self) -> &BTreeMap<Weight, BigInt> {
        &self.dominant
    }

    /// The Adams operator `ψ^k`: all weights times `k` (Fulton–Harris, exercise 23.39).
    pub fn adams(&self, k: u32) -> Result<Character, WeightError> {
        let scaled = |w: &Weight| w.iter().map(|x| x.saturating_mul(i64::from(k))).collect();
        Character::new(&self.group, self.dominant.iter().map(|(w, m)| (scaled(w), m.clone())).collect())
    }

    /// `self + times · other`.
    pub fn plus(&self, times: &BigInt, other: &Character) -> Result<Character, WeightError> {
        self.group.require_same(&other.group)?;
        let mut dominant = self.dominant.clone();
        for (weight, m) in &other.dominant {
            *dominant.entry(weight.clone()).or_default() += m * times;
        }
        dominant.retain(|_, m| !m.is_zero());
        Ok(Character { group: self.group.clone(), dominant })
    }

    /// The product: the character of the tensor product.
    pub fn times(&self, other: &Character, limits: &Limits) -> Result<Character, WeightError> {
        self.group.require_same(&other.group)?;
        Character::of(&self.times_representation(&other.decompose(limits)?, limits)?, limits)
    }

    /// The product with the character of a representation, decomposed.
    pub fn times_representation(&self, v: &Decomposition, limits: &Limits) -> Result<Decomposition, WeightError> {
        self.group.require_same(v.group())?;
        klimyk(v, Spread::Adams(self, 1), limits)
    }

    /// The value at the identity: the number of weights, counted with multiplicity.
    pub fn dimension(&self, limits: &Limits) -> Result<BigInt, WeightError> {
        let mut sum = BigInt::zero();
        for (weight, m) in &self.dominant {
            sum += BigInt::from(orbit_size(&self.group, weight, limits)?) * m;
        }
        Ok(sum)
    }

    /// The representation with this character, virtual in general. Either all weights are added to the trivial
    /// representation by Klimyk's formula, or irreducibles are peeled off from the top: what takes fewer steps.
    /// The dimensions are compared.
    pub fn decompose(&self, limits: &Limits) -> Result<Decomposition, WeightError> {
        let answer = self.irreducibles(limits)?;
        if Trace::of(&answer, limits)?.dim != Residue::of_big(&self.dimension(limits)?) {
            return Err(WeightError::Check("the dimensions do not add up".into()));
        }
        Ok(answer)
    }

    fn irreducibles(&self, limits: &Limits) -> Result<Decomposition, WeightError> {
        if self.few_weights(limits)? {
            return self.times_representation(&Decomposition::trivial(&self.group), limits);
        }
        let data = frame::data_of(&self.group, limits)?;
        let bound = self.dominant.keys().map(|w| frame::bound(&self.group, &data, w)).fold(0, i64::max);
        let terms = with_packing!(self.group.rank(), bound, P => match self.peeled::<P, i128>(limits)? {
            Some(terms) => terms,
            None => self.peeled::<P, BigInt>(limits)?.unwrap_or_default(),
        });
        Ok(Decomposition::from_terms(&self.group, terms))
    }

    /// Peeling looks at pairs of dominant weights, of all those below the given ones; and each weight that occurs needs a
    /// table of those below it. So a character that misses many weights below its own, as the image under an Adams
    /// operator does, is better taken weight by weight.
    fn few_weights(&self, limits: &Limits) -> Result<bool, WeightError> {
        let data = frame::data_of(&self.group, limits)?;
        let sizes = self.dominant.keys().map(|w| frame::orbit_size(&self.group, &data, w));
        let total = sizes.fold(0, u128::saturating_add);
        let count = self.dominant.len() as u128;
        if total <= 64 * count + 2000 {
            return Ok(true);
        }
        let below = below(&self.group, self.dominant.keys(), 4 * self.dominant.len() + 64, limits)?;
        Ok(below.is_none() && total <= 1000 * count * count)
    }

    fn peeled<P: Packed, C: Count>(&self, limits: &Limits) -> Result<Option<Vec<(Weight, BigInt)>>, WeightError> {
        let entries = self.dominant.iter().map(|(w, m)| Some((P::pack(w), C::from_big(m)?)));
        let Some(mut table) = entries.collect::<Option<Table<P, C>>>() else { return Ok(None) };
        let factors = Frame::new(&self.group, limits)?.factors();
        let Some(()) = peel(&mut table, &factors.iter().collect::<Vec<_>>(), limits)? else { return Ok(None) };
        Ok(Some(table.iter().map(|(w, m)| (w.unpack(self.group.rank()), m.to_big())).collect()))
    }
}

/// The number of dominant weights below these; `None` when there are more than `most`.
fn below<'a>(
    group: &ReductiveType,
    weights: impl Iterator<Item = &'a Weight>,
    most: usize,
    limits: &Limits,
) -> Result<Option<usize>, WeightError> {
    let frame: Frame<Wide> = Frame::new(group, limits)?;
    let roots = frame.positive_roots();
    let mut todo: Vec<Wide> = weights.map(|w| Wide::pack(w)).collect();
    let mut seen: Table<Wide, ()> = todo.iter().map(|w| (w.clone(), ())).collect();
    while let Some(weight) = todo.pop() {
        limits.check()?;
        for root in &roots {
            let mut lower = weight.clone();
            lower.subtract(1, root);
            if lower.first_negative(frame.rank).is_none() && seen.insert(lower.clone(), ()).is_none() {
                todo.push(lower);
            }
        }
        if seen.len() > most {
            return Ok(None);
        }
    }
    Ok(Some(seen.len()))
}

#[cfg(test)]
mod tests {
    use super::super::slow;
    use super::*;

    #[test]
    fn decompositions_agree_with_the_slow_twin() {
        let limits = Limits::none();
        for (text, a, b, k) in [
            ("A2", vec![2, 1], vec![0, 4], 3),
            ("B3", vec![1, 0, 1], vec![0, 0, 3], 2),
            ("G2", vec![1, 1], vec![3, 0], 2),
            ("A1+C2+T1", vec![2, 1, 1, 5], vec![0, 2, 0, -5], 2),
            ("F4", vec![0, 0, 1, 0], vec![1, 0, 0, 1], 2),
            ("D5", vec![1, 0, 0, 1, 0], vec![0, 0, 0, 0, 2], 3),
        ] {
            let group: ReductiveType = text.parse().unwrap();
            let of = |w: &[i64]| Decomposition::irreducible(&group, w).unwrap();
            let v = of(&a).plus(&BigInt::from(-3), &of(&b)).unwrap();
            let character = Character::of(&v, &limits).unwrap();
            assert_eq!(character.dominant(), &slow::character(&v, &limits).unwrap(), "{text}");
            assert_eq!(character.decompose(&limits).unwrap(), v, "{text}");
            assert_eq!(character.dimension(&limits).unwrap(), v.dimension(&limits).unwrap(), "{text}");
            let adams = character.adams(k).unwrap();
            let found = adams.decompose(&limits).unwrap();
            assert_eq!(found, slow::decompose(&adams, &limits).unwrap(), "{text}");
            // The other way of the two.
            let peeled = adams.peeled::<Wide, BigInt>(&limits).unwrap().unwrap();
            assert_eq!(found, Decomposition::from_terms(&group, peeled), "{text}");
        }
    }

    #[test]
    fn characters_multiply_like_representations() {
        let limits = Limits::none();
        let group: ReductiveType = "A2+A1".parse().unwrap();
        let of = |w: &[i64]| Decomposition::irreducible(&group, w).unwrap();
        let (v, w) = (of(&[1, 1, 2]), of(&[2, 0, 1]).plus(&BigInt::from(-1), &of(&[0, 1, 3])).unwrap());
        let (x, y) = (Character::of(&v, &limits).unwrap(), Character::of(&w, &limits).unwrap());
        let product = Character::of(&slow::tensor(&v, &w, &limits).unwrap(), &limits).unwrap();
        assert_eq!(x.times(&y, &limits).unwrap(), product);
        let sum = Character::of(&v.plus(&BigInt::from(2), &w).unwrap(), &limits).unwrap();
        assert_eq!(x.plus(&BigInt::from(2), &y).unwrap(), sum);
    }
}
