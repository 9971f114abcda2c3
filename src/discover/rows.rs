//! The linear system of the samples as a Gram matrix, or as a triangular factor where half of the digits are too few: memory
//! does not grow with their number.

use super::ansatz::Ansatz;
use super::blocks::{Blocks, Evaluated};
use super::equations::volume;
use super::error::DiscoverError;
use super::evaluate::{BLOCK, Block, Evaluator};
use super::oracle::{Oracle, Role};
use super::sample::Points;
use crate::float::{Random, gemm, triangular};
use crate::limits::Limits;

/// The stream of random numbers that noise comes from.
const NOISE: u64 = 0x006e_6f69_7365;
/// The stream that a combination of generators comes from.
const COMBINATION: u64 = 0x0064_6566_6563;
/// Samples from which sizes are estimated before the system is set up.
const PROBE: usize = 512;
/// A row whose entries are below this part of the size of its factors is zero to rounding.
const VANISHING: f64 = 1e-12;
/// A column whose mean square is below this part of the rows is zero to rounding.
const CANCELLED: f64 = 1e-28;
/// Coordinates whose sizes differ by more than this are taken in units of their own; others are fine as they are.
const UNEQUAL: f64 = 1e4;
/// Rows that enter the Gram matrix at once.
const CHUNK: usize = 256;

/// What is kept of the rows `R` of a system, row-major `m × m`.
#[derive(Debug)]
pub(super) enum Kept {
    /// `RᵀR`, of which the lower triangle is right. It has the squares of the singular values: half of the digits.
    Gram(Vec<f64>),
    /// The triangular factor of `R`: three times the work, all digits.
    Triangle(Vec<f64>),
}

impl Kept {
    fn push(&mut self, m: usize, rows: &[f64]) {
        match self {
            Kept::Gram(gram) => gemm::add_gram((rows.len() / m.max(1), m), rows, gram),
            Kept::Triangle(triangle) => triangular::push_rows(m, triangle, rows),
        }
    }

    /// Divides the rows by the root of `count`.
    fn divide(&mut self, count: f64) {
        match self {
            Kept::Gram(gram) => gram.iter_mut().for_each(|x| *x /= count),
            Kept::Triangle(triangle) => triangle.iter_mut().for_each(|x| *x /= count.sqrt()),
        }
    }

    /// `|R v|²` for vectors `v` of length `m`, one after another.
    pub fn squares(&self, m: usize, vectors: &[f64]) -> Vec<f64> {
        let count = vectors.len().checked_div(m).unwrap_or(0);
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
        let mut images = vec![0.0; vectors.len()];
        match self {
            Kept::Gram(gram) => {
                gemm::multiply_symmetric((count, m), vectors, gram, &mut images);
                let pairs = images.chunks_exact(m.max(1)).zip(vectors.chunks_exact(m.max(1)));
                pairs.map(|(image, v)| dot(image, v).max(0.0)).collect()
            }
            Kept::Triangle(triangle) => {
                gemm::multiply_by_transpose((count, m, m), vectors, triangle, &mut images);
                images.chunks_exact(m.max(1)).map(|image| dot(image, image)).collect()
            }
        }
    }
}

/// The system of the samples, in unknowns scaled to comparable size: `t_k = t'_k / scale_k`.
#[derive(Debug)]
pub(super) struct System {
    /// Number of unknowns `m`.
    pub unknowns: usize,
    /// What is kept of the scaled rows, divided by the root of their number.
    pub kept: Kept,
    /// The scaled rows of the first samples.
    pub first: Vec<f64>,
    /// The scale of each unknown.
    pub scales: Vec<f64>,
    /// The part of it that is due to the units of coordinates of very different sizes.
    pub units: Option<Vec<f64>>,
    /// Number of rows from samples.
    pub rows: usize,
    /// Those of them that are not zero.
    pub moving: usize,
    /// Number of conditions that hold at no point in particular: of the trace.
    pub conditions: usize,
    /// Samples left out because a value was not finite.
    pub skipped: usize,
    /// The eigenvalue of the Gram matrix that noise alone would have, 0 without noise.
    pub floor: f64,
    /// The Gram matrix that the error of an inexact oracle would have alone, of which the lower triangle is right.
    pub error: Option<Kept>,
}

