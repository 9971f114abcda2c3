//! What representations are representations of: a connected group or an algebra, with what is worth remembering.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::RepError;
use super::decompose::{DecomposeError, Frame};
use crate::exact::lift::Primes;
use crate::exact::{ModSpan, SparseMatrix};
use crate::lie::{Algebra, ResidueTable};
use crate::limits::{Limits, Stop};

/// A connected group, known by its algebra, or the algebra itself; cheap to clone.
#[derive(Clone)]
pub struct Base(Arc<Inner>);

struct Inner {
    name: String,
    algebra: Arc<Algebra>,
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
        Base(Arc::new(Inner {
            name: name.into(),
            algebra,
            generators: OnceLock::new(),
            vector_is_orthogonal: OnceLock::new(),
            adjoint_is_orthogonal: OnceLock::new(),
            vector_nonzeros: OnceLock::new(),
            adjoint_nonzeros: OnceLock::new(),
            frame: OnceLock::new(),
        }))
    }

    /// The name under which it was made.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The algebra whose basis elements act.
    pub fn algebra(&self) -> &Arc<Algebra> {
        &self.0.algebra
    }

    /// Whether both are the same for our purposes: the same brackets in the same basis and the same matrices.
    ///
    /// A connected matrix group is determined by its algebra of matrices, so names do not matter.
    pub fn is_same(&self, other: &Base) -> bool {
        let (g, h) = (self.algebra(), other.algebra());
        Arc::ptr_eq(&self.0, &other.0)
            || Arc::ptr_eq(g, h)
            || (g.constants() == h.constants() && g.realization() == h.realization())
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

    /// Whether the defining matrices are skew-symmetric, so that the defining representation is its own dual.
    pub(super) fn vector_is_orthogonal(&self) -> bool {
        *self
            .0
            .vector_is_orthogonal
            .get_or_init(|| self.algebra().realization().is_some_and(|r| r.basis.iter().all(is_skew_symmetric)))
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
            (0..constants.dim()).all(|i| is_skew_symmetric(&constants.ad_basis(i)))
        })
    }
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
