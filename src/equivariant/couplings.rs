//! Orthonormal bases for SO(3) and O(3) by coupling angular momenta one leg at a time.
//!
//! A path `0 → L_1 → L_2 → … → L` couples the legs of one side one after another; it gives an orthonormal set of `2L + 1`
//! tensors that transform like the real spherical harmonics of degree `L`. The tensors of all paths that end in one `L` span
//! its part of the space, so the maps `Σ_M |p M⟩⟨q M| / √(2L+1)`, for two paths that end alike, are an orthonormal basis of
//! the equivariant maps. Nothing is solved and nothing is projected.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::basis::Basis;
use super::method::{Completeness, Method};
use super::{EquivariantError, power};
use crate::float::gemm::multiply;
use crate::limits::Limits;
use crate::reps::irreducible::{HalfInteger, WignerError, clebsch_gordan_spin};

/// The three coordinates of a vector as orders of spherical harmonics of degree 1: `x`, `y`, `z` have the orders 1, −1, 0.
const VECTOR_ORDERS: [i64; 3] = [1, -1, 0];

/// One factor of a tensor product of representations of SO(3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RotationLeg {
    /// Vectors in the coordinates `x, y, z`.
    Vector,
    /// Real spherical harmonics of this degree, in the order `m = −l, …, l`, with the phases of Condon and Shortley.
    Harmonics(u32),
}

impl RotationLeg {
    fn degree(self) -> i64 {
        match self {
            RotationLeg::Vector => 1,
            RotationLeg::Harmonics(l) => i64::from(l),
        }
    }

    fn dim(self) -> usize {
        (2 * self.degree() + 1) as usize
    }

    /// The order of the harmonic that is coordinate `i`.
    fn order(self, i: usize) -> i64 {
        match self {
            RotationLeg::Vector => VECTOR_ORDERS[i],
            RotationLeg::Harmonics(l) => i as i64 - i64::from(l),
        }
    }
}

/// The maps from `⊗ from` to `⊗ to` that commute with SO(3), as an orthonormal basis in double precision.
///
/// Complete because paths count the irreducibles of both sides (Schur's lemma; all of them are of real type). Cost: about
/// `2L + 1` products for each of the `rank · rows · cols` numbers written.
pub fn rotation_maps(to: &[RotationLeg], from: &[RotationLeg], limits: &Limits) -> Result<Basis, EquivariantError> {
    let shape = (size(to)?, size(from)?);
    // Every leg is its own dual, so the legs may be cut anywhere: best where both sides are about equally large.
    let legs = [to, from].concat();
    let sides = |cut: usize| Some((size(&legs[..cut]).ok()?, size(&legs[cut..]).ok()?));
    let cut =
        (0..=legs.len()).filter_map(|c| sides(c).map(|(a, b)| (a.max(b), c))).min().map_or(to.len(), |best| best.1);
    let mut couplings = Couplings::default();
    let (left, right) = (couplings.paths(&legs[..cut], limits)?, couplings.paths(&legs[cut..], limits)?);
    let (rows, cols) = (size(&legs[..cut])?, size(&legs[cut..])?);
    let common = || left.iter().filter_map(|(l, a)| Some((*l, a, right.get(l)?)));
    let rank: usize = common().map(|(_, a, b)| a.len() * b.len()).sum();
    limits.reserve(rank as u128 * rows as u128 * cols as u128 * 8)?;
    let mut out = vec![0.0; rank * rows * cols];
    let mut blocks = out.chunks_mut((rows * cols).max(1));
    for (l, first, second) in common() {
        let width = (2 * l + 1) as usize;
        let scale = 1.0 / (width as f64).sqrt();
        for a in first {
            // Transposed and scaled once: row by row the components of each entry.
            let mut turned = vec![0.0; rows * width];
            for (m, component) in a.chunks(rows).enumerate() {
                component.iter().enumerate().for_each(|(r, x)| turned[r * width + m] = x * scale);
            }
            for b in second {
                limits.check()?;
                if let Some(block) = blocks.next() {
                    multiply((rows, width, cols), &turned, b, block, false);
                }
            }
        }
        limits.progress("couplings", l as f64 / (left.len() + 1) as f64);
    }
    let proof = "as many paths as Schur's lemma counts, orthonormal by construction";
    Ok(Basis::of_floats(shape, Method::Couplings, Completeness::Count(proof), rank, out))
}

