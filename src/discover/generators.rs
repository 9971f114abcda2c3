//! Samples to generators in floating point: the way that suits the size and the digits, the spectrum, the residual.

use super::ansatz::Shape;
use super::closed_form::Request;
use super::error::DiscoverError;
use super::oracle::{Oracle, Role};
use super::rows::{self, Kept, System, system};
use super::snap::echelon;
use super::spectrum::{self, Spectrum, spectrum};
use super::torus::by_weights;
use crate::float::dot;
use crate::limits::Limits;

/// From this many unknowns on, diagonal symmetries are sought first: a torus, and signs.
const MANY: usize = 400;

/// Up to so many unknowns a triangular factor takes the place of a Gram matrix that is too inexact.
const MOST_FOR_TRIANGLE: usize = 1600;
/// The defect of generators on samples above which they are not zero to the rounding of doubles.
const DEFECT: f64 = 1e-11;
/// The part of the largest singular value below which a Gram matrix is no longer trusted with the smallest ones.
const TIGHT: f64 = 1e-4;

/// How the null space of the samples was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solver {
    /// From the Gram matrix of all rows.
    Gram,
    /// From the triangular factor of all rows, by its singular values.
    Triangle,
    /// Weight space by weight space of the diagonal symmetries.
    Weights,
}

impl Solver {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Solver::Gram => "Gram matrix",
            Solver::Triangle => "orthogonal factorisation",
            Solver::Weights => "weight spaces",
        }
    }
}

/// Generators in floating point: the half of a discovery before numbers become rational.
#[derive(Clone, Debug)]
pub struct FloatGenerators {
    /// The spectrum, with the dimension and the rule.
    pub spectrum: Spectrum,
    /// Vectors of unknowns in reduced echelon form.
    pub vectors: Vec<Vec<f64>>,
    /// The root mean square of `∇f·(W x)` over the samples for the worst one, relative to the size of its factors.
    pub residual: f64,
    /// Samples used.
    pub samples: usize,
    /// How they were found.
    pub solver: Solver,
}

/// Finds generators of all matrices of the ansatz that leave the oracle invariant, in floating point alone: what
/// [`super::discover`] starts from. `rows · m²` operations for the Gram matrix of `m` unknowns and `m³ / 3` for its null space,
/// less where diagonal symmetries may `split` it.
pub fn generators(
    oracle: &Oracle,
    request: &Request,
    split: bool,
    limits: &Limits,
) -> Result<FloatGenerators, DiscoverError> {
    let found = solve(oracle, request, split && !request.all_values, limits)?;
    let residual = match &found.system {
        Some(system) => residual_of(system, &found.spectrum, found.floats.iter()),
        None => found.residual,
    };
    let NullSpace { spectrum, floats: vectors, samples, solver, .. } = found;
    Ok(FloatGenerators { spectrum, vectors, residual, samples, solver })
}

/// The null space in floating point.
pub(super) struct NullSpace {
    pub solver: Solver,
    pub spectrum: Spectrum,
    /// A basis in reduced echelon form, unless it is dependent to rounding.
    pub floats: Vec<Vec<f64>>,
    pub independent: bool,
    pub samples: usize,
    pub skipped: usize,
    pub rows: usize,
    /// The whole system, when it was set up.
    pub system: Option<System>,
    /// The residual of the floats, when it was not.
    pub residual: f64,
}

