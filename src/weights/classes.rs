//! Discrete and odd invariants: congruency class, Frobenius–Schur indicator, the cubic anomaly, indices of higher order.

use num_bigint::BigInt;
use num_traits::Zero;

use super::frame::data_of;
use super::scalar_product::scalar_product;
use super::{Decomposition, ReductiveType, WeightError, dimension, dominant_weights, dual_weight, orbit_size};
use crate::limits::Limits;
use crate::num::Rational;
use crate::roots::{Letter, SimpleType};

/// The congruency class of a weight of a simple algebra: its image in weights modulo roots, in the convention of Slansky
/// (1981) and LieART. A_n: n-ality modulo n + 1; B_n, C_n: 0 or 1 (spinors, odd tensors); D_n: two numbers, modulo 2 (one for
/// spinors) and modulo 4; E6: triality; E7: modulo 2; E8, F4, G2: always 0.
pub fn congruency_class(simple: SimpleType, weight: &[i64]) -> Vec<i64> {
    let n = simple.rank();
    let every_second = |upto: usize| -> i64 { weight[..upto].iter().step_by(2).sum() };
    match simple.letter() {
        Letter::A => {
            let sum: i128 = weight.iter().zip(1..).map(|(&x, i): (_, i128)| i128::from(x) * i).sum();
            vec![sum.rem_euclid(n as i128 + 1) as i64]
        }
        Letter::B => vec![weight[n - 1].rem_euclid(2)],
        Letter::C => vec![every_second(n).rem_euclid(2)],
        Letter::D => {
            let (left, right, n) = (weight[n - 2], weight[n - 1], n as i64);
            let vector = 2 * every_second(weight.len() - 2) + (n - 2) * left + n * right;
            vec![(left + right).rem_euclid(2), vector.rem_euclid(4)]
        }
        Letter::E if n == 6 => vec![(weight[0] - weight[2] + weight[4] - weight[5]).rem_euclid(3)],
        Letter::E if n == 7 => vec![(weight[1] + weight[4] + weight[6]).rem_euclid(2)],
        _ => vec![0],
    }
}

/// The Frobenius–Schur indicator of `V(λ)`: 1 when it is real (it has an invariant symmetric form over R on the compact
/// group), −1 when it is quaternionic, 0 when it is not self-dual. For a self-dual one it is `(−1)^{⟨λ, 2ρ^∨⟩}` (Bourbaki VIII
/// §7.5, proposition 12).
pub fn frobenius_schur(group: &ReductiveType, weight: &[i64], limits: &Limits) -> Result<i64, WeightError> {
    group.check_highest(weight)?;
    if dual_weight(group, weight) != weight {
        return Ok(0);
    }
    let data = data_of(group, limits)?;
    let twice_height: i64 = group.parts(weight).zip(&data).map(|((_, part), d)| d.twice_height(part)).sum();
    let odd = twice_height % 2 != 0;
    Ok(if odd { -1 } else { 1 })
}

/// Labels of a simple factor as labels of A_n, `n ≥ 2`, when it is of this type: D3 is A3 with other numbers.
fn as_unitary(simple: SimpleType, part: &[i64]) -> Option<Vec<i64>> {
    match (simple.letter(), part) {
        (Letter::A, [_, _, ..]) => Some(part.to_vec()),
        (Letter::D, &[vector, left, right]) => Some(vec![left, vector, right]),
        _ => None,
    }
}

/// The cubic anomaly for each simple factor: `tr_R x³ = A(R) tr_F x³` for SU(n), `n ≥ 3`, with `F` the fundamental
/// representation; zero for the other types, which have no cubic invariant.
///
/// On `V(λ)` the cubic Casimir is proportional to `Σ l_i³`, `l_i` being the coordinates of `λ + ρ` with sum zero, so
/// `A = dim V(λ)/n · Σ l_i³ / Σ l_i³(F)` (Patera and Sharp 1981; Okubo 1977).
pub fn anomaly(representation: &Decomposition, limits: &Limits) -> Result<Vec<BigInt>, WeightError> {
    let group = representation.group();
    let mut out = vec![BigInt::zero(); group.factors().len()];
    for (weight, times) in representation.terms() {
        limits.check()?;
        let dim = dimension(group, weight, limits)?;
        for (sum, (simple, part)) in out.iter_mut().zip(group.parts(weight)) {
            limits.check()?;
            let Some(labels) = as_unitary(simple, part) else { continue };
            let fundamental: Vec<i64> = (0..labels.len()).map(|i| i64::from(i == 0)).collect();
            let n = BigInt::from(labels.len() + 1);
            // Both sums are taken of n·l_i.
            let numerator = cubes(&labels) * BigInt::from(dim.clone()) * times;
            let denominator = cubes(&fundamental) * n;
            if !(&numerator % &denominator).is_zero() {
                return Err(WeightError::Check(format!("the anomaly of {weight:?} is no integer")));
            }
            *sum += numerator / denominator;
        }
    }
    Ok(out)
}

