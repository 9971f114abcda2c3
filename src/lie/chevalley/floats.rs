//! Brackets in double precision, and a positive form to measure vectors with.

use crate::exact::Matrix;
use crate::float::complex::{Complex, ComplexMatrix};
use crate::lie::StructureConstants;
use crate::limits::{Limits, Stop};

use super::numerical::Imprecise;

/// `a · b`.
pub fn mul(a: Complex, b: Complex) -> Complex {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

/// `a / b`.
pub fn div(a: Complex, b: Complex) -> Complex {
    let norm = b.0 * b.0 + b.1 * b.1;
    ((a.0 * b.0 + a.1 * b.1) / norm, (a.1 * b.0 - a.0 * b.1) / norm)
}

/// `|a|`.
pub fn abs(a: Complex) -> f64 {
    a.0.hypot(a.1)
}

/// `factor · v`.
pub fn scaled(v: &[Complex], factor: Complex) -> Vec<Complex> {
    v.iter().map(|&x| mul(x, factor)).collect()
}

/// `⟨a, b⟩ = Σ conj(a_i) b_i`.
pub fn inner(a: &[Complex], b: &[Complex]) -> Complex {
    a.iter().zip(b).fold((0.0, 0.0), |s, (&x, &y)| {
        let t = mul((x.0, -x.1), y);
        (s.0 + t.0, s.1 + t.1)
    })
}

/// The norm `√⟨v, v⟩`.
pub fn norm(v: &[Complex]) -> f64 {
    inner(v, v).0.sqrt()
}

/// A complex matrix from its columns.
pub fn from_columns(rows: usize, columns: &[Vec<Complex>]) -> ComplexMatrix {
    ComplexMatrix::from_fn(rows, columns.len(), |i, j| columns[j][i])
}

/// A real matrix as a complex one.
pub fn complexified(m: &Matrix<f64>) -> ComplexMatrix {
    ComplexMatrix::from_fn(m.rows(), m.cols(), |i, j| (m[(i, j)], 0.0))
}

/// The matrices of `ad x` (column `j` is `[x, e_j]`) for several real `x`, in one pass over the table: `O(n³)` each.
pub fn adjoint_matrices(
    constants: &StructureConstants,
    elements: &[Vec<f64>],
    limits: &Limits,
) -> Result<Vec<Matrix<f64>>, Stop> {
    let n = constants.dim();
    limits.reserve(elements.len() as u128 * (n * n) as u128 * 16)?;
    // Row j of each is [x, e_j]; turned round at the end.
    let mut rows = vec![Matrix::filled(n, n, 0.0); elements.len()];
    let mut values = Vec::new();
    for i in 0..n {
        limits.check()?;
        for j in i + 1..n {
            values.clear();
            values.extend(constants.upper(i, j).iter().map(|(k, v)| (*k as usize, v.to_f64())));
            if values.is_empty() {
                continue;
            }
            for (x, out) in elements.iter().zip(&mut rows) {
                for (row, factor) in [(j, x[i]), (i, -x[j])] {
                    if factor != 0.0 {
                        let row = out.row_mut(row);
                        values.iter().for_each(|&(k, v)| row[k] += factor * v);
                    }
                }
            }
        }
    }
    Ok(rows.iter().map(Matrix::transpose).collect())
}

/// The matrices of `ad x` for complex `x`.
pub fn complex_adjoint_matrices(
    constants: &StructureConstants,
    elements: &[Vec<Complex>],
    limits: &Limits,
) -> Result<Vec<ComplexMatrix>, Stop> {
    let n = constants.dim();
    let parts: Vec<Vec<f64>> = elements
        .iter()
        .flat_map(|x| [x.iter().map(|z| z.0).collect(), x.iter().map(|z| z.1).collect::<Vec<f64>>()])
        .collect();
    let real = adjoint_matrices(constants, &parts, limits)?;
    Ok(real.chunks(2).map(|pair| ComplexMatrix::from_fn(n, n, |i, j| (pair[0][(i, j)], pair[1][(i, j)]))).collect())
}

/// A positive definite form: `to` takes coordinates to orthonormal ones, `from` back.
pub struct Metric {
    /// Coordinates to orthonormal coordinates.
    pub to: Matrix<f64>,
    /// Orthonormal coordinates to coordinates.
    pub from: Matrix<f64>,
}

impl Metric {
    /// `|K| = Q |Λ| Qᵀ` for a non-degenerate symmetric form `K = Q Λ Qᵀ` (after scaling each basis vector).
    pub fn majorant(form: &Matrix<f64>) -> Option<Metric> {
        let n = form.rows();
        let size = |i: usize| {
            let largest = form.row(i).iter().fold(0.0f64, |m, x| m.max(x.abs()));
            if form[(i, i)] != 0.0 { form[(i, i)].abs().max(1e-6 * largest) } else { largest }
        };
        let scale: Vec<f64> = (0..n).map(|i| size(i).sqrt().recip()).collect();
        let (values, q) = crate::float::symmetric_eigen(n, |i, j| form[(i, j)] * scale[i] * scale[j])?;
        let root: Vec<f64> = values.iter().map(|v| v.abs().sqrt()).collect();
        if root.iter().any(|r| !r.is_finite() || *r == 0.0) {
            return None;
        }
        Some(Metric {
            to: Matrix::from_fn(n, n, |i, j| root[i] * q[j * n + i] / scale[j]),
            from: Matrix::from_fn(n, n, |i, j| scale[i] * q[i * n + j] / root[j]),
        })
    }

    /// The metric of a positive definite symmetric matrix `G = L Lᵀ`: orthonormal coordinates `Lᵀ x`.
    pub fn of(form: &Matrix<f64>) -> Option<Metric> {
        let n = form.rows();
        let to = crate::float::complex::cholesky(form)?.transpose();
        // Back substitution, column by column.
        let mut from = Matrix::filled(n, n, 0.0);
        for j in 0..n {
            for i in (0..=j).rev() {
                let rest: f64 = (i + 1..=j).map(|k| to[(i, k)] * from[(k, j)]).sum();
                let right = if i == j { 1.0 } else { 0.0 };
                from[(i, j)] = (right - rest) / to[(i, i)];
            }
        }
        Some(Metric { to, from })
    }

    /// `to · m · from`: the matrix of a linear map in orthonormal coordinates.
    pub fn conjugated(&self, m: &ComplexMatrix) -> ComplexMatrix {
        complexified(&self.to).times(m).times(&complexified(&self.from))
    }

    /// The orthonormal coordinates of a vector.
    pub fn coordinates(&self, v: &[Complex]) -> Vec<Complex> {
        apply(&self.to, v)
    }

    /// The vector with these orthonormal coordinates.
    pub fn vector(&self, u: &[Complex]) -> Vec<Complex> {
        apply(&self.from, u)
    }
}

/// A real matrix times a complex vector.
pub fn apply(m: &Matrix<f64>, v: &[Complex]) -> Vec<Complex> {
    m.iter_rows().map(|row| row.iter().zip(v).fold((0.0, 0.0), |s, (c, x)| (s.0 + c * x.0, s.1 + c * x.1))).collect()
}

/// Whether the first `rank` of increasing sizes are zero beside the others.
pub fn gap(sizes: impl Iterator<Item = f64>, rank: usize) -> Result<(), Imprecise> {
    let sizes: Vec<f64> = sizes.collect();
    let (zero, least) = (sizes[..rank].iter().fold(0.0f64, |m, x| m.max(*x)), sizes.get(rank).copied());
    match least {
        Some(least) if least.is_nan() || zero.is_nan() || zero > 1e-3 * least => {
            Err(format!("eigenvalues {zero:.1e} and {least:.1e} do not tell the Cartan subalgebra from the roots"))
        }
        _ => Ok(()),
    }
}

/// A real orthonormal basis of a space of complex vectors that is closed under conjugation.
pub fn real_span(vectors: &[Vec<Complex>], n: usize) -> Vec<Vec<f64>> {
    let mut pool: Vec<Vec<f64>> = vectors
        .iter()
        .flat_map(|v| [v.iter().map(|z| z.0).collect(), v.iter().map(|z| z.1).collect::<Vec<f64>>()])
        .collect();
    let mut out: Vec<Vec<f64>> = Vec::new();
    let length = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>();
    while out.len() < vectors.len() {
        let Some(at) = (0..pool.len()).max_by(|&a, &b| length(&pool[a]).total_cmp(&length(&pool[b]))) else { break };
        let mut v = pool.swap_remove(at);
        // Twice is enough (Kahan).
        for _ in 0..2 {
            for w in &out {
                let dot: f64 = v.iter().zip(w).map(|(a, b)| a * b).sum();
                v.iter_mut().zip(w).for_each(|(a, b)| *a -= dot * b);
            }
        }
        let size = length(&v).sqrt();
        let v: Vec<f64> = v.iter().map(|x| x / size).collect();
        for w in &mut pool {
            let dot: f64 = v.iter().zip(w.iter()).map(|(a, b)| a * b).sum();
            w.iter_mut().zip(&v).for_each(|(a, b)| *a -= dot * b);
        }
        debug_assert_eq!(v.len(), n);
        out.push(v);
    }
    out
}

/// The real parts of the entries.
pub fn real_part(m: &ComplexMatrix) -> Matrix<f64> {
    Matrix::from_fn(m.rows(), m.cols(), |i, j| m.at(i, j).0)
}

/// `m v`.
pub fn apply_real(m: &Matrix<f64>, v: &[f64]) -> Vec<f64> {
    m.iter_rows().map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum()).collect()
}
