//! A semisimple algebra modulo a prime, with a regular element: the étale picture.
//!
//! For a regular semisimple `y` the kernel `H` of `ad y` is a Cartan subalgebra and the image `V` of `ad y` is the
//! sum of the root spaces. Everything below is linear algebra with `ad y` over the prime field: no splitting field,
//! no eigenvectors.

use crate::exact::polynomial::modular::{self, ModPolynomial};
use crate::exact::{ModMatrix, echelon_kernel};
use crate::limits::{Limits, Stop};
use crate::num::Prime;
use crate::num::prime::{random_integer, random_stream};

use super::{ResidueTable, StructureConstants};
use crate::parallel;

/// Pairs of random vectors used for the equations of the centroid.
const CENTROID_PAIRS: usize = 3;

/// The residues of an algebra, of a regular element `y`, and of the Cartan subalgebra `H = ker ad y`.
pub struct Frame<'a> {
    /// The structure constants modulo the prime.
    pub table: ResidueTable,
    /// The reduced echelon basis of the Cartan subalgebra.
    pub cartan: ModMatrix,
    /// Row `j` is `[y, e_j]`.
    pub ad_y: ModMatrix,
    /// For each element of that basis its matrix on row vectors.
    adjoint: Vec<ModMatrix>,
    limits: &'a Limits,
}

