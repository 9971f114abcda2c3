//! Equivariant maps of semisimple Lie algebras from weight vectors and simple root vectors, exactly.
//!
//! Write the legs of the tensor as `V_0 ⊗ Y` with `V_0` irreducible. An invariant is an equivariant map `V_0* → Y`; it is
//! determined by the image `y` of the highest weight vector, which can be any vector of `Y` of that weight that all simple
//! raising operators annihilate (Humphreys, section 20.2): a sparse linear system in the vectors of one weight only. The
//! whole tensor follows by lowering operators, applied to both sides alike.

use std::collections::BTreeSet;

use super::EquivariantError;
use super::basis::Basis;
use super::entries::{SparseRows, Values};
use super::method::{Completeness, Method};
use crate::exact::null_space::{Span, null_space};
use crate::exact::{Matrix, SparseVector, inverse};
use crate::limits::Limits;
use crate::num::Rational;

/// A representation in a basis of weight vectors, by the matrices of the simple root vectors.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightLeg {
    weights: Vec<Vec<i64>>,
    /// `e_i b_k` at `[i][k]`.
    raised: Vec<Vec<SparseVector>>,
    /// `f_i b_k` at `[i][k]`.
    lowered: Vec<Vec<SparseVector>>,
}

impl WeightLeg {
    /// From the weights of the basis vectors and the images `e_i b_k` and `f_i b_k`, in lists by `i`, then by `k`.
    pub fn new(
        weights: Vec<Vec<i64>>,
        raised: Vec<Vec<SparseVector>>,
        lowered: Vec<Vec<SparseVector>>,
    ) -> Result<WeightLeg, EquivariantError> {
        let dim = weights.len();
        let in_range = |images: &Vec<SparseVector>| {
            images.len() == dim && images.iter().flatten().all(|(k, _)| (*k as usize) < dim)
        };
        let length = weights.first().map_or(0, Vec::len);
        let fits = raised.len() == lowered.len()
            && raised.iter().chain(&lowered).all(in_range)
            && weights.iter().all(|w| w.len() == length);
        if !fits {
            return Err(EquivariantError::Argument(
                "every simple root vector needs an image of every weight vector".into(),
            ));
        }
        Ok(WeightLeg { weights, raised, lowered })
    }

    /// From parts that are known to fit.
    pub(super) fn from_parts(
        weights: Vec<Vec<i64>>,
        raised: Vec<Vec<SparseVector>>,
        lowered: Vec<Vec<SparseVector>>,
    ) -> WeightLeg {
        WeightLeg { weights, raised, lowered }
    }

    /// The dimension.
    pub fn dim(&self) -> usize {
        self.weights.len()
    }

    /// The dual in the dual basis: weights change their signs, matrices become `−Aᵀ`.
    pub fn dual(&self) -> WeightLeg {
        let transposed = |images: &Vec<SparseVector>| {
            let mut out = vec![SparseVector::new(); self.dim()];
            for (k, image) in images.iter().enumerate() {
                image.iter().for_each(|(j, x)| out[*j as usize].push((k as u32, -x)));
            }
            out
        };
        WeightLeg {
            weights: self.weights.iter().map(|w| w.iter().map(|x| -x).collect()).collect(),
            raised: self.raised.iter().map(transposed).collect(),
            lowered: self.lowered.iter().map(transposed).collect(),
        }
    }

    /// The lowest weight vector of an irreducible representation, `None` when it is reducible: by complete reducibility there
    /// is one irreducible for each dimension of the space that the lowering operators annihilate.
    fn lowest(&self, limits: &Limits) -> Result<Option<usize>, EquivariantError> {
        let mut rows = Vec::new();
        for images in &self.lowered {
            let mut by_row = vec![SparseVector::new(); self.dim()];
            for (k, image) in images.iter().enumerate() {
                image.iter().for_each(|(j, x)| by_row[*j as usize].push((k as u32, x.clone())));
            }
            rows.extend(by_row.into_iter().filter(|r| !r.is_empty()));
        }
        let kernel = null_space(self.dim(), &rows, limits)?.basis;
        Ok(match &kernel[..] {
            // Its weight has multiplicity one, so it is a vector of the basis.
            [only] if only.len() == 1 => Some(only[0].0 as usize),
            _ => None,
        })
    }
}

