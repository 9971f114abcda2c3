//! The linear system of the samples as a Gram matrix, or as a triangular factor where half of the digits are too few: memory
//! does not grow with their number.

use super::ansatz::Ansatz;
pub(super) use super::assembly::Kept;
use super::assembly::{Assembly, factor_size, is_outer, put_slopes, put_vectors, widths};
use super::blocks::{Blocks, Evaluated};
use super::equations::volume;
use super::error::DiscoverError;
use super::evaluate::{BLOCK, Block, Evaluator};
use super::oracle::{Oracle, Role};
use super::sample::Points;
use super::units::{Units, units};
use super::vanishing;
use crate::float::{OuterGram, Random, dot};
use crate::limits::Limits;

/// The stream of random numbers that noise comes from.
const NOISE: u64 = 0x006e_6f69_7365;
/// The stream that a combination of generators comes from.
const COMBINATION: u64 = 0x0064_6566_6563;
/// Samples from which sizes are estimated before the system is set up.
const PROBE: usize = 512;
/// A column whose mean square is below this part of the rows is zero to rounding.
const CANCELLED: f64 = 1e-28;
/// Rows that enter the Gram matrix at once.
const CHUNK: usize = 256;

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

/// Sizes of gradients and points, from the first samples. Where every row is divided by the size of its own factors, points and
/// derivatives are taken relative to them too: samples may be of very different lengths.
struct Sizes {
    /// The unit of each coordinate, unless their sizes are comparable.
    units: Option<Units>,
    /// Mean square of the derivative by each variable in its unit, over outputs.
    gradient: Vec<f64>,
    /// Mean square of each variable in its unit.
    point: Vec<f64>,
    /// Mean square of the 1 behind each vector, for translations.
    one: Vec<f64>,
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
    let outer = if is_outer(oracle, ansatz) { OuterGram::size(oracle.dimension(), m / oracle.dimension()) } else { 0 };
    let rows = 2 * CHUNK as u128 * m as u128;
    limits.reserve((m as u128 * m as u128 * if all_digits { 5 } else { 2 } + rows.max(outer)) * 8)?;
    let mut blocks = Blocks::new(oracle, points, limits.seed());
    let sizes = probe(oracle, ansatz, &mut blocks, noise > 0.0, limits)?;
    blocks.rewind();
    let (scales, units) = scales(oracle, ansatz, &sizes, noise > 0.0 || oracle.is_inexact());
    // A factorisation costs as much for the rows that are kept as for as many new ones.
    let chunk_rows = if all_digits { CHUNK.max(m) } else { CHUNK };
    let most = points.count() * oracle.outputs().len();
    let mut assembly = Assembly::new(oracle, ansatz, all_digits, (chunk_rows, most), (sizes.units.as_ref(), &scales));
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
    let (rows, moving) = (assembly.rows, assembly.moving);
    let dead: Vec<usize> = (0..oracle.outputs().len()).filter(|&o| !assembly.alive[o]).collect();
    if rows > 0 {
        vanishing::check(oracle, &dead, points, limits.seed())?;
    }
    if rows == 0 && !oracle.outputs().is_empty() {
        return Err(DiscoverError::NotFinite { failed: skipped, samples: points.count() });
    }
    let (mut kept, first) = assembly.finish(rows.max(1) as f64);
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
            Some(errors(oracle, ansatz, points, (sizes.units.as_ref(), &scales, common), rows.max(1) as f64, limits)?)
        }
        _ => None,
    };
    Ok(System { unknowns: m, kept, first, scales, units, rows, moving, conditions, skipped, floor, error })
}

