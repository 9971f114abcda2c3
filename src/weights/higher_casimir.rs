//! Casimir elements of every degree: their eigenvalues on irreducible representations.

use num_bigint::BigInt;
use num_traits::Zero;

use super::scalar_product::{half_length, simple_casimir, simple_root_coordinates};
use super::{ReductiveType, Weight, WeightError, dominant_weights, orbit};
use crate::limits::Limits;
use crate::num::Rational;
use crate::roots::{Letter, RootSystem, SimpleType};

/// Larger degrees are refused.
pub const MAX_DEGREE: u32 = 1000;

/// The degrees of the fundamental invariants, the exponents + 1 in increasing order (Bourbaki VI, plates): generators of
/// the centre of the enveloping algebra. Their product is the order of the Weyl group.
pub fn degrees(simple: SimpleType) -> Vec<u32> {
    let n = simple.rank() as u32;
    match simple.letter() {
        Letter::A => (2..=n + 1).collect(),
        Letter::B | Letter::C => (1..=n).map(|i| 2 * i).collect(),
        Letter::D => {
            let mut all: Vec<u32> = (1..n).map(|i| 2 * i).chain([n]).collect();
            all.sort_unstable();
            all
        }
        Letter::E => match n {
            6 => vec![2, 5, 6, 8, 9, 12],
            7 => vec![2, 6, 8, 10, 12, 14, 18],
            _ => vec![2, 8, 12, 14, 18, 20, 24, 30],
        },
        Letter::F => vec![2, 6, 8, 12],
        Letter::G => vec![2, 6],
    }
}

/// The highest weight of the representation over which traces are taken when nothing else is said: the defining one of
/// the classical algebras, the smallest one of the exceptional algebras.
pub fn defining_weight(simple: SimpleType) -> Weight {
    let node = match (simple.letter(), simple.rank()) {
        (Letter::E, 7) => 6,
        (Letter::E, 8) => 7,
        (Letter::F, _) => 3,
        _ => 0,
    };
    (0..simple.rank()).map(|i| i64::from(i == node)).collect()
}

/// The eigenvalue on `V(λ)` of the central element `Σ tr_V(x_{a_1} ⋯ x_{a_k}) x^{a_1} ⋯ x^{a_k} / index(V)`, where `x_a` and
/// `x^a` are dual bases for the form in which long roots have squared length 2, so that degree 2 is the quadratic Casimir.
///
/// The element is the trace over `V` of the `k`-th power of `Σ x_a ⊗ x^a`, which acts on `V(μ) ⊂ V ⊗ V(λ)` by
/// `(C(μ) − C(λ) − C(V))/2`. With Klimyk's formula for `V ⊗ V(λ)` this is
/// `Σ_ν m_ν D(λ+ν)/D(λ) ((λ+ρ, ν) + ((ν,ν) − C(V))/2)^k` over the weights of `V`, `D` being Weyl's polynomial (Perelomov
/// and Popov 1968 for the classical algebras; Okubo 1977). One term for each weight of `V`.
pub fn casimir_of_degree(
    simple: SimpleType,
    weight: &[i64],
    degree: u32,
    trace_over: &[i64],
    limits: &Limits,
) -> Result<Rational, WeightError> {
    let group = ReductiveType::from(simple);
    group.check_highest(weight)?;
    group.check_highest(trace_over)?;
    if degree > MAX_DEGREE {
        return Err(WeightError::TooLarge(format!("Casimir elements up to degree {MAX_DEGREE} are supported")));
    }
    let system = RootSystem::new(simple, limits)?;
    let shifted: Weight = weight.iter().map(|x| x + 1).collect();
    // (λ + ρ, ν) = Σ ν_i g_i.
    let gradient: Vec<Rational> = gradient(simple, &shifted);
    let of_trace = simple_casimir(simple, trace_over);
    let half = Rational::new(1, 2).unwrap_or_default();
    let coroots: Vec<Vec<i64>> = system.positive().iter().map(|r| system.coroot(r)).collect();
    let pairing = |coroot: &[i64], w: &[i64]| -> i64 { coroot.iter().zip(w).map(|(c, x)| c * x).sum() };
    let base: Vec<i64> = coroots.iter().map(|c| pairing(c, &shifted)).collect();
    let mut sum = Rational::ZERO;
    let mut dim = BigInt::zero();
    let mut index_sum = Rational::ZERO;
    for (dominant, multiplicity) in dominant_weights(&group, trace_over, limits)? {
        let square = &gradient_product(simple, &dominant, &dominant);
        let multiplicity = BigInt::from(multiplicity);
        for nu in orbit(&group, &dominant, limits)? {
            limits.check()?;
            dim += &multiplicity;
            index_sum = &index_sum + &(square * &Rational::from(multiplicity.clone()));
            // Only roots that are not orthogonal to ν change the dimension.
            let (mut above, mut below) = (multiplicity.clone(), BigInt::from(1));
            for (coroot, &at) in coroots.iter().zip(&base) {
                let step = pairing(coroot, &nu);
                if step != 0 {
                    above *= at + step;
                    below *= at;
                }
            }
            if above.is_zero() {
                continue;
            }
            let linear: Rational = gradient.iter().zip(&nu).map(|(g, &x)| g * &Rational::from(x)).sum();
            let eigenvalue = &linear + &(&(square - &of_trace) * &half);
            let power = eigenvalue.pow(degree as i32).unwrap_or_default();
            sum = &sum + &(&Rational::from_big(above, below).unwrap_or_default() * &power);
        }
    }
    // tr_V(h h') = index · (h, h'), traced over the Cartan subalgebra: Σ m_ν (ν, ν) = rank · index.
    let index = &index_sum * &Rational::new(1, simple.rank() as i64).unwrap_or_default();
    sum.checked_div(&index).ok_or_else(|| {
        WeightError::TooLarge("traces over a trivial representation give no Casimir element".to_string())
    })
}

