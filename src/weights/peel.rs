//! From the dominant weights of a character to its irreducibles, one simple factor after the other.

use std::collections::{BinaryHeap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use num_bigint::BigInt;

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

/// Replaces multiplicities of dominant weights by multiplicities of irreducibles; `None` when a machine word is too small.
///
/// A highest weight of largest height is that of an irreducible; its character is subtracted, and so on downwards
/// (Fulton–Harris, section 23.2). Factor by factor this takes the sum of the numbers of dominant weights, not their
/// product.
pub(super) fn peel<P: Packed, C: Count>(
    table: &mut Table<P, C>,
    factors: &[Factor<P>],
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
            if turns % 256 == 0 {
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
