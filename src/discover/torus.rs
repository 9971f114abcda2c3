//! Torus first: diagonal symmetries (of a torus, and signs) give every entry of a matrix a weight, and the null space is the sum of its
//! weight spaces. The large system falls apart into small ones, each of which needs few samples.

use std::collections::BTreeMap;

use super::ansatz::{Ansatz, Shape};
use super::error::DiscoverError;
use super::evaluate::{BLOCK, Block, Evaluator};
use super::oracle::{Oracle, Role};
use super::rows::system;
use super::sample::Points;
use super::snap::{candidates, echelon};
use super::spectrum::{ROUNDING, Spectrum, decide, spectrum};
use crate::exact::Matrix;
use crate::float::symmetric_eigen;
use crate::limits::Limits;
use crate::{num::common_denominator, parallel};

/// What the weight spaces give together.
pub(super) struct Blocks {
    /// The union of the singular values of all weight spaces, and the dimension.
    pub spectrum: Spectrum,
    /// The null space in reduced echelon form, unknowns row by row.
    pub basis: Vec<Vec<f64>>,
    /// Samples used.
    pub samples: usize,
    /// Samples left out.
    pub skipped: usize,
    /// Equations from each sample together.
    pub rows: usize,
    /// Of the worst generator, relative to the size of the factors.
    pub residual: f64,
}

/// Solves by weight spaces of the diagonal symmetries, connected ones (for full real matrices) and signs; `None` when
/// they split nothing, or have no small rational weights. For matrices of the vectors alone, all arguments vectors, no noise.
pub(super) fn by_weights(
    oracle: &Oracle,
    ansatz: &Ansatz,
    points: &Points,
    limits: &Limits,
) -> Result<Option<Blocks>, DiscoverError> {
    let (n, m) = (oracle.dimension(), ansatz.len());
    if oracle.arguments().contains(&Role::Covector) || oracle.keeps_volume() || oracle.outputs().is_empty() {
        return Ok(None);
    }
    let torus = match ansatz.shape() {
        Shape::Real => weights(oracle, points, limits)?,
        _ => None,
    };
    let signs = signs(oracle, ansatz, limits)?;
    let mut spaces: BTreeMap<(Vec<i64>, Vec<bool>), Vec<usize>> = BTreeMap::new();
    for (unknown, entries) in ansatz.unknowns().iter().enumerate() {
        // All entries of an unknown have the same weight.
        let Some(e) = entries.first() else { continue };
        let (a, b) = (e.row as usize, e.column as usize);
        let weight = torus.iter().flat_map(|w| w[a].iter().zip(&w[b]).map(|(x, y)| x - y)).collect();
        let sign = signs.iter().flat_map(|s| s[a].iter().zip(&s[b]).map(|(x, y)| x != y)).collect();
        spaces.entry((weight, sign)).or_default().push(unknown);
    }
    if spaces.len() < 2 {
        return Ok(None);
    }
    let spaces: Vec<Vec<usize>> = spaces.into_values().collect();
    let largest = spaces.iter().map(Vec::len).max().unwrap_or(0);
    // One output alone may have to determine a whole space.
    let wanted = enough(largest) * oracle.outputs().len();
    let samples = Samples::take(oracle, points, wanted, limits)?;
    // Where nothing moves, the system of all rows knows whether that is underflow.
    if samples.rows < wanted || samples.gradients.iter().all(|g| *g == 0.0) {
        return Ok(None);
    }
    limits.reserve(samples.bytes())?;
    let solved = parallel::try_map(spaces.len(), |k| {
        limits.check()?;
        solve(&samples, ansatz, &spaces[k], oracle.outputs().len()).ok_or(DiscoverError::NoConvergence)
    })?;
    let mut values: Vec<f64> = solved.iter().flat_map(|space| space.values.iter().copied()).collect();
    values.sort_by(f64::total_cmp);
    let spectrum = decide(values, 0.0, samples.rows, ROUNDING);
    limits.reserve(spectrum.dim as u128 * m as u128 * 16)?;
    let level = spectrum.next.unwrap_or(f64::INFINITY);
    let (mut basis, mut residual) = (Vec::new(), 0.0f64);
    for (space, unknowns) in solved.iter().zip(&spaces) {
        limits.check()?;
        let count = space.values.partition_point(|&x| x < level);
        let mut own: Vec<Vec<f64>> = space.vectors.iter().take(count).cloned().collect();
        if !echelon(&mut own) {
            return Ok(None);
        }
        for vector in own {
            residual = residual.max(samples.residual(n, ansatz, unknowns, &vector));
            let mut whole = vec![0.0; m];
            unknowns.iter().zip(&vector).for_each(|(&k, x)| whole[k] = *x);
            basis.push(whole);
        }
    }
    if basis.len() != spectrum.dim {
        return Ok(None);
    }
    let residual = residual / spectrum.largest.max(f64::MIN_POSITIVE);
    let (taken, skipped, rows) = (samples.taken, samples.skipped, samples.rows);
    Ok(Some(Blocks { spectrum, basis, samples: taken, skipped, rows, residual }))
}

