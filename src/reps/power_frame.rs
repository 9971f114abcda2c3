//! Symmetric and exterior powers under elementary matrices: what `1 + c e_ij` does to monomials and wedge products.
//!
//! A matrix is a product of elementary ones, by elimination. The elementary matrix that sends `v_j` to `v_j + c v_i` sends a
//! monomial with the factor `v_j^b` to the sum over t of `C(b, t) c^t` times the monomial with t factors `v_j` replaced by `v_i`:
//! few terms, where the matrix of the whole power has many. The terms with t = 1 are the derivation that extends `e_ij`.

use super::powers::{places, sequences, sort, sort_with_sign};
use crate::exact::ModMatrix;
use crate::limits::{Limits, Stop};
use crate::num::Prime;

/// A term of the image of a basis element under `v_j ↦ v_j + c v_i`.
#[derive(Clone, Copy, Debug)]
struct Move {
    target: u32,
    source: u32,
    /// The exponent of `v_j` in the source.
    exponent: u32,
    /// How many factors are replaced.
    replaced: u32,
    negative: bool,
}

/// The power `Sym^k` or `Λ^k` of a space of dimension `n`; the space itself is its first power.
#[derive(Debug)]
pub(super) struct PowerFrame {
    /// The dimension of the space.
    n: usize,
    /// The dimension of the power.
    pub size: usize,
    /// The largest exponent.
    most: usize,
    /// Of `v_i ← v_j`, at `i · n + j`, without the terms with no replacement; sources with small exponents come first.
    moves: Vec<Vec<Move>>,
    /// For each `i` the basis elements with a factor `v_i`, and its exponent.
    exponents: Vec<Vec<(u32, u32)>>,
}

impl PowerFrame {
    /// The space itself.
    pub fn first(n: usize) -> PowerFrame {
        let single = |k: usize| {
            let (target, source) = ((k / n) as u32, (k % n) as u32);
            let replace = Move { target, source, exponent: 1, replaced: 1, negative: false };
            if target == source { Vec::new() } else { vec![replace] }
        };
        let moves = (0..n * n).map(single).collect();
        PowerFrame { n, size: n, most: 1, moves, exponents: (0..n as u32).map(|i| vec![(i, 1)]).collect() }
    }

    /// The power of this dimension, in the basis of [`super::powers`]. Cost: `n` times the number of terms, each with a search.
    pub fn power(n: usize, (size, k): (usize, u32), alternating: bool, limits: &Limits) -> Result<PowerFrame, Stop> {
        let basis = if size == 0 { Vec::new() } else { sequences(n, k as usize, size, alternating, limits)? };
        let place = places(&basis);
        let mut moves = vec![Vec::new(); n * n];
        let mut exponents = vec![Vec::new(); n];
        let mut image = Vec::new();
        let mut terms = 0u128;
        for (source, sequence) in basis.iter().enumerate() {
            limits.check()?;
            for run in sequence.chunk_by(|a, b| a == b) {
                let (j, exponent) = (run[0], run.len() as u32);
                exponents[j as usize].push((source as u32, exponent));
                for i in (0..n as u32).filter(|i| *i != j) {
                    image.clear();
                    image.extend_from_slice(sequence);
                    for replaced in 1..=exponent {
                        // The first of those that are left is replaced.
                        let Some(at) = image.iter().position(|x| *x == j) else { break };
                        image[at] = i;
                        let Some(negative) = (if alternating { sort_with_sign(&mut image) } else { sort(&mut image) })
                        else {
                            break;
                        };
                        let Some(&target) = place.get(&image[..]) else { break };
                        let term = Move { target, source: source as u32, exponent, replaced, negative };
                        moves[i as usize * n + j as usize].push(term);
                        terms += 1;
                    }
                }
            }
            if source % 1024 == 0 {
                limits.reserve(terms * size_of::<Move>() as u128)?;
            }
        }
        // Sources are read before they become targets of others.
        moves.iter_mut().for_each(|list: &mut Vec<Move>| list.sort_by_key(|m| (m.exponent, m.replaced)));
        Ok(PowerFrame { n, size, most: if alternating { 1 } else { k as usize }, moves, exponents })
    }

    /// Additions of multiples of slices that one element takes, at most.
    pub fn cost(&self) -> usize {
        self.moves.iter().map(Vec::len).sum::<usize>() + self.n
    }

