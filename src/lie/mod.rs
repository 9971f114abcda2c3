//! Floor 3: Lie algebras over Q: building them, taking them apart, naming them.

mod algebra;
mod bracket_table;
mod cartan_involution;
mod cartan_numeric;
mod center;
mod centroid;
mod centroid_generator;
mod chains;
pub mod chevalley;
mod constants;
mod decompose;
#[cfg(test)]
mod decompose_tests;
mod derivations;
mod etale;
mod exact_form;
mod generators;
mod identify;
mod integer_table;
mod invariance;
mod jacobi;
mod jacobi_dense;
mod jacobi_sparse;
mod killing;
mod levi;
mod matrix_closure;
mod matrix_exact;
mod matrix_generate;
mod matrix_residues;
mod matrix_set;
mod matrix_span;
#[cfg(test)]
mod matrix_span_tests;
pub mod named;
mod nilradical;
pub mod parts;
mod products;
mod rank;
mod residue;
mod scaled;
pub mod semisimple;
mod signature;
mod sizes;
pub mod small;
mod stabilizer;
#[cfg(test)]
mod stabilizer_tests;
pub mod structure;
#[cfg(test)]
pub(crate) mod test_support;
mod tie_break;

pub use algebra::{Algebra, JacobiProof, Realization};
pub use cartan_involution::{CartanError, CartanInvolution, ExactInvolution, cartan_involution};
pub use cartan_numeric::NumericInvolution;
pub use constants::StructureConstants;
pub use decompose::{DirectSum, Summand, centroid, decompose};
pub use derivations::{DerivationError, derivations, derivations_of_algebra};
pub use identify::{Certificate, Identification, Witness, cartan_type, identify, nilradical_of, radical_of};
pub use jacobi::{JacobiFailure, jacobi_defect, prove_jacobi};
pub use killing::killing_form;
pub use levi::levi_factor;
pub use matrix_generate::generate;
pub use matrix_set::{MatrixSet, ShapeError, as_gaussian, realified};
pub use matrix_span::{SpanError, Spanned, span, span_canonical};
pub use parts::PartError;
pub use products::{product_space, products_lie_in};
pub use residue::ResidueTable;
pub use semisimple::{IdentifyError, RationalIdeal, RealIdeal, Regular, Semisimple};
pub use signature::{Signature, signature};
pub use stabilizer::{Ansatz, StabilizerError, stabilizer};
