//! Representations as expressions: what a person wrote, decomposed when that is asked for.

use std::fmt;
use std::sync::{Arc, OnceLock};

use num_bigint::BigInt;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::powers::checked_partition;
use super::{
    Decomposition, ReductiveType, Weight, WeightError, dimension, dual_weight, exterior_power, schur_functor,
    symmetric_power, tensor,
};
use crate::limits::Limits;

/// A finite-dimensional representation of a reductive algebra over C, virtual ones included.
///
/// Its dimension is known at once; its decomposition is computed at the first call and kept.
#[derive(Clone)]
pub struct Module {
    group: ReductiveType,
    node: Arc<Node>,
    dim: BigInt,
    /// How deeply the expression is nested.
    depth: u32,
    decomposition: Arc<OnceLock<Decomposition>>,
}

/// How a module was made.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// By its highest weight.
    Irreducible(Weight),
    /// By its irreducibles.
    Given(Decomposition),
    Sum(Vec<(Module, BigInt)>),
    Tensor(Vec<(Module, u32)>),
    Symmetric(Module, u32),
    Exterior(Module, u32),
    Schur(Module, Vec<i64>),
    Dual(Module),
}

impl Module {
    /// The irreducible representation with this highest weight.
    pub fn irreducible(group: &ReductiveType, weight: &[i64], limits: &Limits) -> Result<Module, WeightError> {
        let dim = BigInt::from(dimension(group, weight, limits)?);
        Ok(Module::from_node(group, Node::Irreducible(weight.to_vec()), dim))
    }

    /// A representation known by its irreducibles.
    pub fn given(decomposition: Decomposition, limits: &Limits) -> Result<Module, WeightError> {
        if let Some(weight) = decomposition.highest_weight() {
            return Module::irreducible(decomposition.group(), weight, limits);
        }
        let dim = decomposition.dimension(limits)?;
        let group = decomposition.group().clone();
        Ok(Module::from_node(&group, Node::Given(decomposition), dim))
    }

    fn from_node(group: &ReductiveType, node: Node, dim: BigInt) -> Module {
        let depth = 1 + match &node {
            Node::Irreducible(_) | Node::Given(_) => 0,
            Node::Sum(terms) => terms.iter().map(|t| t.0.depth).max().unwrap_or(0),
            Node::Tensor(factors) => factors.iter().map(|f| f.0.depth).max().unwrap_or(0),
            Node::Symmetric(x, _) | Node::Exterior(x, _) | Node::Schur(x, _) | Node::Dual(x) => x.depth,
        };
        Module { group: group.clone(), node: Arc::new(node), dim, depth, decomposition: Arc::default() }
    }

    /// An error when a further operation would nest the expression too deeply: decomposing it, comparing it and letting go
    /// of it are recursive.
    fn check_depth(&self) -> Result<(), WeightError> {
        if self.depth < MAX_DEPTH {
            return Ok(());
        }
        Err(WeightError::TooLarge(format!("representations are nested at most {MAX_DEPTH} deep")))
    }

    /// Of what it is a representation.
    pub fn group(&self) -> &ReductiveType {
        &self.group
    }

    /// The dimension over C; that of a virtual representation can be negative.
    pub fn dim(&self) -> &BigInt {
        &self.dim
    }

    pub(super) fn node(&self) -> &Node {
        &self.node
    }

    /// The highest weight, when it was made as an irreducible.
    pub fn highest_weight(&self) -> Option<&Weight> {
        match &*self.node {
            Node::Irreducible(weight) => Some(weight),
            _ => None,
        }
    }

    /// `self + times · other`.
    pub fn plus(&self, times: &BigInt, other: &Module) -> Result<Module, WeightError> {
        self.group.require_same(&other.group)?;
        self.check_depth()?;
        other.check_depth()?;
        let mut terms = self.summands();
        for (module, count) in other.summands() {
            match terms.iter_mut().find(|(known, _)| *known == module) {
                Some((_, sum)) => *sum += count * times,
                None => terms.push((module, count * times)),
            }
        }
        terms.retain(|(_, count)| !count.is_zero());
        let dim = &self.dim + times * &other.dim;
        Ok(Module::from_node(&self.group, Node::Sum(terms), dim))
    }

    /// That many copies.
    pub fn times(&self, times: &BigInt) -> Module {
        let dim = &self.dim * times;
        let mut terms: Vec<(Module, BigInt)> =
            self.summands().into_iter().map(|(module, count)| (module, count * times)).collect();
        terms.retain(|(_, count)| !count.is_zero());
        Module::from_node(&self.group, Node::Sum(terms), dim)
    }

