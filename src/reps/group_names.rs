//! Groups by name.

use std::sync::Arc;

use super::{Group, RepError};
use crate::lie::named::{self, Arg, NamedEntry, NamedError};
use crate::lie::{Algebra, JacobiProof, Realization, StructureConstants};
use crate::limits::Limits;

const fn entry(name: &'static str, parameters: &'static [&'static str], summary: &'static str) -> NamedEntry {
    NamedEntry { name, parameters, summary }
}

/// All names of connected groups, in alphabetical order.
pub const GROUP_NAMES: &[NamedEntry] = &[
    entry("GL", &["n", "n, R", "n, C"], "invertible matrices; over R those of positive determinant"),
    entry("Lorentz", &[], "the proper orthochronous Lorentz group, the identity component of SO(3,1)"),
    entry("SL", &["n", "n, R", "n, C", "n, H"], "matrices of determinant 1 over R, C or the quaternions"),
    entry("SO", &["n", "p, q", "n, C"], "rotations of a quadratic form of signature (p,q), or complex ones"),
    entry("SU", &["n", "p, q"], "special unitary group of signature (p,q)"),
    entry(
        "Sp",
        &["n", "p, q", "2n, R", "2n, C"],
        "symplectic group: compact, quaternionic of signature (p,q), real or complex",
    ),
    entry("U", &["n", "p, q"], "unitary group of signature (p,q)"),
];

const IDENTITY_COMPONENT: &str = "the identity component of two";
const POSITIVE_DETERMINANT: &str = "the identity component: positive determinant";

/// The connected group of this name: `group_by_name("SO", [3, 1])`, `("SL", [2, C])`, `("Sp", [4, R])`, `("Lorentz", [])`.
///
/// Names that people use for groups with several components give the identity component, and
/// [`Group::components_note`] says so.
pub fn group_by_name(name: &str, args: &[Arg], limits: &Limits) -> Result<Group, RepError> {
    if name == "Lorentz" && args.is_empty() {
        let algebra = named::so(3, 1, limits)?.with_origin("so(3,1)");
        return Group::new("Lorentz", Arc::new(algebra), "the identity component of SO(3,1)");
    }
    let written = written(name, args);
    let Some(entry) = GROUP_NAMES.iter().find(|entry| entry.name == name) else {
        return Err(unknown(name, &written));
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
        return Group::new(written, Arc::new(trivial(size, name == "SU" || field == "C")), "");
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

/// The zero algebra of matrices of this size.
fn trivial(size: usize, complex: bool) -> Algebra {
    Algebra::new(StructureConstants::abelian(0), JacobiProof::Commutators, "the zero algebra")
        .with_realization(Realization { size, complex, basis: Vec::new() })
        .with_names(Vec::new())
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

fn unknown(name: &str, written: &str) -> RepError {
    match name {
        // Known names whose groups are not connected deserve an answer.
        "O" => NamedError::Argument {
            what: format!("{written} as a connected group"),
            expected: format!("S{written}, its identity component"),
        }
        .into(),
        _ => RepError::UnknownGroup(name.chars().take(40).collect()),
    }
}
