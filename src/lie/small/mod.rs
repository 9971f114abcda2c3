//! Small algebras by name: solvable ones up to dimension 4, nilpotent ones up to dimension 6.
//!
//! The lists are those of W. de Graaf, *Classification of solvable Lie algebras*, Experimental Mathematics 14 (2005),
//! and *Classification of 6-dimensional nilpotent Lie algebras over fields of characteristic not 2*, Journal of
//! Algebra 309 (2007), over the field Q; the names are written as in the GAP package LieAlgDB, `L4_6(a, b)` and
//! `N6_22(a)`. Characteristic subspaces find a basis in which the brackets are those of the list; that basis is
//! checked exactly and is the proof. Parameters are brought to one normal form, so that equal names mean isomorphic
//! algebras over Q and different names mean that they are not.

mod nilpotent;
mod nilpotent_stems;
mod over_reals;
mod power_class;
mod solvable;
mod tables;
#[cfg(test)]
mod tests;
mod usual_names;
mod work;

use std::fmt;

use super::StructureConstants;
use super::structure::lower_central_series;
use crate::exact::Subspace;
use crate::limits::{Limits, Stop};
use crate::num::Rational;

use work::{Lost, Vector, Work};

pub use tables::{Classes, TableError, classes};
pub use usual_names::reductive_names;

/// Which of the two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Solvable algebras up to dimension 4.
    Solvable,
    /// Nilpotent algebras up to dimension 6.
    Nilpotent,
}

/// The place of an algebra in one of the lists, with the basis that proves it.
#[derive(Clone, Debug, PartialEq)]
pub struct SmallAlgebra {
    /// The list.
    pub list: List,
    /// The dimension.
    pub dim: usize,
    /// The number within the dimension.
    pub number: usize,
    /// The parameters in their normal form.
    pub parameters: Vec<Rational>,
    /// The coordinates of `x_1, …, x_n` of the list in the given basis, a row each.
    pub basis: Vec<Vec<Rational>>,
    /// Whether a parameter up to powers is known to be free of them; false only when an integer beyond reach would
    /// have to be factored.
    pub normal: bool,
    /// Usual names over the real numbers: the paper's spelling, Bianchi, Mubarakzyanov, names of groups.
    pub usual_names: Vec<String>,
}

impl SmallAlgebra {
    /// The entry with these parameters, in its own basis and with the parameters as they are given.
    pub fn entry(list: List, dim: usize, number: usize, parameters: Vec<Rational>) -> Result<SmallAlgebra, TableError> {
        tables::constants(list, dim, number, &parameters)?;
        let basis = Subspace::full(dim).basis().to_vec();
        Ok(SmallAlgebra { list, dim, number, parameters, basis, normal: true, usual_names: Vec::new() })
    }

    /// The table of its name; an entry of the lists always has one.
    pub fn constants(&self) -> Result<StructureConstants, TableError> {
        tables::constants(self.list, self.dim, self.number, &self.parameters)
    }

    /// The brackets of the list, `[x1,x2] = x3` and so on, with the parameters put in.
    pub fn brackets(&self) -> Vec<String> {
        self.constants().map(|table| tables::written(self.list, &table)).unwrap_or_default()
    }

    /// The paper that holds the list.
    pub fn source(&self) -> &'static str {
        match self.list {
            List::Solvable => "W. de Graaf, Classification of solvable Lie algebras, Experiment. Math. 14 (2005)",
            List::Nilpotent => {
                "W. de Graaf, Classification of 6-dimensional nilpotent Lie algebras over fields of characteristic \
                 not 2, J. Algebra 309 (2007)"
            }
        }
    }

    /// What the parameters mean: when two choices give isomorphic algebras, and which is taken.
    pub fn normalization(&self) -> &'static str {
        tables::normalization(self.list, self.dim, self.number, &self.parameters)
    }

    /// The same place written as in the papers, `M^6_{1,2}` or `L_{6,22}(-1)`.
    pub fn paper_name(&self) -> String {
        let parameters: Vec<String> = self.parameters.iter().map(Rational::to_string).collect();
        let parameters = parameters.join(",");
        match self.list {
            List::Solvable => {
                let letter = ["J", "K", "L", "M"].get(self.dim.wrapping_sub(1)).copied().unwrap_or("J");
                if parameters.is_empty() {
                    format!("{letter}^{}", self.number)
                } else {
                    format!("{letter}^{}_{{{parameters}}}", self.number)
                }
            }
            List::Nilpotent if parameters.is_empty() => format!("L_{{{},{}}}", self.dim, self.number),
            List::Nilpotent => format!("L_{{{},{}}}({parameters})", self.dim, self.number),
        }
    }
}

