//! Smith's normal form of matrices of whole numbers.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use crate::limits::{Limits, Stop};

/// The invariant factors `d_1 | d_2 | … | d_r` of a matrix of whole numbers, positive: the image in `Z^n` has the index
/// `d_1 ⋯ d_r` in its saturation, and `r` is the rank. Newman, *Integral Matrices*, ch. II.
///
/// The rows are brought to echelon form one after another, so that a tall matrix costs no more memory than a square one.
pub fn smith_factors(rows: &[Vec<BigInt>], limits: &Limits) -> Result<Vec<BigInt>, Stop> {
    let mut matrix = echelon(rows, limits)?;
    let mut factors = Vec::new();
    while !matrix.is_empty() {
        limits.check()?;
        let factor = isolate(&mut matrix, limits)?;
        factors.push(factor);
        matrix.retain(|row| row.iter().any(|x| !x.is_zero()));
    }
    // Each divides the next: gcd and lcm of two diagonal entries are equivalent to them.
    for i in 0..factors.len() {
        for j in i + 1..factors.len() {
            let (gcd, lcm) = (factors[i].gcd(&factors[j]), factors[i].lcm(&factors[j]));
            factors[i] = gcd;
            factors[j] = lcm;
        }
    }
    Ok(factors)
}

/// A basis of the lattice that the rows span, in echelon form.
fn echelon(rows: &[Vec<BigInt>], limits: &Limits) -> Result<Vec<Vec<BigInt>>, Stop> {
    // By leading column.
    let mut basis: Vec<Vec<BigInt>> = Vec::new();
    for row in rows {
        limits.check()?;
        let mut row = row.clone();
        while let Some(lead) = row.iter().position(|x| !x.is_zero()) {
            let place = basis.partition_point(|b| leading(b) < lead);
            match basis.get_mut(place).filter(|b| leading(b) == lead) {
                None => {
                    basis.insert(place, row);
                    break;
                }
                Some(known) => {
                    // One step of Euclid's algorithm on the leading entries.
                    if row[lead].magnitude() < known[lead].magnitude() {
                        std::mem::swap(&mut row, known);
                    }
                    let quotient = row[lead].div_floor(&known[lead]);
                    subtract(&mut row, &quotient, known);
                }
            }
        }
    }
    Ok(basis)
}

fn leading(row: &[BigInt]) -> usize {
    row.iter().position(|x| !x.is_zero()).unwrap_or(row.len())
}

fn subtract(row: &mut [BigInt], factor: &BigInt, other: &[BigInt]) {
    if factor.is_zero() {
        return;
    }
    row.iter_mut().zip(other).filter(|(_, y)| !y.is_zero()).for_each(|(x, y)| *x -= factor * y);
}

/// Makes one entry the only one of its row and column, and takes both away; its absolute value.
fn isolate(matrix: &mut Vec<Vec<BigInt>>, limits: &Limits) -> Result<BigInt, Stop> {
    loop {
        limits.check()?;
        // The entry of least absolute value is the pivot.
        let entries =
            matrix.iter().enumerate().flat_map(|(i, row)| row.iter().enumerate().map(move |(j, x)| (i, j, x)));
        let least = entries.filter(|e| !e.2.is_zero()).min_by_key(|e| e.2.magnitude()).map(|e| (e.0, e.1));
        let Some((i, j)) = least else { return Ok(BigInt::one()) };
        let pivot_row = matrix.swap_remove(i);
        let pivot = pivot_row[j].clone();
        let mut clean = true;
        for row in matrix.iter_mut() {
            let quotient = row[j].div_floor(&pivot);
            subtract(row, &quotient, &pivot_row);
            clean &= row[j].is_zero();
        }
        if !clean {
            matrix.push(pivot_row);
            continue;
        }
        // The column is clear: adding multiples of it to others changes the pivot's row alone.
        let rests: Vec<BigInt> = pivot_row.iter().map(|x| x.mod_floor(&pivot)).collect();
        if rests.iter().all(Zero::is_zero) {
            return Ok(pivot.abs());
        }
        let mut row = rests;
        row[j] = pivot;
        matrix.push(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factors(rows: &[&[i64]]) -> Vec<i64> {
        let rows: Vec<Vec<BigInt>> = rows.iter().map(|r| r.iter().map(|&x| BigInt::from(x)).collect()).collect();
        let found = smith_factors(&rows, &Limits::none()).unwrap();
        found.iter().map(|x| i64::try_from(x).unwrap()).collect()
    }

    /// The products `d_1 ⋯ d_k` are the greatest common divisors of the minors of size k: a twin by determinants.
    #[test]
    fn factors_divide_minors() {
        assert_eq!(factors(&[&[2, 4, 4], &[-6, 6, 12], &[10, 4, 16]]), [2, 2, 156]);
        assert_eq!(factors(&[&[2, 0], &[0, 3]]), [1, 6]);
        assert_eq!(factors(&[&[0, 0], &[0, 0]]), [0i64; 0]);
        assert_eq!(factors(&[]), [0i64; 0]);
        assert_eq!(factors(&[&[4, 6]]), [2]);
        let mut state = 7u64;
        let mut next = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 33) as i64 % 7 - 3
        };
        for _ in 0..40 {
            let m: Vec<[i64; 3]> = (0..3).map(|_| [next(), next(), next()]).collect();
            let rows: Vec<&[i64]> = m.iter().map(|r| &r[..]).collect();
            let found = factors(&rows);
            let entries = m.iter().flatten().fold(0, |g: i64, x| g.gcd(x));
            let pairs = [(0, 1), (0, 2), (1, 2)];
            let minor = |(i, k): (usize, usize), (j, l): (usize, usize)| m[i][j] * m[k][l] - m[i][l] * m[k][j];
            let minors = pairs.iter().flat_map(|r| pairs.iter().map(move |c| (r, c)));
            let second = minors.fold(0, |g: i64, (r, c)| g.gcd(&minor(*r, *c)));
            let det =
                m[0][0] * minor((1, 2), (1, 2)) - m[0][1] * minor((1, 2), (0, 2)) + m[0][2] * minor((1, 2), (0, 1));
            let expected = [entries, second, det.abs()];
            for k in 1..=3 {
                let product = if k <= found.len() { found[..k].iter().product() } else { 0 };
                assert_eq!(product, expected[k - 1], "{m:?}");
            }
        }
    }
}
