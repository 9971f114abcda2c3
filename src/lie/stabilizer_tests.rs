//! Dimensions and Killing signatures of stabilizers against the tables of the literature
//! (Helgason 1978, chapter X; Cartan's and Jacobson's forms of the exceptional algebras).

use super::test_support::{jacobi_holds, killing_signature};
use super::{Ansatz, stabilizer};
use crate::exact::Matrix;
use crate::forms::*;
use crate::limits::Limits;
use crate::num::{Gaussian, Rational};

/// Dimension and Killing signature (plus, minus, zero).
fn found(forms: &[Form], ansatz: Ansatz) -> (usize, (usize, usize, usize)) {
    let g = stabilizer(forms, ansatz, &Limits::none()).unwrap();
    let matrices = g.realization().unwrap();
    assert_eq!(matrices.basis.len(), g.dim());
    assert!(matrices.basis.iter().all(|m| m.rows() == matrices.size * if matrices.complex { 2 } else { 1 }));
    if g.dim() <= 36 {
        assert!(jacobi_holds(g.constants()));
    }
    (g.dim(), killing_signature(g.constants()))
}

fn real(forms: &[Form]) -> (usize, (usize, usize, usize)) {
    found(forms, Ansatz::real())
}

fn complex(forms: &[Form]) -> (usize, (usize, usize, usize)) {
    found(forms, Ansatz::complex())
}

fn affine(forms: &[Form]) -> (usize, (usize, usize, usize)) {
    found(forms, Ansatz::affine())
}

#[test]
fn both_forms_of_g2() {
    assert_eq!(real(&[octonion_form(false).unwrap()]), (14, (0, 14, 0)));
    assert_eq!(real(&[octonion_form(true).unwrap()]), (14, (8, 6, 0)));
    let by_text = alternating(7, "124 + 235 + 346 + 457 + 561 + 672 + 713").unwrap();
    assert_eq!(real(&[by_text]), (14, (0, 14, 0)));
    let without_octonions = alternating(7, "125+136+147+234+567").unwrap();
    assert_eq!(real(&[without_octonions]).0, 14);
    // A generic-looking but degenerate 3-form has a larger stabilizer.
    assert!(real(&[alternating(7, "123").unwrap()]).0 > 14);
}

#[test]
fn three_forms_of_f4() {
    assert_eq!(real(&[albert_cubic_trace_free(false).unwrap()]), (52, (0, 52, 0)));
    assert_eq!(real(&[albert_cubic_trace_free(true).unwrap()]), (52, (28, 24, 0)));
    assert_eq!(real(&[albert_cubic_twisted().unwrap()]), (52, (16, 36, 0)));
    let both = [albert_cubic(false).unwrap(), albert_trace_form(false).unwrap()];
    assert_eq!(real(&both), (52, (0, 52, 0)));
}

#[test]
fn the_five_forms_of_e6() {
    assert_eq!(real(&[albert_cubic(false).unwrap()]), (78, (26, 52, 0)));
    assert_eq!(real(&[albert_cubic(true).unwrap()]), (78, (42, 36, 0)));
    let twists = [(Twist::None, (0, 78, 0)), (Twist::Corner, (32, 46, 0)), (Twist::Quaternion, (40, 38, 0))];
    for (twist, signature) in twists {
        let forms = [albert_cubic(false).unwrap(), albert_hermitian(twist).unwrap()];
        assert_eq!(complex(&forms), (78, signature), "{twist:?}");
    }
}

#[test]
fn the_phase_of_e6() {
    // discovery.md case 24, two ways: |N|², and N up to scale.
    let h = albert_hermitian(Twist::None).unwrap();
    let n = albert_cubic(false).unwrap();
    assert_eq!(complex(&[n.absolute_square().unwrap(), h.clone()]), (79, (0, 78, 1)));
    assert_eq!(complex(&[n.up_to_scale(), h]), (79, (0, 78, 1)));
}

#[test]
fn orthogonal_algebras() {
    // index (n − (p−q)²)/2 of the Killing form
    for (p, q) in [(3, 0), (4, 0), (1, 3), (2, 2), (3, 2), (1, 4), (5, 0), (8, 0)] {
        let n = p + q;
        let dim = n * (n - 1) / 2;
        let plus = p * q;
        assert_eq!(real(&[quadratic_signature(p, q).unwrap()]), (dim, (plus, dim - plus, 0)));
    }
    let skewed = Matrix::from_rows(vec![vec![2, 1], vec![1, 3]]).unwrap().map(|&x: &i64| Rational::from(x));
    assert_eq!(real(&[quadratic(&skewed).unwrap()]).0, 1);
    // so(3, C) as a real algebra, of dimension 6.
    assert_eq!(complex(&[quadratic_signature(3, 0).unwrap()]), (6, (3, 3, 0)));
}

