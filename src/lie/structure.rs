//! Structure theory: series, centre, radical, nilradical, Cartan subalgebra. All exact.
//!
//! Sources: Humphreys, Introduction to Lie Algebras and Representation Theory, §§3–6, 15; de Graaf, Lie Algebras:
//! Theory and Algorithms, ch. 2–3.

use super::products::{basis_residues, product_space, products_lie_in};
use super::{ResidueTable, StructureConstants};
use crate::exact::lift::{Image, Primes, lift};
use crate::exact::{Matrix, ModMatrix, Subspace, echelon_kernel};
use crate::limits::{Limits, Stop};
use crate::num::Rational;
use crate::num::prime::{random_integer, random_stream};

/// `g ⊇ [g,g] ⊇ [[g,g],[g,g]] ⊇ …` until it stops (the last two would be equal, or the last is zero).
pub fn derived_series(constants: &StructureConstants, limits: &Limits) -> Result<Vec<Subspace>, Stop> {
    derived_series_of(constants, &Subspace::full(constants.dim()), limits)
}

/// The derived series of a subalgebra, starting with the subalgebra itself.
pub fn derived_series_of(
    constants: &StructureConstants,
    start: &Subspace,
    limits: &Limits,
) -> Result<Vec<Subspace>, Stop> {
    series(start.clone(), |last| product_space(constants, last, last, limits))
}

/// `g ⊇ [g,g] ⊇ [g,[g,g]] ⊇ …` until it stops.
pub fn lower_central_series(constants: &StructureConstants, limits: &Limits) -> Result<Vec<Subspace>, Stop> {
    let full = Subspace::full(constants.dim());
    series(full.clone(), |last| product_space(constants, last, &full, limits))
}

fn series(start: Subspace, next: impl Fn(&Subspace) -> Result<Subspace, Stop>) -> Result<Vec<Subspace>, Stop> {
    let mut out = vec![start];
    while let Some(last) = out.last()
        && last.dim() > 0
    {
        let step = next(last)?;
        if step.dim() == last.dim() {
            break;
        }
        out.push(step);
    }
    Ok(out)
}

/// The centre `{z : [z, x] = 0 for all x}`.
///
/// Elements that commute with a few generic ones are found first; the answer is checked against every basis
/// element.
pub fn center(constants: &StructureConstants, limits: &Limits) -> Result<Subspace, Stop> {
    let n = constants.dim();
    let mut rng = random_stream(limits.seed(), 2);
    let mut equations = Vec::new();
    let mut more = 2;
    loop {
        // One generic element gives few equations when brackets are few: twice as many in each round.
        for _ in 0..more {
            limits.check()?;
            let y: Vec<Rational> = (0..n).map(|_| Rational::from(random_integer(&mut rng, 9))).collect();
            equations.extend(constants.ad(&y).iter_rows().map(<[Rational]>::to_vec));
        }
        more *= 2;
        let candidate = Subspace::kernel(n, &equations, limits)?;
        if products_lie_in(constants, &candidate, &Subspace::full(n), &Subspace::zero(n), limits)? {
            return Ok(candidate);
        }
    }
}

/// The centralizer `{z : [z, x] = 0 for all x in the subspace}`.
pub fn centralizer(constants: &StructureConstants, of: &Subspace, limits: &Limits) -> Result<Subspace, Stop> {
    let mut equations = Vec::new();
    for x in of.basis() {
        limits.check()?;
        equations.extend(constants.ad(x).iter_rows().map(<[Rational]>::to_vec));
    }
    Subspace::kernel(constants.dim(), &equations, limits)
}

/// The radical: the orthogonal complement of `[g, g]` with respect to the Killing form (Cartan's criterion;
/// Bourbaki, Lie I §5.5 prop. 5).
pub fn radical(killing: &Matrix<Rational>, derived: &Subspace, limits: &Limits) -> Result<Subspace, Stop> {
    let n = killing.rows();
    let mut equations = Vec::with_capacity(derived.dim());
    for d in derived.basis() {
        limits.check()?;
        let mut row = vec![Rational::ZERO; n];
        for (x, k) in d.iter().zip(killing.iter_rows()).filter(|(x, _)| !x.is_zero()) {
            for (sum, y) in row.iter_mut().zip(k).filter(|(_, y)| !y.is_zero()) {
                sum.add_product(x, y);
            }
        }
        equations.push(row);
    }
    Subspace::kernel(n, &equations, limits)
}

