//! The Jacobi identity of a table, proved: not sampled.
//!
//! The set `D = {x : ad x is a derivation}` of an antisymmetric algebra is a subspace closed under the bracket:
//! for `x, y ∈ D`, `ad [x, y] = [ad x, ad y]` because `ad x` is a derivation, and a commutator of derivations is
//! one. So the identity holds everywhere as soon as it holds for elements whose iterated brackets span the
//! algebra, mostly two of them. Each test is exact: in integers, where all of them stay below 2^53, or an integer below
//! a proved bound is zero when it vanishes modulo enough primes. Cost: `1.5 g n⁴` multiplications (modulo each prime) for
//! dense tables with `g` generators, instead of `n⁵`; sparse tables are walked along their constants ([`Costs`]).

use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive};

use super::generators::{Generator, generic_generating_set};
use super::jacobi_dense::{self, Source};
use super::jacobi_plan::{Costs, Step};
use super::jacobi_sparse::{Brackets, Word};
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
fn defect_bits<'a>(constants: &StructureConstants, generators: impl Iterator<Item = &'a [i64]> + Clone) -> u64 {
    let n = constants.dim() as f64;
    let sum = |x: &[i64]| x.iter().map(|c| c.abs() as f64).sum::<f64>();
    let square = |x: &[i64]| x.iter().map(|&c| (c as f64).powi(2)).sum::<f64>();
    let longest = generators.clone().map(sum).fold(1.0, f64::max);
    let norm = generators.map(square).fold(1.0, f64::max).sqrt();
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
    let mut primes = Primes::new(limits);
    let costs = Costs::new(constants);
    if constants.is_sparse() || costs.favour_sparse() {
        return prove_sparse(constants, &costs, &mut primes, limits);
    }
    // Beside the table its residues and its integers.
    let taken = constants.bytes() + 4 * (n as u128).pow(3);
    limits.reserve(taken + jacobi_dense::bytes(n, 1))?;
    if let Some(answer) = prove_in_integers(constants, &mut primes, limits)? {
        return Ok(answer);
    }
    limits.reserve(taken + jacobi_dense::bytes(n, 2))?;
    let table = next_table(&mut primes, constants);
    let bits = defect_bits(constants, [UNIT].into_iter());
    if bits > LARGE {
        let steps = costs.plan(&table, primes.rng(), limits)?;
        if costs.favour_large(&steps, bits) {
            return prove_in_large(constants, &steps, bits, limits);
        }
    }
    let generators = generic_generating_set(&table, primes.rng(), limits)?;
    let bits = defect_bits(constants, generators.iter().map(|g| g.x.as_slice()));
    let used = modulo_primes(constants, bits, table, &mut primes, |table, done| {
        for (count, generator) in generators.iter().enumerate() {
            limits.progress("Jacobi identity", done(count as f64 / generators.len() as f64));
            if let Some((i, j)) = derivation_defect(table, generator, limits)? {
                return Ok(Some(witness(constants, &generator.x, i, j)));
            }
        }
        Ok(None)
    })?;
    Ok(used.map(|used| described(generators.len(), &modulo(used))))
}

/// Checks modulo so many primes that integers of these bits, which `fails` looks at, vanish. It is told how to turn
/// what is done of one prime into what is done of all. Returns how many primes it took.
fn modulo_primes(
    constants: &StructureConstants,
    bits: u64,
    mut table: ResidueTable,
    primes: &mut Primes,
    fails: impl Fn(&ResidueTable, &dyn Fn(f64) -> f64) -> Result<Option<JacobiFailure>, Stop>,
) -> Result<Result<usize, JacobiFailure>, Stop> {
    let mut product = BigInt::one();
    let mut used = 0;
    while product.bits() <= bits {
        let before = product.bits() as f64;
        let done = |part: f64| (before + 28.0 * part) / (bits as f64 + 28.0);
        if let Some(failure) = fails(&table, &done)? {
            return Ok(Err(failure));
        }
        product *= table.prime().value();
        used += 1;
        if product.bits() <= bits {
            table = next_table(primes, constants);
        }
    }
    Ok(Ok(used))
}

