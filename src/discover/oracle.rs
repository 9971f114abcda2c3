//! An oracle: real functions of one or several vectors of one space, as a program whose derivatives are exact.

use super::error::DiscoverError;
use super::evaluate::{BLOCK, Block, Evaluator};
use super::fraction::{Fraction, Fractions, fractions};
use super::sample::{Law, Points};
use super::steps::{Draft, Step};
use crate::limits::Limits;
use crate::num::Quadratic;

/// How an argument moves under `x → x + ε W x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A vector: `δx = W x`.
    Vector,
    /// A linear form: `δξ = −Wᵀ ξ`.
    Covector,
}

/// The constants of an oracle beside rational numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constants {
    /// The different `d > 1`, free of squares, of roots √d.
    pub radicands: Vec<i64>,
    /// Whether some are floats.
    pub floats: bool,
}

/// The largest dimension of the space, counted over the reals.
pub const MAX_DIMENSION: usize = 1000;

/// Real functions `f_1, …, f_m` of vectors of one space.
///
/// Coordinate `a` of argument `c` is the variable `c·n + a`, where `n` is the real dimension; of a complex space of
/// dimension `n/2` the real parts come first, then the imaginary ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Oracle {
    dimension: usize,
    complex: bool,
    quaternionic: bool,
    arguments: Vec<Role>,
    steps: Vec<Step>,
    outputs: Vec<u32>,
    /// The outputs as fractions of polynomials, where they are known without a computation.
    fractions: Option<Fractions>,
    /// Whether `tr W = 0` is asked besides (both parts of it in a complex space).
    volume: bool,
    /// The relative step of difference quotients in place of exact derivatives.
    differences: Option<f64>,
    /// Oracles that are as likely as this one, of which the labels of a table leave the choice, and the factor of the sum of
    /// the squares of their differences from this one that is its squared error.
    alternatives: (Vec<Oracle>, f64),
    /// The names of the real coordinates of its first vector, where they have names.
    names: Vec<String>,
    description: String,
}

impl Oracle {
    /// The oracle whose values are these steps of a program.
    pub fn new(
        dimension: usize,
        complex: bool,
        arguments: Vec<Role>,
        draft: &Draft,
        outputs: &[u32],
    ) -> Result<Oracle, DiscoverError> {
        if dimension == 0 || dimension > MAX_DIMENSION {
            let message = format!("the space has dimension {dimension}; 1 to {MAX_DIMENSION} are possible");
            return Err(DiscoverError::Argument(message));
        }
        let (steps, outputs) = draft.reachable(outputs);
        Ok(Oracle {
            dimension,
            complex,
            quaternionic: false,
            arguments,
            steps,
            outputs,
            fractions: None,
            volume: false,
            differences: None,
            alternatives: (Vec::new(), 0.0),
            names: Vec::new(),
            description: String::new(),
        })
    }

    /// The same with its outputs known as fractions of polynomials.
    pub(super) fn with_fractions(self, fractions: Fractions) -> Oracle {
        Oracle { fractions: Some(fractions), ..self }
    }

    /// The same arguments and description with another program on a space of dimension `dimension`.
    pub(super) fn with_program(&self, dimension: usize, steps: Vec<Step>, outputs: Vec<u32>) -> Oracle {
        let alternatives = (Vec::new(), 0.0);
        Oracle { dimension, steps, outputs, fractions: None, alternatives, ..self.clone() }
    }

    /// The same with others that are as likely: the squared error of it is `spread` times the sum of the squares of their
    /// differences from it.
    pub(super) fn with_alternatives(self, others: Vec<Oracle>, spread: f64) -> Oracle {
        Oracle { alternatives: (others, spread), ..self }
    }

    /// Oracles that are as likely as this one, and what the sum of squares of their differences from it is multiplied by to
    /// be the square of its error.
    pub(super) fn alternatives(&self) -> (&[Oracle], f64) {
        (&self.alternatives.0, self.alternatives.1)
    }

    /// Whether the values are known up to an error only.
    pub fn is_inexact(&self) -> bool {
        !self.alternatives.0.is_empty()
    }

