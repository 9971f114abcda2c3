//! The table of real forms of the simple complex Lie algebras, under the names that the program prints.
//!
//! Sources for dimensions, real ranks and maximal compact subalgebras: Helgason, *Differential Geometry, Lie Groups
//! and Symmetric Spaces*, chapter X, table V; Knapp, *Lie Groups Beyond an Introduction*, appendix C.

mod diagrams;
mod parse;
mod restricted;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::fmt;

use super::{CartanType, Letter, SimpleType};

pub use diagrams::MarkedDiagram;
pub use parse::parse_sum;
pub use restricted::{CompactAlgebra, RestrictedRoots};

/// A real Lie algebra by one of its usual names, canonical or not: `so(4)` and `so*(6)` are written here as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RealName {
    /// `su(p,q)`; compact `su(n)` when one number is 0.
    Su(usize, usize),
    /// `sl(n,R)`.
    SlR(usize),
    /// `su*(2m)`, also written `sl(m,H)`.
    SuStar(usize),
    /// `so(p,q)`; compact `so(n)` when one number is 0.
    So(usize, usize),
    /// `so*(2m)`.
    SoStar(usize),
    /// `sp(2n,R)`.
    SpR(usize),
    /// `sp(p,q)`; compact `sp(n)` when one number is 0.
    Sp(usize, usize),
    /// An exceptional real form by its type and Killing index `σ = positive − negative squares`.
    Exceptional(SimpleType, i64),
    /// `sl(n,C)_R`.
    SlC(usize),
    /// `so(n,C)_R`.
    SoC(usize),
    /// `sp(2n,C)_R`.
    SpC(usize),
    /// An exceptional complex algebra seen as real.
    ExceptionalC(SimpleType),
}

/// Why a name stands for no sum of simple real algebras.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RealFormError {
    /// The text is not the name of a real form.
    #[error(
        "`{0}` is not the name of a real form; expected for instance `su(2,2)`, `so*(8)`, `sl(3,C)_R` or `E6(-26)`"
    )]
    Unknown(String),
    /// The algebra exists but is zero or abelian.
    #[error("{0} is {1}, so it has no simple summand")]
    NotSemisimple(String, &'static str),
    /// A number outside the range of the family.
    #[error("{0} does not exist; expected {1}")]
    Range(String, String),
}

/// A simple real Lie algebra, by its canonical name.
///
/// Where two names fit, A goes before B before C before D, and within a letter compact, `sl(n,R)`, `su(p,q)`,
/// `su*(2n)`; `so(p,q)`, `so*(2n)`; `sp(2n,R)`, `sp(p,q)`; `p ≥ q`. The order is the one in which summands are written:
/// largest dimension first, then by letter, then the fewest positive squares of the Killing form.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RealForm(RealName);

/// The Killing index, real rank and Cartan's label of the exceptional real forms.
const EXCEPTIONAL: [(Letter, usize, i64, usize, &str); 17] = [
    (Letter::G, 2, -14, 0, ""),
    (Letter::G, 2, 2, 2, "G"),
    (Letter::F, 4, -52, 0, ""),
    (Letter::F, 4, -20, 1, "FII"),
    (Letter::F, 4, 4, 4, "FI"),
    (Letter::E, 6, -78, 0, ""),
    (Letter::E, 6, -26, 2, "EIV"),
    (Letter::E, 6, -14, 2, "EIII"),
    (Letter::E, 6, 2, 4, "EII"),
    (Letter::E, 6, 6, 6, "EI"),
    (Letter::E, 7, -133, 0, ""),
    (Letter::E, 7, -25, 3, "EVII"),
    (Letter::E, 7, -5, 4, "EVI"),
    (Letter::E, 7, 7, 7, "EV"),
    (Letter::E, 8, -248, 0, ""),
    (Letter::E, 8, -24, 4, "EIX"),
    (Letter::E, 8, 8, 8, "EVIII"),
];

