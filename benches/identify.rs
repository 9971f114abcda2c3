//! Lie algebras: building, Killing form, proof of the Jacobi identity, identification, at dimensions 8 to 80 in
//! natural and scrambled bases, and E7, E8 in their Chevalley bases. `cargo bench --bench identify`

use divan::{Bencher, black_box};
use symmetra::lie::{Algebra, identify, killing_form, named, parts, prove_jacobi};
use symmetra::limits::Limits;
use symmetra::roots::{CartanType, Letter};

#[path = "../tests/common/zoo.rs"]
#[allow(dead_code)]
mod zoo;

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
    zoo::scramble(&natural(name), 1)
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

/// Integer bases without a zero left: the table of E8 has 7.5 million constants.
mod dense {
    use super::*;
    use symmetra::lie::cartan_type;

    /// Largest last; the sums have dimension 140.
    const DENSE: &[&str] = &["E6", "su(9)", "5·D4", "4·A5", "E7", "E8"];

    fn dense(name: &str) -> Algebra {
        let limits = Limits::none();
        let copies = |letter, rank, count: usize| {
            let part = named::split(&CartanType::of(letter, rank).unwrap(), &limits).unwrap();
            named::direct_sum_of(&vec![&part; count], &limits).unwrap()
        };
        let g = match name {
            "5·D4" => copies(Letter::D, 4, 5),
            "4·A5" => copies(Letter::A, 5, 4),
            _ => natural(name),
        };
        bare_claim(parts::scramble(&g, 1, 6 * g.dim(), false, &limits).unwrap())
    }

    /// Only the table; the Jacobi identity is taken over, it is measured elsewhere.
    fn bare_claim(g: Algebra) -> Algebra {
        Algebra::new(g.constants().clone(), g.jacobi().clone(), "table")
    }

    #[divan::bench(args = DENSE, sample_count = 5, sample_size = 1)]
    fn killing(bencher: Bencher, name: &str) {
        let g = dense(name);
        bencher.bench(|| killing_form(black_box(g.constants()), &Limits::none()));
    }

    #[divan::bench(args = DENSE, sample_count = 5, sample_size = 1)]
    fn everything(bencher: Bencher, name: &str) {
        let g = dense(name);
        bencher.bench(|| identify(black_box(&g), &Limits::none()).unwrap().levi_real_form());
    }

    #[divan::bench(args = DENSE, sample_count = 5, sample_size = 1)]
    fn type_alone(bencher: Bencher, name: &str) {
        let g = dense(name);
        bencher.bench(|| cartan_type(black_box(&g), &Limits::none()).unwrap().to_string());
    }
}
