//! The JSON objects of numbers, lists, matrices, and what else a program handles.

use super::{JsonKind, kind};

/// The kinds of this topic.
pub const KINDS: &[JsonKind] = &[
    kind("type", "a Cartan type", "E6", &[("name", "its name"), ("rank", "its rank"), ("dim", "its dimension")]),
    kind(
        "form",
        "an invariant form",
        "octonion_form",
        &[
            ("name", "its name"),
            ("dim", "the dimension of the space it lives on"),
            ("description", "what it is, in words"),
        ],
    ),
    kind(
        "form",
        "a form given by a polynomial",
        "form q(x, y) = x^2 - y^2\nq",
        &[
            ("vectors", "the names of the coordinates of each of its vectors"),
            ("degree", "its degree"),
            ("polynomial", "the polynomial as text"),
        ],
    ),
    kind("number", "an exact number", "3/4", &[("value", "a string: `\"3/4\"`, `\"2+3i\"`, `\"sqrt(2)\"`")]),
    kind("float", "a floating-point number", "0.5f", &[("value", "a number")]),
    kind(
        "complex_float",
        "a complex floating-point number",
        "0.5f * i",
        &[("re", "the real part"), ("im", "the imaginary part")],
    ),
    kind("boolean", "true or false", "1 < 2", &[("value", "`true` or `false`")]),
    kind("string", "text", "\"text\"", &[("value", "the text")]),
    kind("list", "a list", "[1, 2]", &[("items", "its items, each an object with its `kind`")]),
    kind("range", "a range of integers", "1..3", &[("from", "the first"), ("to", "the last")]),
    kind(
        "matrix",
        "an exact or floating-point matrix",
        "[1, 2; 3, 4]",
        &[
            ("rows", "the number of rows"),
            ("cols", "the number of columns"),
            ("entries", "its rows, of strings when exact, of numbers when floating-point"),
        ],
    ),
    kind(
        "permutation",
        "a permutation",
        "permutation(3, \"(0 1 2)\")",
        &[("degree", "the number of points"), ("cycles", "its cycles, points from 0")],
    ),
    kind(
        "cyclotomic_matrix",
        "an exact matrix over a cyclotomic field other than Q and Q(i)",
        "isotypic_projector(Z(5), 2)",
        &[
            ("rows", "the number of rows"),
            ("cols", "the number of columns"),
            ("root", "the order n of the roots of unity"),
            ("entries", "rows of exact numbers as text, ζn = exp(2πi/n)"),
        ],
    ),
    kind(
        "root",
        "a number ±√q whose square is too large to be searched for square factors",
        "wigner_3j(300, 301, 302, 3, 4, -7)",
        &[("negative", "whether it is negative"), ("square", "its square, `\"p/q\"`")],
    ),
    kind("field", "R, C or H", "R", &[("name", "its letter")]),
    kind("picture", "a drawing in text", "dynkin(A2)", &[("text", "its lines")]),
    kind("function", "a function", "abs", &[("name", "its name")]),
    kind(
        "record",
        "a result with named attributes, for example an entry of `ideals`",
        "identify(su(2)).ideals[1]",
        &[("…", "its attributes")],
    ),
    kind(
        "error",
        "the last object of a failed run",
        "assert 1 == 2",
        &[
            ("code", "the stable code, one of those below"),
            ("message", "what happened, in one line"),
            ("line", "the line from 1, or 0 without a place in a text"),
            ("column", "the column from 1, or 0"),
            ("source", "the file, or `-`"),
        ],
    ),
];
