//! Restriction of a representation to a subalgebra that is given by elements or by matrices.

use std::sync::Arc;

use super::node::Node;
use super::{Base, Rep, RepError};
use crate::exact::SparseMatrix;
use crate::exact::null_space::null_space;
use crate::exact::sparse::SparseVector;
use crate::lie::Algebra;
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// The coordinates of matrices in the basis of an algebra of matrices; `None` when one of them lies outside.
///
/// Exact: one sparse null space, of `N²` equations in `dim g + count` unknowns. Complex matrices are given in stored form,
/// see [`crate::lie::realified`].
pub fn coordinates_in(
    algebra: &Algebra,
    matrices: &[SparseMatrix],
    limits: &Limits,
) -> Result<Option<Vec<Vec<Rational>>>, Stop> {
    let Some(realization) = algebra.realization() else { return Ok(None) };
    let count = matrices.len();
    // Unknowns: the factors of the given matrices, whose relations are read off, then those of the basis.
    let all: Vec<&SparseMatrix> = matrices.iter().chain(&realization.basis).collect();
    let mut entries: Vec<(usize, usize, u32, Rational)> = Vec::new();
    for (k, m) in all.iter().enumerate() {
        limits.check()?;
        let sign = if k < count { Rational::ONE } else { -Rational::ONE };
        entries.extend(m.triples().map(|(i, j, v)| (i, j, k as u32, &sign * v)));
    }
    entries.sort_by_key(|e| (e.0, e.1, e.2));
    let mut rows: Vec<SparseVector> = Vec::new();
    for group in entries.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        rows.push(group.iter().map(|(_, _, k, v)| (*k, v.clone())).collect());
    }
    rows.sort();
    rows.dedup();
    let found = null_space(all.len(), &rows, limits)?;
    if !found.leading.iter().take(count).copied().eq(0..count as u32) {
        return Ok(None);
    }
    let coordinates = |solution: &SparseVector| {
        let mut out = vec![Rational::ZERO; algebra.dim()];
        for (k, v) in solution.iter().filter(|(k, _)| *k as usize >= count) {
            out[*k as usize - count] = v.clone();
        }
        out
    };
    Ok(Some(found.basis.iter().take(count).map(coordinates).collect()))
}

/// The representation of `h` in which its basis element `i` acts as `elements[i]` of the algebra above.
///
/// That the brackets of `h` are those of the elements is checked exactly. Leaves get new matrices, `dim h` sums of matrices
/// each; sums, products and powers stay what they are.
pub fn restriction(rep: &Rep, h: &Base, elements: &[Vec<Rational>], limits: &Limits) -> Result<Rep, RepError> {
    let (above, below) = (rep.base().algebra(), h.algebra());
    if elements.len() != below.dim() {
        return Err(RepError::Count { expected: below.dim(), found: elements.len() });
    }
    for i in 0..below.dim() {
        for j in i + 1..below.dim() {
            limits.check()?;
            let mut expected = vec![Rational::ZERO; above.dim()];
            for (k, c) in below.constants().upper(i, j) {
                let terms = expected.iter_mut().zip(&elements[*k as usize]).filter(|(_, x)| !x.is_zero());
                terms.for_each(|(sum, x)| *sum = &*sum + &(c * x));
            }
            if above.constants().bracket(&elements[i], &elements[j]) != expected {
                return Err(RepError::NotARepresentation { first: i, second: j });
            }
        }
    }
    let mut known = Vec::new();
    let node = Restriction { above: rep.base(), below: h, elements }.node(&rep.node, &mut known, limits)?;
    Rep::from_node(h, node)
}

struct Restriction<'a> {
    above: &'a Base,
    below: &'a Base,
    elements: &'a [Vec<Rational>],
}

/// Leaves with what they become.
type Known = Vec<(Arc<Node>, Arc<Node>)>;

