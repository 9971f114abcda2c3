//! The `symmetra` program; everything it does is in the library.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    symmetra::cli::main()
}
