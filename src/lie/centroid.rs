//! The centroid `Γ = {S : S[x, y] = [Sx, y] = [x, Sy]}`: the endomorphisms of the adjoint module.
//!
//! Let `D = [g, g]`, `Z` the centre. The ideal `N ⊂ Γ` of the maps that kill `D` is `Hom(g/D, Z)`, and `Γ̄ = Γ/N` acts
//! faithfully on `D` and on `g/Z`. For `S, T ∈ Γ` the map `ST − TS` kills `D`, so `Γ̄` is commutative.
//!
//! An element of `Γ̄` is known from its values `u_i = S x_i` modulo `Z` on elements `x_i` that generate `g`: on `D`,
//! `S[x_i, w] = [u_i, w]`. And `S x` commutes with all `w` that commute with `x`, because `[Sx, w] = S[x, w] = 0`. So `u_i`
//! lies in the double centralizer of `x_i`, mostly a space of very few dimensions, and instead of `n²` unknowns there are
//! `Σ dim C(C(x_i))/Z`: twice the rank for a semisimple algebra. `u` belongs to `Γ̄` exactly when the map `S_u` that it
//! defines satisfies `S_u ∘ ad x_i = ad u_i = ad x_i ∘ S_u` for all `i` (the elements `x` for which `S` commutes with
//! `ad x` form a subalgebra).
//!
//! Everything here is modulo a prime. When `Z` and `D` keep their dimensions modulo `p` then `dim Γ̄` over Q is at most
//! the dimension found: integral elements of `Γ` reduce to elements of the centroid modulo `p`, and `dim N` is the same.
//! Each equation used is a necessary one, so this bound needs no further check; what is lifted is checked over Q.

use num_bigint::BigInt;
use num_traits::{One, Signed};

use super::generators::{GENERATOR_SIZE, generating_set};
use super::jacobi::{height, next_table};
use super::products::basis_residues;
use super::{ResidueTable, StructureConstants};
use crate::exact::lift::Primes;
use crate::exact::{Matrix, ModMatrix, ModSpan, Subspace, echelon_kernel};
use crate::limits::{Limits, Stop};
use crate::num::prime::{random_integer, random_stream};
use crate::num::{Prime, Rational, common_denominator};
use crate::parallel;

/// So many random conditions in a row that bring nothing new end the search.
const PATIENCE: usize = 2;

/// What the computation modulo each prime shares: generators, and a basis of `D` made of their brackets.
pub(super) struct Plan<'a> {
    constants: &'a StructureConstants,
    center: &'a Subspace,
    limits: &'a Limits,
    /// Integer vectors that generate the algebra. The first `outside` are unit vectors and a basis of a complement of D.
    generators: Vec<Vec<i64>>,
    outside: usize,
    /// `[x_i, e_b]` for these `(i, b)` is a basis of `D`.
    words: Vec<(usize, usize)>,
}

/// The centroid modulo a prime.
pub(super) struct LocalCentroid<'a> {
    plan: &'a Plan<'a>,
    table: ResidueTable,
    /// Row `j` holds `e_j` in the basis of generators outside `D` and words.
    inverse: ModMatrix,
    /// A basis of `Γ̄` in reduced echelon form, each row the values `u_1, …, u_k` (zero at the pivots of the centre).
    pub basis: ModMatrix,
    /// The pivots of that basis.
    pub pivots: Vec<usize>,
}

