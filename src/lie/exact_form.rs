//! An exact check that an integer matrix is the Killing form.
//!
//! Let `x`, `w` generate the algebra. The elements `z` for which a form `F` is invariant under `ad z` are a subalgebra,
//! so `F` is invariant when it is so for `x` and `w`; iterated brackets of `x`, `w` with `w` span an ideal that is
//! the algebra itself by assumption, so an invariant form is determined by its covector `F(w, ·)`. Hence `F = K` when
//! `F` is invariant under `ad x` and `ad w` and `F(w, ·) = K(w, ·)`. All three are equalities of integers: products of
//! matrices whose entries stay below 2^53, and a sum known to stay below 2^63, for which arithmetic modulo 2^64 is
//! exact.

use num_traits::ToPrimitive;

use super::StructureConstants;
use super::chains::Pair;
use super::integer_table::IntegerTable;
use super::sizes::Sizes;
use crate::exact::{Matrix, ModMatrix};
use crate::float::integer_product;
use crate::limits::{Limits, Stop};
use crate::num::{Prime, Rational};

/// Sums of absolute values below this are exact modulo 2^64.
const WORD: f64 = 9e18;

/// The Killing form of a table of integers from its residues, when the numbers are small enough for one prime; `x` and `w`
/// generate the algebra.
pub(super) fn from_integers(
    table: &IntegerTable,
    pair: &Pair,
    p: Prime,
    residues: &ModMatrix,
    limits: &Limits,
) -> Result<Option<Matrix<Rational>>, Stop> {
    let n = table.dim;
    let (Some(x), Some(w)) = (table.rescaled(&pair.x), table.rescaled(&pair.w)) else { return Ok(None) };
    let (Some(ad_x), Some(ad_w)) = (table.ad(&x), table.ad(&w)) else { return Ok(None) };
    let Some(scales) = table.scales.iter().map(|t| p.residue(t)).collect::<Option<Vec<u32>>>() else { return Ok(None) };
    // |K(f_i, f_j)| ≤ ‖ad f_i‖ ‖ad f_j‖
    let bound = n as f64 * table.largest_row * w.iter().map(|c| c.unsigned_abs() as f64).sum::<f64>();
    if bound * 1.000_001 >= WORD {
        return Ok(None);
    }
    limits.check()?;
    let covector = table.trace_covector(&ad_w);
    let entry = |i: usize, j: usize| centred(p, p.mul(p.mul(scales[i], scales[j]), residues.row(i)[j]));
    let form: Vec<i64> = (0..n * n).map(|at| entry((at / n).min(at % n), (at / n).max(at % n))).collect();
    if !is_killing_form(&ad_x, &ad_w, &w, &covector, &form, limits)? {
        return Ok(None);
    }
    let value = |i: usize, j: usize| &Rational::from(form[i * n + j]) / &(&table.scales[i] * &table.scales[j]);
    let rows: Vec<Vec<Rational>> = (0..n).map(|i| (i..n).map(|j| value(i, j)).collect()).collect();
    Ok(Some(Matrix::from_fn(n, n, |i, j| rows[i.min(j)][i.max(j) - i.min(j)].clone())))
}

/// The representative of least absolute value.
fn centred(p: Prime, r: u32) -> i64 {
    let r = i64::from(r);
    if 2 * r > i64::from(p.value()) { r - i64::from(p.value()) } else { r }
}

/// The same for any table with common denominator `D`; `residues` are those of the form itself.
pub(super) fn from_fractions(
    constants: &StructureConstants,
    sizes: &Sizes,
    pair: &Pair,
    covector: Option<Vec<i64>>,
    (p, residues): (Prime, &ModMatrix),
    limits: &Limits,
) -> Result<Option<Matrix<Rational>>, Stop> {
    let n = constants.dim();
    let Some(denominator) = sizes.denominator.to_i64() else { return Ok(None) };
    let scaled = |z: &[i64]| scaled_ad(constants, denominator, z);
    let (Some(ad_x), Some(ad_w)) = (scaled(&pair.x), scaled(&pair.w)) else { return Ok(None) };
    if sizes.covector_bound(&pair.w) >= WORD {
        return Ok(None);
    }
    limits.check()?;
    let Some(covector) = covector.or_else(|| exact_covector(constants, denominator, &ad_w)) else { return Ok(None) };
    let scale = p.mul(p.reduce_signed(denominator), p.reduce_signed(denominator));
    let entry = |i: usize, j: usize| centred(p, p.mul(scale, residues.row(i)[j]));
    let form: Vec<i64> = (0..n * n).map(|at| entry((at / n).min(at % n), (at / n).max(at % n))).collect();
    if !is_killing_form(&ad_x, &ad_w, &pair.w, &covector, &form, limits)? {
        return Ok(None);
    }
    let square = &Rational::from(denominator) * &Rational::from(denominator);
    Ok(Some(Matrix::from_fn(n, n, |i, j| &Rational::from(form[i * n + j]) / &square)))
}

