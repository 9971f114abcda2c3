//! The factors of a tensor product in the order of its basis, whatever they are.

use std::sync::Arc;

use super::node::Node;
use super::{Rep, RepError};
use crate::exact::SparseMatrix;
use crate::limits::Limits;

/// Products with more factors are not taken apart.
const MAX_FACTORS: usize = 64;

/// The factors of a space of maps or of a tensor product, `true` for a dual. The basis is that of the product of all of them,
/// those of the target first.
#[derive(Clone, Debug, PartialEq)]
pub struct Factors {
    /// The factors of the target, or all.
    pub rows: Vec<(Rep, bool)>,
    /// Those of the source, which stand there as their duals: the flags say so.
    pub cols: Vec<(Rep, bool)>,
}

impl Rep {
    /// The factors; `None` when there are too many. What is no product, power, dual or space of maps is one factor.
    pub fn factors(&self) -> Option<Factors> {
        let node = &self.node;
        let (mut rows, mut cols) = (Vec::new(), Vec::new());
        match &**node {
            Node::Hom(from, to) => {
                collect(to, false, &mut rows)?;
                collect(from, true, &mut cols)?;
            }
            _ => collect(node, false, &mut rows)?,
        }
        let made = |list: Vec<(Arc<Node>, bool)>| -> Option<Vec<(Rep, bool)>> {
            list.into_iter().map(|(x, dual)| Some((Rep::from_node(self.base(), x).ok()?, dual))).collect()
        };
        Some(Factors { rows: made(rows)?, cols: made(cols)? })
    }

    /// The matrices of elements that generate the algebra: what they annihilate is annihilated by all.
    pub fn generator_matrices(&self, limits: &Limits) -> Result<Vec<SparseMatrix>, RepError> {
        self.matrices_of(self.base().generators(limits)?, limits)
    }
}

fn collect(node: &Arc<Node>, dual: bool, out: &mut Vec<(Arc<Node>, bool)>) -> Option<()> {
    match &**node {
        Node::Scalar => {}
        Node::Dual(x) => collect(x, !dual, out)?,
        Node::Tensor(factors) => {
            for (x, exponent) in factors {
                for _ in 0..*exponent {
                    collect(x, dual, out)?;
                }
            }
        }
        Node::Hom(from, to) => {
            collect(to, dual, out)?;
            collect(from, !dual, out)?;
        }
        _ => out.push((node.clone(), dual)),
    }
    (out.len() <= MAX_FACTORS).then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::named::Arg;
    use crate::reps::group_by_name;

    /// The matrices of a product are Kronecker sums of those of its factors, in their order.
    #[test]
    fn products_are_those_of_their_factors() {
        let limits = Limits::none();
        let group = group_by_name("SL", &[Arg::Integer(2)], &limits).unwrap();
        let v = Rep::vector(group.base()).unwrap();
        let square = v.symmetric_power(2).unwrap();
        let maps = Rep::hom(&v.tensor(&square).unwrap(), &v.dual().unwrap()).unwrap();
        let rep = maps.tensor(&v).unwrap();
        let found = rep.factors().unwrap();
        assert!(found.cols.is_empty());
        assert_eq!(found.rows.iter().map(|f| f.1).collect::<Vec<_>>(), [true, true, true, false]);
        for (index, whole) in rep.matrices(&limits).unwrap().iter().enumerate() {
            let mut sum = SparseMatrix::zero(1, 1);
            for (x, dual) in &found.rows {
                let m = x.matrices(&limits).unwrap()[index].clone();
                let m = if *dual { m.transpose().scale(&crate::num::Rational::from(-1)) } else { m };
                let (a, b) = (SparseMatrix::identity(sum.rows()), SparseMatrix::identity(m.rows()));
                sum = sum.kron(&b).add_scaled(&crate::num::Rational::ONE, &a.kron(&m));
            }
            assert_eq!(*whole, sum);
        }
    }
}
