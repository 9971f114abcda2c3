//! The two lists as data: brackets, parameters, and when two parameters give isomorphic algebras.

use super::List;
use crate::lie::StructureConstants;
use crate::num::Rational;

/// A coefficient of a bracket: a number or an expression in the parameters.
#[derive(Clone, Copy, Debug)]
enum Entry {
    /// A number.
    Number(i64),
    /// The parameter with this position.
    Parameter(usize),
    /// Its opposite.
    Minus(usize),
    /// It plus one.
    PlusOne(usize),
}

use Entry::{Minus, Number, Parameter, PlusOne};

/// One class or family: its number, how many parameters it has, whether the (first) parameter must not vanish, and
/// the brackets `[x_i, x_j] ∋ entry · x_k`, indices from 1.
struct Class {
    number: usize,
    parameters: usize,
    nonzero: bool,
    brackets: &'static [(usize, usize, usize, Entry)],
}

const ONE: Entry = Number(1);

const fn class(number: usize, brackets: &'static [(usize, usize, usize, Entry)]) -> Class {
    Class { number, parameters: 0, nonzero: false, brackets }
}

const fn family(number: usize, parameters: usize, brackets: &'static [(usize, usize, usize, Entry)]) -> Class {
    Class { number, parameters, nonzero: false, brackets }
}

const fn punctured(number: usize, brackets: &'static [(usize, usize, usize, Entry)]) -> Class {
    Class { number, parameters: 1, nonzero: true, brackets }
}

/// Solvable of dimension 1 to 4. Those missing from the numbering live in characteristic 2.
const SOLVABLE: [&[Class]; 4] = [
    &[class(1, &[])],
    &[class(1, &[]), class(2, &[(2, 1, 1, ONE)])],
    &[
        class(1, &[]),
        class(2, &[(3, 1, 1, ONE), (3, 2, 2, ONE)]),
        family(3, 1, &[(3, 1, 2, ONE), (3, 2, 1, Parameter(0)), (3, 2, 2, ONE)]),
        family(4, 1, &[(3, 1, 2, ONE), (3, 2, 1, Parameter(0))]),
    ],
    &[
        class(1, &[]),
        class(2, &[(4, 1, 1, ONE), (4, 2, 2, ONE), (4, 3, 3, ONE)]),
        family(3, 1, &[(4, 1, 1, ONE), (4, 2, 3, ONE), (4, 3, 2, Minus(0)), (4, 3, 3, PlusOne(0))]),
        class(4, &[(4, 2, 3, ONE), (4, 3, 3, ONE)]),
        class(5, &[(4, 2, 3, ONE)]),
        family(
            6,
            2,
            &[(4, 1, 2, ONE), (4, 2, 3, ONE), (4, 3, 1, Parameter(0)), (4, 3, 2, Parameter(1)), (4, 3, 3, ONE)],
        ),
        family(7, 2, &[(4, 1, 2, ONE), (4, 2, 3, ONE), (4, 3, 1, Parameter(0)), (4, 3, 2, Parameter(1))]),
        class(8, &[(1, 2, 2, ONE), (3, 4, 4, ONE)]),
        family(9, 1, &[(4, 1, 1, ONE), (4, 1, 2, Parameter(0)), (4, 2, 1, ONE), (3, 1, 1, ONE), (3, 2, 2, ONE)]),
        class(12, &[(4, 1, 1, ONE), (4, 2, 2, Number(2)), (4, 3, 3, ONE), (3, 1, 2, ONE)]),
        family(13, 1, &[(4, 1, 1, ONE), (4, 1, 3, Parameter(0)), (4, 2, 2, ONE), (4, 3, 1, ONE), (3, 1, 2, ONE)]),
        punctured(14, &[(4, 1, 3, Parameter(0)), (4, 3, 1, ONE), (3, 1, 2, ONE)]),
    ],
];

