//! Floor 0: numbers. Rationals with a machine-word fast path, Gaussian rationals, residues modulo word-size
//! primes and the way back from residues to rationals.

mod gaussian;
pub mod prime;
mod quadratic;
mod rational;
mod reconstruct;
pub mod simd;

pub use gaussian::Gaussian;
pub use prime::Prime;
pub use quadratic::Quadratic;
pub use rational::{ParseRationalError, Rational, common_denominator};
pub use reconstruct::Crt;
