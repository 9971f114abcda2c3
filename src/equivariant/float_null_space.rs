//! Equivariant maps of groups with floating-point generators: the null space of their equations in double precision.
//!
//! Every generator is divided by its size, so the scale of the input does not matter. What counts as zero is read off a gap
//! in the singular values of all equations together, relative to the largest; the gap is part of the answer. Small problems
//! are solved by eigenvectors of `CᵀC`, large ones by a block of vectors filtered with Chebyshev polynomials of `CᵀC`, which
//! is applied leg by leg and never formed. Squaring loses half the digits: the small singular values are found again from
//! `C` applied to the vectors that belong to them.

use super::EquivariantError;
use super::basis::Basis;
use super::leg_operator::{Generator, LegOperator, layout};
use super::method::{Completeness, Method, Spectrum};
use crate::exact::Matrix;
use crate::float::complex::cholesky;
use crate::float::gemm::{multiply, multiply_transposed};
use crate::float::symmetric_eigen;
use crate::limits::Limits;
use crate::num::prime::random_stream;
use rand_chacha::rand_core::Rng;

/// Up to this many unknowns `CᵀC` is formed.
pub(super) const DENSE: usize = 640;

/// A singular value is zero only below this fraction of the largest.
const SMALL: f64 = 1e-6;

/// The degree of the Chebyshev polynomials.
const DEGREE: usize = 24;

/// Rounds of filtering before the iteration is given up.
const ROUNDS: usize = 400;

/// The invariant tensors on legs of these dimensions, read as matrices with the first `split` legs for the rows, as an
/// orthonormal basis in double precision. The rank is a decision by the gap that the basis reports, not a theorem.
///
/// Cost: with `N` unknowns `9 N³` operations when `N` is small; else for each filtered vector `48` times the cost of all
/// generators, `Σ_l 2 nnz(A_l) N / d_l`, and memory for five blocks of about `rank + 16` vectors.
pub fn float_maps(
    dims: &[usize],
    split: usize,
    generators: &[Generator],
    limits: &Limits,
) -> Result<Basis, EquivariantError> {
    null_space((dims, split), generators, DENSE, limits)
}

/// The same with `CᵀC` formed up to another number of unknowns: the iteration needs a spectrum without a tail of small values, which
/// groups that are not reductive have.
pub(super) fn null_space(
    (dims, split): (&[usize], usize),
    generators: &[Generator],
    formed: usize,
    limits: &Limits,
) -> Result<Basis, EquivariantError> {
    let (shape, strides) = layout(dims, split)?;
    let operator = LegOperator::new(dims, strides, generators)?;
    let size = operator.size();
    let (rank, rows, spectrum) = if size <= formed { dense(&operator, limits)? } else { iterative(&operator, limits)? };
    Ok(Basis::of_floats(shape, Method::FloatNullSpace, Completeness::Gap(spectrum), rank, rows))
}

/// How far a tensor is from being invariant: the largest `|C w| / |w|` of a generator, where `C` is divided by its size.
pub(super) fn float_defect(
    dims: &[usize],
    split: usize,
    generators: &[Generator],
    tensor: &[f64],
    limits: &Limits,
) -> Result<f64, EquivariantError> {
    let norm = tensor.iter().map(|x| x * x).sum::<f64>().sqrt();
    let mut worst = 0.0f64;
    for generator in generators {
        let operator = LegOperator::new(dims, layout(dims, split)?.1, std::slice::from_ref(generator))?;
        let defect = operator.residual(tensor, 1, limits)? / norm;
        if !defect.is_finite() {
            return Err(EquivariantError::Argument("the generators are too large for doubles".into()));
        }
        worst = worst.max(defect);
    }
    Ok(worst)
}

fn no_convergence() -> EquivariantError {
    let message = "the null space did not converge: no gap in the singular values was found; groups that are not reductive have \
                   many small ones, and rational generators, whose bases are exact, avoid them";
    EquivariantError::Argument(message.into())
}

type Found = (usize, Vec<f64>, Spectrum);