/// The nilradical: the largest nilpotent ideal.
///
/// For `a` in the radical `R` the nilradical lies in `N = {x ∈ R : tr(ad x · (ad a)^k) = 0 for all k}`, because on
/// `R` all `ad`s are simultaneously triangular. For generic `a` it is all of `N`: checked by showing that `N` is a
/// nilpotent ideal.
pub fn nilradical(constants: &StructureConstants, radical: &Subspace, limits: &Limits) -> Result<Subspace, Stop> {
    let n = constants.dim();
    let full = Subspace::full(n);
    if radical.dim() == 0 {
        return Ok(Subspace::zero(n));
    }
    let mut rng = random_stream(limits.seed(), 3);
    loop {
        let weights: Vec<i64> = (0..radical.dim()).map(|_| random_integer(&mut rng, 9)).collect();
        // Coordinates with respect to the basis of the radical.
        let candidate = lift(
            limits,
            |p| {
                let (Some(table), Some(basis)) = (ResidueTable::new(p, constants), basis_residues(p, radical)) else {
                    return Ok(None);
                };
                let mut a = vec![0; n];
                for (row, &w) in basis.iter().zip(&weights) {
                    p.add_scaled(&mut a, p.reduce_signed(w), row);
                }
                let ad_a = table.ad(&a);
                let adjoint: Vec<ModMatrix> = basis.iter().map(|x| table.ad(x)).collect();
                let mut power = ModMatrix::identity(n);
                let mut traces = ModMatrix::zero(0, radical.dim());
                for _ in 0..=n {
                    limits.check()?;
                    let transposed = power.transpose();
                    let row: Vec<u32> = adjoint.iter().map(|m| p.dot(m.entries(), transposed.entries())).collect();
                    traces.push_row(&row);
                    power = power.mul(p, &ad_a);
                }
                Ok(Some(Image::of_kernel(echelon_kernel(p, &traces, limits)?)))
            },
            |_, values| {
                let vectors: Vec<Vec<Rational>> =
                    values.chunks(radical.dim()).map(|c| combination(c, radical.basis(), n)).collect();
                let space = Subspace::span(n, &vectors, limits)?;
                Ok(products_lie_in(constants, &space, &full, &space, limits)?.then_some(space))
            },
        )?;
        if is_nilpotent(constants, &candidate, limits)? {
            return Ok(candidate);
        }
    }
}

/// `Σ c_i v_i`, of length `n`.
pub fn combination(coefficients: &[Rational], vectors: &[Vec<Rational>], n: usize) -> Vec<Rational> {
    let mut out = vec![Rational::ZERO; n];
    for (c, v) in coefficients.iter().zip(vectors).filter(|(c, _)| !c.is_zero()) {
        for (sum, x) in out.iter_mut().zip(v).filter(|(_, x)| !x.is_zero()) {
            sum.add_product(c, x);
        }
    }
    out
}

/// Whether a subspace is a nilpotent subalgebra: its lower central series reaches zero.
pub fn is_nilpotent(constants: &StructureConstants, space: &Subspace, limits: &Limits) -> Result<bool, Stop> {
    let mut last = space.clone();
    while last.dim() > 0 {
        let next = product_space(constants, space, &last, limits)?;
        if next.dim() >= last.dim() || !last.contains_space(&next) {
            return Ok(false);
        }
        last = next;
    }
    Ok(true)
}

/// A Cartan subalgebra: the Fitting null component `{h : (ad x)^n h = 0}` of a generic `x` (de Graaf §3.2).
///
/// Checked: it contains `x`, and it is nilpotent, so it lies in the null component of `x`; its dimension modulo a
/// prime is not smaller than that over Q, so it is all of it. A null component is its own normaliser
/// (Humphreys §15.1), hence a Cartan subalgebra; all have the same dimension, the rank.
pub fn cartan_subalgebra(constants: &StructureConstants, limits: &Limits) -> Result<Subspace, Stop> {
    let n = constants.dim();
    let mut rng = random_stream(limits.seed(), 4);
    let least = generic_nullity(constants, limits)?;
    for attempt in 0.. {
        limits.check()?;
        // Few small coordinates first: they make a simple answer, and a regular element often exists among them.
        let support = (1 + attempt / 4).min(n);
        let size = 1 + (attempt / 12) as u32;
        let mut x = vec![0; n];
        for _ in 0..support {
            let place = random_integer(&mut rng, 1 << 20).unsigned_abs() as usize % n.max(1);
            x[place] = random_integer(&mut rng, size);
        }
        if nullity(constants, &x, limits)? == least
            && let Some(space) = null_component(constants, &x, limits)?
        {
            return Ok(space);
        }
    }
    Ok(Subspace::full(n)) // not reached: generic elements are regular
}

