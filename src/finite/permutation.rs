//! Permutations of the points 0 … n-1.

use std::fmt;

use num_bigint::BigUint;
use num_integer::Integer;

/// A permutation of `0 … n-1`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Permutation {
    images: Vec<u32>,
}

impl Permutation {
    /// The identity on `degree` points.
    pub fn identity(degree: usize) -> Permutation {
        Permutation { images: (0..degree as u32).collect() }
    }

    /// From the list of images; `None` unless each point occurs once.
    pub fn from_images(images: Vec<u32>) -> Option<Permutation> {
        let mut seen = vec![false; images.len()];
        for &image in &images {
            match seen.get_mut(image as usize) {
                Some(slot) if !*slot => *slot = true,
                _ => return None,
            }
        }
        Some(Permutation { images })
    }

    /// From a list known to hold each point once.
    pub(super) fn of(images: Vec<u32>) -> Permutation {
        debug_assert!(Permutation::from_images(images.clone()).is_some());
        Permutation { images }
    }

    /// Reads cycle notation, `(0 1 2)(3 4)`; commas may separate, `()` is the identity. The cycles must be disjoint.
    /// An error names the character, from 1, at which the text is wrong.
    pub fn from_cycles(degree: usize, text: &str) -> Result<Permutation, String> {
        let mut out = Permutation::identity(degree);
        let mut moved = vec![false; degree];
        let place = |rest: &str| text.chars().count() - rest.chars().count() + 1;
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let wrong = || format!("cycles are written (0 1 2)(3 4); see character {}", place(rest));
            let (cycle, after) = rest.strip_prefix('(').and_then(|inner| inner.split_once(')')).ok_or_else(wrong)?;
            let mut points: Vec<usize> = Vec::new();
            let mut inside = &rest[1..1 + cycle.len()];
            loop {
                inside = inside.trim_start_matches([' ', ',', '\t']);
                let word = inside.split([' ', ',', '\t']).next().unwrap_or("");
                if word.is_empty() {
                    break;
                }
                let at = || place(rest) + 1 + cycle.chars().count() - inside.chars().count();
                let point: usize = word.parse().map_err(|_| format!("`{word}` is not a point (character {})", at()))?;
                match moved.get_mut(point) {
                    None => {
                        return Err(format!(
                            "the point {point} (character {}) is not below {degree}; points start at 0",
                            at()
                        ));
                    }
                    Some(true) => return Err(format!("the point {point} occurs twice (character {})", at())),
                    Some(seen) => *seen = true,
                }
                points.push(point);
                inside = &inside[word.len()..];
            }
            for (from, to) in points.iter().zip(points.iter().cycle().skip(1)) {
                if let Some(image) = out.images.get_mut(*from) {
                    *image = *to as u32;
                }
            }
            rest = after.trim_start();
        }
        Ok(out)
    }

    /// The number of points.
    pub fn degree(&self) -> usize {
        self.images.len()
    }

    /// Where a point goes.
    pub fn image(&self, point: usize) -> Option<usize> {
        self.images.get(point).map(|&p| p as usize)
    }

    /// The images of 0, 1, ….
    pub fn images(&self) -> &[u32] {
        &self.images
    }

    /// Whether every point stays.
    pub fn is_identity(&self) -> bool {
        is_identity(&self.images)
    }

    /// The least positive exponent of a power that is the identity: the least common multiple of the cycle lengths.
    pub fn order(&self) -> BigUint {
        let mut lengths = self.cycle_lengths();
        lengths.dedup();
        lengths.into_iter().fold(BigUint::from(1u32), |order, length| order.lcm(&BigUint::from(length)))
    }

    /// The lengths of all cycles, fixed points included, in descending order.
    pub fn cycle_lengths(&self) -> Vec<usize> {
        let mut lengths: Vec<usize> = self.cycles().iter().map(Vec::len).collect();
        lengths.resize(lengths.len() + self.degree() - lengths.iter().sum::<usize>(), 1);
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        lengths
    }

    /// `g⁻¹ self g` for `g` of the same degree: the cycles with every point replaced by its image under `g`.
    pub(super) fn conjugated_by(&self, g: &Permutation) -> Permutation {
        let mut images = vec![0; self.degree()];
        for (&from, &to) in g.images.iter().zip(&self.images) {
            images[from as usize] = g.images[to as usize];
        }
        Permutation { images }
    }

    /// First `self`, then `other`, of the same degree.
    pub(super) fn times(&self, other: &Permutation) -> Permutation {
        Permutation { images: self.images.iter().map(|&p| other.images[p as usize]).collect() }
    }

    /// First `self`, then `other`; `None` when the degrees differ.
    pub fn then(&self, other: &Permutation) -> Option<Permutation> {
        if self.degree() != other.degree() {
            return None;
        }
        let images = self.images.iter().map(|&p| other.images.get(p as usize).copied().unwrap_or(p)).collect();
        Some(Permutation { images })
    }

    /// The inverse.
    pub fn inverse(&self) -> Permutation {
        let mut images = self.images.clone();
        for (from, &to) in self.images.iter().enumerate() {
            if let Some(slot) = images.get_mut(to as usize) {
                *slot = from as u32;
            }
        }
        Permutation { images }
    }

    /// The power with any integer exponent.
    pub fn pow(&self, exponent: i64) -> Permutation {
        // Along each cycle the power is a shift by the exponent modulo the length.
        let mut out = Permutation::identity(self.degree());
        for cycle in self.cycles() {
            let shift = exponent.rem_euclid(cycle.len() as i64) as usize;
            for (from, to) in cycle.iter().zip(cycle.iter().cycle().skip(shift)) {
                if let Some(slot) = out.images.get_mut(*from) {
                    *slot = *to as u32;
                }
            }
        }
        out
    }

    /// The points that move, ascending.
    pub(super) fn support(&self) -> Vec<u32> {
        (0..self.degree() as u32).filter(|&x| self.images[x as usize] != x).collect()
    }

    /// Whether two permutations of the same degree commute, given their supports: points that neither moves do not matter.
    pub(super) fn commutes_with(&self, other: &Permutation, support: &[u32], other_support: &[u32]) -> bool {
        let (g, h) = (&self.images, &other.images);
        support.iter().chain(other_support).all(|&x| g[h[x as usize] as usize] == h[g[x as usize] as usize])
    }

    /// The cycles of length at least two, each from its least point.
    pub fn cycles(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.degree()];
        let mut out = Vec::new();
        for start in 0..self.degree() {
            let mut cycle = Vec::new();
            let mut point = start;
            while let Some(slot) = seen.get_mut(point).filter(|slot| !**slot) {
                *slot = true;
                cycle.push(point);
                point = self.image(point).unwrap_or(point);
            }
            if cycle.len() > 1 {
                out.push(cycle);
            }
        }
        out
    }

    /// +1 for an even permutation, -1 for an odd one.
    pub fn sign(&self) -> i64 {
        if self.cycles().iter().map(|c| c.len() - 1).sum::<usize>() % 2 == 0 { 1 } else { -1 }
    }
}