    /// The same with the further condition `tr W = 0`.
    pub(super) fn with_volume(self, volume: bool) -> Oracle {
        Oracle { volume, ..self }
    }

    /// The same with central difference quotients of this relative step in place of exact derivatives, as for a function that
    /// is only known by its values.
    pub fn with_differences(self, step: Option<f64>) -> Oracle {
        Oracle { differences: step, ..self }
    }

    /// The relative step of difference quotients, when they take the place of exact derivatives.
    pub fn differences(&self) -> Option<f64> {
        self.differences
    }

    /// The same on quaternionic coordinates, the four parts of each one after the other.
    pub fn with_quaternions(self, quaternionic: bool) -> Oracle {
        Oracle { quaternionic, ..self }
    }

    /// The same with a text that says what it is.
    pub fn described(self, description: impl Into<String>) -> Oracle {
        Oracle { description: description.into(), ..self }
    }

    /// The same with names of the real coordinates of its first vector.
    pub fn named(self, names: Vec<String>) -> Oracle {
        Oracle { names, ..self }
    }

    /// The names of the coordinates of one vector; none where they have no names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What it is, in words.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The real dimension of the space.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// Whether the space is complex: coordinates are real parts, then imaginary parts.
    pub fn is_complex(&self) -> bool {
        self.complex
    }

    /// Whether the coordinates are quaternions, in fours `1, i, j, k`.
    pub fn is_quaternionic(&self) -> bool {
        self.quaternionic
    }

    /// How many outputs move at all: `z conj(z)` has an imaginary part that is zero everywhere. Asked at one block of
    /// normal points.
    pub fn moving_outputs(&self, seed: u64) -> usize {
        let points = Points::Drawn(BLOCK, Law::Normal);
        let (mut block, mut derived) = (Vec::new(), Block::default());
        points.stream(self.dimension, self.arguments.len(), seed).next(BLOCK, &mut block);
        Evaluator::new(self).run(&block, &mut derived);
        let slopes = derived.gradients.chunks(BLOCK * self.variables().max(1));
        let size = |own: &[f64]| own.iter().filter(|g| g.is_finite()).fold(0.0f64, |a, g| a.max(g.abs()));
        let sizes: Vec<f64> = slopes.map(size).collect();
        let level = 1e-12 * sizes.iter().copied().fold(0.0, f64::max);
        sizes.iter().filter(|&&own| own > level).count()
    }

    /// Its arguments.
    pub fn arguments(&self) -> &[Role] {
        &self.arguments
    }

    /// Number of real variables.
    pub fn variables(&self) -> usize {
        self.dimension * self.arguments.len()
    }

    /// The program.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The steps that are its values.
    pub fn outputs(&self) -> &[u32] {
        &self.outputs
    }

    /// Whether `tr W = 0` is asked besides.
    pub fn keeps_volume(&self) -> bool {
        self.volume
    }

    /// The outputs themselves as fractions of polynomials over Q, where they came as such.
    pub(super) fn known_fractions(&self) -> Option<&[Fraction]> {
        self.fractions.as_ref().filter(|known| known.root.is_none()).map(|known| known.all.as_slice())
    }

    /// What of the constants keeps the values out of Q and of every one field Q(√d).
    pub fn constants(&self) -> Constants {
        let mut radicands = Vec::new();
        let mut floats = false;
        for step in &self.steps {
            match step {
                Step::Float(_) => floats = true,
                Step::Root(a) => {
                    let Some(Step::Exact(inside)) = self.steps.get(*a as usize) else { continue };
                    radicands.extend(Quadratic::root(inside).map(|(_, d)| d).filter(|&d| d > 1));
                }
                _ => {}
            }
        }
        radicands.sort_unstable();
        radicands.dedup();
        Constants { radicands, floats }
    }

    /// The values as fractions of polynomials over Q or over one field Q(√d), up to functions of one variable that do not
    /// change the symmetries (`√`, powers, `exp`, …); `None` when an output is no such thing, or too long.
    pub fn fractions(&self, limits: &Limits) -> Result<Option<Fractions>, DiscoverError> {
        match &self.fractions {
            Some(known) => Ok(Some(known.clone())),
            None => fractions(&self.steps, &self.outputs, self.variables(), limits),
        }
    }
}
