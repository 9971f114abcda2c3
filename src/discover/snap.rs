//! From floating-point vectors to rational ones: echelon form, then the nearest rationals of small denominator.

use crate::exact::SparseVector;
use crate::num::Rational;

/// Bounds of the denominator, tried in this order.
const DENOMINATORS: [i64; 11] = [1, 2, 3, 4, 6, 12, 24, 60, 120, 1000, 10_000];

/// Rational vectors near floating-point ones.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Snapped {
    /// The vectors.
    pub vectors: Vec<SparseVector>,
    /// The bound of the denominators.
    pub denominator: i64,
    /// The largest distance of an entry from the rational it was rounded to.
    pub distance: f64,
}

/// Brings the rows to reduced echelon form by complete pivoting: the unit matrix in as many columns as there are rows,
/// entries of moderate size elsewhere. `false` when they are dependent to rounding. `rows² · columns` operations at most; a
/// multiple of a row that is below the rounding of another is not subtracted, so sparse rows take far fewer.
pub(super) fn echelon(rows: &mut [Vec<f64>]) -> bool {
    // The largest entry of each row that is still to be chosen, and its place.
    let mut largest: Vec<Option<(f64, usize)>> = rows.iter().map(|row| Some(largest_entry(row))).collect();
    for _ in 0..rows.len() {
        let mut best = (0.0, 0, 0);
        for (i, (size, j)) in largest.iter().enumerate().filter_map(|(i, x)| x.map(|x| (i, x))) {
            if size > best.0 {
                best = (size, i, j);
            }
        }
        let (size, i, j) = best;
        if size < 1e-12 {
            return false;
        }
        largest[i] = None;
        let inverse = 1.0 / rows[i][j];
        rows[i].iter_mut().for_each(|x| *x *= inverse);
        rows[i][j] = 1.0;
        let pivot = std::mem::take(&mut rows[i]);
        for (row, size) in rows.iter_mut().zip(&mut largest).filter(|(row, _)| !row.is_empty()) {
            let factor = std::mem::take(&mut row[j]);
            // No entry of the pivot's row is larger than 1, and a row that was chosen has a 1.
            if factor.abs() <= f64::EPSILON / 2.0 * size.map_or(1.0, |(size, _)| size) {
                continue;
            }
            row.iter_mut().zip(&pivot).for_each(|(x, p)| *x -= factor * p);
            row[j] = 0.0;
            if size.is_some() {
                *size = Some(largest_entry(row));
            }
        }
        rows[i] = pivot;
    }
    true
}

/// The largest absolute value of a row, and its first place.
fn largest_entry(row: &[f64]) -> (f64, usize) {
    let larger = |a: f64, b: f64| if b > a { b } else { a };
    let mut lanes = [0.0; 8];
    let (chunks, rest) = row.as_chunks::<8>();
    for chunk in chunks {
        (0..8).for_each(|l| lanes[l] = larger(lanes[l], chunk[l].abs()));
    }
    let size = lanes.into_iter().chain(rest.iter().map(|x| x.abs())).fold(0.0, larger);
    (size, row.iter().position(|x| x.abs() == size).unwrap_or(0))
}

/// The rational vectors that rows in echelon form may stand for, simplest first. `accuracy` is how far entries may be off.
/// Besides, a bound `D` of the denominators is believed only when they are off by at most a fifth of `1/D²`, the distance of
/// two fractions; less than half is enough when the vectors are `checked` exactly afterwards.
pub(super) fn candidates(rows: &[Vec<f64>], accuracy: f64, checked: bool) -> impl Iterator<Item = Snapped> {
    let part = if checked { 0.45 } else { 0.2 };
    DENOMINATORS.into_iter().filter_map(move |denominator| {
        let allowed = accuracy.min(part / (denominator * denominator) as f64);
        let mut distance: f64 = 0.0;
        let mut vectors = Vec::with_capacity(rows.len());
        for row in rows {
            let mut vector = SparseVector::new();
            for (k, &x) in row.iter().enumerate() {
                let (p, q) = nearest(x, denominator)?;
                distance = distance.max((x - p as f64 / q as f64).abs());
                if distance > allowed {
                    return None;
                }
                if p != 0 {
                    vector.push((k as u32, Rational::new(p, q)?));
                }
            }
            vectors.push(vector);
        }
        Some(Snapped { vectors, denominator, distance })
    })
}

/// The fraction nearest to `x` among those with denominator at most `bound`, by the continued fraction of `x` with its
/// intermediate fractions; `None` for numbers beyond 2^31.
fn nearest(x: f64, bound: i64) -> Option<(i64, i64)> {
    if !x.is_finite() || x.abs() > 2f64.powi(31) {
        return None;
    }
    let (mut p0, mut q0, mut p1, mut q1) = (0i64, 1i64, 1i64, 0i64);
    let mut rest = x;
    for _ in 0..64 {
        let whole = rest.floor();
        let a = whole as i64;
        let q2 = q0.checked_add(a.checked_mul(q1)?)?;
        if q2 > bound {
            break;
        }
        (p0, q0, p1, q1) = (p1, q1, p0.checked_add(a.checked_mul(p1)?)?, q2);
        let fraction = rest - whole;
        if fraction < 1e-12 {
            return Some((p1, q1));
        }
        rest = 1.0 / fraction;
    }
    if q1 == 0 {
        return None;
    }
    let k = (bound - q0) / q1;
    let other = (p0 + k * p1, q0 + k * q1);
    let error = |(p, q): (i64, i64)| (x - p as f64 / q as f64).abs();
    Some(if other.1 > 0 && error(other) < error((p1, q1)) { other } else { (p1, q1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against a search through all denominators.
    #[test]
    fn nearest_fractions() {
        for x in [0.0, 1.0, -1.0, 0.5, 0.3334, -0.749, 2.2360679, -7.1, 0.0008, 1e-9, 3.0000001] {
            for bound in [1, 2, 3, 7, 60] {
                let (p, q) = nearest(x, bound).unwrap();
                assert!((1..=bound).contains(&q), "{x} {bound}");
                let best = (1..=bound).map(|q| (x - (x * q as f64).round() / q as f64).abs()).fold(1.0, f64::min);
                assert!((x - p as f64 / q as f64).abs() <= best + 1e-12, "{x} {bound}: {p}/{q}");
            }
        }
        assert_eq!(nearest(f64::NAN, 3), None);
    }

    #[test]
    fn a_mixed_basis_comes_back() {
        // span of (1, 0, 1/2, 0) and (0, 1, -1, 2/3), mixed and disturbed
        let mut rows = vec![vec![1.0, 2.0, -1.5, 4.0 / 3.0 + 1e-9], vec![2.0, -1.0, 2.0 + 1e-9, -2.0 / 3.0]];
        assert!(echelon(&mut rows));
        let found = candidates(&rows, 1e-6, false).next().unwrap();
        let third = |p| Rational::new(p, 3).unwrap();
        // Pivots are the largest entries, so the form is another one, with the same span.
        let dense: Vec<Vec<Rational>> = found.vectors.iter().map(|v| crate::exact::sparse::to_dense(v, 4)).collect();
        for v in &dense {
            assert_eq!(v[2], &(&v[0] * &Rational::new(1, 2).unwrap()) - &v[1]);
            assert_eq!(v[3], &v[1] * &third(2));
        }
        assert!(!echelon(&mut [vec![1.0, 2.0], vec![2.0, 4.0]]));
    }
}
