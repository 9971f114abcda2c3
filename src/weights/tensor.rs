//! Tensor products.

use num_bigint::BigInt;

use super::weyl::{orbit, to_dominant};
use super::{Decomposition, Weight, WeightError, dimension, dominant_weights};
use crate::limits::Limits;

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
fn shifted(group: &super::ReductiveType, base: &[i64], weight: &[i64]) -> Option<(Weight, bool)> {
    let rank = group.semisimple_rank();
    let sum: Weight = (0..base.len()).map(|i| base[i] + weight[i] + i64::from(i < rank)).collect();
    let (mut place, odd) = to_dominant(group, &sum);
    if place[..rank].contains(&0) {
        return None;
    }
    place[..rank].iter_mut().for_each(|x| *x -= 1);
    Some((place, odd))
}