impl<'a> Plan<'a> {
    /// Chooses generators and words; `derived` is `[g, g]`.
    pub(super) fn new(
        constants: &'a StructureConstants,
        center: &'a Subspace,
        derived: &Subspace,
        limits: &'a Limits,
    ) -> Result<Plan<'a>, Stop> {
        let outside = constants.dim() - derived.dim();
        let generators = generating_set(constants, derived, limits)?;
        let mut primes = Primes::new(limits);
        loop {
            let table = next_table(&mut primes, constants);
            let words = words(&table, &generators, derived.dim(), limits)?;
            if words.len() == derived.dim() {
                return Ok(Plan { constants, center, limits, generators, outside, words });
            }
        }
    }

    /// The generators as vectors over Q.
    pub(super) fn rational_generators(&self) -> Vec<Vec<Rational>> {
        self.generators.iter().map(|x| x.iter().map(|&c| Rational::from(c)).collect()).collect()
    }

    /// The centroid modulo a prime; `None` when the prime is not good for this algebra.
    pub(super) fn at(&'a self, p: Prime) -> Result<Option<LocalCentroid<'a>>, Stop> {
        let (n, k) = (self.constants.dim(), self.generators.len());
        let Some(table) = ResidueTable::new(p, self.constants) else { return Ok(None) };
        let generators: Vec<Vec<u32>> =
            self.generators.iter().map(|x| x.iter().map(|&c| p.reduce_signed(c)).collect()).collect();
        self.limits.reserve(8 * (k * n * n) as u128)?;
        let adjoint = parallel::try_map(k, |i| {
            self.limits.check()?;
            Ok(table.ad(&generators[i]))
        })?;
        if basis_residues(p, self.center).is_none() || !self.center_stays(p, &adjoint)? {
            return Ok(None);
        }
        let words = self.words.iter().map(|&(i, b)| adjoint[i].row(b).to_vec());
        let basis = ModMatrix::from_rows(n, generators[..self.outside].iter().cloned().chain(words));
        let Some(inverse) = basis.inverse(p, self.limits)? else { return Ok(None) };
        let doubles = parallel::try_map(k, |i| self.double_centralizer(&table, &adjoint[i], i))?;
        let unknowns = Unknowns::new(self, &table, doubles);
        let solutions = unknowns.solve(&inverse, &generators)?;
        let mut basis = unknowns.expand(&solutions);
        let pivots = basis.reduce(p, k * n, self.limits)?;
        Ok(Some(LocalCentroid { plan: self, table, inverse, basis, pivots }))
    }

    /// Whether the elements that commute with all generators have the dimension of the centre over Q.
    fn center_stays(&self, p: Prime, adjoint: &[ModMatrix]) -> Result<bool, Stop> {
        let n = self.constants.dim();
        let mut equations = ModMatrix::zero(0, n);
        for ad in adjoint {
            let ad = ad.transpose();
            (0..n).for_each(|i| equations.push_row(ad.row(i)));
            equations.reduce(p, n, self.limits)?;
            if equations.rows() + self.center.dim() == n {
                return Ok(true);
            }
        }
        Ok(equations.rows() + self.center.dim() == n)
    }

    /// Elements `u` that satisfy some of the equations `λ([u, w]) = 0` for `w` that commute with `x_i`: for a few random
    /// `w` all `λ`, for a few random `λ` all `w`, until two rounds bring nothing new. Zero at the pivots of the centre.
    fn double_centralizer(&self, table: &ResidueTable, ad: &ModMatrix, i: usize) -> Result<ModMatrix, Stop> {
        let (n, p) = (table.dim(), table.prime());
        let (commuting, _) = echelon_kernel(p, &ad.transpose(), self.limits)?;
        let mut rng = random_stream(self.limits.seed(), 7100 + i as u64);
        let mut equations = ModMatrix::zero(0, n);
        for &pivot in self.center.pivots() {
            equations.push_row(&(0..n).map(|j| u32::from(j == pivot)).collect::<Vec<_>>());
        }
        let mut idle = 0;
        // x_i itself satisfies all equations, unless it is central.
        while idle < PATIENCE && equations.rows() + 1 < n {
            self.limits.check()?;
            let before = equations.rows();
            let weights: Vec<u32> = (0..commuting.rows()).map(|_| p.random_residue(&mut rng)).collect();
            let ad_w = table.ad(&commuting.left_mul(p, &weights)).transpose();
            (0..n).for_each(|j| equations.push_row(ad_w.row(j)));
            equations.reduce(p, n, self.limits)?;
            if equations.rows() + 1 < n {
                let functional: Vec<u32> = (0..n).map(|_| p.random_residue(&mut rng)).collect();
                let rows = commuting.mul(p, &table.contract(&functional));
                (0..rows.rows()).for_each(|j| equations.push_row(rows.row(j)));
                equations.reduce(p, n, self.limits)?;
            }
            idle = if equations.rows() == before { idle + 1 } else { 0 };
        }
        Ok(echelon_kernel(p, &equations, self.limits)?.0)
    }

    /// Whether each operator (row `j` is `S e_j`) commutes with the adjoint representation.
    ///
    /// Exact: integers below a proved bound vanish when they vanish modulo enough primes. It is enough to look at
    /// generators; `2 k n³` operations for each operator and prime.
    pub(super) fn contains_all(&self, operators: &[Matrix<Rational>]) -> Result<bool, Stop> {
        let n = self.constants.dim();
        // |Σ_l S_jl (ad x)_lk − (ad x)_jl S_lk| ≤ 2 n · h(S) · n |x| h(c)
        let largest = operators.iter().map(matrix_height).max().unwrap_or_else(BigInt::one);
        let bound = largest * height(self.constants).0 * (4 * n * n) * GENERATOR_SIZE;
        let mut primes = Primes::new(self.limits);
        let mut product = BigInt::one();
        while product <= bound {
            let table = next_table(&mut primes, self.constants);
            let p = table.prime();
            let residues: Option<Vec<ModMatrix>> = operators.iter().map(|s| ModMatrix::from_rational(p, s)).collect();
            let Some(residues) = residues else { continue };
            let commute = parallel::try_map(self.generators.len(), |i| {
                let ad = table.ad(&self.generators[i].iter().map(|&c| p.reduce_signed(c)).collect::<Vec<_>>());
                for s in &residues {
                    self.limits.check()?;
                    if ad.mul(p, s) != s.mul(p, &ad) {
                        return Ok(false);
                    }
                }
                Ok(true)
            })?;
            if commute.contains(&false) {
                return Ok(false);
            }
            product *= p.value();
        }
        Ok(true)
    }
}

