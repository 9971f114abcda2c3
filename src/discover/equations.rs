//! The same linear system as identities of polynomials: one equation for each monomial of `W·f`, with rational
//! coefficients. Its rank is the upper bound of a proof, and a vector that it annihilates is a symmetry for all points.
//!
//! Over a field Q(√d) unknown `k` is `u + v √d` with the rational unknowns `u` in place `2k` and `v` in place `2k + 1`, and
//! each equation is two: its rational part and its factor of √d. Ranks and dimensions over Q are then twice those over the
//! field.

use super::ansatz::{Ansatz, Entry};
use super::error::DiscoverError;
use super::fraction::{Fraction, of_steps, reduced};
use super::oracle::{Oracle, Role};
use crate::exact::SparseVector;
use crate::exact::sparse::rows_by_key;
use crate::forms::{Monomial, Polynomial};
use crate::limits::Limits;
use crate::num::{Gaussian, Rational};

/// A monomial and an output in one number: only equality matters.
type Key = u128;

/// The equations as rational ones.
pub(super) struct Identities {
    /// `d` of the field Q(√d) of the coefficients, `None` over Q.
    pub radicand: Option<i64>,
    /// The equations: in as many unknowns as the ansatz has, or in twice as many.
    pub rows: Vec<SparseVector>,
}

impl Identities {
    /// Rational unknowns for each unknown of the ansatz.
    pub fn degree(&self) -> usize {
        1 + usize::from(self.radicand.is_some())
    }
}

/// The equations, or `None` when the oracle is no fraction of polynomials, or has too high a degree.
pub(super) fn equations(
    oracle: &Oracle,
    ansatz: &Ansatz,
    limits: &Limits,
) -> Result<Option<Identities>, DiscoverError> {
    // A function of an invariant is an invariant; of something that transforms linearly it is not.
    let known = if ansatz.is_equivariant() {
        of_steps(oracle.steps(), oracle.outputs(), oracle.variables(), limits)?
    } else {
        oracle.fractions(limits)?
    };
    let Some(known) = known else { return Ok(None) };
    let fractions = &known.all;
    if ansatz.is_equivariant() && !fractions.iter().all(Fraction::is_polynomial) {
        return Ok(None);
    }
    let moves = Moves::new(oracle, ansatz);
    let bits = usize::BITS - (oracle.variables() + 1).leading_zeros();
    let degree = fractions.iter().map(|f| f.numerator.degree() + 2 * f.denominator.degree()).max().unwrap_or(0);
    // A vector field puts a monomial in the place of a coordinate.
    let raised = ansatz.features().iter().map(Vec::len).max().unwrap_or(1).max(1);
    if ((degree + raised) as u32).saturating_mul(bits) > Key::BITS - u32::from(known.root.is_some()) {
        return Ok(None);
    }
    let mut rows = Vec::new();
    for (o, fraction) in fractions.iter().enumerate() {
        limits.check()?;
        let mut summands = Summands { root: known.root, bits, list: Vec::new() };
        if fraction.is_polynomial() {
            let degrees: usize = fraction.numerator.terms().map(|(m, _)| m.degree()).sum();
            limits.reserve(degrees as u128 * ansatz.len() as u128 / oracle.dimension().max(1) as u128 * 96)?;
            moves.polynomial(&fraction.numerator, &mut summands);
            if ansatz.is_equivariant() {
                outputs(o, fractions, ansatz, &mut summands);
            }
        } else {
            for unknown in 0..ansatz.len() {
                limits.check()?;
                moves.fraction(fraction, unknown, &mut summands);
            }
        }
        rows.extend(rows_by_key(summands.list));
    }
    let traces = volume(oracle, ansatz);
    match known.root {
        None => rows.extend(traces),
        Some(_) => {
            let part = |row: &SparseVector, part: u32| row.iter().map(|(k, x)| (2 * k + part, x.clone())).collect();
            rows.extend(traces.iter().flat_map(|row| [part(row, 0), part(row, 1)]));
        }
    }
    Ok(Some(Identities { radicand: known.radicand(), rows }))
}

/// What each unknown contributes to the coefficient of each monomial.
struct Summands {
    root: Option<(u32, i64)>,
    bits: u32,
    list: Vec<(Key, u32, Rational)>,
}