    fn summands(&self) -> Vec<(Module, BigInt)> {
        match &*self.node {
            Node::Sum(terms) => terms.clone(),
            _ => vec![(self.clone(), BigInt::one())],
        }
    }

    /// The tensor product.
    pub fn tensor(&self, other: &Module) -> Result<Module, WeightError> {
        self.group.require_same(&other.group)?;
        self.check_depth()?;
        other.check_depth()?;
        if (self.dim.bits() + other.dim.bits()) > MAX_BITS {
            return Err(WeightError::TooLarge("the dimension of this product has too many digits".to_string()));
        }
        let mut factors = self.factors();
        for (module, exponent) in other.factors() {
            match factors.last_mut() {
                Some((last, e)) if *last == module => *e = e.saturating_add(exponent),
                _ => factors.push((module, exponent)),
            }
        }
        Ok(Module::from_node(&self.group, Node::Tensor(factors), &self.dim * &other.dim))
    }

    fn factors(&self) -> Vec<(Module, u32)> {
        match &*self.node {
            Node::Tensor(factors) => factors.clone(),
            _ => vec![(self.clone(), 1)],
        }
    }

    /// The tensor power.
    pub fn power(&self, exponent: u32) -> Result<Module, WeightError> {
        // The powers of 0, 1 and -1 are no larger.
        if self.dim.bits() > 1 && self.dim.bits().saturating_mul(u64::from(exponent)) > MAX_BITS {
            return Err(WeightError::TooLarge(format!("the dimension of the power {exponent} has too many digits")));
        }
        self.check_depth()?;
        let dim = self.dim.pow(exponent);
        Ok(Module::from_node(&self.group, Node::Tensor(vec![(self.clone(), exponent)]), dim))
    }

    /// The symmetric power.
    pub fn symmetric_power(&self, k: u32) -> Result<Module, WeightError> {
        self.check_depth()?;
        let dim = binomial(&(&self.dim + (i64::from(k) - 1)), k)?;
        Ok(Module::from_node(&self.group, Node::Symmetric(self.clone(), k), dim))
    }

    /// The exterior power.
    pub fn exterior_power(&self, k: u32) -> Result<Module, WeightError> {
        self.check_depth()?;
        let dim = binomial(&self.dim, k)?;
        Ok(Module::from_node(&self.group, Node::Exterior(self.clone(), k), dim))
    }

    /// The Schur functor of a partition; its dimension is the hook content formula `Π (n + c)/h` (Fulton–Harris,
    /// exercise 6.4).
    pub fn schur_functor(&self, partition: &[i64]) -> Result<Module, WeightError> {
        self.check_depth()?;
        let boxes: u64 = checked_partition(partition)?.iter().map(|&x| u64::from(x)).sum();
        if self.dim.bits().saturating_mul(boxes) > MAX_BITS {
            return Err(WeightError::TooLarge("the dimension of this Schur functor has too many digits".to_string()));
        }
        let (mut numerator, mut denominator) = (BigInt::one(), BigInt::one());
        for (i, &row) in partition.iter().enumerate() {
            for j in 0..row {
                let leg = partition[i + 1..].iter().filter(|&&x| x > j).count() as i64;
                numerator *= &self.dim + (j - i as i64);
                denominator *= row - j + leg;
            }
        }
        let dim = numerator / denominator;
        Ok(Module::from_node(&self.group, Node::Schur(self.clone(), partition.to_vec()), dim))
    }

    /// The dual.
    pub fn dual(&self) -> Module {
        let node = match &*self.node {
            Node::Irreducible(weight) => Node::Irreducible(dual_weight(&self.group, weight)),
            Node::Dual(inner) => return inner.clone(),
            Node::Given(decomposition) => Node::Given(decomposition.dual()),
            // Term by term, so that duals of multiples do not pile up.
            Node::Sum(terms) => Node::Sum(terms.iter().map(|(x, times)| (x.dual(), times.clone())).collect()),
            _ => Node::Dual(self.clone()),
        };
        Module::from_node(&self.group, node, self.dim.clone())
    }

    /// The multiplicity of the trivial representation. A product is taken apart into two halves, `A ⊗ B = Hom(A*, B)`, and
    /// Schur's lemma counts without decomposing the product itself.
    pub fn invariants(&self, limits: &Limits) -> Result<BigInt, WeightError> {
        let factors = self.factors();
        let all: u64 = factors.iter().map(|f| u64::from(f.1)).sum();
        if self.decomposition.get().is_some() || all < 2 {
            return Ok(self.decomposition(limits)?.multiplicity(&vec![0; self.group.rank()]));
        }
        let (mut left, mut right) = (Vec::new(), Vec::new());
        let mut rest = all / 2;
        for (module, exponent) in factors {
            let here = rest.min(u64::from(exponent)) as u32;
            rest -= u64::from(here);
            for (side, count) in [(&mut left, here), (&mut right, exponent - here)] {
                if count > 0 {
                    side.push((module.clone(), count));
                }
            }
        }
        let half = |factors: Vec<(Module, u32)>| -> Module {
            let dim = factors.iter().map(|(module, e)| module.dim.pow(*e)).product();
            Module::from_node(&self.group, Node::Tensor(factors), dim)
        };
        half(left).decomposition(limits)?.dual().hom_dimension(half(right).decomposition(limits)?)
    }

