//! A semisimple algebra modulo a prime, with a regular element: the étale picture.
//!
//! For a regular semisimple `y` the kernel `H` of `ad y` is a Cartan subalgebra and the image `V` of `ad y` is the
//! sum of the root spaces. Everything below is linear algebra with `ad y` over the prime field: no splitting field,
//! no eigenvectors.

use crate::exact::polynomial::modular::{self, ModPolynomial};
use crate::exact::{ModMatrix, Subspace, echelon_kernel};
use crate::limits::{Limits, Stop};
use crate::num::Prime;
use crate::num::prime::{random_integer, random_stream};

use super::products::basis_residues;
use super::{ResidueTable, StructureConstants};

/// Pairs of random vectors used for the equations of the centroid.
const CENTROID_PAIRS: usize = 3;

/// The residues of an algebra, of a regular element `y`, and of the Cartan subalgebra `H = ker ad y`.
pub struct Frame<'a> {
    /// The structure constants modulo the prime.
    pub table: ResidueTable,
    /// The basis of the Cartan subalgebra.
    pub cartan: Vec<Vec<u32>>,
    /// Row `j` is `[y, e_j]`.
    pub ad_y: ModMatrix,
    limits: &'a Limits,
}

impl<'a> Frame<'a> {
    /// The frame at a prime, or `None` when the prime divides a denominator.
    pub fn new(
        p: Prime,
        constants: &StructureConstants,
        y: &[i64],
        cartan: &Subspace,
        limits: &'a Limits,
    ) -> Option<Frame<'a>> {
        let table = ResidueTable::new(p, constants)?;
        let cartan = basis_residues(p, cartan)?;
        let y: Vec<u32> = y.iter().map(|&c| p.reduce_signed(c)).collect();
        let ad_y = table.ad(&y);
        Some(Frame { table, cartan, ad_y, limits })
    }

    fn prime(&self) -> Prime {
        self.table.prime()
    }

    /// Integer coefficients that are the same for every prime.
    fn coefficients(&self, stream: u64, count: usize) -> Vec<u32> {
        let mut rng = random_stream(self.limits.seed(), stream);
        (0..count).map(|_| self.prime().reduce_signed(random_integer(&mut rng, 50))).collect()
    }

    /// The linear maps of the Cartan subalgebra that extend to the centroid, as coefficient rows `c` standing for
    /// `S y = Σ c_i h_i`, in reduced echelon form.
    ///
    /// `S` is given on `V` by `S [y, w] = [h_c, w]`; necessary conditions `[S u, v] = [u, S v]` are imposed for a few
    /// random `u, v ∈ V`. So the dimension is an upper bound for that of the centroid over Q.
    pub fn centroid(&self) -> Result<(ModMatrix, Vec<usize>), Stop> {
        let (n, p) = (self.table.dim(), self.prime());
        let adjoint: Vec<ModMatrix> = self.cartan.iter().map(|h| self.table.ad(h)).collect();
        let mut equations = ModMatrix::zero(0, self.cartan.len());
        for pair in 0..CENTROID_PAIRS as u64 {
            self.limits.check()?;
            let (a, b) = (self.coefficients(20 + 2 * pair, n), self.coefficients(21 + 2 * pair, n));
            let (u, v) = (self.ad_y.left_mul(p, &a), self.ad_y.left_mul(p, &b));
            let (ad_u, ad_v) = (self.table.ad(&u), self.table.ad(&v));
            // [S u, v] - [u, S v] = -([v, S u] + [u, S v])
            let columns: Vec<Vec<u32>> = adjoint
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
        echelon_kernel(p, &equations, self.limits)
    }

    /// The operator of the centroid with `S y = h`, as the matrix whose row `i` is `S e_i`; `None` when the random
    /// brackets did not fill the algebra.
    pub fn operator(&self, h: &[u32]) -> Result<Option<ModMatrix>, Stop> {
        let (n, p) = (self.table.dim(), self.prime());
        let ad_h = self.table.ad(h);
        let mut known = ModMatrix::zero(0, 2 * n);
        for j in 0..n {
            known.push_row(&[self.ad_y.row(j), ad_h.row(j)].concat());
        }
        // On H: S [u, v] = [S u, v].
        for extra in 0..self.cartan.len() as u64 + 2 {
            self.limits.check()?;
            let (a, b) = (self.coefficients(40 + 2 * extra, n), self.coefficients(41 + 2 * extra, n));
            let (u, v) = (self.ad_y.left_mul(p, &a), self.ad_y.left_mul(p, &b));
            let image = self.table.bracket(&ad_h.left_mul(p, &a), &v);
            known.push_row(&[self.table.bracket(&u, &v), image].concat());
        }
        if known.reduce(p, n, self.limits)?.len() < n {
            return Ok(None);
        }
        Ok(Some(ModMatrix::from_rows(n, (0..n).map(|i| known.row(i)[n..].to_vec()))))
    }

    /// A generic element of the centroid (integer combination of the echelon basis, the same for every prime).
    pub fn generic_operator(&self, centroid: &ModMatrix, attempt: u64) -> Result<Option<ModMatrix>, Stop> {
        let p = self.prime();
        let weights = self.coefficients(1000 + attempt, centroid.rows());
        let mut h = vec![0; self.table.dim()];
        for (k, &w) in weights.iter().enumerate() {
            for (&c, basis) in centroid.row(k).iter().zip(&self.cartan) {
                p.add_scaled(&mut h, p.mul(w, c), basis);
            }
        }
        self.operator(&h)
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
fn inverse(p: Prime, m: &ModMatrix, limits: &Limits) -> Result<Option<ModMatrix>, Stop> {
    let n = m.rows();
    let identity = ModMatrix::identity(n);
    let mut augmented = ModMatrix::from_rows(2 * n, (0..n).map(|i| [m.row(i), identity.row(i)].concat()));
    if augmented.reduce(p, n, limits)?.len() < n {
        return Ok(None);
    }
    Ok(Some(ModMatrix::from_rows(n, (0..n).map(|i| augmented.row(i)[n..].to_vec()))))
}
