//! Points that span less than the whole space: on the unused directions every matrix would count as a symmetry, so they are
//! divided out. For affine maps the same of points in an affine subspace.

use super::error::DiscoverError;
use super::oracle::{Oracle, Role};
use super::snap::candidates;
use super::steps::Step;
use crate::exact::Matrix;
use crate::num::Rational;

/// A coordinate whose square, after what others explain of it, is below this part is a combination of them.
const DEPENDENT: f64 = 1e-13;

/// The subspace that points span, on some of the coordinates.
#[derive(Clone, Debug, PartialEq)]
pub struct Subspace {
    /// The coordinates that are kept, increasing.
    pub coordinates: Vec<usize>,
    /// Row `a`: coordinate `a` as a combination of the kept ones.
    pub combinations: Vec<Vec<f64>>,
    /// What is added to each combination: 0 unless the subspace is affine.
    pub offsets: Vec<f64>,
}

/// The span of the vectors in the rows of `points` (`copies` of them in each row), or `None` when it is everything; the
/// affine span where `affine` maps are sought. `rows · n²` operations.
pub fn subspace(points: &Matrix<f64>, copies: usize, affine: bool) -> Option<Subspace> {
    let n = points.cols().checked_div(copies)?;
    let vectors = || points.iter_rows().flat_map(|row| row.chunks_exact(n.max(1)));
    let mut sizes = vec![0.0f64; n];
    vectors().for_each(|x| sizes.iter_mut().zip(x).for_each(|(size, x)| *size = size.max(x.abs())));
    // Powers of two, so that nothing is rounded, and no square leaves the range of doubles.
    let unit = |size: &f64| if *size > 0.0 { size.max(f64::MIN_POSITIVE).log2().floor().exp2() } else { 1.0 };
    let units: Vec<f64> = sizes.iter().map(unit).collect();
    let center = if affine { center(vectors(), &units) } else { vec![0.0; n] };
    let mut moment = vec![0.0; n * n];
    let mut own = vec![0.0; n];
    for x in vectors() {
        (0..n).for_each(|a| own[a] = x[a] / units[a] - center[a]);
        for (a, &xa) in own.iter().enumerate().filter(|(_, xa)| **xa != 0.0) {
            moment[a * n..a * n + a + 1].iter_mut().zip(&own).for_each(|(sum, xb)| *sum += xa * xb);
        }
    }
    let scales: Vec<f64> = (0..n).map(|a| moment[a * n + a].sqrt()).collect();
    let scaled = |a: usize, b: usize| {
        let (a, b) = (a.max(b), a.min(b));
        let size = scales[a] * scales[b];
        if size > 0.0 { moment[a * n + b] / size } else { 0.0 }
    };
    // Cholesky's factorisation with the largest remaining square as the next pivot.
    let mut left: Vec<f64> = (0..n).map(|a| scaled(a, a)).collect();
    let mut factors: Vec<Vec<f64>> = Vec::new();
    let mut kept: Vec<usize> = Vec::new();
    while let Some((pivot, &square)) = left.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0))) {
        if square <= DEPENDENT {
            break;
        }
        let root = square.sqrt();
        let mut column: Vec<f64> = (0..n).map(|a| scaled(a, pivot)).collect();
        for factor in &factors {
            let at = factor[pivot];
            column.iter_mut().zip(factor).for_each(|(c, f)| *c -= at * f);
        }
        column.iter_mut().for_each(|c| *c /= root);
        kept.iter().for_each(|&k| column[k] = 0.0);
        column[pivot] = root;
        left.iter_mut().zip(&column).for_each(|(l, c)| *l -= c * c);
        kept.push(pivot);
        kept.iter().for_each(|&k| left[k] = f64::NEG_INFINITY);
        factors.push(column);
    }
    if kept.len() == n {
        return None;
    }
    // Row a of the factors is a combination of the rows of the kept coordinates, a triangular system.
    let rank = kept.len();
    let combination = |a: usize| {
        let mut weights = vec![0.0; rank];
        for k in (0..rank).rev() {
            let known: f64 = (k + 1..rank).map(|j| weights[j] * factors[k][kept[j]]).sum();
            weights[k] = (factors[k][a] - known) / factors[k][kept[k]];
        }
        let unscaled = weights.iter().zip(&kept).map(|(w, &k)| w * scales[a] / scales[k] * (units[a] / units[k]));
        let mut pairs: Vec<(usize, f64)> = kept.iter().copied().zip(unscaled).collect();
        pairs.sort_by_key(|p| p.0);
        pairs.into_iter().map(|(_, w)| w).collect::<Vec<f64>>()
    };
    let combinations: Vec<Vec<f64>> = (0..n).map(combination).collect();
    kept.sort_unstable();
    let offset = |(a, weights): (usize, &Vec<f64>)| {
        let at_center = weights.iter().zip(&kept).map(|(w, &k)| w * center[k] * units[k]);
        let offset = center[a] * units[a] - at_center.sum::<f64>();
        if affine && kept.binary_search(&a).is_err() { offset } else { 0.0 }
    };
    let offsets = combinations.iter().enumerate().map(offset).collect();
    Some(Subspace { coordinates: kept, combinations, offsets })
}

