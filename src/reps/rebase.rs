//! One group of permutations by different generators.

use std::sync::Arc;

use super::homomorphism::Homomorphism;
use super::node::{Given, Node};
use super::{Base, Element, Rep, RepError, product};
use crate::limits::Limits;

impl Base {
    /// Whether both consist of the same permutations of the same points, by whatever generators.
    pub fn same_permutations(&self, other: &Base, limits: &Limits) -> Result<bool, RepError> {
        let single = self.factors().is_empty() && other.factors().is_empty();
        let (Some(a), Some(b)) = (self.permutations(), other.permutations()) else { return Ok(false) };
        Ok(single && a.degree() == b.degree() && a.order(limits)? == b.order(limits)? && a.contains_group(b, limits)?)
    }
}

impl Rep {
    /// Both as representations over the same generators where their groups are equal as groups of permutations, or where one
    /// group is equal to a factor of the other: `S(3)` and `D(3)` are one group. Those of different groups become
    /// representations of the product of the groups.
    pub fn matched(a: &Rep, b: &Rep, limits: &Limits) -> Result<(Rep, Rep), RepError> {
        if a.base().is_same(b.base()) {
            return Ok((a.clone(), b.clone()));
        }
        if let Some(onto) = equal_part(b.base(), a.base(), limits)? {
            return product::together(a, &b.over(&onto, limits)?, limits);
        }
        match equal_part(a.base(), b.base(), limits)? {
            Some(onto) => product::together(&a.over(&onto, limits)?, b, limits),
            // Representations of different groups become ones of their product.
            None => product::together(a, b, limits),
        }
    }

    /// The same representation by the generators of an equal group of permutations, or of a subgroup.
    pub(super) fn over(&self, onto: &Base, limits: &Limits) -> Result<Rep, RepError> {
        Rep::from_node(onto, moved(&self.node, self.base(), onto, limits)?)
    }
}

/// Of a group and its factors the one that consists of the same permutations as `base`.
fn equal_part(base: &Base, among: &Base, limits: &Limits) -> Result<Option<Base>, RepError> {
    let parts = if among.factors().is_empty() { std::slice::from_ref(among) } else { among.factors() };
    for part in parts {
        if !part.is_same(base) && base.same_permutations(part, limits)? {
            return Ok(Some(part.clone()));
        }
    }
    Ok(None)
}

fn moved(node: &Arc<Node>, from: &Base, onto: &Base, limits: &Limits) -> Result<Arc<Node>, RepError> {
    match &**node {
        Node::Given(given) => Ok(Arc::new(Node::Given(Arc::new(regenerated(given, from, onto, limits)?)))),
        _ => node.rebuilt(|x| moved(x, from, onto, limits)),
    }
}

/// The images of other generators.
fn regenerated(given: &Given, from: &Base, onto: &Base, limits: &Limits) -> Result<Given, RepError> {
    let lost = || RepError::Method(format!("{} is no representation of {}", given.name, onto.name()));
    let group = from.permutations().ok_or_else(lost)?;
    let homomorphism = Homomorphism::new(group, &given.discrete, limits)?.ok_or_else(lost)?;
    let image = |e: &Element| -> Result<Element, RepError> {
        let p = e.as_permutation().ok_or_else(lost)?;
        homomorphism.image(p, limits)?.ok_or_else(lost)
    };
    let discrete = onto.discrete().iter().map(image).collect::<Result<_, _>>()?;
    let name = given.name.clone();
    Ok(Given { name, dim: given.dim, matrices: Vec::new(), discrete, orthogonal: given.orthogonal })
}
