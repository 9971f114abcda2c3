//! Ranks and bases of equivariant maps: acceptance tables, faults of solvers with a fixed cut-off, and properties.
//!
//! Expected ranks come from formulas written here (matchings, Riordan, Catalan and Stirling numbers, Burnside's lemma) or are
//! quoted with their source, not from the engines.

use num_bigint::BigUint;
use symmetra::equivariant::{Basis, Method, basis, float_error, orthonormal_basis, rank};
use symmetra::exact::{Matrix, SparseMatrix, SparseVector};
use symmetra::lie::named::Arg;
use symmetra::lie::{Ansatz, stabilizer};
use symmetra::limits::Limits;
use symmetra::num::Rational;
use symmetra::reps::{Group, Rep, exp, group_by_name, matrix_group, sample};

fn none() -> Limits {
    Limits::none()
}

fn group(text: &str) -> Group {
    let (name, rest) = text.split_once('(').unwrap_or((text, ")"));
    let args = rest.trim_end_matches(')').split(',').filter(|x| !x.is_empty());
    let args: Vec<Arg> = args.map(|x| x.parse().map_or(Arg::Text(x.to_string()), Arg::Integer)).collect();
    group_by_name(name, &args, &none()).unwrap()
}

fn vector(group: &Group) -> Rep {
    Rep::vector(group.base()).unwrap()
}

/// T(p, q): p copies of V and q of its dual.
fn tensor(v: &Rep, p: u32, q: u32) -> Rep {
    v.power(p).unwrap().tensor(&v.dual().unwrap().power(q).unwrap()).unwrap()
}

fn maps(from: &Rep, to: &Rep) -> Rep {
    Rep::hom(from, to).unwrap()
}

/// The maps V^k → V^l.
fn hom(group: &Group, k: u32, l: u32) -> Rep {
    let v = vector(group);
    maps(&v.power(k).unwrap(), &v.power(l).unwrap())
}

fn binomial(n: u64, k: u64) -> u64 {
    (0..k).fold(1, |c, i| c * (n - i) / (i + 1))
}

/// Matchings of `k` legs: invariants of O(n) while `k ≤ 2n`.
fn matchings(k: u64) -> u64 {
    if k % 2 == 1 { 0 } else { (1..k).step_by(2).product() }
}

/// Riordan numbers, the invariants of SO(3) in V^k: `Σ_j (−1)^j C(k, j) catalan…` as `Σ_j (−1)^(k−j) C(k, j) C(2j, j)/(j + 1)`.
fn riordan(k: u64) -> u64 {
    let catalan = |j: u64| binomial(2 * j, j) / (j + 1);
    let sum: i64 = (0..=k)
        .map(|j| {
            let sign = if (k - j).is_multiple_of(2) { 1 } else { -1 };
            sign * (binomial(k, j) * catalan(j)) as i64
        })
        .sum();
    sum as u64
}

/// Set partitions of `k` legs into at most `n` blocks.
fn partitions(k: u64, n: u64) -> u64 {
    let mut row = vec![1u64];
    for length in 1..=k {
        row = (0..=length)
            .map(|j| {
                let stay = row.get(j as usize).copied().unwrap_or(0) * j;
                stay + if j > 0 { row[j as usize - 1] } else { 0 }
            })
            .collect();
    }
    row.iter().take(n as usize + 1).sum()
}

/// Every entry of a basis, and that its maps commute with sampled elements of the group.
#[track_caller]
fn invariant_under_samples(group: &Group, found: &Basis, k: u32, l: u32) {
    let (elements, _) = sample(group, 4, &none().with_seed(9)).unwrap();
    let dense = found.dense(&none()).unwrap();
    for g in &elements {
        let power = |k: u32| {
            (0..k).fold(Matrix::filled(1, 1, 1.0), |m, _| {
                let (p, q) = (g.rows(), g.cols());
                Matrix::from_fn(m.rows() * p, m.cols() * q, |i, j| m[(i / p, j / q)] * g[(i % p, j % q)])
            })
        };
        let (x, y) = (power(k), power(l));
        let (rows, cols) = (y.rows(), x.rows());
        for w in dense.chunks(rows * cols) {
            let at = |i: usize, j: usize| w[i * cols + j];
            let scale = w.iter().fold(1.0f64, |m, v| m.max(v.abs()))
                * (1.0 + x.entries().iter().chain(y.entries()).fold(0.0f64, |m, v| m.max(v.abs())));
            for i in 0..rows {
                for j in 0..cols {
                    let left: f64 = (0..rows).map(|m| y[(i, m)] * at(m, j)).sum();
                    let right: f64 = (0..cols).map(|m| at(i, m) * x[(m, j)]).sum();
                    assert!((left - right).abs() < 1e-9 * scale * (rows + cols) as f64);
                }
            }
        }
    }
}

