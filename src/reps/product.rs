//! Products of groups, and representations of different groups side by side.

use std::sync::Arc;

use super::node::Node;
use super::rep::{sum_node, tensor_node};
use super::{Base, Group, Rep, RepError};
use crate::finite::{self, PermutationGroup};
use crate::lie::named::direct_sum_of;
use crate::limits::Limits;

/// On what space a product of groups acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductSpace {
    /// On the tensor product of the defining spaces over the reals: matrices are Kronecker products.
    Tensor,
    /// On their direct sum: matrices are block-diagonal.
    Sum,
}

/// The direct product of some groups; its algebra is the direct sum of theirs. Factors that are products are taken apart.
pub fn product(groups: &[&Group], space: ProductSpace, limits: &Limits) -> Result<Group, RepError> {
    if let [only] = groups {
        return Ok((*only).clone());
    }
    let mut factors = Vec::new();
    let mut defining = Vec::new();
    for group in groups {
        let places: Vec<usize> = (factors.len()..).take(parts(group.base()).len()).collect();
        defining.push(placed(&Arc::new(Node::Vector), group.base(), &places)?);
        factors.extend(parts(group.base()));
    }
    let sizes = groups.iter().map(|group| group.base().vector_dim().unwrap_or(0));
    let (node, size, sign) = match space {
        ProductSpace::Tensor => {
            let node = tensor_node(defining.into_iter().map(|x| (x, 1)).collect());
            (node, sizes.fold(1, usize::saturating_mul), "×")
        }
        ProductSpace::Sum => {
            let node = sum_node(defining.into_iter().map(|x| (x, 1)).collect());
            (node, sizes.fold(0, usize::saturating_add), "⊞")
        }
    };
    let names: Vec<&str> = groups.iter().map(|group| group.name()).collect();
    let name = names.join(sign);
    let permutations = permutations_of(&name, groups, size, space, limits)?;
    let base = product_base(name, factors, Some(node), limits)?;
    Ok(Group::of_base(base, size, false, permutations))
}

/// The product of groups of permutations as one, on pairs of points or on the points of both; on very many points it is
/// known by its factors alone.
fn permutations_of(
    name: &str,
    groups: &[&Group],
    size: usize,
    space: ProductSpace,
    limits: &Limits,
) -> Result<Option<PermutationGroup>, RepError> {
    const MOST_POINTS: usize = 1_000_000;
    let factors: Option<Vec<&PermutationGroup>> = groups.iter().map(|group| group.permutations()).collect();
    let Some((first, rest)) = factors.as_deref().and_then(<[_]>::split_first).filter(|_| size <= MOST_POINTS) else {
        return Ok(None);
    };
    let mut product = (*first).clone();
    for factor in rest {
        product = match space {
            ProductSpace::Tensor => finite::product_action(&product, factor, limits)?,
            ProductSpace::Sum => finite::direct_product(&product, factor, limits)?,
        };
    }
    Ok(Some(product.named(name)))
}

/// Two representations as ones of the same group: of their own, or of the product of the groups to which they belong.
pub(super) fn together(a: &Rep, b: &Rep, limits: &Limits) -> Result<(Rep, Rep), RepError> {
    if a.base().is_same(b.base()) {
        return Ok((a.clone(), b.clone()));
    }
    let (left, right) = (parts(a.base()), parts(b.base()));
    let groups = left.iter().chain(&right).all(Base::is_group);
    // With one group twice among the factors it would not be clear which of them acts.
    if !groups || repeats(&left) || repeats(&right) {
        a.base().require_same(b.base())?;
    }
    let mut all = left.clone();
    all.extend(right.iter().filter(|x| !left.iter().any(|y| x.is_same(y))).cloned());
    let place = |x: &Base, among: &[Base]| among.iter().position(|y| x.is_same(y));
    let base = if all.len() == left.len() && left.len() > 1 {
        a.base().clone()
    } else if all.len() == right.len() && right.len() > 1 {
        b.base().clone()
    } else {
        let names: Vec<&str> = all.iter().map(Base::name).collect();
        product_base(names.join("×"), all, None, limits)?
    };
    let moved = |rep: &Rep, parts: &[Base]| {
        let places: Option<Vec<usize>> = parts.iter().map(|x| place(x, base.factors())).collect();
        let different =
            || RepError::DifferentBase { first: a.base().name().to_string(), second: b.base().name().to_string() };
        let node = placed(&rep.node, rep.base(), &places.ok_or_else(different)?)?;
        Rep::from_node(&base, node)
    };
    Ok((moved(a, &left)?, moved(b, &right)?))
}

/// The factors of a product, or the group itself.
fn parts(base: &Base) -> Vec<Base> {
    match base.factors() {
        [] => vec![base.clone()],
        factors => factors.to_vec(),
    }
}

fn repeats(bases: &[Base]) -> bool {
    bases.iter().enumerate().any(|(i, x)| bases[..i].iter().any(|y| x.is_same(y)))
}

