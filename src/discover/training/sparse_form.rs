//! The sparse form of a basis: rotations of pairs of generators that make the sum of absolute entries small.

use super::sparse_start::{echelon_basis, random_weights};
use crate::float::{Random, orthonormal_rows};
use crate::limits::{Limits, Stop};
use crate::parallel;

/// A basis after rotations.
#[derive(Clone, Debug, PartialEq)]
pub struct SparseForm {
    /// Orthonormal generators, rows of the length given.
    pub generators: Vec<f64>,
    /// Their sum of absolute entries before and after.
    pub sums: [f64; 2],
    /// Sweeps over all pairs of the best start.
    pub sweeps: usize,
}

/// Entries larger than `tolerance` times the largest of all, for each row.
pub fn nonzeros(width: usize, rows: &[f64], tolerance: f64) -> Vec<usize> {
    let most = rows.iter().fold(0.0f64, |m, x| m.max(x.abs()));
    rows.chunks_exact(width.max(1)).map(|row| row.iter().filter(|x| x.abs() > tolerance * most).count()).collect()
}

/// An orthonormal basis of the span of rows of length `width` with few entries: sweeps of plane rotations over all pairs
/// (Jacobi), each turning to the angle where the sum of absolute entries of the two is least. The first of the `starts` is an
/// echelon form made orthonormal, or the rows as given where their sum is less; the others are echelon
/// forms with other pivots. The least sum is taken.
///
/// With `(u, v)` a column of a pair, `u = r cos φ`, `v = r sin φ`, the sum is `Σ r g((θ - φ) mod π/2)` with `g = cos + sin`,
/// concave between the angles φ, so its least value is at one of them: no search and no angle, a sort by `sin φ` of the
/// `m ≤ width` columns that are not zero. A pair costs `O(width + m log m)`, and is looked at again only when one of its rows
/// has turned since. Pairs that share no row are turned on all threads.
pub fn sparsify(width: usize, rows: &[f64], starts: usize, limits: &Limits) -> Result<SparseForm, Stop> {
    limits.reserve(8 * 4 * rows.len() as u128)?;
    let mut basis = rows.to_vec();
    let k = orthonormal_rows(width, &mut basis, 1e-10);
    let before = sum(&basis);
    let mut best: Option<SparseForm> = None;
    for start in 0..starts.max(1) {
        let weights = (start > 0).then(|| random_weights(width, &mut Random::new(limits.seed(), start as u64)));
        let echelon = echelon_basis(width, &basis, weights.as_deref(), limits)?;
        let begin = if start == 0 && before <= sum(&echelon) { &basis } else { &echelon };
        let mut work: Vec<Vec<f64>> = begin.chunks_exact(width.max(1)).map(<[f64]>::to_vec).collect();
        let sweeps = turn(width, &mut work, limits)?;
        let generators = work.concat();
        let after = sum(&generators);
        if best.as_ref().is_none_or(|b| after < b.sums[1] * (1.0 - 1e-12)) {
            best = Some(SparseForm { generators, sums: [before, after], sweeps });
        }
        limits.progress(&format!("sparse form of {k} generators"), (start + 1) as f64 / starts.max(1) as f64);
    }
    let mut best = best.unwrap_or(SparseForm { generators: Vec::new(), sums: [0.0; 2], sweeps: 0 });
    // Signs such that the first large entry of a row is positive.
    for row in best.generators.chunks_exact_mut(width.max(1)) {
        let most = row.iter().fold(0.0f64, |m, x| m.max(x.abs()));
        if row.iter().find(|x| x.abs() > 0.5 * most).is_some_and(|x| *x < 0.0) {
            row.iter_mut().for_each(|x| *x = -*x);
        }
    }
    Ok(best)
}

fn sum(rows: &[f64]) -> f64 {
    rows.iter().map(|x| x.abs()).sum()
}

/// The part of its sum that a pair has to gain to be turned, first and last. Turns that gain next to nothing move along
/// plateaus, out of reach of the large gains that pairs of rows in good position have: noise would choose them.
const GAINS: [f64; 2] = [1e-3, 1e-9];
/// The part of the sum that a sweep has to gain to be followed by another.
const SWEEP_GAIN: f64 = 1e-6;
/// The most sweeps at each gain.
const SWEEPS: usize = 100;

/// Sweeps until nothing is gained; their number.
fn turn(width: usize, rows: &mut [Vec<f64>], limits: &Limits) -> Result<usize, Stop> {
    let mut sweeps = 0;
    for gain in GAINS {
        let mut known: f64 = rows.iter().map(|r| sum(r)).sum();
        let mut record = Record::new(rows.len());
        for _ in 0..SWEEPS {
            sweep(width, rows, gain, &mut record, limits)?;
            sweeps += 1;
            let now: f64 = rows.iter().map(|r| sum(r)).sum();
            if now > known * (1.0 - SWEEP_GAIN) {
                break;
            }
            known = now;
        }
    }
    Ok(sweeps)
}

