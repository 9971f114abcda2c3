//! Small dense systems over cyclotomic fields, by elimination.

use super::Matrix;
use crate::limits::{Limits, Stop};
use crate::num::{Cyclotomic, Rational};

type Rows = Vec<Vec<Cyclotomic>>;

/// `A⁻¹ B` for the rows of `[A, B]` with a square matrix `A`; `None` when it is singular.
pub fn solve_over_field(rows: Vec<Vec<Cyclotomic>>, limits: &Limits) -> Result<Option<Vec<Vec<Cyclotomic>>>, Stop> {
    Ok(eliminate(rows, limits)?.1)
}

/// The inverse of a square matrix; `None` when it is singular.
pub fn inverse_over_field(m: &Matrix<Cyclotomic>, limits: &Limits) -> Result<Option<Matrix<Cyclotomic>>, Stop> {
    Ok(determinant_and_inverse(m, limits)?.1)
}

/// The determinant of a square matrix, and its inverse when that is not zero.
pub fn determinant_and_inverse(
    m: &Matrix<Cyclotomic>,
    limits: &Limits,
) -> Result<(Cyclotomic, Option<Matrix<Cyclotomic>>), Stop> {
    let n = m.rows();
    let unit = |i: usize| (0..n).map(move |j| Cyclotomic::from(i64::from(i == j)));
    let rows = (0..n).map(|i| m.row(i).iter().cloned().chain(unit(i)).collect()).collect();
    let (determinant, found) = eliminate(rows, limits)?;
    Ok((determinant, found.map(|rows| Matrix::from_fn(n, n, |i, j| rows[i][j].clone()))))
}

/// The determinant of `A` and, when it is not zero, the rows of `A⁻¹ B`, for the rows of `[A, B]`. Cost: the square of the number
/// of rows times their length, in operations on numbers.
fn eliminate(mut rows: Rows, limits: &Limits) -> Result<(Cyclotomic, Option<Rows>), Stop> {
    let (n, minus) = (rows.len(), Rational::from(-1));
    let mut determinant = Cyclotomic::from(1);
    for k in 0..n {
        let at = (k..n).find(|&i| !rows[i][k].is_zero()).unwrap_or(k);
        if at != k {
            rows.swap(at, k);
            determinant = determinant.scale(&minus);
        }
        let Some(scale) = rows[k][k].recip() else { return Ok((Cyclotomic::from(0), None)) };
        determinant = determinant.mul(&rows[k][k]);
        let pivot: Vec<Cyclotomic> = rows[k].iter().map(|x| x.mul(&scale)).collect();
        for (_, row) in rows.iter_mut().enumerate().filter(|(i, row)| *i != k && !row[k].is_zero()) {
            limits.check()?;
            let factor = row[k].scale(&minus);
            let terms = row.iter_mut().zip(&pivot).filter(|(_, y)| !y.is_zero());
            terms.for_each(|(x, y)| *x = x.add(&factor.mul(y)));
        }
        rows[k] = pivot;
    }
    Ok((determinant, Some(rows.into_iter().map(|mut row| row.split_off(n)).collect())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The golden matrix [φ, 1; 1, 0] has determinant −1, so its inverse is [0, 1; 1, −φ].
    #[test]
    fn inverses() {
        let golden = Cyclotomic::square_root(5).add(&Cyclotomic::from(1)).scale(&Rational::new(1, 2).unwrap());
        let number = Cyclotomic::from;
        let m = Matrix::from_rows(vec![vec![golden.clone(), number(1)], vec![number(1), number(0)]]).unwrap();
        let minus = golden.scale(&Rational::from(-1));
        let inverse = Matrix::from_rows(vec![vec![number(0), number(1)], vec![number(1), minus]]).unwrap();
        assert_eq!(inverse_over_field(&m, &Limits::none()).unwrap(), Some(inverse));
        assert_eq!(determinant_and_inverse(&m, &Limits::none()).unwrap().0, number(-1));
        let singular = Matrix::filled(2, 2, golden);
        assert_eq!(inverse_over_field(&singular, &Limits::none()).unwrap(), None);
    }
}
