//! Dense complex matrices in double precision: products, linear systems, eigenvectors (faer).

use faer::linalg::solvers::Solve;
use faer::{Mat, Par, Side, c64};

use crate::matrix::Matrix;

/// A complex number as (real part, imaginary part).
pub type Complex = (f64, f64);

/// A dense complex matrix.
#[derive(Clone, Debug)]
pub struct ComplexMatrix(Mat<c64>);

fn sequential() {
    // A constant degree of parallelism: the bits must not depend on the machine.
    faer::set_global_parallelism(Par::Seq);
}

impl ComplexMatrix {
    /// The matrix with entry `f(i, j)` at row `i`, column `j`.
    pub fn from_fn(rows: usize, cols: usize, mut f: impl FnMut(usize, usize) -> Complex) -> ComplexMatrix {
        ComplexMatrix(Mat::from_fn(rows, cols, |i, j| {
            let (re, im) = f(i, j);
            c64::new(re, im)
        }))
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.0.nrows()
    }

    /// The number of columns.
    pub fn cols(&self) -> usize {
        self.0.ncols()
    }

    /// The entry at row `i`, column `j`.
    pub fn at(&self, i: usize, j: usize) -> Complex {
        let z = self.0[(i, j)];
        (z.re, z.im)
    }

    /// Column `j`.
    pub fn column(&self, j: usize) -> Vec<Complex> {
        (0..self.rows()).map(|i| self.at(i, j)).collect()
    }

    /// The product.
    pub fn times(&self, other: &ComplexMatrix) -> ComplexMatrix {
        sequential();
        ComplexMatrix(&self.0 * &other.0)
    }

    /// The transpose.
    pub fn transpose(&self) -> ComplexMatrix {
        ComplexMatrix(self.0.transpose().to_owned())
    }

    /// The conjugate transpose.
    pub fn adjoint(&self) -> ComplexMatrix {
        ComplexMatrix(Mat::from_fn(self.cols(), self.rows(), |i, j| self.0[(j, i)].conj()))
    }

    /// The solution `x` of `self · x = right`, by elimination with partial pivoting; `None` when it is not finite.
    pub fn solve(&self, right: &ComplexMatrix) -> Option<ComplexMatrix> {
        sequential();
        let x = self.0.partial_piv_lu().solve(&right.0);
        is_finite(&x).then_some(ComplexMatrix(x))
    }

    /// Eigenvalues in increasing order and orthonormal eigenvectors (columns) of a Hermitian matrix, of which the lower
    /// triangle is read.
    pub fn hermitian_eigen(&self) -> Option<(Vec<f64>, ComplexMatrix)> {
        sequential();
        if !is_finite(&self.0) {
            return None;
        }
        if self.rows() == 0 {
            // faer takes 1 from the size.
            return Some((Vec::new(), self.clone()));
        }
        let eigen = self.0.self_adjoint_eigen(Side::Lower).ok()?;
        let values = (0..self.rows()).map(|i| eigen.S()[i].re).collect();
        Some((values, ComplexMatrix(eigen.U().to_owned())))
    }
}

fn is_finite(m: &Mat<c64>) -> bool {
    m.col_iter().all(|c| c.iter().all(|z| z.re.is_finite() && z.im.is_finite()))
}

/// Eigenvalues and eigenvectors (columns, of norm 1) of a real square matrix; about `25 n³` operations.
pub fn general_eigen(m: &Matrix<f64>) -> Option<(Vec<Complex>, ComplexMatrix)> {
    sequential();
    if m.entries().iter().any(|x| !x.is_finite()) {
        return None;
    }
    let eigen = Mat::from_fn(m.rows(), m.cols(), |i, j| m[(i, j)]).eigen().ok()?;
    let n = m.rows();
    let values: Vec<Complex> = (0..n).map(|i| (eigen.S()[i].re, eigen.S()[i].im)).collect();
    let mut vectors = eigen.U().to_owned();
    for j in 0..n {
        let norm = (0..n).map(|i| vectors[(i, j)].re.powi(2) + vectors[(i, j)].im.powi(2)).sum::<f64>().sqrt();
        if norm > 0.0 {
            (0..n).for_each(|i| vectors[(i, j)] *= c64::new(1.0 / norm, 0.0));
        }
    }
    is_finite(&vectors).then_some((values, ComplexMatrix(vectors)))
}

/// The lower triangular `L` with `L Lᵀ = m` for a symmetric positive definite matrix; `None` when it is not.
pub fn cholesky(m: &Matrix<f64>) -> Option<Matrix<f64>> {
    let n = m.rows();
    let mut l = Matrix::filled(n, n, 0.0);
    for i in 0..n {
        for j in 0..=i {
            let dot: f64 = l.row(i)[..j].iter().zip(&l.row(j)[..j]).map(|(a, b)| a * b).sum();
            let rest = m[(i, j)] - dot;
            if i == j {
                if rest.is_nan() || rest <= 0.0 {
                    return None;
                }
                l[(i, i)] = rest.sqrt();
            } else {
                l[(i, j)] = rest / l[(j, j)];
            }
        }
    }
    Some(l)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eigenvectors_are_eigenvectors() {
        let m = Matrix::from_fn(5, 5, |i, j| ((3 * i + 7 * j * j + 1) % 11) as f64 - 4.0);
        let (values, vectors) = general_eigen(&m).unwrap();
        for (k, &(re, im)) in values.iter().enumerate() {
            for i in 0..5 {
                let image = (0..5).fold((0.0, 0.0), |s, j| {
                    let v = vectors.at(j, k);
                    (s.0 + m[(i, j)] * v.0, s.1 + m[(i, j)] * v.1)
                });
                let v = vectors.at(i, k);
                assert!((image.0 - (re * v.0 - im * v.1)).abs() < 1e-12);
                assert!((image.1 - (re * v.1 + im * v.0)).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn a_hermitian_matrix_is_rebuilt_and_a_system_solved() {
        let h = ComplexMatrix::from_fn(3, 3, |i, j| ((i + j) as f64, if i == j { 0.0 } else { i as f64 - j as f64 }));
        let (values, u) = h.hermitian_eigen().unwrap();
        let scaled = ComplexMatrix::from_fn(3, 3, |i, j| (u.at(i, j).0 * values[j], u.at(i, j).1 * values[j]));
        let back = scaled.times(&u.adjoint());
        let x = u.solve(&h).unwrap();
        let again = u.times(&x);
        for i in 0..3 {
            for j in 0..3 {
                for other in [&back, &again] {
                    assert!((other.at(i, j).0 - h.at(i, j).0).abs() < 1e-12);
                    assert!((other.at(i, j).1 - h.at(i, j).1).abs() < 1e-12);
                }
            }
        }
    }

    #[test]
    fn cholesky_factors_positive_definite_matrices_only() {
        let m = Matrix::from_rows(vec![vec![4.0, 2.0], vec![2.0, 5.0]]).unwrap();
        let l = cholesky(&m).unwrap();
        assert_eq!(l, Matrix::from_rows(vec![vec![2.0, 0.0], vec![1.0, 2.0]]).unwrap());
        assert!(cholesky(&Matrix::from_rows(vec![vec![1.0, 2.0], vec![2.0, 1.0]]).unwrap()).is_none());
    }
}
