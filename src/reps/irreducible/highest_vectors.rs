//! Tensor products of irreducible representations: how the generators act, the highest weight vectors, and the maps from
//! an irreducible representation to the product.

use std::collections::BTreeMap;
use std::sync::Arc;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};

use super::Irreducible;
use super::orthogonal::{Orthogonal, product};
use super::spaces::shifted;
use crate::exact::null_space::null_space;
use crate::exact::{SparseVector, sparse};
use crate::limits::Limits;
use crate::num::{Rational, common_denominator};
use crate::weights::{Weight, WeightError};

/// The tensor product of some irreducible representations of one algebra, basis `b_i ⊗ b_j ⊗ …` in lexicographic order
/// (Kronecker products).
pub struct Product {
    pub factors: Vec<Arc<Irreducible>>,
    /// How far apart the indices are that differ by one in a factor.
    strides: Vec<u32>,
}

impl Product {
    /// At least one factor; products of dimension 2^31 and more are refused.
    pub fn new(factors: Vec<Arc<Irreducible>>) -> Result<Product, WeightError> {
        for pair in factors.windows(2) {
            pair[0].group().require_same(pair[1].group())?;
        }
        let mut strides = vec![1; factors.len()];
        let mut size: u64 = 1;
        for (stride, factor) in strides.iter_mut().zip(&factors).rev() {
            *stride = size as u32;
            size = size.saturating_mul(factor.dim() as u64);
            if size >= 1 << 31 {
                return Err(WeightError::TooLarge("the tensor product has more than 2^31 dimensions".into()));
            }
        }
        Ok(Product { factors, strides })
    }

    /// The dimension.
    pub fn dim(&self) -> usize {
        self.factors.iter().map(|f| f.dim()).product()
    }

    fn act(&self, v: &[(u32, Rational)], images: impl Fn(&Irreducible, usize) -> &[(u32, Rational)]) -> SparseVector {
        let mut terms = Vec::new();
        for (index, x) in v {
            for (factor, stride) in self.factors.iter().zip(&self.strides) {
                let digit = index / stride % factor.dim() as u32;
                let rest = index - digit * stride;
                terms.extend(images(factor, digit as usize).iter().map(|(l, y)| (rest + l * stride, x * y)));
            }
        }
        sparse::collect_terms(terms)
    }

    /// `f_i v`.
    pub fn lower(&self, i: usize, v: &[(u32, Rational)]) -> SparseVector {
        self.act(v, |factor, k| factor.lowered(i, k))
    }

    /// `e_i v`.
    pub fn raise(&self, i: usize, v: &[(u32, Rational)]) -> SparseVector {
        self.act(v, |factor, k| factor.raised(i, k))
    }

    /// The multiplicities of all weights.
    pub fn multiplicities(&self, limits: &Limits) -> Result<BTreeMap<Weight, u128>, WeightError> {
        let mut all: BTreeMap<Weight, u128> = BTreeMap::new();
        for (position, factor) in self.factors.iter().enumerate() {
            if position == 0 {
                all.extend(factor.spaces().iter().map(|s| (s.weight.clone(), s.dim as u128)));
                continue;
            }
            let mut next = BTreeMap::new();
            for (weight, m) in &all {
                limits.check()?;
                for space in factor.spaces() {
                    *next.entry(shifted(weight, &space.weight, 1)).or_default() += m * space.dim as u128;
                }
            }
            all = next;
        }
        Ok(all)
    }

