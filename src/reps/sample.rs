//! Random elements of groups, as float matrices on the defining representation.
//!
//! Compact classical groups get Haar measure by orthonormalizing Gaussian matrices (Mezzadri, Notices AMS 54 (2007)): the
//! triangular factor has a positive diagonal, so the distribution is invariant. S(n) and A(n) are shuffled, and other groups of
//! permutations get a uniform element through their stabilizer chains, finite groups of exact matrices through their action on
//! vectors. Other compact connected groups get it by a random walk ([`super::compact_walk`]), with a random word of discrete generators
//! where there are some. Every other group gets
//! a product of `exp(Σ t_i e_i)` with normal `t_i` of variance `1 / |e|²` and of discrete generators in a random word: that
//! law is not invariant, and of a large discrete part it reaches no more than words of that length.

use super::compact_walk::CompactWalk;
use super::finite_elements::{FiniteElements, is_of_matrices};
use super::{Base, Element, Family, FloatGenerators, Group, RepError};
use crate::exact::Matrix;
use crate::finite::{Permutation, PermutationGroup};
use crate::float::{Random, dense};
use crate::limits::Limits;

/// The discrete generators in a random word.
const WORD: usize = 24;

/// Streams of primes and of generic elements have small numbers.
const STREAM: u64 = 1 << 40;

/// By which law [`sample`] chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleLaw {
    /// Haar measure of a compact group, or the uniform distribution of a finite one.
    Haar,
    /// Haar measure of a compact identity component times a random word in discrete generators.
    HaarTimesWords,
    /// Exponentials of normal elements of the algebra times random words in discrete generators.
    Words,
}

/// `count` random elements as matrices on the real defining space, and their law; the same for the same seed.
pub fn sample(group: &Group, count: usize, limits: &Limits) -> Result<(Vec<Matrix<f64>>, SampleLaw), RepError> {
    let base = group.base();
    let Some(n) = base.vector_dim() else { return Err(RepError::NoMatrices(base.name().to_string())) };
    limits.reserve((n as u128).pow(2) * 8 * (count as u128 + 4))?;
    let sampler = Sampler::new(base, limits)?;
    let mut out = Vec::with_capacity(count);
    for index in 0..count {
        limits.check()?;
        let mut random = Random::new(limits.seed(), STREAM + index as u64);
        out.push(sampler.element(&mut random, limits)?);
    }
    Ok((out, sampler.law))
}

/// By which law [`sample`] chooses elements of a group.
pub fn sample_law(group: &Group, limits: &Limits) -> Result<SampleLaw, RepError> {
    Ok(Sampler::new(group.base(), limits)?.law)
}

/// Whether the group is a classical or finite one with a method of its own.
fn by_name(base: &Base) -> bool {
    let compact = base.vector_is_orthogonal();
    match base.family() {
        Some(Family::Symmetric | Family::Alternating | Family::Plane { .. }) => true,
        Some(Family::Orthogonal { .. } | Family::Unitary | Family::SpecialUnitary) => compact,
        _ => base.algebra().dim() == 0 && base.discrete_count() == 0 && base.floats().is_none(),
    }
}

/// The generators of a finite group that are all permutations.
fn permutations(base: &Base) -> Option<Vec<Permutation>> {
    let finite = base.algebra().dim() == 0 && base.discrete_count() > 0 && base.factors().is_empty();
    base.discrete().iter().map(|e| e.as_permutation().cloned()).collect::<Option<Vec<_>>>().filter(|_| finite)
}

/// A group with what its elements are drawn from, made once for all of them.
struct Sampler<'a> {
    base: &'a Base,
    law: SampleLaw,
    permutations: Option<PermutationGroup>,
    finite: Option<FiniteElements>,
    walk: Option<CompactWalk>,
    factors: Vec<Sampler<'a>>,
}

