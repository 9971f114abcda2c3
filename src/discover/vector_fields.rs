//! Polynomial vector fields `v = Σ_a v_a(x) ∂_a`: symmetries beyond matrices, `∇f·v = 0`, exact like them.
//!
//! A field is the matrix of its coefficients: a row for each component, a column for each monomial.

use std::collections::BTreeMap;

use super::ansatz::Ansatz;
use super::error::DiscoverError;
use crate::exact::null_space::{rank, row_space};
use crate::exact::sparse::add_scaled;
use crate::exact::{SparseMatrix, SparseVector};
use crate::forms::{Monomial, Polynomial};
use crate::lie::{Algebra, JacobiProof, StructureConstants};
use crate::limits::Limits;
use crate::num::{Gaussian, Rational};

/// Points at which the dimension of orbits is looked at: their largest counts.
const POINTS: i64 = 3;

/// The components of the field with these coefficients.
pub fn components(ansatz: &Ansatz, coefficients: &SparseMatrix) -> Vec<Polynomial> {
    let component = |row: &[(u32, Rational)]| {
        let mut sum = Polynomial::zero();
        for (k, x) in row {
            let monomial = ansatz.features().get(*k as usize).cloned().unwrap_or_default();
            sum.add_term(Gaussian::from(x.clone()), Monomial::new(monomial));
        }
        sum
    };
    coefficients.iter_rows().map(component).collect()
}

/// The dimension of the orbits of one vector: the rank of the fields at integer points, a lower bound that generic points meet.
pub fn orbit_dimension(ansatz: &Ansatz, fields: &[SparseMatrix], limits: &Limits) -> Result<usize, DiscoverError> {
    let n = ansatz.dimension();
    let fields: Vec<Vec<Polynomial>> = fields.iter().map(|m| components(ansatz, m)).collect();
    let mut most = 0;
    for k in 1..=POINTS {
        limits.check()?;
        let point: Vec<Gaussian> =
            (0..n as i64).map(|a| Gaussian::from((7 * k + 5 * a * a + 3 * a) % 23 - 9)).collect();
        let at = |field: &Vec<Polynomial>| -> SparseVector {
            let values = field.iter().map(|p| p.evaluate(&point).re).enumerate();
            values.filter(|(_, x)| !x.is_zero()).map(|(a, x)| (a as u32, x)).collect()
        };
        most = most.max(rank(n, &fields.iter().map(at).collect::<Vec<_>>(), limits)?);
    }
    Ok(most)
}

/// The Lie algebra that linearly independent fields span, vectors of unknowns in reduced echelon form; `None` when a bracket
/// leaves their span. The bracket is the one that is the commutator of matrices for linear fields, `[u, v] = (v·∇)u − (u·∇)v`.
/// `dim² n²` products of polynomials.
pub(super) fn algebra_of_fields(
    ansatz: &Ansatz,
    vectors: &[SparseVector],
    description: &str,
    limits: &Limits,
) -> Result<Option<Algebra>, DiscoverError> {
    let (n, columns) = (ansatz.dimension(), ansatz.features().len());
    let space = row_space(ansatz.len(), vectors, limits)?;
    let numbers: BTreeMap<Monomial, usize> =
        ansatz.features().iter().enumerate().map(|(k, m)| (Monomial::new(m.clone()), k)).collect();
    let fields: Vec<Vec<Polynomial>> =
        space.basis.iter().map(|v| components(ansatz, &super::exact_vectors::stored(ansatz, v))).collect();
    let slopes = |field: &Vec<Polynomial>| -> Vec<Polynomial> {
        field.iter().flat_map(|p| (0..n as u32).map(|b| p.derivative(b))).collect()
    };
    let slopes: Vec<Vec<Polynomial>> = fields.iter().map(slopes).collect();
    let (plus, minus) = (Gaussian::from(1), Gaussian::from(-1));
    let mut table = StructureConstants::abelian(fields.len());
    for i in 0..fields.len() {
        for j in i + 1..fields.len() {
            limits.check()?;
            let mut bracket: SparseVector = Vec::new();
            for a in 0..n {
                let mut sum = Polynomial::zero();
                for b in 0..n {
                    sum.add_product(&plus, &fields[j][b], &slopes[i][a * n + b]);
                    sum.add_product(&minus, &fields[i][b], &slopes[j][a * n + b]);
                }
                for (monomial, x) in sum.terms() {
                    let Some(k) = numbers.get(monomial) else { return Ok(None) };
                    bracket.push(((a * columns + k) as u32, x.re.clone()));
                }
            }
            bracket.sort_by_key(|(at, _)| *at);
            for (k, (basis, lead)) in space.basis.iter().zip(&space.leading).enumerate() {
                let Ok(place) = bracket.binary_search_by_key(lead, |(at, _)| *at) else { continue };
                let x = bracket[place].1.clone();
                bracket = add_scaled(&bracket, &-&x, basis);
                table.add(i, j, k, x);
            }
            if !bracket.is_empty() {
                return Ok(None);
            }
        }
    }
    Ok(Some(Algebra::new(table, JacobiProof::Commutators, format!("symmetries of {description}"))))
}
