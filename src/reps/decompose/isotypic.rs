//! Isotypic components of a representation by explicit matrices, over Q, with their types over R.
//!
//! The endomorphisms that commute with the algebra form a semisimple algebra over Q. Its centre is a product of number
//! fields, one for each isotypic component over Q; a generic element of the centre has one irreducible factor of its
//! minimal polynomial for each of them, and the components are the kernels (Bourbaki, *Algèbre* VIII §5).

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::{DecomposeError, complexification, complexification_beside};
use crate::exact::null_space::null_space;
use crate::exact::polynomial::Polynomial;
use crate::exact::{Matrix, SparseMatrix, SparseVector, Subspace, characteristic_polynomial};
use crate::finite::RealType;
use crate::lie::signature;
use crate::limits::Limits;
use crate::num::Rational;
use crate::num::prime::{random_integer, random_stream};
use crate::reps::{Rep, equivariant_maps};
use crate::weights::Decomposition;

/// Larger commuting algebras are refused: their centre is computed from all commutators.
pub(super) const MAX_COMMUTANT: usize = 256;

/// Larger representations are refused.
const MAX_SIZE: usize = 2000;

/// An isotypic component over Q.
#[derive(Clone, Debug)]
pub struct Component {
    /// The subspace.
    pub space: Subspace,
    /// The representation on it, in the basis of the subspace.
    pub rep: Rep,
    /// The minimal polynomial of a generator of the centre of its endomorphisms: `t` when that is Q, so that the component
    /// stays isotypic over every larger field.
    pub field: Polynomial,
    /// The irreducibles over C.
    pub over_c: Decomposition,
    /// The type of the irreducible over R; `None` when the component falls into several over R.
    pub real_type: Option<RealType>,
    /// How often the irreducible over R occurs, when there is only one.
    pub multiplicity: Option<usize>,
}

/// A representation as the sum of its isotypic components.
#[derive(Clone, Debug)]
pub struct Isotypic {
    /// The dimension of the representation.
    pub dim: usize,
    /// The components, by dimension, then by their subspaces.
    pub components: Vec<Component>,
}

impl Isotypic {
    /// The matrix whose columns are the bases of the components, one after the other: `P⁻¹ ρ(x) P` is block diagonal.
    pub fn change_of_basis(&self) -> Matrix<Rational> {
        let columns: Vec<&Vec<Rational>> = self.components.iter().flat_map(|c| c.space.basis()).collect();
        Matrix::from_fn(self.dim, columns.len(), |i, j| columns[j][i].clone())
    }
}

/// The isotypic components of a representation of a reductive algebra, exactly.
///
/// Needs explicit matrices; `a² N²` operations for a commuting algebra of dimension `a` and matrices of size `N`, besides
/// the null space that finds it.
pub fn isotypic(rep: &Rep, limits: &Limits) -> Result<Isotypic, DecomposeError> {
    let dim = rep
        .dim()
        .to_usize()
        .filter(|&d| d <= MAX_SIZE)
        .ok_or_else(|| DecomposeError::TooLarge(rep.dim().to_usize().unwrap_or(usize::MAX)))?;
    if dim == 0 {
        return Ok(Isotypic { dim, components: Vec::new() });
    }
    // Only representations of reductive algebras with a diagonalizable centre are sums of irreducibles.
    let irreducibles = complexification(rep, limits)?.decomposition(limits)?.clone();
    // Schur's lemma over C; the maps over Q have the same dimension.
    let commuting = irreducibles.hom_dimension(&irreducibles)?;
    if commuting > BigInt::from(MAX_COMMUTANT) {
        return Err(DecomposeError::Commutant(commuting));
    }
    let commutant = equivariant_maps(rep, rep, limits)?.basis;
    if BigInt::from(commutant.len()) != commuting {
        return Err(DecomposeError::Check(format!("{} equivariant maps instead of {commuting}", commutant.len())));
    }
    let center = center_of(&commutant, limits)?;
    let (generic, factors) = generic_element(&center, dim, limits)?;
    let matrices = rep.matrices(limits)?;
    let mut components = Vec::with_capacity(factors.len());
    let mut total = 0;
    for field in factors {
        limits.check()?;
        let space = kernel(&evaluated(&field, &generic, limits)?, limits)?;
        total += space.dim();
        components.push(component(rep, &matrices, space, field, limits)?);
    }
    if total != dim {
        return Err(DecomposeError::NotCompletelyReducible);
    }
    components.sort_by(|a, b| {
        (a.space.dim(), a.space.pivots(), a.space.basis()).cmp(&(b.space.dim(), b.space.pivots(), b.space.basis()))
    });
    Ok(Isotypic { dim, components })
}

