//! The types of reductive algebras: simple factors in the order in which they were written, then a torus.

use std::fmt;
use std::str::FromStr;

use super::{MAX_LABEL, WeightError};
use crate::roots::{CartanType, Letter, SimpleType, letter_and_rank};

/// Larger ranks are refused where weights are concerned.
const MAX_RANK: usize = 200;

/// A reductive algebra over C by its type, for instance `A4+A1+T1`.
///
/// The order of the factors is kept, since weights refer to it, and so are C2 and D3, whose nodes are numbered otherwise
/// than those of B2 and A3.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct ReductiveType {
    factors: Vec<SimpleType>,
    torus: usize,
}

impl ReductiveType {
    /// The sum of these factors and a torus of this dimension.
    pub fn new(factors: Vec<SimpleType>, torus: usize) -> ReductiveType {
        ReductiveType { factors, torus }
    }

    /// The simple factors.
    pub fn factors(&self) -> &[SimpleType] {
        &self.factors
    }

    /// The dimension of the torus: the number of `U(1)` charges.
    pub fn torus(&self) -> usize {
        self.torus
    }

    /// The number of coordinates of a weight: ranks of the factors and the dimension of the torus.
    pub fn rank(&self) -> usize {
        self.semisimple_rank() + self.torus
    }

    /// The ranks of the factors together.
    pub fn semisimple_rank(&self) -> usize {
        self.factors.iter().map(|t| t.rank()).sum()
    }

    /// The dimension of the algebra.
    pub fn dim(&self) -> usize {
        self.factors.iter().map(|t| t.dim()).sum::<usize>() + self.torus
    }

    /// The only factor when there is one and no torus.
    pub fn simple(&self) -> Option<SimpleType> {
        match self.factors[..] {
            [only] if self.torus == 0 => Some(only),
            _ => None,
        }
    }

    /// The factors with their parts of a weight. The weight must have [`ReductiveType::rank`] coordinates.
    pub fn parts<'a>(&'a self, weight: &'a [i64]) -> impl Iterator<Item = (SimpleType, &'a [i64])> {
        let mut rest = weight;
        self.factors.iter().map(move |&factor| {
            let (part, after) = rest.split_at(factor.rank().min(rest.len()));
            rest = after;
            (factor, part)
        })
    }

    /// The charges of a weight.
    pub fn charges<'a>(&self, weight: &'a [i64]) -> &'a [i64] {
        weight.get(self.semisimple_rank()..).unwrap_or(&[])
    }

    /// Whether this can be a weight: the right length and labels of a size that is supported.
    pub fn check_weight(&self, weight: &[i64]) -> Result<(), WeightError> {
        if weight.len() != self.rank() {
            let group = self.to_string();
            return Err(WeightError::Length { group, expected: self.rank(), found: weight.len() });
        }
        match weight.iter().position(|x| x.unsigned_abs() > MAX_LABEL.unsigned_abs()) {
            Some(at) => Err(WeightError::Label { position: at + 1, value: weight[at], limit: MAX_LABEL }),
            None => Ok(()),
        }
    }

    /// Whether this can be a highest weight: as before, and no label of a simple factor is negative.
    pub fn check_highest(&self, weight: &[i64]) -> Result<(), WeightError> {
        self.check_weight(weight)?;
        match weight.iter().take(self.semisimple_rank()).position(|&x| x < 0) {
            Some(at) => Err(WeightError::Negative { position: at + 1, value: weight[at] }),
            None => Ok(()),
        }
    }

    /// An error unless both are the same.
    pub fn require_same(&self, other: &ReductiveType) -> Result<(), WeightError> {
        if self == other {
            return Ok(());
        }
        Err(WeightError::Different { first: self.to_string(), second: other.to_string() })
    }
}

impl From<SimpleType> for ReductiveType {
    fn from(simple: SimpleType) -> ReductiveType {
        ReductiveType { factors: vec![simple], torus: 0 }
    }
}

impl From<&CartanType> for ReductiveType {
    fn from(cartan: &CartanType) -> ReductiveType {
        ReductiveType { factors: cartan.summands().to_vec(), torus: 0 }
    }
}

/// Written `A4+A1+T1`, a torus of dimension two `T2`; the zero algebra is `0`.
impl fmt::Display for ReductiveType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = self.factors.iter().map(SimpleType::to_string).collect();
        if self.torus > 0 {
            parts.push(format!("T{}", self.torus));
        }
        f.pad(if parts.is_empty() { "0".to_string() } else { parts.join("+") }.as_str())
    }
}

impl FromStr for ReductiveType {
    type Err = WeightError;

