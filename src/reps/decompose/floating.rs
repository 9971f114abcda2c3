//! Representations by floating-point matrices.
//!
//! Coroots act by diagonalizable matrices with integer eigenvalues, so joint eigenvectors of their images tell the weights
//! after rounding. Nothing is proved: how far the brackets and the eigenvectors are off, and how far the numbers are from other
//! integers, comes with the answer.

use std::collections::BTreeMap;

use num_bigint::BigInt;

use super::frame::Coroots;
use super::{Base, DecomposeError};
use crate::exact::Matrix;
use crate::float::complex::general_eigen;
use crate::float::gemm::multiply;
use crate::lie::chevalley::SurdVector;
use crate::limits::Limits;
use crate::num::prime::{random_integer, random_stream};
use crate::weights::{Character, Decomposition};

/// Larger matrices are refused: eigenvectors take `25 N³` operations, eight times as many for compact algebras.
const MAX_SIZE: usize = 600;

/// Numbers further from an integer than this are not rounded.
const TOLERANCE: f64 = 0.05;

/// Brackets that are off by more than this part of their terms are not those of the algebra.
const BRACKET_TOLERANCE: f64 = 0.01;

/// Draws of a generic combination of the coroots.
const ATTEMPTS: usize = 8;

/// The irreducibles of a representation by floating-point matrices.
#[derive(Clone, Debug)]
pub struct FloatDecomposition {
    /// The irreducibles over C.
    pub decomposition: Decomposition,
    /// How far brackets are from those of the algebra and eigenvectors from being ones, relative to the sizes.
    pub residual: f64,
    /// The least distance of a number that was rounded from the second nearest integer; at most 1.
    pub gap: f64,
}

/// Decomposes the representation in which basis element `i` acts by `matrices[i]`, in double precision.
pub fn float_decomposition(
    base: &Base,
    matrices: &[Matrix<f64>],
    limits: &Limits,
) -> Result<FloatDecomposition, DecomposeError> {
    let size = matrices.first().map_or(0, Matrix::rows);
    if size > MAX_SIZE {
        return Err(DecomposeError::TooLarge(size));
    }
    let frame = base.frame(limits)?;
    let (field, coroots) = match &frame.coroots {
        Coroots::Exact { field, vectors } if frame.center.is_empty() => (*field, vectors),
        Coroots::Exact { .. } => return Err(DecomposeError::FloatCharges),
        Coroots::Modular { .. } => return Err(DecomposeError::NoExactBasis(base.name().to_string())),
    };
    let defect = bracket_defect(base, matrices, limits)?;
    if defect.is_nan() || defect > BRACKET_TOLERANCE {
        return Err(DecomposeError::Inexact { what: "brackets", residual: defect });
    }
    // An imaginary coroot acts on twice the space, where each weight occurs twice.
    let copies = if field < 0 { 2 } else { 1 };
    // The images, their combination and what finding its eigenvectors takes.
    let entries = (copies * size) as u128 * (copies * size) as u128;
    limits.reserve(entries * 16 * (coroots.len() as u128 + 4))?;
    let images: Vec<Matrix<f64>> = coroots.iter().map(|h| image(h, field, matrices)).collect();
    let mut rng = random_stream(limits.seed(), 762);
    let mut worst = f64::INFINITY;
    for _ in 0..ATTEMPTS {
        limits.check()?;
        let factors: Vec<f64> =
            images.iter().map(|_| 1.0 + random_integer(&mut rng, 1 << 20).abs() as f64 / (1 << 20) as f64).collect();
        let Some(found) = weights(&images, &factors, copies * size, limits)? else { continue };
        worst = worst.min(found.residual);
        if found.residual > TOLERANCE || found.counts.values().any(|m| m % copies != 0) {
            continue;
        }
        let dominant = found.counts.into_iter().filter(|(w, _)| w.iter().all(|&x| x >= 0));
        let dominant: BTreeMap<Vec<i64>, BigInt> = dominant.map(|(w, m)| (w, BigInt::from(m / copies))).collect();
        let decomposition = Character::new(&frame.group, dominant)?.decompose(limits)?;
        if decomposition.is_virtual() || decomposition.dimension(limits)? != BigInt::from(size) {
            continue;
        }
        return Ok(FloatDecomposition {
            decomposition,
            residual: defect.max(found.residual),
            gap: 1.0 - found.rounding,
        });
    }
    Err(DecomposeError::Inexact { what: "eigenvectors", residual: worst })
}

