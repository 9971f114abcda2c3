//! Vectors with their covectors for the Killing form, modulo a prime, in `O(n³)`.
//!
//! The Killing form is invariant: `K([x, v], ·) = -K(v, [x, ·])`. So one covector `K(w, ·) = tr(ad w · ad ·)`, a
//! pass over the table, gives the covectors of everything that brackets with `x` and `w` make of `w`: a matrix times
//! a vector each. Invariance is a consequence of the Jacobi identity, which an [`super::Algebra`] has.

use super::ResidueTable;
use crate::exact::ModMatrix;
use crate::limits::{Limits, Stop};
use crate::num::Prime;
use crate::num::prime::{random_integer, random_stream};
use crate::parallel;

/// Coordinates that a first choice of elements has in a dense table, so that their adjoint maps cost `O(n²)`.
const SMALL_SUPPORT: usize = 6;

/// Two elements `x`, `w` with integer coordinates, the same for every prime.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The element whose adjoint map is iterated.
    pub x: Vec<i64>,
    /// The start.
    pub w: Vec<i64>,
}

impl Pair {
    /// A random pair. A dense table gets few coordinates first: generic enough in most bases, and cheap.
    pub fn random(n: usize, few: bool, attempt: u64, limits: &Limits) -> Pair {
        let mut rng = random_stream(limits.seed(), 5000 + attempt);
        let size = 6 + 6 * attempt as u32;
        let mut draw = || -> Vec<i64> {
            if !few || n <= SMALL_SUPPORT {
                return (0..n).map(|_| random_integer(&mut rng, size)).collect();
            }
            let mut v = vec![0; n];
            for _ in 0..SMALL_SUPPORT {
                let place = random_integer(&mut rng, 1 << 20).unsigned_abs() as usize % n;
                v[place] = random_integer(&mut rng, 3);
            }
            v
        };
        let x = draw();
        Pair { x, w: draw() }
    }
}

/// The sequence `w_k = (ad x)^k w`, `k < n`, with the covectors `K(w_k, ·)`, modulo a prime.
pub struct Chains {
    /// The table modulo the prime.
    pub table: ResidueTable,
    /// `x` and `w`.
    pub pair: Pair,
    /// Row `j` is `[x, e_j]`.
    pub ad_x: ModMatrix,
    /// Row `j` is `[w, e_j]`.
    pub ad_w: ModMatrix,
    /// Row `k` is `w_k`.
    pub vectors: ModMatrix,
    /// Row `k` is `K(w_k, ·)`.
    pub covectors: ModMatrix,
    /// Whether iterated brackets of `x` and `w` with `w` span the algebra, once [`Chains::killing`] has found out.
    pub generate: Option<bool>,
}

impl Chains {
    /// Two short passes, one pass for the covector, `2n` products of a matrix with a vector.
    pub fn new(table: ResidueTable, pair: &Pair, limits: &Limits) -> Result<Chains, Stop> {
        let (p, n) = (table.prime(), table.dim());
        let residues = |v: &[i64]| v.iter().map(|&c| p.reduce_signed(c)).collect::<Vec<u32>>();
        let (x, w) = (residues(&pair.x), residues(&pair.w));
        let (ad_x, ad_w) = (table.ad(&x), table.ad(&w));
        let adjoint = ad_x.transpose();
        let (mut v, mut l) = (w, trace_covector(&table, &ad_w, limits)?);
        let (mut vectors, mut covectors) = (ModMatrix::zero(0, n), ModMatrix::zero(0, n));
        // One after the other: a matrix stays in the cache.
        for _ in 0..n {
            vectors.push_row(&v);
            v = ad_x.left_mul(p, &v);
        }
        limits.check()?;
        for _ in 0..n {
            covectors.push_row(&l);
            l = negated(p, adjoint.left_mul(p, &l));
        }
        Ok(Chains { table, pair: pair.clone(), ad_x, ad_w, vectors, covectors, generate: None })
    }