/// The coordinates of a basis element that are not zero.
const UNIT: &[i64] = &[1];

/// Defects of more bits than this may be better computed than tested modulo primes, in dense tables too.
const LARGE: u64 = 1000;

const IN_INTEGERS: &str = "checked in integers";

fn modulo(used: usize) -> String {
    format!("checked as integers below a proved bound modulo {used} primes")
}

fn described(generators: usize, how: &str) -> String {
    format!("ad x is a derivation for {generators} elements that generate the algebra, {how}")
}

/// The same for a sparse table: through basis elements that generate the algebra.
fn prove_sparse(
    constants: &StructureConstants,
    costs: &Costs,
    primes: &mut Primes,
    limits: &Limits,
) -> Result<Result<String, JacobiFailure>, Stop> {
    let (n, nonzeros) = (constants.dim() as u128, constants.nonzeros() as u128);
    // Beside the table its residues, and all brackets in both orders.
    limits.reserve(constants.bytes() + n * n * 20 + nonzeros * 40)?;
    let table = next_table(primes, constants);
    let steps = costs.plan(&table, primes.rng(), limits)?;
    let answer = match prove_in_words::<i32>(constants, &steps, limits)? {
        None => prove_in_words::<i64>(constants, &steps, limits)?,
        some => some,
    };
    if let Some(answer) = answer {
        return Ok(answer);
    }
    let bits = defect_bits(constants, [UNIT].into_iter());
    if costs.favour_large(&steps, bits) {
        return prove_in_large(constants, &steps, bits, limits);
    }
    prove_in_residues(constants, &steps, bits, table, primes, limits)
}

/// The same in integers of any size, for defects of so many bits.
fn prove_in_large(
    constants: &StructureConstants,
    steps: &[Step],
    bits: u64,
    limits: &Limits,
) -> Result<Result<String, JacobiFailure>, Stop> {
    // Both orders of each bracket, times the common denominator: integers of about half as many bits as a defect.
    limits.reserve(constants.bytes() + constants.nonzeros() as u128 * 2 * (48 + u128::from(bits) / 16))?;
    let brackets = Brackets::of_large(constants);
    let failure = walk(constants, steps, limits, &|part| part, |step| brackets.failing(step, limits))?;
    Ok(failure.map_or_else(|| Ok(described(steps.len(), IN_INTEGERS)), Err))
}

/// The same modulo primes, for defects of so many bits.
fn prove_in_residues(
    constants: &StructureConstants,
    steps: &[Step],
    bits: u64,
    table: ResidueTable,
    primes: &mut Primes,
    limits: &Limits,
) -> Result<Result<String, JacobiFailure>, Stop> {
    let used = modulo_primes(constants, bits, table, primes, |table, done| {
        let brackets = Brackets::of_residues(table);
        walk(constants, steps, limits, done, |step| brackets.failing(table.prime(), step, limits))
    })?;
    Ok(used.map(|used| described(steps.len(), &modulo(used))))
}

/// The same in machine words of this size; `None` when the numbers are too large for that.
fn prove_in_words<T: Word>(
    constants: &StructureConstants,
    steps: &[Step],
    limits: &Limits,
) -> Result<Option<Result<String, JacobiFailure>>, Stop> {
    let Some(brackets) = Brackets::<T>::of_integers(constants).filter(Brackets::<T>::suffice) else { return Ok(None) };
    let failure = walk(constants, steps, limits, &|part| part, |step| brackets.failing(step, limits))?;
    Ok(Some(failure.map_or_else(|| Ok(described(steps.len(), IN_INTEGERS)), Err)))
}