impl Sampler<'_> {
    fn new<'a>(base: &'a Base, limits: &Limits) -> Result<Sampler<'a>, RepError> {
        let factors: Vec<Sampler> =
            base.factors().iter().map(|factor| Sampler::new(factor, limits)).collect::<Result<_, _>>()?;
        let mut out = Sampler { base, law: SampleLaw::Haar, permutations: None, finite: None, walk: None, factors };
        if !out.factors.is_empty() {
            let laws = out.factors.iter().map(|factor| factor.law);
            out.law = laws.max_by_key(|law| *law as u8).unwrap_or(SampleLaw::Words);
        } else if !by_name(base) {
            let n = base.vector_dim().unwrap_or(0);
            if let Some(generators) = permutations(base) {
                out.permutations = Some(PermutationGroup::new(base.name(), n, generators)?);
            } else if base.algebra().dim() == 0 {
                out.finite = if is_of_matrices(base) { FiniteElements::new(base, limits)? } else { None };
                out.law = if out.finite.is_some() { SampleLaw::Haar } else { SampleLaw::Words };
            } else {
                let orthogonal = || base.discrete().iter().all(Element::is_orthogonal);
                let known = base.discrete_count() == 0 || orthogonal();
                out.walk = if known { CompactWalk::new(base, limits)? } else { None };
                out.law = match (&out.walk, base.discrete_count()) {
                    (None, _) => SampleLaw::Words,
                    (Some(_), 0) => SampleLaw::Haar,
                    (Some(_), _) => SampleLaw::HaarTimesWords,
                };
            }
        }
        Ok(out)
    }

    fn element(&self, random: &mut Random, limits: &Limits) -> Result<Matrix<f64>, RepError> {
        let n = self.base.vector_dim().unwrap_or(0);
        if !self.factors.is_empty() {
            // One element of each factor, put together by the expression for the defining representation.
            let parts: Vec<Matrix<f64>> =
                self.factors.iter().map(|factor| factor.element(random, limits)).collect::<Result<_, _>>()?;
            return super::float_action::defining(self.base, &parts, limits);
        }
        if let Some(finite) = &self.finite {
            return finite.element(random, limits);
        }
        if let Some(walk) = &self.walk {
            let component = walk.element(random, limits)?;
            return times_word(self.base, component, random, limits);
        }
        if let Some(group) = &self.permutations {
            let p = group.random_element(random.stream(), limits)?;
            let images: Vec<usize> = (0..n).map(|i| p.image(i).unwrap_or(i)).collect();
            return Ok(permutation_matrix(&images));
        }
        Ok(match (self.law, self.base.family()) {
            (SampleLaw::Haar, Some(Family::Symmetric)) => permutation_matrix(&shuffle(n, random)),
            (SampleLaw::Haar, Some(Family::Alternating)) => permutation_matrix(&even(shuffle(n, random))),
            (SampleLaw::Haar, Some(Family::Orthogonal { special, .. })) => orthogonal(n, *special, random, limits)?,
            (SampleLaw::Haar, Some(family @ (Family::Unitary | Family::SpecialUnitary))) => {
                unitary(n / 2, *family == Family::SpecialUnitary, random, limits)?
            }
            (SampleLaw::Haar, Some(Family::Plane { order, reflections })) => {
                let angle = std::f64::consts::TAU * random.below(*order) as f64 / *order as f64;
                let sign = if *reflections && random.below(2) == 1 { -1.0 } else { 1.0 };
                let entries = [sign * angle.cos(), -angle.sin(), sign * angle.sin(), angle.cos()];
                Matrix::from_fn(2, 2, |i, j| entries[2 * i + j])
            }
            _ => word(self.base, n, random, limits)?,
        })
    }
}

fn shuffle(n: usize, random: &mut Random) -> Vec<usize> {
    let mut images: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        images.swap(i, random.below(i + 1));
    }
    images
}

/// An odd arrangement with its first two images exchanged: each even one comes from two.
fn even(mut images: Vec<usize>) -> Vec<usize> {
    let mut seen = vec![false; images.len()];
    let mut odd = false;
    for start in 0..images.len() {
        let mut at = start;
        while !std::mem::replace(&mut seen[at], true) {
            at = images[at];
            odd ^= !seen[at];
        }
    }
    if odd {
        images.swap(0, 1);
    }
    images
}

