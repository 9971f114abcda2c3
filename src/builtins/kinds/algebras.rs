//! The JSON objects of Lie algebras.

use super::{JsonKind, kind};

/// The kinds of this topic.
pub const KINDS: &[JsonKind] = &[
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
            (
                "aliases",
                "other usual names: of the real form, or of a small solvable or nilpotent algebra (see `small_name`)",
            ),
            (
                "ideals",
                "for each simple real ideal of the Levi factor `type`, `real_form`, `dim`, `rank`, \
                 `killing_signature`, `cartan_matrix` (Bourbaki numbering), `real_rank`",
            ),
            (
                "certificate",
                "how it was proved: `jacobi` (why the identity holds), `steps` (the exact facts in order), `primes` \
                 (at which the root system was read off), `witness` (data for an independent check; see `certificate`)",
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
            ("primes", "the prime at which the root system of the Levi factor was read off"),
            (
                "witness",
                "data for an independent check: `levi_columns` (the basis elements that are a basis of the quotient by the \
                 radical, to which coordinates refer), `radical`, `nilradical` (bases, up to dimension 40), `regular` \
                 (`prime`; elements `x`, `w`; `root_polynomial` of `ad x` on the root spaces modulo the prime, lowest \
                 coefficient first; `determinant` of the Killing form on the kernel of `ad x`), `ideals` (for each simple \
                 ideal over Q of the quotient: `type` over C, `degree` and `field`, the polynomial of its centroid, `dim`, \
                 numbers of `roots` and `long_roots`, `dual_coxeter`, its `root_polynomial`, `killing_signatures` of what \
                 it becomes over R), `centroid` (the matrix of a generator, row j the image of e_j), `place` (of an algebra over \
                 Q(√d), `radicand` d and `root`, √d as a polynomial in that generator, lowest coefficient first; all else is \
                 of the algebra over Q with the basis x_1, √d x_1, x_2, …; else `null`)",
            ),
        ],
    ),
    kind(
        "chevalley",
        "a Chevalley basis, `chevalley(g)`; vectors are rows of a matrix over Q or Q(i), or of two matrices: `rational`, \
         `root` for a + b sqrt(d), `re`, `im` when numerical",
        "chevalley(so(3))",
        &[
            ("type", "the Cartan type over C"),
            ("real_form", "the real form"),
            ("dim", "the dimension"),
            ("rank", "the rank"),
            ("field", "`\"Q\"`, `\"Q(i)\"`, `\"Q(sqrt(2))\"` or `\"C (numerical)\"`"),
            ("exact", "whether the basis is exact"),
            ("cartan_matrix", "the Cartan matrix, Bourbaki numbering"),
            ("roots", "the positive roots in simple-root coordinates"),
            ("cartan", "the vectors h_i"),
            ("e", "the vectors e_i of the simple roots"),
            ("f", "the vectors f_i of their negatives"),
            ("root_vectors", "the vectors e_r of all positive roots, in the order of `roots`"),
            ("negative_root_vectors", "the vectors f_r of their negatives"),
            ("basis", "all vectors in the order of the basis of `split(type)`"),
            ("matrices", "the matrices of h_i, e_i, f_i as lists `h`, `e`, `f`, or `null`"),
            (
                "conjugation",
                "the numbers of `real`, `imaginary`, `complex` roots; when numerical also `compact`, `noncompact`, and \
                 the Vogan diagram: `theta` (image of each node), `painted`",
            ),
            ("residual", "how far brackets are off, or `null`"),
            ("margin", "how far numbers were from the integers they were rounded to, or `null`"),
        ],
    ),
    kind(
        "isomorphism",
        "an isomorphism of semisimple algebras, `isomorphism(g, h)`",
        "isomorphism(so(3), su(2))",
        &[
            ("exists", "whether they are isomorphic over R"),
            ("reason", "why not, or `null`"),
            ("field", "`\"Q\"`, `\"Q(sqrt(2))\"` or `\"R (numerical)\"`"),
            ("exact", "whether the matrix is exact"),
            ("matrix", "its column j is the image of g[j]"),
            ("residual", "how far brackets are off, or `null`"),
            ("complex_field", "an imaginary quadratic field over which an exact isomorphism is given too, or `null`"),
            ("complex_matrix", "that isomorphism, or `null`"),
        ],
    ),
    kind(
        "explanation",
        "the story of an identification, `explain(g)`",
        "explain(su(2))",
        &[
            ("dim", "the dimension"),
            ("answer", "the identification in one line"),
            ("steps", "the steps of the story, each with `title` and `text` (paragraphs separated by an empty line)"),
        ],
    ),
    kind(
        "small_name",
        "the place of a small solvable or nilpotent algebra in de Graaf's lists, `small_name(g)`",
        "small_name(heisenberg(1))",
        &[
            ("name", "the name as in LieAlgDB, `\"L4_6(1, 2)\"`, `\"N6_22(-1)\"`"),
            ("list", "`\"solvable\"` or `\"nilpotent\"`"),
            ("dim", "the dimension"),
            ("number", "the number within the dimension"),
            ("parameters", "the parameters in their normal form, as strings"),
            ("normalization", "when parameters give isomorphic algebras over Q, and which are taken; may be empty"),
            ("aliases", "the paper's spelling and usual names over the real numbers"),
            ("brackets", "the brackets of the list, as text"),
            ("isomorphism", "the coordinates of x_1, …, x_n in the basis of g, a row of strings each"),
            ("paper", "where the list stands"),
        ],
    ),
    kind(
        "algebra",
        "a Lie algebra",
        "su(2)",
        &[
            ("dim", "the dimension"),
            ("field", "the field of the structure constants: `\"Q\"`, `\"Q(sqrt(2))\"`"),
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
        "direct_sum",
        "a Lie algebra as a direct sum of indecomposable ideals, `decompose(g)`",
        "decompose(su(2))",
        &[
            ("dim", "the dimension"),
            ("abelian_dim", "the dimension of the abelian summand, as large as possible"),
            (
                "summands",
                "for each other indecomposable ideal over Q, largest first, `dim`; `field`, the minimal polynomial of a \
                 generator of its centroid modulo the radical; the `degree` of this field, its number of `real_places` and \
                 of pairs of `complex_places`",
            ),
            (
                "rational_summands",
                "the number of indecomposable ideals over Q, those of an abelian summand counted singly",
            ),
            ("real_summands", "the same over R"),
            ("complex_summands", "the same over C"),
        ],
    ),
    kind(
        "outer_derivations",
        "the derivations of a Lie algebra counted, `outer_derivations(g)`",
        "outer_derivations(su(2))",
        &[
            ("dim", "the dimension of the algebra of derivations"),
            ("inner_dim", "the dimension of g modulo its centre"),
            ("outer_dim", "their difference, the dimension of H¹(g, g)"),
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
];
