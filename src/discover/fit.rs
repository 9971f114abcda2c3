//! A function that stands in for an oracle when all there is are its values at some points: a polynomial or a small network.
//!
//! The rows are divided into four parts in random order, and four models leave one part out each. What they say of the rows
//! they have not seen is the error of the fit; how far their derivatives lie apart is the error of its derivatives, by the
//! jackknife with groups (Quenouille 1956; Efron and Stein 1981).

use std::sync::Arc;

use super::error::DiscoverError;
use super::evaluate::{BLOCK, Block, Evaluator};
use super::fraction::{Fraction, Fractions};
use super::from_form::write;
use super::network_fit::Networks;
use super::oracle::{Oracle, Role};
use super::polynomial_fit::{FloatPolynomials, UpTo, independent, monomials, scales, solve};
use super::steps::Draft;
use super::surface::Surface;
use crate::exact::Matrix;
use crate::float::Random;
use crate::forms::Polynomial;
use crate::limits::Limits;

/// Fewer rows are not fitted: nothing would be left to hold out.
pub const LEAST_ROWS: usize = 10;
/// Parts of the rows that are left out in turn.
const FOLDS: usize = 4;
/// The stream of random numbers that the parts come from.
const PARTS: u64 = 0x0070_6172_7473;
/// The degrees that are tried when none is given.
const DEGREES: u32 = 4;
/// A held-out error below this part of the spread of the labels is as good as exact.
const EXACT: f64 = 1e-9;
/// A held-out error, in units of the spread of the labels, that the mean of the labels has without any model.
const USELESS: f64 = 1.0;
/// A polynomial with a held-out error below this part is not measured against a network.
const GOOD: f64 = 1e-3;
/// A polynomial with a held-out error below this part leaves gaps of the spectrum clear without an estimate of its errors, which
/// would be of roundings of the table more than of noise.
const NEGLIGIBLE: f64 = 1e-4;
/// A network has to be better than a polynomial by this factor.
const BETTER: f64 = 0.95;
/// Fewer rows are not given to a network unless it is asked for.
const NETWORK_ROWS: usize = 60;
/// Standard errors within which a derivative of a polynomial is taken to be. Networks start from different points, so that
/// how far they lie apart is no less than their error as it is.
const STANDARD_ERRORS: f64 = 2.0;

/// A family of functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Polynomials.
    Polynomial,
    /// Networks of hyperbolic tangents.
    Network,
}

/// What is to be fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FitRequest {
    /// The family; the one that predicts held-out rows best when none is given.
    pub family: Option<Family>,
    /// The degree of polynomials; the best up to 4 when none is given.
    pub degree: Option<u32>,
    /// Neurons in each hidden layer of a network.
    pub hidden: usize,
    /// Hidden layers.
    pub layers: usize,
    /// Whether the values themselves count, and not only where they are equal: `B f` in `df(x) A x = B f(x)`.
    pub values: bool,
}

impl Default for FitRequest {
    fn default() -> FitRequest {
        FitRequest { family: None, degree: None, hidden: 12, layers: 2, values: false }
    }
}

/// A model of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// Polynomials of this degree.
    Polynomial(u32),
    /// Networks with so many neurons in each of so many hidden layers.
    Network(usize, usize),
}

/// A model fitted to labels.
#[derive(Clone, Debug)]
pub struct Fit {
    /// It as an oracle of `copies` vectors; equations that the points satisfy are further outputs of it.
    pub oracle: Oracle,
    /// What it is.
    pub model: Model,
    /// The root mean square of the error on rows that were held out, relative to the spread of the labels; the worst over the
    /// labels.
    pub error: f64,
    /// The same of the derivatives at the points, relative to their root mean square, estimated; `None` when the model is exact.
    pub slope_error: Option<f64>,
    /// The polynomials, when their coefficients are small fractions.
    pub exact: Option<Vec<Polynomial>>,
    /// The models that were tried, with their errors.
    pub tried: Vec<(Model, f64)>,
    /// The equations that the points satisfy.
    pub surface: Option<Surface>,
}

/// The rows in their parts.
struct Table<'a> {
    points: &'a Matrix<f64>,
    labels: &'a Matrix<f64>,
    /// The rows in random order; the part of a row is its place modulo [`FOLDS`].
    order: Vec<usize>,
}

