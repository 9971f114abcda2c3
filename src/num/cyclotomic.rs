//! Sums of roots of unity with rational coefficients, in a canonical form.
//!
//! ζ_n = exp(2πi/n). An element is written over the least n with which that is possible (its conductor), in the basis of
//! Zumbroich (*Grundlagen der Kreisteilungskörper und deren Implementation in CAYLEY*, 1989; as in Breuer, "Integral bases
//! for subfields of cyclotomic fields", 1997). So equal numbers have equal forms.

use std::collections::BTreeMap;
use std::fmt;

use num_integer::Integer;

use super::{Quadratic, Rational, prime_powers};

/// An element of a cyclotomic field.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cyclotomic {
    conductor: u64,
    /// Exponents of ζ in the basis, ascending, with their coefficients, none zero.
    terms: Vec<(u64, Rational)>,
}

impl Cyclotomic {
    /// ζ_n^k; for n = 0 the number 1.
    pub fn root_of_unity(n: u64, k: i64) -> Cyclotomic {
        let n = n.max(1);
        Cyclotomic::sum(n, [(k.rem_euclid(n as i64) as u64, Rational::from(1))])
    }

    /// The sum of c ζ_n^k over the pairs (k, c).
    pub fn sum(n: u64, terms: impl IntoIterator<Item = (u64, Rational)>) -> Cyclotomic {
        let n = n.max(1);
        let mut collected: BTreeMap<u64, Rational> = BTreeMap::new();
        for (k, c) in terms {
            *collected.entry(k % n).or_default() += &c;
        }
        canonical(n, collected)
    }

    /// The least n such that it is a sum of n-th roots of unity; never twice an odd number.
    pub fn conductor(&self) -> u64 {
        self.conductor
    }

    /// Exponents of ζ_n and coefficients in the basis.
    pub fn terms(&self) -> &[(u64, Rational)] {
        &self.terms
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.terms.is_empty()
    }

    /// The rational number that it is.
    pub fn as_rational(&self) -> Option<Rational> {
        match (self.conductor, self.terms.as_slice()) {
            (_, []) => Some(Rational::from(0)),
            (1, [(_, c)]) => Some(c.clone()),
            _ => None,
        }
    }

    /// The image under ζ ↦ ζ^k, for k prime to the conductor.
    pub fn galois(&self, k: i64) -> Cyclotomic {
        let n = self.conductor;
        let k = k.rem_euclid(n as i64) as u128;
        let image = |e: u64| (u128::from(e) * k % u128::from(n)) as u64;
        Cyclotomic::sum(n, self.terms.iter().map(|(e, c)| (image(*e), c.clone())))
    }

    /// The complex conjugate.
    pub fn conjugate(&self) -> Cyclotomic {
        self.galois(-1)
    }

    /// Whether it is a real number.
    pub fn is_real(&self) -> bool {
        self.conjugate() == *self
    }

    /// The sum.
    pub fn add(&self, other: &Cyclotomic) -> Cyclotomic {
        let n = self.conductor.lcm(&other.conductor);
        Cyclotomic::sum(n, self.lifted(n).chain(other.lifted(n)))
    }

    /// The product.
    pub fn mul(&self, other: &Cyclotomic) -> Cyclotomic {
        let n = self.conductor.lcm(&other.conductor);
        let pairs = self.lifted(n).flat_map(|(e, c)| other.lifted(n).map(move |(f, d)| ((e + f) % n, &c * &d)));
        Cyclotomic::sum(n, pairs)
    }

    /// The product with a rational number.
    pub fn scale(&self, factor: &Rational) -> Cyclotomic {
        Cyclotomic::sum(self.conductor, self.terms.iter().map(|(e, c)| (*e, c * factor)))
    }

    /// The inverse: the product of the other conjugates over the norm; `None` for zero.
    pub fn recip(&self) -> Option<Cyclotomic> {
        let n = self.conductor as i64;
        let others = (2..n).filter(|k| k.gcd(&n) == 1);
        let adjoint = others.fold(Cyclotomic::from(1), |product, k| product.mul(&self.galois(k)));
        let norm = self.mul(&adjoint).as_rational()?;
        Some(adjoint.scale(&norm.recip()?))
    }

    /// The real and the imaginary part.
    pub fn parts(&self) -> (Cyclotomic, Cyclotomic) {
        let half = Rational::new(1, 2).unwrap_or_default();
        let (conjugate, minus) = (self.conjugate(), Rational::from(-1));
        let re = self.add(&conjugate).scale(&half);
        // (z - z̄)/(2i) = -i (z - z̄)/2.
        let difference = self.add(&conjugate.scale(&minus)).scale(&half);
        (re, difference.mul(&Cyclotomic::root_of_unity(4, 3)))
    }

