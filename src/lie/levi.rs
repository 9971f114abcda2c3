//! The Levi decomposition `g = s ⋉ R` with an explicit semisimple complement `s` of the radical.
//!
//! The complement is lifted step by step along the derived series `R = R_1 ⊃ R_2 = [R, R] ⊃ … ⊃ 0` (Rand, Winternitz,
//! Zassenhaus 1988; de Graaf §4.13). Let `φ` be a linear section of `g → g/R` that is a homomorphism modulo `R_t`. To
//! correct it modulo `R_{t+1}` we look for `u: g/R → V = R_t / R_{t+1}` with
//! `[φ a, u b] − [φ b, u a] − u [a, b] = φ[a, b] − [φ a, φ b]`. It is enough to ask this for `a` in a generating set:
//! the elements for which it holds for all `b` form a subalgebra.
//!
//! With a basis of `g/R` that consists of generators `a_i` and of words `[a_i, b]` in them, the same equation gives the
//! value of `u` on each word. So the unknowns are the values on the generators, mostly two: `2 dim V` unknowns, and random
//! combinations of the equations determine them. All this is done modulo primes; among the solutions the one that
//! vanishes at as many of the first coordinates as possible is the same for every prime and is lifted to Q. The lifted
//! complement is checked to be a subalgebra.

use super::products::{basis_residues, brackets_lie_in};
use super::structure::{combination, derived_series_of};
use super::{ResidueTable, StructureConstants};
use crate::exact::lift::{Image, Primes, lift};
use crate::exact::{ModMatrix, ModSpan, Subspace};
use crate::limits::{Limits, Stop};
use crate::num::prime::{random_integer, random_stream};
use crate::num::{Prime, Rational};

/// Coordinates of the generators of `g/R` are drawn from `-GENERATOR_SIZE..=GENERATOR_SIZE`.
const GENERATOR_SIZE: u32 = 2;

/// So many random equations in a row that bring nothing new end the search for more.
const PATIENCE: usize = 2;

/// A Levi factor: a semisimple subalgebra complementary to the radical.
///
/// Modulo each prime about `k m d³` operations for a layer of dimension `d`, `m = dim g/R` and `k` generators of it.
pub fn levi_factor(constants: &StructureConstants, radical: &Subspace, limits: &Limits) -> Result<Subspace, Stop> {
    let n = constants.dim();
    let free = radical.free_columns();
    if radical.dim() == 0 || free.is_empty() {
        return Ok(if free.is_empty() { Subspace::zero(n) } else { Subspace::full(n) });
    }
    let mut series = derived_series_of(constants, radical, limits)?;
    series.push(Subspace::zero(n));
    let lifting = Lifting { constants, radical, series, free, limits };
    let plan = lifting.plan()?;
    limits.progress("Levi factor", 0.2);
    lift(
        limits,
        |p| lifting.complement(p, &plan),
        |shape, values| {
            let (basis, coordinates) = values.split_at(lifting.free.len() * n);
            let pivots = shape[shape.len() - lifting.free.len()..].to_vec();
            let space = Subspace::from_echelon(n, pivots, basis);
            Ok(lifting.is_subalgebra(&plan, &space, coordinates)?.then_some(space))
        },
    )
}

struct Lifting<'a> {
    constants: &'a StructureConstants,
    radical: &'a Subspace,
    series: Vec<Subspace>,
    /// The unit vectors there are the basis of `g/R`.
    free: Vec<usize>,
    limits: &'a Limits,
}

/// A basis of `g/R` that is the same for every prime: generators `a_i` (integer coordinates), then brackets
/// `[a_i, b_l]` with earlier members, by index.
struct Plan {
    generators: Vec<Vec<i64>>,
    words: Vec<(usize, usize)>,
}

/// The quotient `g/R` modulo a prime.
struct LocalQuotient {
    table: ResidueTable,
    /// For each generator the matrix of its adjoint map on `g/R`: row `c` is `[a_i, e_c]`.
    adjoint: Vec<ModMatrix>,
}

