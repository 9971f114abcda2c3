//! Floor 1: floating-point kernels. A float never decides a discrete answer; whoever uses these checks exactly or
//! reports a residual.

pub mod complex;
mod cholesky;
pub mod dense;
mod eigen;
pub mod gemm;
mod orthonormal;
mod random;
mod symmetric;

pub use cholesky::{cholesky, cholesky_solve};
pub use eigen::{Complex, eigenvectors, linear_map};
pub use orthonormal::{FrameScratch, orthogonal_frame, orthonormal_rows};
pub use random::Random;
pub use symmetric::{certified_inertia, integer_product, symmetric_eigen};