fn vectors(found: &Basis) -> Vec<SparseVector> {
    let rows = found.sparse(&none()).unwrap().unwrap();
    (0..rows.len()).map(|k| rows.row(k).map(|(p, x)| (p as u32, x)).collect()).collect()
}

fn exact_rank(size: usize, vectors: &[SparseVector]) -> usize {
    symmetra::exact::null_space::rank(size, vectors, &none()).unwrap()
}

/// The table of measured cases, rank and basis, with the right ranks of the cube.
#[test]
fn the_table_of_the_reference() {
    let cases: &[(&str, u32, u32, u64)] = &[
        ("SO(3)", 1, 1, riordan(2)),
        ("SO(3)", 2, 2, riordan(4)),
        ("SO(3)", 3, 3, riordan(6)),
        ("SO(3)", 4, 4, riordan(8)),
        ("O(3)", 1, 1, matchings(2)),
        ("O(3)", 2, 2, matchings(4)),
        ("O(3)", 3, 3, matchings(6)),
        ("O(4)", 3, 3, matchings(6)),
        ("O(5)", 2, 2, matchings(4)),
        ("O(5)", 3, 3, matchings(6)),
        ("O(5)", 4, 4, matchings(8)),
        ("SO(8)", 2, 2, matchings(4)),
        // SO⁺(1,3) as SO(4): squares of Catalan numbers.
        ("SO13p", 1, 1, 1),
        ("SO13p", 2, 2, 4),
        ("SO13p", 3, 3, 25),
        ("O13", 2, 2, matchings(4)),
        ("O13", 3, 3, matchings(6)),
        // Matchings without m + 1 nested pairs: Catalan for m = 1, 14 of 15 for m = 2.
        ("Sp(2,R)", 3, 3, 5),
        ("Sp(4,R)", 2, 2, 3),
        ("Sp(4,R)", 3, 3, 14),
        ("Sp(6,R)", 2, 2, 3),
        // Permutations without an increasing sequence longer than n.
        ("SL(3)", 3, 3, 6),
        ("GL(3)", 1, 1, 1),
        ("Scaling(3)", 2, 2, 81),
        ("Trivial(4)", 1, 1, 16),
        ("S(4)", 2, 2, partitions(4, 4)),
        ("S(6)", 2, 2, partitions(4, 6)),
        ("S(10)", 2, 2, partitions(4, 10)),
        ("S(12)", 2, 2, partitions(4, 12)),
        ("S(40)", 1, 1, partitions(2, 40)),
        ("S(100)", 1, 1, partitions(2, 100)),
        ("S(10)", 3, 3, partitions(6, 10)),
        ("S(6)", 4, 4, partitions(8, 6)),
        ("S(3)", 2, 2, partitions(4, 3)),
        // Regular representations: n^(k − 1).
        ("Z(10)", 1, 1, 10),
        ("Z(64)", 1, 1, 64),
        ("Z(100)", 1, 1, 100),
        ("Z(8)", 2, 2, 512),
        // Checked with GAP.
        ("Cube", 2, 2, 60),
        ("RubiksCube", 1, 1, 9),
        ("RubiksCube", 2, 1, 51),
    ];
    for &(name, k, l, expected) in cases {
        let rep = hom(&group(name), k, l);
        assert_eq!(rank(&rep, &none()).unwrap(), BigUint::from(expected), "rank of {name} {k} → {l}");
        assert_eq!(basis(&rep, &none()).unwrap().rank() as u64, expected, "basis of {name} {k} → {l}");
    }
    // Mixed tensors T(p,q) → T(r,s); those of SU(n) over C are those of SL(n).
    for (name, from, to, expected) in [
        ("SL(3)", (1, 1), (1, 1), 2u64),
        ("SL(3)", (2, 1), (2, 1), 6),
        ("SL(3)", (2, 2), (2, 2), 23),
        ("GL(3)", (1, 1), (1, 1), 2),
        ("GL(2)", (1, 1), (1, 1), 2),
        ("GL(3)", (2, 2), (2, 2), 23),
        ("O13", (1, 0), (2, 1), matchings(4)),
    ] {
        let v = vector(&group(name));
        let rep = maps(&tensor(&v, from.0, from.1), &tensor(&v, to.0, to.1));
        assert_eq!(rank(&rep, &none()).unwrap(), BigUint::from(expected), "{name} {from:?} → {to:?}");
        assert_eq!(basis(&rep, &none()).unwrap().rank() as u64, expected, "{name} {from:?} → {to:?}");
    }
}

