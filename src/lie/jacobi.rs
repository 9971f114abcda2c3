//! The Jacobi identity of a table, proved: not sampled.
//!
//! The set `D = {x : ad x is a derivation}` of an antisymmetric algebra is a subspace closed under the bracket:
//! for `x, y ∈ D`, `ad [x, y] = [ad x, ad y]` because `ad x` is a derivation, and a commutator of derivations is
//! one. So the identity holds everywhere as soon as it holds for elements whose iterated brackets span the
//! algebra, mostly two of them. Each test is exact: in integers, where all of them stay below 2^53, or an integer below
//! a proved bound is zero when it vanishes modulo enough primes. Cost: `1.5 g n⁴` multiplications (modulo each prime) for
//! dense tables with `g` generators, `O(g n³)` for sparse ones, instead of `n⁵`.

use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive};

use super::generators::cheap_generating_set;
use super::jacobi_dense::{self, Source};
use super::jacobi_sparse::Brackets;
use super::{ResidueTable, StructureConstants};
use crate::exact::ModMatrix;
use crate::exact::lift::Primes;
use crate::exact::sparse::to_dense;
use crate::limits::{Limits, Stop};
use crate::num::{Rational, common_denominator};
use crate::parallel;

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
    let word = denominator.to_i64();
    let mut small = 0i128;
    let mut big: Option<BigInt> = None;
    for (_, _, _, v) in constants.iter() {
        match (v.as_small(), word) {
            // A product of two words.
            (Some((n, d)), Some(word)) => small = small.max((i128::from(n) * i128::from(word / d)).abs()),
            _ => {
                let value = (v.numerator() * (&denominator / v.denominator())).abs();
                big = Some(big.map_or(value.clone(), |b| b.max(value)));
            }
        }
    }
    let largest = big.map_or(BigInt::from(small), |b| b.max(BigInt::from(small)));
    (if constants.nonzeros() == 0 { BigInt::one() } else { largest }, denominator)
}

/// The Euclidean norms that bound the defects, of the integers `D·c`: of the rows `[e_i, e_j]` and of `(c_kj^l)_k`.
/// `None` when doubles cannot hold them.
fn norms(constants: &StructureConstants) -> Option<(f64, f64)> {
    let n = constants.dim();
    let scale = common_denominator(constants.iter().map(|t| t.3)).to_f64()?;
    let mut columns = vec![0.0f64; n * n];
    let mut largest_row = 0.0f64;
    for i in 0..n {
        for j in i + 1..n {
            let mut sum = 0.0;
            for (k, v) in constants.upper(i, j) {
                let square = (v.to_f64() * scale).powi(2);
                sum += square;
                columns[i * n + *k as usize] += square;
                columns[j * n + *k as usize] += square;
            }
            largest_row = largest_row.max(sum);
        }
    }
    let largest_column = columns.into_iter().fold(0.0f64, f64::max);
    (largest_row.is_finite() && largest_column.is_finite()).then(|| (largest_row.sqrt(), largest_column.sqrt()))
}

/// Bits of twice the largest defect `D² (ad x [a,b] − [ad x a, b] − [a, ad x b])` of basis elements.
///
/// With `A` the matrix of `ad x` for `D·c`, the terms are `Σ_k c_ij^k A_k^l`, `Σ_k A_i^k c_kj^l` and one like it: at most
/// `‖c_ij‖ ‖A column‖ + 2 ‖A row‖ ‖c column‖` by Cauchy–Schwarz. Row `k` of `A` is `Σ_i x_i c_ik`, so its norm is at most
/// `‖x‖₁ ‖c_ij‖`; an entry `Σ_i x_i c_ik^l` is at most `‖x‖ ‖c column‖`, a column of `n` of them `√n` times that.
fn defect_bits(constants: &StructureConstants, generators: &[Vec<i64>]) -> u64 {
    let n = constants.dim() as f64;
    let sum = |x: &Vec<i64>| x.iter().map(|c| c.abs() as f64).sum::<f64>();
    let square = |x: &Vec<i64>| x.iter().map(|&c| (c as f64).powi(2)).sum::<f64>();
    let longest = generators.iter().map(sum).fold(1.0, f64::max);
    let norm = generators.iter().map(square).fold(1.0, f64::max).sqrt();
    let bound = norms(constants).map(|(row, column)| {
        let a_column = n.sqrt() * norm * column;
        // A row of A is also a row of n entries.
        let a_row = (longest * row).min(a_column);
        (row * a_column + 2.0 * a_row * column) * 1.000_001
    });
    match bound.filter(|b| b.is_finite()) {
        Some(bound) => bound.max(1.0).log2().ceil() as u64 + 2,
        None => {
            let crude = height(constants).0.pow(2) * 3u8 * (constants.dim() * constants.dim()) * (longest as u64);
            crude.bits() + 1
        }
    }
}

