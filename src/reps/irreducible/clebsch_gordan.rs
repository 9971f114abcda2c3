//! Clebsch–Gordan coefficients of any reductive type.
//!
//! In each representation the orthogonal basis of [`Orthogonal`] is divided by its norms; coefficients are then numbers
//! `±√(p/q)` and form an orthogonal matrix. Signs: the map from `V(ν)` takes the highest weight vector to a highest weight
//! vector whose first coefficient, in the lexicographic order of the pairs, is positive. For A1 these are the phases of
//! Condon and Shortley: `⟨j_1 j_1 j_2 (J − j_1) | J J⟩ > 0`. Where `ν` occurs several times in a square, the copies that are
//! symmetric under the exchange of the factors come first, then the antisymmetric ones; within either kind, and for two
//! different factors, the reduced echelon basis of the highest weight vectors is made orthogonal by Gram–Schmidt.

use std::collections::BTreeMap;
use std::sync::Arc;

use num_traits::ToPrimitive;

use super::de_swart::{flips, highest_state, is_su3, isospins};
use super::highest_vectors::{OrthogonalProduct, Product};
use super::matrices::apply;
use super::{Irreducible, Orthogonal, SignedRoot};
use crate::exact::null_space::row_space;
use crate::exact::{SparseVector, sparse};
use crate::limits::Limits;
use crate::num::Rational;
use crate::weights::{Decomposition, ReductiveType, Weight, WeightError, tensor};

/// One irreducible representation in a tensor product of two, with its coefficients.
#[derive(Clone, Debug)]
pub struct Component {
    /// The representation in its orthogonal basis.
    pub target: Arc<Orthogonal>,
    /// Which of several equal ones, from 0.
    pub copy: usize,
    /// In a square: whether the exchange of the factors keeps it (`true`) or changes its sign.
    pub symmetric: Option<bool>,
    /// The squared norm of the highest weight vector.
    norm: Rational,
    /// For each vector `o_k` its image in coordinates of `o_i ⊗ o_j`, at index `i · dim + j`.
    vectors: Vec<SparseVector>,
    /// The basis vectors whose sign a convention changes.
    flips: Vec<bool>,
}

/// All or some components of a tensor product.
pub struct ClebschGordan {
    space: OrthogonalProduct,
    components: Vec<Component>,
    /// The basis vectors of both factors whose sign a convention changes.
    flips: [Vec<bool>; 2],
}

impl ClebschGordan {
    /// The coefficients for `V(left) ⊗ V(right)`; for the component `only` when it is given.
    pub fn new(
        group: &ReductiveType,
        left: &[i64],
        right: &[i64],
        only: Option<&[i64]>,
        limits: &Limits,
    ) -> Result<ClebschGordan, WeightError> {
        let mut known: BTreeMap<Weight, Arc<Irreducible>> = BTreeMap::new();
        for weight in [left, right] {
            if !known.contains_key(weight) {
                known.insert(weight.to_vec(), Arc::new(Irreducible::new(group, weight, limits)?));
            }
        }
        // Refused before anything larger is made.
        Product::new(vec![known[left].clone(), known[right].clone()])?.reserve(limits)?;
        let mut bases: BTreeMap<Weight, Arc<Orthogonal>> = BTreeMap::new();
        let mut orthogonal = |weight: &[i64]| -> Result<Arc<Orthogonal>, WeightError> {
            if let Some(found) = bases.get(weight) {
                return Ok(found.clone());
            }
            let module = match known.get(weight) {
                Some(module) => module.clone(),
                None => Arc::new(Irreducible::new(group, weight, limits)?),
            };
            let found = Arc::new(Orthogonal::new(module, limits)?);
            bases.insert(weight.to_vec(), found.clone());
            Ok(found)
        };
        let irreducible = |weight: &[i64]| Decomposition::irreducible(group, weight);
        let parts = tensor(&irreducible(left)?, &irreducible(right)?, limits)?;
        let space = OrthogonalProduct::new(vec![orthogonal(left)?, orthogonal(right)?])?;
        let mut components = Vec::new();
        for (weight, times) in parts.terms() {
            if only.is_some_and(|w| w != &weight[..]) {
                continue;
            }
            let target = orthogonal(weight)?;
            let mut highest = highest_vectors(&space, left == right, weight, limits)?;
            if times.to_usize() != Some(highest.len()) {
                let message =
                    format!("{} highest weight vectors of weight {weight:?} instead of {times}", highest.len());
                return Err(WeightError::Check(message));
            }
            let vectors: Vec<SparseVector> = highest.iter_mut().map(|(v, _)| std::mem::take(v)).collect();
            let vectors = space.orthogonalise(vectors, limits)?;
            for (copy, (vector, (_, symmetric))) in vectors.into_iter().zip(highest).enumerate() {
                components.push(component(&space, target.clone(), copy, symmetric, vector, limits)?);
            }
        }
        if only.is_none() {
            let total: usize = components.iter().map(|c| c.target.module().dim()).sum();
            if total != space.product.dim() {
                return Err(WeightError::Check(format!("the components have {total} dimensions")));
            }
        }
        // Stable: copies keep their order, and so do weights of one dimension.
        components.sort_by_key(|c| c.target.module().dim());
        let flips = [0, 1].map(|side| vec![false; space.bases[side].module().dim()]);
        Ok(ClebschGordan { space, components, flips })
    }