/// The product of these groups; it acts on the sum of their spaces where no other is given.
fn product_base(
    name: String,
    factors: Vec<Base>,
    defining: Option<Arc<Node>>,
    limits: &Limits,
) -> Result<Base, RepError> {
    let own = |place| (Arc::new(Node::Of(place, Arc::new(Node::Vector))), 1);
    let matrices = factors.iter().all(|factor| factor.vector_dim().is_some());
    let defining = defining.or_else(|| matrices.then(|| sum_node((0..factors.len()).map(own).collect())));
    let algebras: Vec<_> = factors.iter().map(|x| x.algebra().as_ref()).collect();
    let sum = direct_sum_of(&algebras, limits)?;
    Ok(Base::product(name, Arc::new(sum), factors, defining))
}

/// A tree over `base` as one over a product in which its factors stand at these places: leaves are marked by theirs.
fn placed(node: &Arc<Node>, base: &Base, places: &[usize]) -> Result<Arc<Node>, RepError> {
    let single = base.factors().is_empty();
    let place = |k: usize| places.get(k).copied().ok_or(RepError::TooComplicated);
    Ok(Arc::new(match &**node {
        Node::Scalar => return Ok(node.clone()),
        Node::Vector | Node::Conjugate | Node::Adjoint | Node::Given(_) if single => Node::Of(place(0)?, node.clone()),
        Node::Vector => match base.defining() {
            Some(defining) => return placed(defining, base, places),
            None => return Err(RepError::NoMatrices(base.name().to_string())),
        },
        Node::Adjoint => {
            let part = |k: usize| Ok((Arc::new(Node::Of(place(k)?, Arc::new(Node::Adjoint))), 1));
            return Ok(sum_node((0..base.factors().len()).map(part).collect::<Result<_, RepError>>()?));
        }
        // Matrices of the whole product belong to no factor.
        Node::Conjugate | Node::Given(_) => {
            let second = "another product of groups".to_string();
            return Err(RepError::DifferentBase { first: base.name().to_string(), second });
        }
        Node::Of(k, x) => Node::Of(place(*k)?, x.clone()),
        _ => return node.rebuilt(|x| placed(x, base, places)),
    }))
}

impl Rep {
    /// The factors of a tensor product over a product of groups, each as a representation of the one group that acts on it, in the
    /// order of the basis. `None` when some part is not of this form, as always over a group that is no product.
    pub fn legs_by_group(&self) -> Option<Vec<Rep>> {
        Some(self.legs_by_factor()?.into_iter().map(|(_, rep)| rep).collect())
    }

    /// The same, each with the place of its group.
    pub fn legs_by_factor(&self) -> Option<Vec<(usize, Rep)>> {
        let factors = self.base().factors();
        let rep = |(place, node): (usize, Arc<Node>)| Some((place, Rep::from_node(factors.get(place)?, node).ok()?));
        legs(&self.node)?.into_iter().map(rep).collect()
    }
}

/// A tensor product over a product of groups by what each factor acts on: `(place, representation of that factor)` in the
/// order of the basis. `None` when some part is not of this form, as always over a group that is no product.
pub(super) fn legs(node: &Arc<Node>) -> Option<Vec<(usize, Arc<Node>)>> {
    const MOST: usize = 64;
    if let Some(leg) = confined(node) {
        return Some(vec![leg]);
    }
    let mut out = Vec::new();
    match &**node {
        Node::Tensor(list) => {
            for (x, exponent) in list {
                let part = legs(x)?;
                for _ in 0..*exponent {
                    out.extend(part.iter().cloned());
                    if out.len() > MOST {
                        return None;
                    }
                }
            }
        }
        Node::Hom(x, y) => {
            out = legs(y)?;
            out.extend(legs(x)?.into_iter().map(|(place, x)| (place, Arc::new(Node::Dual(x)))));
        }
        Node::Dual(x) => out.extend(legs(x)?.into_iter().map(|(place, x)| (place, Arc::new(Node::Dual(x))))),
        _ => return None,
    }
    Some(out)
}

/// The place of the one factor that acts on a tree, and the tree as a representation of it; what is trivial goes to the
/// first factor.
fn confined(node: &Arc<Node>) -> Option<(usize, Arc<Node>)> {
    let mut place = None;
    let tree = unplaced(node, &mut place)?;
    Some((place.unwrap_or(0), tree))
}

/// The tree without its marks when they all name one place.
fn unplaced(node: &Arc<Node>, place: &mut Option<usize>) -> Option<Arc<Node>> {
    match &**node {
        Node::Vector | Node::Conjugate | Node::Adjoint | Node::Given(_) => None,
        Node::Of(k, x) => (*place.get_or_insert(*k) == *k).then(|| x.clone()),
        _ => node.rebuilt(|x| unplaced(x, place).ok_or(())).ok(),
    }
}