impl Lifting<'_> {
    /// The vector of `g` at the free columns.
    fn lifted(&self, coordinates: &[u32]) -> Vec<u32> {
        let mut out = vec![0; self.constants.dim()];
        for (&c, &x) in self.free.iter().zip(coordinates) {
            out[c] = x;
        }
        out
    }

    fn quotient(&self, p: Prime, generators: &[Vec<i64>]) -> Result<Option<LocalQuotient>, Stop> {
        let residues = (ResidueTable::new(p, self.constants), basis_residues(p, self.radical));
        let (Some(table), Some(radical)) = residues else { return Ok(None) };
        let mut adjoint = Vec::with_capacity(generators.len());
        for a in generators {
            self.limits.check()?;
            let a: Vec<u32> = a.iter().map(|&x| p.reduce_signed(x)).collect();
            let ad = table.ad(&self.lifted(&a));
            let rows = self.free.iter().map(|&c| {
                let mut image = ad.row(c).to_vec();
                subtract(p, &mut image, &radical, self.radical.pivots());
                self.free.iter().map(|&c| image[c]).collect()
            });
            adjoint.push(ModMatrix::from_rows(self.free.len(), rows));
        }
        Ok(Some(LocalQuotient { table, adjoint }))
    }

    /// Generators of `g/R` and words in them that span it modulo a prime, hence over Q.
    fn plan(&self) -> Result<Plan, Stop> {
        let m = self.free.len();
        let mut primes = Primes::new(self.limits);
        let mut rng = random_stream(self.limits.seed(), 6);
        let mut generators: Vec<Vec<i64>> = Vec::new();
        loop {
            self.limits.check()?;
            let p = primes.draw();
            generators.push((0..m).map(|_| random_integer(&mut rng, GENERATOR_SIZE)).collect());
            let Some(quotient) = self.quotient(p, &generators)? else { continue };
            let mut span = ModSpan::new(p);
            let mut members: Vec<Vec<u32>> = Vec::new();
            let mut plan = Plan { generators: Vec::new(), words: Vec::new() };
            for a in &generators {
                let residues: Vec<u32> = a.iter().map(|&x| p.reduce_signed(x)).collect();
                if span.insert(residues.clone()) {
                    members.push(residues);
                    plan.generators.push(a.clone());
                }
            }
            if plan.generators.len() < generators.len() {
                generators = plan.generators;
                continue;
            }
            // Shortest words first: they keep the numbers small.
            let mut next = 0;
            while next < members.len() && span.dim() < m {
                self.limits.check()?;
                for (i, ad) in quotient.adjoint.iter().enumerate() {
                    let image = ad.left_mul(p, &members[next]);
                    if span.dim() < m && span.insert(image.clone()) {
                        members.push(image);
                        plan.words.push((i, next));
                    }
                }
                next += 1;
            }
            if span.dim() == m {
                return Ok(plan);
            }
        }
    }

    /// The complement modulo a prime: its echelon basis, then the coordinates of the lifted generators in it. The shape
    /// records the gauge of each layer and ends with the pivots.
    fn complement(&self, p: Prime, plan: &Plan) -> Result<Option<Image>, Stop> {
        let (n, m) = (self.constants.dim(), self.free.len());
        let Some(quotient) = self.quotient(p, &plan.generators)? else { return Ok(None) };
        let mut words = ModMatrix::from_rows(
            m,
            plan.generators.iter().map(|a| a.iter().map(|&x| p.reduce_signed(x)).collect::<Vec<_>>()),
        );
        for &(i, l) in &plan.words {
            let image = quotient.adjoint[i].left_mul(p, words.row(l));
            words.push_row(&image);
        }
        let Some(inverse) = words.inverse(p, self.limits)? else { return Ok(None) };
        let bases: Option<Vec<Vec<Vec<u32>>>> = self.series.iter().map(|space| basis_residues(p, space)).collect();
        let Some(bases) = bases else { return Ok(None) };
        let mut section = ModMatrix::zero(m, n);
        self.free.iter().enumerate().for_each(|(i, &c)| section.row_mut(i)[c] = 1);
        let mut shape = Vec::new();
        for (t, step) in self.series.windows(2).enumerate() {
            let layer = Layer::new(p, (&step[0], &bases[t]), (&step[1], &bases[t + 1]));
            let correction = Correction { lifting: self, plan, quotient: &quotient, words: &words, inverse: &inverse };
            match correction.apply(&layer, &mut section)? {
                Some(gauge) => shape.extend(gauge),
                None => return Ok(None),
            }
        }
        let generators = words.mul(p, &section);
        let pivots = section.reduce(p, n, self.limits)?;
        if pivots.len() < m {
            return Ok(None);
        }
        let mut residues = section.entries().to_vec();
        for i in 0..plan.generators.len() {
            residues.extend(pivots.iter().map(|&c| generators.row(i)[c]));
        }
        shape.extend(pivots);
        Ok(Some(Image { shape, residues }))
    }

    /// Whether `W` is a subalgebra: its elements `x_i` with these coordinates are the generators modulo `R`, and
    /// `[x_i, W] ⊆ W`. The subalgebra that they generate then lies in `W` and maps onto `g/R`, so it is `W`.
    fn is_subalgebra(&self, plan: &Plan, space: &Subspace, coordinates: &[Rational]) -> Result<bool, Stop> {
        let n = self.constants.dim();
        let mut elements = Vec::new();
        for (a, coordinates) in plan.generators.iter().zip(coordinates.chunks(space.dim())) {
            let x = combination(coordinates, space.basis(), n);
            let mut difference = x.clone();
            for (&c, &entry) in self.free.iter().zip(a) {
                difference[c] -= &Rational::from(entry);
            }
            if !self.radical.contains(&difference) {
                return Ok(false);
            }
            elements.push(x);
        }
        brackets_lie_in(self.constants, &elements, space, space, self.limits)
    }
}

