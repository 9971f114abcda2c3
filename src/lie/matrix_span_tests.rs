//! Spans and generated algebras of matrices, sparse and dense, closed and not.

use super::matrix_closure::{Closure, closure_by_residues};
use super::test_support::{jacobi_holds, killing_signature};
use super::*;
use crate::exact::{Matrix, SparseMatrix, inverse};
use crate::forms::{albert_cubic, hermitian_signature, octonion_form, volume};
use crate::limits::Limits;
use crate::num::{Gaussian, Rational};

fn q(x: i64) -> Rational {
    Rational::from(x)
}

fn matrix(rows: &[&[i64]]) -> Matrix<Rational> {
    Matrix::from_rows(rows.iter().map(|r| r.iter().map(|&x| q(x)).collect()).collect()).unwrap()
}

fn e_f_h() -> Vec<Matrix<Rational>> {
    vec![matrix(&[&[0, 1], &[0, 0]]), matrix(&[&[0, 0], &[1, 0]]), matrix(&[&[1, 0], &[0, -1]])]
}

fn pauli() -> Vec<Matrix<Gaussian>> {
    let g = |re: i64, im: i64| Gaussian::new(q(re), q(im));
    let m = |a, b, c, d| Matrix::from_rows(vec![vec![a, b], vec![c, d]]).unwrap();
    vec![
        m(g(0, 0), g(1, 0), g(1, 0), g(0, 0)),
        m(g(0, 0), g(0, -1), g(0, 1), g(0, 0)),
        m(g(1, 0), g(0, 0), g(0, 0), g(-1, 0)),
    ]
}

fn times_i(m: &Matrix<Gaussian>) -> Matrix<Gaussian> {
    m.map(|v| v * &Gaussian::I)
}

/// A stream of small integers.
fn numbers(mut state: u64) -> impl FnMut() -> i64 {
    move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((state >> 33) % 5) as i64 - 2
    }
}

/// A dense integer matrix with determinant 1 and its inverse.
fn unimodular(n: usize, seed: u64) -> (SparseMatrix, SparseMatrix) {
    let mut next = numbers(seed);
    let mut triangle = |lower: bool, value: i64| {
        Matrix::from_fn(n, n, |i, j| {
            let below = if lower { i > j } else { i < j };
            q(i64::from(i == j) + if below && next() > 1 { value } else { 0 })
        })
    };
    let (lower, upper) = (triangle(true, 1), triangle(false, -1));
    let product = SparseMatrix::from_dense(&lower).mul(&SparseMatrix::from_dense(&upper));
    let back = inverse(&product.to_dense(), &Limits::none()).unwrap().unwrap();
    (product, SparseMatrix::from_dense(&back))
}

fn e6() -> Algebra {
    stabilizer(&[albert_cubic(false).unwrap()], Ansatz::real(), &Limits::none()).unwrap()
}

fn conjugated(g: &Algebra, seed: u64) -> Vec<SparseMatrix> {
    let (change, back) = unimodular(g.realization().unwrap().size, seed);
    g.realization().unwrap().basis.iter().map(|m| change.mul(m).mul(&back)).collect()
}

#[test]
fn sl2_in_the_order_given() {
    let found = span(&MatrixSet::rational(&e_f_h()).unwrap(), &Limits::none()).unwrap();
    let c = found.algebra.constants();
    // [e, f] = h, [e, h] = −2 e, [f, h] = 2 f
    assert_eq!(c.upper(0, 1), &[(2, q(1))]);
    assert_eq!(c.upper(0, 2), &[(0, q(-2))]);
    assert_eq!(c.upper(1, 2), &[(1, q(2))]);
    assert_eq!(found.algebra.origin(), "span of 3 2×2 matrices");
    assert!(found.dropped.is_empty());
}

