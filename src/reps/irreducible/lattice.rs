//! Bases of lattices.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};

use crate::limits::{Limits, Stop};
use crate::num::{Rational, common_denominator};

/// A basis of the lattice that some rational vectors span, triangular: vector `c` is zero beyond coordinate `c`, and positive
/// there. `None` when they do not span the whole space. (Hermite's normal form; Cohen, *A Course in Computational Algebraic
/// Number Theory*, section 2.4.) Cost: cubic, with integers that grow.
pub fn triangular_basis(
    vectors: &[Vec<Rational>],
    dim: usize,
    limits: &Limits,
) -> Result<Option<Vec<Vec<Rational>>>, Stop> {
    let denominator = common_denominator(vectors.iter().flatten());
    let scaled = |x: &Rational| x.numerator() * (&denominator / x.denominator());
    let mut rows: Vec<Vec<BigInt>> = vectors.iter().map(|v| v.iter().map(scaled).collect()).collect();
    let mut basis: Vec<Vec<BigInt>> = Vec::with_capacity(dim);
    for column in (0..dim).rev() {
        limits.check()?;
        rows.retain(|row| row.iter().any(|x| !x.is_zero()));
        // Euclid's algorithm on this column: the smallest entry divides the others, until one is left.
        let mut pivot = loop {
            limits.check()?;
            let nonzero = (0..rows.len()).filter(|&r| !rows[r][column].is_zero());
            let Some(least) = nonzero.min_by_key(|&r| rows[r][column].magnitude().clone()) else { return Ok(None) };
            let row = rows.swap_remove(least);
            rows.iter_mut().for_each(|other| subtract(other, &row, column));
            if rows.iter().all(|other| other[column].is_zero()) {
                break row;
            }
            rows.push(row);
        };
        if pivot[column].is_negative() {
            pivot.iter_mut().for_each(|x| *x = -&*x);
        }
        basis.push(pivot);
    }
    basis.reverse();
    // Small entries below the diagonal.
    for c in 0..dim {
        limits.check()?;
        for earlier in (0..c).rev() {
            let (before, rest) = basis.split_at_mut(c);
            subtract(&mut rest[0], &before[earlier], earlier);
        }
    }
    let divided = |x: BigInt| Rational::from_big(x, denominator.clone()).unwrap_or_default();
    Ok(Some(basis.into_iter().map(|row| row.into_iter().map(divided).collect()).collect()))
}

/// Subtracts a multiple of `row` so that the entry in a column becomes smaller than half of that of `row`.
fn subtract(other: &mut [BigInt], row: &[BigInt], column: usize) {
    let twice: BigInt = &row[column] * 2;
    let sum: BigInt = &other[column] * 2 + &row[column];
    let quotient = sum.div_floor(&twice);
    if !quotient.is_zero() {
        other.iter_mut().zip(row).for_each(|(x, y)| *x -= &quotient * y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lattice_by_hand() {
        let q = |n, d| Rational::new(n, d).unwrap();
        // Spanned by (1, 0), (0, 1), (1/2, 1/2): index 2 over the integers.
        let vectors = [vec![q(1, 1), q(0, 1)], vec![q(0, 1), q(1, 1)], vec![q(1, 2), q(1, 2)]];
        let basis = triangular_basis(&vectors, 2, &Limits::none()).unwrap().unwrap();
        assert_eq!(basis[0], [q(1, 1), q(0, 1)]);
        assert_eq!(basis[1][1], q(1, 2));
        assert_eq!(basis[1][0].abs(), q(1, 2));
        assert!(triangular_basis(&vectors[..1], 2, &Limits::none()).unwrap().is_none());
    }
}
