//! Dominant weights of an irreducible representation with their multiplicities.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use num_bigint::{BigInt, BigUint};
use num_traits::{One, Zero};

use super::checks::Residue;
use super::estimate::estimate;
use super::packed::{Packed, Table, with_packing};
use super::root_data::RootData;
use super::{ReductiveType, Weight, WeightError};
use crate::limits::Limits;
use crate::roots::SimpleType;

/// The dominant weights of `V(λ)` with their multiplicities, the highest weight first, then by level.
///
/// Freudenthal's formula (Humphreys, section 22.3) with the roots of one orbit of the stabiliser taken together (Moody,
/// Patera, *Bull. AMS* 7, 1982): about the number of such orbits times the length of a string for each dominant weight.
pub fn dominant_weights(
    group: &ReductiveType,
    weight: &[i64],
    limits: &Limits,
) -> Result<Vec<(Weight, BigUint)>, WeightError> {
    group.check_highest(weight)?;
    let tables: Vec<Arc<Dominant>> =
        group.parts(weight).map(|(factor, part)| of_simple(factor, part, limits)).collect::<Result<_, _>>()?;
    let count = tables.iter().fold(1u128, |n, t| n.saturating_mul(t.len() as u128));
    refuse_above(count, "dominant weights")?;
    limits.reserve(count.saturating_mul(8 * weight.len() as u128 + 48))?;
    let mut all: Vec<(Weight, BigUint)> = vec![(Vec::with_capacity(weight.len()), BigUint::one())];
    for table in &tables {
        let mut next = Vec::with_capacity(all.len() * table.len());
        for (left, m) in &all {
            limits.check()?;
            for k in 0..table.len() {
                let mut joined = left.clone();
                joined.extend(table.weight(k).iter().map(|&x| i64::from(x)));
                next.push((joined, m * table.multiplicity(k).magnitude()));
            }
        }
        all = next;
    }
    all.iter_mut().for_each(|(w, _)| w.extend_from_slice(group.charges(weight)));
    Ok(all)
}

/// More weights than this are not held in memory.
pub(super) const MOST_WEIGHTS: u128 = 20_000_000;

/// From so many dominant weights on their number is estimated before going on.
const SUSPICIOUS: usize = 20_000;

/// An error when so many are too many.
pub(super) fn refuse_above(count: u128, what: &str) -> Result<(), WeightError> {
    if count <= MOST_WEIGHTS {
        return Ok(());
    }
    Err(WeightError::TooLarge(format!("this needs about {count} {what} or more; up to {MOST_WEIGHTS} are supported")))
}

/// The dominant weights of one irreducible representation of a simple algebra, by level.
pub(super) struct Dominant {
    rank: usize,
    weights: Vec<i32>,
    down: Vec<i32>,
    multiplicities: Multiplicities,
}

enum Multiplicities {
    Words(Vec<i128>),
    Big(Vec<BigInt>),
}

impl Dominant {
    /// The number of dominant weights.
    pub fn len(&self) -> usize {
        match &self.multiplicities {
            Multiplicities::Words(m) => m.len(),
            Multiplicities::Big(m) => m.len(),
        }
    }

    /// One of them; number 0 is the highest weight.
    pub fn weight(&self, k: usize) -> &[i32] {
        &self.weights[k * self.rank..(k + 1) * self.rank]
    }

    /// `λ` minus this weight in simple roots.
    pub fn down(&self, k: usize) -> &[i32] {
        &self.down[k * self.rank..(k + 1) * self.rank]
    }

    /// Its multiplicity.
    pub fn multiplicity(&self, k: usize) -> BigInt {
        match &self.multiplicities {
            Multiplicities::Words(m) => BigInt::from(m[k]),
            Multiplicities::Big(m) => m[k].clone(),
        }
    }

    fn bytes(&self) -> usize {
        8 * self.weights.len() + 48 * self.len()
    }
}

/// Tables by type and highest weight.
type Tables = HashMap<(SimpleType, Box<[i64]>), Arc<Dominant>>;

