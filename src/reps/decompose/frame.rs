//! What weights refer to: coroots of a Cartan subalgebra over Q(√d), and a basis of the centre.

use super::DecomposeError;
use crate::exact::Subspace;
use crate::exact::sparse::to_sparse;
use crate::lie::chevalley::{self, Basis, ChevalleyError, SurdVector};
use crate::lie::{Algebra, parts, structure};
use crate::limits::Limits;
use crate::num::Rational;
use crate::weights::ReductiveType;

/// The coroots and the centre of a reductive algebra, in its coordinates.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The type over C; one charge for each dimension of the centre.
    pub group: ReductiveType,
    /// The square-free `d` of the field of the coroots, 1 for Q.
    pub field: i64,
    /// The coroots `h_i`, factor after factor in Bourbaki's numbering.
    pub coroots: Vec<SurdVector>,
    /// A basis of the centre.
    pub center: Vec<Vec<Rational>>,
}

impl Frame {
    /// The frame of an algebra, from an exact Chevalley basis of its derived algebra.
    pub fn new(algebra: &Algebra, limits: &Limits) -> Result<Frame, DecomposeError> {
        let n = algebra.dim();
        let called = || match algebra.origin() {
            "" => format!("this algebra of dimension {n}"),
            origin => origin.to_string(),
        };
        let center = structure::center(algebra.constants(), limits)?;
        let derived = match center.dim() {
            0 => Subspace::full(n),
            _ => {
                let full = Subspace::full(n);
                crate::lie::product_space(algebra.constants(), &full, &full, limits)?
            }
        };
        // Reductive algebras are the sums of their centre and a semisimple ideal, the derived algebra (Bourbaki, Lie I §6.4).
        if derived.dim() + center.dim() != n {
            return Err(DecomposeError::NotReductive(called()));
        }
        let part = match center.dim() {
            0 => algebra.clone(),
            _ => match parts::subalgebra(algebra, &derived, "derived algebra", limits) {
                Ok(part) => part,
                Err(parts::PartError::Stop(stop)) => return Err(stop.into()),
                Err(error) => return Err(DecomposeError::Check(error.to_string())),
            },
        };
        let found = match chevalley::chevalley(&part, limits) {
            Ok(found) => found,
            Err(ChevalleyError::NotSemisimple { .. }) => return Err(DecomposeError::NotReductive(called())),
            Err(error) => return Err(error.into()),
        };
        let Basis::Exact(basis) = found.basis else { return Err(DecomposeError::NoExactBasis(called())) };
        let mut coroots = Vec::new();
        let mut start = 0;
        for simple in basis.cartan_type.summands() {
            coroots.extend(basis.vectors.iter().skip(start).take(simple.rank()).map(|h| lifted(h, &derived)));
            start += simple.dim();
        }
        let group = ReductiveType::new(basis.cartan_type.summands().to_vec(), center.dim());
        Ok(Frame { group, field: basis.field, coroots, center: center.basis().to_vec() })
    }
}

/// A vector in the coordinates of a subspace, in those of the whole space.
fn lifted(h: &SurdVector, space: &Subspace) -> SurdVector {
    let whole = |part: &[(u32, Rational)]| {
        let dense = crate::exact::sparse::to_dense(part, space.dim());
        to_sparse(&structure::combination(&dense, space.basis(), space.ambient()))
    };
    SurdVector { a: whole(&h.a), b: whole(&h.b) }
}
