//! Actions made from the action on the points: on tuples of different points, on cosets, and on these with signs.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use num_traits::ToPrimitive;

use super::{FiniteError, Permutation, PermutationGroup, StabilizerChain};
use crate::limits::Limits;

/// Actions on more points are not made.
const MOST_POINTS: usize = 1 << 24;

/// An action by its generators: what each generator of the group does, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// The number of points that are acted on.
    pub degree: usize,
    /// For each generator a permutation of these points.
    pub generators: Vec<Permutation>,
}

/// An action by permutations with signs: `g e_i = ± e_j`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedAction {
    /// What each generator does to the lines through the basis vectors.
    pub lines: Action,
    /// For each generator the basis vectors whose sign it changes.
    pub negative: Vec<Vec<bool>>,
}

/// The action on the tuples of `k` different points, in lexicographic order.
pub fn tuple_action(group: &PermutationGroup, k: usize, limits: &Limits) -> Result<Action, FiniteError> {
    let n = group.degree();
    let count = (0..k).try_fold(1usize, |c, i| c.checked_mul(n.saturating_sub(i)));
    let Some(count) = count.filter(|c| *c <= MOST_POINTS) else {
        let message = format!("there are more than {MOST_POINTS} tuples of {k} different points of {n}");
        return Err(FiniteError::Argument(message));
    };
    limits.reserve(count as u128 * (4 * k as u128 + 40 + 4 * group.generators().len() as u128))?;
    let mut list: Vec<Vec<u32>> = Vec::with_capacity(count);
    let mut tuple: Vec<u32> = (0..k as u32).collect();
    while list.len() < count {
        super::orbits::check_often(list.len(), limits)?;
        list.push(tuple.clone());
        if next_tuple(&mut tuple, n as u32).is_none() {
            break;
        }
    }
    let lost = || FiniteError::Internal("an action leads out of its points");
    let mut generators = Vec::new();
    for g in group.generators() {
        let mut images = Vec::with_capacity(list.len());
        for (at, tuple) in list.iter().enumerate() {
            super::orbits::check_often(at, limits)?;
            let image: Vec<u32> = tuple.iter().map(|&x| g.images()[x as usize]).collect();
            images.push(list.binary_search(&image).map_err(|_| lost())? as u32);
        }
        generators.push(Permutation::from_images(images).ok_or_else(lost)?);
    }
    Ok(Action { degree: list.len(), generators })
}

/// The next tuple of different numbers below `n` in lexicographic order.
fn next_tuple(tuple: &mut [u32], n: u32) -> Option<()> {
    for at in (0..tuple.len()).rev() {
        let Some(x) = (tuple[at] + 1..n).find(|x| !tuple[..at].contains(x)) else { continue };
        tuple[at] = x;
        for i in at + 1..tuple.len() {
            tuple[i] = (0..n).find(|x| !tuple[..i].contains(x))?;
        }
        return Some(());
    }
    None
}

/// The action on the right cosets of a subgroup, the subgroup itself first. Cost: as many sifts as there are cosets and
/// generators.
pub fn coset_action(
    group: &PermutationGroup,
    subgroup: &PermutationGroup,
    limits: &Limits,
) -> Result<Action, FiniteError> {
    Ok(cosets(group, subgroup, limits)?.0)
}

/// The action and an element of each coset.
pub(super) fn cosets(
    group: &PermutationGroup,
    subgroup: &PermutationGroup,
    limits: &Limits,
) -> Result<(Action, Vec<Permutation>), FiniteError> {
    if subgroup.degree() != group.degree() || !group.contains_group(subgroup, limits)? {
        let message = format!("{} is no subgroup of {}", subgroup.name(), group.name());
        return Err(FiniteError::Argument(message));
    }
    let index = group.order(limits)? / subgroup.order(limits)?;
    let large = || FiniteError::Argument(format!("{index} cosets are too many; at most {MOST_POINTS}"));
    let count = index.to_usize().filter(|n| *n <= MOST_POINTS).ok_or_else(large)?;
    limits.reserve(count as u128 * (8 * group.degree() as u128 + 200))?;
    let chain = subgroup.chain(limits)?;
    let start = canonical(chain, &Permutation::identity(group.degree()));
    let mut numbers = BTreeMap::from([(start.clone(), 0u32)]);
    let mut list = vec![start];
    let mut images: Vec<Vec<u32>> = vec![Vec::with_capacity(count); group.generators().len()];
    let mut at = 0;
    while at < list.len() {
        super::orbits::check_often(at, limits)?;
        for (g, images) in group.generators().iter().zip(&mut images) {
            let image = canonical(chain, &list[at].times(g));
            let new = list.len() as u32;
            let number = *numbers.entry(image.clone()).or_insert(new);
            if number == new {
                list.push(image);
            }
            images.push(number);
        }
        at += 1;
    }
    if BigUint::from(list.len()) != index {
        return Err(FiniteError::Internal("the cosets are not as many as the index"));
    }
    let wrong = || FiniteError::Internal("a generator does not permute the cosets");
    let generators = images.into_iter().map(|i| Permutation::from_images(i).ok_or_else(wrong));
    Ok((Action { degree: list.len(), generators: generators.collect::<Result<_, _>>()? }, list))
}