fn exceptional_row(simple: SimpleType, index: i64) -> Option<&'static (Letter, usize, i64, usize, &'static str)> {
    EXCEPTIONAL.iter().find(|row| (row.0, row.1, row.2) == (simple.letter(), simple.rank(), index))
}

impl RealName {
    /// The exceptional real form with this Cartan label (`EI` … `EIX`, `FI`, `FII`, `G`).
    pub(super) fn by_cartan_label(label: &str) -> Option<RealName> {
        let row = EXCEPTIONAL.iter().find(|row| !row.4.is_empty() && row.4 == label)?;
        Some(RealName::Exceptional(SimpleType::known(row.0, row.1), row.2))
    }

    /// The simple real algebras of which this one is the sum, by their canonical names.
    pub fn simple_forms(self) -> Result<Vec<RealForm>, RealFormError> {
        use RealName::*;
        let sorted = |p: usize, q: usize| (p.max(q), p.min(q));
        let not_semisimple = |what| Err(RealFormError::NotSemisimple(self.to_string(), what));
        let largest = match self {
            Su(p, q) | So(p, q) | Sp(p, q) => p.max(q),
            SlR(n) | SuStar(n) | SoStar(n) | SpR(n) | SlC(n) | SoC(n) | SpC(n) => n,
            Exceptional(..) | ExceptionalC(_) => 0,
        };
        if largest > super::MAX_RANK / 2 {
            return Err(RealFormError::Range(self.to_string(), format!("numbers up to {}", super::MAX_RANK / 2)));
        }
        let canonical = match self {
            Su(p, q) => match sorted(p, q) {
                (0 | 1, 0) => return not_semisimple("zero"),
                (1, 1) => SlR(2),
                (p, q) => Su(p, q),
            },
            SlR(0 | 1) | SlC(0 | 1) | SoC(0 | 1) | SpR(0) | SpC(0) | SuStar(0) | SoStar(0) => {
                return not_semisimple("zero");
            }
            SuStar(1) => Su(2, 0),
            So(p, q) => match sorted(p, q) {
                (0 | 1, 0) => return not_semisimple("zero"),
                (2, 0) | (1, 1) => return not_semisimple("abelian"),
                (3, 0) => Su(2, 0),
                (2, 1) => SlR(2),
                (4, 0) => return Ok(vec![RealForm(Su(2, 0)); 2]),
                (3, 1) => SlC(2),
                (2, 2) => return Ok(vec![RealForm(SlR(2)); 2]),
                (6, 0) => Su(4, 0),
                (5, 1) => SuStar(2),
                (4, 2) => Su(2, 2),
                (3, 3) => SlR(4),
                (p, q) => So(p, q),
            },
            SoStar(1) => return not_semisimple("abelian"),
            SoStar(2) => return Ok(vec![RealForm(Su(2, 0)), RealForm(SlR(2))]),
            SoStar(3) => Su(3, 1),
            SoStar(4) => So(6, 2),
            SpR(1) => SlR(2),
            SpR(2) => So(3, 2),
            Sp(p, q) => match sorted(p, q) {
                (0, 0) => return not_semisimple("zero"),
                (1, 0) => Su(2, 0),
                (2, 0) => So(5, 0),
                (1, 1) => So(4, 1),
                (p, q) => Sp(p, q),
            },
            SoC(2) => return not_semisimple("abelian"),
            SoC(3) | SpC(1) => SlC(2),
            SoC(4) => return Ok(vec![RealForm(SlC(2)); 2]),
            SoC(6) => SlC(4),
            SpC(2) => SoC(5),
            Exceptional(simple, index) => {
                if exceptional_row(simple, index).is_none() {
                    let known: Vec<String> = EXCEPTIONAL
                        .iter()
                        .filter(|row| (row.0, row.1) == (simple.letter(), simple.rank()))
                        .map(|row| format!("{simple}({})", row.2))
                        .collect();
                    let expected = if known.is_empty() { "an exceptional type".to_string() } else { known.join(", ") };
                    return Err(RealFormError::Range(self.to_string(), expected));
                }
                self
            }
            ExceptionalC(simple) => match simple.letter() {
                Letter::E | Letter::F | Letter::G => self,
                _ => return Ok(vec![RealForm::complex(simple)]),
            },
            SlR(_) | SuStar(_) | SoStar(_) | SpR(_) | SlC(_) | SoC(_) | SpC(_) => self,
        };
        Ok(vec![RealForm(canonical)])
    }
}

