//! Lie algebras over a real quadratic field Q(√d) with √d > 0 as real algebras, from the algebra over Q with scalars
//! restricted.
//!
//! Let `g` be an algebra over `k = Q(√d)` and `g'` the same as an algebra over Q, of twice the dimension. Over R it is the
//! sum of `g` at the two places of `k`, where √d is positive and where it is negative; what is asked is the first summand.
//! Dimensions of all characteristic subspaces of `g'` are twice those of `g`. The Killing form of `g'` is the trace
//! `Tr_{k/Q} K`, over R the sum of `K` at both places, and `Tr_{k/Q}(√d K)` is their difference up to positive factors: the
//! indices of both forms give that of `K` at each place. The simple ideals of the Levi factor over R are the real and
//! complex places of the centroid; in it √d is a polynomial `p` in the generator, whose sign at a real root of the minimal
//! polynomial, where its value is √d or −√d, says above which place of `k` it lies.

use super::centroid_generator::Generator;
use super::semisimple::{IdentifyError, take_apart_at};
use super::structure::{combination, quotient_constants};
use super::{
    Algebra, Identification, Place, Signature, StructureConstants, identify, killing_form, radical_of, signature,
};
use crate::exact::polynomial::Polynomial;
use crate::exact::{Matrix, solve};
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// Identifies an algebra over Q(√d), `d ≥ 2` free of squares, as a real algebra, where √d is the positive root.
///
/// `restricted` is the algebra over Q with the basis `x_1, √d x_1, x_2, √d x_2, …`. All dimensions, the signature of the
/// Killing form and the real form are exact; the time is that of two identifications in twice the dimension.
pub fn identify_over_quadratic(
    restricted: &Algebra,
    radicand: i64,
    limits: &Limits,
) -> Result<Identification, IdentifyError> {
    let whole = identify(restricted, limits)?;
    let half = |dims: &[usize]| dims.iter().map(|n| n / 2).collect::<Vec<_>>();
    let killing = killing_form(restricted.constants(), limits)?;
    let killing_signature = signature_at(&whole.killing_signature, &killing, radicand, limits)?;
    let mut place = Place { radicand, root: None };
    let ideals = if whole.ideals.is_empty() {
        Vec::new()
    } else {
        // The free columns of a subspace that √d maps to itself come in pairs, as the basis does.
        let levi = quotient_constants(restricted.constants(), &radical_of(restricted, limits)?);
        let (killing, root) = (killing_form(&levi, limits)?, root(&levi, radicand));
        let witness = &whole.certificate.witness;
        if let (Some(centroid), Some(regular)) = (&witness.centroid, &witness.regular) {
            let degree = witness.ideals.iter().filter_map(|ideal| ideal.field.degree()).sum();
            let found = root_polynomial(centroid, degree, &regular.x, &root, limits)?;
            place.root = found.map(|polynomial| polynomial.coefficients().to_vec());
        }
        let parts = take_apart_at(&levi, &killing, &root, limits)?;
        let mut ideals: Vec<_> = parts.ideals.into_iter().flat_map(|ideal| ideal.real).collect();
        ideals.sort_by_key(|ideal| ideal.form);
        ideals
    };
    let mut certificate = whole.certificate;
    certificate.witness.place = Some(place);
    certificate.steps.insert(
        0,
        format!(
            "over Q(√{radicand}), as an algebra over Q of dimension {}: dimensions and ranks there are twice those at the \
             place √{radicand} > 0; the steps that follow are about it",
            restricted.dim()
        ),
    );
    certificate.steps.push(format!(
        "the place √{radicand} > 0: indices of the traces of the Killing form and of its product with √{radicand}; √{radicand} \
         as a polynomial in the generator of the centroid, with its exact sign at each real root"
    ));
    Ok(Identification {
        dim: whole.dim / 2,
        rank: whole.rank / 2,
        center_dim: whole.center_dim / 2,
        radical_dim: whole.radical_dim / 2,
        nilradical_dim: whole.nilradical_dim / 2,
        derived_series: half(&whole.derived_series),
        lower_central_series: half(&whole.lower_central_series),
        killing_signature,
        ideals,
        small: None,
        certificate,
    })
}

