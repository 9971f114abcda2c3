//! Floor 1: floating-point kernels. A float never decides a discrete answer; whoever uses these checks exactly or
//! reports a residual.

mod cholesky;
mod cholesky_block;
pub mod complex;
pub mod dense;
mod eigen;
mod extreme;
pub mod gemm;
mod gram_null;
mod low_eigen;
mod orthonormal;
mod outer_gram;
mod pivoted_cholesky;
mod random;
mod symmetric;
pub mod triangular;

pub use cholesky::{cholesky, cholesky_solve};
pub use eigen::{Complex, eigenvectors, linear_map};
pub use extreme::dot;
pub use gram_null::{GramNullSpace, gram_null_space, largest_eigenvalue};
pub use low_eigen::{LowEigen, low_eigen};
pub use orthonormal::{FrameScratch, orthogonal_frame, orthonormal_rows};
pub use outer_gram::OuterGram;
pub use random::Random;
pub use symmetric::{certified_inertia, integer_product, symmetric_eigen, symmetric_eigenvalues};
