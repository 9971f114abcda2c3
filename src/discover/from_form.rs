//! The exact forms of the house as oracles.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::DiscoverError;
use super::fraction::{Fraction, Fractions};
use super::oracle::{Oracle, Role};
use super::steps::{Draft, Step};
use crate::forms::{Form, Invariant, Monomial, Polynomial, Slot};
use crate::limits::Limits;
use crate::num::{Gaussian, Rational};

/// Real polynomials in the real coordinates of some arguments, as an oracle.
///
/// Arguments of several forms are shared. A complex space of dimension `n` has `2n` real coordinates, and a complex
/// form gives its real and its imaginary part.
pub fn oracle_of_forms(forms: &[Form], complex: bool, limits: &Limits) -> Result<Oracle, DiscoverError> {
    let first = forms.first().ok_or_else(|| DiscoverError::Argument("at least one form is needed".into()))?;
    let n = first.dimension();
    let mut polynomials = Vec::new();
    let mut volume = false;
    // The arguments in order of appearance: how many vectors and how many covectors the greediest form needs.
    let (mut vectors, mut covectors) = (0, 0);
    for form in forms {
        if form.dimension() != n {
            let message = format!("the forms live in dimensions {n} and {}", form.dimension());
            return Err(DiscoverError::Shape(message));
        }
        if form.is_up_to_scale() {
            let message = "forms up to scale are no oracles; stabilizer finds their symmetries";
            return Err(DiscoverError::Unsupported(message.into()));
        }
        if form.needs_complex() && !complex {
            let message = format!("`{}` has conjugate arguments: it needs complex matrices", form.name());
            return Err(DiscoverError::Argument(message));
        }
        match form.invariant() {
            Invariant::Volume => volume = true,
            Invariant::Polynomial(slots, _) => {
                let dual = slots.iter().filter(|s| s.is_dual()).count();
                vectors = vectors.max(slots.len() - dual);
                covectors = covectors.max(dual);
            }
        }
    }
    // A volume alone still needs points to be asked at.
    vectors = vectors.max(usize::from(covectors == 0));
    for form in forms {
        if let Invariant::Polynomial(slots, polynomial) = form.invariant() {
            let places = places(slots, vectors);
            if complex {
                polynomials.extend(real_parts(slots, polynomial, &places, n, limits)?);
            } else {
                polynomials.push(polynomial.rename(|v| places[v as usize / n] as u32 * n as u32 + v % n as u32));
            }
        }
    }
    let roles = [vec![Role::Vector; vectors], vec![Role::Covector; covectors]].concat();
    let names: Vec<&str> = forms.iter().map(Form::name).collect();
    let dimension = if complex { 2 * n } else { n };
    polynomials.retain(|p| p.degree() > 0);
    let draft = Arc::new(Draft::new());
    let outputs: Vec<u32> = polynomials.iter().map(|p| write(p, &draft)).collect();
    let oracle = Oracle::new(dimension, complex, roles, &draft, &outputs)?;
    let fractions = polynomials.into_iter().map(Fraction::polynomial).collect();
    Ok(oracle.with_fractions(Fractions::rational(fractions)).with_volume(volume).described(names.join(", ")))
}

/// The argument of each slot: vectors first, then covectors, each kind in order.
fn places(slots: &[Slot], vectors: usize) -> Vec<usize> {
    let (mut vector, mut covector) = (0, vectors);
    let next = |slot: &Slot| {
        let counter = if slot.is_dual() { &mut covector } else { &mut vector };
        *counter += 1;
        *counter - 1
    };
    slots.iter().map(next).collect()
}

/// The real and the imaginary part of a complex polynomial, in real parts and imaginary parts of the coordinates. A
/// conjugate argument is the conjugate of a vector of its own; conjugate slots keep their place.
fn real_parts(
    slots: &[Slot],
    polynomial: &Polynomial,
    places: &[usize],
    n: usize,
    limits: &Limits,
) -> Result<[Polynomial; 2], DiscoverError> {
    let terms: u128 = polynomial.terms().map(|(m, _)| 1u128 << m.degree().min(100)).sum();
    limits.reserve(terms * 128)?;
    let mut parts = [Polynomial::zero(), Polynomial::zero()];
    for (monomial, coefficient) in polynomial.terms() {
        limits.check()?;
        let variables = monomial.variables();
        for choice in 0u64..1 << variables.len() {
            // Bit k set: the imaginary part of factor k, with a factor i.
            let mut factor = coefficient.clone();
            let mut chosen = Vec::with_capacity(variables.len());
            for (k, &v) in variables.iter().enumerate() {
                let imaginary = choice >> k & 1 == 1;
                let slot = v as usize / n;
                // A covector of a complex space is stored as the one that pairs with real coordinates by the real part
                // of ξ(x): its imaginary part has the other sign.
                let turned = slots[slot].is_conjugate() != slots[slot].is_dual();
                if imaginary {
                    factor = &factor * &if turned { Gaussian::I.conj() } else { Gaussian::I };
                }
                let (argument, a) = (places[slot], v as usize % n);
                chosen.push((argument * 2 * n + a + if imaginary { n } else { 0 }) as u32);
            }
            let monomial = Monomial::new(chosen);
            parts[0].add_term(factor.re.clone().into(), monomial.clone());
            parts[1].add_term(factor.im.into(), monomial);
        }
    }
    Ok(parts)
}

/// The steps that compute a real polynomial.
pub(super) fn write(polynomial: &Polynomial, draft: &Draft) -> u32 {
    let mut variables = BTreeMap::new();
    let mut sum = None;
    for (monomial, coefficient) in polynomial.terms() {
        let mut product = draft.exact(coefficient.re.clone());
        for &v in monomial.variables() {
            let variable = *variables.entry(v).or_insert_with(|| draft.push(Step::Variable(v)));
            product = draft.multiply(product, variable);
        }
        sum = Some(sum.map_or(product, |sum| draft.add(sum, product)));
    }
    sum.unwrap_or_else(|| draft.exact(Rational::ZERO))
}
