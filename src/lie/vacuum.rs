//! The subalgebra of an algebra of matrices that leaves vectors or matrices where they are.

use super::algebra::Realization;
use crate::exact::{Matrix, SparseMatrix, Subspace};
use crate::limits::{Limits, Stop};
use crate::num::{Gaussian, Rational};

/// What is left in its place.
#[derive(Clone, Debug, PartialEq)]
pub enum Vacuum {
    /// A vector `v` of the space of the matrices: `W v = 0`.
    Vector(Vec<Gaussian>),
    /// A matrix `Φ`, on which the algebra acts by commutators: `W Φ - Φ W = 0`.
    Matrix(Matrix<Gaussian>),
}

impl Vacuum {
    /// Whether all its numbers are real.
    pub fn is_real(&self) -> bool {
        match self {
            Vacuum::Vector(v) => v.iter().all(Gaussian::is_real),
            Vacuum::Matrix(m) => m.entries().iter().all(Gaussian::is_real),
        }
    }

    /// The size of the matrices that act on it; `None` for a matrix that is not square.
    pub fn size(&self) -> Option<usize> {
        match self {
            Vacuum::Vector(v) => Some(v.len()),
            Vacuum::Matrix(m) => (m.rows() == m.cols()).then_some(m.rows()),
        }
    }
}

/// The elements of an algebra that leave all vacua where they are, as coordinates in its basis: the solutions of linear equations
/// over Q, so the dimension is proved. Vacua have the size of the matrices, and are real where these are. `O(d n³)` operations
/// for `d` matrices of size `n` and a matrix, `O(d n²)` for a vector.
pub fn vacuum_stabilizer(of: &Realization, vacua: &[Vacuum], limits: &Limits) -> Result<Subspace, Stop> {
    let d = of.basis.len();
    let mut rows: Vec<Vec<Rational>> = Vec::new();
    for vacuum in vacua {
        let mut columns = Vec::with_capacity(d);
        for w in &of.basis {
            limits.check()?;
            columns.push(match vacuum {
                Vacuum::Vector(v) => image(w, &real_vector(v, of.complex)),
                Vacuum::Matrix(m) => commutator(w, &real_matrix(m, of.complex)),
            });
        }
        let equations = columns.first().map_or(0, Vec::len);
        limits.reserve(size_of::<Rational>() as u128 * equations as u128 * d as u128)?;
        rows.extend((0..equations).map(|r| columns.iter().map(|column| column[r].clone()).collect()));
    }
    Subspace::kernel(d, &rows, limits)
}

/// A complex vector as real parts followed by imaginary parts.
fn real_vector(v: &[Gaussian], complex: bool) -> Vec<Rational> {
    let parts = v.iter().map(|z| z.re.clone());
    if complex { parts.chain(v.iter().map(|z| z.im.clone())).collect() } else { parts.collect() }
}

/// `A + iB` as `[[A, -B], [B, A]]`.
fn real_matrix(m: &Matrix<Gaussian>, complex: bool) -> Matrix<Rational> {
    let n = m.rows();
    if !complex {
        return m.map(|z| z.re.clone());
    }
    Matrix::from_fn(2 * n, 2 * n, |i, j| {
        let z = &m[(i % n, j % n)];
        match (i < n, j < n) {
            (true, false) => -z.im.clone(),
            (false, true) => z.im.clone(),
            _ => z.re.clone(),
        }
    })
}

fn image(w: &SparseMatrix, v: &[Rational]) -> Vec<Rational> {
    w.iter_rows().map(|row| row.iter().fold(Rational::ZERO, |sum, (k, x)| &sum + &(x * &v[*k as usize]))).collect()
}

/// The entries of `W M - M W`, row by row.
fn commutator(w: &SparseMatrix, m: &Matrix<Rational>) -> Vec<Rational> {
    let n = m.rows();
    let mut out = Matrix::filled(n, n, Rational::ZERO);
    for (i, row) in w.iter_rows().enumerate() {
        for (k, x) in row {
            let k = *k as usize;
            for j in 0..n {
                out[(i, j)] = &out[(i, j)] + &(x * &m[(k, j)]);
                out[(j, k)] = &out[(j, k)] - &(&m[(j, i)] * x);
            }
        }
    }
    out.entries().to_vec()
}
