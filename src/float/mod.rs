//! Floor 1: floating-point kernels. A float never decides a discrete answer; whoever uses these checks exactly or
//! reports a residual.

pub mod complex;
pub mod dense;
mod symmetric;

pub use symmetric::symmetric_eigen;
