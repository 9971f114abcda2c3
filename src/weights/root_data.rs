//! What is computed once for each simple type: roots in the coordinates that weights need, and bounds.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use num_bigint::BigUint;
use num_traits::One;

use super::checks::Residue;
use crate::limits::{Limits, Stop};
use crate::roots::SimpleType;

/// A positive root.
pub(super) struct Root {
    /// In simple roots.
    pub coordinates: Box<[i8]>,
    /// In fundamental weights.
    pub labels: Box<[i8]>,
    /// Its coroot in simple coroots.
    pub coroot: Box<[i8]>,
    /// Half the squared length, 1 for short roots.
    pub half: i64,
    /// The height of its coroot, `(ρ, α^∨)`.
    pub coheight: i64,
}

impl Root {
    /// `(λ, α^∨)`.
    pub fn pairing(&self, weight: &[i64]) -> i64 {
        self.coroot.iter().zip(weight).map(|(&c, x)| i64::from(c) * x).sum()
    }
}

/// The roots of a simple type and what follows from them.
pub(super) struct RootData {
    /// The type.
    pub simple: SimpleType,
    /// The rank.
    pub rank: usize,
    /// The Cartan matrix: row `i` is the simple root `α_i` in fundamental weights.
    pub cartan: Vec<Vec<i64>>,
    /// The positive roots, by height and then larger first coordinates first.
    pub roots: Vec<Root>,
    /// Half the squared lengths of the simple roots, short ones having 1.
    pub half: Vec<i64>,
    /// `2ρ^∨` in simple coroots: twice the height of a weight is the scalar product with it.
    pub height: Vec<i64>,
    /// The largest coefficient of each simple coroot in a coroot.
    pub largest: Vec<i64>,
    /// The inverses of all heights of coroots, for dimensions modulo a prime.
    coheight_inverses: Vec<Residue>,
    /// Stabilisers that were asked for.
    stabilisers: Mutex<BTreeMap<Box<[bool]>, Arc<Stabiliser>>>,
}

/// The stabiliser of a weight: the subgroup of the Weyl group for the nodes where its labels are zero.
pub(super) struct Stabiliser {
    /// Its order.
    pub order: BigUint,
    /// The inverse of its order modulo a prime.
    pub inverse: Residue,
    /// One root of each of its orbits on the roots, positive and with no negative label at its nodes, and the number of
    /// positive roots in the orbit.
    ///
    /// The positive roots outside its own root system are permuted by it, and so are the roots within. Those within count
    /// by their positive halves, since `α` and `−α` have the same strings through the weight.
    pub orbits: Vec<(usize, i64)>,
}

/// More stabilisers of one type are not kept.
const MOST_STABILISERS: usize = 4096;

static KNOWN: Mutex<BTreeMap<SimpleType, Arc<RootData>>> = Mutex::new(BTreeMap::new());

impl RootData {
    /// The data of this type, made at the first call and kept for the life of the process.
    pub fn of(simple: SimpleType, limits: &Limits) -> Result<Arc<RootData>, Stop> {
        let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known().get(&simple) {
            return Ok(found.clone());
        }
        // Made without holding the lock: two threads may make the same thing, and one is kept.
        let made = Arc::new(RootData::make(simple, limits)?);
        Ok(known().entry(simple).or_insert(made).clone())
    }

    fn make(simple: SimpleType, limits: &Limits) -> Result<RootData, Stop> {
        let rank = simple.rank();
        limits.reserve(simple.root_count() as u128 * (4 * rank as u128 + 160))?;
        let cartan = simple.cartan_matrix();
        let half: Vec<i64> = (0..rank).map(|i| if simple.is_long(i) { simple.lacing() } else { 1 }).collect();
        let mut roots: Vec<Root> = positive_roots(&cartan, limits)?
            .into_iter()
            .map(|(coordinates, labels)| {
                let scaled = |i: usize| i64::from(coordinates[i]) * half[i];
                let square: i64 = (0..rank).map(|i| scaled(i) * i64::from(labels[i])).sum();
                let coroot: Box<[i8]> = (0..rank).map(|i| (2 * scaled(i) / square) as i8).collect();
                let coheight = coroot.iter().map(|&c| i64::from(c)).sum();
                Root { coordinates, labels, coroot, half: square / 2, coheight }
            })
            .collect();
        roots.sort_by_cached_key(|r| {
            let height: i64 = r.coordinates.iter().map(|&c| i64::from(c)).sum();
            (height, std::cmp::Reverse(r.coordinates.clone()))
        });
        let column = |i: usize| roots.iter().map(move |r| i64::from(r.coroot[i]));
        let height = (0..rank).map(|i| column(i).sum()).collect();
        let largest = (0..rank).map(|i| column(i).max().unwrap_or(1)).collect();
        let highest = roots.iter().map(|r| r.coheight).max().unwrap_or(0);
        let coheight_inverses = (0..=highest).map(|h| Residue::of(i128::from(h)).inverse()).collect();
        let stabilisers = Mutex::default();
        Ok(RootData { simple, rank, cartan, half, height, largest, coheight_inverses, stabilisers, roots })
    }