/// A basis of the centre of the algebra that the matrices span.
pub(super) fn center_of(algebra: &[SparseMatrix], limits: &Limits) -> Result<Vec<SparseMatrix>, DecomposeError> {
    let mut rows: Vec<SparseVector> = Vec::new();
    let entries: u128 = algebra.iter().map(|a| a.nonzeros() as u128).sum();
    // A commutator has at most so many entries for each row or column that two entries share.
    limits.reserve(
        entries.saturating_mul(algebra.len() as u128).saturating_mul(2 * size_of::<(u32, Rational)>() as u128),
    )?;
    for x in algebra {
        limits.check()?;
        // Row: the coefficients of the unknowns in one entry of [Σ c_k A_k, x].
        let columns: Vec<SparseVector> = algebra.iter().map(|a| a.commutator(x).flatten()).collect();
        let entries = columns.iter().enumerate().flat_map(|(k, c)| c.iter().map(move |(at, v)| (*at, k, v.clone())));
        let mut entries: Vec<(u32, usize, Rational)> = entries.collect();
        entries.sort_by_key(|e| (e.0, e.1));
        for group in entries.chunk_by(|a, b| a.0 == b.0) {
            rows.push(group.iter().map(|(_, k, v)| (*k as u32, v.clone())).collect());
        }
        rows.sort();
        rows.dedup();
    }
    let solutions = null_space(algebra.len(), &rows, limits)?.basis;
    let size = algebra.first().map_or(0, SparseMatrix::rows);
    Ok(solutions.iter().map(|v| combined(size, v.iter().map(|(k, c)| (c.clone(), &algebra[*k as usize])))).collect())
}

fn combined<'a>(size: usize, terms: impl Iterator<Item = (Rational, &'a SparseMatrix)>) -> SparseMatrix {
    terms.fold(SparseMatrix::zero(size, size), |sum, (c, m)| sum.add_scaled(&c, m))
}

/// An element whose minimal polynomial has the degree of the centre, so that it generates it, and the irreducible factors.
pub(super) fn generic_element(
    center: &[SparseMatrix],
    dim: usize,
    limits: &Limits,
) -> Result<(SparseMatrix, Vec<Polynomial>), DecomposeError> {
    let mut rng = random_stream(limits.seed(), 760);
    let mut bound = 3;
    for _ in 0..40 {
        limits.check()?;
        let generic = combined(dim, center.iter().map(|m| (Rational::from(random_integer(&mut rng, bound)), m)));
        bound = (2 * bound).min(1 << 16);
        let polynomial = characteristic_polynomial(&generic.to_dense(), limits)?;
        let (squarefree, _) = polynomial.div_rem(&polynomial.gcd(&polynomial.derivative()));
        if squarefree.degree() == Some(center.len()) {
            return Ok((generic, squarefree.monic().factor_squarefree(limits)?));
        }
    }
    Err(DecomposeError::NotCompletelyReducible)
}

