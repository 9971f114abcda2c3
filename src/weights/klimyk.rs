//! Klimyk's formula: a product of a representation with a character.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::cosets::{MOST_NODES, by_cosets};
use super::count::Count;
use super::frame::{self, Frame, dominant_table};
use super::packed::{Narrow, Packed, Table, with_packing};
use super::peel::{Factor, decompose};
use super::racah_speiser::{ROOM, Walk};
use super::regular::Regular;
use super::root_data::RootData;
use super::{Character, Decomposition, ReductiveType, Weight, WeightError};
use crate::limits::Limits;
use crate::roots::recognize_cartan_matrix;

/// A character whose weights are added to highest weights.
#[derive(Clone, Copy)]
pub(super) enum Spread<'a> {
    /// That of a representation.
    Irreducibles(&'a Decomposition),
    /// The image of a character under an Adams operator: all weights times a number.
    Adams(&'a Character, i64),
}

/// `χ · V` for a representation `V` and a character `χ` of the same group.
///
/// `χ · V(λ) = Σ_ν χ(ν) V(λ + ν)`, where `V(w(κ + ρ) − ρ) = sgn(w) V(κ)` (Humphreys, exercise 24.9). When many labels of `λ`
/// are zero, their nodes `J` define a Levi subgroup `L` with `λ` a character of `L`, and the same holds with
/// `χ|_L = Σ_τ b_τ V_L(τ)` instead of weights: `χ · V(λ) = Σ_τ b_τ V(λ + τ)`. That is a sum over about `|W_J|` times fewer
/// terms. Where most of the `λ + ν + ρ` lie on walls, the others are found from the answers' side (see [`Walk`]).
pub(super) fn klimyk(v: &Decomposition, spread: Spread, limits: &Limits) -> Result<Decomposition, WeightError> {
    let group = v.group();
    let data = frame::data_of(group, limits)?;
    let largest = |weights: &mut dyn Iterator<Item = &Weight>, more: i64| {
        weights
            .map(|w| {
                let rank = group.semisimple_rank();
                let shifted: Weight = w.iter().enumerate().map(|(i, x)| x + if i < rank { more } else { 0 }).collect();
                frame::bound(group, &data, &shifted)
            })
            .fold(0, i64::max)
    };
    let bound = largest(&mut v.terms().keys(), 1).saturating_add(match spread {
        Spread::Irreducibles(other) => largest(&mut other.terms().keys(), 0),
        Spread::Adams(character, k) => largest(&mut character.dominant().keys(), 0).saturating_mul(k),
    });
    if bound >= i64::MAX / 8 {
        return Err(WeightError::TooLarge("the weights of this product are too large".into()));
    }
    with_packing!(group.rank(), bound, P => {
        let roomy = bound < P::LIMIT / ROOM;
        let terms = match run::<P, i128>(v, spread, roomy, limits)? {
            Some(terms) => terms,
            None => run::<P, BigInt>(v, spread, roomy, limits)?.unwrap_or_default(),
        };
        Ok(Decomposition::from_terms(group, terms))
    })
}

/// From so many weights on they are not all listed before they are used.
const LISTED: u128 = 1 << 17;

/// More additions of a weight than this are refused.
const MOST_STEPS: u128 = 1_000_000_000_000;

/// A product that takes so many nanoseconds is first tried by walks.
const WORTH_A_TRY: f64 = 2e6;

/// Walks that would look at more places, or for more representations, are not begun.
const MOST_PLACES: u64 = 10_000_000_000;
const MOST_CANDIDATES: u64 = 2_000_000;

fn run<P: Packed, C: Count>(
    v: &Decomposition,
    spread: Spread,
    roomy: bool,
    limits: &Limits,
) -> Result<Option<Vec<(Weight, BigInt)>>, WeightError> {
    let group = v.group();
    let frame: Frame<P> = Frame::new(group, limits)?;
    let table = match spread {
        Spread::Irreducibles(other) => dominant_table(group, &other.terms().iter().collect::<Vec<_>>(), limits)?,
        Spread::Adams(character, k) => multiples(character, k),
    };
    let Some(table) = table else { return Ok(None) };
    let coordinates = group.rank();
    let sizes = table.keys().map(|w: &P| frame::orbit_size(group, &frame.data, &w.unpack(coordinates)));
    let total = sizes.fold(0, u128::saturating_add);
    let mut sum = Sum { group, frame, table, out: Table::default(), listed: None, total };
    for (highest, times) in v.terms() {
        limits.check()?;
        let Some(times) = C::from_big(times) else { return Ok(None) };
        let done = match spread {
            Spread::Irreducibles(other) => {
                let (way, cost) = sum.way(highest);
                let tried = roomy && group.factors().len() == 1 && cost > WORTH_A_TRY;
                let allowed = MOST_PLACES.min((cost / sum.nanoseconds_of_a_place()) as u64);
                let walked = match tried {
                    true => sum.walks(highest, &times, other, allowed, limits)?,
                    false => Some(false),
                };
                match way {
                    _ if walked != Some(false) => walked.map(|_| ()),
                    Way::Weights => sum.weights(highest, &times, limits)?,
                    way => sum.levi(highest, &times, other, way, limits)?,
                }
            }
            Spread::Adams(..) => sum.weights(highest, &times, limits)?,
        };
        let Some(()) = done else { return Ok(None) };
        limits.reserve(sum.out.len() as u128 * 2 * (size_of::<(P, C)>() + 8 * coordinates + 64) as u128)?;
    }
    let rank = group.semisimple_rank();
    let unshifted = |w: P| (0..coordinates).map(|i| w.label(i) - i64::from(i < rank)).collect();
    Ok(Some(sum.out.into_iter().filter(|(_, m)| !m.vanishes()).map(|(w, m)| (unshifted(w), m.to_big())).collect()))
}

fn multiples<P: Packed, C: Count>(character: &Character, k: i64) -> Option<Table<P, C>> {
    let scaled = |w: &Weight| P::pack(&w.iter().map(|x| x * k).collect::<Weight>());
    character.dominant().iter().map(|(w, m)| Some((scaled(w), C::from_big(m)?))).collect()
}

struct Sum<'a, P, C> {
    group: &'a ReductiveType,
    frame: Frame<P>,
    /// The character on dominant weights.
    table: Table<P, C>,
    /// Multiplicities at `highest weight + ρ`.
    out: Table<P, C>,
    /// All weights, when they are not too many.
    listed: Option<Vec<(P, C)>>,
    /// The number of weights.
    total: u128,
}

