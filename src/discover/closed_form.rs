//! The closed form: samples to a null space, a dimension, rational generators, a proof, an algebra.

use super::ansatz::{Ansatz, Shape};
use super::equations::equations;
use super::error::DiscoverError;
use super::exact_vectors::{ExactVectors, restricted, restricted_algebra, stored};
use super::float_type::{FloatStructure, float_structure};
use super::oracle::Oracle;
use super::rows::{self, Kept, System, system};
use super::sample::Points;
use super::snap::echelon;
use super::spectrum::{self, Spectrum, spectrum};
use super::torus::by_weights;
use crate::exact::null_space::rank;
use crate::exact::{Matrix, SparseMatrix, SparseVector};
use crate::float::orthonormal_rows;
use crate::lie::{self, Algebra, MatrixSet, SpanError};
use crate::limits::Limits;
use crate::num::Rational;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Request {
    /// The matrices among which symmetries are sought.
    pub ansatz: Ansatz,
    /// Where the oracle is asked.
    pub points: Points,
    /// Noise added to every derivative, relative to the root mean square of all.
    pub noise: f64,
    /// Whether all singular values are wanted, and not only those at the gap.
    pub all_values: bool,
    /// Whether the generators are to be made rational.
    pub snap: bool,
    /// Whether a proof is sought.
    pub prove: bool,
}

/// The generators that were found, in reduced echelon form.
#[derive(Clone, Debug, PartialEq)]
pub enum Generators {
    /// Rational ones, in stored form (complex matrices as `[[A, −B], [B, A]]`).
    Exact(Vec<SparseMatrix>),
    /// Ones over a real quadratic field, `A + B √d` by `A` and `B`, in the same form.
    Quadratic {
        /// `d`, free of squares.
        radicand: i64,
        /// `A` and `B` of each.
        matrices: Vec<[SparseMatrix; 2]>,
    },
    /// Floating-point ones.
    Float(Vec<Matrix<f64>>),
}

impl Generators {
    /// Generators that are not rational as real matrices of doubles; `None` for rational ones.
    pub fn real_floats(&self) -> Option<Vec<Matrix<f64>>> {
        match self {
            Generators::Exact(_) => None,
            Generators::Float(all) => Some(all.clone()),
            Generators::Quadratic { radicand, matrices } => {
                let root = (*radicand as f64).sqrt();
                let sum = |[a, b]: &[SparseMatrix; 2]| {
                    let mut out = Matrix::filled(a.rows(), a.cols(), 0.0);
                    a.triples().for_each(|(i, j, x)| out[(i, j)] += x.to_f64());
                    b.triples().for_each(|(i, j, x)| out[(i, j)] += x.to_f64() * root);
                    out
                };
                Some(matrices.iter().map(sum).collect())
            }
        }
    }
}

/// What is proved of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Every generator is a symmetry for all points, and there are no others of this shape: so many equations of this rank.
    Complete {
        /// Identities of polynomials, one for each monomial.
        equations: usize,
        /// Their rank over their field.
        rank: usize,
        /// `d` of their field Q(√d); `None` over Q.
        radicand: Option<i64>,
    },
    /// The exact system has another number of solutions than the samples show.
    Other {
        /// That number.
        dim: usize,
    },
    /// Nothing: the oracle is no rational function over Q or one field Q(√d), or too long to be multiplied out.
    NotRational,
    /// None was asked.
    NotAsked,
}

