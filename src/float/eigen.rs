//! Eigenvectors of a general real matrix, and complex linear systems, in double precision (faer).

use faer::linalg::solvers::Solve;
use faer::{Mat, Par};

use super::dense::FloatError;
use crate::matrix::Matrix;

/// A complex number in double precision.
pub type Complex = faer::c64;

/// Eigenvalues with eigenvectors of a square matrix, in the order of the algorithm. About `25 n³` operations.
pub fn eigenvectors(m: &Matrix<f64>) -> Result<Vec<(Complex, Vec<Complex>)>, FloatError> {
    if m.rows() != m.cols() {
        return Err(FloatError::NotSquare(m.rows(), m.cols()));
    }
    faer::set_global_parallelism(Par::Seq);
    let n = m.rows();
    let dense = Mat::from_fn(n, n, |i, j| m[(i, j)]);
    if m.entries().iter().any(|x| !x.is_finite()) {
        return Err(FloatError::NoConvergence);
    }
    let eigen = dense.eigen().map_err(|_| FloatError::NoConvergence)?;
    Ok((0..n).map(|k| (eigen.S()[k], (0..n).map(|i| eigen.U()[(i, k)]).collect())).collect())
}

/// The matrix `X` with `X w_k = v_k` for `n` vectors `w_k` of length `n` that span, `v_k` the images.
pub fn linear_map(vectors: &[Vec<Complex>], images: &[Vec<Complex>]) -> Matrix<Complex> {
    faer::set_global_parallelism(Par::Seq);
    let n = vectors.len();
    // Row k of the system says w_kᵀ Xᵀ = v_kᵀ.
    let left = Mat::from_fn(n, n, |k, i| vectors[k][i]);
    let right = Mat::from_fn(n, n, |k, i| images[k][i]);
    let transposed = left.partial_piv_lu().solve(&right);
    Matrix::from_fn(n, n, |i, j| transposed[(j, i)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rotation_and_a_map() {
        let m = Matrix::from_rows(vec![vec![0.0, -2.0], vec![2.0, 0.0]]).unwrap();
        for (value, vector) in eigenvectors(&m).unwrap() {
            assert!(value.re.abs() < 1e-12 && (value.im.abs() - 2.0).abs() < 1e-12);
            assert!((vector[1] * -2.0 - value * vector[0]).norm() < 1e-12);
        }
        let c = |x: f64| Complex::new(x, 0.0);
        let map =
            linear_map(&[vec![c(1.0), c(1.0)], vec![c(0.0), c(2.0)]], &[vec![c(3.0), c(4.0)], vec![c(0.0), c(2.0)]]);
        let expected = [[3.0, 0.0], [3.0, 1.0]];
        for i in 0..2 {
            for j in 0..2 {
                assert!((map[(i, j)] - c(expected[i][j])).norm() < 1e-12);
            }
        }
    }
}