impl<P: Packed, C: Count> Sum<'_, P, C> {
    fn shifted(&self, weight: &[i64]) -> P {
        let rank = self.frame.rank;
        P::pack(&weight.iter().enumerate().map(|(i, x)| x + i64::from(i < rank)).collect::<Weight>())
    }

    /// Adds `times · m` at the dominant place of `place = λ + ρ + ν`, with the sign.
    #[inline]
    fn add(frame: &Frame<P>, out: &mut Table<P, C>, mut place: P, times: &C, m: &C) -> Option<()> {
        if place.has_zero(frame.rank) {
            return Some(());
        }
        let odd = frame.make_dominant(&mut place);
        if place.has_zero(frame.rank) {
            return Some(());
        }
        let entry = match out.get_mut(&place) {
            Some(entry) => entry,
            None => out.entry(place).or_insert(C::from_big(&BigInt::from(0))?),
        };
        if odd { entry.subtract_product(times, m) } else { entry.add_product(times, m) }
    }

    /// Weight by weight.
    fn weights(&mut self, highest: &[i64], times: &C, limits: &Limits) -> Result<Option<()>, WeightError> {
        if self.total > MOST_STEPS {
            return Err(WeightError::TooLarge(format!("the product needs about {} steps", self.total)));
        }
        let base = self.shifted(highest);
        let none: Vec<Narrow<0>> = vec![Narrow::pack(&[]); self.frame.rank];
        if self.total <= LISTED && self.listed.is_none() {
            let mut all = Vec::with_capacity(self.total as usize);
            for (dominant, m) in self.table.iter().filter(|(_, m)| !m.vanishes()) {
                self.frame.orbit(dominant, &Narrow::pack(&[]), &none, limits, |w, _| {
                    all.push((w.clone(), m.clone()));
                    Ok(())
                })?;
            }
            self.listed = Some(all);
        }
        if let Some(all) = &self.listed {
            for (weight, m) in all {
                let mut place = base.clone();
                place.add(weight);
                let Some(()) = Self::add(&self.frame, &mut self.out, place, times, m) else { return Ok(None) };
            }
            return Ok(Some(()));
        }
        let mut overflow = false;
        for (dominant, m) in self.table.iter().filter(|(_, m)| !m.vanishes()) {
            let (frame, out) = (&self.frame, &mut self.out);
            frame.orbit(dominant, &Narrow::pack(&[]), &none, limits, |weight, _| {
                let mut place = base.clone();
                place.add(weight);
                let before = out.len();
                overflow |= Self::add(frame, out, place, times, m).is_none();
                // A table that is full doubles; the answer is made from it.
                if out.len() > before && out.len().is_power_of_two() {
                    super::dominant::refuse_above(out.len() as u128, "terms")?;
                    limits.reserve(out.len() as u128 * 4 * size_of::<(P, C)>() as u128)?;
                }
                Ok(())
            })?;
        }
        Ok((!overflow).then_some(()))
    }

    /// The cheapest way for one term, by estimates in nanoseconds: all weights; over the Levi subgroup, whose dominant
    /// weights are found by looking at all roots for each of them; or by its minimal coset representatives. With the estimate.
    fn way(&self, highest: &[i64]) -> (Way, f64) {
        let (mut stabiliser, mut group, mut roots) = (1.0, 1.0, 0.0);
        for ((_, part), data) in self.group.parts(highest).zip(&self.frame.data) {
            let zeros = part.iter().map(|&x| x == 0).collect();
            stabiliser *= data.stabiliser(zeros).order.to_f64().unwrap_or(f64::INFINITY);
            group *= data.weyl_order().to_f64().unwrap_or(f64::INFINITY);
            roots += data.roots.len() as f64;
        }
        let total = self.total as f64;
        let dominant = total / stabiliser;
        let zeros = highest[..self.frame.rank].iter().filter(|&&x| x == 0).count();
        let decomposed = if zeros > 4 { 2500.0 } else { 600.0 };
        let cosets = match self.frame.rank > MOST_NODES {
            true => f64::INFINITY,
            false => 150.0 * group / stabiliser + decomposed * dominant,
        };
        let costs =
            [(40.0 * total, Way::Weights), (dominant * (30.0 * roots + decomposed), Way::Roots), (cosets, Way::Cosets)];
        // Only the first way holds nothing but the answer in memory.
        if total <= 1000.0 || stabiliser <= 1.0 || dominant > 5e6 {
            return (Way::Weights, costs[0].0);
        }
        let best = costs.into_iter().min_by(|a, b| a.0.total_cmp(&b.0));
        best.map_or((Way::Weights, costs[0].0), |(cost, way)| (way, cost))
    }

    /// About the time for a place of a walk: a few reflections.
    fn nanoseconds_of_a_place(&self) -> f64 {
        60.0 + 0.75 * self.frame.data.iter().map(|d| d.roots.len()).sum::<usize>() as f64
    }

    /// From the answers' side, unless that takes more places than allowed: whether it is done.
    fn walks(
        &mut self,
        highest: &[i64],
        times: &C,
        other: &Decomposition,
        allowed: u64,
        limits: &Limits,
    ) -> Result<Option<bool>, WeightError> {
        let walk = Walk::new(&self.frame, &self.table, highest);
        let most = MOST_CANDIDATES.min(allowed / 32) as usize;
        let Some(candidates) = walk.candidates(other.terms().keys(), most, limits)? else { return Ok(Some(false)) };
        let Some(found) = walk.multiplicities(&candidates, allowed, limits)? else { return Ok(Some(false)) };
        let Some(zero) = C::from_big(&BigInt::from(0)) else { return Ok(None) };
        let rho = P::pack(&vec![1; self.frame.rank]);
        for (mut place, m) in found {
            place.add(&rho);
            let entry = self.out.entry(place).or_insert_with(|| zero.clone());
            let Some(()) = entry.add_product(times, &m) else { return Ok(None) };
        }
        Ok(Some(true))
    }

    /// Over the Levi subgroup of the zero labels.
    fn levi(
        &mut self,
        highest: &[i64],
        times: &C,
        other: &Decomposition,
        way: Way,
        limits: &Limits,
    ) -> Result<Option<()>, WeightError> {
        let rank = self.frame.rank;
        let (regular, order) = levi_subgroup(self.group, &self.frame, &highest[..rank], limits)?;
        let found = if way == Way::Cosets {
            Some(by_cosets(&self.frame, &self.table, &highest[..rank], &order, limits)?)
        } else {
            let seeds: Vec<(P, P)> = other.terms().keys().map(|w| (P::pack(w), permuted(&order, w))).collect();
            regular.dominant(&self.frame, &self.table, &seeds, limits)?.map(|table| table.into_iter().collect())
        };
        let Some(found) = found else { return Ok(None) };
        let Some(found) = decompose(found, &regular.factors, limits)? else { return Ok(None) };
        let base = self.shifted(highest);
        let mut labels = vec![0; order.len()];
        for (image, m) in &found {
            order.iter().enumerate().for_each(|(k, &i)| labels[i] = image.label(k));
            let mut place = base.clone();
            place.add(&P::pack(&labels));
            let Some(()) = Self::add(&self.frame, &mut self.out, place, times, m) else { return Ok(None) };
        }
        Ok(Some(()))
    }
}

