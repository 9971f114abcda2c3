//! The closed form: samples to a null space, a dimension, rational generators, a proof, an algebra.

use super::ansatz::Ansatz;
use super::equations::equations;
use super::error::DiscoverError;
use super::exact_vectors::{ExactVectors, restricted, stored};
use super::float_type::{FloatStructure, float_structure};
use super::generators::{NullSpace, Solver, residual_of, solve};
use super::oracle::Oracle;
use super::rows::System;
use super::sample::Points;
use super::spectrum::{self, Spectrum};
use super::vector_fields::{algebra_of_fields, algebra_of_quadratic_fields, orbit_dimension};
use crate::exact::null_space::rank;
use crate::exact::{Matrix, SparseMatrix, SparseVector};
use crate::float::orthonormal_rows;
use crate::lie::{self, Algebra, MatrixSet, QuadraticAlgebra, SpanError};
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
    /// The algebra of generators over a quadratic field; `None` when they are none such or not closed under brackets.
    pub restricted: Option<QuadraticAlgebra>,
    /// Of generators that stayed floats: the structure that a Chevalley basis shows, or why none can be told.
    pub float_structure: Option<Result<FloatStructure, String>>,
    /// Of pairs of matrices: the dimension of the solutions that move no vector, `B f = 0`.
    pub trivial: Option<usize>,
    /// Of exact vector fields: the dimension of the orbits of one vector.
    pub orbit_dimension: Option<usize>,
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
    let NullSpace { spectrum, floats, independent, samples, skipped, rows, system, residual, solver } =
        solve(oracle, request, !request.all_values, limits)?;
    limits.progress("proof", 0.8);
    let identities = if request.prove { equations(oracle, ansatz, limits)? } else { None };
    let snapped = match request.snap && independent {
        true => ExactVectors::rounded(&floats, &spectrum, identities.as_ref(), limits)?,
        false => None,
    };
    let unchecked = identities.is_none();
    let snapped = snapped.filter(|found| {
        let fits = |it: &System| within_error(it, found) && (!unchecked || as_good(it, &spectrum, &floats, found));
        system.as_ref().is_none_or(fits)
    });
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
    let residual = match (&system, &exact) {
        (Some(system), Some(found)) => residual_of(system, &spectrum, found.floats(ansatz.len()).into_iter()),
        (Some(system), None) => residual_of(system, &spectrum, floats.iter()),
        (None, _) => residual,
    };
    let (mut algebra, mut restricted) = (None, None);
    let generators = match exact {
        None => Generators::Float(floats.iter().map(|v| float_matrix(ansatz, v)).collect()),
        Some(found) => match found.radicand {
            Some(radicand) => {
                let matrices = found.matrices(ansatz);
                let description = oracle.description();
                restricted = match ansatz.is_polynomial() {
                    true => algebra_of_quadratic_fields(ansatz, &found.vectors, radicand, description, limits)?,
                    false => quadratic_span(&matrices, radicand, ansatz.is_complex(), description, limits)?,
                };
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
        Generators::Float(all) if !all.is_empty() && !ansatz.is_polynomial() => {
            let entries: Vec<f64> = all.iter().flat_map(|m| m.entries().iter().copied()).collect();
            Some(float_structure(ansatz.size(), &entries, limits)?)
        }
        _ => None,
    };
    let trivial = match ansatz.is_equivariant() {
        true => Some(spectrum.dim - moving(ansatz, &generators, limits)?),
        false => None,
    };
    let orbit_dimension = match &generators {
        _ if !ansatz.is_polynomial() => None,
        Generators::Exact(all) => {
            let none = |m: &SparseMatrix| [m.clone(), SparseMatrix::zero(m.rows(), m.cols())];
            Some(orbit_dimension(ansatz, &all.iter().map(none).collect::<Vec<_>>(), None, limits)?)
        }
        Generators::Quadratic { radicand, matrices } => {
            Some(orbit_dimension(ansatz, matrices, Some(*radicand), limits)?)
        }
        Generators::Float(_) => None,
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
        orbit_dimension,
        solver,
    })
}

/// Whether exact vectors are symmetries within the error of an inexact oracle, so that rounding has not moved them too far.
fn within_error(system: &System, found: &ExactVectors) -> bool {
    let Some(error) = &system.error else { return true };
    let m = system.unknowns;
    let scaled: Vec<f64> = found
        .floats(m)
        .iter()
        .flat_map(|v| v.iter().zip(&system.scales).map(|(x, scale)| x * scale).collect::<Vec<_>>())
        .collect();
    let lengths = scaled.chunks_exact(m.max(1)).map(|v| v.iter().map(|x| x * x).sum::<f64>());
    let (own, errors) = (system.kept.squares(m, &scaled), error.squares(m, &scaled));
    own.iter().zip(errors).zip(lengths).all(|((own, error), length)| {
        let allowed = error + (system.floor + spectrum::ROUNDING.powi(2)) * length;
        *own <= spectrum::WITHIN.1.powi(2) * allowed
    })
}

/// Whether rounded vectors leave no larger residual than the floats, up to the rounding of a Gram matrix: small entries of
/// matrices on coordinates of very different sizes are no zeros.
fn as_good(system: &System, spectrum: &Spectrum, floats: &[Vec<f64>], found: &ExactVectors) -> bool {
    let of = |vectors: Vec<Vec<f64>>| residual_of(system, spectrum, vectors.into_iter());
    of(found.floats(system.unknowns)) <= 3.0 * of(floats.to_vec()) + spectrum::ROUNDING
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
    let (rows, columns) = ansatz.rows_and_columns();
    let mut out = Matrix::filled(rows, columns, 0.0);
    for (x, entries) in vector.iter().zip(ansatz.unknowns()) {
        entries.iter().for_each(|e| out[(e.row as usize, e.column as usize)] += x * f64::from(e.value));
    }
    out
}

/// The algebra over Q(√d) that matrices in echelon form span; `None` when it is not closed under brackets.
fn quadratic_span(
    matrices: &[[SparseMatrix; 2]],
    radicand: i64,
    complex: bool,
    description: &str,
    limits: &Limits,
) -> Result<Option<QuadraticAlgebra>, DiscoverError> {
    let origin = format!("symmetries of {description}");
    let found = QuadraticAlgebra::span(matrices, radicand, complex, &origin, limits)?;
    match found.as_ref().is_some_and(|algebra| algebra.dim() < matrices.len()) {
        true => Err(DiscoverError::Internal("vectors in echelon form are dependent".into())),
        false => Ok(found),
    }
}

/// The algebra that the vectors span; `None` when it is not closed under brackets.
pub(super) fn span_algebra(
    ansatz: &Ansatz,
    vectors: &[SparseVector],
    description: &str,
    limits: &Limits,
) -> Result<Option<Algebra>, DiscoverError> {
    if ansatz.is_polynomial() {
        return algebra_of_fields(ansatz, vectors, description, limits);
    }
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
