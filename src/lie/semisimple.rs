//! Semisimple algebras over Q: simple ideals, their types and their real forms, with proof.
//!
//! The chain of the proof, all in characteristic zero and elementary:
//!
//! 1. **Type.** The root system, with the lengths of the roots and their partition into irreducible components, is read
//!    off modulo one large prime; `super::etale` has the argument. No ideal is written down for this.
//! 2. **Ideals.** With one component the algebra is absolutely simple. Otherwise the centroid is an étale algebra over Q
//!    whose dimension is the number of components. A generator is lifted and checked over Q (`super::centroid_generator`), its
//!    minimal polynomial factored over Q: the factors are the simple ideals over Q. An irreducible factor of degree
//!    `m > 1` stands for a Weil restriction from a number field of degree `m`.
//! 3. **Real forms.** The forms `K((S − c)x, y)` with rational `c` between the real roots of the minimal polynomial
//!    separate the real places, which are the absolutely simple ideals over R; the complex places are complex algebras
//!    seen as real. The signatures are exact. Two forms that share a signature are told apart by `super::tie_break`.

use crate::exact::lift::Primes;
use crate::exact::polynomial::{Polynomial, modular};
use crate::exact::{Matrix, Subspace};
use crate::float::dense::eigenvalues;
use crate::limits::{Limits, Stop};
use crate::num::prime::random_stream;
use crate::num::{Prime, Rational};
use crate::roots::{RealForm, SimpleType};

use super::centroid_generator::{self, TwistedForms};
use super::chains::{Chains, Pair};
use super::etale::{Components, RootAlgebra};
use super::jacobi::next_table;
use super::quadratic_place::positive_places;
use super::signature::{Signature, signature};
use super::structure::{combination, subalgebra_constants};
use super::{StructureConstants, killing_form, tie_break};

