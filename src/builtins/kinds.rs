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

/// The kinds of records that are lists, with the key of their entries: they are counted, indexed and run over.
const LISTS: &[(&str, &str)] = &[
    ("anomalies", "anomalies"),
    ("architecture_graph", "nodes"),
    ("architectures", "items"),
    ("character_table", "values"),
    ("clebsch_gordan", "components"),
    ("conjugacy_classes", "classes"),
    ("decomposition", "terms"),
    ("direct_sum", "summands"),
    ("equivariance_errors", "layers"),
    ("explanation", "steps"),
    ("float_decomposition", "terms"),
    ("float_ideals", "ideals"),
    ("invariant_tensors", "tensors"),
    ("irreducible_parts", "parts"),
    ("irreducibles", "items"),
    ("isotypic", "components"),
    ("levi_subgroups", "subgroups"),
    ("maximal_subgroups", "subgroups"),
    ("network", "layers"),
    ("nilpotent_orbits", "orbits"),
    ("restricted_roots", "systems"),
    ("satake", "diagrams"),
    ("sparse_matrices", "matrices"),
    ("subalgebras", "classes"),
    ("subgroups", "items"),
    ("vogan", "diagrams"),
    ("weights", "weights"),
];

/// The key under which records of this kind hold their entries, where they are lists.
pub fn list_key(kind: &str) -> Option<&'static str> {
    LISTS.iter().find(|(name, _)| *name == kind).map(|(_, key)| *key)
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
                 it becomes over R), `centroid` (the matrix of a generator, row j the image of e_j)",
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
        "discovery",
        "symmetries found from samples, `discover(f)`",
        "discover(octonion_form)",
        &[
            ("dim", "their dimension"),
            ("residual", "root mean square of ∇f·(W x) for the worst generator, relative to the size of its factors"),
            ("gap", "the first singular value that is not counted as zero over the last one that is, or `null`"),
            ("rational", "whether the generators are rational"),
            ("field", "the field of their entries: `Q`, `Q(sqrt(2))`, or `null` for floats"),
            ("certified", "whether generators and dimension are proved"),
            ("identification", "that of the algebra of the generators (see `identification`), or `null`"),
            (
                "chevalley",
                "of generators that are floats: `levi_real_form` and `center_dim` by a Chevalley basis, the distance of Cartan \
integers (`margin`) and brackets (`residual`) from whole numbers, `closure_defect`, and the `radius` of the ball around the orthonormal \
generators in which every Lie algebra of this dimension is `proved` to be one of those listed; else `null`",
            ),
            ("trivial", "of pairs of matrices: the dimension of those that move no vector, else `null`"),
            ("orbit_dim", "of vector fields: the dimension of the orbits of one vector, or `null`"),
            ("oracle", "the name of the oracle"),
            ("ansatz", "the matrices among which symmetries were sought"),
            ("unknowns", "their real dimension"),
            ("samples", "the samples used"),
            ("equations", "the equations that they gave"),
            ("solver", "`Gram matrix`, `orthogonal factorisation` where that is too inexact, or `weight spaces`"),
            ("rule", "the rule by which the dimension was read from the singular values"),
            ("next_value", "the first singular value that is not counted as zero, or `null`"),
            ("largest_value", "the largest singular value"),
            ("noise_edge", "the edge of the stated noise among the singular values, or `null`"),
            ("runner_up", "`dim` and `gap` of the next best dimension, or `null`"),
            ("rounding_distance", "the largest distance of an entry from the rational it was rounded to, or `null`"),
            ("coordinates", "the coordinates to which points that span a subspace were restricted, or `null`"),
            (
                "fit",
                "of labels: the `model` that stands in for them with its held-out `error`, all that were `tried`, `equations` of the points, `repeated_rows`, `label_noise`; or `null`",
            ),
            ("proof", "what is proved, in words"),
        ],
    ),
    kind(
        "table",
        "a table of data",
        "named_columns([1, 2; 3, 5], [\"x\", \"y\"])",
        &[("rows", "the number of rows"), ("columns", "the names of the columns")],
    ),
    kind(
        "training",
        "generators trained on samples, `discover(f, method = \"joint\", generators = k)`",
        "oracle f(x[2]) = x1^2 + x2^2\ndiscover(f, method = \"joint\", generators = 1, epochs = 100)",
        &[
            ("steps", "the steps of all optimisations together"),
            ("loss", "the loss at the end"),
            (
                "metrics",
                "each term of the loss without its weight; `closure_error`, the mean absolute entry of brackets beside the \
span; `symmetric_part`, the largest entry of (W + Wᵀ)/2",
            ),
            ("method", "the method"),
            ("dim", "the number of generators"),
            ("stopped", "why it ended"),
            (
                "verdict",
                "`found`: every term of the loss but sparsity is small; `stuck`: the loss stays where it is; `falling`: more steps \
would lower it; `none`: no generator was found",
            ),
            ("invariances", "the invariance loss of each generator"),
            ("rejected", "losses at which further directions stayed"),
            ("oracle", "the name of the oracle"),
            ("ansatz", "the matrices among which symmetries were sought"),
            ("samples", "the samples used"),
            ("real_form", "real form of a Levi factor of the algebra of the rounded generators, or `null`"),
            ("rounding_distance", "the largest distance of an entry from the rational it was rounded to, or `null`"),
            (
                "verified",
                "whether the rounded generators are symmetries at all points; `null` where that is not decided",
            ),
            ("coordinates", "the coordinates to which points that span a subspace were restricted, or `null`"),
            ("fit", "of labels: the model that stands in for them, as in a discovery; or `null`"),
        ],
    ),
    kind(
        "sparse",
        "matrices by their entries that are not zero, `sparse(x)`",
        "sparse([0, 1; -1, 0])",
        &[
            ("rows", "the rows of the first matrix"),
            ("cols", "its columns"),
            ("nonzeros", "the number of entries that are not zero, of all matrices together"),
            (
                "matrices",
                "for each `[[row, column, value], …]`, indices from 0; exact values are strings, floats numbers",
            ),
        ],
    ),
    kind(
        "vector_fields",
        "fields along which an oracle does not change, `vector_fields(f)`",
        "oracle f(x, y) = x^2 + y^2\nvector_fields(f, epochs = 10, samples = 20)",
        &[
            ("steps", "the steps"),
            ("loss", "the loss at the end"),
            ("metrics", "its terms `invariance`, `normalisation`, `orthogonality`"),
            ("count", "the number of fields"),
            (
                "across",
                "the part of the squared length that crosses the level sets, on points not seen, of the worst field",
            ),
            ("oracle", "the name of the oracle"),
            ("values", "for each field the values at the points of `at`, row by row"),
        ],
    ),
    kind(
        "subalgebras",
        "subalgebras found from random planes, `subalgebras(g, k)`",
        "subalgebras(so(4), 3, starts = 10)",
        &[
            ("dim", "their dimension"),
            ("starts", "the number of random planes"),
            ("closed", "how many of them became subalgebras"),
            ("least_defect", "the least Σ |[u_a, u_b] beside the plane|² over orthonormal bases"),
            ("proved_absent", "whether a theorem says that there is none"),
            (
                "classes",
                "for each class `count` (0: found inside larger ones), `derived_series`, `lower_central_series`, `center_dim`, `killing_signature`, `gap`, `normalizer_dim`, `moduli` (the dimension of H¹(h, g/h)), `ambient_signature` (of the Killing form of g on h), and of \
an exact algebra the coordinates of a rational subalgebra as `basis` with its `name`, or `null`",
            ),
        ],
    ),
    kind(
        "splitting",
        "random planes that came to commute with their complement, `splitting(g, k)`",
        "splitting(so(4), 3)",
        &[
            ("dim", "the dimension of the planes"),
            ("starts", "the number of random planes"),
            ("split", "how many of them split the algebra"),
            ("least_defect", "the least Σ |[u, n]|² over orthonormal bases"),
        ],
    ),
    kind(
        "float_ideals",
        "centre and simple ideals in floating point, `float_ideals(x)`",
        "float_ideals(so(4))",
        &[
            ("dim", "the dimension of the algebra"),
            ("center_dim", "the dimension of the centre"),
            ("ideals", "for each simple ideal `dim`, `complex`, and invariants as of subalgebras"),
            ("gap", "the least ratio of a number that counted and one that did not"),
            ("closure_defect", "the largest part of a bracket beside the span, for matrices"),
        ],
    ),
    kind(
        "oracle",
        "a function whose symmetries can be discovered",
        "oracle f(x[3]) = sqrt(x1^2 + x2^2 + x3^2)\nf",
        &[
            ("description", "its name"),
            ("dim", "the real dimension of the space"),
            ("complex", "whether the space is complex: coordinates are real parts, then imaginary parts"),
            ("vectors", "the number of vectors it takes"),
            ("outputs", "the number of real values"),
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
        "a group of matrices, finite, Lie or a product",
        "SO(3)",
        &[
            ("name", "its name"),
            ("dim", "its dimension over the reals"),
            ("connected", "`true`, `false`, or `null` where the discrete generators do not show it"),
            ("field", "the field of the entries of its matrices, `\"R\"` or `\"C\"`"),
            ("matrix_size", "the size of its matrices"),
            ("degree", "the number of points of a permutation group, else `null`"),
            ("generators", "the discrete generators: cycles of permutations, rows of matrices"),
        ],
    ),
    kind(
        "basis",
        "a basis of equivariant maps or of invariants, `basis(X -> Y)`; saved as JSON it has `matrices` besides, for each \
         `[[row, column, \"p/q\"], …]`",
        "basis(vector(SO(3)) -> vector(SO(3)))",
        &[
            ("group", "the group"),
            ("from", "the source X, `null` for invariants"),
            ("to", "the target Y, or the representation of the invariants"),
            ("rank", "the number of basis elements"),
            ("rows", "the dimension of Y"),
            ("cols", "the dimension of X, 1 for invariants"),
            ("form", "`\"sparse\"` for an exact basis, `\"orthonormal\"` for one in double precision"),
            ("method", "how it was found"),
            ("complete", "why it is complete"),
        ],
    ),
    kind(
        "tying",
        "which weights of an equivariant layer are tied, `tie(X, Y)`",
        "rep V = vector(S(3))\ntie(V, V)",
        &[
            ("group", "the group"),
            ("from", "the source X"),
            ("to", "the target Y"),
            ("rows", "the dimension of Y"),
            ("cols", "the dimension of X"),
            ("free", "the number of free weights"),
            ("zeros", "the number of entries that are forced to vanish"),
            ("sizes", "the number of entries of each weight"),
            (
                "pattern",
                "rows of whole numbers: weight k from 1, -k where it enters with a minus, 0 for zero; `null` above 2^20 entries",
            ),
        ],
    ),
    kind(
        "gauge",
        "what a map by monomials forgets, `gauge(E)`",
        "gauge([1, 1, 0; 0, 1, 1])",
        &[
            ("features", "the number of features"),
            ("inputs", "the number of inputs"),
            ("rank", "the rank of the exponents over Q"),
            ("rank_mod_two", "their rank modulo 2"),
            ("factors", "their invariant factors"),
            ("scalings", "a basis of the lost scalings, as exponents of a positive number"),
            ("signs", "a basis of the lost signs, as sets of inputs counted from 1"),
        ],
    ),
    kind(
        "loss_bound",
        "a bound of the cross-entropy of odd networks, `loss_bound(N, X, labels)`",
        "rep V = vector(SO(3))\nloss_bound(mlp(V -> V, hidden = 4, layers = 1, nonlinearity = \"tanh\"), [1, 2, 0; -1, -2, 0], [0, 0])",
        &[
            ("odd", "whether the layers show f(-x) = -f(x)"),
            ("samples", "the number of samples"),
            ("pairs", "disjoint pairs x, -x with one label"),
            ("classes", "the number of outputs"),
            ("bound", "the mean cross-entropy is no smaller"),
        ],
    ),
    kind(
        "flat_directions",
        "directions in which an invariant loss is constant, `flat_directions(X, W)`",
        "flat_directions(vector(SO(3)), [1, 2, 3])",
        &[
            ("group", "the group"),
            ("dim", "its dimension"),
            ("stabilizer", "the dimension of the stabilizer of the weights"),
            ("flat", "their difference"),
        ],
    ),
    kind(
        "network",
        "a network, and what describe(N) gives",
        "rep V = vector(SO(3))\nemlp(V -> V, hidden = 8, layers = 1)",
        &[
            ("group", "the group"),
            ("from", "the representation of its arguments"),
            ("to", "the representation of its values"),
            (
                "architecture",
                "`\"gated and bilinear\"`, `\"gated\"`, `\"tensor product\"`, `\"convolution\"`, or the nonlinearity on every coordinate",
            ),
            ("equivariant", "whether its layers are equivariant"),
            ("parameters", "the number of its parameters"),
            ("constant", "whether its value does not depend on its argument"),
            (
                "spread",
                "how far apart values at random arguments lie, relative to their size, where that was looked at, or `null`",
            ),
            ("layers", "for each `{\"name\",\"type\",\"from\",\"to\",\"from_dim\",\"to_dim\",\"parameters\"}`"),
        ],
    ),
    kind(
        "equivariance_errors",
        "relative errors of equivariance, `equivariance_errors(N)`",
        "rep V = vector(SO(3))\nequivariance_errors(emlp(V -> V, hidden = 8, layers = 1))",
        &[
            ("network", "that of the network"),
            ("elements", "on how many group elements"),
            ("precision", "of the network: `\"double\"` or `\"single\"`"),
            ("layers", "for each `{\"name\",\"error\"}`; `null` where no group acts between the layers"),
        ],
    ),
    kind(
        "decomposition",
        "the irreducibles of a representation by highest weights, `decompose(R)`, or by dimension where the group is not connected",
        "decompose(irrep(\"SU(3)\", \"3\") * irrep(\"SU(3)\", \"3b\"))",
        &[
            ("group", "the type of the algebra, as weights refer to it; the name of a group that is not connected"),
            (
                "terms",
                "for each irreducible, by dimension, then weight: `weight`, `name`, `dim`, `multiplicity` (both strings above \
                 2^53; the multiplicity is negative in a virtual representation). Where the group is not connected `weight` is null, \
                 and there is one of `character` (the row of characters(G)), `identity_component` (what becomes of it there) or `field` \
                 (of which several conjugate ones come)",
            ),
        ],
    ),
    kind(
        "float_decomposition",
        "irreducibles of floating-point matrices, `decompose(g, matrices)`",
        "decompose(so(3), [float(m) for m in matrices(so(3))])",
        &[
            ("group", "as in `decomposition`"),
            ("terms", "as in `decomposition`"),
            ("residual", "how far brackets are off, each relative to its own terms, and unit eigenvectors"),
            ("gap", "the least distance of a rounded number from the second nearest integer, at most 1"),
        ],
    ),
    kind(
        "irreducible_parts",
        "a representation as a sum of irreducibles over Q, `irreducible_parts(V)`",
        "irreducible_parts(2*vector(SO(3)))",
        &[
            ("dim", "the dimension of the representation"),
            (
                "parts",
                "for each part `dim`, `irreducibles` over C (as in `isotypic`), `real_type`, `proved` (whether it is proved to be \
                 irreducible over Q), and `basis`, a matrix whose rows are a basis",
            ),
            ("change_of_basis", "the matrix whose columns are the bases of the parts"),
        ],
    ),
    kind(
        "isotypic",
        "the isotypic components of a representation over Q, `isotypic(V)`",
        "isotypic(vector(SO(3)) * vector(SO(3)))",
        &[
            ("dim", "the dimension of the representation"),
            (
                "components",
                "for each component, smallest first, `dim`, `irreducibles` over C (`weight`, `name`, `dim`, `multiplicity`), \
                 `real_type` (`\"R\"`, `\"C\"`, `\"H\"`) and `multiplicity` of the irreducible over R (`null` when there are \
                 several), `field`, the polynomial of the centre of its endomorphisms (`t` when it is Q), and `basis`, a matrix whose rows are a \
                 basis",
            ),
            ("change_of_basis", "the matrix whose columns are the bases of the components"),
        ],
    ),
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
        "finite_structure",
        "how a finite group is built, `group_structure(G)`",
        "group_structure(D(6))",
        &[
            ("group", "the name it was given"),
            ("name", "its name up to isomorphism, `null` where none is known"),
            ("order", "the number of its elements, as text"),
            ("degree", "the number of points"),
            ("abelian", "whether all elements commute"),
            ("nilpotent", "whether the lower central series ends in the trivial group"),
            ("solvable", "whether the derived series ends in the trivial group"),
            ("perfect", "whether it is its own derived subgroup"),
            ("transitive", "whether there is one orbit on the points"),
            ("primitive", "whether it is transitive and leaves no partition of the points invariant"),
            ("derived_series", "the orders of the derived series until it stops"),
            ("center_order", "the order of the centre"),
        ],
    ),
    kind(
        "conjugacy_classes",
        "the conjugacy classes of a finite group, `conjugacy_classes(G)`",
        "conjugacy_classes(A(4))",
        &[
            ("group", "the group"),
            ("order", "its order"),
            ("count", "how many classes there are"),
            ("exponent", "the least common multiple of the orders of elements"),
            ("classes", "for each `label`, `order` of its elements, `size`, `representative` in cycle notation"),
            (
                "power_maps",
                "for each prime that divides the exponent: `prime`, and `classes`, the label of the class of the powers",
            ),
        ],
    ),
    kind(
        "character_table",
        "the irreducible complex characters of a finite group, `characters(G)`",
        "characters(Q8)",
        &[
            ("group", "the group"),
            ("order", "its order"),
            ("degrees", "the degrees, ascending; the trivial character comes first"),
            ("indicators", "the Frobenius–Schur indicators 1, 0, -1"),
            ("types", "`R`, `C` or `H` for each character"),
            ("real", "the real irreducible representations: `character` (number from 0), `dim`, `type`"),
            ("classes", "the columns: `label`, `order`, `size`, `representative`"),
            ("values", "the rows: exact values as text, ζn = exp(2πi/n)"),
        ],
    ),
    kind(
        "class_function",
        "a class function of a finite group: `permutation_character(G)`, `induced_character(G, H, chi)`, …",
        "permutation_character(S(4))",
        &[
            ("group", "the group, and how it acts"),
            (
                "values",
                "the values, classes in the order of `characters(G)`: numbers, or exact text where they are not rational",
            ),
            ("multiplicities", "how often each irreducible character occurs; `null` where one is not rational"),
            ("norm", "the inner product with itself: 1 for an irreducible character"),
        ],
    ),
    kind(
        "orbitals",
        "the orbits of a group of permutations on ordered pairs of points, `orbitals(G)`",
        "orbitals(D(4))",
        &[
            ("group", "the group"),
            ("count", "how many there are: the dimension of the commutant"),
            ("sizes", "the number of pairs in each"),
            ("paired", "for each the number of the orbital of the transposed pairs, from 0"),
            ("subdegrees", "the lengths of the orbits of the stabilizer of point 0, ascending"),
            ("matrix", "the number of the orbital of each pair, as a `matrix`; `null` above 1000 points"),
        ],
    ),
    kind(
        "irreducible",
        "an irreducible representation of a finite group by matrices, `irreducible(G, k)`",
        "irreducible(Q8, 5)",
        &[
            ("group", "the group"),
            ("character", "the number of its character in `characters(G)`, from 1"),
            ("dim", "the size of the matrices"),
            ("type", "`R`, `C` or `H`"),
            ("over", "`R` or `C`"),
            ("field", "the least cyclotomic field of the entries; `null` for floats"),
            ("construction", "how it was found, in words"),
            ("matrices", "for each generator a `matrix` or `cyclotomic_matrix`"),
            ("form", "an invariant positive definite form; `null` for orthogonal matrices"),
            ("residual", "for orthogonal floats the largest entry of Q Qᵀ - 1, else `null`"),
        ],
    ),
    kind(
        "irreducibles",
        "all irreducible representations of a finite group, `irreducibles(G)`",
        "irreducibles(S(3))",
        &[
            ("group", "the group"),
            ("over", "`R` or `C`"),
            ("count", "how many there are"),
            ("items", "for each `character` (number from 1), `dim`, `type`, `field`, `construction`"),
        ],
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
        "subgroups",
        "the subgroups of a finite group up to conjugacy, `subgroups(G)`",
        "subgroups(S(3))",
        &[
            ("group", "the group"),
            ("order", "its order"),
            ("classes", "the number of classes of conjugate subgroups"),
            ("subgroups", "the number of all subgroups"),
            (
                "items",
                "for each class the `order` of the subgroups, the `length` of the class, a `name` (or `null`) and `generators` of \
                 one",
            ),
        ],
    ),
    kind(
        "architectures",
        "invariant shallow networks, `architectures(G)`",
        "architectures(Z(6))",
        &[
            ("group", "the group, acting on the inputs"),
            ("type1", "how many irreducible architectures there are with K = H"),
            ("type2", "how many there are with K of index 2 in H"),
            ("classes", "how many cohomology classes all of them are; `null` where they are not counted"),
            (
                "items",
                "for each `width`, `type`, `free` (number of free weights), `H` and `K` (`order` and `name`), `classes` (how many K \
                 are conjugate only under the normaliser of H, or `null`), `pattern` (of the first row of weights), `weights` (a basis \
                 of the rows, where matrices act); `null` above 10000",
            ),
            (
                "rejected",
                "pairs that carry no network: the same without `pattern`, with a `reason`; `null` where they are not listed",
            ),
        ],
    ),
    kind(
        "architecture_graph",
        "how invariant networks lie in each other's closures, `architecture_graph(G)`",
        "architecture_graph(Z(4))",
        &[
            ("group", "the group, acting on the inputs"),
            ("nodes", "the items of `architectures` without `pattern`"),
            ("covers", "pairs `[i, j]`, counted from 1: j lies in the closure of i, and nothing between"),
            ("tunnels", "pairs with the same H"),
        ],
    ),
    kind(
        "deep_architectures",
        "chains of layers of deep invariant networks, `deep_architectures(G)`",
        "deep_architectures(Z(4))",
        &[
            ("group", "the group, acting on the inputs"),
            ("shortcuts", "whether a layer sees all layers before"),
            ("depths", "the numbers of layers"),
            ("admissible", "for each depth the number of chains that carry networks"),
            ("all", "for each depth the number of all chains"),
        ],
    ),
    kind(
        "shallow_network",
        "an invariant network with exact weights, `canonical_network(G, k)`",
        "canonical_network(Z(4), 1)",
        &[
            ("group", "the group, acting on the inputs"),
            ("type", "1 or 2"),
            ("width", "the number of hidden units"),
            ("inputs", "the number of inputs"),
            ("formula", "the function in words"),
            ("a", "the coefficient of the sum"),
            ("b", "the bias, 0 for type 2"),
            ("c", "the coefficients of the invariant linear forms"),
            ("d", "the constant"),
            ("weights", "the free weights"),
            ("patterns", "rows of numbers of free weights, with a minus where they are negated"),
        ],
    ),
    kind(
        "universality",
        "whether one hidden layer is enough, `universal(G, k)`",
        "universal(S(4), 2)",
        &[
            ("group", "the group, acting on the inputs"),
            ("order", "the length k of the tuples of points that index the hidden units"),
            ("universal", "the verdict; `null` when the search for a base was given up"),
            ("least_order", "the least k that suffices, `null` when only bounds are known"),
            ("bounds", "proved bounds of the least order"),
            ("base", "points whose common stabilizer is trivial"),
        ],
    ),
    kind(
        "universal_network",
        "whether networks with given hidden layers are universal, `universal(X -> Y, hidden = H)`",
        "rep V = vector(S(3))\nuniversal(V -> V, hidden = V)",
        &[
            ("group", "the group"),
            ("from", "the representation of the inputs"),
            ("hidden", "those of the hidden layers"),
            ("to", "that of the outputs"),
            ("universal", "the verdict; `null` when it is not decided"),
            ("theorem", "why"),
            ("hypotheses", "for each `{\"text\",\"holds\"}`"),
            ("kernel", "how many elements of all that acts fix every input"),
            (
                "layers",
                "for each hidden layer its orbits: `point`, `size`, `stabilizer` (order), `fixes_input`, `sees` (dimension of the inputs \
                 that the stabilizer fixes), `full` (knows all that its stabilizer fixes)",
            ),
            ("witness", "`{\"layer\",\"point\"}` that suffices, counted from 0, or `null`"),
            (
                "least_order",
                "the least order of tuples of inputs that suffices as a hidden layer, `null` when not known",
            ),
            ("bounds", "proved bounds of it, `null` when the network is universal"),
            ("base", "inputs that only elements fix which fix all"),
            ("hidden_order", "the least order of tuples of points of the hidden layer that suffices"),
            (
                "missing_degree",
                "the least degree of polynomials that one hidden layer misses, `null` when none was found",
            ),
            ("reached_degree", "up to which degree all are reached"),
            ("twins", "at most one pair `{\"first\",\"second\",\"output\"}` of inputs that are not told apart"),
            ("parameters", "weights and biases for one channel, layer by layer"),
        ],
    ),
    kind(
        "anomalies",
        "the gauge anomalies of chiral fermions, `anomalies(R)`",
        "anomalies(irrep(\"SU(5)\", \"10\") + irrep(\"SU(5)\", \"5b\"))",
        &[("anomalies", "pairs of a name and a coefficient"), ("free", "whether all of them vanish")],
    ),
    kind(
        "rep",
        "a representation: on real vectors, or by highest weights over C",
        "vector(SO(3)) * vector(SO(3))",
        &[
            ("name", "its name; `null` when it is too long to be read, like `expression`"),
            ("expression", "the same in ASCII, as it can be typed"),
            ("group", "the group or algebra it belongs to"),
            ("dim", "its dimension (a string above 2^53)"),
        ],
    ),
    kind(
        "sparse_matrices",
        "the Chevalley generators on an irreducible representation, by non-zero entries",
        "sparse_matrices(irrep(\"A1\", [1]))",
        &[
            ("group", "the type of the algebra"),
            ("weight", "the highest weight"),
            ("dim", "the dimension"),
            ("names", "`\"e1\"`, …, `\"f1\"`, …, `\"h1\"`, … and `\"t1\"`, … for a torus"),
            ("matrices", "for each `[[row, column, \"p/q\"], …]`, indices from 0"),
            ("weights", "the weights of the basis vectors"),
        ],
    ),
    kind(
        "clebsch_gordan",
        "the coefficients that couple two irreducible representations",
        "clebsch_gordan(irrep(\"A1\", [1]), irrep(\"A1\", [1]))",
        &[
            ("group", "the type of the algebra"),
            ("left", "the highest weight of the first factor"),
            ("right", "the highest weight of the second one"),
            (
                "components",
                "for each `weight`, `name` (`8S`), `dim`, `copy` (from 0), `symmetric` (in a square, else `null`) and `coefficients`: \
`[[k, i, j, \"±p/q\"], …]` says that vector k of the component has the coefficient ±√(p/q) at i, j (from 0)",
            ),
        ],
    ),
    kind(
        "invariant_tensors",
        "the invariant tensors in a product of irreducible representations",
        "invariant_tensors(irrep(\"A1\", [1]), irrep(\"A1\", [1]))",
        &[
            ("group", "the type of the algebra"),
            ("shape", "the dimensions of the factors"),
            ("count", "how many there are"),
            ("tensors", "for each `[[i, j, …, \"p/q\"], …]`, indices from 0"),
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