/// The sizes of a table and, for integers, the covector `K(w, ·)` modulo 2^64: one pass over the exact table, which for a
/// large one costs as much as a reduction modulo a prime.
pub(super) fn sizes_and_covector(constants: &StructureConstants, w: &[i64]) -> (Sizes, Option<Vec<i64>>) {
    let n = constants.dim();
    let transposed = scaled_ad(constants, 1, w).map(|ad| transpose(n, &ad));
    let zero = vec![0i64; n];
    let row_of = |i: usize| transposed.as_ref().map_or(zero.as_slice(), |t| &t[i * n..(i + 1) * n]);
    let (mut squares, mut out, mut integral) = (vec![0.0f64; n], vec![0i64; n], true);
    for i in 0..n {
        for j in i + 1..n {
            let (row_i, row_j) = (row_of(i), row_of(j));
            let (mut to_i, mut to_j, mut sum) = (0i64, 0i64, 0.0f64);
            for (k, v) in constants.upper(i, j) {
                let size = match v.as_small() {
                    Some((x, 1)) => {
                        to_i = to_i.wrapping_add(x.wrapping_mul(row_j[*k as usize]));
                        to_j = to_j.wrapping_add(x.wrapping_mul(row_i[*k as usize]));
                        x as f64
                    }
                    _ => {
                        integral = false;
                        v.to_f64()
                    }
                };
                sum += size * size;
            }
            squares[i] += sum;
            squares[j] += sum;
            out[i] = out[i].wrapping_add(to_i);
            out[j] = out[j].wrapping_sub(to_j);
        }
    }
    let known = integral && transposed.is_some();
    (Sizes::new(constants, &squares, integral), known.then_some(out))
}

fn transpose(n: usize, m: &[i64]) -> Vec<i64> {
    (0..n * n).map(|k| m[(k % n) * n + k / n]).collect()
}

/// Whether a symmetric matrix of integers is the Killing form, from the rows `[x, e_j]`, `[w, e_j]` and the covector
/// `K(w, ·)` modulo 2^64, all in integers; `x` and `w` generate the algebra. `false` may also mean that the numbers are
/// too large for this check. When the rows stand for `D [z, e_j]`, covector and form are multiplied by `D²`.
fn is_killing_form(
    ad_x: &[i64],
    ad_w: &[i64],
    w: &[i64],
    covector: &[i64],
    form: &[i64],
    limits: &Limits,
) -> Result<bool, Stop> {
    let n = w.len();
    let mut sums = vec![0i128; n];
    for (&c, row) in w.iter().zip(form.chunks(n.max(1))).filter(|(c, _)| **c != 0) {
        sums.iter_mut().zip(row).for_each(|(sum, &x)| *sum += i128::from(c) * i128::from(x));
    }
    if sums.iter().zip(covector).any(|(sum, &expected)| *sum != i128::from(expected)) {
        return Ok(false);
    }
    for ad in [ad_x, ad_w] {
        limits.check()?;
        // F([z, e_i], e_j) + F(e_i, [z, e_j]) = 0
        let Some(product) = integer_product(n, ad, form) else { return Ok(false) };
        if (0..n).any(|i| (i..n).any(|j| product[i * n + j] != -product[j * n + i])) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `D v` when it is a word.
fn scaled(denominator: i64, v: &Rational) -> Option<i64> {
    match v.as_small()? {
        (x, 1) => x.checked_mul(denominator),
        (x, d) => x.checked_mul(denominator / d),
    }
}

/// The matrix with rows `D [z, e_j]`, when its entries are words.
fn scaled_ad(constants: &StructureConstants, denominator: i64, z: &[i64]) -> Option<Vec<i64>> {
    let n = constants.dim();
    let mut out = vec![0i64; n * n];
    for (i, &c) in z.iter().enumerate().filter(|(_, c)| **c != 0) {
        for j in (0..n).filter(|&j| j != i) {
            let sign = if i < j { c } else { -c };
            for (k, v) in constants.upper(i.min(j), i.max(j)) {
                let entry = &mut out[j * n + *k as usize];
                *entry = scaled(denominator, v)?.checked_mul(sign)?.checked_add(*entry)?;
            }
        }
    }
    Some(out)
}

/// `D² K(w, e_i) = Σ_jk D [e_i, e_j]_k D [w, e_k]_j` modulo 2^64.
fn exact_covector(constants: &StructureConstants, denominator: i64, ad_w: &[i64]) -> Option<Vec<i64>> {
    let n = constants.dim();
    let transposed = transpose(n, ad_w);
    let mut out = vec![0i64; n];
    for i in 0..n {
        for j in i + 1..n {
            let (row_i, row_j) = (&transposed[i * n..(i + 1) * n], &transposed[j * n..(j + 1) * n]);
            let (mut to_i, mut to_j) = (0i64, 0i64);
            for (k, v) in constants.upper(i, j) {
                let value = scaled(denominator, v)?;
                to_i = to_i.wrapping_add(value.wrapping_mul(row_j[*k as usize]));
                to_j = to_j.wrapping_add(value.wrapping_mul(row_i[*k as usize]));
            }
            out[i] = out[i].wrapping_add(to_i);
            out[j] = out[j].wrapping_sub(to_j);
        }
    }
    Some(out)
}