/// Sizes of gradients and points, from the first samples.
struct Sizes {
    /// The unit of each coordinate: 1 unless their sizes are very different.
    units: Vec<f64>,
    /// Mean square of the derivative by each variable in its unit, over outputs; rows are taken relative to their factors when
    /// there is no noise.
    gradient: Vec<f64>,
    /// Mean square of what each column of the matrices is multiplied by, for each argument: the coordinates in their units and
    /// a 1 for translations, or monomials.
    point: Vec<f64>,
    /// Mean square of each output.
    value: Vec<f64>,
    /// Root mean square of all derivatives: the unit of the noise.
    unit: f64,
    /// Root mean square of the product of the factors of a row.
    row: f64,
    /// The same of the rows of each output.
    rows: Vec<f64>,
}

/// Sets the system up. `noise` is the standard deviation of what is added to every derivative, relative to the root mean
/// square of all of them. Rows are divided by the size of their factors, not by their own: a row that cancels stays zero.
pub(super) fn system(
    oracle: &Oracle,
    ansatz: &Ansatz,
    points: &Points,
    noise: f64,
    all_digits: bool,
    limits: &Limits,
) -> Result<System, DiscoverError> {
    let m = ansatz.len();
    limits.reserve((m as u128 * m as u128 * if all_digits { 5 } else { 2 } + 2 * CHUNK as u128 * m as u128) * 8)?;
    let mut blocks = Blocks::new(oracle, points, limits.seed());
    let sizes = probe(oracle, ansatz, &mut blocks, noise == 0.0, limits)?;
    blocks.rewind();
    let (scales, units) = scales(oracle, ansatz, &sizes, noise > 0.0 || oracle.is_inexact());
    // A factorisation costs as much for the rows that are kept as for as many new ones.
    let chunk_rows = if all_digits { CHUNK.max(m) } else { CHUNK };
    let most = chunk_rows.min(points.count() * oracle.outputs().len());
    let kept = if all_digits { Kept::Triangle(vec![0.0; m * m]) } else { Kept::Gram(vec![0.0; m * m]) };
    let mut assembly = Assembly::new(oracle, ansatz, kept, (chunk_rows, most), (&sizes.units, &scales));
    // Derivatives with errors are not divided by their own size; those of labels in different units by that of each label.
    let common = match noise > 0.0 {
        true => Some(vec![sizes.row; oracle.outputs().len()]),
        false => oracle.is_inexact().then(|| sizes.rows.clone()),
    };
    let mut random = Random::new(limits.seed(), NOISE);
    let mut block = Evaluated::default();
    let (mut skipped, mut done) = (0, 0);
    while blocks.next(&mut block) {
        limits.check()?;
        let Evaluated { points: rows, derived } = &mut block;
        if noise > 0.0 {
            derived.gradients.iter_mut().for_each(|g| *g += noise * sizes.unit * random.normal());
        }
        for i in 0..derived.count {
            skipped += usize::from(!assembly.sample(rows, derived, i, common.as_deref()));
        }
        done += derived.count;
        if done.is_multiple_of(64 * BLOCK) {
            limits.progress("samples", done as f64 / points.count() as f64);
        }
    }
    assembly.flush();
    let (mut kept, first, rows, moving) = (assembly.kept, assembly.first, assembly.rows, assembly.moving);
    if rows == 0 && !oracle.outputs().is_empty() {
        return Err(DiscoverError::NotFinite { failed: skipped, samples: points.count() });
    }
    kept.divide(rows.max(1) as f64);
    let mut conditions = 0;
    for row in volume(oracle, ansatz) {
        let mut scaled = vec![0.0; m];
        row.iter().for_each(|(k, v)| scaled[*k as usize] = v.to_f64() / scales[*k as usize]);
        let length = scaled.iter().map(|v| v * v).sum::<f64>().sqrt();
        scaled.iter_mut().for_each(|x| *x /= length);
        kept.push(m, &scaled);
        conditions += 1;
    }
    let floor = if noise > 0.0 && sizes.row > 0.0 { (noise * sizes.unit / sizes.row).powi(2) } else { 0.0 };
    let error = match &common {
        Some(common) if oracle.is_inexact() => {
            let mut error = Kept::Gram(vec![0.0; m * m]);
            errors(oracle, ansatz, points, (&sizes.units, &scales, common), &mut error, limits)?;
            error.divide(rows.max(1) as f64);
            Some(error)
        }
        _ => None,
    };
    Ok(System { unknowns: m, kept, first, scales, units, rows, moving, conditions, skipped, floor, error })
}

