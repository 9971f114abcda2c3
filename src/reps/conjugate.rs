//! Complex conjugate representations.

use std::sync::Arc;

use super::node::Node;
use super::{Base, Rep, RepError};
use crate::exact::SparseMatrix;

impl Rep {
    /// The complex conjugate: complex matrices `A + iB` of the group act as `A − iB`. What is made from real matrices is its
    /// own conjugate. Over R the two are isomorphic by `z ↦ z̄`, and equal in canonical form.
    pub fn conjugate(&self) -> Result<Rep, RepError> {
        Rep::from_node(self.base(), conjugated(&self.node, self.base())?)
    }
}

fn conjugated(node: &Arc<Node>, base: &Base) -> Result<Arc<Node>, RepError> {
    let complex = base.algebra().realization().is_some_and(|r| r.complex);
    Ok(Arc::new(match &**node {
        Node::Vector if complex && base.factors().is_empty() => Node::Conjugate,
        Node::Conjugate => Node::Vector,
        Node::Of(place, x) => Node::Of(*place, conjugated(x, base.factor(*place))?),
        // An algebra is real, and given matrices are.
        _ => return node.rebuilt(|x| conjugated(x, base)),
    }))
}

/// `[A, −B; B, A]` becomes `[A, B; −B, A]`.
pub(super) fn conjugate_matrix(m: &SparseMatrix) -> SparseMatrix {
    let half = m.rows() / 2;
    let entry = |(i, j, v): (usize, usize, &crate::num::Rational)| {
        (i, j, if (i < half) == (j < half) { v.clone() } else { -v })
    };
    SparseMatrix::from_triples(m.rows(), m.cols(), m.triples().map(entry))
}
