//! From floating-point vectors to vectors over a quadratic field: every entry the nearest `(p + r √d) / q` of small height,
//! with one `d` for all of them.

use crate::exact::SparseVector;
use crate::limits::{Limits, Stop};
use crate::num::{Quadratic, Rational};

/// Vectors over Q(√d) near floating-point ones.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct QuadraticSnapped {
    /// `d`, free of squares and at least 2.
    pub radicand: i64,
    /// `a` and `b` of each vector `a + b √d`.
    pub vectors: Vec<[SparseVector; 2]>,
    /// The largest distance of an entry from the number it was rounded to.
    pub distance: f64,
}

/// The largest height that is tried.
const MOST_HEIGHT: i64 = 12;
/// How many numbers of the family may be expected near a random number before nothing is believed any more, where the
/// field is not known.
const CHANCE: f64 = 1e-4;

/// Numbers `(p + r √d) / q` with `q ≤ height` and `0 < |r| ≤ 2 height`, `p` any whole number.
#[derive(Clone, Copy)]
struct Family {
    radicand: i64,
    height: i64,
}

impl Family {
    /// The nearest number, the simplest when several are equally near, with its distance: parts `a`, `b` of `a + b √d`.
    /// `O(height²)`.
    fn nearest(self, x: f64) -> Option<([(i64, i64); 2], f64)> {
        let root = (self.radicand as f64).sqrt();
        let mut best: Option<([(i64, i64); 2], f64)> = None;
        for q in 1..=self.height {
            for r in (1..=2 * self.height).flat_map(|r| [r, -r]) {
                let p = (x * q as f64 - r as f64 * root).round();
                let distance = (x - (p + r as f64 * root) / q as f64).abs();
                if best.is_none_or(|(_, least)| distance < least - 1e-15) && p.abs() < 2f64.powi(31) {
                    best = Some(([(p as i64, q), (r, q)], distance));
                }
            }
        }
        best
    }

    /// How many such numbers an interval of length 1 has, at most.
    fn density(self) -> f64 {
        (4 * self.height) as f64 * (self.height * (self.height + 1) / 2) as f64
    }
}

/// The nearest fraction with a denominator up to `height`.
fn fraction(x: f64, height: i64) -> ((i64, i64), f64) {
    let mut best = ((0, 1), x.abs());
    for q in 1..=height {
        let p = (x * q as f64).round().clamp(-2f64.powi(52), 2f64.powi(52));
        let distance = (x - p / q as f64).abs();
        if distance < best.1 - 1e-15 {
            best = ((p as i64, q), distance);
        }
    }
    best
}

/// The vectors over Q(√d) that rows in echelon form may stand for, simplest first: with the radicand given, or the one that
/// the first irrational entry suggests and all others confirm. `accuracy` is how far entries may be off. An unknown field
/// is believed only where the numbers tried are so few that none is expected so near by chance.
pub(super) fn quadratic_candidates(
    rows: &[Vec<f64>],
    accuracy: f64,
    radicand: Option<i64>,
    limits: &Limits,
) -> Result<Vec<QuadraticSnapped>, Stop> {
    let mut out = Vec::new();
    for height in 1..=MOST_HEIGHT {
        limits.check()?;
        let radicands: Vec<i64> = match radicand {
            Some(d) => vec![d],
            None => (2..=8 * height).filter(|&d| is_square_free(d)).collect(),
        };
        let family = Family { radicand: 2, height };
        let expected = family.density() * radicands.len() as f64 * 2.0 * accuracy;
        // With a known field every candidate is checked afterwards; beyond the spacing of the numbers none is worth it.
        if expected > if radicand.is_some() { 1.0 } else { CHANCE } {
            break;
        }
        for d in radicands {
            out.extend(all(rows, accuracy, Family { radicand: d, height }));
        }
        if !out.is_empty() {
            break;
        }
    }
    Ok(out)
}

/// All entries in one family, or `None` at the first that is not near to it; at least one irrational.
fn all(rows: &[Vec<f64>], accuracy: f64, family: Family) -> Option<QuadraticSnapped> {
    let (mut worst, mut irrational) = (0.0f64, false);
    let mut vectors = Vec::with_capacity(rows.len());
    for row in rows {
        let mut parts = [SparseVector::new(), SparseVector::new()];
        for (k, &x) in row.iter().enumerate().filter(|(_, x)| **x != 0.0) {
            let (rational, distance) = fraction(x, family.height);
            let ([a, b], distance) = match distance <= accuracy {
                true => ([rational, (0, 1)], distance),
                false => family.nearest(x).filter(|(_, distance)| *distance <= accuracy)?,
            };
            worst = worst.max(distance);
            irrational |= b.0 != 0;
            for (part, (p, q)) in parts.iter_mut().zip([a, b]).filter(|(_, (p, _))| *p != 0) {
                part.push((k as u32, Rational::new(p, q)?));
            }
        }
        vectors.push(parts);
    }
    irrational.then_some(QuadraticSnapped { radicand: family.radicand, vectors, distance: worst })
}

fn is_square_free(d: i64) -> bool {
    Quadratic::root(&Rational::from(d)).is_some_and(|(_, inside)| inside == d)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rows: &[Vec<f64>], accuracy: f64, radicand: Option<i64>) -> Vec<QuadraticSnapped> {
        quadratic_candidates(rows, accuracy, radicand, &Limits::none()).unwrap()
    }

    /// Numbers of known fields come back; those of none, or of two, do not.
    #[test]
    fn one_field_for_all_entries() {
        let (two, five) = (2f64.sqrt(), 5f64.sqrt());
        let golden = (1.0 + five) / 2.0;
        let own = &found(&[vec![1.0, 0.0, golden + 1e-12, -2.5], vec![0.0, 1.0, 0.5, 1.0 / golden]], 1e-9, None)[0];
        assert_eq!(own.radicand, 5);
        let rational = |p, q| Rational::new(p, q).unwrap();
        assert_eq!(own.vectors[0][0], vec![(0, rational(1, 1)), (2, rational(1, 2)), (3, rational(-5, 2))]);
        assert_eq!(own.vectors[0][1], vec![(2, rational(1, 2))]);
        // 1/φ = φ - 1
        assert_eq!(own.vectors[1][1], vec![(3, rational(1, 2))]);
        assert!(own.distance < 2e-12);
        assert!(found(&[vec![1.0, two, five]], 1e-9, None).is_empty());
        assert!(found(&[vec![1.0, std::f64::consts::PI, 1.0 / std::f64::consts::PI]], 1e-11, None).is_empty());
        // What can be off by a thousandth is believed only of a field that is known.
        assert!(found(&[vec![1.0, two + 4e-4]], 1e-3, None).is_empty());
        assert_eq!(found(&[vec![1.0, two + 4e-4]], 1e-3, Some(2))[0].vectors[0][1], vec![(1, rational(1, 1))]);
    }
}
