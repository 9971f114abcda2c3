//! The rank (the dimension of a Cartan subalgebra) from one prime, without a Cartan subalgebra over Q.
//!
//! Let `R` be the radical, `L = g/R`, `x` an element over the p-adic integers and `g_0` the part of `g` on which `ad x` has
//! eigenvalues divisible by `p`; it lifts the null component of `ad x` modulo `p`. Suppose that modulo `p`
//!
//! 1. the Killing form of `L` is non-degenerate and the null component of `x` in `L` has the rank of `L` as dimension,
//! 2. `g_0` is nilpotent.
//!
//! *Then `dim g_0` is the rank of `g`, provided that each zero weight of `L` on `g` comes with the zero character of `R`.*
//! By 1 the image `h` of `g_0` in `L` is a Cartan subalgebra over the p-adic numbers, on which the Killing form of `L` is
//! unimodular. `g_0` is solvable, since `h` is abelian. On a composition factor of `g` it acts by weights
//! `α = μ + χ` with `μ` a weight of `L` and `χ` a character of `R` that vanishes on `[g, R]`. Let `α` occur on `g_0`. By 2
//! its values on `g_0` are divisible by `p`; on `g_0 ∩ [g, g]`, which covers `h` because `L` is perfect modulo `p`, they are
//! those of `μ`. For a root `β` of `L` the element `t_β` with `K(t_β, ·) = β` is integral, so `p` divides
//! `μ(t_β) = (μ, β) = m/2hc` with `|m| < n`, `h` a dual Coxeter number and `c ≤ 3` (Bourbaki, *Lie* VI §1.12, VIII §7.2): hence
//! `m = 0` for all `β`, and `μ = 0`. By assumption `χ = 0`, so `α = 0`, and `g_0` is nilpotent over the p-adic numbers by
//! Engel's theorem. So it is the null component of `ad x` itself, a nilpotent one: a Cartan subalgebra (Humphreys §15).
//!
//! The assumption holds when `R` is nilpotent (all `χ` vanish), and when the weights with `μ = 0` are used up by
//! those with `χ = 0` that are known: `rank L` in `g/R`, `dim R/[g, R]`, and the part of the centre in `[g, R]`. An element of
//! `[g, g]` modulo `p` has at least all weights with `μ = 0` in its null component, so its nullity bounds their number.

use super::nilradical::Nilradical;
use super::products::basis_residues;
use super::structure::{cartan_subalgebra, null_power};
use super::{ResidueTable, StructureConstants};
use crate::exact::lift::Primes;
use crate::exact::{Matrix, ModMatrix, Subspace, echelon_kernel};
use crate::limits::{Limits, Stop};
use crate::num::prime::random_stream;
use crate::num::{Prime, Rational};

/// What is known of the algebra before its rank.
pub(super) struct Known<'a> {
    /// `[g, g]`.
    pub derived: &'a Subspace,
    /// `R`.
    pub radical: &'a Subspace,
    /// The centre.
    pub center: &'a Subspace,
    /// The nilradical, and `[g, R]`.
    pub nilradical: &'a Nilradical,
    /// The table of `g/R` in the basis of the free columns of `R`, its Killing form and its rank.
    pub levi: &'a StructureConstants,
    pub levi_killing: &'a Matrix<Rational>,
    pub levi_rank: usize,
}

/// Primes and elements that are tried.
const ATTEMPTS: usize = 4;

/// The rank, with what shows it.
pub(super) fn rank(
    constants: &StructureConstants,
    known: &Known,
    limits: &Limits,
) -> Result<(usize, &'static str), Stop> {
    let mut primes = Primes::new(limits);
    let radical_is_nilpotent = known.nilradical.space.dim() == known.radical.dim();
    let holds = radical_is_nilpotent || zero_weights_are_known(primes.draw(), constants, known, limits)?;
    for attempt in 0..if holds { ATTEMPTS } else { 0 } {
        if let Some(rank) = at_prime(primes.draw(), attempt as u64, constants, known, limits)? {
            return Ok((rank, "the null component of an element over the p-adic integers, nilpotent"));
        }
    }
    let rank = cartan_subalgebra(constants, limits)?.dim();
    Ok((rank, "the null component of an element, checked to be nilpotent"))
}

/// Whether the weights with `μ = 0` are no more than those in `g/R`, in `R/[g, R]` and in the part of the centre in `[g, R]`,
/// on which `R` acts by zero.
fn zero_weights_are_known(
    p: Prime,
    constants: &StructureConstants,
    known: &Known,
    limits: &Limits,
) -> Result<bool, Stop> {
    let n = constants.dim();
    let residues = (ResidueTable::new(p, constants), basis_residues(p, known.derived));
    let (Some(table), Some(derived)) = residues else { return Ok(false) };
    let mut rng = random_stream(limits.seed(), 7400);
    let weights: Vec<u32> = (0..derived.len()).map(|_| p.random_residue(&mut rng)).collect();
    let y = ModMatrix::from_rows(n, derived).left_mul(p, &weights);
    let nullity = n - null_power(&table, &y, limits)?.rank(p, limits)?;
    let commutator = &known.nilradical.commutator;
    let central = known.center.dim() + commutator.dim() - known.center.sum(commutator, limits)?.dim();
    Ok(nullity <= known.levi_rank + known.radical.dim() - commutator.dim() + central)
}