/// What was discovered.
#[derive(Clone, Debug)]
pub struct Discovery {
    /// The matrices among which symmetries were sought.
    pub ansatz: Ansatz,
    /// The spectrum, with the dimension and the rule.
    pub spectrum: Spectrum,
    /// Samples used.
    pub samples: usize,
    /// Samples left out because the oracle or its derivative was not finite.
    pub skipped: usize,
    /// Equations from the samples.
    pub rows: usize,
    /// The generators.
    pub generators: Generators,
    /// The root mean square of `∇f·(W x)` over the samples for the worst generator, relative to the size of its factors.
    pub residual: f64,
    /// The largest distance of an entry from the rational it was rounded to, when that was done.
    pub distance: Option<f64>,
    /// What is proved.
    pub proof: Proof,
    /// The algebra of the rational generators; `None` when they are not rational, none, or not closed under brackets.
    pub algebra: Option<Algebra>,
    /// The algebra over Q of generators over a quadratic field, each followed by its multiple by √d; `None` when they are
    /// none such or not closed.
    pub restricted: Option<Algebra>,
    /// Of generators that stayed floats: the structure that a Chevalley basis shows, or why none can be told.
    pub float_structure: Option<Result<FloatStructure, String>>,
    /// Of pairs of matrices: the dimension of the solutions that move no vector, `B f = 0`.
    pub trivial: Option<usize>,
    /// How the null space was found.
    pub solver: Solver,
}

impl Discovery {
    /// The dimension.
    pub fn dim(&self) -> usize {
        self.spectrum.dim
    }

    /// Whether the generators are rational.
    pub fn is_rational(&self) -> bool {
        matches!(self.generators, Generators::Exact(_))
    }

    /// Whether they are exact, rational or over a quadratic field.
    pub fn is_exact(&self) -> bool {
        !matches!(self.generators, Generators::Float(_))
    }

    /// Whether the answer is proved.
    pub fn is_certified(&self) -> bool {
        matches!(self.proof, Proof::Complete { .. })
    }
}

/// Finds all matrices of the ansatz that leave the oracle invariant.
pub fn discover(oracle: &Oracle, request: &Request, limits: &Limits) -> Result<Discovery, DiscoverError> {
    let ansatz = &request.ansatz;
    if ansatz.is_empty() {
        return Err(DiscoverError::Argument("the ansatz leaves no entry free".into()));
    }
    if oracle.outputs().is_empty() && !oracle.keeps_volume() {
        return Err(DiscoverError::Argument("the oracle has no output".into()));
    }
    limits.progress("samples", 0.0);
    let NullSpace { spectrum, floats, independent, samples, skipped, rows, system, residual, solver } =
        solve(oracle, request, limits)?;
    limits.progress("proof", 0.8);
    let identities = if request.prove { equations(oracle, ansatz, limits)? } else { None };
    let snapped = match request.snap && independent {
        true => ExactVectors::rounded(&floats, &spectrum, identities.as_ref(), limits)?,
        false => None,
    };
    let snapped = snapped.filter(|found| system.as_ref().is_none_or(|it| within_error(it, found)));
    let mut proof = match (&identities, request.prove) {
        (None, true) => Proof::NotRational,
        (None, false) => Proof::NotAsked,
        (Some(known), _) => {
            let rank = rank(ansatz.len() * known.degree(), &known.rows, limits)? / known.degree();
            match ansatz.len() - rank {
                dim if dim == spectrum.dim => {
                    let equations = known.rows.len() / known.degree();
                    Proof::Complete { equations, rank, radicand: known.radicand }
                }
                dim => Proof::Other { dim },
            }
        }
    };
    let exact = match (snapped, &identities, &proof) {
        // The rounding failed where the numbers are not simple; the same equations have an exact solution.
        (None, Some(known), Proof::Complete { .. }) => Some(ExactVectors::solved(ansatz.len(), known, limits)?),
        (snapped, ..) => snapped,
    };
    let distance = exact.as_ref().and_then(|found| found.distance);
    if exact.is_none() && spectrum.dim > 0 && matches!(proof, Proof::Complete { .. }) {
        proof = Proof::NotAsked;
    }
    let residual = match (&system, residual) {
        (Some(system), _) => residual_of(system, &spectrum, exact.as_ref(), &floats),
        (None, residual) => residual,
    };
    let (mut algebra, mut restricted) = (None, None);
    let generators = match exact {
        None => Generators::Float(floats.iter().map(|v| float_matrix(ansatz, v)).collect()),
        Some(found) => match found.radicand {
            Some(radicand) => {
                let matrices = found.matrices(ansatz);
                restricted = restricted_algebra(&matrices, radicand, oracle.description(), limits)?;
                Generators::Quadratic { radicand, matrices }
            }
            None => {
                let vectors: Vec<SparseVector> = found.vectors.into_iter().map(|[a, _]| a).collect();
                if !vectors.is_empty() {
                    algebra = span_algebra(ansatz, &vectors, oracle.description(), limits)?;
                }
                Generators::Exact(vectors.iter().map(|v| stored(ansatz, v)).collect())
            }
        },
    };
    let float_structure = match &generators {
        Generators::Float(all) if !all.is_empty() => {
            let entries: Vec<f64> = all.iter().flat_map(|m| m.entries().iter().copied()).collect();
            Some(float_structure(ansatz.size(), &entries, limits)?)
        }
        _ => None,
    };
    let trivial = match ansatz.is_equivariant() {
        true => Some(spectrum.dim - moving(ansatz, &generators, limits)?),
        false => None,
    };
    Ok(Discovery {
        ansatz: ansatz.clone(),
        spectrum,
        samples,
        skipped,
        rows,
        generators,
        residual,
        distance,
        proof,
        algebra,
        restricted,
        float_structure,
        trivial,
        solver,
    })
}

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