/// The name as people write it, with the larger number first: `so(3,1)`, `su*(6)`, `sp(6,R)`, `E6(-26)`, `G2(C)_R`.
impl fmt::Display for RealName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use RealName::*;
        let pair = |family: &str, p: usize, q: usize| match (p.max(q), p.min(q)) {
            (n, 0) => format!("{family}({n})"),
            (p, q) => format!("{family}({p},{q})"),
        };
        let text = match *self {
            Su(p, q) => pair("su", p, q),
            So(p, q) => pair("so", p, q),
            Sp(p, q) => pair("sp", p, q),
            SlR(n) => format!("sl({n},R)"),
            SuStar(m) => format!("su*({})", 2 * m),
            SoStar(m) => format!("so*({})", 2 * m),
            SpR(n) => format!("sp({},R)", 2 * n),
            Exceptional(simple, index) => format!("{simple}({index})"),
            SlC(n) => format!("sl({n},C)_R"),
            SoC(n) => format!("so({n},C)_R"),
            SpC(n) => format!("sp({},C)_R", 2 * n),
            ExceptionalC(simple) => format!("{simple}(C)_R"),
        };
        f.pad(&text)
    }
}

/// The simple type of a letter and rank that an already canonical name guarantees.
fn simple(letter: Letter, rank: usize) -> SimpleType {
    SimpleType::new(letter, rank).unwrap_or(SimpleType::known(Letter::A, rank))
}

fn orthogonal(n: usize) -> SimpleType {
    if n % 2 == 1 { simple(Letter::B, n / 2) } else { simple(Letter::D, n / 2) }
}

impl RealForm {
    /// The canonical name.
    pub fn name(self) -> RealName {
        self.0
    }

    /// The compact form of a simple type.
    pub fn compact(t: SimpleType) -> RealForm {
        RealForm(match t.letter() {
            Letter::A => RealName::Su(t.rank() + 1, 0),
            Letter::B => RealName::So(2 * t.rank() + 1, 0),
            Letter::C => RealName::Sp(t.rank(), 0),
            Letter::D => RealName::So(2 * t.rank(), 0),
            _ => RealName::Exceptional(t, -(t.dim() as i64)),
        })
    }

    /// The split form of a simple type: its Killing index is the rank.
    pub fn split(t: SimpleType) -> RealForm {
        let n = t.rank();
        RealForm(match t.letter() {
            Letter::A => RealName::SlR(n + 1),
            Letter::B => RealName::So(n + 1, n),
            Letter::C => RealName::SpR(n),
            Letter::D => RealName::So(n, n),
            _ => RealName::Exceptional(t, n as i64),
        })
    }

    /// The complex algebra of a simple type seen as real.
    pub fn complex(t: SimpleType) -> RealForm {
        RealForm(match t.letter() {
            Letter::A => RealName::SlC(t.rank() + 1),
            Letter::B => RealName::SoC(2 * t.rank() + 1),
            Letter::C => RealName::SpC(t.rank()),
            Letter::D => RealName::SoC(2 * t.rank()),
            _ => RealName::ExceptionalC(t),
        })
    }

    /// The real forms of a simple type with this Killing index `σ = positive − negative`; the complex algebra seen as
    /// real is not among them. One or none, except for the coincidences of `su*(2m)` with `su(p,q)` (m = 2t² − 1:
    /// A13, A33, …) and of `so*(2m)` with `so(p,q)` (m = t²: D9, D16, …), where the real rank decides.
    pub fn candidates(t: SimpleType, index: i64) -> Vec<RealForm> {
        real_forms(t).into_iter().filter(|form| form.killing_index() == index).collect()
    }