/// `f(m)`.
pub(super) fn evaluated(f: &Polynomial, m: &SparseMatrix, limits: &Limits) -> Result<SparseMatrix, DecomposeError> {
    let one = SparseMatrix::identity(m.rows());
    let mut out = SparseMatrix::zero(m.rows(), m.rows());
    for c in f.coefficients().iter().rev() {
        limits.check()?;
        out = out.mul(m).add_scaled(c, &one);
    }
    Ok(out)
}

pub(super) fn kernel(m: &SparseMatrix, limits: &Limits) -> Result<Subspace, DecomposeError> {
    let rows: Vec<Vec<Rational>> = m.to_dense().iter_rows().map(<[Rational]>::to_vec).collect();
    Ok(Subspace::kernel(m.cols(), &rows, limits)?)
}

/// The representation on an invariant subspace, in its basis.
pub(super) fn restricted(rep: &Rep, space: &Subspace, limits: &Limits) -> Result<Rep, DecomposeError> {
    on_subspace(rep, &rep.matrices(limits)?, space, limits)
}

fn on_subspace(rep: &Rep, matrices: &[SparseMatrix], space: &Subspace, limits: &Limits) -> Result<Rep, DecomposeError> {
    let mut restricted = Vec::with_capacity(matrices.len());
    for m in matrices {
        limits.check()?;
        // Column a: the image of basis vector a.
        let columns: Option<Vec<Vec<Rational>>> =
            space.basis().iter().map(|b| space.coordinates(&m.apply(b))).collect();
        let columns = columns.ok_or_else(|| DecomposeError::Check("a component is not invariant".to_string()))?;
        let dense = Matrix::from_fn(space.dim(), space.dim(), |i, j| columns[j][i].clone());
        restricted.push(SparseMatrix::from_dense(&dense));
    }
    Ok(match restricted.is_empty() {
        true => Rep::scalar(rep.base()).times(space.dim() as u64)?,
        false => Rep::given(rep.base(), "W", restricted, limits)?,
    })
}

fn component(
    rep: &Rep,
    matrices: &[SparseMatrix],
    space: Subspace,
    field: Polynomial,
    limits: &Limits,
) -> Result<Component, DecomposeError> {
    let part = on_subspace(rep, matrices, &space, limits)?;
    let over_c = complexification_beside(&part, rep, limits)?.decomposition(limits)?.clone();
    let (real_type, multiplicity) = real_type(&part, &field, &over_c, limits)?;
    // Any number generates Q.
    let field = if field.degree() == Some(1) { Polynomial::new(vec![Rational::ZERO, Rational::ONE]) } else { field };
    Ok(Component { space, rep: part, field, over_c, real_type, multiplicity })
}

/// Over R the centre is `R` or `C` or a product. When it is `R`, the commuting algebra is `M_m(R)` or `M_{m/2}(H)` with
/// `m` the multiplicity over C; the trace form has `m(m+1)/2` positive squares in the first case, `m(m−1)/2` in the second.
fn real_type(
    part: &Rep,
    field: &Polynomial,
    over_c: &Decomposition,
    limits: &Limits,
) -> Result<(Option<RealType>, Option<usize>), DecomposeError> {
    let times = over_c.terms().values().next().and_then(BigInt::to_usize).unwrap_or(0);
    match (field.degree(), field.real_root_count()) {
        (Some(1), _) if times == 1 => Ok((Some(RealType::Real), Some(1))),
        (Some(1), _) => {
            let maps = equivariant_maps(part, part, limits)?.basis;
            let form = Matrix::from_fn(maps.len(), maps.len(), |i, j| maps[i].mul(&maps[j]).trace());
            let positive = signature(&form, limits)?.positive;
            if positive == times * (times + 1) / 2 {
                Ok((Some(RealType::Real), Some(times)))
            } else {
                Ok((Some(RealType::Quaternionic), Some(times / 2)))
            }
        }
        (Some(2), 0) => Ok((Some(RealType::Complex), Some(times))),
        _ => Ok((None, None)),
    }
}