    /// Reads `A4+A1+T1` (a torus also as `U1`, `U(1)`) and `SU(5)xSU(2)xU(1)`, separated by `+`, `⊕`, `x`, `×` or `*`; `0`
    /// is the zero algebra.
    fn from_str(text: &str) -> Result<ReductiveType, WeightError> {
        let mut out = ReductiveType::default();
        if text.trim() == "0" {
            return Ok(out);
        }
        for part in text.split(['+', '⊕', 'x', '×', '*']) {
            let (factors, torus) = factor(part.trim())?;
            out.factors.extend(factors);
            out.torus += torus;
        }
        if out.rank() > MAX_RANK {
            return Err(WeightError::TooLarge(format!("weights are supported up to rank {MAX_RANK}")));
        }
        Ok(out)
    }
}

/// One part: simple factors and the dimension of a torus.
fn factor(text: &str) -> Result<(Vec<SimpleType>, usize), WeightError> {
    if let Some(found) = group_name(text)? {
        return Ok(found);
    }
    let number = |digits: &str| digits.parse::<usize>().ok().filter(|n| (1..=MAX_RANK).contains(n));
    if let Some(torus) = text.strip_prefix(['T', 't', 'U', 'u']).and_then(number) {
        return Ok((Vec::new(), torus));
    }
    let (letter, rank) = letter_and_rank(text)?;
    simple(letter, rank)
}

/// `D1` is a torus and `D2` is `A1+A1`.
fn simple(letter: Letter, rank: usize) -> Result<(Vec<SimpleType>, usize), WeightError> {
    match (letter, rank) {
        (Letter::D, 1) => Ok((Vec::new(), 1)),
        (Letter::D, 2) => Ok((CartanType::of(letter, rank)?.summands().to_vec(), 0)),
        _ => Ok((vec![SimpleType::as_written(letter, rank)?], 0)),
    }
}

/// `SU(5)`, `SO(10)`, `Spin(7)`, `Sp(6)`, `U(1)`, `U(3)`, `SL(4)`; `None` for text of another shape.
fn group_name(text: &str) -> Result<Option<(Vec<SimpleType>, usize)>, WeightError> {
    let malformed = || WeightError::Malformed(text.chars().take(40).collect());
    let Some((name, rest)) = text.split_once('(') else { return Ok(None) };
    let digits = rest.strip_suffix(')').ok_or_else(malformed)?.trim();
    if digits.is_empty() || digits.len() > 5 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(malformed());
    }
    let n: usize = digits.parse().map_err(|_| malformed())?;
    Ok(Some(match (name.to_ascii_lowercase().as_str(), n) {
        ("u", 1) => (Vec::new(), 1),
        ("u" | "gl", 2..) => (simple(Letter::A, n - 1)?.0, 1),
        ("su" | "sl", 2..) => simple(Letter::A, n - 1)?,
        ("so" | "spin", 2..) if n.is_multiple_of(2) => simple(Letter::D, n / 2)?,
        ("so" | "spin", 3..) => simple(Letter::B, n / 2)?,
        ("sp" | "usp", 2..) if n.is_multiple_of(2) => simple(Letter::C, n / 2)?,
        _ => return Err(malformed()),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_order_and_numbering() {
        for (text, expected) in [
            ("E8", "E8"),
            ("A1 + E6", "A1+E6"),
            ("C2", "C2"),
            ("B1", "A1"),
            ("D3+T1", "D3+T1"),
            ("D2", "A1+A1"),
            ("SU(3)xSU(2)xU(1)", "A2+A1+T1"),
            ("U(1)×SO(10)", "D5+T1"),
            ("sp(4)", "C2"),
            ("U(2)*U(1)", "A1+T2"),
            ("T2", "T2"),
            ("0", "0"),
        ] {
            assert_eq!(text.parse::<ReductiveType>().unwrap().to_string(), expected, "{text}");
        }
        for wrong in ["", "A", "E9", "SU(1)", "SU(5", "Sp(5)", "T0", "A1+", "xyz", "SU()", "SU(-1)", "A201", "é(3)"] {
            assert!(wrong.parse::<ReductiveType>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn weights_are_checked() {
        let t: ReductiveType = "A2+A1+T1".parse().unwrap();
        assert!(t.check_highest(&[1, 0, 3, -5]).is_ok());
        assert!(matches!(t.check_highest(&[1, 0, 3]), Err(WeightError::Length { expected: 4, found: 3, .. })));
        assert!(matches!(t.check_highest(&[1, -2, 3, 0]), Err(WeightError::Negative { position: 2, value: -2 })));
        assert!(matches!(t.check_weight(&[1, 2, 3, i64::MIN]), Err(WeightError::Label { position: 4, .. })));
        let weight = [1, 2, 3, 4];
        let parts: Vec<&[i64]> = t.parts(&weight).map(|p| p.1).collect();
        assert_eq!(parts, [&[1, 2][..], &[3]]);
        assert_eq!(t.charges(&weight), [4]);
    }
}
