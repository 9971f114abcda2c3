//! Lie algebras: building, Killing form, proof of the Jacobi identity, identification, at dimensions 8 to 80 in
//! natural and scrambled bases, and E7, E8 in their Chevalley bases. `cargo bench --bench identify`

use divan::{Bencher, black_box};
use symmetra::lie::{Algebra, identify, killing_form, named, parts, prove_jacobi};
use symmetra::limits::Limits;
use symmetra::roots::{CartanType, Letter};

#[path = "../tests/common/mod.rs"]
mod common;

fn main() {
    divan::main();
}

/// Compact algebras by growing dimension: 8, 14, 24, 52, 78, 80.
const NAMES: &[&str] = &["su(3)", "G2", "su(5)", "F4", "E6", "su(9)"];

/// The two largest, natural only.
const LARGE: &[&str] = &["E7", "E8"];

fn natural(name: &str) -> Algebra {
    let exceptional = |letter, rank| named::compact(&CartanType::of(letter, rank).unwrap(), &Limits::none());
    match name {
        "su(3)" => named::su(3, 0, &Limits::none()),
        "su(5)" => named::su(5, 0, &Limits::none()),
        "su(9)" => named::su(9, 0, &Limits::none()),
        "G2" => exceptional(Letter::G, 2),
        "F4" => exceptional(Letter::F, 4),
        "E6" => exceptional(Letter::E, 6),
        "E7" => exceptional(Letter::E, 7),
        _ => exceptional(Letter::E, 8),
    }
    .unwrap()
}

fn scrambled(name: &str) -> Algebra {
    common::scramble(&natural(name), 1)
}

/// The table alone: no matrices, no claim about the Jacobi identity.
fn bare(algebra: Algebra) -> Algebra {
    parts::from_table(algebra.constants().clone(), "table", &Limits::none()).unwrap()
}

mod build {
    use super::*;

    #[divan::bench(args = NAMES, max_time = 1)]
    fn by_name(name: &str) -> usize {
        natural(black_box(name)).dim()
    }

    #[divan::bench(args = LARGE, max_time = 2)]
    fn by_name_large(name: &str) -> usize {
        natural(black_box(name)).dim()
    }
}

mod killing {
    use super::*;

    #[divan::bench(args = NAMES, max_time = 1)]
    fn natural_basis(bencher: Bencher, name: &str) {
        let g = natural(name);
        bencher.bench(|| killing_form(black_box(g.constants()), &Limits::none()));
    }

    #[divan::bench(args = NAMES, max_time = 2)]
    fn scrambled_basis(bencher: Bencher, name: &str) {
        let g = scrambled(name);
        bencher.bench(|| killing_form(black_box(g.constants()), &Limits::none()));
    }
}

mod jacobi {
    use super::*;

    #[divan::bench(args = NAMES, max_time = 1)]
    fn natural_basis(bencher: Bencher, name: &str) {
        let g = natural(name);
        bencher.bench(|| prove_jacobi(black_box(g.constants()), &Limits::none()));
    }

    #[divan::bench(args = NAMES, max_time = 2)]
    fn scrambled_basis(bencher: Bencher, name: &str) {
        let g = scrambled(name);
        bencher.bench(|| prove_jacobi(black_box(g.constants()), &Limits::none()));
    }
}

mod identification {
    use super::*;

    fn name_of(g: &Algebra) -> String {
        identify(black_box(g), &Limits::none()).unwrap().levi_real_form()
    }

    #[divan::bench(args = NAMES, max_time = 1)]
    fn natural_basis(bencher: Bencher, name: &str) {
        let g = bare(natural(name));
        bencher.bench(|| name_of(&g));
    }

    #[divan::bench(args = NAMES, max_time = 2)]
    fn scrambled_basis(bencher: Bencher, name: &str) {
        let g = bare(scrambled(name));
        bencher.bench(|| name_of(&g));
    }

    #[divan::bench(args = LARGE, max_time = 3)]
    fn natural_basis_large(bencher: Bencher, name: &str) {
        let g = natural(name);
        bencher.bench(|| name_of(&g));
    }
}