/// T(k) of SO(n), the notebook of the published library with its empty places filled, and far beyond any memory.
#[test]
fn ranks_by_counting_alone() {
    let table: [(u32, [u64; 7]); 7] = [
        (2, [2, 1, 1, 1, 1, 1, 1]),
        (3, [0, 1, 0, 0, 0, 0, 0]),
        (4, [6, 3, 4, 3, 3, 3, 3]),
        (5, [0, 6, 0, 1, 0, 0, 0]),
        (6, [20, 15, 25, 15, 16, 15, 15]),
        (7, [0, 36, 0, 15, 0, 1, 0]),
        (8, [70, 91, 196, 105, 126, 105, 106]),
    ];
    for (k, row) in table {
        for (n, expected) in (2..).zip(row) {
            let v = vector(&group(&format!("SO({n})")));
            assert_eq!(rank(&v.power(k).unwrap(), &none()).unwrap(), expected.into(), "SO({n}), {k} legs");
        }
    }
    for k in 2..20 {
        let v = vector(&group("SO(3)"));
        assert_eq!(rank(&v.power(k).unwrap(), &none()).unwrap(), riordan(k.into()).into());
    }
}

/// Invariants of tensor powers of the 7 of G2: 1, 0, 1, 1, 4, 10, 35 (OEIS A059710); of the 26 of F4 and the 27 of E6 by
/// 26 ⊗ 26 = 1 + 26 + 52 + 273 + 324 and 27 ⊗ 27 = 27* + 351 + 351' (Slansky, *Group theory for unified model building*, 1981).
#[test]
fn exceptional_groups() {
    let octonions = symmetra::forms::octonion_form(false).unwrap();
    let compact = exp(&std::sync::Arc::new(stabilizer(&[octonions], Ansatz::real(), &none()).unwrap())).unwrap();
    for (k, l, expected) in [(1, 1, 1usize), (2, 1, 1), (2, 2, 4), (3, 2, 10)] {
        let rep = hom(&compact, k, l);
        let found = basis(&rep, &none()).unwrap();
        assert_eq!(found.rank(), expected, "{k} → {l}");
        if k + l <= 4 {
            invariant_under_samples(&compact, &found, k, l);
        }
        if 7usize.pow(k + l) > 300 {
            assert_eq!(found.method(), Method::Weights);
        }
        assert_eq!(rank(&rep, &none()).unwrap(), expected.into());
    }
    for (name, weight, expected) in [("F4", vec![0, 0, 0, 1], 1usize), ("E6", vec![1, 0, 0, 0, 0, 0], 0)] {
        let module = symmetra::reps::irreducible::Irreducible::new(&name.parse().unwrap(), &weight, &none()).unwrap();
        let v = module.to_rep("V", &none()).unwrap();
        assert_eq!(basis(&v.power(2).unwrap(), &none()).unwrap().rank(), expected);
        // The cubic form of both.
        assert_eq!(basis(&v.power(3).unwrap(), &none()).unwrap().rank(), 1, "{name}");
    }
}

