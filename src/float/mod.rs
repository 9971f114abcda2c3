//! Floor 1: floating-point kernels. A float never decides a discrete answer; whoever uses these checks exactly or
//! reports a residual.

pub mod complex;
pub mod dense;
pub mod gemm;
mod symmetric;

pub use symmetric::{certified_inertia, integer_product, symmetric_eigen};
