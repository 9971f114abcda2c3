//! A form: an exact condition on matrices, given as a polynomial in several vectors that transform together.

use super::Polynomial;
use crate::exact::Matrix;
use crate::num::{Gaussian, Rational};

/// Why a form cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// A size is outside the range that makes sense.
    #[error("{what}: {found} is not allowed, {expected} is expected")]
    Size {
        /// What the size is of.
        what: String,
        /// The size given.
        found: usize,
        /// The sizes allowed, in words.
        expected: String,
    },
    /// A matrix has the wrong shape.
    #[error("a square matrix is expected, this one is {rows}×{cols}")]
    NotSquare {
        /// Its rows.
        rows: usize,
        /// Its columns.
        cols: usize,
    },
    /// A matrix lacks the symmetry that the form needs.
    #[error("the matrix is not {expected}: entries ({row}, {col}) and ({col}, {row}) do not agree")]
    Symmetry {
        /// `symmetric`, `skew`, `hermitian`.
        expected: &'static str,
        /// Row of an offending entry, counted from 1.
        row: usize,
        /// Column of an offending entry, counted from 1.
        col: usize,
    },
    /// A polynomial uses a variable beyond the space.
    #[error("variable number {variable} is used, but the form has only {available} variables")]
    Variable {
        /// The variable, counted from 1.
        variable: usize,
        /// How many there are.
        available: usize,
    },
    /// The text of an alternating form cannot be read.
    #[error("`{text}` is not a term of an alternating form: {reason}")]
    Text {
        /// The offending piece.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The operation makes sense for forms in plain vectors only.
    #[error("{0} is possible for forms in plain vectors only")]
    PlainVectorsOnly(&'static str),
}

/// How an argument of a form transforms under `x → W x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// A vector: `δx = W x` (and `W x + b` in an affine ansatz).
    Vector,
    /// The complex conjugate of a vector: `δx̄ = W̄ x̄`.
    Conjugate,
    /// A linear form: `δξ = −Wᵀ ξ`.
    Covector,
    /// The conjugate of a linear form: `δξ̄ = −W† ξ̄`, entry by entry `−W̄ᵀ`.
    ConjugateCovector,
}

impl Slot {
    /// Whether the argument carries a conjugate.
    pub fn is_conjugate(self) -> bool {
        matches!(self, Slot::Conjugate | Slot::ConjugateCovector)
    }

    /// Whether the argument is dual.
    pub fn is_dual(self) -> bool {
        matches!(self, Slot::Covector | Slot::ConjugateCovector)
    }
}

/// What has to stay invariant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invariant {
    /// A polynomial in one argument for each slot; coordinate `a` of argument `s` is the variable `s·n + a`.
    Polynomial(Vec<Slot>, Polynomial),
    /// The volume: the condition is `tr W = 0`.
    Volume,
}

/// A form on an `n`-dimensional space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    dimension: usize,
    invariant: Invariant,
    up_to_scale: bool,
    complex: bool,
    name: String,
    kind: String,
}

impl Form {
    /// The form given by a polynomial in `slots.len()` arguments of dimension `dimension`. `kind` is what people call
    /// it, without the space: `3-form`, `quadratic form of signature (3, 1)`.
    pub fn new(
        dimension: usize,
        slots: Vec<Slot>,
        polynomial: Polynomial,
        kind: impl Into<String>,
    ) -> Result<Form, FormError> {
        let available = dimension.saturating_mul(slots.len());
        if dimension == 0 || dimension > MAX_DIMENSION {
            let expected = format!("1 to {MAX_DIMENSION}");
            return Err(FormError::Size { what: "the dimension of the space".into(), found: dimension, expected });
        }
        if polynomial.variable_count() > available {
            return Err(FormError::Variable { variable: polynomial.variable_count(), available });
        }
        let complex = slots.iter().any(|s| s.is_conjugate()) || !polynomial.is_real();
        let kind = kind.into();
        let invariant = Invariant::Polynomial(slots, polynomial);
        Ok(Form { dimension, invariant, up_to_scale: false, complex, name: kind.clone(), kind })
    }

    /// A polynomial in a single vector.
    pub fn polynomial(dimension: usize, polynomial: Polynomial) -> Result<Form, FormError> {
        let kind = match (polynomial.is_homogeneous(), polynomial.degree()) {
            (true, 1) => "linear form".to_string(),
            (true, 2) => "quadratic form".to_string(),
            (true, 3) => "cubic form".to_string(),
            (true, 4) => "quartic form".to_string(),
            (true, d) => format!("form of degree {d}"),
            (false, d) => format!("polynomial of degree {d}"),
        };
        Form::new(dimension, vec![Slot::Vector], polynomial, kind)
    }

    /// The volume on an `n`-dimensional space: matrices of trace zero.
    pub fn volume(dimension: usize) -> Result<Form, FormError> {
        let empty = Form::new(dimension, Vec::new(), Polynomial::zero(), "volume form")?;
        Ok(Form { invariant: Invariant::Volume, ..empty })
    }

    /// The same form under a name for printing.
    pub fn named(mut self, name: impl Into<String>) -> Form {
        self.name = name.into();
        self
    }

    /// The same form, asked for up to a factor: `W·φ = λ φ`.
    pub fn up_to_scale(mut self) -> Form {
        self.up_to_scale = true;
        self
    }

