//! The entries of a basis: labels of a partition, or sparse rows.

use crate::num::{Cyclotomic, Rational};

/// A partition of the entries: entry `k` belongs to basis tensor `class`, with value 1 or −1 there, or to none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// `2 · class + negative`, or [`Labels::NONE`].
    pub(super) packed: Vec<u32>,
    /// The number of classes.
    pub(super) classes: usize,
}

impl Labels {
    /// The packed label of an entry at which every invariant tensor vanishes.
    pub(super) const NONE: u32 = u32::MAX;

    /// The class of an entry and whether its value is −1; `None` where every invariant tensor vanishes.
    pub fn at(&self, entry: usize) -> Option<(usize, bool)> {
        let packed = *self.packed.get(entry)?;
        (packed != Labels::NONE).then_some(((packed >> 1) as usize, packed & 1 == 1))
    }

    /// `k + 1` at an entry of class `k`, its negative where the value is −1, 0 where every invariant tensor vanishes.
    pub fn signed(&self, entry: usize) -> i64 {
        self.at(entry).map_or(0, |(class, negative)| if negative { -(class as i64) - 1 } else { class as i64 + 1 })
    }

    /// How many entries each class has.
    pub fn sizes(&self) -> Vec<usize> {
        let mut sizes = vec![0usize; self.classes];
        for &label in self.packed.iter().filter(|&&x| x != Labels::NONE) {
            sizes[(label >> 1) as usize] += 1;
        }
        sizes
    }
}

/// The values of sparse rows, one for each place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values {
    /// All are 1.
    Ones,
    /// Small integers.
    Integers(Vec<i32>),
    /// Rational numbers.
    Rationals(Vec<Rational>),
}

/// Sparse rows: row `k` has the values at positions `starts[k] .. starts[k + 1]` of the lists, its places increasing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SparseRows {
    /// Where each row starts in the lists; one more than there are rows.
    pub starts: Vec<usize>,
    /// The places of the entries in the flattened matrix, `row · cols + column`.
    pub places: Vec<u64>,
    /// Their values.
    pub values: Values,
}

impl SparseRows {
    /// No rows yet.
    pub(super) fn new(values: Values) -> SparseRows {
        SparseRows { starts: vec![0], places: Vec::new(), values }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn range(&self, k: usize) -> std::ops::Range<usize> {
        self.starts[k]..self.starts[k + 1]
    }

    /// The exact value at a position of the lists.
    fn value(&self, at: usize) -> Rational {
        match &self.values {
            Values::Ones => Rational::ONE,
            Values::Integers(v) => Rational::from(i64::from(v[at])),
            Values::Rationals(v) => v[at].clone(),
        }
    }

    /// The value at a position of the lists as a double.
    pub(super) fn double(&self, at: usize) -> f64 {
        match &self.values {
            Values::Ones => 1.0,
            Values::Integers(v) => f64::from(v[at]),
            Values::Rationals(v) => v[at].to_f64(),
        }
    }

    /// The same with integers, when all values are small integers.
    pub(super) fn with_integers(self) -> SparseRows {
        let Values::Rationals(values) = &self.values else { return self };
        let small = |x: &Rational| x.to_i64().and_then(|x| i32::try_from(x).ok());
        match values.iter().map(small).collect::<Option<Vec<i32>>>() {
            Some(values) => SparseRows { values: Values::Integers(values), ..self },
            None => self,
        }
    }

    /// Row `k` as pairs (place, value).
    pub fn row(&self, k: usize) -> impl Iterator<Item = (u64, Rational)> {
        self.range(k).map(|at| (self.places[at], self.value(at)))
    }
}

/// Sparse rows over a cyclotomic field, as in [`SparseRows`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRows {
    /// Where each row starts in the lists; one more than there are rows.
    pub starts: Vec<usize>,
    /// The places of the entries in the flattened matrix, `row · cols + column`.
    pub places: Vec<u64>,
    /// Their values.
    pub values: Vec<Cyclotomic>,
}

impl FieldRows {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Row `k` as pairs (place, value).
    pub fn row(&self, k: usize) -> impl Iterator<Item = (u64, &Cyclotomic)> {
        let range = self.starts[k]..self.starts[k + 1];
        self.places[range.clone()].iter().copied().zip(&self.values[range])
    }

    /// The same rows with rational numbers, where all are rational.
    pub(super) fn rational(&self) -> Option<SparseRows> {
        let values = self.values.iter().map(Cyclotomic::as_rational).collect::<Option<Vec<Rational>>>()?;
        let (starts, places) = (self.starts.clone(), self.places.clone());
        Some(SparseRows { starts, places, values: Values::Rationals(values) }.with_integers())
    }
}
