//! Permutations of the points 0 … n-1.

use std::fmt;

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

    /// The permutation that sends point `i` to `images[i]`; `None` unless every point occurs once.
    pub fn from_images(images: Vec<u32>) -> Option<Permutation> {
        let mut seen = vec![false; images.len()];
        for &image in &images {
            let slot = seen.get_mut(image as usize)?;
            if std::mem::replace(slot, true) {
                return None;
            }
        }
        Some(Permutation { images })
    }

    /// Reads cycle notation, `(0 1 2)(3 4)`; commas may separate, `()` is the identity. The cycles must be disjoint.
    pub fn from_cycles(degree: usize, text: &str) -> Result<Permutation, String> {
        let mut out = Permutation::identity(degree);
        let mut moved = vec![false; degree];
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (cycle, after) = rest
                .strip_prefix('(')
                .and_then(|inner| inner.split_once(')'))
                .ok_or_else(|| "cycles are written (0 1 2)(3 4)".to_string())?;
            let mut points = Vec::new();
            for word in cycle.split([' ', ',', '\t']).filter(|w| !w.is_empty()) {
                let point: usize = word.parse().map_err(|_| format!("`{word}` is not a point"))?;
                match moved.get_mut(point) {
                    None => return Err(format!("the point {point} is not below {degree}; points start at 0")),
                    Some(true) => return Err(format!("the point {point} occurs twice")),
                    Some(seen) => *seen = true,
                }
                points.push(point);
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
    }
}