fn size(legs: &[RotationLeg]) -> Result<usize, EquivariantError> {
    let product = legs.iter().try_fold(1usize, |size, leg| size.checked_mul(leg.dim()));
    product.ok_or_else(|| EquivariantError::TooLarge("a tensor product of representations of SO(3)".into()))
}

/// Each path as the list of its components, one after another.
type Paths = BTreeMap<i64, Vec<Vec<f64>>>;

/// Real coupling coefficients: (component of the sum, component of the first, coordinate of the leg, value).
type Coupling = Vec<(usize, usize, usize, f64)>;

/// The couplings met so far.
#[derive(Default)]
struct Couplings(BTreeMap<(i64, RotationLeg, i64), Coupling>);

impl Couplings {
    fn paths(&mut self, legs: &[RotationLeg], limits: &Limits) -> Result<Paths, EquivariantError> {
        // All tensors of all paths are an orthonormal basis of the product.
        let total = size(legs)? as u128;
        limits.reserve(total * total * 16)?;
        let mut paths = Paths::from([(0, vec![vec![1.0]])]);
        let mut length = 1;
        for &leg in legs {
            let mut next = Paths::new();
            for (&l, list) in &paths {
                for target in (l - leg.degree()).abs()..=l + leg.degree() {
                    let coupling = self.coupling(l, leg, target, limits)?;
                    for tensor in list {
                        limits.check()?;
                        next.entry(target).or_default().push(couple(tensor, length, coupling, target, leg.dim()));
                    }
                }
            }
            paths = next;
            length *= leg.dim();
        }
        Ok(paths)
    }

    fn coupling(
        &mut self,
        l: i64,
        leg: RotationLeg,
        target: i64,
        limits: &Limits,
    ) -> Result<&Coupling, EquivariantError> {
        match self.0.entry((l, leg, target)) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(place) => Ok(place.insert(real_coupling(l, leg, target, limits)?)),
        }
    }
}

/// `out[M, x, i] = Σ c[M, m, i] tensor[m, x]`.
fn couple(tensor: &[f64], length: usize, coupling: &Coupling, target: i64, dim: usize) -> Vec<f64> {
    let width = (2 * target + 1) as usize;
    let mut out = vec![0.0; width * length * dim];
    for &(big, small, i, value) in coupling {
        let from = &tensor[small * length..][..length];
        let into = &mut out[big * length * dim..][..length * dim];
        into.iter_mut().skip(i).step_by(dim).zip(from).for_each(|(o, x)| *o += value * x);
    }
    out
}

/// A real harmonic as a combination of complex ones: (order, real part, imaginary part).
///
/// `m > 0`: `((−1)^m Y_m + Y_{−m})/√2`; `m < 0`: `i (Y_m − (−1)^m Y_{−m})/√2`.
fn complex_orders(m: i64) -> Vec<(i64, f64, f64)> {
    let half = 0.5f64.sqrt();
    let sign = if m % 2 == 0 { half } else { -half };
    match m {
        0 => vec![(0, 1.0, 0.0)],
        1.. => vec![(m, sign, 0.0), (-m, half, 0.0)],
        _ => vec![(m, 0.0, half), (-m, 0.0, -sign)],
    }
}

/// The coupling of real harmonics. With the phase `i` when `l + leg + target` is odd all coefficients are real.
fn real_coupling(l: i64, leg: RotationLeg, target: i64, limits: &Limits) -> Result<Coupling, EquivariantError> {
    let spin = |x: i64| HalfInteger::from_twice(2 * x);
    let odd = (l + leg.degree() + target) % 2 != 0;
    let mut known: BTreeMap<(i64, i64), f64> = BTreeMap::new();
    for m in -l..=l {
        for n in -leg.degree()..=leg.degree() {
            let value = clebsch_gordan_spin(
                (spin(l), spin(m)),
                (spin(leg.degree()), spin(n)),
                (spin(target), spin(m + n)),
                limits,
            );
            let value = value.map_err(|e| match e {
                WignerError::Stopped(stop) => EquivariantError::Stopped(stop),
                other => EquivariantError::Argument(other.to_string()),
            })?;
            known.insert((m, n), value.to_f64());
        }
    }
    let mut out = Coupling::new();
    for big in -target..=target {
        for small in -l..=l {
            for i in 0..leg.dim() {
                let (mut re, mut im) = (0.0, 0.0);
                for (m, a, b) in complex_orders(small) {
                    for (n, c, d) in complex_orders(leg.order(i)) {
                        for (sum, e, f) in complex_orders(big) {
                            if m + n != sum {
                                continue;
                            }
                            // The first two as they are, the sum conjugated.
                            let g = known.get(&(m, n)).copied().unwrap_or(0.0);
                            let (x, y) = (a * c - b * d, a * d + b * c);
                            re += g * (x * e + y * f);
                            im += g * (y * e - x * f);
                        }
                    }
                }
                let value = if odd { im } else { re };
                if value.abs() > 1e-14 {
                    out.push(((big + target) as usize, (small + l) as usize, i, value));
                }
            }
        }
    }
    Ok(out)
}

