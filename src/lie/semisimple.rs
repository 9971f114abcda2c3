//! Semisimple algebras over Q: simple ideals, their types and their real forms, with proof.
//!
//! The chain of the proof, all in characteristic zero and elementary once the Killing form `K` is known exactly:
//!
//! 1. **Rank.** Modulo a large prime p the Killing form is non-degenerate, `H = ker ad y` is abelian, `K` is
//!    non-degenerate on `H` and `(ad y)²` has the rank of `ad y`. Then `dim H` is the rank over Q: the Fitting
//!    decomposition lifts to the p-adic integers, `g = H' ⊕ V'` with `H'` the sum of the generalised eigenspaces of
//!    `ad y` with eigenvalues divisible by p. `H'` contains the null component of `y`, so over an algebraic closure it
//!    is reductive (a Cartan subalgebra and root spaces `±α`). Were it not abelian, its own trace form
//!    `tr_{H'}(ad a · ad b)` would be `μ K(a, b)` on a simple factor with a rational `μ` made of small primes, a unit at
//!    p; but `K` is unimodular on `H'`, so for a primitive element `d` of the factor some `a ∈ H'` has `K(d, a) = 1`
//!    and trace form `μ`, while the trace form is divisible by p because `H'` is abelian modulo p. So `H'` is abelian,
//!    equal to the null component of `y`, hence a Cartan subalgebra (Humphreys §15).
//! 2. **Absolutely simple factors.** Their number is the dimension of the centroid; the nullity of necessary
//!    equations modulo a prime bounds it above, ideals and operators checked over Q bound it below.
//! 3. **Ideals.** The minimal polynomial of a generic element of the centroid is factored over Q; the ideals are
//!    lifted and checked to be ideals. An irreducible factor of degree `m > 1` stands for a Weil restriction: the
//!    operator itself is lifted and checked, so that the centroid is a number field of degree `m`.
//! 4. **Type.** Dimension and rank decide, except between B_n and C_n and at dimension 78, where the roots of given
//!    length are counted in the étale algebra of `ad y`; a count modulo a prime is an upper bound for the count over
//!    Q, and the counts of long and short roots add up to all.
//! 5. **Real form.** The signature of `K` on the ideal. Over a number field the forms `K((S − c)x, y)` with rational
//!    `c` between the real roots of the minimal polynomial separate the real places; complex places are complex
//!    algebras seen as real. Two forms that share a signature are told apart by `tie_break`.

use crate::exact::lift::{Image, Primes, lift};
use crate::exact::polynomial::Polynomial;
use crate::exact::{Matrix, ModMatrix, Subspace};
use crate::limits::{Limits, Stop};
use crate::num::prime::{random_integer, random_stream};
use crate::num::{Prime, Rational};
use crate::roots::{RealForm, SimpleType};

use super::frame::Frame;
use super::products::{basis_residues, products_lie_in};
use super::signature::{Signature, signature};
use super::structure::{combination, subalgebra_constants};
use super::{StructureConstants, commutant, tie_break};

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
    /// The ideal.
    pub space: Subspace,
    /// The type of each absolutely simple factor.
    pub factor: SimpleType,
    /// The minimal polynomial of a generator of the centroid, whose degree is the number of factors.
    pub field: Polynomial,
    /// What it becomes over R, most compact first.
    pub real: Vec<RealIdeal>,
}

/// A semisimple algebra taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Semisimple {
    /// The dimension of a Cartan subalgebra.
    pub rank: usize,
    /// The simple ideals over Q.
    pub ideals: Vec<RationalIdeal>,
    /// The primes used for counts that were not lifted.
    pub primes: Vec<u32>,
    /// Whether roots had to be counted to decide a type.
    pub counted_roots: bool,
    /// Whether a further form had to tell apart real forms that share the signature.
    pub told_apart: bool,
}

const ATTEMPTS: u64 = 40;

