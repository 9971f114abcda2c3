//! Semisimple algebras over Q: simple ideals, their types and their real forms, with proof.
//!
//! The chain of the proof, all in characteristic zero and elementary:
//!
//! 1. **Type.** The root system, with the lengths of the roots and their partition into irreducible components, is read
//!    off modulo one large prime; [`super::etale`] has the argument. No ideal is written down for this.
//! 2. **Ideals.** With one component the algebra is absolutely simple. Otherwise the centroid is an étale algebra over Q
//!    whose dimension is the number of components. A generator is lifted and checked over Q ([`super::centroid`]), its
//!    minimal polynomial factored over Q: the factors are the simple ideals over Q. An irreducible factor of degree
//!    `m > 1` stands for a Weil restriction from a number field of degree `m`.
//! 3. **Real forms.** The forms `K((S − c)x, y)` with rational `c` between the real roots of the minimal polynomial
//!    separate the real places, which are the absolutely simple ideals over R; the complex places are complex algebras
//!    seen as real. The signatures are exact.

use crate::exact::lift::Primes;
use crate::exact::polynomial::{Polynomial, modular};
use crate::exact::{Matrix, Subspace};
use crate::float::dense::eigenvalues;
use crate::limits::{Limits, Stop};
use crate::num::prime::random_stream;
use crate::num::{Prime, Rational};
use crate::roots::{RealForm, SimpleType};

use super::StructureConstants;
use super::centroid::{self, TwistedForms};
use super::chains::{Chains, Pair};
use super::etale::{Components, RootAlgebra};
use super::jacobi::next_table;
use super::signature::{Signature, signature};

/// Why an identification did not come to an end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentifyError {
    /// A limit was reached.
    #[error(transparent)]
    Stop(#[from] Stop),
    /// Type and signature leave several real forms.
    #[error(
        "the real forms {0} share their type and the signature of the Killing form; telling them apart is not done yet"
    )]
    Undecided(String),
    /// Randomised steps kept failing, which would be a bug or an input that is not a Lie algebra.
    #[error("no generic element was found in many attempts ({0})")]
    NoGenericElement(&'static str),
}

/// A simple ideal over R of a semisimple algebra.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RealIdeal {
    /// Its name.
    pub form: RealForm,
    /// The signature of its Killing form.
    pub signature: Signature,
}

/// A simple ideal over Q: over the algebraic closure a sum of `degree` conjugate copies of one simple type.
#[derive(Debug, Clone, PartialEq)]
pub struct RationalIdeal {
    /// The type of each absolutely simple factor.
    pub factor: SimpleType,
    /// The minimal polynomial of a generator of the centroid, whose degree is the number of factors.
    pub field: Polynomial,
    /// What it becomes over R, most compact first.
    pub real: Vec<RealIdeal>,
    /// The long roots of each absolutely simple factor were counted to tell types of one dimension and rank apart.
    pub counted_roots: bool,
    /// Modulo the prime of the certificate, the polynomial whose roots are the values of the ideal's roots at `x`.
    pub root_polynomial: Vec<u32>,
}

impl RationalIdeal {
    /// The dimension.
    pub fn dim(&self) -> usize {
        self.factor.dim() * self.field.degree().unwrap_or(1)
    }
}

/// A semisimple algebra taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Semisimple {
    /// The dimension of a Cartan subalgebra.
    pub rank: usize,
    /// The simple ideals over Q.
    pub ideals: Vec<RationalIdeal>,
    /// What the root system was read off; `None` for the zero algebra.
    pub regular: Option<Regular>,
}

/// The data modulo one prime from which rank and root system follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regular {
    /// The prime.
    pub prime: u32,
    /// A regular semisimple element.
    pub x: Vec<i64>,
    /// An element with a part in every root space.
    pub w: Vec<i64>,
    /// The polynomial of `ad x` on the sum of the root spaces, lowest coefficient first.
    pub root_polynomial: Vec<u32>,
    /// The determinant of the Killing form on the reduced echelon basis of `ker ad x`.
    pub determinant: u32,
}

const ATTEMPTS: u64 = 40;