impl Table<'_> {
    fn outside(&self, fold: usize) -> Vec<usize> {
        self.order.iter().enumerate().filter(|(at, _)| at % FOLDS != fold).map(|(_, i)| *i).collect()
    }

    /// The error of what `value(fold, x)` says of the rows of each part, the worst over the labels.
    fn held_out(&self, value: impl Fn(usize, &[f64]) -> Vec<f64>) -> f64 {
        let outputs = self.labels.cols();
        let mut errors = vec![0.0; outputs];
        for (at, &i) in self.order.iter().enumerate() {
            let fitted = value(at % FOLDS, self.points.row(i));
            (0..outputs).for_each(|o| errors[o] += (fitted[o] - self.labels[(i, o)]).powi(2));
        }
        let rows = self.labels.rows() as f64;
        let relative = |(o, error): (usize, &f64)| {
            let column = || (0..self.labels.rows()).map(|i| self.labels[(i, o)]);
            let mean = column().sum::<f64>() / rows;
            let spread: f64 = column().map(|y| (y - mean).powi(2)).sum();
            if spread > 0.0 { (error / spread).sqrt() } else { 0.0 }
        };
        errors.iter().enumerate().map(relative).fold(0.0, f64::max)
    }
}

/// A polynomial with those that leave a part out.
struct PolynomialFit {
    degree: u32,
    error: f64,
    folds: Vec<FloatPolynomials>,
}

/// Fits functions of the columns of `points`, the coordinates of `copies` vectors one after the other, to the columns of
/// `labels`. Of polynomials those up to degree 4 are tried unless one is given, as long as there are twice as many rows as
/// monomials; the model that predicts held-out rows best is taken, the smallest of those that predict to rounding.
pub fn fit(
    points: &Matrix<f64>,
    labels: &Matrix<f64>,
    copies: usize,
    request: &FitRequest,
    limits: &Limits,
) -> Result<Fit, DiscoverError> {
    let (rows, variables) = (points.rows(), points.cols());
    if rows < LEAST_ROWS || variables == 0 || labels.cols() == 0 {
        let message =
            format!("a fit needs {LEAST_ROWS} different rows, a coordinate and a label; there are {rows} rows");
        return Err(DiscoverError::Argument(message));
    }
    if copies == 0 || !variables.is_multiple_of(copies) {
        let message = format!("{variables} coordinates are not those of {copies} vectors of one dimension");
        return Err(DiscoverError::Shape(message));
    }
    let mut order: Vec<usize> = (0..rows).collect();
    let mut random = Random::new(limits.seed(), PARTS);
    (1..rows).rev().for_each(|at| order.swap(at, random.below(at + 1)));
    let table = Table { points, labels, order };
    let surface = Surface::of(points, limits)?;
    let mut tried = Vec::new();
    let polynomial = match request.family {
        Some(Family::Network) => None,
        family => {
            let needed = family.is_some() || request.degree.is_some() || rows < NETWORK_ROWS;
            polynomials(&table, request.degree, needed, &mut tried, limits)?
        }
    };
    let network = match (request.family, &polynomial) {
        (Some(Family::Polynomial), _) => None,
        (None, Some(found)) if request.degree.is_some() || found.error < GOOD || rows < NETWORK_ROWS => None,
        _ => {
            let shape = (request.hidden, request.layers);
            let networks = Networks::new((points, labels), shape, (&table.order, FOLDS), limits)?;
            let value = |fold, x: &[f64]| (0..labels.cols()).map(|o| networks.value(o, fold, x)).collect();
            let error = table.held_out(value);
            tried.push((Model::Network(request.hidden, request.layers), error));
            Some((networks, error))
        }
    };
    let program = Program { n: variables / copies, copies, surface: surface.as_ref() };
    let (oracle, model, error, exact) = match (network, polynomial) {
        (Some((networks, error)), polynomial) if polynomial.as_ref().is_none_or(|p| error < BETTER * p.error) => {
            let oracle = program.oracle(|draft| networks.write(None, draft))?;
            let others = (0..FOLDS).map(|k| program.oracle(|draft| networks.write(Some(k), draft)));
            let spread = (FOLDS - 1) as f64 / FOLDS as f64;
            let oracle = oracle.with_alternatives(others.collect::<Result<_, _>>()?, spread);
            (oracle, Model::Network(request.hidden, request.layers), error, None)
        }
        (_, Some(found)) => {
            let up_to = if request.values { UpTo::OneFactor } else { UpTo::FactorsAndConstants };
            let (oracle, exact) = of_polynomials(&table, &program, &found, up_to, limits)?;
            (oracle, Model::Polynomial(found.degree), found.error, exact)
        }
        _ => return Err(DiscoverError::Internal("no model was fitted".into())),
    };
    if error >= USELESS {
        let message = format!(
            "the coordinates do not predict the labels: on held-out rows the best model errs by {error:.2} of their spread, no less \
             than their mean does"
        );
        return Err(DiscoverError::Argument(message));
    }
    let slope_error = slope_error(&oracle, points);
    Ok(Fit { oracle, model, error, slope_error, exact, tried, surface })
}

