//! Permutation groups by name, as permutation matrices.

use super::{Family, Group, RepError};
use crate::finite::{self, FiniteError, Permutation, PermutationGroup};
use crate::lie::named::{Arg, NamedEntry, NamedError};

/// More points are refused.
const MAX_DEGREE: usize = 1_000_000;

const fn entry(name: &'static str, parameters: &'static [&'static str], summary: &'static str) -> NamedEntry {
    NamedEntry { name, parameters, summary }
}

/// The names, in alphabetical order.
pub const PERMUTATION_GROUP_NAMES: &[NamedEntry] = &[
    entry("A", &["n"], "even permutations of n points"),
    entry("Cube", &[], "the 24 rotations of the cube, on its 6 faces"),
    entry("D", &["n"], "symmetries of the regular n-gon on its n corners, of order 2n; D(1) on 2, D(2) on 4 points"),
    entry("M11", &[], "Mathieu's group of order 7920 on 11 points"),
    entry("M12", &[], "Mathieu's group of order 95040 on 12 points"),
    entry("M22", &[], "Mathieu's group of order 443520 on 22 points"),
    entry("M23", &[], "Mathieu's group of order 10200960 on 23 points"),
    entry("M24", &[], "Mathieu's group of order 244823040 on 24 points"),
    entry("Q8", &[], "the quaternion group of order 8, on itself"),
    entry("RubiksCube", &[], "Rubik's cube, on its 48 stickers that move"),
    entry("S", &["n"], "all permutations of n points"),
    entry("Z", &["n"], "cyclic shifts of n points"),
];

/// The group of one of these names; `None` for other names.
pub(super) fn by_name(name: &str, args: &[Arg]) -> Option<Result<Group, RepError>> {
    let entry = PERMUTATION_GROUP_NAMES.iter().find(|entry| entry.name == name)?;
    let made = match args {
        [Arg::Integer(n)] if !entry.parameters.is_empty() => {
            let n = usize::try_from(*n).ok().filter(|n| (1..=MAX_DEGREE).contains(n));
            match (name, n) {
                ("S", Some(n)) => finite::symmetric(n),
                ("A", Some(n)) => finite::alternating(n),
                ("Z", Some(n)) => finite::cyclic(n),
                ("D", Some(n)) => finite::dihedral(n),
                _ => return Some(Err(refused(entry, args))),
            }
        }
        [] if entry.parameters.is_empty() => match name {
            "Cube" => cube(),
            "M11" => finite::mathieu_11(),
            "M12" => finite::mathieu_12(),
            "M22" => finite::mathieu_22(),
            "M23" => finite::mathieu_23(),
            "M24" => finite::mathieu_24(),
            "Q8" => finite::quaternion(),
            _ => finite::rubiks_cube(),
        },
        _ => return Some(Err(refused(entry, args))),
    };
    let family = Family::of_name(name, args);
    Some(made.map_err(RepError::from).and_then(Group::of_permutation_group).map(|group| group.in_family(family)))
}

fn refused(entry: &NamedEntry, args: &[Arg]) -> RepError {
    let written: Vec<String> = args
        .iter()
        .map(|arg| match arg {
            Arg::Integer(n) => n.to_string(),
            Arg::Text(text) => text.trim().chars().take(40).collect(),
        })
        .collect();
    let expected = match entry.parameters {
        [] => entry.name.to_string(),
        _ => format!("{}(n) with n from 1 to {MAX_DEGREE}", entry.name),
    };
    NamedError::Argument { what: format!("{}({})", entry.name, written.join(",")), expected }.into()
}

/// Quarter turns about two axes; faces: top, left, front, right, back, bottom.
fn cube() -> Result<PermutationGroup, FiniteError> {
    let turn = |text: &str| Permutation::from_cycles(6, text).map_err(FiniteError::Argument);
    PermutationGroup::new("Cube", 6, vec![turn("(1 2 3 4)")?, turn("(0 3 5 1)")?])
}

impl From<FiniteError> for RepError {
    fn from(error: FiniteError) -> RepError {
        match error {
            FiniteError::Stop(stop) => RepError::Stopped(stop),
            other => RepError::Finite(other),
        }
    }
}
