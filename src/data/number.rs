//! Number literals in data files: `3`, `-3/4`, `0.25`, `1/2+3i`, `-i`. This is the only file that names `nom`.

use nom::branch::alt;
use nom::bytes::complete::take_while1;
use nom::character::complete::{char, one_of};
use nom::combinator::{map, opt, recognize};
use nom::sequence::{pair, preceded};
use nom::{IResult, Parser};

use crate::num::{Gaussian, Rational};

/// Longer literals are refused.
const MAX_LENGTH: usize = 200_000;

fn digits(text: &str) -> IResult<&str, &str> {
    take_while1(|c: char| c.is_ascii_digit()).parse(text)
}

/// `3`, `3/4`, `0.25`, without sign.
fn magnitude(text: &str) -> IResult<&str, &str> {
    recognize(pair(digits, opt(alt((recognize(pair(char('/'), digits)), recognize(pair(char('.'), digits)))))))
        .parse(text)
}

/// One part: an optional magnitude and an optional `i`, as (text of the magnitude, imaginary).
fn part(text: &str) -> IResult<&str, (Option<&str>, bool)> {
    alt((
        map(pair(magnitude, opt(preceded(opt(char('*')), char('i')))), |(m, i)| (Some(m), i.is_some())),
        map(char('i'), |_| (None, true)),
    ))
    .parse(text)
}

/// Reads an exact number; blanks around and inside are ignored. `None` when it is none.
pub fn exact(text: &str) -> Option<Gaussian> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let compact: String = text.chars().filter(|c| *c != ' ').collect();
    let mut rest = compact.as_str();
    let (mut re, mut im): (Option<Rational>, Option<Rational>) = (None, None);
    while !rest.is_empty() {
        let first = re.is_none() && im.is_none();
        let (after, sign) = opt(one_of::<_, _, nom::error::Error<&str>>("+-")).parse(rest).ok()?;
        if sign.is_none() && !first {
            return None;
        }
        let (after, (magnitude, imaginary)) = part(after).ok()?;
        let value: Rational = match magnitude {
            Some(text) => text.parse().ok()?,
            None => Rational::ONE,
        };
        let value = if sign == Some('-') { -value } else { value };
        let slot = if imaginary { &mut im } else { &mut re };
        if slot.replace(value).is_some() {
            return None;
        }
        rest = after;
    }
    if re.is_none() && im.is_none() {
        return None;
    }
    Some(Gaussian::new(re.unwrap_or_default(), im.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_printed() {
        for text in ["0", "3", "-3/4", "i", "-i", "1/2+3i", "2-5/3i", "12345678901234567890123/7"] {
            assert_eq!(exact(text).map(|z| z.to_string()).as_deref(), Some(text));
        }
        assert_eq!(exact(" 0.25 + 1/2 * i").map(|z| z.to_string()).as_deref(), Some("1/4+1/2i"));
    }

    #[test]
    fn refuses_everything_else() {
        for text in ["", " ", "+", "1/0", "1//2", "1+2", "i+i", "x", "1e5", "nan", "--1", "1 2i3", "٣"] {
            assert_eq!(exact(text), None, "{text}");
        }
    }
}