/// The largest entry of `[ρ(x), ρ(y)] − ρ([x, y])` for generators `x` and all basis elements `y`, each over the size of its own
/// terms: bounds of the entries of `ρ(x)ρ(y)`, `ρ(y)ρ(x)` by Cauchy and Schwarz plus those of the terms of `ρ([x, y])`. A common
/// scale would let large matrices hide what is wrong with small ones. `O(g n N³)` for `g` generators.
fn bracket_defect(base: &Base, matrices: &[Matrix<f64>], limits: &Limits) -> Result<f64, DecomposeError> {
    let largest = |m: &Matrix<f64>| m.entries().iter().fold(0.0, |a: f64, x| a.max(x.abs()));
    let sizes: Vec<f64> = matrices.iter().map(largest).collect();
    let norms: Vec<(f64, f64)> = matrices.iter().map(row_and_column).collect();
    let mut worst: f64 = 0.0;
    for &i in base.generators(limits)? {
        for j in 0..matrices.len() {
            limits.check()?;
            let (x, y) = (&matrices[i], &matrices[j]);
            let n = x.rows();
            let (mut xy, mut yx) = (vec![0.0; n * n], vec![0.0; n * n]);
            multiply((n, n, n), x.entries(), y.entries(), &mut xy, false);
            multiply((n, n, n), y.entries(), x.entries(), &mut yx, false);
            let mut rest = Matrix::from_fn(n, n, |r, c| xy[r * n + c] - yx[r * n + c]);
            let mut scale = norms[i].0 * norms[j].1 + norms[j].0 * norms[i].1;
            for (k, c) in base.algebra().constants().bracket_of_basis(i, j) {
                let (c, m) = (c.to_f64(), &matrices[k as usize]);
                rest = Matrix::from_fn(n, n, |r, s| rest[(r, s)] - c * m[(r, s)]);
                scale += c.abs() * sizes[k as usize];
            }
            let size = largest(&rest);
            if size == 0.0 && scale.is_finite() {
                continue;
            }
            let ratio = size / scale;
            // Products that overflow say nothing.
            if ratio.is_nan() || !scale.is_finite() {
                return Ok(f64::NAN);
            }
            worst = worst.max(ratio);
        }
    }
    Ok(worst)
}

/// The largest Euclidean norm of a row, and of a column.
fn row_and_column(m: &Matrix<f64>) -> (f64, f64) {
    let mut columns = vec![0.0; m.cols()];
    let mut row: f64 = 0.0;
    for entries in m.iter_rows() {
        row = row.max(entries.iter().map(|x| x * x).sum::<f64>());
        columns.iter_mut().zip(entries).for_each(|(sum, x)| *sum += x * x);
    }
    (row.sqrt(), columns.into_iter().fold(0.0, f64::max).sqrt())
}

/// `ρ(h)`, on `R^(2N)` as `[[A, −B], [B, A]]` when the field is imaginary.
fn image(h: &SurdVector, field: i64, matrices: &[Matrix<f64>]) -> Matrix<f64> {
    let size = matrices.first().map_or(0, Matrix::rows);
    let sum = |part: &[(u32, crate::num::Rational)], factor: f64| {
        let mut out = Matrix::filled(size, size, 0.0);
        for (k, c) in part {
            let (c, m) = (factor * c.to_f64(), &matrices[*k as usize]);
            out = Matrix::from_fn(size, size, |i, j| out[(i, j)] + c * m[(i, j)]);
        }
        out
    };
    let root = (field.unsigned_abs() as f64).sqrt();
    let (a, b) = (sum(&h.a, 1.0), sum(&h.b, root));
    match field < 0 {
        false => Matrix::from_fn(size, size, |i, j| a[(i, j)] + b[(i, j)]),
        true => Matrix::from_fn(2 * size, 2 * size, |i, j| match (i < size, j < size) {
            (true, true) => a[(i, j)],
            (true, false) => -b[(i, j - size)],
            (false, true) => b[(i - size, j)],
            (false, false) => a[(i - size, j - size)],
        }),
    }
}

/// Joint eigenvalues, rounded.
struct Rounded {
    counts: BTreeMap<Vec<i64>, usize>,
    residual: f64,
    /// The largest distance from an integer.
    rounding: f64,
}

