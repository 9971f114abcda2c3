//! Restriction matrices from the restriction of one representation.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::super::frame::data_of;
use super::super::root_data::RootData;
use super::super::{Character, Decomposition, ReductiveType, Weight, WeightError, each_in_orbit};
use crate::limits::Limits;
use crate::roots::SimpleType;

/// More weights than this are not matched.
const MOST_WEIGHTS: i64 = 20_000;

/// A linear map from the weights of a simple group to those of a subgroup that takes the weights of the irreducible
/// representation with highest weight `top` to those of `below`, with multiplicities. `None` when there is none. It is
/// unique up to the Weyl group and symmetries of the representation.
///
/// Weights below are put in a total order that is compatible with addition. Up to the Weyl group above, the map does not
/// reverse the dominance order. Then the highest weight goes to the largest one, and whenever the images of some simple
/// roots are known, the largest weight that is not accounted for is the image of a known weight minus one new simple root:
/// few choices, and each is checked against all weights that it determines.
pub fn embedding(
    simple: SimpleType,
    top: &[i64],
    below: &Decomposition,
    limits: &Limits,
) -> Result<Option<Vec<Vec<i64>>>, WeightError> {
    let data = RootData::of(simple, limits)?;
    let above = Decomposition::irreducible(&simple.into(), top)?;
    let too_many = |n: &BigInt| n > &BigInt::from(MOST_WEIGHTS);
    let (size, size_below) = (above.dimension(limits)?, below.dimension(limits)?);
    if size != size_below || below.is_virtual() {
        return Ok(None);
    }
    if too_many(&size) {
        return Err(WeightError::TooLarge(format!("an embedding is found from at most {MOST_WEIGHTS} weights")));
    }
    let group = below.group();
    let mut remaining: BTreeMap<Weight, i64> = BTreeMap::new();
    for (weight, m) in all_weights(below, limits)? {
        remaining.insert(ordered(group, &weight, limits)?, m);
    }
    let Some(largest) = remaining.keys().next_back().cloned() else { return Ok(None) };
    let search = Search { below: remaining, top: largest, weights: descend(&data, top, &above, limits)? };
    let mut steps = vec![None; data.rank];
    if !search.extend(&mut steps, limits)? {
        return Ok(None);
    }
    let steps: Vec<Weight> = steps.into_iter().flatten().map(|s| s[1..].to_vec()).collect();
    // Charges on SU(n) that do not add up to zero would be lost.
    let lands = |matrix: &Vec<Vec<i64>>| {
        let column = |j: usize| top.iter().zip(matrix).map(|(x, row)| x * row[j]).sum::<i64>();
        (0..group.rank()).all(|j| column(j) == search.top[j + 1])
    };
    Ok(from_simple_roots(&data, &steps, group.rank()).filter(lands))
}

/// Weights with multiplicities.
pub(super) fn all_weights(v: &Decomposition, limits: &Limits) -> Result<BTreeMap<Weight, i64>, WeightError> {
    let mut out = BTreeMap::new();
    for (weight, m) in Character::of(v, limits)?.dominant() {
        let m = m.to_i64().unwrap_or(i64::MAX);
        each_in_orbit(v.group(), weight, limits, |w| {
            out.insert(w, m);
            Ok(())
        })?;
    }
    Ok(out)
}

/// A weight with its doubled height in front: lexicographic order is then a linear order of the group of weights in which
/// positive roots are positive.
fn ordered(group: &ReductiveType, weight: &[i64], limits: &Limits) -> Result<Weight, WeightError> {
    let height = group.parts(weight).zip(data_of(group, limits)?).map(|((_, part), d)| d.twice_height(part)).sum();
    let mut out = vec![height];
    out.extend(weight);
    Ok(out)
}

/// A weight above: how often each simple root is subtracted from the top.
struct Below {
    depth: Vec<i64>,
    multiplicity: i64,
    /// The number of the weight that is lower by this simple root.
    lower: Vec<Option<usize>>,
}

/// All weights of an irreducible representation from the top downwards.
fn descend(data: &RootData, top: &[i64], v: &Decomposition, limits: &Limits) -> Result<Vec<Below>, WeightError> {
    let multiplicities = all_weights(v, limits)?;
    let mut number: BTreeMap<Weight, usize> = BTreeMap::from([(top.to_vec(), 0)]);
    let mut order = vec![top.to_vec()];
    let mut out: Vec<Below> = vec![Below { depth: vec![0; data.rank], multiplicity: 1, lower: Vec::new() }];
    let mut at = 0;
    while at < order.len() {
        if at % 64 == 0 {
            limits.check()?;
        }
        let mut lower = Vec::with_capacity(data.rank);
        for i in 0..data.rank {
            let next: Weight = order[at].iter().zip(&data.cartan[i]).map(|(x, a)| x - a).collect();
            let Some(&multiplicity) = multiplicities.get(&next) else {
                lower.push(None);
                continue;
            };
            let count = order.len();
            let k = *number.entry(next.clone()).or_insert(count);
            if k == count {
                let mut depth = out[at].depth.clone();
                depth[i] += 1;
                order.push(next);
                out.push(Below { depth, multiplicity, lower: Vec::new() });
            }
            lower.push(Some(k));
        }
        out[at].lower = lower;
        at += 1;
    }
    Ok(out)
}

