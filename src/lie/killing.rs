//! The Killing form `K(x, y) = tr(ad x · ad y)`, exactly.

use num_bigint::BigInt;
use num_traits::One;

use super::jacobi::{height, next_table};
use super::{ResidueTable, StructureConstants};
use crate::exact::Matrix;
use crate::exact::lift::Primes;
use crate::limits::{Limits, Stop};
use crate::num::prime::LAZY;
use crate::num::{Crt, Prime, Rational};
use crate::parallel;

/// Up to this many multiplications the sum is formed over the rationals directly …
const DIRECT_PRODUCTS: f64 = 1e6;
/// … provided that no more than this many places have to be looked at.
const DIRECT_STEPS: f64 = 1e8;

/// The symmetric `n × n` matrix of the Killing form.
///
/// `K_ij = Σ_ab [e_i, e_a]^b [e_j, e_b]^a`: `n · nnz` operations, over Q when that is little, otherwise as
/// integers below a proved bound modulo enough primes (`n⁴ / 2` operations each for dense tables).
pub fn killing_form(constants: &StructureConstants, limits: &Limits) -> Result<Matrix<Rational>, Stop> {
    let n = constants.dim() as f64;
    let steps = n * 2.0 * constants.nonzeros() as f64;
    let fill = 2.0 * constants.nonzeros() as f64 / n.powi(3).max(1.0);
    if steps * fill < DIRECT_PRODUCTS && steps < DIRECT_STEPS {
        direct(constants, limits)
    } else {
        modular(constants, limits)
    }
}

fn direct(constants: &StructureConstants, limits: &Limits) -> Result<Matrix<Rational>, Stop> {
    let n = constants.dim();
    let adjoint: Vec<_> = (0..n).map(|i| constants.ad_basis(i)).collect();
    let rows = parallel::try_map(n, |i| {
        limits.check()?;
        let transposed = adjoint[i].transpose().to_dense();
        let entry = |j: usize| {
            let mut sum = Rational::ZERO;
            for (a, b, v) in adjoint[j].triples() {
                let w = &transposed[(a, b)];
                if !w.is_zero() {
                    sum.add_product(v, w);
                }
            }
            sum
        };
        Ok((i..n).map(entry).collect::<Vec<_>>())
    })?;
    Ok(symmetric(n, |i, j| rows[i][j - i].clone()))
}

fn symmetric(n: usize, upper: impl Fn(usize, usize) -> Rational) -> Matrix<Rational> {
    Matrix::from_fn(n, n, |i, j| upper(i.min(j), i.max(j)))
}

fn modular(constants: &StructureConstants, limits: &Limits) -> Result<Matrix<Rational>, Stop> {
    let n = constants.dim();
    limits.reserve(8 * (n as u128).pow(3))?;
    let (largest, denominator) = height(constants);
    // |D² K_ij| ≤ n² height²
    let bound: BigInt = largest.pow(2) * (n * n) * 2u8;
    let mut primes = Primes::new(limits);
    let mut crt = Crt::new(n * (n + 1) / 2);
    let mut product = BigInt::one();
    while product <= bound {
        limits.progress("Killing form", product.bits() as f64 / bound.bits() as f64);
        let table = next_table(&mut primes, constants);
        let p = table.prime();
        let scale = p.mul(p.residue_big(&denominator), p.residue_big(&denominator));
        let mut residues: Vec<u32> = killing_residues(&table, limits)?.into_iter().flatten().collect();
        p.scale(&mut residues, scale);
        crt.add(p, &residues);
        product *= p.value();
    }
    let scale = Rational::from(&denominator * &denominator).recip().unwrap_or(Rational::ONE);
    let values: Vec<Rational> = crt.integers().into_iter().map(|v| &Rational::from(v) * &scale).collect();
    Ok(symmetric(n, |i, j| values[i * (2 * n - i + 1) / 2 + (j - i)].clone()))
}

/// The upper triangle of the Killing form modulo a prime, row by row from the diagonal.
fn killing_residues(table: &ResidueTable, limits: &Limits) -> Result<Vec<Vec<u32>>, Stop> {
    let (n, p) = (table.dim(), table.prime());
    if table.is_sparse() {
        let adjoint = parallel::map(n, |i| table.ad_terms(i));
        return parallel::try_map(n, |i| {
            limits.check()?;
            let mut transposed = vec![0u32; n * n];
            for &(a, b, v) in &adjoint[i] {
                transposed[b as usize * n + a as usize] = v;
            }
            Ok((i..n).map(|j| sparse_trace(p, &transposed, n, &adjoint[j])).collect())
        });
    }
    let adjoint = parallel::map(n, |i| table.ad_basis(i));
    parallel::try_map(n, |i| {
        limits.check()?;
        let transposed = adjoint[i].transpose();
        Ok((i..n).map(|j| p.dot(transposed.entries(), adjoint[j].entries())).collect())
    })
}

/// `Σ_ab terms[a, b] · transposed[a, b]`.
fn sparse_trace(p: Prime, transposed: &[u32], n: usize, terms: &[(u32, u32, u32)]) -> u32 {
    let mut total = 0u64;
    for part in terms.chunks(LAZY) {
        let sum: u64 =
            part.iter().map(|&(a, b, v)| u64::from(v) * u64::from(transposed[a as usize * n + b as usize])).sum();
        total = u64::from(p.reduce(total + sum));
    }
    total as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// so(4) in a skew basis with fractions: both ways must agree.
    #[test]
    fn direct_and_modular_agree() {
        let terms = [(0, 1, 2, 1), (1, 2, 0, 3), (0, 2, 1, -2), (3, 4, 5, 5), (4, 5, 3, 1), (3, 5, 4, -7)];
        let terms = terms.map(|(i, j, k, v)| (i, j, k, Rational::new(v, 6).unwrap()));
        let constants = StructureConstants::from_terms(6, terms);
        let limits = Limits::none();
        assert_eq!(direct(&constants, &limits).unwrap(), modular(&constants, &limits).unwrap());
    }
}