/// `None` when no eigenvectors were found. `25 N³` operations for those, `2 N³` for each image.
fn weights(
    images: &[Matrix<f64>],
    factors: &[f64],
    size: usize,
    limits: &Limits,
) -> Result<Option<Rounded>, DecomposeError> {
    let mut counts: BTreeMap<Vec<i64>, usize> = BTreeMap::new();
    let generic = Matrix::from_fn(size, size, |i, j| images.iter().zip(factors).map(|(m, t)| t * m[(i, j)]).sum());
    let Some((_, vectors)) = general_eigen(&generic) else { return Ok(None) };
    let (mut residual, mut rounding): (f64, f64) = (0.0, 0.0);
    for k in 0..size {
        limits.check()?;
        let v = vectors.column(k);
        let mut weight = Vec::with_capacity(images.len());
        for m in images {
            let image: Vec<(f64, f64)> = m
                .iter_rows()
                .map(|row| row.iter().zip(&v).fold((0.0, 0.0), |s, (x, z)| (s.0 + x * z.0, s.1 + x * z.1)))
                .collect();
            // The vectors have norm 1.
            let value: f64 = v.iter().zip(&image).map(|(z, w)| z.0 * w.0 + z.1 * w.1).sum();
            let nearest = value.round();
            let off = v.iter().zip(&image).map(|(z, w)| (w.0 - nearest * z.0).hypot(w.1 - nearest * z.1));
            let off = off.fold(0.0, f64::max);
            if off.is_nan() {
                return Ok(None);
            }
            residual = residual.max(off);
            rounding = rounding.max((value - nearest).abs());
            weight.push(nearest as i64);
        }
        *counts.entry(weight).or_insert(0) += 1;
    }
    Ok(Some(Rounded { counts, residual, rounding }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::named::Arg;
    use crate::reps::decompose::complexification;
    use crate::reps::{Rep, group_by_name};

    /// The matrices in a crooked basis with rounding errors.
    fn floats(rep: &Rep) -> Vec<Matrix<f64>> {
        let limits = Limits::none();
        let exact = rep.matrices(&limits).unwrap();
        let n = exact[0].rows();
        let change = crate::exact::Matrix::from_fn(n, n, |i, j| {
            crate::num::Rational::new(i64::from(i == j) * 7 + ((3 * i + 5 * j) % 4) as i64, 7).unwrap()
        });
        let inverse = crate::exact::inverse(&change, &limits).unwrap().unwrap();
        let sparse = crate::exact::SparseMatrix::from_dense;
        let (change, inverse) = (sparse(&change), sparse(&inverse));
        exact.iter().map(|m| inverse.mul(m).mul(&change).to_dense().map(|x| x.to_f64())).collect()
    }

    #[test]
    fn floats_give_what_exact_matrices_give() {
        let limits = Limits::none();
        for (name, args) in [("SO", vec![3]), ("SO", vec![4]), ("SU", vec![3]), ("SL", vec![3]), ("Sp", vec![2])] {
            let args: Vec<Arg> = args.into_iter().map(Arg::Integer).collect();
            let base = group_by_name(name, &args, &limits).unwrap().base().clone();
            let v = Rep::vector(&base).unwrap();
            for rep in [v.clone(), v.tensor(&v).unwrap(), Rep::adjoint(&base).plus(&v).unwrap()] {
                let found = float_decomposition(&base, &floats(&rep), &limits).unwrap();
                let expected = complexification(&rep, &limits).unwrap();
                assert_eq!(&found.decomposition, expected.decomposition(&limits).unwrap(), "{name} {rep}");
                assert!(found.residual < 1e-8 && found.gap > 0.99, "{name} {rep}: {} {}", found.residual, found.gap);
            }
        }
    }

    #[test]
    fn what_is_no_representation_is_refused() {
        let limits = Limits::none();
        let base = group_by_name("SO", &[Arg::Integer(3)], &limits).unwrap().base().clone();
        let mut matrices = floats(&Rep::vector(&base).unwrap());
        matrices[0] = matrices[0].map(|x| 1.5 * x);
        let found = float_decomposition(&base, &matrices, &limits);
        assert!(matches!(found, Err(DecomposeError::Inexact { what: "brackets", .. })));
    }

    /// `h`, `e`, `f` of sl(2) on `copies` doublets, `e` and `f` scaled against each other, and on the first `acting` only.
    fn doublets(base: &Base, copies: usize, acting: usize, scale: f64) -> Vec<Matrix<f64>> {
        let unit = base.algebra().realization().unwrap().basis.iter().map(|m| m.to_dense().map(|x| x.to_f64()));
        let block = |m: Matrix<f64>| {
            Matrix::from_fn(2 * copies, 2 * copies, |i, j| match (i / 2 == j / 2, i % 2, j % 2) {
                (true, 0, 1) if i / 2 < acting => m[(0, 1)] * scale,
                (true, 1, 0) if i / 2 < acting => m[(1, 0)] / scale,
                (true, a, b) if a == b => m[(a, a)],
                _ => 0.0,
            })
        };
        unit.map(block).collect()
    }

    #[test]
    fn each_bracket_has_its_own_scale() {
        let limits = Limits::none();
        let base = group_by_name("SL", &[Arg::Integer(2)], &limits).unwrap().base().clone();
        for scale in [1.0, 1e4, 1e-8] {
            for copies in [2, 30] {
                // A conjugate by a diagonal matrix is a representation as good as any other.
                let found = float_decomposition(&base, &doublets(&base, copies, copies, scale), &limits).unwrap();
                let terms: Vec<_> = found.decomposition.terms().iter().collect();
                assert_eq!(terms, [(&vec![1i64], &BigInt::from(copies))], "{scale}");
                // [e, f] = h fails on one doublet.
                let found = float_decomposition(&base, &doublets(&base, copies, copies - 1, scale), &limits);
                assert!(matches!(found, Err(DecomposeError::Inexact { what: "brackets", .. })), "{scale} {copies}");
            }
        }
    }
}
