//! Equivariant maps of large tensors over float groups: both sides are taken apart, the space of all maps is never touched.
//!
//! Let `M` be a generic symmetric polynomial in the generators. Acting on `A = ⊕ R^{d_i} ⊗ R^{m_i}` it has for each irreducible
//! `d_i` different eigenvalues with eigenspaces of dimension `m_i` (twice and four times that for complex and quaternionic types),
//! and an equivariant map from `B` to `A` carries eigenspaces to eigenspaces of the same value. A second polynomial `Y`, whose
//! blocks between eigenspaces of one irreducible are multiples of orthogonal matrices, gives these frames that match: in them
//! the map is one matrix `w` for each irreducible, the same on every eigenspace, and commutes with what the generators leave
//! after matching (nothing for real types). The cost is that of eigenvectors of both sides: `(dim A)³ + (dim B)³` operations in
//! place of `(dim A · dim B)³`.

use super::EquivariantError;
use super::float_frames::{Plan, block, plan};
use super::float_group::{Adapted, norm};
use super::leg_operator::LegOperator;
use super::method::Spectrum;
use super::orthonormal::orthonormalize;
use crate::exact::Matrix;
use crate::float::Random;
use crate::float::gemm::multiply;
use crate::limits::{Limits, Stop};

/// Larger sides are not taken apart.
const MAX_SIDE: usize = 1600;
/// Polynomials that are tried.
const ATTEMPTS: usize = 4;
/// Words in a polynomial.
const WORDS: usize = 7;
/// A basis whose maps are further from being equivariant is not given out.
const WORST: f64 = 1e-8;
/// Vectors whose residual is computed at a time.
const CHUNK: usize = 2;

type Found = (usize, Vec<f64>, Spectrum);

/// The invariants of a tensor whose legs are `V` or its dual as the flags say, as orthonormal rows; `None` when the sides are
/// too large, or no polynomial was generic enough. `operator` holds the equations of the given matrices.
pub(super) fn by_sides(
    group: &Adapted,
    dual: &[bool],
    operator: &LegOperator,
    limits: &Limits,
) -> Result<Option<Found>, EquivariantError> {
    let n = group.algebra.first().or(group.discrete.first()).map_or(0, Matrix::rows);
    let size = |legs: usize| u32::try_from(legs).ok().and_then(|k| n.checked_pow(k));
    let larger = |cut: &usize| size(*cut).zip(size(dual.len() - cut)).map_or(usize::MAX, |(a, b)| a.max(b));
    let cut = (0..=dual.len()).min_by_key(larger).unwrap_or(0);
    let largest = larger(&cut);
    if n == 0 || largest > MAX_SIDE {
        return Ok(None);
    }
    limits.reserve(largest as u128 * largest as u128 * 8 * 10)?;
    // The second side stands as its dual: a map from there to the first.
    let flipped: Vec<bool> = dual[cut..].iter().map(|dual| !dual).collect();
    let mut random = Random::new(limits.seed(), 32);
    for attempt in 0..ATTEMPTS {
        limits.progress("sides", attempt as f64 / ATTEMPTS as f64);
        let letters = letters(group, dual.len(), &mut random);
        let sides = [Side::new(n, &dual[..cut], &letters), Side::new(n, &flipped, &letters)];
        let Some(plan) = plan(&sides, &mut random, limits)? else { continue };
        let (rank, mut rows) = maps(&sides, &plan, limits)?;
        if let Some((change, back)) = &group.change {
            let turned = change.transpose();
            let unknowns = operator.size();
            for row in rows.chunks_mut(unknowns) {
                limits.check()?;
                dual.iter().enumerate().for_each(|(l, dual)| change_leg(row, l, if *dual { &turned } else { back }));
            }
            if !orthonormalize(rank, unknowns, &mut rows, limits)? {
                continue;
            }
        }
        let residual = residual(operator, rank, &rows, limits)?;
        if residual < WORST {
            let spectrum = Spectrum { noise: plan.noise.max(f64::EPSILON), edge: plan.edge, residual };
            return Ok(Some((rank, rows, spectrum)));
        }
    }
    Ok(None)
}

