//! Groups by name.

use std::sync::Arc;

use super::group::no_algebra;
use super::{Element, Family, Group, RepError, finite_groups};
use crate::exact::SparseMatrix;
use crate::lie::named::{self, Arg, NamedEntry, NamedError};
use crate::lie::{Algebra, JacobiProof, Realization, StructureConstants};
use crate::limits::Limits;
use crate::num::Rational;

const fn entry(name: &'static str, parameters: &'static [&'static str], summary: &'static str) -> NamedEntry {
    NamedEntry { name, parameters, summary }
}

/// All names of Lie groups, in alphabetical order.
pub const GROUP_NAMES: &[NamedEntry] = &[
    entry("E", &["n"], "rotations, reflections and translations of R^n, on vectors (x, 1)"),
    entry("GL", &["n", "n, R", "n, C"], "invertible matrices; over R those of positive determinant"),
    entry("Lorentz", &[], "the proper orthochronous Lorentz group, the identity component of SO(3,1)"),
    entry(
        "O",
        &["n", "p, q", "n, C"],
        "rotations and reflections of a quadratic form of signature (p,q), or complex ones",
    ),
    entry("O11", &[], "O(1,1): boosts and reflections of the form t² - x²"),
    entry("O13", &[], "the full Lorentz group O(1,3) of the form t² - x² - y² - z²"),
    entry("SE", &["n"], "rotations and translations of R^n, on vectors (x, 1)"),
    entry("SL", &["n", "n, R", "n, C", "n, H"], "matrices of determinant 1 over R, C or the quaternions"),
    entry("SO", &["n", "p, q", "n, C"], "rotations of a quadratic form of signature (p,q), or complex ones"),
    entry("SO11", &[], "the identity component of O(1,1)"),
    entry("SO13", &[], "the elements of O13 of determinant 1: two components"),
    entry("SO13p", &[], "the proper orthochronous Lorentz group, the identity component of O13"),
    entry("SU", &["n", "p, q"], "special unitary group of signature (p,q)"),
    entry("Scaling", &["n"], "multiples of the identity of R^n by positive numbers"),
    entry(
        "Sp",
        &["n", "p, q", "2n, R", "2n, C"],
        "symplectic group: compact, quaternionic of signature (p,q), real or complex",
    ),
    entry("Trivial", &["n"], "the identity of R^n alone"),
    entry("U", &["n", "p, q"], "unitary group of signature (p,q)"),
];

const IDENTITY_COMPONENT: &str = "the identity component of two";
const POSITIVE_DETERMINANT: &str = "the identity component: positive determinant";

/// The group of this name: `group_by_name("SO", [3, 1])`, `("O", [3])`, `("SL", [2, C])`, `("Sp", [4, R])`, `("S", [5])`.
///
/// `SO(p,q)` and `GL(n)` give the identity component, and [`Group::components_note`] says so.
pub fn group_by_name(name: &str, args: &[Arg], limits: &Limits) -> Result<Group, RepError> {
    let written = written(name, args);
    if let Some(made) = finite_groups::by_name(name, args) {
        return made;
    }
    lie_group(name, args, written, limits).map(|group| group.in_family(Family::of_name(name, args)))
}

fn lie_group(name: &str, args: &[Arg], written: String, limits: &Limits) -> Result<Group, RepError> {
    if name == "Lorentz" && args.is_empty() {
        let algebra = named::so(3, 1, limits)?.with_origin("so(3,1)");
        return Group::new("Lorentz", Arc::new(algebra), "the identity component of SO(3,1)");
    }
    if let Some(made) = with_reflections(name, args, &written, limits) {
        return made;
    }
    let Some(entry) = GROUP_NAMES.iter().find(|entry| entry.name == name) else {
        return Err(unknown(name));
    };
    let field = match args {
        [_, Arg::Text(text)] => text.trim(),
        _ => "",
    };
    let (algebra_name, note) = match (name, args) {
        ("GL", [_] | [_, Arg::Text(_)]) if field != "C" => ("gl", POSITIVE_DETERMINANT),
        ("GL", _) => ("gl", ""),
        ("SL", _) => ("sl", ""),
        ("SO", [Arg::Integer(p), Arg::Integer(q)]) if *p > 0 && *q > 0 => ("so", IDENTITY_COMPONENT),
        // The same letters call the quaternionic so*(2n), which is no SO.
        ("SO", _) if !matches!(field, "" | "R" | "C") => ("", ""),
        ("SO", _) => ("so", ""),
        ("SU", _) => ("su", ""),
        ("Sp", _) => ("sp", ""),
        ("U", _) => ("u", ""),
        _ => ("", ""),
    };
    if let Some(size) = trivial_size(name, args) {
        return Group::new(written, Arc::new(no_algebra(size, name == "SU" || field == "C")), "");
    }
    let algebra = named::by_name(algebra_name, args, limits).map_err(|error| match error {
        // In the user's words: the group, and the ways to write it.
        NamedError::Argument { expected, .. } if !expected.contains('(') => {
            NamedError::Argument { what: written.clone(), expected }
        }
        NamedError::Argument { .. } | NamedError::Unknown(_) => refusal(entry, &written),
        other => other,
    })?;
    Group::new(written, Arc::new(algebra), note)
}

/// `SO(1)`, `SU(1)` and `SL(1)` over R and C consist of the identity alone.
fn trivial_size(name: &str, args: &[Arg]) -> Option<usize> {
    let one = Arg::Integer(1);
    match (name, args) {
        ("SO" | "SU" | "SL", [n]) => (*n == one).then_some(1),
        ("SO" | "SU", [Arg::Integer(1), Arg::Integer(0)] | [Arg::Integer(0), Arg::Integer(1)]) => Some(1),
        ("SO" | "SL", [n, Arg::Text(field)]) => (*n == one && matches!(field.trim(), "R" | "C")).then_some(1),
        _ => None,
    }
}

fn written(name: &str, args: &[Arg]) -> String {
    let list: Vec<String> = args
        .iter()
        .map(|arg| match arg {
            Arg::Integer(n) => n.to_string(),
            Arg::Text(text) => text.trim().chars().take(40).collect(),
        })
        .collect();
    format!("{name}({})", list.join(","))
}

fn refusal(entry: &NamedEntry, written: &str) -> NamedError {
    let forms: Vec<String> = entry.parameters.iter().map(|p| format!("{}({p})", entry.name)).collect();
    NamedError::Argument { what: written.to_string(), expected: forms.join(" or ") }
}

fn unknown(name: &str) -> RepError {
    RepError::UnknownGroup(name.chars().take(40).collect())
}

/// The names whose groups are an algebra with diagonal matrices, or given by neither; `None` for other names.
fn with_reflections(name: &str, args: &[Arg], written: &str, limits: &Limits) -> Option<Result<Group, RepError>> {
    use Arg::Integer;
    let count = |n: i64| usize::try_from(n).ok().filter(|n| *n > 0);
    let field = |text: &str| Arg::Text(text.to_string());
    // The algebra, its arguments, and the coordinates that each discrete generator reverses.
    type Row<'a> = (&'a str, Vec<Arg>, Vec<Vec<usize>>);
    let row: Row = match (name, args) {
        ("O", [Integer(n)]) => ("so", vec![Integer(*n)], vec![vec![0]]),
        ("O", [Integer(n), Arg::Text(text)]) if text.trim() == "C" => {
            ("so", vec![Integer(*n), field("C")], vec![vec![0, count(*n)?]])
        }
        ("O", [Integer(p), Integer(q)]) => {
            let first = count(*p).map(|_| vec![0]);
            let second = count(*q).and_then(|_| usize::try_from(*p).ok()).map(|p| vec![p]);
            ("so", args.to_vec(), [first, second].into_iter().flatten().collect())
        }
        ("O11", []) => ("so", vec![Integer(1), Integer(1)], vec![vec![0], vec![1]]),
        ("SO11", []) => ("so", vec![Integer(1), Integer(1)], Vec::new()),
        ("O13", []) => ("so", vec![Integer(1), Integer(3)], vec![vec![0], vec![1, 2, 3]]),
        ("SO13", []) => ("so", vec![Integer(1), Integer(3)], vec![vec![0, 1, 2, 3]]),
        ("SO13p", []) => ("so", vec![Integer(1), Integer(3)], Vec::new()),
        ("SE", [Integer(_)]) => ("euclid", args.to_vec(), Vec::new()),
        ("E", [Integer(_)]) => ("euclid", args.to_vec(), vec![vec![0]]),
        ("Scaling" | "Trivial", [Integer(n)]) => {
            return count(*n).map(|n| scaling(written, n, name == "Scaling", limits));
        }
        _ => return None,
    };
    let (algebra, arguments, reversed) = row;
    let algebra = match trivial_size("SO", &arguments).filter(|_| algebra == "so") {
        Some(size) => no_algebra(size, matches!(arguments.last(), Some(Arg::Text(_)))),
        None => match named::by_name(algebra, &arguments, limits) {
            Ok(algebra) => algebra,
            Err(NamedError::Argument { .. } | NamedError::Unknown(_)) => return None,
            Err(other) => return Some(Err(other.into())),
        },
    };
    let size = algebra.realization().map_or(0, |r| if r.complex { 2 * r.size } else { r.size });
    let made =
        reversed.iter().enumerate().map(|(index, which)| Element::matrix(reflection(size, which), index, limits));
    Some(made.collect::<Result<_, _>>().and_then(|discrete| {
        let name = if args.is_empty() { name } else { written };
        Group::with_discrete(name, Arc::new(algebra), discrete, "")
    }))
}

/// The diagonal matrix that reverses some coordinates.
fn reflection(size: usize, reversed: &[usize]) -> SparseMatrix {
    let sign = |i: usize| Rational::from(if reversed.contains(&i) { -1 } else { 1 });
    SparseMatrix::from_triples(size, size, (0..size).map(|i| (i, i, sign(i))))
}

/// The multiples of the identity, or the identity alone.
fn scaling(written: &str, n: usize, all: bool, limits: &Limits) -> Result<Group, RepError> {
    if n > 1_000_000 {
        let expected = "at most 1000000 coordinates".to_string();
        return Err(NamedError::Argument { what: written.to_string(), expected }.into());
    }
    let algebra = match all {
        true => multiples_of_identity(n, limits)?,
        false => no_algebra(n, false),
    };
    Group::new(written, Arc::new(algebra), "")
}

fn multiples_of_identity(n: usize, limits: &Limits) -> Result<Algebra, RepError> {
    limits.check()?;
    let basis = vec![SparseMatrix::identity(n)];
    Ok(Algebra::new(StructureConstants::abelian(1), JacobiProof::Commutators, format!("the scalings of R^{n}"))
        .with_realization(Realization { size: n, complex: false, basis })
        .with_names(vec!["D".to_string()]))
}