/// A vector of the tensor product: (place in the flattened tensor, value), places increasing.
type Tensor = Vec<(u64, Rational)>;

fn collect(mut terms: Tensor) -> Tensor {
    terms.sort_unstable_by_key(|t| t.0);
    let mut out: Tensor = Vec::with_capacity(terms.len());
    for (place, x) in terms {
        match out.last_mut() {
            Some((last, sum)) if *last == place => *sum += &x,
            _ => out.push((place, x)),
        }
    }
    out.retain(|(_, x)| !x.is_zero());
    out
}

/// The maps from `⊗ from` to `⊗ to` that commute with the algebra, exactly.
///
/// Cost: sparse elimination on as many unknowns as `⊗ legs` without the largest irreducible leg has vectors of one weight,
/// and the entries written.
pub fn weight_maps(to: &[&WeightLeg], from: &[&WeightLeg], limits: &Limits) -> Result<Basis, EquivariantError> {
    let duals: Vec<WeightLeg> = from.iter().map(|leg| leg.dual()).collect();
    let legs: Vec<&WeightLeg> = to.iter().copied().chain(&duals).collect();
    let rows = invariant_rows(&legs, limits)?;
    let shape = (size(&legs[..to.len()])?, size(&legs[to.len()..])?);
    Ok(Basis::of_rows(shape, Method::Weights, Completeness::ExactRank, rows))
}

/// The dimension of a product of legs.
fn size(legs: &[&WeightLeg]) -> Result<usize, EquivariantError> {
    let product = legs.iter().try_fold(1usize, |product, leg| product.checked_mul(leg.dim()));
    let fits = product.filter(|&x| x <= isize::MAX as usize);
    fits.ok_or_else(|| EquivariantError::TooLarge("a tensor product of representations".into()))
}

/// The invariants of `⊗ legs`.
pub(super) fn invariant_rows(legs: &[&WeightLeg], limits: &Limits) -> Result<SparseRows, EquivariantError> {
    size(legs)?;
    let simple = legs.first().map_or(0, |leg| leg.raised.len());
    let length = legs.first().and_then(|leg| leg.weights.first()).map_or(0, Vec::len);
    if legs.iter().any(|leg| leg.raised.len() != simple || leg.weights.iter().any(|w| w.len() != length)) {
        return Err(EquivariantError::Argument("all legs must be representations of one algebra".into()));
    }
    let mut strides = vec![1u64; legs.len()];
    for l in (0..legs.len().saturating_sub(1)).rev() {
        strides[l] = strides[l + 1] * legs[l + 1].dim() as u64;
    }
    let mut leading: Option<(usize, usize)> = None;
    for (l, leg) in legs.iter().enumerate() {
        if leading.is_none_or(|(best, _)| legs[best].dim() < leg.dim())
            && let Some(lowest) = leg.lowest(limits)?
        {
            leading = Some((l, lowest));
        }
    }
    let rest: Vec<(&WeightLeg, u64)> =
        (0..legs.len()).filter(|&l| leading.is_none_or(|(best, _)| best != l)).map(|l| (legs[l], strides[l])).collect();
    let product = Product { legs: rest, simple };
    let target = match leading {
        Some((l, lowest)) => legs[l].weights[lowest].iter().map(|x| -x).collect(),
        None => vec![0; length],
    };
    let highest = product.highest_vectors(&target, limits)?;
    let mut rows = SparseRows::new(Values::Rationals(Vec::new()));
    let words = match leading {
        Some((l, lowest)) => Some((strides[l], words(&legs[l].dual(), lowest, limits)?)),
        None => None,
    };
    let mut sums = Sums::new(product.extent(), limits)?;
    for (number, y) in highest.iter().enumerate() {
        limits.check()?;
        limits.progress("lowering", number as f64 / highest.len() as f64);
        let tensor = match &words {
            None => y.clone(),
            Some((stride, words)) => product.spread(y, words, *stride, &mut sums, limits)?,
        };
        limits.reserve((rows.places.len() + tensor.len()) as u128 * 48)?;
        if let Values::Rationals(values) = &mut rows.values {
            for (place, x) in tensor {
                rows.places.push(place);
                values.push(x);
            }
        }
        rows.starts.push(rows.places.len());
    }
    Ok(rows.with_integers())
}

