//! Floor 5: from data to a theorem. An oracle (a function of vectors, or a table of its values) goes in; out comes the Lie
//! algebra of all matrices of a given shape that leave it invariant, found in floating point, read off as rational
//! matrices and, where the oracle is rational, proved.
//!
//! A matrix `W` is a symmetry of `f` when `∇f(x)·(W x) = 0` for all `x`. Every sample gives one linear equation for the
//! entries of `W` (`rows.rs`); the dimension is read from the singular values by a stated rule (`spectrum.rs`); the null
//! space is brought to echelon form and rounded to rationals (`snap.rs`); the same equations as identities of polynomials
//! bound the dimension from above and check every generator (`equations.rs`).

mod ansatz;
mod assembly;
mod blocks;
mod closed_form;
mod equations;
mod error;
mod evaluate;
mod exact_vectors;
mod fit;
mod float_type;
mod fraction;
mod from_form;
mod generators;
mod network_fit;
mod oracle;
mod perceptron;
mod picture;
mod polynomial_fit;
mod regression;
mod rows;
mod sample;
mod snap;
mod snap_quadratic;
mod spectrum;
mod steps;
mod subspace;
mod surface;
mod symbol;
mod table_rows;
mod terms;
#[cfg(test)]
mod tests;
mod torus;
pub mod training;
mod units;
mod vanishing;
mod vector_fields;

pub use ansatz::{Ansatz, Entry, Shape};
pub use closed_form::{Discovery, Generators, Proof, Request, discover};
pub use error::DiscoverError;
pub use fit::{Family, Fit, FitRequest, LEAST_ROWS, Model, fit};
pub use float_type::{Ball, FloatStructure, float_structure};
pub use from_form::oracle_of_forms;
pub use generators::{FloatGenerators, Solver, generators};
pub use oracle::{Constants, Oracle, Role};
pub use picture::spectrum_scene;
pub use sample::{Law, Points, sample};
pub use spectrum::{Rule, Spectrum};
pub use steps::{Draft, Step};
pub use subspace::{Subspace, subspace};
pub use surface::Surface;
pub use symbol::Symbol;
pub use table_rows::{distinct_rows, is_constant, with_noise};
pub use vanishing::in_range;
pub use vector_fields::components;