/// Takes a semisimple algebra apart. `killing` is its Killing form, known to be non-degenerate.
pub fn analyze(
    constants: &StructureConstants,
    killing: &Matrix<Rational>,
    limits: &Limits,
) -> Result<Semisimple, IdentifyError> {
    let n = constants.dim();
    if n == 0 {
        let empty =
            Semisimple { rank: 0, ideals: Vec::new(), primes: Vec::new(), counted_roots: false, told_apart: false };
        return Ok(empty);
    }
    for attempt in 0..ATTEMPTS {
        limits.progress("Cartan subalgebra", 0.0);
        let y = generic_vector(n, attempt, limits);
        let analysis = Analysis { constants, killing, y, limits };
        if let Some(result) = analysis.run(attempt)? {
            return Ok(result);
        }
    }
    Err(IdentifyError::NoGenericElement("regular elements"))
}

fn generic_vector(n: usize, attempt: u64, limits: &Limits) -> Vec<i64> {
    let mut rng = random_stream(limits.seed(), 5000 + attempt);
    let size = 6 + 6 * attempt as u32;
    (0..n).map(|_| random_integer(&mut rng, size)).collect()
}

struct Analysis<'a> {
    constants: &'a StructureConstants,
    killing: &'a Matrix<Rational>,
    y: Vec<i64>,
    limits: &'a Limits,
}

