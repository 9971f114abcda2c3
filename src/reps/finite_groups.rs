//! Permutation groups by name.

use super::{Group, RepError};
use crate::finite::Permutation;
use crate::lie::named::{NamedEntry, NamedError};

/// More points are refused.
const MAX_DEGREE: usize = 1_000_000;

/// The names that take a number of points.
pub const PERMUTATION_GROUP_NAMES: &[NamedEntry] = &[
    NamedEntry { name: "A", parameters: &["n"], summary: "even permutations of n points" },
    NamedEntry {
        name: "D",
        parameters: &["n"],
        summary: "symmetries of the regular n-gon, on its n corners: order 2n",
    },
    NamedEntry { name: "S", parameters: &["n"], summary: "all permutations of n points" },
    NamedEntry { name: "Z", parameters: &["n"], summary: "cyclic shifts of n points" },
];

/// `S(n)`, `A(n)`, `Z(n)` or `D(n)` on `n ≥ 1` points.
pub(super) fn by_name(name: &str, n: usize) -> Option<Result<Group, RepError>> {
    let cycle = |first: usize, points: usize| {
        let image = |i: usize| if i < first { i } else { first + (i - first + 1) % (points - first) };
        Permutation::from_images((0..points).map(|i| image(i) as u32).collect())
    };
    let only = |k: usize| {
        let image = |i: usize| if i < k { (i + 1) % k } else { i };
        Permutation::from_images((0..n).map(|i| image(i) as u32).collect())
    };
    let reflection = || Permutation::from_images((0..n).map(|i| ((n - i) % n) as u32).collect());
    if n == 0 || n > MAX_DEGREE {
        let expected = format!("{name}(n) with n from 1 to {MAX_DEGREE}");
        return Some(Err(NamedError::Argument { what: format!("{name}({n})"), expected }.into()));
    }
    let generators = match (name, n) {
        ("S" | "A" | "Z" | "D", 1) | ("A", 2) => Vec::new(),
        ("S", 2) | ("Z", _) => vec![cycle(0, n)],
        ("S", _) => vec![only(2), cycle(0, n)],
        ("A", 3) => vec![cycle(0, 3)],
        // The long cycle is even on all points or on all but the first (Dixon–Mortimer, exercise 1.6.1).
        ("A", _) => vec![only(3), cycle(1 - n % 2, n)],
        // On two corners the rectangle's second reflection is not seen; the group of order 4 needs four points.
        ("D", 2) => return Some(Group::of_permutations("D(2)", 2, cycle(0, 2).into_iter().collect())),
        ("D", _) => vec![cycle(0, n), reflection()],
        _ => return None,
    };
    Some(Group::of_permutations(format!("{name}({n})"), n, generators.into_iter().flatten().collect()))
}