    fn lifted(&self, n: u64) -> impl Iterator<Item = (u64, Rational)> {
        let step = n / self.conductor;
        self.terms.iter().map(move |(e, c)| (e * step, c.clone()))
    }

    /// Real and imaginary part as floats.
    pub fn to_complex(&self) -> (f64, f64) {
        self.terms.iter().fold((0.0, 0.0), |(x, y), (e, c)| {
            let angle = std::f64::consts::TAU * (*e as f64) / (self.conductor as f64);
            (x + c.to_f64() * angle.cos(), y + c.to_f64() * angle.sin())
        })
    }

    /// The square root of an integer, as a product of Gauss sums: not negative for d ≥ 0, i √|d| for d < 0.
    pub fn square_root(d: i64) -> Cyclotomic {
        if d == 0 {
            return Cyclotomic::from(0);
        }
        let i = || Cyclotomic::root_of_unity(4, 1);
        let mut root = if d < 0 { i() } else { Cyclotomic::from(1) };
        for (p, power) in prime_powers(d.unsigned_abs()) {
            // √(p^2k) = p^k; one factor p is left where the exponent is odd.
            let whole = power.isqrt();
            let (whole, odd) = if whole * whole == power { (whole, false) } else { ((power / p).isqrt(), true) };
            root = root.scale(&Rational::from(whole as i64));
            if odd && p == 2 {
                // ζ₈ + ζ₈⁻¹ = √2.
                root = root.mul(&Cyclotomic::sum(8, [(1, Rational::from(1)), (7, Rational::from(1))]));
            } else if odd {
                // Σ (k/p) ζ^k = Σ ζ^(k²) is √p or i √p as p is 1 or 3 modulo 4 (Gauss).
                let gauss = Cyclotomic::sum(p, (0..p).map(|k| (k * k % p, Rational::from(1))));
                root = root.mul(&gauss);
                if p % 4 == 3 {
                    root = root.mul(&i()).scale(&Rational::from(-1));
                }
            }
        }
        root
    }

    /// `(a, b, d)` with the number a + b √d, d free of squares and not 1, when it lies in a quadratic field.
    pub fn as_quadratic(&self) -> Option<(Rational, Rational, i64)> {
        let mut other = None;
        for k in (2..self.conductor as i64).filter(|k| k.gcd(&(self.conductor as i64)) == 1) {
            let image = self.galois(k);
            if image != *self {
                match &other {
                    None => other = Some(image),
                    Some(seen) if *seen != image => return None,
                    _ => {}
                }
            }
        }
        let half = Rational::new(1, 2)?;
        let mean = self.add(&other?).scale(&half).as_rational()?;
        let rest = self.add(&Cyclotomic::from(-mean.clone()));
        let square = rest.mul(&rest).as_rational()?;
        let (b, d) = Quadratic::root(&square)?;
        let with = |b: &Rational| Cyclotomic::square_root(d).scale(b) == rest;
        let minus = -b.clone();
        if with(&b) { Some((mean, b, d)) } else { with(&minus).then_some((mean, minus, d)) }
    }
}

impl From<Rational> for Cyclotomic {
    fn from(value: Rational) -> Cyclotomic {
        Cyclotomic::sum(1, [(0, value)])
    }
}

impl From<i64> for Cyclotomic {
    fn from(value: i64) -> Cyclotomic {
        Cyclotomic::from(Rational::from(value))
    }
}

/// The canonical form of a sum of n-th roots of unity.
fn canonical(n: u64, mut terms: BTreeMap<u64, Rational>) -> Cyclotomic {
    let mut n = n;
    loop {
        terms.retain(|_, c| c.signum() != 0);
        if terms.is_empty() {
            return Cyclotomic { conductor: 1, terms: Vec::new() };
        }
        // A common divisor of n and all exponents.
        let common = terms.keys().fold(n, |d, e| d.gcd(e));
        if common > 1 {
            terms = terms.into_iter().map(|(e, c)| (e / common, c)).collect();
            n /= common;
        }
        if n % 4 == 2 {
            // ζ_2m = -ζ_m^((m+1)/2) for odd m.
            let m = n / 2;
            let mut halved: BTreeMap<u64, Rational> = BTreeMap::new();
            for (e, c) in terms {
                let c = if e.is_multiple_of(2) { c } else { -c };
                *halved.entry(e * m.div_ceil(2) % m).or_default() += &c;
            }
            (n, terms) = (m, halved);
            continue;
        }
        let powers = prime_powers(n);
        for &(p, q) in &powers {
            terms = without_redundant(n, p, q, terms);
        }
        terms.retain(|_, c| c.signum() != 0);
        match powers.iter().find_map(|&(p, q)| smaller(n, p, q, &terms)) {
            Some((less, reduced)) => (n, terms) = (less, reduced),
            None => {
                if terms.is_empty() {
                    n = 1;
                }
                return Cyclotomic { conductor: n, terms: terms.into_iter().collect() };
            }
        }
    }
}

