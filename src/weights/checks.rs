//! Every answer is compared with its dimension and its second-order index, modulo a large prime: that costs no more than
//! a pass over the roots for each irreducible.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::frame::data_of;
use super::{Decomposition, WeightError};
use crate::limits::Limits;
use crate::num::power;

/// The Mersenne prime `2^61 − 1`.
const P: u64 = (1 << 61) - 1;

/// A residue modulo `2^61 − 1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Residue(u64);

impl Residue {
    /// The residue of one.
    pub const ONE: Residue = Residue(1);

    pub fn of(value: i128) -> Residue {
        Residue(value.rem_euclid(i128::from(P)) as u64)
    }

    pub fn of_big(value: &BigInt) -> Residue {
        match value.to_i64() {
            Some(word) => Residue::of(i128::from(word)),
            None => Residue::of((value % BigInt::from(P)).to_i128().unwrap_or(0)),
        }
    }

    pub fn plus(self, other: Residue) -> Residue {
        let sum = self.0 + other.0;
        Residue(if sum >= P { sum - P } else { sum })
    }

    pub fn times(self, other: Residue) -> Residue {
        let product = u128::from(self.0) * u128::from(other.0);
        let folded = (product as u64 & P) + (product >> 61) as u64;
        Residue(if folded >= P { folded - P } else { folded })
    }

    /// The inverse by Fermat's theorem; of zero, zero.
    pub fn inverse(self) -> Residue {
        power(Residue(1), &self, P - 2, |a, b| a.times(*b))
    }
}

/// The dimension of a representation and, for each simple factor, the trace `Σ m_λ dim V(λ) L h^∨ (λ, λ + 2ρ)` of its
/// Casimir element in the scale of `RootData::casimir`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trace {
    pub dim: Residue,
    pub casimir: Vec<Residue>,
}

impl Trace {
    pub fn zero(factors: usize) -> Trace {
        Trace { dim: Residue::default(), casimir: vec![Residue::default(); factors] }
    }

    pub fn of(v: &Decomposition, limits: &Limits) -> Result<Trace, WeightError> {
        let data = data_of(v.group(), limits)?;
        let mut out = Trace::zero(data.len());
        for (k, (weight, times)) in v.terms().iter().enumerate() {
            if k % 1024 == 0 {
                limits.check()?;
            }
            let mut dim = Residue::of_big(times);
            for ((_, part), d) in v.group().parts(weight).zip(&data) {
                dim = dim.times(d.dimension(part));
            }
            out.dim = out.dim.plus(dim);
            for (sum, ((_, part), d)) in out.casimir.iter_mut().zip(v.group().parts(weight).zip(&data)) {
                *sum = sum.plus(dim.times(Residue::of(d.casimir(part))));
            }
        }
        Ok(out)
    }

    pub fn plus(&self, times: Residue, other: &Trace) -> Trace {
        let casimir = self.casimir.iter().zip(&other.casimir).map(|(a, b)| a.plus(times.times(*b))).collect();
        Trace { dim: self.dim.plus(times.times(other.dim)), casimir }
    }

    /// Of the tensor product: `x ⊗ 1 + 1 ⊗ x` has trace form `I(V) dim W + dim V I(W)`.
    pub fn tensor(&self, other: &Trace) -> Trace {
        let each = self.casimir.iter().zip(&other.casimir);
        let casimir = each.map(|(a, b)| a.times(other.dim).plus(self.dim.times(*b))).collect();
        Trace { dim: self.dim.times(other.dim), casimir }
    }

    /// Of the image under the Adams operator: the weights, so the index by the square.
    pub fn adams(&self, k: i64) -> Trace {
        let square = Residue::of(i128::from(k) * i128::from(k));
        Trace { dim: self.dim, casimir: self.casimir.iter().map(|c| c.times(square)).collect() }
    }

    pub fn scaled(&self, factor: Residue) -> Trace {
        Trace::zero(self.casimir.len()).plus(factor, self)
    }

    /// An error unless the answer has this trace.
    pub fn confirm(&self, answer: &Decomposition, limits: &Limits) -> Result<(), WeightError> {
        let found = Trace::of(answer, limits)?;
        if found.dim != self.dim {
            return Err(WeightError::Check("the dimensions do not add up".into()));
        }
        if found.casimir != self.casimir {
            return Err(WeightError::Check("the indices do not add up".into()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::root_data::RootData;
    use super::*;
    use crate::weights::{ReductiveType, dimension};

    #[test]
    fn residues_are_those_of_the_exact_dimension() {
        let limits = Limits::none();
        for (text, weight) in [("E8", vec![1; 8]), ("A2+G2+T1", vec![3, 5, 2, 2, -9]), ("C3", vec![7, 0, 4])] {
            let group: ReductiveType = text.parse().unwrap();
            let v = Decomposition::irreducible(&group, &weight).unwrap();
            let exact = BigInt::from(dimension(&group, &weight, &limits).unwrap());
            assert_eq!(Trace::of(&v, &limits).unwrap().dim, Residue::of_big(&exact), "{text}");
        }
        // The adjoint representation has Casimir 2h^∨ (long roots of squared length 2), here times L² h^∨.
        for (text, highest, h, lacing) in [("G2", vec![0, 1], 4, 3), ("E8", vec![0, 0, 0, 0, 0, 0, 0, 1], 30, 1)] {
            let simple = text.parse().unwrap();
            let casimir = RootData::of(simple, &limits).unwrap().casimir(&highest);
            assert_eq!(casimir, 2 * h * h * lacing * lacing, "{text}");
        }
        let x = Residue::of(-12345);
        assert_eq!(x.times(x.inverse()), Residue(1));
    }

    #[test]
    fn a_wrong_answer_is_found() {
        let limits = Limits::none();
        let group: ReductiveType = "A2".parse().unwrap();
        let of = |w: &[i64]| Decomposition::irreducible(&group, w).unwrap();
        let right = of(&[2, 0]).plus(&1.into(), &of(&[0, 1])).unwrap();
        let three = Trace::of(&of(&[1, 0]), &limits).unwrap();
        assert!(three.tensor(&three).confirm(&right, &limits).is_ok());
        // Dimension 9 as well; 8 + 1 would have the same index, too.
        let wrong = of(&[1, 0]).plus(&2.into(), &of(&[0, 1])).unwrap();
        assert!(three.tensor(&three).confirm(&wrong, &limits).is_err());
    }
}
