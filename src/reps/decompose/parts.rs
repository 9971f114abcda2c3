//! Isotypic components split into irreducible representations over Q.
//!
//! The equivariant maps of an isotypic component form a simple algebra over Q; it is a division algebra exactly when the
//! component is irreducible (Schur). So zero divisors are looked for: elements whose characteristic polynomial has several
//! irreducible factors, or one that does not vanish on them, have a kernel, which is invariant; an idempotent onto it, found
//! as an equivariant map, gives the complement. In a quaternion algebra a zero divisor is a zero of its norm form on traceless
//! elements, a point of a conic.

use num_traits::ToPrimitive;

use super::DecomposeError;
use super::isotypic::{self, Component, evaluated, isotypic, kernel};
use crate::exact::null_space::null_space;
use crate::exact::{Matrix, SparseMatrix, SparseVector, Subspace, characteristic_polynomial};
use crate::finite::RealType;
use crate::lie::chevalley::{Conic, conic_zero};
use crate::limits::Limits;
use crate::num::Rational;
use crate::num::prime::{random_integer, random_stream};
use crate::reps::{Rep, equivariant_maps};

/// Random equivariant maps that are tried where no basis element is a zero divisor.
const ATTEMPTS: usize = 60;

/// An irreducible representation over Q, or one that was not split further.
#[derive(Clone, Debug)]
pub struct Part {
    /// The subspace.
    pub space: Subspace,
    /// Which isotypic component it belongs to.
    pub component: usize,
    /// Whether it is proved to be irreducible over Q.
    pub proved: bool,
}

/// A representation as a sum of irreducibles over Q.
#[derive(Clone, Debug)]
pub struct Parts {
    /// The dimension of the representation.
    pub dim: usize,
    /// The isotypic components.
    pub components: Vec<Component>,
    /// The parts, component after component.
    pub parts: Vec<Part>,
}

impl Parts {
    /// The matrix whose columns are the bases of the parts, one after the other.
    pub fn change_of_basis(&self) -> Matrix<Rational> {
        let columns: Vec<&Vec<Rational>> = self.parts.iter().flat_map(|p| p.space.basis()).collect();
        Matrix::from_fn(self.dim, columns.len(), |i, j| columns[j][i].clone())
    }
}

/// Splits a representation of a reductive algebra into irreducibles over Q.
///
/// Subspaces are exact. That a part is irreducible is proved where the irreducible over C has multiplicity one, or the maps
/// are a quaternion algebra over Q whose conic has no point; elsewhere no zero divisor was found among those tried.
pub fn irreducible_parts(rep: &Rep, limits: &Limits) -> Result<Parts, DecomposeError> {
    let found = isotypic(rep, limits)?;
    let mut parts = Vec::new();
    for (number, component) in found.components.iter().enumerate() {
        let times = component.over_c.terms().values().next().and_then(|m| m.to_usize()).unwrap_or(1);
        let whole = component.space.dim();
        let mut todo = vec![(component.space.clone(), component.rep.clone())];
        while let Some((space, part)) = todo.pop() {
            limits.check()?;
            let multiplicity = times * space.dim() / whole;
            let division = component.real_type == Some(RealType::Quaternionic) && multiplicity == 2;
            if multiplicity == 1 || division {
                parts.push(Part { space, component: number, proved: true });
                continue;
            }
            match split(&part, multiplicity, limits)? {
                Split::Irreducible => parts.push(Part { space, component: number, proved: true }),
                Split::Unknown => parts.push(Part { space, component: number, proved: false }),
                // The first of the two is dealt with first.
                Split::Two(pair) => {
                    for inner in pair.into_iter().rev() {
                        let rep = isotypic::restricted(&part, &inner, limits)?;
                        todo.push((lifted(&inner, &space, limits)?, rep));
                    }
                }
            }
        }
    }
    Ok(Parts { dim: found.dim, components: found.components, parts })
}

/// What became of a representation.
enum Split {
    /// Two complementary invariant subspaces, in its coordinates.
    Two([Subspace; 2]),
    /// There are none.
    Irreducible,
    /// None were found.
    Unknown,
}

/// Looks for a zero divisor among the equivariant maps.
fn split(rep: &Rep, multiplicity: usize, limits: &Limits) -> Result<Split, DecomposeError> {
    let maps = equivariant_maps(rep, rep, limits)?.basis;
    let size = maps.first().map_or(0, SparseMatrix::rows);
    let combined =
        |c: &[Rational]| maps.iter().zip(c).fold(SparseMatrix::zero(size, size), |sum, (m, c)| sum.add_scaled(c, m));
    let mut found = None;
    for m in &maps {
        found = invariant_subspace(m, limits)?;
        if found.is_some() {
            break;
        }
    }
    if found.is_none() && multiplicity == 2 && maps.len() == 4 {
        match quaternion_zero(&maps, limits)? {
            Zero::Divisor(c) => found = invariant_subspace(&combined(&c), limits)?,
            Zero::None => return Ok(Split::Irreducible),
            Zero::Unknown => {}
        }
    }
    let mut rng = random_stream(limits.seed(), 763);
    for attempt in 0..ATTEMPTS {
        if found.is_some() {
            break;
        }
        let bound = 1 + attempt as u32 / 20;
        let c: Vec<Rational> = maps.iter().map(|_| Rational::from(random_integer(&mut rng, bound))).collect();
        found = invariant_subspace(&combined(&c), limits)?;
    }
    let Some(first) = found else { return Ok(Split::Unknown) };
    let second = complement(&maps, &first, limits)?;
    Ok(Split::Two([first, second]))
}