impl<'a> Frame<'a> {
    /// The frame at a prime, or `None` when the prime divides a denominator.
    pub fn new(
        p: Prime,
        constants: &StructureConstants,
        y: &[i64],
        limits: &'a Limits,
    ) -> Result<Option<Frame<'a>>, Stop> {
        let Some(table) = ResidueTable::new(p, constants) else { return Ok(None) };
        let y: Vec<u32> = y.iter().map(|&c| p.reduce_signed(c)).collect();
        let ad_y = table.ad(&y);
        let (cartan, _) = echelon_kernel(p, &ad_y.transpose(), limits)?;
        let adjoint = parallel::try_map(cartan.rows(), |i| {
            limits.check()?;
            Ok(table.ad(cartan.row(i)))
        })?;
        Ok(Some(Frame { table, cartan, ad_y, adjoint, limits }))
    }

    /// Whether `y` is regular semisimple modulo the prime, with all that the proof of the rank needs: `ad y` has no
    /// nilpotent part on its null component, `H = ker ad y` is abelian and the Killing form is non-degenerate on it.
    pub fn is_regular(&self, killing: &ModMatrix) -> Result<bool, Stop> {
        let p = self.prime();
        let rank = self.ad_y.mul(p, &self.ad_y).rank(p, self.limits)?;
        if rank + self.cartan.rows() != self.table.dim() {
            return Ok(false);
        }
        for (i, ad) in self.adjoint.iter().enumerate() {
            let commutes = |k: usize| ad.left_mul(p, self.cartan.row(k)).iter().all(|&c| c == 0);
            if !(i + 1..self.cartan.rows()).all(commutes) {
                return Ok(false);
            }
        }
        let restricted = self.cartan.mul(p, killing).mul(p, &self.cartan.transpose());
        Ok(restricted.rank(p, self.limits)? == self.cartan.rows())
    }

    fn prime(&self) -> Prime {
        self.table.prime()
    }

    /// Integer coefficients that are the same for every prime.
    fn coefficients(&self, stream: u64, count: usize) -> Vec<u32> {
        let mut rng = random_stream(self.limits.seed(), stream);
        (0..count).map(|_| self.prime().reduce_signed(random_integer(&mut rng, 50))).collect()
    }

    /// The elements `h = S y` of the Cartan subalgebra for `S` in the centroid, one row for each of a basis.
    ///
    /// `S` is given on the image of `ad y` by `S [y, w] = [h, w]`; necessary conditions `[S u, v] = [u, S v]` are
    /// imposed for a few random `u, v` there. So the dimension is an upper bound for that of the centroid over Q.
    pub fn centroid(&self) -> Result<ModMatrix, Stop> {
        let (n, p) = (self.table.dim(), self.prime());
        let mut equations = ModMatrix::zero(0, self.cartan.rows());
        for pair in 0..CENTROID_PAIRS as u64 {
            self.limits.check()?;
            let (a, b) = (self.coefficients(20 + 2 * pair, n), self.coefficients(21 + 2 * pair, n));
            let (u, v) = (self.ad_y.left_mul(p, &a), self.ad_y.left_mul(p, &b));
            let (ad_u, ad_v) = (self.table.ad(&u), self.table.ad(&v));
            // [S u, v] - [u, S v] = -([v, S u] + [u, S v])
            let columns: Vec<Vec<u32>> = self
                .adjoint
                .iter()
                .map(|ad_h| {
                    let first = ad_v.left_mul(p, &ad_h.left_mul(p, &a));
                    let mut sum = ad_u.left_mul(p, &ad_h.left_mul(p, &b));
                    p.add_scaled(&mut sum, 1, &first);
                    sum
                })
                .collect();
            for k in 0..n {
                equations.push_row(&columns.iter().map(|c| c[k]).collect::<Vec<_>>());
            }
        }
        let (coefficients, _) = echelon_kernel(p, &equations, self.limits)?;
        Ok(coefficients.mul(p, &self.cartan))
    }

    /// The centroid as operators: each row holds the entries of one matrix (whose row `i` is `S e_i`), the rows in
    /// reduced echelon form, so that the same basis appears modulo every good prime. `None` when the random brackets
    /// did not fill the algebra.
    pub fn operators(&self) -> Result<Option<(ModMatrix, Vec<usize>)>, Stop> {
        let (n, p) = (self.table.dim(), self.prime());
        let centroid = self.centroid()?;
        let adjoint: Vec<ModMatrix> = (0..centroid.rows()).map(|k| self.table.ad(centroid.row(k))).collect();
        let m = adjoint.len();
        let mut known = ModMatrix::zero(0, (1 + m) * n);
        for j in 0..n {
            let mut row = self.ad_y.row(j).to_vec();
            adjoint.iter().for_each(|ad_h| row.extend_from_slice(ad_h.row(j)));
            known.push_row(&row);
        }
        // On H: S [u, v] = [S u, v].
        for extra in 0..self.cartan.rows() as u64 + 2 {
            self.limits.check()?;
            let (a, b) = (self.coefficients(40 + 2 * extra, n), self.coefficients(41 + 2 * extra, n));
            let (u, v) = (self.ad_y.left_mul(p, &a), self.ad_y.left_mul(p, &b));
            let mut row = self.table.bracket(&u, &v);
            for ad_h in &adjoint {
                row.extend(self.table.bracket(&ad_h.left_mul(p, &a), &v));
            }
            known.push_row(&row);
        }
        if known.reduce(p, n, self.limits)?.len() < n {
            return Ok(None);
        }
        let flat = |k: usize| (0..n).flat_map(|i| known.row(i)[(1 + k) * n..(2 + k) * n].to_vec()).collect();
        let mut operators = ModMatrix::from_rows(n * n, (0..m).map(flat).collect::<Vec<Vec<u32>>>());
        let pivots = operators.reduce(p, n * n, self.limits)?;
        Ok(Some((operators, pivots)))
    }

    /// A generic element of the centroid (an integer combination of the echelon basis, the same for every prime).
    pub fn generic_operator(&self, operators: &ModMatrix, attempt: u64) -> ModMatrix {
        let (n, p) = (self.table.dim(), self.prime());
        let weights = self.coefficients(1000 + attempt, operators.rows());
        let flat = operators.left_mul(p, &weights);
        ModMatrix::from_rows(n, flat.chunks(n).map(<[u32]>::to_vec))
    }

    /// The minimal polynomial of an operator of the centroid of dimension `m`, by a random linear recurrence.
    pub fn minimal_polynomial(&self, operator: &ModMatrix, m: usize) -> ModPolynomial {
        let (n, p) = (self.table.dim(), self.prime());
        let mut v = self.coefficients(11, n);
        let functional = self.coefficients(12, n);
        let mut sequence = Vec::new();
        for _ in 0..2 * m + 2 {
            sequence.push(p.dot(&v, &functional));
            v = operator.left_mul(p, &v);
        }
        modular::minimal_recurrence(p, &sequence)
    }

    /// The number of roots `α` of an ideal (summed over its absolutely simple factors) with
    /// `(α, α)_K = 1/h`, where `(·,·)_K` is induced by the Killing form; long roots have `h` the dual Coxeter number.
    ///
    /// `E = F_p[t]/f` with `f` the polynomial of `ad y` on the root spaces is the algebra of functions on the roots;
    /// `a_i ∈ E` with `[h_i, w] = a_i(ad y) w` is the function `α ↦ α(h_i)`, and `Σ (K_H⁻¹)_ij a_i a_j` the norm.
    /// `None` when `y`, `w` or the prime were unlucky.
    pub fn roots_of_norm(
        &self,
        ideal: &[Vec<u32>],
        killing: &ModMatrix,
        dual_coxeter: usize,
    ) -> Result<Option<usize>, Stop> {
        let (n, p) = (self.table.dim(), self.prime());
        let ideal = ModMatrix::from_rows(n, ideal.iter().cloned());
        // H ∩ I: combinations x of the ideal's basis with [y, x] = 0.
        let (inside, _) = echelon_kernel(p, &ideal.mul(p, &self.ad_y).transpose(), self.limits)?;
        let cartan = inside.mul(p, &ideal);
        let root_count = ideal.rows() - cartan.rows();
        let start = self.ad_y.left_mul(p, &ideal.left_mul(p, &self.coefficients(13, ideal.rows())));
        let functional = self.coefficients(14, n);
        let mut krylov = ModMatrix::zero(0, n);
        let mut sequence = Vec::new();
        let mut w = start.clone();
        for k in 0..2 * root_count + 2 {
            self.limits.check()?;
            if k < root_count {
                krylov.push_row(&w);
            }
            sequence.push(p.dot(&w, &functional));
            w = self.ad_y.left_mul(p, &w);
        }
        let f = modular::minimal_recurrence(p, &sequence);
        let squarefree = modular::gcd(p, &f, &modular::derivative(p, &f)).len() == 1;
        if f.len() != root_count + 1 || f[0] == 0 || !squarefree {
            return Ok(None);
        }
        let Some(values) = self.root_functions(&krylov, &cartan, &start)? else { return Ok(None) };
        let restricted = cartan.mul(p, killing).mul(p, &cartan.transpose());
        let Some(inverse) = inverse(p, &restricted, self.limits)? else { return Ok(None) };
        let mut norm: ModPolynomial = Vec::new();
        for (i, a) in values.iter().enumerate() {
            let mut dual: ModPolynomial = Vec::new();
            for (j, b) in values.iter().enumerate() {
                dual = modular::add_scaled(p, &dual, inverse.row(i)[j], b);
            }
            norm = modular::add_scaled(p, &norm, 1, &modular::mul_mod(p, a, &dual, &f));
        }
        let target = p.neg(p.inv(p.reduce(dual_coxeter as u64)));
        let shifted = modular::add_scaled(p, &norm, target, &[1]);
        let hits = if shifted.is_empty() { f } else { modular::gcd(p, &f, &shifted) };
        Ok(Some(hits.len() - 1))
    }

    /// The polynomials `a_i` with `[h_i, w] = Σ_k a_ik (ad y)^k w`.
    fn root_functions(
        &self,
        krylov: &ModMatrix,
        cartan: &ModMatrix,
        start: &[u32],
    ) -> Result<Option<Vec<ModPolynomial>>, Stop> {
        let p = self.prime();
        let count = krylov.rows();
        // Columns: the Krylov vectors, then the right-hand sides.
        let mut system = krylov.clone();
        for h in (0..cartan.rows()).map(|i| cartan.row(i)) {
            system.push_row(&self.table.bracket(h, start));
        }
        let mut system = system.transpose();
        if system.reduce(p, count, self.limits)?.len() < count {
            return Ok(None);
        }
        let column = |i: usize| (0..count).map(|k| system.row(k)[count + i]).collect();
        Ok(Some((0..cartan.rows()).map(column).collect()))
    }
}

/// The inverse of a square matrix modulo a prime, or `None` when it is singular.
pub(super) fn inverse(p: Prime, m: &ModMatrix, limits: &Limits) -> Result<Option<ModMatrix>, Stop> {
    let n = m.rows();
    let identity = ModMatrix::identity(n);
    let mut augmented = ModMatrix::from_rows(2 * n, (0..n).map(|i| [m.row(i), identity.row(i)].concat()));
    if augmented.reduce(p, n, limits)?.len() < n {
        return Ok(None);
    }
    Ok(Some(ModMatrix::from_rows(n, (0..n).map(|i| augmented.row(i)[n..].to_vec()))))
}