/// The signature at the place √d > 0 of a form `K` over the field, from `Tr K` with its signature: the indices of `Tr K` and
/// `Tr (√d K)` are the sum and the difference of those at both places.
pub(super) fn signature_at(
    whole: &Signature,
    trace: &Matrix<Rational>,
    radicand: i64,
    limits: &Limits,
) -> Result<Signature, Stop> {
    let difference = signature(&times_root(trace, radicand), limits)?.index();
    let (rank, index) = ((trace.rows() - whole.zero) / 2, (whole.index() + difference) / 2);
    let positive = ((rank as i64 + index) / 2).max(0) as usize;
    Ok(Signature { positive, negative: rank.saturating_sub(positive), zero: whole.zero / 2 })
}

/// The operator √d in a basis `x_1, √d x_1, …`: row `j` is the image of basis element `j`.
fn root(constants: &StructureConstants, radicand: i64) -> Matrix<Rational> {
    let n = constants.dim();
    Matrix::from_fn(n, n, |i, j| match (i % 2, i ^ 1 == j) {
        (0, true) => Rational::ONE,
        (_, true) => Rational::from(radicand),
        _ => Rational::ZERO,
    })
}

/// `Tr(√d K(x, y)) = K'(√d x, y)` from `K'`.
fn times_root(killing: &Matrix<Rational>, radicand: i64) -> Matrix<Rational> {
    let d = Rational::from(radicand);
    Matrix::from_fn(killing.rows(), killing.rows(), |i, j| match i % 2 {
        0 => killing[(i + 1, j)].clone(),
        _ => &killing[(i - 1, j)] * &d,
    })
}

fn rows(m: &Matrix<Rational>) -> Vec<Vec<Rational>> {
    m.iter_rows().map(<[Rational]>::to_vec).collect()
}

/// The polynomial, of degree less than `count`, whose value at an operator of the centroid is √d, the operator `root`; rows are
/// images. `None` when none is, on `x`, on which the powers are independent.
fn root_polynomial(
    operator: &[Vec<Rational>],
    count: usize,
    x: &[i64],
    root: &Matrix<Rational>,
    limits: &Limits,
) -> Result<Option<Polynomial>, Stop> {
    let n = x.len();
    let mut powers = vec![x.iter().map(|&c| Rational::from(c)).collect::<Vec<_>>()];
    for k in 1..count {
        limits.check()?;
        powers.push(combination(&powers[k - 1], operator, n));
    }
    let system = Matrix::from_fn(n, count, |i, k| powers[k][i].clone());
    let image = combination(&powers[0], &rows(root), n);
    Ok(solve(&system, &image, limits)?.map(Polynomial::new))
}

/// Whether √d, the given operator, is positive at the real root of a field between two neighbours of `points`, for each
/// field its real roots in order. `x` is regular: the powers of the generator on it are independent. `None` when √d is no
/// polynomial in the generator, which cannot be.
pub(super) fn positive_places(
    generator: &Generator,
    x: &[i64],
    root: &Matrix<Rational>,
    fields: &[&Polynomial],
    points: &[Rational],
    limits: &Limits,
) -> Result<Option<Vec<Vec<bool>>>, Stop> {
    let count = generator.polynomial.degree().unwrap_or(0);
    let operator: Vec<Vec<Rational>> = rows(&generator.operator);
    let Some(polynomial) = root_polynomial(&operator, count, x, root, limits)? else { return Ok(None) };
    let mut out = vec![Vec::new(); fields.len()];
    for ends in points.windows(2) {
        limits.check()?;
        for (signs, field) in out.iter_mut().zip(fields) {
            if field.evaluate(&ends[0]).signum() != field.evaluate(&ends[1]).signum() {
                signs.push(is_positive_at_root(&polynomial, field, ends));
            }
        }
    }
    Ok(Some(out))
}

