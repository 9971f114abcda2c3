//! How architectures of invariant networks lie in each other's closures, and between which one can tunnel.
//!
//! When weights of an architecture come together, its networks become networks of another one: (H₂, K₂) lies in the closure of
//! (H₁, K₁), after conjugation, exactly when
//! * both are of type 1 and H₁ ≤ H₂, or
//! * the first is of type 1, the second of type 2, and H₁ ≤ K₂, or
//! * both are of type 2, H₁ ≤ H₂ and K₁ = H₁ ∩ K₂ ≠ H₁.
//!
//! Type 1 never lies in the closure of type 2, which has no bias. Architectures with one H meet only where all weights vanish; a
//! tunnel joins them. These rules give both graphs that are published for C_6 and D_6 (Agrawal and Ostrowski 2022).

use std::collections::BTreeMap;

use super::architectures::Survey;
use super::lattice::contains;
use super::pairs::Inputs;
use super::zuppos::image_of;
use super::{Architecture, FiniteError, PermutationGroup};
use crate::limits::Limits;

/// The admissible architectures with what joins them.
#[derive(Clone, Debug)]
pub struct MorphismGraph {
    /// The architectures, by decreasing width.
    pub nodes: Vec<Architecture>,
    /// Pairs (i, j): j lies in the closure of i, and no other between them.
    pub covers: Vec<(usize, usize)>,
    /// Pairs (i, j), i < j, with the same H.
    pub tunnels: Vec<(usize, usize)>,
}

/// Graphs with more nodes are refused.
const MOST_NODES: usize = 4096;

/// The graph of the invariant networks on the points of a group. Cost: for each two architectures the conjugates of one H.
pub fn morphism_graph(group: &PermutationGroup, limits: &Limits) -> Result<MorphismGraph, FiniteError> {
    graph(group, &Inputs::Points, limits)
}

/// The same for a group of permutations of signed points, as in [`super::signed_architectures`].
pub fn signed_morphism_graph(group: &PermutationGroup, limits: &Limits) -> Result<MorphismGraph, FiniteError> {
    graph(group, &Inputs::SignedPoints, limits)
}

fn graph(group: &PermutationGroup, inputs: &Inputs, limits: &Limits) -> Result<MorphismGraph, FiniteError> {
    let mut survey = Survey::new(group, inputs, limits)?;
    survey.pairs.retain(|x| x.1.rejection.is_none());
    let count = survey.pairs.len();
    if count > MOST_NODES {
        return Err(FiniteError::Argument(format!(
            "a graph of {count} architectures is too large; at most {MOST_NODES}"
        )));
    }
    let conjugates = conjugates(&survey, limits)?;
    let words = count.div_ceil(64);
    let mut below = vec![vec![0u64; words]; count];
    let mut above = below.clone();
    for (i, rows) in below.iter_mut().enumerate() {
        limits.progress("closures", i as f64 / count as f64);
        for j in 0..count {
            limits.check()?;
            if i != j && lies_in_closure(&survey, &conjugates, i, j) {
                rows[j / 64] |= 1 << (j % 64);
                above[j][i / 64] |= 1 << (i % 64);
            }
        }
    }
    let has = |row: &[u64], j: usize| row[j / 64] >> (j % 64) & 1 == 1;
    let between = |i: usize, j: usize| below[i].iter().zip(&above[j]).any(|(a, b)| a & b != 0);
    let edges = |i: usize| (0..count).map(move |j| (i, j));
    let covers = (0..count).flat_map(edges).filter(|&(i, j)| has(&below[i], j) && !between(i, j)).collect();
    let class = |i: usize| survey.pairs[i].0.class;
    let tunnels = (0..count).flat_map(edges).filter(|&(i, j)| i < j && class(i) == class(j)).collect();
    Ok(MorphismGraph { nodes: survey.pairs.into_iter().map(|x| x.1).collect(), covers, tunnels })
}

/// Pairs of zuppos of H and K.
type Key = (Box<[u32]>, Box<[u32]>);

/// The number of the pair of type 2 to which each conjugate belongs.
fn conjugates(survey: &Survey, limits: &Limits) -> Result<BTreeMap<Key, usize>, FiniteError> {
    let zuppos = &survey.lattice.zuppos;
    let mut out = BTreeMap::new();
    let mut bytes = 0;
    for (number, (pair, _)) in survey.pairs.iter().enumerate().filter(|(_, x)| x.0.flip.is_some()) {
        let first: Key = (survey.lattice.classes[pair.class].conjugates[0].clone(), pair.kernel.clone());
        let mut pending = vec![first.clone()];
        out.insert(first, number);
        while let Some((h, k)) = pending.pop() {
            limits.check()?;
            for action in &zuppos.action {
                let image = (image_of(&h, action), image_of(&k, action));
                if out.insert(image.clone(), number).is_none() {
                    bytes += 4 * (image.0.len() + image.1.len()) as u128 + 100;
                    limits.reserve(bytes)?;
                    pending.push(image);
                }
            }
        }
    }
    Ok(out)
}

/// Whether pair `j` lies in the closure of pair `i`.
fn lies_in_closure(survey: &Survey, conjugates: &BTreeMap<Key, usize>, i: usize, j: usize) -> bool {
    let (first, second) = (&survey.pairs[i].0, &survey.pairs[j].0);
    let (small, large) = (&survey.lattice.classes[first.class], &survey.lattice.classes[second.class]);
    if !large.order.is_multiple_of(small.order) {
        return false;
    }
    let whole: &[u32] = &large.conjugates[0];
    let mut all = small.conjugates.iter();
    match (first.kind(), second.kind()) {
        (1, 1) => all.any(|h| contains(whole, h)),
        (1, 2) => all.any(|h| contains(&second.kernel, h)),
        (2, 2) => all.filter(|h| contains(whole, h)).any(|h| {
            let inside = |z: &&u32| second.kernel.binary_search(z).is_ok();
            let meet: Box<[u32]> = h.iter().filter(inside).copied().collect();
            meet.len() < h.len() && conjugates.get(&(h.clone(), meet)) == Some(&i)
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    /// Nodes, covers and tunnels: the published graphs of C_6 and D_6, and those that the same rules give in GAP.
    #[test]
    fn published_graphs() {
        let s = |n| symmetric(n).unwrap();
        for (group, expected) in [
            (cyclic(4).unwrap(), (5, 4, 2)),
            (cyclic(6).unwrap(), (6, 7, 2)),
            (dihedral(3).unwrap(), (4, 3, 1)),
            (dihedral(4).unwrap(), (10, 14, 3)),
            (dihedral(6).unwrap(), (14, 23, 10)),
            (s(4), (8, 10, 1)),
            (quaternion().unwrap(), (13, 20, 10)),
            (klein_four(), (11, 18, 9)),
        ] {
            let found = morphism_graph(&group, &Limits::none()).unwrap();
            let numbers = (found.nodes.len(), found.covers.len(), found.tunnels.len());
            assert_eq!(numbers, expected, "{}", group.name());
        }
    }
}
