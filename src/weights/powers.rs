//! Symmetric and exterior powers, Schur functors.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::Zero;

use super::checks::{Residue, Trace};
use super::klimyk::{Spread, klimyk};
use super::{Character, Decomposition, WeightError, tensor};
use crate::limits::Limits;

/// The symmetric power: the Schur functor of `(k)`.
pub fn symmetric_power(v: &Decomposition, k: u32, limits: &Limits) -> Result<Decomposition, WeightError> {
    of_partition(v, if k == 0 { vec![] } else { vec![k] }, limits)
}

/// The exterior power: the Schur functor of `(1, …, 1)`.
pub fn exterior_power(v: &Decomposition, k: u32, limits: &Limits) -> Result<Decomposition, WeightError> {
    if !v.is_virtual() && BigInt::from(k) > v.dimension(limits)? {
        return Ok(Decomposition::zero(v.group()));
    }
    if k > MOST_BOXES {
        return Err(too_many_boxes());
    }
    of_partition(v, vec![1; k as usize], limits)
}

/// The Schur functor of a partition, the plethysm `s_λ[V]`.
pub fn schur_functor(v: &Decomposition, partition: &[i64], limits: &Limits) -> Result<Decomposition, WeightError> {
    of_partition(v, checked_partition(partition)?, limits)
}

/// The rows of a partition that is one, and not too large.
pub(super) fn checked_partition(partition: &[i64]) -> Result<Vec<u32>, WeightError> {
    if partition.iter().any(|&x| x <= 0) || partition.windows(2).any(|w| w[0] < w[1]) {
        return Err(WeightError::NoPartition(partition.to_vec()));
    }
    let boxes = partition.iter().fold(0u64, |sum, &x| sum.saturating_add(x.unsigned_abs()));
    let rows: Result<Vec<u32>, _> = partition.iter().map(|&x| u32::try_from(x)).collect();
    rows.ok().filter(|_| boxes <= u64::from(MOST_BOXES)).ok_or_else(too_many_boxes)
}

/// Larger partitions are refused.
const MOST_BOXES: u32 = 10_000;

/// And those with more partitions below.
const MOST_PARTITIONS: usize = 100_000;

fn too_many_boxes() -> WeightError {
    WeightError::TooLarge(format!("powers and partitions of numbers up to {MOST_BOXES} are supported"))
}

/// `n s_λ = Σ_k p_k Σ ± s_{λ − strip}`, over the border strips of size `k` with the sign of their height: Newton's
/// identities for all Schur functions at once. It follows from `Σ_k p_k p_k^⊥ = n` in degree `n` (`p_k^⊥ = k ∂/∂p_k`) and
/// the rule of Murnaghan–Nakayama for `p_k^⊥` (Macdonald, *Symmetric functions*, I.3 example 11 and I.5 example 3).
/// `p_k[V]` has the character `ψ^k V`, so each term is one product of a representation with a character.
///
/// One representation is held for each partition that is left when strips are removed: `k` of them for a row or column.
fn of_partition(v: &Decomposition, partition: Vec<u32>, limits: &Limits) -> Result<Decomposition, WeightError> {
    if partition.iter().map(|&x| u64::from(x)).sum::<u64>() > u64::from(MOST_BOXES) {
        return Err(too_many_boxes());
    }
    // More rows than the dimension: zero (Fulton–Harris, theorem 6.3).
    if !v.is_virtual() && BigInt::from(partition.len()) > v.dimension(limits)? {
        return Ok(Decomposition::zero(v.group()));
    }
    let order = reachable(&partition, limits)?;
    let character = Character::of(v, limits)?;
    let trace = Trace::of(v, limits)?;
    let mut known: BTreeMap<&[u32], (Decomposition, Trace)> = BTreeMap::new();
    let mut answer = Decomposition::trivial(v.group());
    for part in &order {
        limits.check()?;
        let n = part.iter().sum::<u32>();
        if n == 0 {
            let one = Decomposition::trivial(v.group());
            let expected = Trace::of(&one, limits)?;
            known.insert(part, (one, expected));
            continue;
        }
        let mut sum = Decomposition::zero(v.group());
        let mut expected = Trace::zero(trace.casimir.len());
        let mut by_size: BTreeMap<u32, Vec<(Vec<u32>, bool)>> = BTreeMap::new();
        for (size, rest, odd) in strips(part) {
            by_size.entry(size).or_default().push((rest, odd));
        }
        for (size, rests) in by_size {
            let mut combined = Decomposition::zero(v.group());
            let mut combined_trace = Trace::zero(trace.casimir.len());
            for (rest, odd) in rests {
                let Some((inner, inner_trace)) = known.get(&rest[..]) else { continue };
                let sign = if odd { -1 } else { 1 };
                combined = combined.plus(&BigInt::from(sign), inner)?;
                combined_trace = combined_trace.plus(Residue::of(sign.into()), inner_trace);
            }
            let product = if size == 1 {
                tensor::unchecked(&combined, v, limits)?
            } else {
                klimyk(&combined, Spread::Adams(&character, i64::from(size)), limits)?
            };
            sum = sum.plus(&BigInt::from(1), &product)?;
            let factor = trace.adams(i64::from(size));
            expected = expected.plus(Residue::of(1), &factor.tensor(&combined_trace));
        }
        let divided = sum.terms().iter().map(|(w, m)| (w.clone(), m / n)).collect();
        answer = Decomposition::from_terms(v.group(), divided);
        if sum.terms().values().any(|m| !(m % n).is_zero()) {
            return Err(WeightError::Check(format!("a sum is not divisible by {n}")));
        }
        known.insert(part, (answer.clone(), expected.scaled(Residue::of(n.into()).inverse())));
    }
    if let Some((_, expected)) = known.get(&partition[..]) {
        expected.confirm(&answer, limits)?;
    }
    Ok(answer)
}

