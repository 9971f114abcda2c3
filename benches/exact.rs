//! Exact linear algebra: null spaces of sparse and dense systems, signatures. `cargo bench --bench exact`

use divan::{Bencher, black_box};
use symmetra::exact::null_space::null_space;
use symmetra::exact::{Matrix, SparseVector};
use symmetra::forms::{self, Form, Twist};
use symmetra::lie::{Ansatz, stabilizer};
use symmetra::lie::{killing_form, named, signature};
use symmetra::limits::Limits;
use symmetra::num::Rational;
use symmetra::num::prime::{random_integer, random_stream};

#[path = "../tests/common/mod.rs"]
mod common;

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

/// The Killing form of scrambled `su(n)`, `n² - 1` squared.
#[divan::bench(args = [3, 5, 7, 9], max_time = 3)]
fn signature_of_a_scrambled_killing_form(bencher: Bencher, n: usize) {
    let algebra = common::scramble(&named::su(n, 0, &Limits::none()).unwrap(), 1);
    let form = killing_form(algebra.constants(), &Limits::none()).unwrap();
    bencher.bench(|| signature(black_box(&form), &Limits::none()));
}
