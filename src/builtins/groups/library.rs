//! Groups under the names of the library of Finzi, Welling, Wilson (2021).

use crate::builtins::{Builtin, Example, required};
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::reps::{about_the_third_axis, reversal, turned_grid};

const TOPIC: &str = "groups";

/// The functions of this file.
pub const TABLE: &[Builtin] = &[
    row!("ZksZnxZn", &[], TOPIC, [required("k", Kinds::NUMBER), required("n", Kinds::NUMBER)] -> Kinds::GROUP,
        "shifts of an n×n grid around the edges with its half (k = 2) or quarter turns (k = 4), on itself",
        "The semidirect product of Z_k with Z_n × Z_n on its k n² elements: vector(G) is the regular layer of images. \
image_group(n, n, [\"rotations\", \"translations\"]) is the group on pixels.",
        ["rep V = vector(ZksZnxZn(4, 4))\n[dim(V), rank(V -> V)]" => "[64, 64]"],
        |_, a| Ok(Value::group(turned_grid(a.count("k", 1, 4)?, a.count("n", 1, 1024)?)
            .map_err(|e| crate::diag::Diagnostic::from(e).at(a.span("k")))?))),
    row!("SO2eR3", &[], TOPIC, [] -> Kinds::GROUP,
        "rotations of space about the third axis: embed(SO(2), 3)",
        "",
        ["rank(vector(SO2eR3) -> vector(SO2eR3))" => "3"],
        |context, _| Ok(Value::group(about_the_third_axis(false, None, context.limits)?))),
    row!("O2eR3", &[], TOPIC, [] -> Kinds::GROUP,
        "rotations of space about the third axis and reflections in planes through it: embed(O(2), 3)",
        "",
        ["rank(vector(O2eR3) -> vector(O2eR3))" => "2"],
        |context, _| Ok(Value::group(about_the_third_axis(true, None, context.limits)?))),
    row!("DkeR3", &[], TOPIC, [required("k", Kinds::NUMBER)] -> Kinds::GROUP,
        "symmetries of a prism over a regular k-gon that keep its ends: embed(Dihedral(k), 3)",
        "Rotations by multiples of 2π/k about the third axis and reflections in planes through it.",
        ["rep V = vector(DkeR3(6))\n[rank(V), rank(V -> V), rank(V^2 -> V^2)]" => "[1, 2, 10]"],
        |context, a| Ok(Value::group(
            about_the_third_axis(true, Some(a.count("k", 1, 1_000_000_000)?), context.limits)?))),
    row!("Parity", &[], TOPIC, [] -> Kinds::GROUP,
        "the two elements 1 and diag(1, -1, -1, -1) on (t, x, y, z)",
        "",
        ["order(Parity)" => "2", "rank(vector(Parity))" => "1"],
        |context, _| Ok(Value::group(reversal(false, context.limits)?))),
    row!("TimeReversal", &[], TOPIC, [] -> Kinds::GROUP,
        "the two elements 1 and diag(-1, 1, 1, 1) on (t, x, y, z)",
        "",
        ["rank(vector(TimeReversal))" => "3"],
        |context, _| Ok(Value::group(reversal(true, context.limits)?))),
];