#[test]
fn dependent_matrices_are_dropped() {
    let mut all = e_f_h();
    all.insert(1, matrix(&[&[0, 0], &[0, 0]]));
    all.insert(2, matrix(&[&[0, 7], &[0, 0]]));
    let set = MatrixSet::rational(&all).unwrap();
    let found = span(&set, &Limits::none()).unwrap();
    assert_eq!(found.dropped, vec![1, 2]);
    assert_eq!(found.algebra.dim(), 3);
    assert!(matches!(closure_by_residues(&set, &Limits::none()).unwrap(),
        Closure::Closed { kept, constants } if kept == [0, 3, 4] && constants == *found.algebra.constants()));
}

#[test]
fn real_spans_of_complex_matrices() {
    let su2: Vec<_> = pauli().iter().map(times_i).collect();
    let found = span(&MatrixSet::gaussian(&su2).unwrap(), &Limits::none()).unwrap().algebra;
    assert_eq!((found.dim(), killing_signature(found.constants())), (3, (0, 3, 0)));
    assert!(found.realization().unwrap().complex);
    assert_eq!(as_gaussian(&found.realization().unwrap().basis[1], 2), su2[1]);
    // The Pauli matrices themselves do not close over the reals; with i times them they give sl(2, C).
    let open = span(&MatrixSet::gaussian(&pauli()).unwrap(), &Limits::none()).unwrap_err();
    match open {
        SpanError::NotClosed { first: 0, second: 1, bracket, size } => {
            assert_eq!(as_gaussian(&bracket, size), times_i(&pauli()[2]).map(|v| v * &Gaussian::from(2)));
        }
        other => panic!("{other}"),
    }
    let both: Vec<_> = pauli().into_iter().chain(su2).collect();
    let found = span(&MatrixSet::gaussian(&both).unwrap(), &Limits::none()).unwrap().algebra;
    assert_eq!((found.dim(), killing_signature(found.constants())), (6, (3, 3, 0)));
    let generated = generate(&MatrixSet::gaussian(&pauli()).unwrap(), 10, &Limits::none()).unwrap();
    assert_eq!(killing_signature(generated.constants()), (3, 3, 0));
    // Complex matrices with real entries stay real.
    assert!(!MatrixSet::gaussian(&pauli()[..1]).unwrap().is_complex());
}

#[test]
fn shapes_are_checked() {
    use ShapeError::*;
    assert_eq!(MatrixSet::rational(&[]), Err(Empty));
    let wide = matrix(&[&[1, 2, 3], &[4, 5, 6]]);
    assert_eq!(MatrixSet::rational(&[wide]), Err(NotSquare { index: 1, rows: 2, cols: 3 }));
    let mixed = [matrix(&[&[1]]), e_f_h()[0].clone()];
    assert_eq!(MatrixSet::rational(&mixed), Err(Sizes { index: 2, found: 2, expected: 1 }));
    // 0 × 0 matrices span the zero algebra, and zero matrices do too.
    let nothing = Matrix::from_rows(Vec::<Vec<Rational>>::new()).unwrap();
    assert_eq!(span(&MatrixSet::rational(&[nothing]).unwrap(), &Limits::none()).unwrap().algebra.dim(), 0);
    let zero = MatrixSet::rational(&[Matrix::filled(3, 3, q(0))]).unwrap();
    assert_eq!(span(&zero, &Limits::none()).unwrap().algebra.dim(), 0);
    assert!(matches!(closure_by_residues(&zero, &Limits::none()), Ok(Closure::Closed { kept, .. }) if kept.is_empty()));
    assert_eq!(generate(&zero, 5, &Limits::none()).unwrap().dim(), 0);
}

#[test]
fn the_bracket_that_leaves_is_shown() {
    let e_f = MatrixSet::rational(&e_f_h()[..2]).unwrap();
    let error = span(&e_f, &Limits::none()).unwrap_err();
    assert_eq!(error.to_string(), "the span is not closed: the bracket of matrices 1 and 2 leaves it");
    let SpanError::NotClosed { bracket, .. } = error else { panic!("{error}") };
    assert_eq!(bracket.to_dense(), e_f_h()[2]);
    assert!(matches!(closure_by_residues(&e_f, &Limits::none()), Ok(Closure::Leaves(0, 1))));
}

