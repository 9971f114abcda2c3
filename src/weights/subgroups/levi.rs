//! Levi subgroups: nodes of the Dynkin diagram deleted, with the charges that take their place.

use std::collections::BTreeSet;

use super::super::root_data::RootData;
use super::super::weyl::opposite;
use super::super::{ReductiveType, WeightError};
use super::embedding::scaled_inverse_cartan;
use super::regular::vectors_first;
use super::{Subgroup, SubgroupKind};
use crate::limits::Limits;
use crate::roots::{SimpleType, recognize_cartan_matrix};

/// Classes are listed up to this rank.
const MOST_NODES: usize = 12;

/// The Levi subgroup without these nodes (from 0). Its charges, one for each node in their order, are the fundamental
/// coweights, scaled to whole numbers without a common divisor on all weights of the simply connected group: the deleted
/// simple root has a positive charge. For SU(5) without node 2 the 5 is (2,1)(3) + (1,3)(-2), as in Slansky's tables.
pub fn levi(simple: SimpleType, removed: &[usize], limits: &Limits) -> Result<Subgroup, WeightError> {
    let data = RootData::of(simple, limits)?;
    let removed: BTreeSet<usize> = removed.iter().copied().collect();
    if let Some(&node) = removed.iter().find(|&&node| node >= data.rank) {
        return Err(WeightError::NoNode { node: node + 1, rank: data.rank });
    }
    let kept: Vec<usize> = (0..data.rank).filter(|i| !removed.contains(i)).collect();
    let mut factors = Vec::new();
    let mut columns: Vec<Vec<i64>> = Vec::new();
    for (factor, nodes) in components(&data, &kept) {
        factors.push(factor);
        columns.extend(nodes.iter().map(|&node| (0..data.rank).map(|i| i64::from(i == node)).collect()));
    }
    vectors_first(simple, &ReductiveType::new(factors.clone(), 0), &mut columns, limits)?;
    let inverse = scaled_inverse_cartan(&data);
    for &node in &removed {
        let column: Vec<i64> = inverse.iter().map(|row| row[node]).collect();
        let divisor = column.iter().fold(0, |g, &x| gcd(g, x)).max(1);
        columns.push(column.iter().map(|x| x / divisor).collect());
    }
    let group = ReductiveType::new(factors, removed.len());
    let names: Vec<String> = removed.iter().map(|node| (node + 1).to_string()).collect();
    let origin = match names.len() {
        0 => "no node deleted".to_string(),
        1 => format!("node {} deleted", names[0]),
        _ => format!("nodes {} deleted", names.join(", ")),
    };
    Ok(Subgroup::from_columns(simple.into(), group, &columns, SubgroupKind::Levi, origin))
}

/// The components of a part of the diagram with their nodes in Bourbaki's order.
pub(super) fn components(data: &RootData, kept: &[usize]) -> Vec<(SimpleType, Vec<usize>)> {
    let matrix: Vec<Vec<i64>> = kept.iter().map(|&i| kept.iter().map(|&j| data.cartan[i][j]).collect()).collect();
    let found = recognize_cartan_matrix(&matrix).unwrap_or_default();
    found.into_iter().map(|c| (c.simple, c.nodes.iter().map(|&k| kept[k]).collect())).collect()
}

fn gcd(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// One Levi subgroup of each conjugacy class, as the lists of deleted nodes: by the number of them, then lexicographically,
/// the first list of each class. The whole group and the maximal torus are among them.
///
/// Two sets of simple roots are conjugate under the Weyl group when elementary steps lead from one to the other: add one
/// node and apply `−w_0` of the larger diagram (Howlett; Deodhar).
pub fn levi_classes(simple: SimpleType, limits: &Limits) -> Result<Vec<Vec<usize>>, WeightError> {
    let data = RootData::of(simple, limits)?;
    if data.rank > MOST_NODES {
        return Err(WeightError::TooLarge(format!("Levi subgroups are listed up to rank {MOST_NODES}")));
    }
    let classes = class_numbers(&data, limits)?;
    let nodes = |mask: usize| -> Vec<usize> { (0..data.rank).filter(|i| mask >> i & 1 == 0).collect() };
    let mut masks: Vec<usize> = (0..1 << data.rank).collect();
    masks.sort_by_key(|&mask| (nodes(mask).len(), nodes(mask)));
    let mut seen = BTreeSet::new();
    Ok(masks.into_iter().filter(|&mask| seen.insert(classes[mask])).map(nodes).collect())
}

/// The number of the class of each set of kept nodes, a bit for each node.
pub(super) fn class_numbers(data: &RootData, limits: &Limits) -> Result<Vec<usize>, WeightError> {
    let count = 1usize << data.rank;
    // −w_0 of every part of the diagram.
    let mut partner: Vec<Vec<usize>> = Vec::with_capacity(count);
    for mask in 0..count {
        if mask % 64 == 0 {
            limits.check()?;
        }
        let kept: Vec<usize> = (0..data.rank).filter(|i| mask >> i & 1 == 1).collect();
        let mut image: Vec<usize> = (0..data.rank).collect();
        for (factor, nodes) in components(data, &kept) {
            (0..nodes.len()).for_each(|k| image[nodes[k]] = nodes[opposite(factor, k)]);
        }
        partner.push(image);
    }
    let mut class = vec![usize::MAX; count];
    for start in 0..count {
        if class[start] != usize::MAX {
            continue;
        }
        class[start] = start;
        let mut todo = vec![start];
        while let Some(mask) = todo.pop() {
            for node in (0..data.rank).filter(|i| mask >> i & 1 == 0) {
                let image = &partner[mask | 1 << node];
                let next = (0..data.rank).filter(|i| mask >> i & 1 == 1).fold(0, |m, i| m | 1 << image[i]);
                if class[next] == usize::MAX {
                    class[next] = start;
                    todo.push(next);
                }
            }
        }
    }
    Ok(class)
}
