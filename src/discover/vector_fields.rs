//! Polynomial vector fields `v = Σ_a v_a(x) ∂_a`: symmetries beyond matrices, `∇f·v = 0`, exact like them.
//!
//! A field is the matrix of its coefficients: a row for each component, a column for each monomial.

use std::collections::BTreeMap;

use super::ansatz::Ansatz;
use super::error::DiscoverError;
use super::exact_vectors::{interleaved, restricted, stored};
use crate::exact::null_space::{RowSpace, rank, row_space};
use crate::exact::sparse::add_scaled;
use crate::exact::{SparseMatrix, SparseVector};
use crate::forms::{Monomial, Polynomial};
use crate::lie::{Algebra, JacobiProof, QuadraticAlgebra, StructureConstants};
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
/// Over Q(√d) the fields are `A + B √d` by their parts.
pub fn orbit_dimension(
    ansatz: &Ansatz,
    fields: &[[SparseMatrix; 2]],
    radicand: Option<i64>,
    limits: &Limits,
) -> Result<usize, DiscoverError> {
    let n = ansatz.dimension();
    let fields: Vec<[Vec<Polynomial>; 2]> =
        fields.iter().map(|parts| parts.each_ref().map(|m| components(ansatz, m))).collect();
    let mut most = 0;
    for k in 1..=POINTS {
        limits.check()?;
        let point: Vec<Gaussian> =
            (0..n as i64).map(|a| Gaussian::from((7 * k + 5 * a * a + 3 * a) % 23 - 9)).collect();
        let at = |field: &Vec<Polynomial>| -> SparseVector {
            let values = field.iter().map(|p| p.evaluate(&point).re).enumerate();
            values.filter(|(_, x)| !x.is_zero()).map(|(a, x)| (a as u32, x)).collect()
        };
        let values: Vec<[SparseVector; 2]> = fields.iter().map(|parts| parts.each_ref().map(at)).collect();
        most = most.max(match radicand {
            None => rank(n, &values.into_iter().map(|[a, _]| a).collect::<Vec<_>>(), limits)?,
            Some(d) => rank(2 * n, &restricted(&values, d), limits)? / 2,
        });
    }
    Ok(most)
}

/// A vector field with its derivatives, `∂_b v_a` in place `a n + b`.
struct Field {
    components: Vec<Polynomial>,
    slopes: Vec<Polynomial>,
}

impl Field {
    fn new(ansatz: &Ansatz, vector: &SparseVector) -> Field {
        let components = components(ansatz, &stored(ansatz, vector));
        let n = ansatz.dimension() as u32;
        let slopes = components.iter().flat_map(|p| (0..n).map(|b| p.derivative(b))).collect();
        Field { components, slopes }
    }

    /// Adds a multiple of `[u, v] = (v·∇)u − (u·∇)v`, the bracket that is the commutator of matrices for linear fields.
    fn add_bracket(&self, other: &Field, factor: &Rational, sum: &mut [Polynomial]) {
        let (plus, minus) = (Gaussian::from(factor.clone()), Gaussian::from(-factor));
        for (a, sum) in sum.iter_mut().enumerate() {
            for b in 0..self.components.len() {
                let place = a * self.components.len() + b;
                sum.add_product(&plus, &other.components[b], &self.slopes[place]);
                sum.add_product(&minus, &self.components[b], &other.slopes[place]);
            }
        }
    }
}

/// The places of the monomials of an ansatz among the columns of coefficients.
type Places = BTreeMap<Monomial, usize>;

fn places(ansatz: &Ansatz) -> Places {
    ansatz.features().iter().enumerate().map(|(k, m)| (Monomial::new(m.clone()), k)).collect()
}

/// The coefficients of a field; `None` when a monomial is none of the ansatz.
fn coefficients(places: &Places, field: &[Polynomial]) -> Option<SparseVector> {
    let mut out: SparseVector = Vec::new();
    for (a, component) in field.iter().enumerate() {
        for (monomial, x) in component.terms() {
            out.push(((a * places.len() + places.get(monomial)?) as u32, x.re.clone()));
        }
    }
    out.sort_by_key(|(at, _)| *at);
    Some(out)
}

/// The coordinates of a vector in a basis in reduced echelon form; `None` when it lies outside.
fn coordinates(mut vector: SparseVector, space: &RowSpace) -> Option<SparseVector> {
    let mut out = SparseVector::new();
    for (k, (basis, lead)) in space.basis.iter().zip(&space.leading).enumerate() {
        let Ok(place) = vector.binary_search_by_key(lead, |(at, _)| *at) else { continue };
        let x = vector[place].1.clone();
        vector = add_scaled(&vector, &-&x, basis);
        out.push((k as u32, x));
    }
    vector.is_empty().then_some(out)
}