/// The rows that the error of an inexact oracle has alone, divided by the root of `count`: those of its alternatives less its
/// own, which are linear in values and derivatives when their weights are the same.
fn errors(
    oracle: &Oracle,
    ansatz: &Ansatz,
    points: &Points,
    (units, scales, common): (Option<&Units>, &[f64], &[f64]),
    count: f64,
    limits: &Limits,
) -> Result<Kept, DiscoverError> {
    let m = ansatz.len();
    limits.reserve((m as u128 * m as u128 * 2 + CHUNK as u128 * m as u128) * 8)?;
    let (others, spread) = oracle.alternatives();
    let root = spread.sqrt();
    let mut assembly = Assembly::new(oracle, ansatz, false, (CHUNK, CHUNK), (units, scales));
    let mut evaluator = Evaluator::new(oracle);
    let mut evaluators: Vec<Evaluator<'_>> = others.iter().map(Evaluator::new).collect();
    let mut stream = points.stream(oracle.dimension(), oracle.arguments().len(), limits.seed());
    let (mut block, mut own, mut other) = (Vec::new(), Block::default(), Block::default());
    loop {
        let size = stream.next(BLOCK, &mut block);
        if size == 0 {
            break;
        }
        limits.check()?;
        evaluator.run(&block, &mut own);
        for one in &mut evaluators {
            one.run(&block, &mut other);
            let less = |x: &mut f64, y: &f64| *x = root * (*x - y);
            other.gradients.iter_mut().zip(&own.gradients).for_each(|(x, y)| less(x, y));
            other.values.iter_mut().zip(&own.values).for_each(|(x, y)| less(x, y));
            (0..size).for_each(|i| {
                assembly.sample(&block, &other, i, Some(common));
            });
        }
    }
    Ok(assembly.finish(count).0)
}

/// The root mean square of the rows of the first samples on a random combination of vectors of scaled unknowns, relative to
/// that of the rows: the defect of symmetries without the rounding of a Gram matrix.
pub(super) fn defect(system: &System, scaled: &[Vec<f64>], seed: u64) -> f64 {
    let (m, rows) = (system.unknowns, &system.first);
    let mut random = Random::new(seed, COMBINATION);
    let mut combined = vec![0.0; m];
    for v in scaled {
        let factor = random.normal() / dot(v, v).sqrt().max(f64::MIN_POSITIVE);
        combined.iter_mut().zip(v).for_each(|(sum, x)| *sum += factor * x);
    }
    let length = dot(&combined, &combined);
    let along = |row: &[f64]| dot(row, &combined).powi(2);
    let worst = if length > 0.0 { rows.chunks_exact(m.max(1)).map(along).sum::<f64>() / length } else { 0.0 };
    let all = dot(rows, rows) / m.max(1) as f64;
    if all > 0.0 { (worst / all).sqrt() } else { 0.0 }
}

