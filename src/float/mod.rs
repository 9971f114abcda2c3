//! Floor 1: floating-point kernels. A float never decides a discrete answer; whoever uses these checks exactly or
//! reports a residual.

pub mod dense;
mod eigen;
mod symmetric;

pub use eigen::{Complex, eigenvectors, linear_map};
pub use symmetric::symmetric_eigen;
