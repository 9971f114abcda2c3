//! Invariant tensors in a product of irreducible representations.
//!
//! An invariant of `V_1 ⊗ W` is a map `V_1* → W`, and `V_1*` is irreducible: one highest weight vector of `W` for each
//! invariant (Schur's lemma). So the equations are those of highest weight vectors of the other factors only, and the
//! number of invariants is a multiplicity that characters tell independently.

use std::collections::BTreeMap;
use std::sync::Arc;

use num_traits::ToPrimitive;

use super::Irreducible;
use super::highest_vectors::{Product, primitive};
use super::orthogonal::product;
use crate::exact::{Matrix, SparseVector, inverse, sparse};
use crate::limits::Limits;
use crate::num::Rational;
use crate::weights::{Decomposition, ReductiveType, Weight, WeightError, dual_weight, tensor};

/// A basis of the invariants of `V_1 ⊗ V_2 ⊗ …`.
#[derive(Clone, Debug)]
pub struct InvariantTensors {
    /// The dimensions of the factors.
    pub shape: Vec<usize>,
    /// The tensors in the bases of [`Irreducible`], at the index of `b_i ⊗ b_j ⊗ …` in lexicographic order; integers
    /// without a common factor, the first one positive.
    pub tensors: Vec<SparseVector>,
}

/// All invariants of the tensor product of irreducible representations with these highest weights. That they are all is
/// proved by the multiplicity of the trivial representation.
pub fn invariant_tensors(
    group: &ReductiveType,
    weights: &[Weight],
    limits: &Limits,
) -> Result<InvariantTensors, WeightError> {
    let mut known: BTreeMap<&Weight, Arc<Irreducible>> = BTreeMap::new();
    let mut factors = Vec::with_capacity(weights.len());
    for weight in weights {
        let module = match known.get(weight) {
            Some(module) => module.clone(),
            None => Arc::new(Irreducible::new(group, weight, limits)?),
        };
        known.insert(weight, module.clone());
        factors.push(module);
    }
    let shape = factors.iter().map(|f| f.dim()).collect();
    let Some((first, rest)) = factors.split_first() else {
        return Ok(InvariantTensors { shape, tensors: vec![vec![(0, Rational::ONE)]] });
    };
    if rest.is_empty() {
        let trivial = first.highest_weight().iter().all(|&x| x == 0);
        let tensors = if trivial { vec![vec![(0, Rational::ONE)]] } else { Vec::new() };
        return Ok(InvariantTensors { shape, tensors });
    }
    // The whole product must have indices that fit.
    Product::new(factors.clone())?;
    let others = Product::new(rest.to_vec())?;
    let dual = dual_weight(group, first.highest_weight());
    let expected = multiplicity(group, &weights[1..], &dual, limits)?;
    let highest = others.highest_vectors(&dual, limits)?;
    if highest.len() != expected {
        let message = format!("{} invariants where characters count {expected}", highest.len());
        return Err(WeightError::Check(message));
    }
    let mut tensors = Vec::with_capacity(expected);
    if expected > 0 {
        let dual = Irreducible::new(group, &dual, limits)?;
        let pairing = dual_basis(first, &dual, limits)?;
        let stride = others.dim() as u32;
        let mut held: u128 = 0;
        for vector in highest {
            let images = others.embedding(&dual, vector, limits)?;
            // Terms with their numbers, twice while they are sorted.
            let count: u128 = pairing.iter().zip(&images).map(|(v, image)| v.len() as u128 * image.len() as u128).sum();
            limits.reserve(held + count * 80)?;
            held += count * 40;
            let mut terms = Vec::new();
            for (vector, image) in pairing.iter().zip(&images) {
                for (k, x) in vector {
                    terms.extend(image.iter().map(|(l, y)| (k * stride + l, x * y)));
                }
            }
            let mut tensor = sparse::collect_terms(terms);
            primitive(&mut tensor);
            tensors.push(tensor);
        }
    }
    Ok(InvariantTensors { shape, tensors })
}

/// How often an irreducible representation occurs in a product of irreducible ones, by characters.
fn multiplicity(
    group: &ReductiveType,
    factors: &[Weight],
    target: &[i64],
    limits: &Limits,
) -> Result<usize, WeightError> {
    let mut all = Decomposition::trivial(group);
    for weight in factors {
        all = tensor(&all, &Decomposition::irreducible(group, weight)?, limits)?;
    }
    let times = all.multiplicity(target);
    times.to_usize().ok_or_else(|| WeightError::TooLarge(format!("{times} invariants are too many to list")))
}

/// For each basis vector `y_k` of the dual representation the vector `d_k` of `V` with `⟨d_k, y_l⟩ = δ_kl`, where the pairing
/// is invariant: `⟨f_i x, y⟩ = −⟨x, f_i y⟩`. So it is known for `f_i^k b` when it is known for `b`.
fn dual_basis(module: &Irreducible, dual: &Irreducible, limits: &Limits) -> Result<Vec<SparseVector>, WeightError> {
    let opposite: BTreeMap<Weight, usize> =
        dual.spaces().iter().enumerate().map(|(at, s)| (s.weight.iter().map(|x| -x).collect(), at)).collect();
    let wrong = || WeightError::Check("weights of a representation and its dual do not match".into());
    // Row k: the numbers ⟨b_k, y_l⟩ for all l.
    let mut rows: Vec<SparseVector> = Vec::with_capacity(module.dim());
    let mut out: Vec<SparseVector> = vec![Vec::new(); dual.dim()];
    for space in module.spaces() {
        limits.check()?;
        let partner = &dual.spaces()[*opposite.get(&space.weight).ok_or_else(wrong)?];
        for k in space.range() {
            let definition = module.definition(k);
            let entry = |l: usize| {
                let mut sum = Rational::from(i64::from(definition.is_empty()));
                for (factor, step) in definition {
                    let lowered = step.apply(vec![(l as u32, Rational::ONE)], |i, v| dual.lower(i, v));
                    let value = product(&rows[step.above], &lowered);
                    sum.add_product(&if step.power % 2 == 0 { factor.clone() } else { -factor }, &value);
                }
                (l as u32, sum)
            };
            let row: SparseVector = partner.range().map(entry).filter(|(_, x)| !x.is_zero()).collect();
            rows.push(row);
        }
        let block: Vec<Vec<Rational>> =
            space.range().map(|k| partner.range().map(|l| sparse::entry(&rows[k], l as u32)).collect()).collect();
        let solved = Matrix::from_rows(block).map(|m| inverse(&m, limits)).transpose()?.flatten().ok_or_else(wrong)?;
        // d_k = Σ_m x_m b_m with Σ_m x_m ⟨b_m, y_l⟩ = δ_kl: row k of the inverse.
        for (k, row) in partner.range().zip(solved.iter_rows()) {
            let entries = row.iter().enumerate().filter(|(_, x)| !x.is_zero());
            out[k] = entries.map(|(m, x)| ((space.start + m) as u32, x.clone())).collect();
        }
    }
    Ok(out)
}
