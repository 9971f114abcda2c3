//! What an engine says went wrong, as a diagnostic with the contract's code.

use crate::data::{DataError, Fault};
use crate::diag::{Code, Diagnostic};
use crate::discover::DiscoverError;
use crate::discover::training::{IdealError, TrainingError};
use crate::finite::FiniteError;
use crate::float::dense::FloatError;
use crate::forms::FormError;
use crate::lang::print::terms;
use crate::lang::value::Value;
use crate::lie::named::NamedError;
use crate::lie::{
    CartanError, DerivationError, IdentifyError, PartError, ShapeError, SpanError, StabilizerError, as_gaussian,
};
use crate::num::Rational;
use crate::reps::RepError;
use crate::weights::WeightError;

impl From<NamedError> for Diagnostic {
    fn from(error: NamedError) -> Diagnostic {
        let code = match &error {
            NamedError::Argument { .. } => Code::Argument,
            NamedError::Unknown(_) => Code::Name,
            NamedError::NotARepresentation { .. } => Code::Closure,
            NamedError::Stopped(stop) => return stop.clone().into(),
            NamedError::Internal(_) => Code::Internal,
        };
        Diagnostic::new(code, error.to_string())
    }
}

impl From<FiniteError> for Diagnostic {
    fn from(error: FiniteError) -> Diagnostic {
        let message = error.to_string();
        match error {
            FiniteError::Stop(stop) => stop.into(),
            FiniteError::TooLarge { .. } => Diagnostic::new(Code::Unsupported, message)
                .hint("order, group_center and derived_subgroup list no elements"),
            FiniteError::Argument(_) | FiniteError::Infinite(_) => Diagnostic::new(Code::Argument, message),
            FiniteError::Internal(_) => Diagnostic::new(Code::Internal, message),
        }
    }
}

impl From<RepError> for Diagnostic {
    fn from(error: RepError) -> Diagnostic {
        let message = error.to_string();
        match error {
            RepError::Named(error) => error.into(),
            RepError::Stopped(stop) => stop.into(),
            RepError::Weight(error) => error.into(),
            RepError::Finite(error) => error.into(),
            RepError::DifferentBase { .. } => Diagnostic::new(Code::Argument, message)
                .hint("make both from one group: group G = …, vector(G), adjoint(G)"),
            RepError::UnknownGroup(_) => Diagnostic::new(Code::Name, message),
            RepError::NoMatrices(_) => {
                Diagnostic::new(Code::Argument, message).hint("make the algebra from matrices, or use adjoint(g)")
            }
            RepError::Floats(_) => Diagnostic::new(Code::Unsupported, message)
                .hint("basis(X -> Y) finds a basis with the gap on which its rank rests"),
            RepError::Irrational(_) => Diagnostic::new(Code::Unsupported, message)
                .hint("basis(X -> Y), rank(X -> Y) and project are exact for tensors of vector(G)"),
            RepError::Singular { .. } => Diagnostic::new(Code::Argument, message),
            RepError::NotNormalizing { .. } => Diagnostic::new(Code::Closure, message)
                .hint("the group that they generate together has a larger algebra"),
            RepError::Count { .. } | RepError::Shape { .. } => Diagnostic::new(Code::Shape, message),
            RepError::NotARepresentation { .. } | RepError::NotEquivariant { .. } | RepError::NotAHomomorphism(_) => {
                Diagnostic::new(Code::Closure, message)
            }
            RepError::TooLarge { .. } => Diagnostic::new(Code::Memory, message)
                .hint("its dim is known; rank takes sums apart, not large products"),
            RepError::Method(_) | RepError::Astronomic(_) | RepError::TooComplicated => {
                Diagnostic::new(Code::Argument, message)
            }
        }
    }
}

