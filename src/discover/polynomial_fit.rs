//! Polynomials fitted to the columns of a table by least squares.

use super::error::DiscoverError;
use super::snap::candidates;
use super::steps::{Draft, Step};
use crate::exact::Matrix;
use crate::exact::sparse::to_dense;
use crate::float::dense::{least_squares, pivots};
use crate::float::triangular::push_rows;
use crate::forms::{Monomial, Polynomial};
use crate::limits::Limits;
use crate::num::{Gaussian, Rational};

/// Monomials beyond which no polynomial is fitted.
const MOST_MONOMIALS: usize = 5000;
/// What is left of a column that is a combination of others: below `ZERO` it is rounding; of data that were rounded it is
/// below `SMALL`, behind a drop of at least a factor `DROP`.
const ZERO: f64 = 1e-11;
const SMALL: f64 = 1e-4;
const DROP: f64 = 300.0;

/// Rows whose monomials are held at once.
const AT_ONCE: usize = 4096;

/// The part of the largest term below which a term is not printed.
const NEGLIGIBLE: f64 = 1e-3;

/// Polynomials with float coefficients in given monomials: lists of variables with repetition.
#[derive(Clone, Debug)]
pub(super) struct FloatPolynomials {
    pub monomials: Vec<Vec<u32>>,
    /// The coefficients of each polynomial.
    pub coefficients: Vec<Vec<f64>>,
}

impl FloatPolynomials {
    /// The steps of each one.
    pub fn write(&self, draft: &Draft) -> Vec<u32> {
        let count = self.monomials.iter().flatten().max().map_or(0, |v| v + 1);
        let variables: Vec<u32> = (0..count).map(|v| draft.push(Step::Variable(v))).collect();
        let of = |coefficients: &Vec<f64>| {
            let mut sum = draft.push(Step::Float(0.0));
            for (c, monomial) in coefficients.iter().zip(&self.monomials).filter(|(c, _)| **c != 0.0) {
                let mut product = draft.push(Step::Float(*c));
                for &v in monomial {
                    product = draft.multiply(product, variables[v as usize]);
                }
                sum = draft.add(sum, product);
            }
            sum
        };
        self.coefficients.iter().map(of).collect()
    }

    /// The values of each one at a point.
    pub fn values(&self, x: &[f64]) -> Vec<f64> {
        let terms: Vec<f64> = self.monomials.iter().map(|m| m.iter().map(|&v| x[v as usize]).product()).collect();
        self.coefficients.iter().map(|own| own.iter().zip(&terms).map(|(c, t)| c * t).sum()).collect()
    }

    /// Each one with these names of variables, divided by the coefficient of its largest term at variables of these sizes, without
    /// the terms that are below a thousandth of it, to four digits.
    pub fn texts(&self, names: &[String], scales: &[f64]) -> Vec<String> {
        let name = |v: &u32| names.get(*v as usize).cloned().unwrap_or_else(|| format!("x{}", v + 1));
        let size = |c: f64, m: &Vec<u32>| m.iter().map(|&v| scales[v as usize]).product::<f64>() * c.abs();
        let of = |own: &Vec<f64>| {
            let sized = || own.iter().zip(&self.monomials).map(|(c, m)| (*c, m, size(*c, m)));
            let Some((lead, _, largest)) = sized().max_by(|a, b| a.2.total_cmp(&b.2)) else { return String::new() };
            let words = |(c, m, _): (f64, &Vec<u32>, f64)| {
                let digits = format!("{:.4}", (c / lead).abs());
                let factor = digits.trim_end_matches('0').trim_end_matches('.').to_string();
                let powers = m.chunk_by(|v, w| v == w).map(|same| match same {
                    [v] => name(v),
                    [v, ..] => format!("{}^{}", name(v), same.len()),
                    [] => String::new(),
                });
                let factors = std::iter::once(factor).filter(|f| f != "1" || m.is_empty()).chain(powers);
                let sign = if c / lead < 0.0 { " - " } else { " + " };
                format!("{sign}{}", factors.collect::<Vec<_>>().join("*"))
            };
            // The largest one first, which is positive.
            let mut terms: Vec<(f64, &Vec<u32>, f64)> = sized().filter(|term| term.2 > NEGLIGIBLE * largest).collect();
            terms.sort_by_key(|term| term.2 != largest);
            let text: String = terms.into_iter().map(words).collect();
            text.trim_start_matches(" + ").to_string()
        };
        self.coefficients.iter().map(of).collect()
    }

