//! The basis `u = P X` in which the exact algebra of a Chevalley basis is orthonormal for its compact form, and how far the measured
//! brackets are from the exact ones there: what the lemma of `rigidity.rs` is applied to.

use super::adjoint::{Adjoint, ZERO, inner, norm, scaled};
use super::frame::RootBasis;
use crate::discover::training::FloatAlgebra;
use crate::float::{Complex, cholesky, symmetric_eigen};
use crate::lie::named::ChevalleyBasis;
use crate::limits::{Limits, Stop};
use crate::parallel;

/// The basis, orthonormal for the compact form of the exact algebra, that a Chevalley basis gives.
pub(super) struct Compact<'a> {
    dim: usize,
    blocks: Vec<Block<'a>>,
}

/// One simple component.
struct Block<'a> {
    table: &'a ChevalleyBasis,
    /// Combinations of the `h_i` that are orthonormal, as rows.
    cartan: Vec<Vec<f64>>,
    /// What each `e_α` is multiplied by.
    scales: Vec<f64>,
    /// The `h_i` as they were given.
    coroots: Vec<Vec<Complex>>,
    /// The orthonormal basis: of the Cartan subalgebra, then root vectors.
    basis: Vec<Vec<Complex>>,
}

impl Compact<'_> {
    /// From the root bases of the ideals, each on its rows; `None` when a form is not positive.
    pub fn of<'a>(dim: usize, ideals: &'a [(&[f64], RootBasis)]) -> Option<Compact<'a>> {
        let mut blocks = Vec::new();
        for (rows, found) in ideals {
            let whole = |v: &Vec<Complex>| {
                let mut out = vec![ZERO; dim];
                for (x, row) in v.iter().zip(rows.chunks_exact(dim.max(1))) {
                    out.iter_mut().zip(row).for_each(|(sum, r)| *sum += *x * *r);
                }
                out
            };
            let mut at = 0;
            for table in &found.chevalley.tables {
                let system = table.root_system();
                let (rank, count) = (system.rank(), 2 * system.positive_count());
                let own: Vec<Vec<Complex>> =
                    found.chevalley.basis.get(at..at + rank + count)?.iter().map(whole).collect();
                at += rank + count;
                blocks.push(Block::of(table, own)?);
            }
        }
        Some(Compact { dim, blocks })
    }

    fn vectors(&self) -> impl Iterator<Item = &Vec<Complex>> {
        self.blocks.iter().flat_map(|block| &block.basis)
    }

    /// `Σ |p|²` over the rows of `P`.
    pub fn square_sum(&self) -> f64 {
        self.vectors().map(|v| norm(v).powi(2)).sum()
    }

    /// The least and the largest singular value of `P`, the first from below and the second from above.
    pub fn extent(&self) -> Option<(f64, f64)> {
        let all: Vec<&Vec<Complex>> = self.vectors().collect();
        let n = all.len();
        if n != self.dim {
            return None;
        }
        // P P* as a real symmetric matrix of twice the size.
        let entry = |i: usize, j: usize| {
            let z = inner(all[j % n], all[i % n]);
            match (i < n, j < n) {
                (true, true) | (false, false) => z.re,
                (true, false) => -z.im,
                (false, true) => z.im,
            }
        };
        let (values, _) = symmetric_eigen(2 * n, entry)?;
        let largest = *values.last()?;
        let rounding = 64.0 * n as f64 * f64::EPSILON * largest * n as f64;
        let least = values.first()? - rounding;
        (least > 0.0).then(|| (least.sqrt(), (largest + rounding).sqrt()))
    }

    /// `E`: how far the brackets of the basis are from what the integer tables say, in the coordinates of the algebra.
    pub fn distance(&self, algebra: &FloatAlgebra, limits: &Limits) -> Result<f64, Stop> {
        let places: Vec<(usize, usize)> =
            self.blocks.iter().enumerate().flat_map(|(b, block)| (0..block.basis.len()).map(move |i| (b, i))).collect();
        let sums = parallel::try_map(places.len(), |at| {
            limits.check()?;
            let (b, i) = places[at];
            let block = &self.blocks[b];
            let ad = Adjoint::of(algebra, &block.basis[i]);
            let mut sum = 0.0;
            for (other, own) in self.blocks.iter().enumerate() {
                for (j, v) in own.basis.iter().enumerate() {
                    let mut rest = ad.apply(v);
                    if other == b {
                        block.subtract_bracket(i, j, &mut rest);
                    }
                    sum += norm(&rest).powi(2);
                }
            }
            Ok::<_, Stop>(sum)
        })?;
        Ok(sums.iter().sum::<f64>().sqrt())
    }
}

