//! What can go wrong with a finite group.

use num_bigint::BigUint;

use crate::limits::Stop;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FiniteError {
    /// The computation was stopped.
    #[error(transparent)]
    Stop(#[from] Stop),
    /// The method lists all elements, and there are too many.
    #[error("{what} of a group of order {order}: the method lists all elements, at most {cap}")]
    TooLarge {
        /// What was asked for.
        what: &'static str,
        /// The order of the group.
        order: BigUint,
        /// The largest order it is done for.
        cap: u64,
    },
    /// A group is not finite, with the proof.
    #[error("the group is infinite: {0}")]
    Infinite(String),
    /// An argument out of range, or permutations that do not fit together.
    #[error("{0}")]
    Argument(String),
    /// A check of a result failed: a bug.
    #[error("{0}")]
    Internal(&'static str),
}
