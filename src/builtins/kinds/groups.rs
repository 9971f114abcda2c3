//! The JSON objects of groups, representations and bases.

use super::{JsonKind, kind};

/// The kinds of this topic.
pub const KINDS: &[JsonKind] = &[
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
];
