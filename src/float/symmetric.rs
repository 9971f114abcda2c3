//! Eigenvalues and eigenvectors of real symmetric matrices in double precision (faer).

use faer::{Mat, Par, Side};

/// The eigenvalues in increasing order and, as columns of a row-major `n × n` array, orthonormal eigenvectors;
/// `None` when the iteration did not converge or the input is not finite. About `9 n³` operations.
pub fn symmetric_eigen(n: usize, entry: impl Fn(usize, usize) -> f64) -> Option<(Vec<f64>, Vec<f64>)> {
    // A constant degree of parallelism: the bits must not depend on the machine.
    faer::set_global_parallelism(Par::Seq);
    let m = Mat::from_fn(n, n, |i, j| entry(i.max(j), i.min(j)));
    if m.col_iter().any(|c| c.iter().any(|x| !x.is_finite())) {
        return None;
    }
    let eigen = m.self_adjoint_eigen(Side::Lower).ok()?;
    let values: Vec<f64> = (0..n).map(|i| eigen.S()[i]).collect();
    let vectors = (0..n * n).map(|k| eigen.U()[(k / n, k % n)]).collect();
    Some((values, vectors))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reproduces_the_matrix() {
        let a = |i: usize, j: usize| ((i + 1) * (j + 1)) as f64 + if i == j { 3.0 } else { 0.0 };
        let (values, vectors) = symmetric_eigen(4, a).unwrap();
        for i in 0..4 {
            for j in 0..4 {
                let back: f64 = (0..4).map(|k| values[k] * vectors[i * 4 + k] * vectors[j * 4 + k]).sum();
                assert!((back - a(i.max(j), i.min(j))).abs() < 1e-12);
            }
        }
    }
}
