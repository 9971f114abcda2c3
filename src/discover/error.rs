//! Why nothing was discovered.

use crate::lie::SpanError;
use crate::limits::Stop;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DiscoverError {
    /// An argument is out of range or does not fit the others.
    #[error("{0}")]
    Argument(String),
    /// Sizes do not fit.
    #[error("{0}")]
    Shape(String),
    /// What is asked is not possible for this oracle.
    #[error("{0}")]
    Unsupported(String),
    /// Fewer equations than are needed to tell a symmetry from ignorance.
    #[error(
        "under-determined: {rows} equations have rank {rank} for {unknowns} unknowns, so each of them still cuts the space down"
    )]
    Underdetermined {
        /// The equations that the samples give.
        rows: usize,
        /// Their rank.
        rank: usize,
        /// The unknowns.
        unknowns: usize,
    },
    /// The values that the noise may have made are not apart from the others.
    #[error(
        "the noise covers the signal: {count} of {unknowns} singular values lie below the edge {edge:.2e} of the noise, and no gap \
         follows them (a factor {gap:.2})"
    )]
    Noise {
        /// Values below the edge.
        count: usize,
        /// All values.
        unknowns: usize,
        /// The edge.
        edge: f64,
        /// The ratio of the first value above it to the last one below.
        gap: f64,
    },
    /// The fit to a table is too inexact to tell zeros from small values.
    #[error(
        "the error of the fit covers the signal: {zero} of {unknowns} singular values are zero within it, {unclear} more may be \
         or not; the first that is unclear is {value:.1e}, known to {error:.1e}"
    )]
    Inexact {
        /// Values that may be zero.
        zero: usize,
        /// Values that are about as large as their errors.
        unclear: usize,
        /// All values.
        unknowns: usize,
        /// The first value that is not within its error.
        value: f64,
        /// Its error.
        error: f64,
    },
    /// The oracle has no finite derivative at any sample.
    #[error(
        "the oracle or its derivative is not finite, or too large or small to be squared, at {failed} of {samples} samples"
    )]
    NotFinite {
        /// Samples at which it is not.
        failed: usize,
        /// All samples.
        samples: usize,
    },
    /// An eigenvalue iteration did not converge.
    #[error("the eigenvalues of the Gram matrix did not converge")]
    NoConvergence,
    /// Generators that passed the exact check do not close under brackets: cannot happen.
    #[error("internal error: {0}")]
    Internal(String),
    /// A limit was reached.
    #[error(transparent)]
    Stop(#[from] Stop),
}

impl From<SpanError> for DiscoverError {
    fn from(error: SpanError) -> DiscoverError {
        match error {
            SpanError::Stop(stop) => DiscoverError::Stop(stop),
            other => DiscoverError::Internal(other.to_string()),
        }
    }
}
