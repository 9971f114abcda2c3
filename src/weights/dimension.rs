//! Weyl's dimension formula.

use num_bigint::BigUint;
use num_traits::One;

use super::frame::data_of;
use super::{ReductiveType, WeightError};
use crate::limits::Limits;

/// `dim V(λ) = Π_{α > 0} (λ + ρ, α^∨) / (ρ, α^∨)` (Humphreys, section 24.3). The weight must be dominant.
pub fn dimension(group: &ReductiveType, weight: &[i64], limits: &Limits) -> Result<BigUint, WeightError> {
    group.check_highest(weight)?;
    let mut numerator = Product::default();
    let mut denominator = Product::default();
    for ((_, part), data) in group.parts(weight).zip(data_of(group, limits)?) {
        if part.iter().all(|&x| x == 0) {
            continue;
        }
        for root in &data.roots {
            let pairing = root.pairing(part);
            if pairing != 0 {
                numerator.times((pairing + root.coheight).unsigned_abs());
                denominator.times(root.coheight.unsigned_abs());
            }
        }
    }
    Ok(numerator.value() / denominator.value())
}

/// A product of words, multiplied up in machine words first.
struct Product {
    big: BigUint,
    word: u64,
}

impl Default for Product {
    fn default() -> Product {
        Product { big: BigUint::one(), word: 1 }
    }
}

impl Product {
    fn times(&mut self, factor: u64) {
        match self.word.checked_mul(factor) {
            Some(word) => self.word = word,
            None => {
                self.big *= self.word;
                self.word = factor;
            }
        }
    }

    fn value(self) -> BigUint {
        self.big * self.word
    }
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