#[test]
fn generating_stops_at_the_cap() {
    let e_f = MatrixSet::rational(&e_f_h()[..2]).unwrap();
    let g = generate(&e_f, 3, &Limits::none()).unwrap();
    assert_eq!((g.dim(), g.origin()), (3, "generated by 2 2×2 matrices"));
    assert_eq!(generate(&e_f, 2, &Limits::none()), Err(SpanError::Cap { cap: 2 }));
    assert_eq!(generate(&e_f, 1, &Limits::none()), Err(SpanError::Cap { cap: 1 }));
    let stopped = Limits::none().with_timeout(std::time::Duration::ZERO);
    assert!(matches!(generate(&e_f, 3, &stopped), Err(SpanError::Stop(_))));
}

#[test]
fn halves_and_scalings_are_exact() {
    // Basis (e + f/2, f/3, 5 h): constants with denominators, through both engines.
    let [e, f, h] = [0, 1, 2].map(|k| SparseMatrix::from_dense(&e_f_h()[k]));
    let third = Rational::new(1, 3).unwrap();
    let basis = vec![e.add_scaled(&Rational::new(1, 2).unwrap(), &f), f.scale(&third), h.scale(&q(5))];
    let set = MatrixSet::sparse(basis).unwrap();
    let found = span(&set, &Limits::none()).unwrap().algebra;
    assert!(jacobi_holds(found.constants()));
    assert_eq!(found.constants().upper(0, 1), &[(2, Rational::new(1, 15).unwrap())]);
    let Closure::Closed { constants, .. } = closure_by_residues(&set, &Limits::none()).unwrap() else { panic!() };
    assert_eq!(&constants, found.constants());
}

#[test]
fn scrambled_g2_through_both_engines() {
    let g2 = stabilizer(&[octonion_form(false).unwrap()], Ansatz::real(), &Limits::none()).unwrap();
    let mut next = numbers(7);
    let basis = &g2.realization().unwrap().basis;
    let mixed: Vec<SparseMatrix> =
        (0..14).map(|k| basis.iter().fold(basis[k].scale(&q(5)), |sum, m| sum.add_scaled(&q(next()), m))).collect();
    let set = MatrixSet::sparse(mixed).unwrap();
    let found = span(&set, &Limits::none()).unwrap().algebra;
    assert_eq!((found.dim(), killing_signature(found.constants())), (14, (0, 14, 0)));
    assert!(jacobi_holds(found.constants()));
    let Closure::Closed { constants, .. } = closure_by_residues(&set, &Limits::none()).unwrap() else { panic!() };
    assert_eq!(&constants, found.constants());
    // The canonical basis undoes the mixing.
    assert_eq!(span_canonical(&set, &Limits::none()).unwrap().constants(), g2.constants());
    let open = MatrixSet::rational(&e_f_h()[..2]).unwrap();
    assert!(matches!(span_canonical(&open, &Limits::none()), Err(SpanError::NotClosed { first: 0, second: 1, .. })));
}

#[test]
fn dense_e6_keeps_its_constants() {
    let e6 = e6();
    let mut dense = conjugated(&e6, 1);
    let set = MatrixSet::sparse(dense.clone()).unwrap();
    assert_eq!(span(&set, &Limits::none()).unwrap().algebra.constants(), e6.constants());
    // Without its last element the span does not close, and the pair named indeed leaves it.
    dense.pop();
    let set = MatrixSet::sparse(dense).unwrap();
    let Err(SpanError::NotClosed { first, second, .. }) = span(&set, &Limits::none()) else { panic!() };
    assert!(e6.constants().upper(first, second).iter().any(|t| t.0 == 77));
    let earlier = (0..=first).flat_map(|i| (i + 1..77).map(move |j| (i, j))).take_while(|&p| p != (first, second));
    assert!(earlier.into_iter().all(|(i, j)| e6.constants().upper(i, j).iter().all(|t| t.0 != 77)));
}