impl From<DiscoverError> for Diagnostic {
    fn from(error: DiscoverError) -> Diagnostic {
        let message = error.to_string();
        match error {
            DiscoverError::Stop(stop) => stop.into(),
            DiscoverError::Shape(_) => Diagnostic::new(Code::Shape, message),
            DiscoverError::Unsupported(_) => Diagnostic::new(Code::Unsupported, message),
            DiscoverError::Underdetermined { unknowns, .. } => Diagnostic::new(Code::Argument, message)
                .hint(format!("{} equations are enough; an ansatz with fewer free entries needs fewer", unknowns + 1)),
            DiscoverError::Noise { .. } => Diagnostic::new(Code::Argument, message)
                .hint("more samples sharpen the edge of the noise, as long as it is below the signal"),
            DiscoverError::Inexact { .. } => Diagnostic::new(Code::Argument, message).hint(
                "more rows or more exact labels sharpen the fit; so does `degree` or `model` where the family is known",
            ),
            DiscoverError::NotFinite { .. } => Diagnostic::new(Code::Number, message)
                .hint("`law` says where points are drawn from; of very large or small numbers take other units"),
            DiscoverError::NoConvergence | DiscoverError::Argument(_) => Diagnostic::new(Code::Argument, message),
            DiscoverError::Internal(_) => Diagnostic::new(Code::Internal, message),
        }
    }
}

impl From<TrainingError> for Diagnostic {
    fn from(error: TrainingError) -> Diagnostic {
        let message = error.to_string();
        match error {
            TrainingError::Stop(stop) => stop.into(),
            TrainingError::Diverged(_) => Diagnostic::new(Code::Number, message),
            TrainingError::Checkpoint { .. } => Diagnostic::new(Code::Shape, message)
                .hint("a training goes on with the generators, blocks, closure and ansatz it began with"),
            TrainingError::OtherData => Diagnostic::new(Code::Argument, message)
                .hint("a training goes on with the oracle, samples and --seed it began with"),
        }
    }
}

impl From<IdealError> for Diagnostic {
    fn from(error: IdealError) -> Diagnostic {
        let message = error.to_string();
        match error {
            IdealError::Stop(stop) => stop.into(),
            IdealError::NotReductive { .. } | IdealError::NoGap => Diagnostic::new(Code::Unsupported, message)
                .hint("of an exact algebra `decompose(g)` has no such bounds"),
        }
    }
}

impl From<WeightError> for Diagnostic {
    fn from(error: WeightError) -> Diagnostic {
        let message = error.to_string();
        match error {
            WeightError::Stopped(stop) => stop.into(),
            WeightError::Length { .. } => Diagnostic::new(Code::Shape, message)
                .hint("one label for each simple root, factor after factor, then the charges"),
            WeightError::NoSuchName { near, .. } => Diagnostic::new(Code::Argument, message).hint(near),
            WeightError::Different { .. } => Diagnostic::new(Code::Argument, message)
                .hint("make both from one type: irrep(\"E6\", …) and irrep(\"E6\", …)"),
            WeightError::Check(_) => Diagnostic::new(Code::Internal, message),
            _ => Diagnostic::new(Code::Argument, message),
        }
    }
}

impl From<PartError> for Diagnostic {
    fn from(error: PartError) -> Diagnostic {
        let message = error.to_string();
        match error {
            // `lang::brackets::from_table` says it with the names of the basis.
            PartError::Jacobi(_) => Diagnostic::new(Code::Jacobi, message),
            PartError::NotClosed { first, second, bracket } => {
                let text = |v: &[Rational]| coordinates_text(v);
                Diagnostic::new(Code::Closure, message).hint(format!(
                    "[{}, {}] = {}",
                    text(&first),
                    text(&second),
                    text(&bracket)
                ))
            }
            PartError::NotAnIdeal => Diagnostic::new(Code::Argument, message),
            PartError::Length { .. } => Diagnostic::new(Code::Shape, message),
            PartError::Singular => Diagnostic::new(Code::Argument, message),
            PartError::Stop(stop) => stop.into(),
        }
    }
}

impl From<IdentifyError> for Diagnostic {
    fn from(error: IdentifyError) -> Diagnostic {
        let message = error.to_string();
        match error {
            IdentifyError::Stop(stop) => stop.into(),
            IdentifyError::NoGenericElement(_) => Diagnostic::new(Code::Internal, message),
        }
    }
}