    /// An upper bound of the absolute labels of all weights below this dominant one: the pairing with a coroot.
    pub fn bound(&self, dominant: &[i64]) -> i64 {
        self.largest.iter().zip(dominant).map(|(c, x)| c.saturating_mul(*x)).fold(0, i64::saturating_add)
    }

    /// Twice the height `(λ, ρ^∨)`: positive on positive roots.
    pub fn twice_height(&self, weight: &[i64]) -> i64 {
        self.height.iter().zip(weight).map(|(c, x)| c * x).sum()
    }

    /// `L h^∨ (λ, λ + 2ρ)` with short roots of squared length 2 and `L` the ratio of the squared lengths, from
    /// `Σ_{α > 0} (λ, α)(α, μ) = h^∨ (λ, μ)` (Bourbaki VI, section 1.12).
    pub fn casimir(&self, weight: &[i64]) -> i128 {
        self.roots
            .iter()
            .map(|r| {
                let s = i128::from(r.pairing(weight));
                i128::from(r.half * r.half) * s * (s + 2 * i128::from(r.coheight))
            })
            .sum()
    }

    /// `L h^∨ (x, x)` for any weight, in the scale of [`RootData::casimir`].
    pub fn square(&self, weight: &[i64]) -> i128 {
        let products = self.roots.iter().map(|r| i128::from(r.half) * i128::from(r.pairing(weight)));
        products.map(|p| p.saturating_mul(p)).fold(0, i128::saturating_add)
    }

    /// Weyl's dimension formula modulo the prime of [`Residue`].
    pub fn dimension(&self, weight: &[i64]) -> Residue {
        let mut product = Residue::ONE;
        for root in &self.roots {
            let pairing = root.pairing(weight);
            if pairing != 0 {
                product = product.times(Residue::of(i128::from(pairing + root.coheight)));
                product = product.times(self.coheight_inverses[root.coheight as usize]);
            }
        }
        product
    }

    /// The factor `L h^∨` of [`RootData::casimir`].
    pub fn casimir_scale(&self) -> i64 {
        self.simple.lacing() * self.simple.dual_coxeter_number() as i64
    }

    /// The order of the subgroup of the Weyl group that is generated by the reflections in the nodes kept, `Π (m_i + 1)`;
    /// the exponents `m_i` are the partition dual to the numbers of roots by height (Humphreys, *Reflection groups*,
    /// section 3.20).
    fn parabolic_order(&self, keep: impl Fn(usize) -> bool) -> BigUint {
        let mut by_height: Vec<u64> = Vec::new();
        let mut nodes = 0;
        for root in &self.roots {
            if (0..self.rank).any(|i| root.coordinates[i] != 0 && !keep(i)) {
                continue;
            }
            let height: usize = root.coordinates.iter().map(|&c| c as usize).sum();
            by_height.resize(by_height.len().max(height), 0);
            by_height[height - 1] += 1;
            nodes += u64::from(height == 1);
        }
        let mut order = BigUint::one();
        for i in 0..nodes {
            let exponent = by_height.iter().filter(|&&count| count > i).count();
            order *= exponent as u64 + 1;
        }
        order
    }

    /// The stabiliser of a weight with these labels zero.
    pub fn stabiliser(&self, zeros: Box<[bool]>) -> Arc<Stabiliser> {
        let known = || self.stabilisers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known().get(&zeros) {
            return found.clone();
        }
        let order = self.parabolic_order(|i| zeros[i]);
        let inverse = Residue::of_big(&order.clone().into()).inverse();
        let made = Arc::new(Stabiliser { order, inverse, orbits: self.orbits(&zeros) });
        let mut known = known();
        if known.len() >= MOST_STABILISERS {
            known.clear();
        }
        known.insert(zeros, made.clone());
        made
    }

