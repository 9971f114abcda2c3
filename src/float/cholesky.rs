//! Cholesky's factorisation of small symmetric matrices in place, without allocation.

/// Replaces the lower triangle of a row-major symmetric `n × n` array by `L` with `A = L Lᵀ`; `false` when a pivot is not
/// positive beyond rounding, so that A is not positive definite in doubles. `n³/3` operations.
pub fn cholesky(n: usize, a: &mut [f64]) -> bool {
    for i in 0..n {
        let (above, row) = a.split_at_mut(i * n);
        let row = &mut row[..n];
        for j in 0..i {
            let other = &above[j * n..j * n + j + 1];
            let dot: f64 = row[..j].iter().zip(other).map(|(x, y)| x * y).sum();
            row[j] = (row[j] - dot) / other[j];
        }
        let square: f64 = row[..i].iter().map(|x| x * x).sum();
        let pivot = row[i] - square;
        // A pivot that is no number fails too.
        if !(pivot > f64::EPSILON * row[i].abs() && pivot.is_finite()) {
            return false;
        }
        row[i] = pivot.sqrt();
    }
    true
}

/// Replaces `b` by the solution of `L Lᵀ x = b`, for the lower triangle `L` from [`cholesky`]. `2 n²` operations.
pub fn cholesky_solve(n: usize, l: &[f64], b: &mut [f64]) {
    for i in 0..n {
        let dot: f64 = l[i * n..i * n + i].iter().zip(b.iter()).map(|(x, y)| x * y).sum();
        b[i] = (b[i] - dot) / l[i * n + i];
    }
    for i in (0..n).rev() {
        b[i] /= l[i * n + i];
        let value = b[i];
        for j in 0..i {
            b[j] -= l[i * n + j] * value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_and_refuses() {
        // A = [4 2 0; 2 5 1; 0 1 3], b = A (1, -2, 3).
        let mut a = vec![4.0, 9.0, 9.0, 2.0, 5.0, 9.0, 0.0, 1.0, 3.0];
        assert!(cholesky(3, &mut a));
        let mut b = vec![0.0, -5.0, 7.0];
        cholesky_solve(3, &a, &mut b);
        assert!(b.iter().zip([1.0, -2.0, 3.0]).all(|(x, y)| (x - y).abs() < 1e-14));
        assert!(!cholesky(2, &mut [1.0, 0.0, 1.0, 1.0]));
        assert!(!cholesky(2, &mut [1.0, 0.0, 2.0, 1.0]));
        assert!(!cholesky(1, &mut [f64::NAN]));
    }
}
