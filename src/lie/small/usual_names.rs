//! Usual names over the real numbers: Bianchi types, Mubarakzyanov's `A3,1 … A4,12` and `A5,1 … A5,6`, names of groups.
//!
//! Sources: Ellis–MacCallum, *A class of homogeneous cosmological models* (1969), for Bianchi types and `h`;
//! Patera–Sharp–Winternitz–Zassenhaus, *Invariants of real low dimension Lie algebras* (1976), for `An,k` and its
//! parameters. A parameter is written when it is rational or a quadratic number, otherwise the family alone.

use super::work::Lost;
use super::{List, SmallAlgebra};
use crate::exact::polynomial::Polynomial;
use crate::limits::Limits;
use crate::num::{Quadratic, Rational};
use crate::roots::{RealForm, RealName};

/// `a + b √v` as text, when the square part of `v` can be found.
fn surd(a: &Rational, b: &Rational, v: &Rational) -> Option<String> {
    let (factor, radicand) = Quadratic::root(v)?;
    let coefficient = b * &factor;
    if radicand == 1 || coefficient.is_zero() {
        return Some((a + &coefficient).to_string());
    }
    Some(Quadratic { rational: a.clone(), coefficient, radicand }.to_string())
}

/// `A4,5(p, q)`, or `A4,5` when a parameter is not known in closed form.
fn family(name: &str, parameters: &[Option<String>]) -> String {
    let known: Option<Vec<String>> = parameters.iter().cloned().collect();
    known.map_or_else(|| name.to_string(), |p| format!("{name}({})", p.join(", ")))
}

/// The ratio of the roots of `t² - t - a` of smaller to larger absolute value, `d = 1 + 4a` positive and not 1.
fn ratio_of_roots(d: &Rational) -> Option<String> {
    let below = (&Rational::ONE - d).recip()?;
    surd(&(&(&Rational::ONE + d) * &below), &(&Rational::from(-2) * &below), d)
}

/// Real part over imaginary part of the roots of `t² - t - a`, `d = 1 + 4a` negative.
fn slope_of_roots(d: &Rational) -> Option<String> {
    let size = -d;
    surd(&Rational::ZERO, &size.recip()?, &size)
}

/// The names of dimension 3 without the de Graaf name: those that also appear as summands in dimension 4.
fn plane_with(number: usize, a: &Rational) -> (Vec<String>, String) {
    let d = &Rational::ONE + &(&Rational::from(4) * a);
    let names = |list: &[&str]| list.iter().map(|s| s.to_string()).collect::<Vec<_>>();
    match (number, a.signum(), d.signum()) {
        (2, ..) => (names(&["Bianchi V"]), "A3,3".into()),
        (3, 0, _) => (names(&["aff(1)+R", "Bianchi III"]), "A2+A1".into()),
        (3, _, 0) => (names(&["Bianchi IV"]), "A3,2".into()),
        (3, _, sign) => {
            // h = -tr²/(tr² - 4 det) with trace 1.
            let h = d.recip().map_or_else(String::new, |x| (-x).to_string());
            if sign > 0 {
                (vec![format!("Bianchi VI_h, h = {h}")], family("A3,5", &[ratio_of_roots(&d)]))
            } else {
                (vec![format!("Bianchi VII_h, h = {h}")], family("A3,7", &[slope_of_roots(&d)]))
            }
        }
        (4, 0, _) => (names(&["heis(3)", "Bianchi II"]), "A3,1".into()),
        (4, 1, _) => (names(&["e(1,1)", "Bianchi VI_0"]), "A3,4".into()),
        (4, ..) => (names(&["e(2)", "Bianchi VII_0"]), "A3,6".into()),
        _ => (names(&["R^3", "Bianchi I"]), "3A1".into()),
    }
}

/// All usual names of an entry, the paper's spelling first.
pub(super) fn usual_names(small: &SmallAlgebra, limits: &Limits) -> Result<Vec<String>, Lost> {
    let mut out = vec![small.paper_name()];
    let parameter = |at: usize| small.parameters.get(at).cloned().unwrap_or(Rational::ZERO);
    let (a, b) = (parameter(0), parameter(1));
    let mut add = |names: &[&str]| out.extend(names.iter().map(|s| s.to_string()));
    match (small.list, small.dim, small.number) {
        (List::Solvable, 1, _) => add(&["R", "A1"]),
        (List::Solvable, 2, 1) => add(&["R^2", "2A1"]),
        (List::Solvable, 2, _) => add(&["aff(1)", "A2"]),
        (List::Solvable, 3, number) => {
            let (names, mubarakzyanov) = plane_with(number, &a);
            out.extend(names);
            out.push(mubarakzyanov);
            if number == 4 && a.is_zero() {
                out.push("L_{3,2}".into());
            }
        }
        (List::Solvable, _, number) => out.extend(dimension_four(number, &a, &b, limits)?),
        (List::Nilpotent, dim, number) => add(nilpotent(dim, number, &a)),
    }
    Ok(out)
}

