//! Irreducible representations of simple algebras of a given dimension.

use num_bigint::BigUint;

use super::super::{Decomposition, Weight, WeightError, dimension, dual_weight};
use super::embedding::forms;
use crate::limits::Limits;
use crate::roots::{Letter, SimpleType};

/// An irreducible representation of a simple algebra, one of those that symmetries of its diagram exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Irreducible {
    pub simple: SimpleType,
    pub weight: Weight,
    /// Orthogonal 1, symplectic -1, neither 0.
    pub form: i64,
}

impl Irreducible {
    fn new(simple: SimpleType, weight: Weight, limits: &Limits) -> Result<Irreducible, WeightError> {
        let v = Decomposition::irreducible(&simple.into(), &weight)?;
        let form = forms(&v, limits)?.first().copied().unwrap_or(0);
        Ok(Irreducible { simple, weight, form })
    }
}

/// The irreducible representations of this dimension, apart from the defining ones of SU(n), SO(n) and Sp(n).
pub(super) fn of_dimension(n: usize, limits: &Limits) -> Result<Vec<Irreducible>, WeightError> {
    let mut out = Vec::new();
    for simple in types(n) {
        let mut weight = vec![0; simple.rank()];
        let mut found = Vec::new();
        grow(simple, &mut weight, 0, &BigUint::from(n), &mut found, limits)?;
        for weight in found {
            if !is_defining(simple, &weight) && is_first(simple, &weight) {
                out.push(Irreducible::new(simple, weight, limits)?);
            }
        }
    }
    Ok(out)
}

/// The simple types with a representation of this dimension that is not the defining one. The smallest others are `Λ²`
/// and the spin representations (Lübeck's tables).
fn types(n: usize) -> Vec<SimpleType> {
    let spin = |r: usize| if r < 30 { 1usize << r } else { usize::MAX };
    let mut out = Vec::new();
    let mut add = |letter, rank| out.extend(SimpleType::new(letter, rank));
    (1..).take_while(|r| r * (r + 1) / 2 <= n).for_each(|r| add(Letter::A, r));
    (2..).take_while(|&r| spin(r).min(r * (2 * r + 1)) <= n).for_each(|r| add(Letter::B, r));
    (3..).take_while(|r| (2 * r + 1) * (r - 1) <= n).for_each(|r| add(Letter::C, r));
    (4..).take_while(|&r| spin(r - 1).min(r * (2 * r - 1)) <= n).for_each(|r| add(Letter::D, r));
    for (letter, rank, least) in
        [(Letter::G, 2, 7), (Letter::F, 4, 26), (Letter::E, 6, 27), (Letter::E, 7, 56), (Letter::E, 8, 248)]
    {
        if least <= n {
            add(letter, rank);
        }
    }
    out
}

/// Dimensions grow with every label; labels before `from` stay as they are. The depth is at most the rank, and the labels
/// are small.
fn grow(
    simple: SimpleType,
    weight: &mut [i64],
    from: usize,
    n: &BigUint,
    found: &mut Vec<Weight>,
    limits: &Limits,
) -> Result<(), WeightError> {
    limits.check()?;
    for node in from..weight.len() {
        let before = weight[node];
        loop {
            weight[node] += 1;
            let dim = dimension(&simple.into(), weight, limits)?;
            if dim == *n {
                found.push(weight.to_vec());
            }
            if dim >= *n {
                break;
            }
            if node + 1 < weight.len() {
                grow(simple, weight, node + 1, n, found, limits)?;
            }
        }
        weight[node] = before;
    }
    Ok(())
}

/// Of representations that symmetries of the diagram exchange the first in decreasing lexicographic order.
fn is_first(simple: SimpleType, weight: &[i64]) -> bool {
    let n = weight.len();
    match (simple.letter(), n) {
        (Letter::D, 4) => weight[0] >= weight[2] && weight[2] >= weight[3],
        (Letter::D, _) => weight[n - 2] >= weight[n - 1],
        (Letter::A, _) | (Letter::E, 6) => weight >= dual_weight(&simple.into(), weight).as_slice(),
        _ => true,
    }
}

/// The vectors of SU(n), SO(n), Sp(n), those of the algebras with two names included.
fn is_defining(simple: SimpleType, weight: &[i64]) -> bool {
    let sum: i64 = weight.iter().sum();
    let first = weight.first() == Some(&1) && sum == 1;
    match (simple.letter(), simple.rank()) {
        (Letter::A, 1) => sum <= 2,
        (Letter::A, 3) => sum == 1,
        (Letter::B, 2) => sum == 1,
        (Letter::A | Letter::B | Letter::C | Letter::D, _) => first,
        _ => false,
    }
}
