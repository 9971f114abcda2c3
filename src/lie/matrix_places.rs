//! Matrices as whole numbers at the places where any of them is not zero, and the constants of their brackets from them.

use num_integer::Integer;
use num_traits::ToPrimitive;

use super::StructureConstants;
use super::matrix_set::MatrixSet;
use crate::exact::{ModMatrix, SparseMatrix};
use crate::float::gemm;
use crate::limits::{Limits, Stop};
use crate::num::{Prime, Rational, common_denominator, rationals_of_words};
use crate::parallel;

/// Sums of products whose absolute values add up to less than 2^53 are exact in doubles.
pub(super) const EXACT: f64 = 9_007_199_254_740_992.0;

/// Room for rounding in a bound that is itself computed in doubles.
pub(super) const ROUNDED_UP: f64 = 1.000_001;

/// Denominators below this may be common to all matrices.
const SMALL_DENOMINATOR: i64 = 64;

/// The places (row, column) where a matrix of the set is not zero, row by row.
pub(super) struct Places {
    /// The size of the stored matrices.
    pub n: usize,
    /// The places.
    pub list: Vec<(usize, usize)>,
    /// The number of a place in the list, [`Places::UNUSED`] when it is not there; row by row.
    numbers: Vec<u32>,
}

impl Places {
    const UNUSED: u32 = u32::MAX;

    /// The places of a set.
    pub fn new(set: &MatrixSet) -> Places {
        let n = set.stored_size();
        let mut used = vec![false; n * n];
        for (r, c, _) in set.stored().iter().flat_map(|m| m.triples()) {
            used[r * n + c] = true;
        }
        let mut list = Vec::new();
        let mut numbers = vec![Places::UNUSED; n * n];
        for at in (0..n * n).filter(|&at| used[at]) {
            numbers[at] = list.len() as u32;
            list.push((at / n, at % n));
        }
        Places { n, list, numbers }
    }

    /// The number of a place.
    pub fn number(&self, (r, c): (usize, usize)) -> Option<usize> {
        let number = self.numbers[r * self.n + c];
        (number != Places::UNUSED).then_some(number as usize)
    }

    /// The pairs of places `(r, t)`, `(t, c)` that meet in an entry of a product.
    fn meeting(&self, (r, c): (usize, usize)) -> impl Iterator<Item = (usize, usize)> {
        (0..self.n).filter_map(move |t| Some((self.number((r, t))?, self.number((t, c))?)))
    }
}

/// Matrices times numbers that make their entries whole.
pub(super) struct WholeMatrices<'a> {
    places: &'a Places,
    /// How many there are.
    pub count: usize,
    /// The entries, place by place: one for each matrix.
    values: Vec<f64>,
    /// What the matrices were multiplied by.
    pub scales: Vec<Rational>,
    /// The largest absolute value of an entry.
    pub largest: f64,
}