    /// The prime.
    pub fn prime(&self) -> Prime {
        self.table.prime()
    }

    /// The dimension.
    pub fn dim(&self) -> usize {
        self.table.dim()
    }

    /// The Killing form modulo the prime, and whether iterated brackets of `x` and `w` with `w` span everything
    /// (then `x` and `w` generate the algebra, also over Q).
    ///
    /// Rows `(v | K(v, ·))` are collected until the `v` span the space; the reduced echelon form is `(1 | K)`. The
    /// rows are right whatever the random choices: these only decide how many extra passes are needed for basis
    /// elements outside the ideal that `w` generates.
    pub fn killing(&self, limits: &Limits) -> Result<(ModMatrix, bool), Stop> {
        let (p, n) = (self.prime(), self.dim());
        let mut rows = self.vectors.beside(&self.covectors);
        let mut pivots = rows.reduce(p, n, limits)?;
        let transposed = [self.ad_w.transpose(), self.ad_x.transpose()];
        let mut rng = random_stream(limits.seed(), 6000);
        let mut idle = 0;
        while pivots.len() < n && idle < 2 && !pivots.is_empty() {
            limits.check()?;
            // [w, v] and [x, v] in turn, for random v in the span so far.
            let (ad, adjoint) = if idle == 0 { (&self.ad_w, &transposed[0]) } else { (&self.ad_x, &transposed[1]) };
            let before = pivots.len();
            for _ in 0..n - before + 1 {
                let weights: Vec<u32> = (0..before).map(|_| p.random_residue(&mut rng)).collect();
                let row = combination(p, &rows, &weights);
                let (v, l) = row.split_at(n);
                rows.push_row(&[ad.left_mul(p, v), negated(p, adjoint.left_mul(p, l))].concat());
            }
            pivots = rows.reduce(p, n, limits)?;
            idle = if pivots.len() > before { 0 } else { idle + 1 };
        }
        let generated = pivots.len() == n;
        if !generated {
            let missing: Vec<usize> = (0..n).filter(|c| pivots.binary_search(c).is_err()).collect();
            let more = parallel::try_map(missing.len(), |k| {
                let ad = self.table.ad_basis(missing[k]);
                let mut row = vec![0; n];
                row[missing[k]] = 1;
                row.extend(trace_covector(&self.table, &ad, limits)?);
                Ok(row)
            })?;
            more.iter().for_each(|row| rows.push_row(row));
            rows.reduce(p, n, limits)?;
        }
        let right = ModMatrix::from_rows(n, (0..n).map(|i| rows.row(i)[n..].to_vec()));
        Ok((right, generated))
    }
}

/// `Σ weights_i · row_i` of the first rows, as many as there are weights.
fn combination(p: Prime, rows: &ModMatrix, weights: &[u32]) -> Vec<u32> {
    rows.left_mul(p, weights)
}

fn negated(p: Prime, mut v: Vec<u32>) -> Vec<u32> {
    v.iter_mut().for_each(|c| *c = p.neg(*c));
    v
}

/// `K(z, e_i) = tr(ad z · ad e_i)` for all `i`, from the matrix with rows `[z, e_k]`: one pass over the table.
pub fn trace_covector(table: &ResidueTable, ad_z: &ModMatrix, limits: &Limits) -> Result<Vec<u32>, Stop> {
    let (p, n) = (table.prime(), table.dim());
    // Σ_jk [e_i, e_j]_k [z, e_k]_j
    let transposed = ad_z.transpose();
    let sparse = table.is_sparse();
    parallel::try_map(n, |i| {
        limits.check()?;
        if sparse {
            let terms = table.ad_terms(i);
            let products = terms.iter().map(|&(j, k, v)| p.mul(v, transposed.row(j as usize)[k as usize]));
            return Ok(products.fold(0, |sum, c| p.add(sum, c)));
        }
        Ok(p.dot(table.ad_basis(i).entries(), transposed.entries()))
    })
}