/// How a term is multiplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Weights,
    Roots,
    Cosets,
}

/// The coordinates in another order.
pub(super) fn permuted<P: Packed>(order: &[usize], weight: &[i64]) -> P {
    P::pack(&order.iter().map(|&i| weight[i]).collect::<Weight>())
}

/// The Levi subgroup of the nodes where the labels are zero, and the order of the coordinates in which it is seen: its
/// nodes, component after component, then all others.
fn levi_subgroup<P: Packed>(
    group: &ReductiveType,
    frame: &Frame<P>,
    labels: &[i64],
    limits: &Limits,
) -> Result<(Regular<P>, Vec<usize>), WeightError> {
    let coordinates = group.rank();
    let nodes: Vec<usize> = (0..labels.len()).filter(|&i| labels[i] == 0).collect();
    let matrix: Vec<Vec<i64>> =
        nodes.iter().map(|&i| nodes.iter().map(|&j| frame.rows[i].label(j)).collect()).collect();
    let components = recognize_cartan_matrix(&matrix).map_err(|e| WeightError::Check(e.to_string()))?;
    let mut order: Vec<usize> = components.iter().flat_map(|c| c.nodes.iter().map(|&k| nodes[k])).collect();
    order.extend((0..coordinates).filter(|&i| i >= labels.len() || labels[i] != 0));
    let both = |root: &P| (root.clone(), permuted::<P>(&order, &root.unpack(coordinates)));
    let rows: Vec<(P, P)> = order[..nodes.len()].iter().map(|&i| both(&frame.rows[i])).collect();
    let mut factors = Vec::new();
    let mut start = 0;
    for component in &components {
        let end = start + component.nodes.len();
        let rows = rows[start..end].iter().map(|r| r.1.clone()).collect();
        factors.push(Factor { data: RootData::of(component.simple, limits)?, start, rows });
        start = end;
    }
    let steps = frame.positive_roots().iter().map(both).collect();
    Ok((Regular { rank: nodes.len(), factors, rows, steps }, order))
}