impl<'a> WholeMatrices<'a> {
    /// The matrices with these indices, `None` when an entry is too large.
    pub fn new(set: &MatrixSet, order: &[usize], places: &'a Places) -> Option<WholeMatrices<'a>> {
        let count = order.len();
        let mut values = vec![0.0; places.list.len() * count];
        let mut scales = Vec::with_capacity(count);
        // One small denominator for all keeps the way back short; else each matrix gets its own scale.
        let entries = order.iter().flat_map(|&i| set.stored()[i].triples().map(|t| t.2));
        let common = common_denominator(entries).to_i64().filter(|&denominator| denominator < SMALL_DENOMINATOR);
        for (k, &i) in order.iter().enumerate() {
            let matrix = &set.stored()[i];
            let (denominator, content) = match common {
                Some(denominator) => (denominator, 1),
                None => primitive(matrix)?,
            };
            for (r, c, v) in matrix.triples() {
                let whole = scaled(v, denominator)? / content;
                values[places.number((r, c))? * count + k] = exact(whole)?;
            }
            scales.push(Rational::new(denominator, content)?);
        }
        let largest = values.iter().fold(0.0f64, |m, v| m.max(v.abs()));
        Some(WholeMatrices { places, count, values, scales, largest })
    }

    /// The entries at one place.
    pub fn at(&self, place: usize) -> &[f64] {
        &self.values[place * self.count..(place + 1) * self.count]
    }

    /// The entries of as many matrices at these places modulo a prime, one row for each place.
    pub fn residues_at(&self, p: Prime, places: &[usize]) -> ModMatrix {
        let row = |&t: &usize| self.at(t)[..places.len()].iter().map(|&v| p.reduce_signed(v as i64)).collect();
        ModMatrix::from_rows(places.len(), places.iter().map(row))
    }

    /// The constants of the brackets of the first `d` matrices, which are independent at the places `pivots`, supposing
    /// that they stay in the span; `None` when numbers are too large.
    ///
    /// With `A_qk = X_k` at pivot `q`, the entries `W_q` of a bracket at the pivots and its constants `c` satisfy
    /// `W = A c`. The entries are sums of whole numbers that doubles hold exactly, `inverse`, which is `A⁻¹` modulo a
    /// prime, is lifted and `A · A⁻¹ = 1` checked, and `c = A⁻¹ W` is again exact. `d² N` multiplications for each pivot
    /// at most (only places that are used count), then `d⁴ / 2`.
    pub fn constants(
        &self,
        pivots: &[usize],
        inverse: &WholeInverse,
        limits: &Limits,
    ) -> Result<Option<StructureConstants>, Stop> {
        let d = pivots.len();
        if 2.0 * self.places.n as f64 * self.largest * self.largest * ROUNDED_UP >= EXACT {
            return Ok(None);
        }
        let pairs = d * d.saturating_sub(1) / 2;
        let mut entries = vec![0.0f64; d * pairs];
        let fill = |(&pivot, out): (&usize, &mut [f64])| -> Result<f64, Stop> {
            limits.check()?;
            Ok(self.brackets_at(d, self.places.list[pivot], out))
        };
        let parts: Vec<(&usize, &mut [f64])> = pivots.iter().zip(entries.chunks_mut(pairs.max(1))).collect();
        let largest = parallel::map_items(parts, fill).into_iter().try_fold(0.0f64, |m, x| Ok(m.max(x?)))?;
        if largest * inverse.row_sum * ROUNDED_UP >= EXACT {
            return Ok(None);
        }
        let factors = Factors::new(&self.scales[..d], inverse.denominator);
        let rows = parallel::try_map(d, |i| {
            limits.check()?;
            let (start, count) = (i * (2 * d - i - 1) / 2, d - i - 1);
            let mut whole = vec![0.0f64; count * d];
            let block = &entries[start.min(entries.len())..];
            gemm::multiply_transposed((count, d, d), (block, pairs), (&inverse.transposed, d), &mut whole);
            let row = |(j, row): (usize, &[f64])| {
                let terms = row.iter().enumerate().filter(|(_, v)| **v != 0.0);
                let mut out = Vec::with_capacity(d);
                out.extend(terms.map(|(k, &v)| (k as u32, factors.apply((i, i + 1 + j, k), v))));
                out.shrink_to_fit();
                out
            };
            Ok(whole.chunks(d).enumerate().map(row).collect::<Vec<_>>())
        })?;
        let mut rows = rows.into_iter().flatten();
        Ok(Some(StructureConstants::from_fn(d, |_, _| rows.next().unwrap_or_default())))
    }

    /// The entries at one place of `[X_i, X_j]`, `i < j`, and their largest absolute value.
    fn brackets_at(&self, d: usize, place: (usize, usize), out: &mut [f64]) -> f64 {
        let (mut rows, mut columns) = (Vec::new(), Vec::new());
        for (left, right) in self.places.meeting(place) {
            rows.extend_from_slice(&self.at(left)[..d]);
            columns.extend_from_slice(&self.at(right)[..d]);
        }
        let mut products = vec![0.0f64; d * d];
        let terms = rows.len() / d.max(1);
        gemm::multiply_transposed((d, terms, d), (&rows, d), (&columns, d), &mut products);
        let mut out = out.iter_mut();
        let mut largest = 0.0f64;
        for i in 0..d {
            for (j, slot) in (i + 1..d).zip(&mut out) {
                let value = products[i * d + j] - products[j * d + i];
                largest = largest.max(value.abs());
                *slot = value;
            }
        }
        largest
    }
}

/// The common denominator of a matrix, and the greatest common divisor of its entries times that.
fn primitive(matrix: &SparseMatrix) -> Option<(i64, i64)> {
    let denominator = common_denominator(matrix.triples().map(|t| t.2)).to_i64()?;
    let mut content = 0i64;
    for (_, _, v) in matrix.triples() {
        content = content.gcd(&scaled(v, denominator)?);
        if content == 1 {
            break;
        }
    }
    Some((denominator, content.max(1)))
}

fn scaled(v: &Rational, denominator: i64) -> Option<i64> {
    let (top, bottom) = v.as_small()?;
    top.checked_mul(denominator / bottom)
}

/// A whole number as a double, below 2^52.
pub(super) fn exact(value: i64) -> Option<f64> {
    (value.unsigned_abs() < 1 << 52).then_some(value as f64)
}

/// The inverse of a matrix of whole numbers over one denominator.
pub(super) struct WholeInverse {
    denominator: i64,
    /// The inverse times the denominator, transposed, row by row.
    transposed: Vec<f64>,
    /// The largest sum of the absolute values in a row of the inverse (not transposed), times the denominator.
    row_sum: f64,
}

impl WholeInverse {
    /// The inverse of the entries of the first matrices at the pivots, from its residues modulo one or two primes;
    /// `None` when these do not determine it or it is too large.
    pub fn new(
        matrices: &WholeMatrices,
        pivots: &[usize],
        first: (Prime, &ModMatrix),
        second: Option<(Prime, &ModMatrix)>,
    ) -> Option<WholeInverse> {
        let d = pivots.len();
        let lifted = rationals_of_words((first.0, first.1.entries()), second.as_ref().map(|(q, m)| (*q, m.entries())))?;
        let denominator = common_denominator(&lifted).to_i64()?;
        let mut transposed = vec![0.0; d * d];
        let mut row_sum = 0.0f64;
        for (k, row) in lifted.chunks(d.max(1)).enumerate() {
            let mut sum = 0.0;
            for (q, v) in row.iter().enumerate() {
                let whole = exact(scaled(v, denominator)?)?;
                transposed[q * d + k] = whole;
                sum += whole.abs();
            }
            row_sum = row_sum.max(sum);
        }
        // A⁻¹ A, which is Δ times the identity.
        if row_sum * matrices.largest * ROUNDED_UP >= EXACT {
            return None;
        }
        let mut at_pivots = Vec::with_capacity(d * d);
        pivots.iter().for_each(|&q| at_pivots.extend_from_slice(&matrices.at(q)[..d]));
        let mut product = vec![0.0; d * d];
        gemm::multiply_transposed((d, d, d), (&transposed, d), (&at_pivots, d), &mut product);
        let unit = exact(denominator)?;
        let right = product.iter().enumerate().all(|(at, &v)| v == if at / d == at % d { unit } else { 0.0 });
        right.then_some(WholeInverse { denominator, transposed, row_sum })
    }
}

/// The way back from matrices `s_k X_k` and whole numbers over a denominator: `s_k / (s_i s_j Δ)`.
struct Factors<'a> {
    scales: &'a [Rational],
    denominator: Rational,
    plain: Option<Quotients>,
}

