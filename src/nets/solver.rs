//! Bases between blocks, each found once for a network.

use std::sync::Arc;

use super::NetError;
use super::coupling::couplings;
use super::maps::{SparseCouplings, SparseMaps};
use crate::equivariant;
use crate::limits::Limits;
use crate::reps::Rep;

/// What was solved for one network.
pub(super) struct Solver<'a> {
    pub limits: &'a Limits,
    maps: Vec<(Rep, Rep, Arc<SparseMaps>)>,
    couplings: Vec<([Rep; 3], Arc<SparseCouplings>)>,
}

impl<'a> Solver<'a> {
    pub fn new(limits: &'a Limits) -> Solver<'a> {
        Solver { limits, maps: Vec::new(), couplings: Vec::new() }
    }

    /// The equivariant maps from one block to another; invariants are the maps from the trivial representation.
    pub fn maps(&mut self, from: &Rep, to: &Rep) -> Result<Arc<SparseMaps>, NetError> {
        let known = self.maps.iter().find(|(a, b, _)| a.is_identical(from) && b.is_identical(to));
        if let Some((.., maps)) = known {
            return Ok(maps.clone());
        }
        self.limits.check()?;
        let basis = equivariant::basis(&Rep::hom(from, to)?, self.limits)?;
        let maps = Arc::new(SparseMaps::of_basis(&basis, self.limits)?);
        self.maps.push((from.clone(), to.clone(), maps.clone()));
        Ok(maps)
    }

    /// The bilinear maps from two blocks to a third that a network uses.
    pub fn couplings(&mut self, first: &Rep, second: &Rep, to: &Rep) -> Result<Arc<SparseCouplings>, NetError> {
        let asked = [first, second, to];
        let known = self.couplings.iter().find(|(reps, _)| reps.iter().zip(asked).all(|(a, b)| a.is_identical(b)));
        if let Some((_, maps)) = known {
            return Ok(maps.clone());
        }
        self.limits.check()?;
        let maps = Arc::new(couplings(first, second, to, self.limits)?);
        self.couplings.push((asked.map(Rep::clone), maps.clone()));
        Ok(maps)
    }
}
