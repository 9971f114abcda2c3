//! The JSON objects of finite groups and invariant networks.

use super::{JsonKind, kind};

/// The kinds of this topic.
pub const KINDS: &[JsonKind] = &[
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
];
