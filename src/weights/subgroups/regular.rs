//! Regular subgroups of the same rank: nodes of the extended Dynkin diagram deleted (Borel and de Siebenthal).

use super::super::root_data::RootData;
use super::super::{WeightError, defining_weight, orbit};
use super::{Subgroup, SubgroupKind, levi};
use crate::limits::Limits;
use crate::roots::{Letter, SimpleType, recognize_cartan_matrix};
use crate::weights::ReductiveType;

/// The regular subgroup without one node (from 0) of the extended diagram.
pub(super) fn regular(simple: SimpleType, node: usize, limits: &Limits) -> Result<Subgroup, WeightError> {
    let data = RootData::of(simple, limits)?;
    // The simple roots and the lowest root, each as labels and coroot.
    let mut roots: Vec<(Vec<i64>, Vec<i64>)> = (0..data.rank)
        .filter(|&i| i != node)
        .map(|i| (data.cartan[i].clone(), (0..data.rank).map(|j| i64::from(i == j)).collect()))
        .collect();
    if let Some(highest) = data.roots.last() {
        let negated = |v: &[i8]| v.iter().map(|&x| -i64::from(x)).collect();
        roots.push((negated(&highest.labels), negated(&highest.coroot)));
    }
    let pairing = |a: &[i64], b: &[i64]| a.iter().zip(b).map(|(x, y)| x * y).sum();
    let matrix: Vec<Vec<i64>> = roots.iter().map(|a| roots.iter().map(|b| pairing(&a.0, &b.1)).collect()).collect();
    let parts = recognize_cartan_matrix(&matrix).map_err(|e| WeightError::Check(e.to_string()))?;
    let mut columns: Vec<Vec<i64>> = parts.iter().flat_map(|c| &c.nodes).map(|&k| roots[k].1.clone()).collect();
    let group = ReductiveType::new(parts.iter().map(|c| c.simple).collect(), 0);
    vectors_first(simple, &group, &mut columns, limits)?;
    let origin = format!("node {} of the extended diagram deleted", node + 1);
    Ok(Subgroup::from_columns(simple.into(), group, &columns, SubgroupKind::Regular, origin))
}

/// Numbers the nodes of factors D4 in orthogonal groups such that the vectors of the group restrict to those of SO(8), the 8v;
/// the diagram alone does not tell its outer nodes apart.
pub(super) fn vectors_first(
    simple: SimpleType,
    group: &ReductiveType,
    columns: &mut [Vec<i64>],
    limits: &Limits,
) -> Result<(), WeightError> {
    if !matches!(simple.letter(), Letter::B | Letter::D) {
        return Ok(());
    }
    let mut start = 0;
    for factor in group.factors() {
        if (factor.letter(), factor.rank()) == (Letter::D, 4) {
            for weight in orbit(&simple.into(), &defining_weight(simple), limits)? {
                let label = |j: usize| -> i64 { weight.iter().zip(&columns[start + j]).map(|(x, c)| x * c).sum() };
                let labels = [0, 1, 2, 3].map(label);
                if let [0, 0, 1, 0] | [0, 0, 0, 1] = labels {
                    columns.swap(start, start + if labels[2] == 1 { 2 } else { 3 });
                    break;
                }
            }
        }
        start += factor.rank();
    }
    Ok(())
}

/// The maximal connected subgroups of the same rank: a node whose coefficient in the highest root is 1 is deleted from the
/// diagram, one with a prime coefficient from the extended diagram (Borel and de Siebenthal 1949). Those that symmetries
/// of the extended diagram identify are all listed.
pub(super) fn maximal_regular(simple: SimpleType, limits: &Limits) -> Result<Vec<Subgroup>, WeightError> {
    let data = RootData::of(simple, limits)?;
    let mut out = Vec::new();
    let Some(highest) = data.roots.last() else { return Ok(out) };
    for node in 0..data.rank {
        match highest.coordinates[node] {
            1 => out.push(levi(simple, &[node], limits)?),
            2 | 3 | 5 => out.push(regular(simple, node, limits)?),
            _ => {}
        }
    }
    Ok(out)
}
