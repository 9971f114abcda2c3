//! The summands of a representation, in the order of its basis.

use std::sync::Arc;

use super::node::Node;
use super::{Rep, RepError};

/// Representations with more changes from one summand to another are not taken apart.
const MAX_SUMMANDS: usize = 1 << 16;

impl Rep {
    /// The summands with multiplicities, in the order of the basis; what is no sum is its only summand. Products of sums
    /// are not expanded, because that would change the basis.
    pub fn summands(&self) -> Result<Vec<(Rep, u64)>, RepError> {
        let mut terms = Vec::new();
        gather(&self.node, 1, &mut terms)?;
        terms.into_iter().map(|(node, times)| Ok((Rep::from_node(self.base(), node)?, times))).collect()
    }

    /// Whether this is the trivial representation on R, as written.
    pub fn is_scalar(&self) -> bool {
        *self.node == Node::Scalar
    }
}

fn gather(node: &Arc<Node>, times: u64, out: &mut Vec<(Arc<Node>, u64)>) -> Result<(), RepError> {
    match &**node {
        Node::Sum(terms) => match &terms[..] {
            [(only, inner)] => gather(only, times.checked_mul(*inner).ok_or(RepError::TooComplicated)?, out)?,
            [] => {}
            _ => {
                for _ in 0..times {
                    for (x, inner) in terms {
                        gather(x, *inner, out)?;
                    }
                }
            }
        },
        _ if times == 0 => {}
        _ => match out.last_mut() {
            Some((last, count)) if last == node => *count = count.checked_add(times).ok_or(RepError::TooComplicated)?,
            _ => out.push((node.clone(), times)),
        },
    }
    if out.len() > MAX_SUMMANDS { Err(RepError::TooComplicated) } else { Ok(()) }
}
