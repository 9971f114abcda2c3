//! Structure constants as small integers: for products of doubles that are exact.

use num_bigint::BigInt;
use num_integer::Integer;

use super::StructureConstants;
use crate::num::{Rational, common_denominator};
use crate::parallel;

/// Brackets of each basis element that are looked at first.
const SAMPLED_BRACKETS: usize = 8;

/// The integers of a dense table in a rescaled basis `f_i = t_i e_i`: `c_ij^k t_i t_j / t_k`.
///
/// Rescaling changes neither whether the Jacobi identity holds nor for which triples of basis elements
/// it fails, and often removes the denominators.
#[derive(Debug)]
pub(super) struct IntegerTable {
    /// The dimension.
    pub dim: usize,
    /// The rows of all pairs `i < j`, one after another, `dim` numbers each.
    pub values: Vec<i32>,
    /// The factors `t_i`.
    pub scales: Vec<Rational>,
    /// The square of the largest Euclidean norm of a row `[e_i, e_j]`.
    pub largest_row: f64,
    /// The square of the largest Euclidean norm of `(c_kj^l)_k`, over all `j` and `l`.
    pub largest_column: f64,
}

impl IntegerTable {
    /// The table multiplied by its common denominator, or rescaled, when that gives numbers of at most 31 bits.
    ///
    /// Some brackets tell the factors for a generic table, and every constant decides whether they do; all brackets are
    /// asked when they do not.
    pub fn new(constants: &StructureConstants) -> Option<IntegerTable> {
        let few = (constants.dim() / SAMPLED_BRACKETS).max(1);
        IntegerTable::from_brackets(constants, few)
            .or_else(|| if few > 1 { IntegerTable::from_brackets(constants, 1) } else { None })
    }

    /// The factors are read from every `step`-th bracket.
    fn from_brackets(constants: &StructureConstants, step: usize) -> Option<IntegerTable> {
        if let Some(denominator) = denominator_of_brackets(constants, step)
            && let Some(table) = IntegerTable::build(constants, |_, _| {
                move |_, n: i64, d: i64| exact_quotient(n.checked_mul(denominator)?, d)
            })
            && (denominator == 1 || table.largest_row < f64::from(1 << 28))
        {
            let scales = vec![Rational::from(denominator); constants.dim()];
            return Some(IntegerTable { scales, ..table });
        }
        let scales = Scales::new(constants, step)?;
        let factor = scales.common_denominator(constants, step)?;
        let scaled = |i: usize, j: usize| {
            let pair = scales.pair(i, j);
            let scales = &scales;
            move |k: usize, n: i64, d: i64| {
                let (n, d) = scales.apply(pair?, k, n, d)?;
                exact_quotient(n.checked_mul(factor)?, d)
            }
        };
        let table = IntegerTable::build(constants, scaled)?;
        Some(IntegerTable { scales: scales.factors(factor), ..table })
    }

    /// `scaled(i, j)(k, n, d)` is the integer that belongs to the constant `n / d` at `e_k` in `[e_i, e_j]`.
    fn build<F: Fn(usize, i64, i64) -> Option<i32>>(
        constants: &StructureConstants,
        scaled: impl Fn(usize, usize) -> F + Sync,
    ) -> Option<IntegerTable> {
        let dim = constants.dim();
        let mut values = vec![0i32; dim * dim.saturating_sub(1) / 2 * dim];
        let mut parts = Vec::with_capacity(dim);
        let mut rest = values.as_mut_slice();
        for i in 0..dim {
            let part;
            (part, rest) = rest.split_at_mut((dim - 1 - i) * dim);
            parts.push((i, part));
        }
        let norms = parallel::map_items(parts, |(i, part)| {
            let mut largest = 0.0f64;
            // Squares of the entries at (j, l) for [e_i, e_j], all j > i.
            for (offset, row) in part.chunks_exact_mut(dim).enumerate() {
                let j = i + 1 + offset;
                let scaled = scaled(i, j);
                let mut sum = 0.0;
                for (k, v) in constants.upper(i, j) {
                    let (n, d) = v.as_small()?;
                    let value = scaled(*k as usize, n, d)?;
                    row[*k as usize] = value;
                    sum += f64::from(value) * f64::from(value);
                }
                largest = largest.max(sum);
            }
            Some(largest)
        });
        let largest_row = norms.into_iter().try_fold(0.0f64, |m, x| Some(m.max(x?)))?;
        let mut table = IntegerTable { dim, values, scales: Vec::new(), largest_row, largest_column: 0.0 };
        table.largest_column = table.column_norm();
        Some(table)
    }

