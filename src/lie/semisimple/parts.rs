//! The simple ideals over Q, from a root algebra with its components.

use std::cmp::Reverse;

use super::{IdentifyError, RationalIdeal, Regular, Semisimple};
use crate::exact::Matrix;
use crate::exact::polynomial::Polynomial;
use crate::lie::StructureConstants;
use crate::lie::centroid_generator::{self, Generator};
use crate::lie::chains::Chains;
use crate::lie::etale::{Components, RootAlgebra};
use crate::lie::signature::Signature;
use crate::limits::{Limits, Stop};
use crate::num::{Prime, Rational};

/// A semisimple algebra taken apart, and the generator of its centroid when there are several absolutely simple ideals.
pub type Parts = (Semisimple, Option<Generator>);

/// A root algebra with its components, and what belongs to it.
pub(super) struct Found<'a> {
    pub constants: &'a StructureConstants,
    pub killing: &'a Matrix<Rational>,
    pub chains: &'a Chains,
    pub roots: &'a RootAlgebra<'a>,
    pub components: &'a Components,
    pub known: Option<Signature>,
    /// √d as an operator, where only the places are wanted at which it is positive.
    pub root: Option<&'a Matrix<Rational>>,
    pub limits: &'a Limits,
}

impl Found<'_> {
    /// The algebra taken apart; `None` when the elements or the prime turn out to be unlucky.
    pub fn parts(&self, attempt: u64) -> Result<Option<Parts>, IdentifyError> {
        let mut generator = None;
        if self.components.pivots.len() > 1 {
            self.limits.progress("simple ideals", 0.2);
            let generators = self.generators()?;
            generator = centroid_generator::generator(self.constants, self.chains, &generators, attempt, self.limits)?;
            if generator.is_none() {
                return Ok(None);
            }
        }
        let Some(mut ideals) = self.ideals(generator.as_ref())? else { return Ok(None) };
        self.limits.progress("real forms", 0.5);
        let Some(places) = self.real_places(generator.as_ref(), &ideals)? else { return Ok(None) };
        let told_apart = self.name_real_forms(generator.as_ref(), &mut ideals, &places)?;
        ideals.sort_by_key(|ideal| (Reverse(ideal.dim()), ideal.real.first().map(|r| r.form)));
        let regular = Regular {
            prime: self.chains.prime().value(),
            x: self.chains.pair.x.clone(),
            w: self.chains.pair.w.clone(),
            root_polynomial: self.roots.f.clone(),
            determinant: self.roots.gram_determinant(),
        };
        Ok(Some((Semisimple { rank: self.roots.rank(), ideals, regular: Some(regular), told_apart }, generator)))
    }

    /// The simple ideals over Q with their types, the real ones still empty: one for each irreducible factor of the
    /// generator's polynomial.
    fn ideals(&self, generator: Option<&Generator>) -> Result<Option<Vec<RationalIdeal>>, Stop> {
        let p = self.chains.prime();
        let fields = match generator {
            Some(generator) => generator.polynomial.factor_squarefree(self.limits)?,
            None => vec![Polynomial::new(vec![Rational::ZERO, Rational::ONE])],
        };
        let mut ideals = Vec::with_capacity(fields.len());
        for field in fields {
            let q = match generator {
                Some(_) => residues(p, &field),
                None => Some(self.components.polynomial.clone()),
            };
            let Some(q) = q else { return Ok(None) };
            let Some(found) = self.roots.type_of_factor(self.components, &q)? else { return Ok(None) };
            ideals.push(RationalIdeal {
                factor: found.simple,
                field,
                real: Vec::new(),
                counted_roots: found.counted,
                root_polynomial: found.polynomial,
            });
        }
        Ok(Some(ideals))
    }

    /// Elements that generate the algebra: `x` and `w` when brackets of them span it, otherwise a basis.
    fn generators(&self) -> Result<Vec<Vec<i64>>, Stop> {
        let n = self.constants.dim();
        let generate = match self.chains.generate {
            Some(known) => known,
            None => self.chains.killing(self.limits)?.1,
        };
        if generate {
            return Ok(vec![self.chains.pair.x.clone(), self.chains.pair.w.clone()]);
        }
        Ok((0..n).map(|i| (0..n).map(|j| i64::from(i == j)).collect()).collect())
    }
}

/// A polynomial modulo a prime, or `None` when the prime divides a denominator.
fn residues(p: Prime, f: &Polynomial) -> Option<Vec<u32>> {
    f.coefficients().iter().map(|c| p.residue(c)).collect()
}