/// `Σ (n l_i)³` for `λ + ρ` of A_{n−1}.
fn cubes(labels: &[i64]) -> BigInt {
    let n = labels.len() + 1;
    // Partial sums from the right: l_i − l_n, then minus the mean.
    let mut l = vec![BigInt::zero(); n];
    for i in (0..n - 1).rev() {
        l[i] = &l[i + 1] + BigInt::from(labels[i] + 1);
    }
    let sum: BigInt = l.iter().sum();
    l.iter().map(|x| (x * BigInt::from(n) - &sum).pow(3)).sum()
}

/// The index of even order `2p` for each simple factor, `Σ (μ, μ)^p` over all weights (Patera, Sharp and Winternitz 1976).
/// Order 2 is rank times the Dynkin index, order 0 the dimension.
pub fn even_index(representation: &Decomposition, order: u32, limits: &Limits) -> Result<Vec<Rational>, WeightError> {
    let group = representation.group();
    let mut out = vec![Rational::ZERO; group.factors().len()];
    for (weight, times) in representation.terms() {
        let dim = Rational::from(BigInt::from(dimension(group, weight, limits)?) * times);
        for (sum, (simple, part)) in out.iter_mut().zip(group.parts(weight)) {
            let own = ReductiveType::from(simple);
            let mut of_factor = Rational::ZERO;
            for (mu, multiplicity) in dominant_weights(&own, part, limits)? {
                limits.check()?;
                let norm = scalar_product(simple, &mu, &mu).pow((order / 2) as i32).unwrap_or_default();
                let count = BigInt::from(orbit_size(&own, &mu, limits)?) * BigInt::from(multiplicity);
                of_factor = &of_factor + &(&norm * &Rational::from(count));
            }
            // The weights of the other factors stand beside each one.
            let own_dim = Rational::from(BigInt::from(dimension(&own, part, limits)?));
            let others = dim.checked_div(&own_dim).unwrap_or_default();
            *sum = &*sum + &(&of_factor * &others);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::dynkin_index;

    fn irreducible(text: &str, weight: &[i64]) -> Decomposition {
        Decomposition::irreducible(&text.parse().unwrap(), weight).unwrap()
    }

    #[test]
    fn anomalies_of_unified_models() {
        // Georgi and Glashow 1972; Slansky, table 29; Banks and Georgi 1976.
        for (text, weight, expected) in [
            ("SU(3)", vec![1, 0], 1),
            ("SU(3)", vec![2, 0], 7),
            ("SU(3)", vec![1, 1], 0),
            ("SU(3)", vec![3, 0], 27),
            ("SU(5)", vec![0, 0, 0, 1], -1),
            ("SU(5)", vec![0, 1, 0, 0], 1),
            ("SU(5)", vec![2, 0, 0, 0], 9),
            ("SU(5)", vec![0, 1, 0, 1], -6),
            ("SU(6)", vec![0, 0, 1, 0, 0], 0),
            ("SU(7)", vec![0, 1, 0, 0, 0, 0], 3),
            ("SU(7)", vec![0, 0, 1, 0, 0, 0], 2),
            // SU(4) under its other name: the two spinors of SO(6).
            ("D3", vec![0, 1, 0], 1),
            ("D3", vec![0, 0, 1], -1),
            ("SO(10)", vec![0, 0, 0, 0, 1], 0),
            ("SU(2)", vec![1], 0),
        ] {
            let found = anomaly(&irreducible(text, &weight), &Limits::none()).unwrap();
            assert_eq!(found, [BigInt::from(expected)], "{text} {weight:?}");
        }
        let standard = irreducible("SU(3)xSU(2)xU(1)", &[1, 0, 1, 1]);
        assert_eq!(anomaly(&standard, &Limits::none()).unwrap(), [BigInt::from(2), BigInt::from(0)]);
    }

    #[test]
    fn indicators_of_the_theory() {
        // Bourbaki VIII, table 1; spinors by the dimension modulo 8.
        for (text, weight, expected) in [
            ("A1", vec![1], -1),
            ("A1", vec![2], 1),
            ("A2", vec![1, 0], 0),
            ("A2", vec![2, 2], 1),
            ("A5", vec![0, 0, 1, 0, 0], -1),
            ("A3", vec![0, 1, 0], 1),
            ("B1", vec![1], -1),
            ("B2", vec![0, 1], -1),
            ("B3", vec![0, 0, 1], 1),
            ("B4", vec![0, 0, 0, 1], 1),
            ("B5", vec![0, 0, 0, 0, 1], -1),
            ("C3", vec![1, 0, 0], -1),
            ("C3", vec![0, 1, 0], 1),
            ("D4", vec![0, 0, 0, 1], 1),
            ("D5", vec![0, 0, 0, 0, 1], 0),
            ("D6", vec![0, 0, 0, 0, 0, 1], -1),
            ("E6", vec![1, 0, 0, 0, 0, 0], 0),
            ("E6", vec![0, 1, 0, 0, 0, 0], 1),
            ("E7", vec![0, 0, 0, 0, 0, 0, 1], -1),
            ("E7", vec![1, 0, 0, 0, 0, 0, 0], 1),
            ("E8", vec![0, 0, 0, 0, 0, 0, 0, 1], 1),
            ("A1+A1", vec![1, 1], 1),
            ("A1+T1", vec![1, 1], 0),
            ("A1+T1", vec![1, 0], -1),
        ] {
            let group: ReductiveType = text.parse().unwrap();
            assert_eq!(frobenius_schur(&group, &weight, &Limits::none()).unwrap(), expected, "{text} {weight:?}");
        }
    }

    #[test]
    fn classes_vanish_on_roots_and_tell_the_fundamental_ones_apart() {
        for text in ["A1", "A2", "A5", "B3", "C3", "C4", "D3", "D4", "D5", "D6", "E6", "E7", "E8", "F4", "G2"] {
            let group: ReductiveType = text.parse().unwrap();
            let simple = group.simple().unwrap();
            let n = simple.rank();
            let zero = congruency_class(simple, &vec![0; n]);
            for row in simple.cartan_matrix() {
                assert_eq!(congruency_class(simple, &row), zero, "{text}");
            }
            // Fundamental weights and zero meet every class: as many as the determinant of the Cartan matrix (Bourbaki VI,
            // plates).
            let mut classes: Vec<Vec<i64>> = (0..n)
                .map(|k| congruency_class(simple, &(0..n).map(|i| i64::from(i == k)).collect::<Vec<_>>()))
                .collect();
            classes.push(zero);
            classes.sort();
            classes.dedup();
            let expected = match simple.letter() {
                Letter::A => n + 1,
                Letter::B | Letter::C => 2,
                Letter::D => 4,
                Letter::E => 9 - n,
                _ => 1,
            };
            assert_eq!(classes.len(), expected, "{text}");
        }
    }

    #[test]
    fn even_indices() {
        let limits = Limits::none();
        for (text, weight) in
            [("A2", vec![2, 1]), ("G2", vec![1, 1]), ("D4", vec![1, 0, 1, 1]), ("C2+A1", vec![1, 1, 2])]
        {
            let v = irreducible(text, &weight);
            let second = even_index(&v, 2, &limits).unwrap();
            let dynkin = dynkin_index(&v, &limits).unwrap();
            for ((a, b), simple) in second.iter().zip(&dynkin).zip(v.group().factors()) {
                assert_eq!(*a, b * &Rational::from(simple.rank() as i64), "{text}");
            }
        }
        // SU(2): Σ (m²/2)² over m = −j…j in steps of 2; for the triplet 2 · (4/2)² = 8.
        assert_eq!(even_index(&irreducible("A1", &[2]), 4, &limits).unwrap(), [Rational::from(8)]);
    }
}
