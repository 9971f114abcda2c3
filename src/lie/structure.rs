//! Structure theory: series, centre, radical, nilradical, Cartan subalgebra. All exact.
//!
//! Sources: Humphreys, Introduction to Lie Algebras and Representation Theory, §§3–6, 15; de Graaf, Lie Algebras:
//! Theory and Algorithms, ch. 2–3.

use num_bigint::BigInt;
use num_traits::Zero;

pub use super::center::center;
use super::generators::generating_set;
use super::jacobi::{height, next_table};
use super::nilradical::generators_within;
pub use super::nilradical::is_nilpotent;
use super::products::{beyond, bracket_space, bracket_space_within, products_lie_in, vectors_height};
use super::{ResidueTable, StructureConstants};
use crate::exact::lift::{Image, Primes, lift};
use crate::exact::sparse::{SparseVector, collect_terms};
use crate::exact::{Matrix, ModMatrix, Subspace, echelon_kernel};
use crate::limits::{Limits, Stop};
use crate::num::prime::{random_integer, random_stream};
use crate::num::{Crt, Rational, common_denominator};
use crate::parallel;

/// `g ⊇ [g,g] ⊇ [[g,g],[g,g]] ⊇ …` until it stops (the last two would be equal, or the last is zero).
pub fn derived_series(constants: &StructureConstants, limits: &Limits) -> Result<Vec<Subspace>, Stop> {
    let full = Subspace::full(constants.dim());
    if constants.dim() == 0 {
        return Ok(vec![full]);
    }
    let derived = derived_algebra(constants, limits)?;
    if derived.dim() == full.dim() {
        return Ok(vec![full]);
    }
    let mut out = vec![full];
    out.extend(derived_series_of(constants, &derived, limits)?);
    Ok(out)
}

/// The derived algebra `[g, g]`: the span of the brackets of some generators with everything.
pub fn derived_algebra(constants: &StructureConstants, limits: &Limits) -> Result<Subspace, Stop> {
    bracket_space(constants, &generators(constants, limits)?, &Subspace::full(constants.dim()), limits)
}

/// The derived series of a subalgebra, starting with the subalgebra itself.
pub fn derived_series_of(
    constants: &StructureConstants,
    start: &Subspace,
    limits: &Limits,
) -> Result<Vec<Subspace>, Stop> {
    series(start.clone(), |last| {
        // `[h, h]` is spanned by the brackets of generators of `h` with `h`.
        let generators = generators_within(constants, last, limits)?;
        bracket_space_within(constants, generators.as_deref().unwrap_or(last.basis()), last, limits)
    })
}

/// `g ⊇ [g,g] ⊇ [g,[g,g]] ⊇ …` until it stops.
pub fn lower_central_series(constants: &StructureConstants, limits: &Limits) -> Result<Vec<Subspace>, Stop> {
    let n = constants.dim();
    let full = Subspace::full(n);
    let generators = generators(constants, limits)?;
    let derived = bracket_space(constants, &generators, &full, limits)?;
    if derived.dim() == n {
        return Ok(vec![full]);
    }
    let mut out = vec![full];
    out.extend(series(derived, |last| bracket_space_within(constants, &generators, last, limits))?);
    Ok(out)
}

