//! The matrix by which one discrete generator acts.

use super::action::{bytes_of_row, size};
use super::conjugate::conjugate_matrix;
use super::node::{Node, wide};
use super::{Base, Element, RepError, powers};
use crate::exact::SparseMatrix;
use crate::exact::sparse::SparseVector;
use crate::limits::Limits;
use crate::num::Rational;

/// Bytes that one matrix takes, with what is needed to build it; saturates.
pub(super) fn bytes(node: &Node, base: &Base) -> u128 {
    let entry = bytes_of_row(1) - bytes_of_row(0);
    let rows = node.dim(base).map_or(u128::MAX, |d| wide(&d)).saturating_mul(bytes_of_row(0));
    // Rows grow by doubling.
    let own = rows.saturating_add(node.element_nonzeros(base).saturating_mul(2 * entry));
    match node {
        Node::Of(place, x) => own.saturating_add(bytes(x, base.factor(*place))),
        _ => node.children().into_iter().fold(own, |sum: u128, x| sum.saturating_add(bytes(x, base))),
    }
}

/// The matrix of discrete generator `index`, or of its inverse. The caller has checked [`bytes`].
pub(super) fn element(
    node: &Node,
    base: &Base,
    index: usize,
    inverse: bool,
    limits: &Limits,
) -> Result<SparseMatrix, RepError> {
    limits.check()?;
    let of = |x: &Node, inverse: bool| element(x, base, index, inverse, limits);
    Ok(match node {
        Node::Scalar => SparseMatrix::identity(1),
        Node::Vector => match base.defining() {
            Some(defining) => of(defining, inverse)?,
            None => stored(base.discrete(), index, inverse),
        },
        Node::Conjugate => conjugate_matrix(&stored(base.discrete(), index, inverse)),
        Node::Adjoint if base.factors().is_empty() => stored(base.adjoint_elements(limits)?, index, inverse),
        Node::Adjoint => adjoint_of_product(base, index, inverse, limits)?,
        Node::Given(given) => stored(&given.discrete, index, inverse),
        Node::Of(place, x) => {
            let (acting, number) = base.factor_of_discrete(index);
            match acting == *place {
                true => element(x, base.factor(*place), number, inverse, limits)?,
                false => SparseMatrix::identity(size(node, base)),
            }
        }
        Node::Dual(x) => of(x, !inverse)?.transpose(),
        Node::Sum(terms) => {
            let mut rows: Vec<SparseVector> = Vec::new();
            for (x, times) in terms {
                let block = of(x, inverse)?;
                // Any number of copies of the zero space is the zero space.
                for _ in 0..if block.rows() == 0 { 0 } else { *times } {
                    let shift = rows.len() as u32;
                    rows.extend(block.iter_rows().map(|row| row.iter().map(|(j, v)| (j + shift, v.clone())).collect()));
                }
            }
            SparseMatrix::from_rows(rows.len(), rows)
        }
        Node::Tensor(factors) => {
            let mut product = SparseMatrix::identity(1);
            for (x, exponent) in factors {
                product = product.kron(&power(&of(x, inverse)?, *exponent, limits)?);
            }
            product
        }
        Node::Hom(x, y) => of(y, inverse)?.kron(&of(x, !inverse)?.transpose()),
        Node::Symmetric(x, k) => powers::symmetric_of_element(&of(x, inverse)?, size(node, base), *k, limits)?,
        Node::Alternating(x, k) => powers::alternating_of_element(&of(x, inverse)?, size(node, base), *k, limits)?,
    })
}

/// The Kronecker power; a matrix of size 1 is not multiplied out one by one.
fn power(m: &SparseMatrix, exponent: u32, limits: &Limits) -> Result<SparseMatrix, RepError> {
    if m.rows() == 1 {
        let value = i32::try_from(exponent).ok().and_then(|e| m.entry(0, 0).pow(e)).ok_or(RepError::TooComplicated)?;
        return Ok(SparseMatrix::from_triples(1, 1, [(0, 0, value)]));
    }
    let mut product = SparseMatrix::identity(1);
    for _ in 0..exponent {
        limits.check()?;
        product = product.kron(m);
        if product.rows() == 0 {
            break;
        }
    }
    Ok(product)
}

/// A generator of one factor fixes the algebras of the others.
fn adjoint_of_product(base: &Base, index: usize, inverse: bool, limits: &Limits) -> Result<SparseMatrix, RepError> {
    let (acting, number) = base.factor_of_discrete(index);
    let mut sum = SparseMatrix::zero(0, 0);
    for (place, factor) in base.factors().iter().enumerate() {
        sum = sum.direct_sum(&match place == acting {
            true => element(&Node::Adjoint, factor, number, inverse, limits)?,
            false => SparseMatrix::identity(factor.algebra().dim()),
        });
    }
    Ok(sum)
}

fn stored(all: &[Element], index: usize, inverse: bool) -> SparseMatrix {
    let matrix = |e: &Element| if inverse { e.stored_inverse() } else { e.stored() }.into_owned();
    all.get(index).map_or_else(|| SparseMatrix::zero(0, 0), matrix)
}

/// Checks `ρ(h) ρ(e_j) = ρ(h e_j h⁻¹) ρ(h)` for all discrete generators and basis elements.
pub(super) fn check_conjugation(
    base: &Base,
    matrices: &[SparseMatrix],
    discrete: &[Element],
    limits: &Limits,
) -> Result<(), RepError> {
    for (index, h) in discrete.iter().enumerate().filter(|_| !matrices.is_empty()) {
        let conjugation = element(&Node::Adjoint, base, index, false, limits)?.transpose();
        let matrix = h.stored();
        for (j, x) in matrices.iter().enumerate() {
            limits.check()?;
            let image = conjugation
                .row(j)
                .iter()
                .fold(SparseMatrix::zero(h.size(), h.size()), |sum, (k, c)| sum.add_scaled(c, &matrices[*k as usize]));
            if matrix.mul(x).add_scaled(&Rational::from(-1), &image.mul(&matrix))
                != SparseMatrix::zero(h.size(), h.size())
            {
                return Err(RepError::NotEquivariant { index, element: j });
            }
        }
    }
    Ok(())
}
