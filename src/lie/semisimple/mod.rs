//! Semisimple algebras over Q: simple ideals, their types and their real forms, with proof.
//!
//! The chain of the proof, all in characteristic zero and elementary:
//!
//! 1. **Type.** The root system, with the lengths of the roots and their partition into irreducible components, is read
//!    off modulo one large prime; `super::etale` has the argument. No ideal is written down for this.
//! 2. **Ideals.** With one component the algebra is absolutely simple. Otherwise the centroid is an étale algebra over Q
//!    whose dimension is the number of components. A generator is lifted and checked over Q (`super::centroid_generator`), its
//!    minimal polynomial factored over Q: the factors are the simple ideals over Q. An irreducible factor of degree
//!    `m > 1` stands for a Weil restriction from a number field of degree `m`.
//! 3. **Real forms.** The forms `K((S − c)x, y)` with rational `c` between the real roots of the minimal polynomial
//!    separate the real places, which are the absolutely simple ideals over R; the complex places are complex algebras
//!    seen as real. The signatures are exact. Two forms that share a signature are told apart by `super::tie_break`.

mod parts;
mod real_forms;
mod search;
mod separators;

use self::parts::{Found, Parts};
pub(super) use self::search::type_over_closure;
use self::search::{ATTEMPTS, Search};
use super::StructureConstants;
use super::centroid_generator;
use super::chains::Chains;
use super::etale::RootAlgebra;
use super::signature::Signature;
use crate::exact::polynomial::Polynomial;
use crate::exact::{Matrix, Subspace};
use crate::limits::{Limits, Stop};
use crate::num::Rational;
use crate::roots::{RealForm, SimpleType};

/// Why an identification did not come to an end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentifyError {
    /// A limit was reached.
    #[error(transparent)]
    Stop(#[from] Stop),
    /// Randomised steps kept failing, which would be a bug or an input that is not a Lie algebra.
    #[error("no generic element was found in many attempts ({0})")]
    NoGenericElement(&'static str),
}

/// A simple ideal over R of a semisimple algebra.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RealIdeal {
    /// Its name.
    pub form: RealForm,
    /// The signature of its Killing form.
    pub signature: Signature,
}

/// A simple ideal over Q: over the algebraic closure a sum of `degree` conjugate copies of one simple type.
#[derive(Debug, Clone, PartialEq)]
pub struct RationalIdeal {
    /// The type of each absolutely simple factor.
    pub factor: SimpleType,
    /// The minimal polynomial of a generator of the centroid, whose degree is the number of factors.
    pub field: Polynomial,
    /// What it becomes over R, most compact first.
    pub real: Vec<RealIdeal>,
    /// The long roots of each absolutely simple factor were counted to tell types of one dimension and rank apart.
    pub counted_roots: bool,
    /// Modulo the prime of the certificate, the polynomial whose roots are the values of the ideal's roots at `x`.
    pub root_polynomial: Vec<u32>,
}

impl RationalIdeal {
    /// The dimension.
    pub fn dim(&self) -> usize {
        self.factor.dim() * self.field.degree().unwrap_or(1)
    }
}

/// A semisimple algebra taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Semisimple {
    /// The dimension of a Cartan subalgebra.
    pub rank: usize,
    /// The simple ideals over Q.
    pub ideals: Vec<RationalIdeal>,
    /// What the root system was read off; `None` for the zero algebra.
    pub regular: Option<Regular>,
    /// Whether a further form had to tell apart real forms that share the signature.
    pub told_apart: bool,
}

/// The data modulo one prime from which rank and root system follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regular {
    /// The prime.
    pub prime: u32,
    /// A regular semisimple element.
    pub x: Vec<i64>,
    /// An element with a part in every root space.
    pub w: Vec<i64>,
    /// The polynomial of `ad x` on the sum of the root spaces, lowest coefficient first.
    pub root_polynomial: Vec<u32>,
    /// The determinant of the Killing form on the reduced echelon basis of `ker ad x`.
    pub determinant: u32,
}

/// Takes a semisimple algebra apart. `killing` is its Killing form, known to be non-degenerate.
pub fn analyze(
    constants: &StructureConstants,
    killing: &Matrix<Rational>,
    limits: &Limits,
) -> Result<Semisimple, IdentifyError> {
    Ok(take_apart(constants, killing, None, None, limits)?.0)
}

/// [`analyze`] with the simple ideals over Q as subspaces, in the same order.
pub fn analyze_with_ideals(
    constants: &StructureConstants,
    killing: &Matrix<Rational>,
    limits: &Limits,
) -> Result<(Semisimple, Vec<Subspace>), IdentifyError> {
    let (parts, generator) = take_apart(constants, killing, None, None, limits)?;
    let spaces = match generator {
        Some(generator) => {
            let fields: Vec<Polynomial> = parts.ideals.iter().map(|ideal| ideal.field.clone()).collect();
            centroid_generator::ideals(&generator, &fields, limits)?
        }
        None => parts.ideals.iter().map(|_| Subspace::full(constants.dim())).collect(),
    };
    Ok((parts, spaces))
}

/// [`analyze`] of an algebra on which `root` acts as √d > 0, row `j` the image of basis element `j`: the real ideals above the
/// place where it is positive.
pub(super) fn take_apart_at(
    constants: &StructureConstants,
    killing: &Matrix<Rational>,
    root: &Matrix<Rational>,
    limits: &Limits,
) -> Result<Semisimple, IdentifyError> {
    Ok(apart(constants, killing, None, None, Some(root), limits)?.0)
}

/// [`analyze`] with what is known already: chains modulo a prime, and the signature of the Killing form. Also returns
/// the generator of the centroid when there are several absolutely simple ideals.
pub(super) fn take_apart(
    constants: &StructureConstants,
    killing: &Matrix<Rational>,
    chains: Option<Chains>,
    known: Option<Signature>,
    limits: &Limits,
) -> Result<Parts, IdentifyError> {
    apart(constants, killing, chains, known, None, limits)
}

fn apart(
    constants: &StructureConstants,
    killing: &Matrix<Rational>,
    chains: Option<Chains>,
    known: Option<Signature>,
    root: Option<&Matrix<Rational>>,
    limits: &Limits,
) -> Result<Parts, IdentifyError> {
    if constants.dim() == 0 {
        return Ok((Semisimple { rank: 0, ideals: Vec::new(), regular: None, told_apart: false }, None));
    }
    let mut search = Search::new(constants, chains, limits);
    for attempt in 0..ATTEMPTS {
        limits.progress("Cartan subalgebra", 0.0);
        let chains = search.next(attempt)?;
        if let Some(roots) = RootAlgebra::new(chains, limits)?
            && let Some(components) = roots.components(attempt)?
        {
            let components = &components;
            let found = Found { constants, killing, chains, roots: &roots, components, known, root, limits };
            if let Some(result) = found.parts(attempt)? {
                return Ok(result);
            }
        }
    }
    Err(IdentifyError::NoGenericElement("regular elements"))
}