/// Proves the Jacobi identity (`Ok(Ok(how))`) or shows where it fails (`Ok(Err(witness))`).
pub fn prove_jacobi(constants: &StructureConstants, limits: &Limits) -> Result<Result<String, JacobiFailure>, Stop> {
    let n = constants.dim();
    if n < 3 || constants.nonzeros() == 0 {
        return Ok(Ok("nothing to check below dimension 3 or without brackets".to_string()));
    }
    limits.reserve(24 * (n as u128).pow(3))?;
    let mut primes = Primes::new(limits);
    if !constants.is_sparse() {
        limits.reserve(jacobi_dense::bytes(n))?;
        if let Some(answer) = prove_in_integers(constants, &mut primes, limits)? {
            return Ok(answer);
        }
    }
    let mut table = next_table(&mut primes, constants);
    let generators = cheap_generating_set(&table, primes.rng(), limits)?;
    if table.is_sparse()
        && let Some(answer) = prove_in_words(constants, &generators, limits)?
    {
        return Ok(answer);
    }
    let bits = defect_bits(constants, &generators);
    let mut product = BigInt::one();
    let mut used = 0;
    while product.bits() <= bits {
        let sparse = table.is_sparse().then(|| Brackets::of_residues(&table)).flatten();
        for (count, x) in generators.iter().enumerate() {
            let done = product.bits() as f64 + 28.0 * count as f64 / generators.len() as f64;
            limits.progress("Jacobi identity", done / (bits as f64 + 28.0));
            let found = match &sparse {
                Some(brackets) => brackets.failing(&table, x, limits)?,
                None => derivation_defect(&table, x, limits)?,
            };
            if let Some((i, j)) = found {
                return Ok(Err(witness(constants, x, i, j)));
            }
        }
        product *= table.prime().value();
        used += 1;
        if product.bits() <= bits {
            table = next_table(&mut primes, constants);
        }
    }
    let how = format!("checked as integers below a proved bound modulo {used} primes");
    Ok(Ok(described(&generators, &how)))
}

fn described(generators: &[Vec<i64>], how: &str) -> String {
    format!("ad x is a derivation for {} elements that generate the algebra, {how}", generators.len())
}

/// The same for a table that is, perhaps after rescaling its basis, one of small integers; `None` when it is not.
///
/// Everything is done in the rescaled basis, whose triples fail where those of the given one do.
fn prove_in_integers(
    constants: &StructureConstants,
    primes: &mut Primes,
    limits: &Limits,
) -> Result<Option<Result<String, JacobiFailure>>, Stop> {
    let Some(integers) = constants.integers() else { return Ok(None) };
    let table = ResidueTable::of_integers(primes.draw(), integers.dim, &integers.values);
    let generators = cheap_generating_set(&table, primes.rng(), limits)?;
    drop(table);
    let adjoint = generators.iter().map(|x| jacobi_dense::integers_suffice(integers, &integers.ad(x)?));
    let Some(adjoint) = adjoint.collect::<Option<Vec<_>>>() else { return Ok(None) };
    for (count, (x, a)) in generators.iter().zip(&adjoint).enumerate() {
        limits.progress("Jacobi identity", count as f64 / generators.len() as f64);
        if let Some((i, j)) = jacobi_dense::defect(&Source::Integers(integers), a, limits)? {
            return Ok(Some(Err(witness(constants, x, i, j))));
        }
    }
    Ok(Some(Ok(described(&generators, "checked in integers"))))
}

/// The same for a sparse table whose numbers leave all sums below 2^62; `None` when they do not.
fn prove_in_words(
    constants: &StructureConstants,
    generators: &[Vec<i64>],
    limits: &Limits,
) -> Result<Option<Result<String, JacobiFailure>>, Stop> {
    let Some(brackets) = Brackets::of_integers(constants) else { return Ok(None) };
    for (count, x) in generators.iter().enumerate() {
        limits.progress("Jacobi identity", count as f64 / generators.len() as f64);
        let Some(adjoint) = brackets.bounded(x) else { return Ok(None) };
        if let Some((i, j)) = brackets.failing(&adjoint, limits)? {
            return Ok(Some(Err(witness(constants, x, i, j))));
        }
    }
    Ok(Some(Ok(described(generators, "checked in integers"))))
}

