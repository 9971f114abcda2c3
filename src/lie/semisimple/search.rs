//! Elements and primes, one attempt after the other, until one is generic.

use crate::exact::lift::Primes;
use crate::exact::polynomial::modular;
use crate::lie::StructureConstants;
use crate::lie::chains::{Chains, Pair};
use crate::lie::etale::RootAlgebra;
use crate::lie::jacobi::next_table;
use crate::limits::{Limits, Stop};
use crate::num::prime::random_stream;
use crate::roots::SimpleType;

pub(super) const ATTEMPTS: u64 = 40;

/// The types of the absolutely simple ideals, from one prime: the Killing form is not formed. `None` when no attempt
/// was lucky, which is so in particular when the algebra is not semisimple.
pub(in crate::lie) fn type_over_closure(
    constants: &StructureConstants,
    attempts: u64,
    limits: &Limits,
) -> Result<Option<Vec<SimpleType>>, Stop> {
    if constants.dim() == 0 {
        return Ok(Some(Vec::new()));
    }
    let mut search = Search::new(constants, None, limits);
    for attempt in 0..attempts.min(ATTEMPTS) {
        let chains = search.next(attempt)?;
        if let Some(roots) = RootAlgebra::new(chains, limits)?
            && let Some(components) = roots.components(attempt)?
        {
            let p = chains.prime();
            let mut rng = random_stream(limits.seed(), 8000);
            let factors = modular::factor_squarefree(p, &components.polynomial, &mut rng, limits)?;
            let mut types = Vec::new();
            for q in &factors {
                match roots.type_of_factor(&components, q)? {
                    Some(found) => types.extend(vec![found.simple; q.len() - 1]),
                    None => break,
                }
            }
            if types.len() + 1 == components.polynomial.len() {
                return Ok(Some(types));
            }
        }
    }
    Ok(None)
}

/// Chains for one attempt after the other: other elements at the same prime, then other primes.
pub(super) struct Search<'a> {
    constants: &'a StructureConstants,
    primes: Primes,
    chains: Option<Chains>,
    limits: &'a Limits,
}

impl<'a> Search<'a> {
    pub(super) fn new(constants: &'a StructureConstants, chains: Option<Chains>, limits: &'a Limits) -> Search<'a> {
        Search { constants, primes: Primes::new(limits), chains, limits }
    }

    pub(super) fn next(&mut self, attempt: u64) -> Result<&Chains, Stop> {
        self.limits.check()?;
        let chains = match self.chains.take() {
            Some(chains) if attempt == 0 => chains,
            Some(chains) if attempt % 2 == 1 => {
                let pair = Pair::random(self.constants.dim(), false, attempt, self.limits);
                Chains::new(chains.table, &pair, self.limits)?
            }
            _ => {
                let table = next_table(&mut self.primes, self.constants);
                let few = attempt == 0 && !table.is_sparse();
                let pair = Pair::random(self.constants.dim(), few, attempt, self.limits);
                Chains::new(table, &pair, self.limits)?
            }
        };
        Ok(self.chains.insert(chains))
    }
}