    fn column_norm(&self) -> f64 {
        let n = self.dim;
        let columns = parallel::map(n, |j| {
            let mut sums = vec![0.0f64; n];
            for k in (0..n).filter(|&k| k != j) {
                for (sum, &v) in sums.iter_mut().zip(self.row(k.min(j), k.max(j))) {
                    *sum += f64::from(v) * f64::from(v);
                }
            }
            sums.into_iter().fold(0.0, f64::max)
        });
        columns.into_iter().fold(0.0, f64::max)
    }

    /// The row of `[e_i, e_j]`, `i < j`.
    pub fn row(&self, i: usize, j: usize) -> &[i32] {
        let at = (i * (2 * self.dim - i - 1) / 2 + (j - i - 1)) * self.dim;
        &self.values[at..at + self.dim]
    }

    /// An integer multiple of an element, given in the basis `e_i`, in coordinates of the basis `f_i`.
    pub fn rescaled(&self, x: &[i64]) -> Option<Vec<i64>> {
        let parts: Vec<Rational> = x.iter().zip(&self.scales).map(|(&c, t)| &Rational::from(c) / t).collect();
        let scale = Rational::from(common_denominator(&parts));
        let integers: Vec<Rational> = parts.iter().map(|c| c * &scale).collect();
        let common = integers.iter().try_fold(0i64, |g, c| Some(g.gcd(&c.to_i64()?)))?.max(1);
        integers.iter().map(|c| Some(c.to_i64()? / common)).collect()
    }

    /// The matrix whose row `j` is `[x, f_j]`, in 64-bit integers; `None` on overflow.
    pub fn ad(&self, x: &[i64]) -> Option<Vec<i64>> {
        let n = self.dim;
        let largest = x.iter().try_fold(0u64, |sum, c| sum.checked_add(c.unsigned_abs()))?;
        largest.checked_mul(1 << 31).filter(|&bound| bound < 1 << 62)?;
        let rows = parallel::map(n, |j| {
            let mut sums = vec![0i64; n];
            for (i, &c) in x.iter().enumerate().filter(|&(i, &c)| c != 0 && i != j) {
                let factor = if i < j { c } else { -c };
                for (sum, &v) in sums.iter_mut().zip(self.row(i.min(j), i.max(j))) {
                    *sum += factor * i64::from(v);
                }
            }
            sums
        });
        Some(rows.concat())
    }

    /// `K(w, f_i) = Σ_jk [f_i, f_j]_k [w, f_k]_j` for all `i` modulo 2^64, from the matrix with rows `[w, f_k]`.
    pub fn trace_covector(&self, ad_w: &[i64]) -> Vec<i64> {
        let n = self.dim;
        let transposed: Vec<i64> = (0..n * n).map(|at| ad_w[(at % n) * n + at / n]).collect();
        let dot = |row: &[i32], column: &[i64]| {
            row.iter().zip(column).fold(0i64, |sum, (&v, &c)| sum.wrapping_add(i64::from(v).wrapping_mul(c)))
        };
        let parts = parallel::map(n, |i| {
            let mut out = vec![0i64; n];
            for j in i + 1..n {
                let row = self.row(i, j);
                out[i] = out[i].wrapping_add(dot(row, &transposed[j * n..(j + 1) * n]));
                out[j] = dot(row, &transposed[i * n..(i + 1) * n]).wrapping_neg();
            }
            out
        });
        let mut total = vec![0i64; n];
        for part in parts {
            total.iter_mut().zip(part).for_each(|(sum, x)| *sum = sum.wrapping_add(x));
        }
        total
    }
}

