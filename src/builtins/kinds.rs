//! The JSON objects that a program can print, one row for each kind; the reference page shows them and a test
//! compares the keys with those of a real output.

/// One kind of JSON object.
#[derive(Debug)]
pub struct JsonKind {
    /// The value of `"kind"`.
    pub kind: &'static str,
    /// What it stands for.
    pub about: &'static str,
    /// A program whose last result is of this kind.
    pub sample: &'static str,
    /// Its keys besides `kind`, `line` and `source`, in order, with their meaning. `…` stands for keys that depend on
    /// the value.
    pub keys: &'static [(&'static str, &'static str)],
}

const fn kind(
    kind: &'static str,
    about: &'static str,
    sample: &'static str,
    keys: &'static [(&'static str, &'static str)],
) -> JsonKind {
    JsonKind { kind, about, sample, keys }
}

/// The kinds in the order of the reference.
pub const JSON_KINDS: &[JsonKind] = &[
    kind(
        "identification",
        "the answer of `identify(g)`",
        "identify(su(2))",
        &[
            ("dim", "the dimension"),
            ("rank", "the dimension of a Cartan subalgebra"),
            ("center_dim", "the dimension of the centre"),
            ("derived_dim", "the dimension of [g, g]"),
            ("radical_dim", "the dimension of the radical"),
            ("nilradical_dim", "the dimension of the nilradical"),
            ("levi_dim", "the dimension of a Levi factor"),
            ("derived_series", "the dimensions of the derived series until it stops"),
            ("lower_central_series", "the dimensions of the lower central series until it stops"),
            ("abelian", "whether all brackets vanish"),
            ("nilpotent", "whether the lower central series ends in zero"),
            ("solvable", "whether the derived series ends in zero"),
            ("reductive", "whether the radical is the centre"),
            ("semisimple", "whether the radical is zero"),
            ("simple", "whether it is simple over the reals"),
            ("killing_signature", "`[positive, negative, zero]` of the Killing form"),
            ("type", "the Cartan type over C, `null` unless semisimple"),
            ("levi_type", "the Cartan type of a Levi factor, `\"0\"` when solvable"),
            ("real_form", "the name of the real form, `null` unless semisimple"),
            ("levi_real_form", "the name of the real form of a Levi factor, `\"0\"` when solvable"),
            ("aliases", "other usual names of the real form"),
            (
                "ideals",
                "for each simple real ideal of the Levi factor `type`, `real_form`, `dim`, `rank`, \
                 `killing_signature`, `cartan_matrix` (Bourbaki numbering), `real_rank`",
            ),
            (
                "certificate",
                "how it was proved: `jacobi` (why the identity holds), `steps` (the exact facts in order), `primes` \
                 (at which counts were taken that bound the rational ones)",
            ),
        ],
    ),
    kind(
        "certificate",
        "the proof of an identification, `certificate(g)`",
        "certificate(su(2))",
        &[
            ("jacobi", "why the Jacobi identity holds"),
            ("steps", "the exact facts, in the order in which they were established"),
            ("primes", "the primes at which counts were taken"),
        ],
    ),
    kind(
        "algebra",
        "a Lie algebra",
        "su(2)",
        &[
            ("dim", "the dimension"),
            ("field", "the field of the structure constants: `\"Q\"`"),
            ("matrix_size", "the size of the matrices that realise it, or `null`"),
        ],
    ),
    kind(
        "structure_constants",
        "a table of brackets, as in the files",
        "structure_constants(su(2))",
        &[("dim", "the dimension"), ("structure_constants", "`[[i, j, k, \"p/q\"], …]` with i < j, indices from 0")],
    ),
    kind("element", "an element of an algebra", "su(2)[1]", &[("coordinates", "its coordinates as strings")]),
    kind(
        "killing",
        "what `killing(g)` says of the Killing form",
        "killing(su(2))",
        &[
            ("dim", "the dimension"),
            ("rank", "the rank of the Killing form"),
            ("signature", "`[positive, negative, zero]`"),
        ],
    ),
    kind(
        "satake",
        "a Satake diagram, `satake(g)`",
        "satake(su(2,1))",
        &[
            ("real_form", "the name of the real form"),
            (
                "diagrams",
                "for each simple ideal `type`, `doubled` (two copies: a complex algebra), `black` and `arrows` \
                 (Bourbaki numbering from 1)",
            ),
        ],
    ),
    kind(
        "vogan",
        "a Vogan diagram, `vogan(g)`",
        "vogan(su(2,1))",
        &[
            ("real_form", "the name of the real form"),
            (
                "diagrams",
                "for each simple ideal `type`, `doubled` (two copies: a complex algebra), `painted` and `arrows` \
                 (Bourbaki numbering from 1)",
            ),
        ],
    ),
    kind(
        "restricted_roots",
        "restricted root systems, `restricted_roots(g)`",
        "restricted_roots(su(2,1))",
        &[
            ("real_form", "the name of the real form"),
            ("real_rank", "the real rank"),
            (
                "systems",
                "for each simple ideal that is not compact `type` (`BC2` when not reduced), `rank`, `multiplicities` of \
                 the simple restricted roots, `doubled` (multiplicity of twice the short roots, or 0)",
            ),
        ],
    ),
    kind(
        "maximal_compact",
        "the type of a maximal compact subalgebra, `maximal_compact(g)`",
        "maximal_compact(su(2,1))",
        &[
            ("name", "its usual name"),
            ("real_form", "its canonical name, `u(1)` for each dimension of the centre"),
            ("type", "the type of its semisimple part"),
            ("center_dim", "the dimension of its centre"),
            ("dim", "its dimension"),
            ("rank", "its rank"),
        ],
    ),
    kind(
        "cartan_decomposition",
        "a Cartan decomposition, `cartan_decomposition(g)`",
        "cartan_decomposition(su(2))",
        &[
            ("exact", "whether it is proved over Q; otherwise all numbers are floating-point"),
            ("how", "where the involution comes from"),
            ("dim_k", "the dimension of k"),
            ("dim_p", "the dimension of p"),
            ("theta", "the rows of the involution on columns of coordinates, of strings when exact, else of numbers"),
            ("k", "a basis of k, coordinates"),
            ("p", "a basis of p, coordinates"),
            ("residual", "the largest error of θ² = 1 and of θ[x, y] = [θx, θy], or `null` when exact"),
            ("least_eigenvalue", "the least eigenvalue of -K(x, θx), or `null` when exact"),
        ],
    ),
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
        "group",
        "a connected Lie group; a permutation group has `name`, `degree` and `generators` (cycles) instead",
        "SO(3)",
        &[
            ("name", "its name"),
            ("dim", "its dimension over the reals"),
            ("connected", "`true`"),
            ("field", "the field of the entries of its matrices, `\"R\"` or `\"C\"`"),
            ("matrix_size", "the size of its matrices"),
        ],
    ),
    kind(
        "rep",
        "a representation, on real vectors",
        "vector(SO(3)) * vector(SO(3))",
        &[
            ("name", "its name"),
            ("expression", "the same in ASCII, as it can be typed"),
            ("group", "the group or algebra it belongs to"),
            ("dim", "its dimension (a string above 2^53)"),
        ],
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
