//! A table of brackets that grows entry by entry, in any order; quick when the entries come row by row.

use std::mem::take;

use super::read::MAX_DIM;
use super::scan::estimated;
use super::source::Halt;
use crate::exact::SparseVector;
use crate::lie::StructureConstants;
use crate::limits::Limits;
use crate::num::Rational;

/// The rows `[e_i, e_j]`, `i < j`, read so far; the dimension may still be unknown.
pub(super) struct Rows<'a> {
    limits: &'a Limits,
    /// `lists[i][j - i - 1]` is `[e_i, e_j]`.
    lists: Vec<Vec<SparseVector>>,
    /// The row that is being read, and its place.
    current: SparseVector,
    place: (u32, u32),
    /// Whether the last entry was written as `[e_j, e_i]`.
    turned: bool,
    /// Whether some row has still to be sorted, or has values twice, or zeros.
    untidy: bool,
    /// The largest index seen, plus one.
    needed: usize,
    /// Bytes taken.
    taken: u128,
}

impl<'a> Rows<'a> {
    /// No rows.
    pub(super) fn new(limits: &'a Limits) -> Rows<'a> {
        let (lists, current) = (Vec::new(), Vec::new());
        Rows { limits, lists, current, place: (u32::MAX, u32::MAX), turned: false, untidy: false, needed: 0, taken: 0 }
    }

    /// Adds `[e_i, e_j] = … + value · e_k`.
    #[inline]
    pub(super) fn push(&mut self, [i, j, k]: [u32; 3], value: Rational) -> Result<(), Halt> {
        self.needed = self.needed.max(k as usize + 1);
        let place = (i.min(j), i.max(j));
        if place != self.place {
            self.store()?;
            self.place = place;
            self.needed = self.needed.max(place.1 as usize + 1);
        }
        if i == j {
            return if value.is_zero() { Ok(()) } else { Err(Halt::Odd) };
        }
        self.turned = i > j;
        self.current.push((k, if i < j { value } else { -value }));
        Ok(())
    }

    /// Adds `numerator / denominator · e_k` to the bracket of the last [`Rows::push`]; the denominator is not zero.
    #[inline]
    pub(super) fn push_along(&mut self, k: u32, numerator: i64, denominator: i64) {
        self.needed = self.needed.max(k as usize + 1);
        let value = Rational::new(if self.turned { -numerator } else { numerator }, denominator);
        self.current.push((k, value.unwrap_or_default()));
    }

    /// Stops when a limit is met; `passed` of `length` bytes were read.
    pub(super) fn check(&self, passed: u64, length: u64) -> Result<(), Halt> {
        estimated(self.limits, self.taken, passed, length)
    }

    /// Moves the current row to its place.
    fn store(&mut self) -> Result<(), Halt> {
        if self.current.is_empty() {
            return Ok(());
        }
        let (i, j) = (self.place.0 as usize, self.place.1 as usize);
        if j >= MAX_DIM {
            return Err(Halt::Odd);
        }
        if self.lists.len() <= i {
            self.lists.resize_with(i + 1, Vec::new);
        }
        let (Some(list), at) = (self.lists.get_mut(i), j - i - 1) else { return Err(Halt::Odd) };
        if list.len() <= at {
            self.taken += ((at + 1 - list.len()) * size_of::<SparseVector>()) as u128;
            self.limits.reserve(self.taken)?;
            list.resize_with(at + 1, Vec::new);
        }
        let Some(row) = list.get_mut(at) else { return Err(Halt::Odd) };
        if row.is_empty() {
            self.untidy |= !is_tidy(&self.current);
            // Exactly as long as it is: rows are most of the memory.
            row.reserve_exact(self.current.len());
        } else if *row == self.current {
            // The same bracket once more, from [e_j, e_i] in most files.
            self.current.clear();
            return Ok(());
        } else {
            self.untidy = true;
        }
        let before = row.len();
        row.append(&mut self.current);
        self.taken += ((row.len() - before) * size_of::<(u32, Rational)>()) as u128;
        Ok(())
    }

    /// The table of dimension `n`.
    pub(super) fn table(mut self, n: usize, limits: &Limits) -> Result<StructureConstants, Halt> {
        self.store()?;
        if self.needed > n {
            return Err(Halt::Odd);
        }
        limits.reserve(self.taken + (size_of::<SparseVector>() * n * n / 2) as u128)?;
        if self.untidy {
            for list in &mut self.lists {
                limits.check()?;
                list.iter_mut().try_for_each(tidy)?;
            }
        }
        let mut lists = self.lists.into_iter();
        let mut list = Vec::new().into_iter();
        Ok(StructureConstants::from_fn(n, |i, j| {
            if j == i + 1 {
                list = lists.next().unwrap_or_default().into_iter();
            }
            list.next().unwrap_or_default()
        }))
    }
}

/// Whether a row is as tables keep it: sorted, every index once, no zeros.
fn is_tidy(row: &[(u32, Rational)]) -> bool {
    row.is_sorted_by(|a, b| a.0 < b.0) && row.iter().all(|(_, value)| !value.is_zero())
}

/// Sorts a row and drops what is said twice and zeros; two values for one place are for the general reader to name.
fn tidy(row: &mut SparseVector) -> Result<(), Halt> {
    if is_tidy(row) {
        return Ok(());
    }
    let mut terms = take(row);
    terms.sort_by_key(|(k, _)| *k);
    terms.dedup();
    if terms.windows(2).any(|pair| matches!(pair, [a, b] if a.0 == b.0)) {
        return Err(Halt::Odd);
    }
    terms.retain(|(_, value)| !value.is_zero());
    terms.shrink_to_fit();
    *row = terms;
    Ok(())
}
