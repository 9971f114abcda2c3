//! Data for the tests of this folder.

use crate::float::Random;

/// Standard normal numbers.
pub fn normals(count: usize, stream: u64) -> Vec<f64> {
    let mut random = Random::new(11, stream);
    (0..count).map(|_| random.normal()).collect()
}

/// Normal points of length `n` and the gradients of a function there.
pub fn samples(n: usize, count: usize, stream: u64, f: impl Fn(&[f64], &mut [f64]) -> f64) -> (Vec<f64>, Vec<f64>) {
    let points = normals(n * count, stream);
    let mut gradients = vec![0.0; n * count];
    points.chunks(n).zip(gradients.chunks_mut(n)).for_each(|(x, g)| {
        f(x, g);
    });
    (points, gradients)
}

/// A labelling function for training with finite ε.
pub fn oracle(
    n: usize,
    f: impl Fn(&[f64], &mut [f64]) -> f64 + Sync,
) -> impl Fn(&[f64], &mut [f64], &mut [f64]) + Sync {
    move |points, values, gradients| {
        for ((x, v), g) in points.chunks(n).zip(values).zip(gradients.chunks_mut(n)) {
            *v = f(x, g);
        }
    }
}

/// `t² - x² - y² - z²` with its gradient.
pub fn lorentz(x: &[f64], g: &mut [f64]) -> f64 {
    let sign = |i: usize| if i == 0 { 1.0 } else { -1.0 };
    g.iter_mut().zip(x).enumerate().for_each(|(i, (g, x))| *g = 2.0 * sign(i) * x);
    x.iter().enumerate().map(|(i, x)| sign(i) * x * x).sum()
}

/// The norm, not its square, with its gradient: the papers' oracle for O(n).
pub fn norm(x: &[f64], g: &mut [f64]) -> f64 {
    let norm = x.iter().map(|x| x * x).sum::<f64>().sqrt();
    g.iter_mut().zip(x).for_each(|(g, x)| *g = x / norm);
    norm
}

/// `AB - BA`.
pub fn commutator(n: usize, a: &[f64], b: &[f64]) -> Vec<f64> {
    let entry = |at: usize| {
        let (i, j) = (at / n, at % n);
        (0..n).map(|l| a[i * n + l] * b[l * n + j] - b[i * n + l] * a[l * n + j]).sum()
    };
    (0..n * n).map(entry).collect()
}

/// `Σ f_ijk x_i y_j z_k` with the octonions' 3-form, whose stabiliser is compact G2: the lines 124, 235, … of the Fano plane.
pub fn g2(point: &[f64], gradient: &mut [f64]) -> f64 {
    let (x, rest) = point.split_at(7);
    let (y, z) = rest.split_at(7);
    gradient.fill(0.0);
    let mut value = 0.0;
    for line in 0..7 {
        let line = [line, (line + 1) % 7, (line + 3) % 7];
        for (order, sign) in [
            ([0, 1, 2], 1.0),
            ([1, 2, 0], 1.0),
            ([2, 0, 1], 1.0),
            ([0, 2, 1], -1.0),
            ([2, 1, 0], -1.0),
            ([1, 0, 2], -1.0),
        ] {
            let [i, j, k] = order.map(|o| line[o]);
            value += sign * x[i] * y[j] * z[k];
            gradient[i] += sign * y[j] * z[k];
            gradient[7 + j] += sign * x[i] * z[k];
            gradient[14 + k] += sign * x[i] * y[j];
        }
    }
    value
}

/// The matrices `E_ij - E_ji`, `i < j`.
pub fn rotations(n: usize) -> Vec<f64> {
    let mut out = Vec::new();
    for i in 0..n {
        for j in i + 1..n {
            let mut w = vec![0.0; n * n];
            (w[i * n + j], w[j * n + i]) = (1.0, -1.0);
            out.extend(w);
        }
    }
    out
}

/// A basis of compact g2 in so(7): skew matrices that annihilate the 3-form, by elimination among the rotations.
pub fn compact_g2() -> Vec<f64> {
    // e_ijk + (two more lines through a point): the span of the rotations is 21-dimensional, the seven conditions are
    // Σ over the three pairs (j, k) with e_j e_k = ± e_i of ± W_jk = 0, one for each i.
    let mut out = Vec::new();
    for i in 0..7 {
        // The lines through i as ordered pairs (j, k) with e_j e_k = e_i.
        let pairs: Vec<(usize, usize)> = (0..7)
            .map(|line| [line, (line + 1) % 7, (line + 3) % 7])
            .filter_map(|line| {
                let at = line.iter().position(|p| *p == i)?;
                Some((line[(at + 1) % 3], line[(at + 2) % 3]))
            })
            .collect();
        for t in 1..3 {
            let mut w = vec![0.0; 49];
            for (sign, (j, k)) in [(1.0, pairs[0]), (-1.0, pairs[t])] {
                (w[j * 7 + k], w[k * 7 + j]) = (sign, -sign);
            }
            out.extend(w);
        }
    }
    out
}
