//! A basis of `R^n` in which a reductive Lie algebra of matrices contains the transposes of its elements.
//!
//! There is one by Mostow's theorem ("Self-adjoint groups", Ann. of Math. 62, 1955). With `S` moving the basis, and
//! `x_1, …, x_d` a basis of the algebra, `f(S) = log det(tr((S x_i S⁻¹)ᵀ S x_j S⁻¹))` is convex along `S = exp(tA)` for symmetric `A`;
//! its least points are one orbit of `O(n)`, and those are the bases that are looked for (Kempf and Ness, "The length of vectors
//! in representation spaces", 1979). At `S = 1`, for an orthonormal basis,
//!
//! ```text
//! f' = 2 tr(A M),   M = Σ [x_i, x_iᵀ],      f'' = 4 Σ |Q [A, x_i]|²,
//! ```
//!
//! where `Q` takes the part beside the algebra away. Newton's steps are found by conjugate gradients. For an algebra that is not
//! reductive there is no least point, and `S` grows without bound.

use super::float_group::{commutator, inner, norm, product, unit};
use crate::exact::Matrix;
use crate::float::complex::cholesky;
use crate::float::dense::{exponential, inverse};
use crate::float::gemm::multiply;
use crate::limits::{Limits, Stop};

/// Steps of Newton's method.
const STEPS: usize = 80;
/// The norm of `A` in a step.
const LONGEST: f64 = 1.5;
/// Iterations of conjugate gradients in a step.
const GRADIENTS: usize = 200;
/// Bases of a worse condition are given up.
const CONDITION: f64 = 1e6;
/// `|M|` relative to the dimension, at which a point is taken for the least.
const LEAST: f64 = 1e-13;
/// That which is taken when it does not fall any more.
const ENOUGH: f64 = 1e-10;

/// `S` such that `S x S⁻¹` runs through an algebra with all its transposes (up to a centre of normal matrices), from an orthonormal
/// basis of the algebra; `None` when no least point is found. Cost: `d² n² + d n³` for each iteration of conjugate gradients.
pub(super) fn minimal_frame(basis: &[Matrix<f64>], limits: &Limits) -> Result<Option<Matrix<f64>>, Stop> {
    let n = basis.first().map_or(0, Matrix::rows);
    let mut frame = Frame { size: n, basis: basis.to_vec() };
    let mut change = unit(n);
    let mut before = f64::INFINITY;
    for _ in 0..STEPS {
        limits.check()?;
        let moment = frame.moment();
        let size = norm(&moment) / basis.len().max(1) as f64;
        if size < LEAST || (size < ENOUGH && size > before / 2.0) {
            return Ok(Some(change));
        }
        before = size;
        let mut step = frame.newton(&moment, limits)?;
        let length = norm(&step);
        if length > LONGEST {
            step = step.map(|x| x * LONGEST / length);
        }
        let Some((factor, next)) = frame.moved(&step) else { return Ok(None) };
        change = product(&factor, &change);
        let condition = inverse(&change).map_or(f64::INFINITY, |back| norm(&back) * norm(&change));
        if condition > CONDITION * n as f64 {
            return Ok(None);
        }
        frame = next;
    }
    Ok(None)
}

/// An orthonormal basis of the algebra where it was moved to.
struct Frame {
    size: usize,
    basis: Vec<Matrix<f64>>,
}

impl Frame {
    /// `Σ [x, xᵀ]`.
    fn moment(&self) -> Matrix<f64> {
        let mut sum = Matrix::filled(self.size, self.size, 0.0);
        for x in &self.basis {
            add(&mut sum, &commutator(x, &x.transpose()));
        }
        sum
    }