/// The first failure among the steps.
fn walk(
    constants: &StructureConstants,
    steps: &[Step],
    limits: &Limits,
    done: &dyn Fn(f64) -> f64,
    failing: impl Fn(&Step) -> Result<Option<(usize, usize)>, Stop>,
) -> Result<Option<JacobiFailure>, Stop> {
    for (count, step) in steps.iter().enumerate() {
        limits.progress("Jacobi identity", done(count as f64 / steps.len() as f64));
        if let Some((i, j)) = failing(step)? {
            return Ok(Some(failure(constants, [i, j, step.element])));
        }
    }
    Ok(None)
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
    let generators = generic_generating_set(&table, primes.rng(), limits)?;
    drop(table);
    let adjoint = generators.iter().map(|g| jacobi_dense::integers_suffice(integers, &integers.ad(&g.x)?));
    let Some(adjoint) = adjoint.collect::<Option<Vec<_>>>() else { return Ok(None) };
    for (count, (generator, a)) in generators.iter().zip(&adjoint).enumerate() {
        limits.progress("Jacobi identity", count as f64 / generators.len() as f64);
        if let Some((i, j)) = jacobi_dense::defect(&Source::Integers(integers), a, &generator.outside, limits)? {
            return Ok(Some(Err(witness(constants, &generator.x, i, j))));
        }
    }
    Ok(Some(Ok(described(generators.len(), IN_INTEGERS))))
}

/// The table modulo the next prime that divides no denominator.
pub(super) fn next_table(primes: &mut Primes, constants: &StructureConstants) -> ResidueTable {
    loop {
        if let Some(table) = ResidueTable::new(primes.draw(), constants) {
            return table;
        }
    }
}