    /// Whether this is a complex algebra seen as real.
    pub fn is_complex(self) -> bool {
        matches!(self.0, RealName::SlC(_) | RealName::SoC(_) | RealName::SpC(_) | RealName::ExceptionalC(_))
    }

    /// The simple complex type: of the complexification, or of the complex algebra itself when it is one seen as real.
    pub fn simple_type(self) -> SimpleType {
        use RealName::*;
        match self.0 {
            Su(p, q) => simple(Letter::A, p + q - 1),
            SlR(n) | SlC(n) => simple(Letter::A, n - 1),
            SuStar(m) => simple(Letter::A, 2 * m - 1),
            So(p, q) => orthogonal(p + q),
            SoC(n) => orthogonal(n),
            SoStar(m) => simple(Letter::D, m),
            SpR(n) | SpC(n) => simple(Letter::C, n),
            Sp(p, q) => simple(Letter::C, p + q),
            Exceptional(t, _) | ExceptionalC(t) => t,
        }
    }

    /// The type over the complex numbers; that of a complex algebra seen as real counts twice.
    pub fn complex_type(self) -> CartanType {
        CartanType::new(vec![self.simple_type(); if self.is_complex() { 2 } else { 1 }])
    }

    /// The dimension over R.
    pub fn dim(self) -> usize {
        self.complex_type().dim()
    }

    /// The rank: the dimension of a Cartan subalgebra over R.
    pub fn rank(self) -> usize {
        self.complex_type().rank()
    }

    /// The Killing index `σ = positive − negative squares = dim p − dim k`.
    pub fn killing_index(self) -> i64 {
        use RealName::*;
        let difference = |p: usize, q: usize| (p as i64 - q as i64).pow(2);
        match self.0 {
            Su(p, q) => 1 - difference(p, q),
            SlR(n) => n as i64 - 1,
            SuStar(m) => -2 * m as i64 - 1,
            So(p, q) => ((p + q) as i64 - difference(p, q)) / 2,
            SoStar(m) => -(m as i64),
            SpR(n) => n as i64,
            Sp(p, q) => -2 * difference(p, q) - (p + q) as i64,
            Exceptional(_, index) => index,
            SlC(_) | SoC(_) | SpC(_) | ExceptionalC(_) => 0,
        }
    }

    /// The real rank: the dimension of a maximal split torus; 0 exactly for compact forms.
    pub fn real_rank(self) -> usize {
        use RealName::*;
        match self.0 {
            Su(p, q) | So(p, q) | Sp(p, q) => p.min(q),
            SlR(n) => n - 1,
            SuStar(m) => m - 1,
            SoStar(m) => m / 2,
            SpR(n) => n,
            Exceptional(t, index) => exceptional_row(t, index).map_or(0, |row| row.3),
            SlC(_) | SoC(_) | SpC(_) | ExceptionalC(_) => self.simple_type().rank(),
        }
    }

    /// The signature of the Killing form: positive, negative and zero squares.
    pub fn killing_signature(self) -> [usize; 3] {
        let (dim, index) = (self.dim() as i64, self.killing_index());
        [((dim + index) / 2) as usize, ((dim - index) / 2) as usize, 0]
    }

    /// Whether the Killing form is negative definite.
    pub fn is_compact(self) -> bool {
        !self.is_complex() && self.real_rank() == 0
    }

    /// Whether a maximal split torus is a Cartan subalgebra.
    pub fn is_split(self) -> bool {
        !self.is_complex() && self.real_rank() == self.rank()
    }

