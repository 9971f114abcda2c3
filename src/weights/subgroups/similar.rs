//! When two subgroups are the same up to automorphisms, as far as representations can tell.

use std::collections::BTreeMap;

use num_bigint::BigInt;

use super::super::weyl::opposite;
use super::super::{Decomposition, ReductiveType, Weight, WeightError, defining_weight};
use super::Subgroup;
use super::subgroup::canonical;
use crate::limits::Limits;
use crate::roots::{Letter, SimpleType};

/// Half-spin representations are restricted up to this rank.
const LARGEST_SPINORS: usize = 12;

/// More renamings than this are not tried: subgroups are then compared as they are written.
const MOST_RENAMINGS: usize = 50_000;

/// Decompositions of some representations, written in the smallest way among all automorphisms of the subgroup.
pub(super) type Fingerprint = Vec<Vec<(Weight, BigInt)>>;

/// The representations that are restricted: with them two subgroups have equal restrictions when they are linearly
/// equivalent (Dynkin). When `outer`, what symmetries of the group's diagram exchange is not told apart.
pub(super) fn fingerprint(sub: &Subgroup, outer: bool, limits: &Limits) -> Result<Fingerprint, WeightError> {
    let wanted = ReductiveType::new(sub.group.factors().iter().map(|&f| canonical(f)).collect(), sub.group.torus());
    let sub = sub.written_as(&wanted).unwrap_or_else(|| sub.clone());
    let restricted: Vec<Vec<Decomposition>> = probes(&sub.above, outer)
        .into_iter()
        .map(|orbit| orbit.iter().map(|w| sub.restrict(&Decomposition::irreducible(&sub.above, w)?, limits)).collect())
        .collect::<Result<_, WeightError>>()?;
    let mut best: Option<Fingerprint> = None;
    for renaming in renamings(&sub.group) {
        limits.check()?;
        let mut found: Fingerprint = if outer { Vec::new() } else { pfaffians(&sub, &renaming) };
        for orbit in &restricted {
            let mut each: Fingerprint = orbit.iter().map(|v| renamed(v, &renaming)).collect();
            each.sort();
            found.extend(each);
        }
        if best.as_ref().is_none_or(|b| found < *b) {
            best = Some(found);
        }
    }
    Ok(best.unwrap_or_default())
}

/// For each factor SO(2n) the sign of the Pfaffian `Π ε_i` restricted to the subgroup: it tells two classes apart that a
/// reflection exchanges, and it is zero where there are not two. A weight is positive when its first label is.
fn pfaffians(sub: &Subgroup, renaming: &[(usize, i64)]) -> Fingerprint {
    let mut out = Vec::new();
    let mut start = 0;
    for &factor in sub.above.factors() {
        let n = factor.rank();
        if factor.letter() == Letter::D && n > LARGEST_SPINORS {
            let row = |i: usize| &sub.matrix[start + i - 1];
            // ε_i in fundamental weights (Bourbaki VI, plate IV).
            let epsilon = |i: usize, c: usize| match i {
                1 => row(1)[c],
                _ if i == n => row(n)[c] - row(n - 1)[c],
                _ if i == n - 1 => row(n - 1)[c] + row(n)[c] - row(n - 2)[c],
                _ => row(i)[c] - row(i - 1)[c],
            };
            let sign =
                |i: usize| renaming.iter().map(|&(c, s)| s * epsilon(i, c)).find(|&x| x != 0).map_or(0, i64::signum);
            out.push(vec![(Vec::new(), (1..=n).map(sign).product::<i64>().into())]);
        }
        start += n;
    }
    out
}

/// A subgroup and its images under the symmetries of the diagram of SO(2n), which need not be conjugate to it.
pub(super) fn images(simple: SimpleType, sub: &Subgroup) -> Vec<Subgroup> {
    let all = if simple.letter() == Letter::D { symmetries(simple) } else { vec![(0..simple.rank()).collect()] };
    let image = |symmetry: Vec<usize>| {
        let matrix = symmetry.iter().map(|&i| sub.matrix[i].clone()).collect();
        let moved = symmetry.iter().enumerate().any(|(k, &i)| k != i);
        let nodes: Vec<String> = symmetry.iter().map(|i| (i + 1).to_string()).collect();
        let origin =
            if moved { format!("{}, nodes read as {}", sub.origin, nodes.join(", ")) } else { sub.origin.clone() };
        Subgroup { matrix, origin, ..sub.clone() }
    };
    all.into_iter().map(image).collect()
}

