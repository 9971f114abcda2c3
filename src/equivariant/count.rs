//! Ranks by counting alone: of tensors over classical groups, and by highest weights for connected reductive groups.

use num_bigint::BigUint;
use num_traits::{One, Zero};

use super::{
    alternating_rank, general_linear_rank, orthogonal_rank, special_linear_rank, special_orthogonal_rank,
    symmetric_rank, symplectic_rank,
};
use crate::limits::{Limits, Stop};
use crate::reps::decompose::complexification;
use crate::reps::{Family, Legs, Rep};

/// The number of independent invariants of a tensor over a classical group of matrices of this size, complex ones counted
/// in the complex dimension. A complex group acts on real vectors, and `V_R ⊗ C = V ⊕ V̄` leg by leg: for a unitary group
/// `V̄ ≅ V*`, for a quaternionic one `V̄ ≅ V`, and over C two copies of the group act, on `V` and on `V̄`.
pub(super) fn tensor_rank(family: &Family, n: usize, legs: &Legs, limits: &Limits) -> Result<BigUint, Stop> {
    // A leg of the source is one of its dual.
    let down = legs.rows.iter().filter(|dual| **dual).count() + legs.cols.iter().filter(|dual| !**dual).count();
    let all = legs.rows.len() + legs.cols.len();
    let up = all - down;
    Ok(match family {
        Family::Symmetric => symmetric_rank(n, all, limits)?,
        Family::Alternating => alternating_rank(n, all, limits)?,
        Family::Orthogonal { special: false, .. } => orthogonal_rank(n, all, limits)?,
        Family::Orthogonal { special: true, .. } => special_orthogonal_rank(n, all, limits)?,
        Family::Symplectic => symplectic_rank(n / 2, all, limits)?,
        Family::GeneralLinear => general_linear_rank(n, up, down, limits)?,
        Family::SpecialLinear => special_linear_rank(n, up, down, limits)?,
        Family::Unitary => split(all, |a| general_linear_rank(n, a, all - a, limits))?,
        Family::SpecialUnitary => split(all, |a| special_linear_rank(n, a, all - a, limits))?,
        Family::Plane { order, reflections } => {
            // The weights of V are ±1; all reflections have trace 0 on V.
            let fixed = turned_invariants(all, *order);
            match (reflections, all) {
                (true, 1..) => fixed >> 1,
                _ => fixed,
            }
        }
        Family::Quaternionic => symplectic_rank(n / 2, all, limits)? << all,
        Family::ComplexOrthogonal => {
            split(all, |a| Ok(special_orthogonal_rank(n, a, limits)? * special_orthogonal_rank(n, all - a, limits)?))?
        }
        Family::ComplexSymplectic => {
            split(all, |a| Ok(symplectic_rank(n / 2, a, limits)? * symplectic_rank(n / 2, all - a, limits)?))?
        }
        Family::ComplexGeneralLinear => split(up, |a| {
            let other = |b: usize| general_linear_rank(n, up - a, down - b, limits);
            split(down, |b| Ok(general_linear_rank(n, a, b, limits)? * other(b)?))
        })?,
        Family::ComplexSpecialLinear => split(up, |a| {
            let other = |b: usize| special_linear_rank(n, up - a, down - b, limits);
            split(down, |b| Ok(special_linear_rank(n, a, b, limits)? * other(b)?))
        })?,
    })
}

/// `Σ_j C(k, j)` over `j` with `order | k − 2j`.
fn turned_invariants(k: usize, order: usize) -> BigUint {
    let mut sum = BigUint::zero();
    let mut binomial = BigUint::one();
    for j in 0..=k {
        if k.abs_diff(2 * j).is_multiple_of(order) {
            sum += &binomial;
        }
        binomial = binomial * (k - j) / (j + 1);
    }
    sum
}

/// `Σ_a C(k, a) f(a)`.
fn split(k: usize, f: impl Fn(usize) -> Result<BigUint, Stop>) -> Result<BigUint, Stop> {
    let mut sum = BigUint::zero();
    let mut binomial = BigUint::one();
    for a in 0..=k {
        sum += &binomial * f(a)?;
        binomial = binomial * (k - a) / (a + 1);
    }
    Ok(sum)
}

/// The multiplicity of the trivial representation by highest weights; `None` where a group has none of those: it is not
/// connected or not reductive, or its representation no sum of irreducibles.
pub(super) fn rank_by_weights(rep: &Rep, limits: &Limits) -> Result<Option<BigUint>, Stop> {
    if rep.base().discrete_count() > 0 || rep.base().algebra().dim() == 0 {
        return Ok(None);
    }
    let counted = complexification(rep, limits).ok().and_then(|module| module.invariants(limits).ok());
    // What was stopped is stopped here; other failures leave the question to other methods.
    limits.check()?;
    Ok(counted.and_then(|count| count.to_biguint()))
}
