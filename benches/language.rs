//! The language: layout, parsing, checking and evaluating long scripts. `cargo bench --bench language`

use std::path::Path;

use divan::{Bencher, black_box};
use symmetra::lang::parse::parse;
use symmetra::limits::Limits;
use symmetra::session::Session;

fn main() {
    divan::main();
}

/// A script of about this many lines with every sort of statement; nothing in it takes time to compute.
fn script(lines: usize) -> String {
    let paragraph = "\
# a comment, then a name for a value
let x = 3/4 + 2^3 * (1 - 0.25)
let f(a, b) = if a > b then a^2 - b else b^2 - a
form q(u, v) = u^2 - 2*u*v + 3*v^2
algebra g = brackets { [h,e] = 2e; [h,f] = -2f; [e,f] = h }
[1, 2; 3, 4] * [x, 0; 0, 1] + f(1, 2) * identity(2)
for n in 1..3 { [k^2 for k in 1..n if k > 1] }
assert f(2, 1) == 3 and not (x == 0)
";
    paragraph.lines().cycle().take(lines).map(|line| format!("{line}\n")).collect()
}

#[divan::bench(args = [100, 1_000, 10_000])]
fn parse_lines(bencher: Bencher, lines: usize) {
    let text = script(lines);
    bencher.bench(|| parse(black_box(&text), 0).map(|program| black_box(program).statements.len()));
}

#[divan::bench(args = [100, 1_000, 10_000])]
fn parse_and_check_lines(bencher: Bencher, lines: usize) {
    let text = script(lines);
    bencher.bench(|| Session::new().check("bench.sym", black_box(&text), Path::new(".")).len());
}

#[divan::bench(args = [100, 1_000])]
fn run_lines(bencher: Bencher, lines: usize) {
    let text = script(lines);
    bencher.bench(|| {
        let mut printed = 0;
        let result = Session::new().run("bench.sym", black_box(&text), Path::new("."), &Limits::none(), &mut |value| {
            printed += value.text().len()
        });
        assert!(result.is_ok());
        printed
    });
}

/// A recursive function: what a call costs.
#[divan::bench]
fn calls_of_a_function(bencher: Bencher) {
    let text = "let fib(n) = if n < 2 then n else fib(n-1) + fib(n-2)\nfib(16)";
    bencher.bench(|| Session::new().run("bench.sym", text, Path::new("."), &Limits::none(), &mut |_| ()).is_ok());
}