/// `v −= Σ v[pivot] row` for an echelon basis.
fn subtract(p: Prime, v: &mut [u32], basis: &[Vec<u32>], pivots: &[usize]) {
    for (row, &pivot) in basis.iter().zip(pivots) {
        let factor = p.neg(v[pivot]);
        p.add_scaled(v, factor, row);
    }
}

/// A layer `R_t / R_{t+1}` modulo a prime: representatives, and coordinates at the pivots of `R_t` that `R_{t+1}` lacks.
struct Layer<'a> {
    p: Prime,
    vectors: Vec<&'a Vec<u32>>,
    pivots: Vec<usize>,
    lower: &'a [Vec<u32>],
    lower_pivots: &'a [usize],
}

impl<'a> Layer<'a> {
    fn new(p: Prime, upper: (&Subspace, &'a [Vec<u32>]), lower: (&'a Subspace, &'a [Vec<u32>])) -> Layer<'a> {
        let kept = upper.0.pivots().iter().zip(upper.1).filter(|(c, _)| lower.0.pivots().binary_search(c).is_err());
        let (pivots, vectors) = kept.map(|(&c, v)| (c, v)).unzip();
        Layer { p, vectors, pivots, lower: lower.1, lower_pivots: lower.0.pivots() }
    }

    fn coordinates(&self, mut v: Vec<u32>) -> Vec<u32> {
        subtract(self.p, &mut v, self.lower, self.lower_pivots);
        self.pivots.iter().map(|&c| v[c]).collect()
    }
}

/// One step of the lifting modulo a prime.
struct Correction<'a> {
    lifting: &'a Lifting<'a>,
    plan: &'a Plan,
    quotient: &'a LocalQuotient,
    /// Row `j` is the `j`-th member of the basis of generators and words, in the basis of `g/R`.
    words: &'a ModMatrix,
    inverse: &'a ModMatrix,
}

impl Correction<'_> {
    /// Makes the section a homomorphism modulo the next member of the series. Returns the dimension and the pivots of the
    /// space of solutions, where the chosen one is zero; `None` when the prime is bad.
    fn apply(&self, layer: &Layer<'_>, section: &mut ModMatrix) -> Result<Option<Vec<usize>>, Stop> {
        let (p, limits) = (self.quotient.table.prime(), self.lifting.limits);
        let (m, k, d) = (self.words.rows(), self.plan.generators.len(), layer.vectors.len());
        if d == 0 {
            return Ok(Some(Vec::new()));
        }
        let lifted = self.words.mul(p, section);
        let defects = self.defects(layer, section, &lifted)?;
        if defects.iter().flatten().all(|row| row.iter().all(|&c| c == 0)) {
            return Ok(Some(Vec::new()));
        }
        limits.reserve(((m + d) * (k * d + 1) * d) as u128 * 12)?;
        let action = self.action(layer, &lifted)?;
        let values = self.values(&action, &defects, d)?;
        let Some((solution, kernel)) = self.solve(&action, &values, &defects, d)? else { return Ok(None) };
        // From the values on generators to those on the basis of g/R, one long row for each solution.
        let mut rows = ModMatrix::zero(0, k * d + 1);
        rows.push_row(&solution);
        (0..kernel.rows()).for_each(|i| rows.push_row(kernel.row(i)));
        let mut long = vec![ModMatrix::zero(0, d); rows.rows()];
        for value in &values {
            limits.check()?;
            let images = rows.mul(p, value);
            long.iter_mut().enumerate().for_each(|(i, target)| target.push_row(images.row(i)));
        }
        let flat = |member: &ModMatrix| self.inverse.mul(p, member).entries().to_vec();
        let mut best = flat(&long[0]);
        let mut space = ModMatrix::from_rows(m * d, long[1..].iter().map(flat));
        let pivots = space.reduce(p, m * d, limits)?;
        for (i, &pivot) in pivots.iter().enumerate() {
            let factor = p.neg(best[pivot]);
            p.add_scaled(&mut best, factor, space.row(i));
        }
        for c in 0..m {
            for (v, &factor) in layer.vectors.iter().zip(&best[c * d..(c + 1) * d]) {
                p.add_scaled(section.row_mut(c), factor, v);
            }
        }
        Ok(Some([vec![pivots.len()], pivots].concat()))
    }

