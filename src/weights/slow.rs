//! Slow twins for the tests: the same functions by the definitions, sharing no code with the fast ones.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::{BigInt, BigUint};
use num_traits::{One, Zero};

use super::weyl::{reflect_to_dominant, to_dominant};
use super::{Character, Decomposition, ReductiveType, Weight, WeightError, dimension};
use crate::limits::{Limits, Stop};
use crate::roots::{RootSystem, SimpleType};

/// The dominant weights of `V(λ)` with their multiplicities, the highest weight first, by Freudenthal's formula
/// (Humphreys, section 22.3).
pub fn dominant_weights(
    group: &ReductiveType,
    weight: &[i64],
    limits: &Limits,
) -> Result<Vec<(Weight, BigUint)>, WeightError> {
    group.check_highest(weight)?;
    let mut all: Vec<(Weight, BigUint)> = vec![(Vec::new(), BigUint::one())];
    for (factor, part) in group.parts(weight) {
        let found = of_simple(factor, part, limits)?;
        let mut next = Vec::with_capacity(all.len() * found.len());
        for (left, m) in &all {
            for (right, k) in &found {
                next.push(([&left[..], &right[..]].concat(), m * k));
            }
        }
        all = next;
    }
    all.iter_mut().for_each(|(w, _)| w.extend_from_slice(group.charges(weight)));
    Ok(all)
}

fn of_simple(simple: SimpleType, highest: &[i64], limits: &Limits) -> Result<Vec<(Weight, BigUint)>, WeightError> {
    let system = RootSystem::new(simple, limits)?;
    let cartan = system.cartan_matrix();
    let labels = |root: &[i64]| -> Weight { (0..root.len()).map(|i| system.pairing(root, i)).collect() };
    // Positive roots in fundamental weights, with their coordinates in simple roots.
    let roots: Vec<(Weight, &Vec<i64>)> = system.positive().iter().map(|r| (labels(r), r)).collect();
    // All dominant weights below the highest, with λ − μ in simple roots.
    let mut below: BTreeMap<Weight, Vec<i64>> = BTreeMap::from([(highest.to_vec(), vec![0; highest.len()])]);
    let mut todo = vec![highest.to_vec()];
    while let Some(mu) = todo.pop() {
        limits.check()?;
        let down = below[&mu].clone();
        for (root, coordinates) in &roots {
            let next: Weight = mu.iter().zip(root).map(|(x, a)| x - a).collect();
            if next.iter().all(|&x| x >= 0) && !below.contains_key(&next) {
                below.insert(next.clone(), down.iter().zip(*coordinates).map(|(x, a)| x + a).collect());
                todo.push(next);
            }
        }
    }
    let mut order: Vec<(i64, Weight)> = below.iter().map(|(w, down)| (down.iter().sum(), w.clone())).collect();
    order.sort();
    // Twice the squared half-lengths of simple roots, short roots having squared length 2.
    let half: Vec<i64> = (0..simple.rank()).map(|i| if simple.is_long(i) { simple.lacing() } else { 1 }).collect();
    let product = |w: &[i64], root: &[i64]| -> i128 {
        (0..root.len()).map(|i| i128::from(w[i]) * i128::from(root[i]) * i128::from(half[i])).sum()
    };
    let mut multiplicity: BTreeMap<Weight, BigInt> = BTreeMap::new();
    for (level, mu) in &order {
        limits.check()?;
        if *level == 0 {
            multiplicity.insert(mu.clone(), BigInt::one());
            continue;
        }
        let mut sum = BigInt::zero();
        for (root, coordinates) in &roots {
            let mut at = mu.clone();
            loop {
                at.iter_mut().zip(root).for_each(|(x, a)| *x += a);
                let mut dominant = at.clone();
                reflect_to_dominant(cartan, &mut dominant);
                let Some(m) = multiplicity.get(&dominant) else { break };
                sum += m * product(&at, coordinates);
            }
        }
        // (λ+ρ, λ+ρ) − (μ+ρ, μ+ρ) = (λ − μ, λ + μ + 2ρ)
        let total: Weight = highest.iter().zip(mu).map(|(x, y)| x + y + 2).collect();
        let denominator = product(&total, &below[mu]);
        multiplicity.insert(mu.clone(), sum * 2 / denominator);
    }
    Ok(order.into_iter().map(|(_, w)| (w.clone(), multiplicity[&w].magnitude().clone())).collect())
}