fn dense(operator: &LegOperator, limits: &Limits) -> Result<Found, EquivariantError> {
    let n = operator.size();
    limits.reserve(n as u128 * n as u128 * 40)?;
    let mut unit = vec![0.0; n * n];
    (0..n).for_each(|i| unit[i * n + i] = 1.0);
    let mut image = vec![0.0; n * n];
    operator.normal(&unit, n, &mut image, limits)?;
    let (values, vectors) = symmetric_eigen(n, |i, j| image[i * n + j]).ok_or_else(no_convergence)?;
    let largest = values.last().copied().unwrap_or(0.0).max(0.0);
    if largest.sqrt() <= operator.noise() {
        return everything(n, largest.sqrt(), limits);
    }
    // A margin above the values that can be zero shows the edge.
    let near = values.iter().filter(|&&v| v <= largest * 1e-4).count();
    let next = values.get(near).map_or(f64::INFINITY, |v| (v / largest).sqrt());
    let block: Vec<f64> = (0..n).flat_map(|i| vectors[i * n..][..near].to_vec()).collect();
    decide(operator, near, block, largest.sqrt(), next, limits)
}

/// No equation beyond rounding: everything is invariant.
fn everything(n: usize, largest: f64, limits: &Limits) -> Result<Found, EquivariantError> {
    limits.reserve(n as u128 * n as u128 * 8)?;
    let mut unit = vec![0.0; n * n];
    (0..n).for_each(|i| unit[i * n + i] = 1.0);
    Ok((n, unit, Spectrum { noise: largest, edge: f64::INFINITY, residual: largest }))
}

/// From a block that holds the null space and perhaps more: the singular values on it, and the cut at the widest gap.
fn decide(
    operator: &LegOperator,
    width: usize,
    mut block: Vec<f64>,
    largest: f64,
    next: f64,
    limits: &Limits,
) -> Result<Found, EquivariantError> {
    let n = operator.size();
    let mut values = vec![0.0; width];
    let mut part = width;
    // Each pass resolves about eight more digits of the smaller values.
    for _ in 0..3 {
        let (found, turned) = singular(operator, n, part, &columns(n, width, &block, part), limits)?;
        values[..part].copy_from_slice(&found);
        for i in 0..n {
            block[i * width..][..part].copy_from_slice(&turned[i * part..][..part]);
        }
        let top = found.last().copied().unwrap_or(0.0);
        let smaller = found.iter().filter(|&&s| s < top * 1e-5).count();
        if smaller == 0 {
            break;
        }
        part = smaller;
    }
    let relative: Vec<f64> = values.iter().map(|s| s / largest).collect();
    let after = |k: usize| relative.get(k).copied().unwrap_or(next);
    // What rounding alone may leave of a value that is zero.
    let floor = (operator.noise() / largest).max(f64::EPSILON);
    let candidates = relative.iter().take_while(|&&s| s < SMALL.max(floor)).count();
    let noise = |k: usize| if k == 0 { 0.0 } else { relative[k - 1] };
    let ratio = |k: usize| after(k) / noise(k).max(floor);
    let rank = (0..=candidates).max_by(|&a, &b| ratio(a).total_cmp(&ratio(b))).unwrap_or(0);
    let kept = columns(n, width, &block, rank);
    let spectrum = Spectrum {
        noise: noise(rank).max(floor),
        edge: after(rank),
        residual: operator.residual(&kept, rank, limits)? / largest,
    };
    Ok((rank, transposed(n, rank, &kept), spectrum))
}

/// The singular values of `C` on the span of orthonormal columns, increasing, and the columns that belong to them.
fn singular(
    operator: &LegOperator,
    n: usize,
    width: usize,
    block: &[f64],
    limits: &Limits,
) -> Result<(Vec<f64>, Vec<f64>), EquivariantError> {
    if width == 0 {
        return Ok((Vec::new(), Vec::new()));
    }
    let gram = operator.gram(block, width, limits)?;
    // The scale keeps squares of small values away from underflow.
    let scale = (0..width).map(|i| gram[(i, i)]).fold(0.0, f64::max);
    if scale == 0.0 {
        return Ok((vec![0.0; width], block.to_vec()));
    }
    let (values, vectors) = symmetric_eigen(width, |i, j| gram[(i, j)] / scale).ok_or_else(no_convergence)?;
    let mut turned = vec![0.0; n * width];
    multiply((n, width, width), block, &vectors, &mut turned, false);
    Ok((values.iter().map(|v| (v.max(0.0) * scale).sqrt()).collect(), turned))
}