/// Rewrites the exponents that are not in the basis for the prime p, whose power in n is q.
fn without_redundant(n: u64, p: u64, q: u64, terms: BTreeMap<u64, Rational>) -> BTreeMap<u64, Rational> {
    let cofactor = n / q;
    // e ≡ j n/q modulo q; j = e (n/q)⁻¹.
    let inverse = (1..=q).find(|x| (x % q) * (cofactor % q) % q == 1 % q).unwrap_or(1);
    let mut out: BTreeMap<u64, Rational> = BTreeMap::new();
    for (e, c) in terms {
        let j = (e % q) * (inverse % q) % q;
        let outside = if p == 2 {
            j >= q / 2
        } else {
            let reach = (q / p - 1) / 2;
            j <= reach || j >= q - reach
        };
        if !outside {
            *out.entry(e).or_default() += &c;
            continue;
        }
        for k in 1..p {
            *out.entry((e + k * (n / p)) % n).or_default() += &-c.clone();
        }
    }
    out
}

/// The same number as a sum of (n/p)-th roots, when it is one.
fn smaller(n: u64, p: u64, q: u64, terms: &BTreeMap<u64, Rational>) -> Option<(u64, BTreeMap<u64, Rational>)> {
    if q > p {
        // The powers of ζ_n^p are a part of the basis.
        let divisible = terms.keys().all(|e| e % p == 0);
        return divisible.then(|| (n / p, terms.iter().map(|(e, c)| (e / p, c.clone())).collect()));
    }
    // The p - 1 exponents of the basis in a coset of multiples of n/p must have equal coefficients.
    let mut out = BTreeMap::new();
    for (e, c) in terms {
        let coset = (0..p).map(|k| (e + k * (n / p)) % n);
        let mut divisible = None;
        for f in coset {
            if f.is_multiple_of(p) {
                divisible = Some(f);
            } else if terms.get(&f) != Some(c) {
                return None;
            }
        }
        out.insert(divisible? / p, -c.clone());
    }
    Some((n / p, out))
}

/// `3`, `-1/2`, `i`, `ζ5^2`, `(1+√5)/2`, `-1+2i`, `(-1+i√7)/2`, `ζ7+ζ7^6`: as a quadratic number where it is one that
/// is no root of unity.
impl fmt::Display for Cyclotomic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.written(|n| format!("ζ{n}"), |e| format!("^{e}"), "√"))
    }
}

impl Cyclotomic {
    /// The number in LaTeX.
    pub fn latex(&self) -> String {
        let text = self.written(|n| format!("\\zeta_{{{n}}}"), |e| format!("^{{{e}}}"), "√");
        // √5 is \sqrt{5}.
        let mut out = String::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once('√') {
            let digits = after.chars().take_while(char::is_ascii_digit).count();
            out += before;
            out += &format!("\\sqrt{{{}}}", &after[..digits]);
            rest = &after[digits..];
        }
        out + rest
    }

    fn written(&self, root: impl Fn(u64) -> String, power: impl Fn(u64) -> String, radical: &str) -> String {
        if let Some(q) = self.as_rational() {
            return q.to_string();
        }
        let n = self.conductor;
        if n != 4
            && !matches!(self.terms.as_slice(), [_])
            && let Some((a, b, d)) = self.as_quadratic()
        {
            return quadratic_text(&a, &b, d, radical);
        }
        if n == 4
            && let Some((a, b, d)) = self.as_quadratic()
        {
            return quadratic_text(&a, &b, d, radical);
        }
        let mut out = String::new();
        for (e, c) in &self.terms {
            let symbol = match e {
                0 => "1".to_string(),
                1 => root(n),
                _ => root(n) + &power(*e),
            };
            push_term(&mut out, c, &symbol);
        }
        out
    }
}

/// Adds `+2x`, `-x`, `+1/2 x` to a sum.
fn push_term(out: &mut String, c: &Rational, symbol: &str) {
    let size = c.abs();
    out.push_str(if c.signum() < 0 {
        "-"
    } else if out.is_empty() {
        ""
    } else {
        "+"
    });
    if symbol == "1" {
        out.push_str(&size.to_string());
    } else if size.is_one() {
        out.push_str(symbol);
    } else if size.is_integer() {
        out.push_str(&format!("{size}{symbol}"));
    } else {
        out.push_str(&format!("{size} {symbol}"));
    }
}

