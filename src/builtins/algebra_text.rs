//! Elements and matrices in words, for messages.

use crate::exact::Matrix;
use crate::num::{Gaussian, Rational};

/// `2 e1 - 1/2 e3`, with the given names or `e1, e2, …`; `0` for zero. Long sums are cut.
pub fn combination_text(coordinates: &[Rational], names: Option<&[String]>) -> String {
    const MOST: usize = 8;
    let mut text = String::new();
    let terms: Vec<(usize, &Rational)> = coordinates.iter().enumerate().filter(|(_, c)| !c.is_zero()).collect();
    for (at, (k, c)) in terms.iter().take(MOST).enumerate() {
        let name = names.and_then(|n| n.get(*k)).cloned().unwrap_or_else(|| format!("e{}", k + 1));
        let sign = match (at, c.signum() < 0) {
            (0, false) => "",
            (0, true) => "-",
            (_, false) => " + ",
            (_, true) => " - ",
        };
        let size = c.abs();
        let size = if size.is_one() { String::new() } else { format!("{size} ") };
        text.push_str(&format!("{sign}{size}{name}"));
    }
    if terms.len() > MOST {
        text.push_str(&format!(" + … ({} terms)", terms.len()));
    }
    if text.is_empty() { "0".to_string() } else { text }
}

/// A small matrix row by row; a large one by its shape.
pub fn matrix_text(matrix: &Matrix<Gaussian>) -> String {
    if matrix.rows() > 12 || matrix.cols() > 12 {
        return format!("a matrix of size {}×{}", matrix.rows(), matrix.cols());
    }
    let cells: Vec<Vec<String>> = matrix.iter_rows().map(|row| row.iter().map(Gaussian::to_string).collect()).collect();
    let width = cells.iter().flatten().map(String::len).max().unwrap_or(0);
    let line = |row: &Vec<String>| row.iter().map(|c| format!("{c:>width$}")).collect::<Vec<_>>().join("  ");
    cells.iter().map(|row| format!("[ {} ]", line(row))).collect::<Vec<_>>().join("\n")
}
