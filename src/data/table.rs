//! Structure constants from JSON through serde, entry by entry, with everything that can be wrong with them. Files
//! written in the usual way and without errors do not come here: see [`super::scan`].

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, SeqAccess, Visitor};
use std::fmt;

use super::cell::Cell;
use super::content::Guard;
use super::{DataError, Fault};
use crate::exact::SparseVector;
use crate::lie::StructureConstants;
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// One entry; an index that is no word-sized whole number is `u32::MAX`, which is out of range everywhere.
struct Term {
    at: [u32; 3],
    value: Rational,
}

/// The list of entries, and the first thing wrong with one of them (with its number).
#[derive(Default)]
pub(super) struct Terms {
    terms: Vec<Term>,
    wrong: Option<(usize, DataError)>,
}

/// Reads [`Terms`] under a guard.
#[derive(Clone, Copy)]
pub(super) struct TermsSeed<'a>(pub(super) &'a Guard<'a>);

impl<'de> DeserializeSeed<'de> for TermsSeed<'_> {
    type Value = Terms;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Terms, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for TermsSeed<'_> {
    type Value = Terms;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries [i, j, k, \"p/q\"]")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Terms, A::Error> {
        let mut out = Terms::default();
        while let Some(Entry(cells, count)) = seq.next_element()? {
            out.push(cells, count);
            self.0.step(size_of::<Term>())?;
        }
        Ok(out)
    }
}

/// The first four parts of an entry and how many there were.
struct Entry([Cell; 4], usize);

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entry, D::Error> {
        struct EntryVisitor;
        impl<'de> Visitor<'de> for EntryVisitor {
            type Value = Entry;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an entry [i, j, k, \"p/q\"]")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Entry, A::Error> {
                let mut cells = [Cell::Other, Cell::Other, Cell::Other, Cell::Other];
                let mut count = 0;
                for slot in &mut cells {
                    match seq.next_element()? {
                        Some(cell) => *slot = cell,
                        None => break,
                    }
                    count += 1;
                }
                while count >= 4 && seq.next_element::<IgnoredAny>()?.is_some() {
                    count += 1;
                }
                Ok(Entry(cells, count))
            }
        }
        deserializer.deserialize_seq(EntryVisitor)
    }
}

impl Terms {
    fn push(&mut self, cells: [Cell; 4], count: usize) {
        let number = self.terms.len();
        let [i, j, k, value] = &cells;
        let fault = |fault: Fault, what: String| Some((number, DataError::new(fault, format!("entry {number}{what}"))));
        let mut found = Rational::ZERO;
        let wrong = match value.rational() {
            _ if count != 4 => fault(Fault::Format, format!(" has {count} parts; expected [i, j, k, \"p/q\"]")),
            Some(rational) => {
                found = rational;
                None
            }
            None if value.is_float() => {
                fault(Fault::Number, format!(": {} is a float; exact numbers are written \"p/q\"", value.shown()))
            }
            None => fault(Fault::Number, format!(": {} is not a rational number like \"-3/4\"", value.shown())),
        };
        let index = |cell: &Cell| cell.index().and_then(|v| u32::try_from(v).ok()).unwrap_or(u32::MAX);
        let at = [index(i), index(j), index(k)];
        let nowhere = [i, j, k].into_iter().zip(at).find(|(_, v)| *v == u32::MAX);
        let lost = nowhere.and_then(|(cell, _)| {
            fault(Fault::Index, format!(": the index {} is not a whole number in range", cell.shown()))
        });
        if self.wrong.is_none() {
            // A wrong index is said before a wrong value, except in entries that have no four parts.
            self.wrong = if count == 4 { lost.or(wrong) } else { wrong };
        }
        self.terms.push(Term { at, value: found });
    }

