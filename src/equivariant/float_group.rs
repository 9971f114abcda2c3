//! A group of float matrices in a basis in which its transposes belong to it, and what its generators span.

use super::minimal_frame::minimal_frame;
use crate::exact::Matrix;
use crate::float::Random;
use crate::float::complex::cholesky;
use crate::float::dense::{exponential, inverse};
use crate::float::gemm::multiply;
use crate::float::symmetric_eigen;
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

/// The same group in an adapted basis: as it stands; for a compact group in an orthonormal basis of an invariant form; for another
/// one that is reductive where its algebra contains its transposes.
pub(super) fn adapted(floats: &FloatGenerators, limits: &Limits) -> Result<Option<Adapted>, Stop> {
    let same = || Adapted { algebra: floats.algebra.clone(), discrete: floats.discrete.clone(), change: None };
    let orthogonal = floats.discrete.iter().all(is_orthogonal);
    if orthogonal && floats.algebra.iter().all(is_skew) {
        return Ok(Some(same()));
    }
    let span = closure(&floats.algebra, limits)?;
    if let Some(span) = span.as_ref().filter(|_| orthogonal)
        && floats.algebra.iter().all(|x| has_transpose(span, x))
    {
        return Ok(Some(same()));
    }
    if let Some(form) = invariant_form(&floats.algebra, &floats.discrete, limits)? {
        return Ok(compact(floats, &form));
    }
    match span {
        Some(span) if !span.is_empty() => reductive(floats, &span, limits),
        _ => Ok(None),
    }
}

/// In an orthonormal basis of an invariant form.
fn compact(floats: &FloatGenerators, form: &Matrix<f64>) -> Option<Adapted> {
    let change = cholesky(form)?.transpose();
    let back = inverse(&change)?;
    let moved = |x: &Matrix<f64>| product(&product(&change, x), &back);
    // What the form leaves beside skew-symmetric matrices is rounding.
    let skew = |x: &Matrix<f64>| {
        let m = moved(x);
        Matrix::from_fn(m.rows(), m.cols(), |i, j| (m[(i, j)] - m[(j, i)]) / 2.0)
    };
    let algebra = floats.algebra.iter().map(skew).collect();
    let discrete = floats.discrete.iter().map(moved).collect();
    Some(Adapted { algebra, discrete, change: Some((change, back)) })
}

/// Where the algebra contains its transposes, an element `h` of the group is `k exp(p)` with `p` in the algebra and `kᵀk` commuting
/// with it (Mostow 1955): `k` takes its place, and what is compact of the group keeps a form among those that suit the algebra.
fn reductive(floats: &FloatGenerators, span: &[Matrix<f64>], limits: &Limits) -> Result<Option<Adapted>, Stop> {
    let Some(mut change) = minimal_frame(span, limits)? else { return Ok(None) };
    let moved = |m: &[Matrix<f64>], change: &Matrix<f64>| -> Option<Vec<Matrix<f64>>> {
        let back = inverse(change)?;
        Some(m.iter().map(|x| product(&product(change, x), &back)).collect())
    };
    let (Some(own), Some(elements)) = (moved(span, &change), moved(&floats.discrete, &change)) else { return Ok(None) };
    let Some(own) = closure(&own, limits)? else { return Ok(None) };
    let Some(mut discrete) = elements.iter().map(|h| without_algebra(&own, h)).collect::<Option<Vec<_>>>() else {
        return Ok(None);
    };
    let mut own = own;
    if !discrete.iter().all(is_orthogonal) {
        let Some(form) = invariant_form(&[], &discrete, limits)? else { return Ok(None) };
        let Some(next) = cholesky(&form).map(|factor| factor.transpose()) else { return Ok(None) };
        let (Some(algebra), Some(elements)) = (moved(&own, &next), moved(&discrete, &next)) else { return Ok(None) };
        let Some(algebra) = closure(&algebra, limits)? else { return Ok(None) };
        (own, discrete, change) = (algebra, elements, product(&next, &change));
    }
    let (Some(algebra), Some(back)) = (moved(&floats.algebra, &change), inverse(&change)) else { return Ok(None) };
    let fits = algebra.iter().all(|x| has_transpose(&own, x)) && discrete.iter().all(is_orthogonal);
    Ok(fits.then_some(Adapted { algebra, discrete, change: Some((change, back)) }))
}

/// `h exp(−p)`, where `2p` is the part in the algebra of `log(hᵀ h)`.
fn without_algebra(span: &[Matrix<f64>], h: &Matrix<f64>) -> Option<Matrix<f64>> {
    let n = h.rows();
    let square = product(&h.transpose(), h);
    let (values, vectors) = symmetric_eigen(n, |i, j| square[(i, j)])?;
    if values.iter().any(|x| *x <= 0.0) {
        return None;
    }
    let half = Matrix::from_fn(n, n, |i, j| {
        (0..n).map(|k| vectors[i * n + k] * vectors[j * n + k] * values[k].ln() / 2.0).sum::<f64>()
    });
    let mut inside = Matrix::filled(n, n, 0.0);
    for x in span {
        let factor = inner(x, &half);
        inside = Matrix::from_fn(n, n, |i, j| inside[(i, j)] - factor * x[(i, j)]);
    }
    Some(product(h, &exponential(&inside).ok()?))
}