impl Analysis<'_> {
    fn frame(&self, p: Prime) -> Result<Option<Frame<'_>>, Stop> {
        Frame::new(p, self.constants, &self.y, self.limits)
    }

    fn next_frame(&self, primes: &mut Primes) -> Result<Frame<'_>, Stop> {
        loop {
            if let Some(frame) = self.frame(primes.draw())? {
                return Ok(frame);
            }
        }
    }

    fn run(&self, attempt: u64) -> Result<Option<Semisimple>, IdentifyError> {
        let n = self.constants.dim();
        let mut primes = Primes::new(self.limits);
        let frame = self.next_frame(&mut primes)?;
        let killing = ModMatrix::from_rational(frame.table.prime(), self.killing);
        if !killing.is_some_and(|killing| frame.is_regular(&killing) == Ok(true)) {
            self.limits.check()?;
            return Ok(None);
        }
        self.limits.progress("simple ideals", 0.2);
        let factors = frame.centroid()?.rows();
        let parts = if factors == 1 {
            let linear = Polynomial::new(vec![Rational::ZERO, Rational::ONE]);
            vec![(Subspace::full(n), linear)]
        } else {
            match self.split(factors, attempt)? {
                Some(parts) => parts,
                None => return Ok(None),
            }
        };
        let operator = if parts.iter().any(|(_, field)| field.degree() > Some(1)) {
            match self.exact_operator(&parts, attempt)? {
                Some(operator) => Some(operator),
                None => return Ok(None),
            }
        } else {
            None
        };
        let mut result = Semisimple {
            rank: frame.cartan.rows(),
            ideals: Vec::new(),
            primes: vec![frame.table.prime().value()],
            counted_roots: false,
            told_apart: false,
        };
        for (space, field) in parts {
            self.limits.progress("types and real forms", 0.5);
            let Some(factor) = self.factor_type(&space, &field, &frame, &mut primes, &mut result)? else {
                return Ok(None);
            };
            let real = self.real_ideals(&space, &field, factor, operator.as_ref())?;
            result.told_apart |= real
                .iter()
                .any(|r| !r.form.is_complex() && RealForm::candidates(factor, r.form.killing_index()).len() > 1);
            result.ideals.push(RationalIdeal { space, factor, field, real });
        }
        result.ideals.sort_by_key(|ideal| {
            (std::cmp::Reverse(ideal.space.dim()), ideal.real.first().map(|r| r.form), ideal.space.pivots().to_vec())
        });
        Ok(Some(result))
    }

    /// The frame at a prime with the echelon basis of the centroid.
    fn centroid_at(&self, p: Prime) -> Result<Option<(Frame<'_>, ModMatrix, Vec<usize>)>, Stop> {
        let Some(frame) = self.frame(p)? else { return Ok(None) };
        Ok(frame.operators()?.map(|(operators, pivots)| (frame, operators, pivots)))
    }

    /// The ideals that belong to the irreducible factors of the minimal polynomial of a generic element of the
    /// centroid, each with its factor; `None` when the element was not generic.
    fn split(&self, factors: usize, attempt: u64) -> Result<Option<Vec<(Subspace, Polynomial)>>, Stop> {
        let limits = self.limits;
        let mut previous = None;
        let polynomial = lift(
            limits,
            |p| {
                let Some((frame, operators, pivots)) = self.centroid_at(p)? else { return Ok(None) };
                let operator = frame.generic_operator(&operators, attempt);
                let mut residues = frame.minimal_polynomial(&operator, operators.rows());
                let degree = residues.len() - 1;
                residues.pop();
                let shape = [vec![operators.rows(), operators.rows().saturating_sub(degree)], pivots].concat();
                Ok(Some(Image { shape, residues }))
            },
            |_, values| {
                // Confirmed by one more prime; what is built on it is checked over Q.
                let stable = previous.as_ref() == Some(&values);
                previous = Some(values.clone());
                Ok(stable.then(|| Polynomial::new(values.into_iter().chain([Rational::ONE]).collect())))
            },
        )?;
        if polynomial.degree() != Some(factors) || !polynomial.is_squarefree() {
            return Ok(None);
        }
        let fields = polynomial.factor_squarefree(limits)?;
        if fields.len() == 1 {
            return Ok(Some(vec![(Subspace::full(self.constants.dim()), polynomial)]));
        }
        let spaces = self.ideals_of_factors(&polynomial, &fields, attempt)?;
        Ok(spaces.map(|spaces| spaces.into_iter().zip(fields).collect()))
    }

    /// For each factor `f_i` of `f` the image of `(f/f_i)(S)`, lifted and checked to be an ideal.
    fn ideals_of_factors(
        &self,
        polynomial: &Polynomial,
        fields: &[Polynomial],
        attempt: u64,
    ) -> Result<Option<Vec<Subspace>>, Stop> {
        let (n, limits) = (self.constants.dim(), self.limits);
        let cofactors: Vec<Polynomial> = fields.iter().map(|f| polynomial.div_rem(f).0).collect();
        let full = Subspace::full(n);
        lift(
            limits,
            |p| {
                let Some((frame, operators, _)) = self.centroid_at(p)? else { return Ok(None) };
                let operator = frame.generic_operator(&operators, attempt);
                let (mut shape, mut residues) = (vec![operators.rows()], Vec::new());
                for cofactor in &cofactors {
                    let coefficients: Option<Vec<u32>> = cofactor.coefficients().iter().map(|c| p.residue(c)).collect();
                    let Some(coefficients) = coefficients else { return Ok(None) };
                    let mut image = evaluate(p, &coefficients, &operator);
                    let pivots = image.reduce(p, n, limits)?;
                    let part = Image::of_row_space(&image, &pivots);
                    shape.extend(part.shape);
                    residues.extend(part.residues);
                }
                Ok(Some(Image { shape, residues }))
            },
            |shape, values| {
                let mut spaces = Vec::new();
                let (mut at, mut from) = (1, 0);
                for _ in fields {
                    let dim = n - shape[at];
                    let pivots = shape[at + 1..=at + dim].to_vec();
                    spaces.push(Subspace::from_echelon(n, pivots, &values[from..from + dim * n]));
                    at += 1 + dim;
                    from += dim * n;
                }
                if spaces.iter().map(Subspace::dim).sum::<usize>() != n {
                    return Ok(Some(None)); // the polynomial was not the minimal polynomial after all
                }
                for space in &spaces {
                    if !products_lie_in(self.constants, space, &full, space, limits)? {
                        return Ok(None);
                    }
                }
                Ok(Some(Some(spaces)))
            },
        )
    }

    /// The generic element of the centroid over Q, checked to commute with the adjoint representation and to have the
    /// minimal polynomial `f_i` on the `i`-th ideal. Row `j` is `S e_j`.
    fn exact_operator(&self, parts: &[(Subspace, Polynomial)], attempt: u64) -> Result<Option<Matrix<Rational>>, Stop> {
        let n = self.constants.dim();
        lift(
            self.limits,
            |p| {
                let Some((frame, operators, pivots)) = self.centroid_at(p)? else { return Ok(None) };
                let operator = frame.generic_operator(&operators, attempt);
                let shape = [vec![operators.rows()], pivots].concat();
                Ok(Some(Image { shape, residues: operator.entries().to_vec() }))
            },
            |_, values| {
                let operator = Matrix::from_fn(n, n, |i, j| values[i * n + j].clone());
                if !commutant::commutes_with_adjoint(self.constants, &operator, self.limits)? {
                    return Ok(None);
                }
                let annihilated = parts.iter().all(|(space, field)| {
                    space.basis().iter().all(|v| apply_polynomial(field, &operator, v).iter().all(Rational::is_zero))
                });
                Ok(Some(annihilated.then_some(operator)))
            },
        )
    }

    /// Step 4.
    fn factor_type(
        &self,
        space: &Subspace,
        field: &Polynomial,
        first: &Frame<'_>,
        primes: &mut Primes,
        result: &mut Semisimple,
    ) -> Result<Option<SimpleType>, IdentifyError> {
        let degree = field.degree().unwrap_or(1);
        let p = first.table.prime();
        let Some(basis) = basis_residues(p, space) else { return Ok(None) };
        let rank = if space.dim() == space.ambient() {
            first.cartan.rows()
        } else {
            let image = ModMatrix::from_rows(space.ambient(), basis).mul(p, &first.ad_y);
            space.dim() - image.rank(p, self.limits)?
        };
        if !space.dim().is_multiple_of(degree) || !rank.is_multiple_of(degree) {
            return Ok(None);
        }
        let candidates = SimpleType::from_dim_rank(space.dim() / degree, rank / degree);
        if let [only] = candidates[..] {
            return Ok(Some(only));
        }
        result.counted_roots = true;
        if let Some(found) = self.count_roots(first, space, degree, &candidates, result)? {
            return Ok(Some(found));
        }
        // The prime or the random vectors were unlucky.
        let second = self.next_frame(primes)?;
        Ok(self.count_roots(&second, space, degree, &candidates, result)?)
    }

    /// The candidate that has as many long roots as the ideal, if the counts succeed at this prime.
    fn count_roots(
        &self,
        frame: &Frame<'_>,
        space: &Subspace,
        degree: usize,
        candidates: &[SimpleType],
        result: &mut Semisimple,
    ) -> Result<Option<SimpleType>, Stop> {
        let p = frame.table.prime();
        let inputs = basis_residues(p, space).zip(ModMatrix::from_rational(p, self.killing));
        let Some((basis, killing)) = inputs else { return Ok(None) };
        if !result.primes.contains(&p.value()) {
            result.primes.push(p.value());
        }
        for &candidate in candidates {
            let found = frame.roots_of_norm(&basis, &killing, candidate.dual_coxeter_number())?;
            if found == Some(degree * candidate.long_root_count()) {
                return Ok(Some(candidate));
            }
        }
        Ok(None)
    }

    /// Step 5.
    fn real_ideals(
        &self,
        space: &Subspace,
        field: &Polynomial,
        factor: SimpleType,
        operator: Option<&Matrix<Rational>>,
    ) -> Result<Vec<RealIdeal>, IdentifyError> {
        let dim = factor.dim();
        let degree = field.degree().unwrap_or(1);
        let indices = match operator {
            Some(operator) if degree > 1 => {
                let mut totals = Vec::new();
                for c in &field.separate_real_roots() {
                    totals.push(signature(&self.gram(space, Some((operator, c))), self.limits)?.index());
                }
                // Passing a root turns the sign of its place: the index drops by twice that of the place.
                totals.windows(2).map(|pair| (pair[0] - pair[1]) / 2).collect()
            }
            _ => vec![signature(&self.gram(space, None), self.limits)?.index()],
        };
        let mut ideals = Vec::new();
        for (form, index) in self.forms(space, field, factor, operator, &indices)?.into_iter().zip(&indices) {
            let positive = ((dim as i64 + index) / 2).max(0) as usize;
            let signature = Signature { positive, negative: dim.saturating_sub(positive), zero: 0 };
            ideals.push(RealIdeal { form, signature });
        }
        let complex_places = (degree - ideals.len()) / 2;
        for _ in 0..complex_places {
            let signature = Signature { positive: dim, negative: dim, zero: 0 };
            ideals.push(RealIdeal { form: RealForm::complex(factor), signature });
        }
        ideals.sort_by_key(|ideal| ideal.form);
        Ok(ideals)
    }

    /// The real forms at the real places with these Killing indices; where an index leaves two, `tie_break` decides.
    fn forms(
        &self,
        space: &Subspace,
        field: &Polynomial,
        factor: SimpleType,
        operator: Option<&Matrix<Rational>>,
        indices: &[i64],
    ) -> Result<Vec<RealForm>, IdentifyError> {
        let mut known = Vec::new();
        for &index in indices {
            match RealForm::candidates(factor, index)[..] {
                [] => return Err(IdentifyError::NoGenericElement("real forms")),
                [form] => known.push(Some(form)),
                _ => known.push(None),
            }
        }
        if let Some(forms) = known.iter().copied().collect() {
            return Ok(forms);
        }
        let whole = space.dim() == space.ambient();
        let own_constants = match whole {
            true => None,
            false => subalgebra_constants(self.constants, space, self.limits)?.ok(),
        };
        let own_operator = match operator {
            Some(s) if !whole => {
                let rows: Option<Vec<_>> = space.basis().iter().map(|v| space.coordinates(&apply(s, v))).collect();
                rows.and_then(Matrix::from_rows)
            }
            _ => None,
        };
        let ideal = tie_break::Ideal {
            constants: own_constants.as_ref().unwrap_or(self.constants),
            killing: &self.gram(space, None),
            factor,
            field,
            operator: own_operator.as_ref().or(operator),
        };
        let forms = tie_break::tell_apart(&ideal, known, self.limits)?;
        forms.ok_or(IdentifyError::NoGenericElement("real forms that share their signature"))
    }

    /// The Gram matrix of `K`, or of `K((S − c)x, y)`, on a subspace.
    fn gram(&self, space: &Subspace, twist: Option<(&Matrix<Rational>, &Rational)>) -> Matrix<Rational> {
        if twist.is_none() && space.dim() == space.ambient() {
            return self.killing.clone();
        }
        let n = space.ambient();
        let killing: Vec<Vec<Rational>> = self.killing.iter_rows().map(<[Rational]>::to_vec).collect();
        let rows: Vec<Vec<Rational>> = space
            .basis()
            .iter()
            .map(|v| {
                let twisted = match twist {
                    Some((operator, c)) => {
                        let image = apply(operator, v);
                        image.iter().zip(v).map(|(s, x)| s - &(c * x)).collect()
                    }
                    None => v.clone(),
                };
                combination(&twisted, &killing, n)
            })
            .collect();
        Matrix::from_fn(space.dim(), space.dim(), |i, j| crate::exact::dot(&rows[i], &space.basis()[j]))
    }
}