    fn orbits(&self, zeros: &[bool]) -> Vec<(usize, i64)> {
        let number: HashMap<&[i8], usize> = self.roots.iter().map(|r| &r.labels[..]).zip(0..).collect();
        let mut count = vec![0; self.roots.len()];
        for root in &self.roots {
            let mut at = root.labels.clone();
            while let Some(i) = (0..self.rank).find(|&i| zeros[i] && at[i] < 0) {
                let label = at[i];
                at.iter_mut().zip(&self.cartan[i]).for_each(|(x, &a)| *x -= label * a as i8);
            }
            if let Some(&k) = number.get(&at[..]) {
                count[k] += 1;
            }
        }
        count.into_iter().enumerate().filter(|c| c.1 > 0).collect()
    }

    /// The order of the Weyl group.
    pub fn weyl_order(&self) -> BigUint {
        self.parabolic_order(|_| true)
    }

    /// The number of weights in the orbit of a dominant weight.
    pub fn orbit_size(&self, dominant: &[i64]) -> BigUint {
        self.weyl_order() / &self.stabiliser(dominant.iter().map(|&x| x == 0).collect()).order
    }
}

/// Coordinates and labels of the positive roots. Each but the simple ones is the reflection `s_i β = β − ⟨β, α_i^∨⟩ α_i`
/// of a lower one (Humphreys, section 10.2).
type Pair = (Box<[i8]>, Box<[i8]>);
fn positive_roots(cartan: &[Vec<i64>], limits: &Limits) -> Result<Vec<Pair>, Stop> {
    let rank = cartan.len();
    let row = |i: usize| cartan[i].iter().map(|&a| a as i8);
    let mut found: Vec<Pair> =
        (0..rank).map(|i| ((0..rank).map(|j| i8::from(i == j)).collect(), row(i).collect())).collect();
    let mut seen: BTreeSet<Box<[i8]>> = found.iter().map(|r| r.0.clone()).collect();
    let mut next = 0;
    while next < found.len() {
        if next % 64 == 0 {
            limits.check()?;
        }
        for i in 0..rank {
            let label = found[next].1[i];
            if label < 0 {
                let mut coordinates = found[next].0.clone();
                coordinates[i] -= label;
                if seen.insert(coordinates.clone()) {
                    let labels = found[next].1.iter().zip(row(i)).map(|(x, a)| x - label * a).collect();
                    found.push((coordinates, labels));
                }
            }
        }
        next += 1;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roots::RootSystem;

    #[test]
    fn the_roots_are_those_of_the_root_system() {
        let limits = Limits::none();
        for text in ["A1", "A5", "B4", "C4", "D5", "E6", "E7", "E8", "F4", "G2"] {
            let simple = text.parse().unwrap();
            let (data, system) = (RootData::of(simple, &limits).unwrap(), RootSystem::new(simple, &limits).unwrap());
            let wide = |v: &[i8]| v.iter().map(|&x| i64::from(x)).collect::<Vec<_>>();
            let roots: Vec<Vec<i64>> = data.roots.iter().map(|r| wide(&r.coordinates)).collect();
            assert_eq!(roots, system.positive(), "{text}");
            for (k, r) in data.roots.iter().enumerate() {
                assert_eq!(wide(&r.coroot), system.coroot(&roots[k]), "{text}");
                assert_eq!(wide(&r.labels), (0..data.rank).map(|i| system.pairing(&roots[k], i)).collect::<Vec<_>>());
                assert_eq!(2 * r.half, system.scaled_product(&roots[k], &roots[k]), "{text}");
            }
        }
    }

    #[test]
    fn orders_of_weyl_groups() {
        // Bourbaki VI, plates I–IX.
        for (text, order) in [
            ("A4", "120"),
            ("B4", "384"),
            ("C3", "48"),
            ("D5", "1920"),
            ("E6", "51840"),
            ("E7", "2903040"),
            ("E8", "696729600"),
            ("F4", "1152"),
            ("G2", "12"),
        ] {
            let data = RootData::of(text.parse().unwrap(), &Limits::none()).unwrap();
            assert_eq!(data.weyl_order().to_string(), order, "{text}");
        }
        let e8 = RootData::of("E8".parse().unwrap(), &Limits::none()).unwrap();
        assert_eq!(e8.orbit_size(&[0, 0, 0, 0, 0, 0, 0, 1]), BigUint::from(240u32));
        assert_eq!(e8.orbit_size(&[1, 0, 0, 0, 0, 0, 0, 0]), BigUint::from(2160u32));
    }
}