/// Takes a semisimple algebra apart. `killing` is its Killing form, known to be non-degenerate.
pub fn analyze(
    constants: &StructureConstants,
    killing: &Matrix<Rational>,
    limits: &Limits,
) -> Result<Semisimple, IdentifyError> {
    Ok(take_apart(constants, killing, None, None, limits)?.0)
}

/// The simple ideals over Q as subspaces, in the order of [`analyze`].
pub fn simple_ideals(
    constants: &StructureConstants,
    killing: &Matrix<Rational>,
    limits: &Limits,
) -> Result<Vec<Subspace>, IdentifyError> {
    let (parts, generator) = take_apart(constants, killing, None, None, limits)?;
    match generator {
        Some(generator) => {
            let fields: Vec<Polynomial> = parts.ideals.iter().map(|ideal| ideal.field.clone()).collect();
            Ok(centroid::ideals(&generator, &fields, limits)?)
        }
        None => Ok(parts.ideals.iter().map(|_| Subspace::full(constants.dim())).collect()),
    }
}

/// The types of the absolutely simple ideals, from one prime: the Killing form is not formed. `None` when no attempt
/// was lucky, which is so in particular when the algebra is not semisimple.
pub(super) fn type_over_closure(
    constants: &StructureConstants,
    attempts: u64,
    limits: &Limits,
) -> Result<Option<Vec<SimpleType>>, Stop> {
    if constants.dim() == 0 {
        return Ok(Some(Vec::new()));
    }
    let mut search = Search::new(constants, None, limits);
    for attempt in 0..attempts.min(ATTEMPTS) {
        let chains = search.next(attempt)?;
        if let Some(roots) = RootAlgebra::new(chains, limits)?
            && let Some(components) = roots.components(attempt)?
        {
            let p = chains.prime();
            let mut rng = random_stream(limits.seed(), 8000);
            let factors = modular::factor_squarefree(p, &components.polynomial, &mut rng, limits)?;
            let mut types = Vec::new();
            for q in &factors {
                match roots.type_of_factor(&components, q)? {
                    Some(found) => types.extend(vec![found.simple; q.len() - 1]),
                    None => break,
                }
            }
            if types.len() + 1 == components.polynomial.len() {
                return Ok(Some(types));
            }
        }
    }
    Ok(None)
}

/// Chains for one attempt after the other: other elements at the same prime, then other primes.
struct Search<'a> {
    constants: &'a StructureConstants,
    primes: Primes,
    chains: Option<Chains>,
    limits: &'a Limits,
}

impl<'a> Search<'a> {
    fn new(constants: &'a StructureConstants, chains: Option<Chains>, limits: &'a Limits) -> Search<'a> {
        Search { constants, primes: Primes::new(limits), chains, limits }
    }

    fn next(&mut self, attempt: u64) -> Result<&Chains, Stop> {
        self.limits.check()?;
        let chains = match self.chains.take() {
            Some(chains) if attempt == 0 => chains,
            Some(chains) if attempt % 2 == 1 => {
                let pair = Pair::random(self.constants.dim(), false, attempt, self.limits);
                Chains::new(chains.table, &pair, self.limits)?
            }
            _ => {
                let table = next_table(&mut self.primes, self.constants);
                let few = attempt == 0 && !table.is_sparse();
                let pair = Pair::random(self.constants.dim(), few, attempt, self.limits);
                Chains::new(table, &pair, self.limits)?
            }
        };
        Ok(self.chains.insert(chains))
    }
}

/// [`analyze`] with what is known already: chains modulo a prime, and the signature of the Killing form. Also returns
/// the generator of the centroid when there are several absolutely simple ideals.
pub(super) fn take_apart(
    constants: &StructureConstants,
    killing: &Matrix<Rational>,
    chains: Option<Chains>,
    known: Option<Signature>,
    limits: &Limits,
) -> Result<(Semisimple, Option<centroid::Generator>), IdentifyError> {
    if constants.dim() == 0 {
        return Ok((Semisimple { rank: 0, ideals: Vec::new(), regular: None }, None));
    }
    let mut search = Search::new(constants, chains, limits);
    for attempt in 0..ATTEMPTS {
        limits.progress("Cartan subalgebra", 0.0);
        let chains = search.next(attempt)?;
        if let Some(roots) = RootAlgebra::new(chains, limits)?
            && let Some(components) = roots.components(attempt)?
        {
            let found = Found { constants, killing, chains, roots: &roots, components: &components, known, limits };
            if let Some(result) = found.parts(attempt)? {
                return Ok(result);
            }
        }
    }
    Err(IdentifyError::NoGenericElement("regular elements"))
}

