//! Acceptance cases of equivariant maps by number, and properties that hold for every class of group: a basis is invariant under
//! sampled elements, as large as the count, and as large for other generators of the same group.
//!
//! Expected ranks are formulas written here: standard tableaux by hook lengths, Stirling numbers, Burnside's lemma, weights.

mod common;

use common::program::text::run;

/// Partitions of `k` with at most `rows` rows of at most `most` boxes.
fn partitions(k: usize, rows: usize, most: usize) -> Vec<Vec<usize>> {
    if k == 0 {
        return vec![Vec::new()];
    }
    if rows == 0 {
        return Vec::new();
    }
    let firsts = (1..=k.min(most)).rev();
    firsts
        .flat_map(|first| {
            let rest = partitions(k - first, rows - 1, first);
            rest.into_iter().map(move |tail| [vec![first], tail].concat())
        })
        .collect()
}

/// Standard tableaux of a shape: `k! / Π hooks` (Frame, Robinson, Thrall).
fn tableaux(shape: &[usize]) -> u64 {
    let boxes: usize = shape.iter().sum();
    let factorial: u64 = (1..=boxes as u64).product();
    let arm_and_leg = |i: usize, j: usize| shape[i] - j - 1 + shape[i + 1..].iter().filter(|row| **row > j).count() + 1;
    let hooks = (0..shape.len()).flat_map(|i| (0..shape[i]).map(move |j| arm_and_leg(i, j) as u64));
    factorial / hooks.product::<u64>()
}

/// Invariants of O(n) in V^k: shapes with even rows, at most n of them.
fn orthogonal(n: usize, k: usize) -> u64 {
    let even = |shape: &Vec<usize>| shape.iter().all(|row| row % 2 == 0);
    partitions(k, n, k).iter().filter(|s| even(s)).map(|s| tableaux(s)).sum()
}

/// SO(n): those and the determinant, shapes with n odd rows.
fn special_orthogonal(n: usize, k: usize) -> u64 {
    let odd = |shape: &Vec<usize>| shape.len() == n && shape.iter().all(|row| row % 2 == 1);
    orthogonal(n, k) + partitions(k, n, k).iter().filter(|s| odd(s)).map(|s| tableaux(s)).sum::<u64>()
}

/// Sp(2m): shapes with even columns and at most 2m rows.
fn symplectic(m: usize, k: usize) -> u64 {
    let pairs = |shape: &Vec<usize>| shape.len().is_multiple_of(2) && shape.chunks(2).all(|two| two[0] == two[1]);
    partitions(k, 2 * m, k).iter().filter(|s| pairs(s)).map(|s| tableaux(s)).sum()
}

/// SL(n), or SU(n) over C, in T(p,q): `Σ f^(μ + (jⁿ)) f^μ` over `μ ⊢ q` with at most n rows, `p − q = jn`; GL(n) is the case p = q.
fn special_linear(n: usize, p: usize, q: usize) -> u64 {
    if !(p - q).is_multiple_of(n) {
        return 0;
    }
    let j = (p - q) / n;
    let shifted = |mu: &[usize]| -> Vec<usize> {
        (0..n).map(|i| mu.get(i).copied().unwrap_or(0) + j).filter(|row| *row > 0).collect()
    };
    partitions(q, n, q).iter().map(|mu| tableaux(&shifted(mu)) * tableaux(mu)).sum()
}

/// Set partitions of k legs into j blocks.
fn stirling(k: u64, j: u64) -> u64 {
    match (k, j) {
        (0, 0) => 1,
        (0, _) | (_, 0) => 0,
        _ => stirling(k - 1, j - 1) + j * stirling(k - 1, j),
    }
}

fn symmetric(n: u64, k: u64) -> u64 {
    (0..=n).map(|j| stirling(k, j)).sum()
}

/// A_n has S_n's invariants, and one more for each partition into n or n − 1 blocks.
fn alternating(n: u64, k: u64) -> u64 {
    symmetric(n, k) + stirling(k, n) + stirling(k, n - 1)
}

/// Rotations of the plane by 2π/c: `Σ C(k, j)` over j with `c | k − 2j`; with reflections half of it.
fn turned(c: i64, k: i64) -> u64 {
    let binomial = |j: i64| (0..j).fold(1u64, |b, i| b * (k - i) as u64 / (i + 1) as u64);
    (0..=k).filter(|j| (k - 2 * j) % c == 0).map(binomial).sum()
}

