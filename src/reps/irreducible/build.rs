//! The construction of `V(λ)`, weight space by weight space from the highest weight down.
//!
//! A vector of weight `μ ≠ λ` is determined by its images under `e_1, …, e_r`, because a vector that all of them kill
//! generates a proper submodule. The images of `f_i b`, `b` a basis vector of weight `μ + α_i`, are known from above:
//!
//! `e_j f_i b = f_i e_j b + δ_ij ⟨μ + α_i, α_i^∨⟩ b`.
//!
//! So the vectors `f_i b` are rows of numbers, those that are independent form the basis of the space, and the others
//! are combinations of them. Freudenthal's multiplicity says how many there must be. Rows are chosen and combinations
//! found modulo a prime; the combinations are checked over Q in all coordinates, and this check is exactly the relation
//! `[e_j, f_i] = δ_ij h_i`. The remaining relations hold because vectors have weights, and Serre's relations follow in
//! finite dimension (Humphreys, section 21.2 and proposition 21.4): so the matrices are a representation of the highest
//! weight `λ`, and having the dimension of `V(λ)` they are `V(λ)`.
//!
//! Basis vectors are `f_i^{(k)} b`, divided powers. Rows are offered by increasing `i`, then by decreasing `k`, like
//! the strings of a crystal (Littelmann, *Cones, crystals, and patterns*, Transformation Groups 3 (1998)): the basis is
//! adapted to the filtration by `f_1^k V`, and its entries are nearly always integers.

use super::spaces::{Space, weight_spaces};
use crate::exact::lift::Primes;
use crate::exact::{Matrix, ModMatrix, SparseVector, dot, inverse, sparse};
use crate::limits::{Limits, Stop};
use crate::num::{Prime, Rational, rationals_of_words};
use crate::weights::{ReductiveType, WeightError};

/// A basis vector as a word: `f_node b_above / exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The number of the simple root, from 0.
    pub node: usize,
    /// The basis vector to which it is applied.
    pub above: usize,
    /// The power of `f_node` that the word ends with.
    pub exponent: i64,
}

/// What the construction yields: images of basis vectors, one sparse vector for each of them.
pub struct Built {
    pub spaces: Vec<Space>,
    /// How each basis vector was made; the highest weight vector was not.
    pub steps: Vec<Option<Step>>,
    /// `raised[i][k] = e_i b_k`.
    pub raised: Vec<Vec<SparseVector>>,
    /// `lowered[i][k] = f_i b_k`.
    pub lowered: Vec<Vec<SparseVector>>,
}

/// Primes that are tried for one weight space before the multiplicity is called wrong.
const MAX_PRIMES: usize = 50;

/// Builds `V(λ)`. Cost: for each weight of multiplicity `m` an elimination of about `r m` rows of length `r m` and rank
/// `m` modulo a prime, and one exact product.
pub fn build(group: &ReductiveType, highest: &[i64], limits: &Limits) -> Result<Built, WeightError> {
    let spaces = weight_spaces(group, highest, limits)?;
    let dim = spaces.last().map_or(0, |s| s.start + s.dim);
    let rank = group.semisimple_rank();
    let mut built = Built {
        spaces: Vec::new(),
        steps: vec![None; dim],
        raised: vec![vec![Vec::new(); dim]; rank],
        lowered: vec![vec![Vec::new(); dim]; rank],
    };
    let mut primes = Primes::new(limits);
    let mut prime = primes.draw();
    for space in spaces.iter().skip(1) {
        limits.check()?;
        let candidates = built.candidates(space, &spaces);
        let rows = built.rows(space, &spaces, &candidates);
        let mut tries = 0;
        let chosen = loop {
            if let Some(found) = choose(prime, &rows, space.dim, limits)? {
                break found;
            }
            tries += 1;
            if tries == MAX_PRIMES {
                return Err(WeightError::Check(format!("the weight space {:?} is too small", space.weight)));
            }
            limits.check()?;
            prime = primes.draw();
        };
        built.record(space, &spaces, &candidates, &rows, &chosen, limits)?;
    }
    built.spaces = spaces;
    Ok(built)
}

