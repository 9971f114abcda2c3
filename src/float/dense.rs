//! Dense double-precision matrices: eigenvalues, singular values, exponentials.

use crate::matrix::Matrix;

/// Why a kernel gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FloatError {
    /// The matrix is not square.
    #[error("a square matrix is needed, this one is {0}×{1}")]
    NotSquare(usize, usize),
    /// The iteration did not converge.
    #[error("the iteration did not converge")]
    NoConvergence,
}

fn to_faer(m: &Matrix<f64>) -> faer::Mat<f64> {
    faer::Mat::from_fn(m.rows(), m.cols(), |i, j| m.get(i, j).copied().unwrap_or(0.0))
}

fn square(m: &Matrix<f64>) -> Result<(), FloatError> {
    if m.rows() == m.cols() { Ok(()) } else { Err(FloatError::NotSquare(m.rows(), m.cols())) }
}

/// The eigenvalues as (real, imaginary) parts, by decreasing real part, then decreasing imaginary part.
pub fn eigenvalues(m: &Matrix<f64>) -> Result<Vec<(f64, f64)>, FloatError> {
    square(m)?;
    // One thread: the same bytes on every machine.
    faer::set_global_parallelism(faer::Par::Seq);
    let values = to_faer(m).eigenvalues().map_err(|_| FloatError::NoConvergence)?;
    let mut out: Vec<(f64, f64)> = values.into_iter().map(|z| (z.re, z.im)).collect();
    out.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
    Ok(out)
}

/// The singular values, largest first.
pub fn singular_values(m: &Matrix<f64>) -> Result<Vec<f64>, FloatError> {
    faer::set_global_parallelism(faer::Par::Seq);
    to_faer(m).singular_values().map_err(|_| FloatError::NoConvergence)
}

/// The exponential of a square matrix, by scaling, a Padé approximant, and squaring.
pub fn exponential(m: &Matrix<f64>) -> Result<Matrix<f64>, FloatError> {
    square(m)?;
    let n = m.rows();
    let power = nalgebra::DMatrix::from_fn(n, n, |i, j| m.get(i, j).copied().unwrap_or(0.0)).exp();
    Ok(Matrix::from_fn(n, n, |i, j| power.get((i, j)).copied().unwrap_or(f64::NAN)))
}

/// The least-squares solution of `a x = b`, column by column, by a QR factorisation with pivoting; `None` when the columns
/// of `a` are dependent to rounding.
pub fn least_squares(a: &Matrix<f64>, b: &Matrix<f64>) -> Option<Matrix<f64>> {
    if a.rows() < a.cols() || a.rows() != b.rows() {
        return None;
    }
    faer::set_global_parallelism(faer::Par::Seq);
    let factors = to_faer(a).col_piv_qr();
    let diagonal: Vec<f64> = (0..a.cols()).map(|k| factors.thin_R()[(k, k)].abs()).collect();
    let largest = diagonal.first().copied().unwrap_or(0.0);
    // A diagonal that is no number fails too.
    if !diagonal.iter().all(|x| *x > 1e-11 * largest) {
        return None;
    }
    let solved = faer::linalg::solvers::SolveLstsq::solve_lstsq(&factors, to_faer(b));
    Some(Matrix::from_fn(a.cols(), b.cols(), |i, j| solved[(i, j)]))
}

/// The columns of `a` in the order in which a QR factorisation with pivoting takes them, each with the part of its length that is
/// orthogonal to those before it, which decreases.
pub fn pivots(a: &Matrix<f64>) -> Vec<(usize, f64)> {
    faer::set_global_parallelism(faer::Par::Seq);
    let factors = to_faer(a).col_piv_qr();
    let (order, triangle) = (factors.P().arrays().0, factors.thin_R());
    let left = |k: usize| if k < triangle.nrows() { triangle[(k, k)].abs() } else { 0.0 };
    order.iter().enumerate().map(|(k, column)| (*column, left(k))).collect()
}

