//! The JSON objects of equivariant networks and tied weights.

use super::{JsonKind, kind};

/// The kinds of this topic.
pub const KINDS: &[JsonKind] = &[
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
];
