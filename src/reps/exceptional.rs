//! The exceptional groups in their smallest representations.
//!
//! Compact forms: G2 on R^7 fixes the 3-form of the octonions, F4 on R^26 the cubic norm of the trace-free Albert algebra,
//! E6 acts on C^27 and E7 on C^56 by the minuscule representations, E8 on its algebra. Split forms act on the Chevalley
//! lattices of the same representations. (J. F. Adams, *Lectures on Exceptional Lie Groups*.)

use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::One;

use super::irreducible::{Irreducible, Orthogonal, compact_form};
use super::{Group, Rep, RepError};
use crate::forms::{self, FormError};
use crate::lie::named::{self, NamedError};
use crate::lie::{Algebra, Ansatz, Realization, StabilizerError, stabilizer};
use crate::limits::Limits;
use crate::roots::{CartanType, Letter, SimpleType};
use crate::weights::{Module, ReductiveType};

/// The real forms that exist for every type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RealForm {
    /// The one whose group is compact.
    Compact,
    /// The one with a split Cartan subalgebra.
    Split,
}

/// G2, F4, E6, E7 or E8 as a connected group of matrices of the smallest size: 7, 26, 27, 56 or 248; complex for the compact
/// forms of E6 and E7. It is simply connected where it is compact.
pub fn exceptional(t: SimpleType, form: RealForm, limits: &Limits) -> Result<Group, RepError> {
    let Some(weight) = smallest(t) else {
        let expected = "G2, F4, E6, E7 or E8; classical groups have names of their own, SU, SO, Sp, SL".to_string();
        return Err(NamedError::Argument { what: format!("the exceptional group of type {t}"), expected }.into());
    };
    let name = match form {
        RealForm::Compact => t.to_string(),
        RealForm::Split => format!("{t}({})", t.rank()),
    };
    let algebra = match (form, t.letter(), t.rank()) {
        (RealForm::Split, ..) => {
            let module = Irreducible::new(&ReductiveType::new(vec![t], 0), &weight, limits)?;
            on_matrices(&module.to_rep(&name, limits)?, false, limits)?
        }
        (RealForm::Compact, Letter::G, _) => fixing(forms::octonion_form(false), limits)?,
        (RealForm::Compact, Letter::F, _) => fixing(forms::albert_cubic_trace_free(false), limits)?,
        (RealForm::Compact, _, 8) => {
            let algebra = Arc::new(named::compact(&CartanType::from(t), limits)?);
            on_matrices(&Rep::adjoint(&super::Base::new(name.as_str(), algebra)), false, limits)?
        }
        (RealForm::Compact, ..) => {
            let group = ReductiveType::new(vec![t], 0);
            let module = Orthogonal::new(Arc::new(Irreducible::new(&group, &weight, limits)?), limits)?;
            on_matrices(&compact_form(&module, limits)?.to_rep(&group, &name, limits)?, true, limits)?
        }
    };
    let note = match form {
        RealForm::Compact => "compact, simply connected",
        RealForm::Split => "split",
    };
    let group = Group::new(name, Arc::new(algebra), note)?;
    Ok(match module(t, form, &weight, limits)? {
        Some(module) => group.with_vector_module(module),
        None => group,
    })
}

/// The defining representation over C; `None` for the split form of E6, where simple roots decide which of 27 and its dual it is.
fn module(t: SimpleType, form: RealForm, weight: &[i64], limits: &Limits) -> Result<Option<Module>, RepError> {
    let module = Module::irreducible(&ReductiveType::new(vec![t], 0), weight, limits)?;
    Ok(match (form, t.letter(), t.rank()) {
        (RealForm::Split, Letter::E, 6) => None,
        // Complex matrices act on real vectors: V_R ⊗ C = V + V*, as the group is unitary.
        (RealForm::Compact, Letter::E, 6 | 7) => Some(module.plus(&BigInt::one(), &module.dual())?),
        _ => Some(module),
    })
}

/// The highest weight of the smallest faithful representation, Bourbaki numbering.
fn smallest(t: SimpleType) -> Option<Vec<i64>> {
    let node = match (t.letter(), t.rank()) {
        (Letter::G, _) | (Letter::E, 6) => 0,
        (Letter::F, _) | (Letter::E, _) => t.rank() - 1,
        _ => return None,
    };
    Some((0..t.rank()).map(|i| i64::from(i == node)).collect())
}

/// The algebra of a faithful representation with its matrices as the defining ones; `halved` where they are complex
/// matrices in stored form.
fn on_matrices(rep: &Rep, halved: bool, limits: &Limits) -> Result<Algebra, RepError> {
    let (basis, size) = (rep.matrices(limits)?, rep.size()?);
    let size = if halved { size / 2 } else { size };
    Ok(rep.base().algebra().as_ref().clone().with_realization(Realization { size, complex: halved, basis }))
}

/// The real matrices that annihilate a form.
fn fixing(form: Result<forms::Form, FormError>, limits: &Limits) -> Result<Algebra, RepError> {
    let internal = |error: String| RepError::Named(NamedError::Internal(error));
    let form = form.map_err(|e| internal(e.to_string()))?;
    stabilizer(&[form], Ansatz::real(), limits).map_err(|error| match error {
        StabilizerError::Stop(stop) => RepError::Stopped(stop),
        other => internal(other.to_string()),
    })
}