/// The rank when prime and element fulfil the conditions above.
fn at_prime(
    p: Prime,
    attempt: u64,
    constants: &StructureConstants,
    known: &Known,
    limits: &Limits,
) -> Result<Option<usize>, Stop> {
    let n = constants.dim();
    let tables = (ResidueTable::new(p, constants), ResidueTable::new(p, known.levi));
    let (Some(table), Some(levi_table)) = tables else { return Ok(None) };
    let Some(radical) = basis_residues(p, known.radical) else { return Ok(None) };
    let mut rng = random_stream(limits.seed(), 7500 + attempt);
    let x: Vec<u32> = (0..n).map(|_| p.random_residue(&mut rng)).collect();
    // Condition 1. The coordinates of x in g/R are those at the free columns, after reduction by R.
    let dim = known.levi.dim();
    if dim > 0 {
        let Some(killing) = ModMatrix::from_rational(p, known.levi_killing) else { return Ok(None) };
        let mut reduced = x.clone();
        for (row, &pivot) in radical.iter().zip(known.radical.pivots()) {
            let factor = p.neg(reduced[pivot]);
            p.add_scaled(&mut reduced, factor, row);
        }
        let image: Vec<u32> = known.radical.free_columns().into_iter().map(|c| reduced[c]).collect();
        let nullity = dim - null_power(&levi_table, &image, limits)?.rank(p, limits)?;
        if nullity != known.levi_rank || killing.rank(p, limits)? != dim {
            return Ok(None);
        }
    }
    // ad x acts on row vectors: {v : v · power = 0}.
    let power = null_power(&table, &x, limits)?;
    let (null, _) = echelon_kernel(p, &power.transpose(), limits)?;
    Ok(is_nilpotent_modulo(&table, &null, limits)?.then_some(null.rows()))
}

/// Whether a subalgebra modulo a prime is nilpotent.
fn is_nilpotent_modulo(table: &ResidueTable, basis: &ModMatrix, limits: &Limits) -> Result<bool, Stop> {
    let (p, n) = (table.prime(), table.dim());
    let mut adjoint = Vec::with_capacity(basis.rows());
    for i in 0..basis.rows() {
        limits.check()?;
        adjoint.push(table.ad(basis.row(i)));
    }
    let mut last = basis.clone();
    while last.rows() > 0 {
        let mut next = ModMatrix::zero(0, n);
        for ad in &adjoint {
            let images = last.mul(p, ad);
            let filled = (0..images.rows()).filter(|&i| images.row(i).iter().any(|&c| c != 0));
            filled.for_each(|i| next.push_row(images.row(i)));
            next.reduce(p, n, limits)?;
        }
        if next.rows() >= last.rows() {
            return Ok(false);
        }
        last = next;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::{Algebra, identify, named, parts};

    /// Ranks by counting zero weights (semisimple part, its modules, the torus of the radical), and by the other way: a
    /// Cartan subalgebra over Q. In natural and in random bases.
    #[test]
    fn ranks_of_algebras_with_a_radical() {
        let none = Limits::none();
        let form = |name: &str| named::real_form(crate::roots::parse_sum(name).unwrap()[0], &none).unwrap();
        let sum = |a: &Algebra, b: &Algebra| named::direct_sum(a, b, &none).unwrap();
        let borel = |n: usize| named::borel(&crate::roots::CartanType::of(crate::roots::Letter::A, n).unwrap(), &none);
        let cases = [
            // so(3,1) on R^4: no zero weight; so(4,1) on R^5: one.
            (named::poincare(3, 1, &none).unwrap(), 2),
            (named::poincare(4, 1, &none).unwrap(), 3),
            // so(3) on R^3 twice, and time.
            (named::galilei(3, &none).unwrap(), 4),
            // gl(n) on R^n: its diagonal.
            (named::affine(4, &none).unwrap(), 4),
            (borel(3).unwrap(), 3),
            // A torus beside a nilpotent algebra.
            (sum(&sum(&form("su(2,1)"), &named::heisenberg(2, &none).unwrap()), &named::affine(1, &none).unwrap()), 8),
        ];
        for (g, expected) in cases {
            assert_eq!(identify(&g, &none).unwrap().rank, expected, "{}", g.origin());
            let g = parts::scramble(&g, 3, 3 * g.dim(), true, &none).unwrap();
            assert_eq!(identify(&g, &none).unwrap().rank, expected, "{}", g.origin());
            assert_eq!(cartan_subalgebra(g.constants(), &none).unwrap().dim(), expected, "{}", g.origin());
        }
    }

    /// A character that is divisible by the primes that are tried must not be taken for zero: `[d, x] = q x` with `q` their
    /// product has rank 1, whatever it looks like modulo these primes.
    #[test]
    fn a_character_that_vanishes_modulo_the_primes() {
        let limits = Limits::none();
        let mut primes = Primes::new(&limits);
        let q = (0..ATTEMPTS + 2).map(|_| Rational::from(i64::from(primes.draw().value())));
        let q = q.fold(Rational::ONE, |product, p| &product * &p);
        let table = StructureConstants::from_terms(3, [(0, 1, 1, q), (0, 2, 2, Rational::ONE)]);
        let g = parts::from_table(table, "an action of a line on a plane", &limits).unwrap();
        assert_eq!(identify(&g, &limits).unwrap().rank, 1);
    }
}