#[test]
fn unitary_algebras() {
    assert_eq!(complex(&[hermitian_signature(3, 0).unwrap()]), (9, (0, 8, 1)));
    assert_eq!(complex(&[hermitian_signature(2, 1).unwrap()]), (9, (4, 4, 1)));
    let su = |p, q| [hermitian_signature(p, q).unwrap(), volume(p + q).unwrap()];
    assert_eq!(complex(&su(3, 0)), (8, (0, 8, 0)));
    assert_eq!(complex(&su(2, 2)), (15, (8, 7, 0)));
    assert_eq!(complex(&su(4, 1)), (24, (8, 16, 0)));
    // |z|² on 4 complex dimensions: discovery.md case 5.
    assert_eq!(complex(&[hermitian_signature(4, 0).unwrap()]).0, 16);
    // The oscillator, ω and |x|² on R^6, case 18; and J in place of ω.
    let sphere = quadratic_signature(6, 0).unwrap();
    assert_eq!(real(&[symplectic(6).unwrap(), sphere.clone()]), (9, (0, 8, 1)));
    assert_eq!(real(&[complex_structure(6).unwrap(), sphere]), (9, (0, 8, 1)));
    // A hermitian matrix that is not diagonal: [[0, −i], [i, 0]] has signature (1, 1).
    let pauli =
        Matrix::from_rows(vec![vec![Gaussian::ZERO, -&Gaussian::I], vec![Gaussian::I, Gaussian::ZERO]]).unwrap();
    assert_eq!(complex(&[hermitian(&pauli).unwrap(), volume(2).unwrap()]), (3, (2, 1, 0)));
    // Case 16: |z1|² and |z2|²: two phases.
    let one = |i: i64| hermitian_diagonal(&[Rational::from(i), Rational::from(1 - i)]).unwrap();
    assert_eq!(complex(&[one(0), one(1)]), (2, (0, 0, 2)));
}

#[test]
fn symplectic_and_quaternionic_algebras() {
    assert_eq!(real(&[symplectic(4).unwrap()]), (10, (6, 4, 0)));
    assert_eq!(real(&[symplectic(6).unwrap()]), (21, (12, 9, 0)));
    let with = |mut forms: Vec<Form>, extra: Form| {
        forms.push(extra);
        forms
    };
    // sp(2) and sp(1, 1): |q|² on H².
    let h2 = || quaternionic_structure(8).unwrap();
    assert_eq!(real(&with(h2(), quadratic_signature(8, 0).unwrap())), (10, (0, 10, 0)));
    assert_eq!(real(&with(h2(), quadratic_signature(4, 4).unwrap())), (10, (4, 6, 0)));
    // sl(2, H) = su*(4) = so(5, 1) and its centre.
    assert_eq!(real(&with(h2(), volume(8).unwrap())), (15, (5, 10, 0)));
    assert_eq!(real(&h2()).0, 16);
    // so*(4) = su(2) + sl(2, R), case 4; so*(6) = su(3, 1).
    assert_eq!(real(&skew_quaternionic(8).unwrap()), (6, (2, 4, 0)));
    assert_eq!(real(&skew_quaternionic(12).unwrap()), (15, (6, 9, 0)));
    // su*(4) once more, as the complex matrices that commute with z → J z̄.
    let j = Matrix::from_fn(4, 4, |a, b| {
        Gaussian::from(if b == a + 2 {
            1
        } else if a == b + 2 {
            -1
        } else {
            0
        })
    });
    assert_eq!(complex(&[antilinear(&j).unwrap(), volume(4).unwrap()]), (15, (5, 10, 0)));
    // so*(6) inside so(6, C): the hermitian form i J.
    let ij = Matrix::from_fn(6, 6, |a, b| {
        if b == a + 3 {
            Gaussian::I
        } else if a == b + 3 {
            -&Gaussian::I
        } else {
            Gaussian::ZERO
        }
    });
    assert_eq!(complex(&[quadratic_signature(6, 0).unwrap(), hermitian(&ij).unwrap()]), (15, (6, 9, 0)));
}

#[test]
fn linear_algebras() {
    assert_eq!(real(&[volume(3).unwrap()]), (8, (5, 3, 0)));
    assert_eq!(complex(&[volume(2).unwrap()]), (6, (3, 3, 0)));
    assert_eq!(real(&[determinant(3).unwrap()]), (16, (10, 6, 0)));
    assert_eq!(real(&[pfaffian(6).unwrap()]), (35, (20, 15, 0)));
    assert_eq!(real(&[complex_structure(4).unwrap()]).0, 8);
    // Case 17: ω and a fixed vector on R^4: sl(2) ⋉ heis(3).
    let e1 = fixed_vector(&[Gaussian::ONE, Gaussian::ZERO, Gaussian::ZERO, Gaussian::ZERO]).unwrap();
    assert_eq!(real(&[symplectic(4).unwrap(), e1]), (6, (2, 1, 3)));
}

