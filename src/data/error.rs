//! What can be wrong with a data file.

use crate::limits::Stop;

/// In what way a data file is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is not what it says.
    Format,
    /// It cannot be read or written.
    Io,
    /// An index out of range.
    Index,
    /// A malformed or infinite number.
    Number,
    /// Brackets that contradict antisymmetry.
    Antisymmetry,
    /// Two different values for one entry.
    Duplicate,
    /// Matrices whose sizes do not fit.
    Shape,
    /// A value out of range.
    Argument,
    /// A limit was met on the way.
    Stop(Stop),
}

/// An error in a data file: how it is wrong, and what is wrong in one line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct DataError {
    /// In what way.
    pub fault: Fault,
    /// In one line.
    pub message: String,
}

impl DataError {
    /// An error.
    pub fn new(fault: Fault, message: impl Into<String>) -> DataError {
        DataError { fault, message: message.into() }
    }
}

impl From<Stop> for DataError {
    fn from(stop: Stop) -> DataError {
        let message = stop.to_string();
        DataError { fault: Fault::Stop(stop), message }
    }
}
