//! The JSON objects of symmetries from data.

use super::{JsonKind, kind};

/// The kinds of this topic.
pub const KINDS: &[JsonKind] = &[
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
            ("span_dim", "the dimension of their span, up to a hundredth of their length"),
            (
                "verdict",
                "`found`: every term of the loss but sparsity is small; `stuck`: the loss stays where it is; `falling`: more steps \
would lower it; `short`: the steps and the rate were too small to tell; `vanished`: without normalisation generators went to zero; \
`none`: no generator was found",
            ),
            ("epsilon", "the finite step of the loss, or `null`"),
            ("invariances", "the invariance loss of each generator"),
            ("rejected", "losses at which further directions stayed"),
            ("oracle", "the name of the oracle"),
            ("ansatz", "the matrices among which symmetries were sought"),
            ("samples", "the samples used"),
            ("real_form", "real form of a Levi factor of the algebra of the rounded generators, or `null`"),
            (
                "subalgebra",
                "of fewer generators than there are, where they round to nothing: the subalgebra beside them by `derived_series`, \
`lower_central_series`, `center_dim`, `killing_signature`, the `gap` from which these were read, the `distance` to it (sine of an \
angle) and `inside_dim`, the dimension of the whole algebra; or `null`",
            ),
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
            ("vanishing", "the part of these points where the worst field is shorter than a tenth of its mean length"),
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
];
