//! Discovery in closed form: times, sweeps over noise and sample size, and charts of times.
//!
//! * `closed [quick] [CASE …]` prints lines "closed, case, dimension, what, seconds" for all cases or those named: generators
//!   in floating point from samples (with the ends of the spectrum, with all of it, and of one matrix without a
//!   splitting by diagonal symmetries), rational ones with their algebra, and these with proof.
//! * `wall CASE …` prints lines "wall, case, dimension, seconds": generators of one matrix by the clock, on the threads of
//!   `RAYON_NUM_THREADS`.
//! * `sweep [quick]` prints tables in Markdown: how often the dimension is found, not proved, refused, or wrong and certain.
//! * `charts FOLDER < LINES` draws lines "time, case, generators, method, …, seconds" as SVG and PNG.
//!
//! Seconds are processor time unless it says otherwise, the least of several runs. Points are drawn before the clock starts.

use std::io::Read;
use std::path::Path;
use std::time::Instant;

use symmetra::discover::{
    Ansatz, Discovery, Draft, FitRequest, Law, Oracle, Points, Request, Role, Shape, Step, discover, fit, generators,
    oracle_of_forms, sample,
};
use symmetra::exact::Matrix;
use symmetra::forms::{
    Form, LINES, albert_cubic, albert_cubic_trace_free, freudenthal_quartic, octonion_form, quadratic_signature,
};
use symmetra::limits::Limits;
use symmetra::show::scene::{Axis, Plot, Series, Tone, plot, png, svg};

#[path = "common/processor.rs"]
mod processor;

use processor::processor;

/// Seconds that a batch of calls takes at least.
const BATCH: f64 = 0.1;

/// A case: its name, what is invariant, the dimension that theory says.
struct Case {
    name: String,
    invariant: Invariant,
    dim: usize,
}

enum Invariant {
    Form(Form),
    /// `Σ |z|²` on so many complex coordinates.
    Norm(usize),
}

impl Case {
    fn new(name: impl Into<String>, form: Form, dim: usize) -> Case {
        Case { name: name.into(), invariant: Invariant::Form(form), dim }
    }

    fn oracle(&self) -> Oracle {
        match &self.invariant {
            Invariant::Form(form) => oracle_of_forms(std::slice::from_ref(form), false, &Limits::none()).unwrap(),
            Invariant::Norm(n) => {
                let draft = Draft::new();
                let variables: Vec<u32> = (0..2 * n).map(|i| draft.push(Step::Variable(i as u32))).collect();
                let squares = variables.into_iter().map(|x| draft.power(x, 2));
                let sum = squares.reduce(|a, b| draft.add(a, b)).unwrap();
                Oracle::new(2 * n, true, vec![Role::Vector], &draft, &[sum]).unwrap()
            }
        }
    }

    /// The oracle, all matrices, and a few more points than there are unknowns.
    fn problem(&self) -> (Oracle, Ansatz, Points) {
        let oracle = self.oracle();
        let ansatz = self.ansatz(&oracle);
        let count = ansatz.len() + ansatz.len() / 10 + 20;
        let points = Points::Given(sample(count, oracle.variables(), Law::Normal, &Limits::none()).unwrap());
        (oracle, ansatz, points)
    }

    fn ansatz(&self, oracle: &Oracle) -> Ansatz {
        let shape = if oracle.is_complex() { Shape::Complex } else { Shape::Real };
        Ansatz::new(shape, oracle.dimension(), oracle.outputs().len()).unwrap()
    }
}

fn cases(quick: bool) -> Vec<Case> {
    let mut all = Vec::new();
    for n in 3..=10 {
        all.push(Case::new(format!("SO({n})"), quadratic_signature(n, 0).unwrap(), n * (n - 1) / 2));
    }
    for n in 2..=6 {
        all.push(Case { name: format!("U({n})"), invariant: Invariant::Norm(n), dim: n * n });
    }
    all.push(Case::new("G2", octonion_form(false).unwrap(), 14));
    all.push(Case::new("F4", albert_cubic_trace_free(false).unwrap(), 52));
    all.push(Case::new("E6", albert_cubic(false).unwrap(), 78));
    if !quick {
        all.push(Case::new("E7", freudenthal_quartic(true).unwrap(), 133));
    }
    all
}

/// The least processor time of a call over some batches of calls; the system counts it in steps of milliseconds.
fn least(mut call: impl FnMut()) -> f64 {
    let begin = Instant::now();
    let mut batch = |calls: usize| {
        let start = processor(begin);
        (0..calls).for_each(|_| call());
        processor(begin) - start
    };
    let mut calls = 1;
    let mut best = batch(calls);
    while best < BATCH && calls < 1 << 20 {
        calls *= if best < BATCH / 20.0 { 10 } else { 2 };
        best = batch(calls);
    }
    let more = if best > 1.0 { 1 } else { 4 };
    (0..more).map(|_| batch(calls)).fold(best, f64::min) / calls as f64
}