/// A map of a group in another basis is `(S ⊗ … ) w`: ranks agree, and moved maps are in the span of the others.
#[test]
fn a_change_of_generators_and_of_basis_changes_nothing() {
    let q = |n: i64| Rational::from(n);
    let change = SparseMatrix::from_triples(
        3,
        3,
        [(0, 0, q(1)), (0, 1, q(2)), (1, 1, q(1)), (1, 2, q(-3)), (2, 0, q(1)), (2, 2, q(1))],
    );
    let inverse = SparseMatrix::from_dense(&symmetra::exact::inverse(&change.to_dense(), &none()).unwrap().unwrap());
    for (name, k, l) in [("SO(3)", 2, 2), ("SO(3)", 3, 2), ("SL(3)", 2, 2), ("SO(2,1)", 3, 1)] {
        let g = group(name);
        let given = &g.algebra().realization().unwrap().basis;
        // Other combinations of the generators, of very different sizes, conjugated.
        let mixed: Vec<SparseMatrix> = (0..given.len())
            .map(|i| {
                let scale = Rational::new(1, 10i64.pow(i as u32 % 6)).unwrap();
                let next = &given[(i + 1) % given.len()];
                let sum = if i + 1 == given.len() { given[i].clone() } else { given[i].add_scaled(&q(7), next) };
                change.mul(&sum.scale(&scale)).mul(&inverse)
            })
            .collect();
        let other = matrix_group("other", (3, false), Vec::new(), mixed, &none()).unwrap();
        let (rep, moved) = (hom(&g, k, l), hom(&other, k, l));
        let (first, second) = (basis(&rep, &none()).unwrap(), basis(&moved, &none()).unwrap());
        assert_eq!(first.rank(), second.rank(), "{name}");
        assert_eq!(rank(&moved, &none()).unwrap(), first.rank().into());
        let power = |m: &SparseMatrix, k: u32| (0..k).fold(SparseMatrix::identity(1), |p, _| p.kron(m));
        let (rows, cols) = (3usize.pow(l), 3usize.pow(k));
        let mut all = vectors(&second);
        for w in vectors(&first) {
            let matrix = SparseMatrix::unflatten(rows, cols, &w);
            all.push(power(&change, l).mul(&matrix).mul(&power(&inverse, k)).flatten());
        }
        assert_eq!(exact_rank(rows * cols, &all), first.rank(), "{name} {k} → {l}");
    }
}

/// Bases are invariant under sampled elements, and orthonormal ones span what the exact ones span.
#[test]
fn sampled_elements_and_orthonormal_forms() {
    for (name, k, l) in [
        ("SO(3)", 2, 2),
        ("SO(3)", 2, 1),
        ("O(3)", 2, 2),
        ("SO(4)", 2, 2),
        ("SU(2)", 1, 2),
        ("SU(2)", 2, 2),
        ("U(2)", 1, 1),
        ("Sp(1)", 2, 1),
        ("Sp(2)", 1, 1),
        ("SL(2)", 2, 2),
        ("S(4)", 2, 1),
        ("D(5)", 1, 2),
        ("Cube", 1, 1),
        ("SE(2)", 1, 2),
    ] {
        let g = group(name);
        let rep = hom(&g, k, l);
        let exact = basis(&rep, &none()).unwrap();
        invariant_under_samples(&g, &exact, k, l);
        let floats = orthonormal_basis(&rep, &none()).unwrap();
        assert_eq!(floats.rank(), exact.rank(), "{name}");
        let size = exact.rows() * exact.cols();
        let (dense, unit) = (exact.dense(&none()).unwrap(), floats.dense(&none()).unwrap());
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
        for (i, a) in unit.chunks(size).enumerate() {
            for (j, b) in unit.chunks(size).enumerate() {
                assert!((dot(a, b) - f64::from(u8::from(i == j))).abs() < 1e-12, "{name}");
            }
        }
        for w in dense.chunks(size) {
            let inside: f64 = unit.chunks(size).map(|v| dot(v, w).powi(2)).sum();
            assert!((inside / dot(w, w) - 1.0).abs() < 1e-12, "{name}: {inside}");
        }
    }
    // O(3) has nothing in odd powers, SO(3) the determinant.
    assert_eq!(orthonormal_basis(&hom(&group("O(3)"), 2, 1), &none()).unwrap().rank(), 0);
    let found = orthonormal_basis(&hom(&group("SO(3)"), 4, 4), &none()).unwrap();
    assert_eq!((found.rank() as u64, found.method()), (riordan(8), Method::Couplings));
}