/// The 4-form of Cayley on R^8, dx8 times the 3-form of G2 and its dual (Harvey and Lawson, *Calibrated geometries*, IV.1).
const CAYLEY: &str = "1238 + 1458 - 1678 + 2468 + 2578 + 3478 - 3568 + 4567 + 2367 - 2345 + 1357 + 1346 + 1256 - 1247";

/// Number and name of the case, statements, the space of maps or tensors, and its rank. Groups of complex matrices act on real spaces
/// here: of k legs of `V_R ⊗ C = V ⊕ V̄` each is one or the other, so the rank is a sum over these choices.
fn cases() -> Vec<(u32, &'static str, String, &'static str, u64)> {
    let vector = |group: &str| format!("group G = {group}\nrep V = vector(G)\nrep W = dual(V)");
    let su3 = || "rep V = irrep(\"SU(3)\", \"3\")\nrep W = dual(V)".to_string();
    let lines = "group G = matrix_group(algebra = [[0, 1; 0, 0]])\nrep V = vector(G)".to_string();
    let spin7 = format!("group G = exp(stabilizer(alternating(8, \"{CAYLEY}\")))\nrep V = vector(G)");
    let quaternions = "matrix_group([0, -1, 0, 0; 1, 0, 0, 0; 0, 0, 0, -1; 0, 0, 1, 0], \
                       [0, 0, -1, 0; 0, 0, 0, 1; 1, 0, 0, 0; 0, -1, 0, 0])";
    let product = |a: &str, b: &str| format!("rep V = vector({a}) * vector({b})");
    vec![
        (1, "SO(3) V² → V, cross product", vector("SO(3)"), "V^2 -> V", special_orthogonal(3, 3)),
        (2, "SO(3) V² → V²", vector("SO(3)"), "V^2 -> V^2", special_orthogonal(3, 4)),
        (3, "SO(3) V³ → V³", vector("SO(3)"), "V^3 -> V^3", special_orthogonal(3, 6)),
        (4, "O(3) V² → V", vector("O(3)"), "V^2 -> V", 0),
        (5, "O(3) V³ → V³", vector("O(3)"), "V^3 -> V^3", orthogonal(3, 6)),
        (6, "SO(2) V → V, complex type", vector("SO(2)"), "V -> V", special_orthogonal(2, 2)),
        (7, "SO(2) V² → V²", vector("SO(2)"), "V^2 -> V^2", special_orthogonal(2, 4)),
        (8, "O(2) V³ → V³, 10 of 15 diagrams", vector("O(2)"), "V^3 -> V^3", orthogonal(2, 6)),
        (9, "O(2) V⁴ → V⁴, 35 of 105 diagrams", vector("O(2)"), "V^4 -> V^4", orthogonal(2, 8)),
        (10, "SO(4) V² → V²", vector("SO(4)"), "V^2 -> V^2", special_orthogonal(4, 4)),
        (11, "O(4) V² → V²", vector("O(4)"), "V^2 -> V^2", orthogonal(4, 4)),
        (12, "SO(5) V³ → V², ε alone", vector("SO(5)"), "V^3 -> V^2", special_orthogonal(5, 5)),
        // Real forms have the ranks of the compact one.
        (13, "SO⁺(1,3) V² → V²", vector("SO13p"), "V^2 -> V^2", special_orthogonal(4, 4)),
        (14, "O(1,3) V → T(2,1)", vector("O13"), "V -> V^2*W", orthogonal(4, 4)),
        (15, "SO⁺(1,1) V² → V²", vector("SO11"), "V^2 -> V^2", special_orthogonal(2, 4)),
        (16, "O(2,2) V² → V²", vector("O(2,2)"), "V^2 -> V^2", orthogonal(4, 4)),
        (17, "Sp(2,R) V³ → V³", vector("Sp(2,R)"), "V^3 -> V^3", symplectic(1, 6)),
        (18, "Sp(4,R) V² → V²", vector("Sp(4,R)"), "V^2 -> V^2", symplectic(2, 4)),
        (19, "Sp(4,R) V → V*", vector("Sp(4,R)"), "V -> W", symplectic(2, 2)),
        (20, "SL(3,R) T(3,0)", vector("SL(3)"), "V^3", special_linear(3, 3, 0)),
        (21, "SL(3,R) T(4,1)", vector("SL(3)"), "V^4*W", special_linear(3, 4, 1)),
        (22, "SL(2,R) T(6,0)", vector("SL(2)"), "V^6", special_linear(2, 6, 0)),
        (23, "GL(2,R) T(3,3), 5 of 6 permutations", vector("GL(2)"), "V^3*W^3", special_linear(2, 3, 3)),
        (24, "GL(3,R) T(2,0)", vector("GL(3)"), "V^2", 0),
        // Four legs, two of them V: C(4,2) choices; of T(2,0) two legs, one of them V.
        (25, "U(2) T(2,2)", vector("U(2)"), "V^4", 6 * special_linear(2, 2, 2)),
        (26, "U(2) T(2,0)", vector("U(2)"), "V^2", 2 * special_linear(2, 1, 1)),
        // V̄ = V for SU(2): 2² choices of two legs with one invariant each.
        (27, "SU(2) T(2,0)", vector("SU(2)"), "V^2", 4 * special_linear(2, 2, 0)),
        (28, "SU(3) T(3,0)", su3(), "V^3", special_linear(3, 3, 0)),
        (29, "SU(3) T(2,2)", su3(), "V^2*W^2", special_linear(3, 2, 2)),
        (30, "SU(3) T(3,3)", su3(), "V^3*W^3", special_linear(3, 3, 3)),
        (31, "scalings of R³, T(1,1)", vector("Scaling(3)"), "V -> V", 9),
        (32, "scalings of R³, T(2,0)", vector("Scaling(3)"), "V^2", 0),
        // Polynomials in the shear; one invariant for each irreducible of SL(2) in V³ = S³ + 2 S¹ (Jacobson and Morozov).
        (33, "unipotent V → V", lines.clone(), "V -> V", 2),
        (34, "unipotent T(3,0)", lines, "V^3", 3),
        // 7 ⊗ 7 = 1 + 7 + 14 + 27.
        (35, "G2 on R⁷, V² → V", vector("G2"), "V^2 -> V", 1),
        (36, "G2 on R⁷, V² → V²", vector("G2"), "V^2 -> V^2", 4),
        // Spinors of Spin(7): −1 acts on odd powers.
        (37, "Spin(7) on R⁸, V → V", spin7.clone(), "V -> V", 1),
        (38, "Spin(7) on R⁸, V² → V", spin7, "V^2 -> V", 0),
        (39, "S(6) V → V", vector("S(6)"), "V -> V", symmetric(6, 2)),
        (40, "S(6) V² → V²", vector("S(6)"), "V^2 -> V^2", symmetric(6, 4)),
        (41, "S(3) V² → V², 14 of 15", vector("S(3)"), "V^2 -> V^2", symmetric(3, 4)),
        (42, "S(2) V² → V²", vector("S(2)"), "V^2 -> V^2", symmetric(2, 4)),
        (43, "A(4) V² → V²", vector("A(4)"), "V^2 -> V^2", alternating(4, 4)),
        (44, "A(5) V² → V²", vector("A(5)"), "V^2 -> V^2", alternating(5, 4)),
        (45, "Z(7) V → V", vector("Z(7)"), "V -> V", 7),
        (46, "C(4) on the plane V² → V²", vector("C(4)"), "V^2 -> V^2", turned(4, 4)),
        (47, "D(4) on the plane V² → V²", vector("Dihedral(4)"), "V^2 -> V^2", turned(4, 4) / 2),
        (48, "D(3) on the plane V² → V", vector("Dihedral(3)"), "V^2 -> V", turned(3, 3) / 2),
        (49, "Q8 on R⁴ V → V, quaternionic type", vector(quaternions), "V -> V", 4),
        (50, "C(1000000) on the plane, V", vector("C(1000000)"), "V", turned(1_000_000, 1)),
        // f and d; su(2) has no symmetric one.
        (51, "SU(3) adjoint ⊗ adjoint → adjoint", "rep V = adjoint(su(3))".into(), "V*V -> V", 2),
        (52, "SU(2) adjoint ⊗ adjoint → adjoint", "rep V = adjoint(su(2))".into(), "V*V -> V", 1),
        // Products of the ranks of the factors.
        (53, "SO(3) × S(5) V → V", product("SO(3)", "S(5)"), "V -> V", special_orthogonal(3, 2) * symmetric(5, 2)),
        (54, "SO(3) × S(5) V² → V", product("SO(3)", "S(5)"), "V^2 -> V", special_orthogonal(3, 3) * symmetric(5, 3)),
        (55, "Z(3) × S(4) V → V", product("Z(3)", "S(4)"), "V -> V", 3 * symmetric(4, 2)),
    ]
}