    /// The same in the phases of de Swart: see `de_swart.rs`; `None` unless the type is A2. `8_1` and `8_2` of `8 ⊗ 8` are the
    /// symmetric and the antisymmetric copy.
    pub fn with_de_swart_phases(mut self) -> Option<ClebschGordan> {
        if !is_su3(self.space.bases[0].module().group()) {
            return None;
        }
        let spins = [0, 1].map(|side| isospins(&self.space.bases[side]));
        self.flips = [flips(&spins[0]), flips(&spins[1])];
        let columns = spins[1].len();
        for at in 0..self.components.len() {
            let target = self.components[at].target.clone();
            self.components[at].flips = flips(&isospins(&target));
            let deciding = self.coefficients(&self.components[at], highest_state(&target)).into_iter().max_by_key(
                |((i, j), _)| {
                    let (a, b) = (spins[0][*i], spins[1][*j]);
                    (a.twice_i, b.twice_i, a.thrice_y, std::cmp::Reverse(i * columns + j))
                },
            );
            if deciding.is_some_and(|(_, x)| x.signum() < 0) {
                self.components[at].flips.iter_mut().for_each(|flip| *flip = !*flip);
            }
        }
        Some(self)
    }

    /// The two factors in their orthogonal bases.
    pub fn factors(&self) -> (&Arc<Orthogonal>, &Arc<Orthogonal>) {
        (&self.space.bases[0], &self.space.bases[1])
    }

    /// The components by dimension, then by highest weight and copy.
    pub fn components(&self) -> &[Component] {
        &self.components
    }

    /// The coefficients of vector `k` of a component: places `(i, j)` with numbers that are not zero, in lexicographic order.
    pub fn coefficients(&self, component: &Component, k: usize) -> Vec<((usize, usize), SignedRoot)> {
        let columns = self.space.bases[1].module().dim();
        let norm = &component.norm * &component.target.norms()[k];
        let entry = |(index, x): &(u32, Rational)| {
            let square = self.space.norm(*index).checked_div(&norm).unwrap_or_default();
            let (i, j) = (*index as usize / columns, *index as usize % columns);
            let value = SignedRoot::scaled(x, &square);
            let odd = self.flips[0][i] ^ self.flips[1][j] ^ component.flips[k];
            ((i, j), if odd { -value } else { value })
        };
        component.vectors[k].iter().map(entry).collect()
    }

    /// The number of coefficients that are not zero.
    pub fn nonzeros(&self) -> usize {
        self.components.iter().flat_map(|c| &c.vectors).map(Vec::len).sum()
    }

    /// Checks exactly that all vectors found are orthogonal, with the norms they should have.
    pub fn is_orthonormal(&self) -> bool {
        let all: Vec<(&SparseVector, Rational)> = self
            .components
            .iter()
            .flat_map(|c| c.vectors.iter().zip(c.target.norms()).map(|(v, n)| (v, &c.norm * n)))
            .collect();
        all.iter().enumerate().all(|(a, (u, norm))| {
            self.space.inner(u, u) == *norm && all[a + 1..].iter().all(|(v, _)| self.space.inner(u, v).is_zero())
        })
    }

    /// Checks exactly that each component is a map of representations: `e_i` and `f_i` commute with it.
    pub fn is_equivariant(&self) -> bool {
        let product = &self.space.product;
        self.components.iter().all(|c| {
            (0..c.vectors.len()).all(|k| {
                let v = self.space.original(&c.vectors[k]);
                (0..c.target.module().rank()).all(|i| {
                    self.space.coordinates(&product.raise(i, &v)) == apply(&c.vectors, &c.target.raised(i, k))
                        && self.space.coordinates(&product.lower(i, &v)) == apply(&c.vectors, &c.target.lowered(i, k))
                })
            })
        })
    }
}

/// The highest weight vectors of one weight in orthogonal coordinates, and in a square how the exchange acts on them.
fn highest_vectors(
    space: &OrthogonalProduct,
    square: bool,
    weight: &[i64],
    limits: &Limits,
) -> Result<Vec<(SparseVector, Option<bool>)>, WeightError> {
    let found = space.product.highest_vectors(weight, limits)?;
    let found: Vec<SparseVector> = found.iter().map(|v| space.coordinates(v)).collect();
    let size = space.product.dim();
    if !square {
        return Ok(row_space(size, &found, limits)?.basis.into_iter().map(|v| (v, None)).collect());
    }
    let side = space.bases[1].module().dim() as u32;
    let mut out = Vec::new();
    for (sign, symmetric) in [(1, true), (-1, false)] {
        let exchanged = |v: &SparseVector| {
            let terms = v.iter().map(|(k, x)| (k % side * side + k / side, x.clone())).collect();
            sparse::add_scaled(v, &Rational::from(sign), &sparse::collect_terms(terms))
        };
        let part: Vec<SparseVector> = found.iter().map(exchanged).filter(|v| !v.is_empty()).collect();
        out.extend(row_space(size, &part, limits)?.basis.into_iter().map(|v| (v, Some(symmetric))));
    }
    Ok(out)
}

/// Lowers a highest weight vector and checks the norms.
fn component(
    space: &OrthogonalProduct,
    target: Arc<Orthogonal>,
    copy: usize,
    symmetric: Option<bool>,
    highest: SparseVector,
    limits: &Limits,
) -> Result<Component, WeightError> {
    let norm = space.inner(&highest, &highest);
    let images = space.product.embedding(target.module(), space.original(&highest), limits)?;
    let mut vectors = Vec::with_capacity(images.len());
    for k in 0..images.len() {
        limits.check()?;
        let vector = space.coordinates(&apply(&images, target.vector(k)));
        if space.inner(&vector, &vector) != &norm * &target.norms()[k] {
            return Err(WeightError::Check("a coupled vector has the wrong norm".into()));
        }
        vectors.push(vector);
    }
    let flips = vec![false; vectors.len()];
    Ok(Component { target, copy, symmetric, norm, vectors, flips })
}