/// The kernel of a polynomial in an equivariant map, when it is neither zero nor everything.
fn invariant_subspace(m: &SparseMatrix, limits: &Limits) -> Result<Option<Subspace>, DecomposeError> {
    limits.check()?;
    let polynomial = characteristic_polynomial(&m.to_dense(), limits)?;
    let (squarefree, _) = polynomial.div_rem(&polynomial.gcd(&polynomial.derivative()));
    for factor in squarefree.monic().factor_squarefree(limits)? {
        let space = kernel(&evaluated(&factor, m, limits)?, limits)?;
        if (1..m.rows()).contains(&space.dim()) {
            return Ok(Some(space));
        }
    }
    Ok(None)
}

/// Zero divisors of a quaternion algebra.
enum Zero {
    /// One of them, as a combination of the maps.
    Divisor(Vec<Rational>),
    /// There are none: it is a division algebra.
    None,
    /// That was not decided.
    Unknown,
}

/// A zero of the norm form on the traceless elements of a quaternion algebra.
fn quaternion_zero(maps: &[SparseMatrix], limits: &Limits) -> Result<Zero, DecomposeError> {
    let traces: SparseVector =
        (0u32..).zip(maps.iter().map(SparseMatrix::trace)).filter(|(_, t)| !t.is_zero()).collect();
    let traceless = null_space(maps.len(), &[traces], limits)?.basis;
    let size = maps.first().map_or(0, SparseMatrix::rows);
    let elements: Vec<SparseMatrix> = traceless
        .iter()
        .map(|v| v.iter().fold(SparseMatrix::zero(size, size), |sum, (k, c)| sum.add_scaled(c, &maps[*k as usize])))
        .collect();
    if elements.len() != 3 {
        return Ok(Zero::Unknown);
    }
    // x² is a number for traceless x; its polar form is the trace form, up to the size.
    let form = Matrix::from_fn(3, 3, |i, j| elements[i].mul(&elements[j]).trace());
    let point = match conic_zero(&form, limits)? {
        Conic::Point(point) => point,
        Conic::Empty => return Ok(Zero::None),
        Conic::Undecided => return Ok(Zero::Unknown),
    };
    let mut out = vec![Rational::ZERO; maps.len()];
    for (v, x) in traceless.iter().zip(&point) {
        v.iter().for_each(|(k, c)| out[*k as usize].add_product(c, x));
    }
    Ok(Zero::Divisor(out))
}

/// An invariant complement: the kernel of an equivariant idempotent onto the subspace.
fn complement(maps: &[SparseMatrix], space: &Subspace, limits: &Limits) -> Result<Subspace, DecomposeError> {
    let size = space.ambient();
    let count = maps.len() as u32;
    // Unknowns: the coefficients of the map, and the number by which it acts on the subspace.
    let mut rows: Vec<SparseVector> = Vec::new();
    let mut push = |images: Vec<Vec<Rational>>, acts: Option<&Vec<Rational>>| {
        for i in 0..size {
            let entries = (0u32..).zip(images.iter().map(|image| image[i].clone()));
            let last = acts.map(|v| (count, -&v[i]));
            let row: SparseVector = entries.chain(last).filter(|(_, x)| !x.is_zero()).collect();
            if !row.is_empty() {
                rows.push(row);
            }
        }
    };
    for b in space.basis() {
        limits.check()?;
        push(maps.iter().map(|m| m.apply(b)).collect(), Some(b));
    }
    for k in 0..size {
        limits.check()?;
        let unit: Vec<Rational> = (0..size).map(|i| Rational::from(i64::from(i == k))).collect();
        // Modulo the subspace everything goes to zero.
        push(maps.iter().map(|m| space.reduce(&m.apply(&unit))).collect(), None);
    }
    rows.sort();
    rows.dedup();
    let solutions = null_space(maps.len() + 1, &rows, limits)?.basis;
    let wrong = || DecomposeError::Check("an invariant subspace has no invariant complement".to_string());
    let solution = solutions.iter().find(|v| v.iter().any(|(k, _)| *k == count)).ok_or_else(wrong)?;
    let idempotent = solution
        .iter()
        .filter(|(k, _)| *k < count)
        .fold(SparseMatrix::zero(size, size), |sum, (k, c)| sum.add_scaled(c, &maps[*k as usize]));
    let found = kernel(&idempotent, limits)?;
    if found.dim() + space.dim() != size {
        return Err(wrong());
    }
    Ok(found)
}

/// A subspace of a subspace, in the coordinates of the whole.
fn lifted(inner: &Subspace, outer: &Subspace, limits: &Limits) -> Result<Subspace, DecomposeError> {
    let vectors: Vec<Vec<Rational>> =
        inner.basis().iter().map(|v| crate::lie::structure::combination(v, outer.basis(), outer.ambient())).collect();
    Ok(Subspace::span(outer.ambient(), &vectors, limits)?)
}