impl Summands {
    /// Adds `factor · unknown` to the coefficient of a monomial, given by its variables in increasing order.
    fn push(&mut self, variables: impl Iterator<Item = u32>, unknown: u32, factor: Rational) {
        let bits = self.bits;
        let append = |key: Key, v: u32| key << bits | Key::from(v + 1);
        let Some((root, radicand)) = self.root else {
            self.list.push((variables.fold(0, append), unknown, factor));
            return;
        };
        let mut irrational = false;
        let key = variables.fold(0, |key, v| {
            irrational |= v == root;
            if v == root { key } else { append(key, v) }
        });
        let parts = [key << 1, key << 1 | 1];
        if irrational {
            // (u + v √d) √d
            self.list.push((parts[0], 2 * unknown + 1, &factor * &Rational::from(radicand)));
            self.list.push((parts[1], 2 * unknown, factor));
        } else {
            self.list.push((parts[0], 2 * unknown, factor.clone()));
            self.list.push((parts[1], 2 * unknown + 1, factor));
        }
    }
}

/// The equations `tr W = 0`, when they are asked: of a complex matrix both parts vanish.
pub(super) fn volume(oracle: &Oracle, ansatz: &Ansatz) -> Vec<SparseVector> {
    if !oracle.keeps_volume() {
        return Vec::new();
    }
    let n = oracle.dimension() as u32;
    let half = n / 2;
    let trace = |place: &dyn Fn(&Entry) -> bool| -> SparseVector {
        let of = |(k, entries): (usize, &Vec<Entry>)| {
            let sum: i32 = entries.iter().filter(|e| e.row < n && place(e)).map(|e| e.value).sum();
            (sum != 0).then(|| (k as u32, Rational::from(i64::from(sum))))
        };
        ansatz.unknowns().iter().enumerate().filter_map(of).collect()
    };
    let mut rows = vec![trace(&|e: &Entry| e.row == e.column)];
    if oracle.is_complex() {
        rows.push(trace(&|e: &Entry| e.row == e.column + half));
    }
    rows.retain(|row| !row.is_empty());
    rows
}

/// Which unknown moves which coordinate where.
struct Moves<'a> {
    oracle: &'a Oracle,
    /// For each row of the matrices (unknown, column, value), and for each column (unknown, row, value).
    by_row: Vec<Vec<(u32, u32, i32)>>,
    by_column: Vec<Vec<(u32, u32, i32)>>,
    /// The monomials of vector fields, of which there are no such lists.
    features: &'a [Vec<u32>],
}

