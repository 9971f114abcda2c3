//! What weights refer to: the coroots of a Cartan subalgebra, and a basis of the centre.

use super::DecomposeError;
use super::modular::{ModularCoroots, Places};
use crate::exact::Subspace;
use crate::exact::lift::Primes;
use crate::exact::sparse::to_sparse;
use crate::lie::chevalley::{self, Basis, ChevalleyError, SurdVector};
use crate::lie::{Algebra, parts, structure};
use crate::limits::{Limits, Stop};
use crate::num::{Prime, Rational};
use crate::weights::ReductiveType;

/// The coroots `h_i` in the coordinates of an algebra, factor after factor in Bourbaki's numbering.
#[derive(Clone, Debug)]
pub enum Coroots {
    /// Over Q(√field), with a square-free `field`, 1 for Q.
    Exact {
        /// The number under the root.
        field: i64,
        /// The coroots.
        vectors: Vec<SurdVector>,
    },
    /// Residues of coroots over the p-adic numbers.
    Modular {
        /// The prime.
        prime: Prime,
        /// The coroots.
        vectors: Vec<Vec<u32>>,
        /// Where there are others.
        others: Others,
    },
}

/// Coroots modulo other primes.
#[derive(Clone, Debug)]
pub struct Others {
    places: Places,
    /// The derived algebra in the whole one.
    derived: Subspace,
}

impl Others {
    /// The coroots modulo the next suitable prime, in the coordinates of the whole algebra, factors in the same order: those modulo
    /// two primes need not be images of the same ones.
    pub fn next(
        &self,
        primes: &mut Primes,
        suits: impl Fn(Prime) -> bool,
        limits: &Limits,
    ) -> Result<Option<ModularCoroots>, Stop> {
        let Some(found) = self.places.next(primes, suits, limits)? else { return Ok(None) };
        Ok(self.lifted(&found).map(|coroots| ModularCoroots { coroots, ..found }))
    }

    fn lifted(&self, found: &ModularCoroots) -> Option<Vec<Vec<u32>>> {
        let p = found.prime;
        let lift = |h: &Vec<u32>| -> Option<Vec<u32>> {
            let mut whole = vec![0; self.derived.ambient()];
            for (&c, row) in h.iter().zip(self.derived.basis()) {
                for (x, v) in whole.iter_mut().zip(row).filter(|(_, v)| !v.is_zero()) {
                    *x = p.add(*x, p.mul(c, p.residue(v)?));
                }
            }
            Some(whole)
        };
        found.coroots.iter().map(lift).collect()
    }
}

/// The coroots and the centre of a reductive algebra, in its coordinates.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The type over C; one charge for each dimension of the centre.
    pub group: ReductiveType,
    /// The coroots.
    pub coroots: Coroots,
    /// A basis of the centre.
    pub center: Vec<Vec<Rational>>,
}

impl Frame {
    /// The frame of an algebra: from an exact Chevalley basis of its derived algebra, or modulo a prime where there is none.
    pub fn new(algebra: &Algebra, limits: &Limits) -> Result<Frame, DecomposeError> {
        let n = algebra.dim();
        let called = || match algebra.origin() {
            "" => format!("this algebra of dimension {n}"),
            origin => origin.to_string(),
        };
        let center = structure::center(algebra.constants(), limits)?;
        let derived = match center.dim() {
            0 => Subspace::full(n),
            _ => {
                let full = Subspace::full(n);
                crate::lie::product_space(algebra.constants(), &full, &full, limits)?
            }
        };
        // Reductive algebras are the sums of their centre and a semisimple ideal, the derived algebra (Bourbaki, Lie I §6.4).
        if derived.dim() + center.dim() != n {
            return Err(DecomposeError::NotReductive(called()));
        }
        let part = match center.dim() {
            0 => algebra.clone(),
            _ => match parts::subalgebra(algebra, &derived, "derived algebra", limits) {
                Ok(part) => part,
                Err(parts::PartError::Stop(stop)) => return Err(stop.into()),
                Err(error) => return Err(DecomposeError::Check(error.to_string())),
            },
        };
        let with_center = |factors| ReductiveType::new(factors, center.dim());
        let basis = match chevalley::chevalley(&part, limits) {
            Ok(found) => match found.basis {
                Basis::Exact(basis) => Some(basis),
                Basis::Numerical(_) => None,
            },
            Err(ChevalleyError::NotSemisimple { .. }) => return Err(DecomposeError::NotReductive(called())),
            Err(ChevalleyError::Imprecise(_)) => None,
            Err(error) => return Err(error.into()),
        };
        if let Some(basis) = basis {
            let mut vectors = Vec::new();
            let mut start = 0;
            for simple in basis.cartan_type.summands() {
                vectors.extend(basis.vectors.iter().skip(start).take(simple.rank()).map(|h| lifted(h, &derived)));
                start += simple.dim();
            }
            let group = with_center(basis.cartan_type.summands().to_vec());
            let coroots = Coroots::Exact { field: basis.field, vectors };
            return Ok(Frame { group, coroots, center: center.basis().to_vec() });
        }
        // Charges are imaginary as often as not, complex matrices have i: then the prime must have a root of −1.
        let imaginary = center.dim() > 0 || algebra.realization().is_some_and(|r| r.complex);
        let suits = |p: Prime| !imaginary || p.value() % 4 == 1;
        let rank = structure::cartan_subalgebra(part.constants(), limits)?.dim();
        let no_basis = || DecomposeError::NoExactBasis(called());
        let places = Places::new(part.constants(), rank, limits)?.ok_or_else(no_basis)?;
        let found = places.next(&mut Primes::new(limits), suits, limits)?.ok_or_else(no_basis)?;
        let others = Others { places, derived };
        let vectors = others.lifted(&found).ok_or_else(no_basis)?;
        let coroots = Coroots::Modular { prime: found.prime, vectors, others };
        Ok(Frame { group: with_center(found.factors), coroots, center: center.basis().to_vec() })
    }
}

/// A vector in the coordinates of a subspace, in those of the whole space.
fn lifted(h: &SurdVector, space: &Subspace) -> SurdVector {
    let whole = |part: &[(u32, Rational)]| {
        let dense = crate::exact::sparse::to_dense(part, space.dim());
        to_sparse(&structure::combination(&dense, space.basis(), space.ambient()))
    };
    SurdVector { a: whole(&h.a), b: whole(&h.b) }
}
