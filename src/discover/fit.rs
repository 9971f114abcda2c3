//! A polynomial that stands in for an oracle when all there is are its values at some points.

use std::sync::Arc;

use super::error::DiscoverError;
use super::fraction::{Fraction, Fractions};
use super::from_form::write;
use super::oracle::{Oracle, Role};
use super::snap::candidates;
use super::steps::{Draft, Step};
use crate::exact::Matrix;
use crate::float::dense::least_squares;
use crate::forms::{Monomial, Polynomial};
use crate::limits::Limits;
use crate::num::Gaussian;

/// Monomials beyond which no polynomial is fitted.
const MOST_MONOMIALS: usize = 5000;
/// The degrees that are tried when none is given.
const DEGREES: u32 = 4;
/// A held-out error below this part of the spread of the labels is as good as exact.
const EXACT: f64 = 1e-9;

/// A polynomial fitted to labels.
#[derive(Clone, Debug)]
pub struct Fit {
    /// It as an oracle of `copies` vectors.
    pub oracle: Oracle,
    /// Its degree.
    pub degree: u32,
    /// The root mean square of the error on the rows that were held out (every fifth), relative to the spread of the labels;
    /// the worst over the labels.
    pub error: f64,
    /// The polynomials, when their coefficients are small fractions.
    pub exact: Option<Vec<Polynomial>>,
}

/// Fits polynomials in the columns of `points`, the coordinates of `copies` vectors one after the other, to the columns of
/// `labels`. Without a degree those up to 4 are tried, as long as there are twice as many rows as monomials; the one that
/// predicts the held-out rows best is taken, the smallest of those that predict to rounding.
pub fn fit(
    points: &Matrix<f64>,
    labels: &Matrix<f64>,
    copies: usize,
    degree: Option<u32>,
    limits: &Limits,
) -> Result<Fit, DiscoverError> {
    let (rows, variables) = (points.rows(), points.cols());
    if rows < 10 || variables == 0 || labels.cols() == 0 {
        return Err(DiscoverError::Argument("a fit needs ten rows, a coordinate and a label".into()));
    }
    if copies == 0 || !variables.is_multiple_of(copies) {
        let message = format!("{variables} coordinates are not those of {copies} vectors of one dimension");
        return Err(DiscoverError::Shape(message));
    }
    let scales: Vec<f64> = (0..variables)
        .map(|j| {
            let square = (0..rows).map(|i| points[(i, j)].powi(2)).sum::<f64>() / rows as f64;
            if square > 0.0 { square.sqrt() } else { 1.0 }
        })
        .collect();
    let mut best: Option<(f64, u32)> = None;
    let candidates = match degree {
        Some(degree) => degree..=degree,
        None => 1..=DEGREES,
    };
    for d in candidates {
        let monomials = monomials(variables, d, MOST_MONOMIALS);
        let Some(monomials) = monomials.filter(|m| degree.is_some() || 2 * m.len() <= rows) else { break };
        if monomials.len() * 5 > rows * 4 {
            let message = format!(
                "a polynomial of degree {d} in {variables} coordinates has {} coefficients; {rows} rows are too few",
                monomials.len()
            );
            return Err(DiscoverError::Argument(message));
        }
        let error = held_out(points, labels, &scales, &monomials, limits)?;
        if best.is_none_or(|(least, _)| error < least) {
            best = Some((error, d));
        }
        if error < EXACT {
            break;
        }
    }
    let Some((error, degree)) = best else {
        return Err(DiscoverError::Argument(format!(
            "{rows} rows are too few to fit a polynomial in {variables} coordinates"
        )));
    };
    let monomials = monomials(variables, degree, MOST_MONOMIALS).unwrap_or_default();
    let all: Vec<usize> = (0..rows).collect();
    let coefficients = solve(points, labels, &scales, &monomials, &all, limits)?;
    let exact = if error < EXACT.sqrt() { round(&coefficients, &monomials, error) } else { None };
    let roles = vec![Role::Vector; copies];
    let draft = Arc::new(Draft::new());
    let n = variables / copies;
    let oracle = match &exact {
        Some(polynomials) => {
            let outputs: Vec<u32> = polynomials.iter().map(|p| write(p, &draft)).collect();
            let oracle = Oracle::new(n, false, roles, &draft, &outputs)?;
            let fractions = polynomials.iter().cloned().map(Fraction::polynomial).collect();
            oracle.with_fractions(Fractions::rational(fractions))
        }
        None => {
            let outputs: Vec<u32> = coefficients.iter().map(|c| write_floats(c, &monomials, &draft)).collect();
            Oracle::new(n, false, roles, &draft, &outputs)?
        }
    };
    Ok(Fit { oracle, degree, error, exact })
}