/// How often each row has turned, and how often both rows of a pair had when the pair was left as it is.
struct Record {
    turns: Vec<u32>,
    settled: Vec<[u32; 2]>,
}

impl Record {
    fn new(k: usize) -> Record {
        Record { turns: vec![1; k], settled: vec![[0; 2]; k * k] }
    }
}

/// Every pair once, in a tournament: in each of its rounds every row meets one other (the circle method).
fn sweep(width: usize, rows: &mut [Vec<f64>], gain: f64, record: &mut Record, limits: &Limits) -> Result<(), Stop> {
    let k = rows.len();
    let Record { turns, settled } = record;
    let seats = k + k % 2;
    for round in 0..seats.saturating_sub(1) {
        limits.check()?;
        let seat = |at: usize| if at == 0 { 0 } else { 1 + (at - 1 + round) % (seats - 1) };
        let pairs: Vec<(usize, usize)> = (0..seats / 2)
            .map(|at| (seat(at), seat(seats - 1 - at)))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .filter(|(a, b)| *b < k && settled[a * k + b] != [turns[*a], turns[*b]])
            .collect();
        let items: Vec<(Vec<f64>, Vec<f64>)> =
            pairs.iter().map(|(a, b)| (std::mem::take(&mut rows[*a]), std::mem::take(&mut rows[*b]))).collect();
        let turned = parallel::map_items(items, |(mut u, mut v)| {
            let turned = rotate(width, gain, &mut u, &mut v);
            (u, v, turned)
        });
        for ((a, b), (u, v, turned)) in pairs.into_iter().zip(turned) {
            (rows[a], rows[b]) = (u, v);
            if turned {
                turns[a] += 1;
                turns[b] += 1;
            }
            // At its least sum a pair stays, until another one turns a row.
            settled[a * k + b] = [turns[a], turns[b]];
        }
    }
    Ok(())
}