/// All partitions that are left when border strips are removed, smaller ones first, the given one last.
fn reachable(partition: &[u32], limits: &Limits) -> Result<Vec<Vec<u32>>, WeightError> {
    let mut found: BTreeMap<(u32, Vec<u32>), ()> = BTreeMap::new();
    let mut todo = vec![partition.to_vec()];
    found.insert((partition.iter().sum(), partition.to_vec()), ());
    while let Some(part) = todo.pop() {
        limits.check()?;
        let (rows, boxes) = (part.len() as u128, part.iter().map(|&x| u128::from(x)).sum::<u128>());
        limits.reserve((found.len() as u128 + boxes) * (4 * rows + 64))?;
        for (_, rest, _) in strips(&part) {
            if found.insert((rest.iter().sum(), rest.clone()), ()).is_none() {
                todo.push(rest);
            }
        }
        if found.len() > MOST_PARTITIONS {
            return Err(WeightError::TooLarge(format!("this partition contains more than {MOST_PARTITIONS} others")));
        }
    }
    Ok(found.into_keys().map(|key| key.1).collect())
}

/// The border strips of a partition: size, what is left, whether the height (rows less one) is odd. On the set of
/// numbers `λ_i + n − i`, removing a strip of size `k` lowers one of them by `k` to a number that is not in the set, and
/// the height is how many it passes (Macdonald, I.1 example 8).
fn strips(partition: &[u32]) -> Vec<(u32, Vec<u32>, bool)> {
    let n = partition.len();
    let beta: Vec<u32> = (0..n).map(|i| partition[i] + (n - 1 - i) as u32).collect();
    let mut out = Vec::new();
    for i in 0..n {
        let mut passed = 0;
        for lower in (0..beta[i]).rev() {
            if beta.get(i + 1 + passed) == Some(&lower) {
                passed += 1;
                continue;
            }
            let mut moved = beta.clone();
            moved[i..=i + passed].rotate_left(1);
            moved[i + passed] = lower;
            let rest = (0..n).map(|j| moved[j] - (n - 1 - j) as u32).take_while(|&x| x > 0).collect();
            out.push((beta[i] - lower, rest, passed % 2 == 1));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::slow;
    use super::*;
    use crate::weights::{ReductiveType, tensor};

    fn terms(v: &Decomposition) -> Vec<(Vec<i64>, String)> {
        v.terms().iter().map(|(w, m)| (w.clone(), m.to_string())).collect()
    }

    #[test]
    fn powers_of_small_representations() {
        let limits = Limits::none();
        let t: ReductiveType = "A2".parse().unwrap();
        let three = Decomposition::irreducible(&t, &[1, 0]).unwrap();
        let eight = Decomposition::irreducible(&t, &[1, 1]).unwrap();
        let one = |w: &[i64]| (w.to_vec(), "1".to_string());
        // Fulton–Harris, section 13.
        assert_eq!(terms(&tensor(&three, &three, &limits).unwrap()), [one(&[0, 1]), one(&[2, 0])]);
        assert_eq!(terms(&exterior_power(&eight, 2, &limits).unwrap()), [one(&[0, 3]), one(&[1, 1]), one(&[3, 0])]);
        assert_eq!(terms(&symmetric_power(&eight, 2, &limits).unwrap()), [one(&[0, 0]), one(&[1, 1]), one(&[2, 2])]);
        assert_eq!(terms(&schur_functor(&three, &[2, 1], &limits).unwrap()), [one(&[1, 1])]);
        assert!(exterior_power(&three, 4, &limits).unwrap().terms().is_empty());
        assert!(schur_functor(&three, &[1, 2], &limits).is_err());
    }

    #[test]
    fn strips_follow_the_rule() {
        // Macdonald I.7, characters of S_3 by Murnaghan–Nakayama: the hook (2,1) has strips of size 1, 1 and 3.
        let mut found = strips(&[2, 1]);
        found.sort();
        assert_eq!(found, [(1, vec![1, 1], false), (1, vec![2], false), (3, vec![], true)]);
        assert_eq!(strips(&[1, 1, 1]).iter().filter(|s| s.1.is_empty()).map(|s| s.2).collect::<Vec<_>>(), [false]);
        assert_eq!(reachable(&[4, 3, 2, 1], &Limits::none()).unwrap().last().unwrap(), &[4, 3, 2, 1]);
    }

    #[test]
    fn powers_agree_with_the_slow_twins() {
        let limits = Limits::none();
        for (text, weight) in [
            ("A1", vec![3]),
            ("A2", vec![1, 1]),
            ("B2", vec![0, 1]),
            ("G2", vec![1, 0]),
            ("A2+A1+T1", vec![1, 0, 1, 2]),
        ] {
            let group: ReductiveType = text.parse().unwrap();
            let v = Decomposition::irreducible(&group, &weight).unwrap();
            let v = v.plus(&1.into(), &Decomposition::trivial(&group)).unwrap();
            for k in 0..5 {
                let (sym, alt) = (symmetric_power(&v, k, &limits), exterior_power(&v, k, &limits));
                assert_eq!(sym.unwrap(), slow::symmetric_power(&v, k, &limits).unwrap(), "{text} Sym^{k}");
                assert_eq!(alt.unwrap(), slow::exterior_power(&v, k, &limits).unwrap(), "{text} Alt^{k}");
            }
            for partition in [vec![2, 1], vec![2, 2], vec![3, 1], vec![2, 1, 1]] {
                assert_eq!(
                    schur_functor(&v, &partition, &limits).unwrap(),
                    slow::schur_functor(&v, &partition, &limits).unwrap(),
                    "{text} {partition:?}"
                );
            }
        }
    }

    #[test]
    fn the_tensor_power_is_the_sum_of_schur_functors() {
        // Schur–Weyl: V^{⊗4} = ⊕ f^λ S_λ V with f^λ = 1, 3, 2, 3, 1 (Fulton–Harris, lecture 6).
        let limits = Limits::none();
        let group: ReductiveType = "B2".parse().unwrap();
        let v = Decomposition::irreducible(&group, &[1, 1]).unwrap();
        let mut sum = Decomposition::zero(&group);
        for (partition, f) in [(vec![4], 1), (vec![3, 1], 3), (vec![2, 2], 2), (vec![2, 1, 1], 3), (vec![1; 4], 1)] {
            sum = sum.plus(&f.into(), &schur_functor(&v, &partition, &limits).unwrap()).unwrap();
        }
        let square = tensor(&v, &v, &limits).unwrap();
        assert_eq!(tensor(&square, &square, &limits).unwrap(), sum);
    }

    #[test]
    fn hostile_powers_are_refused() {
        let limits = Limits::none();
        let group: ReductiveType = "A2".parse().unwrap();
        let v = Decomposition::irreducible(&group, &[1, 1]).unwrap();
        assert!(symmetric_power(&v, u32::MAX, &limits).is_err());
        // Above the dimension it is zero, whatever the power.
        assert!(exterior_power(&v, u32::MAX, &limits).unwrap().terms().is_empty());
        assert!(schur_functor(&v, &[40; 8], &limits).is_err());
        // More rows than V has dimensions: nothing is left to compute (Fulton–Harris, Theorem 6.3).
        assert_eq!(schur_functor(&v, &[40; 40], &limits).unwrap(), Decomposition::zero(&group));
        assert!(schur_functor(&v, &[i64::MAX], &limits).is_err());
        assert!(schur_functor(&v, &[2, 0], &limits).is_err());
    }
}
