//! Explicit isomorphisms between semisimple algebras, through their Chevalley bases.

use crate::exact::{Matrix, inverse};
use crate::float::complex::ComplexMatrix;
use crate::lie::semisimple::Semisimple;
use crate::lie::{Algebra, StructureConstants};
use crate::limits::{Limits, Stop};
use crate::num::Rational;
use crate::num::prime::{random_integer, random_stream};
use crate::roots::{CartanType, RealForm, name_of_sum};

use super::exact::ExactBasis;
use super::floats::{abs, adjoint_matrices, complexified, from_columns};
use super::numerical::{NumericalBasis, numerical_basis};
use super::surd::{Surd, SurdVector};
use super::{ChevalleyError, Known, exact};

/// An isomorphism `g ⊗ Q(√d) → h ⊗ Q(√d)`, exact.
#[derive(Debug, Clone, PartialEq)]
pub struct ExactIsomorphism {
    /// The square-free `d` of the field, 1 for Q.
    pub field: i64,
    /// Vector `j` is the image of the basis element `j` of g.
    pub images: Vec<SurdVector>,
}

/// An isomorphism of real algebras in double precision.
#[derive(Debug, Clone, PartialEq)]
pub struct NumericalIsomorphism {
    /// Column `j` is the image of the basis element `j` of g.
    pub matrix: Matrix<f64>,
    /// The largest entry of `φ ad x − ad(φ x) φ` for random x, relative to the largest entry of either product.
    pub residual: f64,
    /// The largest imaginary part that was dropped, relative to the largest entry.
    pub imaginary: f64,
    /// The larger of the two rounding margins.
    pub margin: f64,
}

/// What came of two algebras.
#[derive(Debug, Clone, PartialEq)]
pub enum Comparison {
    /// They are not isomorphic over R, and why.
    Different(String),
    /// They are.
    Isomorphic {
        /// An exact isomorphism, when both have exact bases over one field; over R when `d ≥ 1`.
        exact: Option<ExactIsomorphism>,
        /// A numerical one over R, when the exact one is not real.
        real: Option<NumericalIsomorphism>,
    },
}

/// The real forms of the simple ideals, in the order of their names.
pub fn real_forms_of(parts: &Semisimple) -> Vec<RealForm> {
    let mut forms: Vec<RealForm> = parts.ideals.iter().flat_map(|ideal| ideal.real.iter().map(|r| r.form)).collect();
    forms.sort();
    forms
}

/// The type over C.
pub fn cartan_type_of(parts: &Semisimple) -> CartanType {
    CartanType::new(
        parts
            .ideals
            .iter()
            .flat_map(|ideal| std::iter::repeat_n(ideal.factor, ideal.field.degree().unwrap_or(1)))
            .collect(),
    )
}

/// Compares two semisimple algebras over R, with an explicit isomorphism.
pub fn isomorphism(g: &Algebra, h: &Algebra, limits: &Limits) -> Result<Comparison, ChevalleyError> {
    let (first, second) = (Known::of(g, limits)?, Known::of(h, limits)?);
    let types = (cartan_type_of(&first.parts), cartan_type_of(&second.parts));
    if types.0 != types.1 {
        return Ok(Comparison::Different(format!("their types over C differ: {} and {}", types.0, types.1)));
    }
    let forms = (real_forms_of(&first.parts), real_forms_of(&second.parts));
    if forms.0 != forms.1 {
        return Ok(Comparison::Different(format!(
            "both are of type {} over C, but their real forms differ: {} and {}",
            types.0,
            name_of_sum(&forms.0),
            name_of_sum(&forms.1)
        )));
    }
    let bases = (
        exact::exact_basis(g.constants(), &first.parts, &first.spaces, limits)?,
        exact::exact_basis(h.constants(), &second.parts, &second.spaces, limits)?,
    );
    let exact = match &bases {
        // A basis over Q is one over every field.
        (Some(a), Some(b)) if a.field == b.field || a.field == 1 || b.field == 1 => between(a, b, limits)?,
        _ => None,
    };
    if exact.as_ref().is_some_and(|found| found.field > 0) {
        return Ok(Comparison::Isomorphic { exact, real: None });
    }
    match real_isomorphism((g, &first), (h, &second), limits)? {
        Ok(real) => Ok(Comparison::Isomorphic { exact, real: Some(real) }),
        Err(_) if exact.is_some() => Ok(Comparison::Isomorphic { exact, real: None }),
        Err(why) => Err(ChevalleyError::Imprecise(why)),
    }
}

