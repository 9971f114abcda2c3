//! A Lie algebra over a real quadratic field Q(√d), by the algebra over Q with scalars restricted.

use std::sync::Arc;

use super::parts::{PartError, subalgebra};
use super::quadratic_place::signature_at;
use super::semisimple::IdentifyError;
use super::{
    Algebra, Identification, MatrixSet, Signature, SpanError, identify_over_quadratic, killing_form, signature, span,
};
use crate::exact::{Matrix, SparseMatrix, Subspace};
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// A Lie algebra over Q(√d) with a basis `x_1, x_2, …`, seen as a real algebra at the place √d > 0.
#[derive(Clone, Debug)]
pub struct QuadraticAlgebra {
    radicand: i64,
    complex: bool,
    restricted: Arc<Algebra>,
    origin: String,
}

impl QuadraticAlgebra {
    /// The algebra over Q(√d), `d ≥ 2` free of squares, from the one over Q with the basis `x_1, √d x_1, x_2, √d x_2, …`; the
    /// caller knows that √d commutes with brackets there. Matrices `A + B √d` are `[A, d B; B, A]` over Q; where they are
    /// `complex`, `A` and `B` are `[R, −I; I, R]` for `R + i I`.
    pub fn new(restricted: Algebra, radicand: i64, complex: bool, origin: &str) -> QuadraticAlgebra {
        let restricted = Arc::new(restricted.with_origin(format!("{origin}, over Q")));
        QuadraticAlgebra { radicand, complex, restricted, origin: origin.to_string() }
    }

    /// The algebra over Q(√d) that real matrices `A + B √d`, given by `A` and `B`, span over the field, in their order without
    /// dependent ones; where they are `complex`, both are `[R, −I; I, R]`. `None` when brackets leave the span.
    pub fn span(
        matrices: &[[SparseMatrix; 2]],
        radicand: i64,
        complex: bool,
        origin: &str,
        limits: &Limits,
    ) -> Result<Option<QuadraticAlgebra>, SpanError> {
        let d = Rational::from(radicand);
        let block = |[a, b]: [&SparseMatrix; 2]| {
            let n = a.rows();
            let places = |m: &SparseMatrix, i: usize, j: usize, factor: &Rational| -> Vec<(usize, usize, Rational)> {
                m.triples().map(|(r, c, x)| (r + i, c + j, x * factor)).collect()
            };
            let one = Rational::ONE;
            let all = [places(a, 0, 0, &one), places(a, n, n, &one), places(b, n, 0, &one), places(b, 0, n, &d)];
            SparseMatrix::from_triples(2 * n, 2 * n, all.concat())
        };
        let both = matrices.iter().flat_map(|[a, b]| [block([a, b]), block([&b.scale(&d), a])]).collect();
        match span(&MatrixSet::sparse(both)?, limits) {
            Ok(spanned) => Ok(Some(QuadraticAlgebra::new(spanned.algebra, radicand, complex, origin))),
            Err(SpanError::NotClosed { .. }) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// `d`.
    pub fn radicand(&self) -> i64 {
        self.radicand
    }

    /// Whether its matrices stand for complex ones of half the size.
    pub fn is_complex(&self) -> bool {
        self.complex
    }

    /// Where it comes from, in words.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The algebra over Q, of twice the dimension.
    pub fn restricted(&self) -> &Arc<Algebra> {
        &self.restricted
    }

    /// The dimension over the field, which is that of the real algebra.
    pub fn dim(&self) -> usize {
        self.restricted.dim() / 2
    }

    /// The size of its matrices, real or complex; `None` when it has none.
    pub fn matrix_size(&self) -> Option<usize> {
        let size = self.restricted.realization()?.size / 2;
        Some(if self.complex { size / 2 } else { size })
    }

    /// `A` and `B` of the matrices `A + B √d` of its basis, real ones; `None` when it has none.
    pub fn matrices(&self) -> Option<Vec<[SparseMatrix; 2]>> {
        let realization = self.restricted.realization()?;
        let n = realization.size / 2;
        let block = |m: &SparseMatrix, first: usize| {
            let own = m.triples().filter(|(i, j, _)| *j < n && (first..first + n).contains(i));
            SparseMatrix::from_triples(n, n, own.map(|(i, j, x)| (i - first, j, x.clone())).collect::<Vec<_>>())
        };
        Some(realization.basis.iter().step_by(2).map(|m| [block(m, 0), block(m, n)]).collect())
    }

    /// The subalgebra on a subspace of the algebra over Q; `None` when √d does not map the subspace into itself.
    pub fn part(&self, space: &Subspace, origin: &str, limits: &Limits) -> Result<Option<QuadraticAlgebra>, PartError> {
        // Where it does, each vector of the reduced basis with its pivot at x_k is followed by √d times itself.
        let (basis, d) = (space.basis(), Rational::from(self.radicand));
        let times_root = |v: &[Rational]| -> Vec<Rational> {
            (0..v.len()).map(|i| if i % 2 == 0 { &v[i ^ 1] * &d } else { v[i ^ 1].clone() }).collect()
        };
        let stable = basis.len().is_multiple_of(2)
            && basis.chunks_exact(2).all(|pair| pair[1] == times_root(&pair[0]) && pair[0].len().is_multiple_of(2));
        if !stable {
            return Ok(None);
        }
        let whole = subalgebra(&self.restricted, space, origin, limits)?;
        Ok(Some(QuadraticAlgebra::new(whole, self.radicand, self.complex, origin)))
    }

    /// Everything about the real algebra; see [`identify_over_quadratic`].
    pub fn identify(&self, limits: &Limits) -> Result<Identification, IdentifyError> {
        identify_over_quadratic(&self.restricted, self.radicand, limits)
    }

    /// The signature of its Killing form at the place √d > 0, exact.
    pub fn killing_signature(&self, limits: &Limits) -> Result<Signature, Stop> {
        let whole = killing_form(self.restricted.constants(), limits)?;
        signature_at(&signature(&whole, limits)?, &whole, self.radicand, limits)
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