struct Search {
    /// The weights below, ordered, with multiplicities.
    below: BTreeMap<Weight, i64>,
    /// The image of the highest weight.
    top: Weight,
    weights: Vec<Below>,
}

impl Search {
    /// Finds images for the simple roots that have none yet; as deep as there are simple roots.
    fn extend(&self, steps: &mut [Option<Weight>], limits: &Limits) -> Result<bool, WeightError> {
        limits.check()?;
        let mut remaining = self.below.clone();
        let mut images: Vec<Option<Weight>> = Vec::with_capacity(self.weights.len());
        for weight in &self.weights {
            let image = self.image(&weight.depth, steps);
            if let Some(image) = &image {
                match remaining.get_mut(image) {
                    Some(left) if *left > weight.multiplicity => *left -= weight.multiplicity,
                    Some(left) if *left == weight.multiplicity => {
                        remaining.remove(image);
                    }
                    _ => return Ok(false),
                }
            }
            images.push(image);
        }
        if steps.iter().all(Option::is_some) {
            return Ok(remaining.is_empty());
        }
        let Some(next) = remaining.keys().next_back().cloned() else { return Ok(false) };
        for node in 0..steps.len() {
            if steps[node].is_some() {
                continue;
            }
            let lowered = |k: &usize| self.weights[*k].lower[node].is_some();
            let from = (0..images.len()).filter(lowered).filter_map(|k| images[k].as_ref()).max();
            let Some(from) = from else { continue };
            let step: Weight = from.iter().zip(&next).map(|(x, y)| x - y).collect();
            if step.iter().find(|x| **x != 0).is_some_and(|x| *x < 0) {
                continue;
            }
            steps[node] = Some(step);
            if self.extend(steps, limits)? {
                return Ok(true);
            }
            steps[node] = None;
        }
        Ok(false)
    }

    fn image(&self, depth: &[i64], steps: &[Option<Weight>]) -> Option<Weight> {
        let mut out = self.top.clone();
        for (k, step) in depth.iter().zip(steps).filter(|(k, _)| **k != 0) {
            out.iter_mut().zip(step.as_ref()?).for_each(|(x, s)| *x -= k * s);
        }
        Some(out)
    }
}

/// The images of the fundamental weights from those of the simple roots, by `Σ_{α > 0} (λ, α) α = h^∨ λ` for long roots of
/// squared length 2 (Bourbaki VI, section 1.12). `None` when they are not integral.
fn from_simple_roots(data: &RootData, steps: &[Weight], coordinates: usize) -> Option<Vec<Vec<i64>>> {
    let mut sums = vec![vec![0; coordinates]; data.rank];
    for root in &data.roots {
        let mut image = vec![0; coordinates];
        for (&c, step) in root.coordinates.iter().zip(steps).filter(|(c, _)| **c != 0) {
            image.iter_mut().zip(step).for_each(|(x, s)| *x += i64::from(c) * s);
        }
        for (i, sum) in sums.iter_mut().enumerate().filter(|(i, _)| root.coroot[*i] != 0) {
            let factor = i64::from(root.coroot[i]) * root.half;
            sum.iter_mut().zip(&image).for_each(|(x, y)| *x += factor * y);
        }
    }
    let scale = data.casimir_scale();
    let whole = sums.iter().flatten().all(|x| x % scale == 0);
    whole.then(|| sums.into_iter().map(|row| row.into_iter().map(|x| x / scale).collect()).collect())
}

/// `L h^∨` times the coefficient of each simple root in each fundamental weight: the inverse Cartan matrix, scaled.
pub(super) fn scaled_inverse_cartan(data: &RootData) -> Vec<Vec<i64>> {
    let mut out = vec![vec![0; data.rank]; data.rank];
    for root in &data.roots {
        for (i, row) in out.iter_mut().enumerate().filter(|(i, _)| root.coroot[*i] != 0) {
            let factor = i64::from(root.coroot[i]) * root.half;
            row.iter_mut().zip(root.coordinates.iter()).for_each(|(x, &c)| *x += factor * i64::from(c));
        }
    }
    out
}

/// Which invariant forms a representation without negative multiplicities has: symmetric (1), alternating (-1).
///
/// An irreducible self-dual one is orthogonal when its doubled height `(λ, 2ρ^∨)` is even (Bourbaki VIII, section 7.5), an
/// orthogonal one occurs evenly often in a symplectic sum and the other way round, and others occur with their duals.
pub(super) fn forms(v: &Decomposition, limits: &Limits) -> Result<BTreeSet<i64>, WeightError> {
    let mut out = BTreeSet::from([1, -1]);
    let group = v.group();
    let dual = v.dual();
    let data = data_of(group, limits)?;
    for (weight, m) in v.terms() {
        if dual.multiplicity(weight) != *m {
            return Ok(BTreeSet::new());
        }
        let self_dual = super::super::dual_weight(group, weight) == *weight;
        if self_dual && m.bit(0) {
            let height: i64 = group.parts(weight).zip(&data).map(|((_, part), d)| d.twice_height(part)).sum();
            out.remove(if height % 2 == 0 { &-1 } else { &1 });
        }
    }
    Ok(out)
}
