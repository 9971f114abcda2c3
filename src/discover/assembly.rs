//! Samples to rows, and rows to what is kept of them: a Gram matrix, or a triangular factor.

use super::ansatz::Ansatz;
use super::evaluate::{BLOCK, Block};
use super::oracle::{Oracle, Role};
use super::units::Units;
use crate::float::{OuterGram, dot, gemm, triangular};

/// A row whose entries are below this part of the size of its factors is zero to rounding.
const VANISHING: f64 = 1e-12;

/// What is kept of the rows `R` of a system, row-major `m × m`.
#[derive(Debug)]
pub(super) enum Kept {
    /// `RᵀR`, of which the lower triangle is right. It has the squares of the singular values: half of the digits.
    Gram(Vec<f64>),
    /// The triangular factor of `R`: three times the work, all digits.
    Triangle(Vec<f64>),
}

impl Kept {
    pub fn push(&mut self, m: usize, rows: &[f64]) {
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
        let mut images = vec![0.0; vectors.len()];
        match self {
            Kept::Gram(gram) => {
                gemm::multiply_lower((count, m), vectors, gram, &mut images);
                let diagonal = |v: &[f64]| v.iter().enumerate().map(|(k, x)| gram[k * m + k] * x * x).sum::<f64>();
                let pairs = images.chunks_exact(m.max(1)).zip(vectors.chunks_exact(m.max(1)));
                pairs.map(|(image, v)| (2.0 * dot(image, v) - diagonal(v)).max(0.0)).collect()
            }
            Kept::Triangle(triangle) => {
                gemm::multiply_by_transpose((count, m, m), vectors, triangle, &mut images);
                images.chunks_exact(m.max(1)).map(|image| dot(image, image)).collect()
            }
        }
    }
}

/// How many numbers each vector of a point is as a factor of rows, and how many of them count without translations.
pub(super) fn widths(ansatz: &Ansatz) -> (usize, usize) {
    let (n, monomials) = (ansatz.dimension(), ansatz.features().len());
    if ansatz.is_polynomial() { (monomials, monomials) } else { (n + 1, n) }
}

/// The vectors of a point, each with a 1 behind for translations, or as the values of the monomials of vector fields.
pub(super) fn put_vectors(ansatz: &Ansatz, point: &[f64], out: &mut Vec<f64>) {
    out.clear();
    for vector in point.chunks_exact(ansatz.dimension()) {
        if ansatz.is_polynomial() {
            out.extend(ansatz.features().iter().map(|m| m.iter().map(|&v| vector[v as usize]).product::<f64>()));
        } else {
            out.extend_from_slice(vector);
            out.push(1.0);
        }
    }
}

/// The derivatives of output `o` at point `i` of a block by the vectors, each with a 0 behind.
pub(super) fn put_slopes(n: usize, variables: usize, derived: &Block, (o, i): (usize, usize), out: &mut Vec<f64>) {
    out.clear();
    for own in derived.gradients[o * variables * BLOCK..(o + 1) * variables * BLOCK].chunks_exact(n * BLOCK) {
        out.extend(own[i..].iter().step_by(BLOCK));
        out.push(0.0);
    }
}

/// `Σ_c |g_c|² |x_c|²` over the arguments in these units, with a 1 in every vector for translations. Of slopes there is one
/// number more behind the `n` of each argument.
pub(super) fn factor_size(ansatz: &Ansatz, units: Option<&Units>, points: &[f64], slopes: &[f64]) -> f64 {
    let (n, (width, counted)) = (ansatz.dimension(), widths(ansatz));
    let gradient = |g: &[f64]| match units {
        None => dot(&g[..n], &g[..n]),
        Some(units) => g.iter().zip(&units.rows).map(|(x, u)| (x * u).powi(2)).sum(),
    };
    let point = |x: &[f64]| match units {
        None => dot(&x[..counted], &x[..counted]),
        Some(units) => x[..counted].iter().zip(&units.columns).map(|(x, u)| (x / u).powi(2)).sum(),
    };
    let translation = f64::from(u8::from(ansatz.is_affine()));
    let pairs = points.chunks_exact(width).zip(slopes.chunks_exact(n + 1));
    pairs.map(|(x, g)| gradient(g) * (translation + point(x))).sum()
}

/// The entries of all unknowns that move vectors, one after another: places in a matrix with `n + 1` columns, and values.
#[derive(Default)]
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

/// Whether every row is the outer product of one gradient and one vector.
pub(super) fn is_outer(oracle: &Oracle, ansatz: &Ansatz) -> bool {
    ansatz.is_full() && oracle.arguments() == [Role::Vector] && !ansatz.is_equivariant()
}

/// Where the rows go.
enum Target {
    Kept(Kept),
    /// The Gram matrix of outer products, before it is scaled.
    Outer(OuterGram),
}

/// Rows on their way.
pub(super) struct Assembly<'a> {
    oracle: &'a Oracle,
    ansatz: &'a Ansatz,
    entries: Entries,
    target: Target,
    chunk: Vec<f64>,
    chunk_rows: usize,
    first: Vec<f64>,
    /// The units of coordinates of very different sizes.
    units: Option<&'a Units>,
    inverse: Vec<f64>,
    /// The gradient of one output divided by the size of the row, and the point: for each argument with a 0, or a 1, behind.
    weighted: Vec<f64>,
    extended: Vec<f64>,
    /// Room for the matrix `g xᵀ`, with `n + 1` columns.
    outer: Vec<f64>,
    /// Rows that came.
    pub rows: usize,
    /// Those of them that are not zero.
    pub moving: usize,
    /// Whether a derivative of each output was seen that is not zero.
    pub alive: Vec<bool>,
}