    /// Multiplies by the power of a product of elementary matrices on one axis of a block: `outer · size · inner` numbers.
    pub fn apply(&self, p: Prime, factors: &[Elementary], block: &mut [u32], inner: usize) {
        let binomials = binomials(p, self.most);
        for factor in factors.iter().rev() {
            match *factor {
                Elementary::Scale { i, by } => {
                    let powers = powers_of(p, by, self.most);
                    for plane in block.chunks_mut((self.size * inner).max(1)) {
                        for (at, exponent) in &self.exponents[i] {
                            p.scale(&mut plane[*at as usize * inner..][..inner], powers[*exponent as usize]);
                        }
                    }
                }
                Elementary::Add { i, j, by } => {
                    let powers = powers_of(p, by, self.most);
                    for plane in block.chunks_mut((self.size * inner).max(1)) {
                        for m in &self.moves[i * self.n + j] {
                            let factor =
                                p.mul(binomials[m.exponent as usize][m.replaced as usize], powers[m.replaced as usize]);
                            let factor = if m.negative { p.neg(factor) } else { factor };
                            let (target, source) = apart(plane, m.target as usize, m.source as usize, inner);
                            p.add_scaled(target, factor, source);
                        }
                    }
                }
            }
        }
    }

    /// Adds the image under the derivation that extends a matrix of the algebra, on one axis as in [`Self::apply`].
    pub fn add_derivation(&self, p: Prime, matrix: &ModMatrix, block: &[u32], sum: &mut [u32], inner: usize) {
        let width = (self.size * inner).max(1);
        for (from, into) in block.chunks(width).zip(sum.chunks_mut(width)) {
            let mut add = |target: u32, source: u32, factor: u32| {
                let source = &from[source as usize * inner..][..inner];
                p.add_scaled(&mut into[target as usize * inner..][..inner], factor, source);
            };
            for i in 0..self.n {
                for j in 0..self.n {
                    let entry = matrix.row(i)[j];
                    if entry == 0 {
                        continue;
                    }
                    if i == j {
                        for (at, exponent) in &self.exponents[i] {
                            add(*at, *at, p.mul(entry, *exponent));
                        }
                    }
                    for m in self.moves[i * self.n + j].iter().filter(|m| m.replaced == 1) {
                        let factor = p.mul(entry, m.exponent);
                        add(m.target, m.source, if m.negative { p.neg(factor) } else { factor });
                    }
                }
            }
        }
    }
}

/// Two different slices of a block, the first to be written.
fn apart(block: &mut [u32], target: usize, source: usize, inner: usize) -> (&mut [u32], &[u32]) {
    let cut = target.max(source) * inner;
    let (low, high) = block.split_at_mut(cut);
    match target < source {
        true => (&mut low[target * inner..][..inner], &high[..inner]),
        false => (&mut high[..inner], &low[source * inner..][..inner]),
    }
}

fn powers_of(p: Prime, x: u32, most: usize) -> Vec<u32> {
    std::iter::successors(Some(1), |power| Some(p.mul(*power, x))).take(most + 1).collect()
}

/// Pascal's triangle.
fn binomials(p: Prime, most: usize) -> Vec<Vec<u32>> {
    let mut rows = vec![vec![1]];
    for k in 0..most {
        let above = &rows[k];
        let mut row = vec![1];
        row.extend(above.windows(2).map(|pair| p.add(pair[0], pair[1])));
        row.push(1);
        rows.push(row);
    }
    rows
}

/// A factor of an invertible matrix.
#[derive(Clone, Copy, Debug)]
pub(super) enum Elementary {
    /// `1 + by · e_ij`, which sends `v_j` to `v_j + by · v_i`.
    Add { i: usize, j: usize, by: u32 },
    /// Coordinate `i` times a number.
    Scale { i: usize, by: u32 },
}

/// The factors of an invertible matrix, the first one on the left; `None` for a singular one.
pub(super) fn elementary_factors(p: Prime, matrix: &ModMatrix) -> Option<Vec<Elementary>> {
    let n = matrix.rows();
    let mut rows: Vec<Vec<u32>> = (0..n).map(|i| matrix.row(i).to_vec()).collect();
    let mut out = Vec::new();
    for c in 0..n {
        if rows[c][c] == 0 {
            // A later row is added: then it is subtracted from the rest.
            let i = (c + 1..n).find(|&i| rows[i][c] != 0)?;
            let other = rows[i].clone();
            p.add_row(&mut rows[c], &other);
            out.push(Elementary::Add { i: c, j: i, by: p.neg(1) });
        }
        let pivot = rows[c][c];
        if pivot != 1 {
            p.scale(&mut rows[c], p.inv(pivot));
            out.push(Elementary::Scale { i: c, by: pivot });
        }
        let own = rows[c].clone();
        for (i, row) in rows.iter_mut().enumerate() {
            let factor = row[c];
            if i != c && factor != 0 {
                p.add_scaled(row, p.neg(factor), &own);
                out.push(Elementary::Add { i, j: c, by: factor });
            }
        }
    }
    Some(out)
}