/// The rows of a weight space in the coordinates of the spaces above, side by side.
struct Rows {
    cols: usize,
    /// For each simple root the first column of the space above.
    offsets: Vec<usize>,
    rows: Vec<SparseVector>,
}

/// Independent rows, columns in which they are, and the inverse of that square matrix modulo a prime.
struct Chosen {
    prime: Prime,
    rows: Vec<usize>,
    pivots: Vec<usize>,
    inverse: ModMatrix,
    residues: Vec<Vec<u32>>,
}

impl Built {
    /// The vectors `f_i^{(k)} b` that end in a space, in the order in which they are offered.
    fn candidates(&self, space: &Space, spaces: &[Space]) -> Vec<Step> {
        let mut out = Vec::new();
        for (node, up) in space.up.iter().enumerate() {
            let Some(up) = *up else { continue };
            let first = out.len();
            for above in spaces[up].range() {
                let exponent = match self.steps[above] {
                    Some(step) if step.node == node => step.exponent + 1,
                    _ => 1,
                };
                out.push(Step { node, above, exponent });
            }
            out[first..].sort_by_key(|step| -step.exponent);
        }
        out
    }

    fn rows(&self, space: &Space, spaces: &[Space], candidates: &[Step]) -> Rows {
        let mut offsets = vec![0; space.up.len()];
        let mut cols = 0;
        for (offset, up) in offsets.iter_mut().zip(&space.up) {
            *offset = cols;
            cols += up.map_or(0, |t| spaces[t].dim);
        }
        let row = |step: &Step| {
            let mut terms: Vec<(u32, Rational)> = Vec::new();
            for (j, up) in space.up.iter().enumerate() {
                let Some(target) = up.map(|t| &spaces[t]) else { continue };
                let column = |k: usize| (offsets[j] + k - target.start) as u32;
                for (k, x) in &self.raised[j][step.above] {
                    let image = &self.lowered[step.node][*k as usize];
                    terms.extend(image.iter().map(|(l, y)| (column(*l as usize), x * y)));
                }
                if j == step.node {
                    terms.push((column(step.above), Rational::from(target.weight[j])));
                }
            }
            let mut row = sparse::collect_terms(terms);
            if step.exponent > 1
                && let Some(factor) = Rational::from(step.exponent).recip()
            {
                row.iter_mut().for_each(|(_, x)| *x = &*x * &factor);
            }
            row
        };
        Rows { cols, rows: candidates.iter().map(row).collect(), offsets }
    }

    /// Makes the chosen rows the basis of a space and writes the others in it, checked exactly.
    fn record(
        &mut self,
        space: &Space,
        spaces: &[Space],
        candidates: &[Step],
        rows: &Rows,
        chosen: &Chosen,
        limits: &Limits,
    ) -> Result<(), WeightError> {
        for (k, &at) in chosen.rows.iter().enumerate() {
            self.steps[space.start + k] = Some(candidates[at]);
            for (j, up) in space.up.iter().enumerate() {
                let Some(target) = up.map(|t| &spaces[t]) else { continue };
                let columns = rows.offsets[j]..rows.offsets[j] + target.dim;
                let inside = rows.rows[at].iter().filter(|(c, _)| columns.contains(&(*c as usize)));
                self.raised[j][space.start + k] =
                    inside.map(|(c, x)| ((*c as usize - rows.offsets[j] + target.start) as u32, x.clone())).collect();
            }
        }
        let mut exact = None;
        for (at, step) in candidates.iter().enumerate() {
            let coordinates: SparseVector = match chosen.rows.iter().position(|&c| c == at) {
                Some(k) => vec![(k as u32, Rational::ONE)],
                None => coordinates(rows, chosen, at, &mut exact, limits)?,
            };
            let factor = Rational::from(step.exponent);
            self.lowered[step.node][step.above] =
                coordinates.into_iter().map(|(k, x)| (k + space.start as u32, &x * &factor)).collect();
        }
        Ok(())
    }
}

