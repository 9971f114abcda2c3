//! The weights of representations given by matrices.
//!
//! In a finite-dimensional representation over C a coroot `h_i` acts by a diagonalizable matrix with integer eigenvalues
//! (Humphreys §21.1), of absolute value below the dimension `N` (theory of sl2). All this is preserved modulo a prime
//! above `2N` that divides no denominator: the minimal polynomial becomes a product of different linear factors, so
//! eigenspaces modulo the prime have the dimensions of those over C, and residues determine the integers. Weights and
//! multiplicities found modulo one prime are therefore exact. The prime is chosen such that the root of the field of the
//! coroots lies in its residue field. For the centre, eigenvalues over C are computed exactly first.

use std::collections::BTreeMap;
use std::sync::Arc;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use super::super::node::Node;
use super::super::{Base, Rep};
use super::frame::Coroots;
use super::isotypic::evaluated;
use super::splitting::{JointSpectrum, Operator, joint_spectrum, square_root};
use super::{DecomposeError, Frame};
use crate::exact::lift::Primes;
use crate::exact::{ModMatrix, SparseMatrix, characteristic_polynomial};
use crate::lie::chevalley::SurdVector;
use crate::limits::Limits;
use crate::num::{Prime, Quadratic, Rational};
use crate::weights::{Character, Decomposition, Module, adjoint};

/// Larger matrices are refused: elimination takes `N³` operations for each eigenvalue of each coroot.
const MAX_LEAF: usize = 3000;

/// Primes tried before giving up: half of them, or a quarter, have the roots that are needed.
const MAX_PRIMES: usize = 400;

/// The leaves of an expression, decomposed.
pub struct Leaves {
    trivial: Decomposition,
    known: Vec<(Arc<Node>, Module)>,
    /// Whether charges are counted in the units of the defining representation, whatever else occurs.
    pub defining_units: bool,
}

/// A leaf whose matrices are at hand.
struct Leaf {
    size: usize,
    /// By number of the basis element; only those that occur in coroots or in the centre.
    matrices: BTreeMap<usize, SparseMatrix>,
    /// Of each basis element of the centre.
    central: Vec<Central>,
    /// Whether only the half of `R^(2n) ⊗ C` is meant on which the complex structure is `+i`: `C^n` itself.
    half: bool,
}

/// The eigenvalues `r √d` of a central element.
pub(super) struct Central {
    /// The square-free `d`; `None` when all eigenvalues are zero.
    pub radicand: Option<i64>,
    /// The numbers `r`, for `d ≠ 1` with both signs.
    pub values: Vec<Rational>,
}

impl Leaves {
    /// Where the defining representation is known: that one and the adjoint one, without matrices.
    pub fn of_vector_module(vector: &Module, limits: &Limits) -> Result<Leaves, DecomposeError> {
        let group = vector.group();
        let adjoint = Module::given(adjoint(group, limits)?, limits)?;
        let known = vec![(Arc::new(Node::Vector), vector.clone()), (Arc::new(Node::Adjoint), adjoint)];
        Ok(Leaves { trivial: Decomposition::trivial(group), known, defining_units: true })
    }

    /// Decomposes the leaves; those beside them and the defining representation serve for the units of charges.
    pub fn new(
        base: &Base,
        frame: &Frame,
        nodes: Vec<Arc<Node>>,
        beside: Vec<Arc<Node>>,
        limits: &Limits,
    ) -> Result<Leaves, DecomposeError> {
        Leaves::decomposed(base, frame, nodes, beside, false, limits)
    }

    /// `C^n`, on which complex matrices of size `n` act.
    pub fn complex_vectors(base: &Base, frame: &Frame, limits: &Limits) -> Result<Module, DecomposeError> {
        let vector = Arc::new(Node::Vector);
        Leaves::decomposed(base, frame, vec![vector.clone()], Vec::new(), true, limits)?.module(&vector, limits)
    }

