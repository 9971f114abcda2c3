//! Reading the usual names of real forms.

use super::{RealForm, RealFormError, RealName};
use crate::roots::{CartanType, SimpleType};

/// Reads a sum of real forms by any of their usual names: `so(4)` gives twice `su(2)`, `su(2)+sl(2,R)` what it says, `EIV`
/// is `E6(-26)`, `compact(F4)` and `split(A3)` are understood, `0` is the empty sum. The result is in canonical order.
pub fn parse_sum(text: &str) -> Result<Vec<RealForm>, RealFormError> {
    if text.trim() == "0" {
        return Ok(Vec::new());
    }
    let mut forms = Vec::new();
    // A plus sign inside parentheses belongs to an index, as in `F4(+4)`, or to a type, as in `split(A1+A2)`.
    let mut depth = 0;
    let outside = |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0 && matches!(c, '+' | '⊕')
    };
    for part in text.split(outside) {
        forms.extend(parse_one(part)?);
    }
    forms.sort();
    Ok(forms)
}

fn parse_one(text: &str) -> Result<Vec<RealForm>, RealFormError> {
    let unknown = || RealFormError::Unknown(text.trim().chars().take(40).collect());
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    // Cartan's labels stand alone.
    if let Some(name) = RealName::by_cartan_label(&compact) {
        return name.simple_forms();
    }
    let (body, seen_as_real) = match compact.strip_suffix("_R") {
        Some(body) => (body, true),
        None => (compact.as_str(), false),
    };
    let (family, rest) = body.split_once('(').ok_or_else(unknown)?;
    let inner = rest.strip_suffix(')').ok_or_else(unknown)?;
    if let Some(forms) = of_type(family, inner, seen_as_real) {
        return forms.unwrap_or_else(|| Err(unknown()));
    }
    let arguments: Vec<&str> = inner.split(',').collect();
    let number = |s: &str| -> Option<usize> {
        (!s.is_empty() && s.len() <= 9 && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse().ok()).flatten()
    };
    let odd = |expected: &str| Err(RealFormError::Range(compact.clone(), expected.to_string()));
    let half = |n: usize| n.is_multiple_of(2).then_some(n / 2);
    let family = family.to_ascii_lowercase();
    let name = match (family.as_str(), &arguments[..]) {
        (f @ ("su" | "so" | "sp" | "usp" | "su*" | "so*"), [n]) if !seen_as_real => {
            let n = number(n).ok_or_else(unknown)?;
            match f {
                "su" => RealName::Su(n, 0),
                "so" => RealName::So(n, 0),
                "sp" => RealName::Sp(n, 0),
                _ => match (f, half(n)) {
                    ("usp", Some(m)) => RealName::Sp(m, 0),
                    ("su*", Some(m)) => RealName::SuStar(m),
                    ("so*", Some(m)) => RealName::SoStar(m),
                    _ => return odd("an even number"),
                },
            }
        }
        (f, [n, field]) if number(field).is_none() => {
            let n = number(n).ok_or_else(unknown)?;
            match (f, *field, seen_as_real) {
                ("sl", "R", false) => RealName::SlR(n),
                ("sl", "H", false) => RealName::SuStar(n),
                ("so", "H", false) => RealName::SoStar(n),
                ("so", "R", false) => RealName::So(n, 0),
                ("sl", "C", _) => RealName::SlC(n),
                ("so", "C", _) => RealName::SoC(n),
                ("sp", "R", false) | ("sp", "C", _) => match half(n) {
                    Some(m) if *field == "R" => RealName::SpR(m),
                    Some(m) => RealName::SpC(m),
                    None => return odd("an even first number"),
                },
                _ => return Err(unknown()),
            }
        }
        (f @ ("su" | "so" | "sp"), [p, q]) if !seen_as_real => {
            let (p, q) = (number(p).ok_or_else(unknown)?, number(q).ok_or_else(unknown)?);
            match f {
                "su" => RealName::Su(p, q),
                "so" => RealName::So(p, q),
                _ => RealName::Sp(p, q),
            }
        }
        _ => return Err(unknown()),
    };
    name.simple_forms()
}

/// The simple summands that a name stands for.
type Summands = Result<Vec<RealForm>, RealFormError>;

/// Names that start from a type: `E6(-26)`, `G2(C)_R`, `compact(F4)`, `split(B3+A1)`. `None` when this is no such name,
/// `Some(None)` when it starts like one and goes wrong.
fn of_type(family: &str, inner: &str, seen_as_real: bool) -> Option<Option<Summands>> {
    if let ("compact" | "split", false) = (family, seen_as_real) {
        let of = if family == "compact" { RealForm::compact } else { RealForm::split };
        return Some(
            inner.parse::<CartanType>().ok().map(|t| Ok(t.summands().iter().map(|&simple| of(simple)).collect())),
        );
    }
    let simple: SimpleType = family.parse().ok()?;
    if inner == "C" {
        return Some(Some(Ok(vec![RealForm::complex(simple)])));
    }
    let index = inner.replace('−', "-").trim_start_matches('+').parse::<i64>().ok();
    Some(index.filter(|_| !seen_as_real).map(|index| {
        // A3(-5) is accepted too where the index decides.
        match RealForm::candidates(simple, index)[..] {
            [only] => Ok(vec![only]),
            _ => RealName::Exceptional(simple, index).simple_forms(),
        }
    }))
}
