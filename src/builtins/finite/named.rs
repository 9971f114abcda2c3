//! Finite groups by name: linear groups over finite fields, dicyclic and hyperoctahedral groups, point groups of crystals.

use crate::builtins::finite::groups::as_value;
use crate::builtins::{Builtin, Example, Param, required};
use crate::diag::{Code, Diagnostic};
use crate::finite::{self, FiniteError, PermutationGroup};
use crate::lang::kind::Kinds;
use crate::lang::near::nearest;
use crate::lang::value::Value;
use crate::reps::{ICOSAHEDRAL_GROUPS, POINT_GROUPS, icosahedral, point_group};

const TOPIC: &str = "finite";
const N: Param = required("n", Kinds::NUMBER);
const Q: Param = required("q", Kinds::NUMBER);

/// One row for a group of permutations with a number.
macro_rules! numbered {
    ($name:literal, $aliases:expr, $summary:literal, $help:literal, [$($code:literal => $output:literal),*], $make:expr) => {
        row!($name, $aliases, TOPIC, [N] -> Kinds::GROUP, $summary, $help, [$($code => $output),*], |_, arguments| {
            let make: fn(usize) -> Result<PermutationGroup, FiniteError> = $make;
            let made = make(arguments.count("n", 1, 1_000_000)?);
            as_value(made.map_err(|e| Diagnostic::from(e).at(arguments.span("n")))?)
        })
    };
}

/// One row for a linear group over the field with q elements.
macro_rules! linear {
    ($name:literal, $summary:literal, $help:literal, [$($code:literal => $output:literal),*], $make:expr) => {
        row!($name, &[], TOPIC, [N, Q] -> Kinds::GROUP, $summary, $help, [$($code => $output),*], |_, arguments| {
            over_field(arguments, "q", $make)
        })
    };
}

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    linear!("PSL",
        "PSL(n, q) on the (q^n - 1)/(q - 1) points of the projective space, for a prime power q",
        "(x_1, …, x_{n-1}, 1) is point Σ x_i q^(i-1); then come the points at infinity. For n = 2 these are fractional linear maps \
x ↦ (ax + b)/(cx + d) with ad - bc a square, and the last point is infinity.",
        ["order(PSL(2, 7))" => "168", "group_structure(PSL(2, 9)).name" => "A6", "order(PSL(3, 4))" => "20160"],
        finite::projective_special),
    linear!("PGL",
        "PGL(n, q) on the points of the projective space, for a prime power q",
        "",
        ["order(PGL(2, 8))" => "504"], finite::projective_general),
    linear!("AGL",
        "AGL(n, q), the affine maps x ↦ Ax + b of the q^n vectors over the field with q elements",
        "(x_1, …, x_n) is point Σ x_i q^(i-1). SL(n, q) and GL(n, q) act on the vectors that are not zero.",
        ["name(AGL(1, 5))" => "C5:C4", "order(AGL(3, 2))" => "1344"], finite::affine_linear),
    numbered!("Dicyclic", &[],
        "the dicyclic group of order 4n, acting on itself; Q8 is Dicyclic(2)",
        "",
        ["group_structure(Dicyclic(3)).name" => "Dic3"], finite::dicyclic),
    numbered!("Signed", &["B", "hyperoctahedral"],
        "the signed permutations of n axes, of order 2^n n!, on the 2n unit vectors ±e_i",
        "Point i is +e_i, point n + i is -e_i: the Weyl group of type B, the symmetries of the n-cube.",
        ["order(Signed(3))" => "48", "order(B(4))" => "384"], finite::signed_permutations),
    row!("V4", &["klein_four"], TOPIC, [] -> Kinds::GROUP,
        "the four-group, on itself",
        "",
        ["name(V4)" => "C2^2"],
        |_, _| as_value(finite::klein_four())),
    row!("point_group", &[], TOPIC, [required("name", Kinds::TEXT)] -> Kinds::GROUP,
    "a point group of three-dimensional crystals, as 3×3 matrices in a basis of the lattice",
    "By its name after Schoenflies or Hermann and Mauguin: \"Oh\" or \"m-3m\", \"D6h\" or \"6/mmm\", \"Td\" or \"-43m\", 32 in all. The \
    axis of order n is the third; trigonal and hexagonal groups act in the basis with an angle of 120° between the first two vectors \
    (International Tables A, 10.1). Beside them those of the icosahedron, orthogonal matrices over Q(√5): \"I\" or \"532\", \"Ih\", and \"2I\", \
    the double cover of I in SU(2).",
    ["order(point_group(\"Oh\"))" => "48", "name(point_group(\"-43m\"))" => "S4",
     "rank(vector(point_group(\"C3v\")))" => "1",
     "group I = point_group(\"I\")\n[order(I), rank(Sym(vector(I), 6)), rank(Sym(vector(I), 15))]" => "[60, 2, 1]"],
    |context, a| {
        let name = a.text("name")?;
        match point_group(name, context.limits).or_else(|| icosahedral(name, context.limits)) {
            Some(made) => Ok(Value::group(made?)),
            None => {
                let error = a.wrong("name", Code::Argument, format!("there is no point group {name}"));
                let crystals = POINT_GROUPS.iter().flat_map(|row| [row.schoenflies, row.international]);
                let near = nearest(name, crystals.chain(ICOSAHEDRAL_GROUPS.iter().map(|row| row.0)));
                Err(match near {
                    Some(near) => error.label(format!("did you mean `{near}`?")),
                    None => error.hint("names are those of Schoenflies or Hermann and Mauguin: \"D3d\", \"-3m\""),
                })
            }
        }
    }),
];

/// A linear group whose field is given by the number of its elements in the argument `field`.
pub(crate) fn over_field(
    arguments: &crate::builtins::Arguments,
    field: &str,
    make: fn(usize, usize) -> Result<PermutationGroup, FiniteError>,
) -> Result<Value, Diagnostic> {
    let (n, q) = (arguments.count("n", 1, 1_000_000)?, arguments.count(field, 1, 1_000_000)?);
    as_value(make(n, q).map_err(|e| Diagnostic::from(e).at(arguments.span(field)))?)
}