#[test]
fn acceptance_cases_by_number() {
    let all = cases();
    assert_eq!(all.iter().map(|case| case.0).collect::<Vec<_>>(), (1..=55).collect::<Vec<_>>());
    for (number, name, code, space, expected) in all {
        let counted = run(&format!("{code}\nrank({space})"));
        assert_eq!(counted, [expected.to_string()], "rank of case {number}, {name}");
        // Representations by highest weights have no basis.
        if !code.contains("irrep") {
            let found = run(&format!("{code}\nbasis({space}).rank"));
            assert_eq!(found, [expected.to_string()], "basis of case {number}, {name}");
        }
    }
}

/// Groups of each class; those with a Lie algebra are generated a second time by combinations of their generators.
const EVERY_CLASS: &[&str] = &[
    "SO(3)",
    "SO(4)",
    "O(3)",
    "SO(2,1)",
    "O(2,2)",
    "SO13p",
    "SO13",
    "O13",
    "Lorentz",
    "SO11",
    "O11",
    "U(2)",
    "U(1,1)",
    "SU(2)",
    "SU(3)",
    "SU(1,1)",
    "Sp(1)",
    "Sp(4,R)",
    "SL(2)",
    "SL(2,C)",
    "GL(2)",
    "Scaling(3)",
    "Trivial(2)",
    "SE(2)",
    "E(2)",
    "S(4)",
    "A(4)",
    "Z(5)",
    "D(5)",
    "Q8",
    "Cube",
    "ZksZnxZn(2,2)",
    "C(5)",
    "C(4)",
    "Dihedral(5)",
    "SO2eR3",
    "O2eR3",
    "DkeR3(5)",
    "Parity",
    "TimeReversal",
    "Spin(3)",
    "Spin(1,3)",
    "Pin(3)",
    "Pin(1,2)",
    "G2",
    "point_group(\"I\")",
    "point_group(\"D3d\")",
    "matrix_group([0, -1; 1, 0])",
    "matrix_group(algebra = [[0, 1; 0, 0]])",
    "direct_product(SO(2), S(3))",
    "SO(3) * S(2)",
    "wreath(SO(2), S(2))",
    "affine_group(S(2))",
    "embed(O(2), 4, at = 2)",
    "discover(quadratic(3, 0))",
];

