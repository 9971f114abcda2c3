//! Floor 3: Lie algebras over Q: building them, taking them apart, naming them.

mod algebra;
mod constants;
mod jacobi;
mod killing;
mod residue;
mod signature;

pub use algebra::{Algebra, JacobiProof, Realization};
pub use constants::StructureConstants;
pub use jacobi::{JacobiFailure, jacobi_defect, prove_jacobi};
pub use killing::killing_form;
pub use residue::ResidueTable;
pub use signature::{Signature, signature};
