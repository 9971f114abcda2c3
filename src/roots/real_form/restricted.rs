//! Maximal compact subalgebras and restricted root systems, from the tables.
//!
//! Sources: Helgason, ch. X, tables V and VI; Knapp, appendix C; Onishchik, Vinberg, table 9.

use std::fmt;

use super::{RealForm, RealName, name_of_sum};
use crate::roots::{CartanType, Letter, SimpleType};

/// A compact Lie algebra: simple compact summands and a centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompactAlgebra {
    /// The simple summands in canonical order.
    pub simple: Vec<RealForm>,
    /// The dimension of the centre.
    pub center_dim: usize,
    /// The usual name, such as `so(12)+so(6)` or `u(9)`.
    pub usual_name: String,
}

impl CompactAlgebra {
    /// The dimension.
    pub fn dim(&self) -> usize {
        self.center_dim + self.simple.iter().map(|form| form.dim()).sum::<usize>()
    }

    /// The rank.
    pub fn rank(&self) -> usize {
        self.center_dim + self.simple.iter().map(|form| form.rank()).sum::<usize>()
    }

    /// The type of the semisimple part.
    pub fn semisimple_type(&self) -> CartanType {
        CartanType::new(self.simple.iter().map(|form| form.simple_type()).collect())
    }

    /// The direct sum.
    pub fn sum(parts: &[CompactAlgebra]) -> CompactAlgebra {
        let mut simple: Vec<RealForm> = parts.iter().flat_map(|k| k.simple.clone()).collect();
        simple.sort();
        let names: Vec<&str> = parts.iter().map(|k| k.usual_name.as_str()).filter(|name| *name != "0").collect();
        CompactAlgebra {
            simple,
            center_dim: parts.iter().map(|k| k.center_dim).sum(),
            usual_name: if names.is_empty() { "0".to_string() } else { names.join("+") },
        }
    }
}

/// The canonical name: simple summands in order, then `u(1)` for each dimension of the centre.
impl fmt::Display for CompactAlgebra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = self.simple.iter().map(RealForm::to_string).collect();
        parts.extend((0..self.center_dim).map(|_| "u(1)".to_string()));
        f.pad(&if parts.is_empty() { "0".to_string() } else { parts.join("+") })
    }
}

/// The restricted root system of a simple real algebra that is not compact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestrictedRoots {
    /// The type of the reduced system; for `BC_r` it is `B_r` (`A1` when r = 1).
    pub reduced: SimpleType,
    /// The multiplicities of the simple restricted roots, Bourbaki's order.
    pub multiplicities: Vec<usize>,
    /// For `BC_r` the multiplicity of twice the short roots, otherwise 0.
    pub doubled: usize,
}

impl RestrictedRoots {
    /// The number of restricted roots, each with its multiplicity: `dim g − dim a − dim m`.
    pub fn weighted_count(&self) -> usize {
        let t = self.reduced;
        let of_node = |long: bool| (0..t.rank()).find(|&i| t.is_long(i) == long).map(|i| self.multiplicities[i]);
        let long = of_node(true).unwrap_or(0) * t.long_root_count();
        let short = of_node(false).unwrap_or(0) * (t.root_count() - t.long_root_count());
        let short_count = if t.rank() == 1 { 2 } else { t.root_count() - t.long_root_count() };
        long + short + self.doubled * if self.doubled > 0 { short_count } else { 0 }
    }
}

/// `F4`, `BC2`.
impl fmt::Display for RestrictedRoots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.doubled > 0 { f.pad(&format!("BC{}", self.reduced.rank())) } else { self.reduced.fmt(f) }
    }
}