/// Adds up the rows that the error of an inexact oracle has alone: those of its alternatives less its own, which are linear
/// in values and derivatives when their weights are the same.
fn errors(
    oracle: &Oracle,
    ansatz: &Ansatz,
    points: &Points,
    (units, scales, common): (&[f64], &[f64], &[f64]),
    error: &mut Kept,
    limits: &Limits,
) -> Result<(), DiscoverError> {
    let m = ansatz.len();
    limits.reserve((m as u128 * m as u128 * 2 + CHUNK as u128 * m as u128) * 8)?;
    let (others, spread) = oracle.alternatives();
    let root = spread.sqrt();
    let mut assembly = Assembly::new(oracle, ansatz, Kept::Gram(vec![0.0; m * m]), (CHUNK, CHUNK), (units, scales));
    let mut evaluator = Evaluator::new(oracle);
    let mut evaluators: Vec<Evaluator<'_>> = others.iter().map(Evaluator::new).collect();
    let mut stream = points.stream(oracle.dimension(), oracle.arguments().len(), limits.seed());
    let (mut block, mut own, mut other) = (Vec::new(), Block::default(), Block::default());
    loop {
        let count = stream.next(BLOCK, &mut block);
        if count == 0 {
            break;
        }
        limits.check()?;
        evaluator.run(&block, &mut own);
        for one in &mut evaluators {
            one.run(&block, &mut other);
            let less = |x: &mut f64, y: &f64| *x = root * (*x - y);
            other.gradients.iter_mut().zip(&own.gradients).for_each(|(x, y)| less(x, y));
            other.values.iter_mut().zip(&own.values).for_each(|(x, y)| less(x, y));
            (0..count).for_each(|i| {
                assembly.sample(&block, &other, i, Some(common));
            });
        }
    }
    assembly.flush();
    *error = assembly.kept;
    Ok(())
}

/// The root mean square of the rows of the first samples on a random combination of vectors of scaled unknowns, relative to
/// that of the rows: the defect of symmetries without the rounding of a Gram matrix.
pub(super) fn defect(system: &System, scaled: &[Vec<f64>], seed: u64) -> f64 {
    let (m, rows) = (system.unknowns, &system.first);
    let mut random = Random::new(seed, COMBINATION);
    let mut combined = vec![0.0; m];
    for v in scaled {
        let factor = random.normal() / v.iter().map(|x| x * x).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        combined.iter_mut().zip(v).for_each(|(sum, x)| *sum += factor * x);
    }
    let length: f64 = combined.iter().map(|x| x * x).sum();
    let along = |row: &[f64]| row.iter().zip(&combined).map(|(a, x)| a * x).sum::<f64>().powi(2);
    let worst = if length > 0.0 { rows.chunks_exact(m.max(1)).map(along).sum::<f64>() / length } else { 0.0 };
    let all: f64 = rows.iter().map(|x| x * x).sum::<f64>() / m.max(1) as f64;
    if all > 0.0 { (worst / all).sqrt() } else { 0.0 }
}

/// Looks at the first samples, with coordinates `in_units` where these are very different.
fn probe(
    oracle: &Oracle,
    ansatz: &Ansatz,
    blocks: &mut Blocks<'_>,
    in_units: bool,
    limits: &Limits,
) -> Result<Sizes, DiscoverError> {
    let (n, variables) = (oracle.dimension(), oracle.variables());
    let (outputs, arguments) = (oracle.outputs().len(), oracle.arguments().len());
    let mut looked = Vec::new();
    let mut seen = 0;
    while seen < PROBE {
        let Some(block) = blocks.look() else { break };
        limits.check()?;
        seen += block.derived.count;
        looked.push(block);
    }
    let vectors_only = !oracle.arguments().contains(&Role::Covector);
    let units = if in_units && vectors_only { units(n, &looked) } else { vec![1.0; n] };
    let factors_of = Factors::new(ansatz, &units);
    let (width, mut extended) = (factors_of.width(), Vec::new());
    let mut relative = vec![0.0; variables];
    let (mut point, mut value) = (vec![0.0; width * arguments], vec![0.0; outputs]);
    let (mut square, mut factors, mut used) = (0.0, vec![0.0; outputs], 0usize);
    for Evaluated { points, derived } in &looked {
        for i in 0..derived.count {
            factors_of.extend(&points[i * variables..(i + 1) * variables], &mut extended);
            for (o, square_of) in value.iter_mut().enumerate() {
                let g = |v: usize| derived.gradients[(o * variables + v) * BLOCK + i];
                let f = derived.values[o * BLOCK + i];
                let size = factors_of.size(arguments, &extended, g) + if ansatz.is_equivariant() { f * f } else { 0.0 };
                if !size.is_finite() || !f.is_finite() {
                    continue;
                }
                used += 1;
                factors[o] += size;
                *square_of += f * f;
                for (k, (sum, x)) in point.iter_mut().zip(&extended).enumerate() {
                    *sum += (x * factors_of.inverse[k % width]).powi(2);
                }
                for (v, relative) in relative.iter_mut().enumerate() {
                    square += g(v) * g(v);
                    if size > 0.0 {
                        *relative += (g(v) * units[v % n]).powi(2) / size;
                    }
                }
            }
        }
    }
    let count = used.max(1) as f64;
    let mean = |sums: Vec<f64>| sums.into_iter().map(|s| s / count).collect::<Vec<_>>();
    Ok(Sizes {
        units,
        gradient: mean(relative),
        point: mean(point),
        value: mean(value),
        unit: (square / (count * variables.max(1) as f64)).sqrt(),
        row: (factors.iter().sum::<f64>() / count).sqrt(),
        rows: factors.iter().map(|sum| (sum * outputs as f64 / count).sqrt()).collect(),
    })
}