/// Highest weights, in orbits of what is not told apart.
fn probes(above: &ReductiveType, outer: bool) -> Vec<Vec<Weight>> {
    let mut out = Vec::new();
    let mut start = 0;
    for &factor in above.factors() {
        let rank = factor.rank();
        let placed = |part: Weight| {
            let mut full = vec![0; above.rank()];
            full[start..start + rank].copy_from_slice(&part);
            full
        };
        let node = |k: usize| placed((0..rank).map(|i| i64::from(i == k)).collect());
        let first = defining_weight(factor);
        match (factor.letter(), rank) {
            (Letter::D, 4) if outer => out.push(vec![node(0), node(2), node(3)]),
            (Letter::D, 3) => out.push(if outer { vec![node(1), node(2)] } else { vec![node(1)] }),
            (Letter::D, 4..=LARGEST_SPINORS) if outer => {
                out.extend([vec![node(0)], vec![node(rank - 2), node(rank - 1)]])
            }
            (Letter::D, 4..=LARGEST_SPINORS) => out.extend([vec![node(0)], vec![node(rank - 2)], vec![node(rank - 1)]]),
            (Letter::A, 2..) | (Letter::E, 6) if outer => {
                let dual = (0..rank).map(|i| first[opposite(factor, i)]).collect();
                out.push(vec![placed(first), placed(dual)]);
            }
            _ => out.push(vec![placed(first)]),
        }
        start += rank;
    }
    for k in start..above.rank() {
        out.push(vec![(0..above.rank()).map(|i| i64::from(i == k)).collect()]);
    }
    out
}

/// An automorphism of a type: for each coordinate the one it is read from, and its sign.
type Renaming = Vec<(usize, i64)>;

fn renamed(v: &Decomposition, renaming: &[(usize, i64)]) -> Vec<(Weight, BigInt)> {
    let terms = v.terms().iter();
    let terms: BTreeMap<Weight, BigInt> =
        terms.map(|(w, m)| (renaming.iter().map(|&(i, s)| s * w[i]).collect(), m.clone())).collect();
    terms.into_iter().collect()
}

/// Symmetries of the diagrams, exchanges of equal factors and of charges, signs of charges.
fn renamings(group: &ReductiveType) -> Vec<Renaming> {
    let mut out: Vec<(Renaming, Vec<bool>)> = vec![(Vec::new(), vec![false; group.factors().len()])];
    let mut starts = vec![0];
    starts.extend(group.factors().iter().scan(0, |sum, f| {
        *sum += f.rank();
        Some(*sum)
    }));
    for &factor in group.factors() {
        let mut next = Vec::new();
        for (done, used) in &out {
            for (k, &other) in group.factors().iter().enumerate().filter(|(k, _)| !used[*k]) {
                if other != factor {
                    continue;
                }
                for symmetry in symmetries(factor) {
                    let mut longer = done.clone();
                    longer.extend(symmetry.iter().map(|&i| (starts[k] + i, 1)));
                    let mut used = used.clone();
                    used[k] = true;
                    next.push((longer, used));
                }
            }
        }
        out = next;
        if out.len() > MOST_RENAMINGS {
            return vec![(0..group.rank()).map(|i| (i, 1)).collect()];
        }
    }
    let mut all: Vec<Renaming> = out.into_iter().map(|(renaming, _)| renaming).collect();
    let first = group.semisimple_rank();
    for _ in 0..group.torus() {
        let mut next = Vec::new();
        for done in &all {
            let free = (first..group.rank()).filter(|q| done[first..].iter().all(|(used, _)| used != q));
            next.extend(free.flat_map(|q| [(q, 1), (q, -1)]).map(|charge| {
                let mut longer = done.clone();
                longer.push(charge);
                longer
            }));
        }
        all = next;
        if all.len() > MOST_RENAMINGS {
            return vec![(0..group.rank()).map(|i| (i, 1)).collect()];
        }
    }
    all
}

/// The symmetries of a Dynkin diagram (Bourbaki VI, plates, section XI).
pub(super) fn symmetries(simple: SimpleType) -> Vec<Vec<usize>> {
    let n = simple.rank();
    let same: Vec<usize> = (0..n).collect();
    match (simple.letter(), n) {
        (Letter::A, 2..) => vec![same, (0..n).rev().collect()],
        (Letter::D, 4) => vec![
            vec![0, 1, 2, 3],
            vec![0, 1, 3, 2],
            vec![2, 1, 0, 3],
            vec![2, 1, 3, 0],
            vec![3, 1, 0, 2],
            vec![3, 1, 2, 0],
        ],
        (Letter::D, _) => {
            let mut other = same.clone();
            other.swap(n - 2, n - 1);
            vec![same, other]
        }
        (Letter::E, 6) => vec![same, (0..n).map(|i| opposite(simple, i)).collect()],
        _ => vec![same],
    }
}

/// The largest of the weights that symmetries of the diagram make of one.
pub(super) fn first_of_symmetric(simple: SimpleType, weight: &[i64]) -> Weight {
    let images = symmetries(simple).into_iter().map(|s| s.iter().map(|&i| weight[i]).collect());
    images.max().unwrap_or_else(|| weight.to_vec())
}
