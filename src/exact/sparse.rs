//! Sparse rational vectors and matrices: rows of (index, non-zero value) pairs in increasing order of index.

use super::Matrix;
use crate::num::Rational;

/// A sparse vector: pairs (index, value), indices strictly increasing, no value zero.
pub type SparseVector = Vec<(u32, Rational)>;

/// The sum `a + factor · b`.
pub fn add_scaled(a: &[(u32, Rational)], factor: &Rational, b: &[(u32, Rational)]) -> SparseVector {
    let mut out = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let (p, q) = (a[i].0, b[j].0);
        if p < q {
            out.push(a[i].clone());
            i += 1;
        } else if q < p {
            out.push((q, factor * &b[j].1));
            j += 1;
        } else {
            let sum = &a[i].1 + &(factor * &b[j].1);
            if !sum.is_zero() {
                out.push((p, sum));
            }
            i += 1;
            j += 1;
        }
    }
    out.extend_from_slice(&a[i..]);
    out.extend(b[j..].iter().map(|(k, v)| (*k, factor * v)));
    out.retain(|(_, v)| !v.is_zero());
    out
}

/// Sorts by index, adds values that share an index and drops zeros.
pub fn collect_terms(mut terms: Vec<(u32, Rational)>) -> SparseVector {
    terms.sort_by_key(|t| t.0);
    let mut out: SparseVector = Vec::with_capacity(terms.len());
    for (k, v) in terms {
        match out.last_mut() {
            Some((last, sum)) if *last == k => *sum += &v,
            _ => out.push((k, v)),
        }
    }
    out.retain(|(_, v)| !v.is_zero());
    out
}

/// The dense form, of the given length.
pub fn to_dense(v: &[(u32, Rational)], length: usize) -> Vec<Rational> {
    let mut out = vec![Rational::ZERO; length];
    for (k, x) in v {
        out[*k as usize] = x.clone();
    }
    out
}

/// The sparse form of a dense vector.
pub fn to_sparse(v: &[Rational]) -> SparseVector {
    v.iter().enumerate().filter(|(_, x)| !x.is_zero()).map(|(k, x)| (k as u32, x.clone())).collect()
}

/// The value at index `k` (zero when absent).
pub fn entry(v: &[(u32, Rational)], k: u32) -> Rational {
    v.binary_search_by_key(&k, |t| t.0).map_or(Rational::ZERO, |at| v[at].1.clone())
}

/// A sparse `rows × cols` rational matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SparseMatrix {
    cols: usize,
    rows: Vec<SparseVector>,
}

impl SparseMatrix {
    /// The zero matrix.
    pub fn zero(rows: usize, cols: usize) -> SparseMatrix {
        SparseMatrix { cols, rows: vec![Vec::new(); rows] }
    }

    /// The identity.
    pub fn identity(n: usize) -> SparseMatrix {
        SparseMatrix { cols: n, rows: (0..n).map(|i| vec![(i as u32, Rational::ONE)]).collect() }
    }

    /// A matrix from its sparse rows (each must be sorted, without zeros, with indices below `cols`).
    pub fn from_rows(cols: usize, rows: Vec<SparseVector>) -> SparseMatrix {
        SparseMatrix { cols, rows }
    }

    /// A matrix from (row, column, value) triples in any order; repeated places add up.
    pub fn from_triples(
        rows: usize,
        cols: usize,
        triples: impl IntoIterator<Item = (usize, usize, Rational)>,
    ) -> SparseMatrix {
        let mut out = vec![Vec::new(); rows];
        for (i, j, v) in triples {
            out[i].push((j as u32, v));
        }
        SparseMatrix { cols, rows: out.into_iter().map(collect_terms).collect() }
    }

    /// The sparse form of a dense matrix.
    pub fn from_dense(m: &Matrix<Rational>) -> SparseMatrix {
        SparseMatrix { cols: m.cols(), rows: m.iter_rows().map(to_sparse).collect() }
    }