    /// `φ[a_i, b_l] − [φ a_i, φ b_l]` for generators `a_i` and basis members `b_l`, in the layer.
    fn defects(&self, layer: &Layer<'_>, section: &ModMatrix, lifted: &ModMatrix) -> Result<Vec<Vec<Vec<u32>>>, Stop> {
        let p = self.quotient.table.prime();
        let mut out = Vec::new();
        for (i, adjoint) in self.quotient.adjoint.iter().enumerate() {
            self.lifting.limits.check()?;
            let ad = self.quotient.table.ad(lifted.row(i));
            let row = (0..self.words.rows()).map(|l| {
                let mut value = section.left_mul(p, &adjoint.left_mul(p, self.words.row(l)));
                p.add_scaled(&mut value, p.neg(1), &ad.left_mul(p, lifted.row(l)));
                layer.coordinates(value)
            });
            out.push(row.collect());
        }
        Ok(out)
    }

    /// The matrices of the basis members on the layer, acting on row vectors.
    fn action(&self, layer: &Layer<'_>, lifted: &ModMatrix) -> Result<Vec<ModMatrix>, Stop> {
        let p = self.quotient.table.prime();
        let d = layer.vectors.len();
        let mut out: Vec<ModMatrix> = Vec::with_capacity(self.words.rows());
        for i in 0..self.plan.generators.len() {
            let ad = self.quotient.table.ad(lifted.row(i));
            out.push(ModMatrix::from_rows(d, layer.vectors.iter().map(|v| layer.coordinates(ad.left_mul(p, v)))));
        }
        for &(i, l) in &self.plan.words {
            self.lifting.limits.check()?;
            let mut product = out[l].mul(p, &out[i]);
            let other = out[i].mul(p, &out[l]);
            for r in 0..d {
                p.add_scaled(product.row_mut(r), p.neg(1), other.row(r));
            }
            out.push(product);
        }
        Ok(out)
    }

