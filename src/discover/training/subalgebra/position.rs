//! How a subalgebra lies in the algebra: its normaliser, and in how many ways it can be moved.

use super::FloatAlgebra;
use crate::float::gemm::multiply_transposed;
use crate::float::{orthonormal_rows, symmetric_eigen};
use crate::limits::{Limits, Stop};

/// Squared singular values below this part of the squared structure constants are zero.
const ZERO: f64 = 1e-14;

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
    fn nullity(&self, width: usize, rows: &[f64]) -> usize {
        let mut gram = vec![0.0; width * width];
        multiply_transposed((width, rows.len() / width.max(1), width), (rows, width), (rows, width), &mut gram);
        symmetric_eigen(width, |i, j| gram[i * width + j])
            .map_or(0, |(values, _)| values.iter().take_while(|v| **v <= ZERO * self.size).count())
    }

    /// The dimension of the normaliser, `{x : [x, h] ⊂ h}`.
    pub fn normalizer(&self) -> usize {
        let (k, m) = (self.k, self.d - self.k);
        let rows: Vec<f64> = (0..k)
            .flat_map(|i| (0..m).map(move |c| (i, c)))
            .flat_map(|(i, c)| (0..m).map(move |a| self.product(i, k + a, k + c)))
            .collect();
        k + if m == 0 { 0 } else { self.nullity(m, &rows) }
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
        let cocycles = if pairs == 0 { width } else { self.nullity(width, &rows) };
        Ok(cocycles.saturating_sub(self.d - self.normalizer()))
    }
}