/// `e_j ↦ e_images(j)`.
fn permutation_matrix(images: &[usize]) -> Matrix<f64> {
    let n = images.len();
    let mut m = Matrix::filled(n, n, 0.0);
    images.iter().enumerate().for_each(|(j, &i)| m[(i, j)] = 1.0);
    m
}

/// Gram–Schmidt on the columns of a Gaussian matrix, twice for accuracy; for determinant 1 a column is reversed if needed.
fn orthogonal(n: usize, special: bool, random: &mut Random, limits: &Limits) -> Result<Matrix<f64>, RepError> {
    let mut columns: Vec<Vec<f64>> = Vec::with_capacity(n);
    while columns.len() < n {
        limits.check()?;
        let mut v: Vec<f64> = (0..n).map(|_| random.normal()).collect();
        for _ in 0..2 {
            for c in &columns {
                let product: f64 = c.iter().zip(&v).map(|(a, b)| a * b).sum();
                v.iter_mut().zip(c).for_each(|(x, a)| *x -= product * a);
            }
        }
        let norm = v.iter().map(|x| x * x).sum::<f64>().sqrt();
        // A column in the span of the others has probability zero: it is drawn again.
        if norm > 1e-6 {
            columns.push(v.iter().map(|x| x / norm).collect());
        }
    }
    let mut q = Matrix::from_fn(n, n, |i, j| columns[j][i]);
    if special && n > 0 && determinant_is_negative(&q) {
        (0..n).for_each(|i| q[(i, 0)] = -q[(i, 0)]);
    }
    Ok(q)
}

fn determinant_is_negative(m: &Matrix<f64>) -> bool {
    let n = m.rows();
    let mut a = m.clone();
    let mut negative = false;
    for k in 0..n {
        let pivot = (k..n).fold(k, |best, i| if a[(i, k)].abs() > a[(best, k)].abs() { i } else { best });
        if pivot != k {
            a.swap_rows(pivot, k);
            negative = !negative;
        }
        negative ^= a[(k, k)] < 0.0;
        for i in k + 1..n {
            let factor = a[(i, k)] / a[(k, k)];
            (k..n).for_each(|j| a[(i, j)] -= factor * a[(k, j)]);
        }
    }
    negative
}

/// The same over C, as a real matrix `[A, −B; B, A]`; for determinant 1 the first column is divided by the determinant.
fn unitary(n: usize, special: bool, random: &mut Random, limits: &Limits) -> Result<Matrix<f64>, RepError> {
    let mut columns: Vec<Vec<(f64, f64)>> = Vec::with_capacity(n);
    while columns.len() < n {
        limits.check()?;
        let mut v: Vec<(f64, f64)> = (0..n).map(|_| (random.normal(), random.normal())).collect();
        for _ in 0..2 {
            for c in &columns {
                let (re, im) = c
                    .iter()
                    .zip(&v)
                    .fold((0.0, 0.0), |(re, im), (a, b)| (re + a.0 * b.0 + a.1 * b.1, im + a.0 * b.1 - a.1 * b.0));
                v.iter_mut().zip(c).for_each(|(x, a)| *x = (x.0 - re * a.0 + im * a.1, x.1 - re * a.1 - im * a.0));
            }
        }
        let norm = v.iter().map(|x| x.0 * x.0 + x.1 * x.1).sum::<f64>().sqrt();
        if norm > 1e-6 {
            columns.push(v.iter().map(|x| (x.0 / norm, x.1 / norm)).collect());
        }
    }
    if special && n > 0 {
        let (re, im) = complex_determinant(&columns);
        // The determinant has modulus 1, so its conjugate is its inverse.
        columns[0].iter_mut().for_each(|x| *x = (x.0 * re + x.1 * im, x.1 * re - x.0 * im));
    }
    Ok(Matrix::from_fn(2 * n, 2 * n, |i, j| {
        let (a, b) = columns[j % n][i % n];
        match (i < n, j < n) {
            (true, true) | (false, false) => a,
            (true, false) => -b,
            (false, true) => b,
        }
    }))
}