impl Factors<'_> {
    fn new(scales: &[Rational], denominator: i64) -> Factors<'_> {
        // With one scale s for all, 1 / (s Δ).
        let same = scales.windows(2).all(|pair| pair[0] == pair[1]);
        let scale = scales.first().filter(|_| same).and_then(Rational::to_i64);
        let plain = scale.and_then(|scale| Quotients::by(scale.checked_mul(denominator)?));
        Factors { scales, denominator: Rational::from(denominator), plain }
    }

    /// The constant that a whole number below 2^53 stands for.
    fn apply(&self, (i, j, k): (usize, usize, usize), value: f64) -> Rational {
        match &self.plain {
            Some(quotients) => quotients.of(value),
            None => self.in_words((i, j, k), value as i64).unwrap_or_else(|| {
                // None of them is zero.
                let below = &(&self.scales[i] * &self.scales[j]) * &self.denominator;
                let top = &Rational::from(value as i64) * &self.scales[k];
                top.checked_div(&below).unwrap_or(Rational::ZERO)
            }),
        }
    }

    /// The same when everything fits machine words.
    fn in_words(&self, (i, j, k): (usize, usize, usize), value: i64) -> Option<Rational> {
        let small = |l: usize| self.scales[l].as_small();
        let ((n_i, d_i), (n_j, d_j), (n_k, d_k)) = (small(i)?, small(j)?, small(k)?);
        let top = value.checked_mul(n_k)?.checked_mul(d_i)?.checked_mul(d_j)?;
        let bottom = self.denominator.to_i64()?.checked_mul(n_i)?.checked_mul(n_j)?.checked_mul(d_k)?;
        Rational::new(top, bottom)
    }
}

