//! What is trained: matrices in a linear space of matrices, and the invariance that is asked of them.

use crate::float::gemm::{multiply, multiply_transposed};
use crate::float::orthonormal_rows;
use crate::limits::{Limits, Stop};

/// A space of real `n × n` matrices with an orthonormal basis for `⟨A, B⟩ = tr(A Bᵀ)`; coordinates are what is trained.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixSpace {
    n: usize,
    dim: usize,
    /// Rows of length `n²` and their transpose; `None` for all matrices.
    basis: Option<(Vec<f64>, Vec<f64>)>,
}

impl MatrixSpace {
    /// All real `n × n` matrices.
    pub fn full(n: usize) -> MatrixSpace {
        MatrixSpace { n, dim: n * n, basis: None }
    }

    /// The span of some matrices, one after another by rows.
    pub fn spanned(n: usize, matrices: &[f64]) -> MatrixSpace {
        let width = n * n;
        let mut rows = matrices.to_vec();
        let dim = orthonormal_rows(width, &mut rows, 1e-10);
        let turned = transposed(dim, width, &rows);
        MatrixSpace { n, dim, basis: Some((rows, turned)) }
    }

    /// The size of the matrices.
    pub fn n(&self) -> usize {
        self.n
    }

    /// The dimension of the space.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// The matrices with the coordinates given, `k` rows each.
    pub fn matrices(&self, k: usize, coordinates: &[f64], out: &mut [f64]) {
        match &self.basis {
            None => out.copy_from_slice(coordinates),
            Some((basis, _)) => multiply((k, self.dim, self.n * self.n), coordinates, basis, out, false),
        }
    }

    /// Coordinates of the orthogonal projections of `k` matrices; turns a gradient for the entries into one for coordinates.
    pub fn coordinates(&self, k: usize, matrices: &[f64], out: &mut [f64]) {
        match &self.basis {
            None => out.copy_from_slice(matrices),
            Some((_, turned)) => multiply((k, self.n * self.n, self.dim), matrices, turned, out, false),
        }
    }

    /// The quadratic form of [`quadratic_form`] in the coordinates, `dim × dim`.
    pub fn restricted(&self, form: &[f64]) -> Vec<f64> {
        let Some((basis, turned)) = &self.basis else { return form.to_vec() };
        let width = self.n * self.n;
        let mut half = vec![0.0; self.dim * width];
        multiply((self.dim, width, width), basis, form, &mut half, false);
        let mut out = vec![0.0; self.dim * self.dim];
        multiply((self.dim, width, self.dim), &half, turned, &mut out, false);
        out
    }
}

/// The transpose of `rows × cols` numbers.
pub(super) fn transposed(rows: usize, cols: usize, a: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; rows * cols];
    for i in 0..rows {
        for j in 0..cols {
            out[j * rows + i] = a[i * cols + j];
        }
    }
    out
}

/// A labelling function at many points, one after another: writes its `m` values and their `m` gradients at each.
pub type Oracle<'a> = dyn Fn(&[f64], &mut [f64], &mut [f64]) + Sync + 'a;

/// How the invariance of the labels is measured.
#[derive(Clone, Copy)]
pub enum Invariance<'a> {
    /// The limit of vanishing ε: `vec(W)ᵀ M vec(W)` with the form `M` in coordinates of the space, `dim × dim`.
    Limit(&'a [f64]),
    /// The published loss `(1/N) Σ_i |φ((1 + εW) x_i) - φ(x_i)|² / ε²`. Its minimum is `(R - 1)/ε` for a finite
    /// transformation R, which is off the algebra by about `ε/2`.
    Finite {
        /// The step; the papers take 10⁻³.
        epsilon: f64,
        /// N points, each of `copies · n` numbers.
        points: &'a [f64],
        /// How many vectors of length n a point has; W acts on each.
        copies: usize,
        /// How many values the oracle has.
        outputs: usize,
        /// The labels with gradients.
        oracle: &'a Oracle<'a>,
    },
}

/// Matrices of a space and the invariance asked of them.
#[derive(Clone, Copy)]
pub struct Problem<'a> {
    /// The matrices.
    pub space: &'a MatrixSpace,
    /// The invariance.
    pub invariance: Invariance<'a>,
}

impl Problem<'_> {
    /// The factor that makes a random matrix of squared norm 2 cost 2 on average, so that tolerances and rates do not
    /// depend on the size of the labels; 1 for the published loss with finite ε, and for a form that vanishes.
    pub fn balance(&self) -> f64 {
        let Invariance::Limit(form) = self.invariance else { return 1.0 };
        let dim = self.space.dim();
        let trace: f64 = (0..dim).map(|i| form[i * dim + i]).sum();
        if trace > 0.0 && trace.is_finite() { dim as f64 / trace } else { 1.0 }
    }
}

/// `M = (1/N) Σ r rᵀ` over the `n²`-vectors `r = Σ_c vec(g_c x_cᵀ)` of N points with `copies` vectors `x_c` each and the
/// gradients `g_c` of `outputs` labels there (for each point `outputs · copies · n` numbers): the invariance loss is
/// `vec(W)ᵀ M vec(W)` for small ε. Row-major `n² × n²`; `2 N outputs n⁴` operations, memory independent of N.
pub fn quadratic_form(
    n: usize,
    copies: usize,
    outputs: usize,
    points: &[f64],
    gradients: &[f64],
    limits: &Limits,
) -> Result<Vec<f64>, Stop> {
    const ROWS: usize = 512;
    let width = n * n;
    limits.reserve((2 * width as u128 + ROWS as u128) * width as u128 * 8)?;
    let length = copies * n;
    let count = points.len().checked_div(length).unwrap_or(0);
    let mut form = vec![0.0; width * width];
    let mut part = vec![0.0; width * width];
    let mut rows = Vec::with_capacity(ROWS * width);
    let pairs = (0..count).flat_map(|i| (0..outputs).map(move |o| (i, i * outputs + o)));
    let mut left = count * outputs;
    for (point, gradient) in pairs {
        let start = rows.len();
        rows.resize(start + width, 0.0);
        for c in 0..copies {
            let x = &points[point * length + c * n..][..n];
            let g = &gradients[gradient * length + c * n..][..n];
            for (row, g) in rows[start..].chunks_exact_mut(n).zip(g) {
                row.iter_mut().zip(x).for_each(|(r, x)| *r += g * x);
            }
        }
        left -= 1;
        if rows.len() == ROWS * width || left == 0 {
            limits.check()?;
            multiply_transposed((width, rows.len() / width, width), (&rows, width), (&rows, width), &mut part);
            form.iter_mut().zip(&part).for_each(|(m, p)| *m += p);
            rows.clear();
        }
    }
    form.iter_mut().for_each(|m| *m /= count.max(1) as f64);
    Ok(form)
}
