//! The contravariant form of `V(λ)` and bases of weight vectors that are orthogonal for it.
//!
//! The form is the one with `(f_i u, v) = (u, e_i v)` and `(b_1, b_1) = 1` (Jantzen; Humphreys, *Representations of
//! Semisimple Lie Algebras in the BGG Category O*, section 3.14). On `V(λ)` over R it is positive definite and makes the
//! compact real form anti-Hermitian.

use std::sync::Arc;

use super::Irreducible;
use super::matrices::apply;
use super::spaces::Space;
use crate::exact::{SparseVector, sparse};
use crate::limits::Limits;
use crate::num::Rational;
use crate::weights::WeightError;

/// A basis of weight vectors `o_k` of an irreducible representation, orthogonal for the contravariant form.
///
/// Within a weight space it is the Gram–Schmidt basis of the basis of [`Irreducible`], so `o_k = b_k + …` with earlier
/// vectors of the same weight. It is adapted to `f_1`: vectors of one weight belong to different strings of the first
/// simple root, the longest first, and `f_1` takes each to a positive multiple of another. For A2 that is the isospin
/// basis of physics, with the phases of Condon and Shortley within each multiplet.
#[derive(Clone, Debug)]
pub struct Orthogonal {
    module: Arc<Irreducible>,
    norms: Vec<Rational>,
    /// `o_k` in the basis `b`.
    vectors: Vec<SparseVector>,
    /// `b_k` in the basis `o`.
    inverse: Vec<SparseVector>,
    /// Row `k` of the Gram matrix `(b_k, b_l)`.
    gram: Vec<SparseVector>,
}

impl Orthogonal {
    /// Gram–Schmidt over Q in each weight space. Cost: the cube of each multiplicity.
    pub fn new(module: Arc<Irreducible>, limits: &Limits) -> Result<Orthogonal, WeightError> {
        let dim = module.dim();
        let mut out = Orthogonal {
            norms: Vec::with_capacity(dim),
            vectors: Vec::with_capacity(dim),
            inverse: Vec::with_capacity(dim),
            gram: Vec::with_capacity(dim),
            module: module.clone(),
        };
        for space in module.spaces() {
            limits.check()?;
            limits.reserve((space.dim * space.dim) as u128 * 96)?;
            for k in space.range() {
                let row = out.gram_row(space, k);
                out.gram.push(row);
            }
            out.orthogonalise(space)?;
        }
        Ok(out)
    }

    /// `(f_i^k b_a, b_l) = (b_a, e_i^k b_l)`.
    fn gram_row(&self, space: &Space, k: usize) -> SparseVector {
        let definition = self.module.definition(k);
        if definition.is_empty() {
            return vec![(k as u32, Rational::ONE)];
        }
        let entry = |l: usize| {
            let mut sum = Rational::ZERO;
            for (factor, step) in definition {
                let raised = step.apply(vec![(l as u32, Rational::ONE)], |i, v| self.module.raise(i, v));
                sum.add_product(factor, &product(&self.gram[step.above], &raised));
            }
            (l as u32, sum)
        };
        space.range().map(entry).filter(|(_, x)| !x.is_zero()).collect()
    }

    /// `o_k = b_k − Σ (o_l, b_k)/(o_l, o_l) o_l`.
    fn orthogonalise(&mut self, space: &Space) -> Result<(), WeightError> {
        for k in space.range() {
            let mut vector: SparseVector = vec![(k as u32, Rational::ONE)];
            let mut expansion: SparseVector = Vec::new();
            let mut norm = sparse::entry(&self.gram[k], k as u32);
            for l in space.start..k {
                let overlap = product(&self.vectors[l], &self.gram[k]);
                if overlap.is_zero() {
                    continue;
                }
                let factor = overlap.checked_div(&self.norms[l]).unwrap_or_default();
                vector = sparse::add_scaled(&vector, &-&factor, &self.vectors[l]);
                norm = &norm - &(&factor * &overlap);
                expansion.push((l as u32, factor));
            }
            if norm.signum() <= 0 {
                return Err(WeightError::Check("the contravariant form is not positive".into()));
            }
            expansion.push((k as u32, Rational::ONE));
            self.norms.push(norm);
            self.vectors.push(vector);
            self.inverse.push(expansion);
        }
        Ok(())
    }

    /// The representation.
    pub fn module(&self) -> &Arc<Irreducible> {
        &self.module
    }

    /// The squared norms `(o_k, o_k)`, positive, 1 for the highest weight vector.
    pub fn norms(&self) -> &[Rational] {
        &self.norms
    }

    /// `o_k` in the basis of the representation.
    pub fn vector(&self, k: usize) -> &[(u32, Rational)] {
        &self.vectors[k]
    }

    /// All `o_k` in the basis of the representation.
    pub(super) fn vectors(&self) -> &[SparseVector] {
        &self.vectors
    }

    /// All basis vectors of the representation in coordinates of `o`.
    pub(super) fn inverse(&self) -> &[SparseVector] {
        &self.inverse
    }

    /// The Gram matrix `(b_k, b_l)` in rows.
    pub fn gram(&self) -> &[SparseVector] {
        &self.gram
    }

    /// A vector in coordinates of `b`, in coordinates of `o`.
    pub fn coordinates(&self, v: &[(u32, Rational)]) -> SparseVector {
        apply(&self.inverse, v)
    }

    /// `e_i o_k` in coordinates of `o`.
    pub fn raised(&self, i: usize, k: usize) -> SparseVector {
        self.coordinates(&self.module.raise(i, &self.vectors[k]))
    }

    /// `f_i o_k` in coordinates of `o`.
    pub fn lowered(&self, i: usize, k: usize) -> SparseVector {
        self.coordinates(&self.module.lower(i, &self.vectors[k]))
    }
}

/// `Σ u_k v_k`.
pub(super) fn product(u: &[(u32, Rational)], v: &[(u32, Rational)]) -> Rational {
    let (mut i, mut j) = (0, 0);
    let mut sum = Rational::ZERO;
    while i < u.len() && j < v.len() {
        match u[i].0.cmp(&v[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum.add_product(&u[i].1, &v[j].1);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}