impl Restriction<'_> {
    fn node(&self, node: &Arc<Node>, known: &mut Known, limits: &Limits) -> Result<Arc<Node>, RepError> {
        match &**node {
            Node::Vector | Node::Conjugate | Node::Adjoint | Node::Given(_) | Node::Of(..) => {
                if let Some((_, new)) = known.iter().find(|(old, _)| old == node) {
                    return Ok(new.clone());
                }
                let new = self.leaf(node, limits)?;
                known.push((node.clone(), new.clone()));
                Ok(new)
            }
            _ => node.rebuilt(|x| self.node(x, known, limits)),
        }
    }

    fn leaf(&self, node: &Arc<Node>, limits: &Limits) -> Result<Arc<Node>, RepError> {
        let rep = Rep::from_node(self.above, node.clone())?;
        let needed: Vec<usize> =
            (0..self.above.algebra().dim()).filter(|&k| self.elements.iter().any(|x| !x[k].is_zero())).collect();
        let found = rep.matrices_of(&needed, limits)?;
        let size = rep.size()?;
        let mut matrices = Vec::with_capacity(self.elements.len());
        for x in self.elements {
            limits.check()?;
            let terms = needed.iter().zip(&found).filter(|(k, _)| !x[**k].is_zero());
            let triples = terms.flat_map(|(k, m)| m.triples().map(|(i, j, v)| (i, j, &x[*k] * v)));
            matrices.push(SparseMatrix::from_triples(size, size, triples));
        }
        let own = self.below.algebra().realization();
        if **node == Node::Vector && own.is_some_and(|r| r.basis == matrices) {
            return Ok(Arc::new(Node::Vector));
        }
        let name = match &**node {
            Node::Adjoint => format!("({})", self.above.name()),
            _ => rep.name(),
        };
        match matrices.is_empty() {
            true => Ok(Rep::scalar(self.below).times(size as u64)?.node),
            false => Ok(Rep::given(self.below, name, matrices, limits)?.node),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::named::{self, Arg};
    use crate::lie::{MatrixSet, generate};
    use crate::num::Gaussian;
    use crate::reps::decompose::{complexification, defining_module};
    use crate::reps::group_by_name;
    use crate::weights::Decomposition;

    fn limits() -> Limits {
        Limits::none()
    }

    fn terms(v: &Decomposition) -> Vec<(Vec<i64>, i64)> {
        v.terms().iter().map(|(w, m)| (w.clone(), m.try_into().unwrap())).collect()
    }

    fn restricted(rep: &Rep, h: &Base) -> Vec<(Vec<i64>, i64)> {
        let matrices = &h.algebra().realization().unwrap().basis;
        let elements = coordinates_in(rep.base().algebra(), matrices, &limits()).unwrap().unwrap();
        let found = restriction(rep, h, &elements, &limits()).unwrap();
        terms(complexification(&found, &limits()).unwrap().decomposition(&limits()).unwrap())
    }

    #[test]
    fn rotations_in_larger_groups() {
        // so(3) on the first three of five coordinates: 10 = Λ²(3 + 1 + 1) = 3 + 2·3 + 1.
        let so5 = Base::new("SO(5)", Arc::new(named::so(5, 0, &limits()).unwrap()));
        let turn =
            |i: usize, j: usize| SparseMatrix::from_triples(5, 5, [(i, j, Rational::ONE), (j, i, -Rational::ONE)]);
        let set = MatrixSet::sparse(vec![turn(0, 1), turn(1, 2)]).unwrap();
        let h = Base::new("h", Arc::new(generate(&set, 20, &limits()).unwrap()));
        assert_eq!(h.algebra().dim(), 3);
        let v = Rep::vector(&so5).unwrap();
        assert_eq!(restricted(&v, &h), [(vec![0], 2), (vec![2], 1)]);
        assert_eq!(restricted(&Rep::adjoint(&so5), &h), [(vec![0], 1), (vec![2], 3)]);
        assert_eq!(restricted(&v.exterior_power(2).unwrap(), &h), [(vec![0], 1), (vec![2], 3)]);
        // A matrix outside is noticed.
        let outside = SparseMatrix::from_triples(5, 5, [(0, 0, Rational::ONE)]);
        assert!(coordinates_in(so5.algebra(), &[outside], &limits()).unwrap().is_none());
    }

    #[test]
    fn complex_spaces_of_complex_matrices() {
        // C³ of SU(3) alone, not with its conjugate; u(1) in SU(3) by diag(i, i, −2i).
        let su3 = group_by_name("SU", &[Arg::Integer(3)], &limits()).unwrap().base().clone();
        let three = defining_module(&su3, &limits()).unwrap();
        assert_eq!(terms(three.decomposition(&limits()).unwrap()).len(), 1);
        assert_eq!(three.decomposition(&limits()).unwrap().dimension(&limits()).unwrap(), 3.into());
        let i = |k: i64| Gaussian::new(Rational::ZERO, Rational::from(k));
        let diagonal = |a: [i64; 3]| {
            crate::exact::Matrix::from_fn(3, 3, |r, c| if r == c { i(a[r]) } else { Gaussian::from(Rational::ZERO) })
        };
        let set = MatrixSet::gaussian(&[diagonal([1, 1, -2])]).unwrap();
        let torus = Base::new("u(1)", Arc::new(generate(&set, 5, &limits()).unwrap()));
        let found = terms(defining_module(&torus, &limits()).unwrap().decomposition(&limits()).unwrap());
        assert!(found == [(vec![-2], 1), (vec![1], 2)] || found == [(vec![-1], 2), (vec![2], 1)], "{found:?}");
        // Over R: with the conjugate.
        assert_eq!(
            restricted(&Rep::vector(&su3).unwrap(), &torus),
            [(vec![-2], 1), (vec![-1], 2), (vec![1], 2), (vec![2], 1)]
        );
    }
}
