//! Representations of groups of permutations on tuples and cosets, by permutation matrices with or without signs.

use std::sync::Arc;

use super::node::{Given, Node};
use super::{Element, Group, Rep, RepError};
use crate::exact::SparseMatrix;
use crate::finite::{Action, PermutationGroup, SignedAction, coset_action, signed_coset_action, tuple_action};
use crate::lie::named::NamedError;
use crate::limits::Limits;
use crate::num::Rational;

fn permutations<'a>(group: &'a Group, what: &str) -> Result<&'a PermutationGroup, RepError> {
    group.permutations().ok_or_else(|| {
        let what = format!("{what} of {}", group.name());
        NamedError::Argument { what, expected: "a group of permutations".into() }.into()
    })
}

/// A representation by orthogonal matrices of the generators; a trivial group has none, and its degree is known all the same.
fn given(group: &Group, name: String, dim: usize, discrete: Vec<Element>) -> Result<Rep, RepError> {
    let given = Given { name, dim, matrices: Vec::new(), discrete, orthogonal: true };
    Rep::from_node(group.base(), Arc::new(Node::Given(Arc::new(given))))
}

fn of_action(group: &Group, name: String, action: Action) -> Result<Rep, RepError> {
    let elements = action.generators.into_iter().map(Element::permutation).collect();
    given(group, name, action.degree, elements)
}

/// On the tuples of `k` different points, in lexicographic order.
pub fn distinct_tuples(group: &Group, k: usize, limits: &Limits) -> Result<Rep, RepError> {
    let action = tuple_action(permutations(group, "tuples")?, k, limits)?;
    of_action(group, format!("tuples{k}"), action)
}

/// On the cosets of a subgroup; the regular representation when it is trivial.
pub fn on_cosets(group: &Group, subgroup: &PermutationGroup, limits: &Limits) -> Result<Rep, RepError> {
    let own = permutations(group, "cosets")?;
    let action = coset_action(own, subgroup, limits)?;
    of_action(group, format!("R[{}/{}]", group.name(), subgroup.name()), action)
}

/// The representation induced from the character ±1 of a subgroup with this kernel, by permutations of the cosets with signs.
pub fn on_signed_cosets(
    group: &Group,
    subgroup: &PermutationGroup,
    kernel: &PermutationGroup,
    limits: &Limits,
) -> Result<Rep, RepError> {
    let own = permutations(group, "cosets")?;
    let SignedAction { lines, negative } = signed_coset_action(own, subgroup, kernel, limits)?;
    let mut elements = Vec::new();
    for (index, (p, signs)) in lines.generators.iter().zip(&negative).enumerate() {
        let entry = |i: usize| {
            let value = if signs.get(i).copied().unwrap_or(false) { Rational::from(-1) } else { Rational::ONE };
            (p.image(i).unwrap_or(i), i, value)
        };
        let matrix = SparseMatrix::from_triples(lines.degree, lines.degree, (0..lines.degree).map(entry));
        elements.push(Element::matrix(matrix, index, limits)?);
    }
    let name = format!("R[{}/{},{}]", group.name(), subgroup.name(), kernel.name());
    given(group, name, lines.degree, elements)
}
