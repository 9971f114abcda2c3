//! What representations are representations of: a group or an algebra, with what is worth remembering.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::decompose::{DecomposeError, Frame};
use super::node::Node;
use super::{Element, Family, FieldGenerators, FloatGenerators, RepError};
use crate::exact::lift::Primes;
use crate::exact::null_space::null_space;
use crate::exact::{ModSpan, SparseMatrix, SparseVector};
use crate::finite::PermutationGroup;
use crate::lie::{Algebra, ResidueTable};
use crate::limits::{Limits, Stop};
use crate::num::Rational;
use crate::weights::Module;

/// A group, known by its algebra and by generators of its components, or an algebra; cheap to clone.
///
/// The group consists of the products of exponentials of the algebra and of discrete generators, which map the algebra
/// into itself by conjugation. A product of groups remembers its factors; their representations become its own.
#[derive(Clone)]
pub struct Base(Arc<Inner>);

/// What a base may have besides its algebra.
#[derive(Clone, Default)]
struct Parts {
    discrete: Vec<Element>,
    is_group: bool,
    family: Option<Family>,
    floats: Option<Arc<FloatGenerators>>,
    field: Option<Arc<FieldGenerators>>,
    factors: Vec<Base>,
    defining: Option<Arc<Node>>,
    permutations: Option<Arc<PermutationGroup>>,
    vector_module: Option<Module>,
}

struct Inner {
    name: String,
    algebra: Arc<Algebra>,
    parts: Parts,
    adjoint_elements: OnceLock<Vec<Element>>,
    generators: OnceLock<Vec<usize>>,
    vector_is_orthogonal: OnceLock<bool>,
    adjoint_is_orthogonal: OnceLock<bool>,
    vector_nonzeros: OnceLock<usize>,
    adjoint_nonzeros: OnceLock<usize>,
    frame: OnceLock<Arc<Frame>>,
}

impl Base {
    /// The base with this name over this algebra.
    pub fn new(name: impl Into<String>, algebra: Arc<Algebra>) -> Base {
        Base::build(name.into(), algebra, Parts::default())
    }

    /// The base over this algebra of matrices with discrete generators, which have the size of those matrices; the
    /// caller knows that conjugation by them maps the algebra into itself.
    pub(super) fn with_discrete(name: impl Into<String>, algebra: Arc<Algebra>, discrete: Vec<Element>) -> Base {
        Base::build(name.into(), algebra, Parts { discrete, is_group: true, ..Parts::default() })
    }

    /// The base of a group with float generators.
    pub(super) fn with_floats(name: String, algebra: Arc<Algebra>, floats: FloatGenerators) -> Base {
        Base::build(name, algebra, Parts { floats: Some(Arc::new(floats)), is_group: true, ..Parts::default() })
    }

    /// The product of groups: `algebra` is the sum of theirs, their discrete generators act one after the other, and the
    /// defining representation is an expression in representations of the factors.
    pub(super) fn product(
        name: String,
        algebra: Arc<Algebra>,
        factors: Vec<Base>,
        defining: Option<Arc<Node>>,
    ) -> Base {
        Base::build(name, algebra, Parts { factors, defining, is_group: true, ..Parts::default() })
    }

    fn build(name: String, algebra: Arc<Algebra>, parts: Parts) -> Base {
        Base(Arc::new(Inner {
            name,
            algebra,
            parts,
            adjoint_elements: OnceLock::new(),
            generators: OnceLock::new(),
            vector_is_orthogonal: OnceLock::new(),
            adjoint_is_orthogonal: OnceLock::new(),
            vector_nonzeros: OnceLock::new(),
            adjoint_nonzeros: OnceLock::new(),
            frame: OnceLock::new(),
        }))
    }

    /// The same base, known to belong to a family.
    pub(super) fn in_family(&self, family: Option<Family>) -> Base {
        let inner = &*self.0;
        Base::build(inner.name.clone(), inner.algebra.clone(), Parts { family, ..inner.parts.clone() })
    }

    /// The same base, known to consist of these permutations of the coordinates.
    pub(super) fn with_permutations(&self, group: Arc<PermutationGroup>) -> Base {
        let inner = &*self.0;
        let parts = Parts { permutations: Some(group), ..inner.parts.clone() };
        Base::build(inner.name.clone(), inner.algebra.clone(), parts)
    }

    /// The same base, whose defining representation is known over C by highest weights. Only for a simple algebra, and only where
    /// no automorphism of the Dynkin diagram leads to another module: then no choice of simple roots matters.
    pub(super) fn with_vector_module(&self, module: Module) -> Base {
        let inner = &*self.0;
        let parts = Parts { vector_module: Some(module), ..inner.parts.clone() };
        Base::build(inner.name.clone(), inner.algebra.clone(), parts)
    }