/// What was computed, up to a size: forgotten altogether when full.
struct Cache {
    bytes: usize,
    tables: Option<Tables>,
}

static CACHE: Mutex<Cache> = Mutex::new(Cache { bytes: 0, tables: None });
const CACHE_BYTES: usize = 64 << 20;

/// The dominant weights for a simple algebra; kept in a cache of the process.
pub(super) fn of_simple(simple: SimpleType, highest: &[i64], limits: &Limits) -> Result<Arc<Dominant>, WeightError> {
    let cache = || CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    let key = (simple, Box::from(highest));
    if let Some(found) = cache().tables.as_ref().and_then(|t| t.get(&key)) {
        return Ok(found.clone());
    }
    let made = Arc::new(compute(simple, highest, limits)?);
    let mut cache = cache();
    if cache.bytes + made.bytes() > CACHE_BYTES {
        *cache = Cache { bytes: 0, tables: None };
    }
    cache.bytes += made.bytes();
    cache.tables.get_or_insert_default().insert(key, made.clone());
    Ok(made)
}

fn compute(simple: SimpleType, highest: &[i64], limits: &Limits) -> Result<Dominant, WeightError> {
    let data = RootData::of(simple, limits)?;
    if let [label] = *highest {
        return string(label, limits);
    }
    with_packing!(data.rank, data.bound(highest), P => Freudenthal::<P>::new(&data, highest, limits)?.run(limits))
}

/// The dominant weights of A1: one string of weights of multiplicity one.
fn string(label: i64, limits: &Limits) -> Result<Dominant, WeightError> {
    let steps = label / 2;
    limits.reserve(steps as u128 * 24)?;
    Ok(Dominant {
        rank: 1,
        weights: (0..=steps).map(|k| (label - 2 * k) as i32).collect(),
        down: (0..=steps).map(|k| k as i32).collect(),
        multiplicities: Multiplicities::Words(vec![1; steps as usize + 1]),
    })
}

/// One run of Freudenthal's formula.
struct Freudenthal<P> {
    data: Arc<RootData>,
    rank: usize,
    highest: Weight,
    rows: Vec<P>,
    roots: Vec<P>,
    /// The dominant weights by level.
    order: Vec<P>,
    place: Table<P, u32>,
    /// `λ` minus each of them in simple roots.
    below: Table<P, Box<[i32]>>,
}

impl<P: Packed> Freudenthal<P> {
    fn new(data: &Arc<RootData>, highest: &[i64], limits: &Limits) -> Result<Self, WeightError> {
        let rank = data.rank;
        let pack = |labels: &[i8]| P::pack(&labels.iter().map(|&x| i64::from(x)).collect::<Weight>());
        let roots: Vec<P> = data.roots.iter().map(|r| pack(&r.labels)).collect();
        let rows = data.cartan.iter().map(|row| P::pack(row)).collect();
        // Any dominant weight below another one is reached by subtracting positive roots without leaving the dominant
        // ones (Stembridge, *Adv. Math.* 136, 1998).
        let mut order = vec![P::pack(highest)];
        let mut place: Table<P, u32> = Table::default();
        let mut below: Table<P, Box<[i32]>> = Table::default();
        below.insert(order[0].clone(), vec![0; rank].into());
        let (mut next, mut estimated) = (0, false);
        while next < order.len() {
            if next % 16 == 0 {
                limits.check()?;
                if order.len() > SUSPICIOUS && !estimated {
                    estimated = true;
                    refuse_above(estimate(data, highest), "dominant weights")?;
                }
                refuse_above(order.len() as u128 * (rank as u128).div_ceil(8), "dominant weights")?;
                limits.reserve(order.len() as u128 * (3 * size_of::<P>() as u128 + 8 * rank as u128 + 80))?;
            }
            for (root, packed) in data.roots.iter().zip(&roots) {
                let mut lower = order[next].clone();
                lower.subtract(1, packed);
                if lower.first_negative(rank).is_none() && !below.contains_key(&lower) {
                    let down = below[&order[next]].iter().zip(&root.coordinates).map(|(x, &c)| x + i32::from(c));
                    below.insert(lower.clone(), down.collect());
                    order.push(lower);
                }
            }
            next += 1;
        }
        let height = data.twice_height(highest);
        order.sort_by_cached_key(|w| (height - data.twice_height(&w.unpack(rank)), w.clone()));
        for (k, w) in order.iter().enumerate() {
            place.insert(w.clone(), k as u32);
        }
        Ok(Freudenthal { data: data.clone(), rank, highest: highest.to_vec(), rows, roots, order, place, below })
    }