/// The mean of vectors in these units, by way of the differences from the first one: those of a constant are exactly 0.
fn center<'a>(mut vectors: impl Iterator<Item = &'a [f64]>, units: &[f64]) -> Vec<f64> {
    let in_units = |x: &[f64]| x.iter().zip(units).map(|(x, unit)| x / unit).collect::<Vec<f64>>();
    let Some(first) = vectors.next().map(in_units) else { return vec![0.0; units.len()] };
    let (mut sums, mut count) = (vec![0.0; units.len()], 1.0);
    for x in vectors {
        (0..units.len()).for_each(|a| sums[a] += x[a] / units[a] - first[a]);
        count += 1.0;
    }
    first.iter().zip(sums).map(|(first, sum)| first + sum / count).collect()
}

impl Subspace {
    /// The kept coordinates of points.
    pub fn restrict(&self, points: &Matrix<f64>, copies: usize) -> Matrix<f64> {
        let n = points.cols() / copies.max(1);
        let rank = self.coordinates.len();
        Matrix::from_fn(points.rows(), rank * copies, |i, j| points[(i, j / rank * n + self.coordinates[j % rank])])
    }

    /// The oracle as a function of the kept coordinates; combinations that are small fractions become exact.
    pub fn oracle(&self, oracle: &Oracle) -> Result<Oracle, DiscoverError> {
        let (n, rank) = (oracle.dimension(), self.coordinates.len());
        if oracle.is_complex() || oracle.arguments().contains(&Role::Covector) || rank == 0 {
            let message =
                format!("the points span a subspace of dimension {rank} of {n}; give points that span it all");
            return Err(DiscoverError::Unsupported(message));
        }
        // The offset is a weight behind the others.
        let with_offset = |(row, offset): (&Vec<f64>, &f64)| row.iter().chain([offset]).copied().collect();
        let rows: Vec<Vec<f64>> = self.combinations.iter().zip(&self.offsets).map(with_offset).collect();
        let exact = candidates(&rows, 1e-6, false).next().map(|found| found.vectors);
        let weight = |a: usize, j: usize| match &exact {
            Some(rows) => Step::Exact(crate::exact::sparse::entry(&rows[a], j as u32)),
            None => Step::Float(rows[a][j]),
        };
        let vanishes = |weight: &Step| matches!(weight, Step::Float(0.0)) || *weight == Step::Exact(Rational::ZERO);
        let mut steps = Vec::new();
        let push = |step: Step, steps: &mut Vec<Step>| {
            steps.push(step);
            (steps.len() - 1) as u32
        };
        let mut images = Vec::new();
        for c in 0..oracle.arguments().len() {
            let variables: Vec<u32> =
                (0..rank).map(|j| push(Step::Variable((c * rank + j) as u32), &mut steps)).collect();
            for a in 0..n {
                let mut sum = None;
                for (j, &variable) in variables.iter().enumerate() {
                    let weight = weight(a, j);
                    if vanishes(&weight) {
                        continue;
                    }
                    let weight = push(weight, &mut steps);
                    let product = push(Step::Multiply(weight, variable), &mut steps);
                    sum = Some(sum.map_or(product, |sum| push(Step::Add(sum, product), &mut steps)));
                }
                let offset = weight(a, rank);
                if !vanishes(&offset) {
                    let offset = push(offset, &mut steps);
                    sum = Some(sum.map_or(offset, |sum| push(Step::Add(sum, offset), &mut steps)));
                }
                images.push(sum.unwrap_or_else(|| push(Step::Exact(Rational::ZERO), &mut steps)));
            }
        }
        let mut names = Vec::new();
        for step in oracle.steps() {
            names.push(match step {
                Step::Variable(v) => images[*v as usize],
                other => push(other.renamed(|operand| names[operand as usize]), &mut steps),
            });
        }
        let outputs = oracle.outputs().iter().map(|&o| names[o as usize]).collect();
        Ok(oracle.with_program(rank, steps, outputs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::{Law, sample};
    use crate::limits::Limits;

    #[test]
    fn a_plane_in_space() {
        let plane = sample(50, 2, Law::Normal, &Limits::none()).unwrap();
        // (x, y, x - y/2, 0)
        let points = Matrix::from_fn(50, 4, |i, j| match j {
            0 | 1 => plane[(i, j)],
            2 => plane[(i, 0)] - 0.5 * plane[(i, 1)],
            _ => 0.0,
        });
        let found = subspace(&points, 1, false).unwrap();
        assert_eq!(found.coordinates.len(), 2);
        for (i, row) in points.iter_rows().enumerate() {
            for (a, &x) in row.iter().enumerate() {
                let back: f64 =
                    found.coordinates.iter().zip(&found.combinations[a]).map(|(&k, w)| w * points[(i, k)]).sum();
                assert!((back - x).abs() < 1e-9);
            }
        }
        assert_eq!(subspace(&plane, 1, false), None);
        // The same points as two vectors of the line.
        assert_eq!(subspace(&plane, 2, false), None);
        // Squares that no double holds.
        for size in [1e-200, 1e200, 1e-310] {
            let scaled = points.map(|x| x * size);
            assert_eq!(subspace(&scaled, 1, false).map(|s| s.coordinates.len()), Some(2), "{size}");
        }
    }

    #[test]
    fn an_affine_plane() {
        let plane = sample(50, 2, Law::Normal, &Limits::none()).unwrap();
        // (x, y, 1 - x + 2y, 0.1): a linear span of dimension 3, an affine one of dimension 2.
        let points = Matrix::from_fn(50, 4, |i, j| match j {
            0 | 1 => plane[(i, j)],
            2 => 1.0 - plane[(i, 0)] + 2.0 * plane[(i, 1)],
            _ => 0.1,
        });
        assert_eq!(subspace(&points, 1, false).unwrap().coordinates.len(), 3);
        let found = subspace(&points, 1, true).unwrap();
        assert_eq!(found.coordinates.len(), 2);
        for row in points.iter_rows() {
            for (a, &x) in row.iter().enumerate() {
                let weights = found.coordinates.iter().zip(&found.combinations[a]);
                let back: f64 = weights.map(|(&k, w)| w * row[k]).sum::<f64>() + found.offsets[a];
                assert!((back - x).abs() < 1e-9, "{a}: {back} {x}");
            }
        }
        assert_eq!(subspace(&plane, 1, true), None);
    }
}