/// For each coordinate its signs under generators of the group of all diagonal matrices with entries ±1 that keep every
/// output up to a sign and the ansatz: a null space over the field of two elements, of the differences of the parities of
/// monomials and of entries of one unknown. `None` when the outputs are no fractions of polynomials.
fn signs(oracle: &Oracle, ansatz: &Ansatz, limits: &Limits) -> Result<Option<Vec<Vec<bool>>>, DiscoverError> {
    let n = oracle.dimension();
    let Some(fractions) = oracle.fractions(limits)? else { return Ok(None) };
    let words = n.div_ceil(64);
    let bit = |row: &[u64], a: usize| row[a / 64] >> (a % 64) & 1 == 1;
    let xor = |row: &mut [u64], other: &[u64]| row.iter_mut().zip(other).for_each(|(x, y)| *x ^= y);
    // Rows in reduced echelon form, each with its first column.
    let mut rows: Vec<(usize, Vec<u64>)> = Vec::new();
    let mut add = |mut row: Vec<u64>| {
        for (pivot, other) in &rows {
            if bit(&row, *pivot) {
                xor(&mut row, other);
            }
        }
        let Some(pivot) = (0..n).find(|&a| bit(&row, a)) else { return };
        for (_, other) in rows.iter_mut().filter(|(_, other)| bit(other, pivot)) {
            xor(other, &row);
        }
        rows.push((pivot, row));
    };
    let parity = |variables: &mut dyn Iterator<Item = usize>| {
        let mut row = vec![0u64; words];
        variables.for_each(|v| row[v % n / 64] ^= 1 << (v % n % 64));
        row
    };
    // The root of a constant has no sign of its own.
    let variables = oracle.variables();
    for fraction in &fractions.all {
        for polynomial in [&fraction.numerator, &fraction.denominator] {
            limits.check()?;
            let mut all = polynomial
                .terms()
                .map(|(m, _)| parity(&mut m.variables().iter().map(|v| *v as usize).filter(|v| *v < variables)));
            let Some(first) = all.next() else { continue };
            for mut other in all {
                xor(&mut other, &first);
                add(other);
            }
        }
    }
    for entries in ansatz.unknowns() {
        let places = |e: &super::Entry| [e.row as usize, e.column as usize];
        for e in entries.iter().skip(1) {
            add(parity(&mut places(&entries[0]).into_iter().chain(places(e))));
        }
    }
    // Each free column is a generator: 1 there, and at the pivots of the rows that meet it.
    let free: Vec<usize> = (0..n).filter(|a| rows.iter().all(|(pivot, _)| pivot != a)).collect();
    let sign = |a: usize, f: usize| match rows.iter().find(|(pivot, _)| *pivot == a) {
        Some((_, row)) => bit(row, f),
        None => a == f,
    };
    Ok(Some((0..n).map(|a| free.iter().map(|&f| sign(a, f)).collect()).collect()))
}

