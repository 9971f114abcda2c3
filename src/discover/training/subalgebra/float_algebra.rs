//! A Lie algebra by its structure constants in doubles.

use crate::discover::training::trained::bracket;
use crate::float::gemm::{multiply, multiply_transposed};
use crate::float::orthonormal_rows;
use crate::lie::StructureConstants;
use crate::limits::{Limits, Stop};
use crate::parallel;

/// Structure constants `c[i][j][k]` with `[e_i, e_j] = Σ_k c[i][j][k] e_k`, in a basis that is taken to be orthonormal.
#[derive(Clone, Debug, PartialEq)]
pub struct FloatAlgebra {
    dim: usize,
    constants: Vec<f64>,
}

impl FloatAlgebra {
    /// An exact table in doubles; its basis is taken to be orthonormal.
    pub fn from_constants(constants: &StructureConstants, limits: &Limits) -> Result<FloatAlgebra, Stop> {
        let dim = constants.dim();
        limits.reserve(8 * (dim as u128).pow(3))?;
        let mut out = vec![0.0; dim * dim * dim];
        for (i, j, k, value) in constants.iter() {
            out[(i * dim + j) * dim + k] = value.to_f64();
            out[(j * dim + i) * dim + k] = -value.to_f64();
        }
        Ok(FloatAlgebra { dim, constants: out })
    }

    /// The span of real `n × n` matrices in an orthonormal basis for `tr(A Bᵀ)`, which is returned too, and the closure
    /// defect: the norm of the largest part of a bracket of two basis elements that leaves the span. `dim² n³` operations.
    pub fn from_matrices(n: usize, matrices: &[f64], limits: &Limits) -> Result<(FloatAlgebra, Vec<f64>, f64), Stop> {
        let square = n * n;
        let mut basis = matrices.to_vec();
        let dim = orthonormal_rows(square, &mut basis, 1e-8);
        limits.reserve(8 * (dim as u128).pow(3))?;
        let rows = parallel::try_map(dim, |i| {
            limits.check()?;
            let mut row = vec![0.0; dim * dim];
            let mut left = 0.0f64;
            for j in 0..dim {
                let bracket = bracket(n, &basis[i * square..(i + 1) * square], &basis[j * square..(j + 1) * square]);
                let coordinates = &mut row[j * dim..(j + 1) * dim];
                multiply((dim, square, 1), &basis, &bracket, coordinates, false);
                let inside: f64 = coordinates.iter().map(|x| x * x).sum();
                let all: f64 = bracket.iter().map(|x| x * x).sum();
                // The difference of squares has the rounding of the whole; below its root nothing is seen.
                left = left.max((all - inside).max(0.0).sqrt());
            }
            Ok::<_, Stop>((row, left))
        })?;
        let defect = rows.iter().map(|r| r.1).fold(0.0, f64::max);
        let constants = rows.into_iter().flat_map(|r| r.0).collect();
        Ok((FloatAlgebra { dim, constants }, basis, defect))
    }

    /// The dimension.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// All constants, `dim³`.
    pub fn constants(&self) -> &[f64] {
        &self.constants
    }

    /// The largest absolute constant.
    pub fn scale(&self) -> f64 {
        self.constants.iter().fold(0.0, |m, c| m.max(c.abs()))
    }

    /// `F[b][a][c]`: the coordinate along `q_c` of `[u_b, q_a]`, for the frame `q` (rows, `dim × dim`) whose first `k` are
    /// the `u`, and `dual` the transposed inverse of the frame (the frame itself when orthonormal). `6 k dim³` operations.
    pub(super) fn in_frame(&self, k: usize, frame: &[f64], dual: &[f64], room: &mut [Vec<f64>; 2], out: &mut [f64]) {
        let d = self.dim;
        let [first, second] = room;
        // [u_b, e_j]_k, then [u_b, q_a]_k, then along the frame.
        multiply((k, d, d * d), &frame[..k * d], &self.constants, first, false);
        for b in 0..k {
            multiply((d, d, d), frame, &first[b * d * d..][..d * d], &mut second[b * d * d..][..d * d], false);
        }
        transpose_square(d, dual, &mut first[..d * d]);
        multiply((k * d, d, d), &second[..k * d * d], &first[..d * d], out, false);
    }

    /// The matrix of the Killing form, `K_ij = Σ c[i][k][l] c[j][l][k]`; `2 dim⁴` operations.
    pub fn killing(&self) -> Vec<f64> {
        let d = self.dim;
        // c[j][l][k] by (l, k) turned to (k, l), as columns.
        let mut turned = vec![0.0; d * d * d];
        for j in 0..d {
            for l in 0..d {
                for k in 0..d {
                    turned[(k * d + l) * d + j] = self.constants[(j * d + l) * d + k];
                }
            }
        }
        let mut out = vec![0.0; d * d];
        multiply((d, d * d, d), &self.constants, &turned, &mut out, false);
        out
    }

    /// The subalgebra on orthonormal rows.
    pub fn restricted(&self, k: usize, plane: &[f64]) -> FloatAlgebra {
        let d = self.dim;
        let mut first = vec![0.0; k * d * d];
        multiply((k, d, d * d), plane, &self.constants, &mut first, false);
        let mut turned = vec![0.0; d * k];
        for (a, row) in plane.chunks_exact(d.max(1)).enumerate() {
            row.iter().enumerate().for_each(|(i, x)| turned[i * k + a] = *x);
        }
        let mut constants = vec![0.0; k * k * k];
        let mut half = vec![0.0; k * d];
        for b in 0..k {
            multiply((k, d, d), plane, &first[b * d * d..][..d * d], &mut half, false);
            multiply((k, d, k), &half, &turned, &mut constants[b * k * k..][..k * k], false);
        }
        FloatAlgebra { dim: k, constants }
    }

    /// The matrix of `ad x`, row-major: `[x, e_j]` is column j.
    pub(in crate::discover) fn ad(&self, x: &[f64]) -> Vec<f64> {
        let d = self.dim;
        let (mut rows, mut out) = (vec![0.0; d * d], vec![0.0; d * d]);
        multiply((1, d, d * d), x, &self.constants, &mut rows, false);
        transpose_square(d, &rows, &mut out);
        out
    }

    /// The Gram matrix of the brackets of two sets of rows (`a × dim`, `b × dim`): its range is their span.
    pub(in crate::discover::training) fn bracket_gram(&self, a: &[f64], b: &[f64]) -> Vec<f64> {
        let d = self.dim;
        let (k, m) = (a.len() / d.max(1), b.len() / d.max(1));
        let mut first = vec![0.0; k * d * d];
        multiply((k, d, d * d), a, &self.constants, &mut first, false);
        let mut brackets = vec![0.0; k * m * d];
        for i in 0..k {
            multiply((m, d, d), b, &first[i * d * d..][..d * d], &mut brackets[i * m * d..][..m * d], false);
        }
        let mut gram = vec![0.0; d * d];
        multiply_transposed((d, k * m, d), (&brackets, d), (&brackets, d), &mut gram);
        gram
    }
}

fn transpose_square(d: usize, a: &[f64], out: &mut [f64]) {
    for i in 0..d {
        for j in 0..d {
            out[j * d + i] = a[i * d + j];
        }
    }
}