/// The null space in floating point.
struct NullSpace {
    solver: Solver,
    spectrum: Spectrum,
    /// A basis in reduced echelon form, unless it is dependent to rounding.
    floats: Vec<Vec<f64>>,
    independent: bool,
    samples: usize,
    skipped: usize,
    rows: usize,
    /// The whole system, when it was set up.
    system: Option<System>,
    /// The residual of the floats, when it was not.
    residual: f64,
}

fn solve(oracle: &Oracle, request: &Request, limits: &Limits) -> Result<NullSpace, DiscoverError> {
    let ansatz = &request.ansatz;
    let linear = matches!(
        ansatz.shape(),
        Shape::Real | Shape::Complex | Shape::Quaternionic | Shape::Copies(_) | Shape::Pattern(_)
    );
    let by_torus = linear && ansatz.len() >= MANY && request.noise == 0.0 && !oracle.is_inexact();
    if by_torus
        && !request.all_values
        && let Some(found) = by_weights(oracle, ansatz, &request.points, limits)?
    {
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
        let floats = unscaled(&scaled, &system);
        let defect = rows::defects(oracle, ansatz, points, &system.scales, &floats, limits)?;
        if defect > DEFECT || is_tight(&spectrum) {
            system = rows::system(oracle, ansatz, points, noise, true, limits)?;
            (spectrum, scaled) = spectrum::spectrum(&system, request.all_values, limits)?;
        }
    }
    let (rank, rows) = (system.unknowns - spectrum.dim, system.rows + system.conditions);
    let moving = system.moving + system.conditions;
    if system.rows > 0 && rank > 0 && rank >= moving {
        return Err(DiscoverError::Underdetermined { rows: moving, rank, unknowns: system.unknowns });
    }
    let mut floats = unscaled(&scaled, &system);
    let independent = echelon(&mut floats);
    let (samples, skipped) = (request.points.count() - system.skipped, system.skipped);
    let solver = match system.kept {
        Kept::Gram(_) => Solver::Gram,
        Kept::Triangle(_) => Solver::Triangle,
    };
    Ok(NullSpace { spectrum, floats, independent, samples, skipped, rows, system: Some(system), residual: 0.0, solver })
}

/// Whether a value that counts is so small that it, or one that does not, may be rounding of the Gram matrix.
fn is_tight(spectrum: &Spectrum) -> bool {
    let smallest = spectrum.next.or(spectrum.last).unwrap_or(spectrum.largest);
    smallest < TIGHT * spectrum.largest
}

/// Whether exact vectors are symmetries within the error of an inexact oracle, so that rounding has not moved them too far.
fn within_error(system: &System, found: &ExactVectors) -> bool {
    let Some(error) = &system.error else { return true };
    let m = system.unknowns;
    found.floats(m).iter().all(|v| {
        let scaled: Vec<(usize, f64)> =
            v.iter().zip(&system.scales).map(|(x, scale)| x * scale).enumerate().filter(|(_, x)| *x != 0.0).collect();
        let length: f64 = scaled.iter().map(|(_, x)| x * x).sum();
        let allowed = error.square(m, &scaled) + (system.floor + spectrum::ROUNDING.powi(2)) * length;
        system.kept.square(m, &scaled) <= spectrum::WITHIN.1.powi(2) * allowed
    })
}