#[cfg(test)]
mod tests {
    use super::super::slow;
    use super::*;

    #[test]
    fn the_four_ways_agree() {
        let limits = Limits::none();
        for (text, a, b) in [
            ("A4", vec![2, 0, 0, 1], vec![1, 1, 0, 2]),
            ("B3", vec![0, 2, 0], vec![1, 1, 2]),
            ("C3", vec![0, 0, 2], vec![2, 1, 1]),
            ("G2", vec![0, 3], vec![2, 1]),
            ("F4", vec![1, 0, 0, 1], vec![0, 1, 0, 1]),
            ("D5", vec![0, 1, 0, 0, 2], vec![1, 0, 1, 0, 0]),
            ("D9", vec![1, 0, 0, 0, 0, 0, 0, 0, 1], vec![0, 1, 0, 0, 0, 0, 0, 0, 0]),
            ("C2+T1", vec![2, 1, 3], vec![1, 2, -4]),
        ] {
            let group: ReductiveType = text.parse().unwrap();
            let of = |w: &[i64]| Decomposition::irreducible(&group, w).unwrap();
            // A virtual sum in which a dominant weight can have multiplicity zero.
            let other = of(&b).plus(&BigInt::from(-1), &Decomposition::trivial(&group)).unwrap();
            let expected = slow::tensor(&of(&a), &other, &limits).unwrap();
            let frame = || Frame::<Narrow<8>>::new(&group, &limits).unwrap();
            let run = |way: Option<Way>| {
                let terms: Vec<_> = other.terms().iter().collect();
                let table = dominant_table::<Narrow<8>, i128>(&group, &terms, &limits).unwrap().unwrap();
                let mut sum =
                    Sum { group: &group, frame: frame(), table, out: Table::default(), listed: None, total: 0 };
                match way {
                    None => assert_eq!(sum.walks(&a, &1, &other, u64::MAX, &limits).unwrap(), Some(true)),
                    Some(Way::Weights) => sum.weights(&a, &1, &limits).unwrap().unwrap(),
                    Some(way) => sum.levi(&a, &1, &other, way, &limits).unwrap().unwrap(),
                }
                let rank = group.semisimple_rank();
                let shifted =
                    |w: &Narrow<8>| -> Weight { (0..group.rank()).map(|i| w.label(i) - i64::from(i < rank)).collect() };
                let terms = sum.out.iter().map(|(w, m)| (shifted(w), BigInt::from(*m))).collect();
                Decomposition::from_terms(&group, terms)
            };
            for way in [Some(Way::Weights), Some(Way::Roots), Some(Way::Cosets), None] {
                assert_eq!(run(way), expected, "{text} {way:?}");
            }
        }
    }
}