    /// The polynomials with coefficients that are small fractions, or such fractions times powers of ten where coordinates of
    /// these sizes differ much. `None` when they are no such thing: `accuracy` is how far terms may be off, relative to the
    /// largest one.
    pub fn round(&self, scales: &[f64], accuracy: f64, up_to: UpTo) -> Option<Vec<Polynomial>> {
        let sizes: Vec<f64> = self.monomials.iter().map(|m| unscale(scales, m)).collect();
        let counts = |k: usize| up_to != UpTo::FactorsAndConstants || !self.monomials[k].is_empty();
        let term = |own: &[f64]| {
            let terms = own.iter().zip(&sizes).enumerate().filter(|(k, _)| counts(*k));
            terms.map(|(_, (c, size))| c.abs() * size).fold(0.0, f64::max)
        };
        // The largest coefficient, of terms that are no rounding.
        let largest = |own: &[f64]| {
            let least = accuracy * term(own);
            let terms = own.iter().zip(&sizes).enumerate();
            let counted = terms.filter(|(k, (c, size))| counts(*k) && c.abs() * **size > least).map(|(_, (c, _))| *c);
            counted.fold(0.0f64, |a, b| if b.abs() > a.abs() { b } else { a })
        };
        let leads: Vec<f64> = self.coefficients.iter().map(|own| largest(own)).collect();
        let common = leads.iter().copied().fold(0.0f64, |a, b| if b.abs() > a.abs() { b } else { a });
        let mut out = Vec::new();
        for (own, lead) in self.coefficients.iter().zip(leads) {
            let lead = if up_to == UpTo::OneFactor { common } else { lead };
            if lead == 0.0 {
                out.push(Polynomial::zero());
                continue;
            }
            let relative: Vec<f64> =
                own.iter().enumerate().map(|(k, c)| if counts(k) { c / lead } else { 0.0 }).collect();
            let term = term(&relative);
            let allowed: Vec<f64> = sizes.iter().map(|size| accuracy * term / size).collect();
            let coefficients = fractions(&relative, accuracy, &allowed).or_else(|| decimals(&relative, &allowed))?;
            let mut polynomial = Polynomial::zero();
            for (x, m) in coefficients.into_iter().zip(&self.monomials) {
                polynomial.add_term(Gaussian::from(x), Monomial::new(m.clone()));
            }
            out.push(polynomial);
        }
        Some(out)
    }
}

/// Up to what polynomials are to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UpTo {
    /// A factor of each one, which makes its largest coefficient 1.
    Factors,
    /// The same, and without constant terms.
    FactorsAndConstants,
    /// One factor of all of them.
    OneFactor,
}

/// Numbers as fractions of one bounded denominator that are off by at most `accuracy`, and each by what is `allowed` of it.
fn fractions(numbers: &[f64], accuracy: f64, allowed: &[f64]) -> Option<Vec<Rational>> {
    let found = candidates(&[numbers.to_vec()], accuracy, false).next()?;
    let all = to_dense(found.vectors.first()?, numbers.len());
    let near = all.iter().zip(numbers).zip(allowed).all(|((r, x), allowed)| (r.to_f64() - x).abs() <= *allowed);
    near.then_some(all)
}

/// Numbers as fractions of bounded denominators times powers of ten, each off by at most what is `allowed` of it.
fn decimals(numbers: &[f64], allowed: &[f64]) -> Option<Vec<Rational>> {
    let one = |(x, allowed): (&f64, &f64)| {
        if x.abs() <= *allowed {
            return Some(Rational::ZERO);
        }
        let exponent = x.abs().log10().floor() as i32;
        let power = Rational::from(10).pow(exponent)?;
        let unit = power.to_f64();
        let found = candidates(&[vec![x / unit]], allowed / unit, false).next()?;
        to_dense(found.vectors.first()?, 1).pop().map(|mantissa| &mantissa * &power)
    };
    numbers.iter().zip(allowed).map(one).collect()
}