/// The larger of the entries, scaled to integers, and the factor used.
pub(super) fn matrix_height(m: &Matrix<Rational>) -> BigInt {
    let denominator = common_denominator(m.entries());
    let scale = Rational::from(denominator.clone());
    let largest = m.entries().iter().map(|x| (x * &scale).numerator().abs()).max();
    largest.unwrap_or_else(BigInt::one).max(denominator)
}

/// Pairs `(i, b)` for which the brackets `[x_i, e_b]` are independent modulo the prime, `dim` of them if there are so
/// many. The last generators, which are generic, come first.
fn words(
    table: &ResidueTable,
    generators: &[Vec<i64>],
    dim: usize,
    limits: &Limits,
) -> Result<Vec<(usize, usize)>, Stop> {
    let p = table.prime();
    let mut span = ModSpan::new(p);
    let mut words = Vec::new();
    for (i, x) in generators.iter().enumerate().rev() {
        let ad = table.ad(&x.iter().map(|&c| p.reduce_signed(c)).collect::<Vec<_>>());
        for b in 0..table.dim() {
            if words.len() == dim {
                return Ok(words);
            }
            limits.check()?;
            if ad.row(b).iter().any(|&c| c != 0) && span.insert(ad.row(b).to_vec()) {
                words.push((i, b));
            }
        }
    }
    Ok(words)
}

/// One unknown: the coefficient of a basis vector `u` of the double centralizer of `x_i`.
struct Unknown {
    generator: usize,
    vector: Vec<u32>,
    /// The rows `S_u g` for those elements `g` of the basis (by index) on which `S_u` is not zero.
    images: Vec<(usize, Vec<u32>)>,
}

struct Unknowns<'a> {
    plan: &'a Plan<'a>,
    table: &'a ResidueTable,
    list: Vec<Unknown>,
}

