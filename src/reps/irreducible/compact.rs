//! The compact real form on an irreducible representation, and irreducible representations among the real ones of this
//! room.

use std::sync::Arc;

use super::matrices::apply;
use super::{Irreducible, Orthogonal};
use crate::exact::SparseMatrix;
use crate::lie::Algebra;
use crate::lie::named::{NamedError, compact, direct_sum_of, split};
use crate::limits::Limits;
use crate::num::Rational;
use crate::reps::node::{Given, Node};
use crate::reps::{Base, Rep, RepError};
use crate::roots::CartanType;
use crate::weights::{ReductiveType, WeightError};

/// The matrices by which the compact real form acts on `V(λ)`, exact over Q(i): each is real or imaginary.
///
/// In the orthogonal basis of [`Orthogonal`] with squared norms `D` they satisfy `X^† D + D X = 0`: they are anti-Hermitian
/// after the division of the basis by its norms, whose square roots need not be rational.
#[derive(Clone, Debug)]
pub struct CompactForm {
    /// `i h_j`, then `x_r = e_r − f_r`, then `y_r = i(e_r + f_r)` for the positive roots, factor after factor, as in
    /// [`crate::lie::named::compact`]; then `i` times the torus. The flag says that a matrix is to be multiplied by `i`.
    pub matrices: Vec<(bool, SparseMatrix)>,
    /// The squared norms `D` of the basis vectors.
    pub norms: Vec<Rational>,
}

/// The compact real form in the orthogonal basis of `V(λ)`. Cost: all root vectors and their change of basis.
pub fn compact_form(basis: &Orthogonal, limits: &Limits) -> Result<CompactForm, WeightError> {
    let module = basis.module();
    let all = module.chevalley_basis(limits)?;
    let changed = |m: &SparseMatrix| {
        let columns = m.transpose();
        let images: Vec<_> = (0..columns.rows()).map(|k| columns.row(k).to_vec()).collect();
        let images = (0..module.dim()).map(|k| basis.coordinates(&apply(&images, basis.vector(k)))).collect();
        SparseMatrix::from_rows(module.dim(), images).transpose()
    };
    let mut matrices = Vec::with_capacity(all.len());
    let mut start = 0;
    let (one, minus) = (Rational::ONE, Rational::from(-1));
    for factor in module.group().factors() {
        let (rank, count) = (factor.rank(), factor.root_count() / 2);
        matrices.extend(all[start..start + rank].iter().map(|h| (true, h.clone())));
        let mut pairs = Vec::with_capacity(count);
        for r in 0..count {
            limits.check()?;
            pairs.push((changed(&all[start + rank + r]), changed(&all[start + rank + count + r])));
        }
        matrices.extend(pairs.iter().map(|(e, f)| (false, e.add_scaled(&minus, f))));
        matrices.extend(pairs.iter().map(|(e, f)| (true, e.add_scaled(&one, f))));
        start += factor.dim();
    }
    matrices.extend(all[start..].iter().map(|h| (true, h.clone())));
    Ok(CompactForm { matrices, norms: basis.norms().to_vec() })
}

impl CompactForm {
    /// The same as a representation of the compact algebra on the real space of twice the dimension, real parts first.
    pub fn to_rep(&self, group: &ReductiveType, name: &str, limits: &Limits) -> Result<Rep, RepError> {
        let algebra = sum_over(group, limits, |t| compact(t, limits))?;
        let real = |(imaginary, m): &(bool, SparseMatrix)| {
            let n = m.rows();
            let triples = m.triples().flat_map(|(i, j, x)| match imaginary {
                false => [(i, j, x.clone()), (n + i, n + j, x.clone())],
                true => [(i, n + j, -x), (n + i, j, x.clone())],
            });
            SparseMatrix::from_triples(2 * n, 2 * n, triples)
        };
        proved_rep(algebra, name, self.matrices.iter().map(real).collect())
    }
}

impl Irreducible {
    /// The same as a representation of the split form, whose basis is that of [`Irreducible::chevalley_basis`].
    pub fn to_rep(&self, name: &str, limits: &Limits) -> Result<Rep, RepError> {
        let algebra = sum_over(self.group(), limits, |t| split(t, limits))?;
        proved_rep(algebra, name, self.chevalley_basis(limits)?)
    }
}

/// The sum of the algebras of the factors in the order of the type, then the torus.
fn sum_over(
    group: &ReductiveType,
    limits: &Limits,
    of: impl Fn(&CartanType) -> Result<Algebra, NamedError>,
) -> Result<Algebra, RepError> {
    let mut summands = Vec::new();
    for &factor in group.factors() {
        summands.push(of(&CartanType::from(factor))?);
    }
    if group.torus() > 0 {
        summands.push(crate::lie::named::abelian(group.torus(), limits)?);
    }
    match &summands[..] {
        [only] => Ok(only.clone()),
        all => Ok(direct_sum_of(&all.iter().collect::<Vec<_>>(), limits)?),
    }
}

/// A representation whose brackets need no further check: the matrices of simple root vectors satisfy Serre's relations
/// and the others are made from them as the basis of the algebra is.
fn proved_rep(algebra: Algebra, name: &str, matrices: Vec<SparseMatrix>) -> Result<Rep, RepError> {
    let expected = algebra.dim();
    let Some(dim) = matrices.first().map(SparseMatrix::rows).filter(|_| matrices.len() == expected) else {
        return Err(RepError::Count { expected, found: matrices.len() });
    };
    let orthogonal = matrices.iter().all(crate::reps::base::is_skew_symmetric);
    let called = algebra.origin().to_string();
    let given = Given { name: name.to_string(), dim, matrices, discrete: Vec::new(), orthogonal };
    Rep::from_node(&Base::new(called, Arc::new(algebra)), Arc::new(Node::Given(Arc::new(given))))
}