/// All monomials up to a degree, the constant first; `None` when there are too many.
pub(super) fn monomials(variables: usize, degree: u32) -> Option<Vec<Vec<u32>>> {
    let mut all: Vec<Vec<u32>> = vec![Vec::new()];
    let mut last = 0;
    for _ in 0..degree {
        let end = all.len();
        for at in last..end {
            let from = all[at].last().copied().unwrap_or(0);
            for v in from..variables as u32 {
                if all.len() >= MOST_MONOMIALS {
                    return None;
                }
                let mut longer = all[at].clone();
                longer.push(v);
                all.push(longer);
            }
        }
        last = end;
    }
    Some(all)
}

/// The root mean square of each coordinate (1 where it vanishes).
pub(super) fn scales(points: &Matrix<f64>) -> Vec<f64> {
    let square = |j: usize| (0..points.rows()).map(|i| points[(i, j)].powi(2)).sum::<f64>() / points.rows() as f64;
    (0..points.cols()).map(square).map(|s| if s > 0.0 { s.sqrt() } else { 1.0 }).collect()
}

/// The values of monomials in scaled coordinates at some rows, and beside them `others(row, k)` for so many `k`. Of many rows
/// their triangular factor, which has the same inner products of columns: memory does not grow with the rows.
fn design(
    points: &Matrix<f64>,
    scales: &[f64],
    monomials: &[Vec<u32>],
    rows: &[usize],
    (count, others): (usize, impl Fn(usize, usize) -> f64),
) -> [Matrix<f64>; 2] {
    let value = |i: usize, m: &Vec<u32>| m.iter().map(|&v| points[(i, v as usize)] / scales[v as usize]).product();
    let (own, width) = (monomials.len(), monomials.len() + count);
    if rows.len() <= AT_ONCE.max(2 * width) {
        return [
            Matrix::from_fn(rows.len(), own, |i, k| value(rows[i], &monomials[k])),
            Matrix::from_fn(rows.len(), count, |i, k| others(rows[i], k)),
        ];
    }
    let mut triangle = vec![0.0; width * width];
    let mut chunk = Vec::new();
    for rows in rows.chunks(AT_ONCE.max(2 * width) / 2) {
        chunk.clear();
        for &i in rows {
            chunk.extend(monomials.iter().map(|m| value(i, m)));
            chunk.extend((0..count).map(|k| others(i, k)));
        }
        push_rows(width, &mut triangle, &chunk);
    }
    [
        Matrix::from_fn(width, own, |i, k| triangle[i * width + k]),
        Matrix::from_fn(width, count, |i, k| triangle[i * width + own + k]),
    ]
}

/// Numbers that [`design`] takes.
fn size(rows: usize, width: usize) -> u128 {
    (rows.min(AT_ONCE.max(2 * width)) as u128 + 3 * width as u128) * width as u128
}

fn unscale(scales: &[f64], monomial: &[u32]) -> f64 {
    monomial.iter().map(|&v| scales[v as usize]).product()
}

/// The polynomials in these monomials that fit each label on some rows best. `2 rows · monomials²` operations.
pub(super) fn solve(
    points: &Matrix<f64>,
    labels: &Matrix<f64>,
    scales: &[f64],
    monomials: &[Vec<u32>],
    rows: &[usize],
    limits: &Limits,
) -> Result<FloatPolynomials, DiscoverError> {
    limits.check()?;
    limits.reserve(16 * size(rows.len(), monomials.len() + labels.cols()))?;
    let beside = (labels.cols(), |i, o| labels[(i, o)]);
    let [left, right] = design(points, scales, monomials, rows, beside);
    let solved = least_squares(&left, &right).ok_or_else(|| {
        DiscoverError::Argument("the fit is not unique: the points satisfy an equation of this degree".into())
    })?;
    let own = |o| monomials.iter().enumerate().map(|(k, m)| solved[(k, o)] / unscale(scales, m)).collect();
    Ok(FloatPolynomials { monomials: monomials.to_vec(), coefficients: (0..labels.cols()).map(own).collect() })
}