impl<'a> Assembly<'a> {
    /// Nothing yet; of the `most` rows that come at most `chunk_rows` enter what is kept at once.
    pub fn new(
        oracle: &'a Oracle,
        ansatz: &'a Ansatz,
        all_digits: bool,
        (chunk_rows, most): (usize, usize),
        (units, scales): (Option<&'a Units>, &[f64]),
    ) -> Assembly<'a> {
        let (n, m) = (oracle.dimension(), ansatz.len());
        let target = match all_digits {
            true => Target::Kept(Kept::Triangle(vec![0.0; m * m])),
            false if units.is_none() && is_outer(oracle, ansatz) => Target::Outer(OuterGram::new(n, m / n, most)),
            false => Target::Kept(Kept::Gram(vec![0.0; m * m])),
        };
        let is_outer = matches!(target, Target::Outer(_));
        Assembly {
            oracle,
            ansatz,
            entries: if is_outer { Entries::default() } else { Entries::of(ansatz) },
            chunk: Vec::with_capacity(if is_outer { 0 } else { chunk_rows.min(most) * m }),
            target,
            chunk_rows,
            first: Vec::new(),
            units,
            inverse: scales.iter().map(|s| 1.0 / s).collect(),
            weighted: Vec::new(),
            extended: Vec::new(),
            outer: vec![0.0; n * (n + 1)],
            rows: 0,
            moving: 0,
            alive: vec![false; oracle.outputs().len()],
        }
    }

    /// Adds the rows of point `i` of a block; `false` when one is not finite.
    pub fn sample(&mut self, points: &[f64], derived: &Block, i: usize, common: Option<&[f64]>) -> bool {
        let (n, variables) = (self.oracle.dimension(), self.oracle.variables());
        let m = self.ansatz.len();
        let stride = n + 1;
        let (width, counted) = widths(self.ansatz);
        put_vectors(self.ansatz, &points[i * variables..(i + 1) * variables], &mut self.extended);
        for o in 0..self.oracle.outputs().len() {
            let f = |p: usize| derived.values[p * BLOCK + i];
            put_slopes(n, variables, derived, (o, i), &mut self.weighted);
            self.alive[o] = self.alive[o] || self.weighted.iter().any(|g| *g != 0.0);
            let mut size = factor_size(self.ansatz, self.units, &self.extended, &self.weighted);
            // Squares that vanish although their factors do not are no zeros.
            let alive =
                |v: &[f64], (all, own): (usize, usize)| v.chunks_exact(all).any(|v| v[..own].iter().any(|x| *x != 0.0));
            if size < f64::MIN_POSITIVE && alive(&self.extended, (width, counted)) && alive(&self.weighted, (stride, n))
            {
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
            self.weighted.iter_mut().for_each(|g| *g *= weight);
            self.rows += 1;
            if let Target::Outer(outer) = &mut self.target {
                let (slopes, vector) = (&self.weighted[..n], &self.extended[..m / n]);
                outer.push(slopes, vector);
                let largest = |v: &[f64]| v.iter().fold(0.0, |a, x| if x.abs() > a { x.abs() } else { a });
                self.moving += usize::from(largest(slopes) * largest(vector) > VANISHING);
                if self.first.len() < BLOCK * self.oracle.outputs().len() * m {
                    let start = self.first.len();
                    self.first.resize(start + m, 0.0);
                    let row = &mut self.first[start..];
                    add_outer(1.0, slopes, vector, m / n, row);
                    row.iter_mut().zip(&self.inverse).for_each(|(x, s)| *x *= s);
                }
                continue;
            }
            let start = self.chunk.len();
            self.chunk.resize(start + m, 0.0);
            let row = &mut self.chunk[start..];
            let vectors = self.weighted.chunks_exact(stride).zip(self.extended.chunks_exact(width));
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
            let moves = |row: &[f64]| row.iter().any(|x| x.abs() > VANISHING);
            let before = moves(row);
            row.iter_mut().zip(&self.inverse).for_each(|(x, s)| *x *= s);
            self.moving += usize::from(if self.units.is_some() { moves(row) } else { before });
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
        if let Target::Kept(kept) = &mut self.target {
            kept.push(m, &self.chunk);
        }
        self.chunk.clear();
    }

    /// What is kept of all rows, divided by the root of `count`, and the first rows.
    pub fn finish(mut self, count: f64) -> (Kept, Vec<f64>) {
        if matches!(self.target, Target::Kept(_)) {
            self.flush();
        }
        let kept = match self.target {
            Target::Kept(mut kept) => {
                kept.divide(count);
                kept
            }
            Target::Outer(outer) => Kept::Gram(outer.finish(&self.inverse, 1.0 / count)),
        };
        (kept, self.first)
    }
}

/// `matrix += sign · left rightᵀ`, rows of this width.
fn add_outer(sign: f64, left: &[f64], right: &[f64], width: usize, matrix: &mut [f64]) {
    for (row, x) in matrix.chunks_exact_mut(width).zip(left) {
        let x = sign * x;
        row.iter_mut().zip(right).for_each(|(sum, y)| *sum += x * y);
    }
}
