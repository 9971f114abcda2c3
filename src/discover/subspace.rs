//! Points that span less than the whole space: on the unused directions every matrix would count as a symmetry, so they are
//! divided out.

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
}

/// The span of the vectors in the rows of `points` (`copies` of them in each row), or `None` when it is everything.
pub fn subspace(points: &Matrix<f64>, copies: usize) -> Option<Subspace> {
    let n = points.cols().checked_div(copies)?;
    let mut moment = vec![0.0; n * n];
    for row in points.iter_rows() {
        for x in row.chunks_exact(n.max(1)) {
            for (a, &xa) in x.iter().enumerate().filter(|(_, xa)| **xa != 0.0) {
                moment[a * n..a * n + a + 1].iter_mut().zip(x).for_each(|(sum, xb)| *sum += xa * xb);
            }
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
        let unscaled = weights.iter().zip(&kept).map(|(w, &k)| w * scales[a] / scales[k]);
        let mut pairs: Vec<(usize, f64)> = kept.iter().copied().zip(unscaled).collect();
        pairs.sort_by_key(|p| p.0);
        pairs.into_iter().map(|(_, w)| w).collect::<Vec<f64>>()
    };
    let combinations = (0..n).map(combination).collect();
    kept.sort_unstable();
    Some(Subspace { coordinates: kept, combinations })
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
        let exact = candidates(&self.combinations, 1e-6, false).next().map(|found| found.vectors);
        let weight = |a: usize, j: usize| match &exact {
            Some(rows) => Step::Exact(crate::exact::sparse::entry(&rows[a], j as u32)),
            None => Step::Float(self.combinations[a][j]),
        };
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
                    if weight == Step::Exact(Rational::ZERO) {
                        continue;
                    }
                    let weight = push(weight, &mut steps);
                    let product = push(Step::Multiply(weight, variable), &mut steps);
                    sum = Some(sum.map_or(product, |sum| push(Step::Add(sum, product), &mut steps)));
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
        let found = subspace(&points, 1).unwrap();
        assert_eq!(found.coordinates.len(), 2);
        for (i, row) in points.iter_rows().enumerate() {
            for (a, &x) in row.iter().enumerate() {
                let back: f64 =
                    found.coordinates.iter().zip(&found.combinations[a]).map(|(&k, w)| w * points[(i, k)]).sum();
                assert!((back - x).abs() < 1e-9);
            }
        }
        assert_eq!(subspace(&plane, 1), None);
        // The same points as two vectors of the line.
        assert_eq!(subspace(&plane, 2), None);
    }
}
