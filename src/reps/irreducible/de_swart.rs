//! The phases of de Swart for SU(3) (J. J. de Swart, Reviews of Modern Physics 35 (1963) 916, sections 6, 11 and 14).
//!
//! States are labelled by isospin `I` (the first simple root), `I_3` and hypercharge `Y = (λ_1 + 2 λ_2)/3`. The orthogonal basis
//! of [`Orthogonal`] is already the isospin basis, with positive matrix elements of both simple root vectors. De Swart
//! asks for positive elements of the root vector `α_1 + α_2` instead of `α_2`. Both belong to one doublet of isospin, so
//! by the theorem of Wigner and Eckart their signs agree for `I → I + ½` and differ for `I → I − ½`: going from `(I, Y)` to
//! `(I', Y + 1)` the sign changes exactly in the second case.
//!
//! Phases between representations: in the state of the product representation with the largest `I_3`, the coefficient
//! with the largest `I` of the first factor (then of the second one, then the largest `Y` of the first) is positive.

use super::Orthogonal;
use crate::roots::Letter;
use crate::weights::{ReductiveType, Weight};

/// Twice the isospin and three times the hypercharge of a basis vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Isospin {
    pub twice_i: i64,
    pub thrice_y: i64,
}

/// Whether the conventions apply.
pub fn is_su3(group: &ReductiveType) -> bool {
    group.simple().is_some_and(|t| t.letter() == Letter::A && t.rank() == 2)
}

/// Isospin and hypercharge of every vector of the orthogonal basis of a representation of A2.
pub fn isospins(basis: &Orthogonal) -> Vec<Isospin> {
    let module = basis.module();
    let label = |(k, w): (usize, &Weight)| {
        // How many steps the vector lies below the top of its multiplet.
        let mut vector = module.raise(0, basis.vector(k));
        let mut steps = 0;
        while !vector.is_empty() {
            vector = module.raise(0, &vector);
            steps += 1;
        }
        Isospin { twice_i: w[0] + 2 * steps, thrice_y: w[0] + 2 * w[1] }
    };
    module.weights().enumerate().map(label).collect()
}

/// Which vectors of the basis change their sign: those with an odd number `(Y − Y_0)/2 − (I − I_0)`, counted from the
/// highest weight vector.
pub fn flips(isospins: &[Isospin]) -> Vec<bool> {
    let Some(first) = isospins.first().copied() else { return Vec::new() };
    isospins
        .iter()
        .map(|x| ((x.thrice_y - first.thrice_y) / 3 - (x.twice_i - first.twice_i)).rem_euclid(4) == 2)
        .collect()
}

/// The vector of largest `I_3`, on the highest multiplet of the boundary.
pub fn highest_state(basis: &Orthogonal) -> usize {
    let weights: Vec<_> = basis.module().weights().collect();
    (0..weights.len()).max_by_key(|&k| (weights[k][0], std::cmp::Reverse(k))).unwrap_or(0)
}