/// How the vectors of an irreducible representation arise from its highest weight vector.
struct Words {
    /// Word `j > 0` is `f_i` applied to an earlier one: (i, earlier).
    steps: Vec<(usize, usize)>,
    /// Basis vector `k` as a combination of words.
    combinations: Vec<Vec<(usize, Rational)>>,
}

/// Words in the lowering operators that give a basis, and the basis vectors in terms of them.
fn words(leg: &WeightLeg, highest: usize, limits: &Limits) -> Result<Words, EquivariantError> {
    let dim = leg.dim();
    let broken =
        || EquivariantError::Check("an irreducible representation that its highest weight does not generate".into());
    let mut vectors: Vec<SparseVector> = vec![vec![(highest as u32, Rational::ONE)]];
    let mut steps = vec![(0, 0)];
    let mut span = Span::new(dim);
    span.insert(&vectors[0]);
    let mut next = 0;
    while vectors.len() < dim {
        limits.check()?;
        let from = vectors.get(next).ok_or_else(broken)?.clone();
        for (i, lowered) in leg.lowered.iter().enumerate() {
            let terms = from.iter().flat_map(|(k, x)| lowered[*k as usize].iter().map(move |(j, y)| (*j, x * y)));
            let image = crate::exact::sparse::collect_terms(terms.collect());
            if !image.is_empty() && span.insert(&image) {
                vectors.push(image);
                steps.push((i, next));
            }
        }
        next += 1;
    }
    // The vectors of one weight are combinations of the words of that weight.
    let mut combinations = vec![Vec::new(); dim];
    let spaces: BTreeSet<&Vec<i64>> = leg.weights.iter().collect();
    for weight in spaces {
        let basis: Vec<usize> = (0..dim).filter(|&k| leg.weights[k] == *weight).collect();
        let own: Vec<usize> = (0..dim)
            .filter(|&j| vectors[j].first().is_some_and(|(k, _)| leg.weights[*k as usize] == *weight))
            .collect();
        if own.len() != basis.len() {
            return Err(broken());
        }
        let matrix = Matrix::from_fn(own.len(), own.len(), |a, b| {
            crate::exact::sparse::entry(&vectors[own[a]], basis[b] as u32)
        });
        let inverse = inverse(&matrix, limits)?.ok_or_else(broken)?;
        for (b, &k) in basis.iter().enumerate() {
            combinations[k] = (0..own.len())
                .filter(|&a| !inverse[(b, a)].is_zero())
                .map(|a| (own[a], inverse[(b, a)].clone()))
                .collect();
        }
    }
    Ok(Words { steps, combinations })
}

/// Sums at the places of a tensor, collected without sorting the terms where the tensor is small.
struct Sums {
    dense: Vec<Rational>,
    touched: Vec<u64>,
    terms: Tensor,
}

impl Sums {
    /// Tensors with more places are collected by sorting.
    const MAX_PLACES: u64 = 1 << 21;

    fn new(places: u64, limits: &Limits) -> Result<Sums, EquivariantError> {
        let places = if places <= Sums::MAX_PLACES { places as usize } else { 0 };
        limits.reserve(places as u128 * size_of::<Rational>() as u128)?;
        Ok(Sums { dense: vec![Rational::ZERO; places], touched: Vec::new(), terms: Tensor::new() })
    }