/// The polynomial that predicts best; without one that could be fitted an error, or nothing where none is `needed`.
fn polynomials(
    table: &Table<'_>,
    degree: Option<u32>,
    needed: bool,
    tried: &mut Vec<(Model, f64)>,
    limits: &Limits,
) -> Result<Option<PolynomialFit>, DiscoverError> {
    let (rows, variables) = (table.points.rows(), table.points.cols());
    let scales = scales(table.points);
    let mut best: Option<PolynomialFit> = None;
    let candidates = match degree {
        Some(degree) => degree..=degree,
        None => 1..=DEGREES,
    };
    for d in candidates {
        let all = monomials(variables, d).filter(|m| degree.is_some() || 2 * m.len() <= rows);
        let Some(all) = all else { break };
        if all.len() * 3 > rows * 2 {
            let message = format!(
                "a polynomial of degree {d} in {variables} coordinates has {} coefficients; {rows} rows are too few",
                all.len()
            );
            return Err(DiscoverError::Argument(message));
        }
        // Where the points satisfy equations some monomials are combinations of others.
        let [kept, _] = independent(table.points, &scales, &all, limits)?;
        let fold = |k: usize| solve(table.points, table.labels, &scales, &kept, &table.outside(k), limits);
        let folds = (0..FOLDS).map(fold).collect::<Result<Vec<_>, _>>()?;
        let error = table.held_out(|k, x| folds[k].values(x));
        tried.push((Model::Polynomial(d), error));
        if best.as_ref().is_none_or(|least| error < least.error) {
            best = Some(PolynomialFit { degree: d, error, folds });
        }
        if error < EXACT {
            break;
        }
    }
    match best {
        None if needed => {
            let message = match degree {
                Some(d) => format!("a polynomial of degree {d} in {variables} coordinates has too many coefficients"),
                None => format!("{rows} rows are too few to fit a polynomial in {variables} coordinates"),
            };
            Err(DiscoverError::Argument(message))
        }
        best => Ok(best),
    }
}

/// The polynomial of all rows, exact where its coefficients are small fractions, otherwise with those of the parts.
fn of_polynomials(
    table: &Table<'_>,
    program: &Program<'_>,
    found: &PolynomialFit,
    up_to: UpTo,
    limits: &Limits,
) -> Result<(Oracle, Option<Vec<Polynomial>>), DiscoverError> {
    let scales = scales(table.points);
    let monomials = found.folds.first().map(|f| f.monomials.clone()).unwrap_or_default();
    let all: Vec<usize> = (0..table.points.rows()).collect();
    let whole = solve(table.points, table.labels, &scales, &monomials, &all, limits)?;
    let accuracy = 100.0 * found.error + 1e-9;
    let exact = if found.error < EXACT.sqrt() { whole.round(&scales, accuracy, up_to) } else { None };
    if let Some(polynomials) = exact {
        let oracle = program.oracle(|draft| polynomials.iter().map(|p| write(p, draft)).collect())?;
        let fractions = polynomials.iter().cloned().map(Fraction::polynomial).collect();
        let oracle =
            if program.surface.is_none() { oracle.with_fractions(Fractions::rational(fractions)) } else { oracle };
        return Ok((oracle, Some(polynomials)));
    }
    let oracle = program.oracle(|draft| whole.write(draft))?;
    if found.error < NEGLIGIBLE {
        return Ok((oracle, None));
    }
    let others = found.folds.iter().map(|fold| program.oracle(|draft| fold.write(draft)));
    let spread = STANDARD_ERRORS * STANDARD_ERRORS * (FOLDS - 1) as f64 / FOLDS as f64;
    Ok((oracle.with_alternatives(others.collect::<Result<_, _>>()?, spread), None))
}

/// What makes an oracle of the steps of labels.
struct Program<'a> {
    n: usize,
    copies: usize,
    surface: Option<&'a Surface>,
}

impl Program<'_> {
    fn oracle(&self, labels: impl Fn(&Draft) -> Vec<u32>) -> Result<Oracle, DiscoverError> {
        let draft = Arc::new(Draft::new());
        let mut outputs = labels(&draft);
        if let Some(surface) = self.surface {
            outputs.extend(surface.write(&draft));
        }
        Oracle::new(self.n, false, vec![Role::Vector; self.copies], &draft, &outputs)
    }
}

