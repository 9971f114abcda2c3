//! Finding highest weights by their dimension.

use num_bigint::BigUint;
use num_traits::{One, ToPrimitive};

use super::{Weight, WeightError};
use crate::limits::Limits;
use crate::roots::{RootSystem, SimpleType};

/// Weyl's dimension polynomial of a simple algebra, prepared for many evaluations.
pub struct Enumeration {
    /// The pairings of the fundamental weights with each positive coroot.
    coroots: Vec<Vec<i64>>,
    /// Their sums, `⟨ρ, α^∨⟩`.
    heights: Vec<i64>,
    /// The inverses of these.
    inverses: Vec<f64>,
    rank: usize,
}

/// Relative distance within which two products of doubles are compared exactly; their own errors are below 2·10^-11:
/// there are at most 40000 factors, each rounded four times.
const MARGIN: f64 = 1e-9;

/// Labels of one answer are looked for up to this size; beyond it doubles do not tell neighbours apart.
const LARGEST_LABEL: i64 = 100_000_000;

/// The dimension that is looked for, and the same as a double.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    dim: &'a BigUint,
    approximate: f64,
}

impl Enumeration {
    /// Prepares the polynomial.
    pub fn new(simple: SimpleType, limits: &Limits) -> Result<Enumeration, WeightError> {
        let system = RootSystem::new(simple, limits)?;
        let coroots: Vec<Vec<i64>> = system.positive().iter().map(|root| system.coroot(root)).collect();
        let heights: Vec<i64> = coroots.iter().map(|c| c.iter().sum()).collect();
        let inverses = heights.iter().map(|&h| 1.0 / h as f64).collect();
        Ok(Enumeration { coroots, heights, inverses, rank: simple.rank() })
    }

    /// What one evaluation costs, in multiplications.
    pub fn cost(&self) -> u64 {
        self.coroots.len() as u64
    }

    /// The dimension, exactly.
    fn exact(&self, weight: &[i64]) -> BigUint {
        let (mut numerator, mut denominator) = (BigUint::one(), BigUint::one());
        for (coroot, &height) in self.coroots.iter().zip(&self.heights) {
            let value: i64 = coroot.iter().zip(weight).map(|(c, x)| c * x).sum();
            if value > 0 {
                numerator *= (value + height).unsigned_abs();
                denominator *= height.unsigned_abs();
            }
        }
        numerator / denominator
    }

    /// The dimension as a double, from the pairings of the weight with the coroots.
    fn approximate(&self, pairings: &[i64]) -> f64 {
        let factors = pairings.iter().zip(&self.heights).zip(&self.inverses);
        factors.map(|((&p, &h), inverse)| (p + h) as f64 * inverse).product()
    }

    /// All highest weights of dimension `dim`, in lexicographic order; `None` when finding them would take more than `work`
    /// multiplications, or when the dimension is beyond what doubles can bound. Doubles only discard what cannot be an answer:
    /// every answer is verified exactly.
    pub fn of_dimension(
        &self,
        dim: &BigUint,
        work: &mut u64,
        limits: &Limits,
    ) -> Result<Option<Vec<Weight>>, WeightError> {
        let Some(target) = dim.to_f64().filter(|x| *x < 1e200) else { return Ok(None) };
        let mut found = Vec::new();
        let mut prefix = Vec::with_capacity(self.rank);
        let mut pairings = vec![0; self.coroots.len()];
        let done =
            self.search(Wanted { dim, approximate: target }, &mut prefix, &mut pairings, &mut found, work, limits)?;
        Ok(done.then_some(found))
    }

    /// The same for many dimensions at once, given in increasing order: all weights up to the largest one are gone through.
    pub fn of_dimensions(
        &self,
        dims: &[BigUint],
        work: &mut u64,
        limits: &Limits,
    ) -> Result<Option<Vec<Vec<Weight>>>, WeightError> {
        let targets: Vec<f64> = dims.iter().map(|d| d.to_f64().unwrap_or(f64::INFINITY)).collect();
        if targets.last().is_none_or(|&last| last > 1e200) {
            return Ok(dims.is_empty().then(Vec::new));
        }
        let mut found = vec![Vec::new(); dims.len()];
        let mut prefix = Vec::with_capacity(self.rank);
        let start = vec![0; self.coroots.len()];
        let done = self.gather((dims, &targets), &mut prefix, start, &mut found, work, limits)?;
        Ok(done.then_some(found))
    }