    /// The symmetric `A` with `M + 2 Σ [Q [A, x], xᵀ] = 0`, as far as conjugate gradients get.
    fn newton(&self, moment: &Matrix<f64>, limits: &Limits) -> Result<Matrix<f64>, Stop> {
        let mut solution = Matrix::filled(self.size, self.size, 0.0);
        let mut rest = moment.map(|x| -x);
        let mut direction = rest.clone();
        let first = inner(&rest, &rest);
        let mut square = first;
        // The better the point, the more exact the step has to be.
        let wanted = first * first.clamp(1e-20, 1e-4);
        for _ in 0..GRADIENTS {
            limits.check()?;
            let image = self.curvature(&direction);
            let along = inner(&direction, &image);
            // A direction without curvature leaves the algebra as it is, or leads away from all least points.
            if along <= 1e-14 * inner(&direction, &direction) {
                let flat = inner(&solution, &solution) == 0.0;
                return Ok(if flat { direction } else { solution });
            }
            let factor = square / along;
            add_scaled(&mut solution, factor, &direction);
            add_scaled(&mut rest, -factor, &image);
            let next = inner(&rest, &rest);
            if next <= wanted {
                break;
            }
            let ratio = next / square;
            direction = Matrix::from_fn(self.size, self.size, |i, j| rest[(i, j)] + ratio * direction[(i, j)]);
            square = next;
        }
        Ok(solution)
    }

    /// `2 Σ [Q [A, x], xᵀ]`, its symmetric part.
    fn curvature(&self, a: &Matrix<f64>) -> Matrix<f64> {
        let (n, d) = (self.size, self.basis.len());
        let mut images: Vec<f64> = Vec::with_capacity(d * n * n);
        self.basis.iter().for_each(|x| images.extend_from_slice(commutator(a, x).entries()));
        let own: Vec<f64> = self.basis.iter().flat_map(|x| x.entries().iter().copied()).collect();
        let columns: Vec<f64> =
            (0..n * n).flat_map(|at| (0..d).map(move |k| (at, k))).map(|(at, k)| own[k * n * n + at]).collect();
        let mut inside = vec![0.0; d * d];
        multiply((d, n * n, d), &images, &columns, &mut inside, false);
        inside.iter_mut().for_each(|x| *x = -*x);
        multiply((d, d, n * n), &inside, &own, &mut images, true);
        let mut sum = Matrix::filled(n, n, 0.0);
        for (x, image) in self.basis.iter().zip(images.chunks_exact((n * n).max(1))) {
            let image = Matrix::from_fn(n, n, |i, j| image[i * n + j]);
            add(&mut sum, &commutator(&image, &x.transpose()));
        }
        Matrix::from_fn(n, n, |i, j| sum[(i, j)] + sum[(j, i)])
    }

    /// `exp(A)` and the frame that it leads to; a step that makes `f` larger is halved.
    fn moved(&self, step: &Matrix<f64>) -> Option<(Matrix<f64>, Frame)> {
        let mut step = step.clone();
        for _ in 0..12 {
            let factor = exponential(&step).ok()?;
            let back = exponential(&step.map(|x| -x)).ok()?;
            let basis: Vec<Matrix<f64>> = self.basis.iter().map(|x| product(&product(&factor, x), &back)).collect();
            let (basis, value) = orthonormalized(basis)?;
            if value <= 1e-12 * self.basis.len() as f64 {
                return Some((factor, Frame { size: self.size, basis }));
            }
            step = step.map(|x| x / 2.0);
        }
        None
    }
}

/// An orthonormal basis of the same span, and `log det` of the Gram matrix; `None` when the matrices are dependent in doubles.
fn orthonormalized(mut basis: Vec<Matrix<f64>>) -> Option<(Vec<Matrix<f64>>, f64)> {
    let d = basis.len();
    let mut value = 0.0;
    // The second pass takes away what rounding left of the first.
    for _ in 0..2 {
        let factor = cholesky(&Matrix::from_fn(d, d, |i, j| inner(&basis[i], &basis[j])))?;
        for i in 0..d {
            value += 2.0 * factor[(i, i)].ln();
            let (done, rest) = basis.split_at_mut(i);
            let Some(own) = rest.first_mut() else { break };
            done.iter().enumerate().for_each(|(j, x)| add_scaled(own, -factor[(i, j)], x));
            *own = own.map(|x| x / factor[(i, i)]);
        }
    }
    Some((basis, value))
}

fn add(sum: &mut Matrix<f64>, m: &Matrix<f64>) {
    add_scaled(sum, 1.0, m);
}

fn add_scaled(sum: &mut Matrix<f64>, factor: f64, m: &Matrix<f64>) {
    for i in 0..m.rows() {
        sum.row_mut(i).iter_mut().zip(m.row(i)).for_each(|(s, x)| *s += factor * x);
    }
}