/// Chooses the first `rank` independent rows modulo a prime; `None` when the prime is no good.
fn choose(p: Prime, rows: &Rows, rank: usize, limits: &Limits) -> Result<Option<Chosen>, Stop> {
    limits.reserve((rows.rows.len() + 2 * rank) as u128 * rows.cols as u128 * 4)?;
    let mut residues = Vec::with_capacity(rows.rows.len());
    for row in &rows.rows {
        let mut dense = vec![0; rows.cols];
        for (k, x) in row {
            let Some(r) = p.residue(x) else { return Ok(None) };
            dense[*k as usize] = r;
        }
        residues.push(dense);
    }
    let mut echelon: Vec<(usize, Vec<u32>)> = Vec::with_capacity(rank);
    let mut chosen = Vec::with_capacity(rank);
    for (at, row) in residues.iter().enumerate() {
        if chosen.len() == rank {
            break;
        }
        let mut rest = row.clone();
        for (pivot, above) in &echelon {
            let factor = p.neg(rest[*pivot]);
            p.add_scaled(&mut rest, factor, above);
        }
        if let Some(pivot) = rest.iter().position(|&x| x != 0) {
            let factor = p.inv(rest[pivot]);
            p.scale(&mut rest, factor);
            echelon.push((pivot, rest));
            chosen.push(at);
        }
    }
    if chosen.len() < rank {
        return Ok(None);
    }
    let pivots: Vec<usize> = echelon.into_iter().map(|(pivot, _)| pivot).collect();
    let square = chosen.iter().map(|&at| pivots.iter().map(|&c| residues[at][c]).collect());
    let Some(inverse) = ModMatrix::from_rows(rank, square).inverse(p, limits)? else { return Ok(None) };
    Ok(Some(Chosen { prime: p, rows: chosen, pivots, inverse, residues }))
}

/// A row as a combination of the chosen ones: small integers, small fractions, or what elimination over Q says; the first
/// that passes the exact check.
fn coordinates(
    rows: &Rows,
    chosen: &Chosen,
    at: usize,
    exact: &mut Option<Matrix<Rational>>,
    limits: &Limits,
) -> Result<SparseVector, WeightError> {
    let p = chosen.prime;
    let values: Vec<u32> = chosen.pivots.iter().map(|&c| chosen.residues[at][c]).collect();
    let found = chosen.inverse.left_mul(p, &values);
    let half = p.value() / 2;
    let signed = |&x: &u32| Rational::from(if x > half { i64::from(x) - i64::from(p.value()) } else { i64::from(x) });
    let integers: Vec<Rational> = found.iter().map(signed).collect();
    if is_combination(rows, &chosen.rows, at, &integers) {
        return Ok(sparse::to_sparse(&integers));
    }
    if let Some(fractions) = rationals_of_words((p, &found), None)
        && is_combination(rows, &chosen.rows, at, &fractions)
    {
        return Ok(sparse::to_sparse(&fractions));
    }
    // The transposed inverse, made once for each weight space.
    let columns = match exact {
        Some(known) => known,
        None => {
            let entries =
                |&row: &usize| chosen.pivots.iter().map(|&c| sparse::entry(&rows.rows[row], c as u32)).collect();
            let square = Matrix::from_rows(chosen.rows.iter().map(entries).collect());
            let found = square.map(|m| inverse(&m, limits)).transpose()?.flatten();
            let found = found.ok_or_else(|| WeightError::Check("dependent rows of a weight space".into()))?;
            exact.insert(found.transpose())
        }
    };
    let values: Vec<Rational> = chosen.pivots.iter().map(|&c| sparse::entry(&rows.rows[at], c as u32)).collect();
    let solved: Vec<Rational> = columns.iter_rows().map(|column| dot(&values, column)).collect();
    if is_combination(rows, &chosen.rows, at, &solved) {
        return Ok(sparse::to_sparse(&solved));
    }
    Err(WeightError::Check("a weight space is larger than its multiplicity".into()))
}

/// Whether `rows[at] = Σ factors[k] · rows[basis[k]]`, exactly.
fn is_combination(rows: &Rows, basis: &[usize], at: usize, factors: &[Rational]) -> bool {
    let mut rest = sparse::to_dense(&rows.rows[at], rows.cols);
    for (factor, &row) in factors.iter().zip(basis) {
        if factor.is_zero() {
            continue;
        }
        let factor = -factor;
        for (k, x) in &rows.rows[row] {
            rest[*k as usize].add_product(&factor, x);
        }
    }
    rest.iter().all(Rational::is_zero)
}
