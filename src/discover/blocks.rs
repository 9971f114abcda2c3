//! The points of a request with values and derivatives, block by block; those at the start are kept, so that sizes can be
//! estimated from them before anything is set up, and not be computed twice.

use super::evaluate::{BLOCK, Block, Evaluator};
use super::oracle::Oracle;
use super::sample::{Points, Stream};

/// Numbers that are kept at most.
const MOST: usize = 1 << 18;

/// Points, one row each, and what the oracle is there.
#[derive(Clone, Default)]
pub(super) struct Evaluated {
    pub points: Vec<f64>,
    pub derived: Block,
}

/// A stream of evaluated points that can go back to its start once.
pub(super) struct Blocks<'a> {
    stream: Stream<'a>,
    evaluator: Evaluator<'a>,
    kept: Vec<Evaluated>,
    numbers: usize,
    /// Blocks that were handed out and not kept.
    passed: usize,
    at: usize,
}

impl<'a> Blocks<'a> {
    pub fn new(oracle: &'a Oracle, points: &'a Points, seed: u64) -> Blocks<'a> {
        let stream = points.stream(oracle.dimension(), oracle.arguments().len(), seed);
        Blocks { stream, evaluator: Evaluator::new(oracle), kept: Vec::new(), numbers: 0, passed: 0, at: 0 }
    }

    /// The next block, which is kept as long as there is room.
    pub fn look(&mut self) -> Option<Evaluated> {
        let mut found = Evaluated::default();
        if self.stream.next(BLOCK, &mut found.points) == 0 {
            return None;
        }
        self.evaluator.run(&found.points, &mut found.derived);
        let size = found.points.len() + found.derived.values.len() + found.derived.gradients.len();
        if self.passed == 0 && self.numbers + size <= MOST {
            self.numbers += size;
            self.kept.push(found.clone());
        } else {
            self.passed += 1;
        }
        Some(found)
    }

    /// Goes back to the start: what was not kept is drawn again.
    pub fn rewind(&mut self) {
        if self.passed > 0 {
            self.stream.restart();
            let mut points = Vec::new();
            (0..self.kept.len()).for_each(|_| {
                self.stream.next(BLOCK, &mut points);
            });
        }
        self.at = 0;
    }

    /// Puts the next block after the start into `block`; `false` at the end.
    pub fn next(&mut self, block: &mut Evaluated) -> bool {
        if let Some(kept) = self.kept.get_mut(self.at) {
            self.at += 1;
            std::mem::swap(kept, block);
            return true;
        }
        if self.stream.next(BLOCK, &mut block.points) == 0 {
            return false;
        }
        self.evaluator.run(&block.points, &mut block.derived);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::{Law, oracle_of_forms};
    use crate::forms::quadratic_signature;
    use crate::limits::Limits;

    /// Whether all blocks are kept or some drawn again, the same points come after a look at the first ones.
    #[test]
    fn a_look_changes_nothing() {
        for (n, count) in [(3, 100), (900, 40 * BLOCK + 5)] {
            let oracle = oracle_of_forms(&[quadratic_signature(n, 0).unwrap()], false, &Limits::none()).unwrap();
            let points = Points::Drawn(count, Law::Normal);
            let (mut looked, mut fresh) = (Blocks::new(&oracle, &points, 5), Blocks::new(&oracle, &points, 5));
            let seen: Vec<Evaluated> = (0..8).map_while(|_| looked.look()).collect();
            looked.rewind();
            let (mut own, mut other, mut total) = (Evaluated::default(), Evaluated::default(), 0);
            while looked.next(&mut own) {
                assert!(fresh.next(&mut other));
                assert_eq!((&own.points, &own.derived.gradients), (&other.points, &other.derived.gradients));
                if let Some(before) = seen.get(total / BLOCK) {
                    assert_eq!(own.points, before.points);
                }
                total += own.derived.count;
            }
            assert!(!fresh.next(&mut other) && total == count);
        }
    }
}
