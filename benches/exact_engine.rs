//! The cases of the exact engine that start from an algebra in memory, and the tables for those that start from a
//! file: the Rust half of `benches/exact_engine.sh`, which prints the whole table.
//!
//!     exact_engine write FOLDER      writes the tables, as JSON and in GAP's words
//!     exact_engine measure [WORD]    prints a line "case, seconds" for each case whose name contains the word
//!
//! Seconds are processor time of all threads of the process, the least of some runs.

use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use symmetra::exact::SparseMatrix;
use symmetra::forms;
use symmetra::lie::{
    Algebra, Ansatz, MatrixSet, StructureConstants, cartan_type, identify, killing_form, killing_form_modulo,
};
use symmetra::lie::{named, parts, span, stabilizer};
use symmetra::limits::Limits;
use symmetra::num::Rational;
use symmetra::num::prime::{random_integer, random_stream};
use symmetra::roots::{CartanType, Letter};

#[path = "common/processor.rs"]
mod processor;
#[path = "../tests/common/zoo.rs"]
#[allow(dead_code)]
mod zoo;

use processor::processor;

/// The least of up to seven runs within some three seconds.
fn measure<T>(case: &str, mut run: impl FnMut() -> T) {
    measure_on(case, || (), |()| run());
}

/// The same on data made anew for every run, which is not counted.
fn measure_on<S, T>(case: &str, mut prepare: impl FnMut() -> S, mut run: impl FnMut(&S) -> T) {
    if !case.contains(&std::env::args().nth(2).unwrap_or_default()) {
        return;
    }
    let begin = Instant::now();
    let mut best = f64::INFINITY;
    for round in 0..7 {
        let data = prepare();
        let start = processor(begin);
        black_box(run(&data));
        best = best.min(processor(begin) - start);
        if round >= 1 && begin.elapsed().as_secs_f64() > 3.0 {
            break;
        }
    }
    println!("{case}\t{best:.4}");
}

fn split(letter: Letter, rank: usize) -> Algebra {
    named::split(&CartanType::of(letter, rank).unwrap(), &Limits::none()).unwrap()
}

/// The algebra in a basis so mixed that (almost) every structure constant is non-zero.
fn dense(g: &Algebra) -> Algebra {
    parts::scramble(g, 1, 8 * g.dim(), true, &Limits::none()).unwrap()
}

/// The table alone, as it would come from a file, with Jacobi taken as known and nothing kept from earlier work on it.
fn table_alone(g: &Algebra) -> Algebra {
    let table = StructureConstants::from_fn(g.dim(), |i, j| g.constants().upper(i, j).to_vec());
    Algebra::new(table, g.jacobi().clone(), "table")
}

/// The matrices of a basis, mixed by small integers until they are all dense.
fn mixed(matrices: &[SparseMatrix]) -> MatrixSet {
    let mut rng = random_stream(3, 1);
    let n = matrices.len();
    let mut all = matrices.to_vec();
    let mut below = |n: usize| (random_integer(&mut rng, 1 << 20) + (1 << 20)) as usize % n;
    for _ in 0..4 * n {
        let (i, j) = (below(n), below(n));
        if i != j {
            let sign = Rational::from(if below(2) == 0 { 1 } else { -1 });
            all[i] = all[i].add_scaled(&sign, &all[j]);
        }
    }
    MatrixSet::sparse(all).unwrap()
}

fn write(folder: &Path, name: &str, g: &Algebra) {
    let table = |open: &str, close: &str, quote: &str| {
        let mut text = String::new();
        write!(text, "{open}").unwrap();
        for (at, (i, j, k, value)) in g.constants().iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            write!(text, "{comma}[{i},{j},{k},{quote}{value}{quote}]").unwrap();
        }
        text + close
    };
    let json = table(&format!("{{\"dim\":{},\"structure_constants\":[", g.dim()), "]}\n", "\"");
    std::fs::write(folder.join(format!("{name}.json")), json).unwrap();
    // GAP is asked nothing about the largest.
    if g.constants().nonzeros() < 1_000_000 {
        let gap = table(&format!("dim := {};;\nentries := [", g.dim()), "];;\n", "");
        std::fs::write(folder.join(format!("{name}.g")), gap).unwrap();
    }
}

