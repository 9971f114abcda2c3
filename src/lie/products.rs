//! Products of subspaces `[U, V]`, exactly, with modular arithmetic doing the work.

use num_bigint::BigInt;
use num_traits::{One, Signed};

use super::jacobi::{height, next_table};
use super::{ResidueTable, StructureConstants};
use crate::exact::lift::{Image, Primes, lift};
use crate::exact::{ModMatrix, Subspace};
use crate::limits::{Limits, Stop};
use crate::num::prime::random_stream;
use crate::num::{Prime, Rational, common_denominator};
use crate::parallel;

/// So many random elements in a row whose brackets bring nothing new end the search; the exact check follows.
const PATIENCE: usize = 2;

/// The span of all brackets `[u, v]`.
///
/// Lower bound: the rank modulo a prime of the brackets with random elements of `U`. Upper bound: every bracket lies in the
/// candidate, by [`products_lie_in`]. About `n³/2 + v n²` operations for each of the few random elements and each prime,
/// `u` times that for the check.
pub fn product_space(
    constants: &StructureConstants,
    u: &Subspace,
    v: &Subspace,
    limits: &Limits,
) -> Result<Subspace, Stop> {
    if v.dim() == 0 {
        return Ok(Subspace::zero(constants.dim()));
    }
    bracket_space(constants, u.basis(), v, limits)
}

/// The span of all brackets `[x, v]` for some vectors `x` and `v ∈ V`.
///
/// For an ideal `V` and elements `x` that generate the algebra this is `[g, V]`, since
/// `[[x, y], v] = [x, [y, v]] − [y, [x, v]]`.
pub(super) fn bracket_space(
    constants: &StructureConstants,
    vectors: &[Vec<Rational>],
    v: &Subspace,
    limits: &Limits,
) -> Result<Subspace, Stop> {
    let n = constants.dim();
    if vectors.is_empty() || v.dim() == 0 || constants.nonzeros() == 0 {
        return Ok(Subspace::zero(n));
    }
    lift(
        limits,
        |p| {
            let Some((products, pivots)) = bracket_rows(p, constants, vectors, v, limits)? else { return Ok(None) };
            Ok(Some(Image::of_row_space(&products, &pivots)))
        },
        |shape, values| {
            let candidate = Subspace::from_echelon(n, shape[1..].to_vec(), &values);
            Ok(brackets_lie_in(constants, vectors, v, &candidate, limits)?.then_some(candidate))
        },
    )
}

/// The same for a subspace that is known to contain these brackets. When they span all of it modulo a prime they do so
/// over Q, and nothing is lifted.
pub(super) fn bracket_space_within(
    constants: &StructureConstants,
    vectors: &[Vec<Rational>],
    v: &Subspace,
    limits: &Limits,
) -> Result<Subspace, Stop> {
    let mut primes = Primes::new(limits);
    if !vectors.is_empty()
        && v.dim() > 0
        && let Some((products, _)) = bracket_rows(primes.draw(), constants, vectors, v, limits)?
        && products.rows() == v.dim()
    {
        return Ok(v.clone());
    }
    bracket_space(constants, vectors, v, limits)
}

/// The echelon form, with its pivots, of the brackets of random combinations of the vectors with a basis of `V`; `None`
/// when the prime divides a denominator.
fn bracket_rows(
    p: Prime,
    constants: &StructureConstants,
    vectors: &[Vec<Rational>],
    v: &Subspace,
    limits: &Limits,
) -> Result<Option<(ModMatrix, Vec<usize>)>, Stop> {
    let n = constants.dim();
    let residues = (ResidueTable::new(p, constants), vectors_residues(p, vectors), basis_residues(p, v));
    let (Some(table), Some(u), Some(v)) = residues else { return Ok(None) };
    let (u, v) = (ModMatrix::from_rows(n, u), ModMatrix::from_rows(n, v));
    let mut rng = random_stream(limits.seed(), 8);
    let mut products = ModMatrix::zero(0, n);
    let mut idle = 0;
    while idle < PATIENCE && products.rows() < n {
        limits.check()?;
        let weights: Vec<u32> = (0..u.rows()).map(|_| p.random_residue(&mut rng)).collect();
        let ad = table.ad(&u.left_mul(p, &weights));
        let before = products.rows();
        let images = if v.rows() == n { ad } else { v.mul(p, &ad) };
        (0..images.rows())
            .filter(|&i| images.row(i).iter().any(|&c| c != 0))
            .for_each(|i| products.push_row(images.row(i)));
        // Keep the echelon form only: never more than n + v rows.
        products.reduce(p, n, limits)?;
        idle = if products.rows() == before { idle + 1 } else { 0 };
    }
    let pivots = products.reduce(p, n, limits)?;
    Ok(Some((products, pivots)))
}

type Vectors = Vec<Vec<u32>>;

