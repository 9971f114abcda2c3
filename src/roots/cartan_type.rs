//! Cartan types: the names `A1 … G2` of the complex simple Lie algebras and their sums.

use std::cmp::{Ordering, Reverse};
use std::fmt;
use std::str::FromStr;

/// The largest rank accepted in a type; keeps every formula far from overflow.
pub const MAX_RANK: usize = 10_000;

/// The family of a simple type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Letter {
    A,
    B,
    C,
    D,
    E,
    F,
    G,
}

impl Letter {
    /// The letter written as this character, in either case.
    pub fn from_char(c: char) -> Option<Letter> {
        Some(match c.to_ascii_uppercase() {
            'A' => Letter::A,
            'B' => Letter::B,
            'C' => Letter::C,
            'D' => Letter::D,
            'E' => Letter::E,
            'F' => Letter::F,
            'G' => Letter::G,
            _ => return None,
        })
    }
}

/// What was wrong with a type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypeError {
    /// The text is no type at all.
    #[error("`{0}` is not a Cartan type; expected for instance `A3`, `E6` or `C3+B2`")]
    Malformed(String),
    /// A letter with a rank that does not exist.
    #[error("there is no simple type {letter}{rank}; expected {expected}")]
    NoSuchRank {
        /// The letter.
        letter: char,
        /// The rank that was asked for.
        rank: usize,
        /// The ranks that exist.
        expected: &'static str,
    },
}

/// A simple complex type in its canonical name: A1 (= B1 = C1), B2 (= C2), A3 (= D3).
///
/// The order is the one in which summands are written: largest dimension first, then by letter.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SimpleType {
    letter: Letter,
    rank: usize,
}

impl SimpleType {
    /// The type of this letter and rank, by its canonical name. `D2 = A1+A1` is not simple: see [`CartanType::of`].
    pub fn new(letter: Letter, rank: usize) -> Result<SimpleType, TypeError> {
        let expected = match letter {
            Letter::A | Letter::B | Letter::C => "a rank from 1 to 10000",
            Letter::D => "a rank from 3 to 10000",
            Letter::E => "E6, E7 or E8",
            Letter::F => "F4",
            Letter::G => "G2",
        };
        let exists = match letter {
            Letter::A | Letter::B | Letter::C => (1..=MAX_RANK).contains(&rank),
            Letter::D => (3..=MAX_RANK).contains(&rank),
            Letter::E => (6..=8).contains(&rank),
            Letter::F => rank == 4,
            Letter::G => rank == 2,
        };
        if !exists {
            return Err(TypeError::NoSuchRank {
                letter: format!("{letter:?}").chars().next().unwrap_or('?'),
                rank,
                expected,
            });
        }
        let letter = match (letter, rank) {
            (Letter::B | Letter::C, 1) | (Letter::D, 3) => Letter::A,
            (Letter::C, 2) => Letter::B,
            _ => letter,
        };
        Ok(SimpleType { letter, rank })
    }

    /// The same with C2 and D3 left under the name they were written with, since the numbering of their nodes is not that
    /// of B2 and A3: what weights in coordinates of fundamental weights refer to.
    pub fn as_written(letter: Letter, rank: usize) -> Result<SimpleType, TypeError> {
        let canonical = SimpleType::new(letter, rank)?;
        Ok(if rank == 1 { canonical } else { SimpleType { letter, rank } })
    }

    /// For ranks that are known to exist, within this folder.
    pub(super) const fn known(letter: Letter, rank: usize) -> SimpleType {
        SimpleType { letter, rank }
    }

    /// The family.
    pub fn letter(self) -> Letter {
        self.letter
    }

    /// The rank: the number of simple roots.
    pub fn rank(self) -> usize {
        self.rank
    }

    /// The dimension: rank + number of roots.
    pub fn dim(self) -> usize {
        self.rank + self.root_count()
    }

    /// The number of roots, rank · Coxeter number (Bourbaki VI, plates).
    pub fn root_count(self) -> usize {
        self.rank * self.coxeter_number()
    }

    /// The number of long roots (all of them when there is one length only).
    pub fn long_root_count(self) -> usize {
        let n = self.rank;
        match self.letter {
            Letter::B => 2 * n * (n - 1),
            Letter::C => 2 * n,
            Letter::F => 24,
            Letter::G => 6,
            _ => self.root_count(),
        }
    }

    /// The Coxeter number h.
    pub fn coxeter_number(self) -> usize {
        let n = self.rank;
        match self.letter {
            Letter::A => n + 1,
            Letter::B | Letter::C => 2 * n,
            Letter::D => 2 * n - 2,
            Letter::E => [12, 18, 30][n - 6],
            Letter::F => 12,
            Letter::G => 6,
        }
    }

