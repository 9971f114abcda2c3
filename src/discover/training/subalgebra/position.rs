//! How a subalgebra lies in the algebra: its normaliser, and in how many ways it can be moved.

use super::FloatAlgebra;
use crate::float::gemm::{multiply, multiply_by_transpose, multiply_transposed};
use crate::float::{orthonormal_rows, symmetric_eigen};
use crate::limits::{Limits, Stop};

/// Squared singular values below this part of the squared structure constants are zero.
const ZERO: f64 = 1e-14;
/// Squared singular values below this part are so small that a subalgebra may be close to another one.
const CLOSE: f64 = 1e-6;

/// How the Killing form of an algebra lies on a subalgebra: conjugate subalgebras agree in it, isomorphic ones need not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ambient {
    /// Positive, negative and zero squares on the subalgebra of the Killing form of the algebra.
    pub signature: [usize; 3],
    /// The trace of the subalgebra's own Killing form by that of the algebra, where this one is not degenerate.
    pub ratio: Option<f64>,
    /// Whether nothing is nearly zero without being so: close to a subalgebra that lies differently it is left open.
    pub clear: bool,
}

/// Squares between this and the root of `ZERO`, relative to the squared structure constants, are neither zero nor not.
const ROUNDING: f64 = 1e-10;
/// Ratios that differ by less are the same.
const SAME: f64 = 1e-6;

impl Ambient {
    /// `killing` is the matrix of the form of the algebra. `O(k dim² + k³)` operations.
    pub(super) fn new(algebra: &FloatAlgebra, killing: &[f64], k: usize, rows: &[f64]) -> Ambient {
        let d = algebra.dim();
        let (mut half, mut form) = (vec![0.0; k * d], vec![0.0; k * k]);
        multiply((k, d, d), rows, killing, &mut half, false);
        multiply_by_transpose((k, d, k), &half, rows, &mut form);
        let zero = ZERO.sqrt() * (algebra.scale() * algebra.scale()).max(f64::MIN_POSITIVE);
        let Some((values, vectors)) = symmetric_eigen(k, |i, j| (form[i * k + j] + form[j * k + i]) / 2.0) else {
            return Ambient { signature: [0, 0, k], ratio: None, clear: false };
        };
        let count = |kept: &dyn Fn(f64) -> bool| values.iter().filter(|v| kept(**v)).count();
        let signature = [count(&|v| v > zero), count(&|v| v < -zero), count(&|v| v.abs() <= zero)];
        let own = algebra.restricted(k, rows).killing();
        // vᵀ K_h v / λ, summed over the eigenvectors v of the form.
        let along = |c: usize| -> f64 {
            let image = |i: usize| (0..k).map(|j| own[i * k + j] * vectors[j * k + c]).sum::<f64>();
            (0..k).map(|i| vectors[i * k + c] * image(i)).sum::<f64>() / values[c]
        };
        let ratio = (signature[2] == 0).then(|| (0..k).map(along).sum());
        let open = |v: &f64| v.abs() <= zero && v.abs() > ROUNDING / ZERO.sqrt() * zero;
        Ambient { signature, ratio, clear: !values.iter().any(open) }
    }

    /// Whether two subalgebras may be conjugate.
    pub(super) fn agrees(&self, other: &Ambient) -> bool {
        let same = |(x, y): (f64, f64)| (x - y).abs() <= SAME * (1.0 + x.abs());
        let open = !self.clear || !other.clear;
        open || self.signature == other.signature && self.ratio.zip(other.ratio).is_none_or(same)
    }
}

/// A subalgebra `h` of `g` on orthonormal rows, with the brackets in a frame that begins with them.
pub(super) struct Placed {
    k: usize,
    d: usize,
    size: f64,
    /// `[u_b, q_a]` along `q_c`.
    products: Vec<f64>,
}

impl Placed {
    /// `6 k dim³` operations.
    pub fn new(algebra: &FloatAlgebra, k: usize, rows: &[f64]) -> Placed {
        let d = algebra.dim();
        let mut frame = rows.to_vec();
        frame.extend((0..d * d).map(|at| f64::from(u8::from(at % (d + 1) == 0))));
        orthonormal_rows(d, &mut frame, 1e-9);
        let mut products = vec![0.0; k * d * d];
        let mut room = [vec![0.0; (k * d * d).max(d * d)], vec![0.0; (k * d * d).max(d * d)]];
        if frame.len() == d * d && k > 0 {
            algebra.in_frame(k, &frame, &frame, &mut room, &mut products);
        }
        let size = (algebra.scale() * algebra.scale()).max(f64::MIN_POSITIVE);
        Placed { k, d, size, products }
    }

    fn product(&self, b: usize, a: usize, c: usize) -> f64 {
        self.products[(b * self.d + a) * self.d + c]
    }

    /// The dimension of the null space of rows of a length.
    fn nullity(&self, width: usize, rows: &[f64], zero: f64) -> usize {
        let mut gram = vec![0.0; width * width];
        multiply_transposed((width, rows.len() / width.max(1), width), (rows, width), (rows, width), &mut gram);
        symmetric_eigen(width, |i, j| gram[i * width + j])
            .map_or(0, |(values, _)| values.iter().take_while(|v| **v <= zero * self.size).count())
    }

    /// The dimension of the normaliser, `{x : [x, h] ⊂ h}`.
    pub fn normalizer(&self) -> usize {
        self.normalizer_above(ZERO)
    }

    /// Whether the dimension of the normaliser is the same when small numbers count as zero: not of a subalgebra that is close to one
    /// with a larger normaliser.
    pub fn is_clear(&self) -> bool {
        self.normalizer() == self.normalizer_above(CLOSE)
    }

    fn normalizer_above(&self, zero: f64) -> usize {
        let (k, m) = (self.k, self.d - self.k);
        let rows: Vec<f64> = (0..k)
            .flat_map(|i| (0..m).map(move |c| (i, c)))
            .flat_map(|(i, c)| (0..m).map(move |a| self.product(i, k + a, k + c)))
            .collect();
        k + if m == 0 { 0 } else { self.nullity(m, &rows, zero) }
    }

    /// The dimension of `H¹(h, g/h)`: cocycles `φ: h → g/h` beside those of conjugation. It bounds the dimension of the family
    /// of classes under conjugation in which h lies; 0 says that all subalgebras near h are conjugates of it.
    pub fn moduli(&self, limits: &Limits) -> Result<usize, Stop> {
        let (k, m) = (self.k, self.d - self.k);
        let width = k * m;
        if width == 0 {
            return Ok(0);
        }
        let pairs = k * (k - 1) / 2;
        limits.reserve(8 * (pairs * m * width + 3 * width * width) as u128)?;
        let mut rows = vec![0.0; pairs * m * width];
        let indices = (0..k).flat_map(|i| (i + 1..k).map(move |j| (i, j)));
        let slots = indices.flat_map(|(i, j)| (0..m).map(move |c| (i, j, c)));
        // φ([u_i, u_j]) = u_i φ(u_j) - u_j φ(u_i), along the normal c; φ(u_l) has the part φ[l m + a] along the normal a.
        for (row, (i, j, c)) in rows.chunks_exact_mut(width).zip(slots) {
            (0..k).for_each(|l| row[l * m + c] += self.product(i, j, l));
            for a in 0..m {
                row[j * m + a] -= self.product(i, k + a, k + c);
                row[i * m + a] += self.product(j, k + a, k + c);
            }
        }
        let cocycles = if pairs == 0 { width } else { self.nullity(width, &rows, ZERO) };
        Ok(cocycles.saturating_sub(self.d - self.normalizer()))
    }
}
