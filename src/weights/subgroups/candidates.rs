//! Subgroups by the name of their type.

use std::collections::BTreeSet;

use super::super::{ReductiveType, WeightError};
use super::regular::maximal_regular;
use super::similar::fingerprint;
use super::{Subgroup, SubgroupKind, levi, levi_classes, maximal};
use crate::limits::Limits;
use crate::roots::SimpleType;

/// Chains of maximal subgroups are followed so far.
const LONGEST_CHAIN: usize = 3;

/// The subgroup of this type when there is one up to conjugation; of several, the one with this number (from 1).
pub fn subgroup(
    group: &ReductiveType,
    wanted: &ReductiveType,
    which: Option<usize>,
    limits: &Limits,
) -> Result<Subgroup, WeightError> {
    let mut found = subgroups_of_type(group, wanted, limits)?;
    match (which, found.len()) {
        (_, 0) => Err(WeightError::Subgroup(format!(
            "no subgroup {wanted} of {group} is known: it is neither maximal nor a Levi subgroup, nor at the end of a short \
             chain of such; a restriction matrix names any subgroup"
        ))),
        (None, 1) => Ok(found.remove(0)),
        (None, count) => {
            let list: Vec<String> =
                found.iter().enumerate().map(|(k, s)| format!("{}: {} ({})", k + 1, s.kind.name(), s.origin)).collect();
            Err(WeightError::Subgroup(format!(
                "{group} has {count} classes of subgroups {wanted} here; choose one by its number: {}",
                list.join("; ")
            )))
        }
        (Some(k), count) if k == 0 || k > count => {
            Err(WeightError::Subgroup(format!("there are {count} classes of subgroups {wanted} of {group}, not {k}")))
        }
        (Some(k), _) => Ok(found.remove(k - 1)),
    }
}

/// The subgroups of this type that are known, up to linear equivalence: maximal ones and Levi subgroups with or without
/// their charges; where there is none of them, those at the end of chains of such.
pub fn subgroups_of_type(
    group: &ReductiveType,
    wanted: &ReductiveType,
    limits: &Limits,
) -> Result<Vec<Subgroup>, WeightError> {
    for length in 1..=LONGEST_CHAIN {
        let all = chains(group, wanted, length, limits)?;
        let mut seen = BTreeSet::new();
        let mut out = Vec::new();
        for sub in all {
            limits.check()?;
            let Some(sub) = sub.written_as(wanted) else { continue };
            if seen.insert(fingerprint(&sub, false, limits)?) {
                out.push(sub);
            }
        }
        if !out.is_empty() {
            return Ok(out);
        }
    }
    Ok(Vec::new())
}

/// Subgroups of this type, in chains of at most this length.
fn chains(
    group: &ReductiveType,
    wanted: &ReductiveType,
    length: usize,
    limits: &Limits,
) -> Result<Vec<Subgroup>, WeightError> {
    limits.check()?;
    if Subgroup::whole(group).written_as(wanted).is_some() {
        return Ok(vec![Subgroup::whole(group)]);
    }
    if length == 0 || wanted.dim() >= group.dim() || wanted.rank() > group.rank() {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    let mut start = 0;
    for (at, &factor) in group.factors().iter().enumerate() {
        for step in steps(factor, wanted, length == 1, limits)? {
            let step = in_product(group, at, start, &step);
            for below in chains(&step.group, wanted, length - 1, limits)? {
                out.push(step.then(&below));
            }
        }
        start += factor.rank();
    }
    Ok(out)
}

/// The subgroups of a simple factor that one step leads to. In the last step only Levi subgroups that could be meant.
fn steps(
    simple: SimpleType,
    wanted: &ReductiveType,
    last: bool,
    limits: &Limits,
) -> Result<Vec<Subgroup>, WeightError> {
    let mut out = maximal_regular(simple, limits)?;
    match maximal::special(simple, limits) {
        // Of very large classical groups the Levi subgroups are known all the same.
        Err(WeightError::TooLarge(_)) => {}
        special => out.extend(special?),
    }
    if !last {
        out.retain(|sub| sub.group.dim() >= wanted.dim() / 2);
    }
    for removed in levi_classes(simple, limits).unwrap_or_default() {
        // Levi subgroups of Levi subgroups are Levi subgroups: on the way the largest ones suffice.
        if removed.is_empty() || removed.len() == simple.rank() || (!last && removed.len() > 1) {
            continue;
        }
        let sub = levi(simple, &removed, limits)?;
        let known = removed.len() == 1 && out.iter().any(|s| s.kind == SubgroupKind::Levi && s.group == sub.group);
        out.extend(without_charges(&sub));
        if !known {
            out.push(sub);
        }
    }
    Ok(out)
}

/// The semisimple part of a Levi subgroup.
fn without_charges(sub: &Subgroup) -> Option<Subgroup> {
    let rank = sub.group.semisimple_rank();
    let matrix = sub.matrix.iter().map(|row| row[..rank].to_vec()).collect();
    let group = ReductiveType::new(sub.group.factors().to_vec(), 0);
    let origin = format!("semisimple part of the Levi subgroup with {}", sub.origin);
    (sub.group.torus() > 0).then(|| Subgroup { group, matrix, origin, ..sub.clone() })
}

/// A subgroup of one simple factor as a subgroup of a product: its factors take the place of the factor, its charges come
/// after those that were there.
fn in_product(group: &ReductiveType, at: usize, start: usize, step: &Subgroup) -> Subgroup {
    if group.simple().is_some() {
        return step.clone();
    }
    let rank = group.factors()[at].rank();
    let inner = step.group.semisimple_rank();
    let (before, after) = (&group.factors()[..at], &group.factors()[at + 1..]);
    let factors = before.iter().chain(step.group.factors()).chain(after).copied().collect();
    let below = ReductiveType::new(factors, group.torus() + step.group.torus());
    let last = group.rank();
    let row = |i: usize| -> Vec<i64> {
        let unit = |j: usize| i64::from(i == j);
        let own = |j: usize| if (start..start + rank).contains(&i) { step.matrix[i - start][j] } else { 0 };
        let mut out: Vec<i64> = (0..start).map(unit).collect();
        out.extend((0..inner).map(own));
        out.extend((start + rank..last).map(unit));
        out.extend((inner..step.group.rank()).map(own));
        out
    };
    let matrix = (0..last).map(row).collect();
    let origin = format!("{} in {}: {}", step.group, group.factors()[at], step.origin);
    Subgroup { above: group.clone(), group: below, matrix, kind: step.kind, origin }
}