/// The largest size of each coordinate in any vector, as a power of two; 1 where all are of comparable size.
fn units(n: usize, looked: &[Evaluated]) -> Vec<f64> {
    let mut sizes = vec![0.0f64; n];
    for vector in looked.iter().flat_map(|block| block.points.chunks_exact(n)) {
        sizes.iter_mut().zip(vector).for_each(|(size, x)| *size = size.max(x.abs()));
    }
    let there = || sizes.iter().copied().filter(|s| *s > 0.0);
    let (least, most) = (there().fold(f64::INFINITY, f64::min), there().fold(0.0, f64::max));
    if !most.is_finite() || most <= UNEQUAL * least {
        return vec![1.0; n];
    }
    sizes.into_iter().map(|s| if s > 0.0 { s.log2().round().exp2() } else { 1.0 }).collect()
}

/// What the columns of the matrices are multiplied by, and how large rows are: `Σ_c |g_c|² |x_c|²` over the arguments.
struct Factors<'a> {
    n: usize,
    monomials: Option<&'a [Vec<u32>]>,
    affine: bool,
    units: Vec<f64>,
    /// The inverse of the unit of each column.
    inverse: Vec<f64>,
}

impl<'a> Factors<'a> {
    fn new(ansatz: &'a Ansatz, units: &[f64]) -> Factors<'a> {
        let monomials = ansatz.is_polynomial().then(|| ansatz.features());
        let inverse = match monomials {
            None => units.iter().map(|unit| 1.0 / unit).chain(std::iter::once(1.0)).collect(),
            Some(all) => all.iter().map(|m| m.iter().map(|&v| 1.0 / units[v as usize]).product()).collect(),
        };
        Factors { n: units.len(), monomials, affine: ansatz.is_affine(), units: units.to_vec(), inverse }
    }

    /// Numbers for each argument.
    fn width(&self) -> usize {
        self.inverse.len()
    }

    /// Each vector of a point with a 1 behind it, or the values of the monomials there.
    fn extend(&self, x: &[f64], extended: &mut Vec<f64>) {
        extended.clear();
        for vector in x.chunks_exact(self.n) {
            match self.monomials {
                None => {
                    extended.extend_from_slice(vector);
                    extended.push(1.0);
                }
                Some(all) => {
                    extended.extend(all.iter().map(|m| m.iter().map(|&v| vector[v as usize]).product::<f64>()));
                }
            }
        }
    }

    /// The square of the size of a row at a point that was extended.
    fn size(&self, arguments: usize, extended: &[f64], g: impl Fn(usize) -> f64) -> f64 {
        let (n, width) = (self.n, self.width());
        let counted = if self.monomials.is_some() { width } else { n };
        let of = |c: usize| {
            let gradient: f64 = self.units.iter().enumerate().map(|(a, unit)| (g(c * n + a) * unit).powi(2)).sum();
            let own = extended[c * width..].iter().zip(&self.inverse).take(counted);
            gradient * own.fold(f64::from(u8::from(self.affine)), |sum, (x, inverse)| sum + (x * inverse).powi(2))
        };
        (0..arguments).map(of).sum()
    }
}

/// The size of each unknown's column as its factors suggest, and what part of it the units of the coordinates have; of noisy
/// derivatives only the points count, so that the noise has the same size everywhere.
fn scales(oracle: &Oracle, ansatz: &Ansatz, sizes: &Sizes, noisy: bool) -> (Vec<f64>, Option<Vec<f64>>) {
    let n = oracle.dimension();
    let inverse = Factors::new(ansatz, &sizes.units).inverse;
    let of = |(unknown, entries): (usize, &Vec<super::Entry>)| {
        let (mut sum, mut ratio) = (0.0, 1.0f64);
        for e in ansatz.moved_outputs(unknown) {
            let size = sizes.value.get(e.column as usize).copied().unwrap_or(0.0);
            sum += f64::from(e.value).powi(2) * size;
        }
        for e in entries.iter().filter(|e| (e.row as usize) < n) {
            let (a, b, value) = (e.row as usize, e.column as usize, f64::from(e.value).powi(2));
            ratio = 1.0 / (inverse.get(b).copied().unwrap_or(1.0) * sizes.units[a]);
            for (c, role) in oracle.arguments().iter().enumerate() {
                let (moved, by) = match role {
                    Role::Vector => (a, b),
                    Role::Covector => (b, a),
                };
                let point = sizes.point[c * inverse.len() + by];
                let gradient = if moved >= n { 0.0 } else { sizes.gradient[c * n + moved] };
                sum += value * point * if noisy { 1.0 } else { gradient };
            }
        }
        // An unknown that no sample can see keeps its scale: it is a symmetry of these data. What is left of a derivative
        // that cancels is not blown up to look like one that does not.
        (if sum > CANCELLED { ratio * sum.sqrt() } else { ratio }, ratio)
    };
    let (scales, ratios) = ansatz.unknowns().iter().enumerate().map(of).unzip();
    (scales, sizes.units.iter().any(|unit| *unit != 1.0).then_some(ratios))
}

/// The entries of all unknowns that move vectors, one after another: places in a matrix with `n + 1` columns, and values.
struct Entries {
    all: Vec<(usize, f64)>,
    /// Where those of each unknown end.
    ends: Vec<usize>,
}

impl Entries {
    fn of(ansatz: &Ansatz) -> Entries {
        let n = ansatz.dimension();
        let (mut all, mut ends) = (Vec::new(), Vec::with_capacity(ansatz.len()));
        for entries in ansatz.unknowns() {
            let own = entries.iter().filter(|e| (e.row as usize) < n);
            all.extend(own.map(|e| (e.row as usize * (n + 1) + e.column as usize, f64::from(e.value))));
            ends.push(all.len());
        }
        Entries { all, ends }
    }

