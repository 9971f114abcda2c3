//! The closed form: samples to a null space, a dimension, rational generators, a proof, an algebra.

use super::ansatz::{Ansatz, Shape};
use super::equations::equations;
use super::error::DiscoverError;
use super::float_type::{FloatStructure, float_structure};
use super::oracle::Oracle;
use super::rows::{self, Kept, System, system};
use super::sample::Points;
use super::snap::{candidates, echelon};
use super::spectrum::{self, Rule, Spectrum, spectrum};
use super::torus::by_weights;
use crate::exact::null_space::{annihilates, null_space, rank, row_space};
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
    /// Floating-point ones.
    Float(Vec<Matrix<f64>>),
}

/// What is proved of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Every generator is a symmetry for all points, and there are no others of this shape: so many equations of this rank.
    Complete {
        /// Identities of polynomials, one for each monomial.
        equations: usize,
        /// Their rank over Q.
        rank: usize,
    },
    /// The exact system has another number of solutions than the samples show.
    Other {
        /// That number.
        dim: usize,
    },
    /// Nothing: the oracle is no rational function over Q, or too long to be multiplied out.
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
    /// The algebra of the rational generators; `None` when they are floats, none, or not closed under brackets.
    pub algebra: Option<Algebra>,
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
    let snapped = if request.snap && independent { rational(&floats, &spectrum, &identities, limits)? } else { None };
    let snapped = snapped.filter(|(vectors, _)| system.as_ref().is_none_or(|it| within_error(it, vectors)));
    let mut proof = match (&identities, request.prove) {
        (None, true) => Proof::NotRational,
        (None, false) => Proof::NotAsked,
        (Some(rows), _) => {
            let rank = rank(ansatz.len(), rows, limits)?;
            match ansatz.len() - rank {
                dim if dim == spectrum.dim => Proof::Complete { equations: rows.len(), rank },
                dim => Proof::Other { dim },
            }
        }
    };
    let (mut vectors, distance) = match snapped {
        Some((vectors, distance)) => (Some(vectors), Some(distance)),
        None => (None, None),
    };
    if let (None, Some(rows), Proof::Complete { .. }) = (&vectors, &identities, &proof) {
        // The rounding failed where the numbers are no small fractions; the same equations have an exact solution.
        vectors = Some(null_space(ansatz.len(), rows, limits)?.basis);
    }
    if vectors.is_none() && spectrum.dim > 0 && matches!(proof, Proof::Complete { .. }) {
        proof = Proof::NotAsked;
    }
    let residual = match (&system, residual) {
        (Some(system), _) => residual_of(system, &spectrum, vectors.as_deref(), &floats),
        (None, residual) => residual,
    };
    let algebra = match &vectors {
        Some(vectors) if !vectors.is_empty() => span_algebra(ansatz, vectors, oracle.description(), limits)?,
        _ => None,
    };
    let generators = match &vectors {
        Some(vectors) => Generators::Exact(vectors.iter().map(|v| stored(ansatz, v)).collect()),
        None => Generators::Float(floats.iter().map(|v| float_matrix(ansatz, v)).collect()),
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

/// The rational vectors in canonical echelon form that the rows stand for, checked against the identities where there are
/// any, with the largest distance they were moved.
fn rational(
    floats: &[Vec<f64>],
    spectrum: &Spectrum,
    identities: &Option<Vec<SparseVector>>,
    limits: &Limits,
) -> Result<Option<(Vec<SparseVector>, f64)>, DiscoverError> {
    let Some(cols) = floats.first().map(Vec::len) else { return Ok(Some((Vec::new(), 0.0))) };
    // The angle by which noise turns the null space is of the order of the last value over the next. Rounding turns it by
    // about 2^-53 times the square of the condition; nothing but that may be rounded away where no identity checks it.
    let accuracy = match (spectrum.last, spectrum.next) {
        (_, Some(next)) if identities.is_none() && spectrum.rule == Rule::Rounding => {
            (1e-12 * (spectrum.largest / next).powi(2)).min(1e-7)
        }
        (_, Some(next)) if spectrum.rule == Rule::Error => 3.0 * spectrum.noise_edge.unwrap_or(0.0) / next + 1e-7,
        (Some(last), Some(next)) => 10.0 * last / next + 1e-7,
        _ => 1e-7,
    };
    for found in candidates(floats, accuracy, identities.is_some()) {
        limits.check()?;
        let space = row_space(cols, &found.vectors, limits)?;
        if space.basis.len() < floats.len() {
            continue;
        }
        let holds = match identities {
            Some(rows) => annihilates(rows, cols, &space.basis, limits)?,
            None => true,
        };
        if holds {
            return Ok(Some((space.basis, found.distance)));
        }
    }
    Ok(None)
}

/// Whether rational vectors are symmetries within the error of an inexact oracle, so that rounding has not moved them too far.
fn within_error(system: &System, vectors: &[SparseVector]) -> bool {
    let Some(error) = &system.error else { return true };
    let m = system.unknowns;
    vectors.iter().all(|v| {
        let scaled: Vec<(usize, f64)> =
            v.iter().map(|(k, x)| (*k as usize, x.to_f64() * system.scales[*k as usize])).collect();
        let length: f64 = scaled.iter().map(|(_, x)| x * x).sum();
        let allowed = error.square(m, &scaled) + (system.floor + spectrum::ROUNDING.powi(2)) * length;
        system.kept.square(m, &scaled) <= spectrum::WITHIN.1.powi(2) * allowed
    })
}

/// The residual of the generators in the scaled system, relative to the size of the factors.
fn residual_of(system: &System, spectrum: &Spectrum, exact: Option<&[SparseVector]>, floats: &[Vec<f64>]) -> f64 {
    let m = system.unknowns;
    let dense = |v: &SparseVector| {
        let mut out = vec![0.0; m];
        v.iter().for_each(|(k, x)| out[*k as usize] = x.to_f64());
        out
    };
    let vectors: Vec<Vec<f64>> = match exact {
        Some(exact) => exact.iter().map(dense).collect(),
        None => floats.to_vec(),
    };
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
    Ok(match generators {
        Generators::Exact(all) => {
            let part = |m: &SparseMatrix| -> SparseVector {
                let inside = |(a, row): (usize, &[(u32, Rational)])| {
                    let own = row.iter().filter(|(b, _)| (*b as usize) < n);
                    own.map(|(b, x)| ((a * n) as u32 + b, x.clone())).collect::<SparseVector>()
                };
                m.iter_rows().take(n).enumerate().flat_map(inside).collect()
            };
            rank(n * n, &all.iter().map(part).collect::<Vec<_>>(), limits)?
        }
        Generators::Float(all) => {
            let part = |m: &Matrix<f64>| (0..n * n).map(|at| m[(at / n, at % n)]).collect::<Vec<f64>>();
            orthonormal_rows(n * n, &mut all.iter().flat_map(part).collect(), 1e-8)
        }
    })
}

/// The real matrix of a vector of unknowns.
fn stored(ansatz: &Ansatz, vector: &SparseVector) -> SparseMatrix {
    let size = ansatz.size();
    let triples = vector.iter().flat_map(|(k, x)| {
        let entries = &ansatz.unknowns()[*k as usize];
        entries.iter().map(move |e| (e.row as usize, e.column as usize, x * &Rational::from(i64::from(e.value))))
    });
    SparseMatrix::from_triples(size, size, triples)
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