/// The dimension of the null component of a random element modulo a prime.
fn generic_nullity(constants: &StructureConstants, limits: &Limits) -> Result<usize, Stop> {
    let mut rng = random_stream(limits.seed(), 5);
    let x: Vec<i64> = (0..constants.dim()).map(|_| random_integer(&mut rng, 1 << 20)).collect();
    nullity(constants, &x, limits)
}

fn nullity(constants: &StructureConstants, x: &[i64], limits: &Limits) -> Result<usize, Stop> {
    let mut primes = Primes::new(limits);
    let table = super::jacobi::next_table(&mut primes, constants);
    let power = null_power(&table, x, limits)?;
    Ok(constants.dim() - power.rank(table.prime(), limits)?)
}

/// `(ad x)^N` on row vectors with `N ≥ n`.
fn null_power(table: &ResidueTable, x: &[i64], limits: &Limits) -> Result<ModMatrix, Stop> {
    let p = table.prime();
    let residues: Vec<u32> = x.iter().map(|&c| p.reduce_signed(c)).collect();
    let mut power = table.ad(&residues);
    let mut exponent = 1;
    while exponent < table.dim() {
        limits.check()?;
        power = power.mul(p, &power);
        exponent *= 2;
    }
    Ok(power)
}

/// The null component of `ad x` when it is nilpotent (so a Cartan subalgebra).
fn null_component(constants: &StructureConstants, x: &[i64], limits: &Limits) -> Result<Option<Subspace>, Stop> {
    let n = constants.dim();
    let exact: Vec<Rational> = x.iter().map(|&c| Rational::from(c)).collect();
    lift(
        limits,
        |p| {
            let Some(table) = ResidueTable::new(p, constants) else { return Ok(None) };
            let power = null_power(&table, x, limits)?;
            // ad x acts on row vectors: {v : v · power = 0}.
            Ok(Some(Image::of_kernel(echelon_kernel(p, &power.transpose(), limits)?)))
        },
        |shape, values| {
            let space = Subspace::from_echelon(n, shape[1..].to_vec(), &values);
            if !space.contains(&exact) {
                return Ok(None);
            }
            if is_nilpotent(constants, &space, limits)? {
                return Ok(Some(Some(space)));
            }
            // Closed but not nilpotent: `x` was not generic. Not closed: not enough primes yet.
            Ok(products_lie_in(constants, &space, &space, &space, limits)?.then_some(None))
        },
    )
}

/// The constants of the quotient by an ideal, in the basis of those `e_c` whose column `c` is no pivot of it.
///
/// The caller has checked that the subspace is an ideal.
pub fn quotient_constants(constants: &StructureConstants, ideal: &Subspace) -> StructureConstants {
    let n = constants.dim();
    let free = ideal.free_columns();
    StructureConstants::from_fn(free.len(), |a, b| {
        let bracket = crate::exact::sparse::to_dense(constants.upper(free[a], free[b]), n);
        let reduced = ideal.reduce(&bracket);
        crate::exact::sparse::to_sparse(&free.iter().map(|&c| reduced[c].clone()).collect::<Vec<_>>())
    })
}

/// The constants of a subalgebra in its reduced echelon basis, or the first pair of basis vectors whose bracket
/// leaves it.
pub fn subalgebra_constants(
    constants: &StructureConstants,
    space: &Subspace,
    limits: &Limits,
) -> Result<Result<StructureConstants, (usize, usize)>, Stop> {
    let mut terms = Vec::new();
    for (a, x) in space.basis().iter().enumerate() {
        limits.check()?;
        let rows: Vec<Vec<Rational>> = constants.ad(x).transpose().iter_rows().map(<[Rational]>::to_vec).collect();
        for (b, y) in space.basis().iter().enumerate().skip(a + 1) {
            match space.coordinates(&combination(y, &rows, constants.dim())) {
                Some(coordinates) => terms.extend(coordinates.into_iter().enumerate().map(|(k, v)| (a, b, k, v))),
                None => return Ok(Err((a, b))),
            }
        }
    }
    Ok(Ok(StructureConstants::from_terms(space.dim(), terms)))
}