/// A root algebra with its components, and what belongs to it.
struct Found<'a> {
    constants: &'a StructureConstants,
    killing: &'a Matrix<Rational>,
    chains: &'a Chains,
    roots: &'a RootAlgebra<'a>,
    components: &'a Components,
    known: Option<Signature>,
    limits: &'a Limits,
}

impl Found<'_> {
    fn parts(&self, attempt: u64) -> Result<Option<(Semisimple, Option<centroid::Generator>)>, IdentifyError> {
        let p = self.chains.prime();
        let generator = if self.components.pivots.len() == 1 {
            None
        } else {
            self.limits.progress("simple ideals", 0.2);
            let generators = self.generators()?;
            match centroid::generator(self.constants, self.chains, &generators, attempt, self.limits)? {
                Some(generator) => Some(generator),
                None => return Ok(None),
            }
        };
        let linear = Polynomial::new(vec![Rational::ZERO, Rational::ONE]);
        let fields = match &generator {
            Some(generator) => generator.polynomial.factor_squarefree(self.limits)?,
            None => vec![linear],
        };
        let mut ideals = Vec::new();
        for field in &fields {
            let q = match &generator {
                Some(_) => residues(p, field),
                None => Some(self.components.polynomial.clone()),
            };
            let Some(q) = q else { return Ok(None) };
            let Some(found) = self.roots.type_of_factor(self.components, &q)? else { return Ok(None) };
            ideals.push(RationalIdeal {
                factor: found.simple,
                field: field.clone(),
                real: Vec::new(),
                counted_roots: found.counted,
                root_polynomial: found.polynomial,
            });
        }
        self.limits.progress("real forms", 0.5);
        match &generator {
            Some(generator) => self.real_places(generator, &mut ideals)?,
            None => {
                let found = match self.known {
                    Some(signature) => signature,
                    None => signature(self.killing, self.limits)?,
                };
                for ideal in &mut ideals {
                    ideal.real = vec![real_ideal(ideal.factor, found)?];
                }
            }
        }
        ideals.sort_by_key(|ideal| (std::cmp::Reverse(ideal.dim()), ideal.real.first().map(|r| r.form)));
        let regular = Regular {
            prime: p.value(),
            x: self.chains.pair.x.clone(),
            w: self.chains.pair.w.clone(),
            root_polynomial: self.roots.f.clone(),
            determinant: self.roots.gram_determinant(),
        };
        Ok(Some((Semisimple { rank: self.roots.rank(), ideals, regular: Some(regular) }, generator)))
    }

    /// Elements that generate the algebra: `x` and `w` when brackets of them span it, otherwise a basis.
    fn generators(&self) -> Result<Vec<Vec<i64>>, Stop> {
        let n = self.constants.dim();
        let generate = match self.chains.generate {
            Some(known) => known,
            None => self.chains.killing(self.limits)?.1,
        };
        if generate {
            return Ok(vec![self.chains.pair.x.clone(), self.chains.pair.w.clone()]);
        }
        Ok((0..n).map(|i| (0..n).map(|j| i64::from(i == j)).collect()).collect())
    }

    /// Step 3.
    fn real_places(&self, generator: &centroid::Generator, ideals: &mut [RationalIdeal]) -> Result<(), IdentifyError> {
        let fields: Vec<&Polynomial> = ideals.iter().map(|ideal| &ideal.field).collect();
        let points = short_separators(&fields).unwrap_or_else(|| generator.polynomial.separate_real_roots());
        let forms = TwistedForms::new(self.killing, &generator.operator);
        let mut indices = Vec::with_capacity(points.len());
        for c in &points {
            self.limits.check()?;
            indices.push(forms.signature_at(c, self.limits)?.index());
        }
        for ideal in ideals {
            let dim = ideal.factor.dim();
            for (ends, index) in points.windows(2).zip(indices.windows(2)) {
                if ideal.field.evaluate(&ends[0]).signum() == ideal.field.evaluate(&ends[1]).signum() {
                    continue; // the root in between belongs to another ideal
                }
                // Passing a root turns the sign of its place: the index drops by twice that of the place.
                let index = (index[0] - index[1]) / 2;
                let positive = ((dim as i64 + index) / 2).max(0) as usize;
                let found = Signature { positive, negative: dim.saturating_sub(positive), zero: 0 };
                ideal.real.push(real_ideal(ideal.factor, found)?);
            }
            let complex_places = (ideal.field.degree().unwrap_or(0) - ideal.real.len()) / 2;
            for _ in 0..complex_places {
                let signature = Signature { positive: dim, negative: dim, zero: 0 };
                ideal.real.push(RealIdeal { form: RealForm::complex(ideal.factor), signature });
            }
            ideal.real.sort_by_key(|ideal| ideal.form);
        }
        Ok(())
    }
}