/// (a + b √d) over a common denominator.
fn quadratic_text(a: &Rational, b: &Rational, d: i64, radical: &str) -> String {
    let symbol = match d {
        -1 => "i".to_string(),
        d if d < 0 => format!("i{radical}{}", d.unsigned_abs()),
        d => format!("{radical}{d}"),
    };
    let common = Rational::from(super::common_denominator([a, b]));
    let mut out = String::new();
    let (a, b) = (a * &common, b * &common);
    if a.signum() != 0 {
        push_term(&mut out, &a, "1");
    }
    push_term(&mut out, &b, &symbol);
    match common.is_one() {
        true => out,
        false if a.signum() != 0 => format!("({out})/{common}"),
        false => format!("{out}/{common}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zeta(n: u64, k: i64) -> Cyclotomic {
        Cyclotomic::root_of_unity(n, k)
    }

    fn close(x: &Cyclotomic, y: (f64, f64)) -> bool {
        let z = x.to_complex();
        (z.0 - y.0).abs() + (z.1 - y.1).abs() < 1e-9
    }

    #[test]
    fn written_as_people_do() {
        let golden = zeta(5, 1).add(&zeta(5, 4));
        assert_eq!(golden.to_string(), "(-1+√5)/2");
        assert_eq!(golden.latex(), "(-1+\\sqrt{5})/2");
        let b7 = zeta(7, 1).add(&zeta(7, 2)).add(&zeta(7, 4));
        assert_eq!(b7.to_string(), "(-1+i√7)/2");
        assert_eq!(zeta(8, 1).add(&zeta(8, 3)).to_string(), "i√2");
        assert_eq!(zeta(4, 1).to_string(), "i");
        assert_eq!(zeta(4, 3).add(&Cyclotomic::from(2)).to_string(), "2-i");
        assert_eq!(zeta(3, 2).to_string(), "ζ3^2");
        assert_eq!(zeta(6, 1).to_string(), "-ζ3^2");
        assert_eq!(zeta(12, 1).add(&zeta(12, -1)).to_string(), "√3");
        assert_eq!(zeta(7, 1).add(&zeta(7, 6)).to_string(), "ζ7+ζ7^6");
        assert_eq!(zeta(9, 3), zeta(3, 1));
        assert_eq!(zeta(2, 1).to_string(), "-1");
        assert_eq!(Cyclotomic::square_root(3).scale(&Rational::new(1, 2).unwrap()).to_string(), "√3/2");
    }

    /// Equal numbers have equal forms: sums computed in different fields, compared with floats.
    #[test]
    fn canonical_forms() {
        for n in [1u64, 2, 3, 4, 5, 6, 8, 9, 12, 15, 16, 20, 21, 24, 30, 36, 45, 60] {
            let all = (0..n).map(|k| zeta(n, k as i64)).fold(Cyclotomic::from(0), |s, x| s.add(&x));
            assert_eq!(all, Cyclotomic::from(i64::from(n == 1)), "{n}");
            for k in 0..n as i64 {
                let x = zeta(n, k).add(&zeta(n, 3 * k + 1));
                let angle = |k: i64| std::f64::consts::TAU * k as f64 / n as f64;
                let expected = (angle(k).cos() + angle(3 * k + 1).cos(), angle(k).sin() + angle(3 * k + 1).sin());
                assert!(close(&x, expected), "{n} {k}: {x}");
                // The same in a larger field and back.
                let y = zeta(7 * n, 7 * k).add(&zeta(7 * n, 1)).add(&zeta(7 * n, 21 * k + 7));
                let y = y.add(&zeta(7 * n, 1).scale(&Rational::from(-1)));
                assert_eq!(x, y);
                assert!(n.is_multiple_of(x.conductor()) || (2 * n).is_multiple_of(x.conductor()));
                let product = x.mul(&x.conjugate());
                assert!(product.is_real());
                let (re, im) = x.to_complex();
                assert!(close(&product, (re * re + im * im, 0.0)));
            }
        }
    }

    #[test]
    fn square_roots() {
        for d in [2i64, 3, 5, 6, 7, 10, 21, 30, -1, -2, -3, -7, -15] {
            let root = Cyclotomic::square_root(d);
            assert_eq!(root.mul(&root), Cyclotomic::from(d));
            let size = (d.abs() as f64).sqrt();
            assert!(close(&root, if d > 0 { (size, 0.0) } else { (0.0, size) }), "{d}");
            assert_eq!(root.as_quadratic(), Some((Rational::from(0), Rational::from(1), d)));
        }
        for d in [0i64, 1, 4, 8, 12, 18, 27, 32, 45, 72, 144, -4, -8, -12] {
            let root = Cyclotomic::square_root(d);
            assert_eq!(root.mul(&root), Cyclotomic::from(d), "{d}");
            let size = (d.abs() as f64).sqrt();
            assert!(close(&root, if d >= 0 { (size, 0.0) } else { (0.0, size) }), "{d}");
        }
    }
}
