//! All maximal reductive connected subgroups of a simple group.

use std::collections::BTreeSet;

use super::super::WeightError;
use super::regular::maximal_regular;
use super::similar::fingerprint;
use super::{Subgroup, classical, exceptional};
use crate::limits::Limits;
use crate::roots::SimpleType;

/// The special maximal subgroups, those that symmetries of the group exchange once or more.
pub(super) fn special(simple: SimpleType, limits: &Limits) -> Result<Vec<Subgroup>, WeightError> {
    let mut out = classical::special(simple, limits)?;
    out.extend(exceptional::special(simple, limits)?);
    Ok(out)
}

/// The maximal connected reductive subgroups of a simple group up to its automorphisms: those of the same rank (Borel and
/// de Siebenthal), then the special ones (Dynkin 1952). The Levi subgroups among them are maximal as reductive subgroups;
/// as algebras over C they lie in parabolic ones.
pub fn maximal_subgroups(simple: SimpleType, limits: &Limits) -> Result<Vec<Subgroup>, WeightError> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    let mut all = maximal_regular(simple, limits)?;
    all.extend(special(simple, limits)?);
    for sub in all {
        limits.check()?;
        if seen.insert((sub.group.clone(), fingerprint(&sub, true, limits)?)) {
            out.push(sub);
        }
    }
    out.sort_by_key(|sub| (sub.kind, std::cmp::Reverse(sub.group.dim())));
    Ok(out)
}