/// Elements that generate the algebra, with small integer coordinates.
pub(super) fn generators(constants: &StructureConstants, limits: &Limits) -> Result<Vec<Vec<Rational>>, Stop> {
    let n = constants.dim();
    let mut primes = Primes::new(limits);
    let table = next_table(&mut primes, constants);
    let p = table.prime();
    let mut rng = random_stream(limits.seed(), 9);
    let mut brackets = ModMatrix::zero(0, n);
    let mut pivots = Vec::new();
    for _ in 0..3 {
        let x: Vec<u32> = (0..n).map(|_| p.random_residue(&mut rng)).collect();
        let ad = table.ad(&x);
        (0..n).for_each(|j| brackets.push_row(ad.row(j)));
        pivots = brackets.reduce(p, n, limits)?;
    }
    // A coordinate subspace with the complement that the derived algebra has (at most: what is missed costs one generator).
    let units: Vec<Rational> =
        pivots.iter().flat_map(|&c| (0..n).map(move |j| Rational::from(i64::from(j == c)))).collect();
    let coordinates = Subspace::from_echelon(n, pivots, &units);
    let found = generating_set(constants, &coordinates, limits)?;
    Ok(found.into_iter().map(|x| x.into_iter().map(Rational::from).collect()).collect())
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

/// A Cartan subalgebra: the Fitting null component `{h : (ad x)^n h = 0}` of a generic `x` (de Graaf §3.2).
///
/// Checked: it contains `x`, and it is nilpotent, so it lies in the null component of `x`; its dimension modulo a
/// prime is not smaller than that over Q, so it is all of it. A null component is its own normaliser
/// (Humphreys §15.1), hence a Cartan subalgebra; all have the same dimension, the rank.
pub fn cartan_subalgebra(constants: &StructureConstants, limits: &Limits) -> Result<Subspace, Stop> {
    let n = constants.dim();
    let mut rng = random_stream(limits.seed(), 4);
    let mut primes = Primes::new(limits);
    let mut least = usize::MAX;
    for attempt in 0.. {
        limits.check()?;
        if attempt % 8 == 0 {
            // With another prime each time: a prime may divide an eigenvalue.
            least = least.min(generic_nullity(&mut primes, constants, limits)?);
        }
        // Few small coordinates first: they make a simple answer, and a regular element often exists among them.
        let support = (1usize << (attempt / 4).min(30)).min(n);
        let size = 1 + (attempt / 12) as u32;
        let mut x = vec![0; n];
        for _ in 0..support {
            let place = random_integer(&mut rng, 1 << 20).unsigned_abs() as usize % n.max(1);
            x[place] = random_integer(&mut rng, size);
        }
        if nullity(&mut primes, constants, &x, limits)? == least
            && let Some(space) = null_component(constants, &x, least, limits)?
        {
            return Ok(space);
        }
    }
    Ok(Subspace::full(n)) // not reached: generic elements are regular
}

/// The dimension of the null component of a random element modulo a prime.
fn generic_nullity(primes: &mut Primes, constants: &StructureConstants, limits: &Limits) -> Result<usize, Stop> {
    let mut rng = random_stream(limits.seed(), 5);
    let x: Vec<i64> = (0..constants.dim()).map(|_| random_integer(&mut rng, 1 << 20)).collect();
    nullity(primes, constants, &x, limits)
}

fn nullity(primes: &mut Primes, constants: &StructureConstants, x: &[i64], limits: &Limits) -> Result<usize, Stop> {
    let table = next_table(primes, constants);
    let x: Vec<u32> = x.iter().map(|&c| table.prime().reduce_signed(c)).collect();
    let power = null_power(&table, &x, limits)?;
    Ok(constants.dim() - power.rank(table.prime(), limits)?)
}

/// `(ad x)^N` on row vectors with `N ≥ n`.
pub(super) fn null_power(table: &ResidueTable, x: &[u32], limits: &Limits) -> Result<ModMatrix, Stop> {
    let p = table.prime();
    let mut power = table.ad(x);
    let mut exponent = 1;
    while exponent < table.dim() {
        limits.check()?;
        power = power.mul(p, &power);
        exponent *= 2;
    }
    Ok(power)
}

/// The null component of `ad x` when it is nilpotent (so a Cartan subalgebra) of this dimension.
fn null_component(
    constants: &StructureConstants,
    x: &[i64],
    dim: usize,
    limits: &Limits,
) -> Result<Option<Subspace>, Stop> {
    let n = constants.dim();
    let exact: Vec<Rational> = x.iter().map(|&c| Rational::from(c)).collect();
    lift(
        limits,
        |p| {
            let Some(table) = ResidueTable::new(p, constants) else { return Ok(None) };
            let x: Vec<u32> = x.iter().map(|&c| p.reduce_signed(c)).collect();
            let power = null_power(&table, &x, limits)?;
            // ad x acts on row vectors: {v : v · power = 0}.
            let kernel = echelon_kernel(p, &power.transpose(), limits)?;
            Ok((kernel.1.len() <= dim).then(|| Image::of_kernel(kernel)))
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
    let free = ideal.free_columns();
    // For each basis vector what it is modulo the ideal: itself, or the negative of the rest of a row at its pivot.
    let mut images: Vec<SparseVector> = vec![Vec::new(); constants.dim()];
    for (place, &column) in free.iter().enumerate() {
        images[column] = vec![(place as u32, Rational::ONE)];
    }
    for (row, &pivot) in ideal.basis().iter().zip(ideal.pivots()) {
        let rest = free.iter().enumerate().map(|(place, &column)| (place as u32, -&row[column]));
        images[pivot] = rest.filter(|(_, x)| !x.is_zero()).collect();
    }
    StructureConstants::from_fn(free.len(), |a, b| {
        let bracket = constants.upper(free[a], free[b]).iter();
        let terms = bracket.flat_map(|(k, v)| images[*k as usize].iter().map(move |(place, x)| (*place, v * x)));
        collect_terms(terms.collect())
    })
}

/// The constants of a subalgebra in its reduced echelon basis, or the first pair of basis vectors whose bracket
/// leaves it.
///
/// Over Q when the basis has small entries; else as integers below a proved bound, modulo enough primes (sums of long
/// fractions would spend their time on greatest common divisors).
pub fn subalgebra_constants(
    constants: &StructureConstants,
    space: &Subspace,
    limits: &Limits,
) -> Result<Result<StructureConstants, (usize, usize)>, Stop> {
    if vectors_height(space.basis()).bits() > SMALL_BITS {
        return subalgebra_constants_modular(constants, space, limits);
    }
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

/// Entries of a basis below this many bits are multiplied as they are.
const SMALL_BITS: u64 = 12;

fn subalgebra_constants_modular(
    constants: &StructureConstants,
    space: &Subspace,
    limits: &Limits,
) -> Result<Result<StructureConstants, (usize, usize)>, Stop> {
    let (n, m) = (constants.dim(), space.dim());
    let (largest, denominator) = height(constants);
    let basis_denominator = common_denominator(space.basis().iter().flatten());
    // D = D_c D_W² makes integers of the constants, at most n² h(W)² h(c), and D · D_W of the equations of W.
    let denominator = denominator * &basis_denominator * &basis_denominator;
    let size = vectors_height(space.basis());
    let bound = BigInt::from(2 * (1 + m) * n * n) * &size * &size * &size * largest;
    let pairs: Vec<(usize, usize)> = (0..m).flat_map(|a| (a + 1..m).map(move |b| (a, b))).collect();
    limits.reserve((pairs.len() * m) as u128 * (16 + bound.bits() as u128 / 4))?;
    let mut crt = Crt::new(pairs.len() * m);
    let leaving = beyond(&bound, constants, space, limits, |table, basis| {
        let p = table.prime();
        let scale = p.residue_big(&denominator);
        let rows = parallel::try_map(m, |a| {
            limits.check()?;
            let ad = table.ad(&basis[a]);
            let mut row = Vec::with_capacity((m - a - 1) * m);
            for (b, y) in basis.iter().enumerate().skip(a + 1) {
                let mut rest = ad.left_mul(p, y);
                for (v, &pivot) in basis.iter().zip(space.pivots()) {
                    let value = rest[pivot];
                    row.push(p.mul(value, scale));
                    p.add_scaled(&mut rest, p.neg(value), v);
                }
                if rest.iter().any(|&c| c != 0) {
                    return Ok(Err((a, b)));
                }
            }
            Ok(Ok(row))
        })?;
        match rows.into_iter().collect::<Result<Vec<_>, _>>() {
            Ok(rows) => crt.add(p, &rows.concat()),
            Err(pair) => return Ok(Some(pair)),
        }
        Ok(None)
    })?;
    if let Some(pair) = leaving {
        return Ok(Err(pair));
    }
    let integers = crt.integers();
    let terms = pairs.iter().zip(integers.chunks(m.max(1))).flat_map(|(&(a, b), row)| {
        let entries = row.iter().enumerate().filter(|(_, x)| !x.is_zero());
        entries
            .filter_map(|(k, x)| Rational::from_big(x.clone(), denominator.clone()).map(|v| (a, b, k, v)))
            .collect::<Vec<_>>()
    });
    Ok(Ok(StructureConstants::from_terms(m, terms.collect::<Vec<_>>())))
}

/// The upper central series `0 ⊂ Z(g) ⊂ Z_2 ⊂ …` until it stops: `Z_{i+1}/Z_i` is the centre of `g/Z_i`.
pub fn upper_central_series(constants: &StructureConstants, limits: &Limits) -> Result<Vec<Subspace>, Stop> {
    let n = constants.dim();
    let mut out = vec![Subspace::zero(n)];
    while let Some(last) = out.last() {
        let quotient = quotient_constants(constants, last);
        let center = center(&quotient, limits)?;
        if center.dim() == 0 {
            break;
        }
        let free = last.free_columns();
        let lifted = center.basis().iter().map(|z| {
            let mut v = vec![Rational::ZERO; n];
            free.iter().zip(z).for_each(|(&c, x)| v[c] = x.clone());
            v
        });
        let vectors: Vec<Vec<Rational>> = last.basis().iter().cloned().chain(lifted).collect();
        out.push(Subspace::span(n, &vectors, limits)?);
    }
    Ok(out)
}

/// The normalizer `{x : [x, h] ⊆ h}` of a subspace.
pub fn normalizer(constants: &StructureConstants, of: &Subspace, limits: &Limits) -> Result<Subspace, Stop> {
    let n = constants.dim();
    let free = of.free_columns();
    let mut equations = Vec::new();
    for h in of.basis() {
        limits.check()?;
        // Column j holds [h, e_j] modulo the subspace.
        let ad = constants.ad(h).transpose();
        let columns: Vec<Vec<Rational>> = ad.iter_rows().map(|image| of.reduce(image)).collect();
        equations.extend(free.iter().map(|&c| columns.iter().map(|column| column[c].clone()).collect::<Vec<_>>()));
    }
    Subspace::kernel(n, &equations, limits)
}

/// Whether `tr ad x = 0` for all `x`: the connected groups have a measure invariant from both sides.
pub fn is_unimodular(constants: &StructureConstants) -> bool {
    let mut traces = vec![Rational::ZERO; constants.dim()];
    for (i, j, k, c) in constants.iter() {
        // [e_i, e_j] ∋ c e_j counts for ad e_i; [e_j, e_i] ∋ −c e_i for ad e_j.
        if k == j {
            traces[i] += c;
        }
        if k == i {
            traces[j] -= c;
        }
    }
    traces.iter().all(Rational::is_zero)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::{levi_factor, named, parts, radical_of};
    use crate::roots::{CartanType, Letter};

    fn none() -> Limits {
        Limits::none()
    }

    fn dims(spaces: &[Subspace]) -> Vec<usize> {
        spaces.iter().map(Subspace::dim).collect()
    }

    /// Strictly upper triangular matrices, scrambled: the k-th term of the upper central series is the span of the
    /// k highest superdiagonals, and the lower central series is the same read backwards (Humphreys §3.2, exercise).
    #[test]
    fn central_series_of_triangular_matrices() {
        let g = named::nilpotent(&CartanType::of(Letter::A, 4).unwrap(), &none()).unwrap();
        for seed in 0..3 {
            let g = parts::scramble(&g, seed, 40, true, &none()).unwrap();
            let upper = upper_central_series(g.constants(), &none()).unwrap();
            let lower = lower_central_series(g.constants(), &none()).unwrap();
            assert_eq!((dims(&upper), dims(&lower)), (vec![0, 1, 3, 6, 10], vec![10, 6, 3, 1, 0]));
            assert!(upper.iter().zip(lower.iter().rev()).all(|(a, b)| a == b));
        }
    }

    /// A filiform algebra of dimension 40: [e_1, e_i] = e_{i+1}; its class is as large as possible.
    #[test]
    fn a_long_central_series() {
        let terms = (1..39).map(|i| (0, i, i + 1, Rational::ONE));
        let g = StructureConstants::from_terms(40, terms);
        let expected: Vec<usize> = [40].into_iter().chain((0..39).rev()).collect();
        assert_eq!(dims(&lower_central_series(&g, &none()).unwrap()), expected);
        assert_eq!(upper_central_series(&g, &none()).unwrap().len(), 40);
    }

    /// A Cartan subalgebra is its own normalizer (Humphreys §15.1).
    #[test]
    fn normalizers() {
        let g = named::split(&CartanType::of(Letter::A, 2).unwrap(), &none()).unwrap();
        let g = parts::scramble(&g, 1, 20, true, &none()).unwrap();
        let cartan = cartan_subalgebra(g.constants(), &none()).unwrap();
        assert_eq!(normalizer(g.constants(), &cartan, &none()).unwrap(), cartan);
        let full = Subspace::full(8);
        assert_eq!(normalizer(g.constants(), &full, &none()).unwrap(), full);
        assert_eq!(normalizer(g.constants(), &Subspace::zero(8), &none()).unwrap(), full);
    }

    #[test]
    fn unimodular_algebras() {
        // Semisimple and nilpotent algebras are unimodular, affine maps of the line are not.
        assert!(is_unimodular(named::heisenberg(2, &none()).unwrap().constants()));
        assert!(is_unimodular(named::poincare(3, 1, &none()).unwrap().constants()));
        assert!(!is_unimodular(named::affine(1, &none()).unwrap().constants()));
    }

    /// Subalgebras with long fractions have the constants that exact arithmetic gives.
    #[test]
    fn constants_of_a_subalgebra_with_long_fractions() {
        let g = named::poincare(4, 1, &none()).unwrap();
        let g = parts::scramble(&g, 7, 80, true, &none()).unwrap();
        let levi = levi_factor(g.constants(), &radical_of(&g, &none()).unwrap(), &none()).unwrap();
        let found = subalgebra_constants_modular(g.constants(), &levi, &none()).unwrap().unwrap();
        for (a, x) in levi.basis().iter().enumerate() {
            for (b, y) in levi.basis().iter().enumerate().skip(a + 1) {
                let coordinates = levi.coordinates(&g.constants().bracket(x, y)).unwrap();
                assert_eq!(crate::exact::sparse::to_sparse(&coordinates), found.upper(a, b));
            }
        }
        // A subspace that is no subalgebra is refused.
        let line: Vec<Vec<Rational>> = levi.basis()[..4].to_vec();
        let part = Subspace::span(g.dim(), &line, &none()).unwrap();
        assert!(subalgebra_constants_modular(g.constants(), &part, &none()).unwrap().is_err());
    }
}
