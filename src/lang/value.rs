//! The values a person can hold.

use std::sync::Arc;

use num_bigint::{BigInt, BigUint};
use serde_json::{Map, Value as Json};

use super::cyclotomic;
use super::kind::Kinds;
use super::shallow::ShallowValue;
use super::tree::{Expression, Name};
use super::tying::Tying;
use crate::builtins::{Builtin, list_key};
use crate::data::columns::Columns;
use crate::discover;
use crate::equivariant::Basis;
use crate::exact::Matrix;
use crate::finite::Permutation;
use crate::forms::{self, Polynomial};
use crate::lie::{Algebra, QuadraticAlgebra, StructureConstants};
use crate::limits::{Limits, Stop};
use crate::nets::{Network, Parameters};
use crate::num::{Cyclotomic, Gaussian, Quadratic, Rational};
use crate::reps;
use crate::roots::CartanType;
use crate::show::Markup;
use crate::show::scene::Scene;
use crate::weights::{self, Module, Namer, Numbering, WeightError, Written};

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

/// Discovered symmetries and what they are called.
#[derive(Clone, Debug)]
pub struct DiscoveryValue {
    /// What was discovered.
    pub discovery: discover::Discovery,
    /// Of what, in words.
    pub oracle: String,
    /// The algebra that the generators span, when they are exact and closed under brackets.
    pub algebra: Option<Arc<Algebra>>,
    /// The attributes, which are the keys of the JSON object.
    pub keys: Map<String, Json>,
    /// How it is shown.
    pub text: String,
}

/// Trained generators and how they are shown.
#[derive(Clone, Debug)]
pub struct TrainingValue {
    /// The generators, losses and curve.
    pub trained: discover::training::Trained,
    /// Where a joint training can be taken up again.
    pub state: Option<discover::training::Checkpoint>,
    /// The algebra of the rounded generators, when they are closed under brackets.
    pub algebra: Option<Arc<Algebra>>,
    /// The attributes, which are the keys of the JSON object.
    pub keys: Map<String, Json>,
    /// How it is shown.
    pub text: String,
}

/// A network and its parameters.
#[derive(Clone, Debug)]
pub struct NetworkValue {
    /// The layers.
    pub network: Network,
    /// The parameters.
    pub parameters: Parameters<f64>,
}

impl PartialEq for NetworkValue {
    /// The same layers between the same spaces, and equal parameters.
    fn eq(&self, other: &NetworkValue) -> bool {
        let (a, b) = (&self.network, &other.network);
        let sides = a.from().is_identical(b.from()) && a.to().is_identical(b.to());
        let names =
            |x: &Network| x.layers().iter().map(|(name, l)| (name.clone(), l.target().name())).collect::<Vec<_>>();
        sides && a.architecture() == b.architecture() && names(a) == names(b) && self.parameters == other.parameters
    }
}

/// A basis of equivariant maps or of invariants, with the names of what it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct MapBasis {
    /// The group.
    pub group: String,
    /// The source; `None` for invariants.
    pub from: Option<String>,
    /// The target, or the representation of the invariants.
    pub to: String,
    /// The representation in LaTeX.
    pub latex: String,
    /// The basis.
    pub basis: Basis,
}

impl MapBasis {
    /// A basis of the invariants of a representation, which may be one of maps.
    pub fn new(rep: &reps::Rep, basis: Basis) -> MapBasis {
        let (from, to) = match rep.as_hom() {
            Some((from, to)) => (Some(from.name()), to.name()),
            None => (None, rep.name()),
        };
        MapBasis { group: rep.base().name().to_string(), from, to, latex: rep.latex_name(), basis }
    }

    /// Matrix `k`, counted from 0: exact when the basis is, else in floats.
    pub fn matrix(&self, k: usize, limits: &Limits) -> Result<Option<Value>, Stop> {
        let (height, width) = (self.basis.rows(), self.basis.cols());
        if k >= self.basis.rank() {
            return Ok(None);
        }
        limits.reserve(height as u128 * width as u128 * size_of::<Gaussian>() as u128)?;
        if let Some(row) = self.basis.row(k) {
            let mut out = Matrix::filled(height, width, Gaussian::ZERO);
            for (place, value) in row {
                out[(place as usize / width, place as usize % width)] = Gaussian::from(value);
            }
            return Ok(Some(Value::matrix(out)));
        }
        if let Some(matrix) = self.field_matrix(k) {
            return Ok(Some(matrix));
        }
        let row = self.basis.float_row(k).unwrap_or(&[]);
        let entry = |i: usize, j: usize| row.get(i * width + j).copied().unwrap_or(0.0);
        Ok(Some(Value::float_matrix(Matrix::from_fn(height, width, entry))))
    }

