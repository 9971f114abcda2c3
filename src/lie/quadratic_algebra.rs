//! A Lie algebra over a real quadratic field Q(√d), by the algebra over Q with scalars restricted.

use std::sync::Arc;

use super::semisimple::IdentifyError;
use super::{Algebra, Identification, identify_over_quadratic, killing_form};
use crate::exact::Matrix;
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// A Lie algebra over Q(√d) with a basis `x_1, x_2, …`, seen as a real algebra at the place √d > 0.
#[derive(Clone, Debug)]
pub struct QuadraticAlgebra {
    radicand: i64,
    restricted: Arc<Algebra>,
}

impl QuadraticAlgebra {
    /// The algebra over Q(√d), `d ≥ 2` free of squares, from the one over Q with the basis `x_1, √d x_1, x_2, √d x_2, …`; the
    /// caller knows that √d commutes with brackets there.
    pub fn new(restricted: Algebra, radicand: i64) -> QuadraticAlgebra {
        QuadraticAlgebra { radicand, restricted: Arc::new(restricted) }
    }

    /// `d`.
    pub fn radicand(&self) -> i64 {
        self.radicand
    }

    /// The algebra over Q, of twice the dimension.
    pub fn restricted(&self) -> &Arc<Algebra> {
        &self.restricted
    }

    /// The dimension over the field, which is that of the real algebra.
    pub fn dim(&self) -> usize {
        self.restricted.dim() / 2
    }

    /// Everything about the real algebra; see [`identify_over_quadratic`].
    pub fn identify(&self, limits: &Limits) -> Result<Identification, IdentifyError> {
        identify_over_quadratic(&self.restricted, self.radicand, limits)
    }

    /// `A` and `B` of its Killing form `A + B √d` in the basis `x_1, x_2, …`. The Killing form of the algebra over Q is the
    /// trace of it: `Tr K = 2 A` and `Tr (√d K) = 2 d B`.
    pub fn killing_form(&self, limits: &Limits) -> Result<[Matrix<Rational>; 2], Stop> {
        let whole = killing_form(self.restricted.constants(), limits)?;
        let (n, d) = (self.dim(), Rational::from(2 * self.radicand));
        let (half, root) = (Rational::new(1, 2).unwrap_or_default(), d.recip().unwrap_or_default());
        let part = |odd: usize, factor: &Rational| Matrix::from_fn(n, n, |i, j| &whole[(2 * i + odd, 2 * j)] * factor);
        Ok([part(0, &half), part(1, &root)])
    }
}