/// Scales and near-singular elements, exact and in floats: what counts as zero is never absolute.
#[test]
fn scales_and_near_singular_groups() {
    let q = |a: i64, b: i64| Rational::new(a, b).unwrap();
    let square = |rows: [[Rational; 2]; 2]| {
        let entries =
            rows.iter().enumerate().flat_map(|(i, row)| row.iter().enumerate().map(move |(j, v)| (i, j, v.clone())));
        SparseMatrix::from_triples(2, 2, entries.filter(|t| !t.2.is_zero()).collect::<Vec<_>>())
    };
    let exact = |h: SparseMatrix| matrix_group("h", (2, false), vec![h], Vec::new(), &none()).unwrap();
    let float = |h: [[f64; 2]; 2]| {
        Group::of_floats("h", vec![Matrix::from_rows(h.map(|r| r.to_vec()).to_vec()).unwrap()], Vec::new()).unwrap()
    };
    // A squeeze by 10^8: its invariants in V ⊗ V are the two products of opposite eigenvectors; as maps V → V the diagonal ones.
    let big = 100_000_000;
    let squeeze = exact(square([[q(big, 1), q(0, 1)], [q(0, 1), q(1, big)]]));
    assert_eq!(rank(&vector(&squeeze).power(2).unwrap(), &none()).unwrap(), 2u32.into());
    assert_eq!(rank(&hom(&squeeze, 1, 1), &none()).unwrap(), 2u32.into());
    // In floats by 10⁴: on V ⊗ V the equations differ in size by 10⁸.
    let squeeze = float([[1e4, 0.0], [0.0, 1e-4]]);
    assert_eq!(basis(&vector(&squeeze).power(2).unwrap(), &none()).unwrap().rank(), 2);
    assert_eq!(basis(&hom(&squeeze, 1, 1), &none()).unwrap().rank(), 2);
    // A shear fixes one line, and on V ⊗ V two vectors: Sym² and Λ² have one each.
    let shear = exact(square([[q(1, 1), q(1, 1)], [q(0, 1), q(1, 1)]]));
    assert_eq!(basis(&vector(&shear), &none()).unwrap().rank(), 1);
    assert_eq!(basis(&vector(&shear).power(2).unwrap(), &none()).unwrap().rank(), 2);
    // A rotation of infinite order, (3 + 4i)/5.
    let turn = exact(square([[q(3, 5), q(-4, 5)], [q(4, 5), q(3, 5)]]));
    assert_eq!(basis(&hom(&turn, 1, 1), &none()).unwrap().rank(), 2);
    assert_eq!(basis(&hom(&turn, 2, 2), &none()).unwrap().rank(), 6);
    // The largest entries that fit, and a rotation by 10⁻⁶ of a turn.
    let t = std::f64::consts::TAU * 1e-6;
    let tiny = float([[t.cos(), -t.sin()], [t.sin(), t.cos()]]);
    assert_eq!(basis(&vector(&tiny), &none()).unwrap().rank(), 0);
    assert_eq!(basis(&hom(&tiny, 2, 2), &none()).unwrap().rank(), 6);
}

