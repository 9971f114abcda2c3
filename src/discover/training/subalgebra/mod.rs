//! Subalgebras of a given dimension, found by closing random planes.
//!
//! A plane is a point of the Grassmannian of the algebra; its defect `Σ_{a<b} |(1 - P)[u_a, u_b]|²` over an orthonormal
//! basis vanishes exactly on subalgebras. Every start is polished to rounding before it is classified: with a defect of
//! 10⁻⁹ a third of the classes would be wrong.

mod absence;
mod classify;
mod float_algebra;
mod grassmannian;
mod position;
mod rational;
#[cfg(test)]
mod tests;

use crate::float::{Random, orthonormal_rows};
use crate::limits::{Limits, Stop};
use crate::parallel;

pub use absence::has_codimension_one;
pub use classify::{Invariants, invariants};
pub use float_algebra::FloatAlgebra;
pub use rational::rational_representative;

use grassmannian::{Aim, Plane};
use position::Placed;

/// Subalgebras with the same invariants whose normalisers have the same dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// What they share.
    pub invariants: Invariants,
    /// The dimension of the normaliser.
    pub normalizer: usize,
    /// The dimension of `H¹(h, g/h)`: 0 when all subalgebras near it are conjugates, otherwise a bound for the dimension of
    /// the family in which it lies.
    pub moduli: usize,
    /// How many starts led there.
    pub count: usize,
    /// The least gap from which a rank of these was read: a class below some thousands is not to be trusted.
    pub gap: f64,
    /// A plane of the class, `k × dim`, orthonormal rows.
    pub plane: Vec<f64>,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// The dimension asked for.
    pub dim: usize,
    /// Random starts.
    pub starts: usize,
    /// Starts that closed.
    pub closed: usize,
    /// The least defect of all starts: rounding when some closed, otherwise how far the best plane stays from an algebra.
    pub least_defect: f64,
    /// The classes by decreasing count.
    pub classes: Vec<Class>,
}

/// A defect counts as closed below this part of the square of the largest structure constant.
const CLOSED: f64 = 1e-24;

/// Closes `starts` random planes of dimension `k` (each on its own stream of the seed, on all threads) and sorts the
/// subalgebras by their invariants and normalisers. That none closed is no proof that there is none; the least defect says how far off
/// all starts stayed. `O(k dim³ + k³ (dim - k)³)` operations for each of some ten iterations a start.
pub fn search(algebra: &FloatAlgebra, k: usize, starts: usize, limits: &Limits) -> Result<Search, Stop> {
    let dim = algebra.dim();
    let k = k.min(dim);
    let unknowns = (k * (dim - k)) as u128;
    let rows = unknowns * (k as u128).saturating_sub(1) / 2;
    limits.reserve(8 * (unknowns * unknowns + rows * unknowns + 3 * (dim as u128).pow(3)))?;
    let threshold = CLOSED * algebra.scale() * algebra.scale();
    let found = parallel::try_map(starts, |start| {
        limits.check()?;
        let mut random = Random::new(limits.seed(), 1000 + start as u64);
        let Some(frame) = random_frame(dim, &mut random) else { return Ok(None) };
        let mut plane = Plane::new(algebra, Aim::Subalgebra, k, frame);
        let defect = plane.close(threshold, limits)?;
        let closed = defect <= threshold;
        Ok::<_, Stop>(Some((
            defect,
            closed.then(|| {
                (
                    invariants(algebra, k, plane.rows()),
                    Placed::new(algebra, k, plane.rows()).normalizer(),
                    plane.rows().to_vec(),
                )
            }),
        )))
    })?;
    let mut classes: Vec<Class> = Vec::new();
    let (mut closed, mut least_defect) = (0, f64::INFINITY);
    for (defect, subalgebra) in found.into_iter().flatten() {
        least_defect = least_defect.min(defect);
        let Some(((invariants, gap), normalizer, plane)) = subalgebra else { continue };
        closed += 1;
        match classes.iter_mut().find(|c| c.invariants == invariants && c.normalizer == normalizer) {
            Some(class) => {
                class.count += 1;
                class.gap = class.gap.min(gap);
            }
            None => {
                let moduli = Placed::new(algebra, k, &plane).moduli(limits)?;
                classes.push(Class { invariants, normalizer, moduli, count: 1, gap, plane });
            }
        }
    }
    classes.sort_by_key(|c| std::cmp::Reverse(c.count));
    Ok(Search { dim: k, starts, closed, least_defect, classes })
}

/// A random orthonormal frame; `None` with probability zero.
fn random_frame(dim: usize, random: &mut Random) -> Option<Vec<f64>> {
    let mut frame: Vec<f64> = (0..dim * dim).map(|_| random.normal()).collect();
    (orthonormal_rows(dim, &mut frame, 1e-9) == dim).then_some(frame)
}

/// The splitting loss of 2309.07860 after training, a reconstruction: from `starts` random planes of dimension `p`, how many
/// come to commute with their orthogonal complement, and the least defect `Σ |[u_a, n_c]|²`. Minima away from zero trap
/// it, and it sees only summands that are orthogonal to their complement in the given basis; `ideals` has neither fault.
pub fn splitting_probe(algebra: &FloatAlgebra, p: usize, starts: usize, limits: &Limits) -> Result<(usize, f64), Stop> {
    let dim = algebra.dim();
    let p = p.min(dim);
    let unknowns = (p * (dim - p)) as u128;
    limits.reserve(8 * (unknowns * unknowns * (1 + dim as u128) + 3 * (dim as u128).pow(3)))?;
    let threshold = CLOSED * algebra.scale() * algebra.scale();
    let defects = parallel::try_map(starts, |start| {
        let mut random = Random::new(limits.seed(), 2000 + start as u64);
        let Some(frame) = random_frame(dim, &mut random) else { return Ok(f64::INFINITY) };
        Plane::new(algebra, Aim::Summand, p, frame).close(threshold, limits)
    })?;
    let split = defects.iter().filter(|d| **d <= threshold).count();
    Ok((split, defects.into_iter().fold(f64::INFINITY, f64::min)))
}
