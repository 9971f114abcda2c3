use num_bigint::BigUint;

use super::super::*;
use super::*;

fn times(a: &Matrix<Cyclotomic>, b: &Matrix<Cyclotomic>) -> Matrix<Cyclotomic> {
    Matrix::from_fn(a.rows(), b.cols(), |i, j| {
        (0..a.cols()).fold(Cyclotomic::from(0), |sum, k| sum.add(&a[(i, k)].mul(&b[(k, j)])))
    })
}

fn identity(n: usize) -> Matrix<Cyclotomic> {
    Matrix::from_fn(n, n, |i, j| Cyclotomic::from(i64::from(i == j)))
}

/// The matrices of all elements of a group, by words in the generators, with the elements; that they do not depend on the words
/// is checked on the way.
fn all_matrices(group: &PermutationGroup, matrices: &[Matrix<Cyclotomic>]) -> Vec<(Permutation, Matrix<Cyclotomic>)> {
    let size = matrices.first().map_or(1, Matrix::rows);
    let mut out = vec![(Permutation::identity(group.degree()), identity(size))];
    let mut number = std::collections::HashMap::from([(out[0].0.clone(), 0)]);
    let mut next = 0;
    while next < out.len() {
        for (g, m) in group.generators().iter().zip(matrices) {
            let (p, product) = (out[next].0.then(g).unwrap(), times(m, &out[next].1));
            match number.get(&p) {
                Some(&known) => assert_eq!(out[known].1, product, "{}", group.name()),
                None => {
                    number.insert(p.clone(), out.len());
                    out.push((p, product));
                }
            }
        }
        next += 1;
    }
    out
}

/// From the definition: a homomorphism on all elements, with the traces of the table, that leaves a Hermitian form invariant.
#[test]
fn representations_of_small_groups() {
    let none = Limits::none();
    let groups = [
        symmetric(1).unwrap(),
        symmetric(4).unwrap(),
        cyclic(5).unwrap(),
        dihedral(5).unwrap(),
        dihedral(8).unwrap(),
        quaternion().unwrap(),
        dicyclic(3).unwrap(),
        alternating(4).unwrap(),
        special_linear(2, 3).unwrap(),
        alternating(5).unwrap(),
        affine_linear(1, 7).unwrap(),
        signed_permutations(3).unwrap(),
        affine_linear(1, 8).unwrap(),
        direct_product(&symmetric(3).unwrap(), &quaternion().unwrap(), &none).unwrap(),
    ];
    for group in groups {
        let all = Irreducibles::new(&group, &none).unwrap();
        let columns = all.table.columns(&group, &none).unwrap();
        for row in 0..all.table.values.len() {
            let found = all.irreducible(row, &none).unwrap();
            for (p, m) in all_matrices(&group, &found.matrices) {
                let trace = (0..m.rows()).fold(Cyclotomic::from(0), |sum, i| sum.add(&m[(i, i)]));
                assert_eq!(trace, all.table.values[row][columns.of(&p).unwrap()], "{} {row}", group.name());
            }
            for m in &found.matrices {
                let adjoint = Matrix::from_fn(m.cols(), m.rows(), |i, j| m[(j, i)].conjugate());
                assert_eq!(times(&times(&adjoint, &found.form), m), found.form, "{} {row}", group.name());
            }
        }
    }
}

