//! The Jacobi identity of a table, proved: not sampled.
//!
//! The set `D = {x : ad x is a derivation}` of an antisymmetric algebra is a subspace closed under the bracket:
//! for `x, y ∈ D`, `ad [x, y] = [ad x, ad y]` because `ad x` is a derivation, and a commutator of derivations is
//! one. So the identity holds everywhere as soon as it holds for elements whose iterated brackets span the
//! algebra, mostly two of them. Each test is exact: an integer bounded by its height is zero when it vanishes
//! modulo enough primes. Cost: `O(g n⁴)` operations modulo each prime for dense tables with `g` generators,
//! `O(g n³)` for sparse ones, instead of `n⁵`.

use num_bigint::BigInt;
use num_traits::{One, Signed};

use super::{ResidueTable, StructureConstants};
use crate::exact::lift::Primes;
use crate::exact::sparse::to_dense;
use crate::exact::{ModMatrix, ModSpan};
use crate::limits::{Limits, Stop};
use crate::num::prime::random_integer;
use crate::num::{Rational, common_denominator};
use crate::parallel;

/// Coordinates of the generators are drawn from `-GENERATOR_SIZE..=GENERATOR_SIZE`.
const GENERATOR_SIZE: u32 = 9;

/// For sparse tables: the coordinates of a generator, and how many generators are tried before basis elements.
const SPARSE_SUPPORT: usize = 4;
const SPARSE_GENERATORS: usize = 12;

/// A triple of basis elements for which the Jacobi identity fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JacobiFailure {
    /// The indices `i, j, k`, from 0.
    pub triple: [usize; 3],
    /// `[[e_i, e_j], e_k] + [[e_j, e_k], e_i] + [[e_k, e_i], e_j]`, not zero.
    pub defect: Vec<Rational>,
}

/// The integers `D·c` of a table with common denominator `D`: their largest absolute value, and `D`.
pub(super) fn height(constants: &StructureConstants) -> (BigInt, BigInt) {
    let denominator = common_denominator(constants.iter().map(|t| t.3));
    let scale = Rational::from(denominator.clone());
    let largest = constants.iter().map(|t| (t.3 * &scale).numerator().abs()).max();
    (largest.unwrap_or_else(BigInt::one), denominator)
}

/// Proves the Jacobi identity (`Ok(Ok(how))`) or shows where it fails (`Ok(Err(witness))`).
pub fn prove_jacobi(constants: &StructureConstants, limits: &Limits) -> Result<Result<String, JacobiFailure>, Stop> {
    let n = constants.dim();
    if n < 3 || constants.nonzeros() == 0 {
        return Ok(Ok("nothing to check below dimension 3 or without brackets".to_string()));
    }
    limits.reserve(24 * (n as u128).pow(3))?;
    let mut primes = Primes::new(limits);
    let mut table = next_table(&mut primes, constants);
    let generators = generating_set(&table, primes.rng(), limits)?;
    // |D² (ad x [a,b] - [ad x a, b] - [a, ad x b])| ≤ 3 n² · size · height²
    let bound = height(constants).0.pow(2) * 3u8 * (n * n) * GENERATOR_SIZE;
    let mut product = BigInt::one();
    let mut used = 0;
    while product <= &bound * 2 {
        for (count, x) in generators.iter().enumerate() {
            limits.progress("Jacobi identity", (count as f64) / (generators.len() as f64));
            if let Some((i, j)) = derivation_defect(&table, x, limits)? {
                return Ok(Err(witness(constants, x, i, j)));
            }
        }
        product *= table.prime().value();
        used += 1;
        table = next_table(&mut primes, constants);
    }
    Ok(Ok(format!(
        "ad x is a derivation for {} elements that generate the algebra, checked as integers below a proved bound modulo {used} primes",
        generators.len()
    )))
}

/// The table modulo the next prime that divides no denominator.
pub(super) fn next_table(primes: &mut Primes, constants: &StructureConstants) -> ResidueTable {
    loop {
        if let Some(table) = ResidueTable::new(primes.draw(), constants) {
            return table;
        }
    }
}