/// Rows that determine so many unknowns, with some to spare.
fn enough(unknowns: usize) -> usize {
    unknowns + unknowns / 10 + 25
}

/// The weight of every coordinate under the diagonal symmetries, as whole numbers.
fn weights(oracle: &Oracle, points: &Points, limits: &Limits) -> Result<Option<Vec<Vec<i64>>>, DiscoverError> {
    let n = oracle.dimension();
    let ansatz = Ansatz::new(Shape::Diagonal, n, oracle.outputs().len())?;
    let few = match points {
        Points::Drawn(count, law) => Points::Drawn((*count).min(enough(2 * n)), law.clone()),
        Points::Given(rows) => {
            let count = rows.rows().min(enough(2 * n));
            Points::Given(Matrix::from_fn(count, rows.cols(), |i, j| rows[(i, j)]))
        }
    };
    let system = system(oracle, &ansatz, &few, 0.0, false, limits)?;
    let (found, mut rows) = spectrum(&system, true, limits)?;
    if found.dim == 0 || system.rows < n {
        return Ok(None);
    }
    for row in &mut rows {
        row.iter_mut().zip(&system.scales).for_each(|(x, s)| *x /= s);
    }
    if !echelon(&mut rows) {
        return Ok(None);
    }
    let Some(snapped) = candidates(&rows, 1e-6, false).next() else { return Ok(None) };
    let mut out = vec![vec![0i64; snapped.vectors.len()]; n];
    for (j, vector) in snapped.vectors.iter().enumerate() {
        let scale = crate::num::Rational::from(common_denominator(vector.iter().map(|t| &t.1)));
        for (a, x) in vector {
            let Some(whole) = (x * &scale).to_i64().filter(|w| w.abs() < 1 << 40) else { return Ok(None) };
            out[*a as usize][j] = whole;
        }
    }
    Ok(Some(out))
}

/// Points and derivatives that are kept, every row divided by the size of its factors.
struct Samples {
    variables: usize,
    arguments: usize,
    taken: usize,
    skipped: usize,
    rows: usize,
    /// For each row the point and the scaled gradient.
    points: Vec<f64>,
    gradients: Vec<f64>,
}

impl Samples {
    fn take(oracle: &Oracle, points: &Points, rows: usize, limits: &Limits) -> Result<Samples, DiscoverError> {
        let (n, variables, arguments) = (oracle.dimension(), oracle.variables(), oracle.arguments().len());
        let (mut stream, mut evaluator) = (points.stream(n, arguments, limits.seed()), Evaluator::new(oracle));
        let (mut block, mut derived) = (Vec::new(), Block::default());
        let (points, gradients) = (Vec::new(), Vec::new());
        let mut out = Samples { variables, arguments, taken: 0, skipped: 0, rows: 0, points, gradients };
        while out.rows < rows {
            let count = stream.next(BLOCK, &mut block);
            if count == 0 {
                break;
            }
            limits.check()?;
            evaluator.run(&block, &mut derived);
            for i in 0..count {
                let x = &block[i * variables..(i + 1) * variables];
                for o in 0..oracle.outputs().len() {
                    let g: Vec<f64> =
                        (0..variables).map(|v| derived.gradients[(o * variables + v) * BLOCK + i]).collect();
                    let square = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>();
                    let size: f64 = g.chunks(n).zip(x.chunks(n)).map(|(g, x)| square(g) * square(x)).sum();
                    // Squares that vanish although their factors do not are no zeros.
                    let alive = |v: &[f64]| v.iter().any(|x| *x != 0.0);
                    if !size.is_finite() || (size < f64::MIN_POSITIVE && alive(&g) && alive(x)) {
                        out.skipped += 1;
                        continue;
                    }
                    let weight = if size > 0.0 { 1.0 / size.sqrt() } else { 0.0 };
                    out.points.extend_from_slice(x);
                    out.gradients.extend(g.iter().map(|g| g * weight));
                    out.rows += 1;
                }
                out.taken += 1;
            }
        }
        Ok(out)
    }