    /// The defining representation over C by highest weights, where it is known from the group's name.
    pub(super) fn vector_module(&self) -> Option<&Module> {
        self.0.parts.vector_module.as_ref()
    }

    /// The group of permutations when it consists of permutation matrices.
    pub fn permutations(&self) -> Option<&Arc<PermutationGroup>> {
        self.0.parts.permutations.as_ref()
    }

    /// The same base, known to be generated by these matrices over a cyclotomic field.
    pub(super) fn over_field(&self, generators: Arc<FieldGenerators>) -> Base {
        let inner = &*self.0;
        let parts = Parts { field: Some(generators), ..inner.parts.clone() };
        Base::build(inner.name.clone(), inner.algebra.clone(), parts)
    }

    /// The exact generators over a cyclotomic field, of a group whose matrices are floats otherwise.
    pub fn field(&self) -> Option<&Arc<FieldGenerators>> {
        self.0.parts.field.as_ref()
    }

    /// The generators of a group that is known in floating point only.
    pub fn floats(&self) -> Option<&FloatGenerators> {
        self.0.parts.floats.as_deref()
    }

    /// Whether its Lie algebra is known exactly: not from float generators, but for the finite groups of the plane and over
    /// cyclotomic fields. Beside irrational generators an algebra is neither closed under brackets nor under conjugation.
    pub fn has_exact_algebra(&self) -> bool {
        let of_finite = self.plane().is_some() || self.field().is_some_and(|it| !it.has_algebra());
        self.floats().is_none() || of_finite
    }

    /// Whether its generators are exact.
    fn is_known(&self) -> bool {
        self.has_exact_algebra() || self.field().is_some()
    }

    /// The error where matrices over Q are needed and there are none.
    pub(super) fn no_rationals(&self) -> RepError {
        let floating = |base: &Base| base.floats().is_some() && !base.is_known();
        match floating(self) || self.factors().iter().any(floating) {
            true => RepError::Floats(self.name().to_string()),
            false => RepError::Irrational(self.name().to_string()),
        }
    }

    /// An error for a group with float generators, whose matrices are not exact.
    pub(super) fn require_exact(&self) -> Result<(), RepError> {
        match self.floats().is_some() || self.factors().iter().any(|factor| factor.floats().is_some()) {
            true => Err(self.no_rationals()),
            false => Ok(()),
        }
    }

    /// The same, where finite groups over a cyclotomic field pass, whose invariants are known or counted exactly.
    pub(super) fn require_known(&self) -> Result<(), RepError> {
        match !self.is_known() || self.factors().iter().any(|factor| !factor.is_known()) {
            true => Err(self.no_rationals()),
            false => Ok(()),
        }
    }

    /// The same, where groups of the plane pass, whose invariants have exact rational bases.
    pub(super) fn require_rational(&self) -> Result<(), RepError> {
        let floating = |base: &Base| base.floats().is_some() && base.plane().is_none();
        match floating(self) || self.factors().iter().any(floating) {
            true => Err(self.no_rationals()),
            false => Ok(()),
        }
    }

    /// The name under which it was made.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The algebra whose basis elements act.
    pub fn algebra(&self) -> &Arc<Algebra> {
        &self.0.algebra
    }

    /// The generators beside the algebra, of a group that is not a product.
    pub fn discrete(&self) -> &[Element] {
        &self.0.parts.discrete
    }

    /// Whether a group is meant, not an algebra alone.
    pub fn is_group(&self) -> bool {
        self.0.parts.is_group
    }

    /// The family of groups with a fundamental theorem to which it belongs.
    pub fn family(&self) -> Option<&Family> {
        self.0.parts.family.as_ref()
    }

    /// The number of generators beside the algebra, those of all factors together.
    pub fn discrete_count(&self) -> usize {
        match &self.0.parts.factors[..] {
            [] => self.0.parts.discrete.len(),
            factors => factors.iter().map(Base::discrete_count).sum(),
        }
    }

    /// Whether it is known by its algebra alone, or a product of such groups: then it is connected.
    pub fn is_connected(&self) -> bool {
        match self.factors() {
            [] => self.discrete().is_empty() && self.floats().is_none_or(|floats| floats.discrete.is_empty()),
            factors => factors.iter().all(Base::is_connected),
        }
    }

    /// The factors of a product; empty for other groups.
    pub fn factors(&self) -> &[Base] {
        &self.0.parts.factors
    }

    /// The factor in this place.
    pub(super) fn factor(&self, place: usize) -> &Base {
        self.0.parts.factors.get(place).unwrap_or(self)
    }

    /// The defining representation of a product, in those of its factors.
    pub(super) fn defining(&self) -> Option<&Arc<Node>> {
        self.0.parts.defining.as_ref()
    }