#[test]
fn two_elements_generate_su3() {
    let forms = [hermitian_signature(3, 0).unwrap(), volume(3).unwrap()];
    let su3 = stabilizer(&forms, Ansatz::complex(), &Limits::none()).unwrap();
    let basis = &su3.realization().unwrap().basis;
    let size = su3.realization().unwrap().size;
    let combination = |seed: u64| {
        let mut next = numbers(seed);
        as_gaussian(&basis.iter().fold(SparseMatrix::zero(6, 6), |sum, m| sum.add_scaled(&q(next()), m)), size)
    };
    let set = MatrixSet::gaussian(&[combination(3), combination(4)]).unwrap();
    let g = generate(&set, 20, &Limits::none()).unwrap();
    assert_eq!((g.dim(), killing_signature(g.constants())), (8, (0, 8, 0)));
}

/// Fractions too large for sums below 2^53: proved modulo primes. `[a e, b f] = (ab/c) (c h)` and so on.
#[test]
fn large_fractions_are_proved_modulo_primes() {
    let scales = [(1_000_000_007, 998_244_353), (1_000_000_009, 999_999_937), (-999_999_893, 1_000_000_021)];
    let [a, b, c] = scales.map(|(n, d)| Rational::new(n, d).unwrap());
    let given: Vec<Matrix<Rational>> = e_f_h().iter().zip([&a, &b, &c]).map(|(m, s)| m.map(|v| v * s)).collect();
    let set = MatrixSet::rational(&given).unwrap();
    let Closure::Closed { kept, constants } = closure_by_residues(&set, &Limits::none()).unwrap() else { panic!() };
    assert_eq!(kept, [0, 1, 2]);
    assert_eq!(constants.upper(0, 1), [(2, &(&a * &b) / &c)]);
    assert_eq!(constants.upper(0, 2), [(0, &q(-2) * &c)]);
    assert_eq!(constants.upper(1, 2), [(1, &q(2) * &c)]);
    // The bracket leaves by a multiple of a large prime only.
    let unit = |i: usize, j: usize, v: i64| Matrix::from_fn(3, 3, |r, s| q(if (r, s) == (i, j) { v } else { 0 }));
    let open = MatrixSet::rational(&[unit(0, 1, 1), unit(1, 2, (1 << 61) - 1), unit(2, 2, 5)]).unwrap();
    assert!(matches!(closure_by_residues(&open, &Limits::none()), Ok(Closure::Leaves(0, 1))));
}

/// A dense set with one matrix twice and one bracket missing: the first pair that leaves, found by hand.
#[test]
fn dense_spans_that_are_not_closed() {
    let g = e6();
    let mut matrices = conjugated(&g, 3);
    matrices.insert(5, matrices[0].clone());
    let set = MatrixSet::sparse(matrices.clone()).unwrap();
    let Closure::Closed { kept, constants } = closure_by_residues(&set, &Limits::none()).unwrap() else { panic!() };
    assert!(kept.len() == 78 && !kept.contains(&5));
    assert_eq!(constants, *g.constants());
    let missing = 40;
    matrices.remove(5);
    matrices.remove(missing);
    let first = (0..78)
        .flat_map(|i| (i + 1..78).map(move |j| (i, j)))
        .filter(|&(i, j)| i != missing && j != missing)
        .find(|&(i, j)| g.constants().upper(i, j).iter().any(|t| t.0 as usize == missing))
        .unwrap();
    let place = |i: usize| if i > missing { i - 1 } else { i };
    let set = MatrixSet::sparse(matrices).unwrap();
    match closure_by_residues(&set, &Limits::none()).unwrap() {
        Closure::Leaves(i, j) => assert_eq!((i, j), (place(first.0), place(first.1))),
        Closure::Closed { .. } => panic!("not closed"),
    }
}