/// The table modulo the next prime that divides no denominator.
pub(super) fn next_table(primes: &mut Primes, constants: &StructureConstants) -> ResidueTable {
    loop {
        if let Some(table) = ResidueTable::new(primes.draw(), constants) {
            return table;
        }
    }
}

/// A pair `(i, j)` with `[x, [e_i, e_j]] ≠ [[x, e_i], e_j] + [e_i, [x, e_j]]` modulo the prime, if there is one.
fn derivation_defect(table: &ResidueTable, x: &[i64], limits: &Limits) -> Result<Option<(usize, usize)>, Stop> {
    let (n, p) = (table.dim(), table.prime());
    let x: Vec<u32> = x.iter().map(|&c| p.reduce_signed(c)).collect();
    if !table.is_sparse() && jacobi_dense::residues_suffice(n) {
        let adjoint = jacobi_dense::residues_of_adjoint(table, &x);
        return jacobi_dense::defect(&Source::Residues(table), &adjoint, limits);
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::integer_table::IntegerTable;
    use crate::lie::test_support::jacobi_holds;
    use crate::num::prime::{random_integer, random_stream};

    fn holds(c: &StructureConstants) -> bool {
        match prove_jacobi(c, &Limits::none()).unwrap() {
            Ok(_) => true,
            Err(failure) => {
                let [i, j, k] = failure.triple;
                assert!(i < j && j < k && failure.defect.iter().any(|v| !v.is_zero()));
                assert_eq!(failure.defect, jacobi_defect(c, i, j, k));
                false
            }
        }
    }

    /// sl(2) ⊕ sl(2) ⊕ sl(2) in bases with everything mixed, once in integers and once with fractions.
    fn dense_algebras() -> Vec<StructureConstants> {
        let small = [(0, 1, 1, 2), (0, 2, 2, -2), (1, 2, 0, 1)];
        let one = StructureConstants::from_terms(3, small.map(|(i, j, k, v)| (i, j, k, Rational::from(v))));
        let mut sum = one.direct_sum(&one).direct_sum(&one);
        let mut rng = random_stream(41, 0);
        for _ in 0..60 {
            let (i, j) = (random_integer(&mut rng, 4) + 4, random_integer(&mut rng, 4) + 4);
            if i != j {
                sum.shear(
                    i as usize,
                    j as usize,
                    &Rational::from(if random_integer(&mut rng, 1) < 0 { -1 } else { 1 }),
                );
            }
        }
        let mut fractions = sum.clone();
        for i in 0..9 {
            fractions.rescale(i, &Rational::new(3 + i as i64, 1 + 2 * i as i64).unwrap());
        }
        let mut wild = sum.clone();
        for i in 0..9 {
            wild.rescale(i, &Rational::new(1_000_003 + 2 * i as i64, 999_983).unwrap());
        }
        vec![sum, fractions, wild]
    }

    #[test]
    fn dense_tables_are_proved_in_integers_or_residues() {
        for c in dense_algebras() {
            assert!(!c.is_sparse());
            assert!(jacobi_holds(&c) && holds(&c));
        }
        let how = |c: &StructureConstants| prove_jacobi(c, &Limits::none()).unwrap().unwrap();
        let all = dense_algebras();
        assert!(how(&all[0]).ends_with("in integers"), "{}", how(&all[0]));
        assert!(how(&all[1]).ends_with("in integers"), "{}", how(&all[1]));
    }

    /// One constant changed by 1, by a large prime, by a product of primes of the size used: each is found.
    #[test]
    fn defects_that_are_multiples_of_large_primes_are_found() {
        let mersenne = Rational::from((1i64 << 61) - 1);
        let primes = Rational::from(268_435_459i64 * 536_870_909);
        let many = &(&primes * &mersenne) * &primes;
        for (number, c) in dense_algebras().into_iter().enumerate() {
            for wrong in [Rational::ONE, Rational::from(536_870_909), mersenne.clone(), primes.clone(), many.clone()] {
                for (i, j, k) in [(0, 1, 0), (7, 8, 3), (2, 5, 8)] {
                    let mut broken = c.clone();
                    broken.add(i, j, k, wrong.clone());
                    assert!(!jacobi_holds(&broken));
                    assert!(!holds(&broken), "algebra {number}: {wrong} at {i} {j} {k}");
                }
            }
        }
    }

    /// Sparse tables: so(3) ⊕ … ⊕ so(3) lightly mixed, with fractions, with numbers beyond a word, and broken ones.
    #[test]
    fn sparse_tables_are_proved_in_words_or_residues() {
        let so3 = [(0, 1, 2, 1), (0, 2, 1, -1), (1, 2, 0, 1)].map(|(i, j, k, v)| (i, j, k, Rational::from(v)));
        let so3 = StructureConstants::from_terms(3, so3);
        let mut sum = so3.clone();
        for _ in 0..9 {
            sum = sum.direct_sum(&so3);
        }
        for (i, j) in [(0, 3), (4, 9), (20, 1), (7, 15), (29, 28)] {
            sum.shear(i, j, &Rational::from(2));
        }
        let mut scaled = sum.clone();
        let mut wide = sum.clone();
        for i in 0..30 {
            scaled.rescale(i, &Rational::new(1 + i as i64 % 4, 1 + i as i64 % 3).unwrap());
            wide.rescale(i, &Rational::new(1_000_003 + i as i64, 999_983 - i as i64).unwrap());
        }
        let mersenne = Rational::from((1i64 << 61) - 1);
        for (c, how) in [(sum, "in integers"), (scaled, "in integers"), (wide, "primes")] {
            assert!(c.is_sparse() && holds(&c));
            let said = prove_jacobi(&c, &Limits::none()).unwrap().unwrap();
            assert!(said.ends_with(how), "{said}");
            for wrong in [Rational::ONE, mersenne.clone(), &mersenne * &mersenne] {
                for (i, j, k) in [(0, 1, 0), (2, 29, 17), (12, 13, 14)] {
                    let mut broken = c.clone();
                    broken.add(i, j, k, wrong.clone());
                    assert_eq!(jacobi_holds(&broken), holds(&broken), "{wrong} at {i} {j} {k}");
                }
            }
        }
    }

    /// The two ways through products of doubles give the same pairs as the definition.
    #[test]
    fn defects_of_products_are_those_of_the_definition() {
        let mut rng = random_stream(42, 0);
        let p = crate::num::Prime::random(&mut rng);
        for dim in [3usize, 10, 65, 70] {
            let mut c = StructureConstants::from_fn(dim, |_, _| {
                (0..dim as u32).map(|k| (k, Rational::from(2 * random_integer(&mut rng, 4) + 1))).collect()
            });
            let x: Vec<i64> = (0..dim).map(|_| random_integer(&mut rng, 1)).collect();
            for round in 0..2 {
                let integers = IntegerTable::new(&c).unwrap();
                let table = ResidueTable::new(p, &c).unwrap();
                let exact = jacobi_dense::integers_suffice(&integers, &integers.ad(&x).unwrap()).unwrap();
                let found = jacobi_dense::defect(&Source::Integers(&integers), &exact, &Limits::none()).unwrap();
                assert_eq!(found, derivation_defect(&table, &x, &Limits::none()).unwrap());
                let (words, residues) = (Brackets::of_integers(&c).unwrap(), Brackets::of_residues(&table).unwrap());
                assert_eq!(found, words.failing(&words.bounded(&x).unwrap(), &Limits::none()).unwrap());
                assert_eq!(found, residues.failing(&table, &x, &Limits::none()).unwrap());
                assert_eq!(found, by_definition(&c, &x), "dimension {dim}, round {round}");
                // Abelian but for the last pair: the first defect comes late.
                c = StructureConstants::from_fn(dim, |i, _| {
                    if i + 3 < dim { Vec::new() } else { (0..dim as u32).map(|k| (k, Rational::ONE)).collect() }
                });
            }
        }
    }

    fn by_definition(c: &StructureConstants, x: &[i64]) -> Option<(usize, usize)> {
        let n = c.dim();
        let x: Vec<Rational> = x.iter().map(|&v| Rational::from(v)).collect();
        let unit = |i: usize| (0..n).map(|a| Rational::from(i64::from(a == i))).collect::<Vec<_>>();
        let images: Vec<Vec<Rational>> = (0..n).map(|i| c.bracket(&x, &unit(i))).collect();
        let fails = |&(i, j): &(usize, usize)| {
            let left = c.bracket(&x, &to_dense(c.upper(i, j), n));
            let (first, second) = (c.bracket(&images[i], &unit(j)), c.bracket(&unit(i), &images[j]));
            left.iter().zip(first.iter().zip(&second)).any(|(l, (a, b))| *l != a + b)
        };
        (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))).find(fails)
    }
}
