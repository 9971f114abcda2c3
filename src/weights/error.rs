//! What can be wrong with a weight or with what is asked of it.

use crate::limits::Stop;
use crate::roots::TypeError;

/// Why something about weights could not be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeightError {
    /// Text that names no reductive type.
    #[error("`{0}` is no type of a reductive algebra; expected for instance `E6`, `A4+A1+T1` or `SU(3)xSU(2)xU(1)`")]
    Malformed(String),
    /// A wrong Cartan type.
    #[error(transparent)]
    Type(#[from] TypeError),
    /// A weight with the wrong number of coordinates.
    #[error("a weight of {group} has {expected} coordinates, not {found}")]
    Length {
        /// The type.
        group: String,
        /// Its rank.
        expected: usize,
        /// How many were given.
        found: usize,
    },
    /// A highest weight with a negative label.
    #[error("a highest weight has no negative labels; label {position} is {value}")]
    Negative {
        /// The place of the label, from 1.
        position: usize,
        /// Its value.
        value: i64,
    },
    /// A label beyond what is supported.
    #[error("label {position} is {value}; labels up to {limit} are supported")]
    Label {
        /// The place of the label, from 1.
        position: usize,
        /// Its value.
        value: i64,
        /// The largest one.
        limit: i64,
    },
    /// Two representations of different algebras met.
    #[error("representations of different algebras: {first} and {second}")]
    Different {
        /// The first type.
        first: String,
        /// The second one.
        second: String,
    },
    /// A list of numbers that is no partition.
    #[error("{0:?} is no partition: expected positive integers that do not increase")]
    NoPartition(Vec<i64>),
    /// A node of the Dynkin diagram that does not exist.
    #[error("there is no node {node}: the rank of the semisimple part is {rank}")]
    NoNode {
        /// The node, from 1.
        node: usize,
        /// The rank.
        rank: usize,
    },
    /// A matrix that is no restriction matrix between these groups.
    #[error("wrong restriction matrix: {0}")]
    RestrictionMatrix(String),
    /// A power or a number of boxes too large to work with.
    #[error("{0}")]
    TooLarge(String),
    /// A name such as `27b` that no irreducible representation has.
    #[error("{group} has no irreducible representation called `{name}`")]
    NoSuchName {
        /// The type.
        group: String,
        /// The name as given.
        name: String,
        /// What may have been meant, or how names are written.
        near: String,
    },
    /// A question that has an answer for irreducible representations only.
    #[error("{0}")]
    NotIrreducible(String),
    /// An internal check of an answer failed: dimensions or indices that must agree do not.
    #[error("a check of the answer failed: {0}; please report this as a bug")]
    Check(String),
    /// A limit was reached.
    #[error(transparent)]
    Stopped(#[from] Stop),
}