/// The matrices mixed by elementary operations, each then multiplied by a fraction.
fn mixed(matrices: &[SparseMatrix], operations: usize, factor: i64, fractions: bool) -> Vec<SparseMatrix> {
    let mut all = matrices.to_vec();
    let mut state = 11u64;
    let mut below = |n: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % n
    };
    for _ in 0..operations {
        let (i, j) = (below(all.len()), below(all.len()));
        if i != j {
            all[i] = all[i].add_scaled(&q(if below(2) == 0 { factor } else { -factor }), &all[j]);
        }
    }
    let mut fraction = || {
        if fractions { Rational::new(1 + below(9) as i64, 1 + below(7) as i64).unwrap() } else { q(1) }
    };
    all.iter().map(|m| m.scale(&fraction())).collect()
}

/// That every seventh bracket is what the table says, by the definition in rational numbers.
fn brackets_hold(matrices: &[SparseMatrix], constants: &StructureConstants) {
    let minus = q(-1);
    for i in 0..matrices.len() {
        for j in (i + 1..matrices.len()).filter(|j| (3 * i + j) % 7 == 0) {
            let (a, b) = (&matrices[i], &matrices[j]);
            let bracket = a.mul(b).add_scaled(&minus, &b.mul(a));
            let zero = SparseMatrix::zero(a.rows(), a.rows());
            let sum = constants.upper(i, j).iter().fold(zero, |sum, (k, v)| sum.add_scaled(v, &matrices[*k as usize]));
            assert_eq!(sum, bracket, "{i}, {j}");
        }
    }
}

/// Bases of a sparse space mixed lightly, until no entry is zero, with fractions, and until the numbers are too large for
/// doubles; a dependent matrix among them. The constants by the definition.
#[test]
fn mixed_bases_of_a_sparse_space() {
    let basis = e6().realization().unwrap().basis.clone();
    for (operations, factor, fractions) in
        [(0, 1, false), (78, 1, false), (234, 1, true), (312, 1, false), (200, 7, false), (160, 1_000_003, true)]
    {
        let mut matrices = mixed(&basis, operations, factor, fractions);
        let set = MatrixSet::sparse(matrices.clone()).unwrap();
        let Closure::Closed { kept, constants } = closure_by_residues(&set, &Limits::none()).unwrap() else { panic!() };
        assert_eq!(kept.len(), 78);
        brackets_hold(&matrices, &constants);
        let dependent = matrices[2].add_scaled(&Rational::new(-5, 3).unwrap(), &matrices[9]);
        matrices.insert(20, dependent);
        let set = MatrixSet::sparse(matrices).unwrap();
        let Closure::Closed { kept, constants: again } = closure_by_residues(&set, &Limits::none()).unwrap() else {
            panic!()
        };
        assert!(kept.len() == 78 && !kept.contains(&20));
        assert_eq!(again, constants);
    }
}

/// One entry off by a large prime, or by a number beyond all doubles: not closed, and the pair named leaves the span
/// by exact elimination.
#[test]
fn mixed_bases_that_miss_by_one_entry() {
    let basis = e6().realization().unwrap().basis.clone();
    for error in [q((1 << 61) - 1), q(1), "123456789012345678901234567890".parse().unwrap()] {
        let mut matrices = mixed(&basis, 200, 1, false);
        let wrong = SparseMatrix::from_triples(27, 27, vec![(3, 26, error)]);
        matrices[40] = matrices[40].add_scaled(&q(1), &wrong);
        let set = MatrixSet::sparse(matrices.clone()).unwrap();
        let Closure::Leaves(i, j) = closure_by_residues(&set, &Limits::none()).unwrap() else { panic!("not closed") };
        let mut space = crate::exact::null_space::Span::new(27 * 27);
        matrices.iter().for_each(|m| assert!(space.insert(&m.flatten())));
        let bracket = matrices[i].mul(&matrices[j]).add_scaled(&q(-1), &matrices[j].mul(&matrices[i]));
        assert!(space.insert(&bracket.flatten()));
    }
}
