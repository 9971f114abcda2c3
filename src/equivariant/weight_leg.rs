//! Irreducible representations as legs of weight vectors.

use super::WeightLeg;
use crate::reps::irreducible::Irreducible;

impl WeightLeg {
    /// The basis of weight vectors of an irreducible representation.
    pub fn of_irreducible(v: &Irreducible) -> WeightLeg {
        let weights = v.weights().cloned().collect();
        let images = |raise: bool, i: usize, k: usize| if raise { v.raised(i, k) } else { v.lowered(i, k) }.to_vec();
        let list = |raise: bool| (0..v.rank()).map(|i| (0..v.dim()).map(|k| images(raise, i, k)).collect()).collect();
        WeightLeg::from_parts(weights, list(true), list(false))
    }
}
