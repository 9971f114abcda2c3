//! Floor 3: Lie algebras over Q: building them, taking them apart, naming them.

mod algebra;
mod commutant;
mod constants;
mod frame;
mod identify;
mod jacobi;
mod killing;
mod products;
mod residue;
pub mod semisimple;
mod signature;
pub mod structure;

pub use algebra::{Algebra, JacobiProof, Realization};
pub use constants::StructureConstants;
pub use identify::{Certificate, Identification, identify, nilradical_of, radical_of};
pub use jacobi::{JacobiFailure, jacobi_defect, prove_jacobi};
pub use killing::killing_form;
pub use products::{product_space, products_lie_in};
pub use residue::ResidueTable;
pub use semisimple::{IdentifyError, RationalIdeal, RealIdeal, Semisimple};
pub use signature::{Signature, signature};
mod bracket_table;
mod invariance;
mod stabilizer;
#[cfg(test)]
mod stabilizer_tests;
#[cfg(test)]
pub(crate) mod test_support;

pub use stabilizer::{Ansatz, StabilizerError, stabilizer};
