//! Exact generators from trained ones: echelon form, rounding, and a check where the oracle is rational.

use super::trained::Trained;
use crate::discover::closed_form::span_algebra;
use crate::discover::equations::equations;
use crate::discover::exact_vectors::ExactVectors;
use crate::discover::snap::{candidates, echelon};
use crate::discover::{Ansatz, DiscoverError, Oracle};
use crate::exact::SparseVector;
use crate::exact::null_space::row_space;
use crate::lie::Algebra;
use crate::limits::Limits;

/// The algebra that trained generators stand for.
#[derive(Clone, Debug)]
pub struct ExactSpan {
    /// The algebra of the rounded generators.
    pub algebra: Algebra,
    /// The largest distance of an entry from the rational it was rounded to, in echelon form.
    pub distance: f64,
    /// Whether the rounded generators leave the oracle invariant, by identities of polynomials; `None` when the oracle
    /// has no such form.
    pub verified: Option<bool>,
}

/// Brings trained generators to echelon form in the unknowns of the ansatz and rounds them to rationals, smallest
/// denominators first. The first whose span is closed under brackets, and which leaves the oracle invariant where that can
/// be decided, is the answer; `None` when there is none within `accuracy`. A subalgebra from a random start is a conjugate of a rational
/// one at best, so it has no answer here.
pub fn exact_span(
    oracle: &Oracle,
    ansatz: &Ansatz,
    trained: &Trained,
    accuracy: f64,
    limits: &Limits,
) -> Result<Option<ExactSpan>, DiscoverError> {
    let n = trained.n;
    let unknowns = ansatz.unknowns();
    // Each unknown has entries of its own, so its coefficient is a mean over them.
    let coefficient = |w: &[f64], k: usize| {
        let entries = &unknowns[k];
        let sum: f64 = entries.iter().map(|e| f64::from(e.value) * w[e.row as usize * n + e.column as usize]).sum();
        sum / entries.iter().map(|e| f64::from(e.value).powi(2)).sum::<f64>()
    };
    let mut rows: Vec<Vec<f64>> = trained
        .generators
        .chunks_exact((n * n).max(1))
        .map(|w| (0..unknowns.len()).map(|k| coefficient(w, k)).collect())
        .collect();
    if rows.is_empty() || !echelon(&mut rows) {
        return Ok(None);
    }
    let identities = equations(oracle, ansatz, limits)?;
    for found in candidates(&rows, accuracy, identities.is_some()) {
        limits.check()?;
        let space = row_space(unknowns.len(), &found.vectors, limits)?;
        if space.basis.len() < rows.len() {
            continue;
        }
        let verified = match &identities {
            Some(_) => {
                let vectors = space.basis.iter().map(|v| [v.clone(), SparseVector::new()]).collect();
                let own = ExactVectors { radicand: None, vectors, distance: Some(found.distance) };
                Some(own.holds(unknowns.len(), identities.as_ref(), limits)?)
            }
            None => None,
        };
        if verified == Some(false) {
            continue;
        }
        if let Some(algebra) = span_algebra(ansatz, &space.basis, oracle.description(), limits)? {
            return Ok(Some(ExactSpan { algebra, distance: found.distance, verified }));
        }
    }
    Ok(None)
}
