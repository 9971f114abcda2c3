//! What can be wrong with a data file.

use crate::diag::{Code, Diagnostic};

/// An error in a data file: its code and what is wrong, in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataError {
    /// The stable code.
    pub code: Code,
    /// What is wrong.
    pub message: String,
}

impl DataError {
    /// An error.
    pub fn new(code: Code, message: impl Into<String>) -> DataError {
        DataError { code, message: message.into() }
    }
}

impl From<DataError> for Diagnostic {
    fn from(error: DataError) -> Diagnostic {
        Diagnostic::new(error.code, error.message)
    }
}
