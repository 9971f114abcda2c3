//! Weyl's dimension formula.

use num_bigint::BigUint;
use num_traits::One;

use super::{ReductiveType, WeightError};
use crate::limits::Limits;
use crate::roots::RootSystem;

/// `dim V(λ) = Π_{α > 0} (λ + ρ, α^∨) / (ρ, α^∨)` (Humphreys, section 24.3). The weight must be dominant.
pub fn dimension(group: &ReductiveType, weight: &[i64], limits: &Limits) -> Result<BigUint, WeightError> {
    group.check_highest(weight)?;
    let mut numerator = BigUint::one();
    let mut denominator = BigUint::one();
    for (factor, part) in group.parts(weight) {
        if part.iter().all(|&x| x == 0) {
            continue;
        }
        let system = RootSystem::new(factor, limits)?;
        for root in system.positive() {
            let coroot = system.coroot(root);
            let height: i64 = coroot.iter().sum();
            let shifted: i64 = height + coroot.iter().zip(part).map(|(c, x)| c * x).sum::<i64>();
            numerator *= shifted.unsigned_abs();
            denominator *= height.unsigned_abs();
        }
    }
    Ok(numerator / denominator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimensions_of_the_tables() {
        // Slansky, Physics Reports 79 (1981), tables 23–50; Bourbaki VIII, table 2.
        for (text, weight, expected) in [
            ("A2", vec![1, 1], "8"),
            ("A4", vec![0, 1, 0, 0], "10"),
            ("B4", vec![0, 0, 0, 1], "16"),
            ("C2", vec![1, 0], "4"),
            ("B2", vec![1, 0], "5"),
            ("C3", vec![0, 0, 1], "14"),
            ("D5", vec![0, 0, 0, 0, 1], "16"),
            ("E6", vec![1, 0, 0, 0, 0, 0], "27"),
            ("E7", vec![0, 0, 0, 0, 0, 0, 1], "56"),
            ("E8", vec![1, 0, 0, 0, 0, 0, 0, 0], "3875"),
            ("E8", vec![0, 0, 0, 0, 0, 0, 0, 1], "248"),
            ("F4", vec![0, 0, 0, 1], "26"),
            ("G2", vec![1, 0], "7"),
            ("A2+A1+T1", vec![1, 1, 1, -5], "16"),
            ("T2", vec![1, 1], "1"),
            // 2^120 = dim V(ρ), the number of positive roots in the exponent.
            ("E8", vec![1; 8], "1329227995784915872903807060280344576"),
        ] {
            let t: ReductiveType = text.parse().unwrap();
            assert_eq!(dimension(&t, &weight, &Limits::none()).unwrap().to_string(), expected, "{text}");
        }
    }
}