    /// The dual Coxeter number h∨: the Casimir of the adjoint representation is 2h∨ when long roots have squared
    /// length 2, and `Killing = 2h∨ · ( , )`.
    pub fn dual_coxeter_number(self) -> usize {
        let n = self.rank;
        match self.letter {
            Letter::B => 2 * n - 1,
            Letter::C => n + 1,
            Letter::F => 9,
            Letter::G => 4,
            _ => self.coxeter_number(),
        }
    }

    /// The squared length of a long root over that of a short one: 1, 2 or 3.
    pub fn lacing(self) -> i64 {
        match self.letter {
            Letter::B | Letter::C | Letter::F => 2,
            Letter::G => 3,
            _ => 1,
        }
    }

    /// Whether simple root `node` (from 0) is long.
    pub fn is_long(self, node: usize) -> bool {
        match self.letter {
            Letter::B => node + 1 < self.rank,
            Letter::C => node + 1 == self.rank,
            Letter::F => node < 2,
            Letter::G => node == 1,
            _ => true,
        }
    }

    /// The bonds of the Dynkin diagram as pairs of nodes (from 0).
    pub fn bonds(self) -> Vec<(usize, usize)> {
        let n = self.rank;
        match self.letter {
            Letter::D => (1..n - 1).map(|i| (i - 1, i)).chain([(n - 3, n - 1)]).collect(),
            // Bourbaki's chain 1-3-4-…-n with 2 on 4.
            Letter::E => [(0, 2), (1, 3)].into_iter().chain((3..n).map(|i| (i - 1, i))).collect(),
            _ => (1..n).map(|i| (i - 1, i)).collect(),
        }
    }

    /// The Cartan matrix `a_ij = ⟨α_i, α_j^∨⟩ = 2(α_i, α_j)/(α_j, α_j)`, Bourbaki's numbering and convention:
    /// for B2 it is `[[2, -2], [-1, 2]]`.
    pub fn cartan_matrix(self) -> Vec<Vec<i64>> {
        let n = self.rank;
        let mut a = vec![vec![0; n]; n];
        for (i, row) in a.iter_mut().enumerate() {
            row[i] = 2;
        }
        for (i, j) in self.bonds() {
            // The product a_ij a_ji is the ratio of the squared lengths; the longer root has the larger entry.
            a[i][j] = if self.is_long(i) && !self.is_long(j) { -self.lacing() } else { -1 };
            a[j][i] = if self.is_long(j) && !self.is_long(i) { -self.lacing() } else { -1 };
        }
        a
    }

    /// All simple types of this dimension and rank: one, or `B_n` and `C_n`, or three of them at dimension 78.
    pub fn from_dim_rank(dim: usize, rank: usize) -> Vec<SimpleType> {
        [Letter::A, Letter::B, Letter::C, Letter::D, Letter::E, Letter::F, Letter::G]
            .into_iter()
            .filter_map(|letter| SimpleType::new(letter, rank).ok().filter(|t| t.letter == letter && t.dim() == dim))
            .collect()
    }
}

impl Ord for SimpleType {
    fn cmp(&self, other: &SimpleType) -> Ordering {
        (Reverse(self.dim()), self.letter, self.rank).cmp(&(Reverse(other.dim()), other.letter, other.rank))
    }
}

impl PartialOrd for SimpleType {
    fn partial_cmp(&self, other: &SimpleType) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for SimpleType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:?}{}", self.letter, self.rank))
    }
}

impl fmt::Debug for SimpleType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for SimpleType {
    type Err = TypeError;
    fn from_str(text: &str) -> Result<SimpleType, TypeError> {
        let (letter, rank) = letter_and_rank(text)?;
        SimpleType::new(letter, rank)
    }
}

/// Reads `E6` (also `e6`, `E_6`).
pub(crate) fn letter_and_rank(text: &str) -> Result<(Letter, usize), TypeError> {
    let malformed = || TypeError::Malformed(text.chars().take(40).collect());
    let trimmed = text.trim();
    let letter = trimmed.chars().next().and_then(Letter::from_char).ok_or_else(malformed)?;
    let digits = trimmed.get(1..).map(|s| s.strip_prefix('_').unwrap_or(s)).ok_or_else(malformed)?;
    if digits.is_empty() || digits.len() > 9 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(malformed());
    }
    Ok((letter, digits.parse().map_err(|_| malformed())?))
}

/// The type of a semisimple complex algebra: its simple summands in canonical order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct CartanType(Vec<SimpleType>);

impl CartanType {
    /// The sum of these types, brought into order.
    pub fn new(mut summands: Vec<SimpleType>) -> CartanType {
        summands.sort();
        CartanType(summands)
    }

    /// The type of this letter and rank; `D2` gives `A1+A1`.
    pub fn of(letter: Letter, rank: usize) -> Result<CartanType, TypeError> {
        if (letter, rank) == (Letter::D, 2) {
            return Ok(CartanType(vec![SimpleType::known(Letter::A, 1); 2]));
        }
        SimpleType::new(letter, rank).map(|t| CartanType(vec![t]))
    }

    /// The summands, largest dimension first, then by letter.
    pub fn summands(&self) -> &[SimpleType] {
        &self.0
    }