/// The first `count` of `width` columns.
fn columns(n: usize, width: usize, block: &[f64], count: usize) -> Vec<f64> {
    (0..n).flat_map(|i| block[i * width..][..count].iter().copied()).collect()
}

fn transposed(n: usize, width: usize, block: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; n * width];
    for (i, row) in block.chunks(width.max(1)).enumerate().take(n) {
        row.iter().enumerate().for_each(|(k, x)| out[k * n + i] = *x);
    }
    out
}

/// A block of vectors filtered until the null space stands out, doubled in width while it is filled by the null space.
fn iterative(operator: &LegOperator, limits: &Limits) -> Result<Found, EquivariantError> {
    let n = operator.size();
    let mut rng = random_stream(limits.seed(), 11);
    let mut random = |count: usize| -> Vec<f64> {
        (0..count).map(|_| f64::from(rng.next_u32()) / f64::from(u32::MAX) - 0.5).collect()
    };
    let bound = upper_bound(operator, random(n), limits)?;
    let floor = operator.noise();
    if bound.sqrt() <= floor {
        return everything(n, bound.sqrt(), limits);
    }
    let mut width = 16.min(n);
    let mut block = random(n * width);
    orthonormal_columns(n, width, &mut block, limits)?;
    let mut cut = bound * 0.1;
    // How many values vanished in the last round, and the least of the others.
    let mut last = (usize::MAX, 0.0);
    for round in 0..ROUNDS {
        limits.reserve(n as u128 * width as u128 * 48)?;
        limits.progress("null space", round as f64 / ROUNDS as f64);
        block = filter(operator, width, block, (cut, bound), limits)?;
        orthonormal_columns(n, width, &mut block, limits)?;
        let (values, turned) = singular(operator, n, width, &block, limits)?;
        block = turned;
        let squares: Vec<f64> = values.iter().map(|s| s * s / bound).collect();
        let zero = floor * floor / bound;
        let null = squares.iter().take_while(|&&v| v < zero.max(SMALL * SMALL)).count();
        if null + 4 > width && width < n {
            // The null space may be larger than the block: more random vectors, and again.
            let more = width.max(16).min(n - width);
            let extra = random(n * more);
            let wide = (0..n).flat_map(|i| [&block[i * width..][..width], &extra[i * more..][..more]].concat());
            block = wide.collect();
            width += more;
            limits.reserve(n as u128 * width as u128 * 48)?;
            orthonormal_columns(n, width, &mut block, limits)?;
            cut = bound * 0.1;
            continue;
        }
        // What is on its way to zero still falls by the growth of the filter: wait until the least other value stands.
        let edge = squares.get(null).copied().unwrap_or(1.0);
        let stands = last.0 == null && (edge - last.1).abs() < 0.02 * edge;
        let settled =
            squares[..null].iter().all(|&v| v < edge * 1e-9 || v <= zero) && (edge > 1e-8 || round > ROUNDS / 2);
        last = (null, edge);
        if settled && stands {
            let largest = bound.sqrt();
            return decide(operator, width, block, largest, 1.0, limits);
        }
        // Everything above the middle of the block's own values is damped from now on.
        cut = (squares[(null + width) / 2] * bound).clamp(bound * 1e-9, bound * 0.5);
    }
    Err(no_convergence())
}