/// Float groups whose sides are taken apart: SO(5) and G2-like sizes, counted by highest weights of what the floats generate.
#[test]
fn large_float_tensors_are_counted() {
    let so5 = group("SO(5)");
    let scale = |m: &SparseMatrix| m.to_dense().map(|x| x.to_f64() * 0.3);
    let algebra: Vec<Matrix<f64>> = so5.algebra().realization().unwrap().basis.iter().map(scale).collect();
    // Two combinations generate.
    let sum = |c: &dyn Fn(usize) -> f64| {
        Matrix::from_fn(5, 5, |i, j| algebra.iter().enumerate().map(|(k, m)| c(k) * m[(i, j)]).sum())
    };
    let two = vec![sum(&|k| (k as f64 + 1.0).sqrt()), sum(&|k| ((3 * k + 1) as f64).sin())];
    let g = Group::of_floats("so5", Vec::new(), two).unwrap();
    let rep = hom(&g, 3, 3);
    let found = basis(&rep, &none()).unwrap();
    assert_eq!((found.rank() as u64, found.method()), (matchings(6), Method::FloatSides));
    let said = found.completeness().to_string();
    assert!(said.contains("highest weights of B2 count"), "{said}");
    for k in 0..found.rank() {
        let error = float_error(&rep, found.float_row(k).unwrap(), &none()).unwrap().unwrap();
        assert!(error < 1e-10, "{error}");
    }
    // Without such a count the basis says so.
    let h =
        Group::of_floats("h", vec![Matrix::from_fn(3, 3, |i, j| f64::from(u8::from(i == (j + 1) % 3)))], Vec::new())
            .unwrap();
    assert!(basis(&hom(&h, 1, 1), &none()).unwrap().completeness().to_string().contains("not proved"));
}

/// A matrix far from orthogonal, and its inverse.
fn scramble(n: usize) -> (SparseMatrix, SparseMatrix) {
    let entry = |i: usize, j: usize| Rational::from(((3 * i * i + 5 * j + 7 * i * j) % 11) as i64 - 5);
    let all = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
    let change = SparseMatrix::from_triples(n, n, all.map(|(i, j)| (i, j, entry(i, j))).filter(|t| !t.2.is_zero()));
    let inverse = symmetra::exact::inverse(&change.to_dense(), &none()).unwrap().unwrap();
    (change, SparseMatrix::from_dense(&inverse))
}

/// Groups of floats that are not compact, in a scrambled basis: their ranks are those of the compact forms (Weyl's unitarian
/// trick), so Catalan squares for SO⁺(1,3) and SO(2,2), 14 of 15 matchings for Sp(4), 3! permutations for SL(3) and GL(3).
#[test]
fn float_groups_that_are_not_compact() {
    for (name, k, expected, label) in [
        ("SO13p", 3, 25u64, "A1+A1"),
        ("SO(2,2)", 3, 25, "A1+A1"),
        ("Sp(4,R)", 3, 14, "B2"),
        ("SL(3)", 3, 6, "A2"),
        ("GL(3)", 3, 6, "A2+T1"),
    ] {
        let g = group(name);
        let given = &g.algebra().realization().unwrap().basis;
        let (change, back) = scramble(given[0].rows());
        let moved = |m: &SparseMatrix| change.mul(m).mul(&back).to_dense().map(|x| 1e-3 * x.to_f64());
        let algebra: Vec<Matrix<f64>> = given.iter().map(moved).collect();
        let h = Group::of_floats("h", Vec::new(), algebra.clone()).unwrap();
        let rep = hom(&h, k, k);
        assert_eq!(rank(&rep, &none()).unwrap(), expected.into(), "{name}");
        let found = basis(&rep, &none()).unwrap();
        assert_eq!((found.rank() as u64, found.method()), (expected, Method::FloatSides), "{name}");
        let said = found.completeness().to_string();
        assert!(said.contains(&format!("highest weights of {label} count")), "{name}: {said}");
        for row in 0..found.rank() {
            let error = float_error(&rep, found.float_row(row).unwrap(), &none()).unwrap().unwrap();
            assert!(error < 1e-7, "{name}: {error}");
        }
        // With a reflection, which is no orthogonal matrix in this basis: the matchings of O(1,3).
        if name == "SO13p" {
            let mirror =
                SparseMatrix::from_triples(4, 4, (0..4).map(|i| (i, i, Rational::from(if i == 1 { -1 } else { 1 }))));
            let mirror = change.mul(&mirror).mul(&back).to_dense().map(|x| x.to_f64());
            let whole = Group::of_floats("o", vec![mirror], algebra).unwrap();
            let found = basis(&hom(&whole, 3, 3), &none()).unwrap();
            assert_eq!((found.rank() as u64, found.method()), (matchings(6), Method::FloatSides));
        }
    }
    // No group of motions is reductive: the plain null space, and no count of weights.
    let motions = group("SE(2)");
    let dense = |m: &SparseMatrix| m.to_dense().map(|x| x.to_f64());
    let algebra = motions.algebra().realization().unwrap().basis.iter().map(dense).collect();
    let h = Group::of_floats("h", Vec::new(), algebra).unwrap();
    let (exact, found) = (basis(&hom(&motions, 2, 2), &none()).unwrap(), basis(&hom(&h, 2, 2), &none()).unwrap());
    assert_eq!((found.rank(), found.method()), (exact.rank(), Method::FloatNullSpace));
    assert!(rank(&hom(&h, 2, 2), &none()).is_err());
    // Of 729 unknowns, with a long tail of small singular values.
    assert_eq!(basis(&hom(&h, 3, 3), &none()).unwrap().rank(), basis(&hom(&motions, 3, 3), &none()).unwrap().rank());
}

