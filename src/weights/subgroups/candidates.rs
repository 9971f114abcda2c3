//! Subgroups by the name of their type.

use std::collections::BTreeSet;

use super::super::{ReductiveType, WeightError};
use super::regular::maximal_regular;
use super::similar::{fingerprint, images, symmetries};
use super::{Subgroup, SubgroupKind, levi, levi_classes, maximal};
use crate::limits::Limits;
use crate::roots::SimpleType;

/// Chains of maximal subgroups are followed so far.
const LONGEST_CHAIN: usize = 3;

/// The subgroup of this type when [`subgroups_of_type`] knows only one; of several, the one with this number (from 1).
pub fn subgroup(
    group: &ReductiveType,
    wanted: &ReductiveType,
    which: Option<usize>,
    limits: &Limits,
) -> Result<Subgroup, WeightError> {
    let mut found = subgroups_of_type(group, wanted, limits)?;
    match (which, found.len()) {
        (_, 0) => Err(WeightError::Subgroup(format!(
            "no subgroup {wanted} of {group} was found among maximal, Levi and diagonal subgroups and short chains of them; a \
             restriction matrix names any subgroup"
        ))),
        (None, 1) => Ok(found.remove(0)),
        (None, count) => {
            let list: Vec<String> =
                found.iter().enumerate().map(|(k, s)| format!("{}: {} ({})", k + 1, s.kind.name(), s.origin)).collect();
            Err(WeightError::Subgroup(format!(
                "{count} subgroups {wanted} of {group} are known; choose one by its number: {}",
                list.join("; ")
            )))
        }
        (Some(k), count) if k == 0 || k > count => {
            Err(WeightError::Subgroup(format!("subgroups {wanted} of {group} are numbered from 1 to {count}, not {k}")))
        }
        (Some(k), _) => Ok(found.remove(k - 1)),
    }
}

/// The subgroups of this type that are known, up to linear equivalence: maximal ones, Levi subgroups with or without their
/// charges, in products diagonal ones and those that leave out a factor or a charge; where there is none of them, those at
/// the end of chains of two such steps, then of three.
pub fn subgroups_of_type(
    group: &ReductiveType,
    wanted: &ReductiveType,
    limits: &Limits,
) -> Result<Vec<Subgroup>, WeightError> {
    if wanted.semisimple_rank() == 0 && wanted.rank() < group.rank() {
        return Err(WeightError::Subgroup(format!(
            "{group} has infinitely many subgroups {wanted}; a restriction matrix names one"
        )));
    }
    for length in 1..=LONGEST_CHAIN {
        if length > 1 {
            // A chain must not be taken for a Levi subgroup that is not listed at this rank.
            group.factors().iter().try_for_each(|&factor| levi_classes(factor, limits).map(drop))?;
        }
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
        // What the other factors cannot hold of the subgroup.
        let least = wanted.dim().saturating_sub(group.dim() - factor.dim());
        for step in steps(factor, least, length == 1, limits)? {
            let step = in_product(group, at, start, &step);
            for below in chains(&step.group, wanted, length - 1, limits)? {
                out.push(step.then(&below));
            }
        }
        start += factor.rank();
    }
    for step in product_steps(group) {
        for below in chains(&step.group, wanted, length - 1, limits)? {
            out.push(step.then(&below));
        }
    }
    Ok(out)
}

/// The subgroups of a simple factor that one step leads to: on the way those of at least this dimension, in the last step all
/// Levi subgroups too.
fn steps(simple: SimpleType, least: usize, last: bool, limits: &Limits) -> Result<Vec<Subgroup>, WeightError> {
    let mut out = maximal_regular(simple, limits)?;
    match maximal::special(simple, limits) {
        // Of very large classical groups the Levi subgroups are known all the same.
        Err(WeightError::TooLarge(_)) => {}
        special => out.extend(special?.iter().flat_map(|sub| images(simple, sub))),
    }
    if !last {
        out.retain(|sub| sub.group.dim() >= least);
    }
    let classes = match levi_classes(simple, limits) {
        // Of a high rank only the largest ones.
        Err(WeightError::TooLarge(_)) => (0..simple.rank()).map(|node| vec![node]).collect(),
        classes => classes?,
    };
    for removed in classes {
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

/// In a product: the diagonal of two equal factors, for each symmetry of their diagram, and what is left without a factor
/// or a charge.
fn product_steps(group: &ReductiveType) -> Vec<Subgroup> {
    let factors = group.factors();
    let start = |k: usize| factors[..k].iter().map(|f| f.rank()).sum::<usize>();
    let rank = group.rank();
    let unit = |to: usize, among: &[usize]| -> Vec<i64> { among.iter().map(|&c| i64::from(c == to)).collect() };
    let step = |columns: Vec<usize>, to: &dyn Fn(usize) -> usize, below: ReductiveType, origin: String| Subgroup {
        above: group.clone(),
        matrix: (0..rank).map(|row| unit(to(row), &columns)).collect(),
        group: below,
        kind: SubgroupKind::Special,
        origin,
    };
    let mut out = Vec::new();
    for (j, &factor) in factors.iter().enumerate() {
        let own = start(j)..start(j) + factor.rank();
        let others: Vec<usize> = (0..rank).filter(|c| !own.contains(c)).collect();
        if others.is_empty() {
            continue;
        }
        let mut rest = factors.to_vec();
        rest.remove(j);
        let below = ReductiveType::new(rest, group.torus());
        out.push(step(others.clone(), &|row| row, below.clone(), format!("without factor {}", j + 1)));
        for i in (0..j).filter(|&i| factors[i] == factor) {
            for symmetry in symmetries(factor) {
                let to = |row: usize| if own.contains(&row) { start(i) + symmetry[row - own.start] } else { row };
                let origin = format!("diagonal in factors {} and {}", i + 1, j + 1);
                out.push(step(others.clone(), &to, below.clone(), origin));
            }
        }
    }
    if !factors.is_empty() {
        for charge in group.semisimple_rank()..rank {
            let others = (0..rank).filter(|&c| c != charge).collect();
            let below = ReductiveType::new(factors.to_vec(), group.torus() - 1);
            let number = charge - group.semisimple_rank() + 1;
            out.push(step(others, &|row| row, below, format!("without charge {number}")));
        }
    }
    out
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
