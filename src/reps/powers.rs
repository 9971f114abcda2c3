//! The action on symmetric and exterior powers, in the bases of monomials and of wedge products.
//!
//! Both are indexed by sequences `i_1, …, i_k`: non-decreasing ones for `Sym^k`, increasing ones for `Λ^k`, in
//! lexicographic order; `x` acts by the rule of Leibniz (Fulton–Harris, appendix B).

use std::collections::{BTreeMap, HashMap};

use crate::exact::sparse::collect_terms;
use crate::exact::{Matrix, SparseMatrix};
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// Bytes for one sequence of length `k`, in the list and in the index.
pub(super) fn bytes_of_index(k: u32) -> u128 {
    8 * u128::from(k) + 96
}

/// The matrix of the derivation of `Sym^k` that extends `x`; `size = C(d + k − 1, k)`, `k ≥ 1`.
///
/// The column of `v_{i1} ⋯ v_{ik}` is `Σ_m v_{i1} ⋯ (x v_{im}) ⋯ v_{ik}`: a monomial `∏ v_i^{a_i}` gets `a_i x_{ji}` at
/// the monomial with one `v_i` replaced by `v_j`.
pub(super) fn symmetric(x: &SparseMatrix, size: usize, k: u32, limits: &Limits) -> Result<SparseMatrix, Stop> {
    let columns = columns_of(x);
    let rows = leibniz(&columns, &sequences(x.rows(), k as usize, size, false, limits)?, limits, sort)?;
    Ok(SparseMatrix::from_rows(size, rows.into_iter().map(collect_terms).collect()))
}

/// The matrix of the derivation of `Λ^k` that extends `x`; `size = C(d, k)`, `1 ≤ k ≤ d`.
pub(super) fn alternating(x: &SparseMatrix, size: usize, k: u32, limits: &Limits) -> Result<SparseMatrix, Stop> {
    let columns = columns_of(x);
    let rows = leibniz(&columns, &sequences(x.rows(), k as usize, size, true, limits)?, limits, sort_with_sign)?;
    Ok(SparseMatrix::from_rows(size, rows.into_iter().map(collect_terms).collect()))
}

/// All sequences with entries below `d` in lexicographic order, increasing or at least non-decreasing.
pub(super) fn sequences(d: usize, k: usize, size: usize, strict: bool, limits: &Limits) -> Result<Vec<Vec<u32>>, Stop> {
    let mut out = Vec::with_capacity(size);
    let step = u32::from(strict);
    // The smallest continuation of a prefix: each entry exceeds the one before by `step`.
    let mut current: Vec<u32> = (0..k as u32).map(|m| m * step).collect();
    loop {
        if out.len().is_multiple_of(4096) {
            limits.check()?;
        }
        if out.len() == size {
            return Ok(out);
        }
        out.push(current.clone());
        // The last entry that can grow: entry m of k must leave room for those after it.
        let largest = |m: usize| (d - 1) as u32 - step * (k - 1 - m) as u32;
        let Some(m) = (0..k).rev().find(|&m| current[m] < largest(m)) else { return Ok(out) };
        let grown = current[m] + 1;
        for (offset, entry) in current[m..].iter_mut().enumerate() {
            *entry = grown + step * offset as u32;
        }
    }
}

/// Sorts a monomial; no sign changes.
pub(super) fn sort(sequence: &mut [u32]) -> Option<bool> {
    sequence.sort_unstable();
    Some(false)
}

/// Sorts; `Some(true)` after an odd number of exchanges, `None` when two entries agree.
pub(super) fn sort_with_sign(sequence: &mut [u32]) -> Option<bool> {
    let mut odd = false;
    // One entry was changed in a sorted sequence: insertion moves it to its place.
    for end in 1..sequence.len() {
        let mut at = end;
        while at > 0 && sequence[at - 1] > sequence[at] {
            sequence.swap(at - 1, at);
            odd = !odd;
            at -= 1;
        }
        if at > 0 && sequence[at - 1] == sequence[at] {
            return None;
        }
    }
    Some(odd)
}

/// Where each basis sequence stands. Only looked up, never walked through: its order reaches nobody.
pub(super) fn places(basis: &[Vec<u32>]) -> HashMap<&[u32], u32> {
    basis.iter().enumerate().map(|(at, s)| (&s[..], at as u32)).collect()
}

/// What the entries of matrices may be: exact or floating-point numbers.
pub(super) trait Entry: Clone + Default + PartialEq {
    /// `self + sign · a b`.
    fn plus_product(&mut self, a: &Self, b: &Self, negative: bool);
    /// 1.
    fn one() -> Self;
}

impl Entry for Rational {
    fn plus_product(&mut self, a: &Rational, b: &Rational, negative: bool) {
        let term = a * b;
        *self += &if negative { -&term } else { term };
    }

    fn one() -> Rational {
        Rational::ONE
    }
}

impl Entry for f64 {
    fn plus_product(&mut self, a: &f64, b: &f64, negative: bool) {
        *self += if negative { -(a * b) } else { a * b };
    }

    fn one() -> f64 {
        1.0
    }
}