/// Dimensions and types of the real irreducibles, as in the tables of the reference: C_5, A_4, C_7:C_3, C_3:C_4, SL(2,3),
/// SL(2,5), PSL(2,7). Real matrices satisfy the definition; orthogonal ones are so up to rounding.
#[test]
fn real_irreducibles() {
    let none = Limits::none();
    let frobenius = {
        let agl = affine_linear(1, 7).unwrap();
        agl.sylow_subgroup(3, &none).unwrap().generators().to_vec()
    };
    let agl = affine_linear(1, 7).unwrap();
    let seven = agl.sylow_subgroup(7, &none).unwrap().generators().to_vec();
    let seven_three = agl.subgroup("7:3", [frobenius, seven].concat(), &none).unwrap();
    for (group, expected) in [
        (cyclic(5).unwrap(), "1R 2C 2C"),
        (alternating(4).unwrap(), "1R 2C 3R"),
        (seven_three, "1R 2C 6C"),
        (dicyclic(3).unwrap(), "1R 1R 2C 2R 4H"),
        (special_linear(2, 3).unwrap(), "1R 2C 3R 4H 4C"),
        (special_linear(2, 5).unwrap(), "1R 3R 3R 4H 4H 4R 5R 8H 12H"),
        (projective_special(2, 7).unwrap(), "1R 6C 6R 7R 8R"),
    ] {
        let all = Irreducibles::new(&group, &none).unwrap();
        let mut found = Vec::new();
        for (row, dim, kind) in all.table.real_irreducibles() {
            let real = all.irreducible(row, &none).unwrap().real(&none).unwrap();
            assert_eq!((real.dim() as u64, real.kind), (dim, kind));
            assert!(real.matrices.iter().flat_map(|m| m.entries()).all(Cyclotomic::is_real));
            for m in &real.matrices {
                assert_eq!(times(&times(&m.transpose(), &real.form), m), real.form);
            }
            assert!(real.orthogonal(&none).unwrap().residual < 1e-9, "{}", group.name());
            found.push((dim, format!("{dim}{}", kind.letter())));
        }
        let mut words: Vec<&str> = found.iter().map(|x| x.1.as_str()).collect();
        let mut wanted: Vec<&str> = expected.split(' ').collect();
        words.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(words, wanted, "{}", group.name());
    }
}

/// M11 (ATLAS, p. 18): real irreducibles of dimension 1, 10, 11, 44, 45, 55 of real type, 20 and 32 of complex type; the defining
/// relations a² = b⁴ = (ab)^11 = 1 of standard generators are not used, orders of generators and products are.
#[test]
fn representations_of_m11() {
    let none = Limits::none();
    let m11 = mathieu_11().unwrap();
    let all = Irreducibles::new(&m11, &none).unwrap();
    let mut dims = Vec::new();
    for (row, dim, kind) in all.table.real_irreducibles() {
        dims.push(format!("{dim}{}", kind.letter()));
        if dim > 20 {
            continue;
        }
        let found = all.irreducible(row, &none).unwrap();
        let power = |m: &Matrix<Cyclotomic>, k: usize| (1..k).fold(m.clone(), |p, _| times(&p, m));
        let (a, b) = (&found.matrices[0], &found.matrices[1]);
        let (g, h) = (&m11.generators()[0], &m11.generators()[1]);
        for (m, p) in [(a.clone(), g.clone()), (b.clone(), h.clone()), (times(b, a), g.then(h).unwrap())] {
            let order = usize::try_from(p.order()).unwrap();
            assert_eq!(power(&m, order), identity(m.rows()));
        }
    }
    dims.sort();
    assert_eq!(dims, ["10R", "11R", "1R", "20C", "32C", "44R", "45R", "55R"]);
}

/// The natural symmetric groups by tableaux: degrees and rational entries.
#[test]
fn representations_of_s6() {
    let none = Limits::none();
    let all = Irreducibles::new(&symmetric(6).unwrap(), &none).unwrap();
    for row in 0..11 {
        let found = all.irreducible(row, &none).unwrap();
        let real = found.real(&none).unwrap();
        assert_eq!(BigUint::from(real.dim()), BigUint::from(all.table.degrees[row]));
        assert!(real.matrices.iter().flat_map(|m| m.entries()).all(|x| x.as_rational().is_some()));
        assert!(real.orthogonal(&none).unwrap().residual < 1e-12);
    }
    assert!(all.irreducible(11, &none).is_err());
}