    /// The factor on which a basis element of a product's algebra acts, and its number there.
    pub(super) fn factor_of_element(&self, element: usize) -> (usize, usize) {
        locate(self.0.parts.factors.iter().map(|factor| factor.algebra().dim()), element)
    }

    /// The factor to which a discrete generator of a product belongs, and its number there.
    pub(super) fn factor_of_discrete(&self, index: usize) -> (usize, usize) {
        locate(self.0.parts.factors.iter().map(Base::discrete_count), index)
    }

    /// Whether both are the same for our purposes: the same brackets in the same basis, the same matrices, the same
    /// discrete generators.
    ///
    /// A matrix group is determined by its algebra of matrices and by them, so names do not matter.
    pub fn is_same(&self, other: &Base) -> bool {
        let (g, h) = (self.algebra(), other.algebra());
        let same_algebra =
            || Arc::ptr_eq(g, h) || (g.constants() == h.constants() && g.realization() == h.realization());
        let (mine, theirs) = (self.factors(), other.factors());
        Arc::ptr_eq(&self.0, &other.0)
            || (mine.len() == theirs.len()
                && self.discrete() == other.discrete()
                && self.defining() == other.defining()
                && self.floats() == other.floats()
                && self.field() == other.field()
                && mine.iter().zip(theirs).all(|(a, b)| a.is_same(b))
                && same_algebra())
    }

    /// An error unless both are the same.
    pub(super) fn require_same(&self, other: &Base) -> Result<(), RepError> {
        if self.is_same(other) {
            return Ok(());
        }
        Err(RepError::DifferentBase { first: self.name().to_string(), second: other.name().to_string() })
    }

    /// The real size of the defining matrices: `n`, or `2n` for complex ones.
    pub fn vector_dim(&self) -> Option<usize> {
        if let Some(defining) = self.defining() {
            return defining.dim(self).and_then(|dim| num_traits::ToPrimitive::to_usize(&dim));
        }
        self.algebra().realization().map(|r| if r.complex { 2 * r.size } else { r.size })
    }

    /// Basis elements that generate the algebra: what annihilates a vector by these annihilates it by all.
    ///
    /// Brackets are formed modulo a prime. The vectors found there lift to elements of the generated subalgebra, and
    /// vectors that are independent modulo a prime are independent over Q: once they fill the space this is a proof.
    pub fn generators(&self, limits: &Limits) -> Result<&[usize], Stop> {
        if let Some(known) = self.0.generators.get() {
            return Ok(known);
        }
        let found = generating_set(self.algebra(), limits)?;
        Ok(self.0.generators.get_or_init(|| found))
    }

    /// The coroots and the centre to which weights refer; found at the first call and kept.
    pub(super) fn frame(&self, limits: &Limits) -> Result<Arc<Frame>, DecomposeError> {
        if let Some(known) = self.0.frame.get() {
            return Ok(known.clone());
        }
        let found = Arc::new(Frame::new(self.algebra(), limits)?);
        Ok(self.0.frame.get_or_init(|| found).clone())
    }

    /// Whether the defining matrices are skew-symmetric and those of discrete generators orthogonal, so that the defining
    /// representation is its own dual.
    pub fn vector_is_orthogonal(&self) -> bool {
        *self.0.vector_is_orthogonal.get_or_init(|| {
            (self.floats().is_none() || self.plane().is_some())
                && self.algebra().realization().is_some_and(|r| r.basis.iter().all(is_skew_symmetric))
                && self.discrete().iter().all(Element::is_orthogonal)
        })
    }

    /// The discrete generators as they act on the algebra: column `j` holds the coordinates of `h e_j h⁻¹`.
    pub(super) fn adjoint_elements(&self, limits: &Limits) -> Result<&[Element], RepError> {
        if let Some(known) = self.0.adjoint_elements.get() {
            return Ok(known);
        }
        let mut found = Vec::with_capacity(self.discrete().len());
        for index in 0..self.discrete().len() {
            found.push(Element::matrix(self.conjugation(index, limits)?, index, limits)?);
        }
        Ok(self.0.adjoint_elements.get_or_init(|| found))
    }