/// Small integer vectors whose iterated brackets span the algebra modulo the prime, hence over Q.
fn generating_set(
    table: &ResidueTable,
    rng: &mut rand_chacha::ChaCha8Rng,
    limits: &Limits,
) -> Result<Vec<Vec<i64>>, Stop> {
    let (n, p) = (table.dim(), table.prime());
    let mut generators: Vec<Vec<i64>> = Vec::new();
    let mut adjoint = Vec::new();
    let mut span = ModSpan::new(p);
    let mut members: Vec<Vec<u32>> = Vec::new();
    let mut drawn = 0;
    let mut next_unit = 0;
    while span.dim() < n {
        limits.check()?;
        // Two generic elements generate a semisimple algebra; for a sparse table some elements with few coordinates
        // cost less. What they miss is added one basis element at a time.
        let x: Vec<i64> = if !table.is_sparse() && generators.len() < 2 {
            (0..n).map(|_| random_integer(rng, GENERATOR_SIZE)).collect()
        } else if table.is_sparse() && drawn < SPARSE_GENERATORS {
            drawn += 1;
            let mut x = vec![0; n];
            for _ in 0..SPARSE_SUPPORT {
                let place = random_integer(rng, 1 << 20).unsigned_abs() as usize % n;
                x[place] = random_integer(rng, GENERATOR_SIZE);
            }
            x
        } else {
            let unit = (0..n).map(|i| i64::from(i == next_unit)).collect();
            next_unit += 1;
            unit
        };
        let residues: Vec<u32> = x.iter().map(|&c| p.reduce_signed(c)).collect();
        if !span.insert(residues.clone()) {
            continue;
        }
        adjoint.push(table.ad(&residues));
        generators.push(x);
        members.push(residues);
        // The new generator acts on all members; new members are acted on by all generators.
        let mut queue: Vec<(usize, usize)> = (0..members.len()).map(|m| (adjoint.len() - 1, m)).collect();
        while let Some((g, m)) = queue.pop() {
            let image = adjoint[g].left_mul(p, &members[m]);
            if span.dim() < n && span.insert(image.clone()) {
                members.push(image);
                queue.extend((0..adjoint.len()).map(|g| (g, members.len() - 1)));
            }
        }
    }
    Ok(generators)
}

/// A pair `(i, j)` with `[x, [e_i, e_j]] ≠ [[x, e_i], e_j] + [e_i, [x, e_j]]` modulo the prime, if there is one.
fn derivation_defect(table: &ResidueTable, x: &[i64], limits: &Limits) -> Result<Option<(usize, usize)>, Stop> {
    let (n, p) = (table.dim(), table.prime());
    let x: Vec<u32> = x.iter().map(|&c| p.reduce_signed(c)).collect();
    let ad = table.ad(&x);
    let negative = ModMatrix::from_rows(n, (0..n).map(|i| ad.row(i).iter().map(|&c| p.neg(c)).collect()));
    let found = parallel::try_map(n, |i| {
        limits.check()?;
        let ad_i = table.ad_basis(i);
        let mut defect = vec![0u64; n];
        for j in i + 1..n {
            // [x, [e_i, e_j]] + [[x, e_j], e_i] - [[x, e_i], e_j]
            defect.fill(0);
            ad.accumulate_product(p, ad_i.row(j), &mut defect);
            table.accumulate_brackets(ad.row(j), i, &mut defect);
            table.accumulate_brackets(negative.row(i), j, &mut defect);
            p.reduce_row(&mut defect);
            if defect.iter().any(|&c| c != 0) {
                return Ok(Some((i, j)));
            }
        }
        Ok(None)
    })?;
    Ok(found.into_iter().flatten().next())
}

/// Some basis element in `x` fails with `e_i`, `e_j`, because the defect is linear in `x`.
fn witness(constants: &StructureConstants, x: &[i64], i: usize, j: usize) -> JacobiFailure {
    let n = constants.dim();
    let mut failure = JacobiFailure { triple: [i, j, j], defect: vec![Rational::ZERO; n] };
    for l in (0..n).filter(|&l| x[l] != 0) {
        let defect = jacobi_defect(constants, i, j, l);
        if defect.iter().any(|c| !c.is_zero()) {
            let mut triple = [i, j, l];
            triple.sort_unstable();
            failure = JacobiFailure { triple, defect: jacobi_defect(constants, triple[0], triple[1], triple[2]) };
            break;
        }
    }
    failure
}

/// `[[e_i, e_j], e_k] + [[e_j, e_k], e_i] + [[e_k, e_i], e_j]`, exactly.
pub fn jacobi_defect(constants: &StructureConstants, i: usize, j: usize, k: usize) -> Vec<Rational> {
    let n = constants.dim();
    let unit = |i: usize| (0..n).map(|a| Rational::from(i64::from(a == i))).collect::<Vec<_>>();
    let mut total = vec![Rational::ZERO; n];
    for (a, b, c) in [(i, j, k), (j, k, i), (k, i, j)] {
        let inner = to_dense(&constants.bracket_of_basis(a, b), n);
        for (t, v) in total.iter_mut().zip(constants.bracket(&inner, &unit(c))) {
            *t += &v;
        }
    }
    total
}