    fn add(&mut self, place: u64, x: &Rational, c: &Rational) {
        match self.dense.get_mut(place as usize) {
            Some(sum) => {
                if sum.is_zero() {
                    self.touched.push(place);
                }
                sum.add_product(x, c);
            }
            None => self.terms.push((place, x * c)),
        }
    }

    /// What was added since the last time.
    fn take(&mut self) -> Tensor {
        self.touched.sort_unstable();
        self.touched.dedup();
        let mut out = Tensor::with_capacity(self.touched.len());
        for place in self.touched.drain(..) {
            let value = std::mem::replace(&mut self.dense[place as usize], Rational::ZERO);
            if !value.is_zero() {
                out.push((place, value));
            }
        }
        out.extend(collect(std::mem::take(&mut self.terms)));
        out
    }
}

/// A tensor product of legs with their strides in the flattened tensor.
struct Product<'a> {
    legs: Vec<(&'a WeightLeg, u64)>,
    simple: usize,
}

impl Product<'_> {
    /// One more than the largest place.
    fn extent(&self) -> u64 {
        1 + self.legs.iter().map(|(leg, stride)| (leg.dim() as u64).saturating_sub(1) * stride).sum::<u64>()
    }

    /// The places of all products of weight vectors of this total weight, increasing.
    fn places(&self, target: &[i64], limits: &Limits) -> Result<Vec<u64>, EquivariantError> {
        // What the legs from each one on can add up to.
        let mut reachable: Vec<BTreeSet<Vec<i64>>> = vec![BTreeSet::from([vec![0; target.len()]])];
        for (leg, _) in self.legs.iter().rev() {
            limits.check()?;
            let own: BTreeSet<&Vec<i64>> = leg.weights.iter().collect();
            let last = &reachable[reachable.len() - 1];
            let sums =
                last.iter().flat_map(|a| own.iter().map(move |b| a.iter().zip(*b).map(|(x, y)| x + y).collect()));
            let next: BTreeSet<Vec<i64>> = sums.collect();
            reachable.push(next);
        }
        reachable.reverse();
        let mut partial: Vec<(u64, Vec<i64>)> = vec![(0, target.to_vec())];
        for ((leg, stride), possible) in self.legs.iter().zip(&reachable[1..]) {
            let mut next = Vec::new();
            for (place, missing) in &partial {
                limits.check()?;
                for (k, weight) in leg.weights.iter().enumerate() {
                    let rest: Vec<i64> = missing.iter().zip(weight).map(|(a, b)| a - b).collect();
                    if possible.contains(&rest) {
                        next.push((place + k as u64 * stride, rest));
                    }
                }
            }
            limits.reserve(next.len() as u128 * (48 + 8 * target.len() as u128))?;
            partial = next;
        }
        let mut places: Vec<u64> =
            partial.into_iter().filter(|(_, rest)| rest.iter().all(|&x| x == 0)).map(|(place, _)| place).collect();
        places.sort_unstable();
        Ok(places)
    }

    /// The image of a product of basis vectors under the operator that acts on each leg by `images`.
    fn act<'b>(
        &'b self,
        place: u64,
        images: impl Fn(&'b WeightLeg) -> &'b Vec<SparseVector>,
        mut term: impl FnMut(u64, &'b Rational),
    ) {
        for (leg, stride) in &self.legs {
            let digit = place / stride % leg.dim() as u64;
            for (j, x) in &images(leg)[digit as usize] {
                term(place - digit * stride + u64::from(*j) * stride, x);
            }
        }
    }

    /// A basis of the vectors of this weight that all raising operators annihilate.
    fn highest_vectors(&self, target: &[i64], limits: &Limits) -> Result<Vec<Tensor>, EquivariantError> {
        let places = self.places(target, limits)?;
        let mut rows: Vec<SparseVector> = Vec::new();
        for i in 0..self.simple {
            limits.check()?;
            let mut terms: Vec<(u64, u32, &Rational)> = Vec::new();
            for (unknown, &place) in places.iter().enumerate() {
                self.act(place, |leg| &leg.raised[i], |image, x| terms.push((image, unknown as u32, x)));
            }
            limits.reserve(terms.len() as u128 * 128)?;
            terms.sort_by_key(|t| (t.0, t.1));
            for equation in terms.chunk_by(|a, b| a.0 == b.0) {
                let row = crate::exact::sparse::collect_terms(equation.iter().map(|t| (t.1, t.2.clone())).collect());
                if !row.is_empty() {
                    rows.push(row);
                }
            }
        }
        limits.progress("highest weight vectors", 0.2);
        let found = null_space(places.len(), &rows, limits)?;
        Ok(found.basis.iter().map(|v| v.iter().map(|(k, x)| (places[*k as usize], x.clone())).collect()).collect())
    }

    /// `Σ_k b_k ⊗ φ(b_k*)` for the map `φ` that takes the highest weight vector to `y`.
    fn spread(
        &self,
        y: &Tensor,
        words: &Words,
        stride: u64,
        sums: &mut Sums,
        limits: &Limits,
    ) -> Result<Tensor, EquivariantError> {
        let mut images: Vec<Tensor> = vec![y.clone()];
        let mut entries = 0usize;
        for &(i, from) in &words.steps[1..] {
            limits.check()?;
            limits.reserve(entries as u128 * size_of::<(u64, Rational)>() as u128 * 2)?;
            for (place, x) in &images[from] {
                self.act(*place, |leg| &leg.lowered[i], |image, c| sums.add(image, x, c));
            }
            images.push(sums.take());
            entries += images[images.len() - 1].len();
        }
        let mut out = Tensor::new();
        for (k, combination) in words.combinations.iter().enumerate() {
            let shift = k as u64 * stride;
            for (word, c) in combination {
                out.extend(images[*word].iter().map(|(place, x)| (place + shift, x * c)));
            }
        }
        Ok(collect(out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equivariant::{general_linear_rank, special_linear_rank, special_orthogonal_rank};
    use num_bigint::BigUint;

    fn q(n: i64) -> Rational {
        Rational::from(n)
    }

    fn leg(weights: &[&[i64]], arrows: &[(usize, usize, usize, i64, i64)]) -> WeightLeg {
        // (i, upper vector, lower vector, coefficient of f, coefficient of e)
        let (n, r) = (weights.len(), weights[0].len());
        let (mut raised, mut lowered) = (vec![vec![vec![]; n]; r], vec![vec![vec![]; n]; r]);
        for &(i, up, down, f, e) in arrows {
            lowered[i][up].push((down as u32, q(f)));
            raised[i][down].push((up as u32, q(e)));
        }
        WeightLeg::new(weights.iter().map(|w| w.to_vec()).collect(), raised, lowered).unwrap()
    }

    /// The 7 of G2, first simple root short: a chain with an A1 triple in the middle.
    fn g2() -> WeightLeg {
        let weights: [&[i64]; 7] = [&[1, 0], &[-1, 1], &[2, -1], &[0, 0], &[-2, 1], &[1, -1], &[-1, 0]];
        let arrows =
            [(0, 0, 1, 1, 1), (1, 1, 2, 1, 1), (0, 2, 3, 1, 2), (0, 3, 4, 2, 1), (1, 4, 5, 1, 1), (0, 5, 6, 1, 1)];
        leg(&weights, &arrows)
    }

    fn sl3() -> WeightLeg {
        leg(&[&[1, 0], &[-1, 1], &[0, -1]], &[(0, 0, 1, 1, 1), (1, 1, 2, 1, 1)])
    }

    /// The 3 of A1, and the sum of the trivial representation with it.
    fn spin_one(with_trivial: bool) -> WeightLeg {
        let weights: [&[i64]; 4] = [&[2], &[0], &[-2], &[0]];
        leg(&weights[..if with_trivial { 4 } else { 3 }], &[(0, 0, 1, 1, 2), (0, 1, 2, 2, 1)])
    }

    /// Killed by every raising and every lowering operator on all legs, and independent.
    fn check(found: &Basis, to: &[&WeightLeg], from: &[&WeightLeg], rank: BigUint) {
        let limits = Limits::none();
        assert_eq!(BigUint::from(found.rank()), rank);
        let duals: Vec<WeightLeg> = from.iter().map(|l| l.dual()).collect();
        let legs: Vec<&WeightLeg> = to.iter().copied().chain(&duals).collect();
        let mut stride = 1;
        let mut strides = Vec::new();
        for l in legs.iter().rev() {
            strides.push(stride);
            stride *= l.dim() as u64;
        }
        strides.reverse();
        let product = Product { legs: legs.iter().copied().zip(strides).collect(), simple: legs[0].raised.len() };
        let rows = found.sparse(&limits).unwrap().unwrap();
        let mut vectors: Vec<SparseVector> = Vec::new();
        for k in 0..rows.len() {
            let v: Tensor = rows.row(k).collect();
            for i in 0..product.simple {
                for raising in [true, false] {
                    let mut terms = Tensor::new();
                    for (place, x) in &v {
                        for (leg, stride) in &product.legs {
                            let digit = place / stride % leg.dim() as u64;
                            let images = if raising { &leg.raised[i] } else { &leg.lowered[i] };
                            for (j, c) in &images[digit as usize] {
                                terms.push((place - digit * stride + u64::from(*j) * stride, x * c));
                            }
                        }
                    }
                    assert!(collect(terms).is_empty());
                }
            }
            vectors.push(v.iter().map(|(p, x)| (*p as u32, x.clone())).collect());
        }
        assert_eq!(crate::exact::null_space::rank(stride as usize, &vectors, &limits).unwrap(), found.rank());
    }

    /// Invariants of tensor powers of the 7 of G2: 1, 0, 1, 1, 4, 10, 35 (OEIS A059710).
    #[test]
    fn tensor_powers_of_g2() {
        let v = g2();
        for (k, rank) in [1u32, 0, 1, 1, 4, 10, 35].into_iter().enumerate().skip(1) {
            for out in [0, k / 2, k] {
                let (to, from) = (vec![&v; out], vec![&v; k - out]);
                let found = weight_maps(&to, &from, &Limits::none()).unwrap();
                check(&found, &to, &from, rank.into());
            }
        }
    }

    /// Other types: SL(3) on mixed tensors by tableaux, SO(3) by Riordan numbers, sums that are not irreducible.
    #[test]
    fn other_types() {
        let limits = Limits::none();
        let (v, s, t) = (sl3(), spin_one(false), spin_one(true));
        let d = v.dual();
        for (to, from) in
            [(vec![&v], vec![&v]), (vec![&v, &v], vec![&v, &v]), (vec![&v, &v, &v], vec![]), (vec![&d], vec![&v, &v])]
        {
            let found = weight_maps(&to, &from, &limits).unwrap();
            let down = to.iter().filter(|l| **l == &d).count() + from.len();
            let up = to.len() + from.len() - down;
            check(&found, &to, &from, special_linear_rank(3, up, down, &limits).unwrap());
        }
        assert_eq!(general_linear_rank(3, 2, 2, &limits).unwrap(), 2u32.into());
        for (out, into) in [(1, 1), (2, 2), (3, 2)] {
            let (to, from) = (vec![&s; out], vec![&s; into]);
            check(
                &weight_maps(&to, &from, &limits).unwrap(),
                &to,
                &from,
                special_orthogonal_rank(3, out + into, &limits).unwrap(),
            );
        }
        // (1 + 3)^4 has Σ C(4, k) a_k = 1 + 0 + 6 + 4 + 3 = 14 invariants, the Catalan number of (2 ⊗ 2)^4.
        let (to, from) = (vec![&t; 2], vec![&t; 2]);
        check(&weight_maps(&to, &from, &limits).unwrap(), &to, &from, 14u32.into());
        assert_eq!(weight_maps(&[], &[], &limits).unwrap().rank(), 1);
        assert!(weight_maps(&[&v], &[&s], &limits).is_err());
    }
}