/// An element of the algebra or of the group, on `V`.
struct Letter {
    finite: bool,
    matrix: Matrix<f64>,
}

/// Three generic elements of the algebra, scaled to act by matrices of norm about 1 on so many legs, and the discrete generators.
fn letters(group: &Adapted, legs: usize, random: &mut Random) -> Vec<Letter> {
    let mut out = Vec::new();
    if let Some(first) = group.algebra.first() {
        for _ in 0..3 {
            let mut x = Matrix::filled(first.rows(), first.cols(), 0.0);
            for m in group.algebra.iter().filter(|m| norm(m) > 0.0) {
                let factor = random.normal() / norm(m);
                x = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] + factor * m[(i, j)]);
            }
            let scale = 1.0 / (norm(&x) * (legs as f64).sqrt()).max(f64::MIN_POSITIVE);
            out.push(Letter { finite: false, matrix: x.map(|v| v * scale) });
        }
    }
    out.extend(group.discrete.iter().map(|h| Letter { finite: true, matrix: h.clone() }));
    out
}

/// One side of the maps: the matrices of all letters on each leg.
#[derive(PartialEq)]
pub(super) struct Side {
    leg: usize,
    count: usize,
    /// Its dimension.
    pub size: usize,
    /// Whether each belongs to the group, and its matrices.
    pub letters: Vec<(bool, Vec<Matrix<f64>>)>,
}

impl Side {
    fn new(n: usize, dual: &[bool], letters: &[Letter]) -> Side {
        let on_leg = |letter: &Letter, dual: bool| match (dual, letter.finite) {
            // The inverse transpose of an orthogonal matrix is itself.
            (false, _) | (true, true) => letter.matrix.clone(),
            (true, false) => letter.matrix.transpose().map(|x| -x),
        };
        let letters = letters.iter().map(|x| (x.finite, dual.iter().map(|&dual| on_leg(x, dual)).collect())).collect();
        Side { leg: n, count: dual.len(), size: n.pow(dual.len() as u32), letters }
    }

    /// A letter, or its transpose, applied to the columns of a square array.
    pub fn apply(&self, (letter, turned): (usize, bool), block: &[f64]) -> Vec<f64> {
        let (finite, legs) = &self.letters[letter];
        let mut now = block.to_vec();
        let mut sum = vec![0.0; block.len()];
        for (l, m) in legs.iter().enumerate() {
            let transposed = m.transpose();
            let m = if turned { &transposed } else { m };
            let inner = self.leg.pow((self.count - 1 - l) as u32) * self.size;
            let step = inner * self.leg;
            for (from, into) in now.chunks_exact(step).zip(sum.chunks_exact_mut(step)) {
                multiply((self.leg, self.leg, inner), m.entries(), from, into, !finite);
            }
            if *finite {
                std::mem::swap(&mut now, &mut sum);
            }
        }
        if *finite { now } else { sum }
    }

    /// A polynomial made symmetric.
    pub fn polynomial(&self, words: &[(f64, Vec<(usize, bool)>)], limits: &Limits) -> Result<Vec<f64>, Stop> {
        let n = self.size;
        let mut sum = vec![0.0; n * n];
        for (factor, word) in words {
            let mut block = vec![0.0; n * n];
            (0..n).for_each(|i| block[i * n + i] = 1.0);
            for &letter in word {
                limits.check()?;
                block = self.apply(letter, &block);
            }
            for i in 0..n {
                for j in 0..n {
                    sum[i * n + j] += factor * (block[i * n + j] + block[j * n + i]);
                }
            }
        }
        Ok(sum)
    }
}