/// A pair `(i, j)` of basis elements outside with `[x, [e_i, e_j]] ≠ [[x, e_i], e_j] + [e_i, [x, e_j]]` modulo the prime,
/// if there is one.
fn derivation_defect(
    table: &ResidueTable,
    generator: &Generator,
    limits: &Limits,
) -> Result<Option<(usize, usize)>, Stop> {
    let (n, p) = (table.dim(), table.prime());
    let Generator { x, outside } = generator;
    let x: Vec<u32> = x.iter().map(|&c| p.reduce_signed(c)).collect();
    if jacobi_dense::residues_suffice(n) {
        let adjoint = jacobi_dense::residues_of_adjoint(table, &x);
        return jacobi_dense::defect(&Source::Residues(table), &adjoint, outside, limits);
    }
    let ad = table.ad(&x);
    let negative = ModMatrix::from_rows(n, (0..n).map(|i| ad.row(i).iter().map(|&c| p.neg(c)).collect()));
    let found = parallel::try_map(outside.len(), |at| {
        limits.check()?;
        let i = outside[at];
        let ad_i = table.ad_basis(i);
        let mut defect = vec![0u64; n];
        for &j in &outside[at + 1..] {
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
    let mut places = (0..constants.dim()).filter(|&l| x[l] != 0);
    let fails = |l: &usize| jacobi_defect(constants, i, j, *l).iter().any(|c| !c.is_zero());
    failure(constants, [i, j, places.find(fails).unwrap_or(j)])
}

/// The triple as it is reported.
fn failure(constants: &StructureConstants, mut triple: [usize; 3]) -> JacobiFailure {
    triple.sort_unstable();
    JacobiFailure { triple, defect: jacobi_defect(constants, triple[0], triple[1], triple[2]) }
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

    fn holds_in_residues(c: &StructureConstants) -> bool {
        let limits = Limits::none();
        let mut primes = Primes::new(&limits);
        let table = next_table(&mut primes, c);
        let steps = Costs::new(c).plan(&table, primes.rng(), &limits).unwrap();
        let bits = defect_bits(c, [UNIT].into_iter());
        prove_in_residues(c, &steps, bits, table, &mut primes, &limits).unwrap().is_ok()
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
        // Strictly upper triangular matrices: each element is a step of its own, the complement shrinks by one each time.
        let places: Vec<(usize, usize)> = (0..6).flat_map(|a| (a + 1..6).map(move |b| (a, b))).collect();
        let mut triangular = StructureConstants::abelian(15);
        for (i, &(a, b)) in places.iter().enumerate() {
            for (j, &(c, d)) in places.iter().enumerate() {
                if let Some(k) = places.iter().position(|&place| b == c && place == (a, d)) {
                    triangular.add(i, j, k, Rational::ONE);
                }
            }
        }
        let mut crowded = triangular.direct_sum(&so3).direct_sum(&so3);
        crowded = crowded.direct_sum(&triangular);
        for c in [sum, scaled, wide, crowded] {
            assert!(c.is_sparse() && holds(&c));
            let said = prove_jacobi(&c, &Limits::none()).unwrap().unwrap();
            assert!(said.ends_with("in integers"), "{said}");
            for wrong in [Rational::ONE, mersenne.clone(), &mersenne * &mersenne] {
                for (i, j, k) in [(0, 1, 0), (2, 29, 17), (12, 13, 14), (0, 5, 6), (9, 10, 0), (20, 24, 28)] {
                    let mut broken = c.clone();
                    broken.add(i, j, k, wrong.clone());
                    assert_eq!(jacobi_holds(&broken), holds(&broken), "{wrong} at {i} {j} {k}");
                    assert_eq!(holds_in_residues(&broken), holds(&broken), "{wrong} at {i} {j} {k}");
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
                let source = Source::Integers(&integers);
                for part in [1, 2, 3] {
                    let outside: Vec<usize> = (0..dim).filter(|i| i % part == 0).collect();
                    let expected = by_definition(&c, &x, &outside);
                    let found = jacobi_dense::defect(&source, &exact, &outside, &Limits::none()).unwrap();
                    assert_eq!(found, expected, "dimension {dim}, round {round}");
                    let generator = Generator { x: x.clone(), outside };
                    assert_eq!(derivation_defect(&table, &generator, &Limits::none()).unwrap(), expected);
                }
                for element in [0, dim / 2, dim - 1] {
                    let step = Step { element, outside: (0..dim).filter(|&i| i != element).collect() };
                    let unit: Vec<i64> = (0..dim).map(|i| i64::from(i == element)).collect();
                    let expected = by_definition(&c, &unit, &step.outside);
                    let (narrow, wide) = (Brackets::<i32>::of_integers(&c), Brackets::<i64>::of_integers(&c));
                    assert_eq!(narrow.unwrap().failing(&step, &Limits::none()).unwrap(), expected);
                    assert_eq!(wide.unwrap().failing(&step, &Limits::none()).unwrap(), expected);
                    let residues = Brackets::of_residues(&table);
                    assert_eq!(residues.failing(p, &step, &Limits::none()).unwrap(), expected);
                }
                // Abelian but for the last pair: the first defect comes late.
                c = StructureConstants::from_fn(dim, |i, _| {
                    if i + 3 < dim { Vec::new() } else { (0..dim as u32).map(|k| (k, Rational::ONE)).collect() }
                });
            }
        }
    }

    fn by_definition(c: &StructureConstants, x: &[i64], outside: &[usize]) -> Option<(usize, usize)> {
        let n = c.dim();
        let x: Vec<Rational> = x.iter().map(|&v| Rational::from(v)).collect();
        let unit = |i: usize| (0..n).map(|a| Rational::from(i64::from(a == i))).collect::<Vec<_>>();
        let images: Vec<Vec<Rational>> = (0..n).map(|i| c.bracket(&x, &unit(i))).collect();
        let fails = |&(i, j): &(usize, usize)| {
            let left = c.bracket(&x, &to_dense(c.upper(i, j), n));
            let (first, second) = (c.bracket(&images[i], &unit(j)), c.bracket(&unit(i), &images[j]));
            left.iter().zip(first.iter().zip(&second)).any(|(l, (a, b))| *l != a + b)
        };
        let rest = |at: usize| outside[at + 1..].iter();
        outside.iter().enumerate().flat_map(|(at, &i)| rest(at).map(move |&j| (i, j))).find(fails)
    }
}
