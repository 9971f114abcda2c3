//! Polynomial forms: polynomials with exact coefficients in the coordinates of one or several vectors.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::num::Gaussian;

/// A product of powers: pairs (coordinate, exponent ≥ 1) in increasing order of the coordinate.
pub type Monomial = Vec<(u32, u32)>;

/// A polynomial in named coordinates, which belong to vectors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    vectors: Arc<Vec<Vec<String>>>,
    terms: BTreeMap<Monomial, Gaussian>,
}

impl Form {
    /// The constant `value` in the given coordinates.
    pub fn constant(vectors: Arc<Vec<Vec<String>>>, value: Gaussian) -> Form {
        let mut terms = BTreeMap::new();
        if !value.is_zero() {
            terms.insert(Vec::new(), value);
        }
        Form { vectors, terms }
    }

    /// The coordinate with the given number, counted through all vectors.
    pub fn coordinate(vectors: Arc<Vec<Vec<String>>>, number: u32) -> Form {
        Form { vectors, terms: BTreeMap::from([(vec![(number, 1)], Gaussian::ONE)]) }
    }

    /// The names of the coordinates, a list for each vector.
    pub fn vectors(&self) -> &Arc<Vec<Vec<String>>> {
        &self.vectors
    }

    /// The terms: monomial and coefficient, none of them zero.
    pub fn terms(&self) -> &BTreeMap<Monomial, Gaussian> {
        &self.terms
    }

    /// The number of coordinates of all vectors together.
    pub fn dimension(&self) -> usize {
        self.vectors.iter().map(Vec::len).sum()
    }

    /// The degree of the polynomial; zero for the zero polynomial.
    pub fn degree(&self) -> u32 {
        self.terms.keys().map(|m| m.iter().map(|(_, e)| e).sum()).max().unwrap_or(0)
    }

    /// Whether all terms have one degree.
    pub fn is_homogeneous(&self) -> bool {
        let mut degrees = self.terms.keys().map(|m| m.iter().map(|(_, e)| e).sum::<u32>());
        degrees.next().is_none_or(|first| degrees.all(|d| d == first))
    }

    /// The value when the polynomial is constant.
    pub fn as_constant(&self) -> Option<Gaussian> {
        match self.terms.iter().next() {
            None => Some(Gaussian::ZERO),
            Some((monomial, value)) if monomial.is_empty() && self.terms.len() == 1 => Some(value.clone()),
            _ => None,
        }
    }

    /// Whether both have the same coordinates.
    pub fn same_coordinates(&self, other: &Form) -> bool {
        Arc::ptr_eq(&self.vectors, &other.vectors) || self.vectors == other.vectors
    }

    /// `self + factor · other`.
    pub fn add_scaled(&self, factor: &Gaussian, other: &Form) -> Form {
        let mut terms = self.terms.clone();
        for (monomial, value) in &other.terms {
            add_term(&mut terms, monomial.clone(), &(factor * value));
        }
        Form { vectors: self.vectors.clone(), terms }
    }

    /// The multiple by a number.
    pub fn scale(&self, factor: &Gaussian) -> Form {
        Form::constant(self.vectors.clone(), Gaussian::ZERO).add_scaled(factor, self)
    }

    /// The product.
    pub fn times(&self, other: &Form) -> Form {
        let mut terms = BTreeMap::new();
        for (m, a) in &self.terms {
            for (n, b) in &other.terms {
                add_term(&mut terms, multiply(m, n), &(a * b));
            }
        }
        Form { vectors: self.vectors.clone(), terms }
    }

    /// The value at a point, its coordinates in order; missing ones count as zero.
    pub fn at(&self, point: &[Gaussian]) -> Gaussian {
        let mut sum = Gaussian::ZERO;
        for (monomial, coefficient) in &self.terms {
            let mut product = coefficient.clone();
            for (k, e) in monomial {
                let x = point.get(*k as usize).cloned().unwrap_or_default();
                product = &product * &x.pow(i32::try_from(*e).unwrap_or(i32::MAX)).unwrap_or_default();
            }
            sum = &sum + &product;
        }
        sum
    }
}

fn add_term(terms: &mut BTreeMap<Monomial, Gaussian>, monomial: Monomial, value: &Gaussian) {
    use std::collections::btree_map::Entry;
    match terms.entry(monomial) {
        Entry::Vacant(slot) => {
            if !value.is_zero() {
                slot.insert(value.clone());
            }
        }
        Entry::Occupied(mut slot) => {
            let sum = slot.get() + value;
            if sum.is_zero() {
                slot.remove();
            } else {
                slot.insert(sum);
            }
        }
    }
}

fn multiply(a: &Monomial, b: &Monomial) -> Monomial {
    let mut exponents: BTreeMap<u32, u32> = a.iter().copied().collect();
    for (k, e) in b {
        let slot = exponents.entry(*k).or_insert(0);
        *slot = slot.saturating_add(*e);
    }
    exponents.into_iter().collect()
}

/// Written as the language reads it: `x^2 + 2*x*y - 1/2*y^2`, higher powers of earlier coordinates first.
impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.terms.is_empty() {
            return f.pad("0");
        }
        let names: Vec<&String> = self.vectors.iter().flatten().collect();
        let mut ordered: Vec<(&Monomial, &Gaussian)> = self.terms.iter().collect();
        ordered.sort_by_key(|(monomial, _)| {
            let degree: u32 = monomial.iter().map(|(_, e)| e).sum();
            let powers: Vec<(u32, std::cmp::Reverse<u32>)> =
                monomial.iter().map(|(k, e)| (*k, std::cmp::Reverse(*e))).collect();
            (std::cmp::Reverse(degree), powers)
        });
        let mut text = String::new();
        for (monomial, value) in ordered {
            let powers: Vec<String> = monomial
                .iter()
                .map(|(k, e)| {
                    let name = names.get(*k as usize).map_or("?", |n| n.as_str());
                    if *e == 1 { name.to_string() } else { format!("{name}^{e}") }
                })
                .collect();
            let negative = value.is_real() && value.re.signum() < 0;
            let magnitude = if negative { -value } else { value.clone() };
            let coefficient = if magnitude.is_real() { magnitude.to_string() } else { format!("({magnitude})") };
            let term = match (powers.is_empty(), magnitude == Gaussian::ONE) {
                (true, _) => coefficient,
                (false, true) => powers.join("*"),
                (false, false) => format!("{coefficient}*{}", powers.join("*")),
            };
            match (text.is_empty(), negative) {
                (true, true) => text.push('-'),
                (true, false) => {}
                (false, true) => text.push_str(" - "),
                (false, false) => text.push_str(" + "),
            }
            text.push_str(&term);
        }
        f.pad(&text)
    }
}
