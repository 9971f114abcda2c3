//! Whether a Lie algebra annihilates sparse tensors: the exact check of every basis that was lifted from residues.
//!
//! With common denominators taken out all numbers are integers. Where a bound keeps every sum below 2^63 they are added in
//! machine words, otherwise modulo as many primes as exceed the bound.

use num_bigint::BigInt;
use num_integer::Integer;

use super::EquivariantError;
use super::entries::SparseRows;
use crate::exact::SparseMatrix;
use crate::exact::lift::Primes;
use crate::limits::{Limits, Stop};
use crate::num::{self, Prime, Rational};
use crate::reps::Rep;

/// Row `j`: the image of basis vector `j` as pairs (place, value).
type Images<T> = Vec<Vec<(u32, T)>>;

/// The images of one factor in words and the largest sum of absolute values that goes into one place; then those of its dual.
type Words = [(Images<i64>, u64); 2];

/// One generator: on each different factor, and on its dual, which is `−ρ(x)ᵀ`.
struct Generator {
    exact: Vec<[SparseMatrix; 2]>,
    /// The same times a common denominator.
    words: Option<Vec<Words>>,
}

/// The equations of the algebra on a tensor product.
pub(super) struct Equations<'a> {
    legs: &'a [(usize, bool)],
    dims: &'a [usize],
    generators: Vec<Generator>,
}