/// Whether every point stays.
pub(super) fn is_identity(images: &[u32]) -> bool {
    images.iter().enumerate().all(|(i, &p)| i == p as usize)
}

/// Cycle notation; `()` is the identity.
impl fmt::Display for Permutation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cycles = self.cycles();
        if cycles.is_empty() {
            return f.pad("()");
        }
        let text: Vec<String> = cycles
            .iter()
            .map(|c| format!("({})", c.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")))
            .collect();
        f.pad(&text.concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cycles_round_trip() {
        let p = Permutation::from_cycles(6, "(0 1 2)(3, 4)").unwrap();
        assert_eq!(p.to_string(), "(0 1 2)(3 4)");
        assert_eq!(p.pow(6), Permutation::identity(6));
        assert_eq!(p.then(&p.inverse()), Some(Permutation::identity(6)));
        assert_eq!(p.sign(), -1);
        assert_eq!(p.pow(-1), p.inverse());
    }

    #[test]
    fn wrong_cycles_are_told() {
        for text in ["(0 1", "0 1", "(0 9)", "(0 0)", "(a)", ")("] {
            assert!(Permutation::from_cycles(5, text).is_err(), "{text}");
        }
        let told = |text: &str| Permutation::from_cycles(5, text).unwrap_err();
        assert!(told("(0 1)(2 7)").contains("character 9"), "{}", told("(0 1)(2 7)"));
        assert!(told(" (0, x)").contains("character 6"), "{}", told(" (0, x)"));
        assert!(told("(0 1) 2").contains("character 7"), "{}", told("(0 1) 2"));
    }

    #[test]
    fn orders_and_cycle_lengths() {
        let p = Permutation::from_cycles(9, "(0 1 2)(3 4)(5 6)").unwrap();
        assert_eq!(p.cycle_lengths(), [3, 2, 2, 1, 1]);
        assert_eq!(p.order(), BigUint::from(6u32));
        assert_eq!(Permutation::identity(0).order(), BigUint::from(1u32));
        let g = Permutation::from_cycles(9, "(0 5)(1 8 2)").unwrap();
        assert_eq!(Some(p.conjugated_by(&g)), g.inverse().then(&p).and_then(|x| x.then(&g)));
    }
}