    fn gather(
        &self,
        (dims, targets): (&[BigUint], &[f64]),
        prefix: &mut Vec<i64>,
        mut pairings: Vec<i64>,
        found: &mut [Vec<Weight>],
        work: &mut u64,
        limits: &Limits,
    ) -> Result<bool, WeightError> {
        limits.check()?;
        let at = prefix.len();
        let largest = targets.last().copied().unwrap_or(0.0) * (1.0 + MARGIN);
        for label in 0.. {
            if !self.spend(work) {
                return Ok(false);
            }
            let value = self.approximate(&pairings);
            if value > largest {
                break;
            }
            prefix.push(label);
            if prefix.len() < self.rank {
                if !self.gather((dims, targets), prefix, pairings.clone(), found, work, limits)? {
                    return Ok(false);
                }
            } else {
                let first = targets.partition_point(|t| t * (1.0 + MARGIN) < value);
                for place in (first..targets.len()).take_while(|&k| targets[k] * (1.0 - MARGIN) <= value) {
                    if self.exact(prefix) == dims[place] {
                        found[place].push(prefix.clone());
                    }
                }
            }
            prefix.pop();
            pairings.iter_mut().zip(&self.coroots).for_each(|(p, c)| *p += c[at]);
        }
        Ok(true)
    }

    /// Goes through the labels one after the other; the last one is found by bisection, since the dimension grows with
    /// every label. Says whether it could finish.
    fn search(
        &self,
        wanted: Wanted,
        prefix: &mut Vec<i64>,
        pairings: &mut Vec<i64>,
        found: &mut Vec<Weight>,
        work: &mut u64,
        limits: &Limits,
    ) -> Result<bool, WeightError> {
        limits.check()?;
        if prefix.len() + 1 == self.rank {
            return self.last_label(wanted, prefix, pairings, found, work);
        }
        let before = pairings.clone();
        let at = prefix.len();
        let mut label = 0;
        let done = loop {
            if !self.spend(work) {
                break false;
            }
            if self.approximate(pairings) > wanted.approximate * (1.0 + MARGIN) {
                break true;
            }
            prefix.push(label);
            let inside = self.search(wanted, prefix, pairings, found, work, limits)?;
            prefix.pop();
            if !inside {
                break false;
            }
            label += 1;
            pairings.iter_mut().zip(&self.coroots).for_each(|(p, c)| *p += c[at]);
        };
        *pairings = before;
        Ok(done)
    }

    fn spend(&self, work: &mut u64) -> bool {
        match work.checked_sub(self.cost()) {
            Some(rest) => {
                *work = rest;
                true
            }
            None => false,
        }
    }

    fn last_label(
        &self,
        wanted: Wanted,
        prefix: &[i64],
        pairings: &[i64],
        found: &mut Vec<Weight>,
        work: &mut u64,
    ) -> Result<bool, WeightError> {
        let at = self.rank - 1;
        let value = |label: i64| -> f64 {
            let shifted: Vec<i64> = pairings.iter().zip(&self.coroots).map(|(p, c)| p + c[at] * label).collect();
            self.approximate(&shifted)
        };
        // The least label whose dimension is not certainly too small: doubling, then bisection.
        let least = wanted.approximate * (1.0 - MARGIN);
        let (mut low, mut high) = (0, 1);
        while value(high) < least {
            if !self.spend(work) || high > LARGEST_LABEL {
                return Ok(false);
            }
            (low, high) = (high, 2 * high);
        }
        while low < high {
            if !self.spend(work) {
                return Ok(false);
            }
            let middle = (low + high) / 2;
            if value(middle) < least { low = middle + 1 } else { high = middle }
        }
        let mut label = low;
        while value(label) <= wanted.approximate * (1.0 + MARGIN) {
            if !self.spend(work) {
                return Ok(false);
            }
            let weight: Weight = prefix.iter().copied().chain([label]).collect();
            if self.exact(&weight) == *wanted.dim {
                found.push(weight);
            }
            label += 1;
        }
        Ok(true)
    }
}