    /// Matrix `k` of a basis over a cyclotomic field.
    fn field_matrix(&self, k: usize) -> Option<Value> {
        let (height, width) = (self.basis.rows(), self.basis.cols());
        let mut out = Matrix::filled(height, width, Cyclotomic::from(0));
        for (place, value) in self.basis.field_rows()?.row(k) {
            out[(place as usize / width, place as usize % width)] = value.clone();
        }
        Some(cyclotomic::matrix(out))
    }

    /// All matrices.
    pub fn matrices(&self, limits: &Limits) -> Result<Vec<Value>, Stop> {
        let (height, width) = (self.basis.rows(), self.basis.cols());
        if let Some(all) = self.basis.matrices(limits)? {
            return Ok(all.iter().map(|m| Value::rational_matrix(&m.to_dense())).collect());
        }
        if self.basis.field_rows().is_some() {
            limits.reserve(self.basis.rank() as u128 * (height * width * size_of::<Cyclotomic>()) as u128)?;
            return Ok((0..self.basis.rank()).filter_map(|k| self.field_matrix(k)).collect());
        }
        let dense = self.basis.dense(limits)?;
        let matrix = |k: usize| Matrix::from_fn(height, width, |i, j| dense[(k * height + i) * width + j]);
        Ok((0..self.basis.rank()).map(|k| Value::float_matrix(matrix(k))).collect())
    }
}

/// A scene, and how it is printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// What is drawn.
    pub scene: Scene,
    /// Whether it is printed in ASCII.
    pub ascii: bool,
}

/// The division algebras that constructors take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The real numbers.
    Real,
    /// The complex numbers.
    Complex,
    /// The quaternions.
    Quaternion,
}

impl Field {
    /// The letter that names it.
    pub fn letter(self) -> &'static str {
        match self {
            Field::Real => "R",
            Field::Complex => "C",
            Field::Quaternion => "H",
        }
    }
}

/// A representation by highest weights and how it was made.
#[derive(Clone, Debug)]
pub struct WrittenModule {
    /// The representation.
    pub module: Module,
    /// Its expression; `None` when it is too long to be read.
    pub written: Option<Written>,
    /// The numbering in which its highest weight is shown.
    pub numbering: Numbering,
}

/// A polynomial in the named coordinates of one or several vectors; variable numbers count through all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPolynomial {
    /// The names of the coordinates, a list for each vector.
    pub vectors: Arc<Vec<Vec<String>>>,
    /// The polynomial.
    pub polynomial: Polynomial,
}

impl NamedPolynomial {
    /// All names in order.
    pub fn names(&self) -> Vec<String> {
        self.vectors.iter().flatten().cloned().collect()
    }
}

/// A function written in the language.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Its parameters.
    pub parameters: Vec<Name>,
    /// Its body.
    pub body: Expression,
}

/// A result with named attributes: a kind, its JSON keys, and how it looks.
///
/// The attributes are read from the JSON keys, so `identify(g).dim` and the machine output cannot differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The `kind` of the JSON object.
    pub kind: &'static str,
    /// The other keys in order.
    pub keys: Map<String, Json>,
    /// The text shown to people.
    pub text: String,
    /// The same as markup, when it holds more than text.
    pub markup: Option<Markup>,
}

impl Record {
    /// The entries of a result that is a list of things.
    pub fn entries(&self) -> Option<&[Json]> {
        self.keys.get(list_key(self.kind)?)?.as_array().map(Vec::as_slice)
    }
}

/// Attributes that are numbers in JSON as long as JSON has such numbers.
const COUNTS: [&str; 3] = ["dim", "multiplicity", "order"];

impl Value {
    /// A string.
    pub fn text(text: impl AsRef<str>) -> Value {
        Value::Text(Arc::from(text.as_ref()))
    }

    /// An integer.
    pub fn integer(value: i64) -> Value {
        Value::Number(Gaussian::from(value))
    }

