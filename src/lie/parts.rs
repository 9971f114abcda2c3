//! New algebras from old: from a table, subalgebras, ideals, quotients, a change of basis.

use super::structure::{combination, quotient_constants, subalgebra_constants};
use super::{Algebra, JacobiFailure, JacobiProof, Realization, StructureConstants, products_lie_in, prove_jacobi};
use crate::exact::{Matrix, SparseMatrix, Subspace, inverse};
use crate::limits::{Limits, Stop};
use crate::num::Rational;
use crate::num::prime::{random_integer, random_stream};

/// Why a part of an algebra could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartError {
    /// The table violates the Jacobi identity.
    #[error("the Jacobi identity fails for the basis elements {:?}", .0.triple)]
    Jacobi(JacobiFailure),
    /// The span is not closed: the bracket of these two of its basis vectors leaves it.
    #[error("the bracket of two elements leaves the span")]
    NotClosed {
        /// The first vector.
        first: Vec<Rational>,
        /// The second vector.
        second: Vec<Rational>,
        /// Their bracket.
        bracket: Vec<Rational>,
    },
    /// The subspace is a subalgebra but no ideal.
    #[error("the subspace is not an ideal")]
    NotAnIdeal,
    /// Vectors of the wrong length.
    #[error("expected vectors of length {expected}, found length {found}")]
    Length {
        /// The dimension of the algebra.
        expected: usize,
        /// What was given.
        found: usize,
    },
    /// The matrix of a change of basis is singular.
    #[error("the new basis is linearly dependent")]
    Singular,
    /// A limit was reached.
    #[error(transparent)]
    Stop(#[from] Stop),
}

/// The Lie algebra with these structure constants, after proving the Jacobi identity.
pub fn from_table(constants: StructureConstants, origin: &str, limits: &Limits) -> Result<Algebra, PartError> {
    match prove_jacobi(&constants, limits)? {
        Ok(how) => Ok(Algebra::new(constants, JacobiProof::Checked(how), origin)),
        Err(failure) => Err(PartError::Jacobi(failure)),
    }
}

/// The subalgebra on a subspace, in its reduced echelon basis, with the matrices that belong to it.
pub fn subalgebra(algebra: &Algebra, space: &Subspace, origin: &str, limits: &Limits) -> Result<Algebra, PartError> {
    check_length(algebra, space.ambient())?;
    match subalgebra_constants(algebra.constants(), space, limits)? {
        Ok(constants) => {
            let proof = JacobiProof::Construction("a subalgebra of a Lie algebra".to_string());
            Ok(with_matrices(Algebra::new(constants, proof, origin), algebra, space.basis()))
        }
        Err((a, b)) => {
            let (first, second) = (space.basis()[a].clone(), space.basis()[b].clone());
            let bracket = algebra.constants().bracket(&first, &second);
            Err(PartError::NotClosed { first, second, bracket })
        }
    }
}

/// The smallest subalgebra that contains the vectors, as a subspace.
pub fn generated_subspace(
    algebra: &Algebra,
    vectors: &[Vec<Rational>],
    limits: &Limits,
) -> Result<Subspace, PartError> {
    for v in vectors {
        check_length(algebra, v.len())?;
    }
    let mut space = Subspace::span(algebra.dim(), vectors, limits)?;
    loop {
        let products = super::product_space(algebra.constants(), &space, &space, limits)?;
        let larger = space.sum(&products, limits)?;
        if larger.dim() == space.dim() {
            return Ok(space);
        }
        space = larger;
    }
}

/// The smallest ideal that contains the vectors, as a subspace.
pub fn generated_ideal(algebra: &Algebra, vectors: &[Vec<Rational>], limits: &Limits) -> Result<Subspace, PartError> {
    for v in vectors {
        check_length(algebra, v.len())?;
    }
    let full = Subspace::full(algebra.dim());
    let mut space = Subspace::span(algebra.dim(), vectors, limits)?;
    loop {
        let larger = space.sum(&super::product_space(algebra.constants(), &space, &full, limits)?, limits)?;
        if larger.dim() == space.dim() {
            return Ok(space);
        }
        space = larger;
    }
}

/// The quotient by an ideal, in the basis of the classes of those basis elements that are no pivots of the ideal.
pub fn quotient(algebra: &Algebra, ideal: &Subspace, origin: &str, limits: &Limits) -> Result<Algebra, PartError> {
    check_length(algebra, ideal.ambient())?;
    if !products_lie_in(algebra.constants(), ideal, &Subspace::full(algebra.dim()), ideal, limits)? {
        return Err(PartError::NotAnIdeal);
    }
    let constants = quotient_constants(algebra.constants(), ideal);
    let proof = JacobiProof::Construction("a quotient of a Lie algebra by an ideal".to_string());
    let quotient = Algebra::new(constants, proof, origin);
    Ok(match algebra.names() {
        Some(names) => quotient.with_names(ideal.free_columns().iter().map(|&c| names[c].clone()).collect()),
        None => quotient,
    })
}