    /// The dense form.
    pub fn to_dense(&self) -> Matrix<Rational> {
        let mut out = Matrix::filled(self.rows(), self.cols, Rational::ZERO);
        for (i, row) in self.rows.iter().enumerate() {
            for (j, v) in row {
                out[(i, *j as usize)] = v.clone();
            }
        }
        out
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Number of columns.
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// Row `i`.
    pub fn row(&self, i: usize) -> &[(u32, Rational)] {
        &self.rows[i]
    }

    /// All rows.
    pub fn iter_rows(&self) -> impl Iterator<Item = &[(u32, Rational)]> {
        self.rows.iter().map(Vec::as_slice)
    }

    /// The non-zero entries as (row, column, value).
    pub fn triples(&self) -> impl Iterator<Item = (usize, usize, &Rational)> {
        self.rows.iter().enumerate().flat_map(|(i, row)| row.iter().map(move |(j, v)| (i, *j as usize, v)))
    }

    /// The entry at row `i`, column `j`.
    pub fn entry(&self, i: usize, j: usize) -> Rational {
        entry(&self.rows[i], j as u32)
    }

    /// Number of non-zero entries.
    pub fn nonzeros(&self) -> usize {
        self.rows.iter().map(Vec::len).sum()
    }

    /// Whether every entry is zero.
    pub fn is_zero(&self) -> bool {
        self.rows.iter().all(Vec::is_empty)
    }

    /// The entries row by row as one sparse vector of length `rows · cols`.
    pub fn flatten(&self) -> SparseVector {
        let cols = self.cols;
        self.triples().map(|(i, j, v)| ((i * cols + j) as u32, v.clone())).collect()
    }

    /// The inverse of [`SparseMatrix::flatten`].
    pub fn unflatten(rows: usize, cols: usize, v: &[(u32, Rational)]) -> SparseMatrix {
        let mut out = vec![Vec::new(); rows];
        for (k, x) in v {
            let k = *k as usize;
            out[k / cols].push(((k % cols) as u32, x.clone()));
        }
        SparseMatrix { cols, rows: out }
    }

    /// `self + factor · other`.
    pub fn add_scaled(&self, factor: &Rational, other: &SparseMatrix) -> SparseMatrix {
        let rows = self.rows.iter().zip(&other.rows).map(|(a, b)| add_scaled(a, factor, b)).collect();
        SparseMatrix { cols: self.cols, rows }
    }

    /// `factor · self`.
    pub fn scale(&self, factor: &Rational) -> SparseMatrix {
        if factor.is_zero() {
            return SparseMatrix::zero(self.rows(), self.cols);
        }
        let rows = self.rows.iter().map(|r| r.iter().map(|(j, v)| (*j, factor * v)).collect()).collect();
        SparseMatrix { cols: self.cols, rows }
    }

    /// The product `self · other`.
    pub fn mul(&self, other: &SparseMatrix) -> SparseMatrix {
        let rows = self.rows.iter().map(|row| other.left_mul(row)).collect();
        SparseMatrix { cols: other.cols, rows }
    }

    /// The row vector `v · self`.
    pub fn left_mul(&self, v: &[(u32, Rational)]) -> SparseVector {
        if let [(k, x)] = v {
            return self.rows[*k as usize].iter().map(|(j, y)| (*j, x * y)).collect();
        }
        let mut terms = Vec::new();
        for (k, x) in v {
            terms.extend(self.rows[*k as usize].iter().map(|(j, y)| (*j, x * y)));
        }
        collect_terms(terms)
    }

    /// The column vector `self · v`, dense.
    pub fn apply(&self, v: &[Rational]) -> Vec<Rational> {
        self.rows.iter().map(|row| row.iter().map(|(j, x)| x * &v[*j as usize]).sum()).collect()
    }

    /// The commutator `self · other − other · self`.
    pub fn commutator(&self, other: &SparseMatrix) -> SparseMatrix {
        self.mul(other).add_scaled(&Rational::from(-1), &other.mul(self))
    }

    /// The transpose.
    pub fn transpose(&self) -> SparseMatrix {
        let mut rows = vec![Vec::new(); self.cols];
        for (i, j, v) in self.triples() {
            rows[j].push((i as u32, v.clone()));
        }
        SparseMatrix { cols: self.rows(), rows }
    }

    /// The Kronecker product `self ⊗ other`.
    pub fn kron(&self, other: &SparseMatrix) -> SparseMatrix {
        let (r, c) = (other.rows(), other.cols);
        let triples = self.triples().flat_map(|(i, j, x)| {
            other.triples().map(move |(k, l, y)| (i * r + k, j * c + l, x * y)).collect::<Vec<_>>()
        });
        SparseMatrix::from_triples(self.rows() * r, self.cols * c, triples)
    }

    /// The trace.
    pub fn trace(&self) -> Rational {
        (0..self.rows().min(self.cols)).map(|i| self.entry(i, i)).sum()
    }

    /// The block-diagonal matrix with these two blocks.
    pub fn direct_sum(&self, other: &SparseMatrix) -> SparseMatrix {
        let shift = self.cols as u32;
        let mut rows = self.rows.clone();
        rows.extend(other.rows.iter().map(|r| r.iter().map(|(j, v)| (j + shift, v.clone())).collect()));
        SparseMatrix { cols: self.cols + other.cols, rows }
    }
}

/// One row for each key: `(key, place, value)` summed over equal places, without zeros and empty rows, in the order of keys.
pub fn rows_by_key<K: Ord>(mut summands: Vec<(K, u32, Rational)>) -> Vec<SparseVector> {
    summands.sort_unstable_by(|x, y| x.0.cmp(&y.0).then(x.1.cmp(&y.1)));
    let mut rows: Vec<SparseVector> = Vec::new();
    for run in summands.chunk_by(|x, y| x.0 == y.0) {
        let mut row: SparseVector = Vec::with_capacity(run.len());
        for (_, place, value) in run {
            match row.last_mut() {
                Some((last, sum)) if last == place => *sum += value,
                _ => row.push((*place, value.clone())),
            }
        }
        row.retain(|(_, v)| !v.is_zero());
        if !row.is_empty() {
            rows.push(row);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(n: i64) -> Rational {
        Rational::from(n)
    }

    #[test]
    fn products_agree_with_the_dense_rule() {
        let a = SparseMatrix::from_triples(2, 2, [(0, 1, q(2)), (1, 0, q(3)), (0, 1, q(1))]);
        let b = SparseMatrix::from_triples(2, 2, [(0, 0, q(5)), (1, 1, q(7))]);
        assert_eq!(a.mul(&b).to_dense().entries(), &[q(0), q(21), q(15), q(0)]);
        assert_eq!(a.commutator(&a).nonzeros(), 0);
        assert_eq!(a.kron(&b).entry(0, 2), q(15));
        assert_eq!(SparseMatrix::unflatten(2, 2, &a.flatten()), a);
    }
}
