//! The construction of `V(λ)`, weight space by weight space from the highest weight down.
//!
//! A vector of weight `μ ≠ λ` is determined by its images under `e_1, …, e_r`, because a vector that all of them kill
//! generates a proper submodule. The images of `f_i b`, `b` of weight `μ + α_i`, are known from above:
//!
//! `e_j f_i b = f_i e_j b + δ_ij ⟨μ + α_i, α_i^∨⟩ b`.
//!
//! So the vectors `f_i b` are rows of numbers, those that are independent form a basis of the space, and the others are
//! combinations of them. Freudenthal's multiplicity says how many there must be. Rows are chosen and combinations found
//! modulo a prime; the combinations are checked over Q in all coordinates, and this check is exactly the relation
//! `[e_j, f_i] = δ_ij h_i`. The remaining relations hold because vectors have weights, and Serre's relations follow in
//! finite dimension (Humphreys, section 21.2 and proposition 21.4): so the matrices are a representation of the highest
//! weight `λ`, and having the dimension of `V(λ)` they are `V(λ)`.
//!
//! The vectors offered are divided powers `f_i^{(k)} b`. They span Kostant's lattice, which all divided powers of `e_i` and
//! `f_i` keep (Humphreys, section 27.1): in a basis of it all matrices are integral. They are offered by increasing `i`,
//! then by decreasing `k`, like the strings of a crystal (Littelmann, *Cones, crystals, and patterns*, Transformation Groups 3
//! (1998)). Nearly always the first independent ones are a basis of the lattice; where they are not, a triangular basis
//! takes their place. Either way the first vectors of a space span the images of high powers of `f_1`.

use super::lattice::triangular_basis;
use super::matrices::apply;
use super::spaces::{Space, weight_spaces};
use crate::exact::lift::Primes;
use crate::exact::{Matrix, ModMatrix, SparseVector, dot, inverse, sparse};
use crate::limits::{Limits, Stop};
use crate::num::{Prime, Rational, rationals_of_words};
use crate::weights::{ReductiveType, WeightError};

/// A vector `f_node^{(exponent)} b`, which is `f_node^power b_above` over `exponent (exponent − 1) ⋯ (exponent − power + 1)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The number of the simple root, from 0.
    pub node: usize,
    /// The basis vector `b`, which does not itself end with `f_node`.
    base: usize,
    /// How often `f_node` is applied to it.
    pub exponent: i64,
    /// A basis vector on the way, as near as there is one.
    pub above: usize,
    /// How often `f_node` is applied to that one.
    pub power: i64,
}

impl Step {
    /// The divided power that leads from `above` to the vector, with `f` (or its adjoint `e`) acting as told.
    pub fn apply(&self, mut v: SparseVector, act: impl Fn(usize, &[(u32, Rational)]) -> SparseVector) -> SparseVector {
        for t in 1..=self.power {
            v = act(self.node, &v);
            divide(&mut v, self.exponent - self.power + t);
        }
        v
    }
}

fn divide(v: &mut SparseVector, by: i64) {
    if let Some(factor) = Rational::from(by).recip().filter(|_| by != 1) {
        v.iter_mut().for_each(|(_, x)| *x = &*x * &factor);
    }
}

/// How a basis vector is made of earlier ones: a combination of steps, nearly always one. Empty for the highest weight
/// vector.
pub type Definition = Vec<(Rational, Step)>;

/// What the construction yields: images of basis vectors, one sparse vector for each of them.
pub struct Built {
    pub spaces: Vec<Space>,
    pub definitions: Vec<Definition>,
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
    let mut builder = Builder {
        spaces: &spaces,
        definitions: vec![Vec::new(); dim],
        raised: vec![vec![Vec::new(); dim]; rank],
        lowered: vec![vec![Vec::new(); dim]; rank],
        strings: vec![vec![Vec::new(); rank]; spaces.len()],
    };
    let mut primes = Primes::new(limits);
    let mut prime = primes.draw();
    for (at, space) in spaces.iter().enumerate().skip(1) {
        limits.check()?;
        let offers = builder.offers(at);
        let rows = builder.rows(at, &offers);
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
        let coordinates = all_coordinates(&rows, &chosen, limits)?;
        builder.record(at, offers, &rows, &chosen, coordinates, limits)?;
    }
    let Builder { definitions, raised, lowered, .. } = builder;
    Ok(Built { spaces, definitions, raised, lowered })
}

