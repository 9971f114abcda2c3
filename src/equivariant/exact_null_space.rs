//! Equivariant maps of any group with exact generators, as the null space of their equations over Q.
//!
//! The equations are made leg by leg, one row at a time: the matrices of the generators on the whole tensor product are never
//! stored. Diagonal generators come first, since they only say which entries vanish.

use super::EquivariantError;
use super::basis::Basis;
use super::entries::{SparseRows, Values};
use super::method::{Completeness, Method};
use crate::exact::null_space::null_space;
use crate::exact::sparse::collect_terms;
use crate::exact::{SparseMatrix, SparseVector};
use crate::limits::Limits;
use crate::num::Rational;

/// A generator of a group by its action on each leg of a tensor product.
#[derive(Clone, Debug)]
pub enum Generator<M> {
    /// An element of the Lie algebra: `v` is invariant when `Σ_l A_l v = 0`, `A_l` acting on leg `l`.
    Infinitesimal(Vec<M>),
    /// An element of the group: `v` is invariant when `(⊗_l h_l) v = v`.
    Finite(Vec<M>),
}

impl<M> Generator<M> {
    /// Its matrices, leg by leg.
    pub(super) fn legs(&self) -> &[M] {
        match self {
            Generator::Infinitesimal(legs) | Generator::Finite(legs) => legs,
        }
    }
}

/// The shape of a tensor with these dimensions whose first `split` legs are the rows, and the strides of its legs.
pub(super) fn layout(dims: &[usize], split: usize) -> Result<((usize, usize), Vec<usize>), EquivariantError> {
    if split > dims.len() {
        return Err(EquivariantError::Argument("more legs for the rows than there are legs".into()));
    }
    let size = |dims: &[usize]| dims.iter().try_fold(1usize, |product, &d| product.checked_mul(d));
    let fits = size(dims).is_some_and(|n| n < u32::MAX as usize);
    let (Some(rows), Some(cols), true) = (size(&dims[..split]), size(&dims[split..]), fits) else {
        return Err(EquivariantError::TooLarge("a tensor product given by matrices".into()));
    };
    let strides = (0..dims.len()).map(|l| dims[l + 1..].iter().product()).collect();
    Ok(((rows, cols), strides))
}

/// The invariant tensors on legs of these dimensions, read as matrices with the first `split` legs for the rows, exactly.
///
/// A factor of the source of a map is a leg on which an element of the algebra acts by `−Aᵀ` and one of the group by the
/// inverse transpose. Cost: sparse elimination of the equations of all generators.
pub fn exact_maps(
    dims: &[usize],
    split: usize,
    generators: &[Generator<&SparseMatrix>],
    limits: &Limits,
) -> Result<Basis, EquivariantError> {
    let (shape, strides) = layout(dims, split)?;
    let fits = |g: &Generator<&SparseMatrix>| {
        g.legs().len() == dims.len() && g.legs().iter().zip(dims).all(|(m, &d)| m.rows() == d && m.cols() == d)
    };
    if !generators.iter().all(fits) {
        return Err(EquivariantError::Argument("every generator needs a square matrix for each leg".into()));
    }
    let legs = Legs { dims, strides, size: shape.0 * shape.1 };
    limits.reserve(legs.size as u128 * 16)?;
    let (diagonal, others): (Vec<_>, Vec<_>) = generators.iter().partition(|g| g.legs().iter().all(|m| is_diagonal(m)));
    // The entries that diagonal generators leave, and their numbers among them.
    let mut unknowns: Vec<u32> = Vec::new();
    for place in 0..legs.size {
        if place.is_multiple_of(4096) {
            limits.check()?;
        }
        if diagonal.iter().all(|g| legs.row(g, place).is_empty()) {
            unknowns.push(place as u32);
        }
    }
    let mut number = vec![u32::MAX; legs.size];
    unknowns.iter().enumerate().for_each(|(k, &place)| number[place as usize] = k as u32);
    let mut rows: Vec<SparseVector> = Vec::new();
    let mut entries = 0usize;
    for (g, generator) in others.iter().enumerate() {
        limits.progress("equations", g as f64 / others.len() as f64);
        for place in 0..legs.size {
            if place.is_multiple_of(1024) {
                limits.check()?;
                limits.reserve(entries as u128 * 96)?;
            }
            let mut row = legs.row(generator, place);
            row.retain(|(k, _)| number[*k as usize] != u32::MAX);
            row.iter_mut().for_each(|(k, _)| *k = number[*k as usize]);
            if !row.is_empty() {
                entries += row.len() + 1;
                rows.push(row);
            }
        }
    }
    limits.progress("null space", 0.3);
    let found = null_space(unknowns.len(), &rows, limits)?;
    let mut out = SparseRows::new(Values::Rationals(Vec::new()));
    let count: usize = found.basis.iter().map(Vec::len).sum();
    limits.reserve(count as u128 * 32)?;
    let mut values = Vec::with_capacity(count);
    for v in found.basis {
        for (k, x) in v {
            out.places.push(u64::from(unknowns[k as usize]));
            values.push(x);
        }
        out.starts.push(out.places.len());
    }
    out.values = Values::Rationals(values);
    Ok(Basis::of_rows(shape, Method::ExactNullSpace, Completeness::ExactRank, out.with_integers()))
}