/// `W ρ(g) = ρ(g) W` in doubles for random elements g, and for products with them on the right of maps V → V ⊗ V.
#[test]
fn bases_are_invariant_under_sampled_elements() {
    for group in EVERY_CLASS {
        let code = format!(
            "group G = {group}\nrep V = vector(G)\nlet w = matrices(basis(V -> V, form = \"orthonormal\"))\nlet s = sample(G, 3)\n\
             let c = matrices(basis(V -> V*V, form = \"orthonormal\"))\n\
             let size = max([singular_values(g)[1] for g in s])\n\
             len(w) == rank(V -> V) and len(c) == rank(V -> V*V)\n\
             [k for k in 1..len(w) if max([singular_values(w[k]*g - g*w[k])[1] for g in s]) > size/10^9]\n\
             [k for k in 1..len(c) if max([singular_values(c[k]*g - kron(g, g)*c[k])[1] for g in s]) > size^2/10^9]"
        );
        assert_eq!(run(&code), ["true", "[]", "[]"], "{group}");
    }
}

/// The same group by other generators: each basis element plus five times the next, products of permutations.
#[test]
fn other_generators_change_nothing() {
    for group in EVERY_CLASS {
        let start = format!("group G = {group}\n");
        let connected = run(&format!("{start}G"))[0].contains("connected Lie group");
        let permutations = run(&format!("{start}G"))[0].contains("permutation group");
        let other = match (connected, permutations) {
            (true, _) => {
                "let m = matrices(algebra_of(G))\nlet n = len(m)\n\
                 group H = matrix_group(algebra = [m[k]/3 + 5*m[mod(k, n) + 1] for k in 1..n])\n"
            }
            (_, true) => {
                "let p = generators(G)\nlet n = len(p)\n\
                 let h = [if k == 1 then p[1] else p[k - 1]*p[k] for k in 1..n]\n\
                 group H = perm(dim(vector(G)), h[1], h[len(h)])\n"
            }
            _ => continue,
        };
        if permutations && !matches!(run(&format!("{start}len(generators(G))"))[0].as_str(), "1" | "2") {
            continue;
        }
        let ask = |letter: &str| {
            let code = format!(
                "{start}{other}rep V = vector({letter})\n[rank(V -> V), rank(V^2 -> V^2), basis(V -> V).rank, basis(V -> V^2).rank]"
            );
            run(&code)
        };
        assert_eq!(ask("H"), ask("G"), "{group}");
    }
}