/// The element of the coset `H g` whose images of the base points of `H` come first: the same for all of the coset.
fn canonical(chain: &StabilizerChain, g: &Permutation) -> Permutation {
    let mut images = g.images().to_vec();
    for level in &chain.levels {
        let least = (0..level.orbit.len()).min_by_key(|&i| images[level.orbit[i] as usize]).unwrap_or(0);
        if least > 0 {
            let u = level.representative(least);
            images = u.into_iter().map(|x| images[x as usize]).collect();
        }
    }
    Permutation::of(images)
}

/// The action by signed permutations that is induced from the character of `H` with kernel `K`, of index 1 or 2: basis vectors
/// are the cosets of `H`, signs those of the character (Agrawal and Ostrowski 2022).
pub fn signed_coset_action(
    group: &PermutationGroup,
    subgroup: &PermutationGroup,
    kernel: &PermutationGroup,
    limits: &Limits,
) -> Result<SignedAction, FiniteError> {
    let (lines, representatives) = cosets(group, subgroup, limits)?;
    if !subgroup.contains_group(kernel, limits)? {
        return Err(FiniteError::Argument(format!("{} is no subgroup of {}", kernel.name(), subgroup.name())));
    }
    let index = subgroup.order(limits)? / kernel.order(limits)?;
    if index > BigUint::from(2u32) {
        return Err(FiniteError::Argument(format!("the kernel of a character ±1 has index 1 or 2, not {index}")));
    }
    let mut negative = Vec::new();
    for (g, action) in group.generators().iter().zip(&lines.generators) {
        let mut signs = Vec::with_capacity(lines.degree);
        for (i, u) in representatives.iter().enumerate() {
            super::orbits::check_often(i, limits)?;
            let target = action.images()[i] as usize;
            // u g = h v with h in H: the sign is that of h.
            let h = u.times(g).times(&representatives[target].inverse());
            signs.push(!kernel.contains(&h, limits)?);
        }
        negative.push(signs);
    }
    Ok(SignedAction { lines, negative })
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    fn group_of(action: &Action) -> PermutationGroup {
        PermutationGroup::new("action", action.degree, action.generators.clone()).unwrap()
    }

    /// Orders stay where actions are faithful; S_4 on ordered pairs is transitive of degree 12; cosets of
    /// a point stabiliser are the points; a group on its own elements is regular.
    #[test]
    fn actions_have_the_degrees_of_their_points() {
        let none = Limits::none();
        let s4 = symmetric(4).unwrap();
        for (action, degree) in [
            (tuple_action(&s4, 2, &none).unwrap(), 12),
            (tuple_action(&s4, 4, &none).unwrap(), 24),
            (coset_action(&s4, &s4.stabilizer(0, &none).unwrap(), &none).unwrap(), 4),
            (coset_action(&s4, &PermutationGroup::new("1", 4, Vec::new()).unwrap(), &none).unwrap(), 24),
        ] {
            assert_eq!(action.degree, degree);
            let found = group_of(&action);
            assert!(found.is_transitive());
            assert_eq!(found.order(&none).unwrap(), BigUint::from(24u32));
        }
        assert_eq!(tuple_action(&s4, 0, &none).unwrap().degree, 1);
        assert_eq!(tuple_action(&s4, 5, &none).unwrap().degree, 0);
        // M_24 on the cosets of M_23.
        let m24 = mathieu_24().unwrap();
        let action = coset_action(&m24, &m24.stabilizer(5, &none).unwrap(), &none).unwrap();
        assert_eq!((action.degree, group_of(&action).order(&none).unwrap()), (24, BigUint::from(244_823_040u32)));
        assert!(coset_action(&alternating(4).unwrap(), &s4, &none).is_err());
    }

    /// The generators satisfy the relations of the group they come from: products of signed permutations along words that are
    /// the identity are the identity.
    #[test]
    fn signs_are_those_of_a_homomorphism() {
        let none = Limits::none();
        let cube = |texts: &[&str]| {
            let all = texts.iter().map(|t| Permutation::from_cycles(4, t).unwrap()).collect();
            PermutationGroup::new("H", 4, all).unwrap()
        };
        let s4 = symmetric(4).unwrap();
        let d4 = cube(&["(0 1 2 3)", "(0 2)"]);
        for kernel in [cube(&["(0 1 2 3)"]), cube(&["(0 1)(2 3)", "(0 2)(1 3)"]), cube(&["(0 2)", "(1 3)"])] {
            let found = signed_coset_action(&s4, &d4, &kernel, &none).unwrap();
            assert_eq!(found.lines.degree, 3);
            // On signed points e_i, -e_i: the kernel of the action contains no more than the core, so orders divide 24.
            let signed: Vec<Permutation> = (0..2)
                .map(|g| {
                    let image = |x: usize| {
                        let (i, sign) = (x % 3, x / 3);
                        let flip = usize::from(found.negative[g][i]);
                        found.lines.generators[g].image(i).unwrap() + 3 * (sign ^ flip)
                    };
                    Permutation::from_images((0..6).map(|x| image(x) as u32).collect()).unwrap()
                })
                .collect();
            let order = PermutationGroup::new("ρ", 6, signed).unwrap().order(&none).unwrap();
            // K = V_4 is normal and acts trivially: S_3 is left. The others are faithful.
            let normal = kernel.order(&none).unwrap() == BigUint::from(4u32)
                && kernel.contains(&Permutation::from_cycles(4, "(0 1)(2 3)").unwrap(), &none).unwrap();
            assert_eq!(order, BigUint::from(if normal { 6u32 } else { 24 }));
        }
        assert!(signed_coset_action(&s4, &s4, &cube(&["(0 1 2 3)"]), &none).is_err());
    }
}