/// All monomials up to a degree, the constant first; `None` when there are more than `most`.
fn monomials(variables: usize, degree: u32, most: usize) -> Option<Vec<Vec<u32>>> {
    let mut all: Vec<Vec<u32>> = vec![Vec::new()];
    let mut last = 0;
    for _ in 0..degree {
        let end = all.len();
        for at in last..end {
            let from = all[at].last().copied().unwrap_or(0);
            for v in from..variables as u32 {
                if all.len() >= most {
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

/// The coefficients of each label, in unscaled coordinates.
fn solve(
    points: &Matrix<f64>,
    labels: &Matrix<f64>,
    scales: &[f64],
    monomials: &[Vec<u32>],
    rows: &[usize],
    limits: &Limits,
) -> Result<Vec<Vec<f64>>, DiscoverError> {
    limits.check()?;
    limits.reserve(rows.len() as u128 * monomials.len() as u128 * 16)?;
    let value = |i: usize, m: &Vec<u32>| m.iter().map(|&v| points[(i, v as usize)] / scales[v as usize]).product();
    let design = Matrix::from_fn(rows.len(), monomials.len(), |i, k| value(rows[i], &monomials[k]));
    let right = Matrix::from_fn(rows.len(), labels.cols(), |i, o| labels[(rows[i], o)]);
    let solved = least_squares(&design, &right).ok_or_else(|| {
        DiscoverError::Argument("the fit is not unique: the points satisfy an equation of this degree".into())
    })?;
    let unscale = |m: &Vec<u32>| m.iter().map(|&v| scales[v as usize]).product::<f64>();
    Ok((0..labels.cols())
        .map(|o| monomials.iter().enumerate().map(|(k, m)| solved[(k, o)] / unscale(m)).collect())
        .collect())
}

/// The error on every fifth row of a fit to the others.
fn held_out(
    points: &Matrix<f64>,
    labels: &Matrix<f64>,
    scales: &[f64],
    monomials: &[Vec<u32>],
    limits: &Limits,
) -> Result<f64, DiscoverError> {
    let (out, kept): (Vec<usize>, Vec<usize>) = (0..points.rows()).partition(|i| i % 5 == 4);
    let coefficients = solve(points, labels, scales, monomials, &kept, limits)?;
    let mut worst: f64 = 0.0;
    for (o, own) in coefficients.iter().enumerate() {
        let mean = (0..labels.rows()).map(|i| labels[(i, o)]).sum::<f64>() / labels.rows() as f64;
        let (mut error, mut spread) = (0.0, 0.0);
        for &i in &out {
            let value = |m: &Vec<u32>| m.iter().map(|&v| points[(i, v as usize)]).product::<f64>();
            let fitted: f64 = monomials.iter().zip(own).map(|(m, c)| c * value(m)).sum();
            error += (fitted - labels[(i, o)]).powi(2);
            spread += (labels[(i, o)] - mean).powi(2);
        }
        worst = worst.max(if spread > 0.0 { (error / spread).sqrt() } else { 0.0 });
    }
    Ok(worst)
}

/// The polynomials with coefficients that are small fractions, each up to a factor that makes its largest one 1.
fn round(coefficients: &[Vec<f64>], monomials: &[Vec<u32>], error: f64) -> Option<Vec<Polynomial>> {
    let mut out = Vec::new();
    for own in coefficients {
        // A constant term is no matter for symmetries.
        let largest = own.iter().zip(monomials).filter(|(_, m)| !m.is_empty()).map(|(c, _)| *c);
        let largest = largest.fold(0.0f64, |a, b| if b.abs() > a.abs() { b } else { a });
        if largest == 0.0 {
            out.push(Polynomial::zero());
            continue;
        }
        let relative: Vec<f64> =
            own.iter().zip(monomials).map(|(c, m)| if m.is_empty() { 0.0 } else { c / largest }).collect();
        let found = candidates(&[relative], 100.0 * error + 1e-9, false).next()?;
        let mut polynomial = Polynomial::zero();
        for (k, x) in found.vectors.first()? {
            polynomial.add_term(Gaussian::from(x.clone()), Monomial::new(monomials.get(*k as usize)?.clone()));
        }
        out.push(polynomial);
    }
    Some(out)
}

/// The steps of a polynomial with float coefficients.
fn write_floats(coefficients: &[f64], monomials: &[Vec<u32>], draft: &Draft) -> u32 {
    let mut sum = draft.push(Step::Float(0.0));
    let variables: Vec<u32> = {
        let count = monomials.iter().flatten().max().map_or(0, |v| v + 1);
        (0..count).map(|v| draft.push(Step::Variable(v))).collect()
    };
    for (c, monomial) in coefficients.iter().zip(monomials).filter(|(c, _)| **c != 0.0) {
        let mut product = draft.push(Step::Float(*c));
        for &v in monomial {
            product = draft.multiply(product, variables[v as usize]);
        }
        sum = draft.add(sum, product);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::{Law, sample};

    #[test]
    fn a_cubic_comes_back_exactly() {
        let limits = Limits::none();
        let points = sample(200, 3, Law::Normal, &limits).unwrap();
        let f = |x: &[f64]| 3.0 * x[0] * x[1] * x[2] - 2.0 * x[0].powi(2) + 6.0 * x[1] + 5.0;
        let labels = Matrix::from_fn(200, 1, |i, _| f(points.row(i)));
        let found = fit(&points, &labels, 1, None, &limits).unwrap();
        assert_eq!(found.degree, 3);
        assert!(found.error < 1e-9, "{}", found.error);
        let names = ["x".to_string(), "y".to_string(), "z".to_string()];
        let text = found.exact.unwrap()[0].display(&names);
        assert_eq!(text, "1/2*x*y*z - 1/3*x^2 + y");
    }

    #[test]
    fn what_is_no_polynomial_is_said() {
        let limits = Limits::none();
        let points = sample(300, 2, Law::Box(-2.0, 2.0), &limits).unwrap();
        let labels = Matrix::from_fn(300, 1, |i, _| points[(i, 0)].abs());
        let found = fit(&points, &labels, 1, None, &limits).unwrap();
        assert!(found.error > 1e-3 && found.exact.is_none());
        assert!(fit(&points, &labels, 1, Some(30), &limits).is_err());
        // Points on the unit circle satisfy an equation of degree 2.
        let circle = sample(300, 2, Law::Sphere, &limits).unwrap();
        assert!(fit(&circle, &labels, 1, Some(2), &limits).is_err());
    }
}
