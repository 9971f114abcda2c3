//! Complex vectors of a real float algebra, and their adjoint maps.

use crate::discover::training::FloatAlgebra;
use crate::float::Complex;

/// 0
pub(super) const ZERO: Complex = Complex { re: 0.0, im: 0.0 };

/// The adjoint map of a complex element: real and imaginary part.
pub(super) struct Adjoint(Vec<f64>, Vec<f64>);

impl Adjoint {
    /// From the coordinates.
    pub fn of(algebra: &FloatAlgebra, v: &[Complex]) -> Adjoint {
        let part = |part: fn(&Complex) -> f64| algebra.ad(&v.iter().map(part).collect::<Vec<f64>>());
        Adjoint(part(|z| z.re), part(|z| z.im))
    }

    /// `[x, v]`
    pub fn apply(&self, v: &[Complex]) -> Vec<Complex> {
        let turn = Complex::new(0.0, 1.0);
        apply(&self.0, v).into_iter().zip(apply(&self.1, v)).map(|(a, b)| a + turn * b).collect()
    }
}

/// A real matrix, row by row, on a complex vector.
pub(super) fn apply(matrix: &[f64], v: &[Complex]) -> Vec<Complex> {
    matrix.chunks_exact(v.len().max(1)).map(|row| row.iter().zip(v).fold(ZERO, |s, (a, z)| s + *z * *a)).collect()
}

/// `Σ ā b`
pub(super) fn inner(a: &[Complex], b: &[Complex]) -> Complex {
    a.iter().zip(b).fold(ZERO, |s, (x, y)| s + x.conj() * *y)
}

/// The length.
pub(super) fn norm(v: &[Complex]) -> f64 {
    inner(v, v).re.sqrt()
}

/// A multiple.
pub(super) fn scaled(v: &[Complex], factor: Complex) -> Vec<Complex> {
    v.iter().map(|z| *z * factor).collect()
}

/// Of length 1.
pub(super) fn unit(v: &[Complex]) -> Vec<Complex> {
    scaled(v, Complex::new(1.0 / norm(v).max(f64::MIN_POSITIVE), 0.0))
}

/// `a / b`
pub(super) fn quotient(a: Complex, b: Complex) -> Complex {
    a * b.conj() * (1.0 / (b.re * b.re + b.im * b.im))
}