/// Rational numbers with exactly one real root of the product between neighbours and none outside, with short digits;
/// `None` when approximate roots do not lead to such points.
///
/// The approximations only propose. A change of sign between neighbours means an odd number of roots; when there are as
/// many changes as real roots (one for a linear factor, Sturm's count for the others) each stands for one root.
fn short_separators(fields: &[&Polynomial]) -> Option<Vec<Rational>> {
    let mut roots = Vec::new();
    let mut count = 0;
    for field in fields {
        let degree = field.degree()?;
        let coefficients: Vec<f64> = field.monic().coefficients().iter().map(Rational::to_f64).collect();
        if degree == 1 {
            count += 1;
            roots.push(-coefficients[0]);
            continue;
        }
        count += field.real_root_count();
        let companion = Matrix::from_fn(degree, degree, |i, j| match j + 1 == degree {
            true => -coefficients[i],
            false => f64::from(u8::from(i == j + 1)),
        });
        let found = eigenvalues(&companion).ok()?;
        roots.extend(found.iter().filter(|z| z.1 == 0.0).map(|z| z.0));
    }
    if roots.len() != count || roots.iter().any(|x| !x.is_finite() || x.abs() > 1e60) {
        return None;
    }
    roots.sort_by(f64::total_cmp);
    let ends = (roots.first().map_or(0.0, |x| x - 1.0 - x.abs()), roots.last().map_or(0.0, |x| x + 1.0 + x.abs()));
    let between = roots.windows(2).map(|w| short_number(w[0], w[1]));
    let points: Vec<Rational> = if roots.is_empty() {
        vec![Rational::ZERO]
    } else {
        let inner: Option<Vec<Rational>> = between.collect();
        [vec![Rational::from_f64(ends.0.floor())?], inner?, vec![Rational::from_f64(ends.1.ceil())?]].concat()
    };
    let signs: Vec<i32> = points.iter().map(|c| fields.iter().map(|f| f.evaluate(c).signum()).product()).collect();
    (signs.windows(2).filter(|w| w[0] * w[1] < 0).count() == count).then_some(points)
}

/// A dyadic number between two doubles, with few digits.
fn short_number(low: f64, high: f64) -> Option<Rational> {
    let step = 2f64.powf(((high - low) / 4.0).log2().floor());
    let middle = ((low + high) / 2.0 / step).round() * step;
    if step > 0.0 && low < middle && middle < high { Rational::from_f64(middle) } else { None }
}

/// A polynomial modulo a prime, or `None` when the prime divides a denominator.
fn residues(p: Prime, f: &Polynomial) -> Option<Vec<u32>> {
    f.coefficients().iter().map(|c| p.residue(c)).collect()
}

fn real_ideal(factor: SimpleType, signature: Signature) -> Result<RealIdeal, IdentifyError> {
    let candidates = RealForm::candidates(factor, signature.index());
    match candidates[..] {
        [form] => Ok(RealIdeal { form, signature }),
        [] => Err(IdentifyError::NoGenericElement("real forms")),
        _ => {
            let names: Vec<String> = candidates.iter().map(RealForm::to_string).collect();
            Err(IdentifyError::Undecided(names.join(" and ")))
        }
    }
}