/// `n / d` when it is an integer of at most 31 bits: then the rounded quotient of doubles is exact, and the product says
/// whether it is.
fn exact_quotient(n: i64, d: i64) -> Option<i32> {
    // Adding and subtracting it rounds a double below 2^51 to the nearest integer.
    const ROUND: f64 = 1.5 * (1u64 << 52) as f64;
    let quotient = n as f64 / d as f64;
    let rounded = (quotient + ROUND) - ROUND;
    if rounded.abs() > f64::from(i32::MAX) {
        return None;
    }
    let value = rounded as i32;
    (i64::from(value).checked_mul(d) == Some(n)).then_some(value)
}

/// The least common denominator of every `step`-th bracket of each element, when it is small.
fn denominator_of_brackets(constants: &StructureConstants, step: usize) -> Option<i64> {
    let mut common = 1i64;
    for i in 0..constants.dim() {
        for j in (i + 1..constants.dim()).step_by(step) {
            for (_, v) in constants.upper(i, j) {
                let (_, d) = v.as_small()?;
                if d != 1 && common % d != 0 {
                    common = (common / common.gcd(&d)).checked_mul(d).filter(|&c| c < 1 << 20)?;
                }
            }
        }
    }
    Some(common)
}

/// Scales of the basis elements that are likely to leave integers: `g_k` generates the fractional ideal of all
/// coefficients at `e_k`, `m` is the least common multiple of all `g_i g_j`, `i ≠ j`, and `c g_i g_j / (g_k m)` is tried.
///
/// Why: for a table `c⁰ s_i s_j / s_k` of integers `c⁰` without common factors, a prime that occurs `σ_i` times in `s_i`
/// occurs `μ − σ_k` times in `g_k`, with `μ` the sum of the two smallest `σ`. So it occurs `μ` times in `c g_i g_j / g_k`
/// beside `c⁰`, and `μ` is also the largest sum of two of the `μ − σ_k`. Where the `c⁰` do have common factors, a small
/// common denominator is left. Whether integers come out is tested for each.
struct Scales {
    generators: Vec<Rational>,
    /// `1 / g_k` as numerator and denominator.
    inverses: Vec<(i64, i64)>,
    /// `1 / m`.
    factor: Rational,
}

impl Scales {
    /// From every `step`-th bracket of each element.
    fn new(constants: &StructureConstants, step: usize) -> Option<Scales> {
        let n = constants.dim();
        let ideals = parallel::map(n, |i| {
            let mut ideals = vec![(0i64, 1i64); n];
            for j in (i + 1..n).step_by(step) {
                for (k, v) in constants.upper(i, j) {
                    let (numerator, denominator) = v.as_small()?;
                    let (g, l) = &mut ideals[*k as usize];
                    if *g != 1 {
                        *g = g.gcd(&numerator);
                    }
                    if *l % denominator != 0 {
                        *l = (*l / l.gcd(&denominator)).checked_mul(denominator)?;
                    }
                }
            }
            Some(ideals)
        });
        let mut total = vec![(0i64, 1i64); n];
        for part in ideals {
            for (t, (g, l)) in total.iter_mut().zip(part?) {
                t.0 = t.0.gcd(&g);
                t.1 = (t.1 / t.1.gcd(&l)).checked_mul(l)?;
            }
        }
        let generators: Vec<Rational> =
            total.iter().map(|&(g, l)| Rational::new(if g == 0 { 1 } else { g }, l)).collect::<Option<_>>()?;
        // More than two equal ones change nothing.
        let mut distinct: Vec<&Rational> = Vec::new();
        for g in &generators {
            if distinct.iter().filter(|&&other| other == g).count() < 2 {
                distinct.push(g);
            }
        }
        // lcm(a/b, c/d) = lcm(a, c) / gcd(b, d) for fractions in lowest terms.
        let (mut over, mut under) = (BigInt::from(1), BigInt::from(0));
        for (i, g) in distinct.iter().enumerate() {
            for h in &distinct[i + 1..] {
                let product = *g * *h;
                over = over.lcm(&product.numerator());
                under = under.gcd(&product.denominator());
            }
        }
        let factor = Rational::from_big(under, over)?;
        let inverses = generators.iter().map(|g| g.recip()?.as_small()).collect::<Option<_>>()?;
        Some(Scales { generators, inverses, factor })
    }