/// The matrix of a polynomial of an operator modulo a prime, by Horner's rule.
fn evaluate(p: Prime, coefficients: &[u32], operator: &ModMatrix) -> ModMatrix {
    let n = operator.rows();
    let mut value = ModMatrix::zero(n, n);
    for &c in coefficients.iter().rev() {
        value = value.mul(p, operator);
        for i in 0..n {
            let entry = &mut value.row_mut(i)[i];
            *entry = p.add(*entry, c);
        }
    }
    value
}

/// `v · S`.
fn apply(operator: &Matrix<Rational>, v: &[Rational]) -> Vec<Rational> {
    let mut out = vec![Rational::ZERO; operator.cols()];
    for (x, row) in v.iter().zip(operator.iter_rows()).filter(|(x, _)| !x.is_zero()) {
        for (sum, y) in out.iter_mut().zip(row).filter(|(_, y)| !y.is_zero()) {
            sum.add_product(x, y);
        }
    }
    out
}

/// `v · f(S)`.
fn apply_polynomial(f: &Polynomial, operator: &Matrix<Rational>, v: &[Rational]) -> Vec<Rational> {
    let mut value = vec![Rational::ZERO; v.len()];
    for c in f.coefficients().iter().rev() {
        value = apply(operator, &value);
        for (sum, x) in value.iter_mut().zip(v) {
            sum.add_product(c, x);
        }
    }
    value
}
