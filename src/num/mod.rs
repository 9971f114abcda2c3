//! Floor 0: numbers. Rationals with a machine-word fast path, Gaussian rationals, residues modulo word-size
//! primes and the way back from residues to rationals.

mod gaussian;
mod quadratic;
pub mod prime;
mod rational;
mod reconstruct;

pub use gaussian::Gaussian;
pub use quadratic::Quadratic;
pub use prime::Prime;
pub use rational::{ParseRationalError, Rational, common_denominator};
pub use reconstruct::Crt;
