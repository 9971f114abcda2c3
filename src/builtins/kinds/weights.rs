//! The JSON objects of representations by highest weights.

use super::{JsonKind, kind};

/// The kinds of this topic.
pub const KINDS: &[JsonKind] = &[
    kind(
        "weights",
        "the weights of a representation, `weights(R)`",
        "weights(irrep(\"SU(3)\", \"3\"))",
        &[("weights", "`[weight, multiplicity]` by level, then in decreasing lexicographic order")],
    ),
    kind(
        "maximal_subgroups",
        "maximal connected subgroups, `maximal_subgroups(G)`",
        "maximal_subgroups(\"G2\")",
        &[
            ("group", "the type of the group"),
            ("count", "how many there are, up to automorphisms"),
            (
                "subgroups",
                "for each `type`, `kind` (`Levi`, `regular`, `special`), `origin` in words, `index` (Dynkin's, of each simple \
                 factor), `smallest` and `adjoint` (branching rules as text, `null` for large ones), `matrix` (of restriction)",
            ),
        ],
    ),
    kind(
        "levi_subgroups",
        "Levi subgroups, `levi_subgroups(G)`",
        "levi_subgroups(\"G2\")",
        &[
            ("group", "the type of the group"),
            ("count", "how many there are, up to conjugation"),
            ("subgroups", "as for `maximal_subgroups`, without `adjoint`"),
        ],
    ),
    kind(
        "nilpotent_orbits",
        "nilpotent orbits, `nilpotent_orbits(G)`",
        "nilpotent_orbits(\"G2\")",
        &[
            ("group", "the type of the algebra"),
            ("count", "how many there are"),
            ("orbits", "by dimension: `label`, `diagram` (weighted Dynkin diagram), `dim`, `index`, `even`"),
        ],
    ),
    kind(
        "anomalies",
        "the gauge anomalies of chiral fermions, `anomalies(R)`",
        "anomalies(irrep(\"SU(5)\", \"10\") + irrep(\"SU(5)\", \"5b\"))",
        &[("anomalies", "pairs of a name and a coefficient"), ("free", "whether all of them vanish")],
    ),
];
