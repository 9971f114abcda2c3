//! Floor 3: reading and writing data files. Hostile input gives an error with a code, never a panic.

mod cell;
mod content;
pub mod error;
pub mod file;
mod inflate;
pub mod number;
pub mod numpy;
pub mod numpy_read;
pub mod onnx;
pub mod read;
mod rows;
pub mod safetensors;
mod scan;
mod source;
mod table;
pub mod write;

pub use error::{DataError, Fault};
