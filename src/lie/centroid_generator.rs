//! A generic element of the centroid of a semisimple algebra, over Q, proved.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::chains::{Chains, Pair};
use super::etale::{RootAlgebra, evaluate};
use super::scaled::Scaled;
use super::signature::{Signature, scaled_signature};
use super::structure::combination;
use super::{ResidueTable, StructureConstants};
use crate::exact::lift::{Image, lift};
use crate::exact::polynomial::Polynomial;
use crate::exact::{Matrix, ModMatrix, Subspace, solve};
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// An element `S` of the centroid that generates it as an algebra.
pub(super) struct Generator {
    /// Row `j` is `S e_j`.
    pub operator: Matrix<Rational>,
    /// Its minimal polynomial; its degree is the dimension of the centroid.
    pub polynomial: Polynomial,
}

/// Lifts the generic element number `attempt` from its images; `None` when it is not generic.
///
/// Modulo a prime the number `c` of absolutely simple ideals is exact (see [`super::etale`]). `S` is checked over Q to
/// commute with the adjoint maps of elements that generate the algebra. The space `U = {Z x : Z in the centroid}` has
/// dimension `c`, and `Z ↦ Z x` is one to one because `x` is regular: `U` is checked to contain `x` and to be preserved
/// by `S`, and `f` is the polynomial of degree `c` with `f(S) x = 0`, hence `f(S) = 0`. A polynomial of smaller degree
/// would annihilate `S` modulo the prime, where the minimal polynomial has degree `c`.
pub(super) fn generator(
    constants: &StructureConstants,
    first: &Chains,
    generators: &[Vec<i64>],
    attempt: u64,
    limits: &Limits,
) -> Result<Option<Generator>, Stop> {
    let n = constants.dim();
    let image = |chains: &Chains| -> Result<Option<Image>, Stop> {
        let Some(roots) = RootAlgebra::new(chains, limits)? else { return Ok(None) };
        let Some(components) = roots.components(attempt)? else { return Ok(None) };
        let Some(operator) = roots.operator(&components)? else { return Ok(None) };
        let count = components.pivots.len();
        let shape = [vec![count], components.pivots].concat();
        let residues = [operator.entries(), components.images.entries()].concat();
        Ok(Some(Image { shape, residues }))
    };
    // Failures at many primes in a row mean that the element is not generic over Q either.
    let mut failures = 0;
    lift(
        limits,
        |p| {
            let found = if p == first.prime() {
                image(first)?
            } else {
                let Some(table) = ResidueTable::new(p, constants) else { return Ok(None) };
                image(&Chains::new(table, &first.pair, limits)?)?
            };
            failures = if found.is_some() { 0 } else { failures + 1 };
            if failures > 8 {
                // An empty image ends the search below.
                return Ok(Some(Image { shape: Vec::new(), residues: Vec::new() }));
            }
            Ok(found)
        },
        |shape, values| {
            let Some((&count, pivots)) = shape.split_first() else { return Ok(Some(None)) };
            let operator = Matrix::from_fn(n, n, |i, j| values[i * n + j].clone());
            let scaled = Scaled::new(operator.entries());
            let Some(matrix) = regular_representation(&scaled, &values[n * n..], pivots, &first.pair) else {
                return Ok(None);
            };
            if !commutes(constants, generators, &scaled, limits)? {
                return Ok(None);
            }
            let x: Vec<Rational> = pivots.iter().map(|&c| Rational::from(first.pair.x[c])).collect();
            let polynomial = annihilator(&x, &matrix, count, limits)?;
            Ok(Some(polynomial.map(|polynomial| Generator { operator, polynomial })))
        },
    )
}