    fn decomposed(
        base: &Base,
        frame: &Frame,
        nodes: Vec<Arc<Node>>,
        beside: Vec<Arc<Node>>,
        half: bool,
        limits: &Limits,
    ) -> Result<Leaves, DecomposeError> {
        let mut all = nodes.clone();
        all.extend(beside.into_iter().filter(|node| !nodes.contains(node)));
        let vector = Arc::new(Node::Vector);
        if !frame.center.is_empty() && base.vector_dim().is_some() && !all.contains(&vector) {
            all.push(vector.clone());
        }
        let mut leaves: Vec<Leaf> =
            all.iter().map(|node| Leaf::new(base, frame, node, limits)).collect::<Result<_, _>>()?;
        leaves.iter_mut().for_each(|leaf| leaf.half = half);
        let units: Vec<(i64, Rational)> =
            (0..frame.center.len()).map(|j| unit(leaves.iter().map(|l| &l.central[j]))).collect::<Result<_, _>>()?;
        let defining = all.iter().position(|node| *node == vector);
        let mut defining_units = true;
        for (j, used) in units.iter().enumerate() {
            let own = unit(defining.iter().map(|&at| &leaves[at].central[j]))?;
            let occurs = leaves.iter().any(|leaf| leaf.central[j].radicand.is_some());
            defining_units &= !occurs || (defining.is_some() && own == *used);
        }
        let trivial = Decomposition::trivial(&frame.group);
        let mut primes = Primes::new(limits);
        // Where the prime is given there is one attempt.
        let (fixed, radicand) = match &frame.coroots {
            Coroots::Exact { field, .. } => (None, *field),
            Coroots::Modular { prime, .. } => (Some(*prime), 1),
        };
        for _ in 0..if fixed.is_some() { 1 } else { MAX_PRIMES } {
            limits.check()?;
            let p = fixed.unwrap_or_else(|| primes.draw());
            let mut known_roots = vec![(1, 1)];
            let mut root =
                |d: i64| root_of(p, &mut known_roots, d, |d| square_root(p, p.reduce_signed(d), primes.rng()));
            let Some(field) = root(radicand) else { continue };
            let roots: Option<Vec<u32>> = units.iter().map(|(d, _)| root(*d)).collect();
            let Some(roots) = roots else { continue };
            let imaginary = if half { root(-1) } else { None };
            if half && imaginary.is_none() {
                continue;
            }
            let mut known = Vec::with_capacity(nodes.len());
            for (node, leaf) in nodes.iter().zip(&leaves) {
                let Some(mut operators) = leaf.operators(p, frame, field, &units, &roots, limits)? else { break };
                operators.extend(imaginary.map(|i| complex_structure(p, leaf.size, i)));
                let Some(spectrum) = joint_spectrum(p, leaf.size, &operators, primes.rng(), limits)? else { break };
                let (size, spectrum) = if leaf.half { halved(leaf.size, spectrum) } else { (leaf.size, spectrum) };
                known.push((node.clone(), Module::given(decomposition(frame, size, spectrum, limits)?, limits)?));
            }
            if known.len() == nodes.len() {
                return Ok(Leaves { trivial, known, defining_units });
            }
        }
        if fixed.is_some() {
            // The prime was chosen for the coroots alone.
            return Err(DecomposeError::NoExactBasis(base.name().to_string()));
        }
        Err(DecomposeError::Check("no prime was found at which the representation splits".to_string()))
    }

    /// The trivial representation.
    pub fn trivial(&self, limits: &Limits) -> Result<Module, DecomposeError> {
        Ok(Module::given(self.trivial.clone(), limits)?)
    }

    /// A leaf by highest weights.
    pub fn module(&self, node: &Arc<Node>, limits: &Limits) -> Result<Module, DecomposeError> {
        match self.known.iter().find(|(known, _)| known == node) {
            Some((_, module)) => Ok(module.clone()),
            None => self.trivial(limits),
        }
    }
}

/// A square root modulo `p` under one embedding of the field that all of them generate: `known` is closed under products,
/// so that relations like `√2 √3 = √6` are kept. Starts as `[(1, 1)]`.
pub(super) fn root_of(
    p: Prime,
    known: &mut Vec<(i64, u32)>,
    d: i64,
    square_root: impl FnOnce(i64) -> Option<u32>,
) -> Option<u32> {
    if let Some(&(_, root)) = known.iter().find(|k| k.0 == d) {
        return Some(root);
    }
    let root = square_root(d)?;
    let root = root.min(p.neg(root));
    // √d √k = ± g √(dk/g²) with g = gcd(d, k); minus when both are negative.
    let products: Vec<(i64, u32)> = known
        .iter()
        .filter_map(|&(k, other)| {
            let g = d.gcd(&k);
            let sign = if d < 0 && k < 0 { -1 } else { 1 };
            let value = p.mul(p.mul(root, other), p.mul(p.reduce_signed(sign), p.inv(p.reduce_signed(g))));
            Some(((d / g).checked_mul(k / g)?, value))
        })
        .collect();
    known.extend(products);
    Some(root)
}