/// Groups with components, and finite ones of matrices, beside the same group by other discrete generators: products of the usual ones
/// with each other and with elements of the identity component; `a` is the algebra by combinations of its basis.
const OTHER_COMPONENTS: &[(&str, &str)] = &[
    ("O(3)", "matrix_group(-1*identity(3), algebra = a)"),
    ("O(2,2)", "matrix_group(diag([-1, 1, 1, 1]), diag([-1, 1, -1, 1]), algebra = a)"),
    ("SO13", "matrix_group(diag([-1, 1, 1, -1]), algebra = a)"),
    ("O13", "matrix_group(diag([-1, 1, 1, 1]), -1*identity(4), algebra = a)"),
    ("O11", "matrix_group(diag([-1, 1]), -1*identity(2), algebra = a)"),
    ("E(2)", "matrix_group(diag([1, -1, 1]), algebra = a)"),
    ("O2eR3", "matrix_group([0, 1, 0; 1, 0, 0; 0, 0, 1], algebra = a)"),
    ("wreath(SO(2), S(2))", "matrix_group([0, 0, 0, -1; 0, 0, 1, 0; 1, 0, 0, 0; 0, 1, 0, 0], algebra = a)"),
    (
        "direct_product(SO(2), S(3))",
        "direct_product(matrix_group(algebra = [[0, 7; -7, 0]]), perm(3, \"(0 2)\", \"(1 2)\"))",
    ),
    ("SO(3) * S(2)", "matrix_group(algebra = [3*m for m in matrices(so(3))]) * perm(2, \"(0 1)\")"),
    ("embed(O(2), 4, at = 2)", "embed(matrix_group([0, 1; 1, 0], algebra = [[0, 5; -5, 0]]), 4, at = 2)"),
    ("affine_group(S(2))", "matrix_group([0, 1, 3; 1, 0, -2; 0, 0, 1], algebra = a)"),
    ("Parity", "matrix_group(diag([1, -1, -1, -1]), identity(4))"),
    ("TimeReversal", "matrix_group(diag([-1, 1, 1, 1]), diag([-1, 1, 1, 1]))"),
    ("matrix_group([0, -1; 1, 0])", "matrix_group([0, 1; -1, 0], -1*identity(2))"),
    ("C(5)", "matrix_group([re(zeta(5)^2), -im(zeta(5)^2); im(zeta(5)^2), re(zeta(5)^2)])"),
    ("Dihedral(5)", "matrix_group([-1, 0; 0, 1], [-re(zeta(5)), im(zeta(5)); im(zeta(5)), re(zeta(5))])"),
    ("ZksZnxZn(2,2)", "subgroup(G, generators(G)[3]*generators(G)[1], generators(G)[2], generators(G)[3])"),
];

#[test]
fn other_generators_of_components_change_nothing() {
    for (group, other) in OTHER_COMPONENTS {
        let ask = |letter: &str| {
            let code = format!(
                "group G = {group}\nlet m = matrices(algebra_of(G))\nlet n = len(m)\n\
                 let a = [m[k]/3 + 5*m[mod(k, n) + 1] for k in 1..n]\ngroup H = {other}\nrep V = vector({letter})\n\
                 [rank(V -> V), rank(V^2 -> V^2), basis(V -> V).rank, basis(V -> V^2).rank]"
            );
            run(&code)
        };
        assert_eq!(ask("H"), ask("G"), "{group}");
    }
}
