//! The Lie algebra of all matrices that leave given forms invariant, with its dimension proved.

use super::bracket_table::{Brackets, echelon_brackets};
use super::invariance::{Unknowns, equations};
use super::matrix_closure::{Closure, closure_by_residues};
use super::matrix_set::MatrixSet;
use super::{Algebra, JacobiProof, Realization};
use crate::exact::SparseMatrix;
use crate::exact::null_space::null_space;
use crate::exact::sparse::SparseVector;
use crate::forms::Form;
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// The matrices among which symmetries are sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Ansatz {
    /// Complex matrices `A + iB`, the answer being a real Lie algebra; otherwise real ones.
    pub complex: bool,
    /// Affine maps `x → A x + b`, written as matrices of size `n + 1` with last row zero.
    pub affine: bool,
    /// Every form may be multiplied by a factor: `W·φ = λ φ`.
    pub up_to_scale: bool,
}

impl Ansatz {
    /// Real matrices.
    pub fn real() -> Ansatz {
        Ansatz::default()
    }

    /// Complex matrices.
    pub fn complex() -> Ansatz {
        Ansatz { complex: true, ..Ansatz::default() }
    }

    /// Real affine maps.
    pub fn affine() -> Ansatz {
        Ansatz { affine: true, ..Ansatz::default() }
    }

    /// Complex matrices as soon as one of the forms lives on a complex space, else real ones.
    pub fn for_forms(forms: &[Form]) -> Ansatz {
        Ansatz { complex: forms.iter().any(Form::is_complex), ..Ansatz::default() }
    }
}

/// Why there is no stabilizer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StabilizerError {
    /// No form was given.
    #[error("a stabilizer needs at least one form")]
    NoForms,
    /// Two forms live on spaces of different dimension.
    #[error(
        "the forms live on different spaces: `{first_name}` in dimension {first}, `{second_name}` in dimension {second}"
    )]
    Dimensions {
        /// The first form.
        first_name: String,
        /// Its dimension.
        first: usize,
        /// The first form that disagrees.
        second_name: String,
        /// Its dimension.
        second: usize,
    },
    /// A form with conjugate arguments was given to a real ansatz.
    #[error("`{0}` has conjugate arguments: it needs complex matrices")]
    NeedsComplex(String),
    /// The equations hold but the brackets leave the space: cannot happen, and would be an error of the program.
    #[error("internal error: the brackets {0}, {1} leave the stabilizer")]
    NotClosed(usize, usize),
    /// A limit was reached.
    #[error(transparent)]
    Stop(#[from] Stop),
}