/// The monomials that are independent as functions on the points, in their order, and the others.
pub(super) fn independent(
    points: &Matrix<f64>,
    scales: &[f64],
    monomials: &[Vec<u32>],
    limits: &Limits,
) -> Result<[Vec<Vec<u32>>; 2], DiscoverError> {
    limits.check()?;
    limits.reserve(16 * size(points.rows(), monomials.len()))?;
    let all: Vec<usize> = (0..points.rows()).collect();
    let [mut values, _] = design(points, scales, monomials, &all, (0, |_, _| 0.0));
    let length = |k: usize| (0..values.rows()).map(|i| values[(i, k)].powi(2)).sum::<f64>().sqrt();
    let lengths: Vec<f64> = (0..monomials.len()).map(length).map(|l| if l > 0.0 { l } else { 1.0 }).collect();
    values = Matrix::from_fn(values.rows(), values.cols(), |i, k| values[(i, k)] / lengths[k]);
    let order = pivots(&values);
    let largest = order.first().map_or(0.0, |p| p.1);
    let mut rank = order.iter().take_while(|p| p.1 > ZERO * largest).count();
    for k in 1..rank {
        if order[k].1 < SMALL * largest && order[k - 1].1 > DROP * order[k].1 {
            rank = k;
            break;
        }
    }
    let mut kept = vec![false; monomials.len()];
    order[..rank].iter().for_each(|p| kept[p.0] = true);
    let part =
        |which: bool| monomials.iter().zip(&kept).filter(|(_, k)| **k == which).map(|(m, _)| m.clone()).collect();
    Ok([part(true), part(false)])
}

/// The monomials that depend on the others, as polynomials that vanish on the points: `m − Σ c_k m_k`.
pub(super) fn vanishing(
    points: &Matrix<f64>,
    scales: &[f64],
    (independent, others): (&[Vec<u32>], &[Vec<u32>]),
    limits: &Limits,
) -> Result<FloatPolynomials, DiscoverError> {
    let all: Vec<usize> = (0..points.rows()).collect();
    let value = |i: usize, m: &Vec<u32>| m.iter().map(|&v| points[(i, v as usize)]).product();
    let labels = Matrix::from_fn(points.rows(), others.len(), |i, k| value(i, &others[k]));
    let mut found = solve(points, &labels, scales, independent, &all, limits)?;
    found.monomials.extend_from_slice(others);
    for (k, own) in found.coefficients.iter_mut().enumerate() {
        own.iter_mut().for_each(|c| *c = -*c);
        own.extend((0..others.len()).map(|j| f64::from(u8::from(j == k))));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::{Law, sample};

    /// Many rows in pieces against their normal equations: the same coefficients, the same dependent monomials.
    #[test]
    fn many_rows_are_a_triangle() {
        let limits = Limits::none();
        let drawn = sample(3 * AT_ONCE, 2, Law::Normal, &limits).unwrap();
        let points = Matrix::from_fn(drawn.rows(), 3, |i, j| match j {
            2 => drawn[(i, 0)] + 2.0 * drawn[(i, 1)],
            _ => drawn[(i, j)],
        });
        // 2 − 3 x + x y
        let labels = Matrix::from_fn(drawn.rows(), 1, |i, _| 2.0 + (drawn[(i, 1)] - 3.0) * drawn[(i, 0)]);
        let scales = scales(&points);
        let [kept, others] = independent(&points, &scales, &monomials(3, 1).unwrap(), &limits).unwrap();
        assert_eq!((kept.len(), others.len()), (3, 1));
        let own = monomials(2, 2).unwrap();
        let rows: Vec<usize> = (0..drawn.rows()).rev().collect();
        let found = solve(&points, &labels, &scales, &own, &rows, &limits).unwrap();
        for (c, m) in found.coefficients[0].iter().zip(&own) {
            let exact = match m.as_slice() {
                [] => 2.0,
                [0] => -3.0,
                [0, 1] => 1.0,
                _ => 0.0,
            };
            assert!((c - exact).abs() < 1e-12, "{c} {m:?}");
        }
        let few: Vec<usize> = (0..100).collect();
        let same = solve(&points, &labels, &scales, &own, &few, &limits).unwrap();
        assert!(same.coefficients[0].iter().zip(&found.coefficients[0]).all(|(a, b)| (a - b).abs() < 1e-12));
    }
}
