//! Sparse multivariate polynomials over Q(i), exact.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::num::{Gaussian, Rational, power};

/// A product of variables: their indices in increasing order, each as often as it occurs (`x0² x3` is `[0, 0, 3]`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Monomial(Vec<u32>);

impl Monomial {
    /// The product of these variables, given in any order.
    pub fn new(mut variables: Vec<u32>) -> Monomial {
        variables.sort_unstable();
        Monomial(variables)
    }

    /// The total degree.
    pub fn degree(&self) -> usize {
        self.0.len()
    }

    /// The variables in increasing order, with repetition.
    pub fn variables(&self) -> &[u32] {
        &self.0
    }

    /// The distinct variables with their exponents.
    pub fn exponents(&self) -> impl Iterator<Item = (u32, u32)> {
        self.0.chunk_by(|a, b| a == b).map(|run| (run.first().copied().unwrap_or(0), run.len() as u32))
    }

    /// The product of two monomials.
    pub fn times(&self, other: &Monomial) -> Monomial {
        Monomial::new(self.0.iter().chain(&other.0).copied().collect())
    }

    /// The monomial with one factor `old` (which must occur) replaced by `new`, or removed.
    pub(crate) fn replaced(&self, old: u32, new: Option<u32>) -> Monomial {
        let at = self.0.partition_point(|&v| v < old);
        let mut out = Vec::with_capacity(self.0.len());
        out.extend(self.0.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, v)| *v));
        if let Some(new) = new {
            out.insert(out.partition_point(|&v| v < new), new);
        }
        Monomial(out)
    }
}

/// A polynomial `Σ c_m x^m` with Gaussian rational coefficients; no coefficient is zero.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Polynomial {
    terms: BTreeMap<Monomial, Gaussian>,
}

impl Polynomial {
    /// Zero.
    pub fn zero() -> Polynomial {
        Polynomial::default()
    }

    /// A constant.
    pub fn constant(value: impl Into<Gaussian>) -> Polynomial {
        Polynomial::term(value, Vec::new())
    }

    /// The variable `x_index`.
    pub fn variable(index: u32) -> Polynomial {
        Polynomial::term(1i64, vec![index])
    }

    /// The single term `coefficient · Π x_v`.
    pub fn term(coefficient: impl Into<Gaussian>, variables: Vec<u32>) -> Polynomial {
        let mut out = Polynomial::zero();
        out.add_term(coefficient.into(), Monomial::new(variables));
        out
    }