/// The sign of a polynomial at the one root of `field` between `ends`, where its square is at least 2. The interval is
/// halved until the polynomial changes by less than 1 on it.
fn is_positive_at_root(polynomial: &Polynomial, field: &Polynomial, ends: &[Rational]) -> bool {
    let half = Rational::new(1, 2).unwrap_or_default();
    let (mut low, mut high) = (ends[0].clone(), ends[1].clone());
    let size = low.abs().max(high.abs());
    // |p'| on the interval, from the absolute values of its coefficients.
    let derivative: Vec<Rational> = polynomial.derivative().coefficients().iter().map(Rational::abs).collect();
    let slope = Polynomial::new(derivative).evaluate(&size);
    let below = field.evaluate(&low).signum();
    while &(&high - &low) * &slope >= Rational::ONE {
        let middle = &(&low + &high) * &half;
        match field.evaluate(&middle).signum() {
            0 => (low, high) = (middle.clone(), middle),
            sign if sign == below => low = middle,
            _ => high = middle,
        }
    }
    polynomial.evaluate(&low).signum() > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::SparseMatrix;
    use crate::lie::{MatrixSet, span};

    /// so of `diag(a_i + b_i √d)` over Q(√d), with scalars restricted: `E_ij a_j⁻¹ − E_ji a_i⁻¹`, multiplied by both.
    fn orthogonal(diagonal: &[(i64, i64)], d: i64) -> Algebra {
        let n = diagonal.len();
        let mut all = Vec::new();
        for i in 0..n {
            for j in i + 1..n {
                for twist in [(1, 0), (0, 1)] {
                    // The entries a_j at (i, j) and −a_i at (j, i), times 1 or √d, as blocks [a, d b; b, a].
                    let entry = |(a, b): (i64, i64), sign: i64| match twist {
                        (1, _) => (sign * a, sign * b),
                        _ => (sign * d * b, sign * a),
                    };
                    let blocks = |(r, c): (usize, usize), (a, b): (i64, i64)| {
                        [(r, c, a), (r + n, c + n, a), (r + n, c, b), (r, c + n, d * b)]
                    };
                    let triples = [blocks((i, j), entry(diagonal[j], 1)), blocks((j, i), entry(diagonal[i], -1))];
                    let triples = triples.concat().into_iter().map(|(r, c, x)| (r, c, Rational::from(x)));
                    all.push(SparseMatrix::from_triples(2 * n, 2 * n, triples));
                }
            }
        }
        span(&MatrixSet::sparse(all).unwrap(), &Limits::none()).unwrap().algebra
    }

    /// A diagonal, the radicand, the name, the signature of the Killing form.
    type Case = (&'static [(i64, i64)], i64, &'static str, [usize; 3]);

    /// The signs of the diagonal at the place √d > 0 say which orthogonal algebra it is (Sylvester); at the other place
    /// they are others.
    #[test]
    fn orthogonal_algebras_at_one_place() {
        let cases: [Case; 8] = [
            (&[(1, 0), (1, 0), (0, 1)], 2, "su(2)", [0, 3, 0]),
            (&[(1, 0), (1, 0), (0, -1)], 2, "sl(2,R)", [2, 1, 0]),
            (&[(1, 0), (1, 0), (1, 0), (0, 1)], 3, "su(2)+su(2)", [0, 6, 0]),
            (&[(1, 0), (1, 0), (1, 0), (0, -1)], 3, "sl(2,C)_R", [3, 3, 0]),
            (&[(1, 0), (1, 1), (1, -1), (1, 0)], 2, "sl(2,C)_R", [3, 3, 0]),
            (&[(1, 0), (1, 0), (3, 2), (1, -1), (2, -1)], 2, "so(4,1)", [4, 6, 0]),
            (&[(1, 0), (1, 0), (0, 1), (0, -1), (2, -1)], 5, "so(3,2)", [6, 4, 0]),
            (&[(1, 0), (1, 0), (1, 0), (0, 1), (0, 1), (0, 1)], 2, "su(4)", [0, 15, 0]),
        ];
        for (diagonal, d, name, [positive, negative, zero]) in cases {
            let found = identify_over_quadratic(&orthogonal(diagonal, d), d, &Limits::none()).unwrap();
            assert_eq!(found.real_form().as_deref(), Some(name), "{diagonal:?} √{d}");
            assert_eq!(found.killing_signature, Signature { positive, negative, zero });
            let n = diagonal.len();
            assert_eq!((found.dim, found.rank), (n * (n - 1) / 2, n / 2));
        }
    }
}