/// `φ = E_h E_g^{-1}`, checked to send one basis to the other.
fn between(from: &ExactBasis, to: &ExactBasis, limits: &Limits) -> Result<Option<ExactIsomorphism>, Stop> {
    let n = from.vectors.len();
    let d = if from.field == 1 { to.field } else { from.field };
    // Row k of the matrix A + √d B is basis vector k; its inverse says how e_j is made of them.
    let dense: Vec<Vec<Surd>> = from.vectors.iter().map(|v| v.dense(n)).collect();
    let size = if d == 1 { n } else { 2 * n };
    limits.reserve(200 * (size as u128).pow(2))?;
    let block = Matrix::from_fn(size, size, |i, j| {
        let entry = &dense[i % n][j % n];
        match (i < n, j < n) {
            (true, true) | (false, false) => entry.a.clone(),
            (true, false) => entry.b.clone(),
            (false, true) => &entry.b * &Rational::from(d),
        }
    });
    let Some(solved) = inverse(&block, limits)? else { return Ok(None) };
    let mut images = Vec::with_capacity(n);
    for j in 0..n {
        limits.check()?;
        let mut image = SurdVector::default();
        for (k, vector) in to.vectors.iter().enumerate() {
            let b = if d == 1 { Rational::ZERO } else { solved[(j, n + k)].clone() };
            let factor = Surd { a: solved[(j, k)].clone(), b };
            if !factor.is_zero() {
                image = image.add_scaled(&factor, vector, d);
            }
        }
        images.push(image);
    }
    for (v, expected) in from.vectors.iter().zip(&to.vectors) {
        limits.check()?;
        let mut image = SurdVector::default();
        for (j, c) in v.dense(n).iter().enumerate().filter(|(_, c)| !c.is_zero()) {
            image = image.add_scaled(c, &images[j], d);
        }
        if image != *expected {
            return Ok(None);
        }
    }
    Ok(Some(ExactIsomorphism { field: d, images }))
}

/// Numerical bases whose Vogan diagrams agree: the map between them commutes with the conjugations.
fn real_isomorphism(
    (g, first): (&Algebra, &Known),
    (h, second): (&Algebra, &Known),
    limits: &Limits,
) -> Result<Result<NumericalIsomorphism, String>, Stop> {
    let bases =
        (numerical_basis(&first.given(g.constants(), limits))?, numerical_basis(&second.given(h.constants(), limits))?);
    let (a, b): (NumericalBasis, NumericalBasis) = match bases {
        (Ok(a), Ok(b)) => (a, b),
        (Err(why), _) | (_, Err(why)) => return Ok(Err(why)),
    };
    if a.vogan != b.vogan {
        return Ok(Err("the Vogan diagrams found were not brought to one form".to_string()));
    }
    let n = g.dim();
    let (from, to) = (from_columns(n, &a.vectors), from_columns(n, &b.vectors));
    // φ E_g = E_h, solved as E_gᵀ φᵀ = E_hᵀ.
    let Some(solved) = from.transpose().solve(&to.transpose()) else { return Ok(Err("a singular basis".to_string())) };
    let largest = |m: &ComplexMatrix, f: fn((f64, f64)) -> f64| {
        (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).map(|(i, j)| f(m.at(i, j))).fold(0.0f64, f64::max)
    };
    let imaginary = largest(&solved, |z| z.1.abs()) / largest(&solved, abs);
    let matrix = Matrix::from_fn(n, n, |i, j| solved.at(j, i).0);
    let residual = defect(&matrix, g.constants(), h.constants(), limits)?;
    if residual.is_nan() || imaginary.is_nan() || residual > 1e-4 || imaginary > 1e-4 {
        return Ok(Err(format!("the map found fails by {residual:.1e}, with imaginary part {imaginary:.1e}")));
    }
    Ok(Ok(NumericalIsomorphism { matrix, residual, imaginary, margin: a.margin.max(b.margin) }))
}

/// How far `φ [x, y] = [φ x, φ y]` fails for random x and all basis elements y.
fn defect(
    matrix: &Matrix<f64>,
    from: &StructureConstants,
    to: &StructureConstants,
    limits: &Limits,
) -> Result<f64, Stop> {
    let n = from.dim();
    let mut rng = random_stream(limits.seed(), 760);
    let elements: Vec<Vec<f64>> = (0..3)
        .map(|_| (0..n).map(|_| random_integer(&mut rng, 1 << 20) as f64 / f64::from(1 << 20)).collect())
        .collect();
    let images: Vec<Vec<f64>> = elements
        .iter()
        .map(|x| matrix.iter_rows().map(|row| row.iter().zip(x).map(|(a, b)| a * b).sum()).collect())
        .collect();
    let before = adjoint_matrices(from, &elements, limits)?;
    let after = adjoint_matrices(to, &images, limits)?;
    let map = complexified(matrix);
    let mut worst = 0.0f64;
    for (a, b) in before.iter().zip(&after) {
        let (left, right) = (map.times(&complexified(a)), complexified(b).times(&map));
        let (mut size, mut gap) = (0.0f64, 0.0f64);
        for i in 0..n {
            for j in 0..n {
                let (x, y) = (left.at(i, j).0, right.at(i, j).0);
                size = size.max(x.abs());
                gap = gap.max((x - y).abs());
                if (x - y).is_nan() {
                    return Ok(f64::NAN);
                }
            }
        }
        if size > 0.0 {
            worst = worst.max(gap / size);
        }
    }
    Ok(worst)
}