/// The columns of a matrix: row numbers and entries.
type Columns<T> = Vec<Vec<(u32, T)>>;

fn columns_of(m: &SparseMatrix) -> Columns<Rational> {
    m.transpose().iter_rows().map(<[_]>::to_vec).collect()
}

/// Applies `x` to one place of a basis sequence after the other; `sort` brings the result into the basis, says whether
/// the sign changes, and is `None` for zero. Rows of column numbers and terms, not collected.
fn leibniz<T: Entry>(
    columns: &Columns<T>,
    basis: &[Vec<u32>],
    limits: &Limits,
    sort: impl Fn(&mut [u32]) -> Option<bool>,
) -> Result<Vec<Vec<(u32, T)>>, Stop> {
    let place = places(basis);
    let mut rows: Vec<Vec<(u32, T)>> = vec![Vec::new(); basis.len()];
    let mut image = Vec::new();
    for (column, sequence) in basis.iter().enumerate() {
        if column.is_multiple_of(1024) {
            limits.check()?;
        }
        for (m, i) in sequence.iter().enumerate() {
            for (j, value) in &columns[*i as usize] {
                image.clear();
                image.extend_from_slice(sequence);
                image[m] = *j;
                let Some(odd) = sort(&mut image) else { continue };
                if let Some(row) = place.get(&image[..]) {
                    let mut signed = T::default();
                    signed.plus_product(&T::one(), value, odd);
                    rows[*row as usize].push((column as u32, signed));
                }
            }
        }
    }
    Ok(rows)
}

/// The matrix of `Sym^k h` for a matrix `h`: the column of `v_{i1} ⋯ v_{ik}` is `(h v_{i1}) ⋯ (h v_{ik})`.
pub(super) fn symmetric_of_element(
    h: &SparseMatrix,
    size: usize,
    k: u32,
    limits: &Limits,
) -> Result<SparseMatrix, Stop> {
    let basis = sequences(h.rows(), k as usize, size, false, limits)?;
    Ok(SparseMatrix::from_rows(size, multiplicative(&columns_of(h), &basis, limits, sort)?))
}

/// The matrix of `Λ^k h` for a matrix `h`: its entries are the minors of order `k`.
pub(super) fn alternating_of_element(
    h: &SparseMatrix,
    size: usize,
    k: u32,
    limits: &Limits,
) -> Result<SparseMatrix, Stop> {
    let basis = sequences(h.rows(), k as usize, size, true, limits)?;
    Ok(SparseMatrix::from_rows(size, multiplicative(&columns_of(h), &basis, limits, sort_with_sign)?))
}

/// The action on a power in doubles: of an element of the group where `finite`, else of an element of the algebra.
pub(super) fn float_power(
    x: &Matrix<f64>,
    (size, k): (usize, u32),
    (alternating, finite): (bool, bool),
    limits: &Limits,
) -> Result<Matrix<f64>, Stop> {
    let column = |j: usize| (0..x.rows()).map(|i| (i as u32, x[(i, j)])).filter(|(_, v)| *v != 0.0).collect();
    let columns: Columns<f64> = (0..x.cols()).map(column).collect();
    let basis = sequences(x.rows(), k as usize, size, alternating, limits)?;
    let rows = match (alternating, finite) {
        (true, true) => multiplicative(&columns, &basis, limits, sort_with_sign)?,
        (true, false) => leibniz(&columns, &basis, limits, sort_with_sign)?,
        (false, true) => multiplicative(&columns, &basis, limits, sort)?,
        (false, false) => leibniz(&columns, &basis, limits, sort)?,
    };
    let mut out = Matrix::filled(size, size, 0.0);
    for (i, row) in rows.into_iter().enumerate() {
        row.into_iter().for_each(|(j, v)| out[(i, j as usize)] += v);
    }
    Ok(out)
}

/// Applies `h` to all places of every basis sequence, one factor after the other, with `sort` as in [`leibniz`].
fn multiplicative<T: Entry>(
    columns: &Columns<T>,
    basis: &[Vec<u32>],
    limits: &Limits,
    sort: impl Fn(&mut [u32]) -> Option<bool>,
) -> Result<Vec<Vec<(u32, T)>>, Stop> {
    let place = places(basis);
    let mut rows: Vec<Vec<(u32, T)>> = vec![Vec::new(); basis.len()];
    for (column, sequence) in basis.iter().enumerate() {
        limits.check()?;
        let mut product: BTreeMap<Vec<u32>, T> = BTreeMap::from([(Vec::new(), T::one())]);
        for i in sequence {
            let mut next: BTreeMap<Vec<u32>, T> = BTreeMap::new();
            for (monomial, coefficient) in &product {
                for (j, value) in &columns[*i as usize] {
                    let mut longer = monomial.clone();
                    longer.push(*j);
                    let Some(odd) = sort(&mut longer) else { continue };
                    next.entry(longer).or_default().plus_product(coefficient, value, odd);
                }
            }
            next.retain(|_, value| *value != T::default());
            product = next;
        }
        for (monomial, value) in product {
            if let Some(row) = place.get(&monomial[..]) {
                rows[*row as usize].push((column as u32, value));
            }
        }
    }
    Ok(rows)
}