    /// The dimension.
    pub fn dim(&self) -> usize {
        self.0.iter().map(|t| t.dim()).sum()
    }

    /// The rank.
    pub fn rank(&self) -> usize {
        self.0.iter().map(|t| t.rank()).sum()
    }

    /// The only summand of a simple type.
    pub fn simple(&self) -> Option<SimpleType> {
        match self.0[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The block-diagonal Cartan matrix, summand after summand.
    pub fn cartan_matrix(&self) -> Vec<Vec<i64>> {
        let n = self.rank();
        let mut out = vec![vec![0; n]; n];
        let mut start = 0;
        for summand in &self.0 {
            for (i, row) in summand.cartan_matrix().into_iter().enumerate() {
                out[start + i][start..start + row.len()].copy_from_slice(&row);
            }
            start += summand.rank();
        }
        out
    }
}

impl From<SimpleType> for CartanType {
    fn from(simple: SimpleType) -> CartanType {
        CartanType(vec![simple])
    }
}

/// Written `C3+B2`; the zero algebra is `0`.
impl fmt::Display for CartanType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.pad("0");
        }
        f.pad(&self.0.iter().map(SimpleType::to_string).collect::<Vec<_>>().join("+"))
    }
}

impl FromStr for CartanType {
    type Err = TypeError;

    /// Reads `C3+B2` in any order; `D2`, `B1` and the like are renamed; `0` is the zero algebra.
    fn from_str(text: &str) -> Result<CartanType, TypeError> {
        if text.trim() == "0" {
            return Ok(CartanType::default());
        }
        let mut summands = Vec::new();
        for part in text.split(['+', '⊕']) {
            let (letter, rank) = letter_and_rank(part)?;
            summands.extend(CartanType::of(letter, rank)?.0);
        }
        Ok(CartanType::new(summands))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> String {
        text.parse::<CartanType>().unwrap().to_string()
    }

    #[test]
    fn names_are_canonical() {
        for (written, expected) in [
            ("B1", "A1"),
            ("C1", "A1"),
            ("C2", "B2"),
            ("D2", "A1+A1"),
            ("D3", "A3"),
            ("b2 + c3", "C3+B2"),
            ("C3+B3", "B3+C3"),
            ("A1+E6+B6+C6", "B6+C6+E6+A1"),
            ("0", "0"),
        ] {
            assert_eq!(parse(written), expected);
        }
        for wrong in
            ["", "A", "A0", "D1", "E5", "E9", "F3", "G3", "H2", "A1+", "A-1", "A99999999999", "A10001", "é1", "A1²"]
        {
            assert!(wrong.parse::<CartanType>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn numbers_of_the_plates() {
        let dims: Vec<usize> = ["A4", "B4", "C4", "D4", "E6", "E7", "E8", "F4", "G2"]
            .iter()
            .map(|t| t.parse::<CartanType>().unwrap().dim())
            .collect();
        assert_eq!(dims, [24, 36, 36, 28, 78, 133, 248, 52, 14]);
        let dual: Vec<usize> = ["A4", "B4", "C4", "D4", "E6", "E7", "E8", "F4", "G2"]
            .iter()
            .map(|t| t.parse::<SimpleType>().unwrap().dual_coxeter_number())
            .collect();
        assert_eq!(dual, [5, 7, 5, 6, 12, 18, 30, 9, 4]);
    }

    #[test]
    fn cartan_matrices_follow_bourbaki() {
        let matrix = |t: &str| t.parse::<SimpleType>().unwrap().cartan_matrix();
        assert_eq!(matrix("B2"), [[2, -2], [-1, 2]]);
        assert_eq!(matrix("B3"), [[2, -1, 0], [-1, 2, -2], [0, -1, 2]]);
        assert_eq!(matrix("C3"), [[2, -1, 0], [-1, 2, -1], [0, -2, 2]]);
        assert_eq!(matrix("G2"), [[2, -1], [-3, 2]]);
        assert_eq!(matrix("F4"), [[2, -1, 0, 0], [-1, 2, -2, 0], [0, -1, 2, -1], [0, 0, -1, 2]]);
        assert_eq!(matrix("D4")[1], [-1, 2, -1, -1]);
        assert_eq!(matrix("E6")[3], [0, -1, -1, 2, -1, 0]);
    }

    #[test]
    fn dimension_and_rank_leave_few_candidates() {
        let names = |d, r| SimpleType::from_dim_rank(d, r).iter().map(SimpleType::to_string).collect::<Vec<_>>();
        assert_eq!(names(78, 6), ["B6", "C6", "E6"]);
        assert_eq!(names(10, 2), ["B2"]);
        assert_eq!(names(15, 3), ["A3"]);
        assert_eq!(names(3, 1), ["A1"]);
        assert_eq!(names(78, 12), ["A12"; 0]);
        assert_eq!(names(248, 8), ["E8"]);
    }
}
