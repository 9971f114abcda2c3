//! Floor 6: equivariant networks.
//!
//! A network is a list of layers between representations that are sums of blocks; its parameters are a flat vector apart
//! from it, with named slices. A linear layer has for each pair of blocks the coefficients of a sparse basis of the
//! equivariant maps between them, so that no projector and no large matrix is ever needed.
//!
//! | file | what |
//! | --- | --- |
//! | `space.rs`, `uniform.rs` | sums of blocks, and hidden ones of a given width |
//! | `solver.rs`, `maps.rs`, `coupling.rs` | bases of linear and bilinear maps between blocks |
//! | `linear.rs`, `bilinear.rs`, `convolution.rs`, `nonlinear.rs` | the layers |
//! | `network.rs`, `build.rs`, `initial.rs`, `dependence.rs` | structure, the architectures, first parameters, whether the value varies |
//! | `real.rs`, `forward.rs` | evaluation in single or double precision, sixteen samples at a time |
//! | `shallow.rs`, `fit.rs` | shallow ReLU networks over Q, and those that a finite group leaves invariant |
//! | `word.rs`, `equivariance.rs` | random group elements and the error of equivariance |
//! | `export.rs`, `onnx.rs`, `onnx_convolution.rs` | parameters and bases as named arrays; dense models for other programs |
//!
//! After M. Finzi, M. Welling, A. G. Wilson, *A practical method for constructing equivariant multilayer perceptrons for
//! arbitrary matrix groups* (2021).

mod bilinear;
mod build;
mod convolution;
mod coupling;
mod dependence;
mod equivariance;
mod export;
mod fit;
mod forward;
mod initial;
mod linear;
mod maps;
mod network;
mod nonlinear;
mod odd;
mod onnx;
mod onnx_convolution;
mod real;
mod shallow;
mod solver;
mod space;
#[cfg(test)]
mod tests;
mod uniform;
mod word;

pub use bilinear::Bilinear;
pub use build::{Hidden, convolution, emlp, mlp, tensor_product};
pub use convolution::{Convolution, Radial};
pub use dependence::Constancy;
pub use equivariance::{Errors, equivariance_errors};
pub use export::{Content, NamedArray, arrays, parameters_from};
pub use fit::{Fit, fit};
pub use initial::initial_parameters;
pub use linear::Linear;
pub use network::{Architecture, Layer, Network, Parameters, Slice};
pub use nonlinear::{Activation, Gate, Pointwise};
pub use odd::{is_odd, loss_bound, opposite_pairs};
pub use onnx::{onnx, onnx_of_basis};
pub use real::Real;
pub use shallow::{Choice, InvariantNetwork, Shallow, invariant_forms};
pub use space::{Block, BlockKind, Space};
pub use uniform::uniform;

use crate::equivariant::EquivariantError;
use crate::limits::Stop;
use crate::reps::RepError;

/// Why a network could not be made or used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NetError {
    /// The arguments do not fit together.
    #[error("{0}")]
    Argument(String),
    /// A pointwise nonlinearity on a block that it would break.
    #[error("a pointwise nonlinearity is equivariant on scalars and permutation representations only, not on {0}")]
    Pointwise(String),
    /// Arrays that are not the parameters of this network.
    #[error("{0}")]
    Mismatch(String),
    /// A value became infinite or undefined.
    #[error("{0}")]
    NotFinite(String),
    /// An error about representations.
    #[error(transparent)]
    Rep(#[from] RepError),
    /// An error about bases of equivariant maps.
    #[error(transparent)]
    Equivariant(#[from] EquivariantError),
    /// A limit was reached.
    #[error(transparent)]
    Stopped(#[from] Stop),
}