/// Hands tables and the residues of a basis modulo one prime after another, until their product exceeds a bound or
/// something is found.
pub(super) fn beyond<T>(
    bound: &BigInt,
    constants: &StructureConstants,
    space: &Subspace,
    limits: &Limits,
    mut each: impl FnMut(&ResidueTable, &[Vec<u32>]) -> Result<Option<T>, Stop>,
) -> Result<Option<T>, Stop> {
    let mut primes = Primes::new(limits);
    let mut product = BigInt::one();
    while product <= *bound {
        let table = next_table(&mut primes, constants);
        let Some(basis) = basis_residues(table.prime(), space) else { continue };
        if let Some(found) = each(&table, &basis)? {
            return Ok(Some(found));
        }
        product *= table.prime().value();
    }
    Ok(None)
}

/// The basis of a subspace modulo a prime, or `None` when the prime divides a denominator.
pub(super) fn basis_residues(p: Prime, u: &Subspace) -> Option<Vectors> {
    vectors_residues(p, u.basis())
}

/// Vectors modulo a prime, or `None` when it divides a denominator.
pub(super) fn vectors_residues(p: Prime, vectors: &[Vec<Rational>]) -> Option<Vectors> {
    vectors.iter().map(|row| row.iter().map(|q| p.residue(q)).collect()).collect()
}

/// Whether `[U, V] ⊆ W`, exactly: integers below a proved bound are zero when they vanish modulo enough primes.
pub fn products_lie_in(
    constants: &StructureConstants,
    u: &Subspace,
    v: &Subspace,
    w: &Subspace,
    limits: &Limits,
) -> Result<bool, Stop> {
    if v.dim() == 0 {
        return Ok(true);
    }
    brackets_lie_in(constants, u.basis(), v, w, limits)
}

/// Whether `[x, V] ⊆ W` for all the vectors `x`, exactly.
///
/// With `V = W` and elements that generate the algebra: whether `V` is an ideal, for `k n² dim V` operations.
pub(super) fn brackets_lie_in(
    constants: &StructureConstants,
    vectors: &[Vec<Rational>],
    v: &Subspace,
    w: &Subspace,
    limits: &Limits,
) -> Result<bool, Stop> {
    let n = constants.dim();
    if w.dim() == n || vectors.is_empty() || v.dim() == 0 || constants.nonzeros() == 0 {
        return Ok(true);
    }
    // With u, v, c and the equations of W scaled to integers:
    // |equation of W applied to [u, v]| ≤ (1 + dim W) h(W) n² h(U) h(V) h(c)
    let factor = BigInt::from((1 + w.dim()) * n * n * 2);
    let heights = vectors_height(vectors) * vectors_height(v.basis()) * vectors_height(w.basis());
    let bound = factor * heights * height(constants).0;
    let mut primes = Primes::new(limits);
    let mut product = BigInt::one();
    while product <= bound {
        let table = next_table(&mut primes, constants);
        let p = table.prime();
        let images = (vectors_residues(p, vectors), basis_residues(p, v), basis_residues(p, w));
        let (Some(u), Some(v), Some(w_rows)) = images else { continue };
        let (v, w_rows) = (ModMatrix::from_rows(n, v), ModMatrix::from_rows(n, w_rows));
        let inside = parallel::try_map(u.len(), |i| {
            limits.check()?;
            let ad = table.ad(&u[i]);
            let images = if v.rows() == n { ad } else { v.mul(p, &ad) };
            if w.dim() == 0 {
                return Ok(images.entries().iter().all(|&c| c == 0));
            }
            // Vectors of W are determined by their entries at its pivots.
            let at_pivots = (0..images.rows()).map(|k| w.pivots().iter().map(|&c| images.row(k)[c]).collect());
            Ok(ModMatrix::from_rows(w.dim(), at_pivots).mul(p, &w_rows) == images)
        })?;
        if inside.contains(&false) {
            return Ok(false);
        }
        product *= p.value();
    }
    Ok(true)
}

/// The largest integer among the entries of the vectors and the denominators they are scaled by.
pub(super) fn vectors_height(vectors: &[Vec<Rational>]) -> BigInt {
    let denominator = common_denominator(vectors.iter().flatten());
    if denominator.is_one() {
        // Mostly machine words: no big number for each entry.
        let mut largest = 1u64;
        let mut beyond = BigInt::one();
        for x in vectors.iter().flatten() {
            match x.to_i64() {
                Some(small) => largest = largest.max(small.unsigned_abs()),
                None => beyond = beyond.max(x.numerator().abs()),
            }
        }
        return beyond.max(BigInt::from(largest));
    }
    let scale = Rational::from(denominator.clone());
    let entries = vectors.iter().flatten().filter(|x| !x.is_zero());
    let largest = entries.map(|x| (x * &scale).numerator().abs()).max();
    largest.unwrap_or_else(BigInt::one).max(denominator)
}