    fn run(self, limits: &Limits) -> Result<Dominant, WeightError> {
        let multiplicities = match self.words(limits)? {
            Some(words) => Multiplicities::Words(words),
            None => Multiplicities::Big(self.big(limits)?),
        };
        let weights = self.order.iter().flat_map(|w| (0..self.rank).map(|i| w.label(i) as i32)).collect();
        self.confirm(&multiplicities)?;
        let down = self.order.iter().flat_map(|w| self.below[w].iter().copied()).collect();
        Ok(Dominant { rank: self.rank, weights, down, multiplicities })
    }

    /// The sizes of the orbits times the multiplicities give Weyl's dimension, modulo a prime.
    fn confirm(&self, multiplicities: &Multiplicities) -> Result<(), WeightError> {
        let whole = Residue::of_big(&self.data.weyl_order().into());
        let mut sum = Residue::default();
        for (k, weight) in self.order.iter().enumerate() {
            let zeros: Box<[bool]> = (0..self.rank).map(|i| weight.label(i) == 0).collect();
            let size = whole.times(self.data.stabiliser(zeros).inverse);
            let m = match multiplicities {
                Multiplicities::Words(m) => Residue::of(m[k]),
                Multiplicities::Big(m) => Residue::of_big(&m[k]),
            };
            sum = sum.plus(size.times(m));
        }
        if sum != self.data.dimension(&self.highest) {
            return Err(WeightError::Check("the multiplicities of the weights do not add up to the dimension".into()));
        }
        Ok(())
    }

    /// In machine words; `None` when a multiplicity is so large that a sum could overflow.
    fn words(&self, limits: &Limits) -> Result<Option<Vec<i128>>, WeightError> {
        // A scalar product with a root is at most L(B + 1), a string has at most 2B + 1 steps, B bounding all labels.
        let b = i128::from(self.data.bound(&self.highest)) + 1;
        let factors = [self.roots.len() as i128, i128::from(self.data.simple.lacing()), b, 2 * b];
        let scale = 2 * i128::from(self.data.casimir_scale());
        let Some(sum) = factors.iter().try_fold(scale, |x, &y| x.checked_mul(y)) else { return Ok(None) };
        let limit = i128::MAX / sum;
        let mut found: Vec<i128> = vec![1];
        let complete = self.each(limits, |strings, denominator| {
            let mut sum = 0i128;
            for &(place, factor) in strings {
                sum += found[place as usize] * i128::from(factor);
            }
            let m = sum * scale / denominator;
            found.push(m);
            m < limit
        })?;
        Ok(complete.then_some(found))
    }

    fn big(&self, limits: &Limits) -> Result<Vec<BigInt>, WeightError> {
        let scale = BigInt::from(2 * self.data.casimir_scale());
        let mut found: Vec<BigInt> = vec![BigInt::one()];
        self.each(limits, |strings, denominator| {
            let mut sum = BigInt::zero();
            for &(place, factor) in strings {
                sum += &found[place as usize] * factor;
            }
            found.push(sum * &scale / denominator);
            true
        })?;
        Ok(found)
    }