impl RealForm {
    /// The maximal compact subalgebra `k`.
    pub fn maximal_compact(self) -> CompactAlgebra {
        use RealName::*;
        let unitary = |n: usize| sum_of(&[Su(n, 0)], 1, format!("u({n})"));
        let named = |names: &[RealName], center: usize| {
            let parts: Vec<String> = names.iter().map(RealName::to_string).collect();
            let all = parts.into_iter().chain((0..center).map(|_| "u(1)".to_string())).collect::<Vec<_>>();
            sum_of(names, center, all.join("+"))
        };
        let orthogonal = |p: usize, q: usize| {
            let names: Vec<RealName> = [p, q].into_iter().filter(|&n| n > 1).map(|n| So(n, 0)).collect();
            named(&names, 0)
        };
        let compact = |letter: Letter, rank: usize| RealForm::compact(super::simple(letter, rank)).name();
        match self.name() {
            SlR(n) => orthogonal(n, 0),
            SuStar(m) => named(&[Sp(m, 0)], 0),
            Su(p, q) if q > 0 => {
                let names: Vec<RealName> = [p, q].into_iter().filter(|&n| n > 1).map(|n| Su(n, 0)).collect();
                named(&names, 1)
            }
            So(p, q) if q > 0 => orthogonal(p, q),
            SoStar(n) | SpR(n) => unitary(n),
            Sp(p, q) if q > 0 => named(&[Sp(p, 0), Sp(q, 0)], 0),
            Exceptional(t, index) => match (t.letter(), t.rank(), index) {
                (Letter::G, _, 2) => named(&[Su(2, 0), Su(2, 0)], 0),
                (Letter::F, _, 4) => named(&[Sp(3, 0), Su(2, 0)], 0),
                (Letter::F, _, -20) => named(&[So(9, 0)], 0),
                (Letter::E, 6, 6) => named(&[Sp(4, 0)], 0),
                (Letter::E, 6, 2) => named(&[Su(6, 0), Su(2, 0)], 0),
                (Letter::E, 6, -14) => named(&[So(10, 0)], 1),
                (Letter::E, 6, -26) => named(&[compact(Letter::F, 4)], 0),
                (Letter::E, 7, 7) => named(&[Su(8, 0)], 0),
                (Letter::E, 7, -5) => named(&[So(12, 0), Su(2, 0)], 0),
                (Letter::E, 7, -25) => named(&[compact(Letter::E, 6)], 1),
                (Letter::E, 8, 8) => named(&[So(16, 0)], 0),
                (Letter::E, 8, -24) => named(&[compact(Letter::E, 7), Su(2, 0)], 0),
                _ => named(&[self.name()], 0),
            },
            SlC(n) => named(&[Su(n, 0)], 0),
            SoC(n) => named(&[So(n, 0)], 0),
            SpC(n) => named(&[Sp(n, 0)], 0),
            ExceptionalC(t) => named(&[RealForm::compact(t).name()], 0),
            Su(..) | So(..) | Sp(..) => named(&[self.name()], 0),
        }
    }

    /// The restricted roots; `None` for a compact form, which has none.
    pub fn restricted_roots(self) -> Option<RestrictedRoots> {
        use RealName::*;
        if self.is_compact() {
            return None;
        }
        let t = self.simple_type();
        let equal = |letter: Letter, rank: usize, m: usize| table_row(letter, rank, m, m, 0);
        Some(match self.name() {
            _ if self.is_complex() => equal(t.letter(), t.rank(), 2),
            _ if self.is_split() => equal(t.letter(), t.rank(), 1),
            SuStar(m) => equal(Letter::A, m - 1, 4),
            Su(p, q) if p == q => table_row(Letter::C, q, 2, 1, 0),
            Su(p, q) => table_row(Letter::B, q, 2, 2 * (p - q), 1),
            So(p, q) => table_row(Letter::B, q, 1, p - q, 0),
            SoStar(m) if m % 2 == 0 => table_row(Letter::C, m / 2, 4, 1, 0),
            SoStar(m) => table_row(Letter::B, m / 2, 4, 4, 1),
            Sp(p, q) if p == q => table_row(Letter::C, q, 4, 3, 0),
            Sp(p, q) => table_row(Letter::B, q, 4, 4 * (p - q), 3),
            Exceptional(_, index) => match (t.letter(), t.rank(), index) {
                (Letter::F, ..) => table_row(Letter::B, 1, 0, 8, 7),
                (Letter::E, 6, 2) => table_row(Letter::F, 4, 1, 2, 0),
                (Letter::E, 6, -14) => table_row(Letter::B, 2, 6, 8, 1),
                (Letter::E, 6, _) => equal(Letter::A, 2, 8),
                (Letter::E, 7, -5) => table_row(Letter::F, 4, 1, 4, 0),
                (Letter::E, 7, _) => table_row(Letter::C, 3, 8, 1, 0),
                _ => table_row(Letter::F, 4, 1, 8, 0),
            },
            SlR(_) | SpR(_) | SlC(_) | SoC(_) | SpC(_) | ExceptionalC(_) => equal(t.letter(), t.rank(), 1),
        })
    }
}

/// A row of the table: the multiplicities of the first and of the last simple root of the letter's series (of long and
/// short roots for F4), and of the doubled short roots.
fn table_row(letter: Letter, rank: usize, first: usize, last: usize, doubled: usize) -> RestrictedRoots {
    let reduced = super::simple(letter, rank);
    let mut multiplicities: Vec<usize> = match letter {
        Letter::F => vec![first, first, last, last],
        _ => (1..=rank).map(|i| if i == rank { last } else { first }).collect(),
    };
    if (letter, rank) == (Letter::C, 2) {
        // B2 by its canonical name: the long root comes first.
        multiplicities.reverse();
    }
    RestrictedRoots { reduced, multiplicities, doubled }
}

fn sum_of(names: &[RealName], center: usize, usual_name: String) -> CompactAlgebra {
    let mut out = CompactAlgebra { simple: Vec::new(), center_dim: center, usual_name };
    for name in names {
        match name.simple_forms() {
            Ok(forms) => out.simple.extend(forms),
            // so(2) is the only abelian algebra among the names, su(1) and so(1) are zero.
            Err(_) if *name == RealName::So(2, 0) => out.center_dim += 1,
            Err(_) => {}
        }
    }
    out.simple.sort();
    if out.usual_name.is_empty() {
        out.usual_name = name_of_sum(&out.simple);
    }
    out
}