impl<'a> Equations<'a> {
    /// The equations on a product of factors: which of the different ones stands where, `true` for its dual, and its dimension.
    pub fn new(
        distinct: &[Rep],
        legs: &'a [(usize, bool)],
        dims: &'a [usize],
        limits: &Limits,
    ) -> Result<Equations<'a>, EquivariantError> {
        let mut columns: Vec<Vec<[SparseMatrix; 2]>> = Vec::new();
        let minus = Rational::from(-1);
        for x in distinct {
            for (g, m) in x.generator_matrices(limits)?.iter().enumerate() {
                if g == columns.len() {
                    columns.push(Vec::new());
                }
                columns[g].push([m.transpose(), m.scale(&minus)]);
            }
        }
        let generators = columns.into_iter().map(|exact| Generator { words: words(&exact), exact }).collect();
        Ok(Equations { legs, dims, generators })
    }

    /// Whether the algebra annihilates every row. Cost: the entries times those of columns of the generators.
    pub fn hold(&self, rows: &SparseRows, limits: &Limits) -> Result<bool, EquivariantError> {
        let size: usize = self.dims.iter().product();
        limits.reserve(size as u128 * 8)?;
        let mut sums = vec![0i64; size];
        let mut primes = Vec::new();
        for k in 0..rows.len() {
            let vector: Vec<(u64, Rational)> = rows.row(k).collect();
            let places: Vec<u64> = vector.iter().map(|(place, _)| *place).collect();
            let digits = self.digits(&places);
            let scaled = integers(&vector);
            for generator in &self.generators {
                limits.check()?;
                let bounded = scaled.as_ref().zip(generator.words.as_ref()).filter(|(x, words)| self.fits(x, words));
                let zero = match (bounded, &generator.words) {
                    (Some((values, words)), _) => self.vanishes(&places, &digits, values, words, &mut sums),
                    (None, Some(words)) => {
                        self.vanishes_by_primes(&vector, &digits, words, &mut sums, &mut primes, limits)?
                    }
                    (None, None) => self.vanishes_exactly(&vector, &digits, &generator.exact, limits)?,
                };
                if !zero {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// For each entry its digits, leg by leg.
    fn digits(&self, places: &[u64]) -> Vec<u16> {
        let mut out = vec![0u16; places.len() * self.dims.len()];
        for (own, place) in out.chunks_exact_mut(self.dims.len().max(1)).zip(places) {
            let mut rest = *place;
            for (digit, dim) in own.iter_mut().zip(self.dims).rev() {
                // Factors have some hundred dimensions at most.
                *digit = (rest % *dim as u64) as u16;
                rest /= *dim as u64;
            }
        }
        out
    }

    /// Whether no sum in words can overflow.
    fn fits(&self, values: &[i64], words: &[Words]) -> bool {
        let largest = values.iter().map(|x| u128::from(x.unsigned_abs())).max().unwrap_or(0);
        let into: u128 = self.legs.iter().map(|(which, dual)| u128::from(words[*which][usize::from(*dual)].1)).sum();
        largest * into < 1 << 63
    }

    fn strides(&self) -> Vec<usize> {
        (0..self.dims.len()).map(|l| self.dims[l + 1..].iter().product()).collect()
    }

    fn vanishes(&self, places: &[u64], digits: &[u16], values: &[i64], words: &[Words], sums: &mut [i64]) -> bool {
        let strides = self.strides();
        let images: Vec<&Images<i64>> =
            self.legs.iter().map(|(which, dual)| &words[*which][usize::from(*dual)].0).collect();
        let mut touched: Vec<usize> = Vec::new();
        for ((place, own), x) in places.iter().zip(digits.chunks_exact(self.dims.len().max(1))).zip(values) {
            for ((digit, stride), images) in own.iter().zip(&strides).zip(&images) {
                let start = *place as usize - usize::from(*digit) * stride;
                for (j, c) in &images[usize::from(*digit)] {
                    let at = start + *j as usize * stride;
                    if sums[at] == 0 {
                        touched.push(at);
                    }
                    sums[at] += x * c;
                }
            }
        }
        // A sum that came back to zero on the way stands twice in the list.
        let zero = touched.iter().all(|&at| sums[at] == 0);
        touched.into_iter().for_each(|at| sums[at] = 0);
        zero
    }

    /// The same for large integers: sums below the product of the primes modulo which they vanish are zero.
    fn vanishes_by_primes(
        &self,
        vector: &[(u64, Rational)],
        digits: &[u16],
        words: &[Words],
        sums: &mut [i64],
        primes: &mut Vec<Prime>,
        limits: &Limits,
    ) -> Result<bool, Stop> {
        let denominator = num::common_denominator(vector.iter().map(|(_, x)| x));
        let integers: Vec<BigInt> =
            vector.iter().map(|(_, x)| x.numerator() * (&denominator / x.denominator())).collect();
        limits.reserve(integers.iter().map(|x| u128::from(x.bits()) / 8 + 40).sum())?;
        let into: u128 = self.legs.iter().map(|(which, dual)| u128::from(words[*which][usize::from(*dual)].1)).sum();
        let bits = integers.iter().map(BigInt::bits).max().unwrap_or(0) + u64::from(u128::BITS - into.leading_zeros());
        // Primes lie above 2^28; a sum and its negative need one bit more.
        let count = (bits + 1).div_ceil(28) as usize;
        let mut source = Primes::new(limits);
        while primes.len() < count {
            let p = source.draw();
            if !primes.contains(&p) {
                primes.push(p);
            }
        }
        let strides = self.strides();
        let images: Vec<&Images<i64>> =
            self.legs.iter().map(|(which, dual)| &words[*which][usize::from(*dual)].0).collect();
        for &p in &primes[..count] {
            limits.check()?;
            let coefficients: Vec<Vec<Vec<(u32, u32)>>> = images
                .iter()
                .map(|m| m.iter().map(|row| row.iter().map(|(j, c)| (*j, p.reduce_signed(*c))).collect()).collect())
                .collect();
            sums.fill(0);
            for (((place, _), own), x) in vector.iter().zip(digits.chunks_exact(self.dims.len().max(1))).zip(&integers)
            {
                let x = u64::from(p.residue_big(x));
                for ((digit, stride), images) in own.iter().zip(&strides).zip(&coefficients) {
                    let start = *place as usize - usize::from(*digit) * stride;
                    for (j, c) in &images[usize::from(*digit)] {
                        let sum = &mut sums[start + *j as usize * stride];
                        *sum = i64::from(p.reduce(*sum as u64 + x * u64::from(*c)));
                    }
                }
            }
            if sums.iter().any(|sum| *sum != 0) {
                sums.fill(0);
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn vanishes_exactly(
        &self,
        vector: &[(u64, Rational)],
        digits: &[u16],
        columns: &[[SparseMatrix; 2]],
        limits: &Limits,
    ) -> Result<bool, EquivariantError> {
        let strides = self.strides();
        let mut terms: Vec<(u64, Rational)> = Vec::new();
        for ((place, x), own) in vector.iter().zip(digits.chunks_exact(self.dims.len().max(1))) {
            limits.check()?;
            for ((digit, stride), (which, dual)) in own.iter().zip(&strides).zip(self.legs) {
                let start = *place - u64::from(*digit) * *stride as u64;
                for (j, c) in columns[*which][usize::from(*dual)].row(usize::from(*digit)) {
                    terms.push((start + u64::from(*j) * *stride as u64, x * c));
                }
            }
        }
        limits.reserve(terms.len() as u128 * 48)?;
        terms.sort_unstable_by_key(|t| t.0);
        let zero = |part: &[(u64, Rational)]| part.iter().map(|t| t.1.clone()).sum::<Rational>().is_zero();
        Ok(terms.chunk_by(|a, b| a.0 == b.0).all(zero))
    }
}

/// The values times their common denominator, when all are machine words.
fn integers(vector: &[(u64, Rational)]) -> Option<Vec<i64>> {
    let denominator = common_denominator(vector.iter().map(|(_, x)| x))?;
    vector.iter().map(|(_, x)| times(x, denominator)).collect()
}

/// The least common denominator, when it is a machine word.
pub(super) fn common_denominator<'a>(values: impl Iterator<Item = &'a Rational>) -> Option<i64> {
    let mut out = 1i64;
    for x in values {
        let (_, d) = x.as_small()?;
        out = (out / out.gcd(&d)).checked_mul(d)?;
    }
    Some(out)
}

/// `factor · x` as a machine word, for a multiple of the denominator.
pub(super) fn times(x: &Rational, factor: i64) -> Option<i64> {
    let (n, d) = x.as_small()?;
    n.checked_mul(factor / d)
}

fn words(exact: &[[SparseMatrix; 2]]) -> Option<Vec<Words>> {
    let entries = exact.iter().flatten().flat_map(|m| m.iter_rows().flatten().map(|(_, x)| x));
    let denominator = common_denominator(entries)?;
    let images = |m: &SparseMatrix| -> Option<(Images<i64>, u64)> {
        let row = |row: &[(u32, Rational)]| {
            row.iter().map(|(j, x)| Some((*j, times(x, denominator)?))).collect::<Option<Vec<(u32, i64)>>>()
        };
        let rows: Images<i64> = m.iter_rows().map(row).collect::<Option<_>>()?;
        let mut into = vec![0u64; m.cols()];
        for (j, c) in rows.iter().flatten() {
            into[*j as usize] = into[*j as usize].checked_add(c.unsigned_abs())?;
        }
        Some((rows, into.into_iter().max().unwrap_or(0)))
    };
    exact.iter().map(|[plain, dual]| Some([images(plain)?, images(dual)?])).collect()
}
