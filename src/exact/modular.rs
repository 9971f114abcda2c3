//! Dense matrices modulo a word-size prime: elimination, kernel, product.

use crate::limits::{Limits, Stop};
use crate::num::{Prime, Rational};

use super::product::product;
use super::{Matrix, echelon};

/// A dense matrix of residues, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModMatrix {
    rows: usize,
    cols: usize,
    data: Vec<u32>,
}

impl ModMatrix {
    /// The zero matrix.
    pub fn zero(rows: usize, cols: usize) -> ModMatrix {
        ModMatrix { rows, cols, data: vec![0; rows * cols] }
    }

    /// The identity.
    pub fn identity(n: usize) -> ModMatrix {
        let mut out = ModMatrix::zero(n, n);
        for i in 0..n {
            out.row_mut(i)[i] = 1;
        }
        out
    }

    /// A matrix from rows of equal length `cols`.
    pub fn from_rows(cols: usize, rows: impl IntoIterator<Item = Vec<u32>>) -> ModMatrix {
        let mut out = ModMatrix::zero(0, cols);
        for row in rows {
            out.push_row(&row);
        }
        out
    }

    /// The residues of a rational matrix, or `None` when the prime divides a denominator.
    pub fn from_rational(p: Prime, m: &Matrix<Rational>) -> Option<ModMatrix> {
        let data: Option<Vec<u32>> = m.entries().iter().map(|q| p.residue(q)).collect();
        Some(ModMatrix { rows: m.rows(), cols: m.cols(), data: data? })
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// All residues, row by row.
    pub fn entries(&self) -> &[u32] {
        &self.data
    }

    /// All residues, row by row, to be changed.
    pub fn entries_mut(&mut self) -> &mut [u32] {
        &mut self.data
    }

    /// Row `i`.
    pub fn row(&self, i: usize) -> &[u32] {
        &self.data[i * self.cols..(i + 1) * self.cols]
    }

    /// Row `i`, to be changed.
    pub fn row_mut(&mut self, i: usize) -> &mut [u32] {
        &mut self.data[i * self.cols..(i + 1) * self.cols]
    }

    /// Adds a row at the end.
    pub fn push_row(&mut self, row: &[u32]) {
        self.data.extend_from_slice(row);
        self.rows += 1;
    }

    /// Exchanges two rows.
    pub(super) fn swap_rows(&mut self, i: usize, j: usize) {
        if i != j {
            let (first, second) = self.data.split_at_mut(i.max(j) * self.cols);
            let lower = i.min(j) * self.cols;
            first[lower..lower + self.cols].swap_with_slice(&mut second[..self.cols]);
        }
    }

    /// Drops all rows but the first `count`.
    pub(super) fn keep_rows(&mut self, count: usize) {
        self.rows = count;
        self.data.truncate(count * self.cols);
    }

    /// The row vector `v · self`.
    pub fn left_mul(&self, p: Prime, v: &[u32]) -> Vec<u32> {
        let mut sums = vec![0u64; self.cols];
        self.accumulate_product(p, v, &mut sums);
        let mut out = vec![0; self.cols];
        p.reduce_into(&sums, &mut out);
        out
    }

    /// `sums += v · self`, for sums below 2^63, which they are again afterwards.
    pub fn accumulate_product(&self, p: Prime, v: &[u32], sums: &mut [u64]) {
        p.accumulate_rows(sums, v.iter().enumerate().map(|(i, &x)| (x, self.row(i))));
    }

    /// The product `self · other`; `rows · cols · other.cols` operations.
    pub fn mul(&self, p: Prime, other: &ModMatrix) -> ModMatrix {
        product(p, self, other)
    }

    /// The transpose.
    pub fn transpose(&self) -> ModMatrix {
        let mut out = ModMatrix::zero(self.cols, self.rows);
        for i in 0..self.rows {
            for j in 0..self.cols {
                out.data[j * self.rows + i] = self.data[i * self.cols + j];
            }
        }
        out
    }

    /// Brings the matrix to reduced row echelon form, drops zero rows and returns the pivot columns.
    ///
    /// Only the first `pivot_cols` columns may hold pivots (the others are carried along, as in an augmented
    /// matrix). Cost: `rows · rank · cols` operations, as products of matrices when it is large.
    pub fn reduce(&mut self, p: Prime, pivot_cols: usize, limits: &Limits) -> Result<Vec<usize>, Stop> {
        echelon::reduce(self, p, pivot_cols, limits)
    }

    /// The pivot columns of the echelon form, without the form: a third of what [`ModMatrix::reduce`] does.
    pub fn pivots(&self, p: Prime, limits: &Limits) -> Result<Vec<usize>, Stop> {
        Ok(echelon::downwards(self.clone(), p, self.cols, limits)?.0)
    }

    /// The pivot columns of the echelon form, and a basis of the combinations of rows that vanish, one in each row.
    pub fn relations(&self, p: Prime, limits: &Limits) -> Result<(Vec<usize>, ModMatrix), Stop> {
        echelon::downwards(self.beside(&ModMatrix::identity(self.rows)), p, self.cols, limits)
    }

    /// The rank.
    pub fn rank(&self, p: Prime, limits: &Limits) -> Result<usize, Stop> {
        Ok(self.pivots(p, limits)?.len())
    }

    /// The inverse of a square matrix, or `None` when it is singular.
    pub fn inverse(&self, p: Prime, limits: &Limits) -> Result<Option<ModMatrix>, Stop> {
        let n = self.rows;
        let mut augmented = self.beside(&ModMatrix::identity(n));
        if augmented.reduce(p, n, limits)?.len() < n {
            return Ok(None);
        }
        Ok(Some(ModMatrix::from_rows(n, (0..n).map(|i| augmented.row(i)[n..].to_vec()))))
    }

    /// The determinant of a square matrix.
    pub fn determinant(&self, p: Prime) -> u32 {
        let n = self.rows;
        let mut rows: Vec<Vec<u32>> = (0..n).map(|i| self.row(i).to_vec()).collect();
        let mut value = 1;
        for c in 0..n {
            let Some(found) = (c..n).find(|&i| rows[i][c] != 0) else { return 0 };
            if found != c {
                rows.swap(found, c);
                value = p.neg(value);
            }
            value = p.mul(value, rows[c][c]);
            let (inverse, pivot) = (p.inv(rows[c][c]), rows[c].clone());
            for row in &mut rows[c + 1..] {
                let factor = p.neg(p.mul(row[c], inverse));
                p.add_scaled(row, factor, &pivot);
            }
        }
        value
    }

    /// The rows of two matrices side by side.
    pub fn beside(&self, right: &ModMatrix) -> ModMatrix {
        let cols = self.cols + right.cols;
        ModMatrix::from_rows(cols, (0..self.rows).map(|i| [self.row(i), right.row(i)].concat()))
    }

    /// A basis of `{x : self · x = 0}` in the canonical form (reduced echelon from the right: each vector has a
    /// one at its own free column), with the free columns.
    pub fn kernel(mut self, p: Prime, limits: &Limits) -> Result<(ModMatrix, Vec<usize>), Stop> {
        let cols = self.cols;
        let pivots = self.reduce(p, cols, limits)?;
        let mut is_pivot = vec![false; cols];
        for &c in &pivots {
            is_pivot[c] = true;
        }
        let free: Vec<usize> = (0..cols).filter(|&c| !is_pivot[c]).collect();
        let mut out = ModMatrix::zero(free.len(), cols);
        for (k, &f) in free.iter().enumerate() {
            out.row_mut(k)[f] = 1;
            for (i, &c) in pivots.iter().enumerate() {
                out.row_mut(k)[c] = p.neg(self.data[i * cols + f]);
            }
        }
        Ok((out, free))
    }
}

/// The solutions of `rows · x = 0` in reduced row echelon form, with their pivot columns.
pub fn echelon_kernel(p: Prime, rows: &ModMatrix, limits: &Limits) -> Result<(ModMatrix, Vec<usize>), Stop> {
    // The kernel comes out in echelon form from the right; reversing the columns turns it round.
    let cols = rows.cols();
    let reversed = ModMatrix::from_rows(cols, (0..rows.rows()).map(|i| rows.row(i).iter().rev().copied().collect()));
    let (mut kernel, free) = reversed.kernel(p, limits)?;
    kernel.data.reverse();
    Ok((kernel, free.iter().rev().map(|&c| cols - 1 - c).collect()))
}

/// An echelon basis that grows vector by vector.
#[derive(Clone, Debug)]
pub struct ModSpan {
    p: Prime,
    rows: Vec<(usize, Vec<u32>)>,
}

impl ModSpan {
    /// The zero space.
    pub fn new(p: Prime) -> ModSpan {
        ModSpan { p, rows: Vec::new() }
    }

