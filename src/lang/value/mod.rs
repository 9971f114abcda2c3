//! The values a person can hold.

mod from_json;
mod held;
mod make;
mod map_basis;
mod read;
mod record;

use std::sync::Arc;

pub use self::held::{
    DiscoveryValue, Drawing, Field, Function, NamedPolynomial, NetworkValue, TrainingValue, WrittenModule,
};
pub use self::map_basis::MapBasis;
pub use self::record::Record;
use super::kind::Kinds;
use super::shallow::ShallowValue;
use super::tying::Tying;
use crate::builtins::Builtin;
use crate::data::columns::Columns;
use crate::discover;
use crate::exact::Matrix;
use crate::finite::Permutation;
use crate::forms;
use crate::lie::{Algebra, QuadraticAlgebra};
use crate::num::{Cyclotomic, Gaussian, Quadratic, Rational};
use crate::reps;
use crate::roots::CartanType;

/// A value. Cloning is cheap: everything large is shared.
#[derive(Clone, Debug)]
pub enum Value {
    /// An exact number of Q(i).
    Number(Gaussian),
    /// An exact number `a + b √d` that is not in Q(i).
    Quadratic(Arc<Quadratic>),
    /// An exact sum of roots of unity that is neither.
    Cyclotomic(Arc<Cyclotomic>),
    /// A finite floating-point number.
    Float(f64),
    /// A finite complex floating-point number.
    ComplexFloat(f64, f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A string.
    Text(Arc<str>),
    /// A list.
    List(Arc<Vec<Value>>),
    /// The integers from the first to the last, both included.
    Range(i64, i64),
    /// An exact matrix over Q(i).
    Matrix(Arc<Matrix<Gaussian>>),
    /// An exact matrix over a cyclotomic field that is not one over Q(i).
    CyclotomicMatrix(Arc<Matrix<Cyclotomic>>),
    /// A floating-point matrix.
    FloatMatrix(Arc<Matrix<f64>>),
    /// A permutation.
    Permutation(Arc<Permutation>),
    /// A field.
    Field(Field),
    /// A Cartan type.
    Type(Arc<CartanType>),
    /// A Lie algebra.
    Algebra(Arc<Algebra>),
    /// Structure constants (as printed by `structure_constants`), with names for the basis when it has any.
    Constants(Arc<Algebra>),
    /// An element of an algebra by its coordinates.
    Element(Arc<Algebra>, Arc<Vec<Rational>>),
    /// A group.
    Group(Arc<reps::Group>),
    /// A representation.
    Rep(Arc<reps::Rep>),
    /// A representation of a reductive algebra by highest weights.
    Module(Arc<WrittenModule>),
    /// A polynomial in named coordinates.
    Polynomial(Arc<NamedPolynomial>),
    /// A form known to the engine of stabilizers.
    Form(Arc<forms::Form>),
    /// A function written in the language.
    Function(Arc<Function>),
    /// A function of the table.
    Builtin(&'static Builtin),
    /// A result with named attributes.
    Record(Arc<Record>),
    /// A picture in text.
    Picture(Arc<str>),
    /// A picture of points and lines.
    Drawing(Arc<Drawing>),
    /// A basis of equivariant maps.
    Basis(Arc<MapBasis>),
    /// An invariant shallow network with exact weights.
    Shallow(Arc<ShallowValue>),
    /// Tied weights.
    Tying(Arc<Tying>),
    /// A network with its parameters.
    Network(Arc<NetworkValue>),
    /// A number that depends on the coordinates of an oracle.
    Symbol(discover::Symbol),
    /// An oracle.
    Oracle(Arc<discover::Oracle>),
    /// A Lie algebra over a real quadratic field.
    QuadraticAlgebra(Arc<QuadraticAlgebra>),
    /// Discovered symmetries.
    Discovery(Arc<DiscoveryValue>),
    /// Trained symmetries.
    Training(Arc<TrainingValue>),
    /// A table of data.
    Table(Arc<Columns>),
    /// Nothing, from a function called for its effect; it is not printed.
    Nothing,
}

impl Value {
    /// The kind of the value.
    pub fn kind(&self) -> Kinds {
        match self {
            Value::Number(_) | Value::Quadratic(_) | Value::Cyclotomic(_) => Kinds::NUMBER,
            Value::Float(_) | Value::ComplexFloat(..) => Kinds::FLOAT,
            Value::Boolean(_) => Kinds::BOOLEAN,
            Value::Text(_) => Kinds::TEXT,
            Value::List(_) => Kinds::LIST,
            Value::Range(..) => Kinds::RANGE,
            Value::Matrix(_) => Kinds::MATRIX,
            Value::FloatMatrix(_) => Kinds::FLOAT_MATRIX,
            Value::CyclotomicMatrix(_) => Kinds::CYCLOTOMIC_MATRIX,
            Value::Permutation(_) => Kinds::PERMUTATION,
            Value::Field(_) => Kinds::FIELD,
            Value::Type(_) => Kinds::TYPE,
            Value::Algebra(_) | Value::QuadraticAlgebra(_) => Kinds::ALGEBRA,
            Value::Constants(_) => Kinds::CONSTANTS,
            Value::Element(..) => Kinds::ELEMENT,
            Value::Group(_) => Kinds::GROUP,
            Value::Rep(_) | Value::Module(_) => Kinds::REP,
            Value::Polynomial(_) | Value::Form(_) => Kinds::FORM,
            Value::Function(_) | Value::Builtin(_) => Kinds::FUNCTION,
            Value::Record(_) | Value::Basis(_) | Value::Tying(_) => Kinds::RECORD,
            Value::Network(_) | Value::Shallow(_) => Kinds::NETWORK,
            Value::Picture(_) | Value::Drawing(_) => Kinds::PICTURE,
            Value::Symbol(_) | Value::Oracle(_) => Kinds::ORACLE,
            Value::Discovery(_) | Value::Training(_) => Kinds::DISCOVERY,
            Value::Table(_) => Kinds::TABLE,
            Value::Nothing => Kinds::NOTHING,
        }
    }
}