fn complex_determinant(columns: &[Vec<(f64, f64)>]) -> (f64, f64) {
    let times = |a: (f64, f64), b: (f64, f64)| (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0);
    let mut a = columns.to_vec();
    let n = a.len();
    let mut product = (1.0, 0.0);
    for k in 0..n {
        let size = |x: &(f64, f64)| x.0 * x.0 + x.1 * x.1;
        let pivot = (k..n).fold(k, |best, i| if size(&a[i][k]) > size(&a[best][k]) { i } else { best });
        if pivot != k {
            a.swap(pivot, k);
            product = (-product.0, -product.1);
        }
        product = times(product, a[k][k]);
        let scale = size(&a[k][k]);
        let inverse = (a[k][k].0 / scale, -a[k][k].1 / scale);
        let row = a[k].clone();
        for other in a.iter_mut().skip(k + 1) {
            let factor = times(other[k], inverse);
            for (x, y) in other.iter_mut().zip(&row).skip(k) {
                let moved = times(factor, *y);
                *x = (x.0 - moved.0, x.1 - moved.1);
            }
        }
    }
    product
}

/// The same law for float generators.
fn word_of_floats(
    floats: &FloatGenerators,
    n: usize,
    random: &mut Random,
    limits: &Limits,
) -> Result<Matrix<f64>, RepError> {
    let mut sum = Matrix::filled(n, n, 0.0);
    for x in &floats.algebra {
        let norm = x.entries().iter().map(|v| v * v).sum::<f64>().sqrt();
        let t = random.normal() / norm.max(f64::MIN_POSITIVE);
        sum = Matrix::from_fn(n, n, |i, j| sum[(i, j)] + t * x[(i, j)]);
    }
    let mut product = dense::exponential(&sum).map_err(|e| RepError::Method(e.to_string()))?;
    for _ in 0..if floats.discrete.is_empty() { 0 } else { WORD } {
        limits.check()?;
        let which = random.below(floats.discrete.len());
        let letters = if random.below(2) == 0 { &floats.discrete } else { &floats.inverses };
        let m = &letters[which];
        if random.below(2) == 0 {
            product = Matrix::from_fn(n, n, |i, j| (0..n).map(|k| m[(i, k)] * product[(k, j)]).sum());
        }
    }
    Ok(product)
}

/// `exp(Σ t_i e_i)` times a random word in the discrete generators and their inverses.
fn word(base: &Base, n: usize, random: &mut Random, limits: &Limits) -> Result<Matrix<f64>, RepError> {
    if let Some(floats) = base.floats() {
        return word_of_floats(floats, n, random, limits);
    }
    let basis = base.algebra().realization().map_or(&[][..], |r| &r.basis[..]);
    let mut sum = Matrix::filled(n, n, 0.0);
    for x in basis {
        let norm = x.triples().map(|(_, _, v)| v.to_f64().powi(2)).sum::<f64>().sqrt();
        let t = random.normal() / norm.max(f64::MIN_POSITIVE);
        for (i, j, v) in x.triples() {
            sum[(i, j)] += t * v.to_f64();
        }
    }
    let product = match basis.is_empty() {
        true => Matrix::from_fn(n, n, |i, j| if i == j { 1.0 } else { 0.0 }),
        false => dense::exponential(&sum).map_err(|e| RepError::Method(e.to_string()))?,
    };
    times_word(base, product, random, limits)
}

/// A random word in the discrete generators and their inverses, times an element.
fn times_word(
    base: &Base,
    mut product: Matrix<f64>,
    random: &mut Random,
    limits: &Limits,
) -> Result<Matrix<f64>, RepError> {
    let n = product.rows();
    let discrete = base.discrete();
    for _ in 0..if discrete.is_empty() { 0 } else { WORD } {
        limits.check()?;
        let e = &discrete[random.below(discrete.len())];
        let m = if random.below(2) == 0 { e.stored() } else { e.stored_inverse() };
        let mut next = Matrix::filled(n, n, 0.0);
        for (i, k, v) in m.triples() {
            let v = v.to_f64();
            for j in 0..n {
                next[(i, j)] += v * product[(k, j)];
            }
        }
        // The identity in half of the letters makes words of every length likely.
        if random.below(2) == 0 {
            product = next;
        }
    }
    Ok(product)
}
