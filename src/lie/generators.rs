//! Elements that generate an algebra, chosen modulo a prime.
//!
//! Vectors with integer coordinates whose iterated brackets span the algebra modulo a prime span it over Q too, since a
//! rank modulo a prime is a lower bound. So what such a set proves does not depend on the prime.

use super::jacobi::next_table;
use super::residue::Row;
use super::{ResidueTable, StructureConstants};
use crate::exact::lift::Primes;
use crate::exact::{ModMatrix, ModSpan, Subspace};
use crate::limits::{Limits, Stop};
use crate::num::prime::{random_integer, random_stream};

/// Coordinates of the generic generators are drawn from `-GENERATOR_SIZE..=GENERATOR_SIZE`.
pub(super) const GENERATOR_SIZE: u32 = 5;

/// The same for cheap generators of dense tables: small ones keep all numbers small.
const DENSE_SIZE: u32 = 1;

/// For cheap generators of sparse tables: the size and the number of their coordinates, how many are tried before basis
/// elements, and how many of them among the basis elements with few constants.
const SPARSE_SIZE: u32 = 9;
const SPARSE_SUPPORT: usize = 3;
const SPARSE_GENERATORS: usize = 12;
const LIGHT_GENERATORS: usize = 4;

/// Integer vectors that generate the algebra with this derived algebra: unit vectors that span a complement of it (enough
/// for a nilpotent algebra), then generic ones.
pub(super) fn generating_set(
    constants: &StructureConstants,
    derived: &Subspace,
    limits: &Limits,
) -> Result<Vec<Vec<i64>>, Stop> {
    let n = constants.dim();
    let table = next_table(&mut Primes::new(limits), constants);
    let mut rng = random_stream(limits.seed(), 7000);
    let mut closure = Closure::new(&table);
    let mut generators: Vec<Vec<i64>> = Vec::new();
    for c in derived.free_columns() {
        let unit: Vec<i64> = (0..n).map(|i| i64::from(i == c)).collect();
        closure.add(&unit, limits)?;
        generators.push(unit);
    }
    while !closure.is_everything() {
        let x: Vec<i64> = (0..n).map(|_| random_integer(&mut rng, GENERATOR_SIZE)).collect();
        if closure.add(&x, limits)? {
            generators.push(x);
        }
    }
    Ok(generators)
}

/// Integer vectors that generate the algebra and whose adjoint maps are cheap to compute with.
pub(super) fn cheap_generating_set(
    table: &ResidueTable,
    rng: &mut rand_chacha::ChaCha8Rng,
    limits: &Limits,
) -> Result<Vec<Vec<i64>>, Stop> {
    let n = table.dim();
    let mut generators: Vec<Vec<i64>> = Vec::new();
    let mut closure = Closure::new(table);
    let mut drawn = 0;
    let mut next_unit = 0;
    let by_weight = by_weight(table);
    while !closure.is_everything() {
        limits.check()?;
        // Two generic elements generate a semisimple algebra; for a sparse table some elements with few coordinates
        // cost less. What they miss is added one basis element at a time.
        let x: Vec<i64> = if !table.is_sparse() && generators.len() < 2 {
            (0..n).map(|_| random_integer(rng, DENSE_SIZE)).collect()
        } else if table.is_sparse() && drawn < SPARSE_GENERATORS {
            drawn += 1;
            let among = if drawn <= LIGHT_GENERATORS { n.div_ceil(3) } else { n };
            let mut x = vec![0; n];
            for _ in 0..SPARSE_SUPPORT {
                let place = random_integer(rng, 1 << 20).unsigned_abs() as usize % among;
                x[by_weight[place]] = random_integer(rng, SPARSE_SIZE);
            }
            x
        } else {
            let unit = (0..n).map(|i| i64::from(i == by_weight[next_unit])).collect();
            next_unit += 1;
            unit
        };
        if closure.add(&x, limits)? {
            generators.push(x);
        }
    }
    Ok(generators)
}

/// The basis elements in the order of the number of constants of their brackets: light ones make sparse `ad x`. Elements
/// that commute with all others come last, they generate nothing but themselves.
fn by_weight(table: &ResidueTable) -> Vec<usize> {
    let n = table.dim();
    let mut weights = vec![0usize; n];
    for i in 0..n {
        for j in i + 1..n {
            let terms = match table.upper(i, j) {
                Row::Sparse(terms) => terms.len(),
                Row::Dense(values) => values.len(),
            };
            weights[i] += terms;
            weights[j] += terms;
        }
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|&i| (weights[i] == 0, weights[i], i));
    order
}

/// A subalgebra modulo a prime that grows with each generator added to it.
pub(super) struct Closure<'a> {
    table: &'a ResidueTable,
    adjoint: Vec<ModMatrix>,
    span: ModSpan,
    members: Vec<Vec<u32>>,
}

impl<'a> Closure<'a> {
    /// The zero subalgebra.
    pub(super) fn new(table: &'a ResidueTable) -> Closure<'a> {
        Closure { table, adjoint: Vec::new(), span: ModSpan::new(table.prime()), members: Vec::new() }
    }

    /// Whether the generators so far generate the whole algebra.
    pub(super) fn is_everything(&self) -> bool {
        self.span.dim() == self.table.dim()
    }

    /// Adds a generator; `false` (and nothing is added) when it lies in the subalgebra already.
    ///
    /// The subalgebra generated by some elements is spanned by them and the brackets `[x, v]` of a generator `x` with
    /// what is spanned already; at most `n` brackets for each generator, `n²` operations each.
    pub(super) fn add(&mut self, x: &[i64], limits: &Limits) -> Result<bool, Stop> {
        let p = self.table.prime();
        let x: Vec<u32> = x.iter().map(|&c| p.reduce_signed(c)).collect();
        if !self.span.insert(x.clone()) {
            return Ok(false);
        }
        self.adjoint.push(self.table.ad(&x));
        self.members.push(x);
        let newest = self.adjoint.len() - 1;
        let mut queue: Vec<(usize, usize)> = (0..self.members.len()).map(|m| (newest, m)).collect();
        while let Some((g, m)) = queue.pop() {
            limits.check()?;
            if self.is_everything() {
                break;
            }
            let image = self.adjoint[g].left_mul(p, &self.members[m]);
            if self.span.insert(image.clone()) {
                self.members.push(image);
                queue.extend((0..self.adjoint.len()).map(|g| (g, self.members.len() - 1)));
            }
        }
        Ok(true)
    }
}