/// The inverse; `None` for a matrix that is not square, or singular in doubles: its condition `‖|A⁻¹||A|‖` in the maximum
/// norm passes `0.01 / u` with `u = 2^-53`, so that two digits of the inverse at most would be right. That condition does
/// not see the scale of the rows (Skeel 1979; Higham, *Accuracy and Stability of Numerical Algorithms*, §7.2).
pub fn inverse(m: &Matrix<f64>) -> Option<Matrix<f64>> {
    square(m).ok()?;
    let n = m.rows();
    let own = nalgebra::DMatrix::from_fn(n, n, |i, j| m.get(i, j).copied().unwrap_or(0.0));
    let inverse = own.clone().try_inverse()?;
    let condition = (inverse.abs() * own.abs()).row_iter().map(|row| row.lp_norm(1)).fold(0.0, f64::max);
    // A condition that is no number fails too; `max` passes over it, so the entries are looked at.
    let regular = condition * f64::EPSILON < 0.02 && inverse.iter().all(|x| x.is_finite());
    regular.then(|| Matrix::from_fn(n, n, |i, j| inverse.get((i, j)).copied().unwrap_or(f64::NAN)))
}

/// The determinant of a square matrix, from its triangular factors with pivoting.
pub fn determinant(m: &Matrix<f64>) -> f64 {
    nalgebra::DMatrix::from_fn(m.rows(), m.cols(), |i, j| m.get(i, j).copied().unwrap_or(0.0)).determinant()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows that are dependent in the decimals that were typed: the inverse is noise.
    #[test]
    fn nearly_singular_matrices_have_no_inverse() {
        let m = |rows: [[f64; 2]; 2]| Matrix::from_rows(rows.map(|r| r.to_vec()).to_vec()).unwrap();
        assert!(inverse(&m([[0.1, 0.3], [0.2, 0.6 + 1e-16]])).is_none());
        assert!(inverse(&m([[1.0, 2.0], [2.0, 4.0]])).is_none());
        let found = inverse(&m([[1.0, 2.0], [3.0, 4.0]])).unwrap();
        assert!((found[(0, 0)] + 2.0).abs() < 1e-14 && (found[(1, 0)] - 1.5).abs() < 1e-14);
        // Scales of rows are no loss of digits.
        let found = inverse(&m([[1e8, 0.0], [0.0, 1e-8]])).unwrap();
        assert!((found[(0, 0)] * 1e8 - 1.0).abs() < 1e-14 && (found[(1, 1)] * 1e-8 - 1.0).abs() < 1e-14);
    }

    /// A line through four points, by the normal equations: slope 7/5 · …, against the formula.
    #[test]
    fn a_line_through_points() {
        let a = Matrix::from_rows(vec![vec![1.0, 0.0], vec![1.0, 1.0], vec![1.0, 2.0], vec![1.0, 3.0]]).unwrap();
        let b = Matrix::from_rows(vec![vec![6.0], vec![5.0], vec![7.0], vec![10.0]]).unwrap();
        let x = least_squares(&a, &b).unwrap();
        // slope Σ (t - 3/2)(y - 7) / 5 = 7/5, intercept 7 - 3/2 · 7/5
        assert!((x[(1, 0)] - 1.4).abs() < 1e-12 && (x[(0, 0)] - 4.9).abs() < 1e-12);
        let twice = Matrix::from_fn(4, 2, |i, _| i as f64);
        assert!(least_squares(&twice, &b).is_none());
    }

    /// Columns (2, 0), (1, 1), (3, 1): the longest first, then what is left of the others, orthogonal to it.
    #[test]
    fn columns_by_pivoting() {
        let a = Matrix::from_rows(vec![vec![2.0, 1.0, 3.0], vec![0.0, 1.0, 1.0]]).unwrap();
        let found = pivots(&a);
        assert_eq!(found[0].0, 2);
        assert!((found[0].1 - 10f64.sqrt()).abs() < 1e-14 && (found[1].1 - 0.4f64.sqrt()).abs() < 1e-14);
        assert_eq!(found[2].1, 0.0);
    }

    #[test]
    fn a_rotation_has_imaginary_eigenvalues_and_exponentiates_to_itself() {
        let m = Matrix::from_rows(vec![vec![0.0, -1.0], vec![1.0, 0.0]]).unwrap();
        let values = eigenvalues(&m).unwrap();
        assert!(values.iter().zip([(0.0, 1.0), (0.0, -1.0)]).all(|(a, b)| (a.0 - b.0).hypot(a.1 - b.1) < 1e-12));
        let e = exponential(&m).unwrap();
        assert!((e[(0, 0)] - 1f64.cos()).abs() < 1e-14 && (e[(1, 0)] - 1f64.sin()).abs() < 1e-14);
        let s = singular_values(&m).unwrap();
        assert!(s.iter().all(|x| (x - 1.0).abs() < 1e-14));
    }
}