/// The orbit of a dominant weight under the Weyl group, the weight itself first.
pub fn orbit(group: &ReductiveType, dominant: &[i64], limits: &Limits) -> Result<Vec<Weight>, Stop> {
    let mut all: Vec<Weight> = vec![Vec::new()];
    for (factor, part) in group.parts(dominant) {
        let cartan = factor.cartan_matrix();
        let mut seen = BTreeSet::from([part.to_vec()]);
        let mut found = vec![part.to_vec()];
        let mut next = 0;
        while next < found.len() {
            limits.check()?;
            for i in 0..part.len() {
                let label = found[next][i];
                if label > 0 {
                    let image: Weight = found[next].iter().zip(&cartan[i]).map(|(x, a)| x - label * a).collect();
                    if seen.insert(image.clone()) {
                        found.push(image);
                    }
                }
            }
            next += 1;
        }
        all = all.iter().flat_map(|left| found.iter().map(move |right| [&left[..], &right[..]].concat())).collect();
    }
    all.iter_mut().for_each(|w| w.extend_from_slice(group.charges(dominant)));
    Ok(all)
}

/// The tensor product of two representations, virtual ones too, by Klimyk's formula (Humphreys, exercise 24.9): the
/// product with `V(λ)` adds to `λ` the weights of the other factor.
pub fn tensor(a: &Decomposition, b: &Decomposition, limits: &Limits) -> Result<Decomposition, WeightError> {
    a.group().require_same(b.group())?;
    let group = a.group();
    let mut out = Decomposition::zero(group);
    for (x, m) in a.terms() {
        for (y, k) in b.terms() {
            let smaller = dimension(group, x, limits)? < dimension(group, y, limits)?;
            let (few, base) = if smaller { (x, y) } else { (y, x) };
            for (dominant, multiplicity) in dominant_weights(group, few, limits)? {
                for weight in orbit(group, &dominant, limits)? {
                    if let Some((place, odd)) = shifted(group, base, &weight) {
                        let times = BigInt::from(multiplicity.clone()) * m * k;
                        out.add_term(place, &(if odd { -times } else { times }));
                    }
                }
            }
        }
    }
    Ok(out)
}

/// `w(λ + ν + ρ) − ρ` when it is dominant, with the sign of `w`; `None` on a wall.
fn shifted(group: &ReductiveType, base: &[i64], weight: &[i64]) -> Option<(Weight, bool)> {
    let rank = group.semisimple_rank();
    let sum: Weight = (0..base.len()).map(|i| base[i] + weight[i] + i64::from(i < rank)).collect();
    let (mut place, odd) = to_dominant(group, &sum);
    if place[..rank].contains(&0) {
        return None;
    }
    place[..rank].iter_mut().for_each(|x| *x -= 1);
    Some((place, odd))
}

/// `Sym^k`: `k h_k = Σ_{i=1..k} ψ^i h_{k−i}` (Macdonald, *Symmetric functions*, I (2.11)).
pub fn symmetric_power(v: &Decomposition, k: u32, limits: &Limits) -> Result<Decomposition, WeightError> {
    newton(v, k, false, limits)
}

/// `Λ^k`: `k e_k = Σ_{i=1..k} (−1)^{i−1} ψ^i e_{k−i}`.
pub fn exterior_power(v: &Decomposition, k: u32, limits: &Limits) -> Result<Decomposition, WeightError> {
    newton(v, k, true, limits)
}

