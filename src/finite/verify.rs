//! The proof that a chain is complete: by Schreier's lemma it is, when every Schreier generator of each level lies in
//! the group of the level below.

use super::chain::{Level, StabilizerChain};
use super::permutation::is_identity;
use crate::limits::{Limits, Stop};

/// A residue that is missing in the chain and the level at which it belongs; `None` when the chain is complete.
pub(super) fn find_gap(chain: &StabilizerChain, limits: &Limits) -> Result<Option<(Vec<u32>, usize)>, Stop> {
    for number in (0..chain.levels.len()).rev() {
        let level = &chain.levels[number];
        let last = number + 1 == chain.levels.len();
        if last && level.is_tree() && is_semiregular(level, chain.degree, limits)? {
            continue;
        }
        if let Some(gap) = schreier_gap(chain, number, limits)? {
            return Ok(Some(gap));
        }
    }
    Ok(None)
}

/// Sifts all Schreier generators u_i s u_j⁻¹ of a level, where s leads from point i to point j.
fn schreier_gap(chain: &StabilizerChain, number: usize, limits: &Limits) -> Result<Option<(Vec<u32>, usize)>, Stop> {
    let level = &chain.levels[number];
    for i in 0..level.orbit.len() {
        let leading = level.representative(i);
        for (label, s) in level.generators().iter().enumerate() {
            limits.check()?;
            let Some(j) = level.index(s.forward[level.orbit[i] as usize]) else { continue };
            if level.is_tree_edge(label, i, j) {
                continue;
            }
            let mut images: Vec<u32> = leading.iter().map(|&x| s.forward[x as usize]).collect();
            level.strip(&mut images, j);
            let stopped = chain.sift(number + 1, &mut images);
            if stopped < chain.levels.len() || !is_identity(&images) {
                return Ok(Some((images, stopped)));
            }
        }
    }
    Ok(None)
}

/// Whether the generators of the last level act so that the stabiliser of the base point b is trivial.
///
/// It is when every point q is the image of b under a map of the orbit of b that commutes with the generators. Such maps
/// of the orbit into itself are a group, so few of them have to be checked: O(m log m) steps for an orbit of m points.
fn is_semiregular(level: &Level, degree: usize, limits: &Limits) -> Result<bool, Stop> {
    let mut known = vec![false; degree];
    let mut commuting: Vec<Vec<u32>> = Vec::new(); // images of the orbit's points, in its order
    known[level.base as usize] = true;
    let mut reached = vec![level.base];
    for q in 0..degree as u32 {
        if known[q as usize] {
            continue;
        }
        limits.check()?;
        let images = level.images_of(q);
        for s in level.generators() {
            for (&point, &image) in level.orbit.iter().zip(&images) {
                let Some(next) = level.index(s.forward[point as usize]) else { return Ok(false) };
                if s.forward[image as usize] != images[next] {
                    return Ok(false);
                }
            }
        }
        if level.index(q).is_none() {
            // Composed with the commuting maps it reaches these points of the other orbit.
            for &p in &reached {
                if let Some(i) = level.index(p) {
                    known[images[i] as usize] = true;
                }
            }
            continue;
        }
        commuting.push(images);
        let mut next = 0;
        while next < reached.len() {
            let Some(at) = level.index(reached[next]) else { return Ok(false) };
            for map in &commuting {
                if !std::mem::replace(&mut known[map[at] as usize], true) {
                    reached.push(map[at]);
                }
            }
            next += 1;
        }
    }
    Ok(true)
}

/// The order of a small group, by listing its elements: a slow twin for tests.
#[cfg(test)]
pub(super) fn listed_order(degree: usize, generators: &[super::Permutation]) -> usize {
    let mut seen = std::collections::HashSet::new();
    let mut queue = vec![super::Permutation::identity(degree)];
    seen.insert(queue[0].clone());
    while let Some(p) = queue.pop() {
        for g in generators {
            let next = p.then(g).unwrap();
            if seen.insert(next.clone()) {
                queue.push(next);
            }
        }
    }
    seen.len()
}
