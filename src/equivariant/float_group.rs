//! A group of float matrices in a basis in which its transposes belong to it, and what its generators span.

use crate::exact::Matrix;
use crate::float::Random;
use crate::float::complex::cholesky;
use crate::float::dense::{exponential, inverse};
use crate::float::gemm::multiply;
use crate::limits::{Limits, Stop};
use crate::reps::FloatGenerators;

/// Closures of a larger dimension are not looked for.
const MAX_CLOSURE: usize = 160;
/// Matrices of a larger size are left as they are.
const MAX_SIZE: usize = 64;
/// Elements over which a form is averaged.
const AVERAGED: usize = 600;
/// What may be left of a vector that lies in a span, relative to its norm.
const SPANNED: f64 = 1e-8;
/// Relative deviations that rounding explains.
const ROUNDING: f64 = 1e-11;

/// Generators whose transposes belong to the group too: the matrices they generate, in every tensor, are closed under
/// transposition, so all invariant subspaces have invariant complements.
pub(super) struct Adapted {
    /// Elements of the algebra.
    pub algebra: Vec<Matrix<f64>>,
    /// Orthogonal elements of the group.
    pub discrete: Vec<Matrix<f64>>,
    /// `S` and its inverse when the given matrices are `S⁻¹ x S`.
    pub change: Option<(Matrix<f64>, Matrix<f64>)>,
}

/// The same group in an adapted basis: as it stands, or for a compact group in an orthonormal basis of an invariant form.
pub(super) fn adapted(floats: &FloatGenerators, limits: &Limits) -> Result<Option<Adapted>, Stop> {
    let orthogonal = |h: &Matrix<f64>| distance(&product(&h.transpose(), h), &identity(h.rows())) < ROUNDING;
    let same = || Adapted { algebra: floats.algebra.clone(), discrete: floats.discrete.clone(), change: None };
    if floats.discrete.iter().all(orthogonal) {
        if floats.algebra.iter().all(is_skew) {
            return Ok(Some(same()));
        }
        if let Some(closure) = closure(&floats.algebra, limits)?
            && floats.algebra.iter().all(|x| rest(&closure, &x.transpose()) < SPANNED)
        {
            return Ok(Some(same()));
        }
    }
    let Some(form) = invariant_form(floats, limits)? else { return Ok(None) };
    let Some(factor) = cholesky(&form) else { return Ok(None) };
    let change = factor.transpose();
    let Some(back) = inverse(&change) else { return Ok(None) };
    let moved = |x: &Matrix<f64>| product(&product(&change, x), &back);
    // What the form leaves beside skew-symmetric matrices is rounding.
    let skew = |x: &Matrix<f64>| {
        let m = moved(x);
        Matrix::from_fn(m.rows(), m.cols(), |i, j| (m[(i, j)] - m[(j, i)]) / 2.0)
    };
    let algebra = floats.algebra.iter().map(skew).collect();
    Ok(Some(Adapted { algebra, discrete: floats.discrete.iter().map(moved).collect(), change: Some((change, back)) }))
}

/// A positive definite form that a compact group leaves invariant: the mean of `gᵀ B g` over random elements, taken again
/// and again. `None` when none is found; then the group need not be compact.
fn invariant_form(floats: &FloatGenerators, limits: &Limits) -> Result<Option<Matrix<f64>>, Stop> {
    let n = floats.algebra.first().or(floats.discrete.first()).map_or(0, Matrix::rows);
    if n == 0 || n > MAX_SIZE {
        return Ok(None);
    }
    let mut random = Random::new(limits.seed(), 31);
    let mut form = identity(n);
    for round in 1..=AVERAGED {
        limits.check()?;
        let mut g = identity(n);
        if !floats.algebra.is_empty() {
            let mut x = Matrix::filled(n, n, 0.0);
            for m in &floats.algebra {
                let factor = random.normal() * 3.0 / norm(m).max(f64::MIN_POSITIVE);
                x = Matrix::from_fn(n, n, |i, j| x[(i, j)] + factor * m[(i, j)]);
            }
            let Ok(element) = exponential(&x) else { return Ok(None) };
            g = element;
        }
        for _ in 0..if floats.discrete.is_empty() { 0 } else { 1 + random.below(6) } {
            g = product(&g, &floats.discrete[random.below(floats.discrete.len())]);
        }
        let moved = product(&g.transpose(), &product(&form, &g));
        form = Matrix::from_fn(n, n, |i, j| (form[(i, j)] + moved[(i, j)] + form[(j, i)] + moved[(j, i)]) / 4.0);
        let size = norm(&form);
        if !size.is_finite() || size > 1e12 {
            return Ok(None);
        }
        if round.is_multiple_of(25) && defect(floats, &form) < 1e-13 * n as f64 {
            return Ok(Some(form));
        }
    }
    Ok((defect(floats, &form) < ROUNDING).then_some(form))
}

