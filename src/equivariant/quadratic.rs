//! Tensors carried from bases of weight vectors into given bases, exactly over a quadratic field.
//!
//! Coroots with coordinates in Q(√d), of which the compact forms have √−1, give bases of weight vectors over that field, mostly
//! with few entries: two for each pair of coordinates that a torus turns. A tensor `a + b√d` that is invariant over Q(√d) consists
//! of two rational ones, and those of all tensors of a basis span the invariants over Q. Nothing dense is touched.

use num_integer::Integer;

use super::annihilation::{common_denominator, times};
use super::entries::{SparseRows, Values};
use crate::exact::ModSpan;
use crate::limits::{Limits, Stop};
use crate::num::{Prime, Rational};

/// `a + b√d`.
type Surd = (i64, i64);

/// A tensor: (place, value), places increasing.
type Tensor = Vec<(u64, Surd)>;

/// The images of the basis of an irreducible representation, times a common denominator.
pub(super) struct Images {
    /// Row `k`: the image of basis vector `k`.
    rows: Vec<Vec<(u32, Surd)>>,
    cols: usize,
    /// The largest sum of `|a| + |d| |b|` over a column.
    growth: u128,
}

impl Images {
    /// From the numbers `a` and `b` of all entries, row by row; `None` when they are no machine words.
    pub fn new(cols: usize, d: i64, a: &[Rational], b: &[Rational]) -> Option<Images> {
        let denominator = common_denominator(a.iter().chain(b))?;
        let mut rows = Vec::new();
        let mut growth = vec![0u128; cols];
        for (a, b) in a.chunks(cols.max(1)).zip(b.chunks(cols.max(1))) {
            let mut row = Vec::new();
            for (j, (a, b)) in a.iter().zip(b).enumerate().filter(|(_, (a, b))| !a.is_zero() || !b.is_zero()) {
                let value = (times(a, denominator)?, times(b, denominator)?);
                growth[j] += size(value, d);
                row.push((j as u32, value));
            }
            rows.push(row);
        }
        Some(Images { rows, cols, growth: growth.into_iter().max().unwrap_or(0) })
    }
}

/// `|a| + |d| |b|`, which is at least multiplied by products.
fn size((a, b): Surd, d: i64) -> u128 {
    u128::from(a.unsigned_abs()) + u128::from(d.unsigned_abs()) * u128::from(b.unsigned_abs())
}

/// The two rational parts of row `k` in the bases of the images, leg by leg, with integers without a common divisor; `None` when
/// a bound does not keep all numbers below 2^62, or so many entries arise that dense arrays are better. Cost: the entries of the results times those of a row of the images, sorted.
pub(super) fn carried(
    rows: &SparseRows,
    k: usize,
    images: &[&Images],
    d: i64,
    limits: &Limits,
) -> Result<Option<[Vec<(u64, i64)>; 2]>, Stop> {
    let values: Vec<(u64, Rational)> = rows.row(k).collect();
    let scaled = common_denominator(values.iter().map(|(_, x)| x))
        .and_then(|m| values.iter().map(|(place, x)| Some((*place, (times(x, m)?, 0)))).collect::<Option<Tensor>>());
    let Some(mut tensor) = scaled else { return Ok(None) };
    let largest = tensor.iter().map(|(_, x)| size(*x, d)).max().unwrap_or(0);
    let bound = images.iter().try_fold(largest, |bound, leg| bound.checked_mul(leg.growth.max(1)));
    if bound.is_none_or(|bound| bound >= 1 << 62) {
        return Ok(None);
    }
    let places = images.iter().fold(1usize, |product, leg| product.saturating_mul(leg.cols));
    // The last leg first: what follows it has its new dimensions.
    let mut inner = 1u64;
    for leg in images.iter().rev() {
        limits.check()?;
        let (from, into) = (leg.rows.len() as u64, leg.cols as u64);
        let terms: usize = tensor.iter().map(|(place, _)| leg.rows[(place / inner % from) as usize].len()).sum();
        if terms > places.saturating_mul(2) {
            return Ok(None);
        }
        limits.reserve(terms as u128 * 2 * size_of::<(u64, Surd)>() as u128)?;
        let mut next = Tensor::with_capacity(terms);
        for (place, (a, b)) in &tensor {
            let (outer, rest) = (place / (inner * from), place % inner);
            for (j, (c, e)) in &leg.rows[(place / inner % from) as usize] {
                let at = (outer * into + u64::from(*j)) * inner + rest;
                next.push((at, (a * c + d * b * e, a * e + b * c)));
            }
        }
        tensor = collected(next);
        inner *= into;
    }
    let part = |of: fn(&Surd) -> i64| {
        let part: Vec<(u64, i64)> = tensor.iter().map(|(at, x)| (*at, of(x))).filter(|t| t.1 != 0).collect();
        primitive(part)
    };
    Ok(Some([part(|x| x.0), part(|x| x.1)]))
}

