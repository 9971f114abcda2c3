//! The crystallographic point groups in three dimensions.

use super::{Group, RepError, matrix_group};
use crate::exact::SparseMatrix;
use crate::limits::Limits;
use crate::num::Rational;

/// A geometric crystal class.
#[derive(Debug)]
pub struct PointGroup {
    /// The name after Schoenflies.
    pub schoenflies: &'static str,
    /// The name after Hermann and Mauguin.
    pub international: &'static str,
    /// The number of elements.
    pub order: usize,
    /// Generators as images of a general point.
    generators: &'static [&'static str],
}

const fn row(
    schoenflies: &'static str,
    international: &'static str,
    order: usize,
    generators: &'static [&'static str],
) -> PointGroup {
    PointGroup { schoenflies, international, order, generators }
}

const INVERSION: &str = "-x,-y,-z";
const TWO: &str = "-x,-y,z";
const FOUR: &str = "-y,x,z";
const FOUR_BAR: &str = "y,-x,-z";
const THREE: &str = "-y,x-y,z";
const SIX: &str = "x-y,x,z";
const TWO_ALONG_X: &str = "x,-y,-z";
const TWO_BETWEEN: &str = "y,x,-z";
const MIRROR_X: &str = "-x,y,z";
const MIRROR_Z: &str = "x,y,-z";
const MIRROR_BETWEEN: &str = "-y,-x,z";
const DIAGONAL: &str = "z,x,y";

/// The 32 classes (*International Tables for Crystallography* A, table 10.1.1.2), with the third axis unique; the trigonal and
/// hexagonal ones in the basis with an angle of 120° between the first two vectors, the others in an orthogonal one.
pub const POINT_GROUPS: &[PointGroup] = &[
    row("C1", "1", 1, &[]),
    row("Ci", "-1", 2, &[INVERSION]),
    row("C2", "2", 2, &[TWO]),
    row("Cs", "m", 2, &[MIRROR_Z]),
    row("C2h", "2/m", 4, &[TWO, INVERSION]),
    row("D2", "222", 4, &[TWO, TWO_ALONG_X]),
    row("C2v", "mm2", 4, &[TWO, MIRROR_X]),
    row("D2h", "mmm", 8, &[TWO, TWO_ALONG_X, INVERSION]),
    row("C4", "4", 4, &[FOUR]),
    row("S4", "-4", 4, &[FOUR_BAR]),
    row("C4h", "4/m", 8, &[FOUR, INVERSION]),
    row("D4", "422", 8, &[FOUR, TWO_ALONG_X]),
    row("C4v", "4mm", 8, &[FOUR, MIRROR_X]),
    row("D2d", "-42m", 8, &[FOUR_BAR, TWO_ALONG_X]),
    row("D4h", "4/mmm", 16, &[FOUR, TWO_ALONG_X, INVERSION]),
    row("C3", "3", 3, &[THREE]),
    row("S6", "-3", 6, &[THREE, INVERSION]),
    row("D3", "32", 6, &[THREE, TWO_BETWEEN]),
    row("C3v", "3m", 6, &[THREE, MIRROR_BETWEEN]),
    row("D3d", "-3m", 12, &[THREE, TWO_BETWEEN, INVERSION]),
    row("C6", "6", 6, &[SIX]),
    row("C3h", "-6", 6, &[THREE, MIRROR_Z]),
    row("C6h", "6/m", 12, &[SIX, INVERSION]),
    row("D6", "622", 12, &[SIX, TWO_BETWEEN]),
    row("C6v", "6mm", 12, &[SIX, MIRROR_BETWEEN]),
    row("D3h", "-6m2", 12, &[THREE, MIRROR_Z, MIRROR_BETWEEN]),
    row("D6h", "6/mmm", 24, &[SIX, TWO_BETWEEN, INVERSION]),
    row("T", "23", 12, &[TWO, DIAGONAL]),
    row("Th", "m-3", 24, &[TWO, DIAGONAL, INVERSION]),
    row("O", "432", 24, &[FOUR, DIAGONAL]),
    row("Td", "-43m", 24, &[FOUR_BAR, DIAGONAL]),
    row("Oh", "m-3m", 48, &[FOUR, DIAGONAL, INVERSION]),
];

/// The point group of this name; `None` for other names.
pub fn point_group(name: &str, limits: &Limits) -> Option<Result<Group, RepError>> {
    let row = POINT_GROUPS.iter().find(|row| row.schoenflies == name || row.international == name)?;
    let matrices = row.generators.iter().map(|text| matrix(text)).collect();
    let label = format!("{} ({})", row.schoenflies, row.international);
    Some(matrix_group(label, (3, false), matrices, Vec::new(), limits))
}

/// The matrix of `-y,x-y,z`: its rows are the sums between the commas.
fn matrix(text: &str) -> SparseMatrix {
    let mut triples = Vec::new();
    for (i, sum) in text.split(',').enumerate() {
        let mut sign = 1;
        for letter in sum.chars() {
            match letter {
                '-' => sign = -1,
                _ => {
                    if let Some(j) = "xyz".find(letter) {
                        triples.push((i, j, Rational::from(sign)));
                    }
                    sign = 1;
                }
            }
        }
    }
    SparseMatrix::from_triples(3, 3, triples)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All 32, with their orders; improper ones have a matrix of determinant -1 among the generators.
    #[test]
    fn orders() {
        let none = Limits::none();
        assert_eq!(POINT_GROUPS.len(), 32);
        for row in POINT_GROUPS {
            let group = point_group(row.international, &none).unwrap().unwrap();
            let found = group.as_permutations(&none).unwrap().unwrap().order(&none).unwrap();
            assert_eq!(found, row.order.into(), "{}", row.schoenflies);
        }
        assert!(point_group("C5", &none).is_none());
    }
}