/// The Lie algebra that linearly independent fields span, vectors of unknowns in reduced echelon form; `None` when a bracket
/// leaves their span. `dim² n²` products of polynomials.
pub(super) fn algebra_of_fields(
    ansatz: &Ansatz,
    vectors: &[SparseVector],
    description: &str,
    limits: &Limits,
) -> Result<Option<Algebra>, DiscoverError> {
    let (n, places) = (ansatz.dimension(), places(ansatz));
    let space = row_space(ansatz.len(), vectors, limits)?;
    let fields: Vec<Field> = space.basis.iter().map(|v| Field::new(ansatz, v)).collect();
    let mut table = StructureConstants::abelian(fields.len());
    for i in 0..fields.len() {
        for j in i + 1..fields.len() {
            limits.check()?;
            let mut sum = vec![Polynomial::zero(); n];
            fields[i].add_bracket(&fields[j], &Rational::ONE, &mut sum);
            let bracket = coefficients(&places, &sum).and_then(|vector| coordinates(vector, &space));
            let Some(bracket) = bracket else { return Ok(None) };
            bracket.into_iter().for_each(|(k, x)| table.add(i, j, k as usize, x));
        }
    }
    Ok(Some(Algebra::new(table, JacobiProof::Commutators, format!("symmetries of {description}"))))
}

/// The Lie algebra over Q(√d) that fields `a + b √d` span, vectors of unknowns in reduced echelon form over the field; `None` when
/// a bracket leaves their span. The bracket of `u + u' √d` and `v + v' √d` is
/// `[u, v] + d [u', v'] + ([u, v'] + [u', v]) √d`.
pub(super) fn algebra_of_quadratic_fields(
    ansatz: &Ansatz,
    vectors: &[[SparseVector; 2]],
    radicand: i64,
    description: &str,
    limits: &Limits,
) -> Result<Option<QuadraticAlgebra>, DiscoverError> {
    let (n, places, d) = (ansatz.dimension(), places(ansatz), Rational::from(radicand));
    // Of a reduced basis over the field, each vector followed by its multiple by √d, that over Q.
    let space = row_space(2 * ansatz.len(), &restricted(vectors, radicand), limits)?;
    let fields: Vec<[Field; 2]> = vectors.iter().map(|parts| parts.each_ref().map(|v| Field::new(ansatz, v))).collect();
    let mut table = StructureConstants::abelian(2 * fields.len());
    for (i, [u, u_root]) in fields.iter().enumerate() {
        for (j, [v, v_root]) in fields.iter().enumerate().skip(i + 1) {
            limits.check()?;
            let mut sums = [vec![Polynomial::zero(); n], vec![Polynomial::zero(); n]];
            u.add_bracket(v, &Rational::ONE, &mut sums[0]);
            u_root.add_bracket(v_root, &d, &mut sums[0]);
            u.add_bracket(v_root, &Rational::ONE, &mut sums[1]);
            u_root.add_bracket(v, &Rational::ONE, &mut sums[1]);
            let [a, b] = sums.each_ref().map(|sum| coefficients(&places, sum));
            let bracket = a.zip(b).and_then(|(a, b)| coordinates(interleaved(&a, &b), &space));
            let Some(bracket) = bracket else { return Ok(None) };
            // Its multiples by √d are the brackets with √d times the one or the other, by d that of both.
            for (k, x) in bracket {
                let (k, times) = (k as usize, if k % 2 == 0 { x.clone() } else { &x * &d });
                table.add(2 * i, 2 * j, k, x.clone());
                table.add(2 * i + 1, 2 * j, k ^ 1, times.clone());
                table.add(2 * i, 2 * j + 1, k ^ 1, times);
                table.add(2 * i + 1, 2 * j + 1, k, &x * &d);
            }
        }
    }
    let origin = format!("symmetries of {description}");
    let whole = Algebra::new(table, JacobiProof::Commutators, "");
    Ok(Some(QuadraticAlgebra::new(whole, radicand, false, &origin)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::ansatz::Shape;

    /// The projective fields ∂, t∂, t²∂ of a line, on x = t and y = √2 t: sl(2) over Q(√2), split at both places. With another
    /// coefficient of y² they leave their span.
    #[test]
    fn projective_fields_of_two_lines() {
        let ansatz = Ansatz::new(Shape::Polynomial(2), 2, 1).unwrap();
        assert_eq!(ansatz.features()[..4], [vec![], vec![0], vec![1], vec![0, 0]]);
        let rational = |p, q| Rational::new(p, q).unwrap();
        let fields = |last: Rational| {
            let one = || rational(1, 1);
            [
                [vec![(0, one())], vec![(6, one())]],
                [vec![(1, one()), (8, one())], Vec::new()],
                [vec![(3, one())], vec![(11, last)]],
            ]
        };
        let limits = Limits::none();
        let found = |last| algebra_of_quadratic_fields(&ansatz, &fields(last), 2, "two lines", &limits).unwrap();
        let algebra = found(rational(1, 2)).unwrap();
        let signature = algebra.killing_signature(&limits).unwrap();
        assert_eq!((algebra.dim(), signature.positive, signature.negative), (3, 2, 1));
        assert!(found(rational(1, 1)).is_none());
        assert_eq!(orbit_dimension(&ansatz, &[], Some(2), &limits).unwrap(), 0);
    }
}