fn newton(v: &Decomposition, k: u32, alternating: bool, limits: &Limits) -> Result<Decomposition, WeightError> {
    let character = Character::new(v.group(), character(v, limits)?)?;
    let mut adams = Vec::new();
    for i in 1..=k {
        adams.push(decompose(&character.adams(i)?, limits)?);
    }
    let mut powers = vec![Decomposition::trivial(v.group())];
    for n in 1..=k as usize {
        let mut sum = Decomposition::zero(v.group());
        for i in 1..=n {
            let sign = BigInt::from(if alternating && i % 2 == 0 { -1 } else { 1 });
            sum = sum.plus(&sign, &tensor(&adams[i - 1], &powers[n - i], limits)?)?;
        }
        powers.push(divided(&sum, n));
    }
    Ok(powers.swap_remove(k as usize))
}

fn divided(v: &Decomposition, n: usize) -> Decomposition {
    let mut out = Decomposition::zero(v.group());
    v.terms().iter().for_each(|(w, m)| out.add_term(w.clone(), &(m / BigInt::from(n))));
    out
}

/// The Schur functor of a partition: `S_λ V = det(Sym^{λ_i − i + j} V)` (Jacobi–Trudi; Fulton–Harris, appendix A).
pub fn schur_functor(v: &Decomposition, partition: &[i64], limits: &Limits) -> Result<Decomposition, WeightError> {
    let wrong = partition.iter().any(|&x| x <= 0) || partition.windows(2).any(|w| w[0] < w[1]);
    if wrong {
        return Err(WeightError::NoPartition(partition.to_vec()));
    }
    let n = partition.len();
    let mut powers: BTreeMap<i64, Decomposition> = BTreeMap::new();
    let mut columns: Vec<(Vec<usize>, BigInt, Decomposition)> =
        vec![(Vec::new(), BigInt::one(), Decomposition::trivial(v.group()))];
    for (i, &row) in partition.iter().enumerate() {
        let mut next = Vec::new();
        for (used, sign, product) in &columns {
            for j in (0..n).filter(|j| !used.contains(j)) {
                let degree = row - i as i64 + j as i64;
                if degree < 0 {
                    continue;
                }
                if let std::collections::btree_map::Entry::Vacant(place) = powers.entry(degree) {
                    place.insert(symmetric_power(v, degree as u32, limits)?);
                }
                let inversions = used.iter().filter(|&&u| u > j).count();
                let sign = if inversions % 2 == 0 { sign.clone() } else { -sign };
                next.push(([&used[..], &[j]].concat(), sign, tensor(product, &powers[&degree], limits)?));
            }
        }
        columns = next;
    }
    let mut sum = Decomposition::zero(v.group());
    for (_, sign, product) in columns {
        sum = sum.plus(&sign, &product)?;
    }
    Ok(sum)
}

/// The character of a representation.
pub fn character(representation: &Decomposition, limits: &Limits) -> Result<BTreeMap<Weight, BigInt>, WeightError> {
    let mut dominant: BTreeMap<Weight, BigInt> = BTreeMap::new();
    for (highest, times) in representation.terms() {
        for (weight, m) in dominant_weights(representation.group(), highest, limits)? {
            *dominant.entry(weight).or_default() += BigInt::from(m) * times;
        }
    }
    Ok(dominant)
}

/// The representation with this character: the largest weight is peeled off, again and again.
pub fn decompose(character: &Character, limits: &Limits) -> Result<Decomposition, WeightError> {
    let mut rest = character.dominant().clone();
    let mut out = Decomposition::zero(character.group());
    let size = |w: &Weight| -> Result<_, WeightError> { dimension(character.group(), w, limits) };
    while !rest.is_empty() {
        limits.check()?;
        // A weight of largest dimension is below no other one.
        let mut largest: Option<(num_bigint::BigUint, Weight)> = None;
        for w in rest.keys() {
            let found = (size(w)?, w.clone());
            if largest.as_ref().is_none_or(|l| *l < found) {
                largest = Some(found);
            }
        }
        let Some((_, highest)) = largest else { break };
        let times = rest[&highest].clone();
        for (weight, m) in dominant_weights(character.group(), &highest, limits)? {
            let entry = rest.entry(weight.clone()).or_default();
            *entry -= BigInt::from(m) * &times;
            if entry.is_zero() {
                rest.remove(&weight);
            }
        }
        out.add_term(highest, &times);
    }
    Ok(out)
}
