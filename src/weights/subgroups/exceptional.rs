//! Special maximal subgroups of the exceptional groups: Dynkin's list (Dynkin 1952, table 39; Minchenko 2006).

use num_bigint::BigInt;

use super::super::root_data::RootData;
use super::super::{Decomposition, ReductiveType, WeightError};
use super::classical::from_restriction;
use super::embedding::scaled_inverse_cartan;
use super::{Subgroup, SubgroupKind};
use crate::limits::Limits;
use crate::roots::{Letter, SimpleType};

/// The smallest representation under a special maximal subgroup; the restriction matrix is found from it.
struct Row {
    above: (Letter, usize),
    group: &'static str,
    terms: &'static [&'static [i64]],
}

const fn row(letter: Letter, rank: usize, group: &'static str, terms: &'static [&'static [i64]]) -> Row {
    Row { above: (letter, rank), group, terms }
}

const ROWS: &[Row] = &[
    row(Letter::F, 4, "G2+A1", &[&[1, 0, 2], &[0, 0, 4]]),
    row(Letter::E, 6, "A2", &[&[2, 2]]),
    row(Letter::E, 6, "G2", &[&[2, 0]]),
    row(Letter::E, 6, "C4", &[&[0, 1, 0, 0]]),
    row(Letter::E, 6, "F4", &[&[0, 0, 0, 1], &[0, 0, 0, 0]]),
    row(Letter::E, 6, "G2+A2", &[&[1, 0, 1, 0], &[0, 0, 0, 2]]),
    row(Letter::E, 7, "A2", &[&[6, 0], &[0, 6]]),
    row(Letter::E, 7, "A1+A1", &[&[4, 1], &[2, 5], &[6, 3]]),
    row(Letter::E, 7, "G2+A1", &[&[1, 0, 3], &[0, 1, 1]]),
    row(Letter::E, 7, "F4+A1", &[&[0, 0, 0, 1, 1], &[0, 0, 0, 0, 3]]),
    row(Letter::E, 7, "C3+G2", &[&[1, 0, 0, 1, 0], &[0, 0, 1, 0, 0]]),
    row(Letter::E, 8, "B2", &[&[0, 2], &[0, 6], &[3, 2]]),
    row(Letter::E, 8, "A2+A1", &[&[1, 1, 0], &[0, 0, 2], &[1, 1, 6], &[3, 0, 4], &[0, 3, 4], &[2, 2, 2]]),
    row(Letter::E, 8, "F4+G2", &[&[1, 0, 0, 0, 0, 0], &[0, 0, 0, 0, 0, 1], &[0, 0, 0, 1, 1, 0]]),
];

/// The maximal subgroups of type A1, by the values of the simple roots of the group at its coroot: principal ones, and in
/// E7 and E8 of the next nilpotent orbits.
const RANK_ONE: &[(Letter, &[i64])] = &[
    (Letter::G, &[2, 2]),
    (Letter::F, &[2, 2, 2, 2]),
    (Letter::E, &[2, 2, 2, 2, 2, 2, 2]),
    (Letter::E, &[2, 2, 2, 0, 2, 2, 2]),
    (Letter::E, &[2, 2, 2, 2, 2, 2, 2, 2]),
    (Letter::E, &[2, 2, 2, 0, 2, 2, 2, 2]),
    (Letter::E, &[2, 2, 2, 0, 2, 0, 2, 2]),
];

/// The special maximal subgroups of an exceptional group, up to automorphisms of the group.
pub(super) fn special(simple: SimpleType, limits: &Limits) -> Result<Vec<Subgroup>, WeightError> {
    let mut out = Vec::new();
    for row in ROWS.iter().filter(|r| r.above == (simple.letter(), simple.rank())) {
        let group: ReductiveType = row.group.parse()?;
        let mut below = Decomposition::zero(&group);
        for weight in row.terms {
            below = below.plus(&BigInt::from(1), &Decomposition::irreducible(&group, weight)?)?;
        }
        let origin = format!("special {} in {simple}", row.group);
        match from_restriction(simple, &below, origin, limits)? {
            Some(found) => out.push(found),
            None => return Err(WeightError::Check(format!("no restriction matrix from {simple} to {}", row.group))),
        }
    }
    for (letter, diagram) in RANK_ONE.iter().filter(|(l, d)| *l == simple.letter() && d.len() == simple.rank()) {
        let coroot = from_diagram(&*RootData::of(simple, limits)?, diagram);
        let origin = if diagram.contains(&0) {
            format!("weighted Dynkin diagram {}", digits(diagram))
        } else {
            format!("principal in {letter:?}{}", simple.rank())
        };
        let group = SimpleType::new(Letter::A, 1)?.into();
        out.push(Subgroup::from_columns(simple.into(), group, &[coroot], SubgroupKind::Special, origin));
    }
    Ok(out)
}

/// The labels of a diagram as one word.
pub(super) fn digits(diagram: &[i64]) -> String {
    diagram.iter().map(i64::to_string).collect()
}

/// The element of the Cartan subalgebra on which the simple roots have these values, in simple coroots: its scalar
/// products with the fundamental weights.
pub(super) fn from_diagram(data: &RootData, diagram: &[i64]) -> Vec<i64> {
    let scale = data.casimir_scale();
    let inverse = scaled_inverse_cartan(data);
    inverse.iter().map(|row| row.iter().zip(diagram).map(|(x, d)| x * d).sum::<i64>() / scale).collect()
}