    /// `X ↦ h X h⁻¹` on the algebra, by exact coordinates; an error when it leaves the algebra.
    pub(super) fn conjugation(&self, index: usize, limits: &Limits) -> Result<SparseMatrix, RepError> {
        let outside = || RepError::NotNormalizing { name: self.name().to_string(), index };
        let Some(h) = self.discrete().get(index) else { return Err(outside()) };
        let basis = self.algebra().realization().map_or(&[][..], |r| &r.basis[..]);
        let d = basis.len();
        // Σ_j t_j h X_j h⁻¹ = Σ_k c_k X_k: with the t first, reduced solutions are one column of coordinates each.
        let mut equations: std::collections::BTreeMap<u32, SparseVector> = std::collections::BTreeMap::new();
        let (matrix, inverse) = (h.stored(), h.stored_inverse());
        for (j, x) in basis.iter().enumerate() {
            limits.check()?;
            for (place, value) in matrix.mul(x).mul(&inverse).flatten() {
                equations.entry(place).or_default().push((j as u32, value));
            }
        }
        for (k, x) in basis.iter().enumerate() {
            for (place, value) in x.flatten() {
                equations.entry(place).or_default().push(((d + k) as u32, -value));
            }
        }
        let rows: Vec<SparseVector> = equations.into_values().collect();
        let found = null_space(2 * d, &rows, limits)?;
        if found.leading.len() != d || found.leading.iter().enumerate().any(|(j, lead)| *lead as usize != j) {
            return Err(outside());
        }
        let coordinates = found
            .basis
            .iter()
            .enumerate()
            .flat_map(|(j, row)| row.iter().skip(1).map(move |(k, value)| (*k as usize - d, j, value.clone())));
        Ok(SparseMatrix::from_triples(d, d, coordinates.collect::<Vec<(usize, usize, Rational)>>()))
    }

    /// The most non-zero entries a defining matrix has.
    pub(super) fn vector_nonzeros(&self) -> usize {
        *self.0.vector_nonzeros.get_or_init(|| {
            let counts = self.algebra().realization().map(|r| r.basis.iter().map(SparseMatrix::nonzeros).max());
            counts.flatten().unwrap_or(0)
        })
    }

    /// The most non-zero entries a matrix `ad e_i` has.
    pub(super) fn adjoint_nonzeros(&self) -> usize {
        *self.0.adjoint_nonzeros.get_or_init(|| {
            let constants = self.algebra().constants();
            let mut counts = vec![0; constants.dim()];
            for (i, j, _, _) in constants.iter() {
                counts[i] += 1;
                counts[j] += 1;
            }
            counts.into_iter().max().unwrap_or(0)
        })
    }

    /// Whether the matrices `ad e_i` are skew-symmetric.
    pub(super) fn adjoint_is_orthogonal(&self) -> bool {
        *self.0.adjoint_is_orthogonal.get_or_init(|| {
            let constants = self.algebra().constants();
            // The action of discrete generators is not looked at: with them the dual is kept apart.
            self.discrete_count() == 0 && (0..constants.dim()).all(|i| is_skew_symmetric(&constants.ad_basis(i)))
        })
    }
}

/// The part in which a place lies when parts of these lengths follow each other, and the place within it.
fn locate(lengths: impl Iterator<Item = usize>, place: usize) -> (usize, usize) {
    let mut start = 0;
    let mut part = 0;
    for length in lengths {
        if place < start + length {
            break;
        }
        start += length;
        part += 1;
    }
    (part, place - start)
}

/// Whether `m^T = −m`.
pub(super) fn is_skew_symmetric(m: &SparseMatrix) -> bool {
    m.rows() == m.cols() && m.triples().all(|(i, j, v)| m.entry(j, i) == -v)
}

/// Basis elements, in their order, each outside the subalgebra that those before it generate.
fn generating_set(algebra: &Algebra, limits: &Limits) -> Result<Vec<usize>, Stop> {
    let n = algebra.dim();
    limits.reserve((n * n) as u128 * 64)?;
    let mut primes = Primes::new(limits);
    let table = loop {
        limits.check()?;
        if let Some(table) = ResidueTable::new(primes.draw(), algebra.constants()) {
            break table;
        }
    };
    let p = table.prime();
    let mut span = ModSpan::new(p);
    let mut elements: Vec<Vec<u32>> = Vec::new();
    let mut chosen = Vec::new();
    let mut actions = Vec::new();
    for i in 0..n {
        let mut unit = vec![0; n];
        unit[i] = 1;
        if !span.insert(unit.clone()) {
            continue;
        }
        let action = table.ad_basis(i);
        // The subalgebra generated by S is spanned by the brackets [s, [s', …]]: bracketing with S is enough.
        let mut queue: Vec<Vec<u32>> = elements.iter().map(|v| action.left_mul(p, v)).collect();
        elements.push(unit.clone());
        queue.extend(actions.iter().map(|a: &crate::exact::ModMatrix| a.left_mul(p, &unit)));
        chosen.push(i);
        actions.push(action);
        while let Some(v) = queue.pop() {
            limits.check()?;
            if span.dim() == n {
                return Ok(chosen);
            }
            if span.insert(v.clone()) {
                queue.extend(actions.iter().map(|a| a.left_mul(p, &v)));
                elements.push(v);
            }
        }
    }
    Ok(chosen)
}

impl fmt::Debug for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base({})", self.name())
    }
}
