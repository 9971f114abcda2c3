//! Floor 1: floating-point kernels. A float never decides a discrete answer; whoever uses these checks exactly or
//! reports a residual.

pub mod complex;
pub mod dense;
mod eigen;
pub mod gemm;
mod gram_null;
mod random;
mod symmetric;

pub use eigen::{Complex, eigenvectors, linear_map};
pub use gram_null::{GramNullSpace, gram_null_space};
pub use random::Random;
pub use symmetric::{certified_inertia, integer_product, symmetric_eigen};
