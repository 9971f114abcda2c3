//! How large the numbers of a table are: bounds that turn residues into proofs.

use num_bigint::BigInt;
use num_traits::{FromPrimitive, One, Signed, ToPrimitive};

use super::StructureConstants;
use crate::num::{Rational, common_denominator};

/// Bounds for the entries of the adjoint maps of a basis.
pub struct Sizes {
    /// The common denominator `D` of the table.
    pub denominator: BigInt,
    norms: Norms,
}

/// Upper bounds of the Frobenius norms of `D · ad e_i`.
enum Norms {
    /// One for each `i`.
    Double(Vec<f64>),
    /// Out of the range of doubles: one bound for all, `n · max |D c|`.
    Common(BigInt),
}

/// What rounding may add to a sum of a few million positive doubles, generously.
const SLACK: f64 = 1.0 + 1e-6;

impl Sizes {
    /// From the sums of squares of the entries of each `ad e_i`; `integral` says that there are no denominators.
    pub fn new(constants: &StructureConstants, squares: &[f64], integral: bool) -> Sizes {
        let n = constants.dim();
        let denominator = if integral { BigInt::one() } else { common_denominator(constants.iter().map(|t| t.3)) };
        let scale = denominator.to_f64().unwrap_or(f64::INFINITY);
        let norms: Vec<f64> = squares.iter().map(|s| s.sqrt() * scale * SLACK).collect();
        // With a small denominator no square of a constant underflows.
        let norms = if scale < 1e100 && norms.iter().all(|x| *x < 1e150) {
            Norms::Double(norms)
        } else {
            let scale = Rational::from(denominator.clone());
            let largest = constants.iter().map(|t| (t.3 * &scale).numerator().abs()).max();
            Norms::Common(largest.unwrap_or_default() * n)
        };
        Sizes { denominator, norms }
    }

    /// The largest of `|D² K(e_i, e_j)|` is at most this (Cauchy–Schwarz: `|tr(AB)| ≤ ‖A‖ ‖B‖`).
    pub fn killing_bound(&self) -> BigInt {
        match &self.norms {
            Norms::Double(norms) => {
                let largest = norms.iter().fold(0.0f64, |m, x| m.max(*x));
                BigInt::from_f64((largest * largest * SLACK).ceil()).unwrap_or_default() + 1
            }
            Norms::Common(norm) => norm.pow(2) + 1,
        }
    }

    /// An upper bound of `|D² K(e_i, z)|` for all `i`, `z` with these coordinates.
    pub fn covector_bound(&self, z: &[i64]) -> f64 {
        match &self.norms {
            Norms::Double(norms) => {
                let largest = norms.iter().fold(0.0f64, |m, x| m.max(*x));
                let z: f64 = norms.iter().zip(z).map(|(norm, &c)| norm * c.unsigned_abs() as f64).sum();
                largest * z * SLACK
            }
            Norms::Common(_) => f64::INFINITY,
        }
    }
}
