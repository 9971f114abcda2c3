//! Single and double precision behind one trait, and the lanes in which samples travel.

use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// A floating-point type that networks are evaluated in.
pub trait Real:
    Copy
    + Send
    + Sync
    + PartialEq
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
{
    /// 0.
    const ZERO: Self;
    /// 1.
    const ONE: Self;
    /// The nearest value.
    fn of(x: f64) -> Self;
    /// The value as a double, exactly.
    fn to_f64(self) -> f64;
    /// e to this power.
    fn exp(self) -> Self;
    /// The hyperbolic tangent.
    fn tanh(self) -> Self;
    /// The square root.
    fn sqrt(self) -> Self;
    /// The cosine.
    fn cos(self) -> Self;
    /// The larger of this and 0.
    fn positive_part(self) -> Self;

    /// `1 / (1 + e^−x)`.
    fn sigmoid(self) -> Self {
        Self::ONE / (Self::ONE + (-self).exp())
    }
}

macro_rules! real {
    ($type:ty) => {
        impl Real for $type {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            fn of(x: f64) -> Self {
                x as $type
            }
            fn to_f64(self) -> f64 {
                f64::from(self)
            }
            fn exp(self) -> Self {
                <$type>::exp(self)
            }
            fn tanh(self) -> Self {
                <$type>::tanh(self)
            }
            fn sqrt(self) -> Self {
                <$type>::sqrt(self)
            }
            fn cos(self) -> Self {
                <$type>::cos(self)
            }
            fn positive_part(self) -> Self {
                self.max(0.0)
            }
        }
    };
}

real!(f32);
real!(f64);

/// So many samples are evaluated side by side.
pub(super) const LANES: usize = 16;

/// One coordinate of the samples that are evaluated side by side.
pub(super) type Lanes<T> = [T; LANES];

/// `out += factor · x`.
#[inline(always)]
pub(super) fn add_scaled<T: Real>(out: &mut Lanes<T>, factor: T, x: &Lanes<T>) {
    for (out, x) in out.iter_mut().zip(x) {
        *out += factor * *x;
    }
}

/// `out += factor · x · y`.
#[inline(always)]
pub(super) fn add_product<T: Real>(out: &mut Lanes<T>, factor: T, x: &Lanes<T>, y: &Lanes<T>) {
    for ((out, x), y) in out.iter_mut().zip(x).zip(y) {
        *out += factor * *x * *y;
    }
}

/// So many vectors are combined in one pass over the results.
pub(super) const TILE: usize = 16;

/// `y[q][i] += Σ_t scale · c[q · stride + t] u[t][i]` for vectors of this size.
pub(super) fn mix<T: Real>(
    y: &mut [Lanes<T>],
    coefficients: &[T],
    stride: usize,
    scale: T,
    u: &[Lanes<T>],
    size: usize,
) {
    let count = u.len() / size;
    for (q, out) in y.chunks_exact_mut(size).enumerate() {
        let row = &coefficients[q * stride..q * stride + count];
        for (i, out) in out.iter_mut().enumerate() {
            let mut sum = *out;
            for (c, u) in row.iter().zip(u.chunks_exact(size)) {
                add_scaled(&mut sum, scale * *c, &u[i]);
            }
            *out = sum;
        }
    }
}
