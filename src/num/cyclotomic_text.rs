//! Sums of roots of unity as they are typed, and read back from what is printed.

use std::str::FromStr;

use super::{Cyclotomic, Rational};

/// Numbers with a longer text are not read.
const LONGEST: usize = 100_000;
/// Roots of unity of a higher order, and square roots of larger numbers, are not read.
const MOST: u64 = 100_000;

impl Cyclotomic {
    /// The number as an expression in `zeta(n)` and `sqrt(d)`: `1/2+1/2*sqrt(5)`, `zeta(7)-2*zeta(7)^6`.
    pub fn typed(&self) -> String {
        if let Some(q) = self.as_rational() {
            return q.to_string();
        }
        // A root of unity is shorter than the quadratic number that it may be.
        let quadratic = if let [_] = self.terms() { None } else { self.as_quadratic() };
        let n = self.conductor();
        let parts: Vec<(Rational, String)> = match quadratic {
            Some((a, b, -1)) => vec![(a, String::new()), (b, "i".to_string())],
            Some((a, b, d)) => vec![(a, String::new()), (b, format!("sqrt({d})"))],
            None => {
                let symbol = |e: u64| match (n, e) {
                    (_, 0) => String::new(),
                    (4, 1) => "i".to_string(),
                    (_, 1) => format!("zeta({n})"),
                    _ => format!("zeta({n})^{e}"),
                };
                self.terms().iter().map(|(e, c)| (c.clone(), symbol(*e))).collect()
            }
        };
        let mut out = String::new();
        for (c, symbol) in parts.iter().filter(|(c, _)| !c.is_zero()) {
            out.push_str(if c.signum() < 0 {
                "-"
            } else if out.is_empty() {
                ""
            } else {
                "+"
            });
            let size = c.abs();
            match (symbol.is_empty(), size.is_one()) {
                (true, _) => out.push_str(&size.to_string()),
                (false, true) => out.push_str(symbol),
                (false, false) => out.push_str(&format!("{size}*{symbol}")),
            }
        }
        out
    }
}

/// Reads what `Display` writes: `(-1+i√7)/2`, `2ζ5-1/2 ζ5^3`, `√3/2`.
impl FromStr for Cyclotomic {
    type Err = ();

    fn from_str(text: &str) -> Result<Cyclotomic, ()> {
        if text.is_empty() || text.len() > LONGEST {
            return Err(());
        }
        if let Some(rest) = text.strip_prefix('(') {
            let (inside, after) = rest.split_once(')').ok_or(())?;
            let below: Rational = after.strip_prefix('/').ok_or(())?.parse().map_err(drop)?;
            return Ok(sum(inside)?.scale(&below.recip().ok_or(())?));
        }
        sum(text)
    }
}

/// A sum of terms with signs.
fn sum(text: &str) -> Result<Cyclotomic, ()> {
    let mut total = Cyclotomic::from(0);
    let mut rest = text;
    while !rest.is_empty() {
        let (negative, unsigned) = match rest.as_bytes()[0] {
            b'-' => (true, &rest[1..]),
            b'+' => (false, &rest[1..]),
            _ => (false, rest),
        };
        let end = unsigned.find(['+', '-']).unwrap_or(unsigned.len());
        let found = term(&unsigned[..end])?;
        total = total.add(&if negative { found.scale(&Rational::from(-1)) } else { found });
        rest = &unsigned[end..];
    }
    Ok(total)
}

/// `3/4`, `2i`, `i√7`, `1/2 ζ5^3`, `5√3/2`.
fn term(text: &str) -> Result<Cyclotomic, ()> {
    let start = text.find(['i', '√', 'ζ']).unwrap_or(text.len());
    let (factor, mut symbol) = (text[..start].trim(), &text[start..]);
    let mut out = match factor {
        "" if symbol.is_empty() => return Err(()),
        "" => Cyclotomic::from(1),
        digits => Cyclotomic::from(digits.parse::<Rational>().map_err(drop)?),
    };
    if let Some((before, below)) = symbol.split_once('/') {
        let below: Rational = below.parse().map_err(drop)?;
        out = out.scale(&below.recip().ok_or(())?);
        symbol = before;
    }
    let whole = |digits: &str| digits.parse::<u64>().ok().filter(|n| (1..=MOST).contains(n)).ok_or(());
    if let Some(rest) = symbol.strip_prefix('i') {
        out = out.mul(&Cyclotomic::root_of_unity(4, 1));
        symbol = rest;
    }
    if let Some(digits) = symbol.strip_prefix('√') {
        return Ok(out.mul(&Cyclotomic::square_root(whole(digits)? as i64)));
    }
    if let Some(rest) = symbol.strip_prefix('ζ') {
        let (n, power) = rest.split_once('^').unwrap_or((rest, "1"));
        return Ok(out.mul(&Cyclotomic::root_of_unity(whole(n)?, whole(power)? as i64)));
    }
    if symbol.is_empty() { Ok(out) } else { Err(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zeta(n: u64, k: i64) -> Cyclotomic {
        Cyclotomic::root_of_unity(n, k)
    }

    #[test]
    fn printed_numbers_are_read_back() {
        let half = Rational::new(1, 2).unwrap();
        let cases = [
            Cyclotomic::from(0),
            Cyclotomic::from(Rational::new(-3, 4).unwrap()),
            zeta(4, 1).add(&Cyclotomic::from(2)),
            zeta(4, 3).scale(&half),
            zeta(5, 1).add(&zeta(5, 4)),
            Cyclotomic::square_root(3).scale(&half),
            Cyclotomic::square_root(-7),
            Cyclotomic::square_root(-7).add(&Cyclotomic::from(-1)).scale(&half),
            zeta(7, 1).add(&zeta(7, 6).scale(&Rational::new(-5, 3).unwrap())),
            zeta(3, 2),
            zeta(24, 5).scale(&half).add(&Cyclotomic::from(1)),
        ];
        for x in cases {
            assert_eq!(x.to_string().parse(), Ok(x.clone()), "{x}");
        }
        for wrong in ["", "x", "(1+√5)", "√", "ζ", "ζ0", "1/0", "(1)/0", "2ζ5^", "√-5", "i√5x"] {
            assert!(wrong.parse::<Cyclotomic>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn typed_as_expressions() {
        let golden = zeta(5, 1).add(&zeta(5, 4));
        assert_eq!(golden.typed(), "-1/2+1/2*sqrt(5)");
        assert_eq!(zeta(7, 1).add(&zeta(7, 6).scale(&Rational::from(-2))).typed(), "zeta(7)-2*zeta(7)^6");
        assert_eq!(zeta(3, 2).typed(), "zeta(3)^2");
        assert_eq!(zeta(4, 3).add(&Cyclotomic::from(2)).typed(), "2-i");
    }

    /// Norms: 1 − ζ_5 has norm 5 (Washington, *Introduction to Cyclotomic Fields*, lemma 1.4).
    #[test]
    fn inverses_and_parts() {
        for x in
            [zeta(5, 1).scale(&Rational::from(-1)).add(&Cyclotomic::from(1)), zeta(12, 5), Cyclotomic::square_root(6)]
        {
            assert_eq!(x.mul(&x.recip().unwrap()), Cyclotomic::from(1));
            let (re, im) = x.parts();
            assert!(re.is_real() && im.is_real());
            assert_eq!(re.add(&im.mul(&zeta(4, 1))), x);
        }
        assert_eq!(Cyclotomic::from(0).recip(), None);
    }
}