fn closed(quick: bool, named: &[String]) {
    let limits = Limits::none();
    for case in cases(quick).into_iter().filter(|case| named.is_empty() || named.contains(&case.name)) {
        let (oracle, ansatz, points) = case.problem();
        let request = |all_values: bool, prove: bool| {
            let (ansatz, points) = (ansatz.clone(), points.clone());
            Request { ansatz, points, noise: 0.0, all_values, snap: true, prove }
        };
        let print = |what: &str, seconds: f64| println!("closed\t{}\t{}\t{what}\t{seconds:.6}", case.name, case.dim);
        let numeric = |what: &str, all_values: bool, split: bool| {
            let request = request(all_values, false);
            let run = || assert_eq!(generators(&oracle, &request, split, &limits).unwrap().spectrum.dim, case.dim);
            print(what, least(run));
        };
        let exact = |what: &str, prove: bool| {
            let request = request(false, prove);
            let run = || {
                let found = discover(&oracle, &request, &limits).unwrap();
                assert_eq!(found.dim(), case.dim, "{}", case.name);
                assert_eq!(found.is_certified(), prove, "{}", case.name);
            };
            print(what, least(run));
        };
        numeric("generators", false, true);
        if ansatz.len() >= 400 {
            numeric("generators of one matrix", false, false);
        }
        numeric("all singular values", true, false);
        exact("rational generators", false);
        exact("generators and proof", true);
    }
}

fn wall(named: &[String]) {
    for case in cases(false).into_iter().filter(|case| named.contains(&case.name)) {
        let (oracle, ansatz, points) = case.problem();
        let request = Request { ansatz, points, noise: 0.0, all_values: false, snap: true, prove: false };
        let run = |_| {
            let begin = Instant::now();
            assert_eq!(generators(&oracle, &request, false, &Limits::none()).unwrap().spectrum.dim, case.dim);
            begin.elapsed().as_secs_f64()
        };
        println!("wall\t{}\t{}\t{:.6}", case.name, case.dim, (0..3).map(run).fold(f64::INFINITY, f64::min));
    }
}

/// What became of some runs.
#[derive(Default)]
struct Tally {
    proved: usize,
    right: usize,
    refused: usize,
    wrong: usize,
}

impl Tally {
    fn add(&mut self, dim: usize, found: Option<&Discovery>) {
        match found {
            Some(it) if it.is_certified() && it.dim() == dim => self.proved += 1,
            Some(it) if it.is_certified() => self.wrong += 1,
            Some(it) if it.dim() == dim => self.right += 1,
            _ => self.refused += 1,
        }
    }

