//! Elements that generate an algebra, chosen modulo a prime.
//!
//! Vectors with integer coordinates whose iterated brackets span the algebra modulo a prime span it over Q too, since a
//! rank modulo a prime is a lower bound. So what such a set proves does not depend on the prime.

use rand_chacha::ChaCha8Rng;

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
        closure.add(&unit, &mut rng, limits)?;
        generators.push(unit);
    }
    while !closure.is_everything() {
        let x: Vec<i64> = (0..n).map(|_| random_integer(&mut rng, GENERATOR_SIZE)).collect();
        if closure.add(&x, &mut rng, limits)? {
            generators.push(x);
        }
    }
    Ok(generators)
}

/// A generator `x`, and basis elements (in increasing order) that span a complement of what those before it generate.
pub(super) struct Generator {
    pub x: Vec<i64>,
    pub outside: Vec<usize>,
}

/// Integer vectors that generate the algebra of a dense table: two generic ones with small coordinates, which are enough
/// for a semisimple algebra, and basis elements for what these miss.
///
/// The complements hold over Q: what spans the space together with them modulo a prime does so over Q.
pub(super) fn generic_generating_set(
    table: &ResidueTable,
    rng: &mut ChaCha8Rng,
    limits: &Limits,
) -> Result<Vec<Generator>, Stop> {
    let n = table.dim();
    let mut generators: Vec<Generator> = Vec::new();
    let mut closure = Closure::new(table);
    let mut units = by_weight(table).into_iter();
    while !closure.is_everything() {
        limits.check()?;
        let x: Vec<i64> = if generators.len() < 2 {
            (0..n).map(|_| random_integer(rng, DENSE_SIZE)).collect()
        } else {
            let Some(unit) = units.next() else { break };
            (0..n).map(|i| i64::from(i == unit)).collect()
        };
        let outside = closure.outside();
        if closure.add(&x, rng, limits)? {
            generators.push(Generator { x, outside });
        }
    }
    Ok(generators)
}

/// The basis elements in the order of the number of constants of their brackets. Elements that commute with all others
/// come last, they generate nothing but themselves.
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

/// So many random brackets in a row that bring nothing new end the growth of a subalgebra.
const PATIENCE: usize = 2;

/// A subalgebra modulo a prime that grows with each generator added to it.
///
/// That it is closed is found by random brackets, so it may be taken for closed too early, with a chance of some `1/p²`;
/// then a generator too many is added later. What has been found lies in it for certain.
pub(super) struct Closure<'a> {
    table: &'a ResidueTable,
    adjoint: Vec<Adjoint>,
    span: ModSpan,
    members: Vec<Vec<u32>>,
    /// The place of each coordinate in the vectors of the span: the first places become pivots where they can.
    order: Vec<usize>,
}

/// The map `v ↦ [x, v]`.
enum Adjoint {
    /// The coefficient `value` at `e_k` of `[x, e_j]`, as `(j, k, value)`.
    Terms(Vec<(u32, u32, u32)>),
    /// Row `j` is `[x, e_j]`.
    Dense(ModMatrix),
}

impl Adjoint {
    fn new(table: &ResidueTable, x: &[u32]) -> Adjoint {
        let n = table.dim();
        let mut places = x.iter().enumerate().filter(|(_, c)| **c != 0);
        if let (Some((i, 1)), None) = (places.next(), places.next()) {
            let terms = table.ad_terms(i);
            if 3 * terms.len() < n * n {
                return Adjoint::Terms(terms);
            }
        }
        Adjoint::Dense(table.ad(x))
    }
}

impl<'a> Closure<'a> {
    /// The zero subalgebra.
    pub(super) fn new(table: &'a ResidueTable) -> Closure<'a> {
        Closure::ordered(table, (0..table.dim()).collect())
    }

    /// The zero subalgebra; when it grows, basis elements that stand early in this order leave [`Closure::outside`] first.
    pub(super) fn ordered(table: &'a ResidueTable, order: Vec<usize>) -> Closure<'a> {
        let span = ModSpan::new(table.prime());
        Closure { table, adjoint: Vec::new(), span, members: Vec::new(), order }
    }

    /// Whether the generators so far generate the whole algebra.
    pub(super) fn is_everything(&self) -> bool {
        self.span.dim() == self.table.dim()
    }

    /// Basis elements, in increasing order, that span a complement of the subalgebra.
    pub(super) fn outside(&self) -> Vec<usize> {
        let mut outside = vec![true; self.table.dim()];
        self.span.pivots().for_each(|place| outside[self.order[place]] = false);
        (0..self.table.dim()).filter(|&i| outside[i]).collect()
    }

    /// Adds a vector to the span only; `false` when it lies there already.
    fn insert(&mut self, x: Vec<u32>) -> bool {
        let fresh = self.span.insert(self.order.iter().map(|&i| x[i]).collect());
        if fresh {
            self.members.push(x);
        }
        fresh
    }

    /// Adds a generator; `false` (and nothing is added) when it lies in the subalgebra already.
    ///
    /// A bracket of random combinations of the generators and of what is spanned is new as long as anything is, so about
    /// one is computed for each dimension: `n²` operations, and one for each constant of the generators.
    pub(super) fn add(&mut self, x: &[i64], rng: &mut ChaCha8Rng, limits: &Limits) -> Result<bool, Stop> {
        let (n, p) = (self.table.dim(), self.table.prime());
        let x: Vec<u32> = x.iter().map(|&c| p.reduce_signed(c)).collect();
        if !self.insert(x.clone()) {
            return Ok(false);
        }
        self.adjoint.push(Adjoint::new(self.table, &x));
        if let Some(Adjoint::Dense(_)) = self.adjoint.last() {
            limits.reserve(4 * (n as u128).pow(2) * self.adjoint.len() as u128)?;
        }
        // What was spanned before is closed under the older generators, and their brackets with the newest are its own.
        let newest = self.adjoint.len() - 1;
        let (mut first, mut idle) = (newest, 0);
        while idle < PATIENCE && !self.is_everything() {
            limits.check()?;
            let weights: Vec<u32> = self.members.iter().map(|_| p.random_residue(rng)).collect();
            let mut sums = vec![0u64; n];
            p.accumulate_rows(&mut sums, weights.iter().copied().zip(self.members.iter().map(Vec::as_slice)));
            let mut v = vec![0u32; n];
            p.reduce_into(&sums, &mut v);
            if self.insert(self.random_bracket(first, &v, rng)) {
                (first, idle) = (0, 0);
            } else {
                idle += 1;
            }
        }
        Ok(true)
    }

    /// The bracket of a random combination of the generators from this one on with `v`.
    fn random_bracket(&self, first: usize, v: &[u32], rng: &mut ChaCha8Rng) -> Vec<u32> {
        let (n, p) = (self.table.dim(), self.table.prime());
        let mut sums = vec![0u64; n];
        for adjoint in &self.adjoint[first..] {
            let mut scaled = v.to_vec();
            p.scale(&mut scaled, p.random_residue(rng));
            match adjoint {
                Adjoint::Dense(matrix) => matrix.accumulate_product(p, &scaled, &mut sums),
                Adjoint::Terms(terms) => {
                    for &(j, k, value) in terms {
                        let sum = &mut sums[k as usize];
                        *sum = p.fold_product(*sum, scaled[j as usize], value);
                    }
                }
            }
        }
        let mut out = vec![0u32; n];
        p.reduce_into(&sums, &mut out);
        out
    }
}