/// How far a form is from being invariant, relative to its size and to those of the generators.
fn defect(floats: &FloatGenerators, form: &Matrix<f64>) -> f64 {
    let n = form.rows();
    let size = norm(form);
    let of_algebra = floats.algebra.iter().map(|x| {
        let m = product(form, x);
        let sum = Matrix::from_fn(n, n, |i, j| m[(i, j)] + m[(j, i)]);
        norm(&sum) / (size * norm(x)).max(f64::MIN_POSITIVE)
    });
    let of_group = floats.discrete.iter().map(|h| distance(&product(&h.transpose(), &product(form, h)), form));
    of_algebra.chain(of_group).fold(0.0, f64::max)
}

/// An orthonormal basis of the Lie algebra that matrices generate; `None` when it is large, or when floats do not tell what
/// belongs to it. What is left of brackets beside the span is taken largest first, so that rounding does not grow.
pub(super) fn closure(generators: &[Matrix<f64>], limits: &Limits) -> Result<Option<Vec<Matrix<f64>>>, Stop> {
    let unit: Vec<Matrix<f64>> =
        generators.iter().filter(|m| norm(m) > 0.0).map(|m| scaled(m, 1.0 / norm(m))).collect();
    if unit.first().is_some_and(|m| m.rows() > MAX_SIZE) {
        return Ok(None);
    }
    let mut basis: Vec<Matrix<f64>> = Vec::new();
    let mut waiting = unit.clone();
    let mut least = f64::INFINITY;
    loop {
        limits.check()?;
        let sizes: Vec<f64> = waiting.iter().map(norm).collect();
        let largest = (0..sizes.len()).max_by(|&i, &j| sizes[i].total_cmp(&sizes[j]));
        let Some(at) = largest.filter(|&at| sizes[at] > SPANNED) else {
            let rounding = sizes.iter().fold(f64::EPSILON, |most, size| most.max(*size));
            return Ok((least > 100.0 * rounding).then_some(basis));
        };
        if basis.len() == MAX_CLOSURE {
            return Ok(None);
        }
        least = least.min(sizes[at]);
        let mut new = waiting.swap_remove(at);
        remove(&basis, &mut new);
        let size = norm(&new);
        let new = scaled(&new, 1.0 / size);
        waiting.iter_mut().for_each(|m| remove(std::slice::from_ref(&new), m));
        basis.push(new);
        for x in &unit {
            let bracket = commutator(x, &basis[basis.len() - 1]);
            let size = norm(&bracket);
            if size > SPANNED {
                let mut left = scaled(&bracket, 1.0 / size);
                // Twice: what the first pass leaves is orthogonal only relative to what it took away.
                remove(&basis, &mut left);
                remove(&basis, &mut left);
                waiting.push(left);
            }
        }
        waiting.retain(|m| norm(m) > f64::EPSILON * 16.0);
    }
}

/// Takes the parts along an orthonormal basis away.
fn remove(basis: &[Matrix<f64>], m: &mut Matrix<f64>) {
    for b in basis {
        let factor = inner(b, m);
        for i in 0..m.rows() {
            m.row_mut(i).iter_mut().zip(b.row(i)).for_each(|(x, y)| *x -= factor * y);
        }
    }
}

/// The part of a matrix outside the span of an orthonormal basis, relative to its norm.
fn rest(basis: &[Matrix<f64>], m: &Matrix<f64>) -> f64 {
    let inside: f64 = basis.iter().map(|b| inner(b, m).powi(2)).sum();
    ((norm(m).powi(2) - inside).max(0.0)).sqrt() / norm(m).max(f64::MIN_POSITIVE)
}

/// `Σ a_ij b_ij`.
pub(super) fn inner(a: &Matrix<f64>, b: &Matrix<f64>) -> f64 {
    a.entries().iter().zip(b.entries()).map(|(x, y)| x * y).sum()
}

/// The Frobenius norm.
pub(super) fn norm(m: &Matrix<f64>) -> f64 {
    inner(m, m).sqrt()
}

/// `a b − b a`.
pub(super) fn commutator(a: &Matrix<f64>, b: &Matrix<f64>) -> Matrix<f64> {
    let (x, y) = (product(a, b), product(b, a));
    Matrix::from_fn(a.rows(), a.cols(), |i, j| x[(i, j)] - y[(i, j)])
}

fn product(a: &Matrix<f64>, b: &Matrix<f64>) -> Matrix<f64> {
    let mut sums = vec![0.0; a.rows() * b.cols()];
    multiply((a.rows(), a.cols(), b.cols()), a.entries(), b.entries(), &mut sums, false);
    Matrix::from_fn(a.rows(), b.cols(), |i, j| sums[i * b.cols() + j])
}

fn identity(n: usize) -> Matrix<f64> {
    Matrix::from_fn(n, n, |i, j| f64::from(u8::from(i == j)))
}

fn scaled(m: &Matrix<f64>, factor: f64) -> Matrix<f64> {
    m.map(|x| x * factor)
}

/// `|a − b| / |b|`.
fn distance(a: &Matrix<f64>, b: &Matrix<f64>) -> f64 {
    norm(&Matrix::from_fn(a.rows(), a.cols(), |i, j| a[(i, j)] - b[(i, j)])) / norm(b).max(f64::MIN_POSITIVE)
}

fn is_skew(m: &Matrix<f64>) -> bool {
    distance(&m.transpose().map(|x| -x), m) < ROUNDING
}