fn collected(mut terms: Tensor) -> Tensor {
    terms.sort_unstable_by_key(|t| t.0);
    let mut out = Tensor::with_capacity(terms.len());
    for (place, (a, b)) in terms {
        match out.last_mut() {
            Some((last, sum)) if *last == place => *sum = (sum.0 + a, sum.1 + b),
            _ => out.push((place, (a, b))),
        }
    }
    out.retain(|(_, x)| *x != (0, 0));
    out
}

/// Divided by the greatest common divisor; the first entry becomes positive.
fn primitive(mut tensor: Vec<(u64, i64)>) -> Vec<(u64, i64)> {
    let divisor = tensor.iter().fold(0i64, |g, (_, x)| g.gcd(x));
    let sign = if tensor.first().is_some_and(|(_, x)| *x < 0) { -1 } else { 1 };
    tensor.iter_mut().for_each(|(_, x)| *x = *x / divisor.max(1) * sign);
    tensor
}

/// Independent rational tensors, as many as there are to be: a tensor is kept when random functionals modulo a prime tell it from
/// combinations of those before, which proves that it is none.
pub(super) struct Independent {
    p: Prime,
    count: usize,
    seen: ModSpan,
    rows: SparseRows,
    values: Vec<i64>,
}

/// Functionals beyond the number of tensors.
const MORE: usize = 8;

impl Independent {
    /// None yet of so many.
    pub fn new(p: Prime, count: usize) -> Independent {
        let rows = SparseRows::new(Values::Ones);
        Independent { p, count, seen: ModSpan::new(p), rows, values: Vec::new() }
    }

    /// Whether as many were found as there are to be.
    pub fn is_complete(&self) -> bool {
        self.rows.len() == self.count
    }

    /// Takes a tensor that does not depend on those before.
    pub fn add(&mut self, tensor: Vec<(u64, i64)>, limits: &Limits) -> Result<(), Stop> {
        if tensor.is_empty() || self.is_complete() {
            return Ok(());
        }
        let p = self.p;
        // The moments Σ x_i t_i^j, where t_i is a pseudo-random residue of the place.
        let mut moments = vec![0u32; self.count + MORE];
        for (place, x) in &tensor {
            let mut term = p.reduce_signed(*x);
            let t = p.reduce(scattered(*place));
            for sum in &mut moments {
                *sum = p.add(*sum, term);
                term = p.mul(term, t);
            }
        }
        if self.seen.insert(moments) {
            limits.reserve((self.values.len() + tensor.len()) as u128 * 32)?;
            for (place, x) in tensor {
                self.rows.places.push(place);
                self.values.push(x);
            }
            self.rows.starts.push(self.rows.places.len());
        }
        Ok(())
    }

    /// All of them; `None` when they are not as many as there are to be.
    pub fn into_rows(self) -> Option<SparseRows> {
        let values = Values::Rationals(self.values.into_iter().map(Rational::from).collect());
        (self.rows.len() == self.count).then(|| SparseRows { values, ..self.rows }.with_integers())
    }
}

/// A word whose bits depend on all bits of another (the finalizer of SplitMix64; Steele, Lea and Flood 2014).
fn scattered(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
