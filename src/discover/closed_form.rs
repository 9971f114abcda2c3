//! The closed form: samples to a null space, a dimension, rational generators, a proof, an algebra.

use super::ansatz::Ansatz;
use super::equations::equations;
use super::error::DiscoverError;
use super::float_type::{FloatStructure, float_structure};
use super::generators::{NullSpace, Solver, residual_of, solve};
use super::oracle::Oracle;
use super::sample::Points;
use super::snap::candidates;
use super::spectrum::{Rule, Spectrum};
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
    let NullSpace { spectrum, floats, independent, samples, skipped, rows, system, residual, solver } =
        solve(oracle, request, !request.all_values, limits)?;
    limits.progress("proof", 0.8);
    let identities = if request.prove { equations(oracle, ansatz, limits)? } else { None };
    let snapped = if request.snap && independent { rational(&floats, &spectrum, &identities, limits)? } else { None };
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
    let residual = match (&system, &vectors) {
        (Some(system), Some(exact)) => residual_of(system, &spectrum, exact.iter().map(|v| floats_of(v, ansatz.len()))),
        (Some(system), None) => residual_of(system, &spectrum, floats.iter().cloned()),
        (None, _) => residual,
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

fn floats_of(vector: &SparseVector, length: usize) -> Vec<f64> {
    let mut out = vec![0.0; length];
    vector.iter().for_each(|(k, x)| out[*k as usize] = x.to_f64());
    out
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
