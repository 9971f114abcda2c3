//! The largest eigenvalue of a symmetric operator that is known by its products, and the products of triangles that this
//! needs: loops over contiguous numbers, compiled for the vector units of the machine.

use crate::num::simd;

/// Partial sums of a dot product.
const LANES: usize = 8;

/// The dot product of two rows, in partial sums whose number does not depend on the machine.
#[inline(always)]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let length = a.len().min(b.len());
    let (a, b) = (a[..length].as_chunks::<LANES>(), b[..length].as_chunks::<LANES>());
    let mut lanes = [0.0; LANES];
    for (x, y) in a.0.iter().zip(b.0) {
        (0..LANES).for_each(|l| lanes[l] += x[l] * y[l]);
    }
    lanes.iter().sum::<f64>() + a.1.iter().zip(b.1).map(|(x, y)| x * y).sum::<f64>()
}

#[inline(always)]
fn add_scaled(target: &mut [f64], factor: f64, row: &[f64]) {
    target.iter_mut().zip(row).for_each(|(t, x)| *t += factor * x);
}

/// `out := S v` for the symmetric `n × n` matrix whose lower triangle is given row by row. `2 n²` operations.
pub fn symmetric_product(n: usize, lower: &[f64], v: &[f64], out: &mut [f64]) {
    simd::on_vector_units(
        out,
        #[inline(always)]
        |out| {
            for i in 0..n {
                let row = &lower[i * n..i * n + i];
                add_scaled(out, v[i], row);
                out[i] = dot(row, v) + lower[i * n + i] * v[i];
            }
        },
    );
}

/// Replaces `b` by the solution of `L Lᵀ x = b` for the lower triangle `L` whose columns, from the diagonal down, are
/// `column(0)`, `column(1)`, …. `2 n²` operations.
pub fn solve_by_columns<'a>(n: usize, column: impl Fn(usize) -> &'a [f64], b: &mut [f64]) {
    simd::on_vector_units(
        b,
        #[inline(always)]
        |b| {
            for j in 0..n {
                let (own, below) = b[j..].split_at_mut(1);
                own[0] /= column(j)[0];
                add_scaled(below, -own[0], &column(j)[1..]);
            }
            for j in (0..n).rev() {
                let (own, below) = b[j..].split_at_mut(1);
                own[0] = (own[0] - dot(&column(j)[1..], below)) / column(j)[0];
            }
        },
    );
}

/// The largest eigenvalue of a positive semidefinite operator on `n` numbers, given by `apply(v, image)`, after so many steps
/// of Lanczos's method: from below. Each new vector is made orthogonal to all before (Parlett, *The Symmetric Eigenvalue
/// Problem*, chapter 13), so this is for few steps.
pub fn largest_by_lanczos(n: usize, steps: usize, mut apply: impl FnMut(&[f64], &mut [f64])) -> f64 {
    let mut v: Vec<f64> = (0..n).map(|i| 1.0 / (1.0 + (i % 7) as f64)).collect();
    let (mut basis, mut diagonal, mut beside): (Vec<Vec<f64>>, Vec<f64>, Vec<f64>) = Default::default();
    let mut length = dot(&v, &v).sqrt();
    while diagonal.len() < steps.min(n) {
        v.iter_mut().for_each(|x| *x /= length);
        let mut image = vec![0.0; n];
        apply(&v, &mut image);
        diagonal.push(dot(&v, &image));
        basis.push(v);
        for _ in 0..2 {
            for unit in &basis {
                let part = dot(unit, &image);
                add_scaled(&mut image, -part, unit);
            }
        }
        v = image;
        length = dot(&v, &v).sqrt();
        // What is left of a space that is already invariant is rounding.
        if length <= f64::EPSILON * n as f64 * diagonal[0].abs() {
            break;
        }
        beside.push(length);
    }
    largest_of_tridiagonal(&diagonal, &beside)
}

/// By bisection on the number of eigenvalues below a number, which is that of negative pivots (Sturm).
fn largest_of_tridiagonal(diagonal: &[f64], beside: &[f64]) -> f64 {
    let off = |k: usize| beside.get(k).map_or(0.0, |b| b.abs());
    let radius = |k: usize| off(k) + k.checked_sub(1).map_or(0.0, off);
    let bounds = || (0..diagonal.len()).map(|k| (diagonal[k] - radius(k), diagonal[k] + radius(k)));
    let (mut low, mut high) = (diagonal.iter().copied().fold(0.0, f64::max), bounds().map(|b| b.1).fold(0.0, f64::max));
    let all_below = |x: f64| {
        let mut pivot = 1.0;
        (0..diagonal.len()).all(|k| {
            let before = k.checked_sub(1).map_or(0.0, off).powi(2);
            pivot = diagonal[k] - x - if k > 0 { before / pivot } else { 0.0 };
            pivot < 0.0
        })
    };
    for _ in 0..100 {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if all_below(middle) { high = middle } else { low = middle }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::float::{Random, symmetric_eigen};

    /// The tridiagonal matrix with 2 on the diagonal and −1 beside it has the eigenvalues `2 − 2 cos(k π / (n + 1))`.
    #[test]
    fn largest_eigenvalues() {
        for n in [1, 2, 5, 40] {
            let exact = 2.0 - 2.0 * (n as f64 * std::f64::consts::PI / (n + 1) as f64).cos();
            assert!((largest_of_tridiagonal(&vec![2.0; n], &vec![-1.0; n - 1]) - exact).abs() < 1e-13);
            let lower: Vec<f64> = (0..n * n)
                .map(|at| match (at / n, at % n) {
                    (i, j) if i == j => 2.0,
                    (i, j) if i == j + 1 => -1.0,
                    (i, j) if i < j => f64::NAN,
                    _ => 0.0,
                })
                .collect();
            let product = |v: &[f64], out: &mut [f64]| symmetric_product(n, &lower, v, out);
            assert!((largest_by_lanczos(n, n, product) - exact).abs() < 1e-10, "{n}");
            assert!(largest_by_lanczos(n, 3, product) <= exact * (1.0 + 1e-14));
        }
        assert_eq!(largest_by_lanczos(4, 4, |_, out: &mut [f64]| out.fill(0.0)), 0.0);
    }

    #[test]
    fn triangular_systems() {
        let mut random = Random::new(4, 0);
        for n in [1, 3, 20, 37] {
            let columns: Vec<Vec<f64>> = (0..n)
                .map(|j| {
                    (j..n).map(|i| if i == j { 2.0 + random.unit() } else { random.normal() / n as f64 }).collect()
                })
                .collect();
            let entry = |i: usize, j: usize| if i < j { 0.0 } else { columns[j][i - j] };
            let x: Vec<f64> = (0..n).map(|_| random.normal()).collect();
            let gram = |i: usize, j: usize| (0..n).map(|k| entry(i, k) * entry(j, k)).sum::<f64>();
            let mut b: Vec<f64> = (0..n).map(|i| (0..n).map(|j| gram(i, j) * x[j]).sum()).collect();
            solve_by_columns(n, |j| &columns[j], &mut b);
            assert!(b.iter().zip(&x).all(|(a, b)| (a - b).abs() < 1e-12));
            let (values, _) = symmetric_eigen(n, gram).unwrap();
            let inverse = |v: &[f64], out: &mut [f64]| {
                out.copy_from_slice(v);
                solve_by_columns(n, |j| &columns[j], out);
            };
            assert!((1.0 / largest_by_lanczos(n, n, inverse) / values[0] - 1.0).abs() < 1e-9);
        }
    }
}