/// Coroots of these lie in no quadratic field: SO⁺(1,3) in a scrambled basis, 25 maps, all of them exact.
#[test]
fn fields_of_higher_degree() {
    let g = group("SO13p");
    let given = &g.algebra().realization().unwrap().basis;
    let (change, back) = scramble(4);
    let mixed: Vec<SparseMatrix> = (0..given.len())
        .map(|i| {
            let next = &given[(i + 1) % given.len()];
            change.mul(&given[i].add_scaled(&Rational::from(3 + i as i64), next)).mul(&back)
        })
        .collect();
    let other = matrix_group("other", (4, false), Vec::new(), mixed, &none()).unwrap();
    let rep = hom(&other, 2, 4);
    assert_eq!(rank(&rep, &none()).unwrap(), 25u32.into());
    let found = basis(&rep, &none()).unwrap();
    assert_eq!((found.rank(), found.method(), found.is_exact()), (25, Method::Weights, true));
}

/// Sums over a float group block by block: of 2V + 1 → V + V² for SO(3) each V gives 1 + 1, the scalar 0 + 1.
#[test]
fn float_sums() {
    let so3 = group("SO(3)");
    let dense = |m: &SparseMatrix| m.to_dense().map(|x| x.to_f64());
    let algebra = so3.algebra().realization().unwrap().basis.iter().map(dense).collect();
    let g = Group::of_floats("so3", Vec::new(), algebra).unwrap();
    let v = vector(&g);
    let from = v.times(2).unwrap().plus(&Rep::scalar(g.base())).unwrap();
    let rep = maps(&from, &v.plus(&v.power(2).unwrap()).unwrap());
    let found = basis(&rep, &none()).unwrap();
    assert_eq!((found.rank(), found.rows(), found.cols()), (5, 12, 7));
    for k in 0..5 {
        let row = found.float_row(k).unwrap();
        assert!((row.iter().map(|x| x * x).sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(float_error(&rep, row, &none()).unwrap().unwrap() < 1e-12);
    }
    let said = found.completeness().to_string();
    assert!(said.contains("highest weights of A1 count"), "{said}");
    assert_eq!(basis(&v.plus(&v.power(3).unwrap()).unwrap(), &none()).unwrap().rank(), 1);
}

/// Sizes at the edges: no legs, one dimension, empty sums, no map at all; and what does not fit is refused.
#[test]
fn degenerate_sizes() {
    for name in ["SO(1)", "O(1)", "S(1)", "GL(1)", "SL(1)", "U(1)", "Z(1)", "Trivial(1)"] {
        let g = group(name);
        let scalar = Rep::scalar(g.base());
        assert_eq!(basis(&maps(&scalar, &scalar), &none()).unwrap().rank(), 1, "{name}");
        let found = basis(&hom(&g, 1, 1), &none()).unwrap();
        assert_eq!(found.rank(), if name == "U(1)" { 2 } else { 1 }, "{name}");
        assert_eq!(orthonormal_basis(&hom(&g, 1, 1), &none()).unwrap().rank(), found.rank());
    }
    let v = vector(&group("SO(3)"));
    assert_eq!(basis(&v, &none()).unwrap().rank(), 0);
    assert_eq!(basis(&maps(&v.times(0).unwrap(), &v), &none()).unwrap().rank(), 0);
    let refused = basis(&hom(&group("O(8)"), 6, 6), &none().with_memory(64)).unwrap_err().to_string();
    assert!(refused.contains("MiB"), "{refused}");
}