    /// Adds to each unknown its entries times those of a matrix.
    fn gather(&self, matrix: impl Fn(usize) -> f64, row: &mut [f64]) {
        let mut from = 0;
        for (slot, &end) in row.iter_mut().zip(&self.ends) {
            self.all[from..end].iter().for_each(|&(at, value)| *slot += value * matrix(at));
            from = end;
        }
    }
}

struct Assembly<'a> {
    oracle: &'a Oracle,
    ansatz: &'a Ansatz,
    entries: Entries,
    kept: Kept,
    chunk: Vec<f64>,
    chunk_rows: usize,
    first: Vec<f64>,
    factors: Factors<'a>,
    unequal: bool,
    inverse: Vec<f64>,
    /// The gradient of one output divided by the size of the row, with a 0 behind, and the point: for each argument with a 1
    /// behind, or as the values of monomials.
    weighted: Vec<f64>,
    extended: Vec<f64>,
    /// Room for the matrix `g xᵀ`, with `n + 1` columns.
    outer: Vec<f64>,
    rows: usize,
    moving: usize,
}

impl<'a> Assembly<'a> {
    /// Nothing yet; `chunk_rows` enter what is kept at once, of which there will be `most`.
    fn new(
        oracle: &'a Oracle,
        ansatz: &'a Ansatz,
        kept: Kept,
        (chunk_rows, most): (usize, usize),
        (units, scales): (&[f64], &[f64]),
    ) -> Assembly<'a> {
        Assembly {
            oracle,
            ansatz,
            entries: Entries::of(ansatz),
            kept,
            chunk: Vec::with_capacity(most * ansatz.len()),
            chunk_rows,
            first: Vec::new(),
            factors: Factors::new(ansatz, units),
            unequal: units.iter().any(|unit| *unit != 1.0),
            inverse: scales.iter().map(|s| 1.0 / s).collect(),
            weighted: Vec::new(),
            extended: Vec::new(),
            outer: vec![0.0; oracle.dimension() * (oracle.dimension() + 1)],
            rows: 0,
            moving: 0,
        }
    }

    /// Adds the rows of point `i` of a block; `false` when one is not finite.
    fn sample(&mut self, points: &[f64], derived: &Block, i: usize, common: Option<&[f64]>) -> bool {
        let (n, variables) = (self.oracle.dimension(), self.oracle.variables());
        let (arguments, m) = (self.oracle.arguments().len(), self.ansatz.len());
        let x = &points[i * variables..(i + 1) * variables];
        self.factors.extend(x, &mut self.extended);
        for o in 0..self.oracle.outputs().len() {
            let g = |v: usize| derived.gradients[(o * variables + v) * BLOCK + i];
            let f = |p: usize| derived.values[p * BLOCK + i];
            let mut size = self.factors.size(arguments, &self.extended, g);
            // Squares that vanish although their factors do not are no zeros.
            if size < f64::MIN_POSITIVE && x.iter().any(|x| *x != 0.0) && (0..variables).any(|v| g(v) != 0.0) {
                return false;
            }
            if self.ansatz.is_equivariant() {
                size += (0..self.oracle.outputs().len()).map(|p| f(p) * f(p)).sum::<f64>();
            }
            if !size.is_finite() || !f(o).is_finite() {
                return false;
            }
            let weight = common.map_or_else(|| size.sqrt(), |sizes| sizes[o]);
            let weight = if weight > 0.0 { 1.0 / weight } else { 0.0 };
            self.weighted.clear();
            for c in 0..arguments {
                self.weighted.extend((0..n).map(|a| weight * g(c * n + a)));
                self.weighted.push(0.0);
            }
            let start = self.chunk.len();
            self.chunk.resize(start + m, 0.0);
            let row = &mut self.chunk[start..];
            let stride = n + 1;
            let vectors = self.weighted.chunks_exact(stride).zip(self.extended.chunks_exact(self.factors.width()));
            let moves = vectors.zip(self.oracle.arguments()).map(|((slopes, vector), role)| match role {
                Role::Vector => (slopes, vector, 1.0),
                Role::Covector => (vector, slopes, -1.0),
            });
            if self.ansatz.is_full() && !self.oracle.arguments().contains(&Role::Covector) {
                moves.for_each(|(left, right, _)| add_outer(1.0, left, right, m / n, row));
            } else if 4 * self.entries.all.len() > n * stride {
                self.outer.fill(0.0);
                moves.for_each(|(left, right, sign)| add_outer(sign, left, right, stride, &mut self.outer));
                self.entries.gather(|at| self.outer[at], row);
            } else {
                moves.for_each(|(left, right, sign)| {
                    self.entries.gather(|at| sign * left[at / stride] * right[at % stride], row);
                });
            }
            if self.ansatz.is_equivariant() {
                for (unknown, slot) in row.iter_mut().enumerate() {
                    for e in self.ansatz.moved_outputs(unknown).iter().filter(|e| e.row as usize == o) {
                        *slot -= weight * f64::from(e.value) * f(e.column as usize);
                    }
                }
            }
            let vanishes = |row: &[f64]| row.iter().all(|x| x.abs() <= VANISHING);
            let before = vanishes(row);
            row.iter_mut().zip(&self.inverse).for_each(|(x, s)| *x *= s);
            self.moving += usize::from(if self.unequal { !vanishes(row) } else { !before });
            self.rows += 1;
            if self.chunk.len() >= self.chunk_rows * m {
                self.flush();
            }
        }
        true
    }

    fn flush(&mut self) {
        let m = self.ansatz.len();
        if self.first.is_empty() {
            let rows = BLOCK * self.oracle.outputs().len();
            self.first = self.chunk[..self.chunk.len().min(rows * m)].to_vec();
        }
        self.kept.push(m, &self.chunk);
        self.chunk.clear();
    }
}

/// `matrix += sign · left rightᵀ`, rows of this width.
fn add_outer(sign: f64, left: &[f64], right: &[f64], width: usize, matrix: &mut [f64]) {
    for (row, x) in matrix.chunks_exact_mut(width).zip(left) {
        let x = sign * x;
        row.iter_mut().zip(right).for_each(|(sum, y)| *sum += x * y);
    }
}