    /// For each basis member `b` the matrix of `u b` as a function of `(u a_1, …, u a_k, 1)`:
    /// `u[a, b] = [φ a, u b] − [φ b, u a] − defect`.
    fn values(&self, action: &[ModMatrix], defects: &[Vec<Vec<u32>>], d: usize) -> Result<Vec<ModMatrix>, Stop> {
        let p = self.quotient.table.prime();
        let k = self.plan.generators.len();
        let mut out: Vec<ModMatrix> = Vec::with_capacity(self.words.rows());
        for i in 0..k {
            let mut value = ModMatrix::zero(k * d + 1, d);
            (0..d).for_each(|s| value.row_mut(i * d + s)[s] = 1);
            out.push(value);
        }
        for &(i, l) in &self.plan.words {
            self.lifting.limits.check()?;
            let mut value = out[l].mul(p, &action[i]);
            for s in 0..d {
                p.add_scaled(value.row_mut(i * d + s), p.neg(1), action[l].row(s));
            }
            p.add_scaled(value.row_mut(k * d), p.neg(1), &defects[i][l]);
            out.push(value);
        }
        Ok(out)
    }

    /// A solution `(u a_1, …, u a_k, 1)` of all equations, and a basis of the homogeneous ones (last entry zero).
    fn solve(
        &self,
        action: &[ModMatrix],
        values: &[ModMatrix],
        defects: &[Vec<Vec<u32>>],
        d: usize,
    ) -> Result<Option<(Vec<u32>, ModMatrix)>, Stop> {
        let (p, limits) = (self.quotient.table.prime(), self.lifting.limits);
        let (m, k) = (self.words.rows(), self.plan.generators.len());
        let width = k * d + 1;
        let mut rng = random_stream(limits.seed(), 7);
        let mut system = ModMatrix::zero(0, width);
        let mut pivots = Vec::new();
        let mut idle = 0;
        while idle < PATIENCE {
            limits.check()?;
            let x: Vec<u32> = (0..k).map(|_| p.random_residue(&mut rng)).collect();
            let y: Vec<u32> = (0..m).map(|_| p.random_residue(&mut rng)).collect();
            // [x, y] in the basis of generators and words.
            let mut bracket = vec![0; m];
            let y_quotient = self.words.left_mul(p, &y);
            for (adjoint, &c) in self.quotient.adjoint.iter().zip(&x) {
                p.add_scaled(&mut bracket, c, &adjoint.left_mul(p, &y_quotient));
            }
            let bracket = self.inverse.left_mul(p, &bracket);
            // [φ x, u y] − [φ y, u x] − u[x, y] − defect(x, y)
            let mut equation = weighted(p, &y, values).mul(p, &weighted(p, &x, &action[..k]));
            let action_y = weighted(p, &y, action);
            let value = weighted(p, &bracket, values);
            for r in 0..width {
                p.add_scaled(equation.row_mut(r), p.neg(1), value.row(r));
            }
            for (i, &c) in x.iter().enumerate() {
                for s in 0..d {
                    p.add_scaled(equation.row_mut(i * d + s), p.neg(c), action_y.row(s));
                }
                for (l, &c2) in y.iter().enumerate() {
                    p.add_scaled(equation.row_mut(k * d), p.neg(p.mul(c, c2)), &defects[i][l]);
                }
            }
            let rows = equation.transpose();
            (0..d).for_each(|r| system.push_row(rows.row(r)));
            let before = pivots.len();
            pivots = system.reduce(p, width, limits)?;
            idle = if pivots.len() == before { idle + 1 } else { 0 };
        }
        if pivots.last() == Some(&(width - 1)) {
            return Ok(None);
        }
        let (kernel, free) = system.kernel(p, limits)?;
        // The vector that belongs to the last column is the solution; the others have a zero there.
        let last = free.iter().position(|&c| c == width - 1);
        let Some(last) = last else { return Ok(None) };
        let homogeneous = (0..kernel.rows()).filter(|&i| i != last).map(|i| kernel.row(i).to_vec());
        Ok(Some((kernel.row(last).to_vec(), ModMatrix::from_rows(width, homogeneous))))
    }
}

/// `Σ c_i M_i`.
fn weighted(p: Prime, weights: &[u32], matrices: &[ModMatrix]) -> ModMatrix {
    let (rows, cols) = matrices.first().map_or((0, 0), |m| (m.rows(), m.cols()));
    let mut out = ModMatrix::zero(rows, cols);
    for (m, &c) in matrices.iter().zip(weights) {
        for r in 0..rows {
            p.add_scaled(out.row_mut(r), c, m.row(r));
        }
    }
    out
}