    fn text(&self) -> String {
        let part = |count: usize, word: &str| (count > 0).then(|| format!("{count} {word}"));
        let parts = [
            part(self.proved, "proved"),
            part(self.right, "right"),
            part(self.refused, "refused"),
            part(self.wrong, "**wrong**"),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

const NOISE: [f64; 5] = [0.0, 0.001, 0.01, 0.1, 0.3];

fn sweep(quick: bool) {
    let lorentz = || quadratic_signature(1, 3).unwrap();
    let cases = [
        Case::new("so(3)", quadratic_signature(3, 0).unwrap(), 3),
        Case::new("so(1,3)", lorentz(), 6),
        Case::new("G2", octonion_form(false).unwrap(), 14),
        Case::new("E6", albert_cubic(false).unwrap(), 78),
    ];
    let runs = |case: &Case| match (case.name.as_str(), quick) {
        ("E6", true) => 0,
        (_, true) => 3,
        ("E6", false) => 3,
        (_, false) => 20,
    };
    let head = |what: &str| {
        let noise: Vec<String> = NOISE.iter().map(f64::to_string).collect();
        println!(
            "| algebra | {what} | runs | {} |\n| --- | --: | --: |{}",
            noise.join(" | "),
            " --- |".repeat(NOISE.len())
        );
    };
    println!("Noise of the gradients, relative to their root mean square:\n");
    head("samples");
    for case in &cases {
        let oracle = case.oracle();
        let ansatz = case.ansatz(&oracle);
        let m = ansatz.len();
        for samples in [m - case.dim, m + m / 10 + 4, 2 * m, 8 * m] {
            let cells = NOISE.map(|noise| gradients(&oracle, &ansatz, case.dim, samples, noise, runs(case)));
            println!("| {} | {samples} | {} | {} |", case.name, runs(case), cells.join(" | "));
        }
    }
    println!("\nNoise of the values in a table, relative to their spread; a polynomial is fitted first:\n");
    head("rows");
    for case in cases.iter().filter(|c| c.name.starts_with("so") || (c.name == "G2" && !quick)) {
        let vectors = if case.name == "G2" { 3 } else { 1 };
        let (sizes, runs): (&[usize], usize) =
            if case.name == "G2" { (&[5000], 1) } else { (&[30, 100, 1000], runs(case)) };
        for &rows in sizes {
            let cells = NOISE.map(|noise| values(case, vectors, rows, noise, runs));
            println!("| {} | {rows} | {runs} | {} |", case.name, cells.join(" | "));
        }
    }
}

/// Runs with noisy gradients, each with its own seed.
fn gradients(oracle: &Oracle, ansatz: &Ansatz, dim: usize, samples: usize, noise: f64, runs: usize) -> String {
    let mut tally = Tally::default();
    for seed in 0..runs as u64 {
        let points = Points::Drawn(samples, Law::Normal);
        let request = Request { ansatz: ansatz.clone(), points, noise, all_values: true, snap: true, prove: true };
        tally.add(dim, discover(oracle, &request, &Limits::none().with_seed(seed)).ok().as_ref());
    }
    tally.text()
}

/// The invariants of the sweep by their definitions.
fn value(name: &str, x: &[f64]) -> f64 {
    match name {
        "so(3)" => x.iter().map(|a| a * a).sum(),
        "so(1,3)" => x[0] * x[0] - x[1..].iter().map(|a| a * a).sum::<f64>(),
        // The three-form of the octonions: a determinant for each line.
        _ => LINES.iter().map(|line| determinant(line.map(|k| [x[k - 1], x[7 + k - 1], x[14 + k - 1]]))).sum(),
    }
}

fn determinant([a, b, c]: [[f64; 3]; 3]) -> f64 {
    a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0])
}

/// Runs with a table of noisy values, each with its own seed.
fn values(case: &Case, vectors: usize, rows: usize, noise: f64, runs: usize) -> String {
    let width = case.oracle().variables();
    let mut tally = Tally::default();
    for seed in 0..runs as u64 {
        let limits = Limits::none().with_seed(seed);
        let points = sample(rows, width, Law::Normal, &limits).unwrap();
        let exact: Vec<f64> = points.entries().chunks_exact(width).map(|x| value(&case.name, x)).collect();
        let mean = exact.iter().sum::<f64>() / rows as f64;
        let spread = (exact.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / rows as f64).sqrt();
        let added = sample(rows, 1, Law::Normal, &limits.clone().with_seed(seed + 1_000_000)).unwrap();
        let labels = Matrix::from_fn(rows, 1, |i, _| exact[i] + noise * spread * added[(i, 0)]);
        let found = fit(&points, &labels, vectors, &FitRequest::default(), &limits).and_then(|fitted| {
            let ansatz = Ansatz::new(Shape::Real, fitted.oracle.dimension(), 1)?;
            let points = Points::Given(points.clone());
            let request = Request { ansatz, points, noise: 0.0, all_values: true, snap: true, prove: true };
            discover(&fitted.oracle, &request, &limits)
        });
        tally.add(case.dim, found.ok().as_ref());
    }
    tally.text()
}

/// Lines "time, case, generators, method, …, seconds" of standard input as two charts.
fn charts(folder: &Path) {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let rows: Vec<Vec<&str>> =
        text.lines().map(|l| l.split('\t').collect()).filter(|r: &Vec<&str>| r.len() >= 5).collect();
    for (family, prefix, name) in [("SO(3) to SO(10)", "SO(", "times_so"), ("U(2) to U(6)", "U(", "times_u")] {
        let mut methods: Vec<&str> = Vec::new();
        let own: Vec<&Vec<&str>> = rows.iter().filter(|r| r[1].starts_with(prefix)).collect();
        for row in &own {
            if !methods.contains(&row[3]) {
                methods.push(row[3]);
            }
        }
        let points = |method: &str| {
            let of = own.iter().filter(|r| r[3] == method);
            of.filter_map(|r| Some((r[2].parse().ok()?, r.last()?.parse().ok()?))).collect::<Vec<(f64, f64)>>()
        };
        let series = methods.iter().zip(0u8..).map(|(method, k)| Series {
            name: (*method).to_string(),
            tone: Tone::Series(k),
            points: points(method),
            joined: true,
        });
        let scene = plot(&Plot {
            title: format!("time to find the generators of {family}"),
            description: "processor seconds by number of generators, for each method".to_string(),
            x: Axis { name: "generators".to_string(), logarithmic: false },
            y: Axis { name: "seconds".to_string(), logarithmic: true },
            series: series.collect(),
            marks: Vec::new(),
        });
        std::fs::write(folder.join(format!("{name}.svg")), svg(&scene)).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), png(&scene)).unwrap();
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|w| w != "--bench").collect();
    let quick = words.iter().any(|w| w == "quick");
    match words.first().map(String::as_str) {
        Some("closed") => closed(quick, &words[1..].iter().filter(|w| *w != "quick").cloned().collect::<Vec<_>>()),
        Some("wall") => wall(&words[1..]),
        Some("sweep") => sweep(quick),
        Some("charts") => charts(Path::new(words.get(1).map_or(".", String::as_str))),
        _ => {
            closed(quick, &[]);
            sweep(quick);
        }
    }
}