fn nilpotent(dim: usize, number: usize, a: &Rational) -> &'static [&'static str] {
    match (dim, number, a.signum()) {
        (5, 1, _) => &["R^5", "5A1"],
        (5, 2, _) => &["heis(3)+R^2", "A3,1+2A1"],
        (5, 3, _) => &["A4,1+A1"],
        (5, 4, _) => &["heis(5)", "A5,4"],
        (5, 5, _) => &["A5,5"],
        (5, 6, _) => &["A5,6"],
        (5, 7, _) => &["A5,2"],
        (5, 8, _) => &["A5,1"],
        (5, 9, _) => &["A5,3"],
        (6, 1, _) => &["R^6", "6A1"],
        (6, 2, _) => &["heis(3)+R^3", "A3,1+3A1"],
        (6, 3, _) => &["A4,1+2A1"],
        (6, 4, _) => &["heis(5)+R", "A5,4+A1"],
        (6, 5, _) => &["A5,5+A1"],
        (6, 6, _) => &["A5,6+A1"],
        (6, 7, _) => &["A5,2+A1"],
        (6, 8, _) => &["A5,1+A1"],
        (6, 9, _) => &["A5,3+A1"],
        // The Pfaffian has two real lines or none.
        (6, 22, 1) => &["heis(3)+heis(3)", "2A3,1"],
        (6, 22, -1) => &["heis(3,C)_R"],
        _ => &[],
    }
}

fn dimension_four(number: usize, a: &Rational, b: &Rational, limits: &Limits) -> Result<Vec<String>, Lost> {
    let names = |list: &[&str]| list.iter().map(|s| s.to_string()).collect::<Vec<_>>();
    let text = |x: &Rational| Some(x.to_string());
    let d = &Rational::ONE + &(&Rational::from(4) * a);
    Ok(match number {
        1 => names(&["R^4", "4A1"]),
        2 => names(&["A4,5(1, 1)"]),
        3 if a.is_zero() => with_line(2, a),
        3 if a.is_one() => names(&["A4,2(1)"]),
        3 if a.abs() <= Rational::ONE => vec![family("A4,5", &[text(a), text(&Rational::ONE)])],
        3 => {
            let inverse = a.recip().map(|x| x.to_string());
            vec![family("A4,5", &[inverse.clone(), inverse])]
        }
        4 => names(&["aff(1)+R^2", "A2+2A1"]),
        5 => names(&["heis(3)+R", "A3,1+A1", "L_{4,2}"]),
        6 if a.is_zero() && b.is_zero() => names(&["A4,3"]),
        6 if a.is_zero() => with_line(3, b),
        7 if a.is_zero() && b.is_zero() => names(&["A4,1", "L_{4,3}"]),
        7 if a.is_zero() => with_line(4, b),
        6 | 7 => vec![cubic(number == 6, a, b, limits)?],
        8 => names(&["aff(1)+aff(1)", "2A2"]),
        9 if d.signum() > 0 => names(&["aff(1)+aff(1)", "2A2"]),
        9 => names(&["aff(1,C)_R", "A4,12"]),
        12 => names(&["A4,9(1)"]),
        13 if d.is_zero() => names(&["A4,7"]),
        13 if d.is_one() => names(&["A4,9(0)"]),
        13 if d.signum() > 0 => vec![family("A4,9", &[ratio_of_roots(&d)])],
        13 => vec![family("A4,11", &[slope_of_roots(&d)])],
        14 if a.signum() > 0 => names(&["A4,8"]),
        14 => names(&["oscillator(1)", "A4,10"]),
        _ => Vec::new(),
    })
}

