//! Literals: the text of a number or a string → its value.

use super::tree::Literal;
use crate::diag::{Code, Diagnostic};
use crate::num::Rational;

/// The largest decimal exponent of an exact number; `1e100000` would be a number of 100 000 digits.
const MAX_EXPONENT: i32 = 10_000;
/// The most digits of an exact number.
const MAX_DIGITS: usize = 100_000;

/// Reads `3`, `0.25`, `1e6`, `3i`, `0.25f`.
pub fn number(text: &str) -> Result<Literal, Diagnostic> {
    let short: String = text.chars().take(40).collect();
    if let Some(float) = text.strip_suffix('f') {
        return match float.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Literal::Float(value)),
            _ => Err(Diagnostic::new(Code::Number, format!("`{short}` is not a finite floating-point number"))),
        };
    }
    let (text, imaginary) = match text.strip_suffix('i') {
        Some(coefficient) => (coefficient, true),
        None => (text, false),
    };
    let value = exact(text).ok_or_else(|| {
        Diagnostic::new(Code::Number, format!("`{short}` is too long for an exact number")).hint(format!(
            "exact numbers have at most {MAX_DIGITS} digits and exponents up to {MAX_EXPONENT}; a float ends in f: 1e300f"
        ))
    })?;
    Ok(if imaginary { Literal::Imaginary(value) } else { Literal::Exact(value) })
}

fn exact(text: &str) -> Option<Rational> {
    if text.len() > MAX_DIGITS {
        return None;
    }
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    if exponent.abs() > MAX_EXPONENT {
        return None;
    }
    let digits: Rational = digits.parse().ok()?;
    Some(&digits * &Rational::from(10).pow(exponent)?)
}

/// The string that a literal with its quotes stands for.
pub fn string(literal: &str) -> String {
    let inner = literal.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(literal);
    let mut out = String::with_capacity(inner.len());
    let mut escaped = false;
    for c in inner.chars() {
        match (escaped, c) {
            (false, '\\') => {
                escaped = true;
                continue;
            }
            (true, 'n') => out.push('\n'),
            (true, 't') => out.push('\t'),
            _ => out.push(c),
        }
        escaped = false;
    }
    out
}

/// The literal for a string, quotes included; [`string`] gives the string back.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
