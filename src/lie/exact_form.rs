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
use super::sizes::Sizes;
use crate::float::integer_product;
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// Whether the upper triangle is that of `D²` times the Killing form; `x` and `w` generate the algebra.
///
/// `false` may also mean that the numbers are too large for this check.
pub(super) fn is_killing_form(
    constants: &StructureConstants,
    sizes: &Sizes,
    pair: &Pair,
    upper: &[i64],
    limits: &Limits,
) -> Result<bool, Stop> {
    let n = constants.dim();
    let Some(denominator) = sizes.denominator.to_i64() else { return Ok(false) };
    let scaled = |z: &[i64]| scaled_ad(constants, denominator, z);
    let (Some(ad_x), Some(ad_w)) = (scaled(&pair.x), scaled(&pair.w)) else { return Ok(false) };
    if sizes.covector_bound(&pair.w) >= 9e18 {
        return Ok(false);
    }
    limits.check()?;
    let Some(covector) = exact_covector(constants, denominator, &ad_w) else { return Ok(false) };
    let at = |i: usize, j: usize| upper[i.min(j) * (2 * n - i.min(j) + 1) / 2 + (i.max(j) - i.min(j))];
    for (j, &expected) in covector.iter().enumerate() {
        let sum: i128 = (0..n).map(|i| i128::from(pair.w[i]) * i128::from(at(i, j))).sum();
        if sum != i128::from(expected) {
            return Ok(false);
        }
    }
    let form: Vec<i64> = (0..n * n).map(|k| at(k / n, k % n)).collect();
    for ad in [&ad_x, &ad_w] {
        limits.check()?;
        // F([z, e_i], e_j) + F(e_i, [z, e_j]) = 0
        let Some(product) = integer_product(n, ad, &form) else { return Ok(false) };
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
    let transposed: Vec<i64> = (0..n * n).map(|k| ad_w[(k % n) * n + k / n]).collect();
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
