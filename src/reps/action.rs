//! The matrix by which one basis element of the algebra acts.

use num_traits::ToPrimitive;

use super::conjugate::conjugate_matrix;
use super::node::{Node, wide};
use super::{Base, powers};
use crate::exact::SparseMatrix;
use crate::exact::sparse::{SparseVector, collect_terms};
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// Larger representations have no explicit matrices, whatever the memory limit.
pub(super) const MAX_SIZE: usize = 1 << 27;
/// The most that is ever built, when no memory limit is set.
pub(super) const MAX_BYTES: u128 = 1 << 36;

/// Bytes of one entry of a sparse row, and of an empty row.
const ENTRY: u128 = size_of::<(u32, Rational)>() as u128;
const ROW: u128 = size_of::<SparseVector>() as u128;

/// Bytes of a sparse row with this many entries.
pub(super) fn bytes_of_row(entries: usize) -> u128 {
    ROW + ENTRY * entries as u128
}

/// Bytes that one matrix takes, with what is needed to build it; saturates.
pub(super) fn bytes(node: &Node, base: &Base) -> u128 {
    let size = node.dim(base).map_or(u128::MAX, |d| wide(&d));
    // Rows grow by doubling.
    let own = size.saturating_mul(ROW).saturating_add(node.nonzeros(base).saturating_mul(2 * ENTRY));
    let index = match node {
        Node::Symmetric(_, k) | Node::Alternating(_, k) => size.saturating_mul(powers::bytes_of_index(*k)),
        _ => 0,
    };
    let parts = match node {
        Node::Of(place, x) => bytes(x, base.factor(*place)),
        _ => node.children().into_iter().fold(0, |sum: u128, x| sum.saturating_add(bytes(x, base))),
    };
    own.saturating_add(index).saturating_add(parts)
}

/// The matrix of basis element `element`. The caller has checked [`bytes`].
pub(super) fn matrix(node: &Node, base: &Base, element: usize, limits: &Limits) -> Result<SparseMatrix, Stop> {
    limits.check()?;
    Ok(match node {
        Node::Scalar => SparseMatrix::zero(1, 1),
        Node::Vector => match base.defining() {
            Some(defining) => matrix(defining, base, element, limits)?,
            None => stored(base.algebra().realization().map(|r| &r.basis[..]), element),
        },
        Node::Conjugate => conjugate_matrix(&stored(base.algebra().realization().map(|r| &r.basis[..]), element)),
        Node::Adjoint => base.algebra().constants().ad_basis(element),
        Node::Given(given) => stored(Some(&given.matrices), element),
        Node::Of(place, x) => {
            let (acting, number) = base.factor_of_element(element);
            let n = size(node, base);
            if acting == *place { matrix(x, base.factor(*place), number, limits)? } else { SparseMatrix::zero(n, n) }
        }
        Node::Dual(x) => dual(&matrix(x, base, element, limits)?),
        Node::Sum(terms) => {
            let mut rows: Vec<SparseVector> = Vec::new();
            for (x, times) in terms {
                let block = matrix(x, base, element, limits)?;
                // Any number of copies of the zero space is the zero space.
                for _ in 0..if block.rows() == 0 { 0 } else { *times } {
                    let shift = rows.len() as u32;
                    rows.extend(block.iter_rows().map(|row| row.iter().map(|(j, v)| (j + shift, v.clone())).collect()));
                }
            }
            SparseMatrix::from_rows(rows.len(), rows)
        }
        Node::Tensor(factors) => {
            let mut acting = Vec::with_capacity(factors.len());
            for (x, exponent) in factors {
                acting.push((matrix(x, base, element, limits)?, *exponent));
            }
            tensor(&acting, limits)?
        }
        Node::Hom(x, y) => {
            let on_source = dual(&matrix(x, base, element, limits)?);
            tensor(&[(matrix(y, base, element, limits)?, 1), (on_source, 1)], limits)?
        }
        Node::Symmetric(x, k) => powers::symmetric(&matrix(x, base, element, limits)?, size(node, base), *k, limits)?,
        Node::Alternating(x, k) => {
            powers::alternating(&matrix(x, base, element, limits)?, size(node, base), *k, limits)?
        }
    })
}

fn stored(matrices: Option<&[SparseMatrix]>, element: usize) -> SparseMatrix {
    matrices.and_then(|all| all.get(element)).cloned().unwrap_or_else(|| SparseMatrix::zero(0, 0))
}

pub(super) fn size(node: &Node, base: &Base) -> usize {
    node.dim(base).and_then(|d| d.to_usize()).unwrap_or(0)
}

/// `−m^T`.
fn dual(m: &SparseMatrix) -> SparseMatrix {
    m.transpose().scale(&Rational::from(-1))
}

/// `Σ 1 ⊗ … ⊗ ρ_f(x) ⊗ … ⊗ 1` over the factors, each repeated as often as its exponent says, row by row.
fn tensor(factors: &[(SparseMatrix, u32)], limits: &Limits) -> Result<SparseMatrix, Stop> {
    if factors.iter().any(|(m, exponent)| m.rows() == 0 && *exponent > 0) {
        return Ok(SparseMatrix::zero(0, 0));
    }
    // Factors of dimension 1 add a multiple of the identity, however often they occur.
    let mut diagonal = Rational::ZERO;
    let mut places: Vec<(&SparseMatrix, usize)> = Vec::new();
    let mut total = 1;
    for (m, exponent) in factors.iter().rev() {
        if m.rows() == 1 {
            diagonal.add_product(&m.entry(0, 0), &Rational::from(i64::from(*exponent)));
            continue;
        }
        for _ in 0..*exponent {
            places.push((m, total));
            total *= m.rows();
        }
    }
    let mut rows = Vec::with_capacity(total);
    for row in 0..total {
        if row.is_multiple_of(1024) {
            limits.check()?;
        }
        let mut terms = Vec::new();
        if !diagonal.is_zero() {
            terms.push((row as u32, diagonal.clone()));
        }
        for (m, stride) in &places {
            let digit = row / stride % m.rows();
            let start = row - digit * stride;
            terms.extend(m.row(digit).iter().map(|(j, v)| ((start + *j as usize * stride) as u32, v.clone())));
        }
        rows.push(collect_terms(terms));
    }
    Ok(SparseMatrix::from_rows(total, rows))
}
