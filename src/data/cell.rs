//! One number of a JSON file, before it is known what it should be.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Visitor};

use super::number::exact;
use crate::num::{Cyclotomic, Gaussian, Rational};

/// Roots of unity of a higher order, and square roots of larger numbers, are not read.
const MOST_ROOTS: u64 = 2_000;
/// Numbers with roots in a longer text are not read.
const LONGEST_ROOT: usize = 10_000;

/// A number as it stands in the file; judged later, where its place is known.
#[derive(Debug, Clone)]
pub(super) enum Cell {
    /// A whole number.
    Whole(i64),
    /// A number with a point or an exponent.
    Float(f64),
    /// A fraction of words, written `"p/q"`.
    Fraction(Rational),
    /// Any other string.
    Text(String),
    /// Something that is no number at all.
    Other,
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Cell, D::Error> {
        struct CellVisitor;
        impl<'de> Visitor<'de> for CellVisitor {
            type Value = Cell;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or a string that holds one")
            }
            fn visit_i64<E>(self, v: i64) -> Result<Cell, E> {
                Ok(Cell::Whole(v))
            }
            fn visit_u64<E>(self, v: u64) -> Result<Cell, E> {
                Ok(i64::try_from(v).map_or_else(|_| Cell::Text(v.to_string()), Cell::Whole))
            }
            fn visit_f64<E>(self, v: f64) -> Result<Cell, E> {
                Ok(Cell::Float(v))
            }
            fn visit_str<E>(self, v: &str) -> Result<Cell, E> {
                Ok(short_fraction(v).map_or_else(|| Cell::Text(v.to_string()), Cell::Fraction))
            }
            fn visit_bool<E>(self, _: bool) -> Result<Cell, E> {
                Ok(Cell::Other)
            }
            fn visit_unit<E>(self) -> Result<Cell, E> {
                Ok(Cell::Other)
            }
        }
        deserializer.deserialize_any(CellVisitor)
    }
}

impl Cell {
    /// As it is shown in messages.
    pub(super) fn shown(&self) -> String {
        match self {
            Cell::Whole(n) => n.to_string(),
            Cell::Float(x) => x.to_string(),
            Cell::Fraction(q) => format!("\"{q}\""),
            Cell::Text(text) => format!("\"{}\"", text.chars().take(40).collect::<String>()),
            Cell::Other => "this".to_string(),
        }
    }

    /// The exact number of Q(i) it stands for.
    pub(super) fn exact(&self) -> Option<Gaussian> {
        match self {
            Cell::Whole(n) => Some(Gaussian::from(*n)),
            Cell::Fraction(q) => Some(Gaussian::from(q.clone())),
            Cell::Text(text) => exact(text),
            Cell::Float(_) | Cell::Other => None,
        }
    }

    /// The exact number of a cyclotomic field it stands for, written as it is printed: `√2/2`, `2ζ5-ζ5^4`.
    pub(super) fn cyclotomic(&self) -> Option<Cyclotomic> {
        if let Some(z) = self.exact() {
            return Some(Cyclotomic::sum(4, [(0, z.re), (1, z.im)]));
        }
        let Cell::Text(text) = self else { return None };
        // The time of a root grows with the square of the number below its sign.
        let few = text.split(['√', 'ζ']).skip(1).all(|rest| {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<u64>().is_ok_and(|n| n <= MOST_ROOTS)
        });
        text.parse().ok().filter(|_| few && text.len() <= LONGEST_ROOT)
    }

    /// The whole number it is.
    pub(super) fn index(&self) -> Option<i64> {
        match self {
            Cell::Whole(n) => Some(*n),
            _ => None,
        }
    }

    /// The rational number it stands for.
    pub(super) fn rational(&self) -> Option<Rational> {
        match self {
            Cell::Fraction(q) => Some(q.clone()),
            other => other.exact().filter(Gaussian::is_real).map(|z| z.re),
        }
    }

    /// Whether it was written as a float.
    pub(super) fn is_float(&self) -> bool {
        matches!(self, Cell::Float(_))
    }
}

/// `-12` or `3/4` with few digits, without going through the general reader.
fn short_fraction(text: &str) -> Option<Rational> {
    let word = |digits: &str| -> Option<i64> {
        let plain = (1..=18).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse().ok()).flatten()
    };
    let (sign, size) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    match size.split_once('/') {
        Some((n, d)) => Rational::new(sign * word(n)?, word(d)?),
        None => word(size).map(|n| Rational::from(sign * n)),
    }
}
