//! The subalgebra of an algebra of matrices that leaves vectors or matrices where they are.

use super::QuadraticAlgebra;
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
    let acted: Vec<Acted> = vacua.iter().map(|vacuum| vacuum.real(of.complex)).collect();
    kernel(&of.basis, &acted, limits)
}

/// The same over Q(√d) for rational vacua, as a subspace of the algebra over Q, whose matrices act on two copies: the parts
/// without and with √d. `None` when there are no matrices.
pub fn quadratic_vacuum_stabilizer(
    of: &QuadraticAlgebra,
    vacua: &[Vacuum],
    limits: &Limits,
) -> Result<Option<Subspace>, Stop> {
    let Some(realization) = of.restricted().realization() else { return Ok(None) };
    let acted: Vec<Acted> = vacua.iter().map(|vacuum| vacuum.real(of.is_complex()).without_root()).collect();
    kernel(&realization.basis, &acted, limits).map(Some)
}

fn kernel(basis: &[SparseMatrix], acted: &[Acted], limits: &Limits) -> Result<Subspace, Stop> {
    let d = basis.len();
    let mut rows: Vec<Vec<Rational>> = Vec::new();
    for one in acted {
        let mut columns = Vec::with_capacity(d);
        for w in basis {
            limits.check()?;
            columns.push(match one {
                Acted::Vector(v) => image(w, v),
                Acted::Matrix(m) => commutator(w, m),
            });
        }
        let equations = columns.first().map_or(0, Vec::len);
        limits.reserve(size_of::<Rational>() as u128 * equations as u128 * d as u128)?;
        rows.extend((0..equations).map(|r| columns.iter().map(|column| column[r].clone()).collect()));
    }
    Subspace::kernel(d, &rows, limits)
}

/// A vacuum as stored matrices act on it.
enum Acted {
    Vector(Vec<Rational>),
    Matrix(Matrix<Rational>),
}

impl Vacuum {
    /// Complex vectors as real parts followed by imaginary parts, complex matrices `A + iB` as `[[A, -B], [B, A]]`.
    fn real(&self, complex: bool) -> Acted {
        match self {
            Vacuum::Vector(v) => {
                let parts = v.iter().map(|z| z.re.clone());
                Acted::Vector(if complex {
                    parts.chain(v.iter().map(|z| z.im.clone())).collect()
                } else {
                    parts.collect()
                })
            }
            Vacuum::Matrix(m) => Acted::Matrix(if complex { blocks(m) } else { m.map(|z| z.re.clone()) }),
        }
    }
}

impl Acted {
    /// As `v + 0 √d`, `M + 0 √d`.
    fn without_root(self) -> Acted {
        match self {
            Acted::Vector(v) => {
                let n = v.len();
                Acted::Vector(v.into_iter().chain(std::iter::repeat_n(Rational::ZERO, n)).collect())
            }
            Acted::Matrix(m) => {
                let n = m.rows();
                let at = |i: usize, j: usize| if i / n == j / n { m[(i % n, j % n)].clone() } else { Rational::ZERO };
                Acted::Matrix(Matrix::from_fn(2 * n, 2 * n, at))
            }
        }
    }
}

fn blocks(m: &Matrix<Gaussian>) -> Matrix<Rational> {
    let n = m.rows();
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
