//! Exact linear algebra: null spaces of sparse and dense systems, signatures. `cargo bench --bench exact`

use divan::{Bencher, black_box};
use symmetra::exact::null_space::null_space;
use symmetra::exact::{Matrix, ModMatrix, SparseVector};
use symmetra::forms::{self, Form, Twist};
use symmetra::lie::{Algebra, Ansatz, MatrixSet, ResidueTable, stabilizer};
use symmetra::lie::{killing_form, named, parts, prove_jacobi, signature, span};
use symmetra::limits::Limits;
use symmetra::num::prime::{random_integer, random_stream};
use symmetra::num::{Prime, Rational};
use symmetra::roots::{CartanType, Letter};

#[path = "../tests/common/zoo.rs"]
#[allow(dead_code)]
mod zoo;

fn main() {
    divan::main();
}

/// The forms whose stabilizers are the compact exceptional algebras.
fn forms_of(name: &str) -> Vec<Form> {
    match name {
        "G2" => vec![forms::octonion_form(false).unwrap()],
        "F4" => vec![forms::albert_cubic_trace_free(false).unwrap()],
        "E6" => vec![forms::albert_cubic(false).unwrap(), forms::albert_hermitian(Twist::None).unwrap()],
        _ => vec![forms::freudenthal_quartic(false).unwrap()],
    }
}

/// Equations, sparse null space, brackets, all checked. E7 is the real form of the quartic, of dimension 133.
#[divan::bench(args = ["G2", "F4", "E6", "E7"], max_time = 3)]
fn stabilizer_of_a_form(bencher: Bencher, name: &str) {
    let forms = forms_of(name);
    bencher.bench(|| {
        stabilizer(black_box(&forms), Ansatz::for_forms(&forms), &Limits::none()).map(|algebra| algebra.dim())
    });
}

/// Dense `n × (n + 1)` systems with entries from -9 to 9: multi-modular, the answer checked over Q.
#[divan::bench(args = [20, 40, 80, 160], max_time = 3)]
fn dense_null_space(bencher: Bencher, n: usize) {
    let mut rng = random_stream(0, 1);
    let mut row = || -> SparseVector {
        (0..=n as u32).map(|k| (k, Rational::from(random_integer(&mut rng, 9)))).filter(|(_, v)| !v.is_zero()).collect()
    };
    let rows: Vec<SparseVector> = (0..n).map(|_| row()).collect();
    bencher.bench(|| null_space(n + 1, black_box(&rows), &Limits::none()).map(|space| space.basis.len()));
}

/// Dense symmetric matrices: a proposal in floating point, proved in integers.
#[divan::bench(args = [14, 40, 80, 160], max_time = 3)]
fn signature_of_a_dense_matrix(bencher: Bencher, n: usize) {
    let mut rng = random_stream(0, 2);
    let mut half = Matrix::from_fn(n, n, |_, _| Rational::ZERO);
    for i in 0..n {
        for j in 0..=i {
            let value = Rational::from(random_integer(&mut rng, 9));
            half[(i, j)] = value.clone();
            half[(j, i)] = value;
        }
    }
    bencher.bench(|| signature(black_box(&half), &Limits::none()));
}

/// Products of square matrices modulo a prime.
#[divan::bench(args = [16, 50, 133, 248, 500], max_time = 1)]
fn product_modulo_a_prime(bencher: Bencher, n: usize) {
    let (p, a, b) = residues(n);
    bencher.bench(|| black_box(&a).mul(p, &b));
}

/// Reduced echelon form of a regular matrix modulo a prime.
#[divan::bench(args = [50, 133, 248, 500, 1000, 3000], max_time = 1)]
fn echelon_form_modulo_a_prime(bencher: Bencher, n: usize) {
    let (p, a, _) = residues(n);
    bencher.bench(|| black_box(&a).rank(p, &Limits::none()));
}

fn residues(n: usize) -> (Prime, ModMatrix, ModMatrix) {
    let mut rng = random_stream(0, 3);
    let p = Prime::random(&mut rng);
    let mut matrix = || ModMatrix::from_rows(n, (0..n).map(|_| (0..n).map(|_| p.random_residue(&mut rng)).collect()));
    (p, matrix(), matrix())
}

/// Compact algebras in a basis that fills the table, with fractions.
fn dense(name: &str) -> Algebra {
    let (letter, rank) = match name {
        "E6" => (Letter::E, 6),
        "E7" => (Letter::E, 7),
        _ => (Letter::E, 8),
    };
    let g = named::compact(&CartanType::of(letter, rank).unwrap(), &Limits::none()).unwrap();
    parts::scramble(&g, 1, 5 * g.dim(), true, &Limits::none()).unwrap()
}

/// A dense table modulo one prime.
#[divan::bench(args = ["E6", "E7", "E8"], max_time = 1)]
fn residues_of_a_dense_table(bencher: Bencher, name: &str) {
    let (g, p) = (dense(name), residues(1).0);
    bencher.bench(|| ResidueTable::new(p, black_box(g.constants())).map(|table| table.dim()));
}

/// The Jacobi identity of a dense table, proved.
#[divan::bench(args = ["E6", "E7", "E8"], max_time = 3)]
fn jacobi_identity_of_a_dense_table(bencher: Bencher, name: &str) {
    let g = dense(name);
    bencher.bench(|| prove_jacobi(black_box(g.constants()), &Limits::none()));
}

/// Structure constants from mixed matrices: E6 in 27, E7 in 56 dimensions, closure proved.
#[divan::bench(args = ["E6 in 27", "E7 in 56"], max_time = 3)]
fn constants_from_matrices(bencher: Bencher, name: &str) {
    let form =
        if name.starts_with("E6") { forms::albert_cubic(false) } else { forms::freudenthal_quartic(false) }.unwrap();
    let forms = [form];
    let g = stabilizer(&forms, Ansatz::for_forms(&forms), &Limits::none()).unwrap();
    let mixed = parts::scramble(&g, 1, 5 * g.dim(), false, &Limits::none()).unwrap();
    let set = MatrixSet::sparse(mixed.realization().unwrap().basis.clone()).unwrap();
    bencher.bench(|| span(black_box(&set), &Limits::none()).map(|found| found.algebra.dim()));
}

/// The Killing form of scrambled `su(n)`, `n² - 1` squared.
#[divan::bench(args = [3, 5, 7, 9], max_time = 3)]
fn signature_of_a_scrambled_killing_form(bencher: Bencher, n: usize) {
    let algebra = zoo::scramble(&named::su(n, 0, &Limits::none()).unwrap(), 1);
    let form = killing_form(algebra.constants(), &Limits::none()).unwrap();
    bencher.bench(|| signature(black_box(&form), &Limits::none()));
}