/// Random words in letters and their transposes; the first are `xᵀ x`.
pub(super) fn words(letters: usize, random: &mut Random) -> Vec<(f64, Vec<(usize, bool)>)> {
    let mut out = Vec::with_capacity(WORDS);
    for k in 0..WORDS {
        let factor = random.normal();
        let word = match k {
            0 | 1 => vec![(k % letters, false), (k % letters, true)],
            _ => (0..2 + random.below(4)).map(|_| (random.below(letters), random.below(2) == 1)).collect(),
        };
        out.push((factor, word));
    }
    out
}

/// The maps `Σ_x U_x w V_xᵀ / √(number of x)`, row by row.
fn maps(sides: &[Side; 2], plan: &Plan, limits: &Limits) -> Result<(usize, Vec<f64>), EquivariantError> {
    let (rows, cols) = (sides[0].size, sides[1].size);
    let rank: usize = plan.components.iter().map(|c| c.maps.len()).sum();
    limits.reserve(rank as u128 * rows as u128 * cols as u128 * 8)?;
    let mut out = vec![0.0; rank * rows * cols];
    let mut blocks = out.chunks_mut((rows * cols).max(1));
    for component in &plan.components {
        let Some(first) = component.members.first() else { continue };
        let (a, b) = (plan.clusters[*first][0].len(), plan.clusters[*first][1].len());
        let count = component.members.len();
        // The frames of one side: for each eigenspace its columns.
        let frame = |s: usize, x: usize, width: usize| {
            let own = &plan.clusters[x][s];
            let columns: Vec<f64> = block(&plan.vectors[s], sides[s].size, &(0..sides[s].size), own);
            let mut turned = vec![0.0; sides[s].size * width];
            multiply((sides[s].size, width, width), &columns, &plan.frames[x][s], &mut turned, false);
            turned
        };
        let frames: Vec<[Vec<f64>; 2]> = component.members.iter().map(|&x| [frame(0, x, a), frame(1, x, b)]).collect();
        let scale = 1.0 / (count as f64).sqrt();
        for w in &component.maps {
            limits.check()?;
            let used: Vec<usize> = (0..b).filter(|j| (0..a).any(|i| w[i * b + j] != 0.0)).collect();
            let depth = count * used.len();
            let (mut left, mut right) = (vec![0.0; rows * depth], vec![0.0; depth * cols]);
            for (x, [u, v]) in frames.iter().enumerate() {
                for (k, &j) in used.iter().enumerate() {
                    let at = x * used.len() + k;
                    for r in 0..rows {
                        left[r * depth + at] = scale * (0..a).map(|i| u[r * a + i] * w[i * b + j]).sum::<f64>();
                    }
                    (0..cols).for_each(|c| right[at * cols + c] = v[c * b + j]);
                }
            }
            if let Some(target) = blocks.next() {
                multiply((rows, depth, cols), &left, &right, target, false);
            }
        }
    }
    Ok((rank, out))
}

/// Leg `l` of a tensor changed by a matrix.
fn change_leg(row: &mut [f64], l: usize, m: &Matrix<f64>) {
    let n = m.rows();
    let inner = row.len() / n.pow(l as u32 + 1);
    let mut image = vec![0.0; n * inner];
    for part in row.chunks_exact_mut(n * inner) {
        multiply((n, n, inner), m.entries(), part, &mut image, false);
        part.copy_from_slice(&image);
    }
}

/// The largest `|C w|` of the rows, `C` the equations of the given generators, each divided by its size.
fn residual(operator: &LegOperator, rank: usize, rows: &[f64], limits: &Limits) -> Result<f64, Stop> {
    let size = operator.size();
    let mut worst = 0.0f64;
    for start in (0..rank).step_by(CHUNK) {
        limits.progress("residual", start as f64 / rank as f64);
        let width = CHUNK.min(rank - start);
        let mut block = vec![0.0; size * width];
        for k in 0..width {
            let row = &rows[(start + k) * size..][..size];
            row.iter().enumerate().for_each(|(i, x)| block[i * width + k] = *x);
        }
        worst = worst.max(operator.residual(&block, width, limits)?);
    }
    Ok(worst)
}