/// The root mean square of the error of the derivatives, relative to their own.
fn slope_error(oracle: &Oracle, points: &Matrix<f64>) -> Option<f64> {
    let (others, spread) = oracle.alternatives();
    if others.is_empty() {
        return None;
    }
    let width = points.cols();
    let (mut own, mut other) = (Block::default(), Block::default());
    let (mut squares, mut errors) = (0.0, 0.0);
    let mut evaluators: Vec<Evaluator<'_>> = others.iter().map(Evaluator::new).collect();
    let mut evaluator = Evaluator::new(oracle);
    for block in points.entries().chunks(BLOCK * width) {
        evaluator.run(block, &mut own);
        let places = |b: &Block| (0..b.gradients.len()).filter(|at| at % BLOCK < own.count).collect::<Vec<_>>();
        let places = places(&own);
        squares += places.iter().map(|&at| own.gradients[at].powi(2)).sum::<f64>();
        for one in &mut evaluators {
            one.run(block, &mut other);
            errors += spread * places.iter().map(|&at| (own.gradients[at] - other.gradients[at]).powi(2)).sum::<f64>();
        }
    }
    (squares > 0.0).then(|| (errors / squares).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::{Law, sample};

    fn polynomial(degree: Option<u32>) -> FitRequest {
        FitRequest { family: Some(Family::Polynomial), degree, ..FitRequest::default() }
    }

    #[test]
    fn a_cubic_comes_back_exactly() {
        let limits = Limits::none();
        let points = sample(200, 3, Law::Normal, &limits).unwrap();
        let f = |x: &[f64]| 3.0 * x[0] * x[1] * x[2] - 2.0 * x[0].powi(2) + 6.0 * x[1] + 5.0;
        let labels = Matrix::from_fn(200, 1, |i, _| f(points.row(i)));
        let found = fit(&points, &labels, 1, &FitRequest::default(), &limits).unwrap();
        assert_eq!(found.model, Model::Polynomial(3));
        assert!(found.error < 1e-9 && found.slope_error.is_none(), "{}", found.error);
        let names = ["x".to_string(), "y".to_string(), "z".to_string()];
        let text = found.exact.unwrap()[0].display(&names);
        assert_eq!(text, "1/2*x*y*z - 1/3*x^2 + y");
    }

    #[test]
    fn what_is_no_polynomial_is_said() {
        let limits = Limits::none();
        let points = sample(300, 2, Law::Box(-2.0, 2.0), &limits).unwrap();
        let labels = Matrix::from_fn(300, 1, |i, _| points[(i, 0)].abs());
        let found = fit(&points, &labels, 1, &polynomial(None), &limits).unwrap();
        assert!(found.error > 1e-3 && found.exact.is_none() && found.slope_error.is_some_and(|e| e > 1e-3));
        assert!(fit(&points, &labels, 1, &polynomial(Some(30)), &limits).is_err());
    }

    /// The spread of derivatives estimates their error: of noisy labels of a quadratic form, both are known.
    #[test]
    fn the_error_of_derivatives_is_estimated() {
        let limits = Limits::none();
        for (rows, noise, seed) in [(200, 0.1, 0), (1000, 0.05, 1), (1000, 0.3, 2), (200, 1e-3, 3)] {
            let limits = limits.clone().with_seed(seed);
            let points = sample(rows, 3, Law::Normal, &limits).unwrap();
            let errors = sample(rows, 1, Law::Normal, &limits.clone().with_seed(seed + 100)).unwrap();
            let f = |x: &[f64]| x[0] * x[0] + 0.3 * x[1] * x[2];
            let labels = Matrix::from_fn(rows, 1, |i, _| f(points.row(i)) + noise * errors[(i, 0)]);
            let found = fit(&points, &labels, 1, &polynomial(Some(2)), &limits).unwrap();
            let mut block = Block::default();
            let (mut wrong, mut all) = (0.0, 0.0);
            let mut evaluator = Evaluator::new(&found.oracle);
            for i in 0..rows {
                let x = points.row(i);
                evaluator.run(x, &mut block);
                for (v, exact) in [2.0 * x[0], 0.3 * x[2], 0.3 * x[1]].into_iter().enumerate() {
                    wrong += (block.gradients[v * BLOCK] - exact).powi(2);
                    all += exact * exact;
                }
            }
            let (true_error, estimate) = ((wrong / all).sqrt(), found.slope_error.unwrap() / STANDARD_ERRORS);
            assert!((0.4..2.5).contains(&(estimate / true_error)), "{rows} {noise}: {estimate} {true_error}");
        }
    }
}
