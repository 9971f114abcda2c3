//! The weight spaces of an irreducible representation, level by level, and how the simple roots lead from one to another.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::ToPrimitive;

use crate::limits::Limits;
use crate::weights::{ReductiveType, Weight, WeightError, dimension, dominant_weights, orbit};

/// Larger representations are refused where their matrices are asked for.
pub const MAX_DIM: usize = 200_000;

/// A weight space: its basis vectors are `start .. start + dim`.
#[derive(Clone, Debug)]
pub struct Space {
    /// Its weight, charges included.
    pub weight: Weight,
    /// The first of its basis vectors.
    pub start: usize,
    /// The multiplicity of the weight.
    pub dim: usize,
    /// For each simple root the space of weight `μ + α_i`.
    pub up: Vec<Option<usize>>,
}

impl Space {
    /// The numbers of its basis vectors.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start..self.start + self.dim
    }
}

/// The simple roots in coordinates of the fundamental weights, charges (zero) included.
pub fn simple_roots(group: &ReductiveType) -> Vec<Weight> {
    let mut roots = Vec::with_capacity(group.semisimple_rank());
    let mut start = 0;
    for factor in group.factors() {
        for row in factor.cartan_matrix() {
            let mut root = vec![0; group.rank()];
            root[start..start + row.len()].copy_from_slice(&row);
            roots.push(root);
        }
        start += factor.rank();
    }
    roots
}

/// The dimension of `V(λ)` as a size, or a refusal.
pub fn size(group: &ReductiveType, highest: &[i64], limits: &Limits) -> Result<usize, WeightError> {
    let dim = dimension(group, highest, limits)?;
    dim.to_usize()
        .filter(|&n| n <= MAX_DIM)
        .ok_or_else(|| WeightError::TooLarge(format!("dimension {dim}: matrices are made up to dimension {MAX_DIM}")))
}

/// All weight spaces of `V(λ)` by level, within a level by decreasing weight in lexicographic order. Their dimensions add
/// up to Weyl's: that is checked.
pub fn weight_spaces(group: &ReductiveType, highest: &[i64], limits: &Limits) -> Result<Vec<Space>, WeightError> {
    let dim = size(group, highest, limits)?;
    limits.reserve(dim as u128 * (group.rank() as u128 + 8) * 64)?;
    let roots = simple_roots(group);
    let mut multiplicity: BTreeMap<Weight, usize> = BTreeMap::new();
    for (dominant, m) in dominant_weights(group, highest, limits)? {
        let m = m.to_usize().ok_or_else(|| WeightError::Check("a multiplicity exceeds the dimension".into()))?;
        multiplicity.extend(orbit(group, &dominant, limits)?.into_iter().map(|w| (w, m)));
    }
    let mut spaces: Vec<Space> = Vec::with_capacity(multiplicity.len());
    let mut index: BTreeMap<Weight, usize> = BTreeMap::new();
    let mut level: Vec<Weight> = vec![highest.to_vec()];
    let mut start = 0;
    while !level.is_empty() {
        limits.check()?;
        let mut next: BTreeSet<Weight> = BTreeSet::new();
        for weight in level {
            let up = roots.iter().map(|a| index.get(&shifted(&weight, a, 1)).copied()).collect();
            next.extend(roots.iter().map(|a| shifted(&weight, a, -1)).filter(|w| multiplicity.contains_key(w)));
            let dim = multiplicity[&weight];
            index.insert(weight.clone(), spaces.len());
            spaces.push(Space { weight, start, dim, up });
            start += dim;
        }
        level = next.into_iter().rev().collect();
    }
    if start != dim {
        return Err(WeightError::Check(format!("weight multiplicities add up to {start} instead of {dim}")));
    }
    Ok(spaces)
}

/// `μ + factor · α`.
pub fn shifted(weight: &[i64], root: &[i64], factor: i64) -> Weight {
    weight.iter().zip(root).map(|(x, a)| x + factor * a).collect()
}