/// Looks at the first samples. Without noise coordinates of very different sizes are taken in units of their own, and rows of
/// an exact oracle will be divided by the size of their own factors.
fn probe(
    oracle: &Oracle,
    ansatz: &Ansatz,
    blocks: &mut Blocks<'_>,
    noisy: bool,
    limits: &Limits,
) -> Result<Sizes, DiscoverError> {
    let (n, variables) = (oracle.dimension(), oracle.variables());
    let (outputs, arguments) = (oracle.outputs().len(), oracle.arguments().len());
    let relative = !noisy && !oracle.is_inexact();
    let mut looked = Vec::new();
    let mut seen = 0;
    while seen < PROBE {
        let Some(block) = blocks.look() else { break };
        limits.check()?;
        seen += block.derived.count;
        looked.push(block);
    }
    let vectors_only = !oracle.arguments().contains(&Role::Covector);
    let units = if !noisy && vectors_only { units(ansatz, looked.iter().map(|block| &block.points)) } else { None };
    let (width, counted) = widths(ansatz);
    let (mut vectors, mut slopes) = (Vec::new(), Vec::new());
    let (mut gradient, mut one) = (vec![0.0; variables], vec![0.0; arguments]);
    let (mut point, mut value) = (vec![0.0; width * arguments], vec![0.0; outputs]);
    let translation = f64::from(u8::from(ansatz.is_affine()));
    let (mut square, mut factors, mut used) = (0.0, vec![0.0; outputs], 0usize);
    for Evaluated { points, derived } in &looked {
        for i in 0..derived.count {
            put_vectors(ansatz, &points[i * variables..(i + 1) * variables], &mut vectors);
            for (o, square_of) in value.iter_mut().enumerate() {
                put_slopes(n, variables, derived, (o, i), &mut slopes);
                let f = derived.values[o * BLOCK + i];
                let size = factor_size(ansatz, units.as_ref(), &vectors, &slopes)
                    + if ansatz.is_equivariant() { f * f } else { 0.0 };
                if !size.is_finite() || !f.is_finite() {
                    continue;
                }
                used += 1;
                factors[o] += size;
                *square_of += if relative && size > 0.0 { f * f / size } else { f * f };
                for (c, (x, g)) in vectors.chunks_exact(width).zip(slopes.chunks_exact(n + 1)).enumerate() {
                    let own = |k: usize| (x[k] / units.as_ref().map_or(1.0, |units| units.columns[k])).powi(2);
                    let length = (0..counted).map(own).sum::<f64>() + translation;
                    let part = if relative && length > 0.0 { length } else { 1.0 };
                    one[c] += 1.0 / part;
                    square += dot(&g[..n], &g[..n]);
                    (0..counted).for_each(|k| point[c * width + k] += own(k) / part);
                    for a in (0..n).filter(|_| size > 0.0) {
                        let unit = units.as_ref().map_or(1.0, |units| units.rows[a]);
                        gradient[c * n + a] += (g[a] * unit).powi(2) / size * part;
                    }
                }
            }
        }
    }
    let count = used.max(1) as f64;
    let mean = |sums: Vec<f64>| sums.into_iter().map(|s| s / count).collect::<Vec<_>>();
    Ok(Sizes {
        units,
        gradient: mean(gradient),
        point: mean(point),
        one: mean(one),
        value: mean(value),
        unit: (square / (count * variables.max(1) as f64)).sqrt(),
        row: (factors.iter().sum::<f64>() / count).sqrt(),
        rows: factors.iter().map(|sum| (sum * outputs as f64 / count).sqrt()).collect(),
    })
}

/// The size of each unknown's column as its factors suggest, and what part of it the units of the coordinates have; of noisy
/// derivatives only the points count, so that the noise has the same size everywhere.
fn scales(oracle: &Oracle, ansatz: &Ansatz, sizes: &Sizes, noisy: bool) -> (Vec<f64>, Option<Vec<f64>>) {
    let (n, (width, counted)) = (oracle.dimension(), widths(ansatz));
    let of = |(unknown, entries): (usize, &Vec<super::Entry>)| {
        let (mut sum, mut ratio) = (0.0, 1.0f64);
        for e in ansatz.moved_outputs(unknown) {
            let size = sizes.value.get(e.column as usize).copied().unwrap_or(0.0);
            sum += f64::from(e.value).powi(2) * size;
        }
        for e in entries.iter().filter(|e| (e.row as usize) < n) {
            let (a, b, value) = (e.row as usize, e.column as usize, f64::from(e.value).powi(2));
            ratio = sizes.units.as_ref().map_or(1.0, |units| units.columns[b] / units.rows[a]);
            for (c, role) in oracle.arguments().iter().enumerate() {
                let (moved, by) = match role {
                    Role::Vector => (a, b),
                    Role::Covector => (b, a),
                };
                let point = if by == counted { sizes.one[c] } else { sizes.point[c * width + by] };
                let gradient = if moved >= n { 0.0 } else { sizes.gradient[c * n + moved] };
                sum += value * point * if noisy { 1.0 } else { gradient };
            }
        }
        // An unknown that no sample can see keeps its scale: it is a symmetry of these data. What is left of a derivative
        // that cancels is not blown up to look like one that does not.
        (if sum > CANCELLED { ratio * sum.sqrt() } else { ratio }, ratio)
    };
    let (scales, ratios) = ansatz.unknowns().iter().enumerate().map(of).unzip();
    (scales, sizes.units.is_some().then_some(ratios))
}
