//! The losses of the papers on machine-learned symmetries, with exact gradients.
//!
//! For generators `W_α` (2301.05638, 2302.05383): invariance; normalisation `Σ (tr W_α W_αᵀ - 2)²`; orthogonality
//! `Σ_{α<β} (tr W_α W_βᵀ)²`; closure `Σ_{α<β} (tr C Cᵀ)²` with `C = [W_α, W_β] - Σ_γ a_γ W_γ` and free structure constants
//! a; sparsity `Σ_α Σ_{p≠q} (w_p w_q)²` over pairs of entries. Splitting is a reconstruction of the idea of 2309.07860:
//! `Σ tr C Cᵀ` with `C = [W_α, W_β]` for generators of different blocks, and closure within each block.

mod closure;
mod frame;
mod invariance;
#[cfg(test)]
mod tests;

use super::problem::{MatrixSpace, Problem};
use crate::limits::{Limits, Stop};
use closure::Closure;
pub(super) use invariance::{InvarianceTerm, form_product};

/// One term of the loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// The labels do not change.
    Invariance,
    /// Each generator has squared norm 2.
    Normalisation,
    /// Generators are orthogonal.
    Orthogonality,
    /// Brackets are combinations of the generators.
    Closure,
    /// Few entries differ from zero.
    Sparsity,
    /// Generators of different blocks commute.
    Splitting,
}

/// The terms in the order of [`Terms`], with their names.
pub const TERMS: [(Term, &str); 6] = [
    (Term::Invariance, "invariance"),
    (Term::Normalisation, "normalisation"),
    (Term::Orthogonality, "orthogonality"),
    (Term::Closure, "closure"),
    (Term::Sparsity, "sparsity"),
    (Term::Splitting, "splitting"),
];

/// A number for each term.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Terms(pub [f64; TERMS.len()]);

impl Terms {
    /// The number of one term.
    pub fn get(&self, term: Term) -> f64 {
        self.0[term as usize]
    }

    /// The same with another number for one term.
    pub fn with(mut self, term: Term, value: f64) -> Terms {
        self.0[term as usize] = value;
        self
    }

    fn add(&mut self, term: Term, value: f64) {
        self.0[term as usize] += value;
    }
}

/// The factor of each term in the loss; a term of weight 0 is not computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights(pub Terms);

impl Default for Weights {
    /// The published losses without sparsity: all 1. Splitting matters where there is more than one block.
    fn default() -> Weights {
        Weights(Terms([1.0; TERMS.len()]).with(Term::Sparsity, 0.0))
    }
}

impl Weights {
    /// The loss.
    pub fn total(&self, terms: &Terms) -> f64 {
        self.0.0.iter().zip(&terms.0).map(|(w, t)| w * t).sum()
    }

    fn of(&self, term: Term) -> f64 {
        self.0.get(term)
    }
}

/// The loss of `k` generators, with room for its evaluation: nothing is allocated afterwards.
///
/// The parameters are the `k × dim` coordinates of the generators and then, with a closure term, the `k(k-1)/2 × k`
/// structure constants `a` of the pairs `α < β` in lexicographic order.
pub struct Loss<'a> {
    space: &'a MatrixSpace,
    generators: usize,
    weights: Weights,
    invariance: InvarianceTerm<'a>,
    closure: Option<Closure>,
    matrices: Vec<f64>,
    /// The gradient for the entries.
    slopes: Vec<f64>,
    pulled: Vec<f64>,
    gram: Vec<f64>,
    turned: Vec<f64>,
}

impl<'a> Loss<'a> {
    /// The loss of as many generators as `blocks` has entries; the number of a generator's block matters for closure and
    /// splitting only. `squared` is the published closure term; otherwise it is `Σ tr C Cᵀ`.
    pub fn new(
        problem: Problem<'a>,
        blocks: &[usize],
        weights: Weights,
        squared: bool,
        limits: &Limits,
    ) -> Result<Loss<'a>, Stop> {
        let (space, k) = (problem.space, blocks.len());
        let entries = k as u128 * (space.n() * space.n()) as u128;
        limits.reserve(8 * (4 * entries + 2 * (k as u128).pow(2)))?;
        let entries = k * space.n() * space.n();
        let split = blocks.iter().any(|b| Some(b) != blocks.first());
        let wanted = weights.of(Term::Closure) > 0.0 || (split && weights.of(Term::Splitting) > 0.0);
        let closure = if wanted && k > 1 { Some(Closure::new(space.n(), blocks, squared, limits)?) } else { None };
        Ok(Loss {
            space,
            generators: k,
            weights,
            invariance: InvarianceTerm::new(problem, k, limits)?,
            closure,
            matrices: vec![0.0; entries],
            slopes: vec![0.0; entries],
            pulled: vec![0.0; k * space.dim()],
            gram: vec![0.0; k * k],
            turned: vec![0.0; entries],
        })
    }

    /// How many numbers are trained.
    pub fn parameters(&self) -> usize {
        self.generators * self.space.dim() + self.constants()
    }

    /// How many of them are structure constants; they come last.
    pub fn constants(&self) -> usize {
        self.closure.as_ref().map_or(0, Closure::constants)
    }

    /// Sets the structure constants to zero that the blocks forbid.
    pub fn clear_forbidden(&self, parameters: &mut [f64]) {
        if let Some(closure) = &self.closure {
            closure.mask(&mut parameters[self.generators * self.space.dim()..]);
        }
    }

    /// The terms without their weights, and the gradient of the weighted sum.
    /// `2 k dim² + 4 k² n² + 12 k² n³ + 3 k³ n²` operations in the limit of vanishing ε.
    pub fn evaluate(&mut self, parameters: &[f64], gradient: &mut [f64]) -> Terms {
        let (k, width) = (self.generators, self.space.n() * self.space.n());
        let coordinates = &parameters[..k * self.space.dim()];
        let (slope, slope_constants) = gradient.split_at_mut(k * self.space.dim());
        self.space.matrices(k, coordinates, &mut self.matrices);
        self.slopes.fill(0.0);
        let mut terms = Terms::default();

        let weight = self.weights.of(Term::Invariance);
        terms.add(Term::Invariance, self.invariance.evaluate(coordinates, &self.matrices, weight, slope));
        frame::normal_and_orthogonal(
            (k, width),
            [self.weights.of(Term::Normalisation), self.weights.of(Term::Orthogonality)],
            &self.matrices,
            (&mut self.gram, &mut self.turned),
            &mut self.slopes,
            &mut terms,
        );
        if self.weights.of(Term::Sparsity) > 0.0 {
            let value = frame::sparsity(width, self.weights.of(Term::Sparsity), &self.matrices, &mut self.slopes);
            terms.add(Term::Sparsity, value);
        }
        if let Some(closure) = &mut self.closure {
            let weights = [self.weights.of(Term::Closure), self.weights.of(Term::Splitting)];
            let constants = &parameters[k * self.space.dim()..];
            let [closed, split] =
                closure.evaluate(&self.matrices, constants, weights, &mut self.slopes, slope_constants);
            terms.add(Term::Closure, closed);
            terms.add(Term::Splitting, split);
        }
        self.space.coordinates(k, &self.slopes, &mut self.pulled);
        slope.iter_mut().zip(&self.pulled).for_each(|(s, p)| *s += p);
        terms
    }

    /// The matrices at the last evaluation.
    pub fn matrices(&self) -> &[f64] {
        &self.matrices
    }

    /// The invariance of each generator at the last evaluation.
    pub fn invariances(&self) -> &[f64] {
        self.invariance.values()
    }
}