    /// The linear form `Σ c_i x_i`.
    pub fn linear<'a>(coefficients: impl IntoIterator<Item = (u32, &'a Rational)>) -> Polynomial {
        let mut out = Polynomial::zero();
        for (v, c) in coefficients {
            out.add_term(c.clone().into(), Monomial(vec![v]));
        }
        out
    }

    /// Adds one term in place.
    pub fn add_term(&mut self, coefficient: Gaussian, monomial: Monomial) {
        if coefficient.is_zero() {
            return;
        }
        match self.terms.entry(monomial) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(coefficient);
            }
            std::collections::btree_map::Entry::Occupied(mut place) => {
                let sum = place.get() + &coefficient;
                if sum.is_zero() {
                    place.remove();
                } else {
                    *place.get_mut() = sum;
                }
            }
        }
    }

    /// The polynomial with the term `value · Π x_v` added.
    pub fn plus_term(mut self, value: i64, variables: Vec<u32>) -> Polynomial {
        self.add_term(Gaussian::from(value), Monomial::new(variables));
        self
    }

    /// `self += factor · a · b`.
    pub fn add_product(&mut self, factor: &Gaussian, a: &Polynomial, b: &Polynomial) {
        for (m, c) in &a.terms {
            let c = factor * c;
            for (n, d) in &b.terms {
                self.add_term(&c * d, m.times(n));
            }
        }
    }

    /// The terms, by increasing monomial.
    pub fn terms(&self) -> impl Iterator<Item = (&Monomial, &Gaussian)> {
        self.terms.iter()
    }

    /// Number of terms.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there is no term.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether this is the zero polynomial.
    pub fn is_zero(&self) -> bool {
        self.terms.is_empty()
    }

    /// The largest degree of a term (0 for the zero polynomial).
    pub fn degree(&self) -> usize {
        self.terms.keys().map(Monomial::degree).max().unwrap_or(0)
    }

    /// Whether all terms have the same degree.
    pub fn is_homogeneous(&self) -> bool {
        let degree = self.degree();
        self.terms.keys().all(|m| m.degree() == degree)
    }

    /// Whether all coefficients are real.
    pub fn is_real(&self) -> bool {
        self.terms.values().all(Gaussian::is_real)
    }

    /// One more than the largest variable that occurs.
    pub fn variable_count(&self) -> usize {
        self.terms.keys().filter_map(|m| m.0.last()).max().map_or(0, |&v| v as usize + 1)
    }

    /// The sum.
    pub fn add(&self, other: &Polynomial) -> Polynomial {
        self.add_scaled(&Gaussian::ONE, other)
    }

    /// The difference.
    pub fn sub(&self, other: &Polynomial) -> Polynomial {
        self.add_scaled(&Gaussian::from(-1), other)
    }

    /// `self + factor · other`.
    pub fn add_scaled(&self, factor: &Gaussian, other: &Polynomial) -> Polynomial {
        let mut out = self.clone();
        for (m, c) in &other.terms {
            out.add_term(factor * c, m.clone());
        }
        out
    }

    /// `factor · self`.
    pub fn scale(&self, factor: &Gaussian) -> Polynomial {
        Polynomial::zero().add_scaled(factor, self)
    }

    /// The product.
    pub fn mul(&self, other: &Polynomial) -> Polynomial {
        let mut out = Polynomial::zero();
        out.add_product(&Gaussian::ONE, self, other);
        out
    }

    /// The power.
    pub fn pow(&self, exponent: u32) -> Polynomial {
        power(Polynomial::constant(1i64), self, exponent.into(), Polynomial::mul)
    }

    /// The partial derivative by `x_variable`.
    pub fn derivative(&self, variable: u32) -> Polynomial {
        let mut out = Polynomial::zero();
        for (m, c) in &self.terms {
            let exponent = m.0.iter().filter(|&&v| v == variable).count();
            if exponent > 0 {
                out.add_term(c * &Gaussian::from(exponent as i64), m.replaced(variable, None));
            }
        }
        out
    }

    /// The polynomial with `x_v` replaced by `images[v]`; variables without an image stay.
    pub fn substitute(&self, images: &[Polynomial]) -> Polynomial {
        let mut out = Polynomial::zero();
        for (m, c) in &self.terms {
            let mut product = Polynomial::constant(c.clone());
            for &v in &m.0 {
                product = match images.get(v as usize) {
                    Some(image) => product.mul(image),
                    None => product.mul(&Polynomial::variable(v)),
                };
            }
            for (n, d) in product.terms {
                out.add_term(d, n);
            }
        }
        out
    }

    /// The polynomial with every variable renamed, the order of variables being free to change.
    pub fn rename(&self, name: impl Fn(u32) -> u32) -> Polynomial {
        let mut out = Polynomial::zero();
        for (m, c) in &self.terms {
            out.add_term(c.clone(), Monomial::new(m.0.iter().map(|&v| name(v)).collect()));
        }
        out
    }

    /// The polynomial with `x_v` replaced by `signs[v] · x_v` (1 beyond the end).
    pub fn rescale_variables(&self, factors: &[Rational]) -> Polynomial {
        let mut out = Polynomial::zero();
        for (m, c) in &self.terms {
            let factor =
                m.0.iter().filter_map(|&v| factors.get(v as usize)).fold(Rational::ONE, |product, f| &product * f);
            out.add_term(c * &Gaussian::from(factor), m.clone());
        }
        out
    }

    /// The polynomial with conjugated coefficients.
    pub fn conj(&self) -> Polynomial {
        Polynomial { terms: self.terms.iter().map(|(m, c)| (m.clone(), c.conj())).collect() }
    }

    /// The value at a point (missing coordinates count as 0).
    pub fn evaluate(&self, point: &[Gaussian]) -> Gaussian {
        let mut total = Gaussian::ZERO;
        for (m, c) in &self.terms {
            let value = m.0.iter().fold(c.clone(), |product, &v| match point.get(v as usize) {
                Some(x) => &product * x,
                None => Gaussian::ZERO,
            });
            total = &total + &value;
        }
        total
    }

    /// Written with these variable names (`x7` where a name is missing): `x^2 - 2*x*y + 1/2*z`.
    pub fn display(&self, names: &[String]) -> String {
        let mut out = String::new();
        // Highest degree first, then the order of the variables.
        let mut terms: Vec<_> = self.terms.iter().collect();
        terms.sort_by(|a, b| b.0.degree().cmp(&a.0.degree()).then_with(|| a.0.cmp(b.0)));
        for (m, c) in terms {
            let negative = if c.is_real() { c.re.signum() < 0 } else { c.re.is_zero() && c.im.signum() < 0 };
            let magnitude = if negative { -c } else { c.clone() };
            out.push_str(match (out.is_empty(), negative) {
                (true, true) => "-",
                (true, false) => "",
                (false, true) => " - ",
                (false, false) => " + ",
            });
            let factors: Vec<String> = m
                .exponents()
                .map(|(v, e)| {
                    let name = names.get(v as usize).cloned().unwrap_or_else(|| format!("x{}", v + 1));
                    if e == 1 { name } else { format!("{name}^{e}") }
                })
                .collect();
            let coefficient = if magnitude.re.is_zero() || magnitude.is_real() {
                magnitude.to_string()
            } else {
                format!("({magnitude})")
            };
            // Writing to a string cannot fail.
            let _ = match (factors.is_empty(), magnitude == Gaussian::ONE) {
                (true, _) => write!(out, "{coefficient}"),
                (false, true) => write!(out, "{}", factors.join("*")),
                (false, false) => write!(out, "{coefficient}*{}", factors.join("*")),
            };
        }
        if out.is_empty() { "0".to_string() } else { out }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn x(i: u32) -> Polynomial {
        Polynomial::variable(i)
    }

    #[test]
    fn binomial_cube() {
        let p = x(0).add(&x(1)).pow(3);
        assert_eq!(p.display(&["x".into(), "y".into()]), "x^3 + 3*x^2*y + 3*x*y^2 + y^3");
        assert_eq!(p.derivative(0), x(0).add(&x(1)).pow(2).scale(&Gaussian::from(3)));
        assert!(p.is_homogeneous());
        assert_eq!(p.degree(), 3);
    }

    #[test]
    fn signs_and_constants_print_well() {
        let p = x(0).pow(2).sub(&x(1).scale(&Gaussian::I)).sub(&Polynomial::constant(2i64));
        assert_eq!(p.display(&[]), "x1^2 - i*x2 - 2");
        assert_eq!(Polynomial::zero().display(&[]), "0");
        assert_eq!(x(3).scale(&Gaussian::new(Rational::ONE, Rational::ONE)).display(&[]), "(1+i)*x4");
    }

    fn any_polynomial() -> impl Strategy<Value = Polynomial> {
        prop::collection::vec((prop::collection::vec(0u32..3, 0..4), -5i64..6, -2i64..3), 0..5).prop_map(|terms| {
            terms.into_iter().fold(Polynomial::zero(), |sum, (m, re, im)| {
                sum.add(&Polynomial::term(Gaussian::new(re.into(), im.into()), m))
            })
        })
    }

    proptest! {
        #[test]
        fn a_commutative_ring_with_evaluation(a in any_polynomial(), b in any_polynomial(), c in any_polynomial(),
                                              p in prop::collection::vec((-4i64..5, -4i64..5), 3)) {
            let point: Vec<Gaussian> = p.iter().map(|&(r, i)| Gaussian::new(r.into(), i.into())).collect();
            prop_assert_eq!(a.mul(&b.add(&c)), a.mul(&b).add(&a.mul(&c)));
            prop_assert_eq!(a.mul(&b), b.mul(&a));
            prop_assert!(a.sub(&a).is_zero());
            prop_assert_eq!(a.mul(&b).evaluate(&point), &a.evaluate(&point) * &b.evaluate(&point));
            // Leibniz, and substitution followed by evaluation.
            prop_assert_eq!(a.mul(&b).derivative(1), a.derivative(1).mul(&b).add(&a.mul(&b.derivative(1))));
            let images = [b.clone(), c.clone(), x(0)];
            let moved: Vec<Gaussian> = images.iter().map(|q| q.evaluate(&point)).collect();
            prop_assert_eq!(a.substitute(&images).evaluate(&point), a.evaluate(&moved));
        }
    }
}