/// Whether `xᵀ` lies in the algebra, up to a part that commutes with `x`: then it annihilates all tensors that the algebra does, as
/// `|xᵀ v|² = ⟨[x, xᵀ] v, v⟩`.
fn has_transpose(span: &[Matrix<f64>], x: &Matrix<f64>) -> bool {
    let turned = x.transpose();
    let mut beside = turned.clone();
    remove(span, &mut beside);
    let size = norm(&beside);
    size < SPANNED * norm(x) || norm(&commutator(x, &beside)) < SPANNED * norm(x) * size
}

/// A positive definite form that a compact group leaves invariant: the mean of `gᵀ B g` over random elements, taken again
/// and again. `None` when none is found; then the group need not be compact.
fn invariant_form(
    algebra: &[Matrix<f64>],
    discrete: &[Matrix<f64>],
    limits: &Limits,
) -> Result<Option<Matrix<f64>>, Stop> {
    let n = algebra.first().or(discrete.first()).map_or(0, Matrix::rows);
    if n == 0 || n > MAX_SIZE {
        return Ok(None);
    }
    let mut random = Random::new(limits.seed(), 31);
    let mut form = unit(n);
    for round in 1..=AVERAGED {
        limits.check()?;
        let mut g = unit(n);
        if !algebra.is_empty() {
            let mut x = Matrix::filled(n, n, 0.0);
            for m in algebra {
                let factor = random.normal() * 3.0 / norm(m).max(f64::MIN_POSITIVE);
                x = Matrix::from_fn(n, n, |i, j| x[(i, j)] + factor * m[(i, j)]);
            }
            let Ok(element) = exponential(&x) else { return Ok(None) };
            g = element;
        }
        for _ in 0..if discrete.is_empty() { 0 } else { 1 + random.below(6) } {
            g = product(&g, &discrete[random.below(discrete.len())]);
        }
        let moved = product(&g.transpose(), &product(&form, &g));
        form = Matrix::from_fn(n, n, |i, j| (form[(i, j)] + moved[(i, j)] + form[(j, i)] + moved[(j, i)]) / 4.0);
        let size = norm(&form);
        if !size.is_finite() || size > 1e12 {
            return Ok(None);
        }
        if round.is_multiple_of(25) && defect(algebra, discrete, &form) < 1e-13 * n as f64 {
            return Ok(Some(form));
        }
    }
    Ok((defect(algebra, discrete, &form) < ROUNDING).then_some(form))
}

/// How far a form is from being invariant, relative to its size and to those of the generators.
fn defect(algebra: &[Matrix<f64>], discrete: &[Matrix<f64>], form: &Matrix<f64>) -> f64 {
    let n = form.rows();
    let size = norm(form);
    let of_algebra = algebra.iter().map(|x| {
        let m = product(form, x);
        let sum = Matrix::from_fn(n, n, |i, j| m[(i, j)] + m[(j, i)]);
        norm(&sum) / (size * norm(x)).max(f64::MIN_POSITIVE)
    });
    let of_group = discrete.iter().map(|h| distance(&product(&h.transpose(), &product(form, h)), form));
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

/// `a b`.
pub(super) fn product(a: &Matrix<f64>, b: &Matrix<f64>) -> Matrix<f64> {
    let mut sums = vec![0.0; a.rows() * b.cols()];
    multiply((a.rows(), a.cols(), b.cols()), a.entries(), b.entries(), &mut sums, false);
    Matrix::from_fn(a.rows(), b.cols(), |i, j| sums[i * b.cols() + j])
}

/// The identity.
pub(super) fn unit(n: usize) -> Matrix<f64> {
    Matrix::from_fn(n, n, |i, j| f64::from(u8::from(i == j)))
}

fn scaled(m: &Matrix<f64>, factor: f64) -> Matrix<f64> {
    m.map(|x| x * factor)
}

/// `|a − b| / |b|`.
fn distance(a: &Matrix<f64>, b: &Matrix<f64>) -> f64 {
    norm(&Matrix::from_fn(a.rows(), a.cols(), |i, j| a[(i, j)] - b[(i, j)])) / norm(b).max(f64::MIN_POSITIVE)
}

fn is_orthogonal(h: &Matrix<f64>) -> bool {
    distance(&product(&h.transpose(), h), &unit(h.rows())) < ROUNDING
}

fn is_skew(m: &Matrix<f64>) -> bool {
    distance(&m.transpose().map(|x| -x), m) < ROUNDING
}