/// Whether `S [z, e_j] = [z, S e_j]` for these `z` and all `j`: matrices of integers, multiplied exactly.
///
/// The `z` for which `S` commutes with `ad z` are a subalgebra, so it is enough that they generate the algebra.
fn commutes(
    constants: &StructureConstants,
    generators: &[Vec<i64>],
    operator: &Scaled,
    limits: &Limits,
) -> Result<bool, Stop> {
    let n = constants.dim();
    for z in generators {
        limits.check()?;
        let mut ad = vec![Rational::ZERO; n * n];
        for (i, &c) in z.iter().enumerate().filter(|(_, c)| **c != 0) {
            for j in (0..n).filter(|&j| j != i) {
                let factor = Rational::from(if i < j { c } else { -c });
                for (k, v) in constants.upper(i.min(j), i.max(j)) {
                    ad[j * n + *k as usize].add_product(&factor, v);
                }
            }
        }
        let ad = Scaled::new(&ad);
        if !ad.times(operator, n).same_numerators(&operator.times(&ad, n)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The matrix of `S` on `U` in its echelon basis, when `x ∈ U` and `U S ⊆ U`.
fn regular_representation(
    operator: &Scaled,
    images: &[Rational],
    pivots: &[usize],
    pair: &Pair,
) -> Option<Vec<Vec<Rational>>> {
    let (n, count) = (pair.x.len(), pivots.len());
    let images = Scaled::new(images);
    let moved = images.times(operator, n);
    // The vector with these coordinates at the pivots, in the echelon basis.
    let in_span = |v: &dyn Fn(usize) -> BigInt| {
        (0..n).all(|c| {
            let sum: BigInt = (0..count).map(|k| v(pivots[k]) * images.entry(k * n + c)).sum();
            sum == v(c) * images.denominator()
        })
    };
    let inside = in_span(&|c| BigInt::from(pair.x[c])) && (0..count).all(|k| in_span(&|c| moved.entry(k * n + c)));
    let step = |k: usize, l: usize| Rational::from_big(moved.entry(k * n + pivots[l]), moved.denominator().clone());
    let rows = (0..count).map(|k| (0..count).map(|l| step(k, l)).collect::<Option<Vec<Rational>>>());
    if inside { rows.collect() } else { None }
}

/// The monic polynomial `f` of degree `count` with `x f(M) = 0`, for a row vector whose images `x M^k` span.
fn annihilator(
    x: &[Rational],
    matrix: &[Vec<Rational>],
    count: usize,
    limits: &Limits,
) -> Result<Option<Polynomial>, Stop> {
    let mut powers = vec![x.to_vec()];
    for k in 0..count {
        limits.check()?;
        powers.push(combination(&powers[k], matrix, count));
    }
    // Σ_k f_k (x M^k) = -(x M^count)
    let system = Matrix::from_fn(count, count, |i, k| powers[k][i].clone());
    let right: Vec<Rational> = powers[count].iter().map(|c| -c).collect();
    let solution = solve(&system, &right, limits)?;
    Ok(solution.map(|f| Polynomial::new(f.into_iter().chain([Rational::ONE]).collect())))
}

/// The forms `K((S - c) x, y)`, up to a positive factor, for rational `c`.
pub(super) struct TwistedForms {
    killing: Scaled,
    twisted: Scaled,
    n: usize,
}

impl TwistedForms {
    /// One exact product of `n × n` matrices.
    pub fn new(killing: &Matrix<Rational>, operator: &Matrix<Rational>) -> TwistedForms {
        let n = killing.rows();
        let killing = Scaled::new(killing.entries());
        let twisted = Scaled::new(operator.entries()).times(&killing, n);
        TwistedForms { killing, twisted, n }
    }

    /// The signature of the form for one `c`, which must be no eigenvalue of `S`.
    pub fn signature_at(&self, c: &Rational, limits: &Limits) -> Result<Signature, Stop> {
        // twisted/(d e) - c killing/d, times d e and the denominator of c
        let left = c.denominator();
        let right = c.numerator() * self.twisted.denominator() / self.killing.denominator();
        let form = self.twisted.combination(&left, &self.killing, &-right);
        scaled_signature(self.n, &form, limits)
    }
}

/// The ideals that belong to the factors `f_i` of the minimal polynomial of `S`: the images of `(f/f_i)(S)`.
///
/// Found modulo primes; a vector `v` is in the `i`-th ideal when `f_i(S) v = 0`, which is checked over Q, and their
/// dimensions add up to `n`.
pub(super) fn ideals(generator: &Generator, fields: &[Polynomial], limits: &Limits) -> Result<Vec<Subspace>, Stop> {
    let n = generator.operator.rows();
    let cofactors: Vec<Polynomial> = fields.iter().map(|f| generator.polynomial.div_rem(f).0).collect();
    let scaled = Scaled::new(generator.operator.entries());
    lift(
        limits,
        |p| {
            let Some(operator) = ModMatrix::from_rational(p, &generator.operator) else { return Ok(None) };
            let (mut shape, mut residues) = (Vec::new(), Vec::new());
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
            let (mut at, mut from) = (0, 0);
            for field in fields {
                limits.check()?;
                let dim = n - shape[at];
                let basis = &values[from..from + dim * n];
                if !annihilated(field, &scaled, basis, n) {
                    return Ok(None);
                }
                spaces.push(Subspace::from_echelon(n, shape[at + 1..=at + dim].to_vec(), basis));
                at += 1 + dim;
                from += dim * n;
            }
            Ok((spaces.iter().map(Subspace::dim).sum::<usize>() == n).then_some(spaces))
        },
    )
}

/// Whether `v f(S) = 0` for the rows.
fn annihilated(f: &Polynomial, operator: &Scaled, rows: &[Rational], n: usize) -> bool {
    // Horner's rule with integers: S = T/d, rows u/e; multiply through by d and the denominator of f as we go.
    let rows = Scaled::new(rows);
    let coefficients = Scaled::new(f.coefficients());
    let degree = f.degree().unwrap_or(0);
    let mut value: Option<Scaled> = None;
    let mut power = BigInt::one();
    for k in (0..=degree).rev() {
        let mut next = match value {
            None => vec![BigInt::zero(); rows.len()],
            Some(v) => {
                let product = v.times(operator, n);
                power *= operator.denominator();
                (0..rows.len()).map(|at| product.entry(at)).collect()
            }
        };
        let factor = coefficients.entry(k) * &power;
        if !factor.is_zero() {
            next.iter_mut().enumerate().for_each(|(at, x)| *x += rows.entry(at) * &factor);
        }
        value = Some(Scaled::from_integers(next, BigInt::one()));
    }
    value.is_some_and(|v| (0..rows.len()).all(|at| v.entry(at).is_zero()))
}
