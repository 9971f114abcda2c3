//! Diagrams against the definition: invariance under generators of the algebra and exact null spaces.

use num_bigint::BigUint;

use super::*;
use crate::equivariant::{general_linear_maps, special_linear_maps, special_orthogonal_rank};
use crate::exact::null_space::null_space;
use crate::exact::sparse::collect_terms;
use crate::exact::{SparseMatrix, SparseVector};
use crate::limits::Limits;
use crate::num::Rational;

/// `dρ(A) v` on a product of legs, each with its own matrix: the definition, one index at a time.
fn action(legs: &[SparseMatrix], v: &[(u32, Rational)]) -> SparseVector {
    let mut terms = Vec::new();
    for (place, x) in v {
        let mut stride = 1;
        for leg in legs.iter().rev() {
            let n = leg.rows();
            let digit = *place as usize / stride % n;
            for i in 0..n {
                let entry = leg.entry(i, digit);
                if !entry.is_zero() {
                    terms.push(((*place as usize + i * stride - digit * stride) as u32, x * &entry));
                }
            }
            stride *= n;
        }
    }
    collect_terms(terms)
}

/// The invariants by exact elimination on all `N` unknowns.
fn twin(generators: &[Vec<SparseMatrix>], size: usize) -> usize {
    let mut equations = Vec::new();
    for legs in generators {
        let images: Vec<SparseVector> = (0..size).map(|k| action(legs, &[(k as u32, Rational::ONE)])).collect();
        let matrix = SparseMatrix::from_rows(size, images).transpose();
        equations.extend(matrix.iter_rows().filter(|r| !r.is_empty()).map(<[_]>::to_vec));
    }
    null_space(size, &equations, &Limits::none()).unwrap().basis.len()
}

/// The matrices of the algebra that keeps a form: `A = S B` with `S` of the opposite symmetry, for `B` of signed units.
fn algebra(form: &Form, n: usize, matrix: &SparseMatrix) -> Vec<SparseMatrix> {
    let sign = Rational::from(if form.is_antisymmetric() { 1 } else { -1 });
    let mut out = Vec::new();
    for i in 0..n {
        for j in 0..=i {
            let unit = |a, b, x: &Rational| SparseMatrix::from_triples(n, n, [(a, b, x.clone())]);
            let s = unit(i, j, &Rational::ONE).add_scaled(&Rational::ONE, &unit(j, i, &sign));
            let a = s.mul(matrix);
            if !a.is_zero() {
                out.push(a);
            }
        }
    }
    out
}

/// How a generator acts on the legs of maps: on upper legs as it is, on lower legs by minus the transpose.
fn on_maps(a: &SparseMatrix, upper: &[bool]) -> Vec<SparseMatrix> {
    let dual = a.transpose().scale(&Rational::from(-1));
    upper.iter().map(|&up| if up { a.clone() } else { dual.clone() }).collect()
}

fn check(basis: &Basis, generators: &[Vec<SparseMatrix>], expected: usize) {
    let limits = Limits::none();
    assert_eq!(basis.rank(), expected);
    let rows = basis.sparse(&limits).unwrap().unwrap();
    let mut vectors: Vec<SparseVector> = Vec::new();
    for k in 0..rows.len() {
        let v: SparseVector = rows.row(k).map(|(p, x)| (p as u32, x)).collect();
        assert!(v.windows(2).all(|w| w[0].0 < w[1].0));
        for legs in generators {
            assert!(action(legs, &v).is_empty(), "a diagram is not invariant");
        }
        vectors.push(v);
    }
    let size = basis.rows() * basis.cols();
    assert_eq!(crate::exact::null_space::rank(size, &vectors, &limits).unwrap(), expected, "dependent diagrams");
}

fn upper(out: usize, into: usize) -> Vec<bool> {
    (0..out + into).map(|l| l < out).collect()
}

