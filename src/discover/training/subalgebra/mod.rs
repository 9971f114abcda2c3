//! Subalgebras of a given dimension, found by closing random planes.
//!
//! A plane is a point of the Grassmannian of the algebra; its defect `Σ_{a<b} |(1 - P)[u_a, u_b]|²` over an orthonormal
//! basis vanishes exactly on subalgebras. Every start is polished to rounding before it is classified: with a defect of
//! 10⁻⁹ a third of the classes would be wrong.

mod absence;
mod classify;
mod float_algebra;
mod grassmannian;
mod nearby;
mod position;
mod rational;
mod related;
#[cfg(test)]
mod tests;

use crate::float::{Random, orthonormal_rows};
use crate::limits::{Limits, Stop};
use crate::parallel;

pub use absence::has_codimension_one;
pub use classify::{Invariants, invariants};
pub use float_algebra::FloatAlgebra;
pub use nearby::{Nearby, nearest_subalgebra};
pub use position::Ambient;
pub use rational::rational_representative;
pub use related::search_inside;

use grassmannian::{Aim, Plane};
use position::Placed;

/// Subalgebras with the same invariants whose normalisers have the same dimension, and which lie alike to the Killing form.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// What they share.
    pub invariants: Invariants,
    /// The dimension of the normaliser.
    pub normalizer: usize,
    /// The dimension of `H¹(h, g/h)`: 0 when all subalgebras near it are conjugates, otherwise a bound for the dimension of
    /// the family in which it lies.
    pub moduli: usize,
    /// How the Killing form of the algebra lies on it; the members of a family may differ in it.
    pub ambient: Ambient,
    /// How many starts led there; 0 when it was found inside larger subalgebras.
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

/// A subalgebra with what tells it from others.
struct Member {
    invariants: Invariants,
    gap: f64,
    normalizer: usize,
    ambient: Ambient,
    plane: Vec<f64>,
}

impl Member {
    fn new(algebra: &FloatAlgebra, killing: &[f64], k: usize, rows: &[f64]) -> Member {
        let (invariants, gap) = invariants(algebra, k, rows);
        let placed = Placed::new(algebra, k, rows);
        let normalizer = placed.normalizer();
        let mut ambient = Ambient::new(algebra, killing, k, rows);
        ambient.clear &= placed.is_clear();
        Member { invariants, gap, normalizer, ambient, plane: rows.to_vec() }
    }
}

/// Subalgebras of one dimension, sorted.
struct Classes<'a> {
    algebra: &'a FloatAlgebra,
    k: usize,
    all: Vec<Class>,
}

impl<'a> Classes<'a> {
    fn new(algebra: &'a FloatAlgebra, k: usize) -> Classes<'a> {
        Classes { algebra, k, all: Vec::new() }
    }

    /// Adds `count` starts to the class of a subalgebra, which may be a new one.
    fn add(&mut self, member: Member, count: usize, limits: &Limits) -> Result<(), Stop> {
        let Member { invariants, gap, normalizer, ambient, plane } = member;
        let same = |c: &&mut Class| {
            c.invariants == invariants && c.normalizer == normalizer && (c.moduli > 0 || c.ambient.agrees(&ambient))
        };
        match self.all.iter_mut().find(same) {
            Some(class) => {
                class.count += count;
                class.gap = class.gap.min(gap);
                if ambient.clear && !class.ambient.clear {
                    (class.ambient, class.plane) = (ambient, plane);
                }
            }
            // Inside larger ones only what is clear is told as a class of its own.
            None if count == 0 && !ambient.clear => {}
            None => {
                let moduli = Placed::new(self.algebra, self.k, &plane).moduli(limits)?;
                self.all.push(Class { invariants, normalizer, moduli, ambient, count, gap, plane });
            }
        }
        Ok(())
    }
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
    let killing = algebra.killing();
    let found = parallel::try_map(starts, |start| {
        limits.check()?;
        let mut random = Random::new(limits.seed(), 1000 + start as u64);
        let Some(frame) = random_frame(dim, &mut random) else { return Ok(None) };
        let mut plane = Plane::new(algebra, Aim::Subalgebra, k, frame);
        let defect = plane.close(threshold, limits)?;
        let closed = defect <= threshold;
        Ok::<_, Stop>(Some((defect, closed.then(|| Member::new(algebra, &killing, k, plane.rows())))))
    })?;
    let mut classes = Classes::new(algebra, k);
    let (mut closed, mut least_defect) = (0, f64::INFINITY);
    for (defect, subalgebra) in found.into_iter().flatten() {
        least_defect = least_defect.min(defect);
        let Some(member) = subalgebra else { continue };
        closed += 1;
        classes.add(member, 1, limits)?;
    }
    let mut classes = classes.all;
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