/// Nilpotent without an abelian summand, by dimension from 3; the others are sums of these with an abelian algebra.
/// Those of dimension 6 missing from the numbering are such sums.
const NILPOTENT: [&[Class]; 4] = [
    &[class(2, &[(1, 2, 3, ONE)])],
    &[class(3, &[(1, 2, 3, ONE), (1, 3, 4, ONE)])],
    &[
        class(4, &[(1, 2, 5, ONE), (3, 4, 5, ONE)]),
        class(5, &[(1, 2, 3, ONE), (1, 3, 5, ONE), (2, 4, 5, ONE)]),
        class(6, &[(1, 2, 3, ONE), (1, 3, 4, ONE), (1, 4, 5, ONE), (2, 3, 5, ONE)]),
        class(7, &[(1, 2, 3, ONE), (1, 3, 4, ONE), (1, 4, 5, ONE)]),
        class(8, &[(1, 2, 4, ONE), (1, 3, 5, ONE)]),
        class(9, &[(1, 2, 3, ONE), (1, 3, 4, ONE), (2, 3, 5, ONE)]),
    ],
    &[
        class(10, &[(1, 2, 3, ONE), (1, 3, 6, ONE), (4, 5, 6, ONE)]),
        class(11, &[(1, 2, 3, ONE), (1, 3, 4, ONE), (1, 4, 6, ONE), (2, 3, 6, ONE), (2, 5, 6, ONE)]),
        class(12, &[(1, 2, 3, ONE), (1, 3, 4, ONE), (1, 4, 6, ONE), (2, 5, 6, ONE)]),
        class(13, &[(1, 2, 3, ONE), (1, 3, 5, ONE), (1, 5, 6, ONE), (2, 4, 5, ONE), (3, 4, 6, ONE)]),
        class(
            14,
            &[(1, 2, 3, ONE), (1, 3, 4, ONE), (1, 4, 5, ONE), (2, 3, 5, ONE), (2, 5, 6, ONE), (3, 4, 6, Number(-1))],
        ),
        class(15, &[(1, 2, 3, ONE), (1, 3, 4, ONE), (1, 4, 5, ONE), (1, 5, 6, ONE), (2, 3, 5, ONE), (2, 4, 6, ONE)]),
        class(16, &[(1, 2, 3, ONE), (1, 3, 4, ONE), (1, 4, 5, ONE), (2, 5, 6, ONE), (3, 4, 6, Number(-1))]),
        class(17, &[(1, 2, 3, ONE), (1, 3, 4, ONE), (1, 4, 5, ONE), (1, 5, 6, ONE), (2, 3, 6, ONE)]),
        class(18, &[(1, 2, 3, ONE), (1, 3, 4, ONE), (1, 4, 5, ONE), (1, 5, 6, ONE)]),
        punctured(19, &[(1, 2, 4, ONE), (1, 3, 5, ONE), (2, 4, 6, ONE), (3, 5, 6, Parameter(0))]),
        class(20, &[(1, 2, 4, ONE), (1, 3, 5, ONE), (1, 5, 6, ONE), (2, 4, 6, ONE)]),
        punctured(21, &[(1, 2, 3, ONE), (1, 3, 4, ONE), (1, 4, 6, ONE), (2, 3, 5, ONE), (2, 5, 6, Parameter(0))]),
        family(22, 1, &[(1, 2, 5, ONE), (1, 3, 6, ONE), (2, 4, 6, Parameter(0)), (3, 4, 5, ONE)]),
        class(23, &[(1, 2, 3, ONE), (1, 3, 5, ONE), (1, 4, 6, ONE), (2, 4, 5, ONE)]),
        family(24, 1, &[(1, 2, 3, ONE), (1, 3, 5, ONE), (1, 4, 6, Parameter(0)), (2, 3, 6, ONE), (2, 4, 5, ONE)]),
        class(25, &[(1, 2, 3, ONE), (1, 3, 5, ONE), (1, 4, 6, ONE)]),
        class(26, &[(1, 2, 4, ONE), (1, 3, 5, ONE), (2, 3, 6, ONE)]),
        class(27, &[(1, 2, 3, ONE), (1, 3, 5, ONE), (2, 4, 6, ONE)]),
        class(28, &[(1, 2, 3, ONE), (1, 3, 4, ONE), (1, 4, 5, ONE), (2, 3, 6, ONE)]),
    ],
];

/// Why there is no table for a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// No list for this dimension.
    #[error("the list of {0} algebras has the dimensions {1}")]
    Dimension(&'static str, &'static str),
    /// No such number.
    #[error("in dimension {dim} the numbers are {numbers}")]
    Number {
        /// The dimension.
        dim: usize,
        /// The numbers that exist over Q.
        numbers: String,
    },
    /// Another number of parameters.
    #[error("{name} takes {expected}, not {given}")]
    Parameters {
        /// The class.
        name: String,
        /// How many it takes, in words.
        expected: &'static str,
        /// How many were given.
        given: usize,
    },
    /// The family has no member there.
    #[error("the parameter of {0} must not be zero")]
    Zero(String),
}

/// The classes of one dimension: each number with the count of its parameters.
pub type Classes = Vec<(usize, usize)>;

/// The classes of a list in one dimension, in order; empty outside the list.
pub fn classes(list: List, dim: usize) -> Classes {
    let mut out: Classes = match list {
        List::Solvable => {
            let rows = dim.checked_sub(1).and_then(|at| SOLVABLE.get(at)).copied().unwrap_or_default();
            rows.iter().map(|c| (c.number, c.parameters)).collect()
        }
        List::Nilpotent if (1..=6).contains(&dim) => {
            let stems = NILPOTENT.iter().enumerate().filter(|(at, _)| at + 3 <= dim);
            let all = stems.flat_map(|(_, rows)| rows.iter()).map(|c| (c.number, c.parameters));
            std::iter::once((1, 0)).chain(all).collect()
        }
        List::Nilpotent => Vec::new(),
    };
    out.sort_unstable();
    out
}