impl Leaf {
    fn new(base: &Base, frame: &Frame, node: &Arc<Node>, limits: &Limits) -> Result<Leaf, DecomposeError> {
        let rep = Rep::from_node(base, node.clone())?;
        let size = rep.dim().to_usize().unwrap_or(usize::MAX);
        if size > MAX_LEAF {
            return Err(DecomposeError::TooLarge(size));
        }
        let mut needed: Vec<usize> = match &frame.coroots {
            Coroots::Exact { vectors, .. } => {
                vectors.iter().flat_map(|h| h.a.iter().chain(&h.b)).map(|(k, _)| *k as usize).collect()
            }
            Coroots::Modular { .. } => (0..base.algebra().dim()).collect(),
        };
        for z in &frame.center {
            needed.extend((0..z.len()).filter(|&k| !z[k].is_zero()));
        }
        needed.sort_unstable();
        needed.dedup();
        let found = rep.matrices_of(&needed, limits)?;
        let matrices: BTreeMap<usize, SparseMatrix> = needed.into_iter().zip(found).collect();
        let mut central = Vec::with_capacity(frame.center.len());
        for z in &frame.center {
            let sum = z
                .iter()
                .enumerate()
                .filter(|(_, c)| !c.is_zero())
                .fold(SparseMatrix::zero(size, size), |sum, (k, c)| {
                    matrices.get(&k).map_or_else(|| sum.clone(), |m| sum.add_scaled(c, m))
                });
            central.push(Central::of(&sum, limits)?);
        }
        Ok(Leaf { size, matrices, central, half: false })
    }

    /// The coroots and the centre modulo a prime; `None` when it divides a denominator or identifies two charges.
    fn operators(
        &self,
        p: Prime,
        frame: &Frame,
        field: u32,
        units: &[(i64, Rational)],
        roots: &[u32],
        limits: &Limits,
    ) -> Result<Option<Vec<Operator>>, DecomposeError> {
        let count = frame.group.rank();
        limits.reserve(4 * (count + 6) as u128 * (self.size as u128).pow(2))?;
        let largest = self.size as i64 - 1;
        let labels: Vec<(u32, i64)> = (-largest..=largest).map(|m| (p.reduce_signed(m), m)).collect();
        let mut out = Vec::with_capacity(count);
        let coroots: Option<Vec<Vec<(usize, u32)>>> = match &frame.coroots {
            Coroots::Exact { vectors, .. } => vectors.iter().map(|h| residues(p, h, field)).collect(),
            Coroots::Modular { vectors, .. } => {
                Some(vectors.iter().map(|h| h.iter().copied().enumerate().filter(|(_, c)| *c != 0).collect()).collect())
            }
        };
        let Some(coroots) = coroots else { return Ok(None) };
        for h in coroots {
            let Some(matrix) = self.combination(p, &h) else { return Ok(None) };
            out.push(Operator { matrix, values: labels.clone() });
        }
        for (j, z) in frame.center.iter().enumerate() {
            let terms = residues(p, &SurdVector::rational(z), field);
            let Some(matrix) = terms.and_then(|terms| self.combination(p, &terms)) else { return Ok(None) };
            let Some(unit) = p.residue(&units[j].1) else { return Ok(None) };
            let step = p.mul(unit, roots[j]);
            let mut values = Vec::new();
            for value in &self.central[j].values {
                let charge = (value / &units[j].1).to_i64().ok_or(DecomposeError::NoCharges)?;
                values.push((p.mul(step, p.reduce_signed(charge)), charge));
            }
            values.sort_unstable();
            values.dedup();
            if values.windows(2).any(|w| w[0].0 == w[1].0) {
                return Ok(None);
            }
            out.push(Operator { matrix, values });
        }
        Ok(Some(out))
    }

    /// `Σ c_k ρ(e_k)`.
    fn combination(&self, p: Prime, terms: &[(usize, u32)]) -> Option<ModMatrix> {
        let mut out = ModMatrix::zero(self.size, self.size);
        for (k, c) in terms {
            for (i, j, v) in self.matrices.get(k)?.triples() {
                let term = p.mul(*c, p.residue(v)?);
                let entry = &mut out.row_mut(i)[j];
                *entry = p.add(*entry, term);
            }
        }
        Some(out)
    }
}

/// Multiplication by `i` on `R^(2n)`, real parts first, with its eigenvalues `±i`.
fn complex_structure(p: Prime, size: usize, imaginary: u32) -> Operator {
    let half = size / 2;
    let mut matrix = ModMatrix::zero(size, size);
    for k in 0..half {
        matrix.row_mut(k)[half + k] = p.neg(1);
        matrix.row_mut(half + k)[k] = 1;
    }
    Operator { matrix, values: vec![(imaginary, 1), (p.neg(imaginary), -1)] }
}

/// The part of a spectrum on which the last operator is positive, without that operator.
fn halved(size: usize, spectrum: JointSpectrum) -> (usize, JointSpectrum) {
    let positive = spectrum.into_iter().filter(|(values, _)| values.last().is_some_and(|&v| v > 0));
    let without = positive.map(|(mut values, times)| {
        values.pop();
        (values, times)
    });
    (size / 2, without.collect())
}