    /// The dimension.
    pub fn dim(&self) -> usize {
        self.rows.len()
    }

    /// The places of the pivots, in the order of the vectors added: the units at all other places span a complement.
    pub fn pivots(&self) -> impl Iterator<Item = usize> {
        self.rows.iter().map(|row| row.0)
    }

    /// Adds a vector; returns whether it was independent of those before.
    pub fn insert(&mut self, mut v: Vec<u32>) -> bool {
        for (pivot, row) in &self.rows {
            let factor = v[*pivot];
            self.p.add_scaled(&mut v, self.p.neg(factor), row);
        }
        match v.iter().position(|&x| x != 0) {
            None => false,
            Some(pivot) => {
                let inverse = self.p.inv(v[pivot]);
                self.p.scale(&mut v, inverse);
                self.rows.push((pivot, v));
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::prime::random_stream;

    /// `det(AB) = det A det B`, by elimination; the inverse by its definition; a permutation matrix by its sign.
    #[test]
    fn inverses_and_determinants() {
        let mut rng = random_stream(6, 0);
        let p = Prime::random(&mut rng);
        let limits = Limits::none();
        for n in [0, 1, 2, 7, 30] {
            let mut random = || {
                ModMatrix::from_rows(n, (0..n).map(|_| (0..n).map(|_| p.random_residue(&mut rng)).collect::<Vec<_>>()))
            };
            let (a, b) = (random(), random());
            assert_eq!(a.mul(p, &b).determinant(p), p.mul(a.determinant(p), b.determinant(p)));
            let inverse = a.inverse(p, &limits).unwrap().unwrap();
            assert_eq!(a.mul(p, &inverse), ModMatrix::identity(n));
        }
        let cycle = ModMatrix::from_rows(4, (0..4).map(|i| (0..4).map(|j| u32::from(j == (i + 1) % 4)).collect()));
        assert_eq!(cycle.determinant(p), p.neg(1));
        let singular = ModMatrix::from_rows(2, vec![vec![1, 2], vec![2, 4]]);
        assert_eq!((singular.determinant(p), singular.inverse(p, &limits).unwrap()), (0, None));
    }

    #[test]
    fn kernel_is_annihilated_and_complete() {
        let mut rng = random_stream(5, 0);
        let p = Prime::random(&mut rng);
        let limits = Limits::none();
        for (rows, cols, rank) in [(5, 7, 3), (8, 8, 8), (6, 4, 2), (3, 3, 0)] {
            let random = |r: usize, c: usize, rng: &mut _| {
                ModMatrix::from_rows(c, (0..r).map(|_| (0..c).map(|_| p.random_residue(rng)).collect::<Vec<_>>()))
            };
            let m = random(rows, rank, &mut rng).mul(p, &random(rank, cols, &mut rng));
            let (kernel, free) = m.clone().kernel(p, &limits).unwrap();
            assert_eq!(m.rank(p, &limits).unwrap(), rank);
            assert_eq!((kernel.rows(), free.len()), (cols - rank, cols - rank));
            assert!(m.mul(p, &kernel.transpose()).entries().iter().all(|&x| x == 0));
        }
    }
}