impl<'a> Unknowns<'a> {
    fn new(plan: &'a Plan<'a>, table: &'a ResidueTable, doubles: Vec<ModMatrix>) -> Unknowns<'a> {
        let mut list = Vec::new();
        for (generator, space) in doubles.into_iter().enumerate() {
            for r in 0..space.rows() {
                let vector = space.row(r).to_vec();
                let mut images = Vec::new();
                if generator < plan.outside {
                    images.push((generator, vector.clone()));
                }
                for (j, &(_, b)) in plan.words.iter().enumerate().filter(|(_, word)| word.0 == generator) {
                    images.push((plan.outside + j, bracket_with_basis(table, &vector, b)));
                }
                list.push(Unknown { generator, vector, images });
            }
        }
        Unknowns { plan, table, list }
    }

    /// The coefficients of a basis of the solutions.
    fn solve(&self, inverse: &ModMatrix, generators: &[Vec<u32>]) -> Result<ModMatrix, Stop> {
        let (p, n, q) = (self.table.prime(), self.table.dim(), self.list.len());
        let limits = self.plan.limits;
        let mut rng = random_stream(limits.seed(), 7001);
        let mut solutions = ModMatrix::identity(q);
        let mut idle = 0;
        let mut first = true;
        // The identity is always a solution, so one dimension is the least there is.
        while idle < PATIENCE && solutions.rows() > 1 {
            limits.check()?;
            let count = if first { q / (2 * n) + 1 } else { 1 };
            first = false;
            let mut equations = ModMatrix::zero(0, solutions.rows());
            for _ in 0..count {
                limits.check()?;
                let weights: Vec<u32> = generators.iter().map(|_| p.random_residue(&mut rng)).collect();
                let v: Vec<u32> = (0..n).map(|_| p.random_residue(&mut rng)).collect();
                let defects = self.defects(inverse, generators, &weights, &v);
                let rows = solutions.mul(p, &defects).transpose();
                (0..rows.rows()).for_each(|i| equations.push_row(rows.row(i)));
            }
            let (kernel, _) = echelon_kernel(p, &equations, limits)?;
            if kernel.rows() == solutions.rows() {
                idle += 1;
            } else {
                idle = 0;
                solutions = kernel.mul(p, &solutions);
            }
        }
        Ok(solutions)
    }

    /// For each unknown `S[x, v] − [u, v]` and `[x, S v] − [u, v]`, where `x` and `u` are the combinations of the `x_i`
    /// and `u_i` with these weights.
    fn defects(&self, inverse: &ModMatrix, generators: &[Vec<u32>], weights: &[u32], v: &[u32]) -> ModMatrix {
        let (p, n) = (self.table.prime(), self.table.dim());
        let mut x = vec![0; n];
        for (row, &w) in generators.iter().zip(weights) {
            p.add_scaled(&mut x, w, row);
        }
        let (ad_x, ad_v) = (self.table.ad(&x), self.table.ad(v));
        let bracket = inverse.left_mul(p, &ad_x.left_mul(p, v));
        let vector = inverse.left_mul(p, v);
        let mut out = ModMatrix::zero(0, 2 * n);
        for unknown in &self.list {
            // −[u, v] = [v, u]
            let mut minus = ad_v.left_mul(p, &unknown.vector);
            p.scale(&mut minus, weights[unknown.generator]);
            let (mut first, mut image) = (minus.clone(), vec![0; n]);
            for (g, row) in &unknown.images {
                p.add_scaled(&mut first, bracket[*g], row);
                p.add_scaled(&mut image, vector[*g], row);
            }
            let mut second = ad_x.left_mul(p, &image);
            p.add_scaled(&mut second, 1, &minus);
            first.extend_from_slice(&second);
            out.push_row(&first);
        }
        out
    }

    /// The values `u_1, …, u_k` of solutions given by their coefficients.
    fn expand(&self, solutions: &ModMatrix) -> ModMatrix {
        let (p, n) = (self.table.prime(), self.table.dim());
        let width = self.plan.generators.len() * n;
        let rows = (0..solutions.rows()).map(|s| {
            let mut row = vec![0; width];
            for (unknown, &c) in self.list.iter().zip(solutions.row(s)) {
                let from = unknown.generator * n;
                p.add_scaled(&mut row[from..from + n], c, &unknown.vector);
            }
            row
        });
        ModMatrix::from_rows(width, rows.collect::<Vec<_>>())
    }
}

impl LocalCentroid<'_> {
    /// The prime.
    pub(super) fn prime(&self) -> Prime {
        self.table.prime()
    }

    /// The element of `Γ` with these values on the generators: row `j` is `S e_j`. `2 n³` operations.
    pub(super) fn operator(&self, values: &[u32]) -> ModMatrix {
        let n = self.table.dim();
        let value = |i: usize| &values[i * n..(i + 1) * n];
        let mut images = ModMatrix::zero(0, n);
        (0..self.plan.outside).for_each(|i| images.push_row(value(i)));
        for &(i, b) in &self.plan.words {
            images.push_row(&bracket_with_basis(&self.table, value(i), b));
        }
        self.inverse.mul(self.prime(), &images)
    }

    /// All operators of the basis.
    pub(super) fn operators(&self) -> Vec<ModMatrix> {
        (0..self.basis.rows()).map(|i| self.operator(self.basis.row(i))).collect()
    }

    /// A generic element: an integer combination of the basis, the same for every prime.
    pub(super) fn generic_operator(&self, attempt: u64) -> ModMatrix {
        let p = self.prime();
        let mut rng = random_stream(self.plan.limits.seed(), 7300 + attempt);
        let weights: Vec<u32> = (0..self.basis.rows()).map(|_| p.reduce_signed(random_integer(&mut rng, 20))).collect();
        self.operator(&self.basis.left_mul(p, &weights))
    }
}

fn bracket_with_basis(table: &ResidueTable, x: &[u32], b: usize) -> Vec<u32> {
    let mut sums = vec![0u64; table.dim()];
    table.accumulate_brackets(x, b, &mut sums);
    table.prime().reduce_row(&mut sums);
    sums.into_iter().map(|s| s as u32).collect()
}