/// Every signature and size whose space is small: invariant, independent, and as many as elimination finds.
#[test]
fn groups_of_forms() {
    let limits = Limits::none();
    let shapes = [(0, 0), (1, 1), (0, 2), (2, 1), (2, 2), (3, 1), (0, 4), (3, 2), (3, 3)];
    let forms = [
        Form::euclidean(1),
        Form::euclidean(2),
        Form::diagonal(&[false, true]),
        Form::euclidean(3),
        Form::diagonal(&[true, false, false]),
        Form::diagonal(&[true, false, false, false]),
        Form::of_matrix(&SparseMatrix::from_triples(4, 4, (0..4).map(|i| (i, 3 - i, Rational::from(2))))).unwrap(),
        Form::symplectic(1),
        Form::symplectic(2),
    ];
    for form in &forms {
        let n = form.dim();
        let rows = (0..n).map(|i| (i, form.partner[i].0, Rational::from(i64::from(form.partner[i].1))));
        let matrix = SparseMatrix::from_triples(n, n, rows);
        assert_eq!(Form::of_matrix(&matrix).as_ref(), Some(form));
        let algebra = algebra(form, n, &matrix);
        for (out, into) in shapes {
            let size = n.pow((out + into) as u32);
            if size > 1100 {
                continue;
            }
            let generators: Vec<Vec<SparseMatrix>> = algebra.iter().map(|a| on_maps(a, &upper(out, into))).collect();
            let count = twin(&generators, size);
            if form.is_antisymmetric() {
                check(&symplectic_maps(form, out, into, &limits).unwrap(), &generators, count);
                assert!(orthogonal_maps(form, out, into, &limits).is_err());
            } else {
                let special = special_orthogonal_maps(form, out, into, &limits).unwrap();
                check(&special, &generators, count);
                // The algebra cannot tell O(n) from SO(n); the count can.
                let rank = orthogonal_rank(n, out + into, &limits).unwrap();
                let plain = orthogonal_maps(form, out, into, &limits).unwrap();
                check(&plain, &generators, usize::try_from(rank).unwrap());
                assert_eq!(special_orthogonal_rank(n, out + into, &limits).unwrap(), BigUint::from(count));
            }
        }
    }
}

/// A reflection keeps the diagrams of O(n) and changes the sign of those with a determinant.
#[test]
fn reflections() {
    let limits = Limits::none();
    for (n, out, into) in [(2, 2, 2), (3, 2, 1), (3, 2, 3), (4, 2, 2)] {
        let found = special_orthogonal_maps(&Form::euclidean(n), out, into, &limits).unwrap();
        let plain = orthogonal_maps(&Form::euclidean(n), out, into, &limits).unwrap().rank();
        let rows = found.sparse(&limits).unwrap().unwrap();
        for k in 0..rows.len() {
            let sign = Rational::from(if k < plain { 1 } else { -1 });
            for (place, value) in rows.row(k) {
                let zeros = (0..out + into).filter(|&l| (place as usize / n.pow(l as u32)).is_multiple_of(n)).count();
                let image = if zeros.is_multiple_of(2) { value.clone() } else { -&value };
                assert_eq!(image, &value * &sign);
            }
        }
    }
}

/// GL(n) and SL(n) on mixed tensors, n = 1, 2, 3.
#[test]
fn linear_groups() {
    let limits = Limits::none();
    let kinds: [(&[bool], &[bool]); 9] = [
        (&[], &[]),
        (&[false], &[false]),
        (&[false, true], &[]),
        (&[true], &[false]),
        (&[false, false], &[false, false]),
        (&[true, false], &[false, true, false]),
        (&[false, false, false], &[]),
        (&[], &[false, false, false, true]),
        (&[false, false, false], &[true, true, true]),
    ];
    for n in 1..=3usize {
        let unit = |i: usize, j: usize| SparseMatrix::from_triples(n, n, [(i, j, Rational::ONE)]);
        let all: Vec<SparseMatrix> = (0..n * n).map(|k| unit(k / n, k % n)).collect();
        let mut traceless: Vec<SparseMatrix> = Vec::new();
        for i in 0..n {
            traceless.extend((0..n).filter(|&j| j != i).map(|j| unit(i, j)));
            if i > 0 {
                traceless.push(unit(0, 0).add_scaled(&Rational::from(-1), &unit(i, i)));
            }
        }
        for (to, from) in kinds {
            let legs: Vec<bool> = to.iter().map(|d| !d).chain(from.iter().copied()).collect();
            let size = n.pow(legs.len() as u32);
            let act = |algebra: &[SparseMatrix]| algebra.iter().map(|a| on_maps(a, &legs)).collect::<Vec<_>>();
            let (general, special) = (act(&all), act(&traceless));
            check(&general_linear_maps(n, to, from, &limits).unwrap(), &general, twin(&general, size));
            check(&special_linear_maps(n, to, from, &limits).unwrap(), &special, twin(&special, size));
        }
    }
}

/// Sizes of the bars, and refusals.
#[test]
fn large_cases() {
    let limits = Limits::none();
    let found = orthogonal_maps(&Form::euclidean(8), 4, 4, &limits).unwrap();
    assert_eq!((found.rank(), found.nonzeros()), (105, 430_080));
    let small = limits.clone().with_memory(1);
    assert!(matches!(orthogonal_maps(&Form::euclidean(8), 4, 4, &small), Err(EquivariantError::Stopped(_))));
    assert!(matches!(orthogonal_maps(&Form::euclidean(10), 20, 20, &limits), Err(EquivariantError::TooLarge(_))));
    // SO(3): 603 invariants in ten legs, where many diagrams are dependent.
    let found = special_orthogonal_maps(&Form::euclidean(3), 3, 4, &limits).unwrap();
    assert_eq!(found.rank(), 36);
    let unit = found.orthonormal(&limits).unwrap().unwrap();
    assert_eq!(unit.len(), 36 * 3usize.pow(7));
}
