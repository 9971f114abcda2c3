//! The rows of a table before anything is fitted: repeated ones, labels that do not vary, added noise.

use std::collections::HashSet;

use crate::exact::Matrix;
use crate::float::Random;

/// The stream of random numbers that the noise of labels comes from.
const NOISE: u64 = 0x6c61_6265_6c73;
/// Labels that differ by no more than this part of their size are all the same.
const SAME: f64 = 1e-12;

/// The rows without those that are equal to an earlier one, and how many those were. Rows that are there twice say nothing
/// new, and a model that has seen one of them predicts the other.
pub fn distinct_rows(table: &Matrix<f64>) -> (Matrix<f64>, usize) {
    let mut seen = HashSet::new();
    let bits = |row: &[f64]| row.iter().map(|x| (x + 0.0).to_bits()).collect::<Vec<u64>>();
    let kept: Vec<usize> = (0..table.rows()).filter(|&i| seen.insert(bits(table.row(i)))).collect();
    let repeated = table.rows() - kept.len();
    (Matrix::from_fn(kept.len(), table.cols(), |i, j| table[(kept[i], j)]), repeated)
}

/// The standard deviation of a column.
fn spread(m: &Matrix<f64>, column: usize) -> f64 {
    let all = || (0..m.rows()).map(|i| m[(i, column)]);
    let count = m.rows().max(1) as f64;
    let mean = all().sum::<f64>() / count;
    (all().map(|x| (x - mean).powi(2)).sum::<f64>() / count).sqrt()
}

/// Whether no column varies beyond rounding.
pub fn is_constant(labels: &Matrix<f64>) -> bool {
    let largest = |j: usize| (0..labels.rows()).map(|i| labels[(i, j)].abs()).fold(0.0, f64::max);
    (0..labels.cols()).all(|j| spread(labels, j) <= SAME * largest(j))
}

/// The labels with independent normal errors, of this standard deviation in units of the spread of each column.
pub fn with_noise(labels: &Matrix<f64>, noise: f64, seed: u64) -> Matrix<f64> {
    let mut random = Random::new(seed, NOISE);
    let spreads: Vec<f64> = (0..labels.cols()).map(|j| noise * spread(labels, j)).collect();
    Matrix::from_fn(labels.rows(), labels.cols(), |i, j| labels[(i, j)] + spreads[j] * random.normal())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_rows_and_constant_labels() {
        let table = Matrix::from_rows(vec![vec![1.0, 0.0], vec![2.0, 1.0], vec![1.0, -0.0], vec![2.0, 3.0]]).unwrap();
        let (kept, repeated) = distinct_rows(&table);
        assert_eq!((kept.rows(), repeated), (3, 1));
        assert_eq!(kept.row(2), [2.0, 3.0]);
        assert!(!is_constant(&table));
        assert!(is_constant(&Matrix::from_fn(50, 1, |i, _| 3.0 + 1e-15 * i as f64)));
        assert!(is_constant(&Matrix::filled(5, 2, 0.0)));
    }

    #[test]
    fn noise_has_its_size() {
        let labels = Matrix::from_fn(4000, 2, |i, j| if j == 0 { (i % 2) as f64 } else { 1e6 * (i % 5) as f64 });
        let noisy = with_noise(&labels, 0.1, 7);
        for (j, own) in [0.5, 1e6 * 2f64.sqrt()].into_iter().enumerate() {
            let square: f64 = (0..4000).map(|i| (noisy[(i, j)] - labels[(i, j)]).powi(2)).sum();
            assert!(((square / 4000.0).sqrt() / (0.1 * own) - 1.0).abs() < 0.05);
        }
        assert_eq!(with_noise(&labels, 0.1, 7), noisy);
    }
}