/// The Lie algebra of all matrices `W` with `W·φ = 0` for every form, that is `Σ W_ab x_b ∂φ/∂x_a = 0` identically
/// (summed over the arguments of `φ`).
///
/// The basis is the reduced row echelon form of the space of solutions, entries taken row by row (real before
/// imaginary part); it depends on the forms alone. The dimension is proved by exact elimination, the brackets are
/// read off at the leading entries and checked everywhere.
pub fn stabilizer(forms: &[Form], ansatz: Ansatz, limits: &Limits) -> Result<Algebra, StabilizerError> {
    let first = forms.first().ok_or(StabilizerError::NoForms)?;
    let n = first.dimension();
    for form in forms {
        if form.dimension() != n {
            return Err(StabilizerError::Dimensions {
                first_name: first.name().to_string(),
                first: n,
                second_name: form.name().to_string(),
                second: form.dimension(),
            });
        }
        if form.needs_complex() && !ansatz.complex {
            return Err(StabilizerError::NeedsComplex(form.name().to_string()));
        }
    }
    let unknowns = Unknowns { dimension: n, affine: ansatz.affine, complex: ansatz.complex };
    let mut cols = unknowns.count();
    let mut rows: Vec<SparseVector> = Vec::new();
    limits.progress("equations", 0.0);
    for form in forms {
        let free = ansatz.up_to_scale || form.is_up_to_scale();
        // The factors come after the entries of W, so that the echelon form of the solutions is led by entries of W.
        let scale = free.then_some(cols as u32);
        if free {
            cols += unknowns.parts();
        }
        rows.extend(equations(form, unknowns, scale, limits)?);
    }
    limits.progress("null space", 0.2);
    let solutions = null_space(cols, &rows, limits)?;
    drop(rows);
    // A factor that no equation fixes (its form is zero) is led by its own column: not a matrix, dropped.
    let dim = solutions.leading.partition_point(|&c| (c as usize) < unknowns.count());
    limits.progress("brackets", 0.7);
    let size = unknowns.width();
    let basis: Vec<SparseMatrix> = solutions.basis.iter().take(dim).map(|v| matrix_of(v, unknowns)).collect();
    let leading: Vec<u32> = solutions.leading.iter().take(dim).map(|&c| place_of(c as usize, unknowns)).collect();
    let stored = size * unknowns.parts();
    let large = basis.iter().any(|m| m.triples().any(|(_, _, v)| v.as_small().is_none()));
    let constants = if large {
        // Forms in badly mixed coordinates: rational commutators would drown in greatest common divisors.
        match closure_by_residues(&MatrixSet::of_stored(size, ansatz.complex, basis.clone()), limits)? {
            Closure::Closed { constants, .. } => constants,
            Closure::Leaves(i, j) => return Err(StabilizerError::NotClosed(i, j)),
        }
    } else {
        match echelon_brackets(stored, &basis, &leading, limits)? {
            Brackets::Closed(constants) => constants,
            Brackets::Leaves(i, j) => return Err(StabilizerError::NotClosed(i, j)),
        }
    };
    let realization = Realization { size, complex: ansatz.complex, basis };
    Ok(Algebra::new(constants, JacobiProof::Commutators, origin(forms, ansatz)).with_realization(realization))
}

/// `stabilizer of a 3-form on Q^7`, …
fn origin(forms: &[Form], ansatz: Ansatz) -> String {
    let descriptions: Vec<String> = forms
        .iter()
        .map(|form| {
            let scale = if ansatz.up_to_scale && !form.is_up_to_scale() { " up to scale" } else { "" };
            form.description(ansatz.complex) + scale
        })
        .collect();
    let affine = if ansatz.affine { "affine " } else { "" };
    match descriptions.split_last() {
        Some((last, [])) => format!("{affine}stabilizer of {last}"),
        Some((last, others)) => format!("{affine}stabilizer of {} and {last}", others.join(", ")),
        None => "stabilizer".to_string(),
    }
}

/// The entry (row, column) and part of an unknown.
fn cell(unknown: usize, unknowns: Unknowns) -> (usize, usize, usize) {
    let (width, parts) = (unknowns.width(), unknowns.parts());
    (unknown / parts / width, unknown / parts % width, unknown % parts)
}

/// The flat position, in the stored real matrix, where an unknown stands in the left half.
fn place_of(unknown: usize, unknowns: Unknowns) -> u32 {
    let (a, b, part) = cell(unknown, unknowns);
    let size = unknowns.width();
    ((a + part * size) * size * unknowns.parts() + b) as u32
}

/// The matrix with these entries, complex ones in blocks `[[A, −B], [B, A]]`.
fn matrix_of(solution: &[(u32, Rational)], unknowns: Unknowns) -> SparseMatrix {
    let size = unknowns.width();
    let stored = size * unknowns.parts();
    let mut triples = Vec::with_capacity(solution.len() * unknowns.parts());
    for (unknown, value) in solution.iter().filter(|(u, _)| (*u as usize) < unknowns.count()) {
        let (a, b, part) = cell(*unknown as usize, unknowns);
        triples.push((a + part * size, b, value.clone()));
        if unknowns.complex {
            triples.push(if part == 0 { (a + size, b + size, value.clone()) } else { (a, b + size, -value) });
        }
    }
    SparseMatrix::from_triples(stored, stored, triples)
}