/// The null space of the samples, by weight spaces where it may be `split`.
pub(super) fn solve(
    oracle: &Oracle,
    request: &Request,
    split: bool,
    limits: &Limits,
) -> Result<NullSpace, DiscoverError> {
    let ansatz = &request.ansatz;
    if ansatz.is_empty() {
        return Err(DiscoverError::Argument("the ansatz leaves no entry free".into()));
    }
    if oracle.outputs().is_empty() && !oracle.keeps_volume() {
        return Err(DiscoverError::Argument("the oracle has no output".into()));
    }
    if ansatz.is_polynomial() && oracle.arguments().contains(&Role::Covector) {
        return Err(DiscoverError::Unsupported("vector fields move vectors, and this form has linear forms".into()));
    }
    limits.progress("samples", 0.0);
    let linear = matches!(
        ansatz.shape(),
        Shape::Real | Shape::Complex | Shape::Quaternionic | Shape::Copies(..) | Shape::Pattern(_)
    );
    let may_split = split && linear && ansatz.len() >= MANY && request.noise == 0.0 && !oracle.is_inexact();
    if may_split && let Some(found) = by_weights(oracle, ansatz, &request.points, limits)? {
        return Ok(NullSpace {
            spectrum: found.spectrum,
            floats: found.basis,
            independent: true,
            samples: found.samples,
            skipped: found.skipped,
            rows: found.rows,
            system: None,
            residual: found.residual,
            solver: Solver::Weights,
        });
    }
    let (points, noise) = (&request.points, request.noise);
    let mut system = system(oracle, ansatz, points, noise, false, limits)?;
    let (mut spectrum, mut scaled) = spectrum(&system, request.all_values, limits)?;
    let unscaled = |scaled: &[Vec<f64>], system: &System| -> Vec<Vec<f64>> {
        scaled.iter().map(|v| v.iter().zip(&system.scales).map(|(x, s)| x / s).collect()).collect()
    };
    if noise == 0.0 && !oracle.is_inexact() && oracle.differences().is_none() && ansatz.len() <= MOST_FOR_TRIANGLE {
        // Is there anything between the rounding of the Gram matrix and that of a double?
        if rows::defect(&system, &scaled, limits.seed()) > DEFECT || is_tight(&spectrum) {
            system = rows::system(oracle, ansatz, points, noise, true, limits)?;
            (spectrum, scaled) = spectrum::spectrum(&system, request.all_values, limits)?;
        }
    }
    let (rank, rows) = (system.unknowns - spectrum.dim, system.rows + system.conditions);
    let moving = system.moving + system.conditions;
    if system.rows > 0 && rank > 0 && rank >= moving {
        return Err(DiscoverError::Underdetermined { rows: moving, rank, unknowns: system.unknowns });
    }
    let (floats, independent) = match &system.units {
        None => {
            let mut floats = unscaled(&scaled, &system);
            let independent = echelon(&mut floats);
            (floats, independent)
        }
        Some(units) => in_units(unscaled(&scaled, &system), units),
    };
    let (samples, skipped) = (request.points.count() - system.skipped, system.skipped);
    let solver = match system.kept {
        Kept::Gram(_) => Solver::Gram,
        Kept::Triangle(_) => Solver::Triangle,
    };
    Ok(NullSpace { spectrum, floats, independent, samples, skipped, rows, system: Some(system), residual: 0.0, solver })
}

/// The echelon form of matrices on coordinates of very different sizes: pivots are chosen among entries in the units of the
/// coordinates, where they are comparable.
fn in_units(mut floats: Vec<Vec<f64>>, units: &[f64]) -> (Vec<Vec<f64>>, bool) {
    floats.iter_mut().for_each(|v| v.iter_mut().zip(units).for_each(|(x, unit)| *x *= unit));
    let independent = echelon(&mut floats);
    for v in &mut floats {
        let pivot = v.iter().position(|x| x.abs() == 1.0).map_or(1.0, |k| units[k]);
        v.iter_mut().zip(units).for_each(|(x, unit)| *x *= pivot / unit);
    }
    (floats, independent)
}

/// Whether a value that counts is so small that it, or one that does not, may be rounding of the Gram matrix.
fn is_tight(spectrum: &Spectrum) -> bool {
    let smallest = spectrum.next.or(spectrum.last).unwrap_or(spectrum.largest);
    smallest < TIGHT * spectrum.largest
}

/// The residual of vectors of unknowns in the scaled system, relative to the size of the factors: the worst of them.
pub(super) fn residual_of<V: AsRef<[f64]>>(
    system: &System,
    spectrum: &Spectrum,
    vectors: impl Iterator<Item = V>,
) -> f64 {
    let m = system.unknowns;
    let mut scaled: Vec<f64> = Vec::with_capacity(spectrum.dim * m);
    for vector in vectors {
        let start = scaled.len();
        scaled.extend(vector.as_ref().iter().zip(&system.scales).map(|(x, s)| x * s));
        let own = &mut scaled[start..];
        let length = dot(own, own).sqrt();
        own.iter_mut().filter(|_| length > 0.0).for_each(|x| *x /= length);
    }
    let squares = system.kept.squares(m, &scaled);
    squares.into_iter().fold(0.0, f64::max).sqrt() / spectrum.largest.max(f64::MIN_POSITIVE)
}