/// Why an identification did not come to an end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentifyError {
    /// A limit was reached.
    #[error(transparent)]
    Stop(#[from] Stop),
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
    /// Whether a further form had to tell apart real forms that share the signature.
    pub told_apart: bool,
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

/// [`analyze`] with the simple ideals over Q as subspaces, in the same order.
pub fn analyze_with_ideals(
    constants: &StructureConstants,
    killing: &Matrix<Rational>,
    limits: &Limits,
) -> Result<(Semisimple, Vec<Subspace>), IdentifyError> {
    let (parts, generator) = take_apart(constants, killing, None, None, limits)?;
    let spaces = match generator {
        Some(generator) => {
            let fields: Vec<Polynomial> = parts.ideals.iter().map(|ideal| ideal.field.clone()).collect();
            centroid_generator::ideals(&generator, &fields, limits)?
        }
        None => parts.ideals.iter().map(|_| Subspace::full(constants.dim())).collect(),
    };
    Ok((parts, spaces))
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

/// [`analyze`] of an algebra on which `root` acts as √d > 0, row `j` the image of basis element `j`: the real ideals above the
/// place where it is positive.
pub(super) fn take_apart_at(
    constants: &StructureConstants,
    killing: &Matrix<Rational>,
    root: &Matrix<Rational>,
    limits: &Limits,
) -> Result<Semisimple, IdentifyError> {
    Ok(apart(constants, killing, None, None, Some(root), limits)?.0)
}

/// [`analyze`] with what is known already: chains modulo a prime, and the signature of the Killing form. Also returns
/// the generator of the centroid when there are several absolutely simple ideals.
pub(super) fn take_apart(
    constants: &StructureConstants,
    killing: &Matrix<Rational>,
    chains: Option<Chains>,
    known: Option<Signature>,
    limits: &Limits,
) -> Result<(Semisimple, Option<centroid_generator::Generator>), IdentifyError> {
    apart(constants, killing, chains, known, None, limits)
}

fn apart(
    constants: &StructureConstants,
    killing: &Matrix<Rational>,
    chains: Option<Chains>,
    known: Option<Signature>,
    root: Option<&Matrix<Rational>>,
    limits: &Limits,
) -> Result<(Semisimple, Option<centroid_generator::Generator>), IdentifyError> {
    if constants.dim() == 0 {
        return Ok((Semisimple { rank: 0, ideals: Vec::new(), regular: None, told_apart: false }, None));
    }
    let mut search = Search::new(constants, chains, limits);
    for attempt in 0..ATTEMPTS {
        limits.progress("Cartan subalgebra", 0.0);
        let chains = search.next(attempt)?;
        if let Some(roots) = RootAlgebra::new(chains, limits)?
            && let Some(components) = roots.components(attempt)?
        {
            let components = &components;
            let found = Found { constants, killing, chains, roots: &roots, components, known, root, limits };
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
    /// √d as an operator, where only the places are wanted at which it is positive.
    root: Option<&'a Matrix<Rational>>,
    limits: &'a Limits,
}

impl Found<'_> {
    fn parts(
        &self,
        attempt: u64,
    ) -> Result<Option<(Semisimple, Option<centroid_generator::Generator>)>, IdentifyError> {
        let p = self.chains.prime();
        let generator = if self.components.pivots.len() == 1 {
            None
        } else {
            self.limits.progress("simple ideals", 0.2);
            let generators = self.generators()?;
            match centroid_generator::generator(self.constants, self.chains, &generators, attempt, self.limits)? {
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
        let mut wanted = None;
        let indices = match &generator {
            Some(generator) => {
                let fields: Vec<&Polynomial> = ideals.iter().map(|ideal| &ideal.field).collect();
                let points = short_separators(&fields).unwrap_or_else(|| generator.polynomial.separate_real_roots());
                if let Some(root) = self.root {
                    let x = &self.chains.pair.x;
                    match positive_places(generator, x, root, &fields, &points, self.limits)? {
                        Some(places) => wanted = Some(places),
                        None => return Ok(None),
                    }
                }
                self.indices_at_real_places(generator, &ideals, &points)?
            }
            None => {
                let found = match self.known {
                    Some(signature) => signature,
                    None => signature(self.killing, self.limits)?,
                };
                vec![vec![found.index()]]
            }
        };
        let mut told_apart = false;
        for (k, indices) in indices.iter().enumerate() {
            let mut forms: Vec<Option<RealForm>> = Vec::new();
            for &index in indices {
                match RealForm::candidates(ideals[k].factor, index)[..] {
                    [] => return Err(IdentifyError::NoGenericElement("real forms")),
                    [form] => forms.push(Some(form)),
                    _ => forms.push(None),
                }
            }
            if forms.contains(&None) {
                told_apart = true;
                forms = self.tell_apart(k, &ideals, generator.as_ref(), forms)?;
            }
            let places = forms.into_iter().flatten().zip(indices.iter().copied());
            match &wanted {
                // Half of all embeddings of the field lie above one place of a quadratic one.
                Some(wanted) => {
                    let places = places.zip(&wanted[k]).filter(|(_, wanted)| **wanted).map(|(place, _)| place);
                    set_real_ideals(&mut ideals[k], places, 2);
                }
                None => set_real_ideals(&mut ideals[k], places, 1),
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
        Ok(Some((Semisimple { rank: self.roots.rank(), ideals, regular: Some(regular), told_apart }, generator)))
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

    /// Step 3: for each ideal the index of the Killing form at each real place, in the order of the real roots of its
    /// field.
    fn indices_at_real_places(
        &self,
        generator: &centroid_generator::Generator,
        ideals: &[RationalIdeal],
        points: &[Rational],
    ) -> Result<Vec<Vec<i64>>, IdentifyError> {
        let forms = TwistedForms::new(self.killing, &generator.operator);
        let mut totals = Vec::with_capacity(points.len());
        for c in points {
            self.limits.check()?;
            totals.push(forms.signature_at(c, self.limits)?.index());
        }
        let mut out = vec![Vec::new(); ideals.len()];
        for (ends, totals) in points.windows(2).zip(totals.windows(2)) {
            // The root in between belongs to the field whose polynomial changes its sign there. Passing it turns the
            // sign of its place: the index drops by twice that of the place.
            let turns = |ideal: &RationalIdeal| {
                ideal.field.evaluate(&ends[0]).signum() != ideal.field.evaluate(&ends[1]).signum()
            };
            for (indices, _) in out.iter_mut().zip(ideals).filter(|(_, ideal)| turns(ideal)) {
                indices.push((totals[0] - totals[1]) / 2);
            }
        }
        Ok(out)
    }

    /// The real forms of ideal `k` at its real places where the signature leaves two (see `super::tie_break`).
    fn tell_apart(
        &self,
        k: usize,
        ideals: &[RationalIdeal],
        generator: Option<&centroid_generator::Generator>,
        known: Vec<Option<RealForm>>,
    ) -> Result<Vec<Option<RealForm>>, IdentifyError> {
        let ideal = &ideals[k];
        let operator = generator.map(|generator| &generator.operator);
        let part = match generator {
            Some(generator) if ideals.len() > 1 => {
                let fields: Vec<Polynomial> = ideals.iter().map(|ideal| ideal.field.clone()).collect();
                let space = centroid_generator::ideals(generator, &fields, self.limits)?.swap_remove(k);
                let constants = subalgebra_constants(self.constants, &space, self.limits)?.ok();
                let images = space.basis().iter().map(|v| {
                    let rows: Vec<Vec<Rational>> = generator.operator.iter_rows().map(<[Rational]>::to_vec).collect();
                    space.coordinates(&combination(v, &rows, self.constants.dim()))
                });
                let operator = images.collect::<Option<Vec<_>>>().and_then(Matrix::from_rows);
                constants.zip(operator)
            }
            _ => None,
        };
        let own_killing = match &part {
            Some((constants, _)) => Some(killing_form(constants, self.limits)?),
            None => None,
        };
        let ideal = tie_break::Ideal {
            constants: part.as_ref().map_or(self.constants, |(constants, _)| constants),
            killing: own_killing.as_ref().unwrap_or(self.killing),
            factor: ideal.factor,
            field: &ideal.field,
            operator: part.as_ref().map(|(_, operator)| operator).or(operator),
        };
        match tie_break::tell_apart(&ideal, known, self.limits)? {
            Some(forms) => Ok(forms.into_iter().map(Some).collect()),
            None => Err(IdentifyError::NoGenericElement("real forms that share their signature")),
        }
    }
}

/// What a simple ideal over Q becomes over R: the forms at its real places, and complex algebras at the others. The
/// embeddings of its field that are wanted are its degree over `share`.
fn set_real_ideals(ideal: &mut RationalIdeal, places: impl Iterator<Item = (RealForm, i64)>, share: usize) {
    let dim = ideal.factor.dim();
    for (form, index) in places {
        let positive = ((dim as i64 + index) / 2).max(0) as usize;
        let signature = Signature { positive, negative: dim.saturating_sub(positive), zero: 0 };
        ideal.real.push(RealIdeal { form, signature });
    }
    let embeddings = ideal.field.degree().unwrap_or(0) / share;
    let complex_places = embeddings.saturating_sub(ideal.real.len()) / 2;
    for _ in 0..complex_places {
        let signature = Signature { positive: dim, negative: dim, zero: 0 };
        ideal.real.push(RealIdeal { form: RealForm::complex(ideal.factor), signature });
    }
    ideal.real.sort_by_key(|ideal| ideal.form);
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
