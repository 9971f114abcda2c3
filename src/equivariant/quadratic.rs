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

/// A tensor of integers: (place, value), places increasing.
pub(super) type Integers = Vec<(u64, i64)>;

/// The same over the field.
type Tensor = Vec<(u64, Surd)>;

/// The numbers `a` and `b` of the image of a basis vector.
pub(super) type Row = Vec<(Rational, Rational)>;

/// The images of the basis of an irreducible representation, times a common denominator.
pub(super) struct Images {
    /// Row `k`: the image of basis vector `k`.
    rows: Vec<Vec<(u32, Surd)>>,
    cols: usize,
    /// The largest sum of `|a| + |d| |b|` over a column.
    growth: u128,
}

impl Images {
    /// From the numbers `(a, b)` of all entries, row by row; `None` when they are no machine words.
    pub fn new(cols: usize, d: i64, entries: &[Row]) -> Option<Images> {
        let denominator = common_denominator(entries.iter().flatten().flat_map(|(a, b)| [a, b]))?;
        let mut rows = Vec::with_capacity(entries.len());
        let mut growth = vec![0u128; cols];
        for entries in entries {
            let mut row = Vec::new();
            for (j, (a, b)) in entries.iter().enumerate().filter(|(_, (a, b))| !a.is_zero() || !b.is_zero()) {
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
) -> Result<Option<[Integers; 2]>, Stop> {
    let values: Vec<(u64, Rational)> = rows.row(k).collect();
    let scaled = common_denominator(values.iter().map(|(_, x)| x))
        .and_then(|m| values.iter().map(|(place, x)| Some((*place, (times(x, m)?, 0)))).collect::<Option<Tensor>>());
    let Some(mut tensor) = scaled else { return Ok(None) };
    let largest = tensor.iter().map(|(_, x)| size(*x, d)).max().unwrap_or(0);
    let bound = images.iter().try_fold(largest, |bound, leg| bound.checked_mul(leg.growth.max(1)));
    if bound.is_none_or(|bound| bound >= 1 << 62) {
        return Ok(None);
    }
    let places = images.iter().fold(1usize, |product, leg| product.saturating_mul(leg.cols.max(leg.rows.len())));
    let mut sums = Sums::new(places, limits)?;
    // The last leg first: what follows it has its new dimensions.
    let mut inner = 1u64;
    for leg in images.iter().rev() {
        limits.check()?;
        let (from, into) = (leg.rows.len() as u64, leg.cols as u64);
        let terms: usize = tensor.iter().map(|(place, _)| leg.rows[(place / inner % from) as usize].len()).sum();
        if terms > places.saturating_mul(2) {
            return Ok(None);
        }
        sums.expect(terms, limits)?;
        for (place, (a, b)) in &tensor {
            let (outer, rest) = (place / (inner * from), place % inner);
            for (j, (c, e)) in &leg.rows[(place / inner % from) as usize] {
                let at = (outer * into + u64::from(*j)) * inner + rest;
                sums.add(at, (a * c + d * b * e, a * e + b * c));
            }
        }
        tensor = sums.take();
        inner *= into;
    }
    let part = |of: fn(&Surd) -> i64| {
        let part: Integers = tensor.iter().map(|(at, x)| (*at, of(x))).filter(|t| t.1 != 0).collect();
        primitive(part)
    };
    Ok(Some([part(|x| x.0), part(|x| x.1)]))
}

/// Sums at the places of a tensor, in an array where it is small, otherwise by sorting the terms.
struct Sums {
    dense: Vec<Surd>,
    touched: Vec<u64>,
    terms: Tensor,
}

impl Sums {
    /// Larger tensors are sorted.
    const MAX_PLACES: usize = 1 << 21;

    fn new(places: usize, limits: &Limits) -> Result<Sums, Stop> {
        let places = if places <= Sums::MAX_PLACES { places } else { 0 };
        limits.reserve(places as u128 * size_of::<Surd>() as u128)?;
        Ok(Sums { dense: vec![(0, 0); places], touched: Vec::new(), terms: Tensor::new() })
    }

    /// So many terms come.
    fn expect(&mut self, terms: usize, limits: &Limits) -> Result<(), Stop> {
        let each = if self.dense.is_empty() { 2 * size_of::<(u64, Surd)>() } else { size_of::<u64>() };
        limits.reserve(terms as u128 * each as u128)
    }

    fn add(&mut self, at: u64, (a, b): Surd) {
        match self.dense.get_mut(at as usize) {
            Some(sum) => {
                if *sum == (0, 0) {
                    self.touched.push(at);
                }
                *sum = (sum.0 + a, sum.1 + b);
            }
            None => self.terms.push((at, (a, b))),
        }
    }

    /// What was added since the last time.
    fn take(&mut self) -> Tensor {
        let mut out = Tensor::new();
        if self.dense.len() < 8 * self.touched.len() {
            let all = self.dense.iter_mut().enumerate().filter(|(_, x)| **x != (0, 0));
            out.extend(all.map(|(at, x)| (at as u64, std::mem::take(x))));
        } else {
            self.touched.sort_unstable();
            // A sum that came back to zero on the way stands twice in the list, the second time as zero.
            let all = self.touched.iter().map(|at| (*at, std::mem::take(&mut self.dense[*at as usize])));
            out.extend(all.filter(|(_, x)| *x != (0, 0)));
        }
        self.touched.clear();
        let mut terms = std::mem::take(&mut self.terms);
        terms.sort_unstable_by_key(|t| t.0);
        for (place, (a, b)) in terms {
            match out.last_mut() {
                Some((last, sum)) if *last == place => *sum = (sum.0 + a, sum.1 + b),
                _ => out.push((place, (a, b))),
            }
        }
        out.retain(|(_, x)| *x != (0, 0));
        out
    }
}

/// Divided by the greatest common divisor; the first entry becomes positive.
fn primitive(mut tensor: Integers) -> Integers {
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

/// Functionals in which a place occurs.
const FUNCTIONALS: usize = 4;

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
    pub fn add(&mut self, tensor: Integers, limits: &Limits) -> Result<(), Stop> {
        if tensor.is_empty() || self.is_complete() {
            return Ok(());
        }
        let p = self.p;
        // Each place occurs in some pseudo-random functionals with pseudo-random coefficients.
        let mut seen = vec![0u32; FUNCTIONALS * self.count + 64];
        for (place, x) in &tensor {
            let x = p.reduce_signed(*x);
            let mut word = scattered(*place);
            for _ in 0..FUNCTIONALS {
                let sum = &mut seen[(word >> 32) as usize % (FUNCTIONALS * self.count + 64)];
                *sum = p.add(*sum, p.mul(x, p.reduce(word & 0xffff_ffff)));
                word = scattered(word);
            }
        }
        if self.seen.insert(seen) {
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
