//! Dominant weights of an irreducible representation with their multiplicities.

use std::collections::BTreeMap;

use num_bigint::{BigInt, BigUint};
use num_traits::{One, Zero};

use super::weyl::reflect_to_dominant;
use super::{ReductiveType, Weight, WeightError};
use crate::limits::Limits;
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
