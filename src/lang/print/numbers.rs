//! How counts and floating-point numbers look.

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use serde_json::{Value as Json, json};

/// A count as JSON: a number, or a string when it is larger than numbers of JSON can be.
pub fn count_json(count: &BigInt) -> Json {
    let small = count.to_i64().filter(|d| d.unsigned_abs() <= 1 << 53);
    small.map_or_else(|| json!(count.to_string()), |d| json!(d))
}

/// Twelve significant digits, always with a point or an exponent, so that it never looks exact.
pub fn float_text(x: f64) -> String {
    if x == 0.0 {
        return "0.0".to_string();
    }
    let magnitude = x.abs();
    if !(1e-4..1e12).contains(&magnitude) {
        let text = format!("{x:.11e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        return format!("{}e{exponent}", trim_zeros(digits));
    }
    let places = (11 - magnitude.log10().floor() as i64).clamp(1, 16) as usize;
    trim_zeros(&format!("{x:.places$}"))
}

pub(super) fn trim_zeros(text: &str) -> String {
    if !text.contains('.') {
        return format!("{text}.0");
    }
    let trimmed = text.trim_end_matches('0');
    if trimmed.ends_with('.') { format!("{trimmed}0") } else { trimmed.to_string() }
}

/// Every digit, so that it reads back exactly.
pub(super) fn float_source(x: f64) -> String {
    format!("{x:?}f")
}