/// An upper bound for the eigenvalues of `CᵀC`: a little above the largest Ritz value of a Krylov space and its residual.
fn upper_bound(operator: &LegOperator, start: Vec<f64>, limits: &Limits) -> Result<f64, EquivariantError> {
    let n = operator.size();
    let (mut v, mut image) = (start, vec![0.0; n]);
    let mut bound = 0.0;
    for _ in 0..24 {
        let norm = v.iter().map(|x| x * x).sum::<f64>().sqrt();
        if norm == 0.0 {
            return Ok(0.0);
        }
        v.iter_mut().for_each(|x| *x /= norm);
        operator.normal(&v, 1, &mut image, limits)?;
        let value: f64 = v.iter().zip(&image).map(|(x, y)| x * y).sum();
        let rest = v.iter().zip(&image).map(|(x, y)| (y - value * x).powi(2)).sum::<f64>().sqrt();
        bound = value + rest;
        std::mem::swap(&mut v, &mut image);
    }
    Ok(if bound > 1e-280 { bound * 1.05 } else { 0.0 })
}

/// `T_m` of the operator, scaled so that `[cut, bound]` goes to `[−1, 1]`, applied to the columns: what belongs to 0 grows.
fn filter(
    operator: &LegOperator,
    width: usize,
    block: Vec<f64>,
    (cut, bound): (f64, f64),
    limits: &Limits,
) -> Result<Vec<f64>, EquivariantError> {
    let (center, radius) = ((bound + cut) / 2.0, (bound - cut) / 2.0);
    // Dividing by the growth at zero keeps numbers of size one.
    let at_zero = center / radius;
    let mut sigma = 1.0 / at_zero;
    let mut before = block;
    let mut now = vec![0.0; before.len()];
    let mut image = vec![0.0; before.len()];
    operator.normal(&before, width, &mut now, limits)?;
    now.iter_mut().zip(&before).for_each(|(y, x)| *y = (center * x - *y) * (sigma / radius));
    for _ in 1..DEGREE {
        let next_sigma = 1.0 / (2.0 * at_zero - sigma);
        operator.normal(&now, width, &mut image, limits)?;
        let (a, b) = (2.0 * next_sigma / radius, sigma * next_sigma);
        for ((old, x), y) in before.iter_mut().zip(&now).zip(&image) {
            *old = a * (center * x - y) - b * *old;
        }
        std::mem::swap(&mut before, &mut now);
        sigma = next_sigma;
    }
    Ok(now)
}

/// Makes the columns of an `n × width` array orthonormal: Cholesky factors of the Gram matrix, three times since the first
/// pass starts from columns that are nearly dependent; columns that have died out are drawn again from those that have not.
fn orthonormal_columns(n: usize, width: usize, block: &mut Vec<f64>, limits: &Limits) -> Result<(), EquivariantError> {
    let mut gram = vec![0.0; width * width];
    let mut turned = vec![0.0; n * width];
    for pass in 0..4 {
        limits.check()?;
        multiply_transposed((width, n, width), (block, width), (block, width), &mut gram);
        let norms: Vec<f64> = (0..width).map(|i| gram[i * width + i].sqrt()).collect();
        if norms.iter().any(|x| !x.is_finite() || *x == 0.0) {
            return Err(no_convergence());
        }
        let unit = Matrix::from_fn(width, width, |i, j| gram[i * width + j] / (norms[i] * norms[j]));
        let defect = (0..width * width)
            .map(|k| (unit[(k / width, k % width)] - f64::from(u8::from(k / width == k % width))).abs())
            .fold(0.0, f64::max);
        if pass > 0 && defect < 1e-13 {
            break;
        }
        // Eigenvectors in place of a Cholesky factor when the columns are too dependent for one.
        let change = match cholesky(&unit).filter(|l| (0..width).all(|i| l[(i, i)] > 1e-6)) {
            Some(l) => inverse_transposed(&l),
            None => {
                let (values, vectors) = symmetric_eigen(width, |i, j| unit[(i, j)]).ok_or_else(no_convergence)?;
                let floor = values.last().copied().unwrap_or(1.0) * 1e-14;
                Matrix::from_fn(width, width, |i, j| vectors[i * width + j] / values[j].max(floor).sqrt())
            }
        };
        let change = Matrix::from_fn(width, width, |i, j| change[(i, j)] / norms[i]);
        multiply((n, width, width), block, change.entries(), &mut turned, false);
        std::mem::swap(block, &mut turned);
    }
    Ok(())
}