/// The names of an algebra of dimension 3 with a line added.
fn with_line(number: usize, a: &Rational) -> Vec<String> {
    let (mut names, mubarakzyanov) = plane_with(number, a);
    names.retain(|name| !name.starts_with("Bianchi"));
    let mut out: Vec<String> = names.iter().map(|name| format!("{name}+R")).collect();
    out.push(format!("{mubarakzyanov}+A1"));
    out
}

/// One matrix with the invertible characteristic polynomial `t³ - e t² - b t - a`, `e` = 1 or 0, acting on R³ cyclically.
fn cubic(trace: bool, a: &Rational, b: &Rational, limits: &Limits) -> Result<String, Lost> {
    let e = Rational::from(i64::from(trace));
    let f = Polynomial::new(vec![-a, -b, -&e, Rational::ONE]);
    let common = f.gcd(&f.derivative());
    if common.degree() == Some(2) {
        return Ok("A4,4".into());
    }
    if common.degree() == Some(1) {
        // The double root is that of the common factor, the other makes up the trace.
        let double = common.monic().coefficients().first().map_or(Rational::ZERO, |c| -c);
        let simple = &e - &(&Rational::from(2) * &double);
        return Ok(family("A4,2", &[simple.checked_div(&double).map(|x| x.to_string())]));
    }
    let factors = f.factor_squarefree(limits)?;
    let rational: Vec<Rational> =
        factors.iter().filter(|g| g.degree() == Some(1)).filter_map(|g| g.coefficients().first().map(|c| -c)).collect();
    if f.real_root_count() == 1 {
        let [r] = &rational[..] else { return Ok("A4,6".into()) };
        // The other roots are s ± i √w with 2s = e - r and s² + w = a/r, the product of all three being a.
        let s = &(&e - r) / &Rational::from(2);
        let Some(product) = a.checked_div(r) else { return Ok("A4,6".into()) };
        let w = &product - &(&s * &s);
        // Scaled to imaginary part 1, the sign such that b > 0, or b = 0 and a > 0.
        let flip = s.signum() < 0 || (s.is_zero() && r.signum() < 0);
        let sign = Rational::from(if flip { -1 } else { 1 });
        let scaled = |x: &Rational| surd(&Rational::ZERO, &(&sign * x).checked_div(&w)?, &w);
        return Ok(family("A4,6", &[scaled(r), scaled(&s)]));
    }
    let mut roots = rational;
    if roots.len() < 3 {
        return Ok("A4,5".into());
    }
    // The largest becomes 1; of two opposite largest ones that which leaves a positive third.
    roots.sort_by_key(|x| std::cmp::Reverse(x.abs()));
    let opposite = (&roots[0] + &roots[1]).is_zero();
    let largest = if opposite && roots[0].signum() != roots[2].signum() { roots.remove(1) } else { roots.remove(0) };
    let mut others: Vec<Rational> = roots.iter().filter_map(|x| x.checked_div(&largest)).collect();
    others.sort();
    Ok(family("A4,5", &others.iter().map(|x| Some(x.to_string())).collect::<Vec<_>>()))
}

/// Further names of a reductive algebra by the real forms of its Levi factor and the dimension of its centre:
/// `gl(n,R)`, `u(p,q)`, the Bianchi types VIII and IX.
pub fn reductive_names(forms: &[RealForm], center_dim: usize) -> Vec<String> {
    let [form] = forms else { return Vec::new() };
    let three = match form.name() {
        RealName::SlR(2) => Some(("Bianchi VIII", "A3,8")),
        RealName::Su(2, 0) => Some(("Bianchi IX", "A3,9")),
        _ => None,
    };
    let mut out = Vec::new();
    match (form.name(), center_dim) {
        (RealName::SlR(n), 1) => out.push(format!("gl({n},R)")),
        (RealName::Su(n, 0), 1) => out.push(format!("u({n})")),
        (RealName::Su(p, q), 1) => out.push(format!("u({p},{q})")),
        (RealName::SuStar(m), 1) => out.push(format!("gl({m},H)")),
        (RealName::SlC(n), 2) => out.push(format!("gl({n},C)_R")),
        _ => {}
    }
    match (three, center_dim) {
        (Some((bianchi, mubarakzyanov)), 0) => out.extend([bianchi.to_string(), mubarakzyanov.to_string()]),
        (Some((_, mubarakzyanov)), 1) => out.push(format!("{mubarakzyanov}+A1")),
        _ => {}
    }
    if let (RealName::SlR(2), 1) = (form.name(), center_dim) {
        out.push("u(1,1)".into());
    }
    out
}
