//! Irreducible representations by explicit matrices, and the maps between their tensor products.
//!
//! [`Irreducible`] is `V(λ)` over Q in a basis of weight vectors on which the Chevalley generators act by sparse exact
//! matrices. Everything else rests on it: the contravariant form and orthogonal bases ([`Orthogonal`]), the compact real
//! form, Clebsch–Gordan coefficients ([`ClebschGordan`]), invariant tensors and projectors. The coupling coefficients of
//! angular momenta ([`wigner_3j`], [`wigner_6j`]) have closed formulas and stand beside them.

mod build;
mod clebsch_gordan;
mod compact;
#[cfg(test)]
mod coupling_tests;
mod de_swart;
mod highest_vectors;
mod invariant_tensors;
mod lattice;
mod matrices;
mod orthogonal;
mod projector;
mod signed_root;
mod spaces;
#[cfg(test)]
mod tests;
mod wigner;

pub use clebsch_gordan::{ClebschGordan, Component};
pub use compact::{CompactForm, compact_form};
pub use invariant_tensors::{InvariantTensors, invariant_tensors};
pub use matrices::Irreducible;
pub use orthogonal::Orthogonal;
pub use projector::projector;
pub use signed_root::SignedRoot;
pub(super) use spaces::simple_roots;
pub use wigner::{HalfInteger, WignerError, clebsch_gordan_spin, wigner_3j, wigner_6j};