    /// The same form, meant on a complex space even though its coefficients are real.
    pub fn over_complex(mut self) -> Form {
        self.complex = true;
        self
    }

    /// The dimension `n` of the space.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// The condition.
    pub fn invariant(&self) -> &Invariant {
        &self.invariant
    }

    /// Whether only `W·φ = λ φ` is asked.
    pub fn is_up_to_scale(&self) -> bool {
        self.up_to_scale
    }

    /// Whether the form lives on a complex space: a slot is conjugate, a coefficient is not real, or it was said so.
    pub fn is_complex(&self) -> bool {
        self.complex
    }

    /// Whether a slot is conjugate, so that real matrices make no sense of it.
    pub fn needs_complex(&self) -> bool {
        matches!(&self.invariant, Invariant::Polynomial(slots, _) if slots.iter().any(|s| s.is_conjugate()))
    }

    /// The name for printing.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// In words, with the space: `a 3-form on Q^7`, `a hermitian form on Q(i)^3 up to scale`.
    pub fn description(&self, complex: bool) -> String {
        let article = if self.kind.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
        let field = if complex { "Q(i)" } else { "Q" };
        let scale = if self.up_to_scale { " up to scale" } else { "" };
        format!("{article} {} on {field}^{}{scale}", self.kind, self.dimension)
    }

    /// The polynomial and its slots (`None` for the volume).
    pub fn as_polynomial(&self) -> Option<(&[Slot], &Polynomial)> {
        match &self.invariant {
            Invariant::Polynomial(slots, polynomial) => Some((slots, polynomial)),
            Invariant::Volume => None,
        }
    }

    fn plain(&self, action: &'static str) -> Result<(&[Slot], &Polynomial), FormError> {
        match &self.invariant {
            Invariant::Polynomial(slots, polynomial) if slots.iter().all(|s| *s == Slot::Vector) => {
                Ok((slots, polynomial))
            }
            _ => Err(FormError::PlainVectorsOnly(action)),
        }
    }

    /// The form in new coordinates: `x = M y`, so `φ'(y) = φ(M y)`. With fewer columns than rows this is the
    /// restriction to the subspace that the columns of `M` span.
    pub fn pulled_back(&self, m: &Matrix<Rational>) -> Result<Form, FormError> {
        let (slots, polynomial) = self.plain("a change of coordinates")?;
        if m.rows() != self.dimension {
            return Err(FormError::Size {
                what: "the rows of the matrix of the new coordinates".into(),
                found: m.rows(),
                expected: self.dimension.to_string(),
            });
        }
        let mut images = Vec::with_capacity(slots.len() * self.dimension);
        for slot in 0..slots.len() {
            for row in m.iter_rows() {
                let entries = row.iter().enumerate().filter(|(_, v)| !v.is_zero());
                images.push(Polynomial::linear(entries.map(|(j, v)| ((slot * m.cols() + j) as u32, v))));
            }
        }
        let moved = Form::new(m.cols(), slots.to_vec(), polynomial.substitute(&images), self.kind.clone())?;
        Ok(Form { up_to_scale: self.up_to_scale, complex: self.complex, name: self.name.clone(), ..moved })
    }

    /// The form with coordinate `a` of every vector multiplied by `factors[a]`.
    pub fn rescaled(&self, factors: &[Rational]) -> Result<Form, FormError> {
        let (slots, polynomial) = self.plain("a change of signs")?;
        let all: Vec<Rational> = (0..slots.len() * self.dimension)
            .map(|v| factors.get(v % self.dimension).cloned().unwrap_or(Rational::ONE))
            .collect();
        let invariant = Invariant::Polynomial(slots.to_vec(), polynomial.rescale_variables(&all));
        Ok(Form { invariant, ..self.clone() })
    }

    /// The form of the difference of two points: `φ(x − y)` for a form `φ` of one vector. With an affine ansatz this
    /// is how distances are kept.
    pub fn of_differences(&self) -> Result<Form, FormError> {
        let (slots, polynomial) = self.plain("the form of a difference")?;
        if slots.len() != 1 {
            return Err(FormError::PlainVectorsOnly("the form of a difference of two points"));
        }
        let n = self.dimension as u32;
        let images: Vec<Polynomial> = (0..n)
            .map(|a| Polynomial::variable(a).add_scaled(&Gaussian::from(-1), &Polynomial::variable(n + a)))
            .collect();
        let kind = format!("{} of the difference of two points", self.kind);
        let form = Form::new(self.dimension, vec![Slot::Vector; 2], polynomial.substitute(&images), kind)?;
        Ok(Form { up_to_scale: self.up_to_scale, complex: self.complex, ..form })
    }

    /// `|φ|²` for a complex polynomial in one vector: `φ(z) · conj(φ(z))`, whose stabilizer allows a phase.
    pub fn absolute_square(&self) -> Result<Form, FormError> {
        let (slots, polynomial) = self.plain("the absolute square")?;
        let shift = (slots.len() * self.dimension) as u32;
        let conjugate = polynomial.conj().rename(|v| v + shift);
        let mut all = slots.to_vec();
        all.extend(vec![Slot::Conjugate; slots.len()]);
        Form::new(self.dimension, all, polynomial.mul(&conjugate), format!("absolute square of a {}", self.kind))
    }
}

/// Forms live in at most this many dimensions.
pub const MAX_DIMENSION: usize = 1000;
