//! Symmetric and exterior powers, Schur functors.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::One;

use super::{Character, Decomposition, WeightError, tensor};
use crate::limits::Limits;

/// `Sym^k`: `k h_k = Σ_{i=1..k} ψ^i h_{k−i}` (Macdonald, *Symmetric functions*, I (2.11)).
pub fn symmetric_power(v: &Decomposition, k: u32, limits: &Limits) -> Result<Decomposition, WeightError> {
    newton(v, k, false, limits)
}

/// `Λ^k`: `k e_k = Σ_{i=1..k} (−1)^{i−1} ψ^i e_{k−i}`.
pub fn exterior_power(v: &Decomposition, k: u32, limits: &Limits) -> Result<Decomposition, WeightError> {
    newton(v, k, true, limits)
}

fn newton(v: &Decomposition, k: u32, alternating: bool, limits: &Limits) -> Result<Decomposition, WeightError> {
    let character = Character::of(v, limits)?;
    let mut adams = Vec::new();
    for i in 1..=k {
        adams.push(character.adams(i)?.decompose(limits)?);
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
    for i in 0..n {
        let mut next = Vec::new();
        for (used, sign, product) in &columns {
            for j in (0..n).filter(|j| !used.contains(j)) {
                let degree = partition[i] - i as i64 + j as i64;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::ReductiveType;

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
}
