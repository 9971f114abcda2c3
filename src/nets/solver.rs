//! Bases between blocks, each found once for a network.

use std::sync::Arc;

use super::NetError;
use super::coupling::{couplings, every};
use super::maps::{SparseCouplings, SparseMaps};
use crate::equivariant;
use crate::limits::Limits;
use crate::reps::Rep;

/// What was solved for one network.
pub(super) struct Solver<'a> {
    pub limits: &'a Limits,
    maps: Vec<(Rep, Rep, Arc<SparseMaps>)>,
    couplings: Known,
    all_couplings: Known,
}

impl<'a> Solver<'a> {
    pub fn new(limits: &'a Limits) -> Solver<'a> {
        Solver { limits, maps: Vec::new(), couplings: Vec::new(), all_couplings: Vec::new() }
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
        known_or(&mut self.couplings, [first, second, to], || couplings(first, second, to, self.limits))
    }

    /// All equivariant bilinear maps from two blocks to a third.
    pub fn all_couplings(&mut self, first: &Rep, second: &Rep, to: &Rep) -> Result<Arc<SparseCouplings>, NetError> {
        known_or(&mut self.all_couplings, [first, second, to], || every(first, second, to, self.limits))
    }
}

type Known = Vec<([Rep; 3], Arc<SparseCouplings>)>;

/// What was found before, or is found now.
fn known_or(
    known: &mut Known,
    asked: [&Rep; 3],
    find: impl FnOnce() -> Result<SparseCouplings, NetError>,
) -> Result<Arc<SparseCouplings>, NetError> {
    if let Some((_, maps)) = known.iter().find(|(reps, _)| reps.iter().zip(asked).all(|(a, b)| a.is_identical(b))) {
        return Ok(maps.clone());
    }
    let maps = Arc::new(find()?);
    known.push((asked.map(Rep::clone), maps.clone()));
    Ok(maps)
}