    /// The irreducibles with their multiplicities; computed once. The dimensions are compared, so a wrong answer is an error.
    pub fn decomposition(&self, limits: &Limits) -> Result<&Decomposition, WeightError> {
        if let Some(known) = self.decomposition.get() {
            return Ok(known);
        }
        let found = self.decompose(limits)?;
        let dim = found.dimension(limits)?;
        if dim != self.dim {
            return Err(WeightError::Check(format!("dimension {dim} instead of {}", self.dim)));
        }
        Ok(self.decomposition.get_or_init(|| found))
    }

    fn decompose(&self, limits: &Limits) -> Result<Decomposition, WeightError> {
        match &*self.node {
            Node::Irreducible(weight) => Decomposition::irreducible(&self.group, weight),
            Node::Given(decomposition) => Ok(decomposition.clone()),
            Node::Sum(terms) => {
                let mut sum = Decomposition::zero(&self.group);
                for (module, times) in terms {
                    sum = sum.plus(times, module.decomposition(limits)?)?;
                }
                Ok(sum)
            }
            Node::Tensor(factors) => {
                let mut product = Decomposition::trivial(&self.group);
                for (module, exponent) in factors {
                    if let Some(power) = line_power(module.decomposition(limits)?, *exponent)? {
                        product = tensor(&product, &power, limits)?;
                        continue;
                    }
                    // Dimensions 0, 1 and -1 of differences say nothing of how many irreducibles their powers have.
                    let length = module.decomposition(limits)?.length();
                    if length.bits() > 1 && length.bits().saturating_mul(u64::from(*exponent)) > MAX_BITS {
                        return Err(WeightError::TooLarge(format!(
                            "the power {exponent} of a sum of {length} irreducibles has too many of them"
                        )));
                    }
                    for _ in 0..*exponent {
                        limits.check()?;
                        if product.terms().is_empty() {
                            break;
                        }
                        product = tensor(&product, module.decomposition(limits)?, limits)?;
                    }
                }
                Ok(product)
            }
            Node::Symmetric(module, k) => symmetric_power(module.decomposition(limits)?, *k, limits),
            Node::Exterior(module, k) => exterior_power(module.decomposition(limits)?, *k, limits),
            Node::Schur(module, partition) => schur_functor(module.decomposition(limits)?, partition, limits),
            Node::Dual(module) => Ok(module.decomposition(limits)?.dual()),
        }
    }
}

/// The power of a representation of dimension one, or of its negative: the weight is that many times as large. `None` for
/// others.
fn line_power(v: &Decomposition, exponent: u32) -> Result<Option<Decomposition>, WeightError> {
    let mut terms = v.terms().iter();
    let (Some((weight, times)), None) = (terms.next(), terms.next()) else { return Ok(None) };
    let semisimple = v.group().semisimple_rank();
    if !times.magnitude().is_one() || weight.iter().take(semisimple).any(|&x| x != 0) {
        return Ok(None);
    }
    let weight: Option<Weight> = weight.iter().map(|x| x.checked_mul(i64::from(exponent))).collect();
    let weight = weight.ok_or_else(|| WeightError::TooLarge(format!("the charges of the power {exponent}")))?;
    let line = Decomposition::irreducible(v.group(), &weight)?;
    let sign = if times.is_negative() && exponent % 2 == 1 { -1 } else { 1 };
    Decomposition::zero(v.group()).plus(&BigInt::from(sign), &line).map(Some)
}

/// Dimensions with more bits than this are not written down.
const MAX_BITS: u64 = 1 << 20;

/// Expressions nested more deeply are refused.
const MAX_DEPTH: u32 = 24;

/// `n (n−1) ⋯ (n−k+1) / k!`.
fn binomial(n: &BigInt, k: u32) -> Result<BigInt, WeightError> {
    if !n.is_negative() && *n < BigInt::from(k) {
        return Ok(BigInt::zero());
    }
    // C(n, k) = C(n, n − k).
    let shorter = (n - k).to_u32().filter(|rest| *rest < k && !n.is_negative());
    let steps = shorter.unwrap_or(k);
    if n.bits().saturating_mul(u64::from(steps)) > MAX_BITS {
        return Err(WeightError::TooLarge(format!("the dimension of the power {k} has too many digits")));
    }
    let mut out = BigInt::one();
    for i in 0..steps {
        out = out * (n - i) / (i + 1);
    }
    Ok(out)
}