impl Moves<'_> {
    fn new<'a>(oracle: &'a Oracle, ansatz: &'a Ansatz) -> Moves<'a> {
        let size = ansatz.size();
        let (mut by_row, mut by_column) = (vec![Vec::new(); size], vec![Vec::new(); size]);
        let matrices = if ansatz.is_polynomial() { &[] } else { ansatz.unknowns() };
        for (k, entries) in matrices.iter().enumerate() {
            for e in entries {
                by_row[e.row as usize].push((k as u32, e.column, e.value));
                by_column[e.column as usize].push((k as u32, e.row, e.value));
            }
        }
        Moves { oracle, by_row, by_column, features: ansatz.features() }
    }

    /// What each unknown makes of coordinate `variable`: (unknown, the coordinate that appears, `None` for a constant, factor).
    fn of(&self, variable: u32) -> impl Iterator<Item = (u32, Option<u32>, i32)> {
        let n = self.oracle.dimension() as u32;
        let (argument, a) = (variable / n, variable % n);
        let dual = self.oracle.arguments().get(argument as usize) == Some(&Role::Covector);
        let list = if dual { &self.by_column[a as usize] } else { &self.by_row[a as usize] };
        let sign = if dual { -1 } else { 1 };
        list.iter()
            .filter(move |(_, b, _)| *b < n || (*b == n && !dual))
            .map(move |&(k, b, value)| (k, (b < n).then_some(argument * n + b), sign * value))
    }

    /// The coordinates of a monomial with their exponents, without a root of a constant.
    fn coordinates(&self, monomial: &Monomial) -> impl Iterator<Item = (u32, u32)> {
        let variables = self.oracle.variables() as u32;
        monomial.exponents().filter(move |(v, _)| *v < variables)
    }

    fn polynomial(&self, polynomial: &Polynomial, summands: &mut Summands) {
        for (monomial, coefficient) in polynomial.terms() {
            for (variable, exponent) in self.coordinates(monomial) {
                let factor = &coefficient.re * &Rational::from(i64::from(exponent));
                for (k, feature) in self.features.iter().enumerate() {
                    let unknown = self.component(variable) * self.features.len() + k;
                    let product = self.product(monomial, variable, feature);
                    summands.push(product.variables().iter().copied(), unknown as u32, factor.clone());
                }
                for (unknown, new, value) in self.of(variable) {
                    let factor = &factor * &Rational::from(i64::from(value));
                    summands.push(replaced(monomial, variable, new), unknown, factor);
                }
            }
        }
    }

    /// Which coordinate of a vector a variable is.
    fn component(&self, variable: u32) -> usize {
        variable as usize % self.oracle.dimension().max(1)
    }

    /// A monomial with one `variable` replaced by a monomial of the same vector.
    fn product(&self, monomial: &Monomial, variable: u32, feature: &[u32]) -> Monomial {
        let mut variables = monomial.variables().to_vec();
        if let Some(at) = variables.iter().position(|&v| v == variable) {
            variables.swap_remove(at);
        }
        let first = variable - self.component(variable) as u32;
        variables.extend(feature.iter().map(|v| first + v));
        Monomial::new(variables)
    }

    /// `Q·(W P) − P·(W Q)` for one unknown.
    fn fraction(&self, fraction: &Fraction, unknown: usize, summands: &mut Summands) {
        let moved = |polynomial: &Polynomial| {
            let mut out = Polynomial::zero();
            for (monomial, coefficient) in polynomial.terms() {
                for (variable, exponent) in self.coordinates(monomial) {
                    if let Some(columns) = Some(self.features.len()).filter(|&columns| columns > 0)
                        && self.component(variable) == unknown / columns
                    {
                        let factor = coefficient * &Gaussian::from(i64::from(exponent));
                        out.add_term(factor, self.product(monomial, variable, &self.features[unknown % columns]));
                    }
                    for (_, new, value) in self.of(variable).filter(|(k, ..)| *k as usize == unknown) {
                        let factor = coefficient * &Gaussian::from(i64::from(exponent) * i64::from(value));
                        out.add_term(factor, Monomial::new(replaced(monomial, variable, new).collect()));
                    }
                }
            }
            out
        };
        let above = moved(&fraction.numerator).mul(&fraction.denominator);
        let below = moved(&fraction.denominator).mul(&fraction.numerator);
        let mut difference = above.sub(&below);
        if let Some((variable, radicand)) = summands.root {
            difference = reduced(difference, variable, radicand);
        }
        for (monomial, coefficient) in difference.terms() {
            summands.push(monomial.variables().iter().copied(), unknown as u32, coefficient.re.clone());
        }
    }
}

/// `−B f` in output `o`.
fn outputs(o: usize, fractions: &[Fraction], ansatz: &Ansatz, summands: &mut Summands) {
    for k in 0..ansatz.len() {
        for e in ansatz.moved_outputs(k).iter().filter(|e| e.row as usize == o) {
            let Some(other) = fractions.get(e.column as usize) else { continue };
            for (monomial, coefficient) in other.numerator.terms() {
                let factor = &coefficient.re * &Rational::from(-i64::from(e.value));
                summands.push(monomial.variables().iter().copied(), k as u32, factor);
            }
        }
    }
}

/// The variables of a monomial in increasing order, one `old` replaced by `new`.
fn replaced(monomial: &Monomial, old: u32, new: Option<u32>) -> impl Iterator<Item = u32> {
    let variables = monomial.variables();
    let skip = variables.partition_point(|&v| v < old);
    let others = variables.iter().copied().enumerate().filter(move |(i, _)| *i != skip).map(|(_, v)| v);
    let place = new.map_or(usize::MAX, |new| {
        let before = variables.partition_point(|&v| v < new);
        before - usize::from(skip < before)
    });
    let mut others = others.peekable();
    let (mut at, mut left) = (0, new);
    std::iter::from_fn(move || {
        if (at == place || others.peek().is_none())
            && let Some(new) = left.take()
        {
            at += 1;
            return Some(new);
        }
        at += 1;
        others.next()
    })
}