/// The coefficients `g_i` with `(λ, ν) = Σ g_i ν_i`.
fn gradient(simple: SimpleType, weight: &[i64]) -> Vec<Rational> {
    let coordinates = simple_root_coordinates(simple, weight);
    coordinates.iter().enumerate().map(|(i, c)| c * &half_length(simple, i)).collect()
}

fn gradient_product(simple: SimpleType, a: &[i64], b: &[i64]) -> Rational {
    gradient(simple, a).iter().zip(b).map(|(g, &x)| g * &Rational::from(x)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simple(text: &str) -> SimpleType {
        text.parse::<ReductiveType>().unwrap().simple().unwrap()
    }

    fn eigenvalue(text: &str, weight: &[i64], degree: u32) -> Rational {
        let t = simple(text);
        casimir_of_degree(t, weight, degree, &defining_weight(t), &Limits::none()).unwrap()
    }

    #[test]
    fn degree_two_is_the_quadratic_casimir_and_degree_one_vanishes() {
        for (text, weight) in [
            ("A1", vec![3]),
            ("A4", vec![1, 0, 2, 1]),
            ("B3", vec![1, 0, 1]),
            ("C3", vec![0, 2, 1]),
            ("D5", vec![1, 0, 0, 1, 0]),
            ("E6", vec![1, 0, 0, 0, 1, 0]),
            ("E7", vec![0, 1, 0, 0, 0, 0, 1]),
            ("E8", vec![1, 0, 0, 0, 0, 0, 0, 1]),
            ("F4", vec![0, 1, 1, 0]),
            ("G2", vec![2, 3]),
        ] {
            assert_eq!(eigenvalue(text, &weight, 2), simple_casimir(simple(text), &weight), "{text}");
            assert!(eigenvalue(text, &weight, 1).is_zero(), "{text}");
        }
    }

    /// `Σ_i x_i^k Π_{j≠i} (1 + 1/(x_i − x_j − j + i …))` in the form of Perelomov and Popov: for gl(n) with `m_i = λ_i + 1 − i`,
    /// `Σ_i m_i^k Π_{j≠i} (m_i − m_j + 1)/(m_i − m_j)`; for sl(n) the partition is made traceless.
    fn perelomov_popov(partition: &[i64], k: i32) -> Rational {
        let n = partition.len() as i64;
        let mean = Rational::new(partition.iter().sum(), n).unwrap();
        let m: Vec<Rational> = (0..n).map(|i| &Rational::from(partition[i as usize] - i) - &mean).collect();
        let mut sum = Rational::ZERO;
        for (i, x) in m.iter().enumerate() {
            let mut term = x.pow(k).unwrap();
            for (j, y) in m.iter().enumerate() {
                if i != j {
                    let difference = x - y;
                    term = &(&term * &(&difference + &Rational::ONE)) * &difference.recip().unwrap();
                }
            }
            sum = &sum + &term;
        }
        sum
    }

    #[test]
    fn type_a_agrees_with_perelomov_and_popov() {
        for (labels, partition) in
            [(vec![1, 0], vec![1, 0, 0]), (vec![2, 1], vec![3, 1, 0]), (vec![0, 3, 1], vec![4, 4, 1, 0])]
        {
            let text = format!("A{}", labels.len());
            for k in 2..6 {
                assert_eq!(eigenvalue(&text, &labels, k), perelomov_popov(&partition, k as i32), "{text} {k}");
            }
        }
    }

    #[test]
    fn odd_degrees_change_sign_with_the_dual_where_they_generate() {
        // Degree 3 of SU(3) up to the lower one: z_3 + (n/2) z_2 changes sign, in particular it vanishes on the octet.
        let n = Rational::new(3, 2).unwrap();
        let odd = |w: &[i64]| &eigenvalue("A2", w, 3) + &(&n * &eigenvalue("A2", w, 2));
        assert!(odd(&[1, 1]).is_zero());
        assert_eq!(odd(&[3, 1]), -odd(&[1, 3]));
        assert!(!odd(&[1, 0]).is_zero());
    }

    #[test]
    fn degrees_multiply_to_the_order_of_the_weyl_group() {
        // Bourbaki VI, plates.
        for (text, order) in [("A4", 120u64), ("B3", 48), ("D4", 192), ("E6", 51_840), ("E7", 2_903_040), ("F4", 1152)]
        {
            assert_eq!(degrees(simple(text)).iter().map(|&d| u64::from(d)).product::<u64>(), order, "{text}");
            assert_eq!(degrees(simple(text)).len(), simple(text).rank());
        }
        let e8: u64 = degrees(simple("E8")).iter().map(|&d| u64::from(d)).product();
        assert_eq!(e8, 696_729_600);
    }
}