    /// The table of dimension `n`; antisymmetry is completed, contradictions are errors.
    pub(super) fn table(self, n: usize, limits: &Limits) -> Result<StructureConstants, DataError> {
        let out_of_range = self.terms.iter().enumerate().find_map(|(number, term)| {
            let index = term.at.into_iter().find(|&v| v as usize >= n)?;
            let message =
                format!("entry {number}: the index {index} is not a whole number from 0 to {}", n.saturating_sub(1));
            Some((number, DataError::new(Fault::Index, message)))
        });
        let first = match (self.wrong, out_of_range) {
            (Some(a), Some(b)) => Some(if b.0 < a.0 { b } else { a }),
            (a, b) => a.or(b),
        };
        if let Some((_, error)) = first {
            return Err(error);
        }
        let order = sorted(&self.terms, n, limits)?;
        build(n, &self.terms, &order, limits)
    }
}

/// The place `(min, max, k)` of a term as one number.
fn place(term: &Term) -> (u64, u32) {
    let [i, j, k] = term.at;
    (u64::from(i.min(j)) << 32 | u64::from(i.max(j)), k)
}

/// The numbers of the terms in the order of their places, equal places in the order of the file: first by the
/// smaller index, then each of these parts for itself, so that a limit is met soon.
fn sorted(terms: &[Term], n: usize, limits: &Limits) -> Result<Vec<u32>, Stop> {
    limits.check()?;
    if terms.is_sorted_by_key(place) {
        return Ok((0..terms.len() as u32).collect());
    }
    limits.reserve((2 * size_of_val(terms)) as u128)?;
    let mut parts: Vec<Vec<u32>> = vec![Vec::new(); n];
    for (number, term) in terms.iter().enumerate() {
        if let Some(part) = parts.get_mut(term.at[0].min(term.at[1]) as usize) {
            part.push(number as u32);
        }
    }
    let mut order = Vec::with_capacity(terms.len());
    for mut part in parts {
        limits.check()?;
        part.sort_by_key(|&number| terms.get(number as usize).map(place));
        order.append(&mut part);
    }
    Ok(order)
}

fn build(n: usize, terms: &[Term], order: &[u32], limits: &Limits) -> Result<StructureConstants, DataError> {
    let mut ordered = order.iter().filter_map(|&number| Some((number, terms.get(number as usize)?))).peekable();
    // The last term kept: its place, number, whether it was written as [e_j, e_i] with i < j, and its value.
    let mut last: Option<(u64, u32, u32, bool, Rational)> = None;
    let mut fault = None;
    let table = StructureConstants::from_fn(n, |a, b| {
        let pair = (a as u64) << 32 | b as u64;
        let mut row: SparseVector = Vec::new();
        if fault.is_none() && b == a + 1 {
            fault = limits.check().err().map(DataError::from);
        }
        while let Some((number, term)) = ordered.next_if(|(_, term)| place(term).0 <= pair) {
            let [i, j, k] = term.at;
            if i == j {
                if !term.value.is_zero() {
                    let message = format!("entry {number}: [e_{i}, e_{i}] must be zero");
                    fault.get_or_insert(DataError::new(Fault::Antisymmetry, message));
                }
                continue;
            }
            let turned = i > j;
            let value = if turned { -&term.value } else { term.value.clone() };
            match &last {
                Some((at, along, first, before, known)) if (*at, *along) == (pair, k) => {
                    if *known != value {
                        fault.get_or_insert(contradiction(*first, number, term.at, *before == turned));
                    }
                }
                _ => {
                    last = Some((pair, k, number, turned, value.clone()));
                    if !value.is_zero() {
                        row.push((k, value));
                    }
                }
            }
        }
        row
    });
    // Entries [e_i, e_i] beyond the last pair.
    let rest = ordered.find(|(_, term)| !term.value.is_zero());
    if let Some((number, term)) = rest {
        let message = format!("entry {number}: [e_{0}, e_{0}] must be zero", term.at[0]);
        fault.get_or_insert(DataError::new(Fault::Antisymmetry, message));
    }
    fault.map_or(Ok(table), Err)
}

fn contradiction(first: u32, second: u32, [i, j, k]: [u32; 3], same_order: bool) -> DataError {
    if same_order {
        let message = format!("entries {first} and {second} give two values for [e_{i}, e_{j}] along e_{k}");
        return DataError::new(Fault::Duplicate, message);
    }
    let message = format!("entries {first} and {second} contradict [e_{i}, e_{j}] = -[e_{j}, e_{i}] along e_{k}");
    DataError::new(Fault::Antisymmetry, message)
}