/// Turns a pair of orthonormal rows to the angle of the least sum of absolute entries where that gains the part `gain` of it;
/// whether it turned.
fn rotate(width: usize, gain: f64, u: &mut [f64], v: &mut [f64]) -> bool {
    // (sin φ, cos φ, r), the angle modulo a right angle; entries that rounding left are no reason to turn.
    let mut kinks: Vec<(f64, f64, f64)> = Vec::with_capacity(width);
    let mut stay = 0.0;
    for (&x, &y) in u.iter().zip(v.iter()) {
        if x == 0.0 && y == 0.0 {
            continue;
        }
        stay += x.abs() + y.abs();
        let radius = (x * x + y * y).sqrt();
        if radius > 1e-14 {
            // A quarter turn back from the second and the fourth quadrant, half a turn from the third.
            let (cosine, sine) = if (x > 0.0) == (y >= 0.0) || y == 0.0 { (x, y) } else { (y, -x) };
            kinks.push((sine.abs() / radius, cosine.abs() / radius, radius));
        }
    }
    kinks.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.2.total_cmp(&b.2)));
    // At θ between kinks, those at or below θ count r (cos + sin)(θ - φ), the others r (cos - sin)(θ - φ):
    // value(θ) = A cos θ + B sin θ.
    let (mut a, mut b) =
        kinks.iter().fold((0.0, 0.0), |(a, b), (sine, cosine, r)| (a + r * (cosine + sine), b + r * (sine - cosine)));
    let mut least = (stay * (1.0 - gain), 0.0, 1.0);
    for &(sine, cosine, r) in &kinks {
        a -= 2.0 * r * sine;
        b += 2.0 * r * cosine;
        let value = a * cosine + b * sine;
        if value < least.0 {
            least = (value, sine, cosine);
        }
    }
    let (_, sine, cosine) = least;
    if sine == 0.0 {
        return false;
    }
    for (x, y) in u.iter_mut().zip(v.iter_mut()) {
        (*x, *y) = (cosine * *x + sine * *y, cosine * *y - sine * *x);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{compact_g2, normals, rotations};
    use super::*;
    use std::f64::consts::FRAC_PI_2;

    /// The angle against a search over a fine grid.
    #[test]
    fn the_angle_is_the_best() {
        for stream in 0..20 {
            let mut rows = normals(2 * 9, stream);
            orthonormal_rows(9, &mut rows, 1e-9);
            let (u, v) = rows.split_at(9);
            let value = |angle: f64| {
                let (s, c) = angle.sin_cos();
                u.iter().zip(v).map(|(x, y)| (c * x + s * y).abs() + (c * y - s * x).abs()).sum::<f64>()
            };
            let grid = (0..20_000).map(|t| value(f64::from(t) * FRAC_PI_2 / 2e4)).fold(f64::INFINITY, f64::min);
            let (mut a, mut b) = (u.to_vec(), v.to_vec());
            rotate(9, 1e-13, &mut a, &mut b);
            let got = sum(&a) + sum(&b);
            assert!(got <= grid + 1e-12 && got > grid - 1e-3, "{got} {grid}");
            let dots: f64 = a.iter().zip(&b).map(|(x, y)| x * y).sum();
            assert!(dots.abs() < 1e-12);
        }
    }

    fn average(width: usize, rows: &[f64]) -> f64 {
        let counts = nonzeros(width, rows, 1e-6);
        counts.iter().sum::<usize>() as f64 / counts.len() as f64
    }

    /// Measured by the reference from random orthogonal mixtures: so(4) 12 → 2 entries a generator, so(1,3) 12 → 2,
    /// u(3) as 6 × 6 matrices 2 · (15 → 1.67), g2 42 → 5.0.
    #[test]
    fn random_mixtures_become_sparse() {
        let boosts: Vec<f64> = rotations(4)
            .chunks(16)
            .flat_map(|w| {
                let mut w = w.to_vec();
                // Row 0 changes sign: metric (-, +, +, +).
                (0..4).for_each(|j| w[j] = -w[j]);
                w
            })
            .collect();
        let cases = [
            ("so(4)", 16, rotations(4), 12.0, 2.0),
            ("so(1,3)", 16, boosts, 12.0, 2.0),
            ("u(3)", 36, unitary(3), 30.0, 10.0 / 3.0),
            ("g2", 49, compact_g2(), 42.0, 5.0),
        ];
        for (name, width, rows, dense, sparse) in cases {
            let mixed = mixture(width, &rows);
            assert_eq!(average(width, &mixed), dense, "{name}");
            let found = sparsify(width, &mixed, 1, &Limits::none()).unwrap();
            assert!(average(width, &found.generators) <= sparse + 1e-9, "{name} {}", average(width, &found.generators));
            assert!(found.sweeps < 30 && found.sums[1] < found.sums[0]);
            // The span is the same: each row of the mixture has its whole length in it.
            for row in mixed.chunks(width) {
                let parts: f64 = found
                    .generators
                    .chunks(width)
                    .map(|g| g.iter().zip(row).map(|(x, y)| x * y).sum::<f64>().powi(2))
                    .sum();
                assert!((parts - 1.0).abs() < 1e-10);
            }
        }
    }

    /// Entries that noise of a part in a thousand left are not followed along plateaus: five large entries a generator of g2.
    #[test]
    fn noise_does_not_hide_the_sparse_form() {
        let mut mixed = mixture(49, &compact_g2());
        mixed.iter_mut().zip(normals(14 * 49, 9)).for_each(|(x, e)| *x += 1e-3 / 7.0 * e);
        let found = sparsify(49, &mixed, 1, &Limits::none()).unwrap();
        assert_eq!(nonzeros(49, &found.generators, 0.02).iter().sum::<usize>(), 70);
        assert!(found.sweeps < 30, "{}", found.sweeps);
    }

    /// Other pivots give other bases, and the best is kept.
    #[test]
    fn more_starts_are_never_worse() {
        let mixed = mixture(49, &compact_g2());
        let least = |starts| sparsify(49, &mixed, starts, &Limits::none()).unwrap().sums[1];
        assert!(least(6) <= least(1) + 1e-12);
    }

    /// A random orthogonal mixture of an orthonormal basis of the span of the rows.
    fn mixture(width: usize, rows: &[f64]) -> Vec<f64> {
        let mut basis = rows.to_vec();
        let k = orthonormal_rows(width, &mut basis, 1e-9);
        let weights = normals(k * k, 5);
        let mix = |row: &[f64], i: usize| basis.chunks(width).zip(row).map(|(r, w)| w * r[i]).sum::<f64>();
        let mut mixed: Vec<f64> =
            weights.chunks(k).flat_map(|row| (0..width).map(|i| mix(row, i)).collect::<Vec<f64>>()).collect();
        assert_eq!(orthonormal_rows(width, &mut mixed, 1e-9), k);
        mixed
    }

    /// Skew-Hermitian `n × n` matrices as real ones of size `2n`.
    fn unitary(n: usize) -> Vec<f64> {
        let wide = 2 * n;
        let mut out = Vec::new();
        let mut push = |entries: &[(usize, usize, f64, f64)]| {
            let mut w = vec![0.0; wide * wide];
            for (i, j, re, im) in entries {
                w[i * wide + j] = *re;
                w[(n + i) * wide + n + j] = *re;
                w[i * wide + n + j] = -im;
                w[(n + i) * wide + j] = *im;
            }
            out.extend(w);
        };
        for i in 0..n {
            push(&[(i, i, 0.0, 1.0)]);
            for j in i + 1..n {
                push(&[(i, j, 1.0, 0.0), (j, i, -1.0, 0.0)]);
                push(&[(i, j, 0.0, 1.0), (j, i, 0.0, 1.0)]);
            }
        }
        out
    }

    #[test]
    fn nothing_and_one_row() {
        assert_eq!(sparsify(4, &[], 1, &Limits::none()).unwrap().generators, Vec::<f64>::new());
        let one = sparsify(2, &[0.0, -2.0], 3, &Limits::none()).unwrap();
        assert_eq!(one.generators, vec![0.0, 1.0]);
    }
}