    /// A count.
    pub fn count(value: usize) -> Value {
        Value::integer(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// A count of any size.
    pub fn natural(value: &BigUint) -> Value {
        Value::rational(Rational::from(BigInt::from(value.clone())))
    }

    /// A rational number.
    pub fn rational(value: Rational) -> Value {
        Value::Number(Gaussian::from(value))
    }

    /// A list.
    pub fn list(items: impl IntoIterator<Item = Value>) -> Value {
        Value::List(Arc::new(items.into_iter().collect()))
    }

    /// An exact matrix.
    pub fn matrix(matrix: Matrix<Gaussian>) -> Value {
        Value::Matrix(Arc::new(matrix))
    }

    /// An exact rational matrix.
    pub fn rational_matrix(matrix: &Matrix<Rational>) -> Value {
        Value::matrix(matrix.map(|x| Gaussian::from(x.clone())))
    }

    /// A float matrix.
    pub fn float_matrix(matrix: Matrix<f64>) -> Value {
        Value::FloatMatrix(Arc::new(matrix))
    }

    /// An algebra.
    pub fn algebra(algebra: Algebra) -> Value {
        Value::Algebra(Arc::new(algebra))
    }

    /// An algebra over a quadratic field.
    pub fn quadratic_algebra(algebra: QuadraticAlgebra) -> Value {
        Value::QuadraticAlgebra(Arc::new(algebra))
    }

    /// A group.
    pub fn group(group: reps::Group) -> Value {
        Value::Group(Arc::new(group))
    }

    /// A representation.
    pub fn rep(rep: reps::Rep) -> Value {
        Value::Rep(Arc::new(rep))
    }

    /// A representation by highest weights; its name is found here.
    pub fn module(module: Module, numbering: Numbering, limits: &Limits) -> Result<Value, WeightError> {
        let written = weights::expression(&module, &mut Namer::new(), limits)?;
        Ok(Value::Module(Arc::new(WrittenModule { module, written, numbering })))
    }

    /// The value with its highest weights shown in this numbering, whatever they were made in; lists of representations too.
    pub fn numbered(self, numbering: Numbering) -> Value {
        let differs = |value: &Value| matches!(value, Value::Module(it) if it.numbering != numbering);
        match self {
            Value::Module(it) if it.numbering != numbering => {
                Value::Module(Arc::new(WrittenModule { numbering, ..it.as_ref().clone() }))
            }
            Value::List(items) if items.iter().any(differs) => Value::list(items.iter().map(|item| match item {
                Value::Module(_) => item.clone().numbered(numbering),
                other => other.clone(),
            })),
            other => other,
        }
    }

    /// A record.
    pub fn record(kind: &'static str, keys: Map<String, Json>, text: impl Into<String>) -> Value {
        Value::Record(Arc::new(Record { kind, keys, text: text.into(), markup: None }))
    }

    /// A record that is shown as markup.
    pub fn record_with_markup(kind: &'static str, keys: Map<String, Json>, markup: Markup) -> Value {
        let text = crate::show::plain::render(&markup, crate::show::Look::Unicode);
        Value::Record(Arc::new(Record { kind, keys, text, markup: Some(markup) }))
    }

    /// An integer of any size.
    pub fn big_integer(value: BigInt) -> Value {
        Value::rational(Rational::from(value))
    }

    /// `a + b √d` in its simplest kind; `None` when the field would be Q(i) with a further root.
    pub fn quadratic(rational: Rational, coefficient: Rational, radicand: i64) -> Value {
        if coefficient.is_zero() {
            return Value::rational(rational);
        }
        match radicand {
            1 => Value::rational(&rational + &coefficient),
            -1 => Value::Number(Gaussian::new(rational, coefficient)),
            _ => Value::Quadratic(Arc::new(Quadratic { rational, coefficient, radicand })),
        }
    }

    /// The value that JSON data stands for, as the attribute of a record.
    pub fn from_json(json: &Json) -> Value {
        match json {
            Json::Null => Value::Nothing,
            Json::Bool(b) => Value::Boolean(*b),
            Json::Number(n) => match (n.as_i64(), n.as_f64()) {
                (Some(whole), _) => Value::integer(whole),
                (None, Some(float)) => Value::Float(float),
                _ => Value::Nothing,
            },
            Json::String(s) => Value::text(s),
            Json::Array(items) => {
                // Exact numbers are strings in JSON; a list of them is one that can be calculated with, and so is one of
                // indices with such a number.
                let number = |item: &Json| match item {
                    Json::Number(_) => Some(Value::from_json(item)),
                    _ => item.as_str()?.parse::<Rational>().ok().map(Value::rational),
                };
                let numbers: Option<Vec<Value>> = items.iter().map(number).collect();
                numbers.map_or_else(|| Value::list(items.iter().map(Value::from_json)), Value::list)
            }
            Json::Object(keys) if keys.get("kind").and_then(Json::as_str) == Some("matrix") => {
                matrix_from_json(keys).unwrap_or(Value::Nothing)
            }
            Json::Object(keys) if keys.get("kind").and_then(Json::as_str) == Some("cyclotomic_matrix") => {
                cyclotomic::from_json(keys).unwrap_or(Value::Nothing)
            }
            Json::Object(keys) => {
                let text = keys.iter().map(|(k, v)| format!("{k}: {}", plain_json(v))).collect::<Vec<_>>().join("\n");
                Value::record("record", keys.clone(), text)
            }
        }
    }

    /// An attribute of a record: counts too large for numbers of JSON are strings there and numbers here.
    pub fn attribute(key: &str, json: &Json) -> Value {
        match json {
            Json::String(digits) if COUNTS.contains(&key) => {
                digits.parse::<BigInt>().map_or_else(|_| Value::text(digits), Value::big_integer)
            }
            other => Value::from_json(other),
        }
    }

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

    /// The structure constants of an algebra or a table.
    pub fn constants(&self) -> Option<&StructureConstants> {
        match self {
            Value::Algebra(algebra) | Value::Constants(algebra) => Some(algebra.constants()),
            _ => None,
        }
    }

    /// The items of a list or of a result that is one, or the integers of a range, capped at ten million.
    pub fn items(&self) -> Option<Vec<Value>> {
        match self {
            Value::List(items) => Some(items.as_ref().clone()),
            Value::Range(first, last) if last.saturating_sub(*first) <= 10_000_000 => {
                Some((*first..=*last).map(Value::integer).collect())
            }
            Value::Record(record) => Some(record.entries()?.iter().map(Value::from_json).collect()),
            _ => None,
        }
    }

    /// The same, where the matrices of a basis are made.
    pub fn entries(&self, limits: &Limits) -> Result<Option<Vec<Value>>, Stop> {
        match self {
            Value::Basis(basis) => basis.matrices(limits).map(Some),
            other => Ok(other.items()),
        }
    }

    /// The value as an exact matrix: a matrix, or a list of rows of equal length.
    pub fn to_matrix(&self) -> Option<Arc<Matrix<Gaussian>>> {
        match self {
            Value::Matrix(matrix) => Some(matrix.clone()),
            Value::List(rows) => {
                let rows = rows.iter().map(Value::to_numbers).collect::<Option<Vec<_>>>()?;
                Matrix::from_rows(rows).map(Arc::new)
            }
            _ => None,
        }
    }

    /// The exact numbers of a list or a range.
    pub fn to_numbers(&self) -> Option<Vec<Gaussian>> {
        let number = |value: Value| match value {
            Value::Number(number) => Some(number),
            _ => None,
        };
        self.items()?.into_iter().map(number).collect()
    }

    /// The value as a float matrix: a real matrix of either kind, or a list of rows.
    pub fn to_float_matrix(&self) -> Option<Arc<Matrix<f64>>> {
        match self {
            Value::FloatMatrix(matrix) => Some(matrix.clone()),
            Value::CyclotomicMatrix(matrix) => cyclotomic::to_floats(matrix).map(Arc::new),
            Value::Table(table) => {
                let cols = table.cols();
                Some(Arc::new(Matrix::from_fn(table.rows(), cols, |i, j| table.numbers[i * cols + j])))
            }
            Value::Matrix(matrix) => {
                let real = matrix.entries().iter().all(Gaussian::is_real);
                real.then(|| Arc::new(matrix.map(|x| x.re.to_f64())))
            }
            Value::List(rows) => {
                let rows = rows
                    .iter()
                    .map(|row| row.items()?.iter().map(Value::to_f64).collect::<Option<Vec<f64>>>())
                    .collect::<Option<Vec<_>>>()?;
                Matrix::from_rows(rows).map(Arc::new)
            }
            _ => None,
        }
    }

    /// The value as a double, when it is a real number of any kind.
    pub fn to_f64(&self) -> Option<f64> {
        match self {
            Value::Number(number) if number.is_real() => Some(number.re.to_f64()),
            Value::Quadratic(q) if q.radicand > 0 => Some(q.to_f64()),
            Value::Cyclotomic(x) => cyclotomic::to_f64(x),
            Value::Float(float) => Some(*float),
            _ => None,
        }
    }

    /// The value as a small integer.
    pub fn to_i64(&self) -> Option<i64> {
        match self {
            Value::Number(number) if number.is_real() => number.re.to_i64(),
            _ => None,
        }
    }
}

/// The matrix behind its own JSON object: entries are strings when exact, numbers when floating-point.
fn matrix_from_json(keys: &Map<String, Json>) -> Option<Value> {
    let size = |key: &str| keys.get(key).and_then(Json::as_u64).and_then(|n| usize::try_from(n).ok());
    let (rows, cols) = (size("rows")?, size("cols")?);
    let entries: Vec<&Json> = keys.get("entries")?.as_array()?.iter().filter_map(Json::as_array).flatten().collect();
    if rows.checked_mul(cols) != Some(entries.len()) {
        return None;
    }
    let exact: Option<Vec<Gaussian>> = entries.iter().map(|x| crate::data::number::exact(x.as_str()?)).collect();
    if let Some(exact) = exact {
        return Some(Value::matrix(Matrix::from_fn(rows, cols, |i, j| exact[i * cols + j].clone())));
    }
    let floats: Vec<f64> = entries.iter().map(|x| x.as_f64()).collect::<Option<_>>()?;
    Some(Value::float_matrix(Matrix::from_fn(rows, cols, |i, j| floats[i * cols + j])))
}

/// JSON data in a few words, for records without a text of their own.
fn plain_json(json: &Json) -> String {
    match json {
        Json::String(s) => s.clone(),
        other => other.to_string(),
    }
}
