//! Floor 0: numbers. Rationals with a machine-word fast path and Gaussian rationals.

mod gaussian;
mod quadratic;
mod rational;

pub use gaussian::Gaussian;
pub use quadratic::Quadratic;
pub use rational::{ParseRationalError, Rational, common_denominator};