impl<'a> Block<'a> {
    fn of(table: &'a ChevalleyBasis, own: Vec<Vec<Complex>>) -> Option<Block<'a>> {
        let system = table.root_system();
        let (rank, count) = (system.rank(), 2 * system.positive_count());
        // κ(h_i, h_j) = Σ β(h_i) β(h_j) over the roots.
        let values: Vec<Vec<i64>> =
            (0..count).map(|r| (0..rank).map(|i| system.pairing(&system.root(r), i)).collect()).collect();
        let form = |i: usize, j: usize| values.iter().map(|v| v[i] * v[j]).sum::<i64>();
        let mut lower: Vec<f64> = (0..rank * rank).map(|at| form(at / rank, at % rank) as f64).collect();
        if !cholesky(rank, &mut lower) {
            return None;
        }
        // Rows of the inverse of the lower triangle, by forward substitution.
        let mut cartan = vec![vec![0.0; rank]; rank];
        for i in 0..rank {
            let known = |j: usize| (j..i).map(|k| lower[i * rank + k] * cartan[k][j]).sum::<f64>();
            let row = (0..=i).map(|j| (f64::from(u8::from(i == j)) - known(j)) / lower[i * rank + i]);
            let row: Vec<f64> = row.chain(std::iter::repeat(0.0)).take(rank).collect();
            cartan[i] = row;
        }
        // κ(e_α, e_−α) = κ(h_α, h_α) / 2.
        let scale = |r: usize| {
            let coroot = system.coroot(&system.root(r));
            let square: i64 = (0..rank)
                .flat_map(|i| (0..rank).map(move |j| (i, j)))
                .map(|(i, j)| coroot[i] * coroot[j] * form(i, j))
                .sum();
            (2.0 / square as f64).sqrt()
        };
        let scales: Vec<f64> = (0..count).map(scale).collect();
        let (coroots, roots) = own.split_at(rank);
        let combined = |row: &Vec<f64>| {
            let mut out = vec![ZERO; own[0].len()];
            for (x, h) in row.iter().zip(coroots) {
                out.iter_mut().zip(h).for_each(|(sum, h)| *sum += *h * *x);
            }
            out
        };
        let mut basis: Vec<Vec<Complex>> = cartan.iter().map(combined).collect();
        basis.extend(roots.iter().zip(&scales).map(|(v, s)| scaled(v, Complex::new(*s, 0.0))));
        Some(Block { table, cartan, scales, coroots: coroots.to_vec(), basis })
    }

    /// Takes the bracket of basis elements `i` and `j` in the exact algebra from a vector.
    fn subtract_bracket(&self, i: usize, j: usize, rest: &mut [Complex]) {
        let system = self.table.root_system();
        let rank = system.rank();
        let mut subtract = |factor: f64, v: &[Complex]| {
            rest.iter_mut().zip(v).for_each(|(x, y)| *x -= *y * factor);
        };
        let value = |h: usize, r: usize| -> f64 {
            let root = system.root(r);
            self.cartan[h].iter().enumerate().map(|(k, x)| x * system.pairing(&root, k) as f64).sum()
        };
        match (i.checked_sub(rank), j.checked_sub(rank)) {
            (None, None) => {}
            (None, Some(r)) => subtract(value(i, r), &self.basis[j]),
            (Some(r), None) => subtract(-value(j, r), &self.basis[i]),
            (Some(r), Some(s)) if s == system.negative_of(r) => {
                for (c, h) in system.coroot(&system.root(r)).iter().zip(&self.coroots) {
                    subtract(*c as f64 * self.scales[r] * self.scales[s], h);
                }
            }
            (Some(r), Some(s)) => {
                let sum: Vec<i64> = system.root(r).iter().zip(system.root(s)).map(|(a, b)| a + b).collect();
                if let Some(t) = system.number_of(&sum) {
                    let factor = self.table.n(r, s) as f64 * self.scales[r] * self.scales[s] / self.scales[t];
                    subtract(factor, &self.basis[rank + t]);
                }
            }
        }
    }
}