impl From<CartanError> for Diagnostic {
    fn from(error: CartanError) -> Diagnostic {
        let message = error.to_string();
        match error {
            CartanError::Stop(stop) => stop.into(),
            CartanError::NotSemisimple => {
                Diagnostic::new(Code::Argument, message).hint("levi(g) has one: cartan_decomposition(levi(g))")
            }
            CartanError::TooLarge(..) | CartanError::NoAccuracy => Diagnostic::new(Code::Unsupported, message)
                .hint("matrices closed under the conjugate transpose, or a named algebra, give an exact one"),
        }
    }
}

impl From<StabilizerError> for Diagnostic {
    fn from(error: StabilizerError) -> Diagnostic {
        let message = error.to_string();
        match error {
            StabilizerError::Stop(stop) => stop.into(),
            StabilizerError::Dimensions { .. } => Diagnostic::new(Code::Shape, message),
            StabilizerError::NoForms => Diagnostic::new(Code::Arity, message),
            StabilizerError::NeedsComplex(_) => Diagnostic::new(Code::Argument, message),
            StabilizerError::NotClosed(..) => Diagnostic::new(Code::Internal, message),
        }
    }
}

impl From<DerivationError> for Diagnostic {
    fn from(error: DerivationError) -> Diagnostic {
        let message = error.to_string();
        match error {
            DerivationError::Stop(stop) => stop.into(),
            DerivationError::Empty => Diagnostic::new(Code::Argument, message),
            DerivationError::NotClosed(..) => Diagnostic::new(Code::Internal, message),
        }
    }
}

impl From<DataError> for Diagnostic {
    fn from(error: DataError) -> Diagnostic {
        let code = match error.fault {
            Fault::Format => Code::Format,
            Fault::Io => Code::Io,
            Fault::Index => Code::Index,
            Fault::Number => Code::Number,
            Fault::Antisymmetry => Code::Antisymmetry,
            Fault::Duplicate => Code::Duplicate,
            Fault::Shape => Code::Shape,
            Fault::Argument => Code::Argument,
            Fault::Stop(stop) => return stop.into(),
        };
        Diagnostic::new(code, error.message)
    }
}

impl From<FloatError> for Diagnostic {
    fn from(error: FloatError) -> Diagnostic {
        let code = match error {
            FloatError::NotSquare(..) => Code::Shape,
            FloatError::NoConvergence => Code::Number,
        };
        Diagnostic::new(code, error.to_string())
    }
}

impl From<FormError> for Diagnostic {
    fn from(error: FormError) -> Diagnostic {
        Diagnostic::new(Code::Argument, error.to_string())
    }
}

impl From<ShapeError> for Diagnostic {
    fn from(error: ShapeError) -> Diagnostic {
        Diagnostic::new(Code::Shape, error.to_string())
    }
}

impl From<SpanError> for Diagnostic {
    fn from(error: SpanError) -> Diagnostic {
        let message = error.to_string();
        match error {
            SpanError::Stop(stop) => stop.into(),
            SpanError::Shape(shape) => shape.into(),
            SpanError::NotClosed { first, second, bracket, size } => {
                let shown = Value::matrix(as_gaussian(&bracket, size)).to_text();
                Diagnostic::new(Code::Closure, message).hint(format!(
                    "[X{}, X{}] =\n{shown}\n`generate` closes a set of matrices",
                    first + 1,
                    second + 1
                ))
            }
            SpanError::Cap { .. } => {
                Diagnostic::new(Code::Closure, message).hint("a larger `cap = …` allows more dimensions")
            }
            SpanError::NoPrime => Diagnostic::new(Code::Internal, message),
        }
    }
}

/// `2 e1 - 1/2 e3`.
fn coordinates_text(v: &[Rational]) -> String {
    terms(v.iter().enumerate().filter(|(_, x)| !x.is_zero()).map(|(k, x)| (format!("e{}", k + 1), x)))
}