fn write_all(folder: &Path) {
    let light = |g: &Algebra, operations: usize| parts::scramble(g, 1, operations, true, &Limits::none()).unwrap();
    let e8 = split(Letter::E, 8);
    // About 8 000, 150 000, 660 000 and 760 000 constants.
    for (name, operations) in [("e8_light", 0), ("e8_medium", 248), ("e8_heavy", 416), ("e8_heavier", 430)] {
        write(folder, name, &light(&e8, operations));
    }
    write(folder, "e8_dense", &dense(&e8));
    write(folder, "e7_dense", &dense(&split(Letter::E, 7)));
    for (name, g) in [
        ("e6_dense", split(Letter::E, 6)),
        ("su9_dense", zoo::real("su(9)")),
        ("sp12_dense", zoo::real("sp(12,R)")),
        ("so12_dense", zoo::real("so*(12)")),
        ("f4_dense", zoo::real("F4(-20)")),
        ("so17", zoo::real("so(17)")),
        ("so16_1", zoo::real("so(16,1)")),
        ("a5x4", zoo::real("su(6)+su(6)+su(6)+su(6)")),
        ("d4x5", zoo::real("so(8)+so(8)+so(8)+so(8)+so(8)")),
    ] {
        let mixed = if g.dim() <= 80 { dense(&g) } else { light(&g, g.dim()) };
        write(folder, name, &mixed);
    }
    for (name, g) in [
        ("takiff", zoo::over_ring(&zoo::real("su(3)"), &[0, 0])),
        ("poincare41", zoo::by_name("poincare", &[4, 1])),
        ("parabolic5", zoo::parabolic(&[3, 1, 1])),
        ("galilei", zoo::by_name("galilei", &[3])),
        ("poincare31", zoo::by_name("poincare", &[3, 1])),
        ("a6", zoo::real("sl(7,R)")),
        ("f4", zoo::real("F4(4)")),
    ] {
        write(folder, name, &light(&g, 4 * g.dim()));
    }
}

fn measure_all() {
    let limits = Limits::none();
    let (e6, e7) = (split(Letter::E, 6), split(Letter::E, 7));
    let e8 = split(Letter::E, 8);
    let mixed_e8 = dense(&e8);
    let e8_table = || table_alone(&mixed_e8);
    measure_on("e8 killing prime", e8_table, |g| killing_form_modulo(g.constants(), &limits).unwrap());
    measure_on("e8 identify", e8_table, |g| identify(g, &limits).unwrap().levi_real_form());
    measure_on("e8 killing", e8_table, |g| killing_form(g.constants(), &limits).unwrap());
    drop(mixed_e8);
    for (name, g) in [("e7", &e7), ("e6", &e6)] {
        let mixed = dense(g);
        let table = || table_alone(&mixed);
        measure_on(&format!("{name} type"), table, |g| cartan_type(g, &limits).unwrap());
        measure_on(&format!("{name} identify"), table, |g| identify(g, &limits).unwrap().levi_real_form());
    }
    let stabilizing = |form: forms::Form| stabilizer(&[form], Ansatz::real(), &limits).unwrap();
    let of = |g: &Algebra| g.realization().unwrap().basis.clone();
    let adjoint: Vec<SparseMatrix> = (0..e8.dim()).map(|i| e8.constants().ad_basis(i)).collect();
    for (name, matrices) in [
        ("e6 span", of(&stabilizing(forms::albert_cubic(false).unwrap()))),
        ("e7 span", of(&stabilizing(forms::freudenthal_quartic(false).unwrap()))),
        ("e8 span", adjoint),
    ] {
        let set = mixed(&matrices);
        drop(matrices);
        measure(name, || span(&set, &limits).unwrap().algebra.dim());
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["write", folder] => write_all(Path::new(folder)),
        ["measure", ..] => measure_all(),
        _ => println!("this is the Rust half of benches/exact_engine.sh"),
    }
}