/// The inverse of the transpose of a lower triangular matrix.
fn inverse_transposed(l: &Matrix<f64>) -> Matrix<f64> {
    let n = l.rows();
    let mut out = Matrix::filled(n, n, 0.0);
    for j in 0..n {
        // Column j of the inverse of L, written as row j.
        for i in j..n {
            let known: f64 = (j..i).map(|k| l[(i, k)] * out[(j, k)]).sum();
            out[(j, i)] = (f64::from(u8::from(i == j)) - known) / l[(i, i)];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equivariant::{special_orthogonal_rank, symmetric_rank};
    use crate::float::dense::exponential;

    fn so(n: usize, scale: f64) -> Vec<Matrix<f64>> {
        let pairs = (0..n).flat_map(|i| (0..i).map(move |j| (i, j)));
        pairs
            .map(|(i, j)| {
                Matrix::from_fn(n, n, |a, b| {
                    if (a, b) == (i, j) {
                        scale
                    } else if (a, b) == (j, i) {
                        -scale
                    } else {
                        0.0
                    }
                })
            })
            .collect()
    }

    fn product(a: &Matrix<f64>, b: &Matrix<f64>) -> Matrix<f64> {
        Matrix::from_fn(a.rows(), b.cols(), |i, j| (0..a.cols()).map(|k| a[(i, k)] * b[(k, j)]).sum())
    }

    /// `S A S⁻¹` and `−(S A S⁻¹)ᵀ` for a skewed basis.
    fn skewed(a: &Matrix<f64>, seed: u64) -> (Matrix<f64>, Matrix<f64>) {
        let n = a.rows();
        let mut rng = random_stream(seed, 3);
        let noise = Matrix::from_fn(n, n, |_, _| f64::from(rng.next_u32()) / f64::from(u32::MAX) - 0.5);
        let (s, t) = (exponential(&noise).unwrap(), exponential(&noise.map(|x| -x)).unwrap());
        let b = product(&product(&s, a), &t);
        let dual = Matrix::from_fn(n, n, |i, j| -b[(j, i)]);
        (b, dual)
    }

    fn check(found: &Basis, rank: u64) {
        assert_eq!(found.rank() as u64, rank);
        let Completeness::Gap(spectrum) = found.completeness() else { panic!("no spectrum") };
        assert!(spectrum.gap() > 1e6 && spectrum.residual < 1e-9, "{spectrum:?}");
    }

    /// Ranks of SO(n) do not change with the scale of the generators or the basis; dense and iterative solvers agree.
    #[test]
    fn scaled_and_skewed_generators() {
        let limits = Limits::none();
        for scale in [1.0, 1e-6, 1e4] {
            for (n, out, into) in [(3, 1, 1), (3, 2, 2), (3, 2, 1), (4, 2, 2), (2, 3, 2)] {
                let rank = special_orthogonal_rank(n, out + into, &limits).unwrap();
                let rank = u64::try_from(rank).unwrap();
                let generators: Vec<Generator> = so(n, scale)
                    .iter()
                    .map(|a| {
                        let (b, dual) = skewed(a, 5);
                        Generator::Infinitesimal(
                            (0..out + into).map(|l| if l < out { b.clone() } else { dual.clone() }).collect(),
                        )
                    })
                    .collect();
                check(&float_maps(&vec![n; out + into], out, &generators, &limits).unwrap(), rank);
                let (_, strides) = layout(&vec![n; out + into], out).unwrap();
                let operator = LegOperator::new(&vec![n; out + into], strides, &generators).unwrap();
                let (found, rows, spectrum) = iterative(&operator, &limits).unwrap();
                assert_eq!(found as u64, rank);
                assert!(spectrum.residual < 1e-9 && rows.len() == found * operator.size());
            }
        }
    }

    /// A size that is never formed: SO(3) on V³ → V³ by 729 unknowns, 15 invariants.
    #[test]
    fn a_larger_case() {
        let limits = Limits::none();
        let generators: Vec<Generator> = so(3, 1.0).into_iter().map(|a| Generator::Infinitesimal(vec![a; 6])).collect();
        check(&float_maps(&[3; 6], 3, &generators, &limits).unwrap(), 15);
    }

    /// Equations that cancel up to rounding are no equations: scalars in the algebra and in the group on as many vectors as
    /// covectors, −1 by sines and cosines, the identity. All maps are equivariant.
    #[test]
    fn rounding_is_not_the_scale() {
        let limits = Limits::none();
        let scalar = |n: usize, x: f64| Matrix::from_fn(n, n, |i, j| if i == j { x } else { 0.0 });
        let legs = |half: usize, plain: Matrix<f64>, dual: Matrix<f64>| [vec![plain; half], vec![dual; half]].concat();
        let pi = std::f64::consts::PI;
        let half_turn = Matrix::from_fn(2, 2, |i, j| [[pi.cos(), -pi.sin()], [pi.sin(), pi.cos()]][i][j]);
        let third = 1.0 / 3.0;
        let cases = [
            (2, 3, Generator::Infinitesimal(legs(3, scalar(2, 0.3), scalar(2, -0.3)))),
            (2, 2, Generator::Finite(legs(2, scalar(2, 0.1), scalar(2, 10.0)))),
            (2, 2, Generator::Finite(legs(2, scalar(2, third), scalar(2, 1.0 / third)))),
            (3, 3, Generator::Finite(legs(3, scalar(3, 1.0), scalar(3, 1.0)))),
            (3, 3, Generator::Finite(legs(3, scalar(3, 0.7), scalar(3, 1.0 / 0.7)))),
            (2, 1, Generator::Finite(legs(1, half_turn.clone(), half_turn))),
        ];
        for (n, half, generator) in cases {
            let found = float_maps(&vec![n; 2 * half], half, &[generator], &limits).unwrap();
            assert_eq!(found.rank(), n.pow(2 * half as u32), "{n}, {half}");
        }
        // One leg more, and the scalar is seen: nothing is invariant.
        let odd = Generator::Finite(vec![scalar(2, 0.1), scalar(2, 0.1), scalar(2, 10.0)]);
        assert_eq!(float_maps(&[2; 3], 2, &[odd], &limits).unwrap().rank(), 0);
    }

    /// Group elements: S(4) by two permutations, a rotation by a tiny angle, weights of very different sizes, nothing at all.
    #[test]
    fn elements_and_faults() {
        let limits = Limits::none();
        let permutation = |images: [usize; 4]| Matrix::from_fn(4, 4, |i, j| f64::from(u8::from(images[j] == i)));
        let generators = [
            Generator::Finite(vec![permutation([1, 0, 2, 3]); 4]),
            Generator::Finite(vec![permutation([1, 2, 3, 0]); 4]),
        ];
        let rank = u64::try_from(symmetric_rank(4, 4, &limits).unwrap()).unwrap();
        check(&float_maps(&[4; 4], 2, &generators, &limits).unwrap(), rank);
        let angle = std::f64::consts::TAU * 1e-6;
        let turn = Matrix::from_rows(vec![vec![angle.cos(), -angle.sin()], vec![angle.sin(), angle.cos()]]).unwrap();
        check(&float_maps(&[2], 1, &[Generator::Finite(vec![turn.clone()])], &limits).unwrap(), 0);
        check(&float_maps(&[2, 2], 1, &[Generator::Finite(vec![turn; 2])], &limits).unwrap(), 2);
        let weights = |x: [f64; 3]| Matrix::from_fn(3, 3, |i, j| if i == j { x[i] } else { 0.0 });
        let torus = Generator::Infinitesimal(vec![weights([1.0, -1.0, 1e-5])]);
        check(&float_maps(&[3], 1, &[torus], &limits).unwrap(), 0);
        assert_eq!(float_maps(&[3, 2], 1, &[], &limits).unwrap().rank(), 6);
        let zero = Generator::Infinitesimal(vec![weights([0.0; 3])]);
        assert_eq!(float_maps(&[3], 1, &[zero], &limits).unwrap().rank(), 3);
        let bad = Generator::Infinitesimal(vec![weights([f64::NAN; 3])]);
        assert!(float_maps(&[3], 1, &[bad], &limits).is_err());
    }
}