fn find(list: List, dim: usize, number: usize) -> Option<&'static Class> {
    match list {
        List::Solvable => SOLVABLE.get(dim.checked_sub(1)?)?.iter().find(|c| c.number == number),
        List::Nilpotent => NILPOTENT
            .iter()
            .enumerate()
            .filter(|(at, _)| at + 3 <= dim)
            .find_map(|(_, rows)| rows.iter().find(|c| c.number == number)),
    }
}

/// The structure constants of an entry.
pub(super) fn constants(
    list: List,
    dim: usize,
    number: usize,
    parameters: &[Rational],
) -> Result<StructureConstants, TableError> {
    let known = classes(list, dim);
    if known.is_empty() {
        return Err(match list {
            List::Solvable => TableError::Dimension("solvable", "1 to 4"),
            List::Nilpotent => TableError::Dimension("nilpotent", "1 to 6"),
        });
    }
    let Some((_, expected)) = known.iter().find(|(k, _)| *k == number) else {
        let numbers = known.iter().map(|(k, _)| k.to_string()).collect::<Vec<_>>().join(", ");
        return Err(TableError::Number { dim, numbers });
    };
    let name = format!("{}{dim}_{number}", if list == List::Solvable { 'L' } else { 'N' });
    if parameters.len() != *expected {
        let words = ["no parameters", "one parameter", "two parameters"];
        let expected = words.get(*expected).copied().unwrap_or("parameters");
        return Err(TableError::Parameters { name, expected, given: parameters.len() });
    }
    let Some(class) = find(list, dim, number) else { return Ok(StructureConstants::abelian(dim)) };
    if class.nonzero && parameters.iter().any(Rational::is_zero) {
        return Err(TableError::Zero(name));
    }
    let parameter = |at: usize| parameters.get(at).cloned().unwrap_or(Rational::ZERO);
    let value = |entry: Entry| match entry {
        Number(n) => Rational::from(n),
        Parameter(at) => parameter(at),
        Minus(at) => -parameter(at),
        PlusOne(at) => parameter(at) + Rational::ONE,
    };
    let terms = class.brackets.iter().map(|&(i, j, k, entry)| (i - 1, j - 1, k - 1, value(entry)));
    Ok(StructureConstants::from_terms(dim, terms.filter(|t| !t.3.is_zero())))
}

/// The brackets in the order and the orientation of the list.
pub(super) fn written(list: List, table: &StructureConstants) -> Vec<String> {
    let pair = |i: usize, j: usize| match list {
        List::Solvable => (j, i),
        List::Nilpotent => (i, j),
    };
    let n = table.dim();
    let mut out = Vec::new();
    for i in 0..n {
        for j in i + 1..n {
            let (a, b) = pair(i, j);
            let row = table.bracket_of_basis(a, b);
            if row.is_empty() {
                continue;
            }
            out.push(format!("[x{},x{}] = {}", a + 1, b + 1, sum(&row)));
        }
    }
    out
}

/// `x1 - 2 x3` for a sparse row.
fn sum(row: &[(u32, Rational)]) -> String {
    let mut text = String::new();
    for (k, c) in row {
        let sign = if c.signum() < 0 { "-" } else { "+" };
        match (text.is_empty(), sign) {
            (true, "+") => {}
            (true, _) => text.push('-'),
            (false, _) => text.push_str(&format!(" {sign} ")),
        }
        let size = c.abs();
        if !size.is_one() {
            text.push_str(&format!("{size} "));
        }
        text.push_str(&format!("x{}", k + 1));
    }
    text
}

/// When parameters of this class give isomorphic algebras over Q, and which representative is taken.
pub(super) fn normalization(list: List, dim: usize, number: usize, parameters: &[Rational]) -> &'static str {
    match (list, dim, number) {
        (List::Solvable, 3, 4) | (List::Solvable, 4, 14) => {
            "a and c²a give isomorphic algebras and no others do: a is a square-free integer (or 0)"
        }
        (List::Solvable, 4, 7) => match parameters {
            [a, b] if a.is_zero() && b.is_zero() => "the nilpotent member of the family",
            [a, _] if a.is_zero() => "(0, b) and (0, c²b) give isomorphic algebras: b is a square-free integer",
            [_, b] if b.is_zero() => {
                "(a, 0) and (c³a, 0) give isomorphic algebras: a is a positive integer free of cubes"
            }
            _ => "(a, b) and (c³a, c²b) give isomorphic algebras: scaled to a = b, which is then unique",
        },
        (List::Solvable, 4, 9) => {
            "the invariant is 1 + 4a up to squares, the discriminant of the field that acts: it is a square-free \
             integer other than 1"
        }
        (List::Solvable, _, 3 | 6 | 13) if !parameters.is_empty() => {
            "different parameters give algebras that are not isomorphic"
        }
        (List::Nilpotent, 6, 19 | 21 | 22 | 24) => {
            "a and c²a give isomorphic algebras and no others do: a is a square-free integer (or 0)"
        }
        _ => "",
    }
}
