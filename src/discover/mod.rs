//! Floor 5: symmetries found in data.

pub mod training;