    /// Hands the terms of Freudenthal's sum for each weight but the highest one, as places of weights with factors, and
    /// the denominator, both in the scale of [`RootData::casimir`]. Stops when told so, and says whether it came to the end.
    fn each(&self, limits: &Limits, mut take: impl FnMut(&[(u32, i64)], i128) -> bool) -> Result<bool, WeightError> {
        let top = self.data.casimir(&self.highest);
        let mut strings: Vec<(u32, i64)> = Vec::new();
        for (k, mu) in self.order.iter().enumerate().skip(1) {
            if k % 16 == 0 {
                limits.check()?;
            }
            let labels = mu.unpack(self.rank);
            let zeros: Box<[bool]> = labels.iter().map(|&x| x == 0).collect();
            let stabiliser = self.data.stabiliser(zeros);
            strings.clear();
            for &(number, size) in &stabiliser.orbits {
                let root = &self.data.roots[number];
                let mut product = root.half * root.pairing(&labels);
                let mut at = mu.clone();
                loop {
                    at.add(&self.roots[number]);
                    product += 2 * root.half;
                    let Some(&place) = self.place.get(&self.dominant(&at)) else { break };
                    strings.push((place, product * size));
                }
            }
            if !take(&strings, top - self.data.casimir(&labels)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    #[inline]
    fn dominant(&self, weight: &P) -> P {
        let mut out = weight.clone();
        while let Some(i) = out.first_negative(self.rank) {
            out.subtract(out.label(i), &self.rows[i]);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::slow;
    use super::*;

    fn group(text: &str) -> ReductiveType {
        text.parse().unwrap()
    }

    #[test]
    fn agrees_with_freudenthals_formula_for_all_roots() {
        let limits = Limits::none();
        for (text, weight) in [
            ("A1", vec![7]),
            ("A3", vec![2, 1, 3]),
            ("B3", vec![1, 2, 1]),
            ("C3", vec![2, 0, 2]),
            ("C2", vec![3, 2]),
            ("D4", vec![1, 0, 2, 1]),
            ("D3", vec![1, 2, 0]),
            ("F4", vec![1, 0, 1, 1]),
            ("G2", vec![3, 2]),
            ("E6", vec![1, 1, 0, 0, 0, 1]),
            ("A2+B2+T1", vec![2, 1, 1, 2, -4]),
            // Nine labels: the wider packing.
            ("D9", vec![0, 1, 0, 0, 0, 0, 0, 1, 1]),
            ("A1+G2", vec![9, 0, 1]),
            // More than 32 labels: no packing.
            ("A33", [&[1][..], &[0; 31], &[1]].concat()),
        ] {
            let g = group(text);
            assert_eq!(
                dominant_weights(&g, &weight, &limits).unwrap(),
                slow::dominant_weights(&g, &weight, &limits).unwrap(),
                "{text} {weight:?}"
            );
        }
    }

    #[test]
    fn numbers_of_dominant_weights_of_rho() {
        // LiE: length(dom_char(all_one(n), g)).
        for (text, count) in [("E6", 226), ("E7", 1464)] {
            let g = group(text);
            let weights = dominant_weights(&g, &vec![1; g.rank()], &Limits::none()).unwrap();
            assert_eq!(weights.len(), count, "{text}");
            // The multiplicities and the sizes of the orbits give 2^N.
            let data = RootData::of(g.simple().unwrap(), &Limits::none()).unwrap();
            let dim: BigUint = weights.iter().map(|(w, m)| m * data.orbit_size(w)).sum();
            assert_eq!(dim, BigUint::one() << data.roots.len(), "{text}");
        }
    }

    #[test]
    fn long_strings_take_no_time() {
        let weights = dominant_weights(&group("A1"), &[1_000_000], &Limits::none()).unwrap();
        assert_eq!(weights.len(), 500_001);
        assert_eq!(weights[500_000], (vec![0], BigUint::one()));
    }

    #[test]
    fn hostile_sizes_are_refused_at_once() {
        for (text, weight) in [
            ("E8", vec![1000, 0, 0, 0, 0, 0, 0, 0]),
            ("E8", vec![9; 8]),
            ("A200", vec![1; 200]),
            ("A8+A8", vec![2; 16]),
            ("D100", vec![3; 100]),
            ("A1", vec![1_000_000_000]),
        ] {
            assert!(dominant_weights(&group(text), &weight, &Limits::none()).is_err(), "{text} {weight:?}");
        }
    }
}