/// A vector `f_i^{(k)} b` that is offered.
struct Offer {
    node: usize,
    base: usize,
    exponent: i64,
    /// `f_i^{(k−1)} b` in coordinates.
    before: SparseVector,
}

struct Builder<'a> {
    spaces: &'a [Space],
    definitions: Vec<Definition>,
    raised: Vec<Vec<SparseVector>>,
    lowered: Vec<Vec<SparseVector>>,
    /// For each space and simple root the vectors `f_i^{(k)} b`, `k ≥ 1`, that are not zero: `(b, k, coordinates)`.
    strings: Vec<Vec<Vec<(usize, i64, SparseVector)>>>,
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

impl Builder<'_> {
    /// Whether a basis vector is `f_node^{(k)} b`: then `b` and `k`.
    fn ends_with(&self, vector: usize, node: usize) -> Option<(usize, i64)> {
        match &self.definitions[vector][..] {
            [(factor, step)] if step.node == node && factor.is_one() => Some((step.base, step.exponent)),
            _ => None,
        }
    }

    /// The vectors `f_i^{(k)} b` that end in a space, in the order in which they are offered.
    fn offers(&self, at: usize) -> Vec<Offer> {
        let mut out = Vec::new();
        for (node, up) in self.spaces[at].up.iter().enumerate() {
            let Some(up) = *up else { continue };
            let first = out.len();
            for (base, k, vector) in &self.strings[up][node] {
                out.push(Offer { node, base: *base, exponent: k + 1, before: vector.clone() });
            }
            for base in self.spaces[up].range().filter(|&b| self.ends_with(b, node).is_none()) {
                out.push(Offer { node, base, exponent: 1, before: vec![(base as u32, Rational::ONE)] });
            }
            out[first..].sort_by_key(|offer| -offer.exponent);
        }
        out
    }

    fn rows(&self, at: usize, offers: &[Offer]) -> Rows {
        let space = &self.spaces[at];
        let mut offsets = vec![0; space.up.len()];
        let mut cols = 0;
        for (offset, up) in offsets.iter_mut().zip(&space.up) {
            *offset = cols;
            cols += up.map_or(0, |t| self.spaces[t].dim);
        }
        let row = |offer: &Offer| {
            let mut terms: Vec<(u32, Rational)> = Vec::new();
            for (j, up) in space.up.iter().enumerate() {
                let Some(target) = up.map(|t| &self.spaces[t]) else { continue };
                let column = |k: usize| (offsets[j] + k - target.start) as u32;
                let pairing = Rational::from(target.weight[j]);
                for (b, x) in &offer.before {
                    for (k, y) in &self.raised[j][*b as usize] {
                        let product = x * y;
                        let image = &self.lowered[offer.node][*k as usize];
                        terms.extend(image.iter().map(|(l, z)| (column(*l as usize), &product * z)));
                    }
                    if j == offer.node {
                        terms.push((column(*b as usize), x * &pairing));
                    }
                }
            }
            let mut row = sparse::collect_terms(terms);
            divide(&mut row, offer.exponent);
            row
        };
        Rows { cols, rows: offers.iter().map(row).collect(), offsets }
    }

    /// Makes a basis of the lattice the basis of a space and writes down what is now known.
    fn record(
        &mut self,
        at: usize,
        offers: Vec<Offer>,
        rows: &Rows,
        chosen: &Chosen,
        mut coordinates: Vec<SparseVector>,
        limits: &Limits,
    ) -> Result<(), WeightError> {
        let space = &self.spaces[at];
        let unit = |k: usize| vec![(k as u32, Rational::ONE)];
        // Each basis vector as a combination of the chosen ones.
        let mut basis: Vec<SparseVector> = (0..space.dim).map(unit).collect();
        if coordinates.iter().flatten().any(|(_, x)| !x.is_integer()) {
            let dense: Vec<Vec<Rational>> = coordinates.iter().map(|v| sparse::to_dense(v, space.dim)).collect();
            let wrong = || WeightError::Check("the lattice of a weight space is too small".into());
            let found = triangular_basis(&dense, space.dim, limits)?.ok_or_else(wrong)?;
            basis = found.iter().map(|v| sparse::to_sparse(v)).collect();
            let change =
                Matrix::from_rows(found).map(|m| inverse(&m, limits)).transpose()?.flatten().ok_or_else(wrong)?;
            let change: Vec<SparseVector> = change.iter_rows().map(sparse::to_sparse).collect();
            coordinates = coordinates.iter().map(|v| apply(&change, v)).collect();
        }
        for (k, combined) in basis.iter().enumerate() {
            let definition =
                combined.iter().map(|(c, x)| (x.clone(), self.step(at, &offers[chosen.rows[*c as usize]])));
            self.definitions[space.start + k] = definition.collect();
            let terms = combined
                .iter()
                .flat_map(|(c, x)| rows.rows[chosen.rows[*c as usize]].iter().map(move |(column, y)| (*column, x * y)));
            let row = sparse::collect_terms(terms.collect());
            for (j, up) in space.up.iter().enumerate() {
                let Some(target) = up.map(|t| &self.spaces[t]) else { continue };
                let columns = rows.offsets[j]..rows.offsets[j] + target.dim;
                let inside = row.iter().filter(|(c, _)| columns.contains(&(*c as usize)));
                self.raised[j][space.start + k] =
                    inside.map(|(c, x)| ((*c as usize - rows.offsets[j] + target.start) as u32, x.clone())).collect();
            }
        }
        for (offer, mut vector) in offers.into_iter().zip(coordinates) {
            vector.iter_mut().for_each(|(k, _)| *k += space.start as u32);
            // The basis vector `f_i^{(k−1)} b`, when it is one.
            let before = match (&offer.before[..], offer.exponent) {
                ([(b, _)], 1) => Some(*b as usize),
                ([(b, _)], k) => {
                    Some(*b as usize).filter(|&b| self.ends_with(b, offer.node) == Some((offer.base, k - 1)))
                }
                _ => None,
            };
            if let Some(b) = before {
                let factor = Rational::from(offer.exponent);
                self.lowered[offer.node][b] = vector.iter().map(|(k, x)| (*k, x * &factor)).collect();
            }
            if !vector.is_empty() {
                self.strings[at][offer.node].push((offer.base, offer.exponent, vector));
            }
        }
        Ok(())
    }

    /// An offer as a step from the nearest basis vector.
    fn step(&self, at: usize, offer: &Offer) -> Step {
        let Offer { node, base, exponent, .. } = *offer;
        let before = self.spaces[at].up[node].map_or(0..0, |up| self.spaces[up].range());
        let known = before.clone().find(|&b| exponent > 1 && self.ends_with(b, node) == Some((base, exponent - 1)));
        match known {
            Some(above) => Step { node, base, exponent, above, power: 1 },
            None => Step { node, base, exponent, above: base, power: exponent },
        }
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

/// All rows in coordinates of the chosen ones.
fn all_coordinates(rows: &Rows, chosen: &Chosen, limits: &Limits) -> Result<Vec<SparseVector>, WeightError> {
    let mut out: Vec<SparseVector> = Vec::with_capacity(rows.rows.len());
    let mut exact = None;
    for at in 0..rows.rows.len() {
        out.push(match chosen.rows.iter().position(|&c| c == at) {
            Some(k) => vec![(k as u32, Rational::ONE)],
            None => coordinates(rows, chosen, at, &mut exact, limits)?,
        });
    }
    Ok(out)
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