fn is_diagonal(m: &SparseMatrix) -> bool {
    m.iter_rows().enumerate().all(|(i, row)| row.iter().all(|(j, _)| *j as usize == i))
}

struct Legs<'a> {
    dims: &'a [usize],
    strides: Vec<usize>,
    size: usize,
}

impl Legs<'_> {
    /// Row `place` of the equations of a generator.
    fn row(&self, generator: &Generator<&SparseMatrix>, place: usize) -> SparseVector {
        let digit = |l: usize| place / self.strides[l] % self.dims[l];
        match generator {
            Generator::Infinitesimal(matrices) => {
                let mut terms = Vec::new();
                for (l, m) in matrices.iter().enumerate() {
                    let base = place - digit(l) * self.strides[l];
                    let row = m.row(digit(l)).iter();
                    terms.extend(row.map(|(j, x)| ((base + *j as usize * self.strides[l]) as u32, x.clone())));
                }
                collect_terms(terms)
            }
            Generator::Finite(matrices) => {
                let mut terms = vec![(0u32, Rational::ONE)];
                for (l, m) in matrices.iter().enumerate() {
                    let row = m.row(digit(l));
                    let stride = self.strides[l] as u32;
                    terms =
                        terms.iter().flat_map(|(k, x)| row.iter().map(move |(j, y)| (k + j * stride, x * y))).collect();
                }
                terms.push((place as u32, Rational::from(-1)));
                collect_terms(terms)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equivariant::{Form, orthogonal_maps, special_orthogonal_maps, symmetric_maps};

    fn q(n: i64) -> Rational {
        Rational::from(n)
    }

    fn so(n: usize, scale: &Rational) -> Vec<SparseMatrix> {
        let pairs = (0..n).flat_map(|i| (0..i).map(move |j| (i, j)));
        pairs.map(|(i, j)| SparseMatrix::from_triples(n, n, [(i, j, scale.clone()), (j, i, -scale)])).collect()
    }

    fn spans_the_same(a: &Basis, b: &Basis) {
        let limits = Limits::none();
        assert_eq!((a.rank(), a.rows(), a.cols()), (b.rank(), b.rows(), b.cols()));
        let vectors: Vec<SparseVector> = [a, b]
            .iter()
            .flat_map(|basis| {
                let rows = basis.sparse(&limits).unwrap().unwrap();
                (0..rows.len())
                    .map(|k| rows.row(k).map(|(p, x)| (p as u32, x)).collect::<SparseVector>())
                    .collect::<Vec<_>>()
            })
            .collect();
        let size = a.rows() * a.cols();
        assert_eq!(crate::exact::null_space::rank(size, &vectors, &limits).unwrap(), a.rank());
    }

    /// SO(n) and O(n) by diagrams, whatever the scale of the generators; S(n) by partitions, its generators being matrices.
    #[test]
    fn agrees_with_diagrams() {
        let limits = Limits::none();
        for scale in [q(1), Rational::new(1, 1_000_000).unwrap(), q(10_000)] {
            for (n, out, into) in [(2, 2, 2), (3, 1, 1), (3, 2, 2), (3, 2, 1), (4, 2, 2)] {
                let algebra = so(n, &scale);
                let mut generators: Vec<Generator<&SparseMatrix>> =
                    algebra.iter().map(|a| Generator::Infinitesimal(vec![a; out + into])).collect();
                let dims = vec![n; out + into];
                let form = Form::euclidean(n);
                let found = exact_maps(&dims, out, &generators, &limits).unwrap();
                spans_the_same(&found, &special_orthogonal_maps(&form, out, into, &limits).unwrap());
                let mirror = SparseMatrix::from_triples(n, n, (0..n).map(|i| (i, i, q(if i == 0 { -1 } else { 1 }))));
                generators.push(Generator::Finite(vec![&mirror; out + into]));
                let found = exact_maps(&dims, out, &generators, &limits).unwrap();
                spans_the_same(&found, &orthogonal_maps(&form, out, into, &limits).unwrap());
            }
        }
        let swap = SparseMatrix::from_triples(4, 4, [(0, 1, q(1)), (1, 0, q(1)), (2, 2, q(1)), (3, 3, q(1))]);
        let cycle = SparseMatrix::from_triples(4, 4, (0..4).map(|i| ((i + 1) % 4, i, q(1))));
        let generators = [Generator::Finite(vec![&swap; 4]), Generator::Finite(vec![&cycle; 4])];
        let found = exact_maps(&[4; 4], 2, &generators, &limits).unwrap();
        spans_the_same(&found, &symmetric_maps(4, 2, 2, &limits).unwrap());
    }

    /// Faults of a float solver with a fixed cut-off (section 1.7 of the reference): nearly trivial weights, a shear, a
    /// rational rotation of infinite order.
    #[test]
    fn nearly_trivial_groups() {
        let limits = Limits::none();
        let small = Rational::new(1, 100_000).unwrap();
        let torus = SparseMatrix::from_triples(3, 3, [(0, 0, q(1)), (1, 1, q(-1)), (2, 2, small)]);
        assert_eq!(exact_maps(&[3], 1, &[Generator::Infinitesimal(vec![&torus])], &limits).unwrap().rank(), 0);
        let found = exact_maps(&[3, 3], 1, &[Generator::Infinitesimal(vec![&torus; 2])], &limits).unwrap();
        assert_eq!(found.rank(), 2);
        let shear = SparseMatrix::from_triples(2, 2, [(0, 0, q(1)), (0, 1, q(1)), (1, 1, q(1))]);
        assert_eq!(exact_maps(&[2], 1, &[Generator::Finite(vec![&shear])], &limits).unwrap().rank(), 1);
        let part = |n: i64| Rational::new(n, 5).unwrap();
        let turn =
            SparseMatrix::from_triples(2, 2, [(0, 0, part(3)), (0, 1, part(-4)), (1, 0, part(4)), (1, 1, part(3))]);
        assert_eq!(exact_maps(&[2, 2], 1, &[Generator::Finite(vec![&turn; 2])], &limits).unwrap().rank(), 2);
        assert_eq!(exact_maps(&[2, 2], 1, &[], &limits).unwrap().rank(), 4);
        assert!(exact_maps(&[2, 2], 1, &[Generator::Finite(vec![&turn])], &limits).is_err());
    }
}