/// Equality of what was written, not of what it decomposes into.
impl PartialEq for Module {
    fn eq(&self, other: &Module) -> bool {
        self.group == other.group
            && self.dim == other.dim
            && (Arc::ptr_eq(&self.node, &other.node) || self.node == other.node)
    }
}

impl Eq for Module {}

impl fmt::Debug for Module {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Module({:?} of {})", self.node, self.group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn irreducible(text: &str, weight: &[i64]) -> Module {
        Module::irreducible(&text.parse().unwrap(), weight, &Limits::none()).unwrap()
    }

    #[test]
    fn invariants_of_products_are_counted_by_halves() {
        let limits = Limits::none();
        // 1, 0, 1, 1, 3, 6, 15: Riordan numbers, the invariants in powers of the triplet of SU(2) (OEIS A005043).
        let triplet = irreducible("A1", &[2]);
        for (k, expected) in [1, 0, 1, 1, 3, 6, 15].into_iter().enumerate() {
            let power = triplet.power(k as u32).unwrap();
            assert_eq!(power.invariants(&limits).unwrap(), BigInt::from(expected), "{k}");
        }
        // 27³ of E6 has the cubic invariant, 27 ⊗ 27* the trivial one.
        let v = irreducible("E6", &[1, 0, 0, 0, 0, 0]);
        assert_eq!(v.power(3).unwrap().invariants(&limits).unwrap(), BigInt::one());
        assert_eq!(v.tensor(&v.dual()).unwrap().invariants(&limits).unwrap(), BigInt::one());
        assert!(v.tensor(&v).unwrap().invariants(&limits).unwrap().is_zero());
    }

    #[test]
    fn powers_that_are_not_large() {
        let limits = Limits::none();
        // C(n + k − 1, k) = C(n + k − 1, n − 1): binary forms of degree k have k + 1 coefficients.
        let v = irreducible("A1", &[1]);
        assert_eq!(v.symmetric_power(1_000_000).unwrap().dim(), &BigInt::from(1_000_001));
        let v = irreducible("A2", &[1, 0]);
        assert_eq!(v.symmetric_power(100_000).unwrap().dim(), &BigInt::from(100_001u64 * 100_002 / 2));
        // Powers of a representation of dimension one.
        let power = irreducible("A2", &[0, 0]).power(u32::MAX).unwrap();
        assert_eq!(power.dim(), &BigInt::one());
        assert_eq!(power.decomposition(&limits).unwrap().highest_weight(), Some(&vec![0, 0]));
        let charged = irreducible("A1+T1", &[0, 3]).power(1000).unwrap();
        assert_eq!(charged.decomposition(&limits).unwrap().highest_weight(), Some(&vec![0, 3000]));
        let minus = irreducible("A1", &[0]).times(&BigInt::from(-1)).power(4_000_000_001).unwrap();
        assert_eq!(minus.decomposition(&limits).unwrap().multiplicity(&[0]), BigInt::from(-1));
        // Of dimension 1 and no line, and charges beyond 2^63.
        let difference = irreducible("A1", &[1]).plus(&BigInt::from(-1), &irreducible("A1", &[0])).unwrap();
        let refused = difference.power(4_000_000_000).unwrap();
        assert!(matches!(refused.decomposition(&limits), Err(WeightError::TooLarge(_))));
        assert_eq!(
            difference.power(3).unwrap().decomposition(&limits).unwrap().dimension(&limits).unwrap(),
            BigInt::one()
        );
        let charged = irreducible("A1+T1", &[0, 1_000_000]).power(u32::MAX).unwrap();
        let charged = charged.power(u32::MAX).unwrap();
        assert!(charged.decomposition(&limits).is_err());
        // More than the dimension: zero, at once.
        assert!(v.exterior_power(4_000_000_000).unwrap().decomposition(&limits).unwrap().terms().is_empty());
    }

    #[test]
    fn sums_are_flat_and_nesting_ends() {
        let v = irreducible("A2", &[1, 0]);
        let mut sum = v.clone();
        for _ in 0..100 {
            sum = v.plus(&BigInt::one(), &sum.dual().times(&BigInt::from(-1))).unwrap();
        }
        assert_eq!(sum.dim(), &BigInt::from(3));
        let mut deep = v.clone();
        let nested = (0..100).try_for_each(|_| {
            deep = deep.symmetric_power(1)?.dual();
            Ok::<(), WeightError>(())
        });
        assert!(matches!(nested, Err(WeightError::TooLarge(_))));
    }
}
