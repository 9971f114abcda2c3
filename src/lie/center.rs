//! The centre of an algebra, lifted from primes and checked over Q.

use num_bigint::BigInt;

use super::jacobi::height;
use super::products::{beyond, vectors_height};
use super::{ResidueTable, StructureConstants};
use crate::exact::lift::{Image, lift};
use crate::exact::{ModMatrix, Subspace, echelon_kernel};
use crate::limits::{Limits, Stop};
use crate::num::Prime;
use crate::num::prime::random_stream;

/// The centre `{z : [z, x] = 0 for all x}`.
///
/// Modulo a prime it is the kernel of the maps `z ↦ [z, y]` and `z ↦ λ([z, ·])` for a few random elements `y` and
/// functionals `λ`; it is not smaller there than over Q. What is lifted is checked to commute with everything. A few
/// times `n³` operations for each prime.
pub fn center(constants: &StructureConstants, limits: &Limits) -> Result<Subspace, Stop> {
    let n = constants.dim();
    if constants.nonzeros() == 0 {
        return Ok(Subspace::full(n));
    }
    lift(
        limits,
        |p| {
            let Some(table) = ResidueTable::new(p, constants) else { return Ok(None) };
            Ok(Some(Image::of_kernel(central_residues(p, &table, limits)?)))
        },
        |shape, values| {
            let candidate = Subspace::from_echelon(n, shape[1..].to_vec(), &values);
            Ok(is_central(constants, &candidate, limits)?.then_some(candidate))
        },
    )
}

/// The centre modulo a prime, in reduced echelon form with its pivots.
fn central_residues(p: Prime, table: &ResidueTable, limits: &Limits) -> Result<(ModMatrix, Vec<usize>), Stop> {
    let n = table.dim();
    let mut rng = random_stream(limits.seed(), 2);
    let mut equations = ModMatrix::zero(0, n);
    loop {
        limits.check()?;
        let mut random = || -> Vec<u32> { (0..n).map(|_| p.random_residue(&mut rng)).collect() };
        // With rows [y, e_j] and λ([e_i, e_j]): y sees all functionals at once, λ all elements.
        for matrix in [table.ad(&random()).transpose(), table.contract(&random())] {
            (0..n).for_each(|i| equations.push_row(matrix.row(i)));
        }
        equations.reduce(p, n, limits)?;
        let (kernel, pivots) = echelon_kernel(p, &equations, limits)?;
        let weights: Vec<u32> = (0..kernel.rows()).map(|_| p.random_residue(&mut rng)).collect();
        // A generic element of the kernel commutes with everything only when all do.
        if kernel.rows() == 0 || table.ad(&kernel.left_mul(p, &weights)).entries().iter().all(|&c| c == 0) {
            return Ok((kernel, pivots));
        }
    }
}

/// Whether all elements of a subspace commute with everything: integers `|Σ z_i c_ij^k| ≤ n h(z) h(c)` that vanish modulo
/// enough primes.
fn is_central(constants: &StructureConstants, space: &Subspace, limits: &Limits) -> Result<bool, Stop> {
    if space.dim() == 0 {
        return Ok(true);
    }
    let bound = BigInt::from(2 * constants.dim()) * vectors_height(space.basis()) * height(constants).0;
    let moved = beyond(&bound, constants, space, limits, |table, basis| {
        for z in basis {
            limits.check()?;
            if table.ad(z).entries().iter().any(|&c| c != 0) {
                return Ok(Some(()));
            }
        }
        Ok(None)
    })?;
    Ok(moved.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::{named, parts};

    /// Centres of one dimension, of none and of several: Heisenberg algebras (the last basis vector), affine algebras
    /// (none), gl(n) (the scalars), nilpotent triangular matrices (the corner), and an abelian summand beside them.
    #[test]
    fn centers_of_scrambled_algebras() {
        let limits = Limits::none();
        let heisenberg = named::heisenberg(6, &limits).unwrap();
        let affine = named::affine(3, &limits).unwrap();
        let sum = named::direct_sum(&heisenberg, &named::abelian(3, &limits).unwrap(), &limits).unwrap();
        let sum = named::direct_sum(&sum, &affine, &limits).unwrap();
        for (g, expected) in [(heisenberg, 1), (affine, 0), (sum, 4)] {
            let natural = center(g.constants(), &limits).unwrap();
            let g = parts::scramble(&g, 5, 4 * g.dim(), true, &limits).unwrap();
            let found = center(g.constants(), &limits).unwrap();
            assert_eq!((natural.dim(), found.dim()), (expected, expected), "{}", g.origin());
            for z in found.basis() {
                assert_eq!(g.constants().ad(z).entries().iter().filter(|c| !c.is_zero()).count(), 0);
            }
        }
    }
}