/// As in LieAlgDB: `L4_6(1, 2)`, `N6_22(-1)`.
impl fmt::Display for SmallAlgebra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = match self.list {
            List::Solvable => 'L',
            List::Nilpotent => 'N',
        };
        write!(f, "{letter}{}_{}", self.dim, self.number)?;
        if self.parameters.is_empty() {
            return Ok(());
        }
        let parameters: Vec<String> = self.parameters.iter().map(Rational::to_string).collect();
        write!(f, "({})", parameters.join(", "))
    }
}

/// What is found before it is checked.
#[derive(Debug)]
struct Found {
    number: usize,
    parameters: Vec<Rational>,
    basis: Vec<Vector>,
    normal: bool,
}

impl Found {
    fn plain(number: usize, basis: Vec<Vector>) -> Found {
        Found { number, parameters: Vec::new(), basis, normal: true }
    }
}

/// The name of a solvable algebra of dimension 1 to 4 or a nilpotent one of dimension 5 or 6, `None` for any other.
///
/// `nilradical` is its largest nilpotent ideal. A handful of linear systems of size at most 36; the parameter of a
/// family up to squares or cubes needs the factors of an integer.
pub fn small_algebra(
    constants: &StructureConstants,
    nilradical: &Subspace,
    limits: &Limits,
) -> Result<Option<SmallAlgebra>, Stop> {
    let n = constants.dim();
    let nilpotent = nilradical.dim() == n;
    let list = match n {
        1..=4 => List::Solvable,
        5..=6 if nilpotent => List::Nilpotent,
        _ => return Ok(None),
    };
    let work = Work::new(constants, limits);
    let found = match list {
        List::Solvable => solvable::recognize(&work, nilradical),
        List::Nilpotent => nilpotent::recognize(&work),
    };
    checked(constants, list, found, limits)
}

/// The place of a nilpotent algebra of dimension 1 to 6 in the list of nilpotent ones.
pub fn small_nilpotent(constants: &StructureConstants, limits: &Limits) -> Result<Option<SmallAlgebra>, Stop> {
    let n = constants.dim();
    if !(1..=6).contains(&n) || lower_central_series(constants, limits)?.last().is_none_or(|last| last.dim() > 0) {
        return Ok(None);
    }
    checked(constants, List::Nilpotent, nilpotent::recognize(&Work::new(constants, limits)), limits)
}

/// The proof: in the basis found the brackets are those of the list, and the vectors are independent.
fn checked(
    constants: &StructureConstants,
    list: List,
    found: Result<Found, Lost>,
    limits: &Limits,
) -> Result<Option<SmallAlgebra>, Stop> {
    let Found { number, parameters, basis, normal } = match found {
        Ok(found) => found,
        Err(Lost::Stop(stop)) => return Err(stop),
        Err(Lost::Unexpected) => return Ok(None),
    };
    let dim = constants.dim();
    let mut small = SmallAlgebra { list, dim, number, parameters, basis, normal, usual_names: Vec::new() };
    let Ok(table) = small.constants() else { return Ok(None) };
    if small.basis.len() != dim || Subspace::span(dim, &small.basis, limits)?.dim() != dim {
        return Ok(None);
    }
    for i in 0..dim {
        for j in i + 1..dim {
            let expected = work::sum_of(table.upper(i, j), &small.basis, dim);
            if constants.bracket(&small.basis[i], &small.basis[j]) != expected {
                return Ok(None);
            }
        }
    }
    small.usual_names = match usual_names::usual_names(&small, limits) {
        Ok(names) => names,
        Err(Lost::Stop(stop)) => return Err(stop),
        Err(Lost::Unexpected) => vec![small.paper_name()],
    };
    Ok(Some(small))
}
