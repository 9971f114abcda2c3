//! The largest eigenvalue of a symmetric operator that is known by its products, and the products of triangles that this
//! needs: loops over contiguous numbers, compiled for the vector units of the machine.

use crate::num::simd;

/// Partial sums of a dot product.
const LANES: usize = 8;

/// The dot product of two rows, in partial sums whose number does not depend on the machine.
#[inline(always)]
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let length = a.len().min(b.len());
    let (a, b) = (a[..length].as_chunks::<LANES>(), b[..length].as_chunks::<LANES>());
    let mut lanes = [0.0; LANES];
    for (x, y) in a.0.iter().zip(b.0) {
        (0..LANES).for_each(|l| lanes[l] += x[l] * y[l]);
    }
    lanes.iter().sum::<f64>() + a.1.iter().zip(b.1).map(|(x, y)| x * y).sum::<f64>()
}

/// The dot product of two rows, and `target += factor · row` on the way.
#[inline(always)]
fn dot_and_add(row: &[f64], v: &[f64], factor: f64, target: &mut [f64]) -> f64 {
    let length = row.len();
    let (row, v) = (row.as_chunks::<LANES>(), v[..length].as_chunks::<LANES>());
    let target = target[..length].as_chunks_mut::<LANES>();
    let mut lanes = [0.0; LANES];
    for ((x, y), t) in row.0.iter().zip(v.0).zip(target.0) {
        for l in 0..LANES {
            lanes[l] += x[l] * y[l];
            t[l] += factor * x[l];
        }
    }
    let mut sum = lanes.iter().sum::<f64>();
    for ((x, y), t) in row.1.iter().zip(v.1).zip(target.1) {
        sum += x * y;
        *t += factor * x;
    }
    sum
}

/// `target += factor · row`. In small chunks: many rows here are short.
#[inline(always)]
pub fn add_scaled(target: &mut [f64], factor: f64, row: &[f64]) {
    let length = target.len().min(row.len());
    let (t, x) = (target[..length].as_chunks_mut::<4>(), row[..length].as_chunks::<4>());
    for (t, x) in t.0.iter_mut().zip(x.0) {
        (0..4).for_each(|l| t[l] += factor * x[l]);
    }
    t.1.iter_mut().zip(x.1).for_each(|(t, x)| *t += factor * x);
}

/// `target += Σ factor · row` for four rows of at least its length.
#[inline(always)]
pub fn add_four(target: &mut [f64], [a, b, c, d]: [f64; 4], rows: [&[f64]; 4]) {
    let length = target.len();
    let [p, q, r, s] = rows.map(|row| row[..length].as_chunks::<4>());
    let t = target.as_chunks_mut::<4>();
    for ((((t, p), q), r), s) in t.0.iter_mut().zip(p.0).zip(q.0).zip(r.0).zip(s.0) {
        (0..4).for_each(|l| t[l] += (a * p[l] + b * q[l]) + (c * r[l] + d * s[l]));
    }
    for ((((t, p), q), r), s) in t.1.iter_mut().zip(p.1).zip(q.1).zip(r.1).zip(s.1) {
        *t += (a * p + b * q) + (c * r + d * s);
    }
}

/// `out := S v` for the symmetric `n × n` matrix whose lower triangle is given row by row. `2 n²` operations.
pub fn symmetric_product(n: usize, lower: &[f64], v: &[f64], out: &mut [f64]) {
    simd::on_vector_units(
        out,
        #[inline(always)]
        |out| {
            for i in 0..n {
                let row = &lower[i * n..i * n + i];
                out[i] = dot_and_add(row, v, v[i], out) + lower[i * n + i] * v[i];
            }
        },
    );
}

/// Replaces `b` by the solution of `L Lᵀ x = b` for the lower triangle `L` whose rows start the stride apart. `2 n²` operations.
pub fn solve_by_rows(n: usize, (l, stride): (&[f64], usize), b: &mut [f64]) {
    simd::on_vector_units(
        b,
        #[inline(always)]
        |b| {
            for i in 0..n {
                let row = &l[i * stride..i * stride + i + 1];
                b[i] = (b[i] - dot(&row[..i], b)) / row[i];
            }
            for i in (0..n).rev() {
                let row = &l[i * stride..i * stride + i + 1];
                let (before, own) = b.split_at_mut(i);
                own[0] /= row[i];
                add_scaled(before, -own[0], row);
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
        simd::on_vector_units(
            &mut image,
            #[inline(always)]
            |image| {
                for unit in basis.iter().chain(&basis) {
                    let part = dot(unit, image);
                    add_scaled(image, -part, unit);
                }
            },
        );
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
            let stride = n + 2;
            let mut l = vec![f64::NAN; n * stride];
            for (i, j) in (0..n).flat_map(|i| (0..=i).map(move |j| (i, j))) {
                l[i * stride + j] = if i == j { 2.0 + random.unit() } else { random.normal() / n as f64 };
            }
            let entry = |i: usize, j: usize| if i < j { 0.0 } else { l[i * stride + j] };
            let x: Vec<f64> = (0..n).map(|_| random.normal()).collect();
            let gram = |i: usize, j: usize| (0..n).map(|k| entry(i, k) * entry(j, k)).sum::<f64>();
            let mut b: Vec<f64> = (0..n).map(|i| (0..n).map(|j| gram(i, j) * x[j]).sum()).collect();
            solve_by_rows(n, (&l, stride), &mut b);
            assert!(b.iter().zip(&x).all(|(a, b)| (a - b).abs() < 1e-12));
            let (values, _) = symmetric_eigen(n, gram).unwrap();
            let inverse = |v: &[f64], out: &mut [f64]| {
                out.copy_from_slice(v);
                solve_by_rows(n, (&l, stride), out);
            };
            assert!((1.0 / largest_by_lanczos(n, n, inverse) / values[0] - 1.0).abs() < 1e-9);
        }
    }
}