#[test]
fn cubic_norms_of_hermitian_matrices() {
    // discovery.md case 22
    let norm = |c: Composition| real(&[cubic_norm(&Jordan::over(c)).unwrap()]);
    assert_eq!(norm(Composition::reals()), (8, (5, 3, 0)));
    assert_eq!(norm(Composition::complexes(false)), (16, (8, 8, 0)));
    assert_eq!(norm(Composition::quaternions(false)), (35, (14, 21, 0)));
    assert_eq!(norm(Composition::complexes(true)), (16, (10, 6, 0)));
    assert_eq!(norm(Composition::quaternions(true)), (35, (20, 15, 0)));
}

#[test]
fn quartic_norms() {
    // sp(6, R), su(3, 3), so*(12): the Freudenthal construction below the octonions.
    let norm = |c: Composition| real(&[quartic_norm(&Jordan::over(c)).unwrap()]);
    assert_eq!(norm(Composition::reals()), (21, (12, 9, 0)));
    assert_eq!(norm(Composition::complexes(false)), (35, (18, 17, 0)));
    assert_eq!(norm(Composition::quaternions(false)), (66, (30, 36, 0)));
}

#[test]
fn affine_algebras() {
    // discovery.md cases 7 to 12
    assert_eq!(affine(&[distance(2, 0).unwrap()]), (3, (0, 1, 2)));
    assert_eq!(affine(&[distance(1, 1).unwrap()]), (3, (1, 0, 2)));
    assert_eq!(affine(&[distance(1, 3).unwrap()]), (10, (3, 3, 4)));
    assert_eq!(affine(&[distance(3, 0).unwrap()]), (6, (0, 3, 3)));
    assert_eq!(affine(&[distance(3, 0).unwrap().up_to_scale()]), (7, (1, 3, 3)));
    assert_eq!(affine(&galilean(3).unwrap()), (10, (0, 3, 7)));
    // All affine maps of the line that keep ratios of differences: every one.
    let step = linear_form(&[Gaussian::ONE]).unwrap().of_differences().unwrap();
    assert_eq!(affine(&[step.up_to_scale()]), (2, (1, 0, 1)));
}

#[test]
fn solvable_algebras() {
    // discovery.md cases 14 and 15: the flag x3, x2 y3 − x3 y2, det.
    let x3 = linear_form(&[Gaussian::ZERO, Gaussian::ZERO, Gaussian::ONE]).unwrap();
    let plane = alternating(3, "23").unwrap();
    let all = [x3.clone(), plane.clone(), volume(3).unwrap()];
    assert_eq!(real(&all), (3, (0, 0, 3)));
    assert_eq!(real(&[x3.up_to_scale(), plane.up_to_scale()]), (6, (2, 0, 4)));
}

#[test]
fn mistakes_are_told_apart() {
    use super::StabilizerError::*;
    let limits = Limits::none();
    assert_eq!(stabilizer(&[], Ansatz::real(), &limits), Err(NoForms));
    let wrong = [octonion_form(false).unwrap(), albert_cubic(false).unwrap()];
    let error = stabilizer(&wrong, Ansatz::real(), &limits).unwrap_err();
    assert!(matches!(error, Dimensions { first: 7, second: 27, .. }));
    let error = stabilizer(&[hermitian_signature(2, 0).unwrap()], Ansatz::real(), &limits).unwrap_err();
    assert!(matches!(error, NeedsComplex(_)));
    let small = Limits::none().with_memory(0);
    assert!(matches!(stabilizer(&[albert_cubic(false).unwrap()], Ansatz::real(), &small), Err(Stop(_))));
}

#[test]
fn origins_are_readable() {
    let g = stabilizer(&[octonion_form(false).unwrap()], Ansatz::real(), &Limits::none()).unwrap();
    assert_eq!(g.origin(), "stabilizer of a 3-form on Q^7");
    let forms = [hermitian_signature(2, 0).unwrap(), volume(2).unwrap()];
    let g = stabilizer(&forms, Ansatz::for_forms(&forms), &Limits::none()).unwrap();
    assert_eq!(g.origin(), "stabilizer of a hermitian form of signature (2, 0) on Q(i)^2 and a volume form on Q(i)^2");
}

#[test]
fn a_change_of_coordinates_changes_nothing() {
    // G2 through a dense change of basis: numbers grow, the answer does not.
    let m = Matrix::from_fn(7, 7, |i, j| Rational::from(((i * i * 3 + j * 5 + i * j * j) % 11) as i64 - 5));
    let form = octonion_form(false).unwrap().pulled_back(&m).unwrap();
    let (dim, signature) = real(&[form]);
    assert_eq!((dim, signature), (14, (0, 14, 0)));
    // The Lorentz group in coordinates with large numbers: brackets through residues.
    let m = Matrix::from_fn(4, 4, |i, j| {
        Rational::from(
            [[90_000_007, 3, 1, 5], [2, 80_000_023, 1, 1], [7, 1, 70_000_027, 1], [1, 1, 4, 60_000_011]][i][j],
        )
    });
    let form = quadratic_signature(1, 3).unwrap().pulled_back(&m).unwrap();
    assert_eq!(real(&[form]), (6, (3, 3, 0)));
}