/// The same algebra in the basis `f_a = Σ_i change[a][i] e_i`; `O(n⁴)` operations for dense tables.
pub fn change_basis(algebra: &Algebra, change: &Matrix<Rational>, limits: &Limits) -> Result<Algebra, PartError> {
    let n = algebra.dim();
    check_length(algebra, change.rows())?;
    check_length(algebra, change.cols())?;
    limits.reserve(64 * (n as u128).pow(3))?;
    let Some(inverse) = inverse(change, limits)? else { return Err(PartError::Singular) };
    let inverse_rows: Vec<Vec<Rational>> = inverse.iter_rows().map(<[Rational]>::to_vec).collect();
    let rows = crate::parallel::try_map(n, |a| {
        limits.check()?;
        // Row j: [f_a, e_j] in the new coordinates.
        let ad = algebra.constants().ad(change.row(a)).transpose();
        let ad: Vec<Vec<Rational>> = ad.iter_rows().map(|row| combination(row, &inverse_rows, n)).collect();
        Ok::<_, Stop>((a + 1..n).map(|b| combination(change.row(b), &ad, n)).collect::<Vec<_>>())
    })?;
    let constants = StructureConstants::from_fn(n, |a, b| crate::exact::sparse::to_sparse(&rows[a][b - a - 1]));
    let origin = format!("{} in another basis", algebra.origin());
    let vectors: Vec<Vec<Rational>> = change.iter_rows().map(<[Rational]>::to_vec).collect();
    Ok(with_matrices(Algebra::new(constants, algebra.jacobi().clone(), origin), algebra, &vectors))
}

/// The same algebra in a random basis: `operations` elementary changes `f_i = e_i ± e_j`, and a rescaling of every
/// element by a small fraction when `rescaled`. The same seed gives the same basis. `O(operations · n²)`.
pub fn scramble(
    algebra: &Algebra,
    seed: u64,
    operations: usize,
    rescaled: bool,
    limits: &Limits,
) -> Result<Algebra, Stop> {
    let n = algebra.dim();
    let mut rng = random_stream(seed, 90);
    let mut constants = algebra.constants().clone();
    let mut matrices: Option<Vec<SparseMatrix>> = algebra.realization().map(|r| r.basis.clone());
    for step in 0..operations {
        limits.check()?;
        // An operation lets at most the entries of e_i and e_j grow; counting all of them costs as much as a few.
        if step % 16 == 0 {
            limits.reserve(constants.bytes())?;
        }
        let mut place = || random_integer(&mut rng, 1 << 28).unsigned_abs() as usize % n.max(1);
        let (i, j) = (place(), place());
        let factor = Rational::from(if random_integer(&mut rng, 1 << 20) >= 0 { 1 } else { -1 });
        if i == j {
            continue;
        }
        constants.shear(i, j, &factor);
        if let Some(basis) = &mut matrices {
            basis[i] = basis[i].add_scaled(&factor, &basis[j]);
        }
    }
    for i in (0..n).filter(|_| rescaled) {
        let (p, q) = (1 + random_integer(&mut rng, 3).abs(), 1 + random_integer(&mut rng, 4).abs());
        let scale = Rational::new(p, q).unwrap_or(Rational::ONE);
        constants.rescale(i, &scale);
        if let Some(basis) = &mut matrices {
            basis[i] = basis[i].scale(&scale);
        }
    }
    let origin = format!("{} in a random basis", algebra.origin());
    let scrambled = Algebra::new(constants, algebra.jacobi().clone(), origin);
    Ok(match (matrices, algebra.realization()) {
        (Some(basis), Some(r)) => scrambled.with_realization(Realization { size: r.size, complex: r.complex, basis }),
        _ => scrambled,
    })
}

fn check_length(algebra: &Algebra, found: usize) -> Result<(), PartError> {
    if found == algebra.dim() { Ok(()) } else { Err(PartError::Length { expected: algebra.dim(), found }) }
}

/// Gives a part of an algebra the matrices of its basis vectors.
fn with_matrices(part: Algebra, whole: &Algebra, vectors: &[Vec<Rational>]) -> Algebra {
    match whole.realization() {
        Some(realization) => {
            let basis = vectors.iter().map(|v| realization.matrix_of(v)).collect();
            part.with_realization(Realization { size: realization.size, complex: realization.complex, basis })
        }
        None => part,
    }
}

impl Realization {
    /// The matrix of the element with these coordinates (of size `2n` when complex).
    pub fn matrix_of(&self, coordinates: &[Rational]) -> SparseMatrix {
        let size = if self.complex { 2 * self.size } else { self.size };
        let terms = coordinates.iter().zip(&self.basis).filter(|(c, _)| !c.is_zero());
        let triples = terms.flat_map(|(c, m)| m.triples().map(move |(i, j, v)| (i, j, c * v)));
        SparseMatrix::from_triples(size, size, triples)
    }
}