    /// `n / d · pair / g_k`, not in lowest terms.
    fn apply(&self, (over, under): (i64, i64), k: usize, n: i64, d: i64) -> Option<(i64, i64)> {
        let (top, bottom) = *self.inverses.get(k)?;
        Some((n.checked_mul(over)?.checked_mul(top)?, d.checked_mul(under)?.checked_mul(bottom)?))
    }

    /// The common denominator of those brackets of the scaled table.
    fn common_denominator(&self, constants: &StructureConstants, step: usize) -> Option<i64> {
        let n = constants.dim();
        let parts = parallel::map(n, |i| {
            let mut common = 1i64;
            for j in (i + 1..n).step_by(step) {
                let pair = self.pair(i, j)?;
                for (k, v) in constants.upper(i, j) {
                    let (numerator, denominator) = v.as_small()?;
                    let (n, d) = self.apply(pair, *k as usize, numerator, denominator)?;
                    if n.checked_mul(common)? % d != 0 {
                        let rest = d / n.gcd(&d);
                        common = (common / common.gcd(&rest)).checked_mul(rest)?;
                    }
                }
            }
            Some(common)
        });
        parts.into_iter().try_fold(1i64, |all, part| {
            let part = part?;
            (all / all.gcd(&part)).checked_mul(part)
        })
    }

    /// All `t_i = g_i / m`, times a further factor.
    fn factors(&self, further: i64) -> Vec<Rational> {
        let factor = &self.factor * &Rational::from(further);
        self.generators.iter().map(|g| g * &factor).collect()
    }

    /// `g_i g_j / m`, when it is small.
    fn pair(&self, i: usize, j: usize) -> Option<(i64, i64)> {
        (&(&self.generators[i] * &self.generators[j]) * &self.factor).as_small()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table with units at every basis element, rescaled by 3/200003, 5 and 1/7: the integers come back.
    #[test]
    fn rescaling_removes_denominators() {
        let terms = [(0, 1, [1, 2, 4]), (0, 2, [3, -4, 1]), (1, 2, [2, 1, 7])];
        let terms = terms.iter().flat_map(|&(i, j, row)| (0..3).map(move |k| (i, j, k, Rational::from(row[k]))));
        let mut c = StructureConstants::from_terms(3, terms);
        let plain = IntegerTable::new(&c).unwrap();
        assert_eq!(plain.values, [1, 2, 4, 3, -4, 1, 2, 1, 7]);
        assert_eq!((plain.largest_row, plain.largest_column), (54.0, 65.0));
        for (i, (a, b)) in [(0, (3, 200_003)), (1, (5, 1)), (2, (1, 7))] {
            c.rescale(i, &Rational::new(a, b).unwrap());
        }
        let rescaled = IntegerTable::new(&c).unwrap();
        assert_eq!(rescaled.values, plain.values);
        // The rescaled basis elements satisfy the integer brackets.
        for (i, j, k, v) in c.iter() {
            let t = &rescaled.scales;
            let expected = &(v * &(&t[i] * &t[j])) / &t[k];
            assert_eq!(Rational::from(i64::from(rescaled.row(i, j)[k])), expected);
        }
    }
}