/// The coordinates `a_k + b_k root` that are not zero; an index may occur twice.
pub(super) fn residues(p: Prime, h: &SurdVector, root: u32) -> Option<Vec<(usize, u32)>> {
    let part = |k: u32, c: &Rational, factor: u32| Some((k as usize, p.mul(p.residue(c)?, factor)));
    h.a.iter().map(|(k, c)| part(*k, c, 1)).chain(h.b.iter().map(|(k, c)| part(*k, c, root))).collect()
}

impl Central {
    /// The eigenvalues from the factors of the characteristic polynomial over Q; that the element is diagonalizable is
    /// checked by multiplying its different factors.
    pub fn of(z: &SparseMatrix, limits: &Limits) -> Result<Central, DecomposeError> {
        if z.is_zero() {
            return Ok(Central { radicand: None, values: vec![Rational::ZERO] });
        }
        let polynomial = characteristic_polynomial(&z.to_dense(), limits)?;
        let (squarefree, _) = polynomial.div_rem(&polynomial.gcd(&polynomial.derivative()));
        let factors = squarefree.monic().factor_squarefree(limits)?;
        let mut product = SparseMatrix::identity(z.rows());
        let mut radicand: Option<i64> = None;
        let mut values = Vec::new();
        for factor in &factors {
            limits.check()?;
            product = product.mul(&evaluated(factor, z, limits)?);
            let (d, found) = match factor.monic().coefficients() {
                [c, _] if c.is_zero() => (None, vec![Rational::ZERO]),
                [c, _] => (Some(1), vec![-c]),
                [c, b, _] if b.is_zero() => {
                    let (r, d) = Quadratic::root(&-c).ok_or(DecomposeError::NoCharges)?;
                    (Some(d), vec![-&r, r])
                }
                _ => return Err(DecomposeError::NoCharges),
            };
            values.extend(found);
            radicand = agreed(radicand, d)?;
        }
        if !product.is_zero() {
            return Err(DecomposeError::NotCompletelyReducible);
        }
        Ok(Central { radicand, values })
    }
}

/// The one of two radicands that is known; an error when they differ.
fn agreed(a: Option<i64>, b: Option<i64>) -> Result<Option<i64>, DecomposeError> {
    match (a, b) {
        (Some(x), Some(y)) if x != y => Err(DecomposeError::NoCharges),
        _ => Ok(a.or(b)),
    }
}

/// The common radicand of the eigenvalues of one central element on several leaves, and the largest number of which all
/// of them are integer multiples.
fn unit<'a>(spectra: impl Iterator<Item = &'a Central>) -> Result<(i64, Rational), DecomposeError> {
    let mut radicand = None;
    let mut unit = Rational::ZERO;
    for central in spectra {
        radicand = agreed(radicand, central.radicand)?;
        for value in &central.values {
            let (a, b, c, d) = (unit.numerator(), unit.denominator(), value.numerator(), value.denominator());
            let gcd = (a * &d).gcd(&(c * &b)).abs();
            unit = Rational::from_big(gcd, b * d).unwrap_or(Rational::ONE);
        }
    }
    Ok((radicand.unwrap_or(1), if unit.is_zero() { Rational::ONE } else { unit }))
}

/// The largest `ω` with all eigenvalues of a matrix in `i ω Z`, so that `exp(t z)` is a circle of length `2π/ω`; `None` where its
/// eigenvalues are not imaginary multiples of one number, or all zero.
pub fn frequency(z: &SparseMatrix, limits: &Limits) -> Result<Option<f64>, DecomposeError> {
    let found = match Central::of(z, limits) {
        Err(DecomposeError::NoCharges | DecomposeError::NotCompletelyReducible) => return Ok(None),
        found => found?,
    };
    let (d, r) = unit(std::iter::once(&found))?;
    Ok((d < 0).then(|| r.to_f64() * (d.unsigned_abs() as f64).sqrt()))
}

/// The irreducibles from all weights; the dimensions and the signs are checked.
fn decomposition(
    frame: &Frame,
    size: usize,
    spectrum: Vec<(Vec<i64>, usize)>,
    limits: &Limits,
) -> Result<Decomposition, DecomposeError> {
    let rank = frame.group.semisimple_rank();
    let mut dominant: BTreeMap<Vec<i64>, BigInt> = BTreeMap::new();
    for (weight, times) in spectrum {
        if weight.iter().take(rank).all(|&x| x >= 0) {
            *dominant.entry(weight).or_insert_with(BigInt::zero) += BigInt::from(times);
        }
    }
    let character = Character::new(&frame.group, dominant)?;
    let found = character.decompose(limits)?;
    let dim = found.dimension(limits)?;
    if found.is_virtual() || dim != BigInt::from(size) {
        return Err(DecomposeError::Check(format!("dimension {dim} instead of {size}")));
    }
    Ok(found)
}