/// The residual of the generators in the scaled system, relative to the size of the factors.
fn residual_of(system: &System, spectrum: &Spectrum, exact: Option<&ExactVectors>, floats: &[Vec<f64>]) -> f64 {
    let m = system.unknowns;
    let vectors = exact.map_or_else(|| floats.to_vec(), |found| found.floats(m));
    let largest = spectrum.largest.max(f64::MIN_POSITIVE);
    let of = |v: &Vec<f64>| {
        let scaled: Vec<(usize, f64)> =
            v.iter().zip(&system.scales).map(|(x, s)| x * s).enumerate().filter(|(_, x)| *x != 0.0).collect();
        let length: f64 = scaled.iter().map(|(_, x)| x * x).sum();
        if length > 0.0 { (system.kept.square(m, &scaled) / length).sqrt() / largest } else { 0.0 }
    };
    vectors.iter().map(of).fold(0.0, f64::max)
}

/// The rank of the parts of the generators that act on the vectors.
fn moving(ansatz: &Ansatz, generators: &Generators, limits: &Limits) -> Result<usize, DiscoverError> {
    let n = ansatz.dimension();
    let part = |m: &SparseMatrix| -> SparseVector {
        let inside = |(a, row): (usize, &[(u32, Rational)])| {
            let own = row.iter().filter(|(b, _)| (*b as usize) < n);
            own.map(|(b, x)| ((a * n) as u32 + b, x.clone())).collect::<SparseVector>()
        };
        m.iter_rows().take(n).enumerate().flat_map(inside).collect()
    };
    Ok(match generators {
        Generators::Exact(all) => rank(n * n, &all.iter().map(part).collect::<Vec<_>>(), limits)?,
        Generators::Quadratic { radicand, matrices } => {
            let parts: Vec<[SparseVector; 2]> = matrices.iter().map(|m| m.each_ref().map(part)).collect();
            rank(2 * n * n, &restricted(&parts, *radicand), limits)? / 2
        }
        Generators::Float(all) => {
            let part = |m: &Matrix<f64>| (0..n * n).map(|at| m[(at / n, at % n)]).collect::<Vec<f64>>();
            orthonormal_rows(n * n, &mut all.iter().flat_map(part).collect(), 1e-8)
        }
    })
}

fn float_matrix(ansatz: &Ansatz, vector: &[f64]) -> Matrix<f64> {
    let mut out = Matrix::filled(ansatz.size(), ansatz.size(), 0.0);
    for (x, entries) in vector.iter().zip(ansatz.unknowns()) {
        entries.iter().for_each(|e| out[(e.row as usize, e.column as usize)] += x * f64::from(e.value));
    }
    out
}

/// The algebra that the vectors span; `None` when it is not closed under brackets.
pub(super) fn span_algebra(
    ansatz: &Ansatz,
    vectors: &[SparseVector],
    description: &str,
    limits: &Limits,
) -> Result<Option<Algebra>, DiscoverError> {
    let matrices: Vec<SparseMatrix> = vectors.iter().map(|v| stored(ansatz, v)).collect();
    let set = if ansatz.is_complex() {
        let size = ansatz.size() / 2;
        MatrixSet::gaussian(&matrices.iter().map(|m| lie::as_gaussian(m, size)).collect::<Vec<_>>())
    } else {
        MatrixSet::sparse(matrices)
    };
    let set = set.map_err(|e| DiscoverError::Internal(e.to_string()))?;
    match lie::span(&set, limits) {
        Ok(spanned) => Ok(Some(spanned.algebra.with_origin(format!("symmetries of {description}")))),
        Err(SpanError::NotClosed { .. }) => Ok(None),
        Err(other) => Err(other.into()),
    }
}
