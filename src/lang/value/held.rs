//! What the larger values hold.

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use crate::discover;
use crate::forms::Polynomial;
use crate::lang::tree::{Expression, Name};
use crate::lie::Algebra;
use crate::nets::{Network, Parameters};
use crate::show::scene::Scene;
use crate::weights::{Module, Numbering, Written};

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
    /// Where it can be taken up again.
    pub state: discover::training::State,
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
