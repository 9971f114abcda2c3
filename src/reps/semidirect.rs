//! The semidirect sum of an algebra with one of its representations.

use num_bigint::BigUint;

use super::{Rep, RepError, name};
use crate::lie::named::{self, MAX_DIM, NamedError};
use crate::lie::{Algebra, JacobiProof, StructureConstants};
use crate::limits::Limits;

/// `g ⋉ V`: the brackets of `g`, `[x, v] = ρ(x) v`, `[V, V] = 0`; the basis of `g` first. That `ρ` is a representation
/// is checked once more, exactly.
///
/// `rep` may be one of a group with algebra `g` or of `g` itself.
pub fn semidirect(g: &Algebra, rep: &Rep, limits: &Limits) -> Result<Algebra, RepError> {
    if rep.base().algebra().constants() != g.constants() {
        return Err(RepError::DifferentBase { first: g.origin().to_string(), second: rep.base().name().to_string() });
    }
    // Before any matrix is built: tensor powers grow fast.
    if rep.dim() + g.dim() > BigUint::from(MAX_DIM) {
        let what = format!("the semidirect sum of dimension {} + {}", g.dim(), rep.dim());
        let expected =
            format!("a representation {} of smaller dimension, at most {MAX_DIM} in all", name::brief(&rep.node));
        return Err(NamedError::Argument { what, expected }.into());
    }
    if g.dim() == 0 {
        let dim = rep.size()?;
        let proof = JacobiProof::Construction("all brackets are zero".to_string());
        return Ok(Algebra::new(StructureConstants::abelian(dim), proof, format!("Q^{dim}")));
    }
    Ok(named::semidirect(g, &rep.matrices(limits)?, limits)?)
}
