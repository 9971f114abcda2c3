//! The Lie algebra spanned by matrices whose brackets stay in the span.

use super::bracket_table::Commutators;
use super::matrix_closure::{Closure, closure_by_residues};
use super::matrix_set::{MatrixSet, ShapeError};
use super::{Algebra, JacobiProof, Realization, StructureConstants};
use crate::exact::null_space::{Span, row_space};
use crate::exact::{Matrix, SparseMatrix, inverse};
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// Why matrices do not give a Lie algebra.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// The matrices do not fit together.
    #[error(transparent)]
    Shape(#[from] ShapeError),
    /// The span is not closed under brackets.
    #[error("the span is not closed: the bracket of matrices {} and {} leaves it", first + 1, second + 1)]
    NotClosed {
        /// Index of the first matrix of the first pair, in lexicographic order, that leaves the span (from 0).
        first: usize,
        /// Index of the second matrix.
        second: usize,
        /// Their commutator in stored form: complex matrices as `[[A, −B], [B, A]]` (see [`super::as_gaussian`]).
        bracket: Box<SparseMatrix>,
        /// The size of the matrices as the user sees them.
        size: usize,
    },
    /// More than the allowed number of dimensions was generated.
    #[error("the matrices generate a Lie algebra of dimension greater than {cap}")]
    Cap {
        /// The number of dimensions allowed.
        cap: usize,
    },
    /// Every prime tried was unlucky; cannot happen in practice.
    #[error("internal error: no prime separates the brackets")]
    NoPrime,
    /// A limit was reached.
    #[error(transparent)]
    Stop(#[from] Stop),
}

/// An algebra spanned by matrices.
#[derive(Clone, Debug, PartialEq)]
pub struct Spanned {
    /// The algebra; its basis is the given matrices in their order, without the dependent ones.
    pub algebra: Algebra,
    /// The indices (from 0) of matrices left out because they depend on earlier ones.
    pub dropped: Vec<usize>,
}

/// The Lie algebra that the matrices span over the reals (for complex matrices too: their real span).
///
/// Independence, closure and structure constants are proved over Q. Sparse matrices go through exact elimination;
/// dense ones through residues with a bound on the size of all numbers that makes the residues decisive.
pub fn span(set: &MatrixSet, limits: &Limits) -> Result<Spanned, SpanError> {
    let found = if is_sparse(set) { closure_by_elimination(set, limits)? } else { None };
    let closure = match found {
        Some(closure) => closure,
        None => closure_by_residues(set, limits)?,
    };
    match closure {
        Closure::Leaves(first, second) => {
            let mut scratch = Commutators::new(set.stored_size());
            scratch.load(&set.stored()[first], &set.stored()[second]);
            let n = set.stored_size();
            let bracket = Box::new(SparseMatrix::unflatten(n, n, &scratch.take_flat()));
            Err(SpanError::NotClosed { first, second, bracket, size: set.size() })
        }
        Closure::Closed { kept, constants } => {
            let basis = kept.iter().map(|&i| set.stored()[i].clone()).collect();
            let realization = Realization { size: set.size(), complex: set.is_complex(), basis };
            let algebra = Algebra::new(constants, JacobiProof::Commutators, format!("span of {}", set.description()))
                .with_realization(realization);
            let dropped = (0..set.len()).filter(|i| !kept.contains(i)).collect();
            Ok(Spanned { algebra, dropped })
        }
    }
}

/// The same algebra as [`span`] on the reduced row echelon basis of the space (entries taken row by row), which depends
/// on the space alone: the way to small structure constants when the given basis is badly mixed.
pub fn span_canonical(set: &MatrixSet, limits: &Limits) -> Result<Algebra, SpanError> {
    let n = set.stored_size();
    let rows: Vec<_> = set.stored().iter().map(SparseMatrix::flatten).collect();
    let space = row_space(n * n, &rows, limits)?;
    if space.basis.is_empty() {
        return Ok(span(set, limits)?.algebra);
    }
    let basis = space.basis.iter().map(|v| SparseMatrix::unflatten(n, n, v)).collect();
    match span(&set.with_stored(basis), limits) {
        Ok(found) => Ok(found.algebra.with_origin(format!("span of {}", set.description()))),
        // The pair that leaves should be one of the matrices given.
        Err(SpanError::NotClosed { .. }) => Ok(span(set, limits)?.algebra),
        Err(other) => Err(other),
    }
}

/// Whether exact elimination and commutators are cheap: an estimate of their multiplications.
fn is_sparse(set: &MatrixSet) -> bool {
    let count = set.len().max(1);
    let entries = set.stored().iter().map(SparseMatrix::nonzeros).sum::<usize>() / count;
    let per_row = entries / set.stored_size().max(1) + 1;
    count.saturating_mul(count).saturating_mul(entries).saturating_mul(per_row + 4) < 400_000
}

/// Exact elimination over Q; `None` when numbers grow.
fn closure_by_elimination(set: &MatrixSet, limits: &Limits) -> Result<Option<Closure>, Stop> {
    let n = set.stored_size();
    limits.reserve((n * n) as u128 * 160)?;
    let mut independent = Span::new(n * n);
    let mut kept = Vec::new();
    for (index, matrix) in set.stored().iter().enumerate() {
        limits.check()?;
        if independent.insert(&matrix.flatten()) {
            kept.push(index);
        }
        if independent.numbers_grow() {
            return Ok(None);
        }
    }
    let (rows, leading) = independent.echelon();
    let echelon: Vec<SparseMatrix> = rows.iter().map(|r| SparseMatrix::unflatten(n, n, r)).collect();
    let mut owner = vec![u32::MAX; n * n];
    for (k, at) in leading.iter().enumerate() {
        owner[*at as usize] = k as u32;
    }
    // Coordinates in the echelon basis are entries at the leading positions; this matrix leads back to the given one.
    let dim = kept.len();
    let given = Matrix::from_fn(dim, dim, |i, k| {
        let at = leading[k] as usize;
        set.stored()[kept[i]].entry(at / n, at % n)
    });
    let identity = Matrix::from_fn(dim, dim, |i, k| Rational::from(i64::from(i == k)));
    let back = if given == identity {
        None
    } else {
        let Some(inverse) = inverse(&given, limits)? else { return Ok(None) };
        Some(SparseMatrix::from_dense(&inverse))
    };
    let mut scratch = Commutators::new(n);
    let mut upper = Vec::with_capacity(dim * dim.saturating_sub(1) / 2);
    for i in 0..dim {
        limits.check()?;
        for j in i + 1..dim {
            scratch.load(&set.stored()[kept[i]], &set.stored()[kept[j]]);
            match scratch.coordinates(&owner, &echelon) {
                None => return Ok(Some(Closure::Leaves(kept[i], kept[j]))),
                Some(row) => upper.push(match &back {
                    None => row,
                    Some(back) => back.left_mul(&row),
                }),
            }
        }
    }
    let mut upper = upper.into_iter();
    let constants = StructureConstants::from_fn(dim, |_, _| upper.next().unwrap_or_default());
    Ok(Some(Closure::Closed { kept, constants }))
}