    /// Cartan's label of the symmetric space: `AI`, `AII`, `AIII`, `BDI`, `DIII`, `CI`, `CII`, `EI` …; `None` for compact
    /// and complex ones.
    pub fn cartan_label(self) -> Option<&'static str> {
        use RealName::*;
        if self.is_compact() {
            return None;
        }
        match self.0 {
            SlR(_) => Some("AI"),
            SuStar(_) => Some("AII"),
            Su(..) => Some("AIII"),
            So(..) => Some("BDI"),
            SoStar(_) => Some("DIII"),
            SpR(_) => Some("CI"),
            Sp(..) => Some("CII"),
            Exceptional(t, index) => exceptional_row(t, index).map(|row| row.4),
            _ => None,
        }
    }

    /// The other usual names of the same algebra, in alphabetical order.
    pub fn aliases(self) -> Vec<String> {
        aliases_of_sum(&[self])
    }
}

impl Ord for RealForm {
    fn cmp(&self, other: &RealForm) -> std::cmp::Ordering {
        let key = |form: &RealForm| {
            (Reverse(form.dim()), form.simple_type().letter(), form.rank(), form.killing_signature()[0], form.name())
        };
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for RealForm {
    fn partial_cmp(&self, other: &RealForm) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for RealForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for RealForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// All real forms of a simple type, most compact first, without the complex algebra seen as real.
pub fn real_forms(t: SimpleType) -> Vec<RealForm> {
    use RealName::*;
    let n = t.rank();
    let mut names = Vec::new();
    match t.letter() {
        Letter::A => {
            names.push(SlR(n + 1));
            names.extend((0..=n.div_ceil(2)).map(|q| Su(n + 1 - q, q)));
            names.extend((n % 2 == 1).then_some(SuStar(n.div_ceil(2))));
        }
        Letter::B => names.extend((0..=n).map(|q| So(2 * n + 1 - q, q))),
        Letter::C => {
            names.push(SpR(n));
            names.extend((0..=n / 2).map(|q| Sp(n - q, q)));
        }
        Letter::D => {
            names.extend((0..=n).map(|q| So(2 * n - q, q)));
            names.push(SoStar(n));
        }
        _ => names.extend(
            EXCEPTIONAL.iter().filter(|row| (row.0, row.1) == (t.letter(), n)).map(|row| Exceptional(t, row.2)),
        ),
    }
    let mut forms: Vec<RealForm> = names.into_iter().filter_map(|name| name.simple_forms().ok()).flatten().collect();
    forms.sort();
    forms.dedup();
    forms
}

/// The name of a sum: canonical names in the order of the contract joined by `+`; `0` for the zero algebra.
pub fn name_of_sum(forms: &[RealForm]) -> String {
    let mut sorted = forms.to_vec();
    sorted.sort();
    if sorted.is_empty() {
        return "0".to_string();
    }
    sorted.iter().map(RealForm::to_string).collect::<Vec<_>>().join("+")
}

/// The other usual names of a sum of simple real algebras, in alphabetical order; for more than one summand these are
/// the orthogonal algebras of dimension 4.
pub fn aliases_of_sum(forms: &[RealForm]) -> Vec<String> {
    use RealName::*;
    let mut sorted = forms.to_vec();
    sorted.sort();
    // Coincidences end at rank 4, so these are all names that may rename something.
    let mut pool: Vec<RealName> = vec![Su(1, 1), SuStar(1), SoStar(2), SoStar(3), SoStar(4)];
    pool.extend((3..=6).flat_map(|n| (0..=n / 2).map(move |q| So(n - q, q))));
    pool.extend([SpR(1), SpR(2), Sp(1, 0), Sp(2, 0), Sp(1, 1), SpC(1), SpC(2), SoC(3), SoC(4), SoC(6)]);
    let mut names: Vec<String> = pool
        .into_iter()
        .filter(|name| {
            name.simple_forms().is_ok_and(|mut summands| {
                summands.sort();
                summands == sorted && (summands.len() > 1 || summands[0].name() != *name)
            })
        })
        .map(|name| name.to_string())
        .collect();
    names.sort();
    names
}