/// Denominators up to this have a table of greatest common divisors.
const TABLED: usize = 1 << 16;

/// Quotients of whole doubles below 2^53 by one denominator, in lowest terms.
struct Quotients {
    denominator: f64,
    inverse: f64,
    /// The greatest common divisor of the denominator and each remainder; empty for large denominators.
    divisors: Vec<f64>,
}

impl Quotients {
    /// `None` when the denominator is not positive or too large for a double.
    fn by(denominator: i64) -> Option<Quotients> {
        let size = usize::try_from(denominator).ok().filter(|&size| size > 0)?;
        let value = exact(denominator)?;
        let divisors = if size <= TABLED { (0..=size).map(|r| r.gcd(&size) as f64).collect() } else { Vec::new() };
        Some(Quotients { denominator: value, inverse: 1.0 / value, divisors })
    }

    /// A rounded product proposes the quotient `q`. Below 2^50 it is off by at most 0.6, so that `value − q Δ`, which is
    /// exact, lies between `−Δ` and `Δ`; and doubles divide exactly when the quotient is whole.
    fn of(&self, value: f64) -> Rational {
        let quotient = (value * self.inverse + 0.5f64.copysign(value)) as i64;
        let remainder = value - quotient as f64 * self.denominator;
        if remainder == 0.0 {
            return Rational::small(quotient, 1);
        }
        match self.divisors.get(remainder.abs() as usize) {
            Some(divisor) if value.abs() < (1u64 << 50) as f64 => {
                Rational::small((value / divisor) as i64, (self.denominator / divisor) as i64)
            }
            _ => Rational::new(value as i64, self.denominator as i64).unwrap_or(Rational::ZERO),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against division of integers, for denominators with and without small factors, at both ends of the range.
    #[test]
    fn quotients_are_in_lowest_terms() {
        for denominator in [1i64, 2, 3, 12, 97, 360, 65_535, 65_536, 65_537, 123_456_789, 1 << 51] {
            let quotients = Quotients::by(denominator).unwrap();
            let large = [1i64 << 49, (1 << 50) - 1, 1 << 50, (1 << 50) + 3, (1 << 52) + 6];
            for value in (1..400).chain(large.into_iter().flat_map(|v| v - 200..v + 200)) {
                for value in [value, -value, value / denominator * denominator, value % 1000 * denominator % (1 << 53)]
                {
                    assert_eq!(quotients.of(value as f64), Rational::new(value, denominator).unwrap());
                }
            }
        }
        assert!(Quotients::by(0).is_none() && Quotients::by(-3).is_none() && Quotients::by(1 << 52).is_none());
    }
}