/// The maps from `V^into` to `V^out` for vectors, in the coordinates `x, y, z`.
pub fn rotation_maps_of_vectors(out: usize, into: usize, limits: &Limits) -> Result<Basis, EquivariantError> {
    power(3, out + into)?;
    rotation_maps(&vec![RotationLeg::Vector; out], &vec![RotationLeg::Vector; into], limits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equivariant::special_orthogonal_rank;

    /// Orthonormal to 1e-14, invariant under the rotations about two axes, and Riordan numbers of them.
    #[test]
    fn maps_of_vectors_are_orthonormal_and_invariant() {
        let limits = Limits::none();
        for (out, into) in [(0, 0), (1, 1), (2, 1), (0, 4), (2, 2), (3, 2), (3, 3)] {
            let found = rotation_maps_of_vectors(out, into, &limits).unwrap();
            let rank = special_orthogonal_rank(3, out + into, &limits).unwrap();
            assert_eq!(rank, found.rank().into());
            let size = 3usize.pow((out + into) as u32);
            let rows = found.dense(&limits).unwrap();
            for (i, a) in rows.chunks(size).enumerate() {
                for (j, b) in rows.chunks(size).enumerate() {
                    let dot: f64 = a.iter().zip(b).map(|(x, y)| x * y).sum();
                    assert!((dot - f64::from(u8::from(i == j))).abs() < 1e-13);
                }
                // The infinitesimal rotation e_p → e_q, e_q → −e_p on every leg.
                for (p, q) in [(0, 1), (1, 2)] {
                    let mut image = vec![0.0; size];
                    for (place, x) in a.iter().enumerate() {
                        for l in 0..out + into {
                            let stride = 3usize.pow(l as u32);
                            let digit = place / stride % 3;
                            if digit == p {
                                image[place + q * stride - p * stride] += x;
                            } else if digit == q {
                                image[place + p * stride - q * stride] -= x;
                            }
                        }
                    }
                    assert!(image.iter().all(|x| x.abs() < 1e-13));
                }
            }
        }
    }

    /// Harmonics: the coupling of degrees 1, 1 → 2 agrees with the products of coordinates, and ranks with Schur's lemma.
    #[test]
    fn maps_of_harmonics() {
        let limits = Limits::none();
        use RotationLeg::{Harmonics, Vector};
        let found = rotation_maps(&[Harmonics(2)], &[Vector, Vector], &limits).unwrap();
        assert_eq!((found.rank(), found.rows(), found.cols()), (1, 5, 9));
        let w = found.dense(&limits).unwrap();
        // Harmonics of degree 2, orders −2 … 2: xy, yz, (3z² − r²)/√12, xz, (x² − y²)/2 up to one factor; the map is 1/√5 of
        // an isometry.
        let at = |m: usize, i: usize, j: usize| w[m * 9 + 3 * i + j] * 5f64.sqrt();
        let sign = at(0, 0, 1).signum();
        let half = 0.5f64.sqrt();
        for (m, i, j, value) in
            [(0, 0, 1, half), (0, 1, 0, half), (1, 1, 2, half), (3, 0, 2, half), (4, 0, 0, half), (4, 1, 1, -half)]
        {
            assert!((at(m, i, j) - sign * value).abs() < 1e-14, "{m} {i} {j}");
        }
        assert!((at(2, 2, 2) - sign * (2f64 / 3.0).sqrt()).abs() < 1e-14);
        // 2 ⊗ 3 = 1 + 2 + 3 + 4 + 5 and 1 ⊗ 4 = 3 + 4 + 5.
        let found = rotation_maps(&[Harmonics(2), Harmonics(3)], &[Harmonics(1), Harmonics(4)], &limits).unwrap();
        assert_eq!(found.rank(), 3);
    }
}
