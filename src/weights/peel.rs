//! From the dominant weights of a character to its irreducibles, one simple factor after the other.

use std::collections::{BinaryHeap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use num_bigint::{BigInt, BigUint};

use super::count::Count;
use super::dominant::{of_simple, refuse_above};
use super::packed::{Packed, Table};
use super::root_data::RootData;
use super::{Weight, WeightError};
use crate::limits::Limits;

/// A simple factor of the group whose characters are decomposed.
pub(super) struct Factor<P> {
    /// Its roots.
    pub data: Arc<RootData>,
    /// Where its labels begin.
    pub start: usize,
    /// Its simple roots in all coordinates.
    pub rows: Vec<P>,
}

/// What an irreducible representation of one factor takes from the weights below its highest one: steps down with
/// multiplicities.
type Steps<P, C> = Rc<Vec<(P, C)>>;

/// Multiplicities of irreducibles from those of all dominant weights of a representation, each of which has an entry;
/// `None` when a machine word is too small. Small Weyl groups are summed over: `V(τ)` occurs `Σ_w sgn(w) m(τ + ρ − wρ)`
/// times (Weyl's formula; Fulton–Harris, section 24.1). For the other factors see [`peel`].
pub(super) fn decompose<P: Packed, C: Count>(
    mut entries: Vec<(P, C)>,
    factors: &[Factor<P>],
    limits: &Limits,
) -> Result<Option<Vec<(P, C)>>, WeightError> {
    let (small, large): (Vec<_>, Vec<_>) =
        factors.iter().partition(|f| f.data.weyl_order() <= BigUint::from(SMALL_WEYL_GROUP));
    if !small.is_empty() {
        entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    }
    for factor in small {
        let Some(next) = alternate(entries, factor, limits)? else { return Ok(None) };
        entries = next;
    }
    if large.is_empty() {
        return Ok(Some(entries));
    }
    let mut table: Table<P, C> = entries.into_iter().collect();
    let done = peel(&mut table, &large, limits)?;
    Ok(done.map(|()| table.into_iter().collect()))
}

/// Replaces multiplicities of dominant weights by multiplicities of irreducibles; `None` when a machine word is too small.
///
/// A highest weight of largest height is that of an irreducible; its character is subtracted, and so on downwards
/// (Fulton–Harris, section 23.2). Factor by factor this takes the sum of the numbers of dominant weights, not their
/// product.
pub(super) fn peel<P: Packed, C: Count>(
    table: &mut Table<P, C>,
    factors: &[&Factor<P>],
    limits: &Limits,
) -> Result<Option<()>, WeightError> {
    for factor in factors {
        let rank = factor.data.rank;
        let labels = |key: &P| -> Weight { (factor.start..factor.start + rank).map(|i| key.label(i)).collect() };
        let mut known: HashMap<Weight, Steps<P, C>> = HashMap::new();
        let mut heap: BinaryHeap<(i64, P)> =
            table.keys().map(|key| (factor.data.twice_height(&labels(key)), key.clone())).collect();
        let mut turns = 0u32;
        while let Some((height, key)) = heap.pop() {
            turns = turns.wrapping_add(1);
            if turns.is_multiple_of(256) {
                limits.check()?;
                refuse_above(table.len() as u128, "dominant weights")?;
            }
            let Some(times) = table.get(&key).filter(|m| !m.vanishes()).cloned() else { continue };
            let part = labels(&key);
            if part.iter().all(|&x| x == 0) {
                continue;
            }
            let steps = match known.get(&part) {
                Some(steps) => steps.clone(),
                None => {
                    let Some(steps) = steps_of(factor, &part, limits)? else { return Ok(None) };
                    known.insert(part, steps.clone());
                    steps
                }
            };
            for (down, m) in steps.iter() {
                let mut below = key.clone();
                below.subtract(1, down);
                match table.get_mut(&below) {
                    Some(entry) => {
                        let Some(()) = entry.subtract_product(m, &times) else { return Ok(None) };
                    }
                    None => {
                        let Some(mut entry) = C::from_big(&BigInt::from(0)) else { return Ok(None) };
                        let Some(()) = entry.subtract_product(m, &times) else { return Ok(None) };
                        let lower = factor.data.twice_height(&labels(&below));
                        debug_assert!(lower < height);
                        heap.push((lower, below.clone()));
                        table.insert(below, entry);
                    }
                }
            }
        }
    }
    table.retain(|_, m| !m.vanishes());
    Ok(Some(()))
}

/// Weyl groups up to this order are summed over.
const SMALL_WEYL_GROUP: u32 = 24;

/// The sum over a small Weyl group, on a sorted list. The weights `τ + ρ − wρ`, moved to the dominant chamber, are `τ`
/// plus one of a few vectors; for each vector they run through the list in order, so that nothing is searched for.
fn alternate<P: Packed, C: Count>(
    entries: Vec<(P, C)>,
    factor: &Factor<P>,
    limits: &Limits,
) -> Result<Option<Vec<(P, C)>>, WeightError> {
    let Some(one) = C::from_big(&1.into()) else { return Ok(None) };
    let negative = |at: &P| (0..factor.rows.len()).find(|&i| at.label(factor.start + i) < 0);
    let mut sums: Vec<C> = entries.iter().map(|e| e.1.clone()).collect();
    // The identity is what the sums begin with.
    for (shift, odd) in shifts(factor).into_iter().skip(1) {
        limits.check()?;
        // Most weights stay dominant: the first run is theirs.
        let mut runs: Vec<(P, usize)> = vec![(shift.clone(), 0)];
        for (k, (key, _)) in entries.iter().enumerate() {
            let mut at = key.clone();
            at.add(&shift);
            let mut run = 0;
            if negative(&at).is_some() {
                let mut step = shift.clone();
                while let Some(i) = negative(&at) {
                    let label = at.label(factor.start + i);
                    at.subtract(label, &factor.rows[i]);
                    step.subtract(label, &factor.rows[i]);
                }
                run = runs.iter().position(|r| r.0 == step).unwrap_or(runs.len());
                if run == runs.len() {
                    runs.push((step, 0));
                }
            }
            let place = &mut runs[run].1;
            while entries.get(*place).is_some_and(|e| e.0 < at) {
                *place += 1;
            }
            if let Some((_, m)) = entries.get(*place).filter(|e| e.0 == at) {
                let done = if odd { sums[k].subtract_product(m, &one) } else { sums[k].add_product(m, &one) };
                let Some(()) = done else { return Ok(None) };
            }
        }
    }
    let kept = entries.into_iter().zip(sums).filter(|(_, sum)| !sum.vanishes());
    Ok(Some(kept.map(|((key, _), sum)| (key, sum)).collect()))
}

/// `ρ − wρ` for all elements of the Weyl group of a factor, and whether `w` is odd.
fn shifts<P: Packed>(factor: &Factor<P>) -> Vec<(P, bool)> {
    let Some(mut zero) = factor.rows.first().cloned() else { return Vec::new() };
    zero.subtract(1, &zero.clone());
    let mut found: Vec<(Weight, P, bool)> = vec![(vec![1; factor.data.rank], zero, false)];
    let mut next = 0;
    while let Some((weight, shift, odd)) = found.get(next).cloned() {
        next += 1;
        for i in 0..weight.len() {
            let label = weight[i];
            let child: Weight = weight.iter().zip(&factor.data.cartan[i]).map(|(x, a)| x - label * a).collect();
            if label > 0 && child.iter().position(|&x| x < 0) == Some(i) {
                let mut shift = shift.clone();
                shift.subtract(-label, &factor.rows[i]);
                found.push((child, shift, !odd));
            }
        }
    }
    found.into_iter().map(|(_, shift, odd)| (shift, odd)).collect()
}

fn steps_of<P: Packed, C: Count>(
    factor: &Factor<P>,
    highest: &[i64],
    limits: &Limits,
) -> Result<Option<Steps<P, C>>, WeightError> {
    let dominant = of_simple(factor.data.simple, highest, limits)?;
    let mut steps = Vec::with_capacity(dominant.len());
    for k in 1..dominant.len() {
        let Some(m) = C::from_big(&dominant.multiplicity(k)) else { return Ok(None) };
        let Some(mut down) = factor.rows.first().cloned() else { break };
        down.subtract(1, &down.clone());
        factor.rows.iter().zip(dominant.down(k)).for_each(|(row, &c)| down.subtract(-i64::from(c), row));
        steps.push((down, m));
    }
    Ok(Some(Rc::new(steps)))
}
