//! Floor 0: numbers. Rationals with a machine-word fast path, Gaussian rationals, sums of roots of unity, residues modulo word-size
//! primes and the way back from residues to rationals.

mod abelian_field;
mod cyclotomic;
mod cyclotomic_text;
mod factor;
mod gaussian;
mod partitions;
mod power_basis;
pub mod prime;
mod quadratic;
mod rational;
mod reconstruct;
pub mod simd;
mod squaring;

pub use abelian_field::{AbelianField, Place};
pub use cyclotomic::Cyclotomic;
pub use factor::prime_powers;
pub use gaussian::Gaussian;
pub use partitions::{partitions, partitions_in_multiples};
pub use power_basis::PowerBasis;
pub use prime::Prime;
pub use quadratic::Quadratic;
pub use rational::{ParseRationalError, Rational, common_denominator};
pub use reconstruct::{Crt, rationals_of_words};
pub use squaring::{power, try_power};
