//! Floor 2: composition and Jordan algebras, and the invariant forms built from them.

mod classical;
mod composition;
mod exceptional;
mod form;
mod freudenthal;
mod jordan;
mod multiplication;
mod polynomial;

pub use classical::*;
pub use composition::{Composition, LINES, quaternion_algebra};
pub use exceptional::*;
pub use form::{Form, FormError, Invariant, Slot};
pub use freudenthal::{
    cartan_polynomial, determinant_polynomial, freudenthal_polynomial, freudenthal_symplectic, pfaffian_polynomial,
};
pub use jordan::Jordan;
pub use multiplication::Multiplication;
pub use polynomial::{Monomial, Polynomial};