    fn bytes(&self) -> u128 {
        (self.points.len() + self.gradients.len()) as u128 * 8
    }

    /// The coefficient of an unknown in a row.
    fn coefficient(&self, row: usize, n: usize, entries: &[super::Entry]) -> f64 {
        let (x, g) = (&self.points[row * self.variables..], &self.gradients[row * self.variables..]);
        let of = |e: &super::Entry| {
            let (a, b) = (e.row as usize, e.column as usize);
            f64::from(e.value) * (0..self.arguments).map(|c| g[c * n + a] * x[c * n + b]).sum::<f64>()
        };
        entries.iter().map(of).sum()
    }

    /// The root mean square of the rows on a vector, relative to its length in unknowns.
    fn residual(&self, n: usize, ansatz: &Ansatz, unknowns: &[usize], vector: &[f64]) -> f64 {
        let used: Vec<(&[super::Entry], f64)> = unknowns
            .iter()
            .zip(vector)
            .filter(|(_, x)| **x != 0.0)
            .map(|(&k, x)| (ansatz.unknowns()[k].as_slice(), *x))
            .collect();
        let value = |row: usize| used.iter().map(|&(cell, x)| x * self.coefficient(row, n, cell)).sum::<f64>();
        let sum: f64 = (0..self.rows).map(|row| value(row).powi(2)).sum();
        let length: f64 = used.iter().map(|(_, x)| x * x).sum();
        if length > 0.0 { (sum / self.rows as f64 / length).sqrt() } else { 0.0 }
    }
}

/// The singular values of one weight space and its right singular vectors, smallest first.
struct Solved {
    values: Vec<f64>,
    vectors: Vec<Vec<f64>>,
}

fn solve(samples: &Samples, ansatz: &Ansatz, unknowns: &[usize], outputs: usize) -> Option<Solved> {
    let (n, m) = (ansatz.dimension(), unknowns.len());
    let cells: Vec<&[super::Entry]> = unknowns.iter().map(|&k| ansatz.unknowns()[k].as_slice()).collect();
    let rows = (enough(m) * outputs).min(samples.rows);
    let mut matrix: Vec<f64> =
        (0..rows).flat_map(|row| cells.iter().map(move |cell| samples.coefficient(row, n, cell))).collect();
    // Columns of comparable size, by their factors: one that cancels stays zero.
    let size = |entries: &&[super::Entry]| {
        let square = |row: usize| {
            let (x, g) = (&samples.points[row * samples.variables..], &samples.gradients[row * samples.variables..]);
            let of = |e: &super::Entry| {
                let (a, b) = (e.row as usize, e.column as usize);
                (0..samples.arguments).map(|c| (g[c * n + a] * x[c * n + b]).powi(2)).sum::<f64>()
            };
            entries.iter().map(of).sum::<f64>()
        };
        let sum: f64 = (0..rows).map(square).sum::<f64>() / rows as f64;
        if sum > 0.0 { sum.sqrt() } else { 1.0 }
    };
    let scales: Vec<f64> = cells.iter().map(size).collect();
    for row in matrix.chunks_exact_mut(m) {
        row.iter_mut().zip(&scales).for_each(|(x, s)| *x /= s);
    }
    let mut gram = vec![0.0; m * m];
    crate::float::gemm::add_gram((rows, m), &matrix, &mut gram);
    let (squares, eigen) = symmetric_eigen(m, |i, j| gram[i * m + j])?;
    let values = squares.iter().map(|x| (x.max(0.0) / rows as f64).sqrt()).collect();
    let vectors = (0..m).map(|k| (0..m).map(|i| eigen[i * m + k] / scales[i]).collect()).collect();
    Some(Solved { values, vectors })
}