    /// The basis vectors of one weight, in increasing order.
    fn of_weight(&self, weight: &[i64], limits: &Limits) -> Result<Vec<u32>, WeightError> {
        // Sums of weights of the factors so far, with the spaces that lead there.
        let Some((last, first)) = self.factors.split_last() else { return Ok(Vec::new()) };
        let by_weight: BTreeMap<&Weight, usize> =
            last.spaces().iter().enumerate().map(|(at, s)| (&s.weight, at)).collect();
        let mut partial: Vec<(Weight, u32)> = vec![(vec![0; weight.len()], 0)];
        for (factor, stride) in first.iter().zip(&self.strides) {
            limits.reserve(partial.len() as u128 * factor.dim() as u128 * (weight.len() as u128 + 4) * 8)?;
            let mut next = Vec::with_capacity(partial.len() * factor.dim());
            for (sum, index) in &partial {
                limits.check()?;
                for space in factor.spaces() {
                    let sum = shifted(sum, &space.weight, 1);
                    next.extend(space.range().map(|k| (sum.clone(), index + k as u32 * stride)));
                }
            }
            partial = next;
        }
        let mut out = Vec::new();
        for (sum, index) in partial {
            if let Some(&at) = by_weight.get(&shifted(weight, &sum, -1)) {
                out.extend(last.spaces()[at].range().map(|k| index + k as u32));
            }
        }
        out.sort_unstable();
        Ok(out)
    }

    /// The highest weight vectors of one weight: the common kernel of all `e_i`, in reduced row echelon form.
    pub fn highest_vectors(&self, weight: &[i64], limits: &Limits) -> Result<Vec<SparseVector>, WeightError> {
        let unknowns = self.of_weight(weight, limits)?;
        let rank = self.factors.first().map_or(0, |f| f.rank());
        let mut equations: BTreeMap<(usize, u32), SparseVector> = BTreeMap::new();
        for (column, &index) in unknowns.iter().enumerate() {
            limits.check()?;
            for i in 0..rank {
                for (target, x) in self.raise(i, &[(index, Rational::ONE)]) {
                    equations.entry((i, target)).or_default().push((column as u32, x));
                }
            }
        }
        let rows: Vec<SparseVector> = equations.into_values().collect();
        let found = null_space(unknowns.len(), &rows, limits)?;
        let named = |v: SparseVector| v.into_iter().map(|(k, x)| (unknowns[k as usize], x)).collect();
        Ok(found.basis.into_iter().map(named).collect())
    }

    /// The images of the basis of `V(ν)` under the map that takes its highest weight vector to a highest weight vector of
    /// the product: `φ(f_i^k b) = f_i^k φ(b)`. It exists because `V(ν)` is what a highest weight vector generates.
    pub fn embedding(
        &self,
        target: &Irreducible,
        highest: SparseVector,
        limits: &Limits,
    ) -> Result<Vec<SparseVector>, WeightError> {
        let mut images: Vec<SparseVector> = Vec::with_capacity(target.dim());
        for k in 0..target.dim() {
            limits.check()?;
            let definition = target.definition(k);
            let mut image = if definition.is_empty() { highest.clone() } else { Vec::new() };
            for (factor, step) in definition {
                let part = step.apply(images[step.above].clone(), |i, v| self.lower(i, v));
                image = sparse::add_scaled(&image, factor, &part);
            }
            images.push(image);
        }
        Ok(images)
    }

    /// Refuses what would exceed the memory: the maps from all irreducible representations in the product have at most
    /// `Σ m_μ²` entries over the weights `μ` of the product.
    pub fn reserve(&self, limits: &Limits) -> Result<(), WeightError> {
        let entries = self.multiplicities(limits)?.values().fold(0u128, |sum, m| sum.saturating_add(m * m));
        Ok(limits.reserve(entries.saturating_mul(32))?)
    }
}

/// A change of basis in every factor: `images[p][k]` is what stands for basis vector `k` of factor `p`.
pub fn change_basis(product: &Product, images: &[&[SparseVector]], v: &[(u32, Rational)]) -> SparseVector {
    let mut out = v.to_vec();
    for ((factor, stride), images) in product.factors.iter().zip(&product.strides).zip(images) {
        let mut terms = Vec::new();
        for (index, x) in &out {
            let digit = index / stride % factor.dim() as u32;
            let rest = index - digit * stride;
            terms.extend(images[digit as usize].iter().map(|(l, y)| (rest + l * stride, x * y)));
        }
        out = sparse::collect_terms(terms);
    }
    out
}