/// The irreducible representations of a simple algebra with dimension at most `bound`, by dimension and then highest
/// weight. More than `most` of them are an error.
pub fn irreducibles_up_to(
    simple: SimpleType,
    bound: u64,
    most: usize,
    limits: &Limits,
) -> Result<Vec<(BigUint, Weight)>, WeightError> {
    let polynomial = Enumeration::new(simple, limits)?;
    let bound = BigUint::from(bound);
    let mut found: Vec<(BigUint, Weight)> = Vec::new();
    // Depth first: a label is raised as long as the dimension allows it, then the one before it.
    let mut weight = vec![0; simple.rank()];
    let mut at = 0;
    loop {
        limits.check()?;
        let dim = polynomial.exact(&weight);
        if dim <= bound {
            if found.len() == most {
                return Err(WeightError::TooLarge(format!(
                    "more than {most} representations have dimension up to {bound}"
                )));
            }
            found.push((dim, weight.clone()));
            at = 0;
        } else {
            // The labels before `at` are zero: this one goes back, the next one is raised.
            weight[at] = 0;
            at += 1;
        }
        match weight.get_mut(at) {
            Some(label) => *label += 1,
            None => break,
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::{ReductiveType, dimension};

    fn simple(text: &str) -> SimpleType {
        text.parse::<ReductiveType>().unwrap().simple().unwrap()
    }

    fn of_dimension(text: &str, dim: u64) -> Vec<Weight> {
        let mut work = 100_000_000;
        let found = Enumeration::new(simple(text), &Limits::none()).unwrap();
        found.of_dimension(&dim.into(), &mut work, &Limits::none()).unwrap().unwrap()
    }

    #[test]
    fn weights_of_a_dimension_are_all_found() {
        assert_eq!(of_dimension("A1", 1_000_000), [[999_999]]);
        assert_eq!(of_dimension("A2", 15), [[0, 4], [1, 2], [2, 1], [4, 0]]);
        assert_eq!(of_dimension("D4", 8), [[0, 0, 0, 1], [0, 0, 1, 0], [1, 0, 0, 0]]);
        assert_eq!(of_dimension("G2", 77), [[0, 2], [3, 0]]);
        assert!(of_dimension("E8", 249).is_empty());
        // Against the plain list.
        for text in ["A3", "B3", "C3", "D5", "G2", "F4", "E6"] {
            let t = simple(text);
            let all = irreducibles_up_to(t, 3000, 10_000, &Limits::none()).unwrap();
            for (dim, weight) in &all {
                assert_eq!(dimension(&t.into(), weight, &Limits::none()).unwrap(), *dim);
                let same: Vec<Weight> = all.iter().filter(|(d, _)| d == dim).map(|(_, w)| w.clone()).collect();
                assert_eq!(of_dimension(text, dim.to_u64().unwrap()), same, "{text} {dim}");
            }
            // All dimensions at once.
            let mut dims: Vec<BigUint> = all.iter().map(|x| x.0.clone()).collect();
            dims.dedup();
            let mut work = 100_000_000;
            let polynomial = Enumeration::new(t, &Limits::none()).unwrap();
            let found = polynomial.of_dimensions(&dims, &mut work, &Limits::none()).unwrap().unwrap();
            assert_eq!(found.concat().len(), all.len(), "{text}");
            for (dim, weights) in dims.iter().zip(&found) {
                assert_eq!(*weights, of_dimension(text, dim.to_u64().unwrap()), "{text} {dim}");
            }
        }
    }

    #[test]
    fn the_smallest_representations_are_those_of_the_tables() {
        // Slansky, tables 48–52; LieART 2.
        let dims = |text: &str, bound| -> Vec<u64> {
            irreducibles_up_to(simple(text), bound, 100, &Limits::none())
                .unwrap()
                .iter()
                .map(|x| x.0.to_u64().unwrap())
                .collect()
        };
        assert_eq!(dims("E6", 700), [1, 27, 27, 78, 351, 351, 351, 351, 650]);
        assert_eq!(dims("E7", 2000), [1, 56, 133, 912, 1463, 1539]);
        assert_eq!(dims("E8", 31_000), [1, 248, 3875, 27_000, 30_380]);
        assert_eq!(dims("F4", 1100), [1, 26, 52, 273, 324, 1053, 1053]);
        assert_eq!(dims("G2", 80), [1, 7, 14, 27, 64, 77, 77]);
        assert!(irreducibles_up_to(simple("A2"), 1_000_000, 50, &Limits::none()).is_err());
    }
}
