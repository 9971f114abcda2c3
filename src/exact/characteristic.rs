//! The characteristic polynomial of a rational matrix, proved by a bound on its coefficients.

use num_bigint::BigInt;
use num_traits::One;

use super::Matrix;
use super::lift::Primes;
use super::polynomial::Polynomial;
use crate::limits::{Limits, Stop};
use crate::num::{Crt, Prime, Rational, common_denominator};

/// `det(t − A)` of a square matrix.
///
/// With `D` a common denominator, the coefficients of `det(t − DA)` are sums of principal minors. By Hadamard's inequality
/// a minor is at most the product of the norms of its rows, so all of them together are at most `Π (1 + ‖row_i‖)`:
/// integers known modulo enough primes to exceed twice this bound are known. `5/3 n³` operations modulo each prime
/// (Hessenberg form; Cohen, *A Course in Computational Algebraic Number Theory*, algorithm 2.2.9).
pub fn characteristic_polynomial(m: &Matrix<Rational>, limits: &Limits) -> Result<Polynomial, Stop> {
    let n = m.rows();
    let denominator = common_denominator(m.entries());
    let scale = Rational::from(denominator.clone());
    let rows: Vec<Vec<BigInt>> =
        m.iter_rows().map(|row| row.iter().map(|x| (x * &scale).numerator()).collect()).collect();
    let norm = |row: &Vec<BigInt>| row.iter().map(|x| x * x).sum::<BigInt>().sqrt() + 1u8;
    let bound = rows.iter().fold(BigInt::from(2u8), |product, row| product * (norm(row) + 1u8));
    let mut primes = Primes::new(limits);
    let mut crt = Crt::new(n + 1);
    let mut product = BigInt::one();
    while product <= bound {
        let p = primes.draw();
        let residues = rows.iter().map(|row| row.iter().map(|x| p.residue_big(x)).collect()).collect();
        crt.add(p, &modulo(p, residues, limits)?);
        product *= p.value();
    }
    let mut power = Rational::ONE;
    let mut coefficients: Vec<Rational> = crt.integers().into_iter().map(Rational::from).collect();
    for c in coefficients.iter_mut().rev() {
        *c = &*c * &power;
        power = &power / &scale;
    }
    Ok(Polynomial::new(coefficients))
}

/// The coefficients of `det(t − A)` modulo a prime, constant term first.
fn modulo(p: Prime, mut a: Vec<Vec<u32>>, limits: &Limits) -> Result<Vec<u32>, Stop> {
    let n = a.len();
    hessenberg(p, &mut a, limits)?;
    // f_k belongs to the leading block of size k: expand its determinant along the last column.
    let mut blocks = vec![vec![1u32]];
    for k in 0..n {
        limits.check()?;
        let mut next = [vec![0], blocks[k].clone()].concat();
        p.add_scaled(&mut next, p.neg(a[k][k]), &blocks[k]);
        let mut below = 1;
        for i in (0..k).rev() {
            below = p.mul(below, a[i + 1][i]);
            p.add_scaled(&mut next, p.neg(p.mul(below, a[i][k])), &blocks[i]);
        }
        blocks.push(next);
    }
    Ok(blocks.pop().unwrap_or_default())
}

/// A similar matrix with zeros below the first subdiagonal.
fn hessenberg(p: Prime, a: &mut [Vec<u32>], limits: &Limits) -> Result<(), Stop> {
    let n = a.len();
    for col in 0..n.saturating_sub(2) {
        limits.check()?;
        let pivot = col + 1;
        let Some(found) = (pivot..n).find(|&i| a[i][col] != 0) else { continue };
        a.swap(found, pivot);
        a.iter_mut().for_each(|row| row.swap(found, pivot));
        let inverse = p.inv(a[pivot][col]);
        let pivot_row = a[pivot].clone();
        let factors: Vec<u32> = (0..n).map(|i| if i > pivot { p.mul(a[i][col], inverse) } else { 0 }).collect();
        for (row, &factor) in a.iter_mut().zip(&factors) {
            p.add_scaled(row, p.neg(factor), &pivot_row);
        }
        // The inverse operation on columns: column `pivot` gains factor times column i.
        for row in a.iter_mut() {
            row[pivot] = p.add(row[pivot], p.dot(&factors, row));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::prime::{random_integer, random_stream};

    #[test]
    fn companions_and_blocks_give_their_polynomials_back() {
        // t³ − 2t² + 3t/5 − 7 as a companion matrix, beside the eigenvalue 1/2.
        let q = |n: i64, d: i64| Rational::new(n, d).unwrap();
        let f = Polynomial::new(vec![q(-7, 1), q(3, 5), q(-2, 1), q(1, 1)]);
        let mut m = Matrix::filled(4, 4, Rational::ZERO);
        for i in 0..3 {
            m[(i, 2)] = -&f.coefficients()[i];
        }
        m[(1, 0)] = Rational::ONE;
        m[(2, 1)] = Rational::ONE;
        m[(3, 3)] = q(1, 2);
        let expected = f.mul(&Polynomial::new(vec![q(-1, 2), q(1, 1)]));
        assert_eq!(characteristic_polynomial(&m, &Limits::none()).unwrap(), expected);
        let empty = Matrix::filled(0, 0, Rational::ZERO);
        assert_eq!(characteristic_polynomial(&empty, &Limits::none()).unwrap(), Polynomial::new(vec![Rational::ONE]));
    }

    /// Cayley–Hamilton, and similar matrices have one polynomial.
    #[test]
    fn a_matrix_is_a_zero_of_its_polynomial() {
        let mut rng = random_stream(7, 0);
        for n in [1, 2, 5, 9] {
            let entries: Vec<i64> = (0..n * n).map(|_| random_integer(&mut rng, 9)).collect();
            let m = Matrix::from_fn(n, n, |i, j| Rational::new(entries[i * n + j], 1 + (j as i64 % 3)).unwrap());
            let f = characteristic_polynomial(&m, &Limits::none()).unwrap();
            assert_eq!(f.degree(), Some(n));
            let times = |a: &Matrix<Rational>| {
                Matrix::from_fn(n, n, |i, j| (0..n).fold(Rational::ZERO, |s, k| &s + &(&a[(i, k)] * &m[(k, j)])))
            };
            let mut value = Matrix::filled(n, n, Rational::ZERO);
            for c in f.coefficients().iter().rev() {
                value = times(&value);
                for i in 0..n {
                    value[(i, i)] = &value[(i, i)] + c;
                }
            }
            assert!(value.entries().iter().all(Rational::is_zero));
        }
    }
}