/// Orthogonal bases of all factors, with the product of their norms.
pub struct OrthogonalProduct {
    pub product: Product,
    pub bases: Vec<Arc<Orthogonal>>,
}

impl OrthogonalProduct {
    pub fn new(bases: Vec<Arc<Orthogonal>>) -> Result<OrthogonalProduct, WeightError> {
        let product = Product::new(bases.iter().map(|b| b.module().clone()).collect())?;
        Ok(OrthogonalProduct { product, bases })
    }

    /// A vector in coordinates of `b ⊗ b ⊗ …`, in coordinates of `o ⊗ o ⊗ …`.
    pub fn coordinates(&self, v: &[(u32, Rational)]) -> SparseVector {
        let inverses: Vec<&[SparseVector]> = self.bases.iter().map(|b| b.inverse()).collect();
        change_basis(&self.product, &inverses, v)
    }

    /// The same back again.
    pub fn original(&self, v: &[(u32, Rational)]) -> SparseVector {
        let vectors: Vec<&[SparseVector]> = self.bases.iter().map(|b| b.vectors()).collect();
        change_basis(&self.product, &vectors, v)
    }

    /// `(b_k ⊗ b_l ⊗ …, v)` for all basis vectors, `v` in coordinates of `b ⊗ b ⊗ …`.
    pub fn dual(&self, v: &[(u32, Rational)]) -> SparseVector {
        let grams: Vec<&[SparseVector]> = self.bases.iter().map(|b| b.gram()).collect();
        change_basis(&self.product, &grams, v)
    }

    /// The squared norm of `o_i ⊗ o_j ⊗ …`.
    pub fn norm(&self, index: u32) -> Rational {
        let mut out = Rational::ONE;
        for (basis, stride) in self.bases.iter().zip(&self.product.strides) {
            let digit = index / stride % basis.module().dim() as u32;
            out = &out * &basis.norms()[digit as usize];
        }
        out
    }

    /// `(u, v)` for vectors in coordinates of `o ⊗ o ⊗ …`.
    pub fn inner(&self, u: &[(u32, Rational)], v: &[(u32, Rational)]) -> Rational {
        let weighted: SparseVector = v.iter().map(|(k, x)| (*k, x * &self.norm(*k))).collect();
        product(u, &weighted)
    }

    /// Orthogonal vectors with the same spans as the first ones given, Gram–Schmidt without norms; the first coordinate of
    /// each is positive. All in coordinates of `o ⊗ o ⊗ …`.
    pub fn orthogonalise(&self, vectors: Vec<SparseVector>, limits: &Limits) -> Result<Vec<SparseVector>, WeightError> {
        let mut out: Vec<(SparseVector, Rational)> = Vec::with_capacity(vectors.len());
        for vector in vectors {
            limits.check()?;
            let mut rest = vector;
            for (earlier, norm) in &out {
                let factor = self.inner(earlier, &rest).checked_div(norm).unwrap_or_default();
                rest = sparse::add_scaled(&rest, &-factor, earlier);
            }
            primitive(&mut rest);
            let norm = self.inner(&rest, &rest);
            if norm.signum() <= 0 {
                return Err(WeightError::Check("dependent highest weight vectors".into()));
            }
            out.push((rest, norm));
        }
        Ok(out.into_iter().map(|(v, _)| v).collect())
    }
}

/// Scales a vector to integers without a common factor, the first one positive.
pub fn primitive(v: &mut SparseVector) {
    let denominator = common_denominator(v.iter().map(|(_, x)| x));
    let integers: Vec<BigInt> = v.iter().map(|(_, x)| x.numerator() * (&denominator / x.denominator())).collect();
    let mut divisor = integers.iter().fold(BigInt::zero(), |g, x| g.gcd(x));
    if divisor.is_zero() {
        return;
    }
    if integers.first().is_some_and(Signed::is_negative) {
        divisor = -divisor;
    }
    for ((_, x), n) in v.iter_mut().zip(integers) {
        *x = Rational::from(n / &divisor);
    }
}
